//! What limits the actions of the summary pane, in sentences.

use super::Words;
use crate::catalog::text::Language;
use crate::policy::document::Effect;
use crate::policy::summary::{Grant, GrantedAction};
use crate::say::{fill, say};

/// A limit of an action in words.
#[derive(PartialEq, Eq)]
pub(super) struct Limit {
    pub(super) text: String,
    /// Is it a condition, not a resource?
    pub(super) condition: bool,
}

/// What is left out, and what limits the rest, in sentences: none where nothing does. Of an action that is allowed and
/// denied as a whole only that is told.
pub(super) fn limits(action: &GrantedAction, words: &Words<'_>) -> Vec<Limit> {
    let left_out = action.except.is_some().then(|| action.words(words.language));
    let left_out = left_out.map(|text| Limit { text, condition: true });
    let overruled = action.overruled_words(words.language);
    let rest = match overruled {
        Some(text) => vec![Limit { text, condition: true }],
        None => restrictions(action, words),
    };
    left_out.into_iter().chain(rest).collect()
}

/// Is it granted, or denied, without any limit?
pub(super) fn is_everywhere(action: &GrantedAction, words: &Words<'_>) -> bool {
    action.overruled.is_some() || restrictions(action, words).is_empty()
}

/// On what and when an action is granted, or denied, in sentences: none where it is always and everywhere. Behind the
/// grants stands what is denied of them.
fn restrictions(action: &GrantedAction, words: &Words<'_>) -> Vec<Limit> {
    let granted = action.is_granted();
    // Statements with the same conditions differ by resource only: one line for them.
    let mut by_conditions: Vec<(Effect, &[String], Vec<&Grant>)> = Vec::new();
    for grant in &action.grants {
        let known = by_conditions.iter_mut().find(|(effect, known, _)| {
            *effect == grant.effect && *known == grant.conditions.as_slice()
        });
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
        let line = resources(grants, words.language);
        if !line.is_empty() {
            out.push(Limit { text: line, condition: false });
        }
        let said = conditions.iter().cloned();
        out.extend(said.map(|text| Limit { text, condition: true }));
    }
    let unlimited = out.is_empty();
    for (_, conditions, grants) in by_conditions.iter().filter(|(effect, ..)| denies(*effect)) {
        let line = Some(resources(grants, words.language)).filter(|line| !line.is_empty());
        let parts = line.into_iter().chain(conditions.iter().cloned());
        let denied = say(words.language, "denied").to_owned();
        let joined =
            |before: String, part: String| fill(say(words.language, "{}, {}"), &[&before, &part]);
        out.push(Limit { text: parts.fold(denied, joined), condition: true });
    }
    if unlimited && !out.is_empty() {
        let text = say(words.language, "elsewhere without a limit").to_owned();
        out.push(Limit { text, condition: false });
    }
    out
}

fn resources(grants: &[&Grant], language: Language) -> String {
    let mut words: Vec<String> = Vec::new();
    for grant in grants {
        for resource in &grant.resources {
            let shown = if grant.not_resource {
                fill(say(language, "all but {}"), &[resource])
            } else {
                resource.clone()
            };
            if !words.contains(&shown) {
                words.push(shown);
            }
        }
    }
    // Everything is no limit.
    if words.is_empty() || words.iter().any(|word| word == "*") {
        String::new()
    } else {
        fill(say(language, "on {}"), &[&words.join(", ")])
    }
}
