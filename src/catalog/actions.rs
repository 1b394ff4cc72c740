//! The table of actions: access level, where it comes from, meaning. Names compare without case.

mod lines;

use std::borrow::Cow;
use std::cmp::Ordering;
use std::ops::Range;

use crate::policy::level::{AccessLevel, LevelSource};
use crate::policy::pattern::{has_wildcard, hash};
use crate::policy::vocabulary::KnownAction;

use super::model::Text;
use crate::say::{Language, said};

pub(super) use lines::read as from_lines;

/// An action, or a pattern of actions that policies are known to use (`kms:List*`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Action {
    /// The usual spelling, `service:Name`.
    pub name: Cow<'static, str>,
    /// Its access level.
    pub level: AccessLevel,
    /// Where the level comes from.
    pub source: LevelSource,
    /// What it does, in a few words.
    pub meaning: Option<Text>,
    /// The page that names the level.
    pub page: Option<Cow<'static, str>>,
    /// The operation of the API that it authorizes, where that has another name: `GetInstanceList`.
    pub api: Option<Cow<'static, str>>,
}

impl Action {
    /// The operation of the API under its own name, where that is another one: `alikafka:GetInstanceList`.
    pub fn operation(&self) -> Option<String> {
        Some(format!("{}:{}", self.service(), self.api.as_deref()?))
    }

    /// That the operation has another name, in a sentence: which action of RAM authorizes it.
    pub fn said_of_api(&self, language: Language) -> Option<String> {
        let operation = self.operation()?;
        let sentence = "{} is an operation of the API; RAM authorizes it by {}.";
        Some(said(language, sentence, &[&operation, &self.name]))
    }

    /// The RAM code before the colon.
    pub fn service(&self) -> &str {
        code(&self.name)
    }

    /// Does the name hold a wildcard?
    pub fn is_pattern(&self) -> bool {
        has_wildcard(&self.name)
    }

    fn is_of_api(&self, operation: &str) -> bool {
        self.api.as_deref().is_some_and(|api| api.eq_ignore_ascii_case(operation))
    }

    fn known(&self) -> KnownAction<'_> {
        KnownAction {
            name: &self.name,
            level: self.level,
            source: self.source,
            meaning: self.meaning.as_ref().map(|meaning| &*meaning.en),
            meaning_zh: self
                .meaning
                .as_ref()
                .map(|meaning| &*meaning.zh)
                .filter(|zh| !zh.is_empty()),
        }
    }
}

/// The code before the colon.
pub(super) fn code(name: &str) -> &str {
    name.split_once(':').map_or(name, |(code, _)| code)
}

/// The order of two names without case.
fn compare(one: &str, other: &str) -> Ordering {
    letters(one).cmp(letters(other))
}

/// The letters of a name, those of ASCII in lower case: what names are put in order by.
pub(super) fn letters(name: &str) -> impl Iterator<Item = u8> {
    name.bytes().map(|byte| byte.to_ascii_lowercase())
}

/// All known actions, by name.
#[derive(Clone, Debug, Default)]
pub struct Actions {
    /// Sorted by name, without case; no patterns.
    single: Vec<Action>,
    /// The same for patterns.
    patterns: Vec<Action>,
    /// Says of most other names that they are in neither table.
    sieve: Sieve,
    /// The codes of services in lower case, sorted, and where their single actions stand in the table.
    codes: Vec<(String, Range<usize>)>,
}

/// One bit for each name, by its [`hash`]: most names of policies are known to nobody, and to search a table for each of a
/// million costs more than to read them.
#[derive(Clone, Debug, Default)]
struct Sieve(Vec<u64>);

impl Sieve {
    const WORDS: usize = 256;

    const fn bit(hash: u64) -> (usize, u64) {
        ((hash >> 6) as usize % Self::WORDS, 1 << (hash % 64))
    }

    fn add(&mut self, hash: u64) {
        self.0.resize(Self::WORDS, 0);
        let (at, bit) = Self::bit(hash);
        if let Some(word) = self.0.get_mut(at) {
            *word |= bit;
        }
    }

    fn may_hold(&self, hash: u64) -> bool {
        let (at, bit) = Self::bit(hash);
        self.0.get(at).is_some_and(|word| word & bit != 0)
    }
}

impl Actions {
    /// Adds actions; one of the same name is replaced.
    pub fn merge(&mut self, actions: Vec<Action>) {
        self.single.reserve(actions.len());
        for action in actions {
            self.sieve.add(hash(&action.name));
            let table = if action.is_pattern() { &mut self.patterns } else { &mut self.single };
            table.push(action);
        }
        for table in [&mut self.single, &mut self.patterns] {
            // Stable, so that of equal names the later one stands last and wins.
            table.sort_by(|left, right| compare(&left.name, &right.name));
            table.dedup_by(|later, earlier| {
                let same = later.name.eq_ignore_ascii_case(&earlier.name);
                if same {
                    std::mem::swap(later, earlier);
                }
                same
            });
        }
        self.codes.clear();
        for (at, action) in self.single.iter().enumerate() {
            let code = action.service();
            match self.codes.last_mut().filter(|(last, _)| last.eq_ignore_ascii_case(code)) {
                Some((_, range)) => range.end = at + 1,
                None => self.codes.push((code.to_ascii_lowercase(), at..at + 1)),
            }
        }
        self.codes.sort_unstable_by(|(left, _), (right, _)| left.cmp(right));
    }

    /// The single actions of the service of a name, in any case.
    fn beside(&self, name: &str) -> &[Action] {
        let wanted = code(name);
        let found = self.codes.binary_search_by(|(code, _)| compare(code, wanted));
        let range = found.ok().and_then(|at| self.codes.get(at)).map(|(_, range)| range.clone());
        range.and_then(|range| self.single.get(range)).unwrap_or_default()
    }

    /// The action or pattern written exactly so, in any case.
    pub fn get(&self, name: &str) -> Option<&Action> {
        self.of_hash(name, hash(name))
    }

    fn of_hash(&self, name: &str, hash: u64) -> Option<&Action> {
        if !self.sieve.may_hold(hash) {
            return None;
        }
        let table = if has_wildcard(name) { &self.patterns } else { &self.single };
        table.get(table.binary_search_by(|other| compare(&other.name, name)).ok()?)
    }

    /// The single actions of a service code, sorted by name.
    pub fn of<'a>(&'a self, service: &str) -> impl Iterator<Item = &'a Action> + use<'a> {
        self.from(&format!("{service}:"))
    }

    /// The single actions whose names begin with a text, in any case, sorted by name. `start` has its colon.
    pub fn from<'a>(&'a self, start: &str) -> impl Iterator<Item = &'a Action> + use<'a> {
        let table = self.beside(start);
        let first = table.partition_point(|action| compare(&action.name, start).is_lt());
        let begins = |action: &&Action| {
            let begin = action.name.as_bytes().get(..start.len());
            begin.is_some_and(|begin| begin.eq_ignore_ascii_case(start.as_bytes()))
        };
        let found = table.get(first..).unwrap_or_default();
        let count = found.iter().take_while(begins).count();
        found.iter().take(count)
    }

    /// The action that authorizes an operation of the API under another name: `alikafka:ListInstance` for
    /// `alikafka:GetInstanceList`, in any case. None where policies name the operation itself.
    pub fn authorizing(&self, operation: &str) -> Option<&Action> {
        let (code, wanted) = operation.split_once(':')?;
        if self.get(operation).is_some() {
            return None;
        }
        self.of(code).find(|action| action.is_of_api(wanted))
    }

    /// The same for an operation without its service, where that leaves no doubt.
    pub fn authorizing_word(&self, word: &str) -> Option<&Action> {
        let mut of_api = self.all().filter(|action| action.is_of_api(word));
        let found = of_api.next().filter(|_| of_api.next().is_none())?;
        let lower = word.to_ascii_lowercase();
        let named = self.all().any(|action| action.name.to_ascii_lowercase().contains(&lower));
        (!named).then_some(found)
    }

    /// Every single action, sorted by name.
    pub fn all(&self) -> impl Iterator<Item = &Action> {
        self.single.iter()
    }

    /// Every known pattern, sorted by name.
    pub fn patterns(&self) -> impl Iterator<Item = &Action> {
        self.patterns.iter()
    }

    /// What the policy language is told of one name; patterns only by their exact spelling.
    pub fn known(&self, name: &str) -> Option<KnownAction<'_>> {
        self.get(name).map(Action::known)
    }

    /// The same, where the [`hash`] of the name is at hand.
    pub fn known_of_hash(&self, name: &str, hash: u64) -> Option<KnownAction<'_>> {
        self.of_hash(name, hash).map(Action::known)
    }

    /// What the policy language is told of a service.
    pub fn known_of(&self, service: &str) -> Vec<KnownAction<'_>> {
        self.of(service).map(Action::known).collect()
    }

    /// What the policy language is told of the actions that begin with a text.
    pub fn known_from(&self, start: &str) -> Vec<KnownAction<'_>> {
        self.from(start).map(Action::known).collect()
    }

    /// The codes with single actions, sorted.
    pub fn codes(&self) -> Vec<&str> {
        self.codes.iter().map(|(code, _)| code.as_str()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn action(name: &str, level: AccessLevel) -> Action {
        Action {
            name: name.to_owned().into(),
            level,
            source: LevelSource::Documented,
            meaning: None,
            page: None,
            api: None,
        }
    }

    #[test]
    fn lookups_ignore_case_and_the_later_entry_wins() {
        let mut actions = Actions::default();
        actions.merge(vec![
            action("mq:PUB", AccessLevel::Write),
            action("mq-as:Get", AccessLevel::Read),
            action("kms:List*", AccessLevel::List),
        ]);
        actions.merge(vec![action("MQ:pub", AccessLevel::Read)]);
        assert_eq!(actions.get("Mq:Pub").map(|a| a.level), Some(AccessLevel::Read));
        assert_eq!(actions.of("MQ").count(), 1);
        assert_eq!(actions.of("kms").count(), 0);
        assert_eq!(actions.get("KMS:list*").map(|a| a.level), Some(AccessLevel::List));
        assert_eq!(actions.codes(), ["mq", "mq-as"]);
    }
}
