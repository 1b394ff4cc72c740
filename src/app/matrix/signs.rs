//! The cells of the matrix in signs.

use super::{Cell, MatrixRow, MatrixView};
use crate::app::App;
use crate::app::layout::inside;
use crate::policy::level::AccessLevel;
use crate::text;

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

/// The signs that stand in a matrix.
#[derive(Clone, Debug, Default)]
pub(super) struct Signs {
    levels: Vec<AccessLevel>,
    denied: bool,
    through: bool,
    starred: bool,
}

impl Signs {
    pub(super) fn of(rows: &[MatrixRow]) -> Self {
        let cells = || rows.iter().flat_map(MatrixRow::filled);
        let mut signs = Self::default();
        for cell in cells() {
            match cell.highest() {
                Some(level) if signs.levels.contains(&level) => {}
                Some(level) => signs.levels.push(level),
                None => {
                    let denies = cell.denied.all() > 0 || cell.any.denies();
                    signs.denied |= cell.through.all() == 0 && denies;
                }
            }
            signs.through |= cell.through.all() > 0;
            signs.starred |= cell.is_starred();
        }
        signs
    }
}

/// A sign of the matrix and what it means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sign {
    /// The letter before the words, where it is one.
    pub letter: Option<char>,
    /// The level that it stands for.
    pub level: Option<AccessLevel>,
    /// What it means.
    pub words: String,
}

impl Sign {
    /// Blanks between two signs.
    pub const GAP: usize = 3;

    fn width(&self) -> usize {
        text::width(&self.words) + if self.letter.is_some() { 2 } else { 0 }
    }
}

impl App {
    /// The signs that stand in the matrix with what they mean, as the lines below it: as many as the height allows, the
    /// last of which holds all that is left.
    pub fn matrix_signs(&self, view: &MatrixView) -> Vec<Vec<Sign>> {
        let body = inside(self.layout.body);
        let most = match body.height {
            0..8 => return Vec::new(),
            8..12 => 1,
            rows => usize::from(rows / 4),
        };
        let width = usize::from(body.width).saturating_sub(2);
        let held = &view.signs;
        let levels = AccessLevel::ALL.into_iter().filter(|level| held.levels.contains(level));
        let mut all: Vec<Sign> = levels
            .map(|level| {
                let words = self.word(level.word()).to_owned();
                Sign { letter: Some(letter(level)), level: Some(level), words }
            })
            .collect();
        if held.denied {
            let words = self.word("only denied").to_owned();
            all.push(Sign { letter: Some(DENIED), level: None, words });
        }
        let long =
            self.word("6+ and (2): also, or only, actions of other services on its resources");
        let through = if held.starred || text::width(long) > width {
            self.word("6+ (2): others on its resources")
        } else {
            long
        };
        let notes = [
            held.through.then_some(through),
            held.starred.then(|| self.word("3* *: some, all by patterns")),
        ];
        let note = |words: &str| Sign { letter: None, level: None, words: words.to_owned() };
        all.extend(notes.into_iter().flatten().map(note));
        let mut lines: Vec<Vec<Sign>> = vec![Vec::new()];
        let mut used = 0;
        for sign in all {
            let wanted = sign.width() + Sign::GAP;
            if used > 0 && used + sign.width() > width && lines.len() < most {
                lines.push(Vec::new());
                used = 0;
            }
            used += wanted;
            if let Some(line) = lines.last_mut() {
                line.push(sign);
            }
        }
        lines
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
