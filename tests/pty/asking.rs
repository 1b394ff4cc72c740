//! A CLI that wants to use the terminal while a snapshot is taken.

use std::fs::{Permissions, set_permissions, write};
use std::os::unix::fs::PermissionsExt as _;

use super::pty::Start;

#[test]
fn a_cli_that_asks_on_the_terminal_is_told_from_one_that_is_slow() {
    // The first reads, the second changes settings, as for a password.
    for asks in ["printf 'MFA code: ' > /dev/tty; read code < /dev/tty", "stty -echo < /dev/tty"] {
        let folder = tempfile::tempdir().unwrap();
        let program = folder.path().join("aliyun");
        let calls = folder.path().join("calls");
        let noted = format!("echo call >> '{}'", calls.display());
        write(&program, format!("#!/bin/sh\n{noted}\n{asks}\nsleep 600\n")).unwrap();
        set_permissions(&program, Permissions::from_mode(0o755)).unwrap();
        let path = std::env::var("PATH").unwrap_or_default();
        let out = folder.path().join("out.json");
        let mut pty = Start::program()
            .env("PATH", &format!("{}:{path}", folder.path().display()))
            .size(400, 40)
            .arg("account")
            .arg("snapshot")
            .arg("--out")
            .arg(out.to_str().unwrap())
            .arg("--time-limit")
            .arg("600")
            .spawn();
        assert_eq!(pty.exit_code(), 2, "{asks}");
        pty.wait_for(
            "wanted to ask something on the terminal at ListRoles, which it cannot do from here. \
             Run `aliyun ram ListRoles` by hand once",
        );
        let calls = std::fs::read_to_string(calls).unwrap();
        assert_eq!(calls.lines().count(), 1, "it is not asked again: {asks}");
    }
}
