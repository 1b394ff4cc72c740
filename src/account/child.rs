//! A process with limits: of time, of output, and until it is stopped.

use std::io::{self, Read};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use crate::process::Running;

/// Bytes of standard error that are kept.
const ERRORS: usize = 16 << 10;
/// How often a running process is looked at.
const GLANCE: Duration = Duration::from_millis(20);
/// How often the end of a process is looked for that has closed its output.
const LAST: Duration = Duration::from_millis(1);

/// How a process ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ended {
    /// The exit code; None where a signal ended it.
    pub exit: Option<i32>,
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
    let (sender, pipes) = channel();
    // Without threads to read it, it is ended again.
    read(running.stdout(), limits.output, sender.clone(), Pipe::Out)
        .and_then(|()| read(running.stderr(), ERRORS, sender, Pipe::Err))
        .map_err(Broken::NotStarted)?;
    let (mut stdout, mut stderr) = (None, None);
    while stdout.is_none() || stderr.is_none() {
        match next(&pipes, deadline, stopped)? {
            (Pipe::Out, bytes) if bytes.len() > limits.output => return Err(Broken::TooLarge),
            (Pipe::Out, bytes) => stdout = Some(bytes),
            (Pipe::Err, mut bytes) => {
                bytes.truncate(ERRORS);
                stderr = Some(bytes);
            }
        }
    }
    let over = || look(deadline, stopped).is_err();
    match running.wait(LAST, &over).map_err(Broken::NotStarted)? {
        Some(status) => Ok(Ended {
            exit: status.code(),
            stdout: stdout.unwrap_or_default(),
            stderr: stderr.unwrap_or_default(),
        }),
        None => Err(look(deadline, stopped).err().unwrap_or(Broken::TimeOut)),
    }
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

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Pipe {
    Out,
    Err,
}

/// Reads a pipe to its end on a thread; of more than `most` bytes only one more is kept. Errors: no thread can be had.
fn read(
    pipe: Option<impl Read + Send + 'static>,
    most: usize,
    sender: Sender<(Pipe, Vec<u8>)>,
    which: Pipe,
) -> io::Result<()> {
    let started = thread::Builder::new().spawn(move || {
        let mut bytes = Vec::new();
        if let Some(mut pipe) = pipe {
            let limit = u64::try_from(most).unwrap_or(u64::MAX).saturating_add(1);
            let _ = pipe.by_ref().take(limit).read_to_end(&mut bytes);
            if which == Pipe::Err {
                // A process that cannot write stands still.
                let _ = io::copy(&mut pipe, &mut io::sink());
            }
        }
        // Nobody listens any more when the process was ended.
        let _ = sender.send((which, bytes));
    });
    started.map(drop)
}

fn next(
    pipes: &Receiver<(Pipe, Vec<u8>)>,
    deadline: Instant,
    stopped: &dyn Fn() -> bool,
) -> Result<(Pipe, Vec<u8>), Broken> {
    loop {
        match pipes.recv_timeout(GLANCE) {
            Ok(read) => return Ok(read),
            Err(RecvTimeoutError::Timeout) => look(deadline, stopped)?,
            Err(RecvTimeoutError::Disconnected) => {
                return Err(Broken::NotStarted(io::Error::other("its output cannot be read")));
            }
        }
    }
}

fn look(deadline: Instant, stopped: &dyn Fn() -> bool) -> Result<(), Broken> {
    if stopped() {
        Err(Broken::Stopped)
    } else if Instant::now() >= deadline {
        Err(Broken::TimeOut)
    } else {
        Ok(())
    }
}
