//! `matrix`: roles by services, a line a role, with the services that it touches and how far.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::answer::{Answer, SCHEMA, Trouble};
use super::args::Matrix;
use super::page::Page;
use super::roles::{find_product, mark, marks, summary_of};
use super::subject::{self, Known};
use crate::catalog::model::Role;
use crate::catalog::{Catalog, Kinds};
use crate::policy::level::AccessLevel;
use crate::policy::summary::{Anywhere, Code, Reach, Reaches, Touched, means_service};
use crate::say::{Language, said, say, saying};
use crate::sort;

/// `matrix`: a no where no role is left.
pub fn run(args: &Matrix, lang: Language, known: &Known) -> Result<Answer, Trouble> {
    // As on the screen: all roles whose policy is known.
    let catalog = known.asked_widely()?;
    let service =
        args.service.as_deref().map(|typed| subject::service(typed, catalog)).transpose()?;
    let product = match args.product.as_deref() {
        None => None,
        Some(typed) => Some(find_product(typed, catalog)?),
    };
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let mut found = Vec::new();
    let roles = catalog.roles().iter().filter(|role| role.policy.is_some());
    for role in roles.filter(|role| product.is_none_or(|product| product.id == role.product)) {
        let summary = summary_of(role, catalog);
        let mut touched = summary.touched();
        if let Some(code) = &service {
            touched.retain(|one| means_service(&one.code, code));
        }
        let mut missing = role.only_missing(&summary);
        missing.retain(|code| service.as_ref().is_none_or(|asked| asked == code));
        // With a service, a role that only denies actions of it does not touch it.
        let touches = |one: &Touched| service.is_none() || one.is_touched();
        if missing.is_empty() && !touched.iter().any(touches) {
            continue;
        }
        for one in &touched {
            *counts.entry(one.code.to_string()).or_default() += usize::from(one.is_touched());
        }
        found.push((role, touched, missing));
    }
    let asked = service.as_deref().filter(|_| !found.is_empty());
    let services = columns(counts, asked);
    let place = |code: &str| services.iter().position(|(known, _)| known == code);
    let short = |code: &str| match catalog.service(code) {
        Some(service) if !service.short.is_empty() => service.short.clone(),
        _ => code.to_owned(),
    };
    // What patterns of any service reach is told of the services that stand in the matrix.
    let codes: Vec<&str> = match &service {
        Some(code) => vec![code],
        None => services.iter().map(|(code, _)| code.as_str()).collect(),
    };
    let kinds: Kinds = found.iter().map(|(role, ..)| *role).collect();
    let mut reaches = Reaches::new(catalog);
    let mut any_partial = false;
    let mut rows = Vec::new();
    let mut data = Vec::new();
    for (role, mut touched, missing) in found {
        let (anywhere, by_any) = by_any(role, &touched, &codes, &mut reaches, catalog);
        let own: Vec<Code> = touched.iter().map(|one| one.code).collect();
        let mut told = own.clone();
        for code in by_any.keys().filter(|code| !own.iter().any(|own| own.as_str() == **code)) {
            touched.push(Touched::nothing_of(Code::of(code)));
            // Of all services, the entry of any service tells enough in words.
            if service.is_some() {
                told.push(Code::of(code));
            }
        }
        sort::by_key(&mut touched, |one| place(&one.code));
        let product = catalog.product(&role.product);
        let deletes_itself = catalog.only_deletes_itself(role, touched.iter().copied());
        let cell = |one: &Touched| {
            let reach = by_any.get(one.code.as_str());
            let own = (*one != Touched::nothing_of(one.code)).then(|| words(lang, one));
            let itself = (deletes_itself && one.code == "ram")
                .then(|| say(lang, "(only its own deletion)").to_owned());
            let any = reach.map(|reach| any_words(lang, &one.code, *reach, &anywhere));
            let parts: Vec<String> = [own, itself, any].into_iter().flatten().collect();
            format!("{} {}", short(&one.code), parts.join(" "))
        };
        let shown = touched.iter().filter(|one| told.contains(&one.code));
        let missed = missing.iter();
        let missed = missed
            .map(|code| said(lang, "{} ({})", &[&short(code), say(lang, "the missing part")]));
        let cells: Vec<String> = shown.map(cell).chain(missed).collect();
        let partial = role.is_partial();
        let half = if partial { " ◐" } else { "" };
        any_partial |= partial;
        rows.push(vec![
            format!("{}{}{half}", mark(role, catalog), role.short_name),
            product.map(|product| product.name.get(lang).to_owned()).unwrap_or_default(),
            saying("{}").list(cells).said(lang),
        ]);
        data.push(json!({
            "name": role.name,
            "short_name": role.short_name,
            "product": &*role.product.0,
            "whole": !partial,
            "exists": catalog.observation(&role.id).map(|seen| seen.exists),
            "cells": touched.iter().map(|one| cell_json(one, by_any.get(one.code.as_str()), &anywhere))
                .collect::<Vec<_>>(),
            "missing_services": missing,
        }));
    }
    let mut page = Page::default();
    if rows.is_empty() {
        page.line(say(lang, known.nothing()));
    }
    let any = !rows.is_empty();
    page.table([kinds.head(), "Product", "Services"].map(|head| say(lang, head)).to_vec(), rows);
    let half = "◐ the policy text is not whole: the role may touch more.";
    let marks = marks(catalog, lang).filter(|_| any);
    any_partial.then(|| say(lang, half)).into_iter().chain(marks).for_each(|line| page.line(line));
    let services: Vec<&str> = services.iter().map(|(code, _)| code.as_str()).collect();
    Ok(Answer::new(page, json!({"schema": SCHEMA, "services": services, "roles": data})).or_no(any))
}

/// The services and by how many roles they are touched: those of most roles first, as on the screen.
fn columns(counts: BTreeMap<String, usize>, asked: Option<&str>) -> Vec<(String, usize)> {
    let mut services: Vec<(String, usize)> = counts.into_iter().collect();
    sort::by_key(&mut services, |(_, count)| Reverse(*count));
    // The one that was asked for has its column, even where it is touched through patterns of any service alone.
    if let Some(code) = asked.filter(|code| !services.iter().any(|(known, _)| known == code)) {
        services.insert(0, (code.to_owned(), 0));
    }
    services
}

/// The patterns of any service in a role's policy, and what they say of these services.
fn by_any<'c>(
    role: &Role,
    touched: &[Touched],
    codes: &[&'c str],
    reaches: &mut Reaches<'_>,
    catalog: &Catalog,
) -> (Vec<Anywhere>, BTreeMap<&'c str, Reach>) {
    let (anywhere, reached) = catalog.reached(role, touched.iter().copied(), codes, reaches);
    let by_any = codes.iter().copied().zip(reached).filter(|(_, reach)| !reach.is_nothing());
    (anywhere, by_any.collect())
}

/// A cell as data.
fn cell_json(touched: &Touched, any: Option<&Reach>, anywhere: &[Anywhere]) -> Value {
    json!({
        "service": touched.code.as_str(),
        "level": touched.level.map(AccessLevel::word),
        "actions": touched.actions,
        "patterns": touched.patterns,
        "through": touched.through,
        "through_patterns": touched.through_patterns,
        "denied": touched.denied,
        "denied_patterns": touched.denied_patterns,
        "any_service": any.map(|reach| any_json(&touched.code, *reach, anywhere)),
    })
}

/// What patterns of any service say of one, as data: null where they say nothing.
fn any_json(code: &str, reach: Reach, anywhere: &[Anywhere]) -> Value {
    let named = |denied: bool| -> Vec<String> {
        let reaching = anywhere.iter().filter(|one| one.denied == denied && one.reaches(code));
        reaching.map(|one| one.words(Language::English)).collect()
    };
    json!({
        "level": reach.level.map(AccessLevel::word),
        "every_action": reach.every,
        "on_named_resources": reach.limited,
        "known_actions": reach.known,
        "known_actions_of_service": reach.of,
        "known_actions_denied": reach.denied,
        "every_action_denied": reach.denies_every,
        "granted_by": if reach.level.is_some() { named(false) } else { Vec::new() },
        "denied_by": if reach.denies() { named(true) } else { Vec::new() },
    })
}

/// The same in words: `(permissions through *: every action)`, `(read through *:Get*: 12 of 40 known)`.
fn any_words(lang: Language, code: &str, reach: Reach, anywhere: &[Anywhere]) -> String {
    let through = |denied: bool| {
        let reaching = anywhere.iter().filter(|one| one.denied == denied && one.reaches(code));
        saying("{}").list(reaching.map(|one| one.words(lang))).said(lang)
    };
    let how_many = |every: bool, known: u32| {
        if every {
            say(lang, "every action").to_owned()
        } else {
            said(lang, "{} of {} known", &[&known.to_string(), &reach.of.to_string()])
        }
    };
    let granted = reach.level.map(|level| {
        let many = how_many(reach.every, reach.known);
        said(lang, "({} through {}: {})", &[say(lang, level.word()), &through(false), &many])
    });
    let denied = reach.denies().then(|| {
        let many = how_many(reach.denies_every, reach.denied);
        said(lang, "({} through {}: {})", &[say(lang, "denied"), &through(true), &many])
    });
    let words: Vec<String> = [granted, denied].into_iter().flatten().collect();
    words.join(" ")
}

/// `write 12`, with what else reaches the service, and what is denied: `write 12 and 2 through resources (1 denied)`,
/// `denied 3` where nothing is granted.
fn words(lang: Language, touched: &Touched) -> String {
    let (actions, through) = (touched.actions.to_string(), touched.through.to_string());
    let denied = touched.denied.to_string();
    let granted = match (touched.level, touched.through) {
        (Some(level), 0) => format!("{} {actions}", say(lang, level.word())),
        (Some(level), _) => {
            let level = say(lang, level.word());
            said(lang, "{} {} and {} through resources", &[level, &actions, &through])
        }
        (None, 0) => return format!("{} {denied}", say(lang, "denied")),
        (None, _) => said(lang, "{} through resources", &[&through]),
    };
    match touched.denied {
        0 => granted,
        _ => said(lang, "{} ({} denied)", &[&granted, &denied]),
    }
}
