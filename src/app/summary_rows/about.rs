//! Rows about the role as a whole: prose, facts and headings, wrapped.

use super::{Row, RowKind};
use crate::say::Language;
use crate::text;

/// Wraps rows about the role to `width` columns; `part` keeps their keys apart from other parts.
pub fn about(part: &str, rows: Vec<RowKind>, width: usize) -> Vec<Row> {
    let mut out: Vec<Row> = Vec::new();
    for (at, kind) in rows.into_iter().enumerate() {
        let mut push =
            |line: usize, kind| out.push(Row::about(format!("{part}/{at}/{line}"), kind));
        match kind {
            RowKind::Title(title) => {
                for (i, line) in text::wrap(&title, width).into_iter().enumerate() {
                    push(i, RowKind::Title(line));
                }
            }
            RowKind::Heading(heading) => {
                for (i, line) in text::wrap(&heading, width).into_iter().enumerate() {
                    push(i, RowKind::Heading(line));
                }
            }
            RowKind::Prose(prose) if prose.starts_with("- ") => {
                let rest = prose.get(2..).unwrap_or_default();
                let lines = text::wrap(rest, width.saturating_sub(2));
                for (i, line) in lines.into_iter().enumerate() {
                    let mark = if i == 0 { "- " } else { "  " };
                    push(i, RowKind::Prose(format!("{mark}{line}")));
                }
            }
            RowKind::Prose(prose) => {
                for (i, line) in text::wrap(&prose, width).into_iter().enumerate() {
                    push(i, RowKind::Prose(line));
                }
            }
            RowKind::Warning(warning) => {
                for (i, line) in
                    text::wrap(&warning, width.saturating_sub(2)).into_iter().enumerate()
                {
                    push(i, RowKind::Warning(line));
                }
            }
            RowKind::Fact { name, value, standing } => {
                let room = width.saturating_sub(FACT_NAME);
                let mut lines = text::wrap(&value, room);
                // How sure it is stands behind the last line, or on one more, in either language.
                let sure = standing.as_ref().map_or(0, |standing| {
                    let words = &standing.1;
                    text::width(words.get(Language::English))
                        .max(text::width(words.get(Language::Chinese)))
                        + 3
                });
                if sure > 0 && lines.last().is_some_and(|last| text::width(last) + sure > room) {
                    lines.push(String::new());
                }
                let last = lines.len().saturating_sub(1);
                for (i, line) in lines.into_iter().enumerate() {
                    let name = if i == 0 { name.clone() } else { String::new() };
                    let standing = standing.clone().filter(|_| i == last);
                    push(i, RowKind::Fact { name, value: line, standing });
                }
            }
            kind => push(0, kind),
        }
    }
    out
}

/// Columns of the name of a fact.
pub const FACT_NAME: usize = 10;
