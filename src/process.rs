//! A child process that does not outlive the one who started it: it stands in a group of its own, and is ended with all
//! that it started when it is let go of before its end. Imports nothing.

use std::io::{self, Write as _};
use std::process::{Child, ChildStderr, ChildStdout, Command, ExitStatus};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

/// How often a program that is just being replaced is tried again, and how long it is waited each time.
const BUSY: (u32, Duration) = (10, Duration::from_millis(20));

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
            match command.spawn() {
                // The file is being written, as when the program is just being renewed.
                Err(error) if error.kind() == io::ErrorKind::ExecutableFileBusy && tries > 0 => {
                    tries -= 1;
                    thread::sleep(pause);
                }
                started => return started.map(|child| Self { child, waited: false }),
            }
        }
    }

    /// Gives it bytes as its standard input, which has to be a pipe, and closes that. What comes tells whether it took
    /// all of them; it may come late or, where it never reads, not before it is ended.
    pub fn feed(&mut self, bytes: Vec<u8>) -> Receiver<bool> {
        let (fed, all_taken) = channel();
        // A program that does not read would block the one that feeds it: that is another thread.
        if let Some(mut input) = self.child.stdin.take() {
            thread::spawn(move || {
                // Perhaps nobody listens any more.
                let _ = fed.send(input.write_all(&bytes).is_ok());
            });
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

    /// Waits for its end, looking every `glance`; None when `over` says so first. Errors: its end is not known.
    pub fn wait(
        &mut self,
        glance: Duration,
        over: &dyn Fn() -> bool,
    ) -> io::Result<Option<ExitStatus>> {
        loop {
            if let Some(status) = self.child.try_wait()? {
                self.waited = true;
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
        #[cfg(unix)]
        if let Some(group) =
            i32::try_from(self.child.id()).ok().and_then(rustix::process::Pid::from_raw)
        {
            let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
        }
        // It may have ended just now; then there is nothing to end.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
