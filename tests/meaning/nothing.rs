//! Statements of which nothing can match: sentence, summary and numbers say so alike.

use super::denials::{allow, lines, summary};
use super::support::{Few, policy};
use rolescope::policy::evaluate::{Decision, evaluate};
use rolescope::policy::explain;
use rolescope::policy::request::Request;
use rolescope::say::Language;
use serde_json::json;

#[test]
fn names_that_no_action_or_resource_has_grant_nothing() {
    let (any, objects) = ("*", "acs:oss:*:*:b/*");
    for (action, resource) in [
        ("oss:GetObject,oss:PutObject", any),
        ("oss:GetObject, oss:Put*", any),
        (" oss:GetObject", objects),
        ("oss:GetObject ", objects),
        ("oss:Get Object", objects),
        ("ecs:", any),
        (":Describe", any),
        (":Describe*", any),
        ("oss/GetObject", any),
        ("oss:*", "mybucket/*"),
        ("*", "oss://mybucket"),
        ("ecs:*", "acs:ecs"),
        ("oss:GetObject", "arn:aws:s3:::b/*"),
        ("oss:GetObject", "acs::*:*:b/*"),
    ] {
        let named = format!("{action} on {resource}");
        let statement = allow(&json!(action), &json!(resource));
        let document = policy(&json!([statement]));
        let said = explain::sentence(Language::English, &document.statements[0], &Few);
        assert!(said.starts_with("Does nothing"), "{named}: {said}");
        let summary = summary(&json!([statement]));
        assert_eq!(lines(&summary), Vec::<String>::new(), "{named}");
        assert_eq!(summary.idle.len(), 1, "{named}");
        let asked = Request::new("oss:GetObject").on(resource);
        let decided = evaluate(Language::English, &[&document], &asked).decision;
        assert_eq!(decided, Decision::ImplicitDeny, "{named}");
    }
    // Beside what matches they are left out.
    let beside = summary(&json!([allow(&json!(["oss:A,oss:B", " ecs:A", "ecs:B"]), &json!("*"))]));
    assert_eq!(lines(&beside), ["ecs: write ecs:B"]);
}

#[test]
fn what_is_filled_in_later_may_become_a_name() {
    for (action, resource) in [
        ("oss:Get*", "*"),
        ("oss:Get*", "acs:oss:*"),
        ("oss:Get*", "ACS:oss:*:*:b"),
        ("oss:Get*", "${bucket}"),
        ("oss:Get*", "acs:oss:*:*:${bucket}/*"),
    ] {
        let summary = summary(&json!([allow(&json!(action), &json!(resource))]));
        assert_eq!(lines(&summary), ["oss: read oss:Get*"], "{action} on {resource}");
    }
}
