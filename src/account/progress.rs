//! How far a snapshot is, on standard error: a bar on a terminal, lines elsewhere.

use std::io::{self, IsTerminal as _, Write};
use std::time::Duration;

use super::failure::Passing;
use crate::say::{Language, Saying, counted, saying};
use crate::text;

/// Something to tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// So many roles were found; the list goes on.
    Listing(usize),
    /// An earlier run is continued: when it was, and how many roles it had read.
    Continuing(String, usize),
    /// Roles that were read.
    Roles(Count),
    /// Roles of an earlier run that were held against the account again.
    Checking(Count),
    /// Policies that were read.
    Policies(Count),
    /// RAM could not answer for the moment: the error code, and how long it is waited.
    Waiting(String, Duration),
    /// Something to know.
    Note(Saying),
}

/// How many there are, and what came of them so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// Those that were read.
    pub read: usize,
    /// Those that were asked for and could not be read.
    pub failed: usize,
    /// All of them.
    pub all: usize,
}

impl Count {
    /// So many were read of so many, and none failed.
    pub const fn of(read: usize, all: usize) -> Self {
        Self { read, failed: 0, all }
    }

    /// Counts one more.
    pub const fn add(&mut self, read: bool) {
        if read {
            self.read += 1;
        } else {
            self.failed += 1;
        }
    }
}

/// Cells of the bar.
const BAR: usize = 24;
/// On lines, every so many roles or policies.
const EVERY: usize = 25;

/// Tells people.
pub struct Progress<W> {
    out: W,
    bar: bool,
    language: Language,
    shown: bool,
}

impl Progress<io::Stderr> {
    /// On standard error, in a language.
    pub fn stderr(language: Language) -> Self {
        let out = io::stderr();
        let bar = out.is_terminal() && std::env::var_os("TERM").is_none_or(|term| term != "dumb");
        Self { language, ..Self::new(out, bar) }
    }
}

impl<W: Write> Progress<W> {
    /// To a writer in English; `bar` where it is a terminal that can go back in a line.
    pub const fn new(out: W, bar: bool) -> Self {
        Self { out, bar, language: Language::English, shown: false }
    }

    /// Tells a step. That it cannot be written is nobody's news.
    pub fn tell(&mut self, step: &Step) {
        match step {
            Step::Listing(found) => self.passing(&saying("Roles found: {}").with(found)),
            Step::Roles(count) => self.counted(&saying("Roles read"), *count),
            Step::Checking(count) => self.counted(&saying("Roles checked again"), *count),
            Step::Policies(count) => self.counted(&saying("Policies read"), *count),
            Step::Continuing(taken, roles) => self.line(
                &saying("Continuing what was begun at {}: {} read already.")
                    .with(taken)
                    .of(counted(*roles, "{} role was", "{} roles were")),
            ),
            Step::Waiting(code, time) => {
                let why = match Passing::of(code) {
                    Some(Passing::Internal) => {
                        saying("RAM had an internal error ({}); trying again in {} s")
                    }
                    Some(Passing::Busy) => saying("RAM is busy ({}); waiting {} s"),
                    Some(Passing::Throttling) | None => {
                        saying("RAM asks to slow down ({}); waiting {} s")
                    }
                };
                self.passing(&why.with(code).with(time.as_secs_f32()));
            }
            Step::Note(note) => self.line(note),
        }
    }

    fn counted(&mut self, what: &Saying, count: Count) {
        let Count { read, failed, all } = count;
        let done = read + failed;
        let said = saying(if failed == 0 { "{}: {} of {}" } else { "{}: {} of {}, {} failed" });
        let said = said.of(what.clone()).with(read).with(all);
        let said = if failed == 0 { said } else { said.with(failed) };
        if self.bar {
            let full = (BAR * done).checked_div(all).unwrap_or(BAR).min(BAR);
            let bar = format!("[{}{}]", "#".repeat(full), "-".repeat(BAR - full));
            self.passing(&saying("{} {}").with(bar).of(said));
        } else if done == all || (done > 0 && done.is_multiple_of(EVERY)) {
            self.passing(&said);
        }
    }

    /// A line that the next one replaces on a terminal.
    fn passing(&mut self, line: &Saying) {
        let line = line.said(self.language);
        let line = text::harmless(&line);
        let _ = if self.bar {
            self.shown = true;
            // Shorter than any terminal is likely to be: a line that wraps could not be taken back.
            write!(self.out, "\r\x1b[K{}", text::cut(&line, 78))
        } else {
            writeln!(self.out, "{line}")
        };
        let _ = self.out.flush();
    }

    /// A line that stays.
    fn line(&mut self, line: &Saying) {
        let line = line.said(self.language);
        self.clear();
        let _ = writeln!(self.out, "{}", text::harmless(&line));
    }

    /// Takes the bar away.
    pub fn clear(&mut self) {
        if self.shown {
            let _ = write!(self.out, "\r\x1b[K");
            let _ = self.out.flush();
            self.shown = false;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(bar: bool, steps: &[Step]) -> String {
        let mut out = Vec::new();
        let mut progress = Progress::new(&mut out, bar);
        for step in steps {
            progress.tell(step);
        }
        progress.clear();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn pipes_get_lines_and_terminals_a_bar() {
        let steps = [0, 1, 25, 30].map(|read| Step::Roles(Count::of(read, 30)));
        assert_eq!(told(false, &steps), "Roles read: 25 of 30\nRoles read: 30 of 30\n");
        let bar = told(true, &[Step::Roles(Count::of(15, 30))]);
        assert_eq!(bar, "\r\x1b[K[############------------] Roles read: 15 of 30\r\x1b[K");
    }

    #[test]
    fn what_failed_is_not_told_as_read() {
        let count = Count { read: 1, failed: 3, all: 4 };
        assert_eq!(told(false, &[Step::Policies(count)]), "Policies read: 1 of 4, 3 failed\n");
    }

    #[test]
    fn nothing_in_a_note_is_obeyed() {
        assert_eq!(told(false, &[Step::Note(Saying::same("a\u{1b}[2J"))]), "a␛[2J\n");
    }
}
