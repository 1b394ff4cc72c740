//! Roles by services: the highest access level and the number of actions in each cell.

use super::App;
use super::command::Command;
use super::event::Effect;
use super::key::Key;

/// The state of the view.
#[derive(Debug, Default)]
pub struct MatrixView {}

impl App {
    pub(super) fn open_matrix(&mut self) {
        self.view = super::View::Matrix(MatrixView::default());
    }

    /// A command while the view is open.
    pub(super) fn matrix_command(&mut self, _command: Command) -> Vec<Effect> {
        Vec::new()
    }

    /// A key that is no command here; true if the view took it.
    pub(super) fn matrix_key(&mut self, _key: Key) -> bool {
        false
    }

    /// Derives what the view shows after anything changed.
    pub(super) fn refresh_matrix(&mut self) {}

    /// What can be copied in this view, the entry for the first key press first.
    pub(super) fn matrix_entries(&self) -> Vec<super::copy::Entry> {
        Vec::new()
    }
}
