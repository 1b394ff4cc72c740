//! The command that takes a snapshot, and what reads one, as they are started.

use rolescope::catalog::observed::Snapshot;

use super::aliyun::{Aliyun, SERVER_ERROR, role_name};
use super::{read_back, run};

/// The program with the stand-in first on its PATH.
pub(super) fn program(cli: &Aliyun) -> std::process::Command {
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
fn the_command_that_opens_the_file_is_one_for_a_shell() {
    let cli = Aliyun::with_roles(1);
    for (file, word) in [("my file.json", "'my file.json'"), ("./it's.json", r"'./it'\''s.json'")] {
        let ran = program(&cli).args(["account", "snapshot", "--out", file]).output().unwrap();
        let said = String::from_utf8(ran.stderr).unwrap();
        let opened = format!("Open it with: rolescope --snapshot {word}\n");
        assert!(said.contains(&opened), "{said}");
    }
    std::fs::create_dir(cli.file("a")).unwrap();
    let ran = program(&cli).args(["account", "snapshot", "--out", "a/b.json"]).output().unwrap();
    let said = String::from_utf8(ran.stderr).unwrap();
    assert!(said.contains("Open it with: rolescope --snapshot a/b.json\n"), "{said}");
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
fn where_no_thread_can_be_started_the_command_says_so() {
    let cli = Aliyun::with_roles(1);
    let mut command = program(&cli);
    // No system has so much memory for the stack of a thread.
    command.env("RUST_MIN_STACK", (1_u64 << 60).to_string());
    let ran = command.args(["account", "snapshot"]).output().unwrap();
    let said = String::from_utf8(ran.stderr).unwrap();
    assert_eq!(ran.status.code(), Some(2), "{said}");
    assert!(said.contains("`aliyun` cannot be started ("), "{said}");
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
        assert!(!said.contains("failed"), "{said}");
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
    let edited = format!("\u{feff}{}", snapshot.to_text().unwrap().replace("\n}", ",\n}"));
    assert_eq!(list("-", &edited), expected, "standard input, with what editors leave");
    for (path, told) in [
        ("/dev/zero", "/dev/zero: It is a device, not a file, and was not opened."),
        ("gone.json", "` shows what is there. `rolescope account snapshot` writes such"),
        (".", ".: It is a folder, and a file is expected."),
    ] {
        let (code, printed, said) = list(path, "");
        assert_eq!((code, printed.as_str()), (Some(2), ""), "{said}");
        assert!(said.contains(told), "{told}: {said}");
    }
    let mut lacking: serde_json::Value =
        serde_json::from_str(&snapshot.to_text().unwrap()).unwrap();
    lacking.as_object_mut().unwrap().remove("roles");
    let (code, _, said) = list("-", &lacking.to_string());
    assert_eq!(code, Some(2), "{said}");
    assert!(said.contains("This is no snapshot of an account: it has no roles."), "{said}");
    let mut broken = snapshot;
    broken.policies[0].document = Some("{oops".to_owned());
    let (code, _, said) = list("-", &broken.to_text().unwrap());
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

#[test]
fn the_numbers_of_what_lacks_agree() {
    let cli = Aliyun::with_roles(4);
    let first = role_name(1).replace("RoleFor", "RolePolicyFor");
    let odd = SERVER_ERROR.replace("CODE", "Odd");
    cli.behave("GetPolicy", &format!("if [ \"$policy\" != {first} ]; then {odd} fi"));
    let ran = program(&cli).args(["account", "snapshot", "--out", "out.json"]).output().unwrap();
    let said = String::from_utf8(ran.stderr).unwrap();
    assert_eq!(ran.status.code(), Some(1), "{said}");
    assert!(said.contains("Policies read: 1 of 4, 3 failed\n"), "{said}");
    assert!(said.contains("4 service-linked roles, 1 policy;"), "{said}");
    assert!(said.contains("3 roles and policies were not read; the same command"), "{said}");
    let lacks = |expected: &str| {
        let (_, _, said) = answer(&cli, &["list", "--snapshot", "out.json"], "");
        assert!(said.contains(expected), "{said}");
    };
    lacks("the snapshot is not complete: 3 roles or policies of it were not read;");
    // As a run leaves it that was ended before it asked for the texts, and one that was ended behind the last of them.
    let mut snapshot = read_back(&cli.order());
    let write = |snapshot: &Snapshot| {
        std::fs::write(cli.file("out.json"), snapshot.to_text().unwrap()).unwrap();
    };
    let policies = std::mem::take(&mut snapshot.policies);
    write(&snapshot);
    lacks("the snapshot is not complete: 4 roles or policies of it were not read;");
    snapshot.policies = policies;
    for policy in &mut snapshot.policies {
        policy.document.get_or_insert_with(|| "{}".to_owned());
    }
    write(&snapshot);
    lacks("the snapshot was not brought to its end; the command that took it goes on with it");
}
