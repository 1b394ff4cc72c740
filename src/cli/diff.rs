//! `diff`: two roles or policies compared by meaning.

use std::ffi::OsStr;

use serde_json::{Value, json};

use super::answer::{Answer, SCHEMA, Trouble};
use super::args::Diff as Args;
use super::known::Known;
use super::page::{Block, Page};
use super::papers::{Paper, deciding};
use super::subject::Subject;
use super::sure::sureness;
use crate::catalog::comparison;
use crate::catalog::load;
use crate::catalog::model::Role;
use crate::catalog::text::visible;
use crate::policy::compare::report::Side;
use crate::policy::compare::{self, AllBut, Change, Changed, OneSided};
use crate::say::{Language, saying};

/// `diff`
pub fn run(args: &Args, lang: Language, known: &Known) -> Result<Answer, Trouble> {
    let catalog = known.catalog()?;
    if load::is_stdin(&args.first) && load::is_stdin(&args.second) {
        return Err(Trouble::new(saying("standard input can be one of the two only")));
    }
    let first = Subject::of(&args.first, false, known)?;
    let second = Subject::of(&args.second, false, known)?;
    if let Some(role) =
        first.role.zip(second.role).and_then(|(one, two)| (one.id == two.id).then_some(one))
        && args.first != args.second
    {
        return Err(one_alone(args, role));
    }
    let (left, right) = (only(&first)?, only(&second)?);
    // Data are English in every language.
    let (one, two) = (&left.document, &right.document);
    let comparison = compare::compare(Language::English, one, two, catalog);
    let (first_name, second_name) = match (first.role, second.role) {
        (Some(one), Some(two)) if one.short_name == two.short_name => comparison::names(one, two),
        _ => (name(lang, &first), name(lang, &second)),
    };
    let one = Side { name: &first_name, document: one };
    let two = Side { name: &second_name, document: two };
    let mut said = match lang {
        Language::English => comparison::told(&comparison, one, two, catalog),
        Language::Chinese => comparison::of_documents(lang, one, two, catalog),
    };
    // Of one and the same is told once what is to be said of it.
    let is_one = args.first == args.second;
    let roles = [first.role, second.role.filter(|_| !is_one)].into_iter().flatten();
    said.notes.extend(roles.filter_map(|role| comparison::note(role, lang)));
    let sure = |role: Option<&Role>| sureness(catalog, role);
    let ([first_whole, _, first_warning], [second_whole, _, second_warning]) =
        (sure(first.role), sure(second.role));
    let page =
        Page { blocks: vec![Block::Written { text: said.text(), markdown: said.markdown() }] };
    let json = json!({
        "schema": SCHEMA,
        "first": first.title.english(),
        "second": second.title.english(),
        "first_whole": first_whole,
        "second_whole": second_whole,
        "first_warning": first_warning,
        "second_warning": second_warning,
        "same": comparison.is_same(),
        "verdict": comparison.verdict,
        "changed": comparison.changed.iter().map(changed_json).collect::<Vec<_>>(),
        "gone": comparison.gone.iter().map(one_sided_json).collect::<Vec<_>>(),
        "added": comparison.added.iter().map(one_sided_json).collect::<Vec<_>>(),
        "actions_gone": names(&comparison.actions_gone, &comparison.gone_except),
        "actions_added": names(&comparison.actions_added, &comparison.added_except),
        "actions_gone_except": except(&comparison.gone_except),
        "actions_added_except": except(&comparison.added_except),
        "actions_perhaps_gone": comparison.unsure_gone,
        "actions_perhaps_added": comparison.unsure_added,
        "first_left_out": from_one(&comparison.idle_left),
        "second_left_out": from_one(&comparison.idle_right),
    });
    let mut answer = Answer::new(page, json).or_no(comparison.is_same());
    answer.asides = first.asides_in(lang);
    if !is_one {
        answer.asides.extend(second.asides_in(lang));
    }
    Ok(answer)
}

/// That two names mean one role, which says nothing of two.
fn one_alone(args: &Args, role: &Role) -> Trouble {
    let shown = |typed: &OsStr| visible(&typed.to_string_lossy());
    let file = role.policy.as_ref().and_then(|policy| policy.page.as_deref());
    let file = file.filter(|_| role.product.is_own());
    let said = match file {
        Some(file) => saying(
            "`{}` and `{}` both mean {} of {}; without --policies a name means the role of the catalogue, and a file is given by its path",
        )
        .with(shown(args.first.as_ref()))
        .with(shown(args.second.as_ref()))
        .with(&role.name)
        .with(file),
        None => saying("`{}` and `{}` both mean {}")
            .with(shown(args.first.as_ref()))
            .with(shown(args.second.as_ref()))
            .with(&role.name),
    };
    Trouble::new(said)
}

/// What the comparison calls a subject.
fn name(lang: Language, subject: &Subject<'_>) -> String {
    subject.role.map_or_else(|| subject.title.said(lang), |role| role.short_name.clone())
}

/// The one policy of a subject that says what may be done. Errors: there are several.
fn only<'a>(subject: &'a Subject<'_>) -> Result<&'a Paper, Trouble> {
    let counts = deciding(&subject.papers, false);
    let counting: Vec<&Paper> = subject
        .papers
        .iter()
        .zip(counts)
        .filter_map(|(paper, counts)| counts.then_some(paper))
        .collect();
    match counting.as_slice() {
        [one] => Ok(one),
        _ => Err(Trouble::new(
            saying("{}: it holds {} policies, and one can be compared with one only")
                .of(subject.title.clone())
                .with(subject.papers.len()),
        )),
    }
}

/// The actions and patterns among them; what is everything but a list is told apart.
fn names<'a>(actions: &'a [String], except: &[AllBut]) -> Vec<&'a String> {
    let told = |action: &&String| !except.iter().any(|one| one.words == **action);
    actions.iter().filter(told).collect()
}

fn except(except: &[AllBut]) -> Vec<&[String]> {
    except.iter().map(|one| one.left_out.as_slice()).collect()
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
