//! Laying a snapshot over the catalogue.

use crate::hash::Map;
use crate::policy::findings::Origin;
use crate::policy::read;
use crate::policy::source::Source;

use super::super::known;
use super::super::model::{
    AttachedPolicy, Fact, Missing, Policy, Product, ProductId, Role, RoleId, RoleKind, Standing,
    Text, Wholeness,
};
use super::super::names;
use super::super::store::Catalog;
use super::documents::{Papers, no_document, of_role, trusted_service};
use super::drift::Drift;
use super::snapshot::{AccountRole, Snapshot};
use super::{Account, Observation, Observations};

/// The product of service-linked roles that belong to no product of the catalogue.
const OBSERVED: (&str, &str, &str) =
    (ProductId::OBSERVED, "Observed in the account", "账号中的其他服务关联角色");
/// The product of roles that are not service-linked.
const OTHERS: (&str, &str, &str) =
    (ProductId::ORDINARY, "Other roles of the account", "账号中的其他角色");

impl Catalog {
    /// Takes in what was observed in an account: which roles exist, their true texts in place of those that are
    /// not whole or mean something else, and roles that the catalogue does not have. A second account takes the place of the first; roles
    /// that came with the first stay, as not in the account. Gives back the names of policies whose text is none; of
    /// those the catalogue's text stays.
    pub fn observe(&mut self, snapshot: &Snapshot) -> Vec<String> {
        let mut broken = Vec::new();
        let mut observations = Observations {
            account: Account {
                id: snapshot.account.clone(),
                profile: snapshot.profile.clone(),
                taken: snapshot.taken.clone(),
                complete: snapshot.complete,
            },
            ..Observations::default()
        };
        // The part of the catalogue that is not loaded at the start.
        let others = Self::builtin_others().ok();
        let mut homes = Homes::default();
        self.roles().iter().for_each(|role| homes.learn(role));
        for role in &snapshot.roles {
            let id = RoleId::of(&role.name);
            let known = self.role(&id).or_else(|| others.as_ref().and_then(|all| all.role(&id)));
            let base = known.cloned().unwrap_or_else(|| new_role(&id, role));
            let observation = self.take_role(base, role, snapshot, &mut homes, &mut broken);
            observations.roles.insert(id, observation);
        }
        self.observed = Some(observations);
        broken
    }

    fn take_role(
        &mut self,
        base: Role,
        seen: &AccountRole,
        snapshot: &Snapshot,
        homes: &mut Homes,
        broken: &mut Vec<String>,
    ) -> Observation {
        let (papers, mut troubles) = of_role(seen, snapshot);
        let drift = match &papers {
            Some(papers) => Drift::between(base.policy.as_ref(), &papers.source, self),
            None => Drift::NotCompared(Text::new(
                "The account's text was not read.",
                "未读取账号中的策略文本。",
            )),
        };
        let version = papers.as_ref().and_then(|papers| papers.version.clone());
        let product = self.home(&base, seen, homes);
        let mut role = Role { product, ..base };
        if &*role.product.0 == OBSERVED.0 {
            role.listed_under =
                known::of_name(&role.name).and_then(|known| known.listed_under(self));
        }
        if let Some(trust) = seen.trust.as_deref() {
            if role.service_name.is_none() {
                role.service_name = trusted_service(trust);
            }
            let published = role.trust.as_deref().is_some_and(|ours| {
                matches!(ours.standing, Standing::Published(_)) && is_same_json(&ours.value, trust)
            });
            if !published {
                role.trust = Some(Box::new(Fact {
                    value: Source::from(trust),
                    standing: Standing::Observed,
                }));
            }
        }
        // The account decides by its own text: a published one stays only where both mean the same.
        let means_the_same = matches!(drift, Drift::SameText | Drift::SameMeaning);
        let replaced = role.policy.as_ref().is_none_or(|policy| {
            let published = matches!(policy.standing, Standing::Published(_));
            policy.whole != Wholeness::Whole || !published || !means_the_same
        });
        let no_text = papers
            .as_ref()
            .filter(|papers| drift != Drift::SameText && read::document(&papers.source).is_err());
        if let Some(papers) = no_text {
            troubles.push(no_document(&papers.name));
            broken.push(papers.name.clone());
        }
        let replaced = replaced && no_text.is_none();
        let catalogue_version =
            role.policy.as_ref().and_then(|policy| policy.version()).map(str::to_owned);
        if let Some(papers) = papers.filter(|_| replaced) {
            role.policy = Some(observed_policy(papers, role.kind));
        }
        homes.learn(&role);
        self.add_role(role);
        Observation {
            exists: true,
            created: seen.created.clone(),
            arn: seen.arn.clone(),
            version,
            catalogue_version,
            drift,
            troubles,
        }
    }

    /// The product that a role is listed under: the one it has, the one of its name or service, or one that is
    /// made for it.
    fn home(&mut self, role: &Role, seen: &AccountRole, homes: &Homes) -> ProductId {
        if self.role(&role.id).is_some() {
            return role.product.clone();
        }
        if !seen.service_linked {
            return self.made(OTHERS);
        }
        if let Some(product) = homes.of_name(&role.name) {
            return product.clone();
        }
        let name = known::of_name(&role.name).and_then(|known| known.product);
        let named = name.and_then(|name| {
            self.products().iter().find(|product| product.name.en.eq_ignore_ascii_case(name))
        });
        if let Some(product) = named {
            return product.id.clone();
        }
        let service = seen.trust.as_deref().and_then(trusted_service);
        let service = role.service_name.clone().or(service);
        match service.as_deref().and_then(|service| homes.of_service(service)) {
            Some(product) => product.clone(),
            None => self.made(OBSERVED),
        }
    }

    fn made(&mut self, (id, en, zh): (&str, &str, &str)) -> ProductId {
        let id = ProductId(id.into());
        if self.product(&id).is_none() {
            self.add_product(Product {
                id: id.clone(),
                name: Text::new(en.to_owned(), zh.to_owned()),
                page: None,
                roles: Vec::new(),
            });
        }
        id
    }
}

/// The products of roles, for a new one that is named like one of them or serves the same services.
#[derive(Default)]
struct Homes {
    /// By the whole name, in small letters.
    names: Map<String, ProductId>,
    /// By what the service names of a product share, in small letters: that of the first role.
    families: Map<String, ProductId>,
}

impl Homes {
    fn learn(&mut self, role: &Role) {
        self.names.insert(role.name.to_ascii_lowercase(), role.product.clone());
        let family = role.service_name.as_deref().map(names::family).unwrap_or_default();
        if !family.is_empty() {
            let family = family.to_ascii_lowercase();
            self.families.entry(family).or_insert_with(|| role.product.clone());
        }
    }

    /// Of the role that the name means most closely: see [`names::means`].
    fn of_name(&self, name: &str) -> Option<&ProductId> {
        let name = name.to_ascii_lowercase();
        let bases = name.rmatch_indices('_').filter_map(|(at, _)| name.get(..at));
        std::iter::once(&*name).chain(bases).find_map(|base| self.names.get(base))
    }

    fn of_service(&self, service: &str) -> Option<&ProductId> {
        self.families.get(&names::family(service).to_ascii_lowercase())
    }
}

fn new_role(id: &RoleId, seen: &AccountRole) -> Role {
    let known = known::of_name(&seen.name);
    let description = seen.description.as_ref().filter(|text| !text.trim().is_empty());
    let kind = if seen.service_linked { RoleKind::ServiceLinked } else { RoleKind::Ordinary };
    let product = ProductId(ProductId::OBSERVED.into());
    Role {
        service_name: known.and_then(|known| known.service_name).map(str::to_owned),
        purpose: description.map(|text| {
            Box::new(Fact { value: Text::same(text.clone()), standing: Standing::Observed })
        }),
        ..Role::bare(id.clone(), kind, product, seen.name.clone())
    }
}

/// Are two texts the same JSON?
fn is_same_json(one: &str, other: &str) -> bool {
    let value = |text: &str| serde_json::from_str::<serde_json::Value>(text).ok();
    one == other || value(one).is_some_and(|one| Some(one) == value(other))
}

/// What a text says that lacks these policies of a role is not all that the role may do.
fn whole(lacking: Vec<AttachedPolicy>) -> Wholeness {
    if lacking.is_empty() {
        return Wholeness::Whole;
    }
    let names = lacking.iter().map(|policy| policy.name.as_str());
    let names = names.collect::<Vec<_>>().join(", ");
    let what = Text::new(
        format!("The text of other policies of the role was not read: {names}."),
        format!("未读取该角色其他策略的文本：{names}。"),
    );
    Wholeness::Incomplete(Box::new(Missing { what, actions: Vec::new(), policies: lacking }))
}

fn observed_policy(papers: Papers, kind: RoleKind) -> Policy {
    let linked = kind == RoleKind::ServiceLinked;
    let origin = if linked { Origin::ServiceLinkedRole } else { Origin::Unknown };
    Policy {
        whole: whole(papers.lacking),
        attached: papers.attached,
        updated: papers.updated,
        notes: papers.notes,
        ..Policy::observed(papers.name, papers.source, origin)
    }
}

#[cfg(test)]
mod tests {
    use super::super::snapshot::{AccountPolicy, Attached};
    use super::*;
    use crate::say::Language;

    /// An account with one role that has this policy in version v11.
    fn account(name: &str, document: &str) -> Snapshot {
        let policy = name.replace("RoleFor", "RolePolicyFor");
        Snapshot {
            account: Some("123".to_owned()),
            complete: true,
            roles: vec![AccountRole {
                name: name.to_owned(),
                service_linked: true,
                created: Some("2024-05-13T02:00:00Z".to_owned()),
                trust: Some(names::trust_document("x.alikafka.aliyuncs.com")),
                policies: Some(vec![Attached {
                    name: policy.clone(),
                    kind: "System".to_owned(),
                    ..Attached::default()
                }]),
                ..AccountRole::default()
            }],
            policies: vec![AccountPolicy {
                name: policy,
                kind: "System".to_owned(),
                version: Some("v11".to_owned()),
                document: Some(document.to_owned()),
                ..AccountPolicy::default()
            }],
            ..Snapshot::default()
        }
    }

    const SMALL: &str = r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"vpc:DescribeVpcs","Resource":"*"}]}"#;

    fn observed(name: &str, document: &str) -> (Catalog, Role, Observation) {
        let mut catalog = Catalog::builtin().unwrap();
        catalog.observe(&account(name, document));
        let id = RoleId::of(name);
        let role = catalog.role(&id).unwrap().clone();
        let observation = catalog.observation(&id).unwrap().clone();
        (catalog, role, observation)
    }

    #[test]
    fn every_role_is_marked_as_existing_or_not() {
        let (catalog, _, seen) = observed("AliyunServiceRoleForAlikafka", SMALL);
        assert!(seen.exists);
        assert_eq!(seen.version.as_deref(), Some("v11"));
        let absent = RoleId::of("AliyunServiceRoleForAlikafkaETL");
        assert_eq!(catalog.observation(&absent).unwrap().drift, Drift::Absent);
        assert_eq!(catalog.account().unwrap().id.as_deref(), Some("123"));
    }

    #[test]
    fn the_true_text_takes_the_place_of_one_that_is_not_whole() {
        for name in ["AliyunServiceRoleForAlikafka", "AliyunServiceRoleForAlikafkaConnector"] {
            let (_, role, seen) = observed(name, SMALL);
            let policy = role.policy.unwrap();
            assert_eq!(&*policy.source, SMALL, "{name}");
            assert_eq!(policy.standing, Standing::Observed, "{name}");
            assert_eq!(policy.whole, Wholeness::Whole, "{name}");
            assert!(matches!(seen.drift, Drift::Completes(_)), "{name}: {:?}", seen.drift);
        }
    }

    #[test]
    fn a_text_that_differs_takes_the_place_of_a_published_one_and_differences_are_told() {
        let (_, role, seen) = observed("AliyunServiceRoleForAlikafkaETL", SMALL);
        let policy = role.policy.unwrap();
        assert_eq!((&*policy.source, &policy.standing), (SMALL, &Standing::Observed));
        assert!(seen.catalogue_version.is_some(), "{seen:?}");
        let lines = seen.drift.difference().unwrap().lines(Language::English).join("\n");
        assert!(lines.contains("Only in the account:"), "{lines}");
        assert_eq!(lines.matches("vpc:DescribeVpcs").count(), 1, "told once: {lines}");
    }

    #[test]
    fn a_statement_that_the_account_adds_is_named_by_its_number() {
        let builtin = Catalog::builtin().unwrap();
        let id = RoleId::of("AliyunServiceRoleForAlikafka");
        let source = builtin.role(&id).unwrap().policy.as_ref().unwrap().source.clone();
        let mut document: serde_json::Value = serde_json::from_str(&source).unwrap();
        let statements = document["Statement"].as_array_mut().unwrap();
        let number = statements.len() + 1;
        let alarm = serde_json::json!({"Effect":"Allow","Action":"cms:ListAlarm","Resource":"*"});
        statements.push(alarm);
        let lines = |document: &serde_json::Value| {
            let (_, _, seen) = observed("AliyunServiceRoleForAlikafka", &document.to_string());
            seen.drift.difference().unwrap().lines(Language::English)
        };
        let own = format!("The account adds cms:ListAlarm, in a statement of its own ({number}).");
        assert_eq!(lines(&document)[0], own);
        // Among other actions of a statement it is told by what the statement is about.
        document["Statement"].as_array_mut().unwrap().pop();
        let actions = document["Statement"][0]["Action"].as_array_mut().unwrap();
        actions.push("cms:ListAlarm".into());
        let first = lines(&document)[0].clone();
        assert!(first.starts_with("In the ") && first.ends_with("adds cms:ListAlarm."), "{first}");
        // What the account lacks is named by the catalogue's number.
        document["Statement"].as_array_mut().unwrap().remove(0);
        let all = lines(&document).join("\n");
        assert!(all.contains("statement 1 of the catalogue."), "{all}");
    }

    #[test]
    fn version_and_arn_are_those_of_the_account() {
        let (catalog, role, _) = observed("AliyunServiceRoleForAlikafka", SMALL);
        assert_eq!(catalog.policy_words(&role).unwrap().en, "observed v11");
        assert_eq!(catalog.arn_of(&role), "acs:ram::123:role/aliyunserviceroleforalikafka");
        let absent = catalog.role(&RoleId::of("AliyunServiceRoleForAlikafkaETL")).unwrap();
        assert!(catalog.arn_of(absent).contains("<account-id>"));
        assert!(catalog.policy_words(absent).unwrap().en.starts_with("published"));
    }

    #[test]
    fn same_text_and_same_meaning_are_told_apart() {
        let builtin = Catalog::builtin().unwrap();
        let id = RoleId::of("AliyunServiceRoleForAlikafkaETL");
        let source = builtin.role(&id).unwrap().policy.as_ref().unwrap().source.clone();
        let (_, _, seen) = observed("AliyunServiceRoleForAlikafkaETL", &source);
        assert_eq!(seen.drift, Drift::SameText);
        let respaced = source.replace('\n', " ");
        let (_, _, seen) = observed("AliyunServiceRoleForAlikafkaETL", &respaced);
        assert_eq!(seen.drift, Drift::SameMeaning);
        let (_, _, seen) = observed("AliyunServiceRoleForAlikafkaETL", "[");
        assert!(matches!(seen.drift, Drift::NotCompared(_)), "{:?}", seen.drift);
    }

    #[test]
    fn a_text_that_is_no_policy_is_told_and_takes_no_place() {
        // The catalogue's text of the first is not whole; of the second it knows none.
        for (name, known) in
            [("AliyunServiceRoleForAlikafka", true), ("AliyunServiceRoleForSomethingNew", false)]
        {
            let (_, role, seen) = observed(name, "{\"Version\": 1, oops");
            let policy = role.policy.map(|policy| policy.standing);
            assert_eq!(policy.is_some(), known, "{name}: {policy:?}");
            assert_ne!(policy, Some(Standing::Observed), "{name}");
            let told = &seen.troubles[0].en;
            assert!(told.ends_with(" is no policy document."), "{told}");
            let snapshot = account(name, "[");
            let broken = Catalog::builtin().unwrap().observe(&snapshot);
            assert_eq!(broken, [snapshot.policies[0].name.clone()]);
        }
    }

    #[test]
    fn unknown_roles_come_under_their_product() {
        let under = |name: &str| observed(name, SMALL).1.product.0.to_string();
        assert_eq!(under("AliyunServiceRoleForAlikafka_mine"), "alikafka");
        assert_eq!(under("AliyunServiceRoleForAlikafkaETL_of_mine"), "alikafka");
        assert_eq!(under("AliyunServiceRoleForAlikafkaNew"), "alikafka", "by its service");
        let mut catalog = Catalog::builtin().unwrap();
        let mut snapshot = account("AliyunServiceRoleForSomethingNew", SMALL);
        snapshot.roles[0].trust = Some(names::trust_document("new.aliyuncs.com"));
        catalog.observe(&snapshot);
        let role = catalog.role(&RoleId::of("AliyunServiceRoleForSomethingNew")).unwrap();
        assert_eq!(&*role.product.0, "observed");
        assert_eq!(role.service_name.as_deref(), Some("new.aliyuncs.com"));
        let product = catalog.product(&role.product).unwrap();
        assert_eq!(product.name.en, "Observed in the account");
        assert_eq!(product.roles.len(), 1);
    }

    #[test]
    fn a_policy_that_is_known_outside_the_first_catalogue_is_compared_too() {
        let (_, role, seen) = observed("AliyunServiceRoleForAlbFc", SMALL);
        assert!(matches!(seen.drift, Drift::Differs(_)), "{:?}", seen.drift);
        assert_eq!(role.policy.unwrap().standing, Standing::Observed);
    }

    #[test]
    fn a_text_that_lacks_a_policy_of_the_role_is_not_whole() {
        let mut snapshot = account("AliyunServiceRoleForAlikafkaETL", SMALL);
        let other = Attached { name: "Other".to_owned(), ..Attached::default() };
        snapshot.roles[0].policies.as_mut().unwrap().push(other);
        let mut catalog = Catalog::builtin().unwrap();
        catalog.observe(&snapshot);
        let role = catalog.role(&RoleId::of("AliyunServiceRoleForAlikafkaETL")).unwrap();
        let warning = role.policy.as_ref().unwrap().warning().unwrap();
        assert!(warning.en.ends_with("was not read: Other."), "{warning:?}");
    }

    #[test]
    fn ordinary_roles_stand_apart() {
        let mut catalog = Catalog::builtin().unwrap();
        let mut snapshot = account("ECSAdmin", SMALL);
        snapshot.roles[0].service_linked = false;
        catalog.observe(&snapshot);
        let role = catalog.role(&RoleId::of("ECSAdmin")).unwrap();
        assert_eq!(&*role.product.0, "observed-roles");
        assert!(!role.product.is_product() && !role.product.is_of_many());
    }
}
