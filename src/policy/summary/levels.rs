//! The levels of names that were met: a few thousand of them make up most policies.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;

use crate::policy::level::{self, AccessLevel};
use crate::policy::pattern::{self, Hashed};
use crate::policy::vocabulary::Vocabulary;

/// So many are remembered: more would take longer to reach than a level takes to be made.
const MOST: usize = 1 << 15;

/// The levels, by the hashes of what tells them.
#[derive(Debug, Default)]
pub(super) struct Levels(HashMap<u64, AccessLevel, BuildHasherDefault<Hashed>>);

impl Levels {
    /// The level of an action, or of a pattern where it is not a `single` one. `folded` is its name in lower case.
    pub(super) fn of(
        &mut self,
        action: &str,
        folded: &str,
        single: bool,
        vocabulary: &dyn Vocabulary,
    ) -> AccessLevel {
        if single && let Some(known) = vocabulary.action(action) {
            return known.level;
        }
        // Where its words begin is told by the case of a name.
        let telling = if single { level::telling_part(action, folded) } else { action };
        let spelling = pattern::hash_as_is(telling);
        let known = self.0.get(&spelling).copied();
        known.unwrap_or_else(|| {
            let level = level::of_folded(action, folded, vocabulary).0;
            if self.0.len() < MOST {
                self.0.insert(spelling, level);
            }
            level
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
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
                    let level = levels.of(&action, &action.to_lowercase(), single, &Nothing);
                    assert_eq!(level, level::of(&action, &Nothing).0, "{action}, round {round}");
                }
            }
        }
        assert_eq!(levels.0.len(), MOST);
    }
}
