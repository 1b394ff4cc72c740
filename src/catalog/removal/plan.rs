//! The removal plan as data: steps, what stops, powers over other roles, the way back.

use std::collections::HashMap;

use super::super::known;
use super::super::model::{Fact, Product, ProductId, Role, RoleId, RoleKind, Standing, Text};
use super::super::names;
use super::super::observed::Observation;
use super::super::store::Catalog;
use super::super::text::visible;
use super::order::{self, Precedence};
use super::powers::{self, Powers};
use crate::say::{Saying, saying};
use crate::sort;

/// What a plan removes, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RemovalPlan {
    /// The product, for the plan of a whole product.
    pub product: Option<(ProductId, Text)>,
    /// The roles in the order in which they go.
    pub roles: Vec<RolePlan>,
    /// Roles of the product that are known by name only; empty for the plan of one role.
    pub by_name: Vec<ListedRole>,
    /// Why some go before others; empty where no order is known.
    pub order: Vec<Precedence>,
    /// There are more such reasons, so that the order keeps only those that are told.
    pub order_cut: bool,
    /// These contradict each other, so the roles stand in an order that keeps only some of them.
    pub contradicts: bool,
    /// The day on which an account was read that is known; safe to print.
    pub account_day: Option<String>,
}

/// The plan of one role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RolePlan {
    /// The role.
    pub role: RoleId,
    /// Its full name.
    pub name: String,
    /// Its short readable name.
    pub short_name: String,
    /// Its service name, where known.
    pub service_name: Option<String>,
    /// Is it in the account that was read? None where none was.
    pub in_account: Option<bool>,
    /// The day since which it is in that account, where RAM told it; safe to print.
    pub since: Option<String>,
    /// The checklist, in order.
    pub steps: Vec<Step>,
    /// What stops working.
    pub stops: Vec<Fact<Text>>,
    /// The product may delete the role by itself: its own policy says so.
    pub self_delete: bool,
    /// Roles that the policy may create.
    pub creates: Vec<Creates>,
    /// Roles that the policy may pass.
    pub passes: Vec<Passes>,
    /// The policy names more other roles than are told here.
    pub cut: bool,
    /// The policy document could not be read, so that nothing is known of its powers.
    pub unread: bool,
    /// Why the powers may not be all: the policy text is not whole.
    pub powers_warning: Option<Text>,
    /// When the cloud creates the role, which is also when it comes back.
    pub created_when: Option<Fact<Text>>,
    /// Policies for people that let them create the role.
    pub granted_by: Vec<String>,
    /// Those of the catalogue that do not; empty where no service name is known that they could name.
    pub not_granted_by: Vec<String>,
}

/// One line of the checklist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The part of the work.
    pub stage: Stage,
    /// What to do, or which things must go.
    pub what: Text,
    /// How sure it is; None where nothing is known.
    pub standing: Option<Standing>,
    /// Why.
    pub because: Option<Text>,
    /// Where a person looks.
    pub check: Option<Text>,
    /// The command.
    pub command: Option<String>,
}

/// The parts of the work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Stage {
    /// Things that have to go first.
    Remove,
    /// Look at the role.
    Look,
    /// Ask for the deletion.
    Delete,
    /// Ask how it went.
    Poll,
}

/// A service name whose roles a policy may create.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Creates {
    /// The service name as written; `*` for any.
    pub service_name: String,
    /// Index of the statement, from 0.
    pub statement: usize,
    /// The roles that go with it, where known.
    pub roles: Vec<NamedRole>,
}

/// A role by name; more of them are known than the catalogue describes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedRole {
    /// The full name.
    pub name: String,
    /// The product.
    pub product: Text,
    /// Its id, where the catalogue describes it.
    pub id: Option<RoleId>,
}

/// A role that a list of role names puts under a product and of which nothing else is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedRole {
    /// The full name.
    pub name: String,
    /// Its id, where it is among the roles that are known by name here.
    pub id: Option<RoleId>,
    /// Is it in the account that was read? None where none was.
    pub in_account: Option<bool>,
}

/// A role that a policy may pass.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passes {
    /// What the policy says.
    pub pass: powers::Pass,
    /// Its id, where the catalogue describes it.
    pub role: Option<RoleId>,
}

impl Catalog {
    /// The removal plan of a service-linked role; None for another one, see [`no_plan`].
    pub fn removal_of_role(&self, role: &RoleId) -> Option<RemovalPlan> {
        let role = self.role(role).filter(|role| role.kind == RoleKind::ServiceLinked)?;
        Some(RemovalPlan {
            product: None,
            roles: vec![RolePlan::of(self, role, self.powers(role), &self.for_people())],
            by_name: Vec::new(),
            order: Vec::new(),
            order_cut: false,
            contradicts: false,
            account_day: self.account_day(),
        })
    }

    /// The roles that a list of role names puts under a product and that are not described there, by name.
    pub fn known_by_name(&self, product: &Product) -> Vec<ListedRole> {
        let mut listed: Vec<ListedRole> = known::of_product(&product.name.en)
            .map(|known| (known.role, RoleId::of(known.role)))
            .filter(|(_, id)| !product.roles.contains(id))
            .map(|(name, id)| ListedRole {
                name: name.to_owned(),
                in_account: self.observation(&id).map(|seen| seen.exists),
                id: self.role(&id).is_some().then_some(id),
            })
            .collect();
        sort::by(&mut listed, |one, other| one.name.cmp(&other.name));
        listed
    }

    fn account_day(&self) -> Option<String> {
        self.account().map(|account| visible(account.day()))
    }

    /// The removal plan of every service-linked role of a product; None where it has no such role.
    pub fn removal_of_product(&self, product: &ProductId) -> Option<RemovalPlan> {
        let product = self.product(product).filter(|product| !product.id.is_of_many())?;
        let linked = self.roles_of(&product.id).filter(|role| role.kind == RoleKind::ServiceLinked);
        let mut roles: Vec<(&Role, Option<Powers>)> =
            linked.map(|role| (role, self.powers(role))).collect();
        if roles.is_empty() {
            return None;
        }
        let at: HashMap<&RoleId, usize> =
            roles.iter().enumerate().map(|(at, (role, _))| (&role.id, at)).collect();
        let both = |p: &Precedence| Some((*at.get(&p.first)?, *at.get(&p.then)?));
        let (mut order, mut pairs): (Vec<Precedence>, Vec<(usize, usize)>) =
            self.precedences().iter().filter_map(|p| Some((p.clone(), both(p)?))).unzip();
        let (found, order_cut) = bringing_back(&roles);
        for (first, then) in found {
            let id = |at: usize| roles.get(at).map(|(role, _)| role.id.clone());
            let (Some(first_id), Some(then_id)) = (id(first), id(then)) else { continue };
            pairs.push((first, then));
            order.push(Precedence {
                first: first_id,
                then: then_id,
                because: Text::new(
                    "Its policy may create or pass the other role, so it could bring it \
                     back or still need it.",
                    "其策略可以创建或传递另一个角色，因此可能重新创建它或仍需要它。",
                ),
                standing: Standing::Derived,
            });
        }
        let (sorted, holds) = order::sort(roles.len(), &pairs);
        let people = self.for_people();
        let plans = sorted
            .iter()
            .filter_map(|at| {
                let (role, powers) = roles.get_mut(*at)?;
                Some(RolePlan::of(self, role, powers.take(), &people))
            })
            .collect();
        Some(RemovalPlan {
            product: Some((product.id.clone(), product.name.clone())),
            roles: plans,
            by_name: self.known_by_name(product),
            order,
            order_cut,
            contradicts: !holds,
            account_day: self.account_day(),
        })
    }

    /// The policies for people, by name and version, with what they may do to roles. Of one that cannot be read nothing is
    /// said.
    fn for_people(&self) -> Vec<(String, Powers)> {
        let policies = self.user_policies().iter();
        let read = policies.filter_map(|policy| {
            let document = Self::read_document(&policy.source).ok()?;
            let name = match &policy.version {
                Some(version) => format!("{} {version}", policy.name),
                None => policy.name.clone(),
            };
            Some((name, Powers::of(&document)))
        });
        read.collect()
    }

    /// What the role's policy may do to other roles; None where it has no readable policy.
    fn powers(&self, role: &Role) -> Option<Powers> {
        self.document(role).map(|document| Powers::of(&document))
    }
}

impl RemovalPlan {
    /// Is the role of this name one that the plan is about? Some services add a suffix of the user's choice.
    pub fn is_about(&self, named: &str) -> bool {
        self.name_of(named).is_some()
    }

    /// The name of its role that a name means which RAM has written: of several the one that it names most closely.
    pub fn name_of(&self, named: &str) -> Option<&str> {
        let names = self.roles.iter().map(|role| role.name.as_str());
        let names = names.chain(self.by_name.iter().map(|role| role.name.as_str()));
        names.filter(|name| names::means(named, name)).max_by_key(|name| name.len())
    }
}

/// Why there is no removal plan of a role, in a sentence; None where there is one.
pub fn no_plan(role: &Role) -> Option<Saying> {
    let why = match role.kind {
        RoleKind::ServiceLinked => return None,
        RoleKind::Ordinary => {
            saying("{} is not a service-linked role: removal plans are made for those only.")
        }
        RoleKind::Document => {
            saying("{} is a policy document and no role: there is nothing to remove.")
        }
    };
    Some(why.with(visible(&role.name)))
}

/// Why there is no removal plan of a product, in a sentence.
pub fn no_plan_of_product(product: &ProductId) -> Saying {
    if product.is_of_many() {
        return saying(
            "These roles belong to many products: choose one of them for its removal plan.",
        );
    }
    saying("There is no service-linked role here: there is nothing to remove.")
}

/// The pairs of roles of which the first may bring the other back or hand it on; and whether there are more than are told.
fn bringing_back(roles: &[(&Role, Option<Powers>)]) -> (Vec<(usize, usize)>, bool) {
    let mut found = Vec::new();
    let mut left = order::MOST_PAIRS;
    for (first, (_, powers)) in roles.iter().enumerate() {
        let Some(powers) = powers else { continue };
        let held = powers.creates.len() + powers.passes.len();
        for (then, (role, _)) in roles.iter().enumerate().filter(|_| held > 0) {
            let Some(rest) = left.checked_sub(held) else { return (found, true) };
            left = rest;
            if first == then || !brings_back(powers, role) {
                continue;
            }
            if found.len() == order::MOST {
                return (found, true);
            }
            found.push((first, then));
        }
    }
    (found, false)
}

fn brings_back(powers: &Powers, role: &Role) -> bool {
    role.service_name.as_ref().is_some_and(|name| powers.may_create(name))
        || powers.passes.iter().any(|pass| powers::matches(pass.role_name(), &role.name))
}

impl RolePlan {
    fn of(
        catalog: &Catalog,
        role: &Role,
        powers: Option<Powers>,
        people: &[(String, Powers)],
    ) -> Self {
        let powers_known = powers.is_some();
        let powers = powers.unwrap_or_default();
        let granting = role.service_name.as_ref().map(|name| granting(people, name));
        let (granted_by, not_granted_by) = granting.unwrap_or_default();
        let seen = catalog.observation(&role.id);
        Self {
            role: role.id.clone(),
            name: role.name.clone(),
            short_name: role.short_name.clone(),
            service_name: role.service_name.clone(),
            in_account: seen.map(|seen| seen.exists),
            since: seen.and_then(Observation::since).map(visible),
            steps: steps(role, seen.is_some_and(|seen| seen.exists)),
            stops: role.stops.clone(),
            self_delete: role.service_name.as_ref().is_some_and(|name| powers.may_delete(name)),
            creates: powers.creates.iter().map(|power| creates(catalog, power)).collect(),
            passes: powers
                .passes
                .into_iter()
                .map(|pass| {
                    let role = catalog.role(&RoleId::of(pass.role_name()));
                    Passes { role: role.map(|role| role.id.clone()), pass }
                })
                .collect(),
            cut: powers.cut,
            unread: !powers_known,
            powers_warning: role.policy.as_ref().and_then(|policy| policy.warning().cloned()),
            created_when: role.created_when.as_deref().cloned(),
            granted_by,
            not_granted_by,
        }
    }

    /// The command that creates the role again.
    pub fn create_command(&self) -> Option<String> {
        self.service_name.as_ref().map(|name| super::super::commands::create(name))
    }
}

/// The policies for people that may create the role of a service name, and those that may not.
fn granting(people: &[(String, Powers)], service_name: &str) -> (Vec<String>, Vec<String>) {
    let (may, not): (Vec<_>, Vec<_>) =
        people.iter().partition(|(_, powers)| powers.may_create(service_name));
    let names = |list: Vec<&(String, Powers)>| list.iter().map(|(name, _)| name.clone()).collect();
    (names(may), names(not))
}

fn creates(catalog: &Catalog, power: &powers::Power) -> Creates {
    let name = power.service_name.as_str();
    let mut roles: Vec<NamedRole> = Vec::new();
    // A pattern that matches everything says nothing by listing everything.
    if name != "*" {
        for role in catalog.roles() {
            let matches = role.service_name.as_ref().is_some_and(|s| powers::matches(name, s));
            if matches {
                let product = catalog.product(&role.product).map(|p| p.name.clone());
                roles.push(NamedRole {
                    name: role.name.clone(),
                    product: product.unwrap_or_default(),
                    id: Some(role.id.clone()),
                });
            }
        }
        for role in known::known_roles() {
            if role.service_name.is_some_and(|service| powers::matches(name, service))
                && !roles.iter().any(|known| known.name.eq_ignore_ascii_case(role.role))
            {
                roles.push(NamedRole {
                    name: role.role.to_owned(),
                    product: role.product.map(Text::same).unwrap_or_default(),
                    id: None,
                });
            }
        }
    }
    Creates { service_name: name.to_owned(), statement: power.statement, roles }
}

fn steps(role: &Role, seen: bool) -> Vec<Step> {
    use super::super::commands;
    let mut steps: Vec<Step> = role
        .blockers
        .iter()
        .map(|blocker| Step {
            stage: Stage::Remove,
            what: blocker.what.clone(),
            standing: Some(blocker.standing.clone()),
            because: Some(blocker.because.clone()),
            check: blocker.check.clone(),
            command: blocker.command.clone(),
        })
        .collect();
    if steps.is_empty() {
        steps.push(Step {
            stage: Stage::Remove,
            what: Text::new("Whatever still uses the role", "仍在使用该角色的资源"),
            standing: None,
            because: Some(Text::new(
                "What has to go before this role is not established here; the product's own page may say.",
                "此处尚未查明删除该角色前需要先移除什么；产品自己的文档可能有说明。",
            )),
            check: Some(Text::new(
                "Ask for the deletion: RAM refuses while the role is used and names each resource.",
                "可直接申请删除：角色仍被使用时 RAM 会拒绝，并列出相关资源。",
            )),
            command: None,
        });
    }
    let documented = Some(Standing::Documented);
    steps.push(Step {
        stage: Stage::Look,
        what: if seen {
            Text::new("See that the role is still there", "确认角色仍然存在")
        } else {
            Text::new("See that the role is there", "确认角色存在")
        },
        standing: documented.clone(),
        because: None,
        check: Some(Text::new(
            "RAM console, Roles page: search for the role name.",
            "RAM 控制台的角色页面：搜索该角色名称。",
        )),
        command: Some(commands::show(&role.name)),
    });
    steps.push(Step {
        stage: Stage::Delete,
        what: Text::new("Ask for the deletion", "申请删除"),
        standing: documented.clone(),
        because: Some(Text::new(
            "The deletion runs on its own; the answer is the id of a task.",
            "删除是异步进行的，返回的是任务 ID。",
        )),
        check: Some(Text::new(
            "RAM console, Roles page: Delete in the row of the role.",
            "RAM 控制台的角色页面：在该角色所在行点击删除。",
        )),
        command: Some(commands::delete(&role.name)),
    });
    steps.push(Step {
        stage: Stage::Poll,
        what: Text::new("Ask how it went, until it has ended", "查询结果，直到任务结束"),
        standing: documented,
        because: None,
        check: None,
        command: Some(commands::poll(&commands::task_form(
            role.service_name.as_deref(),
            &role.name,
        ))),
    });
    steps
}
