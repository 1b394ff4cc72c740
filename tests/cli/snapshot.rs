//! What the commands say with a snapshot of an account.

use super::support::{Folder, run};
use serde_json::json;

const KMS: &str =
    r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"kms:Decrypt","Resource":"*"}]}"#;
const OSS: &str =
    r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"oss:GetObject","Resource":"*"}]}"#;
const TRUST: &str = r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole",
    "Principal":{"RAM":"acs:ram::999:root","Service":"ecs.aliyuncs.com"}}]}"#;

/// A snapshot with `MqttTunnel`, whose policy is another than the published one, and an ordinary role with two policies.
fn snapshot(folder: &Folder, complete: bool) -> String {
    let policy = |name: &str, document: Option<&str>| json!({"name": name, "type": "System", "version": "v2", "document": document});
    let attached = |name: &str| json!({"name": name, "type": "System", "version": "v2"});
    let tunnel = "AliyunServiceRolePolicyForMqttTunnel";
    folder.file(
        "account.json",
        json!({
            "format": "rolescope account snapshot", "schema": 1, "complete": complete,
            "taken": "2026-11-22T08:00:00Z", "account": "1234567890123456",
            "roles": [
                {"name": "AliyunServiceRoleForMqttTunnel", "service_linked": true, "trust": TRUST,
                    "policies": [attached(tunnel)]},
                {"name": "mine", "trust": TRUST, "policies": [attached("P1"), attached("P2")]},
            ],
            "policies": [
                policy(tunnel, Some(KMS)),
                policy("P1", Some(KMS)),
                policy("P2", complete.then_some(OSS)),
            ],
        })
        .to_string(),
    )
}

#[test]
fn the_text_of_the_account_decides_where_it_differs() {
    let folder = Folder::new();
    let file = snapshot(&folder, true);
    let with = |args: &[&str]| run(&[&["--snapshot", &*file], args].concat());
    let can = with(&["can", "MqttTunnel", "--action", "kms:Decrypt", "--json"]);
    assert_eq!((can.code, &can.json()["standing"]), (0, &json!("observed v2")), "{can:#?}");
    let text = with(&["policy", "MqttTunnel", "--json"]).json()["policies"][0]["text"].clone();
    assert_eq!(text, KMS);
    let matrix = with(&["matrix", "--product", "mqtt"]).out;
    assert!(matrix.contains("● MqttTunnel") && matrix.contains("KMS read 1"), "{matrix}");
    let who = with(&["who-can", "kms:Decrypt"]).out;
    assert!(who.contains("● AliyunServiceRoleForMqttTunnel"), "{who}");
    let show = with(&["show", "MqttTunnel"]).out;
    assert!(
        show.contains("drift: The policy differs from the catalogue's; the account's"),
        "{show}"
    );
    assert!(show.contains("version: v2; the catalogue has v1"), "{show}");
}

#[test]
fn an_ordinary_role_has_versions_of_all_its_policies_and_no_drift() {
    let folder = Folder::new();
    let file = snapshot(&folder, true);
    let show = run(&["--snapshot", &*file, "show", "mine"]).out;
    assert!(show.contains("  version: P1 v2, P2 v2\n"), "{show}");
    assert!(!show.contains("drift"), "{show}");
}

#[test]
fn existence_is_told_in_every_answer_and_of_none_that_was_not_looked_for() {
    let folder = Folder::new();
    let file = snapshot(&folder, true);
    let with = |args: &[&str]| run(&[&["--snapshot", &*file], args].concat());
    for (args, role) in [
        (&["matrix", "--json"][..], "MqttTunnel"),
        (&["who-can", "kms:Decrypt", "--json"], "MqttTunnel"),
        (&["list", "--json"], "MqttTunnel"),
    ] {
        let json = with(args).json();
        let exists = |name: &str| {
            let roles = json["roles"].as_array().unwrap();
            roles.iter().find(|one| one["short_name"] == name).unwrap()["exists"].clone()
        };
        assert_eq!((exists(role), exists("mine")), (true.into(), true.into()), "{args:?}");
        assert_eq!(exists("AlikafkaInstanceEncryption"), false, "{args:?}");
    }
    for args in [&["show", "MqttTunnel", "-f", "markdown"][..], &["export", "MqttTunnel"]] {
        let out = with(args).out;
        assert!(out.contains("in the account, read on 2026-11-22. The policy differs"), "{out}");
    }
    // An ordinary role was not looked for.
    let own = folder.file(
        "role.json",
        r#"{"Role": {"RoleName": "ours", "AssumeRolePolicyDocument": "{\"Version\":\"1\",\"Statement\":[]}"}}"#,
    );
    let list = with(&["list", "--policies", &own, "--json"]);
    assert_eq!(list.json()["roles"][0]["exists"], json!(null), "{list:#?}");
    let list = with(&["list", "--policies", &own]).out;
    assert!(!list.contains('○'), "{list}");
}

#[test]
fn who_may_assume_a_role_is_read_in_its_trust_policy() {
    let folder = Folder::new();
    let file = snapshot(&folder, true);
    let with = |args: &[&str]| run(&[&["--snapshot", &*file], args].concat());
    for args in [&["show", "MqttTunnel"][..], &["show", "mine", "-f", "markdown"]] {
        let out = with(args).out;
        let words = "account 999 and ecs.aliyuncs.com may assume the role (observed)";
        assert!(out.contains(words) && !out.contains(&format!("only {words}")), "{out}");
    }
    let trust = with(&["policy", "mine", "--trust"]);
    assert!(trust.err.is_empty(), "it was not written here: {trust:#?}");
}

#[test]
fn an_ordinary_role_has_no_call_for_service_linked_ones_and_its_policies_are_said_to_be_several() {
    let folder = Folder::new();
    let file = snapshot(&folder, true);
    let with = |args: &[&str]| run(&[&["--snapshot", &*file], args].concat());
    let show = with(&["show", "mine", "--json"]).json();
    assert_eq!(show["commands"]["delete"], json!(null), "{show:#}");
    assert_eq!((&show["exists"], &show["touch"]), (&json!(true), &json!(null)));
    let policy = with(&["policy", "mine"]);
    assert!(policy.err.contains("has 2 policies, shown here as one: P1, P2"), "{policy:#?}");
    assert!(with(&["show", "MqttTunnel", "--json"]).json()["commands"]["delete"].is_string());
    // The list that it stands in is no product.
    let products = with(&["removal", "zzzzz"]).err;
    assert!(products.contains("the products are alikafka") && !products.contains("observed"));
    with(&["removal", "product:observed-roles"]).is_refused("no service-linked role");
}

#[test]
fn what_was_not_read_is_told_beside_every_answer_and_leaves_it_open() {
    let folder = Folder::new();
    let file = snapshot(&folder, false);
    for args in [&["list"][..], &["who-can", "kms:Decrypt"], &["summary", "mine"]] {
        let said = run(&[&["--snapshot", &*file], args].concat());
        assert!(
            said.err.contains("is not complete: 1 role or policy of it was not read"),
            "{said:#?}"
        );
    }
    let can = run(&["--snapshot", &file, "can", "mine", "--action", "oss:GetObject", "--json"]);
    assert_eq!(can.json()["decision"], "depends", "{can:#?}");
}

/// A snapshot of a role with these policies, each name, type and text; None where it was not read.
fn of_role(folder: &Folder, policies: &[(&str, &str, Option<&str>)]) -> String {
    let attached = |(name, kind, _): &(&str, &str, _)| json!({"name": name, "type": kind});
    let policy = |(name, kind, text): &(&str, &str, Option<&str>)| json!({"name": name, "type": kind, "document": text});
    let role = json!({"name": "mine", "trust": TRUST,
        "policies": policies.iter().map(attached).collect::<Vec<_>>()});
    let all = json!({
        "format": "rolescope account snapshot", "schema": 1, "complete": true,
        "taken": "2026-11-22T08:00:00Z", "account": "1234567890123456", "roles": [role],
        "policies": policies.iter().map(policy).collect::<Vec<_>>(),
    });
    folder.file("role.json", all.to_string())
}

#[test]
fn a_policy_that_was_not_read_may_deny_what_another_allows() {
    const DENY: &str = r#"{"Version":"1","Statement":[
        {"Effect":"Deny","Action":"kms:Decrypt","Resource":"*"}]}"#;
    let unsure = DENY.replace("Statement", "statement");
    let read = ("Q", "Custom", Some(KMS));
    let p = |text| ("P", "Custom", text);
    let by_p = "the text of P, which was not read, ";
    let by_both = "the text of P and S, which was not read, ";
    let s = ("S", "System", None);
    for (policies, action, decision, possible, sentence) in [
        (vec![read], "kms:Decrypt", "allow", &["allow"][..], "Allowed by statement 1.".to_owned()),
        (
            vec![p(None), read],
            "kms:Decrypt",
            "depends",
            &["allow", "explicit_deny"],
            format!("Allowed unless {by_p}denies it."),
        ),
        (
            vec![p(Some(&unsure)), read],
            "kms:Decrypt",
            "depends",
            &["allow", "explicit_deny"],
            format!("Allowed unless {by_p}denies it."),
        ),
        (
            vec![p(None), read, s],
            "oss:GetObject",
            "depends",
            &["allow", "implicit_deny", "explicit_deny"],
            format!("Allowed if {by_both}allows it."),
        ),
        (
            vec![p(None), ("D", "Custom", Some(DENY))],
            "kms:Decrypt",
            "explicit_deny",
            &["explicit_deny"],
            "Denied by statement 1.".to_owned(),
        ),
    ] {
        let folder = Folder::new();
        let file = of_role(&folder, &policies);
        let asked = ["--snapshot", &file, "can", "mine", "--action", action, "--resource", "*"];
        let said = run(&[&asked[..], &["--json"]].concat());
        let json = said.json();
        assert_eq!(json["decision"], decision, "{said:#?}");
        assert_eq!(json["possible"], json!(possible), "{said:#?}");
        assert_eq!(said.code, i32::from(decision != "allow"), "{said:#?}");
        let said = run(&asked);
        assert!(said.out.contains(&sentence), "{said:#?}");
    }
    let folder = Folder::new();
    let file = of_role(&folder, &[p(None), read]);
    let who = run(&["--snapshot", &file, "who-can", "kms:Decrypt"]).out;
    let could = who.split("Could under a condition").nth(1).unwrap_or_default();
    assert!(could.contains(&format!("● mine ◐\n    unless {by_p}denies it")), "{who}");
    let who = run(&["--snapshot", &file, "who-can", "oss:GetObject"]).out;
    assert!(who.contains(&format!("● mine ◐\n    only if {by_p}allows it")), "{who}");
}

#[test]
fn the_command_for_what_was_not_read_names_it_and_its_type() {
    let command = |kind: &str, name: &str| {
        format!("aliyun ram GetPolicy --PolicyType {kind} --PolicyName {name}")
    };
    let (q, r) = (("Q", "Custom", Some(KMS)), ("R", "System", Some(OSS)));
    let (p, s) = (("P", "Custom", None), ("S", "System", None));
    for (policies, whole, fetch) in [
        (vec![p, q], false, command("Custom", "P")),
        (vec![p, q, r], false, command("Custom", "P")),
        (vec![p, q, s], false, [command("Custom", "P"), command("System", "S")].join("; ")),
        (vec![q], true, command("Custom", "Q")),
        (vec![q, r], true, [command("Custom", "Q"), command("System", "R")].join("; ")),
    ] {
        let folder = Folder::new();
        let file = of_role(&folder, &policies);
        let with = |args: &[&str]| run(&[&["--snapshot", &*file], args].concat());
        let show = with(&["show", "mine", "--json"]).json();
        assert_eq!(show["policy"]["fetch_command"], fetch, "{show:#}");
        let told = format!("The true text: {fetch}\n");
        let can = with(&["can", "mine", "--action", "a:B"]).err;
        assert_eq!(can.contains(&told), !whole, "{can}");
        assert_eq!(with(&["show", "mine"]).out.contains(&told), !whole);
    }
}

#[test]
fn a_role_without_a_policy_may_do_nothing() {
    let folder = Folder::new();
    let file = of_role(&folder, &[]);
    let with = |args: &[&str]| run(&[&["--snapshot", &*file], args].concat());
    let can = with(&["can", "mine", "--action", "kms:Decrypt"]);
    assert_eq!(can.code, 1, "{can:#?}");
    assert!(can.out.starts_with("implicit deny: "), "{can:#?}");
    let note = "No policy is attached to the role in the account, so nothing is allowed to it.";
    assert!(can.err.contains(note), "{can:#?}");
    let show = with(&["show", "mine"]).out;
    assert!(show.contains(note) && !show.contains("not read"), "{show}");
    let json = with(&["show", "mine", "--json"]).json();
    assert_eq!(json["policy"]["fetch_command"], json!(null), "{json:#}");
    let who = with(&["who-can", "kms:Decrypt", "--json"]).json();
    let roles = who["roles"].as_array().unwrap();
    let mine = roles.iter().find(|role| role["name"] == "mine").unwrap();
    assert_eq!(mine["answer"], "no", "{who:#}");
}
