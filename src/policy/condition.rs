//! Does a request meet a condition? The answer is yes, no or, where the request does not say
//! enough, maybe; with the reason, and a note wherever the documentation leaves the reading open.

use super::document::{Condition, Effect};
use super::evaluate::note_placeholder;
use super::operator::{Operator, Quantifier, Test, value};
use super::pattern::{self, Case};
use super::placeholder;
use super::request::{Actual, Request};
use super::source::Span;
use super::wording::{self, visible};
use crate::say::{Language, said, say};

/// Three-valued truth, ordered: a conjunction is the least of its parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Truth {
    /// False.
    No,
    /// Depends on what is not known.
    Maybe,
    /// True.
    Yes,
}

impl Truth {
    /// The opposite; maybe stays maybe.
    #[must_use]
    pub const fn not(self) -> Self {
        match self {
            Self::No => Self::Yes,
            Self::Maybe => Self::Maybe,
            Self::Yes => Self::No,
        }
    }

    /// The word for a trace.
    pub const fn word(self) -> &'static str {
        match self {
            Self::No => "no",
            Self::Maybe => "maybe",
            Self::Yes => "yes",
        }
    }
}

impl From<bool> for Truth {
    fn from(truth: bool) -> Self {
        if truth { Self::Yes } else { Self::No }
    }
}

/// How a condition fared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConditionTrace {
    /// The operator as written.
    pub operator: String,
    /// The key as written.
    pub key: String,
    /// The values of the policy.
    pub expected: Vec<String>,
    /// What the request says of the key.
    pub actual: Actual,
    /// Is the condition met?
    pub truth: Truth,
    /// The condition in words: `acs:SourceIp is in 10.0.0.0/8`.
    pub phrase: String,
    /// Why, in a short sentence.
    pub why: String,
    /// Where it stands in the source.
    pub span: Span,
}

/// Remarks on readings that were chosen, each once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Notes(Vec<String>);

/// More remarks than this help nobody.
const MOST_NOTES: usize = 60;

impl Notes {
    /// Adds a remark that is not there yet.
    pub fn add(&mut self, note: impl Into<String>) {
        let note = note.into();
        if self.0.len() < MOST_NOTES && !self.0.contains(&note) {
            self.0.push(note);
        }
    }

    /// The remarks in the order in which they came up.
    pub fn into_inner(self) -> Vec<String> {
        self.0
    }
}

/// Holds the condition, as part of a statement with this effect, against the request.
pub fn judge(
    language: Language,
    condition: &Condition,
    effect: Effect,
    request: &Request,
    notes: &mut Notes,
) -> ConditionTrace {
    let actual = request.actual(&condition.key.value);
    note_key(language, condition, request, notes);
    let (truth, why) = match Operator::parse(&condition.operator.value) {
        _ if condition.is_unreadable() => unreadable(language, condition, notes),
        // It names nothing to compare with: dropping it would widen the grant.
        Some(operator) if condition.is_empty() => {
            if is_open_without_values(operator, effect) {
                notes.add(said(
                    language,
                    "{} is given no value to compare with: whether the condition is met is not documented.",
                    &[&visible(&condition.operator.value)],
                ));
                let why = "the condition has no value, and whether it is met is not documented";
                (Truth::Maybe, say(language, why).to_owned())
            } else {
                note_operator(language, operator, condition, notes);
                (Truth::No, say(language, "the condition has no value and is never met").to_owned())
            }
        }
        Some(operator) => {
            note_operator(language, operator, condition, notes);
            let readable = doubted(language, operator, condition, effect, notes);
            let condition = readable.as_ref().unwrap_or(condition);
            let as_written = met(language, operator, condition, &actual, request, notes);
            or_else(language, operator, condition, request, as_written, notes)
        }
        None => unknown_operator(language, condition, effect, notes),
    };
    ConditionTrace {
        operator: condition.operator.value.to_string(),
        key: condition.key.value.to_string(),
        expected: condition.values.iter().map(|value| value.value.to_string()).collect(),
        actual,
        truth,
        phrase: wording::phrase(language, condition),
        why,
        span: condition.span,
    }
}

/// The condition with what it can read of its values, where not taking the others for a match would make an answer firmer:
/// a Deny would not apply, or a negative operator be met. What RAM makes of them is not documented.
fn doubted(
    language: Language,
    operator: Operator,
    condition: &Condition,
    effect: Effect,
    notes: &mut Notes,
) -> Option<Condition> {
    if !operator.is_of_values() || (effect == Effect::Allow && !operator.negated) {
        return None;
    }
    let is_open = |value: &str| is_open(operator, condition, value);
    let mut readable = condition.clone();
    readable.values.retain(|value| match operator.reads(&value.value) {
        Err(malformed) if !is_open(&value.value) => {
            notes.add(unread(language, &malformed, &condition.operator.value, true));
            false
        }
        _ => true,
    });
    readable.unknown |= readable.values.len() < condition.values.len();
    readable.unknown.then_some(readable)
}

/// May a value that the operator cannot read become one that it can, or mean something to the service alone?
fn is_open(operator: Operator, condition: &Condition, value: &str) -> bool {
    placeholder::may_hold_one(value) || operator.is_address_of_oss(&condition.key.value, value)
}

/// Of what the text does not tell it is not known whether it is met.
fn unreadable(language: Language, condition: &Condition, notes: &mut Notes) -> (Truth, String) {
    let written = wording::named(language, &condition.operator.value);
    let slip = Operator::parse(&condition.operator.value).is_none()
        && !condition.operator.value.is_empty();
    let why = if placeholder::is_filled_in(&condition.operator.value) {
        notes.add(said(
            language,
            "{} is filled in before RAM reads it: what it says is not known.",
            &[&written],
        ));
        say(language, "it is not filled in").to_owned()
    } else if slip {
        notes.add(said(
            language,
            "Whether RAM reads \"{}\" is not documented: the statement may hold with it and without it.",
            &[&written],
        ));
        say(language, "whether RAM reads it is not documented").to_owned()
    } else {
        notes.add(say(
            language,
            "A condition cannot be read: whether the statement applies is not known.",
        ));
        say(language, "the condition cannot be read").to_owned()
    };
    (Truth::Maybe, why)
}

/// An operator that nobody knows opens nothing; whether it would close something is not known.
fn unknown_operator(
    language: Language,
    condition: &Condition,
    effect: Effect,
    notes: &mut Notes,
) -> (Truth, String) {
    let name = wording::named(language, &condition.operator.value);
    if Operator::is_of_oss(&condition.operator.value) {
        notes.add(said(
            language,
            "Only Object Storage Service lists {}, and does not say what it asks: whether the condition holds is not known.",
            &[&name],
        ));
        return (Truth::Maybe, said(language, "what {} asks is not documented", &[&name]));
    }
    if effect != Effect::Allow {
        notes.add(said(
            language,
            "{} is no operator of RAM: whether this Deny applies is not known.",
            &[&name],
        ));
        return (Truth::Maybe, said(language, "{} is an unknown operator", &[&name]));
    }
    notes.add(said(
        language,
        "{} is no operator of RAM, which may refuse such a policy (not documented); the condition is taken as not met.",
        &[&name],
    ));
    (Truth::No, said(language, "{} is an unknown operator, taken as not met", &[&name]))
}

/// The same where the request may say something of the key after all: under a tag that differs in its case alone, or
/// because the key itself is still to be filled in.
fn or_else(
    language: Language,
    operator: Operator,
    condition: &Condition,
    request: &Request,
    as_written: (Truth, String),
    notes: &mut Notes,
) -> (Truth, String) {
    let key = condition.key.value.as_str();
    if placeholder::is_filled_in(key) {
        notes.add(said(
            language,
            "{} is filled in before RAM reads it: what it says is not known.",
            &[&visible(key)],
        ));
        return (Truth::Maybe, say(language, "it is not filled in").to_owned());
    }
    if request.context.values(key).is_some() {
        return as_written;
    }
    let Some((other, values)) = request.context.other_tag(key) else { return as_written };
    let actual = if values.is_empty() { Actual::Absent } else { Actual::Values(values.to_vec()) };
    let (truth, _) = met(language, operator, condition, &actual, request, notes);
    notes.add(said(
        language,
        "Whether the case of a tag counts is not documented: {} of the request may be {} or another key.",
        &[&visible(other), &visible(key)],
    ));
    if truth == as_written.0 {
        return as_written;
    }
    let why = said(language, "the request has {}, whose case differs", &[&visible(other)]);
    (Truth::Maybe, why)
}

/// Is it met by no request, whatever that says of the key, as the operator can read none of its values? What was to be
/// filled in is not known, and Object Storage Service has addresses of its own.
fn has_no_readable_value(operator: Operator, condition: &Condition) -> bool {
    let open = |value: &str| is_open(operator, condition, value);
    let mut values = condition.values.iter().map(|value| value.value.as_str());
    operator.is_no_without_values()
        && operator.is_of_values()
        && !condition.values.is_empty()
        && !condition.unknown
        && values.all(|value| !open(value) && operator.reads(value).is_err())
}

/// Without a value nothing equals one, so that a negative operator may be met. To take it for not met would make an answer
/// firmer where a Deny hangs on it.
fn is_open_without_values(operator: Operator, effect: Effect) -> bool {
    operator.negated && effect == Effect::Deny
}

/// Is it a condition that no request meets, as there is nothing in it to compare with? What cannot be read, the whole or
/// its values, is none for sure only where the statement would allow.
pub(in crate::policy) fn is_never_met(condition: &Condition, effect: Effect) -> bool {
    Operator::parse(&condition.operator.value).is_some_and(|operator| {
        if condition.is_unreadable() {
            return effect == Effect::Allow;
        }
        (condition.is_empty() && !is_open_without_values(operator, effect))
            || (effect == Effect::Allow && has_no_readable_value(operator, condition))
    })
}

/// The documented rules: several values of the policy are alternatives; a negative operator is the
/// opposite of its positive twin; an absent key meets negative operators only.
fn met(
    language: Language,
    operator: Operator,
    condition: &Condition,
    actual: &Actual,
    request: &Request,
    notes: &mut Notes,
) -> (Truth, String) {
    if *actual == Actual::Unknown && has_no_readable_value(operator, condition) {
        for expected in &condition.values {
            if let Err(malformed) = operator.reads(&expected.value) {
                notes.add(unread(language, &malformed, &condition.operator.value, false));
            }
        }
        return (Truth::No, say(language, "no value of it can be read").to_owned());
    }
    if operator.test == Test::Absence {
        return absence(language, condition, actual, notes);
    }
    match actual {
        Actual::Unknown => (Truth::Maybe, say(language, "the request does not say").to_owned()),
        Actual::Absent => absent(language, operator, notes),
        Actual::Values(values) => {
            let hit = |actual: &String, notes: &mut Notes| {
                let mut hit = Truth::No;
                for expected in &condition.values {
                    match operator.passes(actual, &expected.value) {
                        Ok(true) => hit = Truth::Yes,
                        // It may be what is not known.
                        Err(_) if condition.unknown => {}
                        Ok(false) | Err(_) if may_become(actual, &expected.value) => {
                            hit = hit.max(Truth::Maybe);
                            note_placeholder(language, &expected.value, notes);
                        }
                        Ok(false) => {}
                        Err(_) if is_of_oss(operator, condition, &expected.value, request) => {
                            hit = hit.max(Truth::Maybe);
                            notes.add(said(
                                language,
                                "Object Storage Service knows * in an address, and does not say which addresses {} stands for: whether it matches is not known.",
                                &[&visible(&expected.value)],
                            ));
                        }
                        Err(malformed) => {
                            // Of the request: that nothing matches would meet the condition.
                            let open = operator.negated && operator.reads(&expected.value).is_ok();
                            hit = if open { hit.max(Truth::Maybe) } else { hit };
                            let name = &condition.operator.value;
                            notes.add(unread(language, &malformed, name, open));
                        }
                    }
                }
                // What the text does not tell could be the value that matches.
                if condition.unknown { hit.max(Truth::Maybe) } else { hit }
            };
            // Every value is looked at, so that every oddity is noted.
            let hits: Vec<Truth> = values.iter().map(|value| hit(value, notes)).collect();
            let turned = |hit: Truth| if operator.negated { hit.not() } else { hit };
            let passing = hits.iter().copied().map(turned);
            let truth = match operator.quantifier {
                Quantifier::Plain => turned(hits.iter().copied().max().unwrap_or(Truth::No)),
                Quantifier::Any => passing.max().unwrap_or(Truth::No),
                Quantifier::All => passing.min().unwrap_or(Truth::Yes),
            };
            if values.len() > 1 && operator.quantifier == Quantifier::Plain {
                notes.add(say(language, "The request has several values of one key: one that matches is enough for a positive operator and too many for a negative one (not documented)."));
            }
            (truth, said(language, "the request has {}", &[&some_of(language, values)]))
        }
    }
}

/// May the value of a policy be that of the request once its placeholders are filled in?
fn may_become(actual: &str, expected: &str) -> bool {
    placeholder::filled(expected)
        .is_some_and(|filled| pattern::matches(&filled, actual, Case::Fold))
}

/// That a value cannot be read, and whether what comes of it is open.
fn unread(language: Language, malformed: &value::Malformed, name: &str, open: bool) -> String {
    let sentence = if open {
        "{}: what RAM makes of it under {} is not documented."
    } else {
        "{}: under {} that is no match."
    };
    said(language, sentence, &[&malformed.words(language), &visible(name)])
}

/// Is it a value that the service of the request alone knows?
fn is_of_oss(operator: Operator, condition: &Condition, value: &str, request: &Request) -> bool {
    let code = request.action.split(':').next().unwrap_or_default();
    code.eq_ignore_ascii_case("oss") && operator.is_address_of_oss(&condition.key.value, value)
}

fn absent(language: Language, operator: Operator, notes: &mut Notes) -> (Truth, String) {
    let (truth, why) = match (operator.if_exists, operator.quantifier, operator.negated) {
        (true, ..) => (Truth::Yes, say(language, "the key is absent, which IfExists allows")),
        (_, Quantifier::All, _) => {
            (Truth::Yes, say(language, "the key is absent: no value breaks the rule"))
        }
        (_, Quantifier::Any, _) => {
            (Truth::No, say(language, "the key is absent: no value can match"))
        }
        (_, Quantifier::Plain, false) => (Truth::No, say(language, "the key is absent")),
        (_, Quantifier::Plain, true) => {
            notes.add(say(language, "An absent key meets a negative operator: that follows from published examples, no page says it."));
            (Truth::Yes, say(language, "the key is absent, which meets a negative operator"))
        }
    };
    (truth, why.to_owned())
}

/// `Null`: true asks for an absent key, false for a present one.
fn absence(
    language: Language,
    condition: &Condition,
    actual: &Actual,
    notes: &mut Notes,
) -> (Truth, String) {
    let (is_absent, why) = match actual {
        Actual::Unknown => {
            return (Truth::Maybe, say(language, "the request does not say").to_owned());
        }
        Actual::Absent => (true, say(language, "the key is absent").to_owned()),
        Actual::Values(values) => {
            (false, said(language, "the request has {}", &[&some_of(language, values)]))
        }
    };
    let mut truth = if condition.unknown { Truth::Maybe } else { Truth::No };
    for expected in &condition.values {
        match value::boolean(&expected.value) {
            Ok(wanted) => truth = truth.max((wanted == is_absent).into()),
            Err(_) if condition.unknown => {}
            Err(malformed) => notes.add(unread(language, &malformed, "Null", false)),
        }
    }
    (truth, why)
}

/// The first values of a request in quotes.
fn some_of(language: Language, values: &[String]) -> String {
    let shown = wording::first(language, values, 3, |value| format!("\"{}\"", visible(value)));
    wording::join(language, &shown, "and")
}

fn note_key(language: Language, condition: &Condition, request: &Request, notes: &mut Notes) {
    let key = &condition.key.value;
    if request.context.spelling(key).is_some_and(|spelling| spelling != key) {
        notes.add(say(language, "Condition keys are compared without case (not documented)."));
    }
}

/// Remarks on forms outside the documented list.
fn note_operator(language: Language, operator: Operator, condition: &Condition, notes: &mut Notes) {
    let name = visible(&condition.operator.value);
    if operator.test == Test::Absence || operator.if_exists {
        notes.add(said(
            language,
            "{} is outside RAM's documented operators, and the service is known to refuse it; read as its name says.",
            &[&name],
        ));
    } else if operator.quantifier != Quantifier::Plain {
        let many = if operator.quantifier == Quantifier::All {
            say(language, "all")
        } else {
            say(language, "at least one")
        };
        notes.add(said(
            language,
            "{} is outside RAM's documented operators; read as {} of the request's values must pass.",
            &[&name, many],
        ));
    } else if !operator.documented {
        notes.add(said(
            language,
            "{} is read as the documented operator of that name in other case.",
            &[&name],
        ));
    }
    if matches!(operator.test, Test::Date(_))
        && condition.values.iter().any(|value| value::is_without_offset(&value.value))
    {
        notes.add(say(
            language,
            "A date without an offset is taken as UTC, whole digits as seconds since 1970.",
        ));
    }
    if condition.is_empty() {
        notes.add(said(
            language,
            "{} is given no value to compare with: the condition is taken as never met (not documented).",
            &[&name],
        ));
    }
}
