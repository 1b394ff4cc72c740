//! The mouse: what a click or the wheel does, and what it must not do.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    missing_docs
)]

mod support;

use rolescope::app::App;
use rolescope::app::command::Command;
use rolescope::app::event::{Event, Mouse, MouseKind};
use rolescope::app::layout::Pane;
use rolescope::app::overlay::Overlay;
use rolescope::catalog::Catalog;
use rolescope::say::Language;
use std::sync::Arc;
use support::Journey;

/// Does something with the mouse where a text stands on the screen.
#[track_caller]
fn mouse(j: &mut Journey, kind: MouseKind, text: &str) {
    let buffer = j.buffer();
    let found = (0..buffer.area.height).find_map(|row| {
        let cells = (0..buffer.area.width).map(|column| buffer[(column, row)].symbol());
        let line: Vec<&str> = cells.collect();
        let at = line.concat().find(text)?;
        let mut bytes = 0;
        let column = line.iter().position(|symbol| {
            bytes += symbol.len();
            bytes > at
        })?;
        Some((u16::try_from(column).unwrap(), row))
    });
    let Some((column, row)) = found else { panic!("{text:?} is not there\n{}", j.screen()) };
    j.event(Event::Mouse(Mouse { kind, column, row }));
}

#[test]
fn a_click_selects_and_gives_the_focus() {
    let mut j = Journey::new(120, 40);
    mouse(&mut j, MouseKind::Click, "EventBridge ");
    j.at("rolescope › EventBridge");
    mouse(&mut j, MouseKind::Click, "EventBridgeSendToMqtt");
    assert_eq!(j.app.focus, Pane::Roles);
    j.sees("Permissions of EventBridgeSendToMqtt");
}

#[test]
fn a_second_click_in_a_box_opens() {
    let mut j = Journey::new(120, 40);
    j.keys("/tunnel");
    let open = |j: &Journey| j.app.overlay.is_some();
    mouse(&mut j, MouseKind::Click, "MqttTunnel");
    if open(&j) {
        mouse(&mut j, MouseKind::Click, "MqttTunnel");
    }
    assert!(!open(&j), "{}", j.screen());
    assert!(j.crumbs().contains("MqttTunnel"), "{}", j.screen());
}

#[test]
fn a_click_on_a_heading_leaves_the_selection() {
    let mut j = Journey::new(120, 40);
    j.keys("/kms");
    let selected = |j: &Journey| j.app.overlay.as_ref()?.picker()?.selected().cloned();
    let before = selected(&j);
    assert!(before.is_some());
    mouse(&mut j, MouseKind::Click, "Actions (");
    assert_eq!(selected(&j), before);
}

#[test]
fn a_click_on_the_preview_of_a_copy_selects_nothing() {
    let mut j = Journey::new(80, 16);
    j.keys("y");
    mouse(&mut j, MouseKind::Click, "Version");
    let Some(Overlay::Copy(menu)) = &j.app.overlay else { panic!("{}", j.screen()) };
    assert_eq!(menu.cursor.at, 0, "{}", j.screen());
}

#[test]
fn clicks_do_not_reach_the_panes_behind_another_view() {
    for open in ["m", "d", "w"] {
        let mut j = Journey::new(120, 40);
        j.keys(open);
        assert!(!matches!(j.app.view, rolescope::app::View::Browse), "{open}\n{}", j.screen());
        let product = j.app.product.clone();
        for (column, row) in [(4, 3), (4, 5), (60, 8), (60, 30)] {
            j.event(Event::Mouse(Mouse { kind: MouseKind::Click, column, row }));
        }
        assert_eq!(j.app.product, product, "{open}\n{}", j.screen());
        assert_eq!(j.app.focus, Pane::Products, "{open}");
    }
}

#[test]
fn a_mouse_that_belongs_to_the_terminal_does_nothing() {
    let mut j = Journey::new(120, 40);
    j.keys("M").sees("selects text in the terminal").keys("k");
    let before = j.screen();
    mouse(&mut j, MouseKind::Click, "EventBridge ");
    mouse(&mut j, MouseKind::WheelDown, "ApsaraMQ for MQTT");
    assert_eq!(j.screen(), before);
}

#[test]
fn the_wheel_scrolls_what_is_under_it_and_leaves_the_focus() {
    let mut j = Journey::new(120, 40);
    mouse(&mut j, MouseKind::WheelDown, "\"Version\"");
    assert_eq!(j.app.focus, Pane::Products);
    assert!(j.app.policy.pane.cursor_byte() > 0);
}

#[test]
fn a_click_on_the_path_goes_there() {
    let mut j = Journey::new(120, 40);
    j.keys("<enter><enter><enter>");
    assert_eq!(j.app.focus, Pane::Policy);
    let role = j.app.current_role().unwrap().short_name.clone();
    mouse(&mut j, MouseKind::Click, &role);
    assert_eq!(j.app.focus, Pane::Roles, "{}", j.screen());
    j.keys("m");
    mouse(&mut j, MouseKind::Click, "rolescope");
    assert!(matches!(j.app.view, rolescope::app::View::Browse), "{}", j.screen());
    assert_eq!(j.app.focus, Pane::Products);
    j.keys("H").at("rolescope › Matrix");
}

#[test]
fn a_click_on_a_key_of_a_tours_panel_does_it() {
    for language in [Language::English, Language::Chinese] {
        let mut j = Journey::of(
            App::speaking(language, Arc::new(Catalog::builtin().unwrap()), 100, 30),
            100,
            30,
        );
        j.app.start_tour("first-steps").unwrap();
        j.resize(100, 30);
        let mut click = |command: Command| {
            let found = j.app.tour_hints().into_iter().find(|hint| hint.command == Some(command));
            let hint = found.unwrap_or_else(|| panic!("no {command:?}\n{}", j.screen()));
            let row: String = j.screen().lines().nth(hint.area.y.into()).unwrap().to_owned();
            assert!(row.contains(&format!(" {} {} ", hint.key, hint.title)), "{hint:?}\n{row}");
            let (kind, column) = (MouseKind::Click, hint.area.x);
            j.event(Event::Mouse(Mouse { kind, column, row: hint.area.y }));
            j.app.tour.as_ref().map(|state| state.step)
        };
        assert_eq!(click(Command::TourNext), Some(1));
        assert_eq!(click(Command::TourBack), Some(0));
        assert_eq!(click(Command::TourLeave), None);
    }
}

#[test]
fn a_click_on_a_hint_does_it() {
    for (width, height) in [(80, 24), (120, 40)] {
        let mut j = Journey::new(width, height);
        for hint in j.app.hints() {
            let Some(command) = hint.command else { continue };
            let mut j = Journey::new(width, height);
            let (column, row) = (hint.area.x, hint.area.y);
            let line: String = (column..column + hint.area.width)
                .map(|x| j.buffer()[(x, row)].symbol().to_owned())
                .collect();
            assert_eq!(line, format!("{} {}", hint.key, hint.title));
            j.event(Event::Mouse(Mouse { kind: MouseKind::Click, column, row }));
            let clicked = j.screen();
            let mut j = Journey::new(width, height);
            j.app.run(command);
            j.event(Event::Resize(width, height));
            assert_eq!(clicked, j.screen(), "{command:?}");
        }
        j.keys("s");
        mouse(&mut j, MouseKind::Click, "Esc back");
        assert!(j.app.overlay.is_none(), "{}", j.screen());
    }
}

#[test]
fn the_wheel_moves_a_text_that_is_not_in_focus_at_once() {
    let mut j = Journey::new(120, 40);
    j.sees(" 1 ▾ {");
    mouse(&mut j, MouseKind::WheelDown, "\"Version\"");
    j.sees_not(" 1 ▾ {");
    mouse(&mut j, MouseKind::WheelUp, "\"ecs:CreateNetworkInterface\"");
    j.sees(" 1 ▾ {");
}

#[test]
fn a_click_in_the_matrix_selects_a_cell_and_a_second_one_opens_it() {
    let mut j = Journey::new(120, 40);
    j.keys("m");
    mouse(&mut j, MouseKind::Click, "P 14");
    j.sees("Alikafka may call 14 actions of Elastic Compute Service");
    mouse(&mut j, MouseKind::Click, "MqttTunnel");
    j.sees("MqttTunnel may call 6 actions of Elastic Compute Service");
    mouse(&mut j, MouseKind::Click, "RAM");
    j.sees("MqttTunnel may only delete its own role in Resource Access");
    mouse(&mut j, MouseKind::Click, "ApsaraMQ for RabbitMQ");
    j.sees("MqttTunnel may only delete its own role in Resource Access");
    mouse(&mut j, MouseKind::Click, "P 1 ");
    j.sees("Alikafka may only delete its own role in Resource Access");
    mouse(&mut j, MouseKind::Click, "P 1 ");
    j.at("rolescope › ApsaraMQ for Kafka › Alikafka › Resource Access Management");
}
