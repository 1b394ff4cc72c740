//! Policies that deny: what the screen says of them.

use super::support::Journey;
use super::{files, files_in};
use rolescope::app::event::Event;
use rolescope::say::Language;

/// Reads of two services and all of RAM denied, although one action of it is allowed; another one in part.
const DENYING: &str = r#"{"Version":"1","Statement":[
 {"Effect":"Allow","Action":["ecs:Describe*","ecs:StartInstance","kms:Decrypt","ram:GetUser"],"Resource":"*"},
 {"Effect":"Deny","Action":["ecs:DeleteInstance","ram:*"],"Resource":"*"},
 {"Effect":"Deny","Action":"kms:Decrypt","Resource":"acs:kms:*:*:key/secret"}
]}"#;

/// The lines of the pane of permissions from one that holds `first` to one that holds `last`, each without frames.
fn told(j: &Journey, first: &str, last: &str) -> Vec<String> {
    let screen = j.screen();
    let pane = screen.lines().filter_map(|line| line.split('┃').nth(1));
    let lines =
        pane.map(|line| line.trim_start_matches('▸').trim_end_matches('█').trim().to_owned());
    let from = lines.skip_while(|line| !line.contains(first));
    let mut lines: Vec<String> = from.collect();
    let end = lines.iter().position(|line| line.contains(last));
    lines.truncate(end.unwrap_or_else(|| panic!("no {last} below {first}:\n{screen}")) + 1);
    lines
}

#[test]
fn what_a_policy_denies_is_told_apart_from_what_it_grants() {
    let mut j = files(&[("mine.json", DENYING)], 120, 40);
    j.keys("<enter><enter>z");
    assert_eq!(
        told(&j, "2 actions and 1 pattern", "denied *"),
        [
            "2 actions and 1 pattern in 2 services: read 2, write 1; denied 3",
            "Elastic Compute Service  ecs  read 1  write 1  denied 1",
            "read  1  on all resources",
            "Describe*       covers 7 known actions; there may be more",
            "write  1  on all resources",
            "~StartInstance",
            "denied  1  on all resources",
            "denied DeleteInstance",
            "Key Management Service  kms  read 1",
            "read  1",
            "┌ denied, on acs:kms:*:*:key/secret",
            "│ elsewhere without a limit",
            "│ Decrypt         Turn ciphertext back into plaintext with a key; gives the plaintext",
            "Resource Access Management  ram  denied 2",
            "denied  2  on all resources",
            "┌ allowed by statement 1, denied as a whole by statement 2",
            "│ denied GetUser",
            "denied *        covers every action",
        ]
    );
    // A narrow pane keeps the denial in sight, whatever else has to go.
    let mut j = files(&[("mine.json", DENYING)], 80, 24);
    j.keys("<enter><enter>");
    assert_eq!(
        told(&j, "2 actions and", "Elastic"),
        [
            "2 actions and 1 pattern in 2 services:",
            "read 2, write 1; denied 3",
            "Elastic Compute Serv…  2 granted  denied 1",
        ]
    );
    let mut j = files_in(Language::Chinese, &[("mine.json", DENYING)], 120, 40);
    j.keys("<enter><enter>z").sees("2 个服务中的 2 个操作和 1 个模式：读取 2、写入 1；拒绝 3");
    j.sees("访问控制  ram  拒绝 2").sees("语句 1 允许，语句 2 全部拒绝").sees("拒绝 GetUser");
    j.sees("┌ 拒绝，对 acs:kms:*:*:key/secret");
}

#[test]
fn both_statements_are_shown_of_what_is_allowed_and_denied() {
    let mut j = files(&[("mine.json", DENYING)], 120, 40);
    j.keys("<enter><enter>");
    for _ in 0..30 {
        let row = j.app.summary.get(j.app.summary_at.at).unwrap();
        if row.key == "ram/denied/ram:GetUser" {
            break;
        }
        j.keys("j");
    }
    j.sees("▸   │ denied GetUser");
    // In the policy, by their lines.
    j.sees("│2▎").sees("│3▎").sees_not("│4▎");
}

#[test]
fn a_policy_that_only_denies_actions_of_a_service_does_not_touch_it() {
    let granting = DENYING.replace("Deny", "Allow");
    for (columns, rows) in [(80, 24), (120, 40)] {
        let both = [("mine.json", DENYING), ("other.json", &*granting)];
        // As the list of services has it, which shows how many roles touch each.
        let counted = |j: &mut Journey, service: &str| -> usize {
            j.keys("s").event(Event::Paste(service.into()));
            let screen = j.screen();
            let line = screen.lines().find(|line| line.contains('▸') && line.contains(service));
            let words = line.unwrap_or_else(|| panic!("{service}:\n{screen}")).split_whitespace();
            let words: Vec<&str> = words.collect();
            let at = words.iter().position(|word| word.starts_with("role")).unwrap();
            j.keys("<esc>");
            words[at - 1].parse().unwrap()
        };
        let names = ["Resource Access Management", "Elastic Compute Service"];
        let counts = |mut j: Journey| names.map(|name| counted(&mut j, name));
        let [ram, ecs] = counts(Journey::new(columns, rows));
        assert_eq!(counts(files(&both[..1], columns, rows)), [ram, ecs + 1]);
        assert_eq!(counts(files(&both, columns, rows)), [ram + 1, ecs + 2]);
        let mut j = files(&both, columns, rows);
        j.keys("s").event(Event::Paste("ram".into())).keys("<enter>");
        j.sees("other.json").sees_not("mine.json");
        j.keys("xs").event(Event::Paste("ecs".into())).keys("<enter>");
        j.sees("other.json").sees("mine.json");
    }
}

#[test]
fn a_cell_of_the_matrix_that_only_denies_has_its_own_sign() {
    for (columns, rows) in [(80, 24), (120, 40), (200, 60)] {
        let mut j = files(&[("mine.json", DENYING)], columns, rows);
        j.keys("m").sees("D only denied").sees("T tagging");
        j.sees("6+ (2): others on its resources").sees("3* *: some, all by patterns");
        let cell = |j: &Journey, code: &str| {
            let rolescope::app::View::Matrix(view) = &j.app.view else { panic!("no matrix") };
            let at = view.columns.iter().position(|column| column.code == code).unwrap();
            view.selected().unwrap().cell(at).words()
        };
        assert_eq!(["ram", "ecs", "kms"].map(|code| cell(&j, code)), ["D 2*", "W 2*", "R 1"]);
        j.sees("mine may call no action of Resource Access Management; 1 action and 1");
        j.sees("pattern denied.");
        j.keys("l").sees("mine may call 1 action and 1 pattern of Elastic Compute Service, up to");
        // The place of the cell is where its service is told.
        j.keys("h<enter>").at("rolescope › mine.json › mine › Resource Access Management");
        // Only roles that touch the service of the filter are looked at.
        j.keys("<esc>s").event(Event::Paste("ram".into())).keys("<enter>").sees_not("mine");
    }
    let mut j = files_in(Language::Chinese, &[("mine.json", DENYING)], 80, 24);
    j.keys("m")
        .sees("D 仅拒绝")
        .sees("mine 不能调用访问控制的任何操作；拒绝 1 个操作和 1 个模式。");
}

#[test]
fn find_leads_to_a_denial_where_nothing_grants_the_action() {
    let mut j = files(&[("mine.json", DENYING)], 120, 40);
    j.keys("/").event(Event::Paste("ecs:DeleteInstance".into())).keys("<enter>");
    j.at("rolescope › mine.json › mine › Elastic Compute Service");
    j.sees("denied DeleteInstance");
}
