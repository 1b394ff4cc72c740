//! The index of a text: where its lines begin, and which brackets belong together.
//!
//! One linear scan makes both, piece by piece: the first piece is enough for the first screen, the
//! rest may come later or from another thread. It keeps a byte and a third a line, 16 bytes a pair of brackets
//! that spans lines, and no text: a document that stands on one line is laid out by *where* its
//! lines begin in the source, so that its lines are made when they are looked at.
//!
//! About 0.5 to 0.7 GB a second in a release build.

use super::starts::Starts;
use super::tokens::string_end;
use crate::bytes::past_spaces;

/// Stands for "no fold": the parent of what is outermost.
pub(super) const NONE: u32 = u32::MAX;

/// Texts are shown up to this many bytes (4 GB), the reach of the index.
const BYTES_MAX: usize = (u32::MAX - 1) as usize;

/// A text without a line break in so many bytes at its start is taken to stand on one line.
const LAYOUT_LOOK: usize = 64 * 1024;

/// Brackets inside this many others are text: no folds, no lines of their own.
const DEPTH_MAX: usize = 16 * 1024;

/// How many bytes of a long list are scanned at most to count its elements.
const CHECKPOINT_EVERY: usize = 16 * 1024;

/// How the lines of the text came about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// The text has several lines: they are shown as they are.
    AsIs,
    /// The text stands on one line: one element a line, indented.
    LaidOut,
}

/// A pair of brackets that spans lines (or, in a broken text, one without its partner).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Fold {
    /// Byte of the opening bracket.
    pub(super) open: u32,
    /// Byte of the closing bracket; where it is missing, the byte where the search for it ended.
    pub(super) close: u32,
    /// Index of the fold around this one, or [`NONE`].
    pub(super) parent: u32,
    /// How many elements come before this one in its parent.
    pub(super) ordinal: u32,
}

/// An open bracket during the scan.
#[derive(Clone, Copy, Debug)]
struct Level {
    /// Its place in `folds`.
    fold: u32,
    bracket: u8,
    commas: u32,
    /// The line that it stands on.
    line: u32,
}

/// A place from which the elements of a long list can be counted: just after a comma.
#[derive(Clone, Copy, Debug)]
pub(super) struct Checkpoint {
    pub(super) at: u32,
    pub(super) fold: u32,
    pub(super) ordinal: u32,
}

/// The index of a text, and how far it has come. Holds no text: every method is given the same one.
#[derive(Clone, Debug)]
pub struct Outline {
    layout: Layout,
    starts: Starts,
    folds: Vec<Fold>,
    checkpoints: Vec<Checkpoint>,
    /// The comments that span lines: first byte, and one past the last.
    comments: Vec<(u32, u32)>,
    /// No comment that begins from here on has an end: it is not looked for again.
    endless: bool,
    stack: Vec<Level>,
    /// Open braces and brackets in the stack: says at once whether a closing one can have a partner.
    open: [u32; 2],
    outer_commas: u32,
    /// Open brackets beyond [`DEPTH_MAX`].
    too_deep: usize,
    at: usize,
    len: usize,
}

impl Outline {
    /// Begins the index of a text; nothing is scanned yet.
    pub fn begin(text: &str) -> Self {
        let bytes = text.as_bytes();
        let trimmed = bytes.trim_ascii();
        let bracket = matches!(trimmed.first(), Some(b'{' | b'['));
        // A look at the start is enough, and keeps opening a large file quick.
        let head = trimmed.get(..LAYOUT_LOOK).unwrap_or(trimmed);
        let layout = if bracket && memchr::memchr(b'\n', head).is_none() {
            Layout::LaidOut
        } else {
            Layout::AsIs
        };
        let len = bytes.len().min(BYTES_MAX);
        let mut outline = Self {
            layout,
            starts: Starts::default(),
            folds: Vec::new(),
            checkpoints: Vec::new(),
            comments: Vec::new(),
            endless: false,
            stack: Vec::new(),
            open: [0; 2],
            outer_commas: 0,
            too_deep: 0,
            at: 0,
            len,
        };
        if layout == Layout::LaidOut {
            outline.at = bytes.len() - bytes.trim_ascii_start().len();
            outline.len = (outline.at + trimmed.len()).min(BYTES_MAX);
        }
        outline.starts.push(outline.at as u32);
        outline
    }

    /// The whole index at once, for a worker thread.
    pub fn of(text: &str) -> Self {
        let mut outline = Self::begin(text);
        if outline.layout == Layout::AsIs {
            // Counting is quicker than to copy what is known of the lines whenever it has grown.
            outline.starts.reserve(memchr::memchr_iter(b'\n', text.as_bytes()).count());
        }
        outline.advance(text, usize::MAX);
        outline
    }

    /// How the lines came about.
    pub const fn layout(&self) -> Layout {
        self.layout
    }

    /// Is the whole text scanned?
    pub const fn is_complete(&self) -> bool {
        self.at >= self.len
    }

    /// Bytes scanned, of all bytes.
    pub const fn progress(&self) -> (usize, usize) {
        (self.at, self.len)
    }

    /// The lines known so far; at least 1. While the scan is under way the unfinished line is not
    /// counted, unless it is the only one.
    pub fn lines(&self) -> usize {
        let open = usize::from(!self.is_complete());
        (self.starts.len() - open.min(self.starts.len())).max(1)
    }

    /// First byte of a line.
    pub(super) fn start(&self, line: usize) -> usize {
        self.starts.get(line).unwrap_or(self.len)
    }

    /// One past the last byte of a line, its line break included.
    pub(super) fn end(&self, line: usize) -> usize {
        let open = || if self.is_complete() { self.len } else { self.at.min(self.len) };
        self.starts.get(line + 1).unwrap_or_else(open)
    }

    /// The line of a byte.
    pub(super) fn line_of(&self, byte: usize) -> usize {
        self.starts.until(byte).saturating_sub(1).min(self.lines() - 1)
    }

    pub(super) fn folds(&self) -> &[Fold] {
        &self.folds
    }

    pub(super) fn fold(&self, index: u32) -> Option<Fold> {
        self.folds.get(index as usize).copied()
    }

    /// How many folds are around one.
    pub(super) fn depth(&self, fold: Fold) -> usize {
        let around = |fold: &Fold| self.fold(fold.parent);
        std::iter::successors(around(&fold), around).count()
    }

    /// The last fold that opens at or before a byte.
    pub(super) fn last_open_by(&self, byte: usize) -> u32 {
        let after = self.folds.partition_point(|fold| fold.open as usize <= byte);
        after.checked_sub(1).map_or(NONE, |index| index as u32)
    }

    /// The last checkpoint at or before a byte.
    pub(super) fn checkpoint(&self, byte: usize) -> Option<Checkpoint> {
        let after = self.checkpoints.partition_point(|point| point.at as usize <= byte);
        self.checkpoints.get(after.checked_sub(1)?).copied()
    }

    /// Where the comment ends in which a byte stands, of those that span lines.
    pub(super) fn comment_around(&self, byte: usize) -> Option<usize> {
        let after = self.comments.partition_point(|(start, _)| (*start as usize) < byte);
        let (_, end) = self.comments.get(after.checked_sub(1)?)?;
        Some(*end as usize).filter(|end| byte < *end)
    }

    /// Scans about `budget` more bytes (to the end of the token there). True when complete.
    pub fn advance(&mut self, text: &str, budget: usize) -> bool {
        if self.is_complete() {
            return true;
        }
        let Some(bytes) = text.as_bytes().get(..self.len) else { return true };
        let until = self.at.saturating_add(budget).min(self.len);
        while self.at < until {
            self.token(bytes);
        }
        if self.is_complete() {
            self.finish();
        }
        self.is_complete()
    }

    fn finish(&mut self) {
        self.at = self.len;
        self.stack = Vec::new();
        self.starts.shrink();
        self.folds.shrink_to_fit();
        self.checkpoints.shrink_to_fit();
        self.comments.shrink_to_fit();
    }

    /// Takes one token, or a run of bytes that are none.
    fn token(&mut self, bytes: &[u8]) {
        let at = self.at;
        let Some(&byte) = bytes.get(at) else { return };
        self.at = match byte {
            b'"' => string_end(bytes, at),
            b'{' | b'[' => return self.opening(bytes, byte),
            b'}' | b']' => return self.closing(byte),
            b',' => return self.comma(bytes),
            b'\n' => {
                // A line break at the very end does not begin another line; one far inside a text that
                // is laid out is a blank.
                if self.layout == Layout::AsIs && at + 1 < self.len {
                    self.starts.push(at as u32 + 1);
                }
                past_spaces(bytes, at + 1)
            }
            b'#' => line_end(bytes, at),
            b'/' => match bytes.get(at + 1) {
                Some(b'/') => line_end(bytes, at),
                Some(b'*') => self.comment(bytes),
                _ => at + 1,
            },
            _ => {
                let rest = bytes.get(at..).unwrap_or_default();
                at + rest.iter().position(|byte| is_sign(*byte)).unwrap_or(rest.len())
            }
        };
    }

    /// Passes over a comment that may span lines, each of which is a line of the text; gives its end.
    fn comment(&mut self, bytes: &[u8]) -> usize {
        let at = self.at;
        let Some(end) = (!self.endless).then(|| comment_end(bytes, at)).flatten() else {
            self.endless = true;
            return line_end(bytes, at);
        };
        if self.layout == Layout::AsIs {
            let inside = bytes.get(at..end).unwrap_or_default();
            let lines = self.starts.len();
            for step in memchr::memchr_iter(b'\n', inside) {
                self.starts.push((at + step) as u32 + 1);
            }
            if self.starts.len() > lines {
                self.comments.push((at as u32, end as u32));
            }
        }
        end
    }

    fn line(&self) -> u32 {
        self.starts.len() as u32 - 1
    }

    fn opening(&mut self, bytes: &[u8], bracket: u8) {
        if self.stack.len() >= DEPTH_MAX {
            self.too_deep += 1;
            self.at += 1;
            return;
        }
        if self.layout == Layout::LaidOut {
            let next = skip_space(bytes, self.at + 1);
            if bytes.get(next) == Some(&partner(bracket)) {
                // An empty pair stays on its line.
                self.at = next + 1;
                return;
            }
        }
        let (parent, ordinal) =
            self.stack.last().map_or((NONE, self.outer_commas), |level| (level.fold, level.commas));
        let fold = self.folds.len() as u32;
        let (open, line) = (self.at as u32, self.line());
        self.folds.push(Fold { open, close: self.len as u32, parent, ordinal });
        self.stack.push(Level { fold, bracket, commas: 0, line });
        self.count(bracket, 1);
        self.at += 1;
        self.break_line(bytes);
    }

    fn closing(&mut self, bracket: u8) {
        let wanted = partner(bracket);
        let at = self.at as u32;
        self.at += 1;
        if self.too_deep > 0 {
            self.too_deep -= 1;
            return;
        }
        // Without a partner it is text. With one, what stands open inside the pair is closed too:
        // every level is taken off once, so that the scan stays linear.
        if self.open.get(kind(wanted)).is_none_or(|open| *open == 0) {
            return;
        }
        while let Some(level) = self.stack.pop() {
            self.count(level.bracket, -1);
            if let Some(fold) = self.folds.get_mut(level.fold as usize) {
                fold.close = at;
            }
            if level.line == self.line() && self.layout == Layout::AsIs {
                // It spans no lines, nor does anything inside it.
                self.folds.truncate(level.fold as usize);
            }
            if level.bracket == wanted {
                break;
            }
        }
        if self.layout == Layout::LaidOut && self.starts.last().is_some_and(|start| start < at) {
            self.starts.push(at);
        }
    }

    fn comma(&mut self, bytes: &[u8]) {
        self.at += 1;
        if self.too_deep > 0 {
            return;
        }
        let (at, line) = (self.at, self.line());
        let Some(level) = self.stack.last_mut() else {
            self.outer_commas = self.outer_commas.saturating_add(1);
            return;
        };
        level.commas = level.commas.saturating_add(1);
        let last = self.checkpoints.last().map_or(0, |point| point.at as usize);
        // Brackets of the current line may yet turn out to span no lines; they get no checkpoint.
        if at - last >= CHECKPOINT_EVERY && (level.line < line || self.layout == Layout::LaidOut) {
            let (fold, ordinal) = (level.fold, level.commas);
            self.checkpoints.push(Checkpoint { at: at as u32, fold, ordinal });
        }
        self.break_line(bytes);
    }

    /// In a text that is laid out: the next line begins behind the blanks.
    fn break_line(&mut self, bytes: &[u8]) {
        if self.layout == Layout::LaidOut {
            let next = skip_space(bytes, self.at);
            if next < self.len {
                self.starts.push(next as u32);
                self.at = next;
            }
        }
    }

    fn count(&mut self, bracket: u8, by: i32) {
        if let Some(open) = self.open.get_mut(kind(bracket)) {
            *open = open.saturating_add_signed(by);
        }
    }
}

/// The other bracket of a pair.
pub(super) const fn partner(bracket: u8) -> u8 {
    match bracket {
        b'{' => b'}',
        b'}' => b'{',
        b'[' => b']',
        _ => b'[',
    }
}

const fn kind(bracket: u8) -> usize {
    if matches!(bracket, b'{' | b'}') { 0 } else { 1 }
}

const fn is_sign(byte: u8) -> bool {
    matches!(byte, b'"' | b'{' | b'}' | b'[' | b']' | b',' | b'\n' | b'/' | b'#')
}

/// The next byte that is not JSON's space, line breaks included.
pub(super) fn skip_space(bytes: &[u8], from: usize) -> usize {
    let rest = bytes.get(from..).unwrap_or_default();
    let space = rest.iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r'));
    from + space.count()
}

/// Where the comment that begins with `/*` at a byte ends, on whichever line; None where nothing ends it.
pub(super) fn comment_end(bytes: &[u8], from: usize) -> Option<usize> {
    let inside = bytes.get(from + 2..)?;
    memchr::memmem::find(inside, b"*/").map(|step| from + 2 + step + 2)
}

/// Where the comment of a line ends, as the reader has it.
pub(super) fn line_end(bytes: &[u8], from: usize) -> usize {
    let rest = bytes.get(from..).unwrap_or_default();
    memchr::memchr2(b'\n', b'\r', rest).map_or(bytes.len(), |step| from + step)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<&str> {
        let outline = Outline::of(text);
        let range = |line| outline.start(line)..outline.end(line);
        (0..outline.lines()).map(|line| text.get(range(line)).unwrap()).collect()
    }

    #[test]
    fn one_line_is_laid_out_by_its_elements() {
        let text = r#" {"a": [1, {}, "x,]"], "b":{ "c":[] }} "#;
        let expected = [
            "{",
            r#""a": ["#,
            "1, ",
            "{}, ",
            r#""x,]""#,
            "], ",
            r#""b":{ "#,
            r#""c":[] "#,
            "}",
            "}",
        ];
        assert_eq!(lines(text), expected);
    }

    #[test]
    fn lines_of_a_text_are_its_lines() {
        assert_eq!(lines("{\n  \"a\": [1,2]\n}\n"), ["{\n", "  \"a\": [1,2]\n", "}\n"]);
        assert_eq!(lines(""), [""]);
        assert_eq!(lines("a,b"), ["a,b"]);
        assert_eq!(lines("\n\n"), ["\n", "\n"]);
    }

    #[test]
    fn comments_end_where_they_are_ended() {
        let text = "{ /* [ {\n\" {\n*/ \"a\": [\n1 ] }";
        assert_eq!(lines(text), ["{ /* [ {\n", "\" {\n", "*/ \"a\": [\n", "1 ] }"]);
        let outline = Outline::of(text);
        let pairs: Vec<_> = outline.folds().iter().map(|fold| (fold.open, fold.close)).collect();
        assert_eq!(pairs, [(0, text.len() as u32 - 1), (21, text.len() as u32 - 3)]);
        let ends = [1, 2, 3, 9, 14, 15, 16].map(|byte| outline.comment_around(byte));
        assert_eq!(ends, [None, None, Some(15), Some(15), Some(15), None, None]);
        // Without an end it is a line's, and so is every one after it.
        let outline = Outline::of("{ /* [\n/* {\n\"a\": [\n1 ] }");
        assert_eq!(outline.folds().len(), 2);
        assert_eq!(outline.comment_around(8), None);
    }

    #[test]
    fn brackets_of_one_line_are_no_folds() {
        let outline = Outline::of("{\n \"a\": [1, {\"b\": 2}],\n \"c\": [{\n }]\n}");
        let opens: Vec<_> = outline.folds().iter().map(|fold| (fold.open, fold.ordinal)).collect();
        assert_eq!(opens, [(0, 0), (29, 1), (30, 0)]);
    }

    #[test]
    fn brackets_match_where_they_can() {
        let text = "{\n[\n}\n]\n{\n}";
        let outline = Outline::of(text);
        let pairs: Vec<_> = outline.folds().iter().map(|fold| (fold.open, fold.close)).collect();
        assert_eq!(pairs, [(0, 4), (2, 4), (8, 10)]);
    }

    #[test]
    fn pieces_make_the_same_as_the_whole() {
        let text = r#"{"a":[1,2,{"b":"c\"d"},[[],{}]],"e":"f"}"#;
        for step in 1..9 {
            for text in [text.to_owned(), text.replace(',', ",\n"), text.replace(',', ",/*\n[*/")] {
                let mut pieces = Outline::begin(&text);
                while !pieces.advance(&text, step) {}
                let whole = Outline::of(&text);
                assert_eq!((pieces.starts, pieces.folds), (whole.starts, whole.folds));
            }
        }
    }
}
