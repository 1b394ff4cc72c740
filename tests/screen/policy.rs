//! The policy pane: what limits a statement is always told, and a policy that is not here is told in full.

use crate::support::Journey;
use rolescope::app::event::Event;
use rolescope::app::layout::{Pane, inside};
use rolescope::catalog::import;

const ENCRYPTION: &str = "/AlikafkaInstanceEncryption<enter>";

#[test]
fn the_limits_of_a_statement_are_not_cut_off() {
    for (columns, rows) in [(80, 24), (120, 40), (40, 20), (200, 60)] {
        let mut j = Journey::new(columns, rows);
        j.keys(ENCRYPTION).keys("<tab><tab>g]]").sees("── Statement 2 ");
        let said: Vec<&str> =
            j.app.policy.explanation.lines.iter().map(|(_, l)| l.as_str()).collect();
        let said = said.join(" ");
        assert!(said.contains("alikafka:instance-encryption"), "{columns}x{rows} {said}");
        let height = usize::from(inside(j.app.layout.pane(Pane::Policy)).height);
        assert!(j.app.policy_page() * 3 >= height, "{columns}x{rows}\n{}", j.screen());
    }
}

#[test]
fn a_long_sentence_leaves_out_its_middle_and_not_its_end() {
    let actions: Vec<String> = (0..6)
        .flat_map(|service| (0..6).map(move |n| format!("\"code{service}:DescribeManyThings{n}\"")))
        .collect();
    let text = format!(
        r#"{{"Version":"1","Statement":[{{"Effect":"Allow","Action":[{}],"Resource":"acs:ecs:*:*:instance/i-1","Condition":{{"StringEquals":{{"acs:SourceVpc":"vpc-1"}}}}}}]}}"#,
        actions.join(",")
    );
    let catalog = crate::support::account(&["AliyunServiceRoleForAlikafka"], "v3", &text);
    let mut j = Journey::with(catalog, 60, 16);
    j.keys("<enter><enter><enter>]");
    let said: Vec<&str> = j.app.policy.explanation.lines.iter().map(|(_, l)| l.as_str()).collect();
    let said = said.join(" ");
    assert!(
        said.starts_with("The holder may use") && said.contains(" …"),
        "{said}\n{}",
        j.screen()
    );
    assert!(said.contains("acs:ecs:*:*:instance/i-1") && said.contains("vpc-1"), "{said}");
}

/// A role that is known by name only, its policy pane with the focus.
fn by_name(columns: u16, rows: u16) -> Journey {
    let mut j = Journey::new(columns, rows);
    let others = import::others(&j.app.catalog.clone());
    j.event(Event::Loaded(Box::new(others)));
    j.keys("/polardb<enter><enter><enter>");
    while j.app.focus != Pane::Policy {
        j.keys("<tab>");
    }
    assert!(j.app.current_role().unwrap().policy.is_none(), "{}", j.screen());
    j
}

#[test]
fn how_to_get_a_policy_that_is_not_here_is_told_in_full_and_copied_first() {
    let mut j = by_name(80, 24);
    let banner = j.app.policy.banner.join(" ");
    assert!(banner.contains("aliyun ram GetPolicy") && !banner.contains('…'), "{banner}");
    j.sees("To get it: aliyun ram GetPolicy").sees("AliyunServiceRolePolicyForPolarDB");
    j.keys("yy");
    assert!(j.copied().starts_with("aliyun ram GetPolicy --PolicyType System --PolicyName "));
    assert!(!j.copied().ends_with('\n'), "it would run at once");
    j.keys("e").sees("There is no statement here to explain.");
    assert!(j.app.explain, "elsewhere statements are still explained");
    // Nor is the trust policy of a role whose service is not known.
    let mut roles = j.app.catalog.roles().iter();
    let name = roles.find(|role| role.trust.is_none()).unwrap().name.clone();
    j.keys(&format!("/{name}<enter>T")).sees("trust policy of this role is not in the catalogue.");
    j.keys("yy");
    assert_eq!(j.copied(), format!("aliyun ram GetRole --RoleName {name}"));
}

#[test]
fn a_filter_that_is_chosen_in_the_policy_leads_to_what_it_matches() {
    let mut j = Journey::new(80, 24);
    j.keys("/AlikafkaConnector<enter><right><right>").sees("── Statement 1 ");
    j.keys("stablestore<enter>").sees("service: OTS").sees("ots:").sees_not("── Statement 1 ");
    assert_eq!(j.app.focus, Pane::Policy);
    // Who is in a statement that has it already stays there.
    let place = |j: &Journey| j.app.policy.pane.position();
    j.keys("jj");
    let before = place(&j);
    j.keys("sots<enter>");
    assert_eq!(place(&j), before, "{}", j.screen());
    j.keys("x");
    assert_eq!(place(&j), before, "{}", j.screen());
}
