//! `summary`: what policies grant, by service and access level.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;
use std::sync::Arc;

use serde_json::{Value, json};

use super::answer::{Answer, SCHEMA, Trouble};
use super::args::{Format, Summary as Args};
use super::data::effect_word;
use super::known::Known;
use super::named;
use super::page::Page;
use super::papers::Paper;
use super::subject::Subject;
use crate::catalog::Catalog;
use crate::catalog::model::Policy;
use crate::policy::document::Effect;
use crate::policy::idle::Idle;
use crate::policy::level::LevelSource;
use crate::policy::summary::{
    self, Grant, GrantedAction, IdleStatement, ServiceSummary, Summary, Tally, Terms,
};
use crate::say::{Language, said, say};

/// `summary`
pub fn run(args: &Args, lang: Language, format: Format, known: &Known) -> Result<Answer, Trouble> {
    let catalog = known.catalog()?;
    let subject = Subject::of(&args.subject, false, known)?;
    let service =
        args.service.as_deref().map(|typed| named::service(typed, catalog)).transpose()?;
    let mut page = Page::default();
    let mut any = false;
    let policy = subject.role.and_then(|role| role.policy.as_ref());
    let data = subject.each(&mut page, lang, catalog, &mut |page, paper| {
        let summarized = |lang| {
            let mut summary = summary::summarize_in(lang, &paper.document, catalog);
            if let Some(code) = &service {
                let services = std::mem::take(&mut summary.services);
                let of = |found: &ServiceSummary| summary.speaks_of(&found.code, code);
                summary.services = services.into_iter().filter(of).collect();
            }
            summary
        };
        let shown = summarized(lang);
        any |= shown.services.iter().any(ServiceSummary::is_touched);
        told(page, &shown, lang, catalog, policy);
        if format != Format::Json {
            return Value::Null;
        }
        // Data are English in every language.
        let summary = if lang == Language::English { shown } else { summarized(Language::English) };
        json!({
            "idle": summary.idle.iter().map(|idle| idle_json(idle, paper)).collect::<Vec<_>>(),
            "services": summary.services.iter().map(|found| service_json(found, paper, catalog, policy)).collect::<Vec<_>>(),
        })
    });
    let json = json!({"schema": SCHEMA, "subject": subject.title.english(), "service": service, "policies": data});
    let mut answer = Answer::new(page, json).or_no(any || service.is_none());
    answer.asides = subject.asides_in(lang);
    Ok(answer)
}

fn told(
    page: &mut Page,
    summary: &Summary,
    lang: Language,
    catalog: &Catalog,
    policy: Option<&Policy>,
) {
    let mut words = Words { lang, policy, limits: HashMap::new() };
    if !summary.services.iter().any(ServiceSummary::is_touched) {
        page.line(say(lang, "It grants nothing here."));
    }
    for service in &summary.services {
        page.heading(catalog.service_with_code(&service.code, lang));
        let mut points = Vec::new();
        for group in &service.levels {
            let actions = Tally::of(&group.actions).words(lang);
            points.push((0, said(lang, "{}: {}", &[say(lang, group.level.word()), &actions])));
            words.actions(&group.actions, &mut points);
        }
        if !service.denied.is_empty() {
            let actions = Tally::of(&service.denied).words(lang);
            points.push((0, said(lang, "{}: {}", &[say(lang, "denied"), &actions])));
            words.actions(&service.denied, &mut points);
        }
        if !service.through_resources.is_empty() || !service.counted.is_empty() {
            points.push((0, say(lang, "actions of other services on its resources").to_owned()));
            words.actions(&service.through_resources, &mut points);
            points.extend(service.counted.iter().map(|counted| (1, counted.words(lang))));
        }
        page.points(points);
    }
    let (unread, nothing): (Vec<_>, Vec<_>) =
        summary.idle.iter().partition(|idle| idle.why == Idle::Unread);
    for (idle, heading) in
        [(unread, "Statements that cannot be read"), (nothing, "Statements that match nothing")]
    {
        if !idle.is_empty() {
            page.heading(say(lang, heading).to_owned());
            page.points(idle.iter().map(|idle| (0, idle.sentence.clone())).collect());
        }
    }
}

/// What is said of actions. What limits them is put into words once for all actions of a statement.
struct Words<'a> {
    lang: Language,
    policy: Option<&'a Policy>,
    limits: HashMap<(*const Terms, bool), Rc<str>>,
}

impl Words<'_> {
    /// Points for actions: those with the same limits stand together below these, in the order of the first of each.
    fn actions(&mut self, actions: &[GrantedAction], points: &mut Vec<(usize, String)>) {
        let mut groups: Vec<(Vec<Rc<str>>, Vec<String>)> = Vec::new();
        let mut known: HashMap<Vec<Rc<str>>, usize> = HashMap::new();
        for action in actions {
            let limits = self.limits(action);
            let new = groups.len();
            let at = *known.entry(limits.clone()).or_insert(new);
            let words = self.action(action);
            match groups.get_mut(at) {
                Some((_, actions)) => actions.push(words),
                None => groups.push((limits, vec![words])),
            }
        }
        for (limits, actions) in groups {
            let depth = if limits.is_empty() { 1 } else { 2 };
            points.extend(limits.iter().map(|limit| (1, limit.to_string())));
            points.extend(actions.into_iter().map(|action| (depth, action)));
        }
    }

    fn action(&self, action: &GrantedAction) -> String {
        let lang = self.lang;
        let granted = action.is_granted();
        let denied = if granted { "" } else { say(lang, "denied: ") };
        let meaning = action.meaning.as_ref().map(|meaning| format!("  {meaning}"));
        let meaning = meaning.unwrap_or_default();
        // The level of what is denied is not told.
        let guess = match action.source {
            LevelSource::NameRule if granted => say(lang, "  (level by its name)"),
            LevelSource::ByHand if granted => say(lang, "  (level set by hand)"),
            _ => "",
        };
        let text = if self.policy.is_some_and(|policy| policy.rests_on_guess(action)) {
            say(lang, "  (reconstructed)")
        } else {
            ""
        };
        format!("{denied}{}{meaning}{guess}{text}", action.words(lang))
    }

    /// What limits an action; nothing where nothing does.
    fn limits(&mut self, action: &GrantedAction) -> Vec<Rc<str>> {
        if let Some(overruled) = action.overruled_words(self.lang) {
            return vec![overruled.into()];
        }
        let granted = action.is_granted();
        let mut limits: Vec<Rc<str>> = Vec::new();
        let mut seen = HashSet::new();
        let mut unlimited = false;
        for grant in &action.grants {
            let say_denied = grant.effect == Effect::Deny && granted;
            let limit = self.limit(grant, say_denied);
            unlimited |= limit.is_empty() || say_denied && self.limit(grant, false).is_empty();
            if !limit.is_empty() && seen.insert(Rc::clone(&limit)) {
                limits.push(limit);
            }
        }
        // An unlimited grant beside a limited one makes the limit void, and both are said.
        if action.grants.len() > 1 && limits.len() == 1 && unlimited {
            limits.push(say(self.lang, "elsewhere without a limit").into());
        }
        limits.extend(action.nothing_words(self.lang).map(Rc::from));
        limits
    }

    fn limit(&mut self, grant: &Grant, say_denied: bool) -> Rc<str> {
        let key = (Arc::as_ptr(&grant.terms), say_denied);
        let limit = || limit(self.lang, grant, say_denied).into();
        Rc::clone(self.limits.entry(key).or_insert_with(limit))
    }
}

/// What limits a grant, in words; empty where nothing does.
fn limit(lang: Language, grant: &Grant, say_denied: bool) -> String {
    let mut parts = Vec::new();
    if say_denied {
        parts.push(say(lang, "denied").to_owned());
    }
    parts.extend(grant.limits(lang));
    parts.join(&said(lang, "{}, {}", &["", ""]))
}

fn idle_json(idle: &IdleStatement, paper: &Paper) -> Value {
    let place = paper.place(idle.span.start);
    json!({
        "statement": idle.statement + 1,
        "line": place.line,
        "column": place.column,
        "why": idle.why.id(),
        "message": idle.sentence,
    })
}

fn service_json(
    service: &ServiceSummary,
    paper: &Paper,
    catalog: &Catalog,
    policy: Option<&Policy>,
) -> Value {
    let known = catalog.service(&service.code);
    let actions = |actions: &[GrantedAction]| -> Vec<Value> {
        actions.iter().map(|action| action_json(action, paper, policy)).collect()
    };
    json!({
        "code": service.code,
        "name": known.map(|known| &known.name.en),
        "levels": service.levels.iter().map(|group| json!({
            "level": group.level.word(),
            "actions": actions(&group.actions),
        })).collect::<Vec<_>>(),
        "through_resources": actions(&service.through_resources),
        "through_resources_counted": service.counted.iter().map(|counted| json!({
            "statement": counted.statement + 1,
            "effect": effect_word(counted.effect),
            "actions": counted.tally.actions,
            "patterns": counted.tally.patterns,
        })).collect::<Vec<_>>(),
        "denied": actions(&service.denied),
    })
}

fn action_json(action: &GrantedAction, paper: &Paper, policy: Option<&Policy>) -> Value {
    json!({
        "name": action.name,
        "except": action.except,
        "level": action.level.word(),
        "level_source": match action.source {
            LevelSource::Documented => "documented",
            LevelSource::ByHand => "by_hand",
            LevelSource::NameRule => "name_rule",
        },
        "meaning": action.meaning,
        "pattern": action.is_pattern(),
        "covers": *action.covers,
        "matches_nothing": action.matches_nothing(),
        "denied_as_a_whole_by": action.overruled.map(|denied| {
            let place = paper.place(denied.span.start);
            json!({
                "statement": denied.statement + 1,
                "line": place.line,
                "column": place.column,
            })
        }),
        "grants": action.grants.iter().map(|grant| {
            let place = paper.place(grant.span.start);
            json!({
                "statement": grant.statement + 1,
                "line": place.line,
                "column": place.column,
                "standing": policy.map(|policy| policy.standing_of(grant.statement).words().en),
                "effect": effect_word(grant.effect),
                "not_action": grant.not_action,
                "resources": *grant.resources,
                "not_resource": grant.not_resource,
                "conditions": *grant.conditions,
                "principals": *grant.principals,
            })
        }).collect::<Vec<_>>(),
    })
}
