//! The roles of the selected product.

use super::list::{self, Mark};
use super::theme::Theme;
use crate::app::browse::RoleRow;
use crate::app::command::Command;
use crate::app::layout::Pane;
use crate::app::{ABSENT, App, EXISTS};
use crate::catalog::Kinds;
use crate::catalog::review::Grave;
use crate::text;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Span;

/// The mark of a role whose policy is not the whole true text.
const PARTIAL: &str = "◐";
/// The mark of a role of whose policy nothing is known.
const UNKNOWN: &str = "?";

/// The mark at the end of a row that tells whether the role is in the account.
fn existence(row: &RoleRow, theme: &Theme) -> Option<Span<'static>> {
    let (mark, style) = if row.exists? { (EXISTS, theme.good) } else { (ABSENT, theme.dim) };
    Some(Span::styled(format!(" {mark}"), style))
}

/// What the rows hold, those out of sight included: of thousands they are looked at once a frame.
#[derive(Default)]
struct Held {
    partial: bool,
    unknown: bool,
    grave: Grave,
    kinds: Kinds,
}

impl Held {
    fn by(rows: &[RoleRow]) -> Self {
        Self {
            partial: rows.iter().any(|row| row.partial),
            unknown: rows.iter().any(|row| row.unknown),
            grave: rows.iter().filter_map(|row| row.grave).sum(),
            kinds: rows.iter().filter_map(|row| row.counts).collect(),
        }
    }
}

/// What the marks of the rows mean, in words for which there is room.
fn legend(app: &App, held: &Held, room: usize) -> String {
    let Held { partial, unknown, grave, .. } = *held;
    let grave = match (grave.errors, grave.warnings) {
        (0, 0) => None,
        (0, _) => Some("! warnings"),
        (_, 0) => Some("! errors"),
        _ => Some("! errors, warnings"),
    };
    let words = |whole: &'static str, known: &'static str| {
        let parts = [
            partial.then(|| app.phrase(whole, &[PARTIAL])),
            unknown.then(|| app.phrase(known, &[UNKNOWN])),
            grave.map(|grave| app.word(grave).to_owned()),
        ];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        app.comma_list(&parts)
    };
    let long = words("{} policy not whole", "{} policy not known");
    if text::width(&long) <= room { long } else { words("{} not whole", "{} not known") }
}

pub(super) fn draw(app: &App, theme: &Theme, frame: &mut Frame<'_>) {
    let area = app.layout.pane(Pane::Roles);
    let focused = app.focus == Pane::Roles;
    let held = Held::by(&app.roles);
    let legend = legend(app, &held, usize::from(area.width).saturating_sub(4));
    let number = text::thousands(held.kinds.all());
    let title = match (held.kinds.roles, held.kinds.policies) {
        // Of a file that was only begun there is none yet.
        (0, 0) if !app.roles.is_empty() => app.phrase("Policies {}", &[&number]),
        (_, 0) => app.phrase("Roles {}", &[&number]),
        (0, _) => app.phrase("Policies {}", &[&number]),
        _ => app.phrase("Roles and policies {}", &[&number]),
    };
    let inner = list::pane(frame, theme, area, &title, &legend, focused);
    if app.catalog.account().is_some() {
        // Below stands what else is marked; above there is room beside the short title.
        let long = app.phrase("{} in the account, {} not", &[EXISTS, ABSENT]);
        let short = app.phrase("{} in account, {} not", &[EXISTS, ABSENT]);
        let shortest = app.phrase("{} there, {} not", &[EXISTS, ABSENT]);
        list::beside_title(frame, theme, area, &title, &[&long, &short, &shortest]);
    }
    if inner.is_empty() {
        return;
    }
    if app.roles.is_empty() {
        let spans = vec![Span::styled(app.word("No roles to show."), theme.dim)];
        list::spans_at(frame, inner, spans);
        return;
    }
    let height = app.role_height();
    let page = app.roles_page();
    let shown = app.roles.iter().enumerate().skip(app.roles_at.top).take(page.max(1));
    for (n, (at, row)) in shown.enumerate() {
        let line = list::line(inner, n * height);
        let mut right = String::new();
        if row.through_resource {
            right.push_str(app.word(" resource only"));
        }
        if let Some(count) = row.grave.map(Grave::all).filter(|count| *count > 0) {
            right.push(' ');
            right.push_str(&count.to_string());
            right.push('!');
        }
        for (_, mark) in [(row.partial, PARTIAL), (row.unknown, UNKNOWN)].iter().filter(|m| m.0) {
            right.push(' ');
            right.push_str(mark);
        }
        let existence = existence(row, theme);
        let mark = Mark::of(at == app.roles_at.at, focused);
        let marks = text::width(&right) + existence.as_ref().map_or(0, Span::width);
        let room = usize::from(inner.width).saturating_sub(marks + 2);
        let mut spans = vec![
            Span::styled(text::pad(&text::harmless(&row.name), room), theme.strong),
            Span::styled(right, theme.warn),
        ];
        spans.extend(existence);
        list::row(frame, theme, line, mark, spans);
        if height > 1 {
            let second = list::line(inner, n * height + 1);
            let feature = text::harmless(&row.feature).into_owned();
            let spans = vec![Span::raw("  "), Span::styled(feature, theme.dim)];
            list::spans_at(frame, second, spans);
        }
    }
    by_name(app, theme, frame, list::line(inner, app.roles.len() * height));
    list::scroll_bar(frame, theme, area, app.roles_at, app.roles.len(), page);
}

/// What is known of the product beside its roles, in the first free line below them.
fn by_name(app: &App, theme: &Theme, frame: &mut Frame<'_>, area: Rect) {
    let (Some(first), room) = (app.by_name.first(), usize::from(area.width)) else { return };
    let find = app.keymap.shown_in(Command::Find, &app.place_scopes());
    let said = match app.by_name.len() {
        _ if find.is_empty() => return,
        1 => [
            app.phrase("{} by name only: {} finds it", &[first, &find]),
            app.phrase("{} is known by name ({})", &[first, &find]),
        ],
        more => [
            app.phrase("{} more by name only: {} finds them", &[&more.to_string(), &find]),
            app.phrase("{} more known by name ({})", &[&more.to_string(), &find]),
        ],
    };
    if let Some(said) = said.into_iter().find(|said| text::width(said) < room) {
        list::spans_at(frame, area, vec![Span::raw(" "), Span::styled(said, theme.dim)]);
    }
}
