//! An answer that has only a part of its list is never taken for the whole.

use super::find;
use rolescope::policy::wrapper::{Found, SkipReason};
use serde_json::{Value, json};

/// Roles of this many numbers, as an answer lists them.
fn roles(count: usize) -> Value {
    let trust = r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"Service":["ecs.aliyuncs.com"]}}]}"#;
    let role = |n: usize| json!({"RoleName": format!("R{n}"), "Arn": format!("acs:ram::1:role/r{n}"), "AssumeRolePolicyDocument": trust});
    (0..count).map(role).collect()
}

/// The lists that lack something, each with the way to it.
fn lacking(found: &Found) -> Vec<String> {
    let lacks = found.skipped.iter().filter_map(|one| match &one.reason {
        SkipReason::Cut { list, held, total: None } => Some(format!("{} {list} {held}+", one.path)),
        SkipReason::Cut { list, held, total: Some(total) } => {
            Some(format!("{} {list} {held}/{total}", one.path))
        }
        _ => None,
    });
    lacks.collect()
}

#[test]
fn a_list_that_is_not_whole_is_told() {
    let two = || json!({"Role": roles(2)});
    let cut = json!({"IsTruncated": true, "Marker": "M", "Roles": two()});
    let end = json!({"IsTruncated": false, "Roles": two()});
    let of = |total: usize, held: usize| json!({"TotalCount": total, "PageNumber": 1, "Roles": {"Role": roles(held)}});
    let policies = json!([{"PolicyName": "P", "PolicyType": "System"}]);
    let typed = |kind: &str, more: bool| json!({"IsTruncated": more, "Policies": {"Policy": [{"PolicyName": "P", "PolicyType": kind}]}});
    let cases: Vec<(Value, &[&str])> = vec![
        (cut.clone(), &["$.Roles Roles 2+"]),
        (json!({"IsTruncated": "true", "Roles": roles(3)}), &["$.Roles Roles 3+"]),
        (json!({"IsTruncated": true, "Roles": {"Role": roles(1)[0]}}), &["$.Roles Roles 1+"]),
        (end.clone(), &[]),
        (of(20, 1), &["$.Roles Roles 1/20"]),
        (json!({"TotalCount": "20", "Roles": two()}), &["$.Roles Roles 2/20"]),
        (of(2, 2), &[]),
        (
            json!({"IsTruncated": true, "Policies": {"Policy": policies}}),
            &["$.Policies Policies 1+"],
        ),
        (
            json!({"TotalCount": 2, "PolicyAttachments": {"PolicyAttachment": policies}}),
            &["$.PolicyAttachments PolicyAttachments 1/2"],
        ),
        // Several pages in one text.
        (json!([cut, end]), &[]),
        (json!([cut, cut]), &["$[1].Roles Roles 4+"]),
        (json!([of(4, 2), of(4, 2)]), &[]),
        (json!([of(5, 2), of(5, 2)]), &["$[1].Roles Roles 4/5"]),
        (json!([of(2, 2), of(5, 2)]), &["$[1].Roles Roles 2/5"]),
        // The end of one list is not that of another.
        (json!([typed("System", true), typed("Custom", false)]), &["$[0].Policies Policies 1+"]),
        (json!([typed("System", true), typed("System", false)]), &[]),
        // In a string, as programs log what they were answered.
        (json!({"log": cut.to_string()}), &["$.log > $.Roles Roles 2+"]),
        // What is no answer of RAM.
        (json!({"IsTruncated": true, "Users": two()}), &[]),
        (json!({"TotalCount": 9, "Policies": [{"Id": 1}]}), &[]),
    ];
    for (answer, expected) in cases {
        assert_eq!(lacking(&find(&answer.to_string())), expected, "{answer}");
    }
    // One page behind the other, without a list around them.
    assert_eq!(lacking(&find(&format!("{cut}\n{end}\n"))), [""; 0]);
    // In any order, as a shell lists files.
    assert_eq!(lacking(&find(&format!("{end}\n{cut}\n"))), [""; 0]);
}

#[test]
fn a_large_list_is_counted_too() {
    let all = roles(2_000);
    let answer = |head: &str, all: &Value| format!("{{{head}, \"Roles\": {{\"Role\": {all}}}}}");
    for (head, expected) in [
        ("\"IsTruncated\": true", vec!["$.Roles Roles 2000+"]),
        ("\"IsTruncated\": false", vec![]),
        ("\"TotalCount\": 2000", vec![]),
        ("\"TotalCount\": 2001", vec!["$.Roles Roles 2000/2001"]),
    ] {
        let text = answer(head, &all);
        assert!(text.len() > 256 << 10);
        assert_eq!(lacking(&find(&text)), expected, "{head}");
        assert_eq!(lacking(&find(&format!("// why\n{text}"))), expected, "{head}, as a whole");
    }
    // Pages that are searched in parts.
    let page = |more: bool| json!({"IsTruncated": more, "Roles": {"Role": roles(100)}});
    let pages = |last: bool| (0..40).map(|n| page(n < 39 || last)).collect::<Value>();
    assert_eq!(lacking(&find(&pages(false).to_string())), [""; 0]);
    assert_eq!(lacking(&find(&pages(true).to_string())), ["$[39].Roles Roles 4000+"]);
}
