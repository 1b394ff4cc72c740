//! The state of the program and how events change it. Pure: no terminal, no files, no clock.

pub mod event;
pub mod key;
