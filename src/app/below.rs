//! The text below a list in a box, of the selected entry: what is to be copied, a finding in full. It is scrolled on its
//! own, because it may be longer than its room.

use super::App;
use super::command::Command;
use super::copy::Entry;
use super::findings::in_full;
use super::layout::inside;
use super::overlay::Overlay;
use crate::text;
use ratatui::layout::Rect;

/// How far the text of an entry is scrolled; that of another entry begins at its top.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Scrolled {
    entry: usize,
    lines: usize,
}

impl Scrolled {
    /// The first line in sight of the text of this entry.
    pub const fn of(self, entry: usize) -> usize {
        if self.entry == entry { self.lines } else { 0 }
    }
}

/// The warning of an entry as the lines before its text.
pub fn warning_lines(entry: &Entry, width: usize) -> Vec<String> {
    let warning = entry.warning.as_ref();
    warning.map_or_else(Vec::new, |warning| text::wrap(warning, width.saturating_sub(4)))
}

impl App {
    /// Where the text below the list stands, under the line that parts them; empty where there is none.
    pub fn text_area(&self) -> Rect {
        let (area, page) = match &self.overlay {
            Some(Overlay::Copy(_)) => (inside(self.copy_area()), self.copy_page()),
            Some(Overlay::Findings(_)) => (inside(self.findings_area()), self.findings_page()),
            _ => return Rect::default(),
        };
        let above = u16::try_from(page + 1).unwrap_or(u16::MAX).min(area.height);
        Rect { y: area.y + above, height: area.height - above, ..area }
    }

    /// Lines of the text below the list; of more than `most` no more are counted, for it may be very long.
    fn text_lines(&self, most: usize) -> usize {
        let width = usize::from(self.text_area().width);
        match &self.overlay {
            Some(Overlay::Copy(menu)) => menu.selected().map_or(0, |entry| {
                let above = warning_lines(entry, width).len();
                above + entry.text.lines().take(most.saturating_sub(above)).count()
            }),
            Some(Overlay::Findings(shown)) => {
                shown.selected().map_or(0, |one| in_full(self, one, width.saturating_sub(2)).len())
            }
            _ => 0,
        }
    }

    /// Is the text below the list longer than its room?
    pub(super) fn text_overflows(&self) -> bool {
        let room = usize::from(self.text_area().height);
        self.text_lines(room + 1) > room
    }

    /// The keys that scroll the text, for the line above it; empty where it is whole.
    pub fn scroll_words(&self) -> String {
        let scopes = self.scopes();
        let key = |command| self.keymap.shown_in(command, &scopes);
        let (down, up) = (key(Command::TextDown), key(Command::TextUp));
        if down.is_empty() || up.is_empty() || !self.text_overflows() {
            return String::new();
        }
        self.phrase("{} and {} scroll", &[&down, &up])
    }

    /// The first line in sight of the text below the list.
    fn text_at(&self) -> usize {
        match &self.overlay {
            Some(Overlay::Copy(menu)) => menu.scrolled.of(menu.cursor.at),
            Some(Overlay::Findings(shown)) => shown.scrolled.of(shown.cursor.at),
            _ => 0,
        }
    }

    /// Scrolls half of what is in sight; says where there is nothing to scroll.
    pub(super) fn scroll_half(&mut self, down: bool) {
        if !self.text_overflows() {
            self.tell(super::NoticeKind::Hint, self.word("All of the text is in sight."));
            return;
        }
        self.scroll_text(down, usize::from(self.text_area().height).div_ceil(2));
    }

    /// Scrolls the text below the list.
    pub(super) fn scroll_text(&mut self, down: bool, lines: usize) {
        let (at, room) = (self.text_at(), usize::from(self.text_area().height));
        let to = if down { at.saturating_add(lines) } else { at.saturating_sub(lines) };
        let most = self.text_lines(to.saturating_add(room)).saturating_sub(room);
        let (scrolled, entry) = match &mut self.overlay {
            Some(Overlay::Copy(menu)) => (&mut menu.scrolled, menu.cursor.at),
            Some(Overlay::Findings(shown)) => (&mut shown.scrolled, shown.cursor.at),
            _ => return,
        };
        *scrolled = Scrolled { entry, lines: to.min(most) };
    }
}
