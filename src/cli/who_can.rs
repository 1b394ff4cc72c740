//! `who-can`: which roles can do something, could under a condition, or are denied it. The answer is that of
//! [`ask`], as on the screen.

use std::collections::HashMap;
use std::rc::Rc;

use serde_json::{Value, json};

use super::answer::{Answer, SCHEMA, Trouble, join};
use super::args::{Format, WhoCan as Args};
use super::data::{context_json, decision_word, dependency_json};
use super::given;
use super::known::Known;
use super::page::Page;
use super::seen::{mark, marks};
use super::sure::sureness;
use crate::catalog::Catalog;
use crate::catalog::ask::{self, ActionAnswer, Question, RoleAnswer, Verdict};
use crate::catalog::model::{Role, RoleKind};
use crate::catalog::names;
use crate::policy::document::Document;
use crate::policy::evaluate::{self, Dependency, DependsOn};
use crate::policy::findings;
use crate::policy::pattern;
use crate::policy::request::Context;
use crate::policy::wording::visible;
use crate::say::{Language, count, said, say, saying};

/// `who-can`
pub fn run(args: &Args, lang: Language, format: Format, known: &Known) -> Result<Answer, Trouble> {
    let asked = Asked::gather(args, lang, known)?;
    let answers = asked.answers(lang);
    let data = if format == Format::Json {
        // Data are English in every language.
        let again;
        let english = if lang == Language::English {
            &answers
        } else {
            again = asked.answers(Language::English);
            &again
        };
        asked.data(args, english)
    } else {
        Value::Null
    };
    let anybody = answers.iter().any(is_yes);
    let page = asked.page(lang, &answers, known.own().is_some());
    let mut answer = Answer::new(page, data).or_no(anybody);
    answer.asides = ask::rest(lang, asked.catalog, &answers);
    answer.asides.extend(given::unasked(lang, &asked.context, asked.read()));
    answer.asides.extend(asked.question.resource_hint(lang).map(str::to_owned));
    Ok(answer)
}

/// Can the role, or could it under a condition?
fn is_yes(answer: &RoleAnswer) -> bool {
    answer.verdict.rank() <= Verdict::Could(Vec::new()).rank()
}

/// The question, and of whom it is asked.
struct Asked<'a> {
    catalog: &'a Catalog,
    roles: Vec<(&'a Role, Option<Document>)>,
    question: Question,
    /// The keys that were given, each with a value.
    context: Vec<(String, String)>,
}

impl<'a> Asked<'a> {
    fn gather(args: &Args, lang: Language, known: &'a Known) -> Result<Self, Trouble> {
        let catalog = known.asked_widely()?;
        let resource = args.resource.as_deref().unwrap_or_default();
        let question = Question::read(lang, catalog, &args.action, resource)
            .ok_or_else(|| Trouble::new(saying("no action is given")))?;
        let roles: Vec<(&Role, Option<Document>)> =
            catalog.roles().iter().map(|role| (role, catalog.document(role))).collect();
        let read = roles.iter().filter_map(|(_, document)| document.as_ref());
        let context = given::context(&args.context, read);
        let mut known_keys = Context::default();
        for (key, value) in &context {
            known_keys.add(key, value);
        }
        Ok(Self { catalog, roles, question: question.given(known_keys), context })
    }

    /// The documents that could be read.
    fn read(&self) -> impl Iterator<Item = &Document> {
        self.roles.iter().filter_map(|(_, document)| document.as_ref())
    }

    /// What each role answers, in the order of the roles.
    fn answers(&self, lang: Language) -> Vec<RoleAnswer> {
        let roles = self.roles.iter().map(|(role, document)| (&role.id, document.as_ref()));
        ask::who_can(lang, self.catalog, roles, &self.question)
    }

    /// The answers as data.
    fn data(&self, args: &Args, answers: &[RoleAnswer]) -> Value {
        let roles = self.roles.iter().zip(answers).filter_map(|((role, document), answer)| {
            let document = document.as_ref()?;
            Some(role_json(self.catalog, role, document, answer, &self.question))
        });
        json!({
            "schema": SCHEMA,
            "action": args.action,
            "pattern": self.question.pattern,
            "resource": args.resource,
            "context": context_json(&self.context),
            "roles": roles.collect::<Vec<_>>(),
            "roles_without_policy": self.roles.iter().filter(|(_, document)| document.is_none()).count(),
        })
    }

    /// The answers for people; `own` where only their own files were asked.
    fn page(&self, lang: Language, answers: &[RoleAnswer], own: bool) -> Page {
        let mut page = Page::default();
        if let Some(reading) = &self.question.reading {
            page.line(reading.clone());
        }
        for (of, title) in [
            (Verdict::Can, say(lang, "Can")),
            (Verdict::Could(Vec::new()), say(lang, "Could under a condition")),
            (Verdict::Denied, say(lang, "Denied")),
        ] {
            let points = self.points(lang, answers, of.rank());
            if !points.is_empty() {
                page.heading(title);
                page.points(points);
            }
        }
        if answers.iter().any(is_yes) {
            if let Some(marks) = marks(self.catalog, lang) {
                page.line(marks);
            }
            if answers.iter().all(RoleAnswer::rests_on_unknown) {
                self.unknown(lang, answers, "").into_iter().for_each(|line| page.line(line));
            }
            return page;
        }
        let [nobody, grants_none] = if own {
            [
                "No policy of these files allows {}.",
                "The action is known, but no policy of these files grants it.",
            ]
        } else {
            [
                "No role of the catalogue can do {}.",
                "The action is known, but no policy of the catalogue grants it.",
            ]
        };
        let denied = answers.iter().any(|answer| answer.verdict == Verdict::Denied);
        let grants_none = match (self.question.is_narrow(), denied) {
            (true, _) => "The action is known, but nothing grants it as it is asked for here.",
            (false, true) => "The action is known.",
            (false, false) => grants_none,
        };
        page.line(said(lang, nobody, &[&visible(&self.question.pattern)]));
        self.unknown(lang, answers, grants_none).into_iter().for_each(|line| page.line(line));
        page
    }

    /// The roles with a verdict of this rank, and why.
    fn points(&self, lang: Language, answers: &[RoleAnswer], rank: usize) -> Vec<(usize, String)> {
        let all: Vec<&Role> = self.roles.iter().map(|(role, _)| *role).collect();
        let mut points = Vec::new();
        for ((role, _), answer) in self.roles.iter().zip(answers) {
            let groups = answer.groups().into_iter();
            let groups = groups.filter(|(verdict, _)| verdict.rank() == rank);
            for (at, (verdict, actions)) in groups.enumerate() {
                if at == 0 {
                    points.push((0, format!("{}{}", mark(role, self.catalog), named(role, &all))));
                }
                points.extend(reasons(lang, verdict, &actions, &self.question));
            }
            // Which patterns only perhaps cover a known action.
            if matches!(answer.verdict, Verdict::Could(_)) && rank == answer.verdict.rank() {
                points.extend(answer.unknown.iter().map(|note| (1, note.clone())));
            }
        }
        points
    }

    /// Whether the action is known, or which known ones are near to it. Nothing where a statement denies it.
    fn unknown(
        &self,
        lang: Language,
        answers: &[RoleAnswer],
        grants_none: &'static str,
    ) -> Option<String> {
        let near =
            ask::nearest(&ask::action_names(self.catalog, self.read()), &self.question.pattern, 4);
        let exact =
            near.first().is_some_and(|one| one.eq_ignore_ascii_case(&self.question.pattern));
        if exact || findings::knows_action(&self.question.pattern) {
            return Some(say(lang, grants_none).to_owned());
        }
        if answers.iter().any(|answer| answer.verdict == Verdict::Denied) {
            return None;
        }
        Some(match near.first() {
            Some(_) => {
                let names = near.iter().map(|name| visible(name));
                saying("Known actions near to it: {}.").list(names).said(lang)
            }
            None => say(lang, "No known action has a similar name.").to_owned(),
        })
    }
}

/// The name of a role, marked where its policy is not whole.
fn named(role: &Role, all: &[&Role]) -> String {
    let name = if role.kind == RoleKind::Document {
        names::told_apart(role, all)
    } else {
        role.name.clone()
    };
    if role.is_partial() { format!("{name} ◐") } else { name }
}

/// Through which statement, under which conditions, and for a pattern which actions.
fn reasons(
    lang: Language,
    verdict: &Verdict,
    actions: &[&ActionAnswer],
    question: &Question,
) -> Vec<(usize, String)> {
    let mut points = Vec::new();
    let by = actions.first().and_then(|action| action.by(lang));
    match verdict {
        Verdict::Could(sentences) => points.extend(sentences.iter().map(|said| (1, said.clone()))),
        Verdict::Denied => points.extend(by.map(|by| (1, said(lang, "Denied by {}.", &[&by])))),
        _ => points.extend(by.map(|by| (1, said(lang, "Allowed by {}.", &[&by])))),
    }
    if !pattern::has_wildcard(&question.pattern) {
        return points;
    }
    points.extend(
        actions.iter().filter(|action| action.written).map(|action| (2, visible(&action.name))),
    );
    let covered = actions.iter().filter(|action| !action.written).count();
    if covered > 0 {
        points
            .push((2, count(lang, covered, "{} known action covered", "{} known actions covered")));
    }
    points
}

fn role_json(
    catalog: &Catalog,
    role: &Role,
    document: &Document,
    answer: &RoleAnswer,
    question: &Question,
) -> Value {
    let policy = role.policy.as_ref();
    let mut names: Vec<&str> = answer.actions.iter().map(|action| &*action.name).collect();
    if names.is_empty() && !pattern::has_wildcard(&question.pattern) {
        names.push(&question.pattern);
    }
    let decisions = ask::decisions(Language::English, document, policy, question, &names);
    let mut long: HashMap<*const evaluate::Answer, &str> = HashMap::new();
    let actions = names.into_iter().zip(&decisions).map(|(name, decided)| {
        let standing = |at: usize| policy.map(|policy| policy.standing_of(at).words().en);
        let json = json!({
            "action": name,
            "decision": decision_word(decided.decision),
            "sentence": decided.sentence(),
            "deciding": decided.deciding.map(|(_, statement)| statement + 1),
            "standing": decided.deciding.and_then(|(_, statement)| standing(statement)),
        });
        let first = *long.entry(Rc::as_ptr(decided)).or_insert(name);
        if first != name && is_long(decided) {
            return join(json, json!({"depends_on": [], "depends_on_as": first}));
        }
        let depends_on: Vec<Value> = decided.depends_on.iter().map(dependency_json).collect();
        join(json, json!({"depends_on": depends_on}))
    });
    let [whole, _, warning] = sureness(catalog, Some(role));
    json!({
        "name": role.name,
        "short_name": role.short_name,
        "answer": verdict_word(&answer.verdict),
        "exists": catalog.observation(&role.id).map(|seen| seen.exists),
        "whole": whole,
        "warning": warning,
        "actions": actions.collect::<Vec<_>>(),
        "conditions": match &answer.verdict {
            Verdict::Could(sentences) => sentences.as_slice(),
            _ => &[],
        },
        "notes": answer.unknown,
    })
}

/// Entries and values in what an answer depends on, beyond which only the first of the actions that fare the same has them:
/// a policy of a megabyte would come to a gigabyte.
const LISTED: usize = 200;

/// Does the answer depend on so much that it is not told again?
fn is_long(answer: &evaluate::Answer) -> bool {
    let values = |open: &Dependency| match &open.on {
        DependsOn::Condition { values, .. } => values.len(),
        DependsOn::Part(_) => 0,
    };
    answer.depends_on.iter().map(|open| 1 + values(open)).sum::<usize>() > LISTED
}

/// The word of a verdict in data.
const fn verdict_word(verdict: &Verdict) -> &'static str {
    match verdict {
        Verdict::Can => "can",
        Verdict::Could(_) => "conditional",
        Verdict::Denied => "denied",
        Verdict::CanNot => "no",
        Verdict::Unknown => "unknown",
    }
}
