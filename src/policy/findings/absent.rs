//! Denials under a negative operator that also meet the requests which carry no such key at all.

use super::keys::is_of_service;
use super::{At, Found, Named, Severity, named, shown};
use crate::policy::document::{Condition, Effect, Statement};
use crate::policy::key::tag_of;
use crate::policy::operator::{Operator, Quantifier, Test};
use crate::policy::pattern::{self, Case};
use crate::policy::placeholder::is_filled_in;
use crate::say::{said, say};

/// General keys that tell of what is asked for, so that only some actions carry them; the others under `acs:` tell of
/// who asks and from where. RAM, "Policy elements": `acs:Service` is one of `ram:PassRole`.
const OF_ACTIONS: [&str; 1] = ["acs:Service"];

/// Families of keys of a tag that only requests for some resources carry.
const OF_RESOURCES: [&str; 4] = ["tag/", "resourcetag/", "buckettag/", "existingobjecttag/"];
/// The same of a tag that the request itself brings.
const OF_REQUESTS: [&str; 2] = ["requesttag/", "requestobjecttag/"];

/// What requests carry a key.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Carried {
    /// Those for a resource with the tag.
    Resource,
    /// Those that set the tag.
    Request,
    /// Those of some actions of a service.
    Some,
}

impl Carried {
    /// None for a key that requests of every action carry, or of which that is not known.
    fn of(key: &str) -> Option<Self> {
        if let Some((_, family, _)) = tag_of(key) {
            return if OF_RESOURCES.contains(&family) {
                Some(Self::Resource)
            } else {
                OF_REQUESTS.contains(&family).then_some(Self::Request)
            };
        }
        let is = |known: &&str| pattern::same(known, key, Case::Fold);
        (OF_ACTIONS.iter().any(is) || is_of_service(key)).then_some(Self::Some)
    }
}

/// Looks for conditions of a Deny that its holder seems to be kept to, and that shut out whatever does not tell the key.
///
/// Whole names of actions are meant as they stand: `ecs:RunInstances` without a tag is to be denied.
pub(super) fn look(index: usize, statement: &Statement, found: &mut Found<'_>) {
    if statement.effect != Effect::Deny {
        return;
    }
    for condition in &statement.conditions {
        let Some(carried) = Carried::of(&condition.key.value) else { continue };
        let is_other = |other: &&Condition| !std::ptr::eq(*other, condition);
        if !is_met_without_key(condition)
            || !statement.conditions.iter().filter(is_other).all(leaves_many)
            || !reaches(statement, carried)
        {
            continue;
        }
        let language = found.language;
        found.tell(
            Named::DeniedWithoutKey,
            Severity::Warning,
            At::new(index, condition.span),
            said(language, "Every request without {} is denied too.", &[&shown(&condition.key.value)]),
            match carried {
                Carried::Request => say(
                    language,
                    "A negative operator is met where the key is absent, as published examples have it: only requests that set tags carry this one, so that whatever describes, lists or changes something is denied.",
                ),
                Carried::Resource => say(
                    language,
                    "A negative operator is met where the key is absent, as published examples have it: requests that describe or list often carry no tag of a resource, and are denied then.",
                ),
                Carried::Some => say(
                    language,
                    "A negative operator is met where the key is absent, as published examples have it: only some of these actions carry the key, and the others are denied.",
                ),
            },
        );
    }
}

fn is_met_without_key(condition: &Condition) -> bool {
    !condition.is_empty()
        && !condition.is_unreadable()
        && !is_filled_in(&condition.key.value)
        && Operator::parse(&condition.operator.value).is_some_and(|operator| {
            operator.negated
                && operator.quantifier == Quantifier::Plain
                && operator.test != Test::Absence
        })
}

/// Does the condition leave requests of every action? One that asks for a value that only some carry narrows the Deny to
/// these.
fn leaves_many(condition: &Condition) -> bool {
    is_met_without_key(condition)
        || !condition.is_unreadable() && Carried::of(&condition.key.value).is_none()
}

/// What begins the names of actions that look at things and set nothing.
const LOOKING: [&str; 2] = ["Describe*", "List*"];

/// Does the statement reach, by a pattern or by what it leaves out, actions that carry no such key?
fn reaches(statement: &Statement, carried: Carried) -> bool {
    let Some(clause) = &statement.action else { return false };
    let looks = |action: &str| {
        let name = pattern::name_of(action);
        LOOKING.iter().any(|one| pattern::overlaps(name, one, Case::Fold))
    };
    if clause.negated {
        // What looks at things may be left out by intent; a service as a whole is another matter.
        let whole = |action: &str| {
            action.split_once(':').is_some_and(|(service, name)| {
                !pattern::has_wildcard(service) && pattern::matches_anything(name)
            })
        };
        let spared = |action: &str| looks(action) && !whole(action);
        return !clause.is_empty() && !clause.values.iter().any(|one| spared(&one.value));
    }
    named(statement).iter().map(|one| one.value.as_str()).any(|action| {
        let name = pattern::name_of(action);
        pattern::matches_anything(name)
            || carried != Carried::Some && pattern::has_wildcard(name) && looks(action)
    })
}
