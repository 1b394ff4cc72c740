//! Moving, folding, and bringing a span into view. All of it pure: a state and a move give a state.

use super::outline::Fold;
use super::path::Places;
use super::{JsonPane, Position};
use crate::policy::source::Span;

/// The bytes after a closing bracket that are looked at to see whether its line goes on.
const TAIL_MAX: usize = 64;
/// Brackets that open on one line: so many are tried for a fold.
const OPENERS_MAX: usize = 64;
/// The furthest column that can be scrolled to.
const COLUMN_MAX: usize = 1 << 20;
/// Columns kept at the left of a search hit, where the pane has to scroll to it.
const HIT_MARGIN: usize = 8;

/// A move of the cursor or of the view.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    /// So many rows up.
    Up(usize),
    /// So many rows down.
    Down(usize),
    /// A screen up.
    PageUp,
    /// A screen down.
    PageDown,
    /// Half a screen up.
    HalfUp,
    /// Half a screen down.
    HalfDown,
    /// To the first row.
    First,
    /// To the last row; indexes what is left of the text.
    Last,
    /// To a line, from 1; a hidden one is unfolded.
    Line(usize),
    /// To the row of this number on the screen, from 0: a click.
    ScreenRow(usize),
    /// To the next statement.
    NextStatement,
    /// To the start of this statement, or from there to the one before.
    PreviousStatement,
    /// So many columns to the left.
    Left(usize),
    /// So many columns to the right, as long as something is cut off there.
    Right(usize),
    /// Back to the first column.
    LineStart,
}

/// What was last brought into view, for as long as nothing else was moved.
#[derive(Clone, Copy, Debug)]
pub(super) enum Shown {
    /// A span with the statement around it.
    Statement(Span),
    /// A span alone.
    Alone(Span),
}

impl JsonPane {
    /// Makes a move. True where anything changed.
    pub fn go(&mut self, to: Move) -> bool {
        let before = self.position();
        let page = self.height.max(1);
        self.shown = None;
        match to {
            Move::Up(rows) => self.step(rows, false),
            Move::Down(rows) => self.step(rows, true),
            Move::PageUp => self.page(page, false),
            Move::PageDown => self.page(page, true),
            Move::HalfUp => self.page((page / 2).max(1), false),
            Move::HalfDown => self.page((page / 2).max(1), true),
            Move::First => self.cursor = 0,
            Move::Last => {
                self.advance(usize::MAX);
                self.cursor = self.closed.line_at(self.rows() - 1);
            }
            Move::Line(number) => self.jump_line(number.saturating_sub(1)),
            Move::ScreenRow(row) => {
                let row = self.closed.row_of(self.top).saturating_add(row.min(page - 1));
                self.cursor = self.closed.line_at(row.min(self.rows() - 1));
            }
            Move::NextStatement => {
                let from = self.cursor_byte();
                if self.places().next_statement(from).is_none() {
                    self.advance(usize::MAX);
                }
                let next = self.places().next_statement(from);
                self.jump_byte(next);
            }
            Move::PreviousStatement => {
                let (places, from) = (self.places(), self.cursor_byte());
                let own = places.statement(from).map(|(_, element)| element.start);
                let own = own.filter(|start| self.outline.line_of(*start) < self.cursor);
                self.jump_byte(own.or_else(|| places.previous_statement(from)));
            }
            Move::Left(columns) => self.left = self.left.saturating_sub(columns),
            Move::Right(columns) => self.right(columns),
            Move::LineStart => self.left = 0,
        }
        self.follow();
        self.position() != before
    }

    /// Where the reader is.
    pub const fn position(&self) -> Position {
        Position { cursor: self.cursor, top: self.top, left: self.left }
    }

    /// Back to where the reader was.
    pub fn restore(&mut self, to: Position) {
        self.jump_line(to.cursor);
        self.top = self.closed.line_at(self.closed.row_of(to.top.min(self.lines() - 1)));
        self.left = to.left.min(COLUMN_MAX);
        self.shown = None;
        self.follow();
        self.unscroll();
    }

    /// The size of the pane in rows and columns, line numbers not included; no columns while it is
    /// hidden. The place is kept.
    pub fn resize(&mut self, height: usize, width: usize) {
        if (self.height, self.width) != (height, width) {
            let before = self.width;
            (self.height, self.width) = (height, width);
            // More room shows more lines, not blanks after the last one.
            let top = self.closed.row_of(self.top);
            self.index_rows(top.saturating_add(height));
            let last_top = self.rows().saturating_sub(height);
            self.top = self.closed.line_at(top.min(last_top));
            self.follow();
            if before != width && width > 0 {
                match self.shown {
                    // What was to be seen while there was no room at all.
                    Some(Shown::Statement(span)) if before == 0 => self.reveal(span),
                    Some(Shown::Statement(span) | Shown::Alone(span)) => self.sideways(span),
                    None => self.unscroll(),
                }
            }
        }
    }

    /// Back to the first column where nothing in sight needs more room than there is.
    fn unscroll(&mut self) {
        if self.left > 0 && self.width > 0 && self.widest(self.width + 1) <= self.width {
            self.left = 0;
        }
    }

    /// Indexes so far that a row of this number exists, if the text has it.
    fn index_rows(&mut self, row: usize) {
        while self.rows() <= row && !self.advance(super::FIRST_PIECE) {}
    }

    fn step(&mut self, rows: usize, down: bool) {
        let row = self.closed.row_of(self.cursor);
        let wanted = if down { row.saturating_add(rows) } else { row.saturating_sub(rows) };
        self.index_rows(wanted.saturating_add(1));
        self.cursor = self.closed.line_at(wanted.min(self.rows() - 1));
    }

    /// Cursor and view together, so that the cursor keeps its place on the screen.
    fn page(&mut self, rows: usize, down: bool) {
        self.step(rows, down);
        self.shift_top(rows, down);
    }

    fn shift_top(&mut self, rows: usize, down: bool) {
        let top = self.closed.row_of(self.top);
        let wanted = if down { top.saturating_add(rows) } else { top.saturating_sub(rows) };
        self.index_rows(wanted.saturating_add(self.height));
        let lowest = self.rows().saturating_sub(self.height.max(1));
        // A view that already stood lower than a full last screen is left there.
        self.top = self.closed.line_at(wanted.min(lowest.max(top)).min(self.rows() - 1));
    }

    fn right(&mut self, columns: usize) {
        let edge = self.left.saturating_add(self.width);
        let widest = self.widest(edge.saturating_add(columns).min(COLUMN_MAX));
        self.left += widest.saturating_sub(edge).min(columns);
    }

    /// The columns of the widest row in sight, counted up to `most`.
    fn widest(&self, most: usize) -> usize {
        let first = self.closed.row_of(self.top);
        let rows = first..self.rows().min(first.saturating_add(self.height.max(1)));
        let mut widest = 0;
        for row in rows {
            widest = widest.max(self.width_of(self.closed.line_at(row), most));
            if widest >= most {
                break;
            }
        }
        widest
    }

    fn jump_line(&mut self, line: usize) {
        while self.lines() <= line && !self.advance(super::FIRST_PIECE) {}
        let line = line.min(self.lines() - 1);
        self.closed.open_line(line);
        self.cursor = line;
    }

    fn jump_byte(&mut self, byte: Option<usize>) {
        if let Some(byte) = byte {
            self.index_to(byte);
            self.jump_line(self.outline.line_of(byte));
        }
    }

    /// Scrolls as little as needed for the cursor to be on the screen.
    fn follow(&mut self) {
        let height = self.height.max(1);
        self.cursor = self.cursor.min(self.lines() - 1);
        let row = self.closed.row_of(self.cursor);
        self.cursor = self.closed.line_at(row);
        let top = self.closed.row_of(self.top.min(self.lines() - 1));
        let top = top.clamp((row + 1).saturating_sub(height), row);
        self.index_rows(top.saturating_add(height));
        self.top = self.closed.line_at(top);
    }

    /// The lines that a fold hides when it is closed; none where that is none.
    pub(super) fn fold_lines(places: Places<'_>, fold: Fold) -> Option<(usize, usize)> {
        let bytes = places.bytes();
        let (open, close) = (fold.open as usize, fold.close as usize);
        let bracket = *bytes.get(open)?;
        if bytes.get(close) != Some(&super::outline::partner(bracket)) {
            return None;
        }
        let (first, last) = (places.outline.line_of(open) + 1, places.outline.line_of(close));
        let end = places.outline.end(last);
        let tail = bytes.get(close + 1..end).unwrap_or_default();
        // A closing line that goes on with something else, such as `}, {`, stays in sight.
        let ends = tail.len() <= TAIL_MAX
            && tail
                .iter()
                .all(|byte| matches!(byte, b'}' | b']' | b',' | b' ' | b'\t' | b'\r' | b'\n'));
        let last = if ends { last } else { last.checked_sub(1)? };
        (first <= last).then_some((first, last))
    }

    /// The outermost fold that begins on a line.
    pub(super) fn foldable(&self, line: usize) -> Option<u32> {
        let (start, end) = (self.outline.start(line), self.outline.end(line));
        let from = self.outline.last_open_by(start.wrapping_sub(1));
        let from = if start == 0 { 0 } else { from.wrapping_add(1) };
        let folds = self.outline.folds().get(from as usize..)?;
        let on_line = folds.iter().take_while(|fold| (fold.open as usize) < end).take(OPENERS_MAX);
        let found = on_line.enumerate().find(|(_, fold)| {
            Self::fold_lines(self.places(), **fold).is_some_and(|(first, _)| first == line + 1)
        });
        found.map(|(index, _)| from + index as u32)
    }

    /// Closes the fold that begins on the cursor's row, else the one around it; or opens it where it
    /// is closed. False where there is nothing to fold.
    pub fn toggle_fold(&mut self) -> bool {
        if self.closed.closed_on(self.cursor).is_some() { self.unfold() } else { self.fold() }
    }

    /// Opens the fold that is closed on the cursor's row. False where none is.
    pub fn unfold(&mut self) -> bool {
        let Some(fold) = self.closed.closed_on(self.cursor) else { return false };
        self.toggle(fold);
        true
    }

    /// Closes the fold that begins on the cursor's row; where none does, or it is closed already, the
    /// one around it. The cursor goes to its row. False where there is nothing to fold.
    pub fn fold(&mut self) -> bool {
        let own = self.foldable(self.cursor).filter(|fold| !self.closed.contains(*fold));
        let around = || {
            let byte = self.outline.start(self.cursor);
            let mut index = self.places().enclosing(byte);
            while let Some(fold) = self.outline.fold(index) {
                let range = Self::fold_lines(self.places(), fold);
                if range.is_some_and(|(first, last)| first <= self.cursor && self.cursor <= last) {
                    return Some(index);
                }
                index = fold.parent;
            }
            None
        };
        let Some(fold) = own.or_else(around) else { return false };
        if let Some(fold) = self.outline.fold(fold) {
            self.cursor = self.outline.line_of(fold.open as usize);
        }
        self.toggle(fold);
        true
    }

    fn toggle(&mut self, fold: u32) {
        let lines = self.outline.fold(fold).and_then(|fold| Self::fold_lines(self.places(), fold));
        self.closed.toggle(fold, lines);
        self.shown = None;
        self.follow();
    }

    /// Closes every statement; in a text without statements everything one level down.
    pub fn fold_all(&mut self) {
        self.advance(usize::MAX);
        let places = Places { text: &self.text, outline: &self.outline };
        let mut folds = places.statements();
        if folds.is_empty() {
            let around = |fold: &Fold| places.outline.fold(fold.parent);
            let level = |fold: &(usize, &Fold)| {
                around(fold.1).is_some_and(|outermost| around(&outermost).is_none())
            };
            folds = places
                .outline
                .folds()
                .iter()
                .enumerate()
                .filter(level)
                .map(|(index, _)| index as u32)
                .collect();
        }
        self.closed.set(folds, |fold| Self::fold_lines(places, places.outline.fold(fold)?));
        self.shown = None;
        self.follow();
    }

    /// Opens every fold.
    pub fn unfold_all(&mut self) {
        self.closed.set([], |_| None);
        self.follow();
    }

    /// Brings a span of the source into view: unfolds what hides its ends, puts the cursor on its
    /// first line, and scrolls so that the statement around it is visible as a whole, if it fits.
    pub fn reveal(&mut self, span: Span) {
        self.show(span);
        self.shown = Some(Shown::Statement(span));
        let byte = span.start.min(self.text.len().saturating_sub(1));
        let around = self.places().statement(byte);
        let whole =
            around.map_or(span, |(list, element)| self.places().element_span(list, element));
        self.index_to(whole.end);
        let row = |byte: usize| self.closed.row_of(self.outline.line_of(byte));
        let (first, last) = (row(whole.start), row(whole.end.saturating_sub(1)));
        let (height, cursor) = (self.height.max(1), self.closed.row_of(self.cursor));
        let top = self.closed.row_of(self.top);
        let wanted = if last < first + height {
            top.clamp((last + 1).saturating_sub(height), first)
        } else {
            // Too tall: its start, as long as the cursor stays on the screen; else the cursor in the middle.
            let middle = cursor.saturating_sub(height / 2);
            if cursor < first + height { first } else { middle }
        };
        self.top = self.closed.line_at(wanted);
        self.follow();
    }

    /// The same without the statement: for search hits. Scrolls sideways to the start of the span.
    pub(super) fn show(&mut self, span: Span) {
        let last_byte = span.end.max(span.start + 1) - 1;
        self.index_to(last_byte);
        let line = self.outline.line_of(last_byte);
        self.closed.open_line(line);
        self.jump_line(self.outline.line_of(span.start));
        self.shown = Some(Shown::Alone(span));
        self.sideways(span);
        self.follow();
    }

    /// Scrolls sideways to the start of a span; not at all where it is in sight from the first column
    /// on, or where the room is not known yet.
    fn sideways(&mut self, span: Span) {
        if self.width == 0 {
            self.left = 0;
            return;
        }
        let line = self.outline.line_of(span.start);
        let column = self.column_of(line, span.start, COLUMN_MAX);
        let end = self.column_of(line, span.end, COLUMN_MAX);
        if end <= self.width {
            self.left = 0;
        } else if column < self.left || end > self.left.saturating_add(self.width) {
            self.left = column.saturating_sub(HIT_MARGIN);
        }
    }
}
