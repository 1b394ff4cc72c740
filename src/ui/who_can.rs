//! Who can call an action: every role, with the deciding statement.

use super::list;
use super::theme::Theme;
use crate::app::App;
use crate::app::who_can::WhoCanView;
use ratatui::Frame;

pub(super) fn draw(app: &App, _view: &WhoCanView, theme: &Theme, frame: &mut Frame<'_>) {
    list::pane(frame, theme, app.layout.body, "WhoCan", "", true);
}
