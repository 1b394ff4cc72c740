//! Findings of policies: a table of documents and what is found, with the rule's source named.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

#[path = "findings_rules/limits.rs"]
mod limits;
#[path = "findings_rules/names.rs"]
mod names;
use rolescope::catalog::Catalog;
use rolescope::policy::findings::{Context, Finding, Named, Origin, Severity, by_weight, findings};
use rolescope::policy::read;
use rolescope::say::Language;

fn of(text: &str, origin: Origin) -> Vec<Finding> {
    let catalog = Catalog::builtin().unwrap();
    let read = read::document(text).unwrap_or_else(|error| panic!("{error}\n{text}"));
    let context =
        Context { vocabulary: &catalog, source: Some(text), origin, ..Context::default() };
    findings(&read.document, &read.oddities, &context)
}

/// Severity letter, rule and statement (`-` for the document), one a line.
fn told(found: &[Finding]) -> Vec<String> {
    let at = |finding: &Finding| finding.statement.map_or("-".to_owned(), |at| at.to_string());
    found.iter().map(|f| format!("{} {} {}", f.severity.letter(), f.rule.id(), at(f))).collect()
}

#[track_caller]
fn check(statements: &str, expected: &[&str]) {
    let text = format!(r#"{{"Version":"1","Statement":[{statements}]}}"#);
    let found = of(&text, Origin::Custom);
    let messages: Vec<&str> = found.iter().map(|finding| finding.message.as_str()).collect();
    assert_eq!(told(&found), expected, "\n{text}\n{messages:#?}");
    for finding in &found {
        let part = text.get(finding.span.start..finding.span.end);
        assert!(part.is_some_and(|part| !part.is_empty()), "no place: {finding:?}");
        assert!(
            finding.message.ends_with(['.', '?']) && finding.advice.ends_with('.'),
            "{finding:?}"
        );
    }
}

#[test]
fn wide_grants() {
    // Policy elements: * is every action, every resource; service:* every action of the service.
    check(r#"{"Effect":"Allow","Action":"*","Resource":"*"}"#, &["W any-action-any-resource 0"]);
    check(
        r#"{"Effect":"Allow","Action":["*:*"],"Resource":["acs:*:*:*:*"]}"#,
        &["W any-action-any-resource 0"],
    );
    check(
        r#"{"Effect":"Allow","Action":"*","Resource":"acs:oss:*:*:b/*"}"#,
        &["N any-action-any-resource 0"],
    );
    check(
        r#"{"Effect":"Allow","Action":"alikafka:*","Resource":"acs:alikafka:*:*:*"}"#,
        &["N any-action-of-service 0"],
    );
    check(r#"{"Effect":"Allow","Action":"oss:*","Resource":"acs:oss:*:*:b/*"}"#, &[]);
    check(r#"{"Effect":"Allow","Action":"ecs:Describe*","Resource":"*"}"#, &[]);
    // Policy structure: NotAction with Allow; Policy evaluation: Deny before Allow.
    check(r#"{"Effect":"Allow","NotAction":"ram:*","Resource":"*"}"#, &["W allow-not-action 0"]);
    check(r#"{"Effect":"Deny","NotAction":"ram:*","Resource":"*"}"#, &[]);
    check(r#"{"Effect":"Deny","Action":"*","Resource":"*"}"#, &["W deny-everything 0"]);
    check(
        r#"{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"NotIpAddress":{"acs:SourceIp":"10.0.0.0/8"}}}"#,
        &[],
    );
    check(
        r#"{"Effect":"Allow","Action":"oss:GetObject","Principal":["*"],"Resource":"acs:oss:*:*:b/*"}"#,
        &["W open-principal 0"],
    );
}

#[test]
fn permissions_and_roles() {
    // Access levels.
    check(
        r#"{"Effect":"Allow","Action":["ram:AttachPolicyToUser","ram:ListUsers"],"Resource":"*"}"#,
        &["W permissions-management 0"],
    );
    check(
        r#"{"Effect":"Allow","Action":["ims:UpdateOIDCProvider","ims:GetOIDCProvider"],"Resource":"*"}"#,
        &["W permissions-management 0"],
    );
    check(
        r#"{"Effect":"Allow","Action":"oss:DeleteBucketPublicAccessBlock","Resource":"acs:oss:*:*:b"}"#,
        &["N permissions-management 0"],
    );
    check(r#"{"Effect":"Allow","Action":"ram:*","Resource":"*"}"#, &["W permissions-management 0"]);
    // What is left where everything else is denied may change no rights, or some.
    let but = |left: &str| {
        format!(
            r#"{{"Effect":"Allow","Action":"ram:*","Resource":"*"}},{{"Effect":"Deny","NotAction":{left},"Resource":"*"}}"#
        )
    };
    check(&but(r#"["ram:Get*","ram:List*"]"#), &[]);
    let every = |left: &str| but(left).replacen("ram:*", "*", 1);
    check(&every(r#"["*:Get*","*:List*"]"#), &[]);
    check(&every(r#"["ram:*"]"#), &["W any-action-any-resource 0"]);
    check(&but(r#"["ram:Get*","ram:Attach*"]"#), &["W permissions-management 0"]);
    check(r#"{"Effect":"Allow","Action":"ram:Get*","Resource":"*"}"#, &[]);
    // Policy elements: acs:Service with ram:PassRole.
    check(r#"{"Effect":"Allow","Action":"ram:PassRole","Resource":"*"}"#, &["W pass-role 0"]);
    // Roles are written with an empty region too, and a pattern of every service is no limit.
    for (role, service) in [
        ("acs:ram::*:role/*", "ecs.aliyuncs.com"),
        ("acs:ram::1234567890123456:role/*", "ecs.aliyuncs.com"),
        ("acs:ram:*:*:role/x", "*.aliyuncs.com"),
        ("acs:ram:*:*:role/x", "*"),
    ] {
        let condition = format!(r#"{{"StringLike":{{"acs:Service":"{service}"}}}}"#);
        check(
            &format!(
                r#"{{"Effect":"Allow","Action":"ram:PassRole","Resource":"{role}","Condition":{condition}}}"#
            ),
            &["W pass-role 0"],
        );
    }
    // Who may use a role is another question than what its holder may do.
    check(
        r#"{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"Service":["ecs.aliyuncs.com"]},"Resource":"*"}"#,
        &["W trust-resource 0"],
    );
    check(
        r#"{"Effect":"Allow","Action":"ram:Passrole","Resource":"acs:ram:*:*:role/x","Condition":{"StringEquals":{"acs:Service":"fc.aliyuncs.com"}}}"#,
        &["N pass-role 0"],
    );
    check(
        r#"{"Effect":"Allow","Action":"ram:PassRole","Resource":"acs:ram:*:*:role/x","Condition":{"StringNotEquals":{"acs:Service":"fc.aliyuncs.com"}}}"#,
        &["W pass-role 0"],
    );
    // Service-linked roles: ram:ServiceName.
    check(
        r#"{"Effect":"Allow","Action":"ram:CreateServiceLinkedRole","Resource":"*"}"#,
        &["W creates-service-linked-roles 0"],
    );
    check(
        r#"{"Effect":"Allow","Action":"ram:CreateServiceLinkedRole","Resource":"*","Condition":{"StringEquals":{"ram:ServiceName":"alikafka.aliyuncs.com"}}}"#,
        &["N creates-service-linked-roles 0"],
    );
    check(
        r#"{"Effect":"Allow","Action":"ram:*ServiceLinkedRole","Resource":"*"}"#,
        &["W creates-service-linked-roles 0", "W deletes-service-linked-roles 0"],
    );
    check(
        r#"{"Effect":"Allow","Action":"ram:DeleteServiceLinkedRole","Resource":"acs:ram:*:*:role/aliyunserviceroleforalikafka"}"#,
        &["N deletes-service-linked-roles 0"],
    );
    check(
        r#"{"Effect":"Allow","Action":"ram:DeleteServiceLinkedRole","Resource":"acs:ram:*:*:role/*"}"#,
        &["W deletes-service-linked-roles 0"],
    );
    check(
        r#"{"Effect":"Allow","Action":"ram:DeleteServiceLinkedRole","Resource":"*","Condition":{"StringEquals":{"ram:ServiceName":"alikafka.aliyuncs.com"}}}"#,
        &[],
    );
}

#[test]
fn repeated_actions() {
    // Policy elements: actions compare without case; order has no meaning.
    check(
        r#"{"Effect":"Allow","Action":["kms:ListKeys","kms:Listkeys"],"Resource":"*"}"#,
        &["N repeated-action 0"],
    );
    check(
        r#"{"Effect":"Allow","Action":"kms:ListKeys","Resource":["acs:kms:*:*:a","acs:kms:*:*:b"]},
           {"Effect":"Allow","Action":"kms:ListKeys","Resource":["acs:kms:*:*:b","acs:kms:*:*:a"]}"#,
        &["N repeated-action 1"],
    );
    check(
        r#"{"Effect":"Allow","Action":"kms:ListKeys","Resource":"acs:kms:*:*:a"},
           {"Effect":"Allow","Action":"kms:ListKeys","Resource":"acs:kms:*:*:b"},
           {"Effect":"Deny","Action":"kms:ListKeys","Resource":"acs:kms:*:*:a"}"#,
        &[],
    );
}

#[test]
fn grants_that_reach_far() {
    let one = |action: &str, resource: &str, condition: &str| {
        format!(r#"{{"Effect":"Allow","Action":{action},"Resource":"{resource}"{condition}}}"#)
    };
    let address = r#","Condition":{"IpAddress":{"acs:SourceIp":"10.0.0.0/8"}}"#;
    for (action, resource, condition, expected) in [
        (r#""ecs:RunCommand""#, "*", "", vec!["W far-reaching 0"]),
        (r#"["ecs:RunCommand","ecs:InvokeCommand"]"#, "*", "", vec!["W far-reaching 0"]),
        (r#""ecs:RunCommand""#, "acs:ecs:*:*:instance/*", "", vec!["W far-reaching 0"]),
        (r#""ecs:RunCommand""#, "acs:ecs:*:1234567890123456:*", "", vec!["W far-reaching 0"]),
        (r#""ecs:RunCommand""#, "*", address, vec!["N far-reaching 0"]),
        (r#""ecs:RunCommand""#, "acs:ecs:*:*:instance/i-1", "", vec![]),
        (r#""ecs:RunCommand""#, "acs:ecs:cn-hangzhou:*:instance/*", "", vec![]),
        (r#""ecs:InvokeCommand""#, "*", "", vec!["W far-reaching 0"]),
        (r#""ecs:InvokeCommand""#, "acs:ecs:*:*:*", "", vec!["W far-reaching 0"]),
        (r#""ecs:InvokeCommand""#, "acs:ecs:*:*:command/c-1", "", vec![]),
        (r#""kms:GetSecretValue""#, "*", "", vec!["W far-reaching 0"]),
        (r#""kms:GetSecretValue""#, "acs:kms:*:*:secret/app/*", "", vec![]),
        (r#""ecs:SendFile""#, "*", "", vec!["W far-reaching 0"]),
        (r#""ecs:SendFile""#, "acs:ecs:*:*:instance/i-1", "", vec![]),
        (r#"["ram:UnbindMFADevice","ims:DisableVirtualMFA"]"#, "*", "", vec!["W far-reaching 0"]),
        (r#""ram:UnbindMFADevice""#, "acs:ram:*:*:user/me", "", vec![]),
        (r#""*:Get*""#, "*", "", vec!["W far-reaching 0"]),
        (r#""*:Get*""#, "acs:oss:*:*:b/*", "", vec![]),
        // All of a service is told no more mildly than what it holds, and once.
        (r#""kms:*""#, "*", "", vec!["N any-action-of-service 0", "W far-reaching 0"]),
        (r#""ecs:*""#, "*", "", vec!["N any-action-of-service 0", "W far-reaching 0"]),
        (r#""ecs:*""#, "acs:ecs:*:*:instance/*", "", vec!["W far-reaching 0"]),
        (r#""actiontrail:*""#, "*", "", vec!["N any-action-of-service 0", "W far-reaching 0"]),
        (r#""oos:*""#, "*", "", vec!["N any-action-of-service 0"]),
        (r#""ram:*""#, "*", "", vec!["W permissions-management 0"]),
        (r#""ims:*""#, "*", "", vec!["W permissions-management 0"]),
        (r#""resourcemanager:*""#, "*", "", vec!["W permissions-management 0"]),
        (
            r#"["actiontrail:StopLogging","actiontrail:DeleteTrail"]"#,
            "*",
            "",
            vec!["W far-reaching 0"],
        ),
        (r#""actiontrail:UpdateTrail""#, "*", "", vec!["W far-reaching 0"]),
        (r#""actiontrail:UpdateTrail""#, "acs:actiontrail:*:*:trail/mine", "", vec![]),
        (r#"["log:DeleteProject","log:DeleteLogStore"]"#, "*", "", vec!["W far-reaching 0"]),
        (r#""log:Delete*""#, "acs:log:*:*:project/*", "", vec!["W far-reaching 0"]),
        (r#""log:DeleteLogStore""#, "acs:log:*:*:project/app/*", "", vec![]),
        (r#""swas-open:RunCommand""#, "*", "", vec!["W far-reaching 0"]),
        (r#""swas-open:InvokeCommand""#, "acs:swas-open:*:*:instance/a", "", vec![]),
        (
            r#""eci:ExecContainerCommand""#,
            "acs:eci:*:*:containergroup/*",
            "",
            vec!["W far-reaching 0"],
        ),
        (r#""eci:ExecContainerCommand""#, "acs:eci:*:*:containergroup/eci-1", "", vec![]),
        (r#"["ecs:RunCommand","kms:GetSecretValue"]"#, "*", "", vec!["W far-reaching 0"; 2]),
    ] {
        check(&one(action, resource, condition), &expected);
    }
    check(r#"{"Effect":"Deny","Action":"ecs:RunCommand","Resource":"*"}"#, &[]);
    // A command of its own on every instance is narrow.
    check(
        r#"{"Effect":"Allow","Action":"ecs:InvokeCommand",
            "Resource":["acs:ecs:*:*:instance/*","acs:ecs:*:*:command/cmd-own*"]}"#,
        &[],
    );
    // The policy of a key speaks of that key.
    check(
        r#"{"Effect":"Allow","Action":"kms:Get*","Resource":"*",
            "Principal":{"RAM":["acs:ram::1234567890123456:root"]}}"#,
        &[],
    );
}

#[test]
fn what_repeats_is_told_once() {
    let text = r#"{"Version":"1","Statement":[
        {"Sid":"a","Effect":"Allow","Action":["ecs:*","oss:*","ecs:*","yundun-*:*","ram:*"],"Resource":"*"},
        {"Sid":"b","Effect":"Allow","Action":"rds:DescribeX","Resource":"*"},
        {"Sid":"c","Effect":"Allow","Action":"fc:*","Resource":"*"}]}"#;
    let found = of(text, Origin::Custom);
    assert_eq!(
        told(&found),
        [
            "N label 0",
            "N any-action-of-service 0",
            "W far-reaching 0",
            "N repeated-action 0",
            "W permissions-management 0",
            "N any-action-of-service 2",
        ],
        "{found:#?}"
    );
    let message = |at: usize| found[at].message.as_str();
    assert_eq!(
        message(0),
        "Sid stands 3 times, here first; it is not in RAM's grammar and has no effect."
    );
    assert_eq!(
        message(1),
        "Allows every action of these 3 services on any of their resources: ecs, oss and yundun-*."
    );
    assert_eq!(message(5), "Allows every action of fc on any of its resources.");
    let gravest = told(&by_weight(&found));
    assert_eq!(gravest[..3], ["W far-reaching 0", "W permissions-management 0", "N label 0"]);
}

#[test]
fn oddities_are_findings_under_their_own_names() {
    // Policy structure and syntax.
    for (text, expected) in [
        (r#"{"Statement":[]}"#, vec!["W missing-version -", "E empty-statement -"]),
        (
            r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"ecs:StopInstance","Resource":"*","Sid":"a"}]}"#,
            vec!["W aws-version -", "N label 0"],
        ),
        (
            r#"{"Version":"2","Statement":[{"Effect":"Permit","Action":"*","Resource":"*"}]}"#,
            vec!["W odd-version -", "E unknown-effect 0"],
        ),
    ] {
        let mut found = told(&of(text, Origin::Unknown));
        found.sort();
        let mut expected = expected;
        expected.sort_unstable();
        assert_eq!(found, expected, "{text}");
    }
}

#[test]
fn the_limit_of_length_is_for_custom_policies() {
    // Limits: 6,144 characters.
    let text = format!(
        r#"{{"Version":"1","Statement":[{{"Effect":"Allow","Action":"ecs:StopInstance","Resource":"*"{}}}]}}"#,
        " ".repeat(6_200)
    );
    assert_eq!(told(&of(&text, Origin::Custom)), ["N too-long -"]);
    assert!(of(&text, Origin::System).is_empty());
}

#[test]
fn whoever_cannot_edit_is_told_so() {
    let text = r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"ram:CreateServiceLinkedRole","Resource":"*"}]}"#;
    for (origin, words) in [
        (Origin::ServiceLinkedRole, "customer cannot edit"),
        (Origin::System, "Only Alibaba Cloud"),
        (Origin::Custom, "Only the services"),
    ] {
        let found = of(text, origin);
        let found = found.iter().find(|f| f.severity == Severity::Warning);
        assert!(found.unwrap().advice.contains(words), "{found:#?}");
    }
}

#[test]
fn hostile_documents_cost_little_and_show_nothing_raw() {
    let mut text = String::from(r#"{"Version":"1","Statement":["#);
    for n in 0..3_000 {
        text.push_str(&format!(
            r#"{{"Effect":"Allow","Action":["kms:Tag*","kms:\u001b[31m\u202e{n}"],"Resource":"acs:kms:*:*:{n}*a*b","Condition":{{"StringEquals":{{"kms:tag/x":"*"}},"\u0007":{{"k":"v"}}}}}},"#
        ));
    }
    text.push_str("{}]}");
    let found = of(&text, Origin::Custom);
    assert!(found.len() <= rolescope::policy::findings::MOST);
    assert!(found.iter().any(|finding| finding.rule.id() == Named::UnknownOperator.id()));
    for finding in &found {
        let bad = |c: char| c.is_control() || ('\u{202A}'..='\u{202E}').contains(&c);
        assert!(!finding.message.chars().any(bad), "{:?}", finding.message);
        assert!(!finding.advice.chars().any(bad), "{:?}", finding.advice);
    }
}

#[test]
fn the_six_roles_of_the_product_pages() {
    use rolescope::catalog::model::RoleId;
    use rolescope::catalog::review::findings_of;
    let catalog = Catalog::builtin().unwrap();
    for (name, expected) in [
        (
            "AliyunServiceRoleForAlikafka",
            vec![
                "N permissions-management 0: ecs:CreateNetworkInterfacePermission and ecs:DeleteNetworkInterfacePermission",
                "N granted-not-documented 0: ecs:DescribeNetworkInterfaceAttribute and ecs:ModifyNetworkInterfaceAttribute",
            ],
        ),
        (
            "AliyunServiceRoleForAlikafkaConnector",
            vec![
                "N granted-not-documented 0: fc:GetFunction is granted",
                "N granted-not-documented 4: dataworks:GetDISyncTask, dataworks:UpdateDISyncTask, dataworks:DeployDISyncTask and dataworks:GetDISyncInstanceInfo",
            ],
        ),
        (
            "AliyunServiceRoleForAlikafkaInstanceEncryption",
            vec!["W self-satisfiable-condition 1: set that tag with kms:TagResource"],
        ),
        (
            "AliyunServiceRoleForAlikafkaETL",
            vec![
                "N pass-role 2: role/aliyunfcdefaultrole to fc.aliyuncs.com",
                "N granted-not-documented 0: fc:GetFunction, fc:CreateLayerVersion and fc:ListLayers",
            ],
        ),
        ("AliyunServiceRoleForMqttCoreRuleEngine", mqtt(1)),
        ("AliyunServiceRoleForMqttTunnel", mqtt(0)),
    ] {
        let role = catalog.role(&RoleId::of(name)).unwrap();
        let read = read::document(&role.policy.as_ref().unwrap().source).unwrap();
        let found = findings_of(Language::English, role, &read, &catalog);
        let lines: Vec<String> = told(&found)
            .into_iter()
            .zip(&found)
            .map(|(told, finding)| format!("{told}: {}", finding.message))
            .collect();
        assert_eq!(lines.len(), expected.len(), "{name}: {lines:#?}");
        for (line, expected) in lines.iter().zip(expected) {
            let (start, words) = expected.split_once(": ").unwrap();
            assert!(
                line.starts_with(start) && line.contains(words),
                "{name}: {line}\nnot {expected}"
            );
        }
        assert!(found.iter().all(|finding| finding.advice.contains("cannot edit")), "{name}");
    }
}

/// The two roles of MQTT differ in a statement before the others.
fn mqtt(before: usize) -> Vec<&'static str> {
    if before == 0 {
        vec![
            "N foreign-resource 1: privatelink:CreateVpcEndpoint on resources of vpc",
            "N foreign-resource 1: ecs:CreateSecurityGroup on resources of vpc",
            "N foreign-resource 2: privatelink:CreateVpcEndpoint on resources of ecs",
            "N documented-not-granted 0: grants privatelink:ListVpcEndpointSecurityGroups, not privatelink:AttachSecurityGroupToVpcEndpoint and privatelink:DetachSecurityGroupFromVpcEndpoint",
            "N documented-not-granted 1: grants privatelink:CreateVpcEndpoint on resources of vpc instead",
        ]
    } else {
        vec![
            "N foreign-resource 2: privatelink:CreateVpcEndpoint on resources of vpc",
            "N foreign-resource 2: ecs:CreateSecurityGroup on resources of vpc",
            "N foreign-resource 3: privatelink:CreateVpcEndpoint on resources of ecs",
            "N documented-not-granted 1: grants privatelink:ListVpcEndpointSecurityGroups, not privatelink:AttachSecurityGroupToVpcEndpoint and privatelink:DetachSecurityGroupFromVpcEndpoint",
            "N documented-not-granted 2: grants privatelink:CreateVpcEndpoint on resources of vpc instead",
        ]
    }
}
