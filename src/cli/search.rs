//! `find`: products, roles, features, services, actions and policies by a few letters.

use serde_json::{Value, json};

use super::answer::{Answer, SCHEMA, Trouble};
use super::args::Find;
use super::known::Known;
use super::page::Page;
use super::roles;
use crate::catalog::meant;
use crate::catalog::model::Role;
use crate::catalog::search::{Corpus, Finder, Kind, LISTED, Row, Target, touching};
use crate::catalog::text::visible;
use crate::say::{Language, said, say};

/// `find`
pub fn run(args: &Find, lang: Language, known: &Known) -> Result<Answer, Trouble> {
    let catalog = known.asked_widely()?;
    let query = args.query.join(" ");
    let corpus = Corpus::with_named(catalog);
    let mut finder = Finder::new();
    let found = finder.set_query(&corpus, &query);
    let touched = found.services(&corpus, &query).into_iter().map(|code| {
        let touches = |role: &&Role| roles::touch(role, &code, catalog).is_some();
        touching(catalog, &code, lang, touches)
    });
    let touched: Vec<(String, Vec<Row>)> = touched.filter(|(_, rows)| !rows.is_empty()).collect();
    let first = found.first_kind(!touched.is_empty());
    let mut page = Page::default();
    let mut data = Vec::new();
    let near = meant::beside(found, &query, catalog).into_iter();
    let near: Vec<Row> = near.map(|role| Row::role(role, catalog, lang)).collect();
    if !near.is_empty() {
        let number = near.len().to_string();
        group(&mut page, lang, said(lang, "Roles with a name near to it ({})", &[&number]), &near);
    }
    for (kind, hits) in found.shown_groups(first) {
        let mut rows = Vec::new();
        for hit in hits.iter().take(LISTED) {
            let Some(row) = Row::of(hit, &corpus, catalog, lang, &query) else { continue };
            data.push(json!({
                "kind": word(kind),
                "text": corpus.text(hit.entry, hit.form),
                "name": corpus.text(hit.entry, 0),
                "matched": hit.indices(),
                "target": target_json(&row.target),
            }));
            rows.push(row);
        }
        group(&mut page, lang, found.heading(kind, &corpus, catalog, lang), &rows);
        if kind == Kind::Service {
            for (heading, rows) in &touched {
                group(&mut page, lang, heading.clone(), rows);
            }
        }
    }
    let total = found.shown_total();
    if total == 0 {
        let nothing = match known.own() {
            None => "Nothing in the catalogue matches `{}`.",
            Some(_) => "Nothing in these files matches `{}`.",
        };
        page.line(said(lang, nothing, &[&visible(&query)]));
    }
    let touching: Vec<Value> =
        touched.iter().flat_map(|(_, rows)| rows).map(|row| target_json(&row.target)).collect();
    let json = json!({
        "schema": SCHEMA, "query": query, "total": total, "hits": data, "touching": touching,
        "near": near.iter().map(|row| target_json(&row.target)).collect::<Vec<_>>(),
    });
    Ok(Answer::new(page, json).or_no(total > 0))
}

/// The rows of a group below its heading.
fn group(page: &mut Page, lang: Language, heading: String, rows: &[Row]) {
    page.heading(heading);
    let rows =
        rows.iter().map(|row| vec![format!("  {}", visible(&row.label)), visible(&row.detail)]);
    page.table(["Match", "Detail"].map(|head| say(lang, head)).to_vec(), rows.collect());
}

fn target_json(target: &Target) -> Value {
    match target {
        Target::Product(id) => json!({"product": &*id.0}),
        Target::Role(id) => json!({"role": &*id.0}),
        Target::Policy(id) => json!({"policy_of": &*id.0}),
        Target::Service(code) => json!({"service": code.to_string()}),
        Target::Action { action } => json!({"action": action}),
    }
}

const fn word(kind: Kind) -> &'static str {
    match kind {
        Kind::Product => "product",
        Kind::Role => "role",
        Kind::Feature => "feature",
        Kind::Service => "service",
        Kind::Action => "action",
        Kind::Policy => "policy",
        Kind::ServiceName => "service_name",
    }
}
