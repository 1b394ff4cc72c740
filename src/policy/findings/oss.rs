//! Object Storage Service: actions on buckets and on objects that meet none of the resources of their statement.
//!
//! `mybucket` is the bucket and none of its objects; `mybucket/*` is its objects and not the bucket (OSS: common examples
//! of RAM policies). Only actions of which the page tells the level are looked at, and only whole names of them.

use super::names::placeholder;
use super::{At, Found, Named, Severity, list, named, on};
use crate::policy::document::{Condition, Effect, Statement};
use crate::policy::operator::{Operator, Quantifier, Test};
use crate::policy::pattern::{self, Case, arn};
use crate::policy::source::Spanned;
use crate::say::{said, say};

/// Actions on objects. Source: OSS, authorization syntax and elements, object level.
const OBJECT: [&str; 18] = [
    "GetObject",
    "PutObject",
    "DeleteObject",
    "GetObjectAcl",
    "PutObjectAcl",
    "RestoreObject",
    "AbortMultipartUpload",
    "ListParts",
    "GetObjectTagging",
    "PutObjectTagging",
    "DeleteObjectTagging",
    "GetObjectVersion",
    "DeleteObjectVersion",
    "GetObjectVersionAcl",
    "PutObjectVersionAcl",
    "GetObjectVersionTagging",
    "PutObjectVersionTagging",
    "RestoreObjectVersion",
];

/// Actions on buckets. Source: the same page, bucket level. `ListObjectVersions` is left out: a published example
/// has it on objects.
const BUCKET: [&str; 13] = [
    "ListObjects",
    "GetBucketInfo",
    "GetBucketLocation",
    "GetBucketVersioning",
    "PutBucketVersioning",
    "GetBucketAcl",
    "PutBucketAcl",
    "DeleteBucket",
    "GetBucketWorm",
    "GetBucketPolicy",
    "PutBucketPolicy",
    "GetBucketLifecycle",
    "PutBucketLifecycle",
];

/// Actions on the service as a whole. Source: the same page, service level.
const SERVICE: [&str; 5] = [
    "ListBuckets",
    "ListUserDataRedundancyTransition",
    "PutPublicAccessBlock",
    "GetPublicAccessBlock",
    "DeletePublicAccessBlock",
];

/// The names of the actions, without the service.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    OBJECT.iter().chain(&BUCKET).chain(&SERVICE).copied()
}

/// What the relative part of an access point begins with: its actions are on other resources.
const ACCESS_POINTS: [&str; 2] = ["accesspoint/", "objectfcaccesspoint/"];

pub(super) fn look(index: usize, statement: &Statement, found: &mut Found<'_>) {
    let Some(clause) = statement.resource.as_ref() else { return };
    let (mut objects, mut buckets, mut services) = (Vec::new(), Vec::new(), Vec::new());
    for action in named(statement) {
        let Some(name) = name_in_oss(&action.value) else { continue };
        if OBJECT.iter().any(|known| known.eq_ignore_ascii_case(name)) {
            objects.push(action);
        } else if BUCKET.iter().any(|known| known.eq_ignore_ascii_case(name)) {
            buckets.push(action);
        } else if SERVICE.iter().any(|known| known.eq_ignore_ascii_case(name)) {
            services.push(action);
        }
    }
    of_lists(index, statement, &objects, found);
    let nothing = objects.is_empty() && buckets.is_empty() && services.is_empty();
    if nothing || clause.negated || clause.unknown {
        return;
    }
    // Another service's resource, or what is no resource at all, has a rule of its own.
    let relatives: Option<Vec<&str>> = clause
        .values
        .iter()
        .map(|value| arn::split(&value.value).filter(|parts| is_plain(&value.value, parts)))
        .map(|parts| parts.map(|parts| parts.relative))
        .collect();
    let Some(relatives) = relatives.filter(|relatives| !relatives.is_empty()) else { return };
    if !relatives.iter().any(|relative| pattern::overlaps(relative, "*/*", Case::Exact)) {
        let meaning = say(
            found.language,
            "The objects of a bucket are bucket/*: the bucket alone covers none of them.",
        );
        tell(index, statement, &objects, meaning, found);
    }
    if relatives.iter().all(|relative| relative.contains('/')) {
        let meaning = say(
            found.language,
            "These actions are checked against the bucket: bucket/* covers its objects and not the bucket itself.",
        );
        tell(index, statement, &buckets, meaning, found);
    }
    if !relatives.iter().any(|relative| pattern::matches_anything(relative)) {
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

/// The name of an action of the service, without wildcards.
fn name_in_oss(action: &str) -> Option<&str> {
    let name = action.get(..4).filter(|head| head.eq_ignore_ascii_case("oss:"));
    name.and_then(|_| action.get(4..)).filter(|name| !pattern::has_wildcard(name))
}

/// Is a relative part that of an access point?
pub(super) fn is_access_point(relative: &str) -> bool {
    ACCESS_POINTS.iter().any(|begin| relative.starts_with(begin))
}

/// Is it a resource of the service whose kind can be told?
fn is_plain(value: &str, parts: &arn::Arn<'_>) -> bool {
    value.starts_with("acs:oss:")
        && !parts.relative.is_empty()
        && !is_access_point(parts.relative)
        && placeholder(value).is_none()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_names_of_the_service() {
        for (action, name) in [
            ("oss:GetObject", Some("GetObject")),
            ("OSS:getobject", Some("getobject")),
            ("oss:Get*", None),
            ("ossx:GetObject", None),
            ("*", None),
        ] {
            assert_eq!(name_in_oss(action), name, "{action}");
        }
    }
}
