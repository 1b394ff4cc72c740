//! The differences between two corresponding grants, and between all that two documents allow.

use std::collections::{BTreeSet, HashSet};

use super::group::{Group, Test, resource_case};
use super::{Change, Reach};
use crate::policy::document::{Condition, Effect};
use crate::policy::explain;
use crate::policy::pattern::{self, Case};
use crate::policy::wording;
use crate::say::{Language, said, say};

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
    // Under NotAction a name more in the list is an action less.
    let listed_gone = missing(one, other);
    let listed_added = missing(other, one);
    let (gone, added) = if one.meaning.not_action {
        (listed_added, listed_gone)
    } else {
        (listed_gone, listed_added)
    };
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

/// The actions in the list of `one` that the list of `other` does not cover.
fn missing(one: &Group<'_>, other: &Group<'_>) -> Vec<String> {
    let wild: Vec<&String> = other
        .meaning
        .actions
        .iter()
        .filter(|action| pattern::has_wildcard(action))
        .take(patterns_for(one.meaning.actions.len()))
        .collect();
    one.meaning
        .actions
        .difference(&other.meaning.actions)
        .filter(|action| !wild.iter().any(|wild| pattern::covers(wild, action, Case::Fold)))
        .map(|action| one.spelled(action))
        .collect()
}

/// How the resources of the second relate to those of the first; None where they are the same.
fn reach(one: &Group<'_>, other: &Group<'_>) -> Option<Reach> {
    let (left, right) = (&one.meaning, &other.meaning);
    if left.resources == right.resources && left.not_resource == right.not_resource {
        return None;
    }
    let (Some(a), Some(b)) = (&left.resources, &right.resources) else {
        return Some(Reach::Different);
    };
    if left.not_resource != right.not_resource {
        return Some(Reach::Different);
    }
    let (wider, narrower) = (covered(a, b), covered(b, a));
    match (wider, narrower, left.not_resource) {
        (true, true, _) => None,
        (true, false, false) | (false, true, true) => Some(Reach::Wider),
        (false, true, false) | (true, false, true) => Some(Reach::Narrower),
        (false, false, _) => Some(Reach::Different),
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
        let same_key =
            |other: &&Condition| pattern::same(&other.key.value, &condition.key.value, Case::Fold);
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

/// The actions that `ours` allow, on whatever resource, and `theirs` do not.
pub(super) fn not_allowed_by(
    language: Language,
    ours: &[Group<'_>],
    theirs: &[Group<'_>],
) -> Vec<String> {
    let allows = |group: &&Group<'_>| group.meaning.effect == Effect::Allow;
    let most = patterns_for(ours.iter().map(|group| group.meaning.actions.len()).sum());
    let mut names: HashSet<&str> = HashSet::new();
    let mut wild: Vec<&str> = Vec::new();
    for group in theirs.iter().filter(allows).filter(|group| !group.meaning.not_action) {
        for action in &group.meaning.actions {
            names.insert(action);
            if pattern::has_wildcard(action) && wild.len() < most {
                wild.push(action);
            }
        }
    }
    let all_but: Vec<&Group<'_>> = theirs
        .iter()
        .filter(allows)
        .filter(|group| group.meaning.not_action && group.meaning.actions.len() <= most)
        .take(most / 4)
        .collect();
    let allowed = |action: &str| {
        names.contains(action)
            || wild.iter().any(|wild| pattern::covers(wild, action, Case::Fold))
            || all_but.iter().any(|group| {
                let mut listed = group.meaning.actions.iter();
                !listed.any(|listed| pattern::overlaps(listed, action, Case::Fold))
            })
    };
    let mut seen = HashSet::new();
    let mut missing = Vec::new();
    for group in ours.iter().filter(allows) {
        if group.meaning.not_action {
            let same = all_but.iter().any(|theirs| {
                theirs.meaning.actions.iter().all(|listed| {
                    let mut ours = group.meaning.actions.iter();
                    ours.any(|ours| pattern::covers(ours, listed, Case::Fold))
                })
            });
            if !same && !allowed("*") {
                let spelled: Vec<String> =
                    group.meaning.actions.iter().map(|action| group.spelled(action)).collect();
                let listed =
                    wording::first(language, &spelled, 6, |action| wording::visible(action));
                let listed = wording::join(language, &listed, "and");
                missing.push(said(language, "everything except {}", &[&listed]));
            }
            continue;
        }
        for action in &group.meaning.actions {
            if !allowed(action) && seen.insert(action) {
                missing.push(group.spelled(action));
            }
        }
    }
    missing
}
