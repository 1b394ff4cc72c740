//! What looks like a policy document, and what only has a word of it.

use crate::policy::json::{Kind, Node};
use crate::policy::read;

/// A statement without a document around it: its effect is one, or it has more of the grammar.
pub(in crate::policy::wrapper) fn is_bare(node: &Node<'_>) -> bool {
    let Some(effect) = node.get("Effect") else { return false };
    let known = effect.as_str().is_none_or(|effect| {
        ["Allow", "Deny"].iter().any(|known| effect.trim().eq_ignore_ascii_case(known))
    });
    let more = || {
        let rest = ["Resource", "NotResource", "Principal", "NotPrincipal", "Condition"];
        rest.iter().any(|key| node.get(key).is_some())
    };
    (known || more()) && read::is_statement(node) && node.get("Statement").is_none()
}

/// Does the object look like a document, where one belongs? The word `Statement` may have a slip.
pub(super) fn is_document(node: &Node<'_>, in_holder: bool) -> bool {
    let members = node.as_object().unwrap_or_default();
    let versioned = || version(node).is_some_and(|version| VERSIONS.contains(&version));
    let mut statements = members.iter().filter(|member| is_statement_like(&member.key));
    if statements.any(|member| versioned() || in_holder || has_statements(&member.value)) {
        return true;
    }
    if versioned() && members.iter().any(|member| has_statements(&member.value)) {
        return true;
    }
    let only = || members.iter().all(|member| ["Version", "Id"].contains(&&*member.key));
    (in_holder || only()) && versioned()
}

/// The versions that policies have, here and at AWS.
const VERSIONS: [&str; 3] = ["1", "2012-10-17", "2008-10-17"];

fn version<'n>(node: &'n Node<'_>) -> Option<&'n str> {
    let found = node.get("Version").or_else(|| node.get("version"))?;
    match &found.kind {
        Kind::String(text) => Some(text),
        Kind::Number(text) => Some(text),
        _ => None,
    }
}

/// Statements, or none at all where some belong.
pub(super) fn has_statements(node: &Node<'_>) -> bool {
    match &node.kind {
        Kind::Array(items) => items.iter().any(read::is_statement),
        Kind::Object(_) => read::is_statement(node),
        _ => false,
    }
}

/// Is it the word but for its case and a slip?
fn is_statement_like(key: &str) -> bool {
    // Most keys are told apart without a closer look.
    key.starts_with(['S', 's'])
        && key.len().abs_diff("Statement".len()) <= 1
        && read::is_near("Statement", key)
}
