//! Who can call an action: the engine as tables, the view as journeys.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

mod support;

use rolescope::catalog::Catalog;
use rolescope::catalog::ask::{self, Question, RoleAnswer, Verdict};
use rolescope::catalog::model::RoleId;
use rolescope::say::Language;
use support::{Journey, cells};

/// The answer for one policy of these statements.
fn ask_one(statements: &str, action: &str, resource: &str) -> RoleAnswer {
    let catalog = Catalog::builtin().expect("the built-in catalogue loads");
    let text = format!(r#"{{"Version":"1","Statement":[{statements}]}}"#);
    let document = Catalog::read_document(&text).expect(&text);
    let question =
        Question::read(Language::English, &catalog, action, resource).expect("a question");
    let role = RoleId::of("r");
    ask::who_can(Language::English, &catalog, [(&role, Some(&document))], &question).remove(0)
}

const DECRYPT: &str = r#"{"Effect":"Allow","Action":"kms:Decrypt","Resource":"*"}"#;
const TAGGED: &str = r#"{"Effect":"Allow","Action":["kms:Encrypt","kms:Decrypt"],"Resource":"*",
    "Condition":{"StringEquals":{"kms:tag/a":"true"}}}"#;
const KEY: &str = r#"{"Effect":"Allow","Action":"kms:decrypt","Resource":"acs:kms:*:*:key/x"}"#;
const ALL: &str = r#"{"Effect":"Allow","Action":"KMS:*","Resource":"*"}"#;
const DENY: &str = r#"{"Effect":"Deny","Action":"kms:De*","Resource":"*"}"#;
const NOT: &str = r#"{"Effect":"Allow","NotAction":"ram:*","Resource":"*"}"#;
const GROUPS: &str = r#"{"Effect":"Allow","Action":["ecs:Describe*","oss:*"],"Resource":"*"}"#;
const OSS: &str = r#"{"Effect":"Allow","Action":"oss:*","Resource":"*"}"#;
const GETS: &str = r#"{"Effect":"Allow","Action":"oss:Get*","Resource":"*"}"#;
const ENDS: &str = r#"{"Effect":"Allow","Action":"oss:*Object","Resource":"*"}"#;
const NO_GET: &str = r#"{"Effect":"Deny","Action":"oss:GetObject","Resource":"*"}"#;
const NO_OSS: &str = r#"{"Effect":"Deny","Action":"oss:*","Resource":"acs:oss:*:*:*"}"#;
const ONE: &str = r#"{"Effect":"Allow","Action":"oss:GetObject","Resource":"acs:oss:*:*:b/*"}"#;
const NO_ONE: &str =
    r#"{"Effect":"Deny","Action":"oss:*","Resource":["acs:oss:*:*:a","acs:oss:*:*:b*"]}"#;
const ONE_TAGGED: &str = r#"{"Effect":"Allow","Action":"oss:GetObject","Resource":"acs:oss:*:*:b/*",
    "Condition":{"StringEquals":{"a:b":["c","d"]}}}"#;
const NO_TAGGED: &str = r#"{"Effect":"Deny","Action":"oss:*","Resource":"acs:oss:*:*:b/*",
    "Condition":{"StringEquals":{"A:B":["d","c"]}}}"#;
const VPC: &str =
    r#"{"Effect":"Allow","Action":"privatelink:Create","Resource":["*","acs:vpc:*:*:*"]}"#;
const NO_PRIVATE: &str =
    r#"{"Effect":"Deny","Action":"privatelink:*","Resource":"acs:privatelink:*:*:*"}"#;
const BESIDE: &str = r#"{"Effect":"Allow","Action":"kms:Decrypt","NotResource":"acs:kms:*:*:*"}"#;
const OWN: &str = r#"{"Effect":"Deny","Action":"kms:*","Resource":"acs:kms:*:*:*"}"#;
const NEVER: &str = r#"{"Effect":"Allow","Action":"oss:GetObject","Resource":"*",
    "Condition":{"IpAddress":{"acs:SourceIp":"10.0.0.0/33"}}}"#;

#[test]
fn verdicts() {
    for (name, statements, action, resource, verdict) in [
        ("named", vec![DECRYPT], "kms:decrypt", "", "can"),
        ("another action", vec![DECRYPT], "kms:Encrypt", "", "cannot"),
        ("a condition", vec![TAGGED], "kms:Decrypt", "", "could, under a condition"),
        ("one resource only", vec![KEY], "kms:Decrypt", "", "could, under a condition"),
        ("that resource", vec![KEY], "kms:Decrypt", "acs:kms:cn:1:key/x", "can"),
        ("another resource", vec![KEY], "kms:Decrypt", "acs:kms:cn:1:key/y", "cannot"),
        ("a wildcard covers it", vec![ALL], "kms:Decrypt", "", "can"),
        ("a wildcard covers what nobody knows", vec![ALL], "kms:Newest", "", "can"),
        ("deny goes first", vec![ALL, DENY], "kms:Decrypt", "", "denied"),
        ("deny of others", vec![ALL, DENY], "kms:Encrypt", "", "can"),
        ("denied and not allowed", vec![DENY], "kms:Decrypt", "", "denied"),
        ("NotAction", vec![NOT], "kms:Decrypt", "", "can"),
        ("elsewhere only", vec![BESIDE, OWN], "kms:Decrypt", "", "could, under a condition"),
        ("NotAction leaves it out", vec![NOT], "ram:PassRole", "", "cannot"),
        ("a pattern, one name of it", vec![DECRYPT], "kms:*crypt", "", "can"),
        ("the pattern itself", vec![ALL], "kms:*", "", "can"),
        ("known in both patterns", vec![GROUPS], "ecs:*Instances*", "", "can"),
        ("of another service", vec![GROUPS], "kms:*", "", "cannot"),
        ("none known in both", vec![GROUPS], "ecs:*Zzz*", "", "could, under a condition"),
        ("words, none known", vec![GROUPS], "zzz", "", "could, under a condition"),
        ("a bare name", vec![OSS], "GetObject", "", "could, under a condition"),
        ("of any service", vec![OSS], "*:GetObject", "", "could, under a condition"),
        ("of any service, a letter open", vec![OSS], "*:?etObject", "", "could, under a condition"),
        ("any beginning", vec![GETS], "*Object", "", "could, under a condition"),
        ("any beginning, no such end", vec![GETS], "*:Put*", "", "cannot"),
        ("one name denied", vec![ENDS, NO_GET], "oss:?etO*", "", "could, under a condition"),
        ("denied under the same", vec![ONE, NO_ONE], "oss:GetObject", "", "cannot"),
        ("denied under less", vec![ONE_TAGGED, NO_ONE], "oss:GetObject", "", "cannot"),
        (
            "denied under the same condition",
            vec![ONE_TAGGED, NO_TAGGED],
            "oss:GetObject",
            "",
            "cannot",
        ),
        (
            "denied under more",
            vec![ONE, NO_TAGGED],
            "oss:GetObject",
            "",
            "could, under a condition",
        ),
        ("denied on all of the service", vec![OSS, NO_OSS], "oss:GetObject", "", "denied"),
        (
            "allowed on another service",
            vec![VPC, NO_PRIVATE],
            "privatelink:Create",
            "",
            "could, under a condition",
        ),
        ("never met", vec![NEVER], "oss:GetObject", "", "cannot"),
        ("words", vec![DECRYPT], "decrypt", "", "can"),
    ] {
        let answer = ask_one(&statements.join(","), action, resource);
        assert_eq!(answer.verdict.words(), verdict, "{name}: {answer:#?}");
    }
}

#[test]
fn a_pattern_gives_each_action_its_own_verdict() {
    let answer = ask_one(&[ALL, DENY].join(","), "kms:*", "");
    let of =
        |name: &str| answer.actions.iter().find(|a| &*a.name == name).map(|a| a.verdict.words());
    assert_eq!(of("kms:Decrypt"), Some("denied"), "{answer:#?}");
    assert_eq!(of("kms:Encrypt"), Some("can"), "{answer:#?}");
    assert!(answer.groups().len() >= 2, "{answer:#?}");
}

#[test]
fn conditions_are_sentences_and_lead_to_the_statement() {
    let answer = ask_one(&[TAGGED, KEY].join(","), "kms:Decrypt", "");
    let sentences =
        ["only with keys tagged a = true", "or only if the resource matches acs:kms:*:*:key/x"];
    assert_eq!(answer.verdict, Verdict::Could(sentences.map(str::to_owned).to_vec()));
    assert_eq!(answer.actions[0].statement, Some(0));
    let answer = ask_one(&[DENY, ALL].join(","), "kms:Encrypt", "");
    assert_eq!(answer.actions[0].statement, Some(1));
    assert_eq!(answer.actions[0].through.as_deref(), Some("KMS:*"));
}

#[test]
fn the_catalogue_is_asked() {
    let catalog = Catalog::builtin().expect("the built-in catalogue loads");
    let of = |action: &str, verdict: &str| -> Vec<String> {
        let question = Question::read(Language::English, &catalog, action, "").expect("a question");
        let roles = catalog.roles().iter().map(|role| (&role.id, catalog.document(role)));
        let answers = ask::who_can(Language::English, &catalog, roles, &question);
        assert_eq!(answers.len(), catalog.roles().len());
        let hit = answers.iter().filter(|answer| answer.verdict.words() == verdict);
        hit.map(|answer| catalog.role(&answer.role).unwrap().short_name.clone()).collect()
    };
    let could = of("kms:Decrypt", "could, under a condition");
    assert!(could.contains(&"AlikafkaInstanceEncryption".to_owned()), "{could:?}");
    let groups = of("ecs:*SecurityGroup*", "can");
    assert_eq!(groups, ["Alikafka", "RMQMigration"]);
    assert!(of("nobody:Knows", "can").is_empty());
}

#[test]
fn decrypt_is_asked_and_enter_goes_to_the_statement() {
    for (columns, rows) in [(40, 12), (80, 24), (120, 40), (200, 60)] {
        let mut j = Journey::new(columns, rows);
        j.keys("wkms:Decrypt").sees("Could, under a condition").sees("AlikafkaInstance");
        while !j.screen().lines().any(|l| l.contains("▸AlikafkaInstance")) {
            j.keys("<down>");
        }
        j.sees("tagged");
        j.keys("<enter>").sees("kms:Decrypt");
        assert!(j.crumbs().ends_with("Policy"), "{}", j.screen());
        let pane = &j.app.policy.pane;
        assert_eq!(pane.statement(), Some(1), "{}", j.screen());
        // Back to the answer, its row still selected; then back to where it began.
        j.keys("<esc>").sees("▸AlikafkaInstance").sees("kms:Decrypt");
        j.keys("<esc>");
        assert!(j.crumbs().ends_with("Kafka"), "{}", j.screen());
        j.keys("w").sees("kms:Decrypt");
    }
}

#[test]
fn letters_and_question_marks_are_typed() {
    let mut j = Journey::new(80, 24);
    j.keys("wqjky?<tab>yq").sees("› yq").sees("qjky?");
    assert!(!j.ended);
    j.keys("<f1>").sees("What can be done here").sees("Ctrl-y");
}

#[test]
fn names_are_hinted_and_taken() {
    let mut j = Journey::new(80, 24);
    j.keys("wkms:Dec").sees("kms:Decrypt").sees("No role can call kms:Dec.");
    j.keys("<enter>").sees("Could, under a condition");
    j.keys("<ctrl-u>kms:Decrpyt").sees("near to it: kms:Decrypt");
    j.keys("<ctrl-u>decrypt").sees("Read as *:*decrypt*");
    // Whoever has every action of a service has those of any name.
    j.keys("<ctrl-u>zzzqqqxxx").sees("Could, under a condition").sees("No known action");
    j.keys("<ctrl-u>zzz:qqqxxx").sees("No role can call").sees("No known action");
}

#[test]
fn the_answer_is_copied() {
    let mut j = Journey::new(120, 40);
    j.keys("wkms:Decrypt<ctrl-y>").sees("answer as Markdown").keys("<down><enter>");
    let copied = j.copied();
    assert!(copied.starts_with("## Who can `kms:Decrypt`"), "{copied}");
    assert!(copied.contains("AliyunServiceRoleForAlikafkaInstanceEncryption"), "{copied}");
    assert!(copied.contains("  - only with keys tagged"), "{copied}");
}

#[test]
fn an_action_of_the_summary_is_asked_at_once() {
    let mut j = Journey::new(120, 40);
    j.keys("<enter>jj<enter>");
    while !j.app.current_row().expect("a row").key.ends_with("/kms:Decrypt") {
        j.keys("j");
    }
    j.keys("w").sees("Who can kms:Decrypt");
}

#[test]
fn every_size_draws() {
    let mut j = Journey::new(80, 24);
    j.keys("wecs:<down><pagedown><tab>acs:");
    for columns in [1, 2, 29, 30, 31, 40, 60, 97, 98, 99, 160] {
        for rows in [1, 7, 8, 9, 12, 18, 40] {
            j.resize(columns, rows);
            let wrong =
                cells::wrong_cell(j.buffer()).or_else(|| cells::wrong_picture(&j.app, j.buffer()));
            assert!(wrong.is_none(), "{columns}x{rows}: {wrong:?}\n{}", j.screen());
        }
    }
}

#[test]
fn a_role_under_two_verdicts_counts_once() {
    let mut j = Journey::new(120, 40);
    j.keys("wkms:*").sees("1 can · 1 could · 0 denied");
    j.sees("Can  1 role").sees("Could, under a condition  2 roles, 1 of them above");
    j.keys("<ctrl-y>").sees("names of these roles").keys("<down><down><down><enter>");
    let mut names: Vec<&str> = j.copied().lines().collect();
    assert_eq!(names.len(), 2, "{names:?}");
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), 2, "{names:?}");
}

/// `b/*` is the objects of a bucket and not the bucket: who may call an action on the other is not told by it.
#[test]
fn a_bucket_and_its_objects_are_not_taken_for_each_other() {
    for (action, resource, can) in [
        ("oss:DeleteBucket", "acs:oss:*:*:b/*", false),
        ("oss:DeleteBucket", "acs:oss:*:*:b", true),
        ("oss:DeleteBucket", "acs:oss:*:*:b*", true),
        ("oss:DeleteObject", "acs:oss:*:*:b", false),
        ("oss:DeleteObject", "acs:oss:*:*:b/*", true),
        ("oss:ListBuckets", "acs:oss:*:*:b", false),
    ] {
        let statement = format!(r#"{{"Effect":"Allow","Action":"oss:*","Resource":"{resource}"}}"#);
        let answer = ask_one(&statement, action, "");
        let could = answer.verdict.rank() <= Verdict::Could(Vec::new()).rank();
        assert_eq!(could, can, "{action} on {resource}: {:?}", answer.verdict);
    }
}

#[test]
fn a_pattern_that_meets_a_question_by_part_is_not_told_where_a_name_it_matches_is() {
    let statement = r#"{"Effect":"Allow","Action":["ecs:DoA*","ecs:DOB*","ecs:do?Disk","ecs:Dob","ecs:DöX*",
        "ecs:dobDisk","ecs:EndDisk","ecs:DÖXDisk","ecs:Zzz*"],"Resource":"*"}"#;
    let answer = ask_one(statement, "ecs:*Disk", "");
    let told: Vec<&str> = answer.actions.iter().map(|one| &*one.name).collect();
    assert_eq!(
        told,
        ["ecs:do?Disk", "ecs:dobDisk", "ecs:EndDisk", "ecs:DÖXDisk", "ecs:DoA*", "ecs:Zzz*"]
    );
}
