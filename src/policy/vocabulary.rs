//! What the policy language is told about single actions and services: a view that the catalogue fills.

use super::level::{AccessLevel, LevelSource};
use crate::say::Language;

/// What is known of one action.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KnownAction<'a> {
    /// The usual spelling, `service:Name`.
    pub name: &'a str,
    /// Its access level.
    pub level: AccessLevel,
    /// Where the level comes from.
    pub source: LevelSource,
    /// What it does, in a few English words.
    pub meaning: Option<&'a str>,
    /// The same in Chinese.
    pub meaning_zh: Option<&'a str>,
}

impl<'a> KnownAction<'a> {
    /// What it does, in a language; in English where there is no Chinese.
    pub fn meaning_in(&self, language: Language) -> Option<&'a str> {
        match language {
            Language::English => self.meaning,
            Language::Chinese => self.meaning_zh.or(self.meaning),
        }
    }
}

/// What is known of actions and services. All names compare without case.
pub trait Vocabulary {
    /// The action of this name, without wildcards.
    fn action(&self, name: &str) -> Option<KnownAction<'_>>;

    /// The same, where the [`hash`](super::pattern::hash) of the name is at hand.
    fn action_of_hash(&self, name: &str, _hash: u64) -> Option<KnownAction<'_>> {
        self.action(name)
    }

    /// The known actions of a service code, sorted by name; none for an unknown code.
    fn actions_of(&self, service: &str) -> Vec<KnownAction<'_>>;

    /// The known actions whose names begin with a text, in any case, sorted by name. `start` has its colon, and no wildcard.
    fn actions_from(&self, start: &str) -> Vec<KnownAction<'_>> {
        let begins = |known: &KnownAction<'_>| {
            known.name.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start))
        };
        let service = start.split(':').next().unwrap_or_default();
        self.actions_of(service).into_iter().filter(begins).collect()
    }

    /// The operations of the API of a service that RAM authorizes by an action of another name, each with that action:
    /// `GetInstanceList` with `alikafka:ListInstance`.
    fn operations_of(&self, _service: &str) -> Vec<(&str, &str)> {
        Vec::new()
    }

    /// The codes of all services with known actions.
    fn services(&self) -> Vec<&str>;

    /// Is there a service of this code, in lower case, whether or not actions of it are known?
    fn is_service(&self, code: &str) -> bool {
        self.service_name(Language::English, code).is_some()
    }

    /// The code of the service that goes by a name which is no code itself, such as `log` for `SLS`.
    fn code_of(&self, _name: &str) -> Option<&str> {
        None
    }

    /// Is this the service name of a service-linked role?
    fn is_linked_service(&self, name: &str) -> bool {
        self.linked_services().iter().any(|known| known.eq_ignore_ascii_case(name))
    }

    /// The service names of all known service-linked roles, each once, such as `alikafka.aliyuncs.com`.
    fn linked_services(&self) -> Vec<&str> {
        Vec::new()
    }

    /// The name of a service code in a language, such as "Elastic Compute Service" for `ecs`.
    fn service_name(&self, language: Language, code: &str) -> Option<&str>;
}

/// Knows nothing: for tests, and for policies read without a catalogue.
#[derive(Clone, Copy, Debug, Default)]
pub struct Nothing;

impl Vocabulary for Nothing {
    fn action(&self, _name: &str) -> Option<KnownAction<'_>> {
        None
    }

    fn actions_of(&self, _service: &str) -> Vec<KnownAction<'_>> {
        Vec::new()
    }

    fn services(&self) -> Vec<&str> {
        Vec::new()
    }

    fn service_name(&self, _language: Language, _code: &str) -> Option<&str> {
        None
    }
}
