//! Findings: a table of statements, and what is said of each, with the rule's source named.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

use rolescope::catalog::Catalog;
use rolescope::policy::findings::Severity;
use rolescope::policy::vocabulary::Vocabulary as _;
use rolescope::say::Language;

#[path = "support/told.rs"]
mod told;

use told::of;

/// What a rule says of statements: message and advice.
fn said(statements: &str, rule: &str) -> Vec<(String, String)> {
    let found = of(statements, Language::English).into_iter();
    found.filter(|one| one.rule.id() == rule).map(|one| (one.message, one.advice)).collect()
}

/// How much the gravest finding of statements matters.
fn gravest(statements: &str) -> Option<Severity> {
    of(statements, Language::English).iter().map(|one| one.severity).max()
}

fn allow(actions: &str, resource: &str) -> String {
    format!(r#"{{"Effect":"Allow","Action":{actions},"Resource":"{resource}"}}"#)
}

// Conditional operators: only StringLike and StringNotLike know wildcards. All conditions of a statement must hold.
#[test]
fn services_that_a_condition_lets_through() {
    let address = r#""IpAddress":{"acs:SourceIp":"10.0.0.0/8"}"#;
    let messages = |rule: &str, condition: &str| -> Vec<String> {
        let (action, key) = match rule {
            "pass-role" => ("ram:PassRole", "acs:Service"),
            _ => ("ram:CreateServiceLinkedRole", "ram:ServiceName"),
        };
        let condition = condition.replace("KEY", key);
        let statement = format!(
            r#"{{"Effect":"Allow","Action":"{action}","Resource":"*","Condition":{{{condition}}}}}"#
        );
        said(&statement, rule).into_iter().map(|(message, _)| message).collect()
    };
    let like = |value: &str| format!(r#""StringLike":{{"KEY":"{value}"}}"#);
    let equals = |values: &str| format!(r#""StringEquals":{{"KEY":{values}}}"#);
    let name = r#""ecs.aliyuncs.com""#;
    for (condition, to, of) in [
        (like("*.aliyuncs.com"), Some("any service"), Some("role of *.aliyuncs.com")),
        (equals(r#""*.aliyuncs.com""#), None, None),
        (
            equals(r#"["*.aliyuncs.com","ecs.aliyuncs.com"]"#),
            Some("ecs.aliyuncs.com"),
            Some("role of ecs.aliyuncs.com"),
        ),
        (
            format!("{},{}", like("*.aliyuncs.com"), equals(name)),
            Some("ecs.aliyuncs.com"),
            Some("role of ecs.aliyuncs.com"),
        ),
        (
            format!("{},{address}", equals(name)),
            Some("ecs.aliyuncs.com under a condition"),
            Some("role of ecs.aliyuncs.com under a condition"),
        ),
        (
            address.to_owned(),
            Some("any service under a condition"),
            Some("role of any service under a condition"),
        ),
        (
            format!(r#""StringNotEquals":{{"KEY":{name}}}"#),
            Some("any service under a condition"),
            Some("role of any service under a condition"),
        ),
    ] {
        let to = to.map(|to| format!("May pass any role of the account to {to}."));
        assert_eq!(messages("pass-role", &condition), Vec::from_iter(to), "{condition}");
        let of = of.map(|of| format!("May create the service-linked {of}."));
        let created = messages("creates-service-linked-roles", &condition);
        assert_eq!(created, Vec::from_iter(of), "{condition}");
    }
    // What passes no role runs nothing with it.
    let runs = |operator: &str| {
        let passing = format!(
            r#"{{"Effect":"Allow","Action":"ram:PassRole","Resource":"*","Condition":{{"{operator}":{{"acs:Service":"*.aliyuncs.com"}}}}}}"#
        );
        let both = format!("{passing},{}", allow(r#""ecs:RunInstances""#, "*"));
        said(&both, "runs-as-passed-role").len()
    };
    assert_eq!((runs("StringLike"), runs("StringEquals")), (1, 0));
}

// Policy structure: NotAction with Allow leaves out only the listed actions.
#[test]
fn what_stands_under_not_action_is_not_told_as_granted() {
    let open = |element: &str, resource: &str| {
        let statement =
            format!(r#"{{"Effect":"Allow",{element},"Principal":"*","Resource":"{resource}"}}"#);
        said(&statement, "open-principal")
            .into_iter()
            .map(|(message, _)| message)
            .collect::<Vec<_>>()
    };
    assert_eq!(
        open(r#""NotAction":["oss:GetObject"]"#, "acs:oss:*:*:b/*"),
        ["Allows every action except oss:GetObject to anybody."]
    );
    assert_eq!(
        open(r#""Action":["oss:GetObject"]"#, "acs:oss:*:*:b/*"),
        ["Allows oss:GetObject to anybody."]
    );
    // What leaves out everything grants nothing.
    assert_eq!(open(r#""NotAction":["*"]"#, "*"), [""; 0]);
    let tagged = r#"{"Effect":"Deny","NotAction":["ecs:DescribeInstances"],"Resource":"*","Condition":{"StringNotEquals":{"ecs:tag/team":"a"}}}"#;
    let tagging = allow(r#""ecs:TagResources""#, "*");
    let told = said(&format!("{tagged},{tagging}"), "self-satisfiable-condition");
    let begins = "Statement 1: every action except ecs:DescribeInstances denied only without the tag team; but statement 2 ";
    assert!(told.len() == 1 && told[0].0.starts_with(begins), "{told:?}");
}

// Conditional operators: a negative one holds for whatever is none of its values, and only StringLike and StringNotLike
// know wildcards.
#[test]
fn a_wildcard_that_is_taken_literally_under_a_negative_operator() {
    for (effect, operator, values, advice) in [
        ("Deny", "StringNotEquals", r#""vpc-*""#, "the Deny spares hardly anybody"),
        ("Allow", "StringNotEquals", r#""vpc-*""#, "it limits hardly anything"),
        ("Deny", "StringNotEqualsIgnoreCase", r#"["vpc-*","vpc-1"]"#, "excepts hardly any request"),
        ("Deny", "StringEquals", r#""vpc-*""#, "so hardly any request matches"),
    ] {
        let statement = format!(
            r#"{{"Effect":"{effect}","Action":"oss:*","Resource":"acs:oss:*:*:b/*","Condition":{{"{operator}":{{"acs:SourceVpc":{values}}}}}}}"#
        );
        let told = said(&statement, "literal-wildcard");
        assert!(told.len() == 1 && told[0].1.contains(advice), "{statement}\n{told:?}");
    }
    for (operator, advice) in [
        ("StringNotEquals", "so this value excepts none."),
        ("StringEquals", "No request comes from an address that is written as a block. "),
    ] {
        let statement = format!(
            r#"{{"Effect":"Deny","Action":"ecs:*","Resource":"*","Condition":{{"{operator}":{{"acs:SourceIp":"10.0.0.0/8"}}}}}}"#
        );
        let told = said(&statement, "wrong-operator");
        assert!(told.len() == 1 && told[0].1.contains(advice), "{statement}\n{told:?}");
    }
}

// What holds for an absent key denies the request without it, as `can` has it.
#[test]
fn a_deny_that_counts_without_the_key_is_not_told_to_miss_it() {
    for (operator, misses) in [
        ("Bool", true),
        ("StringEquals", true),
        ("BoolIfExists", false),
        ("StringEqualsIfExists", false),
        ("ForAllValues:Bool", false),
        ("ForAnyValue:Bool", true),
    ] {
        let statement = format!(
            r#"{{"Effect":"Deny","Action":"ecs:*","Resource":"*","Condition":{{"{operator}":{{"acs:MFAPresent":"false"}}}}}}"#
        );
        assert_eq!(said(&statement, "absent-key").len(), usize::from(misses), "{operator}");
    }
}

// Policy elements: service:* stands for every action of the service, so for each of these.
#[test]
fn all_of_a_service_is_told_no_more_mildly_than_a_part_of_it() {
    for (part, whole) in [
        ("kms:GetSecretValue", "kms:*"),
        ("actiontrail:StopLogging", "actiontrail:*"),
        ("ecs:RunCommand", "ecs:*"),
        ("ims:CreateAccessKey", "ims:*"),
        ("ims:CreateLoginProfile", "ims:Create*"),
        ("ims:UnbindMFADevice", "ims:*"),
        ("resourcemanager:AttachPolicy", "resourcemanager:*"),
        ("ram:UnbindMFADevice", "ram:*"),
        ("swas-open:RunCommand", "swas-open:*"),
        ("eci:ExecContainerCommand", "eci:*"),
        ("log:DeleteProject", "log:*"),
        ("sts:AssumeRole", "sts:*"),
    ] {
        for action in [part, whole, "*"] {
            let statement = allow(&format!("\"{action}\""), "*");
            assert_eq!(gravest(&statement), Some(Severity::Warning), "{action}");
        }
    }
    let told = |statement: &str| said(statement, "allow-not-action")[0].0.clone();
    let but_ram = r#"{"Effect":"Allow","NotAction":["ram:*"],"Resource":"*"}"#;
    assert_eq!(
        told(but_ram),
        "Allows every action except ram:* on any resource; actions of ims, sts and resourcemanager that hand out rights are among them."
    );
    let none = but_ram.replace("\"ram:*\"", r#""ram:*","ims:*","sts:*","resourcemanager:*""#);
    assert!(!told(&none).contains("hand out rights"), "{}", told(&none));
    // Rights are handed out on resources of RAM, or of the service itself.
    for (resource, rights) in [
        ("acs:oss:*:*:b/*", None),
        ("acs:ram:*:*:role/x", Some("ims, sts and resourcemanager")),
        ("acs:ims:*:*:*", Some("ims")),
    ] {
        let one = but_ram.replace(r#""Resource":"*""#, &format!(r#""Resource":"{resource}""#));
        let named = told(&one).split("; actions of ").nth(1).map(str::to_owned);
        let expected = rights.map(|of| format!("{of} that hand out rights are among them."));
        assert_eq!(named, expected, "{resource}");
    }
}

// OSS, "Authorization syntax and elements": oss:Prefix and oss:Delimiter are parameters of a request that lists objects.
#[test]
fn a_key_of_lists_beside_actions_on_objects() {
    let statement = |effect: &str, actions: &str, condition: &str| {
        format!(
            r#"{{"Effect":"{effect}","Action":{actions},"Resource":["acs:oss:*:*:b","acs:oss:*:*:b/*"],"Condition":{{{condition}}}}}"#
        )
    };
    let prefix = r#""StringLike":{"oss:Prefix":"a/*"}"#;
    let no = r#""StringNotLike":{"OSS:prefix":"a/*"}"#;
    let delimiter = r#""StringEquals":{"oss:Delimiter":"/"}"#;
    for (effect, actions, condition, message, advice) in [
        (
            "Allow",
            r#""oss:GetObject""#,
            prefix,
            "No request of oss:GetObject carries oss:Prefix.",
            "nothing of this is allowed",
        ),
        (
            "Deny",
            r#"["oss:ListObjects","oss:DeleteObject"]"#,
            prefix,
            "No request of oss:DeleteObject carries oss:Prefix.",
            "nothing of this is denied",
        ),
        (
            "Deny",
            r#""oss:PutObject""#,
            no,
            "No request of oss:PutObject carries oss:Prefix.",
            "all of this is denied",
        ),
        (
            "Allow",
            r#""oss:PutObject""#,
            no,
            "No request of oss:PutObject carries oss:Prefix.",
            "limits nothing",
        ),
        (
            "Allow",
            r#""oss:GetObject""#,
            delimiter,
            "No request of oss:GetObject carries oss:Delimiter.",
            "Limit the resource instead",
        ),
    ] {
        let told = said(&statement(effect, actions, condition), "key-of-lists");
        assert!(told.len() == 1 && told[0].0 == message && told[0].1.contains(advice), "{told:?}");
    }
    for (actions, condition) in [
        (r#"["oss:ListObjects","oss:ListObjectVersions"]"#, prefix),
        (r#""oss:Get*""#, prefix),
        (r#""oss:GetObject""#, r#""StringEquals":{"oss:ExistingObjectTag/a":"b"}"#),
    ] {
        assert_eq!(said(&statement("Allow", actions, condition), "key-of-lists"), []);
    }
}

// The part before .aliyuncs.com is the code that the services of a product share; the other labels are names of features.
#[test]
fn labels_of_host_names_are_no_services() {
    let catalog = Catalog::builtin().unwrap();
    for (code, known) in [
        ("alikafka", true),
        ("ecs", true),
        ("", false),
        ("com", false),
        ("aliyuncs", false),
        ("connector", false),
    ] {
        assert_eq!(catalog.is_service(code), known, "{code}");
    }
    let told = of(&allow(r#""conector:DescribeThings""#, "*"), Language::English);
    assert!(told.iter().all(|one| !one.message.contains("connector")), "{told:?}");
}

// The names stand in the tables of the rules, each with its source.
#[test]
fn slips_in_names_that_the_rules_speak_of() {
    let near = |action: &str| {
        let statement = format!(r#"{{"Effect":"Deny","Action":"{action}","Resource":"*"}}"#);
        said(&statement, "nearly-known-action").pop().map(|(message, _)| message)
    };
    for (written, meant) in [
        ("ecs:RunComand", "ecs:RunCommand"),
        ("ecs:RunInstance", "ecs:RunInstances"),
        ("ram:PasRole", "ram:PassRole"),
        ("sts:AsumeRole", "sts:AssumeRole"),
        ("sts:AssumeRoles", "sts:AssumeRole"),
        ("oss:PutBucketPolcy", "oss:PutBucketPolicy"),
        ("oss:ListBucket", "oss:ListBuckets"),
        ("oss:DeleteObjects", "oss:DeleteObject"),
        ("actiontrail:StopLoging", "actiontrail:StopLogging"),
        ("kms:GetSecretVale", "kms:GetSecretValue"),
        ("kms:getsecretvalues", "kms:GetSecretValue"),
        ("ram:DeleteServiceLinkedRoles", "ram:DeleteServiceLinkedRole"),
        ("swas-open:RunComand", "swas-open:RunCommand"),
        ("fnf:CreateFlows", "fnf:CreateFlow"),
    ] {
        let told = format!("{written} is not known here; {meant} is. Is that meant?");
        assert_eq!(near(written), Some(told));
    }
    for right in [
        "ecs:RunCommand",
        "ECS:runinstances",
        "ecs:StartInstances",
        "ecs:StartInstance",
        "kms:TagResources",
        "oss:GetObjectAcl",
        "oss:PutObjectAcl",
        "oss:GetBucketAcl",
        "ram:UpdateRole",
        "ram:CreatePolicies",
        "ros:CreateStack",
        "log:DeleteLogStore",
    ] {
        assert_eq!(near(right), None);
    }
}

// RAM, "Services that work with RAM": the codes in RAM are not always what services are called.
#[test]
fn codes_of_services_that_there_are_not() {
    for (actions, told) in [
        (
            r#""s3:*""#,
            Some("W s3 is a service of AWS; no service of Alibaba Cloud known here has this code."),
        ),
        (
            r#"["iam:*","iam:GetUser"]"#,
            Some(
                "W iam is a service of AWS; no service of Alibaba Cloud known here has this code.",
            ),
        ),
        (
            r#""ec2:Describe*""#,
            Some(
                "W ec2 is a service of AWS; no service of Alibaba Cloud known here has this code.",
            ),
        ),
        (
            r#""redis:DescribeInstances""#,
            Some(
                "N redis is no service code that is known here; what goes by that name has the code kvstore. Is that meant?",
            ),
        ),
        (
            r#"["sls:*","SLS:Get*"]"#,
            Some(
                "N sls is no service code that is known here; what goes by that name has the code log. Is that meant?",
            ),
        ),
        (
            r#""mongodb:Describe*""#,
            Some(
                "N mongodb is no service code that is known here; what goes by that name has the code dds. Is that meant?",
            ),
        ),
        (
            r#""ES:List*""#,
            Some(
                "N ES is no service code that is known here; what goes by that name has the code elasticsearch. Is that meant?",
            ),
        ),
        (r#""esc:*""#, Some("N The service esc is not known here; ecs is. Is that meant?")),
        (r#""eccs:*""#, Some("N The service eccs is not known here; ecs is. Is that meant?")),
        (
            r#""osss:GetObject""#,
            Some("N The service osss is not known here; oss is. Is that meant?"),
        ),
        (r#"["kvstore:*","log:Get*","dds:*","rocketmq:*","mq:*","adb:*","s*:*"]"#, None),
    ] {
        let rules = ["service-of-aws", "nearly-known-service"];
        let found = of(&allow(actions, "*"), Language::English);
        let found: Vec<String> = found
            .iter()
            .filter(|one| rules.contains(&one.rule.id()))
            .map(|one| format!("{} {}", one.severity.letter(), one.message))
            .collect();
        assert_eq!(found, told.into_iter().collect::<Vec<_>>(), "{actions}");
    }
}

// Policy elements: acs:service:region:account:relative-id.
#[test]
fn a_region_where_the_service_belongs() {
    for (resource, told) in [
        ("acs:cn-hangzhou:*:*:*", true),
        ("acs:us-west-1:ecs:1:instance/i-1", true),
        ("acs:ecs:cn-hangzhou:*:instance/i-1", false),
        ("acs:cn-*:*:*:*", false),
    ] {
        let found = of(&allow(r#""rds:StopInstance""#, resource), Language::English);
        let region = format!("\"{resource}\" has a region where the service belongs.");
        assert_eq!(found.iter().any(|one| one.message == region), told, "{found:?}");
        assert!(
            !told
                || found.len() == 1
                    && gravest(&allow(r#""rds:StopInstance""#, resource))
                        == Some(Severity::Warning)
        );
    }
}

// What leaves out every resource or every action matches nothing, as the summary says.
#[test]
fn what_matches_nothing_is_no_grant() {
    for statement in [
        r#"{"Effect":"Allow","Action":"ram:PassRole","NotResource":"*"}"#,
        r#"{"Effect":"Allow","Action":["ram:*","ecs:*"],"NotResource":"acs:*:*:*:*"}"#,
        r#"{"Effect":"Allow","NotAction":"*","Resource":"*"}"#,
    ] {
        let found = of(statement, Language::English);
        let rules: Vec<&str> = found.iter().map(|one| one.rule.id()).collect();
        let grants = rules.iter().any(|rule| !["negated-element", "leaves-nothing"].contains(rule));
        assert!(!grants && rules.contains(&"leaves-nothing"), "{statement}\n{rules:?}");
    }
}
