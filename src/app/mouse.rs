//! The mouse: the wheel scrolls what is under it, a click selects, a second click opens.

use super::command::Command;
use super::event::{Effect, Mouse, MouseKind};
use super::layout::{Pane, inside};
use super::overlay::Overlay;
use super::update::{PICKER, picker_list};
use super::{App, View};

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
            let before = self.focus;
            if self.overlay.is_none() && matches!(self.view, View::Browse) {
                if let Some(pane) = self.layout.pane_at(mouse.column, mouse.row) {
                    self.focus = pane;
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
        self.notice = None;
        if let Some(overlay) = &self.overlay {
            let (list, count) = match overlay {
                Overlay::Copy(menu) => (inside(self.layout.popup(110, 34)), menu.entries.len()),
                Overlay::Help(picker) | Overlay::Find(picker) | Overlay::Services(picker) | Overlay::Skipped(picker) => {
                    (picker_list(self.layout.popup(PICKER.0, PICKER.1)), picker.lines.len())
                }
            };
            if !list.contains((column, row).into()) {
                return Vec::new();
            }
            let at = self.overlay_top() + usize::from(row - list.y);
            if at >= count {
                return Vec::new();
            }
            let again = match &mut self.overlay {
                Some(Overlay::Copy(menu)) => std::mem::replace(&mut menu.cursor.at, at) == at,
                Some(Overlay::Help(p) | Overlay::Find(p) | Overlay::Services(p) | Overlay::Skipped(p)) => {
                    std::mem::replace(&mut p.cursor.at, at) == at
                }
                None => false,
            };
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
        self.click_pane(column, row)
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
                let at = self.products_at.top + line;
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
                if let Some(line) = line.checked_sub(self.policy.banner.len()) {
                    self.policy.pane.go(super::json_pane::Move::ScreenRow(line));
                }
            }
        }
        Vec::new()
    }

    fn overlay_top(&self) -> usize {
        match &self.overlay {
            Some(Overlay::Copy(menu)) => menu.cursor.top,
            Some(overlay) => overlay.picker().map_or(0, |picker| picker.cursor.top),
            None => 0,
        }
    }
}
