//! How sure a fact is stands beside it, on the screen and in what is copied.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    missing_docs
)]

mod support;

use rolescope::app::overlay::Overlay;
use support::Journey;

/// The entries of the copy menu at a place, each with whether it has a warning.
fn entries(j: &mut Journey) -> Vec<(String, String, bool)> {
    j.keys("<ctrl-y>");
    let Some(Overlay::Copy(menu)) = &j.app.overlay else { panic!("{}", j.screen()) };
    let entries = menu.entries.iter();
    let entries: Vec<_> =
        entries.map(|e| (e.what.clone(), e.text.clone(), e.warning.is_some())).collect();
    j.keys("<esc>");
    entries
}

fn entry(j: &mut Journey, what: &str) -> (String, bool) {
    let all = entries(j);
    let found = all.iter().find(|(name, ..)| name == what);
    let (_, text, warned) = found.unwrap_or_else(|| panic!("{what}: {all:#?}"));
    (text.clone(), *warned)
}

/// In the policy pane of `AlikafkaConnector`, at a statement.
fn at_statement(number: usize, columns: u16, rows: u16) -> Journey {
    let mut j = Journey::new(columns, rows);
    j.keys("/AliyunServiceRoleForAlikafkaConnector<enter><enter><enter>");
    j.keys("gg").keys(&"]".repeat(number));
    j
}

#[test]
fn copies_of_a_statement_that_is_not_sure_carry_its_warning() {
    let mut j = at_statement(6, 120, 40);
    let (text, warned) = entry(&mut j, "statement 6");
    assert!(warned && text.starts_with("// "), "{text}");
    assert!(text.contains("statement 6: reconstructed"), "{text}");
    assert!(text.contains("aliyun ram GetPolicy"), "{text}");
    let (bare, warned) = entry(&mut j, "statement 6 without the note");
    assert!(warned && text.ends_with(&bare) && bare.starts_with('{'), "{bare}");
    let (actions, warned) = entry(&mut j, "actions of statement 6");
    assert!(warned && actions.starts_with("// "), "{actions}");
    let (trust, warned) = entry(&mut j, "trust policy");
    assert!(warned && trust.contains("The trust policy is implied"), "{trust}");
    let mut j = at_statement(1, 120, 40);
    let (text, warned) = entry(&mut j, "statement 1");
    assert!(!warned && text.starts_with('{'), "{text}");
}

#[test]
fn both_texts_of_a_comparison_carry_the_warning() {
    let mut j = at_statement(1, 120, 40);
    j.keys("=").keys("<enter>");
    let (text, warned) = entry(&mut j, "both texts, the differences marked");
    assert!(warned && text.starts_with("// AliyunServiceRolePolicyFor"), "{text}");
}

#[test]
fn the_standing_of_a_mixed_statement_is_told_as_mixed() {
    let mut j = at_statement(5, 120, 40);
    j.sees("published v15, in part").sees("Effect and resource come from");
    let mut j = at_statement(6, 120, 40);
    j.sees("· reconstructed").sees("Reconstructed from the product page");
    let mut j = Journey::new(120, 60);
    j.keys("/AliyunServiceRoleForAlikafkaConnector<enter><enter>G");
    j.sees("published v15, partly reconstructed");
}

#[test]
fn who_can_tells_a_reconstructed_grant_apart() {
    for (columns, rows) in [(60, 20), (80, 24), (120, 40), (200, 60)] {
        let mut j = Journey::new(columns, rows);
        j.keys("w").keys("eventbridge:CreateEventStreaming");
        j.sees("AlikafkaConnector ◐").sees("(reconstructed)");
        let mut j = Journey::new(columns, rows);
        j.keys("w").keys("dataworks:UpdateX").sees_not("No role can call");
        j.sees("AlikafkaConnector ◐").sees("only if statement 5");
        let (text, _) = entry(&mut j, "answer as text");
        assert!(text.contains("AlikafkaConnector ◐: dataworks:UpdateX"), "{text}");
    }
}

#[test]
fn the_matrix_marks_policies_that_are_not_whole() {
    for (columns, rows) in [(60, 20), (80, 24), (120, 40), (200, 60)] {
        let mut j = Journey::new(columns, rows);
        j.keys("m").sees("◐ policy not whole");
        let screen = j.screen();
        let row = screen.lines().find(|line| line.contains("AlikafkaConn")).unwrap();
        assert!(row.contains('◐'), "{screen}");
        let row = screen.lines().find(|line| line.contains("AlikafkaETL")).unwrap();
        assert!(!row.contains('◐'), "{screen}");
        // The longest name of all, and one that is cut, have a blank before it too.
        for service in ["rds", "vpc"] {
            let mut j = Journey::new(columns, rows);
            j.keys(&format!("s{service}<enter>m")).sees(" ◐ ");
        }
    }
    let mut j = Journey::new(30, 12);
    j.keys("srds<enter>m").sees("… ◐ ");
    let mut j = Journey::new(200, 60);
    j.keys("m");
    let (table, _) = entry(&mut j, "matrix as a Markdown table");
    assert!(table.contains("| AlikafkaConnector ◐ |"), "{table}");
    assert!(
        table.contains("\n◐ the policy text is not whole: the role may touch more.\n"),
        "{table}"
    );
    j.keys("j");
    while !j.screen().contains("AnalyticDB for MySQL, up to") {
        let before = j.screen();
        j.keys("l");
        assert_ne!(before, j.screen(), "no cell speaks of AnalyticDB for MySQL\n{before}");
    }
    j.sees("may call 3 actions (reconstructed) of AnalyticDB for MySQL");
}

#[test]
fn the_permissions_pane_always_says_that_the_policy_is_not_whole() {
    for (columns, rows) in [(60, 20), (80, 24), (120, 40), (200, 60)] {
        let mut j = Journey::new(columns, rows);
        j.keys("/AliyunServiceRoleForAlikafkaConnector<enter><enter>G");
        assert!(
            j.screen().lines().any(|line| line.contains("Permissions") && line.contains('◐')),
            "{}",
            j.screen()
        );
        j.keys("g/AliyunServiceRoleForAlikafkaETL<enter><enter>");
        assert!(
            !j.screen().lines().any(|line| line.contains("Permissions") && line.contains('◐')),
            "{}",
            j.screen()
        );
    }
    let mut j = Journey::new(120, 200);
    j.keys("/AliyunServiceRoleForAlikafkaConnector<enter><enter>z");
    let screen = j.screen();
    let row = screen.lines().find(|line| line.contains("DescribeDBClusters"));
    assert!(row.is_some_and(|row| row.contains('◐')), "{screen}");
    j.sees("◐ reconstructed");
}

#[test]
fn a_purpose_that_no_page_says_is_marked() {
    let mut j = Journey::new(120, 40);
    j.keys("/AliyunServiceRoleForKafkaLog<enter><enter>g").sees("(derived).");
    j.keys("/AliyunServiceRoleForAlikafkaETL<enter><enter>g").sees_not("(documented).");
}
