//! The same action granted twice: same effect, resources, principals and conditions, in any spelling.

use super::{At, Found, Named, Severity, shown};
use crate::hash;
use crate::policy::document::{Document, Effect, Statement};
use crate::policy::key;
use crate::policy::pattern;
use crate::say::{said, say};
use crate::sort;

pub(super) fn look(document: &Document, found: &mut Found<'_>) {
    let mut limits: hash::Map<String, usize> = hash::Map::default();
    let mut first: hash::Map<(usize, String), (usize, &str)> = hash::Map::default();
    for (index, statement) in document.statements.iter().enumerate() {
        let Some(action) = &statement.action else { continue };
        if statement.effect == Effect::Unknown {
            continue;
        }
        // Lists of NotAction exclude together: only doubles inside one of them are repeated. What is not known
        // may differ.
        let mut signature = signature(statement);
        if action.negated || is_open(statement) {
            signature.push_str(&index.to_string());
        }
        let next = limits.len();
        let limit = *limits.entry(signature).or_insert(next);
        for value in &action.values {
            let key = (limit, pattern::fold(&value.value));
            let Some((before, spelled)) = first.get(&key).copied() else {
                first.insert(key, (index, &value.value));
                continue;
            };
            let language = found.language;
            let place = if before == index {
                say(language, "in the same list").to_owned()
            } else {
                said(
                    language,
                    "in statement {}, with the same resources and conditions",
                    &[&(before + 1).to_string()],
                )
            };
            let spelling = if spelled == value.value {
                String::new()
            } else {
                said(language, " as {}", &[&shown(spelled)])
            };
            found.tell(
                Named::RepeatedAction,
                Severity::Note,
                At::new(index, value.span),
                said(
                    language,
                    "{} stands{} {} already.",
                    &[&shown(&value.value), &spelling, &place],
                ),
                say(
                    language,
                    "It changes nothing; taking away one of the two takes away nothing either.",
                ),
            );
        }
    }
}

/// Is something that limits the statement not known?
fn is_open(statement: &Statement) -> bool {
    statement.resource.as_ref().is_some_and(|clause| clause.unknown)
        || statement.principal.as_ref().is_some_and(|principal| principal.unknown)
        || statement.conditions.iter().any(|condition| condition.unknown)
}

/// All that limits the statement, as a key: order and repetition have no meaning.
fn signature(statement: &Statement) -> String {
    fn sorted(mut parts: Vec<String>) -> Vec<String> {
        sort::by(&mut parts, Ord::cmp);
        parts.dedup();
        parts
    }
    let clause = |clause: &crate::policy::document::Clause| {
        let values = clause.values.iter().map(|value| value.value.to_string()).collect();
        (clause.negated, sorted(values))
    };
    let conditions = statement.conditions.iter().map(|condition| {
        let values = sorted(condition.values.iter().map(|value| value.value.to_string()).collect());
        let key = key::identity(&condition.key.value);
        format!("{:?} {key:?} {values:?}", pattern::fold(&condition.operator.value))
    });
    let members = statement.principal.as_ref().map(|principal| {
        let members = principal.members.iter();
        let members = members.map(|(kind, value)| format!("{kind:?} {:?}", value.value)).collect();
        (principal.negated, sorted(members))
    });
    format!(
        "{:?} {:?} {:?} {members:?} {:?}",
        statement.effect,
        statement.action.as_ref().map(|action| action.negated),
        statement.resource.as_ref().map(clause),
        sorted(conditions.collect())
    )
}
