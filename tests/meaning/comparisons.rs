//! Documents side by side, by meaning.

use super::support::{Few, policy};
use rolescope::policy::compare::report::{self, Part, Section, Side, Sign};
use rolescope::policy::compare::{Change, Comparison, Reach, compare};
use rolescope::say::Language;
use serde_json::{Value, json};

fn compared(left: &Value, right: &Value) -> Comparison {
    compare(Language::English, &policy(left), &policy(right), &Few)
}

/// The statements that two roles of the MQTT product share, and the service name of each.
fn mqtt(name: &str) -> Vec<Value> {
    vec![
        json!({ "Effect": "Allow", "Resource": "acs:privatelink:*:*:*", "Action": [
            "privatelink:UpdateVpcEndpointAttribute", "privatelink:CreateVpcEndpoint" ] }),
        json!({ "Effect": "Allow", "Resource": "acs:vpc:*:*:*", "Action": [
            "privatelink:CreateVpcEndpoint", "vpc:DescribeVSwitches", "ecs:CreateSecurityGroup" ] }),
        json!({ "Effect": "Allow", "Resource": "acs:ecs:*:*:*", "Action": [
            "privatelink:CreateVpcEndpoint", "ecs:CreateSecurityGroup" ] }),
        json!({ "Effect": "Allow", "Resource": "*", "Action": "ram:DeleteServiceLinkedRole",
            "Condition": { "StringEquals": { "ram:ServiceName": name } } }),
    ]
}

#[test]
fn two_roles_that_differ_in_one_statement_and_the_service_name() {
    let left = mqtt("ep-tunnel.mqtt.aliyuncs.com");
    let mut right = mqtt("core-rule-engine.mqtt.aliyuncs.com");
    right.insert(
        0,
        json!({ "Effect": "Allow", "Resource": "acs:alikafka:*:*:*",
        "Action": ["alikafka:ListInstance", "alikafka:ListTopic"] }),
    );
    let comparison = compared(&json!(left), &json!(right));
    assert_eq!(
        comparison.verdict,
        "They differ in the service name (ram:ServiceName). Only the second has the statement on Kafka. All else is the same."
    );
    assert_eq!(comparison.actions_added, ["alikafka:ListInstance", "alikafka:ListTopic"]);
    assert!(comparison.actions_gone.is_empty() && comparison.gone.is_empty());
    assert_eq!(comparison.same, [(vec![0], vec![1]), (vec![1], vec![2]), (vec![2], vec![3])]);
    assert_eq!(comparison.added[0].statements, [0]);
    let [Change::ConditionChanged { key, left, right }] = &comparison.changed[0].changes[..] else {
        panic!("{comparison:#?}")
    };
    assert_eq!(key, "ram:ServiceName");
    assert!(left.contains("ep-tunnel") && right.contains("core-rule-engine"));
    assert!(!comparison.is_same());
}

#[test]
fn writing_it_differently_changes_nothing() {
    for (left, right) in [
        (
            json!([{ "Effect": "Allow", "Action": "a:X", "Resource": ["p", "q"] },
                { "Effect": "Allow", "Action": "a:Y", "Resource": "p" },
                { "Effect": "Allow", "Action": "a:Y", "Resource": "q" }]),
            json!([{ "Effect": "Allow", "Action": ["a:X", "a:Y"], "Resource": ["p", "q"] }]),
        ),
        (
            json!([{ "Effect": "Allow", "Action": ["a:X", "a:Y"], "Resource": "*" }]),
            json!([{ "Effect": "Allow", "Action": "A:y", "Resource": ["*"] },
                { "Effect": "Allow", "Action": "a:x", "Resource": "*", "Condition": {} }]),
        ),
        (
            json!([{ "Effect": "Allow", "Action": ["a:*"], "Resource": "*" }]),
            json!([{ "Effect": "Allow", "Action": ["a:Get", "a:*"], "Resource": ["acs:a:*", "*"] }]),
        ),
        (
            json!([{ "Effect": "Deny", "Action": "a:X", "Resource": ["acs:a:*:*:r", "acs:a:*:*:s"] }]),
            json!([{ "Effect": "Deny", "Action": "a:X", "Resource": "acs:a:*:*:s" },
                { "Effect": "Deny", "Action": "a:X", "Resource": "acs:a:*:*:r" }]),
        ),
        (
            json!([{ "Effect": "Allow", "Action": "a:X", "Resource": "*",
                  "Condition": { "StringEquals": { "k": ["v", "w"] } } }]),
            json!([{ "Action": "a:X", "Condition": { "StringEquals": { "K": ["w", "v"] } },
                  "Resource": "*", "Effect": "Allow" }, { "Action": "a:Never", "Resource": "*" }]),
        ),
        (
            json!([{ "Effect": "Allow", "Action": "*", "Resource": "acs:*:*:*:*" }]),
            json!([{ "Effect": "Allow", "Action": "*:*", "Resource": ["*", "acs:oss:*"] }]),
        ),
        (
            json!([{ "Effect": "Deny", "Action": "a:*?*", "Resource": "acs:ram:*:*:role/Reader" },
                { "Effect": "Deny", "Action": "a:?*", "Resource": "acs:ram:*:*:role/reader" }]),
            json!([{ "Effect": "Deny", "Action": "A:?**", "Resource": "acs:ram:**:*:role/READER" }]),
        ),
    ] {
        let comparison = compared(&left, &right);
        assert!(comparison.is_same(), "{left:#}\n{right:#}\n{comparison:#?}");
        assert_eq!(comparison.verdict, "The same by meaning.");
        assert!(compared(&right, &left).is_same());
    }
}

#[test]
fn values_are_compared_as_their_operator_reads_them() {
    let with = |operator: &str, values: Value| {
        json!([{ "Effect": "Allow", "Action": "a:X", "Resource": "*",
            "Condition": { operator: { "k": values } } }])
    };
    for (operator, one, other, same) in [
        ("Bool", json!("TRUE"), json!(true), true),
        ("Bool", json!("true"), json!("false"), false),
        ("NumericLessThan", json!("5"), json!("5.0"), true),
        ("NumericEquals", json!("1e2"), json!(100), true),
        ("NumericEquals", json!("1"), json!("10"), false),
        ("DateLessThan", json!("2019-08-12T17:00:00+08:00"), json!("2019-08-12T09:00:00Z"), true),
        ("DateLessThan", json!("2019-08-12T17:00:00Z"), json!("2019-08-12T09:00:00Z"), false),
        ("IpAddress", json!("10.1.2.3/8"), json!("10.0.0.0/8"), true),
        ("NotIpAddress", json!("192.168.0.1"), json!(["192.168.0.1/32"]), true),
        ("IpAddress", json!("10.0.0.0/8"), json!("10.0.0.0/9"), false),
        ("StringEquals", json!("a"), json!("A"), false),
        ("StringEqualsIgnoreCase", json!("a"), json!("A"), true),
        ("StringLike", json!("a**"), json!("a*"), true),
        ("StringLike", json!("a*"), json!("A*"), false),
        // Nothing passes against a value that is no number: neither statement matches anything.
        ("NumericEquals", json!("many"), json!("few"), true),
        // Of negative operators everything passes, and two such values are not known to be the same.
        ("NumericNotEquals", json!("many"), json!("few"), false),
        ("Strange", json!("5"), json!("5.0"), false),
    ] {
        let comparison = compared(&with(operator, one.clone()), &with(operator, other.clone()));
        assert_eq!(comparison.is_same(), same, "{operator} {one} {other}: {}", comparison.verdict);
    }
    for (one, other, same) in [
        ("StringEquals", "StringLike", true),
        ("StringNotEquals", "StringNotLike", true),
        ("stringequals", "StringEquals", true),
        ("StringEquals", "StringNotEquals", false),
        ("StringEquals", "StringEqualsIgnoreCase", false),
        ("StringEquals", "StringEqualsIfExists", false),
    ] {
        let comparison = compared(&with(one, json!("v")), &with(other, json!("v")));
        assert_eq!(comparison.is_same(), same, "{one} {other}: {}", comparison.verdict);
    }
}

#[test]
fn principals_are_compared_as_whoever_decides_reads_them() {
    let with = |principal: Value| json!([{ "Effect": "Allow", "Action": "sts:AssumeRole", "Principal": principal }]);
    for (one, other, same) in [
        (
            json!({ "Service": "ECS.aliyuncs.com" }),
            json!({ "Service": ["ecs.aliyuncs.com"] }),
            true,
        ),
        (json!({ "Service": "ecs.aliyuncs.com" }), json!({ "Service": "oss.aliyuncs.com" }), false),
        (json!({ "RAM": "acs:ram::1:role/R" }), json!({ "RAM": "acs:ram::1:role/r" }), true),
        (json!({ "RAM": "acs:ram::1:user/U" }), json!({ "RAM": "acs:ram::1:user/u" }), false),
        (
            json!({ "Federated": "acs:ram::1:saml-provider/P" }),
            json!({ "Federated": "acs:ram::1:saml-provider/p" }),
            false,
        ),
    ] {
        let comparison = compared(&with(one.clone()), &with(other.clone()));
        assert_eq!(comparison.is_same(), same, "{one} {other}: {}", comparison.verdict);
    }
}

#[test]
fn statements_that_match_nothing_are_left_out_and_told() {
    let works = json!({ "Effect": "Allow", "Action": "a:X", "Resource": "*" });
    let idle = [
        json!({ "Action": "b:X", "Resource": "*" }),
        json!({ "Effect": "Allow", "Resource": "*" }),
        json!({ "Effect": "Allow", "Action": "b:X" }),
        json!({ "Effect": "Allow", "Action": [], "Resource": "*" }),
        json!({ "Effect": "Allow", "NotAction": ["b:X", "*:*"], "Resource": "*" }),
        json!({ "Effect": "Allow", "Action": "b:X", "NotResource": "acs:*:*:*:*" }),
        json!({ "Effect": "Allow", "Action": "b:X", "Principal": { "RAM": [] } }),
        json!({ "Effect": "Allow", "Action": "b:X", "NotPrincipal": "*" }),
        json!({ "Effect": "Allow", "Action": "b:X", "Resource": "*",
            "Condition": { "StringEquals": { "k": [] } } }),
    ];
    for one in &idle {
        let comparison = compared(&json!([one, works]), &json!([works]));
        assert!(comparison.is_same(), "{one}: {}", comparison.verdict);
        assert_eq!(
            (comparison.idle_left.as_slice(), comparison.idle_right.as_slice()),
            (&[0][..], &[][..]),
            "{one}"
        );
        assert_eq!(
            comparison.asides_of("A", "B"),
            ["Statement 1 of A does nothing as it stands and was left out."]
        );
    }
    let comparison = compared(&json!([works]), &json!([idle[0], works, idle[1], idle[2]]));
    assert_eq!(
        comparison.asides_of("A", "B"),
        ["Statements 1, 3 and 4 of B do nothing as they stand and were left out."]
    );
    assert!(compared(&json!([works]), &json!([works])).asides_of("A", "B").is_empty());
}

#[test]
fn differences_have_a_direction() {
    let grant = |action: Value, resource: Value, condition: Value| json!([{ "Effect": "Allow", "Action": action, "Resource": resource, "Condition": condition }]);
    let base = grant(
        json!(["a:Get", "a:Put"]),
        json!("acs:a:*:*:r/*"),
        json!({ "Bool": { "k": "true" } }),
    );
    let changes = |right: Value| {
        let mut comparison = compared(&base, &right);
        assert_eq!(comparison.changed.len(), 1, "{comparison:#?}");
        comparison.changed.remove(0).changes
    };
    let k = || json!({ "Bool": { "k": "true" } });
    let two = || json!(["a:Get", "a:Put"]);
    assert_eq!(
        changes(grant(json!(["a:Get"]), json!("acs:a:*:*:r/*"), k())),
        [Change::ActionsGone(vec!["a:Put".to_owned()])]
    );
    assert_eq!(
        changes(grant(json!("a:*"), json!("acs:a:*:*:r/*"), k())),
        [Change::ActionsAdded(vec!["a:*".to_owned()])]
    );
    for (resource, how) in [
        ("*", Reach::Wider),
        ("acs:a:*:*:r/x", Reach::Narrower),
        ("acs:a:*:*:s/*", Reach::Different),
    ] {
        let changes = changes(grant(two(), json!(resource), k()));
        assert!(
            matches!(&changes[..], [Change::Resources { how: found, .. }] if *found == how),
            "{changes:?}"
        );
    }
    assert_eq!(
        changes(grant(two(), json!("acs:a:*:*:r/*"), json!({}))),
        [Change::ConditionDropped("k is true".to_owned())]
    );
    let both = json!({ "Bool": { "k": "true" }, "StringLike": { "l": "x*" } });
    let added = changes(grant(two(), json!("acs:a:*:*:r/*"), both));
    assert_eq!(added, [Change::ConditionAdded("l matches \"x*\"".to_owned())]);
    assert_eq!(added[0].words(Language::English), "adds the condition that l matches \"x*\"");
}

/// The lines of a section that are actions, each with what is said beside or above it.
fn action_lines(left: &Value, right: &Value, section: Section) -> Vec<(String, String)> {
    let (left, right) = (policy(left), policy(right));
    let comparison = compare(Language::English, &left, &right, &Few);
    let side = |name, document| Side { name, document };
    let lines = report::lines(&comparison, side("A", &left), side("B", &right), &Few);
    let lines = lines.into_iter().filter(|line| line.section == section);
    let lines = lines.filter(|line| line.part == Part::Action);
    lines
        .map(|line| match line.sign {
            Sign::Changed => (line.text, "in both".to_owned()),
            _ => (line.text, line.more),
        })
        .collect()
}

#[test]
fn all_but_a_list_is_held_against_all_but_another() {
    let all_but =
        |listed: Value| json!([{ "Effect": "Allow", "NotAction": listed, "Resource": "*" }]);
    let every = json!([{ "Effect": "Allow", "Action": "*", "Resource": "*" }]);
    for (left, right, gone, added) in [
        (all_but(json!("ram:*")), all_but(json!(["ram:*", "ims:*"])), vec!["ims:*"], vec![]),
        (all_but(json!("ram:*")), all_but(json!("ims:*")), vec!["ims:*"], vec!["ram:*"]),
        (all_but(json!("ram:*")), all_but(json!(["RAM:Get*", "ram:*"])), vec![], vec![]),
        (all_but(json!("ram:*")), every.clone(), vec![], vec!["ram:*"]),
        (every.clone(), all_but(json!("ram:*")), vec!["ram:*"], vec![]),
    ] {
        let comparison = compared(&left, &right);
        assert_eq!(comparison.actions_gone, gone, "{left} {right}");
        assert_eq!(comparison.actions_added, added, "{left} {right}");
        assert_eq!(comparison.is_same(), gone.is_empty() && added.is_empty());
        let mut changes = Vec::new();
        if !added.is_empty() {
            changes.push(Change::ActionsAdded(comparison.actions_added.clone()));
        }
        if !gone.is_empty() {
            changes.push(Change::ActionsGone(comparison.actions_gone.clone()));
        }
        let found = comparison.changed.iter().flat_map(|one| one.changes.clone());
        assert_eq!(found.collect::<Vec<_>>(), changes, "{left} {right}");
        let plain = |actions: &[&str]| -> Vec<(String, String)> {
            actions.iter().map(|action| ((*action).to_owned(), String::new())).collect()
        };
        assert_eq!(action_lines(&left, &right, Section::OnlyLeft), plain(&gone), "{left} {right}");
        assert_eq!(
            action_lines(&left, &right, Section::OnlyRight),
            plain(&added),
            "{left} {right}"
        );
    }
}

#[test]
fn what_is_told_of_one_side_is_said_to_be_on_the_other_only_where_it_is() {
    let allow = |action: Value, resource: &str| json!({ "Effect": "Allow", "Action": action, "Resource": resource });
    let all_but = |listed: Value| json!({ "Effect": "Allow", "NotAction": listed, "Resource": "acs:b:*:*:*" });
    let deny = |action: Value| json!({ "Effect": "Deny", "Action": action, "Resource": "*" });
    let alone = "Start new servers";
    let one = json!([allow(json!(["ecs:RunInstances", "ecs:Stop*"]), "*")]);
    for (other, run, stop) in [
        (json!([]), alone, ""),
        (json!([all_but(json!("ram:*"))]), "in both", "in both"),
        (json!([all_but(json!("ecs:*"))]), alone, ""),
        (json!([all_but(json!("ecs:StopX"))]), "in both", "B has a part of it"),
        (json!([all_but(json!("ram:*")), deny(json!("ecs:*"))]), alone, ""),
        (json!([all_but(json!("ram:*")), deny(json!("*:StopX"))]), "in both", "B has a part of it"),
    ] {
        let mut lines = action_lines(&one, &other, Section::OnlyLeft);
        lines.sort();
        let lines: Vec<(&str, &str)> =
            lines.iter().map(|(action, more)| (action.as_str(), more.as_str())).collect();
        assert_eq!(lines, [("ecs:RunInstances", run), ("ecs:Stop*", stop)], "{other}");
    }
    // Both have one of the actions, but not only here.
    let more = json!([allow(json!("a:X"), "*"), allow(json!(["a:X", "a:Y"]), "acs:a:*:*:x")]);
    assert_eq!(
        action_lines(&more, &json!([allow(json!("a:X"), "*")]), Section::OnlyLeft),
        [("a:Y".to_owned(), String::new()), ("a:X".to_owned(), "in both".to_owned())]
    );
    let denied = json!([allow(json!("ecs:Stop*"), "*"), deny(json!("ecs:*"))]);
    assert_eq!(
        action_lines(&denied, &json!([]), Section::OnlyLeft),
        [
            ("ecs:Stop*".to_owned(), "A itself denies it".to_owned()),
            ("ecs:*".to_owned(), String::new())
        ]
    );
}

#[test]
fn what_is_denied_in_every_case_is_not_allowed() {
    let allow = json!({ "Effect": "Allow", "Action": ["ecs:*", "oss:Get"], "Resource": "*" });
    let deny = |rest: Value| {
        let mut deny = json!({ "Effect": "Deny", "Resource": "*" });
        for (name, value) in rest.as_object().unwrap() {
            deny[name] = value.clone();
        }
        deny
    };
    let when = json!({ "Bool": { "k": "true" } });
    for (denies, gone) in [
        (deny(json!({ "Action": "ecs:Stop*" })), vec!["ecs:Stop*"]),
        (deny(json!({ "Action": "*" })), vec!["ecs:*", "oss:Get"]),
        (deny(json!({ "Action": "*:Get" })), vec!["ecs:*", "oss:Get"]),
        (deny(json!({ "NotAction": "ecs:*" })), vec!["oss:Get"]),
        (deny(json!({ "Action": "ecs:*", "Condition": when })), vec![]),
        (deny(json!({ "Action": "ecs:*", "Resource": "acs:ecs:*:*:x" })), vec![]),
    ] {
        let comparison = compared(&json!([allow]), &json!([allow, denies]));
        assert_eq!(comparison.actions_gone, gone, "{denies}");
        assert!(comparison.actions_added.is_empty(), "{denies}");
        assert!(compared(&json!([allow, denies]), &json!([])).actions_added.is_empty());
    }
}

#[test]
fn a_list_of_resources_and_all_but_a_list_have_a_direction() {
    let on = |element: &str, resource: Value| json!([{ "Effect": "Allow", "Action": "a:X", element: resource }]);
    let all_but = |resource: Value| on("NotResource", resource);
    for (left, right, how) in [
        (on("Resource", json!("*")), all_but(json!("acs:a:*:*:x")), Reach::Narrower),
        (on("Resource", json!("acs:a:*:*:y")), all_but(json!("acs:a:*:*:x")), Reach::Wider),
        (on("Resource", json!("acs:a:*:*:*")), all_but(json!("acs:a:*:*:x")), Reach::Different),
        // Names of roles have no case.
        (
            on("Resource", json!("acs:ram:*:*:role/r")),
            all_but(json!("acs:ram:*:*:*/R")),
            Reach::Different,
        ),
        (all_but(json!("acs:a:*:*:x")), all_but(json!("acs:a:*:*:*")), Reach::Narrower),
    ] {
        for (left, right, how) in [
            (&left, &right, how),
            (
                &right,
                &left,
                match how {
                    Reach::Wider => Reach::Narrower,
                    Reach::Narrower => Reach::Wider,
                    Reach::Different => Reach::Different,
                },
            ),
        ] {
            let comparison = compared(left, right);
            let [Change::Resources { how: found, .. }] = &comparison.changed[0].changes[..] else {
                panic!("{comparison:#?}")
            };
            assert_eq!(*found, how, "{left} {right}");
        }
    }
}

#[test]
fn actions_count_whatever_pattern_grants_them() {
    let left = json!([{ "Effect": "Allow", "NotAction": "ram:*", "Resource": "*" }]);
    let right =
        json!([{ "Effect": "Allow", "Action": ["ecs:Run", "ram:GetRole"], "Resource": "*" }]);
    let comparison = compared(&left, &right);
    assert_eq!(comparison.actions_added, ["ram:GetRole"]);
    assert_eq!(comparison.actions_gone, ["everything except ram:*"]);
    assert_eq!(comparison.gone_except[0].words, comparison.actions_gone[0]);
    assert_eq!(comparison.gone_except[0].left_out, ["ram:*"]);
    assert!(comparison.added_except.is_empty());
    assert_eq!(
        comparison.verdict,
        "No grant corresponds to one of the other, and how far they overlap is not known: 1 grant only in the first, 1 grant only in the second, 1 pattern gone, 1 action added."
    );
    assert_eq!(comparison.gone[0].title, "the statement on every service");
}

#[test]
fn nothing_in_common_is_said_only_where_it_is_sure() {
    let allow = |action: Value, resource: &str| json!({ "Effect": "Allow", "Action": action, "Resource": resource });
    let all_but =
        |listed: Value| json!({ "Effect": "Allow", "NotAction": listed, "Resource": "*" });
    let deny = json!({ "Effect": "Deny", "Action": "a:Get", "Resource": "*" });
    for (left, right, nothing) in [
        (allow(json!("a:Get"), "*"), allow(json!("b:Get"), "*"), true),
        (allow(json!("a:Get*"), "*"), allow(json!("a:*Item"), "*"), false),
        // The actions are in both, if on other resources.
        (allow(json!("a:Get*"), "acs:a:*:*:x"), allow(json!("a:*Item"), "acs:a:*:*:y"), false),
        (allow(json!("a:Get*"), "acs:a:*:*:x*"), allow(json!("a:*Item"), "acs:a:*:*:*y"), false),
        (allow(json!("A:Get"), "*"), all_but(json!("a:*")), true),
        (allow(json!("a:Get"), "*"), all_but(json!("b:*")), false),
        (allow(json!("a:*"), "*"), all_but(json!("a:Get")), false),
        // To allow and to deny is nothing in common.
        (allow(json!("a:Get"), "*"), deny, true),
    ] {
        for (one, other) in [(&left, &right), (&right, &left)] {
            let verdict = compared(&json!([one]), &json!([other])).verdict;
            assert_eq!(
                verdict.starts_with("Nothing in common"),
                nothing,
                "{one} {other}: {verdict}"
            );
            assert_eq!(
                verdict.starts_with("No grant corresponds"),
                !nothing,
                "{one} {other}: {verdict}"
            );
        }
    }
}

#[test]
fn what_is_denied_is_counted_apart() {
    let allow = |action: Value| json!({ "Effect": "Allow", "Action": action, "Resource": "*" });
    let deny = |action: Value| json!({ "Effect": "Deny", "Action": action, "Resource": "*" });
    let left = policy(&json!([deny(json!(["c:X", "c:Y"]))]));
    let right =
        json!([allow(json!(["a:X", "a:Y"])), deny(json!("b:X")), deny(json!(["c:Y", "c:Z"]))]);
    let right = policy(&right);
    let comparison = compare(Language::English, &left, &right, &Few);
    let side = |name, document| Side { name, document };
    let lines = report::lines(&comparison, side("A", &left), side("B", &right), &Few);
    let headings = lines.iter().filter(|line| line.part == Part::Heading);
    let headings: Vec<_> = headings.map(|line| (line.text.as_str(), line.more.as_str())).collect();
    assert_eq!(
        headings,
        [("Only in A", "1 action denied"), ("Only in B", "2 actions, 2 actions denied")]
    );
}

/// The lists of known actions are not whole, so they settle that something is gone, and never that nothing is.
#[test]
fn what_several_grants_cover_together_is_not_called_gone() {
    let catalog = rolescope::catalog::Catalog::builtin().unwrap();
    let policy =
        |actions: Value| policy(&json!([{"Effect": "Allow", "Action": actions, "Resource": "*"}]));
    let all: Vec<&str> = vec!["oss:Get*", "oss:List*", "oss:Put*"];
    for (left, right, gone, unsure) in [
        // Every known action of OSS is one of these.
        (json!("oss:*"), json!(all), vec![], vec!["oss:*"]),
        // One that is known is missing: that much is certain.
        (json!("oss:*"), json!(["oss:Get*", "oss:List*"]), vec!["oss:*"], vec![]),
        (json!("oss:*Bucket*"), json!(["oss:Get*", "oss:List*"]), vec![], vec!["oss:*Bucket*"]),
        // Nothing is known of it.
        (json!("nobody:*"), json!(["nobody:Get*", "nobody:List*"]), vec!["nobody:*"], vec![]),
        (json!("oss:Get*"), json!("oss:*"), vec![], vec![]),
    ] {
        let (one, other) = (policy(left.clone()), policy(right.clone()));
        let there = compare(Language::English, &one, &other, &catalog);
        let back = compare(Language::English, &other, &one, &catalog);
        for (lacking, perhaps) in
            [(&there.actions_gone, &there.unsure_gone), (&back.actions_added, &back.unsure_added)]
        {
            assert_eq!(*lacking, gone, "{left} {right}");
            assert_eq!(*perhaps, unsure, "{left} {right}");
        }
        let said = there.asides_of("A", "B").join("\n");
        assert_eq!(said.contains("not certain"), !unsure.is_empty(), "{left} {right}: {said}");
    }
}
