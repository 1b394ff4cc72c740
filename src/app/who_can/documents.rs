//! The policies that are asked: read once, when the view opens, and kept as long as the roles are the same; beside the
//! loop where there is much to read.

use super::super::App;
use super::super::work::{SLOW, Work};
use crate::catalog::Catalog;
use crate::catalog::ask;
use crate::catalog::model::{Role, RoleId};
use crate::policy::document::Document;
use crate::policy::pattern;
use crate::policy::read;
use crate::policy::source::Source;
use std::sync::Arc;

/// Bytes of policies that stay read when the view is left: read they take some five times as many.
const KEPT_BYTES: usize = 64 << 20;

/// Names of actions times statements, in each policy, beyond which they are asked beside the loop; a name alone is ten.
const SLOW_TO_ASK: usize = 200_000;

/// The policies of all roles, read.
#[derive(Clone, Debug, Default)]
pub struct Documents {
    /// None where a role has no policy here, or one that cannot be read.
    pub(super) all: Vec<(RoleId, Option<Document>)>,
    /// Every name of an action that is known or that one of them writes.
    pub(super) names: Vec<Arc<str>>,
    /// Bytes of their texts.
    bytes: usize,
    /// What it costs at most to ask them: see [`SLOW_TO_ASK`].
    steps: usize,
    /// Reading them broke down: nothing is known of them.
    pub(super) broken: bool,
}

impl Documents {
    /// What there is where reading them broke down.
    pub(in crate::app) fn not_read() -> Arc<Self> {
        Arc::new(Self { broken: true, ..Self::default() })
    }

    /// Are they read again when the view is opened the next time? They are too many to be kept, or were not read.
    pub(in crate::app) const fn are_read_again(&self) -> bool {
        self.bytes > KEPT_BYTES || self.broken
    }

    /// Does it take long to ask them?
    pub(super) const fn are_slow(&self) -> bool {
        self.steps > SLOW_TO_ASK
    }
}

/// The texts that are to be read.
#[derive(Clone, Debug)]
pub struct Texts {
    /// None where a role has no policy here.
    all: Arc<[(RoleId, Option<Source>)]>,
    known: Arc<Catalog>,
    /// Which state of the roles they are of.
    pub(in crate::app) state: u64,
}

impl Texts {
    /// Is it the very same work?
    pub(in crate::app) fn is(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.all, &other.all)
    }

    fn bytes(&self) -> usize {
        self.all.iter().filter_map(|(_, text)| text.as_ref()).map(|text| text.len()).sum()
    }

    /// Reads them.
    pub(in crate::app) fn read(&self) -> Documents {
        let read = |text: &Source| read::document(text).ok().map(|read| read.document);
        let all: Vec<_> = self
            .all
            .iter()
            .map(|(role, text)| (role.clone(), text.as_ref().and_then(read)))
            .collect();
        let read = all.iter().filter_map(|(_, document)| document.as_ref());
        let names = ask::action_names(&self.known, read);
        let steps = all.iter().filter_map(|(_, document)| document.as_ref()).map(steps).sum();
        Documents { all, names, bytes: self.bytes(), steps, broken: false }
    }
}

/// What it costs at most to ask a policy.
fn steps(document: &Document) -> usize {
    let clauses = document.statements.iter().filter_map(|statement| statement.action.as_ref());
    let values = || clauses.clone().flat_map(|clause| &clause.values);
    // A pattern is compared with every other.
    let patterns = values().filter(|value| pattern::has_wildcard(&value.value)).count();
    values().count().saturating_mul(document.statements.len().max(patterns).max(10))
}

impl App {
    /// The policies of all roles; None as long as they are being read. While files are on their way those of a moment
    /// ago will do.
    pub(super) fn documents(&mut self) -> Option<Arc<Documents>> {
        let state = self.insights.state();
        let kept = self.insights.documents();
        if let Some((of, documents)) = kept
            && (of == state || self.loading.is_on())
        {
            return Some(documents);
        }
        if self.working.iter().any(|work| matches!(work, Work::Documents(_))) {
            return None;
        }
        let roles = self.catalog.roles().iter();
        // What a whole file holds stands there as roles of its own.
        let roles = roles.filter(|role| !self.insights.is_whole_file(&role.id));
        let text = |role: &Role| role.policy.as_ref().map(|policy| policy.source.clone());
        let all = roles.map(|role| (role.id.clone(), text(role))).collect();
        let texts = Texts { all, known: Arc::clone(&self.vocabulary), state };
        if texts.bytes() > SLOW {
            self.ask(Work::Documents(texts));
            return None;
        }
        let documents = Arc::new(texts.read());
        self.insights.keep_documents(state, Arc::clone(&documents));
        Some(documents)
    }

    /// Takes in policies that were read.
    pub(in crate::app) fn documents_read(&mut self, state: u64, documents: Arc<Documents>) {
        self.working.retain(|work| !matches!(work, Work::Documents(_)));
        self.insights.keep_documents(state, documents);
    }
}
