//! Whether a service tells RAM the tag that a condition asks for: what is to be said of `acs:ResourceTag`. Reported
//! from live accounts (2026) and documented for single services; which service supplies the key is listed nowhere.

use super::document::{Document, Statement};
use super::key::tag_of;
use super::pattern::{self, Case};
use crate::say::{Language, say};

/// How far the key can be counted on in the requests of some actions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Supply {
    /// Only where the service supplies it, which is not listed.
    Maybe,
    /// Never: so it is with RDS.
    Never,
}

impl Supply {
    /// That of a condition key in a statement; None where it is no tag of the resource under `acs:`.
    pub fn of(statement: &Statement, key: &str) -> Option<Self> {
        let (service, family, _) = tag_of(key)?;
        if service != "acs" || family != "resourcetag/" {
            return None;
        }
        let clause = statement.action.as_ref()?;
        let never = !clause.negated && clause.values.iter().all(|action| is_of_rds(&action.value));
        Some(if never { Self::Never } else { Self::Maybe })
    }

    /// That of the first such condition of a statement.
    pub fn in_statement(statement: &Statement) -> Option<Self> {
        let mut keys = statement.conditions.iter().map(|condition| condition.key.value.as_str());
        keys.find_map(|key| Self::of(statement, key))
    }

    /// In a sentence.
    pub fn said(self, language: Language) -> &'static str {
        match self {
            Self::Maybe => say(
                language,
                "acs:ResourceTag counts only if the service supplies it with the request, which calls that describe or list often do not.",
            ),
            Self::Never => say(
                language,
                "RDS supplies no acs:ResourceTag with its requests: it has rds:ResourceTag.",
            ),
        }
    }
}

fn is_of_rds(action: &str) -> bool {
    action.get(..4).is_some_and(|code| code.eq_ignore_ascii_case("rds:"))
}

/// What is to be said of a request for an action, as its conditions stand: one sentence, or none.
pub fn notes(language: Language, documents: &[&Document], action: &str) -> Option<String> {
    let statements = documents.iter().flat_map(|document| &document.statements);
    let mut about = statements.filter(|statement| {
        statement.action.as_ref().is_some_and(|clause| {
            let named = |value: &str| pattern::matches(value, action, Case::Fold);
            clause.values.iter().any(|value| named(&value.value)) != clause.negated
        })
    });
    let first = about.find_map(Supply::in_statement)?;
    let supply = if is_of_rds(action) { Supply::Never } else { first };
    Some(supply.said(language).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::read;

    #[test]
    fn a_tag_of_the_resource_is_there_where_the_service_says_so() {
        for (action, key, supply) in [
            ("ecs:DescribeInstances", "acs:ResourceTag/a", Some(Supply::Maybe)),
            ("rds:DescribeDBInstances", "acs:resourcetag/a", Some(Supply::Never)),
            ("*", "acs:ResourceTag/a", Some(Supply::Maybe)),
            ("rds:DescribeDBInstances", "rds:ResourceTag/a", None),
            ("ecs:CreateInstance", "acs:RequestTag/a", None),
            ("ecs:CreateInstance", "acs:ResourceTag", None),
        ] {
            let text = format!(
                r#"{{"Version":"1","Statement":[{{"Effect":"Allow","Action":"{action}","Resource":"*",
                "Condition":{{"StringEquals":{{"{key}":"b"}}}}}}]}}"#
            );
            let document = read::document(&text).unwrap().document;
            let statement = document.statements.first().unwrap();
            assert_eq!(Supply::in_statement(statement), supply, "{action} {key}");
            let asked = if action == "*" { "rds:DescribeRegions" } else { action };
            let note = notes(Language::English, &[&document], asked);
            assert_eq!(note.is_some(), supply.is_some(), "{action} {key}");
            assert_eq!(notes(Language::English, &[&document], "x:Get").is_some(), action == "*");
        }
    }
}
