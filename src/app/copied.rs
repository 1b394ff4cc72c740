//! How a copy went, and what printing does while that is said: it prints the very text that the notice speaks of.

use super::command::{Command, Scope};
use super::copy::Entry;
use super::event::{Copied, CopyOutcome, Effect};
use super::key::Key;
use super::keymap::{twin, types};
use super::overlay::Overlay;
use super::{App, Notice, NoticeKind};
use std::sync::Arc;

impl App {
    /// Says how a copy went.
    pub(super) fn copied(&mut self, copied: &Copied) {
        self.tour_copied(copied);
        let what = &copied.what;
        // Of an earlier copy than the last one the text is not at hand any more.
        let tried = self.tried.clone().filter(|tried| tried.what == *what);
        let way = tried.as_ref().and_then(|_| self.way_to_print());
        let (kind, text) = match (&copied.outcome, &way) {
            (CopyOutcome::Tool(tool), _) => {
                (NoticeKind::Done, self.phrase("Copied with {}: {}.", &[tool, what]))
            }
            // Whether tmux hands it on depends on what it knows of the terminal around it.
            (CopyOutcome::Tmux, Some(way)) => (
                NoticeKind::Done,
                self.phrase(
                    "Copied into tmux's buffer: {}. Whether the terminal took it is not known; {} prints it on leaving.",
                    &[what, way],
                ),
            ),
            (CopyOutcome::Tmux, None) => (
                NoticeKind::Done,
                self.phrase(
                    "Copied into tmux's buffer: {}. Whether the terminal took it is not known.",
                    &[what],
                ),
            ),
            (CopyOutcome::Sent(road), Some(way)) => (
                NoticeKind::Done,
                self.phrase(
                    "Sent to the terminal {} (OSC 52): {}. Whether it took it is not known; {} prints it on leaving.",
                    &[&road.said(self.language), what, way],
                ),
            ),
            (CopyOutcome::Sent(road), None) => (
                NoticeKind::Done,
                self.phrase(
                    "Sent to the terminal {} (OSC 52): {}. Whether it took it is not known.",
                    &[&road.said(self.language), what],
                ),
            ),
            (CopyOutcome::Failed(why), Some(way)) => {
                let why = why.said(self.language);
                let said = self.phrase("Not copied: {}; {} prints it on leaving", &[&why, way]);
                (NoticeKind::Failed, said)
            }
            (CopyOutcome::Failed(why), None) => {
                let why = why.said(self.language);
                (NoticeKind::Failed, self.phrase("Not copied: {}", &[&why]))
            }
        };
        let promised = !matches!(copied.outcome, CopyOutcome::Tool(_));
        let offer = tried.filter(|_| promised && way.is_some());
        self.notice = Some(Notice { text, kind, offer });
    }

    /// The keys that print what was to be copied; None where there are none.
    fn way_to_print(&self) -> Option<String> {
        let scopes = self.scopes();
        let mut keys = self.keymap.keys(Command::Print).into_iter();
        if let Some(key) = keys.find(|key| !is_text(*key, &scopes)) {
            return Some(key.to_string());
        }
        // In a text field its key is a letter; in the copy menu it is a key.
        let copy = self.keymap.shown_in(Command::Copy, &scopes);
        let print = self.keymap.shown_in(Command::Print, &[Scope::Copy]);
        let both = !copy.is_empty() && !print.is_empty();
        both.then(|| self.phrase("{} and then {}", &[&copy, &print]))
    }

    /// A key while a notice says that printing prints this.
    pub(super) fn key_with_offer(&mut self, key: Key, offer: &Arc<Entry>) -> Vec<Effect> {
        let scopes = self.scopes();
        let text = scopes.contains(&Scope::Typing);
        if !is_text(key, &scopes) && self.keymap.keys(Command::Print).contains(&twin(key)) {
            // Asked for again it stays: that is what the notice says.
            self.print = self.print.take().filter(|(_, text)| *text != offer.text);
            self.print_at_end(Entry::clone(offer));
            return Vec::new();
        }
        let effects = self.key(key);
        // The way from a text field leads through the menu, to the same text.
        if let Some(Overlay::Copy(menu)) = &mut self.overlay
            && text
            && let Some(at) = menu.entries.iter().position(|entry| entry.text == offer.text)
        {
            menu.cursor.at = at;
        }
        effects
    }
}

/// Does the key write a letter where these scopes hold?
fn is_text(key: Key, scopes: &[Scope]) -> bool {
    scopes.contains(&Scope::Typing) && types(key)
}
