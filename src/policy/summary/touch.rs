//! Which services a document touches, with numbers only: what lists, filters and the matrix need of
//! thousands of documents, at a fraction of the cost of their summaries.

use std::collections::hash_map::RandomState;
use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};

use super::build::{highest_of_the_rest, resource_services, service_part};
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
        let mut other_places: Vec<Option<usize>> = vec![None; others.len()];
        let rest = action.negated.then(|| highest_of_the_rest(action, vocabulary));
        for value in &action.values {
            let own = draft.service(if action.negated { "*" } else { service_part(&value.value) });
            let name = pattern::hash(&draft.hasher, &value.value) ^ u64::from(action.negated);
            if draft.seen.insert((own, false, name)) {
                let level = rest.unwrap_or_else(|| level::of(&value.value, vocabulary).0);
                if let Some(service) = draft.services.get_mut(own) {
                    service.actions += 1;
                    service.level = service.level.max(Some(level));
                }
            }
            for (other, place) in others.iter().zip(&mut other_places) {
                let at = match *place {
                    Some(at) => at,
                    // The action's own service comes before those of resources.
                    None if draft.is_called(own, other) => own,
                    None => *place.insert(draft.service(other)),
                };
                if at != own
                    && draft.seen.insert((at, true, name))
                    && let Some(service) = draft.services.get_mut(at)
                {
                    service.through += 1;
                }
            }
        }
    }
    draft.services
}

/// Service, through resources, and the hash of the action: texts would cost more than all the rest.
type Seen = (usize, bool, u64);

#[derive(Default)]
struct Draft {
    services: Vec<Touched>,
    /// Used where there are many services.
    index: HashMap<String, usize>,
    seen: HashSet<Seen, BuildHasherDefault<Mixed>>,
    hasher: RandomState,
}

/// So many services are compared one by one.
const FEW: usize = 24;

impl Draft {
    fn is_called(&self, at: usize, code: &str) -> bool {
        self.services.get(at).is_some_and(|service| service.code == code)
    }

    /// The place of a service, written in any case.
    fn service(&mut self, code: &str) -> usize {
        let few = self.services.len() <= FEW;
        if few && code.is_ascii() {
            let same = |service: &Touched| service.code.eq_ignore_ascii_case(code);
            if let Some(at) = self.services.iter().position(same) {
                return at;
            }
        }
        let code = pattern::fold(code);
        if let Some(at) = self.index.get(&code) {
            return *at;
        }
        let at = self.services.len();
        self.index.insert(code.clone(), at);
        self.services.push(Touched { code, level: None, actions: 0, through: 0 });
        at
    }
}

/// Keeps the hash of the action, which is keyed already, and mixes the rest in.
#[derive(Default)]
struct Mixed(u64);

impl Hasher for Mixed {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u64(u64::from(*byte));
        }
    }

    fn write_u8(&mut self, number: u8) {
        self.write_u64(u64::from(number));
    }

    fn write_usize(&mut self, number: usize) {
        self.write_u64(number as u64);
    }

    fn write_u64(&mut self, number: u64) {
        // An odd number with its bits well spread, so that small numbers change high bits too.
        self.0 = (self.0.rotate_left(5) ^ number).wrapping_mul(0x9E37_79B9_7F4A_7C15);
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
