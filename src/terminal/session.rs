//! What was switched on in the terminal, and giving it back: exactly that, in reverse, once.
//!
//! The list of what is on lives in one place for the whole process, because a panic must be able to
//! give the terminal back from inside its hook, before its message is printed.

use std::backtrace::{Backtrace, BacktraceStatus};
use std::fs::File;
use std::io::{self, Write};
use std::panic::PanicHookInfo;
use std::sync::{Mutex, MutexGuard, Once, PoisonError};
use std::thread::{self, ThreadId};

use super::plain;

/// Something that is switched on in the terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mode {
    Raw,
    AlternateScreen,
    HiddenCursor,
    Paste,
    Mouse,
}

impl Mode {
    /// The sequence that switches it on; raw mode has none.
    const fn on(self) -> &'static [u8] {
        match self {
            Self::Raw => b"",
            Self::AlternateScreen => b"\x1b[?1049h",
            Self::HiddenCursor => b"\x1b[?25l",
            Self::Paste => b"\x1b[?2004h",
            // Buttons and wheel only: a program that is told of every movement is never idle.
            Self::Mouse => b"\x1b[?1000h\x1b[?1006h",
        }
    }

    /// The sequence that switches it off.
    const fn off(self) -> &'static [u8] {
        match self {
            Self::Raw => b"",
            Self::AlternateScreen => b"\x1b[0m\x1b[?1049l",
            Self::HiddenCursor => b"\x1b[?25h",
            Self::Paste => b"\x1b[?2004l",
            Self::Mouse => b"\x1b[?1006l\x1b[?1000l",
        }
    }
}

/// A terminal in use.
struct Claim {
    device: File,
    owner: ThreadId,
    modes: Vec<Mode>,
}

static CLAIM: Mutex<Option<Claim>> = Mutex::new(None);
static HOOK: Once = Once::new();

/// Never fails: the list is whole even where a thread broke down while holding it.
fn claim() -> MutexGuard<'static, Option<Claim>> {
    CLAIM.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Keeps the terminal in use; dropping it gives the terminal back.
pub(super) struct Session {
    mouse: bool,
}

impl Session {
    /// Enters the terminal behind `device`, and has panics of this thread give it back.
    pub(super) fn enter(device: File, mouse: bool) -> io::Result<Self> {
        HOOK.call_once(|| std::panic::set_hook(Box::new(on_panic)));
        *claim() = Some(Claim { device, owner: thread::current().id(), modes: Vec::new() });
        // From here on the drop gives back what was reached, also when a later step fails.
        let session = Self { mouse };
        session.resume()?;
        Ok(session)
    }

    /// Enters again after [`leave`], or after the shell changed the terminal behind our back.
    pub(super) fn resume(&self) -> io::Result<()> {
        let mut guard = claim();
        let Some(claim) = guard.as_mut() else {
            return Ok(());
        };
        if claim.modes.contains(&Mode::Raw) {
            // The library believes that raw mode is on and would do nothing.
            crossterm::terminal::disable_raw_mode()?;
            claim.modes.retain(|mode| *mode != Mode::Raw);
        }
        crossterm::terminal::enable_raw_mode()?;
        claim.modes.insert(0, Mode::Raw);
        let wanted = [Mode::AlternateScreen, Mode::HiddenCursor, Mode::Paste];
        for mode in wanted.into_iter().chain(self.mouse.then_some(Mode::Mouse)) {
            claim.device.write_all(mode.on())?;
            if !claim.modes.contains(&mode) {
                claim.modes.push(mode);
            }
        }
        Ok(())
    }

    /// Switches the capture of the mouse on or off, now and after the next pause.
    pub(super) fn set_mouse(&mut self, on: bool) -> io::Result<()> {
        self.mouse = on;
        let mut guard = claim();
        let Some(claim) = guard.as_mut() else {
            return Ok(());
        };
        if on == claim.modes.contains(&Mode::Mouse) {
            return Ok(());
        }
        if on {
            claim.modes.push(Mode::Mouse);
            claim.device.write_all(Mode::Mouse.on())
        } else {
            claim.modes.retain(|mode| *mode != Mode::Mouse);
            claim.device.write_all(Mode::Mouse.off())
        }
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        leave();
        *claim() = None;
    }
}

/// Gives the terminal back, for a while or for good: switches off what is on, last first. What is
/// off stays alone, so it can be called at any time and more than once.
pub(super) fn leave() {
    let mut guard = claim();
    let Some(claim) = guard.as_mut() else { return };
    let modes = std::mem::take(&mut claim.modes);
    let bytes: Vec<u8> = modes.iter().rev().flat_map(|mode| mode.off()).copied().collect();
    // A terminal that went away has nothing to give back; there is nobody to tell either.
    let _ = claim.device.write_all(&bytes);
    if modes.contains(&Mode::Raw) {
        let _ = crossterm::terminal::disable_raw_mode();
    }
}

/// The last resort, from another thread, when the terminal takes no output: its settings at least
/// are put back, which needs none.
pub(super) fn abandon() {
    // There is nobody to tell.
    let _ = crossterm::terminal::disable_raw_mode();
}

/// A panic of the thread that owns the terminal ends the program: the terminal first, then the
/// message. A panic of any other thread leaves the terminal alone: that of a worker, of the thread that reads keys
/// and of one that copies is caught where the thread began, and told. The threads that wait for signals and for the end of the
/// terminal have nobody who catches theirs: such a thread would end without a word, and the program go on without it.
fn on_panic(info: &PanicHookInfo<'_>) {
    let owner = claim().as_ref().map(|claim| claim.owner);
    if owner.is_some_and(|owner| owner != thread::current().id()) {
        return;
    }
    leave();
    let place =
        info.location().map(|at| format!(" at {}:{}", at.file(), at.line())).unwrap_or_default();
    let message = panic_message(info.payload());
    let mut text = format!("rolescope: internal error{place}: {message}\n");
    let trace = Backtrace::capture();
    if trace.status() == BacktraceStatus::Captured {
        text.push_str(&trace.to_string());
    } else {
        text.push_str("Please report it, with what RUST_BACKTRACE=1 prints.\n");
    }
    // Standard error may be closed; a panic inside the hook would abort.
    let _ = io::stderr().lock().write_all(plain::clean(&text).as_bytes());
}

/// The words of a panic.
pub(super) fn panic_message(payload: &(dyn std::any::Any + Send)) -> &str {
    payload
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| payload.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("no message")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_mode_is_switched_off_by_what_switched_it_on() {
        for mode in [Mode::AlternateScreen, Mode::HiddenCursor, Mode::Paste, Mode::Mouse] {
            let numbers = |bytes: &[u8]| {
                let mut numbers: Vec<u32> = String::from_utf8(bytes.to_vec())
                    .unwrap()
                    .split("\x1b[?")
                    .filter_map(|part| part.get(..part.len().saturating_sub(1))?.parse().ok())
                    .collect();
                numbers.sort_unstable();
                numbers
            };
            assert_eq!(numbers(mode.on()), numbers(mode.off()), "{mode:?}");
            assert!(!numbers(mode.on()).is_empty());
        }
    }

    #[test]
    fn panics_have_words() {
        assert_eq!(panic_message(&"a"), "a");
        assert_eq!(panic_message(&String::from("b")), "b");
        assert_eq!(panic_message(&3), "no message");
    }
}
