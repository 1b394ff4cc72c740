//! The README is true: its tables are the program's own, and what it points at exists.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

use clap::CommandFactory as _;
use rolescope::app::command::{Scope, TABLE};
use rolescope::app::key::Key;
use rolescope::app::keymap::Keymap;
use rolescope::catalog::model::{ProductId, Standing};
use rolescope::catalog::{Catalog, load};
use rolescope::cli::args::Arguments;
use rolescope::say::Language;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

/// The command that writes the tables afresh.
const REFRESH: &str = "UPDATE=1 cargo test --test readme";

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Held while the file is read or written: the tests run side by side.
static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

fn readme() -> String {
    let _alone = ONE_AT_A_TIME.lock();
    std::fs::read_to_string(root().join("README.md")).expect("README.md")
}

/// The tables that are written by this test: the name in the markers, and the text between them.
fn tables() -> [(&'static str, String); 3] {
    [("keys", keys()), ("commands", commands()), ("standings", standings())]
}

#[test]
fn the_tables_are_the_programs_own() {
    let before = readme();
    let mut after = before.clone();
    for (name, table) in tables() {
        let (begin, end) = (format!("<!-- {name}: begin -->\n"), format!("<!-- {name}: end -->"));
        let from = after.find(&begin).unwrap_or_else(|| panic!("README.md has no {begin:?}"));
        let from = from + begin.len();
        let to = after.find(&end).unwrap_or_else(|| panic!("README.md has no {end:?}"));
        after.replace_range(from..to, &table);
    }
    if std::env::var_os("UPDATE").is_some_and(|value| !value.is_empty()) {
        let _alone = ONE_AT_A_TIME.lock();
        std::fs::write(root().join("README.md"), after).unwrap();
        return;
    }
    let lines = before.lines().zip(after.lines()).find(|(old, new)| old != new);
    assert!(
        before == after,
        "a table in README.md is stale; the first line that differs is {lines:#?}\nTo write the tables afresh: {REFRESH}"
    );
}

/// Every command of the one table, with its keys and the places where it applies.
fn keys() -> String {
    let mut out = String::from("| Keys | What they do | Where |\n| --- | --- | --- |\n");
    for row in TABLE {
        let keys: Vec<String> = row
            .keys
            .iter()
            .map(|key| {
                let key: Key = key.parse().expect("a key of the table");
                format!("`{key}`").replace('|', "\\|")
            })
            .collect();
        let typed = Keymap::default().places(row, Language::English);
        let with_key = |(scope, typed): (&Scope, String)| match typed.split_once(" (") {
            Some((_, key)) => format!("{} ({key}", place(*scope)),
            None => place(*scope),
        };
        let places: Vec<String> = row.scopes.iter().zip(typed).map(with_key).collect();
        let keys = if keys.is_empty() { "by name".to_owned() } else { keys.join(" ") };
        writeln!(out, "| {keys} | {} | {} |", row.doc, places.join(", ")).unwrap();
    }
    out
}

fn place(scope: Scope) -> String {
    match scope {
        Scope::Everywhere => "everywhere".into(),
        Scope::Moving => "lists and texts".into(),
        Scope::Browse => "explorer".into(),
        Scope::Copy => "copy menu".into(),
        Scope::Typing => "text fields".into(),
        // The others are called by the name of their pane.
        other => format!("{other:?}").chars().fold(String::new(), |mut words, c| {
            if c.is_uppercase() && !words.is_empty() {
                words.push(' ');
            }
            words.extend(c.to_lowercase());
            words
        }),
    }
}

/// Every command of the command line.
fn commands() -> String {
    let mut out = String::from("| Command | What it does |\n| --- | --- |\n");
    for command in Arguments::command().get_subcommands().filter(|command| !command.is_hide_set()) {
        let about = command.get_about().map(ToString::to_string).unwrap_or_default();
        writeln!(out, "| `rolescope {}` | {about} |", command.get_name()).unwrap();
    }
    out
}

/// Every standing with what it means.
fn standings() -> String {
    let versions = |standing| match standing {
        Standing::Published(_) => Standing::Published(Some("v10".into())),
        Standing::PublishedInPart(_) => Standing::PublishedInPart(Some("v15".into())),
        other => other,
    };
    let mut out = String::from("| The screen says | It means |\n| --- | --- |\n");
    for standing in Standing::ALL.map(versions) {
        writeln!(out, "| {} | {} |", standing.words().en, standing.meaning().en).unwrap();
    }
    out
}

#[test]
fn what_it_points_at_exists() {
    let text = readme();
    let targets: Vec<&str> = text
        .split("](")
        .skip(1)
        .filter_map(|rest| rest.split(')').next())
        .filter(|target| !target.starts_with("http"))
        .collect();
    let headings: Vec<String> = text
        .lines()
        .filter(|line| line.starts_with('#'))
        .map(|line| anchor(line.trim_start_matches('#').trim()))
        .collect();
    let mut missing = Vec::new();
    for target in &targets {
        let found = match target.strip_prefix('#') {
            Some(heading) => headings.iter().any(|known| known == heading),
            None => root().join(target).exists(),
        };
        if !found {
            missing.push(*target);
        }
    }
    assert!(missing.is_empty(), "README.md points at what is not there: {missing:?}");
    assert!(targets.iter().filter(|target| is_picture(target)).count() >= 7, "too few pictures");
}

/// The name by which a heading can be linked to.
fn anchor(heading: &str) -> String {
    let kept = heading.to_lowercase().replace(' ', "-");
    kept.chars().filter(|c| c.is_alphanumeric() || *c == '-').collect()
}

fn is_picture(target: &str) -> bool {
    Path::new(target).extension().is_some_and(|extension| extension == "svg")
}

/// The first commands a newcomer meets are the ones that the checks run.
#[test]
fn the_checks_run_the_command_that_it_names() {
    let text = readme();
    let first: Vec<&str> = text.lines().filter(|line| line.starts_with("cargo ")).take(2).collect();
    assert_eq!(first, ["cargo run --release", "cargo test"]);
    let checks = std::fs::read_to_string(root().join(".ci/run")).expect(".ci/run");
    assert!(checks.lines().any(|line| line == "step cargo test"), "{checks}");
}

#[test]
fn the_catalogue_of_the_example_loads() {
    let text = readme();
    let (_, after) = text.split_once("`DIR/widget.json`:").expect("the example");
    let example = after.split("```").nth(1).and_then(|block| block.strip_prefix("json\n")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("widget.json"), example).unwrap();
    std::fs::create_dir(folder.path().join("policies")).unwrap();
    let policy = r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"vpc:DescribeVpcs","Resource":"*"}]}"#;
    std::fs::write(folder.path().join("policies/widget.json"), policy).unwrap();
    let mut catalog = Catalog::builtin().unwrap();
    let skipped = load::merge_given(&mut catalog, folder.path());
    assert_eq!(skipped, Ok(Vec::new()));
    let plan = catalog.removal_of_product(&ProductId("widget".into())).unwrap();
    let names: Vec<&str> = plan.roles.iter().map(|role| role.short_name.as_str()).collect();
    assert_eq!((names, plan.contradicts), (vec!["Widget", "WidgetLog"], false));
}
