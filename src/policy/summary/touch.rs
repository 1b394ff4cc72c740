//! Which services a document touches, with numbers only: what lists, filters and the matrix need of
//! thousands of documents, at a fraction of the cost of their summaries.

use std::collections::hash_map::RandomState;
use std::collections::{HashMap, HashSet};
use std::hash::BuildHasher as _;

use super::build::{level_of_the_rest, resource_services, service_of_action};
use super::{ServiceSummary, Summary};
use crate::policy::document::{Document, Effect};
use crate::policy::level::{self, AccessLevel};
use crate::policy::pattern;
use crate::policy::vocabulary::Vocabulary;

/// How a document touches one service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Touched {
    /// The RAM code in lower case; `*` for any service.
    pub code: String,
    /// The highest level of its own actions; None where it is touched through resources only.
    pub level: Option<AccessLevel>,
    /// Its own actions and patterns.
    pub actions: usize,
    /// Actions of other services on its resources.
    pub through: usize,
}

impl From<&ServiceSummary> for Touched {
    fn from(service: &ServiceSummary) -> Self {
        Self {
            code: service.code.clone(),
            level: service.levels.iter().map(|group| group.level).max(),
            actions: service.levels.iter().map(|group| group.actions.len()).sum(),
            through: service.through_resources.len(),
        }
    }
}

impl Summary {
    /// The same without the details.
    pub fn touched(&self) -> Vec<Touched> {
        self.services.iter().map(Touched::from).collect()
    }
}

/// The services of a document: the same as [`Summary::touched`] of its summary.
pub fn touched(document: &Document, vocabulary: &dyn Vocabulary) -> Vec<Touched> {
    let mut draft = Draft::default();
    for statement in &document.statements {
        let Some(action) =
            statement.action.as_ref().filter(|_| statement.effect != Effect::Unknown)
        else {
            continue;
        };
        let others = resource_services(statement);
        let rest = action.negated.then(|| level_of_the_rest(action, vocabulary).0);
        for value in &action.values {
            let code =
                if action.negated { "*".to_owned() } else { service_of_action(&value.value) };
            let name = draft.hasher.hash_one((action.negated, pattern::fold(&value.value)));
            let own = draft.service(&code);
            if draft.seen.insert((own, false, name)) {
                let level = rest.unwrap_or_else(|| level::of(&value.value, vocabulary).0);
                if let Some(service) = draft.services.get_mut(own) {
                    service.actions += 1;
                    service.level = service.level.max(Some(level));
                }
            }
            for other in others.iter().filter(|other| **other != code) {
                let at = draft.service(other);
                if draft.seen.insert((at, true, name))
                    && let Some(service) = draft.services.get_mut(at)
                {
                    service.through += 1;
                }
            }
        }
    }
    draft.services
}

#[derive(Default)]
struct Draft {
    services: Vec<Touched>,
    index: HashMap<String, usize>,
    /// Service, through resources, and the hash of the action: texts would cost more than all the rest.
    seen: HashSet<(usize, bool, u64)>,
    hasher: RandomState,
}

impl Draft {
    fn service(&mut self, code: &str) -> usize {
        if let Some(at) = self.index.get(code) {
            return *at;
        }
        let at = self.services.len();
        self.index.insert(code.to_owned(), at);
        self.services.push(Touched { code: code.to_owned(), level: None, actions: 0, through: 0 });
        at
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::read;
    use crate::policy::summary::summarize;
    use crate::policy::vocabulary::Nothing;

    #[test]
    fn it_agrees_with_the_summary() {
        for text in [
            r#"{"Statement":[{"Effect":"Allow","Action":["ecs:A","Ecs:a","ecs:Describe*","*"],"Resource":["acs:vpc:*:*:*","acs:ecs:*"]}]}"#,
            r#"{"Statement":[{"Effect":"Deny","NotAction":["ecs:A"],"Resource":"*"},{"Effect":"Maybe","Action":"a:B"}]}"#,
            r#"{"Statement":[{"Effect":"Allow","NotAction":["*"],"Resource":"acs:oss:*"},{"Effect":"Allow","Action":"oss:*"}]}"#,
            r#"{"Statement":[]}"#,
        ] {
            let document = read::document(text).unwrap().document;
            let summary = summarize(&document, &Nothing);
            assert_eq!(touched(&document, &Nothing), summary.touched(), "{text}");
        }
    }
}
