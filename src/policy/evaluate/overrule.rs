//! What is allowed and denied in the same cases: an Allow that is open, beside a Deny that matches wherever it does, allows
//! nothing, however the open things come out.

use std::collections::BTreeSet;

use super::answer::{Part, StatementTrace};
use crate::policy::condition::Truth;
use crate::policy::document::{Clause, Condition, Document, Effect, Statement};
use crate::policy::key;
use crate::policy::operator::Operator;
use crate::policy::pattern::{self, Case, Steps, arn};
use crate::say::{Language, said};

/// Statements that deny which are held against those that allow. Real policies have a few.
const DENYING: usize = 50;

/// Steps of holding them against each other, for one request.
const STEPS: usize = 1 << 14;

/// Says of every open Allow that a Deny takes back whole that it does not match. Which policy concerns what another one
/// allows is told by `concerns`.
pub(super) fn settle(
    language: Language,
    policies: &[&Document],
    concerns: &dyn Fn(usize, usize) -> bool,
    trace: &mut [StatementTrace],
) {
    let statement = |one: &StatementTrace| {
        policies.get(one.policy).and_then(|document| document.statements.get(one.statement))
    };
    let of = |effect: Effect| {
        let statements = trace.iter().enumerate();
        statements.filter(move |(_, one)| one.effect == effect && one.truth == Truth::Maybe)
    };
    let denying: Vec<((usize, usize), &Statement)> = of(Effect::Deny)
        .filter(|(_, one)| !one.parts.iter().any(is_open_action))
        .filter_map(|(_, one)| Some(((one.policy, one.statement), statement(one)?)))
        .take(DENYING)
        .collect();
    if denying.is_empty() {
        return;
    }
    let mut steps = Steps(STEPS);
    let taken_back: Vec<(usize, (usize, usize))> = of(Effect::Allow)
        .filter_map(|(at, one)| {
            let allowing = statement(one)?;
            let mut denying = denying.iter();
            let by = denying.find(|((policy, _), deny)| {
                concerns(*policy, one.policy) && takes_back(deny, allowing, &mut steps)
            })?;
            Some((at, by.0))
        })
        .collect();
    for (at, (policy, by)) in taken_back {
        let Some(one) = trace.get_mut(at) else { continue };
        let number = (by + 1).to_string();
        let why = if policy == one.policy {
            said(
                language,
                "statement {} denies it in every case in which this one matches",
                &[&number],
            )
        } else {
            let policy = (policy + 1).to_string();
            said(
                language,
                "statement {} of policy {} denies it in every case in which this one matches",
                &[&number, &policy],
            )
        };
        one.truth = Truth::No;
        one.parts.push(Part { name: "Deny", truth: Truth::No, why, span: None });
    }
}

/// An action that only some of what is asked about means: the Deny leaves the rest.
fn is_open_action(part: &Part) -> bool {
    part.truth == Truth::Maybe && matches!(part.name, "Action" | "NotAction")
}

/// Does the Deny, whose action is met, match wherever the Allow does? Doubt is a no.
fn takes_back(deny: &Statement, allow: &Statement, steps: &mut Steps) -> bool {
    is_wider(deny, allow, steps)
        && deny.principal.as_ref().is_none_or(|principal| {
            !principal.negated && principal.is_anyone() && allow.principal.is_some()
        })
        && deny.conditions.iter().all(|one| {
            is_sure(one) && steps.are_left() && allow.conditions.iter().any(|own| is_same(one, own))
        })
}

/// Are the resources of the Deny all of those of the Allow?
fn is_wider(deny: &Statement, allow: &Statement, steps: &mut Steps) -> bool {
    let (Some(denied), Some(allowed)) = (&deny.resource, &allow.resource) else {
        return deny.resource.is_none() && allow.resource.is_none();
    };
    let mut covers = |denied: &Clause, value: &str| {
        let case = if arn::is_role(value) { Case::Fold } else { Case::Exact };
        denied.values.iter().any(|wide| steps.covers(&wide.value, value, case))
    };
    if denied.is_any_resource() {
        return true;
    }
    if denied.negated || allowed.negated || allowed.unknown {
        return false;
    }
    allowed.values.iter().all(|value| covers(denied, &value.value))
}

/// Is it a condition that is met or not, as the request has it?
fn is_sure(condition: &Condition) -> bool {
    !condition.unknown
        && !condition.is_unreadable()
        && Operator::parse(&condition.operator.value).is_some()
}

/// Do both ask the same of a request, apart from the order of values?
fn is_same(one: &Condition, other: &Condition) -> bool {
    pattern::same(&one.operator.value, &other.operator.value, Case::Fold)
        && key::identity(&one.key.value) == key::identity(&other.key.value)
        && !other.unknown
        && values(one) == values(other)
}

fn values(condition: &Condition) -> BTreeSet<&str> {
    condition.values.iter().map(|value| value.value.as_str()).collect()
}
