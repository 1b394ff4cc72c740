//! What is granted and what is denied: in summaries, and in the numbers of the same document.

use super::support::{Few, document, policy};
use rolescope::policy::document::Document;
use rolescope::policy::json::Limits;
use rolescope::policy::read::plain::Plain;
use rolescope::policy::summary::{Counter, GrantedAction, Summary, summarize, touched};
use rolescope::policy::vocabulary::Nothing;
use rolescope::say::Language;
use serde_json::{Value, json};

/// The summary of a document; the numbers agree with it, read in either way.
#[track_caller]
pub(super) fn summary(statements: &Value) -> Summary {
    let document = policy(statements);
    let summary = summarize(&document, &Few);
    assert_eq!(touched(&document, &Few), summary.touched(), "{statements}");
    let text = json!({ "Version": "1", "Statement": statements }).to_string();
    if let Some(plain) = Plain::of(&text, &Limits::default()) {
        let whole = plain.whole().unwrap();
        let counted = Counter::new(&Few).plain(whole);
        assert_eq!(counted.iter().collect::<Vec<_>>(), summary.touched(), "{statements}");
    }
    summary
}

fn names(actions: &[GrantedAction]) -> String {
    let words: Vec<String> = actions.iter().map(|action| action.words(Language::English)).collect();
    words.join(", ")
}

/// A line a service: `ecs: read ecs:A; denied ecs:B; through vpc:C`.
pub(super) fn lines(summary: &Summary) -> Vec<String> {
    let line = summary.services.iter().map(|service| {
        let mut parts: Vec<String> = Vec::new();
        for group in &service.levels {
            parts.push(format!("{} {}", group.level.word(), names(&group.actions)));
        }
        for (word, actions) in
            [("denied", &service.denied), ("through", &service.through_resources)]
        {
            if !actions.is_empty() {
                parts.push(format!("{word} {}", names(actions)));
            }
        }
        format!("{}: {}", service.code, parts.join("; "))
    });
    line.collect()
}

pub(super) fn allow(action: &Value, resource: &Value) -> Value {
    json!({ "Effect": "Allow", "Action": action, "Resource": resource })
}

pub(super) fn deny(action: &Value, resource: &Value) -> Value {
    json!({ "Effect": "Deny", "Action": action, "Resource": resource })
}

#[test]
#[expect(clippy::too_many_lines, reason = "a table")]
fn what_is_only_denied_is_no_grant() {
    let anything = || json!("*");
    let user = || allow(&json!("ram:GetUser"), &anything());
    let with = |mut statement: Value, name: &str, value: Value| {
        statement[name] = value;
        statement
    };
    let condition = || json!({ "IpAddress": { "acs:SourceIp": "10.0.0.0/8" } });
    let granted = vec!["ram: read ram:GetUser"];
    let denied = vec!["ram: denied ram:GetUser"];
    let cases: Vec<(&str, Vec<Value>, Vec<&str>)> = vec![
        (
            "each in its place, in the order of first appearance",
            vec![
                deny(&json!(["ecs:DeleteInstance", "ram:*"]), &anything()),
                allow(&json!(["kms:Decrypt", "ecs:Describe*", "ecs:StartInstance"]), &anything()),
            ],
            vec![
                "ecs: read ecs:Describe*; write ecs:StartInstance; denied ecs:DeleteInstance",
                "ram: denied ram:*",
                "kms: read kms:Decrypt",
            ],
        ),
        ("the same name", vec![user(), deny(&json!("RAM:getuser"), &anything())], denied.clone()),
        ("before it is allowed", vec![deny(&json!("ram:*"), &anything()), user()], {
            vec!["ram: denied ram:*, ram:GetUser"]
        }),
        ("by a wider pattern", vec![user(), deny(&json!("*:Get*"), &anything())], {
            vec!["ram: denied ram:GetUser", "*: denied *:Get*"]
        }),
        ("by everything", vec![user(), deny(&json!("*"), &anything())], {
            vec!["ram: denied ram:GetUser", "*: denied *"]
        }),
        (
            "everything, whatever its form",
            vec![allow(&json!("*"), &anything()), deny(&json!("*:*"), &anything())],
            vec!["*: denied *, *:*"],
        ),
        (
            "with every part of the resource open",
            vec![user(), deny(&json!("ram:GetUser"), &json!(["acs:ram:*:*:x", "acs:*:*:*:*"]))],
            denied.clone(),
        ),
        (
            "a pattern by a wider one",
            vec![allow(&json!("ecs:Describe*"), &anything()), deny(&json!("ecs:D*"), &anything())],
            vec!["ecs: denied ecs:Describe*, ecs:D*"],
        ),
        (
            "of a pattern only a part",
            vec![
                allow(&json!("ecs:Describe*"), &anything()),
                deny(&json!(["ecs:DescribeI*", "ecs:DescribeInstances"]), &anything()),
            ],
            vec!["ecs: read ecs:Describe*; denied ecs:DescribeI*, ecs:DescribeInstances"],
        ),
        (
            "on some resources",
            vec![user(), deny(&json!("ram:GetUser"), &json!("acs:ram:*:*:user/a"))],
            granted.clone(),
        ),
        (
            "on all of its service",
            vec![user(), deny(&json!("ram:GetUser"), &json!("acs:ram:*:*:*"))],
            denied.clone(),
        ),
        (
            "on all of its service, by a pattern of every service",
            vec![user(), deny(&json!("*"), &json!("acs:ram:*:*:*"))],
            vec!["ram: denied ram:GetUser", "*: denied *"],
        ),
        (
            "on all of another service",
            vec![user(), deny(&json!("ram:GetUser"), &json!("acs:ims:*:*:*"))],
            granted.clone(),
        ),
        (
            "on all of its service, allowed on resources of another one too",
            vec![
                allow(&json!("ecs:A"), &anything()),
                allow(&json!("ecs:A"), &json!("acs:vpc:*:*:*")),
                deny(&json!("ecs:*"), &json!("acs:ecs:*:*:*")),
            ],
            vec!["ecs: write ecs:A; denied ecs:*", "vpc: through ecs:A"],
        ),
        (
            "under a condition",
            vec![user(), with(deny(&json!("ram:*"), &anything()), "Condition", condition())],
            vec!["ram: read ram:GetUser; denied ram:*"],
        ),
        (
            "under no condition at all",
            vec![
                user(),
                with(deny(&json!("ram:GetUser"), &anything()), "Condition", json!({ "Bool": {} })),
            ],
            denied.clone(),
        ),
        (
            "under a condition that cannot be read",
            vec![
                user(),
                with(deny(&json!("ram:GetUser"), &anything()), "Condition", json!({ "Bool": 1 })),
            ],
            granted.clone(),
        ),
        (
            "for some principal",
            vec![user(), with(deny(&json!("ram:GetUser"), &anything()), "Principal", json!("*"))],
            granted.clone(),
        ),
        (
            "by a statement that matches nothing",
            vec![
                user(),
                deny(&json!("ram:GetUser"), &json!([])),
                json!({ "Effect": "Deny", "Action": "ram:GetUser" }),
                json!({ "Effect": "Deny", "Action": "ram:GetUser", "NotResource": "*" }),
                json!({ "Effect": "Deny", "NotAction": [], "Resource": "*" }),
                json!({ "Effect": "No", "Action": "ram:GetUser", "Resource": "*" }),
            ],
            granted.clone(),
        ),
        (
            "on all but some resources",
            vec![
                user(),
                json!({ "Effect": "Deny", "Action": "ram:GetUser", "NotResource": "acs:ram:*:*:x" }),
            ],
            granted.clone(),
        ),
        (
            "by everything but others",
            vec![
                user(),
                json!({ "Effect": "Deny", "NotAction": ["ecs:*", "*:List*"], "Resource": "*" }),
            ],
            vec!["ram: denied ram:GetUser", "*: denied every action except ecs:*, *:List*"],
        ),
        (
            "by everything but some of it",
            vec![
                allow(&json!(["ram:Get*", "ram:ListUsers"]), &anything()),
                json!({ "Effect": "Deny", "NotAction": ["*:?etUser"], "Resource": "*" }),
            ],
            vec![
                "ram: read ram:Get*; denied ram:ListUsers",
                "*: denied every action except *:?etUser",
            ],
        ),
        (
            "everything but some by everything but fewer",
            vec![
                json!({ "Effect": "Allow", "NotAction": ["ram:*", "sts:*"], "Resource": "*" }),
                json!({ "Effect": "Deny", "NotAction": ["ram:Get*"], "Resource": "*" }),
            ],
            vec!["*: denied every action except ram:*, sts:*, every action except ram:Get*"],
        ),
        (
            "everything but some by everything but others",
            vec![
                json!({ "Effect": "Allow", "NotAction": ["ram:*"], "Resource": "*" }),
                json!({ "Effect": "Deny", "NotAction": ["ram:*", "ecs:*"], "Resource": "*" }),
            ],
            vec![
                "*: permissions every action except ram:*; denied every action except ram:*, ecs:*",
            ],
        ),
        (
            "everything but some by one service",
            vec![
                json!({ "Effect": "Allow", "NotAction": ["ram:*"], "Resource": "*" }),
                deny(&json!("ecs:*"), &anything()),
            ],
            vec!["*: permissions every action except ram:*", "ecs: denied ecs:*"],
        ),
        (
            "resources of another service",
            vec![
                deny(&json!("ecs:A"), &json!("acs:vpc:*:*:*")),
                deny(&json!("ecs:B"), &anything()),
                allow(&json!(["ecs:B", "ecs:C"]), &json!("acs:oss:*:*:*")),
            ],
            vec!["ecs: write ecs:C; denied ecs:A, ecs:B", "oss: through ecs:C"],
        ),
        (
            "resources of a service that is allowed later",
            vec![
                deny(&json!("ecs:A"), &json!("acs:vpc:*:*:a")),
                allow(&json!("oss:A"), &anything()),
                allow(&json!(["ecs:A", "vpc:B"]), &json!("acs:vpc:*:*:*")),
            ],
            vec!["ecs: write ecs:A", "vpc: write vpc:B; through ecs:A", "oss: write oss:A"],
        ),
        ("nothing else", vec![deny(&json!("ram:GetUser"), &anything())], denied.clone()),
        (
            "said twice",
            vec![user(), user(), deny(&json!(["ram:GetUser", "ram:getuser"]), &anything()), user()],
            denied.clone(),
        ),
    ];
    for (name, statements, expected) in cases {
        assert_eq!(lines(&summary(&json!(statements))), expected, "{name}: {statements:?}");
    }
}

#[test]
fn what_is_allowed_and_denied_names_both_statements() {
    let summary = summary(&json!([
        allow(&json!(["ram:GetUser", "ecs:A"]), &json!("*")),
        deny(&json!("ecs:B"), &json!("*")),
        allow(&json!("ram:GetUser"), &json!("acs:ram:*:*:user/a")),
        deny(&json!(["ecs:C", "ram:*"]), &json!("*")),
        deny(&json!("ram:*"), &json!("*")),
    ]));
    let ram = &summary.services[0].denied[0];
    assert_eq!(ram.name, "ram:GetUser");
    let words = |language| ram.overruled_words(language).unwrap();
    assert_eq!(
        words(Language::English),
        "allowed by statements 1, 3, denied as a whole by statement 4"
    );
    assert_eq!(words(Language::Chinese), "语句 1、3 允许，语句 4 全部拒绝");
    // What is only denied is not allowed by anything.
    let ecs = &summary.services[1];
    assert_eq!(lines(&summary)[1], "ecs: write ecs:A; denied ecs:B, ecs:C");
    assert!(ecs.denied.iter().all(|action| action.overruled.is_none()), "{ecs:#?}");
}

#[test]
fn what_is_denied_in_part_stays_with_its_denial() {
    let summary = summary(&json!([
        allow(&json!("ram:GetUser"), &json!("*")),
        deny(&json!("ram:GetUser"), &json!("acs:ram:*:*:user/a")),
    ]));
    let user = &summary.services[0].levels[0].actions[0];
    assert!(user.is_granted(), "{user:#?}");
    assert_eq!(user.grants.len(), 2, "{user:#?}");
    assert_eq!(*user.grants[1].resources, ["acs:ram:*:*:user/a"]);
}

/// The summary of a document, whose numbers are those that are counted without it. Without a bound the documents
/// below would take hours.
pub(super) fn both(document: &Document) -> Summary {
    let counted = touched(document, &Nothing);
    let summary = summarize(document, &Nothing);
    assert_eq!(counted, summary.touched());
    summary
}

#[test]
fn tens_of_thousands_of_denials_are_held_in_bounds() {
    let many = |text: fn(usize) -> String| -> Vec<String> { (0..20_000).map(text).collect() };
    let names = many(|n| format!("x:Do{n}"));
    let document =
        policy(&json!([allow(&json!(names), &json!("*")), deny(&json!(names), &json!("*"))]));
    let summary = both(&document);
    assert_eq!(summary.services[0].denied.len(), 20_000);

    // Patterns are held against what is allowed up to a number; what only those beyond it deny stays granted, with the
    // denial told of its own. The same pattern is found among any number.
    let patterns = many(|n| format!("x{n}:*"));
    let document = policy(&json!([
        allow(&json!(["x5:A", "x900:A", "x1100:A", "x19000:*"]), &json!("*")),
        deny(&json!(patterns), &json!("*")),
    ]));
    let summary = both(&document);
    assert_eq!(
        lines(&summary)[..4],
        [
            "x5: denied x5:A, x5:*",
            "x900: denied x900:A, x900:*",
            "x1100: write x1100:A; denied x1100:*",
            "x19000: denied x19000:*",
        ]
    );

    let hostile = many(|n| format!("*{}a{n}*", "a?".repeat(20)));
    let wide = many(|n| format!("*a{}{n}*b*", "*a".repeat(20)));
    let document = policy(&json!([
        allow(&json!(hostile), &json!("*")),
        deny(&json!(wide), &json!("*")),
        json!({ "Effect": "Deny", "NotAction": &hostile[..900], "Resource": "*" }),
        json!({ "Effect": "Allow", "NotAction": hostile, "Resource": "*" }),
    ]));
    both(&document);

    // What is left of a pattern is looked for within the same bound.
    let wild = many(|n| format!("ecs:*{n}*"));
    let left: Vec<String> = (0..900).map(|n| format!("*:*{n}*")).collect();
    let document = policy(&json!([
        allow(&json!(wild), &json!("*")),
        json!({ "Effect": "Deny", "NotAction": left, "Resource": "*" }),
    ]));
    both(&document);
}

#[test]
fn a_condition_that_holds_nothing_is_none() {
    for (condition, passed_over, holds) in [
        ("{}", true, false),
        (r#"{"Bool":{}}"#, true, false),
        (r#"{"Bool":{},"StringEquals":{}}"#, true, false),
        (r#"{"Bool":{"a":"true"}}"#, true, true),
        (r#"{"Bool":{"a":true}}"#, true, true),
        (r#"{"Bool":{"a":["yes","true"]}}"#, true, true),
        (r#"{"StringEquals":{"a":["b"]}}"#, true, true),
        // No request may meet these; such texts are read as usual.
        (r#"{"Bool":{"a":"yes"}}"#, false, true),
        (r#"{"IpAddress":{"a":["10.0.0.0/33"]}}"#, false, true),
        (r#"{"Bool":{"a":[]}}"#, false, true),
        (r#"{"Bool":{"a":{}}}"#, false, true),
        (r#"{"Bool":[]}"#, false, true),
        (r#"{"Bool":null}"#, false, true),
        ("[]", false, true),
        ("\"x\"", false, true),
        // The last one of two counts; such texts are read as usual.
        (r#"{"Bool":{"a":"true"},"Bool":{}}"#, false, false),
        (r#"{"Bool":{},"Bool":{"a":"true"}}"#, false, true),
        (r#"{"Bool":{},"StringEquals":{"a":"b"}}"#, false, true),
    ] {
        let text = format!(
            r#"{{"Version":"1","Statement":[{{"Effect":"Deny","Action":"a:B","Resource":"*","Condition":{condition}}}]}}"#
        );
        let read = document(&text);
        assert_eq!(!read.statements[0].conditions.is_empty(), holds, "{condition}");
        let plain = Plain::of(&text, &Limits::default());
        assert_eq!(plain.is_some(), passed_over, "{condition}");
        for passed in plain.iter().filter_map(Plain::whole) {
            let told: Vec<bool> = passed.statements().map(|one| one.conditional).collect();
            assert_eq!(told, [holds], "{condition}");
        }
    }
}

#[test]
fn a_service_that_patterns_of_any_service_leave_alone_is_told() {
    let anything = || json!("*");
    let every = || allow(&json!("*"), &anything());
    let but = |names: Value| json!({"Effect": "Allow", "NotAction": names, "Resource": "*"});
    let cases: Vec<(&str, Vec<Value>, &[&str])> = vec![
        ("nothing is", vec![every()], &[]),
        ("left out", vec![but(json!(["RAM:*", "ims:*", "oss:Get*"]))], &["ram", "ims"]),
        ("left out by a pattern of services", vec![but(json!(["yundun-*:*"]))], &["yundun-*"]),
        ("left out without a colon", vec![but(json!(["ram*"]))], &["ram*"]),
        ("denied", vec![every(), deny(&json!(["oss:*", "ecs:Get*"]), &anything())], &["oss"]),
        (
            "denied beside a pattern of names",
            vec![deny(&json!("oss:*"), &anything()), allow(&json!("*:Get*"), &anything())],
            &["oss"],
        ),
        (
            "denied on all of its own resources",
            vec![every(), deny(&json!("oss:*"), &json!("acs:oss:*:*:*"))],
            &["oss"],
        ),
        (
            "denied on those of its own where others are allowed",
            vec![
                allow(&json!("*"), &json!("acs:vpc:*:*:*")),
                deny(&json!("oss:*"), &json!("acs:oss:*:*:*")),
            ],
            &[],
        ),
        (
            "denied on some resources",
            vec![every(), deny(&json!("oss:*"), &json!("acs:oss:*:*:a"))],
            &[],
        ),
        (
            "denied under a condition",
            vec![every(), {
                let mut statement = deny(&json!("oss:*"), &anything());
                statement["Condition"] = json!({"Bool": {"acs:MFAPresent": "false"}});
                statement
            }],
            &[],
        ),
        (
            "left out by one and not by the other",
            vec![but(json!(["ram:*", "oss:*"])), allow(&json!("*:Get*"), &anything())],
            &[],
        ),
        (
            "left out by one and denied of the other",
            vec![
                but(json!(["ram:*", "oss:*"])),
                allow(&json!("*:Get*"), &anything()),
                deny(&json!("ram:G*"), &anything()),
            ],
            &["ram"],
        ),
        (
            "an action of its own",
            vec![but(json!(["ram:*"])), allow(&json!("ram:GetUser"), &anything())],
            &[],
        ),
    ];
    for (what, statements, expected) in cases {
        let summary = summary(&Value::Array(statements.clone()));
        let touched = summary.touched();
        let left_out: Vec<&str> =
            touched.iter().filter(|one| one.left_out).map(|one| one.code.as_str()).collect();
        assert_eq!(left_out, expected, "{what}: {statements:?}");
    }
}

#[test]
fn what_matches_nothing_is_counted_in_neither_reading() {
    let with = |condition: Value| {
        let mut statement = allow(&json!("kms:Decrypt"), &json!("*"));
        statement["Condition"] = condition;
        statement
    };
    let on = || json!("acs:vpc:*:*:*");
    for (statements, expected) in [
        (vec![allow(&json!(["kms", "Decrypt"]), &on())], vec![]),
        (
            vec![allow(&json!(["kms", "ecs:StopInstance", "Decrypt"]), &on())],
            vec!["ecs: write ecs:StopInstance", "vpc: through ecs:StopInstance"],
        ),
        (vec![deny(&json!("kms"), &json!("*"))], vec![]),
        (
            vec![with(json!({"StringEquals": {"a:b": "c"}, "StringNotEquals": {"A:b": "c"}}))],
            vec![],
        ),
        (
            vec![with(json!({"StringEquals": {"a:b": "c"}, "StringNotEquals": {"A:b": "d"}}))],
            vec!["kms: read kms:Decrypt"],
        ),
        (
            vec![with(json!({"StringEquals": {"a:b": "c", "a:c": "d"}, "Bool": {"a:d": "true"}}))],
            vec!["kms: read kms:Decrypt"],
        ),
    ] {
        assert_eq!(lines(&summary(&Value::Array(statements.clone()))), expected, "{statements:?}");
    }
}
