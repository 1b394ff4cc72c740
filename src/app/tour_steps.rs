//! What a step of a tour points at and waits for, read from the words of its file.

use super::command::Command;
use super::event::{Copied, CopyOutcome};
use super::layout::Pane;
use super::list::Cursor;
use super::overlay::{List, Overlay};
use super::picker::Target;
use super::removal::Subject;
use super::tour::KEY_SIGNS;
use super::{App, View};
use crate::catalog::model::{ProductId, RoleId, Text};
use crate::catalog::names::Found;
use crate::catalog::removal::branch::{Branch, Kind};
use crate::catalog::templates;
use ratatui::layout::Rect;
use std::sync::Arc;

/// A part of the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The first line.
    Crumbs,
    /// The last line.
    Footer,
    /// A pane; where it is not shown, what has its place.
    Pane(Pane),
    /// All between the first line and the last.
    Body,
    /// The box over the screen; where none is open, what is below.
    Overlay,
    /// A part of the removal plan, by its heading in both languages; it is scrolled to.
    Plan(&'static str, &'static str),
}

impl Part {
    /// Reads the word of a file: `crumbs`, `footer`, `body`, `overlay`, `pane:roles`, `plan:stops`.
    pub fn parse(word: &str) -> Option<Self> {
        Some(match word {
            "crumbs" => Self::Crumbs,
            "footer" => Self::Footer,
            "body" => Self::Body,
            "overlay" => Self::Overlay,
            "plan:first" => Self::Plan("Remove first", "先移除"),
            "plan:then" => Self::Plan("Then delete the role", "再删除角色"),
            "plan:stops" => Self::Plan("What stops working", "会停止工作的功能"),
            "plan:who" => Self::Plan("Who may delete it", "谁可以删除"),
            _ => Self::Pane(pane(word.strip_prefix("pane:")?)?),
        })
    }

    /// Where it is on the screen.
    pub fn area(self, app: &App) -> Rect {
        let below = || {
            let focused = app.layout.pane(app.focus);
            if matches!(app.view, View::Browse) && !focused.is_empty() {
                focused
            } else {
                app.layout.body
            }
        };
        match self {
            Self::Crumbs => app.layout.crumbs,
            Self::Footer => app.layout.footer,
            Self::Body | Self::Plan(..) => app.layout.body,
            Self::Pane(pane) => {
                let area = app.layout.pane(pane);
                let seen = matches!(app.view, View::Browse) && !area.is_empty();
                if seen { area } else { below() }
            }
            Self::Overlay => match &app.overlay {
                Some(Overlay::Copy(_)) => app.copy_area(),
                Some(Overlay::Findings(_)) => app.findings_area(),
                Some(_) => app.picker_area(),
                None => below(),
            },
        }
    }
}

impl App {
    /// Scrolls the removal plan to the part that a step tells of.
    pub(super) fn scroll_to(&mut self, part: Part) {
        let page = self.removal_page();
        let View::Removal(view) = &mut self.view else { return };
        let Part::Plan(en, zh) = part else { return };
        let heading = Text::new(en, zh);
        let is_it = |branch: &Branch| branch.kind == Kind::Heading && branch.text == heading;
        let Some(branch) = view.branches.iter().position(is_it) else { return };
        if let Some(at) = view.lines.iter().position(|line| line.branch == branch) {
            view.cursor = Cursor { at, top: at };
            view.cursor.fit(view.lines.len(), page);
        }
    }
}

fn pane(name: &str) -> Option<Pane> {
    Some(match name {
        "products" => Pane::Products,
        "roles" => Pane::Roles,
        "summary" => Pane::Summary,
        "policy" => Pane::Policy,
        _ => return None,
    })
}

/// What has to happen before a tour goes on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Until {
    /// Nothing: the reader says when.
    Continue,
    /// A product is selected, by id.
    Product(ProductId),
    /// A role is selected, by its short name.
    Role(String),
    /// The view is narrowed to a service, by code; empty for none.
    Filter(String),
    /// The removal plan of a role is shown, by short name.
    RemovalOfRole(String),
    /// The removal plan of a product is shown, by id.
    RemovalOfProduct(ProductId),
    /// A pane has the focus.
    Focus(Pane),
    /// A statement is under the cursor of the policy, from 1.
    Statement(usize),
    /// A row of this service is under the cursor of the summary.
    Row(String),
    /// A box is open.
    Box(BoxKind),
    /// No box is open.
    Closed,
    /// Something was copied during the step.
    Copied,
    /// The policy that lets a RAM user create the selected role was copied during the step.
    CopiedCreate,
    /// The trust policy is shown.
    Trust,
    /// The permission policy is shown.
    Permissions,
    /// The matrix is shown.
    Matrix,
    /// The comparison of two roles is shown.
    Compare,
    /// The question who can do something is shown.
    WhoCan,
    /// The panes of the explorer are shown.
    Browse,
}

/// A box over the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BoxKind {
    /// Find.
    Find,
    /// The copy menu.
    Copy,
    /// The service filter.
    Services,
    /// The findings of a policy.
    Findings,
    /// The keys of the place.
    Help,
    /// The glossary.
    Glossary,
}

impl Until {
    /// Reads the words of a file: `continue`, `role:Alikafka`, `pane:policy`, `open:find` and so on.
    pub fn parse(words: &str) -> Option<Self> {
        let (kind, name) = words.split_once(':').unwrap_or((words, ""));
        if name.is_empty() {
            return Some(match kind {
                "continue" => Self::Continue,
                "unfiltered" => Self::Filter(String::new()),
                "closed" => Self::Closed,
                "copied" => Self::Copied,
                "trust" => Self::Trust,
                "permissions" => Self::Permissions,
                "matrix" => Self::Matrix,
                "compare" => Self::Compare,
                "who-can" => Self::WhoCan,
                "explorer" => Self::Browse,
                _ => return None,
            });
        }
        let product = |id: &str| ProductId(Arc::from(id));
        Some(match kind {
            "product" => Self::Product(product(name)),
            "role" => Self::Role(name.to_owned()),
            "filter" => Self::Filter(name.to_owned()),
            "removal" => match name.strip_prefix("product:") {
                Some(id) => Self::RemovalOfProduct(product(id)),
                None => Self::RemovalOfRole(name.to_owned()),
            },
            "pane" => Self::Focus(pane(name)?),
            "statement" => Self::Statement(name.parse().ok().filter(|n| *n > 0)?),
            "row" => Self::Row(name.to_owned()),
            "copied" if name == "create-policy" => Self::CopiedCreate,
            "open" => Self::Box(match name {
                "find" => BoxKind::Find,
                "copy" => BoxKind::Copy,
                "services" => BoxKind::Services,
                "findings" => BoxKind::Findings,
                "help" => BoxKind::Help,
                "glossary" => BoxKind::Glossary,
                _ => return None,
            }),
            _ => return None,
        })
    }

    /// Is it so now?
    pub fn holds(&self, app: &App) -> bool {
        let browsing = matches!(app.view, View::Browse);
        // What is below a box is not what the user is at.
        let open = app.overlay.is_some();
        match self {
            Self::Continue => false,
            Self::Product(id) => !open && app.product.as_ref() == Some(id),
            Self::Role(name) => {
                // A role is selected for people once they have left the list of products.
                !open && app.focus != Pane::Products && app.role == role(app, name)
            }
            Self::Filter(code) => !open && app.filter.as_deref().unwrap_or_default() == code,
            Self::RemovalOfRole(name) => match &app.view {
                View::Removal(view) => {
                    role(app, name).is_some_and(|id| view.subject == Subject::Role(id))
                }
                _ => false,
            },
            Self::RemovalOfProduct(id) => match &app.view {
                View::Removal(view) => view.subject == Subject::Product(id.clone()),
                _ => false,
            },
            Self::Focus(pane) => browsing && !open && app.focus == *pane,
            Self::Statement(number) => {
                browsing
                    && app.focus == Pane::Policy
                    && app.policy.pane.statement().is_some_and(|at| at + 1 == *number)
            }
            Self::Row(code) => {
                browsing
                    && app.focus == Pane::Summary
                    && app.current_row().is_some_and(|row| row.service.as_deref() == Some(code))
            }
            Self::Box(kind) => matches!(
                (kind, &app.overlay),
                (BoxKind::Find, Some(Overlay::List(List::Find, _)))
                    | (BoxKind::Copy, Some(Overlay::Copy(_)))
                    | (BoxKind::Services, Some(Overlay::List(List::Services, _)))
                    | (BoxKind::Findings, Some(Overlay::Findings(_)))
                    | (BoxKind::Help, Some(Overlay::List(List::Help, _)))
                    | (BoxKind::Glossary, Some(Overlay::List(List::Glossary, _)))
            ),
            Self::Closed => !open,
            Self::Copied => app.tour.as_ref().is_some_and(|tour| tour.copied.is_some()),
            Self::CopiedCreate => {
                let copied = app.tour.as_ref().and_then(|tour| tour.copied.as_ref());
                copied.is_some_and(|entry| app.lets_create(&entry.text))
            }
            Self::Trust => browsing && app.policy.trust,
            Self::Permissions => browsing && !app.policy.trust,
            Self::Matrix => matches!(app.view, View::Matrix(_)),
            Self::Compare => matches!(app.view, View::Compare(_)),
            Self::WhoCan => matches!(app.view, View::WhoCan(_)),
            Self::Browse => browsing,
        }
    }

    /// Puts the screen to where it is so, for a step that is gone back to. What only lasts for a
    /// moment (a box, a copy) is left out.
    pub(super) fn make_so(&self, app: &mut App) {
        match self {
            Self::Product(id) => {
                app.product = Some(id.clone());
                app.role = None;
                app.focus = Pane::Products;
                app.shown.lists = None;
            }
            Self::Role(name) => {
                let Some(id) = role(app, name) else { return };
                app.product = app.catalog.role(&id).map(|role| role.product.clone());
                app.role = Some(id);
                app.focus = Pane::Roles;
                app.shown.lists = None;
            }
            Self::Filter(code) => {
                app.filter = Some(code.clone()).filter(|code| !code.is_empty());
                app.shown.lists = None;
            }
            Self::RemovalOfRole(_) => app.open_removal(),
            Self::RemovalOfProduct(_) => {
                app.focus = Pane::Products;
                app.open_removal();
            }
            Self::Focus(pane) => {
                if *pane == Pane::Policy {
                    // By way of the summary, whose row the cursor of the policy follows.
                    app.focus = Pane::Summary;
                    app.refresh();
                }
                app.focus = *pane;
            }
            Self::Row(code) => {
                app.focus = Pane::Summary;
                let at = app.summary.iter().position(|row| row.service.as_deref() == Some(code));
                if let Some(at) = at {
                    app.show_row(at);
                    app.summary_moved();
                }
            }
            Self::Statement(number) => {
                app.focus = Pane::Policy;
                app.refresh();
                let statements = &app.current_insight().document.statements;
                if let Some(span) = statements.get(number - 1).map(|statement| statement.span) {
                    app.policy.pane.reveal(span);
                }
            }
            Self::Trust => app.policy.trust = true,
            Self::Permissions => app.policy.trust = false,
            Self::Matrix => app.open_matrix(),
            Self::WhoCan => app.open_who_can(),
            Self::Browse => app.view = View::Browse,
            Self::Continue
            | Self::Compare
            | Self::Box(_)
            | Self::Closed
            | Self::Copied
            | Self::CopiedCreate => {}
        }
    }

    /// Makes so what lasts for a moment only: for the very next step, which tells of it.
    pub(super) fn show(&self, app: &mut App) {
        match self {
            Self::Box(BoxKind::Find) => app.open_find(),
            Self::Box(BoxKind::Copy) => app.open_copy(),
            Self::Box(BoxKind::Services) => app.open_services(),
            Self::Box(BoxKind::Findings) => app.open_findings(),
            Self::Box(BoxKind::Help) => app.open_help(),
            Self::Box(BoxKind::Glossary) => app.open_glossary(),
            Self::Compare => {
                // With the role that is most alike.
                app.open_compare();
                if let Some(picker) = app.overlay.take().as_ref().and_then(Overlay::picker)
                    && let Some(Target::Compare(left, right)) =
                        picker.selected().map(|item| item.target.clone())
                {
                    app.compare_roles(&left, &right);
                }
            }
            _ => {}
        }
    }
}

impl App {
    /// Is it the policy that lets a RAM user create the selected role?
    fn lets_create(&self, text: &str) -> bool {
        let wanted = self.current_role().and_then(|role| templates::create_policy(&[role]));
        wanted.is_some_and(|wanted| wanted == text)
    }

    /// Something was copied, or was not.
    pub(super) fn tour_copied(&mut self, copied: &Copied) {
        if matches!(copied.outcome, CopyOutcome::Failed(_)) {
            return;
        }
        let entry = self.tried.clone().filter(|tried| tried.what == copied.what);
        if let Some(state) = &mut self.tour {
            // Of an earlier copy than the last one the text is not at hand any more.
            state.copied = Some(entry.unwrap_or_default());
            state.wrapped = None;
        }
    }

    /// That something else was copied than the step asks for.
    pub(super) fn said_of_another_copy(&self) -> Option<String> {
        let state = self.tour.as_ref()?;
        let entry = state.copied.as_ref()?;
        let until = Until::parse(&state.current()?.until)?;
        if until != Until::CopiedCreate || until.holds(self) {
            return None;
        }
        let key = self.keymap.way(Command::Copy);
        let (open, close) = KEY_SIGNS;
        let key = format!("{open}{key}{close}");
        let said = "That was another one: {}. Open the menu again with {}.";
        Some(self.phrase(said, &[&entry.what, &key]))
    }
}

fn role(app: &App, name: &str) -> Option<RoleId> {
    match app.catalog.find_role(name) {
        Found::One(role) => Some(role.id.clone()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_read() {
        for words in [
            "continue",
            "unfiltered",
            "product:mqtt",
            "role:Alikafka",
            "filter:kms",
            "removal:product:mqtt",
            "pane:policy",
            "statement:2",
            "row:kms",
            "open:copy",
            "closed",
            "copied",
            "copied:create-policy",
        ] {
            assert!(Until::parse(words).is_some(), "{words}");
        }
        for words in
            ["", "role", "role:", "pane:left", "statement:0", "open:door", "done", "copied:name"]
        {
            assert_eq!(Until::parse(words), None, "{words}");
        }
        assert_eq!(Part::parse("pane:roles"), Some(Part::Pane(Pane::Roles)));
        assert_eq!(Part::parse("pane:"), None);
        assert_eq!(Part::parse("corner"), None);
    }
}
