//! What to call a grant, and the outcome of a comparison in a sentence.

use super::group::Group;
use super::report::bare;
use super::{Change, Comparison};
use crate::policy::document::Effect;
use crate::policy::key::SERVICE_NAME;
use crate::policy::pattern::{self, Case};
use crate::policy::summary::{Tally, service_of_action};
use crate::policy::vocabulary::Vocabulary;
use crate::policy::wording::{self, visible};
use crate::say::{Language, count, said, say};

/// Differences that the sentence names one by one.
const NAMED: usize = 4;

/// Statements without effect that are told by their numbers.
const IDLE: usize = 8;

/// What is said where not everything was held against everything.
const UNFINISHED: &str = "These policies are so large that not every statement and pattern was held against every other: some of what stands here as different may be the same.";

/// What to call a grant: `the statement on Kafka`.
pub(super) fn title(language: Language, group: &Group<'_>, vocabulary: &dyn Vocabulary) -> String {
    let meaning = &group.meaning;
    let actions = meaning.actions.iter().map(String::as_str);
    title_of(language, meaning.effect, meaning.not_action, actions, vocabulary)
}

/// What to call a grant of these actions.
pub(super) fn title_of<'a>(
    language: Language,
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
    let denied = effect == Effect::Deny;
    if not_action || codes.iter().any(|code| code == "*") {
        return if denied {
            say(language, "the Deny statement on every service").to_owned()
        } else {
            say(language, "the statement on every service").to_owned()
        };
    }
    if codes.len() > 3 {
        return if denied {
            say(language, "the Deny statement on many services").to_owned()
        } else {
            say(language, "the statement on many services").to_owned()
        };
    }
    let names = wording::first(language, &codes, 3, |code| short(language, code, vocabulary));
    let names = wording::join(language, &names, "and");
    if denied {
        said(language, "the Deny statement on {}", &[&names])
    } else {
        said(language, "the statement on {}", &[&names])
    }
}

/// The part of a service's name that people say: `Kafka` of `ApsaraMQ for Kafka`.
fn short(language: Language, code: &str, vocabulary: &dyn Vocabulary) -> String {
    let Some(name) = vocabulary.service_name(language, code) else {
        return visible(code);
    };
    let (start, end) = say(language, "ApsaraMQ for {}").split_once("{}").unwrap_or_default();
    let inside = name.strip_prefix(start).and_then(|name| name.strip_suffix(end));
    inside.filter(|name| end.is_empty() || !name.contains(end)).unwrap_or(name).to_owned()
}

/// The outcome of a comparison whose lists are filled.
pub(super) fn sentence(comparison: &Comparison, left: &str, right: &str) -> String {
    let language = comparison.language;
    if comparison.is_same() {
        return say(language, "The same by meaning.").to_owned();
    }
    if comparison.is_same_as_read() {
        let same = "The same as far as they can be read; what a statement that cannot be read allows or denies is not known.";
        return say(language, same).to_owned();
    }
    let common = comparison.same.len() + comparison.changed.len();
    let alone = comparison.gone.iter().chain(&comparison.added);
    let alone: Vec<String> = alone.map(|one| one.title.clone()).collect();
    let changed: Vec<String> =
        comparison.changed.iter().map(|one| changed(language, one)).collect();
    // The same thing may come and go in several statements.
    let once = |mut parts: Vec<String>| {
        let mut seen = std::collections::HashSet::new();
        parts.retain(|part| seen.insert(part.clone()));
        parts
    };
    let changed = once(changed);
    // Where nothing is the same, what one side alone has makes the list of the differences no longer.
    let all = if comparison.same.is_empty() { 0 } else { once(alone).len() };
    if common == 0 || all + changed.len() > NAMED {
        return counts(comparison, common, left, right);
    }
    let mut sentences = Vec::new();
    if comparison.same.is_empty() {
        sentences.extend(in_numbers(comparison, left, right));
    }
    if !changed.is_empty() {
        let parts = nouns(language, &changed);
        sentences.push(said(language, "They differ in {}.", &[&parts]));
    }
    for (side, list) in [(left, &comparison.gone), (right, &comparison.added)] {
        if !list.is_empty() {
            let titles = counted(language, list);
            let titles = wording::first(language, &titles, NAMED, String::clone);
            let titles = nouns(language, &titles);
            sentences.push(said(language, "Only {} has {}.", &[side, &titles]));
        }
    }
    if !comparison.same.is_empty() {
        sentences.push(say(language, "All else is the same.").to_owned());
    }
    sentences.join(say(language, " "))
}

/// How many actions one side alone allows; None where neither does.
fn in_numbers(comparison: &Comparison, left: &str, right: &str) -> Option<String> {
    let language = comparison.language;
    let actions = |names: &[String]| Tally::of_names(names).words(language);
    let (gone, added) = (&comparison.actions_gone, &comparison.actions_added);
    let one = |side: &str, names: &[String]| {
        said(language, "Only {} allows {}.", &[side, &actions(names)])
    };
    match (gone.is_empty(), added.is_empty()) {
        (true, true) => None,
        (false, true) => Some(one(left, gone)),
        (true, false) => Some(one(right, added)),
        (false, false) => Some(said(
            language,
            "Only {} allows {}, only {} {}.",
            &[left, &actions(gone), right, &actions(added)],
        )),
    }
}

/// A list of nouns that may be lists themselves: its own signs tell where one ends.
fn nouns(language: Language, nouns: &[String]) -> String {
    let lists = nouns.iter().any(|noun| noun.contains([',', '、']) || noun.contains(" and "));
    let between = if nouns.len() > 2 || lists { "; " } else { ", and " };
    nouns.join(say(language, between))
}

/// The titles, each once: `the statement on Kafka`, `2 statements on Kafka`.
fn counted(language: Language, list: &[super::OneSided]) -> Vec<String> {
    let mut titles: Vec<(&str, usize)> = Vec::new();
    let mut places = std::collections::HashMap::new();
    for one in list {
        let at = *places.entry(one.title.as_str()).or_insert(titles.len());
        match titles.get_mut(at) {
            Some((_, count)) => *count += 1,
            None => titles.push((&one.title, 1)),
        }
    }
    titles
        .into_iter()
        .map(|(title, count)| match count {
            1 => title.to_owned(),
            _ => several(language, count, &bare(title)),
        })
        .collect()
}

/// `2 statements on Kafka`, of a title without its article.
fn several(language: Language, count: usize, title: &str) -> String {
    let count = count.to_string();
    match title.split_once("statement ") {
        Some((before, after)) => format!("{count} {before}statements {after}"),
        None => said(language, "{} times {}", &[&count, title]),
    }
}

/// A changed grant as a noun: `the service name`, `the resources of the statement on Kafka`.
fn changed(language: Language, changed: &super::Changed) -> String {
    if let [Change::ConditionChanged { key, .. }] = changed.changes.as_slice()
        && pattern::same(key, SERVICE_NAME, Case::Fold)
    {
        return say(language, "the service name (ram:ServiceName)").to_owned();
    }
    let mut what: Vec<String> = Vec::new();
    for change in &changed.changes {
        let word = match change {
            Change::ActionsAdded(_) | Change::ActionsGone(_) => say(language, "actions"),
            Change::Resources { .. } => say(language, "resources"),
            Change::ConditionAdded(_)
            | Change::ConditionDropped(_)
            | Change::ConditionChanged { .. } => say(language, "conditions"),
            Change::Principals { .. } => say(language, "principals"),
        };
        if what.iter().all(|known| known != word) {
            what.push(word.to_owned());
        }
    }
    let what = wording::join(language, &what, "and");
    said(language, "the {} of {}", &[&what, &changed.title])
}

/// The outcome in numbers, where names would be too many.
fn counts(comparison: &Comparison, common: usize, left: &str, right: &str) -> String {
    let language = comparison.language;
    let grants = |number: usize| count(language, number, "{} grant", "{} grants");
    let actions = |names: &[String]| Tally::of_names(names).words(language);
    let Comparison { same, changed, gone, added, .. } = comparison;
    let Comparison { actions_gone, actions_added, unsure_gone, unsure_added, .. } = comparison;
    let parts = [
        (same.len(), said(language, "{} the same", &[&grants(same.len())])),
        (changed.len(), said(language, "{} changed", &[&grants(changed.len())])),
        (gone.len(), said(language, "{} only in {}", &[&grants(gone.len()), left])),
        (added.len(), said(language, "{} only in {}", &[&grants(added.len()), right])),
        (actions_gone.len(), said(language, "{} gone", &[&actions(actions_gone)])),
        (actions_added.len(), said(language, "{} added", &[&actions(actions_added)])),
        (unsure_gone.len(), said(language, "{} perhaps gone", &[&actions(unsure_gone)])),
        (unsure_added.len(), said(language, "{} perhaps added", &[&actions(unsure_added)])),
    ];
    let both = |one: String, other: String| said(language, "{}, {}", &[&one, &other]);
    let parts = parts.into_iter().filter(|(number, _)| *number > 0).map(|(_, part)| part);
    let parts = parts.reduce(both).unwrap_or_default();
    match common {
        0 if comparison.disjoint => said(language, "Nothing in common: {}.", &[&parts]),
        0 => said(
            language,
            "No grant corresponds to one of the other, and how far they overlap is not known: {}.",
            &[&parts],
        ),
        _ => said(language, "They differ: {}.", &[&parts]),
    }
}

impl Comparison {
    /// The verdict with a name for each side.
    pub fn verdict_of(&self, left: &str, right: &str) -> String {
        sentence(self, &visible(left), &visible(right))
    }

    /// What must be said beside the verdict, with a name for each side: that not everything was compared, patterns of
    /// which it is not certain that they differ, and statements that were left out.
    pub fn asides_of(&self, left: &str, right: &str) -> Vec<String> {
        let language = self.language;
        let aside = |idle: &[usize], side: &str| {
            let side = visible(side);
            let numbers = wording::first(language, idle, IDLE, |at| (at + 1).to_string());
            let numbers = wording::join(language, &numbers, "and");
            match idle {
                [] => None,
                [_] => Some(said(
                    language,
                    "Statement {} of {} does nothing as it stands and was left out.",
                    &[&numbers, &side],
                )),
                _ => Some(said(
                    language,
                    "Statements {} of {} do nothing as they stand and were left out.",
                    &[&numbers, &side],
                )),
            }
        };
        let unsure = |patterns: &[String], side: &str| {
            let names = wording::first(language, patterns, 4, |name| visible(name));
            let names = wording::join(language, &names, "and");
            (!patterns.is_empty()).then(|| {
                said(
                    language,
                    "Of {}, {} allows every known action by other names and patterns; whether there are others is not certain.",
                    &[&names, &visible(side)],
                )
            })
        };
        let unsure =
            unsure(&self.unsure_gone, right).into_iter().chain(unsure(&self.unsure_added, left));
        let unfinished = self.unfinished.then(|| say(language, UNFINISHED).to_owned());
        let nothing = |idle: &[usize], unread: &[usize]| -> Vec<usize> {
            idle.iter().copied().filter(|at| !unread.contains(at)).collect()
        };
        let idle = aside(&nothing(&self.idle_left, &self.unread_left), left)
            .into_iter()
            .chain(aside(&nothing(&self.idle_right, &self.unread_right), right));
        let open = |unread: &[usize], side: &str| {
            let numbers = wording::first(language, unread, IDLE, |at| (at + 1).to_string());
            let numbers = wording::join(language, &numbers, "and");
            let words = match unread {
                [] => return None,
                [_] => "What statement {} of {} allows or denies cannot be read; it was left out.",
                _ => "What statements {} of {} allow or deny cannot be read; they were left out.",
            };
            Some(said(language, words, &[&numbers, &visible(side)]))
        };
        let open = open(&self.unread_left, left).into_iter().chain(open(&self.unread_right, right));
        unfinished.into_iter().chain(unsure).chain(idle).chain(open).collect()
    }
}

impl Change {
    /// The difference in words; it brings its own in the language of the comparison.
    pub fn words(&self, language: Language) -> String {
        let names = |actions: &[String]| {
            let first = wording::first(language, actions, 8, |action| visible(action));
            wording::join(language, &first, "and")
        };
        match self {
            Self::ActionsAdded(actions) => said(language, "adds {}", &[&names(actions)]),
            Self::ActionsGone(actions) => said(language, "drops {}", &[&names(actions)]),
            Self::Resources { how, left, right } => {
                let how = say(language, how.word());
                said(language, "{} resources: {} instead of {}", &[how, right, left])
            }
            Self::ConditionAdded(condition) => {
                said(language, "adds the condition that {}", &[condition])
            }
            Self::ConditionDropped(condition) => {
                said(language, "drops the condition that {}", &[condition])
            }
            Self::ConditionChanged { left, right, .. } => {
                said(language, "changes a condition: {} instead of {}", &[right, left])
            }
            Self::Principals { left, right } => {
                said(language, "changes the principals: {} instead of {}", &[right, left])
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::policy::compare::Reach;
    use crate::say::{Language, say};

    #[test]
    fn every_reach_has_chinese_words() {
        for reach in [Reach::Wider, Reach::Narrower, Reach::Different] {
            assert_ne!(say(Language::Chinese, reach.word()), reach.word());
        }
    }
}
