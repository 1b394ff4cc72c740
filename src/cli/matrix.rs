//! `matrix`: roles by services, a line a role, with the services that it touches and how far.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde_json::json;

use super::answer::{Answer, SCHEMA, Trouble};
use super::args::Matrix;
use super::page::Page;
use super::roles::{find_product, summary_of};
use super::subject::{self, Known};
use crate::catalog::text::Language;
use crate::policy::summary::Touched;
use crate::say::{said, say, saying};
use crate::sort;

/// `matrix`: a no where no role is left.
pub fn run(args: &Matrix, lang: Language, known: &Known) -> Result<Answer, Trouble> {
    let catalog = known.asked()?;
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
        let mut touched = summary_of(role, catalog).touched();
        if let Some(code) = &service {
            touched.retain(|one| one.code.eq_ignore_ascii_case(code) || one.code == "*");
        }
        // With a service, a role that only denies actions of it does not touch it.
        if touched.is_empty() || service.is_some() && !touched.iter().any(Touched::is_touched) {
            continue;
        }
        for one in &touched {
            *counts.entry(one.code.to_string()).or_default() += usize::from(one.is_touched());
        }
        found.push((role, touched));
    }
    // Those that most roles touch first, as on the screen.
    let mut services: Vec<(String, usize)> = counts.into_iter().collect();
    sort::by_key(&mut services, |(_, count)| Reverse(*count));
    let place = |code: &str| services.iter().position(|(known, _)| known == code);
    let short = |code: &str| match catalog.service(code) {
        Some(service) if !service.short.is_empty() => service.short.clone(),
        _ => code.to_owned(),
    };
    let mut any_partial = false;
    let mut rows = Vec::new();
    let mut data = Vec::new();
    for (role, mut touched) in found {
        sort::by_key(&mut touched, |one| place(&one.code));
        let product = catalog.product(&role.product);
        let cells: Vec<String> = touched
            .iter()
            .map(|one| format!("{} {}", short(&one.code), words(lang, one)))
            .collect();
        let partial = role.is_partial();
        let mark = if partial { " ◐" } else { "" };
        any_partial |= partial;
        rows.push(vec![
            format!("{}{mark}", role.short_name),
            product.map(|product| product.name.get(lang).to_owned()).unwrap_or_default(),
            saying("{}").list(cells).said(lang),
        ]);
        data.push(json!({
            "name": role.name,
            "short_name": role.short_name,
            "product": &*role.product.0,
            "whole": !partial,
            "cells": touched.iter().map(|one| json!({
                "service": one.code.as_str(),
                "level": one.level.map(crate::policy::level::AccessLevel::word),
                "actions": one.actions,
                "through": one.through,
                "denied": one.denied,
            })).collect::<Vec<_>>(),
        }));
    }
    let mut page = Page::default();
    if rows.is_empty() {
        page.line(say(lang, known.nothing()));
    }
    let any = !rows.is_empty();
    page.table(["Role", "Product", "Services"].map(|head| say(lang, head)).to_vec(), rows);
    if any_partial {
        page.line(say(lang, "◐ the policy text is not whole: the role may touch more."));
    }
    let services: Vec<&str> = services.iter().map(|(code, _)| code.as_str()).collect();
    Ok(Answer::new(page, json!({"schema": SCHEMA, "services": services, "roles": data})).or_no(any))
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
