//! Two conditions of a statement that no request meets together.

use super::document::{Condition, Statement};
use super::key;
use super::operator::{Comparison, Operator, Quantifier, Test, value};
use super::pattern::{self, Case};

/// Conditions of a statement that are held against each other; real ones have a few.
const HELD: usize = 32;
/// Values of each that are.
const VALUES: usize = 200;

/// The conditions that can be held against something, each with its operator.
pub(super) fn read(statement: &Statement) -> Vec<(&Condition, Operator)> {
    statement
        .conditions
        .iter()
        .filter(|condition| !condition.is_unreadable() && !condition.is_empty())
        .filter_map(|condition| Some((condition, Operator::parse(&condition.operator.value)?)))
        .collect()
}

/// Two conditions of the statement that no request meets together: it allows and denies nothing.
pub(in crate::policy) fn excluded(statement: &Statement) -> Option<(&Condition, &Condition)> {
    if statement.conditions.len() < 2 {
        return None;
    }
    let plain: Vec<(&Condition, Operator)> = read(statement)
        .into_iter()
        .filter(|(condition, operator)| {
            let simple = operator.quantifier == Quantifier::Plain && !operator.if_exists;
            simple && !condition.unknown && condition.values.len() <= VALUES
        })
        .take(HELD)
        .collect();
    plain.iter().enumerate().find_map(|(at, one)| {
        let other = plain.iter().skip(at + 1).find(|other| {
            key::identity(&one.0.key.value) == key::identity(&other.0.key.value)
                && (exclude(one, other) || exclude(other, one))
        })?;
        Some((one.0, other.0))
    })
}

/// Does no request meet both, as far as the first leaves nothing that the second lets through?
fn exclude(one: &(&Condition, Operator), other: &(&Condition, Operator)) -> bool {
    let ((first, asks), (second, limits)) = (one, other);
    if asks.negated {
        return false;
    }
    let all = |gone: &dyn Fn(&str) -> bool| first.values.iter().all(|one| gone(&one.value));
    let any = |meets: &dyn Fn(&str) -> bool| second.values.iter().any(|one| meets(&one.value));
    match (asks.test, limits.test, limits.negated) {
        (Test::Text(Case::Exact), Test::Text(_) | Test::Like, true) => {
            all(&|text| any(&|limit| limits.passes(text, limit) == Ok(true)))
        }
        (Test::Like, Test::Like, true) => {
            all(&|text| any(&|limit| pattern::covers(limit, text, Case::Exact)))
        }
        // A general key has one value; others may have several, of which each condition may mean another.
        (Test::Text(Case::Exact), Test::Text(_) | Test::Like, false) => {
            pattern::fold(&first.key.value).starts_with("acs:")
                && key::tag_of(&first.key.value).is_none()
                && all(&|text| !any(&|limit| limits.passes(text, limit) == Ok(true)))
        }
        (Test::Bool, Test::Bool, false) => {
            all(&|text| any(&|limit| limits.passes(text, limit) == Ok(false)))
                && all(&|text| !any(&|limit| limits.passes(text, limit) == Ok(true)))
        }
        (Test::Address, Test::Address, true) => all(&|text| any(&|limit| within(text, limit))),
        (Test::Date(low), Test::Date(high), false) => {
            beyond(moments(first).as_ref(), low, moments(second).as_ref(), high)
        }
        (Test::Number(low), Test::Number(high), false) => {
            beyond(numbers(first).as_ref(), low, numbers(second).as_ref(), high)
        }
        _ => false,
    }
}

/// Does a block lie in another one?
fn within(text: &str, limit: &str) -> bool {
    let base = text.split('/').next().unwrap_or_default();
    match (value::block(text), value::block(limit), value::address(base)) {
        (Ok(block), Ok(limit), Ok(base)) => limit.bits() <= block.bits() && limit.holds(base),
        _ => false,
    }
}

fn moments(condition: &Condition) -> Option<Vec<value::Moment>> {
    condition.values.iter().map(|one| value::date(&one.value).ok()).collect()
}

fn numbers(condition: &Condition) -> Option<Vec<value::Number>> {
    condition.values.iter().map(|one| value::number(&one.value).ok()).collect()
}

/// Does what must be at least the least of these lie beyond what must be at most the greatest of those?
fn beyond<T: Ord>(
    low: Option<&Vec<T>>,
    lower: Comparison,
    high: Option<&Vec<T>>,
    upper: Comparison,
) -> bool {
    let (Some(low), Some(high)) = (low, high) else { return false };
    let (Some(low), Some(high)) = (low.iter().min(), high.iter().max()) else { return false };
    match (lower, upper) {
        (Comparison::AtLeast, Comparison::AtMost) => low > high,
        (Comparison::Greater | Comparison::AtLeast, Comparison::Less | Comparison::AtMost) => {
            low >= high
        }
        _ => false,
    }
}
