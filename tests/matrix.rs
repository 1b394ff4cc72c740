//! Journeys through the matrix of roles by services.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    missing_docs
)]

mod support;

use rolescope::app::event::Event;
use support::Journey;

#[test]
fn the_matrix_shows_roles_by_services() {
    let mut j = Journey::new(200, 60);
    j.keys("m").at("rolescope › Matrix").sees("15 roles by 20 services");
    for seen in
        ["KMS", "PrivateLink", "AlikafkaConnector", "W 12", "L list", "P permissions", "by product"]
    {
        j.sees(seen);
    }
    j.sees("Alikafka may call 1 action of Resource Access Management, up to permissions.");
    j.keys("l").sees("Alikafka may call 14 actions of Elastic Compute Service");
    j.keys("<enter>").at("rolescope › ApsaraMQ for Kafka › Alikafka › Elastic Compute Service");
    j.keys("<esc>").at("rolescope › Matrix").keys("<esc>").at("rolescope › ApsaraMQ for Kafka");
}

#[test]
fn the_matrix_sorts_filters_and_can_be_copied() {
    let mut j = Journey::new(120, 40);
    j.keys("mo").sees("by number of actions");
    let first = j
        .screen()
        .lines()
        .find(|line| line.contains('▸') || line.contains("W 20"))
        .map(str::to_owned);
    assert!(first.is_some_and(|line| line.contains("Connector") || line.contains("Alikafka")));
    j.keys("s").event(Event::Paste("kms".into())).keys("<enter>").sees("2 roles by 2 services");
    // The filter narrows what is looked at and leads nowhere else; its service is the selected one.
    assert!(j.crumbs().starts_with("rolescope › Matrix"), "{}", j.crumbs());
    j.sees("actions of Key Management Service");
    j.keys("s<home><enter>").at("rolescope › Matrix").sees("15 roles");
    j.keys("s").event(Event::Paste("kms".into())).keys("<enter>");
    j.keys("x").sees("15 roles");
    j.keys("yy");
    assert!(j.copied().starts_with("| role |"), "{}", j.copied());
}

#[test]
fn columns_beyond_an_edge_are_told_there() {
    for columns in (60..=200).step_by(20).chain([66, 73, 90, 97, 119, 131, 171]) {
        let mut j = Journey::new(columns, 24);
        j.keys("m");
        for step in 0..20 {
            let screen = j.screen();
            let rolescope::app::View::Matrix(view) = &j.app.view else { panic!("{screen}") };
            let shown = view.visible(usize::from(columns) - 2);
            let heads = screen.lines().nth(2).unwrap().to_owned();
            let (left, right) = (view.left > 0, shown.end < view.columns.len());
            assert!(shown.contains(&view.column), "{columns} {step}\n{screen}");
            assert_eq!(heads.contains('‹'), left, "{columns} {step}\n{screen}");
            assert_eq!(heads.contains('›'), right, "{columns} {step}\n{screen}");
            j.keys("l");
        }
    }
}
