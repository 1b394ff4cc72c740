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

use told::check;

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
        ("1", false),
    ] {
        let members = format!(r#""RAM":["{name}"]"#);
        let expected = if told { vec![no(name)] } else { vec![] };
        let expected: Vec<&str> = expected.iter().map(String::as_str).collect();
        check(&trust(&members, r#""sts:AssumeRole""#, ""), &expected);
    }
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
