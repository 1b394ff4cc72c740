//! `tour`: the guided tours as a list, and one of them as text for a page of one's own.

use std::fmt::Write as _;

use serde_json::json;

use super::answer::{Answer, SCHEMA, Trouble};
use super::args::Tour as Args;
use super::known::Known;
use super::named;
use super::page::{Block, Page, escape};
use crate::catalog::text::visible;
use crate::catalog::tours::fill::Filling;
use crate::catalog::tours::{self, Tour};
use crate::say::{Language, say, saying};

/// The tour of a name. Errors: none, with the nearest names.
pub fn find(typed: &str) -> Result<&'static Tour, Trouble> {
    tours::tour(typed).ok_or_else(|| {
        let ids = || tours::tours().iter().map(|tour| tour.id.as_str());
        let near = named::nearest(typed, ids());
        let names: Vec<&str> = if near.is_empty() { ids().collect() } else { near };
        Trouble::new(
            saying("no tour is called `{}`; there are {}").with(visible(typed)).list(names),
        )
    })
}

/// `tour` without a name, or with `--plain`. `key` gives the key of a command by the command's name.
pub fn run(
    args: &Args,
    lang: Language,
    known: &Known,
    key: &dyn Fn(&str) -> Option<String>,
) -> Result<Answer, Trouble> {
    match args.name.as_deref() {
        Some(name) => told(find(name)?, lang, known, key),
        None => Ok(list(lang)),
    }
}

fn list(lang: Language) -> Answer {
    let all = tours::tours();
    let rows = all.iter().map(|tour| {
        vec![tour.id.clone(), tour.title.get(lang).to_owned(), tour.about.get(lang).to_owned()]
    });
    let mut page = Page::default();
    page.table(
        ["Name", "Tour", "What one learns"].map(|head| say(lang, head)).to_vec(),
        rows.collect(),
    );
    let data: Vec<_> = all
        .iter()
        .map(|tour| {
            json!({
                "name": tour.id,
                "title": {"en": tour.title.en, "zh": tour.title.zh},
                "about": {"en": tour.about.en, "zh": tour.about.zh},
                "steps": tour.steps.len(),
            })
        })
        .collect();
    Answer::new(page, json!({"schema": SCHEMA, "tours": data}))
}

fn told(
    tour: &Tour,
    lang: Language,
    known: &Known,
    key: &dyn Fn(&str) -> Option<String>,
) -> Result<Answer, Trouble> {
    // As the screen counts them.
    let catalog = known.everything()?;
    let filled = |language, around_key, written: &dyn Fn(&str) -> String| {
        let filling = Filling { catalog, language, key, around_key, written };
        let steps = tour.steps.iter().map(|step| filling.fill(step.text.get(language)));
        steps
            .collect::<Result<Vec<String>, _>>()
            .map_err(|lacks| Trouble::new(saying("{}: {}").with(&tour.id).of(lacks.saying())))
    };
    let markdown = filled(lang, ("`", "`"), &escape)?;
    // Data are English in every language.
    let text = filled(Language::English, ("", ""), &str::to_owned)?;
    let mut out =
        format!("## {}\n\n{}\n\n", escape(tour.title.get(lang)), escape(tour.about.get(lang)));
    for (at, step) in markdown.iter().enumerate() {
        let _ = writeln!(out, "{}. {step}", at + 1);
    }
    if let Some(date) = catalog.date() {
        let _ = match lang {
            Language::English => {
                writeln!(out, "\nFrom rolescope; facts of the catalogue of {date}.")
            }
            Language::Chinese => writeln!(out, "\n由 rolescope 生成；目录日期 {date}。"),
        };
    }
    let page = Page { blocks: vec![Block::Written { text: out.clone(), markdown: out }] };
    let json = json!({
        "schema": SCHEMA,
        "name": tour.id,
        "title": {"en": tour.title.en, "zh": tour.title.zh},
        "about": {"en": tour.about.en, "zh": tour.about.zh},
        "steps": text,
    });
    Ok(Answer::new(page, json))
}
