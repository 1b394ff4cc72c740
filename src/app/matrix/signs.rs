//! The cells of the matrix in signs.

use super::{Cell, MatrixRow};
use crate::policy::level::AccessLevel;

impl Cell {
    /// The cell in signs: `W 7`, `W 7+` with actions of other services on its resources too, `(2)` where
    /// there are only such, `D 1` where actions are only denied. A star tells of patterns: `P *` where those of any
    /// service grant every action, `R 9*` where some of the known ones come from there or a pattern of the service counts
    /// as one, `(2*)` and `D 1*` where one does among these, `D *` where all are denied.
    pub fn words(&self) -> String {
        let plus = if self.through.all() > 0 { "+" } else { "" };
        let denied = self.denied.all();
        let star = if self.is_starred() { "*" } else { "" };
        match (self.highest(), self.through.all()) {
            (Some(level), _) if self.any.every => format!("{} *", letter(level)),
            (Some(level), _) => format!("{} {}{plus}{star}", letter(level), self.callable()),
            (None, 0) if self.any.denies_every => format!("{DENIED} *"),
            (None, 0) if denied > 0 || self.any.denied > 0 => {
                format!("{DENIED} {}{star}", denied.max(self.any.denied as usize))
            }
            (None, 0) => String::new(),
            (None, n) => format!("({n}{star})"),
        }
    }

    /// Are patterns, of the service or of any, among what its signs tell of? What is denied beside what is granted has
    /// no sign.
    fn is_starred(&self) -> bool {
        let denies = self.denied.patterns > 0 || self.any.denies();
        match (self.highest(), self.through.all()) {
            (Some(_), _) => {
                self.any.level.is_some() || self.patterns > 0 || self.through.patterns > 0
            }
            (None, 0) => denies,
            (None, _) => self.through.patterns > 0,
        }
    }
}

impl MatrixRow {
    /// Do patterns put a star into a cell of it?
    pub fn is_starred(&self) -> bool {
        self.filled().any(Cell::is_starred)
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
