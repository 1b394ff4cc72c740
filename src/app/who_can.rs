//! Who can call an action: two text fields, and every role with the statement that decides.
//!
//! The question is kept when the view is left. The answer is computed when a field changes, its
//! lines when the answer or the width does.

mod asking;
mod documents;
mod lines;

use super::App;
use super::command::Command;
use super::copy::Entry;
use super::event::Effect;
use super::input::Input;
use super::key::Key;
use super::layout::{Pane, inside};
use super::list::Cursor;
use super::summary_rows::RowKind;
use super::work::Work;
use super::{NoticeKind, View};
use crate::catalog::ask::{self, Question, RoleAnswer};
use crate::catalog::model::RoleId;
use crate::policy::source::Span;
pub use asking::{Answers, Asking};
pub use documents::{Documents, Texts};
pub use lines::{Line, LineKind};
use ratatui::layout::Rect;
use std::collections::HashSet;
use std::sync::Arc;

/// What was typed, kept while the program runs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// The action, a pattern, or plain words.
    pub action: String,
    /// The resource; empty for any.
    pub resource: String,
    /// The selected row of the answer.
    pub row: usize,
}

/// The fields of the question.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Field {
    /// What is asked for.
    #[default]
    Action,
    /// On which resource.
    Resource,
}

/// A row of the answer: where Enter leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Goal {
    /// The role.
    pub role: RoleId,
    /// The action in the deciding statement.
    pub span: Option<Span>,
}

/// The state of the view.
#[derive(Debug, Default)]
pub struct WhoCanView {
    /// The field for the action.
    pub action: Input,
    /// The field for the resource.
    pub resource: Input,
    /// Which of them takes what is typed.
    pub field: Field,
    /// The question as it was understood; None while nothing is asked.
    pub question: Option<Question>,
    /// The answer for every role.
    pub answers: Vec<RoleAnswer>,
    /// Names that the action may become.
    pub hints: Vec<Arc<str>>,
    /// The answer as lines of the screen.
    pub lines: Vec<Line>,
    /// Where the rows of the answer lead.
    pub goals: Vec<Goal>,
    /// The selected row; its `top` is the first line on the screen.
    pub cursor: Cursor,
    /// The policies are still being read.
    waiting: bool,
    /// The policies could not be read or asked: nothing is known, not even that no role can.
    broken: bool,
    /// What is being answered beside the loop; what was answered before stays until then.
    asking: Option<Arc<Asking>>,
    /// Another question was asked since the selected row was one of its answer.
    turned: bool,
    answered: Option<Arc<Asking>>,
    wrapped: Option<usize>,
}

impl WhoCanView {
    /// Is an answer still being worked out?
    pub const fn is_asking(&self) -> bool {
        self.asking.is_some()
    }

    /// Takes in an answer.
    fn take(&mut self, asking: Arc<Asking>, answers: Answers) {
        let Answers { question, roles, hints, broken } = answers;
        (self.question, self.answers, self.hints) = (question, roles, hints);
        self.broken = broken;
        if std::mem::take(&mut self.turned) {
            self.cursor = Cursor::default();
        }
        self.waiting = false;
        self.wrapped = None;
        self.asking = None;
        self.answered = Some(asking);
    }

    fn input(&mut self) -> &mut Input {
        match self.field {
            Field::Action => &mut self.action,
            Field::Resource => &mut self.resource,
        }
    }

    /// The first and the last line of the selected row.
    fn selected_lines(&self) -> (usize, usize) {
        let of_row = |line: &Line| line.row == Some(self.cursor.at);
        let first = self.lines.iter().position(of_row).unwrap_or(0);
        (first, self.lines.iter().rposition(of_row).unwrap_or(first))
    }

    /// Scrolls so that the selected row is in sight, with the heading right above it.
    fn fit(&mut self, page: usize) {
        let page = page.max(1);
        self.cursor.at = self.cursor.at.min(self.goals.len().saturating_sub(1));
        let (first, last) = self.selected_lines();
        let headed = first
            .checked_sub(1)
            .filter(|at| self.lines.get(*at).is_some_and(|line| line.row.is_none()));
        if last >= self.cursor.top + page {
            self.cursor.top = last + 1 - page;
        }
        if first <= self.cursor.top {
            self.cursor.top = headed.unwrap_or(first);
            if first >= self.cursor.top + page {
                self.cursor.top = first;
            }
        }
        let most = self.lines.len().saturating_sub(page);
        // Below the last row only what is left to be said follows: show it.
        if self.cursor.at + 1 == self.goals.len() && first >= most {
            self.cursor.top = most;
        }
        self.cursor.top = self.cursor.top.min(most);
    }
}

/// Where the parts of the view stand.
#[derive(Clone, Copy, Debug, Default)]
pub struct Parts {
    /// The field for the action.
    pub action: Rect,
    /// The field for the resource.
    pub resource: Rect,
    /// How the question was read, or names that it may become.
    pub hint: Rect,
    /// The answer.
    pub list: Rect,
}

/// The parts in the body of the screen.
pub fn parts(body: Rect) -> Parts {
    let inner = inside(body);
    let line = |n: u16| {
        if n < inner.height { Rect { y: inner.y + n, height: 1, ..inner } } else { Rect::default() }
    };
    let hints = if inner.height >= 16 { 2 } else { 1 };
    let above = (2 + hints).min(inner.height);
    Parts {
        action: line(0),
        resource: line(1),
        hint: Rect { height: hints.min(inner.height.saturating_sub(2)), ..line(2) },
        list: Rect { y: inner.y + above, height: inner.height - above, ..inner },
    }
}

impl App {
    /// Opens the view with the question asked last, or with the selected action of the summary.
    pub(super) fn open_who_can(&mut self) {
        let on_summary = matches!(self.view, View::Browse) && self.focus == Pane::Summary;
        if on_summary
            && let Some(action) = self.selected_action()
            && action != self.asked.action
        {
            self.asked = Asked { action, ..Asked::default() };
        }
        self.ask_again();
    }

    /// Opens the view with the question asked last.
    pub(super) fn ask_again(&mut self) {
        self.view = View::WhoCan(WhoCanView {
            action: Input::with(&self.asked.action),
            resource: Input::with(&self.asked.resource),
            cursor: Cursor::on(self.asked.row),
            ..WhoCanView::default()
        });
    }

    /// The full name of the action on the selected row of the summary.
    pub(super) fn selected_action(&self) -> Option<String> {
        let row = self.current_row()?;
        let RowKind::Action { name, rest: false, .. } = &row.kind else { return None };
        if name.contains(':') || name == "*" {
            return Some(name.clone());
        }
        Some(format!("{}:{name}", row.service.as_ref()?))
    }

    /// Lines of the answer that fit on the screen.
    fn who_can_page(&self) -> usize {
        usize::from(parts(self.layout.body).list.height)
    }

    /// A command while the view is open.
    pub(super) fn who_can_command(&mut self, command: Command) -> Vec<Effect> {
        let page = self.who_can_page();
        let View::WhoCan(view) = &mut self.view else { return Vec::new() };
        match command {
            Command::NextPane | Command::PreviousPane => {
                view.field = match view.field {
                    Field::Action => Field::Resource,
                    Field::Resource => Field::Action,
                };
            }
            Command::Open => self.who_can_enter(),
            command => {
                let top = view.cursor.top;
                view.cursor.act(command, view.goals.len(), page.div_ceil(3));
                view.cursor.top = top;
            }
        }
        Vec::new()
    }

    /// Goes to the statement of the selected row; without an answer, takes the first hint.
    fn who_can_enter(&mut self) {
        let View::WhoCan(view) = &mut self.view else { return };
        let Some(goal) = view.goals.get(view.cursor.at).cloned() else {
            if let Some(name) = view.hints.first().filter(|name| ***name != *view.action.text()) {
                view.action = Input::with(name);
                return;
            }
            let why = if view.is_asking() {
                "All policies are being asked."
            } else {
                "There is no role to go to. Esc goes back."
            };
            self.tell(NoticeKind::Hint, self.word(why));
            return;
        };
        self.jump(&goal.role, Pane::Policy);
        if let Some(span) = goal.span {
            self.policy.pane.reveal(span);
        }
    }

    /// A key that is no command here; true if the view took it.
    pub(super) fn who_can_key(&mut self, key: Key) -> bool {
        let View::WhoCan(view) = &mut self.view else { return false };
        view.input().key(key)
    }

    /// Pasted text goes into the field; false where the view is not open.
    pub(super) fn who_can_paste(&mut self, text: &str) -> bool {
        let View::WhoCan(view) = &mut self.view else { return false };
        view.input().insert(text.trim());
        true
    }

    /// A click selects a field or a row; on the selected row it goes there.
    pub(super) fn who_can_click(&mut self, column: u16, row: u16) -> Vec<Effect> {
        let parts = parts(self.layout.body);
        let View::WhoCan(view) = &mut self.view else { return Vec::new() };
        let at = (column, row).into();
        if parts.action.contains(at) {
            view.field = Field::Action;
        } else if parts.resource.contains(at) {
            view.field = Field::Resource;
        } else if parts.list.contains(at) {
            let line = view.cursor.top + usize::from(row - parts.list.y);
            let Some(hit) = view.lines.get(line).and_then(|line| line.row) else {
                return Vec::new();
            };
            if std::mem::replace(&mut view.cursor.at, hit) == hit {
                self.who_can_enter();
            }
        }
        Vec::new()
    }

    /// Derives what the view shows after anything changed.
    pub(super) fn refresh_who_can(&mut self) {
        if !matches!(self.view, View::WhoCan(_)) {
            self.insights.leave_documents();
            return;
        }
        let View::WhoCan(mut view) = std::mem::replace(&mut self.view, View::Browse) else {
            return;
        };
        self.answer(&mut view);
        let width = usize::from(parts(self.layout.body).list.width);
        if view.wrapped != Some(width) {
            let (lines, goals) = lines::lines(self, &view, width);
            view.lines = lines;
            view.goals = goals;
            view.wrapped = Some(width);
        }
        if !view.waiting && view.answered.is_some() {
            view.fit(self.who_can_page());
            self.asked.row = if view.turned { 0 } else { view.cursor.at };
        }
        self.view = View::WhoCan(view);
    }

    fn answer(&mut self, view: &mut WhoCanView) {
        let language = self.language;
        let asked = [view.action.text().to_owned(), view.resource.text().to_owned()];
        let documents = self.documents();
        // The first answer after opening keeps the row that was left, and so does another language.
        let same = self.asked.action == *asked[0] && self.asked.resource == *asked[1];
        let known = view.answered.as_ref();
        let known = known.filter(|before| before.asked == asked && before.language == language);
        let Some(documents) = documents else {
            // What was answered stays until more is known.
            if known.is_none() {
                *view = WhoCanView {
                    action: std::mem::take(&mut view.action),
                    resource: std::mem::take(&mut view.resource),
                    field: view.field,
                    cursor: if same { view.cursor } else { Cursor::default() },
                    waiting: true,
                    ..WhoCanView::default()
                };
                [self.asked.action, self.asked.resource] = asked;
            }
            return;
        };
        if known.is_some_and(|before| Arc::ptr_eq(&before.documents, &documents)) {
            view.asking = None;
            return;
        }
        view.turned |= !same;
        [self.asked.action, self.asked.resource] = asked.clone();
        let catalog = Arc::clone(&self.catalog);
        let asking = Arc::new(Asking { language, documents, asked, catalog });
        if !asking.is_slow() {
            let answers = asking.answer();
            view.take(asking, answers);
            return;
        }
        if view.waiting || !view.is_asking() && view.answered.is_none() {
            view.waiting = false;
            view.wrapped = None;
        }
        view.asking = Some(Arc::clone(&asking));
        // One question at a time: a thread for each letter would help nobody.
        if !self.working.iter().any(|work| matches!(work, Work::WhoCan(_))) {
            self.ask(Work::WhoCan(asking));
        }
    }

    /// What can be copied in this view, the entry for the first key press first.
    pub(super) fn who_can_entries(&self) -> Vec<Entry> {
        let View::WhoCan(view) = &self.view else { return Vec::new() };
        let Some(question) = view.question.as_ref().filter(|_| !view.broken) else {
            return Vec::new();
        };
        let mut entries = vec![
            self.entry(
                "answer as text",
                ask::text(self.language, &self.catalog, question, &view.answers),
            ),
            self.entry(
                "answer as Markdown",
                ask::markdown(self.language, &self.catalog, question, &view.answers),
            ),
        ];
        // A role stands under each verdict that one of its actions has.
        let mut seen = HashSet::new();
        let ids = view.goals.iter().map(|goal| &goal.role).filter(|id| seen.insert(*id));
        let selected = view.goals.get(view.cursor.at);
        if let Some(role) = selected.and_then(|goal| self.catalog.role(&goal.role)) {
            entries.push(self.entry("role name", role.name.clone()));
        }
        let names: String = ids
            .filter_map(|id| self.catalog.role(id))
            .flat_map(|role| [role.name.as_str(), "\n"])
            .collect();
        if !names.is_empty() {
            entries.push(self.entry("names of these roles", names));
        }
        entries
    }
}
