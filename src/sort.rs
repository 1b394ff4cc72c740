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

/// The order of file names as people read them: by what stands before the ending, whole numbers by their size, capitals
/// beside small letters.
pub fn names(one: &str, other: &str) -> Ordering {
    let stem = |name: &str| match name.rsplit_once('.') {
        Some((stem, _)) if !stem.is_empty() => stem.to_owned(),
        _ => name.to_owned(),
    };
    natural(&stem(one), &stem(other)).then_with(|| one.cmp(other))
}

fn natural(one: &str, other: &str) -> Ordering {
    let (mut one, mut other) = (one, other);
    loop {
        let (number, another) = (digits(one), digits(other));
        if !number.is_empty() && !another.is_empty() {
            let [a, b] = [number, another].map(|digits| digits.trim_start_matches('0'));
            let order = a.len().cmp(&b.len()).then_with(|| a.cmp(b));
            if order.is_ne() {
                return order;
            }
            one = one.get(number.len()..).unwrap_or_default();
            other = other.get(another.len()..).unwrap_or_default();
            continue;
        }
        let (mut left, mut right) = (one.chars(), other.chars());
        match (left.next(), right.next()) {
            (Some(a), Some(b)) => {
                let order = a.to_ascii_lowercase().cmp(&b.to_ascii_lowercase());
                if order.is_ne() {
                    return order;
                }
            }
            (a, b) => return a.is_some().cmp(&b.is_some()),
        }
        (one, other) = (left.as_str(), right.as_str());
    }
}

/// The digits that a text begins with.
fn digits(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    text.get(..end).unwrap_or_default()
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

    #[test]
    fn names_of_files_stand_as_people_read_them() {
        let mut files =
            ["x10.json", "a-b.json", "b.json", "x2.json", "A.json", "a.jsonc", "x02", "B2"];
        by(&mut files, |one, other| names(one, other));
        assert_eq!(
            files,
            ["A.json", "a.jsonc", "a-b.json", "b.json", "B2", "x02", "x2.json", "x10.json"]
        );
    }
}
