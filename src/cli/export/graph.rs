//! The dependency view as a graph: a product has roles; things must be removed before a role, and some roles before
//! others; a role may create or pass other roles; it reaches services. Knows no format.

use std::collections::{HashMap, HashSet};

use super::{Chosen, brackets};
use crate::catalog::Catalog;
use crate::catalog::model::{Role, RoleId};
use crate::catalog::names;
use crate::catalog::removal::RolePlan;
use crate::policy::level::AccessLevel;
use crate::policy::summary::touched;
use crate::say::{Language, say};

/// What a node is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A product.
    Product,
    /// A role that was asked for.
    Role,
    /// Another role, one that is known by name only, or a pattern of roles.
    Other,
    /// What must be removed first.
    Thing,
    /// A cloud service.
    Service,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 5] = [Self::Product, Self::Role, Self::Other, Self::Thing, Self::Service];

    /// Its word in the formats.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Product => "product",
            Self::Role => "role",
            Self::Other => "other",
            Self::Thing => "thing",
            Self::Service => "service",
        }
    }
}

/// A node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// What it is.
    pub kind: Kind,
    /// What stands in it; as the catalogue has it.
    pub label: String,
}

/// How two nodes hang together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Bond {
    /// A product has a role.
    Has,
    /// The thing, or the role, must be removed first.
    First,
    /// The policy may create or pass the role.
    Power,
    /// The policy reaches the service, at most on this level; None through its resources only.
    Reaches(Option<AccessLevel>),
}

/// An edge between nodes by their places.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Edge {
    /// From this node.
    pub from: usize,
    /// To this one.
    pub to: usize,
    /// Of this kind.
    pub bond: Bond,
    /// What stands at it; may be empty.
    pub label: String,
}

/// Nodes and edges, each once, in the order of the catalogue.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Graph {
    /// The nodes.
    pub nodes: Vec<Node>,
    /// The edges.
    pub edges: Vec<Edge>,
    at: HashMap<(Kind, String), usize>,
    /// The edges once more: a large catalogue has too many for a look through them all.
    drawn: HashSet<Edge>,
}

impl Graph {
    /// The graph of these products and roles.
    pub fn of(chosen: &[Chosen<'_>], catalog: &Catalog, lang: Language) -> Self {
        let mut graph = Self::default();
        // Roles first, so that a power over one of them finds it.
        for Chosen { product, roles } in chosen {
            let from = graph.node(Kind::Product, &product.id.0, product.name.get(lang));
            for role in roles {
                let label = if role.is_partial() {
                    let partial = say(lang, "policy not whole");
                    format!("{} ◐ {partial}", role.short_name)
                } else {
                    role.short_name.clone()
                };
                let to = graph.node(Kind::Role, &role.id.0, &label);
                graph.edge(from, to, Bond::Has, "");
            }
        }
        // Also first, so that a power over one of them finds it; behind the described ones.
        for chosen in chosen {
            let product = chosen.product;
            let from = graph.node(Kind::Product, &product.id.0, product.name.get(lang));
            for listed in chosen.by_name(catalog) {
                let only = say(lang, ", known by name only");
                let label = format!("{}{only}", names::short(&listed.name));
                let to = graph.node(Kind::Other, &RoleId::of(&listed.name).0, &label);
                graph.edge(from, to, Bond::Has, "");
            }
        }
        for Chosen { product, roles } in chosen {
            for role in roles {
                graph.things(role, &product.id.0, lang);
                if let Some(plan) =
                    catalog.removal_of_role(&role.id).and_then(|p| p.roles.into_iter().next())
                {
                    graph.powers(role, &plan, lang);
                }
                graph.services(role, catalog, lang);
            }
            let plan = catalog.removal_of_product(&product.id);
            for order in plan.iter().flat_map(|plan| &plan.order) {
                let place = |id: &RoleId| graph.at.get(&(Kind::Role, id.0.to_string())).copied();
                if let (Some(first), Some(then)) = (place(&order.first), place(&order.then)) {
                    graph.edge(then, first, Bond::First, say(lang, "remove first"));
                }
            }
        }
        graph
    }

    fn node(&mut self, kind: Kind, key: &str, label: &str) -> usize {
        let next = self.nodes.len();
        let at = *self.at.entry((kind, key.to_owned())).or_insert(next);
        if at == next {
            self.nodes.push(Node { kind, label: label.to_owned() });
        }
        at
    }

    fn edge(&mut self, from: usize, to: usize, bond: Bond, label: &str) {
        let new = Edge { from, to, bond, label: label.to_owned() };
        if self.drawn.insert(new.clone()) {
            self.edges.push(new);
        }
    }

    fn role(&mut self, role: &Role) -> usize {
        self.node(Kind::Role, &role.id.0, &role.short_name)
    }

    /// The same thing before two roles of a product is one node; that of another product is another thing.
    fn things(&mut self, role: &Role, product: &str, lang: Language) {
        let from = self.role(role);
        for blocker in &role.blockers {
            let key = format!("{product} {}", blocker.what.en);
            let to = self.node(Kind::Thing, &key, blocker.what.get(lang));
            let standing = blocker.standing.words();
            let first = say(lang, "remove first");
            let label = format!("{first} {}", brackets(standing.get(lang), lang));
            self.edge(from, to, Bond::First, &label);
        }
    }

    fn powers(&mut self, role: &Role, plan: &RolePlan, lang: Language) {
        let from = self.role(role);
        let create = say(lang, "may create");
        for creates in &plan.creates {
            // A pattern may match hundreds of roles: it is shown as what it is.
            let to = match creates.roles.as_slice() {
                [one] => self.named(&one.name),
                _ => self.node(Kind::Other, &creates.service_name, &creates.service_name),
            };
            self.edge(from, to, Bond::Power, create);
        }
        for passes in &plan.passes {
            let to = self.named(passes.pass.role_name());
            self.edge(from, to, Bond::Power, say(lang, "may pass"));
        }
    }

    /// The node of a role that was asked for, else one of another role.
    fn named(&mut self, name: &str) -> usize {
        let id = RoleId::of(name).0.to_string();
        match self.at.get(&(Kind::Role, id.clone())) {
            Some(at) => *at,
            None => self.node(Kind::Other, &id, names::short(name)),
        }
    }

    fn services(&mut self, role: &Role, catalog: &Catalog, lang: Language) {
        let from = self.role(role);
        let Some(document) = catalog.document(role) else { return };
        // A service of which actions are only denied is not reached.
        for touched in touched(&document, catalog).iter().filter(|one| one.is_touched()) {
            let short = catalog.service_short(&touched.code, lang);
            let label = match catalog.service(&touched.code) {
                Some(service) => format!("{short} ({})", service.code),
                None => short,
            };
            let to = self.node(Kind::Service, &touched.code, &label);
            let level =
                touched.level.map_or(say(lang, "its resources"), |one| say(lang, one.word()));
            self.edge(from, to, Bond::Reaches(touched.level), level);
        }
    }
}
