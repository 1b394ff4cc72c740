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

    /// The known actions of a service code, sorted by name; none for an unknown code.
    fn actions_of(&self, service: &str) -> Vec<KnownAction<'_>>;

    /// The codes of all services with known actions.
    fn services(&self) -> Vec<&str>;

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
