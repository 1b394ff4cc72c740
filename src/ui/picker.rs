//! The boxes with a text field and a list: find, service filter, help.

use super::list::{self, Mark};
use super::theme::Theme;
use crate::app::App;
use crate::app::command::Command;
use crate::app::overlay::{List, Overlay};
use crate::app::picker::{Item, Line, Picker};
use crate::text;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Span;
use std::borrow::Cow;

pub(super) fn draw(app: &App, overlay: &Overlay, theme: &Theme, frame: &mut Frame<'_>) {
    let Some(picker) = overlay.picker() else { return };
    let area = app.picker_area();
    let (title, hint, none) = words(app, overlay);
    let count = match overlay {
        Overlay::List(List::Find, _) if !picker.input.text().is_empty() => {
            let found = app.phrase("{} found", &[&picker.total.to_string()]);
            // Names that are nearly the one that was typed are easily taken for it.
            if app.is_no_role(picker.input.text()) && !picker.lines.is_empty() {
                app.comma_list(&[app.word("no role is called exactly so"), &*found])
            } else {
                found
            }
        }
        Overlay::List(List::Services, _) if app.counts_patterns() => {
            app.word("by *: by a pattern of any service, also on some resources only").to_owned()
        }
        _ => String::new(),
    };
    let inner = list::boxed(frame, theme, area, &title, &count);
    if inner.is_empty() {
        return;
    }
    field(theme, frame, list::line(inner, 0), picker.input.before(), picker.input.after(), hint);
    list::rule(frame, theme, list::line(inner, 1), "");
    let body = app.picker_body();
    if picker.lines.is_empty() {
        let none = nothing_found(app, overlay, picker).unwrap_or_else(|| none.to_owned());
        for (n, line) in
            text::wrap(&none, usize::from(body.width).saturating_sub(2)).into_iter().enumerate()
        {
            list::spans_at(
                frame,
                list::line(body, n),
                vec![Span::raw(" "), Span::styled(line, theme.dim)],
            );
        }
        return;
    }
    let page = usize::from(body.height);
    let shown = picker.lines.iter().enumerate().skip(picker.cursor.top).take(page);
    let keys_first = matches!(overlay, Overlay::List(List::Help, _));
    let keys_width = if keys_first { keys_width(picker) } else { 0 };
    for (n, (at, line)) in shown.enumerate() {
        let row = list::line(body, n);
        match line {
            Line::Heading(heading) => {
                list::spans_at(
                    frame,
                    row,
                    vec![Span::raw(" "), Span::styled(heading.clone(), theme.strong)],
                );
            }
            Line::Item(item) => {
                let mark = Mark::of(at == picker.cursor.at, true);
                let room = usize::from(row.width).saturating_sub(3);
                let keys = keys_first.then_some(keys_width);
                list::row(frame, theme, row, mark, spans(theme, item, room, keys));
            }
        }
    }
    told(app, theme, frame);
    list::scroll_bar(
        frame,
        theme,
        Rect {
            y: body.y.saturating_sub(1),
            height: body.height + 2,
            width: body.width + 1,
            ..body
        },
        picker.cursor,
        picker.lines.len(),
        page,
    );
}

/// What is said of an empty list, where the usual advice would be of no use: there are no fewer letters than one, and
/// patterns are asked elsewhere.
fn nothing_found(app: &App, overlay: &Overlay, picker: &Picker) -> Option<String> {
    let typed = picker.input.text().trim();
    let Overlay::List(kind @ (List::Find | List::Palette), _) = overlay else { return None };
    if app.is_reading_actions() {
        return None;
    }
    if matches!(kind, List::Find) && typed.contains(['*', '?', ':']) {
        let (back, ask) = (app.keymap.way(Command::Back), app.keymap.way(Command::WhoCan));
        let said =
            "Nothing of this name. After {}, {} asks which roles can call an action or a pattern.";
        return Some(app.phrase(said, &[&back, &ask]));
    }
    let is_short = typed.chars().nth(1).is_none();
    is_short.then(|| app.word("Nothing of this name.").to_owned())
}

/// What a list is called, what stands in its empty field, and what is said where it is empty.
fn words<'a>(app: &'a App, overlay: &Overlay) -> (Cow<'a, str>, &'a str, &'a str) {
    match overlay {
        Overlay::List(List::Find, _) => (
            app.word("Find").into(),
            app.word("product, role, feature, service, action, policy"),
            app.word(if app.is_reading_actions() {
                "Nothing of this name so far; the policies are being read for the actions that they name."
            } else {
                "Nothing of this name. Fewer letters find more."
            }),
        ),
        Overlay::List(List::Services, _) => (
            app.word("Show only what touches a service").into(),
            app.word("name, code or short name, such as KMS or 函数计算"),
            app.word("No service of this name is touched by a role of the catalogue."),
        ),
        Overlay::List(List::Skipped, _) => (
            app.word("Left out").into(),
            app.word("file or reason; Enter says it in full"),
            app.word("Nothing of this kind was left out."),
        ),
        Overlay::CompareWith(choice) => (
            app.compare_title(choice).into(),
            app.word(if choice.is_waiting() {
                "a role or a product; the most alike are being looked for"
            } else {
                "a role or a product; the most alike stand first"
            }),
            app.word("No role of this name has a policy in the catalogue."),
        ),
        Overlay::List(List::Tours, _) => (
            app.word("Tours").into(),
            app.word("type to narrow, Enter begins or goes on"),
            app.word("No tour of this name."),
        ),
        Overlay::List(List::Glossary, _) => (
            app.word("Words").into(),
            app.word("type to narrow, in English or Chinese"),
            app.word("No word like this. Fewer letters find more."),
        ),
        Overlay::List(List::Palette, _) => (
            app.word("Commands, products and roles").into(),
            app.word("type to narrow; Enter runs or goes"),
            app.word("Nothing of this name. Fewer letters find more."),
        ),
        Overlay::List(List::Text, picker) => (
            app.word("Search in this text").into(),
            app.word("type a part of a name, a value or a key"),
            app.word(if picker.input.text().is_empty() {
                "The lines that hold it are listed, in any case of letters."
            } else {
                "This stands nowhere in the text."
            }),
        ),
        _ => (
            app.word("What can be done here").into(),
            app.word("type to narrow, Enter does it"),
            app.word("Nothing of this name here."),
        ),
    }
}

/// A line of the list in so many columns; `keys` is the width of the column of keys, where there is one.
fn spans<'a>(theme: &Theme, item: &Item, room: usize, keys: Option<usize>) -> Vec<Span<'a>> {
    let detail = text::harmless(&item.detail).into_owned();
    let label = text::harmless(&item.label);
    let mut spans = vec![Span::raw(" ")];
    if let Some(keys_width) = keys {
        // Keys stand in a column of their own, before what they do.
        let (keys, style) =
            if detail.is_empty() { (NO_KEY, theme.dim) } else { (&*detail, theme.key) };
        let keys = text::pad(keys, keys_width.min(room / 3));
        spans.push(Span::styled(format!("{keys}  "), style));
        spans.extend(list::marked(&label, &item.marks, theme.base, theme.matched));
    } else {
        // A short label leaves its room to the detail.
        let left = room.saturating_sub(text::width(&label) + 1);
        let detail_width = text::width(&detail).min(left.max(room / 2));
        let label_room = room.saturating_sub(detail_width + 1);
        let shown = text::cut(&label, label_room);
        spans.extend(list::marked(&shown, &item.marks, theme.base, theme.matched));
        let gap = label_room.saturating_sub(text::width(&shown)) + 1;
        spans.push(Span::raw(" ".repeat(gap)));
        let detail = text::cut(&detail, detail_width).into_owned();
        spans.push(Span::styled(detail, theme.dim));
    }
    spans
}

/// The most columns of the keys in help.
const KEYS: usize = 16;

/// Stands for the keys of a command that has none.
const NO_KEY: &str = "–";

/// Columns of the keys in this list.
fn keys_width(picker: &Picker) -> usize {
    let widths = picker.lines.iter().map(|line| match line {
        Line::Item(item) => text::width(&item.detail),
        Line::Heading(_) => 0,
    });
    widths.max().unwrap_or(0).min(KEYS)
}

/// The selected tour, term or command in full, below the list.
fn told(app: &App, theme: &Theme, frame: &mut Frame<'_>) {
    let area = app.picker_told();
    let Some(said) = app.picker_text().filter(|_| !area.is_empty()) else { return };
    list::rule(frame, theme, list::line(area, 0), "");
    let room = usize::from(area.width).saturating_sub(2);
    // What has no room is cut; Enter says it in full.
    let lines = text::wrap_within(&said, room, usize::from(area.height.saturating_sub(1)).max(1));
    for (n, line) in lines.into_iter().enumerate() {
        let spans = vec![Span::raw(" "), Span::styled(line, theme.base)];
        list::spans_at(frame, list::line(area, n + 1), spans);
    }
}

/// A text field with its cursor as a reversed cell; a hint while it is empty.
fn field(theme: &Theme, frame: &mut Frame<'_>, area: Rect, before: &str, after: &str, hint: &str) {
    let room = usize::from(area.width).saturating_sub(4);
    let shown = text::end_of(before, room);
    let mut rest = after.chars();
    let under = rest.next().unwrap_or(' ');
    let mut spans = vec![
        Span::styled(" › ", theme.accent),
        Span::styled(shown.to_owned(), theme.base),
        Span::styled(
            under.to_string(),
            theme.base.add_modifier(ratatui::style::Modifier::REVERSED),
        ),
        Span::styled(rest.collect::<String>(), theme.base),
    ];
    if before.is_empty() && after.is_empty() {
        spans.push(Span::styled(format!(" {hint}"), theme.dim));
    }
    list::spans_at(frame, area, spans);
    list::caret(frame, area, 3 + text::width(shown));
}
