//! Findings about the principals and actions of trust policies, and about addresses in bucket policies: a table of
//! statements and what is found, with the rule's source named.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

#[path = "support/told.rs"]
mod told;

use rolescope::say::Language;
use told::{check, of};

fn trust(members: &str, action: &str, condition: &str) -> String {
    format!(r#"{{"Effect":"Allow","Action":{action},"Principal":{{{members}}}{condition}}}"#)
}

// RAM, "Use external IDs to prevent the confused deputy issue": the account of a vendor is trusted under sts:ExternalId.
#[test]
fn a_whole_account_without_an_external_id() {
    let one = "N no-external-id: Trusts account 1 as a whole and asks for no external ID.";
    let assume = r#""sts:AssumeRole""#;
    for (members, condition, expected) in [
        (r#""RAM":["acs:ram::1:root"]"#, "", vec![one]),
        (r#""RAM":"acs:ram::1:*""#, "", vec![one]),
        (
            r#""RAM":["acs:ram::1:root","acs:ram::2:root","acs:ram::3:user/a"]"#,
            "",
            vec![
                "N no-external-id: Trusts account 1 and account 2 as a whole and asks for no external ID.",
            ],
        ),
        (
            r#""RAM":["acs:ram::1:root"]"#,
            r#","Condition":{"StringLike":{"acs:SourceVpc":"*"}}"#,
            vec![
                "N no-external-id: Trusts account 1 as a whole under a condition that every request with its key meets and asks for no external ID.",
            ],
        ),
        (
            r#""RAM":["acs:ram::1:root"]"#,
            r#","Condition":{"StringEquals":{"sts:ExternalId":"abcd1234"}}"#,
            vec![],
        ),
        (
            r#""RAM":["acs:ram::1:root"]"#,
            r#","Condition":{"Bool":{"acs:MFAPresent":"true"}}"#,
            vec![],
        ),
        // Who is named has been chosen; services belong to no account.
        (r#""RAM":["acs:ram::1:user/a","acs:ram::1:role/b"]"#, "", vec![]),
        (r#""Service":["ecs.aliyuncs.com"]"#, "", vec![]),
    ] {
        check(&trust(members, assume, condition), &expected);
    }
    check(
        r#"{"Effect":"Deny","Action":"sts:AssumeRole","Principal":{"RAM":["acs:ram::1:root"]}}"#,
        &[],
    );
}

// RAM, "Modify the trust policy of a RAM role": under RAM stand accounts, users and roles.
#[test]
fn names_that_are_no_principal_of_a_trust_policy() {
    let no = |name: &str| {
        format!("W trust-principal: \"{name}\" is neither an account nor a user or role.")
    };
    for (name, told) in [
        ("acs:ram::1:group/dev", true),
        ("acs:ram::1:policy/p", true),
        ("acs:ram::1:user", true),
        ("acs:sts::1:assumed-role/r/s", true),
        ("arn:sts::1:assumed-role/r/s", true),
        ("acs:ram::1:user/a", false),
        ("acs:ram::1:role/*", false),
        ("acs:ram::1:User/a", false),
        ("acs:ram::1:u*", false),
        ("acs:ecs::1:instance/i", false),
        ("arn:acs:ram::1111111111111111:root", true),
        ("acs:ram::1111111111111111", true),
        ("alice", true),
        ("bob@1111111111111111.onaliyun.com", true),
        ("arn:aws:iam::123456789012:root", true),
        ("acs:ram:::user/a", true),
        ("${account}", false),
        ("acs:ram::{id}:root", false),
    ] {
        let members = format!(r#""RAM":["{name}"]"#);
        let found = of(&trust(&members, r#""sts:AssumeRole""#, ""), Language::English);
        let found = found.iter().filter(|one| one.rule.id() == "trust-principal");
        let found: Vec<String> =
            found.map(|one| format!("W trust-principal: {}", one.message)).collect();
        assert_eq!(found, if told { vec![no(name)] } else { vec![] }, "{name}");
    }
    for (members, told) in [
        (
            r#""RAM":["1111111111111111"]"#,
            "\"1111111111111111\" is not documented as a principal of a trust policy.",
        ),
        (r#""Federated":["acs:ram::1:role/x"]"#, "\"acs:ram::1:role/x\" is no identity provider."),
        (
            r#""Federated":["accounts.google.com"]"#,
            "\"accounts.google.com\" is no identity provider.",
        ),
    ] {
        let told = format!("W trust-principal: {told}");
        let expected: Vec<&str> = vec![&told];
        check(&trust(members, r#""sts:AssumeRole""#, ""), &expected);
    }
}

// The same page: a principal stands under its kind.
#[test]
fn a_bare_name_is_no_principal_of_a_trust_policy() {
    for (name, told) in [("acs:ram::1:root", true), ("1111111111111111", true), ("*", false)] {
        let statement =
            format!(r#"{{"Effect":"Allow","Action":"sts:AssumeRole","Principal":"{name}"}}"#);
        let expected = if told {
            format!(
                "W trust-principal: \"{name}\" stands under neither RAM nor Service nor Federated."
            )
        } else {
            "W open-principal: Allows sts:AssumeRole to anybody.".to_owned()
        };
        check(&statement, &[&expected]);
    }
}

// Policy elements: Principal is not used in identity-based policies.
#[test]
fn a_principal_beside_resources_of_services_without_policies() {
    let statement = |actions: &str, principal: &str| {
        format!(r#"{{"Effect":"Allow","Action":{actions},"Resource":"*","Principal":{principal}}}"#)
    };
    let ram = r#"{"RAM":["acs:ram::1:user/u"]}"#;
    for (actions, services) in [
        (r#""ecs:StopInstance""#, Some("ecs")),
        (r#"["vpc:DescribeVpcs","ECS:StartInstance"]"#, Some("ecs and vpc")),
        // Of these there are policies with principals, or may be.
        (r#""kms:Decrypt""#, None),
        (r#"["ecs:StopInstance","oss:GetObject"]"#, None),
        (r#""log:PostLogStoreLogs""#, None),
        (r#""*:Describe*""#, None),
    ] {
        let told = services.map(|services| {
            format!("W principal-without-resource-policy: Names principals for actions of {services}, of which no policy with Principal is known here.")
        });
        check(&statement(actions, ram), &told.iter().map(String::as_str).collect::<Vec<_>>());
    }
    let anybody = of(&statement(r#""ecs:StopInstance""#, r#""*""#), Language::English);
    let rules: Vec<&str> = anybody.iter().map(|one| one.rule.id()).collect();
    assert_eq!(rules, ["principal-without-resource-policy"]);
}

// PrivateLink, "Endpoint policies": the default one, and that it does not override other policies.
#[test]
fn the_default_policy_of_an_endpoint_makes_nobody_an_administrator() {
    for statement in [
        r#"{"Effect":"Allow","Resource":["*"],"Action":["*"],"Principal":["*"]}"#,
        r#"{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}"#,
    ] {
        let found = of(statement, Language::English);
        for one in &found {
            assert_eq!(one.severity.letter(), 'N', "{one:?}");
            assert!(!one.advice.contains("administers"), "{one:?}");
        }
        assert!(
            found.iter().any(|one| one.advice.contains("The default policy of a VPC endpoint"))
        );
    }
    // Of actions that are named it is not the default.
    check(
        r#"{"Effect":"Allow","Principal":["*"],"Action":["oss:*"],"Resource":["*"]}"#,
        &["W open-principal: Allows oss:* to anybody."],
    );
}

// RAM, "Create a RAM role" and "Modify the trust policy of a RAM role": every trust policy has sts:AssumeRole.
#[test]
fn actions_of_trust_policies() {
    let members = r#""Service":["ecs.aliyuncs.com"]"#;
    let more =
        |action: &str| format!("N trust-action: {action} stands for more than sts:AssumeRole.");
    let other = |action: &str| {
        format!("W trust-action: {action} is not documented as an action of a trust policy.")
    };
    for (action, expected) in [
        ("sts:AssumeRole", vec![]),
        ("STS:assumerole", vec![]),
        ("*", vec![more("*")]),
        ("sts:*", vec![more("sts:*")]),
        ("sts:Assume*", vec![more("sts:Assume*")]),
        ("kms:Decrypt", vec![other("kms:Decrypt")]),
        ("sts:GetCallerIdentity", vec![other("sts:GetCallerIdentity").replacen('W', "N", 1)]),
    ] {
        let expected: Vec<&str> = expected.iter().map(String::as_str).collect();
        check(&trust(members, &format!(r#"["{action}"]"#), ""), &expected);
    }
    // What is denied to anybody may well be all of it.
    check(r#"{"Effect":"Deny","Action":"*","Principal":{"Service":["ecs.aliyuncs.com"]}}"#, &[]);
}

// OSS, "Bucket policy" and the error 0030-00000008: acs:SourceVpc must stand beside acs:SourceIp.
#[test]
fn an_address_in_a_bucket_policy_needs_its_vpc() {
    let alone = "W address-without-vpc: acs:SourceIp stands without acs:SourceVpc.";
    let open = "N open-principal: Allows oss:GetObject to anybody under a condition.";
    let both = "N open-principal: Allows oss:GetObject to anybody under conditions.";
    let statement = |effect: &str, principal: &str, resource: &str, condition: &str| {
        format!(
            r#"{{"Effect":"{effect}","Action":"oss:GetObject","Principal":["{principal}"],"Resource":"acs:oss:*:1:{resource}","Condition":{{{condition}}}}}"#
        )
    };
    let office = r#""IpAddress":{"acs:SourceIp":"140.1.0.0/16"}"#;
    let outside =
        r#""IpAddress":{"acs:SourceIp":"140.1.0.0/16"},"StringNotLike":{"acs:SourceVpc":"vpc-*"}"#;
    let inside =
        r#""IpAddress":{"acs:SourceIp":"10.0.0.1"},"StringEquals":{"acs:SourceVpc":"vpc-a"}"#;
    for (effect, principal, resource, condition, expected) in [
        ("Allow", "*", "b/*", office, vec![open, alone]),
        ("Allow", "*", "b/*", outside, vec![both]),
        ("Allow", "*", "b/*", inside, vec![both]),
        ("Allow", "27737962156157", "b/*", office, vec![alone]),
        ("Deny", "*", "b/*", r#""NotIpAddress":{"ACS:sourceip":"140.1.0.0/16"}"#, vec![alone]),
        ("Allow", "27737962156157", "accesspoint/a/object/*", office, vec![]),
    ] {
        check(&statement(effect, principal, resource, condition), &expected);
    }
    // Policies of users are another thing.
    check(
        r#"{"Effect":"Allow","Action":"oss:GetObject","Resource":"acs:oss:*:*:b/*","Condition":{"IpAddress":{"acs:SourceIp":"140.1.0.0/16"}}}"#,
        &[],
    );
}

// RAM, "Assume a RAM role": the resource of sts:AssumeRole is the role, acs:ram::<account>:role/<name>.
#[test]
fn a_role_that_is_assumed_is_named_as_a_role() {
    let allow = |resources: &str| {
        format!(r#"{{"Effect":"Allow","Action":"sts:AssumeRole","Resource":{resources}}}"#)
    };
    let nothing = "W foreign-resource: sts:AssumeRole on";
    for (resources, expected) in [
        (r#""acs:ram::1:user/x""#, format!("{nothing} acs:ram::1:user/x matches nothing.")),
        (r#""acs:sts::1:role/x""#, format!("{nothing} acs:sts::1:role/x matches nothing.")),
        (
            r#"["acs:sts:*:*:*","acs:ram::1:role"]"#,
            format!("{nothing} acs:sts:*:*:* and acs:ram::1:role matches nothing."),
        ),
        (
            r#"["acs:ram::1:user/x","acs:ram::1:role/y"]"#,
            "N permissions-management: May assume role y of account 1.".to_owned(),
        ),
        (
            r#""acs:ram::1:role/y*""#,
            "N permissions-management: May assume role y* of account 1.".to_owned(),
        ),
    ] {
        check(&allow(resources), &[&expected]);
    }
}
