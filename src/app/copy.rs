//! The copy menu: what can be put on the clipboard here, each entry with the exact text.

use super::App;
use super::below::Scrolled;
use super::command::Command;
use super::event::Effect;
use super::layout::Pane;
use super::list::Cursor;
use super::overlay::Overlay;
use super::removal::Subject;
use crate::catalog::model::{Policy, ProductId, Role, RoleId, RoleKind};
use crate::catalog::removal::write;
use crate::catalog::templates::{self, CopyText};
use crate::catalog::{commands, known};
use crate::policy::document::Statement;
use crate::policy::json::{self, Limits, Node};
use crate::policy::print;
use std::sync::Arc;

/// Something that can be copied.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// What it is, in words.
    pub what: String,
    /// The text, byte for byte.
    pub text: String,
    /// What must be said about it.
    pub warning: Option<String>,
    /// The role whose text it is, by its short name; None where it is of none or of several.
    pub of: Option<String>,
}

/// The state of the menu.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CopyMenu {
    /// The entries, the one for `yy` first.
    pub entries: Vec<Entry>,
    /// The selected entry.
    pub cursor: Cursor,
    /// How far its text is scrolled.
    pub scrolled: Scrolled,
}

impl CopyMenu {
    /// The selected entry.
    pub fn selected(&self) -> Option<&Entry> {
        self.entries.get(self.cursor.at)
    }
}

impl App {
    pub(super) fn open_copy(&mut self) {
        let entries = self.copy_entries();
        if entries.is_empty() {
            self.tell(super::NoticeKind::Hint, self.word("There is nothing to copy here."));
            return;
        }
        self.lay_over(Overlay::Copy(CopyMenu { entries, ..CopyMenu::default() }));
    }

    /// Copies an entry; what must be said about it is said in the notice, unless the text says it itself.
    pub(super) fn copy(&mut self, entry: Entry) -> Vec<Effect> {
        let what = match &entry.warning {
            Some(warning) if !entry.text.starts_with("// ") => {
                format!("{} ({warning})", entry.what)
            }
            _ => entry.what.clone(),
        };
        let entry = Entry { what, ..entry };
        self.tried = Some(Arc::new(entry.clone()));
        vec![Effect::Copy { what: entry.what, text: entry.text }]
    }

    /// Has an entry printed when the program ends; the same entry again takes it back.
    pub(super) fn print_at_end(&mut self, entry: Entry) {
        let what = match &entry.of {
            Some(role) => self.phrase("{} ({})", &[&entry.what, role]),
            None => entry.what,
        };
        let same = self.print.as_ref().is_some_and(|(_, text)| *text == entry.text);
        if same {
            self.print = None;
            self.tell(super::NoticeKind::Done, self.word("Nothing will be printed at the end."));
            return;
        }
        let text = match &self.print {
            None => self.phrase("To be printed to standard output when you leave: {}.", &[&what]),
            Some((before, _)) => self.phrase(
                "To be printed to standard output when you leave: {}, in place of {}.",
                &[&what, before],
            ),
        };
        self.print = Some((what, entry.text));
        self.tell(super::NoticeKind::Done, text);
    }

    /// The statement under the cursor: of the policy pane, else of the selected summary row.
    fn current_statement(&self) -> Option<(usize, &Statement)> {
        if self.policy.trust {
            return None;
        }
        let at = if self.focus == Pane::Policy {
            self.policy.pane.statement()
        } else {
            self.current_row().and_then(|row| row.statement)
        }?;
        Some((at, self.current_insight().document.statements.get(at)?))
    }

    /// What is said of a copy of a policy that is not whole.
    fn not_whole(&self, policy: &Policy) -> String {
        let fetch = policy.fetch_command();
        self.phrase("not the whole true text, which comes with: {}", &[&fetch])
    }

    /// What is said of a copy that is not sure.
    fn doubt(&self, copy: &CopyText, fetch: &str) -> Option<String> {
        let standing = copy.warning.as_ref()?;
        Some(self.phrase("{}; the true text comes with: {}", &[self.say(standing), fetch]))
    }

    /// A text made from the policies of these roles, with a note in front on those that are not whole.
    pub(super) fn noted_entry(&self, what: &'static str, text: &str, roles: &[&RoleId]) -> Entry {
        let roles = roles.iter().filter_map(|id| self.catalog.role(id));
        let partial: Vec<&Policy> = roles
            .filter_map(|role| role.policy.as_ref())
            .filter(|p| p.warning().is_some())
            .collect();
        let note = |policy| templates::policy_note(policy, self.language);
        let note: Vec<String> = partial.iter().copied().flat_map(note).collect();
        Entry {
            what: self.word(what).into(),
            text: templates::noted(&note, self.language) + text,
            warning: partial.first().map(|policy| self.not_whole(policy)),
            ..Entry::default()
        }
    }

    /// What the policy's text says, where that is not strict JSON as it stands.
    fn strict<'a>(&self, policy: &'a Policy) -> Option<Node<'a>> {
        let repaired = !self.current_insight().repairs.is_empty();
        let reading = || json::read(&policy.source, &Limits::default()).ok();
        repaired.then(reading).flatten().map(|reading| reading.root)
    }

    /// What can be copied without anything to be said about it; `what` as the code has it.
    pub(super) fn entry(&self, what: &'static str, text: impl Into<String>) -> Entry {
        Entry { what: self.word(what).to_owned(), text: text.into(), ..Entry::default() }
    }

    /// What can be copied here.
    pub fn copy_entries(&self) -> Vec<Entry> {
        match &self.view {
            super::View::Matrix(view) => return self.with_legend(view, self.matrix_entries()),
            super::View::WhoCan(_) => return self.who_can_entries(),
            super::View::Compare(_) => return self.compare_entries(),
            super::View::Removal(view) => return self.removal_entries(view),
            super::View::Browse => {}
        }
        let mut entries = self.finding_entries();
        entries.extend(self.row_entry());
        // In place of the permission policy the trust policy may be what is read.
        let trust = self.policy.trust && !self.layout.pane(Pane::Policy).is_empty();
        entries.extend(self.current_role().filter(|_| trust).into_iter().flat_map(|role| {
            let mut entries = self.trust_entries(role);
            if role.trust.is_none() {
                let show = commands::show(&role.name);
                entries.push(self.entry("command that fetches its trust policy", show));
            }
            for entry in &mut entries {
                entry.of = Some(role.short_name.clone());
            }
            entries
        }));
        // What the cursor is on stands first, and once.
        let rest = self.role_entries();
        entries.extend(
            rest.into_iter()
                .filter(|one| entries.iter().all(|had| had.text != one.text))
                .collect::<Vec<_>>(),
        );
        entries
    }

    /// What can be copied of the selected role and its product.
    pub(super) fn role_entries(&self) -> Vec<Entry> {
        let Some(role) = self.current_role() else { return Vec::new() };
        let mut entries = Vec::new();
        if role.policy.is_none() && role.kind != RoleKind::Document {
            // What helps on comes first where there is no policy.
            entries.push(match known::of_name(&role.name).and_then(|known| known.policy) {
                Some(policy) => {
                    self.entry("command that fetches its policy", commands::policy(policy))
                }
                None => {
                    self.entry("command that lists its policies", commands::policies(&role.name))
                }
            });
        }
        if let Some(policy) = &role.policy {
            let strict = self.strict(policy);
            if let Some(strict) = &strict {
                entries.push(Entry {
                    what: self.word("policy JSON, as written").into(),
                    text: policy.source.to_string(),
                    warning: Some(self.word("not strict JSON").into()),
                    ..Entry::default()
                });
                entries
                    .push(self.entry("policy JSON, as strict JSON", print::pretty(strict) + "\n"));
            } else if let Some(copy) = templates::policy_copy(role, self.language) {
                let warning = copy.warning.as_ref().map(|text| self.say(text).to_owned());
                let noted = warning.is_some();
                let what = if noted {
                    self.word("policy JSON, with a note that it is not whole")
                } else {
                    self.word("policy JSON")
                };
                entries.push(Entry {
                    what: what.into(),
                    text: copy.text,
                    warning,
                    ..Entry::default()
                });
                if noted {
                    let warning = Some(self.not_whole(policy));
                    entries.push(Entry {
                        what: self.word("policy JSON without the note").into(),
                        text: policy.source.to_string(),
                        warning,
                        ..Entry::default()
                    });
                }
            }
            let compact = match &strict {
                Some(strict) => print::minified(strict),
                None => print::compact(&policy.source),
            };
            let warning = policy.warning().map(|_| self.not_whole(policy));
            entries.push(Entry {
                what: self.word("policy JSON, compact").into(),
                text: compact,
                warning,
                ..Entry::default()
            });
            self.statement_entries(role, policy, &mut entries);
        }
        if role.kind != RoleKind::Document {
            entries.push(self.entry("role name", &*role.name));
            let arn = self.catalog.arn_of(role);
            let is_open = arn == role.arn_form();
            let what =
                if is_open { "role ARN, with a place for the account id" } else { "role ARN" };
            entries.push(self.entry(what, arn));
        }
        if let Some(service) = &role.service_name {
            entries.push(self.entry("service name", &**service));
        }
        if let Some(policy) = role.policy.as_ref().filter(|policy| policy.name != Policy::NONE) {
            entries.push(self.entry("policy name", &*policy.name));
        }
        entries.extend(self.trust_entries(role));
        self.command_entries(role, &mut entries);
        entries.extend(self.page_entries(role));
        for entry in &mut entries {
            entry.of = Some(role.short_name.clone());
        }
        if let Some(product) = &self.product {
            entries.extend(self.product_entries(product));
        }
        entries
    }

    /// The trust policy; nothing where it is not in the catalogue.
    fn trust_entries(&self, role: &Role) -> Vec<Entry> {
        let Some(copy) = templates::trust_copy(role, self.language) else { return Vec::new() };
        let warning = self.doubt(&copy, &commands::show(&role.name));
        let bare = templates::trust_policy(role).filter(|_| warning.is_some());
        let entry = |what, text| Entry { warning: warning.clone(), ..self.entry(what, text) };
        let bare = bare.map(|text| entry("trust policy without the note", text));
        std::iter::once(entry("trust policy", copy.text)).chain(bare).collect()
    }

    /// The statement under the cursor, and the actions it names.
    fn statement_entries(&self, role: &Role, policy: &Policy, entries: &mut Vec<Entry>) {
        let Some((at, statement)) = self.current_statement() else { return };
        let source = policy.source.get(statement.span.start..statement.span.end);
        let repairs = &self.current_insight().repairs;
        let inside = statement.span.start..statement.span.end;
        let lax = repairs.iter().any(|repair| inside.contains(&repair.offset));
        let lax = lax.then(|| self.word("not strict JSON").to_owned());
        let bare = print::outdent(source.unwrap_or_default());
        let number = (at + 1).to_string();
        let copy = templates::statement_copy(role, at, &bare, self.language);
        let doubt = self.doubt(&copy, &policy.fetch_command());
        let noted = doubt.is_some();
        let warning = doubt.clone().or(lax);
        let what = self.phrase("statement {}", &[&number]);
        entries.push(Entry { what, text: copy.text, warning: warning.clone(), ..Entry::default() });
        if noted {
            let what = self.phrase("statement {} without the note", &[&number]);
            entries.push(Entry { what, text: bare, warning, ..Entry::default() });
        }
        let actions: Vec<&str> = statement
            .action
            .iter()
            .flat_map(|clause| &clause.values)
            .map(|v| v.value.as_str())
            .collect();
        let actions = actions.join("\n") + "\n";
        let left_out = statement.action.as_ref().is_some_and(|clause| clause.negated);
        let what =
            if left_out { "what statement {} leaves out" } else { "actions of statement {}" };
        entries.push(Entry {
            what: self.phrase(what, &[&number]),
            text: templates::statement_copy(role, at, &actions, self.language).text,
            warning: doubt,
            ..Entry::default()
        });
    }

    fn command_entries(&self, role: &Role, entries: &mut Vec<Entry>) {
        if let Some(text) = templates::create_policy(&[role]) {
            entries.push(self.entry("policy that lets a RAM user create this role", text));
        }
        if role.kind == RoleKind::ServiceLinked {
            let commands = templates::commands(role, self.language);
            entries.push(self.entry("CLI commands: check, delete, poll, create", commands));
        }
        if let Some(text) = templates::terraform(role) {
            entries.push(self.entry("Terraform block", text));
        }
        let summary = &self.current_insight().summary;
        let text = templates::markdown(role, &self.catalog, summary, self.language);
        entries.push(self.entry("Markdown summary for a ticket", text));
        if let Some(plan) = self.catalog.removal_of_role(&role.id) {
            let subject = Subject::Role(role.id.clone());
            let text = write::markdown(&self.ticked_tree(&subject, &plan), self.language);
            entries.push(self.entry("removal plan as a Markdown checklist", text));
        }
    }

    pub(super) fn product_entries(&self, product: &ProductId) -> Vec<Entry> {
        let roles: Vec<&Role> = self.catalog.roles_of(product).collect();
        let listed = self.catalog.product(product).map(|one| self.catalog.known_by_name(one));
        let listed: Vec<String> = listed.into_iter().flatten().map(|listed| listed.name).collect();
        let names = roles.iter().map(|role| role.name.as_str());
        let names: Vec<&str> = names.chain(listed.iter().map(String::as_str)).collect();
        let papers = roles.iter().all(|role| role.kind == RoleKind::Document) && listed.is_empty();
        let what = match (product.is_product(), papers) {
            (false, _) => "names of the roles of this list",
            (true, true) => "product: names of its policies",
            (true, false) => "product: names of its roles",
        };
        let mut entries = vec![self.entry(what, names.join("\n") + "\n")];
        if !product.is_product() {
            return entries;
        }
        if let Some(text) = templates::create_policy(&roles) {
            let left_out = self.comma_list(&listed);
            let warning = (!listed.is_empty())
                .then(|| self.phrase("without {}, whose service name is not known", &[&left_out]));
            let entry = self.entry("product: policy that lets a RAM user create its roles", text);
            entries.push(Entry { warning, ..entry });
        }
        if let Some(plan) = self.catalog.removal_of_product(product) {
            let subject = Subject::Product(product.clone());
            let text = write::markdown(&self.ticked_tree(&subject, &plan), self.language);
            entries.push(self.entry("product: removal plan as a Markdown checklist", text));
        }
        entries
    }

    /// A command while the copy menu is open.
    pub(super) fn copy_command(&mut self, command: Command) -> Vec<Effect> {
        let page = self.copy_page();
        let Some(Overlay::Copy(menu)) = &mut self.overlay else { return Vec::new() };
        let count = menu.entries.len();
        if menu.cursor.act(command, count, page) {
            return Vec::new();
        }
        let chosen = match command {
            Command::TextDown | Command::TextUp => {
                self.scroll_half(command == Command::TextDown);
                return Vec::new();
            }
            Command::Open | Command::Print => menu.selected().cloned(),
            Command::Copy => menu.entries.first().cloned(),
            _ => return Vec::new(),
        };
        self.close_overlay();
        match chosen {
            Some(entry) if command == Command::Print => self.print_at_end(entry),
            Some(entry) => return self.copy(entry),
            None => {}
        }
        Vec::new()
    }

    /// The box of the copy menu.
    pub fn copy_area(&self) -> ratatui::layout::Rect {
        self.layout.popup(110, 34)
    }

    /// Entries of the copy menu that fit on the screen.
    pub fn copy_page(&self) -> usize {
        let area = super::layout::inside(self.copy_area());
        let count = self.copy_count();
        usize::from(area.height)
            .saturating_sub(4)
            .min(count)
            .max(1)
            .min(usize::from(area.height) * 3 / 5 + 1)
    }

    fn copy_count(&self) -> usize {
        match &self.overlay {
            Some(Overlay::Copy(menu)) => menu.entries.len(),
            _ => 0,
        }
    }
}
