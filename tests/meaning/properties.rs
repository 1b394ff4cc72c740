//! What holds of every document and every request.

use super::support::{Few, document, policy};
use proptest::prelude::*;
use rolescope::policy::compare::compare;
use rolescope::policy::document::{Document, Effect};
use rolescope::policy::evaluate::{Answer, Decision, evaluate};
use rolescope::policy::explain;
use rolescope::policy::request::{Missing, Request};
use rolescope::policy::summary::{GrantedAction, summarize, touched};
use rolescope::say::Language;
use serde_json::{Value, json};

const ACTIONS: [&str; 8] = ["a:Get", "a:Put", "b:Get", "a:*", "*:Get", "*", "A:P?t", "c:Get"];
const RESOURCES: [&str; 7] = [
    "*",
    "acs:a:*:*:*",
    "acs:a:*:*:x/*",
    "acs:a::1:x/y",
    "acs:ram:*:*:role/R*",
    "acs:ram::1:role/r1",
    "acs:b:?:1:*",
];
const OPERATORS: [&str; 16] = [
    "StringEquals",
    "StringNotEquals",
    "StringLike",
    "StringNotLike",
    "StringEqualsIgnoreCase",
    "NumericLessThan",
    "NumericNotEquals",
    "Bool",
    "IpAddress",
    "NotIpAddress",
    "DateGreaterThan",
    "BoolIfExists",
    "Null",
    "ForAllValues:StringEquals",
    "ForAnyValue:StringNotEquals",
    "Strange",
];
const VALUES: [&str; 8] =
    ["x", "X*", "1", "2.5", "true", "10.0.0.1", "10.0.0.0/8", "2020-01-01T00:00:00Z"];
const KEYS: [&str; 3] = ["k", "l", "acs:m"];
const PRINCIPALS: [&str; 3] = ["acs:ram::1:root", "acs:ram::2:user/u", "*"];

fn some(of: &'static [&'static str]) -> impl Strategy<Value = Value> {
    prop::collection::vec(prop::sample::select(of), 1..3).prop_map(|list| json!(list))
}

fn statement(effect: &'static str) -> impl Strategy<Value = Value> {
    let condition =
        (prop::sample::select(&OPERATORS[..]), prop::sample::select(&KEYS[..]), some(&VALUES))
            .prop_map(|(operator, key, values)| json!({ operator: { key: values } }));
    let conditions = prop_oneof![2 => Just(json!({})), 3 => condition];
    let principal = prop_oneof![4 => Just(Value::Null), 1 => some(&PRINCIPALS)];
    let negated = (prop::bool::weighted(0.2), prop::bool::weighted(0.1));
    (some(&ACTIONS), some(&RESOURCES), conditions, principal, negated).prop_map(
        move |(actions, resources, conditions, principal, (not_action, not_resource))| {
            let action = if not_action { "NotAction" } else { "Action" };
            let resource = if not_resource { "NotResource" } else { "Resource" };
            let mut statement = json!({ "Effect": effect, action: actions, resource: resources,
                "Condition": conditions });
            if !principal.is_null() {
                statement["Principal"] = json!({ "RAM": principal });
            }
            statement
        },
    )
}

fn any_statement() -> impl Strategy<Value = Value> {
    prop_oneof![statement("Allow"), statement("Deny")]
}

fn any_policy() -> impl Strategy<Value = Document> {
    prop::collection::vec(any_statement(), 0..4).prop_map(|statements| policy(&json!(statements)))
}

/// A request in which nothing is missing but what is said to be absent.
fn full_request() -> impl Strategy<Value = Request> {
    let keys = prop::collection::vec(
        (
            prop::sample::select(&KEYS[..]),
            prop::collection::vec(prop::sample::select(&VALUES[..]), 0..3),
        ),
        0..4,
    );
    let resource = prop::option::of(prop::sample::select(vec![
        "acs:a::1:x/y",
        "acs:a:r:2:z",
        "acs:ram::1:role/r1",
        "acs:b:r:1:q",
    ]));
    let who =
        prop::option::of(prop::sample::select(vec!["acs:ram::1:user/v", "acs:ram::2:user/u"]));
    (prop::sample::select(vec!["a:Get", "a:Put", "b:Get", "d:Do"]), resource, keys, who).prop_map(
        |(action, resource, keys, who)| {
            let mut request = Request::new(action);
            request.resource = resource.map(str::to_owned);
            request.principal = who.map(str::to_owned);
            for (key, values) in keys {
                for value in values {
                    request = request.with(key, value);
                }
            }
            request
        },
    )
}

fn allowed(policies: &[&Document], request: &Request) -> bool {
    evaluate(Language::English, policies, request).decision == Decision::Allow
}

/// Is everything that one answer leaves open left open by the other too? What a policy does not tell stays open however
/// complete the request is.
fn within(closed: &Answer, open: &Answer) -> bool {
    closed.possible.iter().all(|possible| open.possible.contains(possible))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(1500) })]

    /// S3: an Allow more never turns an allow into a deny, a Deny more never the reverse.
    #[test]
    fn evaluation_is_monotone(
        base in any_policy(),
        allow in statement("Allow"),
        deny in statement("Deny"),
        request in full_request(),
    ) {
        let allow = policy(&json!([allow]));
        let deny = policy(&json!([deny]));
        let before = allowed(&[&base], &request);
        prop_assert!(!before || allowed(&[&base, &allow], &request));
        prop_assert!(before || !allowed(&[&base, &deny], &request));
    }

    /// A decision that does not depend holds however the unknown comes out, and so do the
    /// possible ones of a decision that does.
    #[test]
    fn partial_answers_are_sound(
        base in any_policy(),
        full in full_request(),
        known in prop::collection::vec(any::<bool>(), KEYS.len()),
        (know_resource, know_who) in any::<(bool, bool)>(),
    ) {
        let mut partial = Request::partial(full.action.clone());
        for (key, known) in KEYS.iter().zip(known) {
            if known {
                partial.context.absent(key);
                for value in full.context.values(key).unwrap_or_default() {
                    partial.context.add(key, value.clone());
                }
            }
        }
        partial.resource = full.resource.clone().filter(|_| know_resource);
        partial.principal = full.principal.clone().filter(|_| know_who);
        let open = evaluate(Language::English, &[&base], &partial);
        let closed = evaluate(Language::English, &[&base], &full);
        prop_assert!(within(&closed, &open), "{open:#?}\n{closed:#?}");
        prop_assert_eq!(open.decision == Decision::Depends, open.possible.len() > 1);
        prop_assert_eq!(open.decision == Decision::Depends, !open.depends_on.is_empty());
        prop_assert!(open.sentence().len() > 5);
    }

    /// A question about a pattern holds for every action and resource that it matches.
    #[test]
    fn questions_about_patterns_are_sound(
        base in any_policy(),
        mut full in full_request(),
        action in prop::sample::select(vec!["a:*", "*:Get", "a:?et", "*"]),
        resource in prop::sample::select(vec!["acs:a:*", "*", "acs:ram:*:*:role/*"]),
    ) {
        use rolescope::policy::pattern::{Case, arn, matches};
        let name = full.resource.clone().unwrap_or_else(|| "acs:a::1:x/y".to_owned());
        full.resource = Some(name.clone());
        if matches(action, &full.action, Case::Fold) && arn::matches_resource(resource, &name) {
            let partial = Request::partial(action).on(resource);
            let open = evaluate(Language::English, &[&base], &partial);
            let closed = evaluate(Language::English, &[&base], &full);
            prop_assert!(within(&closed, &open), "{open:#?}\n{closed:#?}");
        }
    }

    /// What is allowed is among the grants, nothing that is denied as a whole is allowed, and the numbers of a document
    /// are those of its summary.
    #[test]
    fn summaries_agree_with_decisions(
        statements in prop::collection::vec(any_statement(), 0..6),
        request in full_request(),
    ) {
        use rolescope::policy::pattern::{self, Case, matches};
        let base = policy(&json!(statements));
        let summary = summarize(&base, &Few);
        prop_assert_eq!(&touched(&base, &Few), &summary.touched());
        let covers = |entry: &GrantedAction| match &entry.except {
            None => matches(&entry.name, &request.action, Case::Fold),
            Some(left_out) => {
                !left_out.iter().any(|name| matches(name, &request.action, Case::Fold))
            }
        };
        let services = || summary.services.iter();
        let granted = services().flat_map(|one| &one.levels).flat_map(|group| &group.actions);
        let overruled = services().flat_map(|one| &one.denied).filter(|one| one.overruled.is_some());
        if allowed(&[&base], &request) {
            // What is denied on every resource of its service may be allowed on those of another one.
            let code = request.action.split(':').next().unwrap_or_default();
            let own = request.resource.as_ref().is_none_or(|name| {
                rolescope::policy::pattern::arn::service(name).as_deref() == Some(code)
            });
            let elsewhere = !own && overruled.clone().any(covers);
            prop_assert!(
                granted.into_iter().any(covers) || elsewhere,
                "{request:?}\n{summary:#?}"
            );
            // Another statement may allow some of it on other resources.
            let speaks = |entry: &&GrantedAction| entry.grants.iter().any(|grant| {
                // A request without a resource is met by every one of the service alone.
                let every = format!("acs:{code}:*:*:*");
                let meant = |one: &String| match &request.resource {
                    Some(name) => pattern::arn::matches_resource(one, name),
                    None => pattern::covers(one, &every, Case::Exact),
                };
                grant.effect == Effect::Allow
                    && (grant.resources.is_empty()
                        || grant.resources.iter().any(meant) != grant.not_resource)
            });
            let wrong = overruled.filter(|entry| own && covers(entry)).filter(speaks);
            let wrong: Vec<_> = wrong.collect();
            prop_assert!(wrong.is_empty(), "{request:?}\n{wrong:#?}");
        }
    }

    /// An entry counts as granted where a statement allows it and none denies it as a whole, as the definition has it.
    #[test]
    fn grants_and_denials_are_told_apart(
        statements in prop::collection::vec(any_statement(), 0..6),
    ) {
        use rolescope::policy::idle::Idle;
        use rolescope::policy::document::Clause;
        use rolescope::policy::pattern::{Case, arn, covers, overlaps};
        use rolescope::policy::summary::Grant;
        let base = policy(&json!(statements));
        let summary = summarize(&base, &Few);
        let whole: Vec<_> = base.statements.iter().filter(|one| {
            one.effect == Effect::Deny
                && one.conditions.is_empty()
                && one.principal.is_none()
                && Idle::of(one).is_none()
        }).filter_map(|one| Some((one.action.as_ref()?, one.resource.as_ref()?))).collect();
        // On resources that all are among those of the denial.
        let among = |grant: &Grant, resource: &Clause| {
            !grant.not_resource && !resource.negated && !grant.resources.is_empty() && grant.resources.iter().all(|one| {
                let case = if arn::is_role(one) { Case::Fold } else { Case::Exact };
                resource.values.iter().any(|value| covers(&value.value, one, case))
            })
        };
        let denies = |name: &str, grant: &Grant, elsewhere: bool| whole.iter().any(|(action, resource)| {
            let code = name.split(':').next().unwrap_or_default().to_lowercase();
            let on = |every: &str| {
                !resource.negated && resource.values.iter().any(|value| {
                    covers(&value.value, every, Case::Exact)
                })
            };
            let everywhere = on("acs:*:*:*:*");
            let none = !among(grant, resource);
            if none && !everywhere && (elsewhere || action.negated || !on(&format!("acs:{code}:*:*:*"))) {
                return false;
            }
            let mut values = action.values.iter().map(|value| &*value.value);
            if action.negated {
                !values.any(|except| overlaps(except, name, Case::Fold))
            } else {
                values.any(|value| covers(value, name, Case::Fold))
            }
        });
        for service in &summary.services {
            let granted = service.levels.iter().flat_map(|group| &group.actions);
            let entries = granted.map(|one| (one, true)).chain(service.denied.iter().map(|one| (one, false)));
            for (entry, granted) in entries.filter(|(entry, _)| entry.except.is_none()) {
                let allows = entry.grants.iter().any(|grant| grant.effect == Effect::Allow);
                let allowing = entry.grants.iter().filter(|grant| grant.effect == Effect::Allow);
                let code = entry.name.split(':').next().unwrap_or_default().to_lowercase();
                let mut open = allowing.map(|grant| {
                    let every = |name: &str, code: &str| {
                        covers(name, &format!("acs:{code}:*:*:*"), Case::Exact)
                    };
                    let elsewhere = grant.resources.iter().any(|name| if grant.not_resource {
                        every(name, &code) && !every(name, "*")
                    } else {
                        rolescope::policy::pattern::arn::service(name)
                            .is_some_and(|own| own != code)
                    });
                    !denies(&entry.name, grant, elsewhere)
                });
                prop_assert_eq!(granted, open.any(|open| open), "{:#?}", entry);
                prop_assert_eq!(entry.overruled.is_some(), allows && !granted, "{:#?}", entry);
            }
            for entry in &service.through_resources {
                prop_assert!(entry.is_granted(), "{entry:#?}");
            }
        }
    }

    /// Documents that are found to be the same decide the same.
    #[test]
    fn what_compares_the_same_decides_the_same(
        statements in prop::collection::vec(any_statement(), 1..4),
        order in any::<prop::sample::Index>(),
        more in any_statement(),
        request in full_request(),
    ) {
        let base = policy(&json!(statements));
        let mut turned = statements.clone();
        turned.rotate_left(order.index(statements.len()));
        let turned = policy(&json!(turned));
        prop_assert!(compare(Language::English, &base, &turned, &Few).is_same());
        let mut longer = statements;
        longer.push(more);
        let longer = policy(&json!(longer));
        if compare(Language::English, &base, &longer, &Few).is_same() {
            let decide = |document| evaluate(Language::English, &[document], &request).decision;
            prop_assert_eq!(decide(&base), decide(&longer));
        }
    }

    /// No document panics, however strange its texts.
    #[test]
    fn no_document_panics(
        texts in prop::collection::vec(".{0,12}", 7),
        effect in prop::sample::select(vec!["Allow", "Deny", "x"]),
    ) {
        let text = |at: usize| texts[at].clone();
        let statement = json!({ "Effect": effect, "Action": [text(0), text(1)], "Resource": text(2),
            "Principal": { text(3): text(4) }, "Condition": { text(5): { text(6): text(0) } } });
        let document = document(&json!({ "Version": "1", "Statement": [statement] }).to_string());
        let _ = summarize(&document, &Few);
        let _ = explain::trust(Language::English, &document);
        for statement in &document.statements {
            let _ = explain::sentence(Language::English, statement, &Few);
        }
        prop_assert!(compare(Language::English, &document, &document, &Few).is_same());
        for mut request in [Request::new(text(0)), Request::partial(text(1)).on(text(2))] {
            let _ = evaluate(Language::English, &[&document], &request).sentence();
            request.missing = Missing::Unknown;
            request.principal = Some(text(4));
            let _ = evaluate(Language::English, &[&document], &request.with(&text(6), text(0))).sentence();
        }
    }
}
