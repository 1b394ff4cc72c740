//! Policy documents inside answers of the API, templates, states and lists.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::format_push_string,
    missing_docs
)]

#[path = "wrapping/code.rs"]
mod code;
#[path = "wrapping/left.rs"]
mod left;
#[path = "wrapping/pages.rs"]
mod pages;
use rolescope::policy::json::{self, Limits};
use rolescope::policy::print;
use rolescope::policy::wrapper::{
    DocumentKind, Embedding, Found, SkipReason, Skipped, Wrapped, Wrapper, find_in,
};
use serde_json::json;

const TRUST: &str = r#"{"Statement":[{"Action":"sts:AssumeRole","Effect":"Allow","Principal":{"Service":["polardb.aliyuncs.com"]}}],"Version":"1"}"#;
const GRANT: &str = r#"{ "Statement": [{ "Action": ["oss:*"], "Effect": "Allow", "Resource": ["acs:oss:*:*:*"]}], "Version": "1"}"#;

fn find(text: &str) -> Found {
    find_in(text, &Limits::default()).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

/// The only document of a value.
fn only(value: &serde_json::Value) -> Wrapped {
    let found = find(&value.to_string());
    assert_eq!(found.documents.len(), 1, "{found:#?}");
    found.documents.into_iter().next().unwrap()
}

#[test]
fn an_answer_of_get_policy_gives_the_version_in_force_once() {
    let answer = json!({
        "RequestId": "6978",
        "Policy": {"PolicyName": "OSS-Admin", "PolicyType": "Custom", "DefaultVersion": "v1", "PolicyDocument": GRANT},
        "DefaultPolicyVersion": {"VersionId": "v1", "IsDefaultVersion": true, "PolicyDocument": GRANT},
    });
    let found = find(&answer.to_string());
    assert_eq!(found.documents.len(), 1);
    let document = &found.documents[0];
    assert_eq!(*document.text, *GRANT);
    assert_eq!(document.path, "$.DefaultPolicyVersion.PolicyDocument");
    assert_eq!(
        (document.wrapper, document.kind, document.embedding),
        (Wrapper::GetPolicy, DocumentKind::Permission, Embedding::InString)
    );
    assert_eq!(document.names.policy.as_deref(), Some("OSS-Admin"));
    assert_eq!(document.names.policy_type.as_deref(), Some("Custom"));
    assert_eq!(document.names.version.as_deref(), Some("v1"));
    assert_eq!(document.names.is_default, Some(true));
    assert_eq!(found.skipped.len(), 1);
    assert_eq!(found.skipped[0].path, "$.Policy.PolicyDocument");
    assert_eq!(found.skipped[0].reason, SkipReason::DeprecatedCopy);
}

#[test]
fn what_a_plan_replaces_is_not_read_as_what_comes() {
    let before = json!({"policy_document": GRANT.replace("Allow", "Deny")});
    let plan = json!({
        "format_version": "1.2",
        "prior_state": {"values": {"policy_document": GRANT}},
        "resource_changes": [
            {"change": {"actions": ["update"], "before": before, "after": {"policy_document": GRANT}}},
            {"change": {"actions": ["create"], "before": null, "after": {"name": "x"}}},
        ],
    });
    let found = find(&plan.to_string());
    let paths = |list: &[&str]| list.iter().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(
        found.documents.iter().map(|one| one.path.clone()).collect::<Vec<_>>(),
        paths(&["$.resource_changes[0].change.after.policy_document"])
    );
    assert!(found.skipped.iter().all(|one| one.reason == SkipReason::BeforeChange));
    assert_eq!(
        found.skipped.iter().map(|one| one.path.clone()).collect::<Vec<_>>(),
        paths(&["$.prior_state", "$.resource_changes[0].change.before"])
    );
    // Elsewhere the same words are names like any other.
    let other = json!({"change": {"before": {"PolicyDocument": GRANT}}});
    assert_eq!(only(&other).path, "$.change.before.PolicyDocument");
}

#[test]
fn the_older_copy_serves_where_the_version_in_force_is_missing_or_broken() {
    let old =
        json!({"Policy": {"PolicyName": "P", "DefaultVersion": "v2", "PolicyDocument": GRANT}});
    assert_eq!(only(&old).path, "$.Policy.PolicyDocument");
    assert_eq!(only(&old).names.version.as_deref(), Some("v2"));
    let broken = json!({
        "Policy": {"PolicyName": "P", "PolicyDocument": GRANT},
        "DefaultPolicyVersion": {"PolicyDocument": "{\"Statement\": ["},
    });
    assert_eq!(only(&broken).path, "$.Policy.PolicyDocument");
    let found = find(&broken.to_string());
    assert!(matches!(found.skipped[0].reason, SkipReason::Unreadable(_)));
}

#[test]
fn an_answer_of_get_policy_version_names_its_version() {
    let document = only(
        &json!({"RequestId": "9B", "PolicyVersion": {"VersionId": "v3", "IsDefaultVersion": false, "PolicyDocument": GRANT}}),
    );
    assert_eq!(document.wrapper, Wrapper::GetPolicyVersion);
    assert_eq!(
        (document.names.version.as_deref(), document.names.is_default),
        (Some("v3"), Some(false))
    );
}

#[test]
fn an_answer_of_get_role_gives_the_trust_policy_and_the_role() {
    let answer = json!({"RequestId": "FE", "Role": {
        "RoleId": "3283", "RoleName": "AliyunServiceRoleForPolarDB", "Arn": "acs:ram::1:role/aliyunserviceroleforpolardb",
        "AssumeRolePolicyDocument": TRUST, "CreateDate": "2020-06-30T08:14:16Z", "Description": "d",
        "IsServiceLinkedRole": true, "MaxSessionDuration": 3600,
    }});
    let found = find(&answer.to_string());
    let document = &found.documents[0];
    assert_eq!((document.wrapper, document.kind), (Wrapper::GetRole, DocumentKind::Trust));
    assert_eq!(document.path, "$.Role.AssumeRolePolicyDocument");
    assert_eq!(document.names.role.as_deref(), Some("AliyunServiceRoleForPolarDB"));
    assert_eq!(document.names.services, ["polardb.aliyuncs.com"]);
    let role = &found.roles[0];
    assert_eq!(role.is_service_linked, Some(true));
    assert!(role.service_linked());
}

#[test]
fn documents_are_found_however_often_they_are_encoded() {
    let mut encoded = String::new();
    for byte in TRUST.bytes() {
        encoded.push_str(&format!("%{byte:02X}"));
    }
    let partly = TRUST.replace('{', "%7B").replace('"', "%22").replace('}', "%7D");
    let form = GRANT.replace('{', "%7B").replace('"', "%22").replace(' ', "+");
    // Only some letters encoded: the word `Statement` must stay visible to be found.
    let named = encoded.replace("%53%74%61%74%65%6D%65%6E%74", "Statement");
    let twice = serde_json::to_string(TRUST).unwrap();
    for (written, text) in [(partly, TRUST), (form, GRANT), (named, TRUST), (twice, TRUST)] {
        let document =
            only(&json!({"Role": {"RoleName": "r", "AssumeRolePolicyDocument": written}}));
        assert_eq!(*document.text, *text);
        assert_eq!(document.embedding, Embedding::Encoded);
    }
    let answer = json!({"Role": {"RoleName": "r", "AssumeRolePolicyDocument": TRUST}}).to_string();
    let document = only(&json!({"body": answer}));
    assert_eq!(document.path, "$.body > $.Role.AssumeRolePolicyDocument");
    assert_eq!(document.names.role.as_deref(), Some("r"));
}

#[test]
fn documents_stand_as_objects_too() {
    let trust: serde_json::Value = serde_json::from_str(TRUST).unwrap();
    let document = only(&json!({"Role": {"RoleName": "r", "AssumeRolePolicyDocument": trust}}));
    assert_eq!((document.embedding, document.kind), (Embedding::Plain, DocumentKind::Trust));
    assert_eq!(*document.text, *TRUST);
}

#[test]
fn a_bare_document_keeps_its_whole_text() {
    let text = format!("// mine\n{GRANT}\n");
    let found = find(&text);
    assert_eq!(*found.documents[0].text, *text);
    assert_eq!(
        (found.documents[0].wrapper, found.documents[0].path.as_str()),
        (Wrapper::Bare, "$")
    );
    assert_eq!(found.repairs.len(), 1);
    for lone in [
        r#"{"Effect": "Allow", "Action": "a", "Resource": "*"}"#,
        r#"[{"Effect": "Deny", "NotAction": "a", "Resource": "*"}]"#,
        r#"{"Version": "1"}"#,
    ] {
        assert_eq!(find(lone).documents.len(), 1, "{lone}");
    }
}

#[test]
fn lists_and_rows_of_documents_and_answers_are_taken_apart() {
    let listed = find(&format!("[{GRANT}, {TRUST}]"));
    let kinds: Vec<_> = listed
        .documents
        .iter()
        .map(|document| (document.kind, document.wrapper, document.path.as_str()))
        .collect();
    assert_eq!(
        kinds,
        [
            (DocumentKind::Permission, Wrapper::List, "$[0]"),
            (DocumentKind::Trust, Wrapper::List, "$[1]")
        ]
    );
    let rows = find(&format!("{GRANT}\n{TRUST}\n"));
    assert_eq!(rows.documents[1].path, "$[1]");
    let answer =
        json!({"DefaultPolicyVersion": {"PolicyDocument": GRANT}, "Policy": {"PolicyName": "P"}});
    let answers = find(&json!([answer, answer]).to_string());
    assert_eq!(answers.documents[1].path, "$[1].DefaultPolicyVersion.PolicyDocument");
    assert_eq!(answers.documents[1].names.policy.as_deref(), Some("P"));
}

#[test]
fn lists_of_roles_and_policies_need_no_documents() {
    let management = json!({"PageNumber": 1, "Roles": {"Role": [
        {"RoleId": "9", "RoleName": "ECSAdmin", "RolePrincipalName": "ECSAdmin@role.1.onaliyunservice.com",
         "Arn": "acs:ram::1:role/ECSAdmin", "Description": "...", "IsServiceLinkedRole": false, "CreateDate": "2015-01-23T12:33:18Z",
         "LatestDeletionTask": {"CreateDate": "2018-10-23T12:33:18Z", "DeletionTaskId": "ECSAdmin/cc61"}},
        {"RoleId": "8", "RoleName": "aliyunserviceroleforX", "Arn": "acs:ram::1:role/x"},
    ]}});
    let found = find(&management.to_string());
    assert_eq!((found.documents.len(), found.roles.len(), found.skipped.len()), (0, 2, 0));
    assert!(!found.roles[0].service_linked());
    assert!(found.roles[1].service_linked(), "by its name");
    let policies = find(&json!({"Policies": {"Policy": [{"PolicyName": "P", "PolicyType": "System", "DefaultVersion": "v1"}]}}).to_string());
    assert_eq!((policies.policies[0].name.as_str(), policies.documents.len()), ("P", 0));
}

#[test]
fn templates_and_states_are_searched_at_any_depth() {
    let grant: serde_json::Value = serde_json::from_str(GRANT).unwrap();
    let ros = only(&json!({"ROSTemplateFormatVersion": "2015-09-01", "Resources": {"P": {
        "Type": "ALIYUN::RAM::ManagedPolicy", "Properties": {"PolicyName": "mine", "PolicyDocument": grant}}}}));
    assert_eq!((ros.wrapper, ros.names.policy.as_deref()), (Wrapper::RosTemplate, Some("mine")));
    assert_eq!(ros.path, "$.Resources.P.Properties.PolicyDocument");
    let state = only(
        &json!({"version": 4, "terraform_version": "1.5", "resources": [{"type": "alicloud_ram_role",
        "instances": [{"attributes": {"name": "r", "document": "", "assume_role_policy_document": TRUST}}]}]}),
    );
    assert_eq!(
        (state.wrapper, state.kind, state.names.role.as_deref()),
        (Wrapper::Terraform, DocumentKind::Trust, Some("r"))
    );
    let odd = only(&json!({"a b": {"": [grant]}}));
    assert_eq!(odd.path, "$[\"a b\"][\"\"][0]");
    assert_eq!(odd.wrapper, Wrapper::Other);
}

#[test]
fn kinds_are_told_by_what_a_document_says() {
    let bucket = r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"oss:GetObject","Principal":["123"],"Resource":"acs:oss:*:1:b/*"}]}"#;
    let stack = r#"{"Statement":[{"Effect":"Deny","Action":"Update:Delete","Principal":"*","Resource":"*"}]}"#;
    for (text, kind) in [
        (GRANT, DocumentKind::Permission),
        (TRUST, DocumentKind::Trust),
        (bucket, DocumentKind::Resource),
        (stack, DocumentKind::StackPolicy),
        // Whatever stands there as resource, the role is assumed.
        (&TRUST.replace("\"Effect\"", "\"Resource\":\"*\",\"Effect\""), DocumentKind::Trust),
    ] {
        assert_eq!(find(text).documents[0].kind, kind, "{text}");
    }
}

#[test]
fn places_lead_back_to_the_outer_text() {
    let inner = "{\"Version\": \"1\",\n \"Statement\": [{\"Effect\": \"Deny\", \"Action\": \"é😀:B\", \"Resource\": \"*\"}]}";
    for outer in [
        json!({"PolicyVersion": {"PolicyDocument": inner}}).to_string(),
        // The same with every character outside ASCII escaped.
        json!({"PolicyVersion": {"PolicyDocument": inner}})
            .to_string()
            .replace('é', "\\u00e9")
            .replace('😀', "\\ud83d\\ude00"),
        format!("[1, {inner}]"),
    ] {
        let found = find(&outer);
        let document = &found.documents[0];
        let read = document.read().unwrap();
        let action = read.document.statements[0].action.clone().unwrap().values[0].span;
        let start = document.outer_offset(&outer, action.start);
        let quote = if document.embedding == Embedding::Plain { "\"" } else { "\\\"" };
        assert!(
            outer[start..].starts_with(&format!("{quote}é😀:B"))
                || outer[start..].starts_with("\\\"\\u00e9\\ud83d\\ude00:B"),
            "{}",
            &outer[start..]
        );
        let resource = read.document.statements[0].resource.clone().unwrap().values[0].span;
        assert!(
            outer[document.outer_offset(&outer, resource.start)..]
                .starts_with(&format!("{quote}*{quote}"))
        );
        assert!(document.outer_offset(&outer, usize::MAX / 2) < outer.len());
    }
}

#[test]
fn a_name_without_measure_names_nothing() {
    for key in ["name", "Name", "PolicyName", "RoleName"] {
        for (length, named) in [(512, true), (513, false)] {
            let names = only(&json!({key: "n".repeat(length), "policy_document": GRANT})).names;
            assert_eq!(names.policy.or(names.role).is_some(), named, "{key} {length}");
        }
    }
}

#[test]
fn what_holds_no_document_is_told() {
    let found =
        find(&json!({"Role": {"RoleName": "r", "AssumeRolePolicyDocument": ""}}).to_string());
    assert_eq!(found.skipped[0].reason, SkipReason::Empty);
    assert!(find("{\"a\": [1, \"text\", {}]}").is_empty());
    let mut deep = GRANT.to_owned();
    for _ in 0..6 {
        deep = json!({"body": deep}).to_string();
    }
    let found = find(&deep);
    assert_eq!(found.documents.len(), 0);
    assert_eq!(found.skipped[0].reason, SkipReason::PackedTooDeep);
}

// Terraform, "JSON configuration syntax": strings hold expressions, which a state and a plan have evaluated.
#[test]
fn a_policy_that_terraform_has_to_evaluate_is_told_and_the_rest_is_read() {
    let policies = |document: &str| {
        json!({"terraform_version": "1.5.0", "resources": [
            {"policy_document": document}, {"policy_document": GRANT}]})
        .to_string()
    };
    for document in [
        "${jsonencode({Version = \"1\", Statement = []})}",
        " ${data.alicloud_ram_policy_document.a.json}\n",
        "${file(\"policy.json\")}",
        "${name}",
    ] {
        let found = find(&policies(document));
        assert_eq!(found.documents.len(), 1, "{document}");
        let reasons: Vec<_> = found.skipped.iter().map(|one| &one.reason).collect();
        assert_eq!(reasons, [&SkipReason::Expression], "{document}");
    }
    // Other tools write such marks in other texts.
    for text in [
        json!({"ROSTemplateFormatVersion": "x", "policy_document": "${file(a)}"}).to_string(),
        json!({"description": "${file(a)}"}).to_string(),
    ] {
        assert_eq!(find(&text).skipped, [], "{text}");
    }
}

// Terraform, "templatefile": the file is JSON once its expressions are evaluated.
#[test]
fn an_expression_in_place_of_a_value_is_one_that_is_not_known() {
    let text = r#"{"Version": "1", "Statement": [
        {"Effect": "Allow", "Action": "cs:Get*", "Resource": ${jsonencode([for c in var.all: "acs:cs:*:*:cluster/${c}"])}},
        {"Effect": "Allow", "Action": ["cs:ListX", ${var.more}], "Resource": "*"}]}"#;
    // As strict JSON it is a text, as Terraform's own JSON writes it.
    let reading = json::read(text, &Limits::default()).unwrap();
    let strict: serde_json::Value = serde_json::from_str(&print::pretty(&reading.root)).unwrap();
    assert_eq!(strict["Statement"][1]["Action"][1], "${var.more}");
    let found = find(text);
    let read = found.documents[0].read().unwrap();
    let statements = &read.document.statements;
    let resource = statements[0].resource.as_ref().unwrap();
    assert!(resource.unknown && resource.values[0].value == "${jsonencode}", "{resource:?}");
    let action = statements[1].action.as_ref().unwrap();
    assert!(action.unknown && action.values[1].value == "${var.more}", "{action:?}");
    let told: Vec<String> = read.oddities.iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        [
            "The value of Resource is a template's jsonencode, which was not filled in; it is read as \"${jsonencode}\".",
            "The value of Action is a template's var.more, which was not filled in; it is read as \"${var.more}\".",
        ]
    );
}

#[test]
fn one_bad_line_does_not_spoil_the_others() {
    let answer = json!({"PolicyName": "x", "PolicyDocument": GRANT}).to_string();
    for (lines, documents, bad) in [
        (vec![TRUST, GRANT, "not json", &answer], 3, vec![("$[2]", 3, 1)]),
        (vec!["{\"a\":", GRANT, "", TRUST], 2, vec![("$[0]", 1, 6)]),
        (vec![GRANT, TRUST, "{\"Version\": \"1\", \"Statement\": ["], 2, vec![("$[2]", 3, 32)]),
        (vec![GRANT, "[7", TRUST, "{} }", GRANT], 3, vec![("$[1]", 2, 3), ("$[3]", 4, 4)]),
        (vec!["\u{feff}[1", GRANT, "// a remark", TRUST], 2, vec![("$[0]", 1, 3)]),
    ] {
        for end in ["\n", "\r\n"] {
            let text = lines.join(end);
            let found = find(&text);
            assert_eq!(found.documents.len(), documents, "{text}\n{found:#?}");
            let skipped: Vec<(&str, usize, usize)> = found
                .skipped
                .iter()
                .map(|skipped| match &skipped.reason {
                    SkipReason::Unreadable(error) => {
                        (skipped.path.as_str(), error.place.line, error.place.column)
                    }
                    other => panic!("{other:?}"),
                })
                .collect();
            assert_eq!(skipped, bad, "{text}");
            for document in &found.documents {
                assert!(document.read().is_ok(), "{text}\n{document:#?}");
                let outer = &text[document.outer.start..document.outer.end];
                assert!(outer.starts_with(['{', '"']), "{outer}");
            }
        }
    }
}

#[test]
fn a_document_that_is_broken_is_told_as_a_whole() {
    let value: serde_json::Value = serde_json::from_str(GRANT).unwrap();
    let pretty = serde_json::to_string_pretty(&json!([value, value, value])).unwrap();
    let statements = "{\"Version\": \"1\",\n\"Statement\": [\n{\"Effect\": \"Allow\"},\n{\"Effect\": \"Deny\"},\n";
    let expression = "{\"Version\": \"1\", \"x\": [\"a\", ${}";
    let mut broken = vec![
        statements.to_owned(),
        expression.to_owned(),
        format!("{GRANT}}}"),
        format!("{GRANT}\n}}"),
    ];
    for (at, _) in pretty.match_indices('\n') {
        // Cut off, and with a stray bracket.
        broken.push(pretty[..at].to_owned());
        broken.push(format!("{} ]{}", &pretty[..at], &pretty[at..]));
    }
    for text in broken {
        let alone = rolescope::policy::json::read_all(&text, &Limits::default()).map(|_| ());
        let found = match find_in(&text, &Limits::default()) {
            Err(error) => Err(error),
            // Of a list with a fault the documents before it, and the fault.
            Ok(found) => {
                let before = &text[..found.skipped[0].span.start];
                assert_eq!(found.documents.len(), before.matches("\n  }").count(), "{text}");
                for document in &found.documents {
                    assert_eq!(document.read().unwrap().document.statements.len(), 1, "{text}");
                }
                match found.skipped.as_slice() {
                    [Skipped { reason: SkipReason::Rest(error), .. }] => Err(error.clone()),
                    other => panic!("{text}: {other:?}"),
                }
            }
        };
        assert_eq!(found, alone, "{text}");
    }
}

#[test]
fn many_broken_lines_cost_little() {
    let good = format!("{GRANT}\n").repeat(20_000);
    let bad = "{\"Version\": \"1\"\n".repeat(20_000);
    let begun = std::time::Instant::now();
    assert!(find_in(&format!("{good}{bad}"), &Limits::default()).is_err());
    let few = find(&format!("{good}{}", &bad[..16 * 150]));
    assert_eq!((few.documents.len(), few.skipped.len()), (20_000, 150));
    assert!(begun.elapsed().as_secs() < 30, "{:?}", begun.elapsed());
}

#[test]
fn policies_are_found_among_other_text() {
    let page = format!(
        "# Roles\n\nThe grant:\n```json\n{GRANT}\n```\nand trust:\n~~~\n{TRUST}\n~~~\nSee [it](x).\n"
    );
    let terraform = format!(
        "resource \"alicloud_ram_policy\" \"p\" {{\n  policy_document = <<EOF\n  {GRANT}\n  EOF\n}}\n"
    );
    let script = format!("#!/bin/sh\ncat > p.json <<'END'\n{TRUST}\n{GRANT}\nEND\naliyun ram x\n");
    let broken = format!("Text\n```\n{{\"Version\": oops}}\n```\n```\n{GRANT}\n```\n");
    for (text, documents, bad) in [
        (&page, 2, None),
        (&terraform, 1, None),
        (&script, 2, None),
        (&broken, 1, Some(("$[0]", 3, 13))),
    ] {
        let found = find(text);
        assert_eq!(found.documents.len(), documents, "{text}\n{found:#?}");
        for document in &found.documents {
            assert!(document.read().is_ok(), "{text}\n{document:#?}");
            let outer = &text[document.outer.start..document.outer.end];
            assert_eq!(&*document.text, outer, "nothing of the text around it: {text}");
            assert!(outer == GRANT || outer == TRUST, "{outer}");
        }
        let skipped = found.skipped.first().map(|skipped| match &skipped.reason {
            SkipReason::Unreadable(error) => {
                (skipped.path.as_str(), error.place.line, error.place.column)
            }
            other => panic!("{other:?}"),
        });
        assert_eq!(skipped, bad, "{text}");
    }
    // Blocks that hold no JSON are not meant, and without any the first error is told.
    for text in ["Text\n```\nls {a}\n```\n", "Text\n```\n{\"a\": oops}\n```\n", "Text\n```\n{}\n"] {
        let error = find_in(text, &Limits::default()).unwrap_err();
        assert_eq!((error.place.line, error.place.column), (1, 1), "{text}");
    }
}
