#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]
use rolescope::catalog::Catalog;
use rolescope::catalog::model::*;
use rolescope::catalog::removal::{
    tree::tree,
    write::{to_markdown, to_text},
};
use rolescope::catalog::text::Language;
#[test]
fn show() {
    let c = Catalog::builtin().unwrap();
    for r in ["AlikafkaETL", "KafkaLog"] {
        let rolescope::catalog::names::Found::One(role) = c.find_role(r) else { panic!() };
        let plan = c.removal_of_role(&role.id).unwrap();
        println!("{}", to_text(&tree(&c, &plan), Language::English, false));
    }
    let plan = c.removal_of_product(&ProductId("alikafka".into())).unwrap();
    println!(
        "{}",
        to_text(&tree(&c, &plan), Language::Chinese, false)
            .lines()
            .take(40)
            .collect::<Vec<_>>()
            .join("\n")
    );
    println!(
        "{}",
        to_markdown(&tree(&c, &plan), Language::English)
            .lines()
            .take(80)
            .collect::<Vec<_>>()
            .join("\n")
    );
}
