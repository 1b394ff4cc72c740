//! A line of text that is being typed.

use super::key::{Code, Key};
use unicode_segmentation::UnicodeSegmentation as _;

/// The longest text that a field takes, in bytes.
const LONGEST: usize = 1024;

/// A one-line text field; the cursor is a byte offset at a grapheme boundary.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Input {
    text: String,
    cursor: usize,
}

impl Input {
    /// A field that already holds text.
    pub fn with(text: &str) -> Self {
        Self { text: text.to_owned(), cursor: text.len() }
    }

    /// What was typed.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text before the cursor.
    pub fn before(&self) -> &str {
        self.text.get(..self.cursor).unwrap_or_default()
    }

    /// The text from the cursor on.
    pub fn after(&self) -> &str {
        self.text.get(self.cursor..).unwrap_or_default()
    }

    /// Takes a key; true if it was one for a text field.
    pub fn key(&mut self, key: Key) -> bool {
        match (key.code, key.ctrl, key.alt) {
            (Code::Char(c), false, false) if !c.is_control() => {
                self.insert(c.encode_utf8(&mut [0; 4]));
            }
            (Code::Backspace, false, false) | (Code::Char('h'), true, false) => {
                self.cut(self.last_grapheme());
            }
            (Code::Char('w'), true, false) | (Code::Backspace, _, _) => self.cut(self.word_start()),
            (Code::Char('u'), true, false) => self.cut(0),
            (Code::Delete, _, _) => {
                let step = self.after().graphemes(true).next().map_or(0, str::len);
                let end = self.cursor + step;
                self.text.replace_range(self.cursor..end, "");
            }
            (Code::Left, false, false) => self.cursor = self.last_grapheme(),
            (Code::Right, false, false) => {
                self.cursor += self.after().graphemes(true).next().map_or(0, str::len);
            }
            (Code::Home, _, _) | (Code::Char('a'), true, false) => self.cursor = 0,
            (Code::End, _, _) | (Code::Char('e'), true, false) => self.cursor = self.text.len(),
            _ => return false,
        }
        true
    }

    /// Puts text in at the cursor; line breaks become blanks, other control characters go.
    pub fn insert(&mut self, text: &str) {
        for c in text.chars() {
            let c = if matches!(c, '\n' | '\t') { ' ' } else { c };
            if !c.is_control() && self.text.len() + c.len_utf8() <= LONGEST {
                self.text.insert(self.cursor, c);
                self.cursor += c.len_utf8();
            }
        }
    }

    fn cut(&mut self, from: usize) {
        self.text.replace_range(from..self.cursor, "");
        self.cursor = from;
    }

    fn last_grapheme(&self) -> usize {
        self.cursor - self.before().graphemes(true).next_back().map_or(0, str::len)
    }

    fn word_start(&self) -> usize {
        let before = self.before().trim_end();
        before.rfind(char::is_whitespace).map_or(0, |at| {
            at + before.get(at..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits() {
        let mut input = Input::default();
        input.insert("函数 compute\u{1b}[31m");
        assert_eq!(input.text(), "函数 compute[31m");
        input.key(Key::ctrl('w'));
        assert_eq!(input.text(), "函数 ");
        input.key(Key::plain(Code::Backspace));
        input.key(Key::plain(Code::Backspace));
        assert_eq!(input.text(), "函");
        input.key(Key::plain(Code::Left));
        input.key(Key::char('x'));
        assert_eq!((input.before(), input.after()), ("x", "函"));
        input.key(Key::plain(Code::Delete));
        assert_eq!(input.text(), "x");
        assert!(!input.key(Key::plain(Code::Enter)));
    }
}
