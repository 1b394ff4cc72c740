//! Lists in order, for every room. A sort is compiled anew for each type that it sorts, some 7 kB a time; these are compiled
//! once: they sort the places of the items and then move the items there. Stable.
//!
//! For lists that people look at. What is sorted in a hot loop (the hits of Find) keeps a sort of its own.

use std::cmp::Ordering;

/// Sorts by comparing two items.
pub fn by<T>(items: &mut [T], mut order: impl FnMut(&T, &T) -> Ordering) {
    let mut places: Vec<usize> = (0..items.len()).collect();
    arrange(&mut places, &mut |one, other| match (items.get(one), items.get(other)) {
        (Some(one), Some(other)) => order(one, other),
        // Places are those of items.
        _ => Ordering::Equal,
    });
    follow(&mut places, &mut |one, other| items.swap(one, other));
}

/// Sorts by a key of each item.
pub fn by_key<T, K: Ord>(items: &mut [T], mut key: impl FnMut(&T) -> K) {
    by(items, |one, other| key(one).cmp(&key(other)));
}

/// The one sort.
#[inline(never)]
fn arrange(places: &mut [usize], order: &mut dyn FnMut(usize, usize) -> Ordering) {
    places.sort_by(|one, other| order(*one, *other));
}

/// Moves each item to its place: `places` tells which item belongs there.
#[inline(never)]
fn follow(places: &mut [usize], swap: &mut dyn FnMut(usize, usize)) {
    for start in 0..places.len() {
        // Along the ring that begins here; a place that has its item points to itself.
        let mut at = start;
        while let Some(place) = places.get_mut(at) {
            let from = std::mem::replace(place, at);
            if from == start || from == at {
                break;
            }
            swap(at, from);
            at = from;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn the_order_is_that_of_the_library(items in prop::collection::vec((0u8..6, any::<u16>()), 0..60)) {
            let (mut ours, mut theirs) = (items.clone(), items);
            by_key(&mut ours, |item| item.0);
            theirs.sort_by_key(|item| item.0);
            prop_assert_eq!(&ours, &theirs);
            by(&mut ours, |one, other| other.1.cmp(&one.1).then(one.0.cmp(&other.0)));
            theirs.sort_by(|one, other| other.1.cmp(&one.1).then(one.0.cmp(&other.0)));
            prop_assert_eq!(ours, theirs);
        }
    }
}
