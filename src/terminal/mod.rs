//! The edge: where the program meets the terminal, the signals and the clipboard.
//!
//! Lives here: what is switched on in the terminal and given back (`session`), the one loop
//! (`event_loop`), frames (`screen`, `canvas`), keys from bytes (`input`), signals (`signals`), the
//! roads to a clipboard (`clipboard`), and text that leaves outside the screen (`plain`). It
//! takes the events and keys of `app`; it must know nothing of products, roles or policies, and is
//! the only room that may use crossterm.
//!
//! ```text
//! input thread   --+
//! signal thread  --+--> one channel --> loop: take in all that waits, settle, draw once
//! copy thread    --+                     |
//! hang-up watch  --+                     +--> effects: copy, suspend, print, quit
//! ```
//!
//! Every thread blocks until there is something to say: an idle program never wakes up. The
//! terminal is asked nothing, so no late answer can turn up as a key.

mod canvas;
pub mod clipboard;
pub mod environment;
mod error;
mod event_loop;
pub mod input;
mod paint;
pub mod plain;
mod program;
mod screen;
mod seen;
mod session;
mod signals;
mod style;

pub use clipboard::Road;
pub use environment::Environment;
pub use error::TerminalError;
pub use event_loop::{run, size};
pub use program::{Options, Outbox, Outcome, Program, Worker, Workers};
