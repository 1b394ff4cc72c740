//! What is known of service-linked roles: products, roles, services, actions, each fact with its standing.
//!
//! Knows no screen.

pub mod actions;
pub mod ask;
pub mod commands;
pub mod comparison;
pub mod documents;
pub mod embedded;
pub mod error;
pub mod format;
pub mod glossary;
pub mod import;
pub mod kinds;
pub mod known;
pub mod load;
pub mod markdown;
pub mod matrix;
pub mod meant;
pub mod model;
pub mod names;
pub mod observed;
pub mod removal;
pub mod review;
#[allow(
    clippy::cast_possible_truncation,
    reason = "the corpus numbers its entries and bytes with 32 bits and takes nothing more once they are used up"
)]
pub mod search;
pub mod services;
pub mod standing;
pub mod store;
pub mod templates;
pub mod text;
pub mod touch;
pub mod tours;
pub mod trusted;

pub use error::LoadError;
pub use kinds::Kinds;
pub use store::Catalog;
