//! Conditions that do not ask what they seem to: an operator that cannot read the values of its key, and two that no
//! request meets together.

use super::{At, Found, Named, Severity, shown};
use crate::policy::document::{Condition, Effect, Statement};
use crate::policy::never::read;
use crate::policy::operator::{Operator, Test, value};
use crate::policy::pattern::{self, Case};
use crate::say::{said, say};

/// Keys that hold an address of the one who asks.
const ADDRESSES: [&str; 3] = ["acs:SourceIp", "acs:SourceVpcIp", "acs:VpcSourceIp"];
const TIME: &str = "acs:CurrentTime";

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
