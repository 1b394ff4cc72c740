//! Assuming a role: the policies of who asks and the trust policy of the role must both allow it (S3).

use super::support::policy;
use rolescope::policy::document::Document;
use rolescope::policy::evaluate::{Decision, decide};
use rolescope::policy::request::Request;
use rolescope::say::Language;
use serde_json::{Value, json};

use Decision::{Allow, Depends, ExplicitDeny, ImplicitDeny};

const ROLE: &str = "acs:ram::1:role/r";
const BOB: &str = "acs:ram::1:user/bob";

fn own(effect: &str) -> Value {
    json!([{ "Effect": effect, "Action": "sts:AssumeRole", "Resource": ROLE }])
}

fn trust(effect: &str, who: &Value) -> Value {
    json!([{ "Effect": effect, "Action": "sts:AssumeRole", "Principal": who }])
}

fn bob() -> Request {
    Request::new("sts:AssumeRole").on(ROLE).by(BOB)
}

#[track_caller]
fn check(statements: &[Value], request: &Request, expected: Decision, said: &str) {
    let policies: Vec<Document> = statements.iter().map(policy).collect();
    let policies: Vec<&Document> = policies.iter().collect();
    let answer = decide(Language::English, &policies, request);
    assert_eq!(answer.decision, expected, "{statements:#?}\n{answer:#?}");
    assert_eq!(answer.sentence(), said, "{statements:#?}\n{answer:#?}");
    assert_eq!(expected == Depends, answer.possible.len() > 1, "{answer:#?}");
    assert_eq!(expected == Depends, !answer.depends_on.is_empty(), "{answer:#?}");
}

#[test]
fn both_must_allow() {
    let ecs = json!({ "Service": ["ecs.aliyuncs.com"] });
    let account = json!({ "RAM": ["acs:ram::1:root"] });
    let other = json!([{ "Effect": "Allow", "Action": "ecs:*", "Resource": "*" }]);
    let both = "Allowed by statement 1 of policy 1 and statement 1 of policy 2.";
    let not_trusted = "Denied: the trust policy does not allow it.";
    for (asker, role, expected, said) in [
        (own("Allow"), trust("Allow", &account), Allow, both),
        (own("Allow"), trust("Allow", &ecs), ImplicitDeny, not_trusted),
        (other, trust("Allow", &account), ImplicitDeny, "Denied: no policy of who asks allows it."),
        (own("Deny"), trust("Allow", &account), ExplicitDeny, "Denied by statement 1 of policy 1."),
        (own("Allow"), trust("Deny", &account), ExplicitDeny, "Denied by statement 1 of policy 2."),
    ] {
        check(&[asker.clone(), role.clone()], &bob(), expected, said);
        // In the other order the numbers change, the decision does not.
        let policies = [policy(&role), policy(&asker)];
        let answer = decide(Language::English, &[&policies[0], &policies[1]], &bob());
        assert_eq!(answer.decision, expected, "{answer:#?}");
    }
}

#[test]
fn a_side_that_is_not_given_is_open() {
    let account = json!({ "RAM": ["acs:ram::1:root"] });
    let no_trust = "Allowed if the trust policy of the role, which is not given, allows it too.";
    check(&[own("Allow")], &bob(), Depends, no_trust);
    let no_own = "Allowed if a policy of who asks, which is not given, allows it too.";
    check(&[trust("Allow", &account)], &bob(), Depends, no_own);
    // Without the one that is given the other changes nothing.
    let ecs = json!({ "Service": ["ecs.aliyuncs.com"] });
    check(
        &[trust("Allow", &ecs)],
        &bob(),
        ImplicitDeny,
        "Denied: the trust policy does not allow it.",
    );
    let mut limited = own("Allow");
    limited[0]["Condition"] = json!({ "IpAddress": { "acs:SourceIp": "10.0.0.0/8" } });
    let request = Request::partial("sts:AssumeRole").on(ROLE).by(BOB);
    check(
        &[limited.clone()],
        &request,
        Depends,
        "Allowed if acs:SourceIp is in 10.0.0.0/8 and the trust policy of the role, which is not given, allows it too.",
    );
    check(
        &[limited, trust("Allow", &account)],
        &request,
        Depends,
        "Allowed if acs:SourceIp is in 10.0.0.0/8.",
    );
}

#[test]
fn services_and_identity_providers_need_the_trust_policy_alone() {
    let provider = "acs:ram::1:saml-provider/idp";
    for (who, asks) in [
        (json!({ "Service": ["ecs.aliyuncs.com"] }), "ecs.aliyuncs.com"),
        (json!({ "Federated": [provider] }), provider),
    ] {
        let request = Request::new("sts:AssumeRole").by(asks);
        check(&[trust("Allow", &who)], &request, Allow, "Allowed by statement 1.");
    }
}

#[test]
fn any_other_action_is_decided_by_all_policies_together() {
    let bucket = json!([{ "Effect": "Allow", "Action": "oss:GetObject", "Principal": ["1"], "Resource": "*" }]);
    let request = Request::new("oss:GetObject").on("acs:oss:*:1:b/o").by(BOB);
    check(&[bucket], &request, Allow, "Allowed by statement 1.");
}

#[test]
fn a_service_is_not_concerned_by_what_others_are_denied() {
    let ecs = json!({ "Service": ["ecs.aliyuncs.com"] });
    let everything = json!([{ "Effect": "Deny", "Action": "sts:*", "Resource": "*" }]);
    let ask = Request::new("sts:AssumeRole").on(ROLE).by("ecs.aliyuncs.com");
    let role = trust("Allow", &ecs);
    let own = [role.clone(), everything.clone()];
    check(&own, &ask, Allow, "Allowed by statement 1 of policy 1.");
    let denied = "Denied by statement 1 of policy 2.";
    check(&[everything.clone(), trust("Deny", &ecs)], &ask, ExplicitDeny, denied);
    check(&[trust("Allow", &json!({ "RAM": [BOB] })), everything], &bob(), ExplicitDeny, denied);
}

#[test]
fn providers_are_trusted_with_the_action_of_everyone() {
    let saml = "acs:ram::1:saml-provider/p";
    let federated = json!({ "Federated": [saml] });
    for action in ["sts:AssumeRole", "sts:AssumeRoleWithSAML", "STS:assumerolewithsaml"] {
        let ask = Request::new(action).on(ROLE).by(saml);
        let said = "Allowed by statement 1.";
        check(&[trust("Allow", &federated)], &ask, Allow, said);
        check(&[trust("Deny", &federated)], &ask, ExplicitDeny, "Denied by statement 1.");
        let other = Request::new(action).on(ROLE).by("acs:ram::1:saml-provider/other");
        let said = "Denied: the trust policy does not allow it.";
        check(&[trust("Allow", &federated)], &other, ImplicitDeny, said);
    }
    // What a user is trusted with, a user does without a provider.
    let by = Request::new("sts:AssumeRoleWithSAML").on(ROLE).by(BOB);
    let said = "Denied: no statement allows it.";
    check(&[trust("Allow", &json!({ "RAM": [BOB] }))], &by, ImplicitDeny, said);
}

#[test]
fn who_is_not_known_may_have_no_policies() {
    let ecs = json!({ "Service": ["ecs.aliyuncs.com"] });
    let anyone = Request::partial("sts:AssumeRole").on(ROLE);
    let unless = "unless who asks is a user or a role, which has policies of its own.";
    check(
        &[own("Deny"), trust("Allow", &json!("*"))],
        &anyone,
        Depends,
        &format!("Allowed {unless}"),
    );
    let not_given = "Allowed if the trust policy of the role, which is not given, allows it too,";
    check(&[own("Deny")], &anyone, Depends, &format!("{not_given} {unless}"));
    check(
        &[own("Deny"), json!([{ "Effect": "Allow", "Action": "sts:Tag", "Principal": ecs }])],
        &anyone,
        Depends,
        "Denied: the trust policy does not allow it. Denied outright if who asks is a user or a role, which has policies of its own.",
    );
    // What the trust policy denies is denied to all.
    let denied = "Denied by statement 1 of policy 2.";
    check(&[own("Deny"), trust("Deny", &json!("*"))], &anyone, ExplicitDeny, denied);
}

#[test]
fn of_several_kinds_of_principals_each_needs_what_it_needs() {
    let anyone = Request::partial("sts:AssumeRole").on(ROLE);
    let (account, ecs) = ("acs:ram::1:root", "ecs.aliyuncs.com");
    let idp = "acs:ram::1:saml-provider/p";
    let not_given = "a policy of who asks, which is not given, allows it too";
    let all = json!({ "RAM": account, "Service": ecs, "Federated": idp });
    check(
        &[trust("Allow", &all)],
        &anyone,
        Depends,
        &format!(
            "Allowed if the request comes from account 1, the service {ecs} or the identity provider {idp} and {not_given} (services and those who come through an identity provider need none)."
        ),
    );
    let apart = json!([
        { "Effect": "Allow", "Action": "sts:AssumeRole", "Principal": { "RAM": account } },
        { "Effect": "Allow", "Action": "sts:AssumeRole", "Principal": { "Service": ecs } },
    ]);
    check(
        std::slice::from_ref(&apart),
        &anyone,
        Depends,
        &format!(
            "Allowed if the request comes from account 1 and {not_given}, or if the request comes from the service {ecs}."
        ),
    );
    // A policy of who asks that allows nothing concerns those alone who have policies.
    let none = json!([{ "Effect": "Allow", "Action": "ecs:*", "Resource": "*" }]);
    check(
        &[apart.clone(), none.clone()],
        &anyone,
        Depends,
        &format!("Allowed if the request comes from the service {ecs}."),
    );
    check(
        &[trust("Allow", &json!({ "RAM": account })), none],
        &anyone,
        ImplicitDeny,
        "Denied: no policy of who asks allows it.",
    );
    // So does one that allows under a condition.
    let mut limited = own("Allow");
    limited[0]["Condition"] = json!({ "Bool": { "acs:MFAPresent": "true" } });
    check(
        &[apart, limited],
        &anyone,
        Depends,
        &format!(
            "Allowed if acs:MFAPresent is true and a statement of the trust policy matches, or if the request comes from the service {ecs}."
        ),
    );
}

#[test]
fn an_account_means_its_users_and_roles_and_no_identity_provider() {
    let idp = "acs:ram::1:saml-provider/p";
    for member in ["acs:ram::1:root", "1"] {
        let account = trust("Allow", &json!({ "RAM": member }));
        let request = Request::new("sts:AssumeRole").on(ROLE).by(idp);
        let said = "Denied: the trust policy does not allow it.";
        check(&[account], &request, ImplicitDeny, said);
    }
    let both = trust("Allow", &json!({ "RAM": "acs:ram::1:root", "Federated": idp }));
    let request = Request::new("sts:AssumeRole").on(ROLE).by(idp);
    let documents = [policy(&both)];
    let answer = decide(Language::English, &[&documents[0]], &request);
    assert_eq!(answer.decision, Allow, "{answer:#?}");
    let why: Vec<&str> = answer.trace[0].parts.iter().map(|part| part.why.as_str()).collect();
    assert!(why.contains(&"it names the identity provider acs:ram::1:saml-provider/p"), "{why:?}");
}
