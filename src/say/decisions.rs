//! Sentences about decisions: comparisons, answers to `can` and `who-can`, what a removal needs. Imports nothing.

/// English and Chinese.
pub(super) const WORDS: &[(&str, &str)] = &[];
