//! A child process that does not outlive the one who started it: it stands in a group of its own, and is ended with all
//! that it started when it is let go of before its end, or when the program ends.

use std::io::{self, Write as _};
use std::process::{Child, ChildStderr, ChildStdout, Command, ExitStatus};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

/// How often a program that is just being replaced is tried again, and how long it is waited each time.
const BUSY: (u32, Duration) = (10, Duration::from_millis(20));

/// The processes that run.
#[derive(Debug)]
struct All {
    /// Their ids, which are those of their groups.
    ids: Vec<u32>,
    /// The program ends; no more are started.
    over: bool,
}

static ALL: Mutex<All> = Mutex::new(All { ids: Vec::new(), over: false });

fn all() -> MutexGuard<'static, All> {
    ALL.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Ends every process that runs, with all that it started: the program is about to end, and the threads that wait for
/// them end with it. None is started afterwards.
pub fn end_all() {
    let mut all = all();
    all.over = true;
    all.ids.drain(..).for_each(end_group);
}

fn end_group(id: u32) {
    #[cfg(unix)]
    if let Some(group) = i32::try_from(id).ok().and_then(rustix::process::Pid::from_raw) {
        // It may have ended just now; then there is nothing to end.
        let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
    }
    #[cfg(not(unix))]
    let _ = id;
}

/// Was the program started with this signal ignored, as `nohup` does with HUP? Then it stays so: whoever starts it wants
/// it to live on. Known where the system tells it in `/proc`; elsewhere no signal counts as ignored.
#[must_use]
pub fn ignores(signal: i32) -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let mask = mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok());
    let bit = u32::try_from(signal - 1).ok().and_then(|bit| 1_u64.checked_shl(bit));
    mask.zip(bit).is_some_and(|(mask, bit)| mask & bit != 0)
}

/// What a process is at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum At {
    /// It runs.
    Work,
    /// It wanted to use the terminal, and the system has stopped it for that: see [`Running::start`].
    Terminal,
    /// It has ended.
    End,
}

/// A running process; ended when dropped.
#[derive(Debug)]
pub struct Running {
    child: Child,
    /// It has ended and was waited for, so that its id may be another's by now.
    waited: bool,
}

impl Running {
    /// Starts a process in a group of its own: the terminal's keys do not reach it, it cannot read them, and what it
    /// starts is ended with it. Errors: as the system tells them.
    pub fn start(command: &mut Command) -> io::Result<Self> {
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(command, 0);
        let (mut tries, pause) = BUSY;
        loop {
            match Self::spawn(command) {
                // The file is being written, as when the program is just being renewed.
                Err(error) if error.kind() == io::ErrorKind::ExecutableFileBusy && tries > 0 => {
                    tries -= 1;
                    thread::sleep(pause);
                }
                started => return started,
            }
        }
    }

    fn spawn(command: &mut Command) -> io::Result<Self> {
        // Held until it is noted, so that none is missed at the end.
        let mut all = all();
        if all.over {
            return Err(io::ErrorKind::Interrupted.into());
        }
        let child = command.spawn()?;
        all.ids.push(child.id());
        Ok(Self { child, waited: false })
    }

    /// Its end, if it has ended.
    fn ended(&mut self) -> io::Result<Option<ExitStatus>> {
        // Once it was waited for, its id may be another's.
        let mut all = all();
        let status = self.child.try_wait()?;
        if status.is_some() {
            self.waited = true;
            all.ids.retain(|id| *id != self.child.id());
        }
        Ok(status)
    }

    /// Gives it bytes as its standard input, which has to be a pipe, and closes that. What comes tells whether it took
    /// all of them; it may come late or, where it never reads, not before it is ended. Nothing comes where no thread can
    /// be had: its input is closed then.
    pub fn feed(&mut self, bytes: Vec<u8>) -> Receiver<bool> {
        let (fed, all_taken) = channel();
        // A program that does not read would block the one that feeds it: that is another thread.
        if let Some(mut input) = self.child.stdin.take() {
            let started = thread::Builder::new().spawn(move || {
                // Perhaps nobody listens any more.
                let _ = fed.send(input.write_all(&bytes).is_ok());
            });
            // `fed` went with it, which tells.
            drop(started);
        }
        all_taken
    }

    /// Its standard output, once, where that is a pipe.
    pub fn stdout(&mut self) -> Option<ChildStdout> {
        self.child.stdout.take()
    }

    /// Its standard error, once, where that is a pipe.
    pub fn stderr(&mut self) -> Option<ChildStderr> {
        self.child.stderr.take()
    }

    /// What it is at. One that has ended keeps its id until [`finish`](Self::finish). Errors: it is not known.
    #[cfg(unix)]
    pub fn at(&mut self) -> io::Result<At> {
        use rustix::process::{Pid, Signal, WaitId, WaitIdOptions as Look, waitid};

        let id = i32::try_from(self.child.id()).ok().and_then(Pid::from_raw);
        let id = id.ok_or(io::ErrorKind::NotFound)?;
        let looks = Look::EXITED | Look::STOPPED | Look::NOHANG | Look::NOWAIT;
        let Some(status) = waitid(WaitId::Pid(id), looks)? else { return Ok(At::Work) };
        if !status.stopped() {
            return Ok(At::End);
        }
        let by = status.stopping_signal();
        let terminal = [Signal::TTIN, Signal::TTOU].map(|signal| Some(signal.as_raw()));
        Ok(if terminal.contains(&by) { At::Terminal } else { At::Work })
    }

    /// What it is at. Errors: it is not known.
    #[cfg(not(unix))]
    pub fn at(&mut self) -> io::Result<At> {
        Ok(if self.ended()?.is_some() { At::End } else { At::Work })
    }

    /// Takes the end of a process that is [at its end](At::End), and ends what it started and left behind. Errors: its
    /// end is not known.
    pub fn finish(mut self) -> io::Result<ExitStatus> {
        let mut all = all();
        if !self.waited {
            // Its group is its own as long as nobody has waited for it.
            end_group(self.child.id());
        }
        let status = self.child.wait()?;
        self.waited = true;
        all.ids.retain(|id| *id != self.child.id());
        drop(all);
        Ok(status)
    }

    /// Waits for its end, looking every `glance`; None when `over` says so first. Errors: its end is not known.
    pub fn wait(
        &mut self,
        glance: Duration,
        over: &dyn Fn() -> bool,
    ) -> io::Result<Option<ExitStatus>> {
        loop {
            if let Some(status) = self.ended()? {
                return Ok(Some(status));
            }
            if over() {
                return Ok(None);
            }
            thread::sleep(glance);
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if self.waited {
            return;
        }
        end_group(self.child.id());
        let _ = self.child.kill();
        all().ids.retain(|id| *id != self.child.id());
        let _ = self.child.wait();
    }
}
