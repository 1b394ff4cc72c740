//! Codes of services, each kept in memory once for the rest of the run: thousands of documents touch the same few.

use std::collections::HashSet;
use std::hash::{Hash, Hasher};
use std::ops::Deref;
use std::sync::{LazyLock, OnceLock, PoisonError, RwLock};

/// The RAM code of a service, as cheap as a number.
#[derive(Clone, Copy)]
pub struct Code(&'static Known);

/// A code that was met.
struct Known {
    text: &'static str,
    /// How many were met before.
    number: u32,
}

/// How many codes the first shelf holds; each further one holds twice as many as the one before.
const FIRST: u32 = 64;
/// Enough shelves for all numbers.
const SHELVES: usize = 27;

/// A place for each of some codes.
type Shelf = Box<[OnceLock<Code>]>;

/// The codes by their numbers. A code that was put here stays in its place, so that asking for one takes no lock.
static BY_NUMBER: [OnceLock<Shelf>; SHELVES] = [const { OnceLock::new() }; SHELVES];

/// The shelf of a number, and the place on it.
const fn place(number: u32) -> (usize, usize) {
    let shelf = (number / FIRST + 1).ilog2();
    (shelf as usize, (number - FIRST * ((1 << shelf) - 1)) as usize)
}

impl Code {
    /// The code of this text.
    pub fn of(text: &str) -> Self {
        static KNOWN: LazyLock<RwLock<HashSet<Code>>> = LazyLock::new(RwLock::default);
        let read = || KNOWN.read().unwrap_or_else(PoisonError::into_inner).get(text).copied();
        read().unwrap_or_else(|| {
            let mut known = KNOWN.write().unwrap_or_else(PoisonError::into_inner);
            // Another thread may have been quicker.
            known.get(text).copied().unwrap_or_else(|| {
                let text: &'static str = Box::leak(Box::from(text));
                let number = known.len() as u32;
                let code = Self(Box::leak(Box::new(Known { text, number })));
                known.insert(code);
                code.keep();
                code
            })
        })
    }

    /// The text.
    pub const fn as_str(self) -> &'static str {
        self.0.text
    }

    /// Puts it where [`Code::numbered`] finds it.
    fn keep(self) {
        let (shelf, at) = place(self.number());
        let Some(places) = BY_NUMBER.get(shelf) else { return };
        let empty = || (0..FIRST << shelf).map(|_| OnceLock::new()).collect();
        if let Some(place) = places.get_or_init(empty).get(at) {
            place.get_or_init(|| self);
        }
    }

    /// Its number in this run.
    pub(super) const fn number(self) -> u32 {
        self.0.number
    }

    /// The code of a number.
    pub(super) fn numbered(number: u32) -> Option<Self> {
        let (shelf, at) = place(number);
        BY_NUMBER.get(shelf)?.get()?.get(at)?.get().copied()
    }
}

impl PartialEq for Code {
    fn eq(&self, other: &Self) -> bool {
        self.0.number == other.0.number
    }
}

impl Eq for Code {}

// As its text does, by which a set of codes is asked.
impl Hash for Code {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.text.hash(state);
    }
}

impl Deref for Code {
    type Target = str;

    fn deref(&self) -> &str {
        self.as_str()
    }
}

impl std::borrow::Borrow<str> for Code {
    fn borrow(&self) -> &str {
        self.as_str()
    }
}

impl PartialEq<&str> for Code {
    fn eq(&self, other: &&str) -> bool {
        self.as_str() == *other
    }
}

impl std::fmt::Debug for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        std::fmt::Debug::fmt(self.as_str(), f)
    }
}

impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_leads_back_to_its_code() {
        let codes: Vec<Code> = (0..1_000).map(|n| Code::of(&format!("number-{n}"))).collect();
        for code in codes {
            assert_eq!(Code::numbered(code.number()).as_deref(), Some(code.as_str()));
            assert_eq!(Code::of(code.as_str()), code);
        }
        assert_eq!(Code::numbered(u32::MAX - 100), None);
        assert_eq!(place(0), (0, 0));
        assert_eq!(place(FIRST - 1), (0, 63));
        assert_eq!(place(FIRST), (1, 0));
        assert_eq!(place(3 * FIRST), (2, 0));
    }
}
