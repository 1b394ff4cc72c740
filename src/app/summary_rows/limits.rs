//! What limits the actions of the summary pane, in sentences.

use super::Words;
use crate::catalog::text::Language;
use crate::hash::Set;
use crate::policy::document::Effect;
use crate::policy::summary::{Grant, GrantedAction};
use crate::say::{fill, said, say};
use std::borrow::Cow;

/// Resources of one line; of more the rest is counted. The policy pane has them all.
const LISTED: usize = 100;

/// A limit of an action in words.
#[derive(PartialEq, Eq, Hash)]
pub(super) struct Limit<'a> {
    pub(super) text: String,
    /// Is it a condition, not a resource?
    pub(super) condition: bool,
    /// The resources that the text only counts, and whether all but each is meant.
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
    let mut by_conditions: Vec<(Effect, &[String], Vec<&Grant>)> = Vec::new();
    for grant in &action.grants {
        let known = by_conditions
            .iter_mut()
            .find(|(effect, known, _)| *effect == grant.effect && **known == *grant.conditions);
        match known {
            Some((_, _, grants)) => grants.push(grant),
            None => by_conditions.push((grant.effect, &grant.conditions, vec![grant])),
        }
    }
    let mut out = Vec::new();
    let denies = |effect: Effect| effect == Effect::Deny && granted;
    for (effect, conditions, grants) in &by_conditions {
        if denies(*effect) {
            continue;
        }
        out.extend(resources(grants, words.language));
        out.extend(conditions.iter().cloned().map(Limit::condition));
    }
    let unlimited = out.is_empty();
    for (_, conditions, grants) in by_conditions.iter().filter(|(effect, ..)| denies(*effect)) {
        let on = resources(grants, words.language);
        let (line, rest) = on.map_or((None, Vec::new()), |on| (Some(on.text), on.rest));
        let parts = line.into_iter().chain(conditions.iter().cloned());
        let denied = say(words.language, "denied").to_owned();
        let joined =
            |before: String, part: String| fill(say(words.language, "{}, {}"), &[&before, &part]);
        out.push(Limit { text: parts.fold(denied, joined), condition: true, rest });
    }
    if unlimited && !out.is_empty() {
        let text = say(words.language, "elsewhere without a limit").to_owned();
        out.push(Limit { text, condition: false, rest: Vec::new() });
    }
    out
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
    // One more line would not be shorter than the name itself.
    let rest = if all.len() > LISTED + 1 { all.split_off(LISTED) } else { Vec::new() };
    let mut words: Vec<Cow<'_, str>> = Vec::with_capacity(all.len() + 1);
    words.extend(all.into_iter().map(|(all_but, resource)| {
        if all_but {
            Cow::from(fill(say(language, "all but {}"), &[resource]))
        } else {
            Cow::from(resource)
        }
    }));
    if !rest.is_empty() {
        words.push(said(language, "{} more", &[&rest.len().to_string()]).into());
    }
    let text = fill(say(language, "on {}"), &[&words.join(", ")]);
    Some(Limit { text, condition: false, rest })
}
