//! In which order the roles of a product go: a role that others need, or can bring back, goes later.

use std::collections::BTreeSet;

use super::super::model::{RoleId, Standing, Text};

/// One role has to go before another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Precedence {
    /// This role goes first.
    pub first: RoleId,
    /// This role goes later.
    pub then: RoleId,
    /// Why.
    pub because: Text,
    /// How sure that is.
    pub standing: Standing,
}

/// Most precedences that are worked out from policies for one plan, and most pairs of a power and a role that are
/// held against each other for that: where every role may bring back every other one, both grow with the square.
pub(super) const MOST: usize = 500;
pub(super) const MOST_PAIRS: usize = 4_000_000;

/// Sorts `count` roles, named by their places, so that every pair (first, then) holds, keeping their own order
/// otherwise; and says whether all hold.
///
/// Pairs that contradict each other cannot all hold; then the own order decides. Time grows with roles and pairs.
pub(super) fn sort(count: usize, pairs: &[(usize, usize)]) -> (Vec<usize>, bool) {
    let mut holds = true;
    let mut later: Vec<Vec<usize>> = vec![Vec::new(); count];
    let mut waits = vec![0_usize; count];
    for &(first, then) in pairs {
        if first == then {
            holds = false;
        } else if let (Some(later), Some(waits)) = (later.get_mut(first), waits.get_mut(then)) {
            later.push(then);
            *waits += 1;
        }
    }
    let mut left: BTreeSet<usize> = (0..count).collect();
    let mut free: BTreeSet<usize> =
        waits.iter().enumerate().filter(|(_, waits)| **waits == 0).map(|(at, _)| at).collect();
    let mut sorted = Vec::with_capacity(count);
    while let Some(lowest) = left.first().copied() {
        let next = free.pop_first();
        holds &= next.is_some();
        let next = next.unwrap_or(lowest);
        left.remove(&next);
        sorted.push(next);
        for then in later.get(next).into_iter().flatten() {
            if let Some(waits) = waits.get_mut(*then) {
                *waits -= 1;
                if *waits == 0 && left.contains(then) {
                    free.insert(*then);
                }
            }
        }
    }
    (sorted, holds)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted(pairs: &[(usize, usize)]) -> String {
        let (sorted, holds) = sort(3, pairs);
        let names: String = sorted.iter().filter_map(|at| "abc".chars().nth(*at)).collect();
        if holds { names } else { format!("{names}, not all hold") }
    }

    #[test]
    fn precedences_hold_and_the_order_stays_otherwise() {
        assert_eq!(sorted(&[]), "abc");
        assert_eq!(sorted(&[(2, 0)]), "bca");
        assert_eq!(sorted(&[(1, 0), (2, 1)]), "cba");
        assert_eq!(sorted(&[(1, 0), (1, 0)]), "bac", "told twice");
        // A circle: all roles come out, once.
        assert_eq!(sorted(&[(0, 1), (1, 0)]), "cab, not all hold");
        assert_eq!(sorted(&[(0, 0)]), "abc, not all hold");
        assert_eq!(sorted(&[(0, 1), (1, 2), (2, 0)]), "abc, not all hold");
    }

    #[test]
    fn thousands_of_roles_are_sorted_whether_they_stand_in_a_row_or_in_a_ring() {
        let count = 20_000;
        let mut pairs: Vec<_> = (1..count).map(|at| (at, at - 1)).collect();
        assert_eq!(sort(count, &pairs), ((0..count).rev().collect(), true));
        pairs.push((0, count - 1));
        let (sorted, holds) = sort(count, &pairs);
        assert_eq!((sorted.first(), sorted.len(), holds), (Some(&0), count, false));
    }
}
