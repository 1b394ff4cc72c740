//! The palette, the history, the keys of the user: how one finds one's way.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

mod support;

use rolescope::app::View;
use rolescope::app::command::{Command, TABLE};
use rolescope::app::event::Event;
use rolescope::app::history::Kept;
use rolescope::app::key::Key;
use rolescope::app::keymap::Keymap;
use rolescope::app::layout::Pane;
use rolescope::app::picker::{Line, Target};
use rolescope::app::theme_name::ThemeName;
use rolescope::catalog::model::RoleId;
use support::Journey;

fn selected(j: &Journey) -> Option<Target> {
    Some(j.app.overlay.as_ref()?.picker()?.selected()?.target.clone())
}

#[test]
fn every_command_stands_in_the_palette() {
    let mut j = Journey::new(120, 40);
    j.keys(":");
    let picker = j.app.overlay.as_ref().and_then(|overlay| overlay.picker()).expect("a list");
    for row in TABLE {
        let there = picker.lines.iter().any(
            |line| matches!(line, Line::Item(item) if item.target == Target::Command(row.command)),
        );
        assert!(there, "{} is not in the palette", row.name);
    }
}

#[test]
fn it_begins_with_what_can_be_done_and_not_with_movements() {
    let mut j = Journey::new(120, 40);
    j.keys(":");
    assert_eq!(selected(&j), Some(Target::Command(Command::Open)), "{}", j.screen());
    // What is typed decides by itself.
    j.keys("move up one");
    assert_eq!(selected(&j), Some(Target::Command(Command::Up)), "{}", j.screen());
}

#[test]
fn scattered_letters_of_commands_do_not_stand_before_names() {
    let mut j = Journey::new(120, 40);
    j.keys(":tun").sees("MqttTunnel").sees_not("Here (").sees_not("In other places (");
    assert!(matches!(selected(&j), Some(Target::Role(_))), "{}", j.screen());
    // Where nothing has the letters together, commands are found by them still.
    j.keys("<ctrl-u>thme").sees("Change the colours");
}

#[test]
fn an_unknown_key_names_one_that_works_where_letters_are_typed() {
    let mut j = Journey::new(100, 30);
    j.keys("<f5>").sees("F5 means nothing here. ? shows the keys of this place.");
    j.keys("w<f5>").sees("F5 means nothing here. F1 shows the keys of this place.");
    for open in ["/", "i", "t", "s", ":", "?"] {
        let mut j = Journey::new(100, 30);
        j.keys(open).keys("<f5>").sees("F5 means nothing here. Esc goes one step back.");
    }
}

#[test]
fn the_keys_of_a_pair_move_wherever_there_are_lines() {
    for place in ["", "<enter>", "w<tab>kms:*<enter>", "/kms", "i", "m"] {
        let mut j = Journey::new(100, 30);
        j.keys(place).keys("<down>");
        let below = j.screen();
        j.keys("<up><ctrl-n>");
        assert_eq!(j.screen(), below, "Ctrl-n after {place}");
        j.keys("<down><ctrl-p>");
        assert_eq!(j.screen(), below, "Ctrl-p after {place}");
    }
}

#[test]
fn it_opens_by_either_key_and_by_full_width_signs() {
    for key in [":", "<f2>", "："] {
        let mut j = Journey::new(100, 30);
        j.keys(key).sees("Commands, products and roles");
        j.keys("<esc>").sees_not("Commands, products and roles");
    }
    let mut j = Journey::new(100, 30);
    j.keys("w<f2>").sees("Commands, products and roles");
}

#[test]
fn enter_runs_what_works_here() {
    let mut j = Journey::new(120, 40);
    j.keys(":roles by services<enter>").at("rolescope › Matrix");
    j.keys(":next-theme");
    assert_eq!(selected(&j), Some(Target::Command(Command::NextTheme)));
    j.keys("<enter>").sees("The theme is dark.");
    assert_eq!(j.app.theme, ThemeName::Dark);
    assert!(matches!(j.app.view, View::Matrix(_)));
}

#[test]
fn the_language_can_be_changed_while_it_runs() {
    let mut j = Journey::new(120, 40);
    j.keys("<enter>m:next-language<enter>").sees("language = \"zh\"").sees("矩阵");
    j.keys(":next-language<enter>").sees("language = \"en\" in the config file").sees("Matrix");
    // By its words, in the language of the screen.
    j.keys("<esc>:say everything<enter>").sees("产品").sees_not("Products");
    j.keys(":英文<enter>").sees("Products").sees_not("产品");
}

#[test]
fn what_works_everywhere_can_be_chosen_beside_text_fields() {
    let mut j = Journey::new(120, 40);
    j.keys("w<f2>next-theme<enter>").sees("The theme is dark.");
    assert!(matches!(j.app.view, View::WhoCan(_)));
    j.keys("<f2>leave the program<enter>");
    assert!(j.ended);
}

#[test]
fn a_command_of_another_place_says_where_that_is() {
    let mut j = Journey::new(120, 40);
    j.keys(":sort the matrix");
    assert_eq!(selected(&j), Some(Target::Command(Command::Sort)), "{}", j.screen());
    j.keys("<enter>").sees("not here, but in matrix");
    assert!(matches!(j.app.view, View::Browse));
}

#[test]
fn names_of_products_and_roles_lead_there() {
    let mut j = Journey::new(120, 40);
    j.keys(":tunnel<enter>");
    assert!(j.crumbs().contains("MqttTunnel"), "{}", j.screen());
    j.keys("m:eventbridge<enter>");
    assert!(j.crumbs().contains("EventBridge"), "{}", j.screen());
    assert!(matches!(j.app.view, View::Browse));
    j.keys(":zzzzqqq").sees("Nothing of this name.").keys("<enter><esc>");
}

#[test]
fn history_goes_back_and_forward_through_views() {
    let mut j = Journey::new(120, 40);
    j.keys("/tunnel<enter>");
    let role = j.app.role.clone();
    j.keys("m").at("rolescope › Matrix").keys("<esc>");
    j.keys("<down>d");
    let plan = j.crumbs();
    assert!(plan.ends_with("Removal"), "{plan}");
    j.keys("<esc><alt-left>");
    assert_eq!(j.crumbs(), plan, "the plan is a place\n{}", j.screen());
    j.keys("H");
    assert!(matches!(j.app.view, View::Browse), "{}", j.screen());
    j.keys("H").at("rolescope › Matrix").keys("H");
    assert_eq!(j.app.role, role);
    j.keys("H").at("rolescope › ApsaraMQ for Kafka");
    j.keys("H").sees("There is no place before this one.");
    j.keys("LLLL");
    assert_eq!(j.crumbs(), plan, "{}", j.screen());
    j.keys("LL").sees("There is no place after this one.");
}

#[test]
fn a_new_way_ends_the_way_forward() {
    let mut j = Journey::new(120, 40);
    j.keys("m<esc>H").at("rolescope › Matrix").keys("<esc>dL");
    j.sees("There is no place after this one.");
}

#[test]
fn history_is_bounded() {
    let mut j = Journey::new(120, 40);
    for _ in 0..60 {
        j.keys("d<esc>");
    }
    let mut steps = 0;
    while !j.screen().contains("There is no place before") {
        j.keys("H");
        steps += 1;
        assert!(steps < 150, "the history has no end");
    }
    assert_eq!(steps, 101);
}

#[test]
fn esc_walks_back_to_where_a_jump_led_before_it_takes_the_jump_back() {
    for (columns, rows) in [(40, 16), (80, 24), (120, 40)] {
        let mut j = Journey::new(columns, rows);
        let place = |j: &Journey| (j.app.focus, j.app.role.clone(), j.app.zoom);
        // From a policy, to a role and on to its policy, to an action of another role and on from there.
        j.keys("<enter>j<enter><enter>");
        if columns > 60 {
            j.keys("z");
        }
        let mut walked = vec![place(&j)];
        let steps: &[&str] = match columns {
            120 => &["/tunnel<enter>", "<enter>", "<enter>", "/kms:decrypt<enter>", "<enter>"],
            _ => &["/tunnel<enter>", "<enter>", "/kms:decrypt<enter>", "<enter>"],
        };
        for step in steps {
            j.keys(step);
            walked.push(place(&j));
        }
        while let Some(here) = walked.pop() {
            assert_eq!(place(&j), here, "{columns}x{rows}: {walked:?}\n{}", j.screen());
            j.keys("<esc>");
        }
    }
    // The zoom that came after the jump goes before it.
    let mut j = Journey::new(120, 40);
    j.keys("/tunnel<enter>z<esc>").at("rolescope › ApsaraMQ for MQTT › MqttTunnel");
    assert!(!j.app.zoom, "{}", j.screen());
    j.keys("<esc>").at("rolescope › ApsaraMQ for Kafka");
}

#[test]
fn the_place_comes_back_on_the_next_start() {
    let mut first = Journey::new(120, 40);
    first.keys("/tunnel<enter><right>");
    let kept = first.app.kept();
    let mut next = Journey::new(120, 40);
    next.app.restore(&kept);
    next.keys("<ctrl-l>");
    assert_eq!(next.crumbs(), first.crumbs());
    assert_eq!((&next.app.role, next.app.focus), (&first.app.role, Pane::Summary));
}

#[test]
fn a_place_that_is_gone_is_no_place() {
    let gone = || Some("gone".to_owned());
    for kept in [
        Kept::default(),
        Kept { product: gone(), ..Kept::default() },
        Kept { role: gone(), focus: gone(), ..Kept::default() },
        Kept { filter: gone(), ..Journey::new(80, 24).app.kept() },
    ] {
        let mut j = Journey::new(120, 40);
        j.app.restore(&kept);
        j.keys("<ctrl-l>").at("rolescope › ApsaraMQ for Kafka");
        assert_eq!(j.app.filter, None, "{kept:?}");
    }
}

#[test]
fn hints_and_help_tell_the_keys_of_the_user() {
    let mut j = Journey::new(120, 40);
    let overrides = [(Command::Find, vec![Key::ctrl('g')]), (Command::Matrix, Vec::new())];
    j.app.keymap = Keymap::with(&overrides).0;
    j.keys("<ctrl-l>").sees("Ctrl-g find");
    j.keys("<ctrl-g>tunnel<esc>m").sees("means nothing here");
    j.keys("?find products").sees("Ctrl-g");
}

#[test]
fn a_misspelt_role_leads_to_the_same_on_the_screen_as_in_a_command() {
    for (typed, name) in [
        ("Conector", "AlikafkaConnector"),
        ("MqttTunnle", "MqttTunnel"),
        ("AlikafkaaETL", "AlikafkaETL"),
    ] {
        let mut journey = Journey::new(100, 30);
        journey.keys("/").event(Event::Paste(typed.into()));
        journey.sees("Roles with a name near to it");
        journey.keys("<enter>");
        assert_eq!(
            journey.app.role,
            Some(RoleId::of(&format!("AliyunServiceRoleFor{name}"))),
            "{typed}"
        );
    }
    let mut journey = Journey::new(100, 30);
    journey.keys("/").event(Event::Paste("connector".into()));
    journey.sees_not("name near to it");
}

#[test]
fn a_misspelt_name_leads_to_the_roles_near_to_it() {
    let mut j = Journey::new(120, 40);
    j.keys(":tunnle").sees("Roles with a name near to it (1)").sees("MqttTunnel").keys("<enter>");
    assert_eq!(j.app.current_role().map(|role| &*role.short_name), Some("MqttTunnel"));
    // What is there is not doubted.
    j.keys(":tunnel").sees("MqttTunnel").sees_not("near to it");
}

#[test]
fn sentences_name_the_way_to_a_command_without_a_key() {
    let mut j = Journey::new(120, 40);
    let none = [Command::Removal, Command::ClearService].map(|command| (command, Vec::new()));
    j.app.keymap = Keymap::with(&none).0;
    j.app.start_tour("safe-removal").unwrap();
    j.keys("<f8>").sees("‹:removal› shows the removal plan").keys("<f9>");
    let mut j = Journey::new(120, 40);
    j.app.keymap = Keymap::with(&none).0;
    j.keys("skms<enter>").sees(":clear-service shows all services again.");
    j.keys(":clear-service<enter>");
    assert_eq!(j.app.filter, None, "{}", j.screen());
}
