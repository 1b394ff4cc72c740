//! `explain`: each statement in a sentence, and what is remarkable about a policy.

use serde_json::{Value, json};

use super::answer::{Answer, SCHEMA, Trouble};
use super::args::Subject as Args;
use super::can::effect_word;
use super::lint;
use super::page::Page;
use super::papers::{Paper, kind_word};
use super::subject::{Known, Subject};
use crate::catalog::Catalog;
use crate::policy::explain;
use crate::policy::wrapper::DocumentKind;

/// `explain`
pub fn run(args: &Args, known: &Known) -> Result<Answer, Trouble> {
    let catalog = known.catalog()?;
    let subject = Subject::of(&args.subject, false, known)?;
    let mut page = Page::default();
    let mut data = Vec::new();
    for paper in &subject.papers {
        let name = subject.name_of(paper);
        page.title(&name);
        let statements = statements(&mut page, paper, catalog);
        let findings = match subject.role {
            Some(role) => lint::of_role(role, paper, catalog),
            None => lint::of_paper(paper, catalog),
        };
        if !findings.is_empty() {
            page.heading("Findings");
            page.points(findings.iter().flat_map(points).collect());
        }
        data.push(json!({
            "name": name,
            "at": paper.wrapped.path,
            "kind": kind_word(paper.wrapped.kind),
            "statements": statements,
            "findings": findings.iter().map(lint::finding_json).collect::<Vec<_>>(),
        }));
    }
    let json = json!({"schema": SCHEMA, "subject": subject.title, "policies": data});
    let mut answer = Answer::new(page, json);
    answer.asides = subject.asides_in(crate::say::Language::English);
    Ok(answer)
}

/// A finding, and what it means.
fn points(finding: &lint::Finding) -> Vec<(usize, String)> {
    let place = finding.place.map(|place| format!("{place}: ")).unwrap_or_default();
    let (severity, rule) = (finding.severity.word(), finding.rule);
    let mut points = vec![(0, format!("{place}{severity}: {} [{rule}]", finding.message))];
    if !finding.advice.is_empty() {
        points.push((1, finding.advice.clone()));
    }
    points
}

/// The sentences of a policy, told and as data.
fn statements(page: &mut Page, paper: &Paper, catalog: &Catalog) -> Vec<Value> {
    if paper.wrapped.kind == DocumentKind::Trust {
        page.line(explain::trust(crate::say::Language::English, &paper.document));
    }
    if paper.document.statements.is_empty() {
        page.line("It has no statements, so it grants nothing.");
    }
    let mut points = Vec::new();
    let mut data = Vec::new();
    for (index, statement) in paper.document.statements.iter().enumerate() {
        let place = paper.place(statement.span.start);
        let sentence = explain::sentence(crate::say::Language::English, statement, catalog);
        points.push((0, format!("{}. {sentence}", index + 1)));
        data.push(json!({
            "statement": index + 1,
            "line": place.line,
            "column": place.column,
            "effect": effect_word(statement.effect),
            "sentence": sentence,
        }));
    }
    page.points(points);
    data
}
