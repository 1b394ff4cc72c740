//! Makes the matrix: which services are columns, what stands in each cell.

use super::{Cell, Column, MatrixRow, MatrixView, NAMES};
use crate::app::App;
use crate::catalog::Catalog;
use crate::catalog::model::Role;
use crate::policy::summary::{Reach, Reaches};
use crate::sort;
use crate::text;
use std::cmp::Reverse;
use std::collections::HashMap;

impl App {
    /// The matrix of all roles that the filter lets through.
    pub(super) fn matrix(&mut self) -> MatrixView {
        let catalog = self.catalog.clone();
        let mut counts: Vec<(String, usize)> = Vec::new();
        let mut at: HashMap<String, usize> = HashMap::new();
        let mut shown = Vec::new();
        // A role that is known by name only has nothing to show here.
        for role in catalog.roles().iter().filter(|role| role.policy.is_some()) {
            let touched = self.insights.touched(&role.id, &catalog);
            let filter = self.filter.clone();
            if filter.is_some_and(|code| self.insights.touch(&role.id, &code, &catalog).is_none())
                || self.insights.is_whole_file(&role.id)
            {
                continue;
            }
            for service in touched.iter() {
                let at = *at.entry(service.code.to_string()).or_insert_with(|| {
                    counts.push((service.code.to_string(), 0));
                    counts.len() - 1
                });
                if let Some((_, count)) = counts.get_mut(at).filter(|_| service.is_touched()) {
                    *count += 1;
                }
            }
            let guessed = self.guessed(role, &catalog);
            shown.push((role, touched, guessed));
        }
        let filter = self.filter.clone();
        // The service of the filter first, then those that most roles touch.
        sort::by_key(&mut counts, |(code, count)| (Some(code) != filter.as_ref(), Reverse(*count)));
        let products = catalog.products().iter().enumerate();
        let places: HashMap<_, _> = products.map(|(place, product)| (&product.id, place)).collect();
        let columns: Vec<Column> = counts
            .into_iter()
            .map(|(code, _)| {
                let title = self.service_short(&code);
                let width = text::width(&title).clamp(4, 14) + 2;
                Column { code, title, width }
            })
            .collect();
        let place: HashMap<&str, usize> =
            columns.iter().enumerate().map(|(at, column)| (column.code.as_str(), at)).collect();
        let codes: Vec<&str> = columns.iter().map(|column| column.code.as_str()).collect();
        let mut reaches = Reaches::new(&*catalog);
        let rows: Vec<MatrixRow> = shown
            .into_iter()
            .map(|(role, touched, guessed)| {
                let mut cells = vec![Cell::default(); columns.len()];
                for service in touched.iter() {
                    let at = place.get(service.code.as_str());
                    if let Some(cell) = at.and_then(|at| cells.get_mut(*at)) {
                        *cell = Cell {
                            reconstructed: guessed.get(&*service.code).copied().unwrap_or(0),
                            level: service.level,
                            actions: service.actions as usize,
                            patterns: service.patterns.into(),
                            through: service.through(),
                            denied: service.denied(),
                            any: Reach::default(),
                        };
                    }
                }
                let (anywhere, reached) =
                    catalog.reached(role, touched.iter(), &codes, &mut reaches);
                cells.iter_mut().zip(reached).for_each(|(cell, any)| cell.any = any);
                MatrixRow {
                    role: role.id.clone(),
                    name: role.short_name.clone(),
                    partial: role.is_partial(),
                    existence: self.existence(&role.id),
                    deletes_itself: catalog.only_deletes_itself(role, touched.iter()),
                    actions: cells.iter().map(Cell::callable).sum(),
                    level: cells.iter().filter_map(Cell::highest).max(),
                    cells,
                    anywhere,
                    product: role.product.clone(),
                    place: places.get(&role.product).copied().unwrap_or(usize::MAX),
                }
            })
            .collect();
        let names = rows.iter().map(|row| text::width(&row.name)).max().unwrap_or(0);
        let of_account = catalog.account().is_some();
        let mut view = MatrixView {
            rows,
            of_account,
            columns,
            widest: names.min(NAMES) + 3 + if of_account { 2 } else { 0 },
            filter: self.filter.clone(),
            known: catalog.roles().len(),
            ..MatrixView::default()
        };
        view.order();
        view
    }

    /// Of each service how many actions a role is granted by reconstructed statements alone.
    fn guessed(&mut self, role: &Role, catalog: &Catalog) -> HashMap<String, usize> {
        let mut counts = HashMap::new();
        let Some(policy) = role.policy.as_ref().filter(|policy| !policy.is_sure()) else {
            return counts;
        };
        let insight = self.insights.get(&role.id, catalog);
        for service in &insight.summary.services {
            let actions = service.levels.iter().flat_map(|group| &group.actions);
            let count = actions.filter(|action| policy.rests_on_guess(action)).count();
            counts.insert(service.code.clone(), count);
        }
        counts
    }
}
