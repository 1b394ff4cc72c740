//! Names of roles: ids, short names, ARNs, trust policies, and finding a role by what a person types.

use std::borrow::Cow;

use super::model::{Role, RoleId, RoleKind};
use super::store::Catalog;
use crate::policy::findings::Origin;
use crate::policy::wrapper::ROLE_PREFIX;
pub use crate::policy::wrapper::is_service_linked;

const POLICY_PREFIX: &str = "aliyunservicerolepolicyfor";

impl RoleId {
    /// The id of a full role name, in any case.
    pub fn of(name: &str) -> Self {
        Self(name.to_ascii_lowercase().into())
    }
}

impl Role {
    /// The ARN with a blank for the account.
    pub fn arn_form(&self) -> String {
        self.arn("<account-id>")
    }

    /// The ARN in an account: those of service-linked roles are written in lower case.
    pub fn arn(&self, account: &str) -> String {
        let name = match self.kind {
            RoleKind::ServiceLinked => Cow::Owned(self.name.to_ascii_lowercase()),
            RoleKind::Ordinary | RoleKind::Document => Cow::Borrowed(&*self.name),
        };
        format!("acs:ram::{account}:role/{name}")
    }
}

/// The label that the services of a product share, mostly its code: `alikafka` of `connector.alikafka.aliyuncs.com`.
pub(super) fn family(service: &str) -> &str {
    let host = service.strip_suffix(".aliyuncs.com").unwrap_or_default();
    host.rsplit('.').next().unwrap_or_default()
}

/// The short name of a role; with the folder or file that it comes from where others of these have the same.
pub fn told_apart(role: &Role, all: &[&Role]) -> String {
    let name = &role.short_name;
    let same = all.iter().filter(|other| other.short_name == *name).count();
    // People's own products are called by their path; see `product` of the import.
    match own_path(role) {
        Some(path) if same > 1 => format!("{path}/{name}"),
        _ => name.clone(),
    }
}

/// The folder or file that a role of people's own comes from.
fn own_path(role: &Role) -> Option<&str> {
    let (kind, path) = role.product.0.strip_prefix("own/")?.split_once('/')?;
    // The number of the path that was given, and the product, stand before it.
    if kind == "product" { path.splitn(3, '/').nth(2) } else { Some(path) }
}

/// What a name has behind a prefix, in any case.
fn behind<'a>(prefix: &str, name: &'a str) -> Option<&'a str> {
    let (head, tail) = name.split_at_checked(prefix.len())?;
    head.eq_ignore_ascii_case(prefix).then_some(tail)
}

/// Is it the name of a policy of a service-linked role, in any case?
pub(super) fn is_linked_policy(name: &str) -> bool {
    behind(POLICY_PREFIX, name).is_some()
}

/// `AliyunServiceRoleForAlb` for `AliyunServiceRolePolicyForAlb`: what the role is mostly called.
pub(super) fn role_like_policy(policy: &str) -> Option<String> {
    let tail = behind(POLICY_PREFIX, policy).filter(|tail| !tail.is_empty())?;
    Some(format!("AliyunServiceRoleFor{tail}"))
}

/// Is it an ARN of a role of this name, in the form in which RAM writes it?
pub(super) fn is_arn_of(arn: &str, name: &str) -> bool {
    let account = arn.strip_prefix("acs:ram::").and_then(|rest| rest.split_once(":role/"));
    account.is_some_and(|(account, role)| {
        let digits = account.bytes().all(|byte| byte.is_ascii_digit());
        digits && !account.is_empty() && account.len() <= 32 && role.eq_ignore_ascii_case(name)
    }) && crate::text::visible(arn) == arn
}

/// Whose policy one of this name and this type (`System`, `Custom`) is. The name tells one of a service-linked role.
pub fn origin(policy: Option<&str>, policy_type: Option<&str>) -> Origin {
    match policy_type {
        _ if policy.is_some_and(|name| short(name) != name) => Origin::ServiceLinkedRole,
        Some("System") => Origin::System,
        Some("Custom") => Origin::Custom,
        _ => Origin::Unknown,
    }
}

/// What remains of a role or policy name without the prefix that all of them share.
pub fn short(name: &str) -> &str {
    let mut tails =
        [ROLE_PREFIX, POLICY_PREFIX].into_iter().filter_map(|prefix| behind(prefix, name));
    tails.find(|tail| !tail.is_empty()).unwrap_or(name)
}

/// The trust policy of a service-linked role, in the form in which RAM answers it.
pub fn trust_document(service_name: &str) -> String {
    let service = serde_json::Value::from(service_name);
    format!(
        "{{\"Statement\":[{{\"Action\":\"sts:AssumeRole\",\"Effect\":\"Allow\",\
         \"Principal\":{{\"Service\":[{service}]}}}}],\"Version\":\"1\"}}"
    )
}

/// Does a name mean this role, in any case of letters, or with a suffix of the user's choice?
pub(super) fn means(named: &str, role: &str) -> bool {
    let start = named.get(..role.len()).filter(|start| start.eq_ignore_ascii_case(role));
    start.is_some() && matches!(named.as_bytes().get(role.len()), None | Some(b'_'))
}

/// What a typed name stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found<'a> {
    /// This role.
    One(&'a Role),
    /// More than one role; at least two.
    Several(Vec<&'a Role>),
    /// No role.
    Nothing,
}

impl Catalog {
    /// Finds a role by its full or short name, policy name, ARN or service name, in any case;
    /// failing that by a part of its short name. Of people's own files it is enough what tells it from others, such as
    /// `folder/name`.
    pub fn find_role(&self, typed: &str) -> Found<'_> {
        let typed = typed.trim().to_ascii_lowercase();
        if let Some((path, last)) = typed.rsplit_once('/') {
            match self.below(path, last) {
                Found::Nothing => {}
                found => return found,
            }
        }
        // The last part of an ARN is the name.
        let is_arn = ["acs:", "role/"].iter().any(|start| typed.starts_with(start));
        let name = typed.rsplit('/').next().filter(|_| is_arn).unwrap_or(&typed);
        if name.is_empty() {
            return Found::Nothing;
        }
        if let Some(role) = self.role(&RoleId(name.into())) {
            return Found::One(role);
        }
        let wanted = short(name);
        let steps: [&dyn Fn(&Role) -> bool; 4] = [
            &|role| role.policy.as_ref().is_some_and(|p| p.name.eq_ignore_ascii_case(name)),
            &|role| role.service_name.as_ref().is_some_and(|s| s.eq_ignore_ascii_case(name)),
            &|role| {
                role.short_name.eq_ignore_ascii_case(wanted)
                    || short(&role.name).eq_ignore_ascii_case(wanted)
            },
            // A whole name that no role has is no part of another's.
            &|role| wanted == name && role.short_name.to_lowercase().contains(wanted),
        ];
        for step in steps {
            let roles: Vec<&Role> = self.roles().iter().filter(|role| step(role)).collect();
            match roles.as_slice() {
                [] => {}
                [role] => return Found::One(role),
                _ => return Found::Several(roles),
            }
        }
        // Some services add a suffix of the user's choice: <role name>_<suffix>.
        self.role_meant(name).map_or(Found::Nothing, Found::One)
    }

    /// What people's own files have of a name in a folder or file whose path ends so; both in lower case.
    fn below(&self, path: &str, name: &str) -> Found<'_> {
        let inside = |names: &dyn Fn(&str) -> bool| -> Vec<&Role> {
            let own = self.roles().iter().filter(|role| role.product.is_own());
            own.filter(|role| {
                let id = role.id.0.to_ascii_lowercase();
                id.rsplit_once('/').is_some_and(|(before, last)| {
                    names(last) && before.strip_suffix(path).is_some_and(|top| top.ends_with('/'))
                })
            })
            .collect()
        };
        let mut found = inside(&|last| last == name);
        if found.is_empty() {
            found = inside(&|last| short(last) == short(name));
        }
        match found.as_slice() {
            [] => Found::Nothing,
            [role] => Found::One(role),
            _ => Found::Several(found),
        }
    }

    /// The role that a name means which RAM has written: of several the one that it names most closely.
    pub fn role_meant(&self, named: &str) -> Option<&Role> {
        let meant = self.roles().iter().filter(|role| means(named, &role.name));
        meant.max_by_key(|role| role.name.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(found: &Found<'_>) -> Vec<String> {
        match found {
            Found::One(role) => vec![role.short_name.clone()],
            Found::Several(roles) => roles.iter().map(|role| role.short_name.clone()).collect(),
            Found::Nothing => Vec::new(),
        }
    }

    #[test]
    fn a_role_is_found_by_any_of_its_names() {
        let catalog = Catalog::builtin().unwrap();
        for typed in [
            "AliyunServiceRoleForAlikafkaETL",
            "aliyunserviceroleforalikafkaetl",
            "AlikafkaETL",
            " alikafkaetl ",
            "etl",
            "etl.alikafka.aliyuncs.com",
            "AliyunServiceRolePolicyForAlikafkaETL",
            "acs:ram::123:role/aliyunserviceroleforalikafkaetl",
            "AliyunServiceRoleForAlikafkaETL_mine",
            "AliyunServiceRoleForAlikafkaETL_of_mine",
        ] {
            assert_eq!(names(&catalog.find_role(typed)), ["AlikafkaETL"], "{typed}");
        }
    }

    #[test]
    fn an_exact_short_name_wins_over_a_part_of_others() {
        let catalog = Catalog::builtin().unwrap();
        assert_eq!(names(&catalog.find_role("alikafka")), ["Alikafka"]);
        let several = names(&catalog.find_role("mqtt"));
        assert!(several.len() >= 4, "{several:?}");
        for typed in ["", "/", "x_y", "阿里", "AliyunServiceRoleFor", "AliyunServiceRoleForETL"] {
            assert_eq!(catalog.find_role(typed), Found::Nothing, "{typed}");
        }
    }

    #[test]
    fn the_trust_policy_has_the_form_that_ram_answers() {
        assert_eq!(
            trust_document("alikafka.aliyuncs.com"),
            r#"{"Statement":[{"Action":"sts:AssumeRole","Effect":"Allow","Principal":{"Service":["alikafka.aliyuncs.com"]}}],"Version":"1"}"#
        );
    }
}
