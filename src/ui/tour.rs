//! The panel of a tour, the marks around what it points at, and the pressed keys of the presenter.

use super::list;
use super::theme::Theme;
use crate::app::App;
use crate::app::layout::Layout;
use crate::app::tour::KEY_SIGNS;
use crate::say::Language;
use crate::text;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Modifier;
use ratatui::text::Span;

/// The mark at the corners of what a step points at, and before its text.
const MARK: &str = "◆";

/// The panel with the text of the step, and the keys that lead on.
pub(super) fn draw(app: &App, theme: &Theme, frame: &mut Frame<'_>) {
    let Some(state) = &app.tour else { return };
    let area = app.layout.tour;
    if area.is_empty() {
        return;
    }
    let (step, steps) = (state.step + 1, state.tour.steps.len());
    let (count, so) = match app.language {
        Language::English => {
            (format!("step {step} of {steps}"), if state.already { "so already" } else { "done" })
        }
        Language::Chinese => (
            format!("第 {step} 步，共 {steps} 步"),
            if state.already { "已是如此" } else { "已完成" },
        ),
    };
    let mut title = format!("{MARK} {} · {count}", app.say(&state.tour.title));
    if state.done {
        title.push_str(" · ");
        title.push_str(so);
    }
    // A long title gives way to the count.
    if text::width(&title) + 4 > usize::from(area.width) {
        title =
            if state.done { format!("{MARK} {count} · {so}") } else { format!("{MARK} {count}") };
    }
    let inner = list::pane(frame, theme, area, &title, "", false);
    let room = usize::from(Layout::tour_room(app.size.0));
    let page = usize::from(inner.height);
    for (n, line) in state.lines.iter().skip(state.top).take(page).enumerate() {
        let mut spans = vec![Span::raw(" ")];
        spans.extend(with_keys(text::cut(line, room).as_ref(), theme));
        list::spans_at(frame, list::line(inner, n), spans);
    }
    hints(app, theme, frame);
}

/// A line with its keys set off.
fn with_keys(line: &str, theme: &Theme) -> Vec<Span<'static>> {
    let (open, close) = KEY_SIGNS;
    let mut spans = Vec::new();
    let mut rest = line;
    while let Some((before, tail)) = rest.split_once(open) {
        let Some((key, after)) = tail.split_once(close) else { break };
        spans.push(Span::styled(before.to_owned(), theme.base));
        spans.push(Span::styled(format!("{open}{key}{close}"), theme.key));
        rest = after;
    }
    spans.push(Span::styled(rest.to_owned(), theme.base));
    spans
}

/// The keys of the tour in the lower border.
fn hints(app: &App, theme: &Theme, frame: &mut Frame<'_>) {
    for hint in app.tour_hints() {
        let area = Rect { x: hint.area.x - 1, width: hint.area.width + 2, ..hint.area };
        let spans = vec![
            Span::raw(" "),
            Span::styled(hint.key, theme.key),
            Span::styled(format!(" {} ", hint.title), theme.base),
        ];
        list::spans_at(frame, area, spans);
    }
}

/// Marks what the step points at: at the corners of a pane, before a line.
pub(super) fn point(app: &App, theme: &Theme, frame: &mut Frame<'_>) {
    let Some(area) = app.tour_points_at().filter(|_| !app.layout.tour.is_empty()) else { return };
    let (right, bottom) = (area.right().saturating_sub(1), area.bottom().saturating_sub(1));
    let buffer = frame.buffer_mut();
    if area.height < 3 {
        if let Some(cell) = buffer.cell_mut((area.x, area.y)) {
            cell.set_symbol(MARK).set_style(theme.accent);
        }
        return;
    }
    for (x, y) in [(area.x, area.y), (right, area.y), (area.x, bottom), (right, bottom)] {
        if let Some(cell) = buffer.cell_mut((x, y)) {
            cell.set_symbol(MARK).set_style(theme.accent);
        }
    }
    for y in area.y + 1..bottom {
        if let Some(cell) = buffer.cell_mut((area.x, y)) {
            cell.set_style(theme.accent);
        }
    }
}

/// The keys that were pressed last, the newest at the end, as many as there is room for.
pub(super) fn pressed(app: &App, theme: &Theme, frame: &mut Frame<'_>) {
    let area = app.layout.keys;
    if area.is_empty() {
        return;
    }
    let mut room = usize::from(area.width).saturating_sub(1);
    let mut shown: Vec<&str> = Vec::new();
    for key in app.pressed.iter().rev() {
        let wanted = text::width(key) + 3;
        if wanted > room {
            break;
        }
        room -= wanted;
        shown.push(key);
    }
    let mut x = area.x + u16::try_from(room).unwrap_or(0);
    for key in shown.into_iter().rev() {
        let cell = format!(" {key} ");
        let width = u16::try_from(text::width(&cell)).unwrap_or(0);
        let style = theme.key.add_modifier(Modifier::REVERSED);
        list::spans_at(frame, Rect { x, width, ..area }, vec![Span::styled(cell, style)]);
        x += width + 1;
    }
}
