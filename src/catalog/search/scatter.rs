//! Do the letters of a word occur in a text in their order? Asked a million times a key press, so it is done on many
//! bytes at once: for each letter the places where it occurs become the bits of a number, and the letters before it
//! say which of these bits still count. No branch hangs on the text but the answer.

#![expect(
    clippy::inline_always,
    reason = "asked a million times a key press, and small code is asked for"
)]

/// A letter of ASCII as it is looked for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Letter {
    /// It, small.
    byte: u8,
    /// The bit that makes a capital of the text small; none where the character has no capital.
    case: u8,
}

impl Letter {
    /// An ASCII character in lower case.
    pub(super) fn new(byte: u8) -> Self {
        Self { byte, case: if byte.is_ascii_lowercase() { 0x20 } else { 0 } }
    }
}

/// Every byte of a number is this one.
const fn everywhere(byte: u8) -> u64 {
    u64::from_ne_bytes([byte; 8])
}

/// The places of a letter in eight bytes, the first byte's lowest.
#[inline(always)]
fn places(letter: Letter, eight: u64) -> u64 {
    const LOW: u64 = everywhere(0x7f);
    let (byte, case) = (everywhere(letter.byte), everywhere(letter.case));
    let other = (eight | case) ^ byte;
    // 0x80 in each byte where `other` is zero; no carry goes from byte to byte.
    let same = !(((other & LOW) + LOW) | other | LOW);
    // Gathers these bits in the highest byte, the first byte's lowest.
    (same >> 7).wrapping_mul(0x0102_0408_1020_4080) >> 56
}

/// The same in 32 bytes. Without a loop: it is as quick where the compiler was asked for small code.
#[inline(always)]
fn places_in_four(letter: Letter, [one, two, three, four]: &[u64; 4]) -> u64 {
    places(letter, *one)
        | places(letter, *two) << 8
        | places(letter, *three) << 16
        | places(letter, *four) << 24
}

/// The first 32 bytes as numbers of 8 bytes with the first byte lowest.
#[inline(always)]
fn eights(bytes: &[u8]) -> Option<[u64; 4]> {
    let (chunks, _) = bytes.as_chunks::<8>();
    let &[one, two, three, four] = chunks.first_chunk::<4>()?;
    Some([
        u64::from_le_bytes(one),
        u64::from_le_bytes(two),
        u64::from_le_bytes(three),
        u64::from_le_bytes(four),
    ])
}

#[inline(always)]
fn within(letters: &[Letter], length: usize, places: impl Fn(Letter) -> u64) -> bool {
    // Ones where the text is and no letter has been found yet.
    let mut open = if length >= 64 { u64::MAX } else { (1 << length) - 1 };
    for letter in letters {
        let here = places(*letter) & open;
        if here == 0 {
            return false;
        }
        // All places after the first of these.
        open &= !(here ^ (here - 1));
    }
    true
}

/// Do the letters occur in the first `length` of the bytes, in their order? More bytes may follow: they let this be quick.
#[inline(always)]
pub(super) fn is_scattered(letters: &[Letter], bytes: &[u8], length: usize) -> bool {
    if length <= 32
        && let Some(text) = eights(bytes)
    {
        return within(letters, length, |letter| places_in_four(letter, &text));
    }
    if length <= 64
        && let Some(low) = eights(bytes)
        && let Some(high) = bytes.get(32..).and_then(eights)
    {
        return within(letters, length, |letter| {
            places_in_four(letter, &low) | places_in_four(letter, &high) << 32
        });
    }
    one_by_one(letters, bytes.get(..length).unwrap_or(bytes))
}

/// The same for long texts, and for those at the very end of all.
fn one_by_one(letters: &[Letter], text: &[u8]) -> bool {
    let mut letters = letters.iter();
    let Some(mut wanted) = letters.next() else {
        return true;
    };
    for byte in text {
        if byte | wanted.case == wanted.byte {
            match letters.next() {
                Some(next) => wanted = next,
                None => return true,
            }
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Letter, is_scattered, one_by_one};

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn many_at_once_find_what_one_by_one_finds(
            text in prop_oneof![
                prop::collection::vec(prop::sample::select(b"abAB:@`{[\x00\x80\xff\xe1".to_vec()), 0..80),
                prop::collection::vec(any::<u8>(), 0..80),
            ],
            after in prop::collection::vec(prop::sample::select(b"ab:".to_vec()), 0..80),
            word in prop::collection::vec(prop::sample::select(b"ab:@`{[\x00".to_vec()), 0..6),
        ) {
            let letters: Vec<Letter> = word.iter().map(|byte| Letter::new(*byte)).collect();
            let bytes = [text.clone(), after].concat();
            let expected = one_by_one(&letters, &text);
            prop_assert_eq!(is_scattered(&letters, &bytes, text.len()), expected);
            prop_assert_eq!(is_scattered(&letters, &text, text.len()), expected);
        }
    }
}
