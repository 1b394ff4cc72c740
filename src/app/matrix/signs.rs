//! The cells of the matrix in signs.

use super::Cell;
use crate::policy::level::AccessLevel;

impl Cell {
    /// The cell in signs: `W 7`, `W 7+` with actions of other services on its resources too, `(2)` where
    /// there are only such, `D 1` where actions are only denied.
    pub fn words(&self) -> String {
        match (self.level, self.through) {
            (Some(level), 0) => format!("{} {}", letter(level), self.actions),
            (Some(level), _) => format!("{} {}+", letter(level), self.actions),
            (None, 0) if self.denied > 0 => format!("{DENIED} {}", self.denied),
            (None, 0) => String::new(),
            (None, n) => format!("({n})"),
        }
    }
}

/// The letter of what is only denied.
pub const DENIED: char = 'D';

/// The letter of a level, as the legend explains it.
pub const fn letter(level: AccessLevel) -> char {
    match level {
        AccessLevel::List => 'L',
        AccessLevel::Read => 'R',
        AccessLevel::Tagging => 'T',
        AccessLevel::Write => 'W',
        AccessLevel::Permissions => 'P',
    }
}
