//! The mouse: the wheel scrolls what is under it, a click selects, a second click opens; a click on the path goes
//! there, one on a hint does it.

use super::command::Command;
use super::event::{Effect, Mouse, MouseKind};
use super::layout::{Pane, inside};
use super::matrix::MatrixLine;
use super::overlay::Overlay;
use super::picker::Line;
use super::{App, View};
use ratatui::layout::Rect;

impl App {
    pub(super) fn mouse_event(&mut self, mouse: Mouse) -> Vec<Effect> {
        if !self.mouse || self.layout.too_small() {
            return Vec::new();
        }
        let wheel = match mouse.kind {
            MouseKind::WheelUp => Some(Command::Up),
            MouseKind::WheelDown => Some(Command::Down),
            MouseKind::Click => None,
        };
        if let Some(command) = wheel {
            if self.text_area().contains((mouse.column, mouse.row).into()) {
                self.scroll_text(command == Command::Down, 3);
                return Vec::new();
            }
            let before = self.focus;
            if self.overlay.is_none()
                && matches!(self.view, View::Browse)
                && let Some(pane) = self.layout.pane_at(mouse.column, mouse.row)
            {
                self.focus = pane;
                // Without the focus the cursor of the policy is not seen: the text itself has to move.
                if pane == Pane::Policy && before != pane {
                    let last = self.policy_page().saturating_sub(1);
                    let edge = if command == Command::Up { 0 } else { last };
                    self.policy.pane.go(super::json_pane::Move::ScreenRow(edge));
                }
            }
            for _ in 0..3 {
                self.run(command);
            }
            self.focus = before;
            return Vec::new();
        }
        self.click(mouse.column, mouse.row)
    }

    fn click(&mut self, column: u16, row: u16) -> Vec<Effect> {
        let at = (column, row).into();
        let mut hints = self.hints().into_iter().chain(self.tour_hints());
        let hint = hints.find(|hint| hint.area.contains(at));
        self.notice = None;
        if let Some(command) = hint.and_then(|hint| hint.command) {
            return self.run(command);
        }
        if self.overlay.is_none() && self.click_crumb(column, row) {
            return Vec::new();
        }
        // Below the list of the copy menu its preview begins.
        let copy_page = u16::try_from(self.copy_page()).unwrap_or(u16::MAX);
        let (copy_area, picker_body) = (inside(self.copy_area()), self.picker_body());
        let findings_page = u16::try_from(self.findings_page()).unwrap_or(u16::MAX);
        let findings_area = inside(self.findings_area());
        if let Some(overlay) = &mut self.overlay {
            let (area, cursor, count, heading) = match overlay {
                Overlay::Copy(menu) => {
                    let area = Rect { height: copy_page.min(copy_area.height), ..copy_area };
                    (area, &mut menu.cursor, menu.entries.len(), None)
                }
                Overlay::Findings(shown) => {
                    let height = findings_page.min(findings_area.height);
                    let area = Rect { height, ..findings_area };
                    (area, &mut shown.cursor, shown.findings.len(), None)
                }
                other => {
                    let Some(picker) = other.picker_mut() else { return Vec::new() };
                    let list = picker_body;
                    let at = picker.cursor.top + usize::from(row.saturating_sub(list.y));
                    let heading =
                        picker.lines.get(at).filter(|line| matches!(line, Line::Heading(_)));
                    let heading = heading.map(|_| ());
                    (list, &mut picker.cursor, picker.lines.len(), heading)
                }
            };
            let at = cursor.top + usize::from(row.saturating_sub(area.y));
            if !area.contains((column, row).into()) || at >= count || heading.is_some() {
                return Vec::new();
            }
            let again = std::mem::replace(&mut cursor.at, at) == at;
            return if again { self.run(Command::Open) } else { Vec::new() };
        }
        if let View::Removal(view) = &mut self.view {
            let area = inside(self.layout.body);
            if area.contains((column, row).into()) {
                let at = view.cursor.top + usize::from(row - area.y);
                view.cursor.at = at.min(view.lines.len().saturating_sub(1));
            }
            return Vec::new();
        }
        // The panes are not in sight in the other views.
        match &self.view {
            View::Browse => self.click_pane(column, row),
            View::Compare(_) => self.compare_click(column, row),
            View::WhoCan(_) => self.who_can_click(column, row),
            View::Matrix(_) => self.matrix_click(column, row),
            View::Removal(_) => Vec::new(),
        }
    }

    fn click_pane(&mut self, column: u16, row: u16) -> Vec<Effect> {
        let Some(pane) = self.layout.pane_at(column, row) else { return Vec::new() };
        self.focus = pane;
        let area = inside(self.layout.pane(pane));
        if !area.contains((column, row).into()) {
            return Vec::new();
        }
        let line = usize::from(row - area.y);
        match pane {
            Pane::Products => {
                let at = self.products_at.top + line / self.product_height();
                if at < self.products.len() {
                    self.products_at.at = at;
                    self.product_moved();
                }
            }
            Pane::Roles => {
                let at = self.roles_at.top + line / self.role_height();
                if at < self.roles.len() {
                    self.roles_at.at = at;
                    self.role_moved();
                } else if at == self.roles.len() {
                    self.tell_by_name();
                }
            }
            Pane::Summary => {
                let at = self.summary_at.top + line;
                if at < self.summary.len() {
                    self.summary_at.at = at;
                    self.summary_moved();
                }
            }
            Pane::Policy => {
                let rows = self.policy_page();
                let line = line.checked_sub(self.policy.banner.len());
                // Below the document stands what explains it.
                if let Some(line) = line.filter(|line| *line < rows) {
                    self.policy.pane.go(super::json_pane::Move::ScreenRow(line));
                }
            }
        }
        Vec::new()
    }

    /// A click selects the role and, on a cell or the head of a column, the service; a second one on the
    /// cell opens it.
    fn matrix_click(&mut self, column: u16, row: u16) -> Vec<Effect> {
        let area = inside(self.layout.body);
        let page = self.matrix_page();
        let View::Matrix(view) = &mut self.view else { return Vec::new() };
        if !area.contains((column, row).into()) {
            return Vec::new();
        }
        let before = (view.cursor.at, view.column);
        let mut right = view.names;
        let left = usize::from(column - area.x);
        let service = view.visible(usize::from(area.width)).find(|at| {
            right += view.columns.get(*at).map_or(0, |column| column.width);
            left >= view.names && left < right
        });
        let line = usize::from(row - area.y);
        // Two lines of heads stand above the roles.
        let at = line.checked_sub(2).filter(|line| *line < page).map(|line| view.cursor.top + line);
        let role = at.filter(|at| matches!(view.lines.get(*at), Some(MatrixLine::Role(_))));
        if line > 0 && role.is_none() {
            return Vec::new();
        }
        view.column = service.unwrap_or(view.column);
        view.cursor.at = role.unwrap_or(view.cursor.at);
        if role.is_some() && service.is_some() && before == (view.cursor.at, view.column) {
            return self.run(Command::Open);
        }
        Vec::new()
    }
}
