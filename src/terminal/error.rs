//! What can go wrong between the program and its terminal, in sentences.

use std::fmt;
use std::io;

use crate::say::{Language, Saying, saying};

/// Why the explorer could not start or go on.
#[derive(Debug)]
pub enum TerminalError {
    /// Standard output is not a terminal.
    NoTerminal,
    /// There is a terminal to draw on, but none to read keys from.
    NoKeyboard(io::Error),
    /// The terminal refused something.
    Broken(io::Error),
    /// A part of the program that runs beside the screen failed; its message.
    Internal(String),
}

impl TerminalError {
    /// The exit code that belongs to it.
    pub const fn exit_code(&self) -> u8 {
        match self {
            Self::NoTerminal | Self::NoKeyboard(_) => 2,
            Self::Broken(_) => 1,
            Self::Internal(_) => 101,
        }
    }
}

impl TerminalError {
    /// The sentence, for any language.
    pub fn saying(&self) -> Saying {
        match self {
            Self::NoTerminal => saying(
                "standard output is not a terminal, so the explorer cannot be drawn; use one of \
                 the commands that print text or JSON instead (rolescope --help lists them)",
            ),
            Self::NoKeyboard(error) => saying(
                "there is no terminal to read keys from ({}); start rolescope in a terminal, \
                 or use one of the commands that print text or JSON (rolescope --help lists them)",
            )
            .system(error),
            Self::Broken(error) => {
                saying("the terminal stopped working ({}); start rolescope again in another one")
                    .system(error)
            }
            Self::Internal(message) => {
                saying("internal error: {}; please report it").quoting(message)
            }
        }
    }
}

impl fmt::Display for TerminalError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.saying().said(Language::English))
    }
}

impl std::error::Error for TerminalError {}

impl From<io::Error> for TerminalError {
    fn from(error: io::Error) -> Self {
        Self::Broken(error)
    }
}
