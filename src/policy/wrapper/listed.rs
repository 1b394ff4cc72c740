//! What answers of the API say about roles and policies beside their documents.

use super::Names;
use crate::policy::json::Node;

/// A role as `ListRoles` and `GetRole` describe it. Texts are as written: untrusted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListedRole {
    /// `RoleName`
    pub name: String,
    /// `RoleId`
    pub id: Option<String>,
    /// `Arn`
    pub arn: Option<String>,
    /// `Description`
    pub description: Option<String>,
    /// `IsServiceLinkedRole`, where the answer has it.
    pub is_service_linked: Option<bool>,
    /// `CreateDate`
    pub created: Option<String>,
    /// `UpdateDate`
    pub updated: Option<String>,
}

/// A policy that is listed without its document. Texts are as written: untrusted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListedPolicy {
    /// `PolicyName`
    pub name: String,
    /// `PolicyType`
    pub policy_type: Option<String>,
    /// `DefaultVersion`
    pub version: Option<String>,
    /// `Description`
    pub description: Option<String>,
    /// `AttachDate`
    pub attached: Option<String>,
}

/// What the names of service-linked roles begin with; RAM keeps it for them.
pub const ROLE_PREFIX: &str = "AliyunServiceRoleFor";

/// Is it the name of a service-linked role, in any case?
pub fn is_service_linked(name: &str) -> bool {
    name.get(..ROLE_PREFIX.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(ROLE_PREFIX))
}

impl ListedRole {
    /// Is it a service-linked role? By the flag, or else by the name that only such roles have.
    pub fn service_linked(&self) -> bool {
        self.is_service_linked.unwrap_or_else(|| is_service_linked(&self.name))
    }

    /// The role that an object describes, if it describes one.
    pub(super) fn of(node: &Node<'_>) -> Option<Self> {
        let role = Self {
            name: text(node, &["RoleName"])?,
            id: text(node, &["RoleId"]),
            arn: text(node, &["Arn"]),
            description: text(node, &["Description"]),
            is_service_linked: flag(node, "IsServiceLinkedRole"),
            created: text(node, &["CreateDate"]),
            updated: text(node, &["UpdateDate"]),
        };
        (role.arn.is_some() || role.id.is_some()).then_some(role)
    }
}

impl ListedPolicy {
    /// The policy that an element of a list describes, if it describes one.
    pub(super) fn of(node: &Node<'_>) -> Option<Self> {
        Some(Self {
            name: text(node, &["PolicyName"])?,
            policy_type: text(node, &["PolicyType"]),
            version: text(node, &["DefaultVersion"]),
            description: text(node, &["Description"]),
            attached: text(node, &["AttachDate"]),
        })
    }
}

impl Names {
    /// Takes over what an object says of the documents in it and beside it.
    pub(super) fn learn(&mut self, node: &Node<'_>) {
        let mut take = |slot: fn(&mut Self) -> &mut Option<String>, keys: &[&str]| {
            if let Some(value) = name(node, keys) {
                *slot(self) = Some(value);
            }
        };
        take(|names| &mut names.policy, &["PolicyName", "policy_name", "policyName"]);
        take(|names| &mut names.policy_type, &["PolicyType", "policy_type", "policyType"]);
        take(|names| &mut names.role, &["RoleName", "role_name", "roleName"]);
        take(
            |names| &mut names.version,
            &["VersionId", "DefaultVersion", "version_id", "default_version"],
        );
        if let Some(is_default) = flag(node, "IsDefaultVersion") {
            self.is_default = Some(is_default);
        }
    }

    /// Terraform, a snapshot and others call the name of a policy or role just `name`; `holds` where a policy stands in
    /// the object.
    pub(super) fn fall_back(&mut self, node: &Node<'_>, holds: bool) {
        let Some(name) = name(node, &["name", "Name"]) else { return };
        let of_snapshot = ["trust", "service_linked"].iter().all(|key| node.get(key).is_some());
        if of_snapshot
            || node.get("assume_role_policy_document").is_some()
            || node.get("AssumeRolePolicyDocument").is_some()
        {
            self.role.get_or_insert(name);
        } else if holds {
            self.policy.get_or_insert(name);
        }
    }

    /// The names, and those of the surroundings where there are none.
    pub(super) fn or(self, around: &Self) -> Self {
        let around = around.clone();
        Self {
            policy: self.policy.or(around.policy),
            policy_type: self.policy_type.or(around.policy_type),
            role: self.role.or(around.role),
            version: self.version.or(around.version),
            is_default: self.is_default.or(around.is_default),
            resource: self.resource.or(around.resource),
            services: self.services,
        }
    }
}

/// The bytes of the longest name that is taken. No real one is longer, and what stands below each object with a hostile
/// one would get a copy.
pub(super) const LONGEST: usize = 512;

/// The first of the keys that has a text that is not empty.
fn text(node: &Node<'_>, keys: &[&str]) -> Option<String> {
    first(node, keys).map(str::to_owned)
}

/// The same as a name of what stands in the object.
fn name(node: &Node<'_>, keys: &[&str]) -> Option<String> {
    first(node, keys).filter(|name| name.len() <= LONGEST).map(str::to_owned)
}

fn first<'n>(node: &'n Node<'_>, keys: &[&str]) -> Option<&'n str> {
    let mut values = keys.iter().filter_map(|key| node.get(key)?.as_str());
    values.find(|value| !value.is_empty())
}

/// A yes or no, as a word too.
pub(super) fn flag(node: &Node<'_>, key: &str) -> Option<bool> {
    let value = node.get(key)?;
    value.as_bool().or_else(|| value.as_str()?.to_ascii_lowercase().parse().ok())
}
