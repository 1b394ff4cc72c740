//! The cells of the matrix in signs.

use super::{Cell, MatrixRow};
use crate::policy::level::AccessLevel;

impl Cell {
    /// The cell in signs: `W 7`, `W 7+` with actions of other services on its resources too, `(2)` where
    /// there are only such, `D 1` where actions are only denied. A star tells of patterns: `P *` where those of any
    /// service grant every action, `R 9*` where some of the known ones come from there or a pattern of the service counts
    /// as one, `D *` where all are denied.
    pub fn words(&self) -> String {
        let plus = if self.through.all() > 0 { "+" } else { "" };
        let denied = self.denied.all();
        match (self.highest(), self.through.all()) {
            (Some(level), _) if self.any.every => format!("{} *", letter(level)),
            (Some(level), _) => {
                let star = if self.any.level.is_some() || self.patterns > 0 { "*" } else { "" };
                format!("{} {}{plus}{star}", letter(level), self.callable())
            }
            (None, 0) if self.any.denies_every => format!("{DENIED} *"),
            (None, 0) if self.any.denied > 0 => {
                format!("{DENIED} {}*", denied.max(self.any.denied as usize))
            }
            (None, 0) if denied > 0 => format!("{DENIED} {denied}"),
            (None, 0) => String::new(),
            (None, n) => format!("({n})"),
        }
    }
}

impl MatrixRow {
    /// Does a pattern of the services, or of any, put a star into a cell of it?
    pub fn is_starred(&self) -> bool {
        !self.anywhere.is_empty() || self.cells.iter().any(|cell| cell.patterns > 0)
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
