//! What limits the actions of the summary pane, in sentences.

use super::Words;
use crate::catalog::text::Language;
use crate::hash::Set;
use crate::policy::document::Effect;
use crate::policy::summary::{Grant, GrantedAction};
use crate::say::{fill, said, say};

/// Resources of one line; of more the rest is counted. The policy pane has them all.
const LISTED: usize = 100;

/// A limit of an action in words.
#[derive(PartialEq, Eq, Hash)]
pub(super) struct Limit {
    pub(super) text: String,
    /// Is it a condition, not a resource?
    pub(super) condition: bool,
    /// The resources that the text only counts.
    rest: Vec<String>,
}

impl Limit {
    fn condition(text: String) -> Self {
        Self { text, condition: true, rest: Vec::new() }
    }
}

/// All that limits an action.
pub(super) struct Limits {
    /// What is left out, and what limits the rest, in sentences: none where nothing does. Of an action that is allowed
    /// and denied as a whole only that is told.
    pub(super) lines: Vec<Limit>,
    /// Is it granted, or denied, without any limit?
    pub(super) everywhere: bool,
}

/// What limits an action.
pub(super) fn limits(action: &GrantedAction, words: &Words<'_>) -> Limits {
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
fn restrictions(action: &GrantedAction, words: &Words<'_>) -> Vec<Limit> {
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
fn resources(grants: &[&Grant], language: Language) -> Option<Limit> {
    let mut words: Vec<String> = Vec::new();
    let mut seen = Set::default();
    for grant in grants {
        for resource in grant.resources.iter() {
            if resource == "*" && !grant.not_resource {
                return None;
            }
            if seen.insert((grant.not_resource, resource.as_str())) {
                words.push(if grant.not_resource {
                    fill(say(language, "all but {}"), &[resource])
                } else {
                    resource.clone()
                });
            }
        }
    }
    if words.is_empty() {
        return None;
    }
    // One more line would not be shorter than the name itself.
    let rest = if words.len() > LISTED + 1 { words.split_off(LISTED) } else { Vec::new() };
    if !rest.is_empty() {
        words.push(said(language, "{} more", &[&rest.len().to_string()]));
    }
    let text = fill(say(language, "on {}"), &[&words.join(", ")]);
    Some(Limit { text, condition: false, rest })
}
