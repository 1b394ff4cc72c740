//! What can be copied in the removal view: the line under the cursor, then the answer of RAM and the plan.

use super::App;
use super::copy::Entry;
use super::removal::{RemovalView, Subject};
use crate::catalog::removal::write;

impl App {
    /// What can be copied there.
    pub(super) fn removal_entries(&self, view: &RemovalView) -> Vec<Entry> {
        let mut entries = Vec::new();
        if let Some((what, text)) = view.taken() {
            entries.push(self.entry(what, text));
        }
        if let Some(plan) = self.removal_plan(&view.subject) {
            let answer = self.answer_branches(&view.subject, &plan);
            let answer = self.with_ticks(&view.subject, answer);
            let text = write::markdown(&self.ticked_tree(&view.subject, &plan), self.language);
            entries.push(self.entry("removal plan as a Markdown checklist", text));
            if !answer.is_empty() {
                let text = write::markdown(&answer, self.language);
                let answer = self.entry("answer as a Markdown checklist", text);
                // What the cursor is in comes first.
                let before = usize::from(view.selected_answer().is_some());
                entries.insert(entries.len() - before, answer);
            }
        }
        let rest = match &view.subject {
            Subject::Product(product) => self.product_entries(product),
            Subject::Role(_) => self.role_entries(),
        };
        // The plan stands above already.
        let new: Vec<Entry> =
            rest.into_iter().filter(|one| entries.iter().all(|had| had.text != one.text)).collect();
        entries.extend(new);
        entries
    }
}
