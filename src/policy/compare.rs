//! Two documents side by side, by meaning: what the second has more, less or otherwise than the
//! first. Order, spelling of actions, repetition, and how grants are spread over statements do not
//! count. What is found to be the same is the same; of documents that are written very differently
//! it may be missed that they mean the same.

mod changes;
mod form;
mod grant;
mod group;
pub mod lines;
pub mod report;
mod verdict;

use super::document::Document;
use super::vocabulary::Vocabulary;
use crate::say::{Language, say};
use crate::sort;
use group::Group;

/// How two documents differ.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Comparison {
    /// The language of its words.
    pub language: Language,
    /// Grants that are the same: statements of the first and of the second, from 0.
    pub same: Vec<(Vec<usize>, Vec<usize>)>,
    /// Grants that correspond, with their differences.
    pub changed: Vec<Changed>,
    /// Grants of the first alone.
    pub gone: Vec<OneSided>,
    /// Grants of the second alone.
    pub added: Vec<OneSided>,
    /// Actions that the first allows, on whatever resource, and the second does not.
    pub actions_gone: Vec<String>,
    /// Actions that the second allows, on whatever resource, and the first does not.
    pub actions_added: Vec<String>,
    /// Statements of the first that match no request and were left out, from 0.
    pub idle_left: Vec<usize>,
    /// The same of the second.
    pub idle_right: Vec<usize>,
    /// The outcome in one or two sentences.
    pub verdict: String,
}

/// A grant (or denial) that one side alone has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OneSided {
    /// The statements that make it up, from 0.
    pub statements: Vec<usize>,
    /// What to call it: `the Kafka statement`.
    pub title: String,
    /// It in a sentence.
    pub sentence: String,
}

/// A grant that both sides have in different form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    /// Its statements in the first, from 0.
    pub left: Vec<usize>,
    /// Its statements in the second, from 0.
    pub right: Vec<usize>,
    /// What to call it.
    pub title: String,
    /// The differences, at least one.
    pub changes: Vec<Change>,
}

/// One difference, seen from the first to the second.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Actions that came.
    ActionsAdded(Vec<String>),
    /// Actions that went.
    ActionsGone(Vec<String>),
    /// The resources differ.
    Resources {
        /// In what way.
        how: Reach,
        /// Those of the first, in words.
        left: String,
        /// Those of the second, in words.
        right: String,
    },
    /// A condition came, in words.
    ConditionAdded(String),
    /// A condition went, in words.
    ConditionDropped(String),
    /// A condition on the same key with another operator or other values, in words.
    ConditionChanged {
        /// The key.
        key: String,
        /// That of the first.
        left: String,
        /// That of the second.
        right: String,
    },
    /// The principals differ, in words.
    Principals {
        /// Those of the first.
        left: String,
        /// Those of the second.
        right: String,
    },
}

/// How the resources of the second relate to those of the first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reach {
    /// All of them and more.
    Wider,
    /// Some of them.
    Narrower,
    /// Others, or neither can be shown.
    Different,
}

impl Reach {
    /// The word for it in English and in data.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Wider => "wider",
            Self::Narrower => "narrower",
            Self::Different => "different",
        }
    }
}

impl Comparison {
    /// Do the documents mean the same?
    pub fn is_same(&self) -> bool {
        self.changed.is_empty() && self.gone.is_empty() && self.added.is_empty()
    }
}

/// Compares two documents; what is found is said in a language.
pub fn compare(
    language: Language,
    left: &Document,
    right: &Document,
    vocabulary: &dyn Vocabulary,
) -> Comparison {
    let (idle_left, idle_right) = (group::idle(left), group::idle(right));
    let left = group::of(left);
    let right = group::of(right);
    let mut comparison = Comparison {
        language,
        idle_left,
        idle_right,
        actions_gone: changes::not_allowed_by(language, &left, &right),
        actions_added: changes::not_allowed_by(language, &right, &left),
        ..Comparison::default()
    };
    let pairs = pair(&left, &right);
    for (one, other) in &pairs {
        let (Some(one), Some(other)) = (left.get(*one), right.get(*other)) else {
            continue;
        };
        let changes = changes::between(language, one, other);
        let (a, b) = (one.statements.clone(), other.statements.clone());
        if changes.is_empty() {
            comparison.same.push((a, b));
        } else {
            let title = verdict::title(language, one, vocabulary);
            comparison.changed.push(Changed { left: a, right: b, title, changes });
        }
    }
    let alone = |groups: &[Group<'_>], paired: &dyn Fn(usize) -> bool| -> Vec<OneSided> {
        let lonely = groups.iter().enumerate().filter(|(index, _)| !paired(*index));
        lonely
            .map(|(_, group)| OneSided {
                statements: group.statements.clone(),
                title: verdict::title(language, group, vocabulary),
                sentence: super::explain::sentence(language, &group.statement(), vocabulary),
            })
            .collect()
    };
    let lefts: std::collections::HashSet<usize> = pairs.iter().map(|pair| pair.0).collect();
    let rights: std::collections::HashSet<usize> = pairs.iter().map(|pair| pair.1).collect();
    comparison.gone = alone(&left, &|index| lefts.contains(&index));
    comparison.added = alone(&right, &|index| rights.contains(&index));
    let (first, second) = (say(language, "the first"), say(language, "the second"));
    comparison.verdict = verdict::sentence(&comparison, first, second);
    comparison
}

/// Pairs that are weighed at most; beyond them grants stand alone.
const MOST_CANDIDATES: usize = 20_000;

/// Which group of the left corresponds to which of the right: equal ones first, then those with
/// the most actions in common. In the order of the left.
fn pair(left: &[Group<'_>], right: &[Group<'_>]) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    let mut free_right: std::collections::HashMap<&group::Meaning, usize> =
        right.iter().enumerate().map(|(index, group)| (&group.meaning, index)).collect();
    let mut lefts = Vec::new();
    for (index, group) in left.iter().enumerate() {
        match free_right.remove(&group.meaning) {
            Some(other) => pairs.push((index, other)),
            None => lefts.push(index),
        }
    }
    let mut rights: Vec<usize> = free_right.into_values().collect();
    sort::by(&mut rights, Ord::cmp);
    let mut candidates = Vec::new();
    let mut weighed = 0;
    'all: for one in &lefts {
        for other in &rights {
            weighed += 1;
            if weighed > MOST_CANDIDATES {
                break 'all;
            }
            let (Some(a), Some(b)) = (left.get(*one), right.get(*other)) else {
                continue;
            };
            if let Some(score) = a.likeness(b) {
                candidates.push((std::cmp::Reverse(score), *one, *other));
            }
        }
    }
    sort::by(&mut candidates, Ord::cmp);
    let mut used_left = std::collections::HashSet::new();
    let mut used_right = std::collections::HashSet::new();
    for (_, one, other) in candidates {
        if !used_left.contains(&one) && !used_right.contains(&other) {
            used_left.insert(one);
            used_right.insert(other);
            pairs.push((one, other));
        }
    }
    sort::by(&mut pairs, Ord::cmp);
    pairs
}
