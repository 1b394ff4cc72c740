//! Names that are put together otherwise than the grammar has it: a colon too many, commas, a type of resource that a
//! service does not have.

use super::{At, Found, Named, Severity, shown, slips};
use crate::policy::pattern::{self, Case, arn};
use crate::say::{said, say};

/// What people put between several names: a comma, that of full width and the one of lists in Chinese.
pub(super) const COMMAS: [char; 3] = [',', '，', '、'];

/// Tells of an action that is more than `service:Name`; false where it is none such. RAM, "Policy elements".
pub(super) fn action(value: &str, at: At, found: &mut Found<'_>) -> bool {
    let language = found.language;
    let (service, name) = value.split_once(':').unwrap_or_default();
    let text = shown(value);
    let (severity, message, meaning) = if value.contains(COMMAS) {
        (
            Severity::Error,
            said(language, "\"{}\" joins several actions by commas.", &[&text]),
            say(
                language,
                "It is taken as one name, which no action has: each action stands as a string of its own in the list.",
            ),
        )
    } else if pattern::same(service, "acs", Case::Fold) && name.contains(':') {
        (
            Severity::Error,
            said(language, "\"{}\" begins as the name of a resource does.", &[&text]),
            say(language, "It matches no action: one is written service:Name."),
        )
    } else if name.contains(':') {
        (
            Severity::Warning,
            said(language, "\"{}\" has a colon too many.", &[&text]),
            say(language, "No action is known to have two; read as it stands it matches none."),
        )
    } else {
        return false;
    };
    found.tell(Named::MalformedAction, severity, at, message, meaning);
    true
}

/// Tells of a resource whose five parts are not what they should be.
pub(super) fn resource(value: &str, parts: arn::Arn<'_>, at: At, found: &mut Found<'_>) {
    let language = found.language;
    let text = shown(value);
    if pattern::same(parts.code, "acs", Case::Fold) {
        found.tell(
            Named::ResourceParts,
            Severity::Error,
            at,
            said(language, "\"{}\" has acs twice.", &[&text]),
            say(language, "It matches no resource."),
        );
    } else if is_region(parts.code) {
        found.tell(
            Named::ResourceParts,
            Severity::Warning,
            at,
            said(language, "\"{}\" has a region where the service belongs.", &[&text]),
            say(
                language,
                "A resource is written acs:service:region:account:relative-id; no service has the name of a region, so it matches none.",
            ),
        );
    } else if has_more_colons(parts.relative) {
        found.tell(
            Named::ResourceParts,
            Severity::Warning,
            at,
            said(language, "\"{}\" has a colon too many.", &[&text]),
            say(
                language,
                "What follows the fourth colon is the name of the resource: none is known to begin so.",
            ),
        );
    } else if let Some((words, meaning)) = odd_part(parts) {
        let (message, meaning) = (said(language, words, &[&text]), say(language, meaning));
        found.tell(Named::NoResourceName, Severity::Warning, at, message, meaning);
    } else if parts.account.is_empty() && WITH_ACCOUNT.contains(&parts.code) {
        found.tell(
            Named::ResourceParts,
            Severity::Note,
            at,
            said(language, "\"{}\" has an empty account.", &[&text]),
            say(
                language,
                "Every name of a resource on the pages of the service has an account or * there; whether an empty one stands for any is not documented.",
            ),
        );
    } else if pattern::same(parts.code, "ecs", Case::Fold) {
        of_ecs(&text, parts.relative, at, found);
    }
}

/// Services on whose pages every name of a resource has an account or `*`.
const WITH_ACCOUNT: [&str; 2] = ["ecs", "oss"];

/// May it be the account of a resource? That of what belongs to the cloud is `system`: RAM, `GetPolicy`.
fn is_account(account: &str) -> bool {
    pattern::has_wildcard(account)
        || account.bytes().all(|byte| byte.is_ascii_digit())
        || pattern::same(account, "system", Case::Fold)
}

/// What is odd about the account of a resource, or about the bucket of one of Object Storage Service, and why it matches
/// none.
fn odd_part(parts: arn::Arn<'_>) -> Option<(&'static str, &'static str)> {
    let no_account = "A resource is written acs:service:region:account:relative-id; no account has such an ID, so it matches none.";
    let no_bucket = "The relative id is bucket or bucket/object; no bucket has such a name, so it matches none.";
    let bucket = parts.relative.split('/').next().unwrap_or_default();
    if !is_account(parts.account) {
        let words = if is_region(parts.account) {
            "\"{}\" has a region where the account belongs."
        } else {
            "\"{}\" has no ID of an account, which is a number, where it belongs."
        };
        Some((words, no_account))
    } else if !pattern::same(parts.code, "oss", Case::Fold) {
        None
    } else if bucket.is_empty() {
        Some(("\"{}\" has a slash before the bucket.", no_bucket))
    } else if bucket.ends_with(':') || bucket.contains(".aliyuncs.") {
        Some(("\"{}\" has an address in place of the bucket.", no_bucket))
    } else {
        None
    }
}

/// Does a relative part begin with a colon, or with a part that another one should have been?
fn has_more_colons(relative: &str) -> bool {
    relative.split_once(':').is_some_and(|(head, _)| {
        head.is_empty()
            || pattern::matches_anything(head)
            || head.len() >= 10 && head.bytes().all(|byte| byte.is_ascii_digit())
    })
}

/// What the ids of regions begin with. Source: ECS, "Regions and zones".
const REGIONS: [&str; 6] = ["cn-", "ap-", "us-", "eu-", "me-", "na-"];

/// Is it written as the id of a region is, such as `cn-hangzhou` or `us-west-1`?
pub(super) fn is_region(code: &str) -> bool {
    let place = REGIONS.iter().find_map(|area| {
        let start = code.get(..area.len()).filter(|start| start.eq_ignore_ascii_case(area));
        start.and_then(|_| code.get(area.len()..))
    });
    place.is_some_and(|place| place.bytes().next().is_some_and(|byte| byte.is_ascii_alphabetic()))
}

/// The types of resources of ECS, as they begin the relative part. Source: ECS, "RAM authorization", resources.
const TYPES: [&str; 34] = [
    "activation",
    "autoprovisioninggroup",
    "autosnapshotpolicy",
    "capacityreservation",
    "command",
    "ddh",
    "ddhcluster",
    "deploymentset",
    "disk",
    "diskencryptiondefaultconfig",
    "ecsdemand",
    "elasticityassurance",
    "eni",
    "fleet",
    "hpc",
    "image",
    "imagecomponent",
    "imagepipeline",
    "imagepipelineexecution",
    "instance",
    "invocation",
    "keypair",
    "launchtemplate",
    "portrangelist",
    "prefixlist",
    "reservedinstance",
    "scu",
    "securitygroup",
    "servicesettings",
    "snapshot",
    "snapshotgroup",
    "snapshotpolicy",
    "storageset",
    "volume",
];

/// A resource of ECS without a type, or of one that is not documented.
fn of_ecs(text: &str, relative: &str, at: At, found: &mut Found<'_>) {
    let language = found.language;
    let kind = relative.split('/').next().unwrap_or_default();
    let known = || TYPES.iter().any(|known| pattern::same(known, kind, Case::Fold));
    if kind.is_empty() || pattern::has_wildcard(kind) || relative.contains('/') && known() {
        return;
    }
    let near = TYPES.iter().find(|known| {
        kind.strip_suffix('s').is_some_and(|one| pattern::same(known, one, Case::Fold))
            || slips::is_slip(known, kind)
            || kind.split_once(':').is_some_and(|(one, _)| pattern::same(known, one, Case::Fold))
            || pattern::same(known, &kind.replace(['-', '_'], ""), Case::Fold)
    });
    let message = match near {
        Some(near) => said(
            language,
            "\"{}\" has none of the types of resources that ECS documents; {} is one. Is that meant?",
            &[text, near],
        ),
        None => {
            said(language, "\"{}\" has none of the types of resources that ECS documents.", &[text])
        }
    };
    let severity = if near.is_some() { Severity::Warning } else { Severity::Note };
    found.tell(
        Named::UnknownResourceType,
        severity,
        at,
        message,
        say(language, "A resource of ECS is written type/id, such as instance/i-1; of another type it matches nothing."),
    );
}
