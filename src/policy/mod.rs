//! The RAM policy language: reading, matching, deciding, explaining.
//!
//! Pure: text in, values out. It knows no product, no screen and no file; what is known about single
//! actions and services reaches it through [`vocabulary::Vocabulary`].

pub mod compare;
pub mod condition;
pub mod document;
pub mod evaluate;
pub mod explain;
pub mod findings;
pub mod idle;
pub mod json;
pub mod key;
pub mod level;
mod never;
pub mod oddity;
pub mod operator;
pub mod oss;
pub mod pattern;
pub(crate) mod placeholder;
pub mod places;
pub mod print;
pub mod read;
pub mod request;
pub mod source;
pub mod summary;
pub mod supplied;
pub mod vocabulary;
pub mod wording;
pub mod wrapper;

/// The action by which a role is taken on; what a trust policy allows.
pub const ASSUME_ROLE: &str = "sts:AssumeRole";
