//! Findings about names that are put together otherwise than the grammar has it, and about conditions that do not ask
//! what they seem to: a table of documents and what is found, with the rule's source named.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

use rolescope::policy::vocabulary::Nothing;
use rolescope::policy::{explain, read};
use rolescope::say::Language;

#[path = "support/told.rs"]
mod told;

use told::{check, of};

// Policy elements: an action is service:Name.
#[test]
fn actions_with_more_than_a_service_and_a_name() {
    for (action, expected) in [
        ("ecs:DescribeInstances", None),
        (
            "acs:ecs:DescribeInstances",
            Some(
                r#"E malformed-action: "acs:ecs:DescribeInstances" begins as the name of a resource does."#,
            ),
        ),
        ("ecs::X", Some(r#"W malformed-action: "ecs::X" has a colon too many."#)),
        ("ecs:Describe:*", Some(r#"W malformed-action: "ecs:Describe:*" has a colon too many."#)),
        (
            "ecs:A,ecs:B",
            Some(r#"E malformed-action: "ecs:A,ecs:B" joins several actions by commas."#),
        ),
        (
            "ecs:A, ecs:B",
            Some(r#"E malformed-action: "ecs:A, ecs:B" joins several actions by commas."#),
        ),
    ] {
        let statement = format!(r#"{{"Effect":"Allow","Action":"{action}","Resource":"*"}}"#);
        check(&statement, expected.as_slice());
    }
}

// Policy elements: five parts. ECS, "RAM authorization": the types of its resources.
#[test]
fn resources_with_parts_that_no_resource_has() {
    for (resource, expected) in [
        ("acs:ecs:*:*:instance/i-1", None),
        ("acs:ecs:*:*:Instance/*", None),
        ("acs:ecs:*:1234567890123456:*", None),
        ("acs:ecs:*:*:ins*/i-1", None),
        (
            "acs:ecs:*:*:${type}/i-1",
            Some(r#"W placeholder: ${type} in "acs:ecs:*:*:${type}/i-1" was not filled in."#),
        ),
        (
            "acs:acs:ecs:*:*:instance/i-1",
            Some(r#"E resource-parts: "acs:acs:ecs:*:*:instance/i-1" has acs twice."#),
        ),
        (
            "acs:ecs:*:*:*:instance/*",
            Some(r#"W resource-parts: "acs:ecs:*:*:*:instance/*" has a colon too many."#),
        ),
        (
            "acs:ecs:*:*::instance/*",
            Some(r#"W resource-parts: "acs:ecs:*:*::instance/*" has a colon too many."#),
        ),
        (
            "acs:ecs::cn-hangzhou:1234567890123456:instance/*",
            Some(
                r#"W resource-parts: "acs:ecs::cn-hangzhou:1234567890123456:instance/*" has a colon too many."#,
            ),
        ),
        (
            "acs:ecs:*:*:instances/*",
            Some(
                r#"W unknown-resource-type: "acs:ecs:*:*:instances/*" has none of the types of resources that ECS documents; instance is one. Is that meant?"#,
            ),
        ),
        (
            "acs:ecs:*:*:security-group/sg-1",
            Some(
                r#"W unknown-resource-type: "acs:ecs:*:*:security-group/sg-1" has none of the types of resources that ECS documents; securitygroup is one. Is that meant?"#,
            ),
        ),
        (
            "acs:ecs:*:*:instance:i-1",
            Some(
                r#"W unknown-resource-type: "acs:ecs:*:*:instance:i-1" has none of the types of resources that ECS documents; instance is one. Is that meant?"#,
            ),
        ),
        (
            "acs:ecs:*:*:i-1",
            Some(
                r#"N unknown-resource-type: "acs:ecs:*:*:i-1" has none of the types of resources that ECS documents."#,
            ),
        ),
    ] {
        let statement =
            format!(r#"{{"Effect":"Allow","Action":"ecs:StopInstance","Resource":"{resource}"}}"#);
        let told: Vec<&str> = expected.into_iter().collect();
        if resource.contains("acs:acs") {
            // The service is another one, too.
            let found = of(&statement, Language::English);
            assert!(found.iter().any(|one| one.message.ends_with("has acs twice.")), "{found:#?}");
        } else {
            check(&statement, &told);
        }
    }
    // Names of other services may have colons.
    for resource in ["acs:log:*:*:project/a:b", "acs:cr:*:*:repository/ns/a:1"] {
        let code = resource.split(':').nth(1).unwrap();
        let statement =
            format!(r#"{{"Effect":"Allow","Action":"{code}:GetX","Resource":"{resource}"}}"#);
        check(&statement, &[]);
    }
}

// OSS, "Authorization syntax and elements", service level.
#[test]
fn actions_on_the_whole_of_oss_are_on_no_bucket() {
    let on = |resource: &str| {
        format!(r#"{{"Effect":"Allow","Action":"oss:ListBuckets","Resource":"{resource}"}}"#)
    };
    check(
        &on("acs:oss:*:*:b"),
        &["W bucket-or-object: oss:ListBuckets on acs:oss:*:*:b matches nothing."],
    );
    check(&on("acs:oss:*:*:*"), &[]);
    check(&on("*"), &[]);
}

// Conditional operators; Policy elements: all conditions must hold.
#[test]
fn conditions_that_do_not_ask_what_they_seem_to() {
    let text = |operator: &str, value: &str| {
        format!("W wrong-operator: {operator} compares \"{value}\" letter by letter.")
    };
    let never = |one: &str, other: &str, key: &str| {
        format!("W never-met: No request meets both {one} and {other} on {key}.")
    };
    let (ip, vpc, time) = ("acs:SourceIp", "acs:SourceVpc", "acs:CurrentTime");
    for (effect, conditions, expected) in [
        ("Allow", r#""IpAddress":{"acs:SourceIp":"10.0.0.0/8"}"#, vec![]),
        (
            "Allow",
            r#""StringEquals":{"acs:SourceIp":"10.0.0.0/8"}"#,
            vec![text("StringEquals", "10.0.0.0/8")],
        ),
        ("Allow", r#""StringEquals":{"acs:SourceIp":"10.0.0.1"}"#, vec![]),
        (
            "Allow",
            r#""StringLike":{"acs:CurrentTime":"2019-08-12T17:00:00+08:00"}"#,
            vec![text("StringLike", "2019-08-12T17:00:00+08:00")],
        ),
        // Nothing is left.
        (
            "Allow",
            r#""StringEquals":{"acs:SourceVpc":"a"},"StringNotEquals":{"acs:SourceVpc":["a","b"]}"#,
            vec![never("StringEquals", "StringNotEquals", vpc)],
        ),
        (
            "Allow",
            r#""StringEquals":{"acs:SourceVpc":["a","c"]},"StringNotEquals":{"acs:SourceVpc":["a","b"]}"#,
            vec![],
        ),
        (
            "Allow",
            r#""StringNotLike":{"acs:SourceVpc":"vpc-*"},"StringLike":{"acs:SourceVpc":"vpc-a*"}"#,
            vec![never("StringNotLike", "StringLike", vpc)],
        ),
        (
            "Allow",
            r#""StringEquals":{"acs:SourceVpc":"a"},"StringLike":{"acs:SourceVpc":"b*"}"#,
            vec![never("StringEquals", "StringLike", vpc)],
        ),
        // A request may have several values of such a key.
        (
            "Allow",
            r#""StringEquals":{"ram:ServiceNames":"a"},"StringLike":{"ram:ServiceNames":"b*"}"#,
            vec![],
        ),
        (
            "Deny",
            r#""IpAddress":{"acs:SourceIp":"10.1.0.0/16"},"NotIpAddress":{"acs:SourceIp":"10.0.0.0/8"}"#,
            vec![never("IpAddress", "NotIpAddress", ip)],
        ),
        (
            "Deny",
            r#""IpAddress":{"acs:SourceIp":"10.0.0.0/8"},"NotIpAddress":{"acs:SourceIp":"10.1.0.0/16"}"#,
            vec![],
        ),
        (
            "Allow",
            r#""DateGreaterThan":{"acs:CurrentTime":"2020-01-01T00:00:00Z"},"DateLessThan":{"acs:CurrentTime":"2019-01-01T00:00:00Z"}"#,
            vec![never("DateGreaterThan", "DateLessThan", time)],
        ),
        (
            "Allow",
            r#""DateLessThan":{"acs:CurrentTime":"2020-01-01T00:00:00Z"},"DateGreaterThan":{"acs:CurrentTime":"2019-01-01T00:00:00Z"}"#,
            vec![],
        ),
        (
            "Allow",
            r#""DateGreaterThanEquals":{"acs:CurrentTime":"2020-01-01T00:00:00Z"},"DateLessThanEquals":{"acs:CurrentTime":"2020-01-01T00:00:00Z"}"#,
            vec![],
        ),
        // Switches.
        (
            "Deny",
            r#""Bool":{"acs:SecureTransport":"true"}"#,
            vec!["W inverted-switch: Denies this only where the request is encrypted.".to_owned()],
        ),
        ("Deny", r#""Bool":{"acs:SecureTransport":"false"}"#, vec![]),
        ("Deny", r#""Bool":{"acs:SecureTransport":["true","false"]}"#, vec![]),
        (
            "Allow",
            r#""Bool":{"acs:MFAPresent":"false"}"#,
            vec![
                "W inverted-switch: Allows this only where no second factor was given.".to_owned(),
            ],
        ),
        ("Allow", r#""Bool":{"acs:MFAPresent":"true"}"#, vec![]),
        (
            "Deny",
            r#""Bool":{"acs:SecureTransport":"false","acs:securetransport":"true"}"#,
            vec![
                never("Bool", "Bool", "acs:SecureTransport"),
                "W inverted-switch: Denies this only where the request is encrypted.".to_owned(),
            ],
        ),
    ] {
        let statement = format!(
            r#"{{"Effect":"{effect}","Action":"ecs:StopInstance","Resource":"*","Condition":{{{conditions}}}}}"#
        );
        let expected: Vec<&str> = expected.iter().map(String::as_str).collect();
        check(&statement, &expected);
    }
}

// Conditional operators: numbers, dates, truth values and addresses. That RAM reads past blanks is not documented.
#[test]
fn blanks_in_what_an_operator_reads() {
    let around = |value: &str| {
        vec![format!("W malformed-value: \"{value}\" has a blank before or behind it.")]
    };
    let within = |value: &str, operator: &str| {
        vec![format!(
            "E malformed-value: \"{value}\" has a blank in it: {operator} cannot read it."
        )]
    };
    for (operator, key, value, expected) in [
        ("IpAddress", "acs:SourceIp", "10.0.0.1", vec![]),
        ("IpAddress", "acs:SourceIp", " 10.0.0.1", around(" 10.0.0.1")),
        ("NotIpAddress", "acs:SourceIp", "10.0.0.0/8 ", around("10.0.0.0/8 ")),
        ("IpAddress", "acs:SourceIp", "10.0.0.0 /8", within("10.0.0.0 /8", "IpAddress")),
        ("IpAddress", "acs:SourceIp", "10.0. 0.1", within("10.0. 0.1", "IpAddress")),
        ("Bool", "acs:SecureTransport", "true ", around("true ")),
        ("NumericLessThan", "ecs:x", "1 000", {
            let mut told = vec![
                "N unlisted-condition-key: The condition key ecs:x is not in the list known here."
                    .to_owned(),
            ];
            told.extend(within("1 000", "NumericLessThan"));
            told
        }),
        (
            "DateLessThan",
            "acs:CurrentTime",
            "2019-08- 12T17:00:00Z",
            within("2019-08- 12T17:00:00Z", "DateLessThan"),
        ),
        // Texts are compared as they stand.
        ("StringEquals", "acs:UserAgent", " a b ", vec![]),
    ] {
        let statement = format!(
            r#"{{"Effect":"Allow","Action":"ecs:DescribeInstances","Resource":"*","Condition":{{"{operator}":{{"{key}":"{value}"}}}}}}"#
        );
        let expected: Vec<&str> = expected.iter().map(String::as_str).collect();
        check(&statement, &expected);
    }
}

#[test]
fn characters_that_nobody_sees() {
    let action = |name: &str| {
        vec![format!("W malformed-action: \"{name}\" has a character in it that nobody sees.")]
    };
    let resource = |name: &str| {
        vec![format!("W resource-is-no-arn: \"{name}\" has a character in it that nobody sees.")]
    };
    for (name, on, expected) in [
        (r"ecs:\u0000DescribeInstances", "*", action(r"ecs:\u{0}DescribeInstances")),
        (r"ecs:Describe\u200bInstances", "*", action(r"ecs:Describe\u{200b}Instances")),
        (r"ecs:Describe\u0007*", "*", action(r"ecs:Describe\u{7}*")),
        (r"ecs:Describe\u0049nstances", "*", vec![]),
        ("oss:GetObject", r"acs:oss:*:*:b\u0000/*", resource(r"acs:oss:*:*:b\u{0}/*")),
        ("oss:GetObject", r"acs:oss:\u200b*:*:b/*", resource(r"acs:oss:\u{200b}*:*:b/*")),
        // Words of some scripts are written with such characters.
        ("oss:GetObject", r"acs:oss:*:*:b/\u0645\u06cc\u200c\u062e/*", vec![]),
    ] {
        let statement = format!(r#"{{"Effect":"Allow","Action":"{name}","Resource":"{on}"}}"#);
        let expected: Vec<&str> = expected.iter().map(String::as_str).collect();
        check(&statement, &expected);
    }
}

// No page of RAM says which of two equal keys counts.
#[test]
fn which_of_two_equal_keys_counts_is_not_documented() {
    check(
        r#"{"Effect":"Allow","Action":"ecs:DescribeInstances","Action":"ecs:DescribeDisks","Resource":"*"}"#,
        &[
            "W duplicate-key: Action stands more than once in one object: the last one is read here; which one RAM takes is not documented.",
        ],
    );
}

// The names of actions in the pages of all services are written with the letters of ASCII.
#[test]
fn letters_that_no_action_has() {
    for name in
        ["ecs:描述实例", "ｅｃｓ:DescribeInstances", "ecs:Ｄｅｓｃｒｉｂｅ*", "云服务器:Describe*"]
    {
        let statement = format!(r#"{{"Effect":"Allow","Action":"{name}","Resource":"*"}}"#);
        let said = "has a letter in it that is not one of a to z.";
        check(&statement, &[&format!("W malformed-action: \"{name}\" {said}")]);
    }
}

// What cannot be read is taken as not known, and what a `Not` element without a value means is not documented: none of it
// is told to have no effect.
#[test]
fn what_is_not_known_is_not_told_to_have_no_effect() {
    let open = "What RAM makes of it is not known, so nothing is decided on it here. ";
    let all = "What RAM makes of it is not known; it may mean everything. ";
    let none = "This part has no effect as it stands. ";
    let statement =
        |action: &str, more: &str| format!(r#"{{"Effect":"Deny",{action},"Resource":"*"{more}}}"#);
    let action = r#""Action":"ecs:StopInstance""#;
    for (statement, rule, advice) in [
        (statement(r#""Action":null"#, ""), "wrong-type", open),
        (statement(r#""Action":["ecs:StopInstance",null]"#, ""), "wrong-type", open),
        (statement(action, r#","Condition":{"Bool":{"acs:MFAPresent":null}}"#), "wrong-type", open),
        (statement(action, r#","Condition":null"#), "not-a-block", open),
        (statement(action, r#","Condition":{"Bool":"true"}"#), "not-a-block", open),
        (statement(r#""NotAction":[]"#, ""), "empty", all),
        (statement(r#""Action":[]"#, ""), "empty", none),
    ] {
        let found = of(&statement, Language::English);
        let told = found.iter().find(|one| one.rule.id() == rule);
        let told = told.map(|one| one.advice.as_str()).unwrap_or_default();
        assert!(told.starts_with(advice), "{statement}\n{found:#?}");
    }
}

// What allows nothing grants nothing that could be told of.
#[test]
fn a_statement_that_no_request_meets_grants_nothing() {
    let never = r#","Condition":{"DateGreaterThan":{"acs:CurrentTime":"2025-01-01T00:00:00Z"},"DateLessThan":{"acs:CurrentTime":"2024-01-01T00:00:00Z"}}"#;
    let allow = |actions: &str, condition: &str| {
        format!(r#"{{"Effect":"Allow","Action":{actions},"Resource":"*"{condition}}}"#)
    };
    let tagged = r#","Condition":{"StringEquals":{"ecs:tag/a":"b"}}"#;
    for (statements, rules) in [
        (allow(r#""ecs:*""#, never), vec!["never-met"]),
        (allow(r#""ram:*""#, never), vec!["never-met"]),
        (
            [allow(r#""ram:PassRole""#, never), allow(r#""ecs:RunInstances""#, "")].join(","),
            vec!["never-met"],
        ),
        (
            [allow(r#""ecs:StopInstance""#, tagged), allow(r#""ecs:TagResources""#, never)]
                .join(","),
            vec!["never-met"],
        ),
        // Its names are told of all the same.
        (allow(r#""ecs::X""#, never), vec!["malformed-action", "never-met"]),
    ] {
        let found = of(&statements, Language::English);
        let told: Vec<&str> = found.iter().map(|one| one.rule.id()).collect();
        assert_eq!(told, rules, "{statements}\n{found:#?}");
    }
}

// A key without the name of a tag is about no tag.
#[test]
fn a_key_that_names_no_tag_is_said_as_it_stands() {
    for (key, sentence) in [
        (
            "acs:RequestTag/",
            "The holder may use ecs:DeleteImage on any resource, only if acs:RequestTag/ equals \"dev\".",
        ),
        (
            "acs:RequestTag/a",
            "The holder may use ecs:DeleteImage on any resource, only for requests tagged a = dev.",
        ),
    ] {
        let text = format!(
            r#"{{"Version":"1","Statement":[{{"Effect":"Allow","Action":"ecs:DeleteImage","Resource":"*","Condition":{{"StringEquals":{{"{key}":"dev"}}}}}}]}}"#
        );
        let read = read::document(&text).unwrap();
        let said = explain::sentence(Language::English, &read.document.statements[0], &Nothing);
        assert_eq!(said, sentence, "{key}");
    }
}
