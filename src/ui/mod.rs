//! Drawing: a function of the state. One file a pane; colours only in [`theme`].
//!
//! May import [`crate::app`], [`crate::catalog`] and [`crate::policy`]. Knows no terminal.

mod chrome;
mod compare;
mod copy;
mod list;
mod matrix;
mod picker;
mod policy;
mod products;
mod removal;
mod roles;
mod summary;
pub mod theme;
mod who_can;

use crate::app::overlay::Overlay;
use crate::app::{App, View};
use crate::text;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::Paragraph;
use theme::Theme;

/// Draws the whole screen.
pub fn draw(app: &App, theme: &Theme, frame: &mut Frame<'_>) {
    let area = frame.area();
    frame.buffer_mut().set_style(area, theme.base);
    // The state learns of a new size by an event; a frame that comes first shows nothing of it.
    if area != app.layout.screen {
        return;
    }
    if app.layout.too_small() {
        too_small(app, theme, frame, area);
        return;
    }
    chrome::crumbs(app, theme, frame);
    match &app.view {
        View::Browse => {
            products::draw(app, theme, frame);
            roles::draw(app, theme, frame);
            summary::draw(app, theme, frame);
            policy::draw(app, theme, frame);
        }
        View::Removal(view) => removal::draw(app, view, theme, frame),
        View::Matrix(view) => matrix::draw(app, view, theme, frame),
        View::WhoCan(view) => who_can::draw(app, view, theme, frame),
        View::Compare(view) => compare::draw(app, view, theme, frame),
    }
    match &app.overlay {
        Some(Overlay::Copy(menu)) => copy::draw(app, menu, theme, frame),
        Some(overlay) => picker::draw(app, overlay, theme, frame),
        None => {}
    }
    chrome::footer(app, theme, frame);
}

fn too_small(app: &App, theme: &Theme, frame: &mut Frame<'_>, area: Rect) {
    let (columns, rows) = crate::app::layout::SMALLEST;
    let (width, height) = app.size;
    let said = format!("rolescope needs {columns}x{rows}, this is {width}x{height}.");
    let lines: Vec<Line<'_>> = text::wrap(&said, usize::from(area.width))
        .into_iter()
        .map(|line| Line::from(Span::styled(line, theme.base)))
        .collect();
    frame.render_widget(Paragraph::new(lines), area);
}
