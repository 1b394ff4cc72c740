//! Search in the text of the policy pane: the lines that hold what is typed, and from one place to the next.

use super::command::Command;
use super::layout::Pane;
use super::overlay::{List, Overlay};
use super::picker::{Item, Line, Picker, Target};
use super::{App, NoticeKind};
use crate::text;

/// Lines that are listed at most: who has more types more letters.
const LISTED: usize = 500;
/// Columns of the text that is repeated in a notice.
const QUOTED: usize = 40;

impl App {
    pub(super) fn open_text_search(&mut self) {
        if self.policy.pane.text().trim().is_empty() {
            self.tell(NoticeKind::Hint, self.word("There is no text to search here."));
            return;
        }
        self.overlay = Some(Overlay::List(List::Text, Picker::default()));
    }

    /// Fills the list with the lines that hold the typed text; the first one from the cursor on is selected.
    pub(super) fn fill_text(&mut self, picker: &mut Picker) {
        let needle = picker.input.text().to_owned();
        let from = self.policy.pane.cursor_byte();
        let mut found = self.policy.pane.lines_with(&needle, LISTED + 1);
        let more = found.len() > LISTED;
        found.truncate(LISTED);
        let at = found.iter().position(|line| line.byte >= from).unwrap_or_default();
        let total = found.len();
        let heading = more.then(|| {
            Line::Heading(self.phrase(
                "These are the first {} lines; more letters find fewer.",
                &[&LISTED.to_string()],
            ))
        });
        let items = found.into_iter().map(|line| {
            Line::Item(Item {
                label: line.text,
                marks: line.marks.collect(),
                detail: self.phrase("line {}", &[&line.line.to_string()]),
                target: Target::Text(needle.clone(), line.byte),
            })
        });
        let lines: Vec<Line> = heading.into_iter().chain(items).collect();
        picker.fill(lines, total);
        // Behind the heading, which the first item has over it.
        picker.cursor.at += at;
    }

    /// Goes to a text that was found at a byte.
    pub(super) fn go_to_text(&mut self, needle: &str, byte: usize) {
        self.focus = Pane::Policy;
        self.policy.pane.search(needle, byte);
        self.tell_hit();
    }

    /// Goes to the next place of what was searched for, or to the one before.
    pub(super) fn step_in_search(&mut self, command: Command) {
        let pane = &mut self.policy.pane;
        let gone = if command == Command::NextHit { pane.next_hit() } else { pane.previous_hit() };
        if gone {
            self.tell_hit();
        } else {
            let key = self.keymap.way(Command::SearchText);
            let said = self.phrase("Nothing is searched for in this text; {} begins.", &[&key]);
            self.tell(NoticeKind::Hint, said);
        }
    }

    /// Takes the marks of a search away; false where there are none.
    pub(super) fn end_search(&mut self) -> bool {
        let on = self.focus == Pane::Policy && self.policy.pane.search_state().is_some();
        if on {
            self.policy.pane.search("", 0);
        }
        on
    }

    fn tell_hit(&mut self) {
        let Some(state) = self.policy.pane.search_state() else { return };
        let needle = text::cut(&text::harmless(state.needle), QUOTED).into_owned();
        let (current, count) = (text::thousands(state.current), text::thousands(state.count));
        let scopes = self.place_scopes();
        let key = |command| self.keymap.shown_in(command, &scopes);
        let [next, previous] = [Command::NextHit, Command::PreviousHit].map(key);
        // The keys of a tour go before those of the pane.
        let said = if next.is_empty() || previous.is_empty() {
            self.phrase("{}: place {} of {}.", &[&needle, &current, &count])
        } else {
            self.phrase(
                "{}: place {} of {}. {} goes to the next, {} to the one before.",
                &[&needle, &current, &count, &next, &previous],
            )
        };
        self.tell(NoticeKind::Hint, said);
    }
}
