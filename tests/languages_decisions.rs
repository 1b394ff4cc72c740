//! Decisions, comparisons and removal plans in Chinese: no English is left in them, at every size, and a
//! change of language is seen at once.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    missing_docs
)]

mod support;

use rolescope::catalog::Catalog;
use rolescope::catalog::ask::{self, Question};
use rolescope::catalog::comparison;
use rolescope::catalog::observed::{AccountPolicy, AccountRole, Attached, Snapshot};
use rolescope::catalog::removal::answer::{DeletionAnswer, Taken};
use rolescope::catalog::removal::tree::tree;
use rolescope::catalog::removal::write;
use rolescope::policy::compare::{Comparison, compare};
use rolescope::policy::document::Document;
use rolescope::policy::evaluate::{Answer, evaluate};
use rolescope::policy::read;
use rolescope::policy::request::Request;
use rolescope::say::Language;
use support::{Journey, cells, words};

const SIZES: [(u16, u16); 4] = [(40, 12), (80, 24), (120, 40), (200, 60)];

/// The same in a line; commands are no sentences.
fn english(line: &str) -> Option<&str> {
    Some(line).filter(|line| !line.contains("aliyun ")).and_then(words::english)
}

#[track_caller]
fn chinese(what: &str, text: &str) {
    for line in text.lines() {
        if let Some(word) = english(line) {
            panic!("{what}: {word:?} is English in {line:?}\n{text}");
        }
    }
}

fn catalog() -> Catalog {
    Catalog::builtin().expect("the built-in catalogue loads")
}

fn document(text: &str) -> Document {
    read::document(text).expect("a document").document
}

#[test]
fn english_is_told_from_names() {
    assert_eq!(english("仅当 acs:SourceIp is in 10.0.0.0/8"), Some("is"));
    assert_eq!(english("由语句 1 允许 policy"), Some("policy"));
    assert_eq!(english("acs:ram:*:*:role/x、in-the-name、`a of b`"), Some("of"));
    assert_eq!(english("仅 MqttTunnel 有 the-Kafka 语句"), None);
}

#[test]
fn comparisons_of_all_roles_are_chinese() {
    let catalog = catalog();
    let roles: Vec<_> = catalog.roles().iter().filter(|role| role.policy.is_some()).collect();
    let mut compared = 0;
    for left in &roles {
        for right in &roles {
            let (text, _) = comparison::of_roles(Language::Chinese, &catalog, left, right).unwrap();
            let what = format!("{} with {}", left.short_name, right.short_name);
            chinese(&what, &text.text());
            compared += 1;
            if compared % 7 == 0 {
                chinese(&what, &text.markdown());
            }
        }
    }
    assert!(compared > 100, "{compared}");
}

/// Two documents that differ in everything that can differ.
fn unlike(language: Language) -> Comparison {
    let left = r#"{"Version":"1","Statement":[
        {"Effect":"Allow","Action":["oss:Get*","oss:PutObject"],"Resource":"acs:oss:*:*:a/*",
         "Condition":{"IpAddress":{"acs:SourceIp":"10.0.0.0/8"},"Bool":{"acs:MFAPresent":"true"}}},
        {"Effect":"Allow","NotAction":["ecs:*","vpc:*"],"Resource":"*"},
        {"Action":"oss:Put","Resource":"*"},
        {"Effect":{"Ref":"E"},"Action":"oss:Put","Resource":"*"},
        {"Effect":"Deny","Action":["a:B","c:D","e:F","g:H"],"Resource":["x","y"]},
        {"Effect":"Deny","Action":"*","NotResource":"acs:oss:*:*:a"},
        {"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"Service":["ecs.aliyuncs.com"]}},
        {"Effect":"Allow","Action":"kms:Decrypt","Principal":{"RAM":["acs:ram::1:root"]}}]}"#;
    let right = r#"{"Version":"1","Statement":[
        {"Effect":"Allow","Action":["oss:Get*","oss:ListObjects"],"Resource":"acs:oss:*:*:*",
         "Condition":{"NotIpAddress":{"acs:SourceIp":"10.0.0.0/8"},"StringLike":{"k":["v*","w"]}}},
        {"Effect":"Allow","Action":"log:*","Resource":"*"},
        {"Effect":"Allow","Action":"log:Get","Resource":"*","Condition":{"Null":{"k":"true"}}},
        {"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"Service":["fc.aliyuncs.com"]}},
        {"Effect":"Allow","Action":"kms:Decrypt","NotPrincipal":{"RAM":["acs:ram::2:user/u"]}}]}"#;
    compare(language, &document(left), &document(right), &catalog())
}

#[test]
fn every_kind_of_difference_is_chinese() {
    let compared = unlike(Language::Chinese);
    let all = |comparison: &Comparison| {
        let changes = comparison.changed.iter().flat_map(|changed| {
            let words = changed.changes.iter().map(|change| change.words(comparison.language));
            words.chain([changed.title.clone()])
        });
        let alone = comparison.gone.iter().chain(&comparison.added);
        let alone = alone.map(|one| one.title.clone());
        let actions = comparison.actions_gone.iter().chain(&comparison.actions_added).cloned();
        let verdict = [comparison.verdict.clone()];
        let asides = comparison.asides_of("1.json", "2.json");
        assert_eq!(asides.len(), 2);
        changes.chain(alone).chain(actions).chain(verdict).chain(asides).collect::<Vec<_>>()
    };
    let said = all(&compared);
    chinese("a comparison", &said.join("\n"));
    let english = all(&unlike(Language::English));
    assert_eq!(said.len(), english.len());
    assert!(compared.changed.len() > 1 && !compared.gone.is_empty(), "{compared:#?}");
}

#[test]
fn answers_to_who_can_are_chinese() {
    let catalog = catalog();
    for (action, resource) in [
        ("kms:Decrypt", ""),
        ("kms:Decrypt", "acs:kms:*:*:key/x"),
        ("ecs:*SecurityGroup*", "x"),
        ("ram:*", ""),
        ("*", ""),
        ("kms", ""),
        ("kms decrypt", ""),
        ("decrypt", ""),
        ("oss:", "*"),
        ("kms:De*", ""),
        ("no:Such", ""),
    ] {
        let question = Question::read(Language::Chinese, &catalog, action, resource).unwrap();
        let roles = catalog.roles().iter().map(|role| (&role.id, catalog.document(role)));
        let answers = ask::who_can(Language::Chinese, &catalog, roles, &question);
        chinese(action, &ask::text(Language::Chinese, &catalog, &question, &answers));
        chinese(action, &ask::markdown(Language::Chinese, &catalog, &question, &answers));
        let notes = answers.iter().flat_map(|answer| &answer.notes).cloned();
        let hint = question.resource_hint(Language::Chinese).map(str::to_owned);
        let others: Vec<String> = notes.chain(hint).chain(question.reading.clone()).collect();
        chinese(action, &others.join("\n"));
    }
}

/// All that an answer says.
fn said(answer: &Answer) -> String {
    let parts = answer.trace.iter().flat_map(|statement| {
        let parts = statement.parts.iter().map(|part| part.why.clone());
        let conditions =
            statement.conditions.iter().map(|one| format!("{}；{}", one.phrase, one.why));
        parts.chain(conditions)
    });
    let open = answer.depends_on.iter().map(|open| open.phrase.clone());
    let all: Vec<String> =
        parts.chain(open).chain(answer.notes.clone()).chain([answer.sentence()]).collect();
    all.join("\n")
}

const STATEMENTS: [&str; 14] = [
    r#"{"Effect":"Allow","Action":"kms:*","Resource":"*"}"#,
    r#"{"Effect":"Allow","Action":["kms:Encrypt","kms:Get*"],"Resource":["acs:kms:*:*:KEY/x","acs:kms:*"]}"#,
    r#"{"Effect":"Deny","NotAction":["kms:Encrypt","ecs:*"],"NotResource":["acs:kms:*:*:key/y","z"]}"#,
    r#"{"Effect":"Maybe","Action":"kms:Decrypt","Resource":"*"}"#,
    r#"{"Effect":"Allow","Resource":"*"}"#,
    r#"{"Effect":"Allow","Action":"kms:Decrypt"}"#,
    r#"{"Effect":"Allow","Action":[],"Resource":[]}"#,
    r#"{"Effect":"Allow","Action":"kms:Decrypt","Resource":"*","Condition":{"IpAddress":{"acs:SourceIp":["10.0.0.0/8","x"]},"Odd":{"k":"v"}}}"#,
    r#"{"Effect":"Deny","Action":"kms:Decrypt","Resource":"*","Condition":{"Odd":{"k":"v"}}}"#,
    r#"{"Effect":"Allow","Action":"kms:Decrypt","Resource":"*","Condition":{"StringEqualsIfExists":{"k":"v"},"Null":{"k":["true","odd"]},"Bool":{"k":"odd"},"NumericLessThan":{"k":"odd"},"DateLessThan":{"k":["odd","2020-01-01"]}}}"#,
    r#"{"Effect":"Deny","Action":"kms:Decrypt","Resource":"*","Condition":{"StringNotEquals":{"k":["v","w"]},"stringequals":{"K":"v"}}}"#,
    r#"{"Effect":"Allow","Action":"kms:Decrypt","Resource":"*","Condition":{"ForAnyValue:StringLike":{"k":"v*"},"ForAllValues:StringNotLike":{"k":"v*"},"StringEquals":{"k":[]}}}"#,
    r#"{"Effect":"Allow","Action":"kms:Decrypt","Principal":{"RAM":["acs:ram::1:root","acs:ram::2:user/u"],"Service":"ecs.aliyuncs.com"}}"#,
    r#"{"Effect":"Deny","Action":"kms:Decrypt","NotPrincipal":{"Federated":["acs:ram::1:saml-provider/p"]}}"#,
];

#[test]
fn every_reason_of_a_decision_is_chinese() {
    let documents: Vec<Document> = STATEMENTS
        .iter()
        .map(|one| document(&format!(r#"{{"Version":"1","Statement":[{one}]}}"#)))
        .collect();
    let full = |action: &str| Request::new(action);
    let open = |action: &str| Request::partial(action);
    let mut different = std::collections::BTreeSet::new();
    for ask in [full, open] {
        for request in [
            ask("kms:Decrypt"),
            ask("kms:De*"),
            ask("kms:Decrypt").on("acs:kms:cn:1:key/x"),
            ask("kms:Decrypt").on("acs:kms:cn:1:key/*"),
            ask("kms:Decrypt").with("k", "v"),
            ask("kms:Decrypt").with("k", "odd").with("k", "1"),
            ask("kms:Decrypt").with("acs:sourceip", "10.1.1.1"),
            ask("kms:Decrypt").by("ecs.aliyuncs.com"),
            ask("kms:Decrypt").by("acs:ram::1:user/u"),
            ask("ecs:Other"),
        ] {
            let mut all: Vec<Vec<&Document>> = documents.iter().map(|one| vec![one]).collect();
            all.push(documents.iter().collect());
            all.push(documents[7..12].iter().collect());
            for policies in all {
                let answer = evaluate(Language::Chinese, &policies, &request);
                let words = said(&answer);
                chinese(&format!("{request:?}"), &words);
                let english = evaluate(Language::English, &policies, &request);
                assert_eq!(english.decision, answer.decision);
                different.extend(words.lines().map(str::to_owned));
            }
        }
    }
    assert!(different.len() > 60, "{different:#?}");
}

#[test]
fn removal_plans_are_chinese() {
    let catalog = catalog();
    for role in catalog.roles() {
        let plan = catalog.removal_of_role(&role.id).unwrap();
        chinese(&role.short_name, &write::to_text(&tree(&plan), Language::Chinese, false));
        chinese(&role.short_name, &write::markdown(&tree(&plan), Language::Chinese));
    }
    for product in catalog.products() {
        let plan = catalog.removal_of_product(&product.id).unwrap();
        chinese(&product.name.en, &write::to_text(&tree(&plan), Language::Chinese, false));
    }
    let plan = catalog.removal_of_role(&catalog.roles()[0].id).unwrap();
    for text in
        [ANSWER, r#"{"Status":"SUCCEEDED"}"#, r#"{"Status":"FAILED"}"#, r#"{"Status":"LOST"}"#]
    {
        let answer = DeletionAnswer::parse("answer", text).unwrap();
        let lines =
            write::to_text(&answer.branches_in(&plan, &Taken::of(&plan)), Language::Chinese, false);
        chinese("an answer", &lines);
    }
}

const ANSWER: &str = r#"{"Status":"FAILED","Reason":{"RoleUsages":[{"Region":"cn-x","Resources":["acs:a:b:c:d"]},{"Resources":["acs:e:f:g:h"]}]}}"#;

/// A catalogue with an account whose policies are others than the published ones.
fn observed() -> Catalog {
    const DOCUMENT: &str = r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":["vpc:DescribeVpcs","ecs:*"],"Resource":"*"},
        {"Effect":"Deny","NotAction":["ecs:*","vpc:*"],"Resource":"acs:oss:*:*:b"}]}"#;
    let policy = |name: &str| name.replace("RoleFor", "RolePolicyFor");
    let mut catalog = catalog();
    let names: Vec<String> = catalog.roles().iter().map(|role| role.name.clone()).collect();
    let attached = |name: &str| Attached { name: policy(name), ..Attached::default() };
    let roles = names.iter().skip(1).enumerate().map(|(n, name)| AccountRole {
        name: name.clone(),
        service_linked: true,
        created: (n % 2 == 0).then(|| "2024-05-13T02:00:00Z".to_owned()),
        policies: (n % 5 != 0).then(|| vec![attached(name), attached("Other")]),
        ..AccountRole::default()
    });
    let policies = names.iter().map(|name| AccountPolicy {
        name: policy(name),
        version: Some("v99".into()),
        document: Some(DOCUMENT.into()),
        ..AccountPolicy::default()
    });
    let snapshot = Snapshot {
        complete: false,
        taken: "2026-11-22T08:00:00Z".into(),
        profile: Some("ops".into()),
        roles: roles.collect(),
        policies: policies.collect(),
        ..Snapshot::default()
    };
    catalog.observe(&snapshot);
    catalog
}

#[test]
fn what_an_account_has_is_told_in_chinese() {
    let catalog = observed();
    let mut different = 0;
    for role in catalog.roles() {
        let told = catalog.told_by_account(role, Language::Chinese).expect("an account");
        let facts = told.facts.iter().map(|(name, value)| format!("{name} {value}"));
        let differences = told.differences.iter().cloned();
        let lines: Vec<String> = facts.chain(differences).chain(told.troubles.clone()).collect();
        chinese(&role.short_name, &lines.join("\n"));
        let english = catalog.told_by_account(role, Language::English).expect("an account");
        assert_eq!(english.differences.len(), told.differences.len());
        different += told.differences.len();
    }
    assert!(different > 50, "{different}");
}

/// The ways to the views, each from the start: keys, and what is pasted at the end.
const WAYS: [(&str, &str, &str); 12] = [
    ("a comparison", "<enter>=<enter>", ""),
    ("its end", "<enter>=<enter>G", ""),
    ("the same unfolded", "/MqttTunnel<enter>=MqttCore<enter>G<enter>G", ""),
    ("the sides changed", "<enter>=ETL<enter>S", ""),
    ("who can", "wkms:Decrypt", ""),
    ("who can, with a resource", "wkms:Decrypt<tab>x", ""),
    ("a word", "wcrypt key", ""),
    ("a pattern", "wram:*", ""),
    ("nobody", "wkms:Decript", ""),
    ("a removal plan", "<enter>d", ""),
    ("its end", "dG", ""),
    ("an answer of RAM", "<enter>d", ANSWER),
];

fn open(columns: u16, rows: u16, language: Language, keys: &str, pasted: &str) -> Journey {
    let mut journey = Journey::new(columns, rows);
    journey.app.set_language(language);
    journey.resize(columns, rows).keys(keys);
    if !pasted.is_empty() {
        journey.event(rolescope::app::event::Event::Paste(pasted.to_owned()));
    }
    journey
}

#[test]
fn the_views_are_chinese_at_every_size() {
    let mut wrong = Vec::new();
    for (columns, rows) in SIZES {
        for (name, keys, pasted) in WAYS {
            let journey = open(columns, rows, Language::Chinese, keys, pasted);
            let screen = journey.screen();
            let mut note = |what: String| {
                wrong.push(format!("{name} at {columns}x{rows}: {what}\n{screen}"));
            };
            cells::wrong(&journey).for_each(&mut note);
            for line in screen.lines() {
                // What was typed is nobody's sentence.
                let typed = |word: &&str| keys.split(' ').any(|one| one == *word);
                if let Some(word) = english(line).filter(|word| !typed(word)) {
                    note(format!("{word:?} is English in {line:?}"));
                }
            }
        }
    }
    support::none(&wrong);
}

#[test]
fn a_change_of_language_is_seen_at_once_in_every_view() {
    for (columns, rows) in [(80, 24), (120, 40)] {
        for (name, keys, pasted) in WAYS {
            let (one, two) = (Language::English, Language::Chinese);
            for (before, after) in [(one, two), (two, one)] {
                let mut changed = open(columns, rows, before, keys, pasted);
                let first = changed.screen();
                changed.app.set_language(after);
                changed.resize(columns, rows);
                assert_ne!(first, changed.screen(), "{name}");
                // The lines wrap otherwise, so that another part may be in sight: from the first line on.
                changed.keys("<home>");
                let mut fresh = open(columns, rows, after, keys, pasted);
                fresh.keys("<home>");
                // What was told once, at the foot, stays in the language in which it was told.
                let body = |screen: String| {
                    let lines: Vec<&str> = screen.lines().collect();
                    lines[..lines.len() - 2].join("\n")
                };
                assert_eq!(body(changed.screen()), body(fresh.screen()), "{name}: {after:?}");
            }
        }
    }
}
