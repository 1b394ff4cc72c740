//! What a denial on some resources takes of an Allow on some.

use super::denials::{allow, both, deny, lines, summary};
use super::support::policy;
use rolescope::say::Language;
use serde_json::{Value, json};

#[test]
fn a_denial_on_all_resources_of_an_allow_leaves_nothing_of_it() {
    let on = |resource: &str| json!(resource);
    let objects = || on("acs:oss:*:*:b/*");
    let (denied, granted) = ("oss: denied oss:GetObject", "oss: read oss:GetObject");
    let but = |action: &str, resource: Value| json!({ "Effect": "Deny", "NotAction": action, "Resource": resource });
    for (what, allowed, denial, expected) in [
        ("the same", objects(), deny(&json!("oss:GetObject"), &objects()), denied),
        ("more", on("acs:oss:*:1:b/x*"), deny(&json!("oss:GetObject"), &objects()), denied),
        ("less", objects(), deny(&json!("oss:GetObject"), &on("acs:oss:*:*:b/x*")), granted),
        (
            "all of two",
            json!(["acs:oss:*:*:b/x", "acs:oss:*:*:c/y"]),
            deny(&json!("oss:GetObject"), &json!(["acs:oss:*:*:c/*", "acs:oss:*:*:b/*"])),
            denied,
        ),
        (
            "one of two",
            json!(["acs:oss:*:*:b/x", "acs:oss:*:*:c/y"]),
            deny(&json!("oss:GetObject"), &objects()),
            granted,
        ),
        ("every resource", on("*"), deny(&json!("oss:GetObject"), &objects()), granted),
    ] {
        let summary = summary(&json!([allow(&json!("oss:GetObject"), &allowed), denial]));
        assert_eq!(lines(&summary)[0], expected, "{what}: {summary:#?}");
    }

    // All of the service, as is said at the action.
    let denial = deny(&json!("oss:*"), &objects());
    let one = summary(&json!([allow(&json!("oss:GetObject"), &objects()), denial]));
    assert_eq!(lines(&one), ["oss: denied oss:GetObject, oss:*"]);
    let words = one.services[0].denied[0].overruled_words(Language::English).unwrap();
    assert_eq!(words, "allowed by statement 1, denied as a whole by statement 2");

    let rest =
        summary(&json!([allow(&json!("oss:GetObject"), &objects()), but("ecs:*", objects())]));
    assert_eq!(lines(&rest)[0], denied);
    let beside = summary(&json!([
        allow(&json!("oss:GetObject"), &objects()),
        deny(&json!("oss:GetObject"), &objects()),
        allow(&json!("oss:GetObject"), &on("acs:oss:*:*:c/*")),
    ]));
    assert_eq!(lines(&beside), [granted]);
}

#[test]
fn denials_on_thousands_of_resources_are_held_in_bounds() {
    let resources: Vec<String> = (0..20_000).map(|n| format!("acs:oss:*:*:*b{n}*")).collect();
    let narrow = |n: usize| json!([format!("acs:oss:*:*:b{n}/*")]);
    let mut statements: Vec<Value> = (0..2_000)
        .flat_map(|n| {
            [allow(&json!("oss:GetObject"), &narrow(n)), deny(&json!("*:?et*"), &narrow(n + 1))]
        })
        .collect();
    statements.push(allow(&json!("oss:PutObject"), &json!(resources)));
    statements.push(deny(&json!("oss:PutObject"), &json!(resources)));
    both(&policy(&json!(statements)));
}
