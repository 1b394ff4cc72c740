//! Texts of documents, and places in them: byte spans inside, lines and columns for people.

use std::ops::Deref;
use std::sync::Arc;

use compact_str::CompactString;

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

/// A place as editors count it: both from 1, the column in characters. A byte-order mark is none.
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
        let start = memchr::memrchr(b'\n', before).map_or_else(|| mark(text), |at| at + 1);
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

/// The bytes of the byte-order mark that a text begins with.
pub(crate) fn mark(text: &str) -> usize {
    if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 }
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
    pub value: CompactString,
    /// Where it stands in the source.
    pub span: Span,
}

impl AsRef<str> for Spanned {
    fn as_ref(&self) -> &str {
        &self.value
    }
}

impl Spanned {
    /// A value at a place.
    pub fn new(value: impl Into<CompactString>, span: Span) -> Self {
        Self { value: value.into(), span }
    }
}

/// What fills in parts of a text before anybody reads it as JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Template {
    /// Terraform, in here-documents and strings: `${..}` and `%{..}`.
    Terraform,
    /// A shell, in here-documents whose word stands bare and between double quotation marks: `${..}`, `$name`, `$(..)`.
    Shell,
}

/// A text to be read, and what fills in parts of it.
pub trait Written {
    /// The text.
    fn text(&self) -> &str;

    /// None: it is read as it stands.
    fn template(&self) -> Option<Template> {
        None
    }
}

impl Written for str {
    fn text(&self) -> &str {
        self
    }
}

impl<T: Written + ?Sized> Written for &T {
    fn text(&self) -> &str {
        (**self).text()
    }

    fn template(&self) -> Option<Template> {
        (**self).template()
    }
}

impl Written for String {
    fn text(&self) -> &str {
        self
    }
}

impl Written for Source {
    fn text(&self) -> &str {
        self
    }

    fn template(&self) -> Option<Template> {
        match &self.whole {
            Whole::Built(_) => None,
            Whole::Shared(shared) => shared.template,
        }
    }
}

/// The text of a document: a part of a text that may hold thousands of others, which stands in memory once for all of
/// them. Cheap to clone.
#[derive(Clone)]
pub struct Source {
    whole: Whole,
    span: Span,
}

/// Where a text stands.
#[derive(Clone)]
enum Whole {
    /// In the program itself.
    Built(&'static str),
    /// In memory, as it was read.
    Shared(Arc<Shared>),
}

/// A text in memory.
struct Shared {
    text: String,
    template: Option<Template>,
}

impl Source {
    /// A text that comes with the program.
    pub const fn built(text: &'static str) -> Self {
        Self { whole: Whole::Built(text), span: Span::new(0, text.len()) }
    }

    /// A text of its own, of which a template language fills in parts.
    pub fn filled(text: String, template: Option<Template>) -> Self {
        let span = Span::new(0, text.len());
        Self { whole: Whole::Shared(Arc::new(Shared { text, template })), span }
    }

    /// A part of it; nothing where the span is no part of it.
    #[must_use]
    pub fn part(&self, span: Span) -> Self {
        let inside = self.get(span.start..span.end).is_some();
        let span = if inside { span } else { Span::default() };
        let start = self.span.start;
        Self { whole: self.whole.clone(), span: Span::new(start + span.start, start + span.end) }
    }

    /// Is it the same text in memory? Large texts are told apart without being compared.
    pub fn is(&self, other: &Self) -> bool {
        std::ptr::eq(&raw const **self, &raw const **other)
    }
}

impl Deref for Source {
    type Target = str;

    fn deref(&self) -> &str {
        let whole = match &self.whole {
            Whole::Built(text) => text,
            Whole::Shared(shared) => shared.text.as_str(),
        };
        whole.get(self.span.start..self.span.end).unwrap_or_default()
    }
}

impl From<String> for Source {
    fn from(text: String) -> Self {
        Self::filled(text, None)
    }
}

impl From<&str> for Source {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

impl Default for Source {
    /// No text.
    fn default() -> Self {
        Self::built("")
    }
}

impl PartialEq for Source {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl Eq for Source {}

impl std::fmt::Debug for Source {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        std::fmt::Debug::fmt(&**self, f)
    }
}

impl std::fmt::Display for Source {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byte_order_mark_is_no_column() {
        for (text, offset, place) in [
            ("\u{feff}ab\nc", 0, (1, 1)),
            ("\u{feff}ab\nc", 3, (1, 1)),
            ("\u{feff}ab\nc", 4, (1, 2)),
            ("\u{feff}ab\nc", 6, (2, 1)),
            ("a\u{feff}b", 4, (1, 3)),
        ] {
            let Place { line, column } = Place::of(text, offset);
            assert_eq!((line, column), place, "{text:?} {offset}");
        }
    }

    #[test]
    fn a_part_shares_the_text_it_is_of() {
        let whole = Source::from("[{\"a\":\"é\"},{}]");
        let part = whole.part(Span::new(1, 11));
        assert_eq!(&*part, "{\"a\":\"é\"}");
        assert_eq!(&*part.part(Span::new(2, 3)), "a");
        assert!(part.is(&whole.part(Span::new(1, 11))) && !part.is(&whole));
        assert_eq!(part, Source::from("{\"a\":\"é\"}"));
        for no_part in [Span::new(3, 99), Span::new(0, 7), Span::new(5, 2)] {
            assert_eq!(&*part.part(no_part), "", "{no_part:?}");
        }
    }
}
