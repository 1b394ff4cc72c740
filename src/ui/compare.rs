//! Two roles side by side: by meaning, then by text.

use super::list;
use super::theme::Theme;
use crate::app::App;
use crate::app::compare::CompareView;
use ratatui::Frame;

pub(super) fn draw(app: &App, _view: &CompareView, theme: &Theme, frame: &mut Frame<'_>) {
    list::pane(frame, theme, app.layout.body, "Compare", "", true);
}
