//! The letters of a name in one pass: in lower case, and what tells of which kind the name is.

use std::borrow::Cow;

use super::{fold, has_wildcard};
use crate::bytes::{self, HIGH, Word, below, equal};

/// Names are compared by their letters in lower case. Memory for one after the other, used as long as they are short.
pub(in crate::policy) struct Lower([u8; Self::MOST]);

/// An action or a pattern of actions.
pub(in crate::policy) struct Name<'a> {
    /// As it is written.
    pub(in crate::policy) text: &'a str,
    /// With every letter folded as [`super::Case::Fold`] compares it.
    pub(in crate::policy) folded: Cow<'a, str>,
    /// Where the first colon stands in `folded`.
    pub(in crate::policy) colon: Option<usize>,
    /// Does it hold a wildcard?
    pub(in crate::policy) is_pattern: bool,
    /// Is it a service and a name, and seen to hold no blank or comma?
    pub(in crate::policy) is_plain: bool,
}

impl<'a> Name<'a> {
    /// The code of its service in lower case; None without a colon.
    pub(in crate::policy) fn code(&self) -> Option<&str> {
        self.folded.get(..self.colon?)
    }

    /// What stands behind the first colon, as it is written.
    pub(in crate::policy) fn end(&self) -> Option<&'a str> {
        match self.folded {
            Cow::Borrowed(_) => self.text.get(self.colon? + 1..),
            // Letters may have taken other places.
            Cow::Owned(_) => self.text.split_once(':').map(|(_, end)| end),
        }
    }
}

impl Lower {
    const MOST: usize = 128;

    pub(in crate::policy) const fn new() -> Self {
        Self([0; Self::MOST])
    }

    /// The text with every letter folded as [`super::Case::Fold`] compares it.
    pub(in crate::policy) fn of<'a>(&'a mut self, text: &'a str) -> Cow<'a, str> {
        self.name(text).folded
    }

    /// The same with what a name is.
    pub(in crate::policy) fn name<'a>(&'a mut self, text: &'a str) -> Name<'a> {
        if let Some(lower) = self.0.get_mut(..text.len())
            && let Some(Marks { colon, wildcard, gap }) = lower_ascii(text.as_bytes(), lower)
            && let Ok(lower) = std::str::from_utf8(lower)
        {
            let is_plain = !gap && colon.is_some_and(|at| at > 0) && !text.ends_with(':');
            let folded = Cow::Borrowed(lower);
            return Name { text, folded, colon, is_pattern: wildcard, is_plain };
        }
        let folded = fold(text);
        let colon = memchr::memchr(b':', folded.as_bytes());
        let is_pattern = has_wildcard(text);
        Name { text, folded: Cow::Owned(folded), colon, is_pattern, is_plain: false }
    }
}

/// What was met among letters.
#[derive(Clone, Copy, Default)]
struct Marks {
    /// Where the first colon stands.
    colon: Option<usize>,
    wildcard: bool,
    /// A blank, a control character or a comma.
    gap: bool,
}

impl Marks {
    /// Looks at the letters of a word that begins at a byte of the name; letters may be looked at twice.
    fn look(&mut self, word: Word, at: usize) {
        self.wildcard |= equal(word, b'*') | equal(word, b'?') != 0;
        self.gap |= below(word, b'!') | equal(word, b',') != 0;
        let colons = equal(word, b':');
        if colons != 0 && self.colon.is_none() {
            self.colon = Some(at + bytes::first(colons));
        }
    }
}

/// Writes letters of ASCII in lower case, eight at a time; None where there are others. Both have the same length.
fn lower_ascii(text: &[u8], lower: &mut [u8]) -> Option<Marks> {
    let mut marks = Marks::default();
    let Some(last) = text.len().checked_sub(8) else {
        let word = bytes::short_word(text);
        marks.look(word, 0);
        for (to, from) in lower.iter_mut().zip(bytes::lower(word).to_le_bytes()) {
            *to = from;
        }
        return (word & HIGH == 0).then_some(marks);
    };
    let (mut at, mut all) = (0, 0);
    loop {
        let word = bytes::word(text, at)?;
        all |= word;
        marks.look(word, at);
        *lower.get_mut(at..)?.first_chunk_mut()? = bytes::lower(word).to_le_bytes();
        if at == last {
            return (all & HIGH == 0).then_some(marks);
        }
        // The last letters together with some of those before them.
        at = (at + 8).min(last);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn names_are_looked_at_as_letters_are(text in "[A-Za-z@\\[`{:*?0 ,Äß\u{212A}\u{7F}]{0,40}|[a-zA-Z]{0,12}[:*?]?[A-Z]{0,12}[:*?]{0,2}[a-z]{0,120}") {
            let mut lower = Lower::new();
            let name = lower.name(&text);
            prop_assert_eq!(&*name.folded, fold(&text));
            prop_assert_eq!(name.colon, name.folded.find(':'));
            prop_assert_eq!(name.is_pattern, has_wildcard(&text));
            prop_assert_eq!(name.end(), text.split_once(':').map(|(_, end)| end));
            let (service, end) = text.split_once(':').unwrap_or_default();
            let plain = !service.is_empty() && !end.is_empty() && !text.ends_with(':') && !text.contains([' ', ',']);
            prop_assert!(!name.is_plain || plain, "{:?}", text);
            let usual = text.len() >= 8 && text.len() < 100 && text.is_ascii();
            prop_assert!(name.is_plain || !usual || !plain, "{:?}", text);
        }
    }
}
