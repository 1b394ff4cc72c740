//! The table of actions: access level, where it comes from, meaning. Names compare without case.

use crate::policy::level::{AccessLevel, LevelSource};
use crate::policy::vocabulary::KnownAction;

use super::model::Text;

/// An action, or a pattern of actions that policies are known to use (`kms:List*`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Action {
    /// The usual spelling, `service:Name`.
    pub name: String,
    /// Its access level.
    pub level: AccessLevel,
    /// Where the level comes from.
    pub source: LevelSource,
    /// What it does, in a few words.
    pub meaning: Option<Text>,
    /// The page that names the level.
    pub page: Option<String>,
}

impl Action {
    /// The RAM code before the colon.
    pub fn service(&self) -> &str {
        self.name.split_once(':').map_or(self.name.as_str(), |(service, _)| service)
    }

    /// Does the name hold a wildcard?
    pub fn is_pattern(&self) -> bool {
        self.name.contains(['*', '?'])
    }

    fn known(&self) -> KnownAction<'_> {
        KnownAction {
            name: &self.name,
            level: self.level,
            source: self.source,
            meaning: self.meaning.as_ref().map(|meaning| meaning.en.as_str()),
            meaning_zh: self
                .meaning
                .as_ref()
                .map(|meaning| meaning.zh.as_str())
                .filter(|zh| !zh.is_empty()),
        }
    }
}

/// All known actions, by name.
#[derive(Clone, Debug, Default)]
pub struct Actions {
    /// Lower-case name and action, sorted by the former; no patterns.
    single: Vec<(String, Action)>,
    /// The same for patterns.
    patterns: Vec<(String, Action)>,
}

impl Actions {
    /// Adds actions; one of the same name is replaced.
    pub fn merge(&mut self, actions: Vec<Action>) {
        for action in actions {
            let key = action.name.to_ascii_lowercase();
            if action.is_pattern() {
                self.patterns.push((key, action));
            } else {
                self.single.push((key, action));
            }
        }
        for table in [&mut self.single, &mut self.patterns] {
            // Stable, so that of equal names the later one stands last and wins.
            table.sort_by(|(left, _), (right, _)| left.cmp(right));
            table.dedup_by(|later, earlier| {
                let same = later.0 == earlier.0;
                if same {
                    std::mem::swap(later, earlier);
                }
                same
            });
        }
    }

    /// The action or pattern written exactly so, in any case.
    pub fn get(&self, name: &str) -> Option<&Action> {
        let key = name.to_ascii_lowercase();
        let table = if name.contains(['*', '?']) { &self.patterns } else { &self.single };
        let at = table.binary_search_by(|(other, _)| other.as_str().cmp(&key)).ok()?;
        table.get(at).map(|(_, action)| action)
    }

    /// The single actions of a service code, sorted by name.
    pub fn of(&self, service: &str) -> impl Iterator<Item = &Action> {
        let prefix = format!("{}:", service.to_ascii_lowercase());
        let start = self.single.partition_point(|(key, _)| key.as_str() < prefix.as_str());
        self.single
            .iter()
            .skip(start)
            .take_while(move |(key, _)| key.starts_with(&prefix))
            .map(|(_, action)| action)
    }

    /// Every single action, sorted by name.
    pub fn all(&self) -> impl Iterator<Item = &Action> {
        self.single.iter().map(|(_, action)| action)
    }

    /// Every known pattern, sorted by name.
    pub fn patterns(&self) -> impl Iterator<Item = &Action> {
        self.patterns.iter().map(|(_, action)| action)
    }

    /// What the policy language is told of one name; patterns only by their exact spelling.
    pub fn known(&self, name: &str) -> Option<KnownAction<'_>> {
        self.get(name).map(Action::known)
    }

    /// What the policy language is told of a service.
    pub fn known_of(&self, service: &str) -> Vec<KnownAction<'_>> {
        self.of(service).map(Action::known).collect()
    }

    /// The codes with single actions, sorted.
    pub fn codes(&self) -> Vec<&str> {
        let mut codes: Vec<&str> = self
            .single
            .iter()
            .map(|(key, _)| key.split_once(':').map_or(key.as_str(), |(code, _)| code))
            .collect();
        codes.sort_unstable();
        codes.dedup();
        codes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn action(name: &str, level: AccessLevel) -> Action {
        Action {
            name: name.to_owned(),
            level,
            source: LevelSource::Documented,
            meaning: None,
            page: None,
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
