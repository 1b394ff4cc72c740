//! Statements that do nothing whatever is asked, in a sentence that says why.

use super::Among;
use crate::policy::document::{Clause, Effect, Statement};
use crate::policy::idle::{Idle, names_no_resource, names_none};
use crate::policy::vocabulary::Vocabulary;
use crate::say::{Language, said, say};

/// The sentence of a statement that has an effect and an action, if it does nothing.
pub(super) fn sentence(
    language: Language,
    statement: &Statement,
    action: &Clause,
    vocabulary: &dyn Vocabulary,
) -> Option<String> {
    let actions = || super::actions(language, action, Among::Every, vocabulary);
    if statement.resource.is_none() && statement.principal.is_none() {
        let words = "Does nothing as it stands: it speaks of {}, but names no resource.";
        return Some(said(language, words, &[&actions()]));
    }
    if let Some(name) = no_value(statement) {
        return Some(match statement.effect {
            Effect::Deny if name.starts_with("Not") => {
                said(language, "Whether it denies anything is not known: {} has no value.", &[name])
            }
            _ => said(language, "Does nothing: {} has no value.", &[name]),
        });
    }
    let idle = Idle::of(statement);
    if idle == Some(Idle::NoAction) && !action.is_empty() && names_none(action) {
        let words = "Does nothing: of what it lists, nothing is service:name, as actions are.";
        return Some(say(language, words).to_owned());
    }
    if idle == Some(Idle::NoResource) && names_no_resource(statement) {
        let words = "Does nothing as it stands: it speaks of {}, but no resource that it lists has the form acs:service:region:account:relative-id.";
        return Some(said(language, words, &[&actions()]));
    }
    if !matches!(idle, Some(Idle::NeverMet | Idle::Excluded)) {
        return None;
    }
    let when = super::conditions(language, statement, action)?;
    let words =
        "Does nothing as it stands: it speaks of {}, but no request meets its conditions: {}.";
    Some(said(language, words, &[&actions(), &when]))
}

/// The element for whose lack of a value the statement does nothing. Of an empty list of principals an Allow tells
/// that it names nobody.
fn no_value(statement: &Statement) -> Option<&'static str> {
    let name = statement.without_value()?;
    (name != "Principal" || statement.effect == Effect::Deny).then_some(name)
}
