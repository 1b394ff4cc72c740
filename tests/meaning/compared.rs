//! What a comparison says, held against what is decided on requests.

use super::support::{Few, policy};
use proptest::prelude::*;
use rolescope::policy::compare::report::{self, Part, Section, Side, Sign};
use rolescope::policy::compare::{Change, Changed, Comparison, Reach, compare};
use rolescope::policy::document::{Document, Effect, Statement};
use rolescope::policy::evaluate::{Decision, evaluate};
use rolescope::policy::pattern::{self, Case};
use rolescope::policy::request::Request;
use rolescope::policy::vocabulary::Vocabulary as _;
use rolescope::say::Language;
use serde_json::{Value, json};

const ACTIONS: [&str; 13] = [
    "a:Get", "a:Put", "b:Get", "a:*", "A:*t", "*:Get", "*", "*:*", "A:P?t", "a:G*", "b:*", "a:**",
    "c:*",
];
const RESOURCES: [&str; 9] = [
    "*",
    "acs:*:*:*:*",
    "acs:a:*:*:*",
    "acs:a:*:*:x/*",
    "acs:a::1:x/y",
    "acs:a:*:*:*/y",
    "acs:ram:*:*:role/R*",
    "acs:ram::1:role/r1",
    "acs:b:*:*:*",
];
const CONDITIONS: [(&str, &str, &str); 14] = [
    ("Bool", "k", "true"),
    ("Bool", "K", "TRUE"),
    ("BoolIfExists", "k", "true"),
    ("NumericLessThan", "l", "5"),
    ("NumericLessThan", "l", "5.0"),
    ("NumericNotEquals", "l", "05"),
    ("IpAddress", "m", "10.0.0.0/8"),
    ("IpAddress", "m", "10.1.1.1/8"),
    ("NotIpAddress", "m", "10.0.0.0/8"),
    ("StringLike", "k", "true"),
    ("StringEquals", "k", "true"),
    ("StringNotLike", "k", "t*"),
    ("Null", "k", "true"),
    ("Strange", "k", "true"),
];
const PRINCIPALS: [&str; 4] = ["acs:ram::1:root", "acs:ram::2:role/U", "acs:ram::2:role/u", "*"];

/// What is asked: each of these actions on each of these resources by each of these.
const ASKED: [&str; 12] = [
    "a:Get", "a:Put", "b:Get", "b:zz", "c:Get", "c:zz", "a:zz", "a:Gzz", "a:zzt", "zz:Get",
    "zz:zz", "a:Pat",
];
const ON: [Option<&str>; 7] = [
    None,
    Some("acs:a::1:x/y"),
    Some("acs:a::1:x/z"),
    Some("acs:a:r:2:z/y"),
    Some("acs:ram::1:role/r1"),
    Some("acs:b:r:1:q"),
    Some("acs:zz:r:1:zz"),
];
const BY: [Option<&str>; 3] = [None, Some("acs:ram::1:user/v"), Some("acs:ram::2:role/u")];
const WITH: [&[(&str, &str)]; 5] = [
    &[],
    &[("k", "true"), ("l", "1"), ("m", "10.2.2.2")],
    &[("k", "false"), ("l", "5"), ("m", "11.2.2.2")],
    &[("k", "True"), ("l", "9")],
    &[("m", "10.1.1.1")],
];

fn some(of: &'static [&'static str], most: usize) -> impl Strategy<Value = Value> {
    prop::collection::vec(prop::sample::select(of), 1..=most).prop_map(|list| json!(list))
}

fn conditions() -> impl Strategy<Value = Value> {
    let one = prop::sample::select(&CONDITIONS[..])
        .prop_map(|(operator, key, value)| json!({ operator: { key: value } }));
    prop_oneof![5 => Just(json!({})), 3 => one]
}

fn statement() -> impl Strategy<Value = Value> {
    let effect = prop_oneof![8 => Just("Allow"), 3 => Just("Deny"), 1 => Just("allow")];
    let principal = prop_oneof![8 => Just(Value::Null), 1 => some(&PRINCIPALS, 2)];
    let not = (prop::bool::weighted(0.25), prop::bool::weighted(0.15), prop::bool::weighted(0.3));
    let resources = prop_oneof![1 => Just(json!("*")), 2 => some(&RESOURCES, 2)];
    (effect, some(&ACTIONS, 3), resources, conditions(), principal, not).prop_map(
        |(effect, actions, resources, conditions, principal, not)| {
            let mut statement = json!({ "Effect": effect, "Condition": conditions });
            statement[if not.0 { "NotAction" } else { "Action" }] = actions;
            statement[if not.1 { "NotResource" } else { "Resource" }] = resources;
            if !principal.is_null() {
                let name = if not.2 { "NotPrincipal" } else { "Principal" };
                statement[name] = json!({ "RAM": principal });
            }
            statement
        },
    )
}

/// A policy, and what somebody made of it: each statement stays, goes, changes or is made two.
fn two_policies() -> impl Strategy<Value = (Vec<Value>, Vec<Value>)> {
    let change = (0..9u8, some(&ACTIONS, 2), some(&RESOURCES, 2), conditions());
    let both = (
        prop::collection::vec((statement(), change), 0..4),
        prop::collection::vec(statement(), 0..2),
        any::<bool>(),
    );
    both.prop_map(|(statements, mut right, turned)| {
        let left = statements.iter().map(|(statement, _)| statement.clone()).collect();
        for (statement, (kind, actions, resources, conditions)) in statements {
            let action = if statement.get("Action").is_some() { "Action" } else { "NotAction" };
            let mut other = statement.clone();
            match kind {
                0 => continue,
                1 => other[action] = actions,
                2 => other[action].as_array_mut().unwrap().push(actions[0].clone()),
                3 => {
                    let fields = other.as_object_mut().unwrap();
                    fields.remove("Resource");
                    fields.remove("NotResource");
                    other["Resource"] = resources;
                }
                4 => other["Condition"] = conditions,
                5 => {
                    let mut half = statement.clone();
                    half[action] = json!([statement[action][0]]);
                    right.push(half);
                }
                6 => {
                    let fields = other.as_object_mut().unwrap();
                    let listed = fields.remove(action).unwrap();
                    other[if action == "Action" { "NotAction" } else { "Action" }] = listed;
                }
                _ => {}
            }
            right.push(other);
        }
        if turned {
            right.reverse();
        }
        (left, right)
    })
}

fn requests() -> impl Iterator<Item = Request> {
    ASKED.iter().flat_map(|action| {
        ON.iter().flat_map(move |on| {
            BY.iter().flat_map(move |by| {
                WITH.iter().map(move |with| {
                    let mut request = Request::new(*action);
                    request.resource = on.map(str::to_owned);
                    request.principal = by.map(str::to_owned);
                    with.iter().fold(request, |request, (key, value)| request.with(key, *value))
                })
            })
        })
    })
}

fn decide(document: &Document, request: &Request) -> Decision {
    evaluate(Language::English, &[document], request).decision
}

/// Those statements alone.
fn only(document: &Document, statements: &[usize]) -> Document {
    let kept = statements.iter().map(|at| document.statements[*at].clone());
    Document { statements: kept.collect(), ..document.clone() }
}

/// Does the second match no more than the first, by these changes?
fn shrinks(changes: &[Change]) -> bool {
    changes.iter().all(|change| {
        matches!(
            change,
            Change::ActionsGone(_)
                | Change::ConditionAdded(_)
                | Change::Resources { how: Reach::Narrower, .. }
        )
    })
}

fn turned(change: &Change) -> Change {
    match change.clone() {
        Change::ActionsAdded(actions) => Change::ActionsGone(actions),
        Change::ActionsGone(actions) => Change::ActionsAdded(actions),
        Change::ConditionAdded(words) => Change::ConditionDropped(words),
        Change::ConditionDropped(words) => Change::ConditionAdded(words),
        Change::ConditionChanged { key, left, right } => {
            Change::ConditionChanged { key: key.to_lowercase(), left: right, right: left }
        }
        Change::Principals { left, right } => Change::Principals { left: right, right: left },
        Change::Resources { how, left, right } => {
            let how = match how {
                Reach::Wider => Reach::Narrower,
                Reach::Narrower => Reach::Wider,
                Reach::Different => Reach::Different,
            };
            Change::Resources { how, left: right, right: left }
        }
    }
}

/// All that a comparison says, in an order of its own; with `turn` as if the sides were exchanged.
fn said(comparison: &Comparison, turn: bool) -> String {
    let Comparison { same, changed, gone, added, actions_gone, actions_added, .. } = comparison;
    let pair = |a: &Vec<usize>, b: &Vec<usize>| {
        if turn { (b.clone(), a.clone()) } else { (a.clone(), b.clone()) }
    };
    let mut same: Vec<_> = same.iter().map(|(a, b)| pair(a, b)).collect();
    same.sort();
    let changes = |one: &Changed| {
        let twice = |change: &Change| if turn { turned(change) } else { turned(&turned(change)) };
        let mut words: Vec<_> = one.changes.iter().map(|c| format!("{:?}", twice(c))).collect();
        words.sort();
        (pair(&one.left, &one.right), words)
    };
    let mut changed: Vec<_> = changed.iter().map(changes).collect();
    changed.sort();
    let Comparison { unsure_gone, unsure_added, .. } = comparison;
    let mut sides = [(gone, actions_gone, unsure_gone), (added, actions_added, unsure_added)];
    if turn {
        sides.reverse();
    }
    format!("{same:?}\n{changed:?}\n{sides:?}\n{}", comparison.disjoint)
}

fn check(left: &[Value], right: &[Value]) -> Result<(), TestCaseError> {
    let (a, b) = (policy(&json!(left)), policy(&json!(right)));
    let comparison = compare(Language::English, &a, &b, &Few);
    let (both, told) = (format!("{}\n{}", json!(left), json!(right)), format!("{comparison:#?}"));
    prop_assert!(compare(Language::English, &a, &a, &Few).is_same(), "{both}");
    let back = compare(Language::English, &b, &a, &Few);
    prop_assert_eq!(said(&comparison, false), said(&back, true), "{}", both);

    let nothing = comparison.verdict.starts_with("Nothing in common");
    let parts =
        |statements: &(Vec<usize>, Vec<usize>)| (only(&a, &statements.0), only(&b, &statements.1));
    let same: Vec<_> = comparison.same.iter().map(parts).collect();
    let changed: Vec<_> = comparison
        .changed
        .iter()
        .map(|one| parts(&(one.left.clone(), one.right.clone())))
        .collect();
    for request in requests() {
        let (one, two) = (decide(&a, &request), decide(&b, &request));
        if comparison.is_same() {
            prop_assert_eq!(one, two, "{}\n{:?}", both, request);
        }
        if nothing {
            let allowed = one == Decision::Allow && two == Decision::Allow;
            prop_assert!(!allowed, "{both}\n{request:?}");
        }
        for (one, two) in &same {
            prop_assert_eq!(
                decide(one, &request),
                decide(two, &request),
                "{}\n{:?}",
                both,
                request
            );
        }
        for ((one, two), changes) in changed.iter().zip(&comparison.changed) {
            let matched = |document| decide(document, &request) != Decision::ImplicitDeny;
            let (one, two) = (matched(one), matched(two));
            let fewer = !shrinks(&changes.changes) || one || !two;
            let back: Vec<Change> = changes.changes.iter().map(turned).collect();
            let more = !shrinks(&back) || two || !one;
            prop_assert!(fewer && more, "{both}\n{request:?}\n{told}");
        }
    }

    let side = |name, document| Side { name, document };
    let lines = report::lines(&comparison, side("A", &a), side("B", &b), &Few);
    for (section, own, other) in [(Section::OnlyLeft, &a, &b), (Section::OnlyRight, &b, &a)] {
        let gone = section == Section::OnlyLeft;
        let lacking = if gone { &comparison.actions_gone } else { &comparison.actions_added };
        for action in lacking.iter().filter(|action| !action.contains(' ')) {
            // Of a pattern the other may allow a part; that several grants make up the whole of it, one of them of
            // all but a list, is not always seen.
            let all_but = |one: &Statement| one.action.as_ref().is_some_and(|one| one.negated);
            if pattern::has_wildcard(action) && other.statements.iter().any(all_but) {
                continue;
            }
            let mut asked =
                ASKED.iter().filter(|asked| pattern::matches(action, asked, Case::Fold));
            let lacks = asked.any(|asked| {
                let mut asked = requests().filter(|request| request.action == *asked);
                asked.all(|request| decide(other, &request) != Decision::Allow)
            });
            prop_assert!(lacks, "{action}\n{both}");
        }
        for line in lines.iter().filter(|line| line.section == section && line.part == Part::Action)
        {
            let statements = if gone { &line.left } else { &line.right };
            let through = only(own, statements);
            let denies = through.statements.iter().any(|one| one.effect == Effect::Deny);
            if denies {
                continue;
            }
            for request in requests() {
                if !pattern::matches(&line.text, &request.action, Case::Fold) {
                    continue;
                }
                let (one, two) = (decide(own, &request), decide(other, &request));
                let through = decide(&through, &request) == Decision::Allow;
                let told = format!("{line:?}\n{both}\n{request:?}");
                if line.sign == Sign::Changed {
                    prop_assert!(may(other, &request.action), "{told}");
                    continue;
                }
                match line.more.as_str() {
                    "" => {
                        let both = one == Decision::Allow && two == Decision::Allow;
                        prop_assert!(!(through && both), "{told}");
                    }
                    "A itself denies it" | "B itself denies it" => {
                        prop_assert_ne!(one, Decision::Allow, "{}", told);
                    }
                    "A has a part of it" | "B has a part of it" => {}
                    more if more.contains(" allows every known action") => {
                        prop_assert!(may_if_known(other, &request.action), "{told}");
                    }
                    other => prop_assert!(false, "{other}"),
                }
            }
        }
    }
    Ok(())
}

/// The same, asked of known actions alone.
fn may_if_known(document: &Document, action: &str) -> bool {
    Few.action(action).is_none() || may(document, action)
}

/// Does an allowing statement speak of the action?
fn may(document: &Document, action: &str) -> bool {
    document.statements.iter().any(|statement| {
        statement.effect == Effect::Allow
            && statement.action.as_ref().is_some_and(|clause| {
                let mut values = clause.values.iter();
                values.any(|value| pattern::matches(&value.value, action, Case::Fold))
                    != clause.negated
            })
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(60) })]

    #[test]
    fn what_is_said_of_two_policies_is_true((left, right) in two_policies()) {
        check(&left, &right)?;
    }
}

// A request on no particular resource is met by every resource of a service, and not by all but some.
#[test]
fn all_but_some_is_not_wider_than_a_whole_service() {
    let statement = |name: &str, resource: &str| {
        let mut statement = json!({ "Effect": "Allow", "Action": ["b:Get"] });
        statement[name] = json!([resource]);
        [statement]
    };
    let all_but = statement("NotResource", "acs:ram:*:*:role/R*");
    for resource in ["acs:b:*:*:*", "acs:b:*:*:x/*", "*"] {
        if let Err(error) = check(&all_but, &statement("Resource", resource)) {
            panic!("{resource}: {error}");
        }
    }
}
