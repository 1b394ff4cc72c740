//! Findings of policies: a table of documents and what is found, with the rule's source named.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

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
fn the_whole_of_a_bucket_is_that_bucket() {
    // OSS, bucket policies: the policy hangs on the bucket.
    let statement = r#"{"Effect":"Allow","Action":["oss:*"],"Principal":["1"],"Resource":["*"]}"#;
    check(statement, &[]);
    let open = statement.replace("\"1\"", "\"*\"");
    check(&open, &["W open-principal 0"]);
    let rights = statement.replace("oss:*", "oss:PutBucketPolicy");
    let text = format!(r#"{{"Version":"1","Statement":[{rights}]}}"#);
    let found = of(&text, Origin::Custom);
    assert_eq!(found[0].message, "Allows oss:PutBucketPolicy on this bucket.", "{found:#?}");
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
        &[],
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
        r#"{"Effect":"Allow","Action":"ram:DeleteServiceLinkedRole","Resource":"*","Condition":{"StringEquals":{"ram:ServiceName":"alikafka.aliyuncs.com"}}}"#,
        &[],
    );
}

#[test]
fn conditions_that_the_holder_can_meet() {
    let use_key = r#"{"Effect":"Allow","Action":"kms:Decrypt","Resource":"*","Condition":{"StringEquals":{"kms:tag/a:b":"true"}}}"#;
    for (tagging, expected) in [
        // Reasoning: whoever may set the tag opens the door.
        (r#""Action":"kms:TagResource","Resource":"*""#, 1),
        (r#""Action":"kms:*","Resource":"acs:kms:*:*:key/*""#, 1),
        (r#""Action":"tag:TagResources","Resource":"*""#, 1),
        // Taking a tag away does not open what asks for it; another service's tags are others.
        (r#""Action":"kms:UntagResource","Resource":"*""#, 0),
        (r#""Action":"ecs:TagResources","Resource":"*""#, 0),
        // Bound to the tag itself, or to another value of it.
        (
            r#""Action":"kms:TagResource","Resource":"*","Condition":{"StringEquals":{"kms:tag/a:b":"true"}}"#,
            0,
        ),
        (
            r#""Action":"kms:TagResource","Resource":"*","Condition":{"StringNotEquals":{"acs:RequestTag/a:b":"true"}}"#,
            0,
        ),
        (
            r#""Action":"kms:TagResource","Resource":"*","Condition":{"StringEquals":{"acs:RequestTag/a:b":"true"}}"#,
            1,
        ),
        (
            r#""Action":"kms:TagResource","Resource":"*","Condition":{"StringEquals":{"acs:RequestTag/other":"x"}}"#,
            1,
        ),
    ] {
        let text =
            format!(r#"{{"Version":"1","Statement":[{use_key},{{"Effect":"Allow",{tagging}}}]}}"#);
        let found = of(&text, Origin::Custom);
        let own = told(&found).iter().filter(|t| *t == "W self-satisfiable-condition 0").count();
        assert_eq!(own, expected, "{tagging}\n{found:#?}");
    }
    let with = |more: &str| {
        let text = format!(
            r#"{{"Version":"1","Statement":[{use_key},{{"Effect":"Allow","Action":"kms:TagResource","Resource":"*"}}{more}]}}"#
        );
        told(&of(&text, Origin::Custom)).contains(&"W self-satisfiable-condition 0".to_owned())
    };
    assert!(with(""));
    assert!(!with(r#",{"Effect":"Deny","Action":"kms:Tag*","Resource":"*"}"#));
    assert!(with(
        r#",{"Effect":"Deny","Action":"kms:Tag*","Resource":"*","Condition":{"IpAddress":{"acs:SourceIp":"10.0.0.0/8"}}}"#
    ));
    // A Deny that spares what is not tagged is escaped by taking the tag away.
    check(
        r#"{"Effect":"Allow","Action":["ecs:DeleteInstance","ecs:UntagResources"],"Resource":"*"},
           {"Effect":"Deny","Action":"ecs:DeleteInstance","Resource":"*","Condition":{"StringEquals":{"ecs:tag/keep":"true"}}}"#,
        &["W self-satisfiable-condition 1"],
    );
    // acs:ResourceTag speaks of the services of the actions.
    check(
        r#"{"Effect":"Allow","Action":"ecs:StopInstance","Resource":"*","Condition":{"StringEquals":{"acs:ResourceTag/team":"a"}}},
           {"Effect":"Allow","Action":"ecs:TagResources","Resource":"acs:ecs:*:*:instance/*"}"#,
        &["W self-satisfiable-condition 0"],
    );
    check(
        r#"{"Effect":"Allow","Action":"ecs:*","Resource":"acs:ecs:*:*:instance/*","Condition":{"StringEquals":{"ecs:tag/team":"a"}}}"#,
        &["N far-reaching 0"],
    );
}

#[test]
fn names_of_actions_and_resources() {
    // Policy elements: service:Name; acs:service:region:account:relative-id.
    for (action, resource, expected) in [
        ("DescribeInstances", "*", vec!["E action-without-service 0"]),
        ("ecs*", "*", vec!["W action-without-service 0"]),
        ("ecs:DescribeSecurityGruops", "*", vec!["N nearly-known-action 0"]),
        ("ecs:DoSomethingNew", "*", vec![]),
        ("alikafka:ListInstanse", "*", vec!["N nearly-known-action 0"]),
        ("esc:StartInstance", "*", vec!["N nearly-known-service 0"]),
        ("alikafak:StartInstance", "*", vec!["N nearly-known-service 0"]),
        // Services of their own, a letter away from ecs and oss.
        ("ess:DescribeScalingGroups", "*", vec![]),
        ("ens:DescribeInstances", "*", vec![]),
        ("oos:ListExecutions", "*", vec![]),
        ("kms:", "*", vec!["E malformed-action 0"]),
        (":Encrypt", "*", vec!["E malformed-action 0"]),
        ("ecs:Run Instances", "*", vec!["W malformed-action 0"]),
        (" ecs:Run*", "*", vec!["W malformed-action 0"]),
        ("oss:GetObject", "mybucket/*", vec!["E resource-is-no-arn 0"]),
        ("oss:GetObject", "ACS:oss:*:*:b", vec!["W resource-is-no-arn 0"]),
        ("oss:*", "acs:Oss:*:*:*", vec!["W resource-is-no-arn 0"]),
        ("oss:GetObject", "arn:aws:s3:::b", vec!["E resource-is-no-arn 0"]),
        ("oss:GetObject", "acs:oss:b", vec!["E resource-parts 0"]),
        ("oss:GetObject", "acs:oss:*", vec!["W resource-parts 0"]),
        ("oss:GetObject", "acs:oss:*:*:", vec!["E resource-parts 0"]),
        ("oss:GetObject", "acs:oss:*:*:b/*", vec![]),
        ("oss:GetObject", "acs:oss:*:*:${b}/*", vec!["W placeholder 0"]),
        ("privatelink:CreateVpcEndpoint", "acs:vpc:*:*:*", vec!["N foreign-resource 0"]),
        ("Ecs:StopInstance", "acs:ecs:*:*:instance/*", vec![]),
        ("*:Describe*", "acs:vpc:*:*:*", vec![]),
    ] {
        check(
            &format!(r#"{{"Effect":"Allow","Action":"{action}","Resource":"{resource}"}}"#),
            &expected,
        );
    }
}

#[test]
fn names_are_looked_at_whatever_the_effect() {
    check(
        r#"{"Effect":"Alow","Action":["*","alikafka:ListInstanse"],"Resource":"mybucket","Condition":{"StringMatches":{"acs:SourceVpc":"v"}}}"#,
        &[
            "E unknown-effect 0",
            "N nearly-known-action 0",
            "E resource-is-no-arn 0",
            "E unknown-operator 0",
        ],
    );
    check(
        r#"{"Effect":"Allow","Resource":"mybucket"}"#,
        &["E missing-action 0", "E resource-is-no-arn 0"],
    );
}

#[test]
fn expressions_of_templates_are_placeholders() {
    check(
        r#"{"Effect":"Allow","Action":"oss:GetObject","Resource":[{"Fn::Join":["",["acs:oss:*:*:",{"Ref":"B"}]]},"acs:oss:*:*:${c}"],
            "Condition":{"StringEquals":{"acs:SourceVpc":{"Ref":"Vpc"}}}}"#,
        &["W placeholder 0", "W placeholder 0", "W placeholder 0"],
    );
    // Region and account are put in by the service of the template itself; as plain text they stay what they are.
    for (resource, expected) in [
        (r#"{"Fn::Sub":"acs:ecs:${ALIYUN::Region}:${ALIYUN::AccountId}:*"}"#, "N placeholder 0"),
        (r#"{"Fn::Join":["",["acs:ecs:*:",{"Ref":"ALIYUN::AccountId"},":*"]]}"#, "N placeholder 0"),
        (r#"{"Fn::Sub":"acs:ecs:${ALIYUN::Region}:*:instance/${I}"}"#, "W placeholder 0"),
        (r#""acs:ecs:${ALIYUN::Region}:*:instance/a""#, "W placeholder 0"),
    ] {
        let statement =
            format!(r#"{{"Effect":"Allow","Action":"ecs:StopInstance","Resource":{resource}}}"#);
        check(&statement, &[expected]);
    }
}

#[test]
fn service_names_are_held_against_the_known_ones() {
    for (names, expected) in [
        (r#""alikafka.aliyuncs.com""#, 0),
        (r#"["VPN.aliyuncs.com","etl.alikafka.aliyuncs.com"]"#, 0),
        (r#"["kafka.aliyuncs.com","x.example.com"]"#, 2),
        (r#""${name}.aliyuncs.com""#, 0),
    ] {
        let text = format!(
            r#"{{"Version":"1","Statement":[{{"Effect":"Allow","Action":"ram:CreateServiceLinkedRole","Resource":"*",
                "Condition":{{"StringEquals":{{"ram:ServiceName":{names}}}}}}}]}}"#
        );
        let found = of(&text, Origin::Custom);
        let of_rule = |f: &&Finding| f.rule.id() == "unknown-service-name";
        let told: Vec<&Finding> = found.iter().filter(of_rule).collect();
        assert_eq!(told.len(), expected, "{names}: {found:#?}");
        if let Some(first) = told.first() {
            assert_eq!(first.severity, Severity::Note);
            assert!(
                first.message.ends_with("alikafka.aliyuncs.com is. Is that meant?"),
                "{}",
                first.message
            );
        }
    }
}

#[test]
fn nothing_published_is_taken_for_a_slip() {
    let catalog = Catalog::builtin().unwrap();
    for role in catalog.roles() {
        let Some(policy) = &role.policy else { continue };
        for finding in of(&policy.source, Origin::Custom) {
            let slip = [
                Named::NearlyKnownAction,
                Named::NearlyKnownService,
                Named::UnknownServiceName,
                Named::MalformedAction,
            ];
            let slips = slip.iter().any(|named| named.id() == finding.rule.id());
            assert!(!slips, "{}: {}", role.name, finding.message);
        }
    }
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
fn buckets_and_objects() {
    for (action, resource, expected) in [
        ("GetObject", r#""acs:oss:*:*:b""#, vec!["W bucket-or-object 0"]),
        ("getobject", r#""acs:oss:*:*:b""#, vec!["W bucket-or-object 0"]),
        ("GetObject", r#""acs:oss:*:*:b/*""#, vec![]),
        ("GetObject", r#""acs:oss:*:*:b*""#, vec![]),
        ("GetObject", r#""acs:oss:*:*:b/x""#, vec![]),
        ("GetObject", r#""*""#, vec![]),
        ("GetObject", r#"["acs:oss:*:*:b","acs:oss:*:*:b/*"]"#, vec![]),
        ("ListObjects", r#""acs:oss:*:*:b/*""#, vec!["W bucket-or-object 0"]),
        ("ListObjects", r#""acs:oss:*:*:b""#, vec![]),
        ("ListObjects", r#""acs:oss:*:*:*""#, vec![]),
        ("ListObjects", r#"["acs:oss:*:*:b","acs:oss:*:*:b/*"]"#, vec![]),
        ("ListObjects", r#""acs:oss:*:*:accesspoint/ap-1""#, vec![]),
        ("ListObjects", r#""acs:oss:*:*:${b}/*""#, vec!["W placeholder 0"]),
        ("GetObject", r#""acs:oss:*:*:${b}""#, vec!["W placeholder 0"]),
        ("ListBuckets", r#""acs:oss:*:*:b""#, vec!["W bucket-or-object 0"]),
        ("ListBuckets", r#""acs:oss:*:*:*""#, vec![]),
        ("PutBucketTags", r#""acs:oss:*:*:b/*""#, vec![]),
        ("Get*", r#""acs:oss:*:*:b""#, vec![]),
    ] {
        let statement =
            format!(r#"{{"Effect":"Allow","Action":"oss:{action}","Resource":{resource}}}"#);
        check(&statement, &expected);
    }
}

#[test]
fn resources_that_are_joined_or_have_a_blank() {
    for (resource, expected) in [
        ("acs:ecs:*:*:instance/a,acs:ecs:*:*:instance/b", vec!["E resource-is-no-arn 0"]),
        ("acs:ecs:*:*:instance/a, acs:ecs:*:*:instance/b", vec!["E resource-is-no-arn 0"]),
        ("acs:ecs:*:*:instance/a,b", vec![]),
        ("acs:ecs:*: 1:instance/a", vec!["W resource-is-no-arn 0"]),
        ("acs:ecs:*:*: instance/a", vec!["W resource-is-no-arn 0"]),
        ("acs:ecs:*:*:instance/a ", vec!["W resource-is-no-arn 0"]),
        (" acs:ecs:*:*:instance/a", vec!["W resource-is-no-arn 0"]),
        ("acs:ecs:*:*:instance/my machine", vec![]),
    ] {
        let statement =
            format!(r#"{{"Effect":"Allow","Action":"ecs:StopInstance","Resource":"{resource}"}}"#);
        check(&statement, &expected);
    }
}

#[test]
fn verbs_with_a_slip_in_patterns() {
    for (action, expected) in [
        ("ess:Describle*", vec!["N nearly-known-action 0"]),
        ("ecs:Descibe*", vec!["N nearly-known-action 0"]),
        ("ecs:Describe*", vec![]),
        ("ecs:Detect*", vec![]),
        ("ecs:*Describle*", vec![]),
    ] {
        let statement = format!(r#"{{"Effect":"Allow","Action":"{action}","Resource":"*"}}"#);
        check(&statement, &expected);
    }
}

#[test]
fn operators_keys_and_values() {
    // Conditional operators: the list of 21. The service refuses IfExists and Null.
    for (condition, expected) in [
        (r#""StringEquals":{"acs:SourceVpc":"vpc-1"}"#, vec![]),
        (r#""StringMatches":{"acs:SourceVpc":"vpc-1"}"#, vec!["E unknown-operator 0"]),
        (r#""BoolIfExists":{"acs:MFAPresent":"true"}"#, vec!["E refused-operator 0"]),
        (r#""Null":{"acs:MFAPresent":"true"}"#, vec!["E refused-operator 0"]),
        (
            r#""ForAllValues:StringEquals":{"ram:TrustedPrincipalTypes":"Service"}"#,
            vec!["W undocumented-operator 0"],
        ),
        (r#""stringEquals":{"acs:SourceVpc":"vpc-1"}"#, vec!["W undocumented-operator 0"]),
        // Policy elements: the keys.
        (r#""StringEquals":{"oss:Prefix":"a/","ecs:tag/部门":"b"}"#, vec!["W key-of-lists 0"]),
        (r#""StringEquals":{"aws:SourceVpc":"vpc-1"}"#, vec!["W key-of-aws 0"]),
        (r#""StringEquals":{"SourceVpc":"vpc-1"}"#, vec!["W unlisted-condition-key 0"]),
        // Conditional operators: the types of values.
        (r#""Bool":{"acs:MFAPresent":"yes"}"#, vec!["E malformed-value 0"]),
        (
            r#""IpAddress":{"acs:SourceIp":["10.0.0.0/8","10.0.0.0/33"]}"#,
            vec!["E malformed-value 0"],
        ),
        (
            r#""NumericLessThan":{"oss:MaxKeys":"ten"}"#,
            vec!["N unlisted-condition-key 0", "E malformed-value 0"],
        ),
        (r#""DateLessThan":{"acs:CurrentTime":"tomorrow"}"#, vec!["E malformed-value 0"]),
        (r#""DateLessThan":{"acs:CurrentTime":"2026-01-01T00:00:00"}"#, vec!["W loose-date 0"]),
        (r#""DateLessThan":{"acs:CurrentTime":"2026-01-01T00:00:00+08:00"}"#, vec![]),
        (r#""StringEquals":{"acs:SourceVpc":"vpc-*"}"#, vec!["W literal-wildcard 0"]),
        (r#""StringLike":{"acs:SourceVpc":"vpc-*"}"#, vec![]),
    ] {
        check(
            &format!(
                r#"{{"Effect":"Allow","Action":"oss:GetObject","Resource":"*","Condition":{{{condition}}}}}"#
            ),
            &expected,
        );
    }
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
fn service_names_must_agree() {
    // Service-linked roles: one linked service.
    let catalog = Catalog::builtin().unwrap();
    let document = |name: &str| {
        read::document(&format!(
            r#"{{"Version":"1","Statement":[{{"Effect":"Allow","Action":"ram:DeleteServiceLinkedRole","Resource":"*","Condition":{{"StringEquals":{{"ram:ServiceName":"{name}"}}}}}}]}}"#
        ))
        .unwrap()
        .document
    };
    let trust = |name: &str| {
        read::document(&format!(
            r#"{{"Version":"1","Statement":[{{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{{"Service":["{name}"]}}}}]}}"#
        ))
        .unwrap()
        .document
    };
    for (own, trusted, catalogue, expected) in [
        ("a.aliyuncs.com", "a.aliyuncs.com", "a.aliyuncs.com", vec![]),
        ("b.aliyuncs.com", "a.aliyuncs.com", "a.aliyuncs.com", vec!["W service-name-differs 0"]),
        ("a.aliyuncs.com", "b.aliyuncs.com", "a.aliyuncs.com", vec!["W service-name-differs -"]),
    ] {
        let trust = trust(trusted);
        let context = Context {
            vocabulary: &catalog,
            trust: Some(&trust),
            service_name: Some(catalogue),
            origin: Origin::ServiceLinkedRole,
            ..Context::default()
        };
        assert_eq!(told(&findings(&document(own), &[], &context)), expected);
    }
    let nothing = of(
        r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"eventbridge:PutEvents","Resource":"*"}]}"#,
        Origin::ServiceLinkedRole,
    );
    assert_eq!(told(&nothing), ["N no-self-delete -"]);
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

/// "An explicit Deny statement always overrides any Allow statements for the same action" (RAM, overview of policies): what
/// the same document denies as a whole is no grant to tell of.
#[test]
fn a_deny_as_a_whole_takes_back_what_a_finding_would_tell() {
    let deny = |actions: &str| format!(r#"{{"Effect":"Deny","Action":{actions},"Resource":"*"}}"#);
    let allow = |actions: &str, resource: &str| {
        format!(r#"{{"Effect":"Allow","Action":{actions},"Resource":"{resource}"}}"#)
    };
    let secrets = allow(r#""kms:GetSecretValue""#, "*");
    check(&secrets, &["W far-reaching 0"]);
    check(&format!("{secrets},{}", deny(r#""kms:GetSecret*""#)), &[]);
    // Of a pattern only what is denied is taken back.
    let commands = allow(r#""ecs:*Command""#, "*");
    check(&commands, &["W far-reaching 0"]);
    check(&format!("{commands},{}", deny(r#""ecs:RunCommand""#)), &["W far-reaching 0"]);
    check(&format!("{commands},{}", deny(r#"["ecs:RunCommand","ecs:InvokeCommand"]"#)), &[]);
    // A condition leaves some of it.
    let mostly = r#"{"Effect":"Deny","Action":"kms:*","Resource":"*","Condition":{"NotIpAddress":{"acs:SourceIp":"10.0.0.0/8"}}}"#;
    check(&format!("{secrets},{mostly}"), &["W far-reaching 0"]);

    let assume = allow(r#""sts:AssumeRole""#, "*");
    check(&assume, &["W permissions-management 0"]);
    check(&format!("{assume},{}", deny(r#""sts:*""#)), &[]);

    let rest = r#"{"Effect":"Allow","NotAction":["ram:*","ecs:*"],"Resource":"*"}"#;
    check(rest, &["W allow-not-action 0"]);
    check(&format!(r#"{rest},{{"Effect":"Deny","NotAction":["ram:*"],"Resource":"*"}}"#), &[]);
    check(
        &format!(r#"{rest},{{"Effect":"Deny","NotAction":["oss:*"],"Resource":"*"}}"#),
        &["W allow-not-action 0"],
    );
    check(&format!("{rest},{}", deny(r#""*""#)), &["W deny-everything 1"]);
    // Rights that are denied are not among what remains.
    let wide = r#"{"Effect":"Allow","NotAction":["ecs:*"],"Resource":"*"}"#;
    let of = |statements: &str| {
        let text = format!(r#"{{"Version":"1","Statement":[{statements}]}}"#);
        of(&text, Origin::Custom)[0].message.clone()
    };
    assert!(of(wide).contains("hand out rights"), "{}", of(wide));
    let some = format!("{wide},{}", deny(r#""ram:*""#));
    let left = "actions of ims, sts and resourcemanager that hand out rights";
    assert!(of(&some).contains(left), "{}", of(&some));
    let denied =
        format!("{wide},{}", deny(r#"["ram:*","ims:*","sts:AssumeRole","resourcemanager:*"]"#));
    assert!(!of(&denied).contains("hand out rights"), "{}", of(&denied));
}

#[test]
fn anybody_is_let_in_only_where_nothing_denies_it() {
    let trust = |effect: &str, action: &str, who: &str, rest: &str| {
        format!(
            r#"{{"Effect":"{effect}","Action":"{action}","Principal":{{"RAM":"{who}"}}{rest}}}"#
        )
    };
    let open = trust("Allow", "sts:AssumeRole", "*", "");
    check(&open, &["W open-principal 0"]);
    check(&format!("{open},{}", trust("Deny", "sts:AssumeRole", "*", "")), &[]);
    check(&format!("{open},{}", trust("Deny", "*", "*", "")), &[]);
    check(
        &format!(
            "{open},{}",
            trust("Deny", "sts:AssumeRole", "acs:ram::1234567890123456:root", "")
        ),
        &["W open-principal 0"],
    );
    let condition = r#","Condition":{"IpAddress":{"acs:SourceIp":"10.0.0.0/8"}}"#;
    check(
        &format!("{open},{}", trust("Deny", "sts:AssumeRole", "*", condition)),
        &["W open-principal 0"],
    );
}

/// A condition that every request with its key meets narrows nothing.
#[test]
fn a_condition_that_is_always_met_does_not_soften() {
    const ALWAYS: &str = r#"{"IpAddress":{"acs:SourceIp":"0.0.0.0/0"}}"#;
    const SOME: &str = r#"{"IpAddress":{"acs:SourceIp":"10.0.0.0/8"}}"#;
    let under = |actions: &str, condition: &str| {
        format!(
            r#"{{"Effect":"Allow","Action":"{actions}","Resource":"*","Condition":{condition}}}"#
        )
    };
    for (action, rule) in [
        ("*", "any-action-any-resource"),
        ("ram:AttachPolicyToUser", "permissions-management"),
        ("kms:GetSecretValue", "far-reaching"),
        ("sts:AssumeRole", "permissions-management"),
    ] {
        for (condition, letter) in [(ALWAYS, "W"), (SOME, "N")] {
            let text = format!(r#"{{"Version":"1","Statement":[{}]}}"#, under(action, condition));
            let found = told(&of(&text, Origin::Custom));
            let expected = format!("{letter} {rule} 0");
            assert!(found.contains(&expected), "{action} under {condition}: {found:?}");
        }
    }
}

#[test]
fn a_role_whose_delete_is_denied_does_not_delete_itself() {
    let text = r#"{"Version":"1","Statement":[
        {"Effect":"Allow","Action":"ram:DeleteServiceLinkedRole","Resource":"*","Condition":{"StringEquals":{"ram:ServiceName":"a.aliyuncs.com"}}},
        {"Effect":"Deny","Action":"ram:*","Resource":"*"}]}"#;
    let found = of(text, Origin::ServiceLinkedRole);
    let told: Vec<&str> = found.iter().map(|finding| finding.message.as_str()).collect();
    let message = "ram:DeleteServiceLinkedRole is allowed, and denied as a whole.";
    assert!(told.contains(&message), "{told:#?}");
}

#[test]
fn names_of_another_cloud_are_told() {
    check(
        r#"{"Effect":"Allow","Action":["s3:GetObject","ecs:RunInstances"],"Resource":"acs:ecs:*:*:instance/*"}"#,
        &["N foreign-resource 0", "W service-of-aws 0"],
    );
    let under = |key: &str| {
        format!(
            r#"{{"Effect":"Deny","Action":"ecs:StopInstance","Resource":"*","Condition":{{"StringEquals":{{"{key}":"x"}}}}}}"#
        )
    };
    for (key, expected) in [
        ("aws:SourceVpc", vec!["W key-of-aws 0"]),
        ("acs:SorceVpc", vec!["W unlisted-condition-key 0"]),
        ("x:Key", vec!["N unlisted-condition-key 0"]),
        ("ecs:InstanceType", vec![]),
        ("VPC:vpc", vec![]),
    ] {
        check(&under(key), &expected);
    }
}
