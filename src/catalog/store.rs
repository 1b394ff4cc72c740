//! The catalogue: everything that was loaded, and the ways to look things up.
//!
//! Files are merged one by one ([`Catalog::merge_file`]): the built-in ones first, then users' own,
//! whose entries replace those of the same name. A file with a fault changes nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::actions::{Action, Actions};
use super::error::LoadError;
use super::format::{File, PolicyEntry, RoleEntry, ServiceEntry};
use super::model::{
    Blocker, Fact, Policy, Product, ProductId, Role, RoleId, Service, Standing, Wholeness,
};
use super::services::Services;
use crate::policy::vocabulary::{KnownAction, Vocabulary};

/// Finds the text of a policy document by the path that a catalogue file gives.
pub type Documents<'a> = &'a dyn Fn(&str) -> Option<Arc<str>>;

/// A policy for people that lets them create service-linked roles, such as `AliyunKafkaFullAccess`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UserPolicy {
    /// The product whose file names it.
    pub product: ProductId,
    /// Its name.
    pub name: String,
    /// Its version, where known.
    pub version: Option<String>,
    /// Its document.
    pub source: Arc<str>,
}

/// All that is known of products, roles, services and actions.
#[derive(Clone, Debug, Default)]
pub struct Catalog {
    products: Vec<Product>,
    roles: Vec<Role>,
    at: BTreeMap<RoleId, usize>,
    user_policies: Vec<UserPolicy>,
    services: Services,
    actions: Actions,
    date: Option<String>,
}

impl Catalog {
    /// The products in the order of the catalogue.
    pub fn products(&self) -> &[Product] {
        &self.products
    }

    /// Every role, in the order of the products.
    pub fn roles(&self) -> &[Role] {
        &self.roles
    }

    /// A product by its id.
    pub fn product(&self, id: &ProductId) -> Option<&Product> {
        self.products.iter().find(|product| product.id == *id)
    }

    /// A role by its id.
    pub fn role(&self, id: &RoleId) -> Option<&Role> {
        self.at.get(id).and_then(|at| self.roles.get(*at))
    }

    /// The roles of a product in its order.
    pub fn roles_of<'a>(&'a self, product: &'a ProductId) -> impl Iterator<Item = &'a Role> {
        self.product(product)
            .into_iter()
            .flat_map(|product| &product.roles)
            .filter_map(|id| self.role(id))
    }

    /// The roles that a service name may assume (one, save for mistakes in users' files).
    pub fn roles_of_service<'a>(&'a self, service_name: &'a str) -> impl Iterator<Item = &'a Role> {
        self.roles.iter().filter(move |role| {
            role.service_name
                .as_ref()
                .is_some_and(|name| name.eq_ignore_ascii_case(service_name))
        })
    }

    /// The policies for people that let them create roles.
    pub fn user_policies(&self) -> &[UserPolicy] {
        &self.user_policies
    }

    /// The service of a RAM code, in any case.
    pub fn service(&self, code: &str) -> Option<&Service> {
        self.services.get(code)
    }

    /// The table of services.
    pub fn services(&self) -> &Services {
        &self.services
    }

    /// The table of actions.
    pub fn actions(&self) -> &Actions {
        &self.actions
    }

    /// The day of the newest fact, as `2026-11-22`.
    pub fn date(&self) -> Option<&str> {
        self.date.as_deref()
    }

    /// Adds what a catalogue file says; on a fault nothing is changed.
    ///
    /// `file` is the name for messages. `documents` finds the policy files that it names.
    pub fn merge_file(
        &mut self,
        file: &str,
        text: &str,
        documents: Documents<'_>,
    ) -> Result<(), LoadError> {
        let entries: File =
            serde_json::from_str(text).map_err(|error| LoadError::json(file, text, &error))?;
        let loader = Loader {
            file,
            text,
            documents,
        };
        let product = entries.product.map(|entry| Product {
            id: ProductId(entry.id.into()),
            name: entry.name.into(),
            page: entry.page,
            roles: Vec::new(),
        });
        let owner = product.as_ref().map(|product| product.id.clone());
        if owner.is_none() && !(entries.roles.is_empty() && entries.user_policies.is_empty()) {
            return Err(loader.near(
                "roles",
                "The file has roles but no product",
                "Add \"product\": {\"id\": .., \"name\": {\"en\": ..}}.",
            ));
        }
        let (mut roles, mut user_policies) = (Vec::new(), Vec::new());
        if let Some(owner) = &owner {
            let mut seen = BTreeSet::new();
            for entry in entries.roles {
                let role = loader.role(owner, entry)?;
                if !seen.insert(role.id.clone()) {
                    return Err(loader.near(
                        &role.name,
                        format!("The role {} stands twice in this file", role.name),
                        "Remove one of the two.",
                    ));
                }
                roles.push(role);
            }
            for entry in entries.user_policies {
                user_policies.push(UserPolicy {
                    product: owner.clone(),
                    source: loader.document(&entry.file)?,
                    name: entry.name,
                    version: entry.version,
                });
            }
        }
        if let Some(action) = entries
            .actions
            .iter()
            .find(|action| !action.name.contains(':'))
        {
            return Err(loader.near(
                &action.name,
                format!("The action {} has no service before a colon", action.name),
                "Write it as service:Name, such as ecs:DescribeInstances.",
            ));
        }

        // Nothing can fail from here on.
        if let Some(product) = product {
            self.add_product(product);
        }
        for role in roles {
            self.add_role(role);
        }
        for policy in user_policies {
            self.user_policies.retain(|other| other.name != policy.name);
            self.user_policies.push(policy);
        }
        self.services
            .merge(entries.services.into_iter().map(service).collect());
        let actions = entries.actions.into_iter().map(|entry| Action {
            name: entry.name,
            level: entry.level.0,
            source: entry.source.0,
            meaning: entry.meaning.map(Into::into),
            page: entry.page,
        });
        self.actions.merge(actions.collect());
        // Dates are written year first, so the later one is the greater text.
        self.date = self.date.take().max(entries.date);
        Ok(())
    }

    fn add_product(&mut self, mut product: Product) {
        match self
            .products
            .iter_mut()
            .find(|other| other.id == product.id)
        {
            Some(other) => {
                product.roles = std::mem::take(&mut other.roles);
                *other = product;
            }
            None => self.products.push(product),
        }
    }

    fn add_role(&mut self, role: Role) {
        for product in &mut self.products {
            let listed = product.roles.contains(&role.id);
            if product.id != role.product {
                product.roles.retain(|id| *id != role.id);
            } else if !listed {
                product.roles.push(role.id.clone());
            }
        }
        if let Some(other) = self.at.get(&role.id).and_then(|at| self.roles.get_mut(*at)) {
            *other = role;
        } else {
            self.at.insert(role.id.clone(), self.roles.len());
            self.roles.push(role);
        }
    }
}

impl Vocabulary for Catalog {
    fn action(&self, name: &str) -> Option<KnownAction<'_>> {
        self.actions.known(name)
    }

    fn actions_of(&self, service: &str) -> Vec<KnownAction<'_>> {
        self.actions.known_of(service)
    }

    fn services(&self) -> Vec<&str> {
        self.actions.codes()
    }

    fn service_name(&self, code: &str) -> Option<&str> {
        self.service(code).map(|service| service.name.en.as_str())
    }
}

/// One file on its way into the catalogue.
struct Loader<'a> {
    file: &'a str,
    text: &'a str,
    documents: Documents<'a>,
}

impl Loader<'_> {
    fn near(&self, needle: &str, what: impl Into<String>, remedy: &str) -> LoadError {
        LoadError::near(self.file, self.text, needle, what, remedy)
    }

    fn role(&self, product: &ProductId, entry: RoleEntry) -> Result<Role, LoadError> {
        // RAM's limit on role names; an empty or spaced name could never be looked up.
        if entry.name.is_empty()
            || entry.name.len() > 64
            || entry
                .name
                .contains(|c: char| c.is_whitespace() || c.is_control())
        {
            return Err(self.near(
                &entry.name,
                "A role name must have 1 to 64 characters and no spaces",
                "Write the name as the RAM console shows it.",
            ));
        }
        let trust_standing = entry.trust.map_or(Standing::Implied, |word| word.0);
        Ok(Role {
            id: RoleId::of(&entry.name),
            product: product.clone(),
            short_name: entry
                .short_name
                .unwrap_or_else(|| super::names::short(&entry.name).to_owned()),
            trust: entry.service_name.as_ref().map(|name| Fact {
                value: super::names::trust_document(name).into(),
                standing: trust_standing,
            }),
            service_name: entry.service_name,
            feature: entry.feature.map(Into::into),
            purpose: entry.purpose.map(Into::into),
            created_when: entry.created_when.map(Into::into),
            policy: entry.policy.map(|policy| self.policy(policy)).transpose()?,
            blockers: entry
                .blockers
                .into_iter()
                .map(|blocker| Blocker {
                    what: blocker.what.into(),
                    because: blocker.because.into(),
                    standing: blocker.standing.0,
                    check: blocker.check.map(Into::into),
                    command: blocker.command,
                })
                .collect(),
            stops: entry.stops.into_iter().map(Into::into).collect(),
            notes: entry.notes.into_iter().map(Into::into).collect(),
            name: entry.name,
        })
    }

    fn policy(&self, entry: PolicyEntry) -> Result<Policy, LoadError> {
        let whole = match (entry.missing, entry.reconstructed) {
            (None, None) => Wholeness::Whole,
            (Some(text), None) => Wholeness::Incomplete(text.into()),
            (None, Some(text)) => Wholeness::PartlyReconstructed(text.into()),
            (Some(_), Some(_)) => {
                return Err(self.near(
                    &entry.name,
                    format!(
                        "The policy {} has both missing and reconstructed",
                        entry.name
                    ),
                    "Say both in the text of one of the two fields.",
                ));
            }
        };
        Ok(Policy {
            source: self.document(&entry.file)?,
            name: entry.name,
            standing: entry.standing.0,
            whole,
            updated: entry.updated,
            page: entry.page,
            statements: entry.statements.into_iter().map(Into::into).collect(),
            notes: entry.notes.into_iter().map(Into::into).collect(),
        })
    }

    fn document(&self, path: &str) -> Result<Arc<str>, LoadError> {
        (self.documents)(path).ok_or_else(|| {
            self.near(
                path,
                format!("The policy document {path} was not found"),
                "Put it beside this file under that path, or correct the path.",
            )
        })
    }
}

fn service(entry: ServiceEntry) -> Service {
    Service {
        short: entry.short.unwrap_or_else(|| entry.code.to_uppercase()),
        code: entry.code,
        name: entry.name.into(),
        aliases: entry.aliases,
        page: entry.page,
    }
}
