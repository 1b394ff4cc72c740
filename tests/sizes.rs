//! Every screen at every size: nothing breaks, what is selected stays in sight, borders are closed,
//! and no wide character is cut in half.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    missing_docs
)]

mod support;

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use rolescope::app::App;
use rolescope::app::event::Event;
use rolescope::catalog::Catalog;
use rolescope::say::Language;
use rolescope::ui;
use rolescope::ui::theme::{Kind, Theme};
use std::sync::{Arc, LazyLock};
use support::{Journey, cells};

static CATALOG: LazyLock<Arc<Catalog>> =
    LazyLock::new(|| Arc::new(Catalog::builtin().expect("the built-in catalogue loads")));

/// A screen: its name, the keys that lead to it, and what is pasted then.
type Screen = (&'static str, &'static str, &'static str);

const BROWSING: &[Screen] = &[
    ("start", "", ""),
    ("roles", "<enter>jjj", ""),
    ("permissions", "<enter>jj<enter>jjjjj", ""),
    ("policy", "<enter>jj<tab><tab>]jjjjjjjjjjjjjjjjjjjjjjjjjjjjjj", ""),
    ("policy, folded", "j<enter>j<enter><enter>-", ""),
    ("policy, scrolled right", "<enter><enter><enter>>>>G", ""),
    ("policy, searched", "<enter><enter><enter><ctrl-s>ecs<enter>n", ""),
    ("trust policy", "<enter>T<tab><tab>G", ""),
    ("zoomed products", "Gz", ""),
    ("zoomed permissions", "<enter><enter>Gz", ""),
    ("notice", "<enter>X", ""),
];

const OVER_IT: &[Screen] = &[
    ("removal of a role", "<enter>jdjjjjjj", ""),
    ("removal of a product", "jdG", ""),
    ("removal, copied", "<enter>djjjjjjjjjjjjj<enter>yyyy", ""),
    ("matrix", "m<end>", ""),
    ("matrix, last column", "mjjlllllllllllllllllllllo", ""),
    ("matrix, all sorted", "mooojjj", ""),
    ("help over the matrix", "m?", ""),
    ("find, empty", "/", ""),
    ("find", "/", "kms"),
    ("find, far down", "/e<pagedown><pagedown><pagedown>", ""),
    ("find in Chinese", "/", "函数计算"),
    ("find nothing", "/", "没有这样的东西 zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz"),
    (
        "find, a long text",
        "/",
        "云消息队列的实例加密功能需要使用密钥管理服务因此要创建服务关联角色并授权云消息队列的实例加密功能",
    ),
    ("lines with a text", "<enter><enter><enter><ctrl-s>e<pagedown>", ""),
    ("no line with a text", "<enter><enter><enter><ctrl-s>", "没有这样的东西"),
    ("services", "s<end>", ""),
    ("services in Chinese", "s", "密钥"),
    ("copy menu", "<enter>jj<enter>jyG", ""),
    ("findings", "j<enter>jfG", ""),
    ("a finding's place", "<enter>jjf<enter>", ""),
    ("copy menu of a policy that is not whole", "y", ""),
    ("help", "<enter><tab><tab>?<end>", ""),
    ("help over removal", "d?", ""),
];

const GUIDES: &[Screen] = &[
    ("tours", "t<end>", ""),
    ("words", "i<end>", ""),
    ("a word in full", "i<end><enter>", ""),
    ("a tour", "t<enter>nnnn", ""),
    ("a tour over find", "t<enter>/", "kms"),
    ("a tour over the removal plan", "t<down><down><down><down><enter>nd", ""),
    ("a tour over the words", "t<enter>nnni", ""),
    ("a tour for people who look on", "Pt<enter>nnnjkjkjk", ""),
];

fn open(screen: &Screen, before: &str, columns: u16, rows: u16) -> Journey {
    let mut journey = Journey::with(CATALOG.clone(), columns, rows);
    journey.keys(before).keys(screen.1);
    if !screen.2.is_empty() {
        journey.event(Event::Paste(screen.2.to_owned()));
    }
    journey
}

#[track_caller]
fn check(journey: &Journey, screen: &Screen, how: &str) {
    let (columns, rows) = journey.app.size;
    let wrong = cells::wrong_cell(journey.buffer())
        .or_else(|| cells::wrong_picture(&journey.app, journey.buffer()));
    if let Some(wrong) = wrong {
        panic!("{}, {how}, at {columns}x{rows}: {wrong}\n{}", screen.0, journey.screen());
    }
}

/// Small sizes without a gap, then those at which the layout changes, and a few large ones.
fn sizes() -> Vec<(u16, u16)> {
    let mut sizes = Vec::new();
    for columns in 1..=33 {
        for rows in 1..=10 {
            if columns < 29 && rows > 4 && (columns + rows) % 5 > 0 {
                continue;
            }
            sizes.push((columns, rows));
        }
    }
    for columns in [34, 39, 40, 41, 58, 59, 60, 61, 79, 80, 81, 99, 100, 101, 119, 149, 150, 151] {
        for rows in [8, 9, 12, 15, 16, 24] {
            sizes.push((columns, rows));
        }
    }
    sizes.extend([
        (1, 150),
        (400, 1),
        (29, 150),
        (30, 150),
        (31, 100),
        (400, 7),
        (400, 8),
        (120, 40),
        (200, 60),
        (257, 30),
        (400, 150),
    ]);
    sizes
}

/// Brings a screen through all sizes, and back to where it was.
fn through_all_sizes(screens: &[Screen], before: &str, how: &str) {
    for screen in screens {
        let mut journey = open(screen, before, 120, 40);
        check(&journey, screen, how);
        let at_first = journey.screen();
        let place = place(&journey.app);
        for (columns, rows) in sizes() {
            journey.resize(columns, rows);
            check(&journey, screen, how);
            assert_eq!(self::place(&journey.app), place, "{}, {how}: {columns}x{rows}", screen.0);
        }
        journey.resize(120, 40);
        check(&journey, screen, how);
        let crumbs = |text: &str| text.lines().next().unwrap_or_default().to_owned();
        assert_eq!(crumbs(&journey.screen()), crumbs(&at_first), "{}, {how}", screen.0);
    }
}

/// What a new size must not change.
fn place(app: &App) -> String {
    let overlay = app.overlay.as_ref().map(|overlay| {
        let picker = overlay.picker().map(|p| (p.input.text().to_owned(), p.cursor.at));
        (std::mem::discriminant(overlay), picker)
    });
    // The number of the line within a text that is wrapped may change.
    let row = app.current_row().map(|row| row.key.trim_end_matches(char::is_numeric));
    let line = app.policy.pane.cursor_byte();
    format!("{:?} {:?} {:?} {row:?} {line} {overlay:?}", app.focus, app.product, app.role)
}

#[test]
fn panes_at_every_size() {
    through_all_sizes(BROWSING, "", "all services");
}

#[test]
fn what_lies_over_them_at_every_size() {
    through_all_sizes(OVER_IT, "", "all services");
}

#[test]
fn tours_and_words_at_every_size() {
    through_all_sizes(GUIDES, "", "all services");
}

#[test]
fn panes_at_every_size_with_a_filter() {
    through_all_sizes(BROWSING, "skms<enter>", "with a filter");
}

#[test]
fn what_lies_over_them_at_every_size_with_a_filter() {
    through_all_sizes(OVER_IT, "svpc<enter>", "with a filter");
}

#[test]
fn every_screen_opens_at_every_kind_of_size() {
    for (columns, rows) in [(1, 1), (29, 8), (30, 8), (40, 12), (61, 9), (80, 24), (101, 8)] {
        for screen in BROWSING.iter().chain(OVER_IT) {
            for before in ["", "svpc<enter>"] {
                check(&open(screen, before, columns, rows), screen, before);
            }
        }
    }
}

#[test]
fn texts_in_chinese_are_never_cut_in_half() {
    for screen in BROWSING.iter().chain(OVER_IT).chain(GUIDES) {
        let mut journey = Journey::with(CATALOG.clone(), 120, 40);
        journey.app.language = Language::Chinese;
        // What was derived in English is derived anew.
        journey.keys("svpc<enter>x<esc><esc><esc>").keys(screen.1);
        if !screen.2.is_empty() {
            journey.event(Event::Paste(screen.2.to_owned()));
        }
        for columns in (30..=64).chain([79, 80, 99, 100, 101, 119, 149, 151]) {
            for rows in [9, 16] {
                journey.resize(columns, rows);
                check(&journey, screen, "in Chinese");
            }
        }
    }
}

#[test]
fn a_frame_of_another_size_than_the_state_knows_is_harmless() {
    let theme = Theme::new(Kind::Terminal);
    let app = App::new(CATALOG.clone(), 120, 40);
    for (columns, rows) in [(1, 1), (30, 8), (119, 40), (400, 150)] {
        let mut terminal = Terminal::new(TestBackend::new(columns, rows)).unwrap();
        terminal.draw(|frame| ui::draw(&app, &theme, frame)).unwrap();
    }
}

#[test]
fn a_list_scrolled_to_its_end_at_every_height_keeps_the_selected_row_in_sight() {
    let mut journey = Journey::with(CATALOG.clone(), 80, 24);
    let screen = ("end of the permissions", "", "");
    journey.keys("<enter><enter>G");
    for rows in (8..=60).chain((8..=60).rev()) {
        journey.resize(100, rows);
        check(&journey, &screen, "growing and shrinking");
    }
}

#[test]
fn the_permissions_begin_with_the_name_and_what_must_be_known() {
    for (columns, rows) in [(60, 15), (80, 24), (80, 20), (120, 30)] {
        for keys in ["<enter><enter>", "<enter>j<enter>", "<enter>jkj<enter>"] {
            let mut j = Journey::new(columns, rows);
            j.keys(keys);
            let first = j.app.summary.first().unwrap().clone();
            assert_eq!(j.app.summary_at.top, 0, "{keys} at {columns}x{rows}\n{}", j.screen());
            j.sees("AliyunServiceRoleFor");
            assert!(first.key.starts_with("head/"), "{first:?}");
        }
    }
}

#[test]
fn the_other_document_and_back_keeps_the_place_in_the_policy() {
    for (columns, rows) in [(80, 24), (120, 40)] {
        let mut j = Journey::new(columns, rows);
        j.keys("<enter><enter><enter>]]]-o");
        let before = j.screen();
        j.keys("T").sees("Trust policy").keys("T");
        assert_eq!(j.screen(), before);
    }
}

#[test]
fn the_path_above_keeps_the_role() {
    let mut j = Journey::new(60, 15);
    j.keys("s").event(Event::Paste("kms".into())).keys("<enter><enter><enter>");
    let role = j.app.current_role().unwrap().short_name.clone();
    j.sees(&format!("… › {role}"));
    j.sees("service: KMS");
    // Where there is room, the whole path stands there.
    j.resize(200, 60);
    j.sees(&format!("rolescope › ApsaraMQ for Kafka › {role} › Key Management Service"));
}

#[test]
fn esc_that_takes_the_filter_away_says_so() {
    let mut j = Journey::new(80, 24);
    j.keys("s").event(Event::Paste("kms".into())).keys("<enter><esc>");
    while j.app.filter.is_some() {
        j.keys("<esc>");
    }
    j.sees("Shows all services again.");
}

#[test]
fn a_low_policy_pane_leaves_the_policy_most_of_its_lines() {
    let mut j = Journey::new(80, 24);
    j.keys("<enter><enter><enter>").sees("── Statement 1").sees("e shows it all)");
    let lines = |j: &Journey| {
        let screen = j.screen();
        screen.lines().filter(|line| line.starts_with("┃! ")).count()
    };
    assert_eq!(lines(&j), 1, "{}", j.screen());
    assert!(j.app.policy_page() >= 12, "{}", j.screen());
    // No command is cut.
    j.sees("! Not the whole true text … (e shows it all)").sees_not("[aliyun");
    // A note that is cut tells the key that shows it.
    j.sees("… (f shows all)");
    j.keys("e").sees("Its end").sees_not("shows it all");
    assert!(lines(&j) > 3, "{}", j.screen());
    let mut j = Journey::new(200, 60);
    j.keys("<enter><enter><enter>").sees("Its end").sees("── Statement 1");
}

#[test]
fn what_a_policy_lacks_is_read_on_every_screen() {
    let end = "Tablestore, AnalyticDB for PostgreSQL, AnalyticDB for MySQL) are reconstructed from the product page, \
               and statement 5 (DataWorks) is published in part only.";
    for (columns, rows) in [(60, 15), (60, 20), (80, 24), (100, 24), (120, 24)] {
        let mut j = Journey::new(columns, rows);
        j.keys("/AlikafkaConnector<enter><enter><enter>");
        if (columns, rows) == (100, 24) {
            j.sees("(z makes room)").keys("z");
        }
        j.sees("(e shows it all)").keys("e");
        assert!(j.screen().contains("published in part only."), "{}", j.screen());
        j.sees_not("(e shows it all)");
    }
    // Where it has no room beside the policy, the permissions have it, and the policy pane says so.
    let mut j = Journey::new(40, 10);
    j.keys("/AlikafkaConnector<enter><enter><enter>").sees("(more in Permissions)");
    j.keys("e").sees("(more in Permissions)");
    let mut j = Journey::new(40, 10);
    j.keys("/AlikafkaConnector<enter><enter><home>");
    let mut rows: Vec<String> = Vec::new();
    for _ in 0..30 {
        let screen = j.screen();
        for line in screen.lines().filter(|line| line.starts_with('┃')) {
            let line = line.trim_matches(['┃', '█', '▸', '!', ' ']).trim().to_owned();
            if !rows.contains(&line) {
                rows.push(line);
            }
        }
        j.keys("<down>");
    }
    let all = rows.join(" ").replace(" ! ", " ");
    assert!(all.contains(end), "{all}");
}

#[test]
fn a_screen_without_room_for_an_explanation_says_so() {
    for (columns, rows, said) in [
        (60, 15, "there is no room for it"),
        (40, 10, "no room for it here."),
        (120, 24, "z in it gives it the screen"),
    ] {
        let mut j = Journey::new(columns, rows);
        j.keys("<enter><enter><enter>e").sees("no longer explained").keys("e").sees(said);
    }
}
