//! What matches nothing is counted nowhere: one answer in `check`, `summary`, `explain`, `matrix`, `list`, `who-can`
//! and `can`.

use super::support::{Folder, policy, run, run_with};

/// What every command says of a statement that matches nothing, beside one that matches.
fn matches_nothing(statement: &str, service: &str, action: &str, why: &str) {
    let real = r#"{"Effect":"Allow","Action":"ecs:DescribeInstances","Resource":"*"}"#;
    let folder = Folder::new();
    folder.file("mine.json", policy(&format!("{real},{statement}")));
    let (top, text) = (folder.top(), policy(&format!("{real},{statement}")));
    let summary = run_with(&["summary", "-"], &text).out;
    let (granted, idle) = summary.split_once("Statements that match nothing").expect(&summary);
    assert!(!granted.contains(&format!("({service})")) && idle.contains(why), "{summary}");
    let explained = run_with(&["explain", "-"], &text).out;
    assert!(explained.contains("2. Does nothing"), "{explained}");
    for args in [
        &["list", "--policies", &top, "--service", service][..],
        &["matrix", "--policies", &top, "--service", service],
        &["who-can", action, "--policies", &top],
    ] {
        let said = run(args);
        assert_eq!(said.code, 1, "{args:?} {}", said.out);
        assert!(!said.out.contains("Could under"), "{args:?} {}", said.out);
    }
    let mine = format!("{top}/mine.json");
    let said = run(&["can", "--policy", &mine, "--action", action, "--partial"]);
    assert!(said.code == 1 && said.out.starts_with("implicit deny"), "{}", said.out);
    let warned = run(&["check", &mine]);
    assert_ne!(warned.out, "", "{}", warned.out);
}

#[test]
fn names_without_a_colon_are_no_actions() {
    let statement = r#"{"Effect":"Allow","Action":["kms","Decrypt"],"Resource":"*"}"#;
    matches_nothing(statement, "kms", "kms:Decrypt", "is about no action: it matches nothing.");
}

#[test]
fn a_condition_that_no_request_meets_lets_nothing_through() {
    let never = r#"{"Effect":"Allow","Action":"kms:Decrypt","Resource":"*",
        "Condition":{"DateLessThan":{"acs:CurrentTime":"2025-13-01"}}}"#;
    matches_nothing(never, "kms", "kms:Decrypt", "a condition that no request meets");
}

#[test]
fn conditions_that_exclude_each_other_let_nothing_through() {
    let apart = r#"{"Effect":"Allow","Action":"kms:Decrypt","Resource":"*","Condition":{
        "StringEquals":{"acs:SourceVpc":"vpc-a"},"StringNotEquals":{"ACS:SourceVpc":"vpc-a"}}}"#;
    matches_nothing(apart, "kms", "kms:Decrypt", "two conditions that no request meets together");
}

#[test]
fn a_name_without_a_colon_beside_actions_is_left_out() {
    let text = policy(r#"{"Effect":"Allow","Action":["kms","ecs:StopInstance"],"Resource":"*"}"#);
    let summary = run_with(&["summary", "-"], &text).out;
    assert!(summary.contains("(ecs)") && !summary.contains("kms"), "{summary}");
    let explained = run_with(&["explain", "-"], &text).out;
    assert!(explained.contains("The holder may use ecs:StopInstance"), "{explained}");
    assert!(!explained.contains("use kms"), "{explained}");
    let folder = Folder::new();
    folder.file("mine.json", text);
    let who = run(&["who-can", "*", "--policies", &folder.top()]).out;
    assert!(who.contains("ecs:StopInstance") && !who.contains("kms"), "{who}");
}

#[test]
fn what_a_template_fills_in_may_be_an_action() {
    let text = policy(r#"{"Effect":"Allow","Action":"${Service}","Resource":"*"}"#);
    let summary = run_with(&["summary", "-"], &text).out;
    assert!(!summary.contains("match nothing"), "{summary}");
}
