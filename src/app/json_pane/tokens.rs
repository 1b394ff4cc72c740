//! The tokens of a piece of JSON, for small looks at it: a key, an element, what a statement says.

use super::outline::{comment_end, line_end, skip_space};
use crate::bytes::{equal, find};

/// A token and its bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Token {
    /// The first byte: a bracket, `,`, `:`, `"`, or the first of a word.
    pub(super) sign: u8,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// Goes over the tokens of `bytes` from a place outside strings.
#[derive(Clone, Debug)]
pub(super) struct Tokens<'a> {
    bytes: &'a [u8],
    at: usize,
    /// No comment from here on has an end: it is not looked for again.
    endless: bool,
}

impl<'a> Tokens<'a> {
    pub(super) const fn new(bytes: &'a [u8], at: usize) -> Self {
        Self { bytes, at, endless: false }
    }
}

impl Iterator for Tokens<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        loop {
            let start = skip_space(self.bytes, self.at);
            let sign = *self.bytes.get(start)?;
            let rest = self.bytes.get(start + 1..).unwrap_or_default();
            let end = match sign {
                b'"' => string_end(self.bytes, start),
                b'{' | b'}' | b'[' | b']' | b',' | b':' => start + 1,
                b'#' => {
                    self.at = line_end(self.bytes, start);
                    continue;
                }
                b'/' if rest.first() == Some(&b'/') => {
                    self.at = line_end(self.bytes, start);
                    continue;
                }
                b'/' if rest.first() == Some(&b'*') => {
                    let end = (!self.endless).then(|| comment_end(self.bytes, start)).flatten();
                    self.endless = end.is_none();
                    self.at = end.unwrap_or_else(|| line_end(self.bytes, start));
                    continue;
                }
                _ => {
                    start + 1 + rest.iter().position(|byte| ends_word(*byte)).unwrap_or(rest.len())
                }
            };
            self.at = end;
            return Some(Token { sign, start, end });
        }
    }
}

const fn ends_word(byte: u8) -> bool {
    matches!(
        byte,
        b'"' | b'{' | b'}' | b'[' | b']' | b',' | b':' | b'/' | b'#' | b' ' | b'\t' | b'\n' | b'\r'
    )
}

/// One past the string that begins at `start`; a string ends with its line at the latest.
pub(super) fn string_end(bytes: &[u8], start: usize) -> usize {
    let mut at = start + 1;
    loop {
        let rest = bytes.get(at..).unwrap_or_default();
        let stops = |word| equal(word, b'"') | equal(word, b'\\') | equal(word, b'\n');
        let Some(step) = find(rest, stops) else { return bytes.len() };
        at += step;
        match bytes.get(at) {
            Some(b'"') => return at + 1,
            // A string never goes over the end of its line, not even in a broken text.
            Some(b'\n') => return at,
            // What a backslash escapes; a line break cannot be escaped.
            _ => at += 1 + usize::from(bytes.get(at + 1).is_some_and(|byte| *byte != b'\n')),
        }
    }
}
