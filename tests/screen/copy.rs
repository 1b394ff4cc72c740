//! The copy menu and the findings: what is under the cursor comes first, and the text below the list can be read to its
//! end.

use crate::support::Journey;
use rolescope::app::event::{Event, Mouse, MouseKind};
use rolescope::app::overlay::Overlay;
use rolescope::app::summary_rows::RowKind;
use rolescope::policy::findings::Severity;

/// Moves in the permissions to the first row that is wanted.
fn to_row(j: &mut Journey, wanted: impl Fn(&RowKind) -> bool) {
    j.keys("<enter><enter>");
    let at = j.app.summary.iter().position(|row| wanted(&row.kind)).unwrap();
    j.keys("g");
    for _ in 0..at {
        j.keys("j");
    }
}

fn entries(j: &Journey) -> Vec<String> {
    j.app.copy_entries().into_iter().map(|entry| entry.what).collect()
}

#[test]
fn an_action_and_an_address_are_copied_from_their_rows() {
    let mut j = Journey::new(80, 24);
    to_row(&mut j, |kind| matches!(kind, RowKind::Action { .. }));
    j.keys("yy").sees("Copied with clip: action.");
    let action = j.copied().to_owned();
    assert!(action.contains(':') && !action.contains(' '), "{action}");
    let mut j = Journey::new(80, 24);
    to_row(&mut j, |kind| matches!(kind, RowKind::Fact { name, .. } if name == "page"));
    j.keys("yy").sees("Copied with clip: address of the product page.");
    let page = j.app.catalog.products()[0].page.clone().unwrap();
    assert_eq!(j.copied(), &*page);
    // So does Enter, as the footer says.
    let mut j = Journey::new(80, 24);
    to_row(&mut j, |kind| matches!(kind, RowKind::Fact { name, .. } if name == "source"));
    j.sees("Enter copy").keys("<enter>").sees("address of the policy page.");
    let policy = j.app.current_role().unwrap().policy.as_ref().unwrap();
    assert_eq!(Some(j.copied()), policy.page.as_deref());
    // Both are in the menu from anywhere.
    let all = entries(&Journey::new(80, 24));
    for page in ["address of the policy page", "address of the product page"] {
        assert!(all.iter().any(|entry| entry == page), "{all:?}");
    }
    // A sentence is no name.
    let mut j = Journey::new(80, 24);
    to_row(&mut j, |kind| matches!(kind, RowKind::Fact { name, .. } if name == "purpose"));
    assert!(entries(&j)[0].starts_with("policy JSON"), "{:?}", entries(&j));
}

#[test]
fn the_trust_policy_is_copied_and_printed_where_it_is_shown() {
    // Where the policy has no room beside the list, what is shown there does not count.
    for (width, keys, first) in [
        (80, "<enter><enter>T", "trust policy"),
        (80, "<enter><enter>T<esc>", "policy JSON"),
        (80, "<enter><enter>TT", "policy JSON"),
        (160, "<enter>T", "trust policy"),
    ] {
        let mut j = Journey::new(width, 30);
        j.keys(keys).keys("yy").sees(&format!("Copied with clip: {first}"));
        let copied = j.copied().to_owned();
        assert_eq!(copied.contains("sts:AssumeRole"), first == "trust policy", "{copied}");
        j.keys("Y").sees(&format!("when you leave: {first}"));
        assert_eq!(j.app.print.as_ref().map(|(_, text)| &**text), Some(&*copied), "{keys}");
        let all = entries(&j);
        assert_eq!(all.iter().filter(|what| *what == "trust policy").count(), 1, "{all:?}");
    }
}

#[test]
fn a_copied_matrix_explains_its_signs() {
    let mut j = Journey::new(120, 40);
    j.keys("myy");
    let text = j.copied();
    assert!(
        text.contains("L list, R read, W write, P permissions, T tagging, D only denied"),
        "{text}"
    );
    assert!(!text.contains("(1)") || text.contains("6+ and (2): "), "{text}");
}

#[test]
fn what_a_statement_leaves_out_is_not_called_its_actions() {
    let text = r#"{"Version":"1","Statement":[{"Effect":"Deny","NotAction":"ecs:Describe*","Resource":"*"}]}"#;
    let catalog = crate::support::account(&["AliyunServiceRoleForAlikafka"], "v3", text);
    let mut j = Journey::with(catalog, 120, 40);
    j.keys("<enter><enter><enter>]");
    let entries = entries(&j);
    assert!(entries.iter().any(|what| what == "what statement 1 leaves out"), "{entries:?}");
    assert!(!entries.iter().any(|what| what.starts_with("actions of")), "{entries:?}");
}

#[test]
fn the_preview_of_a_copy_is_scrolled_by_keys_and_wheel() {
    let mut j = Journey::new(80, 24);
    j.keys("<enter>y").sees("J and K scroll").sees_not("\"Statement\"");
    let start = j.screen();
    for _ in 0..8 {
        if !j.screen().contains("\"Statement\"") {
            j.keys("J");
        }
    }
    j.sees("\"Statement\"");
    let Some(Overlay::Copy(menu)) = &j.app.overlay else { panic!() };
    assert_eq!(menu.cursor.at, 0);
    for _ in 0..8 {
        j.keys("K");
    }
    assert_eq!(j.screen(), start);
    let area = j.app.text_area();
    let wheel = |kind| Event::Mouse(Mouse { kind, column: area.x + 3, row: area.y + 1 });
    j.event(wheel(MouseKind::WheelDown));
    assert_ne!(j.screen(), start);
    j.event(wheel(MouseKind::WheelUp));
    assert_eq!(j.screen(), start);
    // Another entry begins at its top.
    j.keys("Jj").sees("bytes");
    let Some(Overlay::Copy(menu)) = &j.app.overlay else { panic!() };
    assert_eq!(menu.scrolled.of(menu.cursor.at), 0);
}

#[test]
fn a_finding_is_read_to_its_end_on_a_small_screen() {
    let mut j = Journey::new(40, 12);
    j.keys("/AlikafkaInstanceEncryption<enter>f");
    let Some(Overlay::Findings(shown)) = &j.app.overlay else { panic!("{}", j.screen()) };
    let finding = shown.selected().unwrap().clone();
    assert!(finding.severity > Severity::Note);
    let mut seen = j.screen();
    for _ in 0..12 {
        seen.push_str(&j.keys("J").screen());
    }
    for word in finding.message.split(' ').chain(finding.advice.split(' ')) {
        let word: String = word.chars().take(20).collect();
        assert!(seen.contains(&word), "{word}\n{seen}");
    }
    assert!(seen.contains(finding.rule.id()), "{seen}");
    let last = j.screen();
    assert_eq!(j.keys("J").screen(), last, "nothing is beyond the end");
}

#[test]
fn a_row_that_is_wrapped_otherwise_meanwhile_is_come_back_to() {
    let mut j = Journey::new(80, 24);
    for up in 0..12 {
        j.keys("<esc><esc><esc><enter><enter>G").keys(&"k".repeat(up));
        let row = |j: &Journey| j.app.current_row().map(|row| (row.key.clone(), row.kind.clone()));
        let before = row(&j);
        // On an address Enter copies it, so another key goes there.
        j.keys("l<esc>");
        assert_eq!(row(&j), before, "{up} from the end\n{}", j.screen());
    }
}
