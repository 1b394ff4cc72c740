//! The matrix in words: the sentence of a cell, and what can be copied.

use super::{Cell, MatrixLine};
use crate::app::copy::Entry;
use crate::app::{App, View};

impl App {
    /// The selected cell in a sentence.
    pub fn matrix_sentence(&self) -> String {
        let View::Matrix(view) = &self.view else { return String::new() };
        let Some(row) = view.selected() else { return String::new() };
        let Some((column, cell)) = view.cell() else { return row.name.clone() };
        let service = self.service_name(&column.code);
        let actions = |n: usize| self.count(n, "{} action", "{} actions");
        let denied = |cell: Cell| {
            let words = self.count(cell.denied, "{} action denied", "{} actions denied");
            Some(words).filter(|_| cell.denied > 0)
        };
        let mut said = match cell.level {
            Some(level) => {
                let actions = actions(cell.actions);
                let actions = match cell.reconstructed {
                    0 => actions,
                    n if n == cell.actions => {
                        self.phrase("{} ({})", &[&actions, self.word("reconstructed")])
                    }
                    n => {
                        let some = self.phrase("{} of them reconstructed", &[&n.to_string()]);
                        self.phrase("{} ({})", &[&actions, &some])
                    }
                };
                self.phrase(
                    "{} may call {} of {}, up to {}",
                    &[&row.name, &actions, &service, self.word(level.word())],
                )
            }
            None if cell.through == 0 => {
                let policy = self.catalog.role(&row.role).and_then(|role| role.policy.as_ref());
                let missing: Vec<&str> =
                    policy.into_iter().flat_map(|p| p.missing_of(&column.code)).collect();
                if missing.is_empty()
                    && let Some(denied) = denied(cell)
                {
                    return self.phrase(
                        "{} may call no action of {}; {}.",
                        &[&row.name, &service, &denied],
                    );
                }
                if missing.is_empty() {
                    return self.phrase("{} does not touch {}.", &[&row.name, &service]);
                }
                if let Some(denied) = denied(cell) {
                    return self.phrase(
                        "What is here of the policy of {} grants no action of {}; {}. The part that is missing names {}.",
                        &[&row.name, &service, &denied, &missing.join(self.comma())],
                    );
                }
                return self.phrase(
                    "What is here of the policy of {} does not touch {}; the part that is missing names {}.",
                    &[&row.name, &service, &missing.join(self.comma())],
                );
            }
            None => self.phrase("{} calls no action of {}", &[&row.name, &service]),
        };
        if cell.through > 0 {
            said.push_str(
                &self.phrase("; {} of other services on its resources", &[&actions(cell.through)]),
            );
        }
        if let Some(denied) = denied(cell) {
            said.push_str(&self.phrase("; {}", &[&denied]));
        }
        said.push_str(self.word("."));
        said
    }

    /// What can be copied in this view, the entry for the first key press first.
    pub(in crate::app) fn matrix_entries(&self) -> Vec<Entry> {
        let View::Matrix(view) = &self.view else { return Vec::new() };
        let mut table = String::from("| role |");
        for column in &view.columns {
            table.push_str(&format!(" {} |", column.title));
        }
        table.push_str("\n|---|");
        table.push_str(&"---|".repeat(view.columns.len()));
        table.push('\n');
        for line in &view.lines {
            let MatrixLine::Role(at) = line else { continue };
            let Some(row) = view.rows.get(*at) else { continue };
            let mark = if row.partial { " ◐" } else { "" };
            table.push_str(&format!("| {}{mark} |", row.name));
            for cell in &row.cells {
                table.push_str(&format!(" {} |", cell.words()));
            }
            table.push('\n');
        }
        if view.rows.iter().any(|row| row.partial) {
            let words = self.word("◐ the policy text is not whole: the role may touch more.");
            table.push_str(&format!("\n{words}\n"));
        }
        let entry = |what: &'static str, text: String| Entry {
            what: self.word(what).into(),
            text,
            warning: None,
        };
        vec![
            entry("matrix as a Markdown table", table),
            entry("sentence of the selected cell", self.matrix_sentence()),
        ]
    }
}
