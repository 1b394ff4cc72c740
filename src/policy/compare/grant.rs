//! The statements that make up one grant, in words: its name, limits, level.

use super::report::bare;
use super::verdict;
use crate::policy::document::{Clause, Condition, Document, Effect, Principal};
use crate::policy::explain;
use crate::policy::level::{self, AccessLevel, LevelSource};
use crate::policy::pattern;
use crate::policy::vocabulary::Vocabulary;
use crate::policy::wording::{self, visible};
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
    pub(super) fn limits(&self) -> Vec<String> {
        let mut limits = Vec::new();
        if self.denied {
            limits.push("denied".to_owned());
        }
        if let Some(principal) = self.principal {
            let members = wording::first(
                crate::say::Language::English,
                &principal.members,
                NAMED * 2,
                |(kind, value)| wording::member(crate::say::Language::English, kind, &value.value),
            );
            let not = if principal.negated { "anyone except " } else { "" };
            limits.push(format!(
                "for {not}{}",
                wording::join(crate::say::Language::English, &members, "and")
            ));
        }
        if let Some(resource) = &self.resource {
            limits.push(format!(
                "on {}",
                explain::resources(crate::say::Language::English, resource)
            ));
        }
        let action = if let [one] = self.actions.as_slice() { one } else { "" };
        limits.extend(
            self.conditions
                .iter()
                .map(|one| wording::condition(crate::say::Language::English, one, action)),
        );
        limits
    }

    pub(super) fn named(&self, most: usize) -> String {
        wording::join(
            crate::say::Language::English,
            &wording::first(crate::say::Language::English, &self.actions, most, |action| {
                visible(action)
            }),
            "and",
        )
    }

    /// What to call it, with some of its actions.
    pub(super) fn titled(&self, vocabulary: &dyn Vocabulary) -> String {
        let effect = if self.denied { Effect::Deny } else { Effect::Allow };
        let actions = self.actions.iter().copied();
        let title = verdict::title_of(effect, self.not_action, actions, vocabulary);
        let all_but = if self.not_action { "every action except " } else { "" };
        format!("{} ({all_but}{})", bare(&title), self.named(NAMED))
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
