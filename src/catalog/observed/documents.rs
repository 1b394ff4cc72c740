//! The policy text of a role of an account, and the service that may assume it.

use super::super::model::{AttachedPolicy, Policy, Text};
use super::snapshot::{AccountPolicy, AccountRole, Attached, Snapshot};
use crate::policy::document::{Document, Effect, PrincipalKind, Statement};
use crate::policy::json::{self, Kind, Limits, Member, Node};
use crate::policy::oddity::{Oddity, Weight};
use crate::policy::read::{self, Read};
use crate::policy::source::Source;
use crate::policy::{pattern, print};
use crate::say::{Language, Saying};

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
    /// The policies that it was made of.
    pub(super) attached: Vec<AttachedPolicy>,
    /// Policies of the role whose text is not among it.
    pub(super) lacking: Vec<AttachedPolicy>,
}

/// The policy of a role; several become one document. The second part says what could not be read.
pub(super) fn of_role(role: &AccountRole, snapshot: &Snapshot) -> (Option<Papers>, Vec<Text>) {
    let mut troubles: Vec<Text> = role.trouble.iter().map(recorded).collect();
    troubles.extend(role.as_of.iter().map(|then| older(&role.name, then)));
    let attached = role.policies.as_deref();
    if attached.is_some_and(<[Attached]>::is_empty) {
        return (Some(no_policy()), troubles);
    }
    let attached = attached.unwrap_or_default();
    let mut read: Vec<(&AccountPolicy, &str)> = Vec::new();
    let mut lacking = Vec::new();
    for one in attached {
        let policy = snapshot.policy(&one.name, &one.kind);
        if let Some(pair) = policy.and_then(|policy| Some((policy, policy.document.as_deref()?))) {
            troubles.extend(pair.0.as_of.iter().map(|then| older(&one.name, then)));
            read.push(pair);
        } else {
            lacking.push(named(&one.name, &one.kind));
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
            attached: vec![named(&policy.name, &policy.kind)],
            lacking,
        }),
        several => together(several, lacking, &mut troubles),
    };
    (papers, troubles)
}

fn named(name: &str, kind: &str) -> AttachedPolicy {
    AttachedPolicy { name: name.to_owned(), kind: kind.to_owned(), version: None }
}

/// Of a role that has no policy: that was read, and allows nothing.
fn no_policy() -> Papers {
    Papers {
        name: Policy::NONE.to_owned(),
        version: None,
        updated: None,
        source: joined(Vec::new()),
        notes: vec![Text::new(
            "No policy is attached to the role in the account, so nothing is allowed to it.",
            "账号中的该角色没有附加任何策略，因此不允许任何操作。",
        )],
        attached: Vec::new(),
        lacking: Vec::new(),
    }
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
    mut lacking: Vec<AttachedPolicy>,
    troubles: &mut Vec<Text>,
) -> Option<Papers> {
    let readings: Vec<_> =
        several.iter().map(|(_, text)| json::read(*text, &Limits::default())).collect();
    let (mut statements, mut notes, mut attached) = (Vec::new(), Vec::new(), Vec::new());
    for ((policy, text), reading) in several.iter().zip(readings) {
        let found = reading.ok().and_then(|reading| statements_of(reading.root));
        match (found, read::document(*text)) {
            (Some(nodes), Ok(read)) if is_told_by_statements(&read.document, nodes.len()) => {
                notes.extend(remarks(&policy.name, &read));
                statements.extend(nodes);
                let version = policy.version.clone();
                attached.push(AttachedPolicy { version, ..named(&policy.name, &policy.kind) });
            }
            (_, read) => {
                let name = &policy.name;
                troubles.push(read.map_or_else(|_| no_document(name), |_| not_sure(name)));
                lacking.push(named(name, &policy.kind));
            }
        }
    }
    let names: Vec<&str> = attached.iter().map(|policy| policy.name.as_str()).collect();
    let list = names.join(", ");
    match attached.len() {
        0 => return None,
        1 => {}
        number if lacking.is_empty() => notes.insert(
            0,
            Text::new(
                format!("The role has {number} policies, shown here as one: {list}."),
                format!("该角色有 {number} 个策略，此处合并显示：{list}。"),
            ),
        ),
        number => {
            let all = number + lacking.len();
            notes.insert(
                0,
                Text::new(
                    format!("{number} of the role's {all} policies are shown here as one: {list}."),
                    format!("该角色有 {all} 个策略，其中 {number} 个在此处合并显示：{list}。"),
                ),
            );
        }
    }
    Some(Papers {
        name: list,
        version: None,
        updated: None,
        source: joined(statements),
        notes,
        attached,
        lacking,
    })
}

/// The statements of a document as they stand, twice written members too.
fn statements_of(root: Node<'_>) -> Option<Vec<Node<'_>>> {
    let Kind::Object(members) = root.kind else { return None };
    let statement = members.into_iter().rfind(|member| member.key == "Statement")?.value;
    match statement.kind {
        Kind::Array(list) => Some(list.into_vec()),
        Kind::Object(_) => Some(vec![statement]),
        _ => None,
    }
}

/// Do these statements alone tell what the document means? What stands beside them and may limit or add something would
/// be lost among those of others.
fn is_told_by_statements(document: &Document, statements: usize) -> bool {
    let is_inside = |statement: &Statement| {
        let inside = statement.span.start..statement.span.end;
        statement.conditions.iter().all(|condition| inside.contains(&condition.span.start))
    };
    document.statements.len() == statements && document.statements.iter().all(is_inside)
}

/// What the reader remarks of a document that the text of its statements does not show.
fn remarks(name: &str, read: &Read) -> Vec<Text> {
    let beside = read.oddities.iter().filter(|oddity| oddity.statement.is_none());
    let told = beside.filter(|oddity| oddity.kind.weight() != Weight::Note);
    let words = |oddity: &Oddity, language| oddity.kind.sentence(language);
    told.map(|oddity| {
        Text::new(
            format!("{name}: {}", words(oddity, Language::English)),
            format!("{name}：{}", words(oddity, Language::Chinese)),
        )
    })
    .collect()
}

fn not_sure(name: &str) -> Text {
    Text::new(
        format!(
            "It is not certain how RAM reads the policy {name}; its text is not among that of the others."
        ),
        format!("无法确定 RAM 如何解读策略 {name}，其文本未与其他策略合并。"),
    )
}

fn joined(statements: Vec<Node<'_>>) -> Source {
    let members = vec![
        Member::new("Version", Node::text("1")),
        Member::new("Statement", Node::new(Kind::Array(statements.into()))),
    ];
    print::pretty(&Node::new(Kind::Object(members.into()))).into()
}

/// The service that a trust policy lets assume the role, where it is one.
pub(super) fn trusted_service(trust: &str) -> Option<String> {
    let document = read::document(trust).ok()?.document;
    let mut services = Vec::new();
    let lets = |one: &&Statement| matches!(one.effect, Effect::Allow | Effect::Open);
    for statement in document.statements.iter().filter(lets) {
        let Some(principal) = &statement.principal else { continue };
        // Who is meant is not told by a list of those that are not.
        if principal.negated || principal.unknown || statement.effect == Effect::Open {
            return None;
        }
        let members = principal.members.iter();
        let named = members.filter(|(kind, _)| *kind == PrincipalKind::Service);
        services.extend(named.map(|(_, value)| value.value.to_string()));
    }
    let mut services = services.into_iter();
    let first = services.next().filter(|service| !pattern::has_wildcard(service))?;
    services.all(|other| other.eq_ignore_ascii_case(&first)).then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_service_is_the_one_that_the_trust_policy_allows() {
        let a = Some("a.aliyuncs.com");
        let one = |effect: &str, principal: &str| {
            format!(
                r#"{{"Effect":"{effect}","Action":"sts:AssumeRole","Principal":{{{principal}}}}}"#
            )
        };
        let allow = |principal: &str| one("Allow", principal);
        let bad = one("Deny", r#""Service":"bad.aliyuncs.com""#);
        let alone = allow(r#""Service":"a.aliyuncs.com""#);
        for (statements, service) in [
            (alone.clone(), a),
            (format!("[{}]", allow(r#""Service":["a.aliyuncs.com"]"#)), a),
            (format!("[{bad},{alone}]"), a),
            (format!("[{bad}]"), None),
            // A slip that the reader mends, and a comment.
            (format!("[/* as before */ {alone},]"), a),
            (allow(r#""Service":["a.aliyuncs.com","b.aliyuncs.com"]"#), None),
            (allow(r#""Service":"*""#), None),
            (allow(r#""RAM":"x""#), None),
            ("7".to_owned(), None),
        ] {
            let text = format!(r#"{{"Version":"1","Statement":{statements}}}"#);
            assert_eq!(trusted_service(&text).as_deref(), service, "{text}");
        }
        assert_eq!(trusted_service("no"), None);
    }

    /// What the policies with these texts come to, each named by a letter.
    fn papers_of(documents: &[&str]) -> (Option<Papers>, Vec<Text>) {
        let name = |index: usize| ["A", "B", "C", "D"][index].to_owned();
        let policy = |(index, document): (usize, &&str)| AccountPolicy {
            name: name(index),
            document: Some((*document).to_owned()),
            ..AccountPolicy::default()
        };
        let attached = |index: usize| Attached { name: name(index), ..Attached::default() };
        let snapshot = Snapshot {
            policies: documents.iter().enumerate().map(policy).collect(),
            ..Snapshot::default()
        };
        let role = AccountRole {
            policies: Some((0..documents.len()).map(attached).collect()),
            ..AccountRole::default()
        };
        of_role(&role, &snapshot)
    }

    #[test]
    fn what_the_reader_remarks_of_one_of_several_is_not_lost() {
        let plain =
            r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"a:A","Resource":"*"}]}"#;
        let (papers, _) = papers_of(&[&plain.replacen('[', "[],\"Statement\":[", 1), plain]);
        let notes = papers.unwrap().notes;
        assert_eq!(notes[0].en, "The role has 2 policies, shown here as one: A, B.");
        assert!(notes[1].en.starts_with("A: Statement stands more than once"), "{notes:?}");
        let (papers, _) = papers_of(&[&plain.replacen("\"E", "\"Effect\":\"Deny\",\"E", 1), plain]);
        let read = read::document(&papers.unwrap().source).unwrap();
        let told: Vec<String> = read.oddities.iter().map(Oddity::sentence).collect();
        assert!(told.iter().any(|one| one.contains("Effect stands more than once")), "{told:?}");
    }

    #[test]
    fn a_text_that_its_statements_do_not_tell_stays_apart_from_others() {
        let plain =
            r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"a:A","Resource":"*"}]}"#;
        let and = |more: &str| plain.replacen('{', &format!("{{{more},"), 1);
        for (text, is_apart) in [
            (plain.to_owned(), false),
            (and(r#""version":"1""#), false),
            (plain.replace("Statement", "statement"), true),
            (and(r#""statement":[{"Effect":"Deny","Action":"*","Resource":"*"}]"#), true),
            (and(r#""Condition":{"Bool":{"acs:MFAPresent":"true"}}"#), true),
        ] {
            let (papers, troubles) = papers_of(&[plain, &text, plain]);
            let papers = papers.unwrap();
            assert_eq!(!papers.lacking.is_empty(), is_apart, "{text}: {troubles:?}");
            let told = troubles.iter().any(|one| one.en.starts_with("It is not certain how RAM"));
            assert_eq!(told, is_apart, "{text}: {troubles:?}");
            let first = "2 of the role's 3 policies are shown here as one: A, C.";
            assert_eq!(papers.notes[0].en == first, is_apart, "{:?}", papers.notes);
        }
    }

    #[test]
    fn no_policy_is_not_the_same_as_none_that_was_read() {
        let (papers, troubles) = papers_of(&[]);
        let papers = papers.unwrap();
        assert!(read::document(&papers.source).unwrap().document.statements.is_empty());
        assert!(troubles.is_empty() && papers.notes[0].en.starts_with("No policy is attached"));
        let unread = AccountRole::default();
        assert_eq!(of_role(&unread, &Snapshot::default()).0, None);
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
        let lacking: Vec<&str> = papers.lacking.iter().map(|policy| &*policy.name).collect();
        assert_eq!(lacking, ["D", "C"]);
    }
}
