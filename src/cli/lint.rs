//! What is wrong with the policies of one text: repairs and findings, each with its place in that text.

use serde_json::{Value, json};

use super::answer::SCHEMA;
use super::papers::{Paper, Papers};
use crate::catalog::Catalog;
use crate::catalog::model::Role;
use crate::catalog::{names, review};
use crate::policy::document::Document;
use crate::policy::findings::{self, Context, Named, Rule, Severity};
use crate::policy::json::{ErrorKind, ReadError};
use crate::policy::read;
use crate::policy::source::Place;
use crate::policy::wrapper::{DocumentKind, SkipReason};
use crate::say::{Language, Saying, count, said, say, saying};
use crate::sort;

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
    /// What it means and what can be done; may be empty.
    pub advice: String,
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
    /// What was found, in the order of the text; what repeats is grouped: see
    /// [`findings`](crate::policy::findings::findings).
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
            advice: String::new(),
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
    pub fn to_text(&self, lang: Language) -> String {
        let path = crate::catalog::text::visible(&self.path);
        let repairs = self.repairs.iter().map(|repair| {
            let said = said(lang, "repaired: {} [{}]", &[repair.message, repair.rule]);
            format!("{path}:{}: {said}\n", repair.place)
        });
        let findings = self.findings.iter().map(|finding| {
            let place = finding.place.map(|place| format!(":{place}")).unwrap_or_default();
            let severity = say(lang, finding.severity.word());
            let said = said(lang, "{}: {} [{}]", &[severity, &finding.message, finding.rule]);
            format!("{path}{place}: {said}\n")
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
        "advice": Some(&finding.advice).filter(|advice| !advice.is_empty()),
        "statement": finding.statement,
        "policy": finding.policy,
    })
}

/// Reads a text and tells what is wrong with it. `named` files must hold a policy; others may be other JSON.
pub fn report(
    lang: Language,
    path: String,
    text: String,
    named: bool,
    catalog: &Catalog,
) -> Report {
    let papers = match Papers::found_in(text, named) {
        Ok(papers) => papers,
        Err(error) => {
            let mut report = Report::failed(
                path,
                error_rule(error.kind),
                Some(error.place),
                sentence(&error).said(lang),
            );
            if matches!(error.kind, ErrorKind::NotAPolicy { .. }) && !named {
                report.findings.iter_mut().for_each(|finding| finding.severity = Severity::Warning);
            }
            return report;
        }
    };
    let mut repairs: Vec<Repaired> = papers
        .repairs
        .iter()
        .map(|repair| repaired(lang, repair.kind, papers.sheet.place(repair.offset)))
        .collect();
    let mut findings = Vec::new();
    let linked = linked_services(&papers);
    for paper in &papers.list {
        repairs.extend(
            paper
                .repairs
                .iter()
                .map(|repair| repaired(lang, repair.kind, paper.place(repair.offset))),
        );
        findings.extend(beside(lang, paper, &linked, catalog));
    }
    sort::by_key(&mut repairs, |repair| repair.place);
    findings.extend(papers.skipped.iter().map(|skipped| {
        let (severity, rule) = match &skipped.reason {
            SkipReason::DeprecatedCopy => (Severity::Note, "deprecated-copy"),
            SkipReason::BeforeChange => (Severity::Note, "before-change"),
            SkipReason::Unreadable(error) | SkipReason::Rest(error) => {
                (Severity::Error, error_rule(error.kind))
            }
            SkipReason::Copy => (Severity::Note, "copy"),
            // Where nothing was read it is what the file is about.
            SkipReason::Comment if papers.list.is_empty() => (Severity::Error, "policy-in-comment"),
            SkipReason::Comment => (Severity::Note, "policy-in-comment"),
            SkipReason::Empty => (Severity::Warning, "no-document"),
            SkipReason::NoPolicy => (Severity::Error, "no-document"),
            SkipReason::Among if papers.list.is_empty() => (Severity::Error, "policy-not-read"),
            SkipReason::Among => (Severity::Warning, "policy-not-read"),
            SkipReason::Alternatives => (Severity::Warning, "alternatives"),
            // The rest may stand in another file.
            SkipReason::Cut { .. } => (Severity::Note, "cut-answer"),
            SkipReason::Expression | SkipReason::FilledIn | SkipReason::NotYet => {
                (Severity::Error, "policy-expression")
            }
            SkipReason::PackedTooDeep => (Severity::Error, "packed-too-deep"),
        };
        let fault = skipped.reason.fault();
        Finding {
            severity,
            rule,
            place: Some(
                fault.map_or_else(|| papers.sheet.place(skipped.span.start), |error| error.place),
            ),
            message: skipped.reason.beside_place().said(lang),
            advice: String::new(),
            statement: None,
            policy: Some(skipped.path.clone()),
        }
    }));
    if papers.list.is_empty() && papers.skipped.iter().all(|one| one.reason.is_cut()) {
        findings.push(Finding {
            severity: Severity::Note,
            rule: "no-document",
            place: None,
            message: say(lang, "The file names roles or policies and holds no policy document.")
                .to_owned(),
            advice: String::new(),
            statement: None,
            policy: None,
        });
    }
    sort::by_key(&mut findings, |finding| finding.place);
    Report {
        path,
        readable: !papers.list.is_empty() || papers.named > 0,
        policies: papers.list.len(),
        repairs,
        findings,
    }
}

/// The service names that trust policies of service-linked roles in the same file name: there they are in use.
fn linked_services(papers: &Papers) -> Vec<&str> {
    let names = papers.list.iter().map(|paper| (&paper.wrapped.names, paper.wrapped.kind));
    let linked = names.filter(|(names, kind)| {
        *kind == DocumentKind::Trust && names.role.as_deref().is_some_and(names::is_service_linked)
    });
    linked.flat_map(|(names, _)| &names.services).map(String::as_str).collect()
}

/// The findings of one policy of a file: those of the reader and those of the rules.
pub fn of_paper(lang: Language, paper: &Paper, catalog: &Catalog) -> Vec<Finding> {
    beside(lang, paper, &[], catalog)
}

/// The same where these service names are in use by roles of the file.
fn beside(lang: Language, paper: &Paper, linked: &[&str], catalog: &Catalog) -> Vec<Finding> {
    let names = &paper.wrapped.names;
    let origin = names::origin(names.policy.as_deref(), names.policy_type.as_deref());
    let context = Context {
        vocabulary: catalog,
        source: Some(&paper.wrapped.text),
        origin,
        language: lang,
        ..Context::default()
    };
    // The rules are RAM's, and a stack policy is another language.
    let nothing = Document::default();
    let foreign = paper.wrapped.kind == DocumentKind::StackPolicy;
    let document = if foreign { &nothing } else { &paper.document };
    let mut found = findings::findings(document, &paper.oddities, &context);
    found.retain(|finding| {
        let value = paper.slice(finding.span).trim_matches('"');
        finding.rule != Rule::Named(Named::UnknownServiceName)
            || !linked.iter().any(|name| name.eq_ignore_ascii_case(value))
    });
    placed(lang, paper, found)
}

/// The findings of the permission policy of a role, the product page among them.
pub fn of_role(lang: Language, role: &Role, paper: &Paper, catalog: &Catalog) -> Vec<Finding> {
    match read::document(&paper.wrapped.text) {
        Ok(read) => placed(lang, paper, review::findings_of(lang, role, &read, catalog)),
        // It was read when the paper was made.
        Err(_) => Vec::new(),
    }
}

/// Findings with their places in the file, and a word on those that are not listed.
fn placed(lang: Language, paper: &Paper, found: Vec<findings::Finding>) -> Vec<Finding> {
    let at = Some(paper.wrapped.path.clone());
    let mut findings: Vec<Finding> = found
        .into_iter()
        .map(|finding| Finding {
            severity: finding.severity,
            rule: finding.rule.id(),
            place: Some(paper.place(finding.span.start)),
            message: finding.message,
            advice: finding.advice,
            statement: finding.statement.map(|at| at + 1),
            policy: at.clone(),
        })
        .collect();
    if paper.oddities_left_out > 0 {
        findings.push(Finding {
            severity: Severity::Note,
            rule: "more",
            place: None,
            message: count(
                lang,
                paper.oddities_left_out,
                "{} more finding is not listed.",
                "{} more findings are not listed.",
            ),
            advice: String::new(),
            statement: None,
            policy: at,
        });
    }
    findings
}

fn repaired(lang: Language, kind: crate::policy::json::RepairKind, place: Place) -> Repaired {
    Repaired { rule: kind.id(), place, message: say(lang, kind.sentence()) }
}

/// The rule that a text broke which could not be read.
const fn error_rule(kind: ErrorKind) -> &'static str {
    match kind {
        ErrorKind::Syntax => "syntax",
        ErrorKind::TooDeep => "too-deep",
        ErrorKind::TooLarge => "too-large",
        ErrorKind::TooMany => "too-many",
        ErrorKind::NotAPolicy { .. } => "not-a-policy",
    }
}

/// The error without its place, which stands beside it.
pub fn sentence(error: &ReadError) -> Saying {
    if let ErrorKind::NotAPolicy { object } = error.kind {
        let found = if object { saying("an object") } else { error.found.clone() };
        return saying("This is no policy document, and none is inside it: found {}.").of(found);
    }
    error.sentence()
}
