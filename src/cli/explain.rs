//! `explain`: each statement in a sentence, and what is remarkable about a policy.

use serde_json::{Value, json};

use super::answer::{Answer, SCHEMA, Trouble};
use super::args::Subject as Args;
use super::data::effect_word;
use super::known::Known;
use super::lint;
use super::page::Page;
use super::papers::{Paper, kind_word};
use super::subject::Subject;
use crate::catalog::Catalog;
use crate::catalog::model::Policy;
use crate::policy::explain;
use crate::policy::supplied::Supply;
use crate::policy::wrapper::DocumentKind;
use crate::say::{Language, said, say};

/// `explain`
pub fn run(args: &Args, lang: Language, known: &Known) -> Result<Answer, Trouble> {
    let catalog = known.catalog()?;
    let subject = Subject::of(&args.subject, false, known)?;
    let mut page = Page::default();
    let policy = subject.role.and_then(|role| role.policy.as_ref());
    let data = subject.each(&mut page, lang, catalog, &mut |page, paper| {
        told(page, paper, lang, catalog, policy);
        let findings = |lang| match subject.role {
            Some(role) => lint::of_role(lang, role, paper, catalog),
            None => lint::of_paper(lang, paper, catalog),
        };
        let shown = findings(lang);
        if !shown.is_empty() {
            page.heading(say(lang, "Findings"));
            page.points(shown.iter().flat_map(|finding| points(lang, finding)).collect());
        }
        let findings = if lang == Language::English { shown } else { findings(Language::English) };
        json!({
            "kind": kind_word(paper.wrapped.kind),
            "statements": statements(paper, catalog, policy),
            "findings": findings.iter().map(lint::finding_json).collect::<Vec<_>>(),
        })
    });
    let json = json!({"schema": SCHEMA, "subject": subject.title.english(), "policies": data});
    let mut answer = Answer::new(page, json);
    answer.asides = subject.asides_in(lang);
    Ok(answer)
}

/// A finding, and what it means.
fn points(lang: Language, finding: &lint::Finding) -> Vec<(usize, String)> {
    let place = finding.place.map(|place| format!("{place}: ")).unwrap_or_default();
    let severity = say(lang, finding.severity.word());
    let said = said(lang, "{}: {} [{}]", &[severity, &finding.message, finding.rule]);
    let mut points = vec![(0, format!("{place}{said}"))];
    if !finding.advice.is_empty() {
        points.push((1, finding.advice.clone()));
    }
    points
}

/// The sentences of a policy.
fn told(
    page: &mut Page,
    paper: &Paper,
    lang: Language,
    catalog: &Catalog,
    policy: Option<&Policy>,
) {
    if paper.wrapped.kind == DocumentKind::Trust {
        page.line(explain::trust(lang, &paper.document));
    }
    if paper.document.statements.is_empty() {
        page.line(say(lang, "It has no statements, so it grants nothing."));
    }
    let statements = paper.document.statements.iter().enumerate();
    let points = statements.flat_map(|(index, statement)| {
        let sentence = explain::sentence(lang, statement, catalog);
        // The standing of most is that of the policy.
        let own = policy.filter(|policy| policy.standing_of(index) != &policy.standing);
        let standing = own.map(|policy| policy.standing_of(index).words());
        let said = match standing {
            Some(standing) => said(lang, "{} ({})", &[&sentence, standing.get(lang)]),
            None => sentence,
        };
        let point = (0, format!("{}. {said}", index + 1));
        // What is not sure about its text.
        let unsure = policy.filter(|policy| policy.unsure_statement(index).is_some());
        let note = unsure.and_then(|policy| policy.statements.get(index));
        let note = note.map(|fact| (1, fact.value.get(lang).to_owned()));
        let supply =
            Supply::in_statement(statement).map(|supply| (1, supply.said(lang).to_owned()));
        [Some(point), note, supply].into_iter().flatten()
    });
    page.points(points.collect());
}

/// The same as data.
fn statements(paper: &Paper, catalog: &Catalog, policy: Option<&Policy>) -> Vec<Value> {
    let statements = paper.document.statements.iter().enumerate();
    let data = statements.map(|(index, statement)| {
        let place = paper.place(statement.span.start);
        json!({
            "statement": index + 1,
            "line": place.line,
            "column": place.column,
            "effect": effect_word(statement.effect),
            "standing": policy.map(|policy| policy.standing_of(index).words().en),
            "sentence": explain::sentence(Language::English, statement, catalog),
        })
    });
    data.collect()
}
