//! The glossary over the screen, opened at the word under the cursor.

use super::apply::picker_list;
use super::layout::Pane;
use super::overlay::{List, Overlay};
use super::picker::{Picker, Target};
use super::summary_rows::RowKind;
use super::tour::listed_by;
use super::{App, NoticeKind, View};
use crate::catalog::glossary::{term, terms};
use crate::policy::level::AccessLevel;
use crate::say::Language;
use ratatui::layout::Rect;

impl App {
    pub(super) fn open_glossary(&mut self) {
        let here = self.term_here();
        let mut picker = Picker::default();
        self.fill_glossary(&mut picker);
        let page = self.picker_page();
        if let Some(at) = terms().iter().position(|term| term.id == here) {
            picker.cursor.at = at;
            picker.cursor.fit(picker.lines.len(), page);
        }
        self.lay_over(Overlay::List(List::Glossary, picker));
    }

    /// Says a term in full.
    pub(super) fn say_term(&mut self, id: &str) {
        if let Some(term) = term(id) {
            let said = self.phrase("{}: {}", &[self.say(&term.term), self.say(&term.meaning)]);
            self.tell(NoticeKind::Hint, said);
        }
    }

    /// The list inside a box with a text field: below the list of tours or terms, and of commands where it is
    /// narrow, the selected one stands in full.
    pub fn picker_body(&self) -> Rect {
        let area = picker_list(self.picker_area());
        let rows = match self.overlay {
            Some(Overlay::List(List::Tours | List::Glossary, _)) => told_rows(area),
            // A narrow list cuts what commands do; the selected one is said in full.
            Some(Overlay::List(List::Help | List::Palette, _)) if area.width < NARROW => {
                if area.height < 10 { 0 } else { 3 }
            }
            _ => 0,
        };
        Rect { height: area.height - rows, ..area }
    }

    /// Where the selected tour or term is told, with a line above it; empty where nothing is.
    pub fn picker_told(&self) -> Rect {
        let area = picker_list(self.picker_area());
        let list = self.picker_body();
        Rect { y: list.bottom(), height: area.height - list.height, ..area }
    }

    /// Fills the list of terms, narrowed by what was typed in either language.
    pub(super) fn fill_glossary(&self, picker: &mut Picker) {
        let titles: Vec<String> = terms()
            .iter()
            .map(|term| {
                // The word in the other language stands beside it: people meet both.
                if term.term.en == term.term.zh {
                    term.term.en.to_string()
                } else {
                    let other = match self.language {
                        Language::English => &term.term.zh,
                        Language::Chinese => &term.term.en,
                    };
                    format!("{}  {other}", self.say(&term.term))
                }
            })
            .collect();
        let named = titles.iter().zip(terms());
        let named = named.map(|(title, term)| {
            let also = term.also.iter().map(String::as_str);
            std::iter::once(title.as_str()).chain(also).collect()
        });
        let lines = listed_by(named.collect(), picker.input.text(), |at| {
            Some((String::new(), Target::Term(terms().get(at)?.id.clone())))
        });
        picker.fill(lines, titles.len());
    }

    /// The term for what the cursor is on; the first thing to know where there is none.
    fn term_here(&self) -> &'static str {
        if let Some(Overlay::Findings(_)) = &self.overlay {
            return "finding";
        }
        match &self.view {
            View::Removal(view) => {
                let standing = view.selected().and_then(|branch| branch.standing.as_ref());
                return standing.map_or("removal-plan", crate::catalog::model::Standing::term);
            }
            View::Matrix(_) => return "access-level",
            View::WhoCan(_) | View::Compare(_) => return "action",
            View::Browse => {}
        }
        match self.focus {
            Pane::Products | Pane::Roles => "service-linked-role",
            Pane::Summary => {
                self.current_row().map_or("permission-policy", |row| term_of(&row.kind))
            }
            Pane::Policy if self.policy.trust => "trust-policy",
            Pane::Policy => term_of_path(&self.policy.pane.path()),
        }
    }
}

/// Below this width the lists of commands have no room for all that is said of each.
const NARROW: u16 = 100;

/// Rows below the list, its line included: what two sentences take, but not more than half.
fn told_rows(area: Rect) -> u16 {
    let lines = if area.width < 60 { 9 } else { 6 };
    if area.height < 4 { 0 } else { lines.min(area.height.div_ceil(2)) }
}

fn term_of(kind: &RowKind) -> &'static str {
    match kind {
        RowKind::Fact { standing: Some(standing), .. } => standing.0.term(),
        RowKind::Service { .. } => "service",
        RowKind::Level { level, .. } => term_of_level(*level),
        RowKind::Denied { .. } => "effect",
        RowKind::Limit { condition: true, .. } => "condition",
        RowKind::Through(_) | RowKind::Limit { .. } => "resource",
        RowKind::Action { name, .. } if name.contains(['*', '?']) => "wildcard",
        RowKind::Action { name, .. } if name.eq_ignore_ascii_case("PassRole") => "pass-role",
        RowKind::Action { source, denied: false, .. } if source.is_guess() => "name-rule",
        RowKind::Action { .. } => "action",
        _ => "service-linked-role",
    }
}

const fn term_of_level(level: AccessLevel) -> &'static str {
    match level {
        AccessLevel::List => "level-list",
        AccessLevel::Read => "level-read",
        AccessLevel::Write => "level-write",
        AccessLevel::Permissions => "level-permissions",
        AccessLevel::Tagging => "level-tagging",
    }
}

/// The term for a place in a policy document, such as `Statement[0].Condition`: the innermost word counts.
fn term_of_path(path: &str) -> &'static str {
    let words = path.rsplit(|c: char| !c.is_alphanumeric() && c != '_');
    for word in words {
        return match word.to_ascii_lowercase().as_str() {
            "effect" => "effect",
            "action" | "notaction" => "action",
            "resource" | "notresource" => "resource",
            "condition" => "condition",
            "principal" => "principal",
            "statement" => "statement",
            "version" => "policy",
            _ => continue,
        };
    }
    "permission-policy"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::glossary::term;

    #[test]
    fn places_in_a_policy_have_terms() {
        for (path, expected) in [
            ("Statement[2].Condition.StringEquals", "condition"),
            ("Statement[2].Action[1]", "action"),
            ("Statement[0]", "statement"),
            ("", "permission-policy"),
        ] {
            assert_eq!(term_of_path(path), expected, "{path}");
        }
        let used = [
            "service-linked-role",
            "permission-policy",
            "trust-policy",
            "service",
            "access-level",
            "resource",
            "condition",
            "wildcard",
            "pass-role",
            "name-rule",
            "action",
            "effect",
            "principal",
            "statement",
            "policy",
            "finding",
            "removal-plan",
            "standing",
            "not-whole",
            "not-known",
        ];
        for id in used {
            assert!(term(id).is_some(), "{id}");
        }
    }
}
