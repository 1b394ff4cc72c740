//! `diff`: two roles or policies compared by meaning.

use serde_json::{Value, json};

use super::answer::{Answer, SCHEMA, Trouble};
use super::args::Diff as Args;
use super::page::Page;
use super::papers::Paper;
use super::subject::{Known, Subject};
use crate::policy::compare::{self, Change, Changed, Comparison, OneSided};
use crate::policy::wrapper::DocumentKind;

/// `diff`
pub fn run(args: &Args, known: &Known) -> Result<Answer, Trouble> {
    let catalog = known.catalog()?;
    if args.first == "-" && args.second == "-" {
        return Err(Trouble::new("standard input can be one of the two only"));
    }
    let first = Subject::of(&args.first, false, known)?;
    let second = Subject::of(&args.second, false, known)?;
    let (left, right) = (only(&first)?, only(&second)?);
    let comparison = compare::compare(&left.document, &right.document, catalog);
    let page = told(&first.title, &second.title, &comparison);
    let json = json!({
        "schema": SCHEMA,
        "first": first.title,
        "second": second.title,
        "same": comparison.is_same(),
        "verdict": comparison.verdict,
        "changed": comparison.changed.iter().map(changed_json).collect::<Vec<_>>(),
        "gone": comparison.gone.iter().map(one_sided_json).collect::<Vec<_>>(),
        "added": comparison.added.iter().map(one_sided_json).collect::<Vec<_>>(),
        "actions_gone": comparison.actions_gone,
        "actions_added": comparison.actions_added,
    });
    let mut answer = Answer::new(page, json).or_no(comparison.is_same());
    answer.asides = first.asides;
    answer.asides.extend(second.asides);
    Ok(answer)
}

/// The one policy of a subject that says what may be done. Errors: there are several.
fn only<'a>(subject: &'a Subject<'_>) -> Result<&'a Paper, Trouble> {
    let grants: Vec<&Paper> =
        subject.papers.iter().filter(|paper| paper.wrapped.kind != DocumentKind::Trust).collect();
    match (grants.as_slice(), subject.papers.as_slice()) {
        ([one], _) => Ok(one),
        ([], [one]) => Ok(one),
        _ => Err(Trouble::new(format!(
            "{}: it holds {} policies, and one can be compared with one only",
            subject.title,
            subject.papers.len()
        ))),
    }
}

fn told(first: &str, second: &str, comparison: &Comparison) -> Page {
    let mut page = Page::default();
    page.title(format!("{first} against {second}"));
    page.line(&comparison.verdict);
    let mut points = Vec::new();
    for changed in &comparison.changed {
        let (left, right) = (numbers(&changed.left), numbers(&changed.right));
        points.push((0, format!("{} (statement {left} against {right})", changed.title)));
        points.extend(changed.changes.iter().flat_map(|change| words(change, first, second)));
    }
    if !points.is_empty() {
        page.heading("Changed");
        page.points(points);
    }
    for (whose, list) in [(first, &comparison.gone), (second, &comparison.added)] {
        if !list.is_empty() {
            page.heading(format!("Only in {whose}"));
            page.points(
                list.iter()
                    .flat_map(|one| {
                        let head =
                            format!("{} (statement {})", one.title, numbers(&one.statements));
                        [(0, head), (1, one.sentence.clone())]
                    })
                    .collect(),
            );
        }
    }
    page
}

/// Statement numbers for people: `1, 3`.
fn numbers(statements: &[usize]) -> String {
    let numbers: Vec<String> = statements.iter().map(|at| (at + 1).to_string()).collect();
    numbers.join(", ")
}

fn words(change: &Change, first: &str, second: &str) -> Vec<(usize, String)> {
    let two = |what: &str, left: &str, right: &str| {
        vec![
            (1, what.to_owned()),
            (2, format!("{first}: {left}")),
            (2, format!("{second}: {right}")),
        ]
    };
    match change {
        Change::ActionsAdded(actions) => vec![(1, format!("more actions: {}", actions.join(", ")))],
        Change::ActionsGone(actions) => vec![(1, format!("fewer actions: {}", actions.join(", ")))],
        Change::Resources { how, left, right } => {
            two(&format!("resources: {}", how.word()), left, right)
        }
        Change::ConditionAdded(condition) => vec![(1, format!("a condition more: {condition}"))],
        Change::ConditionDropped(condition) => vec![(1, format!("a condition less: {condition}"))],
        Change::ConditionChanged { key, left, right } => {
            two(&format!("another condition on {key}"), left, right)
        }
        Change::Principals { left, right } => two("other principals", left, right),
    }
}

fn from_one(statements: &[usize]) -> Vec<usize> {
    statements.iter().map(|at| at + 1).collect()
}

fn one_sided_json(one: &OneSided) -> Value {
    json!({"title": one.title, "statements": from_one(&one.statements), "sentence": one.sentence})
}

fn changed_json(changed: &Changed) -> Value {
    json!({
        "title": changed.title,
        "first_statements": from_one(&changed.left),
        "second_statements": from_one(&changed.right),
        "changes": changed.changes.iter().map(change_json).collect::<Vec<_>>(),
    })
}

fn change_json(change: &Change) -> Value {
    match change {
        Change::ActionsAdded(actions) => json!({"kind": "actions_added", "actions": actions}),
        Change::ActionsGone(actions) => json!({"kind": "actions_gone", "actions": actions}),
        Change::Resources { how, left, right } => {
            json!({"kind": "resources", "how": how.word(), "first": left, "second": right})
        }
        Change::ConditionAdded(condition) => {
            json!({"kind": "condition_added", "condition": condition})
        }
        Change::ConditionDropped(condition) => {
            json!({"kind": "condition_dropped", "condition": condition})
        }
        Change::ConditionChanged { key, left, right } => {
            json!({"kind": "condition_changed", "key": key, "first": left, "second": right})
        }
        Change::Principals { left, right } => {
            json!({"kind": "principals", "first": left, "second": right})
        }
    }
}
