//! The summary pane of a role: what it is for, what it may do, then everything else that is known.

use super::App;
use super::list::Cursor;
use super::policy_view::policy_name;
use super::summary_rows::{self, Row, RowKind};
use super::work::Work;
use crate::catalog::model::{Role, RoleId, RoleKind, Standing};
use crate::policy::level::AccessLevel;
use crate::policy::summary::{Summary, Tally};
use std::sync::Arc;

/// The narrowest pane that rows are wrapped to, in columns.
const NARROWEST: usize = 16;
/// What a summary calls the part of the patterns of any service.
const ANY: &str = "*";

/// The selected row before texts were wrapped anew.
#[derive(Debug)]
pub(super) struct RowBefore {
    columns: usize,
    key: String,
    /// The row that is selected in its place.
    now: String,
}

impl App {
    /// Derives the rows of the summary; the selected row is kept by its key.
    pub(super) fn refresh_rows(&mut self) {
        let width = usize::from(self.summary_width()).max(NARROWEST);
        let wanted = (self.role.clone(), width, self.layout.is_small());
        if self.shown.summary.as_ref() == Some(&wanted) {
            if !self.summary_begun {
                self.begin_rows();
            }
            self.fit_lists();
            return;
        }
        let same_role = self.shown.summary.as_ref().is_some_and(|shown| shown.0 == wanted.0);
        let key = self.current_row().map(|row| row.key.clone()).filter(|_| same_role);
        let before = self.shown.summary.as_ref().map_or(0, |shown| shown.1);
        // Back at the columns of before, its row comes back too: in others its line may not be there.
        let left = self.row_before.take().filter(|left| left.columns == width);
        let left = left.filter(|left| key.as_ref() == Some(&left.now));
        let key = left.map(|left| left.key).or(key);
        self.put_rows_by();
        self.summary = self.rows_of_role(width);
        let kept = key.as_ref().and_then(|key| self.row_like(key));
        match kept.filter(|_| self.summary_begun) {
            Some(at) => self.show_row(at),
            None => self.begin_rows(),
        }
        self.row_before = key.and_then(|key| {
            let now = self.current_row()?.key.clone();
            Some(RowBefore { columns: before, key, now })
        });
        self.shown.summary = Some(wanted);
        self.shown.marks = None;
        self.fit_lists();
    }

    /// The row with this key; where its line is gone because texts are wrapped anew, the last line of
    /// the same text.
    fn row_like(&self, key: &str) -> Option<usize> {
        let text = |key: &str| key.rsplit_once('/').map(|(text, _)| text.to_owned());
        self.summary.iter().position(|row| row.key == key).or_else(|| {
            let wanted = text(key)?;
            self.summary.iter().rposition(|row| text(&row.key).as_ref() == Some(&wanted))
        })
    }

    /// Shows the rows of a role from the first on: its name, what it is for and what must be known stand there. Behind
    /// another pane this waits until there is room.
    fn begin_rows(&mut self) {
        let (page, first) = (self.summary_page(), self.first_row());
        self.summary_begun = page > 0;
        self.summary_at = Cursor::on(first);
        if page == 0 || first < page {
            return;
        }
        // What is asked for goes before what is said first.
        if self.filter.is_some() { self.show_row(first) } else { self.summary_at.at = 0 }
    }

    fn summary_page(&self) -> usize {
        usize::from(super::layout::inside(self.layout.pane(super::layout::Pane::Summary)).height)
    }

    /// Selects a row of the summary with what follows it in sight.
    pub(super) fn show_row(&mut self, at: usize) {
        self.summary_begun = true;
        let page = self.summary_page();
        // Behind another pane the window waits; what it shows is the same when it is seen again.
        if page == 0 {
            let above = self.summary_at.at.saturating_sub(self.summary_at.top);
            self.summary_at = Cursor { at, top: at.saturating_sub(above) };
            return;
        }
        self.summary_at.show(at, self.summary.len(), page);
        // A blank row at the upper edge would waste one of few, and the end of a sentence says nothing.
        let idle = |row: &Row| {
            row.kind == RowKind::Blank || row.key.starts_with("head/") && !row.key.ends_with("/0")
        };
        while self.summary_at.top < at && self.summary.get(self.summary_at.top).is_some_and(idle) {
            self.summary_at.top += 1;
        }
        self.summary_at.fit(self.summary.len(), page);
    }

    /// The row to begin with: the first of the filter's service, else the first service.
    fn first_row(&self) -> usize {
        let is_service = |row: &Row| matches!(row.kind, RowKind::Service { .. });
        let wanted = self.filter.as_ref().and_then(|code| {
            self.summary
                .iter()
                .position(|row| is_service(row) && row.service.as_deref() == Some(code.as_str()))
        });
        wanted.or_else(|| self.summary.iter().position(is_service)).unwrap_or(0)
    }

    /// Summing up the policy of a role broke down.
    pub(super) fn insight_failed(&mut self, role: &RoleId) {
        if self.role.as_ref() == Some(role) {
            self.broken = Some(role.clone());
            // Rows of no width are never shown, so they are derived anew.
            if let Some(shown) = &mut self.shown.summary {
                shown.1 = 0;
            }
        }
    }

    /// The rows of the shown role give way to others: those of its permissions may be wanted again.
    fn put_rows_by(&mut self) {
        let mut rows = std::mem::take(&mut self.summary);
        if let Some((role, width, permissions)) = self.permission_rows.take() {
            rows.truncate(permissions.end);
            rows.drain(..permissions.start.min(rows.len()));
            self.insights.keep_rows(&role, &self.insight, width, rows);
        }
    }

    fn rows_of_role(&mut self, width: usize) -> Vec<Row> {
        let catalog = self.catalog.clone();
        let Some(role) = self.role.as_ref().and_then(|id| catalog.role(id)) else {
            return Vec::new();
        };
        let at_once = self.insights.at_once(&role.id, &catalog);
        let mut rows = summary_rows::about("head", self.head(role), width);
        let Some(insight) = at_once else {
            self.insight = Arc::default();
            if self.broken.take_if(|broken| *broken == role.id).is_some() {
                let said = self.word("Summing up this policy broke down. Going to another role and back tries again.");
                let said = vec![RowKind::Warning(said.to_owned())];
                rows.extend(summary_rows::about("broken", said, width));
                return rows;
            }
            self.ask(Work::Insight(self.language, Arc::new(role.clone()), self.vocabulary.clone()));
            let size = role.policy.as_ref().map_or(0, |policy| policy.source.len());
            let size = crate::text::bytes(size as u64);
            let said = vec![RowKind::Prose(self.phrase("Reading the policy of {}.", &[&size]))];
            rows.extend(summary_rows::about("reading", said, width));
            return rows;
        };
        self.insight = insight.clone();
        if role.policy.is_none() || self.insights.is_whole_file(&role.id) {
            rows.extend(summary_rows::about("tail", self.tail(role), width));
            return rows;
        }
        if let Some(why) = &insight.unreadable {
            let warning = vec![RowKind::Warning(why.clone()), RowKind::Blank];
            rows.extend(summary_rows::about("unreadable", warning, width));
        }
        let heading = vec![RowKind::Heading(self.may_do(&insight.summary))];
        rows.extend(summary_rows::about("may", heading, width));
        let first = rows.len();
        if let Some(mut kept) = self.insights.kept_rows(&role.id, width) {
            kept.splice(0..0, rows);
            rows = kept;
        } else {
            let policy = role.policy.as_ref();
            let words = summary_rows::Words {
                language: self.language,
                name: &|code| self.service_name(code),
                guess: &|action| policy.is_some_and(|policy| policy.rests_on_guess(action)),
            };
            summary_rows::permissions(&mut rows, &insight.summary, width, &words);
        }
        self.permission_rows = Some((role.id.clone(), width, first..rows.len()));
        rows.extend(self.finding_rows(width));
        rows.extend(summary_rows::about("tail", self.tail(role), width));
        rows
    }

    fn head(&self, role: &Role) -> Vec<RowKind> {
        let mut rows = vec![RowKind::Title(role.name.clone())];
        if let Some(purpose) = &role.purpose {
            rows.push(RowKind::Prose(purpose.told(self.language)));
        }
        if let Some(policy) = role.policy.as_ref().filter(|policy| policy.warning().is_some()) {
            let words = policy.standing_words();
            let said = match policy.missing_actions() {
                // The policy pane has no room there to say it.
                [] if self.layout.is_small() => self.incomplete(policy).unwrap_or_default(),
                [] => self.phrase(
                    "The policy is {}; the policy pane says what is missing.",
                    &[self.say(&words)],
                ),
                actions => self.phrase(
                    "The policy is {}: the part that is missing names {}.",
                    &[self.say(&words), &self.comma_list(actions)],
                ),
            };
            rows.push(RowKind::Warning(said));
        }
        if role.policy.is_none() {
            rows.push(RowKind::Blank);
            let words = self.word("What it may do is not known here.");
            rows.push(RowKind::Warning(words.to_owned()));
        }
        // Such a role's first note says what is missing, or what is shown instead.
        if role.policy.is_none() || self.insights.is_whole_file(&role.id) {
            rows.extend(self.first_note(role).map(RowKind::Prose));
        }
        rows.extend(self.account_head(role));
        rows.push(RowKind::Blank);
        rows
    }

    fn tail(&self, role: &Role) -> Vec<RowKind> {
        let mut rows = self.about(role);
        rows.extend(self.trust_row(role));
        rows.extend(self.account_rows(role));
        rows.extend(self.before_deletion(role));
        rows.extend(self.notes_of(role));
        if let Some(page) = self.catalog.product(&role.product).and_then(|p| p.page.as_ref()) {
            rows.push(RowKind::Blank);
            rows.push(self.fact("page", page, None));
        }
        rows
    }

    /// One line of what is known, with its standing.
    fn fact(&self, name: &'static str, value: &str, standing: Option<Standing>) -> RowKind {
        RowKind::Fact {
            name: self.word(name).to_owned(),
            value: value.to_owned(),
            standing: standing.map(|standing| {
                let words = standing.words();
                Box::new((standing, words))
            }),
        }
    }

    /// What a role or a policy is, where it comes from and what it is called.
    fn about(&self, role: &Role) -> Vec<RowKind> {
        let linked = role.kind == RoleKind::ServiceLinked;
        let about = match role.kind {
            RoleKind::Document => self.word("About this policy"),
            RoleKind::ServiceLinked | RoleKind::Ordinary => self.word("About this role"),
        };
        let mut rows = vec![RowKind::Blank, RowKind::Heading(about.into())];
        if let Some(product) = self.catalog.product_words(role) {
            rows.push(self.fact("product", self.say(&product), None));
        }
        for (name, known) in [
            ("feature", &role.feature),
            ("purpose", &role.purpose),
            ("creation", &role.created_when),
        ] {
            match known {
                Some(known) => {
                    rows.push(self.fact(
                        name,
                        self.say(&known.value),
                        Some(known.standing.clone()),
                    ));
                }
                None if linked => rows.push(self.fact(name, self.word("not established"), None)),
                None => {}
            }
        }
        if linked || role.service_name.is_some() {
            let service = role.service_name.as_deref();
            rows.push(self.fact("service", service.unwrap_or(self.word("not known")), None));
        }
        if let Some(policy) = &role.policy {
            let words = self.catalog.policy_words(role).unwrap_or_else(|| policy.standing_words());
            rows.push(RowKind::Fact {
                name: self.word("policy").to_owned(),
                value: policy_name(role, policy).to_owned(),
                standing: Some(Box::new((policy.standing.clone(), words))),
            });
            if let Some(updated) = &policy.updated {
                rows.push(self.fact("updated", updated, None));
            }
            if let Some(page) = policy.source_words(self.language) {
                rows.push(self.fact("source", page, None));
            }
        }
        if role.kind != RoleKind::Document {
            rows.push(self.fact("ARN", &self.catalog.arn_of(role), None));
        }
        rows
    }

    /// Who may assume a role; None of a policy, which nobody assumes.
    fn trust_row(&self, role: &Role) -> Option<RowKind> {
        let key = self.keymap.way(super::command::Command::Trust);
        let (words, standing) = match &role.trust {
            Some(trust)
                if role.kind == RoleKind::ServiceLinked
                    && let Some([only]) = role.trusted(self.language).as_deref() =>
            {
                let words =
                    self.phrase("only {} may assume it; {} shows the trust policy", &[only, &key]);
                (words, Some(trust.standing.clone()))
            }
            Some(trust) => {
                (self.phrase("{} shows the trust policy", &[&key]), Some(trust.standing.clone()))
            }
            None if role.kind == RoleKind::Document => return None,
            None => (self.word("the trust policy is not in the catalogue").to_owned(), None),
        };
        Some(self.fact("trust", &words, standing))
    }

    /// What has to go before a service-linked role can be deleted, and what stops when a role is.
    fn before_deletion(&self, role: &Role) -> Vec<RowKind> {
        let mut rows = Vec::new();
        let linked = role.kind == RoleKind::ServiceLinked;
        if linked {
            rows.push(RowKind::Blank);
            rows.push(RowKind::Heading(self.word("Before it can be deleted").into()));
        }
        if linked && role.blockers.is_empty() {
            let open =
                "What has to go first is not established here; the product's own page may say.";
            rows.push(RowKind::Prose(self.word(open).into()));
        }
        for blocker in &role.blockers {
            let what =
                self.phrase("{}: {}", &[self.say(&blocker.what), self.say(&blocker.because)]);
            rows.push(self.fact("remove", &what, Some(blocker.standing.clone())));
        }
        for stop in &role.stops {
            rows.push(self.fact("stops", self.say(&stop.value), Some(stop.standing.clone())));
        }
        rows
    }

    /// The notes of a role and its policy, with their heading.
    /// What is said first of a role whose policy is not here, or of a whole file.
    pub(super) fn first_note(&self, role: &Role) -> Option<String> {
        if role.policy.is_none() && role.product.is_own() {
            return Some(role.no_policy(&role.short_name).said(self.language));
        }
        // Where a role is known by name, its note says how to get the policy.
        role.notes.first().map(|note| self.say(note).to_owned())
    }

    fn notes_of(&self, role: &Role) -> Vec<RowKind> {
        let notes = role.policy.iter().flat_map(|policy| &policy.notes).chain(&role.notes);
        let notes: Vec<RowKind> =
            notes.map(|note| RowKind::Prose(format!("- {}", self.say(note)))).collect();
        if notes.is_empty() {
            return notes;
        }
        let heading = [RowKind::Blank, RowKind::Heading(self.word("Notes").into())];
        heading.into_iter().chain(notes).collect()
    }

    /// `14 actions in 3 services: write 5, permissions 1; denied 2`.
    fn may_do(&self, summary: &Summary) -> String {
        let groups = || summary.services.iter().flat_map(|service| &service.levels);
        let actions = Tally::of(groups().flat_map(|group| &group.actions));
        // Patterns of any service stand in a part of their own, which is no service.
        let granting = || summary.services.iter().filter(|service| !service.levels.is_empty());
        let services = granting().filter(|service| service.code != ANY).count();
        let of_any = granting().any(|service| service.code == ANY);
        let levels: Vec<String> = AccessLevel::ALL
            .into_iter()
            .filter_map(|level| {
                let n: usize = groups().filter(|g| g.level == level).map(|g| g.actions.len()).sum();
                (n > 0).then(|| format!("{} {n}", self.word(level.word())))
            })
            .collect();
        let denied: usize = summary.services.iter().map(|service| service.denied.len()).sum();
        let granted = if self.insight.unreadable.is_some() {
            self.word("What it may do is not known: its policy cannot be read").into()
        } else if actions.all() == 0 {
            self.word("May do nothing").into()
        } else {
            let (actions, levels) = (actions.words(self.language), self.comma_list(&levels));
            let in_services = self.count(services, "{} service", "{} services");
            match (of_any, services) {
                (false, _) => self.phrase("{} in {}: {}", &[&actions, &in_services, &levels]),
                (true, 0) => self.phrase("{} of any service: {}", &[&actions, &levels]),
                (true, _) => {
                    self.phrase("{} in {} and of any: {}", &[&actions, &in_services, &levels])
                }
            }
        };
        if denied == 0 {
            granted
        } else {
            self.phrase("{}; denied {}", &[&granted, &denied.to_string()])
        }
    }
}
