//! Places in a text: byte spans inside, lines and columns for people.

/// A range of bytes in the source text, end exclusive.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The span from `start` up to `end`.
    pub const fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// Does the span hold this byte?
    pub const fn contains(self, offset: usize) -> bool {
        self.start <= offset && offset < self.end
    }
}

/// A place as editors count it: both from 1, the column in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

impl Place {
    /// The place of a byte offset in `text`; past the end it is the place after the last character.
    pub fn of(text: &str, offset: usize) -> Self {
        let bytes = text.as_bytes();
        let before = bytes.get(..offset.min(bytes.len())).unwrap_or_default();
        let line = memchr::memchr_iter(b'\n', before).count() + 1;
        let start = memchr::memrchr(b'\n', before).map_or(0, |at| at + 1);
        let column = before
            .get(start..)
            .unwrap_or_default()
            .iter()
            // Continuation bytes of UTF-8 do not begin a character.
            .filter(|byte| (**byte & 0xC0) != 0x80)
            .count()
            + 1;
        Self { line, column }
    }
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}", self.line, self.column)
    }
}

/// A string value of the document and where it stands (quotes included).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Spanned {
    /// The value, escapes resolved.
    pub value: String,
    /// Where it stands in the source.
    pub span: Span,
}

impl Spanned {
    /// A value at a place.
    pub fn new(value: impl Into<String>, span: Span) -> Self {
        Self { value: value.into(), span }
    }
}
