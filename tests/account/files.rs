//! The file that a snapshot is written to.

use super::aliyun::{Aliyun, SERVER_ERROR};
use super::command::program;
use super::{fails, policy_name, read_back, run};
use rolescope::account::take::Order;
use rolescope::catalog::observed::Snapshot;
use std::os::unix::fs::FileTypeExt as _;
use std::time::Duration;

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
fn one_policy_that_is_refused_or_hangs_is_its_own_trouble() {
    let refused = SERVER_ERROR.replace("CODE", "NoPermission");
    for (what, told) in
        [(refused.as_str(), "may not call ram:GetPolicy"), ("sleep 600;", "not answered")]
    {
        let cli = Aliyun::with_roles(3);
        let first = format!("[ \"$policy\" = {} ]", policy_name(1));
        cli.behave("GetPolicy", &format!("if {first}; then {what} fi"));
        let mut order = cli.order();
        order.settings.workers = 1;
        order.settings.limits.time = Duration::from_secs(2);
        // The same once more, where only that one is left to be read.
        for _ in 0..2 {
            let snapshot = run(&order).0.unwrap();
            assert!(!snapshot.complete);
            let read = snapshot.policies.iter().filter(|policy| policy.document.is_some());
            assert_eq!(read.count(), 2, "{}", snapshot.to_text().unwrap());
            let trouble = snapshot.policy(&policy_name(1), "System").unwrap().trouble.as_ref();
            assert!(trouble.unwrap().contains(told), "{trouble:?}");
        }
    }
}

#[test]
fn a_complete_file_of_another_account_is_not_written_over() {
    let cli = Aliyun::with_roles(2);
    assert!(run(&cli.order()).0.unwrap().complete);
    cli.behave("ListRoles", "sed s/1234567890123456/77/ \"$here/page-${marker:-1}\"; exit 0");
    let trouble = fails(&cli.order());
    let told = "is of the account 1234567890123456, and this is the account 77. Name another file";
    assert!(trouble.contains(told), "{trouble}");
}
