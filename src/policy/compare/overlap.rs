//! Do two documents speak of anything in common?

use std::collections::BTreeSet;

use super::group::Group;
use crate::policy::pattern::{self, Case};

/// Pairs of patterns that are tried at most; beyond them two documents may have something in common.
const MOST_TRIED: usize = 200_000;

/// Is it sure that no request is matched by grants of both with the same effect? Principals and
/// conditions are not looked at.
pub(super) fn disjoint(left: &[Group<'_>], right: &[Group<'_>]) -> bool {
    let mut left_to_try = MOST_TRIED;
    left.iter().all(|one| right.iter().all(|other| apart(one, other, &mut left_to_try)))
}

fn apart(one: &Group<'_>, other: &Group<'_>, left_to_try: &mut usize) -> bool {
    let (one, other) = (&one.meaning, &other.meaning);
    if one.effect != other.effect {
        return true;
    }
    let mut lists = |one: Listed<'_>, other: Listed<'_>| {
        let tried = one.1.len().saturating_mul(other.1.len()).saturating_add(1);
        let enough = left_to_try.checked_sub(tried);
        enough.is_some_and(|rest| {
            *left_to_try = rest;
            lists_apart(one, other)
        })
    };
    if lists((one.not_action, &one.actions), (other.not_action, &other.actions)) {
        return true;
    }
    match (&one.resources, &other.resources) {
        (Some(a), Some(b)) => lists((one.not_resource, a), (other.not_resource, b)),
        _ => false,
    }
}

/// A list of patterns, or (true) all but a list.
type Listed<'a> = (bool, &'a BTreeSet<String>);

/// Letters count as the same throughout: where case matters two lists share less.
fn lists_apart((all_but, one): Listed<'_>, (but, other): Listed<'_>) -> bool {
    let outside = |list: &BTreeSet<String>, left_out: &BTreeSet<String>| {
        list.iter().all(|own| left_out.iter().any(|out| pattern::covers(out, own, Case::Exact)))
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
