//! Pasting the answer of a deletion task, ticking steps, and moving in the plan, as keys and screens.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

mod support;

use rolescope::app::View;
use rolescope::app::event::Event;
use rolescope::catalog::removal::branch::Branch;
use support::Journey;

const RESOURCE: &str =
    "acs:alikafka:cn-hangzhou:1234567890123456:instance/alikafka_post-cn-abcdefghijkl";

fn answer(role: &str) -> String {
    format!(
        r#"{{"Status":"FAILED","Reason":{{"Message":"Service-Linked Role acs:ram::1:role/{role} cannot be deleted as it is in use by x.",
"RoleUsages":{{"RoleUsage":[{{"Region":"cn-hangzhou","Resources":{{"Resource":["{RESOURCE}"]}}}}]}}}}}}"#
    )
}

#[test]
fn an_answer_that_is_pasted_anywhere_opens_the_plan_of_its_role() {
    for keys in ["", "<enter>", "<enter><enter>", "<enter><enter><enter>", "m", "f", "y", "Gm"] {
        let mut j = Journey::new(80, 24);
        j.keys(keys).event(Event::Paste(answer("aliyunserviceroleforalikafkaetl_x")));
        j.sees("Removal of AlikafkaETL").sees("FAILED: Refused").sees("1 resource still uses");
        // The way back.
        j.keys("<esc><esc>").sees_not("Removal of");
    }
}

#[test]
fn an_answer_without_a_name_belongs_to_the_selected_role() {
    let mut j = Journey::new(80, 24);
    j.keys("<enter>j").event(Event::Paste("{\"Status\":\"IN_PROGRESS\"}".into()));
    j.sees("Removal of AlikafkaConnector").sees("IN_PROGRESS");
}

#[test]
fn what_cannot_be_pasted_is_said_in_one_sentence() {
    let mut j = Journey::new(120, 40);
    let unknown = answer("AliyunServiceRoleForNobodyKnows");
    j.event(Event::Paste(unknown)).sees("AliyunServiceRoleForNobodyKnows, which is not in the");
    for keys in ["", "<enter>", "m", "f"] {
        let mut j = Journey::new(120, 40);
        j.keys(keys).event(Event::Paste("some words".into()));
        j.sees("some words").sees("fits nowhere here").sees("into a field");
    }
    // Fields take any text.
    let mut j = Journey::new(120, 40);
    j.keys("/").event(Event::Paste("etl".into())).sees("› etl").sees_not("fits nowhere");
    j.keys("<esc>w").event(Event::Paste("kms:Decrypt".into())).sees_not("fits nowhere");
}

#[test]
fn help_and_palette_tell_how_to_paste() {
    for keys in ["?paste", "<enter>d?paste", ":paste"] {
        let mut j = Journey::new(80, 24);
        j.keys(keys).sees("Paste with the terminal's own key");
        j.keys("<enter>").sees("Ctrl-Shift-V").sees("opens the removal");
    }
}

#[test]
fn steps_are_numbered_once_and_a_box_stands_before_its_words() {
    for columns in [60, 80, 120] {
        let mut j = Journey::new(columns, 24);
        j.keys("<enter>d").event(Event::Paste(answer("AliyunServiceRoleForAlikafka")));
        let View::Removal(view) = &j.app.view else { panic!("{}", j.screen()) };
        let texts: Vec<&str> = view.lines.iter().map(|line| line.text.as_str()).collect();
        let first = texts.iter().filter(|text| text.starts_with("[ ] 1.")).count();
        assert_eq!(first, 1, "{texts:#?}");
        let alone = |text: &str| {
            let rest = text.trim_start_matches("[ ]").trim_start();
            text.starts_with("[ ]")
                && rest.trim_start_matches(|c: char| c.is_ascii_digit()).len() < 3
        };
        assert!(!texts.iter().any(|text| alone(text)), "{texts:#?}");
        let boxed = texts.iter().find(|text| text.starts_with("[ ] acs:")).copied();
        assert!(boxed.is_some(), "at {columns} columns the box has another line: {texts:#?}");
    }
}

#[test]
fn an_answer_can_be_taken_away_and_success_leaves_nothing_to_do() {
    let mut j = Journey::new(80, 24);
    j.keys("<enter>dx").sees("No answer was pasted here.");
    j.event(Event::Paste("{\"Status\":\"SUCCEEDED\"}".into()));
    j.sees("The role is gone").sees("Nothing is left to do for this role");
    j.keys("k").sees("x drops the answer");
    j.keys("x").sees("The answer is taken away.").sees_not("The role is gone");
    j.keys("<esc>d").sees_not("The role is gone").sees_not("drops the answer");
    j.event(Event::Paste("{\"Status\":\"SUCCEEDED\"}".into())).sees("The role is gone");
    j.keys(":drop answer<enter>").sees_not("The role is gone");
}

#[test]
fn every_page_of_a_plan_has_new_lines() {
    let mut j = Journey::new(80, 24);
    j.keys("<enter>d");
    let tops = |j: &Journey| {
        let View::Removal(view) = &j.app.view else { panic!("{}", j.screen()) };
        (view.cursor.top, view.lines.len(), j.app.removal_page())
    };
    let mut before = 0;
    loop {
        let (_, lines, page) = tops(&j);
        j.keys("<pagedown>");
        let (top, ..) = tops(&j);
        assert_eq!(top, (before + page).min(lines - page), "{}", j.screen());
        if top == before {
            break;
        }
        before = top;
    }
}

#[test]
fn space_ticks_a_step_for_the_session_and_the_copy_has_it() {
    let mut j = Journey::new(80, 24);
    j.keys("<enter>d").sees("Space ticks a step").keys(" ").sees("Only a step can be ticked");
    let step = |j: &Journey| {
        let View::Removal(view) = &j.app.view else { panic!("{}", j.screen()) };
        view.selected().and_then(Branch::tick).is_some()
    };
    while !step(&j) {
        j.keys("j");
    }
    j.keys(" ").sees("[x] 1. ");
    // Kept for the role, in the plan of its product too, and in what is copied.
    j.keys("<esc>d").sees("[x] 1. ").keys("yy");
    assert!(j.copied().contains("- [x] 1. "), "{}", j.copied());
    j.keys("<esc>jd").sees_not("[x]").keys("<esc><esc>d");
    let View::Removal(view) = &j.app.view else { panic!("{}", j.screen()) };
    assert_eq!(view.branches.iter().filter(|branch| branch.done).count(), 1);
    j.keys("<esc><enter>kd");
    while !step(&j) {
        j.keys("j");
    }
    j.keys(" ").sees_not("[x]");
    // A resource that still uses the role.
    j.event(Event::Paste(answer("AliyunServiceRoleForAlikafka")));
    while !step(&j) {
        j.keys("j");
    }
    j.keys(" ").sees("[x] acs:").keys("y<down><enter>");
    assert!(j.copied().contains(&format!("- [x] {RESOURCE}")), "{}", j.copied());
}

#[test]
fn other_questions_can_be_asked_from_a_plan() {
    for (key, seen) in [("m", "Matrix"), ("=", "Compare with"), ("f", "Findings of Alikafka")] {
        let mut j = Journey::new(120, 40);
        j.keys("<enter>d").keys(key).sees(seen).sees_not("means nothing here");
    }
}
