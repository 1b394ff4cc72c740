//! What is given with a request: actions that nobody knows, patterns, keys with an equals sign, who asks for a role.

use super::support::{Folder, policy, run, run_with};
use serde_json::json;

#[test]
fn what_is_no_action_is_refused() {
    for (action, words) in [
        ("", "no action is given"),
        (" ", "no action is given"),
        ("DescribeInstances", "near to it: "),
        ("Zzzzzz", "the action Zzzzzz has no service"),
    ] {
        let said = run(&["can", "Connector", "--action", action]);
        said.is_refused(words);
    }
}

#[test]
fn a_misspelled_action_is_told_once_with_near_names() {
    let folder = Folder::new();
    let own = r#"{"Effect": "Allow", "Action": ["oss:GetObjects", "ecs:Stop*"], "Resource": "*"}"#;
    let file = folder.file("p.json", policy(own));
    for (action, told) in [
        ("ecs:DescribeInstances", false),
        ("ecs:DescribeInstancse", true),
        // The policy itself writes it.
        ("oss:GetObjects", false),
        ("oss:GetObjectz", true),
        // A pattern of the policy allows it, however it is called.
        ("ecs:StopInstancse", false),
        ("qqqqq:Zzzzzzzzzz", false),
        // Another action, which the catalogue happens not to know.
        ("ecs:DescribeInstanceStatus", false),
    ] {
        let said = run(&["can", "--policy", &file, "--action", action]);
        let words = format!("{action} is not among the actions known here; near to it: ");
        assert_eq!(said.err.matches(&words).count(), usize::from(told), "{said:#?}");
        assert_eq!(said.err.is_empty(), !told, "{said:#?}");
    }
}

#[test]
fn a_resource_or_principal_that_is_none_in_full_is_told_with_its_form() {
    let folder = Folder::new();
    let own = r#"{"Effect": "Allow", "Action": "oss:GetObject", "Resource": "acs:oss:*:*:b/*"}"#;
    let file = folder.file("p.json", policy(own));
    let ask = |option: &str, typed: &str| {
        run(&["can", "--policy", &file, "--action", "oss:GetObject", option, typed])
    };
    for (resource, told) in [
        ("mybucket/x", true),
        ("instance/i-001", true),
        ("arn:aws:s3:::mybucket/x", true),
        ("acs:oss", true),
        ("acs:oss:cn-hangzhou:1:b/x", false),
        ("acs:oss:*", false),
        ("*", false),
    ] {
        let said = ask("--resource", resource);
        let words = "Resources are named acs:service:region:account:name";
        assert_eq!(said.err.contains(words), told, "{resource}: {said:#?}");
    }
    for (principal, told) in [
        ("alice", true),
        ("user/alice", true),
        ("alice@example.com", true),
        ("arn:aws:iam::1:user/alice", true),
        ("acs:ram::1:user/alice", false),
        ("arn:sts::1:assumed-role/r/s", false),
        ("1234567890123456", false),
        ("ecs.aliyuncs.com", false),
        ("*", false),
    ] {
        let said = ask("--principal", principal);
        let words = format!("{principal} is no principal in full");
        assert_eq!(said.err.contains(&words), told, "{principal}: {said:#?}");
    }
}

#[test]
fn a_pattern_stands_for_all_that_it_matches() {
    let folder = Folder::new();
    let all = r#"{"Effect": "Allow", "Action": "oss:*", "Resource": "acs:oss:*:*:b/*"}"#;
    let deny = r#"{"Effect": "Deny", "Action": "oss:GetS*", "Resource": "*"}"#;
    let file = folder.file("p.json", policy(&format!("{all}, {deny}")));
    for (action, resource, decision) in [
        ("oss:Get*", "acs:oss:*:*:b/x", "depends"),
        ("oss:Put*", "acs:oss:*:*:b/x", "allow"),
        ("oss:GetS*", "acs:oss:*:*:b/x", "explicit_deny"),
        ("oss:PutObject", "acs:oss:*:*:b/x/*", "allow"),
        ("oss:PutObject", "acs:oss:*:*:b*", "depends"),
        ("oss:PutObject", "acs:ecs:*:*:c*", "implicit_deny"),
    ] {
        let args = ["can", "--policy", &file, "--action", action, "--resource", resource, "--json"];
        let said = run(&args);
        assert_eq!(said.json()["decision"], decision, "{args:?} {said:#?}");
        assert_eq!(said.code, i32::from(decision != "allow"), "{args:?}");
    }
}

#[test]
fn a_key_ends_where_a_policy_says_so() {
    let folder = Folder::new();
    let tagged = r#"{"Effect": "Allow", "Action": "ecs:StopInstance", "Resource": "*",
        "Condition": {"StringEquals": {"ecs:tag/a=b": "c"}}}"#;
    let file = folder.file("p.json", policy(tagged));
    for (given, key, code, told) in [
        ("ecs:tag/a=b=c", "ecs:tag/a=b", 0, false),
        ("ecs:tag/a=b=c=d", "ecs:tag/a=b", 1, false),
        ("ecs:tag/a=c", "ecs:tag/a", 1, true),
        ("ecs:tag/z=b=c", "ecs:tag/z", 1, true),
    ] {
        let said = run(&[
            "can",
            "--policy",
            &file,
            "--action",
            "ecs:StopInstance",
            "--context",
            given,
            "--json",
        ]);
        assert_eq!(said.code, code, "{said:#?}");
        assert!(!said.json()["request"]["context"][key].is_null(), "{said:#?}");
        let words = format!("No statement asks for {key}.");
        assert_eq!(said.err.contains(&words), told, "{said:#?}");
        let top = folder.top();
        let who =
            run(&["who-can", "ecs:StopInstance", "--policies", &top, "--context", given, "--json"]);
        assert!(!who.json()["context"][key].is_null(), "{who:#?}");
        assert_eq!(who.err.contains(&words), told, "{who:#?}");
    }
}

#[test]
fn the_trust_policy_of_a_role_says_who_may_assume_it() {
    let ask = |who: &str| {
        run(&["can", "AlikafkaConnector", "--action", "sts:AssumeRole", "--principal", who])
    };
    let service = ask("connector.alikafka.aliyuncs.com");
    assert_eq!(service.code, 0, "{service:#?}");
    assert!(service.err.contains("Decided by the trust policy of "), "{service:#?}");
    let other = ask("ecs.aliyuncs.com");
    assert_eq!(other.code, 1, "{other:#?}");
    assert!(other.out.contains("the trust policy does not allow it"), "{other:#?}");
    // Without who asks it is about what the role may do.
    let own = run(&["can", "AlikafkaConnector", "--action", "sts:AssumeRole"]);
    assert!(!own.err.contains("Decided by the trust policy"), "{own:#?}");
}

#[test]
fn a_trust_policy_has_no_resource_to_be_named() {
    let folder = Folder::new();
    let trust = r#"{"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": "ecs.aliyuncs.com"}}"#;
    let read = r#"{"Effect": "Allow", "Action": "oss:GetObject", "Resource": "acs:oss:*:*:b/*"}"#;
    for (statement, action, noted) in
        [(trust, "sts:AssumeRole", false), (read, "oss:GetObject", true)]
    {
        let file = folder.file("p.json", policy(statement));
        let said = run(&["can", "--policy", &file, "--action", action]);
        assert_eq!(said.out.contains("The request names no resource"), noted, "{said:#?}");
    }
}

#[test]
fn what_is_open_about_a_name_is_told_in_text_and_data() {
    let folder = Folder::new();
    let all = r#"{"Effect": "Allow", "Action": "oss:*", "Resource": "*"}"#;
    folder.file("p.json", policy(all));
    let top = folder.top();
    let note = "oss:* would cover an action that *:*Zzz* matches; none is known.";
    let text = run(&["who-can", "Zzz", "--policies", &top]);
    assert_eq!(text.code, 0, "{text:#?}");
    assert!(text.out.contains(note), "{text:#?}");
    let json = run(&["who-can", "Zzz", "--policies", &top, "--json"]).json();
    assert_eq!(json["roles"][0]["answer"], "conditional", "{json:#}");
    assert_eq!(json["roles"][0]["notes"], json!([note]), "{json:#}");
    assert_eq!(
        json["roles"][0]["conditions"],
        json!(["only if it is an action that oss:* and *:*Zzz* both match"])
    );
}

#[test]
fn everything_but_a_list_is_no_name_of_an_action() {
    let folder = Folder::new();
    let but = r#"{"Effect": "Allow", "NotAction": ["ram:*", "sts:*"], "Resource": "*"}"#;
    let one = r#"{"Effect": "Allow", "Action": "oss:GetObject", "Resource": "*"}"#;
    let files = [folder.file("a.json", policy(but)), folder.file("b.json", policy(one))];
    let json = run(&["diff", &files[0], &files[1], "--json"]).json();
    assert_eq!(json["actions_gone"], json!([]), "{json:#}");
    assert_eq!(json["actions_gone_except"], json!([["ram:*", "sts:*"]]), "{json:#}");
    assert_eq!(json["actions_added_except"], json!([]), "{json:#}");
}

#[test]
fn names_that_a_chinese_input_method_types_are_read() {
    for (wide, plain) in [
        (
            &["can", "MqttTunnel", "--action", "ｖｐｃ：ＤescribeVSwitches", "--partial"][..],
            &["can", "MqttTunnel", "--action", "vpc:DescribeVSwitches", "--partial"][..],
        ),
        (&["who-can", "ｖｐｃ：DescribeVSwitches"], &["who-can", "vpc:DescribeVSwitches"]),
        (&["list", "--service", "ＶＰＣ"], &["list", "--service", "VPC"]),
        (&["list", "--product", "ｍｑｔｔ"], &["list", "--product", "mqtt"]),
        (&["removal", "product：mqtt"], &["removal", "product:mqtt"]),
        (&["find", "ｆｃ"], &["find", "fc"]),
    ] {
        let (wide, plain) = (run(wide), run(plain));
        assert_eq!((wide.code, &wide.out), (plain.code, &plain.out), "{wide:#?}");
        assert!(!wide.out.is_empty(), "{wide:#?}");
    }
    // What stands in a policy stays what it is: RAM knows no such service.
    let wide = policy(r#"{"Effect":"Allow","Action":"ｖｐｃ：DescribeVSwitches","Resource":"*"}"#);
    let args = ["can", "--policy", "-", "--action", "ｖｐｃ：DescribeVSwitches"];
    let said = run_with(&args, &wide);
    assert!(said.code == 1 && said.out.contains("vpc:DescribeVSwitches"), "{said:#?}");
}
