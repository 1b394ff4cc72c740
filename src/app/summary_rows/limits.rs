//! What limits the actions of the summary pane, in sentences.

use super::Words;
use crate::catalog::text::Language;
use crate::hash::{Map, Set};
use crate::policy::document::Effect;
use crate::policy::summary::{Grant, GrantedAction};
use crate::say::{fill, said, say};
use std::borrow::Cow;

/// Resources of one line, and sets of conditions; of more the rest is counted. The policy pane has them all.
const LISTED: usize = 100;

/// A limit of an action in words.
#[derive(PartialEq, Eq, Hash)]
pub(super) struct Limit<'a> {
    pub(super) text: String,
    /// Is it a condition, not a resource?
    pub(super) condition: bool,
    /// The resources and conditions that the text only counts, and whether all but each resource is meant.
    rest: Vec<Resource<'a>>,
}

type Resource<'a> = (bool, &'a str);

impl Limit<'_> {
    fn condition(text: String) -> Self {
        Self { text, condition: true, rest: Vec::new() }
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
    // Statements with the same conditions differ by resource only: one line for them.
    let mut by_conditions: Vec<Alike<'_>> = Vec::new();
    let mut known: Map<(Effect, &[String]), usize> = Map::default();
    for grant in &action.grants {
        let (effect, conditions) = (grant.effect, &*grant.conditions);
        let at = *known.entry((effect, conditions)).or_insert(by_conditions.len());
        match by_conditions.get_mut(at) {
            Some(alike) => alike.grants.push(grant),
            None => by_conditions.push(Alike { conditions, effect, grants: vec![grant] }),
        }
    }
    let denies = |alike: &Alike<'_>| alike.effect == Effect::Deny && granted;
    let (denied, allowed): (Vec<_>, Vec<_>) = by_conditions.into_iter().partition(denies);
    let mut out = Vec::new();
    let (listed, more) = split(&allowed);
    for alike in listed {
        out.extend(resources(&alike.grants, words.language));
        out.extend(alike.conditions.iter().cloned().map(Limit::condition));
    }
    out.extend(beyond(more, "{} more sets of conditions", words.language));
    let unlimited = out.is_empty();
    let (listed, more) = split(&denied);
    for Alike { conditions, grants, .. } in listed {
        let on = resources(grants, words.language);
        let (line, rest) = on.map_or((None, Vec::new()), |on| (Some(on.text), on.rest));
        let parts = line.into_iter().chain(conditions.iter().cloned());
        let denied = say(words.language, "denied").to_owned();
        let joined =
            |before: String, part: String| fill(say(words.language, "{}, {}"), &[&before, &part]);
        out.push(Limit { text: parts.fold(denied, joined), condition: true, rest });
    }
    out.extend(beyond(more, "denied under {} more sets of conditions", words.language));
    if unlimited && !out.is_empty() {
        let text = say(words.language, "elsewhere without a limit").to_owned();
        out.push(Limit { text, condition: false, rest: Vec::new() });
    }
    out
}

/// Grants with the same effect and conditions.
struct Alike<'a> {
    effect: Effect,
    conditions: &'a [String],
    grants: Vec<&'a Grant>,
}

/// What is listed, and what is only counted.
fn split<T>(all: &[T]) -> (&[T], &[T]) {
    // One more line would not be shorter than the last one itself.
    let most = if all.len() > LISTED + 1 { LISTED } else { all.len() };
    all.split_at(most)
}

/// Says how many there are beyond those that are listed.
fn beyond<'a>(more: &[Alike<'a>], said_so: &'static str, language: Language) -> Option<Limit<'a>> {
    if more.is_empty() {
        return None;
    }
    let rest = more.iter().flat_map(|alike| {
        let resources = alike.grants.iter().flat_map(|grant| {
            grant.resources.iter().map(|resource| (grant.not_resource, resource.as_str()))
        });
        resources.chain(alike.conditions.iter().map(|condition| (false, condition.as_str())))
    });
    let text = said(language, said_so, &[&more.len().to_string()]);
    Some(Limit { text, condition: true, rest: rest.collect() })
}

/// The resources of some grants, each once. None: everything, which is no limit.
fn resources<'a>(grants: &[&'a Grant], language: Language) -> Option<Limit<'a>> {
    let mut all: Vec<Resource<'_>> = Vec::new();
    let mut seen = Set::default();
    for grant in grants {
        for resource in grant.resources.iter() {
            if resource == "*" && !grant.not_resource {
                return None;
            }
            let resource = (grant.not_resource, resource.as_str());
            if seen.insert(resource) {
                all.push(resource);
            }
        }
    }
    if all.is_empty() {
        return None;
    }
    let (listed, more) = split(&all);
    let mut words: Vec<Cow<'_, str>> = Vec::with_capacity(listed.len() + 1);
    words.extend(listed.iter().map(|&(all_but, resource)| {
        if all_but {
            Cow::from(fill(say(language, "all but {}"), &[resource]))
        } else {
            Cow::from(resource)
        }
    }));
    if !more.is_empty() {
        words.push(said(language, "{} more", &[&more.len().to_string()]).into());
    }
    let rest = more.to_vec();
    let text = fill(say(language, "on {}"), &[&words.join(", ")]);
    Some(Limit { text, condition: false, rest })
}
