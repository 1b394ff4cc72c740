//! What tools leave in a text: the marks that tell them apart, and what is no longer so.

use super::Wrapper;
use crate::policy::json::Node;

/// One step of the way down.
#[derive(Clone, Copy, Debug)]
pub(super) enum Step<'t> {
    Key(&'t str),
    Index(usize),
}

/// The tool that wrote a text, by the marks it leaves.
pub(super) fn origin(root: &Node<'_>) -> Option<Wrapper> {
    let has = |key| root.get(key).is_some();
    if has("ROSTemplateFormatVersion") {
        Some(Wrapper::RosTemplate)
    } else if has("AWSTemplateFormatVersion") {
        Some(Wrapper::CloudFormation)
    } else if has("terraform_version") || has("format_version") {
        Some(Wrapper::Terraform)
    } else {
        None
    }
}

/// Is it a plan of Terraform that tells of its resources as changes? Other parts of it say the same then.
pub(super) fn has_changes(root: &Node<'_>) -> bool {
    let changes = root.get("resource_changes").and_then(Node::as_array);
    origin(root) == Some(Wrapper::Terraform) && changes.is_some_and(|all| !all.is_empty())
}

/// Is it what stood before the change that a plan of Terraform makes? Its format ("JSON output format") has the state
/// before as `prior_state`, what others changed as `resource_drift`, and of each change the two sides as `before` and
/// `after`.
pub(super) fn is_past(origin: Option<Wrapper>, way: &[Step<'_>]) -> bool {
    origin == Some(Wrapper::Terraform)
        && matches!(
            way,
            [Step::Key("prior_state" | "resource_drift")]
                | [Step::Index(_), Step::Key("prior_state" | "resource_drift")]
                | [.., Step::Key("change"), Step::Key("before")]
        )
}

/// Is it what a tool keeps beside what is in force: parts of a plan that the changes repeat, and the note of `kubectl`
/// about what it applied last?
pub(super) fn is_copy(changes: bool, way: &[Step<'_>]) -> bool {
    let last = "kubectl.kubernetes.io/last-applied-configuration";
    match way {
        [Step::Key("configuration" | "planned_values")]
        | [Step::Index(_), Step::Key("configuration" | "planned_values")] => changes,
        [.., Step::Key(key)] => *key == last,
        _ => false,
    }
}
