//! `can` and `who-can`.

use super::support::{Folder, answer_of_get_policy, policy, run, run_with};
use serde_json::json;

const READ: &str = r#"{"Effect": "Allow", "Action": "ecs:Describe*", "Resource": "*"}"#;
const NO_DISKS: &str = r#"{"Effect": "Deny", "Action": "ecs:DescribeDisks", "Resource": "*"}"#;
const ONE_BUCKET: &str =
    r#"{"Effect": "Allow", "Action": "oss:GetObject", "Resource": "acs:oss:*:*:mine/*"}"#;

#[test]
fn the_three_decisions_and_their_exit_statuses() {
    let folder = Folder::new();
    let file = folder.file("p.json", policy(&format!("{READ}, {NO_DISKS}")));
    for (action, decision, code) in [
        ("ecs:DescribeInstances", "allow", 0),
        ("ECS:describeinstances", "allow", 0),
        ("ecs:DescribeDisks", "explicit_deny", 1),
        ("ecs:StopInstance", "implicit_deny", 1),
    ] {
        let said = run(&["can", "--policy", &file, "--action", action, "--json"]);
        let json = said.json();
        assert_eq!((&json["decision"], said.code), (&json!(decision), code), "{action} {json:#}");
        assert_eq!(json["schema"], 1);
        assert_eq!(said.err, "");
        let text = run(&["can", "--policy", &file, "--action", action]);
        assert_eq!(text.code, code, "{text:#?}");
        assert!(text.out.starts_with(&decision.replace('_', " ")), "{text:#?}");
    }
}

#[test]
fn the_trace_names_parts_conditions_and_places() {
    let folder = Folder::new();
    let statement = "\n{\"Effect\": \"Allow\", \"Action\": \"kms:Decrypt\", \"Resource\": \"*\",\n\
        \"Condition\": {\"StringEquals\": {\"kms:tag/acs:rds:instance-encryption\": [\"true\", \"yes\"]}}}";
    let file = folder.file("p.json", policy(statement));
    let said = run(&[
        "can",
        "--policy",
        &file,
        "--action",
        "kms:Decrypt",
        "--context",
        "kms:tag/acs:rds:instance-encryption=no",
        "--json",
    ]);
    let json = said.json();
    assert_eq!(json["decision"], "implicit_deny", "{json:#}");
    let trace = &json["trace"][0];
    assert_eq!(trace["policy"], 1);
    assert_eq!(trace["statement"], 1);
    assert_eq!(trace["line"], 2);
    assert_eq!(trace["column"], 1);
    assert_eq!(trace["effect"], "Allow");
    assert_eq!(trace["matches"], "no");
    assert_eq!(trace["parts"][0]["name"], "Action");
    assert_eq!(trace["parts"][0]["matches"], "yes");
    let condition = &trace["conditions"][0];
    assert_eq!(condition["line"], 3);
    assert_eq!(condition["expected"], json!(["true", "yes"]));
    assert_eq!(condition["actual"], json!(["no"]));
    assert_eq!(condition["matches"], "no");
}

#[test]
fn contexts_split_at_the_first_equals_sign_and_may_repeat() {
    let folder = Folder::new();
    let statement = r#"{"Effect": "Allow", "Action": "x:Y", "Resource": "*", "Condition": {"StringEquals": {
        "acs:ResourceTag/a:b/c": "d=e"}}}"#;
    let file = folder.file("p.json", policy(statement));
    let can = |context: &[&str]| {
        let mut args = vec!["can", "--policy", &file, "--action", "x:Y", "--json"];
        for pair in context {
            args.extend(["--context", pair]);
        }
        run(&args)
    };
    assert_eq!(can(&["acs:ResourceTag/a:b/c=d=e"]).code, 0);
    assert_eq!(can(&["acs:resourcetag/A:B/C=other", "acs:ResourceTag/a:b/c=d=e"]).code, 0);
    assert_eq!(can(&["acs:ResourceTag/a:b/c=d"]).code, 1);
    assert_eq!(can(&[]).code, 1);
    let both = can(&["k=1", "K=2", "empty="]).json();
    assert_eq!(both["request"]["context"], json!({"k": ["1", "2"], "empty": [""]}));
    can(&["no-equals-sign"]).is_refused("key, an equals sign and a value");
    can(&["=x"]).is_refused("key, an equals sign and a value");
}

#[test]
fn several_files_and_standard_input_decide_together() {
    let folder = Folder::new();
    let allow = folder.file("allow.json", policy(READ));
    let deny = folder.file("deny.json", policy(NO_DISKS));
    let both = run(&["can", "--policy", &allow, &deny, "--action", "ecs:DescribeDisks", "--json"]);
    assert_eq!(both.json()["decision"], "explicit_deny");
    let again = run(&[
        "can",
        "--policy",
        &allow,
        "--policy",
        &deny,
        "--action",
        "ecs:DescribeDisks",
        "--json",
    ]);
    assert_eq!(again.json()["deciding"]["policy"], 2);
    assert_eq!(again.json()["policies"].as_array().unwrap().len(), 2);
    let args = ["can", "--policy", "-", "--action", "ecs:DescribeDisks", "--json"];
    assert_eq!(run_with(&args, &policy(READ)).json()["decision"], "allow");
    let args = ["can", "--policy", &deny, "-", "--action", "ecs:DescribeDisks", "--json"];
    assert_eq!(run_with(&args, &policy(READ)).json()["decision"], "explicit_deny");
}

#[test]
fn resources_and_what_is_not_given() {
    let folder = Folder::new();
    let file = folder.file("p.json", policy(ONE_BUCKET));
    let can = |more: &[&str]| {
        let mut args = vec!["can", "--policy", &file, "--action", "oss:GetObject", "--json"];
        args.extend(more);
        run(&args)
    };
    assert_eq!(can(&["--resource", "acs:oss:*:1:mine/a"]).code, 0);
    assert_eq!(can(&["--resource", "acs:oss:*:1:yours/a"]).code, 1);
    // A request on no particular resource.
    assert_eq!(can(&[]).json()["decision"], "implicit_deny");
    let open = can(&["--partial"]);
    assert_eq!((open.json()["decision"].clone(), open.code), (json!("depends"), 1));
    assert_eq!(open.json()["depends_on"][0]["on"], "Resource");
    assert_eq!(can(&["--partial", "--resource", "acs:oss:*:1:mine/a"]).json()["decision"], "allow");
}

#[test]
fn a_resource_that_was_not_asked_for_is_covered_by_the_whole_service() {
    for (resource, action, decision) in [
        ("*", "oss:GetObject", "allow"),
        ("acs:oss:*:*:*", "oss:GetObject", "allow"),
        ("acs:oss:*:*:*", "OSS:getobject", "allow"),
        ("acs:oss:*:1:*", "oss:GetObject", "implicit_deny"),
        ("acs:oss:*:*:*/*", "oss:GetObject", "implicit_deny"),
        ("acs:ecs:*:*:*", "oss:GetObject", "implicit_deny"),
    ] {
        let text = policy(&format!(
            r#"{{"Effect": "Allow", "Action": "oss:*", "Resource": "{resource}"}}"#
        ));
        let said = run_with(&["can", "--policy", "-", "--action", action, "--json"], &text);
        let json = said.json();
        assert_eq!(json["decision"], decision, "{resource} {json:#}");
        let note = json["notes"].to_string();
        assert!(note.contains("The request names no resource"), "{resource} {note}");
    }
}

#[test]
fn everybody_of_a_bucket_policy_is_told_with_its_owner() {
    for (condition, owner) in [
        ("", "does not count for the owner of the bucket"),
        (
            r#", "Condition": {"Bool": {"acs:SecureTransport": "false"}}"#,
            "counts for the owner of the bucket too",
        ),
    ] {
        let text = policy(&format!(
            r#"{{"Effect": "Deny", "Action": "oss:*", "Principal": ["*"], "Resource": "*"{condition}}}"#
        ));
        let mut args = vec!["can", "--policy", "-", "--action", "oss:GetObject"];
        args.extend(["--context", "acs:SecureTransport=false"]);
        let said = run_with(&args, &text);
        assert!(said.out.starts_with("explicit deny") && said.out.contains(owner), "{said:#?}");
    }
}

#[test]
fn conditions_that_are_open_are_named() {
    let folder = Folder::new();
    let statement = r#"{"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {"IpAddress": {
        "acs:SourceIp": "10.0.0.0/8"}}}"#;
    let file = folder.file("p.json", policy(statement));
    let args = ["can", "--policy", &file, "--action", "x:Y", "--partial", "--json"];
    let json = run(&args).json();
    assert_eq!(json["decision"], "depends");
    assert_eq!(json["possible"], json!(["allow", "implicit_deny"]));
    assert_eq!(json["depends_on"][0]["key"], "acs:SourceIp");
    assert_eq!(json["depends_on"][0]["operator"], "IpAddress");
    assert_eq!(json["trace"][0]["conditions"][0]["actual"], "unknown");
}

#[test]
fn documents_inside_answers_count() {
    let folder = Folder::new();
    let document = policy(READ).replace(',', ",\n");
    let file = folder.file("answer.json", answer_of_get_policy(&document));
    let said = run(&["can", "--policy", &file, "--action", "ecs:DescribeDisks", "--json"]);
    let json = said.json();
    assert_eq!(json["decision"], "allow", "{json:#}");
    // The answer holds the document twice; it counts once.
    assert_eq!(json["trace"].as_array().unwrap().len(), 1, "{json:#}");
    assert_eq!(json["deciding"]["line"], 1, "the line is the file's own: {json:#}");

    let versions = serde_json::json!({"PolicyVersions": {"PolicyVersion": [
        {"VersionId": "v1", "IsDefaultVersion": false, "PolicyDocument": policy(NO_DISKS)},
        {"VersionId": "v2", "IsDefaultVersion": true, "PolicyDocument": policy(READ)},
    ]}});
    let file = folder.file("versions.json", versions.to_string());
    let json = run(&["can", "--policy", &file, "--action", "ecs:DescribeDisks", "--json"]).json();
    assert_eq!(json["decision"], "allow", "only the version in force counts: {json:#}");
}

#[test]
fn principals_of_trust_policies_are_asked_for() {
    let trust = r#"{"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": ["x.aliyuncs.com"]}}"#;
    let args = ["can", "--policy", "-", "--action", "sts:AssumeRole", "--json"];
    assert_eq!(run_with(&args, &policy(trust)).code, 1);
    let with = [&args[..], &["--principal", "x.aliyuncs.com"]].concat();
    assert_eq!(run_with(&with, &policy(trust)).code, 0);
}

#[test]
fn what_cannot_be_read_is_said_with_its_place() {
    let folder = Folder::new();
    let good = folder.file("good.json", policy(READ));
    let can = |file: &str| run(&["can", "--policy", &good, file, "--action", "x:Y", "--json"]);
    let missing = folder.path("missing.json");
    can(missing.to_str().unwrap()).is_refused("missing.json: It does not exist.");
    can(&folder.file("bad.json", "{\n  \"Version\" 1}")).is_refused("bad.json:2:13: ");
    can(&folder.file("other.json", "{\"a\": 1}")).is_refused("no policy document");
    can(&folder.file("list.json", "[]")).is_refused("no policy document");
    can(&folder.file("latin.json", b"{\"a\": \"\xe9\"}"))
        .is_refused("not text in UTF-8: byte 8 (line 1)");
    can(&folder.top()).is_refused("It is a folder, and a file is expected.");
    can(&folder.file("empty.json", "")).is_refused("empty.json:1:1");
    can(&folder.file("deep.json", "[".repeat(100_000))).is_refused("deep.json");
    let roles =
        r#"{"Roles": {"Role": [{"RoleName": "A", "Arn": "acs:ram::1:role/a", "RoleId": "1"}]}}"#;
    can(&folder.file("roles.json", roles)).is_refused("roles.json");
}

#[test]
fn a_decision_by_what_ram_takes_for_no_policy_says_so() {
    let grant = r#""Statement":[{"Effect":"Allow","Action":"ecs:*","Resource":"*"}]"#;
    for (version, told) in [
        (r#""Version":"1","#, None),
        (r#""Version":"2","#, Some("1:12: Version is \"2\"; RAM knows only the string \"1\".")),
        ("", Some("1:1: The document has no Version; RAM requires the string \"1\".")),
        (r#""Version":"2012-10-17","#, Some("belongs to AWS policies: this is no RAM policy")),
    ] {
        let document = format!("{{{version}{grant}}}");
        let args = ["can", "--policy", "-", "--action", "ecs:RunInstances", "--resource", "*"];
        let said = run_with(&args, &document);
        let notes = said.out.split_once("Notes").map(|(_, notes)| notes).unwrap_or_default();
        assert_eq!(notes.contains("Version"), told.is_some(), "{version}: {said:#?}");
        assert!(told.is_none_or(|told| notes.contains(told)), "{version}: {said:#?}");
    }
}

#[test]
fn roles_decide_too() {
    let said = run(&[
        "can",
        "mqtttunnel",
        "--action",
        "ecs:CreateNetworkInterface",
        "--partial",
        "--json",
    ]);
    assert_eq!(said.json()["policies"][0]["path"], "AliyunServiceRoleForMqttTunnel");
    let said = run(&["can", "ETL", "--action", "fc:InvokeFunction"]);
    assert_eq!(said.code, 0, "{said:#?}");
    assert!(said.out.contains("Allow statement 1: matches"), "{said:#?}");
    let said = run(&["can", "ETL", "--action", "ecs:StopInstance"]);
    assert_eq!(said.code, 1, "{said:#?}");
    // The policy text is known to be incomplete, which belongs to the answer.
    let said = run(&["can", "alikafka", "--action", "cms:ListAlarm"]);
    assert!(said.err.contains("incomplete") && said.err.contains("GetPolicy"), "{said:#?}");
    run(&["can", "ETL", "--policy", "-", "--action", "x:Y"]).is_refused("cannot be used with");
    run(&["can", "--action", "x:Y"]).is_refused("--policy FILE");
    run(&["can", "ETL"]).is_refused("--action");
}

#[test]
fn who_can_sorts_roles_by_what_they_can() {
    let said = run(&["who-can", "kms:Decrypt", "--json"]);
    let json = said.json();
    assert_eq!(said.code, 0);
    let of = |short: &str| {
        let roles = json["roles"].as_array().unwrap();
        roles.iter().find(|role| role["short_name"] == short).unwrap().clone()
    };
    let encryption = of("AlikafkaInstanceEncryption");
    assert_eq!(encryption["answer"], "conditional", "{encryption:#}");
    let action = &encryption["actions"][0];
    assert_eq!(
        action["depends_on"][0]["key"], "kms:tag/acs:alikafka:instance-encryption",
        "{action:#}"
    );
    assert_eq!(of("AlikafkaETL")["answer"], "no");
    let with = run(&[
        "who-can",
        "kms:Decrypt",
        "--context",
        "kms:tag/acs:alikafka:instance-encryption=true",
    ]);
    let can = with.out.find("Can\n").unwrap_or_else(|| panic!("{with:#?}"));
    assert!(with.out[can..].contains("AlikafkaInstanceEncryption"), "{with:#?}");
}

#[test]
fn who_can_takes_patterns_and_says_nobody() {
    let said = run(&["who-can", "ecs:*SecurityGroup*"]);
    assert_eq!(said.code, 0, "{said:#?}");
    assert!(
        said.out.contains("Can\n") && said.out.contains("      ecs:CreateSecurityGroup\n"),
        "{said:#?}"
    );
    let nobody = run(&["who-can", "ims:DeleteEverything"]);
    assert_eq!(nobody.code, 1);
    assert_eq!(
        nobody.out,
        "No role of the catalogue can do ims:DeleteEverything.\nNo known action has a similar name.\n"
    );
    // How far the answer reaches belongs to it.
    assert!(nobody.err.contains("29 roles cannot. The policy text of 2 of them"), "{nobody:#?}");
    assert!(nobody.err.contains("Not known for 219 roles"), "{nobody:#?}");
    let near = run(&["who-can", "kms:Decrpyt"]);
    assert!(near.out.contains("Known actions near to it: kms:Decrypt."), "{near:#?}");
}

#[test]
fn who_can_reads_plain_words_as_the_screen_does() {
    let said = run(&["who-can", "decrypt"]);
    assert_eq!(said.code, 0, "{said:#?}");
    assert!(said.out.starts_with("Read as *:*decrypt*: actions of any service.\n"), "{said:#?}");
    assert!(said.out.contains("AliyunServiceRoleForAlikafkaInstanceEncryption"), "{said:#?}");
    let json = run(&["who-can", "kms", "--json"]).json();
    assert_eq!(json["pattern"], "kms:*", "{json:#}");
}

#[test]
fn what_a_missing_part_names_is_not_denied() {
    let who = run(&["who-can", "cms:ListAlarm"]);
    assert_eq!(who.code, 0, "{who:#?}");
    let could = who.out.split("Could under a condition\n").nth(1).unwrap_or_default();
    assert!(could.contains("AliyunServiceRoleForAlikafka ◐"), "{who:#?}");
    assert!(could.contains("the part of the policy that is missing here"), "{who:#?}");
    let can = run(&["can", "Alikafka", "--action", "CMS:listalarm", "--json"]);
    assert_eq!((can.code, &can.json()["decision"]), (1, &"depends".into()), "{can:#?}");
    // Nothing is missing of other services, nor of other roles.
    for (role, action) in [("Alikafka", "kms:Decrypt"), ("AlikafkaETL", "cms:ListAlarm")] {
        let can = run(&["can", role, "--action", action, "--json"]);
        assert_eq!(can.json()["decision"], "implicit_deny", "{can:#?}");
    }
    let list = run(&["list", "--service", "cms"]);
    let row = list.out.lines().find(|row| row.starts_with("AliyunServiceRoleForAlikafka "));
    assert!(row.is_some_and(|row| row.ends_with("the missing part")), "{list:#?}");
    let list = run(&["list", "--service", "cms", "--json"]).json();
    let rows = list["roles"].as_array().unwrap();
    let touch = |name: &str| &rows.iter().find(|row| row["short_name"] == name).unwrap()["touch"];
    assert_eq!(touch("Alikafka"), "missing", "{list:#}");
    let matrix = run(&["matrix", "--product", "alikafka"]);
    assert!(matrix.out.contains("Alikafka ◐"), "{matrix:#?}");
    assert!(matrix.out.contains("RAM permissions 1 (only its own deletion)"), "{matrix:#?}");
}

#[test]
fn nothing_is_decided_while_a_policy_cannot_be_read() {
    let set = |guard: &str| {
        format!(
            r#"[{{"PolicyName":"base","PolicyDocument":"{{\"Version\":\"1\",\"Statement\":[{{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}},{{\"Effect\":\"Deny\",\"Action\":\"ram:*\",\"Resource\":\"*\"}}]}}"}},
                {{"PolicyName":"guard","PolicyDocument":"{guard}"}}]"#
        )
    };
    let broken = set(r#"{\"Version\":\"1\",\"Statement\":[{\"Effect\":\"Deny\""#);
    for text in [broken.clone(), set("")] {
        let said = run_with(&["can", "--policy", "-", "--action", "ecs:DeleteInstance"], &text);
        assert_eq!(said.code, 2, "{said:#?}");
        assert!(said.err.contains("$[1].PolicyDocument was left out."), "{said:#?}");
        assert!(said.err.contains("nothing is decided"), "{said:#?}");
    }
    // What is denied stays denied.
    let said = run_with(&["can", "--policy", "-", "--action", "ram:PassRole"], &broken);
    assert_eq!((said.code, said.out.contains("explicit deny")), (1, true), "{said:#?}");
    assert!(said.err.contains("$[1].PolicyDocument was left out."), "{said:#?}");
}

#[test]
fn what_a_plan_replaces_is_passed_over_with_a_word() {
    let wide = policy(r#"{"Effect":"Allow","Action":"ram:*","Resource":"*"}"#);
    let plan = json!({"format_version": "1.2", "resource_changes": [{"change": {
        "before": {"policy_document": wide}, "after": {"policy_document": policy(READ)}}}]});
    let said = run_with(&["can", "--policy", "-", "--action", "ram:CreateUser"], &plan.to_string());
    assert_eq!((said.code, said.out.contains("implicit deny")), (1, true), "{said:#?}");
    assert!(said.err.contains("1 place of the plan is passed over"), "{said:#?}");
}

#[test]
fn a_star_in_an_address_leaves_the_answer_open_for_oss() {
    for (action, decision) in [("oss:GetObject", "depends"), ("ecs:StopInstance", "explicit_deny")]
    {
        let text = policy(
            r#"{"Effect":"Allow","Action":"*","Resource":"*"},
            {"Effect":"Deny","Action":"*","Resource":"*","Condition":{"NotIpAddress":{"acs:SourceIp":"10.0.0.*"}}}"#,
        );
        let mut args = vec!["can", "--policy", "-", "--action", action, "--json"];
        args.extend(["--context", "acs:SourceIp=10.0.0.1"]);
        let said = run_with(&args, &text);
        assert_eq!(said.json()["decision"], decision, "{said:#?}");
    }
}

#[test]
fn what_terraform_fills_in_leaves_the_answer_open() {
    let folder = Folder::new();
    let text = policy(
        r#"{"Effect":"Allow","Action":"oss:*","Resource":"*"},
        {"Effect":"Deny","Action":"oss:DeleteObject","Resource":"acs:oss:*:*:${var.protected}/*"}"#,
    );
    let here = format!("resource \"a\" \"p\" {{\n  policy_document = <<EOF\n{text}\nEOF\n}}\n");
    let string = format!("policy_document = {}\n", json!(text));
    let script = format!("# {text}\ncat <<'EOF' > p\n{text}\nEOF\n");
    for (name, text, warned, words) in [
        ("here.tf", &here, false, "is filled in before RAM reads it. [placeholder]"),
        ("string.tf", &string, false, "is filled in before RAM reads it. [placeholder]"),
        ("own.sh", &script, true, "was not filled in. [placeholder]"),
        ("own.json", &text, true, "was not filled in. [placeholder]"),
    ] {
        let file = folder.file(name, text);
        let resource = "acs:oss:oss-cn-hangzhou:123:prod/x";
        let said = run(&[
            "can",
            "--policy",
            &file,
            "--action",
            "oss:DeleteObject",
            "--resource",
            resource,
            "--json",
        ]);
        // Where nothing in the file fills it in it looks like a placeholder all the same.
        assert_eq!(said.json()["decision"], "depends", "{name}: {said:#?}");
        let said = run(&["check", &file]);
        assert!(said.out.contains(words), "{name}: {said:#?}");
        let warnings = said.out.matches("warning: ${var.protected}").count();
        assert_eq!(warnings, usize::from(warned), "{name}: {said:#?}");
        // The same holds on the road by the catalogue.
        let said =
            run(&["who-can", "oss:DeleteObject", "--policies", &file, "--resource", resource]);
        let open = said.out.starts_with("Could under a condition");
        assert!(open, "{name}: {said:#?}");
    }
}
