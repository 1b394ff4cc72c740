//! The copy menu with a preview of what the selected entry puts on the clipboard.

use super::list::{self, Mark};
use super::theme::Theme;
use crate::app::App;
use crate::app::below::warning_lines;
use crate::app::copy::CopyMenu;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Span;

pub(super) fn draw(app: &App, menu: &CopyMenu, theme: &Theme, frame: &mut Frame<'_>) {
    let area = app.copy_area();
    let warned = menu.entries.iter().any(|entry| entry.warning.is_some());
    let legend = if warned { app.word("! with a note, shown in the preview") } else { "" };
    let inner = list::boxed(frame, theme, area, app.word("Copy"), legend);
    if inner.is_empty() {
        return;
    }
    let page = app.copy_page().min(usize::from(inner.height));
    let list_area = Rect { height: u16::try_from(page).unwrap_or(inner.height), ..inner };
    let shown = menu.entries.iter().enumerate().skip(menu.cursor.top).take(page);
    for (n, (at, entry)) in shown.enumerate() {
        let mark = Mark::of(at == menu.cursor.at, true);
        let mut spans = vec![Span::raw(" "), Span::styled(entry.what.clone(), theme.base)];
        if entry.warning.is_some() {
            spans.push(Span::styled(" !", theme.warn));
        }
        list::row(frame, theme, list::line(list_area, n), mark, spans);
    }
    let bar = Rect { y: area.y, height: list_area.height + 2, ..area };
    list::scroll_bar(frame, theme, bar, menu.cursor, menu.entries.len(), page);
    preview(app, menu, theme, frame, inner, page);
}

fn preview(
    app: &App,
    menu: &CopyMenu,
    theme: &Theme,
    frame: &mut Frame<'_>,
    inner: Rect,
    page: usize,
) {
    let Some(entry) = menu.selected() else { return };
    let rule = list::line(inner, page);
    if rule.is_empty() {
        return;
    }
    let lines = entry.text.lines().count();
    let bytes = entry.text.len().to_string();
    let size = match lines {
        1 => app.phrase("── {} line, {} bytes ", &["1", &bytes]),
        n => app.phrase("── {} lines, {} bytes ", &[&n.to_string(), &bytes]),
    };
    let scroll = app.scroll_words();
    let size = if scroll.is_empty() { size } else { format!("{size}── {scroll} ") };
    list::rule(frame, theme, rule, &size);
    let area = app.text_area();
    let top = menu.scrolled.of(menu.cursor.at);
    let warning = warning_lines(entry, usize::from(area.width));
    let above = warning.len();
    let mut lines = Vec::new();
    for line in warning.into_iter().skip(top) {
        lines.push(vec![Span::styled(" ! ", theme.warn), Span::styled(line, theme.warn)]);
    }
    let room = usize::from(area.height);
    for line in entry.text.lines().skip(top.saturating_sub(above)).take(room) {
        // A line may be very long: no more than can be seen is looked at.
        let start: String = line.chars().take(usize::from(area.width)).collect();
        lines.push(vec![Span::raw(" "), Span::styled(start, theme.dim)]);
    }
    for (n, spans) in lines.into_iter().take(room).enumerate() {
        list::spans_at(frame, list::line(area, n), spans);
    }
}
