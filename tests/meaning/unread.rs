//! Elements without a value, and values that the text does not tell: one answer from every side.

use super::support::{Few, policy};
use rolescope::policy::compare::compare;
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
    for nothing in [json!([]), json!(null), json!({ "a": "b" }), json!([null]), json!([[]])] {
        for part in ["Action", "NotAction"] {
            statements.push((part, json!({ part: nothing, "Resource": "*" })));
        }
        for part in ["Resource", "NotResource"] {
            statements.push((part, json!({ "Action": "ecs:*", part: nothing })));
        }
    }
    for nobody in [json!({}), json!([]), json!({ "RAM": [] }), json!({ "RAM": null })] {
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
        assert_eq!(answer.decision, Decision::Allow, "{statements}");
        let open = part.starts_with("Not");
        let told = answer.notes.iter().any(|note| note.contains("has no value"));
        assert_eq!(told, open, "{statements} {:?}", answer.notes);
        let may = if open { Decision::Depends } else { Decision::Allow };
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
