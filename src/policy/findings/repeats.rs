//! The same action granted twice: same effect, resources, principals and conditions, in any spelling.

use super::{At, Found, Named, Severity, shown};
use crate::hash;
use crate::policy::document::{Document, Effect, PrincipalKind, Statement};
use crate::policy::key;
use crate::policy::pattern;
use crate::policy::source::Spanned;
use crate::say::{said, say};
use crate::sort;
use std::hash::BuildHasher as _;

pub(super) fn look(document: &Document, found: &mut Found<'_>) {
    // Of most statements the limits are their own, and only their own actions need to be remembered.
    let mut limits: hash::Map<Limits<'_>, usize> = hash::Map::default();
    let hash = |statement| limits.hasher().hash_one(Limits::of(statement));
    let hashes: Vec<u64> = document.statements.iter().map(hash).collect();
    let mut times: hash::Map<u64, usize> = hash::Map::default();
    for hash in &hashes {
        *times.entry(*hash).or_default() += 1;
    }
    let mut first: hash::Map<(usize, String), (usize, &str)> = hash::Map::default();
    for ((index, statement), hash) in document.statements.iter().enumerate().zip(&hashes) {
        let Some(action) = &statement.action else { continue };
        if matches!(statement.effect, Effect::Unknown | Effect::Open) {
            continue;
        }
        // Lists of NotAction exclude together: only doubles inside one of them are repeated. What is not known
        // may differ.
        let alone = action.negated || is_open(statement) || times.get(hash) == Some(&1);
        if alone && action.values.len() < 2 {
            continue;
        }
        let next = limits.len();
        let limit = if alone { 0 } else { *limits.entry(Limits::of(statement)).or_insert(next) };
        let mut own = hash::Map::default();
        let first = if alone { &mut own } else { &mut first };
        for value in &action.values {
            let key = (limit, pattern::fold(&value.value));
            let Some((before, spelled)) = first.get(&key).copied() else {
                first.insert(key, (index, &value.value));
                continue;
            };
            let language = found.language;
            let place = if before == index {
                say(language, "in the same list").to_owned()
            } else {
                said(
                    language,
                    "in statement {}, with the same resources and conditions",
                    &[&(before + 1).to_string()],
                )
            };
            let spelling = if spelled == value.value {
                String::new()
            } else {
                said(language, " as {}", &[&shown(spelled)])
            };
            found.tell(
                Named::RepeatedAction,
                Severity::Note,
                At::new(index, value.span),
                said(
                    language,
                    "{} stands{} {} already.",
                    &[&shown(&value.value), &spelling, &place],
                ),
                say(
                    language,
                    "It changes nothing; taking away one of the two takes away nothing either.",
                ),
            );
        }
    }
}

/// Is something that limits the statement not known?
fn is_open(statement: &Statement) -> bool {
    statement.resource.as_ref().is_some_and(|clause| clause.unknown)
        || statement.principal.as_ref().is_some_and(|principal| principal.unknown)
        || statement.conditions.iter().any(|condition| condition.unknown)
}

/// All that limits a statement, as a key: order and repetition have no meaning.
#[derive(PartialEq, Eq, Hash)]
struct Limits<'d> {
    effect: Effect,
    not_action: Option<bool>,
    resource: Option<(bool, Vec<&'d str>)>,
    principal: Option<(bool, Vec<(&'d PrincipalKind, &'d str)>)>,
    /// Operator, key and values of each.
    conditions: Vec<(String, String, Vec<&'d str>)>,
}

impl<'d> Limits<'d> {
    fn of(statement: &'d Statement) -> Self {
        let texts = |values: &'d [Spanned]| sorted(values.iter().map(AsRef::as_ref).collect());
        let conditions = statement.conditions.iter().map(|one| {
            let operator = pattern::fold(&one.operator.value);
            (operator, key::identity(&one.key.value), texts(&one.values))
        });
        let principal = statement.principal.as_ref().map(|principal| {
            let members = principal.members.iter().map(|(kind, value)| (kind, value.as_ref()));
            (principal.negated, sorted(members.collect()))
        });
        Self {
            effect: statement.effect,
            not_action: statement.action.as_ref().map(|action| action.negated),
            resource: statement.resource.as_ref().map(|all| (all.negated, texts(&all.values))),
            principal,
            conditions: sorted(conditions.collect()),
        }
    }
}

fn sorted<T: Ord>(mut parts: Vec<T>) -> Vec<T> {
    if parts.len() > 1 {
        sort::by(&mut parts, Ord::cmp);
        parts.dedup();
    }
    parts
}
