//! Every tour is played to its end on a small and a large screen; their texts are complete and true.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    missing_docs
)]

mod support;

use ratatui::layout::Rect;
use rolescope::app::command::{Command, TABLE};
use rolescope::app::event::{Event, Mouse, MouseKind};
use rolescope::app::key::Key;
use rolescope::app::layout::{Pane, inside};
use rolescope::app::overlay::Overlay;
use rolescope::app::tour_steps::{Part, Until};
use rolescope::catalog::tours::{Step, Tour, tours};
use rolescope::catalog::{Catalog, glossary};
use rolescope::say::Language;
use rolescope::ui::theme::{Kind, Theme};
use std::sync::Arc;
use support::Journey;

const SIZES: [(u16, u16); 3] = [(80, 24), (120, 40), (200, 50)];

/// Presses the key of a command as the keymap has it at this place; `type:` puts text in.
fn do_it(journey: &mut Journey, demo: &str) {
    if let Some(text) = demo.strip_prefix("type:") {
        journey.event(Event::Paste(text.into()));
        return;
    }
    let row = TABLE.iter().find(|row| row.name == demo);
    let row = row.unwrap_or_else(|| panic!("no command is called {demo}"));
    let scopes = journey.app.scopes();
    let keys = journey.app.keymap.keys(row.command);
    let key = keys
        .into_iter()
        .find(|key| journey.app.keymap.command(*key, &scopes) == Some(row.command))
        .unwrap_or_else(|| panic!("{demo} has no key here\n{}", journey.screen()));
    journey.event(Event::Key(key));
}

fn press(journey: &mut Journey, command: Command) {
    let name = TABLE.iter().find(|row| row.command == command).unwrap().name;
    do_it(journey, name);
}

fn step_of(journey: &Journey) -> Option<usize> {
    journey.app.tour.as_ref().map(|state| state.step)
}

/// The panel is there, tells its whole text page by page, and hides nothing that it points at.
fn check_panel(journey: &mut Journey, tour: &Tour, at: usize) {
    let place = format!("{} step {}, {:?}", tour.id, at + 1, journey.app.size);
    let panel = journey.app.layout.tour;
    assert!(!panel.is_empty(), "{place}: no panel\n{}", journey.screen());
    let target = journey.app.tour_points_at();
    let target =
        target.unwrap_or_else(|| panic!("{place}: points at nothing\n{}", journey.screen()));
    assert!(!target.intersects(panel), "{place}: the panel hides what it points at");
    assert!(!journey.app.layout.body.intersects(panel), "{place}");
    assert_eq!(symbol(journey, target.x, target.y), "◆", "{place}\n{}", journey.screen());
    let shown = journey.screen();
    assert!(
        !shown.contains('{')
            || journey.app.layout.pane(Pane::Policy).height > 0
            || matches!(journey.app.overlay, Some(Overlay::Copy(_))),
        "{place}\n{shown}"
    );
    let state = journey.app.tour.as_ref().unwrap();
    assert!(
        state.lines.iter().all(|line| !line.contains(['{', '}'])),
        "{place}: {:?}",
        state.lines
    );
    let page = journey.app.tour_page();
    assert!(
        state.lines.len() <= page,
        "{place}: {} lines of text, room for {page}\n{shown}",
        state.lines.len()
    );
}

fn symbol(journey: &Journey, x: u16, y: u16) -> &str {
    journey.buffer()[(x, y)].symbol()
}

fn begin(columns: u16, rows: u16, language: Language, tour: &Tour) -> Journey {
    let mut journey = Journey::new(columns, rows);
    journey.app.language = language;
    journey.app.start_tour(&tour.id).unwrap_or_else(|why| panic!("{}: {why}", tour.id));
    // The first frame with the tour on it.
    journey.event(Event::Resize(columns, rows));
    journey
}

#[test]
fn every_tour_is_played_to_its_end() {
    for language in [Language::English, Language::Chinese] {
        for (columns, rows) in SIZES {
            for tour in tours() {
                let mut journey = begin(columns, rows, language, tour);
                for (at, step) in tour.steps.iter().enumerate() {
                    let place = format!("{} step {} at {columns}x{rows}", tour.id, at + 1);
                    assert_eq!(step_of(&journey), Some(at), "{place}\n{}", journey.screen());
                    check_panel(&mut journey, tour, at);
                    if step.is_read() {
                        press(&mut journey, Command::TourNext);
                    } else {
                        let already = journey.app.tour.as_ref().unwrap().already;
                        assert!(
                            !already,
                            "{place}: it is so before anything was done\n{}",
                            journey.screen()
                        );
                        for demo in &step.demo {
                            assert_eq!(
                                step_of(&journey),
                                Some(at),
                                "{place}: before {demo}\n{}",
                                journey.screen()
                            );
                            do_it(&mut journey, demo);
                        }
                    }
                }
                assert!(
                    journey.app.tour.is_none(),
                    "{} does not end\n{}",
                    tour.id,
                    journey.screen()
                );
                assert_eq!(journey.app.tour_progress().get(&tour.id), Some(&tour.steps.len()));
            }
        }
    }
}

#[test]
fn every_step_can_be_skipped_and_gone_back_to() {
    for tour in tours() {
        let mut journey = begin(80, 24, Language::English, tour);
        for at in 0..tour.steps.len() - 1 {
            press(&mut journey, Command::TourNext);
            assert_eq!(step_of(&journey), Some(at + 1), "{}", tour.id);
        }
        for at in (0..tour.steps.len() - 1).rev() {
            press(&mut journey, Command::TourBack);
            assert_eq!(step_of(&journey), Some(at), "{}\n{}", tour.id, journey.screen());
        }
        press(&mut journey, Command::TourBack);
        journey.sees("first step");
    }
}

#[test]
fn back_puts_the_screen_to_where_the_step_begins() {
    for tour in tours() {
        let mut journey = begin(120, 40, Language::English, tour);
        for (at, step) in tour.steps.iter().enumerate() {
            if at > 0 {
                // Back and on again: the same step, and what it asks for can still be done.
                press(&mut journey, Command::TourBack);
                assert_eq!(step_of(&journey), Some(at - 1), "{}", tour.id);
                press(&mut journey, Command::TourNext);
                journey.app.start_tour(&tour.id).unwrap();
                journey.event(Event::Resize(120, 40));
                assert_eq!(step_of(&journey), Some(at), "{}", tour.id);
            }
            // What lasts for a moment only is not brought back: those steps are left out here.
            if step.is_read() || at > 0 && tour.steps[at].at == "overlay" {
                press(&mut journey, Command::TourNext);
                continue;
            }
            for demo in &step.demo {
                do_it(&mut journey, demo);
            }
            assert_ne!(
                step_of(&journey),
                Some(at),
                "{} step {}\n{}",
                tour.id,
                at + 1,
                journey.screen()
            );
        }
    }
}

#[test]
fn the_data_is_complete() {
    let mut ids = Vec::new();
    assert!(tours().len() >= 6);
    for tour in tours() {
        assert!(!ids.contains(&&tour.id), "{} stands twice", tour.id);
        ids.push(&tour.id);
        for text in [&tour.title, &tour.about].into_iter().chain(tour.steps.iter().map(|s| &s.text))
        {
            assert!(!text.en.is_empty() && !text.zh.is_empty(), "{}: {text:?}", tour.id);
            assert!(!text.en.contains('!') && !text.zh.contains('！'), "{}: {}", tour.id, text.en);
            assert_ne!(text.en, text.zh, "{}", tour.id);
        }
        for (at, step) in tour.steps.iter().enumerate() {
            let place = format!("{} step {}", tour.id, at + 1);
            assert!(Part::parse(&step.at).is_some(), "{place}: points at {:?}", step.at);
            assert!(Until::parse(&step.until).is_some(), "{place}: waits for {:?}", step.until);
            assert_eq!(step.demo.is_empty(), step.is_read(), "{place}: how it is done");
            assert_eq!(
                facts(&step.text.en),
                facts(&step.text.zh),
                "{place}: facts of both languages"
            );
            commands_exist(step, &place);
        }
    }
}

/// The placeholders of a text, sorted.
fn facts(text: &str) -> Vec<&str> {
    let mut facts: Vec<&str> =
        text.split('{').skip(1).map(|rest| rest.split_once('}').expect("closed").0).collect();
    facts.sort_unstable();
    facts.dedup();
    facts
}

fn commands_exist(step: &Step, place: &str) {
    let keys = facts(&step.text.en).into_iter().filter_map(|fact| fact.strip_prefix("key:"));
    let demo = step.demo.iter().map(String::as_str).filter(|demo| !demo.starts_with("type:"));
    for name in keys.chain(demo) {
        assert!(TABLE.iter().any(|row| row.name == name), "{place}: no command is called {name}");
    }
}

#[test]
fn a_click_does_it_as_well() {
    let mut journey = Journey::new(120, 40);
    journey.app.start_tour("first-steps").unwrap();
    journey.keys("n").sees("step 2 of 15");
    let list = inside(journey.app.layout.pane(Pane::Products));
    let click = Mouse { kind: MouseKind::Click, column: list.x + 2, row: list.y + 1 };
    journey.event(Event::Mouse(click)).sees("step 3 of 15");
}

#[test]
fn what_is_so_already_waits_for_the_reader() {
    let mut journey = Journey::new(80, 24);
    journey.app.start_tour("first-steps").unwrap();
    // The product of the second step is chosen while the first one is read.
    journey.keys("jn").sees("step 2 of 15 · so already").sees("n go on");
    journey.keys("k").sees_not("so already").sees("n skip");
    journey.keys("j").sees("step 3 of 15");
}

#[test]
fn a_tour_is_offered_once_and_begun_from_its_list() {
    let mut journey = Journey::new(80, 24);
    journey.app.offer_tour(true);
    journey
        .event(Event::Resize(80, 24))
        .sees("New here? t shows you around, ? lists the keys, q leaves.");
    let mut narrow = Journey::new(40, 24);
    narrow.app.offer_tour(true);
    narrow.event(Event::Resize(40, 24)).sees("New here? t shows you around.");
    journey.keys("j").sees_not("New here?");
    journey.keys("t").sees("The first five minutes").sees("15 steps");
    journey.keys("<down>").sees("Who assumes such a role");
    journey.keys("<enter>").sees("What a service-linked role is · step 1 of");
    journey.keys("t").sees_not("step 1 of").sees("left the tour");
    let mut journey = Journey::new(80, 24);
    journey.app.offer_tour(false);
    journey.event(Event::Resize(80, 24)).sees_not("New here?");
}

#[test]
fn a_tour_is_taken_up_where_it_was_left() {
    let mut journey = Journey::new(80, 24);
    journey.app.start_tour("safe-removal").unwrap();
    journey.keys("nnn").sees("step 4 of").keys("t").keys("t");
    journey.sees("at step 4 of");
    journey.keys("<esc>");
    let progress = journey.app.tour_progress().clone();
    let mut later = Journey::new(80, 24);
    later.app.set_tour_progress(progress);
    later.keys("tsafe<enter>").sees("step 4 of");
    later.at("rolescope › ApsaraMQ for MQTT › MqttCoreRuleEngine › Removal");
}

#[test]
fn keys_of_the_tour_work_in_text_fields() {
    let mut journey = Journey::new(80, 24);
    journey.app.start_tour("first-steps").unwrap();
    journey.keys("/n").sees("step 1 of 15").sees("F8 go on");
    journey.keys("<f8>").sees("step 2 of 15").keys("<f7>").sees("step 1 of 15");
    journey.keys("<f9>").sees_not("step 1");
    journey.keys("<esc>n").sees("n means nothing here");
}

#[test]
fn a_rebound_key_is_told_as_it_is_and_short_screens_are_read_in_parts() {
    let mut journey = Journey::new(80, 24);
    journey.app.start_tour("role-not-created").unwrap();
    journey.keys("n");
    journey.resize(44, 15).sees("read on");
    let step = step_of(&journey);
    journey.keys("n");
    assert_eq!(step_of(&journey), step, "{}", journey.screen());
    journey.resize(30, 8);
    assert!(journey.app.layout.tour.is_empty() || journey.app.layout.body.height >= 5);
}

/// The next step says that the policy is to be attached: any other would be the wrong one.
#[test]
fn another_copy_than_the_one_asked_for_is_told_and_the_tour_waits() {
    for (language, told) in [
        (Language::English, "That was another one: policy JSON"),
        (Language::Chinese, "复制的是另一项：策略 JSON"),
    ] {
        let mut journey = Journey::new(120, 40);
        journey.app.language = language;
        journey.app.start_tour("role-not-created").unwrap();
        journey.keys("<enter><down>nny<enter>");
        assert_eq!(step_of(&journey), Some(4), "{}", journey.screen());
        journey.sees(told).keys("y<end><up>");
        // Back to the entry that is asked for, wherever it stands.
        let wanted =
            rolescope::catalog::templates::create_policy(&[journey.app.current_role().unwrap()])
                .unwrap();
        while let Some(Overlay::Copy(menu)) = &journey.app.overlay
            && menu.selected().unwrap().text != wanted
        {
            journey.keys("<up>");
        }
        journey.keys("<enter>").sees_not(told);
        assert_eq!(step_of(&journey), Some(5), "{}", journey.screen());
    }
}

#[test]
fn the_presenter_shows_keys_and_waits() {
    let mut journey = Journey::new(120, 40);
    journey.app.present = true;
    journey.app.start_tour("first-steps").unwrap();
    journey.keys("nj").sees("step 2 of 15 · done").sees(" n   j");
    let keys = journey.app.layout.keys;
    assert!(!keys.is_empty() && !keys.intersects(journey.app.layout.footer));
    journey.keys("n").sees("step 3 of 15");
    assert_eq!(journey.app.product_height(), 2, "{}", journey.screen());
    // A click finds the row under it although the rows stand apart.
    let list = inside(journey.app.layout.pane(Pane::Products));
    let click = Mouse { kind: MouseKind::Click, column: list.x + 2, row: list.y + 4 };
    journey.event(Event::Mouse(click));
    assert_eq!(journey.app.products_at.at, 2);
    journey.keys("P").sees("no more");
    assert!(journey.app.layout.keys.is_empty());
}

#[test]
fn what_a_tour_points_at_is_told_without_colour() {
    let mut journey = Journey::new(120, 40);
    journey.theme = Theme::new(Kind::Plain);
    journey.app.start_tour("first-steps").unwrap();
    journey.event(Event::Resize(120, 40));
    let target: Rect = journey.app.layout.pane(Pane::Products);
    let corners = [
        (target.x, target.y),
        (target.right() - 1, target.y),
        (target.x, target.bottom() - 1),
        (target.right() - 1, target.bottom() - 1),
    ];
    for (x, y) in corners {
        assert_eq!(symbol(&journey, x, y), "◆", "\n{}", journey.screen());
    }
}

#[test]
fn the_glossary_opens_at_the_word_under_the_cursor() {
    let mut journey = Journey::new(120, 40);
    journey.keys("i").sees("Words").sees("only one cloud service can assume");
    journey.keys("<esc><enter><enter>i").sees("a short code such as ecs");
    journey.keys("<esc>ji").sees("Actions that tell");
    journey.keys("<esc><enter>]i").sees("One rule of a policy");
    journey.keys("<esc>Ti").sees("who may assume a role");
    // In a list with a text field letters are typed; either language finds.
    journey.keys("<esc>i").event(Event::Paste("通配符".into()));
    journey
        .sees("A star stands for any number of characters")
        .keys("<enter>")
        .sees("Wildcard: A star");
    journey.keys("w").keys("<f4>").sees("A call of a service");
    journey.app.language = Language::Chinese;
    journey.keys("<esc><esc>i").sees("语句");
}

#[test]
fn the_signs_and_words_of_the_screen_are_explained() {
    for (typed, expected) in [
        ("standing", "How sure a fact is"),
        ("whole", "A part of the policy text is missing"),
        ("◐", "A part of the policy text is missing"),
        ("not known", "nothing can be said of what it may do"),
        ("可信", "How sure a fact is"),
        ("holder", "Whoever has the rights of a policy"),
        ("tagging", "Actions that set or remove tags"),
        ("permissions", "Actions that hand out or take away rights"),
        ("write", "Actions that create, change, delete or run"),
        ("access level", "How far an action reaches"),
    ] {
        let mut journey = Journey::new(120, 40);
        journey.keys("i").event(Event::Paste(typed.into()));
        journey.sees(expected);
    }
}

#[test]
fn every_term_fits_below_the_list() {
    for (columns, rows) in [(80, 24), (120, 40)] {
        for language in [Language::English, Language::Chinese] {
            let mut journey = Journey::new(columns, rows);
            journey.app.language = language;
            journey.keys("i<home>");
            for term in glossary::terms() {
                let room = usize::from(journey.app.picker_told().width) - 2;
                let lines = rolescope::text::wrap(term.meaning.get(language), room);
                let told = usize::from(journey.app.picker_told().height);
                assert!(lines.len() < told, "{}: {} lines", term.id, lines.len());
                let screen = journey.screen();
                assert!(screen.contains(lines.last().unwrap().as_str()), "{}\n{screen}", term.id);
                journey.keys("<down>");
            }
        }
    }
}

#[test]
fn a_key_of_the_tour_is_one_of_the_keymap() {
    let mut journey = Journey::new(80, 24);
    journey.app.start_tour("first-steps").unwrap();
    journey.event(Event::Key(Key::char('n'))).sees("‹↓›");
}

/// Who only skips still sees what each step tells of.
#[test]
fn a_skipped_step_is_made_so_for_the_next_one() {
    for tour in tours() {
        let mut journey = begin(120, 40, Language::English, tour);
        for at in 0..tour.steps.len() {
            assert_eq!(step_of(&journey), Some(at), "{}\n{}", tour.id, journey.screen());
            check_panel(&mut journey, tour, at);
            let before = tour.steps.get(at.wrapping_sub(1)).and_then(|b| Until::parse(&b.until));
            // What has happened and is over is left out.
            let lasting = before.filter(|until| {
                !matches!(
                    until,
                    Until::Continue | Until::Closed | Until::Copied | Until::CopiedCreate
                )
            });
            if let Some(until) = lasting {
                let place = format!("{} step {}: {until:?}", tour.id, at + 1);
                assert!(until.holds(&journey.app), "{place}\n{}", journey.screen());
            }
            // Once more where a text is read in parts.
            while step_of(&journey) == Some(at) {
                press(&mut journey, Command::TourNext);
            }
        }
    }
}

/// The other products come after the first frame, a tour may be on before it.
#[test]
fn a_step_counts_what_is_known_by_now() {
    let catalog = Arc::new(Catalog::builtin().unwrap());
    let mut journey = Journey::with(catalog.clone(), 120, 40);
    journey.app.start_tour("first-steps").unwrap();
    journey.event(Event::Resize(120, 40)).sees("the products, 5 of them");
    let others = rolescope::catalog::import::others(&catalog);
    journey.event(Event::Loaded(Box::new(others))).sees("the products, 6 of them");
}

/// People know what deletes a role under another name too.
#[test]
fn words_of_the_glossary_are_found_by_other_names() {
    for (names, shown) in [
        (&["移除计划", "删除步骤", "Removal plan"][..], "Removal plan  删除步骤"),
        (&["主体", "授权主体", "Principal"], "Principal  授权主体"),
        (&["授权语句", "Statement"], "Statement  语句"),
        (&["条件关键字", "条件键"], "Condition key  条件键"),
        (&["可信实体"], "Trusted entity  可信实体"),
    ] {
        for typed in names {
            let mut journey = Journey::new(120, 40);
            journey.keys("i").event(Event::Paste((*typed).into())).sees(shown);
        }
    }
}
