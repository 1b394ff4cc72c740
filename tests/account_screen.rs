//! An account on the screen: marks, drift in words, and the answer of RAM in the removal view.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    missing_docs
)]

mod support;

use std::sync::Arc;

use rolescope::app::event::Event;
use rolescope::catalog::Catalog;
use rolescope::catalog::model::RoleId;
use rolescope::catalog::observed::{AccountRole, Snapshot};
use rolescope::say::Language;
use support::{Journey, account};

const DOCUMENT: &str = r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":["vpc:DescribeVpcs"],"Resource":"*"}]}"#;

fn observed(names: &[&str]) -> Arc<Catalog> {
    account(names, "v99", DOCUMENT)
}

#[test]
fn roles_are_marked_as_existing_or_not() {
    let catalog = observed(&["AliyunServiceRoleForAlikafka", "AliyunServiceRoleForAlikafkaETL"]);
    let mut j = Journey::with(catalog, 120, 40);
    j.sees("● in the account, ○ not");
    let rows = |mark: char| {
        let screen = j.screen();
        let marked =
            screen.lines().filter(|line| line.contains(mark) && !line.contains("in the account"));
        marked.count()
    };
    assert_eq!((rows('●'), rows('○')), (2, 3), "{}", j.screen());
}

#[test]
fn small_screens_explain_every_mark() {
    let catalog = observed(&["AliyunServiceRoleForAlikafka", "AliyunServiceRoleForAlikafkaETL"]);
    let mut j = Journey::with(catalog, 80, 24);
    j.sees("● in account, ○ not").sees("◐ policy not whole, ! warnings");
}

#[test]
fn the_plan_of_a_role_that_the_account_does_not_have_says_so_first() {
    let catalog = observed(&["AliyunServiceRoleForAlikafka", "AliyunServiceRoleForAlikafkaETL"]);
    let mut j = Journey::with(catalog, 80, 24);
    let absent = "Not in the account read on 2026-11-22: nothing to remove";
    j.keys("<enter>d").sees("Removal of Alikafka").sees_not(absent);
    j.sees("In the account since 2024-05-13, read on 2026-11-22. · observed");
    j.keys("<esc>jd").sees("Removal of AlikafkaConnector").sees(absent);
    j.keys("<esc><esc>d").sees("5 roles, in this order; 3 not in the account");
}

#[test]
fn ordinary_roles_have_no_plan_together_and_none_is_offered() {
    let mut catalog = Catalog::builtin().unwrap();
    let role = AccountRole { name: "ECSAdmin".into(), ..AccountRole::default() };
    catalog.observe(&Snapshot { roles: vec![role], complete: true, ..Snapshot::default() });
    let mut j = Journey::with(Arc::new(catalog), 120, 40);
    j.sees("d removal");
    j.keys("G").sees("ECSAdmin").sees_not("d removal");
    j.keys("d").sees("There is no service-linked role here");
}

#[test]
fn without_an_account_nothing_is_marked() {
    let screen = Journey::new(120, 40).screen();
    assert!(!screen.contains('●') && !screen.contains('○'), "{screen}");
}

#[test]
fn the_summary_tells_since_when_which_version_and_what_differs() {
    let catalog = observed(&["AliyunServiceRoleForAlikafkaETL"]);
    let mut j = Journey::with(catalog, 200, 90);
    j.keys("<enter>jjj");
    let shown = j.app.summary.iter().map(|row| format!("{:?}", row.kind)).collect::<Vec<_>>();
    let shown = shown.join("\n");
    for expected in [
        "The policy differs from the catalogue's; the account's is shown.",
        "in the account since 2024-05-13",
        "v99; the catalogue has ",
        "Only in the account: The holder may use vpc:DescribeVpcs",
        "Only in the catalogue:",
        "1234567890123456, profile ops, read on 2026-11-22",
    ] {
        assert!(shown.contains(expected), "{expected:?} is missing in\n{shown}");
    }
    // Findings speak of it too: the account's text is what is shown.
    let told = shown.split("In the account").last().unwrap();
    assert_eq!(told.matches("vpc:DescribeVpcs").count(), 1, "told once:\n{shown}");
}

#[test]
fn the_account_s_text_stands_in_for_one_that_is_not_whole() {
    let mut j = Journey::with(observed(&["AliyunServiceRoleForAlikafka"]), 200, 60);
    j.sees("vpc:DescribeVpcs");
    let role = j.app.current_role().unwrap();
    assert_eq!(&*role.policy.as_ref().unwrap().source, DOCUMENT);
    // Another role is still marked, and the mark explained.
    j.sees("policy not whole").sees_not("Not the whole true text");
    let screen = j.screen();
    let row = screen.lines().find(|line| line.contains("›Alikafka ")).unwrap();
    assert!(row.contains('●') && !row.contains('◐'), "{screen}");
}

const ANSWER: &str = r#"$ aliyun resourcemanager GetServiceLinkedRoleDeletionStatus
{"Status":"FAILED","RequestId":"1","Reason":{"Message":"Service-Linked Role acs:ram::1:role/ROLE cannot be deleted as it is in use by x.",
"RoleUsages":{"RoleUsage":[{"Region":"cn-hangzhou","Resources":{"Resource":["acs:alikafka:cn-hangzhou:1:instance/a","acs:alikafka:cn-hangzhou:1:instance/b"]}},
{"Region":"global","Resources":{"Resource":["acs:x::1:y\u001b[2J"]}}]}}}
$ "#;

/// A resource of that answer.
const USED: &str = "acs:alikafka:cn-hangzhou:1:instance/a";

/// The removal view of the first role.
fn removal() -> Journey {
    let mut j = Journey::new(120, 40);
    j.keys("<enter>d");
    assert!(matches!(j.app.view, rolescope::app::View::Removal(_)), "{}", j.screen());
    j
}

#[test]
fn the_answer_of_ram_becomes_the_checklist() {
    let mut j = removal();
    j.event(Event::Paste(ANSWER.replace("ROLE", "aliyunserviceroleforalikafka")));
    for seen in [
        "FAILED: Refused",
        "in use by x",
        "Region cn-hangzhou",
        "[ ] acs:alikafka:cn-hangzhou:1:instance/b",
        "Region global",
        "3 resources still use the role",
    ] {
        j.sees(seen);
    }
    assert!(!j.screen().contains('\u{1b}'), "{}", j.screen());
}

#[test]
fn an_answer_about_another_role_is_told() {
    let mut j = removal();
    j.event(Event::Paste(ANSWER.replace("ROLE", "aliyunserviceroleforhdr")));
    j.sees("aliyunserviceroleforhdr, which is not in the catalogue").sees_not("Region cn-hangzhou");
    assert!(!j.app.has_answer(), "{}", j.screen());
}

#[test]
fn the_answer_stands_before_the_plan_and_is_kept_for_its_role() {
    for (columns, rows) in [(80, 24), (120, 40)] {
        let mut j = Journey::new(columns, rows);
        j.keys("<enter>d");
        j.event(Event::Paste(ANSWER.replace("ROLE", "aliyunserviceroleforalikafka")));
        j.sees("FAILED: Refused").keys("G").sees("System policy that grants it");
        j.keys("<esc>jd").sees("Removal of AlikafkaConnector").sees_not(USED);
        j.keys("<esc>kd").sees("System policy that grants it").keys("g");
        j.sees("FAILED: Refused").sees(USED);
        // The plan of the product has it too.
        j.keys("<esc><esc>d").sees("Removal of ApsaraMQ for Kafka").sees(USED);
        j.keys("<esc><enter>d").event(Event::Paste("{\"Status\":\"SUCCEEDED\"}".into()));
        j.sees("SUCCEEDED: The role is gone").sees_not(USED);
    }
}

#[test]
fn an_answer_to_a_plan_of_a_product_is_that_of_the_role_it_names() {
    let mut j = Journey::new(120, 40);
    j.keys("d").event(Event::Paste(ANSWER.replace("ROLE", "AliyunServiceRoleForAlikafkaETL_x")));
    j.sees(USED).sees_not("another role");
    j.keys("<esc>d").sees(USED);
    let mut j = Journey::new(120, 40);
    j.keys("d").event(Event::Paste(ANSWER.replace("ROLE", "AliyunServiceRoleForAlikafka")));
    j.keys("<esc><enter>d").sees("Removal of Alikafka").sees(USED);
    j.keys("<esc>jd").sees_not(USED);
}

#[test]
fn the_copy_menu_begins_with_the_line_under_the_cursor_then_answer_and_plan() {
    let mut j = removal();
    let entries = |j: &Journey| match &j.app.overlay {
        Some(rolescope::app::overlay::Overlay::Copy(menu)) => {
            menu.entries.iter().map(|entry| entry.what.clone()).collect::<Vec<_>>()
        }
        _ => panic!("no copy menu\n{}", j.screen()),
    };
    let plan = "removal plan as a Markdown checklist";
    j.keys("y");
    let all = entries(&j);
    assert_eq!(all[..2], [plan, "policy JSON, with a note that it is not whole"], "{all:?}");
    assert_eq!(all.iter().filter(|what| *what == plan).count(), 1, "{all:?}");
    j.keys("<esc>");
    j.event(Event::Paste(ANSWER.replace("ROLE", "aliyunserviceroleforalikafka")));
    let resource = |j: &Journey| {
        let rolescope::app::View::Removal(view) = &j.app.view else { panic!("{}", j.screen()) };
        view.selected().is_some_and(|line| line.text.en.ends_with("instance/a"))
    };
    for _ in 0..20 {
        if resource(&j) {
            break;
        }
        j.keys("j");
    }
    j.keys("y");
    assert_eq!(entries(&j)[..3], ["resource", "answer as a Markdown checklist", plan]);
    j.keys("y");
    assert_eq!(j.copied(), "acs:alikafka:cn-hangzhou:1:instance/a", "{}", j.screen());
    j.sees("resource");
    j.keys("y<down><enter>");
    let answer = j.copied().to_owned();
    assert!(answer.contains("- [ ] acs:alikafka:cn-hangzhou:1:instance/a"), "{answer}");
    j.keys("<enter>").sees("resource");
    // Of a product it has what belongs to the product.
    let mut j = Journey::new(120, 40);
    j.keys("dy");
    assert_eq!(entries(&j)[..2], [plan, "product: names of its roles"]);
}

#[test]
fn the_service_filter_says_that_it_left_the_plan_and_what_leads_back() {
    let mut j = removal();
    j.keys("s").event(Event::Paste("kms".into())).keys("<enter>");
    j.sees("The lists show what touches").sees("goes back to where you were");
    j.keys("H").sees("Removal of Alikafka");
    // In the lists nothing was left.
    let mut j = Journey::new(120, 40);
    j.keys("s").event(Event::Paste("kms".into())).keys("<enter>").sees_not("goes back to where");
}

#[test]
fn a_wrong_paste_says_what_was_expected() {
    for wrong in ["hello", "{\"Roles\":[]}", "{\"Status\":", "", "\u{1b}[2J\u{202e}", "}{"] {
        let mut j = removal();
        let before = j.app.notice.clone();
        j.event(Event::Paste(wrong.into()));
        j.sees("GetServiceLinkedRoleDeletionStatus");
        assert_ne!(j.app.notice, before, "{wrong:?}: nothing is said");
        let notice = j.app.notice.as_ref().unwrap().text.clone();
        assert!(notice.contains("xpected is"), "{wrong:?}: {notice}");
        assert!(!notice.contains(['\u{1b}', '\u{202e}']), "{notice:?}");
    }
}

#[test]
fn every_state_is_explained() {
    for state in ["SUCCEEDED", "IN_PROGRESS", "FAILED", "NOT_STARTED", "INTERNAL_ERROR", "LOST"] {
        let mut j = removal();
        j.event(Event::Paste(format!("{{\"Status\":\"{state}\"}}")));
        j.sees(&format!("{state}: ")).sees("The answer names no role; taken as one about");
    }
}

#[test]
fn statements_that_match_nothing_and_all_but_some_actions_are_told_as_they_are() {
    const MIXED: &str = r#"{"Version":"1","Statement":[
        {"Effect":"Allow","Action":"oss:GetObject"},
        {"Effect":"Allow","NotAction":["ram:*","sts:*"],"Resource":"*"},
        {"Effect":"Deny","NotAction":"ecs:Describe*","Resource":"*"}]}"#;
    let role = "AliyunServiceRoleForAlikafka";
    for (columns, rows) in [(80, 24), (120, 40)] {
        let mut j = Journey::with(account(&[role], "v99", MIXED), columns, rows);
        j.keys("<enter><enter>").sees("1 pattern of any service: read 1;").sees("denied 1");
        j.sees_not("Object Storage");
        j.sees("┌ every action except ram:*, sts:*").sees("│ all other actions");
        j.sees("┌ every action except ecs:Describe*").sees("denied all other actions");
        j.sees("! Statement 1 (oss:GetObject) names");
        // No action of a service is meant, so none is asked about.
        for _ in 0..20 {
            let selected = j
                .screen()
                .lines()
                .any(|line| line.contains("▸") && line.contains("all other actions"));
            if selected {
                break;
            }
            j.keys("j");
        }
        j.keys("w").sees_not("all other actions:");
    }
}

#[test]
fn what_is_not_certain_of_a_difference_is_said() {
    let name = "AliyunServiceRoleForMqttKafkaRuleEngine";
    // All known actions of the pattern are those that the catalogue names; there may be others.
    let document = include_str!(
        "../assets/catalog/policies/AliyunServiceRolePolicyForMqttKafkaRuleEngine.json"
    )
    .replace("alikafka:ListInstance", "alikafka:ListInst*");
    let catalog = account(&[name], "v99", &document);
    let told = |language| {
        let role = catalog.role(&RoleId::of(name)).unwrap();
        catalog.told_by_account(role, language).unwrap().differences.join("\n")
    };
    let english = told(Language::English);
    let sentence = "Of alikafka:ListInst*, the catalogue allows every known action by other names and patterns; whether there are others is not certain.";
    assert!(english.contains(sentence), "{english}");
    assert!(!english.contains("Allowed only in the account: alikafka:ListInst*"), "{english}");
    let chinese = told(Language::Chinese);
    assert!(chinese.contains("对于 alikafka:ListInst*，目录以其他名称和模式允许"), "{chinese}");
}

#[test]
fn of_several_answers_the_one_under_the_cursor_is_taken_away() {
    let mut j = Journey::new(120, 40);
    j.keys("d");
    for role in ["Alikafka", "AlikafkaETL"] {
        let text = ANSWER.replace("ROLE", &format!("AliyunServiceRoleFor{role}"));
        j.event(Event::Paste(text.replace("instance/a", &format!("instance/{role}"))));
    }
    j.sees("instance/Alikafka").sees("instance/AlikafkaETL");
    j.keys("G").keys("x").sees("Several answers stand here").sees_not("taken away");
    // The answers stand in the order in which the roles are to be removed.
    j.keys("gx").sees("The answer is taken away.").sees_not("instance/AlikafkaETL");
    j.sees("instance/Alikafka ");
    // One alone needs no cursor.
    j.keys("Gx").sees("The answer is taken away.").keys("g").sees_not("instance/Alikafka ");
}

#[test]
fn who_can_the_matrix_and_find_mark_what_is_in_the_account() {
    let names =
        ["AliyunServiceRoleForAlikafkaInstanceEncryption", "AliyunServiceRoleForAlikafkaETL"];
    let document =
        r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"kms:Encrypt","Resource":"*"}]}"#;
    let catalog = account(&names, "v99", document);
    let mut j = Journey::with(catalog, 120, 40);
    let line = |j: &Journey, name: &str| {
        let screen = j.screen();
        let found = screen.lines().find(|line| line.contains(name));
        found.unwrap_or_else(|| panic!("no {name}\n{screen}")).to_owned()
    };
    j.keys("wkms:Encrypt").sees(", 2 in the account");
    assert!(line(&j, "AlikafkaInstanceEncrypt").contains('●'), "{}", j.screen());
    j.keys("<esc>m").sees("● in the account, ○ not");
    assert!(line(&j, "AlikafkaETL").contains('●'), "{}", j.screen());
    assert!(line(&j, "AlikafkaConnector").contains('○'), "{}", j.screen());
    j.keys("<esc>/alikafka");
    assert!(line(&j, "AlikafkaETL").contains('●'), "{}", j.screen());
    assert!(line(&j, "AlikafkaConnector").contains('○'), "{}", j.screen());
    let mut j = Journey::new(120, 40);
    j.keys("wkms:Encrypt").sees_not("●").sees_not("in the account");
    j.keys("<esc>m").sees_not("○").keys("<esc>/alikafka").sees_not("○");
}

#[test]
fn of_a_policy_that_cannot_be_read_nothing_is_claimed() {
    let mut catalog = rolescope::catalog::Catalog::builtin().unwrap();
    let mut role = catalog.roles()[0].clone();
    role.policy.as_mut().unwrap().source = rolescope::policy::source::Source::from("{\"Version\":");
    catalog.take_in(Vec::new(), [role]);
    let mut j = Journey::with(std::sync::Arc::new(catalog), 200, 60);
    j.sees("What it may do is not known: its policy cannot be read").sees_not("May do nothing");
    let screen = j.screen();
    let row = screen.lines().find(|line| line.contains("›Alikafka ")).unwrap_or_default();
    assert!(row.contains("1!"), "{screen}");
}

#[test]
fn the_arn_that_is_copied_is_that_of_the_account() {
    let catalog = observed(&["AliyunServiceRoleForAlikafka"]);
    let known = catalog.arn_of(catalog.role(&RoleId::of("AliyunServiceRoleForAlikafka")).unwrap());
    assert!(!known.contains('<'), "{known}");
    let mut j = Journey::with(catalog, 120, 40);
    j.keys("<enter>y").sees("role ARN ").sees_not("a place for the account id");
    let absent = "role ARN, with a place for the account id";
    j.keys("<esc>jy").sees(absent);
}

#[test]
fn of_a_role_without_a_policy_no_name_of_one_is_told_or_copied() {
    let role = |policies| AccountRole {
        name: "AliyunServiceRoleForAlikafka".to_owned(),
        service_linked: true,
        policies,
        ..AccountRole::default()
    };
    for (policies, none) in [(Some(Vec::new()), true), (None, false)] {
        let mut catalog = Catalog::builtin().unwrap();
        catalog.observe(&Snapshot { roles: vec![role(policies)], ..Snapshot::default() });
        let mut j = Journey::with(Arc::new(catalog), 120, 60);
        let screen = j.screen();
        assert_eq!(screen.contains("May do nothing"), none, "{screen}");
        j.keys("<enter>y");
        let screen = j.screen();
        assert_eq!(!screen.contains("policy name"), none, "{screen}");
        assert_eq!(!screen.contains("GetPolicy"), none, "{screen}");
    }
}
