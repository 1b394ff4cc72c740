//! What the entries of one statement repeat of it. The texts that are the same for all stand in memory once.

use std::cell::RefCell;
use std::sync::Arc;

use super::{Grant, Terms};
use crate::policy::document::Statement;
use crate::policy::source::Spanned;
use crate::policy::wording::{self, visible};
use crate::say::{Language, said};

/// Texts that one statement may add to a summary. Every entry repeats its statement's resources
/// and conditions, which for a real policy is nothing and for a hostile one would fill the memory.
const BUDGET: usize = 200_000;

/// What each entry of a statement repeats of it.
pub(super) struct Share<'d> {
    pub(super) cut: Cut,
    statement: &'d Statement,
    /// Those of the action before, which mostly are those of the next one too.
    terms: RefCell<Arc<Terms>>,
}

impl<'d> Share<'d> {
    /// For so many entries.
    pub(super) fn of(language: Language, statement: &'d Statement, entries: usize) -> Self {
        let resources = statement.resource.as_ref().map_or(0, |clause| clause.values.len());
        let values: usize = statement.conditions.iter().map(|c| c.values.len() + 1).sum();
        let members = statement.principal.as_ref().map_or(0, |p| p.members.len());
        let left_out = statement.action.as_ref().filter(|action| action.negated);
        let left_out = left_out.map_or(0, |action| action.values.len());
        let texts = resources + values + members + left_out;
        let each = if texts.saturating_mul(entries) <= BUDGET {
            usize::MAX
        } else {
            BUDGET / entries.max(1)
        };
        let cut = Cut { language, each };
        let resources = statement
            .resource
            .as_ref()
            .map(|clause| cut.texts(&clause.values, |value| value.value.to_string()));
        let principals = statement.principal.as_ref().map(|principal| {
            cut.texts(&principal.members, |(kind, value)| {
                let who = wording::member(language, kind, &value.value);
                if principal.negated { said(language, "everyone but {}", &[&who]) } else { who }
            })
        });
        let terms = Terms {
            effect: statement.effect,
            not_action: statement.action.as_ref().is_some_and(|action| action.negated),
            resources: resources.unwrap_or_default().into(),
            not_resource: statement.resource.as_ref().is_some_and(|clause| clause.negated),
            conditions: Arc::default(),
            principals: principals.unwrap_or_default().into(),
        };
        Self { cut, statement, terms: RefCell::new(Arc::new(terms)) }
    }

    /// The terms for an action; its conditions say what it works on.
    fn terms(&self, action: &str) -> Arc<Terms> {
        let Cut { language, each } = self.cut;
        let conditions = self.cut.texts(&self.statement.conditions, |condition| {
            if condition.values.len() > each {
                said(language, "only if {} holds", &[&visible(&condition.key.value)])
            } else {
                wording::condition(language, condition, action)
            }
        });
        let mut before = self.terms.borrow_mut();
        if *before.conditions != *conditions {
            *before = Arc::new(Terms { conditions: conditions.into(), ..Terms::clone(&before) });
        }
        Arc::clone(&before)
    }

    /// What the statement says of one of its actions.
    pub(super) fn grant(&self, index: usize, value: &Spanned) -> Grant {
        Grant { statement: index, span: value.span, terms: self.terms(&value.value) }
    }
}

/// How many texts each entry repeats.
#[derive(Clone, Copy)]
pub(super) struct Cut {
    language: Language,
    pub(super) each: usize,
}

impl Cut {
    /// The first of the texts, and how many there are beyond them.
    pub(super) fn texts<T>(self, all: &[T], word: impl Fn(&T) -> String) -> Vec<String> {
        let mut texts: Vec<String> = all.iter().take(self.each).map(word).collect();
        if let Some(more) = all.len().checked_sub(self.each).filter(|more| *more > 0) {
            texts.push(said(self.language, "and {} more", &[&more.to_string()]));
        }
        texts
    }
}
