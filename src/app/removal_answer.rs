//! The answer of RAM in the removal view: pasted text takes the place of the guidance.

use super::removal::{RemovalView, Subject};
use super::{App, NoticeKind, View};
use crate::catalog::removal::answer::{DeletionAnswer, TaskState};
use crate::say::{Language, count, said};
use crate::text;

/// What is asked for, in messages.
const CALL: &str = "GetServiceLinkedRoleDeletionStatus";
/// Characters of an odd text that are repeated in a message.
const QUOTED: usize = 40;

impl App {
    /// Takes a pasted text while the removal view is open; false if it is not.
    pub(super) fn removal_paste(&mut self, pasted: &str) -> bool {
        let View::Removal(view) = &self.view else { return false };
        if self.overlay.is_some() {
            return false;
        }
        let Ok(answer) = DeletionAnswer::parse("the pasted text", json_in(pasted)) else {
            self.tell(NoticeKind::Failed, refusal(self.language, pasted));
            return true;
        };
        let other = answer
            .message
            .as_deref()
            .and_then(role_in)
            .filter(|named| !self.is_about(view, named))
            .map(|named| text::cut(named, 128).into_owned());
        let resources: usize = answer.usages.iter().map(|usage| usage.resources.len()).sum();
        let branches = answer.branches();
        if let View::Removal(view) = &mut self.view {
            view.replace(branches);
        }
        if let Some(other) = other {
            let text = self.phrase("Mind that this answer is about another role: {}.", &[&other]);
            self.tell(NoticeKind::Failed, text);
        } else {
            let text = told(self.language, &answer.state, resources);
            self.tell(NoticeKind::Done, text);
        }
        true
    }

    /// Is the role with this name one that the view is about?
    fn is_about(&self, view: &RemovalView, named: &str) -> bool {
        let same = |name: &str| {
            let with_suffix = named.get(name.len()..).is_some_and(|rest| rest.starts_with('_'));
            named.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name))
                && (named.len() == name.len() || with_suffix)
        };
        match &view.subject {
            Subject::Role(id) => same(&id.0),
            Subject::Product(id) => {
                let product = self.catalog.product(id);
                product.is_some_and(|product| product.roles.iter().any(|role| same(&role.0)))
            }
        }
    }
}

/// From the first brace to the last: the prompt before and after the answer is often pasted with it.
fn json_in(pasted: &str) -> &str {
    match (pasted.find('{'), pasted.rfind('}')) {
        (Some(start), Some(end)) if start < end => pasted.get(start..=end).unwrap_or(pasted),
        _ => pasted,
    }
}

/// The name behind `role/` in a message of RAM.
fn role_in(message: &str) -> Option<&str> {
    let (_, rest) = message.split_once(":role/")?;
    let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '-' | '_' | '.'));
    Some(rest.get(..end.unwrap_or(rest.len()))?.trim_end_matches('.'))
        .filter(|name| !name.is_empty())
}

fn told(language: Language, state: &TaskState, resources: usize) -> String {
    let word = text::harmless(state.word());
    if resources == 0 {
        return said(language, "Read the answer: {}.", &[&word]);
    }
    let used = count(
        language,
        resources,
        "{} resource still uses the role",
        "{} resources still use the role",
    );
    said(language, "Read the answer: {}, {}.", &[&word, &used])
}

fn refusal(language: Language, pasted: &str) -> String {
    let line = pasted.lines().map(str::trim).find(|line| !line.is_empty());
    let Some(line) = line else {
        return said(language, "Nothing was pasted. Expected is the JSON answer of {}.", &[CALL]);
    };
    let cut = text::cut(&text::harmless(line), QUOTED).into_owned();
    // Braces are places in a sentence, so they come as values.
    said(
        language,
        "The pasted text ({}) is no answer of {}: expected is the whole JSON that it printed, from {} to {}, with \"Status\" in it.",
        &[&cut, CALL, "{", "}"],
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_json_is_found_between_prompts() {
        assert_eq!(json_in("$ aliyun x\n{\"a\": {}}\n$ "), "{\"a\": {}}");
        for odd in ["", "}", "{", "}{", "密"] {
            assert_eq!(json_in(odd), odd);
        }
    }

    #[test]
    fn the_role_of_a_message_is_found() {
        let message =
            "Service-Linked Role acs:ram::196:role/aliyunserviceroleforhdr cannot be deleted";
        assert_eq!(role_in(message), Some("aliyunserviceroleforhdr"));
        assert_eq!(role_in("acs:ram::1:role/"), None);
        assert_eq!(role_in("in use"), None);
    }
}
