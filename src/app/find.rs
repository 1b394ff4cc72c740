//! Find: everything of the catalogue by fuzzy match, grouped by kind.

mod actions;

use super::App;
use super::layout::Pane;
use super::overlay::{List, Overlay};
use super::picker::{Item, Line, Picker, Target};
use super::summary_rows::RowKind;
use super::work::SLOW;
use crate::catalog::Catalog;
use crate::catalog::import::Loaded;
use crate::catalog::known;
use crate::catalog::meant;
use crate::catalog::model::{Product, Role, RoleId, RoleKind};
use crate::catalog::names;
use crate::catalog::search::{self, Corpus, Finder, Found, Kind, LISTED, Named, Row};
use crate::hash::Set;
use crate::policy::document::{Document, Effect, Statement};
use crate::policy::evaluate::{Decision, evaluate};
use crate::policy::idle::Idle;
use crate::policy::request::Request;
use crate::policy::summary::{means_service, service_of_action};
use crate::say::Language;
use crate::sort;
use std::sync::Arc;

/// Among more roles than this no slips are looked for: at each key that takes longer than all the rest.
pub(super) const SLIPS_MOST: usize = 2_000;

pub use actions::{Names, Naming};

/// What Find works on; built when something is first looked for.
#[derive(Debug, Default)]
pub struct Finding {
    corpus: Option<Corpus>,
    finder: Finder,
    /// The actions of policies that were met.
    named: Option<Arc<Named>>,
    /// The roles whose policies were not read for them.
    unread: Vec<RoleId>,
}

impl Finding {
    /// Searches the whole catalogue and hands what was found to `take`.
    pub(super) fn search(
        &mut self,
        catalog: &Catalog,
        typed: &str,
        take: impl FnOnce(&Found, &Corpus),
    ) {
        self.begin(catalog);
        if let Some(corpus) = &self.corpus {
            take(self.finder.set_query(corpus, typed), corpus);
        }
    }

    fn begin(&mut self, catalog: &Catalog) {
        if self.corpus.is_none() {
            self.corpus = Some(Corpus::of(catalog));
            self.named = Some(Arc::new(Named::beyond(catalog)));
            self.unread = catalog.roles().iter().map(|role| role.id.clone()).collect();
        }
    }

    /// Takes in roles that are about to join the catalogue, where something was looked for before.
    pub(super) fn grow(&mut self, catalog: &Catalog, products: &[Product], roles: &[Loaded]) {
        let Some(corpus) = &mut self.corpus else { return };
        self.unread.extend(roles.iter().map(|loaded| loaded.role.id.clone()));
        for product in products {
            corpus.push_product(product);
        }
        // A role that a policy made has the policy's name until a list of roles comes.
        let is_new = |role: &&Role| catalog.role(&role.id).map(names_of) != Some(names_of(role));
        let new: Vec<&Role> = roles.iter().map(|loaded| &loaded.role).filter(is_new).collect();
        let renamed = new.iter().map(|role| &role.id).filter(|id| catalog.role(id).is_some());
        let renamed: Set<&RoleId> = renamed.collect();
        if !renamed.is_empty() {
            corpus.withdraw(|target| match target {
                search::Target::Role(id) | search::Target::Policy(id) => renamed.contains(id),
                _ => false,
            });
        }
        for role in new {
            corpus.push_role(role);
        }
    }

    /// Takes in the products and roles of a catalogue that is about to be joined.
    pub(super) fn grow_by(&mut self, catalog: &Catalog) {
        if let Some(corpus) = &mut self.corpus {
            catalog.products().iter().for_each(|product| {
                corpus.push_product(product);
            });
            catalog.roles().iter().for_each(|role| corpus.push_role(role));
            self.unread.extend(catalog.roles().iter().map(|role| role.id.clone()));
        }
    }
}

impl App {
    pub(super) fn open_find(&mut self) {
        let mut picker = Picker::default();
        self.fill_find(&mut picker);
        self.overlay = Some(Overlay::List(List::Find, picker));
    }

    /// Fills the list with what matches the typed text.
    pub(super) fn fill_find(&mut self, picker: &mut Picker) {
        let catalog = self.catalog.clone();
        self.finding.begin(&catalog);
        self.read_actions();
        let Some(corpus) = &self.finding.corpus else { return };
        let typed = picker.input.text();
        let found = self.finding.finder.set_query(corpus, typed);
        let insights = &mut self.insights;
        let touched = found.services(corpus, typed).into_iter().map(|code| {
            let touches = |role: &&Role| insights.touch(&role.id, &code, &catalog).is_some();
            search::touching(&catalog, &code, self.language, touches)
        });
        let touched: Vec<_> = touched.filter(|(_, rows)| !rows.is_empty()).collect();
        let touching: usize = touched.iter().map(|(_, rows)| rows.len()).sum();
        let (mut lines, mut best) = lines(found, corpus, &catalog, self.language, typed, touched);
        // What stands below a service is listed, and counted in its heading.
        let mut total = found.shown_total() + touching;
        let many = catalog.roles().len() > SLIPS_MOST;
        let near = if many { Vec::new() } else { meant::beside(found, typed, &catalog) };
        if !near.is_empty() {
            // What is a slip away stands before names that have the letters anywhere.
            let number = near.len().to_string();
            let listed = |role: &&&Role| {
                let id = &role.id;
                lines.iter().any(|line| match line {
                    Line::Item(item) => matches!(&item.target, Target::Role(one) if one == id),
                    Line::Heading(_) => false,
                })
            };
            total += near.len() - near.iter().filter(listed).count();
            let heading = self.phrase("Roles with a name near to it ({})", &[&number]);
            let near = near.into_iter().map(|role| item(Row::role(role, &catalog, self.language)));
            let mut first = vec![Line::Heading(heading)];
            first.extend(near.map(Line::Item));
            lines.splice(0..0, first);
            best = None;
        }
        for line in &mut lines {
            if let Line::Item(item) = line
                && let Target::Role(role) = &item.target
                && let Some(mark) = self.existence(role)
            {
                item.detail = format!("{} {mark}", item.detail);
            }
        }
        picker.fill(lines, total);
        if let Some(best) = best {
            picker.cursor.at = best;
        }
    }

    /// Is this written like the whole name of a service-linked role, while none is called so?
    pub fn is_no_role(&self, typed: &str) -> bool {
        let typed = typed.trim();
        names::is_service_linked(typed)
            && names::short(typed) != typed
            && self.catalog.role(&RoleId::of(typed)).is_none()
            && known::of_name(typed).is_none()
    }

    /// Goes to what was found.
    pub(super) fn go_to(&mut self, target: &Target) {
        match target {
            Target::Product(id) => {
                let Some(roles) = self.catalog.product(id).map(|product| product.roles.clone())
                else {
                    return;
                };
                // One that the filter lets through, so that it can stay.
                let seen = roles.iter().find(|role| self.touch(role).is_some());
                let Some(role) = seen.or(roles.first()).cloned() else { return };
                self.jump(&role, Pane::Products);
            }
            Target::Role(id) => self.jump(id, Pane::Roles),
            Target::Policy(id) => self.jump(id, Pane::Policy),
            Target::Service(code) => {
                self.keep_place(Pane::Roles);
                self.view = super::View::Browse;
                self.set_filter(Some(code.clone()));
                self.focus = Pane::Roles;
            }
            Target::NoFilter => self.set_filter(None),
            Target::Action(action) => self.go_to_action(action),
            Target::Text(needle, byte) => self.go_to_text(needle, *byte),
            Target::Command(_)
            | Target::Nothing(_)
            | Target::Compare(..)
            | Target::Tour(_)
            | Target::Term(_) => {}
        }
    }

    /// Goes to the row of the first role that has the action, this role before all others, and those that only deny it
    /// last.
    fn go_to_action(&mut self, action: &str) {
        let catalog = self.catalog.clone();
        let current = self.role.clone();
        let code = service_of_action(action);
        let mut roles: Vec<&Role> = catalog.roles().iter().collect();
        sort::by_key(&mut roles, |role| Some(&role.id) != current.as_ref());
        roles.retain(|role| {
            let touched = self.insights.touched(&role.id, &catalog);
            touched.iter().any(|known| means_service(&known.code, &code))
        });
        // Few of thousands of policies have the name in their text; those are read.
        roles.retain(|role| !self.insights.is_whole_file(&role.id) && holds(source(role), action));
        // A large one would take long: it is taken at its text, where no other has the action.
        let is_slow = |role: &Role| source(role).len() > SLOW;
        sort::by_key(&mut roles, |role| is_slow(role) && Some(&role.id) != current.as_ref());
        let mut denying = None;
        let granting = roles.into_iter().find(|role| {
            if is_slow(role) {
                return true;
            }
            let said = catalog.document(role).and_then(|document| effect(&document, action));
            if said == Some(Effect::Deny) {
                denying.get_or_insert(*role);
            }
            said == Some(Effect::Allow)
        });
        let Some(holder) = granting.or(denying) else {
            let text = self.phrase("No role of the catalogue names {} in its policy.", &[action]);
            self.tell(super::NoticeKind::Hint, text);
            return;
        };
        self.jump(&holder.id, Pane::Summary);
        let (code, name) = action.split_once(':').unwrap_or(("", action));
        let at = self.summary.iter().position(|row| {
            matches!(&row.kind, RowKind::Action { name: n, .. } if n.eq_ignore_ascii_case(name))
                && row.service.as_ref().is_some_and(|s| s.eq_ignore_ascii_case(code))
        });
        if let Some(row) = at.and_then(|at| self.summary.get(at)) {
            let key = row.key.clone();
            self.select_row(&key);
        }
    }
}

/// What a role of a file is found by, and as what.
fn names_of(role: &Role) -> (RoleKind, [Option<&str>; 4]) {
    let policy = role.policy.as_ref().map(|policy| policy.name.as_str());
    let names = [Some(&*role.short_name), Some(&*role.name), policy, role.service_name.as_deref()];
    (role.kind, names)
}

/// The text of a role's policy; empty where there is none.
fn source(role: &Role) -> &str {
    role.policy.as_ref().map_or("", |policy| &policy.source)
}

/// May a policy in this text name the action? Letters may be written as escapes.
fn holds(text: &str, action: &str) -> bool {
    let (text, action) = (text.as_bytes(), action.as_bytes());
    // A colon is less frequent than letters.
    let anchor = memchr::memchr(b':', action).unwrap_or(0);
    let Some(first) = action.get(anchor) else { return false };
    let (lower, upper) = (first.to_ascii_lowercase(), first.to_ascii_uppercase());
    let named = memchr::memchr2_iter(lower, upper, text).any(|at| {
        let named = at.checked_sub(anchor).and_then(|from| text.get(from..from + action.len()));
        named.is_some_and(|named| named.eq_ignore_ascii_case(action))
    });
    named || memchr::memmem::find(text, br"\u").is_some()
}

/// What a policy says of an action that it names, as its summary tells; None where it does not name it.
fn effect(document: &Document, action: &str) -> Option<Effect> {
    let names = |statement: &&Statement| {
        let clause = statement.action.as_ref().filter(|clause| !clause.negated);
        let mut values = clause.into_iter().flat_map(|clause| &clause.values);
        Idle::of(statement).is_none()
            && values.any(|value| value.value.eq_ignore_ascii_case(action))
    };
    let mut naming = document.statements.iter().filter(names).map(|one| one.effect).peekable();
    naming.peek()?;
    let granted = naming.any(|effect| effect == Effect::Allow)
        && evaluate(Language::English, &[document], &Request::partial(action)).decision
            != Decision::ExplicitDeny;
    Some(if granted { Effect::Allow } else { Effect::Deny })
}

/// The lines of the list, and the line of what was named in full, where something was.
fn lines(
    found: &Found,
    corpus: &Corpus,
    catalog: &Catalog,
    language: Language,
    typed: &str,
    mut touched: Vec<(String, Vec<Row>)>,
) -> (Vec<Line>, Option<usize>) {
    let first = found.first_kind(!touched.is_empty());
    let best = first.and_then(|kind| found.of(kind).first());
    let best = best.or_else(|| found.role_named(corpus, catalog)).or_else(|| found.best());
    // Of hits that only have what was typed in them the first is as good as any, and what stands above stays in sight.
    let best = best.filter(|hit| hit.is_named()).map(|hit| (hit.entry, hit.kind));
    let mut best_at = None;
    let mut lines = Vec::new();
    for (kind, hits) in found.shown_groups(first) {
        lines.push(Line::Heading(found.heading(kind, corpus, catalog, language)));
        for hit in hits.iter().take(LISTED) {
            if best == Some((hit.entry, hit.kind)) {
                best_at = Some(lines.len());
            }
            let row = Row::of(hit, corpus, catalog, language, typed);
            lines.extend(row.map(item).map(Line::Item));
        }
        // The roles that touch a service stand below it.
        if kind == Kind::Service {
            for (heading, rows) in std::mem::take(&mut touched) {
                lines.push(Line::Heading(heading));
                lines.extend(rows.into_iter().map(item).map(Line::Item));
            }
        }
    }
    (lines, best_at)
}

/// A row of Find as a line to choose.
pub(super) fn item(row: Row) -> Item {
    let Row { label, marks, detail, target } = row;
    let target = match target {
        search::Target::Product(id) => Target::Product(id),
        search::Target::Role(id) => Target::Role(id),
        search::Target::Service(code) => Target::Service(code.to_string()),
        search::Target::Action { action } => Target::Action(action),
        search::Target::Policy(id) => Target::Policy(id),
    };
    Item { label, marks, detail, target }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

    #[test]
    fn a_policy_names_an_action_in_any_case() {
        for (text, expected) in [
            (r#"{"Action":"kms:Decrypt"}"#, true),
            (r#"{"Action":"KMS:decrypt"}"#, true),
            (r#"{"Action":"\u006bms:Decrypt"}"#, true),
            (r#"{"Action":"kms:Decryp"}"#, false),
            (r#"{"Action":"ms:Decrypt"}"#, false),
            (":Decrypt", false),
            ("", false),
        ] {
            assert_eq!(holds(text, "kms:Decrypt"), expected, "{text}");
        }
        assert!(holds("{\"Action\":\"Every\"}", "every"));
    }

    #[test]
    fn what_is_denied_as_a_whole_is_not_granted() {
        let allow = r#"{"Effect":"Allow","Action":["kms:decrypt","oss:*"],"Resource":"*"}"#;
        let deny = r#"{"Effect":"Deny","Action":"kms:De*","Resource":"*"}"#;
        let partly = r#"{"Effect":"Deny","Action":"kms:Decrypt","Resource":"acs:kms:*:*:key/1"}"#;
        let idle = r#"{"Effect":"Allow","Action":"kms:Decrypt","Resource":[]}"#;
        for (statements, expected) in [
            (vec![allow], Some(Effect::Allow)),
            (vec![allow, partly], Some(Effect::Allow)),
            (vec![allow, deny], Some(Effect::Deny)),
            (vec![partly], Some(Effect::Deny)),
            (vec![deny], None),
            (vec![idle], None),
        ] {
            let text = format!(r#"{{"Version":"1","Statement":[{}]}}"#, statements.join(","));
            let document = Catalog::read_document(&text).unwrap();
            assert_eq!(effect(&document, "kms:Decrypt"), expected, "{text}");
        }
    }

    #[test]
    fn going_to_an_action_and_asking_who_can_sum_up_no_other_role() {
        let catalog = Arc::new(Catalog::builtin().unwrap());
        let mut app = App::new(catalog, 120, 40);
        let at_hand = app.insights.at_hand().len();
        app.go_to_action("ecs:NobodyNamesThis");
        app.open_who_can();
        for letter in "kms:*crypt".chars() {
            app.who_can_paste(&letter.to_string());
            app.refresh_who_can();
        }
        assert_eq!(app.insights.at_hand().len(), at_hand);
        // The role that it goes to is summed up, and only that.
        app.go_to_action("KMS:decrypt");
        assert!(app.insights.at_hand().len() <= at_hand + 1);
        assert!(app.current_row().is_some_and(|row| row.key.ends_with("/kms:Decrypt")));
    }
}
