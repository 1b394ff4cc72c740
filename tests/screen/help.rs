//! Help is of the place or box that it is asked in, finds keys by their names, and goes back to where it was asked.

use crate::support::Journey;
use rolescope::app::overlay::Overlay;

#[test]
fn help_in_a_box_lists_its_keys_and_goes_back_into_it() {
    for (columns, rows) in [(80, 24), (120, 40)] {
        for box_keys in ["<enter>f<down>", "<enter>y<down><down>", "<enter>fy<down>"] {
            for over in ["?", ":", "i", "t"] {
                let mut j = Journey::new(columns, rows);
                let before = j.keys(box_keys).screen();
                j.keys(over);
                assert_ne!(j.screen(), before, "{box_keys} {over}");
                if over == "?" {
                    j.sees("Choose what to copy");
                    j.sees_not("Show only what touches one service");
                }
                j.keys("<esc>");
                assert_eq!(j.screen(), before, "{box_keys} {over}");
            }
        }
    }
}

#[test]
fn what_is_chosen_in_help_is_done_in_the_box_below() {
    let mut j = Journey::new(120, 40);
    j.keys("<enter>y<down>?last line<enter>");
    let Some(Overlay::Copy(menu)) = &j.app.overlay else { panic!("{}", j.screen()) };
    assert_eq!(menu.cursor.at + 1, menu.entries.len());
    // A command of the place below takes the box away.
    j.keys(":matrix<enter>");
    assert!(j.app.overlay.is_none(), "{}", j.screen());
    assert!(j.crumbs().ends_with("Matrix"), "{}", j.screen());
}

#[test]
fn keys_are_found_by_their_names() {
    for (typed, command) in [
        ("tab", "Go to the next pane"),
        ("enter", "Go into what is selected"),
        ("ctrl-s", "Search the text"),
        ("Ctrl-S", "Search the text"),
        ("=", "Compare this role"),
        ("esc", "One step back"),
        ("space", "Fold or unfold"),
        ("pgdn", "Move down one page"),
        ("left", "Go to the pane or column on the left"),
        ("d", "What must be removed"),
    ] {
        let mut j = Journey::new(120, 40);
        j.keys("<enter><enter><enter><enter>?").keys(typed);
        let picker = j.app.overlay.as_ref().and_then(Overlay::picker).unwrap();
        let first = picker.selected().map(|item| item.label.clone()).unwrap_or_default();
        assert!(first.starts_with(command), "{typed}: {first}\n{}", j.screen());
    }
}

#[test]
fn in_the_matrix_left_is_a_column() {
    let mut j = Journey::new(120, 40);
    j.keys("m?left").sees("column on the left");
}
