//! Sentences made from a policy: explanations, conditions, findings, oddities. Imports nothing.

/// English and Chinese.
pub(super) const WORDS: &[(&str, &str)] = &[];
