//! Answers of RAM about roles, read from files: what a role is called, where it comes from, what is known of it.

use super::support::{Folder, policy, run};

const READS: &str = r#"{"Effect": "Allow", "Action": ["cms:ListAlarm"], "Resource": "*"}"#;
const LOOKS: &str = r#"{"Effect": "Allow", "Action": ["vpc:DescribeVpcs"], "Resource": "*"}"#;

/// An answer of `GetPolicy`.
fn get_policy(name: &str, statements: &str) -> String {
    serde_json::json!({
        "Policy": {"PolicyName": name, "PolicyType": "System", "DefaultVersion": "v10"},
        "DefaultPolicyVersion": {
            "VersionId": "v10", "IsDefaultVersion": true, "PolicyDocument": policy(statements),
        },
    })
    .to_string()
}

/// An answer of `GetRole`.
fn get_role(name: &str, arn: &str, service: &str) -> String {
    let trust = serde_json::json!({"Version": "1", "Statement": [{"Action": "sts:AssumeRole",
        "Effect": "Allow", "Principal": {"Service": [service]}}]});
    serde_json::json!({"Role": {"RoleName": name, "RoleId": "1", "Arn": arn,
        "CreateDate": "2020-01-23T12:33:18Z", "AssumeRolePolicyDocument": trust.to_string()}})
    .to_string()
}

#[test]
fn the_answer_with_a_policy_is_about_the_role_that_has_it() {
    let folder = Folder::new();
    let kafka = folder.file("k.json", get_policy("AliyunServiceRolePolicyForAlikafka", READS));
    let shown = run(&["show", "Alikafka", "--policies", &kafka]);
    for words in [
        "AliyunServiceRoleForAlikafka\n",
        ":role/aliyunserviceroleforalikafka\n",
        "AliyunServiceRolePolicyForAlikafka (observed v10)",
        "All Kafka instances (implied)",
    ] {
        assert!(shown.out.contains(words), "{words}: {shown:#?}");
    }
    let json = run(&["show", "Alikafka", "--policies", &kafka, "--json"]).json();
    assert_eq!(json["name"], "AliyunServiceRoleForAlikafka", "{json:#}");
    assert_eq!(json["policy"]["version"], "v10", "{json:#}");
    let plan = run(&["removal", "Alikafka", "--policies", &kafka]);
    for words in [
        "DeleteServiceLinkedRole --RoleName AliyunServiceRoleForAlikafka\n",
        "GetRole --RoleName AliyunServiceRoleForAlikafka\n",
        "All Kafka instances (implied)",
    ] {
        assert!(plan.out.contains(words), "{words}: {plan:#?}");
    }
    assert!(!plan.out.contains("RoleName AliyunServiceRolePolicyFor"), "{plan:#?}");
    assert!(!plan.out.contains("not established"), "{plan:#?}");
    // The policy is found by its own name too.
    let by_policy = ["show", "AliyunServiceRolePolicyForAlikafka", "--policies", &kafka];
    assert_eq!(run(&by_policy).out, shown.out);
}

#[test]
fn a_role_that_is_called_otherwise_than_its_policy_is_looked_up() {
    let folder = Folder::new();
    let name = "AliyunServiceRolePolicyForContainerRegistryAccessCustomerPrivate";
    let known = folder.file("a.json", get_policy(name, READS));
    let shown = run(&["show", name, "--policies", &known]);
    let role = "AliyunServiceRoleForContainerRegistryAccessCustomerPrivateZone";
    assert!(shown.out.starts_with(role), "{shown:#?}");
    // Where no list has it the name is a guess, and is told as one.
    let made = folder.file("b.json", get_policy("AliyunServiceRolePolicyForZyMade", READS));
    let shown = run(&["show", "ZyMade", "--policies", &made]);
    assert!(shown.out.starts_with("AliyunServiceRoleForZyMade\n"), "{shown:#?}");
    let guessed = "The name of the role is guessed from that of its policy";
    assert!(shown.out.contains(guessed), "{shown:#?}");
    let told = run(&["show", "ZyMade", "--policies", &made, "--lang", "zh"]);
    assert!(told.out.contains("角色名称由其策略名称推断"), "{told:#?}");
    // A later answer says what it is called.
    folder.file(
        "c.json",
        get_role("AliyunServiceRoleForZyMade", "acs:ram::1:role/x", "zymade.aliyuncs.com"),
    );
    let shown = run(&["show", "ZyMade", "--policies", &folder.top()]);
    assert!(!shown.out.contains(guessed), "{shown:#?}");
    // An ARN of another role is not this one's.
    assert!(
        shown.out.contains("acs:ram::<account-id>:role/aliyunserviceroleforzymade"),
        "{shown:#?}"
    );
}

#[test]
fn a_folder_before_a_name_tells_which_of_ones_own_roles_is_meant() {
    let folder = Folder::new();
    let name = "AliyunServiceRolePolicyForAlikafka";
    folder.file("prod/k.json", get_policy(name, READS));
    folder.file("test/k.json", get_policy(name, LOOKS));
    let top = folder.top();
    let can = |role: &str| {
        let action = ["--action", "cms:ListAlarm", "--resource", "*"];
        run(&[&["can", role, "--policies", &top], &action[..]].concat())
    };
    for role in [
        "prod/Alikafka",
        "prod/AliyunServiceRoleForAlikafka",
        "prod/AliyunServiceRolePolicyForAlikafka",
    ] {
        let said = can(role);
        assert!(said.out.starts_with("allow: "), "{role}: {said:#?}");
    }
    let said = can("test/Alikafka");
    assert!(said.out.starts_with("implicit deny: "), "{said:#?}");
    // Both are told by names that lead to them.
    let either = can("Alikafka");
    let (prod, test) = (format!("{top}/prod/Alikafka"), format!("{top}/test/Alikafka"));
    either.is_refused(&format!("`Alikafka` may mean {prod}, {test}; give one of them"));
    assert!(can(&prod).out.starts_with("allow: "), "{:#?}", can(&prod));
    for command in ["list", "matrix"] {
        let said = run(&[command, "--policies", &top]);
        let lines: Vec<&str> = said.out.lines().collect();
        assert!(lines[0].contains("/prod  ") && lines[1].contains("/test  "), "{said:#?}");
    }
    let said = run(&["diff", "prod/Alikafka", "test/Alikafka", "--policies", &top]);
    assert!(said.code == 1 && said.out.contains("/prod/Alikafka compared with "), "{said:#?}");
    // A path that no file has leads to no role of the catalogue.
    run(&["show", "foo/bar/Alikafka"])
        .is_refused("no role of the catalogue is called `foo/bar/Alikafka`");
    let absent = run(&["show", "stage/Alikafka", "--policies", &top]);
    absent.is_refused("no role of the catalogue is called `stage/Alikafka`");
    let arn = run(&["show", "acs:ram::123:role/aliyunserviceroleforalikafka"]);
    assert!(arn.out.starts_with("AliyunServiceRoleForAlikafka\n"), "{arn:#?}");
}

#[test]
fn two_names_of_one_role_are_not_compared() {
    let folder = Folder::new();
    let name = "AliyunServiceRolePolicyForAlikafka";
    let file = folder.file("k.json", get_policy(name, READS));
    let said = run(&["diff", "Alikafka", name, "--policies", &file]);
    said.is_refused(&format!("`Alikafka` and `{name}` both mean AliyunServiceRoleForAlikafka of "));
    assert!(
        said.err.contains("without --policies a name means the role of the catalogue"),
        "{said:#?}"
    );
    run(&["diff", "etl", "AliyunServiceRoleForAlikafkaETL"])
        .is_refused("both mean AliyunServiceRoleForAlikafkaETL");
    // What the sentence says does compare them.
    let said = run(&["diff", "Alikafka", &file]);
    assert_eq!(said.code, 1, "{said:#?}");
}

#[test]
fn an_answer_about_a_role_keeps_its_arn_and_what_is_known_of_the_role() {
    let folder = Folder::new();
    let name = "AliyunServiceRoleForAlikafka";
    let arn = "acs:ram::1234567890123456:role/aliyunserviceroleforalikafka";
    let kafka = folder.file("k.json", get_role(name, arn, "alikafka.aliyuncs.com"));
    let shown = run(&["show", "Alikafka", "--policies", &kafka]);
    for words in [arn, "All Kafka instances (implied)", "was created on 2020-01-23T12:33:18Z."] {
        assert!(shown.out.contains(words), "{words}: {shown:#?}");
    }
    let plan = run(&["removal", "Alikafka", "--policies", &kafka]).out;
    let back = "asks for it. Created when Kafka is activated";
    assert!(plan.contains(back) && plan.contains("All Kafka instances (implied)"), "{plan}");
    assert!(!plan.contains("2020-01-23"), "{plan}");
    // Names of ordinary roles keep their capitals.
    let arn = "acs:ram::123456789012:role/ECSAdmin";
    let admin = folder.file("a.json", get_role("ECSAdmin", arn, "ecs.aliyuncs.com"));
    let json = run(&["show", "ECSAdmin", "--policies", &admin, "--json"]).json();
    assert_eq!(json["arn"], arn, "{json:#}");
    let bare = get_role("OpsAdmin", "none", "ecs.aliyuncs.com");
    let ops = folder.file("o.json", bare);
    let json = run(&["show", "OpsAdmin", "--policies", &ops, "--json"]).json();
    assert_eq!(json["arn"], "acs:ram::<account-id>:role/OpsAdmin", "{json:#}");
    // Its policies are not expected in the catalogue.
    for command in ["summary", "policy", "explain"] {
        run(&[command, "ECSAdmin", "--policies", &admin]).is_refused(
            "no file of --policies has a policy of ECSAdmin; to see which it has: aliyun ram ListPoliciesForRole --RoleName ECSAdmin",
        );
    }
}

#[test]
fn a_policy_that_is_not_here_comes_with_the_command_that_gets_it() {
    let how = "; to get it: aliyun ram GetPolicy --PolicyType System --PolicyName AliyunServiceRolePolicyForWaf";
    for args in [
        &["policy", "Waf"][..],
        &["summary", "Waf"],
        &["explain", "Waf"],
        &["can", "Waf", "--action", "ecs:Foo"],
        &["diff", "Waf", "etl"],
    ] {
        run(args).is_refused(how);
    }
    let chinese = run(&["explain", "Waf", "--lang", "zh"]);
    assert!(chinese.err.contains("；获取命令：aliyun ram GetPolicy"), "{chinese:#?}");
}

#[test]
fn listed_policies_whose_text_is_here_are_not_missed() {
    let folder = Folder::new();
    folder.file("GetPolicy-ops.json", get_policy("ops", READS));
    let listed = |names: &[&str]| {
        let policies: Vec<_> = names
            .iter()
            .map(|name| serde_json::json!({"PolicyName": name, "PolicyType": "Custom"}))
            .collect();
        serde_json::json!({"Policies": {"Policy": policies}}).to_string()
    };
    folder.file("ListPoliciesForRole.json", listed(&["ops", "AliyunKafkaFullAccess", "other"]));
    let said = run(&["list", "--policies", &folder.top()]);
    assert!(said.err.contains("It lists a policy without its document: other."), "{said:#?}");
    folder.file("ListPoliciesForRole.json", listed(&["ops", "AliyunKafkaFullAccess"]));
    let said = run(&["list", "--policies", &folder.top()]);
    assert_eq!(said.err, "", "{said:#?}");
}

#[test]
fn a_service_name_that_a_role_of_the_same_file_has_is_known() {
    let folder = Folder::new();
    let statement = |service: &str| {
        format!(
            r#"{{"Effect": "Allow", "Action": "ram:DeleteServiceLinkedRole", "Resource": "*", "Condition": {{"StringEquals": {{"ram:ServiceName": "{service}"}}}}}}"#
        )
    };
    let roles = |service: &str| {
        let trust = serde_json::json!({"Version": "1", "Statement": [{"Action": "sts:AssumeRole",
            "Effect": "Allow", "Principal": {"Service": ["lb.zymade.aliyuncs.com"]}}]});
        serde_json::json!({
            "roles": [{"name": "AliyunServiceRoleForZyMade", "service_linked": true, "trust": trust.to_string()}],
            "policies": [{"name": "AliyunServiceRolePolicyForZyMade", "document": policy(&statement(service))}],
        })
        .to_string()
    };
    let known = folder.file("a.json", roles("lb.zymade.aliyuncs.com"));
    let said = run(&["check", &known]);
    assert!(!said.out.contains("unknown-service-name"), "{said:#?}");
    let other = folder.file("b.json", roles("lb.zyother.aliyuncs.com"));
    let said = run(&["check", &other]);
    assert!(said.out.contains("unknown-service-name"), "{said:#?}");
}

#[test]
fn several_texts_of_a_file_are_named_beside_them() {
    let folder = Folder::new();
    let one = |name: &str| serde_json::json!({"PolicyName": name, "PolicyDocument": policy(READS)});
    let file = folder.file("two.json", serde_json::json!([one("a"), one("b")]).to_string());
    let said = run(&["policy", &file]);
    let text = policy(READS);
    assert_eq!(said.out, format!("{text}\n\n{text}\n"), "{said:#?}");
    assert!(said.err.contains("2 policies, in this order: a, b"), "{said:#?}");
    let said = run(&["policy", &file, "-f", "markdown"]);
    assert!(said.out.starts_with("### a\n\n```json\n"), "{said:#?}");
    assert!(said.out.contains("```\n\n### b\n\n```json\n"), "{said:#?}");
}
