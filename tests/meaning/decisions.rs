//! Decisions by the documented rules. Each row names its rule and the page behind it: S1 and S2
//! structure and elements, S3 evaluation, S4 sample policies, S9 OSS examples, S11 role ARNs,
//! S13 operators, S14 Cloud Assistant, S15 and S16 reports from live accounts, S19 Function Compute.

use super::support::{document, policy};
use rolescope::policy::evaluate::{Answer, Decision, evaluate};
use rolescope::policy::request::Request;
use rolescope::say::Language;
use serde_json::{Value, json};

use Decision::{Allow, Depends, ExplicitDeny, ImplicitDeny};

fn answer(statements: &Value, request: &Request) -> Answer {
    evaluate(Language::English, &[&policy(statements)], request)
}

pub(crate) fn check(rule: &str, statements: &Value, request: &Request, expected: Decision) {
    let answer = answer(statements, request);
    assert_eq!(answer.decision, expected, "{rule}\n{statements:#}\n{request:#?}\n{answer:#?}");
}

pub(crate) fn ecs() -> Request {
    Request::new("ecs:DescribeInstances").on("acs:ecs:cn-beijing:1:instance/i-1")
}

#[test]
fn statements() {
    let allow = json!({ "Effect": "Allow", "Action": "ecs:*", "Resource": "*" });
    let deny = json!({ "Effect": "Deny", "Action": "ecs:Describe*", "Resource": "*" });
    for (rule, statements, expected) in [
        ("S3: everything is denied by default", json!([]), ImplicitDeny),
        ("S3: a matching Allow allows", json!([allow]), Allow),
        ("S3: a matching Deny denies", json!([deny]), ExplicitDeny),
        ("S3: Deny before Allow, order does not matter", json!([allow, deny]), ExplicitDeny),
        ("S3: Deny before Allow, order does not matter", json!([deny, allow]), ExplicitDeny),
        (
            "S1: a value and a list of one are the same",
            json!([{ "Effect": "Allow", "Action": ["ecs:DescribeInstances"], "Resource": ["*"] }]),
            Allow,
        ),
        (
            "S2: actions have no case",
            json!([{ "Effect": "Allow", "Action": "Ecs:describeINSTANCES", "Resource": "*" }]),
            Allow,
        ),
        (
            "S1: NotAction with Allow grants everything else",
            json!([{ "Effect": "Allow", "NotAction": "ram:*", "Resource": "*" }]),
            Allow,
        ),
        (
            "S1: NotAction with Allow leaves the listed ungranted, not denied",
            json!([{ "Effect": "Allow", "NotAction": "ecs:*", "Resource": "*" }]),
            ImplicitDeny,
        ),
        (
            "S1: NotAction with Deny denies everything else",
            json!([allow, { "Effect": "Deny", "NotAction": "ram:*", "Resource": "*" }]),
            ExplicitDeny,
        ),
        (
            "S1: NotAction with Deny spares the listed",
            json!([allow, { "Effect": "Deny", "NotAction": "ecs:*", "Resource": "*" }]),
            Allow,
        ),
        (
            "2018 grammar: NotResource is every other resource",
            json!([{ "Effect": "Allow", "Action": "*", "NotResource": "acs:oss:*:*:*" }]),
            Allow,
        ),
        (
            "2018 grammar: NotResource leaves out the listed",
            json!([{ "Effect": "Allow", "Action": "*", "NotResource": "acs:ecs:*:*:*" }]),
            ImplicitDeny,
        ),
        ("S1: Effect is required", json!([{ "Action": "*", "Resource": "*" }]), ImplicitDeny),
        ("S1: Action is required", json!([{ "Effect": "Allow", "Resource": "*" }]), ImplicitDeny),
        (
            "open: neither Resource nor Principal matches nothing",
            json!([{ "Effect": "Allow", "Action": "*" }]),
            ImplicitDeny,
        ),
        (
            "S9: an empty Condition restricts nothing",
            json!([{ "Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {} }]),
            Allow,
        ),
    ] {
        check(rule, &statements, &ecs(), expected);
    }
}

#[test]
fn resources() {
    for (rule, pattern, resource, expected) in [
        ("S9: * covers every depth", "acs:oss:*:*:mybucket/*", "acs:oss:*:1:mybucket/a/b/c", Allow),
        (
            "S9: * does not cover the bucket itself",
            "acs:oss:*:*:mybucket/*",
            "acs:oss:*:1:mybucket",
            ImplicitDeny,
        ),
        (
            "S9: a folder covers nothing below it",
            "acs:oss:*:*:mybucket/dir",
            "acs:oss:*:1:mybucket/dir/a",
            ImplicitDeny,
        ),
        (
            "S2: the region of a global service is empty",
            "acs:ram:*:*:role/x",
            "acs:ram::1:role/x",
            Allow,
        ),
        (
            "S4: wildcards anywhere",
            "acs:*:*cn-beijing*:*:*",
            "acs:ecs:cn-beijing:1:instance/i-1",
            Allow,
        ),
        (
            "S1: ? is exactly one",
            "acs:ecs:*:*:instance/i-?",
            "acs:ecs:*:1:instance/i-12",
            ImplicitDeny,
        ),
        (
            "S11: role names have no case",
            "acs:ram:*:*:role/AliyunServiceRoleForHdr",
            "acs:ram::1:role/aliyunserviceroleforhdr",
            Allow,
        ),
        (
            "open: other names have case",
            "acs:oss:*:*:MyBucket",
            "acs:oss:*:1:mybucket",
            ImplicitDeny,
        ),
        (
            "open: a wildcard crosses colons",
            "acs:log:*:logstore/x",
            "acs:log:cn:1:project/p/logstore/x",
            ImplicitDeny,
        ),
        (
            "open: a wildcard crosses colons",
            "acs:log:*/x",
            "acs:log:cn:1:project/p/logstore/x",
            Allow,
        ),
    ] {
        let statements = json!([{ "Effect": "Allow", "Action": "*", "Resource": pattern }]);
        check(rule, &statements, &Request::new("any:Thing").on(resource), expected);
    }
    // Open: no resource in the request is no resource in particular.
    for (element, pattern, expected) in [
        ("Resource", "*", Allow),
        ("Resource", "acs:*:*:*:*", Allow),
        // Whichever it is, it is one of the service.
        ("Resource", "acs:ecs:*:*:*", Allow),
        ("Resource", "acs:oss:*:*:*", ImplicitDeny),
        ("Resource", "acs:ecs:*:*:instance/*", ImplicitDeny),
        ("NotResource", "acs:oss:*:*:secret", ImplicitDeny),
        ("NotResource", "*", ImplicitDeny),
    ] {
        let statements = json!([{ "Effect": "Allow", "Action": "*", element: pattern }]);
        let request = Request::new("ecs:DescribeInstances");
        check("no resource", &statements, &request, expected);
        assert!(answer(&statements, &request).notes[0].contains("names no resource"));
    }
}

#[test]
fn conditions_combine_by_and() {
    // S2, S13: keys under an operator, and operators in a block, must all hold.
    let statements = json!([{ "Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {
        "StringEquals": { "a": "1", "b": ["2", "3"] }, "Bool": { "c": "true" } } }]);
    let all = ecs().with("a", "1").with("b", "3").with("c", "true");
    check("all hold", &statements, &all, Allow);
    for missing in ["a", "b", "c"] {
        let mut request = all.clone();
        request.context.absent(missing);
        check(missing, &statements, &request, ImplicitDeny);
    }
}

#[test]
fn what_is_not_known_is_said() {
    let statements = json!([
        { "Effect": "Allow", "Action": ["kms:TagResource"], "Resource": "*" },
        { "Effect": "Allow", "Action": ["kms:Encrypt", "kms:Decrypt"], "Resource": "*", "Condition": {
            "StringEqualsIgnoreCase": { "kms:tag/acs:alikafka:instance-encryption": "true" } } },
    ]);
    let open = answer(&statements, &Request::partial("kms:Decrypt"));
    assert_eq!(open.decision, Depends);
    assert_eq!(open.deciding, Some((0, 1)));
    assert_eq!(
        open.sentence(),
        "Allowed if kms:tag/acs:alikafka:instance-encryption equals \"true\" (ignoring case)."
    );
    let known =
        Request::partial("kms:Decrypt").with("kms:tag/acs:alikafka:instance-encryption", "TRUE");
    check("known", &statements, &known, Allow);
    check(
        "not granted at all",
        &statements,
        &Request::partial("kms:ScheduleKeyDeletion"),
        ImplicitDeny,
    );
    check("no condition", &statements, &Request::partial("kms:TagResource"), Allow);
    check("a pattern", &statements, &Request::partial("kms:*"), Depends);

    let statements = json!([
        { "Effect": "Allow", "Action": "oss:*", "Resource": "acs:oss:*:*:b/*" },
        { "Effect": "Deny", "Action": "oss:*", "Resource": "*",
          "Condition": { "NotIpAddress": { "acs:SourceIp": "10.0.0.0/8" } } },
    ]);
    let open = answer(&statements, &Request::partial("oss:GetObject"));
    assert_eq!(
        open.sentence(),
        "Allowed if the resource matches acs:oss:*:*:b/*, unless acs:SourceIp is not in 10.0.0.0/8."
    );
    let other = answer(&statements, &Request::partial("oss:GetObject").on("acs:oss:*:1:c/x"));
    assert!(!other.may_be_allowed(), "{other:#?}");
    assert!(other.sentence().starts_with("Denied"), "{}", other.sentence());
    let unknown = json!([
        { "Effect": "Allow", "Action": "*", "Resource": "*" },
        { "Effect": "Deny", "Action": "*", "Resource": "*", "Condition": { "Odd": { "k": "v" } } },
    ]);
    check("an unknown operator in a Deny", &unknown, &Request::partial("x:Y"), Depends);
}

#[test]
fn trust_policies_ask_who() {
    let text = r#"{ "Version": "1", "Statement": [{ "Effect": "Allow", "Action": "sts:AssumeRole",
        "Principal": { "Service": ["alikafka.aliyuncs.com"], "RAM": ["acs:ram::1:root", "acs:ram::2:role/Ops"] } }] }"#;
    let trust = document(text);
    for (who, expected) in [
        ("alikafka.aliyuncs.com", Allow),
        ("fc.aliyuncs.com", ImplicitDeny),
        ("acs:ram::1:user/bob", Allow),
        ("acs:ram::2:role/ops", Allow),
        ("acs:ram::2:user/bob", ImplicitDeny),
    ] {
        let request = Request::new("sts:AssumeRole").by(who);
        assert_eq!(
            evaluate(Language::English, &[&trust], &request).decision,
            expected,
            "S3b: {who}"
        );
    }
    let nobody = evaluate(Language::English, &[&trust], &Request::new("sts:AssumeRole"));
    assert_eq!(nobody.decision, ImplicitDeny);
    let open = evaluate(Language::English, &[&trust], &Request::partial("sts:AssumeRole"));
    assert_eq!(open.decision, Depends);
    assert!(open.sentence().contains("the service alikafka.aliyuncs.com"), "{}", open.sentence());
}

#[test]
fn several_policies_are_one_and_the_trace_tells_all() {
    let one = policy(&json!([{ "Effect": "Allow", "Action": "ecs:*", "Resource": "*" }]));
    let two = policy(&json!([
        { "Effect": "Allow", "Action": "oss:*", "Resource": "*" },
        { "Effect": "Deny", "Action": "ecs:*", "Resource": "acs:ecs:*:*:instance/*",
          "Condition": { "StringEquals": { "k": ["v", "w"] } } },
    ]));
    let answer = evaluate(Language::English, &[&one, &two], &ecs().with("k", "w"));
    assert_eq!((answer.decision, answer.deciding), (ExplicitDeny, Some((1, 1))));
    assert_eq!(answer.sentence(), "Denied by statement 2 of policy 2.");
    assert_eq!(answer.trace.len(), 3);
    assert_eq!(answer.trace[1].parts[0].why, "the action does not match oss:*");
    let condition = &answer.trace[2].conditions[0];
    assert_eq!(condition.expected, ["v", "w"]);
    assert_eq!(condition.why, "the request has \"w\"");
    assert_eq!(evaluate(Language::English, &[&one, &two], &ecs()).decision, Allow);
}

// Object Storage Service names roles in the policies of buckets by their sessions, arn:sts::<account>:assumed-role/<role>/*.
#[test]
fn a_bucket_policy_names_a_role_by_its_sessions() {
    let (any, one) = ("arn:sts::1:assumed-role/Ops/*", "arn:sts::1:assumed-role/Ops/Alice");
    for (effect, named, who, decision) in [
        ("Allow", any, "acs:ram::1:role/Ops", Decision::Allow),
        ("Allow", any, "acs:ram::1:role/ops", Decision::Allow),
        ("Allow", any, "acs:ram::1:role/Ops/Bob", Decision::Allow),
        ("Allow", any, "acs:sts::1:assumed-role/Ops/Bob", Decision::Allow),
        ("Allow", any, "acs:ram::2:role/Ops", Decision::ImplicitDeny),
        ("Allow", any, "acs:ram::1:role/Other", Decision::ImplicitDeny),
        ("Allow", any, "acs:ram::1:user/Ops", Decision::ImplicitDeny),
        ("Allow", one, "acs:ram::1:role/Ops", Decision::Depends),
        ("Allow", one, "acs:ram::1:role/Ops/Alice", Decision::Allow),
        ("Allow", one, "acs:ram::1:role/Ops/Bob", Decision::ImplicitDeny),
        ("Deny", any, "acs:ram::1:role/Ops", Decision::ExplicitDeny),
    ] {
        let document = policy(&json!([{
            "Effect": effect, "Action": "oss:GetObject", "Principal": [named], "Resource": "acs:oss:*:1:b/*",
        }]));
        let mut request = Request::new("oss:GetObject").on("acs:oss:*:1:b/x");
        request.principal = Some(who.to_owned());
        let answer = evaluate(Language::English, &[&document], &request);
        assert_eq!(answer.decision, decision, "{effect} {named}, asked by {who}: {answer:#?}");
        let depends: Vec<&str> = answer.depends_on.iter().map(|one| &*one.phrase).collect();
        if decision == Decision::Depends {
            assert_eq!(depends, ["the request comes from session Alice of role Ops of account 1"]);
        }
    }
}

#[test]
fn a_session_of_a_role_that_is_named_stays_open() {
    let trust = |element: &str, who: &str| {
        let mut statement = json!({ "Effect": "Allow", "Action": "sts:AssumeRole" });
        statement[element] = json!({ "RAM": [who] });
        policy(&json!([statement]))
    };
    let ops = "acs:ram::1:role/Ops";
    for (element, named, who, decision) in [
        ("Principal", ops, "acs:ram::1:role/Ops", Decision::Allow),
        ("Principal", ops, "acs:ram::1:role/ops/Alice", Decision::Depends),
        ("Principal", ops, "acs:sts::1:assumed-role/Ops/Alice", Decision::Depends),
        ("Principal", "acs:ram::1:root", "acs:ram::1:role/Ops/Alice", Decision::Allow),
        ("Principal", "acs:ram::1:role/Ops/Alice", "acs:ram::1:role/Ops/Alice", Decision::Allow),
        ("Principal", ops, "acs:ram::1:role/Other/Alice", Decision::ImplicitDeny),
        ("Principal", ops, "acs:ram::2:role/Ops/Alice", Decision::ImplicitDeny),
        ("Principal", ops, "acs:ram::1:role/Ops/", Decision::ImplicitDeny),
        ("NotPrincipal", ops, "acs:ram::1:role/Ops/Alice", Decision::Depends),
        ("NotPrincipal", ops, "acs:ram::1:role/Other/Alice", Decision::Allow),
    ] {
        let mut request = Request::new("sts:AssumeRole");
        request.principal = Some(who.to_owned());
        let document = trust(element, named);
        let answer = evaluate(Language::English, &[&document], &request);
        assert_eq!(answer.decision, decision, "{element} {named}, asked by {who}: {answer:#?}");
        let told = answer.notes.iter().any(|note| note.contains("is a session of a role"));
        assert_eq!(told, decision == Decision::Depends, "{who}: {:?}", answer.notes);
    }
}
