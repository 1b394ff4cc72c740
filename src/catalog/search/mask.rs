//! The characters of a text as bits of one number, so that most candidates are ruled out without a look at their text.
//!
//! Every ASCII letter, digit and the marks usual in names have a bit of their own; all other characters share 20 bits.
//! Two bits are not characters but say how the text is kept.

/// The searched text differs from the shown one by more than ASCII case; it is kept apart.
pub(super) const FOLDED: u64 = 1 << 63;
/// The text is a sentence: words are looked for as they stand, not letter by letter.
pub(super) const PROSE: u64 = 1 << 62;

/// How many characters have a bit of their own.
const OWN: u32 = 42;
/// How many bits the other characters share.
const SHARED: u32 = 62 - OWN;

/// The bit of every byte below 128, in either case.
const ASCII: [u64; 128] = {
    let mut table = [0; 128];
    let mut byte = 0u8;
    while byte < 128 {
        let index = own_bit(byte);
        #[expect(
            clippy::indexing_slicing,
            reason = "evaluated by the compiler, the index is below 128"
        )]
        {
            table[byte as usize] = match index {
                Some(bit) => 1 << bit,
                None => 1 << shared_bit(byte as u32),
            };
        }
        byte += 1;
    }
    table
};

/// The bit that belongs to this byte alone, if it has one.
const fn own_bit(byte: u8) -> Option<u32> {
    let byte = byte.to_ascii_lowercase();
    match byte {
        b'a'..=b'z' => Some((byte - b'a') as u32),
        b'0'..=b'9' => Some((byte - b'0') as u32 + 26),
        b':' => Some(36),
        b'-' => Some(37),
        b'_' => Some(38),
        b'.' => Some(39),
        b'*' => Some(40),
        b'/' => Some(41),
        _ => None,
    }
}

/// The bit of a character that has none of its own.
const fn shared_bit(code: u32) -> u32 {
    OWN + (code.wrapping_mul(0x9E37_79B1) >> 16) % SHARED
}

/// Does the bit of this character belong to it alone?
pub(super) fn is_own(c: char) -> bool {
    u8::try_from(c).is_ok_and(|byte| byte.is_ascii() && own_bit(byte).is_some())
}

/// The bit of one character; upper and lower case of ASCII letters are the same.
pub(super) fn bit(c: char) -> u64 {
    match ASCII.get(c as usize) {
        Some(bit) => *bit,
        None => 1 << shared_bit(c as u32),
    }
}

/// The bits of all characters of a text.
pub(super) fn of(text: &str) -> u64 {
    if text.is_ascii() {
        text.bytes().fold(0, |mask, byte| mask | ASCII.get(usize::from(byte)).copied().unwrap_or(0))
    } else {
        text.chars().fold(0, |mask, c| mask | bit(c))
    }
}

#[cfg(test)]
mod tests {
    use super::{FOLDED, PROSE, bit, is_own, of};

    #[test]
    fn case_does_not_change_the_mask() {
        assert_eq!(of("ecs:DescribeInstances"), of("ECS:describeinstances"));
        assert_eq!(of("é"), bit('é'));
    }

    #[test]
    fn own_bits_are_distinct_and_no_character_takes_the_bits_of_the_form() {
        let mut seen = 0u64;
        for c in (0u8..=127).map(char::from).filter(|c| is_own(*c) && !c.is_ascii_uppercase()) {
            assert_eq!(seen & bit(c), 0, "{c:?} shares a bit");
            seen |= bit(c);
        }
        for c in ('\0'..='\u{ffff}').chain(['😀', '\u{10ffff}']) {
            assert_eq!(bit(c) & (FOLDED | PROSE), 0, "{c:?}");
            assert!(is_own(c) || bit(c) & seen == 0, "{c:?} takes the bit of another");
        }
    }
}
