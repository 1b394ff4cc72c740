//! A comparison as rows of the screen: the lines by meaning wrapped to a width, or both texts.

use super::Texts;
use crate::catalog::comparison::{self, ByMeaning};
use crate::policy::compare::lines::Kind;
use crate::policy::compare::report::{Line, Part, Section, Sign};
use crate::say::{Language, said};
use crate::text;
use std::collections::BTreeSet;

/// Columns inside the pane from which both texts stand beside each other.
pub const SIDE_BY_SIDE: usize = 96;

/// Columns for each text, in a pane that has so many inside.
pub fn text_room(width: usize, side_by_side: bool) -> usize {
    if side_by_side { width.saturating_sub(7) / 2 } else { width.saturating_sub(2) }
}

/// Columns that texts can be moved to the left at most.
pub const MOST_SCROLLED: usize = 4_000;

/// A row of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Row {
    /// Nothing, between two sections.
    Blank,
    /// A line by meaning, or a part of it.
    Meaning {
        /// Which of the lines.
        line: usize,
        /// The text of this row; of an action its name.
        text: String,
        /// Is it the first row of its line?
        first: bool,
    },
    /// A line of the verdict or of a note that has no room above the list.
    Told(String),
    /// Lines of the texts, from 0.
    Text {
        /// Of the first.
        left: Option<usize>,
        /// Of the second.
        right: Option<usize>,
        /// How they stand to each other.
        sign: Sign,
        /// Is it the first row of its run?
        first: bool,
    },
    /// Equal lines that are left out.
    Gap {
        /// The run.
        run: usize,
        /// How many lines.
        count: usize,
    },
    /// So many lines of either text follow that were not searched for equal ones.
    Unsearched([usize; 2]),
}

impl Row {
    /// Does a section or a difference begin here?
    pub(super) fn begins(&self) -> bool {
        match self {
            Self::Text { sign, first, .. } => *first && *sign != Sign::Same,
            // A heading has no indentation.
            Self::Meaning { text, first, .. } => *first && !text.starts_with(' '),
            Self::Unsearched(_) => true,
            Self::Blank | Self::Told(_) | Self::Gap { .. } => false,
        }
    }

    /// Does it show what stands in both in different form, with the sign of that?
    pub(super) fn is_changed(&self, meaning: &ByMeaning) -> bool {
        match self {
            Self::Text { sign, .. } => *sign == Sign::Changed,
            Self::Meaning { line, first, .. } => meaning.lines.get(*line).is_some_and(|line| {
                *first && line.sign == Sign::Changed && line.part != Part::Heading
            }),
            _ => false,
        }
    }

    /// Does it show what the other one showed at another width?
    pub(super) fn is_like(&self, old: &Self) -> bool {
        match (self, old) {
            (Self::Meaning { line, .. }, Self::Meaning { line: old, .. }) => line == old,
            (Self::Text { left, right, .. }, Self::Text { left: l, right: r, .. }) => {
                (left.is_some() && left == l) || (left.is_none() && l.is_none() && right == r)
            }
            (Self::Gap { run, .. }, Self::Gap { run: old, .. }) => run == old,
            (Self::Told(line), Self::Told(old)) => line == old,
            (Self::Unsearched(lines), Self::Unsearched(old)) => lines == old,
            _ => false,
        }
    }
}

/// Columns of the level before the name of an action, where there is room for them.
pub const LEVEL: usize = 13;

/// Columns before the text of a line: indentation, mark, blank.
pub const fn indent(part: Part) -> usize {
    match part {
        Part::Heading => 0,
        Part::Grant => 3,
        Part::Detail | Part::Action => 5,
    }
}

/// The lines by meaning as rows.
pub(super) fn of_meaning(meaning: &ByMeaning, same_open: bool, width: usize) -> Vec<Row> {
    let mut rows = Vec::new();
    for (at, line) in meaning.lines.iter().enumerate() {
        if line.section == Section::Same && line.part != Part::Heading && !same_open {
            continue;
        }
        if line.part == Part::Heading && !rows.is_empty() {
            rows.push(Row::Blank);
        }
        let room = width.saturating_sub(indent(line.part)).max(8);
        let parts = match line.part {
            Part::Action => vec![text::harmless(&line.text).into_owned()],
            _ => text::wrap(&text::harmless(&whole(meaning.language, line, same_open)), room),
        };
        let blanks = " ".repeat(indent(line.part).saturating_sub(2));
        for (n, part) in parts.into_iter().enumerate() {
            let text = match (line.part, n) {
                (Part::Heading, _) => part,
                (_, 0) => format!("{blanks}{} {part}", line.sign.mark()),
                _ => format!("{blanks}  {part}"),
            };
            rows.push(Row::Meaning { line: at, text, first: n == 0 });
        }
    }
    rows
}

/// Adds what the signs mean, above what is the same in both: that is folded and stands last.
pub(super) fn explain(rows: &mut Vec<Row>, meaning: &ByMeaning, same_open: bool, width: usize) {
    let legend = meaning.legend(same_open);
    if legend.is_empty() {
        return;
    }
    let same = meaning.lines.iter().position(|line| line.section == Section::Same);
    let is_same = |row: &Row| matches!(row, Row::Meaning { line, .. } if Some(*line) == same);
    let at = rows.iter().position(is_same).unwrap_or(rows.len());
    let told = legend.iter().flat_map(|line| text::wrap(line, width)).map(Row::Told);
    // A blank stands before what is the same already.
    let (before, after) =
        if at < rows.len() { (None, Some(Row::Blank)) } else { (Some(Row::Blank), None) };
    rows.splice(at..at, before.into_iter().chain(told).chain(after));
}

/// The text of a line with all that belongs to it.
fn whole(language: Language, line: &Line, same_open: bool) -> String {
    match line.part {
        Part::Heading => {
            let fold = match (line.section, same_open) {
                (Section::Same, false) => "⊞ ",
                (Section::Same, true) => "⊟ ",
                _ => "",
            };
            match line.more.as_str() {
                "" => format!("{fold}{}", line.text),
                more => format!("{fold}{}", said(language, "{}: {}", &[&line.text, more])),
            }
        }
        Part::Grant => match line.level {
            Some(_) => format!("{} · {}", line.text, comparison::level(language, line)),
            None => line.text.clone(),
        },
        Part::Detail | Part::Action => line.text.clone(),
    }
}

/// Both texts as rows; long runs of equal lines are left out unless they are open.
pub(super) fn of_texts(texts: &Texts, open: &BTreeSet<usize>, beside: bool) -> Vec<Row> {
    let mut rows = Vec::new();
    for (at, run) in texts.runs.iter().enumerate() {
        if run.is_same() {
            let count = run.left.len();
            let (head, gap, tail) = if open.contains(&at) {
                (count, 0, 0)
            } else {
                comparison::shown(count, at == 0, at + 1 == texts.runs.len())
            };
            let mut both =
                run.left.clone().zip(run.right.clone()).enumerate().map(|(n, (left, right))| {
                    Row::Text {
                        left: Some(left),
                        right: Some(right),
                        sign: Sign::Same,
                        first: n == 0,
                    }
                });
            rows.extend(both.by_ref().take(head));
            if gap > 0 {
                rows.push(Row::Gap { run: at, count: gap });
            }
            rows.extend(both.skip(gap).take(tail));
            continue;
        }
        let (lefts, rights) = (run.left.clone(), run.right.clone());
        let searched = run.kind != Kind::Unsearched;
        if !searched {
            rows.push(Row::Unsearched([lefts.len(), rights.len()]));
        }
        // Beside each other lines would seem to be held against each other.
        if !(beside && searched) {
            let gone = lefts.map(|line| (Some(line), None, Sign::Gone));
            let added = rights.map(|line| (None, Some(line), Sign::Added));
            for (n, (left, right, sign)) in gone.chain(added).enumerate() {
                rows.push(Row::Text { left, right, sign, first: searched && n == 0 });
            }
            continue;
        }
        for n in 0..lefts.len().max(rights.len()) {
            let (left, right) = (lefts.clone().nth(n), rights.clone().nth(n));
            let sign = match (left, right) {
                (Some(_), None) => Sign::Gone,
                (None, _) => Sign::Added,
                _ => Sign::Changed,
            };
            rows.push(Row::Text { left, right, sign, first: n == 0 });
        }
    }
    rows
}
