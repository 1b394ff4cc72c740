//! Find: what comes first for what is typed, and that its shortcuts find what a plain search finds.
#![allow(
    clippy::cast_possible_truncation,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

#[path = "search/shown.rs"]
mod shown;
use proptest::prelude::*;
use rolescope::catalog::Catalog;
use rolescope::catalog::model::{
    Fact, Policy, Product, ProductId, Role, RoleId, RoleKind, Service, Standing, Text,
};
use rolescope::catalog::search::{
    Corpus, Finder, Found, Kind, LONGEST_QUERY, LONGEST_TEXT, SHOWN, Step, Target, narrow,
};
use rolescope::policy::findings::Origin;
use rolescope::policy::source::Source;

fn text(en: &str, zh: &str) -> Text {
    Text::new(en.to_owned(), zh.to_owned())
}

fn product(id: &str, en: &str, zh: &str) -> Product {
    Product { id: ProductId(id.into()), name: text(en, zh), page: None, roles: Vec::new() }
}

fn role_id(short: &str) -> RoleId {
    RoleId(format!("AliyunServiceRoleFor{short}").to_lowercase().into())
}

fn role(product: &str, short: &str, service: &str, en: &str, zh: &str) -> Role {
    let (id, product) = (role_id(short), ProductId(product.into()));
    let (name, source) = (format!("AliyunServiceRolePolicyFor{short}"), Source::built("{}"));
    let policy = Policy::observed(name, source, Origin::ServiceLinkedRole);
    let name = format!("AliyunServiceRoleFor{short}");
    Role {
        service_name: Some(format!("{service}.aliyuncs.com")),
        feature: Some(Box::new(Fact { value: text(en, zh), standing: Standing::Derived })),
        policy: Some(policy),
        ..Role::bare(id, RoleKind::ServiceLinked, product, name)
    }
}

fn service(code: &str, en: &str, zh: &str, short: &str, aliases: &[&str]) -> Service {
    let aliases = aliases.iter().map(|alias| (*alias).to_owned()).collect();
    Service { code: code.into(), name: text(en, zh), short: short.into(), aliases, page: None }
}

fn small() -> Corpus {
    let products = [
        product("alikafka", "ApsaraMQ for Kafka", "云消息队列 Kafka 版"),
        product("mqtt", "ApsaraMQ for MQTT", "云消息队列 MQTT 版"),
        product("eventbridge", "EventBridge", "事件总线 EventBridge"),
    ];
    let roles = [
        role("alikafka", "Alikafka", "alikafka", "network of instances", "实例网络"),
        role("alikafka", "AlikafkaConnector", "connector.alikafka", "connectors", "连接器"),
        role(
            "alikafka",
            "AlikafkaInstanceEncryption",
            "instanceencryption.alikafka",
            "disk encryption",
            "云盘加密",
        ),
        role("mqtt", "OnsMqtt", "mqtt", "rules", "规则引擎"),
        role(
            "eventbridge",
            "EventBridgeSendToFC",
            "sendevent-fc.eventbridge",
            "targets in Function Compute",
            "函数计算目标",
        ),
    ];
    let services = [
        service("ecs", "Elastic Compute Service", "云服务器 ECS", "ECS", &[]),
        service("fc", "Function Compute", "函数计算", "FC", &[]),
        service("kms", "Key Management Service", "密钥管理服务", "KMS", &[]),
        service("log", "Simple Log Service", "日志服务", "SLS", &["Log Service"]),
    ];
    let actions = [
        ("kms:DescribeKey", Some("Shows a key.")),
        ("kms:Encrypt", Some("Encrypts data with a key.")),
        ("fc:InvokeFunction", Some("Runs a function.")),
        ("ecs:CreateNetworkInterface", Some("Creates a network card in a VPC.")),
        ("vpc:DescribeVSwitches", None),
    ];
    Corpus::from_parts(&products, &roles, &services, actions)
}

fn action(name: &str) -> Target {
    Target::Action { action: name.into() }
}

#[test]
fn the_first_hit_is_the_one_meant() {
    let corpus = small();
    let mut finder = Finder::new();
    let role = |short: &str| Target::Role(role_id(short));
    let service = |code: &str| Target::Service(code.into());
    for (typed, expected) in [
        ("fc", service("fc")),
        ("FC", service("fc")),
        ("函数", service("fc")),
        ("函数计算", service("fc")),
        ("function comp", service("fc")),
        ("compute func", service("fc")),
        ("ＫＭＳ", service("kms")),
        ("kms", service("kms")),
        ("sls", service("log")),
        ("日志", service("log")),
        ("kms:d", action("kms:DescribeKey")),
        ("describe vsw", action("vpc:DescribeVSwitches")),
        ("network card", action("ecs:CreateNetworkInterface")),
        ("eni", action("ecs:CreateNetworkInterface")),
        ("eCNI", action("ecs:CreateNetworkInterface")),
        ("AKC", role("AlikafkaConnector")),
        ("slrkc", role("AlikafkaConnector")),
        ("kafka conn", role("AlikafkaConnector")),
        ("aliyunserviceroleforalikafka", role("Alikafka")),
        ("连接器", role("AlikafkaConnector")),
        ("云盘", role("AlikafkaInstanceEncryption")),
        ("connector.alikafka.aliyuncs.com", role("AlikafkaConnector")),
        ("AliyunServiceRolePolicyForOnsMqtt", Target::Policy(role_id("OnsMqtt"))),
        ("mqtt", Target::Product(ProductId("mqtt".into()))),
        ("MQTT 版", Target::Product(ProductId("mqtt".into()))),
        ("apsara kafka", Target::Product(ProductId("alikafka".into()))),
    ] {
        let found = finder.set_query(&corpus, typed);
        let best = found.best().map(|hit| (corpus.target(hit.entry).unwrap(), hit.clone()));
        assert_eq!(best.as_ref().map(|(target, _)| target), Some(&expected), "{typed}: {best:#?}");
    }
    for typed in ["zzz", "函函", "kms:DescribeKeyy", "\u{202e}"] {
        assert_eq!(finder.set_query(&corpus, typed).counts.total(), 0, "{typed:?}");
        assert_eq!(finder.found().best(), None);
    }
}

#[test]
fn the_built_in_catalogue_is_found_by_what_people_type() {
    let catalog = Catalog::builtin().unwrap();
    let corpus = Corpus::of(&catalog);
    let counts = corpus.counts();
    assert_eq!(counts.of(Kind::Product), catalog.products().len());
    assert_eq!(counts.of(Kind::Role), catalog.roles().len());
    assert_eq!(counts.of(Kind::Service), catalog.services().all().len());
    assert_eq!(counts.of(Kind::Action), catalog.actions().all().count());
    let mut finder = Finder::new();
    for (typed, kind, expected) in [
        ("conn", Kind::Role, "AlikafkaConnector"),
        ("slrkc", Kind::Role, "AlikafkaConnector"),
        ("kms", Kind::Service, "kms"),
        ("FC", Kind::Service, "fc"),
        ("函数计算", Kind::Service, "fc"),
        ("Function Compute", Kind::Service, "fc"),
        ("ecs", Kind::Service, "ecs"),
        ("createvpcendpoint", Kind::Action, "privatelink:CreateVpcEndpoint"),
        ("connector.alikafka", Kind::ServiceName, "connector.alikafka.aliyuncs.com"),
        ("RolePolicyForAlikafkaC", Kind::Policy, "AliyunServiceRolePolicyForAlikafkaConnector"),
    ] {
        let found = finder.set_query(&corpus, typed);
        let first = found.of(kind).first().and_then(|hit| corpus.text(hit.entry, 0));
        assert_eq!(first, Some(expected), "{typed}: {:#?}", found.of(kind).first());
        check_hits(&corpus, found);
    }
    for entry in 0..corpus.len() as u32 {
        let is_known = match corpus.target(entry).unwrap() {
            Target::Product(id) => catalog.product(&id).is_some(),
            Target::Role(id) => catalog.role(&id).is_some(),
            Target::Policy(id) => catalog.role(&id).is_some_and(|role| role.policy.is_some()),
            Target::Service(code) => catalog.service(&code).is_some(),
            Target::Action { action } => catalog.actions().get(&action).is_some(),
        };
        assert!(is_known, "{:?} leads nowhere", corpus.text(entry, 0));
    }
}

#[test]
fn conn_finds_the_connector_in_every_group_that_has_it() {
    let corpus = small();
    let mut finder = Finder::new();
    let found = finder.set_query(&corpus, "conn");
    for (kind, expected) in [
        (Kind::Role, "AlikafkaConnector"),
        (Kind::Feature, "connectors"),
        (Kind::Policy, "AliyunServiceRolePolicyForAlikafkaConnector"),
        (Kind::ServiceName, "connector.alikafka.aliyuncs.com"),
    ] {
        let hit = &found.of(kind)[0];
        let shown = if kind == Kind::Role {
            corpus.text(hit.entry, 0)
        } else {
            corpus.text(hit.entry, hit.form)
        };
        assert_eq!(shown, Some(expected), "{kind:?}: {hit:?}");
        let text: Vec<char> = corpus.text(hit.entry, hit.form).unwrap().chars().collect();
        let marked: String = hit.indices().iter().map(|at| text[*at]).collect();
        assert_eq!(marked.to_lowercase(), "conn", "{hit:?}");
    }
    assert_eq!(found.of(Kind::Product), []);
}

#[test]
fn nothing_asked_shows_the_first_of_each_kind() {
    let corpus = small();
    let mut finder = Finder::new();
    let found = finder.set_query(&corpus, " \t");
    assert_eq!(found.counts, corpus.counts());
    let groups: Vec<(Kind, usize)> =
        found.groups().map(|(kind, hits)| (kind, hits.len())).collect();
    assert_eq!(groups.iter().map(|(kind, _)| *kind).collect::<Vec<_>>(), Kind::ALL);
    assert_eq!(groups.iter().map(|(_, hits)| *hits).collect::<Vec<_>>(), [3, 5, 5, 4, 5, 5, 5]);
    assert_eq!(corpus.text(found.of(Kind::Role)[1].entry, 0), Some("AlikafkaConnector"));
    assert_eq!(finder.set_query(&Corpus::new(), "x").counts.total(), 0);
}

#[test]
fn what_is_withdrawn_is_found_no_more_and_its_new_names_are() {
    let mut corpus = small();
    let before = corpus.counts();
    let mut finder = Finder::new();
    let connectors = finder.set_query(&corpus, "connector").counts;
    assert_eq!(connectors.of(Kind::Role), 1);
    let id = role_id("AlikafkaConnector");
    // Twice is as good as once.
    for name in ["Desk", "Counter"] {
        corpus.withdraw(|target| match target {
            Target::Role(role) | Target::Policy(role) => *role == id,
            _ => false,
        });
        let renamed = role("alikafka", name, "helpers", "helpers", "帮手");
        corpus.push_role(&Role { id: id.clone(), ..renamed });
        assert_eq!(corpus.counts(), before);
    }
    for (typed, expected) in [("connector", 0), ("desk", 0), ("counter", 1), ("", 5)] {
        let found = finder.set_query(&corpus, typed);
        assert_eq!(found.counts.of(Kind::Role), expected, "{typed}");
        assert_eq!(found.of(Kind::Role).len(), expected, "{typed}");
    }
    assert_eq!(finder.set_query(&corpus, "connector").counts.of(Kind::Policy), 0);
}

#[test]
fn a_good_hit_is_not_lost_among_very_many() {
    let long = "ots:AVeryLongNameIndeedThatEndsWithKinks";
    let mut corpus = Corpus::new();
    for number in 0..60_000 {
        corpus.push_action(&format!("ecs:List{number}Kinds"), &[]);
        if number == 40_000 {
            corpus.push_action(long, &[]);
            corpus.push_action("elk", &[]);
        }
    }
    let mut finder = Finder::new();
    for (typed, expected, step) in [("elk", "elk", Step::Exact), ("kink", long, Step::WordStart)] {
        let best = finder.set_query(&corpus, typed).best().unwrap();
        assert_eq!(corpus.text(best.entry, 0), Some(expected));
        assert_eq!(best.found.as_ref().unwrap().step, step);
    }
    let found = finder.set_query(&corpus, "ecs");
    assert_eq!((found.counts.of(Kind::Action), found.of(Kind::Action).len()), (60_000, SHOWN));
}

#[test]
fn hostile_texts_and_queries_stay_cheap() {
    let mut corpus = Corpus::new();
    let tooth = "a".repeat(1_000_000) + "b";
    for number in 0..2_000 {
        let name = format!("{}{}b", "a".repeat(LONGEST_TEXT - 8), number);
        corpus.push(Kind::Role, &[&name], &[&name], Target::Role(RoleId("x".into())));
    }
    corpus.push_action(&tooth, &[&tooth]);
    assert!(corpus.bytes() < 4_000_000, "{}", corpus.bytes());
    let action = corpus.len() as u32 - 1;
    assert!(
        corpus.target(action) == Some(Target::Action { action: tooth.clone() }),
        "the target is never cut"
    );
    let mut finder = Finder::new();
    for typed in
        [&*"a".repeat(300), &("a".repeat(250) + "b"), &"a ".repeat(200), &tooth, &"ab".repeat(40)]
    {
        let counts = finder.set_query(&corpus, typed).counts;
        assert!(counts.total() <= corpus.len());
    }
    assert_eq!(
        narrow([[&*tooth]], "aab").len(),
        0,
        "only the first {LONGEST_TEXT} characters are searched"
    );
    assert_eq!(narrow([[&*tooth]], &"a".repeat(LONGEST_QUERY + 9)).len(), 1);
}

/// A plain search: every word, letter by letter in names, as it stands in prose; capitals and widths do not count.
fn plainly(entries: &[Entry], typed: &str) -> Vec<usize> {
    let typed: String = typed.chars().filter(|c| !c.is_control() || c.is_whitespace()).collect();
    let typed = plain(&typed);
    let words: Vec<&str> = typed.split_whitespace().collect();
    let in_name = |text: &str, word: &str| {
        let mut chars = text.chars();
        word.chars().all(|wanted| chars.any(|c| c == wanted))
    };
    let matches = |entry: &Entry| {
        entry.names.iter().any(|text| words.iter().all(|word| in_name(&plain(text), word)))
            || entry.prose.iter().any(|text| words.iter().all(|word| plain(text).contains(word)))
    };
    entries
        .iter()
        .enumerate()
        .filter(|(_, entry)| matches(entry))
        .map(|(number, _)| number)
        .collect()
}

fn plain(text: &str) -> String {
    let narrow = |c: char| match c {
        '！'..='～' => char::from_u32(c as u32 - '！' as u32 + '!' as u32).unwrap(),
        '\u{3000}' => ' ',
        c => c,
    };
    let small = |c: char| {
        if c.to_lowercase().count() == 1 { c.to_lowercase().next().unwrap() } else { c }
    };
    text.chars().map(narrow).map(small).collect()
}

#[derive(Clone, Debug)]
struct Entry {
    kind: Kind,
    names: Vec<String>,
    prose: Vec<String>,
}

fn fill(corpus: &mut Corpus, entries: &[Entry]) {
    for entry in entries {
        let names: Vec<&str> = entry.names.iter().map(String::as_str).collect();
        let prose: Vec<&str> = entry.prose.iter().map(String::as_str).collect();
        corpus.push(entry.kind, &names, &prose, Target::Role(RoleId("x".into()))).unwrap();
    }
}

fn entries() -> impl Strategy<Value = Vec<Entry>> {
    let word = || prop_oneof![6 => "[a-dA-D:12]{1,8}", 2 => "[a-c函数计算ＡｂЯяİ ]{1,6}", 1 => any::<String>()];
    let kind = prop::sample::select(Kind::ALL.to_vec());
    let entry = (
        kind,
        "[a-dA-D:-]{1,12}",
        prop::collection::vec(word(), 0..3),
        prop::collection::vec(word(), 0..2),
    );
    let entry = entry.prop_map(|(kind, first, mut names, prose)| {
        names.push(first);
        Entry { kind, names, prose }
    });
    prop::collection::vec(entry, 0..60)
}

fn query() -> impl Strategy<Value = String> {
    prop_oneof![8 => "[a-dA-D:12 ]{1,5}", 3 => "[a-c函数计算ＡｂЯя ]{1,4}", 1 => any::<String>()]
        .prop_filter("nothing is asked", |typed| {
            typed.chars().any(|c| !c.is_whitespace() && !c.is_control())
        })
}

fn check_hits(corpus: &Corpus, found: &Found) {
    for (kind, hits) in found.groups() {
        assert!(hits.len() <= SHOWN.min(found.counts.of(kind)));
        for hit in hits {
            let text: Vec<char> = corpus.text(hit.entry, hit.form).unwrap().chars().collect();
            assert!(hit.indices().is_sorted_by(|a, b| a < b), "{hit:?}");
            assert!(hit.indices().iter().all(|at| *at < text.len()), "{hit:?} in {text:?}");
            assert_eq!(corpus.kind(hit.entry), Some(kind));
        }
        let steps: Vec<Option<Step>> =
            hits.iter().map(|hit| hit.found.as_ref().map(|found| found.step)).collect();
        assert!(steps.is_sorted(), "{steps:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn counts_are_those_of_a_plain_search(entries in entries(), typed in query()) {
        let mut corpus = Corpus::new();
        fill(&mut corpus, &entries);
        let mut finder = Finder::new();
        let found = finder.set_query(&corpus, &typed);
        let plain = plainly(&entries, &typed);
        for kind in Kind::ALL {
            let expected: Vec<u32> = plain.iter().filter(|at| entries[**at].kind == kind).map(|at| *at as u32).collect();
            prop_assert_eq!(found.counts.of(kind), expected.len(), "{:?} {:?}", kind, typed);
            let mut hits: Vec<u32> = found.of(kind).iter().map(|hit| hit.entry).collect();
            hits.sort_unstable();
            prop_assert_eq!(hits, expected);
        }
        check_hits(&corpus, found);
    }

    #[test]
    fn typing_and_backspace_find_what_a_fresh_query_finds(
        entries in entries(),
        more in entries(),
        keys in prop::collection::vec(prop_oneof![
            6 => prop::sample::select(vec!['a', 'b', 'c', 'd', '1', ':', 'A', '函']).prop_map(Some),
            1 => Just(Some(' ')),
            4 => Just(None),
        ], 0..24),
        grows_at in 0usize..24,
    ) {
        let mut corpus = Corpus::new();
        fill(&mut corpus, &entries);
        let mut finder = Finder::new();
        let mut typed = String::new();
        for (number, key) in keys.into_iter().enumerate() {
            match key {
                Some(c) => typed.push(c),
                None => { typed.pop(); }
            }
            if number == grows_at {
                fill(&mut corpus, &more);
            }
            let found = finder.set_query(&corpus, &typed).clone();
            let mut fresh = Finder::new();
            prop_assert_eq!(&found, fresh.set_query(&corpus, &typed), "{:?}", typed);
            check_hits(&corpus, &found);
        }
    }

    #[test]
    fn a_short_list_is_narrowed_as_a_corpus_is(entries in entries(), typed in query()) {
        let names: Vec<Entry> = entries.into_iter().map(|entry| Entry { prose: Vec::new(), ..entry }).collect();
        let found = narrow(names.iter().map(|entry| entry.names.iter().map(String::as_str)), &typed);
        for hit in &found {
            let length = names[hit.index].names[hit.form].chars().count();
            prop_assert!(hit.indices().iter().all(|at| *at < length), "{:?}", hit);
        }
        let mut narrowed: Vec<usize> = found.iter().map(|hit| hit.index).collect();
        narrowed.sort_unstable();
        prop_assert_eq!(narrowed, plainly(&names, &typed));
    }
}
