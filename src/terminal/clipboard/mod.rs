//! Copying: which roads there are in this environment, tried in order, and what is known of each
//! one's success.
//!
//! ```text
//! in tmux      tmux load-buffer -w   then   OSC 52 passed through tmux
//! in screen    OSC 52 passed through in pieces
//! a display,   pbcopy, clip.exe, wl-copy, xclip, xsel   then   OSC 52
//!   no SSH
//! otherwise    OSC 52
//! ```
//!
//! A multiplexer comes before a display: its session may have been attached from elsewhere, and the
//! display it remembers may be another desk's. OSC 52 has no answer, so it is only ever called
//! sent.

mod encode;
mod road;
mod tool;

use super::signals;
use crate::app::event::{Copied, CopyOutcome};
use crate::say::{Saying, saying};

pub use road::{Road, Step, Wrapping, steps};

/// Copies without a screen, and waits until it is done: OSC 52 goes to the terminal device, because standard output
/// may lead elsewhere.
pub fn copy_now(
    environment: &super::Environment,
    road: Road,
    what: String,
    text: String,
) -> Copied {
    let job = Job::new(environment, road, what, text);
    if job.is_slow() {
        // Without that they would only be left behind by whoever interrupts it.
        let _ = signals::end_children();
    }
    match job.go() {
        Next::Done(copied) => copied,
        Next::Write(bytes, copied) => match to_terminal(&bytes) {
            Ok(()) => copied,
            Err(error) => Copied {
                outcome: CopyOutcome::Failed(
                    saying("there is no terminal to send it to ({})").system(&error),
                ),
                ..copied
            },
        },
    }
}

fn to_terminal(bytes: &[u8]) -> std::io::Result<()> {
    use std::io::Write as _;
    let mut device = std::fs::OpenOptions::new().write(true).open("/dev/tty")?;
    device.write_all(bytes)?;
    device.flush()
}

/// What the loop must do next for a copy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Next {
    /// It is over; tell the program.
    Done(Copied),
    /// Write these bytes to the terminal, then tell the program.
    Write(Vec<u8>, Copied),
}

/// One copy and the roads that are left to it.
#[derive(Clone, Debug)]
pub(super) struct Job {
    what: String,
    text: String,
    steps: Vec<Step>,
    why_off: Saying,
}

impl Job {
    /// A copy of `text`, called `what` in notices.
    pub(super) fn new(
        environment: &super::Environment,
        road: Road,
        what: String,
        text: String,
    ) -> Self {
        let steps = steps(environment, road);
        let why_off = road::why_none(environment, road);
        Self { what, text, steps, why_off }
    }

    /// Whether it starts child processes, and so must not run on the thread of the screen.
    pub(super) fn is_slow(&self) -> bool {
        self.steps.iter().any(|step| matches!(step, Step::TmuxBuffer | Step::Tool(_)))
    }

    /// What it copies, in words.
    pub(super) fn what(&self) -> &str {
        &self.what
    }

    /// Goes down the roads until one takes the text.
    pub(super) fn go(self) -> Next {
        let mut reasons = Vec::new();
        for step in &self.steps {
            match step {
                Step::TmuxBuffer => match tool::tmux(&self.text) {
                    Ok(()) => return Next::Done(self.finish(CopyOutcome::Tmux)),
                    Err(reason) => reasons.push(reason),
                },
                Step::Tool(tool) => match tool::run(*tool, &self.text) {
                    Ok(()) => {
                        return Next::Done(
                            self.finish(CopyOutcome::Tool(tool.program().to_owned())),
                        );
                    }
                    Err(reason) => reasons.push(reason),
                },
                Step::Osc52(wrapping) => match encode::osc52(&self.text, *wrapping) {
                    Ok(bytes) => {
                        let copied = self.finish(CopyOutcome::Sent(wrapping.words()));
                        return Next::Write(bytes, copied);
                    }
                    Err(reason) => reasons.push(reason),
                },
            }
        }
        let reasons = reasons.into_iter().reduce(|all, next| saying("{}; {}").of(all).of(next));
        let reason = reasons.unwrap_or_else(|| self.why_off.clone());
        Next::Done(self.finish(CopyOutcome::Failed(reason)))
    }

    fn finish(&self, outcome: CopyOutcome) -> Copied {
        Copied { what: self.what.clone(), outcome }
    }
}

/// The answer to a copy whose thread broke down.
pub(super) fn broken(what: String, message: &str) -> Copied {
    let reason = saying("copying broke down ({})").quoting(message);
    Copied { what, outcome: CopyOutcome::Failed(reason) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::terminal::Environment;

    fn job(road: Road, text: &str) -> Job {
        Job::new(
            &Environment { term: "xterm".into(), ..Environment::default() },
            road,
            "name".into(),
            text.into(),
        )
    }

    #[test]
    fn a_plain_terminal_gets_one_sequence_and_nothing_is_claimed() {
        assert_eq!(
            job(Road::Auto, "hello").go(),
            Next::Write(
                b"\x1b]52;c;aGVsbG8=\x07".to_vec(),
                Copied { what: "name".into(), outcome: CopyOutcome::Sent(saying("directly")) }
            )
        );
    }

    #[test]
    fn too_long_and_switched_off_are_said() {
        for (road, text, word) in
            [(Road::Auto, "x".repeat(60_000), "56,244"), (Road::Off, "x".into(), "switched off")]
        {
            let Next::Done(Copied { outcome: CopyOutcome::Failed(reason), .. }) =
                job(road, &text).go()
            else {
                panic!("{road:?} did not fail");
            };
            let reason = reason.english();
            assert!(reason.contains(word), "{reason}");
        }
    }
}
