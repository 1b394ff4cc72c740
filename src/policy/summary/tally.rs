//! How many actions a list holds, and how many patterns: what a pattern stands for is not counted.

use super::GrantedAction;
use crate::policy::pattern;
use crate::say::{Language, Saying, counted, saying};

/// Actions and patterns of a list, each counted apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Names without wildcards.
    pub actions: usize,
    /// Names with wildcards, and lists of what `NotAction` leaves out.
    pub patterns: usize,
}

impl Tally {
    /// Of so many entries some are patterns.
    pub const fn new(all: usize, patterns: usize) -> Self {
        Self { actions: all.saturating_sub(patterns), patterns }
    }

    /// Of entries of a summary.
    pub fn of<'a>(entries: impl IntoIterator<Item = &'a GrantedAction>) -> Self {
        let mut tally = Self::default();
        entries.into_iter().for_each(|entry| tally.add(entry.is_pattern()));
        tally
    }

    /// Of names as they are written.
    pub fn of_names<T: AsRef<str>>(names: impl IntoIterator<Item = T>) -> Self {
        let mut tally = Self::default();
        names.into_iter().for_each(|name| tally.add(pattern::has_wildcard(name.as_ref())));
        tally
    }

    /// One more.
    pub const fn add(&mut self, is_pattern: bool) {
        if is_pattern { self.patterns += 1 } else { self.actions += 1 }
    }

    /// All of them.
    pub const fn all(self) -> usize {
        self.actions + self.patterns
    }

    /// `3 actions and 1 pattern`; without those of which there are none.
    pub fn words(self, language: Language) -> String {
        self.saying().said(language)
    }

    /// The same for any language.
    pub fn saying(self) -> Saying {
        let actions = counted(self.actions, "{} action", "{} actions");
        let patterns = counted(self.patterns, "{} pattern", "{} patterns");
        match (self.actions, self.patterns) {
            (_, 0) => actions,
            (0, _) => patterns,
            _ => saying("{} and {}").of(actions).of(patterns),
        }
    }
}
