//! What a place offers is what it can do: hints, tours, lists in the language of the screen.

use crate::support::Journey;
use rolescope::app::App;
use rolescope::app::View;
use rolescope::app::event::Event;
use rolescope::app::picker::Line;
use rolescope::catalog::import::{File, Importer, contents};
use rolescope::policy::json::Limits;
use rolescope::say::Language;
use std::sync::Arc;

/// The last line of the screen.
fn footer(j: &Journey) -> String {
    j.screen().trim_end().lines().last().unwrap_or_default().to_owned()
}

/// The program on a policy document of its own.
fn own_document() -> Journey {
    let mut j = Journey::new(240, 40);
    let catalog = j.app.catalog.clone();
    let mut importer =
        Importer::speaking(Language::English, catalog.clone(), &["p.json".to_owned()]);
    let text = r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"ecs:RunInstances","Resource":"*"}]}"#;
    let found =
        contents(&rolescope::policy::source::Source::from(text), &Limits::default(), &*catalog);
    importer.add(File { path: "p.json", given: 0, direct: true }, found);
    j.event(Event::Loaded(Box::new(importer.take())));
    j.keys("<home>");
    while j.app.current_role().unwrap().kind != rolescope::catalog::model::RoleKind::Document {
        j.keys("j");
    }
    j
}

#[test]
fn a_policy_document_offers_neither_removal_nor_trust_policy() {
    let mut j = own_document();
    j.keys("<enter>");
    assert!(!footer(&j).contains("removal") && !footer(&j).contains("trust"), "{}", j.screen());
    j.keys("T").sees("This is a policy document and no role");
    assert!(!j.app.policy.trust, "{}", j.screen());
    j.sees("ecs:RunInstances");
    let mut j = Journey::new(240, 40);
    j.keys("<enter>");
    assert!(
        footer(&j).contains("d removal") && footer(&j).contains("T trust policy"),
        "{}",
        footer(&j)
    );
}

#[test]
fn a_heading_of_a_comparison_offers_nothing_to_open() {
    let mut j = Journey::new(120, 40);
    j.keys("<enter>=<enter>");
    assert!(!footer(&j).contains("Enter open"), "{}", j.screen());
    j.keys("j");
    assert!(footer(&j).contains("Enter open"), "{}", j.screen());
}

#[test]
fn a_tour_without_room_says_what_it_needs() {
    for (columns, rows) in [(30, 8), (80, 10)] {
        let mut j = Journey::new(columns, rows);
        j.keys("<enter>t<enter>");
        assert!(j.app.tour.is_none(), "{}", j.screen());
        let said = j.app.notice.as_ref().map(|notice| notice.text.clone()).unwrap_or_default();
        assert!(said.contains("needs a screen of 11 lines"), "{columns}x{rows}: {said}");
    }
    let mut j = Journey::new(80, 11);
    j.keys("t<enter>").sees("step 1 of ");
    // Where it loses its room later, steps wait until they can be seen.
    j.resize(30, 8).sees("A tour needs a screen of 11").keys("n").sees("A tour needs a screen");
    j.resize(80, 24).sees("step 1 of ");
}

#[test]
fn the_plan_is_scrolled_to_what_the_tour_tells_of() {
    for (columns, rows) in [(80, 24), (160, 40)] {
        let mut j = Journey::new(columns, rows);
        j.app.start_tour("safe-removal").unwrap();
        for (keys, heading) in [
            ("/MqttCoreRuleEngine<enter>d", "Remove first"),
            ("n", "What stops working"),
            ("n", "Then delete the role"),
            ("yy", "Then delete the role"),
            ("n", "Who may delete it"),
        ] {
            let step = j.app.tour.as_ref().map(|tour| tour.step);
            j.keys(keys);
            // A text that does not fit is read to its end first.
            while keys == "n" && j.app.tour.as_ref().map(|tour| tour.step) == step {
                j.keys("n");
            }
            let View::Removal(view) = &j.app.view else { panic!("{}", j.screen()) };
            let selected = view.selected().unwrap().text.en.clone();
            assert_eq!(selected, heading, "{}", j.screen());
            j.sees(heading);
        }
    }
}

#[test]
fn services_are_told_in_chinese_first() {
    let catalog = Arc::new(rolescope::catalog::Catalog::builtin().unwrap());
    let app = App::speaking(Language::Chinese, catalog, 80, 24);
    let mut j = Journey::of(app, 80, 24);
    j.keys("s").sees("密钥管理服务  Key");
}

#[test]
fn in_the_plan_of_a_product_findings_and_comparison_are_about_the_role_of_the_cursor() {
    let mut j = Journey::new(120, 40);
    // Before and behind its roles nobody is asked about.
    for keys in ["<down>df", "=", "Gf", "="] {
        j.keys(keys).sees("The cursor is on no role of the plan.").sees_not("Findings of");
    }
    // From the end up to the last of its roles.
    for _ in 0..30 {
        j.keys("k");
    }
    j.keys("f").sees("Findings of MqttKafkaRuleEngine");
    j.keys("<esc>=<enter>").sees("By meaning: MqttKafkaRuleEngine with");
}

#[test]
fn a_filter_that_hides_what_is_gone_to_is_taken_away_with_a_word() {
    let mut j = Journey::new(120, 40);
    j.keys("skms<enter>/MqttTunnel<enter>");
    j.sees("MqttTunnel does not touch").sees("the filter is off; Alt-← goes back");
    assert!(j.app.filter.is_none());
    j.keys("H");
    assert!(j.app.filter.is_some(), "{}", j.screen());
}

#[test]
fn find_counts_what_its_headings_count() {
    let mut j = Journey::new(120, 60);
    for typed in ["kms", "fc", "tunnel", "encrypt"] {
        j.keys(&format!("/{typed}"));
        let number = |line: &Line| match line {
            Line::Heading(said) => {
                said.rsplit_once('(')?.1.trim_end_matches(')').parse::<usize>().ok()
            }
            Line::Item(_) => None,
        };
        let picker = j.app.overlay.as_ref().unwrap().picker().unwrap();
        let counted: usize = picker.lines.iter().filter_map(number).sum();
        j.sees(&format!("{counted} found")).keys("<esc>");
    }
}

/// Who looks at a role and narrows by a service would otherwise take the answer of another role for that of this one.
#[test]
fn a_filter_that_hides_the_role_in_view_says_so_and_the_history_leads_back() {
    let mut j = Journey::new(120, 40);
    j.keys("<enter>/AlikafkaConnector<enter><enter>").sees("Permissions of AlikafkaConnector");
    j.keys("secs<enter>").sees("AlikafkaConnector does not touch Elastic Compute Service: this is");
    j.sees("Alt-← goes back").sees_not("Permissions of AlikafkaConnector");
    j.keys("H").sees("Permissions of AlikafkaConnector").sees_not("ECS ×");
    // In the list of products no role is in view: the counts are said.
    j.keys("<esc><esc>skms<enter>").sees("touch Key Management Service");
}

#[test]
fn the_header_names_a_filter_where_it_filters() {
    let mut j = Journey::new(120, 40);
    j.keys("skms<enter><tab>").sees("service: KMS");
    for (keys, back) in [("d", "<esc>"), ("w", "<esc>"), ("=<enter>", "<esc>")] {
        j.keys(keys).sees_not("service: KMS").keys(back).sees("service: KMS");
    }
    j.keys("m").sees("service: KMS").keys("x").sees_not("service: KMS");
}
