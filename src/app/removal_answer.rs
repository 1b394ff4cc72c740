//! The answer of RAM in the removal view: what was pasted stands before the guidance, and is kept for the session.

use super::layout::Pane;
use super::overlay::Overlay;
use super::removal::Subject;
use super::{App, NoticeKind, View};
use crate::catalog::model::{RoleId, Text};
use crate::catalog::removal::RemovalPlan;
use crate::catalog::removal::answer::{DeletionAnswer, Taken, TaskState};
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
            self.refill();
            return;
        }
        if self.overlay.is_none() && self.who_can_paste(pasted) {
            return;
        }
        let here = match &self.view {
            View::Removal(view) if self.overlay.is_none() => Some(view.subject.clone()),
            _ => None,
        };
        let Ok(answers) = DeletionAnswer::all("the pasted text", pasted) else {
            let why =
                if here.is_some() { refusal(self.language, pasted) } else { self.nowhere(pasted) };
            self.tell(NoticeKind::Failed, why);
            return;
        };
        self.take_answers(here, answers);
    }

    /// Files each answer under the role that it names, else under what the open plan is for, else under what is
    /// selected. Where none belongs to the plan that is open, that of the first opens.
    fn take_answers(&mut self, here: Option<Subject>, answers: Vec<DeletionAnswer>) {
        let open = here.and_then(|subject| Some((self.removal_plan(&subject)?, subject)));
        let parts = open.as_ref().map(|(plan, subject)| parts_of(subject, plan));
        let mut filed: Vec<Subject> = Vec::new();
        let mut last = None;
        let mut unknown = None;
        for answer in answers {
            let plan = open.as_ref().map(|(plan, _)| plan);
            let whom = match answer.role() {
                Some(named) => self.meant(named, plan).map(Subject::Role),
                None => match &open {
                    Some((_, subject)) => Some(subject.clone()),
                    None => self.removal_subject(),
                },
            };
            let Some(whom) = whom else {
                unknown = answer.role().map(str::to_owned);
                continue;
            };
            last = Some(self.told_of(&whom, &answer));
            if !filed.contains(&whom) {
                filed.push(whom.clone());
            }
            self.answers.insert(whom, answer);
        }
        let stays = parts.is_some_and(|parts| filed.iter().any(|whom| parts.contains(whom)));
        let moved = open.is_some() && !stays;
        match (open, filed.first().cloned()) {
            (Some((plan, subject)), _) if stays => self.show_answers(&subject, &plan),
            (_, Some(whom)) => {
                self.close_all();
                if let Subject::Role(role) = &whom {
                    self.jump(role, Pane::Roles);
                }
                self.show_removal(whom);
            }
            _ => {}
        }
        if let Some(named) = unknown {
            let said = self.phrase(
                "The answer is about {}, which is not in the catalogue: there is no plan for it to stand in.",
                &[&text::visible_start(&named, 128)],
            );
            self.tell(NoticeKind::Failed, said);
            return;
        }
        let said = match filed.as_slice() {
            [] => return,
            [whom] if moved => {
                self.phrase("The answer is about {}: this is its plan.", &[&self.title_of(whom)])
            }
            [_] => last.unwrap_or_default(),
            several => {
                let names: Vec<String> = several.iter().map(|whom| self.title_of(whom)).collect();
                self.phrase(
                    "Read {} answers, each stands in the plan of its role: {}.",
                    &[&several.len().to_string(), &self.comma_list(&names)],
                )
            }
        };
        // Where there is no plan, why is told already.
        if matches!(self.view, View::Removal(_)) {
            self.tell(NoticeKind::Done, said);
        }
    }

    /// The role that an answer names: one of the plan that is open, else one of the catalogue.
    fn meant(&self, named: &str, plan: Option<&RemovalPlan>) -> Option<RoleId> {
        let here = plan.and_then(|plan| plan.name_of(named)).map(RoleId::of);
        here.or_else(|| self.catalog.role_meant(named).map(|role| role.id.clone()))
    }

    fn told_of(&self, whom: &Subject, answer: &DeletionAnswer) -> String {
        if answer.role().is_none() {
            return self.say(&self.taken(whom).told()).to_owned();
        }
        let resources = answer.usages.iter().map(|usage| usage.resources.len()).sum();
        told(self.language, &answer.state, resources)
    }

    /// Whom an answer is taken to be about that stands in the plan of somebody and names no role.
    fn taken(&self, whom: &Subject) -> Taken {
        let name = match whom {
            Subject::Role(id) => self.catalog.role(id).map(|role| Text::same(role.name.clone())),
            Subject::Product(id) => self.catalog.product(id).map(|product| product.name.clone()),
        };
        let is_role = matches!(whom, Subject::Role(_));
        Taken { name: name.unwrap_or_default().map(text::visible), is_role }
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
    /// plan, as lines to stand before it.
    pub(super) fn answer_branches(&self, subject: &Subject, plan: &RemovalPlan) -> Vec<Branch> {
        let parts = parts_of(subject, plan);
        let answers = parts.iter().filter_map(|whom| Some((whom, self.answers.get(whom)?)));
        answers.flat_map(|(whom, answer)| answer.branches_in(plan, &self.taken(whom))).collect()
    }
}

/// Whom a plan is for, and the roles in it.
fn parts_of(subject: &Subject, plan: &RemovalPlan) -> Vec<Subject> {
    let roles = plan.roles.iter().map(|role| role.role.clone());
    let listed = plan.by_name.iter().map(|role| RoleId::of(&role.name));
    let parts = roles.chain(listed).map(Subject::Role).filter(|part| part != subject);
    std::iter::once(subject.clone()).chain(parts).collect()
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
