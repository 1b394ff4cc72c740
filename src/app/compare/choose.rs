//! Choosing the role to compare with: the most alike first, narrowed by typing.

use super::super::insight::Insight;
use super::super::overlay::Overlay;
use super::super::picker::{Item, Line, Picker, Target};
use super::super::{App, NoticeKind, View};
use crate::catalog::model::RoleId;
use crate::catalog::search::narrow;
use crate::policy::pattern;
use crate::sort;
use std::cmp::Reverse;
use std::collections::HashSet;

impl App {
    /// The first role of the comparison that is being asked for.
    fn compared(&self) -> Option<RoleId> {
        match &self.view {
            View::Compare(view) => Some(view.left.clone()),
            _ => self.role.clone(),
        }
    }

    /// Asks which role to compare with.
    pub(in crate::app) fn open_compare(&mut self) {
        let catalog = self.catalog.clone();
        let Some(role) = self.compared().and_then(|id| catalog.role(&id)) else {
            self.tell(NoticeKind::Hint, self.word("There is no role to compare."));
            return;
        };
        if role.policy.is_none() {
            let text =
                self.phrase("The policy of {} is not in the catalogue.", &[&role.short_name]);
            self.tell(NoticeKind::Hint, text);
            return;
        }
        let mut picker = Picker::default();
        self.fill_compare(&mut picker);
        self.overlay = Some(Overlay::CompareWith(picker));
    }

    /// Fills the list with the roles that match what was typed.
    pub(in crate::app) fn fill_compare(&mut self, picker: &mut Picker) {
        let catalog = self.catalog.clone();
        let Some(first) = self.compared() else { return };
        let own = actions(&self.insights.get(&first, &catalog));
        let mut others = Vec::new();
        for role in catalog.roles().iter().filter(|role| role.id != first && role.policy.is_some())
        {
            let theirs = actions(&self.insights.get(&role.id, &catalog));
            let shared = own.intersection(&theirs).count();
            let all = own.len() + theirs.len() - shared;
            // Two large roles share much by their size alone.
            others.push((Reverse(shared * 10_000 / all.max(1)), Reverse(shared), role));
        }
        sort::by_key(&mut others, |(alike, shared, _)| (*alike, *shared));
        let products: Vec<String> = others
            .iter()
            .map(|(_, _, role)| {
                catalog.product(&role.product).map_or("", |p| self.say(&p.name)).to_owned()
            })
            .collect();
        let forms = others.iter().zip(&products).map(|((_, _, role), product)| {
            [role.short_name.as_str(), role.name.as_str(), product.as_str()]
        });
        let found = narrow(forms, picker.input.text().trim());
        let lines = found.into_iter().filter_map(|hit| {
            let (_, shared, role) = others.get(hit.index)?;
            let product = products.get(hit.index)?;
            let shared = match shared.0 {
                0 => self.word("no action shared").to_owned(),
                n => self.count(n, "{} action shared", "{} actions shared"),
            };
            Some(Line::Item(Item {
                label: role.short_name.clone(),
                marks: if hit.form == 0 { hit.indices().to_vec() } else { Vec::new() },
                detail: format!("{shared} · {product}"),
                target: Target::Compare(first.clone(), role.id.clone()),
            }))
        });
        picker.fill(lines.collect(), others.len());
    }
}

/// The actions of a role, without case.
fn actions(insight: &Insight) -> HashSet<String> {
    let statements = insight.document.statements.iter();
    let clauses = statements.filter_map(|statement| statement.action.as_ref());
    clauses.flat_map(|clause| &clause.values).map(|value| pattern::fold(&value.value)).collect()
}
