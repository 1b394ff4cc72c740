//! The command line, by running the program: answers, exit statuses, the shapes of JSON, and bad input.
#![allow(
    clippy::cast_possible_truncation,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    missing_docs
)]

#[path = "cli/answers.rs"]
mod answers;
#[path = "cli/asking.rs"]
mod asking;
#[cfg(unix)]
#[path = "cli/both_roads.rs"]
mod both_roads;
#[path = "cli/checking.rs"]
mod checking;
#[path = "cli/deciding.rs"]
mod deciding;
#[path = "cli/denials.rs"]
mod denials;
#[path = "cli/facts.rs"]
mod facts;
#[path = "cli/given.rs"]
mod given;
#[path = "cli/manners.rs"]
mod manners;
#[path = "cli/manual.rs"]
mod manual;
#[path = "cli/nothing.rs"]
mod nothing;
#[path = "cli/own_policies.rs"]
mod own_policies;
#[path = "cli/roles.rs"]
mod roles;
#[path = "cli/sizes.rs"]
mod sizes;
#[path = "cli/snapshot.rs"]
mod snapshot;
#[path = "cli/standing.rs"]
mod standing;
#[path = "cli/support.rs"]
mod support;
#[path = "cli/tours.rs"]
mod tours;
#[path = "cli/unread.rs"]
mod unread;
