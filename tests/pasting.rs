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

/// What the notice says of that answer.
const USES: &str = "FAILED: Refused";

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
    j.sees(" The answer names no role; taken as one about");
    // Of a product it is nobody's.
    let mut j = Journey::new(80, 24);
    j.event(Event::Paste("{\"Status\":\"SUCCEEDED\",\"Reason\":{\"Message\":\"\"}}".into()));
    j.sees("Removal of ApsaraMQ for Kafka").sees("taken as one about ApsaraMQ for Kafka.");
    j.sees_not("Nothing is left to do");
    let View::Removal(view) = &j.app.view else { panic!("{}", j.screen()) };
    assert!(view.branches.iter().all(|branch| !branch.text.en.is_empty()), "{}", j.screen());
}

const TASK: &str = "$ aliyun resourcemanager GetServiceLinkedRoleDeletionStatus --DeletionTaskId \
     'task/acs-service-role/ep-tunnel.mqtt.aliyuncs.com/AliyunServiceRoleForMqttTunnel/64c4'\n";

#[test]
fn an_answer_without_a_name_is_that_of_the_task_in_the_prompt() {
    for keys in ["", "<enter>d", "d"] {
        let mut j = Journey::new(80, 24);
        j.keys(keys).event(Event::Paste(format!("{TASK}{{\"Status\":\"SUCCEEDED\"}}\n$ ")));
        j.sees("The role is gone").sees("for AliyunServiceRoleForMqttTunnel: its steps");
        j.sees("Removal of MqttTunnel").sees_not("names no role");
    }
}

#[test]
fn an_answer_about_another_role_leaves_the_one_that_stands_here() {
    let mut j = Journey::new(80, 24);
    j.keys("<enter>d").event(Event::Paste(answer("aliyunserviceroleforalikafka")));
    j.event(Event::Paste(answer("aliyunserviceroleforalikafkaetl")));
    j.sees("Removal of AlikafkaETL").sees("about AlikafkaETL: this is its plan").sees(USES);
    j.keys("<esc>kkkd").sees("Removal of Alikafka ").sees(USES).sees_not("another role");
    // One about nobody known takes no place.
    j.event(Event::Paste(answer("AliyunServiceRoleForNobody")));
    j.sees("Removal of Alikafka ").sees(USES).sees("AliyunServiceRoleForNobody, which is not");
}

#[test]
fn two_answers_in_one_paste_are_each_that_of_its_role() {
    let (one, other) = ("aliyunserviceroleforalikafka", "aliyunserviceroleforalikafkaetl");
    for between in ["\n", "\n$ status {\n", ""] {
        let mut j = Journey::new(120, 40);
        j.event(Event::Paste(format!("{}{between}{}", answer(one), answer(other))));
        j.sees("Read 2 answers, each stands in the plan of its role: Alikafka, AlikafkaETL.");
        j.sees("Removal of Alikafka ").sees(USES).keys("<esc>jjjd");
        j.sees("Removal of AlikafkaETL").sees(USES);
    }
}

#[test]
fn an_answer_that_a_terminal_broke_into_lines_is_read_as_it_was_printed() {
    let whole = answer("aliyunserviceroleforalikafka");
    for (columns, end) in [(7, "\n"), (40, "\r\n"), (80, "\n  ")] {
        let letters: Vec<char> = whole.chars().collect();
        let lines = letters.chunks(columns).map(|line| line.iter().collect::<String>());
        let mut j = Journey::new(120, 40);
        j.event(Event::Paste(lines.collect::<Vec<_>>().join(end)));
        j.sees("Removal of Alikafka ").sees(RESOURCE).sees("Region cn-hangzhou");
        j.sees_not("u{a}").sees_not("u{d}");
    }
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
    j.sees("The role is gone").sees("Nothing is left to do for AliyunServiceRoleForAlikafka:");
    j.sees("need not be done").sees_not("└─ \n");
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
    for (key, seen) in
        [("m", "Matrix"), ("=", "Compare Alikafka with"), ("f", "Findings of Alikafka")]
    {
        let mut j = Journey::new(120, 40);
        j.keys("<enter>d").keys(key).sees(seen).sees_not("means nothing here");
    }
}
