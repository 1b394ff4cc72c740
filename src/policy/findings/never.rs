//! Statements that do not match what they seem to: an operator that cannot read the values of its key, two conditions
//! that no request meets together, and a `Not` element that leaves out everything.

use super::{At, Found, Named, Severity, shown};
use crate::policy::document::{Clause, Condition, Effect, Statement};
use crate::policy::idle::Idle;
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
    (excluded, idle): (Option<(&Condition, &Condition)>, Option<Idle>),
    found: &mut Found<'_>,
) {
    if let Some(idle) = idle {
        leaves_nothing(index, statement, idle, found);
    }
    for (condition, operator) in &read(statement) {
        as_text(index, condition, *operator, found);
        of_another_type(index, condition, *operator, found);
    }
    if let Some((one, other)) = excluded {
        tell_never(index, statement.effect, one, other, found);
    }
}

fn is(condition: &Condition, key: &str) -> bool {
    pattern::same(&condition.key.value, key, Case::Fold)
}

/// Keys that are true or false.
const SWITCHES: [&str; 2] = ["acs:MFAPresent", "acs:SecureTransport"];

/// An operator that reads values of one type, on a key of which the values are of another. RAM, "Policy elements": the
/// types of the general keys.
fn of_another_type(index: usize, condition: &Condition, operator: Operator, found: &mut Found<'_>) {
    if !operator.is_of_values() || operator.test == Test::Absence {
        return;
    }
    let one_of = |keys: &[&str]| keys.iter().any(|key| is(condition, key));
    let (fits, meaning) = if one_of(&ADDRESSES) {
        (
            operator.test == Test::Address,
            "The key holds an address, which IpAddress and NotIpAddress read; what RAM makes of it here is not documented.",
        )
    } else if one_of(&[TIME]) {
        (
            matches!(operator.test, Test::Date(_)),
            "The key holds a moment, which DateLessThan and the other operators of dates read; what RAM makes of it here is not documented.",
        )
    } else if one_of(&SWITCHES) {
        (
            operator.test == Test::Bool,
            "The key is true or false, which Bool reads; what RAM makes of it here is not documented.",
        )
    } else {
        return;
    };
    // What the operator cannot read is told by itself.
    let told = |value: &str| operator.reads(value).is_err();
    if fits || condition.values.iter().any(|one| told(&one.value)) {
        return;
    }
    let language = found.language;
    let names = [&shown(&condition.operator.value), &shown(&condition.key.value)];
    found.tell(
        Named::WrongOperator,
        Severity::Warning,
        At::new(index, condition.span),
        said(language, "{} does not read what {} holds.", &names.map(String::as_str)),
        say(language, meaning),
    );
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

/// A `Not` element that leaves out everything there is of its kind. One without a value is an oddity.
fn leaves_nothing(index: usize, statement: &Statement, idle: Idle, found: &mut Found<'_>) {
    let listed = |clause: &Option<Clause>| {
        clause.as_ref().filter(|one| one.negated && !one.values.is_empty()).map(|one| one.span)
    };
    let (name, span) = match idle {
        Idle::NoAction => ("NotAction", listed(&statement.action)),
        Idle::NoResource => ("NotResource", listed(&statement.resource)),
        Idle::Everybody => ("NotPrincipal", statement.principal.as_ref().map(|one| one.span)),
        _ => return,
    };
    let Some(span) = span else { return };
    let language = found.language;
    found.tell(
        Named::LeavesNothing,
        Severity::Error,
        At::new(index, span),
        said(language, "{} leaves out everything, so the statement matches nothing.", &[name]),
        match statement.effect {
            Effect::Deny => say(language, "The statement denies nothing."),
            _ => say(language, "The statement allows nothing."),
        },
    );
}
