//! The themes by name, and what concerns the program rather than a place: its language, its mouse, its end.

use super::command::Command;
use super::event::Effect;
use super::{App, NoticeKind};
use crate::say::Language;

/// A theme; its colours are in the screen's own room.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ThemeName {
    /// The terminal's own colours.
    #[default]
    Terminal,
    /// True colours on a dark background.
    Dark,
    /// True colours on a light background.
    Light,
    /// True colours far apart, on black.
    HighContrast,
    /// No colours at all.
    Plain,
}

/// The colours that a terminal has, as far as its environment tells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Colours {
    /// 24 bits each.
    #[default]
    True,
    /// The table of 256.
    Table,
    /// Its own 16.
    Sixteen,
}

impl ThemeName {
    /// All themes with their names.
    pub const ALL: [(&'static str, Self); 5] = [
        ("terminal", Self::Terminal),
        ("dark", Self::Dark),
        ("light", Self::Light),
        ("high-contrast", Self::HighContrast),
        ("plain", Self::Plain),
    ];

    /// The theme of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, kind)| *kind)
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, kind)| *kind == self).map_or("terminal", |(name, _)| name)
    }

    /// The one after it in the list, or the first.
    #[must_use]
    pub fn next(self) -> Self {
        let at = Self::ALL.iter().position(|(_, kind)| *kind == self).unwrap_or(0);
        Self::ALL.get(at + 1).map_or(Self::Terminal, |(_, kind)| *kind)
    }
}

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
        let (next, name) = match self.language {
            Language::English => (Language::Chinese, "zh"),
            Language::Chinese => (Language::English, "en"),
        };
        self.set_language(next);
        let text =
            self.phrase("language = \"{}\" in the config file keeps this language.", &[name]);
        self.tell(NoticeKind::Done, text);
    }

    pub(super) fn quit(&mut self) -> Vec<Effect> {
        let print = self.print.take().map(|(_, text)| Effect::PrintOnExit(text));
        print.into_iter().chain([Effect::Quit]).collect()
    }

    pub(super) fn toggle_mouse(&mut self) -> Vec<Effect> {
        self.mouse = !self.mouse;
        let key = self.keymap.shown(Command::Mouse);
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
