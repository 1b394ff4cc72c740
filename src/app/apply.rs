//! Events to changes of the state. Each command does one thing, and says so where it cannot.

use super::command::{Command, Scope};
use super::event::{Effect, Event};
use super::key::Key;
use super::layout::{Pane, inside};
use super::overlay::{List, Overlay};
use super::picker::Target;
use super::{App, NoticeKind, View};

impl App {
    /// Changes the state as an event says, and nothing that is derived from it.
    pub(super) fn apply(&mut self, event: Event) -> Vec<Effect> {
        // The size is told before the first frame, everything else comes after it.
        self.started |= !matches!(event, Event::Resize(..));
        match event {
            Event::Key(key) => {
                let offer = self.notice.take().and_then(|notice| notice.offer);
                self.note_key(key);
                match offer {
                    Some(entry) => self.key_with_offer(key, &entry),
                    None => self.key(key),
                }
            }
            Event::Mouse(mouse) => self.mouse_event(mouse),
            Event::Paste(text) => {
                self.pasted(&text);
                Vec::new()
            }
            Event::Resize(columns, rows) => {
                self.size = (columns, rows);
                if self.tour.is_some() {
                    self.tell_of_tour_room();
                }
                Vec::new()
            }
            Event::Copied(copied) => {
                self.copied(&copied);
                self.look();
                Vec::new()
            }
            Event::Resumed => vec![Effect::Redraw],
            Event::Loaded(batch) => {
                self.loaded(*batch);
                Vec::new()
            }
            Event::Worked(done) => {
                self.worked(done);
                Vec::new()
            }
            Event::WorkFailed(work, why) => {
                self.work_failed(work, &why);
                Vec::new()
            }
        }
    }

    /// Where commands apply now, the narrowest place first.
    pub fn scopes(&self) -> Vec<Scope> {
        match &self.overlay {
            Some(overlay) => self.scopes_in(overlay),
            None => self.place_scopes(),
        }
    }

    /// Where commands apply in a box.
    pub(super) fn scopes_in(&self, overlay: &Overlay) -> Vec<Scope> {
        self.with_tour(match overlay {
            Overlay::Findings(_) => vec![Scope::Findings, Scope::Moving, Scope::Everywhere],
            Overlay::Copy(_) => vec![Scope::Copy, Scope::Moving, Scope::Everywhere],
            _ => vec![Scope::Typing],
        })
    }

    /// The same without what lies over the screen.
    pub fn place_scopes(&self) -> Vec<Scope> {
        let scopes = match &self.view {
            View::Removal(_) => vec![Scope::Removal, Scope::Moving, Scope::Everywhere],
            View::Matrix(_) => vec![Scope::Matrix, Scope::Moving, Scope::Everywhere],
            View::Compare(_) => vec![Scope::Compare, Scope::Moving, Scope::Everywhere],
            // Letters belong to its text fields.
            View::WhoCan(_) => vec![Scope::WhoCan, Scope::Typing],
            View::Browse => {
                let pane = match self.focus {
                    Pane::Products => Scope::Products,
                    Pane::Roles => Scope::Roles,
                    Pane::Summary => Scope::Summary,
                    Pane::Policy => Scope::Policy,
                };
                vec![pane, Scope::Browse, Scope::Moving, Scope::Everywhere]
            }
        };
        self.with_tour(scopes)
    }

    pub(super) fn key(&mut self, key: Key) -> Vec<Effect> {
        let scopes = self.scopes();
        if let Some(command) = self.keymap.command(key, &scopes) {
            return self.run(command);
        }
        // Over a slow line Esc and the key after it arrive together, which reads as Alt and that key.
        if key.alt {
            self.step_back();
            return self.key(Key { alt: false, ..key });
        }
        if let Some(picker) = self.overlay.as_mut().and_then(Overlay::picker_mut) {
            if picker.input.key(key) {
                self.refill();
            } else {
                self.say_unbound(key, &scopes);
            }
            return Vec::new();
        }
        let taken = match &self.view {
            View::WhoCan(_) => self.who_can_key(key),
            View::Browse | View::Removal(_) | View::Matrix(_) | View::Compare(_) => false,
        };
        if taken {
            return Vec::new();
        }
        self.say_unbound(key, &scopes);
        Vec::new()
    }

    /// Says that a key does nothing here, and which one helps on: in a text field not every key of a command works.
    fn say_unbound(&mut self, key: Key, scopes: &[Scope]) {
        let key = key.to_string();
        let help = self.keymap.shown_in(Command::Help, scopes);
        let back = self.keymap.shown_in(Command::Back, scopes);
        let said = match (&*help, &*back) {
            ("", "") => self.phrase("{} means nothing here.", &[&key]),
            ("", back) => {
                self.phrase("{} means nothing here. {} goes one step back.", &[&key, back])
            }
            (help, _) => self
                .phrase("{} means nothing here. {} shows the keys of this place.", &[&key, help]),
        };
        self.tell(NoticeKind::Hint, said);
    }

    /// Does a list with a text field lie over the screen?
    fn is_list_open(&self) -> bool {
        self.overlay.as_ref().is_some_and(|overlay| overlay.picker().is_some())
    }

    /// Carries out a command.
    pub fn run(&mut self, command: Command) -> Vec<Effect> {
        match command {
            Command::Quit | Command::QuitNow => return self.quit(),
            Command::Suspend => return vec![Effect::Suspend],
            Command::Redraw => return vec![Effect::Redraw],
            Command::Mouse => return self.toggle_mouse(),
            Command::NextTheme => self.next_theme(),
            Command::NextLanguage => self.next_language(),
            Command::Back => self.step_back(),
            Command::Help if !self.is_list_open() => self.open_help(),
            Command::Palette if !self.is_list_open() => self.open_palette(),
            command => {
                if !self.guide_command(command) {
                    return self.run_here(command);
                }
            }
        }
        Vec::new()
    }

    /// Carries out a command of the place, or of what lies over it.
    fn run_here(&mut self, command: Command) -> Vec<Effect> {
        match &self.overlay {
            Some(Overlay::Copy(_)) => return self.copy_command(command),
            Some(Overlay::Findings(_)) => return self.findings_command(command),
            Some(_) => return self.picker_command(command),
            None => {}
        }
        match command {
            Command::HistoryBack => self.go_in_time(true),
            Command::HistoryForward => self.go_in_time(false),
            Command::Find => self.open_find(),
            Command::Services => self.open_services(),
            Command::Copy => self.open_copy(),
            Command::WhoCan => self.open_view(Self::open_who_can),
            Command::Matrix => self.open_view(Self::open_matrix),
            Command::Compare => self.open_compare(),
            Command::Skipped => self.open_skipped(),
            Command::Paste => self.say_paste(),
            Command::StopLoading => {
                if !self.stop_loading() {
                    self.tell(NoticeKind::Hint, self.word("Nothing is being loaded."));
                }
            }
            _ => {
                return match &self.view {
                    View::Browse => self.browse_command(command),
                    View::Removal(_) => self.removal_command(command),
                    View::Matrix(_) => self.matrix_command(command),
                    View::WhoCan(_) => self.who_can_command(command),
                    View::Compare(_) => self.compare_command(command),
                };
            }
        }
        Vec::new()
    }

    fn picker_command(&mut self, command: Command) -> Vec<Effect> {
        let page = self.picker_page();
        let Some(picker) = self.overlay.as_mut().and_then(Overlay::picker_mut) else {
            return Vec::new();
        };
        if picker.act(command, page) || command != Command::Open {
            return Vec::new();
        }
        let Some(target) = picker.selected().map(|item| item.target.clone()) else {
            self.tell(NoticeKind::Hint, self.word("Nothing matches. Esc goes back."));
            return Vec::new();
        };
        let services = matches!(self.overlay, Some(Overlay::List(List::Services, _)));
        if matches!(target, Target::Command(_) | Target::Nothing(_) | Target::Term(_)) {
            self.close_overlay();
        } else {
            self.close_all();
        }
        match target {
            Target::Command(command) => return self.run_chosen(command),
            Target::Nothing(said) => self.tell(NoticeKind::Hint, said),
            Target::Tour(id) => self.play_tour(&id),
            Target::Term(id) => self.say_term(&id),
            Target::Compare(left, right) => {
                self.open_view(|app| app.compare_roles(&left, &right));
            }
            // The matrix shows what the filter leaves; other views are left for the lists, which do too.
            Target::Service(code) if services => {
                let leaves = !matches!(self.view, View::Browse | View::Matrix(_));
                if leaves {
                    self.keep_place(self.focus);
                    self.view = View::Browse;
                }
                self.set_filter(Some(code));
                if leaves {
                    self.tell_left();
                }
            }
            Target::NoFilter if matches!(self.view, View::Browse | View::Matrix(_)) => {
                self.set_filter(None);
            }
            Target::NoFilter => {
                self.keep_place(self.focus);
                self.view = View::Browse;
                self.set_filter(None);
            }
            target => self.go_to(&target),
        }
        Vec::new()
    }

    fn browse_command(&mut self, command: Command) -> Vec<Effect> {
        match command {
            Command::Open if self.address().is_some() => {
                return self.address().map_or_else(Vec::new, |entry| self.copy(entry));
            }
            Command::Open | Command::Right => self.go_right(command == Command::Open),
            Command::Left => self.go_left(),
            Command::NextPane => self.focus = self.focus.next().unwrap_or(Pane::Products),
            Command::PreviousPane => self.focus = self.focus.previous().unwrap_or(Pane::Policy),
            Command::Zoom => self.toggle_zoom(),
            Command::Findings => self.open_findings(),
            Command::Explain => self.toggle_explain(),
            Command::Removal => self.open_view(Self::open_removal),
            Command::ClearService => self.clear_service(),
            Command::Trust => self.toggle_trust(),
            Command::Print => {
                let first = self.copy_entries().into_iter().next();
                match first {
                    Some(entry) => self.print_at_end(entry),
                    None => {
                        self.tell(NoticeKind::Hint, self.word("There is nothing to print here."));
                    }
                }
            }
            command => self.move_in_pane(command),
        }
        Vec::new()
    }

    pub(super) fn clear_service(&mut self) {
        if self.filter.is_some() {
            self.set_filter(None);
        } else {
            self.tell(NoticeKind::Hint, self.word("All services are shown already."));
        }
    }

    fn toggle_zoom(&mut self) {
        let before = self.layout.pane(self.focus);
        self.zoom = !self.zoom;
        self.refresh_layout();
        // On a narrow screen the pane is alone anyway.
        if before == self.layout.pane(self.focus) {
            self.zoom = false;
            self.tell(NoticeKind::Hint, self.word("This pane has the whole screen already."));
        }
    }

    fn move_in_pane(&mut self, command: Command) {
        let height = |pane| usize::from(inside(self.layout.pane(pane)).height);
        match self.focus {
            Pane::Products => {
                let page = self.products_page();
                if self.products_at.act(command, self.products.len(), page) {
                    self.back.clear();
                    self.product_moved();
                }
            }
            Pane::Roles => {
                let (page, before) = (self.roles_page(), self.roles_at.at);
                if self.roles_at.act(command, self.roles.len(), page) {
                    self.back.clear();
                    self.role_moved();
                    if command == Command::Down && self.roles_at.at == before {
                        self.tell_by_name();
                    }
                }
            }
            Pane::Summary => {
                let page = height(Pane::Summary);
                if self.summary_at.act(command, self.summary.len(), page) {
                    self.summary_moved();
                }
            }
            Pane::Policy => self.policy_command(command),
        }
    }

    /// The selected row of the summary changed: the policy pane follows.
    pub(super) fn summary_moved(&mut self) {
        self.shown.marks = None;
    }

    fn go_right(&mut self, open: bool) {
        match self.focus.next() {
            Some(next) => {
                self.focus = next;
                if next == Pane::Summary && self.summary.is_empty() {
                    self.summary_at.at = 0;
                }
            }
            None if open => self.policy_command(Command::Fold),
            None => self.tell(NoticeKind::Hint, self.word("This is the last pane.")),
        }
    }

    fn go_left(&mut self) {
        match self.focus.previous() {
            Some(previous) => self.focus = previous,
            None => self.tell(NoticeKind::Hint, self.word("This is the first pane.")),
        }
    }

    /// The box of find, service filter and help.
    pub fn picker_area(&self) -> ratatui::layout::Rect {
        self.layout.popup(PICKER.0, PICKER.1)
    }

    /// Lines of such a list that fit on the screen.
    pub fn picker_page(&self) -> usize {
        usize::from(self.picker_body().height)
    }

    /// Keeps the windows of all lists over their selected rows.
    pub(super) fn fit_lists(&mut self) {
        let height = |pane| usize::from(inside(self.layout.pane(pane)).height);
        // An entry that is higher than its pane is a page.
        let seen = |pane, page: usize| if height(pane) == 0 { 0 } else { page.max(1) };
        let products = seen(Pane::Products, self.products_page());
        let roles = seen(Pane::Roles, self.roles_page());
        self.products_at.fit_seen(self.products.len(), products);
        self.roles_at.fit_seen(self.roles.len(), roles);
        self.summary_at.fit_seen(self.summary.len(), height(Pane::Summary));
        let (removal, picker, copy) = (self.removal_page(), self.picker_page(), self.copy_page());
        let findings = self.findings_page();
        if let View::Removal(view) = &mut self.view {
            view.cursor.fit(view.lines.len(), removal);
        }
        match &mut self.overlay {
            Some(Overlay::Copy(menu)) => menu.cursor.fit(menu.entries.len(), copy),
            Some(Overlay::Findings(shown)) => shown.cursor.fit(shown.findings.len(), findings),
            other => {
                if let Some(p) = other.as_mut().and_then(Overlay::picker_mut) {
                    p.cursor.fit(p.lines.len(), picker);
                }
            }
        }
    }

    /// Columns of the rows of the summary.
    pub(super) fn summary_width(&self) -> u16 {
        let pane = self.layout.pane(Pane::Summary);
        let pane = if pane.is_empty() { self.layout.body } else { pane };
        // The pointer of the selected row and the scroll bar.
        inside(pane).width.saturating_sub(3)
    }
}

/// Columns and rows that the boxes with a text field would like.
const PICKER: (u16, u16) = (104, 36);

/// The list inside the box of a picker: below the text field and a line.
pub(super) fn picker_list(area: ratatui::layout::Rect) -> ratatui::layout::Rect {
    let inner = inside(area);
    ratatui::layout::Rect {
        y: inner.y.saturating_add(2).min(inner.bottom()),
        height: inner.height.saturating_sub(2),
        ..inner
    }
}
