//! What `can` and `who-can` say beside their answers, and where their answers must be the same.

use super::support::{Folder, policy, run};

/// A folder with one policy of these statements, and its file.
fn one(statements: &str) -> (Folder, String) {
    let folder = Folder::new();
    folder.file("mine.json", policy(statements));
    let file = format!("{}/mine.json", folder.top());
    (folder, file)
}

#[test]
fn what_is_denied_as_a_whole_is_no_could() {
    let (folder, _) = one(r#"{"Effect":"Allow","Action":"*:Get*","Resource":"*"},
        {"Effect":"Deny","Action":["oss:*","kms:Get*"],"Resource":"*"}"#);
    for (asked, code, heading) in [
        ("oss:*", 1, "Denied\n"),
        ("oss:Get*", 1, "Denied\n"),
        ("kms:*", 1, "Denied\n"),
        ("ecs:*", 0, "Could under a condition\n"),
    ] {
        let said = run(&["who-can", asked, "--policies", &folder.top()]);
        assert_eq!(said.code, code, "{asked}: {}", said.out);
        assert!(said.out.starts_with(heading), "{asked}: {}", said.out);
        assert_eq!(said.out.contains("Could"), code == 0, "{asked}: {}", said.out);
    }
}

#[test]
fn who_has_no_policies_is_asked_for_none() {
    let trust = |principal: &str| {
        one(&format!(r#"{{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{principal}}}"#))
    };
    let more = "a policy of who asks, which is not given";
    for (principal, needs) in [
        (r#"{"Service":"ecs.aliyuncs.com"}"#, false),
        (r#"{"Federated":"acs:ram::1:saml-provider/idp"}"#, false),
        (r#"{"RAM":"acs:ram::1:root"}"#, true),
        (r#"{"RAM":"acs:ram::1:root","Service":"ecs.aliyuncs.com"}"#, true),
    ] {
        let (folder, file) = trust(principal);
        let who = run(&["who-can", "sts:AssumeRole", "--policies", &folder.top()]);
        assert_eq!((who.code, who.out.contains(more)), (0, needs), "{principal} {}", who.out);
        let can = run(&["can", "--policy", &file, "--action", "sts:AssumeRole", "--partial"]);
        assert!(can.out.starts_with("depends"), "{principal} {}", can.out);
        assert_eq!(can.out.contains(more), needs, "{principal} {}", can.out);
    }
}

#[test]
fn a_hint_names_what_would_help() {
    let (_folder, file) =
        one(r#"{"Effect":"Allow","Action":"kms:Decrypt","Resource":"acs:kms:*:*:key/a"},
        {"Effect":"Allow","Action":"kms:Encrypt","Resource":"*",
         "Condition":{"StringEquals":{"kms:tag/a":"b"}}},
        {"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"RAM":"acs:ram::1:root"}}"#);
    for (action, more, hint) in [
        ("kms:Decrypt", &[][..], Some("--resource names one")),
        ("kms:Decrypt", &["--resource", "acs:kms:cn:1:key/b"], None),
        ("kms:Encrypt", &[], Some("--context gives them")),
        ("kms:Encrypt", &["--context", "kms:tag/a=c"], None),
        ("sts:AssumeRole", &[], Some("--principal names them")),
        ("sts:AssumeRole", &["--principal", "acs:ram::2:user/bob"], None),
        ("ram:ListUsers", &[], None),
    ] {
        let args = [&["can", "--policy", &file, "--action", action], more].concat();
        let said = run(&args);
        assert!(said.out.starts_with("implicit deny"), "{args:?} {}", said.out);
        let hints = said.out.lines().filter(|line| line.contains("--partial tells"));
        let hints: Vec<&str> = hints.collect();
        assert_eq!(hints.len(), usize::from(hint.is_some()), "{args:?} {}", said.out);
        assert!(hint.is_none_or(|hint| hints[0].contains(hint)), "{args:?} {}", said.out);
    }
}

#[test]
fn what_is_denied_in_any_case_is_headed_so() {
    let (_folder, file) = one(r#"{"Effect":"Deny","Action":"kms:Decrypt","Resource":"*",
        "Condition":{"IpAddress":{"acs:SourceIp":"10.0.0.0/8"}}}"#);
    let args = ["can", "--policy", &file, "--action", "kms:Decrypt", "--partial"];
    let said = run(&args);
    assert!(said.out.starts_with("denied: kms:Decrypt\n"), "{}", said.out);
    let data = run(&[&args[..], &["--json"]].concat()).json();
    assert_eq!(data["decision"], "depends", "{data:#}");
}

#[test]
fn an_action_that_is_known_or_denied_is_taken_for_no_slip() {
    let (folder, _) = one(r#"{"Effect":"Deny","Action":"oss:Delete*","Resource":"*"}"#);
    let top = folder.top();
    for (args, near) in [
        (&["who-can", "ecs:RunInstances"][..], false),
        (&["who-can", "sts:AssumeRole"], false),
        (&["who-can", "oss:DeleteObject", "--policies", &top], false),
        (&["who-can", "kms:Decrpyt"], true),
    ] {
        let said = run(args);
        assert_eq!(said.code, 1, "{args:?} {}", said.out);
        let told = said.out.contains("near to it") || said.out.contains("similar name");
        assert_eq!(told, near, "{args:?} {}", said.out);
    }
}

#[test]
fn a_service_that_roles_touch_is_found_before_a_role_of_its_name() {
    assert!(run(&["find", "fc"]).out.starts_with("Services (1)\n"));
    let chinese = run(&["find", "函数计算", "--lang", "zh"]).out;
    assert!(chinese.starts_with("服务（1）\n"), "{chinese}");
    // No role touches this one: to filter by it shows nothing.
    let untouched = run(&["find", "sts"]).out;
    assert!(untouched.starts_with("Roles ("), "{untouched}");
}
