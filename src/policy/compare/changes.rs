//! The differences between two corresponding grants.

use std::collections::BTreeSet;

use super::form::{self, Test};
use super::group::{Group, resource_case};
use super::{Change, Reach};
use crate::policy::document::Condition;
use crate::policy::explain;
use crate::policy::key;
use crate::policy::pattern::{self, Case};
use crate::policy::wording;
use crate::say::{Language, say};

/// How many patterns of one side are tried on each of so many names of the other: real policies are
/// far below, and hostile ones must not take minutes. What is not tried counts as not covered.
pub(super) fn patterns_for(names: usize) -> usize {
    (200_000 / names.max(1)).clamp(4, 1_000)
}

/// What changes from one grant to the other; nothing where they mean the same.
pub(super) fn between(language: Language, one: &Group<'_>, other: &Group<'_>) -> Vec<Change> {
    let mut changes = Vec::new();
    if one.meaning == other.meaning {
        return changes;
    }
    let (gone, added) = actions(one, other);
    if !added.is_empty() {
        changes.push(Change::ActionsAdded(added));
    }
    if !gone.is_empty() {
        changes.push(Change::ActionsGone(gone));
    }
    if let Some(how) = reach(one, other) {
        let words = |group: &Group<'_>| {
            group.resource().map_or_else(
                || say(language, "no resource element").to_owned(),
                |resource| explain::resources(language, &resource),
            )
        };
        changes.push(Change::Resources { how, left: words(one), right: words(other) });
    }
    conditions(language, one, other, &mut changes);
    if !one.same_principal(other) {
        let words = |group: &Group<'_>| {
            group.principals(language).unwrap_or_else(|| say(language, "nobody named").to_owned())
        };
        changes.push(Change::Principals { left: words(one), right: words(other) });
    }
    changes
}

/// The actions that went and that came.
fn actions(one: &Group<'_>, other: &Group<'_>) -> (Vec<String>, Vec<String>) {
    let Some(lists) = one.meaning.lists(&other.meaning) else { return Default::default() };
    let left = missing(one, lists.left, lists.right);
    let right = missing(other, lists.right, lists.left);
    // Where all but a list is meant, a name more in the list is an action less.
    if lists.all_but { (right, left) } else { (left, right) }
}

/// The actions of `one`, which are in its list, that the list of the other does not cover.
fn missing(group: &Group<'_>, one: &BTreeSet<String>, other: &BTreeSet<String>) -> Vec<String> {
    let wild: Vec<&String> = other
        .iter()
        .filter(|action| pattern::has_wildcard(action))
        .take(patterns_for(one.len()))
        .collect();
    one.difference(other)
        .filter(|action| !wild.iter().any(|wild| pattern::covers(wild, action, Case::Fold)))
        .map(|action| group.spelled(action))
        .collect()
}

/// How the resources of the second relate to those of the first; None where they are the same.
fn reach(one: &Group<'_>, other: &Group<'_>) -> Option<Reach> {
    let (left, right) = (&one.meaning, &other.meaning);
    if left.resources == right.resources && left.not_resource == right.not_resource {
        return None;
    }
    let [_, unknown, _] = left.unknown;
    let (Some(a), Some(b), false) = (&left.resources, &right.resources, unknown) else {
        return Some(Reach::Different);
    };
    let (a, b) = ((left.not_resource, a), (right.not_resource, b));
    match (within(a, b), within(b, a)) {
        (true, true) => None,
        (true, false) => Some(Reach::Wider),
        (false, true) => Some(Reach::Narrower),
        (false, false) => Some(Reach::Different),
    }
}

/// Resources: a list, or (true) all but a list.
type Resources<'a> = (bool, &'a BTreeSet<String>);

/// Can it be shown that all of the one are among the other?
fn within((all_but, one): Resources<'_>, (but, other): Resources<'_>) -> bool {
    match (all_but, but) {
        (false, false) => covered(one, other),
        // What the other leaves out, the one leaves out too.
        (true, true) => covered(other, one),
        // Case counts in names of some resources only: where it may not, they share more.
        (false, true) => {
            one.len() <= patterns_for(other.len())
                && !one
                    .iter()
                    .any(|one| other.iter().any(|other| pattern::overlaps(one, other, Case::Fold)))
        }
        (true, false) => other.contains(form::ANY),
    }
}

/// Is every pattern of one list covered by some pattern of the other?
fn covered(narrow: &BTreeSet<String>, wide: &BTreeSet<String>) -> bool {
    let narrow_count = narrow.len();
    narrow.iter().all(|narrow| {
        wide.contains(narrow)
            || wide
                .iter()
                .take(patterns_for(narrow_count))
                .any(|wide| pattern::covers(wide, narrow, resource_case(narrow)))
    })
}

/// Conditions dropped, added, and changed on the same key.
fn conditions(language: Language, one: &Group<'_>, other: &Group<'_>, changes: &mut Vec<Change>) {
    let phrase = |condition: &Condition| wording::phrase(language, condition);
    let gone = one.conditions.iter().filter(|c| !other.meaning.conditions.contains(&Test::of(c)));
    let mut added: Vec<_> = other
        .conditions
        .iter()
        .filter(|c| !one.meaning.conditions.contains(&Test::of(c)))
        .collect();
    for condition in gone {
        let same_key = |other: &&Condition| {
            key::identity(&other.key.value) == key::identity(&condition.key.value)
        };
        match added.iter().position(|other| same_key(other)) {
            Some(at) => {
                let new = added.remove(at);
                changes.push(Change::ConditionChanged {
                    key: condition.key.value.to_string(),
                    left: phrase(condition),
                    right: phrase(new),
                });
            }
            None => changes.push(Change::ConditionDropped(phrase(condition))),
        }
    }
    changes.extend(added.into_iter().map(|c| Change::ConditionAdded(phrase(c))));
}
