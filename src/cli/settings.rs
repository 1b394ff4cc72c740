//! `config` and `keys`: the settings in force with where each comes from, and the bindings with what clashes.

use serde_json::{Value, json};

use super::answer::{Answer, SCHEMA};
use super::page::Page;
use crate::catalog::text::visible;
use crate::config::{Origin, Settings};
use crate::say::{Language, comma_list, said, say};

/// `config`: a no where something could not be used.
pub fn config(settings: &Settings) -> Answer {
    let lang = settings.language.value;
    let mut rows: Vec<(&str, String, &Origin)> = vec![
        ("theme", settings.theme.value.clone(), &settings.theme.from),
        ("language", settings.language.value.code().to_owned(), &settings.language.from),
        ("mouse", settings.mouse.value.to_string(), &settings.mouse.from),
        ("clipboard", settings.clipboard.value.clone(), &settings.clipboard.from),
    ];
    for folder in &settings.catalogs {
        rows.push(("catalog", folder.value.display().to_string(), &folder.from));
    }
    let mut page = Page::default();
    match &settings.file {
        Some(path) => {
            let path = visible(&path.display().to_string());
            page.line(if settings.read {
                said(lang, "Config file: {}", &[&path])
            } else {
                said(lang, "Config file: {} (not read)", &[&path])
            });
        }
        None => page.line(say(lang, "Config file: none")),
    }
    let shown = |(name, value, from): &(&str, String, &Origin)| {
        vec![(*name).to_owned(), visible(value), origin(lang, from)]
    };
    page.table(
        vec![say(lang, "Setting"), say(lang, "Value"), say(lang, "From")],
        rows.iter().map(shown).collect(),
    );
    let keys = &settings.keys;
    if !keys.is_empty() {
        page.heading(say(lang, "Keys"));
        let row = |given: &crate::config::Sourced<crate::config::Keys>| {
            let (command, keys) = &given.value;
            vec![command.clone(), visible(&keys.join(" ")), origin(lang, &given.from)]
        };
        page.table(
            vec![say(lang, "Command"), say(lang, "Keys"), say(lang, "From")],
            keys.iter().map(row).collect(),
        );
    }
    if !settings.mistakes.is_empty() {
        page.heading(say(lang, "Not used"));
        let said = settings.mistakes.iter().map(|mistake| (0, visible(&mistake.said(lang))));
        page.points(said.collect());
    }
    let json = json!({
        "schema": SCHEMA,
        "file": settings.file.as_ref().map(|path| path.display().to_string()),
        "read": settings.read,
        "settings": rows.iter().map(|(name, value, from)| {
            json!({"name": name, "value": value, "from": origin(Language::English, from)})
        }).collect::<Vec<Value>>(),
        "keys": keys.iter().map(|given| {
            json!({"command": given.value.0, "keys": given.value.1, "from": origin(Language::English, &given.from)})
        }).collect::<Vec<Value>>(),
        "mistakes": settings.mistakes.iter().map(|mistake| {
            json!({"place": mistake.place, "what": mistake.what.english()})
        }).collect::<Vec<Value>>(),
    });
    Answer::new(page, json).or_no(settings.mistakes.is_empty())
}

fn origin(lang: Language, from: &Origin) -> String {
    match from {
        Origin::BuiltIn => say(lang, "built in").to_owned(),
        Origin::File(line) => said(lang, "file:{}", &[&line.to_string()]),
        Origin::Environment(name) | Origin::Flag(name) => (*name).to_owned(),
    }
}

/// A command with its keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyRow {
    /// Its name in config files.
    pub name: &'static str,
    /// What it does.
    pub what: &'static str,
    /// Its keys, as config files write them or as they are shown.
    pub keys: Vec<String>,
    /// Where it applies.
    pub places: Vec<&'static str>,
    /// The keys are the user's own.
    pub own: bool,
}

/// A key that two commands want in one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clash {
    /// The key.
    pub key: String,
    /// The place.
    pub place: &'static str,
    /// The command that it means.
    pub does: &'static str,
    /// The command that it does not mean.
    pub not: &'static str,
}

/// `keys`: a no where keys clash.
pub fn keys(lang: Language, commands: &[KeyRow], clashes: &[Clash]) -> Answer {
    let mut page = Page::default();
    let row = |row: &KeyRow| {
        let own = if row.own { say(lang, "own") } else { "" };
        let keys = if row.keys.is_empty() {
            say(lang, "(by name)").to_owned()
        } else {
            row.keys.join(" ")
        };
        let places: Vec<&str> = row.places.iter().map(|place| say(lang, place)).collect();
        let places = comma_list(lang, &places);
        let texts = [row.name.to_owned(), keys, own.to_owned(), places];
        texts.into_iter().chain([say(lang, row.what).to_owned()]).collect()
    };
    let head = ["Command", "Keys", "Config", "Where", "What it does"].map(|head| say(lang, head));
    page.table(head.to_vec(), commands.iter().map(row).collect());
    page.line(say(
        lang,
        "In a text field a key that is a character is typed; the other keys work there.",
    ));
    let said = |clash: &Clash| {
        let Clash { key, place, does, not } = clash;
        (0, said(lang, "{} in {} means {}, not {}", &[key, say(lang, place), does, not]))
    };
    if !clashes.is_empty() {
        page.heading(say(lang, "Conflicts"));
        page.points(clashes.iter().map(said).collect());
    }
    let json = json!({
        "schema": SCHEMA,
        "commands": commands.iter().map(|row| json!({
            "name": row.name, "what": row.what, "keys": row.keys, "places": row.places, "own": row.own,
        })).collect::<Vec<Value>>(),
        "conflicts": clashes.iter().map(|clash| json!({
            "key": clash.key, "place": clash.place, "does": clash.does, "not": clash.not,
        })).collect::<Vec<Value>>(),
    });
    Answer::new(page, json).or_no(clashes.is_empty())
}
