//! Which roles a policy may create, pass or delete: read from its statements.
//!
//! Creating and deleting service-linked roles is limited by the condition key `ram:ServiceName`, passing by the
//! resource and the condition key `acs:Service`.

use crate::policy::key::SERVICE_NAME;
use std::collections::HashSet;

use crate::catalog::Catalog;
use crate::catalog::model::Role;
use crate::policy::document::{Clause, Document, Effect, Statement};
use crate::policy::idle::Idle;
use crate::policy::pattern::{self, Case};
use crate::policy::summary::{Touched, means_service};

/// What a policy may do to other roles.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Powers {
    /// Service names whose roles it may create; `*` for any.
    pub creates: Vec<Power>,
    /// Service names whose roles it may delete; `*` for any.
    pub deletes: Vec<Power>,
    /// Role ARNs that it may hand to a service.
    pub passes: Vec<Pass>,
    /// There were more than [`MOST`] of one kind; the rest is left out.
    pub cut: bool,
}

/// Most powers of one kind. Real policies name a handful; a hostile one must not cost more than that.
pub const MOST: usize = 500;

/// One service name (or pattern) and the statement that grants it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Power {
    /// The service name as written, such as `etl.alikafka.aliyuncs.com`; `*` for any.
    pub service_name: String,
    /// Index of the statement, from 0.
    pub statement: usize,
}

/// A role that may be handed to services.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pass {
    /// The resource as written, such as `acs:ram:*:*:role/aliyunfcdefaultrole`.
    pub resource: String,
    /// The services that may receive it; empty for any.
    pub services: Vec<String>,
    /// Index of the statement, from 0.
    pub statement: usize,
}

impl Pass {
    /// The role name in the resource, or the resource where it names no role.
    pub fn role_name(&self) -> &str {
        self.resource.rsplit_once("role/").map_or(self.resource.as_str(), |(_, name)| name)
    }
}

impl Powers {
    /// Reads the powers of a document.
    ///
    /// A `Deny` takes away what it names only where it speaks of every resource, and has no condition
    /// or one on the same key: otherwise it may hold or may not, and the power is told.
    pub fn of(document: &Document) -> Self {
        let (creates, cut_creates) = by_service(document, "ram:CreateServiceLinkedRole");
        let (deletes, cut_deletes) = by_service(document, "ram:DeleteServiceLinkedRole");
        let (passes, cut_passes) = passes(document);
        Self { creates, deletes, passes, cut: cut_creates || cut_deletes || cut_passes }
    }

    /// May the policy create the role of this service name?
    pub fn may_create(&self, service_name: &str) -> bool {
        self.creates.iter().any(|power| matches(&power.service_name, service_name))
    }

    /// May the policy delete the role of this service name?
    pub fn may_delete(&self, service_name: &str) -> bool {
        self.deletes.iter().any(|power| matches(&power.service_name, service_name))
    }
}

impl Catalog {
    /// Is the right to delete itself all that a service-linked role may do in RAM? `touched` is what is known of its
    /// policy already: only where that leaves one action, the policy is read.
    pub fn only_deletes_itself(
        &self,
        role: &Role,
        touched: impl IntoIterator<Item = Touched>,
    ) -> bool {
        let Some(own) = &role.service_name else { return false };
        let mut ram = touched.into_iter().filter(|one| means_service(&one.code, "ram"));
        let (Some(only), None) = (ram.next(), ram.next()) else { return false };
        if only.code != "ram" || only.through().all() > 0 || (only.actions, only.patterns) != (1, 0)
        {
            return false;
        }
        let deletes = self.document(role).map(|document| Powers::of(&document).deletes);
        let deletes = deletes.unwrap_or_default();
        !deletes.is_empty()
            && deletes.iter().all(|power| pattern::same(&power.service_name, own, Case::Fold))
    }
}

fn by_service(document: &Document, action: &str) -> (Vec<Power>, bool) {
    let denied = denied(document, action)
        .filter(|statement| on_everything(statement))
        .flat_map(|statement| match values(statement, SERVICE_NAME) {
            Some(values) if has_one_limit(statement) => values,
            None if statement.conditions.is_empty() => vec!["*".to_owned()],
            _ => Vec::new(),
        })
        .take(MOST)
        .collect::<Vec<String>>();
    let mut powers: Vec<Power> = Vec::new();
    let mut seen = HashSet::new();
    for (index, statement) in allowed(document, action) {
        for name in values(statement, SERVICE_NAME).unwrap_or_else(|| vec!["*".to_owned()]) {
            if !seen.insert(pattern::fold(&name))
                || denied.iter().any(|deny| pattern::covers(deny, &name, Case::Fold))
            {
                continue;
            }
            if powers.len() == MOST {
                return (powers, true);
            }
            powers.push(Power { service_name: name, statement: index });
        }
    }
    (powers, false)
}

fn passes(document: &Document) -> (Vec<Pass>, bool) {
    let denied = denied(document, "ram:PassRole")
        .filter(|statement| statement.conditions.is_empty())
        .flat_map(|statement| match &statement.resource {
            Some(Clause { negated: true, .. }) => Vec::new(),
            _ => resources(statement),
        })
        .take(MOST)
        .collect::<Vec<String>>();
    let mut passes = Vec::new();
    let mut seen = HashSet::new();
    for (index, statement) in allowed(document, "ram:PassRole") {
        let services = values(statement, "acs:Service").unwrap_or_default();
        for resource in resources(statement) {
            let known = !seen.insert((resource.clone(), services.clone()));
            if known || denied.iter().any(|deny| covers_resource(deny, &resource)) {
                continue;
            }
            if passes.len() == MOST {
                return (passes, true);
            }
            passes.push(Pass { resource, services: services.clone(), statement: index });
        }
    }
    (passes, false)
}

fn allowed<'a>(
    document: &'a Document,
    action: &'a str,
) -> impl Iterator<Item = (usize, &'a Statement)> {
    document.statements.iter().enumerate().filter(move |(_, statement)| {
        statement.effect == Effect::Allow
            && covers(statement, action)
            && Idle::of(statement).is_none()
    })
}

fn denied<'a>(document: &'a Document, action: &'a str) -> impl Iterator<Item = &'a Statement> {
    document.statements.iter().filter(move |statement| {
        statement.effect == Effect::Deny
            && covers(statement, action)
            && Idle::of(statement).is_none()
    })
}

/// Does the statement speak of every role, by `*` or by a name with all parts open?
fn on_everything(statement: &Statement) -> bool {
    statement.resource.as_ref().is_none_or(|clause| clause.is_every_of("ram"))
}

/// The pattern of every resource of RAM.
const EVERY_OF_RAM: &str = "acs:ram:*:*:*";

/// Does a pattern cover all of the resources of another, without case? Of `*` those of RAM are meant.
fn covers_resource(wider: &str, narrower: &str) -> bool {
    pattern::covers(wider, narrower, Case::Fold)
        || pattern::matches_anything(narrower) && pattern::covers(wider, EVERY_OF_RAM, Case::Fold)
}

/// Is a limit of the name of the service all that it asks? Another condition may not hold.
fn has_one_limit(statement: &Statement) -> bool {
    statement.conditions.len() == 1 && statement.limits(SERVICE_NAME).count() == 1
}

fn covers(statement: &Statement, action: &str) -> bool {
    statement.action.as_ref().is_some_and(|Clause { negated, values, unknown, .. }| {
        let listed = values.iter().any(|pattern| matches(&pattern.value, action));
        // What is not known may be what is left out.
        listed != *negated && !(*negated && *unknown)
    })
}

/// The values that a condition key is limited to; None where it is not.
fn values(statement: &Statement, key: &str) -> Option<Vec<String>> {
    let mut found = None;
    // A value that is not known may be any.
    for condition in statement.limits(key).filter(|condition| !condition.unknown) {
        let values = condition.values.iter().map(|value| value.value.to_string());
        found.get_or_insert_with(Vec::new).extend(values);
    }
    found
}

fn resources(statement: &Statement) -> Vec<String> {
    match &statement.resource {
        Some(Clause { negated: false, values, .. }) => {
            values.iter().map(|value| value.value.to_string()).collect()
        }
        _ => vec!["*".to_owned()],
    }
}

/// Does a pattern with `*` and `?` match a name, without case?
pub fn matches(pattern: &str, name: &str) -> bool {
    pattern::matches(pattern, name, Case::Fold)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn powers(statements: &str) -> Powers {
        let text = format!(r#"{{"Version":"1","Statement":[{statements}]}}"#);
        Powers::of(&crate::policy::read::document(&text).unwrap().document)
    }

    fn created(statements: &str) -> Vec<String> {
        powers(statements).creates.into_iter().map(|power| power.service_name).collect()
    }

    const ONE: &str = r#"{"Effect":"Allow","Action":"ram:create*","Resource":"*",
        "Condition":{"StringLike":{"RAM:servicename":["a.aliyuncs.com","*.log.aliyuncs.com"]}}}"#;

    #[test]
    fn service_names_come_from_the_condition() {
        assert_eq!(created(ONE), ["a.aliyuncs.com", "*.log.aliyuncs.com"]);
        assert!(powers(ONE).may_create("x.log.aliyuncs.com"));
        assert!(!powers(ONE).may_create("b.aliyuncs.com"));
    }

    #[test]
    fn without_a_condition_it_is_any_service() {
        assert_eq!(created(r#"{"Effect":"Allow","Action":"*","Resource":"*"}"#), ["*"]);
        assert_eq!(created(r#"{"Effect":"Allow","NotAction":"ecs:*","Resource":"*"}"#), ["*"]);
        let other = r#"{"Effect":"Allow","NotAction":"ram:*","Resource":"*"}"#;
        assert_eq!(created(other), Vec::<String>::new());
    }

    // An absent key meets these operators, so that they limit nothing; what matches nothing grants nothing.
    #[test]
    fn only_what_an_absent_key_does_not_meet_is_a_limit() {
        for (operator, limited) in [
            ("StringEquals", true),
            ("StringEqualsIgnoreCase", true),
            ("ForAnyValue:StringEquals", true),
            ("StringNotEquals", false),
            ("StringEqualsIfExists", false),
            ("ForAllValues:StringEquals", false),
            ("NotStringEquals", false),
        ] {
            let one = format!(
                r#"{{"Effect":"Allow","Action":"ram:CreateServiceLinkedRole","Resource":"*",
                    "Condition":{{"{operator}":{{"ram:ServiceName":"a.aliyuncs.com"}}}}}}"#
            );
            let expected = if limited { "a.aliyuncs.com" } else { "*" };
            assert_eq!(created(&one), [expected], "{operator}");
        }
        let nowhere = r#"{"Effect":"Allow","Action":"ram:*","NotResource":"*"}"#;
        assert_eq!(powers(nowhere), Powers::default());
        // Two conditions hold together only, and the second one may not.
        let deny = r#"{"Effect":"Deny","Action":"ram:*","Resource":"*","Condition":{
            "StringEquals":{"ram:ServiceName":"a.aliyuncs.com"},
            "StringNotLike":{"ram:ServiceName":"a*"}}}"#;
        assert_eq!(created(&format!("{ONE},{deny}")).len(), 2);
    }

    #[test]
    fn a_deny_takes_away_what_it_names() {
        let deny = r#"{"Effect":"Deny","Action":"ram:*","Resource":"*",
            "Condition":{"StringEquals":{"ram:ServiceName":"A.aliyuncs.com"}}}"#;
        assert_eq!(created(&format!("{ONE},{deny}")), ["*.log.aliyuncs.com"]);
        let other = r#"{"Effect":"Deny","Action":"ram:*","Resource":"acs:ram:*:*:role/x"}"#;
        assert_eq!(created(&format!("{ONE},{other}")).len(), 2, "another resource");
        let all = r#"{"Effect":"Deny","Action":"ram:*","Resource":"*"}"#;
        assert_eq!(created(&format!("{all},{ONE}")), Vec::<String>::new());
        assert_eq!(powers(&format!("{all},{PASS}")).passes, []);
    }

    #[test]
    fn a_deny_of_everything_takes_all_however_it_is_written() {
        let any = r#"{"Effect":"Allow","Action":"*","Resource":"*"}"#;
        for (actions, resource, left) in [
            (r#""Action":"*""#, "*", false),
            (r#""Action":"*""#, "acs:*:*:*:*", false),
            (r#""Action":["*:*"]"#, "acs:ram:*:*:*", false),
            (r#""NotAction":"ecs:*""#, "*", false),
            (r#""Action":"*""#, "acs:ecs:*:*:*", true),
        ] {
            let deny = format!(r#"{{"Effect":"Deny",{actions},"Resource":"{resource}"}}"#);
            for allow in [any, ONE, PASS] {
                let all = powers(&format!("{allow},{deny}"));
                let some = |one: &Powers| {
                    (!one.creates.is_empty(), !one.deletes.is_empty(), !one.passes.is_empty())
                };
                let expected = if left { some(&powers(allow)) } else { (false, false, false) };
                assert_eq!(some(&all), expected, "{allow} with {deny}");
            }
        }
    }

    #[test]
    fn a_deny_with_another_condition_may_not_hold() {
        let deny = r#"{"Effect":"Deny","Action":"ram:*","Resource":"*","Condition":{
            "StringEquals":{"ram:ServiceName":"a.aliyuncs.com"},
            "IpAddress":{"acs:SourceIp":"10.0.0.0/8"}}}"#;
        assert_eq!(created(&format!("{ONE},{deny}")).len(), 2);
    }

    const PASS: &str = r#"{"Effect":"Allow","Action":"ram:PassRole",
        "Resource":"acs:ram:*:*:role/aliyunfcdefaultrole",
        "Condition":{"StringEquals":{"acs:Service":"fc.aliyuncs.com"}}}"#;

    #[test]
    fn a_hostile_policy_costs_no_more_than_the_most() {
        let names: Vec<String> = (0..20_000).map(|n| format!("\"s{n}.aliyuncs.com\"")).collect();
        let allow = format!(
            r#"{{"Effect":"Allow","Action":"ram:*","Resource":"*",
                "Condition":{{"StringEquals":{{"ram:ServiceName":[{}]}}}}}}"#,
            names.join(",")
        );
        let powers = powers(&allow);
        assert_eq!((powers.creates.len(), powers.cut), (MOST, true));
    }

    #[test]
    fn passed_roles_come_from_the_resources() {
        let passes = powers(PASS).passes;
        assert_eq!(passes.len(), 1, "{passes:?}");
        assert_eq!(passes[0].role_name(), "aliyunfcdefaultrole");
        assert_eq!(passes[0].services, ["fc.aliyuncs.com"]);
    }
}
