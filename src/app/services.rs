//! The service filter: a list of the services that roles touch, narrowed by typing.

use super::App;
use super::counted::RolesByService;
use super::layout::Pane;
use super::overlay::{List, Overlay};
use super::picker::{Item, Line, Picker, Target};
use crate::catalog::Kinds;
use crate::catalog::model::RoleId;
use crate::catalog::search::narrow;
use crate::say::Language;
use crate::sort;

impl App {
    pub(super) fn open_services(&mut self) {
        let mut picker = Picker::default();
        self.fill_services(&mut picker);
        if let Some(code) = &self.filter {
            let at = picker.lines.iter().position(
                |line| matches!(line, Line::Item(item) if item.target == Target::Service(code.clone())),
            );
            picker.cursor.at = at.unwrap_or(0);
        }
        self.overlay = Some(Overlay::List(List::Services, picker));
    }

    /// Fills the list with the services that match what was typed.
    pub(super) fn fill_services(&mut self, picker: &mut Picker) {
        let catalog = self.catalog.clone();
        let counts = self.insights.services(&catalog);
        let mut services: Vec<(String, Kinds, Kinds)> = counts
            .services()
            .map(|(code, count, by_pattern)| (code.to_owned(), count, by_pattern))
            .collect();
        // A service that no role names may be reached by a pattern of any service all the same.
        for service in catalog.services().all() {
            let by_pattern = counts.by_pattern(&service.code);
            if by_pattern.all() > 0 && !counts.is_named(&service.code) {
                services.push((service.code.clone(), by_pattern, by_pattern));
            }
        }
        sort::by(&mut services, |a, b| b.1.all().cmp(&a.1.all()).then_with(|| a.0.cmp(&b.0)));
        let query = picker.input.text().trim().to_owned();
        let labels: Vec<String> =
            services.iter().map(|(code, ..)| self.service_label(code)).collect();
        let forms: Vec<Vec<&str>> = services
            .iter()
            .zip(&labels)
            .map(|((code, ..), label)| {
                let mut forms = vec![label.as_str(), code.as_str()];
                if let Some(service) = catalog.service(code) {
                    forms.extend([&*service.name.en, &*service.name.zh]);
                    forms.push(service.short.as_str());
                    forms.extend(service.aliases.iter().map(String::as_str));
                }
                forms
            })
            .collect();
        let found: Vec<(usize, Vec<usize>)> = if query.is_empty() {
            (0..services.len()).map(|at| (at, Vec::new())).collect()
        } else {
            narrow(forms, &query)
                .into_iter()
                .map(|hit| {
                    (hit.index, if hit.form == 0 { hit.indices().to_vec() } else { Vec::new() })
                })
                .collect()
        };
        let mut lines = Vec::new();
        if self.filter.is_some() && query.is_empty() {
            lines.push(Line::Item(Item {
                label: self.word("All services").into(),
                marks: Vec::new(),
                detail: self.counted_roles().words(self.language),
                target: Target::NoFilter,
            }));
        }
        for (at, marks) in found {
            let (Some((code, count, by_pattern)), Some(label)) = (services.get(at), labels.get(at))
            else {
                continue;
            };
            lines.push(Line::Item(Item {
                label: label.clone(),
                marks,
                detail: match by_pattern.all() {
                    0 => count.words(self.language),
                    n => self.phrase("{}, {} by *", &[&count.words(self.language), &n.to_string()]),
                },
                target: Target::Service(code.clone()),
            }));
        }
        picker.fill(lines, services.len());
    }

    /// Do patterns of any service stand among what was counted for the list?
    pub fn counts_patterns(&self) -> bool {
        self.insights.counted().is_some_and(RolesByService::has_patterns)
    }

    /// `KMS  Key Management Service  密钥管理服务`; in Chinese the Chinese name stands before the English one, which
    /// may be cut.
    fn service_label(&self, code: &str) -> String {
        let Some(service) = self.catalog.service(code) else { return code.to_owned() };
        let (first, second) = match self.language {
            Language::English => (&service.name.en, &service.name.zh),
            Language::Chinese => (&service.name.zh, &service.name.en),
        };
        let mut words: Vec<&str> = Vec::new();
        for word in [service.short.as_str(), first, second] {
            if !word.is_empty() && !words.contains(&word) {
                words.push(word);
            }
        }
        words.join("  ")
    }

    pub(super) fn set_filter(&mut self, code: Option<String>) {
        let before = self.role.clone().filter(|_| self.focus != Pane::Products);
        self.policy.filtered = code.is_some();
        self.filter = code;
        self.shown.lists = None;
        self.shown.marks = None;
        self.refresh_lists();
        self.shown.summary = None;
        if let Some(code) = self.filter.clone() {
            let roles: Kinds = self.products.iter().filter_map(|row| row.matching).sum();
            let name = self.service_name(&code);
            let key = self.keymap.way(super::command::Command::ClearService);
            let text = if roles.all() == 0 {
                self.phrase("No role touches {}. {} shows all services again.", &[&name, &key])
            } else {
                let counted = roles.words(self.language);
                let values = [counted.as_str(), &name, &key];
                if roles.all() == 1 {
                    self.phrase("{} touches {}. {} shows all services again.", &values)
                } else {
                    self.phrase("{} touch {}. {} shows all services again.", &values)
                }
            };
            let gone = before.filter(|role| Some(role) != self.role.as_ref() && roles.all() > 0);
            let text = gone.and_then(|role| self.left_for_another(&role, &name)).unwrap_or(text);
            self.tell(super::NoticeKind::Hint, text);
        }
    }

    /// That the filter hides the role that was looked at, so that another one is shown. The history keeps the way back.
    fn left_for_another(&mut self, role: &RoleId, service: &str) -> Option<String> {
        let left = self.catalog.role(role)?.short_name.clone();
        let shown = self.catalog.role(self.role.as_ref()?)?.short_name.clone();
        self.note_another_role();
        let key = self.keymap.way(super::command::Command::HistoryBack);
        let template = "{} does not touch {}: this is {}. {} goes back to where you were.";
        Some(self.phrase(template, &[&left, service, &shown, &key]))
    }

    /// Says that the filter is taken away because it hides a role that is gone to, and what leads back.
    pub(super) fn tell_filter_left(&mut self, role: &RoleId) {
        let Some((code, role)) = self.filter.as_ref().zip(self.catalog.role(role)) else { return };
        let key = self.keymap.way(super::command::Command::HistoryBack);
        let text = self.phrase(
            "{} does not touch {}: the filter is off; {} goes back to where you were.",
            &[&role.short_name, &self.service_name(code), &key],
        );
        self.tell(super::NoticeKind::Hint, text);
    }

    /// Says that a view was left for the lists because they are what a filter narrows, and what leads back to it.
    pub(super) fn tell_left(&mut self) {
        let Some(code) = &self.filter else { return };
        let (name, key) =
            (self.service_name(code), self.keymap.way(super::command::Command::HistoryBack));
        let text = self.phrase(
            "The lists show what touches {}; {} goes back to where you were.",
            &[&name, &key],
        );
        self.tell(super::NoticeKind::Hint, text);
    }
}
