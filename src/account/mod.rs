//! A snapshot of a real account, taken through the user's own `aliyun` CLI.
//!
//! The only place of the program that starts processes which talk to the network. It never sees a credential: the CLI
//! owns them. Only the read calls of [`call::Call`] exist, as argument vectors, never through a shell. Knows no screen.
//!
//! ```text
//! command (arguments, signals, sentences) -> take (which calls, in which order, how many at a time)
//!     -> cli (a call: retry, back-off) -> child (a process: limits) -> failure (what went wrong), redact
//!     -> answer (what a call said) ; keep (the file and its beginnings) ; progress (what a person sees)
//! ```

pub mod answer;
pub mod call;
pub mod child;
pub mod cli;
mod clock;
pub mod command;
pub mod failure;
pub mod keep;
pub mod open;
mod order;
pub mod progress;
pub mod redact;
pub mod take;
mod throttle;

pub use crate::catalog::observed::Snapshot;
