//! Where the user was: the way back of Esc, the history that goes back and forward, and the place that is kept for the
//! next start.

use super::command::Command;
use super::compare;
use super::layout::Pane;
use super::matrix::Sort;
use super::removal::Subject;
use super::who_can::Asked;
use super::{App, NoticeKind, View};
use crate::catalog::model::{ProductId, RoleId};

/// Places that are kept at most, each way.
const LONGEST: usize = 100;

/// Where the user is, to come back to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Place {
    focus: Pane,
    product: Option<ProductId>,
    role: Option<RoleId>,
    row: Option<String>,
    filter: Option<String>,
    view: Seat,
}

/// What fills the body, as far as it takes to open it again.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Seat {
    Browse,
    Removal { subject: Subject, branch: usize },
    Matrix { sort: Sort, role: Option<RoleId>, service: Option<String> },
    WhoCan(Asked),
    Compare(compare::Seat),
}

impl Seat {
    /// Is it another view, not only another line of the same?
    fn is_other_than(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Removal { subject: one, .. }, Self::Removal { subject: two, .. }) => one != two,
            (Self::Compare(one), Self::Compare(two)) => !one.is_about_the_same(two),
            (one, two) => std::mem::discriminant(one) != std::mem::discriminant(two),
        }
    }
}

/// A step that Esc takes back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// A jump to another role or pane.
    Jump {
        from: Place,
        /// Did a pane have the whole screen there?
        zoom: bool,
        /// The pane that it led to: Esc walks back to it first.
        to: Pane,
    },
    /// A view was opened, over this one.
    View(Place),
}

/// The places that were left, each way.
#[derive(Debug, Default)]
pub(super) struct History {
    past: Vec<Place>,
    future: Vec<Place>,
    /// The event that is being applied went to another place of its own.
    jumped: bool,
    /// The event that is being applied moves in the history itself.
    travelled: bool,
}

/// The place for the next start, as plain names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    /// The product.
    pub product: Option<String>,
    /// The role.
    pub role: Option<String>,
    /// The pane, by its name.
    pub focus: Option<String>,
    /// The code of the service that the view is narrowed to.
    pub filter: Option<String>,
}

/// Panes by name.
const PANES: [(&str, Pane); 4] = [
    ("products", Pane::Products),
    ("roles", Pane::Roles),
    ("permissions", Pane::Summary),
    ("policy", Pane::Policy),
];

impl App {
    /// Where the user is.
    pub(super) fn place(&self) -> Place {
        let view = match &self.view {
            View::Browse => Seat::Browse,
            View::Removal(view) => Seat::Removal {
                subject: view.subject.clone(),
                branch: view.lines.get(view.cursor.at).map_or(0, |line| line.branch),
            },
            View::Matrix(view) => Seat::Matrix {
                sort: view.sort,
                role: view.selected().map(|row| row.role.clone()),
                service: view.columns.get(view.column).map(|column| column.code.clone()),
            },
            View::WhoCan(_) => Seat::WhoCan(self.asked.clone()),
            View::Compare(view) => Seat::Compare(view.seat()),
        };
        Place {
            focus: self.focus,
            product: self.product.clone(),
            role: self.role.clone(),
            row: self.current_row().map(|row| row.key.clone()),
            filter: self.filter.clone(),
            view,
        }
    }

    /// Remembers where the user is before a jump to this pane.
    pub(super) fn keep_place(&mut self, to: Pane) {
        let (from, zoom) = (self.place(), self.zoom);
        self.history.jumped = true;
        push(&mut self.back, Way::Jump { from, zoom, to });
    }

    /// Whether a pane had the whole screen, and which pane was led to, at the last jump; else at the start.
    fn since_jump(&self) -> (bool, Pane) {
        let jump = self.back.iter().rev().find_map(|way| match way {
            Way::Jump { zoom, to, .. } => Some((*zoom, *to)),
            Way::View(_) => None,
        });
        jump.unwrap_or_default()
    }

    /// Opens a view; Esc goes back from it to the one before. A comparison takes the place of another one.
    pub(super) fn open_view(&mut self, open: impl FnOnce(&mut Self)) {
        let before = self.place();
        open(self);
        let kind = std::mem::discriminant::<Seat>;
        if kind(&self.place().view) != kind(&before.view) {
            push(&mut self.back, Way::View(before));
        }
    }

    /// Leaves a view for the one that it was opened over. A filter that was chosen meanwhile stays.
    fn close_view(&mut self) {
        let before = match self.back.last() {
            Some(Way::View(_)) => self.back.pop(),
            _ => None,
        };
        match before {
            Some(Way::View(place)) if place.view != Seat::Browse => {
                let filter = self.filter.take();
                self.take_place(Place { filter, ..place });
            }
            _ => self.view = View::Browse,
        }
    }

    /// The role that is looked at becomes another one: the history knows the way back.
    pub(super) fn note_another_role(&mut self) {
        self.history.jumped = true;
    }

    /// Goes up to a pane of the explorer; the history knows the way back.
    pub(super) fn leave_for(&mut self, pane: Pane) {
        self.history.jumped = true;
        self.view = View::Browse;
        self.zoom = false;
        self.focus = pane;
    }

    /// An event was applied that began at `before`: a jump or another view is a step of the history.
    pub(super) fn note_way(&mut self, before: Place) {
        let jumped = std::mem::take(&mut self.history.jumped);
        if std::mem::take(&mut self.history.travelled) {
            self.note_plan(&before.view, &self.place().view);
            return;
        }
        let after = self.place();
        self.note_plan(&before.view, &after.view);
        if before != after && (jumped || before.view.is_other_than(&after.view)) {
            self.history.future.clear();
            push(&mut self.history.past, before);
        }
    }

    /// A plan that was left opens next time where the cursor was.
    fn note_plan(&mut self, before: &Seat, after: &Seat) {
        if let Seat::Removal { subject, branch } = before
            && before.is_other_than(after)
        {
            self.plans_left.insert(subject.clone(), *branch);
        }
    }

    /// A tour is over: a step back leads to where it was begun, over all that it showed. False where that is here.
    pub(super) fn note_begin_of_tour(&mut self, begun: Place) -> bool {
        let mut here = self.place();
        if matches!(begun.focus, Pane::Products | Pane::Roles) {
            // The row beside the lists is of no moment.
            here.row.clone_from(&begun.row);
        }
        if begun == here {
            return false;
        }
        self.history.travelled = true;
        self.history.future.clear();
        push(&mut self.history.past, begun);
        true
    }

    /// An event was applied that was not by hand: it is no step.
    pub(super) fn note_no_way(&mut self) {
        self.history.travelled = false;
    }

    /// Goes back to where the last jump began; false if there was none.
    pub(super) fn return_from_jump(&mut self) -> bool {
        // Views that were left for the explorer on another way are over.
        while let Some(way) = self.back.pop() {
            if let Way::Jump { from, zoom, .. } = way {
                self.history.jumped = true;
                self.zoom = zoom;
                self.take_place(from);
                return true;
            }
        }
        false
    }

    /// One step back or forward in the history.
    pub(super) fn go_in_time(&mut self, back: bool) {
        self.history.travelled = true;
        let here = self.place();
        let History { past, future, .. } = &mut self.history;
        let (from, to) = if back { (past, future) } else { (future, past) };
        let Some(place) = from.pop() else {
            let none = if back {
                self.word("There is no place before this one.")
            } else {
                self.word("There is no place after this one.")
            };
            self.tell(NoticeKind::Hint, none);
            return;
        };
        push(to, here);
        self.back.clear();
        self.take_place(place);
    }

    fn take_place(&mut self, place: Place) {
        self.close_all();
        self.view = View::Browse;
        self.focus = place.focus;
        self.product = place.product;
        self.role = place.role;
        self.filter = place.filter;
        self.shown.lists = None;
        self.shown.marks = None;
        self.refresh();
        if let Some(key) = place.row {
            self.select_row(&key);
        }
        match place.view {
            Seat::Browse => {}
            Seat::WhoCan(asked) => {
                self.asked = asked;
                self.ask_again();
            }
            Seat::Compare(seat) => self.take_seat(seat),
            Seat::Removal { subject, branch } => {
                self.show_removal(subject);
                self.go_to_branch(branch);
            }
            Seat::Matrix { sort, role, service } => {
                self.show_matrix();
                if let View::Matrix(view) = &mut self.view {
                    view.sort = sort;
                    let column =
                        view.columns.iter().position(|c| Some(&c.code) == service.as_ref());
                    view.column = column.unwrap_or(0);
                    view.order();
                    let line = role.and_then(|role| view.line_of(&role));
                    view.cursor.at = line.unwrap_or(view.cursor.at);
                }
            }
        }
    }

    /// The place for the next start.
    pub fn kept(&self) -> Kept {
        Kept {
            product: self.product.as_ref().map(|id| id.0.to_string()),
            role: self.role.as_ref().map(|id| id.0.to_string()),
            focus: PANES.iter().find(|(_, pane)| *pane == self.focus).map(|(n, _)| (*n).to_owned()),
            filter: self.filter.clone(),
        }
    }

    /// Goes where the last run was left; what is not there any more is left out.
    pub fn restore(&mut self, kept: &Kept) {
        let role = kept.role.as_deref().map(|id| RoleId(id.into()));
        let role = role.filter(|id| self.catalog.role(id).is_some());
        let product = match role.as_ref().and_then(|id| self.catalog.role(id)) {
            Some(role) => Some(role.product.clone()),
            None => kept.product.as_deref().map(|id| ProductId(id.into())),
        };
        let Some(product) = product.filter(|id| self.catalog.product(id).is_some()) else { return };
        let touched = |app: &mut Self, code: &str| {
            let roles: Vec<RoleId> =
                app.catalog.roles().iter().map(|role| role.id.clone()).collect();
            let catalog = app.catalog.clone();
            roles.iter().any(|id| app.insights.touch(id, code, &catalog).is_some())
        };
        self.filter = kept.filter.clone().filter(|code| touched(self, code));
        if let Some(role) = &role {
            self.remembered.insert(product.clone(), role.clone());
            if self.touch(role).is_none() {
                self.filter = None;
            }
        }
        self.product = Some(product);
        self.role = role;
        let focus = kept.focus.as_deref();
        let focus = PANES.iter().find(|(name, _)| Some(*name) == focus).map(|(_, pane)| *pane);
        self.focus = focus.unwrap_or_default();
        self.shown.lists = None;
        self.shown.marks = None;
        self.refresh();
    }

    /// Esc: what lies over the screen goes, else the view, the zoom, the pane, the jump, the filter.
    pub(super) fn step_back(&mut self) {
        if self.close_overlay() {
            return;
        }
        if !matches!(self.view, View::Browse) {
            self.close_view();
            return;
        }
        if self.end_search() {
            return;
        }
        let (zoom, to) = self.since_jump();
        if self.zoom && !zoom {
            self.zoom = false;
        } else if let Some(previous) = self.focus.previous().filter(|_| self.focus > to) {
            self.focus = previous;
        } else if self.return_from_jump() {
            // The place has its own filter.
        } else if self.filter.is_some() {
            self.set_filter(None);
            self.tell(NoticeKind::Done, self.word("Shows all services again."));
        } else if !self.stop_loading() {
            let quit = self.keymap.way(Command::Quit);
            let said = self.phrase("This is the start. {} leaves the program.", &[&quit]);
            self.tell(NoticeKind::Hint, said);
        }
    }
}

/// Adds a place, unless it is the last one; the oldest goes when there are too many.
fn push<T: PartialEq>(places: &mut Vec<T>, place: T) {
    if places.last() != Some(&place) {
        places.push(place);
        if places.len() > LONGEST {
            places.remove(0);
        }
    }
}
