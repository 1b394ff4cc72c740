//! Choosing the role to compare with: the most alike first, narrowed by typing. How alike they are is found out once,
//! when the list opens, beside the loop where there is much to read.

use super::super::overlay::Overlay;
use super::super::picker::{Item, Line, Picker, Target};
use super::super::work::{SLOW, Work};
use super::super::{App, NoticeKind, View};
use crate::catalog::model::{Role, RoleId};
use crate::catalog::search::narrow;
use crate::policy::compare::alike::{Alike, Measure, Shared};
use crate::policy::source::Source;
use crate::sort;
use std::collections::HashSet;
use std::sync::Arc;

/// The list of roles to compare with.
#[derive(Debug)]
pub struct Choice {
    /// The text field and the list.
    pub picker: Picker,
    /// The role that they are compared with.
    first: RoleId,
    /// All of them, in the order in which they are offered.
    others: Vec<Ranked>,
    /// How alike they are is being found out.
    waiting: bool,
}

impl Choice {
    /// Is it still being found out how alike they are?
    pub const fn is_waiting(&self) -> bool {
        self.waiting
    }
}

/// A role to compare with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ranked {
    role: RoleId,
    /// What it has in common with the first, where that is known by now.
    shared: Option<Shared>,
}

/// The question how alike roles are to one.
#[derive(Clone, Debug)]
pub struct Ranking {
    pub(in crate::app) first: RoleId,
    text: Source,
    /// None where the text is no policy.
    others: Arc<[(RoleId, Option<Source>)]>,
}

impl Ranking {
    /// Is it the very same question?
    pub(in crate::app) fn is(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.others, &other.others)
    }

    /// The roles, the most alike first.
    pub(in crate::app) fn ranked(&self) -> Vec<Ranked> {
        let measure = Measure::new(&self.text);
        let alike = |text: &Option<Source>| text.as_ref().map(|text| measure.alike(text));
        let mut all: Vec<_> = self.others.iter().map(|(role, text)| (alike(text), role)).collect();
        sort::by_key(&mut all, |(alike, _)| (alike.is_none(), alike.map(Alike::rank)));
        let ranked = all.into_iter().map(|(alike, role)| Ranked {
            role: role.clone(),
            shared: alike.map(|alike| alike.shared),
        });
        ranked.collect()
    }

    fn bytes(&self) -> usize {
        let others = self.others.iter().filter_map(|(_, text)| text.as_ref());
        self.text.len() + others.map(|text| text.len()).sum::<usize>()
    }
}

impl App {
    /// The first role of the comparison that is being asked for.
    fn first_compared(&self) -> Option<RoleId> {
        match &self.view {
            View::Compare(view) => Some(view.left.clone()),
            _ => self.role.clone(),
        }
    }

    /// What the list of roles to compare with is called: by the role that is the other side.
    pub fn compare_title(&self, choice: &Choice) -> String {
        let first = self.catalog.role(&choice.first).map_or("", |role| &role.short_name);
        self.phrase("Compare {} with", &[first])
    }

    /// Asks which role to compare with.
    pub(in crate::app) fn open_compare(&mut self) {
        if !self.select_role_of_plan() {
            return;
        }
        let catalog = self.catalog.clone();
        let Some(role) = self.first_compared().and_then(|id| catalog.role(&id)) else {
            self.tell(NoticeKind::Hint, self.word("There is no role to compare."));
            return;
        };
        if role.policy.is_none() {
            let text = role.no_policy(&role.short_name).said(self.language);
            self.tell(NoticeKind::Hint, text);
            return;
        }
        let (picker, first) = (Picker::default(), role.id.clone());
        let mut choice = Choice { picker, first, others: Vec::new(), waiting: false };
        self.rank(&mut choice);
        self.fill_compare(&mut choice);
        self.overlay = Some(Overlay::CompareWith(Box::new(choice)));
    }

    /// The roles that can be compared with another, in the usual order.
    fn with_policy<'a>(&'a self, first: &'a RoleId) -> impl Iterator<Item = &'a Role> {
        let roles = self.catalog.roles().iter();
        roles.filter(move |role| role.id != *first && role.policy.is_some())
    }

    /// Puts the most alike first: at once, or when it was found out.
    fn rank(&mut self, choice: &mut Choice) {
        let source = |role: &Role| {
            let policy = role.policy.as_ref().filter(|_| !self.insights.is_whole_file(&role.id));
            policy.map(|policy| policy.source.clone())
        };
        let first = choice.first.clone();
        let text = self.catalog.role(&first).and_then(source).unwrap_or_default();
        let others = self.with_policy(&first).map(|role| (role.id.clone(), source(role))).collect();
        let ranking = Ranking { first: first.clone(), text, others };
        if ranking.bytes() <= SLOW {
            choice.others = ranking.ranked();
            return;
        }
        choice.waiting = true;
        let usual = self.with_policy(&first);
        choice.others = usual.map(|role| Ranked { role: role.id.clone(), shared: None }).collect();
        // One at a time: that of another role is followed by this one.
        if !self.working.iter().any(|work| matches!(work, Work::Rank(_))) {
            self.ask(Work::Rank(ranking));
        }
    }

    /// Takes in how alike roles are to one.
    pub(in crate::app) fn ranked(&mut self, first: &RoleId, ranked: Vec<Ranked>) {
        self.working.retain(|work| !matches!(work, Work::Rank(_)));
        let Some(Overlay::CompareWith(mut choice)) = self.overlay.take_if(waits) else { return };
        if choice.first == *first {
            choice.waiting = false;
            choice.others = ranked;
            let selected = choice.picker.selected().map(|item| item.target.clone());
            let moved = choice.picker.cursor.at > 0;
            self.fill_compare(&mut choice);
            if moved {
                choice.picker.select(|item| Some(&item.target) == selected.as_ref());
            }
        } else {
            self.rank(&mut choice);
        }
        self.overlay = Some(Overlay::CompareWith(choice));
    }

    /// How alike roles are cannot be found out: the list stays as it is.
    pub(in crate::app) fn ranking_failed(&mut self) {
        if let Some(Overlay::CompareWith(choice)) = &mut self.overlay {
            choice.waiting = false;
        }
    }

    /// Fills the list with the roles that match what was typed.
    pub(in crate::app) fn fill_compare(&mut self, choice: &mut Choice) {
        let catalog = self.catalog.clone();
        // Files may still be on their way in: what came meanwhile stands at the end.
        if self.with_policy(&choice.first).count() != choice.others.len() {
            let known: HashSet<&RoleId> = choice.others.iter().map(|other| &other.role).collect();
            let new = self.with_policy(&choice.first).filter(|role| !known.contains(&role.id));
            let new: Vec<Ranked> =
                new.map(|role| Ranked { role: role.id.clone(), shared: None }).collect();
            choice.others.extend(new);
        }
        let others: Vec<(&Role, Option<Shared>, &str)> = choice
            .others
            .iter()
            .filter_map(|other| {
                let role = catalog.role(&other.role)?;
                let product = catalog.product(&role.product);
                Some((role, other.shared, product.map_or("", |product| self.say(&product.name))))
            })
            .collect();
        let forms = others
            .iter()
            .map(|(role, _, product)| [role.short_name.as_str(), role.name.as_str(), *product]);
        let found = narrow(forms, choice.picker.input.text().trim());
        let lines = found.into_iter().filter_map(|hit| {
            let (role, shared, product) = *others.get(hit.index)?;
            let detail = match shared.and_then(|shared| self.shared_words(shared)) {
                Some(shared) => format!("{shared} · {product}"),
                None => product.to_owned(),
            };
            Some(Line::Item(Item {
                label: role.short_name.clone(),
                marks: if hit.form == 0 { hit.indices().to_vec() } else { Vec::new() },
                detail,
                target: Target::Compare(choice.first.clone(), role.id.clone()),
            }))
        });
        choice.picker.fill(lines.collect(), others.len());
    }

    /// What two roles have in common, in words; None where it is not known.
    fn shared_words(&self, shared: Shared) -> Option<String> {
        Some(match shared {
            Shared::Actions(count) => self.count(count, "{} action shared", "{} actions shared"),
            Shared::Patterns(count) => {
                self.count(count, "{} action or pattern shared", "{} actions or patterns shared")
            }
            Shared::Overlap => self.word("patterns overlap").to_owned(),
            Shared::Nothing => self.word("no action shared").to_owned(),
            Shared::Unknown => return None,
        })
    }
}

/// Is it the list that waits for how alike its roles are?
fn waits(overlay: &mut Overlay) -> bool {
    matches!(overlay, Overlay::CompareWith(choice) if choice.waiting)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::event::Event;
    use crate::app::key::Key;
    use crate::catalog::Catalog;

    #[test]
    fn no_insight_is_made_or_used_at_a_key_of_the_list() {
        let mut app = App::new(Arc::new(Catalog::builtin().unwrap()), 100, 30);
        let at_hand = app.insights.at_hand();
        for key in "=mqtt".chars().map(Key::char) {
            app.update(Event::Key(key));
            assert_eq!(app.insights.at_hand(), at_hand, "{key}");
        }
        let picker = app.overlay.as_ref().and_then(Overlay::picker).unwrap();
        assert!(picker.lines.len() > 1 && picker.lines.len() < picker.total, "{picker:?}");
    }
}
