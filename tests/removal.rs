//! Removal plans and texts to copy, made from the built-in catalogue.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

mod support;

use std::collections::BTreeMap;

use rolescope::catalog::Catalog;
use rolescope::catalog::known;
use rolescope::catalog::model::{Policy, ProductId, Role, RoleId};
use rolescope::catalog::removal::branch::Kind;
use rolescope::catalog::removal::no_plan_of_product;
use rolescope::catalog::removal::powers::Powers;
use rolescope::catalog::removal::tree::tree;
use rolescope::catalog::removal::write;
use rolescope::catalog::templates;
use rolescope::policy::read;
use rolescope::policy::summary::summarize;
use rolescope::say::Language;

fn catalog() -> Catalog {
    Catalog::builtin().unwrap_or_else(|error| panic!("the built-in catalogue: {error}"))
}

fn role<'a>(catalog: &'a Catalog, short: &str) -> &'a Role {
    catalog
        .roles()
        .iter()
        .find(|role| role.short_name == short)
        .unwrap_or_else(|| panic!("no role {short}"))
}

fn policy(role: &Role) -> &Policy {
    role.policy.as_ref().unwrap_or_else(|| panic!("{} has no policy", role.name))
}

#[test]
fn removal_plans_name_the_powers_that_the_policies_give() {
    let catalog = catalog();
    let mut found = BTreeMap::new();
    for role in catalog.roles() {
        let plan = catalog.removal_of_role(&role.id).unwrap().roles.remove(0);
        assert!(plan.self_delete && !plan.unread, "{}", role.name);
        let created = plan.creates.iter().flat_map(|c| c.roles.iter().map(|r| r.name.clone()));
        let passed = plan.passes.iter().map(|passes| passes.pass.role_name().to_owned());
        let all: Vec<String> = created.chain(passed).collect();
        if !all.is_empty() {
            found.insert(role.short_name.clone(), all);
        }
    }
    let lens = ["Middleware", "Security", "AI", "Storage"]
        .map(|name| format!("AliyunServiceRoleForSLS{name}Lens"))
        .to_vec();
    let expected = [
        ("AlikafkaETL", vec!["aliyunfcdefaultrole".to_owned()]),
        ("KafkaLog", lens),
        ("RMQMigration", vec!["AliyunServiceRoleForPrivatelink".to_owned()]),
    ];
    assert_eq!(found, expected.map(|(name, roles)| (name.to_owned(), roles)).into());
}

#[test]
fn the_plan_of_kafka_ends_with_the_role_that_the_others_need() {
    let catalog = catalog();
    let plan = catalog.removal_of_product(&ProductId("alikafka".into())).unwrap();
    let order: Vec<&str> = plan.roles.iter().map(|role| role.short_name.as_str()).collect();
    let at = |name| order.iter().position(|other| *other == name).unwrap();
    for first in ["AlikafkaConnector", "AlikafkaInstanceEncryption", "AlikafkaETL"] {
        assert!(at(first) < at("Alikafka"), "{order:?}");
    }
    assert_eq!(order.len(), 5);
    let lines = tree(&plan);
    assert_eq!(lines.iter().filter(|line| line.depth() == 0).count(), 1);
    let text = write::to_text(&lines, Language::English, false);
    assert!(text.contains("AlikafkaETL before Alikafka"), "{text}");
    assert!(text.lines().skip(1).all(|line| line.starts_with(['├', '└', '│', ' '])), "{text}");
}

#[test]
fn a_plan_shows_the_commands_the_states_and_the_way_back() {
    let catalog = catalog();
    let role = role(&catalog, "AlikafkaETL");
    let lines = tree(&catalog.removal_of_role(&role.id).unwrap());
    let commands: Vec<&str> = lines.iter().filter_map(|line| line.copy.as_deref()).collect();
    assert_eq!(
        commands,
        [
            "aliyun ram GetRole --RoleName AliyunServiceRoleForAlikafkaETL",
            "aliyun resourcemanager DeleteServiceLinkedRole --RoleName AliyunServiceRoleForAlikafkaETL",
            "aliyun resourcemanager GetServiceLinkedRoleDeletionStatus --DeletionTaskId \
             'task/acs-service-role/etl.alikafka.aliyuncs.com/AliyunServiceRoleForAlikafkaETL/<uuid>'",
            "aliyun resourcemanager CreateServiceLinkedRole --ServiceName etl.alikafka.aliyuncs.com",
        ]
    );
    assert_eq!(lines.iter().filter(|line| line.kind == Kind::State).count(), 5);
    let text = write::to_text(&lines, Language::English, true);
    assert!(text.is_ascii(), "{text}");
    assert!(text.contains("AliyunKafkaFullAccess v4"), "{text}");
    let markdown = write::markdown(&lines, Language::Chinese);
    assert!(markdown.contains("\n- [ ] 1. 所有 ETL 任务（推断）\n"), "{markdown}");
    // The full-access policy leaves out the log role, so that role's plan must not name it.
    let log = catalog.removal_of_role(&RoleId::of("AliyunServiceRoleForKafkaLog")).unwrap();
    assert_eq!(log.roles[0].granted_by, Vec::<String>::new());
}

#[test]
fn texts_to_copy_are_what_ram_and_terraform_take() {
    let catalog = catalog();
    let roles: Vec<&Role> = catalog.roles_of(&catalog.products()[0].id).take(2).collect();
    let one: serde_json::Value =
        serde_json::from_str(&templates::create_policy(&roles[..1]).unwrap()).unwrap();
    let statement = &one["Statement"][0];
    assert_eq!(one["Version"], "1");
    assert_eq!(statement["Action"], "ram:CreateServiceLinkedRole");
    assert_eq!(
        statement["Condition"]["StringEquals"]["ram:ServiceName"],
        roles[0].service_name.as_deref().unwrap()
    );
    let two = templates::create_policy(&roles).unwrap();
    let powers = Powers::of(&read::document(&two).unwrap().document);
    assert_eq!(powers.creates.len(), 2, "{two}");
    assert_eq!(
        templates::terraform(role(&catalog, "AlikafkaETL")).unwrap(),
        "resource \"alicloud_resource_manager_service_linked_role\" \"alikafka_etl\" {\n  \
         service_name = \"etl.alikafka.aliyuncs.com\"\n}\n"
    );
    for role in catalog.roles() {
        let commands = templates::commands(role, Language::English);
        let live: Vec<&str> = commands.lines().filter(|line| !line.starts_with('#')).collect();
        assert_eq!(live.len(), 3, "{commands}");
        assert!(
            live.iter().all(|line| !line.contains("LinkedRole ")),
            "a paste deletes: {commands}"
        );
        let trust = templates::trust_policy(role).unwrap();
        assert!(read::document(&trust).is_ok(), "{trust}");
        let summary = summarize(&catalog.document(role).unwrap(), &catalog);
        for language in [Language::English, Language::Chinese] {
            let text = templates::markdown(role, &catalog, &summary, language);
            assert!(text.starts_with(&format!("## {}\n", role.name)), "{text}");
            assert_eq!(text.contains("\n> **"), policy(role).warning().is_some(), "{text}");
            assert!(text.contains("DeleteServiceLinkedRole --RoleName"), "{text}");
        }
    }
    let ticket = templates::markdown(
        role(&catalog, "AlikafkaInstanceEncryption"),
        &catalog,
        &summarize(
            &catalog.document(role(&catalog, "AlikafkaInstanceEncryption")).unwrap(),
            &catalog,
        ),
        Language::English,
    );
    let row = "| Key Management Service (kms) | tagging | `kms:TagResource`, `kms:UntagResource` |";
    assert!(ticket.contains(row), "{ticket}");
    let tagged = "`kms:GenerateDataKey` | `*` | only with keys tagged acs:alikafka:instance-encryption = true (ignoring case) |";
    assert!(ticket.contains(tagged), "{ticket}");
    assert!(ticket.contains("`kms:DescribeKey` | `*` |  |"), "{ticket}");
}

#[test]
fn roles_that_the_account_does_not_have_are_told_first() {
    let catalog = support::account(&["AliyunServiceRoleForAlikafka"], "v11", "{}");
    let absent = "Not in the account read on 2026-11-22: nothing to remove there.";
    let plan = |short| catalog.removal_of_role(&role(&catalog, short).id).unwrap();
    let lines = |short| -> Vec<String> {
        tree(&plan(short)).into_iter().map(|branch| branch.text.en.into_owned()).collect()
    };
    assert_eq!(lines("AlikafkaETL")[1], absent);
    let there = "In the account since 2024-05-13, read on 2026-11-22.";
    assert_eq!(lines("Alikafka")[1], there, "{:#?}", lines("Alikafka"));
    assert!(lines("Alikafka").contains(&"See that the role is still there".to_owned()));
    assert!(!lines("AlikafkaETL").contains(&there.to_owned()));
    assert!(!lines("Alikafka").contains(&absent.to_owned()));
    let all = tree(&catalog.removal_of_product(&ProductId("alikafka".into())).unwrap());
    assert!(all[0].text.en.ends_with("; 4 not in the account"), "{}", all[0].text.en);
    let mut marked = Vec::new();
    for pair in all.windows(2) {
        if pair[1].text.en == absent {
            marked.push(pair[0].text.en.clone());
        }
    }
    assert_eq!(marked.len(), 4, "{marked:?}");
    assert!(!marked.contains(&"AliyunServiceRoleForAlikafka".into()), "{marked:?}");
    // Where no account was read nothing is said of one.
    let catalog = self::catalog();
    let plan = catalog.removal_of_role(&role(&catalog, "AlikafkaETL").id).unwrap();
    assert!(tree(&plan).iter().all(|branch| !branch.text.en.contains("account read on")));
}

#[test]
fn the_plan_of_a_product_names_the_roles_that_are_known_by_name_only() {
    let catalog = catalog();
    for product in catalog.products() {
        let plan = catalog.removal_of_product(&product.id).unwrap();
        let text = write::to_text(&tree(&plan), Language::English, false);
        let listed = known::known_roles().iter().filter(|role| {
            role.product == Some(&*product.name.en)
                && catalog.role(&RoleId::of(role.role)).is_none()
        });
        let listed: Vec<&str> = listed.map(|role| role.role).collect();
        for name in &listed {
            let line = format!("─ {name}\n");
            assert!(text.contains(&line), "{name} is not told in\n{text}");
        }
        let title = text.lines().next().unwrap();
        assert_eq!(title.contains("known by name only"), !listed.is_empty(), "{title}");
        assert_eq!(title.contains("in this order"), !plan.order.is_empty(), "{title}");
        let unordered = text.contains("No order between these roles is known");
        assert_eq!(unordered, plan.order.is_empty() && plan.roles.len() > 1, "{text}");
    }
    let plan = catalog.removal_of_product(&ProductId("mqtt".into())).unwrap();
    assert_eq!(plan.by_name.len(), 1, "{:?}", plan.by_name);
    assert!(
        plan.is_about("aliyunserviceroleformqttlb_x") && !plan.is_about("AliyunServiceRoleForX")
    );
    // A role that the account has stands among the others.
    let with = support::account(&["AliyunServiceRoleForMQTTLb"], "v1", "{}");
    let plan = with.removal_of_product(&ProductId("mqtt".into())).unwrap();
    assert_eq!((plan.roles.len(), plan.by_name.len()), (4, 0));
    let without = support::account(&["AliyunServiceRoleForAlikafka"], "v1", "{}");
    let plan = without.removal_of_product(&ProductId("mqtt".into())).unwrap();
    assert_eq!(plan.by_name[0].in_account, Some(false));
}

#[test]
fn roles_of_many_products_have_no_plan_together() {
    let mut catalog = catalog();
    let others = rolescope::catalog::import::others(&catalog);
    catalog.take_in(others.products, others.roles.into_iter().map(|loaded| loaded.role));
    let other = ProductId("other".into());
    assert!(catalog.roles_of(&other).count() > 200);
    assert_eq!(catalog.removal_of_product(&other), None);
    let said = no_plan_of_product(&other).said(Language::English);
    assert!(said.contains("choose one of them"), "{said}");
}

#[test]
fn who_may_create_a_role_is_told_also_where_no_known_policy_grants_it() {
    let catalog = catalog();
    let policies: Vec<&str> = catalog.user_policies().iter().map(|p| p.name.as_str()).collect();
    for role in catalog.roles() {
        let plan = catalog.removal_of_role(&role.id).unwrap();
        let text = write::to_text(&tree(&plan), Language::English, false);
        let granted = !plan.roles[0].granted_by.is_empty();
        assert_eq!(text.contains("System policy that grants it"), granted, "{text}");
        let none = text
            .lines()
            .find(|line| line.contains("No system policy that was looked at grants it"));
        assert_eq!(none.is_some(), !granted, "{text}");
        for name in none.iter().flat_map(|_| &policies) {
            assert!(none.unwrap().contains(name), "{name}: {none:?}");
        }
    }
}
