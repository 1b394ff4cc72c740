//! A guided tour inside the real screen: where it stands, what it points at, and when it goes on.
//!
//! What a step waits for is looked at after every event, so that any key or click may do it. Draws nothing.
//!
//! ```text
//!  step begins --> it is so already ----------------------> waits for "next"
//!              \-> it is not so yet --> it happens --> the next step (the presenter: waits for "next")
//! ```

use super::command::{Command, Scope};
use super::copy::Entry;
use super::history::Place;
use super::key::Key;
use super::layout::{Layout, Pane, TOUR_LEAST, inside};
use super::overlay::{List, Overlay};
use super::picker::{Item, Line, Picker, Target};
use super::tour_steps::{Part, Until};
use super::{App, NoticeKind, View};
use crate::catalog::search::clearly;
use crate::catalog::tours::fill::{Filling, Lacks};
use crate::catalog::tours::{self, Tour};
use crate::text;
use ratatui::layout::Rect;
use std::collections::BTreeMap;
use std::sync::Arc;

/// How far each tour was followed: its id, and the step from 0; the number of its steps where it was
/// followed to the end.
pub type Progress = BTreeMap<String, usize>;

/// The tour that is on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TourState {
    /// The tour.
    pub tour: &'static Tour,
    /// The step, from 0.
    pub step: usize,
    /// What the step waits for is so.
    pub done: bool,
    /// It was so when the step began, so that nothing had to happen.
    pub already: bool,
    /// The text of the step, wrapped to the panel.
    pub lines: Vec<String>,
    /// The first line in sight, where not all of them fit.
    pub top: usize,
    /// Where the user was before the tour.
    begun: Place,
    /// What was copied last during the step.
    pub(super) copied: Option<Arc<Entry>>,
    /// The width of the panel and the step that the lines were made for.
    pub(super) wrapped: Option<(u16, usize)>,
}

impl TourState {
    /// The step as the data has it.
    pub fn current(&self) -> Option<&'static tours::Step> {
        self.tour.steps.get(self.step)
    }

    /// Is it the last step?
    pub fn is_last(&self) -> bool {
        self.step + 1 >= self.tour.steps.len()
    }
}

impl App {
    /// Says once, in one line, that there are tours.
    pub fn offer_tour(&mut self, offer: bool) {
        if offer && self.notice.is_none() {
            let key = self.keymap.way(Command::Tours);
            let (help, quit) = (self.keymap.way(Command::Help), self.keymap.way(Command::Quit));
            let more = self.phrase(
                "New here? {} shows you around, {} lists the keys, {} leaves.",
                &[&key, &help, &quit],
            );
            let short = self.phrase("New here? {} shows you around.", &[&key]);
            let room = usize::from(self.size.0).saturating_sub(2);
            let said = if text::width(&more) <= room { more } else { short };
            self.tell(NoticeKind::Hint, said);
            self.refresh();
        }
    }

    /// Starts a tour where it was left, from the beginning if it was followed to its end. Errors: a
    /// sentence where the catalogue lacks what the tour tells of.
    pub fn start_tour(&mut self, id: &str) -> Result<(), String> {
        let tour =
            tours::tour(id).ok_or_else(|| self.phrase("There is no tour called {}.", &[id]))?;
        if let Some(lacks) = tour.steps.iter().find_map(|step| self.fill_step(step).err()) {
            return Err(lacks.saying().said(self.language));
        }
        if let Some(why) = self.no_room_for_tour() {
            return Err(why);
        }
        let reached = self.tour_progress.get(&tour.id).copied().unwrap_or(0);
        let step = if reached < tour.steps.len() { reached } else { 0 };
        // One tour may follow another.
        let begun = self.tour.take().map_or_else(|| self.place(), |state| state.begun);
        self.tour = Some(TourState {
            tour,
            step,
            done: false,
            already: false,
            lines: Vec::new(),
            top: 0,
            begun,
            copied: None,
            wrapped: None,
        });
        self.rewind(step);
        self.begin_step(step);
        Ok(())
    }

    /// Why the screen cannot show a tour, if that is so.
    fn no_room_for_tour(&self) -> Option<String> {
        let (columns, rows) = self.size;
        let (needed, has) = (TOUR_LEAST.to_string(), rows.to_string());
        let why = "A tour needs a screen of {} lines; this one has {}.";
        let lacks = !Layout::has_tour_room(columns, rows);
        lacks.then(|| self.phrase(why, &[&needed, &has]))
    }

    /// Says that the tour that is on cannot be seen, if that is so.
    pub(super) fn tell_of_tour_room(&mut self) -> bool {
        let Some(why) = self.no_room_for_tour() else { return false };
        self.tell(NoticeKind::Hint, why);
        true
    }

    /// How far each tour was followed, to be kept until the next start.
    pub const fn tour_progress(&self) -> &Progress {
        &self.tour_progress
    }

    /// Takes in how far each tour was followed.
    pub fn set_tour_progress(&mut self, progress: Progress) {
        self.tour_progress = progress;
    }

    /// The text of a step; keys between signs of their own. Errors: what is not known.
    fn fill_step(&self, step: &tours::Step) -> Result<String, Lacks> {
        let key = |name: &str| Some(self.keymap.way(super::command::named(name)?));
        let filling = Filling {
            catalog: &self.catalog,
            language: self.language,
            key: &key,
            around_key: KEY_SIGNS,
            written: &str::to_owned,
        };
        filling.fill(step.text.get(self.language))
    }

    /// The commands of tours, glossary and presenter; false if it was none.
    pub(super) fn guide_command(&mut self, command: Command) -> bool {
        match command {
            Command::Tours => self.open_tours(),
            // Steps that nobody sees are not gone.
            Command::TourNext | Command::TourBack
                if self.tour.is_some() && self.tell_of_tour_room() => {}
            Command::TourNext => self.tour_next(),
            Command::TourBack => self.tour_back(),
            Command::TourLeave => self.tour_leave(),
            Command::Glossary => self.open_glossary(),
            Command::Present => self.toggle_present(),
            _ => return false,
        }
        true
    }

    fn open_tours(&mut self) {
        let mut picker = Picker::default();
        self.fill_tours(&mut picker);
        self.lay_over(Overlay::List(List::Tours, picker));
    }

    /// Fills the list of tours, narrowed by what was typed.
    pub(super) fn fill_tours(&self, picker: &mut Picker) {
        let all = tours::tours();
        let titles: Vec<&str> = all.iter().map(|tour| self.say(&tour.title)).collect();
        let lines = listed(&titles, picker.input.text(), |at| {
            let tour = all.get(at)?;
            let (steps, count) = (tour.steps.len(), tour.steps.len().to_string());
            let detail = match self.tour_progress.get(&tour.id) {
                Some(step) if *step >= steps => self.word("done").to_owned(),
                Some(step) if *step > 0 => {
                    self.phrase("at step {} of {}", &[&(step + 1).to_string(), &count])
                }
                _ => self.phrase("{} steps", &[&count]),
            };
            Some((detail, Target::Tour(tour.id.clone())))
        });
        picker.fill(lines, all.len());
    }

    /// What stands below a list of tours, terms or commands: the selected one in full.
    pub fn picker_text(&self) -> Option<String> {
        let overlay = self.overlay.as_ref()?;
        let picker = overlay.picker()?;
        match &picker.selected()?.target {
            Target::Tour(id) => Some(self.say(&tours::tour(id)?.about).to_owned()),
            Target::Term(id) => {
                Some(self.say(&crate::catalog::glossary::term(id)?.meaning).to_owned())
            }
            Target::Command(command) => {
                super::command::entry(*command).map(|row| self.word(row.doc).to_owned())
            }
            _ => None,
        }
    }

    fn tour_next(&mut self) {
        let page = self.tour_page();
        let Some(state) = &mut self.tour else {
            self.no_tour();
            return;
        };
        // A text that does not fit is read to its end first.
        if state.top + page < state.lines.len() {
            state.top += page;
            return;
        }
        let next = state.step + 1;
        // The next step tells of what a skipped one leads to.
        let skipped = !state.done && !state.current().is_some_and(tours::Step::is_read);
        if skipped {
            self.rewind(next);
        }
        self.begin_step(next);
    }

    fn tour_back(&mut self) {
        let Some(state) = &mut self.tour else {
            self.no_tour();
            return;
        };
        let Some(step) = state.step.checked_sub(1) else {
            let said = self.word("This is the first step.");
            self.tell(NoticeKind::Hint, said);
            return;
        };
        self.rewind(step);
        self.begin_step(step);
    }

    fn tour_leave(&mut self) {
        let Some(state) = self.tour.take() else {
            self.no_tour();
            return;
        };
        let key = self.keymap.way(Command::Tours);
        let said = "You have left the tour. {} takes it up again where you were.";
        let said = self.phrase(said, &[&key]);
        let said = self.with_the_way_back(said, state.begun);
        self.tell(NoticeKind::Hint, said);
    }

    /// What is said at the end of a tour, and how to get back to where it was begun.
    fn with_the_way_back(&mut self, said: String, begun: Place) -> String {
        let key = self.keymap.shown(Command::HistoryBack);
        if !self.note_begin_of_tour(begun) || key.is_empty() {
            return said;
        }
        self.phrase("{} {} goes back to where you were before it.", &[&said, &key])
    }

    fn no_tour(&mut self) {
        let key = self.keymap.way(Command::Tours);
        let said = self.phrase("No tour is on. {} shows them.", &[&key]);
        self.tell(NoticeKind::Hint, said);
    }

    /// Begins a step; past the last one the tour is over.
    fn begin_step(&mut self, step: usize) {
        let Some(state) = &mut self.tour else { return };
        self.tour_progress.insert(state.tour.id.clone(), step);
        if step >= state.tour.steps.len() {
            let Some(state) = self.tour.take() else { return };
            let title = self.say(&state.tour.title);
            let key = self.keymap.way(Command::Tours);
            let said = "That was the tour \"{}\". {} shows the others.";
            let said = self.phrase(said, &[title, &key]);
            let said = self.with_the_way_back(said, state.begun);
            self.tell(NoticeKind::Done, said);
            return;
        }
        state.step = step;
        state.top = 0;
        state.copied = None;
        state.wrapped = None;
        let holds = self.step_holds();
        if let Some(state) = &mut self.tour {
            state.done = holds;
            state.already = holds;
        }
        let step = self.tour.as_ref().and_then(TourState::current);
        if let Some(part) = step.and_then(|step| Part::parse(&step.at)) {
            self.scroll_to(part);
        }
    }

    /// Is what the step waits for so?
    fn step_holds(&self) -> bool {
        let until = self.tour.as_ref().and_then(TourState::current).map(|step| &step.until);
        until.and_then(|until| Until::parse(until)).is_some_and(|until| until.holds(self))
    }

    /// Puts the screen to where a step begins: what the steps before it made happen, made so.
    fn rewind(&mut self, step: usize) {
        let Some(tour) = self.tour.as_ref().map(|state| state.tour) else { return };
        self.close_all();
        self.view = View::Browse;
        self.zoom = false;
        self.filter = None;
        self.back.clear();
        self.policy.trust = false;
        self.focus = Pane::Products;
        self.product = self.catalog.products().first().map(|product| product.id.clone());
        self.role = None;
        self.remembered.clear();
        self.shown.lists = None;
        self.shown.summary = None;
        self.refresh();
        for done in tour.steps.iter().take(step) {
            if let Some(until) = Until::parse(&done.until) {
                until.make_so(self);
                self.refresh();
            }
        }
        let before = step.checked_sub(1).and_then(|before| tour.steps.get(before));
        if let Some(until) = before.and_then(|step| Until::parse(&step.until)) {
            until.show(self);
            self.refresh();
        }
    }

    /// After an event: goes on where what the step waits for has happened.
    pub(super) fn watch_tour(&mut self) {
        let holds = self.step_holds();
        let present = self.present;
        let Some(state) = &mut self.tour else { return };
        if holds && !state.done {
            if present {
                state.done = true;
                return;
            }
            let next = state.step + 1;
            self.begin_step(next);
            self.refresh();
        } else if !holds && state.done {
            state.done = false;
            state.already = false;
        }
    }

    /// What is known has changed: so may have what the step counts and names.
    pub(super) fn refill_tour(&mut self) {
        if let Some(state) = &mut self.tour {
            state.wrapped = None;
        }
    }

    /// Wraps the text of the step for the panel; its lines for the layout.
    pub(super) fn refresh_tour(&mut self) -> u16 {
        let width = Layout::tour_room(self.size.0);
        let Some(state) = &self.tour else { return 0 };
        let wanted = Some((width, state.step));
        if state.wrapped != wanted {
            let filled = state.current().map(|step| self.fill_step(step));
            // Checked when the tour was started; a catalogue that changed since says what it can.
            let said = filled
                .map(|filled| filled.unwrap_or_else(|lacks| lacks.saying().said(self.language)));
            let mut said = said.unwrap_or_default();
            if let Some(other) = self.said_of_another_copy() {
                said = self.phrase("{} {}", &[&other, &said]);
            }
            if let Some(state) = &mut self.tour {
                state.lines = text::wrap(&text::harmless(&said), usize::from(width));
                state.wrapped = wanted;
                state.top = 0;
            }
        }
        let lines = self.tour.as_ref().map_or(0, |state| state.lines.len());
        u16::try_from(lines).unwrap_or(u16::MAX)
    }

    /// Lines of the panel.
    pub fn tour_page(&self) -> usize {
        usize::from(inside(self.layout.tour).height).max(1)
    }

    /// What the step points at; nothing where no tour is on or the screen has no room for it.
    pub fn tour_points_at(&self) -> Option<Rect> {
        let step = self.tour.as_ref().and_then(TourState::current)?;
        let part = Part::parse(&step.at)?;
        let area = part.area(self);
        // What lies under a box is not pointed at: the marks would stand in the box.
        let hidden = part != Part::Overlay
            && self.overlay.is_some()
            && Part::Overlay.area(self).intersects(area);
        (!area.is_empty() && !hidden).then_some(area)
    }

    fn toggle_present(&mut self) {
        self.present = !self.present;
        self.pressed.clear();
        let key = self.keymap.way(Command::Present);
        let said = if self.present {
            self.phrase("Keys are shown and tours wait for you. {} ends that.", &[&key])
        } else {
            self.word("Keys are shown no more.").to_owned()
        };
        self.tell(NoticeKind::Done, said);
    }
}

impl App {
    /// Starts the tour that was chosen, or says why it cannot be played.
    pub(super) fn play_tour(&mut self, id: &str) {
        if let Err(why) = self.start_tour(id) {
            self.tell(NoticeKind::Hint, why);
        }
    }

    /// The scopes with that of the tour before them, where one is on.
    pub(super) fn with_tour(&self, mut scopes: Vec<Scope>) -> Vec<Scope> {
        if self.tour.is_some() {
            scopes.insert(0, Scope::Tour);
        }
        scopes
    }

    /// Keeps the last few keys for those who look on.
    pub(super) fn note_key(&mut self, key: Key) {
        if self.present {
            self.pressed.push(key.to_string());
            let more = self.pressed.len().saturating_sub(PRESSED);
            self.pressed.drain(..more);
        }
    }
}

/// How many pressed keys are kept.
const PRESSED: usize = 8;

/// What stands before and after a key in the text of a step.
pub const KEY_SIGNS: (&str, &str) = ("‹", "›");

/// Titles narrowed by what was typed, as lines of a list; `more` gives detail and target of each.
pub(super) fn listed(
    titles: &[&str],
    typed: &str,
    more: impl Fn(usize) -> Option<(String, Target)>,
) -> Vec<Line> {
    listed_by(titles.iter().map(|title| vec![*title]).collect(), typed, more)
}

/// The same where each has other names beside its title, which stands first.
pub(super) fn listed_by(
    named: Vec<Vec<&str>>,
    typed: &str,
    more: impl Fn(usize) -> Option<(String, Target)>,
) -> Vec<Line> {
    let titles: Vec<&str> = named.iter().filter_map(|names| names.first().copied()).collect();
    let found: Vec<(usize, Vec<usize>)> = if typed.trim().is_empty() {
        (0..titles.len()).map(|at| (at, Vec::new())).collect()
    } else {
        let hits = clearly(named, typed).into_iter();
        // What is found by another name has nothing to mark in its title.
        let marks =
            |form: usize, marks: &[usize]| if form == 0 { marks.to_vec() } else { Vec::new() };
        hits.map(|hit| (hit.index, marks(hit.form, hit.indices()))).collect()
    };
    let lines = found.into_iter().filter_map(|(at, marks)| {
        let (detail, target) = more(at)?;
        Some(Line::Item(Item { label: (*titles.get(at)?).to_owned(), marks, detail, target }))
    });
    lines.collect()
}
