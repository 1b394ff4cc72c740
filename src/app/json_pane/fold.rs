//! What is folded, and so which lines are rows.
//!
//! Kept as a sorted list of hidden line ranges with running sums: a row finds its line, and a line its
//! row, by binary search, whatever the size of the document. Changing a fold rebuilds the list, which
//! costs what is closed, not what is in the file.

use std::collections::BTreeMap;

/// First and last line that a fold hides; none for one that hides nothing.
type Lines = Option<(usize, usize)>;

/// Lines hidden by one closed fold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Hidden {
    /// First hidden line.
    first: usize,
    /// Last hidden line.
    last: usize,
    /// Lines hidden by all ranges before this one.
    before: usize,
    /// The fold that hides them.
    fold: u32,
}

/// The closed folds, by their index in the outline.
#[derive(Clone, Debug, Default)]
pub(super) struct Closed {
    folds: BTreeMap<u32, Lines>,
    hidden: Vec<Hidden>,
}

impl Closed {
    pub(super) fn contains(&self, fold: u32) -> bool {
        self.folds.contains_key(&fold)
    }

    /// Replaces the closed folds. `range` tells the lines that a fold hides, if any.
    pub(super) fn set(
        &mut self,
        folds: impl IntoIterator<Item = u32>,
        range: impl Fn(u32) -> Lines,
    ) {
        self.folds = folds.into_iter().map(|fold| (fold, range(fold))).collect();
        self.rebuild();
    }

    /// Opens a closed fold, closes an open one that hides these lines.
    pub(super) fn toggle(&mut self, fold: u32, lines: Lines) {
        if self.folds.remove(&fold).is_none() {
            self.folds.insert(fold, lines);
        }
        self.rebuild();
    }

    /// Opens every closed fold that hides a line, also inside other closed folds.
    pub(super) fn open_line(&mut self, line: usize) {
        if self.is_hidden(line) {
            let hides =
                |lines: &Lines| lines.is_some_and(|(first, last)| (first..=last).contains(&line));
            self.folds.retain(|_, lines| !hides(lines));
            self.rebuild();
        }
    }

    fn rebuild(&mut self) {
        self.hidden.clear();
        let mut before = 0;
        for (&fold, lines) in &self.folds {
            let Some((first, last)) = *lines else { continue };
            // Folds come in the order of their first line; one inside another hides nothing more.
            if self.hidden.last().is_some_and(|outer| first <= outer.last) {
                continue;
            }
            self.hidden.push(Hidden { first, last, before, fold });
            before += last + 1 - first;
        }
    }

    fn total(&self) -> usize {
        self.hidden.last().map_or(0, |hidden| hidden.before + hidden.last + 1 - hidden.first)
    }

    /// How many rows a document of so many lines has.
    pub(super) fn rows(&self, lines: usize) -> usize {
        lines.saturating_sub(self.total())
    }

    /// The hidden range at or before a line.
    fn range_by(&self, line: usize) -> Option<Hidden> {
        let after = self.hidden.partition_point(|hidden| hidden.first <= line);
        self.hidden.get(after.checked_sub(1)?).copied()
    }

    pub(super) fn is_hidden(&self, line: usize) -> bool {
        self.range_by(line).is_some_and(|hidden| line <= hidden.last)
    }

    /// The row of a line; for a hidden line the row of the fold that hides it.
    pub(super) fn row_of(&self, line: usize) -> usize {
        match self.range_by(line) {
            None => line,
            Some(hidden) if line <= hidden.last => (hidden.first - hidden.before).saturating_sub(1),
            Some(hidden) => line - hidden.before - (hidden.last + 1 - hidden.first),
        }
    }

    /// The line of a row.
    pub(super) fn line_at(&self, row: usize) -> usize {
        let after = self.hidden.partition_point(|hidden| hidden.first - hidden.before <= row);
        match after.checked_sub(1).and_then(|index| self.hidden.get(index)) {
            None => row,
            Some(hidden) => row + hidden.before + (hidden.last + 1 - hidden.first),
        }
    }

    /// The last line that the row of this line stands for: its own, or the last that it hides.
    pub(super) fn last_line_of(&self, line: usize) -> usize {
        self.hidden_after(line).map_or(line, |hidden| hidden.last)
    }

    /// The fold that is closed on the row of this line.
    pub(super) fn closed_on(&self, line: usize) -> Option<u32> {
        self.hidden_after(line).map(|hidden| hidden.fold)
    }

    fn hidden_after(&self, line: usize) -> Option<Hidden> {
        self.range_by(line + 1).filter(|hidden| hidden.first == line + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn closed(ranges: &[(usize, usize)]) -> Closed {
        let mut closed = Closed::default();
        closed.set(0..ranges.len() as u32, |fold| ranges.get(fold as usize).copied());
        closed
    }

    #[test]
    fn rows_and_lines_find_each_other() {
        let closed = closed(&[(2, 4), (3, 3), (6, 9)]);
        assert_eq!(closed.rows(12), 5);
        let lines: Vec<_> = (0..5).map(|row| closed.line_at(row)).collect();
        assert_eq!(lines, [0, 1, 5, 10, 11]);
        for (row, line) in lines.into_iter().enumerate() {
            assert_eq!(closed.row_of(line), row);
        }
        assert_eq!((closed.row_of(3), closed.row_of(9)), (1, 2));
        assert_eq!((closed.last_line_of(1), closed.last_line_of(0)), (4, 0));
        assert_eq!(closed.closed_on(5), Some(2));
    }
}
