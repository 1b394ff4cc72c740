//! What lists, marks and small words of the screen say, and what narrows them.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

mod support;

use rolescope::app::event::Event;
use rolescope::catalog::import;
use support::{Journey, account};

/// With the roles that are known by name, as the program has them behind its first frame.
fn whole(mut j: Journey) -> Journey {
    let others = import::others(&j.app.catalog.clone());
    j.event(Event::Loaded(Box::new(others)));
    j
}

#[test]
fn letters_that_are_scattered_over_a_sentence_find_nothing() {
    for open in ["?", ":"] {
        let mut j = Journey::new(120, 40);
        j.keys(open).event(Event::Paste("snap".into()));
        j.sees_not("What an operator should know").sees_not("Here (");
        // What begins a word or stands in one is found alone.
        let mut j = Journey::new(120, 40);
        j.keys(open).event(Event::Paste("matr".into()));
        j.sees("Roles by services").sees_not("Show the trust policy");
    }
    let mut j = Journey::new(120, 40);
    j.keys("i").event(Event::Paste("tag".into())).sees("Tagging").sees_not("Custom policy");
}

#[test]
fn counts_of_levels_read_well() {
    let mut j = Journey::new(80, 24);
    j.keys("<enter>jj").sees("10 actions in 2 services: read 7,").sees("permissions 1, tagging 2");
    j.sees_not("1 permissions");
}

#[test]
fn the_number_of_a_statement_is_no_count() {
    let mut j = Journey::new(80, 24);
    j.keys("<enter>f").sees("note     S1  Allows").sees("S1: statement 1");
    let mut j = Journey::new(140, 40);
    j.keys("<enter>f").sees("statement 1  Allows").sees_not("S1");
}

#[test]
fn marks_of_the_account_are_told_beside_long_numbers_too() {
    let mut j =
        whole(Journey::with(account(&["AliyunServiceRoleForAlikafka"], "v1", "{}"), 80, 24));
    j.keys("G").sees("Roles 2").sees("● there, ○ not");
}

#[test]
fn a_name_that_no_role_has_is_told_beside_those_that_are_near() {
    let mut j = whole(Journey::new(80, 24));
    j.keys("/").event(Event::Paste("AliyunServiceRoleForMQTT".into()));
    j.sees("no role is called exactly so");
    for exact in ["aliyunserviceroleformqttlb", "AliyunServiceRoleForAlikafka", "mqtt"] {
        j.keys("<ctrl-u>").event(Event::Paste(exact.into())).sees_not("called exactly");
    }
}

#[test]
fn a_product_tells_which_of_its_roles_are_known_by_name() {
    let mut j = whole(Journey::new(80, 24));
    j.sees_not("by name only").keys("j").sees("MQTTLb by name only: / finds it");
    // Their line below the list cannot be selected: whoever goes on past the last role is told how to get there.
    j.keys("<enter>jj").sees_not("Known by name only").keys("j").sees("Known by name only, among");
    j.sees("MQTTLb. / with the name").keys("<esc>");
    j.keys("/").event(Event::Paste("MQTTLb".into())).keys("<enter>");
    j.at("rolescope › Other products, by name › MQTTLb");
}

#[test]
fn roles_with_a_name_near_to_it_are_counted() {
    let mut j = Journey::new(120, 40);
    j.keys("/alikafak").sees("Roles with a name near to it (3)").sees("4 found");
}

#[test]
fn copies_of_a_product_name_the_roles_that_are_known_by_name_only() {
    let mut j = whole(Journey::new(120, 40));
    j.keys("j");
    let entries = j.app.copy_entries();
    let entry = |what: &str| entries.iter().find(|entry| entry.what == what).unwrap();
    let names = entry("product: names of its roles");
    assert!(names.text.contains("AliyunServiceRoleForMQTTLb\n"), "{names:?}");
    let policy = entry("product: policy that lets a RAM user create its roles");
    let warning = policy.warning.as_deref().unwrap();
    assert_eq!(warning, "without AliyunServiceRoleForMQTTLb, whose service name is not known");
}

#[test]
fn a_list_of_roles_of_many_products_is_copied_as_no_product() {
    let mut j = whole(Journey::new(120, 40));
    j.keys("G").at("rolescope › Other products, by name").keys("<enter>");
    let entries = j.app.copy_entries();
    let names = entries.iter().find(|entry| entry.what == "names of the roles of this list");
    assert!(names.unwrap().text.lines().count() > 100, "{names:?}");
    assert!(!entries.iter().any(|entry| entry.what.starts_with("product: ")), "{entries:?}");
}

#[test]
fn a_plan_is_not_offered_of_what_belongs_to_many_products() {
    let mut j = whole(Journey::new(120, 40));
    j.sees("d removal").keys("G").at("rolescope › Other products, by name");
    j.sees_not("d removal").keys("<enter>").sees("d removal");
}

#[test]
fn who_types_the_name_of_a_role_means_the_role() {
    let mut j = whole(Journey::new(80, 24));
    j.keys("/").event(Event::Paste("alikafka".into())).sees("Products (1)");
    let line = |j: &Journey, sign: char| {
        let screen = j.screen();
        screen.lines().find(|line| line.contains(sign)).unwrap_or_default().to_owned()
    };
    assert!(line(&j, '▸').contains("▸ Alikafka"), "{}", j.screen());
    let is_product =
        |line: &str| line.contains(" alikafka   ") && line.contains("ApsaraMQ for Kafka █");
    assert!(j.screen().lines().any(is_product), "{}", j.screen());
    j.keys("<enter>d").sees("Removal of Alikafka ");
}

#[test]
fn find_begins_with_its_first_line_unless_something_was_named_in_full() {
    let at = |typed: &str| {
        let mut j = Journey::new(80, 24);
        j.keys("/").event(Event::Paste(typed.into()));
        let screen = j.screen();
        let lines: Vec<&str> = screen.lines().skip(5).collect();
        let selected = lines.iter().find(|line| line.contains('▸')).expect("a line is selected");
        // What is first stands below the heading of its group.
        (lines[1].contains('▸'), (*selected).to_owned(), screen.clone())
    };
    for typed in
        ["event", "network", "encr", "encrypt", "security", "function", "网络", "消息", "disk"]
    {
        let (first, _, screen) = at(typed);
        assert!(first, "{typed}:\n{screen}");
    }
    for (typed, named) in
        [("alikafka", "▸ Alikafka "), ("kms", "▸ kms "), ("kms:decrypt", "kms:Decrypt")]
    {
        let (_, selected, screen) = at(typed);
        assert!(selected.contains(named), "{typed}:\n{screen}");
    }
}

#[test]
fn an_empty_find_gives_only_advice_that_helps() {
    for (typed, said) in [
        ("1", "Nothing of this name."),
        ("qqqzx", "Nothing of this name. Fewer letters find more."),
        ("ecs:Create*", "After Esc, w asks which roles can call an action"),
    ] {
        let mut j = Journey::new(80, 24);
        j.keys("/").event(Event::Paste(typed.into())).sees(said);
        if typed.len() == 1 {
            j.sees_not("Fewer letters");
        }
    }
}

#[test]
fn errors_are_not_called_warnings() {
    let error = r#"{"Effect":"Allow","Action":"foo","Resource":"*"}"#;
    let warning = r#"{"Effect":"Allow","Action":"*","Resource":"*"}"#;
    for (statements, said) in [
        (vec![error], " ! errors ╯"),
        (vec![warning], " ! warnings ╯"),
        (vec![error, warning], " ! errors, warnings ╯"),
    ] {
        let text = format!(r#"{{"Version":"1","Statement":[{}]}}"#, statements.join(","));
        support::over(&[("a.json", text)], 80, 24).sees(said);
    }
}

#[test]
fn the_signs_of_the_matrix_are_told_where_they_have_room() {
    for (columns, rows) in [(60, 18), (40, 24), (80, 24), (160, 40)] {
        let mut j = Journey::new(columns, rows);
        j.keys("m");
        for said in ["P permissions", "T tagging", "6+"] {
            j.sees(said);
        }
        // Nothing is denied in it.
        j.sees_not("only denied").sees_not("pat…");
    }
    let deny = r#"{"Version":"1","Statement":[{"Effect":"Deny","Action":"kms:Decrypt","Resource":"*"},{"Effect":"Allow","Action":"ecs:*","Resource":"*"}]}"#;
    let mut j = support::over(&[("a.json", deny.to_owned())], 60, 18);
    j.keys("m").sees("D only denied").sees("3* *: some, all by patterns");
}

#[test]
fn nobody_calls_a_pattern_of_any_service() {
    let text =
        r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"*:Get*","Resource":"*"}]}"#;
    let mut j = support::over(&[("a.json", text.to_owned())], 160, 24);
    j.keys("m");
    for _ in 0..60 {
        if j.screen().contains("any service, up to") {
            break;
        }
        j.keys("l");
    }
    j.sees("a is granted 1 pattern of any service, up to");
}

#[test]
fn a_row_keeps_its_point_on_a_narrow_screen() {
    for (columns, said) in [
        (80, "1 action of others on its resources"),
        (160, "1 action of other services on its resources"),
    ] {
        let mut j = Journey::new(columns, 60);
        j.keys("/MqttTunnel<enter><enter>").sees(said).sees_not("on its resour…");
    }
    let mut j = Journey::new(40, 12);
    j.keys("<enter><enter><enter>").sees("with … (more in Permissions)").sees_not("[aliyun …");
}
