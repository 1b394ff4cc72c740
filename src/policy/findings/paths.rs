//! Paths from one right to another: a role that may be passed, and an action by which a service takes one and runs for the
//! holder with it.

use super::{At, Context, Found, Named, Origin, Severity};
use super::{is_every_action, is_open, limited, named, powers, shown};
use crate::hash;
use crate::policy::document::{Document, Effect, Statement};
use crate::policy::pattern::{self, Case};
use crate::policy::source::Spanned;
use crate::policy::wording;
use crate::say::{said, say};

/// An action that takes a role, and the service which must be trusted by it.
struct Start {
    action: &'static str,
    service: &'static str,
}

const fn start(action: &'static str, service: &'static str) -> Start {
    Start { action, service }
}

/// The actions. Sources: ECS, "Instance RAM roles" and `AttachInstanceRamRole` (the one page here that names
/// `ram:PassRole` beside the action); Elastic Container Instance, `CreateContainerGroup` (its roles are those of ECS);
/// Function Compute, "Grant Function Compute permissions to access other Alibaba Cloud services" (the code is handed
/// credentials of the role); `CloudOps` Orchestration Service, "Grant RAM permissions on OOS" (the role that the template
/// names); Resource Orchestration Service, `CreateStack`, `UpdateStack` and `CreateChangeSet` (`RamRoleName`). The role of
/// instances stands in launch templates and scaling configurations as well (`RamRoleName` of ECS,
/// `CreateLaunchTemplateVersion`, and of Auto Scaling, `CreateScalingConfiguration`), that
/// of functions in the services of Function Compute 2.0 (`role` of `CreateService`), that of flows in `CloudFlow`, "Execution
/// role" (`RoleArn` of `CreateFlow`; it trusts fnf.aliyuncs.com).
const STARTS: [Start; 18] = [
    start("ecs:RunInstances", "ecs.aliyuncs.com"),
    start("ecs:CreateInstance", "ecs.aliyuncs.com"),
    start("ecs:CreateLaunchTemplate", "ecs.aliyuncs.com"),
    start("ecs:CreateLaunchTemplateVersion", "ecs.aliyuncs.com"),
    start("ess:CreateScalingConfiguration", "ecs.aliyuncs.com"),
    start("ess:ModifyScalingConfiguration", "ecs.aliyuncs.com"),
    start("ecs:AttachInstanceRamRole", "ecs.aliyuncs.com"),
    start("eci:CreateContainerGroup", "ecs.aliyuncs.com"),
    start("fc:CreateFunction", "fc.aliyuncs.com"),
    start("fc:UpdateFunction", "fc.aliyuncs.com"),
    start("fc:CreateService", "fc.aliyuncs.com"),
    start("fc:UpdateService", "fc.aliyuncs.com"),
    start("fnf:CreateFlow", "fnf.aliyuncs.com"),
    start("fnf:UpdateFlow", "fnf.aliyuncs.com"),
    start("oos:StartExecution", "oos.aliyuncs.com"),
    start("ros:CreateStack", "ros.aliyuncs.com"),
    start("ros:UpdateStack", "ros.aliyuncs.com"),
    start("ros:CreateChangeSet", "ros.aliyuncs.com"),
];

/// The names of the actions.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    STARTS.iter().map(|start| start.action)
}

/// A statement of the document that allows one of them.
struct Granted<'a> {
    start: &'static Start,
    index: usize,
    statement: &'a Statement,
    action: &'a Spanned,
}

/// Looks at the document as a whole. What a service does with its own role is what the role is for.
/// `never` are the statements whose conditions exclude each other.
pub(super) fn look(
    document: &Document,
    never: &hash::Set<usize>,
    context: &Context<'_>,
    found: &mut Found<'_>,
) {
    if context.origin == Origin::ServiceLinkedRole {
        return;
    }
    let is_of_holder = |statement: &Statement| {
        statement.effect == Effect::Allow
            && statement.principal.is_none()
            && statement.without_value().is_none()
            && statement.resource.is_some()
    };
    let allowing = || {
        let statements = document.statements.iter().enumerate();
        statements.filter(|(at, statement)| is_of_holder(statement) && !never.contains(at))
    };
    let mut starts: Option<Vec<Granted<'_>>> = None;
    for (at, statement) in allowing() {
        let Some(passing) = powers::passing(statement, found) else { continue };
        // Named roles for named services are what they should be.
        if passing.services.is_some() && !passing.any_role {
            continue;
        }
        let starts = starts.get_or_insert_with(|| {
            STARTS.iter().filter_map(|start| granted(start, allowing(), found)).collect()
        });
        let fits = |one: &&Granted<'_>| {
            passing.services.as_ref().is_none_or(|services| {
                services.iter().any(|name| pattern::matches(name, one.start.service, Case::Fold))
            })
        };
        let mut starts: Vec<&Granted<'_>> = starts.iter().filter(fits).collect();
        // One pattern may stand for several.
        starts.dedup_by_key(|one| one.action.span);
        tell(at, statement, &passing, &starts, found);
    }
}

/// The first statement that allows it, unless the document denies it as a whole. All of every service is told by other rules.
fn granted<'a>(
    start: &'static Start,
    mut allowing: impl Iterator<Item = (usize, &'a Statement)>,
    found: &mut Found<'_>,
) -> Option<Granted<'a>> {
    let granted = allowing.find_map(|(index, statement)| {
        let action = named(statement).iter().find(|action| {
            pattern::matches(&action.value, start.action, Case::Fold)
                && !is_every_action(&action.value)
        })?;
        Some(Granted { start, index, statement, action })
    })?;
    Some(granted).filter(|_| !found.denied(start.action))
}

fn tell(
    at: usize,
    passes: &Statement,
    passing: &powers::Passing<'_>,
    starts: &[&Granted<'_>],
    found: &mut Found<'_>,
) {
    let Some(first) = starts.iter().min_by_key(|one| one.action.span.start) else { return };
    let language = found.language;
    let words = |one: &&Granted<'_>| {
        let written = shown(&one.action.value);
        if pattern::has_wildcard(&one.action.value) {
            said(language, "{} ({} among them)", &[&written, one.start.action])
        } else {
            written
        }
    };
    let open = is_open(passes) && starts.iter().any(|one| is_open(one.statement));
    let actions = wording::first(language, starts, 4, words);
    found.tell(
        Named::RunsAsPassedRole,
        if passing.any_role && open { Severity::Warning } else { Severity::Note },
        At::new(first.index, first.action.span),
        said(
            language,
            "With {} it can act as {}, passed by statement {}{}.",
            &[
                &wording::join(language, &actions, "and"),
                &passing.role,
                &(at + 1).to_string(),
                limited(language, passes),
            ],
        ),
        say(
            language,
            "Code or calls of the holder's run there with the rights of the role, where it trusts the service: they count as the holder's own.",
        ),
    );
}
