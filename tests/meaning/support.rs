//! Documents and vocabularies for the tests of this folder.

use rolescope::policy::document::Document;
use rolescope::policy::level::{AccessLevel, LevelSource};
use rolescope::policy::vocabulary::{KnownAction, Vocabulary};
use rolescope::say::Language;
use serde_json::Value;

/// A document of these statements.
pub(crate) fn policy(statements: &Value) -> Document {
    let text = serde_json::json!({ "Version": "1", "Statement": statements }).to_string();
    document(&text)
}

/// The document in a text.
pub(crate) fn document(text: &str) -> Document {
    match rolescope::policy::read::document(text) {
        Ok(read) => read.document,
        Err(error) => panic!("{error:?} in {text}"),
    }
}

/// A vocabulary of a few actions.
pub(crate) struct Few;

const FEW: [(&str, AccessLevel, LevelSource, Option<&str>); 6] = [
    ("ecs:DescribeInstances", AccessLevel::Read, LevelSource::Documented, Some("List servers")),
    ("ecs:RunInstances", AccessLevel::Write, LevelSource::Documented, Some("Start new servers")),
    ("kms:Encrypt", AccessLevel::Read, LevelSource::Documented, Some("Encrypt a text")),
    ("ots:GetRow", AccessLevel::Read, LevelSource::Documented, Some("Read a row")),
    ("ots:ListTable", AccessLevel::List, LevelSource::Documented, Some("List tables")),
    ("ots:PutRow", AccessLevel::Write, LevelSource::NameRule, None),
];

fn known(entry: &'static (&str, AccessLevel, LevelSource, Option<&str>)) -> KnownAction<'static> {
    KnownAction {
        name: entry.0,
        level: entry.1,
        source: entry.2,
        meaning: entry.3,
        meaning_zh: None,
    }
}

impl Vocabulary for Few {
    fn action(&self, name: &str) -> Option<KnownAction<'_>> {
        FEW.iter().find(|entry| entry.0.eq_ignore_ascii_case(name)).map(known)
    }

    fn actions_of(&self, service: &str) -> Vec<KnownAction<'_>> {
        let of = |name: &str| name.split(':').next().unwrap().eq_ignore_ascii_case(service);
        FEW.iter().filter(|entry| of(entry.0)).map(known).collect()
    }

    fn services(&self) -> Vec<&str> {
        vec!["ecs", "kms", "ots"]
    }

    fn service_name(&self, _language: Language, code: &str) -> Option<&str> {
        match code {
            "ecs" => Some("Elastic Compute Service"),
            "ots" => Some("Tablestore"),
            "alikafka" => Some("ApsaraMQ for Kafka"),
            _ => None,
        }
    }
}
