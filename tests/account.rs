//! The account room against a stand-in `aliyun`: a shell script that answers from the shapes of real answers.
#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

#[path = "support/aliyun.rs"]
mod aliyun;

use std::os::unix::fs::FileTypeExt as _;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use aliyun::{Aliyun, SERVER_ERROR, role_name};
use rolescope::account::failure::Failure;
use rolescope::account::progress::{Progress, Step};
use rolescope::account::take::{Order, Trouble, take};
use rolescope::catalog::Catalog;
use rolescope::catalog::model::{RoleId, Standing};
use rolescope::catalog::observed::{Scope, Snapshot};

/// Takes a snapshot with nobody stopping it; also what was told.
fn run(order: &Order) -> (Result<Snapshot, Trouble>, Vec<Step>) {
    let told = Mutex::new(Vec::new());
    let tell = |step: &Step| told.lock().unwrap().push(step.clone());
    let taken = take(order, &AtomicUsize::new(0), &tell).map(|taken| taken.snapshot);
    (taken, told.into_inner().unwrap())
}

#[track_caller]
fn fails(order: &Order) -> String {
    match run(order).0 {
        Ok(snapshot) => panic!("a snapshot was taken: {}", snapshot.to_text()),
        Err(trouble) => trouble.to_string(),
    }
}

fn read_back(order: &Order) -> Snapshot {
    let text = std::fs::read_to_string(&order.out).unwrap();
    assert!(Snapshot::is(&text), "{text}");
    Snapshot::read("out.json", &text).unwrap()
}

#[test]
fn every_page_every_role_and_every_policy_is_read() {
    let cli = Aliyun::with_roles(7);
    let (taken, told) = run(&cli.order());
    let snapshot = taken.unwrap();
    assert!(snapshot.complete, "{}", snapshot.to_text());
    assert_eq!(snapshot, read_back(&cli.order()));
    assert_eq!(snapshot.account.as_deref(), Some("1234567890123456"));
    assert_eq!(snapshot.roles.len(), 7);
    assert_eq!(snapshot.policies.len(), 7);
    assert_eq!(snapshot.other_roles, 1, "ECSAdmin is left out");
    let role = &snapshot.roles[0];
    assert_eq!(role.name, role_name(1));
    assert_eq!(role.created.as_deref(), Some("2024-05-13T02:00:00Z"));
    assert!(role.trust.as_deref().unwrap().contains("sts:AssumeRole"));
    assert_eq!(snapshot.policies[0].version.as_deref(), Some("v11"));
    assert!(told.contains(&Step::Listing(8)), "{told:?}");
    assert!(told.contains(&Step::Roles(7, 7)) && told.contains(&Step::Policies(7, 7)), "{told:?}");
    assert!(!std::fs::exists(cli.file("out.json.partial")).unwrap());
    let pages = cli.calls().iter().filter(|call| call.contains("ListRoles")).count();
    assert_eq!(pages, 4, "two roles a page: {:?}", cli.calls());
}

#[test]
fn all_reads_ordinary_roles_too() {
    let cli = Aliyun::with_roles(1);
    let snapshot = run(&Order { scope: Scope::All, ..cli.order() }).0.unwrap();
    let names: Vec<&str> = snapshot.roles.iter().map(|role| role.name.as_str()).collect();
    assert_eq!(names, [&role_name(1), "ECSAdmin"]);
    assert!(!snapshot.roles[1].service_linked);
    assert_eq!(snapshot.other_roles, 0);
}

#[test]
fn only_the_four_read_calls_are_made_and_nothing_of_ours_is_passed_on() {
    let cli = Aliyun::with_roles(3);
    let mut order = cli.order();
    order.settings.profile = Some("-x; touch no".to_owned());
    order.settings.region = Some("cn-hangzhou".to_owned());
    run(&order).0.unwrap();
    for call in cli.calls() {
        let words: Vec<&str> = call.split('|').collect();
        assert_eq!(words[0], "ram", "{call}");
        assert!(
            ["ListRoles", "GetRole", "ListPoliciesForRole", "GetPolicy"].contains(&words[1]),
            "{call}"
        );
        assert!(
            words[2..].iter().all(|word| word.starts_with("--") && word.contains('=')),
            "{call}"
        );
        assert!(call.contains("--profile=-x; touch no|--region=cn-hangzhou"), "{call}");
    }
    assert_eq!(cli.said("no_color"), "1");
    assert!(!std::fs::exists(cli.file("no")).unwrap(), "a shell has read the profile");
}

#[test]
fn no_more_than_two_listings_of_policies_run_at_a_time() {
    let cli = Aliyun::with_roles(12);
    cli.behave("ListPoliciesForRole", "sleep 0.05");
    run(&cli.order()).0.unwrap();
    let most = cli.most_at_a_time("ListPoliciesForRole");
    assert!((1..=2).contains(&most), "{most} at a time");
}

#[test]
fn throttling_is_waited_for() {
    let cli = Aliyun::with_roles(2);
    cli.fail_times(3, "ListPoliciesForRole", &SERVER_ERROR.replace("CODE", "Throttling.User"));
    let (taken, told) = run(&cli.order());
    assert!(taken.unwrap().complete);
    let waited = told.iter().filter(|step| matches!(step, Step::Waiting(..))).count();
    assert_eq!(waited, 3, "{told:?}");
}

#[test]
fn an_error_of_ram_is_no_throttling_and_not_waited_for_as_long() {
    for (code, times, why, waiting) in [
        ("Throttling.User", 4, "asked to slow down 4 times", "RAM asks to slow down"),
        ("ServiceUnavailable", 4, "was busy 4 times", "RAM is busy"),
        ("InternalError", 2, "had an internal error 2 times", "RAM had an internal error"),
    ] {
        let cli = Aliyun::with_roles(1);
        cli.behave("ListRoles", &SERVER_ERROR.replace("CODE", code));
        let (taken, told) = run(&cli.order());
        let trouble = taken.unwrap_err().to_string();
        assert!(trouble.contains(&format!("RAM {why} in a row ({code})")), "{trouble}");
        let mut out = Vec::new();
        let mut progress = Progress::new(&mut out, false);
        let waits: Vec<&Step> =
            told.iter().filter(|step| matches!(step, Step::Waiting(..))).collect();
        assert_eq!(waits.len() + 1, times, "{code}: {told:?}");
        for step in waits {
            progress.tell(step);
        }
        let said = String::from_utf8(out).unwrap();
        assert!(said.starts_with(&format!("{waiting} ({code}); ")), "{said}");
    }
}

#[test]
fn too_much_throttling_ends_it_with_what_was_done() {
    let cli = Aliyun::with_roles(3);
    let only = format!("[ \"$role\" = {} ]", role_name(3));
    let throttled = SERVER_ERROR.replace("CODE", "Throttling.User");
    cli.behave("ListPoliciesForRole", &format!("if {only}; then {throttled} fi"));
    let mut order = cli.order();
    // One after the other, so that the first two are read.
    order.settings.workers = 1;
    let trouble = fails(&order);
    assert!(trouble.contains("slow down 4 times in a row (Throttling.User)"), "{trouble}");
    assert!(trouble.contains("out.json.partial"), "{trouble}");
    assert!(!std::fs::exists(&cli.order().out).unwrap());
    // The next run reads the rest only.
    cli.behave("ListPoliciesForRole", "");
    cli.forget_calls();
    let (taken, told) = run(&cli.order());
    let snapshot = taken.unwrap();
    assert!(snapshot.complete && snapshot.roles.len() == 3, "{}", snapshot.to_text());
    assert!(told.iter().any(|step| matches!(step, Step::Continuing(_, 2))), "{told:?}");
    let asked: Vec<String> =
        cli.calls().into_iter().filter(|call| call.contains("GetRole")).collect();
    assert_eq!(asked.len(), 1, "{asked:?}");
    assert!(!std::fs::exists(cli.file("out.json.partial")).unwrap());
}

#[test]
fn what_is_wrong_is_said_with_its_remedy() {
    for (behaviour, expected) in [
        (
            SERVER_ERROR.replace("CODE", "NoPermission"),
            "may not call ram:ListRoles. Attach the system policy AliyunRAMReadOnlyAccess",
        ),
        (
            SERVER_ERROR.replace("CODE", "InvalidAccessKeyId.NotFound"),
            "refused (InvalidAccessKeyId.NotFound). Renew them with `aliyun configure`",
        ),
        (SERVER_ERROR.replace("CODE", "Odd"), "RAM refused ListRoles (Odd): told so"),
        (
            "echo 'ERROR: unknown profile x' >&2; echo >&2; echo tip >&2; exit 3".into(),
            "is not configured; it said: unknown profile x. Run `aliyun configure`",
        ),
        (
            "echo \"ERROR: 'ListRoles' is not a valid api.\" >&2; exit 2".into(),
            "does not know the call ram ListRoles",
        ),
        ("exit 0".into(), "printed nothing; it gave no reason"),
        (
            "echo 'ERROR: load current configuration failed' >&2; exit 0".into(),
            "printed nothing; it said: load current configuration failed",
        ),
        ("echo '<html>'; exit 0".into(), "something else than the JSON answer of ListRoles"),
        ("echo '[1]'; exit 0".into(), "something else than the JSON answer of ListRoles"),
        (
            "echo '{\"Roles\": 7}'; exit 0".into(),
            "something else than the JSON answer of ListRoles",
        ),
        (
            "echo 'ERROR: operation blocked by safety policy: x (rule: y)' >&2; exit 1".into(),
            "safety policy of the `aliyun` CLI",
        ),
        ("kill -9 $$".into(), "failed at ListRoles; it gave no reason"),
        ("head -c 5000000 /dev/zero | tr '\\0' 'a'; exit 0".into(), "larger than 4 MB"),
    ] {
        let cli = Aliyun::with_roles(1);
        cli.behave("ListRoles", &behaviour);
        let trouble = fails(&cli.order());
        assert!(
            trouble.contains(expected),
            "{behaviour}\nsaid:     {trouble}\nexpected: {expected}"
        );
    }
}

#[test]
fn a_missing_cli_and_a_missing_profile_are_said() {
    let cli = Aliyun::with_roles(1);
    let mut order = cli.order();
    order.settings.program = cli.file("nothing-here");
    assert!(fails(&order).contains("no program `aliyun` on the PATH"));
    let mut order = cli.order();
    order.settings.profile = Some("ops".to_owned());
    cli.behave("ListRoles", "echo 'ERROR: unknown profile ops' >&2; exit 3");
    let trouble = fails(&order);
    assert!(trouble.contains("cannot use the profile ops"), "{trouble}");
    assert!(trouble.contains("`aliyun configure list` shows the profiles"), "{trouble}");
}

#[test]
fn a_slow_answer_is_ended_with_all_that_it_started() {
    let cli = Aliyun::with_roles(1);
    cli.behave("ListRoles", "sleep 600 & echo $! > \"$here/sleeper\"; wait");
    let mut order = cli.order();
    order.settings.limits.time = Duration::from_millis(500);
    let trouble = fails(&order);
    assert!(trouble.contains("ListRoles was not answered within 0.5 s"), "{trouble}");
    assert!(trouble.contains("--time-limit"), "{trouble}");
    cli.wait_until_gone("sleeper");
}

#[test]
fn secrets_that_the_cli_prints_are_neither_shown_nor_kept() {
    let leak = "echo 'ERROR: Post \"https://ram.aliyuncs.com/?AccessKeyId=LTAIHIDDEN&SecurityToken=HIDDEN&Signature=HIDDEN\": dial tcp: lookup ram.aliyuncs.com: no such host' >&2; exit 1";
    let cli = Aliyun::with_roles(1);
    cli.behave("ListRoles", leak);
    let trouble = fails(&cli.order());
    assert!(trouble.contains("reached no server"), "{trouble}");
    assert!(trouble.contains("no such host"), "{trouble}");
    assert!(!trouble.contains("HIDDEN"), "{trouble}");
    // A message about one role goes into the file.
    cli.behave("ListRoles", "");
    cli.behave(
        "GetRole",
        "echo 'ERROR: SignatureNonce=HIDDEN \"https://x/?HIDDEN\" odd' >&2; exit 1",
    );
    let (taken, told) = run(&cli.order());
    let text = taken.unwrap().to_text();
    assert!(text.contains("was not read"), "{text}");
    assert!(
        !text.contains("HIDDEN") && !format!("{told:?}").contains("HIDDEN"),
        "{text}\n{told:?}"
    );
}

#[test]
fn one_bad_role_does_not_stop_the_others_and_is_tried_again() {
    let cli = Aliyun::with_roles(3);
    let bad = format!("[ \"$role\" = {} ]", role_name(2));
    cli.behave("GetRole", &format!("if {bad}; then echo garbage; exit 0; fi"));
    let (taken, told) = run(&cli.order());
    let snapshot = taken.unwrap();
    assert!(!snapshot.complete);
    assert_eq!(snapshot.roles.iter().filter(|role| role.is_read()).count(), 2);
    let trouble = snapshot.roles[1].trouble.as_deref().unwrap();
    assert!(trouble.contains("JSON answer of GetRole"), "{trouble}");
    let noted = |step: &Step| matches!(step, Step::Note(note) if note.english() == *trouble);
    assert!(told.iter().any(noted), "{told:?}");
    cli.behave("GetRole", "");
    cli.forget_calls();
    assert!(run(&cli.order()).0.unwrap().complete);
    let asked = cli.calls().iter().filter(|call| call.contains("GetRole")).count();
    assert_eq!(asked, 1, "{:?}", cli.calls());
}

/// The name of the policy of the `n`th role.
fn policy_name(n: usize) -> String {
    role_name(n).replace("RoleFor", "RolePolicyFor")
}

/// An account of which an earlier run could not read the last role.
fn begun(roles: usize) -> Aliyun {
    let cli = Aliyun::with_roles(roles);
    let bad = format!("[ \"$role\" = {} ]", role_name(roles));
    cli.behave("GetRole", &format!("if {bad}; then echo garbage; exit 0; fi"));
    assert!(!run(&cli.order()).0.unwrap().complete);
    cli.behave("GetRole", "");
    cli.forget_calls();
    cli
}

/// The calls without what is the same in all: `GetRole AliyunServiceRoleForMade01`.
fn asked(cli: &Aliyun, call: &str) -> Vec<String> {
    let mut asked: Vec<String> = cli
        .calls()
        .iter()
        .map(|line| line.split('|').collect::<Vec<_>>())
        .filter(|words| words[1] == call)
        .map(|words| words[2].rsplit('=').next().unwrap().to_owned())
        .collect();
    asked.sort();
    asked
}

#[test]
fn what_an_earlier_run_read_is_held_against_the_account_again() {
    // One is as it was, one has a new version, one another policy, one a policy that was made anew, one was not read.
    let cli = begun(5);
    cli.attach(&role_name(2), &policy_name(2), "v12", "2024-05-13");
    cli.allow(&policy_name(2), "v12", "vpc:DeleteVpc");
    cli.attach(&role_name(3), "Other", "v1", "2024-06-01");
    cli.allow("Other", "v1", "vpc:CreateVpc");
    cli.attach(&role_name(4), &policy_name(4), "v11", "2024-06-01");
    cli.allow(&policy_name(4), "v11", "vpc:ModifyVpc");
    let (taken, told) = run(&cli.order());
    let snapshot = taken.unwrap();
    assert!(snapshot.complete, "{}", snapshot.to_text());
    assert!(told.contains(&Step::Checking(4, 4)), "{told:?}");
    let allowed = |role: usize| {
        let attached = snapshot.roles[role - 1].policies.as_deref().unwrap();
        let policy = snapshot.policy(&attached[0].name, "System").unwrap();
        assert_eq!(policy.version, attached[0].version, "{policy:?}");
        let text: serde_json::Value =
            serde_json::from_str(policy.document.as_deref().unwrap()).unwrap();
        text["Statement"][0]["Action"][0].as_str().unwrap().to_owned()
    };
    assert_eq!(
        [1, 2, 3, 4, 5].map(allowed),
        ["DescribeVpcs", "DeleteVpc", "CreateVpc", "ModifyVpc", "DescribeVpcs"]
            .map(|action| format!("vpc:{action}"))
    );
    // One call for each role that was read already, and none for a text that is as it was.
    assert_eq!(asked(&cli, "GetRole"), [role_name(5)]);
    assert_eq!(asked(&cli, "ListPoliciesForRole").len(), 5, "{:?}", cli.calls());
    let texts = [policy_name(2), policy_name(4), policy_name(5), "Other".to_owned()];
    assert_eq!(asked(&cli, "GetPolicy"), texts);
}

#[test]
fn what_was_not_checked_again_keeps_its_own_time() {
    let cli = begun(3);
    let began = read_back(&cli.order()).taken;
    // Times are told in seconds.
    std::thread::sleep(Duration::from_millis(1_100));
    // The second run is stopped while it checks, when one policy was made anew.
    let second = format!("[ \"$role\" = {} ]", role_name(2));
    let refused = SERVER_ERROR.replace("CODE", "NoPermission");
    cli.behave("ListPoliciesForRole", &format!("if {second}; then {refused} fi"));
    cli.attach(&role_name(1), &policy_name(1), "v11", "2024-06-01");
    cli.allow(&policy_name(1), "v11", "vpc:DeleteVpc");
    let mut order = cli.order();
    order.settings.workers = 1;
    let trouble = fails(&order);
    assert!(trouble.contains("is kept in"), "{trouble}");
    let text = std::fs::read_to_string(cli.file("out.json.partial")).unwrap();
    let kept = Snapshot::read("out.json.partial", &text).unwrap();
    assert!(kept.taken > began && !kept.complete, "{text}");
    let times: Vec<Option<&str>> = kept.roles.iter().map(|role| role.as_of.as_deref()).collect();
    assert_eq!(times, [None, Some(began.as_str()), None], "{text}");
    assert_eq!(kept.policy(&policy_name(1), "System"), None, "{text}");
    assert_eq!(kept.policy(&policy_name(2), "System").unwrap().as_of.as_deref(), Some(&*began));
    let mut catalog = Catalog::builtin().unwrap();
    catalog.observe(&kept);
    let told = &catalog.observation(&RoleId::of(&role_name(2))).unwrap().troubles;
    assert!(told.iter().any(|text| text.en.contains("not checked again since")), "{told:?}");
    // A check that fails for one role alone leaves that role as of its time.
    cli.behave("ListPoliciesForRole", &format!("if {second}; then echo garbage; exit 0; fi"));
    let snapshot = run(&cli.order()).0.unwrap();
    assert!(!snapshot.complete, "{}", snapshot.to_text());
    assert_eq!(snapshot.roles[1].as_of.as_deref(), Some(&*began));
    assert!(snapshot.roles[1].trouble.as_deref().unwrap().contains("was not read"));
    assert!(snapshot.policies.iter().all(|policy| policy.as_of.is_none()), "{snapshot:?}");
    assert!(snapshot.policies[0].document.as_deref().unwrap().contains("DeleteVpc"));
    // At last all of it holds.
    cli.behave("ListPoliciesForRole", "");
    let snapshot = run(&cli.order()).0.unwrap();
    assert!(snapshot.complete && !snapshot.to_text().contains(&*began), "{}", snapshot.to_text());
}

#[test]
fn a_role_that_was_deleted_meanwhile_is_left_out() {
    let cli = Aliyun::with_roles(2);
    let gone = SERVER_ERROR.replace("CODE", "EntityNotExist.Role");
    cli.behave("GetRole", &format!("if [ \"$role\" = {} ]; then {gone} fi", role_name(1)));
    let snapshot = run(&cli.order()).0.unwrap();
    assert!(snapshot.complete);
    assert_eq!(snapshot.roles.len(), 1);
}

#[test]
fn missing_permissions_in_the_middle_name_the_action() {
    let cli = Aliyun::with_roles(2);
    cli.behave("GetPolicy", &SERVER_ERROR.replace("CODE", "NoPermission"));
    let trouble = fails(&cli.order());
    assert!(trouble.contains("ram:GetPolicy. Attach"), "{trouble}");
    assert!(trouble.contains("is kept in"), "{trouble}");
}

#[test]
fn stopped_from_outside_it_keeps_what_was_done_and_ends_its_children() {
    let cli = Aliyun::with_roles(3);
    let last = format!("[ \"$role\" = {} ]", role_name(3));
    cli.behave("GetRole", &format!("if {last}; then echo $$ > \"$here/child\"; sleep 600; fi"));
    let mut order = cli.order();
    order.settings.workers = 1;
    let stop = AtomicUsize::new(0);
    let tell = |step: &Step| {
        if *step == Step::Roles(2, 3) {
            cli.wait_until_there("child");
            stop.store(2, Ordering::SeqCst);
        }
    };
    let trouble = take(&order, &stop, &tell).unwrap_err();
    let kept = cli.file("out.json.partial");
    assert_eq!(trouble, Trouble::Call { failure: Failure::Interrupted, kept: Some(kept) });
    cli.wait_until_gone("child");
    cli.behave("GetRole", "");
    let (taken, told) = run(&order);
    assert!(taken.unwrap().complete);
    assert!(told.iter().any(|step| matches!(step, Step::Continuing(_, 2))), "{told:?}");
}

#[test]
fn files_that_are_something_else_are_not_overwritten() {
    let cli = Aliyun::with_roles(1);
    std::fs::write(cli.file("out.json"), "{\"mine\": 1}").unwrap();
    let trouble = fails(&cli.order());
    assert!(trouble.contains("is no snapshot of an account"), "{trouble}");
    assert_eq!(std::fs::read_to_string(cli.file("out.json")).unwrap(), "{\"mine\": 1}");
    assert!(cli.calls().is_empty());
    let mut order = cli.order();
    order.out = cli.file("no/such/folder.json");
    assert!(fails(&order).contains("cannot be written"));
    assert!(cli.calls().is_empty(), "what is read would be lost: {:?}", cli.calls());
    order.out = cli.file("mine.json");
    std::fs::write(cli.file("mine.json.partial"), "mine").unwrap();
    assert!(fails(&order).contains("mine.json.partial exists and is no snapshot of an account"));
    assert_eq!(std::fs::read_to_string(cli.file("mine.json.partial")).unwrap(), "mine");
    assert!(cli.calls().is_empty());
}

#[test]
fn only_plain_files_are_written_and_links_lead_to_them() {
    let cli = Aliyun::with_roles(1);
    let pipe = std::process::Command::new("mkfifo").arg(cli.file("pipe")).status().unwrap();
    assert!(pipe.success());
    std::os::unix::fs::symlink("pipe", cli.file("to-pipe.json")).unwrap();
    std::os::unix::fs::symlink("loop.json", cli.file("loop.json")).unwrap();
    std::os::unix::fs::symlink("pipe", cli.file("beside.json.partial")).unwrap();
    let _socket = std::os::unix::net::UnixListener::bind(cli.file("socket")).unwrap();
    for (file, expected) in [
        ("pipe", "pipe is no plain file. Name another file with --out."),
        ("to-pipe.json", "to-pipe.json is no plain file"),
        ("socket", "socket is no plain file"),
        ("loop.json", "loop.json cannot be written"),
        ("beside.json", "beside.json.partial is no plain file"),
        ("", "is a folder. Name a file in it with --out."),
        ("new/", "cannot be written"),
    ] {
        let out = cli.file(file);
        let trouble = fails(&Order { out, ..cli.order() });
        assert!(trouble.contains(expected), "{file}: {trouble}");
    }
    let trouble = fails(&Order { out: "-".into(), ..cli.order() });
    assert!(trouble.contains("standard output is none. Name a file with --out."), "{trouble}");
    assert!(cli.calls().is_empty(), "{:?}", cli.calls());
    assert!(cli.file("pipe").symlink_metadata().unwrap().file_type().is_fifo());
    // Where a link leads, be it there already or not, the snapshot stands, and the link stays one.
    std::fs::create_dir(cli.file("real")).unwrap();
    std::os::unix::fs::symlink("real/new.json", cli.file("link.json")).unwrap();
    for _ in 0..2 {
        let snapshot = run(&Order { out: cli.file("link.json"), ..cli.order() }).0.unwrap();
        assert!(snapshot.complete);
        assert!(cli.file("link.json").is_symlink());
        let text = std::fs::read_to_string(cli.file("real/new.json")).unwrap();
        assert_eq!(Snapshot::read("new.json", &text).unwrap(), snapshot);
    }
    let left: Vec<_> = std::fs::read_dir(cli.file("real")).unwrap().flatten().collect();
    assert_eq!(left.len(), 1, "{left:?}");
}

#[test]
fn a_complete_file_is_not_replaced_by_one_that_lacks_something() {
    let cli = Aliyun::with_roles(2);
    let complete = run(&cli.order()).0.unwrap();
    cli.behave("GetRole", &SERVER_ERROR.replace("CODE", "Odd"));
    let ran = program(&cli).args(["account", "snapshot", "--out", "out.json"]).output().unwrap();
    let said = String::from_utf8(ran.stderr).unwrap();
    assert_eq!(ran.status.code(), Some(1), "{said}");
    assert!(
        said.contains("out.json is complete and stays as it is. What was read now is in out.json.partial: account 1234567890123456, 2 service-linked roles, 0 policies"),
        "{said}"
    );
    assert!(said.contains("2 roles and policies were not read; the same command tries again."));
    assert!(!said.contains("Wrote"), "{said}");
    assert_eq!(read_back(&cli.order()), complete);
    cli.behave("GetRole", "");
    let (taken, _) = run(&cli.order());
    assert!(taken.as_ref().unwrap().complete, "{taken:?}");
    assert_eq!(read_back(&cli.order()), taken.unwrap());
    assert!(!cli.file("out.json.partial").exists());
}

#[test]
fn another_profile_or_account_does_not_go_on_with_the_file() {
    let cli = Aliyun::with_roles(2);
    cli.behave("GetPolicy", &SERVER_ERROR.replace("CODE", "NoPermission"));
    fails(&cli.order());
    let mut order = cli.order();
    order.settings.profile = Some("ops".to_owned());
    let trouble = fails(&order);
    assert!(trouble.contains("was begun without --profile"), "{trouble}");
    cli.behave("ListRoles", "sed s/1234567890123456/77/ \"$here/page-${marker:-1}\"; exit 0");
    let trouble = fails(&cli.order());
    assert!(trouble.contains("is of another account"), "{trouble}");
}

#[test]
fn pages_that_never_end_are_refused() {
    let cli = Aliyun::with_roles(4);
    cli.behave("ListRoles", "cat \"$here/page-1\"; exit 0");
    assert!(fails(&cli.order()).contains("something else than the JSON answer of ListRoles"));
}

#[test]
fn a_snapshot_is_laid_over_the_catalogue() {
    let cli = Aliyun::with_names(&[
        "AliyunServiceRoleForAlikafka",
        "AliyunServiceRoleForAlikafkaConnector",
        "AliyunServiceRoleForSomethingNew",
    ]);
    let snapshot = run(&cli.order()).0.unwrap();
    let mut catalog = Catalog::builtin().unwrap();
    catalog.observe(&snapshot);
    for name in ["AliyunServiceRoleForAlikafka", "AliyunServiceRoleForAlikafkaConnector"] {
        let id = RoleId::of(name);
        let seen = catalog.observation(&id).unwrap();
        assert!(seen.exists && seen.version.as_deref() == Some("v11"), "{seen:?}");
        assert!(seen.drift.difference().is_some(), "{seen:?}");
        let policy = catalog.role(&id).unwrap().policy.as_ref().unwrap();
        assert_eq!(policy.standing, Standing::Observed, "{name}");
    }
    let new = catalog.role(&RoleId::of("AliyunServiceRoleForSomethingNew")).unwrap();
    assert_eq!(catalog.product(&new.product).unwrap().name.en, "Observed in the account");
    assert!(!catalog.observation(&RoleId::of("AliyunServiceRoleForKafkaLog")).unwrap().exists);
}

/// The program with the stand-in first on its PATH.
fn program(cli: &Aliyun) -> std::process::Command {
    program_of(cli, std::process::Command::new(env!("CARGO_BIN_EXE_rolescope")))
}

fn program_of(cli: &Aliyun, mut command: std::process::Command) -> std::process::Command {
    let path = std::env::var("PATH").unwrap();
    let here = cli.file("");
    command.env("PATH", format!("{}:{path}", here.display()));
    command.env("ROLESCOPE_TEST", "1").current_dir(here);
    command.stdin(std::process::Stdio::null());
    command
}

#[test]
fn the_command_writes_the_file_and_says_what_to_do_with_it() {
    let cli = Aliyun::with_roles(3);
    cli.behave("GetRole", "env > \"$here/environment\"");
    let ran = program(&cli).args(["account", "snapshot", "--profile", "ops"]).output().unwrap();
    let said = String::from_utf8(ran.stderr).unwrap();
    assert_eq!(ran.status.code(), Some(0), "{said}");
    assert!(said.contains("Roles read: 3 of 3\nPolicies read: 3 of 3\n"), "{said}");
    assert!(
        said.contains("Wrote rolescope-account-ops.json: account 1234567890123456, 3 service-linked roles, 3 policies; 1 other role left out"),
        "{said}"
    );
    assert!(ran.stdout.is_empty());
    assert!(!cli.said("environment").contains("ROLESCOPE_TEST"), "{}", cli.said("environment"));
    let file = cli.file("rolescope-account-ops.json");
    let mode = std::os::unix::fs::PermissionsExt::mode(&file.metadata().unwrap().permissions());
    assert_eq!(mode & 0o777, 0o600, "only its owner may read it");
    let listed =
        program(&cli).args(["list", "--snapshot", "rolescope-account-ops.json"]).output().unwrap();
    let listed = String::from_utf8(listed.stdout).unwrap();
    assert!(listed.contains(&role_name(2)), "{listed}");
}

#[test]
fn failures_of_the_command_are_one_sentence_and_exit_status_2() {
    let cli = Aliyun::with_roles(1);
    std::fs::remove_file(cli.file("aliyun")).unwrap();
    let ran =
        program(&cli).env("PATH", cli.file("")).args(["account", "snapshot"]).output().unwrap();
    let said = String::from_utf8(ran.stderr).unwrap();
    assert_eq!(ran.status.code(), Some(2), "{said}");
    assert!(said.starts_with("rolescope: There is no program `aliyun` on the PATH."), "{said}");
    assert_eq!(said.lines().count(), 1, "{said}");
}

#[test]
fn signals_end_the_command_with_what_was_done() {
    for (signal, code) in [
        (rustix::process::Signal::INT, 130),
        (rustix::process::Signal::TERM, 143),
        (rustix::process::Signal::HUP, 129),
        (rustix::process::Signal::QUIT, 131),
    ] {
        if rolescope::process::ignores(signal.as_raw()) {
            continue;
        }
        let cli = Aliyun::with_roles(9);
        let last = format!("[ \"$role\" = {} ]", role_name(9));
        cli.behave(
            "GetRole",
            &format!("if {last}; then sleep 600 & echo $! > \"$here/sleeper\"; wait; fi"),
        );
        let mut child = program(&cli)
            .args(["account", "snapshot", "--out", "out.json"])
            .stderr(std::process::Stdio::piped())
            .spawn()
            .unwrap();
        cli.wait_until_there("sleeper");
        // The others are done when all their policies were listed.
        cli.wait_until("the other roles are not read", || {
            cli.calls().iter().filter(|call| call.contains("ListPoliciesForRole")).count() == 8
        });
        rustix::process::kill_process(rustix::process::Pid::from_child(&child), signal).unwrap();
        assert_eq!(child.wait().unwrap().code(), Some(code));
        let mut said = String::new();
        std::io::Read::read_to_string(&mut child.stderr.take().unwrap(), &mut said).unwrap();
        assert!(said.contains("Stopped. What was read is kept in out.json.partial"), "{said}");
        cli.wait_until_gone("sleeper");
        cli.behave("GetRole", "");
        let ran =
            program(&cli).args(["account", "snapshot", "--out", "out.json"]).output().unwrap();
        let said = String::from_utf8(ran.stderr).unwrap();
        assert_eq!(ran.status.code(), Some(0), "{said}");
        assert!(said.contains("Continuing what was begun at"), "{said}");
        assert_eq!(read_back(&cli.order()).roles.len(), 9);
    }
}

#[test]
#[cfg(target_os = "linux")]
fn signals_that_are_ignored_do_not_end_the_command() {
    let cli = Aliyun::with_roles(2);
    cli.behave(
        "GetRole",
        "echo there > \"$here/at-work\"; while ! [ -e \"$here/go\" ]; do sleep 0.02; done",
    );
    let mut child = program_of(&cli, std::process::Command::new("sh"))
        .args(["-c", "trap '' HUP INT; exec \"$0\" account snapshot --out out.json"])
        .arg(env!("CARGO_BIN_EXE_rolescope"))
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    cli.wait_until_there("at-work");
    for signal in [rustix::process::Signal::HUP, rustix::process::Signal::INT] {
        rustix::process::kill_process(rustix::process::Pid::from_child(&child), signal).unwrap();
    }
    std::fs::write(cli.file("go"), "").unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(0));
    assert!(read_back(&cli.order()).complete);
}

/// The answer of a command, as the exit status, what it printed, and what it said beside.
fn answer(cli: &Aliyun, args: &[&str], input: &str) -> (Option<i32>, String, String) {
    let mut command = program(cli);
    command.args(["--no-config"]).args(args);
    command.stdin(std::process::Stdio::piped());
    command.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped());
    let mut child = command.spawn().unwrap();
    // One that reads nothing has gone perhaps.
    let _ = std::io::Write::write_all(&mut child.stdin.take().unwrap(), input.as_bytes());
    let ran = child.wait_with_output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (ran.status.code(), text(ran.stdout), text(ran.stderr))
}

#[test]
fn a_snapshot_is_read_by_the_rules_for_all_files() {
    let cli = Aliyun::with_names(&["AliyunServiceRoleForMqttTunnel"]);
    let snapshot = run(&cli.order()).0.unwrap();
    let list = |path: &str, input: &str| answer(&cli, &["list", "--snapshot", path], input);
    let expected = list("out.json", "");
    assert!(expected.0 == Some(0) && expected.1.contains('●'), "{expected:?}");
    let edited = format!("\u{feff}{}", snapshot.to_text().replace("\n}", ",\n}"));
    assert_eq!(list("-", &edited), expected, "standard input, with what editors leave");
    for (path, told) in [
        ("/dev/zero", "/dev/zero: It is a device, not a file, and was not opened."),
        ("gone.json", "gone.json: It does not exist. `rolescope account snapshot` writes such"),
        (".", ".: It is a folder, and a file is expected."),
    ] {
        let (code, printed, said) = list(path, "");
        assert_eq!((code, printed.as_str()), (Some(2), ""), "{said}");
        assert!(said.contains(told), "{told}: {said}");
    }
    let mut lacking: serde_json::Value = serde_json::from_str(&snapshot.to_text()).unwrap();
    lacking.as_object_mut().unwrap().remove("roles");
    let (code, _, said) = list("-", &lacking.to_string());
    assert_eq!(code, Some(2), "{said}");
    assert!(said.contains("This is no snapshot of an account: it has no roles."), "{said}");
    let mut broken = snapshot;
    broken.policies[0].document = Some("{oops".to_owned());
    let (code, _, said) = list("-", &broken.to_text());
    assert_eq!(code, Some(0), "{said}");
    let expected = format!(
        "standard input: the text of 1 policy in it is no policy document: {}",
        broken.policies[0].name
    );
    assert!(said.contains(&expected), "{said}");
}

#[test]
fn the_answer_on_a_deletion_is_read_by_the_rules_for_all_files() {
    let cli = Aliyun::with_roles(1);
    let plain = "{\"Status\": \"SUCCEEDED\"}";
    let removal = |input: &str| answer(&cli, &["removal", "MqttTunnel", "--status", "-"], input);
    let expected = removal(plain);
    assert_eq!(expected.0, Some(0), "{expected:?}");
    for edited in ["\u{feff}{\"Status\": \"SUCCEEDED\"}", "{\"Status\": \"SUCCEEDED\",}"] {
        assert_eq!(removal(edited), expected, "{edited}");
    }
}
