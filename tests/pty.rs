//! The program in a real terminal: it starts, browses, copies, and gives the terminal back whatever
//! ends it.
#![cfg(unix)]
#![allow(
    clippy::cast_possible_truncation,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

#[path = "pty/asking.rs"]
mod asking;
#[path = "pty/copies.rs"]
mod copies;
#[path = "support/pty.rs"]
mod pty;

use std::process::{Command, Stdio};

use pty::{Pty, Start, kill};

/// What is on the screen once the program has started.
const STARTED: &str = "Products";

/// Runs the program between two readings of the terminal's settings, so that they can be compared
/// after its end. Its process id goes to a file first.
const BETWEEN_SETTINGS: &str = r#"before=$(stty -g)
    sh -c 'echo $$ > "$PID_FILE"; exec "$ROLESCOPE"'
    code=$?
    if [ "$before" = "$(stty -g)" ]; then echo "settings same, code $code"; else echo "settings differ"; fi"#;

/// Ends the program in some way, then checks that the terminal is as it was, and the exit code.
fn ends(code: u32, end: impl FnOnce(&mut Pty, &str)) {
    let folder = tempfile::tempdir().unwrap();
    let pid_file = folder.path().join("pid");
    let mut pty =
        Start::script(BETWEEN_SETTINGS).env("PID_FILE", pid_file.to_str().unwrap()).spawn();
    pty.wait_for(STARTED);
    end(&mut pty, std::fs::read_to_string(&pid_file).unwrap().trim());
    pty.exit_code();
    let left = pty.wait_until_given_back();
    let expected = format!("settings same, code {code}");
    assert!(
        left.contains(&expected),
        "{expected:?} is missing in what is left on the screen:\n{left}"
    );
}

#[test]
fn quitting_gives_the_terminal_back() {
    ends(0, |pty, _| pty.send("q"));
}

#[test]
fn ctrl_c_quits() {
    ends(0, |pty, _| pty.send("\x03"));
}

#[test]
fn the_place_is_kept_however_the_program_ends() {
    const PLACE: &str = "rolescope › ApsaraMQ for MQTT";
    for signal in ["TERM", "HUP", "INT"] {
        let mut first = Start::program().spawn();
        first.wait_for(STARTED);
        first.send("j");
        first.wait_for(PLACE);
        kill(signal, &first.id().to_string());
        first.exit_code();
        let mut next = Start::program().sharing(&first).spawn();
        next.wait_for(PLACE);
        next.send("q");
        assert_eq!(next.exit_code(), 0);
    }
}

#[test]
fn signals_give_the_terminal_back_and_are_the_exit_code() {
    for (name, code) in [("TERM", 143), ("HUP", 129), ("INT", 130), ("QUIT", 131)] {
        ends(code, |_, process| kill(name, process));
    }
}

#[cfg(debug_assertions)]
#[test]
fn a_panic_gives_the_terminal_back_and_then_says_what_happened() {
    let start = Start::script(BETWEEN_SETTINGS).env("PID_FILE", "/dev/null");
    let mut pty = start.env("ROLESCOPE_TEST_PANIC", "ui").spawn();
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

#[cfg(debug_assertions)]
#[test]
fn work_that_breaks_down_or_finds_no_thread_is_told_and_the_screen_stays() {
    let folder = tempfile::tempdir().unwrap();
    let actions: Vec<String> = (0..40_000).map(|n| format!("\"ecs:Do{n:05}\"")).collect();
    let policy = format!(
        r#"{{"Version":"1","Statement":[{{"Effect":"Allow","Action":[{}],"Resource":"*"}}]}}"#,
        actions.join(",")
    );
    let file = folder.path().join("huge.json");
    std::fs::write(&file, policy).unwrap();
    for fault in ["work", "thread"] {
        let start = Start::script(r#"exec "$ROLESCOPE" "$FILE""#);
        let start = start.env("FILE", &file.display().to_string());
        let mut pty = start.env("ROLESCOPE_TEST_PANIC", fault).spawn();
        pty.wait_for("Summing up this");
        pty.send("?");
        pty.wait_for("What can be done here");
        pty.send("\u{1b}q");
        assert_eq!(pty.exit_code(), 0);
        pty.wait_until_given_back();
    }
}

#[test]
fn wide_characters_arrive_whole_whatever_was_there_before() {
    let mut pty = Start::program().size(60, 16).spawn();
    pty.wait_for(STARTED);
    pty.send("/");
    pty.wait_for("Find");
    for (typed, seen) in [
        ("\u{51fd}", "\u{51fd}"),
        ("\u{6570}\u{8ba1}\u{7b97}", "\u{51fd}\u{6570}\u{8ba1}\u{7b97}"),
        ("\x01a", "a\u{51fd}\u{6570}\u{8ba1}\u{7b97}"),
        ("\x1b[3~", "a\u{6570}\u{8ba1}\u{7b97}"),
        ("\x05\x7f\x7f", "a\u{6570}"),
    ] {
        pty.send(typed);
        pty.wait_until(&format!("the field holds {seen:?} and nothing else"), |screen, _| {
            screen.contents().lines().any(|line| {
                let field = line.split_once('\u{203a}').map(|(_, rest)| rest);
                field
                    .and_then(|rest| rest.split('\u{2503}').next())
                    .is_some_and(|t| t.trim() == seen)
            })
        });
    }
    pty.send("\x03");
    assert_eq!(pty.exit_code(), 0);
}

/// Input methods show what is being typed where the terminal's cursor is.
#[test]
fn the_cursor_is_hidden_where_the_next_letter_will_stand() {
    let mut pty = Start::program().size(100, 30).spawn();
    pty.wait_for(STARTED);
    let behind = |pty: &mut Pty, text: &str| {
        pty.wait_until(&format!("the cursor is hidden behind {text:?}"), |screen, _| {
            let (row, column) = screen.cursor_position();
            let line = screen.contents_between(row, 0, row, column);
            screen.hide_cursor() && line.ends_with(text)
        });
    };
    pty.send("/");
    behind(&mut pty, "\u{203a} ");
    pty.send("\u{51fd}\u{6570}k");
    behind(&mut pty, "\u{203a} \u{51fd}\u{6570}k");
    // Also where the list below was drawn anew, and in the field that takes the letters.
    pty.send("\x7f\x1b[B");
    behind(&mut pty, "\u{203a} \u{51fd}\u{6570}");
    pty.send("\x1b");
    pty.wait_until("Find is gone", |screen, _| !screen.contents().contains("Find"));
    pty.send("wkms:\t");
    behind(&mut pty, "resource \u{203a} ");
    pty.send("\x03");
    assert_eq!(pty.exit_code(), 0);
}

/// Whether the bytes contain some other bytes.
fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
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
    pty.wait_until_stopped();
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
    // The drawing library ends what it drew by setting the colour of underlines and then everything
    // back.
    let end = b"\x1b[59m\x1b[0m";
    let raw = pty.raw();
    let frames = raw[before..].windows(end.len()).filter(|bytes| bytes == end).count();
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
        assert!(!contains(&raw, ask.as_bytes()), "{ask:?} was sent to the terminal");
    }
}

#[test]
fn a_folder_and_standard_input_are_opened() {
    let folder = tempfile::tempdir().unwrap();
    let policy =
        r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"ecs:Own","Resource":"*"}]}"#;
    std::fs::write(folder.path().join("mine.json"), policy).unwrap();
    std::fs::write(folder.path().join("bad.json"), "{").unwrap();
    let path = folder.path().to_str().unwrap();
    let mut pty = Start::script("\"$ROLESCOPE\" - \"$FOLDER\" < \"$FOLDER/mine.json\"")
        .env("FOLDER", path)
        .spawn();
    pty.wait_for("Read 3 files: 2 policies");
    pty.wait_for("standard input");
    pty.wait_for("Other products");
    // Keys come from the terminal, not from what was piped in.
    pty.send("S");
    pty.wait_for("bad.json");
    pty.send("\x1bq");
    assert_eq!(pty.exit_code(), 0);
}

#[test]
fn a_pipe_is_opened_and_one_that_nobody_writes_to_can_be_left() {
    let folder = tempfile::tempdir().unwrap();
    let policy =
        r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"ecs:Own","Resource":"*"}]}"#;
    std::fs::write(folder.path().join("mine.json"), policy).unwrap();
    let path = folder.path().to_str().unwrap();
    let script = "cd \"$FOLDER\"; mkfifo in; cat mine.json > in & \"$ROLESCOPE\" in";
    let mut pty = Start::script(script).env("FOLDER", path).spawn();
    pty.wait_for("Read 1 file: 1 policy");
    pty.send("q");
    assert_eq!(pty.exit_code(), 0);

    let script = "cd \"$FOLDER\"; mkfifo silent; \"$ROLESCOPE\" mine.json silent";
    for (keys, seen) in [("\x18", Some("Stopped. What was read stays: 1 file")), ("", None)] {
        let mut pty = Start::script(script).env("FOLDER", path).spawn();
        pty.wait_for("1 of 2 files");
        pty.send(keys);
        if let Some(words) = seen {
            pty.wait_for(words);
        }
        pty.send("q");
        assert_eq!(pty.exit_code(), 0, "after {keys:?}");
        std::fs::remove_file(folder.path().join("silent")).unwrap();
    }
}

#[test]
fn a_path_that_does_not_exist_is_said_at_once() {
    let mut pty = Start::script("\"$ROLESCOPE\" /nowhere/at/all; echo \"code $?\"").spawn();
    pty.wait_for("/nowhere/at/all: It does not exist");
    pty.wait_for("code 2");
    pty.exit_code();
}

#[test]
fn json_that_a_terminal_sends_as_keys_is_a_paste() {
    let mut pty = Start::program().spawn();
    pty.wait_for(STARTED);
    let answer = "{\n\t\"Status\": \"FAILED\",\n\t\"Reason\": {\"Message\": \"acs:ram::1:role/aliyunserviceroleforalikafkaetl is in use\"}\n}\n";
    for line_end in ["\n", "\r"] {
        pty.send(answer.replace('\n', line_end));
        pty.wait_for("Removal of AlikafkaETL");
        pty.send("\x1b");
        pty.wait_until("the plan is left", |screen, _| !screen.contents().contains("Removal of"));
    }
    pty.send("q");
    pty.exit_code();
}
