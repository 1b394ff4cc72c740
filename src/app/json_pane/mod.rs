//! The policy pane's state: a text as rows that can be folded, scrolled, searched and pointed at.
//!
//! Every method costs what is on the screen, or what is folded, not what is in the text; only the
//! index ([`Outline`]) reads all of it, once, in pieces, and so does a search. The text itself is never changed: spans of
//! it are what callers give and get, and what they copy.
//!
//! ```text
//! text ── outline ──┬─ fold: which lines are rows ── moves: cursor, top, left
//!  bytes, unchanged ├─ path: Statement[1].Action[3]
//!                   └─ rows: window() -> RowView, with classes from app::highlight
//! ```
//!
//! Knows no widget, no colour and no key.

mod fold;
mod hint;
mod moves;
mod outline;
mod path;
mod rows;
mod search;
mod starts;
mod tokens;

use std::collections::HashMap;

use crate::app::highlight::{self, Class, Engine, Token};
use crate::policy::source::{Source, Span};

pub use hint::Hint;
pub use moves::Move;
pub use outline::{Layout, Outline};
pub use rows::{FoldMark, RowView};
pub use search::{LineWith, SearchState};

/// A new pane scans this many bytes at once: some screens of text.
const FIRST_PIECE: usize = 64 * 1024;
/// Coloured lines kept.
const CACHE_LINES: usize = 512;

/// The policy pane.
#[derive(Clone)]
pub struct JsonPane {
    text: Source,
    outline: Outline,
    closed: fold::Closed,
    /// The line of the cursor; never a hidden one.
    cursor: usize,
    /// The line on the first row of the screen; never a hidden one.
    top: usize,
    /// Columns scrolled out at the left.
    left: usize,
    height: usize,
    /// No columns while the pane is hidden.
    width: usize,
    /// What was last brought into view.
    shown: Option<moves::Shown>,
    /// Sorted, not overlapping.
    marks: Vec<Span>,
    dim: bool,
    search: Option<search::Search>,
    /// Parts of lines, by line; filled by [`JsonPane::colour`].
    coloured: HashMap<usize, Vec<Token>>,
}

impl std::fmt::Debug for JsonPane {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("JsonPane")
            .field("bytes", &self.text.len())
            .field("lines", &self.lines())
            .field("cursor", &self.cursor)
            .field("top", &self.top)
            .field("left", &self.left)
            .finish_non_exhaustive()
    }
}

/// Where the reader is, to come back to later: opaque, for the same text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Position {
    cursor: usize,
    top: usize,
    left: usize,
}

impl Default for JsonPane {
    /// An empty document.
    fn default() -> Self {
        Self::new("")
    }
}

impl JsonPane {
    /// A pane over a text: the first 64 kB are ready at once, in well under 1 ms.
    pub fn new(text: impl Into<Source>) -> Self {
        let text = text.into();
        let mut outline = Outline::begin(&text);
        outline.advance(&text, FIRST_PIECE);
        Self {
            text,
            outline,
            closed: fold::Closed::default(),
            cursor: 0,
            top: 0,
            left: 0,
            height: 24,
            width: 80,
            shown: None,
            marks: Vec::new(),
            dim: false,
            search: None,
            coloured: HashMap::new(),
        }
    }

    /// The text, as it came.
    pub fn text(&self) -> &Source {
        &self.text
    }

    /// Scans about `bytes` more bytes; true when the whole text is indexed.
    pub fn advance(&mut self, bytes: usize) -> bool {
        self.outline.advance(&self.text, bytes)
    }

    /// Takes an index that was made elsewhere by [`Outline::of`] from the same text.
    /// One of a text of another length is refused.
    pub fn adopt(&mut self, outline: Outline) -> bool {
        let fits = outline.is_complete()
            && outline.layout() == self.outline.layout()
            && outline.progress().1 == self.outline.progress().1;
        if fits {
            // What is closed stays closed: a fold that could be closed is complete, and neither it nor
            // what comes before it is numbered anew by the rest of the scan.
            self.outline = outline;
        }
        fits
    }

    /// Is the whole text indexed?
    pub const fn is_complete(&self) -> bool {
        self.outline.is_complete()
    }

    /// Bytes indexed, of all bytes.
    pub const fn progress(&self) -> (usize, usize) {
        self.outline.progress()
    }

    /// Are the lines the text's own, or laid out here?
    pub const fn layout(&self) -> Layout {
        self.outline.layout()
    }

    /// Lines known so far; at least 1. All of them once the text is indexed.
    pub fn lines(&self) -> usize {
        self.outline.lines()
    }

    /// Rows that are not hidden by folds, of the lines known so far; at least 1.
    pub fn rows(&self) -> usize {
        self.closed.rows(self.lines())
    }

    /// The row of the cursor, from 0, and the row at the top of the screen: for a scroll bar.
    pub fn cursor_and_top_row(&self) -> (usize, usize) {
        (self.closed.row_of(self.cursor), self.closed.row_of(self.top))
    }

    /// Columns scrolled out at the left.
    pub const fn left(&self) -> usize {
        self.left
    }

    /// The span of the source that a line (from 0) shows, its line break included.
    pub fn span_of_line(&self, line: usize) -> Span {
        Span::new(self.outline.start(line), self.outline.end(line))
    }

    /// The first byte of the cursor's line that is not a blank.
    pub fn cursor_byte(&self) -> usize {
        let Span { start, end } = self.span_of_line(self.cursor);
        let line = self.text.as_bytes().get(start..end).unwrap_or_default();
        start + (line.len() - line.trim_ascii_start().len()).min(line.len().saturating_sub(1))
    }

    /// The path of what the cursor is on: `Statement[1].Action[3]`; empty at the outermost brackets.
    pub fn path(&self) -> String {
        self.places().path(self.cursor_byte())
    }

    /// The statement under the cursor, from 0.
    pub fn statement(&self) -> Option<usize> {
        Some(self.places().statement(self.cursor_byte())?.1.ordinal as usize)
    }

    /// The span of the statement under the cursor, for copying.
    pub fn statement_span(&self) -> Option<Span> {
        let (list, element) = self.places().statement(self.cursor_byte())?;
        Some(self.places().element_span(list, element))
    }

    /// What is pointed at: matches of a filter, the statement that grants something.
    pub fn mark(&mut self, mut spans: Vec<Span>) {
        spans.retain(|span| span.start < span.end);
        spans.sort_unstable_by_key(|span| span.start);
        self.marks.clear();
        for span in spans {
            match self.marks.last_mut() {
                Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
                _ => self.marks.push(span),
            }
        }
    }

    /// Draw dim what no mark touches? Without marks nothing is dim.
    pub const fn dim_outside(&mut self, dim: bool) {
        self.dim = dim;
    }

    fn marks_in(&self, range: &std::ops::Range<usize>) -> impl Iterator<Item = Span> {
        let (start, end) = (range.start, range.end);
        let from = self.marks.partition_point(|mark| mark.end <= start);
        let marks = self.marks.get(from..).unwrap_or_default().iter().copied();
        marks.take_while(move |mark| mark.start < end)
    }

    /// Colours the visible lines with the engine that fits the text and keeps the result: to be called
    /// when an event is done with, so that drawing only reads. Without it drawing lexes.
    pub fn colour(&mut self) {
        let engine = Engine::for_document(self.text.len());
        if engine == Engine::Lexer {
            return;
        }
        if self.coloured.len() > CACHE_LINES {
            self.coloured.clear();
        }
        let first = self.closed.row_of(self.top);
        let visible = first..self.rows().min(first.saturating_add(self.height));
        for row in visible.take(CACHE_LINES) {
            let line = self.closed.line_at(row);
            if !self.coloured.contains_key(&line) {
                let span = self.span_of_line(line);
                let text = self.text.get(span.start..span.end).unwrap_or_default();
                if text.len() <= highlight::GRAMMAR_LINE_MAX {
                    let tokens = self.classes(line, text.trim_end_matches(['\r', '\n']), engine);
                    self.coloured.insert(line, tokens);
                }
            }
        }
    }

    /// The parts of a line: an engine knows the line alone, and a comment may have begun on an earlier one.
    fn classes(&self, line: usize, text: &str, engine: Engine) -> Vec<Token> {
        let start = self.outline.start(line);
        let Some(end) = self.outline.comment_around(start) else {
            return highlight::line(text, engine);
        };
        let inside = text.len().min(end - start);
        let after = text.get(inside..).unwrap_or_default();
        let after = highlight::line(after, engine).into_iter();
        let after = after.map(|(range, class)| (range.start + inside..range.end + inside, class));
        std::iter::once((0..inside, Class::Comment))
            .filter(|(range, _)| !range.is_empty())
            .chain(after)
            .collect()
    }

    /// The parts of the start of a line.
    fn tokens(&self, line: usize, piece: &str) -> Vec<Token> {
        let Some(tokens) = self.coloured.get(&line) else {
            return self.classes(line, piece, Engine::Lexer);
        };
        let end = piece.len();
        let kept = tokens.iter().filter(|(range, _)| range.start < end);
        kept.map(|(range, class)| (range.start..range.end.min(end), *class)).collect()
    }

    /// Indexes at least up to a byte.
    fn index_to(&mut self, byte: usize) {
        while self.outline.progress().0 <= byte.saturating_add(FIRST_PIECE / 2)
            && !self.advance(FIRST_PIECE)
        {}
    }
}
