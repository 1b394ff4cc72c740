//! The program in a terminal of its own: what it shows, what it copies, and what it leaves behind.
//!
//! Nothing here waits for a time: it waits for a condition, and gives up after a limit that only a
//! failure reaches.
#![allow(dead_code, reason = "each test file uses what it needs")]

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::process::Command;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

/// Reached only when something is wrong.
const LIMIT: Duration = Duration::from_secs(60);

/// What the terminal received beside its screen.
#[derive(Default)]
pub(crate) struct Received {
    copies: Vec<String>,
}

impl vt100::Callbacks for Received {
    fn copy_to_clipboard(&mut self, _: &mut vt100::Screen, _: &[u8], data: &[u8]) {
        self.copies.push(String::from_utf8(decode_base64(data)).expect("copied text is UTF-8"));
    }
}

struct State {
    screen: vt100::Parser<Received>,
    raw: Vec<u8>,
    ended: bool,
    /// The terminal is to go away; the thread that reads it must let go of it too.
    hung_up: bool,
}

/// A program in a terminal.
pub(crate) struct Pty {
    child: Box<dyn Child + Send + Sync>,
    master: Option<Box<dyn MasterPty + Send>>,
    writer: Option<Box<dyn Write + Send>>,
    state: Arc<(Mutex<State>, Condvar)>,
    own: Arc<tempfile::TempDir>,
}

/// How to start it.
pub(crate) struct Start {
    program: String,
    arguments: Vec<String>,
    environment: BTreeMap<String, String>,
    columns: u16,
    rows: u16,
    controlling: bool,
    /// Config and state of this start alone.
    own: Arc<tempfile::TempDir>,
}

impl Start {
    /// The program itself, without arguments, in an environment of nothing but a terminal and a
    /// home.
    pub(crate) fn program() -> Self {
        Self::command(env!("CARGO_BIN_EXE_rolescope"), &[])
    }

    /// A shell script, in which `"$ROLESCOPE"` is the program.
    pub(crate) fn script(script: &str) -> Self {
        Self::command("sh", &["-c", script])
    }

    /// Any command.
    pub(crate) fn command(program: &str, arguments: &[&str]) -> Self {
        let own = tempfile::tempdir().expect("a folder for config and state");
        let folder = own.path().to_str().expect("a path in UTF-8");
        let environment = [
            ("XDG_CONFIG_HOME", folder),
            ("XDG_STATE_HOME", folder),
            ("TERM", "xterm-256color"),
            ("PATH", &std::env::var("PATH").unwrap_or_default()),
            ("HOME", env!("CARGO_TARGET_TMPDIR")),
            ("LANG", "C.UTF-8"),
            ("ROLESCOPE", env!("CARGO_BIN_EXE_rolescope")),
        ];
        Self {
            program: program.to_owned(),
            arguments: arguments.iter().map(|&argument| argument.to_owned()).collect(),
            environment: environment
                .into_iter()
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .collect(),
            columns: 120,
            rows: 40,
            controlling: true,
            own: Arc::new(own),
        }
    }

    /// With another size of the terminal.
    pub(crate) fn size(mut self, columns: u16, rows: u16) -> Self {
        (self.columns, self.rows) = (columns, rows);
        self
    }

    /// In a terminal that is not the controlling one: no signal tells that it goes away.
    pub(crate) fn without_control(mut self) -> Self {
        self.controlling = false;
        self
    }

    /// With a variable in its environment.
    pub(crate) fn env(mut self, name: &str, value: &str) -> Self {
        self.environment.insert(name.to_owned(), value.to_owned());
        self
    }

    /// With the config and state that another start left.
    pub(crate) fn sharing(mut self, other: &Pty) -> Self {
        self.own = Arc::clone(&other.own);
        let folder = self.own.path().to_str().expect("a path in UTF-8").to_owned();
        self.env("XDG_CONFIG_HOME", &folder).env("XDG_STATE_HOME", &folder)
    }

    /// With an argument.
    pub(crate) fn arg(mut self, argument: &str) -> Self {
        self.arguments.push(argument.to_owned());
        self
    }

    /// Starts it.
    pub(crate) fn spawn(self) -> Pty {
        let pair = native_pty_system()
            .openpty(pty_size(self.columns, self.rows))
            .expect("a pseudo-terminal");
        let mut command = CommandBuilder::new(&self.program);
        command.args(&self.arguments);
        command.set_controlling_tty(self.controlling);
        command.env_clear();
        command.cwd(env!("CARGO_TARGET_TMPDIR"));
        for (name, value) in &self.environment {
            command.env(name, value);
        }
        let child = pair.slave.spawn_command(command).expect("the program starts");
        drop(pair.slave);
        let reader = pair.master.try_clone_reader().expect("a reader");
        let writer = pair.master.take_writer().expect("a writer");
        let screen = vt100::Parser::new_with_callbacks(
            cells(self.rows),
            cells(self.columns),
            0,
            Received::default(),
        );
        let state = Arc::new((
            Mutex::new(State { screen, raw: Vec::new(), ended: false, hung_up: false }),
            Condvar::new(),
        ));
        read_in_background(reader, Arc::clone(&state));
        Pty { child, master: Some(pair.master), writer: Some(writer), state, own: self.own }
    }
}

fn read_in_background(mut reader: Box<dyn Read + Send>, state: Arc<(Mutex<State>, Condvar)>) {
    thread::spawn(move || {
        let mut buffer = vec![0; 65_536];
        loop {
            let count = reader.read(&mut buffer).unwrap_or(0);
            let mut guard = state.0.lock().unwrap_or_else(PoisonError::into_inner);
            guard.screen.process(&buffer[..count]);
            guard.raw.extend_from_slice(&buffer[..count]);
            guard.ended |= count == 0;
            state.1.notify_all();
            if count == 0 || guard.hung_up {
                return;
            }
        }
    });
}

impl Pty {
    /// Sends bytes as if typed.
    pub(crate) fn send(&mut self, bytes: impl AsRef<[u8]>) {
        let writer = self.writer.as_mut().expect("the terminal is open");
        writer.write_all(bytes.as_ref()).expect("keys can be typed");
        writer.flush().expect("keys can be typed");
    }

    /// Waits until the screen contains a text.
    pub(crate) fn wait_for(&self, text: &str) {
        self.wait_until(&format!("the screen shows {text:?}"), |screen, _| {
            screen.contents().contains(text)
        });
    }

    /// Waits until something holds for the screen and all bytes that came so far.
    pub(crate) fn wait_until(&self, what: &str, holds: impl Fn(&vt100::Screen, &[u8]) -> bool) {
        let deadline = Instant::now() + LIMIT;
        let mut guard = self.state.0.lock().unwrap_or_else(PoisonError::into_inner);
        while !holds(guard.screen.screen(), &guard.raw) {
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() || guard.ended {
                let contents = guard.screen.screen().contents();
                let end = if guard.ended { "the program ended" } else { "nothing more came" };
                drop(guard);
                panic!("waited until {what}, but {end}; the screen:\n{contents}");
            }
            guard =
                self.state.1.wait_timeout(guard, left).unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    /// Waits until something was copied over OSC 52, and answers with the last text.
    pub(crate) fn wait_for_copy(&self) -> String {
        let deadline = Instant::now() + LIMIT;
        let mut guard = self.state.0.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            if let Some(text) = guard.screen.callbacks().copies.last() {
                return text.clone();
            }
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() || guard.ended {
                let contents = guard.screen.screen().contents();
                drop(guard);
                panic!("nothing was copied; the screen:\n{contents}");
            }
            guard =
                self.state.1.wait_timeout(guard, left).unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    /// Changes the size of the terminal.
    pub(crate) fn resize(&self, columns: u16, rows: u16) {
        let mut guard = self.state.0.lock().unwrap_or_else(PoisonError::into_inner);
        guard.screen.set_size(cells(rows), cells(columns));
        drop(guard);
        self.master
            .as_ref()
            .expect("the terminal is open")
            .resize(pty_size(columns, rows))
            .expect("a new size");
    }

    /// Sends a signal to the process that runs in the foreground of the terminal, by its name:
    /// `TERM`.
    pub(crate) fn signal(&self, name: &str) {
        let group = self
            .master
            .as_ref()
            .and_then(|master| master.process_group_leader())
            .expect("a foreground process");
        kill(name, &group.to_string());
    }

    /// Waits until the process that was started is stopped: continuing it before would be lost.
    pub(crate) fn wait_until_stopped(&self) {
        let deadline = Instant::now() + LIMIT;
        loop {
            let asked =
                Command::new("ps").args(["-o", "stat=", "-p", &self.id().to_string()]).output();
            let state = String::from_utf8(asked.expect("ps").stdout).expect("a state");
            if state.trim_start().starts_with('T') {
                return;
            }
            assert!(Instant::now() < deadline, "the program did not stop; its state: {state:?}");
            thread::sleep(Duration::from_millis(5));
        }
    }

    /// The id of the process that was started.
    pub(crate) fn id(&self) -> u32 {
        self.child.process_id().expect("a process id")
    }

    /// Takes the terminal away. Types a key first: the thread that reads lets go when there is
    /// something to read.
    pub(crate) fn hang_up(&mut self) {
        self.state.0.lock().unwrap_or_else(PoisonError::into_inner).hung_up = true;
        self.send("j");
        self.writer = None;
        self.master = None;
    }

    /// Waits for the end of the started process; its exit code.
    pub(crate) fn exit_code(&mut self) -> u32 {
        let deadline = Instant::now() + LIMIT;
        loop {
            if let Some(status) = self.child.try_wait().expect("the child can be waited for") {
                return status.exit_code();
            }
            assert!(
                Instant::now() < deadline,
                "the program did not end; the screen:\n{}",
                self.contents()
            );
            thread::sleep(Duration::from_millis(2));
        }
    }

    /// What the screen shows.
    pub(crate) fn contents(&self) -> String {
        self.state.0.lock().unwrap_or_else(PoisonError::into_inner).screen.screen().contents()
    }

    /// Every byte that came so far.
    pub(crate) fn raw(&self) -> Vec<u8> {
        self.state.0.lock().unwrap_or_else(PoisonError::into_inner).raw.clone()
    }

    /// Waits for the end of all output, then checks that every mode that was switched on is off
    /// again, the cursor is visible and the main screen is shown. Answers with what the main screen
    /// shows.
    pub(crate) fn wait_until_given_back(&self) -> String {
        let deadline = Instant::now() + LIMIT;
        let mut guard = self.state.0.lock().unwrap_or_else(PoisonError::into_inner);
        while !guard.ended {
            let left = deadline.saturating_duration_since(Instant::now());
            assert!(!left.is_zero(), "the terminal is still in use");
            guard =
                self.state.1.wait_timeout(guard, left).unwrap_or_else(PoisonError::into_inner).0;
        }
        let screen = guard.screen.screen();
        let contents = screen.contents();
        let left_on = modes_left_on(&guard.raw);
        assert!(left_on.is_empty(), "modes left on: {left_on:?}");
        assert!(!screen.hide_cursor(), "the cursor is still hidden");
        assert!(!screen.alternate_screen(), "the alternate screen is still shown");
        assert!(!screen.bracketed_paste(), "bracketed paste is still on");
        assert_eq!(
            screen.mouse_protocol_mode(),
            vt100::MouseProtocolMode::None,
            "the mouse is still captured"
        );
        contents
    }
}

impl Drop for Pty {
    fn drop(&mut self) {
        // It may have ended; then there is nothing to end.
        if matches!(self.child.try_wait(), Ok(None)) {
            kill("KILL", &self.id().to_string());
            let _ = self.child.wait();
        }
    }
}

/// Sends a signal to one process. The shell's own `kill`: a small system has no other.
pub(crate) fn kill(name: &str, process: &str) {
    let command = format!("kill -s {name} {process}");
    let sent = Command::new("sh").args(["-c", &command]).status().expect("a shell");
    assert!(sent.success(), "{command}: {sent}");
}

/// Private modes (`ESC [ ? n h`) that were switched on and not off again. The cursor (25) counts
/// the other way round.
pub(crate) fn modes_left_on(raw: &[u8]) -> Vec<u16> {
    let mut modes = BTreeMap::new();
    let text = String::from_utf8_lossy(raw);
    for part in text.split("\u{1b}[?").skip(1) {
        let Some(end) = part.find(['h', 'l']) else {
            continue;
        };
        let (numbers, rest) = part.split_at(end);
        let on = rest.starts_with('h');
        for mode in numbers.split(';').filter_map(|mode| mode.parse::<u16>().ok()) {
            modes.insert(mode, if mode == 25 { !on } else { on });
        }
    }
    modes.into_iter().filter(|(_, on)| *on).map(|(mode, _)| mode).collect()
}

fn pty_size(columns: u16, rows: u16) -> PtySize {
    PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 }
}

fn cells(count: u16) -> NonZeroU16 {
    NonZeroU16::new(count).expect("a size of at least one cell")
}

/// The bytes behind base64 text; written anew here, so that the program's encoder is not its own
/// judge.
fn decode_base64(text: &[u8]) -> Vec<u8> {
    let value = |letter: u8| match letter {
        b'A'..=b'Z' => letter - b'A',
        b'a'..=b'z' => letter - b'a' + 26,
        b'0'..=b'9' => letter - b'0' + 52,
        b'+' => 62,
        b'/' => 63,
        other => panic!("{other:?} is no letter of base64"),
    };
    let mut out = Vec::new();
    let (mut bits, mut count) = (0_u32, 0);
    for &letter in text.iter().filter(|&&letter| letter != b'=') {
        bits = bits << 6 | u32::from(value(letter));
        count += 6;
        if count >= 8 {
            count -= 8;
            out.push((bits >> count & 0xff) as u8);
        }
    }
    out
}
