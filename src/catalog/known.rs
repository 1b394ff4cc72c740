//! Roles of all products by service name: more than the catalogue describes, names only.
//!
//! Read on first use, because most sessions never ask.

use std::sync::OnceLock;

use serde::Deserialize;

use super::model::Text;
use super::names;
use super::store::Catalog;

/// A service-linked role that is known by name. Its texts are those of the file that is built in.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KnownRole {
    /// The full role name.
    pub role: &'static str,
    /// The service that may assume it, where that is established.
    #[serde(default, borrow)]
    pub service_name: Option<&'static str>,
    /// The product, as a list of role names prints it.
    #[serde(default, borrow)]
    pub product: Option<&'static str>,
    /// The name of its policy, where the list has it.
    #[serde(default, borrow)]
    pub policy: Option<&'static str>,
}

impl KnownRole {
    /// What a list of role names puts it under: mostly a product, sometimes a label such as `SLB-EipAccess`. The list has
    /// no page of its own, so that nothing documents it. It is in English; where it is the name of a product or service
    /// of the catalogue, the Chinese one of that stands beside it.
    pub fn listed_under(&self, catalog: &Catalog) -> Option<Box<Text>> {
        let label = self.product?;
        let chinese = in_chinese(label, catalog).unwrap_or(label).to_owned();
        Some(Box::new(Text::new(label, chinese)))
    }
}

/// The Chinese name of what has this English one, with or without a short name in brackets behind it.
fn in_chinese<'c>(label: &str, catalog: &'c Catalog) -> Option<&'c str> {
    let whole = label.strip_suffix(')').and_then(|label| label.rsplit_once(" ("));
    let is_called = |name: &str| {
        name.eq_ignore_ascii_case(label)
            || whole.is_some_and(|(whole, _)| name.eq_ignore_ascii_case(whole))
    };
    let product = catalog.products().iter().map(|product| &product.name);
    let mut product = product.filter(|name| is_called(&name.en));
    let service = catalog
        .services()
        .all()
        .iter()
        .find(|one| is_called(&one.name.en) || is_called(&one.short));
    product.next().or(service.map(|service| &service.name)).map(|name| &*name.zh)
}

#[derive(Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
struct File {
    known_roles: Vec<KnownRole>,
}

/// Every known role, sorted by service name.
pub fn known_roles() -> &'static [KnownRole] {
    static ROLES: OnceLock<Vec<KnownRole>> = OnceLock::new();
    ROLES.get_or_init(|| {
        // The file is ours and a test reads it; were it broken, roles would only go unnamed.
        serde_json::from_str::<File>(include_str!("../../assets/known-roles.json"))
            .map(|file| file.known_roles)
            .unwrap_or_default()
    })
}

/// The roles of a service name, in any case.
pub fn of_service(service_name: &str) -> impl Iterator<Item = &'static KnownRole> {
    known_roles().iter().filter(move |role| {
        role.service_name.is_some_and(|name| name.eq_ignore_ascii_case(service_name))
    })
}

/// The role of a full name, in any case.
pub fn of_name(name: &str) -> Option<&'static KnownRole> {
    known_roles().iter().find(|role| role.role.eq_ignore_ascii_case(name))
}

/// The role that has a policy of this name, in any case.
pub fn of_policy(policy: &str) -> Option<&'static KnownRole> {
    let has = |role: &&KnownRole| role.policy.is_some_and(|own| own.eq_ignore_ascii_case(policy));
    known_roles().iter().find(has)
}

/// The roles that the list puts under a product, by the product's English name in any case.
pub fn of_product(name: &str) -> impl Iterator<Item = &'static KnownRole> {
    known_roles()
        .iter()
        .filter(move |role| role.product.is_some_and(|product| product.eq_ignore_ascii_case(name)))
}

/// Is it the whole name of a known role, long or short, or the service name or policy name of one, in any case?
pub fn is_name(typed: &str) -> bool {
    let typed = typed.trim();
    known_roles().iter().any(|role| {
        [role.role, names::short(role.role)]
            .into_iter()
            .chain(role.service_name)
            .chain(role.policy)
            .any(|name| name.eq_ignore_ascii_case(typed))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_product_of_the_list_has_the_chinese_name_that_the_catalogue_has() {
        let catalog = Catalog::builtin().unwrap();
        for (role, en, zh) in [
            ("AliyunServiceRoleForMQTTLb", "ApsaraMQ for MQTT", "云消息队列 MQTT 版"),
            ("AliyunServiceRoleForAccessAnalyzer", "Resource Access Management", "访问控制"),
            (
                "AliyunServiceRoleForARMS",
                "Application Real-Time Monitoring Service (ARMS)",
                "应用实时监控服务 ARMS",
            ),
            // Nobody says what these are called in Chinese, or of what product they are.
            ("AliyunServiceRoleForSas", "Security Center", "Security Center"),
            ("AliyunServiceRoleForSlbEipAccess", "SLB-EipAccess", "SLB-EipAccess"),
        ] {
            let listed = of_name(role).unwrap().listed_under(&catalog).unwrap();
            assert_eq!((&*listed.en, &*listed.zh), (en, zh), "{role}");
        }
    }

    #[test]
    fn the_index_is_read_and_sorted() {
        let roles = known_roles();
        assert_eq!(roles.len(), 248);
        assert!(roles.is_sorted_by(|a, b| a.service_name <= b.service_name));
        let names: Vec<_> = of_service("PrivateLink.aliyuncs.com").map(|r| r.role).collect();
        assert_eq!(names, ["AliyunServiceRoleForPrivatelink"]);
    }
}
