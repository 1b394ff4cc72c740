//! Esc goes one step back: to the view, the box or the pane that was left.

use crate::support::Journey;

/// The last part of the first line.
fn place(j: &Journey) -> String {
    let crumbs = j.crumbs();
    crumbs.rsplit(" › ").next().unwrap_or_default().to_owned()
}

#[test]
fn esc_goes_back_to_the_view_that_another_was_opened_over() {
    for (there, on) in [
        ("m", "w"),
        ("<enter>=<enter>", "w"),
        ("<enter>=<enter>", "m"),
        ("<enter>d", "m"),
        ("<enter>d", "=<enter>"),
        ("<enter>d", "/mqtttunnel<enter>"),
        ("<enter>d", "/kms<enter>"),
        ("<enter>d", "skms<enter>"),
        ("<enter>d", "f<enter>"),
        ("m", "/mqtttunnel<enter>"),
        ("m", "w<ctrl-u>kms:Decrypt<enter>"),
        ("mw", "<ctrl-u>kms:Decrypt<enter>"),
        ("<enter>dm", "/mqtttunnel<enter>"),
    ] {
        let mut j = Journey::new(120, 40);
        j.keys(there);
        let before = j.crumbs();
        j.keys(on);
        let after = j.crumbs();
        assert_ne!(before, after, "{there} {on}");
        j.keys("<esc>");
        if j.crumbs() != before {
            // What was opened in two steps is left in two.
            j.keys("<esc>");
        }
        assert_eq!(j.crumbs(), before, "{there} {on}\n{}", j.screen());
    }
}

#[test]
fn each_view_is_left_once_down_to_the_explorer() {
    let mut j = Journey::new(120, 40);
    j.keys("<enter>");
    let start = j.crumbs();
    j.keys("dmw");
    assert_eq!(place(&j), "Who can");
    j.keys("<esc>");
    assert_eq!(place(&j), "Matrix");
    j.keys("<esc>");
    assert_eq!(place(&j), "Removal");
    j.keys("<esc>").at(&start).keys("<esc><esc>").sees("This is the start.");
}

#[test]
fn what_was_left_by_the_path_is_not_opened_again() {
    let mut j = Journey::new(120, 40);
    j.keys("<enter>dm");
    // A click on the first part of the path.
    j.event(rolescope::app::event::Event::Mouse(rolescope::app::event::Mouse {
        kind: rolescope::app::event::MouseKind::Click,
        column: 2,
        row: 0,
    }));
    j.keys("<esc>").sees("This is the start.");
}

#[test]
fn a_filter_that_was_chosen_in_a_view_stays_when_it_is_left() {
    let mut j = Journey::new(120, 40);
    j.keys("<enter>dmskms<enter>").sees("service: KMS").keys("<esc>");
    j.sees("› Removal").keys("<esc>").sees("service: KMS");
}

#[test]
fn a_step_back_leads_to_where_a_tour_was_begun() {
    for leaves in [true, false] {
        let mut j = Journey::new(80, 24);
        j.keys("skms<enter><down><enter><enter>");
        let (before, filter) = (j.screen(), j.app.filter.clone());
        assert!(filter.is_some(), "{before}");
        j.keys("t<enter>").sees("step 1 of");
        assert_eq!(j.app.filter, None);
        if leaves {
            j.keys("t").sees("left the tour").sees("Alt-← goes back to");
        } else {
            // A text that does not fit is read in parts.
            for _ in 0..200 {
                if j.app.tour.is_some() {
                    j.keys("<f8>");
                }
            }
            j.sees("That was the tour").sees("Alt-← goes").keys("<esc>");
        }
        j.keys("H");
        assert_eq!((j.screen(), &j.app.filter), (before.clone(), &filter));
    }
    // Where a tour ends at the place that it began at there is nothing to go back to.
    let mut j = Journey::new(80, 24);
    j.keys("t<enter>t").sees("left the tour").sees_not("Alt-← goes back");
}

#[test]
fn a_plan_opens_where_it_was_left() {
    let mut j = Journey::new(80, 24);
    let line = |j: &Journey| j.screen().lines().find(|line| line.contains('▸')).map(str::to_owned);
    j.keys("<enter>djjjjjj");
    let left = line(&j);
    j.keys("<esc>d");
    assert_eq!(line(&j), left, "{}", j.screen());
    // Another one has a place of its own.
    j.keys("<esc>jd");
    assert_ne!(line(&j), left, "{}", j.screen());
    j.keys("<esc>kd");
    assert_eq!(line(&j), left, "{}", j.screen());
}
