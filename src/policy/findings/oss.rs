//! Object Storage Service: actions on buckets and on objects that meet none of the resources of their statement.
//!
//! `mybucket` is the bucket and none of its objects; `mybucket/*` is its objects and not the bucket (OSS: common examples
//! of RAM policies). Only actions of which the page tells the level are looked at, and only whole names of them.

use super::names::placeholder;
use super::{At, Found, Named, Severity, list, named, on};
use crate::policy::document::{Condition, Effect, Statement};
use crate::policy::operator::{Operator, Quantifier, Test};
use crate::policy::oss::{self, Level};
use crate::policy::pattern::{self, Case};
use crate::policy::source::Spanned;
use crate::say::{said, say};

pub(super) fn look(index: usize, statement: &Statement, found: &mut Found<'_>) {
    let Some(clause) = statement.resource.as_ref() else { return };
    let (mut objects, mut buckets, mut services) = (Vec::new(), Vec::new(), Vec::new());
    for action in named(statement) {
        match Level::of(&action.value) {
            Some(Level::Object) => objects.push(action),
            Some(Level::Bucket) => buckets.push(action),
            Some(Level::Service) => services.push(action),
            None => {}
        }
    }
    of_lists(index, statement, &objects, found);
    let nothing = objects.is_empty() && buckets.is_empty() && services.is_empty();
    if nothing || clause.negated || clause.unknown {
        return;
    }
    // Another service's resource, or what is no resource at all, has a rule of its own.
    let told = clause.values.iter().map(|value| value.value.as_str());
    let relatives: Option<Vec<&str>> =
        told.map(|value| oss::relative(value).filter(|_| placeholder(value).is_none())).collect();
    let Some(relatives) = relatives.filter(|relatives| !relatives.is_empty()) else { return };
    let none_meets = |level: Level| !relatives.iter().any(|relative| level.meets(relative));
    if none_meets(Level::Object) {
        let meaning = say(
            found.language,
            "The objects of a bucket are bucket/*: the bucket alone covers none of them.",
        );
        tell(index, statement, &objects, meaning, found);
    }
    if none_meets(Level::Bucket) {
        let meaning = say(
            found.language,
            "These actions are checked against the bucket: bucket/* covers its objects and not the bucket itself.",
        );
        tell(index, statement, &buckets, meaning, found);
    }
    if none_meets(Level::Service) {
        let meaning = say(
            found.language,
            "These actions are on the service as a whole and on no bucket: acs:oss:*:*:* covers them.",
        );
        tell(index, statement, &services, meaning, found);
    }
}

/// Keys that the service fills in from the parameters of a request that lists objects. Source: the same page, conditions;
/// published policies have them beside `oss:ListObjects`.
const OF_LISTS: [&str; 2] = ["oss:Prefix", "oss:Delimiter"];

/// Tells of a condition on what only requests that list objects carry, beside actions on objects.
fn of_lists(index: usize, statement: &Statement, objects: &[&Spanned], found: &mut Found<'_>) {
    let key = |condition: &&Condition| {
        OF_LISTS.into_iter().find(|key| pattern::same(key, &condition.key.value, Case::Fold))
    };
    let Some(condition) = statement.conditions.iter().find(|one| key(one).is_some()) else {
        return;
    };
    let operator = Operator::parse(&condition.operator.value);
    let (Some(key), Some(operator), Some(first)) = (key(&condition), operator, objects.first())
    else {
        return;
    };
    // Whether a key is absent is a question of its own.
    if operator.test == Test::Absence || condition.is_empty() {
        return;
    }
    let met = operator.negated || operator.if_exists || operator.quantifier == Quantifier::All;
    let language = found.language;
    let names = list(language, objects.iter().map(|action| action.value.as_str()));
    let deny = statement.effect == Effect::Deny;
    found.tell(
        Named::KeyOfLists,
        Severity::Warning,
        At::new(index, first.span),
        said(language, "No request of {} carries {}.", &[&names, key]),
        match (met, deny) {
            (false, false) => say(
                language,
                "The key is one of requests that list objects: here the condition is never met, and nothing of this is allowed.",
            ),
            (false, true) => say(
                language,
                "The key is one of requests that list objects: here the condition is never met, and nothing of this is denied.",
            ),
            (true, false) => say(
                language,
                "The key is one of requests that list objects: here the condition is always met, and limits nothing.",
            ),
            (true, true) => say(
                language,
                "The key is one of requests that list objects: here the condition is always met, and all of this is denied.",
            ),
        },
    );
}

fn tell(
    index: usize,
    statement: &Statement,
    actions: &[&Spanned],
    meaning: &str,
    found: &mut Found,
) {
    let Some(first) = actions.first() else { return };
    let language = found.language;
    found.tell(
        Named::BucketOrObject,
        Severity::Warning,
        At::new(index, first.span),
        said(
            language,
            "{} on {} matches nothing.",
            &[
                &list(language, actions.iter().map(|action| action.value.as_str())),
                &on(language, statement),
            ],
        ),
        meaning,
    );
}
