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
    let same = "They differ in the service name (ram:ServiceName).";
    for (columns, rows) in SIZES {
        let mut j = Journey::new(columns, rows);
        compared(&mut j, "MqttTunnel", "MqttCoreRuleEngine");
        says(&j, same);
        says(&j, "Only MqttCoreRuleEngine has the statement on Kafka.");
        assert!(said(&j).contains("Only in MqttCoreRuleEngine"), "{}", j.screen());
        j.keys("S");
        says(&j, same);
        says(&j, "Only MqttCoreRuleEngine has the statement on Kafka.");
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

#[test]
fn the_first_to_choose_is_the_most_alike() {
    let mut j = Journey::new(80, 24);
    j.keys("/MqttTunnel<enter>=").sees("Compare MqttTunnel with").sees("18 actions shared");
    j.keys("<enter>");
    says(&j, "Only MqttCoreRuleEngine has the statement on Kafka.");
    // Another one for the same role, found by its product.
    j.keys("=rabbit").sees("AMQPEventBridge").keys("<enter>");
    assert!(j.crumbs().contains("MqttTunnel with Am"), "{}", j.screen());
    j.keys("=nobody has this name<enter>").sees("Nothing matches");
    j.keys("<esc>").sees("MqttTunnel with Am").keys("<esc>");
    assert!(j.crumbs().ends_with("MqttTunnel"), "{}", j.screen());
}

#[test]
fn enter_leads_to_the_statement_and_esc_back_to_the_line() {
    for (columns, rows) in SIZES {
        let mut j = Journey::new(columns, rows);
        compared(&mut j, "MqttTunnel", "MqttCoreRuleEngine");
        j.keys("jjj");
        let before = j.screen();
        j.keys("<enter>");
        assert!(j.crumbs().ends_with("MqttCoreRuleEngine › Policy"), "{}", j.screen());
        let marked = j.screen().lines().any(|l| l.contains("▎") && l.contains("alikafka:ListIn"));
        assert!(marked, "{}", j.screen());
        j.keys("<esc>");
        assert_eq!(j.screen(), before);
        // A difference of the other side leads to the other role.
        j.keys("S<tab>").sees("- ").keys("]<enter>");
        assert!(j.crumbs().ends_with("MqttCoreRuleEngine › Policy"), "{}", j.screen());
        assert_eq!(j.app.policy.pane.statement(), Some(0), "{}", j.screen());
        j.keys("<esc>");
        assert!(matches!(j.app.view, View::Compare(_)), "{}", j.screen());
    }
}

#[test]
fn texts_stand_side_by_side_where_there_is_room() {
    let mut j = Journey::new(120, 40);
    compared(&mut j, "MqttTunnel", "MqttCoreRuleEngine");
    j.keys("<tab>")
        .sees("By text")
        .sees("│ +         \"alikafka:ListTopic\"")
        .sees("lines the same");
    let both = "\"privatelink:UpdateVpcEndpointAttribute\",";
    assert!(j.screen().lines().any(|line| line.matches(both).count() == 2), "{}", j.screen());
    // The inserted statement begins at its brace.
    let screen = j.screen();
    let first = screen.lines().find(|line| line.contains("│ + ")).unwrap();
    assert!(first.contains("│ +     {"), "{screen}");
    j.resize(80, 24).sees("┃ +         \"alikafka:ListTopic\"");
    let gap = "⋯ 38 lines the same";
    while !j.screen().lines().any(|line| line.contains('▸') && line.contains(gap)) {
        j.keys("j");
    }
    j.keys("<enter>").sees_not(gap);
    j.keys(">")
        .sees("alikafka:ListTopic")
        .keys("<")
        .keys("<tab>")
        .sees("Only in MqttCoreRuleEngine");
}

#[test]
fn the_signs_of_a_comparison_are_explained_where_they_stand() {
    let changed = "before a line: it stands in both, in different form.";
    let guessed = "~: no document tells the level;";
    for (columns, rows) in [(80, 24), (120, 40)] {
        let mut j = Journey::new(columns, rows);
        compared(&mut j, "alikafka", "alikafkaetl");
        j.sees("- Alikafka  + AlikafkaETL  ~ differs").keys("G").sees(changed).sees(guessed);
        let texts = j.keys("<tab>").screen();
        assert_eq!(texts.contains("~ differs"), texts.contains("┃ ~ "), "{texts}");
        let mut j = Journey::new(columns, rows);
        compared(&mut j, "mqtttunnel", "mqttcore");
        j.keys("G").sees(changed).sees_not(guessed);
    }
    let mut j = Journey::new(120, 40);
    compared(&mut j, "alikafkainstanceencryption", "alikafkainstanceencryption");
    j.sees_not("~ differs").sees_not(changed);
}

#[test]
fn what_is_the_same_is_folded_to_a_count() {
    let mut j = Journey::new(120, 40);
    compared(&mut j, "MqttTunnel", "MqttCoreRuleEngine");
    j.sees("⊞ The same in both: 3 grants").sees_not("= statement on PrivateLink");
    j.keys("G<enter>").sees("⊟ The same in both").sees("= statement on PrivateLink");
    j.keys("<enter>").sees("⊞ The same in both");
}

#[test]
fn a_policy_that_is_not_whole_is_said_to_be_so() {
    let mut j = Journey::new(120, 40);
    compared(&mut j, "AlikafkaConnector", "AlikafkaETL");
    j.sees("! The policy of AlikafkaConnector is not whole");
}

#[test]
fn the_comparison_is_copied_as_markdown_or_text() {
    let mut j = Journey::new(120, 40);
    compared(&mut j, "MqttTunnel", "MqttCoreRuleEngine");
    j.keys("yy");
    let text = j.copied().to_owned();
    for part in [
        "## MqttTunnel compared with MqttCoreRuleEngine\n",
        "**They differ in the service name (ram:ServiceName).",
        "### Only in MqttCoreRuleEngine: 2 actions\n",
        "  - `alikafka:ListInstance` (",
        "### The same in both: 3 grants\n",
    ] {
        assert!(text.contains(part), "{part:?} is not in\n{text}");
    }
    j.keys("yj<enter>");
    let text = j.copied().to_owned();
    assert!(text.contains("\n    + "), "{text}");
    j.keys("yjj<enter>");
    assert!(j.copied().contains("+         \"alikafka:ListTopic\"\n"), "{}", j.copied());
}

#[test]
fn the_mouse_selects_and_opens() {
    let mut j = Journey::new(120, 40);
    compared(&mut j, "MqttTunnel", "MqttCoreRuleEngine");
    let row = j.screen().lines().position(|line| line.contains("alikafka:ListTopic")).unwrap();
    let click = Event::Mouse(Mouse {
        kind: MouseKind::Click,
        column: 20,
        row: u16::try_from(row).unwrap(),
    });
    j.event(click.clone()).event(click);
    assert!(j.crumbs().ends_with("MqttCoreRuleEngine › Policy"), "{}", j.screen());
}

#[test]
fn every_pair_of_roles_at_every_size() {
    let mut j = Journey::new(120, 40);
    let roles: Vec<_> = j.app.catalog.roles().iter().map(|role| role.name.clone()).collect();
    for (n, one) in roles.iter().enumerate() {
        let two = &roles[(n * 7 + 3) % roles.len()];
        if one == two {
            continue;
        }
        j.resize(120, 40);
        compared(&mut j, one, two);
        assert!(matches!(j.app.view, View::Compare(_)), "{one} {two}\n{}", j.screen());
        for (columns, rows) in [(30, 8), (60, 16), (104, 30)] {
            j.resize(columns, rows).keys("G<tab>GgS<tab><pagedown>]][");
        }
        j.keys("<esc>");
    }
    compared(&mut j, &roles[0], &roles[1]);
    for size in (1..40).chain([200, 3]) {
        j.resize(size, size).keys("<tab>Gk");
    }
}

#[test]
fn what_both_grant_otherwise_is_not_counted_as_one_side_s_own() {
    for (columns, rows) in SIZES {
        let mut j = Journey::new(columns, rows);
        compared(&mut j, "Alikafka", "MqttTunnel");
        let rows: Vec<String> = match &j.app.view {
            View::Compare(view) => view.meaning.lines.iter().map(|l| l.text.clone()).collect(),
            _ => panic!("{}", j.screen()),
        };
        let more: Vec<String> = match &j.app.view {
            View::Compare(view) => view.meaning.lines.iter().map(|l| l.more.clone()).collect(),
            _ => Vec::new(),
        };
        let after = |text: &str| rows.iter().position(|row| row == text).map(|at| &*more[at]);
        // Each action once, and what the other has as well apart.
        assert_eq!(after("Only in Alikafka"), Some("9 actions"));
        assert_eq!(after("Only in MqttTunnel"), Some("10 actions; 1 in both, granted otherwise"));
        assert_eq!(after("Alikafka has in another grant:"), Some(""));
        // Only what both grant can be narrower in one of them.
        let narrower = rows.iter().find(|row| row.starts_with("narrower in MqttTunnel")).unwrap();
        assert!(!narrower.contains("NetworkInterface"), "{narrower}");
        assert!(narrower.contains("ecs:CreateSecurityGroup"), "{narrower}");
    }
    // The remark stands on a line of its own, whole on the smallest screen, whichever of the two comes first.
    for [first, second] in [["Alikafka", "MqttTunnel"], ["MqttTunnel", "Alikafka"]] {
        let mut j = Journey::new(80, 24);
        compared(&mut j, first, second);
        for _ in 0..40 {
            if j.screen().contains("~ Alikafka has in another grant:") {
                break;
            }
            j.keys("j");
        }
        j.sees("~ Alikafka has in another grant:");
    }
}

#[test]
fn texts_are_moved_only_where_something_is_cut_off() {
    let mut j = Journey::new(200, 60);
    compared(&mut j, "Alikafka", "MqttTunnel");
    j.keys("<tab>g>").sees("Nothing is cut off on the right.");
    j.resize(46, 24).keys(">").sees_not("Nothing is cut off");
}

/// What is not whole is told on any screen: what has no room above the list, the list begins with.
#[test]
fn what_has_no_room_above_the_list_begins_the_list() {
    for (columns, rows) in [(60, 15), (40, 10), (120, 40)] {
        let mut j = Journey::new(columns, rows);
        j.keys("<enter>=<enter>");
        let mut seen = String::new();
        for _ in 0..12 {
            let screen = j.screen();
            let inside = screen.lines().filter_map(|line| line.split(['┃', '│']).nth(1));
            let inside = inside.map(|line| line.trim_matches([' ', '▸']));
            seen.push_str(&format!("{} ", inside.collect::<Vec<_>>().join(" ")));
            j.keys("<down>");
        }
        let seen = seen.split_whitespace().collect::<Vec<_>>().join(" ");
        for part in ["The policy of Alikafka is not", "what is missing is not compared"] {
            let words: Vec<&str> = part.split(' ').collect();
            assert!(
                words.windows(2).all(|pair| seen.contains(&pair.join(" "))),
                "{columns}x{rows}: {part}\n{seen}"
            );
        }
        j.keys("<home><enter>");
        assert!(matches!(j.app.view, View::Compare(_)), "{}", j.screen());
    }
}

/// A policy of these actions in this order.
fn policy(actions: impl Iterator<Item = String>) -> String {
    let actions: Vec<String> = actions.map(|action| format!("\"{action}\"")).collect();
    format!(
        r#"{{"Version":"1","Statement":[{{"Effect":"Allow","Action":[{}],"Resource":"*"}}]}}"#,
        actions.join(",")
    )
}

/// The signs in front of the lines of a copied comparison by text, those that differ.
fn signs(copied: &str) -> Vec<&str> {
    copied.lines().filter(|line| line.starts_with(['-', '+'])).collect()
}

#[test]
fn lines_that_are_the_same_are_not_marked_however_far_apart_the_differences_are() {
    let actions = |change: &str| -> String {
        let named = |n: usize| match n {
            2 | 5990 => format!("ecs:{change}{n}"),
            _ => format!("ecs:A{n}"),
        };
        policy((0..6000).map(named))
    };
    for columns in [80, 120] {
        let mut j =
            support::over(&[("one.json", actions("A")), ("two.json", actions("B"))], columns, 40);
        j.keys("=two<enter><tab>").sees("By text").sees("\"ecs:B2\",").sees("5981 lines the same");
        let marked =
            j.screen().lines().any(|line| line.contains("\"ecs:A3\"") && line.contains('~'));
        assert!(!marked, "{}", j.screen());
        j.keys("yy");
        let expected = ["-         \"ecs:A2\",", "+         \"ecs:B2\","];
        let far = ["-         \"ecs:A5990\",", "+         \"ecs:B5990\","];
        assert_eq!(signs(j.copied()), [expected, far].concat());
    }
}

#[test]
fn lines_that_were_not_held_against_each_other_are_said_to_be_so() {
    let twice = |n: usize| [n, n];
    let named = |n: usize| format!("ecs:A{n}");
    let one = policy((0..1200).flat_map(twice).map(named));
    let two = policy((0..1200).rev().flat_map(twice).map(named));
    for columns in [80, 120] {
        let mut j =
            support::over(&[("one.json", one.clone()), ("two.json", two.clone())], columns, 30);
        let told = "... too many lines to tell which of them are the same: 2400 in the first, 2400 in the second";
        j.keys("=two<enter><tab>").sees("By text").sees(&told[..70]).sees_not("~ ");
        j.keys("g]<enter>").sees("leads nowhere");
        j.keys("yy");
        assert!(j.copied().contains(told), "{}", &j.copied()[..600]);
    }
}
