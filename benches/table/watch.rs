//! A program in a pseudo-terminal, watched from outside: when it wrote, how much, and what it took meanwhile.

use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

/// Columns and rows of every measurement.
const SIZE: (u16, u16) = (120, 40);
/// After so long without a byte a program has said what it had to say.
pub(crate) const QUIET: Duration = Duration::from_millis(12);
/// Reached only when something is wrong.
const LIMIT: Duration = Duration::from_secs(60);

/// A running program.
pub(crate) struct Watched {
    child: Box<dyn Child + Send + Sync>,
    // Held so that the terminal stays.
    _terminal: Box<dyn MasterPty + Send>,
    keys: Box<dyn Write + Send>,
    output: Receiver<(Instant, Vec<u8>)>,
    screen: vt100::Parser,
    started: Instant,
}

/// What a process has taken so far. Empty where the system does not tell.
#[derive(Clone, Copy, Default)]
pub(crate) struct Taken {
    /// Time on a CPU, in milliseconds.
    pub(crate) cpu: f64,
    /// Times that a thread of it went to sleep.
    pub(crate) sleeps: u64,
    /// The most memory at a time, in MiB.
    pub(crate) memory: f64,
}

/// An answer to keys.
#[derive(Clone, Copy)]
pub(crate) struct Answered {
    /// From the keys to the last byte, in milliseconds.
    pub(crate) last: f64,
    /// Bytes written.
    pub(crate) bytes: usize,
}

impl Watched {
    /// Starts a program.
    pub(crate) fn start(command: &[String]) -> Self {
        let (columns, rows) = SIZE;
        let size = PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).expect("a pseudo-terminal");
        let mut builder = CommandBuilder::new(&command[0]);
        builder.args(&command[1..]);
        builder.env("TERM", "xterm-256color");
        builder.env("COLORTERM", "truecolor");
        let mut reader = pair.master.try_clone_reader().expect("a reader");
        let keys = pair.master.take_writer().expect("a writer");
        let (sender, output) = mpsc::channel();
        thread::spawn(move || {
            let mut buffer = vec![0; 1 << 16];
            while let Ok(count @ 1..) = reader.read(&mut buffer) {
                if sender.send((Instant::now(), buffer[..count].to_vec())).is_err() {
                    break;
                }
            }
        });
        let started = Instant::now();
        let child = pair.slave.spawn_command(builder).expect("the program starts");
        let screen = vt100::Parser::new(cells(rows), cells(columns), 0);
        Self { child, _terminal: pair.master, keys, output, screen, started }
    }

    /// Milliseconds from the start until the screen shows a text; None if it never does.
    pub(crate) fn shows(&mut self, text: &str) -> Option<f64> {
        while !self.screen.screen().contents().contains(text) {
            let (at, bytes) = self.output.recv_timeout(LIMIT).ok()?;
            self.screen.process(&bytes);
            if self.screen.screen().contents().contains(text) {
                return Some(milliseconds(at - self.started));
            }
        }
        Some(0.0)
    }

    /// Takes in all that comes until it is quiet; how many bytes that were, and when the last one came.
    pub(crate) fn settle(&mut self, quiet: Duration) -> (usize, Option<Instant>) {
        let (mut count, mut last) = (0, None);
        while let Ok((at, bytes)) = self.output.recv_timeout(quiet) {
            self.screen.process(&bytes);
            count += bytes.len();
            last = Some(at);
        }
        (count, last)
    }

    /// Waits until it has nothing to do: threads of it that end meanwhile would take their time with them.
    pub(crate) fn rest(&mut self) {
        loop {
            let before = self.taken();
            self.settle(Duration::from_millis(500));
            let after = self.taken();
            if (after.cpu - before.cpu).abs() < 0.1 {
                break;
            }
        }
    }

    /// Presses keys in one go and waits for the answer.
    pub(crate) fn press(&mut self, keys: &str, quiet: Duration) -> Answered {
        let pressed = Instant::now();
        self.keys.write_all(keys.as_bytes()).expect("keys can be typed");
        self.keys.flush().expect("keys can be typed");
        let (bytes, last) = self.settle(quiet);
        Answered { last: last.map_or(0.0, |last| milliseconds(last - pressed)), bytes }
    }

    /// What it has taken so far.
    pub(crate) fn taken(&self) -> Taken {
        self.child.process_id().map(taken).unwrap_or_default()
    }

    /// The text on the screen.
    pub(crate) fn text(&self) -> String {
        self.screen.screen().contents()
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn cells(count: u16) -> NonZeroU16 {
    NonZeroU16::new(count).expect("a size")
}

/// From the system's own books, as Linux keeps them.
fn taken(process: u32) -> Taken {
    let mut taken = Taken::default();
    let read = |path: String| std::fs::read_to_string(path).unwrap_or_default();
    let field = |text: &str, name: &str| -> u64 {
        let line = text.lines().find_map(|line| line.strip_prefix(name));
        line.and_then(|rest| rest.split_whitespace().next()?.parse().ok()).unwrap_or(0)
    };
    taken.memory = field(&read(format!("/proc/{process}/status")), "VmHWM:") as f64 / 1024.0;
    let threads = std::fs::read_dir(format!("/proc/{process}/task"));
    for thread in threads.into_iter().flatten().flatten() {
        let at = thread.path().display().to_string();
        let schedule = read(format!("{at}/schedstat"));
        let spent: f64 = schedule.split(' ').next().and_then(|n| n.parse().ok()).unwrap_or(0.0);
        taken.cpu += spent / 1e6;
        taken.sleeps += field(&read(format!("{at}/status")), "voluntary_ctxt_switches:");
    }
    taken
}

/// A span of time in milliseconds.
pub(crate) fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}
