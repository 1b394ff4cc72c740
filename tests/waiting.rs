//! What takes long: words on the screen meanwhile, keys that work, results that come late or never.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    missing_docs
)]

mod support;

use std::fmt::Write as _;

use rolescope::app::View;
use rolescope::app::event::{Effect, Event};
use rolescope::app::work::{SLOW, SLOW_TOGETHER, Work};
use rolescope::catalog::load::Stamp;
use rolescope::say::Language;
use support::Journey;

/// A screen over these files, each given itself; all are read, and from now on slow work waits.
fn over(all: &[(&str, String)], columns: u16, rows: u16) -> Journey {
    let mut journey = support::over(all, columns, rows);
    journey.holding = true;
    journey.effects.clear();
    journey
}

/// A policy of some bytes at least, whose actions begin so.
fn policy(start: &str, bytes: usize) -> String {
    let mut actions = format!("\"{start}\"");
    for n in 0.. {
        if actions.len() > bytes {
            break;
        }
        write!(actions, ",\"{start}{n:06}\"").unwrap();
    }
    format!(
        r#"{{"Version":"1","Statement":[{{"Effect":"Allow","Action":"ram:GetRole","Resource":"*"}},{{"Effect":"Allow","Action":[{actions}],"Resource":"acs:ecs:*:*:*"}}]}}"#
    )
}

/// Two policies that are compared beside the loop, a third one, and a small one.
fn large() -> Journey {
    let bytes = SLOW_TOGETHER / 2;
    let files = [
        ("alpha.json", policy("ecs:Alpha", bytes)),
        ("beta.json", policy("ecs:Beta", bytes)),
        ("gamma.json", policy("ecs:Gamma", bytes)),
        ("small.json", policy("ecs:Small", 0)),
    ];
    over(&files, 100, 30)
}

/// The work that was asked for and not yet let go.
fn asked(j: &mut Journey) -> Vec<Work> {
    let effects = std::mem::take(&mut j.effects);
    let works = effects.into_iter().filter_map(|effect| match effect {
        Effect::Work(Work::Outline(_) | Work::Look(..) | Work::Actions(_)) => None,
        Effect::Work(work) => Some(work),
        _ => None,
    });
    works.collect()
}

/// The reading of policies for the actions that they name, if that was asked for.
fn naming(j: &mut Journey) -> Option<Work> {
    let at = j.effects.iter().position(|one| matches!(one, Effect::Work(Work::Actions(_))))?;
    match j.effects.remove(at) {
        Effect::Work(work) => Some(work),
        _ => None,
    }
}

#[track_caller]
fn one(j: &mut Journey) -> Work {
    let mut works = asked(j);
    assert_eq!(works.len(), 1, "{} were asked for\n{}", works.len(), j.screen());
    works.remove(0)
}

#[track_caller]
fn none(j: &mut Journey) {
    let works = asked(j);
    assert!(works.is_empty(), "{} were asked for\n{}", works.len(), j.screen());
}

fn done(j: &mut Journey, work: Work) {
    j.event(Event::Worked(work.run(Stamp::difference)));
}

fn broke(j: &mut Journey, work: Work) {
    j.event(Event::WorkFailed(Some(work), "a staged fault\u{1b}".into()));
}

fn waits(j: &Journey) -> bool {
    matches!(&j.app.view, View::Compare(view) if view.is_waiting())
}

#[test]
fn two_large_policies_are_compared_while_keys_work() {
    let mut j = large();
    j.keys("/alpha<enter>=beta<enter>");
    let work = one(&mut j);
    j.sees("Comparing both policies, 65 kB in all.").sees("alpha with beta");
    // Moving, another size, help and its end: the question is asked once.
    j.keys("jkG<tab>").sees("These two are still being compared.");
    j.keys("yy").sees("There is nothing to copy here.");
    j.resize(60, 16).sees("Comparing both policies").resize(100, 30);
    j.keys("?").sees("What can be done here").keys("<esc>").sees("Comparing both policies");
    assert!(waits(&j), "{}", j.screen());
    none(&mut j);
    done(&mut j, work);
    j.sees("Only in alpha").sees_not("Comparing both policies");
    j.keys("G").sees("⊞ The same in both: 1 grant").keys("g");
    // The texts came with it.
    j.keys("<tab>").sees("By text").keys("<tab>");
    // A line leads to its statement, and Esc back to the line.
    let before = j.keys("jjj").screen();
    j.keys("<enter>");
    assert!(j.crumbs().ends_with("alpha › Policy"), "{}", j.screen());
    none(&mut j);
    j.keys("<esc>");
    let work = one(&mut j);
    done(&mut j, work);
    assert_eq!(j.screen(), before);
}

#[test]
fn esc_leaves_and_what_comes_too_late_is_dropped() {
    let mut j = large();
    j.keys("/alpha<enter>");
    let before = j.screen();
    j.keys("=beta<enter>");
    let work = one(&mut j);
    j.keys("<esc>");
    assert_eq!(j.screen(), before);
    done(&mut j, work);
    assert_eq!(j.screen(), before);
    // Another pair meanwhile: one question at a time, and each view gets its own answer.
    j.keys("=beta<enter>");
    let first = one(&mut j);
    j.keys("<esc>=gamma<enter>").sees("alpha with gamma");
    none(&mut j);
    done(&mut j, first);
    assert!(waits(&j), "{}", j.screen());
    let second = one(&mut j);
    done(&mut j, second);
    j.sees("Only gamma has");
}

#[test]
fn sides_may_be_exchanged_and_the_language_changed_while_it_is_waited() {
    let mut j = large();
    j.keys("/alpha<enter>=beta<enter>");
    let first = one(&mut j);
    j.keys("S").sees("beta with alpha");
    none(&mut j);
    done(&mut j, first);
    assert!(waits(&j), "{}", j.screen());
    let turned = one(&mut j);
    j.app.set_language(Language::Chinese);
    j.keys("j").sees("正在对比两份策略，共 65 kB。");
    done(&mut j, turned);
    assert!(waits(&j), "{}", j.screen());
    let chinese = one(&mut j);
    done(&mut j, chinese);
    j.sees("仅 beta 有");
    // What is there is told anew.
    j.app.set_language(Language::English);
    j.keys("j").sees("Comparing both policies");
    let english = one(&mut j);
    done(&mut j, english);
    j.sees("Only in beta");
}

#[test]
fn small_policies_are_compared_at_once() {
    let mut j = large();
    j.keys("/small<enter>=alpha<enter>").sees("Only in small");
    none(&mut j);
}

#[test]
fn a_comparison_that_breaks_down_leads_back_and_may_be_asked_for_again() {
    let mut j = large();
    j.keys("/alpha<enter>");
    let before = j.crumbs();
    j.keys("=beta<enter>");
    let work = one(&mut j);
    broke(&mut j, work);
    j.sees("A part of the program broke down: a staged fault").at(&before);
    // Not by itself.
    j.keys("jk").resize(90, 28).resize(100, 30);
    none(&mut j);
    j.keys("=beta<enter>");
    let work = one(&mut j);
    done(&mut j, work);
    j.sees("Only beta has");
}

#[test]
fn a_summary_that_breaks_down_says_so_and_may_be_asked_for_again() {
    let files = [("small.json", policy("ecs:Small", 0)), ("huge.json", policy("ecs:Huge", SLOW))];
    let mut j = over(&files, 100, 30);
    j.keys("/huge<enter>").sees("Reading the policy of");
    j.keys("f").sees("This policy is still being read.");
    let work = one(&mut j);
    broke(&mut j, work);
    j.sees("broke down: a staged fault")
        .sees("Summing up this policy broke down")
        .sees_not("Reading the");
    j.keys("jkjk").event(Event::Resumed).sees("Summing up this policy broke down");
    none(&mut j);
    j.keys("/small<enter>/huge<enter>").sees("Reading the policy of");
    let work = one(&mut j);
    done(&mut j, work);
    j.sees("ecs").sees_not("Reading the").sees_not("Summing up this policy broke down");
}

#[test]
fn roles_to_compare_with_stand_in_the_usual_order_until_it_is_known_how_alike_they_are() {
    let files = [
        ("alpha.json", policy("ecs:Same", SLOW / 2)),
        ("beta.json", policy("ecs:Other", SLOW / 2)),
        ("gamma.json", policy("ecs:Same", SLOW / 2)),
    ];
    let mut j = over(&files, 100, 30);
    let place = |j: &Journey, text: &str| {
        let screen = j.screen();
        screen.lines().position(|line| line.contains(text)).unwrap_or_else(|| panic!("{screen}"))
    };
    j.keys("/alpha<enter>=");
    let work = one(&mut j);
    j.sees("the most alike are being looked for").sees_not("shared");
    assert!(place(&j, " beta ") < place(&j, " gamma "), "{}", j.screen());
    // The selected role stays selected.
    j.keys("<down>");
    let ranked = work.clone();
    done(&mut j, ranked);
    j.sees("the most alike stand first").sees("1 action shared");
    assert!(place(&j, " gamma ") < place(&j, " beta "), "{}", j.screen());
    let picker = j.app.overlay.as_ref().unwrap().picker().unwrap();
    assert_eq!(picker.selected().unwrap().label, "gamma");
    // Where it comes after letters were typed they stay, and what comes when the list is closed is dropped.
    j.keys("<esc>=beta");
    let work = one(&mut j);
    done(&mut j, work);
    j.sees("1 action shared").sees_not(" gamma ");
    j.keys("<esc>=");
    let work = one(&mut j);
    j.keys("<esc>");
    let before = j.screen();
    done(&mut j, work);
    assert_eq!(j.screen(), before);
    // A fault leaves the list as it is.
    j.keys("=");
    let work = one(&mut j);
    broke(&mut j, work);
    j.sees("broke down").keys("gam").sees(" gamma ");
    none(&mut j);
}

#[test]
fn patterns_that_meet_are_not_called_nothing() {
    let grant = |action: &str| {
        format!(r#"{{"Version":"1","Statement":[{{"Effect":"Allow",{action},"Resource":"*"}}]}}"#)
    };
    let files = [
        ("any.json", grant(r#""Action":"ecs:*""#)),
        ("but.json", grant(r#""NotAction":"ram:*""#)),
        ("one.json", grant(r#""Action":"ecs:RunInstances""#)),
        ("two.json", grant(r#""Action":"oss:GetObject""#)),
        ("user.json", grant(r#""Action":"ram:GetUser""#)),
    ];
    let mut j = over(&files, 100, 30);
    let line = |j: &Journey, name: &str| {
        let screen = j.screen();
        let found = screen.lines().find(|line| line.contains(&format!(" {name} ")));
        found.unwrap_or_else(|| panic!("{name}\n{screen}")).to_owned()
    };
    j.keys("/any<enter>=");
    for (name, words) in [("but", true), ("one", true), ("two", false)] {
        assert_eq!(line(&j, name).contains("patterns overlap"), words, "{}", j.screen());
        assert_eq!(line(&j, name).contains("no action shared"), !words, "{}", j.screen());
    }
    j.keys("<esc>/user<enter>=");
    let but = line(&j, "but");
    assert!(!but.contains("overlap") && !but.contains("shared"), "{}", j.screen());
}

#[test]
fn rows_that_were_kept_are_the_rows_that_would_be_made() {
    // What limits the actions is wrapped to the width.
    let limits: Vec<String> = (0..9).map(|n| format!("\"acs:ecs:*:*:instance/{n}\"")).collect();
    let limits = format!("[{}]", limits.join(","));
    let large = policy("ecs:Run", 100 << 10).replace("\"acs:ecs:*:*:*\"", &limits);
    let files = [("large.json", large), ("small.json", policy("kms:Put", 9))];
    let sizes = [(120, 40), (90, 40), (120, 40)];
    let mut journey = over(&files, sizes[0].0, sizes[0].1);
    for language in [Language::English, Language::Chinese] {
        journey.app.set_language(language);
        for (columns, rows) in sizes {
            // Away and back, with the size changed in between.
            journey.keys("<down>").resize(columns, rows).keys("<up>");
            let mut fresh = over(&files, columns, rows);
            fresh.app.set_language(language);
            // Takes away what was said of the files.
            fresh.keys("<up>");
            let keys =
                |j: &Journey| j.app.summary.iter().map(|row| row.key.clone()).collect::<Vec<_>>();
            assert!(keys(&fresh).len() > 1_000, "{:?}", keys(&fresh));
            assert_eq!(keys(&journey), keys(&fresh), "{language:?} {columns}x{rows}");
            assert!(journey.app.summary == fresh.app.summary, "{language:?} {columns}x{rows}");
            assert_eq!(journey.screen(), fresh.screen());
        }
    }
}

#[test]
fn many_policies_are_read_once_for_all_that_is_asked_of_them() {
    let room = " ".repeat(SLOW / 16);
    let text = |n: usize| {
        format!(
            r#"{{"Version":"1","Statement":[{{"Effect":"Allow","Action":"ecs:Part{n}Of","Resource":"*"{room}}}]}}"#
        )
    };
    let files: Vec<(String, String)> = (0..20).map(|n| (format!("p{n}.json"), text(n))).collect();
    let files: Vec<(&str, String)> =
        files.iter().map(|(name, text)| (name.as_str(), text.clone())).collect();
    let mut j = over(&files, 100, 30);
    j.keys("wecs:Part").sees("Reading the policies of all roles.");
    let work = one(&mut j);
    j.keys("3Of").sees("Reading the policies of all roles.").sees("› ecs:Part3Of");
    none(&mut j);
    done(&mut j, work);
    j.sees("Can  1 policy").sees("▸p3").sees_not("Reading the policies");
    // Letters, leaving, coming back: nothing is read again.
    j.keys("<backspace><backspace>*").sees("Can  1 policy").keys("<ctrl-u>ecs:Part*Of");
    j.sees("Can  20 policies").keys("<down><down>").sees("▸p2");
    j.keys("<esc>w").sees("Can  20 policies").sees("▸p2");
    none(&mut j);

    // Where reading breaks down nothing is known, and it does not begin again by itself.
    let mut j = over(&files, 100, 30);
    j.keys("wecs:Part3Of");
    let work = one(&mut j);
    broke(&mut j, work);
    j.sees("A part of the program broke down").keys("x<backspace>").sees_not("No role can call");
    j.sees("The policies could not be read or asked, so that nothing is known.");
    none(&mut j);
    // Who comes back has them read again.
    j.keys("<esc>w");
    let work = one(&mut j);
    done(&mut j, work);
    j.sees("Can  1 policy");
}

/// A policy of so many statements, each with a name of its own.
fn statements(start: &str, number: usize) -> String {
    let one = |n: usize| {
        format!(
            r#"{{"Effect":"Allow","Action":["{start}{n}","{start}{n}Of*"],"Resource":"acs:ecs:*:*:{n}"}}"#
        )
    };
    let all: Vec<String> = (0..number).map(one).collect();
    format!(r#"{{"Version":"1","Statement":[{}]}}"#, all.join(","))
}

fn asks(j: &Journey) -> bool {
    matches!(&j.app.view, View::WhoCan(view) if view.is_asking())
}

#[test]
fn what_takes_long_to_answer_is_answered_while_keys_work() {
    let files =
        [("many.json", statements("ecs:Part", 400)), ("few.json", statements("ecs:Few", 2))];
    let mut j = over(&files, 120, 30);
    // Nothing is asked yet; the first letter is, beside the loop, and others come meanwhile.
    j.keys("w").sees("Type an action");
    none(&mut j);
    j.keys("e").sees("All policies are being asked.");
    let first = one(&mut j);
    j.keys("cs:Part7").sees("› ecs:Part7").sees("All policies are being asked.");
    j.keys("<enter>").sees("All policies are being asked.");
    none(&mut j);
    // What comes too late is dropped, and what stands there by now is asked.
    done(&mut j, first);
    j.sees_not("1 could");
    assert!(asks(&j), "{}", j.screen());
    let work = one(&mut j);
    done(&mut j, work);
    j.sees("0 can · 1 could").sees("Who can ecs:Part7");
    assert!(!asks(&j), "{}", j.screen());
    none(&mut j);
    // The answer stays as long as there is no other; it can be looked at, and Esc leaves.
    j.keys("*").sees("Who can ecs:Part7").sees("1 policy").sees("All policies are being asked.");
    let late = one(&mut j);
    j.keys("<enter>");
    assert!(j.crumbs().ends_with("Policy"), "{}", j.screen());
    j.keys("<esc>").sees("› ecs:Part7*").sees("All policies are being asked.");
    none(&mut j);
    done(&mut j, late);
    j.sees("Who can ecs:Part7*").sees("1 policy").sees_not("All policies are being asked.");
    // Without letters there is nothing to be asked.
    j.keys("<ctrl-u>").sees("Type an action");
    none(&mut j);

    // What breaks down does not begin again by itself.
    j.keys("ecs:Few1");
    let work = one(&mut j);
    broke(&mut j, work);
    let work = one(&mut j);
    broke(&mut j, work);
    j.sees("A part of the program broke down");
    none(&mut j);
    // A few statements are asked at once.
    let mut j = over(&files[1..], 120, 30);
    j.keys("wecs:Few1").sees("0 can · 1 could");
    none(&mut j);
}

#[test]
fn find_learns_the_actions_of_large_policies_while_it_is_open() {
    let files = [("small.json", policy("ecs:Small", 0)), ("huge.json", policy("zz:Huge", SLOW))];
    let mut j = over(&files, 100, 30);
    assert!(naming(&mut j).is_none(), "nothing was looked for");
    j.keys("/").sees("Find");
    let work = naming(&mut j).expect("the actions are read");
    j.keys("zz:huge000123").sees("Nothing of this name so far; the policies are being read");
    assert!(naming(&mut j).is_none(), "it was asked for twice");
    done(&mut j, work);
    j.sees("zz:Huge000123").sees("1 found").sees_not("Nothing of this name");
    j.keys("<enter>").sees("Permissions of huge");
    // What is selected stays where more is found.
    let mut j = over(&files, 100, 30);
    j.keys("/h<down><down>");
    let selected = |j: &Journey| {
        let picker = j.app.overlay.as_ref().unwrap().picker().unwrap();
        (picker.selected().unwrap().target.clone(), picker.total)
    };
    let before = selected(&j);
    let work = naming(&mut j).unwrap();
    done(&mut j, work);
    let after = selected(&j);
    assert_eq!(after.0, before.0, "{}", j.screen());
    assert!(after.1 > before.1, "{} and {}", before.1, after.1);
    // Where it breaks down that is said, and it does not begin again by itself.
    let mut j = over(&files, 100, 30);
    j.keys("/zz:huge000123").sees("Nothing of this name so far");
    let work = naming(&mut j).unwrap();
    broke(&mut j, work);
    j.sees("Nothing of this name. After Esc, w asks").keys("4");
    assert!(naming(&mut j).is_none());
}

#[test]
fn find_learns_the_actions_of_small_policies_at_once() {
    let mut j = over(&[("small.json", policy("zz:Small", 0))], 100, 30);
    j.keys("/zz:small").sees("zz:Small").sees("Actions (");
    assert!(naming(&mut j).is_none());
}
