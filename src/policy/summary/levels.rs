//! The levels of names that were met: a few thousand of them make up most policies.

use std::collections::HashSet;
use std::hash::{BuildHasherDefault, Hash, Hasher};

use crate::policy::level::{self, AccessLevel};
use crate::policy::pattern::{self, Hashed, Name};
use crate::policy::vocabulary::Vocabulary;

/// So many are remembered: more would take longer to reach than a level takes to be made.
const MOST: usize = 1 << 15;

/// The levels, by the hashes of what tells them.
#[derive(Debug, Default)]
pub(super) struct Levels(HashSet<Known, BuildHasherDefault<Hashed>>);

/// The hash of what tells a level, with the place of the level among all in its lowest bits: half of the memory of two numbers,
/// of which every name of a large file asks.
#[derive(Clone, Copy, Debug)]
struct Known(u64);

impl Known {
    const BITS: u32 = 3;

    const fn key(self) -> u64 {
        self.0 >> Self::BITS
    }

    fn with(self, level: AccessLevel) -> Self {
        let at = AccessLevel::ALL.iter().position(|one| *one == level);
        Self(self.key() << Self::BITS | at.unwrap_or_default() as u64)
    }

    fn level(self) -> Option<AccessLevel> {
        AccessLevel::ALL.get(self.0 as usize % (1 << Self::BITS)).copied()
    }
}

impl PartialEq for Known {
    fn eq(&self, other: &Self) -> bool {
        self.key() == other.key()
    }
}

impl Eq for Known {}

impl Hash for Known {
    fn hash<H: Hasher>(&self, state: &mut H) {
        // The highest bits of a hash count in a set too.
        state.write_u64(self.key() ^ self.key() << (u64::BITS - Self::BITS));
    }
}

impl Levels {
    /// The level of an action or pattern, by the hash of its name in lower case. `by_name`: see [`level::is_told_by_name`].
    pub(super) fn of(
        &mut self,
        name: &Name<'_>,
        hash: u64,
        by_name: bool,
        vocabulary: &dyn Vocabulary,
    ) -> AccessLevel {
        if !name.is_pattern
            && let Some(known) = vocabulary.action_of_hash(name.text, hash)
        {
            return known.level;
        }
        // Where its words begin is told by the case of a name.
        let telling = name.end().filter(|_| by_name && !name.is_pattern).unwrap_or(name.text);
        let spelling = Known(pattern::hash_as_is(telling));
        let known = self.0.get(&spelling).and_then(|known| known.level());
        known.unwrap_or_else(|| {
            let level = if name.is_pattern {
                level::of_folded(name.text, &name.folded, vocabulary).0
            } else {
                level::by_folded_name(name.text, &name.folded)
            };
            if self.0.len() < MOST {
                self.0.insert(spelling.with(level));
            }
            level
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::pattern::Lower;
    use crate::policy::vocabulary::Nothing;

    #[test]
    fn what_is_remembered_is_what_would_be_made() {
        let verbs = ["Get", "List", "Create", "Tag", "PutBucketPolicy", "is", "Is"];
        let mut levels = Levels::default();
        // More names than there is room for, each asked for twice.
        for round in 0..2 {
            for n in 0..MOST / 4 {
                for (at, verb) in verbs.iter().enumerate() {
                    let single = (n + at) % 5 != 0;
                    let end = if single { "" } else { "*" };
                    let action = format!("x{}:{verb}X{n}{end}", n % 3);
                    let mut lower = Lower::new();
                    let name = lower.name(&action);
                    let level = levels.of(&name, pattern::hash(&action), true, &Nothing);
                    assert_eq!(level, level::of(&action, &Nothing).0, "{action}, round {round}");
                }
            }
        }
        assert_eq!(levels.0.len(), MOST);
    }
}
