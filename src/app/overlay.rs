//! What can lie over the screen: at most one, with its data.

use super::App;
use super::command::{Entry, Scope, TABLE};
use super::compare::choose::Choice;
use super::copy::CopyMenu;
use super::findings::FindingsBox;
use super::keymap;
use super::palette::commands_like;
use super::picker::{Item, Line, Picker, Target};
use crate::sort;

/// A box over the screen.
#[derive(Debug)]
pub enum Overlay {
    /// A list to choose from.
    List(List, Picker),
    /// The role to compare with.
    CompareWith(Box<Choice>),
    /// What can be copied.
    Copy(CopyMenu),
    /// What an operator should know about the policy.
    Findings(FindingsBox),
}

/// What is listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum List {
    /// The keys of this place.
    Help,
    /// Find.
    Find,
    /// The service filter.
    Services,
    /// What was left out of the files that were given.
    Skipped,
    /// The tours.
    Tours,
    /// The words.
    Glossary,
    /// All commands of all places, products and roles.
    Palette,
    /// Lines of the policy pane's text.
    Text,
}

impl Overlay {
    /// The text field and list, where it has them.
    pub fn picker(&self) -> Option<&Picker> {
        match self {
            Self::List(_, picker) => Some(picker),
            Self::CompareWith(choice) => Some(&choice.picker),
            Self::Copy(_) | Self::Findings(_) => None,
        }
    }

    pub(super) fn picker_mut(&mut self) -> Option<&mut Picker> {
        match self {
            Self::List(_, picker) => Some(picker),
            Self::CompareWith(choice) => Some(&mut choice.picker),
            Self::Copy(_) | Self::Findings(_) => None,
        }
    }
}

impl App {
    /// Lays a box over the screen. Findings and the copy menu wait below it, and are shown again when it closes.
    pub(super) fn lay_over(&mut self, overlay: Overlay) {
        let before = self.overlay.replace(overlay);
        let waits = |below: &Overlay| matches!(below, Overlay::Copy(_) | Overlay::Findings(_));
        self.under.extend(before.filter(waits));
    }

    /// Takes off what lies over the screen, down to what waits below it; was there anything?
    pub(super) fn close_overlay(&mut self) -> bool {
        if self.overlay.is_none() {
            return false;
        }
        self.overlay = self.under.pop();
        true
    }

    /// Takes off all that lies over the screen.
    pub(super) fn close_all(&mut self) {
        self.overlay = None;
        self.under.clear();
    }

    /// Where commands apply below the box: in the one that waits there, else in the place itself.
    pub(super) fn scopes_below(&self) -> Vec<Scope> {
        match self.under.last() {
            Some(below) => self.scopes_in(below),
            None => self.place_scopes(),
        }
    }

    pub(super) fn open_help(&mut self) {
        self.lay_over(Overlay::List(List::Help, Picker::default()));
        self.refill();
    }

    /// Fills the list that lies over the screen with what matches its text.
    pub(super) fn refill(&mut self) {
        let Some(mut overlay) = self.overlay.take() else { return };
        match &mut overlay {
            Overlay::List(list, picker) => self.fill(*list, picker),
            Overlay::CompareWith(choice) => self.fill_compare(choice),
            Overlay::Copy(_) | Overlay::Findings(_) => {}
        }
        self.overlay = Some(overlay);
    }

    fn fill(&mut self, list: List, picker: &mut Picker) {
        match list {
            List::Help => fill_help(self, picker, &self.scopes_below()),
            List::Find => self.fill_find(picker),
            List::Services => self.fill_services(picker),
            List::Skipped => self.fill_skipped(picker),
            List::Tours => self.fill_tours(picker),
            List::Glossary => self.fill_glossary(picker),
            List::Palette => self.fill_palette(picker),
            List::Text => self.fill_text(picker),
        }
    }
}

/// Fills help with the commands of what is below, narrowed by what was typed.
fn fill_help(app: &App, picker: &mut Picker, scopes: &[Scope]) {
    let mut rows: Vec<_> = keymap::rows(scopes).collect();
    // What belongs to this place first, movements last.
    let rank = |row: &Entry| {
        let place = scopes.first().is_some_and(|place| row.scopes.contains(place));
        match () {
            () if row.scopes.contains(&Scope::Moving) => 3,
            () if row.scopes.contains(&Scope::Everywhere) => 2,
            () if place => 0,
            () => 1,
        }
    };
    sort::by_key(&mut rows, |row| rank(row));
    let query = picker.input.text().trim().to_owned();
    let found: Vec<(usize, Vec<usize>)> = if query.is_empty() {
        (0..rows.len()).map(|at| (at, Vec::new())).collect()
    } else {
        // The key itself says more than a word about it.
        let has_key = |row: &Entry| {
            app.keymap.keys_in(row.command, scopes).iter().any(|key| key.is_called(&query))
        };
        let keys: Vec<usize> =
            (0..rows.len()).filter(|at| rows.get(*at).is_some_and(|row| has_key(row))).collect();
        let others: Vec<_> = commands_like(app.language, rows.iter().copied(), &query)
            .into_iter()
            .filter(|hit| !keys.contains(&hit.index))
            .map(|hit| (hit.index, if hit.form == 0 { hit.indices().to_vec() } else { Vec::new() }))
            .collect();
        keys.into_iter().map(|at| (at, Vec::new())).chain(others).collect()
    };
    let lines: Vec<Line> = found
        .into_iter()
        .filter_map(|(at, marks)| {
            let row = rows.get(at)?;
            let keys = app.keymap.keys_in(row.command, scopes);
            let keys: Vec<String> = keys.iter().map(ToString::to_string).collect();
            Some(Line::Item(Item {
                label: app.word(row.doc).to_owned(),
                marks,
                detail: keys.join("  "),
                target: Target::Command(row.command),
            }))
        })
        .collect();
    picker.fill(lines, TABLE.len());
}
