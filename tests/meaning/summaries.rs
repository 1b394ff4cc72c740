//! Summaries of whole documents.

use super::support::{Few, policy};
use rolescope::policy::document::Effect;
use rolescope::policy::level::{AccessLevel, LevelSource};
use rolescope::policy::summary::{GrantedAction, ServiceSummary, Summary, summarize, touched};
use rolescope::say::Language;
use serde_json::{Value, json};

fn summary(statements: &Value) -> Summary {
    summarize(&policy(statements), &Few)
}

fn service<'a>(summary: &'a Summary, code: &str) -> &'a ServiceSummary {
    let found = summary.services.iter().find(|service| service.code == code);
    found.unwrap_or_else(|| panic!("no {code} in {summary:#?}"))
}

fn names(service: &ServiceSummary, level: AccessLevel) -> Vec<&str> {
    let groups = service.levels.iter().filter(|group| group.level == level);
    groups.flat_map(|group| group.actions.iter().map(|a| a.name.as_str())).collect()
}

fn only(service: &ServiceSummary) -> &GrantedAction {
    assert_eq!(service.levels.len(), 1, "{service:#?}");
    assert_eq!(service.levels[0].actions.len(), 1, "{service:#?}");
    &service.levels[0].actions[0]
}

#[test]
fn actions_are_grouped_by_service_and_level() {
    let summary = summary(&json!([
        { "Effect": "Allow", "Resource": "*",
          "Action": ["Ecs:DescribeInstances", "ecs:RunInstances", "kms:TagResource", "ecs:TagResources"] },
        { "Effect": "Allow", "Resource": ["*"], "Action": "ecs:describeinstances" },
    ]));
    let codes: Vec<&str> = summary.services.iter().map(|s| s.code.as_str()).collect();
    assert_eq!(codes, ["ecs", "kms"]);
    let ecs = service(&summary, "ecs");
    let levels: Vec<AccessLevel> = ecs.levels.iter().map(|group| group.level).collect();
    assert_eq!(levels, [AccessLevel::Read, AccessLevel::Write, AccessLevel::Tagging]);
    // Two spellings are one action, in the first spelling, with both statements.
    let describe = &ecs.levels[0].actions[0];
    assert_eq!(describe.name, "Ecs:DescribeInstances");
    assert_eq!(describe.meaning.as_deref(), Some("List servers"));
    let statements: Vec<usize> = describe.grants.iter().map(|grant| grant.statement).collect();
    assert_eq!(statements, [0, 1]);
}

#[test]
fn actions_on_resources_of_another_service_are_listed_with_both() {
    let summary = summary(&json!([
        { "Effect": "Allow", "Resource": "acs:vpc:*:*:*",
          "Action": ["privatelink:CreateVpcEndpoint", "vpc:DescribeVSwitches", "ecs:CreateSecurityGroup"] },
    ]));
    assert_eq!(
        names(service(&summary, "privatelink"), AccessLevel::Write),
        ["privatelink:CreateVpcEndpoint"]
    );
    let vpc = service(&summary, "vpc");
    assert_eq!(names(vpc, AccessLevel::Read), ["vpc:DescribeVSwitches"]);
    let through: Vec<&str> = vpc.through_resources.iter().map(|a| a.name.as_str()).collect();
    assert_eq!(through, ["privatelink:CreateVpcEndpoint", "ecs:CreateSecurityGroup"]);
    assert_eq!(*vpc.through_resources[0].grants[0].resources, ["acs:vpc:*:*:*"]);
}

#[test]
fn of_too_many_actions_and_services_each_service_tells_the_number() {
    let actions: Vec<String> = (0..200).map(|n| format!("a{n}:B*")).collect();
    let resources: Vec<String> = (0..200).map(|n| format!("acs:a{}:*", n + 1)).collect();
    let some: Vec<String> = resources.iter().map(|all| format!("{all}:*:x")).collect();
    let summary = summary(&json!([
        { "Effect": "Allow", "Action": actions, "Resource": resources },
        { "Effect": "Deny", "Action": actions, "Resource": some },
        { "Effect": "Allow", "Action": ["ecs:RunInstances", "ecs:Get*"], "Resource": resources },
    ]));
    let codes: Vec<&str> = summary.services.iter().map(|s| s.code.as_str()).collect();
    let expected: Vec<String> =
        ["a0"].map(String::from).into_iter().chain((1..=200).map(|n| format!("a{n}"))).collect();
    assert_eq!(codes[..201], expected);
    assert_eq!(codes[201..], ["ecs"]);
    assert!(service(&summary, "a0").counted.is_empty(), "no resource of it is named");
    // Its own action is in its levels, and not counted again.
    let (a1, a200) = (service(&summary, "a1"), service(&summary, "a200"));
    let words = |service: &ServiceSummary| -> Vec<String> {
        service.counted.iter().map(|counted| counted.words(Language::English)).collect()
    };
    assert_eq!(
        words(a1),
        [
            "199 patterns in statement 1, too many to list under each service",
            "denied: 199 patterns in statement 2, too many to list under each service"
        ]
    );
    assert_eq!(words(a200)[0], "200 patterns in statement 1, too many to list under each service");
    // What is not too many is listed all the same.
    let through: Vec<&str> = a1.through_resources.iter().map(|a| a.name.as_str()).collect();
    assert_eq!(through, ["ecs:RunInstances", "ecs:Get*"]);
    assert_eq!((a1.through().actions, a1.through().patterns), (1, 200));
    assert!(a200.is_touched());
}

#[test]
fn entries_under_other_services_do_not_multiply_texts() {
    let actions: Vec<String> = (0..70).map(|n| format!("a{n}:B")).collect();
    let resources: Vec<String> = (0..70).map(|n| format!("acs:s{n}:*")).collect();
    let summary = summary(&json!([
        { "Effect": "Allow", "Action": actions, "Resource": resources },
    ]));
    assert_eq!(only(service(&summary, "a0")).grants[0].resources.len(), 70);
    let through = &service(&summary, "s0").through_resources;
    assert_eq!(through.len(), 70);
    let texts = &through[69].grants[0].resources;
    assert_eq!(texts.len(), 41);
    assert_eq!((texts[0].as_str(), texts[40].as_str()), ("acs:s0:*", "and 30 more"));
}

#[test]
fn what_is_denied_lowers_the_level_of_a_pattern() {
    let of = |statements: &Value| {
        let document = policy(statements);
        let summary = summarize(&document, &Few);
        let level = summary.services.iter().flat_map(|service| &service.levels).next();
        let level = level.map(|group| (group.level, group.actions[0].meaning.clone()));
        // The matrix counts without a summary, and finds the same.
        assert_eq!(touched(&document, &Few), summary.touched(), "{statements}");
        level
    };
    let allow = json!({ "Effect": "Allow", "Action": "ecs:*", "Resource": "*" });
    let but =
        |left: Value| json!([allow, { "Effect": "Deny", "NotAction": left, "Resource": "*" }]);
    let meaning = |text: &str| Some(text.to_owned());
    let whole = "covers every action";
    let by = "covers every action; permissions by CreateNetworkInterfacePermission";
    assert_eq!(of(&json!([allow])), Some((AccessLevel::Permissions, meaning(by))));
    let left = format!("{whole}; statement 2 leaves only *:Get* and ecs:List* of it");
    assert_eq!(of(&but(json!(["*:Get*", "ecs:List*"]))), Some((AccessLevel::Read, meaning(&left))));
    assert_eq!(of(&but(json!("ecs:*"))), Some((AccessLevel::Permissions, meaning(by))));
    // Two such denials leave what both leave.
    let mut two = but(json!("ecs:*"));
    two.as_array_mut().unwrap().extend(but(json!("ecs:List*")).as_array().unwrap().clone());
    let left = format!("{whole}; statement 4 leaves only ecs:List* of it");
    assert_eq!(of(&two), Some((AccessLevel::List, meaning(&left))));
    // Beside a list of what is left out too, and a Deny has the level of its own words.
    let rest = json!([{ "Effect": "Allow", "NotAction": "oss:*", "Resource": "*" },
        { "Effect": "Deny", "NotAction": ["*:Get*", "*:List*"], "Resource": "*" }]);
    assert_eq!(of(&rest).map(|(level, _)| level), Some(AccessLevel::Read));
    let denied = json!([{ "Effect": "Deny", "Action": "ecs:*", "Resource": "*" },
        { "Effect": "Deny", "NotAction": "*:Get*", "Resource": "*" }]);
    let denied = summarize(&policy(&denied), &Few);
    assert_eq!(service(&denied, "ecs").denied[0].level, AccessLevel::Permissions);
    // Of single names the next one makes the level, as long as one is left.
    let deny =
        |names: Value| json!([allow, { "Effect": "Deny", "Action": names, "Resource": "*" }]);
    let next = "covers every action; permissions by DeleteNetworkInterfacePermission";
    let one = deny(json!("ecs:CreateNetworkInterfacePermission"));
    assert_eq!(of(&one), Some((AccessLevel::Permissions, meaning(next))));
}

#[test]
fn what_is_allowed_beside_the_own_service_is_no_whole_denial() {
    let own = "acs:ots:*:*:*";
    let deny = json!({ "Effect": "Deny", "Action": "ots:*", "Resource": own });
    for (element, resource, granted) in [
        ("Resource", "*", false),
        ("Resource", "acs:vpc:*:*:*", true),
        ("NotResource", own, true),
        ("NotResource", "acs:ots:*:*:instance/a", false),
        ("NotResource", "acs:vpc:*:*:*", false),
    ] {
        let mut allow = json!({ "Effect": "Allow", "Action": "ots:PutRow" });
        allow[element] = json!(resource);
        let document = policy(&json!([allow, deny]));
        let summary = summarize(&document, &Few);
        let told = summary.services.iter().any(|service| !service.levels.is_empty());
        assert_eq!(told, granted, "{element} {resource}");
        assert_eq!(touched(&document, &Few), summary.touched(), "{element} {resource}");
    }
}

#[test]
fn patterns_say_what_they_cover() {
    let summary = summary(&json!([
        { "Effect": "Allow", "Action": ["ots:*", "*:Describe*", "fc:Get*"], "Resource": "*" },
    ]));
    let ots = only(service(&summary, "ots"));
    assert_eq!((ots.level, ots.source), (AccessLevel::Write, LevelSource::NameRule));
    assert_eq!(*ots.covers, ["ots:GetRow", "ots:ListTable", "ots:PutRow"]);
    assert_eq!(
        ots.meaning.as_deref(),
        Some("covers every action; none that is known manages permissions")
    );
    let any = only(service(&summary, "*"));
    assert_eq!((any.name.as_str(), any.level), ("*:Describe*", AccessLevel::Read));
    assert_eq!(any.source, LevelSource::Documented);
    assert!(only(service(&summary, "fc")).covers.is_empty());
}

#[test]
fn everything_but_some_actions_is_listed_under_any_service() {
    // S1: NotAction with Allow leaves the listed actions ungranted.
    let summary = summary(&json!([
        { "Effect": "Allow", "NotAction": ["ram:*"], "Resource": "*" },
        { "Effect": "Deny", "Action": "*", "Resource": "*" },
    ]));
    assert_eq!(summary.services.len(), 1);
    let any = service(&summary, "*");
    // What denies everything leaves nothing of it.
    assert_eq!(any.levels, []);
    let actions = &any.denied;
    assert_eq!(actions.iter().map(|one| &*one.name).collect::<Vec<_>>(), ["*", "*"]);
    assert_eq!(actions[0].level, AccessLevel::Permissions);
    assert!(actions[0].grants[0].not_action);
    assert_eq!(actions[0].except.as_deref(), Some(&["ram:*".to_owned()][..]));
    assert_eq!(actions[1].grants[0].effect, Effect::Deny);
    assert_eq!(actions[1].except, None);
}

#[test]
fn what_one_not_action_leaves_out_is_one_entry() {
    let summary = summary(&json!([
        { "Effect": "Allow", "NotAction": ["ots:*", "ecs:RunInstances"], "Resource": "*" },
        { "Effect": "Allow", "NotAction": ["ECS:runinstances", "ots:*"], "Resource": "acs:oss:*:*:b" },
        { "Effect": "Deny", "NotAction": "ecs:Describe*", "Resource": "*" },
        { "Effect": "Deny", "NotAction": [], "Resource": "*" },
    ]));
    let words = |actions: &[GrantedAction]| -> Vec<String> {
        actions.iter().map(|action| action.words(Language::English)).collect()
    };
    let all_but = "every action except ots:*, ecs:RunInstances";
    let any = service(&summary, "*");
    assert_eq!(words(&any.levels[0].actions), [all_but]);
    assert_eq!(words(&any.denied), ["every action except ecs:Describe*"]);
    let statements = |action: &GrantedAction| -> Vec<usize> {
        action.grants.iter().map(|grant| grant.statement).collect()
    };
    // What leaves out nothing is taken to match nothing.
    let idle: Vec<usize> = summary.idle.iter().map(|idle| idle.statement).collect();
    assert_eq!(idle, [3]);
    assert_eq!(statements(&any.levels[0].actions[0]), [0, 1]);
    let meaning = any.levels[0].actions[0].meaning.as_deref();
    let left = "leaves out 4 known actions; there may be more; statement 3 leaves only ecs:Describe* of it";
    assert_eq!(meaning, Some(left));
    let oss = service(&summary, "oss");
    assert_eq!(words(&oss.through_resources), ["every action except ECS:runinstances, ots:*"]);
}

#[test]
fn statements_that_match_nothing_grant_nothing_and_are_told() {
    // As decisions have it: no request matches them.
    let summary = summary(&json!([
        { "Effect": "Allow", "Action": "oss:GetObject", "Reso": "*" },
        { "Effect": "Allow", "Action": ["oss:A", "oss:B", "oss:C", "oss:D"], "Resource": [] },
        { "Action": "oss:GetObject", "Resource": "*" },
        { "Effect": "Allow", "NotAction": "*", "Resource": "*" },
        { "Effect": "Allow", "Action": [], "Resource": "*" },
        { "Effect": "Allow", "Action": "oss:GetObject", "NotResource": "*" },
        { "Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {} },
        { "Effect": "Allow", "Action": "sts:AssumeRole", "Principal": "*" },
        { "Effect": "Allow", "Action": "ecs:RunInstances", "NotResource": [] },
        { "Effect": "Yes", "Action": "oss:GetObject", "Resource": "*" },
    ]));
    let told: Vec<&str> = summary.idle.iter().map(|idle| idle.sentence.as_str()).collect();
    assert_eq!(
        told,
        [
            "Statement 1 (oss:GetObject) names neither Resource nor Principal, so it is on no resource: taken to match nothing (not documented).",
            "Statement 2 (oss:A, oss:B, oss:C, 1 more) is on no resource: it matches nothing.",
            "Statement 3 (oss:GetObject) has no Effect that is Allow or Deny: it grants nothing.",
            "Statement 4 (NotAction *) is about no action: it matches nothing.",
            "Statement 5 is about no action: it matches nothing.",
            "Statement 6 (oss:GetObject) is on no resource: it matches nothing.",
            "Statement 7 (sts:AssumeRole) names no principal: it matches nobody.",
            "Statement 9 (ecs:RunInstances) has a Not element without a value: taken to match nothing (not documented).",
            "Statement 10 (oss:GetObject) cannot be read as Allow or Deny: what it allows or denies is not known.",
        ]
    );
    let codes: Vec<&str> = summary.services.iter().map(|s| s.code.as_str()).collect();
    assert_eq!(codes, ["sts"]);
}

#[test]
fn conditions_and_principals_are_said() {
    let summary = summary(&json!([
        { "Effect": "Allow", "Action": "ram:DeleteServiceLinkedRole", "Resource": "*",
          "Condition": { "StringEquals": { "ram:ServiceName": "alikafka.aliyuncs.com" } } },
        { "Effect": "Allow", "Action": "sts:AssumeRole",
          "Principal": { "Service": ["alikafka.aliyuncs.com"], "RAM": "acs:ram::1:root" } },
        { "Action": "ecs:RunInstances", "Resource": "*" },
    ]));
    assert_eq!(summary.services.len(), 2, "a statement without an effect grants nothing");
    let delete = only(service(&summary, "ram"));
    assert_eq!(delete.level, AccessLevel::Permissions);
    let role = "only for the service-linked role of alikafka.aliyuncs.com";
    assert_eq!(*delete.grants[0].conditions, [role]);
    let assume = only(service(&summary, "sts"));
    assert!(assume.grants[0].resources.is_empty());
    assert_eq!(*assume.grants[0].principals, ["the service alikafka.aliyuncs.com", "account 1"]);
}

#[test]
fn a_hostile_statement_stays_small() {
    let many: Vec<String> = (0..5_000).map(|n| format!("x:Do{n}")).collect();
    let resources: Vec<String> = (0..5_000).map(|n| format!("acs:x:*:*:r/{n}")).collect();
    let summary = summary(&json!([{ "Effect": "Allow", "Action": many, "Resource": resources }]));
    let group = &service(&summary, "x").levels[0];
    assert_eq!(group.actions.len(), 5_000);
    let last = group.actions[4_999].grants[0].resources.last().unwrap();
    assert_eq!(last, "and 4960 more");
}

#[test]
fn what_is_left_where_everything_but_some_is_denied_stands_beside_the_pattern() {
    let summary = |allow: Value, denied: Value| {
        let statements = json!([
            allow,
            { "Effect": "Deny", "NotAction": denied, "Resource": "*" },
        ]);
        let summary = summarize(&policy(&statements), &Few);
        let granted: Vec<String> = summary
            .services
            .iter()
            .flat_map(|service| &service.levels)
            .flat_map(|group| &group.actions)
            .map(|action| action.meaning.clone().unwrap_or_default())
            .collect();
        granted.join(" | ")
    };
    let allow = |action: &str| json!({ "Effect": "Allow", "Action": action, "Resource": "*" });
    for (allow, denied, left) in [
        (allow("*"), json!(["x:Get*", "y:Do"]), "statement 2 leaves only x:Get* and y:Do of it"),
        // What has nothing to do with the pattern is not left of it.
        (allow("x:*"), json!(["x:Get*", "y:Do"]), "statement 2 leaves only x:Get* of it"),
        (
            json!({ "Effect": "Allow", "NotAction": "y:*", "Resource": "*" }),
            json!(["x:Get*", "y:*"]),
            "statement 2 leaves only x:Get* of it",
        ),
    ] {
        let told = summary(allow.clone(), denied);
        assert!(told.ends_with(left), "{allow}: {told}");
    }
    // All of it is left.
    let told = summary(allow("x:Get*"), json!(["x:*"]));
    assert!(!told.contains("leaves only"), "{told}");
}
