//! What all panes and boxes share: borders that show the focus, the pointer, the scroll bar.

use super::theme::Theme;
use crate::app::layout::inside;
use crate::app::list::Cursor;
use crate::text;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::symbols::border;
use ratatui::text::Span;
use ratatui::widgets::Clear;

/// A bordered pane; focus is told by the form of the border too, not by colour alone.
pub(super) fn pane(
    frame: &mut Frame<'_>,
    theme: &Theme,
    area: Rect,
    title: &str,
    bottom: &str,
    focused: bool,
) -> Rect {
    if area.is_empty() {
        return Rect::default();
    }
    let (set, style) =
        if focused { (border::THICK, theme.accent) } else { (border::ROUNDED, theme.border) };
    border(frame, area.intersection(frame.area()), &set, style);
    let room = usize::from(area.width).saturating_sub(4);
    let edge = Rect { x: area.x + 1, width: area.width.saturating_sub(2), height: 1, ..area };
    if room > 0 && !title.is_empty() {
        let style = if focused { theme.accent } else { theme.base };
        let shown = format!(" {} ", text::cut(&text::harmless(title), room));
        spans_at(frame, edge, vec![Span::styled(shown, style)]);
    }
    if room > 0 && !bottom.is_empty() {
        let shown = format!(" {} ", text::cut(&text::harmless(bottom), room));
        let width = u16::try_from(text::width(&shown)).unwrap_or(u16::MAX).min(edge.width);
        let edge = Rect { x: edge.right() - width, y: area.bottom() - 1, width, height: 1 };
        spans_at(frame, edge, vec![Span::styled(shown, theme.dim)]);
    }
    inside(area)
}

/// A few words at the right end of the upper border: the first for which the title leaves room.
pub(super) fn beside_title(
    frame: &mut Frame<'_>,
    theme: &Theme,
    area: Rect,
    title: &str,
    words: &[&str],
) {
    let room = usize::from(area.width).saturating_sub(text::width(title) + 5);
    let fits = words.iter().find(|words| text::width(words) + 2 <= room);
    let Some(shown) = fits.map(|words| format!(" {words} ")) else { return };
    let width = u16::try_from(text::width(&shown)).unwrap_or(0);
    let edge = Rect { x: area.right().saturating_sub(width + 1), width, height: 1, ..area };
    spans_at(frame, edge, vec![Span::styled(shown, theme.dim)]);
}

/// The lines and corners alone. The library's own block first gives all the cells between them a style without anything in
/// it, which for four panes is half of the work of a frame.
fn border(frame: &mut Frame<'_>, area: Rect, set: &border::Set<'_>, style: Style) {
    if area.is_empty() {
        return;
    }
    let (left, right, top, bottom) = (area.x, area.right() - 1, area.y, area.bottom() - 1);
    let mut draw = |x: u16, y: u16, sign: &str| {
        if let Some(cell) = frame.buffer_mut().cell_mut((x, y)) {
            cell.set_symbol(sign).set_style(style);
        }
    };
    for y in top..=bottom {
        draw(left, y, set.vertical_left);
        draw(right, y, set.vertical_right);
    }
    for x in left..=right {
        draw(x, top, set.horizontal_top);
        draw(x, bottom, set.horizontal_bottom);
    }
    draw(right, bottom, set.bottom_right);
    draw(right, top, set.top_right);
    draw(left, bottom, set.bottom_left);
    draw(left, top, set.top_left);
}

/// A box over the screen: a focused pane on cleared cells.
pub(super) fn boxed(
    frame: &mut Frame<'_>,
    theme: &Theme,
    area: Rect,
    title: &str,
    bottom: &str,
) -> Rect {
    // A wide character cut in half by the box would leave a torn cell: clear one column more.
    let wider = Rect { x: area.x.saturating_sub(1), width: area.width.saturating_add(2), ..area };
    let wider = wider.intersection(frame.area());
    frame.render_widget(Clear, wider);
    frame.buffer_mut().set_style(wider, theme.base);
    pane(frame, theme, area, title, bottom, true)
}

/// How a row is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    /// Not selected.
    None,
    /// Selected in a list without focus.
    Remembered,
    /// Selected in the focused list.
    Selected,
}

impl Mark {
    pub(super) fn of(selected: bool, focused: bool) -> Self {
        match (selected, focused) {
            (false, _) => Self::None,
            (true, false) => Self::Remembered,
            (true, true) => Self::Selected,
        }
    }

    /// One column before the row.
    pub(super) const fn pointer(self) -> &'static str {
        match self {
            Self::None => " ",
            Self::Remembered => "›",
            Self::Selected => "▸",
        }
    }
}

/// One row of a list: pointer, spans cut to the width, the style of the selection over all of it.
pub(super) fn row(
    frame: &mut Frame<'_>,
    theme: &Theme,
    area: Rect,
    mark: Mark,
    spans: Vec<Span<'_>>,
) {
    if area.is_empty() {
        return;
    }
    let mut all = vec![Span::raw(mark.pointer())];
    all.extend(spans);
    spans_at(frame, area, all);
    match mark {
        Mark::Selected => frame.buffer_mut().set_style(area, theme.selected),
        Mark::Remembered => frame.buffer_mut().set_style(area, theme.remembered),
        Mark::None => {}
    }
}

/// Places the terminal's cursor behind so many columns of a line, for input methods: what is being typed stands there.
pub(super) fn caret(frame: &mut Frame<'_>, area: Rect, columns: usize) {
    let last = area.right().saturating_sub(1);
    if !area.is_empty() {
        let columns = u16::try_from(columns).unwrap_or(u16::MAX);
        frame.set_cursor_position((area.x.saturating_add(columns).min(last), area.y));
    }
}

/// Spans side by side, made harmless and cut at the right edge with an ellipsis.
pub(super) fn spans_at(frame: &mut Frame<'_>, area: Rect, spans: Vec<Span<'_>>) {
    let mut x = area.x;
    for span in spans {
        let room = usize::from(area.right().saturating_sub(x));
        if area.height == 0 {
            break;
        }
        if room == 0 {
            // What came before fits to the last column: it gives way to the sign that there is more.
            if span.content.chars().all(char::is_whitespace) {
                continue;
            }
            left_out(frame, area, span.style);
            break;
        }
        if plain_at(frame, area, &mut x, room, &span) {
            continue;
        }
        let harmless = text::harmless(&span.content);
        let shown = text::cut(&harmless, room);
        frame.buffer_mut().set_stringn(x, area.y, &shown, room, span.style);
        x += u16::try_from(text::width(&shown).min(room)).unwrap_or(u16::MAX);
        if text::width(&harmless) > room {
            break;
        }
    }
}

/// An ellipsis in the last column.
fn left_out(frame: &mut Frame<'_>, area: Rect, style: Style) {
    let Some(last) = area.width.checked_sub(1).map(|width| area.x + width) else { return };
    let before = last.checked_sub(1).filter(|before| *before >= area.x);
    if let Some(cell) = before.and_then(|x| frame.buffer_mut().cell_mut((x, area.y)))
        && text::width(cell.symbol()) > 1
    {
        cell.set_char(' ');
    }
    if let Some(cell) = frame.buffer_mut().cell_mut((last, area.y)) {
        cell.set_char('…').set_style(style);
    }
}

/// Most text is of characters that take a column each, and fits: a cell each, without looking for what a reader sees as
/// characters. False where it is not.
fn plain_at(frame: &mut Frame<'_>, area: Rect, x: &mut u16, room: usize, span: &Span<'_>) -> bool {
    let shown = &*span.content;
    if !shown.chars().all(text::is_single) {
        return false;
    }
    let length = if shown.is_ascii() { shown.len() } else { shown.chars().count() };
    let Some(length) = u16::try_from(length).ok().filter(|_| length <= room) else { return false };
    for (column, letter) in (*x..).zip(shown.chars()) {
        // Outside the screen there is no cell.
        if let Some(cell) = frame.buffer_mut().cell_mut((column, area.y)) {
            cell.set_char(letter).set_style(span.style);
        }
    }
    *x += length;
    true
}

/// The `n`th line of an area; empty past its end.
pub(super) fn line(area: Rect, n: usize) -> Rect {
    match u16::try_from(n) {
        Ok(n) if n < area.height => Rect { y: area.y + n, height: 1, ..area },
        _ => Rect::default(),
    }
}

/// A line across an area, with words at its beginning.
pub(super) fn rule(frame: &mut Frame<'_>, theme: &Theme, line: Rect, words: &str) {
    let fill = usize::from(line.width).saturating_sub(text::width(words));
    let rule = format!("{words}{}", "─".repeat(fill));
    spans_at(frame, line, vec![Span::styled(rule, theme.border)]);
}

/// A scroll bar in the right border of a pane, where there is more than fits.
pub(super) fn scroll_bar(
    frame: &mut Frame<'_>,
    theme: &Theme,
    pane: Rect,
    cursor: Cursor,
    count: usize,
    page: usize,
) {
    let track = usize::from(pane.height.saturating_sub(2));
    if count <= page || track == 0 || pane.width == 0 {
        return;
    }
    let length = (track * page / count).clamp(1, track);
    let range = count - page;
    let start = (track - length) * cursor.top.min(range) / range;
    for n in start..start + length {
        let Ok(n) = u16::try_from(n) else { break };
        let cell = frame.buffer_mut().cell_mut((pane.right() - 1, pane.y + 1 + n));
        if let Some(cell) = cell {
            cell.set_symbol("█").set_style(theme.dim);
        }
    }
}

/// Text with some characters marked; `marks` are char indices in order.
pub(super) fn marked<'a>(
    text: &str,
    marks: &[usize],
    style: Style,
    marked: Style,
) -> Vec<Span<'a>> {
    let mut spans: Vec<Span<'a>> = Vec::new();
    let mut run = String::new();
    let mut in_mark = false;
    let mut marks = marks.iter().peekable();
    for (at, c) in text.chars().enumerate() {
        let hit = marks.next_if(|mark| **mark == at).is_some();
        if hit != in_mark && !run.is_empty() {
            let style = if in_mark { marked } else { style };
            spans.push(Span::styled(std::mem::take(&mut run), style));
        }
        in_mark = hit;
        run.push(c);
    }
    if !run.is_empty() {
        spans.push(Span::styled(run, if in_mark { marked } else { style }));
    }
    spans
}
