//! How many actions are listed under the services whose resources their statements name. One statement of two thousand
//! actions and as many services would make four million entries: where that becomes too much they are counted.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hash};

use super::Tally;
use crate::policy::pattern::Hashed;

/// Pairs of an action and a service that one document may list. Real policies have some dozens.
const MOST: usize = 5_000;

/// Tells which statements of a document list their actions under the services of their resources.
#[derive(Debug)]
pub(super) struct Listed {
    left: usize,
}

impl Default for Listed {
    fn default() -> Self {
        Self { left: MOST }
    }
}

impl Listed {
    /// The pairs of a statement; None where they are too many beside those of the statements before.
    pub(super) const fn take(&mut self, actions: usize, services: usize) -> Option<usize> {
        let pairs = actions.saturating_mul(services);
        if pairs > self.left {
            return None;
        }
        self.left -= pairs;
        Some(pairs)
    }
}

/// What a statement says of actions that are only counted, each once.
#[derive(Debug)]
pub(super) struct Unlisted<C> {
    seen: HashSet<u64, BuildHasherDefault<Hashed>>,
    all: Tally,
    /// Those of each service itself.
    own: HashMap<C, Tally>,
}

impl<C> Default for Unlisted<C> {
    fn default() -> Self {
        Self { seen: HashSet::default(), all: Tally::default(), own: HashMap::new() }
    }
}

impl<C: Eq + Hash> Unlisted<C> {
    /// One more action or pattern, by its [`crate::policy::pattern::hash`], with its service.
    pub(super) fn add(&mut self, hash: u64, service: C, is_pattern: bool) {
        if self.seen.insert(hash) {
            self.all.add(is_pattern);
            self.own.entry(service).or_default().add(is_pattern);
        }
    }

    /// Those of other services than this one.
    pub(super) fn beside(&self, service: &C) -> Tally {
        let own = self.own.get(service).copied().unwrap_or_default();
        Tally {
            actions: self.all.actions - own.actions,
            patterns: self.all.patterns - own.patterns,
        }
    }
}
