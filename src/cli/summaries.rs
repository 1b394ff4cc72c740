//! `summary`: what policies grant, by service and access level.

use serde_json::{Value, json};

use super::answer::{Answer, SCHEMA, Trouble};
use super::args::Summary as Args;
use super::can::effect_word;
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
    self, Grant, GrantedAction, IdleStatement, ServiceSummary, Summary, Tally,
};
use crate::say::{Language, said, say};

/// `summary`
pub fn run(args: &Args, lang: Language, known: &Known) -> Result<Answer, Trouble> {
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
                summary.services.retain(|found| summary::means_service(&found.code, code));
            }
            summary
        };
        let shown = summarized(lang);
        any |= shown.services.iter().any(ServiceSummary::is_touched);
        told(page, &shown, lang, catalog, policy);
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
    let action_points = |action| action_points(lang, action, policy);
    if !summary.services.iter().any(ServiceSummary::is_touched) {
        page.line(say(lang, "It grants nothing here."));
    }
    for service in &summary.services {
        page.heading(catalog.service_with_code(&service.code, lang));
        let mut points = Vec::new();
        for group in &service.levels {
            let actions = Tally::of(&group.actions).words(lang);
            points.push((0, said(lang, "{}: {}", &[say(lang, group.level.word()), &actions])));
            points.extend(group.actions.iter().flat_map(action_points));
        }
        if !service.denied.is_empty() {
            let actions = Tally::of(&service.denied).words(lang);
            points.push((0, said(lang, "{}: {}", &[say(lang, "denied"), &actions])));
            points.extend(service.denied.iter().flat_map(action_points));
        }
        if !service.through_resources.is_empty() || !service.counted.is_empty() {
            points.push((0, say(lang, "actions of other services on its resources").to_owned()));
            let through = service.through_resources.iter();
            points.extend(through.flat_map(action_points));
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

fn action_points(
    lang: Language,
    action: &GrantedAction,
    policy: Option<&Policy>,
) -> Vec<(usize, String)> {
    let granted = action.is_granted();
    let denied = if granted { "" } else { say(lang, "denied: ") };
    let meaning = action.meaning.as_ref().map(|meaning| format!("  {meaning}")).unwrap_or_default();
    // The level of what is denied is not told.
    let guess = match action.source {
        LevelSource::NameRule if granted => say(lang, "  (level by its name)"),
        LevelSource::ByHand if granted => say(lang, "  (level set by hand)"),
        _ => "",
    };
    let text = if policy.is_some_and(|policy| policy.rests_on_guess(action)) {
        say(lang, "  (reconstructed)")
    } else {
        ""
    };
    let mut points = vec![(1, format!("{denied}{}{meaning}{guess}{text}", action.words(lang)))];
    if let Some(overruled) = action.overruled_words(lang) {
        points.push((2, overruled));
        return points;
    }
    let mut limits: Vec<String> = Vec::new();
    for grant in &action.grants {
        let limit = limit(lang, grant, grant.effect == Effect::Deny && granted);
        if !limit.is_empty() && !limits.contains(&limit) {
            limits.push(limit);
        }
    }
    // An unlimited grant beside a limited one makes the limit void, and both are said.
    if action.grants.len() > 1
        && limits.len() == 1
        && action.grants.iter().any(|grant| limit(lang, grant, false).is_empty())
    {
        limits.push(say(lang, "elsewhere without a limit").to_owned());
    }
    points.extend(limits.into_iter().map(|limit| (2, limit)));
    points
}

/// What limits a grant, in words; empty where nothing does.
fn limit(lang: Language, grant: &Grant, say_denied: bool) -> String {
    let mut parts = Vec::new();
    if say_denied {
        parts.push(say(lang, "denied").to_owned());
    }
    parts.extend(grant.limits(lang));
    let joined = |before: String, part: String| said(lang, "{}, {}", &[&before, &part]);
    parts.into_iter().reduce(joined).unwrap_or_default()
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
