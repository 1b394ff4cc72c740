//! Findings about a role that may be passed together with an action that runs under it: a table of documents and what is
//! found.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

use rolescope::policy::findings::Origin;
use rolescope::say::Language;

#[path = "support/told.rs"]
mod told;

use told::{check, of, of_origin};

const RULE: &str = "runs-as-passed-role";

/// What the rule tells of a statement that passes roles, and one beside it.
fn paths(roles: &str, condition: &str, beside: &str) -> Vec<String> {
    let pass =
        format!(r#"{{"Effect":"Allow","Action":"ram:PassRole","Resource":"{roles}"{condition}}}"#);
    let found = of(&format!("{pass},{beside}"), Language::English);
    let found = found.iter().filter(|one| one.rule.id() == RULE);
    found.map(|one| format!("{} {}", one.severity.letter(), one.message)).collect()
}

fn allow(actions: &str) -> String {
    format!(r#"{{"Effect":"Allow","Action":{actions},"Resource":"*"}}"#)
}

fn to(service: &str) -> String {
    format!(r#","Condition":{{"StringEquals":{{"acs:Service":"{service}"}}}}"#)
}

// The sources of the actions stand beside their table.
#[test]
fn a_passed_role_and_what_runs_under_it() {
    let any = |actions: &str| {
        format!("W With {actions} it can act as any role of the account, passed by statement 1.")
    };
    for (actions, told) in [
        (r#""ecs:RunInstances""#, Some("ecs:RunInstances")),
        (r#""eci:CreateContainerGroup""#, Some("eci:CreateContainerGroup")),
        (r#""oos:StartExecution""#, Some("oos:StartExecution")),
        (r#"["ros:CreateStack","ROS:updatestack"]"#, Some("ros:CreateStack and ROS:updatestack")),
        (r#""ros:CreateChangeSet""#, Some("ros:CreateChangeSet")),
        (r#""ecs:CreateLaunchTemplate""#, Some("ecs:CreateLaunchTemplate")),
        (r#""ecs:CreateLaunchTemplateVersion""#, Some("ecs:CreateLaunchTemplateVersion")),
        (r#""ess:CreateScalingConfiguration""#, Some("ess:CreateScalingConfiguration")),
        (r#""ess:ModifyScalingConfiguration""#, Some("ess:ModifyScalingConfiguration")),
        (r#""fc:CreateService""#, Some("fc:CreateService")),
        (r#""fc:UpdateService""#, Some("fc:UpdateService")),
        (r#"["fnf:CreateFlow","fnf:UpdateFlow"]"#, Some("fnf:CreateFlow and fnf:UpdateFlow")),
        (r#""fc:*""#, Some("fc:* (fc:CreateFunction among them)")),
        (r#""ecs:Attach*""#, Some("ecs:Attach* (ecs:AttachInstanceRamRole among them)")),
        // All of every service is told as that.
        (r#""*""#, None),
        (r#"["ecs:DescribeInstances","fc:InvokeFunction"]"#, None),
    ] {
        let expected: Vec<String> = told.map(any).into_iter().collect();
        assert_eq!(paths("*", "", &allow(actions)), expected, "{actions}");
    }
}

#[test]
fn services_roles_and_conditions_narrow_it() {
    let start = allow(r#"["ecs:RunInstances","fc:CreateFunction"]"#);
    let limited = "N With fc:CreateFunction it can act as any role of the account, passed by statement 1 under a condition.";
    assert_eq!(paths("*", &to("fc.aliyuncs.com"), &start), [limited]);
    assert_eq!(paths("*", &to("ros.aliyuncs.com"), &start), [""; 0]);
    assert_eq!(
        paths("acs:ram:*:*:role/web", "", &start),
        [
            "N With ecs:RunInstances and fc:CreateFunction it can act as acs:ram:*:*:role/web, passed by statement 1."
        ]
    );
    // A named role for a named service is what it should be.
    assert_eq!(paths("acs:ram:*:*:role/web", &to("fc.aliyuncs.com"), &start), [""; 0]);
    // What is denied as a whole starts nothing.
    let denied = r#"{"Effect":"Deny","Action":"fc:*","Resource":"*"}"#;
    assert_eq!(paths("*", "", &format!("{},{denied}", allow(r#""fc:CreateFunction""#))), [""; 0]);
    // Without a role to pass there is no path.
    check(&allow(r#""fc:CreateFunction""#), &[]);
}

#[test]
fn what_a_service_does_with_its_own_role_is_not_told() {
    let both = format!("{},{}", allow(r#""ram:PassRole""#), allow(r#""ecs:RunInstances""#));
    let is_told = |origin| {
        of_origin(&both, Language::English, origin).iter().any(|one| one.rule.id() == RULE)
    };
    assert!(is_told(Origin::Custom) && !is_told(Origin::ServiceLinkedRole));
}
