//! Sentences made from a policy in Chinese: explanations, conditions, findings, oddities. No English is left in
//! them, whatever the document, and the screen shows them whole at every size.
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
use rolescope::catalog::model::Standing;
use rolescope::catalog::review::findings_of;
use rolescope::policy::document::Condition;
use rolescope::policy::explain;
use rolescope::policy::findings::{Context, Finding, Named, Origin, Rule, findings};
use rolescope::policy::oddity::{OddityKind, TITLES};
use rolescope::policy::operator::Operator;
use rolescope::policy::read::{self, Read};
use rolescope::policy::source::{Span, Spanned};
use rolescope::policy::summary::summarize_in;
use rolescope::policy::wording;
use rolescope::say::{Language, pairs};
use std::collections::BTreeSet;
use support::words::english;
use support::{Journey, cells};

#[track_caller]
fn chinese(what: &str, text: &str) {
    let is_chinese = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    assert!(text.chars().any(is_chinese), "{what}: no Chinese in {text:?}");
    assert!(english(text).is_none(), "{what}: {:?} is English in {text:?}", english(text));
    let mut before = ['x'; 2];
    for c in text.chars() {
        let blank = is_chinese(before[0]) && before[1] == ' ' && is_chinese(c);
        assert!(!blank, "{what}: a blank between Chinese characters in {text:?}");
        before = [before[1], c];
    }
}

/// All that is said of a document.
fn sentences(read: &Read, found: &[Finding], catalog: &Catalog) -> Vec<(String, String)> {
    let mut said = vec![("trust".to_owned(), explain::trust(Language::Chinese, &read.document))];
    for (n, statement) in read.document.statements.iter().enumerate() {
        let sentence = explain::sentence(Language::Chinese, statement, catalog);
        said.push((format!("statement {n}"), sentence));
    }
    for finding in found {
        said.push((finding.rule.id().to_owned(), finding.message.clone()));
        said.push((format!("advice of {}", finding.rule.id()), finding.advice.clone()));
    }
    let summary = summarize_in(Language::Chinese, &read.document, catalog);
    for idle in &summary.idle {
        said.push((format!("statement {}", idle.statement), idle.sentence.clone()));
    }
    for service in &summary.services {
        let own = service.levels.iter().flat_map(|group| &group.actions);
        for action in own.chain(&service.through_resources) {
            let meaning = action.meaning.iter().cloned();
            said.extend(meaning.map(|words| (format!("meaning of {}", action.name), words)));
            let grants = action.grants.iter();
            let limits =
                grants.flat_map(|grant| grant.conditions.iter().chain(grant.principals.iter()));
            // A principal may be said by its name alone.
            let limits = limits.filter(|limit| !limit.starts_with("acs:") && *limit != "Foo x");
            said.extend(limits.map(|words| (format!("limit of {}", action.name), words.clone())));
        }
    }
    said
}

#[test]
fn every_built_in_role_is_told_in_chinese() {
    let catalog = Catalog::builtin().unwrap();
    let mut count = 0;
    for role in catalog.roles() {
        let mut said = Vec::new();
        if let Some(policy) = &role.policy {
            let read = read::document(&policy.source).unwrap();
            let found = findings_of(Language::Chinese, role, &read, &catalog);
            let english = findings_of(Language::English, role, &read, &catalog);
            let places = |found: &[Finding]| -> Vec<_> {
                found.iter().map(|one| (one.rule, one.severity, one.statement, one.span)).collect()
            };
            assert_eq!(places(&found), places(&english), "{}", role.name);
            said.extend(sentences(&read, &found, &catalog));
        }
        if let Some(trust) = &role.trust {
            let read = read::document(&trust.value).unwrap();
            said.extend(sentences(&read, &[], &catalog));
        }
        count += said.len();
        for (what, text) in &said {
            chinese(&format!("{}: {what}", role.name), text);
        }
    }
    assert!(count > 200, "{count} sentences only");
}

/// Documents that meet every rule, and some that no sane person would write.
const DOCUMENTS: [&str; 23] = [
    r#"{"Version":"1","Statement":[
      {"Effect":"Allow","Action":"oss:GetObject","Resource":"acs:oss:*:*:b/*","Condition":{"StringLike":{"oss:Prefix":"u/*"}}},
      {"Effect":"Deny","Action":"oss:GetObject","Resource":"acs:oss:*:*:b/*","Condition":{"StringLike":{"oss:Prefix":"u/*"}}},
      {"Effect":"Allow","Action":"oss:PutObject","Resource":"acs:oss:*:*:b/*","Condition":{"StringNotLike":{"oss:Prefix":"u/*"}}},
      {"Effect":"Deny","Action":"oss:PutObject","Resource":"acs:oss:*:*:b/*","Condition":{"StringNotLike":{"oss:Prefix":"u/*"}}},
      {"Effect":"Deny","Action":["sls:*","ecs:RunComand"],"Resource":"*","Condition":{"StringNotEquals":{"acs:SourceVpc":"u*"}}},
      {"Effect":"Allow","Action":"rds:StopX","Resource":"acs:cn-hangzhou:*:*:*","Condition":{"StringNotEquals":{"acs:UserAgent":"u*"}}},
      {"Effect":"Deny","Action":"rds:StopX","Resource":"*","Condition":{"StringNotEquals":{"acs:SourceVpc":["u*","w"],"acs:SourceIp":"10.0.0.0/8","acs:CurrentTime":"2019-08-12T17:00:00Z"}}},
      {"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"RAM":["acs:ram::1"],"Federated":"acs:ram::1:role/u"}},
      {"Effect":"Allow","Action":"sts:AssumeRole","Principal":"u"},
      {"Effect":"Allow","Action":"rds:StopX","Resource":"*","Principal":"u"},
      {"Effect":"Allow","Action":"*","Resource":"*","Principal":"*"},
      {"Effect":"Allow","NotAction":"oss:GetObject","Resource":"*","Principal":"*"}]}"#,
    r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":["esc:Run","kms:","ecs:Run X"],"Resource":{"Ref":"x"}},
      {"Effect":"Allow","NotAction":["ram:*","sts:*"],"Resource":"*","Condition":[]},{"Effect":"Allow","NotAction":[],"Resource":[]},
      {"Effect":"Allow","Action":"ram:CreateServiceLinkedRole","Resource":"*","Condition":{"StringEquals":{"ram:ServiceName":["kafka.aliyuncs.com","x.y"]}}}]}"#,
    r#"{"Version":"2012-10-17","Id":"x","Statement":[
        {"Sid":"q","Effect":"Allow","Action":["*"],"Resource":"*"},
        {"Effect":"Allow","Action":["ecs:RunCommand","kms:GetSecret*","actiontrail:StopLogging"],"Resource":"*"},
        {"Effect":"Allow","Action":["oss:GetObject"],"Resource":"acs:oss:*:*:b"},
        {"Effect":"Allow","Action":["oss:ListObjects"],"Resource":"acs:oss:*:*:b/*"},
        {"Effect":"Deny","NotAction":["ecs:*","kms:Decrypt"],"Resource":["acs:oss:*:*:*"],"Condition":{
            "StringNotEquals":{"acs:SourceVpc":["u","v"]},"Foo":{"k":["1"]},"Null":{"x:y":"maybe"}}},
        {"Effect":"Maybe","Action":5},
        {"effect":"Allow","NotAction":"*","NotResource":"acs:ecs:*","Extra":1},7,
        {"Effect":"Allow","Action":[],"Resource":"","Principal":"x","Condition":[]},
        {"Effect":"Allow","Action":"ecs:X","Action":"ecs:Y","NotAction":"ecs:Z","Resource":"*","Condition":{}}]}"#,
    r#"{"Version":"1","Statement":[
        {"Effect":"Allow","Action":["ram:PassRole","ram:CreateServiceLinkedRole","ram:DeleteServiceLinkedRole",
            "kms:TagResource","ECS:describeinstances","ecs:DescribeInstances","ecs:DescibeInstances","Describe*","zz"],
        "Resource":["acs:ecs:*:*:*","${foo}","acs:x","acs:ecs:*","nope","acs::::","*"],"Condition":{
            "DateLessThan":{"acs:CurrentTime":"2019-08-12"},"IpAddress":{"acs:SourceIp":"10.0.0"},
            "StringEquals":{"acs:UserAgent":"u*","ram:ResourceTag/env":"u"},"ForAnyValue:StringLike":{"x:y":"z"},
            "stringequals":{"oss:Prefix":"u"},"Bool":{"acs:MFAPresent":"yes"}}}]}"#,
    r#"{"Version":"1","Statement":[{"Effect":"Deny","Action":"*","Resource":"*"},
        {"Effect":"Deny","Action":"oss:GetObject","Resource":"*","Condition":{"StringLike":{"acs:ResourceTag/u":"v*"}}},
        {"Effect":"Allow","NotAction":["ecs:RunInstances","oss:*"],"Resource":"*"},
        {"Effect":"Allow","NotAction":["ram:*"],"Resource":["acs:ecs:*:*:*"]}]}"#,
    r#"{"Version":"1","Statement":[
        {"Effect":"Allow","Action":["kms:Decrypt"],"Resource":"*","Condition":{"StringEquals":{"kms:tag/u":"1"}}},
        {"Effect":"Deny","Action":["kms:Encrypt"],"Resource":"*","Condition":{"StringNotEqualsIgnoreCase":{"kms:tag/u":"w"}}},
        {"Effect":"Deny","Action":["kms:Sign"],"Resource":"*","Condition":{"StringEquals":{"kms:tag/u":"w"}}},
        {"Effect":"Allow","Action":["kms:Verify"],"Resource":"*","Condition":{"StringNotEquals":{"kms:tag/u":"w"}}},
        {"Effect":"Allow","Action":["ram:DeleteServiceLinkedRole"],"Resource":"*","Condition":{"DateLessThan":{"acs:CurrentTime":"2019-08-12"}}},
        {"Effect":"Allow","Action":["kms:TagResource","kms:UntagResource"],"Resource":"*","Condition":{"Bool":{"acs:MFAPresent":"true"}}}]}"#,
    r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"ecs:*","Resource":"*"},
        {"Effect":"Allow","Action":"ram:*","Resource":"*"},{"Effect":"Allow","Action":"oss:PutBucketAcl","Resource":"*"},
        {"Effect":"Allow","Action":"vpc:DescribeVpcs","Resource":"acs:ecs:*:*:*"},
        {"Effect":"Allow","Action":["vpc:describevpcs","vpc:DescribeVpcs"],"Resource":"acs:ecs:*:*:*"}]}"#,
    r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole",
        "Principal":{"RAM":["*","acs:ram::123:root","acs:ram::123:user/u","acs:ram::123:role/u"],
        "Service":["ecs.aliyuncs.com","*"],"Federated":["acs:ram::1:saml-provider/u"],"Foo":["x"]}},
        {"Effect":"Allow","Action":"kms:*","NotPrincipal":{"RAM":["123"]}},
        {"Effect":"Deny","Action":["*:Describe*","*","d*:List"],"Principal":{"RAM":[]},"Resource":"*"},
        {"Effect":"Deny","Action":"sts:AssumeRole","Principal":"*","Condition":{"Bool":{"acs:SecureTransport":"false"},
            "NotIpAddress":{"acs:SourceIp":["10.0.0.0/8","1.1.1.1"]},"NumericEquals":{"x:y":["1","2","3"]}}}]}"#,
    r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"ram:DeleteServiceLinkedRole","Resource":"*",
        "Condition":{"StringEquals":{"ram:ServiceName":["u.aliyuncs.com","v.aliyuncs.com"]}}},
        {"Effect":"Deny","Action":"ram:CreateServiceLinkedRole","Resource":"*",
        "Condition":{"StringEquals":{"ram:ServiceName":"u.aliyuncs.com"}}},
        {"Effect":"Allow","Action":"ram:CreateServiceLinkedRole","Resource":"*",
        "Condition":{"StringEquals":{"ram:ServiceName":"*"}}},
        {"Effect":"Deny","Action":"ram:PassRole","Resource":"*","Condition":{"StringEquals":{"acs:Service":"fc.aliyuncs.com"}}},
        {"Effect":"Allow","Action":"ram:PassRole","Resource":"*"},
        {"Effect":"Allow","Action":"ram:PassRole","Resource":"acs:ram:*:*:role/u"},
        {"Effect":"Allow","Action":"ram:PassRole","Resource":"*","Condition":{"StringEquals":{"acs:Service":"fc.aliyuncs.com"}}}]}"#,
    r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"sts:AssumeRoleWithOIDC",
        "Principal":{"Federated":["acs:ram::1:oidc-provider/u","acs:ram::1:saml-provider/u"],
        "RAM":["acs:ram::*:root","acs:ram::1:*","acs:ram::*:*","acs:ram::1:user/*","acs:ram::*:user/*","acs:ram::1:role/*"]}},
        {"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"RAM":["acs:ram::*:role/*","acs:ram::*:user/u",
        "acs:ram::*:role/u"]},"Condition":{"StringLike":{"acs:SourceVpc":"*"}}},
        {"Effect":"Allow","Action":"oss:GetObject","Principal":["acs:ram::1:user/u","arn:sts::1:assumed-role/u/*",
        "arn:sts::*:assumed-role/u/v"],"Resource":"acs:oss:*:*:u","Condition":{"Bool":{"acs:SecureTransport":"false"}}}]}"#,
    r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Resource":"*"},
        {"Effect":"Allow","Action":"sts:AssumeRole","Resource":"acs:ram::1:role/u"},
        {"Effect":"Allow","Action":"sts:AssumeRole","Resource":["acs:ram::1:role/u","acs:ram::1:role/v"]},
        {"Effect":"Deny","Action":"ram:*","Resource":"*","Condition":{"Bool":{"acs:MFAPresent":"false"}}},
        {"Effect":"Allow","Action":"kms:*","Resource":"*","Principal":{"RAM":["acs:ram::1:*"]}}]}"#,
    r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":["acs:ecs:X","ecs::X","ecs:A,ecs:B","oss:ListBuckets"],
        "Resource":["acs:acs:ecs:*:*:instance/u","acs:ecs:*:*:*:instance/u","acs:ecs:*:*:instances/u","acs:ecs:*:*:u"]},
        {"Effect":"Deny","Action":"oss:ListBuckets","Resource":"acs:oss:*:*:u","Condition":{
            "Bool":{"acs:SecureTransport":"true"},"StringEquals":{"acs:SourceIp":"10.0.0.0/8","acs:SourceVpc":"u"},
            "StringLike":{"acs:SourceVpc":"v*","acs:CurrentTime":"2019-08-12T17:00:00+08:00"}}},
        {"Effect":"Allow","Action":["ecs:SendFile","ram:UnbindMFADevice"],"Resource":"*","Condition":{
            "Bool":{"acs:MFAPresent":"false"},"StringEquals":{"acs:SourceVpc":"u"},"StringNotEquals":{"acs:SourceVpc":"u"}}},
        {"Effect":"Deny","Action":"oss:*","Principal":"*","Resource":"*"},
        {"Effect":"Deny","Action":"oss:*","Principal":"*","Resource":"*","Condition":{"Bool":{"acs:SecureTransport":"false"}}}]}"#,
    r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"Service":["u.v",
        "*.aliyuncs.com"],"Federated":["acs:ram::1:oidc-provider/u","*","acs:ram::1:*"]},"Resource":"*",
        "Condition":{"StringLike":{"oidc:sub":"repo:*"}}},
        {"Effect":"Deny","Action":["s3:GetObject"],"Resource":"*","Condition":{"StringEquals":{"aws:x":"u",
        "acs:SorceVpc":"v"},"IpAddressIncludeBorder":{"acs:SourceIp":"1.1.1.1"}}},
        {"Effect":"Allow","Action":"oss:GetObject","Principal":["*"],"Resource":"acs:oss:*:*:u","Condition":{
        "IpAddressIncludeBorder":{"acs:SourceIp":"1.1.1.1"}}}]}"#,
    r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":["*","kms:Decrypt"],
        "Principal":{"RAM":["acs:ram::1:root","acs:ram::1:group/u"]}},
        {"Effect":"Allow","Action":"oss:GetObject","Principal":"*","Resource":"acs:oss:*:*:u/*"}]}"#,
    r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"ram:PassRole","Resource":"*"},
        {"Effect":"Allow","Action":["fc:*","swas-open:RunCommand","eci:ExecContainerCommand","log:DeleteProject"],"Resource":"*"}]}"#,
    r#"{"Statement":{"Effect":"Allow","Action":"ecs:X"}}"#,
    r#"{"Version":3,"Statement":[]}"#,
    r#"{"Version":"1"}"#,
    r#"{"Version":["1"],"Statement":[{"Effect":["Allow"],"Action":"alikafka:GetInstanceList","Resource":"acs:oss:*:12345678****:b"}]}"#,
    r#"{"Version":"1","Statement":[{"Effect":"Deny","Action":"ecs:*","Resource":"*","Condition":{"StringNotEquals":{"acs:RequestTag/部门":"研发"}}}],"Condition":{}}"#,
    r#"{"Version":"1","Statement":[{"Effect":true,"Action":"oss:GetObject，oss:PutObject","Resource":"acs:ecs:*:cn-hangzhou:instance/i"}]}"#,
    r#"{"Effect":"Allow","Action":["ecs:A1","ecs:A2","ecs:A3","ecs:A4","ecs:A5","ecs:A6","ecs:A7","ecs:A8*"],"Resource":"*"}"#,
    r#"{"Statement":[{"Effect":"Deny","Action":"Update:*","Principal":"*","Resource":"LogicalResourceId/x"}]}"#,
];

#[test]
fn odd_and_hostile_documents_are_told_in_chinese() {
    let catalog = Catalog::builtin().unwrap();
    let mut rules: BTreeSet<Rule> = BTreeSet::new();
    let long = format!(
        r#"{{"Version":"1","Statement":[{{"Effect":"Allow","Action":"ecs:A","Resource":[{}"*"]}}]}}"#,
        "\"acs:ecs:*:*:instance/i-1\",".repeat(400)
    );
    let trust = r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole",
        "Principal":{"Service":["z.aliyuncs.com"]}}]}"#;
    let trust = read::document(trust).unwrap().document;
    for text in DOCUMENTS.into_iter().chain([long.as_str()]) {
        let read = read::document(text).unwrap();
        for origin in [Origin::Unknown, Origin::Custom, Origin::System, Origin::ServiceLinkedRole] {
            let context = Context {
                vocabulary: &catalog,
                source: Some(text),
                trust: Some(&trust),
                service_name: Some("y.aliyuncs.com"),
                origin,
                language: Language::Chinese,
            };
            let found = findings(&read.document, &read.oddities, &context);
            rules.extend(found.iter().map(|finding| finding.rule));
            for (what, said) in sentences(&read, &found, &catalog) {
                chinese(&format!("{what} of {text}"), &said);
            }
        }
    }
    // These two are about a product page.
    let of_pages = [Named::NotDocumented, Named::NotGranted];
    let missed: Vec<_> = Named::ALL
        .iter()
        .filter(|rule| !of_pages.contains(rule) && !rules.contains(&Rule::Named(**rule)))
        .collect();
    assert!(missed.is_empty(), "no document meets {missed:?}");
}

/// What follows from documents is called as the standing of such a fact is.
#[test]
fn reasoning_has_one_word_in_chinese() {
    let reasoning: Vec<_> = pairs().filter(|(en, _)| en.starts_with("Reasoning: ")).collect();
    assert!(reasoning.len() > 5, "{reasoning:?}");
    let word = Standing::Implied.words().zh.into_owned();
    for (en, zh) in reasoning {
        assert!(zh.starts_with(&format!("{word}：")), "{en}: {zh}");
    }
}

#[test]
fn every_rule_and_oddity_has_chinese() {
    let known: BTreeSet<&str> = pairs().map(|(en, _)| en).collect();
    let mut wanted: Vec<&str> = vec![Rule::Oddity("both").source(), Rule::Oddity("both").remedy()];
    for rule in Named::ALL {
        wanted.extend([rule.title(), rule.source(), rule.remedy()]);
    }
    wanted.extend(TITLES.iter().map(|(_, title)| *title));
    let kinds = oddities();
    for kind in &kinds {
        wanted.push(kind.template());
        chinese(kind.id(), &kind.sentence(Language::Chinese));
        assert!(TITLES.iter().any(|(id, _)| *id == kind.id()), "{} has no title", kind.id());
    }
    let ids: BTreeSet<&str> = kinds.iter().map(OddityKind::id).collect();
    assert_eq!(ids.len(), TITLES.len(), "an oddity is missing here");
    for (id, title) in TITLES {
        assert!(ids.contains(id), "{id}");
        assert_eq!(title.to_lowercase(), id.replace('-', " "), "a title is its name in words");
    }
    wanted.retain(|en| !known.contains(en));
    assert!(wanted.is_empty(), "add these to src/say: {wanted:#?}");
}

/// One of each kind.
fn oddities() -> Vec<OddityKind> {
    let text = || "Foo".to_owned();
    vec![
        OddityKind::MissingVersion,
        OddityKind::OddVersion(text()),
        OddityKind::VersionOfType("a list"),
        OddityKind::AwsVersion(text()),
        OddityKind::MissingStatement,
        OddityKind::EmptyStatement,
        OddityKind::BareStatement,
        OddityKind::LoneStatement,
        OddityKind::NotAStatement("a number"),
        OddityKind::StackPolicy,
        OddityKind::UnknownElement(text(), None),
        OddityKind::UnknownElement(text(), Some("Action")),
        OddityKind::Beside(text()),
        OddityKind::WrongCase(text(), "Action"),
        OddityKind::Duplicate(text()),
        OddityKind::Label("Sid"),
        OddityKind::MissingEffect,
        OddityKind::UnknownEffect(text()),
        OddityKind::EffectOfType("a truth value"),
        OddityKind::MissingAction,
        OddityKind::Both("Action", "NotAction"),
        OddityKind::Negated("NotResource"),
        OddityKind::NoTarget,
        OddityKind::Empty(text()),
        OddityKind::EmptyExclusion(text()),
        OddityKind::EmptyText(text()),
        OddityKind::Unquoted(text(), "5".to_owned()),
        OddityKind::WrongType(text(), "an object"),
        OddityKind::WrongType(text(), "a truth value"),
        OddityKind::Unfilled(text(), "Fn::Join".to_owned(), "${Bucket}".to_owned()),
        OddityKind::NotABlock(text(), "a list"),
        OddityKind::NotABlock(text(), "a string"),
        OddityKind::UnknownPrincipal(text()),
        OddityKind::EmptyCondition,
    ]
}

#[test]
fn every_operator_has_chinese_words() {
    let spanned = |text: &str| Spanned::new(text, Span::default());
    let forms = |name: &str| {
        ["", "ForAnyValue:", "ForAllValues:"]
            .into_iter()
            .flat_map(|before| ["", "IfExists"].map(|after| format!("{before}{name}{after}")))
            .collect::<Vec<_>>()
    };
    let names: Vec<String> =
        Operator::documented().chain(["Null", "ArnLike"]).flat_map(forms).collect();
    for name in names {
        for values in [&[][..], &["1"], &["1", "2"], &["1", "2", "3"], &["true", "false"]] {
            for (key, action) in [
                ("k", "x:Y"),
                ("kms:tag/k", "kms:Decrypt"),
                ("acs:RequestTag/k", "x:Y"),
                ("oss:BucketTag/k", "x:Y"),
                ("oss:ExistingObjectTag/k", "x:Y"),
                ("acs:Service", "ram:PassRole"),
                ("ram:ServiceName", "ram:CreateServiceLinkedRole"),
            ] {
                let condition = Condition {
                    operator: spanned(&name),
                    key: spanned(key),
                    values: values.iter().map(|value| spanned(value)).collect(),
                    unknown: false,
                    span: Span::default(),
                };
                let what = format!("{name} {key} {values:?}");
                for words in [
                    wording::phrase(Language::Chinese, &condition),
                    wording::condition(Language::Chinese, &condition, action),
                    wording::case(Language::Chinese, &condition, action),
                ] {
                    chinese(&what, &words);
                    assert!(!words.contains(['{', '}']), "{what}: {words}");
                }
            }
        }
    }
}

const SIZES: [(u16, u16); 4] = [(40, 12), (80, 24), (120, 40), (200, 60)];

#[test]
fn findings_and_explanations_are_chinese_on_the_screen() {
    let mut wrong = Vec::new();
    let mut explained = 0;
    for (columns, rows) in SIZES {
        for down in ["", "j", "jj", "jjj", "jjjj"] {
            for (name, keys) in [
                ("findings", "f"),
                ("a later finding", "fjj"),
                ("the summary", "<enter>"),
                ("its end", "<enter>G"),
                ("an explanation", "<enter><enter>jjjj"),
                ("the last statement", "<enter><enter>G"),
                ("a trust policy", "<enter><enter>T"),
            ] {
                let mut journey = Journey::new(columns, rows);
                journey.app.set_language(Language::Chinese);
                journey.resize(columns, rows);
                journey.keys(&format!("<enter>{down}{keys}"));
                let screen = journey.screen();
                let mut note = |what: String| {
                    wrong.push(format!("{name} at {columns}x{rows} {down}: {what}\n{screen}"));
                };
                cells::wrong(&journey).for_each(&mut note);
                for line in screen.lines() {
                    if let Some(word) = english(line) {
                        note(format!("{word:?} is English in {line:?}"));
                    }
                }
                let said = &journey.app.policy.explanation.lines;
                explained += said.len();
                for (_, line) in said {
                    if let Some(word) = english(line) {
                        note(format!("{word:?} is English in the explanation {line:?}"));
                    }
                }
            }
        }
    }
    assert!(explained > 100, "{explained} lines of explanation only");
    support::none(&wrong);
}

#[test]
fn open_findings_and_explanations_change_their_language_at_once() {
    let mut journey = Journey::new(120, 40);
    journey.keys("<enter>f").sees("The customer cannot edit");
    journey.app.set_language(Language::Chinese);
    journey.resize(120, 40).sees("用户不能修改").sees_not("The customer cannot edit");
    journey.app.set_language(Language::English);
    journey.resize(120, 40).sees("The customer cannot edit").sees_not("用户不能修改");
    journey.keys("<esc><enter><enter>jjjj").sees("The holder may use");
    journey.app.set_language(Language::Chinese);
    journey.resize(120, 40).sees("持有者可对").sees_not("The holder may");
}
