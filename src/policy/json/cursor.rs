//! The reading position: passes over blanks and comments, and makes errors.

use super::error::{ErrorKind, ReadError, found_at};
use super::hcl::is_encoded;
use super::repair::{RepairKind, Repairs};
use crate::policy::source::{Place, Span, Template};
use crate::say::{Saying, saying};

/// A position in the text, and what was repaired so far.
pub(super) struct Cursor<'a> {
    pub(super) text: &'a str,
    pub(super) bytes: &'a [u8],
    /// Always between two characters.
    pub(super) at: usize,
    pub(super) repairs: Repairs,
    /// The first string with a raw line break: the likely culprit of a later error.
    pub(super) broken_string: Option<usize>,
    /// What fills in parts of strings.
    pub(super) template: Option<Template>,
    /// Is a string to be read again once it is unpacked? What is filled in is then kept as it stands.
    pub(super) packed: bool,
    /// What is filled in of the string that was read last: places in its value.
    pub(super) holes: Vec<Span>,
    /// Up to here there are none, as is known already.
    pub(super) no_holes: usize,
}

impl<'a> Cursor<'a> {
    /// Begins at the first character, past a byte-order mark and the first line of a code fence.
    pub(super) fn new(text: &'a str) -> Self {
        let mut cursor = Self {
            text,
            bytes: text.as_bytes(),
            at: 0,
            repairs: Repairs::default(),
            broken_string: None,
            template: None,
            packed: false,
            holes: Vec::new(),
            no_holes: 0,
        };
        if text.starts_with('\u{FEFF}') {
            cursor.repairs.note(RepairKind::ByteOrderMark, 0);
            cursor.at = '\u{FEFF}'.len_utf8();
        }
        cursor
    }

    /// The byte at the position; None at the end.
    pub(super) fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    /// The byte after the position.
    pub(super) fn peek_next(&self) -> Option<u8> {
        self.bytes.get(self.at + 1).copied()
    }

    /// The character at the position.
    pub(super) fn peek_char(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// The text from the position on.
    pub(super) fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// Passes over blanks, comments and Markdown's backslashes.
    pub(super) fn skip_blanks(&mut self) -> Result<(), ReadError> {
        loop {
            match self.peek() {
                Some(b' ' | b'\n' | b'\r' | b'\t') => self.at += 1,
                Some(b'/' | b'#' | b'\\' | 0x0B | 0x0C | 0x80..) => {
                    if !self.skip_oddity()? {
                        return Ok(());
                    }
                }
                _ => return Ok(()),
            }
        }
    }

    /// Passes over one thing that JSON does not count as blank; false where there is none.
    pub(super) fn skip_oddity(&mut self) -> Result<bool, ReadError> {
        let start = self.at;
        match (self.peek(), self.peek_next()) {
            (Some(b'#'), _) | (Some(b'/'), Some(b'/')) => {
                self.skip_line();
                self.repairs.note(RepairKind::Comment, start);
            }
            (Some(b'/'), Some(b'*')) => {
                let inside = self.text.get(start + 2..).unwrap_or_default();
                let Some(end) = memchr::memmem::find(inside.as_bytes(), b"*/") else {
                    self.at = self.bytes.len();
                    let begun = Place::of(self.text, start);
                    let expected = saying("`*/` to end the comment that begins at {}").with(begun);
                    return Err(self.error(expected));
                };
                self.at = start + 2 + end + 2;
                self.repairs.note(RepairKind::Comment, start);
            }
            // An escaped quotation mark begins a string of escaped text.
            (Some(b'\\'), Some(next))
                if (next.is_ascii_punctuation() && next != b'"') || next == b'\n' =>
            {
                self.at += 1;
                self.repairs.note(RepairKind::MarkdownEscape, start);
            }
            (Some(b'\\'), Some(b'n' | b'r' | b't')) => {
                self.at += 2;
                self.repairs.note(RepairKind::EscapedText, start);
            }
            (Some(b'\\'), _) => return Ok(false),
            _ => {
                let rest = self.rest();
                let length = rest.find(|c| !is_odd_space(c)).unwrap_or(rest.len());
                if length == 0 {
                    return Ok(false);
                }
                self.at += length;
                self.repairs.note(RepairKind::OddSpace, start);
            }
        }
        Ok(true)
    }

    /// Goes to the end of the line.
    fn skip_line(&mut self) {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        self.at += memchr::memchr2(b'\n', b'\r', rest).unwrap_or(rest.len());
    }

    /// Passes over the marks of a Markdown code fence and, at the beginning, the name of the language.
    pub(super) fn skip_fence(&mut self, opening: bool) -> Result<(), ReadError> {
        self.skip_blanks()?;
        if self.rest().starts_with("```") {
            self.repairs.note(RepairKind::CodeFence, self.at);
            self.at += 3;
            if opening {
                let rest = self.rest();
                self.at += rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
            }
            self.skip_blanks()?;
        }
        Ok(())
    }

    /// An error of syntax at the position.
    pub(super) fn error(&self, expected: Saying) -> ReadError {
        self.error_at(self.at, expected)
    }

    /// An error of syntax at a byte offset.
    pub(super) fn error_at(&self, offset: usize, expected: Saying) -> ReadError {
        let remedy = self.broken_string.map(|begun| {
            let place = Place::of(self.text, begun);
            saying("The string that begins at {} runs over its line: is its closing quotation mark missing?")
                .with(place)
        });
        ReadError {
            kind: ErrorKind::Syntax,
            offset,
            place: Place::of(self.text, offset),
            found: found_at(self.text, offset),
            expected,
            remedy: remedy.or_else(|| remedy_for(self.text, offset)),
        }
    }
}

/// Blanks that JSON does not know, the invisible ones of no width included.
fn is_odd_space(c: char) -> bool {
    (c.is_whitespace() && !matches!(c, ' ' | '\n' | '\r' | '\t'))
        || matches!(c, '\u{FEFF}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{180E}')
}

/// What to do about the thing at a byte offset, where it has a well-known cause.
fn remedy_for(text: &str, offset: usize) -> Option<Saying> {
    let before = text.get(..offset).unwrap_or_default();
    let rest = text.get(offset..).unwrap_or_default();
    let first = is_beginning(before);
    let remedy = if first && rest.is_empty() {
        saying("The text is empty.")
    } else if rest.starts_with("...") || rest.starts_with('\u{2026}') {
        saying("Put what the dots stand for in their place.")
    } else if first && rest.starts_with('<') {
        saying("This looks like HTML or XML.")
    } else if first && is_terraform(rest) || is_encoded(rest) {
        saying(
            "This looks like Terraform's language. Give what `terraform show -json` prints, or the state: both hold the policy as JSON.",
        )
    } else if first && is_yaml(rest) {
        saying("This looks like YAML. Give the policy as JSON.")
    } else if first && !rest.starts_with(['{', '[', '"']) {
        saying("A policy document begins with `{}`.").with('{')
    } else {
        return None;
    };
    Some(remedy)
}

/// Is there nothing but blanks, comments and headings before?
fn is_beginning(before: &str) -> bool {
    let is_aside = |line: &str| line.is_empty() || line.starts_with('#') || line.starts_with("//");
    before.trim_start_matches('\u{FEFF}').lines().all(|line| is_aside(line.trim()))
}

/// Does it begin as a block of Terraform does: a word, labels in quotation marks, a bracket?
fn is_terraform(rest: &str) -> bool {
    const BLOCKS: [&str; 8] =
        ["resource", "data", "variable", "module", "provider", "terraform", "locals", "output"];
    let line = rest.lines().next().unwrap_or_default();
    let word = line.split([' ', '\t', '{']).next().unwrap_or_default();
    BLOCKS.contains(&word) && line.trim_end().ends_with('{')
}

/// Does it begin as YAML does: three dashes, or a key and a colon?
fn is_yaml(rest: &str) -> bool {
    let line = rest.lines().next().unwrap_or_default().trim_end();
    let key = line.split_once(':').is_some_and(|(key, value)| {
        let plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
        !key.is_empty() && key.chars().all(plain) && (value.is_empty() || value.starts_with(' '))
    });
    line == "---" || key
}
