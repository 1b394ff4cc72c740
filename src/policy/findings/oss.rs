//! Object Storage Service: actions on buckets and on objects that meet none of the resources of their statement.
//!
//! `mybucket` is the bucket and none of its objects; `mybucket/*` is its objects and not the bucket (OSS: common examples
//! of RAM policies). Only actions of which the page tells the level are looked at, and only whole names of them.

use super::names::placeholder;
use super::{At, Found, Named, Severity, list, named, on, shown};
use crate::policy::document::{Clause, Condition, Document, Effect, Statement};
use crate::policy::operator::{Operator, Quantifier, Test};
use crate::policy::oss::{self, Level};
use crate::policy::pattern::{self, Case};
use crate::policy::source::Spanned;
use crate::say::{said, say};

pub(super) fn look(
    index: usize,
    statement: &Statement,
    document: &Document,
    found: &mut Found<'_>,
) {
    by_patterns(index, statement, document, found);
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
    let Some(relatives) = relatives(clause).filter(|_| !nothing) else { return };
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

/// The relative parts of resources of the service; None where there are others. Another service's resource, or what is no
/// resource at all, has a rule of its own.
fn relatives(clause: &Clause) -> Option<Vec<&str>> {
    let told = clause.values.iter().map(|value| value.value.as_str());
    let relatives: Option<Vec<&str>> =
        told.map(|value| oss::relative(value).filter(|_| placeholder(value).is_none())).collect();
    relatives.filter(|relatives| !relatives.is_empty() && !clause.negated && !clause.unknown)
}

/// Patterns of actions on a bucket alone, or on its objects alone, where no other statement is on the rest: what they seem
/// to allow of it is not allowed. That `oss:*` on objects leaves the bucket out is how access to a folder is given.
fn by_patterns(index: usize, statement: &Statement, document: &Document, found: &mut Found<'_>) {
    let Some(clause) = &statement.resource else { return };
    let is_pattern = |action: &&Spanned| {
        let head = action.value.get(..4).is_some_and(|head| head.eq_ignore_ascii_case("oss:"));
        head && pattern::has_wildcard(&action.value)
    };
    let patterns: Vec<&Spanned> = named(statement).iter().filter(is_pattern).collect();
    if statement.effect != Effect::Allow || patterns.is_empty() || statement.principal.is_some() {
        return;
    }
    let Some(relatives) = relatives(clause) else { return };
    let meets = |level: Level| relatives.iter().any(|relative| level.meets(relative));
    let (level, message, meaning) = match (meets(Level::Object), meets(Level::Bucket)) {
        (false, true) => (
            Level::Object,
            "{} on {} covers no object.",
            "The objects of a bucket are bucket/*: the bucket alone covers none of them.",
        ),
        (true, false) => (
            Level::Bucket,
            "{} on {} covers no bucket.",
            "Objects are listed on the bucket: bucket/* covers its objects and not the bucket itself.",
        ),
        _ => return,
    };
    let reaches = |action: &&&Spanned| {
        let Some(name) = action.value.get(4..) else { return false };
        let any = |level: Level| {
            level.names().iter().any(|known| pattern::matches(name, known, Case::Fold))
        };
        let all = pattern::matches_anything(name);
        if level == Level::Object {
            // Of `oss:Get*` it is not clear that objects are meant.
            return any(level) && (all || !any(Level::Bucket));
        }
        let lists = pattern::matches(name, "ListObjects", Case::Fold);
        lists && !all || any(level) && !any(Level::Object)
    };
    let Some(action) = patterns.iter().find(reaches) else { return };
    if elsewhere(index, document, level) {
        return;
    }
    let language = found.language;
    found.tell(
        Named::BucketOrObject,
        Severity::Note,
        At::new(index, action.span),
        said(language, message, &[&shown(&action.value), &on(language, statement)]),
        say(language, meaning),
    );
}

/// Statements in which the rest is looked for.
const MOST: usize = 50;

/// May another statement allow something at the level?
fn elsewhere(index: usize, document: &Document, level: Level) -> bool {
    let mut others = document.statements.iter().enumerate().filter(|(at, _)| *at != index);
    document.statements.len() > MOST
        || others.any(|(_, other)| {
            other.effect == Effect::Allow
                && other.resource.as_ref().is_some_and(|clause| {
                    clause.negated
                        || clause.unknown
                        || clause.values.iter().any(|value| {
                            pattern::overlaps(&value.value, "acs:oss:*:*:*", Case::Exact)
                                && oss::relative(&value.value)
                                    .is_none_or(|relative| level.meets(relative))
                        })
                })
        })
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
            if actions.len() == 1 {
                "{} on {} matches nothing."
            } else {
                "{} on {} match nothing."
            },
            &[
                &list(language, actions.iter().map(|action| action.value.as_str())),
                &on(language, statement),
            ],
        ),
        meaning,
    );
}
