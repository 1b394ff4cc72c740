//! Two roles side by side: what an operator asks, and what the screen answers.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    missing_docs
)]

mod support;

use rolescope::app::View;
use rolescope::app::event::{Event, Mouse, MouseKind};
use support::Journey;

const SIZES: [(u16, u16); 4] = [(40, 12), (80, 24), (120, 40), (200, 60)];

/// The comparison of the selected role with the one that is typed.
fn compared(j: &mut Journey, first: &str, second: &str) {
    j.keys(&format!("/{first}<enter>")).keys(&format!("={second}<enter>"));
}

/// The screen as one line, so that wrapping makes no difference.
fn said(j: &Journey) -> String {
    j.screen().replace(['┃', '█'], " ").split_whitespace().collect::<Vec<_>>().join(" ")
}

#[track_caller]
fn says(j: &Journey, text: &str) {
    assert!(said(j).contains(text), "not said: {text:?}\n{}", j.screen());
}

#[test]
fn the_mqtt_roles_are_the_same_but_for_two_things() {
    let same = "The same but for the Kafka statement and the service name.";
    for (columns, rows) in SIZES {
        let mut j = Journey::new(columns, rows);
        compared(&mut j, "MqttTunnel", "MqttCoreRuleEngine");
        says(&j, same);
        says(&j, "Only MqttCoreRuleEngine has the Kafka statement.");
        assert!(said(&j).contains("Only in MqttCoreRuleEngine"), "{}", j.screen());
        j.keys("S");
        says(&j, same);
        says(&j, "Only MqttCoreRuleEngine has the Kafka statement.");
        let mut j = Journey::new(columns, rows);
        compared(&mut j, "MqttCoreRuleEngine", "MqttTunnel");
        says(&j, same);
    }
}

#[test]
fn each_difference_has_its_level_and_its_place() {
    let mut j = Journey::new(120, 40);
    compared(&mut j, "MqttTunnel", "MqttCoreRuleEngine");
    j.sees("alikafka:").sees("Conditions").sees("The same in both");
    let screen = j.screen();
    let action = screen.lines().find(|line| line.contains("alikafka:")).unwrap();
    assert!(action.contains("+ "), "{screen}");
    j.sees("- MqttTunnel: ram:ServiceName").sees("+ MqttCoreRuleEngine: ram:ServiceName");
}
