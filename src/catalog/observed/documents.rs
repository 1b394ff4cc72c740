//! The policy text of a role of an account, and the service that may assume it.

use serde_json::{Value, json};

use super::super::error::strict;
use super::super::model::Text;
use super::snapshot::{AccountPolicy, AccountRole, Snapshot};
use crate::policy::source::Source;
use crate::say::Saying;

/// What the policies of a role say together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Papers {
    /// The name of the policy, or the names of all.
    pub(super) name: String,
    /// The version, where there is one policy.
    pub(super) version: Option<String>,
    /// When this version was made.
    pub(super) updated: Option<String>,
    /// The text.
    pub(super) source: Source,
    /// What must be said of the text.
    pub(super) notes: Vec<Text>,
    /// Policies of the role whose text is not among it.
    pub(super) lacking: Vec<String>,
}

/// The policy of a role; several become one document. The second part says what could not be read.
pub(super) fn of_role(role: &AccountRole, snapshot: &Snapshot) -> (Option<Papers>, Vec<Text>) {
    let mut troubles: Vec<Text> = role.trouble.iter().map(recorded).collect();
    troubles.extend(role.as_of.iter().map(|then| older(&role.name, then)));
    let attached = role.policies.as_deref().unwrap_or_default();
    let mut read: Vec<(&AccountPolicy, &str)> = Vec::new();
    let mut lacking = Vec::new();
    for one in attached {
        let policy = snapshot.policy(&one.name, &one.kind);
        if let Some(pair) = policy.and_then(|policy| Some((policy, policy.document.as_deref()?))) {
            troubles.extend(pair.0.as_of.iter().map(|then| older(&one.name, then)));
            read.push(pair);
        } else {
            lacking.push(one.name.clone());
            let why = policy.and_then(|policy| policy.trouble.as_ref()).map(recorded);
            troubles.push(why.unwrap_or_else(|| {
                Text::new(
                    format!("The text of the policy {} was not read.", one.name),
                    format!("未能读取策略 {} 的文本。", one.name),
                )
            }));
        }
    }
    let papers = match read.as_slice() {
        [] => None,
        [(policy, document)] => Some(Papers {
            name: policy.name.clone(),
            version: policy.version.clone(),
            updated: policy.created.clone(),
            source: Source::from(*document),
            notes: Vec::new(),
            lacking,
        }),
        several => together(several, lacking, &mut troubles),
    };
    (papers, troubles)
}

/// What an earlier run read, and nobody held against the account since.
fn older(name: &str, then: &str) -> Text {
    Text::new(
        format!("What is told of {name} was read at {then}, and not checked again since."),
        format!("{name} 的内容读取于 {then}，此后未再核对。"),
    )
}

/// A trouble as the file tells it: in English.
fn recorded(trouble: &String) -> Text {
    Text::of(&Saying::others(trouble))
}

/// The text of a policy says nothing that could be shown or compared.
pub(super) fn no_document(name: &str) -> Text {
    Text::new(
        format!("The text of the policy {name} is no policy document."),
        format!("策略 {name} 的文本不是策略文档。"),
    )
}

/// One document with the statements of all.
fn together(
    several: &[(&AccountPolicy, &str)],
    mut lacking: Vec<String>,
    troubles: &mut Vec<Text>,
) -> Option<Papers> {
    let mut statements: Vec<Value> = Vec::new();
    let mut names = Vec::new();
    for (policy, document) in several {
        let statement = serde_json::from_str::<Value>(&strict(document))
            .ok()
            .and_then(|mut document| document.get_mut("Statement").map(Value::take));
        match statement {
            Some(Value::Array(list)) => statements.extend(list),
            Some(one @ Value::Object(_)) => statements.push(one),
            _ => {
                troubles.push(no_document(&policy.name));
                lacking.push(policy.name.clone());
                continue;
            }
        }
        names.push(policy.name.as_str());
    }
    if names.is_empty() {
        return None;
    }
    let document = json!({"Version": "1", "Statement": statements});
    let list = names.join(", ");
    Some(Papers {
        name: list.clone(),
        version: None,
        updated: None,
        source: format!("{document:#}").into(),
        notes: vec![Text::new(
            format!("The role has {} policies, shown here as one: {list}.", names.len()),
            format!("该角色有 {} 个策略，此处合并显示：{list}。", names.len()),
        )],
        lacking,
    })
}

/// The service that a trust policy names, where it names one.
pub(super) fn trusted_service(trust: &str) -> Option<String> {
    let document: Value = serde_json::from_str(trust).ok()?;
    let statement = document.get("Statement")?;
    let statement = statement.as_array().map_or(Some(statement), |list| list.first())?;
    let service = statement.get("Principal")?.get("Service")?;
    let service = service.as_array().map_or(Some(service), |list| list.first())?;
    service.as_str().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::observed::snapshot::Attached;

    #[test]
    fn the_service_stands_alone_or_in_a_list() {
        for text in [
            r#"{"Statement":[{"Principal":{"Service":["a.aliyuncs.com"]}}],"Version":"1"}"#,
            r#"{"Statement":{"Principal":{"Service":"a.aliyuncs.com"}}}"#,
        ] {
            assert_eq!(trusted_service(text).as_deref(), Some("a.aliyuncs.com"), "{text}");
        }
        assert_eq!(trusted_service(r#"{"Statement":[{"Principal":{"RAM":"x"}}]}"#), None);
        assert_eq!(trusted_service("no"), None);
    }

    #[test]
    fn what_was_not_checked_again_is_told() {
        let then = Some("2026-11-20T08:00:00Z".to_owned());
        let policy = AccountPolicy {
            name: "P".to_owned(),
            document: Some("{}".to_owned()),
            as_of: then.clone(),
            ..AccountPolicy::default()
        };
        let attached = Attached { name: "P".to_owned(), ..Attached::default() };
        let role = AccountRole {
            name: "R".to_owned(),
            policies: Some(vec![attached]),
            as_of: then,
            ..AccountRole::default()
        };
        let snapshot = Snapshot { policies: vec![policy], ..Snapshot::default() };
        let (papers, troubles) = of_role(&role, &snapshot);
        assert!(papers.is_some());
        let told: Vec<&str> = troubles.iter().map(|trouble| &*trouble.en).collect();
        let since = "was read at 2026-11-20T08:00:00Z, and not checked again since.";
        assert_eq!(told, ["R", "P"].map(|name| format!("What is told of {name} {since}")));
    }

    #[test]
    fn several_policies_become_one_document() {
        let policy = |name: &str, document: &str| AccountPolicy {
            name: name.to_owned(),
            document: Some(document.to_owned()),
            ..AccountPolicy::default()
        };
        let attached = |name: &str| Attached { name: name.to_owned(), ..Attached::default() };
        let snapshot = Snapshot {
            policies: vec![
                policy("A", r#"{"Statement":[{"Action":"a:B"}],"Version":"1"}"#),
                policy("B", r#"{"Statement":{"Action":"a:C"}}"#),
                policy("C", "broken"),
            ],
            ..Snapshot::default()
        };
        let role = AccountRole {
            policies: Some(["A", "B", "C", "D"].map(attached).to_vec()),
            ..AccountRole::default()
        };
        let (papers, troubles) = of_role(&role, &snapshot);
        let papers = papers.unwrap();
        assert_eq!(papers.name, "A, B");
        assert!(papers.source.contains("a:B") && papers.source.contains("a:C"), "{papers:?}");
        assert_eq!(troubles.len(), 2, "{troubles:?}");
        assert_eq!(papers.lacking, ["D", "C"]);
    }
}
