//! Drawing: a function of the state. One file a pane; colours only in [`theme`].
//!
//! Knows no terminal.

mod chrome;
mod compare;
mod copy;
mod findings;
mod list;
mod matrix;
mod picker;
mod policy;
mod products;
mod removal;
mod roles;
mod summary;
pub mod theme;
mod tour;
mod who_can;

use crate::app::overlay::Overlay;
use crate::app::{App, View};
use crate::text;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Span;
use theme::Theme;

/// Draws the whole screen.
pub fn draw(app: &App, theme: &Theme, frame: &mut Frame<'_>) {
    let area = frame.area();
    if theme.base != Style::new() {
        frame.buffer_mut().set_style(area, theme.base);
    }
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
        Some(Overlay::Findings(shown)) => findings::draw(app, shown, theme, frame),
        Some(overlay) => picker::draw(app, overlay, theme, frame),
        None => {}
    }
    chrome::footer(app, theme, frame);
    tour::draw(app, theme, frame);
    tour::point(app, theme, frame);
    tour::pressed(app, theme, frame);
}

/// Says what is needed, in as many words as there is room for.
fn too_small(app: &App, theme: &Theme, frame: &mut Frame<'_>, area: Rect) {
    let (columns, rows) = crate::app::layout::SMALLEST;
    let (width, height) = app.size;
    let smallest = format!("{columns}x{rows}");
    let words = [
        app.phrase("rolescope needs {}, this is {}.", &[&smallest, &format!("{width}x{height}")]),
        app.phrase("needs {}", &[&smallest]),
        smallest,
    ];
    let mut wrapped = words.iter().map(|said| text::wrap(said, usize::from(width)));
    let fits = |lines: &Vec<String>| lines.len() <= usize::from(height);
    let lines = wrapped.clone().find(fits).or_else(|| wrapped.next_back()).unwrap_or_default();
    for (n, line) in lines.into_iter().enumerate() {
        list::spans_at(frame, list::line(area, n), vec![Span::styled(line, theme.base)]);
    }
}
