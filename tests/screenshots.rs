//! The pictures of the README: real screens, drawn from the program's own cells. A picture that is
//! no longer what the program shows fails here.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

#[path = "support/picture.rs"]
mod picture;
mod support;

use picture::{DARK, LIGHT, Look};
use ratatui::Terminal;
use ratatui::backend::{Backend, TestBackend};
use ratatui::layout::Position;
use rolescope::ui::{self, theme};
use std::collections::BTreeSet;
use std::path::PathBuf;
use support::Journey;

/// The command that draws the pictures afresh.
const REFRESH: &str = "UPDATE=1 cargo test --test screenshots";

/// What is drawn: file name without `.svg`, columns and rows, theme, terminal, the keys that lead
/// there, and the caption.
type Row = (&'static str, (u16, u16), theme::Kind, Look, &'static str, &'static str);

use theme::Kind::{Dark, Light, Plain, Terminal as Sixteen};

const PICTURES: &[Row] = &[
    (
        "start",
        (120, 40),
        Sixteen,
        DARK,
        "",
        "The start: products, their roles, the permissions and the policy of the first role",
    ),
    (
        "role",
        (120, 40),
        Sixteen,
        DARK,
        "<enter>jj<enter>jjjjjjj",
        "A role: its permissions, and the line of the policy that grants the selected one",
    ),
    (
        "wide",
        (180, 50),
        Sixteen,
        DARK,
        "j<enter>j<enter>jjj",
        "A wide screen: lists, permissions and policy side by side",
    ),
    (
        "policy",
        (120, 40),
        Sixteen,
        DARK,
        "<enter>jj<enter><enter>z]]<space>]",
        "The policy on the whole screen, one statement folded",
    ),
    (
        "services",
        (120, 40),
        Sixteen,
        DARK,
        "s函数",
        "The service filter, narrowed by a Chinese name",
    ),
    ("filtered", (120, 40), Sixteen, DARK, "skms<enter><enter><enter>", "Only what touches KMS"),
    (
        "removal",
        (120, 40),
        Sixteen,
        DARK,
        "j<enter>d",
        "What must be removed before a role can be deleted",
    ),
    ("find", (120, 40), Sixteen, DARK, "/函数", "Find, in Chinese"),
    (
        "copy",
        (120, 40),
        Sixteen,
        DARK,
        "j<enter>jy<down><down><down><down><down><down><down><down>",
        "The copy menu, with a preview of what is copied",
    ),
    (
        "matrix",
        (120, 40),
        Sixteen,
        DARK,
        "mjjjjjjllll",
        "Roles by services, with the highest access level and the number of actions",
    ),
    ("help", (120, 40), Sixteen, DARK, "<enter><enter><enter>?", "The keys of the policy pane"),
    (
        "light",
        (120, 40),
        Sixteen,
        LIGHT,
        "<enter>jj<enter>jjjjjjj",
        "The same theme in a terminal with a light page",
    ),
    ("light-theme", (120, 40), Light, LIGHT, "<enter>jj<enter><enter>]", "The light theme"),
    ("dark-theme", (120, 40), Dark, DARK, "<enter>jj<enter><enter>]", "The dark theme"),
    (
        "small",
        (80, 24),
        Sixteen,
        DARK,
        "j<enter>j<enter>",
        "On a screen of 80 columns and 24 lines",
    ),
    ("plain", (100, 30), Plain, DARK, "<enter>jj<enter>jjj", "Without colours"),
];

#[test]
fn the_pictures_show_what_the_program_shows() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("screenshots");
    let update = std::env::var_os("UPDATE").is_some_and(|value| !value.is_empty());
    let mut expected = BTreeSet::new();
    let mut stale = Vec::new();
    for (name, size, kind, look, keys, caption) in PICTURES {
        let file = format!("{name}.svg");
        let path = folder.join(&file);
        let drawn = draw(*size, *kind, look, keys, caption);
        if update {
            std::fs::create_dir_all(&folder).unwrap();
            std::fs::write(&path, &drawn).unwrap();
        } else if std::fs::read_to_string(&path).ok().as_deref() != Some(drawn.as_str()) {
            stale.push(file.clone());
        }
        assert!(expected.insert(file), "two pictures are called {name}");
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

/// The picture of the screen to which the keys lead.
fn draw(size: (u16, u16), kind: theme::Kind, look: &Look, keys: &str, caption: &str) -> String {
    let mut journey = Journey::new(size.0, size.1);
    journey.theme = theme::Theme::new(kind);
    journey.keys(keys);
    // A screen of its own tells where the cursor is: it stays at the origin unless it is shown.
    let mut terminal = Terminal::new(TestBackend::new(size.0, size.1)).unwrap();
    terminal.backend_mut().set_cursor_position(Position::ORIGIN).unwrap();
    terminal.draw(|frame| ui::draw(&journey.app, &journey.theme, frame)).unwrap();
    let at = terminal.backend_mut().get_cursor_position().unwrap();
    let cursor = (at != Position::ORIGIN).then_some((at.x, at.y));
    picture::svg(terminal.backend().buffer(), cursor, look, caption)
}
