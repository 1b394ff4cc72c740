//! Roles by services: the highest access level and the number of actions in each cell.

use super::list;
use super::theme::Theme;
use crate::app::App;
use crate::app::matrix::MatrixView;
use ratatui::Frame;

pub(super) fn draw(app: &App, _view: &MatrixView, theme: &Theme, frame: &mut Frame<'_>) {
    list::pane(frame, theme, app.layout.body, "Matrix", "", true);
}
