//! The shape of a catalogue file: the built-in ones and users' own are written in it.
//!
//! One file may hold any of: a product with its roles, services, actions. Unknown fields are errors,
//! because a misspelt field would otherwise be a fact that silently went missing. Imports the model.
//!
//! ```text
//! { "date": "2026-11-22",
//!   "product": {"id": "alikafka", "name": {"en": "..", "zh": ".."}, "page": null},
//!   "roles": [ {"name": "AliyunServiceRoleFor..", "service_name": "..", "feature": {"en", "zh", "standing"},
//!               "policy": {"name": "..", "file": "policies/...json", "standing": "published v1"}, ..} ],
//!   "user_policies": [..], "services": [..], "actions": [..] }
//! ```

use std::fmt;
use std::marker::PhantomData;

use serde::Deserialize;
use serde::de::{Deserializer, Visitor};

use super::model::{Fact, Standing, Text};
use crate::policy::level::{AccessLevel, LevelSource};

/// A whole file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct File {
    pub(super) date: Option<String>,
    pub(super) product: Option<ProductEntry>,
    pub(super) roles: Vec<RoleEntry>,
    pub(super) user_policies: Vec<UserPolicyEntry>,
    pub(super) services: Vec<ServiceEntry>,
    pub(super) actions: Vec<ActionEntry>,
}

/// The product that the file's roles belong to.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ProductEntry {
    pub(super) id: String,
    pub(super) name: TextEntry,
    #[serde(default)]
    pub(super) page: Option<String>,
}

/// A role.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RoleEntry {
    pub(super) name: String,
    #[serde(default)]
    pub(super) short_name: Option<String>,
    #[serde(default)]
    pub(super) service_name: Option<String>,
    #[serde(default)]
    pub(super) feature: Option<FactEntry>,
    #[serde(default)]
    pub(super) purpose: Option<FactEntry>,
    #[serde(default)]
    pub(super) created_when: Option<FactEntry>,
    /// The standing of the trust policy, which always has the one form of service-linked roles.
    #[serde(default)]
    pub(super) trust: Option<Word<Standing>>,
    #[serde(default)]
    pub(super) policy: Option<PolicyEntry>,
    #[serde(default)]
    pub(super) blockers: Vec<BlockerEntry>,
    #[serde(default)]
    pub(super) stops: Vec<FactEntry>,
    #[serde(default)]
    pub(super) notes: Vec<TextEntry>,
}

/// A permission policy; its document is a file beside the catalogue file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PolicyEntry {
    pub(super) name: String,
    pub(super) file: String,
    pub(super) standing: Word<Standing>,
    #[serde(default)]
    pub(super) updated: Option<String>,
    #[serde(default)]
    pub(super) page: Option<String>,
    #[serde(default)]
    pub(super) missing: Option<TextEntry>,
    #[serde(default)]
    pub(super) reconstructed: Option<TextEntry>,
    #[serde(default)]
    pub(super) statements: Vec<FactEntry>,
    #[serde(default)]
    pub(super) notes: Vec<TextEntry>,
}

/// What must be removed first.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct BlockerEntry {
    pub(super) what: TextEntry,
    pub(super) because: TextEntry,
    pub(super) standing: Word<Standing>,
    #[serde(default)]
    pub(super) check: Option<TextEntry>,
    #[serde(default)]
    pub(super) command: Option<String>,
}

/// A policy that is attached to people and lets them create roles of the product.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct UserPolicyEntry {
    pub(super) name: String,
    #[serde(default)]
    pub(super) version: Option<String>,
    pub(super) file: String,
}

/// A service.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ServiceEntry {
    pub(super) code: String,
    pub(super) name: TextEntry,
    #[serde(default)]
    pub(super) short: Option<String>,
    #[serde(default)]
    pub(super) aliases: Vec<String>,
    #[serde(default)]
    pub(super) page: Option<String>,
}

/// An action.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ActionEntry {
    pub(super) name: String,
    pub(super) level: Word<AccessLevel>,
    pub(super) source: Word<LevelSource>,
    #[serde(default)]
    pub(super) meaning: Option<TextEntry>,
    #[serde(default)]
    pub(super) page: Option<String>,
}

/// A text; Chinese may be missing.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TextEntry {
    en: String,
    #[serde(default)]
    zh: String,
}

impl From<TextEntry> for Text {
    fn from(entry: TextEntry) -> Self {
        Self {
            en: entry.en,
            zh: entry.zh,
        }
    }
}

/// A text with its standing.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FactEntry {
    en: String,
    #[serde(default)]
    zh: String,
    standing: Word<Standing>,
}

impl From<FactEntry> for Fact<Text> {
    fn from(entry: FactEntry) -> Self {
        Self {
            value: Text {
                en: entry.en,
                zh: entry.zh,
            },
            standing: entry.standing.0,
        }
    }
}

/// A value that files write as a word, so that a wrong word is reported where it stands.
#[derive(Debug)]
pub(super) struct Word<T>(pub(super) T);

/// What a [`Word`] can be.
pub(super) trait FromWord: Sized {
    /// The words, for the message.
    const EXPECTED: &'static str;
    /// The value of a word.
    fn from_word(word: &str) -> Option<Self>;
}

impl FromWord for Standing {
    const EXPECTED: &'static str = "published, published v1, documented, implied, derived, \
                                    reconstructed, name rule or observed";
    fn from_word(word: &str) -> Option<Self> {
        Self::parse(word)
    }
}

impl FromWord for AccessLevel {
    const EXPECTED: &'static str = "list, read, write, permissions or tagging";
    fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.word() == word)
    }
}

impl FromWord for LevelSource {
    const EXPECTED: &'static str = "documented or name rule";
    fn from_word(word: &str) -> Option<Self> {
        match word {
            "documented" => Some(Self::Documented),
            "name rule" => Some(Self::NameRule),
            _ => None,
        }
    }
}

impl<'de, T: FromWord> Deserialize<'de> for Word<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct WordVisitor<T>(PhantomData<T>);
        impl<T: FromWord> Visitor<'_> for WordVisitor<T> {
            type Value = Word<T>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(T::EXPECTED)
            }
            fn visit_str<E: serde::de::Error>(self, word: &str) -> Result<Self::Value, E> {
                T::from_word(word).map(Word).ok_or_else(|| {
                    E::custom(format_args!("`{word}` is not one of: {}", T::EXPECTED))
                })
            }
        }
        deserializer.deserialize_str(WordVisitor(PhantomData))
    }
}
