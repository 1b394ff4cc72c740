//! A text as letters, whatever they are written as: plain, percent-encoded, behind backslashes.

/// A letter of a text and the bytes that stand for it there.
#[derive(Clone, Copy, Debug)]
pub(super) struct Letter {
    pub(super) c: char,
    /// How often it is percent-encoded: `%3D` once, `%253D` twice.
    pub(super) level: u8,
    /// Backslashes in front of a quote; they belong to it.
    pub(super) slashes: usize,
    pub(super) start: usize,
    pub(super) end: usize,
}

impl Letter {
    pub(super) fn all(text: &str) -> Vec<Self> {
        let mut plain = Vec::with_capacity(text.len());
        let mut at = 0;
        while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
            let one = encoded(rest).or_else(|| {
                let c = rest.chars().next()?;
                Some((c, 0, c.len_utf8()))
            });
            let Some((c, level, length)) = one else { break };
            plain.push(Self { c, level, slashes: 0, start: at, end: at + length });
            at += length;
        }
        let mut all = Vec::with_capacity(plain.len());
        let mut at = 0;
        while let Some(one) = letter(&plain, at) {
            let (one, count) = escaped(&plain, at).unwrap_or((one, 1));
            all.push(one);
            at += count;
        }
        all
    }

    pub(super) fn is_word(self) -> bool {
        self.c.is_ascii_alphanumeric()
    }

    pub(super) fn is_quote(self) -> bool {
        matches!(self.c, '"' | '\'' | '`')
    }

    /// A blank within a line.
    pub(super) fn is_blank(self) -> bool {
        matches!(self.c, ' ' | '\t')
    }
}

/// `%3D`, `%253D` and so on, of ASCII: the letter, how often it is encoded, bytes.
fn encoded(text: &str) -> Option<(char, u8, usize)> {
    let mut rest = text.strip_prefix('%')?;
    let mut level = 1;
    while let Some(more) = rest.strip_prefix("25") {
        (rest, level) = (more, level + 1_u8);
        if level > 8 {
            return None;
        }
    }
    let byte = u8::from_str_radix(rest.get(..2)?, 16).ok().filter(u8::is_ascii)?;
    Some((char::from(byte), level, text.len() - rest.len() + 2))
}

/// A quote with the backslashes in front of it, or `\u0026`, as one letter; and how many letters it takes.
fn escaped(letters: &[Letter], at: usize) -> Option<(Letter, usize)> {
    let rest = letters.get(at..)?;
    let slashes = rest.iter().take_while(|one| one.c == '\\').count();
    let (first, last) = (rest.first().filter(|_| slashes > 0)?, rest.get(slashes)?);
    if last.is_quote() {
        return Some((Letter { slashes, start: first.start, ..*last }, slashes + 1));
    }
    let code: String = rest.get(slashes + 1..slashes + 5)?.iter().map(|one| one.c).collect();
    let byte =
        u8::from_str_radix(&code, 16).ok().filter(|byte| byte.is_ascii() && last.c == 'u')?;
    let end = rest.get(slashes + 4)?.end;
    let one = Letter { c: char::from(byte), start: first.start, end, ..*last };
    // Such a quote closes nothing that was opened by a plain one.
    Some((Letter { slashes: usize::from(one.is_quote()), ..one }, slashes + 5))
}

/// A range of letters, end exclusive.
pub(super) type Range = (usize, usize);

/// A letter by its place.
pub(super) fn letter(letters: &[Letter], at: usize) -> Option<Letter> {
    letters.get(at).copied()
}

/// Does this word stand here?
pub(super) fn begins(letters: &[Letter], at: usize, word: &str) -> bool {
    let mut theirs = letters.get(at..).unwrap_or_default().iter().map(|letter| letter.c);
    word.chars().all(|c| theirs.next() == Some(c))
}
