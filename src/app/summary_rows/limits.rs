//! What limits the actions of the summary pane, in sentences.

use super::Words;
use crate::hash::Map;
use crate::policy::document::Effect;
use crate::policy::summary::limits::{self, named};
use crate::policy::summary::{Grant, GrantedAction};
use crate::say::{Language, count, fill, say};

/// A limit of an action in words.
#[derive(PartialEq, Eq, Hash)]
pub(super) struct Limit<'a> {
    pub(super) text: String,
    /// Is it a condition, not a resource?
    pub(super) condition: bool,
    /// What the text only counts, and whether all but each of them is meant.
    rest: Vec<(bool, &'a str)>,
}

impl<'a> Limit<'a> {
    fn condition(text: String) -> Self {
        Self { text, condition: true, rest: Vec::new() }
    }

    fn of(limit: limits::Limit<'a>, condition: bool) -> Self {
        Self { text: limit.text, condition, rest: limit.rest }
    }
}

/// All that limits an action.
pub(super) struct Limits<'a> {
    /// What is left out, and what limits the rest, in sentences: none where nothing does. Of an action that is allowed
    /// and denied as a whole only that is told.
    pub(super) lines: Vec<Limit<'a>>,
    /// Is it granted, or denied, without any limit?
    pub(super) everywhere: bool,
}

/// What limits an action.
pub(super) fn limits<'a>(action: &'a GrantedAction, words: &Words<'_>) -> Limits<'a> {
    let left_out = action.except.is_some().then(|| action.words(words.language));
    let overruled = action.overruled_words(words.language);
    let is_overruled = overruled.is_some();
    let rest = match overruled {
        Some(text) => vec![Limit::condition(text)],
        None => restrictions(action, words),
    };
    let everywhere = is_overruled || rest.is_empty();
    let lines = left_out.map(Limit::condition).into_iter().chain(rest).collect();
    Limits { lines, everywhere }
}

/// On what and when an action is granted, or denied, in sentences: none where it is always and everywhere. Behind the
/// grants stands what is denied of them.
fn restrictions<'a>(action: &'a GrantedAction, words: &Words<'_>) -> Vec<Limit<'a>> {
    let granted = action.is_granted();
    // Statements with the same conditions for the same principals differ by resource only: one line for them.
    let mut by_conditions: Vec<Alike<'_>> = Vec::new();
    let mut known: Map<(Effect, &[String], &[String]), usize> = Map::default();
    for grant in &action.grants {
        let (effect, conditions, principals) =
            (grant.effect, &*grant.conditions, &*grant.principals);
        let at = *known.entry((effect, conditions, principals)).or_insert(by_conditions.len());
        match by_conditions.get_mut(at) {
            Some(alike) => alike.grants.push(grant),
            None => {
                by_conditions.push(Alike { effect, conditions, principals, grants: vec![grant] });
            }
        }
    }
    let denies = |alike: &Alike<'_>| alike.effect == Effect::Deny && granted;
    let (denied, allowed): (Vec<_>, Vec<_>) = by_conditions.into_iter().partition(denies);
    let mut out = Vec::new();
    let (listed, more) = named(&allowed);
    for alike in listed {
        out.extend(alike.resources(words.language).map(|limit| Limit::of(limit, false)));
        out.extend(alike.conditions.iter().cloned().map(Limit::condition));
        let whom = limits::principals(words.language, alike.principals);
        out.extend(whom.map(|limit| Limit::of(limit, true)));
    }
    out.extend(beyond(
        more,
        ["{} more set of conditions", "{} more sets of conditions"],
        words.language,
    ));
    let unlimited = out.is_empty();
    let (listed, more) = named(&denied);
    for alike in listed {
        let on = alike.resources(words.language);
        let (on, mut rest) = on.map_or((None, Vec::new()), |on| (Some(on.text), on.rest));
        let whom = limits::principals(words.language, alike.principals);
        let (whom, more) = whom.map_or((None, Vec::new()), |whom| (Some(whom.text), whom.rest));
        rest.extend(more);
        let parts = on.into_iter().chain(alike.conditions.iter().cloned()).chain(whom);
        let denied = say(words.language, "denied").to_owned();
        let joined =
            |before: String, part: String| fill(say(words.language, "{}, {}"), &[&before, &part]);
        out.push(Limit { text: parts.fold(denied, joined), condition: true, rest });
    }
    out.extend(beyond(
        more,
        ["denied under {} more set of conditions", "denied under {} more sets of conditions"],
        words.language,
    ));
    if unlimited && !out.is_empty() {
        let text = say(words.language, "elsewhere without a limit").to_owned();
        out.push(Limit { text, condition: false, rest: Vec::new() });
    }
    let nothing = action.nothing_words(words.language);
    out.extend(nothing.map(|text| Limit::condition(text.to_owned())));
    out
}

/// Grants with the same effect and conditions for the same principals.
struct Alike<'a> {
    effect: Effect,
    conditions: &'a [String],
    principals: &'a [String],
    grants: Vec<&'a Grant>,
}

impl<'a> Alike<'a> {
    fn resources(&self, language: Language) -> Option<limits::Limit<'a>> {
        limits::resources(language, self.grants.iter().map(|grant| &*grant.terms))
    }
}

/// Says how many there are beyond those that are listed.
fn beyond<'a>(
    more: &[Alike<'a>],
    [one, many]: [&'static str; 2],
    language: Language,
) -> Option<Limit<'a>> {
    if more.is_empty() {
        return None;
    }
    let rest = more.iter().flat_map(|alike| {
        let resources = alike.grants.iter().flat_map(|grant| {
            grant.resources.iter().map(|resource| (grant.not_resource, resource.as_str()))
        });
        let others = alike.conditions.iter().chain(alike.principals);
        resources.chain(others.map(|text| (false, text.as_str())))
    });
    let text = count(language, more.len(), one, many);
    Some(Limit { text, condition: true, rest: rest.collect() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_set_of_conditions_is_one() {
        let alike = |_| Alike {
            effect: Effect::Allow,
            conditions: &[],
            principals: &[],
            grants: Vec::new(),
        };
        let forms = ["{} more set of conditions", "{} more sets of conditions"];
        for (number, told) in [(1, "1 more set of conditions"), (2, "2 more sets of conditions")] {
            let more: Vec<Alike<'_>> = (0..number).map(alike).collect();
            let limit = beyond(&more, forms, Language::English).unwrap();
            assert_eq!(limit.text, told);
        }
    }
}
