//! A process with limits: of time, of output, and until it is stopped.

use std::io::{self, PipeReader, Read};
use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use crate::process::{At, Running};

/// Bytes of standard error that are kept.
const ERRORS: usize = 16 << 10;
/// How often a running process is looked at.
const GLANCE: Duration = Duration::from_millis(20);
/// How often the end of a process is looked for that has closed its output.
const LAST: Duration = Duration::from_millis(1);
/// How long it is waited for the end of the output of a process that has ended: what it started may hold that open for
/// ever, and its own words may still be on their way.
const LINGER: Duration = Duration::from_secs(1);

/// How a process came to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// By itself, with this code.
    Exit(i32),
    /// By this signal.
    Signal(i32),
}

/// How a process ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ended {
    /// By itself, or by a signal.
    pub end: End,
    /// What it wrote.
    pub stdout: Vec<u8>,
    /// The beginning of what it wrote on standard error, as it was: not to be shown before it is redacted.
    pub stderr: Vec<u8>,
}

/// Why there is no end to tell of.
#[derive(Debug)]
pub enum Broken {
    /// It was not started.
    NotStarted(io::Error),
    /// It took too long, and was ended.
    TimeOut,
    /// It wanted to ask something on the terminal, and was ended.
    Asks,
    /// It wrote more than is taken, and was ended.
    TooLarge,
    /// It was stopped from here.
    Stopped,
}

/// What bounds a process.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// The time it may take.
    pub time: Duration,
    /// The bytes it may write.
    pub output: usize,
}

/// Runs a program with these arguments and waits for its end. Standard input is empty, colours are switched off,
/// variables of this program are not passed on. `stopped` is asked often.
pub fn run(
    program: &Path,
    arguments: &[String],
    limits: Limits,
    stopped: &dyn Fn() -> bool,
) -> Result<Ended, Broken> {
    let deadline = Instant::now() + limits.time;
    let mut running = start(program, arguments).map_err(Broken::NotStarted)?;
    let (sender, told) = channel();
    let (mut open, mut last) = (2, None);
    // Without threads to read it, it is ended again. The threads end with `_reading` at the latest.
    let (over, _reading) = io::pipe().map_err(Broken::NotStarted)?;
    let (out, err) = (running.stdout(), running.stderr());
    let stdout = over.try_clone().and_then(|over| {
        read(out, over, sender.clone(), Keep { most: limits.output, rest: Rest::TooMuch })
    });
    let stdout = stdout.map_err(Broken::NotStarted)?;
    let stderr = read(err, over, sender.clone(), Keep { most: ERRORS, rest: Rest::Dropped });
    let stderr = stderr.map_err(Broken::NotStarted)?;
    loop {
        // `sender` is still there, so that this waits where both pipes are at their end.
        match told.recv_timeout(if open == 0 { LAST } else { GLANCE }) {
            Ok(Told::TooMuch) => return Err(Broken::TooLarge),
            Ok(Told::Closed) => open -= 1,
            Err(_) => {}
        }
        match running.at().map_err(Broken::NotStarted)? {
            At::End => {
                let last = *last.get_or_insert_with(|| Instant::now() + LINGER);
                if open == 0 || look(last, stopped)? {
                    break;
                }
            }
            At::Terminal => return Err(Broken::Asks),
            At::Work if look(deadline, stopped)? => return Err(Broken::TimeOut),
            At::Work => {}
        }
    }
    let status = running.finish().map_err(Broken::NotStarted)?;
    Ok(Ended { end: end(status), stdout: taken(&stdout), stderr: taken(&stderr) })
}

fn end(status: ExitStatus) -> End {
    #[cfg(unix)]
    if let Some(signal) = std::os::unix::process::ExitStatusExt::signal(&status) {
        return End::Signal(signal);
    }
    // It has ended, and no signal did it.
    End::Exit(status.code().unwrap_or(-1))
}

fn start(program: &Path, arguments: &[String]) -> io::Result<Running> {
    let mut command = Command::new(program);
    command.args(arguments).env("NO_COLOR", "1");
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("ROLESCOPE") {
            command.env_remove(name);
        }
    }
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    Running::start(&mut command)
}

/// What a thread tells that reads a pipe.
#[derive(Clone, Copy, Debug)]
enum Told {
    /// The pipe is at its end.
    Closed,
    /// More came than is taken.
    TooMuch,
}

/// What is done with bytes beyond those that are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Rest {
    /// They are read all the same: a process that cannot write stands still.
    Dropped,
    /// They are too much.
    TooMuch,
}

/// What is kept of a pipe.
#[derive(Clone, Copy, Debug)]
struct Keep {
    /// So many bytes.
    most: usize,
    rest: Rest,
}

/// What came through a pipe so far.
type Bytes = Arc<Mutex<Vec<u8>>>;

/// Reads a pipe on a thread, to its end or until the other end of `over` is closed. Errors: no thread can be had.
fn read(
    pipe: Option<impl Source>,
    over: PipeReader,
    sender: Sender<Told>,
    keep: Keep,
) -> io::Result<Bytes> {
    let bytes = Bytes::default();
    let kept = Arc::clone(&bytes);
    thread::Builder::new().spawn(move || {
        let told = pipe.map_or(Told::Closed, |pipe| copy(pipe, &over, &kept, keep));
        // Nobody listens any more when the process was ended.
        let _ = sender.send(told);
    })?;
    Ok(bytes)
}

fn copy(mut pipe: impl Source, over: &PipeReader, kept: &Bytes, keep: Keep) -> Told {
    let mut part = [0; 8 << 10];
    while comes(&pipe, over) {
        let read = match pipe.read(&mut part) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Ok(read) if read > 0 => part.get(..read).unwrap_or_default(),
            _ => break,
        };
        let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
        let room = keep.most - kept.len();
        kept.extend(read.iter().take(room));
        if read.len() > room && keep.rest == Rest::TooMuch {
            return Told::TooMuch;
        }
    }
    Told::Closed
}

/// Waits until there is something to read, or the end; false when nobody wants it any more.
#[cfg(unix)]
fn comes(pipe: &impl Source, over: &PipeReader) -> bool {
    use rustix::event::{PollFd, PollFlags, poll};

    loop {
        let mut watched = [PollFd::new(pipe, PollFlags::IN), PollFd::new(over, PollFlags::IN)];
        match poll(&mut watched, None) {
            Err(rustix::io::Errno::INTR) => {}
            Err(_) => return false,
            Ok(_) => return watched.last().is_some_and(|over| over.revents().is_empty()),
        }
    }
}

#[cfg(not(unix))]
fn comes(_: &impl Source, _: &PipeReader) -> bool {
    true
}

/// A pipe that can be waited for.
#[cfg(unix)]
trait Source: Read + std::os::fd::AsFd + Send + 'static {}
#[cfg(unix)]
impl<T: Read + std::os::fd::AsFd + Send + 'static> Source for T {}
#[cfg(not(unix))]
trait Source: Read + Send + 'static {}
#[cfg(not(unix))]
impl<T: Read + Send + 'static> Source for T {}

fn taken(bytes: &Bytes) -> Vec<u8> {
    std::mem::take(&mut *bytes.lock().unwrap_or_else(PoisonError::into_inner))
}

/// Is the time over? Errors: it was stopped.
fn look(deadline: Instant, stopped: &dyn Fn() -> bool) -> Result<bool, Broken> {
    if stopped() { Err(Broken::Stopped) } else { Ok(Instant::now() >= deadline) }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_thread_that_reads_ends_when_nobody_wants_it_any_more() {
        // A process out of reach may hold the other end for ever.
        let (pipe, _held) = io::pipe().unwrap();
        let (over, reading) = io::pipe().unwrap();
        let (sender, told) = channel();
        let keep = Keep { most: 10, rest: Rest::Dropped };
        read(Some(pipe), over, sender, keep).unwrap();
        drop(reading);
        assert!(matches!(told.recv_timeout(Duration::from_secs(60)), Ok(Told::Closed)));
    }
}
