//! The pictures of the README and of the gallery: real screens, drawn from the program's own cells.
//! A picture that is no longer what the program shows fails here, and so does a view without one.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    missing_docs
)]

#[path = "support/gallery.rs"]
mod gallery;
#[path = "support/picture.rs"]
mod picture;
#[path = "support/recording.rs"]
mod recording;
#[path = "support/start.rs"]
mod start;
mod support;

use gallery::{Picture, pictures};
use rolescope::app::command::{Scope, TABLE};
use rolescope::app::layout::Pane;
use rolescope::app::theme_name::ThemeName;
use rolescope::app::{App, NoticeKind, View};
use rolescope::say::Language;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::{Debug, Write};
use std::path::PathBuf;

/// The command that draws the pictures afresh.
const REFRESH: &str = "UPDATE=1 cargo test --test screenshots";

/// The most that all files together may weigh, and the recording alone.
const MOST: (usize, usize) = (4_000_000, 600_000);

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("screenshots")
}

/// Every file of the folder with its text.
fn files() -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    for picture in pictures() {
        let journey = picture.journey();
        let buffer = gallery::cells(&journey.app, &journey.theme);
        let drawn = picture::svg(&buffer, picture.look, &picture.caption());
        let twice = files.insert(picture.file(), drawn);
        assert!(twice.is_none(), "two pictures are called {}", picture.file());
    }
    let others = [
        ("tour.svg", recording::svg("A short walk through rolescope")),
        ("README.md", gallery::page(REFRESH)),
    ];
    for (file, drawn) in others {
        let twice = files.insert(file.into(), drawn);
        assert!(twice.is_none(), "a picture is called {file}");
    }
    files
}

#[test]
fn the_pictures_show_what_the_program_shows() {
    let folder = folder();
    let update = std::env::var_os("UPDATE").is_some_and(|value| !value.is_empty());
    let files = files();
    let mut stale = Vec::new();
    if update {
        std::fs::create_dir_all(&folder).unwrap();
    }
    for (file, drawn) in &files {
        let path = folder.join(file);
        if update {
            std::fs::write(&path, drawn).unwrap();
        } else if std::fs::read_to_string(&path).ok().as_deref() != Some(drawn.as_str()) {
            stale.push(file.clone());
        }
    }
    for entry in std::fs::read_dir(&folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        let file = path.file_name().unwrap().to_str().unwrap();
        if files.contains_key(file) {
            continue;
        }
        if update && path.extension().is_some_and(|end| end == "svg") {
            std::fs::remove_file(&path).unwrap();
        } else {
            stale.push(format!("{file} (nothing draws it)"));
        }
    }
    assert!(
        stale.is_empty(),
        "these files in screenshots/ are stale: {}\nTo draw them afresh: {REFRESH}",
        stale.join(", ")
    );
    let whole: usize = files.values().map(String::len).sum();
    assert!(whole <= MOST.0, "the files in screenshots/ weigh {whole} bytes, more than {}", MOST.0);
    let recording = files["tour.svg"].len();
    assert!(recording <= MOST.1, "tour.svg weighs {recording} bytes, more than {}", MOST.1);
}

/// The variants of an enum as the source has them, so that a new one is noticed.
fn variants(file: &str, name: &str) -> BTreeSet<String> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(file);
    let text = std::fs::read_to_string(path).unwrap();
    let body = text.split(&format!("pub enum {name} {{\n")).nth(1);
    let body = body.unwrap_or_else(|| panic!("{file} has no enum {name}"));
    let body = body.split("\n}").next().unwrap();
    let lines = body.lines().map(str::trim).filter(|line| line.starts_with(char::is_uppercase));
    let names: BTreeSet<String> = lines.map(first_word).collect();
    assert!(names.len() > 1, "{file}: {name} has too few variants: {names:?}");
    names
}

fn first_word(text: &str) -> String {
    text.chars().take_while(|c| c.is_alphanumeric()).collect()
}

/// The name of a variant. Its data is not written out: some is large.
fn variant(value: &impl Debug) -> String {
    struct FirstWord(String);
    impl Write for FirstWord {
        fn write_str(&mut self, text: &str) -> std::fmt::Result {
            let word = first_word(text);
            self.0.push_str(&word);
            if word.len() == text.len() { Ok(()) } else { Err(std::fmt::Error) }
        }
    }
    let mut word = FirstWord(String::new());
    // Stops with an error where the name ends.
    let _ended = write!(word, "{value:?}");
    word.0
}

/// A picture with the state of the program that it shows.
struct Shown {
    picture: Picture,
    app: App,
}

fn shown() -> Vec<Shown> {
    let all = pictures().into_iter();
    all.map(|picture| Shown { app: picture.journey().app, picture }).collect()
}

/// What must be seen in English and in Chinese, each with a test of a state.
type Need = (String, Box<dyn Fn(&App) -> bool>);

fn need(what: impl Into<String>, seen: impl Fn(&App) -> bool + 'static) -> Need {
    (what.into(), Box::new(seen))
}

/// Every variant of what the screen can be, and states that have no enum of their own.
fn needs() -> Vec<Need> {
    let mut needs = Vec::new();
    for name in variants("src/app/mod.rs", "View") {
        let what = format!("the view {name}");
        needs.push(need(what, move |app| app.overlay.is_none() && variant(&app.view) == name));
    }
    for name in variants("src/app/overlay.rs", "Overlay") {
        let seen = format!("the box {name}");
        needs.push(need(seen, move |app| {
            app.overlay.as_ref().is_some_and(|overlay| variant(overlay) == name)
        }));
    }
    for name in variants("src/app/mod.rs", "NoticeKind") {
        let what = format!("a notice of the kind {name}");
        needs.push(need(what, move |app| {
            app.notice.as_ref().is_some_and(|notice| variant(&notice.kind) == name)
        }));
    }
    for pane in Pane::ALL {
        let browse = |app: &App| matches!(app.view, View::Browse) && app.overlay.is_none();
        needs.push(need(format!("the focus in the pane {pane:?}"), move |app| {
            browse(app) && app.focus == pane
        }));
    }
    let scopes: BTreeSet<String> =
        TABLE.iter().flat_map(|row| row.scopes).map(|scope: &Scope| format!("{scope:?}")).collect();
    for name in scopes {
        needs.push(need(format!("a place where commands of {name} apply"), move |app| {
            app.scopes().iter().any(|scope| format!("{scope:?}") == name)
        }));
    }
    needs.extend([
        need("a zoomed pane", |app| app.zoom),
        need("a service filter", |app| app.filter.is_some()),
        need("the trust policy", |app| app.policy.trust),
        need("an explained statement", |app| !app.policy.explanation.lines.is_empty()),
        need("a comparison by text", |app| matches!(&app.view, View::Compare(v) if v.by_text)),
        need("a comparison by meaning", |app| matches!(&app.view, View::Compare(v) if !v.by_text)),
        need("an empty question", |app| matches!(&app.view, View::WhoCan(v) if v.goals.is_empty())),
        need("an answer", |app| matches!(&app.view, View::WhoCan(v) if !v.goals.is_empty())),
        need("a list that a word narrowed", |app| {
            let picker = app.overlay.as_ref().and_then(|overlay| overlay.picker());
            picker.is_some_and(|picker| !picker.input.text().is_empty())
        }),
        need("a tour", |app| app.tour.is_some() && app.layout.tour.height > 0),
        need("the presenter's keys", |app| app.present && !app.pressed.is_empty()),
        need("an account", |app| app.catalog.account().is_some()),
        need("files on their way", |app| app.loading.is_on()),
        need("files that were left out", |app| !app.loading.skipped.is_empty()),
        need("80x24", |app| app.size == (80, 24)),
        need("40x12", |app| app.size == (40, 12)),
        need("120x40", |app| app.size == (120, 40)),
        need("200x60", |app| app.size == (200, 60)),
        need("a screen that is too small", |app| app.layout.too_small()),
    ]);
    needs
}

/// A new view or box without a picture is told here.
#[test]
fn the_gallery_shows_every_view_and_box_in_both_languages() {
    let shown = shown();
    let mut missing = Vec::new();
    for (what, seen) in needs() {
        for language in [Language::English, Language::Chinese] {
            if !shown.iter().any(|one| one.app.language == language && seen(&one.app)) {
                missing.push(format!("{what} in {language:?}"));
            }
        }
    }
    assert!(
        missing.is_empty(),
        "no picture shows {}\nAdd a row to tests/support/gallery.rs, then: {REFRESH}",
        missing.join(", ")
    );
}

#[test]
fn the_gallery_shows_every_theme_and_the_main_views_on_dark_and_light() {
    let shown = shown();
    for (name, theme) in ThemeName::ALL {
        assert!(
            shown.iter().any(|one| one.app.theme == theme),
            "no picture shows the theme {name}: add a row to tests/support/gallery.rs"
        );
    }
    let on = |light: bool| {
        let all = shown.iter().filter(move |one| (one.picture.look.name == "light") == light);
        all.map(|one| variant(&one.app.view)).collect::<BTreeSet<_>>()
    };
    let views = variants("src/app/mod.rs", "View");
    assert_eq!(on(false), views, "views on a dark terminal");
    assert_eq!(on(true), views, "views on a light terminal: mark rows with and_light()");
}

/// The keys of a row lead where its caption says only if each of them means something.
#[test]
fn no_picture_shows_a_key_that_means_nothing_but_the_one_of_that_name() {
    for Shown { picture, app } in shown() {
        let told = app.notice.as_ref().is_some_and(|notice| {
            notice.kind == NoticeKind::Hint && notice.text.contains("means nothing here")
        });
        assert_eq!(told, picture.file() == "notice-key.svg", "{}", picture.file());
    }
}
