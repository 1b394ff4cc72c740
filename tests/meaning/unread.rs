//! Elements without a value, and values that the text does not tell: one answer from every side.

use super::support::{Few, policy};
use rolescope::policy::compare::compare;
use rolescope::policy::condition::Truth;
use rolescope::policy::evaluate::{Decision, evaluate};
use rolescope::policy::explain;
use rolescope::policy::findings::{self, Context};
use rolescope::policy::request::Request;
use rolescope::policy::summary::summarize;
use rolescope::say::Language;
use serde_json::{Value, json};

const ENGLISH: Language = Language::English;

/// Statements with a part that has no value, but for their effect, and the name of the part.
fn empty() -> Vec<(&'static str, Value)> {
    let mut statements = Vec::new();
    let nothing = json!([]);
    for part in ["Action", "NotAction"] {
        statements.push((part, json!({ part: nothing, "Resource": "*" })));
    }
    for part in ["Resource", "NotResource"] {
        statements.push((part, json!({ "Action": "ecs:*", part: nothing })));
    }
    for nobody in [json!({}), json!([]), json!({ "RAM": [] })] {
        statements.push((
            "NotPrincipal",
            json!({ "Action": "ecs:*", "Resource": "*", "NotPrincipal": nobody }),
        ));
    }
    statements
}

fn with_effect(effect: &str, statement: &Value) -> Value {
    let mut statement = statement.clone();
    statement["Effect"] = json!(effect);
    statement
}

fn decided(statements: &Value, request: &Request) -> Decision {
    evaluate(ENGLISH, &[&policy(statements)], request).decision
}

#[test]
fn a_part_without_a_value_allows_nothing_on_any_page() {
    let complete =
        Request::new("ecs:RunInstances").on("acs:ecs:*:1:instance/i").by("acs:ram::1:root");
    let questions = [
        complete.clone(),
        Request::partial("ecs:RunInstances"),
        Request::partial("ecs:*").on("acs:ecs:*:*:*").by("acs:ram::1:root"),
    ];
    for (part, statement) in empty() {
        let statements = json!([with_effect("Allow", &statement)]);
        for request in &questions {
            let decision = decided(&statements, request);
            assert_eq!(decision, Decision::ImplicitDeny, "{statements}\n{request:?}");
        }
        let document = policy(&statements);
        let sentence = explain::sentence(ENGLISH, &document.statements[0], &Few);
        assert_eq!(sentence, format!("Does nothing: {part} has no value."), "{statements}");
        assert!(summarize(&document, &Few).services.is_empty(), "{statements}");
        let found = findings::findings(&document, &[], &Context::default());
        assert!(found.iter().all(|one| !one.message.contains("Allows")), "{statements} {found:?}");
        let comparison = compare(ENGLISH, &document, &policy(&json!([])), &Few);
        assert!(comparison.is_same(), "{statements}\n{comparison:#?}");
    }
}

#[test]
fn what_a_deny_without_a_value_denies_is_not_known() {
    let allow = json!({ "Effect": "Allow", "Action": "*", "Resource": "*" });
    let complete =
        Request::new("ecs:RunInstances").on("acs:ecs:*:1:instance/i").by("acs:ram::1:root");
    let partial =
        Request::partial("ecs:RunInstances").on("acs:ecs:*:1:instance/i").by("acs:ram::1:root");
    for (part, statement) in empty() {
        let statements = json!([allow, with_effect("Deny", &statement)]);
        let answer = evaluate(ENGLISH, &[&policy(&statements)], &complete);
        let open = part.starts_with("Not");
        let may = if open { Decision::Depends } else { Decision::Allow };
        assert_eq!(answer.decision, may, "{statements}");
        let told = answer.notes.iter().any(|note| note.contains("has no value"));
        assert_eq!(told, open, "{statements} {:?}", answer.notes);
        assert_eq!(decided(&statements, &partial), may, "{statements}");
        let sentence = explain::sentence(ENGLISH, &policy(&statements).statements[1], &Few);
        let said = if open {
            format!("Whether it denies anything is not known: {part} has no value.")
        } else {
            format!("Does nothing: {part} has no value.")
        };
        assert_eq!(sentence, said, "{statements}");
    }
}

#[test]
fn an_empty_list_of_principals_is_anyone_in_a_bucket_policy_alone() {
    let request = Request::new("oss:GetObject").on("acs:oss:cn:1:b/x").by("acs:ram::9:user/x");
    for (anyone, statement) in [
        (
            true,
            json!({ "Principal": [], "Action": "oss:GetObject", "Resource": "acs:oss:*:1:b/*" }),
        ),
        (true, json!({ "Action": ["oss:*"], "Resource": "*", "Principal": [] })),
        (true, json!({ "Action": "*", "Resource": ["acs:oss:*:*:b/*"], "Principal": [] })),
        (false, json!({ "Action": "*", "Resource": "*", "Principal": [] })),
        (false, json!({ "Action": "oss:GetObject", "Principal": [] })),
        (false, json!({ "Action": "oss:*", "Resource": "*", "Principal": { "RAM": [] } })),
        (false, json!({ "Action": "oss:*", "Resource": "*", "Principal": null })),
    ] {
        let text = json!({ "Version": "1", "Statement": [with_effect("Allow", &statement)] });
        let read = rolescope::policy::read::document(&text.to_string()).unwrap();
        let answer = evaluate(ENGLISH, &[&read.document], &request);
        assert_eq!(answer.decision == Decision::Allow, anyone, "{text}\n{answer:#?}");
        let sentence = explain::sentence(ENGLISH, &read.document.statements[0], &Few);
        assert_eq!(sentence.starts_with("Anyone may"), anyone, "{text} {sentence}");
        let found = findings::findings(&read.document, &read.oddities, &Context::default());
        let has = |id: &str| found.iter().any(|one| one.rule.id() == id);
        assert_eq!(
            (has("open-principal"), has("empty") || has("wrong-type")),
            (anyone, !anyone),
            "{text} {found:#?}"
        );
    }
}

/// The sentence about a condition without values says what the decision does.
#[test]
fn a_condition_without_values_opens_nothing_on_any_page() {
    for operator in [
        "StringEquals",
        "StringNotEquals",
        "NotIpAddress",
        "StringNotLikeIfExists",
        "ForAllValues:StringNotEquals",
        "Null",
    ] {
        for effect in ["Allow", "Deny"] {
            let statement = json!({ "Effect": effect, "Action": "*", "Resource": "*",
                "Condition": { operator: { "acs:SourceVpc": [] } } });
            let document = policy(&json!([statement]));
            let sentence = explain::sentence(ENGLISH, &document.statements[0], &Few);
            // Nothing equals one of no values, so that a negative operator may be met, and a Deny hold.
            let said = if operator.contains("Not") {
                "is compared with no value: never met where it would allow (not documented)."
            } else {
                "is compared with no value: taken as never met (not documented)."
            };
            assert!(sentence.ends_with(said), "{statement}\n{sentence}");
            for request in [
                Request::new("ecs:A").on("acs:ecs:*:1:instance/i"),
                Request::new("ecs:A").on("acs:ecs:*:1:instance/i").with("acs:SourceVpc", "v"),
                Request::partial("ecs:A"),
            ] {
                let answer = evaluate(ENGLISH, &[&document], &request);
                let denied = if operator.contains("Not") && effect == "Deny" {
                    vec![Decision::ExplicitDeny, Decision::ImplicitDeny]
                } else {
                    vec![Decision::ImplicitDeny]
                };
                assert_eq!(answer.possible, denied, "{statement}\n{answer:#?}");
                assert!(answer.notes.iter().any(|note| note.contains("not documented")));
            }
        }
    }
}

#[test]
fn what_is_empty_leaves_no_hole_in_a_reason() {
    let whys = |statement: &Value, request: &Request| {
        let answer = evaluate(ENGLISH, &[&policy(&json!([statement]))], request);
        let trace = &answer.trace[0];
        let parts = trace.parts.iter().map(|part| part.why.clone());
        let conditions = trace.conditions.iter().map(|condition| condition.why.clone());
        (parts.chain(conditions).collect::<Vec<_>>().join("; "), answer.notes.join(" "))
    };
    let request = Request::new("ecs:A").on("acs:ecs:cn:1:instance/i");
    let (why, _) =
        whys(&json!({ "Effect": "Allow", "Action": "", "Resource": ["", "a"] }), &request);
    assert!(why.contains("the action does not match an empty name"), "{why}");
    assert!(why.contains("the resource matches none of an empty name and a"), "{why}");
    for condition in [json!([{ "StringEquals": { "a:b": "c" } }]), json!({ "StringEquals": [] })] {
        let statement = |effect: &str| json!({ "Effect": effect, "Action": "*", "Resource": "*", "Condition": condition });
        let (why, notes) = whys(&statement("Allow"), &request);
        assert!(why.contains("the condition cannot be read"), "{why}");
        let told = "A condition cannot be read: whether the statement applies is not known.";
        assert_eq!(notes, told);
        for request in [&request, &Request::partial("ecs:A")] {
            let (_, notes) = whys(&statement("Deny"), request);
            assert_eq!(notes, told);
        }
    }
    let statement = json!({ "Effect": "Allow", "Action": "*", "Resource": "*",
        "Condition": { "": { "acs:SourceVpc": "v" } } });
    let (_, notes) = whys(&statement, &request);
    assert!(notes.starts_with("an empty name is no operator"), "{notes}");
}

/// What a template fills in is not known: it never decides alone, and a known value still does.
#[test]
fn a_value_that_the_text_does_not_tell_leaves_things_open() {
    use Decision::{Allow, Depends, ExplicitDeny, ImplicitDeny};
    let filled_in = json!({ "Ref": "Name" });
    let joined = json!({ "Fn::Join": ["", ["acs:ecs:*:*:", { "Ref": "Name" }]] });
    let request = Request::new("ecs:RunInstances")
        .on("acs:ecs:*:1:instance/i")
        .by("acs:ram::1:root")
        .with("acs:SourceVpc", "vpc-2");
    let everything = json!({ "Action": "*", "Resource": "*" });
    let with = |part: &str, value: Value| {
        let mut statement = everything.clone();
        let plain = part.trim_start_matches("Not");
        if part != plain {
            statement.as_object_mut().unwrap().remove(plain);
        }
        statement[part] = value;
        statement
    };
    let when = |operator: &str, value: Value| {
        with("Condition", json!({ operator: { "acs:SourceVpc": value } }))
    };
    for (statement, allow, deny) in [
        (with("NotAction", filled_in.clone()), Depends, Depends),
        (with("NotAction", json!([filled_in, "ram:*"])), Depends, Depends),
        (with("NotAction", json!(["ecs:*", filled_in])), ImplicitDeny, Allow),
        (with("NotAction", json!(["ram:*", null])), Depends, Depends),
        (with("Action", filled_in.clone()), Depends, Depends),
        (with("Action", json!([filled_in, "ecs:*"])), Allow, ExplicitDeny),
        (with("Resource", filled_in.clone()), Depends, Depends),
        (with("Resource", json!(["acs:ecs:*:*:*", joined])), Allow, ExplicitDeny),
        (with("NotResource", joined.clone()), Depends, Depends),
        (with("NotResource", json!([joined, "acs:ecs:*:*:*"])), ImplicitDeny, Allow),
        (with("Principal", json!({ "RAM": [filled_in] })), Depends, Depends),
        (with("Principal", json!({ "RAM": [filled_in, "acs:ram::1:root"] })), Allow, ExplicitDeny),
        (with("NotPrincipal", json!({ "RAM": filled_in })), Depends, Depends),
        (when("StringNotEquals", json!(["vpc-1", filled_in])), Depends, Depends),
        (when("StringNotEquals", json!(["vpc-2", filled_in])), ImplicitDeny, Allow),
        (when("StringEquals", filled_in.clone()), Depends, Depends),
        (when("StringEquals", json!(["vpc-2", filled_in])), Allow, ExplicitDeny),
        (when("ForAllValues:StringNotEquals", json!(["vpc-1", filled_in])), Depends, Depends),
        (when("ForAnyValue:StringEquals", json!(["vpc-1", filled_in])), Depends, Depends),
        (when("Null", filled_in.clone()), Depends, Depends),
    ] {
        let alone = json!([with_effect("Allow", &statement)]);
        assert_eq!(decided(&alone, &request), allow, "{alone}");
        let beside = json!([with_effect("Allow", &everything), with_effect("Deny", &statement)]);
        assert_eq!(decided(&beside, &request), deny, "{beside}");
        let document = policy(&alone);
        let sentence = explain::sentence(ENGLISH, &document.statements[0], &Few);
        let told = sentence.contains("${Name}") || sentence.contains("not known here");
        assert!(told, "{statement}\n{sentence}");
    }
}

#[test]
fn what_is_not_known_makes_a_difference() {
    let of = |value: Value| {
        policy(&json!([{ "Effect": "Allow", "Action": value, "Resource": "*",
            "Condition": { "StringEquals": { "acs:SourceVpc": "vpc-1" } } }]))
    };
    let (known, open) = (of(json!(["ecs:*"])), of(json!(["ecs:*", { "Ref": "Name" }])));
    assert!(compare(ENGLISH, &open, &open, &Few).is_same());
    let comparison = compare(ENGLISH, &known, &open, &Few);
    assert!(!comparison.is_same(), "{comparison:#?}");
}

/// What cannot be read never makes an answer firm: neither where it might deny, nor where it might allow.
#[test]
fn what_cannot_be_read_leaves_an_answer_open() {
    use Decision::{Allow, Depends, ImplicitDeny};
    let allow = json!({ "Effect": "Allow", "Action": "oss:*", "Resource": "*" });
    let request = Request::new("oss:GetObject").on("acs:oss:cn:1:b/k");
    let of = |effect: Value, action: Value| json!({ "Effect": effect, "Action": action, "Resource": "*" });
    let when = |effect: &str, condition: Value| json!({ "Effect": effect, "Action": "oss:*", "Resource": "*", "Condition": condition });
    let resource = |effect: &str, resource: &str| json!({ "Effect": effect, "Action": "oss:*", "Resource": resource });
    for (statement, alone, beside_allow) in [
        // Names in another case or with a slip: whether RAM reads them is not documented.
        (json!({ "effect": "Deny", "action": "oss:*", "resource": "*" }), ImplicitDeny, Depends),
        (json!({ "effect": "Deny", "action": "ecs:*", "resource": "*" }), ImplicitDeny, Allow),
        (json!({ "effect": "Allow", "action": "oss:*", "resource": "*" }), Depends, Allow),
        (json!({ "Effect": "Deny", "Actions": "oss:*", "Resource": "*" }), ImplicitDeny, Depends),
        (
            json!({ "Effect": "Allow", "Action": "oss:*", "Resource": "*", "condition": {} }),
            Depends,
            Allow,
        ),
        (
            json!({ "Effect": "Allow", "Action": "oss:*", "Resource": "*", "principal": "*" }),
            Depends,
            Allow,
        ),
        (
            json!({ "Effect": "Allow", "Action": "ecs:*", "actions": "oss:*", "Resource": "*" }),
            Depends,
            Allow,
        ),
        // Effects.
        (of(json!("DENY"), json!("oss:*")), ImplicitDeny, Depends),
        (of(json!("ALLOW"), json!("oss:*")), Depends, Allow),
        (of(json!(["Deny"]), json!("oss:*")), ImplicitDeny, Depends),
        (of(json!("${var.e}"), json!("oss:*")), Depends, Depends),
        (of(json!({ "Ref": "E" }), json!("oss:*")), Depends, Depends),
        (of(json!({ "Ref": "E" }), json!("ecs:*")), ImplicitDeny, Allow),
        (of(json!("Forbid"), json!("oss:*")), Depends, Depends),
        (of(json!({ "Fn::Sub": "Allow" }), json!("oss:*")), Allow, Allow),
        // Actions.
        (of(json!("Deny"), json!({ "a": "oss:*" })), ImplicitDeny, Depends),
        (of(json!("Deny"), json!([["oss:*"]])), ImplicitDeny, Depends),
        (of(json!("Deny"), json!(null)), ImplicitDeny, Depends),
        (of(json!("Allow"), json!(null)), Depends, Allow),
        // Statements.
        (json!([of(json!("Deny"), json!("oss:*"))]), Depends, Depends),
        (json!({ "Fn::If": ["c", allow, { "Ref": "ALIYUN::NoValue" }] }), Depends, Depends),
        (json!("${local.st}"), Depends, Depends),
        (json!(null), Depends, Depends),
        // Conditions.
        (when("Deny", json!({ "Ref": "C" })), ImplicitDeny, Depends),
        (when("Allow", json!({ "Fn::If": ["c", {}, {}] })), Depends, Allow),
        (when("Deny", json!({ "StringEquals": { "Ref": "C" } })), ImplicitDeny, Depends),
        (when("Deny", json!({ "$OP": { "acs:SourceIp": "v" } })), ImplicitDeny, Depends),
        (when("Deny", json!({ "StringEquals": { "$KEY": "v" } })), ImplicitDeny, Depends),
        (when("Deny", json!("x")), ImplicitDeny, Depends),
        (when("Allow", json!("x")), Depends, Allow),
        (json!({ "Effect": "Deny", "$ACT": "oss:*", "Resource": "*" }), ImplicitDeny, Depends),
        // Placeholders.
        (resource("Deny", "acs:oss:*:*:{{ .Values.b }}/*"), ImplicitDeny, Depends),
        (resource("Allow", "acs:oss:*:*:${bucket}/*"), Depends, Allow),
        (resource("Deny", "acs:oss:*:*:%s/*"), ImplicitDeny, Depends),
        (resource("Deny", "acs:oss:*:*:<bucket>/other"), ImplicitDeny, Allow),
        (of(json!("Deny"), json!("oss:{{ verb }}Object")), ImplicitDeny, Depends),
    ] {
        let answer = evaluate(ENGLISH, &[&policy(&json!([statement]))], &request);
        let by_itself = match answer.decision {
            Allow => Allow,
            _ if answer.may_be_allowed() => Depends,
            // Outright or not.
            _ => ImplicitDeny,
        };
        assert_eq!(by_itself, alone, "{statement}");
        let both = json!([allow, statement]);
        assert_eq!(decided(&both, &request), beside_allow, "{statement}");
        let answer = evaluate(ENGLISH, &[&policy(&both)], &request);
        assert_eq!(answer.depends_on.is_empty(), beside_allow != Depends, "{answer:#?}");
    }
}

#[test]
fn elements_beside_the_statements_and_other_names_of_them_are_open() {
    let deny = r#"[{"Effect":"Deny","Action":"oss:*","Resource":"*"}]"#;
    let allow = r#"[{"Effect":"Allow","Action":"oss:*","Resource":"*"}]"#;
    let request = Request::new("oss:GetObject").on("acs:oss:cn:1:b/k");
    let all = policy(&json!([{ "Effect": "Allow", "Action": "*", "Resource": "*" }]));
    for (text, decision) in [
        (format!(r#"{{"Version":"1","statement":{deny}}}"#), Decision::Depends),
        (format!(r#"{{"Version":"1","Statements":{deny}}}"#), Decision::Depends),
        (format!(r#"{{"Version":"1","Statement":{allow},"statement":{deny}}}"#), Decision::Depends),
        (r#"{"Version":"1","Statement":{"Ref":"S"}}"#.to_owned(), Decision::Depends),
        (r#"{"Version":"1","Statement":"${local.s}"}"#.to_owned(), Decision::Depends),
        (format!(r#"{{"Version":"1","Statement":{deny},"Condition":{{}}}}"#), Decision::Depends),
        (format!(r#"{{"Version":"1","$schema":"x","Statement":{deny}}}"#), Decision::ExplicitDeny),
        (format!(r#"{{"Version":"1","Name":"x","Statement":{deny}}}"#), Decision::ExplicitDeny),
    ] {
        let read = rolescope::policy::read::document(&text).unwrap();
        let answer = evaluate(ENGLISH, &[&all, &read.document], &request);
        assert_eq!(answer.decision, decision, "{text}\n{answer:#?}");
    }
}

#[test]
fn what_cannot_be_read_makes_nothing_the_same() {
    let compared =
        |left: &Value, right: &Value| compare(ENGLISH, &policy(left), &policy(right), &Few);
    let works = json!({ "Effect": "Allow", "Action": "a:X", "Resource": "*" });
    for one in [
        json!({ "Effect": { "Ref": "E" }, "Action": "a:X", "Resource": "*" }),
        json!({ "Fn::If": ["c", works, { "Ref": "ALIYUN::NoValue" }] }),
        json!([works]),
    ] {
        let comparison = compared(&json!([works, one]), &json!([works]));
        assert!(!comparison.is_same(), "{one}");
        assert_eq!(
            comparison.verdict,
            "The same as far as they can be read; what a statement that cannot be read allows or denies is not known."
        );
        assert_eq!(
            comparison.asides_of("A", "B"),
            ["What statement 2 of A allows or denies cannot be read; it was left out."]
        );
    }
    // An element that may be another is a condition more.
    let slip = json!({ "effect": "Allow", "Action": "a:X", "Resource": "*" });
    assert!(!compared(&json!([works]), &json!([slip])).is_same());
}

/// That the case of a tag counts is not documented.
#[test]
fn a_tag_in_another_case_may_be_the_same() {
    let statements = |operator: &str| {
        json!([
            { "Effect": "Allow", "Action": "*", "Resource": "*" },
            { "Effect": "Deny", "Action": "ecs:StopInstance", "Resource": "*",
              "Condition": { operator: { "acs:ResourceTag/Env": "prod" } } },
        ])
    };
    let request = |tag: &str, value: &str| {
        Request::new("ecs:StopInstance").on("acs:ecs:cn:1:instance/i").with(tag, value)
    };
    for (operator, tag, value, decision) in [
        ("StringEquals", "acs:ResourceTag/Env", "prod", Decision::ExplicitDeny),
        ("StringEquals", "acs:ResourceTag/env", "prod", Decision::Depends),
        ("StringEquals", "acs:ResourceTag/env", "dev", Decision::Allow),
        ("StringEquals", "acs:ResourceTag/other", "prod", Decision::Allow),
        ("StringNotEquals", "acs:ResourceTag/env", "prod", Decision::Depends),
        ("StringNotEquals", "acs:ResourceTag/env", "dev", Decision::ExplicitDeny),
    ] {
        let answer = evaluate(ENGLISH, &[&policy(&statements(operator))], &request(tag, value));
        assert_eq!(answer.decision, decision, "{operator} {tag}={value}");
        let told =
            answer.notes.iter().any(|note| note.contains("Whether the case of a tag counts"));
        assert_eq!(told, tag.ends_with("/env"), "{:?}", answer.notes);
    }
}

/// A request on nothing in particular is on no image either.
#[test]
fn a_deny_beside_some_resources_is_open_for_a_request_that_names_none() {
    let request = Request::new("ecs:RunInstances");
    let allow = json!({ "Effect": "Allow", "Action": "ecs:*", "Resource": "*" });
    for (but, decision) in [
        (json!("acs:ecs:*:*:image/*"), Decision::Depends),
        (json!(["acs:ecs:*:*:image/*", "*"]), Decision::Allow),
    ] {
        let deny = json!({ "Effect": "Deny", "Action": "ecs:RunInstances", "NotResource": but });
        let statements = json!([allow, deny]);
        assert_eq!(decided(&statements, &request), decision, "{statements}");
        let allows = json!([{ "Effect": "Allow", "Action": "ecs:*", "NotResource": but }]);
        assert_eq!(decided(&allows, &request), Decision::ImplicitDeny, "{allows}");
    }
}

/// Under Federated stand identity providers: a pattern there means all of them and nobody else.
#[test]
fn any_identity_provider_is_not_anyone() {
    let statements = json!([{ "Effect": "Allow", "Action": "sts:AssumeRole",
        "Principal": { "Federated": ["*"] } }]);
    let sentence = explain::sentence(ENGLISH, &policy(&statements).statements[0], &Few);
    assert_eq!(sentence, "Any identity provider may assume this role.");
    for (who, names) in [
        ("acs:ram::1:oidc-provider/p", true),
        ("acs:ram::1:saml-provider/p", true),
        ("acs:ram::1:user/x", false),
        ("acs:ram::1:role/r", false),
        ("acs:ram::1:root", false),
    ] {
        let request = Request::new("sts:AssumeRole").by(who);
        let answer = evaluate(ENGLISH, &[&policy(&statements)], &request);
        let part = answer.trace[0].parts.iter().find(|part| part.name == "Principal").unwrap();
        assert_eq!(part.truth == Truth::Yes, names, "{who}: {answer:#?}");
    }
}
