//! `find`: products, roles, features, services, actions and policies by a few letters.

use serde_json::{Value, json};

use super::answer::{Answer, SCHEMA, Trouble};
use super::args::Find;
use super::page::Page;
use super::subject::Known;
use crate::catalog::Catalog;
use crate::catalog::search::{Corpus, Finder, Kind, Target};
use crate::catalog::text::{Language, visible};
use crate::say::{said, say};

/// Hits of each kind that are printed.
const LISTED: usize = 50;

/// `find`
pub fn run(args: &Find, lang: Language, known: &Known) -> Result<Answer, Trouble> {
    let catalog = known.everything()?;
    let query = args.query.join(" ");
    let corpus = corpus(catalog);
    let mut finder = Finder::new();
    let found = finder.set_query(&corpus, &query);
    let mut page = Page::default();
    let mut data = Vec::new();
    for (kind, hits) in found.groups() {
        let count = found.counts.of(kind);
        page.heading(said(lang, "{} ({})", &[say(lang, title(kind)), &count.to_string()]));
        let mut rows = Vec::new();
        for hit in hits.iter().take(LISTED) {
            let (Some(text), Some(target)) =
                (corpus.text(hit.entry, hit.form), corpus.target(hit.entry))
            else {
                continue;
            };
            let first = corpus.text(hit.entry, 0).unwrap_or_default();
            let detail = detail(&target, catalog, lang);
            let own = if hit.form == 0 { String::new() } else { visible(first) };
            rows.push(vec![format!("  {}", visible(text)), own, visible(&detail)]);
            data.push(json!({
                "kind": word(kind),
                "text": text,
                "name": first,
                "matched": hit.indices(),
                "target": target_json(&target),
            }));
        }
        let shown = rows.len();
        page.table(["Match", "Of", "Detail"].map(|head| say(lang, head)).to_vec(), rows);
        if shown < count {
            page.line(format!("  {}", said(lang, "{} more", &[&(count - shown).to_string()])));
        }
    }
    let total = found.counts.total();
    if total == 0 {
        page.line(said(lang, "Nothing in the catalogue matches `{}`.", &[&visible(&query)]));
    }
    let json = json!({"schema": SCHEMA, "query": query, "total": total, "hits": data});
    Ok(Answer::new(page, json).or_no(total > 0))
}

/// Everything that can be found.
fn corpus(catalog: &Catalog) -> Corpus {
    let known =
        catalog.actions().all().filter(|action| !action.is_pattern()).map(|action| {
            (action.name.as_str(), action.meaning.as_ref().map(|meaning| &*meaning.en))
        });
    Corpus::from_parts(catalog.products(), catalog.roles(), catalog.services().all(), known)
}

fn detail(target: &Target, catalog: &Catalog, lang: Language) -> String {
    match target {
        Target::Product(_) => String::new(),
        Target::Role(id) | Target::Policy(id) => {
            let role = catalog.role(id);
            let feature =
                role.and_then(|role| role.listed_under.as_ref().or(role.feature.as_ref()));
            feature.map(|fact| fact.value.get(lang).to_owned()).unwrap_or_default()
        }
        Target::Service(code) => code.to_string(),
        Target::Action { action } => {
            let known = catalog.actions().get(action).and_then(|known| known.meaning.as_ref());
            known.map(|meaning| meaning.get(lang).to_owned()).unwrap_or_default()
        }
    }
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

const fn title(kind: Kind) -> &'static str {
    match kind {
        Kind::Product => "Products",
        Kind::Role => "Roles",
        Kind::Feature => "Features",
        Kind::Service => "Services",
        Kind::Action => "Actions",
        Kind::Policy => "Policies",
        Kind::ServiceName => "Service names",
    }
}
