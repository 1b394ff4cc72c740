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
fn what_is_chosen_in_the_menu_is_copied_byte_for_byte() {
    let catalog = rolescope::catalog::Catalog::builtin().unwrap();
    let role = catalog.roles().iter().find(|role| role.short_name == "MqttTunnel").unwrap();
    let policy = role.policy.as_ref().unwrap().source.to_string();
    let script = BETWEEN_SETTINGS;
    let mut pty = Start::script(script).env("PID_FILE", "/dev/null").spawn();
    pty.wait_for(STARTED);
    // Browse: the second product, its second role, its permissions, its policy.
    pty.send("j\r");
    pty.wait_for("MqttTunnel");
    pty.send("j\r");
    pty.wait_for("Permissions of MqttTunnel");
    pty.send("\r");
    pty.wait_for("\u{203a} Policy");
    pty.send("y");
    pty.wait_for("policy JSON, compact");
    pty.send("\r");
    assert_eq!(pty.wait_for_copy(), policy, "byte for byte");
    pty.wait_for("OSC 52");
    // Another entry, found by moving in the menu.
    pty.send("y");
    pty.wait_for("policy JSON, compact");
    pty.send("j\r");
    pty.wait_for("JSON, compact");
    pty.wait_until("the second copy came", |_, raw| {
        raw.windows(5).filter(|bytes| bytes == b"\x1b]52;").count() == 2
    });
    let compact: String = pty.wait_for_copy();
    assert!(!compact.contains('\n') && compact.contains("\"Statement\":["), "{compact}");
    pty.send("q");
    pty.exit_code();
    let left = pty.wait_until_given_back();
    assert!(left.contains("settings same, code 0"), "{left}");
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

/// A folder with a program that keeps its arguments and its input, and ends with a code.
fn fake_program(name: &str, code: u8) -> tempfile::TempDir {
    use std::os::unix::fs::PermissionsExt;

    let folder = tempfile::tempdir().unwrap();
    let program = folder.path().join(name);
    // Moved into place when whole, so that whoever waits for the file sees all of it.
    let script = format!(
        "#!/bin/sh\ncd '{}'\n{{ echo \"$@\"; cat; }} > part\nmv part got\nexit {code}\n",
        folder.path().display()
    );
    std::fs::write(&program, script).unwrap();
    std::fs::set_permissions(&program, PermissionsExt::from_mode(0o755)).unwrap();
    folder
}

/// Starts the program with a folder in front of its search path.
fn with_programs(folder: &tempfile::TempDir) -> Start {
    let path = std::env::var("PATH").unwrap_or_default();
    Start::program().env("PATH", &format!("{}:{path}", folder.path().display()))
}

#[test]
fn in_tmux_the_copy_goes_through_its_buffer() {
    let folder = fake_program("tmux", 0);
    let mut pty = with_programs(&folder).env("TMUX", "/nowhere,1,0").spawn();
    pty.wait_for(STARTED);
    pty.send("yy");
    pty.wait_until("tmux got the text", |_, _| folder.path().join("got").exists());
    pty.send("q");
    assert_eq!(pty.exit_code(), 0);
    let got = std::fs::read_to_string(folder.path().join("got")).unwrap();
    assert!(got.starts_with("load-buffer -w -\n") && got.contains("\"Statement\""), "{got}");
    assert!(!contains(&pty.raw(), b"\x1b]52;"), "the terminal was sent a copy as well");
}

#[test]
fn quitting_right_after_a_copy_does_not_lose_it() {
    let folder = fake_program("tmux", 0);
    let mut pty = with_programs(&folder).env("TMUX", "/nowhere,1,0").spawn();
    pty.wait_for(STARTED);
    pty.send("yyq");
    assert_eq!(pty.exit_code(), 0);
    let got = std::fs::read_to_string(folder.path().join("got")).expect("tmux got the text");
    assert!(got.contains("\"Statement\""), "{got}");
}

#[test]
fn what_is_to_be_printed_on_leaving_comes_after_the_terminal_was_given_back() {
    let mut pty = Start::program().spawn();
    pty.wait_for(STARTED);
    pty.send("Yq");
    assert_eq!(pty.exit_code(), 0);
    pty.wait_until_given_back();
    let raw = pty.raw();
    let given_back =
        raw.windows(8).rposition(|bytes| bytes == b"\x1b[?1049l").expect("the main screen");
    assert!(
        contains(&raw[given_back..], b"\"Statement\""),
        "{}",
        String::from_utf8_lossy(&raw[given_back..])
    );
}

#[test]
fn a_tmux_that_refuses_is_passed_through() {
    let folder = fake_program("tmux", 1);
    let mut pty = with_programs(&folder).env("TMUX", "/nowhere,1,0").spawn();
    pty.wait_for(STARTED);
    pty.send("yy");
    pty.wait_until("the copy came in tmux's wrapping", |_, raw| {
        contains(raw, b"\x1bPtmux;\x1b\x1b]52;c;") && contains(raw, b"\x07\x1b\\")
    });
    pty.send("q");
    assert_eq!(pty.exit_code(), 0);
}

#[test]
fn a_display_means_a_clipboard_program_unless_it_is_another_desks() {
    let folder = fake_program("wl-copy", 0);
    let mut pty = with_programs(&folder).env("WAYLAND_DISPLAY", "wayland-0").spawn();
    pty.wait_for(STARTED);
    pty.send("yy");
    pty.wait_until("wl-copy got the text", |_, _| folder.path().join("got").exists());
    assert!(!contains(&pty.raw(), b"\x1b]52;"), "the terminal was sent a copy as well");

    let folder = fake_program("wl-copy", 0);
    let start = with_programs(&folder).env("WAYLAND_DISPLAY", "wayland-0");
    let mut pty = start.env("SSH_CONNECTION", "192.0.2.1 1 192.0.2.2 22").spawn();
    pty.wait_for(STARTED);
    pty.send("yy");
    assert!(pty.wait_for_copy().contains("\"Statement\""));
    assert!(!folder.path().join("got").exists(), "wl-copy was started over SSH");
}

/// A folder with a program of this name that never reads and never ends; where it notes its process id.
fn hanging_program(name: &str) -> (tempfile::TempDir, std::path::PathBuf) {
    let folder = fake_program(name, 0);
    let noted = folder.path().join("id");
    let part = folder.path().join("part");
    let script = format!(
        "#!/bin/sh\necho $$ > '{}'\nmv '{0}' '{}'\nexec sleep 600\n",
        part.display(),
        noted.display()
    );
    std::fs::write(folder.path().join(name), script).unwrap();
    (folder, noted)
}

/// Waits until the process with the noted id is gone.
fn gone(noted: &std::path::Path) -> bool {
    let id = std::fs::read_to_string(noted).unwrap();
    let stat = format!("/proc/{}/stat", id.trim());
    (0..6_000).any(|_| {
        std::thread::sleep(std::time::Duration::from_millis(10));
        // One that has ended and that nobody waited for yet counts as gone.
        std::fs::read_to_string(&stat)
            .map_or(true, |stat| stat.rsplit(')').next().unwrap().trim().starts_with('Z'))
    })
}

#[test]
fn a_clipboard_program_that_hangs_does_not_outlive_a_signal() {
    let (folder, noted) = hanging_program("wl-copy");
    let mut pty = with_programs(&folder).env("WAYLAND_DISPLAY", "wayland-0").spawn();
    pty.wait_for(STARTED);
    pty.send("yy");
    pty.wait_until("wl-copy runs", |_, _| noted.exists());
    kill("TERM", &pty.id().to_string());
    assert_eq!(pty.exit_code(), 143);
    assert!(gone(&noted), "wl-copy was left behind");
    // Without the screen it stands in a group of its own too, which Ctrl-C does not reach.
    let (folder, noted) = hanging_program("wl-copy");
    let copy =
        ["policy", "MqttTunnel", "--copy"].into_iter().fold(with_programs(&folder), Start::arg);
    let mut pty = copy.env("WAYLAND_DISPLAY", "wayland-0").spawn();
    // It writes nothing that could be waited for.
    let runs = (0..12_000).any(|_| {
        std::thread::sleep(std::time::Duration::from_millis(5));
        noted.exists()
    });
    assert!(runs, "wl-copy was not started");
    pty.send("\x03");
    assert_ne!(pty.exit_code(), 0);
    assert!(gone(&noted), "wl-copy was left behind");
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
