//! Documentation against policy: what the product page says a role may do, held against what its policy grants.
//!
//! The page's words and the actions they mean are data of the catalogue; the differences are computed.

use super::model::{DocumentedOperation, Role, Wholeness};
use super::store::Catalog;
use crate::policy::document::{Document, Effect, Statement};
use crate::policy::findings::{Context, Finding, Named, Origin, Rule, Severity, findings};
use crate::policy::pattern::{self, Case, arn};
use crate::policy::read::{self, Read};
use crate::policy::source::{Place, Span, Spanned};
use crate::policy::summary::service_of_action;
use crate::policy::wording;
use crate::say::{Language, said, say};
use crate::sort;
use crate::text::visible_start;

/// So many repairs of a text are told one by one.
const MOST_REPAIRS: usize = 200;

/// Every finding of a role: of its policy, and of the product page held against it.
///
/// `read` is the role's permission policy as it was read from `role.policy`.
pub fn findings_of(
    language: Language,
    role: &Role,
    read: &Read,
    catalog: &Catalog,
) -> Vec<Finding> {
    let mut found = of_policy(language, role, read, catalog);
    found.extend(review(language, role, &read.document));
    found
}

/// What was repaired in a policy's text so that it could be read, each with its place, as notes; at most
/// 200 of them, and how many more there are.
pub fn repairs_of(language: Language, read: &Read, text: &str) -> Vec<Finding> {
    let mut repairs = read.repairs.clone();
    sort::by_key(&mut repairs, |repair| repair.offset);
    let told = repairs.iter().take(MOST_REPAIRS).enumerate();
    let notes = told.map(|(n, repair)| {
        let place = Place::of(text, repair.offset);
        let mut message = format!("{place}: {}", say(language, repair.kind.sentence()));
        let more = read.repairs.len() - n - 1 + read.repairs_left_out;
        if n + 1 == MOST_REPAIRS && more > 0 {
            message.push_str(say(language, " "));
            message.push_str(&said(language, "And {} more.", &[&more.to_string()]));
        }
        let statements = &read.document.statements;
        let statement = statements.iter().position(|statement| {
            (statement.span.start..statement.span.end).contains(&repair.offset)
        });
        let end = text.len().min(repair.offset + 1);
        let span = Span::new(repair.offset.min(end), end);
        let rule = Rule::Repair(repair.kind);
        let finding = Finding::new(rule, Severity::Note, statement, span, message);
        let meaning = say(language, "Whether RAM reads past it is not documented.");
        finding.with_meaning(language, meaning, Origin::Unknown)
    });
    notes.collect()
}

/// How many findings of a policy are more than notes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Grave {
    /// What does not work as it stands.
    pub errors: usize,
    /// What is worth a look.
    pub warnings: usize,
}

impl Grave {
    /// A text that cannot be read is one error, whatever stands in it.
    pub const UNREADABLE: Self = Self { errors: 1, warnings: 0 };

    /// Both together.
    pub const fn all(self) -> usize {
        self.errors + self.warnings
    }

    /// Those among some findings.
    pub fn among(found: &[Finding]) -> Self {
        let count = |severity| found.iter().filter(|found| found.severity == severity).count();
        Self { errors: count(Severity::Error), warnings: count(Severity::Warning) }
    }
}

impl std::iter::Sum for Grave {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::default(), |sum, one| Self {
            errors: sum.errors + one.errors,
            warnings: sum.warnings + one.warnings,
        })
    }
}

/// How many of them are more than notes. The product page is left alone: what differs from it is a note.
pub fn grave_of(role: &Role, read: &Read, catalog: &Catalog) -> Grave {
    Grave::among(&of_policy(Language::English, role, read, catalog))
}

fn of_policy(language: Language, role: &Role, read: &Read, catalog: &Catalog) -> Vec<Finding> {
    let trust = role.trust.as_ref().and_then(|trust| read::document(&trust.value).ok());
    let context = Context {
        vocabulary: catalog,
        source: role.policy.as_ref().map(|policy| &*policy.source),
        trust: trust.as_ref().map(|read| &read.document),
        service_name: role.service_name.as_deref(),
        origin: role.policy.as_ref().map_or(Origin::Unknown, |policy| policy.origin),
        language,
    };
    findings(&read.document, &read.oddities, &context)
}

/// The differences between the product page and the policy; none where the page's words are not in the catalogue.
pub fn review(language: Language, role: &Role, document: &Document) -> Vec<Finding> {
    if role.documented.is_empty() {
        return Vec::new();
    }
    let mut found = not_documented(language, role, document);
    for service in &role.documented {
        for operation in &service.operations {
            found.extend(not_granted(language, role, &service.service, operation, document));
        }
    }
    found
}

/// Statements that allow something, with their index.
fn allowing(document: &Document) -> impl Iterator<Item = (usize, &Statement)> {
    let statements = document.statements.iter().enumerate();
    statements.filter(|(_, s)| s.effect == Effect::Allow && s.resource.is_some())
}

/// The actions that a statement names one by one.
fn named(statement: &Statement) -> impl Iterator<Item = &Spanned> {
    let clause = statement.action.as_ref().filter(|clause| !clause.negated);
    clause.into_iter().flat_map(|clause| &clause.values)
}

/// Granted, but in no operation of the page: one finding for each statement and service.
fn not_documented(language: Language, role: &Role, document: &Document) -> Vec<Finding> {
    let operations = role.documented.iter().flat_map(|service| &service.operations);
    let documented: Vec<&str> =
        operations.flat_map(|operation| &operation.actions).map(String::as_str).collect();
    let mut found = Vec::new();
    for (index, statement) in allowing(document) {
        let mut services: Vec<(String, Vec<&Spanned>)> = Vec::new();
        for action in named(statement) {
            if documented.iter().any(|known| pattern::covers(known, &action.value, Case::Fold)) {
                continue;
            }
            let service = service_of_action(&action.value);
            match services.iter_mut().find(|(code, _)| *code == service) {
                Some((_, actions)) => actions.push(action),
                None => services.push((service, vec![action])),
            }
        }
        for (_, actions) in services {
            let Some(first) = actions.first() else { continue };
            let names: Vec<&str> = actions.iter().map(|action| action.value.as_str()).collect();
            let listed = list(language, &names);
            let message = if names.len() == 1 {
                said(
                    language,
                    "{} is granted, but the product page does not mention it.",
                    &[&listed],
                )
            } else {
                said(
                    language,
                    "{} are granted, but the product page does not mention them.",
                    &[&listed],
                )
            };
            found.push(note(language, Named::NotDocumented, Some(index), first.span, message));
        }
    }
    found
}

/// An operation of the page of which the policy grants nothing, or a part only.
fn not_granted(
    language: Language,
    role: &Role,
    service: &str,
    operation: &DocumentedOperation,
    document: &Document,
) -> Option<Finding> {
    let mut granted: Vec<(&str, usize, Span)> = Vec::new();
    let mut missing: Vec<&str> = Vec::new();
    for action in &operation.actions {
        match grant(action, document) {
            Some((index, span)) => granted.push((action, index, span)),
            None => missing.push(action),
        }
    }
    if missing.is_empty() {
        return None;
    }
    let page = said(
        language,
        "The product page says \"{}\" under {}",
        &[&visible_start(operation.what.get(language), 120), service],
    );
    let (message, place) = if let Some((_, index, span)) = granted.first() {
        let names: Vec<&str> = granted.iter().map(|(name, ..)| *name).collect();
        let words = said(
            language,
            "{}; of that the policy grants {}, not {}.",
            &[&page, &list(language, &names), &list(language, &missing)],
        );
        (words, Some((*index, *span)))
    } else if let Some((name, index, span)) = elsewhere(service, &missing, document) {
        let words = said(
            language,
            "{}; the policy grants {} on resources of {} instead.",
            &[&page, &name, service],
        );
        (words, Some((index, span)))
    } else {
        let place = allowing(document).find_map(|(index, statement)| {
            let mut own = named(statement).filter(|a| service_of_action(&a.value) == service);
            own.next().map(|action| (index, action.span))
        });
        let missing = list(language, &missing);
        (said(language, "{}; the policy does not grant {}.", &[&page, &missing]), place)
    };
    let incomplete =
        role.policy.as_ref().is_some_and(|policy| matches!(policy.whole, Wholeness::Incomplete(_)));
    let message = if incomplete {
        let more = say(language, " It may be in the part of the policy that is missing here.");
        format!("{message}{more}")
    } else {
        message
    };
    let start = document.span.start;
    let span = place.map_or(Span::new(start, (start + 1).min(document.span.end)), |(_, span)| span);
    Some(note(language, Named::NotGranted, place.map(|(index, _)| index), span, message))
}

/// The statement that grants an action, and where.
fn grant(action: &str, document: &Document) -> Option<(usize, Span)> {
    allowing(document).find_map(|(index, statement)| {
        let clause = statement
            .action
            .as_ref()
            .filter(|clause| !(clause.is_open() || clause.negated && clause.unknown))?;
        let hit = clause.values.iter().find(|v| pattern::matches(&v.value, action, Case::Fold));
        match (clause.negated, hit) {
            (false, Some(value)) => Some((index, value.span)),
            (true, None) => Some((index, clause.span)),
            _ => None,
        }
    })
}

/// An action of another service with the same name, granted on this service's resources.
fn elsewhere(
    service: &str,
    missing: &[&str],
    document: &Document,
) -> Option<(String, usize, Span)> {
    let name = |action: &str| action.split_once(':').map(|(_, name)| pattern::fold(name));
    allowing(document).find_map(|(index, statement)| {
        let resources = statement.resource.as_ref().filter(|clause| !clause.negated)?;
        let on_it =
            |value: &Spanned| arn::service(&value.value).is_some_and(|code| code == service);
        if !resources.values.iter().any(on_it) {
            return None;
        }
        let action = named(statement)
            .find(|action| missing.iter().any(|wanted| name(wanted) == name(&action.value)))?;
        Some((visible_start(&action.value, 80), index, action.span))
    })
}

fn note(
    language: Language,
    rule: Named,
    statement: Option<usize>,
    span: Span,
    message: String,
) -> Finding {
    let finding = Finding::new(Rule::Named(rule), Severity::Note, statement, span, message);
    finding.with_meaning(
        language,
        say(
            language,
            "The page says it in prose, and which actions that means is read here. The policy is what counts.",
        ),
        Origin::ServiceLinkedRole,
    )
}

fn list(language: Language, names: &[&str]) -> String {
    wording::join(
        language,
        &wording::first(language, names, 6, |name| visible_start(name, 80)),
        "and",
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::model::{DocumentedService, Text};

    /// A role whose page says "do things", meaning these actions.
    fn role(service: &str, actions: &[&str]) -> Role {
        let catalog = Catalog::builtin().unwrap();
        let operation = DocumentedOperation {
            what: Text { en: "Do things".into(), zh: "".into() },
            actions: actions.iter().map(|action| (*action).to_owned()).collect(),
        };
        let service = DocumentedService { service: service.into(), operations: vec![operation] };
        Role { documented: vec![service], policy: None, ..catalog.roles()[0].clone() }
    }

    fn told(role: &Role, statements: &str) -> Vec<String> {
        let text = format!(r#"{{"Version":"1","Statement":[{statements}]}}"#);
        let read = read::document(&text).unwrap();
        let found = review(Language::English, role, &read.document);
        found
            .into_iter()
            .map(|f| format!("{} {:?} {}", f.rule.id(), f.statement, f.message))
            .collect()
    }

    #[test]
    fn differences_are_computed() {
        let role = role("vpc", &["vpc:DescribeVpcs", "vpc:CreateEndpoint"]);
        let both = r#"{"Effect":"Allow","Action":["vpc:describeVpcs","vpc:CreateEndpoint"],"Resource":"*"}"#;
        assert_eq!(told(&role, both), Vec::<String>::new());
        let every = r#"{"Effect":"Allow","NotAction":"ram:*","Resource":"*"}"#;
        assert_eq!(told(&role, every), Vec::<String>::new());
        let found = told(&role, r#"{"Effect":"Allow","Action":"vpc:Describe*","Resource":"*"}"#);
        assert_eq!(
            found,
            [
                "granted-not-documented Some(0) vpc:Describe* is granted, but the product page does not mention it.",
                "documented-not-granted Some(0) The product page says \"Do things\" under vpc; of that the policy \
                 grants vpc:DescribeVpcs, not vpc:CreateEndpoint.",
            ]
        );
        let found = told(&role, r#"{"Effect":"Deny","Action":"vpc:DescribeVpcs","Resource":"*"}"#);
        assert_eq!(found.len(), 1);
        assert!(
            found[0].contains("does not grant vpc:DescribeVpcs and vpc:CreateEndpoint"),
            "{found:?}"
        );
    }

    #[test]
    fn the_same_name_on_the_service_s_resources_is_told() {
        let role = role("vpc", &["vpc:CreateEndpoint"]);
        let found = told(
            &role,
            r#"{"Effect":"Allow","Action":"privatelink:CreateEndpoint","Resource":"acs:vpc:*:*:*"}"#,
        );
        assert!(
            found[1].contains("grants privatelink:CreateEndpoint on resources of vpc instead"),
            "{found:?}"
        );
    }
}
