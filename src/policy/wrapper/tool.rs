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

/// Is it what stood before the change that a plan of Terraform makes? Its format ("JSON output format") has the state
/// before as `prior_state`, and of each change the two sides as `before` and `after`.
pub(super) fn is_past(origin: Option<Wrapper>, way: &[Step<'_>]) -> bool {
    origin == Some(Wrapper::Terraform)
        && matches!(
            way,
            [Step::Key("prior_state")] | [.., Step::Key("change"), Step::Key("before")]
        )
}
