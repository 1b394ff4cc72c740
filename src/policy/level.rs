//! Access levels of actions, and where a level comes from. The guess from a name alone is in `name`.

mod name;
mod rights;
mod telling;

pub(super) use name::by_folded_name;
pub use name::by_name;
pub(super) use telling::is_told_by_name;

use super::pattern::{self, Case};
use super::vocabulary::{KnownAction, Vocabulary};

/// What an action does to what it touches; ordered by weight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AccessLevel {
    /// Names of things.
    List,
    /// Contents and attributes.
    Read,
    /// Sets or removes tags only.
    Tagging,
    /// Creates, changes, deletes, runs.
    Write,
    /// Changes who may do what.
    Permissions,
}

impl AccessLevel {
    /// All levels in the order in which they are shown.
    pub const ALL: [Self; 5] =
        [Self::List, Self::Read, Self::Write, Self::Permissions, Self::Tagging];

    /// The word on the screen and in data.
    pub const fn word(self) -> &'static str {
        match self {
            Self::List => "list",
            Self::Read => "read",
            Self::Tagging => "tagging",
            Self::Write => "write",
            Self::Permissions => "permissions",
        }
    }
}

/// Where the level of an action comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LevelSource {
    /// A page of the documentation names it.
    Documented,
    /// Set by hand, for the verb of the name misleads; no page names it.
    ByHand,
    /// Guessed from the name of the action.
    NameRule,
}

impl LevelSource {
    /// Does no page name the level?
    pub const fn is_guess(self) -> bool {
        !matches!(self, Self::Documented)
    }
}

/// The level of an action or pattern: as documented where the vocabulary knows it, else by its name.
///
/// A pattern has the highest level among the known actions that it covers, and at least what its
/// own name says; a pattern that covers well-known permission management (`ram:*`, `*`) has that.
pub fn of(action: &str, vocabulary: &dyn Vocabulary) -> (AccessLevel, LevelSource) {
    of_folded(action, &pattern::Lower::new().of(action), vocabulary)
}

/// The same for an action whose name is at hand in lower case too.
pub(super) fn of_folded(
    action: &str,
    folded: &str,
    vocabulary: &dyn Vocabulary,
) -> (AccessLevel, LevelSource) {
    let known = vocabulary.action(action).map(|known| (known.level, known.source));
    let mut best = known.unwrap_or_else(|| (by_folded_name(action, folded), LevelSource::NameRule));
    if !pattern::has_wildcard(action) {
        return best;
    }
    for covered in known_actions(action, vocabulary) {
        best = heavier(best, (covered.level, covered.source));
    }
    if best.0 < AccessLevel::Permissions && covers_permissions(action) {
        best = heavier(best, (AccessLevel::Permissions, LevelSource::NameRule));
    }
    best
}

/// The well-known actions that change who may do what, in the account or with resources of one service.
pub(super) fn samples() -> impl Iterator<Item = &'static str> {
    PERMISSION_SAMPLES.iter().chain(&RESOURCE_SAMPLES).copied()
}

/// Does a pattern cover one of the well-known actions that change who may do what?
fn covers_permissions(pattern: &str) -> bool {
    let code = pattern.split_once(':').map_or("*", |(code, _)| code);
    // A pattern of one service is held against the samples of that service alone.
    let plain = code.is_ascii() && !pattern::has_wildcard(code);
    let is_beside = |name: &str| {
        let own = name.as_bytes().split_at_checked(code.len());
        own.is_some_and(|(own, rest)| {
            rest.first() == Some(&b':') && own.eq_ignore_ascii_case(code.as_bytes())
        })
    };
    samples().any(|name| (!plain || is_beside(name)) && pattern::matches(pattern, name, Case::Fold))
}

/// The actions through which a pattern has the level of permissions: known ones, then those of the well-known ones.
pub(super) fn permissions_through<'a>(
    pattern: &'a str,
    vocabulary: &'a dyn Vocabulary,
) -> impl Iterator<Item = &'a str> {
    let known = known_actions(pattern, vocabulary).into_iter();
    let known = known.filter(|known| known.level == AccessLevel::Permissions);
    let mut samples: Vec<&'a str> = samples().collect();
    samples.retain(|name| pattern::matches(pattern, name, Case::Fold));
    known.map(|known| known.name).chain(samples)
}

/// The known actions that a pattern covers, each once, in the order of the vocabulary.
pub fn known_actions<'a>(pattern: &str, vocabulary: &'a dyn Vocabulary) -> Vec<KnownAction<'a>> {
    let wildcard = memchr::memchr2(b'*', b'?', pattern.as_bytes());
    let plain = wildcard.and_then(|at| pattern.get(..at)).unwrap_or(pattern);
    // Other letters are folded in ways that only the pattern itself knows.
    let candidates = if plain.contains(':') && plain.is_ascii() {
        vocabulary.actions_from(plain)
    } else {
        let service = pattern.split(':').next().unwrap_or_default();
        if pattern.contains(':') && !pattern::has_wildcard(service) {
            vocabulary.actions_of(service)
        } else {
            let services = vocabulary.services();
            services.into_iter().flat_map(|code| vocabulary.actions_of(code)).collect()
        }
    };
    candidates
        .into_iter()
        .filter(|known| !pattern::has_wildcard(known.name))
        .filter(|known| pattern::matches(pattern, known.name, Case::Fold))
        .collect()
}

/// The heavier of two levels; of equal ones the documented one.
pub(super) fn heavier(
    one: (AccessLevel, LevelSource),
    other: (AccessLevel, LevelSource),
) -> (AccessLevel, LevelSource) {
    match one.0.cmp(&other.0) {
        std::cmp::Ordering::Less => other,
        std::cmp::Ordering::Greater => one,
        std::cmp::Ordering::Equal => (one.0, one.1.min(other.1)),
    }
}

/// Actions that hand out rights in every account, with or without a catalogue.
///
/// `ims` is Identity Management Service, which keeps the same users and their keys under a code of its own;
/// `resourcemanager` is Resource Management, which attaches policies and creates roles too; `cloudsso` is `CloudSSO`, which
/// assigns rights in the accounts of a directory (the operations of all three in the API reference).
pub(super) const PERMISSION_SAMPLES: [&str; 28] = [
    "ram:PassRole",
    "ram:CreateRole",
    "ram:UpdateRole",
    "ram:DeleteRole",
    "ram:AttachPolicyToRole",
    "ram:AttachPolicyToUser",
    "ram:DetachPolicyFromRole",
    "ram:CreatePolicy",
    "ram:CreatePolicyVersion",
    "ram:SetDefaultPolicyVersion",
    "ram:CreateAccessKey",
    "ram:CreateLoginProfile",
    "ram:AddUserToGroup",
    "sts:AssumeRole",
    "ims:CreateAccessKey",
    "ims:CreateLoginProfile",
    "ims:UpdateLoginProfile",
    "ims:AddUserToGroup",
    "ims:SetUserSsoSettings",
    "resourcemanager:AttachPolicy",
    "resourcemanager:CreatePolicyVersion",
    "resourcemanager:SetDefaultPolicyVersion",
    "resourcemanager:CreateRole",
    "resourcemanager:CreateServiceLinkedRole",
    "cloudsso:CreateAccessAssignment",
    "cloudsso:AddPermissionPolicyToAccessConfiguration",
    "cloudsso:UpdateInlinePolicyForAccessConfiguration",
    "cloudsso:AddUserToGroup",
];

/// Actions that open resources of one service to others. Sources: OSS, authorization syntax and elements (ACLs and policies
/// of buckets, what blocks public access, ACLs of objects); KMS, key policies; ECS, network interface permissions and shared images; `PrivateLink`,
/// service whitelist; ACK, `GrantPermissions`; RDS, privileges of accounts.
const RESOURCE_SAMPLES: [&str; 17] = [
    "oss:DeletePublicAccessBlock",
    "oss:DeleteBucketPublicAccessBlock",
    "oss:PutBucketAcl",
    "oss:PutBucketPolicy",
    "oss:DeleteBucketPolicy",
    "oss:PutObjectAcl",
    "oss:PutObjectVersionAcl",
    "kms:SetKeyPolicy",
    "ecs:CreateNetworkInterfacePermission",
    "ecs:DeleteNetworkInterfacePermission",
    "ecs:ModifyImageSharePermission",
    "privatelink:AddUserToVpcEndpointService",
    "privatelink:RemoveUserFromVpcEndpointService",
    "cs:GrantPermissions",
    "cs:CleanUserPermissions",
    "rds:GrantAccountPrivilege",
    "rds:RevokeAccountPrivilege",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::vocabulary::Nothing;

    #[test]
    fn without_a_catalogue_names_and_permission_patterns_decide() {
        for (action, level) in [
            ("ecs:DescribeInstances", AccessLevel::Read),
            ("ram:*", AccessLevel::Permissions),
            ("*", AccessLevel::Permissions),
            ("ram:Get*", AccessLevel::Read),
            ("*:Describe*", AccessLevel::Read),
            ("*:Create*", AccessLevel::Permissions),
            ("alikafka:*", AccessLevel::Write),
            ("ecs:*", AccessLevel::Permissions),
            ("ims:*", AccessLevel::Permissions),
            ("resourcemanager:*", AccessLevel::Permissions),
            ("cloudsso:*", AccessLevel::Permissions),
            ("ims:Create*", AccessLevel::Permissions),
            ("resourcemanager:List*", AccessLevel::List),
            ("oss:*", AccessLevel::Permissions),
            ("oss:Put*", AccessLevel::Permissions),
            ("oss:PutBucketL*", AccessLevel::Write),
            ("oss:Get*", AccessLevel::Read),
            ("KMS:*", AccessLevel::Permissions),
            ("kms:*Secret*", AccessLevel::Write),
            ("sasti:Grant*", AccessLevel::Permissions),
            ("*:PutBucket*", AccessLevel::Permissions),
        ] {
            assert_eq!(of(action, &Nothing), (level, LevelSource::NameRule), "{action}");
        }
    }
}
