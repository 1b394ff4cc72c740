//! The lists of products and roles, derived from the catalogue and the filter; the cursors follow ids.

use super::command::Command;
use super::layout::{Pane, inside};
use super::list::Cursor;
use super::{App, NoticeKind};
use crate::catalog::Kinds;
use crate::catalog::model::{ProductId, RoleId, RoleKind};
use crate::catalog::review::Grave;
use crate::catalog::touch::Touch;

/// A line in the list of products.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProductRow {
    /// The product.
    pub id: ProductId,
    /// Its name.
    pub name: String,
    /// How many of its roles the filter lets through; None without a filter.
    pub matching: Option<Kinds>,
    /// How many roles it has; whole files, of which every policy is one already, are none.
    pub roles: usize,
}

/// An entry in the list of roles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoleRow {
    /// The role.
    pub id: RoleId,
    /// Its short name.
    pub name: String,
    /// The feature that needs it.
    pub feature: String,
    /// The text of its policy is there, but is not the whole true one.
    pub partial: bool,
    /// No text of its policy is known at all.
    pub unknown: bool,
    /// What it counts as; None for a whole file, whose policies have rows of their own.
    pub counts: Option<RoleKind>,
    /// How many findings of its policy are more than notes; None while the row was not in sight.
    pub grave: Option<Grave>,
    /// It matches the filter through resources only.
    pub through_resource: bool,
    /// Is it in the account? None where no account was looked at.
    pub exists: Option<bool>,
}

impl App {
    /// How many entries fit into the list of roles.
    pub fn roles_page(&self) -> usize {
        let height = usize::from(inside(self.layout.pane(Pane::Roles)).height);
        height / self.role_height()
    }

    /// Lines of an entry in the list of roles: two where all fit, one in long lists.
    pub fn role_height(&self) -> usize {
        let height = usize::from(inside(self.layout.pane(Pane::Roles)).height);
        // The second line is for features; people's own policies have none.
        let told = self.roles.iter().any(|row| !row.feature.is_empty());
        let fits = self.roles.len().saturating_mul(2) <= height.max(8);
        let usual = if told && fits { 2 } else { 1 };
        self.spaced(usual, self.roles.len(), height)
    }

    /// Lines of an entry in the list of products.
    pub fn product_height(&self) -> usize {
        let height = usize::from(inside(self.layout.pane(Pane::Products)).height);
        self.spaced(1, self.products.len(), height)
    }

    /// How many entries fit into the list of products.
    pub fn products_page(&self) -> usize {
        let height = usize::from(inside(self.layout.pane(Pane::Products)).height);
        height / self.product_height()
    }

    /// One line more for people who look on, where all entries still fit.
    fn spaced(&self, usual: usize, count: usize, height: usize) -> usize {
        let wider = usual + 1;
        // The last entry needs no line below it.
        let fits = count.saturating_mul(wider) <= height;
        if self.present && fits { wider } else { usual }
    }

    pub(super) fn refresh_lists(&mut self) {
        let wanted = (self.filter.clone(), self.product.clone());
        if self.shown.lists.as_ref() == Some(&wanted) {
            return;
        }
        let filter_changed = self.shown.lists.as_ref().is_none_or(|shown| shown.0 != wanted.0);
        if filter_changed {
            self.products = self.product_rows();
            if !self.products.iter().any(|row| Some(&row.id) == self.product.as_ref()) {
                self.product = self.products.first().map(|row| row.id.clone());
            }
        }
        let at = self.products.iter().position(|row| Some(&row.id) == self.product.as_ref());
        self.products_at.at = at.unwrap_or(0);
        self.fill_roles();
        self.by_name = self.listed_elsewhere();
        if !self.roles.iter().any(|row| Some(&row.id) == self.role.as_ref()) {
            let known = self.product.as_ref().and_then(|product| self.remembered.get(product));
            let known = known.filter(|id| self.roles.iter().any(|row| row.id == **id));
            self.role = known.cloned().or_else(|| self.roles.first().map(|row| row.id.clone()));
        }
        let at = self.roles.iter().position(|row| Some(&row.id) == self.role.as_ref());
        // Another list begins at its top.
        let same = self.shown.lists.as_ref().is_none_or(|shown| shown.1 == wanted.1);
        let top = if same { self.roles_at.top } else { 0 };
        self.roles_at = Cursor { at: at.unwrap_or(0), top };
        self.shown.lists = Some((self.filter.clone(), self.product.clone()));
    }

    /// Counts the errors and warnings of the roles in sight. Of all ten thousand of a list it would take seconds, and of a very
    /// large policy as long: that one is counted when it was read.
    pub(super) fn refresh_warnings(&mut self) {
        let page = self.roles_page().max(1);
        let in_sight = self.roles.iter_mut().skip(self.roles_at.top).take(page);
        for row in in_sight.filter(|row| row.grave.is_none()) {
            row.grave = self.insights.grave(&row.id, &self.catalog);
        }
    }

    fn product_rows(&mut self) -> Vec<ProductRow> {
        let catalog = self.catalog.clone();
        let mut rows = Vec::new();
        for product in catalog.products() {
            let matching = self.filter.is_some().then(|| self.matching(&product.id));
            if matching.is_none_or(|matching| matching.all() > 0) {
                let name = self.say(&product.name).to_owned();
                let roles = product.roles.len() - self.whole_files_in(&product.id);
                rows.push(ProductRow { id: product.id.clone(), name, matching, roles });
            }
        }
        rows
    }

    /// All that the catalogue has, whole files left out.
    pub(super) fn counted_roles(&self) -> Kinds {
        let roles = self.catalog.roles().iter();
        roles.filter(|role| !self.insights.is_whole_file(&role.id)).collect()
    }

    fn whole_files_in(&self, product: &ProductId) -> usize {
        let files = self.insights.whole_files().filter_map(|id| self.catalog.role(id));
        files.filter(|role| role.product == *product).count()
    }

    fn matching(&mut self, product: &ProductId) -> Kinds {
        let catalog = self.catalog.clone();
        catalog.roles_of(product).filter(|role| self.touch(&role.id).is_some()).collect()
    }

    /// Makes the rows of the roles anew, in the memory of the old ones.
    fn fill_roles(&mut self) {
        let (catalog, product) = (self.catalog.clone(), self.product.clone());
        let mut rows = std::mem::take(&mut self.roles);
        rows.clear();
        for role in product.iter().flat_map(|id| catalog.roles_of(id)) {
            let Some(touch) = self.touch(&role.id) else { continue };
            // Among roles of many products the product says most.
            let feature = role.feature.as_ref().map(|feature| &feature.value);
            let feature = role.listed_under.as_deref().or(feature);
            let feature = feature.map(|feature| self.say(feature).to_owned());
            rows.push(RoleRow {
                id: role.id.clone(),
                name: role.short_name.clone(),
                feature: feature.unwrap_or_default(),
                grave: None,
                partial: role.is_partial(),
                unknown: role.policy.is_none(),
                counts: Some(role.kind).filter(|_| !self.insights.is_whole_file(&role.id)),
                through_resource: self.filter.is_some() && touch == Touch::Resource,
                exists: catalog.observation(&role.id).map(|seen| seen.exists),
            });
        }
        self.roles = rows;
    }

    /// The roles that a list of role names puts under the selected product while they are filed elsewhere. A filter asks for
    /// what is known of policies, and of these nothing is.
    fn listed_elsewhere(&self) -> Vec<String> {
        let product = self.product.as_ref().and_then(|id| self.catalog.product(id));
        let Some(product) = product.filter(|_| self.filter.is_none()) else { return Vec::new() };
        let listed = self.catalog.known_by_name(product).into_iter().filter_map(|role| role.id);
        let roles = listed.filter_map(|id| self.catalog.role(&id));
        roles.map(|role| role.short_name.clone()).collect()
    }

    /// Says which roles of the product are known by name only, and how to go to them: their line below the list is no
    /// role of it.
    pub(super) fn tell_by_name(&mut self) {
        if self.by_name.is_empty() {
            return;
        }
        let find = self.keymap.shown_in(Command::Find, &self.place_scopes());
        let names = self.comma_list(&self.by_name);
        let said = self.phrase(
            "Known by name only, among other products: {}. {} with the name goes there.",
            &[&names, &find],
        );
        self.tell(NoticeKind::Hint, said);
    }

    /// How a role touches the service of the filter; every role does where there is none.
    pub(super) fn touch(&mut self, role: &RoleId) -> Option<Touch> {
        let Some(code) = &self.filter else { return Some(Touch::Action) };
        self.insights.touch(role, code, &self.catalog)
    }

    /// Selects the product under its cursor.
    pub(super) fn product_moved(&mut self) {
        let product = self.products.get(self.products_at.at).map(|row| row.id.clone());
        if product.is_some() && product != self.product {
            self.product = product;
            self.role = None;
            self.leave_role();
            if let Some((_, product)) = &mut self.shown.lists {
                *product = None;
            }
        }
    }

    /// Selects the role under its cursor.
    pub(super) fn role_moved(&mut self) {
        if let Some(role) = self.roles.get(self.roles_at.at).map(|row| row.id.clone()) {
            self.take_role(role);
        }
    }

    /// Selects a role of the product.
    pub(super) fn take_role(&mut self, role: RoleId) {
        if let Some(product) = &self.product {
            self.remembered.insert(product.clone(), role.clone());
        }
        if self.role.as_ref() != Some(&role) {
            self.role = Some(role);
            self.leave_role();
        }
    }

    /// Goes to a role and keeps the way back; a filter that hides the role is taken away.
    pub(super) fn jump(&mut self, role: &RoleId, focus: Pane) {
        let Some(product) = self.catalog.role(role).map(|role| role.product.clone()) else {
            return;
        };
        self.keep_place(focus);
        if self.touch(role).is_none() {
            self.tell_filter_left(role);
            self.filter = None;
        }
        self.product = Some(product.clone());
        self.role = Some(role.clone());
        self.remembered.insert(product, role.clone());
        self.focus = focus;
        self.view = super::View::Browse;
        self.shown.lists = None;
        self.refresh();
    }

    /// Selects the row of the summary with this key.
    pub(super) fn select_row(&mut self, key: &str) {
        if let Some(at) = self.summary.iter().position(|row| row.key == key) {
            self.show_row(at);
            self.summary_moved();
        }
    }
}
