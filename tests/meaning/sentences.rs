//! Statements in words.

use super::support::{Few, policy};
use rolescope::policy::explain;

use serde_json::{Value, json};

fn said(statement: &Value) -> String {
    explain::sentence(
        rolescope::say::Language::English,
        &policy(&json!([statement])).statements[0],
        &Few,
    )
}

#[test]
fn statements_become_sentences() {
    for (statement, expected) in [
        (
            json!({ "Effect": "Allow", "Action": "*", "Resource": "*" }),
            "The holder may use every action of every service on any resource.",
        ),
        (
            json!({ "Effect": "Allow", "NotAction": "ram:*", "Resource": "*" }),
            "The holder may use every action except those of ram on any resource.",
        ),
        (
            json!({ "Effect": "Allow", "Action": "ecs:RunInstances", "Resource": "acs:ecs:*:*:*" }),
            "The holder may use ecs:RunInstances (Start new servers) on every ecs resource.",
        ),
        (
            json!({ "Effect": "Allow", "Action": ["ots:*"], "Resource": "acs:ots:*:*:instance/i" }),
            "The holder may use every action of Tablestore (ots) on acs:ots:*:*:instance/i.",
        ),
        (
            json!({ "Effect": "Allow", "Action": ["ecs:DescribeInstances", "ecs:RunInstances", "kms:Encrypt", "fc:Get*"],
                 "NotResource": ["acs:vpc:*:*:*"] }),
            "The holder may use 2 actions of Elastic Compute Service (ecs: DescribeInstances and RunInstances), \
          kms:Encrypt and the actions fc:Get* on any resource except every vpc resource.",
        ),
        (
            json!({ "Effect": "Allow", "Action": "*:Describe*", "Resource": "*" }),
            "The holder may use the actions named Describe* of every service on any resource.",
        ),
        (
            json!({ "Effect": "Deny", "Action": "oss:DeleteObject", "Resource": "*", "Condition": {
                 "NotIpAddress": { "acs:SourceIp": ["10.0.0.0/8"] }, "Bool": { "acs:SecureTransport": "false" } } }),
            "The holder may never use oss:DeleteObject on any resource if acs:SourceIp is not in 10.0.0.0/8 \
          and if acs:SecureTransport is false.",
        ),
        (
            json!({ "Effect": "Allow", "Action": "ram:DeleteServiceLinkedRole", "Resource": "*", "Condition": {
                 "StringEquals": { "ram:ServiceName": "alikafka.aliyuncs.com" } } }),
            "The holder may use ram:DeleteServiceLinkedRole on any resource, \
          only for the service-linked role of alikafka.aliyuncs.com.",
        ),
        (
            json!({ "Effect": "Allow", "Action": "oss:GetObject", "Resource": "*", "Condition": [] }),
            "The holder may use oss:GetObject on any resource, \
          only if its Condition is met, which cannot be read.",
        ),
        (
            json!({ "Effect": "Deny", "Action": "oss:GetObject", "Resource": "*", "Condition": { "StringEquals": "x" } }),
            "The holder may never use oss:GetObject on any resource \
          if what StringEquals holds is met, which cannot be read.",
        ),
        (
            json!({ "Effect": "Allow", "Action": "sts:AssumeRole", "Principal": { "Service": "fc.aliyuncs.com" } }),
            "The service fc.aliyuncs.com may assume this role.",
        ),
        (
            json!({ "Effect": "Allow", "Action": "oss:GetObject", "Principal": ["*"], "Resource": "acs:oss:*:*:b/*" }),
            "Anyone may use oss:GetObject on acs:oss:*:*:b/*.",
        ),
        (
            json!({ "Effect": "Deny", "Action": ["ots:*", "kms:Encrypt"], "Resource": "*" }),
            "The holder may never use any action of Tablestore (ots) or kms:Encrypt \
          (Encrypt a text) on any resource.",
        ),
        (
            json!({ "Effect": "Deny", "Action": "*", "Resource": "*" }),
            "The holder may never use any action of any service on any resource.",
        ),
        (
            json!({ "Effect": "Deny", "NotAction": ["sts:GetCallerIdentity", "ram:*"], "Resource": "*",
                 "Condition": { "Bool": { "acs:MFAPresent": "false" } } }),
            "The holder may use no action except sts:GetCallerIdentity and those of ram on any resource \
          if acs:MFAPresent is false, whatever else allows it.",
        ),
        (
            json!({ "Effect": "Deny", "NotAction": "*", "Resource": "*" }),
            "Denies nothing: NotAction leaves out everything.",
        ),
        (
            json!({ "Effect": "Deny", "Action": "ram:*", "NotResource": ["*"] }),
            "Denies nothing: NotResource leaves out everything.",
        ),
        (
            json!({ "Effect": "Allow", "Action": "kms:Encrypt", "NotResource": ["*"] }),
            "The holder may use kms:Encrypt (Encrypt a text) on no resource (NotResource leaves out every resource).",
        ),
        (
            json!({ "Effect": "Deny", "Action": "oss:*", "Principal": ["*"], "Resource": "acs:oss:*:*:b/*" }),
            "Nobody but the owner of the bucket may use any action of oss on acs:oss:*:*:b/*.",
        ),
        (
            json!({ "Effect": "Deny", "NotAction": "oss:GetObject", "Principal": { "RAM": "*" },
                 "Resource": "acs:oss:*:*:b/*" }),
            "Nobody may use any action except oss:GetObject on acs:oss:*:*:b/*.",
        ),
        (
            json!({ "Effect": "Deny", "Action": "oss:*", "NotPrincipal": { "RAM": "acs:ram::1:root" },
                 "Resource": "acs:oss:*:*:b/*", "Condition": { "Bool": { "acs:SecureTransport": "false" } } }),
            "Nobody except account 1 may use any action of oss on acs:oss:*:*:b/* if acs:SecureTransport is false.",
        ),
        (
            json!({ "Effect": "Deny", "Action": "oss:*", "Principal": "*", "Resource": "acs:oss:*:1:b" }),
            "Nobody but the owner of the bucket may use any action of oss on acs:oss:*:1:b.",
        ),
        (
            json!({ "Effect": "Deny", "Action": "oss:*", "Principal": ["*"], "Resource": "*",
                 "Condition": { "Bool": { "acs:SecureTransport": "false" } } }),
            "Nobody, not even the owner of the bucket, may use any action of oss on this bucket if acs:SecureTransport is false.",
        ),
        (
            json!({ "Effect": "Allow", "Action": "oss:GetObject", "Principal": ["1"], "Resource": ["*"] }),
            "The account or user 1 may use oss:GetObject on this bucket.",
        ),
        // Other principals than those of a bucket policy.
        (
            json!({ "Effect": "Allow", "Action": "oss:GetObject", "Principal": {"RAM": "acs:ram::1:root"}, "Resource": ["*"] }),
            "Account 1 may use oss:GetObject on any resource.",
        ),
        (
            json!({ "Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"RAM": "acs:ram::1:root"}, "Resource": ["*"] }),
            "Account 1 may assume this role.",
        ),
        (
            json!({ "Effect": "Deny", "Action": "ecs:DeleteInstance", "Resource": "*",
                 "Condition": { "StringNotEquals": { "acs:ResourceTag/env": ["prod", "dev"] } } }),
            "The holder may never use ecs:DeleteInstance on any resource if the resource is not tagged \
          env = prod or dev.",
        ),
        (
            json!({ "Effect": "Allow", "NotAction": "", "Resource": [" ", "acs:oss:*:*:b"] }),
            "The holder may use every action except an empty name on an empty name and acs:oss:*:*:b.",
        ),
        (
            json!({ "Effect": "Allow", "Action": ["", "kms"], "Resource": "*" }),
            "Does nothing: of what it lists, nothing is service:name, as actions are.",
        ),
        (
            json!({ "Effect": "Allow", "Action": ["kms", "kms:Decrypt"], "Resource": "*" }),
            "The holder may use kms:Decrypt on any resource.",
        ),
        (
            json!({ "Effect": "Allow", "Action": "ecs:A", "Resource": "*", "Condition": {
                "DateLessThan": {"acs:CurrentTime": "2025-13-01"} } }),
            "Does nothing as it stands: it speaks of ecs:A, but no request meets its conditions: \
             only if acs:CurrentTime is before 2025-13-01.",
        ),
        (
            json!({ "Effect": "Allow", "Action": "kms:Encrypt",
                 "Resource": ["acs:Kms:*:*:*", "ACS:ecs:*:*:*", "acs:oss:*:*:*"] }),
            "The holder may use kms:Encrypt (Encrypt a text) on acs:Kms:*:*:*, ACS:ecs:*:*:* and every oss resource.",
        ),
        (
            json!({ "Action": "*", "Resource": "*" }),
            "Does nothing: its Effect is neither Allow nor Deny.",
        ),
        (
            json!({ "Effect": { "Ref": "E" }, "Action": "oss:GetObject", "Resource": "*" }),
            "Its Effect is not known; it may be Allow or Deny. As an Allow: The holder may use oss:GetObject on any resource.",
        ),
        (
            json!([{ "Effect": "Deny", "Action": "oss:GetObject", "Resource": "*" }]),
            "Cannot be read: what it allows or denies is not known.",
        ),
        (
            json!({ "Effect": "Allow", "Action": "oss:GetObject", "Resource": "*", "Conditions": { "Bool": { "k": "true" } } }),
            "The holder may use oss:GetObject on any resource, only if what \"Conditions\" says is met or does not count.",
        ),
        (
            json!({ "Effect": "DENY", "Action": "oss:GetObject", "Resource": "*" }),
            "The holder may never use oss:GetObject on any resource if \"DENY\" counts as Deny.",
        ),
        (
            json!({ "Effect": "Allow", "Resource": "*" }),
            "Does nothing: it names neither Action nor NotAction.",
        ),
    ] {
        assert_eq!(said(&statement), expected, "{statement}");
    }
}

#[test]
fn long_lists_are_counted_and_texts_made_safe() {
    let many: Vec<String> = (0..500).map(|n| format!("x:Do{n}")).collect();
    let words =
        said(&json!({ "Effect": "Allow", "Action": many, "Resource": "a\u{1b}]52;\u{202e}" }));
    assert!(
        words.contains("500 actions of x (Do0, Do1, Do2, Do3, Do4, Do5 and 494 more)"),
        "{words}"
    );
    assert!(!words.chars().any(|c| c.is_control() || c == '\u{202e}'), "{words}");
}

#[test]
fn trust_policies_say_who() {
    let trust = policy(&json!([
        { "Effect": "Allow", "Action": "sts:AssumeRole", "Principal": { "Service": ["a.com", "b.com"] } },
        { "Effect": "Allow", "Action": "sts:AssumeRole", "Principal": { "RAM": "acs:ram::1:root" },
          "Condition": { "StringEquals": { "sts:ExternalId": "x" } } },
    ]));
    assert_eq!(
        explain::trust(rolescope::say::Language::English, &trust),
        "The service a.com and the service b.com may assume this role. \
         Account 1 may assume this role, only if sts:ExternalId equals \"x\"."
    );
    assert!(
        explain::trust(rolescope::say::Language::English, &policy(&json!([])))
            .starts_with("Nobody")
    );
}
