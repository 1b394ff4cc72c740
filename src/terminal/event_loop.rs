//! The one loop: waits for a message, lets the program take in all that wait, draws once, runs what
//! the program asks. Copies are in [`copies`].

mod copies;

use std::collections::VecDeque;
use std::fs::File;
use std::io::{self, IsTerminal};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread;
use std::time::{Duration, Instant};

use ratatui::layout::Size;

use super::clipboard::Next;
use super::error::TerminalError;
use super::program::{Options, Outbox, Outcome, Program, Worker, Workers};
use super::screen::Screen;
use super::session::{self, Session, panic_message};
use super::signals::{self, LoopIsOver};
use super::{input, plain};
use crate::app::event::{Effect, Event};
use crate::app::work::Work;
use crate::process;

/// How many messages are taken in before a frame is drawn at the latest, so that a flood of them is
/// seen going by.
const FLOOD: usize = 4_096;
/// How long the notice that we were continued may take to arrive.
const CONTINUED_WITHIN: Duration = Duration::from_millis(100);
/// How long the notice that the terminal went away may take to arrive when keys cannot be read.
const GONE_WITHIN: Duration = Duration::from_millis(100);

/// What the threads beside the loop send to it.
#[derive(Debug)]
pub(super) enum Message {
    /// Something for the program.
    Event(Event),
    /// A copy came to its next or last step.
    Copy(Next),
    /// A signal asks to end.
    End(i32),
    /// A signal asks to stop, as Ctrl-Z does.
    Stop,
    /// The process was continued after a stop.
    Continued,
    /// The terminal went away.
    Gone,
    /// Keys cannot be read any more.
    Unreadable(io::Error),
    /// A thread that the loop cannot do without broke down; its message.
    Broken(String),
}

/// Runs a program, with workers beside it, in the terminal until it quits, is ended by a signal, or the terminal goes away.
/// However it ends, the terminal is given back as it was, and then the texts that were to be
/// printed on leaving are printed.
pub fn run(
    program: &mut impl Program,
    options: &Options,
    workers: Workers,
) -> Result<Outcome, TerminalError> {
    let stdout = io::stdout();
    if !stdout.is_terminal() {
        return Err(TerminalError::NoTerminal);
    }
    check_keyboard()?;
    let device = || duplicate(&stdout);
    let (sender, messages) = mpsc::channel();
    let over = LoopIsOver::default();
    // Before anything is switched on, so that no signal finds the terminal changed and nobody to
    // give it back.
    signals::watch(sender.clone(), over.clone())?;
    let session = Session::enter(device()?, options.mouse)?;
    let screen = Screen::new(device()?)?;

    let mut desk = Desk {
        program,
        options,
        screen,
        session,
        messages,
        sender,
        waiting: VecDeque::new(),
        copying: Vec::new(),
        told: None,
        to_print: Vec::new(),
        stop: Arc::default(),
        listening: false,
    };
    let mut result = desk.begin(workers.at_once).and_then(|()| desk.work(workers.afterwards));
    desk.stop.store(true, Ordering::Relaxed);
    if matches!(result, Ok(Outcome::Quit)) {
        result = desk.let_copies_arrive().map(|()| Outcome::Quit);
    }
    // The threads that would end them end with the program.
    process::end_all();
    let result = gone_is_no_error(result, || desk.is_gone());
    let Desk { to_print, session, screen, .. } = desk;
    drop(session);
    over.say();
    if matches!(result, Ok(Outcome::Quit)) {
        let printed = plain::print_all(&mut stdout.lock(), &to_print);
        let printed = printed.map(|()| Outcome::Quit).map_err(TerminalError::Broken);
        return gone_is_no_error(printed, || {
            screen.device().is_ok_and(|device| signals::is_gone(&device))
        });
    }
    result
}

/// Columns and rows of the terminal, where there is one and it tells them.
pub fn size() -> Option<(u16, u16)> {
    // Without a terminal another program would be started to find out.
    let known = io::stdout().is_terminal().then(crossterm::terminal::size)?.ok()?;
    (known.0 > 0 && known.1 > 0).then_some(known)
}

/// A second handle of the terminal: the one of `io::stdout` keeps what has no line end.
#[cfg(unix)]
fn duplicate(stdout: &io::Stdout) -> io::Result<File> {
    use std::os::fd::AsFd;
    Ok(File::from(stdout.as_fd().try_clone_to_owned()?))
}

#[cfg(windows)]
fn duplicate(stdout: &io::Stdout) -> io::Result<File> {
    use std::os::windows::io::AsHandle;
    Ok(File::from(stdout.as_handle().try_clone_to_owned()?))
}

/// Keys come from standard input, or from the terminal itself when something else is piped in.
fn check_keyboard() -> Result<(), TerminalError> {
    if io::stdin().is_terminal() || cfg!(windows) {
        return Ok(());
    }
    File::open("/dev/tty").map(drop).map_err(TerminalError::NoKeyboard)
}

fn start_reading(sender: &Sender<Message>) -> io::Result<()> {
    let sender = sender.clone();
    thread::Builder::new().name("input".into()).spawn(move || {
        if let Err(panic) = catch_unwind(AssertUnwindSafe(|| input::read_forever(&sender))) {
            // Nobody listens when the loop is over.
            let _ =
                sender.send(Message::Broken(format!("reading keys: {}", panic_message(&*panic))));
        }
    })?;
    Ok(())
}

/// Everything the loop works with.
struct Desk<'a, P> {
    program: &'a mut P,
    options: &'a Options,
    screen: Screen,
    session: Session,
    messages: Receiver<Message>,
    sender: Sender<Message>,
    /// Messages that came while something else was waited for.
    waiting: VecDeque<Message>,
    /// What is copied on threads of their own.
    copying: Vec<String>,
    /// The size that the program was told.
    told: Option<Size>,
    to_print: Vec<String>,
    /// Tells workers that what they do is no longer wanted.
    stop: Arc<AtomicBool>,
    /// The first frame stands, and keys and the end of the terminal are waited for.
    listening: bool,
}

/// Whether to go on.
type Flow = std::ops::ControlFlow<Outcome>;

impl<P: Program> Desk<'_, P> {
    fn begin(&mut self, workers: Vec<Worker>) -> Result<(), TerminalError> {
        workers.into_iter().try_for_each(|worker| self.start(worker, None).map_err(Into::into))
    }

    /// Runs a worker on a thread of its own, for the work if it was asked for; one that breaks down is told as an event.
    fn start(&self, worker: Worker, work: Option<Work>) -> io::Result<()> {
        #[cfg(debug_assertions)]
        fault::refuse(&self.options.environment, work.is_some())?;
        let outbox = Outbox { sender: self.sender.clone(), stop: Arc::clone(&self.stop) };
        thread::Builder::new().name("worker".into()).spawn(move || {
            if let Err(panic) = catch_unwind(AssertUnwindSafe(|| worker(&outbox))) {
                outbox.send(Event::WorkFailed(work, panic_message(&*panic).to_owned()));
            }
        })?;
        Ok(())
    }

    fn work(&mut self, mut afterwards: Vec<Worker>) -> Result<Outcome, TerminalError> {
        loop {
            if let Flow::Break(outcome) = self.show()? {
                return Ok(outcome);
            }
            if !std::mem::replace(&mut self.listening, true) {
                // Keys that were typed before wait in the terminal; the first frame need not wait for these threads.
                signals::watch_hang_up(self.screen.device()?, self.sender.clone())?;
                start_reading(&self.sender)?;
                self.begin(std::mem::take(&mut afterwards))?;
            }
            let mut next = Some(self.wait());
            for _ in 0..FLOOD {
                let Some(message) = next else { break };
                if let Flow::Break(outcome) = self.take(message)? {
                    return Ok(outcome);
                }
                next = self.waiting.pop_front().or_else(|| self.messages.try_recv().ok());
            }
            if let Some(message) = next {
                self.waiting.push_front(message);
            }
        }
    }

    /// Sleeps until there is a message.
    fn wait(&mut self) -> Message {
        // The loop holds a sender itself, so the channel cannot be closed.
        self.waiting
            .pop_front()
            .or_else(|| self.messages.recv().ok())
            .unwrap_or_else(|| Message::Broken("nothing is left that could send a message".into()))
    }

    /// Draws, after telling the program the size if it changed.
    fn show(&mut self) -> Result<Flow, TerminalError> {
        let size = self.screen.size()?;
        if self.told != Some(size) {
            self.told = Some(size);
            let flow = self.update(Event::Resize(size.width, size.height))?;
            if flow.is_break() {
                return Ok(flow);
            }
        }
        let effects = self.program.settle();
        let flow = self.run_effects(effects)?;
        if flow.is_break() {
            return Ok(flow);
        }
        let program = &mut *self.program;
        self.screen.draw(|frame| program.draw(frame))?;
        #[cfg(debug_assertions)]
        fault::stage(&self.options.environment, "ui");
        Ok(Flow::Continue(()))
    }

    fn take(&mut self, message: Message) -> Result<Flow, TerminalError> {
        match message {
            // The size is asked for when it is drawn: of many changes only the last one counts.
            Message::Event(Event::Resize(..)) => Ok(Flow::Continue(())),
            Message::Event(event) => self.update(event),
            Message::Copy(next) => self.arrived(next),
            Message::End(signal) => Ok(Flow::Break(Outcome::Signal(signal))),
            Message::Gone => Ok(Flow::Break(Outcome::Gone)),
            Message::Stop => self.suspend(),
            Message::Continued => self.resume(),
            Message::Unreadable(error) => self.unreadable(error),
            Message::Broken(message) => Err(TerminalError::Internal(message)),
        }
    }

    /// Hands an event to the program and runs all that it asks for, also what follows a wish to quit.
    fn update(&mut self, event: Event) -> Result<Flow, TerminalError> {
        let effects = self.program.update(event);
        self.run_effects(effects)
    }

    fn run_effects(&mut self, effects: Vec<Effect>) -> Result<Flow, TerminalError> {
        let mut flow = Flow::Continue(());
        for effect in effects {
            let next = self.run_effect(effect)?;
            if flow.is_continue() {
                flow = next;
            }
        }
        Ok(flow)
    }

    fn run_effect(&mut self, effect: Effect) -> Result<Flow, TerminalError> {
        match effect {
            Effect::Quit => return Ok(Flow::Break(Outcome::Quit)),
            Effect::Suspend if signals::can_be_continued() => return self.suspend(),
            Effect::Suspend => {}
            Effect::Copy { what, text } => return self.start_copy(what, text),
            Effect::PrintOnExit(text) => self.to_print.push(text),
            Effect::Mouse(on) => self.session.set_mouse(on)?,
            Effect::Redraw => self.screen.forget()?,
            Effect::StopLoading => self.stop.store(true, Ordering::Relaxed),
            Effect::Work(work) => self.start_work(work),
        }
        Ok(Flow::Continue(()))
    }

    /// Begins what was asked for. Where there is no thread for it, that is told as its failure.
    fn start_work(&mut self, work: Work) {
        let (asked, look) = (work.clone(), self.options.look);
        #[cfg(debug_assertions)]
        let environment = self.options.environment.clone();
        let worker: Worker = Box::new(move |outbox| {
            #[cfg(debug_assertions)]
            fault::stage(&environment, "work");
            outbox.send(Event::Worked(work.run(look)));
        });
        if let Err(error) = self.start(worker, Some(asked.clone())) {
            let failed = Event::WorkFailed(Some(asked), error.to_string());
            self.waiting.push_back(Message::Event(failed));
        }
    }

    /// Gives the terminal back, stops, and comes back when continued.
    fn suspend(&mut self) -> Result<Flow, TerminalError> {
        session::leave();
        signals::stop()?;
        // The notice comes through another thread; until it is here we may only be about to be
        // stopped.
        let deadline = Instant::now() + CONTINUED_WITHIN;
        loop {
            match self.messages.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
                Ok(Message::Continued)
                | Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {
                    return self.resume();
                }
                Ok(Message::End(signal)) => return Ok(Flow::Break(Outcome::Signal(signal))),
                Ok(Message::Gone) => return Ok(Flow::Break(Outcome::Gone)),
                Ok(other) => self.waiting.push_back(other),
            }
        }
    }

    /// Keys cannot be read: mostly because the terminal went away, of which another thread tells.
    fn unreadable(&mut self, error: io::Error) -> Result<Flow, TerminalError> {
        let deadline = Instant::now() + GONE_WITHIN;
        loop {
            match self.messages.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
                Ok(Message::End(signal)) => return Ok(Flow::Break(Outcome::Signal(signal))),
                Ok(Message::Gone) => return Ok(Flow::Break(Outcome::Gone)),
                Ok(_) => {}
                // On a busy machine the other thread may be late.
                Err(_) if self.is_gone() => return Ok(Flow::Break(Outcome::Gone)),
                Err(_) => return Err(error.into()),
            }
        }
    }

    /// Has the terminal gone away?
    fn is_gone(&self) -> bool {
        self.screen.device().is_ok_and(|device| signals::is_gone(&device))
    }

    /// Takes the terminal again and has everything drawn afresh.
    fn resume(&mut self) -> Result<Flow, TerminalError> {
        self.session.resume()?;
        self.screen.forget()?;
        self.update(Event::Resumed)
    }
}

/// A terminal that cannot be used has most likely gone away, which is no error of the program.
fn gone_is_no_error(
    result: Result<Outcome, TerminalError>,
    is_gone: impl FnOnce() -> bool,
) -> Result<Outcome, TerminalError> {
    /// Input/output error: what a terminal answers whose other end is closed.
    const EIO: i32 = 5;
    match result {
        Err(TerminalError::Broken(error)) if error.raw_os_error() == Some(EIO) || is_gone() => {
            Ok(Outcome::Gone)
        }
        other => other,
    }
}

/// Faults on request, so that a test can see that the terminal survives them. Debug builds only.
#[cfg(debug_assertions)]
mod fault {
    use crate::terminal::Environment;

    pub(super) fn stage(environment: &Environment, place: &str) {
        assert!(environment.fault.as_deref() != Some(place), "staged in {place}\u{1b}[31m");
    }

    /// No thread for work that was asked for.
    pub(super) fn refuse(environment: &Environment, asked: bool) -> std::io::Result<()> {
        if asked && environment.fault.as_deref() == Some("thread") {
            return Err(std::io::Error::other("staged: no thread"));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_terminal_that_went_away_is_no_error() {
        let broken = |number| Err(TerminalError::Broken(io::Error::from_raw_os_error(number)));
        assert!(matches!(gone_is_no_error(broken(5), || false), Ok(Outcome::Gone)));
        assert!(matches!(gone_is_no_error(broken(28), || true), Ok(Outcome::Gone)));
        let other = gone_is_no_error(broken(28), || false);
        assert!(matches!(other, Err(TerminalError::Broken(_))));
    }
}
