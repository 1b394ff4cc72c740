//! Tables for keys that come by the thousand: another order in each run, like the standard library's, at a part of
//! the cost.

use std::collections::{HashMap, HashSet};

use foldhash::fast::RandomState;

/// A map.
pub type Map<K, V> = HashMap<K, V, RandomState>;
/// A set.
pub type Set<K> = HashSet<K, RandomState>;
