//! Text looked at eight bytes at a time. Strings of policies and the blanks around them are short: a search that is prepared
//! for long ones takes longer to begin than to end.

/// Eight bytes, the first of them lowest.
pub type Word = u64;

const ONES: Word = Word::from_ne_bytes([1; 8]);
/// The high bit of each byte, which letters of ASCII do not have.
pub const HIGH: Word = ONES << 7;

/// The high bit of each byte that is below a small number, up to the first such; of bytes behind that it may be wrong.
pub const fn below(word: Word, least: u8) -> Word {
    word.wrapping_sub(ONES * least as Word) & !word & HIGH
}

/// The same of each byte that is a letter of ASCII.
pub const fn equal(word: Word, letter: u8) -> Word {
    below(word ^ (ONES * letter as Word), 1)
}

/// The byte of a word whose high bit is the first.
pub const fn first(marks: Word) -> usize {
    marks.trailing_zeros() as usize / 8
}

/// Eight bytes, the letters of ASCII among them in lower case.
pub const fn lower(word: Word) -> Word {
    // The high bit of each byte that is at least `A`, and of each that is beyond `Z`: where only the first is set stands a
    // capital letter, whose bit of lower case is two places to the right.
    let low = word & !HIGH;
    let capital = (low + ONES * (0x80 - 0x41)) & !(low + ONES * (0x80 - 0x5B)) & !word & HIGH;
    word | capital >> 2
}

/// The word that begins at a byte; None where fewer than eight bytes are left.
pub fn word(bytes: &[u8], at: usize) -> Option<Word> {
    bytes.get(at..)?.first_chunk().map(|chunk| Word::from_le_bytes(*chunk))
}

/// Less than eight bytes, with nothing behind them.
pub fn short_word(bytes: &[u8]) -> Word {
    let mut word = [0; 8];
    for (to, from) in word.iter_mut().zip(bytes) {
        *to = *from;
    }
    Word::from_le_bytes(word)
}

/// The first byte that is marked in its word, see [`equal`] and [`below`].
pub fn find(bytes: &[u8], marks: impl Fn(Word) -> Word) -> Option<usize> {
    let mut at = 0;
    while let Some(word) = word(bytes, at) {
        let marks = marks(word);
        if marks != 0 {
            return Some(at + first(marks));
        }
        at += 8;
    }
    let rest = bytes.get(at..).unwrap_or_default();
    let found = first(marks(short_word(rest)));
    (found < rest.len()).then_some(at + found)
}

/// Where the spaces from `at` on end: a third of a text that is laid out is the beginnings of its lines.
pub fn past_spaces(bytes: &[u8], mut at: usize) -> usize {
    const SPACES: Word = ONES * b' ' as Word;
    while let Some(word) = word(bytes, at) {
        if word != SPACES {
            return at + first(word ^ SPACES);
        }
        at += 8;
    }
    let rest = bytes.get(at..).unwrap_or_default();
    at + rest.iter().take_while(|byte| **byte == b' ').count()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_first_is_found(text in "[a-c\"\\\\ \\n#\\u{0}\\u{1}\\u{1F}\\u{E9}\\u{80}]{0,40}", letter in 1_u8..128) {
            let bytes = text.as_bytes();
            let quotes = bytes.iter().position(|byte| b"\"\\".contains(byte));
            prop_assert_eq!(find(bytes, |word| equal(word, b'"') | equal(word, b'\\')), quotes);
            let found = bytes.iter().position(|byte| *byte == letter || *byte < 0x20);
            prop_assert_eq!(find(bytes, |word| equal(word, letter) | below(word, 0x20)), found);
        }

        #[test]
        fn spaces_are_passed(before in " {0,3}", spaces in " {0,20}", behind in "[ \\na]{0,12}") {
            let text = format!("{before}{spaces}{behind}");
            let spaces = spaces.len() + behind.len() - behind.trim_start_matches(' ').len();
            prop_assert_eq!(past_spaces(text.as_bytes(), before.len()), before.len() + spaces);
            prop_assert_eq!(past_spaces(text.as_bytes(), text.len() + 1), text.len() + 1);
        }

        #[test]
        fn letters_go_to_lower_case(letters in any::<[u8; 8]>()) {
            let expected = Word::from_le_bytes(letters.map(|byte| byte.to_ascii_lowercase()));
            prop_assert_eq!(lower(Word::from_le_bytes(letters)), expected);
        }
    }
}
