//! Who can call an action: the question above, the roles below.

use super::list::{self, Mark};
use super::theme::Theme;
use crate::app::App;
use crate::app::who_can::{Field, Line, LineKind, WhoCanView, parts};
use crate::catalog::ask::Verdict;
use crate::text;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Modifier;
use ratatui::text::Span;

pub(super) fn draw(app: &App, view: &WhoCanView, theme: &Theme, frame: &mut Frame<'_>) {
    let area = app.layout.body;
    let title = match &view.question {
        Some(question) => app.phrase("Who can {}", &[&question.words(app.language)]),
        None => app.word("Who can").into(),
    };
    let inner = list::pane(frame, theme, area, &title, &counts(app, view), true);
    if inner.is_empty() {
        return;
    }
    let parts = parts(area);
    field(app, theme, frame, parts.action, view, Field::Action);
    field(app, theme, frame, parts.resource, view, Field::Resource);
    hints(theme, frame, parts.hint, view);
    let page = usize::from(parts.list.height);
    let shown = view.lines.iter().skip(view.cursor.top).take(page);
    for (n, line) in shown.enumerate() {
        answer_line(theme, frame, list::line(parts.list, n), view, line);
    }
    let beside = Rect {
        y: parts.list.y.saturating_sub(1),
        height: parts.list.height + 2,
        width: parts.list.width + 1,
        ..parts.list
    };
    list::scroll_bar(frame, theme, beside, view.cursor, view.lines.len(), page);
}

/// How many roles there are of each verdict, for the border.
fn counts(app: &App, view: &WhoCanView) -> String {
    if view.is_asking() {
        return app.word("All policies are being asked.").to_owned();
    }
    if view.question.is_none() {
        return String::new();
    }
    let of =
        |rank: usize| view.answers.iter().filter(|a| a.verdict.rank() == rank).count().to_string();
    app.phrase(
        "{} can · {} could · {} denied · {} cannot",
        &[&of(0), &of(1), &of(2), &of(3)].map(String::as_str),
    )
}

fn field(
    app: &App,
    theme: &Theme,
    frame: &mut Frame<'_>,
    area: Rect,
    view: &WhoCanView,
    of: Field,
) {
    let (name, input, hint) = match of {
        Field::Action => (
            app.word("action"),
            &view.action,
            app.word("kms:Decrypt, ecs:*SecurityGroup*, decrypt"),
        ),
        Field::Resource => {
            (app.word("resource"), &view.resource, app.word("any; or acs:kms:*:*:key/x"))
        }
    };
    let here = view.field == of;
    let (mark, style) = if here { ("›", theme.accent) } else { (" ", theme.dim) };
    let room = usize::from(area.width).saturating_sub(14);
    let before = text::end_of(input.before(), room);
    let mut spans = vec![
        Span::styled(format!(" {} {mark} ", text::pad(name, 8)), style),
        Span::styled(before.to_owned(), theme.base),
    ];
    let mut after = input.after().chars();
    if here {
        let under = after.next().unwrap_or(' ').to_string();
        spans.push(Span::styled(under, theme.base.add_modifier(Modifier::REVERSED)));
    }
    spans.push(Span::styled(after.collect::<String>(), theme.base));
    if input.text().is_empty() {
        spans.push(Span::styled(format!(" {hint}"), theme.dim));
    }
    list::spans_at(frame, area, spans);
    if here {
        list::caret(frame, area, 12 + text::width(before));
    }
}

/// How the question was read; else names that the action may become.
fn hints(theme: &Theme, frame: &mut Frame<'_>, area: Rect, view: &WhoCanView) {
    let mut rows = Vec::new();
    let room = usize::from(area.width).saturating_sub(13);
    if let Some(reading) = view.question.as_ref().and_then(|question| question.reading.as_ref()) {
        rows.push(reading.clone());
    }
    let exact = view.hints.first().is_some_and(|name| **name == *view.action.text());
    if view.field == Field::Action && !exact && !view.hints.is_empty() {
        let mut line = String::new();
        for name in &view.hints {
            let name = text::harmless(name);
            if !line.is_empty() && text::width(&line) + text::width(&name) + 2 > room {
                break;
            }
            if !line.is_empty() {
                line.push_str("  ");
            }
            line.push_str(&name);
        }
        rows.push(line);
    }
    for (n, row) in rows.into_iter().enumerate() {
        let margin = " ".repeat(12);
        let spans = vec![Span::raw(margin), Span::styled(row, theme.dim)];
        list::spans_at(frame, list::line(area, n), spans);
    }
}

fn answer_line(theme: &Theme, frame: &mut Frame<'_>, area: Rect, view: &WhoCanView, line: &Line) {
    let style = match &line.kind {
        LineKind::Heading(Verdict::Can) => theme.good,
        LineKind::Condition => theme.condition,
        LineKind::Heading(Verdict::Could(_)) => theme.warn,
        LineKind::Heading(_) => theme.bad,
        LineKind::Role(..) => theme.strong,
        LineKind::Actions => theme.base,
        LineKind::Note | LineKind::Blank => theme.dim,
    };
    let mut spans = vec![Span::styled(line.text.clone(), style)];
    let mut mark = Mark::None;
    if let LineKind::Role(product, actions) = &line.kind {
        mark = Mark::of(line.row == Some(view.cursor.at), true);
        spans.push(Span::styled(format!("  {product}"), theme.dim));
        if !actions.is_empty() {
            spans.push(Span::styled(actions.clone(), theme.base));
        }
    }
    list::row(frame, theme, area, mark, spans);
}
