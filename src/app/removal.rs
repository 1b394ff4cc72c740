//! The removal plan on the screen: a tree of lines with a cursor.

use super::App;
use super::command::Command;
use super::event::Effect;
use super::layout::Pane;
use super::list::Cursor;
use crate::catalog::model::{ProductId, RoleId, RoleKind};
use crate::catalog::removal::branch::{Branch, Kind};
use crate::catalog::removal::tree::tree;
use crate::catalog::removal::{RemovalPlan, no_plan, no_plan_of_product};
use crate::say::Language;
use crate::text;

/// Whom a plan is for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// One role.
    Role(RoleId),
    /// All roles of a product.
    Product(ProductId),
}

/// The state of the view.
#[derive(Debug)]
pub struct RemovalView {
    /// Whom the plan is for.
    pub subject: Subject,
    /// Its name for the breadcrumb.
    pub title: String,
    /// The tree.
    pub branches: Vec<Branch>,
    /// The tree as lines of the screen.
    pub lines: Vec<PlanLine>,
    /// The selected line.
    pub cursor: Cursor,
    wrapped: Option<(usize, Language)>,
}

/// A line of the plan on the screen; a long text takes several.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanLine {
    /// The branch that it belongs to.
    pub branch: usize,
    /// What is drawn before the text.
    pub rails: String,
    /// The text, or a part of it.
    pub text: String,
    /// Is it the last line of its branch?
    pub ends: bool,
}

impl RemovalView {
    /// The branch under the cursor.
    pub fn selected(&self) -> Option<&Branch> {
        self.branches.get(self.selected_branch()?)
    }

    /// Where the branch under the cursor stands in the tree.
    pub(super) fn selected_branch(&self) -> Option<usize> {
        Some(self.lines.get(self.cursor.at)?.branch)
    }

    /// Does an answer stand before the plan? It begins with the state of a task, which no plan does.
    pub(super) fn has_answer(&self) -> bool {
        self.branches.first().is_some_and(|first| first.kind == Kind::State)
    }

    /// Which of the answers before the plan the cursor is on, from 0; each begins with the state of its task.
    pub(super) fn selected_answer(&self) -> Option<usize> {
        let at = self.selected_branch()?;
        let root = self.branches.iter().take(at + 1).rposition(|branch| branch.depth() == 0)?;
        let is_state = |branch: &&Branch| branch.kind == Kind::State;
        self.branches.get(root).filter(is_state)?;
        Some(self.branches.iter().take(root).filter(is_state).count())
    }

    /// The role of which the cursor is in the plan.
    fn selected_role(&self) -> Option<&RoleId> {
        let above = self.branches.get(..=self.selected_branch()?)?;
        let mut depth = usize::MAX;
        let around = above.iter().rev().filter(|branch| {
            let is_around = branch.depth() < depth;
            depth = depth.min(branch.depth());
            is_around
        });
        around.filter(|one| one.is_role_title()).last()?.role.as_ref()
    }

    /// What copying the selected line gives: what it is, as a word of the screen, and the text.
    pub(super) fn taken(&self) -> Option<(&'static str, &str)> {
        let line = self.selected()?;
        let what = if line.kind == Kind::Command { "command" } else { "resource" };
        Some((what, line.copy.as_deref()?))
    }

    /// Shows another tree in place of the one that is shown.
    pub(super) fn replace(&mut self, branches: Vec<Branch>) {
        self.lines = Vec::new();
        self.cursor = Cursor::default();
        self.change(branches);
    }

    /// The same tree with other words: the cursor stays on its branch.
    pub(super) fn change(&mut self, branches: Vec<Branch>) {
        self.branches = branches;
        self.wrapped = None;
    }
}

impl App {
    /// Derives the lines of the plan for the width of the screen; the cursor stays on its branch.
    pub(super) fn refresh_removal(&mut self) {
        let width = usize::from(super::layout::inside(self.layout.body).width).saturating_sub(3);
        let page = self.removal_page();
        let language = self.language;
        let super::View::Removal(view) = &self.view else { return };
        if view.wrapped == Some((width, language)) {
            return;
        }
        let title = self.title_of(&view.subject);
        let super::View::Removal(view) = &mut self.view else { return };
        view.title = title;
        let branch = view.lines.get(view.cursor.at).map(|line| line.branch);
        view.lines = Vec::new();
        for (at, branch) in view.branches.iter().enumerate() {
            let next = view.branches.get(at + 1);
            let parent = next.is_some_and(|next| next.depth() > branch.depth());
            let mut rails = branch.prefix(false);
            let mark = match (branch.tick(), branch.number) {
                (Some(tick), Some(number)) => format!("{tick} {number}. "),
                (Some(tick), None) => format!("{tick} "),
                (None, _) if branch.kind == Kind::Command => "$ ".to_owned(),
                (None, _) => String::new(),
            };
            let whole = branch.text.get(language);
            // What follows on another line stands below the first word, not below the mark.
            let before = text::width(&mark);
            let room = width.saturating_sub(3 * branch.depth() + 4 + before).max(12);
            // The standing stands behind the last line.
            let standing = branch
                .standing
                .as_ref()
                .map_or(0, |standing| text::width(standing.words().get(language)) + 2);
            let mut parts = text::wrap(&text::harmless(whole), room);
            if parts.len() == 1 && text::width(whole) + standing > room {
                parts = text::wrap(&text::harmless(whole), room.saturating_sub(standing).max(12));
            }
            let last = parts.len().saturating_sub(1);
            for (n, part) in parts.into_iter().enumerate() {
                view.lines.push(PlanLine {
                    branch: at,
                    rails: rails.clone(),
                    text: if n == 0 { format!("{mark}{part}") } else { part },
                    ends: n == last,
                });
                if n == 0 {
                    rails =
                        branch.last.iter().map(|last| if *last { "   " } else { "│  " }).collect();
                    rails.push_str(if parent { "│ " } else { "  " });
                    rails.extend(std::iter::repeat_n(' ', before.saturating_sub(2)));
                }
            }
        }
        let kept = branch.and_then(|b| view.lines.iter().position(|line| line.branch == b));
        view.cursor.at = kept.unwrap_or(0);
        view.cursor.fit(view.lines.len(), page);
        view.wrapped = Some((width, language));
    }

    /// Lines of the plan that fit on the screen.
    pub fn removal_page(&self) -> usize {
        usize::from(super::layout::inside(self.layout.body).height)
    }

    /// Opens the plan of the selected role, or of the product where that is selected, where it was left.
    pub(super) fn open_removal(&mut self) {
        if let Some(subject) = self.removal_subject() {
            let left = self.plans_left.get(&subject).copied();
            self.show_removal(subject);
            self.go_to_branch(left.unwrap_or(0));
        }
    }

    /// Puts the cursor of the plan on a branch, or on the first where there is none such.
    pub(super) fn go_to_branch(&mut self, branch: usize) {
        self.refresh_removal();
        if let super::View::Removal(view) = &mut self.view {
            let at = view.lines.iter().position(|line| line.branch == branch);
            view.cursor.at = at.unwrap_or(0);
        }
    }

    /// Whom a plan is for that is asked for here.
    pub(super) fn removal_subject(&self) -> Option<Subject> {
        match (&self.product, &self.role) {
            (Some(product), _) if self.focus == Pane::Products => {
                Some(Subject::Product(product.clone()))
            }
            (_, role) => role.clone().map(Subject::Role),
        }
    }

    pub(super) fn show_removal(&mut self, subject: Subject) {
        let Some(plan) = self.removal_plan(&subject) else {
            let why = match &subject {
                Subject::Role(id) => self.catalog.role(id).and_then(no_plan),
                Subject::Product(id) => Some(no_plan_of_product(id)),
            };
            if let Some(why) = why {
                let said = why.said(self.language);
                self.tell(super::NoticeKind::Hint, said);
            }
            return;
        };
        let title = self.title_of(&subject);
        let branches = self.removal_branches(&subject, &plan);
        self.view = super::View::Removal(RemovalView {
            subject,
            title,
            branches,
            lines: Vec::new(),
            cursor: Cursor::default(),
            wrapped: None,
        });
    }

    /// Is there a plan of what is selected? Service-linked roles have one, and products that have any; a list of roles of
    /// many products is no product.
    pub(super) fn has_plan(&self) -> bool {
        let is_linked = |kind: RoleKind| kind == RoleKind::ServiceLinked;
        match self.removal_subject() {
            Some(Subject::Role(id)) => {
                self.catalog.role(&id).is_some_and(|role| is_linked(role.kind))
            }
            // The rows first: they are at hand, and a filter alone leaves roles out of them.
            Some(Subject::Product(id)) => {
                let hidden = || self.catalog.roles_of(&id).any(|role| is_linked(role.kind));
                !id.is_of_many()
                    && (self.roles.iter().any(|row| row.counts.is_some_and(is_linked))
                        || (self.filter.is_some() && hidden()))
            }
            None => false,
        }
    }

    /// The plan of a role or product; None where there is none.
    pub(super) fn removal_plan(&self, subject: &Subject) -> Option<RemovalPlan> {
        match subject {
            Subject::Role(id) => self.catalog.removal_of_role(id),
            Subject::Product(id) => self.catalog.removal_of_product(id),
        }
    }

    /// The lines of a view: the answers that were pasted, then the plan.
    pub(super) fn removal_branches(&self, subject: &Subject, plan: &RemovalPlan) -> Vec<Branch> {
        let mut branches = self.answer_branches(subject, plan);
        branches.extend(tree(plan));
        self.with_ticks(subject, branches)
    }

    pub(super) fn title_of(&self, subject: &Subject) -> String {
        let title = match subject {
            Subject::Role(id) => self.catalog.role(id).map(|role| role.short_name.clone()),
            Subject::Product(id) => {
                self.catalog.product(id).map(|product| self.say(&product.name).to_owned())
            }
        };
        title.unwrap_or_default()
    }

    /// Enter on a line: copies its command, or goes to its role.
    pub(super) fn removal_enter(&mut self) -> Vec<Effect> {
        let super::View::Removal(view) = &self.view else { return Vec::new() };
        if let Some((what, text)) = view.taken() {
            let entry = self.entry(what, text);
            return self.copy(entry);
        }
        let Some(line) = view.selected() else { return Vec::new() };
        if let Some(role) = line.role.clone() {
            self.jump(&role, Pane::Roles);
            return Vec::new();
        }
        let text = self.word(
            "Nothing to open here. On a command or resource, Enter copies it; on a role, it goes there.",
        );
        self.tell(super::NoticeKind::Hint, text);
        Vec::new()
    }

    /// Selects the role of which the cursor is in the plan of a product: what is asked there is asked of that role. False
    /// where it is in that of none, which is told.
    pub(super) fn select_role_of_plan(&mut self) -> bool {
        let super::View::Removal(view) = &self.view else { return true };
        let role = view.selected_role().or(match &view.subject {
            Subject::Role(role) => Some(role),
            Subject::Product(_) => None,
        });
        let Some(role) = role.filter(|role| self.catalog.role(role).is_some()).cloned() else {
            self.tell(super::NoticeKind::Hint, self.word("The cursor is on no role of the plan."));
            return false;
        };
        if Some(&role) != self.role.as_ref() {
            self.take_role(role);
            self.shown.lists = None;
        }
        true
    }

    pub(super) fn removal_command(&mut self, command: Command) -> Vec<Effect> {
        match command {
            Command::Open => return self.removal_enter(),
            Command::Tick => self.tick_step(),
            Command::DropAnswer => self.drop_answer(),
            Command::Findings => {
                if self.select_role_of_plan() {
                    self.open_findings();
                }
            }
            command => {
                let page = self.removal_page();
                if let super::View::Removal(view) = &mut self.view {
                    view.cursor.act(command, view.lines.len(), page);
                }
            }
        }
        Vec::new()
    }
}
