//! What a condition, a Deny or a smaller resource takes from a finding, and what it does not.

use super::{check, of, told};
use rolescope::policy::findings::Origin;

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
        &["W self-satisfiable-condition 0", "N tag-not-supplied 0"],
    );
    // Requests of RDS never carry it.
    check(
        r#"{"Effect":"Allow","Action":"rds:DescribeDBInstances","Resource":"*","Condition":{"StringEquals":{"acs:ResourceTag/team":"a"}}}"#,
        &["W tag-not-supplied 0"],
    );
    check(
        r#"{"Effect":"Allow","Action":"ecs:*","Resource":"acs:ecs:*:*:instance/*","Condition":{"StringEquals":{"ecs:tag/team":"a"}}}"#,
        &["N far-reaching 0"],
    );
}

// Reasoning: a tag opens a statement to those alone who may set it and whom the statement is for.
#[test]
fn a_tag_that_others_may_set() {
    let key = |one: &str, other: &str| {
        let statement = |actions: &str, who: &str, condition: &str| {
            format!(
                r#"{{"Effect":"Allow","Action":{actions},"Resource":"*","Principal":{who}{condition}}}"#
            )
        };
        let tag = r#","Condition":{"StringEquals":{"kms:tag/team":"a"}}"#;
        let text = format!(
            r#"{{"Version":"1","Statement":[{},{}]}}"#,
            statement(r#"["kms:TagResource","kms:Describe*"]"#, one, ""),
            statement(r#""kms:Decrypt""#, other, tag)
        );
        let found = of(&text, Origin::Custom).into_iter();
        let own = found.filter(|one| one.rule.id() == "self-satisfiable-condition");
        own.map(|one| one.message).collect::<Vec<_>>()
    };
    let told = "Statement 2: kms:Decrypt only with the tag team; but statement 1 lets a principal of both set that tag with kms:TagResource on this key or secret.";
    let root = r#"{"RAM":["acs:ram::1:root"]}"#;
    let alice = r#"{"RAM":["acs:ram::1:user/alice"]}"#;
    let other = r#"{"RAM":["acs:ram::2:user/alice"]}"#;
    for (one, with_tag, expected) in [
        (root, alice, true),
        (alice, root, true),
        (alice, alice, true),
        (r#"{"RAM":["*"]}"#, alice, true),
        (root, other, false),
        (alice, r#"{"RAM":["acs:ram::1:user/bob","acs:ram::2:root"]}"#, false),
    ] {
        let expected = if expected { vec![told] } else { vec![] };
        assert_eq!(key(one, with_tag), expected, "{one} {with_tag}");
    }
    let bucket = |uid: &str, action: &str| {
        let text = format!(
            r#"{{"Version":"1","Statement":[
            {{"Effect":"Allow","Action":"oss:GetObject","Resource":"acs:oss:*:1:b/*","Principal":["2"],"Condition":{{"StringEquals":{{"oss:ExistingObjectTag/team":"a"}}}}}},
            {{"Effect":"Allow","Action":["oss:PutObjectTagging"{action}],"Resource":"acs:oss:*:1:b/*","Principal":["{uid}"]}}]}}"#
        );
        told_of(&text).contains(&"W self-satisfiable-condition 0".to_owned())
    };
    assert!(bucket("2", ""));
    assert!(!bucket("3", ""));
    // Whoever reads the object without the tag has no need of it.
    assert!(!bucket("2", r#","oss:GetObject""#));
    // Under a condition the tag can be set once, and counts from then on.
    let with = |condition: &str| {
        let text = format!(
            r#"{{"Version":"1","Statement":[
            {{"Effect":"Allow","Action":"ecs:StopInstance","Resource":"*","Condition":{{"StringEquals":{{"ecs:tag/a":"b"}}}}}},
            {{"Effect":"Allow","Action":"ecs:*","Resource":"*"{condition}}}]}}"#
        );
        told_of(&text).contains(&"W self-satisfiable-condition 0".to_owned())
    };
    assert!(!with(""));
    assert!(with(r#","Condition":{"Bool":{"acs:MFAPresent":"true"}}"#));
}

fn told_of(text: &str) -> Vec<String> {
    told(&of(text, Origin::Custom))
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
fn every_action_is_the_whole_account_only_with_what_hands_out_rights() {
    for (denied, ends) in [
        (r#""oss:*""#, "The holder administers the whole account"),
        (
            r#""ram:*","ims:*","resourcemanager:*","sts:*""#,
            "what hands out rights in the account is denied.",
        ),
        (
            r#""ram:*","sts:*""#,
            "actions of ims and resourcemanager that hand out rights are among it.",
        ),
    ] {
        let text = format!(
            r#"{{"Version":"1","Statement":[{{"Effect":"Allow","Action":"*","Resource":"*"}},{{"Effect":"Deny","Action":[{denied}],"Resource":"*"}}]}}"#
        );
        let found = of(&text, Origin::Custom);
        let one = found.iter().find(|one| one.message.starts_with("Allows every action"));
        let advice = one.map(|one| one.advice.as_str()).unwrap_or_default();
        assert!(advice.contains(ends), "{denied}: {found:#?}");
    }
}
