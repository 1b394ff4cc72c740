//! Journeys through findings and explanations: keys in, screen out.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    missing_docs
)]

mod support;

use rolescope::app::event::{Event, Mouse, MouseKind};
use rolescope::ui::theme::{Kind, Theme};
use support::Journey;

/// To the disk encryption role of Kafka.
const ENCRYPTION: &str = "<enter>jj";

#[test]
fn the_list_says_severity_statement_rule_and_advice() {
    let mut j = Journey::new(120, 40);
    j.keys(ENCRYPTION).keys("f").sees("Findings of AlikafkaInstanceEncryption");
    j.sees("warning  statement 2  ");
    j.sees("The holder can meet the condition itself").sees("self-satisfiable-condition");
    j.sees("kms:TagResource").sees("cannot edit the policy").sees("1 of 1");
    j.keys("<esc>").sees_not("Findings of").keys("f").sees("Findings of");
    j.keys("f").sees_not("Findings of");
}

#[test]
fn severity_is_readable_without_colour() {
    let mut j = Journey::new(80, 24);
    j.theme = Theme::new(Kind::Plain);
    j.keys(ENCRYPTION).keys("f").sees("▸ warning  S2  ").sees("warning: ");
    j.keys("<esc><esc>j<enter>f").sees("▸ note     S3  ").sees("note: ");
}

#[test]
fn enter_goes_to_the_place_and_esc_comes_back() {
    for (columns, rows) in [(80, 24), (120, 40), (200, 60)] {
        let mut j = Journey::new(columns, rows);
        let before = j.keys(ENCRYPTION).crumbs();
        j.keys("f<enter>").sees("▎");
        assert!(j.crumbs().ends_with("› Policy"), "{}", j.screen());
        let screen = j.screen();
        let marked = screen.lines().find(|line| line.contains('▎')).unwrap();
        assert!(marked.contains("kms:tag/acs:alikafka"), "{screen}");
        assert_eq!(j.app.policy.pane.statement(), Some(1));
        j.keys("<esc>").at(&before);
    }
}

#[test]
fn the_list_moves_like_every_list_and_copies() {
    let mut j = Journey::new(120, 40);
    j.keys("j<enter>f").sees("1 of 5").keys("jj").sees("3 of 5").keys("G").sees("5 of 5");
    j.sees("The product page says").sees("documented-not-granted");
    // The menu begins with the finding; after copying the list is back where it was.
    j.keys("y").sees("all findings of this policy").keys("<esc>").sees("5 of 5");
    j.keys("yy").sees("Copied with clip: finding").sees("5 of 5");
    assert!(j.copied().starts_with("note: The product page says"), "{}", j.copied());
    j.keys("yj<enter>").sees("Copied with clip: all findings");
    assert_eq!(j.copied().lines().count(), 5, "{}", j.copied());
    j.keys("g").sees("1 of 5");
    let area = j.app.findings_area();
    let (column, row) = (area.x + 5, area.y + 2);
    j.event(Event::Mouse(Mouse { kind: MouseKind::Click, column, row })).sees("2 of 5");
    j.event(Event::Mouse(Mouse { kind: MouseKind::Click, column, row })).sees("› Policy");
}

#[test]
fn where_nothing_is_found_it_is_said() {
    let mut j = Journey::new(120, 40);
    j.keys("j<enter>G");
    let role = j.app.current_role().unwrap().short_name.clone();
    assert!(j.app.current_insight().findings.is_empty(), "{role}");
    j.keys("f").sees("There is nothing to say about this policy");
    // Of a policy that is not known nothing can be said, good or bad.
    let others = rolescope::catalog::import::others(&j.app.catalog.clone());
    j.event(Event::Loaded(Box::new(others)));
    j.keys("/polardb<enter>f")
        .sees("The policy of PolarDB is not in the catalogue. To get it: aliyun ram");
    // Nor can it be compared.
    j.keys("=").sees("The policy of PolarDB is not in the catalogue. To get it: aliyun ram");
}

#[test]
fn roles_count_their_warnings_and_the_summary_lists_them() {
    let mut j = Journey::new(120, 40);
    let screen = j.screen();
    let line = screen.lines().find(|line| line.contains("AlikafkaInstanceEncrypt")).unwrap();
    assert!(line.contains("1!"), "{screen}");
    j.sees("! warnings");
    j.keys(ENCRYPTION).keys("<enter>");
    let at = j.app.summary.iter().position(|row| row.key.starts_with("finding/0")).unwrap();
    while j.app.summary_at.at < at {
        j.keys("j");
    }
    j.sees("Findings (f").sees("! Statement 2").sees("▎");
}

#[test]
fn the_statement_under_the_cursor_is_explained() {
    for (columns, rows) in [(80, 24), (120, 40), (200, 60)] {
        let mut j = Journey::new(columns, rows);
        j.keys(ENCRYPTION).keys("<tab><tab>g").sees_not("── Statement");
        j.keys("]").sees("── Statement 1 ─").sees("The holder may use");
        j.keys("]").sees("── Statement 2 ─").sees("warning: Statement 2");
        // The cursor is not under the box.
        j.keys("G").sees_not("── Statement 2");
        let (cursor, top) = j.app.policy.pane.cursor_and_top_row();
        assert!(cursor - top < j.app.policy_page(), "{}", j.screen());
        j.keys("[e").sees_not("── Statement").keys("e").sees("── Statement");
        let third = usize::from(j.app.layout.pane(rolescope::app::layout::Pane::Policy).height) / 3;
        assert!(j.app.policy.explanation.height() <= third.max(1), "{}", j.screen());
    }
}

#[test]
fn the_marked_statement_is_explained_while_the_summary_has_the_focus() {
    let mut j = Journey::new(200, 60);
    j.keys(ENCRYPTION).keys("<enter>");
    let row = |j: &Journey| j.app.current_row().map(|row| row.key.clone()).unwrap_or_default();
    while !row(&j).ends_with("/kms:Decrypt") {
        j.keys("j");
    }
    j.sees("── Statement 2 ─").sees("kms");
}

#[test]
fn a_trust_policy_is_explained() {
    let mut j = Journey::new(200, 60);
    j.keys(ENCRYPTION).keys("T").sees("── In words");
    j.sees("instanceencryption.alikafka.aliyuncs.com may assume this role");
}

#[test]
fn hiding_the_explanation_is_told_where_it_cannot_be_seen() {
    let mut j = Journey::new(120, 40);
    j.keys("e").sees("no longer explained").keys("e").sees("Statements are explained");
    // Where it stands, it is seen to go.
    j.keys(ENCRYPTION).keys("<enter>").sees("── Statement ");
    j.keys("e").sees_not("── Statement").sees_not("explained");
}

#[test]
fn an_explanation_that_is_cut_ends_in_one_ellipsis() {
    let mut cut = 0;
    for width in 100..150 {
        let mut j = Journey::new(width, 30);
        j.keys(ENCRYPTION).keys("<enter><enter>]]");
        j.sees_not("… …").sees_not("……");
        cut += usize::from(j.screen().contains('…'));
    }
    assert!(cut > 0, "nothing was cut");
}

#[test]
fn small_panes_leave_the_explanation_out() {
    let mut j = Journey::new(80, 15);
    j.keys(ENCRYPTION).keys("<tab><tab>g]").sees_not("── Statement").resize(80, 24);
    j.sees("── Statement 1");
}

/// What an Allow gives away beside a Deny of all of it, on every resource and without a condition, is nothing.
#[test]
fn what_is_denied_as_a_whole_is_not_warned_of() {
    let rules = |deny: &str| -> Vec<&'static str> {
        let text = format!(
            r#"{{"Version":"1","Statement":[
                {{"Effect":"Allow","Action":["ram:PassRole","ram:CreateServiceLinkedRole","ram:AttachPolicyToUser","oss:*"],"Resource":"*"}}{deny}]}}"#
        );
        let read = rolescope::policy::read::document(&text).unwrap();
        let found = rolescope::policy::findings::findings(
            &read.document,
            &read.oddities,
            &rolescope::policy::findings::Context::default(),
        );
        found.iter().map(|finding| finding.rule.id()).collect()
    };
    let open = rules("");
    for rule in [
        "pass-role",
        "creates-service-linked-roles",
        "permissions-management",
        "any-action-of-service",
    ] {
        assert!(open.contains(&rule), "{rule}: {open:?}");
    }
    let denied = rules(r#",{"Effect":"Deny","Action":["ram:*","oss:*"],"Resource":"*"}"#);
    for rule in [
        "pass-role",
        "creates-service-linked-roles",
        "permissions-management",
        "any-action-of-service",
    ] {
        assert!(!denied.contains(&rule), "{rule}: {denied:?}");
    }
    // Denied in part only, it is a grant.
    for part in [
        r#",{"Effect":"Deny","Action":"ram:*","Resource":"acs:ram:*:*:role/one"}"#,
        r#",{"Effect":"Deny","Action":"ram:*","Resource":"*","Condition":{"Bool":{"acs:MFAPresent":"false"}}}"#,
        r#",{"Effect":"Deny","Action":"ram:Get*","Resource":"*"}"#,
    ] {
        assert!(rules(part).contains(&"pass-role"), "{part}");
    }
}
