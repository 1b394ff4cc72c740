//! Findings about who may use a policy with principals, and about assuming roles: a table of documents and what is
//! found, with the rule's source named.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

use rolescope::policy::vocabulary::Nothing;
use rolescope::policy::{explain, read};
use rolescope::say::Language;

#[path = "support/told.rs"]
mod told;

use told::{check, of};

fn trust(provider: &str, action: &str, condition: &str) -> String {
    let condition = if condition.is_empty() {
        String::new()
    } else {
        format!(r#","Condition":{{{condition}}}"#)
    };
    format!(
        r#"{{"Effect":"Allow","Action":"{action}","Principal":{{"Federated":["acs:ram::1:{provider}"]}}{condition}}}"#
    )
}

// RAM, "Create a RAM role for a trusted IdP": oidc:iss, oidc:aud and saml:recipient are required, the first two under
// StringEquals; oidc:sub is not, but without it the users of the provider are not told apart.
#[test]
fn trust_in_identity_providers() {
    let missing = |keys: &str| {
        format!(
            "W missing-trust-condition: Trusts the identity provider p without StringEquals on {keys}."
        )
    };
    let open = "W open-federation: Everybody of the identity provider p may assume the role: nothing limits oidc:sub.".to_owned();
    let whole = r#""oidc:iss":"https://a.b","oidc:aud":"sts.aliyuncs.com""#;
    for (condition, expected) in [
        (String::new(), vec![open.clone(), missing("oidc:iss and oidc:aud")]),
        (format!(r#""StringEquals":{{{whole},"oidc:sub":"x"}}"#), vec![]),
        (format!(r#""StringEquals":{{{whole}}},"StringLike":{{"oidc:sub":"repo:a/b:*"}}"#), vec![]),
        (format!(r#""StringEquals":{{{whole}}}"#), vec![open.clone()]),
        (
            format!(r#""StringEquals":{{{whole}}},"StringLike":{{"oidc:sub":"repo:*"}}"#),
            vec!["W open-federation: repo:* under oidc:sub lets in whoever the identity provider p speaks for.".to_owned()],
        ),
        (format!(r#""StringEquals":{{{whole}}},"StringLike":{{"oidc:sub":["x","*"]}}"#), vec![open]),
        (
            r#""StringEquals":{"oidc:aud":"a","oidc:sub":"x"},"StringLike":{"oidc:iss":"https://a.b"}"#
                .to_owned(),
            vec![missing("oidc:iss")],
        ),
    ] {
        let expected: Vec<&str> = expected.iter().map(String::as_str).collect();
        check(&trust("oidc-provider/p", "sts:AssumeRole", &condition), &expected);
    }
    let recipient =
        r#""StringEquals":{"saml:recipient":"https://signin.alibabacloud.com/saml-role/sso"}"#;
    check(&trust("saml-provider/p", "sts:AssumeRole", recipient), &[]);
    check(&trust("saml-provider/p", "sts:AssumeRole", ""), &[&missing("saml:recipient")]);
    // A Deny lets nobody in; an account and a service have no such keys.
    for statement in [
        r#"{"Effect":"Deny","Action":"sts:AssumeRole","Principal":{"Federated":["acs:ram::1:saml-provider/p"]}}"#,
        r#"{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"RAM":["acs:ram::1:user/u"]}}"#,
        r#"{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"Service":["ecs.aliyuncs.com"]}}"#,
    ] {
        check(statement, &[]);
    }
}

// The documentation names each identity provider by its ARN; a pattern there names many, whose kind it may leave open.
#[test]
fn trust_in_any_identity_provider() {
    let any = "open-principal: Users of any identity provider may assume this role";
    let some = "open-principal: Users of any identity provider acs:ram::1:* may assume this role";
    for (provider, condition, expected) in [
        ("*", "", format!("W {any}.")),
        ("acs:*", "", format!("W {any}.")),
        ("acs:ram::*", "", format!("W {any}.")),
        ("acs:ram::1:*", "", format!("W {some}.")),
        // Whoever sets the provider up answers these.
        (
            "*",
            r#""StringEquals":{"oidc:iss":"https://a.b","oidc:aud":"c"}"#,
            format!("W {any} under conditions."),
        ),
        ("*", r#""StringEquals":{"oidc:sub":"x"}"#, format!("N {any} under a condition.")),
    ] {
        let statement = trust("p", "sts:AssumeRole", condition).replace("acs:ram::1:p", provider);
        check(&statement, &[&expected]);
    }
}

// The same page: the trust policies there have no Resource. It hides nothing of what is told without it.
#[test]
fn a_resource_in_a_trust_policy() {
    let statement = |principal: &str, element: &str| {
        format!(
            r#"{{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{principal}{element}}}"#
        )
    };
    let lines = |statement: &str| -> Vec<String> {
        let found = of(statement, Language::English);
        found.iter().map(|one| format!("{} {}", one.rule.id(), one.message)).collect()
    };
    for principal in [
        r#"{"RAM":["acs:ram::1:root"]}"#,
        r#"{"RAM":["*"]}"#,
        r#"{"RAM":["acs:ram::1:group/g"]}"#,
        r#"{"Federated":["acs:ram::1:oidc-provider/x"]}"#,
        r#"{"Service":["*"]}"#,
    ] {
        let mut expected = lines(&statement(principal, ""));
        assert!(!expected.is_empty(), "{principal}");
        expected.push("trust-resource Resource stands in a trust policy.".to_owned());
        let mut told = lines(&statement(principal, r#","Resource":"*""#));
        told.sort_unstable();
        expected.sort_unstable();
        assert_eq!(told, expected, "{principal}");
    }
    let user = statement(r#"{"RAM":["acs:ram::1:user/u"]}"#, r#","Resource":"acs:ram::1:role/r""#);
    check(&user, &["W trust-resource: Resource stands in a trust policy."]);
}

// The same page: the action of these trust policies is sts:AssumeRole.
#[test]
fn the_action_of_a_trust_policy() {
    let recipient = r#""StringEquals":{"saml:recipient":"https://a.b"}"#;
    for (action, expected) in [
        ("sts:AssumeRole", vec![]),
        (
            "sts:AssumeRoleWithSAML",
            vec![
                "W trust-action: sts:AssumeRoleWithSAML is not documented as an action of a trust policy.",
            ],
        ),
        (
            "sts:assumerolewithoidc",
            vec![
                "W trust-action: sts:assumerolewithoidc is not documented as an action of a trust policy.",
            ],
        ),
    ] {
        check(&trust("saml-provider/p", action, recipient), &expected);
    }
}

#[test]
fn a_condition_that_never_fails_is_no_limit() {
    let always = "W open-principal: Allows oss:GetObject to anybody under a condition that every request with its key meets.";
    let limits = "N open-principal: Allows oss:GetObject to anybody under a condition.";
    // What the service counts as public, whatever the condition asks.
    let public = "W open-principal: Allows oss:GetObject to anybody under a condition.";
    let alone = "W address-without-vpc: acs:SourceIp stands without acs:SourceVpc.";
    for (condition, expected) in [
        (r#""StringLike":{"acs:SourceVpc":["*"]}"#, vec![always]),
        (r#""StringLike":{"acs:SourceVpc":["vpc-*"]}"#, vec![public]),
        (r#""StringLike":{"acs:SourceVpc":["vpc-a"]}"#, vec![limits]),
        (r#""StringEquals":{"ACS:SourceVpc":["vpc-a","vpc-b"]}"#, vec![limits]),
        (r#""StringNotEquals":{"acs:SourceVpc":["vpc-a"]}"#, vec![public]),
        (
            r#""StringEquals":{"acs:SourceVpc":["*"]}"#,
            vec![public, "W literal-wildcard: StringEquals compares \"*\" letter by letter."],
        ),
        (r#""IpAddress":{"acs:SourceIp":["0.0.0.0/0","::/0"]}"#, vec![always, alone]),
        (r#""IpAddress":{"acs:SourceIp":["10.0.0.0/8"]}"#, vec![limits, alone]),
        (r#""IpAddress":{"acs:SourceIp":["0.0.0.0/1","128.0.0.0/1"]}"#, vec![public, alone]),
        (r#""IpAddress":{"acs:SourceIp":["10.0.0.0/8","2001:db8::/32"]}"#, vec![limits, alone]),
        (r#""IpAddress":{"acs:SourceIp":["10.0.0.0/8","2001::/16"]}"#, vec![public, alone]),
        (
            r#""IpAddressIncludeBorder":{"acs:SourceIp":["10.0.0.0/8"]}"#,
            vec![
                public,
                "N undocumented-operator: Only Object Storage Service lists IpAddressIncludeBorder, and does not say what it asks.",
                alone,
            ],
        ),
        (r#""NotIpAddress":{"acs:SourceIp":["0.0.0.0/0"]}"#, vec![public, alone]),
        (r#""Bool":{"acs:SecureTransport":["true","false"]}"#, vec![always]),
        (r#""Bool":{"acs:SecureTransport":"true"}"#, vec![public]),
        (
            r#""StringLike":{"acs:SourceVpc":["*"]},"IpAddress":{"acs:SourceIp":["10.0.0.0/8"]}"#,
            vec![limits],
        ),
        (
            r#""Bool":{"acs:SecureTransport":"false"}"#,
            vec![
                public,
                "W unencrypted-only: Allows this only where the request is not encrypted.",
            ],
        ),
    ] {
        let statement = format!(
            r#"{{"Effect":"Allow","Action":"oss:GetObject","Principal":["*"],"Resource":"acs:oss:*:*:b/*","Condition":{{{condition}}}}}"#
        );
        check(&statement, &expected);
    }
}

// Measured on live accounts: requests signed with an AccessKey have no acs:MFAPresent.
#[test]
fn a_deny_misses_requests_without_the_key() {
    for (effect, condition, expected) in [
        ("Deny", r#""Bool":{"acs:MFAPresent":["false"]}"#, true),
        ("Deny", r#""StringEquals":{"acs:mfapresent":"false"}"#, true),
        ("Deny", r#""StringNotEquals":{"acs:MFAPresent":"true"}"#, false),
        ("Deny", r#""Bool":{"acs:MFAPresent":"true"}"#, false),
        ("Allow", r#""Bool":{"acs:MFAPresent":"true"}"#, false),
        ("Deny", r#""Bool":{"acs:SecureTransport":"false"}"#, false),
    ] {
        let statement = format!(
            r#"{{"Effect":"{effect}","Action":"ecs:StopInstance","Resource":"acs:ecs:*:*:instance/i-1","Condition":{{{condition}}}}}"#
        );
        let told = ["W absent-key: A request without acs:MFAPresent is not denied."];
        check(&statement, if expected { &told } else { &[] });
    }
}

// Object Storage Service, bucket policies: UIDs, `arn:sts::` names, or `*`.
#[test]
fn principals_of_bucket_policies() {
    for (principal, expected) in [
        (r#"["1234567890"]"#, vec![]),
        (r#"["arn:sts::1:assumed-role/r/*"]"#, vec![]),
        (
            r#"["acs:ram::1:user/x"]"#,
            vec![
                "N bucket-principal: \"acs:ram::1:user/x\" is not documented as a principal of a bucket policy.",
            ],
        ),
    ] {
        let statement = format!(
            r#"{{"Effect":"Allow","Action":"oss:GetObject","Principal":{principal},"Resource":"acs:oss:*:*:b/*"}}"#
        );
        check(&statement, &expected);
    }
}

// STS, AssumeRole: its resource is the role.
#[test]
fn assuming_roles() {
    for (resource, expected) in [
        ("acs:ram::1:role/x", "N permissions-management: May assume role x of account 1."),
        ("acs:ram:*:*:role/x", "N permissions-management: May assume role x of any account."),
        ("acs:ram::1:role/dev-*", "N permissions-management: May assume role dev-* of account 1."),
        ("acs:ram::1:role/*", "W permissions-management: May assume every role of account 1."),
        ("*", "W permissions-management: May assume any role."),
    ] {
        let statement =
            format!(r#"{{"Effect":"Allow","Action":"sts:AssumeRole","Resource":"{resource}"}}"#);
        check(&statement, &[expected]);
    }
}

#[test]
fn actions_that_are_checked_against_resources_of_another_service() {
    let foreign = |action: &str, of: &str| {
        format!("N foreign-resource: Allows {action} on resources of {of}.")
    };
    for (action, resource, expected) in [
        // DMS on RAM users; Object Storage Service on vector buckets.
        ("dms:LoginDatabase", "acs:rds:*:*:*", None),
        ("dms:LoginDatabase", "acs:polardb:*:*:*", None),
        ("oss:PutVectors", "acs:ossvector:*:*:*", None),
        ("dms:LoginDatabase", "acs:oss:*:*:b", Some("oss")),
        ("ecs:StopInstance", "acs:rds:*:*:*", Some("rds")),
    ] {
        let statement =
            format!(r#"{{"Effect":"Allow","Action":"{action}","Resource":"{resource}"}}"#);
        let expected = expected.map(|of| foreign(action, of));
        let expected: Vec<&str> = expected.iter().map(String::as_str).collect();
        check(&statement, &expected);
    }
    // What a template puts in the place of the service is not known.
    let found = of(
        r#"{"Effect":"Allow","Action":"ecs:*","Resource":"acs:${var.region}:*:*:*"}"#,
        Language::English,
    );
    assert!(found.iter().all(|one| one.rule.id() != "foreign-resource"), "{found:#?}");
}

// Key Management Service, SetKeyPolicy and SetSecretPolicy: Sid is optional, Resource is `*` and means this key.
#[test]
fn policies_of_keys() {
    let key = r#""Effect":"Allow","Action":"kms:*","Principal":{"RAM":["acs:ram::1:*"]}"#;
    check(&format!(r#"{{"Sid":"s",{key},"Resource":"*"}}"#), &[]);
    // It may have 32,768 bytes, where a custom policy has 6,144 characters.
    let long = vec![format!(r#"{{{key},"Resource":"*","Sid":"{}"}}"#, "s".repeat(120)); 40];
    let found = of(&long.join(","), Language::English);
    assert!(found.iter().all(|one| one.rule.id() != "too-long"), "{found:#?}");
    for other in [
        r#"{"Sid":"s","Effect":"Allow","Action":"kms:*","Resource":"*"}"#.to_owned(),
        format!(r#"{{"Sid":"s",{key},"Resource":"acs:kms:*:*:key/k"}}"#),
        r#"{"Sid":"s","Effect":"Allow","Action":"oss:GetObject","Principal":["1"],"Resource":"*"}"#
            .to_owned(),
    ] {
        let found = of(&other, Language::English);
        assert!(found.iter().any(|one| one.rule.id() == "label"), "{other}\n{found:#?}");
    }
}

// ECS, "Use tags to control access to ECS resources": its policy denies these four actions.
#[test]
fn tags_that_the_holder_may_not_set() {
    let only = |service: &str| {
        format!(
            r#"{{"Effect":"Allow","Action":"{service}:*","Resource":"*","Condition":{{"StringEquals":{{"acs:ResourceTag/team":"dev"}}}}}}"#
        )
    };
    let also = |effect: &str, actions: &str| {
        format!(r#",{{"Effect":"{effect}","Action":[{actions}],"Resource":"*"}}"#)
    };
    let four = r#""ecs:TagResources","ecs:CreateTags","ecs:UntagResources","ecs:DeleteTags""#;
    for (service, more, expected) in [
        ("ecs", also("Allow", r#""ecs:*Tag*""#), true),
        ("ecs", also("Allow", r#""ecs:*Tag*""#) + &also("Deny", four), false),
        ("ecs", also("Allow", r#""ecs:*Tag*""#) + &also("Deny", r#""ecs:TagResources""#), true),
        // All of it is allowed with no tag as well: to deny the tag actions would mend nothing.
        ("ecs", also("Allow", r#""ecs:*""#), false),
        ("ess", also("Allow", r#""ess:*Tag*""#) + &also("Allow", r#""ess:*""#), false),
        ("ecs", also("Allow", r#""ecs:Create*""#), true),
        // What creates a thing of a service without such an action tags no existing one.
        ("ess", also("Allow", r#""ess:Create*""#), false),
        ("ess", also("Allow", r#""ess:*Tag*""#), true),
        ("ess", also("Allow", r#""ess:*Tag*""#) + &also("Deny", r#""ess:TagResources""#), false),
        ("ess", also("Allow", r#""ess:CreateTags""#), true),
    ] {
        let statements = only(service) + &more;
        let found = of(&statements, Language::English);
        let own = found.iter().any(|one| one.rule.id() == "self-satisfiable-condition");
        assert_eq!(own, expected, "{statements}\n{found:#?}");
    }
}

#[test]
fn principals_in_words() {
    for (principal, english, chinese) in [
        (
            r#"{"RAM":["acs:ram::12****:*"]}"#,
            "Every user and role of account 12**** may assume this role.",
            "账号 12**** 的所有用户和角色可扮演此角色。",
        ),
        (
            r#"{"RAM":["acs:ram::*:root"]}"#,
            "Any account may assume this role.",
            "任意账号可扮演此角色。",
        ),
        (
            r#"{"RAM":["acs:ram::*:role/x"]}"#,
            "Role x of any account may assume this role.",
            "任意账号的角色 x可扮演此角色。",
        ),
        (
            r#"["arn:sts::1:assumed-role/r/*"]"#,
            "Any session of role r of account 1 (not a documented principal) may assume this role.",
            "账号 1 的角色 r 的任意会话（不是文档中的授权主体写法）可扮演此角色。",
        ),
        (
            r#"["arn:sts::1:assumed-role/r/s"]"#,
            "Session s of role r of account 1 (not a documented principal) may assume this role.",
            "账号 1 的角色 r 的会话 s（不是文档中的授权主体写法）可扮演此角色。",
        ),
        // A name is not given a capital.
        (
            r#"{"RAM":["acs:ram::1:group/g"]}"#,
            "acs:ram::1:group/g (not a documented principal) may assume this role.",
            "acs:ram::1:group/g（不是文档中的授权主体写法）可扮演此角色。",
        ),
    ] {
        let text = format!(
            r#"{{"Version":"1","Statement":[{{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{principal}}}]}}"#
        );
        let read = read::document(&text).unwrap();
        let say = |language| explain::sentence(language, &read.document.statements[0], &Nothing);
        assert_eq!(say(Language::English), english, "{principal}");
        assert_eq!(
            say(Language::Chinese).replace(' ', ""),
            chinese.replace(' ', ""),
            "{principal}"
        );
    }
}

// All service names of the documentation's index end with .aliyuncs.com.
#[test]
fn trust_in_services() {
    let any = "W open-principal: Any service may assume this role.";
    let trust = |name: &str, condition: &str| {
        format!(
            r#"{{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{{"Service":["{name}"]}}{condition}}}"#
        )
    };
    for (name, expected) in [
        ("ecs.aliyuncs.com", vec![]),
        ("1234567890123456@ecs.aliyuncs.com", vec![]),
        ("*", vec![any]),
        ("*.aliyuncs.com", vec![any]),
        ("ec*.aliyuncs.com", vec![]),
        (
            "ec2.amazonaws.com",
            vec![
                "W service-principal: ec2.amazonaws.com is no service of Alibaba Cloud: their names end with .aliyuncs.com.",
            ],
        ),
    ] {
        check(&trust(name, ""), &expected);
    }
    check(
        &trust("*", r#","Condition":{"StringEquals":{"sts:ExternalId":"x"}}"#),
        &["N open-principal: Any service may assume this role under a condition."],
    );
}

// Policy structure has no NotPrincipal; read as everybody but these, it lets the rest in.
#[test]
fn everybody_but_some_is_open() {
    let statement = |principal: &str, condition: &str| {
        format!(
            r#"{{"Effect":"Allow","Action":"oss:GetObject","NotPrincipal":{principal},"Resource":"acs:oss:*:1:b/*"{condition}}}"#
        )
    };
    let odd = "W negated-element: NotPrincipal is not in RAM's current grammar; it is read as everything but what it lists.";
    check(
        &statement(r#"["1"]"#, ""),
        &[odd, "W open-principal: Allows oss:GetObject to anybody except the account or user 1."],
    );
    let office = r#","Condition":{"IpAddress":{"acs:SourceIp":"10.0.0.0/8"}}"#;
    check(
        &statement(r#"["1"]"#, office),
        &[
            odd,
            "N open-principal: Allows oss:GetObject to anybody except the account or user 1 under a condition.",
            "W address-without-vpc: acs:SourceIp stands without acs:SourceVpc.",
        ],
    );
    let nobody =
        "E leaves-nothing: NotPrincipal leaves out everything, so the statement matches nothing.";
    check(&statement(r#"["*"]"#, ""), &[nobody, odd]);
}

// OSS, "Authorization syntax and elements": acs:SourceIp takes `*`.
#[test]
fn a_star_in_an_address_is_known_to_oss_alone() {
    let statement = |action: &str| {
        format!(
            r#"{{"Effect":"Deny","Action":"{action}","Resource":"*","Condition":{{"NotIpAddress":{{"acs:SourceIp":"10.0.0.*"}}}}}}"#
        )
    };
    check(
        &statement("oss:GetObject"),
        &["N malformed-value: Only Object Storage Service knows * in an address: 10.0.0.*."],
    );
    check(
        &statement("ecs:StopInstance"),
        &[
            "E malformed-value: \"10.0.0.*\" is not an IP address or a block such as 10.0.0.0/8, which NotIpAddress needs.",
        ],
    );
}

// Which roles are left out is said of roles.
#[test]
fn all_roles_but_some_are_roles() {
    let odd = "W negated-element: NotResource is not in RAM's current grammar; it is read as everything but what it lists.";
    for (action, told) in [
        (
            "ram:PassRole",
            "W pass-role: May pass any role except acs:ram:*:*:role/x to any service.",
        ),
        (
            "sts:AssumeRole",
            "W permissions-management: May assume any role except role x of any account.",
        ),
    ] {
        let statement = format!(
            r#"{{"Effect":"Allow","Action":"{action}","NotResource":"acs:ram:*:*:role/x"}}"#
        );
        check(&statement, &[told, odd]);
    }
}
