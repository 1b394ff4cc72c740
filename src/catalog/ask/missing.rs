//! Policies of which a part is missing here: what that part is known to name may be granted by it.

use crate::policy::evaluate::Answer;
use crate::policy::pattern::{self, Case};
use crate::say::say;

/// Leaves an answer open where nothing allows an action that the missing part of the policy is known to name: on which
/// resources and under which conditions it grants the action, nobody has read.
pub fn open_by_missing(answer: &mut Answer, missing: &[String], action: &str) {
    if missing.iter().any(|name| pattern::matches(name, action, Case::Fold)) {
        answer.or_allowed_if(say(
            answer.language,
            "the part of the policy that is missing here, which names it, grants it",
        ));
    }
}
