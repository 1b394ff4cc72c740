//! Two roles side by side: by meaning, then by text. Choosing the other role is in [`choose`], opening the view, at
//! once or when large policies are compared, in `wait`, the rows for a width in [`rows`].

pub mod choose;
pub mod rows;
mod wait;

use super::command::Command;
use super::copy::Entry;
use super::event::Effect;
use super::layout::{Pane, inside};
use super::list::Cursor;
use super::{App, NoticeKind, View};
use crate::catalog::Catalog;
use crate::catalog::comparison::{self, ByMeaning, Lines};
use crate::catalog::model::{Role, RoleId};
use crate::policy::compare::lines::Run;
use crate::policy::compare::report::{Part, Section, Sign};
use crate::policy::document::Document;
use crate::say::Language;
use crate::text;
use rows::Row;
use std::borrow::Cow;
use std::collections::BTreeSet;

/// The state of the view.
#[derive(Debug)]
pub struct CompareView {
    /// The first role.
    pub left: RoleId,
    /// The second role.
    pub right: RoleId,
    /// The comparison by meaning.
    pub meaning: ByMeaning,
    /// The verdict and what must be said beside it, wrapped.
    pub head: Vec<String>,
    /// The texts are shown, not the meaning.
    pub by_text: bool,
    /// The rows of the list.
    pub rows: Vec<Row>,
    /// The selected row.
    pub cursor: Cursor,
    /// Columns that the texts are moved to the left.
    pub scrolled: usize,
    /// Columns of the widest action.
    pub widest: usize,
    /// Both texts; made when they are first shown.
    pub texts: Option<Texts>,
    /// The documents that were compared, in the order of the sides.
    documents: [Document; 2],
    /// The roles are still being compared.
    waiting: bool,
    /// Where the view will stand when they are.
    kept: Option<Seat>,
    /// What both have is unfolded.
    same_open: bool,
    /// The runs of equal lines that are unfolded.
    open_runs: BTreeSet<usize>,
    /// Where the list stood that is not shown.
    other: Cursor,
    /// The first row with the sign of what stands in both in different form.
    pub changed: Option<usize>,
    /// Columns and rows inside the pane that head and rows were made for.
    shown: Option<(usize, usize)>,
}

/// Both documents as lines, and where they differ.
#[derive(Clone, Debug)]
pub struct Texts {
    /// The first.
    pub left: Lines,
    /// The second.
    pub right: Lines,
    /// The runs of equal and different lines.
    pub runs: Vec<Run>,
}

impl Texts {
    /// The texts of the policies of two roles.
    fn of(left: Option<&Role>, right: Option<&Role>) -> Self {
        let lines = |role: Option<&Role>| {
            let policy = role.and_then(|role| role.policy.as_ref());
            Lines::of(policy.map_or("", |policy| &policy.source))
        };
        let (left, right) = (lines(left), lines(right));
        let runs = comparison::by_text(&left, &right);
        Self { left, right, runs }
    }
}

/// What is shown of two roles, once they are compared.
#[derive(Clone, Debug)]
pub struct Compared {
    /// The comparison by meaning.
    pub meaning: ByMeaning,
    /// The documents that were compared, in the order of the sides.
    pub documents: [Document; 2],
    /// Both texts, where they were made too.
    pub texts: Option<Texts>,
}

impl Compared {
    /// Compares two roles by their policies. Errors: a sentence where one has no policy that can be read.
    fn of(
        language: Language,
        catalog: &Catalog,
        left: &Role,
        right: &Role,
    ) -> Result<Self, String> {
        let (meaning, documents) = comparison::of_roles(language, catalog, left, right)?;
        Ok(Self { meaning, documents, texts: None })
    }

    /// The same with both texts, for what takes long.
    pub(super) fn with_texts(
        language: Language,
        catalog: &Catalog,
        [left, right]: &[Role; 2],
    ) -> Result<Self, String> {
        let compared = Self::of(language, catalog, left, right)?;
        Ok(Self { texts: Some(Texts::of(Some(left), Some(right))), ..compared })
    }
}

/// Where a comparison stood, to come back to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Seat {
    left: RoleId,
    right: RoleId,
    by_text: bool,
    cursor: Cursor,
    same_open: bool,
    open_runs: BTreeSet<usize>,
}

impl Seat {
    /// The same two roles, whatever line was selected?
    pub(super) fn is_about_the_same(&self, other: &Self) -> bool {
        (&self.left, &self.right) == (&other.left, &other.right)
    }
}

impl CompareView {
    /// Are the texts shown beside each other?
    pub fn side_by_side(&self) -> bool {
        self.shown.is_some_and(|(width, _)| width >= rows::SIDE_BY_SIDE)
    }

    /// Is a line in sight cut off on the right?
    fn is_cut(&self, page: usize) -> bool {
        let (Some(texts), Some((width, _))) = (&self.texts, self.shown) else { return false };
        let room = self.scrolled + rows::text_room(width.saturating_sub(2), self.side_by_side());
        // A column of the screen is a byte at least, so most lines need not be measured.
        let cut = |line: &str| {
            let start = || line.chars().take(room.saturating_add(1)).collect::<String>();
            line.len() > room && text::width(&text::harmless(&start())) > room
        };
        self.rows.iter().skip(self.cursor.top).take(page).any(|row| match row {
            Row::Text { left, right, .. } => {
                left.is_some_and(|line| cut(texts.left.line(line)))
                    || right.is_some_and(|line| cut(texts.right.line(line)))
            }
            _ => false,
        })
    }

    /// Are the roles still being compared?
    pub const fn is_waiting(&self) -> bool {
        self.waiting
    }

    pub(super) fn seat(&self) -> Seat {
        if let Some(kept) = &self.kept {
            return kept.clone();
        }
        Seat {
            left: self.left.clone(),
            right: self.right.clone(),
            by_text: self.by_text,
            cursor: self.cursor,
            same_open: self.same_open,
            open_runs: self.open_runs.clone(),
        }
    }

    fn toggle(&mut self) {
        self.by_text = !self.by_text;
        std::mem::swap(&mut self.cursor, &mut self.other);
        self.shown = None;
    }

    /// The next or previous row where something new begins.
    fn step(&mut self, forward: bool, page: usize) -> bool {
        let begins = |at: &usize| self.rows.get(*at).is_some_and(Row::begins);
        let at = self.cursor.at;
        let found = if forward {
            (at + 1..self.rows.len()).find(begins)
        } else {
            (0..at).rev().find(begins)
        };
        if let Some(found) = found {
            self.cursor.show(found, self.rows.len(), page);
        }
        found.is_some()
    }
}

impl App {
    /// The rows of the list that fit below the head.
    pub fn compare_page(&self) -> usize {
        let View::Compare(view) = &self.view else { return 1 };
        let height = usize::from(inside(self.layout.body).height);
        height.saturating_sub(view.head.len()).max(1)
    }

    /// A command while the view is open.
    pub(super) fn compare_command(&mut self, command: Command) -> Vec<Effect> {
        let page = self.compare_page();
        let View::Compare(view) = &mut self.view else { return Vec::new() };
        if view.cursor.act(command, view.rows.len(), page) {
            return Vec::new();
        }
        if view.waiting && command != Command::Swap {
            self.tell(NoticeKind::Hint, self.word("These two are still being compared."));
            return Vec::new();
        }
        match command {
            Command::NextPane | Command::PreviousPane => view.toggle(),
            Command::ScrollLeft | Command::ScrollRight if !view.by_text => {
                self.tell(
                    NoticeKind::Hint,
                    self.word("Lines are cut off in the view by text only."),
                );
            }
            Command::ScrollLeft if view.scrolled == 0 => {
                self.tell(NoticeKind::Hint, self.word("Nothing is cut off on the left."));
            }
            Command::ScrollLeft => view.scrolled = view.scrolled.saturating_sub(8),
            Command::ScrollRight if !view.is_cut(page) => {
                self.tell(NoticeKind::Hint, self.word("Nothing is cut off on the right."));
            }
            Command::ScrollRight => view.scrolled = (view.scrolled + 8).min(rows::MOST_SCROLLED),
            Command::NextStatement | Command::PreviousStatement
                if view.step(command == Command::NextStatement, page) => {}
            Command::NextStatement | Command::PreviousStatement => {
                self.tell(NoticeKind::Hint, self.word("There is no further difference that way."));
            }
            Command::Swap => {
                let mut seat = view.seat();
                std::mem::swap(&mut seat.left, &mut seat.right);
                seat.cursor = Cursor::default();
                self.take_seat(seat);
            }
            Command::Open => self.compare_enter(),
            _ => {}
        }
        Vec::new()
    }

    /// Enter: a fold opens or closes, any other line leads to its statement.
    fn compare_enter(&mut self) {
        let View::Compare(view) = &mut self.view else { return };
        let (gone, statement, action) = match view.rows.get(view.cursor.at) {
            Some(Row::Gap { run, .. }) => {
                view.open_runs.insert(*run);
                view.shown = None;
                return;
            }
            Some(Row::Meaning { line, .. }) => {
                let Some(line) = view.meaning.lines.get(*line) else { return };
                if line.part == Part::Heading {
                    if line.section == Section::Same {
                        view.same_open = !view.same_open;
                        view.shown = None;
                    } else {
                        self.nothing_to_open();
                    }
                    return;
                }
                let gone = line.sign != Sign::Added && !line.left.is_empty();
                let list = if gone { &line.left } else { &line.right };
                let action = (line.part == Part::Action).then(|| line.text.clone());
                (gone, list.first().copied(), action)
            }
            Some(Row::Text { left, right, .. }) => {
                let Some(texts) = &view.texts else { return };
                let statement = match (left, right) {
                    (Some(line), _) => texts.left.statement(*line),
                    (None, Some(line)) => texts.right.statement(*line),
                    (None, None) => None,
                };
                (left.is_some(), statement, None)
            }
            Some(Row::Blank | Row::Told(_) | Row::Unsearched(_)) | None => {
                self.nothing_to_open();
                return;
            }
        };
        let role = if gone { view.left.clone() } else { view.right.clone() };
        self.open_statement(&role, statement, action.as_deref());
    }

    /// Does Enter do something on the selected line of the view?
    pub(super) fn opens_something(&self) -> bool {
        let View::Compare(view) = &self.view else { return true };
        match view.rows.get(view.cursor.at) {
            Some(Row::Meaning { line, .. }) => view
                .meaning
                .lines
                .get(*line)
                .is_some_and(|line| line.part != Part::Heading || line.section == Section::Same),
            Some(Row::Gap { .. } | Row::Text { .. }) => true,
            Some(Row::Blank | Row::Told(_) | Row::Unsearched(_)) | None => false,
        }
    }

    fn nothing_to_open(&mut self) {
        self.tell(
            NoticeKind::Hint,
            self.word("This line leads nowhere; a statement below it does."),
        );
    }

    /// Shows a statement of a role in the policy pane; an action of it where it is known.
    fn open_statement(&mut self, role: &RoleId, statement: Option<usize>, action: Option<&str>) {
        let View::Compare(view) = &self.view else { return };
        let [left, right] = &view.documents;
        let document = if *role == view.left { left } else { right };
        let statement = statement.and_then(|at| document.statements.get(at)).cloned();
        self.policy.trust = false;
        self.jump(role, Pane::Policy);
        let Some(statement) = statement else { return };
        let named = statement.action.iter().flat_map(|clause| &clause.values);
        let span = named
            .into_iter()
            .find(|value| action.is_some_and(|action| value.value == action))
            .map_or(statement.span, |value| value.span);
        self.policy.pane.mark(vec![span]);
        self.policy.pane.reveal(span);
    }

    /// A click on a line of the body.
    pub(super) fn compare_click(&mut self, column: u16, row: u16) -> Vec<Effect> {
        let area = inside(self.layout.body);
        let View::Compare(view) = &mut self.view else { return Vec::new() };
        if !area.contains((column, row).into()) {
            return Vec::new();
        }
        let Some(line) = usize::from(row - area.y).checked_sub(view.head.len()) else {
            return Vec::new();
        };
        let at = view.cursor.top + line;
        if at >= view.rows.len() {
            return Vec::new();
        }
        if std::mem::replace(&mut view.cursor.at, at) == at {
            self.compare_enter();
        }
        Vec::new()
    }

    /// Derives head and rows for the size of the screen; the cursor stays on what it was on.
    pub(super) fn refresh_compare(&mut self) {
        self.compare_anew();
        let catalog = self.catalog.clone();
        let area = inside(self.layout.body);
        let size = (usize::from(area.width), usize::from(area.height));
        let View::Compare(view) = &mut self.view else { return };
        if view.shown != Some(size) {
            let at = view.rows.get(view.cursor.at).cloned();
            let (head, rest) = head(&view.meaning, size);
            view.head = head;
            let room = size.0.saturating_sub(2);
            if view.by_text && view.texts.is_none() {
                let role = |id: &RoleId| catalog.role(id);
                view.texts = Some(Texts::of(role(&view.left), role(&view.right)));
            }
            view.rows = match view.texts.as_ref().filter(|_| view.by_text) {
                Some(texts) => rows::of_texts(texts, &view.open_runs, size.0 >= rows::SIDE_BY_SIDE),
                None => rows::of_meaning(&view.meaning, view.same_open, room),
            };
            if !view.by_text && !view.waiting {
                rows::explain(&mut view.rows, &view.meaning, view.same_open, room);
            }
            if !rest.is_empty() {
                let rest = rest.into_iter().map(Row::Told).chain([Row::Blank]);
                view.rows.splice(0..0, rest);
            }
            view.changed = view.rows.iter().position(|row| row.is_changed(&view.meaning));
            if let Some(at) = at.and_then(|old| view.rows.iter().position(|row| row.is_like(&old)))
            {
                view.cursor.at = at;
            }
            let actions = view.meaning.lines.iter().filter(|line| line.part == Part::Action);
            view.widest = actions.map(|line| text::width(&line.text)).max().unwrap_or(0);
            view.shown = Some(size);
        }
        let page = size.1.saturating_sub(view.head.len()).max(1);
        view.cursor.fit(view.rows.len(), page);
    }

    /// What can be copied in this view, the entry for the first key press first.
    pub(super) fn compare_entries(&self) -> Vec<Entry> {
        let View::Compare(view) = &self.view else { return Vec::new() };
        if view.waiting {
            return Vec::new();
        }
        let markdown = self.entry("comparison as Markdown", view.meaning.markdown());
        let plain = self.entry("comparison as text", view.meaning.text());
        let mut entries = vec![markdown, plain];
        if let Some(Row::Meaning { line, .. }) = view.rows.get(view.cursor.at)
            && let Some(line) = view.meaning.lines.get(*line)
        {
            entries.push(self.entry("this line", format!("{}\n", line.text)));
        }
        let role = |id: &RoleId| self.catalog.role(id);
        let made = || Texts::of(role(&view.left), role(&view.right));
        let texts = view.texts.as_ref().map_or_else(|| Cow::Owned(made()), Cow::Borrowed);
        let unified = comparison::unified(self.language, &texts.left, &texts.right, &texts.runs);
        let sides = [&view.left, &view.right];
        let unified = self.noted_entry("both texts, the differences marked", &unified, &sides);
        entries.insert(if view.by_text { 0 } else { 2 }, unified);
        entries
    }
}

/// The verdict and the notes, wrapped: half of the pane at most, and what has no room there, which the list begins with.
fn head(meaning: &ByMeaning, (width, height): (usize, usize)) -> (Vec<String>, Vec<String>) {
    let room = width.saturating_sub(2);
    let mut head = text::wrap(&text::harmless(&meaning.headline), room);
    let notes = meaning.notes.iter().flat_map(|note| text::wrap(&format!("! {note}"), room));
    head.extend(notes);
    let rest = head.split_off(head.len().min(height / 2));
    if rest.is_empty() && head.len() + 6 <= height {
        head.push(String::new());
    }
    (head, rest)
}
