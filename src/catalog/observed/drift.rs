//! The account's policy held against the catalogue's, by text and by meaning.

use super::super::model::{Policy, Text, Wholeness};
use crate::policy::compare::{Comparison, compare};
use crate::policy::read;
use crate::policy::vocabulary::Vocabulary;
use crate::say::{Language, said, say};

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
    NotCompared(Text),
}

/// How two policies differ, in sentences.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Difference {
    /// Each difference, at most some.
    pub sentences: Vec<Text>,
    /// Differences that are not told.
    pub more: usize,
    /// Actions that only the account's policy allows.
    pub only_account: Vec<Text>,
    /// Actions that only the catalogue's policy allows.
    pub only_catalogue: Vec<Text>,
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
            Err(error) => return Self::NotCompared(Text::of(&error.located_in(&policy.name))),
        };
        let theirs = match read::document(account) {
            Ok(read) => read.document,
            Err(error) => {
                return Self::NotCompared(Text::new(
                    error
                        .located_in(say(Language::English, "the policy in the account"))
                        .said(Language::English),
                    error
                        .located_in(say(Language::Chinese, "the policy in the account"))
                        .said(Language::Chinese),
                ));
            }
        };
        let comparison = compare(Language::English, &ours, &theirs, vocabulary);
        if comparison.is_same() {
            return Self::SameMeaning;
        }
        let chinese = compare(Language::Chinese, &ours, &theirs, vocabulary);
        let difference = Difference::of(&comparison, &chinese);
        if policy.whole == Wholeness::Whole {
            Self::Differs(difference)
        } else {
            Self::Completes(difference)
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
                format!("The policies were not compared: {}", why.get(Language::English)),
                format!("未能比较策略：{}", why.get(Language::Chinese)),
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
    /// From the catalogue (the first) to the account (the second), compared in both languages.
    fn of(english: &Comparison, chinese: &Comparison) -> Self {
        let texts = |of: fn(&Comparison) -> Vec<String>| {
            let both = of(english).into_iter().zip(of(chinese));
            both.map(|(en, zh)| Text::new(en, zh)).collect::<Vec<Text>>()
        };
        let mut sentences = texts(differences);
        let more = sentences.len().saturating_sub(NAMED);
        sentences.truncate(NAMED);
        Self {
            sentences,
            more,
            only_account: texts(|comparison| comparison.actions_added.clone()),
            only_catalogue: texts(|comparison| comparison.actions_gone.clone()),
        }
    }

    /// All of it as lines.
    pub fn lines(&self, language: Language) -> Vec<String> {
        let sentences = self.sentences.iter();
        let mut lines: Vec<String> =
            sentences.map(|sentence| sentence.get(language).to_owned()).collect();
        if self.more > 0 {
            lines.push(said(language, "And {} more.", &[&self.more.to_string()]));
        }
        if let Some(names) = named(language, &self.only_account) {
            lines.push(said(language, "Allowed only in the account: {}.", &[&names]));
        }
        if let Some(names) = named(language, &self.only_catalogue) {
            lines.push(said(language, "Allowed only in the catalogue: {}.", &[&names]));
        }
        lines
    }
}

/// Every difference in a sentence.
fn differences(comparison: &Comparison) -> Vec<String> {
    let language = comparison.language;
    let changed = comparison.changed.iter().map(|changed| {
        let words = changed.changes.iter().map(|change| change.words(language));
        let both = |one: String, other: String| said(language, "{}; {}", &[&one, &other]);
        let words = words.reduce(both).unwrap_or_default();
        said(language, "In {} the account {}.", &[&changed.title, &words])
    });
    let added = comparison.added.iter();
    let gone = comparison.gone.iter();
    changed
        .chain(added.map(|one| said(language, "Only in the account: {}", &[&one.sentence])))
        .chain(gone.map(|one| said(language, "Only in the catalogue: {}", &[&one.sentence])))
        .collect()
}

fn named(language: Language, actions: &[Text]) -> Option<String> {
    if actions.is_empty() {
        return None;
    }
    let names = actions.iter().take(ACTIONS).map(|action| action.get(language));
    let names = names.collect::<Vec<_>>().join(say(language, ", "));
    Some(match actions.len().saturating_sub(ACTIONS) {
        0 => names,
        more => said(language, "{} and {} more", &[&names, &more.to_string()]),
    })
}
