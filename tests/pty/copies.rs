//! Copies on every road to a clipboard, and what becomes of them when the program ends.

use super::pty::{Start, kill};
use super::{BETWEEN_SETTINGS, STARTED, contains};

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
    for (end, code) in [("q", 0), ("TERM", 143), ("INT", 130)] {
        let mut pty = Start::program().spawn();
        pty.wait_for(STARTED);
        pty.send("Y");
        pty.wait_for("To be printed");
        if code == 0 {
            pty.send(end);
        } else {
            kill(end, &pty.id().to_string());
        }
        assert_eq!(pty.exit_code(), code);
        pty.wait_until_given_back();
        let raw = pty.raw();
        let given_back =
            raw.windows(8).rposition(|bytes| bytes == b"\x1b[?1049l").expect("the main screen");
        assert!(
            contains(&raw[given_back..], b"\"Statement\""),
            "{end}: {}",
            String::from_utf8_lossy(&raw[given_back..])
        );
    }
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

#[test]
fn a_copy_that_fails_while_the_program_is_left_is_told() {
    let folder = fake_program("wl-copy", 3);
    let mut pty = with_programs(&folder).env("WAYLAND_DISPLAY", "wayland-0");
    pty = pty.env("ROLESCOPE_CLIPBOARD", "tool");
    let mut pty = pty.spawn();
    pty.wait_for(STARTED);
    pty.send("yyq");
    assert_eq!(pty.exit_code(), 0);
    let told = "was not copied: wl-copy failed (exit status: 3)";
    after_the_screen(&pty, told);

    let (folder, noted) = hanging_program("wl-copy");
    let start = with_programs(&folder).env("WAYLAND_DISPLAY", "wayland-0");
    let mut pty = start.env("ROLESCOPE_CLIPBOARD", "tool").spawn();
    pty.wait_for(STARTED);
    pty.send("yyq");
    assert_eq!(pty.exit_code(), 0);
    after_the_screen(&pty, " was not copied: ");
    assert!(gone(&noted), "wl-copy was left behind");
}

/// The text was written when the terminal had been given back.
fn after_the_screen(pty: &super::pty::Pty, text: &str) {
    pty.wait_until_given_back();
    let raw = pty.raw();
    let given_back =
        raw.windows(8).rposition(|bytes| bytes == b"\x1b[?1049l").expect("the main screen");
    let left = String::from_utf8_lossy(&raw[given_back..]);
    assert!(left.contains(text), "{left}");
}
