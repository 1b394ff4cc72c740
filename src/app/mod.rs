//! The state of the program and how events change it. Pure: no terminal, no files, no clock.
//!
//! [`App::take`] takes an event, changes the state and answers with effects. [`App::refresh`] derives what drawing needs
//! from it: lists, layout, rows, marks. What movements leave for later is derived once for all events that wait, by
//! [`App::settle`], before drawing.

mod account;
mod apply;
pub mod below;
pub mod browse;
pub mod command;
pub mod compare;
mod copied;
pub mod copy;
mod copy_here;
mod counted;
pub mod crumbs;
pub mod event;
pub mod explain;
pub mod find;
pub mod findings;
pub mod glossary;
pub mod highlight;
pub mod hints;
pub mod history;
pub mod input;
pub mod insight;
pub mod json_pane;
pub mod key;
pub mod keymap;
pub mod layout;
pub mod list;
pub mod loading;
pub mod matrix;
mod mouse;
pub mod overlay;
mod palette;
pub mod picker;
pub mod policy_view;
mod program;
pub mod removal;
mod removal_answer;
mod removal_copy;
mod removal_ticks;
pub mod role_rows;
pub mod services;
mod settle;
pub mod summary_rows;
mod text_search;
pub mod theme_name;
pub mod tour;
pub mod tour_steps;
pub mod who_can;
pub mod work;

use crate::catalog::Catalog;
use crate::catalog::model::{ProductId, Role, RoleId, Text};
use crate::catalog::removal::answer::DeletionAnswer;
use crate::say::{self, Language};
pub use account::{ABSENT, EXISTS};
use browse::{ProductRow, RoleRow};
use find::Finding;
use insight::{Insight, Insights};
use keymap::Keymap;
use layout::{Layout, Pane, Wants};
use list::Cursor;
use overlay::Overlay;
use policy_view::PolicyView;
use removal::{RemovalView, Subject};
use std::borrow::Borrow;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;
use std::sync::Arc;
use summary_rows::Row;

/// What fills the body of the screen.
#[derive(Debug)]
pub enum View {
    /// The panes of the explorer.
    Browse,
    /// What must be removed before a role, or all roles of a product, can be deleted.
    Removal(RemovalView),
    /// Roles by services.
    Matrix(matrix::MatrixView),
    /// Who can call an action.
    WhoCan(who_can::WhoCanView),
    /// Two roles side by side.
    Compare(Box<compare::CompareView>),
}

/// A message in place of the footer, until the next key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// What is said.
    pub text: String,
    /// How it is meant.
    pub kind: NoticeKind,
    /// What the key of printing prints while this is said: it speaks of it.
    pub offer: Option<Arc<copy::Entry>>,
}

/// How a notice is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoticeKind {
    /// Something went as asked.
    Done,
    /// Something to know.
    Hint,
    /// Something did not work.
    Failed,
}

/// The whole state.
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
pub struct App {
    /// What is known.
    pub catalog: Arc<Catalog>,
    /// The bindings in force.
    pub keymap: Keymap,
    /// The language of the screen.
    pub language: Language,
    /// Columns and rows of the screen.
    pub size: (u16, u16),
    /// Where everything stands.
    pub layout: Layout,
    /// The focused pane.
    pub focus: Pane,
    /// Whether the focused pane has the whole body.
    pub zoom: bool,
    /// The selected product.
    pub product: Option<ProductId>,
    /// The selected role.
    pub role: Option<RoleId>,
    /// The products in sight.
    pub products: Vec<ProductRow>,
    /// Where the list of products stands.
    pub products_at: Cursor,
    /// The roles in sight.
    pub roles: Vec<RoleRow>,
    /// The short names of roles of the selected product that stand in the list of all that are known by name.
    pub by_name: Vec<String>,
    /// Where the list of roles stands.
    pub roles_at: Cursor,
    /// What the selected role may do.
    pub summary: Vec<Row>,
    /// Whose permissions are shown, for how many columns, and which rows of the summary they are.
    permission_rows: Option<(RoleId, usize, Range<usize>)>,
    /// Where the summary stands.
    pub summary_at: Cursor,
    /// The summary of the role that is shown was in sight.
    summary_begun: bool,
    row_before: Option<role_rows::RowBefore>,
    /// The policy document of the selected role.
    pub policy: PolicyView,
    /// The code of the service that the view is narrowed to.
    pub filter: Option<String>,
    /// What fills the body.
    pub view: View,
    /// The answers of RAM about deletions that were pasted, each with whom it is about.
    pub answers: BTreeMap<Subject, DeletionAnswer>,
    ticked: BTreeSet<removal_ticks::Ticked>,
    /// The branch that the cursor was on in plans that were left.
    plans_left: BTreeMap<Subject, usize>,
    /// The question that was asked last in the view "who can".
    pub asked: who_can::Asked,
    /// What lies over it.
    pub overlay: Option<Overlay>,
    /// What waits below it: findings, the copy menu. None where nothing lies over the screen.
    under: Vec<Overlay>,
    /// What is said in place of the footer.
    pub notice: Option<Notice>,
    /// Whether the statement under the cursor is explained beside the policy.
    pub explain: bool,
    /// Whether the mouse belongs to the program.
    pub mouse: bool,
    /// What will be printed at the end: in words, and the text.
    pub print: Option<(String, String)>,
    /// What was put on the clipboard last, or was to be.
    tried: Option<Arc<copy::Entry>>,
    /// The tour that is on.
    pub tour: Option<tour::TourState>,
    tour_progress: tour::Progress,
    /// Somebody shows the program to others: keys are shown, tours wait.
    pub present: bool,
    /// The keys that were pressed last, the newest at the end.
    pub pressed: Vec<String>,
    insights: Insights,
    insight: Arc<Insight>,
    finding: Finding,
    remembered: HashMap<ProductId, RoleId>,
    back: Vec<history::Way>,
    history: history::History,
    /// The theme; its colours are the screen's affair.
    pub theme: theme_name::ThemeName,
    shown: Shown,
    /// The list that was moved in since everything was derived.
    unsettled: Option<Pane>,
    /// What is known of the files that were given.
    pub loading: loading::Loading,
    /// Services and actions, for work beside the loop.
    vocabulary: Arc<Catalog>,
    /// What the edge shall do beside what the event itself asks for.
    wished: Vec<event::Effect>,
    /// Slow work under way.
    working: Vec<work::Work>,
    /// The role whose policy could not be summed up because that broke down, until it is told.
    broken: Option<RoleId>,
    started: bool,
}

/// What the derived parts were derived from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Shown {
    lists: Option<(Option<String>, Option<ProductId>)>,
    role: Option<(Option<RoleId>, bool)>,
    summary: Option<(Option<RoleId>, usize, bool)>,
    marks: Option<(Option<String>, Option<String>, bool)>,
}

impl App {
    /// The state at the start in the usual language; for tests.
    pub fn new(catalog: Arc<Catalog>, columns: u16, rows: u16) -> Self {
        Self::speaking(Language::default(), catalog, columns, rows)
    }

    /// The state at the start in a language, on a screen of `columns` and `rows`.
    pub fn speaking(language: Language, catalog: Arc<Catalog>, columns: u16, rows: u16) -> Self {
        let product = catalog.products().first().map(|product| product.id.clone());
        let vocabulary = Arc::clone(&catalog);
        let mut app = Self {
            catalog,
            keymap: Keymap::default(),
            language,
            size: (columns, rows),
            layout: Layout::default(),
            focus: Pane::Products,
            zoom: false,
            product,
            role: None,
            products: Vec::new(),
            products_at: Cursor::default(),
            roles: Vec::new(),
            by_name: Vec::new(),
            roles_at: Cursor::default(),
            summary: Vec::new(),
            permission_rows: None,
            summary_at: Cursor::default(),
            summary_begun: false,
            row_before: None,
            policy: PolicyView::default(),
            filter: None,
            view: View::Browse,
            answers: BTreeMap::new(),
            ticked: BTreeSet::new(),
            plans_left: BTreeMap::new(),
            asked: who_can::Asked::default(),
            overlay: None,
            under: Vec::new(),
            notice: None,
            explain: true,
            mouse: true,
            print: None,
            tried: None,
            tour: None,
            tour_progress: tour::Progress::new(),
            present: false,
            pressed: Vec::new(),
            insights: Insights::default(),
            insight: Arc::default(),
            finding: Finding::default(),
            remembered: HashMap::new(),
            back: Vec::new(),
            history: history::History::default(),
            theme: theme_name::ThemeName::default(),
            shown: Shown::default(),
            unsettled: None,
            loading: loading::Loading::default(),
            vocabulary,
            wished: Vec::new(),
            working: Vec::new(),
            broken: None,
            started: false,
        };
        app.insights.speak(language);
        app.refresh();
        app
    }

    /// The selected role.
    pub fn current_role(&self) -> Option<&Role> {
        self.role.as_ref().and_then(|id| self.catalog.role(id))
    }

    /// What is computed from the selected role's policy.
    pub fn current_insight(&self) -> &Insight {
        &self.insight
    }

    /// The selected row of the summary.
    pub fn current_row(&self) -> Option<&Row> {
        self.summary.get(self.summary_at.at)
    }

    /// A text of the catalogue in the language of the screen.
    pub fn say<'a>(&self, text: &'a Text) -> &'a str {
        text.get(self.language)
    }

    /// Words of the screen in its language; `en` as the code has them.
    pub fn word(&self, en: &'static str) -> &'static str {
        say::say(self.language, en)
    }

    /// The same with values in the places of the text.
    pub fn phrase(&self, en: &'static str, values: &[&str]) -> String {
        say::fill(self.word(en), values)
    }

    /// A number with its noun.
    pub fn count(&self, n: usize, one: &'static str, many: &'static str) -> String {
        say::count(self.language, n, one, many)
    }

    /// Names one after the other.
    pub fn comma_list<T: Borrow<str>>(&self, items: &[T]) -> String {
        say::comma_list(self.language, items)
    }

    /// Changes the language of the screen; what was derived in another one is derived anew.
    pub fn set_language(&mut self, language: Language) {
        if self.language != language {
            self.language = language;
            self.insights.speak(language);
            // The document and the place in it stay.
            self.shown = Shown { role: self.shown.role.take(), ..Shown::default() };
            self.policy_changed();
            self.refresh();
            self.speak_boxes();
        }
    }

    /// The short name of a service as people say it: `KMS`; the code where none is known.
    pub fn service_short(&self, code: &str) -> String {
        self.catalog.service_short(code, self.language)
    }

    /// The name of a service; the code where none is known.
    pub fn service_name(&self, code: &str) -> String {
        self.catalog.service_title(code, self.language)
    }

    fn tell(&mut self, kind: NoticeKind, text: impl Into<String>) {
        self.notice = Some(Notice { text: text.into(), kind, offer: None });
    }

    /// Derives what drawing needs from the rest of the state.
    pub fn refresh(&mut self) {
        self.refresh_lists();
        self.refresh_layout();
        self.refresh_rows();
        self.refresh_warnings();
        self.refresh_removal();
        self.refresh_matrix();
        self.refresh_who_can();
        self.refresh_compare();
        self.refresh_policy();
    }

    fn refresh_layout(&mut self) {
        let (width, height) = self.size;
        let tour = self.refresh_tour();
        let keys = if self.present { Layout::keys_width(width) } else { 0 };
        let room = usize::from(width.saturating_sub(keys)).saturating_sub(2);
        let lines = self.notice.as_ref().map_or(0, |n| crate::text::wrap(&n.text, room).len());
        self.layout = Layout::new(
            width,
            height,
            Wants {
                focus: self.focus,
                zoom: self.zoom,
                products: self.products.len() * if self.present { 2 } else { 1 },
                notice: u16::try_from(lines).unwrap_or(u16::MAX),
                tour,
                keys,
            },
        );
    }
}
