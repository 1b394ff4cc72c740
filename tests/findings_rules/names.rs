//! Names that nobody knows: of actions, services, resources, operators and keys.

use super::{check, of, told};
use rolescope::catalog::Catalog;
use rolescope::policy::findings::{Context, Finding, Named, Origin, Severity, findings};
use rolescope::policy::read;
use rolescope::say::Language;

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
            // On no resource every action is none: only the names are told.
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
    // A trust policy may name none at all.
    let trusted = read::document(
        r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"RAM":["acs:ram::12:root"]}}]}"#,
    );
    let trusted = trusted.unwrap().document;
    for (language, expected) in [
        (Language::English, "The trust policy names no service, the catalogue a.aliyuncs.com."),
        (Language::Chinese, "信任策略未写明任何服务，目录中为 a.aliyuncs.com。"),
    ] {
        let context = Context {
            vocabulary: &catalog,
            language,
            trust: Some(&trusted),
            service_name: Some("a.aliyuncs.com"),
            origin: Origin::ServiceLinkedRole,
            ..Context::default()
        };
        let found = findings(&document("a.aliyuncs.com"), &[], &context);
        let said: Vec<&str> = found.iter().map(|one| one.message.as_str()).collect();
        assert_eq!(said, [expected]);
    }
    let nothing = of(
        r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"eventbridge:PutEvents","Resource":"*"}]}"#,
        Origin::ServiceLinkedRole,
    );
    assert_eq!(told(&nothing), ["N no-self-delete -"]);
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
        // RAM's own keys of tags have this form.
        ("AWS:ResourceTag/env", vec!["W key-of-aws 0"]),
        ("aws:PrincipalTag/env", vec!["W key-of-aws 0"]),
        ("ec2:ResourceTag/env", vec!["W key-of-aws 0"]),
        ("s3:ExistingObjectTag/env", vec!["W key-of-aws 0"]),
        ("ecs:tag/aws:env", vec![]),
        ("acs:SorceVpc", vec!["W unlisted-condition-key 0"]),
        ("x:Key", vec!["N unlisted-condition-key 0"]),
        ("ecs:InstanceType", vec![]),
        ("VPC:vpc", vec![]),
    ] {
        check(&under(key), &expected);
    }
}
