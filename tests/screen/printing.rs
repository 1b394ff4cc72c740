//! "Y prints it on leaving" is kept, wherever it is said.

use crate::support::Journey;
use rolescope::app::command::Command;
use rolescope::app::event::{Copied, CopyOutcome, Effect, Event};
use rolescope::app::key::Key;
use rolescope::app::keymap::Keymap;
use rolescope::say::saying;

/// Goes somewhere and copies; the copy fails. Gives the text that was to be copied.
fn failed(j: &mut Journey, keys: &str) -> String {
    j.keys(keys);
    let what = j.effects.iter().rev().find_map(|effect| match effect {
        Effect::Copy { what, .. } => Some(what.clone()),
        _ => None,
    });
    let what = what.unwrap_or_else(|| panic!("nothing was copied\n{}", j.screen()));
    let outcome =
        CopyOutcome::Failed(saying("copying is switched off by the setting of the clipboard"));
    j.event(Event::Copied(Copied { what, outcome }));
    j.copied().to_owned()
}

fn printed(j: &mut Journey) -> Option<String> {
    j.app.print.as_ref().map(|(_, text)| text.clone())
}

#[test]
fn the_key_of_a_notice_prints_what_the_notice_is_about() {
    for (keys, at) in [
        ("<enter>y<down><down><down><down><down><enter>", "an entry that is not the first"),
        (
            "<enter>d<down><down><down><down><down><down><down><down><down><down><down><enter>",
            "removal",
        ),
        ("my<enter>", "matrix"),
        ("<enter>=<enter>y<enter>", "comparison"),
    ] {
        let mut j = Journey::new(140, 40);
        let text = failed(&mut j, keys);
        j.sees("; Y prints it on leaving").keys("Y").sees("To be printed to standard output");
        assert_eq!(printed(&mut j).as_deref(), Some(&*text), "{at}");
    }
}

#[test]
fn in_a_text_field_the_way_leads_through_the_menu() {
    let mut j = Journey::new(140, 40);
    let text = failed(&mut j, "wkms:Decrypt<ctrl-y><down><down><enter>");
    j.sees("; Ctrl-y and then Y prints it on leaving").keys("<ctrl-y>Y");
    assert_eq!(printed(&mut j), Some(text));
    j.sees("kms:Decrypt").sees_not("kms:DecryptY");
}

#[test]
fn the_notice_names_the_key_in_force_and_none_where_there_is_none() {
    for (keys, said) in [(vec!["f6"], "; F6 prints it"), (vec![], "of the clipboard\n")] {
        let mut j = Journey::new(140, 40);
        let keys: Vec<Key> = keys.into_iter().map(|key| key.parse().unwrap()).collect();
        j.app.keymap = Keymap::with(&[(Command::Print, keys)]).0;
        failed(&mut j, "yy");
        j.sees(said);
    }
}

#[test]
fn another_print_says_what_it_takes_the_place_of() {
    let mut j = Journey::new(200, 40);
    let first = failed(&mut j, "<enter>y<down><enter>");
    j.keys("Y");
    assert_eq!(printed(&mut j).as_deref(), Some(&*first));
    let second = failed(&mut j, "yy");
    j.keys("Y").sees(", in place of ");
    assert_eq!(printed(&mut j).as_deref(), Some(&*second));
    // What a notice offers stays when it is asked for twice.
    failed(&mut j, "yy");
    j.keys("Y");
    assert_eq!(printed(&mut j), Some(second));
}

#[test]
fn of_two_roles_it_is_said_whose_text_is_printed() {
    let mut j = Journey::new(140, 40);
    j.keys("<enter>Y").sees("(Alikafka).").keys("<down>Y").sees("(AlikafkaConnector), in place of");
    j.sees("(Alikafka).");
}

#[test]
fn of_a_copy_in_the_buffer_of_tmux_no_more_is_said_than_is_known() {
    let mut j = Journey::new(200, 40);
    let text = failed(&mut j, "<enter>yy");
    let what = j.app.copy_entries()[0].what.clone();
    for what in [what, "an earlier one".into()] {
        let known = what != "an earlier one";
        j.keys("<ctrl-l>").event(Event::Copied(Copied { what, outcome: CopyOutcome::Tmux }));
        j.sees("Copied into tmux's buffer: ").sees("Whether the terminal took it is not known");
        assert_eq!(j.screen().contains("Y prints it on leaving"), known, "{}", j.screen());
        if known {
            j.keys("Y");
            assert_eq!(printed(&mut j).as_deref(), Some(&*text));
        }
    }
}

#[test]
fn nothing_is_promised_of_a_copy_that_is_not_at_hand() {
    let mut j = Journey::new(140, 40);
    j.keys("yy");
    let outcome = CopyOutcome::Sent(saying("directly"));
    j.event(Event::Copied(Copied { what: "an earlier one".into(), outcome }));
    j.sees("Whether it took it is not known.").sees_not("prints it");
}
