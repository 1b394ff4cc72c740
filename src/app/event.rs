//! What reaches the state, and what the state asks of the terminal.

use super::key::Key;
use super::work::{Done, Work};
use crate::catalog::import::Batch;
use crate::say::Saying;

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// A key was pressed (or repeated).
    Key(Key),
    /// The mouse did something at a cell.
    Mouse(Mouse),
    /// Text was pasted.
    Paste(String),
    /// The terminal has a new size: columns, rows.
    Resize(u16, u16),
    /// A copy was tried; this is how it went.
    Copied(Copied),
    /// The program came back from being stopped.
    Resumed,
    /// Some of the roles that are being loaded.
    Loaded(Box<Batch>),
    /// Work that was asked for is done.
    Worked(Done),
    /// A worker broke down: the work that was asked for, if it was, and its message.
    WorkFailed(Option<Work>, String),
}

/// A mouse event at a cell, from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mouse {
    /// What happened.
    pub kind: MouseKind,
    /// Column from 0.
    pub column: u16,
    /// Row from 0.
    pub row: u16,
}

/// What the mouse did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MouseKind {
    /// The left button went down.
    Click,
    /// The wheel was turned up.
    WheelUp,
    /// The wheel was turned down.
    WheelDown,
}

/// How a copy went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Copied {
    /// What was copied, in words: `policy JSON`.
    pub what: String,
    /// The road it took, or why there was none.
    pub outcome: CopyOutcome,
}

/// The road of a copy, and how much is known about its success.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CopyOutcome {
    /// A clipboard program took it and reported success; its name.
    Tool(String),
    /// tmux took it into its buffer and was asked to pass it to the terminal's clipboard.
    Tmux,
    /// Sent to the terminal as OSC 52, which is never answered; the way it was wrapped
    /// (`directly`, `through tmux`, `through screen`).
    Sent(Saying),
    /// Nothing was copied: the reason.
    Failed(Saying),
}

/// What the state asks the edge to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Leave the program.
    Quit,
    /// Give the terminal back and stop, as Ctrl-Z does.
    Suspend,
    /// Put text on the clipboard; answered by [`Event::Copied`].
    Copy {
        /// What it is, in words.
        what: String,
        /// The text, byte for byte.
        text: String,
    },
    /// Print text to standard output after the terminal was given back.
    PrintOnExit(String),
    /// Switch the mouse capture on or off.
    Mouse(bool),
    /// Draw everything afresh (the screen was disturbed).
    Redraw,
    /// Stop loading files.
    StopLoading,
    /// Do this on a thread of its own; answered by [`Event::Worked`] or [`Event::WorkFailed`].
    Work(Work),
}
