//! `matrix`: roles by services, a line a role, with the services that it touches and how far.

use serde_json::{Value, json};

use super::answer::{Answer, SCHEMA, Trouble};
use super::args::{Format, Matrix};
use super::known::Known;
use super::named;
use super::named::find_product;
use super::page::Page;
use super::roles::summary_of;
use super::seen::{mark, marks};
use crate::catalog::matrix::{Cell, Grid, Row, reaching};
use crate::catalog::{Catalog, Kinds};
use crate::policy::level::AccessLevel;
use crate::policy::summary::{Anywhere, Code, Reach, Touched, Touches};
use crate::say::{Language, comma_list, said, say};

/// `matrix`: a no where no role is left. The data are built for JSON alone: a policy with a pattern of any service has a
/// cell with every service that any of the roles touches.
pub fn run(
    args: &Matrix,
    lang: Language,
    format: Format,
    known: &Known,
) -> Result<Answer, Trouble> {
    // As on the screen: all roles whose policy is known.
    let catalog = known.asked_widely()?;
    let service =
        args.service.as_deref().map(|typed| named::service(typed, catalog)).transpose()?;
    let product = match args.product.as_deref() {
        None => None,
        Some(typed) => Some(find_product(typed, catalog)?),
    };
    let mut found = Vec::new();
    let roles = catalog.roles().iter().filter(|role| role.policy.is_some());
    for role in roles.filter(|role| product.is_none_or(|product| product.id == role.product)) {
        let summary = summary_of(role, catalog);
        let mut touched = summary.touched();
        if let Some(code) = &service {
            touched.retain(|one| summary.speaks_of(&one.code, code));
        }
        let mut missing = role.only_missing(&summary).into_iter();
        let mut is_missing = || missing.any(|code| service.as_deref().is_none_or(|s| s == code));
        // With a service, a role that only denies actions of it does not touch it.
        let touches = |one: &Touched| service.is_none() || one.is_touched();
        if touched.iter().any(touches) || is_missing() {
            found.push((role, Touches::from(touched)));
        }
    }
    let kinds: Kinds = found.iter().map(|(role, _)| *role).collect();
    let grid = Grid::of(found, service.as_deref(), catalog);
    let short = |code: &str| catalog.service_short(code, lang);
    let (mut any_partial, mut starred) = (false, false);
    let mut rows = Vec::new();
    let mut data = Vec::new();
    for row in grid.rows() {
        let role = row.role;
        let said_of = || grid.columns.iter().zip(&row.cells).filter(|(_, cell)| !cell.is_empty());
        let product = catalog.product(&role.product);
        let mut in_words = |(code, cell): (&String, &Cell)| {
            let own = cell.touched.map(|one| words(lang, &one));
            starred |= own.as_ref().is_some_and(|words| words.contains('*'));
            let itself = (row.deletes_itself && code == "ram")
                .then(|| say(lang, "(only its own deletion)").to_owned());
            let reach = Some(cell.reach).filter(|reach| !reach.is_nothing());
            let any = reach.map(|reach| any_words(lang, code, reach, &row.anywhere));
            let parts: Vec<String> = [own, itself, any].into_iter().flatten().collect();
            format!("{} {}", short(code), parts.join(" "))
        };
        // Of all services, the entry of any service tells enough in words.
        let shown = said_of().filter(|(_, cell)| service.is_some() || cell.touched.is_some());
        let missed = row
            .missing
            .iter()
            .map(|code| said(lang, "{} ({})", &[&short(code), say(lang, "the missing part")]));
        let cells: Vec<String> = shown.map(&mut in_words).chain(missed).collect();
        let half = if row.partial { " ◐" } else { "" };
        any_partial |= row.partial;
        rows.push(vec![
            format!("{}{}{half}", mark(role, catalog), role.short_name),
            product.map(|product| product.name.get(lang).to_owned()).unwrap_or_default(),
            comma_list(lang, &cells),
        ]);
        if format == Format::Json {
            data.push(row_json(&row, &grid.columns, catalog));
        }
    }
    let mut page = Page::default();
    if rows.is_empty() {
        page.line(say(lang, known.nothing()));
    }
    let any = !rows.is_empty();
    page.table(
        [kinds.head(), known.where_head(), "Services"].map(|head| say(lang, head)).to_vec(),
        rows,
    );
    let half = "◐ the policy text is not whole: the role may touch more.";
    if starred {
        page.line(say(lang, "*: patterns are among them, each of which counts as one."));
    }
    let marks = marks(catalog, lang).filter(|_| any);
    any_partial.then(|| say(lang, half)).into_iter().chain(marks).for_each(|line| page.line(line));
    let services = &grid.columns;
    Ok(Answer::new(page, json!({"schema": SCHEMA, "services": services, "roles": data})).or_no(any))
}

/// A row as data.
fn row_json(row: &Row<'_>, columns: &[String], catalog: &Catalog) -> Value {
    let role = row.role;
    let cells = columns.iter().zip(&row.cells).filter(|(_, cell)| !cell.is_empty());
    let cells: Vec<Value> =
        cells.map(|(code, cell)| cell_json(code, cell, &row.anywhere)).collect();
    json!({
        "name": role.name,
        "short_name": role.short_name,
        "product": &*role.product.0,
        "whole": !row.partial,
        "exists": catalog.observation(&role.id).map(|seen| seen.exists),
        "cells": cells,
        "missing_services": row.missing,
    })
}

/// A cell as data.
fn cell_json(code: &str, cell: &Cell, anywhere: &[Anywhere]) -> Value {
    let touched = cell.touched.unwrap_or_else(|| Touched::nothing_of(Code::of(code)));
    let any = Some(cell.reach).filter(|reach| !reach.is_nothing());
    json!({
        "service": code,
        "level": touched.level.map(AccessLevel::word),
        "actions": touched.actions,
        "patterns": touched.patterns,
        "through": touched.through,
        "through_patterns": touched.through_patterns,
        "denied": touched.denied,
        "denied_patterns": touched.denied_patterns,
        "any_service": any.map(|reach| any_json(code, reach, anywhere)),
    })
}

/// What patterns of any service say of one, as data: null where they say nothing.
fn any_json(code: &str, reach: Reach, anywhere: &[Anywhere]) -> Value {
    let named = |denied: bool| -> Vec<String> {
        reaching(anywhere, code, denied).map(|one| one.words(Language::English)).collect()
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
    let through = |denied: bool| through(lang, code, anywhere, denied);
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

/// The patterns of any service that grant actions of one, or deny them: `*:Get*, *:List*`.
pub fn through(lang: Language, code: &str, anywhere: &[Anywhere], denied: bool) -> String {
    let names = reaching(anywhere, code, denied).map(|one| one.words(lang));
    comma_list(lang, &names.collect::<Vec<_>>())
}

/// `write 12` with what else reaches the service, and what is denied: `write 12 and 2 through resources (1 denied)`,
/// `denied 3` where nothing is granted.
fn words(lang: Language, touched: &Touched) -> String {
    let denied = starred(touched.denied, touched.denied_patterns);
    let Some(counts) = counts(lang, touched) else {
        return format!("{} {denied}", say(lang, "denied"));
    };
    let granted = match touched.level {
        Some(level) => format!("{} {counts}", say(lang, level.word())),
        None => counts,
    };
    match touched.denied {
        0 => granted,
        _ => said(lang, "{} ({} denied)", &[&granted, &denied]),
    }
}

/// How many actions of a service are granted, and of others through its resources: `12`, `12* and 2 through resources`,
/// `2 through resources`. None where nothing is.
pub fn counts(lang: Language, touched: &Touched) -> Option<String> {
    let actions = starred(touched.actions, touched.patterns);
    let through = starred(touched.through, touched.through_patterns);
    Some(match (touched.level, touched.through) {
        (Some(_), 0) => actions,
        (Some(_), _) => said(lang, "{} and {} through resources", &[&actions, &through]),
        (None, 0) => return None,
        (None, _) => said(lang, "{} through resources", &[&through]),
    })
}

/// A number, with a star where patterns are among what it counts.
fn starred(all: u32, patterns: u32) -> String {
    format!("{all}{}", if patterns > 0 { "*" } else { "" })
}
