//! How large answers are of policies that write very much.

use std::fmt::Write as _;

use crate::support::{policy, run_with};

/// As many actions as resources in one statement.
fn crossed(number: usize) -> String {
    let list = |start: &str, end: &str| {
        let all: Vec<String> = (0..number).map(|n| format!("\"{start}{n}{end}\"")).collect();
        all.join(",")
    };
    policy(&format!(
        r#"{{"Effect":"Allow","Action":[{}],"Resource":[{}]}}"#,
        list("ecs:Do", "Thing"),
        list("acs:oss:*:*:bucket", "/*")
    ))
}

#[test]
fn a_limit_of_many_actions_stands_once_above_them() {
    let input = crossed(200);
    let text = run_with(&["summary", "-"], &input).out;
    let limit = text.lines().filter(|line| line.starts_with("    on acs:oss:*:*:bucket0/*"));
    // Under the service of the actions and under that of the resources.
    assert_eq!(limit.count(), 2, "{text}");
    assert_eq!(text.matches("\n      ecs:Do").count(), 400, "{text}");
    assert!(text.len() < 4 * input.len(), "{} bytes", text.len());
    // Data have the resources with each action.
    let json = run_with(&["summary", "-", "--json"], &input).json();
    let actions = &json["policies"][0]["services"][0]["levels"][0]["actions"];
    assert_eq!(actions[199]["grants"][0]["resources"].as_array().unwrap().len(), 200);
}

#[test]
fn what_many_actions_depend_on_is_listed_once() {
    let mut values = String::from("\"v\"");
    for n in 0..400 {
        write!(values, ",\"v{n}\"").unwrap();
    }
    let limited = |values: &str| {
        policy(&format!(
            r#"{{"Effect":"Allow","Action":"kms:*","Resource":"*","Condition":{{"StringEquals":{{"kms:tag/a":[{values}]}}}}}}"#
        ))
    };
    let args = ["who-can", "kms:*crypt*", "--policies", "-", "--json"];
    let long = run_with(&args, &limited(&values)).json();
    let short = run_with(&args, &limited("\"v\"")).json();
    let of = |json: &serde_json::Value| json["roles"][0]["actions"].as_array().unwrap().clone();
    let (long, short) = (of(&long), of(&short));
    assert!(long.len() > 2 && long.len() == short.len(), "{long:#?}");
    assert_eq!(long[0]["depends_on"][0]["values"].as_array().unwrap().len(), 401);
    for (n, (long, short)) in long.iter().zip(&short).enumerate() {
        assert_eq!(short["depends_on"][0]["values"].as_array().unwrap().len(), 1, "{short:#}");
        if n > 0 {
            assert_eq!(long["depends_on"].as_array().unwrap().len(), 0, "{long:#}");
            assert!(short["depends_on_as"].is_null(), "{short:#}");
        }
        assert_eq!(long["decision"], "depends", "{long:#}");
    }
    assert_eq!(long[1]["depends_on_as"], long[0]["action"]);
}

#[test]
fn a_plan_of_roles_that_may_all_bring_each_other_back_tells_some_reasons_and_that_there_are_more() {
    let count = 1_500;
    let roles: Vec<String> = (0..count)
        .map(|n| {
            let document = policy(
                r#"{"Effect":"Allow","Action":"ram:PassRole","Resource":"acs:ram:*:*:role/aliyunservicerole*"}"#,
            );
            format!(r#"{{"PolicyName":"AliyunServiceRolePolicyForX{n}","PolicyDocument":{document}}}"#)
        })
        .collect();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("pass.json");
    std::fs::write(&file, format!(r#"{{"Policies":{{"Policy":[{}]}}}}"#, roles.join(","))).unwrap();
    let told = run_with(&["removal", "product:pass", "--policies", file.to_str().unwrap()], "").out;
    let reasons = told.lines().filter(|line| line.contains("Its policy may create or pass"));
    assert_eq!(reasons.count(), 500, "{}", told.len());
    let head = told.lines().next().unwrap_or_default();
    assert!(head.contains("keeps only the reasons that are told"), "{head}");
    assert!(told.contains("And more, left out here"), "{}", told.len());
}

#[test]
fn the_matrix_counts_as_far_as_the_summary_does() {
    let all = 66_000;
    let list = |code: &str, end: &str| {
        let all: Vec<String> = (0..all).map(|n| format!("\"{code}:Do{n}{end}\"")).collect();
        all.join(",")
    };
    let input = policy(&format!(
        r#"{{"Effect":"Deny","Action":[{}],"Resource":"*"}},{{"Effect":"Allow","Action":[{}],"Resource":"*"}}"#,
        list("zzz", ""),
        list("yyy", "x*")
    ));
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("wide.json");
    std::fs::write(&path, &input).unwrap();
    let data = run_with(&["matrix", "--json", "--policies", path.to_str().unwrap()], "").json();
    let role =
        &data["roles"].as_array().unwrap().iter().find(|role| role["name"] == "wide").unwrap();
    let cell = |code: &str| {
        role["cells"].as_array().unwrap().iter().find(|cell| cell["service"] == code).unwrap()
    };
    assert_eq!(cell("zzz")["denied"], all, "{}", cell("zzz"));
    assert_eq!(cell("yyy")["patterns"], all, "{}", cell("yyy"));
    assert_eq!(cell("yyy")["actions"], all, "{}", cell("yyy"));
}

#[test]
fn what_is_left_out_is_counted_as_it_is() {
    let of = |number: usize| {
        let one = r#"{"Effect":"Allow","Action":"ecs:RunInstances","Resource":"*"}"#;
        policy(&vec![one; number].join(","))
    };
    for (number, told) in [
        (40, None),
        (41, Some("1 more statement about the action is in the JSON answer.")),
        (2_000, Some("1960 more statements about the action are in the JSON answer.")),
        (
            3_000,
            Some(
                "2960 more statements are about the action; the JSON answer has 2000 of all of them, ",
            ),
        ),
    ] {
        let args = ["can", "--policy", "-", "--action", "ecs:RunInstances"];
        let text = run_with(&args, &of(number)).out;
        assert_eq!(told.is_some(), text.contains("JSON answer"), "{number}: {text}");
        assert!(told.is_none_or(|told| text.contains(told)), "{number}: {text}");
        let json = run_with(&[&args[..], &["--json"]].concat(), &of(number)).json();
        let listed = json["trace"].as_array().unwrap().len();
        assert_eq!(listed, number.min(2_000), "{number}");
    }
}

#[test]
fn one_finding_that_is_left_out_is_one() {
    for (beyond, told) in
        [(1, "1 more finding is not listed."), (2, "2 more findings are not listed.")]
    {
        let odd: Vec<String> = (0..1_000 + beyond).map(|n| format!("\"Odd{n}\": 1")).collect();
        let text = policy(&format!(
            r#"{{"Effect":"Allow","Action":"ecs:RunInstances","Resource":"*",{}}}"#,
            odd.join(",")
        ));
        let said = run_with(&["check", "-"], &text).out;
        assert!(said.contains(told), "{}", said.lines().last().unwrap_or_default());
    }
}
