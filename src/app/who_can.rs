//! Who can call an action: every role, with the deciding statement.

use super::App;
use super::command::Command;
use super::event::Effect;
use super::key::Key;

/// The state of the view.
#[derive(Debug, Default)]
pub struct WhoCanView {}

impl App {
    pub(super) fn open_who_can(&mut self) {
        self.view = super::View::WhoCan(WhoCanView::default());
    }

    /// A command while the view is open.
    pub(super) fn who_can_command(&mut self, _command: Command) -> Vec<Effect> {
        Vec::new()
    }

    /// A key that is no command here; true if the view took it.
    pub(super) fn who_can_key(&mut self, _key: Key) -> bool {
        false
    }

    /// Derives what the view shows after anything changed.
    pub(super) fn refresh_who_can(&mut self) {}

    /// What can be copied in this view, the entry for the first key press first.
    pub(super) fn who_can_entries(&self) -> Vec<super::copy::Entry> {
        Vec::new()
    }
}
