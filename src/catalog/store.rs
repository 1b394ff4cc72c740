//! The catalogue: everything that was loaded, and the ways to look things up.
//!
//! Filled by `load`; knows no file format.

use std::collections::BTreeSet;
use std::sync::{Arc, OnceLock};

use super::actions::{Actions, letters};
use super::known;
use super::model::{Product, ProductId, Role, RoleId, Service, Text};
use super::names;
use super::observed::Observations;
use super::removal::Precedence;
use super::services::Services;
use crate::hash::{Map, Set};
use crate::policy::source::Source;
use crate::policy::vocabulary::{KnownAction, Vocabulary};
use crate::room;
use crate::say::Language;

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
    pub source: Source,
}

/// All that is known of products, roles, services and actions.
#[derive(Clone, Debug, Default)]
pub struct Catalog {
    products: Vec<Product>,
    /// What the names of services of linked roles have before the domain, which is mostly a code too; by the first
    /// question.
    families: OnceLock<Set<String>>,
    product_at: Map<ProductId, usize>,
    roles: Vec<Role>,
    at: Map<RoleId, usize>,
    /// The ARNs of roles that people's own files have.
    arns: Map<RoleId, Box<str>>,
    user_policies: Vec<UserPolicy>,
    precedences: Vec<Precedence>,
    /// Shared, because the catalogue is copied when roles join one that somebody else holds.
    pub(super) services: Arc<Services>,
    pub(super) actions: Arc<Actions>,
    pub(super) date: Option<String>,
    pub(super) observed: Option<Observations>,
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
        self.product_at.get(id).and_then(|at| self.products.get(*at))
    }

    /// The product that a role belongs to, in words: the one that it is filed under, or, where that holds roles of many
    /// products, what a list of role names puts it under, which is then said.
    pub fn product_words(&self, role: &Role) -> Option<Text> {
        if let Some(listed) = &role.listed_under {
            let Text { en, zh } = &**listed;
            let english = format!("{en} (so in a list of role names)");
            let chinese = if en == zh {
                format!("{zh}（角色名称列表中的写法）")
            } else {
                format!("{zh}（角色名称列表中写作 {en}）")
            };
            return Some(Text::new(english, chinese));
        }
        self.product(&role.product).map(|product| product.name.clone())
    }

    /// A role by its id.
    pub fn role(&self, id: &RoleId) -> Option<&Role> {
        self.at.get(id).and_then(|at| self.roles.get(*at))
    }

    /// The ARN of a role, where a file of people's own has it.
    pub(super) fn arn_in_file(&self, id: &RoleId) -> Option<&str> {
        self.arns.get(id).map(|arn| &**arn)
    }

    /// Keeps the ARN that a file has of a role.
    pub(super) fn keep_arn(&mut self, id: RoleId, arn: Box<str>) {
        self.arns.insert(id, arn);
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
            role.service_name.as_ref().is_some_and(|name| name.eq_ignore_ascii_case(service_name))
        })
    }

    /// The policies for people that let them create roles.
    pub fn user_policies(&self) -> &[UserPolicy] {
        &self.user_policies
    }

    /// The policy for people of this name, in any case.
    pub fn user_policy(&self, name: &str) -> Option<&UserPolicy> {
        self.user_policies.iter().find(|policy| policy.name.eq_ignore_ascii_case(name))
    }

    /// Which roles have to go before which.
    pub fn precedences(&self) -> &[Precedence] {
        &self.precedences
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

    /// The products as they are before their roles come in.
    pub fn products_bare(&self) -> Vec<Product> {
        let bare = |product: &Product| Product { roles: Vec::new(), ..product.clone() };
        self.products.iter().map(bare).collect()
    }

    /// The same services, actions and policies for people, without products and roles.
    #[must_use]
    pub fn without_products(&self) -> Self {
        Self {
            products: Vec::new(),
            families: OnceLock::new(),
            product_at: Map::default(),
            roles: Vec::new(),
            at: Map::default(),
            ..self.clone()
        }
    }

    /// Adds a product; one of the same id keeps its roles.
    pub(super) fn add_product(&mut self, mut product: Product) {
        if let Some(other) = self.product_mut(&product.id) {
            product.roles = std::mem::take(&mut other.roles);
            *other = product;
        } else {
            self.product_at.insert(product.id.clone(), self.products.len());
            self.products.push(product);
        }
    }

    fn product_mut(&mut self, id: &ProductId) -> Option<&mut Product> {
        self.product_at.get(id).and_then(|at| self.products.get_mut(*at))
    }

    /// Makes room for so many roles.
    pub(super) fn make_room(&mut self, more: usize) {
        room::make(&mut self.roles, more);
        self.at.reserve(more);
    }

    /// Adds a role at the end of its product, or in the place of the one of the same name.
    pub(super) fn add_role(&mut self, role: Role) {
        self.families.take();
        let before = self.at.get(&role.id).copied();
        let old = before.and_then(|at| self.roles.get(at)).map(|old| old.product.clone());
        if old.as_ref() != Some(&role.product) {
            if let Some(product) = old.and_then(|id| self.product_mut(&id)) {
                product.roles.retain(|id| *id != role.id);
            }
            if let Some(product) = self.product_mut(&role.product) {
                product.roles.push(role.id.clone());
            }
        }
        if let Some(before) = before.and_then(|at| self.roles.get_mut(at)) {
            *before = role;
        } else {
            self.at.insert(role.id.clone(), self.roles.len());
            self.roles.push(role);
        }
    }

    /// Adds a policy for people, or puts it in the place of the one of the same name.
    pub(super) fn add_user_policy(&mut self, policy: UserPolicy) {
        match self.user_policies.iter_mut().find(|other| other.name == policy.name) {
            Some(other) => *other = policy,
            None => self.user_policies.push(policy),
        }
    }

    /// Adds an order of two roles, or puts it in the place of the one of the same two.
    pub(super) fn add_precedence(&mut self, new: Precedence) {
        let same = |old: &&mut Precedence| old.first == new.first && old.then == new.then;
        match self.precedences.iter_mut().find(same) {
            Some(old) => *old = new,
            None => self.precedences.push(new),
        }
    }
}

impl Vocabulary for Catalog {
    fn action(&self, name: &str) -> Option<KnownAction<'_>> {
        self.actions.known(name)
    }

    fn action_of_hash(&self, name: &str, hash: u64) -> Option<KnownAction<'_>> {
        self.actions.known_of_hash(name, hash)
    }

    fn actions_of(&self, service: &str) -> Vec<KnownAction<'_>> {
        self.actions.known_of(service)
    }

    fn actions_from(&self, start: &str) -> Vec<KnownAction<'_>> {
        self.actions.known_from(start)
    }

    fn operations_of(&self, service: &str) -> Vec<(&str, &str)> {
        let named = self.actions.of(service);
        named.filter_map(|action| Some((action.api.as_deref()?, &*action.name))).collect()
    }

    fn services(&self) -> Vec<&str> {
        self.actions.codes()
    }

    fn service_name(&self, language: Language, code: &str) -> Option<&str> {
        self.service(code).map(|service| service.name.get(language))
    }

    fn is_service(&self, code: &str) -> bool {
        let families = || {
            let names = self.linked_services().into_iter();
            names.map(|name| names::family(name).to_ascii_lowercase()).collect()
        };
        self.service(code).is_some()
            || !code.is_empty() && self.families.get_or_init(families).contains(code)
    }

    fn code_of(&self, name: &str) -> Option<&str> {
        let plain = |text: &str| {
            letters(text).filter(|byte| !matches!(byte, b' ' | b'-')).eq(letters(name))
        };
        let mut services = self.services.all().iter();
        let named = services.find(|service| plain(&service.short) || plain(&service.name.en))?;
        self.service(name).is_none().then_some(&named.code)
    }

    fn is_linked_service(&self, name: &str) -> bool {
        // The index of other roles is not read where the catalogue's own suffice.
        let mut own = self.roles.iter().filter_map(|role| role.service_name.as_deref());
        own.any(|known| known.eq_ignore_ascii_case(name))
            || known::of_service(name).next().is_some()
    }

    fn linked_services(&self) -> Vec<&str> {
        let own = self.roles.iter().filter_map(|role| role.service_name.as_deref());
        let all = known::known_roles().iter().filter_map(|role| role.service_name);
        own.chain(all).collect::<BTreeSet<&str>>().into_iter().collect()
    }
}
