//! Strings: quotation marks, escapes and what stands raw inside.

use std::borrow::Cow;

use super::blocks::offset_in_quote;
use super::cursor::Cursor;
use super::error::ReadError;
use super::holes::MARKS;
use super::repair::RepairKind;
use crate::bytes::{below, equal, find};
use crate::policy::source::{Place, Span};
use crate::say::saying;

/// The quotation marks of a string.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Quote {
    Straight,
    Single,
    Curly,
    /// `\"`, as it stands in text cut from inside a JSON string.
    Escaped,
}

impl Quote {
    const fn of(c: char) -> Option<Self> {
        match c {
            '"' => Some(Self::Straight),
            '\'' => Some(Self::Single),
            '\u{201C}'..='\u{201F}' | '\u{FF02}' => Some(Self::Curly),
            _ => None,
        }
    }

    /// Does this character end the string? A curly one may be ended by a straight mark.
    const fn ends_at(self, c: char) -> bool {
        match self {
            Self::Straight => c == '"',
            Self::Single => c == '\'',
            Self::Curly => matches!(Self::of(c), Some(Self::Curly | Self::Straight)),
            Self::Escaped => false,
        }
    }

    /// Must the plain run stop at this byte, to look closer?
    const fn stops_at(self, byte: u8) -> bool {
        match byte {
            b'\\' | 0..=0x1F => true,
            b'"' => matches!(self, Self::Straight | Self::Curly),
            b'\'' => matches!(self, Self::Single),
            // The first bytes of the curly marks.
            0xE2 | 0xEF => matches!(self, Self::Curly),
            _ => false,
        }
    }
}

/// How many of the first bytes of a string stand for themselves: no quotation mark, no backslash, no control character.
pub(in crate::policy) fn plain_length(bytes: &[u8]) -> usize {
    let stops = |word| below(word, 0x20) | equal(word, b'"') | equal(word, b'\\');
    find(bytes, stops).unwrap_or(bytes.len())
}

/// What an escaped quotation mark looks like.
const ESCAPED: &str = "\\\"";

/// Where the byte `inner` of the value of the string at `span` is written; of a block quote, that of its text.
pub(super) fn offset_of(text: &str, span: Span, inner: usize) -> usize {
    let mut cursor = Cursor::new(text);
    cursor.at = span.start;
    let Some((quote, length)) = cursor.quote() else {
        let lines = text.get(span.start..span.end).unwrap_or_default();
        return span.start + offset_in_quote(lines, inner);
    };
    cursor.at += length;
    let mut value = String::new();
    let mut passed = 0;
    loop {
        let plain = cursor.plain(quote).len();
        if passed + plain > inner {
            return cursor.at + inner - passed;
        }
        passed += plain;
        cursor.at += plain;
        let special = cursor.at;
        match cursor.peek_char() {
            Some(c) if special >= span.end || cursor.end_of(quote, c).is_some() => {
                return span.end.saturating_sub(1).max(span.start);
            }
            Some('\\') => cursor.escape_in(quote, &mut value),
            Some(c) => {
                cursor.at += c.len_utf8();
                value.push(c);
            }
            None => return span.end.saturating_sub(1).max(span.start),
        }
        passed += value.len();
        value.clear();
        if passed > inner {
            return special;
        }
    }
}

impl<'a> Cursor<'a> {
    /// The quotation mark at the position and its length, if a string begins here.
    fn quote(&self) -> Option<(Quote, usize)> {
        let first = self.peek_char()?;
        if first == '\\' {
            return self.rest().starts_with(ESCAPED).then_some((Quote::Escaped, ESCAPED.len()));
        }
        Quote::of(first).map(|quote| (quote, first.len_utf8()))
    }

    /// Does a string begin at the position?
    pub(super) fn at_string(&self) -> bool {
        self.quote().is_some()
    }

    /// The text from the position up to what needs a closer look.
    fn plain(&self, quote: Quote) -> &'a str {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let mark = |byte: u8| self.template.is_some() && MARKS.contains(&char::from(byte));
        let stops = |byte: &u8| quote.stops_at(*byte) || mark(*byte);
        let length = match quote {
            Quote::Straight if self.template.is_none() => plain_length(rest),
            _ => rest.iter().position(stops).unwrap_or(rest.len()),
        };
        self.text.get(self.at..self.at + length).unwrap_or_default()
    }

    /// Reads the string that begins at the position, if one does.
    pub(super) fn string(&mut self) -> Result<Option<Cow<'a, str>>, ReadError> {
        let begun = self.at;
        self.holes.clear();
        if self.peek() == Some(b'"') {
            // The common case: nothing inside needs a closer look.
            let rest = self.bytes.get(begun + 1..).unwrap_or_default();
            let length = plain_length(rest);
            if rest.get(length) == Some(&b'"')
                && let Some(value) = self.text.get(begun + 1..begun + 1 + length)
                && !(self.template.is_some() && value.contains(MARKS))
            {
                self.at = begun + length + 2;
                return Ok(Some(Cow::Borrowed(value)));
            }
        }
        let Some((quote, length)) = self.quote() else { return Ok(None) };
        match quote {
            Quote::Straight => {}
            Quote::Single => self.repairs.note(RepairKind::SingleQuote, begun),
            Quote::Curly => self.repairs.note(RepairKind::TypographicQuote, begun),
            Quote::Escaped => self.repairs.note(RepairKind::EscapedText, begun),
        }
        self.at += length;
        self.string_rest(begun, quote).map(|value| Some(Cow::Owned(value)))
    }

    /// Reads up to the closing mark, resolving escapes.
    fn string_rest(&mut self, begun: usize, quote: Quote) -> Result<String, ReadError> {
        let mut value = String::new();
        loop {
            let plain = self.plain(quote);
            value.push_str(plain);
            self.at += plain.len();
            let Some(c) = self.peek_char() else {
                let place = Place::of(self.text, begun);
                let expected = saying("a closing quotation mark for the string that begins at {}");
                return Err(self.error(expected.with(place)));
            };
            if let Some(length) = self.end_of(quote, c) {
                self.at += length;
                return Ok(value);
            }
            match c {
                _ if self.in_template(&mut value) => {}
                '\\' => self.escape_in(quote, &mut value),
                '\0'..='\u{1F}' => self.controls(begun, &mut value),
                _ => {
                    value.push(c);
                    self.at += c.len_utf8();
                }
            }
        }
    }

    /// Keeps a run of raw control characters.
    fn controls(&mut self, begun: usize, value: &mut String) {
        let rest = self.rest();
        let length = rest.find(|c: char| c > '\u{1F}').unwrap_or(rest.len());
        let run = rest.get(..length).unwrap_or_default();
        // Between the quotation marks of a shell lines may end.
        if !self.packed {
            if run.contains(['\n', '\r']) {
                self.broken_string.get_or_insert(begun);
            }
            self.repairs.note(RepairKind::ControlCharacter, self.at);
        }
        value.push_str(run);
        self.at += length;
    }

    /// The length of the closing mark, if the character at the position begins it.
    fn end_of(&self, quote: Quote, c: char) -> Option<usize> {
        if quote == Quote::Escaped {
            return self.rest().starts_with(ESCAPED).then_some(ESCAPED.len());
        }
        quote.ends_at(c).then_some(c.len_utf8())
    }

    /// Resolves the escape at the position; in escaped text `\\` stands for a backslash, which escapes in turn.
    fn escape_in(&mut self, quote: Quote, value: &mut String) {
        let mut unicode = "\\u";
        if quote == Quote::Escaped && self.peek_next() == Some(b'\\') {
            self.at += 1;
            unicode = "\\\\u";
            // The escaped character is escaped itself where it is a backslash or a quotation mark.
            if self.peek_next() == Some(b'\\') {
                self.at += 1;
            }
        }
        self.escape(unicode, value);
    }

    /// Resolves the escape at the position; `unicode` is how `\u` is written here.
    fn escape(&mut self, unicode: &str, value: &mut String) {
        let start = self.at;
        self.at += 1;
        let next = self.peek();
        let resolved = match next {
            Some(b'u') => return self.unicode_escape(unicode, value),
            Some(byte @ (b'"' | b'\\' | b'/')) => char::from(byte),
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{C}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(byte) if byte.is_ascii_punctuation() => {
                self.repairs.note(RepairKind::MarkdownEscape, start);
                char::from(byte)
            }
            _ => {
                // What follows is read as it stands, in its turn.
                self.repairs.note(RepairKind::UnknownEscape, start);
                value.push('\\');
                return;
            }
        };
        value.push(resolved);
        self.at += 1;
    }

    /// Resolves `\uXXXX` or a pair of them; the position is at the `u`.
    fn unicode_escape(&mut self, unicode: &str, value: &mut String) {
        let start = self.at - 1;
        let Some(unit) = self.hex4(self.at + 1) else {
            self.repairs.note(RepairKind::UnknownEscape, start);
            value.push('\\');
            return;
        };
        self.at += 5;
        let mut code = unit;
        if (0xD800..0xDC00).contains(&unit)
            && self.rest().starts_with(unicode)
            && let Some(low @ 0xDC00..0xE000) = self.hex4(self.at + unicode.len())
        {
            self.at += unicode.len() + 4;
            code = 0x1_0000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
        }
        value.push(char::from_u32(code).unwrap_or_else(|| {
            self.repairs.note(RepairKind::LoneSurrogate, start);
            char::REPLACEMENT_CHARACTER
        }));
    }

    /// Four hexadecimal digits.
    fn hex4(&self, at: usize) -> Option<u32> {
        let digits = self.bytes.get(at..at + 4)?;
        digits.iter().try_fold(0, |code, digit| Some(code * 16 + char::from(*digit).to_digit(16)?))
    }
}
