//! The differences between two corresponding grants.

use std::collections::{BTreeSet, HashMap, VecDeque};

use super::effort::Effort;
use super::form::{self, Test};
use super::group::{Group, resource_case};
use super::{Change, Reach};
use crate::policy::document::Condition;
use crate::policy::explain;
use crate::policy::key;
use crate::policy::pattern::{self, Case, arn};
use crate::policy::wording;
use crate::say::{Language, say};

/// What changes from one grant to the other; nothing where they mean the same.
pub(super) fn between(
    language: Language,
    one: &Group<'_>,
    other: &Group<'_>,
    effort: &Effort,
) -> Vec<Change> {
    let mut changes = Vec::new();
    if one.meaning == other.meaning {
        return changes;
    }
    let (gone, added) = actions(one, other, effort);
    if !added.is_empty() {
        changes.push(Change::ActionsAdded(added));
    }
    if !gone.is_empty() {
        changes.push(Change::ActionsGone(gone));
    }
    if let Some(how) = reach(one, other, effort) {
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
fn actions(one: &Group<'_>, other: &Group<'_>, effort: &Effort) -> (Vec<String>, Vec<String>) {
    let Some(lists) = one.meaning.lists(&other.meaning) else { return Default::default() };
    let left = missing(one, lists.left, lists.right, effort);
    let right = missing(other, lists.right, lists.left, effort);
    // Where all but a list is meant, a name more in the list is an action less.
    if lists.all_but { (right, left) } else { (left, right) }
}

/// The actions of `one`, which are in its list, that the list of the other does not cover.
fn missing(
    group: &Group<'_>,
    one: &BTreeSet<String>,
    other: &BTreeSet<String>,
    effort: &Effort,
) -> Vec<String> {
    let wild: Vec<&String> = other.iter().filter(|action| pattern::has_wildcard(action)).collect();
    let covered = |action: &str| {
        !effort.is_spent() && wild.iter().any(|wild| effort.covers(wild, action, Case::Fold))
    };
    let missing = one.difference(other).filter(|action| !covered(action));
    missing.map(|action| group.spelled(action)).collect()
}

/// How the resources of the second relate to those of the first; None where they are the same.
fn reach(one: &Group<'_>, other: &Group<'_>, effort: &Effort) -> Option<Reach> {
    let (left, right) = (&one.meaning, &other.meaning);
    if left.resources == right.resources && left.not_resource == right.not_resource {
        return None;
    }
    let [_, unknown, _] = left.unknown;
    let (Some(a), Some(b), false) = (&left.resources, &right.resources, unknown) else {
        return Some(Reach::Different);
    };
    let (a, b) = ((left.not_resource, a), (right.not_resource, b));
    match (within(a, b, effort), within(b, a, effort)) {
        (true, true) => None,
        (true, false) => Some(Reach::Wider),
        (false, true) => Some(Reach::Narrower),
        (false, false) => Some(Reach::Different),
    }
}

/// Resources: a list, or (true) all but a list.
type Resources<'a> = (bool, &'a BTreeSet<String>);

/// Can it be shown that all of the one are among the other?
fn within((all_but, one): Resources<'_>, (but, other): Resources<'_>, effort: &Effort) -> bool {
    match (all_but, but) {
        (false, false) => covered(one, other, effort),
        // What the other leaves out, the one leaves out too.
        (true, true) => covered(other, one, effort),
        // Case counts in names of some resources only: where it may not, they share more. A request on no particular
        // resource is met by every resource of a service, and by no list of what is left out.
        (false, true) => !one.iter().any(|one| {
            is_whole_service(one)
                || other.iter().any(|other| effort.overlaps(one, other, Case::Fold))
        }),
        (true, false) => other.contains(form::ANY),
    }
}

/// Does it match every resource of a service?
fn is_whole_service(resource: &str) -> bool {
    arn::code(resource).is_some_and(|code| arn::is_every_of(resource, &pattern::fold(code)))
}

/// Is every pattern of one list covered by some pattern of the other?
fn covered(narrow: &BTreeSet<String>, wide: &BTreeSet<String>, effort: &Effort) -> bool {
    let covers =
        |narrow: &str| wide.iter().any(|wide| effort.covers(wide, narrow, resource_case(narrow)));
    narrow.iter().all(|one| wide.contains(one) || (!effort.is_spent() && covers(one)))
}

/// Conditions dropped, added, and changed on the same key.
fn conditions(language: Language, one: &Group<'_>, other: &Group<'_>, changes: &mut Vec<Change>) {
    let phrase = |condition: &Condition| wording::phrase(language, condition);
    let gone = one.conditions.iter().filter(|c| !other.meaning.conditions.contains(&Test::of(c)));
    let mut added: Vec<Option<&Condition>> = other
        .conditions
        .iter()
        .filter(|c| !one.meaning.conditions.contains(&Test::of(c)))
        .map(|condition| Some(*condition))
        .collect();
    let mut by_key: HashMap<String, VecDeque<usize>> = HashMap::new();
    for (at, condition) in added.iter().enumerate() {
        if let Some(condition) = condition {
            by_key.entry(key::identity(&condition.key.value)).or_default().push_back(at);
        }
    }
    for condition in gone {
        let same_key = by_key.get_mut(&key::identity(&condition.key.value));
        let new = same_key.and_then(VecDeque::pop_front).and_then(|at| added.get_mut(at)?.take());
        changes.push(match new {
            Some(new) => Change::ConditionChanged {
                key: condition.key.value.to_string(),
                left: phrase(condition),
                right: phrase(new),
            },
            None => Change::ConditionDropped(phrase(condition)),
        });
    }
    changes.extend(added.into_iter().flatten().map(|c| Change::ConditionAdded(phrase(c))));
}
