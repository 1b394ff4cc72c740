//! What is computed from a role's policy, once a role: the summary, and which services it touches.

use crate::catalog::Catalog;
use crate::catalog::model::{Role, RoleId};
use crate::catalog::review::findings_of;
use crate::policy::document::Document;
use crate::policy::findings::{Finding, Severity};
use crate::policy::summary::{Summary, summarize};
use std::collections::HashMap;
use std::rc::Rc;

/// How a role touches a service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Touch {
    /// It may call actions of the service.
    Action,
    /// It may only act on resources of the service, by actions of other services.
    Resource,
}

/// What is computed from a role's policy.
#[derive(Clone, Debug, Default)]
pub struct Insight {
    /// The permission policy; empty where there is none or it cannot be read.
    pub document: Document,
    /// What it grants.
    pub summary: Summary,
    /// Why the policy cannot be read, in a sentence.
    pub unreadable: Option<String>,
    /// The services it touches by code, and how.
    pub touches: Vec<(String, Touch)>,
    /// What an operator should know about it, in the order of the source.
    pub findings: Vec<Finding>,
}

impl Insight {
    /// Computes it.
    pub fn of(role: &Role, catalog: &Catalog) -> Self {
        let Some(policy) = &role.policy else { return Self::default() };
        let read = match crate::policy::read::document(&policy.source) {
            Ok(read) => read,
            Err(error) => {
                let unreadable = Some(error.located(&policy.name));
                return Self { unreadable, ..Self::default() };
            }
        };
        let findings = findings_of(role, &read, catalog);
        let document = read.document;
        let summary = summarize(&document, catalog);
        let touches = summary
            .services
            .iter()
            .map(|service| {
                let how = if service.levels.is_empty() { Touch::Resource } else { Touch::Action };
                (service.code.clone(), how)
            })
            .collect();
        Self { document, summary, unreadable: None, touches, findings }
    }

    /// How many findings are more than notes.
    pub fn warnings(&self) -> usize {
        self.findings.iter().filter(|finding| finding.severity > Severity::Note).count()
    }

    /// The findings of a statement.
    pub fn findings_at(&self, statement: usize) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(move |finding| finding.statement == Some(statement))
    }

    /// How it touches a service; actions of any service (`*`) touch every one.
    pub fn touch(&self, code: &str) -> Option<Touch> {
        self.touches
            .iter()
            .filter(|(known, _)| known.eq_ignore_ascii_case(code) || known == "*")
            .map(|(_, how)| *how)
            .min()
    }
}

/// The insights that were asked for so far.
#[derive(Clone, Debug, Default)]
pub struct Insights {
    known: HashMap<RoleId, Rc<Insight>>,
}

impl Insights {
    /// The insight of a role, computed at the first call.
    pub fn get(&mut self, role: &RoleId, catalog: &Catalog) -> Rc<Insight> {
        if let Some(known) = self.known.get(role) {
            return Rc::clone(known);
        }
        let insight =
            Rc::new(catalog.role(role).map(|r| Insight::of(r, catalog)).unwrap_or_default());
        self.known.insert(role.clone(), Rc::clone(&insight));
        insight
    }
}
