//! `can` by policies that cannot be read for certain.

use super::support::{policy, run_with};
use serde_json::json;

const READ: &str = r#"{"Effect": "Allow", "Action": "ecs:Describe*", "Resource": "*"}"#;

/// What may make RAM read another policy is told beside the decision, with its place.
#[test]
fn what_cannot_be_read_or_stands_twice_is_noted() {
    const ALLOW: &str = r#"{"Effect":"Allow","Action":"oss:*","Resource":"*"}"#;
    for (statements, decision, sentence, told) in [
        (
            r#"{"Effect":"Allow","Action":"oss:Get*","Resource":"*","condition":{"Bool":{"acs:SecureTransport":"true"}}}"#.to_owned(),
            "depends",
            "Allowed if what \"condition\" says is met or does not count.",
            "Whether RAM reads \"condition\" is not documented",
        ),
        (
            format!("{ALLOW},[{ALLOW}]"),
            "depends",
            "Allowed unless statement 2, which cannot be read, denies it.",
            "1 statement could not be read, so what it allows or denies is not known.",
        ),
        (
            format!(r#"{ALLOW},{{"Effect":"DENY","Action":"oss:*","Resource":"*"}}"#),
            "depends",
            "Allowed unless \"DENY\" counts as Deny.",
            "only Allow and Deny have a meaning",
        ),
        (
            format!(r#"{ALLOW},{{"Effect":"${{e}}","Action":"oss:*","Resource":"*"}}"#),
            "depends",
            "Allowed unless the Effect of statement 2 is Deny.",
            "",
        ),
        (
            format!(r#"{ALLOW},{{"Effect":"Deny","Action":"oss:*","Resource":"acs:oss:*:*:{{{{ b }}}}/*"}}"#),
            "depends",
            "Allowed unless the resource matches \"acs:oss:*:*:{{ b }}/*\".",
            "looks like a placeholder",
        ),
        (
            r#"{"Effect":"Deny","Action":"oss:*","Resource":"*","Effect":"Allow"}"#.to_owned(),
            "allow",
            "Allowed by statement 1.",
            "standard input:1:30: Effect stands more than once",
        ),
        (
            r#"{"Effect":"Allow","Action":"oss:*","Action":"ecs:*","Resource":"*"}"#.to_owned(),
            "implicit_deny",
            "Denied: no statement allows it.",
            "Action stands more than once",
        ),
    ] {
        let text = format!(r#"{{"Version":"1","Statement":[{statements}]}}"#);
        let args = ["can", "--policy", "-", "--action", "oss:GetObject", "--resource", "acs:oss:cn:1:b/k"];
        let said = run_with(&[&args[..], &["--json"]].concat(), &text);
        let json = said.json();
        assert_eq!((&json["decision"], &json["sentence"]), (&json!(decision), &json!(sentence)), "{text}");
        assert_eq!(said.code, i32::from(decision != "allow"), "{text}");
        let notes = json["notes"].as_array().unwrap();
        let noted = notes.iter().any(|note| note.as_str().unwrap().contains(told));
        assert!(noted || told.is_empty(), "{text} {notes:?}");
        let page = run_with(&args, &text);
        let out = page.out.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(out.contains(told), "{text} {out}");
        assert!(!out.contains("1 other statement is not about") || decision == "implicit_deny", "{out}");
    }
}

#[test]
fn the_trust_policy_of_a_file_with_others_decides_who_assumes_the_role() {
    let trust = r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"Service":["ecs.aliyuncs.com"]}}]}"#;
    let role = json!({"Role": {"RoleName": "r", "AssumeRolePolicyDocument": trust}});
    let text = format!("{role}\n{}", policy(READ));
    let by = |action: &str| {
        let who = ["--principal", "ecs.aliyuncs.com", "--json"];
        run_with(&[&["can", "--policy", "-", "--action", action][..], &who].concat(), &text)
    };
    let said = by("sts:AssumeRole");
    assert_eq!(said.json()["decision"], "allow", "{said:#?}");
    assert_eq!(said.json()["policies"].as_array().unwrap().len(), 2);
    let other = by("ecs:DescribeInstances");
    assert_eq!(other.json()["policies"].as_array().unwrap().len(), 1, "{other:#?}");
}
