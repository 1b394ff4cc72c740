//! Runs the program and keeps what it said.

use std::ffi::OsStr;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// What the program said.
#[derive(Debug)]
pub(crate) struct Said {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Said {
    /// The answer as JSON.
    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {self:#?}"))
    }

    /// The answer as JSON Lines.
    #[track_caller]
    pub(crate) fn lines(&self) -> Vec<Value> {
        let parse =
            |line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"));
        self.out.lines().map(parse).collect()
    }

    /// Wrong use: nothing on standard output, one sentence on standard error.
    #[track_caller]
    pub(crate) fn is_refused(&self, words: &str) {
        assert_eq!((self.code, self.out.as_str()), (2, ""), "{self:#?}");
        assert_eq!(self.err.lines().count(), 1, "{self:#?}");
        assert!(
            self.err.starts_with("rolescope: ") && self.err.contains(words),
            "{words}: {self:#?}"
        );
    }
}

/// The program with these arguments.
pub(crate) fn program<A: AsRef<OsStr>>(args: &[A]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rolescope"));
    // Nothing of whoever runs the tests: no config, no language, no colours.
    command.env("XDG_CONFIG_HOME", concat!(env!("CARGO_TARGET_TMPDIR"), "/no-config"));
    for name in ["LC_ALL", "LC_MESSAGES", "LANG", "NO_COLOR", "COLORFGBG"] {
        command.env_remove(name);
    }
    for name in ["ROLESCOPE_THEME", "ROLESCOPE_LANG", "ROLESCOPE_MOUSE", "ROLESCOPE_CLIPBOARD"] {
        command.env_remove(name);
    }
    command.args(args).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// Runs it to its end.
pub(crate) fn run<A: AsRef<OsStr>>(args: &[A]) -> Said {
    said(program(args))
}

/// Runs it with a text on standard input.
pub(crate) fn run_with<A: AsRef<OsStr>>(args: &[A], input: &str) -> Said {
    let mut child = program(args).stdin(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    from(child.wait_with_output().unwrap())
}

pub(crate) fn said(mut command: Command) -> Said {
    from(command.output().unwrap())
}

fn from(output: std::process::Output) -> Said {
    Said {
        code: output.status.code().unwrap_or(-1),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// A folder of files, gone after the test.
pub(crate) struct Folder(pub(crate) TempDir);

impl Folder {
    pub(crate) fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    /// Writes a file and gives back its path.
    pub(crate) fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> String {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, bytes).unwrap();
        path.to_str().unwrap().to_owned()
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub(crate) fn top(&self) -> String {
        self.0.path().to_str().unwrap().to_owned()
    }
}

/// A document of these statements.
pub(crate) fn policy(statements: &str) -> String {
    format!("{{\"Version\": \"1\", \"Statement\": [{statements}]}}")
}

/// An answer of `GetPolicy` with a document as a string inside.
pub(crate) fn answer_of_get_policy(document: &str) -> String {
    serde_json::json!({
        "RequestId": "4B450CA1",
        "DefaultPolicyVersion": {"VersionId": "v2", "IsDefaultVersion": true, "PolicyDocument": document},
        "Policy": {"PolicyName": "Own", "PolicyType": "Custom", "DefaultVersion": "v2", "PolicyDocument": document},
    })
    .to_string()
}
