//! What to call a grant, and the outcome of a comparison in a sentence.

use super::group::Group;
use super::{Change, Comparison};
use crate::policy::document::Effect;
use crate::policy::pattern::{self, Case};
use crate::policy::summary::service_of_action;
use crate::policy::vocabulary::Vocabulary;
use crate::policy::wording::{self, visible};

/// Differences that the sentence names one by one.
const NAMED: usize = 4;

/// What to call a grant: `the Kafka statement`.
pub(super) fn title(group: &Group<'_>, vocabulary: &dyn Vocabulary) -> String {
    let meaning = &group.meaning;
    let actions = meaning.actions.iter().map(String::as_str);
    title_of(meaning.effect, meaning.not_action, actions, vocabulary)
}

/// What to call a grant of these actions.
pub(super) fn title_of<'a>(
    effect: Effect,
    not_action: bool,
    actions: impl Iterator<Item = &'a str>,
    vocabulary: &dyn Vocabulary,
) -> String {
    let mut codes: Vec<String> = Vec::new();
    for action in actions {
        let code = service_of_action(action);
        if !codes.contains(&code) {
            codes.push(code);
        }
        if codes.len() > 3 {
            break;
        }
    }
    let deny = if effect == Effect::Deny { "Deny " } else { "" };
    if not_action || codes.iter().any(|code| code == "*") {
        return format!("the {deny}statement on every service");
    }
    if codes.len() > 3 {
        return format!("the {deny}statement on many services");
    }
    let names =
        wording::first(crate::say::Language::English, &codes, 3, |code| short(code, vocabulary));
    format!("the {} {deny}statement", wording::join(crate::say::Language::English, &names, "and"))
}

/// The part of a service's name that people say: `Kafka` of `ApsaraMQ for Kafka`.
fn short(code: &str, vocabulary: &dyn Vocabulary) -> String {
    let Some(name) = vocabulary.service_name(crate::say::Language::English, code) else {
        return visible(code);
    };
    name.strip_prefix("ApsaraMQ for ").unwrap_or(name).to_owned()
}

/// The outcome of a comparison whose lists are filled.
pub(super) fn sentence(comparison: &Comparison, left: &str, right: &str) -> String {
    if comparison.is_same() {
        return "The same by meaning.".to_owned();
    }
    let common = comparison.same.len() + comparison.changed.len();
    let alone = comparison.gone.iter().chain(&comparison.added);
    let alone: Vec<String> = alone.map(|one| one.title.clone()).collect();
    let changed: Vec<String> = comparison.changed.iter().map(changed).collect();
    // Where nothing is the same, what one side alone has is told in its own sentence.
    let mut parts = if comparison.same.is_empty() { changed } else { [alone, changed].concat() };
    // The same thing may come and go in several statements.
    let mut seen = std::collections::HashSet::new();
    parts.retain(|part| seen.insert(part.clone()));
    if common == 0 || parts.len() > NAMED {
        return counts(comparison, common, left, right);
    }
    let start = if comparison.same.is_empty() { "They differ in" } else { "The same but for" };
    let mut sentence =
        format!("{start} {}.", wording::join(crate::say::Language::English, &parts, "and"));
    for (side, list) in [(left, &comparison.gone), (right, &comparison.added)] {
        if !list.is_empty() {
            let titles =
                wording::first(crate::say::Language::English, &counted(list), NAMED, String::clone);
            sentence.push_str(&format_only(
                side,
                &wording::join(crate::say::Language::English, &titles, "and"),
            ));
        }
    }
    sentence
}

/// The titles, each once: `the Kafka statement`, `2 Kafka statements`.
fn counted(list: &[super::OneSided]) -> Vec<String> {
    let mut titles: Vec<(&str, usize)> = Vec::new();
    for one in list {
        match titles.iter_mut().find(|(title, _)| *title == one.title) {
            Some((_, count)) => *count += 1,
            None => titles.push((&one.title, 1)),
        }
    }
    titles
        .into_iter()
        .map(|(title, count)| match title.strip_prefix("the ") {
            Some(bare) if count > 1 => format!("{count} {bare}s"),
            _ => title.to_owned(),
        })
        .collect()
}

fn format_only(side: &str, what: &str) -> String {
    format!(" Only {side} has {what}.")
}

/// A changed grant as a noun: `the service name`, `the resources of the Kafka statement`.
fn changed(changed: &super::Changed) -> String {
    if let [Change::ConditionChanged { key, .. }] = changed.changes.as_slice()
        && pattern::same(key, "ram:ServiceName", Case::Fold)
    {
        return "the service name".to_owned();
    }
    let mut what: Vec<String> = Vec::new();
    for change in &changed.changes {
        let word = match change {
            Change::ActionsAdded(_) | Change::ActionsGone(_) => "actions",
            Change::Resources { .. } => "resources",
            Change::ConditionAdded(_)
            | Change::ConditionDropped(_)
            | Change::ConditionChanged { .. } => "conditions",
            Change::Principals { .. } => "principals",
        };
        if what.iter().all(|known| known != word) {
            what.push(word.to_owned());
        }
    }
    format!(
        "the {} of {}",
        wording::join(crate::say::Language::English, &what, "and"),
        changed.title
    )
}

/// The outcome in numbers, where names would be too many.
fn counts(comparison: &Comparison, common: usize, left: &str, right: &str) -> String {
    let mut parts = Vec::new();
    let (only_left, only_right) = (format!("only in {left}"), format!("only in {right}"));
    for (number, noun, rest) in [
        (comparison.same.len(), "grant", "the same"),
        (comparison.changed.len(), "grant", "changed"),
        (comparison.gone.len(), "grant", only_left.as_str()),
        (comparison.added.len(), "grant", only_right.as_str()),
        (comparison.actions_gone.len(), "action", "gone"),
        (comparison.actions_added.len(), "action", "added"),
    ] {
        if number > 0 {
            parts.push(format!("{} {rest}", wording::count(number, noun)));
        }
    }
    let start = if common == 0 { "Nothing in common" } else { "They differ" };
    format!("{start}: {}.", parts.join(", "))
}

impl Comparison {
    /// The verdict with a name for each side.
    pub fn verdict_of(&self, left: &str, right: &str) -> String {
        sentence(self, &visible(left), &visible(right))
    }
}

impl Change {
    /// The difference in words.
    pub fn words(&self) -> String {
        let names = |actions: &[String]| {
            wording::join(
                crate::say::Language::English,
                &wording::first(crate::say::Language::English, actions, 8, |action| {
                    visible(action)
                }),
                "and",
            )
        };
        match self {
            Self::ActionsAdded(actions) => format!("adds {}", names(actions)),
            Self::ActionsGone(actions) => format!("drops {}", names(actions)),
            Self::Resources { how, left, right } => {
                format!("{} resources: {right} instead of {left}", how.word())
            }
            Self::ConditionAdded(condition) => format!("adds the condition that {condition}"),
            Self::ConditionDropped(condition) => format!("drops the condition that {condition}"),
            Self::ConditionChanged { left, right, .. } => {
                format!("changes a condition: {right} instead of {left}")
            }
            Self::Principals { left, right } => {
                format!("changes the principals: {right} instead of {left}")
            }
        }
    }
}
