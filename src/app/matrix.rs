//! Roles by services: the highest access level and the number of actions in each cell.

mod build;
mod signs;
mod words;

use super::App;
use super::command::Command;
use super::event::Effect;
use super::layout::{Pane, inside};
use super::list::Cursor;
use crate::catalog::model::{ProductId, RoleId};
use crate::policy::level::AccessLevel;
use crate::policy::summary::{Anywhere, Reach, Tally};
use crate::sort;
use std::cmp::Reverse;

pub use signs::{DENIED, Sign, letter};

/// What a role may do in a service, and what it is denied.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// The highest level among the service's own actions that are granted.
    pub level: Option<AccessLevel>,
    /// How many of the service's own actions, patterns among them.
    pub actions: usize,
    /// How many of these are patterns.
    pub patterns: usize,
    /// How many actions and patterns of other services on its resources.
    pub through: Tally,
    /// How many of its own actions and patterns are only denied.
    pub denied: Tally,
    /// How many of its own actions that are granted rest on reconstructed statements alone.
    pub reconstructed: usize,
    /// What patterns of any service, or of all that are named alike, grant and deny of its actions.
    pub any: Reach,
}

impl Cell {
    /// The highest level of all that is granted of its own actions.
    pub fn highest(&self) -> Option<AccessLevel> {
        self.level.max(self.any.level)
    }

    /// How many of its own actions may be called, as far as they are named or known.
    const fn callable(&self) -> usize {
        self.actions + self.any.beyond as usize
    }
}

/// A role of the matrix.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MatrixRow {
    /// The role.
    pub role: RoleId,
    /// Its short name.
    pub name: String,
    /// Other rows have the same.
    pub shared: bool,
    /// Its policy is not whole.
    pub partial: bool,
    /// The mark that tells whether it is in the account, where that is known.
    pub existence: Option<&'static str>,
    /// All that it may do in RAM is to delete itself.
    pub deletes_itself: bool,
    /// The cells in which something is granted or denied, each with its column, in order: most roles touch few of the
    /// services of all.
    cells: Vec<(u32, Cell)>,
    /// Actions in all services.
    pub actions: usize,
    /// The highest level of all.
    pub level: Option<AccessLevel>,
    /// The patterns of its policy that more than one service may be meant by.
    pub anywhere: Vec<Anywhere>,
    product: ProductId,
    /// The place of the product in the catalogue: its roles need not stand together there.
    place: usize,
}

impl MatrixRow {
    /// The cell of a column; an empty one where nothing is said of the service.
    pub fn cell(&self, column: usize) -> Cell {
        let found = self.cells.binary_search_by(|(at, _)| (*at as usize).cmp(&column));
        let cell = found.ok().and_then(|at| self.cells.get(at));
        cell.map(|(_, cell)| *cell).unwrap_or_default()
    }

    /// The cells that are not empty.
    pub fn filled(&self) -> impl Iterator<Item = &Cell> {
        self.cells.iter().map(|(_, cell)| cell)
    }
}

/// A line of the matrix.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MatrixLine {
    /// A product; cannot be selected.
    Product(ProductId),
    /// A role, by its place in the rows.
    Role(usize),
}

/// A service of the matrix.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its RAM code.
    pub code: String,
    /// What stands over the column.
    pub title: String,
    /// Columns of the screen.
    pub width: usize,
}

/// The order of the roles.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// As in the catalogue, by product.
    #[default]
    Product,
    /// Those with most actions first.
    Actions,
    /// Those with the highest levels first.
    Level,
    /// Those with most actions in the selected service first.
    Column,
    /// By name.
    Name,
}

impl Sort {
    /// The order in words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Product => "by product",
            Self::Actions => "by number of actions",
            Self::Level => "by highest level",
            Self::Column => "by the selected service",
            Self::Name => "by name",
        }
    }

    const fn next(self) -> Self {
        match self {
            Self::Product => Self::Actions,
            Self::Actions => Self::Level,
            Self::Level => Self::Column,
            Self::Column => Self::Name,
            Self::Name => Self::Product,
        }
    }
}

/// The state of the view.
#[derive(Debug, Default)]
pub struct MatrixView {
    /// The roles.
    pub rows: Vec<MatrixRow>,
    /// The services, those that most roles touch first.
    pub columns: Vec<Column>,
    /// Products and roles as lines of the screen.
    pub lines: Vec<MatrixLine>,
    /// The selected line.
    pub cursor: Cursor,
    /// The selected column.
    pub column: usize,
    /// The first visible column.
    pub left: usize,
    /// The order of the roles.
    pub sort: Sort,
    /// Columns of the screen for the names of the roles.
    pub names: usize,
    /// Every row tells whether its role is in the account.
    pub of_account: bool,
    /// Columns that the longest name wants.
    widest: usize,
    signs: signs::Signs,
    filter: Option<String>,
    /// How many roles the catalogue had.
    known: usize,
    /// The catalogue has others now.
    outdated: bool,
}

impl MatrixView {
    /// The roles are no longer those that are shown.
    pub(super) const fn outdate(&mut self) {
        self.outdated = true;
    }

    /// The selected role.
    pub fn selected(&self) -> Option<&MatrixRow> {
        match self.lines.get(self.cursor.at)? {
            MatrixLine::Role(at) => self.rows.get(*at),
            MatrixLine::Product(_) => None,
        }
    }

    /// The selected cell with its column.
    pub fn cell(&self) -> Option<(&Column, Cell)> {
        Some((self.columns.get(self.column)?, self.selected()?.cell(self.column)))
    }

    /// The columns that fit into `width` columns of the screen, from the first visible one. Where not all of the rest
    /// fit, a cell is left at the end for the sign that says so.
    pub fn visible(&self, width: usize) -> std::ops::Range<usize> {
        let room = width.saturating_sub(self.names);
        let all = self.fitting(room);
        if all.end < self.columns.len() { self.fitting(room.saturating_sub(1)) } else { all }
    }

    fn fitting(&self, mut room: usize) -> std::ops::Range<usize> {
        let mut end = self.left;
        while let Some(column) = self.columns.get(end) {
            if column.width > room {
                break;
            }
            room -= column.width;
            end += 1;
        }
        self.left..end
    }

    pub(super) fn order(&mut self) {
        let selected = self.selected().map(|row| row.role.clone());
        let column = self.column;
        let mut order: Vec<usize> = (0..self.rows.len()).collect();
        let key = |at: &usize| self.rows.get(*at);
        match self.sort {
            Sort::Product => sort::by_key(&mut order, |at| key(at).map(|row| row.place)),
            Sort::Name => sort::by_key(&mut order, |at| key(at).map(|row| row.name.to_lowercase())),
            Sort::Actions => sort::by_key(&mut order, |at| Reverse(key(at).map(|row| row.actions))),
            Sort::Level => {
                sort::by_key(&mut order, |at| Reverse(key(at).map(|row| (row.level, row.actions))));
            }
            Sort::Column => sort::by_key(&mut order, |at| {
                let cell = key(at).map(|row| row.cell(column));
                Reverse(cell.map(|cell| {
                    (
                        cell.any.every,
                        cell.callable(),
                        cell.through.all(),
                        cell.denied.all(),
                        cell.any.denied,
                    )
                }))
            }),
        }
        self.lines.clear();
        let mut product = None;
        for at in order {
            let Some(row) = self.rows.get(at) else { continue };
            if self.sort == Sort::Product && product != Some(&row.product) {
                product = Some(&row.product);
                self.lines.push(MatrixLine::Product(row.product.clone()));
            }
            self.lines.push(MatrixLine::Role(at));
        }
        let kept = selected.and_then(|role| self.line_of(&role));
        self.cursor.at = kept.unwrap_or(0);
        self.skip_products(true);
    }

    pub(super) fn line_of(&self, role: &RoleId) -> Option<usize> {
        self.lines.iter().position(|line| match line {
            MatrixLine::Role(at) => self.rows.get(*at).is_some_and(|row| row.role == *role),
            MatrixLine::Product(_) => false,
        })
    }

    fn skip_products(&mut self, down: bool) {
        let is_product =
            |view: &Self, at: usize| matches!(view.lines.get(at), Some(MatrixLine::Product(_)));
        while is_product(self, self.cursor.at) {
            let at = self.cursor.at;
            let next = if down || at == 0 { at + 1 } else { at - 1 };
            if next >= self.lines.len() || (!down && at == 0) {
                self.cursor.at = at.saturating_add(1).min(self.lines.len().saturating_sub(1));
                break;
            }
            self.cursor.at = next;
        }
    }
}

/// The widest that names of roles get.
const NAMES: usize = 34;

impl App {
    pub(super) fn open_matrix(&mut self) {
        self.show_matrix();
        if let super::View::Matrix(view) = &self.view
            && let Some(role) = self.role.as_ref().and_then(|role| self.catalog.role(role))
            && view.line_of(&role.id).is_none()
        {
            let why = match &self.filter {
                _ if role.policy.is_none() => {
                    self.word("its policy is not in the catalogue").to_owned()
                }
                Some(code) if !self.insights.is_whole_file(&role.id) => {
                    self.phrase("it does not touch {}", &[&self.service_short(code)])
                }
                _ => self.word("it is a file of many policies, each of which is").to_owned(),
            };
            let said = self.phrase("{} is not in the matrix: {}.", &[&role.short_name, &why]);
            self.tell(super::NoticeKind::Hint, said);
        }
    }

    /// The same without a word where the selected role is not in it.
    pub(super) fn show_matrix(&mut self) {
        let mut view = self.matrix();
        let at = self.role.as_ref().and_then(|role| view.line_of(role));
        view.cursor.at = at.unwrap_or(0);
        view.skip_products(true);
        view.column = 0;
        self.view = super::View::Matrix(view);
    }

    /// The lines of the matrix that fit on the screen, below the heads and above the legend.
    pub fn matrix_page(&self) -> usize {
        let height = usize::from(inside(self.layout.body).height);
        let signs = match &self.view {
            super::View::Matrix(view) => self.matrix_signs(view).len(),
            _ => 0,
        };
        height.saturating_sub(2 + self.matrix_said() + signs).max(1)
    }

    /// Lines below the matrix for the sentence of the selected cell: none on short screens.
    pub fn matrix_said(&self) -> usize {
        let body = inside(self.layout.body);
        match body.height {
            0..8 => 0,
            8..12 => 1,
            _ if body.width < 150 => 2,
            _ => 1,
        }
    }

    /// A command while the view is open.
    pub(super) fn matrix_command(&mut self, command: Command) -> Vec<Effect> {
        let page = self.matrix_page();
        if command == Command::ClearService {
            self.clear_service();
            return Vec::new();
        }
        let super::View::Matrix(view) = &mut self.view else { return Vec::new() };
        let before = view.cursor.at;
        match command {
            Command::Left if view.column == 0 => {
                self.tell(super::NoticeKind::Hint, self.word("This is the first service."));
            }
            Command::Left => view.column -= 1,
            Command::Right if view.column + 1 >= view.columns.len() => {
                self.tell(super::NoticeKind::Hint, self.word("This is the last service."));
            }
            Command::Right => view.column += 1,
            Command::Sort => {
                view.sort = view.sort.next();
                view.order();
                let words = view.sort.words();
                let said = self.phrase("Sorted {}.", &[self.word(words)]);
                self.tell(super::NoticeKind::Done, said);
            }
            Command::Open => self.open_cell(),
            command => {
                if view.cursor.act(command, view.lines.len(), page) {
                    view.skip_products(view.cursor.at >= before);
                }
            }
        }
        Vec::new()
    }

    /// Goes to the service of the selected cell in the summary of its role.
    fn open_cell(&mut self) {
        let super::View::Matrix(view) = &self.view else { return };
        let Some(row) = view.selected() else { return };
        let role = row.role.clone();
        let code =
            view.cell().filter(|(_, cell)| *cell != Cell::default()).map(|(c, _)| c.code.clone());
        self.jump(&role, Pane::Summary);
        if let Some(code) = code {
            self.select_row(&code);
        }
    }

    /// The matrix anew; the selected role and service stay.
    fn rebuild_matrix(&mut self) {
        let fresh = self.matrix();
        if let super::View::Matrix(view) = &mut self.view {
            let (sort, role) = (view.sort, view.selected().map(|row| row.role.clone()));
            let mut code = view.columns.get(view.column).map(|column| column.code.clone());
            // Whoever asks for a service looks at it.
            if fresh.filter.is_some() && fresh.filter != view.filter {
                code.clone_from(&fresh.filter);
            }
            *view = fresh;
            view.sort = sort;
            view.column =
                view.columns.iter().position(|c| Some(&c.code) == code.as_ref()).unwrap_or(0);
            view.order();
            view.cursor.at = role.and_then(|role| view.line_of(&role)).unwrap_or(view.cursor.at);
        }
    }

    /// Derives what the view shows after anything changed.
    pub(super) fn refresh_matrix(&mut self) {
        let changed = match &self.view {
            super::View::Matrix(view) => {
                // While thousands of roles come in, it is made anew when a quarter more are there.
                let waits = self.loading.is_on()
                    && self.catalog.roles().len() < view.known + view.known.div_ceil(4);
                view.filter != self.filter || view.outdated && !waits
            }
            _ => return,
        };
        if changed {
            self.rebuild_matrix();
        }
        let page = self.matrix_page();
        let width = usize::from(inside(self.layout.body).width);
        let super::View::Matrix(view) = &mut self.view else { return };
        // A narrow screen leaves room for cells.
        view.names = view.widest.min((width * 3 / 5).max(10));
        view.cursor.fit(view.lines.len(), page);
        // The name of a product stays in sight above its first role.
        if page > 1
            && view.cursor.at > 0
            && view.cursor.at == view.cursor.top
            && let Some(MatrixLine::Product(_)) = view.lines.get(view.cursor.at - 1)
        {
            view.cursor.top -= 1;
        }
        view.column = view.column.min(view.columns.len().saturating_sub(1));
        view.left = view.left.min(view.column);
        while view.left < view.column && !view.visible(width).contains(&view.column) {
            view.left += 1;
        }
    }
}
