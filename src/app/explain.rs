//! The explanation beside the policy: the statement under the cursor as a sentence, and its findings.

use super::App;
use super::command::Command;
use super::findings::{Said, fitting};
use super::layout::{Pane, inside};
use crate::catalog::Catalog;
use crate::catalog::model::RoleId;
use crate::policy::findings::Severity;
use crate::policy::vocabulary::{KnownAction, Vocabulary};
use crate::policy::{explain, read};
use crate::say::Language;
use crate::text;

/// The least rows of a policy pane with an explanation, borders included.
const LEAST: u16 = 14;

/// The explanation that is shown, and what it was made from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Explanation {
    /// The lines; none where nothing is explained.
    pub lines: Vec<(Said, String)>,
    /// The statement, from 0; None for a trust policy.
    pub statement: Option<usize>,
    made_from: Option<MadeFrom>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct MadeFrom {
    role: Option<RoleId>,
    trust: bool,
    statement: Option<usize>,
    width: u16,
    height: u16,
    language: Language,
}

impl Explanation {
    /// Rows of the pane that it takes: a line above it and its own.
    pub fn height(&self) -> usize {
        if self.lines.is_empty() { 0 } else { self.lines.len() + 1 }
    }
}

impl App {
    /// Shows or hides the explanation; says so where nothing of it can be seen here.
    pub(super) fn toggle_explain(&mut self) {
        if self.policy.pane.text().is_empty() {
            self.tell(super::NoticeKind::Hint, self.word("There is no statement here to explain."));
            return;
        }
        let before = self.policy.explanation.height();
        self.explain = !self.explain;
        self.refresh_explanation();
        if before == 0 && self.policy.explanation.height() == 0 {
            let said = if self.explain {
                self.says_where_explained()
            } else {
                self.word("Statements are no longer explained below the policy.").to_owned()
            };
            self.tell(super::NoticeKind::Hint, said);
        }
    }

    /// The statement that is explained: of the selected row of the summary while that has the focus,
    /// else the one under the cursor of the policy.
    pub(super) fn explained_statement(&self) -> Option<usize> {
        let of_row = || self.current_row().and_then(|row| row.statement);
        if self.focus == Pane::Summary && !self.policy.trust {
            return of_row();
        }
        self.policy.pane.statement()
    }

    /// Are statements explained below the policy, once the cursor is on one?
    pub(super) fn is_explaining(&self) -> bool {
        let high = self.layout.pane(Pane::Policy).height >= LEAST;
        self.explain && self.is_reading_policy() && high
    }

    /// Lists are for choosing a role; there the document keeps the room.
    pub(super) fn is_reading_policy(&self) -> bool {
        matches!(self.focus, Pane::Summary | Pane::Policy) || self.policy.trust
    }

    /// What is said where explaining was switched on and nothing of it is seen.
    fn says_where_explained(&self) -> String {
        // Without the message that may stand there now.
        let body = self.layout.body.height + self.layout.footer.height.saturating_sub(1);
        let pane = self.layout.pane(Pane::Policy).height;
        if body < LEAST {
            return self
                .word("Statements are explained, but there is no room for it here.")
                .to_owned();
        }
        if self.is_reading_policy() && (1..LEAST).contains(&pane) && !self.zoom {
            let key = self.keymap.way(Command::Zoom);
            return self.phrase(
                "Statements are explained where the policy has room; {} in it gives it the screen.",
                &[&key],
            );
        }
        self.word("Statements are explained, below the policy while one of them is read.")
            .to_owned()
    }

    /// Derives the explanation; nothing is done while the same statement is shown at the same size.
    pub(super) fn refresh_explanation(&mut self) {
        let area = self.layout.pane(Pane::Policy);
        if !self.is_explaining() {
            self.policy.explanation = Explanation::default();
            return;
        }
        let area = inside(area);
        let wanted = MadeFrom {
            role: self.role.clone(),
            trust: self.policy.trust,
            statement: self.explained_statement(),
            width: area.width,
            height: area.height,
            language: self.language,
        };
        if self.policy.explanation.made_from.as_ref() == Some(&wanted) {
            return;
        }
        let width = usize::from(area.width).saturating_sub(2);
        // A third of the pane, the line above included.
        let room = (usize::from(area.height) / 3).saturating_sub(1);
        // More of it, down to a third for the document, for a sentence that would be cut.
        let most = usize::from(area.height - area.height / 3).saturating_sub(1).max(room);
        let lines = self.explanation_lines(&wanted, width, room, most);
        self.policy.explanation =
            Explanation { lines, statement: wanted.statement, made_from: Some(wanted) };
    }

    fn explanation_lines(
        &self,
        wanted: &MadeFrom,
        width: usize,
        room: usize,
        most: usize,
    ) -> Vec<(Said, String)> {
        if width == 0 || room == 0 {
            return Vec::new();
        }
        if wanted.trust {
            let trust = self.current_role().and_then(|role| role.trust.as_ref());
            let read = trust.and_then(|trust| read::document(&trust.value).ok());
            let sentence = read.map(|read| explain::trust(self.language, &read.document));
            let lines = sentence.map_or_else(Vec::new, |text| text::wrap(&text, width));
            return with_its_end(lines, width, most);
        }
        let insight = self.current_insight();
        let Some(at) = wanted.statement else { return Vec::new() };
        let Some(statement) = insight.document.statements.get(at) else { return Vec::new() };
        let sentence = |known: &dyn Vocabulary| {
            text::wrap(&explain::sentence(self.language, statement, known), width)
        };
        // How sure the statement is comes before what is remarkable about it.
        let policy = self.current_role().and_then(|role| role.policy.as_ref());
        let unsure = policy.and_then(|policy| {
            let standing = policy.unsure_statement(at)?;
            // The fact of a statement says how sure it is itself.
            let own = policy.statements.get(at).map(|fact| self.say(&fact.value).to_owned());
            Some(own.unwrap_or_else(|| {
                let (words, why) = (standing.words(), standing.meaning());
                self.phrase("{}: {}", &[self.say(&words), self.say(&why)])
            }))
        });
        let share = if unsure.is_some() { 2 } else { 3 };
        let findings = insight.findings_at(at).map(|finding| {
            let said = if finding.severity > Severity::Note { Said::Warning } else { Said::Note };
            let word = self.word(finding.severity.word());
            (said, self.phrase("{}: {}", &[word, &finding.message]))
        });
        let findings: Vec<(Said, String)> =
            unsure.map(|text| (Said::Warning, text)).into_iter().chain(findings).collect();
        let of =
            |room| fitting(findings.iter().map(|(said, text)| (*said, text.as_str())), width, room);
        // A long sentence leaves the findings a third of the lines, a single one at least; half, where the statement is
        // not sure.
        let wanted = of(room).len();
        let kept = wanted.min((room / share).max(1));
        let mut sentence_lines = sentence(&*self.catalog);
        if sentence_lines.len() > room.saturating_sub(kept).max(1) {
            // What the actions do is left out before what limits them.
            sentence_lines = sentence(&WithoutMeanings(&self.catalog));
        }
        let room = (sentence_lines.len() + kept).clamp(room, most);
        let mut lines = with_its_end(sentence_lines, width, room.saturating_sub(kept).max(1));
        let left = room.saturating_sub(lines.len());
        let mut told = of(left);
        let all = of(usize::MAX).len();
        let key = self.keymap.shown_in(Command::Findings, &self.place_scopes());
        if told.len() < all && !key.is_empty() && insight.findings_at(at).next().is_some() {
            let tail = self.phrase("… ({} shows all)", &[&key]);
            if let Some((_, last)) = told.last_mut() {
                *last = text::cut_to(last.trim_end_matches(['…', ' ']), &tail, width);
            }
        }
        lines.extend(told);
        lines
    }
}

/// A sentence of which no more than `room` lines are shown. Its end says on what and under which condition: what is left
/// out stands before that.
fn with_its_end(mut lines: Vec<String>, width: usize, room: usize) -> Vec<(Said, String)> {
    if lines.len() > room {
        let kept = lines.split_off(lines.len() - room / 2);
        lines.truncate(room - room / 2);
        if let Some(last) = lines.last_mut() {
            *last = text::cut_to(last, "…", width);
        }
        lines.extend(kept);
    }
    lines.into_iter().map(|line| (Said::Body, line)).collect()
}

/// The catalogue, silent about what single actions do.
struct WithoutMeanings<'a>(&'a Catalog);

impl Vocabulary for WithoutMeanings<'_> {
    fn action(&self, _name: &str) -> Option<KnownAction<'_>> {
        None
    }

    fn actions_of(&self, service: &str) -> Vec<KnownAction<'_>> {
        self.0.actions_of(service)
    }

    fn services(&self) -> Vec<&str> {
        Vocabulary::services(self.0)
    }

    fn service_name(&self, language: Language, code: &str) -> Option<&str> {
        Vocabulary::service_name(self.0, language, code)
    }
}
