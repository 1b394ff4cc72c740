//! What is computed from policies: numbers for every role that was asked about, the whole summary of
//! the last few.
//!
//! Ten thousand summaries would fill the memory, and reading that many policies at a key press would
//! make it wait; so lists, filter and matrix live on [`Touched`], which the loader computes; the matrix
//! sums up only policies with statements that were written to match prose, and keeps none of these.

use super::counted::RolesByService;
use super::summary_rows::Row;
use super::who_can::Documents;
use super::work::SLOW;
use crate::catalog::Catalog;
use crate::catalog::model::{Policy, Role, RoleId};
use crate::catalog::review::{Grave, findings_of, grave_of, repairs_of};
use crate::catalog::touch::Touch;
use crate::hands;
use crate::hash::Map;
use crate::policy::document::Document;
use crate::policy::findings::{Finding, Rule};
use crate::policy::json::Repair;
use crate::policy::summary::{Summary, Touched, Touches, summarize_in, touched};
use crate::say::Language;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// How many summaries are kept: those of the roles that were looked at last. Whoever goes through all roles works on
/// [`Touched`] or on documents.
const KEPT: usize = 64;

/// Bytes of the policies whose summaries are kept, the last used one aside. A summary takes some five times as many, and
/// of the largest seconds: who looks at another role and comes back should not wait for it again.
const KEPT_BYTES: usize = 64 << 20;

/// Bytes of a policy from which on the rows of its permissions are kept too: they take a millisecond and more to make.
const ROWS_KEPT_FROM: usize = 64 << 10;

/// What is computed from a role's policy.
#[derive(Clone, Debug, Default)]
pub struct Insight {
    /// The permission policy; empty where there is none or it cannot be read.
    pub document: Document,
    /// What it grants.
    pub summary: Summary,
    /// Why the policy cannot be read, in a sentence.
    pub unreadable: Option<String>,
    /// What an operator should know about it, in the order of the source; behind that what was repaired in its text.
    pub findings: Vec<Finding>,
    /// What was repaired in its text: it is strict JSON where there is nothing.
    pub repairs: Vec<Repair>,
    /// Bytes of its text.
    pub size: usize,
}

impl Insight {
    /// Computes it, with its sentences in a language.
    pub fn of(language: Language, role: &Role, catalog: &Catalog) -> Self {
        let Some(policy) = &role.policy else { return Self::default() };
        let read = match crate::policy::read::document(&policy.source) {
            Ok(read) => read,
            Err(error) => {
                let unreadable = Some(error.located_in(&policy.name).said(language));
                return Self { unreadable, ..Self::default() };
            }
        };
        let size = policy.source.len();
        let findings = || {
            let mut findings = findings_of(language, role, &read, catalog);
            findings.extend(repairs_of(language, &read, &policy.source));
            findings
        };
        let summary = || summarize_in(language, &read.document, catalog);
        // Of a large policy both are worked out side by side.
        let (findings, summary) =
            if size > SLOW { hands::both(findings, summary) } else { (findings(), summary()) };
        let (repairs, document) = (read.repairs, read.document);
        Self { document, summary, unreadable: None, findings, repairs, size }
    }

    /// How many findings are more than notes.
    pub fn grave(&self) -> Grave {
        match self.unreadable {
            Some(_) => Grave::UNREADABLE,
            None => Grave::among(&self.findings),
        }
    }

    /// The findings of a statement, but for what was repaired in its text.
    pub fn findings_at(&self, statement: usize) -> impl Iterator<Item = &Finding> {
        let of_meaning = |finding: &&Finding| !matches!(finding.rule, Rule::Repair(_));
        let findings = self.findings.iter().filter(of_meaning);
        findings.filter(move |finding| finding.statement == Some(statement))
    }
}

/// The insight of a role that was looked at.
#[derive(Clone, Debug)]
struct Recent {
    role: RoleId,
    insight: Arc<Insight>,
    /// The rows of its permissions, and the columns that they were made for, while they are not shown.
    rows: Option<(usize, Vec<Row>)>,
}

/// What was computed so far.
#[derive(Clone, Debug, Default)]
pub struct Insights {
    touched: Map<RoleId, Touches>,
    /// The last used one at the end.
    recent: Vec<Recent>,
    /// How many roles touch each service, once it was counted.
    counted: Option<Arc<RolesByService>>,
    /// How many findings of roles are more than notes, where that was counted without the rest.
    grave: HashMap<RoleId, Grave>,
    /// Roles whose policy is a whole file of many documents.
    whole_files: HashSet<RoleId>,
    /// The language of their sentences.
    language: Language,
    /// Another number whenever a role changed.
    state: u64,
    /// The policies of all roles, read, and the state that they are of.
    documents: Option<(u64, Arc<Documents>)>,
}

impl Insights {
    /// From now on sentences are made in this language; those of another one are forgotten.
    pub fn speak(&mut self, language: Language) {
        if self.language != language {
            self.language = language;
            self.recent.clear();
        }
    }

    /// The insight of a role, computed where it is not at hand.
    pub fn get(&mut self, role: &RoleId, catalog: &Catalog) -> Arc<Insight> {
        if let Some(known) = self.known(role) {
            return known;
        }
        let insight = match catalog.role(role) {
            Some(role) if !self.whole_files.contains(&role.id) => {
                Insight::of(self.language, role, catalog)
            }
            _ => Insight::default(),
        };
        let insight = Arc::new(insight);
        self.keep(role.clone(), Arc::clone(&insight));
        insight
    }

    /// The same, but None where computing it would take long.
    pub fn at_once(&mut self, role: &RoleId, catalog: &Catalog) -> Option<Arc<Insight>> {
        let policy = catalog.role(role).and_then(|role| role.policy.as_ref());
        let slow = policy.is_some_and(|policy| policy.source.len() > SLOW);
        if slow && !self.whole_files.contains(role) {
            return self.known(role);
        }
        Some(self.get(role, catalog))
    }

    /// How many findings of a role are more than notes; None where counting them would take long. The rest of its
    /// insight waits until it is looked at: of the roles in sight that is mostly one.
    pub fn grave(&mut self, role: &RoleId, catalog: &Catalog) -> Option<Grave> {
        if let Some(known) = self.recent.iter().find(|known| known.role == *role) {
            return Some(known.insight.grave());
        }
        let known = catalog.role(role)?;
        let Some(policy) = known.policy.as_ref().filter(|_| !self.whole_files.contains(role))
        else {
            return Some(Grave::default());
        };
        if policy.source.len() > SLOW {
            return None;
        }
        let count = || {
            let read = crate::policy::read::document(&policy.source);
            read.map_or(Grave::UNREADABLE, |read| grave_of(known, &read, catalog))
        };
        Some(*self.grave.entry(role.clone()).or_insert_with(count))
    }

    /// The roles whose insights are at hand, the last used one at the end.
    #[cfg(test)]
    pub(super) fn at_hand(&self) -> Vec<RoleId> {
        self.recent.iter().map(|known| known.role.clone()).collect()
    }

    /// Takes in what was computed elsewhere.
    pub fn keep(&mut self, role: RoleId, insight: Arc<Insight>) {
        self.recent.retain(|known| known.role != role);
        let size = |recent: &[Recent]| recent.iter().map(|known| known.insight.size).sum::<usize>();
        while self.recent.len() >= KEPT || size(&self.recent) > KEPT_BYTES {
            self.recent.remove(0);
        }
        self.recent.push(Recent { role, insight, rows: None });
    }

    /// Keeps rows of the permissions of a role for when it is shown again, where making them anew would be felt.
    pub(super) fn keep_rows(
        &mut self,
        role: &RoleId,
        insight: &Arc<Insight>,
        width: usize,
        rows: Vec<Row>,
    ) {
        let known = self.recent.iter_mut().find(|known| known.role == *role);
        if insight.size >= ROWS_KEPT_FROM
            && let Some(known) = known.filter(|known| Arc::ptr_eq(&known.insight, insight))
        {
            known.rows = Some((width, rows));
        }
    }

    /// The rows that were kept of a role, where they are of so many columns.
    pub(super) fn kept_rows(&mut self, role: &RoleId, width: usize) -> Option<Vec<Row>> {
        let known = self.recent.iter_mut().find(|known| known.role == *role)?;
        known.rows.take().filter(|rows| rows.0 == width).map(|rows| rows.1)
    }

    /// Takes in what the loader says of a role; what was computed of an earlier state is forgotten. `old` is the role
    /// as the catalogue has it until then.
    pub fn learn(
        &mut self,
        role: &Role,
        old: Option<&Role>,
        touched: Option<Touches>,
        whole_file: bool,
    ) {
        self.state += 1;
        let id = &role.id;
        self.recent.retain(|known| known.role != *id);
        self.grave.remove(id);
        if whole_file {
            self.whole_files.insert(id.clone());
        } else {
            self.whole_files.remove(id);
        }
        let before = match &touched {
            Some(touched) => self.touched.insert(id.clone(), touched.clone()),
            None => self.touched.remove(id),
        };
        // Thousands of roles come one after the other: their services are not counted again for each of them.
        match (touched, &mut self.counted) {
            (Some(touched), Some(counted)) => {
                let counted = Arc::make_mut(counted);
                if let Some((old, before)) = old.zip(before) {
                    let left_out = left_out(&before);
                    counted.change(&codes(old, &before), &left_out, |n| n.take(old.kind));
                }
                let left_out = left_out(&touched);
                counted.change(&codes(role, &touched), &left_out, |n| n.add(role.kind));
            }
            _ => self.counted = None,
        }
    }

    /// A number for the roles as they are.
    pub(super) const fn state(&self) -> u64 {
        self.state
    }

    /// The policies of all roles, if they were read, with the state that they are of.
    pub(super) fn documents(&self) -> Option<(u64, Arc<Documents>)> {
        self.documents.clone()
    }

    /// Keeps the policies of all roles.
    pub(super) fn keep_documents(&mut self, state: u64, documents: Arc<Documents>) {
        self.documents = Some((state, documents));
    }

    /// Forgets them if they are many, or could not be read.
    pub(super) fn leave_documents(&mut self) {
        self.documents.take_if(|(_, documents)| documents.are_read_again());
    }

    /// Is the role's policy a whole file of many documents, which is only looked at?
    pub fn is_whole_file(&self, role: &RoleId) -> bool {
        self.whole_files.contains(role)
    }

    /// The roles of which that is true.
    pub fn whole_files(&self) -> impl ExactSizeIterator<Item = &RoleId> {
        self.whole_files.iter()
    }

    fn known(&mut self, role: &RoleId) -> Option<Arc<Insight>> {
        let at = self.recent.iter().rposition(|known| known.role == *role)?;
        let known = self.recent.remove(at);
        let insight = Arc::clone(&known.insight);
        self.recent.push(known);
        Some(insight)
    }

    /// The services that a role touches, and those of which actions are only denied, in the order of its policy.
    pub fn touched(&mut self, role: &RoleId, catalog: &Catalog) -> Touches {
        if let Some(known) = self.touched.get(role) {
            return known.clone();
        }
        let policy = catalog.role(role).and_then(|role| role.policy.as_ref());
        let read = policy
            .filter(|_| !self.whole_files.contains(role))
            .and_then(|policy| crate::policy::read::document(&policy.source).ok());
        let numbers: Touches =
            read.map(|read| touched(&read.document, catalog)).unwrap_or_default().into();
        self.touched.insert(role.clone(), numbers.clone());
        numbers
    }

    /// How many roles touch each service; counted again only after roles have changed.
    pub fn services(&mut self, catalog: &Catalog) -> Arc<RolesByService> {
        if let Some(known) = &self.counted {
            return Arc::clone(known);
        }
        let mut counted = RolesByService::default();
        for role in catalog.roles() {
            let touched = self.touched(&role.id, catalog);
            let left_out = left_out(&touched);
            counted.change(&codes(role, &touched), &left_out, |number| number.add(role.kind));
        }
        let counted = Arc::new(counted);
        self.counted = Some(Arc::clone(&counted));
        counted
    }

    /// The same, where it was counted already.
    pub fn counted(&self) -> Option<&RolesByService> {
        self.counted.as_deref()
    }

    /// How a role touches a service.
    pub fn touch(&mut self, role: &RoleId, code: &str, catalog: &Catalog) -> Option<Touch> {
        Touch::of(catalog.role(role), self.touched(role, catalog).iter(), code)
    }
}

/// The codes of the services that a role touches, those that the missing part of its policy is known to name and
/// patterns of services among them.
fn codes<'a>(role: &'a Role, touched: &Touches) -> Vec<&'a str> {
    let mut codes: Vec<&str> =
        touched.iter().filter(Touched::is_touched).map(|one| one.code.as_str()).collect();
    for code in role.policy.iter().flat_map(Policy::missing_codes) {
        if !codes.contains(&code) {
            codes.push(code);
        }
    }
    codes
}

/// The codes of the services that its patterns of any service leave alone.
fn left_out(touched: &Touches) -> Vec<&'static str> {
    touched.iter().filter(|one| one.left_out).map(|one| one.code.as_str()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::App;
    use crate::catalog::Kinds;
    use std::sync::Arc;

    #[test]
    fn a_role_that_is_learnt_counts_as_if_all_were_counted_anew() {
        let whole = Catalog::builtin().unwrap();
        let missing = |role: &&Role| role.policy.iter().any(|p| !p.missing_codes().is_empty());
        let role = whole.roles().iter().find(missing).unwrap();
        let bare = Role { policy: None, ..role.clone() };
        let mut without = whole.clone();
        without.take_in(Vec::new(), [bare.clone()]);
        let told = |insights: &mut Insights, catalog: &Catalog| {
            let counted = insights.services(catalog);
            let services = counted.services();
            services.map(|(code, all, _)| (code.to_owned(), all)).collect::<Vec<(String, Kinds)>>()
        };
        let mut insights = Insights::default();
        told(&mut insights, &whole);
        let touched = insights.touched(&role.id, &whole);
        insights.learn(&bare, Some(role), Some(Touches::default()), false);
        assert_eq!(told(&mut insights, &without), told(&mut Insights::default(), &without));
        insights.learn(role, Some(&bare), Some(touched), false);
        assert_eq!(told(&mut insights, &whole), told(&mut Insights::default(), &whole));
    }

    #[test]
    fn the_matrix_pushes_out_no_role_that_was_looked_at() {
        let catalog = Arc::new(Catalog::builtin().unwrap());
        let guesses = |policy: &crate::catalog::model::Policy| policy.has_guesses();
        assert!(catalog.roles().iter().filter_map(|role| role.policy.as_ref()).any(guesses));
        let mut app = App::new(catalog, 120, 40);
        let at_hand = app.insights.at_hand();
        app.open_matrix();
        assert_eq!(app.insights.at_hand(), at_hand);
    }
}
