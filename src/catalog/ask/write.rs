//! The answer to "who can" as text and as Markdown, for copying and for the command line.

use std::fmt::Write as _;

use super::{ActionAnswer, Question, RoleAnswer, Verdict};
use crate::catalog::model::Role;
use crate::catalog::{Catalog, Kinds};
use crate::policy::pattern;
use crate::policy::wording::visible;
use crate::say::{Language, comma_list, count, said, say};

/// The actions in a few words: the first `most` names that the policy writes, how many more, and how
/// many known actions its wildcards cover.
pub fn actions_in_words(language: Language, actions: &[&ActionAnswer], most: usize) -> String {
    let written: Vec<&ActionAnswer> = actions.iter().copied().filter(|a| a.written).collect();
    let covered = actions.len() - written.len();
    if let ([one], 0) = (written.as_slice(), covered) {
        return match &one.through {
            Some(through) => {
                said(language, "{} through {}", &[&visible(&one.name), &visible(through)])
            }
            None => visible(&one.name),
        };
    }
    let listed = if written.is_empty() { actions } else { written.as_slice() };
    let names: Vec<String> = listed.iter().take(most).map(|action| visible(&action.name)).collect();
    let mut words = comma_list(language, &names);
    let more = listed.len().saturating_sub(names.len());
    if more > 0 {
        words.push_str(&said(language, ", {} more", &[&more.to_string()]));
    }
    if !written.is_empty() && covered > 0 {
        let covered =
            count(language, covered, " ({} known action covered)", " ({} known actions covered)");
        words.push_str(&covered);
    }
    let wild = written.iter().any(|action| pattern::has_wildcard(&action.name));
    if listed.len() > 1 && !wild {
        let number = count(language, listed.len(), "{} action", "{} actions");
        said(language, "{}: {}", &[&number, &words])
    } else {
        words
    }
}

/// The rows under one verdict: role name and product, the actions, the conditions.
fn rows(
    answers: &[RoleAnswer],
    rank: usize,
) -> impl Iterator<Item = (&RoleAnswer, &Verdict, Vec<&ActionAnswer>)> {
    answers.iter().flat_map(move |answer| {
        let groups = answer.groups().into_iter().filter(move |(verdict, _)| verdict.rank() == rank);
        groups.map(move |(verdict, actions)| (answer, verdict, actions))
    })
}

const HEADINGS: [&str; 3] = ["Can", "Could, under a condition", "Denied by a statement"];

/// The roles that appear under no heading, in a line each kind.
pub fn rest(language: Language, catalog: &Catalog, answers: &[RoleAnswer]) -> Vec<String> {
    let of = |rank: usize| answers.iter().filter(move |answer| answer.verdict.rank() == rank);
    let mut lines = Vec::new();
    let superseded =
        |answer: &&RoleAnswer| catalog.role(&answer.role).is_some_and(Role::is_superseded);
    let cannot = || of(Verdict::CanNot.rank()).filter(|answer| !superseded(answer));
    if cannot().next().is_some() {
        let partial = cannot()
            .filter(|answer| catalog.role(&answer.role).is_some_and(Role::is_partial))
            .count();
        let note = match partial {
            0 => String::new(),
            n => said(
                language,
                " The policy text of {} of them is not whole (◐).",
                &[&n.to_string()],
            ),
        };
        let roles = so_many(language, catalog, cannot());
        lines.push(said(language, "{} cannot.{}", &[&roles, &note]));
    }
    let left = answers.iter().filter(superseded).count();
    if left > 0 {
        lines.push(count(
            language,
            left,
            "{} version that is not in force was left out.",
            "{} versions that are not in force were left out.",
        ));
    }
    let listed = |answer: &&RoleAnswer| answer.verdict.rank() < Verdict::CanNot.rank();
    let partial = |answer: &RoleAnswer| catalog.role(&answer.role).is_some_and(Role::is_partial);
    if answers.iter().filter(listed).any(partial) {
        lines.push(
            say(language, "◐ the policy text is not whole: the role may call more.").to_owned(),
        );
    }
    if of(Verdict::Unknown.rank()).next().is_some() {
        let roles = so_many(language, catalog, of(Verdict::Unknown.rank()));
        lines.push(said(language, "Not known for {}: there is no policy to read.", &[&roles]));
    }
    lines
}

/// `3 roles`, or `3 policies` where nobody says what role has them.
fn so_many<'a>(
    language: Language,
    catalog: &Catalog,
    answers: impl Iterator<Item = &'a RoleAnswer>,
) -> String {
    let kinds: Kinds = answers.filter_map(|answer| catalog.role(&answer.role)).collect();
    kinds.words(language)
}

fn written(
    language: Language,
    catalog: &Catalog,
    question: &Question,
    answers: &[RoleAnswer],
    marked: bool,
) -> String {
    let (head, item, code) = if marked { ("### ", "- ", "`") } else { ("", "  ", "") };
    let mut out = String::new();
    let title = if marked { "## " } else { "" };
    let asked = format!("{code}{}{code}", question.words(language));
    let _ = writeln!(out, "{title}{}", said(language, "Who can {}", &[&asked]));
    for (rank, heading) in HEADINGS.iter().enumerate() {
        let mut first = true;
        for (answer, verdict, actions) in rows(answers, rank) {
            if std::mem::take(&mut first) {
                let (heading, gap) = (say(language, heading), if marked { "\n" } else { "" });
                let _ = write!(out, "\n{head}{heading}\n{gap}");
            }
            let role = catalog.role(&answer.role);
            let name = role.map_or(&*answer.role.0, |role| &role.name);
            let mark = if role.is_some_and(Role::is_partial) { " ◐" } else { "" };
            let name = format!("{code}{}{code}{mark}", visible(name));
            let remark = actions.first().and_then(|action| action.remark.as_deref());
            let mut actions = actions_in_words(language, &actions, usize::MAX);
            if let Some(remark) = remark {
                actions = said(language, "{} ({})", &[&actions, remark]);
            }
            let _ = writeln!(out, "{item}{}", said(language, "{}: {}", &[&name, &actions]));
            if let Verdict::Could(sentences) = verdict {
                for sentence in sentences {
                    let _ = writeln!(out, "  {item}{sentence}");
                }
            }
        }
    }
    let rest = rest(language, catalog, answers);
    if !rest.is_empty() {
        let _ = writeln!(out, "\n{}", rest.join(say(language, " ")));
    }
    out
}

/// The answer as plain text.
pub fn text(
    language: Language,
    catalog: &Catalog,
    question: &Question,
    answers: &[RoleAnswer],
) -> String {
    written(language, catalog, question, answers, false)
}

/// The answer as Markdown.
pub fn markdown(
    language: Language,
    catalog: &Catalog,
    question: &Question,
    answers: &[RoleAnswer],
) -> String {
    written(language, catalog, question, answers, true)
}
