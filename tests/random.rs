//! Anything in any order: keys, clicks, pastes, sizes and answers of the clipboard, against what must
//! hold after each of them.
//!
//! A short run by default; `PROPTEST_CASES=100000 cargo test --release --test random` for a long one.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    missing_docs
)]

mod support;

use proptest::prelude::*;
use rolescope::app::command::{Command, TABLE};
use rolescope::app::event::{Copied, CopyOutcome, Effect, Event, Mouse, MouseKind};
use rolescope::app::key::{Code, Key};
use rolescope::app::layout::Pane;
use rolescope::app::list::Cursor;
use rolescope::app::overlay::{List, Overlay};
use rolescope::app::picker::{Line, Target};
use rolescope::app::{App, View};
use rolescope::catalog::Catalog;
use rolescope::say::Saying;
use std::collections::BTreeSet;
use std::sync::{Arc, LazyLock};
use support::{Journey, cells};

static CATALOG: LazyLock<Arc<Catalog>> =
    LazyLock::new(|| Arc::new(Catalog::builtin().expect("the built-in catalogue loads")));

/// Events in one case.
const EVENTS: usize = 60;
/// Above this many cells only some frames are drawn: a debug build takes long over them.
const LARGE: u32 = 6_000;

fn bound_keys() -> Vec<Key> {
    let keys: BTreeSet<&str> = TABLE.iter().flat_map(|row| row.keys.iter().copied()).collect();
    keys.into_iter().map(|key| key.parse().expect("a key of the table")).collect()
}

fn any_key() -> impl Strategy<Value = Key> {
    let code = prop_oneof![
        any::<char>().prop_map(Code::Char),
        (1u8..=12).prop_map(Code::F),
        proptest::sample::select(vec![
            Code::Enter,
            Code::Esc,
            Code::Tab,
            Code::BackTab,
            Code::Backspace,
            Code::Delete,
            Code::Insert,
            Code::Up,
            Code::Down,
            Code::Left,
            Code::Right,
            Code::PageUp,
            Code::PageDown,
            Code::Home,
            Code::End,
        ]),
    ];
    let wild =
        (code, any::<bool>(), any::<bool>(), any::<bool>()).prop_map(|(code, ctrl, alt, shift)| {
            Key { code, ctrl, alt, shift: shift && !matches!(code, Code::Char(_)) }
        });
    prop_oneof![
        12 => proptest::sample::select(bound_keys()),
        // What opens and closes things, and text for the fields.
        4 => proptest::sample::select(vec![
            Key::plain(Code::Enter), Key::plain(Code::Esc), Key::char('/'), Key::char('s'),
            Key::char('d'), Key::char('y'), Key::char('?'), Key::char('l'), Key::char('G'),
        ]),
        3 => proptest::char::range('a', 'z').prop_map(Key::char),
        2 => wild,
    ]
}

/// Text that somebody could paste: words that find something, and everything that a terminal or a
/// layout could choke on.
fn any_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => proptest::sample::select(vec![
            "kms", "ecs:", "Function Compute", "函数计算", "密钥", "MQTT", "policy", "*", " ",
            "云消息队列", "fold", "quit",
        ]).prop_map(str::to_owned),
        3 => proptest::sample::select(vec![
            "\u{1b}[31m", "\u{1b}]52;c;AAAA\u{7}", "\u{9b}2J", "\0", "\r\n", "\t", "\u{7f}", "\u{8}",
            "\u{202e}", "\u{2066}", "\u{200b}", "\u{200d}", "\u{feff}", "\u{301}", "e\u{301}\u{301}",
            "👩\u{200d}👩\u{200d}👧", "🇨🇳", "\u{fe0f}", "❤\u{fe0f}", "\u{3000}", "ｗｉｄｅ", "\u{ad}",
            "\u{e0001}", "\u{1160}", "\u{11a8}", "각", "\u{fff9}", "ﷺ", "नि", "\u{600}", "𝕏",
        ]).prop_map(str::to_owned),
        1 => proptest::collection::vec(any::<char>(), 0..30)
            .prop_map(|chars| chars.into_iter().collect()),
        1 => (0usize..3000).prop_map(|n| "长".repeat(n)),
    ];
    proptest::collection::vec(piece, 0..4).prop_map(|pieces| pieces.concat())
}

fn any_size() -> impl Strategy<Value = (u16, u16)> {
    prop_oneof![
        1 => (1u16..=30, 1u16..=10),
        4 => (28u16..=70, 7u16..=20),
        3 => (60u16..=130, 8u16..=45),
        1 => (1u16..=400, 1u16..=150),
    ]
}

/// What a held key or a wheel brings, and now and then something else.
fn any_rush() -> impl Strategy<Value = Vec<Event>> {
    let keys = ["up", "down", "down", "pageup", "pagedown", "ctrl-u", "ctrl-d", "home", "end"];
    let keys = keys.map(|key| key.parse::<Key>().expect("a key"));
    let wheel =
        (proptest::sample::select(vec![MouseKind::WheelUp, MouseKind::WheelDown]), 0u16..60)
            .prop_map(|(kind, column)| Event::Mouse(Mouse { kind, column, row: 4 }));
    let others = ["left", "right", "s", "x", "T", "e", "z", "d", "esc", "enter", "H", "P"];
    let others = others.map(|key| Event::Key(key.parse().expect("a key")));
    let event = prop_oneof![
        12 => proptest::sample::select(keys.to_vec()).prop_map(Event::Key),
        3 => wheel,
        2 => proptest::sample::select(others.to_vec()),
        1 => any_event(),
    ];
    proptest::collection::vec(event, 1..8)
}

fn any_event() -> impl Strategy<Value = Event> {
    let mouse = (
        proptest::sample::select(vec![
            MouseKind::Click,
            MouseKind::Click,
            MouseKind::WheelUp,
            MouseKind::WheelDown,
        ]),
        prop_oneof![8 => 0u16..130, 1 => any::<u16>()],
        prop_oneof![8 => 0u16..45, 1 => any::<u16>()],
    )
        .prop_map(|(kind, column, row)| Event::Mouse(Mouse { kind, column, row }));
    let outcome = prop_oneof![
        any_text().prop_map(CopyOutcome::Tool),
        Just(CopyOutcome::Tmux),
        any_text().prop_map(|way| CopyOutcome::Sent(Saying::same(way))),
        any_text().prop_map(|why| CopyOutcome::Failed(Saying::same(why))),
    ];
    let copied =
        (any_text(), outcome).prop_map(|(what, outcome)| Event::Copied(Copied { what, outcome }));
    prop_oneof![
        14 => any_key().prop_map(Event::Key),
        4 => mouse,
        2 => any_text().prop_map(Event::Paste),
        2 => any_size().prop_map(|(columns, rows)| Event::Resize(columns, rows)),
        1 => copied,
        1 => Just(Event::Resumed),
    ]
}

fn cursor_within(what: &str, cursor: Cursor, count: usize) -> Result<(), TestCaseError> {
    prop_assert!(
        cursor.at < count.max(1) && cursor.top <= cursor.at,
        "{what}: {cursor:?} in a list of {count}"
    );
    Ok(())
}

/// What holds at any time.
fn invariants(app: &App) -> Result<(), TestCaseError> {
    cursor_within("products", app.products_at, app.products.len())?;
    cursor_within("roles", app.roles_at, app.roles.len())?;
    cursor_within("permissions", app.summary_at, app.summary.len())?;
    let row = app.products.get(app.products_at.at).map(|row| &row.id);
    prop_assert_eq!(row, app.product.as_ref(), "the product under the cursor is the selected one");
    let row = app.roles.get(app.roles_at.at).map(|row| &row.id);
    prop_assert_eq!(row, app.role.as_ref(), "the role under the cursor is the selected one");
    prop_assert_eq!(app.role.is_some(), app.current_role().is_some(), "{:?} is known", app.role);
    if let (Some(product), Some(role)) = (&app.product, app.current_role()) {
        prop_assert_eq!(product, &role.product, "the role belongs to the product");
    }
    let (cursor, top) = app.policy.pane.cursor_and_top_row();
    prop_assert!(cursor < app.policy.pane.rows() && top <= cursor, "policy: {cursor}, {top}");
    match &app.view {
        View::Removal(view) => cursor_within("removal", view.cursor, view.lines.len())?,
        View::Matrix(view) => {
            cursor_within("matrix", view.cursor, view.lines.len())?;
            prop_assert!(view.column < view.columns.len().max(1) && view.left <= view.column);
            prop_assert_eq!(view.selected().is_some(), !view.rows.is_empty(), "a role is selected");
        }
        _ => {}
    }
    match &app.overlay {
        Some(Overlay::Copy(menu)) => {
            cursor_within("copy menu", menu.cursor, menu.entries.len())?;
            prop_assert!(!menu.entries.is_empty(), "an empty copy menu is open");
        }
        Some(overlay) => {
            let Some(picker) = overlay.picker() else { return Ok(()) };
            cursor_within("list of the box", picker.cursor, picker.lines.len())?;
            let some = picker.lines.iter().any(|line| matches!(line, Line::Item(_)));
            prop_assert_eq!(picker.selected().is_some(), some, "an item is selected");
        }
        None => {}
    }
    Ok(())
}

/// May the program end by this event? By its keys, by choosing so in the list of commands, and by a click on its hint.
fn may_quit(app: &App, event: &Event) -> bool {
    let chosen = match &app.overlay {
        Some(Overlay::List(List::Help | List::Palette, picker)) => {
            picker.lines.iter().any(|line| {
                let Line::Item(item) = line else { return false };
                matches!(item.target, Target::Command(Command::Quit | Command::QuitNow))
            })
        }
        _ => false,
    };
    match event {
        Event::Key(key) => match key.code {
            // Alt stands for an Esc that came together with the key.
            Code::Char('q' | 'ｑ') => !key.ctrl,
            Code::Char('c' | 'ｃ') => key.ctrl,
            Code::Enter => chosen,
            _ => false,
        },
        Event::Mouse(mouse) => {
            // The hints of the footer can be clicked, the one of quitting too.
            let quit = app.hints().into_iter().any(|hint| {
                hint.command == Some(Command::Quit)
                    && hint.area.contains((mouse.column, mouse.row).into())
            });
            (chosen || quit) && mouse.kind == MouseKind::Click
        }
        _ => false,
    }
}

/// Esc, often enough, leads to the start from anywhere, and never out.
fn esc_leads_to_the_start(app: &mut App) -> Result<(), TestCaseError> {
    for _ in 0..EVENTS + 20 {
        let effects = app.update(Event::Key(Key::plain(Code::Esc)));
        prop_assert!(effects.is_empty(), "Esc asked for {effects:?}");
    }
    prop_assert!(app.overlay.is_none(), "{:?} is still open", app.overlay);
    prop_assert!(matches!(app.view, View::Browse), "{:?} is still shown", app.view);
    prop_assert_eq!(app.focus, Pane::Products);
    prop_assert_eq!(app.filter.as_deref(), None);
    prop_assert!(!app.zoom, "still zoomed");
    prop_assert_eq!(app.products.len(), app.catalog.products().len());
    Ok(())
}

/// So many cases, unless `PROPTEST_CASES` says otherwise.
fn cases(usual: u32) -> ProptestConfig {
    let asked = std::env::var("PROPTEST_CASES").ok().and_then(|count| count.parse().ok());
    ProptestConfig {
        cases: asked.unwrap_or(usual),
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(cases(128))]

    #[test]
    fn nothing_breaks_it(
        start in any_size(),
        events in proptest::collection::vec(any_event(), 0..EVENTS),
    ) {
        let mut journey = Journey::with(CATALOG.clone(), start.0, start.1);
        for (n, event) in events.into_iter().enumerate() {
            let may_quit = may_quit(&journey.app, &event);
            let told = event.clone();
            let said = || format!("after event {n}, {told:?}");
            let before = journey.effects.len();
            let (columns, rows) = match event {
                Event::Resize(columns, rows) => (columns, rows),
                _ => journey.app.size,
            };
            let large = u32::from(columns) * u32::from(rows) > LARGE;
            match event {
                Event::Resize(columns, rows) => { journey.resize(columns, rows); }
                event if large && n % 8 > 0 => { journey.event_unseen(event); }
                event => { journey.event(event); }
            }
            let quits = journey.effects[before..].contains(&Effect::Quit);
            prop_assert!(!quits || may_quit, "{} the program ended", said());
            if let Err(wrong) = invariants(&journey.app) {
                return Err(TestCaseError::fail(format!("{}: {wrong}\n{}", said(), journey.screen())));
            }
            if !large {
                let wrong = cells::wrong_cell(journey.buffer())
                    .or_else(|| cells::wrong_picture(&journey.app, journey.buffer()));
                if let Some(wrong) = wrong {
                    let screen = journey.screen();
                    return Err(TestCaseError::fail(format!("{}: {wrong}\n{screen}", said())));
                }
            }
        }
        esc_leads_to_the_start(&mut journey.app)?;
        invariants(&journey.app)?;
    }

    #[test]
    fn a_rush_of_events_ends_where_one_at_a_time_does(
        size in (60u16..=130, 12u16..=45),
        rushes in proptest::collection::vec(any_rush(), 1..6),
    ) {
        let mut one_at_a_time = Journey::with(CATALOG.clone(), size.0, size.1);
        let mut together = Journey::with(CATALOG.clone(), size.0, size.1);
        for rush in rushes {
            let told = format!("{rush:?}");
            for event in rush.clone() {
                one_at_a_time.event_unseen(event);
            }
            together.rush(rush);
            let (one, other) = (one_at_a_time.drawn().screen(), together.drawn().screen());
            prop_assert!(one == other, "after {told}\n{one}\ntogether:\n{other}");
            prop_assert_eq!(one_at_a_time.app.kept(), together.app.kept(), "after {}", told);
            prop_assert_eq!(&one_at_a_time.effects, &together.effects, "after {}", told);
        }
    }
}

proptest! {
    #![proptest_config(cases(24))]

    #[test]
    fn what_is_typed_is_what_is_looked_for(texts in proptest::collection::vec(any_text(), 1..4)) {
        let mut journey = Journey::with(CATALOG.clone(), 60, 16);
        for open in ["/", "s", "?"] {
            journey.keys(open);
            for text in &texts {
                journey.event(Event::Paste(text.clone()));
                let wrong = cells::wrong_cell(journey.buffer());
                prop_assert_eq!(wrong, None, "{:?}\n{}", text, journey.screen());
                for key in ["<left>", "<left>", "<backspace>", "<delete>", "<home>", "<right>"] {
                    journey.keys(key);
                    let wrong = cells::wrong_cell(journey.buffer());
                    prop_assert_eq!(wrong, None, "{:?} {}\n{}", text, key, journey.screen());
                }
                journey.keys("<end>");
            }
            journey.keys("<esc>");
            prop_assert!(journey.app.overlay.is_none());
        }
    }
}
