//! Opening the comparison of two roles: at once where their policies are small, else on a thread, with words on the
//! screen meanwhile.

use super::super::work::{SLOW_TOGETHER, Work};
use super::super::{App, NoticeKind, View};
use super::{CompareView, Compared, Cursor, Seat};
use crate::catalog::comparison::{self, ByMeaning};
use crate::catalog::model::{Role, RoleId};
use crate::policy::compare::report::Section;
use crate::policy::document::Document;
use crate::say::Language;
use crate::text;
use std::collections::BTreeSet;
use std::sync::Arc;

/// The bytes of both policies.
fn size(left: &Role, right: &Role) -> usize {
    let size = |role: &Role| role.policy.as_ref().map_or(0, |policy| policy.source.len());
    size(left) + size(right)
}

fn is_slow(left: &Role, right: &Role) -> bool {
    size(left, right) > SLOW_TOGETHER
}

impl CompareView {
    fn new(left: &RoleId, right: &RoleId, meaning: ByMeaning) -> Self {
        Self {
            left: left.clone(),
            right: right.clone(),
            meaning,
            head: Vec::new(),
            by_text: false,
            rows: Vec::new(),
            cursor: Cursor::default(),
            scrolled: 0,
            widest: 0,
            changed: None,
            texts: None,
            documents: [Document::default(), Document::default()],
            waiting: true,
            kept: None,
            same_open: false,
            open_runs: BTreeSet::new(),
            other: Cursor::default(),
            shown: None,
        }
    }

    /// Takes in what was found.
    fn fill(&mut self, compared: Compared) {
        let Compared { meaning, documents, texts } = compared;
        // A comparison without anything different begins with what is the same.
        self.same_open = meaning.lines.iter().all(|line| line.section == Section::Same);
        self.meaning = meaning;
        self.documents = documents;
        self.texts = texts.or_else(|| self.texts.take());
        self.waiting = false;
        self.shown = None;
    }
}

impl App {
    /// Opens the comparison of two roles.
    pub(in crate::app) fn compare_roles(&mut self, left: &RoleId, right: &RoleId) {
        self.show_comparison(left, right, None);
    }

    /// Opens a comparison where it was left.
    pub(in crate::app) fn take_seat(&mut self, seat: Seat) {
        let (left, right) = (seat.left.clone(), seat.right.clone());
        self.show_comparison(&left, &right, Some(seat));
    }

    fn show_comparison(&mut self, left: &RoleId, right: &RoleId, seat: Option<Seat>) {
        let catalog = self.catalog.clone();
        let (Some(one), Some(two)) = (catalog.role(left), catalog.role(right)) else { return };
        if is_slow(one, two) {
            let meaning = self.not_yet(one, two);
            let view = CompareView { kept: seat, ..CompareView::new(left, right, meaning) };
            self.view = View::Compare(Box::new(view));
            return;
        }
        match Compared::of(self.language, &catalog, one, two) {
            Err(why) => self.tell(NoticeKind::Failed, why),
            Ok(compared) => {
                let view = CompareView::new(left, right, ByMeaning::default());
                self.view = View::Compare(Box::new(CompareView { kept: seat, ..view }));
                self.take_comparison(compared);
            }
        }
    }

    /// What stands in place of a comparison that is not there yet.
    fn not_yet(&self, left: &Role, right: &Role) -> ByMeaning {
        let (one, two) = comparison::names(left, right);
        let size = text::bytes(size(left, right) as u64);
        ByMeaning {
            language: self.language,
            left: text::harmless(&one).into_owned(),
            right: text::harmless(&two).into_owned(),
            headline: self.phrase("Comparing both policies, {} in all.", &[&size]),
            ..ByMeaning::default()
        }
    }

    /// Fills the view, which stands then where it was left.
    fn take_comparison(&mut self, compared: Compared) {
        let View::Compare(view) = &mut self.view else { return };
        view.fill(compared);
        let Some(seat) = view.kept.take() else { return };
        view.by_text = seat.by_text;
        view.same_open = seat.same_open;
        view.open_runs = seat.open_runs;
        self.refresh_compare();
        if let View::Compare(view) = &mut self.view {
            view.cursor = seat.cursor;
        }
    }

    /// Has the roles of the view compared where they are not, or in another language.
    pub(super) fn compare_anew(&mut self) {
        let language = self.language;
        let View::Compare(view) = &self.view else { return };
        let told = view.meaning.language == language;
        if told && !view.waiting {
            return;
        }
        let catalog = self.catalog.clone();
        let (Some(one), Some(two)) = (catalog.role(&view.left), catalog.role(&view.right)) else {
            return;
        };
        if !told {
            let seat = view.seat();
            if !is_slow(one, two) {
                if let Ok(compared) = Compared::of(language, &catalog, one, two)
                    && let View::Compare(view) = &mut self.view
                {
                    view.fill(compared);
                    view.same_open = seat.same_open;
                }
                return;
            }
            let meaning = self.not_yet(one, two);
            let (left, right) = (view.left.clone(), view.right.clone());
            let view = CompareView { kept: Some(seat), ..CompareView::new(&left, &right, meaning) };
            self.view = View::Compare(Box::new(view));
        }
        // One question at a time: a held key must not start a thread for every pair it passes.
        if !self.working.iter().any(|work| matches!(work, Work::Compare(..))) {
            let roles = Arc::new([one.clone(), two.clone()]);
            self.ask(Work::Compare(language, roles, self.vocabulary.clone()));
        }
    }

    /// Is it what the view waits for?
    fn waits_for(&self, [left, right]: &[Role; 2]) -> bool {
        let View::Compare(view) = &self.view else { return false };
        // The file may have come in whole meanwhile.
        let current = |then: &Role| {
            let now = self.catalog.role(&then.id).and_then(|role| role.policy.as_ref());
            now.zip(then.policy.as_ref()).is_some_and(|(a, b)| a.source.is(&b.source))
        };
        view.waiting
            && (&view.left, &view.right) == (&left.id, &right.id)
            && current(left)
            && current(right)
    }

    /// Takes in a comparison, unless something else is waited for by now.
    pub(in crate::app) fn compared(
        &mut self,
        language: Language,
        roles: &[Role; 2],
        compared: Result<Arc<Compared>, String>,
    ) {
        self.working.retain(|work| !matches!(work, Work::Compare(..)));
        if language != self.language || !self.waits_for(roles) {
            return;
        }
        match compared {
            Ok(compared) => self.take_comparison(Arc::unwrap_or_clone(compared)),
            Err(why) => {
                self.view = View::Browse;
                self.tell(NoticeKind::Failed, why);
            }
        }
    }

    /// A comparison broke down: who waits for it is led back.
    pub(in crate::app) fn comparison_failed(&mut self, roles: &[Role; 2]) {
        if self.waits_for(roles) {
            self.view = View::Browse;
        }
    }
}
