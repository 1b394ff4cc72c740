//! `who-can`: which roles of the catalogue can do something, could under a condition, or are denied it.

use serde_json::{Value, json};

use super::answer::{Answer, SCHEMA, Trouble};
use super::args::WhoCan as Args;
use super::can::{dependency_json, word};
use super::page::Page;
use super::subject::Known;
use crate::catalog::Catalog;
use crate::catalog::model::Role;
use crate::policy::document::Document;
use crate::policy::evaluate::{self, Decision};
use crate::policy::pattern::{self, Case};
use crate::policy::request::Request;
use crate::policy::wording::visible;
use crate::say::{Language, said, say};
use crate::sort;

/// What a role can do of what was asked, from the best answer to none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Verdict {
    Can,
    Conditional,
    Denied,
    No,
}

impl Verdict {
    const fn word(self) -> &'static str {
        match self {
            Self::Can => "can",
            Self::Conditional => "conditional",
            Self::Denied => "denied",
            Self::No => "no",
        }
    }

    fn of(answer: &evaluate::Answer) -> Self {
        match answer.decision {
            Decision::Allow => Self::Can,
            Decision::ExplicitDeny => Self::Denied,
            Decision::Depends if answer.may_be_allowed() => Self::Conditional,
            Decision::Depends | Decision::ImplicitDeny => Self::No,
        }
    }
}

/// One role and its answers, one an action.
struct Holder<'a> {
    role: &'a Role,
    verdict: Verdict,
    answers: Vec<(String, evaluate::Answer)>,
    /// What the answers say, a sentence each, in the language of the page.
    sentences: Vec<String>,
}

/// `who-can`
pub fn run(args: &Args, lang: Language, known: &Known) -> Result<Answer, Trouble> {
    let catalog = known.catalog()?;
    let mut holders: Vec<Holder<'_>> =
        catalog.roles().iter().filter_map(|role| holder(lang, args, role, catalog)).collect();
    let json = json!({
        "schema": SCHEMA,
        "action": args.action,
        "resource": args.resource,
        "context": args.context.iter().map(|(key, value)| json!([key, value])).collect::<Vec<_>>(),
        "roles": holders.iter().map(holder_json).collect::<Vec<_>>(),
    });
    // The sort is stable: roles stay in the order of the catalogue.
    sort::by_key(&mut holders, |holder| holder.verdict);
    let mut page = Page::default();
    for (verdict, title) in [
        (Verdict::Can, say(lang, "Can")),
        (Verdict::Conditional, say(lang, "Could under a condition")),
        (Verdict::Denied, say(lang, "Denied")),
    ] {
        let mut points = Vec::new();
        for holder in holders.iter().filter(|holder| holder.verdict == verdict) {
            points.push((0, holder.role.name.clone()));
            points.extend(reasons(lang, holder, pattern::has_wildcard(&args.action)));
        }
        if !points.is_empty() {
            page.heading(title);
            page.points(points);
        }
    }
    let anybody = holders.iter().any(|holder| holder.verdict <= Verdict::Conditional);
    if !anybody {
        let action = visible(&args.action);
        page.line(said(lang, "No role of the catalogue can do {}.", &[&action]));
    }
    Ok(Answer::new(page, json).or_no(anybody))
}

/// The answers of a role; None where it has no readable policy.
fn holder<'a>(
    lang: Language,
    args: &Args,
    role: &'a Role,
    catalog: &Catalog,
) -> Option<Holder<'a>> {
    let document = catalog.document(role)?;
    // Data are English in every language.
    let ask = |lang: Language, action: &str| {
        evaluate::evaluate(lang, &[&document], &request(args, action))
    };
    let mut answers: Vec<(String, evaluate::Answer)> = actions(&args.action, &document, catalog)
        .into_iter()
        .map(|action| {
            let answer = ask(Language::English, &action);
            (action, answer)
        })
        .collect();
    // Of a pattern, only what the role can do or is denied is worth telling.
    if answers.len() > 1 {
        answers.retain(|(_, answer)| Verdict::of(answer) != Verdict::No);
    }
    let verdict =
        answers.iter().map(|(_, answer)| Verdict::of(answer)).min().unwrap_or(Verdict::No);
    let sentences = answers
        .iter()
        .map(|(action, answer)| match lang {
            Language::English => answer.sentence(),
            Language::Chinese => ask(lang, action).sentence(),
        })
        .collect();
    Some(Holder { role, verdict, answers, sentences })
}

fn request(args: &Args, action: &str) -> Request {
    let mut request = Request::partial(action);
    request.resource.clone_from(&args.resource);
    for (key, value) in &args.context {
        request.context.add(key, value);
    }
    request
}

/// The single actions that an asked one stands for: itself, or for a pattern the known ones and those that the
/// policy names; the pattern itself where there are none.
fn actions(asked: &str, document: &Document, catalog: &Catalog) -> Vec<String> {
    if !pattern::has_wildcard(asked) {
        return vec![asked.to_owned()];
    }
    let known = catalog.actions().all().map(|action| action.name.as_str());
    let named = document
        .statements
        .iter()
        .filter_map(|statement| statement.action.as_ref())
        .flat_map(|clause| &clause.values)
        .map(|value| value.value.as_str());
    let mut found: Vec<String> = Vec::new();
    let mut seen = std::collections::HashSet::new();
    for name in known.chain(named) {
        // Where the policy itself names a wider pattern, what was asked is all of what it grants.
        let name = if pattern::has_wildcard(name) {
            if !pattern::overlaps(name, asked, Case::Fold) {
                continue;
            }
            if pattern::covers(name, asked, Case::Fold) { asked } else { name }
        } else {
            name
        };
        if pattern::matches(asked, name, Case::Fold) && seen.insert(pattern::fold(name)) {
            found.push(name.to_owned());
        }
    }
    if found.is_empty() {
        found.push(asked.to_owned());
    }
    found
}

/// Actions that are named one by one for each role.
const NAMED: usize = 12;

/// Why, action by action; actions with the same reason stand together.
fn reasons(lang: Language, holder: &Holder<'_>, named: bool) -> Vec<(usize, String)> {
    let mut groups: Vec<(&str, Vec<&str>)> = Vec::new();
    for ((action, _), sentence) in holder.answers.iter().zip(&holder.sentences) {
        match groups.iter_mut().find(|(known, _)| known == sentence) {
            Some((_, actions)) => actions.push(action),
            None => groups.push((sentence, vec![action])),
        }
    }
    let mut points = Vec::new();
    for (sentence, actions) in groups {
        points.push((1, sentence.to_owned()));
        if named {
            points.extend(actions.iter().take(NAMED).map(|action| (2, visible(action))));
            if actions.len() > NAMED {
                let more = (actions.len() - NAMED).to_string();
                points.push((2, said(lang, "and {} more", &[&more])));
            }
        }
    }
    points
}

fn holder_json(holder: &Holder<'_>) -> Value {
    json!({
        "name": holder.role.name,
        "short_name": holder.role.short_name,
        "answer": holder.verdict.word(),
        "actions": holder.answers.iter().map(|(action, answer)| json!({
            "action": action,
            "decision": word(answer.decision),
            "sentence": answer.sentence(),
            "depends_on": answer.depends_on.iter().map(dependency_json).collect::<Vec<_>>(),
            "deciding": answer.deciding.map(|(_, statement)| statement + 1),
        })).collect::<Vec<_>>(),
    })
}
