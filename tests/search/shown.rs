//! What of the hits is shown, and in which words.

use rolescope::catalog::Catalog;
use rolescope::catalog::search::{Corpus, Finder, Kind, Row, clearly};
use rolescope::say::Language;

/// What is told of a search in the built-in catalogue: group by group, name and detail.
fn told(language: Language, typed: &str) -> Vec<(Kind, String, String)> {
    let catalog = Catalog::builtin().unwrap();
    let corpus = Corpus::of(&catalog);
    let mut finder = Finder::new();
    let found = finder.set_query(&corpus, typed);
    let mut rows = Vec::new();
    for (kind, hits) in found.shown_groups(found.first_kind(true)) {
        for hit in hits {
            let row = Row::of(hit, &corpus, &catalog, language, typed).unwrap();
            rows.push((kind, row.label, row.detail));
        }
    }
    rows
}

#[test]
fn names_are_told_in_the_language_of_the_reader() {
    let is_chinese = |text: &str| text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    for typed in ["mqtt", "kms", "kafka", "connector", "encrypt"] {
        for (kind, label, detail) in told(Language::English, typed) {
            let all = format!("{label} · {detail}");
            assert!(!is_chinese(&all), "{typed}: {kind:?} {all}");
        }
    }
    // What was typed in the other language stands beside the name.
    let services = told(Language::English, "函数计算");
    let service = services.iter().find(|(kind, ..)| *kind == Kind::Service).unwrap();
    assert_eq!(service.1, "Function Compute  函数计算");
    let services = told(Language::Chinese, "Function Compute");
    let service = services.iter().find(|(kind, ..)| *kind == Kind::Service).unwrap();
    assert_eq!(service.1, "函数计算  Function Compute");
}

#[test]
fn scattered_letters_are_left_out_where_anything_has_what_was_typed() {
    for typed in ["kms", "mqtt", "tunnel", "decrypt"] {
        let rows = told(Language::English, typed);
        assert!(!rows.is_empty(), "{typed}");
        assert!(
            rows.iter().all(|(_, label, _)| !label.contains("Migration of RocketMQ")),
            "{typed}: {rows:#?}"
        );
    }
    // Nothing has these letters together: the scattered ones are what there is.
    assert!(!told(Language::English, "dcrypt").is_empty());
    let clear = |names: &[&str], typed: &str| -> Vec<usize> {
        clearly(names.iter().map(|name| [*name]), typed).iter().map(|hit| hit.index).collect()
    };
    assert_eq!(clear(&["the unit", "tXuXn", "MqttTunnel"], "tun"), [2, 0]);
    assert_eq!(clear(&["tXuXn"], "tun"), [0]);
}

#[test]
fn how_many_are_worth_showing_is_exact_or_said_to_be_more() {
    let mut corpus = Corpus::new();
    for number in 0..500 {
        corpus.push_action(&format!("ecs:Tune{number}"), &[]);
        corpus.push_action(&format!("ecs:TXuXn{number}"), &[]);
        corpus.push_action(&format!("xtxuxn{number}"), &[]);
    }
    let mut finder = Finder::new();
    let found = finder.set_query(&corpus, "tun");
    assert_eq!(
        (found.counts.of(Kind::Action), found.shown_count(Kind::Action)),
        (1500, (500, false))
    );
    assert_eq!(
        found.heading(Kind::Action, &corpus, &Catalog::default(), Language::English),
        "Actions (50 of 500)"
    );
    for number in 500..900 {
        corpus.push_action(&format!("ecs:Tune{number}"), &[]);
    }
    let found = finder.set_query(&corpus, "tun");
    let (count, more) = found.shown_count(Kind::Action);
    assert!(more && count <= 900, "{count}");
    assert!(
        found
            .heading(Kind::Action, &corpus, &Catalog::default(), Language::English)
            .ends_with(" or more)")
    );
}

#[test]
fn a_service_that_is_named_in_full_stands_before_names_with_its_letters() {
    for (typed, label) in [
        ("fc", "FC"),
        ("ＦＣ", "FC"),
        ("function compute", "Function Compute"),
        ("函数计算", "Function Compute  函数计算"),
        ("ecs", "ECS"),
        ("sls", "SLS"),
    ] {
        let rows = told(Language::English, typed);
        let (kind, first, _) = &rows[0];
        assert_eq!((*kind, first.to_lowercase()), (Kind::Service, label.to_lowercase()), "{typed}");
    }
    // A product of the same name, and what is only a part of a name, leave the order as it is.
    for (typed, kind) in
        [("eventbridge", Kind::Product), ("alikafka", Kind::Product), ("tunnel", Kind::Role)]
    {
        assert_eq!(told(Language::English, typed)[0].0, kind, "{typed}");
    }
}
