//! Findings about what is written otherwise than RAM reads it: placeholders of help pages, names of APIs, operators on keys
//! of another type, denials that reach too far. Each with the rule's source named.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

use rolescope::catalog::Catalog;
use rolescope::policy::findings::{Context, findings};
use rolescope::policy::read;
use rolescope::say::Language;

#[path = "support/told.rs"]
mod told;

use told::{check, of};

fn allow(action: &str, resource: &str) -> String {
    format!(r#"{{"Effect":"Allow","Action":{action},"Resource":{resource}}}"#)
}

fn trust(principal: &str) -> String {
    format!(r#"{{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{principal}}}"#)
}

/// The messages of one rule, with the letter of the severity; all of it is said in Chinese too.
#[track_caller]
fn about(rule: &str, statements: &str) -> Vec<String> {
    let [english, chinese] =
        [Language::English, Language::Chinese].map(|language| of(statements, language));
    for (one, other) in english.iter().zip(&chinese) {
        assert_ne!(one.message, other.message, "not said in Chinese: {statements}");
        assert_ne!(one.advice, other.advice, "not said in Chinese: {statements}");
    }
    let told = english.into_iter().filter(|one| one.rule.id() == rule);
    told.map(|one| format!("{} {}", one.severity.letter(), one.message)).collect()
}

// OSS and Function Compute, examples: a negative operator is met where the key is absent.
#[test]
fn denials_that_shut_out_whoever_does_not_tell_the_key() {
    let deny = |action: &str, condition: &str| {
        let statement =
            format!(r#"{{"Effect":"Deny",{action},"Resource":"*","Condition":{{{condition}}}}}"#);
        about("denied-without-key", &statement)
    };
    let not = |key: &str| format!(r#""StringNotEquals":{{"{key}":"dev"}}"#);
    let all = r#""Action":"ecs:*""#;
    for key in ["acs:RequestTag/team", "acs:ResourceTag/team", "ecs:tag/team", "ecs:InstanceType"] {
        let told = vec![format!("W Every request without {key} is denied too.")];
        assert_eq!(deny(all, &not(key)), told);
        assert_eq!(deny(r#""Action":"*""#, &not(key)), told);
        assert_eq!(deny(r#""NotAction":"sts:*""#, &not(key)), told);
        // What is named is meant, and what looks at things may be left out.
        let none: Vec<String> = Vec::new();
        assert_eq!(deny(r#""Action":["ecs:RunInstances","ecs:StopInstance"]"#, &not(key)), none);
        assert_eq!(deny(r#""Action":"ecs:Create*""#, &not(key)), none);
        assert_eq!(deny(r#""NotAction":["ecs:Describe*","ecs:List*"]"#, &not(key)), none);
        // Where another condition asks for a tag, only requests with tags are meant.
        let asked = r#","StringEquals":{"acs:RequestTag/a":"b"}"#;
        assert_eq!(deny(all, &format!("{}{asked}", not(key))), none);
        assert_eq!(deny(all, &format!(r#""StringEquals":{{"{key}":"dev"}}"#)), none);
        let office = r#","IpAddress":{"acs:SourceIp":"10.0.0.0/8"}"#;
        assert_eq!(deny(all, &format!("{}{office}", not(key))), told);
    }
    assert_eq!(deny(r#""Action":"ecs:Describe*""#, &not("acs:ResourceTag/a")).len(), 1);
    // These tell who asks, and from where: that they are absent is meant too.
    for key in ["acs:SourceVpc", "acs:PrincipalARN", "acs:SourceIp", "acs:PrincipalTag/a", "x:Y"] {
        assert_eq!(deny(all, &not(key)), Vec::<String>::new(), "{key}");
    }
    let outside = r#""NotIpAddress":{"acs:SourceIp":"10.0.0.0/8"}"#;
    assert_eq!(deny(all, outside), Vec::<String>::new());
}

// ECS and ROS, "RAM authorization": names of resources with `$regionid` and with hidden digits.
#[test]
fn placeholders_as_help_pages_print_them() {
    for resource in [
        "acs:ecs:$regionid:$accountid:instance/$instanceid",
        "acs:mns:$Region:$Uid:/queues/$QueueName",
        "acs:ecs:*:主账号ID:instance/i-1",
    ] {
        let code = resource.split(':').nth(1).unwrap();
        let found =
            about("placeholder", &allow(&format!("\"{code}:GetX\""), &format!("\"{resource}\"")));
        assert!(found.len() == 1 && found[0].ends_with("was not filled in."), "{found:?}");
    }
    check(
        &trust(r#"{"RAM":["acs:ram::123456789012****:root"]}"#),
        &[
            r#"W placeholder: 123456789012**** in "acs:ram::123456789012****:root" is the ID of an account with a part hidden."#,
        ],
    );
    // A star is a pattern, and names of objects may have the sign.
    for resource in ["acs:oss:*:12345678*:b/*", "acs:oss:*:*:b/$recycle/*", "acs:oss:*:*:b/**"] {
        check(&allow("\"oss:GetObject\"", &format!("\"{resource}\"")), &[]);
    }
}

// Policy elements: acs:SourceIp is an address, acs:CurrentTime a date, acs:MFAPresent and acs:SecureTransport are Bool.
#[test]
fn operators_on_keys_of_another_type() {
    let told = |operator: &str, key: &str, value: &str| {
        let statement = format!(
            r#"{{"Effect":"Allow","Action":"ecs:StopInstance","Resource":"*","Condition":{{"{operator}":{{"{key}":"{value}"}}}}}}"#
        );
        about("wrong-operator", &statement)
    };
    for (operator, key, value) in [
        ("Bool", "acs:SourceIp", "true"),
        ("DateLessThan", "acs:SourceIp", "2026-01-01T00:00:00Z"),
        ("NumericNotEquals", "acs:SourceIp", "1"),
        ("IpAddress", "acs:CurrentTime", "1.2.3.4"),
        ("NumericLessThan", "acs:CurrentTime", "2026"),
        ("NumericEquals", "acs:MFAPresent", "1"),
        ("DateEquals", "acs:SecureTransport", "2026-01-01T00:00:00Z"),
    ] {
        let expected = format!("W {operator} does not read what {key} holds.");
        assert_eq!(told(operator, key, value), [expected]);
    }
    for (operator, key, value) in [
        ("Bool", "acs:MFAPresent", "true"),
        ("StringEquals", "acs:MFAPresent", "true"),
        ("IpAddress", "acs:SourceIp", "10.0.0.0/8"),
        ("NotIpAddress", "acs:SourceIp", "10.0.0.0/8"),
        ("DateGreaterThan", "acs:CurrentTime", "2026-01-01T00:00:00Z"),
        ("NumericLessThan", "x:Count", "3"),
    ] {
        assert_eq!(told(operator, key, value), Vec::<String>::new(), "{operator} {key}");
    }
}

// Policy elements: dates are written in ISO 8601 with Z or an offset.
#[test]
fn dates_that_are_written_otherwise() {
    for (date, expected) in [
        ("2026-01-01T00:00:00", Some("W 2026-01-01T00:00:00 has no time zone.")),
        (
            "2026-01-01 00:00:00+08:00",
            Some("W 2026-01-01 00:00:00+08:00 has a blank where ISO 8601 has a T."),
        ),
        ("1767225600", Some("W 1767225600 is no date in ISO 8601.")),
        ("2026-01-01T00:00:00+08:00", None),
    ] {
        let statement = format!(
            r#"{{"Effect":"Allow","Action":"ecs:StopInstance","Resource":"*","Condition":{{"DateLessThan":{{"acs:CurrentTime":"{date}"}}}}}}"#
        );
        assert_eq!(about("loose-date", &statement), Vec::from_iter(expected), "{date}");
    }
}

// Policy structure: NotAction stands for every action but the listed ones.
#[test]
fn what_leaves_out_everything_is_told() {
    for (effect, meaning) in
        [("Allow", "The statement allows nothing."), ("Deny", "The statement denies nothing.")]
    {
        let statement = format!(r#"{{"Effect":"{effect}","NotAction":"*","Resource":"*"}}"#);
        check(
            &statement,
            &[
                "E leaves-nothing: NotAction leaves out everything, so the statement matches nothing.",
            ],
        );
        let found = of(&statement, Language::English);
        assert!(found[0].advice.starts_with(meaning), "{}", found[0].advice);
    }
}

// ApsaraMQ for Kafka, "RAM authorization": GetInstanceList is authorized by alikafka:ListInstance.
#[test]
fn operations_of_the_api_are_no_actions() {
    let sentence = "is an operation of the API; RAM authorizes it by";
    check(
        &allow(
            r#"["alikafka:GetInstanceList","alikafka:gettopiclist","alikafka:ListTopic"]"#,
            "\"*\"",
        ),
        &[
            &format!(
                "W operation-as-action: alikafka:GetInstanceList {sentence} alikafka:ListInstance."
            ),
            &format!("W operation-as-action: alikafka:gettopiclist {sentence} alikafka:ListTopic."),
        ],
    );
}

// Policy structure: Condition is an element of a statement.
#[test]
fn a_condition_beside_the_statements_limits_nothing_for_certain() {
    let text = |conditions: &str| {
        format!(
            r#"{{"Version":"1","Statement":[{{"Effect":"Allow","Action":"*","Resource":"*"}}]{conditions}}}"#
        )
    };
    let catalog = Catalog::builtin().unwrap();
    let told = |text: &str, language: Language| -> Vec<String> {
        let read = read::document(text).unwrap();
        let context = Context { vocabulary: &catalog, language, ..Context::default() };
        let found = findings(&read.document, &read.oddities, &context).into_iter();
        found.map(|one| format!("{} {}", one.severity.letter(), one.message)).collect()
    };
    let grant = "W Allows every action on any resource.";
    let beside = "W Condition stands beside Statement and belongs inside a statement: here it is not certain to limit anything.";
    let office = r#","Condition":{"IpAddress":{"acs:SourceIp":"10.0.0.0/8"}}"#;
    assert_eq!(told(&text(""), Language::English), [grant]);
    let mut found = told(&text(office), Language::English);
    found.sort();
    assert_eq!(found, [grant, beside]);
    assert!(told(&text(office), Language::Chinese).iter().any(|one| one.contains("并列")));
}

// Policy structure: Version is the string "1", Effect is Allow or Deny.
#[test]
fn elements_of_another_type_are_told_once_and_in_chinese() {
    let told = |version: &str, effect: &str, language: Language| -> Vec<String> {
        let text = format!(
            r#"{{"Version":{version},"Statement":[{{"Effect":{effect},"Action":"ecs:StopInstance","Resource":"*"}}]}}"#
        );
        let read = read::document(&text).unwrap();
        read.oddities.iter().map(|odd| odd.sentence_in(language)).collect()
    };
    assert_eq!(
        told(r#"["1"]"#, "\"Allow\"", Language::English),
        ["Version is a list; RAM knows only the string \"1\"."]
    );
    for (effect, english, chinese) in [
        (r#"["Allow"]"#, "a list", "列表"),
        ("{}", "an object", "对象"),
        ("true", "a truth value", "布尔值"),
        ("1", "a number", "数字"),
    ] {
        let sentence = format!("Effect is {english}; only Allow and Deny have a meaning.");
        assert_eq!(told("\"1\"", effect, Language::English), [sentence]);
        let found = told("\"1\"", effect, Language::Chinese);
        assert!(found[0].contains(chinese) && !found[0].contains(english), "{found:?}");
    }
}

// Policy elements: condition keys; RAM, "Tag-based authentication": acs:ResourceTag/<key>.
#[test]
fn keys_that_are_near_to_a_documented_one() {
    for (key, right) in [
        ("acs:ResourceTag:team", Some("acs:ResourceTag/team")),
        ("acs:ResourceTags/team", Some("acs:ResourceTag/team")),
        ("acs:RequestTag", Some("acs:RequestTag/<key>")),
        ("acs:MultiFactorAuthPresent", Some("acs:MFAPresent")),
        ("acs:SourceIpAddress", Some("acs:SourceIp")),
        ("ram:PassedToService", Some("acs:Service")),
        ("acs:SecureTransports", Some("acs:SecureTransport")),
        ("acs:MFAPresnet", Some("acs:MFAPresent")),
        ("ecs:SourceIpAddress", None),
        ("acs:TagKeys", None),
        ("vpc:VpcId", None),
    ] {
        let statement = format!(
            r#"{{"Effect":"Allow","Action":"ecs:StopInstance","Resource":"*","Condition":{{"StringEquals":{{"{key}":"x"}}}}}}"#
        );
        let expected = right.map_or_else(
            || format!("N The condition key {key} is not in the list known here."),
            |right| {
                format!("W The condition key {key} is not known here; {right} is. Is that meant?")
            },
        );
        assert_eq!(about("unlisted-condition-key", &statement), [expected]);
    }
}

// Reasoning: all service names in a list of service-linked roles end with .aliyuncs.com.
#[test]
fn names_of_services_with_a_blank_or_an_address() {
    for (service, expected) in [
        ("ecs.aliyuncs.com", None),
        ("etl.alikafka.aliyuncs.com", None),
        ("oss.aliyuncs.com ", Some("has a blank in it.")),
        ("https://ecs.aliyuncs.com", Some("is an address and no name of a service.")),
    ] {
        let found = about("service-principal", &trust(&format!(r#"{{"Service":["{service}"]}}"#)));
        let expected = expected.map(|words| format!("W \"{service}\" {words}"));
        assert_eq!(found, Vec::from_iter(expected));
    }
}

// Policy elements: acs:service:region:account:relative-id; OSS, "Authorization syntax": bucket or bucket/object.
#[test]
fn resources_whose_parts_hold_something_else() {
    for (code, rest, expected) in [
        (
            "ecs",
            "*:instance/i-1:*",
            Some("W has no ID of an account, which is a number, where it belongs."),
        ),
        (
            "ecs",
            "*:myaccount:instance/*",
            Some("W has no ID of an account, which is a number, where it belongs."),
        ),
        ("ecs", "*:cn-hangzhou:instance/*", Some("W has a region where the account belongs.")),
        ("oss", "*:*:/b/*", Some("W has a slash before the bucket.")),
        ("oss", "*:*:oss://b/*", Some("W has an address in place of the bucket.")),
        (
            "oss",
            "*:*:b.oss-cn-hangzhou.aliyuncs.com/*",
            Some("W has an address in place of the bucket."),
        ),
        ("oss", "::b/*", Some("N has an empty account.")),
        ("ecs", "::instance/*", Some("N has an empty account.")),
        ("oss", "*:*:b//x", None),
        ("oss", ":1234567890123456:b/*", None),
        ("ecs", "*:1234567890123456:instance/*", None),
        ("ecs", "*:1234*:instance/*", None),
        ("mns", "*:*:/queues/q", None),
        ("ram", "*:system:policy/AliyunOSSFullAccess", None),
        ("log", "::project/*", None),
    ] {
        let name = format!("acs:{code}:{rest}");
        let action =
            if code == "oss" { "oss:GetObject".to_owned() } else { format!("{code}:GetX") };
        let found: Vec<String> =
            of(&allow(&format!("\"{action}\""), &format!("\"{name}\"")), Language::English)
                .into_iter()
                .map(|one| format!("{} {}", one.severity.letter(), one.message))
                .collect();
        let expected = expected.and_then(|told| told.split_once(' '));
        let expected = expected.map(|(letter, words)| format!("{letter} \"{name}\" {words}"));
        assert_eq!(found, Vec::from_iter(expected), "{name}");
    }
}

// OSS, examples of RAM policies: bucket/* is the objects and not the bucket.
#[test]
fn patterns_on_a_bucket_or_on_its_objects_alone() {
    let bucket = r#""acs:oss:*:*:mybucket""#;
    let objects = r#""acs:oss:*:*:mybucket/*""#;
    let told = |statements: &str| about("bucket-or-object", statements);
    for (action, resource, expected) in [
        (r#""oss:*""#, bucket, Some("N oss:* on acs:oss:*:*:mybucket covers no object.")),
        (
            r#""oss:*Object""#,
            bucket,
            Some("N oss:*Object on acs:oss:*:*:mybucket covers no object."),
        ),
        (
            r#"["oss:Get*","oss:List*"]"#,
            objects,
            Some("N oss:List* on acs:oss:*:*:mybucket/* covers no bucket."),
        ),
        (
            r#""oss:GetBucket*""#,
            objects,
            Some("N oss:GetBucket* on acs:oss:*:*:mybucket/* covers no bucket."),
        ),
        (r#""oss:*""#, objects, None),
        (r#""oss:Get*""#, objects, None),
        (r#""oss:Get*""#, bucket, None),
        (r#""oss:List*""#, bucket, None),
        (r#""oss:*""#, r#"["acs:oss:*:*:mybucket","acs:oss:*:*:mybucket/*"]"#, None),
        (r#""oss:*""#, r#""acs:oss:*:*:mybucket*""#, None),
    ] {
        assert_eq!(told(&allow(action, resource)), Vec::from_iter(expected.map(str::to_owned)));
    }
    // Another statement is on the rest.
    let two = [allow(r#""oss:*""#, bucket), allow(r#""oss:GetObject""#, objects)].join(",");
    assert_eq!(told(&two), Vec::<String>::new());
    let many = allow(r#"["oss:ListObjects","oss:GetBucketInfo"]"#, objects);
    assert_eq!(
        told(&many),
        ["W oss:ListObjects and oss:GetBucketInfo on acs:oss:*:*:mybucket/* match nothing."]
    );
}

// OSS, "Bucket policy": Principal and Resource are required; principals are UIDs.
#[test]
fn bucket_policies_without_a_resource_or_with_names_of_ram() {
    check(
        r#"{"Effect":"Allow","Action":"oss:GetObject","Principal":["1234567890123456"]}"#,
        &[
            "E no-target: The statement has no Resource, which the policy of a bucket, a key or the like needs.",
        ],
    );
    let on = |principal: &str| {
        format!(
            r#"{{"Effect":"Allow","Action":"oss:GetObject","Principal":{principal},"Resource":"acs:oss:*:*:b/*"}}"#
        )
    };
    for principal in [r#"{"RAM":["acs:ram::1:root"]}"#, r#"["acs:ram::1:root"]"#] {
        check(
            &on(principal),
            &[
                r#"N bucket-principal: "acs:ram::1:root" is not documented as a principal of a bucket policy."#,
            ],
        );
    }
    check(&on(r#"["1234567890123456"]"#), &[]);
}

// Policy elements: names and what joins them are written in ASCII.
#[test]
fn signs_of_full_width() {
    let any = "\"*\"";
    check(
        &allow("\"ecs：DescribeInstances\"", any),
        &[r#"E malformed-action: "ecs：DescribeInstances" has a full-width ： where : belongs."#],
    );
    check(
        &allow("\"ecs:Describe＊\"", any),
        &[r#"W malformed-action: "ecs:Describe＊" has a full-width ＊ where * belongs."#],
    );
    check(
        &allow("\"oss:GetObject，oss:PutObject\"", any),
        &[r#"E malformed-action: "oss:GetObject，oss:PutObject" joins several actions by commas."#],
    );
    check(
        &allow("\"ecs:StopInstance\"", "\"acs:ecs:*：*:instance/*\""),
        &[
            r#"E resource-is-no-arn: "acs:ecs:*：*:instance/*" has a full-width ： where : belongs."#,
        ],
    );
    check(
        &allow("\"oss:GetObject\"", "\"acs:oss:*:*:b/*，acs:oss:*:*:c/*\""),
        &[
            r#"E resource-is-no-arn: "acs:oss:*:*:b/*，acs:oss:*:*:c/*" joins several resources by commas."#,
        ],
    );
    // Names of objects may have any letter.
    check(&allow("\"oss:GetObject\"", "\"acs:oss:*:*:b/报告：一月/*\""), &[]);
}
