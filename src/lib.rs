//! rolescope: a terminal explorer of Alibaba Cloud service-linked roles.
//!
//! Rooms, and who may call whom (arrows of import point one way only):
//!
//! ```text
//! policy  <-  catalog  <-  app  <-  ui  <-  terminal  <-  main
//!                ^ cli stands beside app and uses policy and catalog only
//! ```

pub mod app;
pub mod catalog;
pub mod cli;
pub mod policy;
pub mod terminal;
pub mod text;
pub mod ui;
