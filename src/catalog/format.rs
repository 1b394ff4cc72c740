//! The shape of a catalogue file: the built-in ones and users' own are written in it.
//!
//! One file may hold any of: a product with its roles, services, actions. Unknown fields are errors, because a misspelt
//! field would otherwise be a fact that silently went missing.
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
use super::text::{is_plain, visible};
use crate::policy::level::{AccessLevel, LevelSource};

/// A whole file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct File {
    pub(super) date: Option<Plain>,
    pub(super) product: Option<ProductEntry>,
    pub(super) roles: Vec<RoleEntry>,
    pub(super) user_policies: Vec<UserPolicyEntry>,
    pub(super) removal_order: Vec<PrecedenceEntry>,
    pub(super) services: Vec<ServiceEntry>,
    pub(super) actions: Vec<ActionEntry>,
}

/// The product that the file's roles belong to.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ProductEntry {
    pub(super) id: Name,
    pub(super) name: TextEntry,
    #[serde(default)]
    pub(super) page: Option<Plain>,
}

/// A role.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RoleEntry {
    pub(super) name: Name,
    #[serde(default)]
    pub(super) short_name: Option<Plain>,
    #[serde(default)]
    pub(super) service_name: Option<Name>,
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
    pub(super) documented_permissions: Vec<DocumentedEntry>,
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
    pub(super) name: Name,
    pub(super) file: Plain,
    pub(super) standing: Word<Standing>,
    #[serde(default)]
    pub(super) updated: Option<Plain>,
    #[serde(default)]
    pub(super) page: Option<Plain>,
    #[serde(default)]
    pub(super) missing: Option<TextEntry>,
    /// Actions that the missing part is known to name.
    #[serde(default)]
    pub(super) missing_actions: Vec<ActionName>,
    #[serde(default)]
    pub(super) reconstructed: Option<TextEntry>,
    #[serde(default)]
    pub(super) statements: Vec<FactEntry>,
    #[serde(default)]
    pub(super) notes: Vec<TextEntry>,
}

/// What the product page says the role may do with a service.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DocumentedEntry {
    pub(super) service: Name,
    pub(super) operations: Vec<OperationEntry>,
}

/// An operation of the page: its words, and the actions they mean.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OperationEntry {
    pub(super) en: Plain,
    #[serde(default)]
    pub(super) zh: Plain,
    pub(super) actions: Vec<ActionName>,
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
    pub(super) command: Option<Plain>,
}

/// A policy that is attached to people and lets them create roles of the product.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct UserPolicyEntry {
    pub(super) name: Name,
    #[serde(default)]
    pub(super) version: Option<Plain>,
    pub(super) file: Plain,
}

/// A role that has to go before another of the product.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PrecedenceEntry {
    pub(super) first: Name,
    pub(super) then: Name,
    pub(super) because: TextEntry,
    pub(super) standing: Word<Standing>,
}

/// A service.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ServiceEntry {
    pub(super) code: Name,
    pub(super) name: TextEntry,
    #[serde(default)]
    pub(super) short: Option<Plain>,
    #[serde(default)]
    pub(super) aliases: Vec<Plain>,
    #[serde(default)]
    pub(super) page: Option<Plain>,
}

/// An action.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ActionEntry {
    pub(super) name: ActionName,
    pub(super) level: Word<AccessLevel>,
    pub(super) source: Word<LevelSource>,
    #[serde(default)]
    pub(super) meaning: Option<TextEntry>,
    #[serde(default)]
    pub(super) page: Option<Plain>,
    /// The operation of the API that it authorizes, where that has another name.
    #[serde(default)]
    pub(super) api: Option<Name>,
}

/// A text; Chinese may be missing.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TextEntry {
    en: Plain,
    #[serde(default)]
    zh: Plain,
}

impl From<TextEntry> for Text {
    fn from(entry: TextEntry) -> Self {
        Self::new(String::from(entry.en), String::from(entry.zh))
    }
}

/// A text with its standing.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FactEntry {
    en: Plain,
    #[serde(default)]
    zh: Plain,
    standing: Word<Standing>,
}

impl From<FactEntry> for Fact<Text> {
    fn from(entry: FactEntry) -> Self {
        Self {
            value: Text::new(String::from(entry.en), String::from(entry.zh)),
            standing: entry.standing.0,
        }
    }
}

/// A value that files write as a word, so that a wrong word is reported where it stands.
#[derive(Debug, Default)]
pub(super) struct Word<T>(pub(super) T);

/// What a [`Word`] can be.
pub(super) trait FromWord: Sized {
    /// The words, for the message.
    const EXPECTED: &'static str;
    /// The value of a word.
    fn from_word(word: &str) -> Option<Self>;
}

impl FromWord for Standing {
    const EXPECTED: &'static str = "one of published, published v1, published v1, in part, documented, \
                                    implied, derived, reconstructed, name rule or observed";
    fn from_word(word: &str) -> Option<Self> {
        Self::parse(word)
    }
}

impl FromWord for AccessLevel {
    const EXPECTED: &'static str = "one of list, read, write, permissions or tagging";
    fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.word() == word)
    }
}

impl FromWord for LevelSource {
    const EXPECTED: &'static str = "one of documented, by hand or name rule";
    fn from_word(word: &str) -> Option<Self> {
        match word {
            "documented" => Some(Self::Documented),
            "by hand" => Some(Self::ByHand),
            "name rule" => Some(Self::NameRule),
            _ => None,
        }
    }
}

/// A text without characters that a terminal could obey.
pub(super) type Plain = Word<PlainText>;

/// See [`Plain`].
#[derive(Debug, Default)]
pub(super) struct PlainText(String);

impl FromWord for PlainText {
    const EXPECTED: &'static str =
        "a text on one line, without control characters or marks that turn its direction";
    fn from_word(word: &str) -> Option<Self> {
        is_plain(word).then(|| Self(word.to_owned()))
    }
}

/// A name that may stand in a command, because nothing in it means anything to a shell.
pub(super) type Name = Word<NameText>;

/// See [`Name`].
#[derive(Debug)]
pub(super) struct NameText(String);

impl FromWord for NameText {
    const EXPECTED: &'static str = "a name of letters, digits, `.`, `-` and `_`";
    fn from_word(word: &str) -> Option<Self> {
        let good = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
        // A leading dash would be an option to the command.
        let fine = !word.is_empty() && !word.starts_with('-') && word.chars().all(good);
        fine.then(|| Self(word.to_owned()))
    }
}

/// An action or a pattern of actions.
pub(super) type ActionName = Word<ActionText>;

/// See [`ActionName`].
#[derive(Debug)]
pub(super) struct ActionText(String);

impl FromWord for ActionText {
    const EXPECTED: &'static str = "an action as service:Name, such as ecs:DescribeInstances";
    fn from_word(word: &str) -> Option<Self> {
        let (service, name) = word.split_once(':')?;
        let good = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '*' | '?');
        let fine = [service, name].iter().all(|part| !part.is_empty() && part.chars().all(good));
        fine.then(|| Self(word.to_owned()))
    }
}

macro_rules! into_string {
    ($($text:ident),*) => {
        $(impl From<Word<$text>> for String {
            fn from(word: Word<$text>) -> Self {
                word.0.0
            }
        })*
    };
}
into_string!(PlainText, NameText, ActionText);

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
                    E::custom(format_args!("`{}` is not {}", visible(word), T::EXPECTED))
                })
            }
        }
        deserializer.deserialize_str(WordVisitor(PhantomData))
    }
}
