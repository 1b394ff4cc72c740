//! The actions that policies name and no table has: Find learns them when it is first opened, beside the loop where there
//! is much to read.

use std::sync::Arc;

use super::super::App;
use super::super::overlay::{List, Overlay};
use super::super::work::{SLOW, Work};
use super::Finding;
use crate::catalog::search::{self, Named};
use crate::policy::source::Source;

/// Policies that are read for the actions that they name.
#[derive(Clone, Debug)]
pub struct Naming {
    texts: Vec<Source>,
    before: Arc<Named>,
}

/// What they name beyond what was known.
#[derive(Clone, Debug)]
pub struct Names {
    /// One a line.
    lines: String,
    named: Named,
}

impl Naming {
    /// Reads them.
    pub(in crate::app) fn read(&self) -> Names {
        let (mut named, mut lines) = (Named::clone(&self.before), String::new());
        for text in &self.texts {
            named.tell(text, &mut |action| lines.extend([action, "\n"]));
        }
        Names { lines, named }
    }

    fn is_slow(&self) -> bool {
        self.texts.iter().map(|text| text.len()).sum::<usize>() > SLOW
    }
}

impl Finding {
    fn learn(&mut self, names: Names) {
        let Some(corpus) = &mut self.corpus else { return };
        corpus.reserve(names.lines.len() / 24, names.lines.len());
        for action in names.lines.lines() {
            corpus.push_action(action, &[]);
        }
        self.named = Some(Arc::new(names.named));
    }
}

impl App {
    /// Has Find learn the actions that policies name, beside the loop where there is much to read.
    pub(super) fn read_actions(&mut self) {
        if self.is_reading_actions() {
            return;
        }
        let unread = std::mem::take(&mut self.finding.unread);
        // What a whole file holds stands there as roles of its own.
        let unread = unread.iter().filter(|id| !self.insights.is_whole_file(id));
        let roles = unread.filter_map(|id| self.catalog.role(id));
        let texts: Vec<Source> = roles.flat_map(search::texts_of).cloned().collect();
        let Some(before) = self.finding.named.clone().filter(|_| !texts.is_empty()) else { return };
        let naming = Naming { texts, before };
        if naming.is_slow() {
            self.ask(Work::Actions(Arc::new(naming)));
        } else {
            self.finding.learn(naming.read());
        }
    }

    /// Are policies still being read for the actions that they name?
    pub fn is_reading_actions(&self) -> bool {
        self.working.iter().any(|work| matches!(work, Work::Actions(_)))
    }

    /// Takes in the actions that policies name; Find shows them, and what is selected there stays.
    pub(in crate::app) fn actions_read(&mut self, names: Option<Names>) {
        self.working.retain(|work| !matches!(work, Work::Actions(_)));
        if let Some(names) = names {
            self.finding.learn(names);
        }
        let Some(Overlay::List(List::Find, picker)) = &self.overlay else { return };
        let selected = picker.selected().map(|item| item.target.clone());
        self.refill();
        if let Some(picker) = self.overlay.as_mut().and_then(Overlay::picker_mut) {
            picker.select(|item| Some(&item.target) == selected.as_ref());
        }
    }
}
