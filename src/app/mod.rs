//! The state of the program and how events change it. Pure: no terminal, no files, no clock.

pub mod command;
pub mod event;
pub mod highlight;
pub mod input;
pub mod json_pane;
pub mod key;
pub mod keymap;
pub mod layout;
pub mod list;
pub mod summary_rows;
