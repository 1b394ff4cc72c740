//! Makes the matrix of what [`Grid`] says.

use super::signs::Signs;
use super::{Cell, Column, MatrixRow, MatrixView, NAMES};
use crate::app::App;
use crate::catalog::Catalog;
use crate::catalog::matrix::{self, Grid};
use crate::catalog::model::Role;
use crate::hash::Map;
use crate::policy::read;
use crate::policy::summary::summarize;
use crate::text;
use std::collections::HashMap;

impl Cell {
    /// What the grid says of a service; `guessed` of each service how many actions rest on reconstructed statements.
    fn of(cell: matrix::Cell, guessed: &HashMap<String, usize>) -> Self {
        let Some(own) = cell.touched else { return Self { any: cell.reach, ..Self::default() } };
        Self {
            reconstructed: guessed.get(own.code.as_str()).copied().unwrap_or(0),
            level: own.level,
            actions: own.actions as usize,
            patterns: own.patterns as usize,
            through: own.through(),
            denied: own.denied(),
            any: cell.reach,
        }
    }
}

impl App {
    /// The matrix of all roles that the filter lets through.
    pub(super) fn matrix(&mut self) -> MatrixView {
        let catalog = self.catalog.clone();
        let filter = self.filter.clone();
        let mut shown = Vec::new();
        // A role that is known by name only has nothing to show here.
        for role in catalog.roles().iter().filter(|role| role.policy.is_some()) {
            let touched = self.insights.touched(&role.id, &catalog);
            let is_out = |code: &str| self.insights.touch(&role.id, code, &catalog).is_none();
            if filter.as_deref().is_some_and(is_out) || self.insights.is_whole_file(&role.id) {
                continue;
            }
            shown.push((role, touched));
        }
        let mut named: Map<&str, usize> = Map::default();
        for (role, _) in &shown {
            *named.entry(&role.short_name).or_default() += 1;
        }
        let products = catalog.products().iter().enumerate();
        let places: HashMap<_, _> = products.map(|(place, product)| (&product.id, place)).collect();
        let grid = Grid::of(shown, filter.as_deref(), &catalog);
        let rows: Vec<MatrixRow> = grid
            .rows()
            .map(|row| {
                let guessed = Self::guessed(row.role, &catalog);
                let cells = row.cells.iter().map(|cell| Cell::of(*cell, &guessed)).zip(0..);
                let cells = cells.filter(|(cell, _)| *cell != Cell::default());
                let cells: Vec<(u32, Cell)> = cells.map(|(cell, at)| (at, cell)).collect();
                MatrixRow {
                    role: row.role.id.clone(),
                    name: row.role.short_name.clone(),
                    shared: named.get(&*row.role.short_name).is_some_and(|count| *count > 1),
                    partial: row.partial,
                    existence: self.existence(&row.role.id),
                    deletes_itself: row.deletes_itself,
                    actions: cells.iter().map(|(_, cell)| cell.callable()).sum(),
                    level: cells.iter().filter_map(|(_, cell)| cell.highest()).max(),
                    cells,
                    anywhere: row.anywhere,
                    product: row.role.product.clone(),
                    place: places.get(&row.role.product).copied().unwrap_or(usize::MAX),
                }
            })
            .collect();
        let mut widest = vec![0; grid.columns.len()];
        for (at, cell) in rows.iter().flat_map(|row| &row.cells) {
            if let Some(widest) = widest.get_mut(*at as usize) {
                *widest = text::width(&cell.words()).max(*widest);
            }
        }
        let columns: Vec<Column> = (grid.columns.iter().zip(widest))
            .map(|(code, widest)| {
                let title = self.service_short(code);
                // Signs that are cut, as of a number its end, would be others; a blank stands on each side.
                let width = text::width(&title).clamp(4, 14).max(widest) + 2;
                Column { code: code.clone(), title, width }
            })
            .collect();
        let width =
            |row: &MatrixRow| text::width(&self.matrix_name(row)) + usize::from(row.partial);
        let names = rows.iter().map(width).max().unwrap_or(0);
        let of_account = catalog.account().is_some();
        let mut view = MatrixView {
            signs: Signs::of(&rows),
            rows,
            of_account,
            columns,
            widest: names.min(NAMES) + 3 + if of_account { 2 } else { 0 },
            filter,
            known: catalog.roles().len(),
            ..MatrixView::default()
        };
        view.order();
        view
    }

    /// Of each service how many actions a role is granted by reconstructed statements alone.
    fn guessed(role: &Role, catalog: &Catalog) -> HashMap<String, usize> {
        let mut counts = HashMap::new();
        let Some(policy) = role.policy.as_ref().filter(|policy| policy.has_guesses()) else {
            return counts;
        };
        // Not kept: those that are kept are of the roles that were looked at.
        let Ok(read) = read::document(&policy.source) else { return counts };
        for service in &summarize(&read.document, catalog).services {
            let actions = service.levels.iter().flat_map(|group| &group.actions);
            let count = actions.filter(|action| policy.rests_on_guess(action)).count();
            counts.insert(service.code.clone(), count);
        }
        counts
    }
}
