//! What is told says no more than its source.

use super::support::{Folder, policy, run};

/// RAM names an action otherwise than the API its operation: both names are asked for.
#[test]
fn operations_are_answered_by_the_name_that_ram_has_for_them() {
    for (typed, action) in [
        ("alikafka:GetInstanceList", "alikafka:ListInstance"),
        ("alikafka:GetTopicList", "alikafka:ListTopic"),
        ("amqp:ListQueues", "amqp:ListQueue"),
        ("log:PutLogs", "log:PostLogStoreLogs"),
    ] {
        let reading = format!("{typed} is an operation of the API; RAM authorizes it by {action}.");
        let said = run(&["who-can", typed]);
        assert!(said.code == 0 && said.out.starts_with(&reading), "{said:#?}");
        let json = run(&["who-can", typed, "--json"]).json();
        assert_eq!(json["pattern"], action);
        let found = run(&["find", typed]);
        assert!(found.out.contains(&reading) && found.out.contains(action), "{found:#?}");
        let word = typed.split_once(':').unwrap().1;
        assert!(run(&["find", word]).out.contains(action), "{word}");
    }
    let asked = ["can", "MqttCoreRuleEngine", "--action", "alikafka:GetInstanceList", "--partial"];
    let said = run(&asked);
    assert!(said.out.contains("RAM authorizes it by alikafka:ListInstance."), "{said:#?}");
    let decision = |action| {
        let asked = ["can", "MqttCoreRuleEngine", "--action", action, "--partial", "--json"];
        run(&asked).json()["decision"].clone()
    };
    assert_eq!(decision("alikafka:GetInstanceList"), decision("alikafka:ListInstance"));
    assert_ne!(decision("alikafka:GetInstanceList"), "implicit_deny");
    // Where the names are the same nothing is said.
    assert!(!run(&["who-can", "kms:Decrypt"]).out.contains("authorizes"));
}

#[test]
fn policies_for_people_can_be_read() {
    for (name, version) in [
        ("AliyunKafkaFullAccess", "v4"),
        ("AliyunKafkaReadOnlyAccess", "v4"),
        ("aliyunmqfullaccess", "v5"),
    ] {
        let json = run(&["policy", name, "--json"]).json();
        assert_eq!(json["policies"][0]["document"]["Version"], "1", "{name}");
        for command in ["summary", "explain"] {
            let said = run(&[command, name]);
            assert!(said.code == 0 && said.out.contains(&format!(" {version}\n")), "{said:#?}");
            assert!(said.err.contains("it belongs to no service-linked role"), "{said:#?}");
        }
        let found = run(&["find", name]);
        assert!(found.out.contains("policy for RAM users"), "{found:#?}");
        run(&["policy", name, "--trust"]).is_refused("no role");
    }
}

#[test]
fn a_tag_that_the_service_may_not_supply_is_told() {
    let folder = Folder::new();
    let limited = r#"{"Effect":"Allow","Action":["ecs:DescribeInstances","rds:DescribeRegions"],"Resource":"*","Condition":{"StringEquals":{"acs:ResourceTag/a":"b"}}}"#;
    let file = folder.file("p.json", policy(limited));
    let can = |action| run(&["can", "--policy", &file, "--action", action, "--partial"]).out;
    assert!(can("ecs:DescribeInstances").contains("only if the service supplies it"));
    assert!(can("rds:DescribeRegions").contains("RDS supplies no acs:ResourceTag"));
    assert!(!can("kms:Decrypt").contains("supplies"));
    assert!(run(&["explain", &file]).out.contains("only if the service supplies it"));
    assert!(run(&["check", &file]).out.contains("tag-not-supplied"));
}

/// No page names the level, and the verb of the name says something else.
#[test]
fn what_reading_does_beside_is_told() {
    let said = run(&["summary", "EventBridgeRabbitMQPlugin"]).out;
    for words in [
        "BasicGet  Fetch messages from a RabbitMQ queue directly; takes them out of the queue; message contents  (level set by hand)",
        "BasicAck  Confirm that RabbitMQ messages were processed  (level by its name)",
    ] {
        assert!(said.contains(words), "{said}");
    }
    let json = run(&["summary", "EventBridgeRabbitMQPlugin", "--json"]).out;
    assert!(json.contains("\"by_hand\""), "{json}");
}

#[test]
fn names_near_to_a_misspelt_one_are_found() {
    let heading = "Roles with a name near to it (";
    for (typed, name) in
        [("kafak", "Alikafka"), ("mqtttunnle", "MqttTunnel"), ("MqttTunell", "MqttTunnel")]
    {
        let said = run(&["find", typed]);
        assert!(said.out.starts_with(heading) && said.out.contains(name), "{said:#?}");
        let json = run(&["find", typed, "--json"]).json();
        let near = json["near"].as_array().unwrap();
        let id = format!("aliyunservicerolefor{}", name.to_lowercase());
        assert!(near.iter().any(|target| target["role"] == *id), "{json:#}");
    }
    assert!(run(&["find", "mqtttunnle", "--lang", "zh"]).out.starts_with("名称相近的角色"));
    // What is there is not doubted.
    for typed in ["MqttTunnel", "kms", "qqqqqqqqqq"] {
        assert!(!run(&["find", typed]).out.contains(heading), "{typed}");
    }
}

#[test]
fn the_sign_of_a_level_says_no_more_than_is_so() {
    let legend =
        "no document tells the level; it is guessed from the name of the action, or set by hand.";
    let said = run(&["show", "EventBridgeRabbitMQPlugin", "-f", "markdown"]).out;
    assert!(said.contains(&format!("`~`: {legend}")), "{said}");
    let zh = run(&["show", "EventBridgeRabbitMQPlugin", "-f", "markdown", "--lang", "zh"]).out;
    assert!(zh.contains("`~`: 级别没有文档写明"), "{zh}");
    let said = run(&["diff", "MqttCoreRuleEngine", "AlikafkaConnector"]).out;
    assert!(said.contains("+ ~write ") && said.ends_with(&format!("\n~: {legend}\n")), "{said}");
    let said = run(&["diff", "MqttCoreRuleEngine", "MqttTunnel"]).out;
    assert!(said.contains("  ~ statement on ") && !said.contains(legend), "{said}");
}

#[test]
fn a_policy_for_people_decides_what_it_lets_them_create() {
    let create = |service: &str| {
        let name = format!("ram:ServiceName={service}.alikafka.aliyuncs.com");
        let action = "ram:CreateServiceLinkedRole";
        run(&[
            "can",
            "AliyunKafkaFullAccess",
            "--action",
            action,
            "--resource",
            "*",
            "--context",
            &name,
        ])
    };
    let covered = create("connector");
    assert_eq!(covered.code, 0, "{covered:#?}");
    assert!(covered.err.contains("it belongs to no service-linked role"), "{covered:#?}");
    assert_eq!(create("log").code, 1);
}

#[test]
fn no_fact_begins_with_the_word_of_its_label() {
    for name in ["MqttTunnel", "Alikafka", "AlikafkaInstanceEncryption"] {
        let texts = [run(&["show", name]).out, run(&["export", name]).out];
        for text in &texts {
            let line = text.lines().find(|line| line.contains("Created when ")).unwrap();
            let label = line.split("Created when ").next().unwrap();
            assert!(!label.to_lowercase().contains("created"), "{line}");
        }
    }
}

#[test]
fn a_policy_for_people_is_shown_as_such() {
    let said = run(&["show", "aliyunkafkafullaccess"]);
    assert_eq!(said.code, 0, "{said:#?}");
    for words in
        ["AliyunKafkaFullAccess\n", "ApsaraMQ for Kafka", "AliyunKafkaFullAccess (published v4)"]
    {
        assert!(said.out.contains(words), "{words}: {said:#?}");
    }
    assert!(!said.out.contains("ARN"), "{said:#?}");
    assert!(said.err.contains("a system policy for users, groups and roles"), "{said:#?}");
    let json = run(&["show", "AliyunKafkaFullAccess", "--json"]).json();
    assert_eq!((&json["kind"], &json["policy"]["version"]), (&"policy".into(), &"v4".into()));
    for args in
        [&["removal", "AliyunKafkaFullAccess"][..], &["policy", "--trust", "AliyunKafkaFullAccess"]]
    {
        run(args).is_refused("AliyunKafkaFullAccess is a policy for RAM users and no role");
    }
}
