//! Statements that came or went beside others on the same resources.

use super::support::{Few, policy};
use rolescope::policy::compare::{Change, Comparison, Reach, compare};
use rolescope::say::Language;
use serde_json::{Value, json};

fn compared(left: &[Value], right: &[Value]) -> Comparison {
    compare(Language::English, &policy(&json!(left)), &policy(&json!(right)), &Few)
}

fn on(resource: &str, actions: &[&str]) -> Value {
    json!({ "Effect": "Allow", "Action": actions, "Resource": resource })
}

#[test]
fn a_new_statement_on_the_same_resources_is_told_as_new() {
    let ecs = on("*", &["ecs:DescribeInstances", "ecs:DescribeVpcs"]);
    let kms = on("*", &["kms:Decrypt", "kms:Encrypt"]);
    let one = [ecs.clone()];
    let two = [ecs, kms];
    let there = compared(&one, &two);
    assert_eq!(there.same, [(vec![0], vec![0])], "{there:#?}");
    assert!(there.changed.is_empty() && there.gone.is_empty(), "{there:#?}");
    assert_eq!(there.added[0].statements, [1], "{there:#?}");
    assert_eq!(there.actions_added, ["kms:Decrypt", "kms:Encrypt"]);
    assert_eq!(
        there.verdict, "Only the second has the statement on kms. All else is the same.",
        "{there:#?}"
    );
    let back = compared(&two, &one);
    assert_eq!(back.same, [(vec![0], vec![0])], "{back:#?}");
    assert_eq!(back.gone[0].statements, [1], "{back:#?}");
    assert!(back.changed.is_empty() && back.added.is_empty(), "{back:#?}");
}

#[test]
fn a_statement_in_the_place_of_another_is_no_change_of_it() {
    let stays = on("*", &["ecs:DescribeInstances"]);
    let comparison = compared(
        &[stays.clone(), on("*", &["oss:GetObject"])],
        &[on("*", &["kms:Decrypt"]), stays],
    );
    assert_eq!(comparison.same, [(vec![0], vec![1])], "{comparison:#?}");
    assert_eq!(comparison.gone[0].statements, [1], "{comparison:#?}");
    assert_eq!(comparison.added[0].statements, [0], "{comparison:#?}");
    assert!(comparison.changed.is_empty(), "{comparison:#?}");
}

#[test]
fn what_is_taken_apart_corresponds_to_what_was_alone() {
    let stays = on("*", &["ecs:DescribeInstances"]);
    let narrow = on("acs:kms:*:*:key/1", &["kms:Decrypt"]);
    let comparison = compared(&[stays.clone(), narrow], &[stays, on("*", &["kms:Decrypt"])]);
    assert_eq!(comparison.same, [(vec![0], vec![0])], "{comparison:#?}");
    assert!(comparison.gone.is_empty() && comparison.added.is_empty(), "{comparison:#?}");
    let changes = &comparison.changed[0].changes;
    assert!(
        matches!(&changes[..], [Change::Resources { how: Reach::Wider, .. }]),
        "{comparison:#?}"
    );
}

#[test]
fn statements_that_share_an_action_stay_one_grant() {
    // One statement or several is no difference, and a pattern shares what it matches.
    for right in [
        [on("*", &["ecs:DescribeInstances"]), on("*", &["ecs:DescribeVpcs", "kms:Decrypt"])],
        [on("*", &["ecs:DescribeInst*"]), on("*", &["ecs:*Vpcs", "kms:Decrypt"])],
    ] {
        let left = [on("*", &["ecs:DescribeInstances", "ecs:DescribeVpcs"])];
        let comparison = compared(&left, &right);
        assert_eq!(comparison.changed.len(), 1, "{comparison:#?}");
        assert_eq!(comparison.changed[0].right, [0, 1], "{comparison:#?}");
        assert!(comparison.gone.is_empty() && comparison.added.is_empty(), "{comparison:#?}");
    }
}

#[test]
fn a_new_statement_on_each_of_several_resources_is_told_as_new() {
    let named = |id: &str| format!("acs:ecs:*:*:instance/{id}");
    let stays = |id: &str| on(&named(id), &["ecs:DescribeInstances"]);
    let comes = |id: &str| on(&named(id), &["ecs:StopInstance"]);
    let comparison =
        compared(&[stays("a"), stays("b")], &[stays("a"), comes("a"), stays("b"), comes("b")]);
    assert_eq!(comparison.same, [(vec![0, 1], vec![0, 2])], "{comparison:#?}");
    assert_eq!(comparison.added[0].statements, [1, 3], "{comparison:#?}");
    assert!(comparison.changed.is_empty() && comparison.gone.is_empty(), "{comparison:#?}");
}
