//! Findings: rules, messages, what they mean. Imports nothing.

/// English and Chinese.
pub(super) const WORDS: &[(&str, &str)] = &[];
