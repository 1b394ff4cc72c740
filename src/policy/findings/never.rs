//! Conditions that do not ask what they seem to: an operator that cannot read the values of its key, and two that no
//! request meets together.

use super::{At, Found, Named, Severity, shown};
use crate::policy::document::{Condition, Effect, Statement};
use crate::policy::key;
use crate::policy::operator::{Comparison, Operator, Quantifier, Test, value};
use crate::policy::pattern::{self, Case};
use crate::say::{said, say};

/// Keys that hold an address of the one who asks.
const ADDRESSES: [&str; 3] = ["acs:SourceIp", "acs:SourceVpcIp", "acs:VpcSourceIp"];
const TIME: &str = "acs:CurrentTime";

/// Conditions of a statement that are held against each other; real ones have a few.
const HELD: usize = 32;
/// Values of each that are.
const VALUES: usize = 200;

pub(super) fn look(
    index: usize,
    statement: &Statement,
    excluded: Option<(&Condition, &Condition)>,
    found: &mut Found<'_>,
) {
    for (condition, operator) in &read(statement) {
        as_text(index, condition, *operator, found);
    }
    if let Some((one, other)) = excluded {
        tell_never(index, statement.effect, one, other, found);
    }
}

/// The conditions that can be held against something, each with its operator.
fn read(statement: &Statement) -> Vec<(&Condition, Operator)> {
    statement
        .conditions
        .iter()
        .filter(|condition| !condition.is_unreadable() && !condition.is_empty())
        .filter_map(|condition| Some((condition, Operator::parse(&condition.operator.value)?)))
        .collect()
}

/// Two conditions of the statement that no request meets together: it allows and denies nothing.
pub(super) fn excluded(statement: &Statement) -> Option<(&Condition, &Condition)> {
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

fn is(condition: &Condition, key: &str) -> bool {
    pattern::same(&condition.key.value, key, Case::Fold)
}

/// A block of addresses or a moment, held against the text of the request letter by letter.
fn as_text(index: usize, condition: &Condition, operator: Operator, found: &mut Found<'_>) {
    let text = matches!(operator.test, Test::Text(_) | Test::Like);
    if !text {
        return;
    }
    let address = ADDRESSES.iter().any(|key| is(condition, key));
    let value = condition.values.iter().find(|one| {
        let text = one.value.as_str();
        address && text.contains('/') && value::block(text).is_ok()
            || is(condition, TIME) && value::date(text).is_ok()
    });
    let Some(value) = value else { return };
    let language = found.language;
    found.tell(
        Named::WrongOperator,
        Severity::Warning,
        At::new(index, value.span),
        said(
            language,
            "{} compares \"{}\" letter by letter.",
            &[&shown(&condition.operator.value), &shown(&value.value)],
        ),
        match (address, operator.negated) {
            (true, false) => {
                say(language, "No request comes from an address that is written as a block.")
            }
            (true, true) => say(
                language,
                "No request comes from an address that is written as a block, so this value excepts none.",
            ),
            (false, false) => {
                say(language, "Hardly any request comes at the very moment, written the same way.")
            }
            (false, true) => say(
                language,
                "Hardly any request comes at the very moment, written the same way, so this value excepts hardly any.",
            ),
        },
    );
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

fn tell_never(
    index: usize,
    effect: Effect,
    one: &Condition,
    other: &Condition,
    found: &mut Found<'_>,
) {
    let language = found.language;
    let names =
        [&shown(&one.operator.value), &shown(&other.operator.value), &shown(&one.key.value)];
    let names: [&str; 3] = names.map(String::as_str);
    found.tell(
        Named::NeverMet,
        Severity::Warning,
        At::new(index, other.span),
        said(language, "No request meets both {} and {} on {}.", &names),
        match effect {
            Effect::Deny => say(language, "The statement denies nothing."),
            _ => say(language, "The statement allows nothing."),
        },
    );
}
