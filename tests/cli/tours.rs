//! `tour`: the list, one tour as Markdown with the real data in it, and wrong names.

use super::support::{Folder, run};

#[test]
fn tours_are_listed() {
    let said = run(&["tour"]);
    assert_eq!(said.code, 0, "{said:#?}");
    assert!(said.out.starts_with("first-steps "), "{}", said.out);
    assert!(said.out.lines().count() >= 6, "{}", said.out);
    let json = run(&["tour", "--json"]).json();
    assert_eq!(json["tours"][0]["name"], "first-steps");
    assert!(run(&["tour", "--lang", "zh"]).out.contains("最初五分钟"));
}

#[test]
fn a_tour_is_printed_as_markdown_with_facts_and_keys() {
    let said = run(&["tour", "safe-removal", "--plain"]);
    assert_eq!((said.code, said.err.as_str()), (0, ""));
    let lines: Vec<&str> = said.out.lines().collect();
    assert_eq!(lines[0], "## Deleting a role safely");
    for expected in [
        "2. `d` shows the removal plan of the role. Nothing is run by it: the program never changes an account.",
        "3. First come the things that need the role: All rules engines (documented). The word behind it says how sure that is: documented stands on a page of the product, implied only follows from what the role is for.",
        "7. Who deletes needs ram:DeleteServiceLinkedRole, limited by the service name core-rule-engine.mqtt.aliyuncs.com where one likes. The calls for ordinary roles do not delete a service-linked one.",
    ] {
        assert!(lines.contains(&expected), "not printed: {expected}\n{}", said.out);
    }
    let json = run(&["tour", "safe-removal", "--json"]).json();
    assert_eq!(json["steps"].as_array().map(Vec::len), Some(10));
}

#[test]
fn the_diagnosis_names_what_the_full_access_policy_does_not_cover() {
    let said = run(&["tour", "role-not-created", "--plain"]);
    for expected in [
        "ram:ServiceName is connector.alikafka.aliyuncs.com",
        "it covers Alikafka, AlikafkaConnector, AlikafkaInstanceEncryption, AlikafkaETL.",
        "It does not cover KafkaLog,",
        "cover a role of MQTT: none; of RocketMQ: AliyunMQFullAccess.",
    ] {
        assert!(said.out.contains(expected), "not printed: {expected}\n{}", said.out);
    }
    let zh = run(&["tour", "role-not-created", "--plain", "--lang", "zh"]);
    assert!(zh.out.contains("覆盖 MQTT 角色的系统策略：无"), "{}", zh.out);
}

#[test]
fn what_goes_before_a_role_is_told_of_that_role_alone() {
    let en = run(&["tour", "mqtt-roles", "--plain"]).out;
    for expected in [
        "Before MqttCoreRuleEngine can be deleted, remove: All rules engines (documented);",
        "before MqttTunnel: All HTTP authentication configurations (documented).",
    ] {
        assert!(en.contains(expected), "not printed: {expected}\n{en}");
    }
    let zh = run(&["tour", "mqtt-roles", "--plain", "--lang", "zh"]).out;
    for expected in [
        "删除 MqttCoreRuleEngine 前须先移除：所有规则引擎（文档说明）；",
        "删除 MqttTunnel 前须先移除：所有 HTTP 认证配置（文档说明）。",
    ] {
        assert!(zh.contains(expected), "not printed: {expected}\n{zh}");
    }
}

#[test]
fn data_are_english_in_every_language() {
    let en = run(&["tour", "first-steps", "--json"]).json();
    assert_eq!(run(&["tour", "first-steps", "--json", "--lang", "zh"]).json(), en);
    assert_eq!(run(&["tour", "first-steps", "-f", "json"]).json(), en);
    let listed = run(&["tour", "--json"]).json();
    let listed = listed["tours"].as_array().unwrap();
    let listed = listed.iter().find(|tour| tour["name"] == "first-steps").unwrap();
    assert_eq!((&listed["title"], &listed["about"]), (&en["title"], &en["about"]));
}

#[test]
fn every_tour_is_printed_in_both_languages() {
    let json = run(&["tour", "--json"]).json();
    for tour in json["tours"].as_array().unwrap() {
        let name = tour["name"].as_str().unwrap();
        for lang in ["en", "zh"] {
            let said = run(&["tour", name, "--plain", "--lang", lang]);
            assert_eq!(said.code, 0, "{name} {lang}: {said:#?}");
            assert!(!said.out.contains(['{', '}']), "{name} {lang}: {}", said.out);
            let steps = said.out.lines().filter(|line| {
                line.split_once(". ").is_some_and(|(n, _)| n.parse::<usize>().is_ok())
            });
            assert_eq!(steps.count() as u64, tour["steps"].as_u64().unwrap(), "{}", said.out);
        }
    }
}

#[test]
fn a_wrong_name_is_answered_with_the_nearest() {
    run(&["tour", "mqt-roles", "--plain"]).is_refused("there are mqtt-roles");
    run(&["tour", "nothing-at-all-like-it"]).is_refused("first-steps");
    run(&["tour", "--plain"]).is_refused("NAME");
}

#[test]
fn a_command_without_a_key_is_told_by_its_name() {
    let folder = Folder::new();
    let keys = "[keys]\nremoval = []\nfind = []\ncopy = []\nnext-statement = []\n";
    let config = folder.file("k.toml", keys);
    for name in ["safe-removal", "first-steps", "reading-a-policy"] {
        let said = run(&["--config", &config, "tour", name, "--plain"]);
        assert_eq!((said.code, said.err.as_str()), (0, ""), "{name}: {said:#?}");
    }
    let said = run(&["--config", &config, "tour", "safe-removal", "--plain"]);
    assert!(said.out.contains("2. `:removal` shows the removal plan of the role."), "{said:#?}");
    // Without ":" the palette has another key, or none.
    let keys = "[keys]\nremoval = []\npalette = [\"f2\"]\n";
    let config = folder.file("f2.toml", keys);
    let said = run(&["--config", &config, "tour", "safe-removal", "--plain"]);
    assert!(said.out.contains("2. `F2 removal` shows the removal plan"), "{said:#?}");
}

#[test]
fn a_fact_that_a_tour_lacks_is_named() {
    let folder = Folder::new();
    let own = r#"{"product": {"id": "mqtt", "name": {"en": "MQTT", "zh": "MQTT"}}, "roles": [
        {"name": "AliyunServiceRoleForMqttTunnel", "short_name": "MqttTunnel"}]}"#;
    folder.file("mqtt.json", own);
    let said = run(&["--catalog", &folder.top(), "tour", "mqtt-roles", "--plain"]);
    assert_eq!(said.code, 2, "{said:#?}");
    assert!(said.err.contains("here nothing is known of "), "{said:#?}");
    assert!(!said.err.contains("role:") && !said.err.contains("product:"), "{said:#?}");
}
