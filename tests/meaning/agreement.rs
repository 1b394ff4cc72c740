//! A statement that matches nothing is one for every part of the program: the summary counts nothing, a comparison finds
//! nothing, no request meets it.

use super::support::policy;
use rolescope::catalog::removal::powers::Powers;
use rolescope::policy::compare::compare;
use rolescope::policy::document::Document;
use rolescope::policy::evaluate::{Decision, evaluate};
use rolescope::policy::findings::{Context, findings};
use rolescope::policy::request::Request;
use rolescope::policy::summary::{summarize, touched};
use rolescope::policy::vocabulary::Nothing;
use rolescope::say::Language::English;
use serde_json::{Value, json};

fn when(condition: Value) -> Value {
    let mut statement = json!({ "Action": "oss:GetObject", "Resource": "*" });
    statement["Condition"] = condition;
    statement
}

/// Statements without an effect, each with whether some request may match it.
fn statements() -> Vec<(Value, bool)> {
    let on_all = |action: Value| json!({ "Action": action, "Resource": "*" });
    let on = |resource: Value| json!({ "Action": "oss:GetObject", "Resource": resource });
    let but = |resource: Value| json!({ "Action": "oss:GetObject", "NotResource": resource });
    let by = |who: Value| json!({ "Action": "sts:AssumeRole", "Principal": who });
    let not_by = |who: Value| json!({ "Action": "sts:AssumeRole", "NotPrincipal": who });
    vec![
        (on_all(json!("oss:GetObject")), true),
        (on_all(json!(["oss:Get*", "oss:GetObject"])), true),
        (on_all(json!([])), false),
        (json!({ "Resource": "*" }), false),
        (json!({ "NotAction": "ecs:*", "Resource": "*" }), true),
        (json!({ "NotAction": "*", "Resource": "*" }), false),
        (json!({ "NotAction": ["ecs:*", "*:*"], "Resource": "*" }), false),
        (json!({ "Action": "oss:GetObject" }), false),
        (on(json!([])), false),
        (on(json!(["acs:oss:*:*:b/*"])), true),
        (but(json!("*")), false),
        (but(json!("acs:*:*:*:*")), false),
        (but(json!("acs:oss:*:*:b/*")), true),
        (by(json!({ "Service": ["ecs.aliyuncs.com"] })), true),
        (by(json!("*")), true),
        (by(json!("**")), true),
        (by(json!({ "RAM": "?*" })), true),
        (by(json!({ "RAM": [] })), false),
        (by(json!({})), false),
        (not_by(json!({ "RAM": ["acs:ram::1:root"] })), true),
        (not_by(json!("*")), false),
        (not_by(json!({ "RAM": ["**"] })), false),
        (not_by(json!({ "Service": "*" })), true),
        (when(json!({})), true),
        (when(json!({ "StringEquals": {} })), true),
        (when(json!({ "StringEquals": { "acs:SourceVpc": [] } })), false),
        (when(json!({ "StringEquals": { "acs:SourceVpc": "" } })), true),
        (when(json!({ "StringEquals": { "a:b": "c" }, "Bool": { "d:e": [] } })), false),
        (when(json!({ "IpAddress": { "acs:SourceIp": "10.0.0.0/8" } })), true),
        (when(json!({ "IpAddress": { "acs:SourceIp": ["10.0.0.0/33", "10.0.0.1"] } })), true),
        (when(json!({ "IpAddress": { "acs:SourceIp": "10.0.0.*" } })), true),
        (when(json!({ "IpAddress": { "acs:SourceIp": "${own}" } })), true),
        (when(json!({ "NotIpAddress": { "acs:SourceIp": "10.0.0.0/33" } })), true),
        (when(json!({ "NumericLessThan": { "x:y": ["few", "5"] } })), true),
        (when(json!({ "BoolIfExists": { "acs:MFAPresent": "yes" } })), true),
        (when(json!({ "ForAllValues:Bool": { "acs:MFAPresent": "yes" } })), true),
    ]
}

/// Conditions with no value that can be read: they open nothing, and whether they would close something is not known.
fn unread() -> Vec<Value> {
    vec![
        json!({ "IpAddress": { "acs:SourceIp": "10.0.0.0/33" } }),
        json!({ "DateLessThan": { "acs:CurrentTime": "tomorrow" } }),
        json!({ "NumericLessThan": { "x:y": ["few"] } }),
        json!({ "Bool": { "acs:MFAPresent": "yes" } }),
        json!({ "ForAnyValue:Bool": { "acs:MFAPresent": "yes" } }),
        json!({ "Null": { "acs:MFAPresent": "perhaps" } }),
        // Nothing equals one of no values.
        json!({ "StringNotEquals": { "acs:SourceVpc": [] } }),
        json!({ "NotIpAddress": { "acs:SourceIp": [] } }),
    ]
}

#[test]
fn what_matches_nothing_does_so_everywhere() {
    let nothing = policy(&json!([]));
    let unread = unread().into_iter().map(|condition| (when(condition), false, true));
    let all = statements().into_iter().map(|(one, matches)| (one, matches, matches));
    for (statement, allows, denies) in all.chain(unread) {
        for effect in [Some("Allow"), Some("Deny"), None] {
            let mut statement = statement.clone();
            if let Some(effect) = effect {
                statement["Effect"] = json!(effect);
            }
            let expected = match effect {
                Some("Allow") => allows,
                Some(_) => denies,
                None => false,
            };
            let document = policy(&json!([statement]));
            let touches = touched(&document, &Nothing);
            assert_eq!(!touches.is_empty(), expected, "touched: {statement}");
            let summary = summarize(&document, &Nothing);
            assert_eq!(summary.touched(), touches, "{statement}");
            assert_eq!(summary.idle.is_empty(), expected, "idle: {statement}");
            let comparison = compare(English, &document, &nothing, &Nothing);
            assert_eq!(!comparison.is_same(), expected, "diff: {statement}");
            assert_eq!(may_decide(&document), expected, "can: {statement}");
        }
    }
}

/// Is there a request on which the document has a say?
fn may_decide(document: &Document) -> bool {
    ["oss:GetObject", "sts:AssumeRole"].iter().any(|action| {
        let answer = evaluate(English, &[document], &Request::partial(*action));
        answer.possible != [Decision::ImplicitDeny]
    })
}

#[test]
fn anyone_is_anyone_in_every_spelling() {
    let ask = Request::new("oss:GetObject").on("acs:oss:*:1:b/x");
    for (value, anyone) in [("*", true), ("**", true), ("?*", true), ("1*", false), ("?", false)] {
        for (kind, accounts) in
            [("", true), ("RAM", true), ("AWS", true), ("Service", false), ("Federated", false)]
        {
            let of = |value: &str| match kind {
                "" => json!([value]),
                kind => json!({ kind: [value] }),
            };
            let statement = |value: &str| {
                policy(&json!([{
                    "Effect": "Allow", "Action": "oss:GetObject", "Principal": of(value),
                    "Resource": "acs:oss:*:*:b/*",
                }]))
            };
            let (document, plain) = (statement(value), statement("*"));
            let expected = anyone && accounts;
            let named = format!("{kind} {value}");
            let decision = evaluate(English, &[&document], &ask).decision;
            assert_eq!(decision == Decision::Allow, expected, "can: {named}");
            let sentence =
                rolescope::policy::explain::sentence(English, &document.statements[0], &Nothing);
            let (said, bucket) = (sentence.contains("nyone"), kind.is_empty());
            assert_eq!(
                said || bucket && sentence.contains("verybody"),
                expected,
                "explain: {named}: {sentence}"
            );
            let same = compare(English, &document, &plain, &Nothing).is_same();
            assert_eq!(same, expected || value == "*" || value == "**", "diff: {named}");
            let context = Context { vocabulary: &Nothing, ..Context::default() };
            let findings = findings(&document, &[], &context);
            let open = findings.iter().any(|finding| finding.rule.id() == "open-principal");
            assert_eq!(open, expected, "findings: {named}");
        }
    }
}

/// On every resource of its service an action is denied as a whole, for the finding, the powers and the summary alike.
#[test]
fn a_right_to_create_roles_is_taken_back_everywhere_alike() {
    let allow = |action: &str| json!({ "Effect": "Allow", "Action": action, "Resource": "*" });
    for (resource, denied) in [
        ("*", true),
        ("acs:ram:*:*:*", true),
        ("acs:*:*:*:*", true),
        ("acs:ram:*:*:role/x", false),
        ("acs:oss:*:*:*", false),
    ] {
        for action in ["ram:CreateServiceLinkedRole", "ram:Create*", "*"] {
            let deny = json!({ "Effect": "Deny", "Action": action, "Resource": resource });
            let document = policy(&json!([allow("ram:CreateServiceLinkedRole"), deny]));
            let named = format!("{action} on {resource}");
            let context = Context { vocabulary: &Nothing, ..Context::default() };
            let findings = findings(&document, &[], &context);
            let told =
                findings.iter().any(|finding| finding.rule.id() == "creates-service-linked-roles");
            assert_eq!(told, !denied, "findings: {named}");
            assert_eq!(Powers::of(&document).creates.is_empty(), denied, "powers: {named}");
            let touches = touched(&document, &Nothing);
            let granted = touches.iter().any(|one| one.code == "ram" && one.actions > 0);
            assert_eq!(granted, !denied, "summary: {named}");
        }
    }
}

// "An empty list [ ] is equivalent to ["*"]" in the policy of a bucket, of which the owner is told alike.
#[test]
fn a_statement_of_a_bucket_is_one_by_its_actions_or_its_resources() {
    for (part, of_bucket) in [
        (json!({ "Action": "*", "Resource": "acs:oss:*:*:b/*" }), true),
        (json!({ "Action": "oss:*", "Resource": "acs:oss:*:*:b/*" }), true),
        (json!({ "Action": "oss:*", "Resource": "*" }), true),
        (json!({ "NotAction": "oss:*", "Resource": "*" }), false),
        (json!({ "Action": "ecs:*", "NotResource": "acs:oss:*:*:b/*" }), false),
        (json!({ "Action": "ecs:*", "Resource": "acs:ecs:*:*:*" }), false),
    ] {
        let mut statement = part.clone();
        statement["Effect"] = json!("Deny");
        statement["Principal"] = json!([]);
        let document = policy(&json!([statement]));
        assert_eq!(document.statements[0].is_of_bucket(), of_bucket, "{part}");
        let sentence =
            rolescope::policy::explain::sentence(English, &document.statements[0], &Nothing);
        assert_eq!(sentence.contains("owner of the bucket"), of_bucket, "{part}: {sentence}");
        let answer = evaluate(English, &[&document], &Request::partial("oss:GetObject"));
        let denies = answer.possible.contains(&Decision::ExplicitDeny);
        assert_eq!(denies, of_bucket, "{part}");
    }
}

/// What both documents deny is neither gone nor added, and documents that are the same have nothing of either.
#[test]
fn what_both_deny_makes_no_difference() {
    let allow = |action: &str| json!({ "Effect": "Allow", "Action": action, "Resource": "*" });
    for deny in [
        json!({ "Action": "ecs:Stop*" }),
        json!({ "Action": "ecs:StopItem" }),
        json!({ "Action": "*:Get" }),
        json!({ "NotAction": "ecs:S*" }),
        json!({ "NotAction": ["ecs:S*", "kms:*"] }),
    ] {
        let mut denies = deny.clone();
        (denies["Effect"], denies["Resource"]) = (json!("Deny"), json!("*"));
        for action in ["ecs:?top*Item", "ecs:*", "ecs:S?op*", "*"] {
            let own = policy(&json!([allow(action), denies]));
            let named = format!("{action} but {deny}");
            let same = compare(English, &own, &own, &Nothing);
            assert!(same.is_same(), "{named}");
            assert!(same.actions_gone.is_empty() && same.actions_added.is_empty(), "{named}");
            let more = policy(&json!([allow("kms:Get"), allow(action), denies]));
            let there = compare(English, &own, &more, &Nothing);
            assert!(there.actions_gone.is_empty(), "{named}: {:?}", there.actions_gone);
            assert!(
                there.actions_added.iter().all(|name| name == "kms:Get"),
                "{named}: {:?}",
                there.actions_added
            );
        }
    }
}
