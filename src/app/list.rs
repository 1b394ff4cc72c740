//! Movement in a list of rows, written once for all lists.

use super::command::Command;

/// Where a list stands: the selected row and the first row on the screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cursor {
    /// The selected row, from 0.
    pub at: usize,
    /// The first visible row.
    pub top: usize,
}

impl Cursor {
    /// A cursor on this row.
    pub const fn on(at: usize) -> Self {
        Self { at, top: 0 }
    }

    /// Moves by a command; `page` is the number of visible rows. True if the command was a movement.
    pub fn act(&mut self, command: Command, count: usize, page: usize) -> bool {
        let page = page.max(1);
        let last = count.saturating_sub(1);
        let at = match command {
            Command::Up => self.at.saturating_sub(1),
            Command::Down => self.at.saturating_add(1),
            Command::PageUp => self.at.saturating_sub(page),
            Command::PageDown => self.at.saturating_add(page),
            Command::HalfUp => self.at.saturating_sub(page.div_ceil(2)),
            Command::HalfDown => self.at.saturating_add(page.div_ceil(2)),
            Command::First => 0,
            Command::Last => last,
            _ => return false,
        };
        self.at = at.min(last);
        // A page shows other rows each time, wherever in the window the cursor stands.
        self.top = match command {
            Command::PageUp => self.top.saturating_sub(page),
            Command::PageDown => self.top.saturating_add(page),
            Command::HalfUp => self.top.saturating_sub(page.div_ceil(2)),
            Command::HalfDown => self.top.saturating_add(page.div_ceil(2)),
            _ => self.top,
        };
        self.top = self.top.min(count.saturating_sub(page));
        self.fit(count, page);
        true
    }

    /// Selects a row and shows what follows it too, where it would stand at the lower edge.
    pub fn show(&mut self, at: usize, count: usize, page: usize) {
        self.at = at;
        if at < self.top || at + page / 3 >= self.top + page {
            self.top = if at + page / 3 < page { 0 } else { at.saturating_sub(page / 4) };
        }
        self.fit(count, page);
    }

    /// Brings the window over the selected row, with as little scrolling as possible.
    pub fn fit(&mut self, count: usize, page: usize) {
        let page = page.max(1);
        self.at = self.at.min(count.saturating_sub(1));
        if self.at < self.top {
            self.top = self.at;
        } else if self.at >= self.top + page {
            self.top = self.at + 1 - page;
        }
        self.top = self.top.min(count.saturating_sub(page));
    }

    /// The same; a list without any room is not seen, and keeps its window for when it is seen again.
    pub fn fit_seen(&mut self, count: usize, page: usize) {
        if page == 0 {
            self.at = self.at.min(count.saturating_sub(1));
            self.top = self.top.min(self.at);
        } else {
            self.fit(count, page);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moves() {
        // (start, command, end) in a list of 10 rows of which 4 are seen.
        for (start, command, end) in [
            ((0, 0), Command::Up, (0, 0)),
            ((0, 0), Command::Down, (1, 0)),
            ((3, 0), Command::Down, (4, 1)),
            ((9, 6), Command::Down, (9, 6)),
            ((0, 0), Command::Last, (9, 6)),
            ((9, 6), Command::First, (0, 0)),
            ((1, 0), Command::PageDown, (5, 4)),
            ((9, 6), Command::PageUp, (5, 2)),
            ((5, 2), Command::HalfDown, (7, 4)),
            ((0, 0), Command::PageDown, (4, 4)),
            ((1, 0), Command::HalfUp, (0, 0)),
        ] {
            let mut cursor = Cursor { at: start.0, top: start.1 };
            assert!(cursor.act(command, 10, 4));
            assert_eq!((cursor.at, cursor.top), end, "{start:?} {command:?}");
        }
    }

    #[test]
    fn an_empty_list_has_a_harmless_cursor() {
        let mut cursor = Cursor::on(5);
        assert!(cursor.act(Command::Last, 0, 0));
        assert_eq!(cursor, Cursor::default());
    }
}
