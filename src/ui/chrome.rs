//! The first line with the path, and the footer with the keys of this place or a notice.

use super::list::spans_at;
use super::theme::Theme;
use crate::app::command::{Command, Scope};
use crate::app::layout::Pane;
use crate::app::overlay::Overlay;
use crate::app::{App, NoticeKind, View, keymap};
use crate::text;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Span;

/// The path to what is selected, and what narrows the view.
pub(super) fn crumbs(app: &App, theme: &Theme, frame: &mut Frame<'_>) {
    let area = app.layout.crumbs;
    let mut right = match &app.filter {
        Some(code) => format!(" service: {} ", app.service_short(code)),
        None => String::new(),
    };
    if let Some(words) = app.loading_words() {
        right = format!(" {words} {right}");
    }
    let right_width = text::width(&right).min(usize::from(area.width));
    let room = usize::from(area.width).saturating_sub(right_width + 1);
    let crumbs = path(app);
    let shown = fitting(&crumbs, room.saturating_sub(1));
    let mut spans = vec![Span::raw(" ")];
    for (at, crumb) in shown.iter().enumerate() {
        if at > 0 {
            spans.push(Span::styled(" › ", theme.dim));
        }
        let style = if at + 1 == shown.len() { theme.accent } else { theme.base };
        spans.push(Span::styled(crumb.clone(), style));
    }
    let left = Rect { width: u16::try_from(room).unwrap_or(area.width), ..area };
    spans_at(frame, left, spans);
    if !right.is_empty() {
        let width = u16::try_from(right_width).unwrap_or(0);
        let badge = Rect { x: area.right() - width, width, ..area };
        spans_at(frame, badge, vec![Span::styled(right, theme.filter)]);
    }
}

fn path(app: &App) -> Vec<String> {
    let mut path = vec!["rolescope".to_owned()];
    let view = match &app.view {
        View::Matrix(_) => Some("Matrix"),
        View::WhoCan(_) => Some("Who can"),
        View::Compare(_) => Some("Compare"),
        View::Browse | View::Removal(_) => None,
    };
    if let Some(view) = view {
        path.push(view.to_owned());
        if let View::Compare(view) = &app.view {
            path.push(format!("{} with {}", view.meaning.left, view.meaning.right));
        }
        return path;
    }
    let product = app.product.as_ref().and_then(|id| app.catalog.product(id));
    path.extend(product.map(|product| app.say(&product.name).to_owned()));
    if let View::Removal(view) = &app.view {
        let product_itself = matches!(view.subject, crate::app::removal::Subject::Product(_));
        if !product_itself {
            path.push(view.title.clone());
        }
        path.push("Removal".into());
        return path;
    }
    if app.focus == Pane::Products {
        return path;
    }
    path.extend(app.current_role().map(|role| role.short_name.clone()));
    match app.focus {
        Pane::Summary => {
            let row = app.current_row();
            path.extend(
                row.and_then(|row| row.services.first()).map(|code| app.service_name(code)),
            );
        }
        Pane::Policy => {
            path.push(if app.policy.trust { "Trust policy".into() } else { "Policy".into() });
        }
        Pane::Products | Pane::Roles => {}
    }
    path
}

/// The end of the path that fits; what is left out is told by an ellipsis.
fn fitting(path: &[String], room: usize) -> Vec<String> {
    let width = |parts: &[String]| -> usize {
        parts.iter().map(|part| text::width(part)).sum::<usize>()
            + parts.len().saturating_sub(1) * 3
    };
    let mut shown = path.to_vec();
    while shown.len() > 1 && width(&shown) > room {
        if shown.first().is_some_and(|part| part == "…") {
            shown.remove(0);
        }
        if let Some(first) = shown.first_mut() {
            "…".clone_into(first);
        }
        if shown.len() <= 2 {
            break;
        }
    }
    shown
}

/// The footer: a notice, else the keys of this place, as many as fit, the most useful ones.
pub(super) fn footer(app: &App, theme: &Theme, frame: &mut Frame<'_>) {
    let area = app.layout.footer;
    if let Some(notice) = &app.notice {
        let style = match notice.kind {
            NoticeKind::Done => theme.good,
            NoticeKind::Hint => theme.accent,
            NoticeKind::Failed => theme.bad,
        };
        let mut lines = text::wrap(&notice.text, usize::from(area.width).saturating_sub(2));
        if lines.len() > usize::from(area.height) {
            // What has no room is cut, with an ellipsis.
            let rest = lines.split_off(usize::from(area.height.saturating_sub(1)));
            lines.push(rest.join(" "));
        }
        for (n, line) in lines.into_iter().enumerate() {
            let spans = vec![Span::raw(" "), Span::styled(line, style)];
            spans_at(frame, super::list::line(area, n), spans);
        }
        return;
    }
    let mut x = area.x + 1;
    for (key, title) in hints(app, usize::from(area.width).saturating_sub(2)) {
        let spans = vec![
            Span::styled(key.clone(), theme.key),
            Span::raw(" "),
            Span::styled(title.clone(), theme.base),
        ];
        spans_at(frame, Rect { x, width: area.right().saturating_sub(x), ..area }, spans);
        let used = text::width(&key) + 1 + text::width(&title) + GAP;
        x = x.saturating_add(u16::try_from(used).unwrap_or(u16::MAX));
    }
}

const GAP: usize = 2;

/// Key and title of the hints that fit into `room`, in the order of the table.
fn hints(app: &App, room: usize) -> Vec<(String, String)> {
    let scopes = app.scopes();
    let mut rows: Vec<(usize, u8, String, String)> = Vec::new();
    for (at, row) in keymap::rows(&scopes).enumerate() {
        if row.weight == 0 || !offered(app, row.command) {
            continue;
        }
        rows.push((
            at,
            row.weight,
            app.keymap.shown_in(row.command, &scopes),
            title(app, row.command, row.title),
        ));
    }
    if scopes.contains(&Scope::Typing) {
        rows.insert(0, (0, 95, "↑↓".into(), "choose".into()));
    } else {
        rows.insert(0, (0, 95, "↑↓".into(), "move".into()));
    }
    let mut by_weight: Vec<usize> = (0..rows.len()).collect();
    by_weight.sort_by_key(|at| std::cmp::Reverse(rows.get(*at).map_or(0, |row| row.1)));
    let mut kept: Vec<usize> = Vec::new();
    let mut used = 0;
    for at in by_weight {
        let Some((_, _, key, title)) = rows.get(at) else { continue };
        let width = text::width(key) + 1 + text::width(title) + GAP;
        if used + width <= room + GAP {
            used += width;
            kept.push(at);
        }
    }
    kept.sort_unstable();
    kept.into_iter()
        .filter_map(|at| rows.get(at).map(|(_, _, key, title)| (key.clone(), title.clone())))
        .collect()
}

/// Some commands are only worth a hint when they would do something.
fn offered(app: &App, command: Command) -> bool {
    match command {
        Command::ClearService => app.filter.is_some(),
        Command::Skipped => !app.loading.skipped.is_empty(),
        Command::StopLoading => app.loading.is_on(),
        Command::Back => {
            app.overlay.is_some()
                || app.focus != Pane::Products
                || !matches!(app.view, View::Browse)
        }
        Command::NextStatement => app.focus == Pane::Policy,
        _ => true,
    }
}

fn title(app: &App, command: Command, usual: &str) -> String {
    match (&app.overlay, command) {
        (Some(Overlay::Findings(_)), Command::Open) => "go there".into(),
        (Some(Overlay::Findings(_)), Command::Findings) => "close".into(),
        (Some(Overlay::Copy(_)), Command::Open) => "copy this".into(),
        (Some(Overlay::Copy(_)), Command::Copy) => "copy the first".into(),
        (Some(Overlay::Help(_)), Command::Open) => "do it".into(),
        (Some(Overlay::Services(_)), Command::Open) => "filter".into(),
        (Some(Overlay::Find(_)), Command::Open) => "go there".into(),
        (Some(Overlay::Skipped(_)), Command::Open) => "say it all".into(),
        (Some(Overlay::Tours(_)), Command::Open) => "begin".into(),
        (Some(Overlay::Glossary(_)), Command::Open) => "say it".into(),
        (Some(Overlay::CompareWith(_)), Command::Open) => "compare".into(),
        (None, Command::Open) if matches!(app.view, View::Removal(_)) => "copy or go".into(),
        (None, Command::Open) if matches!(app.view, View::Browse) && app.focus == Pane::Policy => {
            "fold".into()
        }
        (None, Command::Trust) if app.policy.trust => "permission policy".into(),
        _ => usual.into(),
    }
}
