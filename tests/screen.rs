//! How the screen answers: what a notice promises is kept, Esc goes one step back, help is of this place, and what is
//! under the cursor can be copied.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

#[path = "screen/copy.rs"]
mod copy;
#[path = "screen/help.rs"]
mod help;
#[path = "screen/places.rs"]
mod places;
#[path = "screen/policy.rs"]
mod policy;
#[path = "screen/printing.rs"]
mod printing;
mod support;
#[path = "screen/way_back.rs"]
mod way_back;
