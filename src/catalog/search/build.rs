//! What of the catalogue can be found, and by which words.

use std::sync::Arc;

use super::corpus::{Corpus, Kind, Target};
use crate::catalog::Catalog;
use crate::catalog::model::{Policy, Product, Role, RoleKind, Service};

impl Corpus {
    /// All that can be found in a catalogue, patterns of actions left out.
    pub fn of(catalog: &Catalog) -> Self {
        let services = catalog.services().all();
        let mut corpus = Self::from_parts(catalog.products(), catalog.roles(), services, []);
        for policy in catalog.user_policies() {
            // The screen shows policies of roles alone, so it leads to the product.
            let target = Target::Product(policy.product.clone());
            corpus.push(Kind::Policy, &[&policy.name], &[], target);
        }
        for action in catalog.actions().all() {
            let meaning = action.meaning.as_ref().map(|text| [&*text.en, &*text.zh]);
            let meaning = meaning.as_ref().map_or(&[][..], |texts| texts);
            match action.operation() {
                // Its first name is not the only one.
                Some(operation) => {
                    let target = Target::Action { action: action.name.to_string() };
                    corpus.push(Kind::Action, &[&action.name, &operation], meaning, target);
                }
                None => _ = corpus.push_action(&action.name, meaning),
            }
        }
        corpus
    }

    /// All that can be found in these parts of a catalogue. An action comes with its meaning in words, where it has one.
    pub fn from_parts<'a>(
        products: &[Product],
        roles: &[Role],
        services: &[Service],
        actions: impl IntoIterator<Item = (&'a str, Option<&'a str>)>,
    ) -> Self {
        let mut corpus = Self::new();
        for product in products {
            corpus.push_product(product);
        }
        for role in roles {
            corpus.push_role(role);
        }
        for service in services {
            corpus.push_service(service);
        }
        for (action, meaning) in actions {
            corpus.push_action(action, meaning.as_slice());
        }
        corpus
    }

    /// Adds a product: by its name in both languages and its id.
    pub fn push_product(&mut self, product: &Product) {
        let names = [&*product.name.en, &*product.name.zh, &*product.id.0];
        self.push(Kind::Product, &names, &[], Target::Product(product.id.clone()));
    }

    /// Adds a role, its feature, its policy and the service that may assume it. The role is found by its feature too, or
    /// by the product that it is listed under.
    pub fn push_role(&mut self, role: &Role) {
        let feature = role.feature.as_ref().map(|fact| [&*fact.value.en, &*fact.value.zh]);
        let listed = role.listed_under.as_ref().map(|text| [&*text.en, &*text.zh]);
        let target = || Target::Role(role.id.clone());
        self.push(
            Kind::Role,
            &[&role.short_name, &role.name],
            listed.as_ref().or(feature.as_ref()).map_or(&[], |texts| texts),
            target(),
        );
        if let Some(texts) = feature {
            self.push(Kind::Feature, &texts, &[], target());
        }
        // A document is found once: what leads to it leads to its policy.
        let itself = |name: &str| role.kind == RoleKind::Document && role.name.starts_with(name);
        let named = |name: &str| name != Policy::NONE && !itself(name);
        if let Some(policy) = role.policy.as_ref().filter(|policy| named(&policy.name)) {
            self.push(Kind::Policy, &[&policy.name], &[], Target::Policy(role.id.clone()));
        }
        if let Some(name) = &role.service_name {
            self.push(Kind::ServiceName, &[name], &[], target());
        }
    }

    /// Adds a service: by its code, its names, its short name and its aliases.
    fn push_service(&mut self, service: &Service) {
        let mut names = vec![&*service.code, &*service.name.en, &*service.name.zh, &*service.short];
        names.extend(service.aliases.iter().map(String::as_str));
        self.push(Kind::Service, &names, &[], Target::Service(Arc::from(&*service.code)));
    }
}
