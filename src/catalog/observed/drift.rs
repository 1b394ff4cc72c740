//! The account's policy held against the catalogue's, by text and by meaning.

use super::super::model::{Policy, Text, Wholeness};
use crate::policy::compare::{Change, Comparison, compare};
use crate::policy::read;
use crate::policy::vocabulary::Vocabulary;

/// Differences that are told one by one.
const NAMED: usize = 12;
/// Actions that are named in one sentence.
const ACTIONS: usize = 12;

/// How the account's policy stands to the catalogue's.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Drift {
    /// The role is not in the account.
    #[default]
    Absent,
    /// The same text.
    SameText,
    /// Another text with the same meaning.
    SameMeaning,
    /// The meaning differs.
    Differs(Difference),
    /// The catalogue's text was not whole; the account's tells what it lacked.
    Completes(Difference),
    /// The catalogue has no policy of this role.
    Unknown,
    /// One of the two cannot be compared: why, in a sentence.
    NotCompared(String),
}

/// How two policies differ, in sentences.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Difference {
    /// Each difference, at most some.
    pub sentences: Vec<String>,
    /// Differences that are not told.
    pub more: usize,
    /// Actions that only the account's policy allows.
    pub only_account: Vec<String>,
    /// Actions that only the catalogue's policy allows.
    pub only_catalogue: Vec<String>,
}

impl Drift {
    /// Holds the account's text against the catalogue's policy.
    pub(super) fn between(
        catalogue: Option<&Policy>,
        account: &str,
        vocabulary: &dyn Vocabulary,
    ) -> Self {
        let Some(policy) = catalogue else { return Self::Unknown };
        if *policy.source == *account {
            return Self::SameText;
        }
        let ours = match read::document(&policy.source) {
            Ok(read) => read.document,
            Err(error) => return Self::NotCompared(error.located(&policy.name)),
        };
        let theirs = match read::document(account) {
            Ok(read) => read.document,
            Err(error) => {
                return Self::NotCompared(error.located("the policy in the account"));
            }
        };
        let comparison = compare(&ours, &theirs, vocabulary);
        if comparison.is_same() {
            Self::SameMeaning
        } else if policy.whole == Wholeness::Whole {
            Self::Differs(Difference::of(comparison))
        } else {
            Self::Completes(Difference::of(comparison))
        }
    }

    /// The outcome in a word for programs.
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Absent => "absent",
            Self::SameText => "same_text",
            Self::SameMeaning => "same_meaning",
            Self::Differs(_) => "differs",
            Self::Completes(_) => "completes",
            Self::Unknown => "unknown",
            Self::NotCompared(_) => "not_compared",
        }
    }

    /// The outcome in a sentence.
    pub fn words(&self) -> Text {
        match self {
            Self::Absent => Text::new("It is not in the account.", "账号中没有该角色。"),
            Self::SameText => Text::new(
                "The policy is the catalogue's, letter for letter.",
                "策略与目录中的逐字相同。",
            ),
            Self::SameMeaning => Text::new(
                "The policy is written otherwise than the catalogue's and means the same.",
                "策略的写法与目录不同，含义相同。",
            ),
            Self::Differs(_) => {
                Text::new("The policy differs from the catalogue's.", "策略与目录中的不同。")
            }
            Self::Completes(_) => Text::new(
                "The catalogue's policy is not whole; the account's is shown in its place.",
                "目录中的策略不完整，已改为显示账号中的策略。",
            ),
            Self::Unknown => Text::new(
                "The catalogue has no policy of this role; the account's is shown.",
                "目录中没有该角色的策略，显示账号中的策略。",
            ),
            Self::NotCompared(why) => Text::new(
                format!("The policies were not compared: {why}"),
                format!("未能比较策略：{why}"),
            ),
        }
    }

    /// The differences, where there are any.
    pub fn difference(&self) -> Option<&Difference> {
        match self {
            Self::Differs(difference) | Self::Completes(difference) => Some(difference),
            _ => None,
        }
    }
}

impl Difference {
    /// From the catalogue (the first) to the account (the second).
    fn of(comparison: Comparison) -> Self {
        let mut sentences = Vec::new();
        for changed in &comparison.changed {
            let words: Vec<String> = changed.changes.iter().map(Change::words).collect();
            sentences.push(format!("In {} the account {}.", changed.title, words.join("; ")));
        }
        for one in &comparison.added {
            sentences.push(format!("Only in the account: {}", one.sentence));
        }
        for one in &comparison.gone {
            sentences.push(format!("Only in the catalogue: {}", one.sentence));
        }
        let more = sentences.len().saturating_sub(NAMED);
        sentences.truncate(NAMED);
        Self {
            sentences,
            more,
            only_account: comparison.actions_added,
            only_catalogue: comparison.actions_gone,
        }
    }

    /// All of it as lines.
    pub fn lines(&self) -> Vec<String> {
        let mut lines = self.sentences.clone();
        if self.more > 0 {
            lines.push(format!("And {} more.", self.more));
        }
        for (who, actions) in [("account", &self.only_account), ("catalogue", &self.only_catalogue)]
        {
            if let Some(names) = named(actions) {
                lines.push(format!("Allowed only in the {who}: {names}."));
            }
        }
        lines
    }
}

fn named(actions: &[String]) -> Option<String> {
    if actions.is_empty() {
        return None;
    }
    let names = actions.iter().take(ACTIONS).cloned().collect::<Vec<_>>().join(", ");
    Some(match actions.len().saturating_sub(ACTIONS) {
        0 => names,
        more => format!("{names} and {more} more"),
    })
}
