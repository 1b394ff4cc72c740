//! What stands on the screen, as far as it is worth knowing: letters of ASCII and how they were written.
//!
//! A step over an unchanged letter costs more bytes than the letter. Two bytes a cell, so that a start does not pay for
//! a third copy of the screen.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::ops::Range;

use ratatui::buffer::{Buffer, Cell, CellDiffOption};
use unicode_width::UnicodeWidthStr as _;

use super::style::Style;

/// The style of a blank in which it looks like any other blank.
const BLANK: u8 = 0;

/// The cells, row by row.
#[derive(Default)]
pub(super) struct Seen {
    width: u16,
    cells: Vec<Known>,
    /// The styles by number, from 1 on.
    styles: Vec<Style>,
    /// There may be wide characters.
    wide: bool,
    /// The rows with characters of several code points.
    uneven: BTreeMap<u16, Uneven>,
}

/// A letter, 0 where it is not known, and the number of its style.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
struct Known {
    letter: u8,
    style: u8,
}

/// A row with a character of several code points. Terminals differ in how many columns they draw such a one, so behind it
/// it is not known what stands where.
struct Uneven {
    /// What the row held, by its hash.
    held: u64,
    /// It is erased before it is written.
    fresh: bool,
    /// It still has such a character.
    has: bool,
}

impl Known {
    const BLANK: Self = Self { letter: b' ', style: BLANK };
    /// The halves of a wide character.
    const WIDE: [Self; 2] = [Self { letter: 0, style: 1 }, Self { letter: 0, style: 2 }];
}

impl Seen {
    /// The screen has this size and is blank.
    pub(super) fn blank(&mut self, width: u16, height: u16) {
        self.width = width;
        self.cells.clear();
        self.cells.resize(usize::from(width) * usize::from(height), Known::BLANK);
        self.styles.clear();
        self.wide = false;
        self.uneven.clear();
    }

    /// A symbol was written.
    pub(super) fn wrote(&mut self, x: u16, y: u16, symbol: &str, style: Option<u8>) {
        let known = if let [letter @ b' '..=b'~'] = symbol.as_bytes() {
            style.map(|style| Known { letter: *letter, style }).unwrap_or_default()
        } else {
            let [first, second] = Known::WIDE;
            if symbol.width() > 1 {
                self.wide = true;
                self.set(x.saturating_add(1), y, second);
                first
            } else {
                // A terminal may draw it wider than it is. Then it took the next cell too, which is written over as any
                // other.
                Known::default()
            }
        };
        self.set(x, y, known);
    }

    /// Blanks were written that look like any others.
    pub(super) fn erased(&mut self, x: u16, y: u16, count: u16) {
        for x in x..x.saturating_add(count) {
            self.set(x, y, Known::BLANK);
        }
    }

    /// Did a wide character stand in one of these cells, or half of one?
    pub(super) fn had_wide(&self, x: u16, y: u16, count: u16) -> bool {
        let Some(start) = self.place(x, y) else { return false };
        let cells = self.cells.get(start..start + usize::from(count)).unwrap_or_default();
        cells.iter().any(|cell| Known::WIDE.contains(cell))
    }

    /// Sees to it that a blank is written anew that stands where the second half of a wide character was, of which
    /// another wide one takes the first half: the library takes it for a blank that is as it was, while the terminal
    /// tears the old character apart and leaves no style there.
    ///
    /// A row that holds or held a character of several code points is written anew as a whole where it changes.
    pub(super) fn mend(&mut self, next: &mut Buffer) {
        self.mend_uneven(next);
        // Most screens have none.
        if !self.wide {
            return;
        }
        let [_, second] = Known::WIDE;
        let cells = self.cells.iter().enumerate().filter(|(_, cell)| **cell == second);
        for (at, _) in cells {
            let taken = at.checked_sub(2).and_then(|at| next.content.get(at));
            if taken.is_some_and(|cell| cell.symbol().width() > 1)
                && let Some(cell) = next.content.get_mut(at)
            {
                cell.set_diff_option(CellDiffOption::AlwaysUpdate);
            }
        }
    }

    fn mend_uneven(&mut self, next: &mut Buffer) {
        let width = usize::from(next.area.width).max(1);
        let several = |cell: &Cell| {
            let symbol = cell.symbol();
            symbol.len() > 1 && symbol.chars().nth(1).is_some()
        };
        for (y, row) in (0_u16..).zip(next.content.chunks_mut(width)) {
            let has = row.iter().any(several);
            if !has && !self.uneven.contains_key(&y) {
                continue;
            }
            let mut hasher = DefaultHasher::new();
            for cell in row.iter() {
                (cell.symbol(), cell.style()).hash(&mut hasher);
            }
            let held = hasher.finish();
            if self.uneven.get(&y).is_some_and(|before| before.held == held) {
                continue;
            }
            self.uneven.insert(y, Uneven { held, fresh: true, has });
            for cell in row {
                cell.set_diff_option(CellDiffOption::AlwaysUpdate);
            }
        }
    }

    /// Is this row to be erased before it is written? It is so once.
    pub(super) fn begins_anew(&mut self, y: u16) -> bool {
        let Some(row) = self.uneven.get_mut(&y) else { return false };
        let fresh = std::mem::take(&mut row.fresh);
        if fresh && !row.has {
            self.uneven.remove(&y);
        }
        fresh
    }

    /// How many columns a row has.
    pub(super) const fn columns(&self) -> u16 {
        self.width
    }

    /// Are these cells known to be blank?
    pub(super) fn are_blank(&self, columns: Range<u16>, y: u16) -> bool {
        let cells = self.place(columns.start, y);
        let cells = cells.and_then(|start| self.cells.get(start..start + columns.len()));
        cells.is_some_and(|cells| cells.iter().all(|cell| *cell == Known::BLANK))
    }

    /// Writes the letters of these cells once more, where they are all known and written in `style`; or where
    /// they are blanks, which look alike in it if `blanks`. False, and nothing, where they are not.
    pub(super) fn again(
        &self,
        columns: Range<u16>,
        y: u16,
        style: Option<u8>,
        blanks: bool,
        out: &mut Vec<u8>,
    ) -> bool {
        let count = columns.len();
        let Some(start) = self.place(columns.start, y) else { return false };
        let Some(cells) = self.cells.get(start..start + count) else { return false };
        let fits = |cell: &Known| match cell {
            Known { letter: 0, .. } => false,
            Known { letter: b' ', style: BLANK } => blanks,
            Known { style: worn, .. } => Some(*worn) == style,
        };
        if !cells.iter().all(fits) {
            return false;
        }
        out.extend(cells.iter().map(|cell| cell.letter));
        true
    }

    /// Is there such a cell? The first column past the last one is none.
    pub(super) fn has(&self, x: u16, y: u16) -> bool {
        self.place(x, y).is_some_and(|at| at < self.cells.len())
    }

    fn place(&self, x: u16, y: u16) -> Option<usize> {
        (x < self.width).then(|| usize::from(y) * usize::from(self.width) + usize::from(x))
    }

    fn set(&mut self, x: u16, y: u16, known: Known) {
        if let Some(cell) = self.place(x, y).and_then(|at| self.cells.get_mut(at)) {
            *cell = known;
        }
    }

    /// The number of a style; None where there are too many.
    pub(super) fn number(&mut self, style: Style) -> Option<u8> {
        if let Some(at) = self.styles.iter().position(|known| *known == style) {
            return u8::try_from(at + 1).ok();
        }
        let number = u8::try_from(self.styles.len() + 1).ok()?;
        self.styles.push(style);
        Some(number)
    }
}
