//! What is wrong with the policies of one text: repairs and findings, each with its place in that text.

use serde_json::{Value, json};

use super::answer::SCHEMA;
use super::papers::{Paper, Papers};
use crate::policy::json::{ErrorKind, ReadError};
use crate::policy::oddity::Weight;
use crate::policy::source::Place;
use crate::policy::wrapper::SkipReason;

/// How bad a finding is; the order of [`super::check::Tally::findings`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// A part has no effect, or nothing could be read.
    Error,
    /// RAM may refuse it or read it otherwise, or it deserves a look.
    Warning,
    /// Harmless.
    Note,
}

impl Severity {
    /// The word in data.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

impl From<Weight> for Severity {
    fn from(weight: Weight) -> Self {
        match weight {
            Weight::Broken => Self::Error,
            Weight::Warning => Self::Warning,
            Weight::Note => Self::Note,
        }
    }
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// How bad.
    pub severity: Severity,
    /// The short fixed name of the rule.
    pub rule: &'static str,
    /// Where, in the file; None for the file as a whole.
    pub place: Option<Place>,
    /// What it is, in a sentence, safe to print.
    pub message: String,
    /// The statement, from 1.
    pub statement: Option<usize>,
    /// The way to the policy in the file.
    pub policy: Option<String>,
}

/// A repair and its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repaired {
    /// The short fixed name.
    pub rule: &'static str,
    /// Where.
    pub place: Place,
    /// What was done, in a sentence.
    pub message: &'static str,
}

/// The report on one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// The path as it was found.
    pub path: String,
    /// Was at least one policy, or an answer that names some, read?
    pub readable: bool,
    /// How many policy documents it holds.
    pub policies: usize,
    /// What was repaired in the text.
    pub repairs: Vec<Repaired>,
    /// What was found, in the order of the text.
    pub findings: Vec<Finding>,
}

impl Report {
    /// A file that could not be read.
    pub fn failed(path: String, rule: &'static str, place: Option<Place>, message: String) -> Self {
        let finding = Finding {
            severity: Severity::Error,
            rule,
            place,
            message,
            statement: None,
            policy: None,
        };
        Self { path, readable: false, policies: 0, repairs: Vec::new(), findings: vec![finding] }
    }

    /// The report as one JSON value.
    pub fn to_json(&self) -> Value {
        let repairs: Vec<Value> = self
            .repairs
            .iter()
            .map(|repair| {
                let Place { line, column } = repair.place;
                json!({"rule": repair.rule, "line": line, "column": column, "message": repair.message})
            })
            .collect();
        json!({
            "schema": SCHEMA,
            "path": self.path,
            "readable": self.readable,
            "policies": self.policies,
            "repairs": repairs,
            "findings": self.findings.iter().map(finding_json).collect::<Vec<_>>(),
        })
    }

    /// The report as lines, one a repair and finding; none where there is nothing to say.
    pub fn to_text(&self) -> String {
        let path = crate::catalog::text::visible(&self.path);
        let repairs = self.repairs.iter().map(|repair| {
            format!("{path}:{}: repaired: {} [{}]\n", repair.place, repair.message, repair.rule)
        });
        let findings = self.findings.iter().map(|finding| {
            let place = finding.place.map(|place| format!(":{place}")).unwrap_or_default();
            format!(
                "{path}{place}: {}: {} [{}]\n",
                finding.severity.word(),
                finding.message,
                finding.rule
            )
        });
        repairs.chain(findings).collect()
    }
}

/// A finding as data.
pub fn finding_json(finding: &Finding) -> Value {
    json!({
        "severity": finding.severity.word(),
        "rule": finding.rule,
        "line": finding.place.map(|place| place.line),
        "column": finding.place.map(|place| place.column),
        "message": finding.message,
        "statement": finding.statement,
        "policy": finding.policy,
    })
}

/// Reads a text and tells what is wrong with it. `named` files must hold a policy; others may be other JSON.
pub fn report(path: String, text: String, named: bool) -> Report {
    let papers = match Papers::read(text) {
        Ok(papers) => papers,
        Err(error) => {
            let mut report =
                Report::failed(path, error_rule(error.kind), Some(error.place), sentence(&error));
            if error.kind == ErrorKind::NotAPolicy && !named {
                report.findings.iter_mut().for_each(|finding| finding.severity = Severity::Warning);
            }
            return report;
        }
    };
    let mut repairs: Vec<Repaired> = papers
        .repairs
        .iter()
        .map(|repair| repaired(repair.kind, papers.sheet.place(repair.offset)))
        .collect();
    let mut findings = Vec::new();
    for paper in &papers.list {
        repairs.extend(
            paper.repairs.iter().map(|repair| repaired(repair.kind, paper.place(repair.offset))),
        );
        findings.extend(of_paper(paper));
    }
    repairs.sort_by_key(|repair| repair.place);
    findings.extend(papers.skipped.iter().map(|skipped| {
        let (severity, rule) = match &skipped.reason {
            SkipReason::DeprecatedCopy => (Severity::Note, "deprecated-copy"),
            SkipReason::Unreadable(error) => (Severity::Error, error_rule(error.kind)),
            SkipReason::Empty => (Severity::Warning, "no-document"),
            SkipReason::PackedTooDeep => (Severity::Error, "packed-too-deep"),
        };
        Finding {
            severity,
            rule,
            place: Some(papers.sheet.place(skipped.span.start)),
            message: skipped.reason.sentence(),
            statement: None,
            policy: Some(skipped.path.clone()),
        }
    }));
    if papers.list.is_empty() && papers.skipped.is_empty() {
        findings.push(Finding {
            severity: Severity::Note,
            rule: "no-document",
            place: None,
            message: "The file names roles or policies and holds no policy document.".to_owned(),
            statement: None,
            policy: None,
        });
    }
    findings.sort_by_key(|finding| finding.place);
    Report {
        path,
        readable: !papers.list.is_empty() || papers.named > 0,
        policies: papers.list.len(),
        repairs,
        findings,
    }
}

/// The findings of one policy. The one place where further rules join those of the reader.
pub fn of_paper(paper: &Paper) -> Vec<Finding> {
    let at = Some(paper.wrapped.path.clone());
    let mut findings: Vec<Finding> = paper
        .oddities
        .iter()
        .map(|oddity| Finding {
            severity: oddity.kind.weight().into(),
            rule: oddity.kind.id(),
            place: Some(paper.place(oddity.span.start)),
            message: oddity.sentence(),
            statement: oddity.statement.map(|at| at + 1),
            policy: at.clone(),
        })
        .collect();
    if paper.oddities_left_out > 0 {
        findings.push(Finding {
            severity: Severity::Note,
            rule: "more",
            place: None,
            message: format!("{} more findings are not listed.", paper.oddities_left_out),
            statement: None,
            policy: at,
        });
    }
    findings
}

fn repaired(kind: crate::policy::json::RepairKind, place: Place) -> Repaired {
    Repaired { rule: kind.id(), place, message: kind.sentence() }
}

/// The rule that a text broke which could not be read.
const fn error_rule(kind: ErrorKind) -> &'static str {
    match kind {
        ErrorKind::Syntax => "syntax",
        ErrorKind::TooDeep => "too-deep",
        ErrorKind::TooLarge => "too-large",
        ErrorKind::TooMany => "too-many",
        ErrorKind::NotAPolicy => "not-a-policy",
    }
}

/// The error without its place, which stands beside it.
pub fn sentence(error: &ReadError) -> String {
    if error.kind == ErrorKind::NotAPolicy {
        let found = error.found.trim_end_matches(" with neither of these");
        return format!("This is no policy document, and none is inside it: found {found}.");
    }
    let remedy = error.remedy.as_ref().map(|remedy| format!(" {remedy}")).unwrap_or_default();
    format!("Found {}, expected {}.{remedy}", error.found, error.expected)
}
