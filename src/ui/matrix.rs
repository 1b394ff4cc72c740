//! Roles by services: the highest access level and the number of actions in each cell.

use super::list::{self, Mark};
use super::theme::Theme;
use crate::app::matrix::{Cell, MatrixLine, MatrixView, Sign};
use crate::app::{ABSENT, App, EXISTS};
use crate::catalog::Kinds;
use crate::text;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use ratatui::text::Span;

pub(super) fn draw(app: &App, view: &MatrixView, theme: &Theme, frame: &mut Frame<'_>) {
    let area = app.layout.body;
    let held = view.rows.iter().filter_map(|row| app.catalog.role(&row.role));
    let roles = held.collect::<Kinds>().words(app.language);
    let services = app.count(view.columns.len(), "{} service", "{} services");
    let title = app.phrase("{} by {}", &[&roles, &services]);
    let sort = app.phrase("sorted {}", &[app.word(view.sort.words())]);
    let bottom = if view.rows.iter().any(|row| row.partial) {
        format!("{} · {sort}", app.word("◐ policy not whole"))
    } else {
        sort
    };
    let inner = list::pane(frame, theme, area, &title, &bottom, true);
    if view.of_account {
        let long = app.phrase("{} in the account, {} not", &[EXISTS, ABSENT]);
        let short = app.phrase("{} there, {} not", &[EXISTS, ABSENT]);
        list::beside_title(frame, theme, area, &title, &[&long, &short]);
    }
    if inner.is_empty() {
        return;
    }
    if view.rows.is_empty() {
        let spans = vec![
            Span::raw(" "),
            Span::styled(app.word("No role touches this service."), theme.dim),
        ];
        list::spans_at(frame, inner, spans);
        return;
    }
    let shown = view.visible(usize::from(inner.width));
    heads(view, theme, frame, inner, shown.clone());
    let page = app.matrix_page();
    let lines = view.lines.iter().enumerate().skip(view.cursor.top).take(page);
    for (n, (at, line)) in lines.enumerate() {
        let row = list::line(inner, n + 2);
        match line {
            MatrixLine::Product(id) => {
                let name = app.catalog.product(id).map_or("", |product| app.say(&product.name));
                let spans = vec![Span::styled(format!(" {name}"), theme.dim)];
                list::spans_at(frame, row, spans);
            }
            MatrixLine::Role(role) => {
                let selected = at == view.cursor.at;
                draw_row((app, view), theme, frame, row, *role, selected, shown.clone());
            }
        }
    }
    legend(app, view, theme, frame, inner);
    let bar = Rect { y: area.y + 2, height: area.height.saturating_sub(4), ..area };
    list::scroll_bar(frame, theme, bar, view.cursor, view.lines.len(), page);
}

fn heads(
    view: &MatrixView,
    theme: &Theme,
    frame: &mut Frame<'_>,
    inner: Rect,
    shown: std::ops::Range<usize>,
) {
    let line = list::line(inner, 0);
    let hidden_left = if shown.start > 0 { "‹ " } else { "  " };
    let mut spans =
        vec![Span::styled(format!("{:>width$}", hidden_left, width = view.names), theme.dim)];
    let more = shown.end < view.columns.len();
    for at in shown {
        let Some(column) = view.columns.get(at) else { continue };
        let mut style = if at == view.column { theme.accent } else { theme.strong };
        if at == view.column {
            style = style.add_modifier(Modifier::UNDERLINED);
        }
        let title = text::cut(&column.title, column.width.saturating_sub(2)).into_owned();
        let pad = column.width.saturating_sub(text::width(&title));
        let left = pad / 2;
        spans.push(Span::raw(" ".repeat(left)));
        spans.push(Span::styled(title, style));
        spans.push(Span::raw(" ".repeat(pad - left)));
    }
    if more {
        spans.push(Span::styled("›", theme.dim));
    }
    list::spans_at(frame, line, spans);
    list::rule(frame, theme, list::line(inner, 1), "");
}

fn draw_row(
    (app, view): (&App, &MatrixView),
    theme: &Theme,
    frame: &mut Frame<'_>,
    area: Rect,
    role: usize,
    selected: bool,
    shown: std::ops::Range<usize>,
) {
    let Some(row) = view.rows.get(role) else { return };
    let marks = if view.of_account { 5 } else { 3 };
    let name = app.matrix_head(view, row, view.names.saturating_sub(marks));
    let style = if selected { theme.accent } else { theme.base };
    let pointer = Mark::of(selected, true).pointer();
    let mut spans = vec![Span::styled(format!("{pointer} {name}"), style)];
    spans.push(if row.partial { Span::styled("◐", theme.warn) } else { Span::raw(" ") });
    if view.of_account {
        let style = if row.existence == Some(EXISTS) { theme.good } else { theme.dim };
        spans.push(Span::styled(format!(" {}", row.existence.unwrap_or(" ")), style));
    }
    for at in shown {
        let Some(column) = view.columns.get(at) else { continue };
        let cell = row.cell(at);
        let here = selected && at == view.column;
        let words = if cell == Cell::default() { "·".to_owned() } else { cell.words() };
        let words = text::cut(&words, column.width).into_owned();
        let pad = column.width.saturating_sub(text::width(&words));
        let left = pad / 2;
        let style = cell_style(theme, cell);
        if here {
            let filled = format!("{}{words}{}", " ".repeat(left), " ".repeat(pad - left));
            spans.push(Span::styled(filled, style.patch(theme.selected)));
            continue;
        }
        spans.push(Span::raw(" ".repeat(left)));
        spans.push(Span::styled(words, style));
        spans.push(Span::raw(" ".repeat(pad - left)));
    }
    list::spans_at(frame, area, spans);
}

fn cell_style(theme: &Theme, cell: Cell) -> Style {
    match cell.highest() {
        Some(level) => theme.level(level),
        None if cell.through.all() == 0 && (cell.denied.all() > 0 || cell.any.denies()) => {
            theme.bad
        }
        None => theme.dim,
    }
}

fn legend(app: &App, view: &MatrixView, theme: &Theme, frame: &mut Frame<'_>, inner: Rect) {
    let (said, signs) = (app.matrix_said(), app.matrix_signs(view));
    let first = usize::from(inner.height).saturating_sub(said + signs.len());
    let width = usize::from(inner.width).saturating_sub(2);
    let sentence = text::wrap_within(&app.matrix_sentence(), width, said);
    for (n, line) in sentence.into_iter().enumerate() {
        let spans = vec![Span::raw(" "), Span::styled(line, theme.base)];
        list::spans_at(frame, list::line(inner, first + n), spans);
    }
    for (n, signs) in signs.into_iter().enumerate() {
        let mut spans = vec![Span::raw(" ")];
        for Sign { letter, level, words } in signs {
            if spans.len() > 1 {
                spans.push(Span::raw(" ".repeat(Sign::GAP)));
            }
            if let Some(letter) = letter {
                let style = level.map_or(theme.bad, |level| theme.level(level));
                spans.push(Span::styled(format!("{letter} "), style));
            }
            spans.push(Span::styled(words, theme.dim));
        }
        list::spans_at(frame, list::line(inner, first + said + n), spans);
    }
}
