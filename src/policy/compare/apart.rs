//! Statements that came or went as a whole beside a grant that stayed: they have its resources and conditions, but no
//! action in common with what it corresponds to.

use super::effort::Effort;
use super::form;
use super::group::{self, Group};
use super::pairs;
use crate::policy::document::Document;
use crate::policy::pattern::{self, Case};
use crate::sort;

/// How often what was taken apart is paired anew: it may correspond to grants that were alone before.
const ROUNDS: usize = 3;

/// A document as grants.
pub(super) struct Side<'a> {
    /// The document.
    pub(super) document: &'a Document,
    /// Its grants.
    pub(super) groups: Vec<Group<'a>>,
}

/// Which grants correspond, once statements without an action in common with the other document's grant are grants of
/// their own.
pub(super) fn pairs<'a>(
    left: &mut Side<'a>,
    right: &mut Side<'a>,
    [on_pairs, on_parts]: [&Effort; 2],
) -> Vec<(usize, usize)> {
    let mut found = pairs::pairs(&left.groups, &right.groups, on_pairs);
    for _ in 0..ROUNDS {
        if !split(left, right, &found, on_parts) {
            break;
        }
        found = pairs::pairs(&left.groups, &right.groups, on_parts);
    }
    found
}

/// Takes grants apart that correspond and differ; were there any?
fn split<'a>(
    left: &mut Side<'a>,
    right: &mut Side<'a>,
    pairs: &[(usize, usize)],
    effort: &Effort,
) -> bool {
    let (mut lefts, mut rights) = (Vec::new(), Vec::new());
    for (at, place) in pairs {
        let (Some(one), Some(other)) = (left.groups.get(*at), right.groups.get(*place)) else {
            continue;
        };
        if one.meaning != other.meaning {
            lefts.extend(parts(left.document, one, other, effort).map(|parts| (*at, parts)));
            rights.extend(parts(right.document, other, one, effort).map(|parts| (*place, parts)));
        }
    }
    let any = !lefts.is_empty() || !rights.is_empty();
    for (side, parts) in [(left, lefts), (right, rights)] {
        for (at, [rest, mut alone]) in parts {
            alone.beside = true;
            if let Some(group) = side.groups.get_mut(at) {
                *group = rest;
                side.groups.push(alone);
            }
        }
        sort::by_key(&mut side.groups, |group| group.statements.first().copied());
    }
    any
}

/// The statements of a grant that have an action in common with the other, and those that have none; None where it is
/// one or the other alone, or where the parts would not be grants on the same resources.
fn parts<'a>(
    document: &'a Document,
    group: &Group<'_>,
    other: &Group<'_>,
    effort: &Effort,
) -> Option<[Group<'a>; 2]> {
    let [unknown, ..] = group.meaning.unknown;
    let lists = !group.meaning.not_action && !other.meaning.not_action && !unknown;
    if group.statements.len() < 2 || !lists {
        return None;
    }
    let theirs = &other.meaning.actions;
    let wild: Vec<&String> = theirs.iter().filter(|action| pattern::has_wildcard(action)).collect();
    let shared = |action: &str| {
        let form = form::action(action);
        let meets = |pattern: &String| effort.overlaps(pattern, &form, Case::Fold);
        theirs.contains(&form)
            || wild.iter().any(|pattern| meets(pattern))
            || pattern::has_wildcard(&form) && theirs.iter().any(meets)
    };
    let shares = |at: &usize| {
        let action = document.statements.get(*at).and_then(|statement| statement.action.as_ref());
        action.is_none_or(|action| action.values.iter().any(|value| shared(&value.value)))
    };
    let (rest, alone): (Vec<usize>, Vec<usize>) =
        group.statements.iter().partition(|at| shares(at));
    if rest.is_empty() || alone.is_empty() {
        return None;
    }
    let part = |statements: &[usize]| {
        let part = group::part(document, statements, effort)?;
        part.meaning.differs_in_actions_alone(&group.meaning).then_some(part)
    };
    Some([part(&rest)?, part(&alone)?])
}
