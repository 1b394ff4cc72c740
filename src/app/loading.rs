//! Files on their way in: batches join the catalogue, progress is told, and what was left out is listed.

use super::event::Effect;
use super::overlay::{List, Overlay};
use super::picker::{Item, Line, Picker, Target};
use super::who_can::{Answers, Documents};
use super::work::{Done, Work};
use super::{App, NoticeKind};
use crate::catalog::import::{Batch, Ended, Progress, SkippedFile};
use crate::catalog::load::Stamp;
use crate::catalog::model::{RoleId, RoleKind};
use crate::catalog::search::narrow;
use crate::catalog::{Catalog, Kinds};
use crate::say::{Language, Saying};
use crate::text;
use std::collections::HashMap;
use std::sync::Arc;

/// What is left out of the list beyond this is only counted: nobody reads on.
const LISTED: usize = 10_000;

/// What is known of the files that were given.
#[derive(Debug, Default)]
pub struct Loading {
    /// How far it is; None where no files were given.
    pub progress: Option<Progress>,
    /// What was left out.
    pub skipped: Vec<SkippedFile>,
    /// The files that were read, by the path that is shown.
    files: HashMap<String, Stamp>,
    /// The built-in products, which follow when all files are read.
    rest: Option<Arc<Catalog>>,
    /// Policies among what was read of which nobody says what role has them.
    policies: usize,
    stopping: bool,
}

impl Loading {
    /// Is it going on?
    pub fn is_on(&self) -> bool {
        self.progress.as_ref().is_some_and(|progress| progress.ended.is_none())
    }
}

impl App {
    /// The state at the start with people's own files on their way: they come first, and the products of
    /// `catalog` follow when all are read.
    pub fn opening(language: Language, catalog: &Arc<Catalog>, columns: u16, rows: u16) -> Self {
        let shown = Arc::new(catalog.without_products());
        let mut app = Self::speaking(language, shown, columns, rows);
        app.vocabulary = app.catalog.clone();
        app.loading.progress = Some(Progress::default());
        app.loading.rest = Some(catalog.clone());
        app.refresh();
        app
    }

    /// Notes what was left out before the screen opened.
    pub fn note_skipped(&mut self, skipped: Vec<SkippedFile>) {
        if skipped.is_empty() {
            return;
        }
        self.loading.skipped.extend(skipped);
        let said = self.skipped_words();
        self.tell(NoticeKind::Failed, said);
    }

    /// Takes in some roles.
    pub(super) fn loaded(&mut self, batch: Batch) {
        let Batch { products, roles, skipped, files, progress } = batch;
        self.loading.files.extend(files.into_iter().map(|stamp| (stamp.shown(), stamp)));
        self.loading.skipped.extend(skipped);
        let selected = roles.iter().any(|loaded| Some(&loaded.role.id) == self.role.as_ref());
        self.finding.grow(&self.catalog, &products, &roles);
        for loaded in &roles {
            // The row of a whole file comes more than once, and its policies have rows of their own.
            let is_policy = loaded.role.kind == RoleKind::Document && !loaded.whole_file;
            self.loading.policies += usize::from(is_policy);
            let touched = loaded.touched.clone();
            let before = self.catalog.role(&loaded.role.id);
            // A policy of which a later file tells the role.
            let was_policy = before.is_some_and(|before| before.kind == RoleKind::Document);
            if was_policy && loaded.role.kind != RoleKind::Document {
                self.loading.policies = self.loading.policies.saturating_sub(1);
            }
            self.insights.learn(&loaded.role, before, touched, loaded.whole_file);
        }
        let changed = !(products.is_empty() && roles.is_empty());
        if changed {
            Arc::make_mut(&mut self.catalog).take_in_loaded(products, roles);
        }
        if self.loading.is_on() {
            let ended = progress.ended;
            self.loading.progress = Some(progress);
            if let Some(ended) = ended {
                self.ended(ended);
            }
        }
        if changed {
            self.lists_changed();
        }
        if selected {
            self.role_changed();
        }
    }

    /// The lists no longer show what is known.
    fn lists_changed(&mut self) {
        self.shown.lists = None;
        self.refill_tour();
        if let super::View::Matrix(view) = &mut self.view {
            view.outdate();
        }
    }

    /// The selected role is another than is shown; places are kept.
    fn role_changed(&mut self) {
        // Rows of no width are never shown, so they are derived anew; the selected row stays.
        if let Some(shown) = &mut self.shown.summary {
            shown.1 = 0;
        }
        self.policy_changed();
    }

    fn ended(&mut self, ended: Ended) {
        if let Some(rest) = self.loading.rest.take() {
            self.finding.grow_by(&rest);
            // What was counted without them no longer holds.
            for role in rest.roles() {
                self.insights.learn(role, None, None, false);
            }
            let roles = rest.roles().iter().cloned();
            Arc::make_mut(&mut self.catalog).take_in(rest.products_bare(), roles);
            self.lists_changed();
        }
        let Some(progress) = &self.loading.progress else { return };
        let kind = if progress.roles == 0 { NoticeKind::Failed } else { NoticeKind::Done };
        let words = self.read_words(progress);
        let mut said = match ended {
            Ended::Complete if progress.files == 0 && self.loading.skipped.is_empty() => self
                .word("No file was found there that could hold a policy; give the path of a file, or another folder.")
                .to_owned(),
            Ended::Complete if progress.files == 0 => self.word("Nothing was read.").to_owned(),
            Ended::Complete => self.phrase("Read {}.", &[&words]),
            Ended::Stopped => self.phrase("Stopped. What was read stays: {}.", &[&words]),
        };
        if !self.loading.skipped.is_empty() {
            said = format!("{said} {}", self.skipped_words());
        }
        self.tell(kind, said);
    }

    /// `2,000 files: 10,000 roles, 31 MB`.
    fn read_words(&self, progress: &Progress) -> String {
        let files = match progress.files {
            1 => self.phrase("{} file", &["1"]),
            n => self.phrase("{} files", &[&text::thousands(n)]),
        };
        let roles = match progress.roles {
            // Of what kind they would have been nobody knows.
            0 => self.word("no role or policy").to_owned(),
            roles => self.roles_words(roles),
        };
        self.phrase("{}: {}, {}", &[&files, &roles, &text::bytes(progress.bytes)])
    }

    fn roles_words(&self, roles: usize) -> String {
        let roles = roles.saturating_sub(self.insights.whole_files().count());
        let policies = self.loading.policies.min(roles);
        Kinds { roles: roles - policies, policies }.words(self.language)
    }

    fn skipped_words(&self) -> String {
        let key = self.keymap.way(super::command::Command::Skipped);
        match self.loading.skipped.as_slice() {
            [one] => {
                let reason = one.reason.said(self.language);
                self.phrase("Left out: {}: {}", &[&self.skipped_at(one), &reason])
            }
            all => {
                let count = text::thousands(all.len());
                self.phrase("{} things were left out; {} lists them.", &[&count, &key])
            }
        }
    }

    fn skipped_at(&self, one: &SkippedFile) -> String {
        one.at().said(self.language)
    }

    /// Stops loading; what was loaded stays. False if nothing is being loaded.
    pub(super) fn stop_loading(&mut self) -> bool {
        if !self.loading.is_on() {
            return false;
        }
        if !self.loading.stopping {
            self.loading.stopping = true;
            self.wished.push(Effect::StopLoading);
        }
        self.tell(NoticeKind::Hint, self.word("Stopping; what was read so far stays."));
        true
    }

    /// What is being loaded, in a few words for the first line.
    pub fn loading_words(&self) -> Option<String> {
        let progress = self.loading.progress.as_ref().filter(|_| self.loading.is_on())?;
        Some(if progress.found == 0 {
            self.word("looking for files").to_owned()
        } else {
            let (roles, bytes) = (self.roles_words(progress.roles), text::bytes(progress.bytes));
            let (read, found) = (text::thousands(progress.files), text::thousands(progress.found));
            let words = match progress.found {
                1 => "{} · {} · {} of {} file",
                _ => "{} · {} · {} of {} files",
            };
            self.phrase(words, &[&roles, &bytes, &read, &found])
        })
    }

    /// Asks for slow work, once.
    pub(super) fn ask(&mut self, work: Work) {
        let same =
            |known: &Work| *known == work || (work.role().is_some() && known.role() == work.role());
        if !self.working.iter().any(same) {
            self.working.push(work.clone());
            self.wished.push(Effect::Work(work));
        }
    }

    /// Asks whether the file of the selected role is still what was read. One question at a time: a held key must not
    /// start a thread for every row it passes.
    pub(super) fn look(&mut self) {
        if self.working.iter().any(|work| matches!(work, Work::Look(..))) {
            return;
        }
        let Some(role) = self.role.as_ref().and_then(|id| self.catalog.role(id)) else { return };
        let page = role.policy.as_ref().and_then(|policy| policy.page.as_ref());
        if let Some(stamp) = page.and_then(|page| self.loading.files.get(page)) {
            self.ask(Work::Look(role.id.clone(), stamp.clone()));
        }
    }

    /// Says what is different about the file of a role.
    fn looked(&mut self, role: &RoleId, difference: Option<Saying>) {
        self.working.retain(|work| !matches!(work, Work::Look(..)));
        if self.role.as_ref() != Some(role) {
            // Meanwhile another one was selected.
            self.look();
        } else if let Some(sentence) = difference {
            let sentence = sentence.said(self.language);
            let said = match &self.notice {
                // How a copy went is worth both.
                Some(notice) => self.phrase("{} But {}", &[&notice.text, &sentence]),
                None => sentence.clone(),
            };
            self.tell(NoticeKind::Failed, said);
            self.policy.warning = sentence;
            self.policy.brief.clear();
        }
    }

    /// Takes in the result of slow work.
    pub(super) fn worked(&mut self, done: Done) {
        match done {
            Done::Look(role, difference) => self.looked(&role, difference),
            Done::Compare(language, roles, compared) => self.compared(language, &roles, compared),
            Done::Rank(role, ranked) => self.ranked(&role, ranked),
            Done::Documents(state, documents) => self.documents_read(state, documents),
            Done::Actions(names) => self.actions_read(Some(Arc::unwrap_or_clone(names))),
            Done::WhoCan(asking, answers) => {
                self.who_can_answered(&asking, Arc::unwrap_or_clone(answers));
            }
            Done::Outline(text, outline) => {
                self.working.retain(|work| !matches!(work, Work::Outline(t) if t.is(&text)));
                if self.policy.pane.text().is(&text) {
                    self.policy.pane.adopt(Arc::unwrap_or_clone(outline));
                    self.shown.marks = None;
                }
            }
            Done::Insight(language, role, insight) => {
                self.working.retain(|work| work.role() != Some(&role.id));
                let now = self.catalog.role(&role.id).and_then(|role| role.policy.as_ref());
                let then = role.policy.as_ref();
                // The file may have come in whole meanwhile, or the language changed.
                let current = now.zip(then).is_some_and(|(a, b)| a.source.is(&b.source));
                if current && language == self.language {
                    self.insights.keep(role.id.clone(), insight);
                }
                if self.role.as_ref() == Some(&role.id) {
                    self.role_changed();
                }
            }
        }
    }

    /// Says that a worker broke down. What it was asked for may be asked for again, which happens only where the user
    /// comes back to it: what breaks down each time must not begin again and again by itself.
    pub(super) fn work_failed(&mut self, work: Option<Work>, why: &str) {
        let why = text::harmless(why).into_owned();
        let said = self.phrase("A part of the program broke down: {}", &[&why]);
        self.tell(NoticeKind::Failed, said);
        let Some(work) = work else { return };
        self.working.retain(|known| *known != work);
        match work {
            Work::Insight(_, role, _) => self.insight_failed(&role.id),
            Work::Compare(_, roles, _) => self.comparison_failed(&roles),
            Work::Rank(_) => self.ranking_failed(),
            Work::Documents(texts) => self.documents_read(texts.state, Documents::not_read()),
            Work::WhoCan(asking) => self.who_can_answered(&asking, Answers::none()),
            Work::Actions(_) => self.actions_read(None),
            Work::Outline(_) | Work::Look(..) => {}
        }
    }

    /// Opens the list of what was left out.
    pub(super) fn open_skipped(&mut self) {
        if self.loading.skipped.is_empty() {
            self.tell(NoticeKind::Hint, self.word("Nothing was left out."));
            return;
        }
        let mut picker = Picker::default();
        self.fill_skipped(&mut picker);
        self.overlay = Some(Overlay::List(List::Skipped, picker));
    }

    /// Fills the list with what matches the typed text.
    pub(super) fn fill_skipped(&mut self, picker: &mut Picker) {
        let all = &self.loading.skipped;
        let label = |one: &SkippedFile| self.skipped_at(one);
        let line = |one: &SkippedFile, marks: Vec<usize>| {
            let reason = one.reason.said(self.language);
            // The list is gone when it is said: what was left out has to be named.
            let said = self.phrase("Left out: {}: {}", &[&label(one), &reason]);
            let target = Target::Nothing(said);
            Line::Item(Item { label: label(one), marks, detail: reason, target })
        };
        let query = picker.input.text().to_owned();
        let lines: Vec<Line> = if query.trim().is_empty() {
            all.iter().take(LISTED).map(|one| line(one, Vec::new())).collect()
        } else {
            let labels: Vec<String> = all.iter().take(LISTED).map(label).collect();
            let reasons: Vec<String> =
                all.iter().take(LISTED).map(|one| one.reason.said(self.language)).collect();
            let forms =
                labels.iter().zip(&reasons).map(|(l, reason)| vec![l.as_str(), reason.as_str()]);
            narrow(forms.collect::<Vec<_>>(), &query)
                .into_iter()
                .filter_map(|hit| {
                    let marks = if hit.form == 0 { hit.indices().to_vec() } else { Vec::new() };
                    all.get(hit.index).map(|one| line(one, marks))
                })
                .collect()
        };
        picker.fill(lines, all.len());
    }
}
