//! Statements that match nothing whatever is asked: they grant and deny nothing, and are counted nowhere.

use super::condition;
use super::document::{Clause, Effect, Statement};
use super::never;
use super::pattern::{self, Case, arn};
use super::placeholder;
use super::wording::{self, visible};
use crate::say::{Language, comma_list, said};

/// Why a statement matches nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Idle {
    /// It has no effect.
    NoEffect,
    /// Its effect is not known, or nothing of it: it may match, and what it then does is open.
    Unread,
    /// It names no action, nothing that could be one, or leaves out every one.
    NoAction,
    /// It has neither Resource nor Principal; that this matches nothing is not documented.
    NoTarget,
    /// Its list of resources is empty, has none that is named as resources are, or leaves out every one.
    NoResource,
    /// Its list of principals is empty.
    Nobody,
    /// It leaves out every principal.
    Everybody,
    /// It has a condition that no request meets: one without a value, or without any that its operator can read.
    NeverMet,
    /// It has two conditions that no request meets together.
    Excluded,
    /// A `Not` element has no value; that this matches nothing is not documented.
    NoValue,
}

impl Idle {
    /// Why the statement matches nothing; None where some request may match it.
    pub fn of(statement: &Statement) -> Option<Self> {
        if statement.effect == Effect::Unknown {
            return Some(Self::NoEffect);
        }
        if statement.effect == Effect::Open {
            return Some(Self::Unread);
        }
        let Some(action) = &statement.action else { return Some(Self::NoAction) };
        if statement.without_value().is_some_and(|name| name.starts_with("Not")) {
            return Some(Self::NoValue);
        }
        if is_empty(action, "*:*", Case::Fold) || names_none(action) {
            return Some(Self::NoAction);
        }
        match (&statement.resource, &statement.principal) {
            (None, None) => Some(Self::NoTarget),
            (Some(resource), _) if is_empty(resource, "acs:*:*:*:*", Case::Exact) => {
                Some(Self::NoResource)
            }
            _ if names_no_resource(statement) => Some(Self::NoResource),
            (_, Some(who)) if who.is_empty() && !who.negated => Some(Self::Nobody),
            (_, Some(who)) if who.negated && who.is_anyone() => Some(Self::Everybody),
            _ => {
                let mut conditions = statement.conditions.iter();
                let never = conditions.any(|one| condition::is_never_met(one, statement.effect));
                if never {
                    Some(Self::NeverMet)
                } else {
                    never::excluded(statement).map(|_| Self::Excluded)
                }
            }
        }
    }

    /// The word for data.
    pub const fn id(self) -> &'static str {
        match self {
            Self::NoEffect => "no_effect",
            Self::Unread => "unread",
            Self::NoAction => "no_action",
            Self::NoTarget => "no_target",
            Self::NoResource => "no_resource",
            Self::Nobody | Self::Everybody => "nobody",
            Self::NeverMet | Self::Excluded => "never_met",
            Self::NoValue => "no_value",
        }
    }

    const fn template(self) -> &'static str {
        match self {
            Self::NoEffect => {
                "Statement {}{} has no Effect that is Allow or Deny: it grants nothing."
            }
            Self::Unread => {
                "Statement {}{} cannot be read as Allow or Deny: what it allows or denies is not known."
            }
            Self::NoAction => "Statement {}{} is about no action: it matches nothing.",
            Self::NoTarget => {
                "Statement {}{} names neither Resource nor Principal, so it is on no resource: taken to match nothing (not documented)."
            }
            Self::NoResource => "Statement {}{} is on no resource: it matches nothing.",
            Self::NoValue => {
                "Statement {}{} has a Not element without a value: taken to match nothing (not documented)."
            }
            Self::Nobody => "Statement {}{} names no principal: it matches nobody.",
            Self::Everybody => "Statement {}{} leaves out every principal: it matches nobody.",
            Self::NeverMet => {
                "Statement {}{} has a condition that no request meets: it matches nothing."
            }
            Self::Excluded => {
                "Statement {}{} has two conditions that no request meets together: it matches nothing."
            }
        }
    }
}

/// May the value of a clause name an action? Each is `service:name` without a comma or blank, so without a colon only a
/// pattern does, and what is filled in later.
pub fn names_action(value: &str) -> bool {
    let bytes = value.as_bytes();
    memchr::memchr3(b':', b'*', b'?', bytes).is_some()
        && !bytes.starts_with(b":")
        && !bytes.ends_with(b":")
        && memchr::memchr3(b',', b' ', b'\t', bytes).is_none()
        || placeholder::may_hold_one(value)
}

/// May the value of a clause name a resource? Each is `acs:service:region:account:relative-id`; what is filled in later
/// may become one.
pub fn names_resource(value: &str) -> bool {
    // Asked of each statement of large files, where nearly all are named in full.
    let is_full = |rest: &str| {
        !rest.starts_with(':')
            && !rest.ends_with(':')
            && memchr::memchr_iter(b':', rest.as_bytes()).count() >= 3
    };
    if value == "*" || value.strip_prefix("acs:").is_some_and(is_full) {
        return true;
    }
    match arn::split(value) {
        Some(parts) if !parts.code.is_empty() && !parts.relative.is_empty() => true,
        None if pattern::overlaps(value, "acs:*:*:*:*", Case::Fold) => true,
        _ => placeholder::may_hold_one(value),
    }
}

/// Does the statement list values of which none names a resource? Where it hangs on what it speaks of, such as a role, its
/// resources say nothing.
pub(super) fn names_no_resource(statement: &Statement) -> bool {
    let listed = statement.resource.as_ref().filter(|one| !one.negated && !one.unknown);
    listed.is_some_and(|clause| !clause.values.iter().any(|one| names_resource(&one.value)))
        && are_resources_asked(statement)
}

/// Is a request held against the resources that the statement lists?
pub(super) fn are_resources_asked(statement: &Statement) -> bool {
    statement.principal.is_none() || statement.is_of_bucket()
}

/// Does a clause list values of which none names an action?
pub(super) fn names_none(action: &Clause) -> bool {
    !action.negated && !action.unknown && !action.values.iter().any(|one| names_action(&one.value))
}

/// Does the clause stand for nothing? `every` is the pattern of everything there is of its kind.
fn is_empty(clause: &Clause, every: &str, case: Case) -> bool {
    if clause.negated {
        clause.values.iter().any(|value| pattern::covers(&value.value, every, case))
    } else {
        clause.is_empty()
    }
}

/// Names of actions that a sentence spells out.
const MOST_NAMES: usize = 3;

/// That the statement with this index, from 0, matches nothing, in a sentence that is safe to print:
/// `Statement 1 (oss:GetObject) is on no resource: it matches nothing.`
pub fn sentence(language: Language, index: usize, statement: &Statement, why: Idle) -> String {
    let actions = statement.action.as_ref().filter(|action| !action.values.is_empty());
    let named = actions.map(|action| {
        let name = if action.negated { "NotAction " } else { "" };
        let values = wording::first(language, &action.values, MOST_NAMES, |v| visible(&v.value));
        let values = format!("{name}{}", comma_list(language, &values));
        said(language, " ({})", &[&values])
    });
    let number = (index + 1).to_string();
    said(language, why.template(), &[&number, &named.unwrap_or_default()])
}
