//! What the selected role may do, and what else is known of it.

use super::list::{self, Mark};
use super::theme::Theme;
use crate::app::App;
use crate::app::layout::Pane;
use crate::app::summary_rows::{FACT_NAME, Row, RowKind};
use crate::policy::level::AccessLevel;
use crate::policy::pattern;
use crate::policy::summary::Tally;
use crate::text;
use ratatui::Frame;
use ratatui::text::Span;

pub(super) fn draw(app: &App, theme: &Theme, frame: &mut Frame<'_>) {
    let area = app.layout.pane(Pane::Summary);
    let focused = app.focus == Pane::Summary;
    let title = match app.current_role() {
        Some(role) => app.phrase("Permissions of {}", &[&role.short_name]),
        None => app.word("Permissions").into(),
    };
    // The rows that say so at length may be out of sight; the mark has room in the narrowest pane.
    let partial = app.current_role().is_some_and(crate::catalog::model::Role::is_partial);
    let room = usize::from(area.width).saturating_sub(if partial { 8 } else { 4 });
    let title = text::cut(&title, room).into_owned();
    let legend = match app.current_row().map(|row| &row.kind) {
        Some(RowKind::Action { meaning, .. })
            if focused && usize::from(area.width) < WIDE && !meaning.is_empty() =>
        {
            meaning.as_str()
        }
        _ => &signs(app),
    };
    let inner = list::pane(frame, theme, area, &title, legend, focused);
    if partial {
        let words = [app.word("◐ policy not whole"), "◐"];
        list::beside_title(frame, theme, area, &title, &words);
    }
    if inner.is_empty() {
        return;
    }
    let page = usize::from(inner.height);
    let width = usize::from(inner.width).saturating_sub(2);
    let names = name_column(app, width);
    let shown = app.summary.iter().enumerate().skip(app.summary_at.top).take(page);
    for (n, (at, row)) in shown.enumerate() {
        let line = list::line(inner, n);
        let mark = Mark::of(at == app.summary_at.at, focused);
        let mut spans = spans(app, theme, row, width, names);
        if dimmed(app, row) {
            for span in &mut spans {
                span.style = theme.dim;
            }
        }
        list::row(frame, theme, line, mark, spans);
    }
    list::scroll_bar(frame, theme, area, app.summary_at, app.summary.len(), page);
}

/// The signs before actions, each with what it means.
fn signs(app: &App) -> String {
    let any = |wanted: fn(&RowKind) -> bool| app.summary.iter().any(|row| wanted(&row.kind));
    let rule = any(
        |kind| matches!(kind, RowKind::Action { source, denied: false, .. } if source.is_guess()),
    );
    let guess = any(|kind| matches!(kind, RowKind::Action { guess: true, .. }));
    let signs = [(guess, app.word("◐ reconstructed")), (rule, app.word("~ level in no document"))];
    let shown: Vec<&str> =
        signs.iter().filter(|(shown, _)| *shown).map(|(_, sign)| *sign).collect();
    shown.join("  ")
}

/// With a filter, rows of other services stand back.
fn dimmed(app: &App, row: &Row) -> bool {
    let Some(code) = &app.filter else { return false };
    row.service
        .as_ref()
        .is_some_and(|service| !app.current_insight().summary.speaks_of(service, code))
}

/// From this width on names and meanings stand side by side in every row.
const WIDE: usize = 56;

/// In a narrow pane half a meaning is none, but its first half sentence is one; there the border tells that of the
/// selected row.
fn meaning_for(meaning: &str, width: usize, room: usize) -> &str {
    if width < WIDE && text::width(meaning) > room {
        meaning.split(['；', ';']).next().unwrap_or(meaning)
    } else {
        meaning
    }
}

/// The columns of the action names: as wide as the widest, as far as there is room.
fn name_column(app: &App, width: usize) -> usize {
    let widest = app.summary.iter().filter_map(|row| match &row.kind {
        RowKind::Action { name, .. } => Some(text::width(name)),
        _ => None,
    });
    let widest = widest.max().unwrap_or(0);
    // A narrow pane shows whole names; the meaning of the selected one stands in the border.
    let most = if width < WIDE { width.saturating_sub(7) } else { width.saturating_sub(6) * 3 / 5 };
    widest.min(most)
}

fn spans<'a>(app: &App, theme: &Theme, row: &Row, width: usize, names: usize) -> Vec<Span<'a>> {
    match &row.kind {
        RowKind::Title(name) => vec![Span::styled(name.clone(), theme.accent)],
        RowKind::Heading(heading) => vec![Span::styled(heading.clone(), theme.strong)],
        RowKind::Prose(line) => vec![Span::styled(line.clone(), theme.base)],
        RowKind::Warning(line) => vec![Span::styled(format!("! {line}"), theme.warn)],
        RowKind::Blank => Vec::new(),
        RowKind::Fact { name, value, standing } => {
            let mut spans = vec![
                Span::styled(text::pad(name, FACT_NAME), theme.dim),
                Span::styled(value.clone(), theme.base),
            ];
            if let Some((_, words)) = standing.as_deref() {
                let gap = if value.is_empty() { "· " } else { " · " };
                spans.push(Span::styled(format!("{gap}{}", app.say(words)), theme.dim));
            }
            spans
        }
        RowKind::Service { code, name, counts, all, through, denied } => {
            // That of services named alike has its pattern in its name.
            let told = name.eq_ignore_ascii_case(code)
                || pattern::has_wildcard(code) && name.ends_with(code.as_str());
            let code = if told { "" } else { code.as_str() };
            let granted = if counts.is_empty() && *through > 0 {
                vec![Span::styled(app.word("  through resources only"), theme.warn)]
            } else {
                let level = |(level, count): &(AccessLevel, usize)| {
                    let words = format!("  {} {count}", app.word(level.word()));
                    Span::styled(words, theme.level(*level))
                };
                counts.iter().map(level).collect()
            };
            let denied = (*denied > 0).then(|| {
                let words = app.phrase("denied {}", &[&denied.to_string()]);
                Span::styled(format!("  {words}"), theme.bad)
            });
            let counts = (counts.len(), *all);
            service(app, theme, (name, code), (counts, granted), denied, width)
        }
        RowKind::Level { level, count, everywhere } => {
            let word = Span::styled(app.word(level.word()), theme.level(*level));
            group(app, theme, word, *count, *everywhere)
        }
        RowKind::Denied { count, everywhere } => {
            let word = Span::styled(app.word("denied"), theme.bad);
            group(app, theme, word, *count, *everywhere)
        }
        RowKind::Through(tally) => {
            // The end is the point of the row: where it has no room, fewer words say it.
            let (words, all) = (tally.words(app.language), tally.all().to_string());
            let shorter = "{} of others on its resources";
            let said = [
                app.phrase("{} of other services on its resources", &[&words]),
                app.phrase(shorter, &[&words]),
                app.phrase(shorter, &[&all]),
            ];
            let [.., shortest] = &said;
            let said = said.iter().find(|said| text::width(said) + 2 <= width).unwrap_or(shortest);
            vec![Span::styled(format!("  {said}"), theme.dim)]
        }
        RowKind::Limit { text, first, condition } => {
            let style = if *condition { theme.condition } else { theme.dim };
            let rail = if *first { "   ┌ " } else { "   │ " };
            vec![Span::styled(rail, theme.border), Span::styled(text.clone(), style)]
        }
        RowKind::Action {
            name, meaning, level, source, denied, limited, guess: unread, ..
        } => {
            // The level of what is denied is not told.
            let guess = if source.is_guess() && !denied { "~" } else { " " };
            let rail = match (*unread, *limited) {
                (true, true) => "  ◐│",
                (true, false) => "  ◐ ",
                (false, true) => "   │",
                (false, false) => "    ",
            };
            let mut spans = vec![Span::styled(rail, theme.border), Span::styled(guess, theme.dim)];
            let before = if *denied { app.word("denied ") } else { "" };
            if *denied {
                spans.push(Span::styled(before, theme.bad));
            }
            let names = names.saturating_sub(text::width(before)).max(text::width(name).min(names));
            let style = if *denied { theme.base } else { theme.level(*level) };
            spans.push(Span::styled(text::pad(name, names), style));
            let room = width.saturating_sub(text::width(before) + names + 7);
            let meaning = meaning_for(meaning, width, room);
            let shown = if width < WIDE { text::width(meaning) <= room } else { room >= 8 };
            if shown {
                let meaning = text::cut(meaning, room).into_owned();
                spans.push(Span::styled(format!("  {meaning}"), theme.dim));
            }
            spans
        }
    }
}

/// The heading of so many actions of a service: those of a level, or those that are denied.
fn group<'a>(
    app: &App,
    theme: &Theme,
    word: Span<'a>,
    count: usize,
    everywhere: bool,
) -> Vec<Span<'a>> {
    let mut spans = vec![Span::raw("  "), word, Span::styled(format!("  {count}"), theme.dim)];
    if everywhere {
        spans.push(Span::styled(app.word("  on all resources"), theme.dim));
    }
    spans
}

/// A service with its code, what is granted of it and what is denied, in `width` columns.
fn service<'a>(
    app: &App,
    theme: &Theme,
    (name, code): (&str, &str),
    ((levels, tally), mut granted): ((usize, Tally), Vec<Span<'a>>),
    denied: Option<Span<'a>>,
    width: usize,
) -> Vec<Span<'a>> {
    let all =
        |granted: &[Span<'_>]| -> usize { granted.iter().chain(&denied).map(Span::width).sum() };
    let coded = if code.is_empty() { 0 } else { text::width(code) + 2 };
    // Some of the levels would hide the others, and a cut one its count: where there is no room for all, only the sum is
    // told.
    if text::width(name) + coded + all(&granted) > width && levels > 0 {
        let sum = |words: String| vec![Span::styled(format!("  {words}"), theme.dim)];
        granted = sum(tally.words(app.language));
        // Two nouns would take the room of the name.
        if text::width(name) + coded + all(&granted) > width && tally.patterns > 0 {
            granted = sum(app.phrase("{} granted", &[&tally.all().to_string()]));
        }
    }
    // That something is denied is worth more than the code, and than the end of the name.
    let room = width.saturating_sub(all(&granted));
    let whole = denied.is_none() || text::width(name) <= room;
    let name = if whole { name.to_owned() } else { text::cut(name, room.max(8)).into_owned() };
    let code = if denied.is_none() || text::width(&name) + coded <= room { code } else { "" };
    let mut spans = vec![Span::styled(name, theme.accent)];
    if !code.is_empty() {
        spans.push(Span::styled(format!("  {code}"), theme.dim));
    }
    spans.extend(granted);
    spans.extend(denied);
    spans
}
