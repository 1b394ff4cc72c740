//! The hints of the footer and of a tour's panel: which keys are worth telling here, and where they stand, so that
//! they can be clicked.

use super::command::{Command, Scope};
use super::layout::{Pane, inside};
use super::overlay::{List, Overlay};
use super::{App, View, keymap};
use crate::catalog::tours::Step;
use crate::sort;
use crate::text;
use ratatui::layout::Rect;

/// A key of this place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hint {
    /// What a click does; None for the pair of movements.
    pub command: Option<Command>,
    /// The key.
    pub key: String,
    /// What it does, in two words.
    pub title: String,
    /// Where both stand.
    pub area: Rect,
}

type Fit = (Option<Command>, String, String);

impl App {
    /// The hints that fit into the footer; none while a notice stands there.
    pub fn hints(&self) -> Vec<Hint> {
        let area = self.layout.footer;
        if self.notice.is_some() || area.is_empty() {
            return Vec::new();
        }
        let mut x = area.x + 1;
        let mut hints = Vec::new();
        for (command, key, title) in fitting(self, usize::from(area.width).saturating_sub(2)) {
            let used = text::width(&key) + 1 + text::width(&title);
            let width = u16::try_from(used).unwrap_or(u16::MAX);
            let room = area.right().saturating_sub(x);
            let area = Rect { x, width: width.min(room), height: 1, ..area };
            hints.push(Hint { command, key, title, area });
            x = x.saturating_add(width).saturating_add(GAP as u16);
        }
        hints
    }

    /// The keys of a tour, at the right end of its panel's lower border, as many as there is room for.
    pub fn tour_hints(&self) -> Vec<Hint> {
        let Some(state) = &self.tour else { return Vec::new() };
        let area = self.layout.tour;
        let (read, last) =
            (state.done || state.current().is_some_and(Step::is_read), state.is_last());
        let on = match (read, last) {
            _ if state.top + usize::from(inside(area).height) < state.lines.len() => "read on",
            (true, true) => "end",
            (true, false) => "go on",
            (false, _) => "skip",
        };
        let scopes = self.scopes();
        let mut room = usize::from(area.width).saturating_sub(4);
        let mut shown = Vec::new();
        let keys =
            [(Command::TourNext, on), (Command::TourBack, "back"), (Command::TourLeave, "leave")];
        for (command, title) in keys {
            let (key, title) = (self.keymap.shown_in(command, &scopes), self.word(title));
            let width = text::width(&key) + 1 + text::width(title);
            if key.is_empty() || width + 2 > room {
                continue;
            }
            room -= width + 1;
            shown.push((command, key, title.to_owned(), u16::try_from(width).unwrap_or(0)));
        }
        // From the right, one column between them.
        let mut end = area.right().saturating_sub(3);
        let mut hints = Vec::new();
        for (command, key, title, width) in shown.into_iter().rev() {
            let x = end.saturating_sub(width);
            let area = Rect { x, y: area.bottom().saturating_sub(1), width, height: 1 };
            hints.push(Hint { command: Some(command), key, title, area });
            end = x.saturating_sub(1);
        }
        hints.reverse();
        hints
    }
}

const GAP: usize = 2;

/// The hints that fit into `room`, in the order of the table.
fn fitting(app: &App, room: usize) -> Vec<Fit> {
    let scopes = app.scopes();
    let mut rows: Vec<(Option<Command>, u8, String, String)> = Vec::new();
    for row in keymap::rows(&scopes) {
        if row.weight == 0 || !offered(app, row.command) {
            continue;
        }
        let key = app.keymap.shown_in(row.command, &scopes);
        if key.is_empty() {
            continue;
        }
        let title = title(app, row.command, row.title);
        rows.push((Some(row.command), row.weight, key, title));
    }
    if scopes.contains(&Scope::Typing) {
        rows.insert(0, (None, 95, "↑↓".into(), app.word("choose").into()));
    } else {
        rows.insert(0, (None, 95, "↑↓".into(), app.word("move").into()));
    }
    let mut by_weight: Vec<usize> = (0..rows.len()).collect();
    sort::by_key(&mut by_weight, |at| std::cmp::Reverse(rows.get(*at).map_or(0, |row| row.1)));
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
    let row = |at: usize| {
        rows.get(at).map(|(command, _, key, title)| (*command, key.clone(), title.clone()))
    };
    kept.into_iter().filter_map(row).collect()
}

/// Some commands are only worth a hint when they would do something.
fn offered(app: &App, command: Command) -> bool {
    match command {
        Command::ClearService => app.filter.is_some(),
        Command::DropAnswer => app.has_answer(),
        Command::Skipped => !app.loading.skipped.is_empty(),
        Command::StopLoading => app.loading.is_on(),
        Command::Removal => app.has_plan(),
        Command::Trust => app.has_trust_side(),
        // What a line does is told where one does something.
        Command::Open if app.overlay.is_none() => app.opens_something(),
        Command::TextDown => app.text_overflows(),
        Command::Back => {
            app.overlay.is_some()
                || app.focus != Pane::Products
                || !matches!(app.view, View::Browse)
        }
        Command::NextStatement | Command::SearchText => app.focus == Pane::Policy,
        _ => true,
    }
}

fn title(app: &App, command: Command, usual: &'static str) -> String {
    match (&app.overlay, command) {
        (Some(Overlay::Findings(_)), Command::Findings) => app.word("close").into(),
        (Some(Overlay::Copy(_)), Command::Open) => app.word("copy this").into(),
        (Some(Overlay::Copy(_)), Command::Copy) => app.word("copy the first").into(),
        (Some(Overlay::List(List::Help | List::Palette, _)), Command::Open) => {
            app.word("do it").into()
        }
        (Some(Overlay::List(List::Services, _)), Command::Open) => app.word("filter").into(),
        (Some(Overlay::List(List::Find | List::Text, _) | Overlay::Findings(_)), Command::Open) => {
            app.word("go there").into()
        }
        (Some(Overlay::List(List::Skipped, _)), Command::Open) => app.word("say it all").into(),
        (Some(Overlay::List(List::Tours, _)), Command::Open) => app.word("begin").into(),
        (Some(Overlay::List(List::Glossary, _)), Command::Open) => app.word("say it").into(),
        (Some(Overlay::CompareWith(_)), Command::Open) => app.word("compare").into(),
        (None, Command::Open) if matches!(app.view, View::Removal(_)) => {
            app.word("copy or go").into()
        }
        (None, Command::Open) if matches!(app.view, View::Browse) && app.focus == Pane::Policy => {
            app.word("fold").into()
        }
        (None, Command::Open) if matches!(app.view, View::Browse) && app.address().is_some() => {
            app.word("copy").into()
        }
        (None, Command::NextPane) => match &app.view {
            View::Compare(view) if view.by_text => app.word("by meaning").into(),
            View::Compare(_) => app.word("by text").into(),
            View::WhoCan(_) => app.word("next field").into(),
            _ => app.word(usual).into(),
        },
        (None, Command::Trust) if app.policy.trust => app.word("permission policy").into(),
        _ => app.word(usual).into(),
    }
}
