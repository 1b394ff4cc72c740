//! Clipboard programs and tmux as child processes: fed through a pipe, watched, never left hanging.

use std::io::ErrorKind;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::road::Tool;
use crate::process::Running;
use crate::say::{Saying, saying};

/// How long a program may take.
const PATIENCE: Duration = Duration::from_secs(2);
/// How often its end is looked for, while it runs.
const GLANCE: Duration = Duration::from_millis(4);

/// Puts text into tmux's buffer and asks tmux to hand it to the outer terminal.
pub(super) fn tmux(text: &str) -> Result<(), Saying> {
    feed("tmux", &["load-buffer", "-w", "-"], text.as_bytes().to_vec(), PATIENCE)
}

/// Gives text to a clipboard program.
pub(super) fn run(tool: Tool, text: &str) -> Result<(), Saying> {
    let bytes = match tool {
        // It takes bytes in the code page of the console, or UTF-16; only ASCII is the same in all
        // of them.
        Tool::ClipExe if !text.is_ascii() => {
            text.encode_utf16().flat_map(u16::to_le_bytes).collect()
        }
        _ => text.as_bytes().to_vec(),
    };
    feed(tool.program(), tool.arguments(), bytes, PATIENCE)
}

/// Runs a program with the bytes as its standard input and waits for it to end well, or says why it
/// did not. Programs that stay behind to serve the clipboard fork; what they leave behind is neither
/// waited for nor ended, but for what is there when the time is over.
fn feed(
    program: &str,
    arguments: &[&str],
    bytes: Vec<u8>,
    patience: Duration,
) -> Result<(), Saying> {
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
    let mut running = Running::start(&mut command).map_err(|error| match error.kind() {
        ErrorKind::NotFound => saying("{} is not installed").with(program),
        _ => saying("{} did not start ({})").with(program).system(&error),
    })?;
    let all_taken = running.feed(bytes);
    let deadline = Instant::now() + patience;
    let status = running
        .wait(GLANCE, &|| Instant::now() >= deadline)
        .map_err(|error| saying("{} was lost ({})").with(program).system(&error))?
        .ok_or_else(|| {
            let late = saying("{} did not answer within {} seconds");
            late.with(program).with(patience.as_secs_f32())
        })?;
    if !status.success() {
        return Err(saying("{} failed ({})").with(program).with(status));
    }
    match all_taken.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
        Ok(true) => Ok(()),
        _ => Err(saying("{} did not take all of the text").with(program)),
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_program_gets_every_byte() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("copied");
        let script = format!("cat > '{}'", path.display());
        let text = "函数\n".repeat(100_000);
        feed("sh", &["-c", &script], text.clone().into_bytes(), Duration::from_secs(60)).unwrap();
        assert_eq!(std::fs::read_to_string(path).unwrap(), text);
    }

    #[test]
    fn failures_are_sentences() {
        let cases: [(&str, &[&str], &str); 3] = [
            ("no-such-clipboard-program", &[], "no-such-clipboard-program is not installed"),
            ("sh", &["-c", "cat >/dev/null; exit 3"], "sh failed (exit status: 3)"),
            ("sh", &["-c", "exec sleep 60"], "sh did not answer within 0.1 seconds"),
        ];
        for (program, arguments, expected) in cases {
            let patience = if expected.contains("0.1") { 100 } else { 60_000 };
            // More than a pipe holds, so that a program that does not read is noticed.
            let bytes = vec![b'x'; 200_000];
            assert_eq!(
                feed(program, arguments, bytes, Duration::from_millis(patience))
                    .unwrap_err()
                    .english(),
                expected
            );
        }
    }

    #[test]
    fn a_program_that_stays_behind_is_not_waited_for() {
        // As xclip does: the parent ends, the child lives on and keeps the pipe open without
        // reading it.
        feed(
            "sh",
            &["-c", "cat >/dev/null; sleep 5 & exit 0"],
            b"x".to_vec(),
            Duration::from_secs(60),
        )
        .unwrap();
    }

    #[test]
    fn a_wrapper_that_hangs_is_ended_with_what_it_started() {
        let folder = tempfile::tempdir().unwrap();
        let (wrapper, noted) = (folder.path().join("xclip"), folder.path().join("child"));
        let script = format!("sleep 600 & echo $! > '{}'; wait", noted.display());
        std::fs::write(&wrapper, format!("#!/bin/sh\n{script}\n")).unwrap();
        let mode = std::os::unix::fs::PermissionsExt::from_mode(0o755);
        std::fs::set_permissions(&wrapper, mode).unwrap();
        let patience = PATIENCE;
        let why = feed(wrapper.to_str().unwrap(), &[], b"x".to_vec(), patience).unwrap_err();
        assert!(why.english().ends_with("did not answer within 2 seconds"), "{}", why.english());
        let child = std::fs::read_to_string(&noted).unwrap();
        let stat = format!("/proc/{}/stat", child.trim());
        // One that has ended and that nobody waited for yet counts as gone.
        let runs = || {
            let stat = std::fs::read_to_string(&stat).unwrap_or_default();
            stat.rsplit(')')
                .next()
                .is_some_and(|rest| !rest.is_empty() && !rest.trim().starts_with('Z'))
        };
        let ended = (0..1_000).any(|_| {
            std::thread::sleep(Duration::from_millis(10));
            !runs()
        });
        assert!(ended, "{child} still runs");
    }
}
