//! What is not sure about a policy is said wherever an answer rests on it.

use super::support::{Folder, run};

/// A part that is missing, published in part or reconstructed may name more actions of its services.
#[test]
fn what_an_unread_part_may_name_is_not_denied() {
    for (role, action, words) in [
        ("Alikafka", "cms:PutAlarm", "the part of the policy that is missing here"),
        ("Connector", "dataworks:Foo", "statement 5, of which only a part is published"),
        ("Connector", "OTS:Foo", "statement 7, which is reconstructed here"),
    ] {
        let can = run(&["can", role, "--action", action, "--json"]);
        let json = can.json();
        assert_eq!((can.code, &json["decision"]), (1, &"depends".into()), "{action} {json:#}");
        assert_eq!(json["possible"], serde_json::json!(["allow", "implicit_deny"]), "{json:#}");
        assert!(json["sentence"].as_str().unwrap().contains(words), "{json:#}");
        assert_eq!(json["whole"], false, "{json:#}");
        assert!(json["warning"].as_str().is_some_and(|text| !text.is_empty()), "{json:#}");
        let who = run(&["who-can", action]);
        assert_eq!(who.code, 0, "{who:#?}");
        assert!(who.out.contains(&format!("only if {words}")), "{who:#?}");
        let chinese = run(&["can", role, "--action", action, "--lang", "zh"]);
        assert!(chinese.out.starts_with("取决于条件"), "{chinese:#?}");
    }
    // Of a service that only whole statements speak of nothing is open.
    for action in ["fc:Foo", "kms:Decrypt", "ram:CreateRole"] {
        let can = run(&["can", "Connector", "--action", action, "--json"]);
        assert_eq!(can.json()["decision"], "implicit_deny", "{can:#?}");
    }
    let whole = run(&["can", "AlikafkaETL", "--action", "fc:InvokeFunction", "--json"]).json();
    assert_eq!((&whole["whole"], &whole["warning"]), (&true.into(), &serde_json::Value::Null));
}

/// A grant that is reconstructed is a yes that says so.
#[test]
fn a_reconstructed_grant_is_told_apart() {
    let action = "eventbridge:CreateEventStreaming";
    let can = run(&["can", "Connector", "--action", action]);
    assert_eq!(can.code, 0, "{can:#?}");
    assert!(can.out.contains("Allowed by statement 6 (reconstructed)."), "{can:#?}");
    assert!(can.out.contains("Allow statement 6 (reconstructed): matches"), "{can:#?}");
    let json = run(&["can", "Connector", "--action", action, "--json"]).json();
    assert_eq!(json["deciding"]["standing"], "reconstructed", "{json:#}");
    assert_eq!(json["trace"][4]["standing"], "published v15, in part", "{json:#}");
    let who = run(&["who-can", action]);
    assert!(
        who.out.contains(
            "AliyunServiceRoleForAlikafkaConnector ◐\n    Allowed by statement 6 (reconstructed)."
        ),
        "{who:#?}"
    );
    assert!(
        who.out.contains("AliyunServiceRoleForAMQPEventBridge\n    Allowed by statement 1."),
        "{who:#?}"
    );
    let json = run(&["who-can", action, "--json"]).json();
    let roles = json["roles"].as_array().unwrap();
    let of = |name: &str| roles.iter().find(|role| role["short_name"] == name).unwrap();
    assert_eq!(of("AlikafkaConnector")["actions"][0]["standing"], "reconstructed", "{json:#}");
    assert!(of("AlikafkaConnector")["warning"].is_string(), "{json:#}");
    assert_eq!(of("AlikafkaETL")["warning"], serde_json::Value::Null, "{json:#}");
}

/// Markdown carries the warning inside; text and JSON stay exact.
#[test]
fn a_policy_as_markdown_says_that_it_is_not_sure() {
    for (args, words) in [
        (&["policy", "Connector"][..], "published v15, partly reconstructed"),
        (&["policy", "Connector", "--statement", "6"], "statement 6: reconstructed"),
        (&["policy", "Connector", "--statement", "5"], "statement 5: published v15, in part"),
        (&["policy", "Connector", "--trust"], "The trust policy is implied"),
    ] {
        let plain = run(args);
        serde_json::from_str::<serde_json::Value>(&plain.out)
            .unwrap_or_else(|error| panic!("{error}: {plain:#?}"));
        let marked = run(&[args, &["-f", "markdown"]].concat());
        assert!(marked.out.starts_with("> ") && marked.out.contains(words), "{marked:#?}");
        assert!(marked.out.contains("\n```json\n"), "{marked:#?}");
    }
    let json = run(&["policy", "Connector", "--statement", "6", "--json"]).json();
    assert_eq!(json["statement_standing"], "reconstructed", "{json:#}");
    let sure = run(&["policy", "Connector", "--statement", "1", "-f", "markdown"]);
    assert!(sure.out.starts_with("```json\n"), "{sure:#?}");
}

/// What a summary, an explanation and a comparison say of a reconstructed text stands on standard output.
#[test]
fn what_rests_on_a_reconstructed_text_says_so_in_the_answer() {
    let explained = run(&["explain", "Connector", "-f", "markdown"]).out;
    for words in ["(published v15, in part)", "(reconstructed)", "(documented)", "is a guess at"] {
        assert!(explained.contains(words), "{words}: {explained}");
    }
    let json = run(&["explain", "Connector", "--json"]).json();
    let policy = &json["policies"][0];
    assert_eq!(policy["statements"][5]["standing"], "reconstructed", "{policy:#}");
    assert_eq!(policy["whole"], false, "{policy:#}");
    for format in ["text", "markdown"] {
        let summed = run(&["summary", "Connector", "-f", format]).out;
        let at = summed.find("ListEventStreamings").unwrap();
        let line = summed[at..].lines().next().unwrap();
        assert!(line.ends_with("(reconstructed)"), "{line}");
        let at = summed.find("fc:InvokeFunction").unwrap();
        assert!(!summed[at..].lines().next().unwrap().contains("reconstructed"), "{summed}");
        assert!(summed.contains("The policy text is not whole"), "{summed}");
        let compared = run(&["diff", "Connector", "AlikafkaETL", "-f", format]).out;
        assert!(compared.contains("policy of AlikafkaConnector is not whole"), "{compared}");
        let sure = run(&["explain", "AlikafkaETL", "-f", format]).out;
        assert!(!sure.contains("reconstructed") && !sure.contains("not whole"), "{sure}");
    }
    let json = run(&["diff", "Connector", "AlikafkaETL", "--json"]).json();
    assert_eq!((&json["first_whole"], &json["second_whole"]), (&false.into(), &true.into()));
    let shown = run(&["show", "Connector", "-f", "markdown"]).out;
    assert!(shown.contains("`gpdb:DescribeDBInstances` ◐"), "{shown}");
    assert!(shown.contains("\n◐: the statement that grants it is reconstructed.\n"), "{shown}");
    let whole = run(&["show", "AlikafkaETL", "-f", "markdown"]).out;
    assert!(!whole.contains('◐'), "{whole}");
}

/// With a snapshot the list has the mark of the screen and the version of the account; notes on the product page stay.
#[test]
fn a_snapshot_is_seen_in_the_list() {
    let folder = Folder::new();
    let document = r#"{\"Version\":\"1\",\"Statement\":[]}"#;
    let file = folder.file(
        "account.json",
        format!(
            r#"{{"format": "rolescope account snapshot", "schema": 1, "complete": true, "roles": [
                {{"name": "AliyunServiceRoleForAlikafka", "service_linked": true,
                  "policies": [{{"name": "AliyunServiceRolePolicyForAlikafka"}}]}}],
              "policies": [{{"name": "AliyunServiceRolePolicyForAlikafka", "version": "v11", "document": "{document}"}}]}}"#
        ),
    );
    let list = run(&["--snapshot", &file, "list"]).out;
    let row = |name: &str| list.lines().find(|row| row.starts_with(&format!("{name} "))).unwrap();
    assert!(row("AliyunServiceRoleForAlikafka").contains("observed v11"), "{list}");
    assert!(row("AliyunServiceRoleForAlikafka").ends_with("● v11"), "{list}");
    assert!(row("AliyunServiceRoleForAlikafkaETL").ends_with("○ not in the account"), "{list}");
    let json = run(&["--snapshot", &file, "list", "--json"]).json();
    let roles = json["roles"].as_array().unwrap();
    let of = |name: &str| roles.iter().find(|role| role["short_name"] == name).unwrap();
    assert_eq!(of("Alikafka")["policy"]["version"], "v11", "{json:#}");
    assert_eq!(
        (&of("Alikafka")["exists"], &of("AlikafkaETL")["exists"]),
        (&true.into(), &false.into())
    );
    let show = run(&["--snapshot", &file, "show", "Alikafka"]).out;
    assert!(show.contains("The product page still describes an older text"), "{show}");
    assert!(run(&["list", "--json"]).json()["roles"][0]["exists"].is_null());
    // What is documented rests on a page, or says that its address is not known.
    for role in ["Alikafka", "MqttTunnel", "Ons"] {
        let show = run(&["show", role]).out;
        assert!(show.contains("Product page  https://"), "{show}");
    }
    let own = Folder::new();
    own.file(
        "widget.json",
        r#"{"product":{"id":"widget","name":{"en":"Widget","zh":"小部件"}},"roles":[{"name":"AliyunServiceRoleForWidget","purpose":{"en":"Reaches your networks.","zh":"访问您的网络。","standing":"documented"}}]}"#,
    );
    let show = run(&["--catalog", &own.top(), "show", "AliyunServiceRoleForWidget"]).out;
    assert!(show.contains("the address of the product page is not established"), "{show}");
}

/// A role has one ARN and one standing wherever they are told.
#[test]
fn with_a_snapshot_every_answer_has_the_same_arn_and_standing() {
    let folder = Folder::new();
    let document = r#"{\"Version\":\"1\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"ecs:A\",\"Resource\":\"*\"}]}"#;
    let arn = "acs:ram::1234567890123456:role/aliyunserviceroleforalikafka";
    let file = folder.file(
        "account.json",
        format!(
            r#"{{"format": "rolescope account snapshot", "schema": 1, "complete": true, "roles": [
                {{"name": "AliyunServiceRoleForAlikafka", "service_linked": true, "arn": "{arn}",
                  "policies": [{{"name": "AliyunServiceRolePolicyForAlikafka"}}]}}],
              "policies": [{{"name": "AliyunServiceRolePolicyForAlikafka", "version": "v11", "document": "{document}"}}]}}"#
        ),
    );
    for args in [
        &["show", "Alikafka"][..],
        &["show", "Alikafka", "-f", "markdown"],
        &["show", "Alikafka", "--json"],
        &["export", "Alikafka"],
    ] {
        let out = run(&[&["--snapshot", &file][..], args].concat()).out;
        assert!(out.contains(arn) && !out.contains("<account-id>"), "{args:?}: {out}");
        assert!(out.contains("observed v11"), "{args:?}: {out}");
    }
    for (args, at) in [
        (&["summary", "Alikafka", "--json"][..], "/policies/0/standing"),
        (&["explain", "Alikafka", "--json"], "/policies/0/standing"),
        (&["policy", "Alikafka", "--json"], "/standing"),
        (&["can", "Alikafka", "--action", "ecs:A", "--json"], "/standing"),
    ] {
        let json = run(&[&["--snapshot", &file][..], args].concat()).json();
        let standing = json.pointer(at).and_then(|one| one.as_str());
        assert_eq!(standing, Some("observed v11"), "{args:?}: {json:#}");
    }
}
