//! The list of products.

use super::list::{self, Mark};
use super::theme::Theme;
use crate::app::App;
use crate::app::browse::ProductRow;
use crate::app::layout::Pane;
use crate::catalog::model::is_path;
use crate::text;
use ratatui::Frame;
use ratatui::text::Span;

pub(super) fn draw(app: &App, theme: &Theme, frame: &mut Frame<'_>) {
    let area = app.layout.pane(Pane::Products);
    let focused = app.focus == Pane::Products;
    let title = app.phrase("Products {}", &[&text::thousands(app.products.len())]);
    let inner = list::pane(frame, theme, area, &title, "", focused);
    if inner.is_empty() {
        return;
    }
    if app.products.is_empty() {
        let service = app.filter.as_deref().map(|code| app.service_name(code)).unwrap_or_default();
        let said = match (&app.filter, app.loading_words()) {
            (Some(_), _) => app.phrase("No product touches {}.", &[&service]),
            (None, Some(_)) => app.word("Reading.").to_owned(),
            (None, None) => app.word("No policy and no role was found.").to_owned(),
        };
        for (n, part) in text::wrap(&said, usize::from(inner.width)).into_iter().enumerate() {
            list::spans_at(frame, list::line(inner, n), vec![Span::styled(part, theme.dim)]);
        }
        return;
    }
    let page = app.products_page();
    let shown = app.products.iter().enumerate().skip(app.products_at.top).take(page);
    for (n, (at, row)) in shown.enumerate() {
        let line = list::line(inner, n * app.product_height());
        let roles = text::thousands(row.roles);
        let count = match row.matching {
            Some(matching) => app.phrase("{} of {}", &[&text::thousands(matching.all()), &roles]),
            None => roles,
        };
        let room = usize::from(inner.width).saturating_sub(text::width(&count) + 3);
        let mark = Mark::of(at == app.products_at.at, focused);
        let spans = vec![
            Span::styled(text::pad(&named(row, room), room), theme.base),
            Span::styled(format!(" {count}"), theme.dim),
        ];
        list::row(frame, theme, line, mark, spans);
    }
    list::scroll_bar(frame, theme, area, app.products_at, app.products.len(), page);
}

/// The name of a product; of a file or folder the end, which tells it from others.
fn named(row: &ProductRow, room: usize) -> String {
    let name = text::harmless(&row.name);
    if is_path(&row.id, &name) {
        text::cut_left(&name, room).into_owned()
    } else {
        name.into_owned()
    }
}
