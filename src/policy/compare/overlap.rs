//! Do two documents speak of any action in common?

use std::collections::BTreeSet;

use super::group::Group;
use crate::policy::pattern::{self, Case};

/// Pairs of patterns that are tried at most; beyond them two documents may have something in common.
const MOST_TRIED: usize = 1_000_000;

/// Is it sure that no action is spoken of by grants of both with the same effect? Resources,
/// principals and conditions are not looked at.
pub(super) fn disjoint(left: &[Group<'_>], right: &[Group<'_>]) -> bool {
    let mut left_to_try = MOST_TRIED;
    left.iter().all(|one| right.iter().all(|other| apart(one, other, &mut left_to_try)))
}

fn apart(one: &Group<'_>, other: &Group<'_>, left_to_try: &mut usize) -> bool {
    let (one, other) = (&one.meaning, &other.meaning);
    if one.effect != other.effect {
        return true;
    }
    let unknown = |[actions, ..]: [bool; 3]| actions;
    if unknown(one.unknown) || unknown(other.unknown) {
        return false;
    }
    let tried = one.actions.len().saturating_mul(other.actions.len()).saturating_add(1);
    left_to_try.checked_sub(tried).is_some_and(|rest| {
        *left_to_try = rest;
        lists_apart((one.not_action, &one.actions), (other.not_action, &other.actions))
    })
}

/// A list of patterns, or (true) all but a list.
type Listed<'a> = (bool, &'a BTreeSet<String>);

fn lists_apart((all_but, one): Listed<'_>, (but, other): Listed<'_>) -> bool {
    let outside = |list: &BTreeSet<String>, left_out: &BTreeSet<String>| {
        list.iter().all(|own| left_out.iter().any(|out| pattern::covers(out, own, Case::Fold)))
    };
    match (all_but, but) {
        (false, false) => !one
            .iter()
            .any(|one| other.iter().any(|other| pattern::overlaps(one, other, Case::Fold))),
        (false, true) => outside(one, other),
        (true, false) => outside(other, one),
        (true, true) => false,
    }
}
