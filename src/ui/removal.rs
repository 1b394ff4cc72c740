//! The removal plan as a tree.

use super::list::{self, Mark};
use super::theme::Theme;
use crate::app::App;
use crate::app::command::Command;
use crate::app::removal::{PlanLine, RemovalView};
use crate::catalog::removal::branch::Kind;
use ratatui::Frame;
use ratatui::text::Span;

pub(super) fn draw(app: &App, view: &RemovalView, theme: &Theme, frame: &mut Frame<'_>) {
    let area = app.layout.body;
    let title = app.phrase("Removal of {}", &[&view.title]);
    let legend = app.word("nothing is run: copy commands, paste the status answer");
    let inner = list::pane(frame, theme, area, &title, legend, true);
    hint(app, theme, frame, &title);
    if inner.is_empty() {
        return;
    }
    let page = usize::from(inner.height);
    let shown = view.lines.iter().enumerate().skip(view.cursor.top).take(page);
    for (n, (at, line)) in shown.enumerate() {
        let mark = Mark::of(at == view.cursor.at, true);
        list::row(frame, theme, list::line(inner, n), mark, spans(app, theme, view, line));
    }
    list::scroll_bar(frame, theme, area, view.cursor, view.lines.len(), page);
}

/// The keys of what can be done with steps and answers, as many as there is room for.
fn hint(app: &App, theme: &Theme, frame: &mut Frame<'_>, title: &str) {
    let scopes = app.scopes();
    let said = |command, words: &'static str| {
        let key = app.keymap.shown_in(command, &scopes);
        (!key.is_empty()).then(|| app.phrase(words, &[&key]))
    };
    let Some(tick) = said(Command::Tick, "{} ticks a step") else { return };
    let drop = said(Command::DropAnswer, "{} drops the answer");
    let both = drop.filter(|_| app.has_answer()).map(|drop| app.comma_list(&[tick.clone(), drop]));
    let words: Vec<&str> = both.as_deref().into_iter().chain([tick.as_str()]).collect();
    list::beside_title(frame, theme, app.layout.body, title, &words);
}

fn spans<'a>(app: &App, theme: &Theme, view: &RemovalView, line: &PlanLine) -> Vec<Span<'a>> {
    let Some(branch) = view.branches.get(line.branch) else { return Vec::new() };
    let style = match branch.kind {
        Kind::Heading => theme.strong,
        Kind::Step | Kind::Role => theme.accent,
        Kind::Command => theme.good,
        Kind::Reason | Kind::Note => theme.dim,
        Kind::State => theme.base,
    };
    let mut spans = vec![
        Span::styled(line.rails.clone(), theme.border),
        Span::styled(line.text.clone(), style),
    ];
    if let Some(standing) = branch.standing.as_ref().filter(|_| line.ends) {
        spans.push(Span::styled(format!(" · {}", app.say(&standing.words())), theme.dim));
    }
    spans
}
