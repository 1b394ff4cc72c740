//! What concerns the program rather than a place: its theme, its language, its mouse, its end, and mistakes in its settings.

use super::command::Command;
use super::event::Effect;
use super::{App, NoticeKind};
use crate::say::Language;

impl App {
    /// Tells at the start that `count` settings could not be used, with the first of them.
    pub fn note_mistakes(&mut self, first: &str, count: usize) {
        let first = crate::text::harmless(first);
        // A hint such as "did you mean `find`?" has its end already.
        let end = if first.ends_with('?') { "" } else { "." };
        let rest = match count {
            0 | 1 => self.word("rolescope config shows all settings.").to_owned(),
            n => self.count(
                n - 1,
                "There is {} more; rolescope config tells it.",
                "There are {} more; rolescope config tells them.",
            ),
        };
        self.tell(NoticeKind::Failed, format!("{first}{end} {rest}"));
        self.refresh();
    }

    pub(super) fn next_theme(&mut self) {
        self.theme = self.theme.next();
        let name = self.theme.name();
        let text = self
            .phrase("The theme is {}. theme = \"{}\" in the config file keeps it.", &[name, name]);
        self.tell(NoticeKind::Done, text);
    }

    pub(super) fn next_language(&mut self) {
        let next = match self.language {
            Language::English => Language::Chinese,
            Language::Chinese => Language::English,
        };
        self.set_language(next);
        let text = self
            .phrase("language = \"{}\" in the config file keeps this language.", &[next.code()]);
        self.tell(NoticeKind::Done, text);
    }

    /// What is to be printed at the end; once.
    pub fn take_printed(&mut self) -> Option<String> {
        self.print.take().map(|(_, text)| text)
    }

    pub(super) fn quit(&mut self) -> Vec<Effect> {
        let print = self.take_printed().map(Effect::PrintOnExit);
        print.into_iter().chain([Effect::Quit]).collect()
    }

    pub(super) fn toggle_mouse(&mut self) -> Vec<Effect> {
        self.mouse = !self.mouse;
        let key = self.keymap.way(Command::Mouse);
        let text = if self.mouse {
            self.phrase(
                "The mouse moves and selects here. {} gives it back to the terminal.",
                &[&key],
            )
        } else {
            self.phrase("The mouse selects text in the terminal. {} takes it back.", &[&key])
        };
        self.tell(NoticeKind::Done, text);
        vec![Effect::Mouse(self.mouse)]
    }
}
