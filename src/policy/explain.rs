//! Statements and trust policies in plain English sentences.
//!
//! A sentence is exact: what it cannot spell out for length it counts. Text from documents is made
//! safe to show.

use super::document::{Clause, Document, Effect, Statement};
use super::pattern::{self, Case, arn};
use super::source::Spanned;
use super::summary::service_of_action;
use super::vocabulary::Vocabulary;
use super::wording::{self, visible};
use crate::say::{Language, said, say};

/// Names of one service that a sentence spells out.
const MOST_NAMES: usize = 6;

/// Services, resources and principals that a sentence spells out.
const MOST_THINGS: usize = 6;

/// One statement as a sentence: who may do what to which resources under which condition.
pub fn sentence(_language: Language, statement: &Statement, vocabulary: &dyn Vocabulary) -> String {
    if statement.effect == Effect::Unknown {
        return "Does nothing: its Effect is neither Allow nor Deny.".to_owned();
    }
    let Some(action) = &statement.action else {
        return "Does nothing: it names neither Action nor NotAction.".to_owned();
    };
    if statement.resource.is_none() && statement.principal.is_none() {
        return format!(
            "Does nothing as it stands: it speaks of {}, but names no resource.",
            actions(action, vocabulary)
        );
    }
    let who = who(statement);
    let what = what(statement, action, vocabulary);
    let may = match statement.effect {
        Effect::Deny => "may never",
        Effect::Allow | Effect::Unknown => "may",
    };
    format!("{who} {may} {what}{}.", conditions(statement, action))
}

/// Who may take on a role, by its trust policy.
pub fn trust(document: &Document) -> String {
    let nothing = &super::vocabulary::Nothing;
    let naming: Vec<&Statement> =
        document.statements.iter().filter(|statement| statement.principal.is_some()).collect();
    if naming.is_empty() {
        return "Nobody may take on the role: the document names no principal.".to_owned();
    }
    let sentences: Vec<String> = naming
        .iter()
        .take(MOST_THINGS)
        .map(|statement| sentence(Language::English, statement, nothing))
        .collect();
    let more = naming.len().saturating_sub(MOST_THINGS);
    let rest = if more > 0 {
        format!(" {} more.", capital(&wording::count(more, "statement")))
    } else {
        String::new()
    };
    format!("{}{rest}", sentences.join(" "))
}

/// The subject of the sentence, with a capital.
fn who(statement: &Statement) -> String {
    let Some(principal) = &statement.principal else {
        return "The holder".to_owned();
    };
    let members =
        wording::first(Language::English, &principal.members, MOST_THINGS, |(kind, value)| {
            wording::member(Language::English, kind, &value.value)
        });
    let members = match (members.is_empty(), principal.negated) {
        (true, false) => "nobody".to_owned(),
        (true, true) => "anyone".to_owned(),
        (false, false) => wording::join(Language::English, &members, "and"),
        (false, true) => {
            format!("anyone except {}", wording::join(Language::English, &members, "and"))
        }
    };
    capital(&members)
}

fn capital(text: &str) -> String {
    let mut characters = text.chars();
    characters
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}

/// The verb and its objects.
fn what(statement: &Statement, action: &Clause, vocabulary: &dyn Vocabulary) -> String {
    let assume = |value: &Spanned| pattern::same(&value.value, "sts:AssumeRole", Case::Fold);
    if statement.principal.is_some() && statement.resource.is_none() {
        return if !action.negated && !action.values.is_empty() && action.values.iter().all(assume) {
            "assume this role".to_owned()
        } else {
            format!("use {} on what the policy is attached to", actions(action, vocabulary))
        };
    }
    let resource = statement.resource.as_ref();
    let on = resource.map_or_else(
        || "what the policy is attached to".to_owned(),
        |it| resources(Language::English, it),
    );
    format!("use {} on {on}", actions(action, vocabulary))
}

/// The actions, grouped by service.
fn actions(clause: &Clause, vocabulary: &dyn Vocabulary) -> String {
    if clause.values.is_empty() {
        return if clause.negated { "every action" } else { "no action" }.to_owned();
    }
    let groups = by_service(&clause.values);
    // Meanings are for the few; a long list of them is no sentence any more.
    let meanings = clause.values.len() <= 3 && !clause.negated;
    let listed = wording::first(Language::English, &groups, MOST_THINGS, |(code, values)| {
        let words = of_service(code, values, meanings, vocabulary);
        match words.strip_prefix("every action of ") {
            Some(service) if clause.negated => format!("those of {service}"),
            _ => words,
        }
    });
    let listed = wording::join(Language::English, &listed, "and");
    if !clause.negated {
        listed
    } else if clause.values.iter().any(|value| matches_every_action(&value.value)) {
        format!("no action (NotAction leaves out {listed})")
    } else {
        format!("every action except {listed}")
    }
}

fn matches_every_action(value: &str) -> bool {
    pattern::covers(value, "*:*", Case::Fold)
}

/// The actions of a clause by service code, in order, each once.
fn by_service(values: &[Spanned]) -> Vec<(String, Vec<&str>)> {
    let mut groups: Vec<(String, Vec<&str>)> = Vec::new();
    let mut index = std::collections::HashMap::new();
    let mut seen = std::collections::HashSet::new();
    for value in values {
        if !seen.insert(pattern::fold(&value.value)) {
            continue;
        }
        let code = service_of_action(&value.value);
        let at = *index.entry(code.clone()).or_insert_with(|| {
            groups.push((code, Vec::new()));
            groups.len() - 1
        });
        if let Some((_, names)) = groups.get_mut(at) {
            names.push(&value.value);
        }
    }
    groups
}

/// The actions of one service: `ecs:RunInstances (start new servers)`, `every action of Tablestore (ots)`.
fn of_service(code: &str, values: &[&str], meanings: bool, vocabulary: &dyn Vocabulary) -> String {
    if code == "*" {
        let names = wording::first(Language::English, values, MOST_NAMES, |value| {
            let name = value.split_once(':').map(|(_, name)| name);
            match name {
                _ if matches_every_action(value) => "every action of every service".to_owned(),
                Some(name) if value.starts_with("*:") => {
                    format!("the actions named {} of every service", visible(name))
                }
                _ => format!("the actions {}", visible(value)),
            }
        });
        return wording::join(Language::English, &names, "and");
    }
    let name_of = |value: &str| value.split_once(':').map_or(value, |(_, name)| name).to_owned();
    if let Some(every) = values.iter().find(|value| pattern::matches_anything(&name_of(value))) {
        let known = super::level::known_actions(every, vocabulary).len();
        let count = format!("{known} known, there may be more");
        return match vocabulary.service_name(Language::English, code) {
            _ if known == 0 => format!("every action of {}", service(code, vocabulary)),
            Some(name) => format!("every action of {name} ({code}; {count})"),
            None => format!("every action of {} ({count})", visible(code)),
        };
    }
    if let [value] = values {
        return one_action(value, meanings, vocabulary);
    }
    let names = wording::first(Language::English, values, MOST_NAMES, |value| {
        let meaning = vocabulary.action(value).and_then(|known| known.meaning).filter(|_| meanings);
        match meaning {
            Some(meaning) => format!("{} ({meaning})", visible(&name_of(value))),
            None => visible(&name_of(value)),
        }
    });
    let names = wording::join(Language::English, &names, "and");
    let patterns = values.iter().any(|value| pattern::has_wildcard(value));
    let count =
        if patterns { "the actions".to_owned() } else { format!("{} actions", values.len()) };
    match vocabulary.service_name(Language::English, code) {
        Some(name) => format!("{count} of {name} ({}: {names})", visible(code)),
        None => format!("{count} of {} ({names})", visible(code)),
    }
}

/// One action alone, with its meaning or what it covers.
fn one_action(value: &str, meanings: bool, vocabulary: &dyn Vocabulary) -> String {
    let shown = visible(value);
    if pattern::has_wildcard(value) {
        return format!("the actions {shown}");
    }
    match vocabulary.action(value).and_then(|known| known.meaning).filter(|_| meanings) {
        Some(meaning) => format!("{shown} ({meaning})"),
        None => shown,
    }
}

/// A service by name and code: `Tablestore (ots)`.
pub(super) fn service(code: &str, vocabulary: &dyn Vocabulary) -> String {
    match vocabulary.service_name(Language::English, code) {
        Some(name) => format!("{name} ({code})"),
        None => visible(code),
    }
}

/// The resources: `any resource`, `every ecs resource`, names and patterns.
pub(super) fn resources(language: Language, clause: &Clause) -> String {
    let listed = wording::first(language, &clause.values, MOST_THINGS, |value| {
        one_resource(language, &value.value)
    });
    match (clause.negated, clause.values.is_empty()) {
        (false, true) => say(language, "no resource").to_owned(),
        (true, true) => say(language, "any resource").to_owned(),
        (false, false) => wording::join(language, &listed, "and"),
        (true, false) => {
            let listed = wording::join(language, &listed, "and");
            said(language, "any resource except {}", &[&listed])
        }
    }
}

fn one_resource(language: Language, value: &str) -> String {
    if pattern::covers(value, "acs:*:*:*:*", Case::Exact) {
        return say(language, "any resource").to_owned();
    }
    let whole = arn::split(value).filter(|arn| {
        [arn.region, arn.account, arn.relative].into_iter().all(pattern::matches_anything)
    });
    match (whole, arn::service(value)) {
        (Some(_), Some(code)) => said(language, "every {} resource", &[&visible(&code)]),
        _ => visible(value),
    }
}

/// The conditions as the end of the sentence; under Deny they say when it bites.
fn conditions(statement: &Statement, action: &Clause) -> String {
    if statement.conditions.is_empty() {
        return String::new();
    }
    // Plainer words fit only where they fit every action.
    let speaks_of_roles =
        |value: &Spanned| pattern::fold(&value.value).contains("servicelinkedrole");
    let named = match action.values.as_slice() {
        [one] if !action.negated => one.value.as_str(),
        [first, ..] if !action.negated && action.values.iter().all(speaks_of_roles) => {
            first.value.as_str()
        }
        _ => "",
    };
    let said = wording::first(Language::English, &statement.conditions, MOST_THINGS, |condition| {
        let words = wording::condition(Language::English, condition, named);
        match statement.effect {
            Effect::Deny => {
                words.strip_prefix("only ").map_or_else(|| words.clone(), str::to_owned)
            }
            Effect::Allow | Effect::Unknown => words,
        }
    });
    let said = wording::join(Language::English, &said, "and");
    match statement.effect {
        Effect::Deny => format!(" {said}"),
        Effect::Allow | Effect::Unknown => format!(", {said}"),
    }
}
