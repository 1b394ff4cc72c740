//! The services of a document, packed: lists, filters and the matrix keep those of thousands of documents, and most
//! numbers in them are small or 0.

use std::sync::Arc;

use super::{Code, Touched};
use crate::policy::level::AccessLevel;

/// The services that a document touches, in its order: some five bytes each. Cheap to clone.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Touches(Arc<[u8]>);

/// The bits of an entry's head that tell the level: its place among all levels from 1, and 0 for none.
const LEVEL: u8 = 0b111;

/// The same for none of a service that patterns of any service leave alone.
const LEFT_OUT: u8 = LEVEL;

/// The numbers that have a bit in the head of an entry, and stand there only where they are not 0.
const RARE: usize = 5;

impl Touches {
    /// Packs the services of a document; `buffer` is memory that is used for one document after the other.
    pub fn of(services: impl IntoIterator<Item = Touched>, buffer: &mut Vec<u8>) -> Self {
        buffer.clear();
        for one in services {
            let rare =
                [one.patterns, one.through, one.through_patterns, one.denied, one.denied_patterns];
            let level = AccessLevel::ALL.iter().position(|level| Some(*level) == one.level);
            let none = if one.left_out { LEFT_OUT } else { 0 };
            let mut head = level.map_or(none, |at| at as u8 + 1);
            for (bit, number) in rare.iter().enumerate() {
                head |= u8::from(*number != 0) << (LEVEL.count_ones() as usize + bit);
            }
            put(buffer, one.code.number());
            buffer.push(head);
            put(buffer, one.actions);
            rare.iter().filter(|number| **number != 0).for_each(|n| put(buffer, *n));
        }
        Self(Arc::from(buffer.as_slice()))
    }

    /// Is no service touched, and nothing denied?
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The services.
    pub fn iter(&self) -> impl Iterator<Item = Touched> + use<'_> {
        let mut left = &*self.0;
        std::iter::from_fn(move || one(&mut left))
    }
}

impl std::fmt::Debug for Touches {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

impl From<Vec<Touched>> for Touches {
    fn from(services: Vec<Touched>) -> Self {
        Self::of(services, &mut Vec::new())
    }
}

/// Takes the first entry.
fn one(left: &mut &[u8]) -> Option<Touched> {
    let code = Code::numbered(take(left)?)?;
    let (head, rest) = left.split_first()?;
    *left = rest;
    let left_out = head & LEVEL == LEFT_OUT;
    let level = (head & LEVEL).checked_sub(1).and_then(|at| AccessLevel::ALL.get(usize::from(at)));
    let actions = take(left)?;
    let mut rare = [0_u32; RARE];
    for (bit, number) in rare.iter_mut().enumerate() {
        if head & (1 << (LEVEL.count_ones() as usize + bit)) != 0 {
            *number = take(left)?;
        }
    }
    let [patterns, through, through_patterns, denied, denied_patterns] = rare;
    let level = level.copied();
    Some(Touched {
        code,
        level,
        actions,
        patterns,
        through,
        through_patterns,
        denied,
        denied_patterns,
        left_out,
    })
}

/// Puts a number, seven bits a byte, the lowest first; the highest bit says that more follow.
fn put(bytes: &mut Vec<u8>, mut number: u32) {
    while number > 0x7F {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

/// Takes a number that was put.
fn take(left: &mut &[u8]) -> Option<u32> {
    let mut number = 0;
    let mut shift = 0;
    loop {
        let (byte, rest) = left.split_first()?;
        *left = rest;
        number |= u32::from(byte & 0x7F).checked_shl(shift)?;
        if byte & 0x80 == 0 {
            return Some(number);
        }
        shift += 7;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_comes_back() {
        let mut services = Vec::new();
        for (at, level) in AccessLevel::ALL.into_iter().map(Some).chain([None]).enumerate() {
            for actions in [0, 1, 127, 128, 65_535, 1_000_000, u32::MAX] {
                let mut one = Touched::nothing_of(Code::of(&format!("touches-{at}-{actions}")));
                one.level = level;
                one.actions = actions;
                one.patterns = actions % 3;
                one.through = actions;
                one.through_patterns = u32::from(at % 2 == 0);
                one.denied = u32::MAX - at as u32;
                one.denied_patterns = at as u32 * 300;
                one.left_out = one.level.is_none() && actions % 2 == 1;
                services.push(one);
            }
        }
        let packed = Touches::from(services.clone());
        assert_eq!(packed.iter().collect::<Vec<_>>(), services);
        assert!(!packed.is_empty());
        assert!(Touches::default().is_empty());
        assert_eq!(Touches::default().iter().count(), 0);
    }
}
