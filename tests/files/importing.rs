//! What is made of files: products, roles, and the numbers of their policies.

use super::{DOCUMENT, builtin, imported};
use rolescope::catalog::import;
use rolescope::policy::read;
use rolescope::policy::summary::{summarize, touched};

fn get_role(name: &str, service: &str) -> String {
    let trust = serde_json::json!({"Version":"1","Statement":[{"Action":"sts:AssumeRole","Effect":"Allow",
        "Principal":{"Service":[service]}}]});
    serde_json::json!({"Role": {"RoleName": name, "RoleId": "1", "Arn": format!("acs:ram::1:role/{name}"),
        "Description": "For a test", "CreateDate": "2024-01-01T00:00:00Z",
        "AssumeRolePolicyDocument": trust.to_string()}, "RequestId": "x"})
    .to_string()
}

fn get_policy(name: &str, document: &str) -> String {
    serde_json::json!({"Policy": {"PolicyName": name, "PolicyType": "System", "DefaultVersion": "v2"},
        "DefaultPolicyVersion": {"VersionId": "v2", "IsDefaultVersion": true, "PolicyDocument": document}})
    .to_string()
}

#[test]
fn files_become_products_and_roles() {
    let other = DOCUMENT.replace("ecs:Own", "ecs:Other");
    let alb = get_role("AliyunServiceRoleForAlb", "alb.aliyuncs.com");
    let alb_policy = get_policy("AliyunServiceRolePolicyForAlb", DOCUMENT);
    let own = get_policy("Mine", DOCUMENT);
    let list = serde_json::json!({"Policies": {"Policy": [
        {"PolicyName": "A", "PolicyDocument": DOCUMENT}, {"PolicyName": "B", "PolicyDocument": other}]}})
    .to_string();
    let two = format!("[{DOCUMENT},{other}]");
    let alikafka = get_role("AliyunServiceRoleForAlikafka", "alikafka.aliyuncs.com");
    let custom = get_role("Deployer", "ecs.aliyuncs.com");
    let hostile = get_policy("a\u{1b}[31m; rm -rf /", DOCUMENT);
    for (files, expected) in [
        (vec![("in/mine.json", DOCUMENT)], vec!["in: mine+policy"]),
        (vec![("in/a.json", DOCUMENT), ("in/b.json", &*other)], vec!["in: a+policy, b+policy"]),
        (vec![("in/mine.json", own.as_str())], vec!["in: Mine+policy"]),
        // Names of files that the API's answers say nothing about, numbered.
        (vec![("in/two.json", two.as_str())], vec!["in/two.json: two+policy, two #2+policy"]),
        (vec![("in/list.json", list.as_str())], vec!["in/list.json: A+policy, B+policy"]),
        // A role and its policy from two files, in both orders.
        (
            vec![("in/1.json", alb.as_str()), ("in/2.json", &alb_policy)],
            vec!["Alb · in: AliyunServiceRoleForAlb+policy+trust"],
        ),
        (
            vec![("in/1.json", alb_policy.as_str()), ("in/2.json", &alb)],
            vec!["Alb · in: AliyunServiceRoleForAlb+policy+trust"],
        ),
        // In different folders they stay apart.
        (
            vec![("in/x/1.json", alb.as_str()), ("in/y/2.json", &alb_policy)],
            vec![
                "Alb · in/x: AliyunServiceRoleForAlb+trust",
                "Alb · in/y: AliyunServiceRoleForAlb+policy",
            ],
        ),
        (
            vec![("in/AliyunServiceRolePolicyForAlb.json", DOCUMENT), ("in/2.json", &alb)],
            vec!["Alb · in: AliyunServiceRoleForAlb+policy+trust"],
        ),
        (
            vec![("in/1.json", alikafka.as_str())],
            vec!["ApsaraMQ for Kafka · in: AliyunServiceRoleForAlikafka+trust"],
        ),
        (vec![("in/1.json", custom.as_str())], vec!["in/1.json: Deployer+trust"]),
        (vec![("in/1.json", hostile.as_str())], vec!["in: a\\u{1b}[31m; rm -rf /+policy"]),
    ] {
        let (lines, batch) = imported(&files);
        assert_eq!(lines, expected, "{files:?}");
        assert_eq!(batch.skipped, [], "{files:?}");
    }
}

#[test]
fn what_is_left_out_is_told() {
    let stack =
        r#"{"Statement":[{"Effect":"Deny","Action":"Update:*","Principal":"*","Resource":"*"}]}"#;
    let listed = r#"{"Policies":{"Policy":[{"PolicyName":"P1","PolicyType":"System"},{"PolicyName":"P2"}]}}"#;
    for (text, place, reason) in [
        ("", Some("1:1"), "expected"),
        ("{\"a\": \n nonsense?", Some("2:"), "expected"),
        ("[1, 2]", None, "no policy and no role"),
        (listed, None, "2 policies without their documents: P1, P2"),
        (stack, Some("$"), "stack policy"),
    ] {
        let (lines, batch) = imported(&[("in/a.json", text)]);
        assert_eq!(lines, [""; 0], "{text}");
        let skipped = batch.skipped.first().unwrap_or_else(|| panic!("nothing is told of {text}"));
        assert!(skipped.reason.english().contains(reason), "{text}: {skipped:?}");
        let starts = place.is_none_or(|place| skipped.place.as_ref().unwrap().starts_with(place));
        assert!(starts, "{text}: {skipped:?}");
    }
    let (_, batch) = imported(&[
        ("in/1.json", &get_policy("AliyunServiceRolePolicyForAlb", DOCUMENT)),
        ("in/2.json", &get_policy("AliyunServiceRolePolicyForAlb", DOCUMENT)),
    ]);
    assert!(
        batch.skipped[0].reason.english().contains("was read from in/1.json"),
        "{:?}",
        batch.skipped
    );
}

#[test]
fn counts_agree_with_summaries_of_all_known_policies() {
    let catalog = builtin();
    let others = import::others(&catalog);
    let roles = catalog.roles().iter().chain(others.roles.iter().map(|loaded| &loaded.role));
    let mut checked = 0;
    for policy in roles.filter_map(|role| role.policy.as_ref()) {
        let document = read::document(&policy.source).unwrap().document;
        let summary = summarize(&document, &*catalog);
        assert_eq!(touched(&document, &*catalog), summary.touched(), "{}", policy.name);
        checked += 1;
    }
    assert_eq!(checked, 29);
}

#[test]
fn a_role_that_only_its_trust_policy_names_is_called_by_its_own_name() {
    let policy = get_policy("AliyunServiceRolePolicyForZebraQuux", DOCUMENT);
    let trust = r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"Service":["zebra.aliyuncs.com"]}}]}"#;
    let role = serde_json::json!({"Roles": {"Role": [
        {"RoleName": "AliyunServiceRoleForZebraQuux", "Description": "x", "AssumeRolePolicyDocument": trust}]}})
    .to_string();
    for files in
        [[("a.json", &*policy), ("b.json", &*role)], [("a.json", &role), ("b.json", &policy)]]
    {
        let (_, batch) = imported(&files);
        let names: Vec<&str> = batch.roles.iter().map(|one| &*one.role.name).collect();
        assert!(names.iter().all(|name| *name == "AliyunServiceRoleForZebraQuux"), "{names:?}");
    }
}

#[test]
fn the_service_of_a_role_is_the_one_that_its_trust_policy_names_alone() {
    for (services, expected) in [
        (r#""ecs.aliyuncs.com""#, Some("ecs.aliyuncs.com")),
        (r#"["ecs.aliyuncs.com"]"#, Some("ecs.aliyuncs.com")),
        (r#"["ecs.aliyuncs.com","ECS.aliyuncs.com"]"#, Some("ecs.aliyuncs.com")),
        (r#"["ecs.aliyuncs.com","fc.aliyuncs.com"]"#, None),
        (r#""ecs.aliyun.com""#, None),
        (r#""*.aliyuncs.com""#, None),
    ] {
        let trust = format!(
            r#"{{"Version":"1","Statement":[{{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{{"Service":{services}}}}}]}}"#
        );
        let (_, batch) = imported(&[("two.json", &trust)]);
        let found: Vec<_> =
            batch.roles.iter().map(|one| one.role.service_name.as_deref()).collect();
        assert_eq!(found, [expected], "{services}");
    }
}
