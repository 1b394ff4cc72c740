//! The first line: the path to what is selected, derived and never stored, and where its parts stand, so that they can
//! be clicked.

use super::layout::Pane;
use super::{App, View};
use crate::catalog::model::is_path;
use crate::text;
use ratatui::layout::Rect;

/// A part of the path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Crumb {
    /// What it says, made harmless and cut to its room.
    pub text: String,
    /// The pane that a click leads to; None where the user is already.
    pub goal: Option<Pane>,
    /// Where it stands.
    pub area: Rect,
}

/// The first line of the screen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CrumbLine {
    /// The path, from the left.
    pub crumbs: Vec<Crumb>,
    /// What narrows the view and what is under way, at the right; empty where there is nothing to say.
    pub badge: String,
    /// Where that stands.
    pub badge_area: Rect,
}

/// Columns between two parts.
pub const GAP: usize = 3;

impl App {
    /// What the first line shows, and where.
    pub fn crumb_line(&self) -> CrumbLine {
        let area = self.layout.crumbs;
        let mut badge = match self.filter_here() {
            Some(code) => self.phrase(" service: {} ", &[&self.service_short(code)]),
            None => String::new(),
        };
        if let Some(words) = self.loading_words() {
            badge = format!(" {words} {badge}");
        }
        let badge = text::harmless(&badge).into_owned();
        let badge_width = text::width(&badge).min(usize::from(area.width));
        let room = usize::from(area.width).saturating_sub(badge_width + 1);
        let mut line = CrumbLine { badge, ..CrumbLine::default() };
        let path: Vec<_> = path(self)
            .into_iter()
            .map(|(part, goal)| (text::harmless(&part).into_owned(), goal))
            .collect();
        let shown = fitting(path, room.saturating_sub(1));
        let mut used = 1;
        for (part, goal) in shown {
            let left = room.saturating_sub(used);
            let part = text::cut(&part, left).into_owned();
            let width = text::width(&part);
            let at = |columns: usize| u16::try_from(columns).unwrap_or(u16::MAX);
            let area = Rect { x: area.x.saturating_add(at(used)), width: at(width), ..area };
            line.crumbs.push(Crumb { text: part, goal, area });
            used += width + GAP;
        }
        let width = u16::try_from(badge_width).unwrap_or(0);
        line.badge_area = Rect { x: area.right().saturating_sub(width), width, ..area };
        line
    }

    /// The service that what is shown is narrowed to: the plan, a comparison and the answers of Who can show everything.
    fn filter_here(&self) -> Option<&str> {
        let narrows = matches!(self.view, View::Browse | View::Matrix(_));
        self.filter.as_deref().filter(|_| narrows)
    }

    /// A click on the path goes there; true if there was something to click.
    pub(super) fn click_crumb(&mut self, column: u16, row: u16) -> bool {
        let line = self.crumb_line();
        let at = (column, row).into();
        if line.badge_area.contains(at) && self.filter_here().is_some() {
            self.open_services();
            return true;
        }
        let Some(crumb) = line.crumbs.into_iter().find(|crumb| crumb.area.contains(at)) else {
            return false;
        };
        if let Some(pane) = crumb.goal {
            self.leave_for(pane);
        }
        true
    }
}

fn path(app: &App) -> Vec<(String, Option<Pane>)> {
    let mut path = vec![("rolescope".to_owned(), Some(Pane::Products))];
    let view = match &app.view {
        View::Matrix(_) => Some(app.word("Matrix")),
        View::WhoCan(_) => Some(app.word("Who can")),
        View::Compare(_) => Some(app.word("Compare")),
        View::Browse | View::Removal(_) => None,
    };
    if let Some(view) = view {
        path.push((view.to_owned(), None));
        if let View::Compare(view) = &app.view {
            let (left, right) = (&view.meaning.left, &view.meaning.right);
            path.push((app.phrase("{} with {}", &[left, right]), None));
        }
        return path;
    }
    let product = app.product.as_ref().and_then(|id| app.catalog.product(id));
    path.extend(product.map(|it| (app.say(&it.name).to_owned(), Some(Pane::Products))));
    if product.is_some_and(|product| is_path(&product.id, &product.name.en)) && path.len() == 2 {
        // Of a path the end says most; the parts behind it need their room.
        let most = usize::from(app.layout.crumbs.width) / 2;
        if let Some((name, _)) = path.last_mut() {
            *name = text::cut_left(name, most).into_owned();
        }
    }
    if let View::Removal(view) = &app.view {
        let product_itself = matches!(view.subject, super::removal::Subject::Product(_));
        if !product_itself {
            path.push((view.title.clone(), Some(Pane::Roles)));
        }
        path.push((app.word("Removal").into(), None));
        return path;
    }
    if app.focus == Pane::Products {
        return path;
    }
    path.extend(app.current_role().map(|it| (it.short_name.clone(), Some(Pane::Roles))));
    match app.focus {
        Pane::Summary => {
            let row = app.current_row();
            path.extend(
                row.and_then(|row| row.service.as_ref()).map(|code| (app.service_name(code), None)),
            );
        }
        Pane::Policy => {
            let name = if app.policy.trust { app.word("Trust policy") } else { app.word("Policy") };
            path.push((name.into(), None));
        }
        Pane::Products | Pane::Roles => {}
    }
    path
}

/// The fewest columns in which a cut part still says something.
const CUT: usize = 6;

/// The end of the path that fits; what is left out is told by an ellipsis. The role stays: what stands behind it is
/// cut, as the pane says it too.
fn fitting(path: Vec<(String, Option<Pane>)>, room: usize) -> Vec<(String, Option<Pane>)> {
    let width = |parts: &[(String, Option<Pane>)]| -> usize {
        parts.iter().map(|(part, _)| text::width(part)).sum::<usize>()
            + parts.len().saturating_sub(1) * GAP
    };
    let mut shown = path;
    while shown.len() > 1 && width(&shown) > room {
        let role = |part: Option<&(String, Option<Pane>)>| {
            part.is_some_and(|(_, goal)| *goal == Some(Pane::Roles))
        };
        if role(shown.get(1)) && shown.first().is_some_and(|(part, _)| part == "…") {
            let behind = shown.get(2).map_or(0, |(part, _)| GAP + text::width(part).min(CUT));
            if let Some((role, _)) = shown.get_mut(1) {
                let left = room.saturating_sub(1 + GAP + behind).max(CUT);
                *role = text::cut(role, left).into_owned();
            }
            break;
        }
        if shown.first().is_some_and(|(part, _)| part == "…") {
            shown.remove(0);
        }
        if let Some((first, _)) = shown.first_mut() {
            "…".clone_into(first);
        }
        if shown.len() <= 2 {
            break;
        }
    }
    shown
}
