//! Conditions: operators and keys outside the documented lists, values that their operator cannot read.

use super::keys;
use super::names::placeholder;
use super::{At, Found, Named, Severity, shown};
use crate::policy::document::{Condition, Effect, Statement};
use crate::policy::operator::{Operator, Quantifier, Test, value};
use crate::policy::pattern::{self, Case};
use crate::policy::placeholder::is_filled_in;
use crate::policy::source::Span;
use crate::policy::supplied::Supply;
use crate::say::{Language, said, say};

pub(super) fn look(index: usize, statement: &Statement, found: &mut Found<'_>) {
    let mut told: Option<Span> = None;
    for condition in &statement.conditions {
        // What could not be read is an oddity.
        if condition.is_unreadable() {
            continue;
        }
        let operator = Operator::parse(&condition.operator.value);
        if is_filled_in(&condition.key.value) {
            continue;
        }
        // The keys under one operator share it; it is told once.
        if told != Some(condition.operator.span) {
            told = Some(condition.operator.span);
            tell_operator(index, condition, operator, found);
        }
        keys::look(index, condition, found);
        supply(index, statement, condition, found);
        switch(index, statement.effect, condition, found);
        if let Some(operator) = operator {
            values(index, statement, condition, operator, found);
        }
    }
}

fn tell_operator(
    index: usize,
    condition: &Condition,
    operator: Option<Operator>,
    found: &mut Found<'_>,
) {
    let at = At::new(index, condition.operator.span);
    let language = found.language;
    let name = shown(&condition.operator.value);
    if Operator::is_of_oss(&condition.operator.value) {
        found.tell(
            Named::UndocumentedOperator,
            Severity::Note,
            at,
            said(
                language,
                "Only Object Storage Service lists {}, and does not say what it asks.",
                &[&name],
            ),
            say(
                language,
                "Whether the condition holds is not known here. IpAddress is documented by RAM.",
            ),
        );
        return;
    }
    let Some(operator) = operator else {
        found.tell(
            Named::UnknownOperator,
            Severity::Error,
            at,
            said(language, "{} is no operator of RAM.", &[&name]),
            say(language, "RAM may refuse such a policy, which is not documented; the condition is taken as never met here."),
        );
        return;
    };
    if operator.if_exists || operator.test == Test::Absence {
        found.tell(
            Named::RefusedOperator,
            Severity::Error,
            at,
            said(language, "{} is not among the operators that RAM documents.", &[&name]),
            say(language, "RAM is reported to refuse such a policy (not documented); it comes from the policy language of AWS."),
        );
    } else if operator.quantifier != Quantifier::Plain {
        found.tell(
            Named::UndocumentedOperator,
            Severity::Warning,
            at,
            said(language, "{} is not among the documented operators.", &[&name]),
            say(
                language,
                "It occurs in published policies, but no page says how several values of a request are compared.",
            ),
        );
    } else if !operator.documented {
        found.tell(
            Named::UndocumentedOperator,
            Severity::Warning,
            at,
            said(language, "{} is a documented operator in another spelling.", &[&name]),
            say(language, "Whether RAM regards the case of operators is not documented."),
        );
    }
}

/// A tag of the resource that the service may not tell RAM.
fn supply(index: usize, statement: &Statement, condition: &Condition, found: &mut Found<'_>) {
    let Some(supply) = Supply::of(statement, &condition.key.value) else { return };
    let language = found.language;
    let name = shown(&condition.key.value);
    let (severity, message) = match supply {
        Supply::Maybe => (Severity::Note, "Whether requests carry {} depends on the service."),
        Supply::Never => (Severity::Warning, "No request of RDS carries {}."),
    };
    found.tell(
        Named::TagNotSupplied,
        severity,
        At::new(index, condition.key.span),
        said(language, message, &[&name]),
        supply.said(language),
    );
}

/// Does every request that carries the key meet the condition? Of addresses those of IPv4 are meant.
pub(super) fn is_always_met(condition: &Condition) -> bool {
    let Some(operator) = Operator::parse(&condition.operator.value) else { return false };
    if operator.negated || condition.unknown {
        return false;
    }
    let any = |meets: fn(&str) -> bool| condition.values.iter().any(|one| meets(&one.value));
    match operator.test {
        Test::Like => any(pattern::matches_anything),
        Test::Address => any(|text| !text.contains(':') && text.ends_with("/0")),
        Test::Bool => {
            let has = |wanted| {
                condition.values.iter().any(|one| value::boolean(&one.value) == Ok(wanted))
            };
            has(true) && has(false)
        }
        _ => false,
    }
}

/// `acs:MFAPresent` is absent from requests that an access key signs, and a positive operator does not hold for an
/// absent key: both measured on live accounts, and not documented.
const MFA: &str = "acs:MFAPresent";
const TRANSPORT: &str = "acs:SecureTransport";

/// Keys that are true or false and do not ask what they seem to, or the opposite of what anybody wants.
fn switch(index: usize, effect: Effect, condition: &Condition, found: &mut Found<'_>) {
    let is = |key: &str| pattern::same(&condition.key.value, key, Case::Fold);
    let Some(key) = [MFA, TRANSPORT].into_iter().find(|key| is(key)) else { return };
    if !matches!(effect, Effect::Allow | Effect::Deny) {
        return;
    }
    let value = effect == Effect::Deny && key == TRANSPORT;
    let only = !condition.values.is_empty()
        && condition.values.iter().all(|one| value::boolean(&one.value) == Ok(value));
    // What also holds for an absent key denies such a request, as it is meant to.
    let misses =
        |operator: &Operator| !operator.if_exists && operator.quantifier != Quantifier::All;
    let asks = Operator::parse(&condition.operator.value).is_some_and(|operator| {
        !operator.negated
            && matches!(operator.test, Test::Bool | Test::Text(_))
            && ((effect, key) != (Effect::Deny, MFA) || misses(&operator))
    });
    if condition.unknown || !only || !asks {
        return;
    }
    let language = found.language;
    let (rule, message, meaning) = match (effect, key) {
        (Effect::Deny, MFA) => (
            Named::AbsentKey,
            said(language, "A request without {} is not denied.", &[MFA]),
            "Requests signed with an AccessKey are reported to carry no such key; the documentation does not say it.",
        ),
        (Effect::Deny, _) => (
            Named::InvertedSwitch,
            say(language, "Denies this only where the request is encrypted.").to_owned(),
            "Requests over HTTPS are denied; those without encryption are not.",
        ),
        (_, MFA) => (
            Named::InvertedSwitch,
            say(language, "Allows this only where no second factor was given.").to_owned(),
            "Whoever logged on with a second factor does not meet the condition.",
        ),
        _ => (
            Named::PlainTransport,
            say(language, "Allows this only where the request is not encrypted.").to_owned(),
            "Requests over HTTPS do not meet the condition.",
        ),
    };
    let at = At::new(index, condition.span);
    found.tell(rule, Severity::Warning, at, message, say(language, meaning));
}

/// Can a test read the value?
fn read(test: Test, text: &str) -> Result<(), value::Malformed> {
    match test {
        Test::Number(_) => value::number(text).map(|_| ()),
        Test::Date(_) => value::date(text).map(|_| ()),
        Test::Bool | Test::Absence => value::boolean(text).map(|_| ()),
        Test::Address => value::block(text).map(|_| ()),
        Test::Text(_) | Test::Like => Ok(()),
    }
}

/// Does it take the value as it stands?
const fn is_text(test: Test) -> bool {
    matches!(test, Test::Text(_) | Test::Like)
}

/// Could it be read, were there no blanks in it?
fn is_broken_by_blanks(test: Test, text: &str) -> bool {
    text.contains(char::is_whitespace)
        && read(test, &text.split_whitespace().collect::<String>()).is_ok()
}

/// What a wildcard does that is taken letter by letter. Under a negative operator whatever is none of the values meets
/// the condition.
fn literal(
    language: Language,
    effect: Effect,
    condition: &Condition,
    operator: Operator,
) -> &'static str {
    if !operator.negated {
        return say(language, "The * or ? stands for itself, so hardly any request matches.");
    }
    let all = condition.values.iter().all(|one| pattern::has_wildcard(&one.value));
    match (all && !condition.unknown, effect) {
        (false, _) => {
            say(language, "The * or ? stands for itself, so this value excepts hardly any request.")
        }
        (true, Effect::Deny) => say(
            language,
            "The * or ? stands for itself, so nearly every request meets the condition: the Deny spares hardly anybody.",
        ),
        (true, _) => say(
            language,
            "The * or ? stands for itself, so nearly every request meets the condition: it limits hardly anything.",
        ),
    }
}

fn values(
    index: usize,
    statement: &Statement,
    condition: &Condition,
    operator: Operator,
    found: &mut Found<'_>,
) {
    let language = found.language;
    let name = || shown(&condition.operator.value);
    // What is filled in is not what stands here.
    let told =
        |text: &str| placeholder(text).is_none() && !(condition.unknown && text.contains("${"));
    for expected in condition.values.iter().filter(|expected| told(&expected.value)) {
        let text = expected.value.as_str();
        let at = At::new(index, expected.span);
        let read = read(operator.test, text);
        if read.is_err()
            && operator.is_address_of_oss(&condition.key.value, text)
            && statement.lists_only("oss")
        {
            found.tell(
                Named::MalformedValue,
                Severity::Note,
                at,
                said(language, "Only Object Storage Service knows * in an address: {}.", &[&shown(text)]),
                say(
                    language,
                    "Which addresses it stands for is not documented, so whether the condition holds is not known here.",
                ),
            );
        } else if let Err(malformed) = read {
            found.tell(
                Named::MalformedValue,
                Severity::Error,
                at,
                if is_broken_by_blanks(operator.test, text) {
                    said(
                        language,
                        "\"{}\" has a blank in it: {} cannot read it.",
                        &[&shown(text), &name()],
                    )
                } else {
                    let why = malformed.words(language);
                    said(language, "{}, which {} needs.", &[&why, &name()])
                },
                if operator.if_exists || operator.quantifier == Quantifier::All {
                    say(
                        language,
                        "It may match no value; a request without the key meets the condition.",
                    )
                } else if operator.negated {
                    say(
                        language,
                        "It may match no request, so that the condition excludes nothing.",
                    )
                } else if statement.effect == Effect::Allow {
                    say(language, "No request matches it.")
                } else {
                    say(language, "It may match no request, so that this is never denied.")
                },
            );
        } else if !is_text(operator.test) && text.trim().len() < text.len() {
            found.tell(
                Named::MalformedValue,
                Severity::Warning,
                at,
                said(language, "\"{}\" has a blank before or behind it.", &[&shown(text)]),
                say(
                    language,
                    "It is read without blanks here; whether RAM reads past them is not documented.",
                ),
            );
        } else if let (Test::Date(_), Some(loose)) = (operator.test, value::loose(text)) {
            tell_loose(text, loose, at, found);
        } else if matches!(operator.test, Test::Text(_)) && pattern::has_wildcard(text) {
            found.tell(
                Named::LiteralWildcard,
                Severity::Warning,
                at,
                said(language, "{} compares \"{}\" letter by letter.", &[&name(), &shown(text)]),
                literal(found.language, statement.effect, condition, operator),
            );
        }
    }
}

/// A moment that is written otherwise than RAM's pages write it.
fn tell_loose(text: &str, loose: value::Loose, at: At, found: &mut Found<'_>) {
    let language = found.language;
    let (message, meaning) = match loose {
        value::Loose::NoZone => {
            ("{} has no time zone.", "It is taken as UTC here; how RAM takes it is not documented.")
        }
        value::Loose::Blank => (
            "{} has a blank where ISO 8601 has a T.",
            "It is read as if T stood there; how RAM takes it is not documented.",
        ),
        value::Loose::Seconds => (
            "{} is no date in ISO 8601.",
            "It is taken as seconds since 1970 here; how RAM takes it is not documented.",
        ),
    };
    let message = said(language, message, &[&shown(text)]);
    found.tell(Named::LooseDate, Severity::Warning, at, message, say(language, meaning));
}
