//! The gallery: real screens, drawn from the program's own cells, a page that shows them, and the recording of the
//! README. A picture that is no longer what the program shows fails here, and so does a view without one.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::cast_precision_loss,
    missing_docs
)]

#[path = "support/gallery.rs"]
mod gallery;
#[path = "support/picture.rs"]
mod picture;
#[path = "support/recording.rs"]
mod recording;
mod support;

use gallery::{Shot, shots};
use ratatui::Terminal;
use ratatui::backend::{Backend, TestBackend};
use ratatui::layout::Position;
use rolescope::app::View;
use rolescope::app::overlay::Overlay;
use rolescope::catalog::text::Language;
use rolescope::ui::{self, theme};
use std::collections::BTreeSet;
use std::path::PathBuf;
use support::Journey;

/// The command that draws the pictures afresh.
const REFRESH: &str = "UPDATE=1 cargo test --test screenshots";

#[test]
fn the_pictures_show_what_the_program_shows() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("screenshots");
    let update = std::env::var_os("UPDATE").is_some_and(|value| !value.is_empty());
    let mut files: Vec<(String, String)> =
        shots().iter().map(|shot| (format!("{}.svg", shot.name), draw(shot))).collect();
    files.push(("recording.svg".into(), recording::svg()));
    files.push(("README.md".into(), gallery::page()));
    let mut expected = BTreeSet::new();
    let mut stale = Vec::new();
    for (file, drawn) in files {
        let path = folder.join(&file);
        if update {
            std::fs::create_dir_all(&folder).unwrap();
            std::fs::write(&path, &drawn).unwrap();
        } else if std::fs::read_to_string(&path).ok().as_deref() != Some(drawn.as_str()) {
            stale.push(file.clone());
        }
        assert!(expected.insert(file.clone()), "two pictures are called {file}");
    }
    for entry in std::fs::read_dir(&folder).into_iter().flatten() {
        let file = entry.unwrap().file_name().into_string().unwrap();
        if !expected.contains(&file) {
            stale.push(format!("{file} (nothing draws it: delete it)"));
        }
    }
    assert!(
        stale.is_empty(),
        "these pictures in screenshots/ are stale: {}\nTo draw them afresh: {REFRESH}",
        stale.join(", ")
    );
}

/// The view and the overlay of a screen, by name. Whoever adds one is told here to name it, and then to draw it.
fn names(journey: &Journey) -> [&'static str; 2] {
    let view = match journey.app.view {
        View::Browse => "browse",
        View::Removal(_) => "removal",
        View::Matrix(_) => "matrix",
        View::WhoCan(_) => "who can",
        View::Compare(_) => "compare",
    };
    let overlay = match &journey.app.overlay {
        None => "no overlay",
        Some(Overlay::Help(_)) => "help",
        Some(Overlay::Find(_)) => "find",
        Some(Overlay::Services(_)) => "services",
        Some(Overlay::Skipped(_)) => "skipped",
        Some(Overlay::CompareWith(_)) => "compare with",
        Some(Overlay::Tours(_)) => "tours",
        Some(Overlay::Glossary(_)) => "glossary",
        Some(Overlay::Palette(_)) => "palette",
        Some(Overlay::Copy(_)) => "copy",
        Some(Overlay::Findings(_)) => "findings",
    };
    [view, overlay]
}

#[test]
fn every_view_is_drawn_in_both_languages_and_on_light_and_dark() {
    let wanted = [
        "browse",
        "removal",
        "matrix",
        "who can",
        "compare",
        "no overlay",
        "help",
        "find",
        "services",
        "skipped",
        "compare with",
        "tours",
        "glossary",
        "palette",
        "copy",
        "findings",
    ];
    let mut missing = Vec::new();
    for (language, said) in [(Language::English, "in English"), (Language::Chinese, "in Chinese")] {
        let seen: BTreeSet<&str> = shots()
            .iter()
            .filter(|shot| shot.language == language)
            .flat_map(|shot| names(&shot.journey()))
            .collect();
        missing.extend(
            wanted.iter().filter(|name| !seen.contains(*name)).map(|name| format!("{name} {said}")),
        );
    }
    for view in ["browse", "removal", "matrix", "who can", "compare"] {
        let light = shots().iter().any(|shot| shot.light && names(&shot.journey())[0] == view);
        if !light {
            missing.push(format!("{view} on a light page"));
        }
    }
    for kind in theme::Kind::ALL.map(|(_, kind)| kind) {
        if !shots().iter().any(|shot| shot.kind == kind) {
            missing.push(format!("the theme {kind:?}"));
        }
    }
    assert!(missing.is_empty(), "add to tests/support/gallery.rs: {}", missing.join(", "));
}

/// The picture of a screen.
fn draw(shot: &Shot) -> String {
    let journey = shot.journey();
    let (columns, rows) = shot.size;
    // A screen of its own tells where the cursor is: it stays at the origin unless it is shown.
    let mut terminal = Terminal::new(TestBackend::new(columns, rows)).unwrap();
    terminal.backend_mut().set_cursor_position(Position::ORIGIN).unwrap();
    terminal.draw(|frame| ui::draw(&journey.app, &journey.theme, frame)).unwrap();
    let at = terminal.backend_mut().get_cursor_position().unwrap();
    let cursor = (at != Position::ORIGIN).then_some((at.x, at.y));
    picture::svg(terminal.backend().buffer(), cursor, &shot.look(), &shot.caption)
}
