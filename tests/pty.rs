//! The program in a real terminal: it starts, browses, copies, and gives the terminal back whatever ends it.
#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

#[path = "support/pty.rs"]
mod pty;

use std::process::{Command, Stdio};

use pty::{Pty, Start};

/// What is on the screen once the program has started.
const STARTED: &str = "Products";

/// Runs the program between two readings of the terminal's settings, so that they can be compared after its end.
const BETWEEN_SETTINGS: &str = r#"before=$(stty -g); trap : TERM HUP INT QUIT; "$ROLESCOPE"; code=$?
    if [ "$before" = "$(stty -g)" ]; then echo "settings same, code $code"; else echo "settings differ"; fi"#;

/// Ends the program in some way, then checks that the terminal is as it was, and the exit code.
fn ends(end: impl FnOnce(&mut Pty), code: u32, start: Start) -> String {
    let mut pty = start.spawn();
    pty.wait_for(STARTED);
    end(&mut pty);
    pty.exit_code();
    let left = pty.wait_until_given_back();
    let expected = format!("settings same, code {code}");
    assert!(
        left.contains(&expected),
        "{expected:?} is missing in what is left on the screen:\n{left}"
    );
    left
}

/// Sends a signal to the program alone, not to the shell around it.
fn signal_program(pty: &Pty, name: &str) {
    let children =
        Command::new("ps").args(["-o", "pid=", "--ppid", &pty.id().to_string()]).output().unwrap();
    let child = String::from_utf8(children.stdout).unwrap();
    let sent = Command::new("kill").args(["-s", name, child.trim()]).status().unwrap();
    assert!(sent.success(), "kill -s {name} {child}: {sent}");
}

#[test]
fn quitting_gives_the_terminal_back() {
    ends(|pty| pty.send("q"), 0, Start::script(BETWEEN_SETTINGS));
}

#[test]
fn ctrl_c_quits() {
    ends(|pty| pty.send("\x03"), 0, Start::script(BETWEEN_SETTINGS));
}

#[test]
fn signals_give_the_terminal_back_and_are_the_exit_code() {
    for (name, code) in [("TERM", 143), ("HUP", 129), ("INT", 130), ("QUIT", 131)] {
        ends(|pty| signal_program(pty, name), code, Start::script(BETWEEN_SETTINGS));
    }
}

#[cfg(debug_assertions)]
#[test]
fn a_panic_gives_the_terminal_back_and_then_says_what_happened() {
    let start = Start::script(BETWEEN_SETTINGS).env("ROLESCOPE_TEST_PANIC", "ui");
    let mut pty = start.spawn();
    pty.exit_code();
    let left = pty.wait_until_given_back();
    assert!(left.contains("settings same, code 101"), "{left}");
    assert!(left.contains("internal error"), "{left}");
    assert!(
        left.contains("staged in ui\\u001b[31m"),
        "the message is shown, and cannot colour the terminal:\n{left}"
    );
}

#[cfg(debug_assertions)]
#[test]
fn a_panic_beside_the_screen_is_a_notice_and_the_screen_stays() {
    // In tmux a copy runs on a thread of its own.
    let mut pty =
        Start::program().env("ROLESCOPE_TEST_PANIC", "worker").env("TMUX", "/nowhere,1,0").spawn();
    pty.wait_for(STARTED);
    pty.send("yy");
    pty.wait_for("broke down");
    pty.wait_until("the alternate screen is still shown", |screen, _| screen.alternate_screen());
    pty.send("q");
    assert_eq!(pty.exit_code(), 0);
    pty.wait_until_given_back();
}

#[test]
fn yy_copies_the_policy_over_osc_52_and_says_sent() {
    let mut pty = Start::program().spawn();
    pty.wait_for(STARTED);
    pty.send("yy");
    let copied = pty.wait_for_copy();
    assert!(copied.contains("\"Statement\""), "{copied}");
    pty.send("q");
    assert_eq!(pty.exit_code(), 0);
}

#[test]
fn ctrl_z_stops_and_fg_comes_back() {
    // A shell with job control (-m): only then is there somebody to continue the program.
    let script = r#"set -m; "$ROLESCOPE"; echo "stopped with $?"; stty -g >/dev/null; read line; fg; echo "code $?""#;
    let mut pty = Start::script(script).spawn();
    pty.wait_for(STARTED);
    pty.send("\x1a");
    pty.wait_for("stopped with");
    pty.wait_until("the main screen is shown with a cursor", |screen, _| {
        !screen.alternate_screen() && !screen.hide_cursor() && !screen.bracketed_paste()
    });
    pty.send("\n");
    pty.wait_until("everything is drawn again", |screen, _| {
        screen.alternate_screen() && screen.contents().contains(STARTED)
    });
    pty.send("q");
    pty.exit_code();
    let left = pty.wait_until_given_back();
    assert!(left.contains("code 0"), "{left}");
}

#[test]
fn a_stop_from_outside_gives_the_terminal_back_until_it_is_continued() {
    let mut pty = Start::program().spawn();
    pty.wait_for(STARTED);
    pty.signal("TSTP");
    pty.wait_until("the main screen is shown", |screen, raw| {
        !screen.alternate_screen() && !raw.is_empty()
    });
    pty.signal("CONT");
    pty.wait_until("everything is drawn again", |screen, _| {
        screen.alternate_screen() && screen.contents().contains(STARTED)
    });
    pty.send("q");
    assert_eq!(pty.exit_code(), 0);
    pty.wait_until_given_back();
}

#[test]
fn ctrl_z_does_not_freeze_a_terminal_without_a_shell() {
    let mut pty = Start::program().spawn();
    pty.wait_for(STARTED);
    pty.send("\x1aq");
    assert_eq!(pty.exit_code(), 0);
    pty.wait_until_given_back();
}

#[test]
fn it_ends_when_the_terminal_goes_away() {
    let mut pty = Start::program().spawn();
    pty.wait_for(STARTED);
    pty.hang_up();
    assert_eq!(pty.exit_code(), 129);
}

#[test]
fn it_ends_when_the_terminal_goes_away_without_a_signal() {
    let mut pty = Start::program().without_control().spawn();
    pty.wait_for(STARTED);
    pty.hang_up();
    assert_eq!(pty.exit_code(), 129);
}

#[test]
fn the_smallest_terminal_is_enough_to_quit() {
    let mut pty = Start::program().size(1, 1).spawn();
    pty.wait_until("it has started", |screen, _| screen.alternate_screen());
    pty.send("q");
    assert_eq!(pty.exit_code(), 0);
    pty.wait_until_given_back();
}

#[test]
fn no_terminal_on_standard_output_is_one_sentence_and_code_2() {
    let output =
        Command::new(env!("CARGO_BIN_EXE_rolescope")).stdin(Stdio::null()).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(output.stdout.is_empty(), "{output:?}");
    let message = String::from_utf8(output.stderr).unwrap();
    assert_eq!(message.lines().count(), 1, "{message}");
    assert!(message.contains("--help"), "{message}");
}

#[test]
fn keys_come_from_the_terminal_when_something_is_piped_in() {
    let mut pty = Start::script(r#"echo piped | "$ROLESCOPE""#).spawn();
    pty.wait_for(STARTED);
    pty.send("q");
    assert_eq!(pty.exit_code(), 0);
    pty.wait_until_given_back();
}

#[test]
fn a_storm_of_sizes_is_survived() {
    let mut pty = Start::program().spawn();
    pty.wait_for(STARTED);
    let mut seed = 1_u32;
    for (columns, rows) in
        [(1, 1), (2, 1), (1, 2), (400, 150), (3, 3), (80, 24), (1, 150), (400, 1)]
    {
        pty.resize(columns, rows);
        pty.send("j");
    }
    for _ in 0..200 {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        pty.resize(1 + (seed >> 16) as u16 % 400, 1 + (seed >> 8) as u16 % 150);
    }
    pty.resize(100, 30);
    pty.wait_for(STARTED);
    pty.send("q");
    assert_eq!(pty.exit_code(), 0);
    pty.wait_until_given_back();
}

#[test]
fn many_keys_at_once_are_few_frames_and_none_is_lost() {
    let mut pty = Start::program().spawn();
    pty.wait_for(STARTED);
    let before = pty.raw().len();
    // More than a kilobyte, ended by `q`: the end comes only if every byte was read.
    pty.send(format!("{}q", "\x1b[B".repeat(1_000)));
    assert_eq!(pty.exit_code(), 0);
    pty.wait_until_given_back();
    // The library hides the cursor once a frame.
    let raw = pty.raw();
    let frames = raw[before..].windows(6).filter(|bytes| *bytes == b"\x1b[?25l").count();
    assert!(frames <= 20, "{frames} frames for 1,000 keys");
}

#[test]
fn the_terminal_is_asked_nothing() {
    let mut pty = Start::program().spawn();
    pty.wait_for(STARTED);
    pty.send("q");
    pty.exit_code();
    let raw = pty.raw();
    let asks = [
        "\x1b[6n",
        "\x1b[5n",
        "\x1b[c",
        "\x1b[>c",
        "\x1b[?u",
        "\x1b]10;?",
        "\x1b]11;?",
        "\x1b[>q",
        "\x1bP+q",
    ];
    for ask in asks {
        let found = raw.windows(ask.len()).any(|bytes| bytes == ask.as_bytes());
        assert!(!found, "{ask:?} was sent to the terminal");
    }
}
