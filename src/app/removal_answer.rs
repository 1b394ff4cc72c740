//! The answer of RAM in the removal view: what was pasted stands before the guidance, and is kept for the session.

use super::removal::Subject;
use super::{App, NoticeKind, View};
use crate::catalog::model::RoleId;
use crate::catalog::removal::RemovalPlan;
use crate::catalog::removal::answer::{DeletionAnswer, TaskState, about_another};
use crate::catalog::removal::branch::Branch;
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
        let subject = view.subject.clone();
        let Some(plan) = self.removal_plan(&subject) else { return true };
        let resources: usize = answer.usages.iter().map(|usage| usage.resources.len()).sum();
        let said = match answer.other_than(&plan) {
            Some(other) => (NoticeKind::Failed, about_another(other).said(self.language)),
            None => (NoticeKind::Done, told(self.language, &answer.state, resources)),
        };
        // An answer about a role of the product is that role's.
        let named = answer.role().filter(|named| plan.is_about(named)).map(RoleId::of);
        let role = named.filter(|id| self.catalog.role(id).is_some()).map(Subject::Role);
        self.answers.insert(role.unwrap_or_else(|| subject.clone()), answer);
        let branches = self.removal_branches(&subject, &plan);
        if let View::Removal(view) = &mut self.view {
            view.replace(branches);
        }
        self.tell(said.0, said.1);
        true
    }

    /// The answers that were pasted in this session about a role, or about a product and its roles, in the order of the
    /// plan.
    fn answers_of<'a>(
        &'a self,
        subject: &Subject,
        plan: &RemovalPlan,
    ) -> impl Iterator<Item = &'a DeletionAnswer> {
        let roles = plan.roles.iter().map(|role| role.role.clone());
        let listed = plan.by_name.iter().filter_map(|role| role.id.clone());
        let parts = roles.chain(listed).map(Subject::Role).filter(|part| part != subject);
        let subjects: Vec<Subject> = std::iter::once(subject.clone()).chain(parts).collect();
        subjects.into_iter().filter_map(|subject| self.answers.get(&subject))
    }

    /// Those answers as lines, to stand before the plan.
    pub(super) fn answer_branches(&self, subject: &Subject, plan: &RemovalPlan) -> Vec<Branch> {
        self.answers_of(subject, plan).flat_map(|answer| answer.branches_in(plan)).collect()
    }
}

/// From the first brace to the last: the prompt before and after the answer is often pasted with it.
fn json_in(pasted: &str) -> &str {
    match (pasted.find('{'), pasted.rfind('}')) {
        (Some(start), Some(end)) if start < end => pasted.get(start..=end).unwrap_or(pasted),
        _ => pasted,
    }
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
}
