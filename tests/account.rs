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
#[path = "account/command.rs"]
mod command;
#[path = "account/ends.rs"]
mod ends;
#[path = "account/files.rs"]
mod files;

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use aliyun::{Aliyun, SERVER_ERROR, role_name};
use rolescope::account::failure::Failure;
use rolescope::account::progress::{Count, Progress, Step};
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
        Ok(snapshot) => panic!("a snapshot was taken: {}", snapshot.to_text().unwrap()),
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
    assert!(snapshot.complete, "{}", snapshot.to_text().unwrap());
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
    assert!(
        told.contains(&Step::Roles(Count::of(7, 7)))
            && told.contains(&Step::Policies(Count::of(7, 7))),
        "{told:?}"
    );
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
    assert!(snapshot.complete && snapshot.roles.len() == 3, "{}", snapshot.to_text().unwrap());
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
        (
            "kill -9 $$".into(),
            "was ended by signal 9 at ListRoles; it gave no reason. Where memory is short",
        ),
        (
            "echo 'ERROR: told so' >&2; kill -15 $$".into(),
            "was ended by signal 15 at ListRoles; it said: told so.",
        ),
        ("exit 1".into(), "failed at ListRoles; it gave no reason"),
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
    let text = taken.unwrap().to_text().unwrap();
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
    assert!(snapshot.complete, "{}", snapshot.to_text().unwrap());
    assert!(told.contains(&Step::Checking(Count::of(4, 4))), "{told:?}");
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
    // Times are told in seconds: the first run was long ago.
    let began = "2024-05-20T02:00:01Z".to_owned();
    let text = std::fs::read_to_string(&cli.order().out).unwrap();
    let taken = read_back(&cli.order()).taken;
    std::fs::write(&cli.order().out, text.replace(&taken, &began)).unwrap();
    // The second run is stopped while it checks, when one policy was made anew.
    let second = format!("[ \"$role\" = {} ]", role_name(2));
    let refused = SERVER_ERROR.replace("CODE", "InvalidSecurityToken.Expired");
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
    assert!(!snapshot.complete, "{}", snapshot.to_text().unwrap());
    assert_eq!(snapshot.roles[1].as_of.as_deref(), Some(&*began));
    assert!(snapshot.roles[1].trouble.as_deref().unwrap().contains("was not read"));
    assert!(snapshot.policies.iter().all(|policy| policy.as_of.is_none()), "{snapshot:?}");
    assert!(snapshot.policies[0].document.as_deref().unwrap().contains("DeleteVpc"));
    // At last all of it holds.
    cli.behave("ListPoliciesForRole", "");
    let snapshot = run(&cli.order()).0.unwrap();
    assert!(
        snapshot.complete && !snapshot.to_text().unwrap().contains(&*began),
        "{}",
        snapshot.to_text().unwrap()
    );
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
        if *step == Step::Roles(Count::of(2, 3)) {
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
