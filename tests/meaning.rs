//! What policies mean: summaries, decisions, sentences and comparisons of whole documents.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

#[path = "meaning/agreement.rs"]
mod agreement;
#[path = "meaning/apart.rs"]
mod apart;
#[path = "meaning/assuming.rs"]
mod assuming;
#[path = "meaning/compared.rs"]
mod compared;
#[path = "meaning/comparisons.rs"]
mod comparisons;
#[path = "meaning/conditions.rs"]
mod conditions;
#[path = "meaning/decisions.rs"]
mod decisions;
#[path = "meaning/denials.rs"]
mod denials;
#[path = "meaning/denied_resources.rs"]
mod denied_resources;
#[path = "meaning/nothing.rs"]
mod nothing;
#[path = "meaning/properties.rs"]
mod properties;
#[path = "meaning/sentences.rs"]
mod sentences;
#[path = "meaning/summaries.rs"]
mod summaries;
#[path = "meaning/support.rs"]
mod support;
#[path = "meaning/unread.rs"]
mod unread;
