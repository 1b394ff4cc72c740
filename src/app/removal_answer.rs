//! The answer of RAM in the removal view: what was pasted stands before the guidance, and is kept for the session.

use super::layout::Pane;
use super::overlay::Overlay;
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
    /// Takes a pasted text: a field takes any, everywhere else the answer of a deletion task opens the plan that it
    /// belongs to.
    pub(super) fn pasted(&mut self, pasted: &str) {
        if let Some(picker) = self.overlay.as_mut().and_then(Overlay::picker_mut) {
            picker.input.insert(pasted);
            self.typed();
            return;
        }
        if self.overlay.is_none() && self.who_can_paste(pasted) {
            return;
        }
        let here = match &self.view {
            View::Removal(view) if self.overlay.is_none() => Some(view.subject.clone()),
            _ => None,
        };
        let Ok(answer) = DeletionAnswer::parse("the pasted text", json_in(pasted)) else {
            let why =
                if here.is_some() { refusal(self.language, pasted) } else { self.nowhere(pasted) };
            self.tell(NoticeKind::Failed, why);
            return;
        };
        if let Some(subject) = here {
            self.take_answer(&subject, answer);
        } else if let Some(role) = self.role_of_answer(&answer) {
            self.close_all();
            self.jump(&role, Pane::Roles);
            self.show_removal(Subject::Role(role.clone()));
            if matches!(self.view, View::Removal(_)) {
                self.take_answer(&Subject::Role(role), answer);
            }
        }
    }

    /// The role whose plan an answer belongs to: the one that it names, else the selected one. Says so where it names one
    /// that nobody here knows.
    fn role_of_answer(&mut self, answer: &DeletionAnswer) -> Option<RoleId> {
        let Some(named) = answer.role() else { return self.role.clone() };
        let known = self.catalog.role_meant(named).map(|role| role.id.clone());
        if known.is_none() {
            let said = self.phrase(
                "The answer is about {}, which is not in the catalogue: there is no plan for it to stand in.",
                &[&text::visible_start(named, 128)],
            );
            self.tell(NoticeKind::Failed, said);
        }
        known
    }

    /// What can be pasted where, as an answer to a text that fits nowhere.
    fn nowhere(&self, pasted: &str) -> String {
        let cut = text::harmless(pasted.trim()).into_owned();
        let cut = text::cut(&cut, QUOTED).into_owned();
        self.phrase(
            "The pasted text ({}) fits nowhere here: pasted can be the JSON answer of {}, anywhere, and any text into a field. A policy is opened from a file: `rolescope FILE`, or `rolescope -` for standard input.",
            &[&cut, CALL],
        )
    }

    /// Says how to paste: the key is the terminal's.
    pub(super) fn say_paste(&mut self) {
        let said = self.phrase(
            "Paste with the terminal's own key, such as Ctrl-Shift-V: the JSON answer of {} opens the removal plan of its role, any other text goes into a field.",
            &[CALL],
        );
        self.tell(NoticeKind::Hint, said);
    }

    /// Puts an answer before the plan that is shown.
    fn take_answer(&mut self, subject: &Subject, answer: DeletionAnswer) {
        let Some(plan) = self.removal_plan(subject) else { return };
        let resources: usize = answer.usages.iter().map(|usage| usage.resources.len()).sum();
        let said = match answer.other_than(&plan) {
            Some(other) => (NoticeKind::Failed, about_another(other).said(self.language)),
            None => (NoticeKind::Done, told(self.language, &answer.state, resources)),
        };
        // An answer about a role of the product is that role's.
        let named = answer.role().filter(|named| plan.is_about(named)).map(RoleId::of);
        let role = named.filter(|id| self.catalog.role(id).is_some()).map(Subject::Role);
        self.answers.insert(role.unwrap_or_else(|| subject.clone()), answer);
        self.show_answers(subject, &plan);
        self.tell(said.0, said.1);
    }

    fn show_answers(&mut self, subject: &Subject, plan: &RemovalPlan) {
        let branches = self.removal_branches(subject, plan);
        if let View::Removal(view) = &mut self.view {
            view.replace(branches);
        }
    }

    /// Takes away the answer that the cursor is on. Where one alone stands before the plan, that one from everywhere.
    pub(super) fn drop_answer(&mut self) {
        let View::Removal(view) = &self.view else { return };
        let (subject, at) = (view.subject.clone(), view.selected_answer());
        let Some(plan) = self.removal_plan(&subject) else { return };
        let mut parts = parts_of(&subject, &plan);
        parts.retain(|part| self.answers.contains_key(part));
        let (kind, said) = match (parts.as_slice(), at.and_then(|at| parts.get(at))) {
            ([], _) => (NoticeKind::Hint, "No answer was pasted here."),
            ([part], _) | (_, Some(part)) => {
                self.answers.remove(part);
                self.show_answers(&subject, &plan);
                (NoticeKind::Done, "The answer is taken away.")
            }
            _ => (NoticeKind::Hint, "Several answers stand here: go to the one that is to go."),
        };
        self.tell(kind, self.word(said));
    }

    /// Does an answer stand before the plan that is shown?
    pub fn has_answer(&self) -> bool {
        matches!(&self.view, View::Removal(view) if view.has_answer())
    }

    /// The answers that were pasted in this session about a role, or about a product and its roles, in the order of the
    /// plan.
    fn answers_of<'a>(
        &'a self,
        subject: &Subject,
        plan: &RemovalPlan,
    ) -> impl Iterator<Item = &'a DeletionAnswer> {
        parts_of(subject, plan).into_iter().filter_map(|subject| self.answers.get(&subject))
    }

    /// Those answers as lines, to stand before the plan.
    pub(super) fn answer_branches(&self, subject: &Subject, plan: &RemovalPlan) -> Vec<Branch> {
        self.answers_of(subject, plan).flat_map(|answer| answer.branches_in(plan)).collect()
    }
}

/// Whom a plan is for, and the roles in it.
fn parts_of(subject: &Subject, plan: &RemovalPlan) -> Vec<Subject> {
    let roles = plan.roles.iter().map(|role| role.role.clone());
    let listed = plan.by_name.iter().filter_map(|role| role.id.clone());
    let parts = roles.chain(listed).map(Subject::Role).filter(|part| part != subject);
    std::iter::once(subject.clone()).chain(parts).collect()
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
