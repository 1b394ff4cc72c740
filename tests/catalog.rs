//! The built-in catalogue: whole, without dangling names, and right in the six roles that matter most.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

use std::collections::BTreeSet;

use rolescope::catalog::Catalog;
use rolescope::catalog::model::{Policy, ProductId, Role, RoleId, Standing, Text, Wholeness};
use rolescope::catalog::removal::Stage;
use rolescope::catalog::removal::powers::Powers;
use rolescope::catalog::removal::tree::tree;
use rolescope::catalog::templates;
use rolescope::policy::level::{self, AccessLevel, LevelSource};
use rolescope::policy::pattern::{arn, has_wildcard};
use rolescope::policy::read;

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

/// Says all that is wrong at once, so that one run shows the whole work.
fn report(faults: &[String]) {
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn five_products_list_fifteen_roles_and_no_id_dangles() {
    let catalog = catalog();
    let products: Vec<_> = catalog.products().iter().map(|p| (&*p.id.0, p.roles.len())).collect();
    assert_eq!(
        products,
        [("alikafka", 5), ("mqtt", 3), ("rabbitmq", 2), ("rocketmq", 2), ("eventbridge", 3)]
    );
    assert_eq!(catalog.roles().len(), 15);
    let mut faults = Vec::new();
    for product in catalog.products() {
        for id in &product.roles {
            match catalog.role(id) {
                None => faults.push(format!("product {}: no role {}", product.id.0, id.0)),
                Some(role) if role.product != product.id => {
                    faults.push(format!("role {}: belongs to {}", role.name, role.product.0));
                }
                Some(_) => {}
            }
        }
    }
    for role in catalog.roles() {
        if !catalog.product(&role.product).is_some_and(|p| p.roles.contains(&role.id)) {
            faults.push(format!("role {}: not listed by {}", role.name, role.product.0));
        }
        if role.id != RoleId::of(&role.name) {
            faults.push(format!("role {}: id {}", role.name, role.id.0));
        }
    }
    for precedence in catalog.precedences() {
        for id in [&precedence.first, &precedence.then] {
            if catalog.role(id).is_none() {
                faults.push(format!("order of removal: no role {}", id.0));
            }
        }
    }
    report(&faults);
    assert_eq!(catalog.date(), Some("2026-11-22"));
}

#[test]
fn every_role_has_a_policy_that_parses() {
    let mut faults = Vec::new();
    for role in catalog().roles() {
        let Some(policy) = &role.policy else {
            faults.push(format!("role {}: no policy", role.name));
            continue;
        };
        match read::document(&policy.source) {
            Err(error) => faults.push(format!("{}: {}", policy.name, error.located("policy"))),
            Ok(read) => {
                if !read.repairs.is_empty() || !read.oddities.is_empty() {
                    let odd = (&read.repairs, &read.oddities);
                    faults.push(format!("{}: is odd: {odd:?}", policy.name));
                }
                let own = role.service_name.as_ref().unwrap();
                if !Powers::of(&read.document).may_delete(own) {
                    faults.push(format!("{}: does not name its own service {own}", policy.name));
                }
                let standings = policy.statements.len();
                if standings != 0 && standings != read.document.statements.len() {
                    faults.push(format!("{}: {standings} standings of statements", policy.name));
                }
            }
        }
    }
    report(&faults);
}

#[test]
fn every_action_has_a_level_and_every_service_a_name() {
    let catalog = catalog();
    let mut faults = BTreeSet::new();
    let mut service = |code: &str, place: &str| {
        if !has_wildcard(code) && catalog.service(code).is_none_or(|s| s.name.en.is_empty()) {
            faults.insert(format!("{place}: the service {code} has no name"));
        }
    };
    let mut missing = Vec::new();
    for role in catalog.roles() {
        let document = catalog.document(role).unwrap();
        for statement in &document.statements {
            for action in &statement.action.as_ref().unwrap().values {
                let name = &action.value;
                service(name.split(':').next().unwrap(), name);
                if catalog.actions().get(name).is_none() {
                    missing.push(format!("{}: {name} is not in the table", role.name));
                }
            }
            for resource in statement.resource.iter().flat_map(|clause| &clause.values) {
                if let Some(code) = arn::service(&resource.value) {
                    service(&code, &resource.value);
                }
            }
        }
    }
    for action in catalog.actions().all().chain(catalog.actions().patterns()) {
        service(action.service(), &action.name);
    }
    report(&faults.into_iter().chain(missing).collect::<Vec<_>>());
}

#[test]
fn an_action_that_no_table_knows_is_levelled_by_its_name_and_marked() {
    let catalog = catalog();
    let known = level::of("KMS:decrypt", &catalog);
    assert_eq!(known, (AccessLevel::Read, LevelSource::Documented));
    let guessed = level::of("nosuch:DeleteThing", &catalog);
    assert_eq!(guessed, (AccessLevel::Write, LevelSource::NameRule));
}

#[test]
fn every_sentence_is_there_in_both_languages() {
    let catalog = catalog();
    let mut faults = Vec::new();
    let mut check = |place: String, text: &Text| {
        if text.en.trim().is_empty() {
            faults.push(format!("{place}: no English"));
        }
        if text.zh.trim().is_empty() {
            faults.push(format!("{place}: no Chinese"));
        }
    };
    for product in catalog.products() {
        check(format!("product {}", product.id.0), &product.name);
    }
    for service in catalog.services().all() {
        check(format!("service {}", service.code), &service.name);
    }
    for action in catalog.actions().all().chain(catalog.actions().patterns()) {
        match &action.meaning {
            Some(meaning) => check(format!("action {}", action.name), meaning),
            None => check(format!("action {}: meaning", action.name), &Text::default()),
        }
    }
    for role in catalog.roles() {
        let name = &role.name;
        let facts = [&role.feature, &role.purpose, &role.created_when];
        for fact in facts
            .into_iter()
            .filter_map(|fact| fact.as_deref())
            .chain(&role.stops)
            .chain(&policy(role).statements)
        {
            check(name.clone(), &fact.value);
        }
        for blocker in &role.blockers {
            for text in [&blocker.what, &blocker.because].into_iter().chain(&blocker.check) {
                check(format!("{name}: blocker"), text);
            }
        }
        for text in role.notes.iter().chain(&policy(role).notes).chain(policy(role).warning()) {
            check(format!("{name}: note"), text);
        }
        for branch in tree(&catalog.removal_of_role(&role.id).unwrap()) {
            check(format!("{name}: removal plan: {}", branch.text.en), &branch.text);
        }
    }
    report(&faults);
}

struct Golden {
    short: &'static str,
    product: &'static str,
    service_name: &'static str,
    version: &'static str,
    updated: &'static str,
    blocker: &'static str,
    blocker_standing: Standing,
    trust: Standing,
}

/// The six roles of Kafka's and MQTT's product pages, as those pages and the policy pages have them.
const SIX: [Golden; 6] = [
    Golden {
        short: "Alikafka",
        product: "alikafka",
        service_name: "alikafka.aliyuncs.com",
        version: "v10",
        updated: "2025-11-03 12:34:34",
        blocker: "All Kafka instances",
        blocker_standing: Standing::Implied,
        trust: Standing::Documented,
    },
    Golden {
        short: "AlikafkaConnector",
        product: "alikafka",
        service_name: "connector.alikafka.aliyuncs.com",
        version: "v15",
        updated: "2025-12-09 01:59:20",
        blocker: "All connectors",
        blocker_standing: Standing::Implied,
        trust: Standing::Implied,
    },
    Golden {
        short: "AlikafkaInstanceEncryption",
        product: "alikafka",
        service_name: "instanceencryption.alikafka.aliyuncs.com",
        version: "v1",
        updated: "2025-10-23 17:09:32",
        blocker: "All instances with disk encryption",
        blocker_standing: Standing::Implied,
        trust: Standing::Implied,
    },
    Golden {
        short: "AlikafkaETL",
        product: "alikafka",
        service_name: "etl.alikafka.aliyuncs.com",
        version: "v1",
        updated: "2025-10-23 17:09:29",
        blocker: "All ETL tasks",
        blocker_standing: Standing::Implied,
        trust: Standing::Implied,
    },
    Golden {
        short: "MqttCoreRuleEngine",
        product: "mqtt",
        service_name: "core-rule-engine.mqtt.aliyuncs.com",
        version: "v6",
        updated: "2025-07-04 02:00:33",
        blocker: "All rules engines",
        blocker_standing: Standing::Documented,
        trust: Standing::Implied,
    },
    Golden {
        short: "MqttTunnel",
        product: "mqtt",
        service_name: "ep-tunnel.mqtt.aliyuncs.com",
        version: "v1",
        updated: "2025-10-31 17:55:46",
        blocker: "All HTTP authentication configurations",
        blocker_standing: Standing::Documented,
        trust: Standing::Implied,
    },
];

#[test]
fn the_six_roles_are_complete_and_right() {
    let catalog = catalog();
    for golden in SIX {
        let role = role(&catalog, golden.short);
        let short = golden.short;
        assert_eq!(role.name, format!("AliyunServiceRoleFor{short}"));
        assert_eq!(&*role.product.0, golden.product, "{short}");
        assert_eq!(role.service_name.as_deref(), Some(golden.service_name));
        for fact in [&role.feature, &role.purpose, &role.created_when] {
            let fact = fact.as_ref().unwrap_or_else(|| panic!("{short}: a fact is missing"));
            assert_eq!(fact.standing, Standing::Documented, "{short}: {}", fact.value.en);
        }
        assert!(!role.stops.is_empty(), "{short}: nothing stops without it");

        let policy = policy(role);
        assert_eq!(policy.name, format!("AliyunServiceRolePolicyFor{short}"));
        assert_eq!(policy.version(), Some(golden.version), "{short}");
        assert_eq!(policy.updated.as_deref(), Some(golden.updated), "{short}");
        let page = policy.name.to_lowercase();
        let page = format!("https://help.aliyun.com/zh/ram/developer-reference/{page}");
        assert_eq!(policy.page.as_deref(), Some(page.as_str()));

        let blockers: Vec<_> = role.blockers.iter().map(|b| (&*b.what.en, &b.standing)).collect();
        assert_eq!(blockers, [(golden.blocker, &golden.blocker_standing)], "{short}");

        let trust = role.trust.as_ref().unwrap();
        assert_eq!(trust.standing, golden.trust, "{short}");
        assert_eq!(
            &*trust.value,
            format!(
                r#"{{"Statement":[{{"Action":"sts:AssumeRole","Effect":"Allow","Principal":{{"Service":["{}"]}}}}],"Version":"1"}}"#,
                golden.service_name
            )
        );
        let arn =
            format!("acs:ram::<account-id>:role/aliyunservicerolefor{}", short.to_lowercase());
        assert_eq!(role.arn_form(), arn);
    }
    let page = |id: &str| catalog.product(&ProductId(id.into())).unwrap().page.clone();
    for id in ["alikafka", "mqtt", "rocketmq"] {
        assert!(page(id).unwrap().ends_with("/service-linked-roles"), "{id}");
    }
}

#[test]
fn only_two_policies_are_not_whole_and_copies_of_them_say_so() {
    let catalog = catalog();
    for role in catalog.roles() {
        let policy = policy(role);
        let copy = templates::policy_copy(role, rolescope::say::Language::English).unwrap();
        match (role.short_name.as_str(), &policy.whole) {
            ("Alikafka", Wholeness::Incomplete(missing)) => {
                assert!(missing.what.en.contains("cms:ListAlarm"));
            }
            ("AlikafkaConnector", Wholeness::PartlyReconstructed(text)) => {
                assert!(text.en.contains("DataWorks"), "{}", text.en);
            }
            (_, Wholeness::Whole) => {
                assert_eq!(copy.text, *policy.source, "copied byte for byte");
                assert_eq!(copy.warning, None);
                continue;
            }
            (name, other) => panic!("{name} is {other:?}"),
        }
        assert!(copy.warning.is_some());
        assert!(
            copy.text.starts_with(&format!("// {}: published v", policy.name)),
            "{}",
            copy.text
        );
        assert!(copy.text.contains(&policy.fetch_command()), "{}", copy.text);
        assert!(copy.text.ends_with(&*policy.source));
        assert!(
            serde_json::from_str::<serde_json::Value>(&copy.text).is_err(),
            "must not be taken"
        );
    }
    let connector = policy(role(&catalog, "AlikafkaConnector"));
    let standings: Vec<String> =
        connector.statements.iter().map(|fact| fact.standing.words().en.into_owned()).collect();
    let mut expected = vec!["published v15"; 4];
    expected.push("published v15, in part");
    expected.extend(["reconstructed"; 4]);
    expected.push("documented");
    assert_eq!(standings, expected);
    assert_eq!(connector.standing_words().en, "published v15, partly reconstructed");
}

#[test]
fn the_other_nine_are_derived_from_their_policies_and_guess_nothing() {
    let catalog = catalog();
    let six: Vec<&str> = SIX.iter().map(|golden| golden.short).collect();
    let others = catalog.roles().iter().filter(|role| !six.contains(&role.short_name.as_str()));
    let (mut count, mut by_name) = (0, 0);
    for role in others {
        count += 1;
        assert_eq!(role.purpose.as_ref().unwrap().standing, Standing::Derived, "{}", role.name);
        // A feature of which the policy does not tell is known by the name of the role.
        let feature = &role.feature.as_ref().unwrap().standing;
        assert!(matches!(feature, Standing::Derived | Standing::NameRule), "{}", role.name);
        by_name += usize::from(*feature == Standing::NameRule);
        // What stops when a feature stops is known no better than the feature; this one tells of the policy alone.
        if *feature == Standing::NameRule && role.short_name != "MqttKafkaRuleEngine" {
            assert!(
                role.stops.iter().all(|stop| stop.standing == Standing::NameRule),
                "{}",
                role.name
            );
        }
        assert_eq!(role.created_when, None, "{}", role.name);
        assert_eq!(role.blockers, [], "{}", role.name);
        let plan = catalog.removal_of_role(&role.id).unwrap();
        let first = &plan.roles[0].steps[0];
        assert_eq!((first.stage, &first.standing), (Stage::Remove, &None), "{}", role.name);
        assert!(first.because.as_ref().unwrap().en.contains("is not established"), "{}", role.name);
    }
    assert_eq!((count, by_name), (9, 5));
}

/// No page names these levels, and what the actions do beside reading is said where they are told.
#[test]
fn actions_that_take_messages_say_so_and_where_their_level_comes_from() {
    let catalog = catalog();
    for name in [
        "amqp:BasicConsume",
        "amqp:BasicGet",
        "mns:ReceiveMessage",
        "alikafka:DashboardCheckServiceStatus",
        "alikafka:DashboardList",
        "alikafka:MetaData",
        "alikafka:RegionData",
    ] {
        let action = catalog.actions().get(name).unwrap();
        assert_eq!(action.source, LevelSource::ByHand, "{name}");
        let meaning = action.meaning.as_ref().unwrap();
        assert!(meaning.en.contains("; ") && meaning.zh.contains('；'), "{name}: {}", meaning.en);
    }
    let all = || catalog.actions().all().chain(catalog.actions().patterns());
    assert_eq!(all().filter(|action| action.source == LevelSource::ByHand).count(), 7);
    assert_eq!(all().filter(|action| action.api.is_some()).count(), 7);
    let by_name = all().filter(|action| {
        action.meaning.as_ref().is_some_and(|words| words.en.ends_with("meaning by its name"))
    });
    assert_eq!(by_name.count(), 34);
}
