//! The question as work: where many statements are asked about many names it is answered beside the loop, so that the
//! next letter, Esc and Ctrl-c never wait for it.

use super::super::App;
use super::super::View;
use super::super::work::Work;
use super::documents::Documents;
use crate::catalog::Catalog;
use crate::catalog::ask::{self, Question, RoleAnswer};
use crate::say::Language;
use std::sync::Arc;

/// A question, and whom it is asked.
#[derive(Clone, Debug)]
pub struct Asking {
    pub(super) language: Language,
    pub(super) documents: Arc<Documents>,
    /// What was typed: action and resource.
    pub(super) asked: [String; 2],
    pub(super) catalog: Arc<Catalog>,
}

/// What is answered.
#[derive(Clone, Debug, Default)]
pub struct Answers {
    /// The question as it was understood; None where nothing is asked.
    pub(super) question: Option<Question>,
    /// The answer for every role.
    pub(super) roles: Vec<RoleAnswer>,
    /// Names that the action may become.
    pub(super) hints: Vec<Arc<str>>,
    /// It could not be worked out: nothing is known.
    pub(super) broken: bool,
}

impl Answers {
    /// What there is where asking broke down.
    pub(in crate::app) fn none() -> Self {
        Self { broken: true, ..Self::default() }
    }
}

impl Asking {
    /// Is it the same question to the same policies?
    pub(in crate::app) fn is(&self, other: &Self) -> bool {
        self.language == other.language
            && self.asked == other.asked
            && Arc::ptr_eq(&self.documents, &other.documents)
    }

    /// Does the answer take long?
    pub(super) fn is_slow(&self) -> bool {
        self.documents.are_slow() && !self.asked.iter().all(String::is_empty)
    }

    /// Answers it.
    pub(in crate::app) fn answer(&self) -> Answers {
        let (language, documents) = (self.language, &self.documents);
        let [action, resource] = &self.asked;
        let question = Question::read(language, &self.catalog, action, resource);
        let roles = question.as_ref().map_or_else(Vec::new, |question| {
            let roles = documents.all.iter().map(|(role, document)| (role, document.as_ref()));
            ask::who_can(language, &self.catalog, roles, question)
        });
        let mut hints = ask::completions(&documents.names, action, 12);
        let none = roles.iter().all(RoleAnswer::rests_on_unknown);
        if hints.is_empty() && none {
            hints = ask::nearest(&documents.names, action, 6);
        }
        Answers { question, roles, hints, broken: documents.broken }
    }
}

impl App {
    /// Takes in an answer, unless something else is asked by now: that is asked next.
    pub(in crate::app) fn who_can_answered(&mut self, asking: &Arc<Asking>, answers: Answers) {
        self.working.retain(|work| !matches!(work, Work::WhoCan(_)));
        if let View::WhoCan(view) = &mut self.view
            && view.asking.as_ref().is_some_and(|wanted| wanted.is(asking))
        {
            view.take(Arc::clone(asking), answers);
        }
    }
}
