//! `list`, `show`, `policy`, `summary`, `explain`, `removal`, `diff`, `find`, `template`.

use super::support::{Folder, answer_of_get_policy, policy, run, run_with};
use serde_json::json;

const ETL: &str =
    include_str!("../../assets/catalog/policies/AliyunServiceRolePolicyForAlikafkaETL.json");

#[test]
fn list_has_a_role_a_line_and_filters() {
    let all = run(&["list"]);
    let json = run(&["list", "--json"]).json();
    let roles = json["roles"].as_array().unwrap();
    assert_eq!(all.out.lines().count(), roles.len());
    assert!(roles.len() >= 15, "{}", roles.len());
    let etl = roles.iter().find(|role| role["short_name"] == "AlikafkaETL").unwrap();
    assert_eq!(etl["service_name"], "etl.alikafka.aliyuncs.com");
    assert_eq!(etl["policy"]["whole"], true);
    for service in ["kms", "KMS", "密钥管理服务"] {
        let said = run(&["list", "--service", service, "--json"]);
        let roles = said.json()["roles"].clone();
        assert_eq!(roles.as_array().unwrap().len(), 2, "{service} {roles:#}");
    }
    // Roles that are described nowhere but by their policy touch services too, as who-can and the matrix tell.
    for command in ["list", "matrix"] {
        let said = run(&[command, "--service", "log", "--json"]).json();
        assert_eq!(said["roles"].as_array().unwrap().len(), 6, "{said:#}");
    }
    let other = run(&["list", "--product", "other", "--json"]).json();
    let others = other["roles"].as_array().unwrap().len();
    assert!(others > 200 && all.err.contains("`list --product other`"), "{others} {all:#?}");
    let mqtt = run(&["list", "--product", "mqtt", "--json"]).json();
    assert!(mqtt["roles"].as_array().unwrap().iter().all(|role| role["product"]["id"] == "mqtt"));
    run(&["list", "--service", "kmss"]).is_refused("kms");
    run(&["list", "--product", "zzz"]).is_refused("ApsaraMQ for Kafka");
    assert_eq!(run(&["list", "--product", "mqtt", "--service", "kms"]).code, 1);
}

#[test]
fn names_are_taken_leniently() {
    for name in
        ["AliyunServiceRoleForAlikafkaConnector", "alikafkaconnector", "Connector", "CONNECTOR"]
    {
        let said = run(&["show", name, "--json"]);
        assert_eq!(said.json()["name"], "AliyunServiceRoleForAlikafkaConnector", "{name}");
        assert_eq!(said.json()["policy"]["whole"], false);
        assert_eq!(said.json()["schema"], 1);
    }
    run(&["show", "mqtt"]).is_refused("may mean");
    run(&["show", "Conector"]).is_refused("AlikafkaConnector");
    run(&["show", "qqqqqqqqqqq\u{1b}[31m"]).is_refused("rolescope list");
}

/// Two letters that changed places, one too many, one too few, another one: the same in every command.
#[test]
fn the_same_slips_are_put_right_in_every_command() {
    for (before, name) in [
        (&["show"][..], "AlikafkaConnector"),
        (&["removal"], "MqttTunnel"),
        (&["tour"], "first-steps"),
        (&["list", "--service"], "DataWorks"),
        (&["who-can"], "kms:Decrypt"),
    ] {
        let (start, end) = name.split_at(name.len() - 3);
        let (one, two) = (&end[..1], &end[1..2]);
        for typed in [
            format!("{start}{two}{one}{}", &end[2..]),
            format!("{start}q{end}"),
            format!("{start}{}", &end[1..]),
            format!("{start}q{}", &end[1..]),
        ] {
            let said = run(&[before, &[&typed]].concat());
            let told = [said.out.as_str(), &said.err].concat();
            let hints = told
                .lines()
                .find(|line| line.contains(&format!("{typed}`")) || line.contains("near to it"));
            assert!(hints.is_some_and(|line| line.contains(name)), "{before:?} {typed}: {said:#?}");
        }
    }
}

#[test]
fn show_tells_standings_in_every_format() {
    let text = run(&["show", "alikafka"]).out;
    for words in ["incomplete", "alikafka.aliyuncs.com", "(documented)", "GetPolicy"] {
        assert!(text.contains(words), "{words}\n{text}");
    }
    let markdown = run(&["show", "alikafka", "-f", "markdown"]).out;
    assert!(markdown.starts_with('#'), "{markdown}");
    let chinese = run(&["show", "alikafka", "--lang", "zh"]).out;
    assert!(chinese.contains("云消息队列 Kafka 版"), "{chinese}");
}

#[test]
fn a_policy_is_printed_byte_for_byte() {
    assert_eq!(run(&["policy", "etl"]).out, ETL);
    let compact = run(&["policy", "etl", "--compact"]).out;
    assert_eq!(compact.lines().count(), 1);
    let whole: serde_json::Value = serde_json::from_str(ETL).unwrap();
    assert_eq!(serde_json::from_str::<serde_json::Value>(&compact).unwrap(), whole);
    let statement = run(&["policy", "etl", "--statement", "2"]).json();
    assert_eq!(statement, whole["Statement"][1]);
    run(&["policy", "etl", "--statement", "0"]).is_refused("no statement 0");
    run(&["policy", "etl", "--statement", "9"]).is_refused("no statement 9");
    let trust = run(&["policy", "etl", "--trust"]).json();
    assert_eq!(trust["Statement"][0]["Principal"]["Service"][0], "etl.alikafka.aliyuncs.com");
    let json = run(&["policy", "etl", "--json"]).json();
    assert_eq!(json["policies"][0]["text"], ETL);
    assert_eq!(json["policies"][0]["document"], whole);
    // Standard output stays JSON; the warning goes beside it.
    let incomplete = run(&["policy", "alikafka"]);
    assert!(incomplete.json()["Statement"].is_array());
    assert!(incomplete.err.contains("incomplete"), "{}", incomplete.err);
}

#[test]
fn policies_of_files_are_unpacked() {
    let folder = Folder::new();
    let document = policy("{\"Effect\": \"Allow\", \"Action\": \"oss:*\", \"Resource\": \"*\"}");
    let file = folder.file("answer.json", answer_of_get_policy(&document));
    assert_eq!(run(&["policy", &file]).out, format!("{document}\n"));
    assert_eq!(run_with(&["policy", "-"], &document).out, format!("{document}\n"));
    let summary = run(&["summary", &file, "--json"]).json();
    assert_eq!(summary["policies"][0]["services"][0]["code"], "oss", "{summary:#}");
    run(&["policy", &file, "--trust"]).is_refused("no trust policy");
    let trust = r#"{"Role": {"RoleName": "A", "AssumeRolePolicyDocument":
        "{\"Statement\":[{\"Action\":\"sts:AssumeRole\",\"Effect\":\"Allow\",\"Principal\":{\"Service\":[\"x.aliyuncs.com\"]}}],\"Version\":\"1\"}"}}"#;
    let file = folder.file("role.json", trust);
    let said = run(&["policy", &file, "--trust"]);
    assert!(said.out.contains("x.aliyuncs.com"), "{said:#?}");
    assert!(run(&["explain", &file]).out.contains("x.aliyuncs.com"));
}

#[test]
fn a_summary_says_levels_limits_and_conditions() {
    let text = run(&["summary", "AlikafkaInstanceEncryption"]).out;
    for words in
        ["(kms)", "kms:Decrypt", "only with keys tagged acs:alikafka:instance-encryption = true"]
    {
        assert!(text.contains(words), "{words}\n{text}");
    }
    let json = run(&["summary", "AlikafkaInstanceEncryption", "--service", "KMS", "--json"]).json();
    let services = json["policies"][0]["services"].as_array().unwrap();
    assert_eq!(services.len(), 1);
    let level = &services[0]["levels"][0];
    assert!(level["level"].is_string() && level["actions"][0]["grants"][0]["line"].is_number());
    assert_eq!(run(&["summary", "etl", "--service", "kms"]).code, 1);
}

#[test]
fn explain_has_a_sentence_a_statement() {
    let json = run(&["explain", "etl", "--json"]).json();
    let count = serde_json::from_str::<serde_json::Value>(ETL).unwrap()["Statement"]
        .as_array()
        .unwrap()
        .len();
    let statements = json["policies"][0]["statements"].as_array().unwrap();
    assert_eq!(statements.len(), count);
    assert!(
        statements.iter().all(|statement| statement["sentence"].as_str().unwrap().ends_with('.'))
    );
    let text = run_with(
        &["explain", "-"],
        &policy("{\"Effect\": \"Alow\", \"Action\": \"a:B\", \"Resource\": \"*\"}"),
    );
    assert!(text.out.contains("[unknown-effect]"), "{text:#?}");
}

#[test]
fn removal_plans_of_roles_and_products() {
    let text = run(&["removal", "etl"]).out;
    for words in ["All ETL tasks", "DeleteServiceLinkedRole", "SUCCEEDED"] {
        assert!(text.contains(words), "{words}\n{text}");
    }
    let json = run(&["removal", "ApsaraMQ for Kafka", "--json"]).json();
    assert_eq!(json["product"]["id"], "alikafka");
    assert!(json["roles"].as_array().unwrap().len() > 3);
    assert_eq!(json["roles"][0]["steps"][0]["stage"], "remove");
    // A name that both a role and a product have is the role's, and that is said.
    let role = run(&["removal", "alikafka", "--json"]);
    assert_eq!(role.json()["product"], json!(null));
    assert!(role.err.contains("product:alikafka"), "{}", role.err);
    assert_eq!(run(&["removal", "product:alikafka", "--json"]).json()["product"]["id"], "alikafka");
    let markdown = run(&["removal", "etl", "-f", "markdown"]).out;
    assert!(markdown.contains("- [ ] "), "{markdown}");
    run(&["removal", "zzzzz"]).is_refused("the products are");
    run(&["removal", "own/policy.json"]).is_refused("is a file and no role");
}

#[test]
fn removal_reads_the_answer_about_the_deletion() {
    let answer = r#"{"Status": "FAILED", "Reason": {"Message": "in use", "RoleUsages": {"RoleUsage": [
        {"Region": "cn-hangzhou", "Resources": {"Resource": ["acs:alikafka:cn-hangzhou:1:x"]}}]}}}"#;
    let said = run_with(&["removal", "etl", "--status", "-"], answer);
    assert!(
        said.out.contains("Region cn-hangzhou")
            && said.out.contains("acs:alikafka:cn-hangzhou:1:x"),
        "{said:#?}"
    );
    let json = run_with(&["removal", "etl", "--status", "-", "--json"], answer).json();
    assert_eq!(json["status"]["state"], "FAILED");
    assert_eq!(json["status"]["usages"][0]["region"], "cn-hangzhou");
    run_with(&["removal", "etl", "--status", "-"], "{\"a\": 1}").is_refused("no Status");
}

#[test]
fn an_answer_about_another_role_is_told_beside_the_plan() {
    let answer = r#"{"Status": "FAILED", "Reason": {"Message": "Service-Linked Role acs:ram::1:role/NAME cannot be deleted."}}"#;
    for (subject, named, other) in [
        ("Alikafka", "aliyunserviceroleformqtttunnel", true),
        ("Alikafka", "aliyunserviceroleforalikafkaetl", true),
        ("Alikafka", "AliyunServiceRoleForAlikafka_mine", false),
        ("product:alikafka", "aliyunserviceroleforalikafkaetl", false),
        ("product:mqtt", "aliyunserviceroleformqttlb", false),
    ] {
        let said = run_with(&["removal", subject, "--status", "-"], &answer.replace("NAME", named));
        let warned = said.err.contains("Mind that this answer is about another role");
        assert_eq!((said.code, warned), (0, other), "{subject} {named}: {said:#?}");
        let answer = answer.replace("NAME", named);
        let json = run_with(&["removal", subject, "--status", "-", "--json"], &answer).json();
        assert_eq!(json["status"]["role"], named);
        assert_eq!(json["status"]["warning"].is_string(), other, "{:#}", json["status"]);
    }
}

#[test]
fn an_answer_that_names_no_role_is_that_of_its_task_or_of_the_one_asked_for() {
    let done = r#"{"Status": "SUCCEEDED"}"#;
    let task = "$ status 'task/acs-service-role/etl.a.com/AliyunServiceRoleForAlikafkaETL/1'\n";
    for (subject, text, err, out) in [
        ("etl", done, "names no role; taken as one about AliyunServiceRoleForAlikafkaETL.", true),
        ("product:alikafka", done, "names no role; taken as one about ApsaraMQ for Kafka.", false),
        ("etl", &format!("{task}{done}"), "", true),
        ("product:alikafka", &format!("{task}{done}\n$ "), "", true),
        (
            "Alikafka",
            &format!("{task}{done}"),
            "about another role: AliyunServiceRoleForAlikafkaETL",
            false,
        ),
        ("etl", &format!("{task}{done}{done}"), "holds 2 answers; number 1 of them", true),
    ] {
        let said = run_with(&["removal", subject, "--status", "-"], text);
        assert_eq!(said.code, 0, "{said:#?}");
        assert!(said.err.contains(err) && said.err.is_empty() == err.is_empty(), "{said:#?}");
        let nothing = "Nothing is left to do for AliyunServiceRoleForAlikafkaETL: its steps below";
        assert_eq!(said.out.contains(nothing), out, "{subject} {text}: {said:#?}");
    }
}

#[test]
fn roles_that_are_known_by_name_are_taken_wherever_a_role_is() {
    for typed in ["MQTTLb", "aliyunserviceroleformqttlb"] {
        assert!(run(&["removal", typed]).out.starts_with("AliyunServiceRoleForMQTTLb\n"));
        let shown = run(&["show", typed]).out;
        assert!(shown.contains("  ApsaraMQ for MQTT (so in a list of role names)\n"), "{shown}");
        let chinese = run(&["show", typed, "--lang", "zh"]).out;
        let product = "  云消息队列 MQTT 版（角色名称列表中写作 ApsaraMQ for MQTT）\n";
        assert!(chinese.contains(product), "{chinese}");
        assert!(run(&["export", typed]).out.contains("### AliyunServiceRoleForMQTTLb"));
        // Of these more than the name is needed, and that is said.
        let policy = "the policy of AliyunServiceRoleForMQTTLb is not in the catalogue";
        for command in ["policy", "summary", "explain"] {
            run(&[command, typed]).is_refused(policy);
        }
        run(&["can", typed, "--action", "ecs:RunInstances"]).is_refused(policy);
        run(&["diff", typed, "etl"]).is_refused(policy);
        run(&["template", typed]).is_refused("no service name of these roles is known");
    }
    // The whole name of one comes before a part of the name of another.
    assert!(run(&["removal", "RMQ"]).out.starts_with("AliyunServiceRoleForRMQ\n"));
    assert!(run(&["show", "rmq"]).out.starts_with("AliyunServiceRoleForRMQ\n"));
    let both = run(&["template", "etl", "rmq"]).json();
    let names = &both["Statement"][0]["Condition"]["StringEquals"]["ram:ServiceName"];
    assert_eq!(*names, json!(["etl.alikafka.aliyuncs.com", "rmq.aliyuncs.com"]));
}

#[test]
fn what_is_told_of_a_product_names_the_roles_that_are_known_by_name_only() {
    for args in [
        ["removal", "product:mqtt"].as_slice(),
        &["export", "product:mqtt"],
        &["list", "--product", "mqtt"],
        &["list", "--product", "product:mqtt"],
        &["template", "product:mqtt"],
    ] {
        let said = run(args);
        let all = format!("{}{}", said.out, said.err);
        assert!(all.contains("AliyunServiceRoleForMQTTLb"), "{args:?}: {said:#?}");
    }
    let json = run(&["removal", "product:mqtt", "--json"]).json();
    assert_eq!(json["known_by_name"][0]["role"], "AliyunServiceRoleForMQTTLb");
    // Where one role was asked for the others are of no interest.
    assert!(!run(&["export", "MqttTunnel"]).out.contains("MQTTLb"));
}

#[test]
fn diff_is_by_meaning() {
    let said = run(&["diff", "MqttTunnel", "MqttCoreRuleEngine"]);
    assert_eq!(said.code, 1);
    assert!(said.out.contains("They differ in the service name (ram:ServiceName)."), "{said:#?}");
    let folder = Folder::new();
    let file = folder.file("etl.json", run(&["policy", "etl", "--compact"]).out);
    let same = run(&["diff", "etl", &file, "--json"]);
    assert_eq!((same.code, &same.json()["same"]), (0, &json!(true)));
    run(&["diff", "-", "-"]).is_refused("standard input");
}

#[test]
fn find_lists_the_roles_that_touch_a_service_and_says_nothing_twice() {
    let kms = run(&["find", "kms"]);
    let line = |start: &str| {
        let line = kms.out.lines().find(|line| line.starts_with(start));
        line.unwrap_or_else(|| panic!("no {start:?}: {kms:#?}")).to_owned()
    };
    assert!(line("  kms ").ends_with("Key Management Service · filter"), "{kms:#?}");
    let listed = run(&["list", "--service", "kms", "--json"]).json();
    let count = listed["roles"].as_array().unwrap().len();
    assert!(count > 0);
    assert_eq!(line("Roles that touch KMS"), format!("Roles that touch KMS ({count})"), "{kms:#?}");
    let touching = run(&["find", "kms", "--json"]).json()["touching"].as_array().unwrap().len();
    assert_eq!(touching, count);
    assert_eq!(run(&["list", "--service", "ＫＭＳ"]).out, run(&["list", "--service", "kms"]).out);
    let features = run(&["find", "disk encryption"]);
    assert_eq!(
        features.out.lines().filter(|line| line.starts_with("  Disk encryption")).count(),
        1
    );
    assert!(features.out.lines().all(|line| line.matches("Disk encryption").count() < 2));
}

#[test]
fn find_has_the_actions_that_files_name() {
    let folder = Folder::new();
    let policy = r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":["zz:OnlyHere","zz:Only*"],"Resource":"*"}]}"#;
    let file = folder.file("mine.json", policy);
    let found = run(&["find", "onlyhere", "--policies", &file]);
    assert!(found.code == 0 && found.out.contains("zz:OnlyHere"), "{found:#?}");
    assert_eq!(run(&["find", "onlyhere"]).code, 1);
}

#[test]
fn find_groups_by_kind() {
    let json = run(&["find", "instance", "encryption", "--json"]).json();
    let hits = json["hits"].as_array().unwrap();
    assert!(hits.iter().any(|hit| hit["kind"] == "role"), "{json:#}");
    assert!(run(&["find", "kms:Decrypt"]).out.contains("Actions ("));
    assert_eq!(run(&["find", "qqqqzzzz"]).code, 1);
}

#[test]
fn template_joins_service_names() {
    let one = run(&["template", "etl"]).json();
    assert_eq!(one["Statement"][0]["Action"], "ram:CreateServiceLinkedRole");
    assert_eq!(
        one["Statement"][0]["Condition"]["StringEquals"]["ram:ServiceName"],
        "etl.alikafka.aliyuncs.com"
    );
    let two = run(&["template", "etl", "connector", "ETL"]).json();
    let names = two["Statement"][0]["Condition"]["StringEquals"]["ram:ServiceName"].clone();
    assert_eq!(names, json!(["etl.alikafka.aliyuncs.com", "connector.alikafka.aliyuncs.com"]));
    run(&["template", "etl", "zork"]).is_refused("zork");
    let product = run(&["template", "product:mqtt"]).json();
    let names = product["Statement"][0]["Condition"]["StringEquals"]["ram:ServiceName"].clone();
    assert_eq!(names.as_array().unwrap().len(), 3, "{names}");
    assert_eq!(run(&["template", "ApsaraMQ for MQTT"]).json(), product);
    assert!(run(&["template", "alikafka"]).err.contains("product:alikafka"));
}
