//! What a catalogue file says, made ready: all that can be told of it without the catalogue that it goes into.

use std::sync::Arc;

use super::{Documents, Loader, action, entries, is_day, service};
use crate::catalog::actions::Action;
use crate::catalog::error::LoadError;
use crate::catalog::format::PrecedenceEntry;
use crate::catalog::model::{Product, ProductId, Role, RoleId, Service};
use crate::catalog::removal::Precedence;
use crate::catalog::store::{Catalog, UserPolicy};
use crate::say::saying;

/// A file without a fault of its own. Whether it orders roles that nobody describes is asked with [`Prepared::check`].
pub(super) struct Prepared {
    file: String,
    product: Option<Product>,
    pub(super) roles: Vec<Role>,
    user_policies: Vec<UserPolicy>,
    /// Each order with the names of both roles as they are written.
    orders: Vec<([String; 2], Precedence)>,
    services: Vec<Service>,
    actions: Vec<Action>,
    date: Option<String>,
}

impl Prepared {
    pub(super) fn of(file: &str, text: &str, documents: Documents<'_>) -> Result<Self, LoadError> {
        let entries = entries(file, text)?;
        let loader = Loader { file, text, documents };
        let product = entries.product.map(|entry| Product {
            id: ProductId(String::from(entry.id).into()),
            name: entry.name.into(),
            page: entry.page.map(Into::into),
            roles: Vec::new(),
        });
        let (mut roles, mut user_policies) = (Vec::new(), Vec::new());
        if let Some(product) = &product {
            roles = loader.roles(&product.id, entries.roles)?;
            for entry in entries.user_policies {
                user_policies.push(loader.user_policy(&product.id, entry)?);
            }
        } else if !(entries.roles.is_empty() && entries.user_policies.is_empty()) {
            return Err(loader.near(
                "roles",
                saying("The file has roles or user_policies but no product"),
                saying("Add {}.").with("\"product\": {\"id\": .., \"name\": {\"en\": ..}}"),
            ));
        }
        let date = entries.date.map(String::from);
        if let Some(date) = date.as_ref().filter(|date| !is_day(date)) {
            return Err(loader.near(
                date,
                saying("The date {} is no day").with(date),
                saying("Write it as 2026-01-31."),
            ));
        }
        Ok(Self {
            file: file.to_owned(),
            product,
            roles,
            user_policies,
            orders: entries.removal_order.into_iter().map(order).collect(),
            services: entries.services.into_iter().map(service).collect(),
            actions: entries.actions.into_iter().map(action).collect(),
            date,
        })
    }

    /// Errors: an order of removal names a role that is not its own and not known. `text` is the file's.
    pub(super) fn check(
        &self,
        text: &str,
        is_known: impl Fn(&RoleId) -> bool,
    ) -> Result<(), LoadError> {
        let named = self
            .orders
            .iter()
            .flat_map(|([first, then], order)| [(first, &order.first), (then, &order.then)]);
        for (name, id) in named {
            if !is_known(id) && self.roles.iter().all(|role| role.id != *id) {
                return Err(LoadError::near(
                    &self.file,
                    text,
                    name,
                    saying("The order of removal names {}, which is no role of the catalogue")
                        .with(name),
                    saying("Correct the name, or describe the role."),
                ));
            }
        }
        Ok(())
    }
}

fn order(entry: PrecedenceEntry) -> ([String; 2], Precedence) {
    let names = [entry.first.into(), entry.then.into()];
    let [first, then] = names.each_ref().map(|name: &String| RoleId::of(name));
    let (because, standing) = (entry.because.into(), entry.standing.0);
    (names, Precedence { first, then, because, standing })
}

impl Catalog {
    /// Adds what a file says. Nothing of it can fail.
    pub(super) fn add_prepared(&mut self, prepared: Prepared) {
        if let Some(product) = prepared.product {
            self.add_product(product);
        }
        for role in prepared.roles {
            self.add_role(role);
        }
        for policy in prepared.user_policies {
            self.add_user_policy(policy);
        }
        for (_, precedence) in prepared.orders {
            self.add_precedence(precedence);
        }
        if !prepared.services.is_empty() {
            Arc::make_mut(&mut self.services).merge(prepared.services);
        }
        if !prepared.actions.is_empty() {
            Arc::make_mut(&mut self.actions).merge(prepared.actions);
        }
        // Dates are written year first, so the later one is the greater text.
        self.date = self.date.take().max(prepared.date);
    }
}
