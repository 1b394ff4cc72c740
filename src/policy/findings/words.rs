//! The words and looks that the rules share: what a statement says of actions, resources and conditions.

use super::conditions;
use crate::policy::document::{Clause, Condition, Statement};
use crate::policy::explain;
use crate::policy::source::Spanned;
use crate::policy::wording;
use crate::say::{Language, said, say};
use crate::text::visible_start;

/// Text of the document, short and safe to print.
pub(super) fn shown(text: &str) -> String {
    visible_start(text, 80)
}

/// Some values as a list of words.
pub(super) fn list<'a>(language: Language, values: impl IntoIterator<Item = &'a str>) -> String {
    let values: Vec<&str> = values.into_iter().collect();
    let word = |value: &&str| shown(&wording::named(language, value));
    wording::join(language, &wording::first(language, &values, 4, word), "and")
}

/// The actions that a statement speaks of in words: under `NotAction` every one but those that stand there.
pub(super) fn actions(language: Language, statement: &Statement) -> String {
    let Some(clause) = &statement.action else { return say(language, "no action").to_owned() };
    let listed = listed(language, clause);
    if clause.negated { said(language, "every action except {}", &[&listed]) } else { listed }
}

/// The values of a clause in words, and that there are some which the text does not tell.
pub(super) fn listed(language: Language, clause: &Clause) -> String {
    let silent = wording::is_silent(clause.unknown, clause.values.iter());
    let unknown = silent.then(|| say(language, wording::UNKNOWN_VALUE));
    list(language, clause.values.iter().map(|value| value.value.as_str()).chain(unknown))
}

/// The actions that a statement names; none under `NotAction`.
pub(super) fn named(statement: &Statement) -> &[Spanned] {
    match &statement.action {
        Some(clause) if !clause.negated => &clause.values,
        _ => &[],
    }
}

/// The resources in words: "any resource", or the names.
pub(super) fn on(language: Language, statement: &Statement) -> String {
    if statement.is_of_key() {
        return say(language, explain::KEY).to_owned();
    }
    if explain::is_whole_bucket(statement) {
        return say(language, explain::BUCKET).to_owned();
    }
    statement.resource.as_ref().map_or_else(
        || say(language, "what the policy is attached to").to_owned(),
        |clause| visible_start(&explain::resources(language, clause), 200),
    )
}

/// Does no condition narrow what the statement says?
pub(super) fn is_open(statement: &Statement) -> bool {
    statement.conditions.iter().all(conditions::is_always_met)
}

/// " under a condition" where there is one that some request fails.
pub(super) fn limited(language: Language, statement: &Statement) -> &'static str {
    limited_by(language, &statement.conditions)
}

/// The same of some of its conditions.
pub(super) fn limited_by<'a>(
    language: Language,
    some: impl IntoIterator<Item = &'a Condition>,
) -> &'static str {
    let (mut all, mut limits) = (0_usize, 0_usize);
    for condition in some {
        all += 1;
        limits += usize::from(!conditions::is_always_met(condition));
    }
    match limits {
        0 if all == 0 => "",
        0 => say(language, " under a condition that every request with its key meets"),
        1 => say(language, " under a condition"),
        _ => say(language, " under conditions"),
    }
}
