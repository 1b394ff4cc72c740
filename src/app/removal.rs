//! The removal plan on the screen: a tree of lines with a cursor.

use super::App;
use super::command::Command;
use super::event::Effect;
use super::layout::Pane;
use super::list::Cursor;
use crate::catalog::model::{ProductId, RoleId};
use crate::catalog::removal::tree::{Branch, tree};

/// Whom a plan is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// One role.
    Role(RoleId),
    /// All roles of a product.
    Product(ProductId),
}

/// The state of the view.
#[derive(Debug)]
pub struct RemovalView {
    /// Whom the plan is for.
    pub subject: Subject,
    /// Its name for the breadcrumb.
    pub title: String,
    /// The lines.
    pub lines: Vec<Branch>,
    /// The selected line.
    pub cursor: Cursor,
}

impl App {
    /// Lines of the plan that fit on the screen.
    pub fn removal_page(&self) -> usize {
        usize::from(super::layout::inside(self.layout.body).height)
    }

    /// Opens the plan of the selected role, or of the product where that is selected.
    pub(super) fn open_removal(&mut self) {
        let subject = match (&self.product, &self.role) {
            (Some(product), _) if self.focus == Pane::Products => Subject::Product(product.clone()),
            (_, Some(role)) => Subject::Role(role.clone()),
            _ => return,
        };
        self.show_removal(subject);
    }

    fn show_removal(&mut self, subject: Subject) {
        let plan = match &subject {
            Subject::Role(id) => self.catalog.removal_of_role(id),
            Subject::Product(id) => self.catalog.removal_of_product(id),
        };
        let Some(plan) = plan else { return };
        let title = match &subject {
            Subject::Role(id) => self.catalog.role(id).map(|role| role.short_name.clone()),
            Subject::Product(id) => {
                self.catalog.product(id).map(|product| self.say(&product.name).to_owned())
            }
        };
        self.view = super::View::Removal(RemovalView {
            subject,
            title: title.unwrap_or_default(),
            lines: tree(&plan),
            cursor: Cursor::default(),
        });
    }

    /// Enter on a line: copies its command, or goes to its role.
    pub(super) fn removal_enter(&mut self) -> Vec<Effect> {
        let super::View::Removal(view) = &self.view else { return Vec::new() };
        let Some(line) = view.lines.get(view.cursor.at) else { return Vec::new() };
        if let Some(text) = line.copy.clone() {
            return vec![Effect::Copy { what: "command".into(), text }];
        }
        if let Some(role) = line.role.clone() {
            self.jump(&role, Pane::Roles);
            return Vec::new();
        }
        let text = "Nothing to open here. On a command, Enter copies it; on a role, it goes there.";
        self.tell(super::NoticeKind::Hint, text);
        Vec::new()
    }

    /// The command on the selected line, to copy.
    pub(super) fn removal_copy(&mut self) -> Option<Effect> {
        let super::View::Removal(view) = &self.view else { return None };
        let text = view.lines.get(view.cursor.at)?.copy.clone()?;
        Some(Effect::Copy { what: "command".into(), text })
    }

    pub(super) fn removal_move(&mut self, command: Command) -> bool {
        let page = self.removal_page();
        let super::View::Removal(view) = &mut self.view else { return false };
        view.cursor.act(command, view.lines.len(), page)
    }
}
