//! Strings: quotation marks, escapes and what stands raw inside.

use std::borrow::Cow;

use super::cursor::Cursor;
use super::error::ReadError;
use super::repair::RepairKind;
use crate::policy::source::{Place, Span};

/// The quotation marks of a string.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Quote {
    Straight,
    Single,
    Curly,
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
        }
    }

    /// Must the plain run stop at this byte, to look closer?
    const fn stops_at(self, byte: u8) -> bool {
        match byte {
            b'\\' | 0..=0x1F => true,
            b'"' => !matches!(self, Self::Single),
            b'\'' => matches!(self, Self::Single),
            // The first bytes of the curly marks.
            0xE2 | 0xEF => matches!(self, Self::Curly),
            _ => false,
        }
    }
}

/// Does a string begin with this character?
pub(super) fn is_quote(c: char) -> bool {
    Quote::of(c).is_some()
}

/// Where the byte `inner` of the value of the string at `span` is written.
pub(super) fn offset_of(text: &str, span: Span, inner: usize) -> usize {
    let mut cursor = Cursor::new(text);
    cursor.at = span.start;
    let Some((first, quote)) = cursor.peek_char().and_then(|c| Some((c, Quote::of(c)?))) else {
        return span.start;
    };
    cursor.at += first.len_utf8();
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
            Some('\\') => cursor.escape(&mut value),
            Some(c) if special < span.end && !quote.ends_at(c) => {
                cursor.at += c.len_utf8();
                value.push(c);
            }
            _ => return span.end.saturating_sub(1).max(span.start),
        }
        passed += value.len();
        value.clear();
        if passed > inner {
            return special;
        }
    }
}

impl<'a> Cursor<'a> {
    /// The text from the position up to what needs a closer look.
    fn plain(&self, quote: Quote) -> &'a str {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let stop = rest.iter().position(|byte| quote.stops_at(*byte));
        let length = stop.unwrap_or(rest.len());
        self.text.get(self.at..self.at + length).unwrap_or_default()
    }

    /// Reads the string that begins at the position, if one does.
    pub(super) fn string(&mut self) -> Result<Option<Cow<'a, str>>, ReadError> {
        let begun = self.at;
        if self.peek() == Some(b'"') {
            // The common case: nothing inside needs a closer look.
            let rest = self.bytes.get(begun + 1..).unwrap_or_default();
            let stop = rest.iter().position(|byte| Quote::Straight.stops_at(*byte));
            if let Some(length) = stop
                && rest.get(length) == Some(&b'"')
                && let Some(value) = self.text.get(begun + 1..begun + 1 + length)
            {
                self.at = begun + length + 2;
                return Ok(Some(Cow::Borrowed(value)));
            }
        }
        let Some((first, quote)) = self.peek_char().and_then(|c| Some((c, Quote::of(c)?))) else {
            return Ok(None);
        };
        match quote {
            Quote::Straight => {}
            Quote::Single => self.repairs.note(RepairKind::SingleQuote, begun),
            Quote::Curly => self.repairs.note(RepairKind::TypographicQuote, begun),
        }
        self.at += first.len_utf8();
        self.string_rest(begun, quote)
            .map(|value| Some(Cow::Owned(value)))
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
                let expected =
                    format!("a closing quotation mark for the string that begins at {place}");
                return Err(self.error(&expected));
            };
            if quote.ends_at(c) {
                self.at += c.len_utf8();
                return Ok(value);
            }
            match c {
                '\\' => self.escape(&mut value),
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
        if run.contains(['\n', '\r']) {
            self.broken_string.get_or_insert(begun);
        }
        self.repairs.note(RepairKind::ControlCharacter, self.at);
        value.push_str(run);
        self.at += length;
    }

    /// Resolves the escape at the position.
    fn escape(&mut self, value: &mut String) {
        let start = self.at;
        self.at += 1;
        let next = self.peek();
        let resolved = match next {
            Some(b'u') => return self.unicode_escape(value),
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
    fn unicode_escape(&mut self, value: &mut String) {
        let start = self.at - 1;
        let Some(unit) = self.hex4(self.at + 1) else {
            self.repairs.note(RepairKind::UnknownEscape, start);
            value.push('\\');
            return;
        };
        self.at += 5;
        let mut code = unit;
        if (0xD800..0xDC00).contains(&unit)
            && self.rest().starts_with("\\u")
            && let Some(low @ 0xDC00..0xE000) = self.hex4(self.at + 2)
        {
            self.at += 6;
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
        digits.iter().try_fold(0, |code, digit| {
            Some(code * 16 + char::from(*digit).to_digit(16)?)
        })
    }
}
