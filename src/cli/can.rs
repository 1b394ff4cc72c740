//! `can`: does a role, or do some policies together, allow a request? With the trace of the decision.

use serde_json::{Value, json};

use super::answer::{Answer, SCHEMA, Trouble, join};
use super::args::{Can, Format};
use super::data::{context_json, decision_word, dependency_json, effect_word};
use super::given;
use super::known::Known;
use super::named;
use super::page::Page;
use super::papers::{Paper, kind_word};
use super::subject::{Deciding, Subject};
use super::sure::sureness;
use crate::catalog::Catalog;
use crate::catalog::ask::{self, Doubt};
use crate::catalog::model::{Policy, Role};
use crate::policy::condition::{ConditionTrace, Truth};
use crate::policy::document::{Document, Effect};
use crate::policy::evaluate::{self, Decision, Part, StatementTrace};
use crate::policy::oddity::{Oddity, OddityKind};
use crate::policy::request::{Actual, Request};
use crate::policy::source::{Place, Span};
use crate::policy::supplied;
use crate::policy::wording::visible;
use crate::say::{Language, Saying, count, said, say, saying};
use crate::sort;

/// Decides.
pub fn run(args: &Can, lang: Language, format: Format, known: &Known) -> Result<Answer, Trouble> {
    let catalog = known.catalog()?;
    // What the API calls otherwise than RAM is decided by the name that RAM has for it.
    let typed = ask::narrow(&args.action);
    let by_api = catalog.actions().authorizing(&typed);
    let action = by_api.map_or(typed, |known| known.name.to_string());
    let args = &Can { action, ..args.clone() };
    let asked = Asked::gather(args, lang, known)?;
    let documents: Vec<&Document> = asked.papers.iter().map(|(_, paper)| &paper.document).collect();
    let misspelled = given::action(lang, &args.action, catalog, &documents)?;
    let context = given::context(&args.context, documents.iter().copied());
    let request = request(args, &context);
    let doubt = documents.first();
    let doubt = doubt.map(|document| Doubt::of(asked.policy(), document)).unwrap_or_default();
    let decide = |lang: Language| {
        let mut answer = evaluate::decide(lang, &documents, &request);
        doubt.mark(&mut answer, &args.action);
        answer.notes.extend(odd_names(lang, &asked.papers, &answer.trace));
        answer.notes.extend(by_api.and_then(|known| known.said_of_api(lang)));
        answer.notes.extend(supplied::notes(lang, &documents, &args.action));
        answer
    };
    let answer = decide(lang);
    // Whatever a policy says that could not be read: what another denies stays denied.
    if answer.decision != Decision::ExplicitDeny
        && let Some(first) = asked.unread.first()
    {
        let why = saying(
            "A policy that might allow or deny the request cannot be read, so nothing is decided; correct it, or take it out. {}",
        );
        return Err(Trouble::new(why.of(first.clone())));
    }
    let data = if format == Format::Json {
        // Data are English in every language.
        let english = if lang == Language::English { &answer } else { &decide(Language::English) };
        data(args, &context, &asked, catalog, english)
    } else {
        Value::Null
    };
    let allowed = answer.decision == Decision::Allow;
    let mut told = Answer::new(page(args, lang, &asked, &answer), data).or_no(allowed);
    told.asides.clone_from(&asked.asides);
    told.asides.extend(given::unasked(lang, &context, documents.iter().copied()));
    let odd = args.resource.as_deref().and_then(|typed| ask::odd_resource(lang, typed));
    told.asides.extend(odd.map(str::to_owned));
    told.asides.extend(given::principal(lang, args.principal.as_deref()));
    // What a pattern allows is allowed however it is called.
    told.asides.extend(misspelled.filter(|_| !allowed));
    told.asides.extend(asked.unread.iter().map(|left| left.said(lang)));
    Ok(told)
}

/// What the question is asked of.
struct Asked<'a> {
    /// The policies, each with what it is called by.
    papers: Vec<(String, Paper)>,
    /// The role, where its permission policy decides.
    role: Option<&'a Role>,
    /// What of the policies that were given cannot be read.
    unread: Vec<Saying>,
    /// What must be said beside the answer.
    asides: Vec<String>,
}

impl<'a> Asked<'a> {
    /// The policies of the role or the files that were given.
    fn gather(args: &Can, lang: Language, known: &'a Known) -> Result<Self, Trouble> {
        let takes_trust = evaluate::takes_trust(&args.action);
        let Some(typed) = &args.role else {
            if args.policy.is_empty() {
                return Err(Trouble::new(saying(
                    "`can` needs the name of a role, or policy files with --policy FILE; `rolescope can --help` tells the use",
                )));
            }
            let Deciding { papers, unread, passed_over } = Deciding::of(&args.policy, takes_trust)?;
            let asides = passed_over.iter().map(|over| over.said(lang)).collect();
            return Ok(Self { papers, role: None, unread, asides });
        };
        if let Some(subject) = Subject::user_policy(typed, known)? {
            let asides = subject.asides_in(lang);
            let name = subject.title.english();
            let papers = subject.papers.into_iter().map(|paper| (name.clone(), paper)).collect();
            return Ok(Self { papers, role: None, unread: Vec::new(), asides });
        }
        let role = named::role(typed, known.holder(typed)?)?;
        // Who may assume it is the trust policy's to say.
        let trust = args.principal.is_some() && role.trust.is_some() && takes_trust;
        let subject = Subject::of_role(role, trust)?;
        let mut asides = subject.asides_in(lang);
        if trust {
            asides.push(said(lang, "Decided by the trust policy of {}.", &[&visible(&role.name)]));
        }
        let papers = subject.papers.into_iter().map(|paper| (role.name.clone(), paper)).collect();
        Ok(Self { papers, role: (!trust).then_some(role), unread: Vec::new(), asides })
    }

    fn policy(&self) -> Option<&'a Policy> {
        self.role?.policy.as_ref()
    }
}

/// The answer as data.
fn data(
    args: &Can,
    context: &[(String, String)],
    asked: &Asked<'_>,
    catalog: &Catalog,
    answer: &evaluate::Answer,
) -> Value {
    let scribe = Scribe { lang: Language::English, papers: &asked.papers, policy: asked.policy() };
    let listed = listed(&answer.trace);
    let [whole, standing, warning] = sureness(catalog, asked.role);
    json!({
        "schema": SCHEMA,
        "decision": decision_word(answer.decision),
        "sentence": answer.sentence(),
        "possible": answer.possible.iter().map(|one| decision_word(*one)).collect::<Vec<_>>(),
        "request": request_json(args, context),
        "whole": whole,
        "standing": standing,
        "warning": warning,
        "policies": asked.papers.iter().map(|(path, paper)| json!({
            "path": path,
            "at": paper.wrapped.path,
            "kind": kind_word(paper.wrapped.kind),
            "name": paper.wrapped.names.policy,
            "oddities": paper.oddities.len() + paper.oddities_left_out,
        })).collect::<Vec<_>>(),
        "deciding": answer.deciding.map(|(policy, statement)| scribe.statement_json(policy, statement)),
        "trace": listed.iter().map(|trace| scribe.trace_json(trace)).collect::<Vec<_>>(),
        "trace_left_out": answer.trace.len() - listed.len(),
        "depends_on": answer.depends_on.iter().map(dependency_json).collect::<Vec<_>>(),
        "notes": answer.notes,
    })
}

/// The answer for people.
fn page(args: &Can, lang: Language, asked: &Asked<'_>, answer: &evaluate::Answer) -> Page {
    let mut page = Page::default();
    // What is not known may decide how it is denied, and not whether.
    let denied = answer.decision == Decision::Depends && !answer.may_be_allowed();
    let decision = say(lang, if denied { "denied" } else { answer.decision.words() });
    page.title(said(lang, "{}: {}", &[decision, &visible(&args.action)]));
    page.line(answer.sentence());
    if answer.decision == Decision::ImplicitDeny && !args.partial {
        for hint in hints(args, &answer.trace) {
            page.line(say(lang, hint));
        }
    }
    let scribe = Scribe { lang, papers: &asked.papers, policy: asked.policy() };
    scribe.trace(&mut page, &answer.trace);
    if !answer.notes.is_empty() {
        page.heading(say(lang, "Notes"));
        page.points(answer.notes.iter().map(|note| (0, note.clone())).collect());
    }
    page
}

/// What the request does not say and statements that allow fail by alone, in English.
fn hints(args: &Can, trace: &[StatementTrace]) -> Vec<&'static str> {
    let [mut resource, mut principal, mut context] = [false; 3];
    for one in trace.iter().filter(|one| one.effect == Effect::Allow && one.truth == Truth::No) {
        let failed = || one.parts.iter().filter(|part| part.truth == Truth::No);
        let unmet = || one.conditions.iter().filter(|one| one.truth == Truth::No);
        let on = |part: &Part| matches!(part.name, "Resource" | "NotResource");
        let of = |part: &Part| matches!(part.name, "Principal" | "NotPrincipal");
        let silent = |part: &Part| {
            part.span.is_some()
                && (on(part) && args.resource.is_none() || of(part) && args.principal.is_none())
        };
        if failed().all(silent) && unmet().all(|one| one.actual == Actual::Absent) {
            resource |= failed().any(on);
            principal |= failed().any(of);
            context |= unmet().next().is_some();
        }
    }
    let hints = [
        (
            resource,
            "No resource was given: --resource names one, --partial tells on what the answer depends.",
        ),
        (
            principal,
            "Nobody was named who asks: --principal names them, --partial tells on what the answer depends.",
        ),
        (
            context,
            "The request lacks keys of conditions: --context gives them, --partial tells on what the answer depends.",
        ),
    ];
    hints.into_iter().filter_map(|(holds, hint)| holds.then_some(hint)).collect()
}

/// The request that the arguments describe.
fn request(args: &Can, context: &[(String, String)]) -> Request {
    let mut request =
        if args.partial { Request::partial(&args.action) } else { Request::new(&args.action) };
    request.resource.clone_from(&args.resource);
    request.principal.clone_from(&args.principal);
    for (key, value) in context {
        request.context.add(key, value);
    }
    request
}

fn request_json(args: &Can, given: &[(String, String)]) -> Value {
    json!({
        "action": args.action,
        "resource": args.resource,
        "principal": args.principal,
        "context": context_json(given),
        "partial": args.partial,
    })
}

/// Statements that are told at length in text; more would bury the answer.
const TOLD: usize = 40;

/// Oddities that are noted.
const NOTED: usize = 10;

/// Statements that data tell of; the trace of a policy of many megabytes would take a multiple of it in memory.
const LISTED: usize = 2_000;

/// The statements that data tell of, in their order: all of them, or of very many those about the action first.
fn listed(trace: &[StatementTrace]) -> Vec<&StatementTrace> {
    if trace.len() <= LISTED {
        return trace.iter().collect();
    }
    let mut listed: Vec<&StatementTrace> = trace.iter().filter(|s| concerns(s)).collect();
    // The weightiest are kept: what matches, then what may.
    sort::by_key(&mut listed, |statement| std::cmp::Reverse(statement.truth));
    listed.truncate(LISTED);
    let room = LISTED - listed.len();
    listed.extend(trace.iter().filter(|s| !concerns(s)).take(room));
    sort::by_key(&mut listed, |statement| (statement.policy, statement.statement));
    listed
}

/// Says how many statements about the action text leaves out; data tell of so many of all.
fn left_out(lang: Language, more: usize, listed: usize) -> String {
    if more + TOLD == listed {
        return count(
            lang,
            more,
            "{} more statement about the action is in the JSON answer.",
            "{} more statements about the action are in the JSON answer.",
        );
    }
    let sentence = "{} more statements are about the action; the JSON answer has {} of all of them, what matches before what does not.";
    said(lang, sentence, &[&more.to_string(), &listed.to_string()])
}

/// Is the statement about the action of the request? One without any action is told with the others: it names no other.
fn concerns(statement: &StatementTrace) -> bool {
    !statement.parts.iter().any(|part| {
        part.truth == Truth::No
            && matches!(part.name, "Action" | "NotAction")
            && part.span.is_some()
    })
}

/// What is odd about the documents and may make RAM read another policy: a name that stands twice, or is not the
/// grammar's.
fn odd_names(lang: Language, papers: &[(String, Paper)], trace: &[StatementTrace]) -> Vec<String> {
    let about = |policy: usize, statement: Option<usize>| {
        let of = |one: &&StatementTrace| (one.policy, Some(one.statement)) == (policy, statement);
        statement.is_none() || trace.iter().find(of).is_some_and(concerns)
    };
    let all = papers.iter().enumerate().flat_map(|(policy, (path, paper))| {
        paper.oddities.iter().map(move |oddity| (policy, path, paper, oddity))
    });
    let told = all.filter(|(policy, _, _, oddity)| {
        match oddity.kind {
            // What RAM does not take as a policy decides nothing, and of two values the other may be about the action.
            OddityKind::MissingVersion
            | OddityKind::OddVersion(_)
            | OddityKind::AwsVersion(_)
            | OddityKind::Duplicate(_)
            | OddityKind::Both(..) => true,
            // In a statement that is about the action the evaluation tells it.
            OddityKind::WrongCase(..) | OddityKind::UnknownElement(_, Some(_)) => {
                oddity.statement.is_none()
            }
            OddityKind::UnknownEffect(_)
            | OddityKind::EffectOfType(_)
            | OddityKind::NotAStatement(_)
            | OddityKind::NotABlock(..)
            | OddityKind::WrongType(..) => about(*policy, oddity.statement),
            _ => false,
        }
    });
    let words = |(_, path, paper, oddity): (usize, &String, &Paper, &Oddity)| {
        let place = format!("{path}:{}", paper.place(oddity.span.start));
        said(lang, "{}: {}", &[&place, &oddity.sentence_in(lang)])
    };
    told.take(NOTED).map(words).collect()
}

/// Writes traces with their places.
struct Scribe<'a> {
    lang: Language,
    papers: &'a [(String, Paper)],
    /// The policy, where it is that of a role.
    policy: Option<&'a Policy>,
}

impl Scribe<'_> {
    fn place(&self, policy: usize, span: Option<Span>) -> Option<Place> {
        let (_, paper) = self.papers.get(policy)?;
        span.map(|span| paper.place(span.start))
    }

    fn span_of(&self, policy: usize, statement: usize) -> Option<Span> {
        let (_, paper) = self.papers.get(policy)?;
        paper.document.statements.get(statement).map(|statement| statement.span)
    }

    fn statement_json(&self, policy: usize, statement: usize) -> Value {
        let place = self.place(policy, self.span_of(policy, statement));
        json!({
            "policy": policy + 1,
            "statement": statement + 1,
            "standing": self.policy.map(|policy| policy.standing_of(statement).words().en),
            "line": place.map(|place| place.line),
            "column": place.map(|place| place.column),
        })
    }

    fn trace_json(&self, trace: &StatementTrace) -> Value {
        let parts = trace.parts.iter().map(|part| self.part_json(trace.policy, part));
        let conditions = trace.conditions.iter().map(|c| self.condition_json(trace.policy, c));
        let more = json!({
            "effect": effect_word(trace.effect),
            "matches": trace.truth.word(),
            "parts": parts.collect::<Vec<_>>(),
            "conditions": conditions.collect::<Vec<_>>(),
        });
        join(self.statement_json(trace.policy, trace.statement), more)
    }

    fn part_json(&self, policy: usize, part: &Part) -> Value {
        let line = self.place(policy, part.span).map(|place| place.line);
        json!({"name": part.name, "matches": part.truth.word(), "why": part.why, "line": line})
    }

    fn condition_json(&self, policy: usize, condition: &ConditionTrace) -> Value {
        json!({
            "operator": condition.operator,
            "key": condition.key,
            "expected": condition.expected,
            "actual": match &condition.actual {
                Actual::Values(values) => json!(values),
                Actual::Absent => Value::Null,
                Actual::Unknown => json!("unknown"),
            },
            "matches": condition.truth.word(),
            "phrase": condition.phrase,
            "why": condition.why,
            "line": self.place(policy, Some(condition.span)).map(|place| place.line),
        })
    }

    /// Statements whose action matches, part by part; how many others there are.
    fn trace(&self, page: &mut Page, trace: &[StatementTrace]) {
        let lang = self.lang;
        let told: Vec<&StatementTrace> = trace.iter().filter(|s| concerns(s)).collect();
        let mut points = Vec::new();
        for statement in told.iter().take(TOLD) {
            points.push((0, self.headline(statement)));
            points.extend(statement.parts.iter().map(|part| {
                let values = [mark(lang, part.truth), part.name, &part.why];
                (1, said(lang, "{} {}: {}", &values))
            }));
            points.extend(statement.conditions.iter().map(|condition| {
                let values = [mark(lang, condition.truth), &condition.phrase, &condition.why];
                (1, said(lang, "{} Condition: {}; {}", &values))
            }));
        }
        if !points.is_empty() {
            page.heading(say(lang, "Statements about the action"));
            page.points(points);
        }
        if told.len() > TOLD {
            page.line(left_out(lang, told.len() - TOLD, told.len().min(LISTED)));
        }
        let others = trace.len() - told.len();
        if others > 0 {
            page.line(count(
                lang,
                others,
                "{} other statement is not about the action.",
                "{} other statements are not about the action.",
            ));
        }
    }

    fn headline(&self, statement: &StatementTrace) -> String {
        let lang = self.lang;
        let path =
            self.papers.get(statement.policy).map(|(path, _)| path.as_str()).unwrap_or_default();
        let place =
            self.place(statement.policy, self.span_of(statement.policy, statement.statement));
        let verdict = match statement.truth {
            Truth::Yes => say(lang, "matches"),
            Truth::No => say(lang, "does not match"),
            Truth::Maybe => say(lang, "may match"),
        };
        let (effect, number) =
            (effect_word(statement.effect), (statement.statement + 1).to_string());
        let unsure = self.policy.and_then(|policy| policy.unsure_statement(statement.statement));
        let words = match unsure {
            Some(standing) => {
                let standing = standing.words();
                let values = [effect, &number, standing.get(lang), verdict];
                said(lang, "{} statement {} ({}): {}", &values)
            }
            None => said(lang, "{} statement {}: {}", &[effect, &number, verdict]),
        };
        match place {
            Some(place) => said(lang, "{} ({})", &[&words, &format!("{path}:{place}")]),
            None => words,
        }
    }
}

fn mark(lang: Language, truth: Truth) -> &'static str {
    match truth {
        Truth::Yes => say(lang, "[yes]"),
        Truth::No => say(lang, "[no]"),
        Truth::Maybe => say(lang, "[maybe]"),
    }
}
