//! Copies that were asked for: on a thread where they may take long, and let arrive when the program ends.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread;
use std::time::{Duration, Instant};

#[cfg(debug_assertions)]
use super::fault;
use super::{Desk, Flow, Message};
use crate::app::event::{Copied, CopyOutcome, Event};
use crate::say::saying;
use crate::terminal::clipboard::{self, Job, Next};
use crate::terminal::error::TerminalError;
use crate::terminal::program::Program;
use crate::terminal::session::panic_message;

/// How long copies may take that are still under way when the program ends.
const COPIES_WITHIN: Duration = Duration::from_millis(2_500);

impl<P: Program> Desk<'_, P> {
    pub(super) fn start_copy(&mut self, what: String, text: String) -> Result<Flow, TerminalError> {
        let job = Job::new(&self.options.environment, self.options.road, what, text);
        if !job.is_slow() {
            return self.finish_copy(job.go());
        }
        let what = job.what().to_owned();
        let sender = self.sender.clone();
        #[cfg(debug_assertions)]
        let environment = self.options.environment.clone();
        let started = thread::Builder::new().name("copy".into()).spawn({
            let what = what.clone();
            move || {
                let work = || {
                    #[cfg(debug_assertions)]
                    fault::stage(&environment, "worker");
                    job.go()
                };
                let next = catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| {
                    Next::Done(clipboard::broken(what, panic_message(&*panic)))
                });
                // Nobody listens when the program has ended meanwhile.
                let _ = sender.send(Message::Copy(next));
            }
        });
        match started {
            Ok(_) => self.copying.push(what),
            Err(error) => self.tell_copied(clipboard::broken(what, &error.to_string())),
        }
        Ok(Flow::Continue(()))
    }

    /// A copy on a thread of its own came to an end.
    pub(super) fn arrived(&mut self, next: Next) -> Result<Flow, TerminalError> {
        let (Next::Done(copied) | Next::Write(_, copied)) = &next;
        if let Some(at) = self.copying.iter().position(|what| *what == copied.what) {
            self.copying.remove(at);
        }
        self.finish_copy(next)
    }

    fn finish_copy(&mut self, next: Next) -> Result<Flow, TerminalError> {
        let copied = match next {
            Next::Done(copied) => copied,
            Next::Write(bytes, copied) => {
                self.screen.send(&bytes)?;
                copied
            }
        };
        self.tell_copied(copied);
        Ok(Flow::Continue(()))
    }

    /// Hands the answer to the program as the next event: not from inside the update that asked for
    /// the copy.
    fn tell_copied(&mut self, copied: Copied) {
        self.waiting.push_back(Message::Event(Event::Copied(copied)));
    }

    /// Lets copies that were asked for just before the end arrive, within reason; the program hears of what nobody sees
    /// any more.
    pub(super) fn let_copies_arrive(&mut self) -> Result<(), TerminalError> {
        let deadline = Instant::now() + COPIES_WITHIN;
        while !(self.copying.is_empty() && self.waiting.is_empty()) {
            let left = deadline.saturating_duration_since(Instant::now());
            match self.waiting.pop_front().map_or_else(|| self.messages.recv_timeout(left), Ok) {
                Ok(Message::Copy(next)) => drop(self.arrived(next)?),
                Ok(Message::Event(Event::Copied(copied))) => self.program.copied_late(copied),
                Ok(Message::End(_) | Message::Gone) | Err(_) => break,
                Ok(_) => {}
            }
        }
        for what in self.copying.drain(..) {
            let reason = saying("the program was left before it was done");
            self.program.copied_late(Copied { what, outcome: CopyOutcome::Failed(reason) });
        }
        Ok(())
    }
}
