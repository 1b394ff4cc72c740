//! What can be copied of the line under the cursor, and what a copied matrix needs to be read without the screen.

use super::copy::Entry;
use super::layout::Pane;
use super::matrix::{DENIED, MatrixRow, MatrixView, letter};
use super::summary_rows::RowKind;
use super::{App, View};
use crate::catalog::model::Role;
use crate::policy::level::AccessLevel;

const PRODUCT_PAGE: &str = "address of the product page";
const POLICY_PAGE: &str = "address of the policy page";

fn is_address(text: &str) -> bool {
    text.starts_with("https://") || text.starts_with("http://")
}

impl App {
    /// The selected row of the permissions, where that is one name: an action, the address of a page.
    pub(super) fn row_entry(&self) -> Option<Entry> {
        let on_row = matches!(self.view, View::Browse) && self.focus == Pane::Summary;
        let row = self.current_row().filter(|_| on_row)?;
        if let Some(action) = self.selected_action() {
            return Some(self.entry("action", action));
        }
        // A long name takes several rows.
        let (fact, _) = row.key.rsplit_once('/')?;
        let mut name = None;
        let mut text = String::new();
        for row in &self.summary {
            let of_fact = row.key.rsplit_once('/').is_some_and(|(part, _)| part == fact);
            if let RowKind::Fact { name: said, value, .. } = &row.kind
                && of_fact
            {
                name.get_or_insert(said);
                text.push_str(value);
            }
        }
        let one_name = !text.is_empty() && text.is_ascii() && !text.contains(' ');
        let name = name.filter(|_| one_name)?;
        let what = self.address_title(&text, name).unwrap_or(name).to_owned();
        Some(Entry { what, text, ..Entry::default() })
    }

    /// What the address on a row of the summary is called; None where the row has none.
    fn address_title(&self, text: &str, name: &str) -> Option<&'static str> {
        let title = match name {
            _ if !is_address(text) => return None,
            name if name == self.word("page") => PRODUCT_PAGE,
            _ => POLICY_PAGE,
        };
        Some(self.word(title))
    }

    /// The address of a page on the selected row.
    pub(super) fn address(&self) -> Option<Entry> {
        self.row_entry().filter(|entry| is_address(&entry.text))
    }

    /// The addresses of the pages that a role is described on.
    pub(super) fn page_entries(&self, role: &Role) -> Vec<Entry> {
        let of_policy = role.policy.as_ref().and_then(|policy| policy.page.as_ref());
        let of_product = self.catalog.product(&role.product);
        let of_product = of_product.and_then(|product| product.page.as_ref());
        let pages = [(POLICY_PAGE, of_policy), (PRODUCT_PAGE, of_product)];
        let pages = pages.into_iter().filter_map(|(what, page)| Some((what, page?)));
        let pages = pages.filter(|(_, page)| is_address(page));
        pages.map(|(what, page)| self.entry(what, page)).collect()
    }

    /// The matrix to copy with the signs of its cells in words.
    pub(super) fn with_legend(&self, view: &MatrixView, mut entries: Vec<Entry>) -> Vec<Entry> {
        let Some(table) = entries.first_mut() else { return entries };
        let levels = AccessLevel::ALL.into_iter();
        let mut signs: Vec<String> =
            levels.map(|level| format!("{} {}", letter(level), self.word(level.word()))).collect();
        signs.push(format!("{DENIED} {}", self.word("only denied")));
        let mut legend = format!("\n{}\n", self.comma_list(&signs));
        let through = |row: &MatrixRow| row.filled().any(|cell| cell.through.all() > 0);
        if view.rows.iter().any(through) {
            let said =
                self.word("6+ and (2): also, or only, actions of other services on its resources");
            legend.push_str(&format!("\n{said}\n"));
        }
        // Below the table, before what is said of single roles.
        let at = table.text.find("\n\n").map_or(table.text.len(), |at| at + 1);
        table.text.insert_str(at, &legend);
        entries
    }
}
