//! Steps of removal plans that were ticked in this session. A step is the same in the plan of its role and in that of
//! the product, and a resource wherever it is named.

use super::removal::Subject;
use super::{App, NoticeKind, View};
use crate::catalog::removal::RemovalPlan;
use crate::catalog::removal::branch::{Branch, Kind};
use crate::catalog::removal::tree::tree;

/// A step: the role or product whose it is, None where its name says which it is everywhere; and what it says.
pub(super) type Ticked = (Option<Subject>, String);

/// The steps among the lines of a plan, by place.
fn steps(subject: &Subject, branches: &[Branch]) -> Vec<(usize, Ticked)> {
    let mut owner = subject.clone();
    let mut steps = Vec::new();
    for (at, branch) in branches.iter().enumerate() {
        match (&branch.role, branch.kind, &branch.copy) {
            (Some(role), Kind::Role, _) if branch.is_role_title() => {
                owner = Subject::Role(role.clone());
            }
            (_, Kind::Step, Some(resource)) => steps.push((at, (None, resource.clone()))),
            (_, Kind::Step, None) => {
                steps.push((at, (Some(owner.clone()), branch.text.en.to_string())));
            }
            _ => {}
        }
    }
    steps
}

impl App {
    /// The lines with the boxes of the steps that were ticked.
    pub(super) fn with_ticks(&self, subject: &Subject, mut branches: Vec<Branch>) -> Vec<Branch> {
        for (at, step) in steps(subject, &branches) {
            if let Some(branch) = branches.get_mut(at) {
                branch.done = self.ticked.contains(&step);
            }
        }
        branches
    }

    /// The lines of a plan with what was ticked.
    pub(super) fn ticked_tree(&self, subject: &Subject, plan: &RemovalPlan) -> Vec<Branch> {
        self.with_ticks(subject, tree(plan))
    }

    /// Ticks the step under the cursor, or takes the tick away.
    pub(super) fn tick_step(&mut self) {
        let View::Removal(view) = &self.view else { return };
        let at = view.selected_branch();
        let steps = steps(&view.subject, &view.branches);
        let Some((_, step)) = steps.into_iter().find(|(step, _)| Some(*step) == at) else {
            let said = self.word("Only a step can be ticked: a line that begins with a box.");
            self.tell(NoticeKind::Hint, said);
            return;
        };
        if !self.ticked.remove(&step) {
            self.ticked.insert(step);
        }
        self.refresh_ticks();
    }

    fn refresh_ticks(&mut self) {
        let View::Removal(view) = &mut self.view else { return };
        let (subject, branches) = (view.subject.clone(), std::mem::take(&mut view.branches));
        let branches = self.with_ticks(&subject, branches);
        if let View::Removal(view) = &mut self.view {
            view.change(branches);
        }
    }
}
