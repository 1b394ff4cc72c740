//! When what drawing needs is derived: once for a batch of events, not once for each.
//!
//! A held key or a wheel brings many movements before one frame is drawn, and each passes a role that nobody sees. Its
//! rows and its policy would be most of the work. So a movement in the list of products or roles leaves them for later:
//! until another kind of event comes, which finds everything derived, or until [`App::settle`], before drawing. The state
//! is the same as after one event at a time.

use super::command::Scope;
use super::event::{Effect, Event, MouseKind};
use super::keymap::applies;
use super::layout::Pane;
use super::{App, View};

impl App {
    /// Applies one event and settles; for tests.
    pub fn update(&mut self, event: Event) -> Vec<Effect> {
        let mut effects = self.take(event);
        effects.append(&mut self.settle());
        effects
    }

    /// Applies an event; what the state cannot do by itself is in the answer. More events may follow before the state is
    /// looked at: then [`App::settle`] has to come first.
    pub fn take(&mut self, event: Event) -> Vec<Effect> {
        let passed = self.list_passed_through(&event);
        let mut effects = if self.unsettled == passed { Vec::new() } else { self.settle() };
        let by_hand = matches!(event, Event::Key(_) | Event::Mouse(_) | Event::Paste(_));
        let before = (by_hand && passed.is_none()).then(|| self.place());
        effects.append(&mut self.apply(event));
        // A message takes room from the lists.
        if passed.is_some() && self.notice.is_none() {
            self.unsettled = passed;
            self.fit_lists();
        } else {
            effects.append(&mut self.derive());
        }
        match before {
            Some(before) => self.note_way(before),
            None => self.note_no_way(),
        }
        effects
    }

    /// Derives what was left for later; what the state cannot do by itself is in the answer.
    pub fn settle(&mut self) -> Vec<Effect> {
        if self.unsettled.is_none() { Vec::new() } else { self.derive() }
    }

    fn derive(&mut self) -> Vec<Effect> {
        self.unsettled = None;
        self.refresh();
        self.watch_tour();
        std::mem::take(&mut self.wished)
    }

    /// The list of products or roles, if the event does no more than move in it.
    fn list_passed_through(&self, event: &Event) -> Option<Pane> {
        let calm = self.overlay.is_none()
            && matches!(self.view, View::Browse)
            && self.tour.is_none()
            && self.notice.is_none();
        let pane = match event {
            Event::Key(_) => self.focus,
            Event::Mouse(mouse) if self.mouse && mouse.kind != MouseKind::Click => {
                self.layout.pane_at(mouse.column, mouse.row)?
            }
            _ => return None,
        };
        let moves = || match event {
            Event::Key(key) => {
                let command = self.keymap.command(*key, &self.scopes());
                command.is_some_and(|command| applies(command, Scope::Moving))
            }
            _ => true,
        };
        // Which command a key has is asked last: of most keys it does not matter here.
        let passes = calm && matches!(pane, Pane::Products | Pane::Roles) && moves();
        passes.then_some(pane)
    }

    /// Another role than the shown one is selected: what is shown is derived anew, also when the way leads back to it
    /// before that.
    pub(super) fn leave_role(&mut self) {
        self.shown.role = None;
        self.shown.summary = None;
        self.policy.leave();
    }
}
