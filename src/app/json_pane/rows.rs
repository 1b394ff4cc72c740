//! What is to be drawn: one value a visible row, made from the bytes of that row alone.
//!
//! A long line is read up to the right edge of the pane and no further. Text comes out harmless:
//! control characters and marks that turn text around are shown as signs, tabs as blanks.

use std::borrow::Cow;
use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation as _;

use super::JsonPane;
use super::hint::Hint;
use super::outline::Layout;
use super::path::Places;
use crate::app::highlight::{Class, Token};

/// Blanks of a level in a text that is laid out.
const INDENT: usize = 2;
/// Columns of a tab.
const TAB: usize = 4;
/// A line is read this many bytes past the right edge, so that a key cut there is still a key.
const AHEAD: usize = 1024;

/// Whether a row can be folded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FoldMark {
    /// No fold begins on this row.
    None,
    /// A fold begins here and is open.
    Open,
    /// A fold begins here and is closed.
    Closed,
}

/// One row of the pane. All ranges are bytes of `text`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each says one thing of the row, all mixes occur"
)]
pub struct RowView<'a> {
    /// Number of the line, from 1.
    pub line: usize,
    /// The visible part of the line, harmless, at most as wide as asked.
    pub text: Cow<'a, str>,
    /// What the parts of `text` are: without gaps, in order.
    pub classes: Vec<Token>,
    /// Does a fold begin here?
    pub fold: FoldMark,
    /// What a closed fold hides: drawn after `text`, before `tail`.
    pub hint: Option<Hint>,
    /// What stands behind a closed fold: its closing bracket, perhaps a comma.
    pub tail: String,
    /// Is the cursor on this row?
    pub is_cursor: bool,
    /// Does a mark touch this row, or what it hides?
    pub marked: bool,
    /// Is it to be drawn dim, because something else is marked?
    pub dimmed: bool,
    /// The parts of `text` that the search found.
    pub hits: Vec<Range<usize>>,
    /// Is something left out at the left edge?
    pub cut_left: bool,
    /// Is something left out at the right edge?
    pub cut_right: bool,
}

impl JsonPane {
    /// The rows on a screen of this size (in columns, line numbers not included).
    pub fn window(&self, height: usize, width: usize) -> Vec<RowView<'_>> {
        let first = self.closed.row_of(self.top);
        let rows = self.rows();
        let mut container = super::outline::NONE;
        let mut last_open = super::outline::NONE;
        (first..rows.min(first.saturating_add(height)))
            .map(|row| {
                let line = self.closed.line_at(row);
                let start = self.outline.start(line);
                // From the row before: only what opened or closed since then has to be looked at.
                let open = self.outline.last_open_by(start);
                container =
                    self.places().climb(if open == last_open { container } else { open }, start);
                last_open = open;
                self.row(line, self.indent_in(container, start), width)
            })
            .collect()
    }

    /// Blanks before a line; only a text that is laid out has any.
    pub(super) fn indent(&self, line: usize) -> usize {
        let start = self.outline.start(line);
        self.indent_in(self.places().enclosing(start), start)
    }

    fn indent_in(&self, container: u32, start: usize) -> usize {
        if self.outline.layout() == Layout::AsIs {
            return 0;
        }
        let depth = self.outline.fold(container).map_or(0, |fold| {
            let on_bracket = start == fold.open as usize || start == fold.close as usize;
            self.outline.depth(fold) + usize::from(!on_bracket)
        });
        depth * INDENT
    }

    /// The bytes of a line that are shown: without line break, and up to the bracket of a closed fold.
    fn shown(&self, line: usize) -> Range<usize> {
        let start = self.outline.start(line);
        if let Some(fold) = self.closed.closed_on(line).and_then(|fold| self.outline.fold(fold)) {
            return start..fold.open as usize + 1;
        }
        let bytes = self.text.as_bytes();
        let mut end = self.outline.end(line);
        let drop: &[u8] = match self.outline.layout() {
            Layout::AsIs => b"\r\n",
            Layout::LaidOut => b" \t\r",
        };
        while end > start && bytes.get(end - 1).is_some_and(|byte| drop.contains(byte)) {
            end -= 1;
        }
        start..end
    }

    fn row(&self, line: usize, indent: usize, width: usize) -> RowView<'_> {
        let shown = self.shown(line);
        let edge = self.left.saturating_add(width);
        let piece = self.piece(&shown, edge.saturating_sub(indent));
        let tokens = self.tokens(line, piece);
        let mut cells = Cells::new(self.left, width, indent);
        let as_is = self.outline.layout() == Layout::AsIs;
        let plain = as_is
            && self.left == 0
            && piece.len() <= width
            && piece.bytes().all(|byte| matches!(byte, b' '..=b'~'));
        if plain {
            cells.identity(&tokens, piece.len());
        } else {
            cells.fill(piece, &tokens, !as_is);
            cells.cut_right |= shown.start + piece.len() < shown.end;
        }
        let hidden_end = self.outline.end(self.closed.last_line_of(line));
        let closed = self.closed.closed_on(line);
        let marked = self.marks_in(&(shown.start..hidden_end)).next().is_some();
        let display = |range: Range<usize>| cells.display(&range, shown.start);
        let mut hits = Vec::new();
        if let Some(search) = &self.search {
            let found = search.within(&shown).iter().take(width.max(1));
            hits.extend(found.filter_map(|hit| display(hit.start as usize..hit.end as usize)));
        }
        let fold = match (closed, self.foldable(line)) {
            (Some(_), _) => FoldMark::Closed,
            (None, Some(_)) => FoldMark::Open,
            (None, None) => FoldMark::None,
        };
        let (hint, tail) = self.hint(line, closed);
        RowView {
            line: line + 1,
            classes: cells.classes,
            text: if plain { Cow::Borrowed(piece) } else { Cow::Owned(cells.text) },
            fold,
            hint,
            tail,
            is_cursor: line == self.cursor,
            marked,
            dimmed: self.dim && !self.marks.is_empty() && !marked,
            hits,
            cut_left: cells.cut_left,
            cut_right: cells.cut_right,
        }
    }

    fn hint(&self, line: usize, closed: Option<u32>) -> (Option<Hint>, String) {
        let Some(fold) = closed.and_then(|fold| self.outline.fold(fold)) else {
            return (None, String::new());
        };
        let last = self.closed.last_line_of(line);
        let hint = Hint::of(self.places(), fold, last - line);
        let end = self.outline.end(last);
        let tail = (fold.close as usize) < end;
        let tail =
            tail.then(|| self.text.get(fold.close as usize..end)).flatten().unwrap_or_default();
        (Some(hint), crate::text::harmless(tail.trim_end()).into_owned())
    }

    /// The start of a line's shown bytes that can reach so many columns.
    fn piece(&self, shown: &Range<usize>, columns: usize) -> &str {
        let limit = columns.saturating_mul(4).saturating_add(AHEAD);
        let mut end = shown.end.min(shown.start.saturating_add(limit));
        while !self.text.is_char_boundary(end) {
            end -= 1;
        }
        self.text.get(shown.start..end).unwrap_or_default()
    }

    /// The column at which a byte of a line stands, counted up to `most`.
    pub(super) fn column_of(&self, line: usize, byte: usize, most: usize) -> usize {
        let shown = self.shown(line);
        let indent = self.indent(line);
        let upto = shown.start..byte.clamp(shown.start, shown.end.max(shown.start));
        let mut cells = Cells::new(0, most, indent);
        let piece = self.piece(&upto, most.saturating_sub(indent));
        cells.fill(piece, &self.tokens(line, piece), self.outline.layout() == Layout::LaidOut);
        cells.column
    }

    /// The columns that a line takes, counted up to `most`.
    pub(super) fn width_of(&self, line: usize, most: usize) -> usize {
        self.column_of(line, self.shown(line).end, most)
    }

    pub(super) fn places(&self) -> Places<'_> {
        Places { text: &self.text, outline: &self.outline }
    }
}

/// The cells of a row between its left and right edge, being filled.
struct Cells {
    left: usize,
    right: usize,
    column: usize,
    text: String,
    classes: Vec<Token>,
    /// Byte of the line, byte of `text`: where each visible piece begins.
    map: Vec<(usize, usize)>,
    /// The line is shown as it is: bytes are the same.
    same: Option<usize>,
    cut_left: bool,
    cut_right: bool,
}

impl Cells {
    fn new(left: usize, width: usize, indent: usize) -> Self {
        let right = left.saturating_add(width);
        let blanks = indent.min(right).saturating_sub(left);
        let text = " ".repeat(blanks);
        let classes = if blanks > 0 { vec![(0..blanks, Class::Plain)] } else { Vec::new() };
        let (map, same) = (Vec::new(), None);
        let cut_right = indent > right;
        Self { left, right, column: indent, text, classes, map, same, cut_left: false, cut_right }
    }

    /// The line needs no change: only the gaps between its tokens are named.
    fn identity(&mut self, tokens: &[Token], len: usize) {
        let mut at = 0;
        for (range, class) in tokens {
            if range.start > at {
                self.classes.push((at..range.start, Class::Plain));
            }
            self.classes.push((range.clone(), *class));
            at = range.end;
        }
        if at < len {
            self.classes.push((at..len, Class::Plain));
        }
        self.same = Some(len);
    }

    /// Takes the characters of a line. `tidy` leaves out blanks between tokens and adds one after a
    /// colon, as a text that is laid out needs it.
    fn fill(&mut self, piece: &str, tokens: &[Token], tidy: bool) {
        let mut tokens = tokens.iter().peekable();
        for (at, grapheme) in Clusters(piece, 0) {
            while tokens.next_if(|(range, _)| range.end <= at).is_some() {}
            let inside = tokens.peek().filter(|(range, _)| range.start <= at);
            let class = inside.map_or(Class::Plain, |(_, class)| *class);
            if tidy && class == Class::Plain && grapheme.trim().is_empty() {
                continue;
            }
            if !self.push(at, grapheme, class) {
                return;
            }
            if tidy
                && class == Class::Punctuation
                && grapheme == ":"
                && !self.push(at + 1, " ", Class::Plain)
            {
                return;
            }
        }
        self.map.push((piece.len(), self.text.len()));
    }

    /// Adds a character; false where the right edge is reached.
    fn push(&mut self, at: usize, grapheme: &str, class: Class) -> bool {
        let blanks = "    ";
        let shown =
            if grapheme == "\t" { Cow::Borrowed(blanks) } else { crate::text::harmless(grapheme) };
        let columns = if grapheme == "\t" { TAB } else { crate::text::width(&shown) };
        let (begin, end) = (self.column, self.column + columns);
        if end <= self.left && columns > 0 || begin < self.left && columns == 0 {
            self.column = end;
            self.cut_left = true;
            return true;
        }
        // An indent may begin far beyond the edge: what takes no room is not there either.
        let beyond = columns > 0 || self.right == self.left;
        if begin > self.right || begin == self.right && beyond {
            self.cut_right = true;
            self.map.push((at, self.text.len()));
            return false;
        }
        self.map.push((at, self.text.len()));
        let from = self.text.len();
        if begin < self.left || end > self.right {
            // Part of a wide character at an edge is a blank.
            let inside = end.min(self.right) - begin.max(self.left);
            self.text.extend(std::iter::repeat_n(' ', inside));
            self.cut_left |= begin < self.left;
            self.cut_right |= end > self.right;
        } else {
            self.text.push_str(&shown);
        }
        let to = self.text.len();
        match self.classes.last_mut() {
            Some((range, of)) if *of == class => range.end = to,
            _ if to > from => self.classes.push((from..to, class)),
            _ => {}
        }
        self.column = end.min(self.right);
        true
    }

    /// Where a range of source bytes is in the visible text, if any of it is.
    fn display(&self, range: &Range<usize>, line_start: usize) -> Option<Range<usize>> {
        let (start, end) =
            (range.start.saturating_sub(line_start), range.end.checked_sub(line_start)?);
        if let Some(len) = self.same {
            return (start < end.min(len)).then(|| start..end.min(len));
        }
        let find = |byte: usize| {
            let index = self.map.partition_point(|(at, _)| *at < byte);
            self.map.get(index).map_or(self.text.len(), |(_, out)| *out)
        };
        let (from, to) = (find(start), find(end));
        (from < to).then_some(from..to)
    }
}

/// The characters of a text as readers see them, with their places; plain ASCII without a table.
struct Clusters<'a>(&'a str, usize);

impl<'a> Iterator for Clusters<'a> {
    type Item = (usize, &'a str);

    fn next(&mut self) -> Option<Self::Item> {
        let Self(text, at) = *self;
        let rest = text.get(at..)?;
        let bytes = rest.as_bytes();
        let simple =
            matches!(bytes.first(), Some(b' '..=b'~')) && bytes.get(1).is_none_or(u8::is_ascii);
        let cluster = if simple { rest.get(..1)? } else { rest.graphemes(true).next()? };
        self.1 = at + cluster.len();
        Some((at, cluster))
    }
}
