//! What was typed, made ready to be compared: folded, cut into words, with its letters as a mask.

#![expect(
    clippy::inline_always,
    reason = "asked a million times a key press, and small code is asked for"
)]

use memchr::memmem;

use super::mask;
use super::scatter::{Letter, is_scattered};
use crate::bytes;
use crate::text::ascii_twin;

/// Characters of a query that count; what is typed beyond them is ignored.
pub const LONGEST_QUERY: usize = 256;

/// One character as it is compared: full-width forms become ASCII, capitals small; always one character for one.
pub(super) fn fold(c: char) -> char {
    let c = ascii_twin(c);
    if c.is_ascii() {
        return c.to_ascii_lowercase();
    }
    let mut lower = c.to_lowercase();
    match (lower.next(), lower.next()) {
        (Some(one), None) => one,
        _ => c,
    }
}

/// A word of a query.
#[derive(Debug)]
pub(super) struct Word {
    /// Folded.
    pub(super) text: String,
    /// Looks for the word as it stands, in folded text.
    finder: memmem::Finder<'static>,
    /// For words of ASCII only.
    letters: Option<Vec<Letter>>,
}

impl Word {
    fn new(text: String) -> Self {
        let letters = text.is_ascii().then(|| text.bytes().map(Letter::new).collect());
        Self { finder: memmem::Finder::new(text.as_bytes()).into_owned(), letters, text }
    }

    /// Do the letters of the word occur in the first `length` bytes, which are the text, in this order?
    #[inline(always)]
    fn is_scattered_in(&self, bytes: &[u8], length: usize) -> bool {
        match &self.letters {
            Some(letters) => is_scattered(letters, bytes, length),
            None => self.is_scattered_in_chars(bytes.get(..length).unwrap_or(bytes)),
        }
    }

    fn is_scattered_in_chars(&self, text: &[u8]) -> bool {
        let Ok(text) = std::str::from_utf8(text) else {
            return false;
        };
        let mut wanted = self.text.chars().peekable();
        text.chars().any(|c| {
            wanted.next_if_eq(&c.to_ascii_lowercase()).is_some() && wanted.peek().is_none()
        })
    }

    /// The places where the word stands in a text in small letters, as byte offsets.
    pub(super) fn places<'a>(&'a self, lower: &'a [u8]) -> impl Iterator<Item = usize> + 'a {
        self.finder.find_iter(lower)
    }
}

/// A query, ready to be compared.
#[derive(Debug)]
pub(super) struct Query {
    /// All of it: the words with one space between.
    pub(super) phrase: Word,
    /// The words; all must match, in any order.
    pub(super) words: Vec<Word>,
    /// The letters of all words.
    mask: u64,
    /// Every word is one character with a bit of its own: the mask alone decides.
    mask_decides: bool,
}

impl Query {
    /// Reads what was typed.
    pub(super) fn new(typed: &str) -> Self {
        let folded: String = typed
            .chars()
            .filter(|c| !c.is_control() || c.is_whitespace())
            .take(LONGEST_QUERY)
            .map(fold)
            .collect();
        let mut words: Vec<Word> = Vec::new();
        for word in folded.split_whitespace() {
            // A word said twice asks for nothing more.
            if words.iter().all(|other| other.text != word) {
                words.push(Word::new(word.to_owned()));
            }
        }
        let phrase = folded.split_whitespace().collect::<Vec<_>>().join(" ");
        let mask = words.iter().fold(0, |mask, word| mask | mask::of(&word.text));
        let mask_decides = words.iter().all(|word| {
            let mut chars = word.text.chars();
            chars.next().is_some_and(mask::is_own) && chars.next().is_none()
        });
        Self { phrase: Word::new(phrase), words, mask, mask_decides }
    }

    /// Nothing is asked: everything matches.
    pub(super) fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// All of it in bytes: what a text that starts with it starts with.
    pub(super) fn head(&self) -> &[u8] {
        self.phrase.text.as_bytes()
    }

    /// Is whatever matches this query sure to match the other, shorter one too?
    pub(super) fn narrows(&self, other: &Self) -> bool {
        self.phrase.text.starts_with(&other.phrase.text)
    }

    /// May a text with these letters match?
    #[inline(always)]
    pub(super) fn may_match(&self, letters: u64) -> bool {
        letters & self.mask == self.mask
    }

    /// Does a text match whose letters already do? It is the first `length` of the bytes.
    #[inline(always)]
    pub(super) fn matches(
        &self,
        letters: u64,
        bytes: &[u8],
        length: usize,
        lower: &mut Lower,
    ) -> bool {
        if self.mask_decides {
            true
        } else if letters & mask::PROSE == 0 {
            self.words.iter().all(|word| word.is_scattered_in(bytes, length))
        } else {
            let lower = lower.of(bytes.get(..length).unwrap_or(bytes));
            self.words.iter().all(|word| word.places(lower).next().is_some())
        }
    }
}

/// A buffer for texts in small letters, used again and again.
#[derive(Debug, Default)]
pub(super) struct Lower(Vec<u8>);

impl Lower {
    /// The text with its ASCII capitals made small.
    pub(super) fn of(&mut self, text: &[u8]) -> &[u8] {
        self.0.clear();
        self.0.extend_from_slice(text);
        let (eights, rest) = self.0.as_chunks_mut::<8>();
        for eight in eights {
            *eight = bytes::lower(u64::from_le_bytes(*eight)).to_le_bytes();
        }
        rest.make_ascii_lowercase();
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::{LONGEST_QUERY, Lower, Query, fold};
    use crate::catalog::search::mask;

    fn matches(query: &str, text: &str, prose: bool) -> bool {
        let query = Query::new(query);
        let letters = mask::of(text) | if prose { mask::PROSE } else { 0 };
        query.may_match(letters)
            && query.matches(letters, text.as_bytes(), text.len(), &mut Lower::default())
    }

    #[test]
    fn folding_keeps_one_character_for_one() {
        for (from, to) in [
            ('Ｅ', 'e'),
            ('：', ':'),
            ('　', ' '),
            ('Q', 'q'),
            ('Я', 'я'),
            ('İ', 'İ'),
            ('函', '函'),
        ] {
            assert_eq!(fold(from), to, "{from:?}");
        }
    }

    #[test]
    fn every_byte_is_made_small_as_the_library_does() {
        let bytes: Vec<u8> = (0..=255).collect();
        for from in 0..9 {
            let bytes = &bytes[from..];
            assert_eq!(Lower::default().of(bytes), bytes.to_ascii_lowercase());
        }
    }

    #[test]
    fn words_match_in_any_order_and_letters_in_theirs() {
        for (query, text, prose, expected) in [
            ("", "x", false, true),
            ("ecs", "ecs:CreateInstance", false, true),
            ("ECS", "ecs:CreateInstance", false, true),
            ("ｅｃｓ", "ecs:CreateInstance", false, true),
            ("inst ecs", "ecs:CreateInstance", false, true),
            ("sce", "ecs", false, false),
            ("函计", "函数计算", false, true),
            ("计函", "函数计算", false, false),
            ("函数 fc", "函数计算 FC", false, true),
            ("kms", "Backups move slowly", true, false),
            ("slow back", "Backups move slowly", true, true),
            ("ee", "e", false, false),
            ("[", "{", false, false),
        ] {
            assert_eq!(matches(query, text, prose), expected, "{query:?} in {text:?}");
        }
    }

    #[test]
    fn a_query_is_capped_and_loses_control_characters() {
        assert_eq!(Query::new(&"a".repeat(10_000)).phrase.text.len(), LONGEST_QUERY);
        assert_eq!(Query::new("e\u{1b}c\ts\0").phrase.text, "ec s");
    }
}
