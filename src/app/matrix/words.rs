//! The matrix in words: the sentence of a cell, and what can be copied.

use super::{Cell, Column, MatrixLine, MatrixRow, MatrixView, Sort};
use crate::app::copy::Entry;
use crate::app::{App, View};
use crate::catalog::markdown::escape;
use crate::catalog::matrix::reaching;
use crate::catalog::text::visible;
use crate::policy::summary::Tally;
use crate::text;

/// Patterns that are named in one sentence.
const MOST_NAMED: usize = 3;

impl App {
    /// What a role is called where no heading tells its product: its name, with the product where others have the same.
    pub fn matrix_name(&self, row: &MatrixRow) -> String {
        match self.catalog.product(&row.product).filter(|_| row.shared) {
            Some(product) => self.phrase("{} ({})", &[&row.name, self.say(&product.name)]),
            None => row.name.clone(),
        }
    }

    /// What stands before the cells of a row, in exactly these columns: a blank at its end where the sign of a policy follows
    /// that is not whole.
    pub fn matrix_head(&self, view: &MatrixView, row: &MatrixRow, columns: usize) -> String {
        let room = columns.saturating_sub(usize::from(row.partial));
        let name = text::harmless(&row.name);
        let product = self.catalog.product(&row.product);
        let Some(product) = product.filter(|_| row.shared && view.sort != Sort::Product) else {
            return text::pad(&text::cut(&name, room), columns);
        };
        // Of a path the end says which it is, and of the name the beginning.
        let product = text::harmless(self.say(&product.name));
        let left = room.saturating_sub(text::width(&name) + 3).max(room / 2);
        let product = self.phrase(" ({})", &[&text::cut_left(&product, left)]);
        let name = text::cut(&name, room.saturating_sub(text::width(&product)));
        text::pad(&format!("{name}{product}"), columns)
    }

    /// The selected cell in a sentence.
    pub fn matrix_sentence(&self) -> String {
        let View::Matrix(view) = &self.view else { return String::new() };
        let Some(row) = view.selected() else { return String::new() };
        let name = self.matrix_name(row);
        let Some((column, cell)) = view.cell() else { return name };
        // In the middle of a sentence.
        let service = match &*column.code {
            "*" => self.word("any service").to_owned(),
            code => self.service_name(code),
        };
        let denied = |cell: Cell| {
            let words = self.phrase("{0} denied", &[&cell.denied.words(self.language)]);
            let own = Some(words).filter(|_| cell.denied.all() > 0);
            let any = self.denied_by_any(row, &column.code, cell);
            own.into_iter().chain(any).reduce(|own, any| self.phrase("{}; {}", &[&own, &any]))
        };
        let mut said = match cell.level {
            // The level alone would alarm: a service-linked role is made with this right.
            Some(_) if row.deletes_itself && column.code == "ram" => self.phrase(
                "{} may only delete its own role in {} (ram:DeleteServiceLinkedRole)",
                &[&name, &service],
            ),
            Some(level) => {
                let actions = Tally::new(cell.actions, cell.patterns).words(self.language);
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
                let level = self.word(level.word());
                // Nobody calls a pattern, and of any service there is nothing else.
                if column.code == "*" {
                    self.phrase(
                        "{} is granted {} of any service, up to {}",
                        &[&name, &actions, level],
                    )
                } else {
                    self.phrase(
                        "{} may call {} of {}, up to {}",
                        &[&name, &actions, &service, level],
                    )
                }
            }
            None if cell.any.level.is_some() => self.by_any(row, column, cell),
            None if cell.through.all() == 0 => {
                let policy = self.catalog.role(&row.role).and_then(|role| role.policy.as_ref());
                let missing: Vec<&str> =
                    policy.into_iter().flat_map(|p| p.missing_of(&column.code)).collect();
                if missing.is_empty()
                    && let Some(denied) = denied(cell)
                {
                    return self
                        .phrase("{} may call no action of {}; {}.", &[&name, &service, &denied]);
                }
                if missing.is_empty() {
                    return self.phrase("{} does not touch {}.", &[&name, &service]);
                }
                if let Some(denied) = denied(cell) {
                    return self.phrase(
                        "What is here of the policy of {} grants no action of {}; {}. The part that is missing names {}.",
                        &[&name, &service, &denied, &self.comma_list(&missing)],
                    );
                }
                return self.phrase(
                    "What is here of the policy of {} does not touch {}; the part that is missing names {}.",
                    &[&name, &service, &self.comma_list(&missing)],
                );
            }
            None => self.phrase("{} calls no action of {}", &[&name, &service]),
        };
        if cell.level.is_some() && cell.any.level.is_some() {
            said.push_str(&self.phrase("; {}", &[&self.more_by_any(row, column, cell)]));
        }
        if cell.through.all() > 0 {
            let through = cell.through.words(self.language);
            said.push_str(&self.phrase("; {} of other services on its resources", &[&through]));
        }
        if let Some(denied) = denied(cell) {
            said.push_str(&self.phrase("; {}", &[&denied]));
        }
        said.push_str(self.word("."));
        said
    }

    /// What patterns of any service grant, where nothing else does.
    fn by_any(&self, row: &MatrixRow, column: &Column, cell: Cell) -> String {
        let (name, service) = (self.matrix_name(row), self.service_name(&column.code));
        let level = cell.any.level.map_or("", |level| self.word(level.word()));
        let through = self.granting(row, &column.code, cell);
        let (known, of) = (cell.any.known.to_string(), cell.any.of.to_string());
        match cell.any.known {
            _ if cell.any.every => self.phrase(
                "{} may call every action of {} through {}, up to {}",
                &[&name, &service, &through, level],
            ),
            0 => self.phrase(
                "{} may call actions of {} through {}, up to {}; none of them is known here",
                &[&name, &service, &through, level],
            ),
            _ => self.phrase(
                "{} may call {} of the {} known actions of {} through {}, up to {}",
                &[&name, &known, &of, &service, &through, level],
            ),
        }
    }

    /// The same beside actions of the service itself.
    fn more_by_any(&self, row: &MatrixRow, column: &Column, cell: Cell) -> String {
        let level = cell.any.level.map_or("", |level| self.word(level.word()));
        let through = self.granting(row, &column.code, cell);
        let (known, of) = (cell.any.known.to_string(), cell.any.of.to_string());
        match cell.any.known {
            _ if cell.any.every => {
                self.phrase("every action through {}, up to {}", &[&through, level])
            }
            0 => self
                .phrase("more through {}, up to {}, none of them known here", &[&through, level]),
            _ => self.phrase(
                "{} of the {} known actions through {}, up to {}",
                &[&known, &of, &through, level],
            ),
        }
    }

    /// What patterns of any service deny that nothing grants.
    fn denied_by_any(&self, row: &MatrixRow, code: &str, cell: Cell) -> Option<String> {
        let through = || self.patterns(row, code, true);
        match cell.any.denied {
            _ if cell.any.denies_every => {
                Some(self.phrase("every action denied through {}", &[&through()]))
            }
            0 => None,
            n => {
                let (n, of) = (n.to_string(), cell.any.of.to_string());
                let words = "{} of the {} known actions denied through {}";
                Some(self.phrase(words, &[&n, &of, &through()]))
            }
        }
    }

    /// The patterns that grant, and whether on some resources only.
    fn granting(&self, row: &MatrixRow, code: &str, cell: Cell) -> String {
        let names = self.patterns(row, code, false);
        if cell.any.limited {
            self.phrase("{} (on the resources that the policy names)", &[&names])
        } else {
            names
        }
    }

    /// The patterns of a role that may mean actions of the service, as written; the first of many.
    fn patterns(&self, row: &MatrixRow, code: &str, denied: bool) -> String {
        let reaching = reaching(&row.anywhere, code, denied);
        let mut names: Vec<String> = reaching.map(|one| one.words(self.language)).collect();
        if let Some(more) = names.len().checked_sub(MOST_NAMED).filter(|more| *more > 0) {
            names.truncate(MOST_NAMED);
            names.push(self.phrase("{} more", &[&more.to_string()]));
        }
        self.comma_list(&names)
    }

    /// What can be copied in this view, the entry for the first key press first.
    pub(in crate::app) fn matrix_entries(&self) -> Vec<Entry> {
        let View::Matrix(view) = &self.view else { return Vec::new() };
        let mut table = String::from("| role |");
        for column in &view.columns {
            table.push_str(&format!(" {} |", escape(&visible(&column.title))));
        }
        table.push_str("\n|---|");
        table.push_str(&"---|".repeat(view.columns.len()));
        table.push('\n');
        for line in &view.lines {
            let MatrixLine::Role(at) = line else { continue };
            let Some(row) = view.rows.get(*at) else { continue };
            let mark = if row.partial { " ◐" } else { "" };
            table.push_str(&format!("| {}{mark} |", escape(&visible(&self.matrix_name(row)))));
            for at in 0..view.columns.len() {
                table.push_str(&format!(" {} |", row.cell(at).words()));
            }
            table.push('\n');
        }
        if view.rows.iter().any(|row| row.partial) {
            let words = self.word("◐ the policy text is not whole: the role may touch more.");
            table.push_str(&format!("\n{words}\n"));
        }
        if view.rows.iter().any(MatrixRow::is_starred) {
            let words = self.word(
                "A star: some (3*) or all (*) of the actions are granted or denied by patterns; one of the service itself counts as one.",
            );
            table.push_str(&format!("\n{words}\n"));
        }
        vec![
            self.entry("matrix as a Markdown table", table),
            self.entry("sentence of the selected cell", self.matrix_sentence()),
        ]
    }
}
