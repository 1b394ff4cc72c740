//! What runs in the terminal, how it wants it, and how a run ends.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;

use super::clipboard::Road;
use super::environment::Environment;
use super::event_loop::Message;
use crate::app::event::{Copied, Effect, Event};
use crate::app::work::Look;

/// What runs in the terminal: a state that takes events, and a picture of it.
pub trait Program {
    /// Takes in one event; answers with what the terminal shall do. The first event is
    /// [`Event::Resize`] with the size of the terminal, and every change of size is told before it
    /// is drawn.
    fn update(&mut self, event: Event) -> Vec<Effect>;
    /// Works out what was left for later. Called after all waiting events were taken in, before the state is drawn.
    fn settle(&mut self) -> Vec<Effect>;
    /// Hears what became of a copy when the program has been left: there is no screen to tell it on.
    fn copied_late(&mut self, copied: Copied);
    /// Draws the state.
    fn draw(&mut self, frame: &mut ratatui::Frame<'_>);
}

/// How the program wants its terminal.
#[derive(Clone, Debug)]
pub struct Options {
    /// Whether clicks and the wheel are reported (which takes the terminal's own selection away).
    pub mouse: bool,
    /// The road of copies.
    pub road: Road,
    /// What is known of the terminal.
    pub environment: Environment,
    /// How slow work looks at files.
    pub look: Look,
}

/// Slow work beside the loop, on a thread of its own.
pub type Worker = Box<dyn FnOnce(&Outbox) + Send>;

/// The workers of a program, by when they begin.
#[derive(Default)]
pub struct Workers {
    /// The first screen waits for what they find: they begin before it is drawn.
    pub at_once: Vec<Worker>,
    /// Nobody waits: they begin when the first screen stands, and take nothing from it.
    pub afterwards: Vec<Worker>,
}

impl std::fmt::Debug for Workers {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { at_once, afterwards } = self;
        write!(f, "Workers({} at once, {} afterwards)", at_once.len(), afterwards.len())
    }
}

/// Where a worker puts what it found.
#[derive(Clone, Debug)]
pub struct Outbox {
    pub(super) sender: Sender<Message>,
    /// Set when the user no longer wants the work.
    pub(super) stop: Arc<AtomicBool>,
}

impl Outbox {
    /// Hands an event to the program; false when nobody listens any more or the work shall stop.
    pub fn send(&self, event: Event) -> bool {
        self.sender.send(Message::Event(event)).is_ok() && !self.stop.load(Ordering::Relaxed)
    }

    /// Set when the work shall stop.
    pub fn stop(&self) -> &AtomicBool {
        &self.stop
    }
}

/// How a run ended, when nothing failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The program asked to quit.
    Quit,
    /// A signal ended it; its number.
    Signal(i32),
    /// The terminal went away.
    Gone,
}

impl Outcome {
    /// The exit code: 0, or 128 and the number of the signal (hang-up when the terminal went away).
    pub fn exit_code(self) -> u8 {
        match self {
            Self::Quit => 0,
            Self::Signal(number) => u8::try_from(128 + number).unwrap_or(255),
            Self::Gone => 129,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exit_codes_are_those_of_a_shell() {
        let cases = [
            (Outcome::Quit, 0),
            (Outcome::Signal(1), 129),
            (Outcome::Signal(2), 130),
            (Outcome::Signal(15), 143),
            (Outcome::Gone, 129),
        ];
        for (outcome, code) in cases {
            assert_eq!(outcome.exit_code(), code, "{outcome:?}");
        }
    }
}
