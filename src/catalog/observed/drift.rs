//! The account's policy held against the catalogue's, by text and by meaning.

use std::collections::HashSet;

use super::super::model::{Policy, Text, Wholeness};
use crate::policy::compare::{Change, Comparison, OneSided, compare};
use crate::policy::document::Document;
use crate::policy::pattern;
use crate::policy::read;
use crate::policy::vocabulary::Vocabulary;
use crate::say::{Language, comma_list, said, say};

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
    /// What is not certain of it: patterns of which known actions tell no difference, and what was not compared.
    pub uncertain: Vec<Text>,
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
        let difference = Difference::of((&comparison, &chinese), &ours, &theirs);
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
            Self::Differs(_) => Text::new(
                "The policy differs from the catalogue's; the account's is shown.",
                "策略与目录中的不同，显示账号中的策略。",
            ),
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
    fn of(
        (english, chinese): (&Comparison, &Comparison),
        ours: &Document,
        theirs: &Document,
    ) -> Self {
        let texts = |of: &dyn Fn(&Comparison) -> Vec<String>| {
            let both = of(english).into_iter().zip(of(chinese));
            both.map(|(en, zh)| Text::new(en, zh)).collect::<Vec<Text>>()
        };
        let mut sentences = texts(&|comparison| differences(comparison, ours, theirs));
        let more = sentences.len().saturating_sub(NAMED);
        sentences.truncate(NAMED);
        Self {
            sentences,
            more,
            only_account: texts(&|comparison| comparison.actions_added.clone()),
            only_catalogue: texts(&|comparison| comparison.actions_gone.clone()),
            uncertain: texts(&|comparison| {
                let side = |name: &'static str| say(comparison.language, name);
                comparison.asides_of(side("the catalogue"), side("the account"))
            }),
        }
    }

    /// All of it as lines; an action that a sentence names is not told again.
    pub fn lines(&self, language: Language) -> Vec<String> {
        let sentences = self.sentences.iter();
        let mut lines: Vec<String> =
            sentences.map(|sentence| sentence.get(language).to_owned()).collect();
        if self.more > 0 {
            lines.push(said(language, "And {} more.", &[&self.more.to_string()]));
        }
        let told = lines.join(" ");
        // A pattern is told in the words of its sentence, as long as there is one for each difference.
        let untold = |action: &&Text| {
            let action = action.get(language);
            let name = action.rsplit(':').next().unwrap_or(action);
            if pattern::has_wildcard(name) { self.more > 0 } else { !has_word(&told, name) }
        };
        let untold = |all: &[Text]| all.iter().filter(untold).cloned().collect::<Vec<Text>>();
        if let Some(names) = named(language, &untold(&self.only_account)) {
            lines.push(said(language, "Allowed only in the account: {}.", &[&names]));
        }
        if let Some(names) = named(language, &untold(&self.only_catalogue)) {
            lines.push(said(language, "Allowed only in the catalogue: {}.", &[&names]));
        }
        lines.extend(self.uncertain.iter().map(|note| note.get(language).to_owned()));
        lines
    }
}

/// Every difference in a sentence.
fn differences(comparison: &Comparison, ours: &Document, theirs: &Document) -> Vec<String> {
    let language = comparison.language;
    let changed = comparison.changed.iter().flat_map(|changed| {
        let mut sentences = Vec::new();
        let mut rest = Vec::new();
        for change in &changed.changes {
            let (actions, document, statements) = match change {
                Change::ActionsAdded(actions) => (actions, theirs, &changed.right),
                Change::ActionsGone(actions) => (actions, ours, &changed.left),
                other => {
                    rest.push(other.words(language));
                    continue;
                }
            };
            let added = matches!(change, Change::ActionsAdded(_));
            // Statements with the same resources and conditions are compared as one; who looks them up finds them apart.
            let (own, others) = apart(actions, document, statements);
            let whole = own.into_iter();
            sentences.extend(
                whole.map(|(at, actions)| statement(language, at, &with(change, actions), added)),
            );
            if !others.is_empty() {
                rest.push(with(change, others).words(language));
            }
        }
        let more = rest.len().saturating_sub(NAMED);
        rest.truncate(NAMED);
        if more > 0 {
            rest.push(said(language, "{} more", &[&more.to_string()]));
        }
        let both = |one: String, other: String| said(language, "{}; {}", &[&one, &other]);
        let rest = rest.into_iter().reduce(both);
        let rest =
            rest.map(|words| said(language, "In {} the account {}.", &[&changed.title, &words]));
        rest.into_iter().chain(sentences).collect::<Vec<String>>()
    });
    let alone = |one: &OneSided, document: &Document, added: bool| {
        if one.beside {
            return one_by_one(language, &one.statements, document, added);
        }
        let sentence = if added { "Only in the account: {}" } else { "Only in the catalogue: {}" };
        vec![said(language, sentence, &[&one.sentence])]
    };
    changed
        .chain(comparison.added.iter().flat_map(|one| alone(one, theirs, true)))
        .chain(comparison.gone.iter().flat_map(|one| alone(one, ours, false)))
        .collect()
}

/// Whole statements that the account has more, or has no longer.
fn one_by_one(
    language: Language,
    statements: &[usize],
    document: &Document,
    added: bool,
) -> Vec<String> {
    let told = statements.iter().filter_map(|at| {
        let values = &document.statements.get(*at)?.action.as_ref()?.values;
        let actions = values.iter().map(|value| value.value.to_string()).collect();
        let change =
            if added { Change::ActionsAdded(actions) } else { Change::ActionsGone(actions) };
        Some(statement(language, *at, &change, added))
    });
    told.collect()
}

/// That the account has the statement more, or no longer.
fn statement(language: Language, at: usize, change: &Change, added: bool) -> String {
    let (words, number) = (change.words(language), (at + 1).to_string());
    if added {
        said(language, "The account {}, in a statement of its own ({}).", &[&words, &number])
    } else {
        said(language, "The account {}, statement {} of the catalogue.", &[&words, &number])
    }
}

/// The same change with other actions.
fn with(change: &Change, actions: Vec<String>) -> Change {
    match change {
        Change::ActionsGone(_) => Change::ActionsGone(actions),
        _ => Change::ActionsAdded(actions),
    }
}

/// Of some actions those that make up a whole statement, with its index, and the others.
fn apart(
    actions: &[String],
    document: &Document,
    statements: &[usize],
) -> (Vec<(usize, Vec<String>)>, Vec<String>) {
    let wanted: HashSet<String> = actions.iter().map(|action| pattern::fold(action)).collect();
    let mut told = HashSet::new();
    let mut own = Vec::new();
    for at in statements {
        let clause = document.statements.get(*at).and_then(|statement| statement.action.as_ref());
        let names = || {
            clause.iter().flat_map(|clause| &clause.values).map(|name| pattern::fold(&name.value))
        };
        if !names().all(|name| wanted.contains(&name)) {
            continue;
        }
        let names: HashSet<String> = names().filter(|name| !told.contains(name)).collect();
        let here = actions.iter().filter(|action| names.contains(&pattern::fold(action)));
        let here: Vec<String> = here.cloned().collect();
        if !here.is_empty() {
            told.extend(names);
            own.push((*at, here));
        }
    }
    // Where that is all of the grant, its title says it better.
    if own.len() == statements.len() {
        return (Vec::new(), actions.to_vec());
    }
    let others = actions.iter().filter(|action| !told.contains(&pattern::fold(action)));
    (own, others.cloned().collect())
}

/// Does a name stand in a text, not as a part of another one?
fn has_word(text: &str, name: &str) -> bool {
    let ends = |c: Option<char>| c.is_none_or(|c| !c.is_ascii_alphanumeric() && c != '_');
    text.match_indices(name).any(|(at, name)| {
        let (before, after) = (text.get(..at), text.get(at + name.len()..));
        ends(before.and_then(|text| text.chars().next_back()))
            && ends(after.and_then(|text| text.chars().next()))
    })
}

fn named(language: Language, actions: &[Text]) -> Option<String> {
    if actions.is_empty() {
        return None;
    }
    let names = actions.iter().take(ACTIONS).map(|action| action.get(language));
    let names = comma_list(language, &names.collect::<Vec<_>>());
    Some(match actions.len().saturating_sub(ACTIONS) {
        0 => names,
        more => said(language, "{} and {} more", &[&names, &more.to_string()]),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::vocabulary::Nothing;

    #[test]
    fn an_action_is_told_once_and_none_is_lost() {
        let texts = |all: &[&'static str]| all.iter().map(|text| Text::same(*text)).collect();
        let difference = |more| Difference {
            sentences: texts(&["The account adds oss:GetObject.", "Only in the account: .. oss."]),
            more,
            only_account: texts(&["oss:GetObject", "oss:GetObjectAcl", "oss:*"]),
            only_catalogue: Vec::new(),
            uncertain: texts(&["Of kms:*, not certain."]),
        };
        let lines = |more| difference(more).lines(Language::English).join("\n");
        assert!(
            lines(0).ends_with(
                "\nAllowed only in the account: oss:GetObjectAcl.\nOf kms:*, not certain."
            ),
            "{}",
            lines(0)
        );
        let all = "\nAnd 3 more.\nAllowed only in the account: oss:GetObjectAcl, oss:*.\nOf kms:*, not certain.";
        assert!(lines(3).ends_with(all), "{}", lines(3));
    }
    #[test]
    fn of_many_differences_of_a_grant_the_first_are_told_and_the_rest_counted() {
        let policy = |conditions: &str| {
            let text = format!(
                r#"{{"Version":"1","Statement":[{{"Effect":"Allow","Action":"oss:GetObject","Resource":"*","Condition":{{"StringEquals":{{{conditions}}}}}}}]}}"#
            );
            read::document(&text).unwrap().document
        };
        let keys: Vec<String> = (0..40).map(|n| format!(r#""oss:k{n}":"v""#)).collect();
        let (ours, theirs) = (policy(r#""oss:own":"v""#), policy(&keys.join(",")));
        for (language, rest) in [(Language::English, "29 more"), (Language::Chinese, "另外 29 个")]
        {
            let comparison = compare(language, &ours, &theirs, &Nothing);
            let told = differences(&comparison, &ours, &theirs);
            let [told] = told.as_slice() else { panic!("{told:#?}") };
            assert!(told.contains(rest), "{told}");
            assert_eq!(
                told.matches("oss:k").count() + told.matches("oss:own").count(),
                NAMED,
                "{told}"
            );
        }
    }
}
