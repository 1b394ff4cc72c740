//! Values of data that are the same in several answers.

use serde_json::{Value, json};

use super::answer::join;
use crate::catalog::model::Text;
use crate::policy::document::Effect;
use crate::policy::evaluate::{Decision, Dependency, DependsOn};

/// A text as data: both languages.
pub fn text(text: &Text) -> Value {
    json!({"en": text.en, "zh": text.zh})
}

/// The word of a decision in data.
pub const fn decision_word(decision: Decision) -> &'static str {
    match decision {
        Decision::Allow => "allow",
        Decision::ExplicitDeny => "explicit_deny",
        Decision::ImplicitDeny => "implicit_deny",
        Decision::Depends => "depends",
    }
}

/// The word of an effect in data.
pub const fn effect_word(effect: Effect) -> &'static str {
    match effect {
        Effect::Allow => "Allow",
        Effect::Deny => "Deny",
        Effect::Unknown | Effect::Open => "Unknown",
    }
}

/// What a decision depends on, as data.
pub fn dependency_json(open: &Dependency) -> Value {
    let on = match &open.on {
        DependsOn::Condition { operator, key, values } => {
            json!({"on": "condition", "operator": operator, "key": key, "values": values})
        }
        DependsOn::Part(name) => json!({"on": name}),
    };
    let json = json!({
        "policy": open.policy + 1,
        "statement": open.statement + 1,
        "effect": effect_word(open.effect),
        "phrase": open.phrase,
    });
    join(json, on)
}

/// The keys that were given, each with its values, as data.
pub fn context_json(given: &[(String, String)]) -> Value {
    let mut context = serde_json::Map::new();
    for (key, value) in given {
        // Keys have no case; the first spelling stands.
        let spelling = context.keys().find(|known| known.eq_ignore_ascii_case(key)).cloned();
        let values =
            context.entry(spelling.unwrap_or_else(|| key.clone())).or_insert_with(|| json!([]));
        if let Value::Array(values) = values {
            values.push(json!(value));
        }
    }
    Value::Object(context)
}
