//! Documents and vocabularies for the tests of this folder.

use rolescope::policy::document::{
    Clause, Condition, Document, Effect, Principal, PrincipalKind, Statement,
};
use rolescope::policy::level::{AccessLevel, LevelSource};
use rolescope::policy::source::{Span, Spanned};
use rolescope::policy::vocabulary::{KnownAction, Vocabulary};
use serde_json::Value;

/// A plain reading of a well-formed document; spans are not kept.
pub(crate) fn document(value: &Value) -> Document {
    let statements = value["Statement"].as_array().unwrap();
    Document { statements: statements.iter().map(statement).collect(), ..Document::default() }
}

/// A document of these statements.
pub(crate) fn policy(statements: Value) -> Document {
    document(&serde_json::json!({ "Version": "1", "Statement": statements }))
}

fn spanned(text: &str) -> Spanned {
    Spanned::new(text, Span::default())
}

fn values(value: &Value) -> Vec<Spanned> {
    match value {
        Value::Array(list) => list.iter().map(|v| spanned(v.as_str().unwrap())).collect(),
        one => vec![spanned(one.as_str().unwrap())],
    }
}

fn clause(value: &Value, name: &str) -> Option<Clause> {
    let negative = format!("Not{name}");
    [(name, false), (negative.as_str(), true)].into_iter().find_map(|(name, negated)| {
        let values = values(value.get(name)?);
        Some(Clause { negated, values, span: Span::default() })
    })
}

fn statement(value: &Value) -> Statement {
    let principal = value.get("Principal").map(|principal| {
        let members = match principal {
            Value::Object(kinds) => kinds
                .iter()
                .flat_map(|(kind, list)| {
                    let kind = match kind.as_str() {
                        "Service" => PrincipalKind::Service,
                        "RAM" => PrincipalKind::Ram,
                        "Federated" => PrincipalKind::Federated,
                        other => PrincipalKind::Other(other.to_owned()),
                    };
                    values(list).into_iter().map(move |value| (kind.clone(), value))
                })
                .collect(),
            bare => values(bare).into_iter().map(|v| (PrincipalKind::Bare, v)).collect(),
        };
        Principal { negated: false, members, span: Span::default() }
    });
    let mut conditions = Vec::new();
    for (operator, keys) in value.get("Condition").and_then(Value::as_object).into_iter().flatten()
    {
        for (key, list) in keys.as_object().unwrap() {
            conditions.push(Condition {
                operator: spanned(operator),
                key: spanned(key),
                values: values(list),
                span: Span::default(),
            });
        }
    }
    Statement {
        span: Span::default(),
        sid: None,
        effect: match value["Effect"].as_str() {
            Some("Allow") => Effect::Allow,
            Some("Deny") => Effect::Deny,
            _ => Effect::Unknown,
        },
        action: clause(value, "Action"),
        resource: clause(value, "Resource"),
        principal,
        conditions,
    }
}

/// A vocabulary of a few actions.
pub(crate) struct Few;

const FEW: [(&str, AccessLevel, LevelSource, Option<&str>); 6] = [
    ("ecs:DescribeInstances", AccessLevel::Read, LevelSource::Documented, Some("List servers")),
    ("ecs:RunInstances", AccessLevel::Write, LevelSource::Documented, Some("Start new servers")),
    ("kms:Encrypt", AccessLevel::Read, LevelSource::Documented, Some("Encrypt a text")),
    ("ots:GetRow", AccessLevel::Read, LevelSource::Documented, Some("Read a row")),
    ("ots:ListTable", AccessLevel::List, LevelSource::Documented, Some("List tables")),
    ("ots:PutRow", AccessLevel::Write, LevelSource::NameRule, None),
];

fn known(entry: &'static (&str, AccessLevel, LevelSource, Option<&str>)) -> KnownAction<'static> {
    KnownAction { name: entry.0, level: entry.1, source: entry.2, meaning: entry.3 }
}

impl Vocabulary for Few {
    fn action(&self, name: &str) -> Option<KnownAction<'_>> {
        FEW.iter().find(|entry| entry.0.eq_ignore_ascii_case(name)).map(known)
    }

    fn actions_of(&self, service: &str) -> Vec<KnownAction<'_>> {
        let of = |name: &str| name.split(':').next().unwrap().eq_ignore_ascii_case(service);
        FEW.iter().filter(|entry| of(entry.0)).map(known).collect()
    }

    fn services(&self) -> Vec<&str> {
        vec!["ecs", "kms", "ots"]
    }

    fn service_name(&self, code: &str) -> Option<&str> {
        match code {
            "ecs" => Some("Elastic Compute Service"),
            "ots" => Some("Tablestore"),
            _ => None,
        }
    }
}
