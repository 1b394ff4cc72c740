//! The policy document: banner, line numbers, fold marks, colours, the path under the cursor.

use super::list;
use super::theme::Theme;
use crate::app::App;
use crate::app::highlight::Class;
use crate::app::json_pane::{FoldMark, RowView};
use crate::app::layout::Pane;
use crate::say::Language;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Span;
use std::ops::Range;

pub(super) fn draw(app: &App, theme: &Theme, frame: &mut Frame<'_>) {
    let area = app.layout.pane(Pane::Policy);
    let focused = app.focus == Pane::Policy;
    let view = &app.policy;
    let bottom = bottom(app, focused);
    let inner = list::pane(frame, theme, area, &view.title, &bottom, focused);
    if inner.is_empty() {
        return;
    }
    for (n, line) in view.banner.iter().enumerate() {
        let spans = vec![Span::styled("! ", theme.warn), Span::styled(line.clone(), theme.warn)];
        list::spans_at(frame, list::line(inner, n), spans);
    }
    // No document is not an empty one.
    if view.pane.text().is_empty() {
        return;
    }
    let page = app.policy_page();
    let digits = app.policy_digits();
    let width = usize::from(inner.width).saturating_sub(app.policy_gutter());
    for (n, row) in view.pane.window(page, width).iter().enumerate() {
        let area = list::line(inner, view.banner.len() + n);
        draw_row(app.language, theme, frame, area, row, digits, focused);
    }
    super::findings::explanation(app, theme, frame, inner, &view.explanation);
    let (_, top) = view.pane.cursor_and_top_row();
    let cursor = crate::app::list::Cursor { at: top, top };
    let lower = u16::try_from(view.banner.len()).unwrap_or(0).min(area.height);
    let explained = u16::try_from(view.explanation.height()).unwrap_or(0);
    let height = area.height.saturating_sub(lower + explained);
    let bar = Rect { y: area.y + lower, height, ..area };
    list::scroll_bar(frame, theme, bar, cursor, view.pane.rows(), page);
}

/// The path under the cursor, with the standing of the statement where it has one of its own.
fn bottom(app: &App, focused: bool) -> String {
    if !focused {
        return String::new();
    }
    let path = said_path(app, &app.policy.pane.path());
    let policy = app.current_role().and_then(|role| role.policy.as_ref());
    let statement = app.policy.pane.statement().filter(|_| !app.policy.trust);
    let standing = statement.and_then(|at| policy.and_then(|policy| policy.statements.get(at)));
    match standing {
        Some(fact) => format!("{path} · {}", app.say(&fact.standing.words())),
        None => path,
    }
}

/// The path with the statement as it is called everywhere on the screen, and what else is counted from 1 too:
/// `Statement 2, Action 3`.
fn said_path(app: &App, path: &str) -> String {
    let counted = from_one(path);
    let Some(rest) = counted.strip_prefix("Statement ") else { return counted };
    let (at, rest) = rest.split_once('.').unwrap_or((rest, ""));
    let statement = app.phrase("Statement {}", &[at]);
    if rest.is_empty() { statement } else { app.phrase("{}, {}", &[&statement, rest]) }
}

/// `Action[2]` becomes `Action 3`; names in brackets stay.
fn from_one(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    let mut rest = path;
    while let Some((before, tail)) = rest.split_once('[') {
        out.push_str(before);
        let number =
            tail.split_once(']').and_then(|(at, after)| Some((at.parse::<u32>().ok()?, after)));
        if let Some((at, after)) = number {
            out.push_str(&format!(" {}", u64::from(at) + 1));
            rest = after;
        } else {
            out.push('[');
            rest = tail;
        }
    }
    out.push_str(rest);
    out
}

fn draw_row(
    language: Language,
    theme: &Theme,
    frame: &mut Frame<'_>,
    area: Rect,
    row: &RowView<'_>,
    digits: usize,
    focused: bool,
) {
    if area.is_empty() {
        return;
    }
    let selected = row.is_cursor && focused;
    let fold = match row.fold {
        FoldMark::None => " ",
        FoldMark::Open => "▾",
        FoldMark::Closed => "▸",
    };
    let number_style = if row.marked { theme.accent } else { theme.json_comment };
    let pointer = if row.marked { "▎" } else { " " };
    let mut spans = vec![
        Span::styled(format!("{:>digits$}", row.line), number_style),
        Span::styled(pointer, theme.accent),
        Span::styled(fold, theme.json_comment),
        Span::raw(if row.cut_left { "…" } else { " " }),
    ];
    spans.extend(coloured(theme, row));
    if let Some(hint) = &row.hint {
        spans.push(Span::styled(format!(" {} ", hint.saying().said(language)), theme.dim));
        spans.push(Span::styled(row.tail.clone(), theme.json_mark));
    }
    list::spans_at(frame, area, spans);
    if row.cut_right {
        let last = Rect { x: area.right().saturating_sub(1), width: 1, ..area };
        list::spans_at(frame, last, vec![Span::styled("…", theme.dim)]);
    }
    if selected {
        frame.buffer_mut().set_style(area, theme.selected);
    }
}

/// The text of a row in the colours of its parts; hits of a search and marks over them.
fn coloured<'a>(theme: &Theme, row: &'a RowView<'_>) -> Vec<Span<'a>> {
    let mut spans = Vec::with_capacity(row.classes.len() * 2);
    let mut at = 0;
    for (range, class) in &row.classes {
        piece(&mut spans, theme, row, at..range.start, Class::Plain);
        piece(&mut spans, theme, row, range.clone(), *class);
        at = range.end;
    }
    piece(&mut spans, theme, row, at..row.text.len(), Class::Plain);
    spans
}

fn piece<'a>(
    spans: &mut Vec<Span<'a>>,
    theme: &Theme,
    row: &'a RowView<'_>,
    range: Range<usize>,
    class: Class,
) {
    let Some(part) = row.text.get(range.clone()).filter(|part| !part.is_empty()) else { return };
    let hit = row.hits.iter().any(|hit| hit.start < range.end && range.start < hit.end);
    let style = match (hit, row.dimmed) {
        (true, _) => theme.matched,
        (_, true) => theme.dim,
        _ => style_of(theme, class),
    };
    spans.push(Span::styled(part, style));
}

fn style_of(theme: &Theme, class: Class) -> Style {
    match class {
        Class::Key => theme.json_key,
        Class::String => theme.json_string,
        Class::Number | Class::Literal => theme.json_literal,
        Class::Punctuation => theme.json_mark,
        Class::Comment => theme.json_comment,
        Class::Plain => theme.base,
        Class::Invalid => theme.bad,
    }
}
