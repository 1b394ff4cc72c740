//! Policies of buckets of Object Storage Service: whom they name, and what keeps a bucket from being public.

use super::{At, Found, Named, Severity, shown};
use crate::policy::document::{Condition, Principal, PrincipalKind, Statement};
use crate::policy::operator::{Operator, value};
use crate::policy::oss;
use crate::policy::pattern::{self, Case, arn};
use crate::policy::source::Spanned;
use crate::say::{said, say};

/// Looks at a statement with principals and resources, all of whose actions are those of the service.
pub(super) fn look(
    index: usize,
    statement: &Statement,
    principal: &Principal,
    found: &mut Found<'_>,
) {
    names(index, principal, found);
    address_alone(index, statement, found);
}

const ADDRESS: &str = "acs:SourceIp";
/// What the keys that tell of a VPC begin with.
const OF_VPC: &str = "acs:sourcevpc";

/// An address without the network in which it is one. OSS, "Bucket policy" and the error 0030-00000008: a statement with
/// `acs:SourceIp` must have `acs:SourceVpc` too, as the same address is used in many VPCs; what is in place already stays.
/// Of the policies of access points the pages do not say it.
fn address_alone(index: usize, statement: &Statement, found: &mut Found<'_>) {
    let is_address =
        |condition: &&Condition| pattern::same(&condition.key.value, ADDRESS, Case::Fold);
    let Some(condition) = statement.conditions.iter().find(is_address) else { return };
    let of_vpc = |condition: &Condition| pattern::fold(&condition.key.value).starts_with(OF_VPC);
    let of_access_point = |value: &Spanned| {
        arn::split(&value.value).is_some_and(|parts| oss::is_access_point(parts.relative))
    };
    let mut resources = statement.resource.iter().flat_map(|clause| &clause.values);
    if statement.conditions.iter().any(of_vpc) || resources.any(of_access_point) {
        return;
    }
    let language = found.language;
    found.tell(
        Named::AddressWithoutVpc,
        Severity::Warning,
        At::new(index, condition.span),
        say(language, "acs:SourceIp stands without acs:SourceVpc.").to_owned(),
        say(
            language,
            "An address alone does not tell the public network from a VPC, and any VPC may use the same ones. Object Storage Service refuses a new or changed bucket policy of this kind; one that is in place stays.",
        ),
    );
}

/// Keys with fixed values that make a bucket policy not public.
const FIXED: [&str; 3] = ["acs:SourceVpcId", "acs:SourceVpc", "acs:AccessId"];
/// The same for addresses.
const ADDRESSES: [&str; 2] = ["acs:SourceIp", "acs:SourceVpcIp"];

/// Does the condition keep a bucket from being public? OSS, "Block Public Access": fixed values, or blocks of
/// addresses of at least 8 bits (IPv4) or 32 (IPv6). What asks for no more than that the key is absent or something else
/// keeps nobody out.
pub(super) fn is_narrow(condition: &Condition) -> bool {
    let asks = Operator::parse(&condition.operator.value)
        .is_some_and(|operator| !operator.negated && !operator.if_exists);
    let is_one_of =
        |keys: &[&str]| keys.iter().any(|key| pattern::same(key, &condition.key.value, Case::Fold));
    let all = |narrow: &dyn Fn(&str) -> bool| {
        !condition.values.is_empty() && condition.values.iter().all(|one| narrow(&one.value))
    };
    let block = |text: &str| value::block(text).is_ok_and(|block| block.bits() >= least(block));
    asks && !condition.unknown
        && (is_one_of(&FIXED) && all(&|text| !text.contains('*'))
            || is_one_of(&ADDRESSES) && all(&block))
}

/// The bits that a block of addresses has at least where a bucket is not public.
const fn least(block: value::Block) -> u32 {
    if block.is_ipv4() { 8 } else { 32 }
}

/// Object Storage Service on bucket policies: principals are UIDs of accounts and users, `arn:sts::` names of
/// sessions of a role, or `*`.
pub(super) fn names(index: usize, principal: &Principal, found: &mut Found<'_>) {
    let is_name = |(kind, value): &&(PrincipalKind, Spanned)| {
        matches!(kind, PrincipalKind::Bare | PrincipalKind::Ram)
            && value.value.starts_with("acs:ram:")
    };
    let Some((_, value)) = principal.members.iter().find(is_name) else { return };
    let language = found.language;
    found.tell(
        Named::BucketPrincipal,
        Severity::Note,
        At::new(index, value.span),
        said(
            language,
            "\"{}\" is not documented as a principal of a bucket policy.",
            &[&shown(&value.value)],
        ),
        say(
            language,
            "There accounts and users stand by their UID, and roles as arn:sts::UID:assumed-role/role/session.",
        ),
    );
}
