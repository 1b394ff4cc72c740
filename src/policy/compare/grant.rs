//! The statements that make up one grant, in words: its name, limits, level.

use super::effort::Effort;
use super::report::bare;
use super::verdict;
use crate::policy::document::{Clause, Condition, Document, Effect, Principal};
use crate::policy::explain;
use crate::policy::level::{self, AccessLevel, LevelSource};
use crate::policy::pattern::{self, Case};
use crate::policy::vocabulary::Vocabulary;
use crate::policy::wording::{self, visible};
use crate::say::{Language, said, say};
use std::collections::HashSet;

/// Actions of a grant that its line names.
pub(super) const NAMED: usize = 3;

/// Statements that make up one grant, read together: they differ in actions or in resources alone.
pub(super) struct Grant<'a> {
    /// It denies.
    pub(super) denied: bool,
    /// It is about every action but the listed ones.
    pub(super) not_action: bool,
    /// The actions as the document spells them, each once.
    pub(super) actions: Vec<&'a str>,
    resource: Option<Clause>,
    conditions: &'a [Condition],
    principal: Option<&'a Principal>,
}

impl<'a> Grant<'a> {
    pub(super) fn of(document: &'a Document, statements: &[usize]) -> Self {
        let mut grant = Self {
            denied: false,
            not_action: false,
            actions: Vec::new(),
            resource: None,
            conditions: &[],
            principal: None,
        };
        let mut seen = HashSet::new();
        let mut known = HashSet::new();
        for statement in statements.iter().filter_map(|at| document.statements.get(*at)) {
            grant.denied = statement.effect == Effect::Deny;
            grant.conditions = &statement.conditions;
            grant.principal = statement.principal.as_ref();
            if let Some(action) = &statement.action {
                grant.not_action = action.negated;
                let values = action.values.iter().map(|value| value.value.as_str());
                grant.actions.extend(values.filter(|value| seen.insert(pattern::fold(value))));
            }
            if let Some(resource) = &statement.resource {
                let all = grant
                    .resource
                    .get_or_insert_with(|| Clause { values: Vec::new(), ..resource.clone() });
                let new = resource.values.iter().filter(|value| known.insert(value.value.as_str()));
                all.values.extend(new.cloned());
            }
        }
        grant
    }

    /// Its resources, principals and conditions, in words.
    pub(super) fn limits(&self, language: Language) -> Vec<String> {
        let mut limits = Vec::new();
        if self.denied {
            limits.push(say(language, "denied").to_owned());
        }
        if let Some(principal) = self.principal {
            let members = wording::members(language, principal, NAMED * 2);
            let members = wording::join(language, &members, "and");
            limits.push(if principal.negated {
                said(language, "for anyone except {}", &[&members])
            } else {
                said(language, "for {}", &[&members])
            });
        }
        if let Some(resource) = &self.resource {
            limits.push(said(language, "on {}", &[&explain::resources(language, resource)]));
        }
        let action = if let [one] = self.actions.as_slice() { one } else { "" };
        limits.extend(self.conditions.iter().map(|one| wording::condition(language, one, action)));
        limits
    }

    pub(super) fn named(&self, language: Language, most: usize) -> String {
        let first = wording::first(language, &self.actions, most, |action| visible(action));
        wording::join(language, &first, "and")
    }

    /// Leaves out the actions that the other grant does not have; of a pattern and what it covers the narrower one stays.
    /// What is left out under `NotAction` stays.
    pub(super) fn keep_shared(&mut self, other: &Self, effort: &Effort) {
        if self.not_action || other.not_action {
            return;
        }
        let shared = within(&self.actions, &other.actions, effort);
        let known: HashSet<String> = shared.iter().map(|action| pattern::fold(action)).collect();
        let narrower = within(&other.actions, &self.actions, effort).into_iter();
        let narrower = narrower.filter(|action| !known.contains(&pattern::fold(action)));
        let all: Vec<&'a str> = shared.iter().copied().chain(narrower).collect();
        if !all.is_empty() {
            self.actions = all;
        }
    }

    /// What to call it, with some of its actions.
    pub(super) fn titled(&self, language: Language, vocabulary: &dyn Vocabulary) -> String {
        self.titled_as(language, &self.title(language, vocabulary))
    }

    /// What to call it.
    pub(super) fn title(&self, language: Language, vocabulary: &dyn Vocabulary) -> String {
        let effect = if self.denied { Effect::Deny } else { Effect::Allow };
        let actions = self.actions.iter().copied();
        verdict::title_of(language, effect, self.not_action, actions, vocabulary)
    }

    /// This title with some of its actions.
    pub(super) fn titled_as(&self, language: Language, title: &str) -> String {
        let mut named = self.named(language, NAMED);
        if self.not_action {
            named = said(language, "every action except {}", &[&named]);
        }
        said(language, "{} ({})", &[&bare(title), &named])
    }

    /// The highest level of its actions.
    pub(super) fn level(&self, vocabulary: &dyn Vocabulary) -> Option<(AccessLevel, LevelSource)> {
        if self.not_action {
            return None;
        }
        self.actions
            .iter()
            .map(|action| level::of(action, vocabulary))
            .max_by_key(|(level, source)| (*level, std::cmp::Reverse(*source)))
    }
}

/// Those of the first that the second has or covers.
fn within<'a>(some: &[&'a str], all: &[&str], effort: &Effort) -> Vec<&'a str> {
    let names: HashSet<String> = all.iter().map(|name| pattern::fold(name)).collect();
    let wild: Vec<&str> = all.iter().copied().filter(|name| pattern::has_wildcard(name)).collect();
    let covered = |action: &str| {
        !effort.is_spent() && wild.iter().any(|wild| effort.covers(wild, action, Case::Fold))
    };
    let has = |action: &&&str| names.contains(&pattern::fold(action)) || covered(action);
    some.iter().filter(has).copied().collect()
}
