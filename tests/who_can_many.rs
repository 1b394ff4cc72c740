//! Who can call an action where policies write very much: an index and shared answers give what each name by itself gives.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    missing_docs
)]

use std::rc::Rc;
use std::sync::LazyLock;

use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use rolescope::catalog::Catalog;
use rolescope::catalog::ask::{self, Question, RoleAnswer, Verdict};
use rolescope::catalog::model::RoleId;
use rolescope::policy::condition::Truth;
use rolescope::policy::document::Document;
use rolescope::policy::evaluate::Decision;
use rolescope::policy::request::Context;
use rolescope::say::Language;
use serde_json::{Value, json};

static CATALOG: LazyLock<Catalog> =
    LazyLock::new(|| Catalog::builtin().expect("the built-in catalogue loads"));

/// Names and patterns that meet each other in many ways.
const ACTIONS: [&str; 38] = [
    "ecs:DescribeInstances",
    "ECS:describeinstances",
    "ecs:Describe*",
    "ecs:Desc?ibe*",
    "ecs:DescribeInst*s",
    "ecs:*Instances",
    "ecs:*",
    "ecs:",
    "ecs",
    "ec?:Start*",
    "*",
    "*:*",
    "*:Describe*",
    "",
    "oss:GetObject",
    "oss:Get*",
    "o*:GetObject*",
    "sts:AssumeRole",
    "sts:*",
    "kms:Decrypt",
    "kms:De*",
    "kms:*crypt",
    "kms:Größe",
    "KMS:GRÖSSE*",
    "ram:PassRole",
    "ram:CreateServiceLinkedRole",
    "${service}:Describe*",
    "ecs:${own}",
    "ecs:Describe${own}s",
    "ecs:Describe{Own}s",
    "ECS:%s",
    "ecs:%S",
    "kms:*${own}*",
    "{{ .Values.one }}",
    "<name>:GetObject",
    "sts:Assume${own}",
    "sts:AssumeRoleWithSAML",
    "sts:AssumeRoleWithOIDC",
];

fn list() -> impl Strategy<Value = Value> {
    subsequence(ACTIONS.to_vec(), 0..4).prop_map(|actions| json!(actions))
}

/// What stands for values: a list mostly; a name for one that is given elsewhere, and what is no action.
fn values() -> impl Strategy<Value = Value> {
    prop_oneof![
        8 => list(),
        1 => select(vec![json!({"Ref": "Own"}), json!(["ecs:*", {"Ref": "Own"}]), json!("oss:Get*")]),
    ]
}

/// A statement, or what cannot be read as one.
fn statement() -> impl Strategy<Value = Value> {
    let unread = vec![json!({"Ref": "Own"}), json!("${own}"), json!(7), json!(null)];
    prop_oneof![12 => read(), 1 => select(unread)]
}

fn read() -> impl Strategy<Value = Value> {
    let effect = select(vec![
        json!("Allow"),
        json!("Allow"),
        json!("Deny"),
        json!("Deny"),
        json!("allow"),
        json!(""),
        json!("${own}"),
        json!({"Ref": "Own"}),
    ]);
    let action = select(vec!["Action", "Action", "Action", "NotAction", "Other"]);
    let resource = select(vec![
        json!({"Resource": "*"}),
        json!({"Resource": ["acs:ecs:*:*:instance/a", "acs:oss:*:*:b/*"]}),
        json!({"Resource": "acs:ecs:*:*:*"}),
        json!({"Resource": "acs:${service}:*:*:*"}),
        json!({"NotResource": "acs:ecs:*:*:instance/a"}),
        json!({"Principal": {"Federated": ["acs:ram::1:saml-provider/a"]}}),
        json!({"Principal": {"Service": "ecs.aliyuncs.com"}}),
        json!({"Resource": "acs:oss:*:*:b", "Principal": "*"}),
        json!({}),
    ]);
    let condition = select(vec![
        Value::Null,
        Value::Null,
        json!({"StringEquals": {"ecs:tag/a": ["x", "y"], "acs:Service": "ecs.aliyuncs.com"}}),
        json!({"StringEquals": {"ram:ServiceName": "ecs.aliyuncs.com"}}),
        json!({"IpAddress": {"acs:SourceIp": ["10.0.0.0/8", "no address", "10.0.0.*"]}}),
        json!({"StringEquals": {"acs:SourceIp": []}}),
        json!({"Unheard": {"acs:SourceIp": "x"}}),
    ]);
    (effect, action, values(), resource, condition).prop_map(
        |(effect, action, list, resource, condition)| {
            let mut statement = json!({"Effect": effect, action: list});
            let fields = statement.as_object_mut().unwrap();
            fields.extend(resource.as_object().unwrap().clone());
            if !condition.is_null() {
                fields.insert("Condition".into(), condition);
            }
            statement
        },
    )
}

fn document(statements: &[Value]) -> Document {
    let text = json!({"Version": "1", "Statement": statements}).to_string();
    Catalog::read_document(&text).expect(&text)
}

fn question(action: &str, resource: &str, address: bool) -> Question {
    let mut context = Context::default();
    if address {
        context.add("acs:SourceIp", "10.1.1.1");
    }
    let language = Language::English;
    Question::read(language, &CATALOG, action, resource).expect("a question").given(context)
}

fn ask_one(document: &Document, question: &Question) -> RoleAnswer {
    let role = RoleId::of("r");
    ask::who_can(Language::English, &CATALOG, [(&role, Some(document))], question).remove(0)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(400) })]

    #[test]
    fn an_index_and_shared_answers_change_nothing(
        statements in proptest::collection::vec(statement(), 0..8),
        resource in select(vec!["", "acs:ecs:cn:1:instance/a", "acs:oss:*:*:*"]),
        asked in select(vec!["*", "ecs:*", "*:*e*", "kms:*crypt*", "ecs:DescribeInstances", "sts:AssumeRole"]),
        address in any::<bool>(),
    ) {
        let document = document(&statements);
        let question = question(asked, resource, address);
        let language = Language::English;
        let plainly = |name: &str| ask::decide(language, &document, &question, name);
        let decisions = ask::decisions(language, &document, None, &question, &ACTIONS);
        for (name, found) in ACTIONS.iter().zip(&decisions) {
            let plain = plainly(name);
            prop_assert_eq!(found.sentence(), plain.sentence(), "{}", name);
            prop_assert_eq!(&found.possible, &plain.possible, "{}", name);
            prop_assert_eq!(found.deciding, plain.deciding, "{}", name);
            prop_assert_eq!(found.assumed, plain.assumed, "{}", name);
            prop_assert_eq!(&found.depends_on, &plain.depends_on, "{}", name);
            prop_assert_eq!(&found.notes, &plain.notes, "{}", name);
            let told = |one: &&rolescope::policy::evaluate::StatementTrace| one.truth != Truth::No;
            let matching = |trace: &[rolescope::policy::evaluate::StatementTrace]| -> Vec<_> {
                trace.iter().filter(told).map(|one| (one.statement, one.truth)).collect()
            };
            prop_assert_eq!(matching(&found.trace), matching(&plain.trace), "{}", name);
        }
        for action in ask_one(&document, &question).actions {
            let plain = plainly(&action.name);
            let at = action.statement.expect("a statement decides");
            let part = plain.trace[at].parts.iter().find(|part| part.name.ends_with("Action"));
            prop_assert_eq!(action.span, part.and_then(|part| part.span), "{}", action.name);
        }
    }
}

/// Statements as near to each other as those of a generated policy: one pattern in all of them, and a name of its own in each.
fn near(number: usize) -> Document {
    let one = |n: usize| {
        json!({"Effect": "Allow", "Action": ["ecs:Describe*", format!("oss:Get{n}*")],
            "Resource": format!("acs:ecs:*:*:instance/i-{n}*"),
            "Condition": {"StringEquals": {"ecs:tag/a": format!("x{n}")}}})
    };
    document(&(0..number).map(one).collect::<Vec<_>>())
}

#[test]
fn a_name_costs_the_statements_that_speak_of_it() {
    let document = near(300);
    let names: Vec<String> = (0..300).map(|n| format!("oss:Get{n}*")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let question = question("*:*e*", "", false);
    let decisions = ask::decisions(Language::English, &document, None, &question, &names);
    let looked_at: usize = decisions.iter().map(|one| one.trace.len()).sum();
    // `oss:Get1*` stands for what `oss:Get12*` does too: a hundred and more of such pairs, and the last statement each time.
    assert!(looked_at < 300 * 6, "{looked_at} statements were looked at");
    // What all statements speak of is decided once.
    let names = ["ecs:DescribeInstances", "ecs:DescribeDisks", "ecs:Describe*"];
    let decisions = ask::decisions(Language::English, &document, None, &question, &names);
    assert!(decisions.iter().all(|one| Rc::ptr_eq(one, &decisions[0])));
    assert_eq!(decisions[0].trace.len(), 300);
}

#[test]
fn each_name_leads_to_where_it_is_written() {
    let text = r#"{"Version":"1","Statement":[{"Effect":"Allow","Resource":"*",
        "Action":["kms:Encrypt","kms:Decrypt","kms:De*"]}]}"#;
    let document = Catalog::read_document(text).expect(text);
    let answer = ask_one(&document, &question("kms:*crypt", "", false));
    let places: Vec<(&str, &str, Option<&str>)> = answer
        .actions
        .iter()
        .map(|one| {
            let span = one.span.unwrap();
            (&*one.name, &text[span.start..span.end], one.through.as_deref())
        })
        .collect();
    let expected =
        [("kms:Encrypt", "\"kms:Encrypt\"", None), ("kms:Decrypt", "\"kms:Decrypt\"", None)];
    assert_eq!(&places[..2], expected);
}

#[test]
fn conditions_beyond_the_first_are_counted_each_once() {
    let one = |effect: &str, n: usize| json!({"Effect": effect, "Action": "kms:Decrypt", "Resource": format!("acs:kms:*:*:key/{effect}{n}")});
    let mut statements: Vec<Value> = (0..40).map(|n| one("Allow", n / 2)).collect();
    statements.extend((0..40).map(|n| one("Deny", n / 2)));
    let answer = ask_one(&document(&statements), &question("kms:Decrypt", "", false));
    let Verdict::Could(sentences) = answer.verdict else { panic!("{answer:?}") };
    assert_eq!(sentences.len(), 7, "{sentences:?}");
    assert_eq!(sentences[0], "only if the resource matches acs:kms:*:*:key/Allow0");
    assert_eq!(sentences[5], "or only if the resource matches acs:kms:*:*:key/Allow5");
    assert_eq!(sentences[6], "and 34 other conditions");
}

#[test]
fn what_is_filled_in_not_read_or_trusted_is_found_as_by_each_name() {
    let document = document(&[
        json!({"Effect": "Allow", "Resource": "*", "Action": ["ecs:StartA", "ecs:Start${x}", "ecs:StartB"]}),
        json!({"Effect": "Allow", "Action": ["sts:AssumeRole", "sts:*"],
            "Principal": {"Federated": ["acs:ram::1:saml-provider/a"]}}),
        json!({"Ref": "Own"}),
    ]);
    let language = Language::English;
    let asked = question("*:*", "", false);
    let names = ["ecs:StartA", "ecs:StartB", "ecs:StartC", "oss:GetObject"];
    let decisions = ask::decisions(language, &document, None, &asked, &names);
    // That a placeholder may match is noted where it comes before the value that does.
    for ((name, found), notes) in names.iter().zip(&decisions).zip([1, 2, 2, 1]) {
        assert_eq!(found.notes.len(), notes, "{name}: {:?}", found.notes);
        assert_eq!(found.notes, ask::decide(language, &document, &asked, name).notes, "{name}");
    }
    let found = |asked: &str| ask_one(&document, &question(asked, "", false)).actions.remove(0);
    let unread = found("oss:GetObject");
    assert_eq!((unread.statement, unread.span, unread.through), (Some(2), None, None));
    let trusted = found("sts:AssumeRoleWithSAML");
    assert_eq!((trusted.statement, trusted.through.as_deref()), (Some(1), Some("sts:AssumeRole")));
}

#[test]
fn what_is_denied_on_every_resource_of_the_service_is_denied_to_all_that_share_it() {
    let document = document(&[
        json!({"Effect": "Allow", "Action": "ecs:Describe*", "Resource": "acs:ecs:*:*:instance/*"}),
        json!({"Effect": "Deny", "Action": "ecs:*", "Resource": "acs:ecs:*:*:*"}),
        json!({"Effect": "Allow", "Action": "oss:Get*", "Resource": "acs:oss:*:*:b/*"}),
    ]);
    let answer = ask_one(&document, &question("ecs:Describe*", "", false));
    assert_eq!(answer.verdict, Verdict::Denied, "{answer:?}");
    let names = ["ecs:DescribeInstances", "ecs:DescribeDisks", "oss:GetObject"];
    let asked = question("*", "", false);
    let decisions = ask::decisions(Language::English, &document, None, &asked, &names);
    let denied: Vec<bool> =
        decisions.iter().map(|one| one.decision == Decision::ExplicitDeny).collect();
    assert_eq!(denied, [true, true, false]);
}
