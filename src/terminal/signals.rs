//! Signals as messages, stopping for Ctrl-Z, and noticing that the terminal went away.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;
use std::thread;
use std::time::{Duration, Instant};

use super::event_loop::Message;
use super::session;
#[cfg(unix)]
use crate::process;

/// Signals that end the program; the terminal is given back first.
#[cfg(unix)]
const ENDING: [i32; 4] = [
    signal_hook::consts::SIGTERM,
    signal_hook::consts::SIGHUP,
    signal_hook::consts::SIGINT,
    signal_hook::consts::SIGQUIT,
];

/// Tells the thread of the signals that the loop is over.
#[derive(Clone, Default)]
pub(super) struct LoopIsOver(Arc<AtomicBool>);

impl LoopIsOver {
    /// From now on signals do what they do to any program.
    pub(super) fn say(&self) {
        self.0.store(true, Ordering::SeqCst);
    }

    #[cfg(unix)]
    fn is_so(&self) -> bool {
        self.0.load(Ordering::SeqCst)
    }

    #[cfg(unix)]
    fn is_so_within(&self, time: Duration) -> bool {
        let deadline = Instant::now() + time;
        while !self.is_so() && Instant::now() < deadline {
            thread::sleep(GLANCE);
        }
        self.is_so()
    }
}

/// How long the loop may take to end after a signal; a terminal that takes no output holds it up.
#[cfg(unix)]
const END_WITHIN: Duration = Duration::from_secs(3);
/// How often its end is looked for, after a signal.
#[cfg(unix)]
const GLANCE: Duration = Duration::from_millis(5);

/// Starts to send signals as messages. When an ending signal is not answered in time, the program
/// ends here, with the settings of the terminal as they were but its screen as it is.
#[cfg(unix)]
pub(super) fn watch(messages: Sender<Message>, over: LoopIsOver) -> io::Result<()> {
    use signal_hook::consts::{SIGCONT, SIGTSTP};

    let known = ENDING.into_iter().chain([SIGTSTP, SIGCONT]);
    let mut signals = signal_hook::iterator::Signals::new(known)?;
    thread::Builder::new().name("signals".into()).spawn(move || {
        for signal in signals.forever() {
            let message = match signal {
                SIGTSTP => Message::Stop,
                SIGCONT => Message::Continued,
                _ => Message::End(signal),
            };
            if signal == signal_hook::consts::SIGHUP && over.is_so() {
                // The loop ended because the terminal went away, and the exit code says so already.
                continue;
            }
            if over.is_so() || messages.send(message).is_err() {
                // Fails only for signals that are not known; these are.
                let _ = signal_hook::low_level::emulate_default_handler(signal);
            } else if ENDING.contains(&signal) && !over.is_so_within(END_WITHIN) {
                session::abandon();
                process::end_all();
                std::process::exit(128 + signal);
            }
        }
    })?;
    Ok(())
}

/// From now on an ending signal ends the processes that were started too, which stand in groups of their own. One that
/// is ignored stays so.
#[cfg(unix)]
pub(super) fn end_children() -> io::Result<()> {
    let known = ENDING.into_iter().filter(|signal| !process::ignores(*signal));
    let mut signals = signal_hook::iterator::Signals::new(known)?;
    thread::Builder::new().name("signals".into()).spawn(move || {
        for signal in signals.forever() {
            process::end_all();
            // Fails only for signals that are not known; these are.
            let _ = signal_hook::low_level::emulate_default_handler(signal);
        }
    })?;
    Ok(())
}

#[cfg(not(unix))]
pub(super) fn end_children() -> io::Result<()> {
    Ok(())
}

#[cfg(not(unix))]
pub(super) fn watch(_: Sender<Message>, _: LoopIsOver) -> io::Result<()> {
    Ok(())
}

/// Has the terminal gone away? Where the system cannot tell, it has not.
#[cfg(unix)]
pub(super) fn is_gone(device: &std::fs::File) -> bool {
    use rustix::event::{PollFd, PollFlags, Timespec, poll};

    let mut watched = [PollFd::new(device, PollFlags::empty())];
    let at_once = Timespec { tv_sec: 0, tv_nsec: 0 };
    poll(&mut watched, Some(&at_once)).is_ok() && hung_up(&watched)
}

#[cfg(not(unix))]
pub(super) fn is_gone(_: &std::fs::File) -> bool {
    false
}

#[cfg(unix)]
fn hung_up(watched: &[rustix::event::PollFd<'_>]) -> bool {
    use rustix::event::PollFlags;

    watched.iter().any(|fd| fd.revents().intersects(PollFlags::HUP | PollFlags::ERR))
}

/// Sends one message when the terminal goes away. The reader of keys cannot tell: to it a terminal
/// without its other end only looks empty, again and again.
#[cfg(unix)]
pub(super) fn watch_hang_up(device: std::fs::File, messages: Sender<Message>) -> io::Result<()> {
    use rustix::event::{PollFd, PollFlags, poll};

    thread::Builder::new().name("hang-up".into()).spawn(move || {
        loop {
            // Nothing is asked for, so only the end of the terminal wakes it.
            let mut watched = [PollFd::new(&device, PollFlags::empty())];
            match poll(&mut watched, None) {
                Err(rustix::io::Errno::INTR) => {}
                Err(_) => return,
                Ok(_) => {
                    if hung_up(&watched) {
                        // Nobody listens when the program has ended already.
                        let _ = messages.send(Message::Gone);
                    }
                    // Anything else means that this system cannot watch terminals so.
                    return;
                }
            }
        }
    })?;
    Ok(())
}

#[cfg(not(unix))]
pub(super) fn watch_hang_up(_: std::fs::File, _: Sender<Message>) -> io::Result<()> {
    Ok(())
}

/// Whether somebody could continue this program after Ctrl-Z: a shell in the same session, outside
/// our process group. Where there is none (a terminal window started for this program alone) the
/// system does not stop programs on Ctrl-Z either (an orphaned process group, POSIX `tcsetpgrp` and
/// general terminal interface): the window would freeze.
#[cfg(unix)]
pub(super) fn can_be_continued() -> bool {
    use rustix::process::{getpgrp, getppid, getsid};

    let Ok(session) = getsid(None) else {
        return false;
    };
    session != getpgrp()
        && getppid()
            .is_some_and(|parent| getsid(Some(parent)).is_ok_and(|theirs| theirs == session))
}

#[cfg(not(unix))]
pub(super) fn can_be_continued() -> bool {
    false
}

/// Stops the whole process group, as the terminal would on Ctrl-Z, so that a script around the
/// program stops too. Returns when it is continued.
#[cfg(unix)]
pub(super) fn stop() -> io::Result<()> {
    use rustix::process::{Signal, kill_current_process_group};

    Ok(kill_current_process_group(Signal::STOP)?)
}

#[cfg(not(unix))]
pub(super) fn stop() -> io::Result<()> {
    Ok(())
}
