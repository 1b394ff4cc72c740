//! Wildcard patterns: `*` is any run of characters, none included, `?` is exactly one.
//!
//! A pattern is matched as a whole, so `*` crosses `/` and `:`. Nothing here backtracks without
//! bound: matching costs the length of the text for short pieces between stars, and at worst the
//! product of text and piece divided by 64. Case is folded character by character.
//! Relations between patterns are in `relation`; names of resources in [`arn`].

pub mod arn;
mod letters;
mod relation;

use std::collections::HashSet;
use std::hash::{BuildHasher as _, BuildHasherDefault, Hasher};
use std::sync::LazyLock;

use foldhash::fast::RandomState;

pub(super) use letters::{Lower, Name};
pub(super) use relation::{Steps, may_overlap, may_start};
pub use relation::{covers, overlaps, overlaps_resource};

/// How letters compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Case {
    /// Upper and lower case are the same, in every script.
    Fold,
    /// Letters must be the same.
    Exact,
}

impl Case {
    /// The character by which another is compared. Characters whose lower case is longer than one
    /// character stay as they are, so that `?` still counts characters.
    pub(super) fn unit(self, character: char) -> char {
        match self {
            Self::Exact => character,
            Self::Fold if character.is_ascii() => character.to_ascii_lowercase(),
            Self::Fold => {
                let mut lower = character.to_lowercase();
                match (lower.next(), lower.next()) {
                    (Some(one), None) => one,
                    _ => character,
                }
            }
        }
    }
}

/// One symbol of a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Symbol {
    /// This character.
    Literal(char),
    /// Any one character.
    One,
    /// Any run.
    Run,
    /// Any run without a colon: the region or account of a resource.
    Part,
}

/// The symbols of a pattern, runs of stars made one.
fn symbols(pattern: &str, case: Case) -> Vec<Symbol> {
    let mut symbols = Vec::with_capacity(pattern.len());
    for character in pattern.chars() {
        let symbol = match character {
            '*' => Symbol::Run,
            '?' => Symbol::One,
            other => Symbol::Literal(case.unit(other)),
        };
        if symbol != Symbol::Run || symbols.last() != Some(&Symbol::Run) {
            symbols.push(symbol);
        }
    }
    symbols
}

/// The name of an action without its service; all of what has no colon.
pub fn name_of(action: &str) -> &str {
    action.split_once(':').map_or(action, |(_, name)| name)
}

/// Does the text hold `*` or `?`?
pub fn has_wildcard(text: &str) -> bool {
    memchr::memchr2(b'*', b'?', text.as_bytes()).is_some()
}

/// Does the pattern match anything at all, as `*` does?
pub fn matches_anything(pattern: &str) -> bool {
    !pattern.is_empty() && pattern.chars().all(|character| character == '*')
}

/// Are two texts the same, letters compared as `case` says?
pub fn same(one: &str, other: &str, case: Case) -> bool {
    if case == Case::Exact {
        return one == other;
    }
    // Letters of ASCII fold to such ones, so between two texts of them bytes tell.
    if one.is_ascii() && other.is_ascii() {
        return one.eq_ignore_ascii_case(other);
    }
    one.chars().map(|c| case.unit(c)).eq(other.chars().map(|c| case.unit(c)))
}

/// The text with every letter folded as [`Case::Fold`] compares it: a key for maps.
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    text.chars().map(|c| Case::Fold.unit(c)).collect()
}

/// What the letters before the first wildcard say.
enum Start {
    /// The pattern cannot match.
    Differs,
    /// The pattern ended together with the text.
    Whole,
    /// They do not decide.
    Open,
}

/// Walks pattern and text to where they part; looks no further than the first letter that is not ASCII.
fn start(pattern: &str, text: &str, case: Case) -> Start {
    let mut found = text.bytes();
    for wanted in pattern.bytes() {
        if !wanted.is_ascii() || matches!(wanted, b'*' | b'?') {
            return Start::Open;
        }
        match found.next() {
            Some(found) if !found.is_ascii() => return Start::Open,
            Some(found) if found == wanted => {}
            Some(found) if case == Case::Fold && found.eq_ignore_ascii_case(&wanted) => {}
            _ => return Start::Differs,
        }
    }
    if found.next().is_none() { Start::Whole } else { Start::Differs }
}

/// A number for the text, the same for texts that are the same under [`Case::Fold`], and another in each run of the
/// program: cheaper than a key for maps.
pub fn hash(text: &str) -> u64 {
    hash_as_is(&Lower::new().of(text))
}

/// The same with every letter as it is: for a text that is folded already, or where case counts.
pub(super) fn hash_as_is(text: &str) -> u64 {
    static KEY: LazyLock<RandomState> = LazyLock::new(RandomState::default);
    let mut hasher = KEY.build_hasher();
    hasher.write(text.as_bytes());
    hasher.finish()
}

/// For maps whose keys are such numbers: they are hashes already.
#[derive(Clone, Copy, Debug, Default)]
pub struct Hashed(u64);

impl Hasher for Hashed {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u64(u64::from(*byte));
        }
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = self.0.rotate_left(8) ^ number;
    }
}

/// A set of such numbers.
pub type Hashes = HashSet<u64, BuildHasherDefault<Hashed>>;

/// Does the pattern match the whole text?
pub fn matches(pattern: &str, text: &str, case: Case) -> bool {
    // Most questions end within the first letters: nothing is prepared for them.
    match start(pattern, text, case) {
        Start::Differs => return false,
        Start::Whole => return true,
        Start::Open if !has_wildcard(pattern) => return same(pattern, text, case),
        Start::Open => {}
    }
    let symbols = symbols(pattern, case);
    let text: Vec<char> = text.chars().map(|c| case.unit(c)).collect();
    matches_symbols(&symbols, &text)
}

/// The pieces between stars, one after the other, each at its first place: that leaves the most
/// room for those after it. The first and the last piece are bound to the ends.
fn matches_symbols(pattern: &[Symbol], text: &[char]) -> bool {
    let mut pieces = pattern.split(|symbol| *symbol == Symbol::Run);
    let first = pieces.next().unwrap_or_default();
    let Some(last) = pieces.next_back() else {
        return first.len() == text.len() && piece_at(first, text);
    };
    let Some(middle) = text.len().checked_sub(first.len() + last.len()) else {
        return false;
    };
    let (head, rest) = text.split_at(first.len());
    let (mut rest, tail) = rest.split_at(middle);
    if !piece_at(first, head) || !piece_at(last, tail) {
        return false;
    }
    for piece in pieces {
        let Some(end) = find_piece(piece, rest) else {
            return false;
        };
        rest = rest.get(end..).unwrap_or_default();
    }
    true
}

/// Does the piece match the text, character by character?
fn piece_at(piece: &[Symbol], text: &[char]) -> bool {
    piece.iter().zip(text).all(|(symbol, character)| match symbol {
        Symbol::Literal(literal) => literal == character,
        Symbol::One | Symbol::Run | Symbol::Part => true,
    })
}

/// Comparisons up to which the plain search is used.
const PLAIN_SEARCH: usize = 1 << 16;

/// The end of the first place of a piece in the text.
fn find_piece(piece: &[Symbol], text: &[char]) -> Option<usize> {
    if piece.is_empty() {
        return Some(0);
    }
    if piece.len().saturating_mul(text.len()) <= PLAIN_SEARCH {
        return text
            .windows(piece.len())
            .position(|window| piece_at(piece, window))
            .map(|start| start + piece.len());
    }
    find_long_piece(piece, text)
}

/// The same by bits: bit `i` is set while the last `i + 1` characters match the piece's beginning.
fn find_long_piece(piece: &[Symbol], text: &[char]) -> Option<usize> {
    let words = piece.len().div_ceil(64);
    let mut any = vec![0u64; words];
    let mut own: std::collections::HashMap<char, Vec<u64>> = std::collections::HashMap::new();
    for (index, symbol) in piece.iter().enumerate() {
        let mask = match symbol {
            Symbol::Literal(literal) => own.entry(*literal).or_insert_with(|| vec![0; words]),
            Symbol::One | Symbol::Run | Symbol::Part => &mut any,
        };
        if let Some(word) = mask.get_mut(index / 64) {
            *word |= 1 << (index % 64);
        }
    }
    let nothing = vec![0u64; words];
    let mut state = vec![0u64; words];
    let goal = 1u64 << ((piece.len() - 1) % 64);
    for (index, character) in text.iter().enumerate() {
        let own = own.get(character).unwrap_or(&nothing);
        let mut carry = 1;
        for ((word, own), any) in state.iter_mut().zip(own).zip(&any) {
            let next = *word >> 63;
            *word = ((*word << 1) | carry) & (own | any);
            carry = next;
        }
        if state.last().is_some_and(|word| word & goal != 0) {
            return Some(index + 1);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The rule, said as plainly as possible.
    fn reference(pattern: &[char], text: &[char]) -> bool {
        match pattern.split_first() {
            None => text.is_empty(),
            Some(('*', rest)) => (0..=text.len()).any(|skip| reference(rest, &text[skip..])),
            Some(('?', rest)) => !text.is_empty() && reference(rest, &text[1..]),
            Some((literal, rest)) => text.first() == Some(literal) && reference(rest, &text[1..]),
        }
    }

    #[test]
    fn documented_examples() {
        // S1, S4, S6, S9: wildcards anywhere; the star crosses `/` and `:`, and may be nothing.
        for (pattern, text, yes) in [
            ("ecs:*SecurityGroup*", "ecs:AuthorizeSecurityGroupEgress", true),
            ("*:Describe*", "ecs:DescribeInstances", true),
            ("Ecs:describe*", "ecs:DescribeInstances", true),
            ("acs:*:*cn-beijing*:*:*", "acs:ecs:cn-beijing:1:instance/i-1", true),
            ("acs:oss:*:*:mybucket/*", "acs:oss:*:1:mybucket/dir/file", true),
            ("acs:oss:*:*:mybucket/*", "acs:oss:*:1:mybucket", false),
            ("acs:oss:*:*:mybucket/dir", "acs:oss:*:1:mybucket/dir/file", false),
            ("?", "", false),
            ("?", "部", true),
            ("", "", true),
            ("", "x", false),
            ("*", "", true),
            ("ÄB*", "äbc", true),
        ] {
            assert_eq!(matches(pattern, text, Case::Fold), yes, "{pattern} against {text}");
        }
        assert!(!matches("Vpc-*", "vpc-1", Case::Exact));
    }

    #[test]
    fn texts_that_are_the_same_have_one_hash() {
        let long = "ecs:Describe".repeat(20);
        let upper = long.to_uppercase();
        for (one, other) in [
            ("ecs:Run", "ECS:rUN"),
            ("\u{212A}ms:x", "kms:X"),
            ("ÄB", "äb"),
            (long.as_str(), &*upper),
        ] {
            assert!(same(one, other, Case::Fold), "{one} {other}");
            assert_eq!(hash(one), hash(other), "{one} {other}");
        }
        assert_ne!(hash("ecs:Run"), hash("ecs:Runs"));
    }

    #[test]
    fn hostile_patterns_end_soon() {
        let text = "a".repeat(200_000);
        let pattern = format!("*{}b*", "?".repeat(3_000));
        assert!(!matches(&pattern, &text, Case::Fold));
        assert!(!matches(&"a*".repeat(3_000).replace("a*a*a*", "a*a*b*"), &text, Case::Fold));
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2000) })]

        #[test]
        fn agrees_with_the_reference(pattern in "[abä*?]{0,8}", text in "[abä]{0,10}") {
            let p: Vec<char> = pattern.chars().collect();
            let t: Vec<char> = text.chars().collect();
            prop_assert_eq!(matches(&pattern, &text, Case::Exact), reference(&p, &t));
            prop_assert_eq!(matches(&pattern.to_uppercase(), &text, Case::Fold), reference(&p, &t));
        }

        #[test]
        fn both_searches_agree(piece in "[ab?]{1,9}", text in "[ab]{0,40}") {
            let symbols = symbols(&piece, Case::Exact);
            let text: Vec<char> = text.chars().collect();
            prop_assert_eq!(find_piece(&symbols, &text), find_long_piece(&symbols, &text));
        }

        #[test]
        fn both_searches_agree_on_long_pieces(piece in "[a?]{60,140}", text in "[ab]{0,20}a{50,200}") {
            let symbols = symbols(&piece, Case::Exact);
            let text: Vec<char> = text.chars().collect();
            prop_assert_eq!(find_piece(&symbols, &text), find_long_piece(&symbols, &text));
        }

        #[test]
        fn no_text_panics(pattern in ".{0,20}", text in ".{0,20}") {
            let _ = matches(&pattern, &text, Case::Fold);
            let _ = covers(&pattern, &text, Case::Fold);
            let _ = overlaps(&pattern, &text, Case::Fold);
            let _ = arn::split(&text);
        }
    }
}
