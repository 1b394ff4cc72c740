//! The policy pane: the document of the selected role, and what must be said about it.

use super::command::Command;
use super::explain::Explanation;
use super::json_pane::{JsonPane, Move};
use super::layout::{Pane, inside};
use super::summary_rows::{self, Place, Row, RowKind};
use super::work::{SLOW, Work};
use super::{App, NoticeKind};
use crate::catalog::model::{Policy, Role, RoleId, RoleKind};
use crate::policy::source::{Source, Span};
use crate::text;

/// A pane with fewer lines inside than this is low: warning, explanation and document compete there.
const LOW: usize = 24;

/// The state of the policy pane.
#[derive(Debug, Default)]
pub struct PolicyView {
    /// The document as rows.
    pub pane: JsonPane,
    /// The trust policy is shown, not the permission policy.
    pub trust: bool,
    /// What must be said about the document, wrapped: it is not whole, or cannot be read.
    pub banner: Vec<String>,
    /// Name, version and standing, for the border.
    pub title: String,
    /// The statement in words, below the document.
    pub explanation: Explanation,
    /// A filter was just chosen: the document goes to what it matches.
    pub(super) filtered: bool,
    role: Option<RoleId>,
    /// The other of the two documents of the role, with the place in it.
    beside: JsonPane,
    pub(super) warning: String,
    /// The beginning of the warning, where a command follows that must not be cut; else empty.
    pub(super) brief: String,
}

/// What the pane shows of a role.
#[derive(Debug, Default)]
struct Head {
    /// The document; None where there is none to show.
    text: Option<Source>,
    title: String,
    warning: String,
    brief: String,
}

impl PolicyView {
    /// Another role comes: no place in these documents is kept.
    pub(super) fn leave(&mut self) {
        self.role = None;
        self.beside = JsonPane::default();
    }
}

/// What a policy is called: of several documents of one file as in the list.
pub(super) fn policy_name<'a>(role: &'a Role, policy: &'a Policy) -> &'a str {
    let numbered = role.kind == RoleKind::Document && role.name.starts_with(&policy.name);
    if numbered { &role.name } else { &policy.name }
}

impl App {
    /// The rows of the policy document that fit between banner and explanation.
    pub fn policy_page(&self) -> usize {
        let height = usize::from(inside(self.layout.pane(Pane::Policy)).height);
        height.saturating_sub(self.policy.banner.len() + self.policy.explanation.height()).max(1)
    }

    /// The columns before the text of the document: the number, a blank, the fold mark, a blank.
    pub fn policy_gutter(&self) -> usize {
        self.policy_digits() + 3
    }

    /// The digits of the highest line number.
    pub fn policy_digits(&self) -> usize {
        self.policy.pane.lines().max(1).to_string().len()
    }

    /// Tells the pane the room that it has.
    fn resize_policy(&mut self) {
        let width = usize::from(inside(self.layout.pane(Pane::Policy)).width);
        let (height, gutter) = (self.policy_page(), self.policy_gutter());
        self.policy.pane.resize(height, width.saturating_sub(gutter));
    }

    /// Derives document, banner and marks of the policy pane.
    pub(super) fn refresh_policy(&mut self) {
        if self.policy.role != self.role || self.shown.role.is_none() {
            self.policy.trust = false;
        }
        let shown = (self.role.clone(), self.policy.trust);
        if self.shown.role.as_ref() != Some(&shown) {
            let same_role = self.shown.role.as_ref().is_some_and(|(role, _)| *role == shown.0);
            let before = std::mem::take(&mut self.policy.pane);
            let before = if same_role { before } else { JsonPane::default() };
            let kept = std::mem::replace(&mut self.policy.beside, before);
            self.load_policy(kept);
            self.shown.role = Some(shown);
            self.shown.marks = None;
        }
        let area = inside(self.layout.pane(Pane::Policy));
        let room = usize::from(area.width).saturating_sub(2);
        self.policy.banner = if self.policy.warning.is_empty() || room == 0 {
            Vec::new()
        } else {
            self.banner(usize::from(area.height), room)
        };
        self.refresh_explanation();
        let height = self.policy_page();
        self.resize_policy();
        let row = self.current_row().filter(|row| row.place != Place::Nowhere);
        let wanted =
            (self.filter.clone(), row.map(|row| row.key.clone()), self.focus == Pane::Summary);
        if self.shown.marks.as_ref() != Some(&wanted) {
            self.mark_policy();
            self.shown.marks = Some(wanted);
            // The explanation follows the statement; where it takes other room, the statement is shown
            // anew in what is left.
            self.refresh_explanation();
            if self.policy_page() != height {
                self.resize_policy();
                self.mark_policy();
            }
            self.policy.filtered = false;
        }
        // The grammar is loaded after the first frame, which is coloured by the lexer alone.
        if self.started {
            self.policy.pane.colour();
        }
    }

    /// The warning in a pane of so many lines and columns. Where statements are explained in a low pane it has one line,
    /// which tells the key that gives it the room of the explanation. Where that is not enough for all of it, the
    /// permissions have it.
    fn banner(&self, height: usize, room: usize) -> Vec<String> {
        let mut lines = text::wrap(&self.policy.warning, room);
        if self.policy.pane.text().is_empty() {
            // Nothing else stands in the pane.
            return lines;
        }
        let low = self.is_reading_policy() && height < LOW;
        let unfolded = if low { height - height / 3 } else { height / 3 };
        let fits = lines.len() <= unfolded;
        // A key that would not show all of it does not take it away either.
        let folded = low && self.explain && (fits || self.is_explaining());
        let most = match (low, self.explain) {
            _ if folded => 1,
            (true, true) => height / 3,
            _ => unfolded,
        };
        if lines.len() <= most {
            return lines;
        }
        let key = |command| self.keymap.shown_in(command, &self.place_scopes());
        let (key, zoom) = (key(Command::Explain), key(Command::Zoom));
        let zooms = self.focus == Pane::Policy
            && self.layout.pane(Pane::Policy).height < self.layout.body.height;
        let tail = if folded && fits && !key.is_empty() {
            self.phrase("… ({} shows it all)", &[&key])
        } else if zooms && !zoom.is_empty() {
            self.phrase("… ({} makes room)", &[&zoom])
        } else if self.layout.is_small() && !self.policy.brief.is_empty() {
            self.word("… (more in Permissions)").to_owned()
        } else {
            "…".to_owned()
        };
        lines.truncate(most);
        if folded && !self.policy.brief.is_empty() {
            lines = vec![self.policy.brief.clone()];
        }
        if let Some(last) = lines.last_mut() {
            // Of a command its beginning alone helps nobody.
            let whole = match last.split_once('[') {
                Some((before, command)) if !command.contains(']') => before.trim_end(),
                _ => last.as_str(),
            };
            *last = text::cut_to(whole, &tail, room);
        }
        lines
    }

    /// Shows the policy of the selected role; `kept` goes on where it has the same text already.
    fn load_policy(&mut self, kept: JsonPane) {
        if self.policy.role != self.role {
            self.look();
        }
        let head = self.current_role().map(|role| self.policy_head(role)).unwrap_or_default();
        let pane = match head.text {
            Some(text) if kept.text().is(&text) => kept,
            Some(text) => JsonPane::new(text),
            None => JsonPane::default(),
        };
        self.policy.pane = pane;
        self.policy.role.clone_from(&self.role);
        self.policy.title = head.title;
        self.policy.warning = head.warning;
        self.policy.brief = head.brief;
        let text = self.policy.pane.text();
        if self.policy.pane.is_complete() || text.is_empty() {
            return;
        }
        if text.len() > SLOW {
            self.ask(Work::Outline(text.clone()));
        } else {
            self.policy.pane.advance(usize::MAX);
        }
    }

    /// The document of a role that is shown, and what is said of it.
    fn policy_head(&self, role: &Role) -> Head {
        if self.policy.trust {
            return self.trust_head(role);
        }
        let Some(policy) = &role.policy else {
            let why = || self.word("The policy of this role is not in the catalogue.").to_owned();
            let warning = self.first_note(role).unwrap_or_else(why);
            return Head { title: self.word("Policy").to_owned(), warning, ..Head::default() };
        };
        let standing = self.catalog.policy_words(role).unwrap_or_else(|| policy.standing_words());
        let title = format!("{} · {}", policy_name(role, policy), self.say(&standing));
        let (mut warning, mut brief) = (String::new(), String::new());
        if let Some(unreadable) = &self.insight.unreadable {
            warning.clone_from(unreadable);
        } else if let Some(said) = self.incomplete(policy) {
            warning = said;
            self.word("Not the whole true text").clone_into(&mut brief);
        }
        Head { text: Some(policy.source.clone()), title, warning, brief }
    }

    /// What is said of a policy that is not whole: what is missing, and how to get it.
    pub(super) fn incomplete(&self, policy: &Policy) -> Option<String> {
        let why = policy.warning()?;
        let said = "Not the whole true text, which comes with [{}]. {}";
        Some(self.phrase(said, &[&policy.fetch_command(), self.say(why)]))
    }

    fn trust_head(&self, role: &Role) -> Head {
        if let Some(fact) = &role.trust {
            let standing = fact.standing.words();
            let title = self.phrase("Trust policy · {}", &[self.say(&standing)]);
            return Head { text: Some(fact.value.clone()), title, ..Head::default() };
        }
        let why = match role.kind {
            RoleKind::Document => {
                self.word("This is a policy document and no role: it has no trust policy.")
            }
            RoleKind::ServiceLinked | RoleKind::Ordinary => {
                self.word("The trust policy of this role is not in the catalogue.")
            }
        };
        let title = self.word("Trust policy").to_owned();
        Head { title, warning: why.to_owned(), ..Head::default() }
    }

    /// The document of the selected role is another one; the place in it is kept.
    pub(super) fn policy_changed(&mut self) {
        if self.shown.role.is_none() {
            return;
        }
        let place = self.policy.pane.position();
        let trust = self.policy.trust;
        let kept = std::mem::take(&mut self.policy.pane);
        self.load_policy(kept);
        self.policy.trust = trust;
        self.resize_policy();
        self.policy.pane.restore(place);
        self.shown.marks = None;
    }

    /// Points at what the filter matches, or at the statement of the selected summary row.
    fn mark_policy(&mut self) {
        if self.policy.trust {
            self.policy.pane.mark(Vec::new());
            self.policy.pane.dim_outside(false);
            return;
        }
        let own = if self.focus == Pane::Summary {
            self.spans_of_row(self.summary_at.at)
        } else {
            Vec::new()
        };
        let selected = own.first().copied();
        let matching: Vec<Span> = match &self.filter {
            Some(code) => {
                let said = &self.insight.summary;
                let means =
                    |row: &Row| row.service.as_ref().is_some_and(|s| said.speaks_of(s, code));
                let rows = self.summary.iter().enumerate();
                rows.filter(|(_, row)| matches!(row.kind, RowKind::Action { .. }) && means(row))
                    .flat_map(|(at, _)| self.spans_of_row(at))
                    .collect()
            }
            None => own,
        };
        self.policy.pane.dim_outside(self.filter.is_some());
        let first = matching.iter().min_by_key(|span| span.start).copied();
        // Who reads the document stays in a statement that the filter matches too.
        let here = self.policy.pane.statement_span();
        let inside =
            |span: &Span| here.is_some_and(|it| it.start <= span.start && span.end <= it.end);
        let leads =
            self.focus != Pane::Policy || self.policy.filtered && !matching.iter().any(inside);
        self.policy.pane.mark(matching);
        if let Some(span) = selected.or(first).filter(|_| leads) {
            // From the top, so that the same row always shows the same lines.
            self.policy.pane.go(Move::First);
            self.policy.pane.go(Move::LineStart);
            self.policy.pane.reveal(span);
        }
    }

    fn spans_of_row(&self, at: usize) -> Vec<Span> {
        summary_rows::spans(&self.summary, at, &self.insight.summary)
    }

    /// May the selected role have a trust policy? A policy document has none.
    pub(super) fn has_trust_side(&self) -> bool {
        self.policy.trust || self.current_role().is_none_or(|role| role.kind != RoleKind::Document)
    }

    /// Shows the trust policy instead of the permission policy, or the other way round.
    pub(super) fn toggle_trust(&mut self) {
        if !self.has_trust_side() {
            let statements = &self.insight.document.statements;
            let said = if statements.iter().any(|statement| statement.principal.is_some()) {
                "This document names a principal: it is itself a trust policy."
            } else {
                "This is a policy document and no role: it has no trust policy."
            };
            self.tell(NoticeKind::Hint, self.word(said));
            return;
        }
        self.policy.trust = !self.policy.trust;
        if self.layout.pane(Pane::Policy).is_empty() {
            self.focus = Pane::Policy;
        }
    }

    /// Commands of the policy pane; what changes nothing says why.
    pub(super) fn policy_command(&mut self, command: Command) {
        match command {
            Command::SearchText => return self.open_text_search(),
            Command::NextHit | Command::PreviousHit => return self.step_in_search(command),
            _ => {}
        }
        let shown = |app: &Self| (app.policy.pane.position(), app.policy.pane.rows());
        let before = shown(self);
        if !self.move_in_policy(command) || before != shown(self) {
            return;
        }
        let said = match command {
            Command::Fold => "There is nothing to fold here.",
            Command::FoldAll => "All statements are folded already.",
            Command::UnfoldAll => "Nothing is folded.",
            Command::NextStatement => "There is no further statement.",
            Command::PreviousStatement => "There is no statement before this one.",
            Command::ScrollLeft => "Nothing is cut off on the left.",
            Command::ScrollRight => "Nothing is cut off on the right.",
            // The ends of a text are seen.
            _ => return,
        };
        self.tell(NoticeKind::Hint, self.word(said));
    }

    /// Moves and folds; false if the command was neither.
    fn move_in_policy(&mut self, command: Command) -> bool {
        let pane = &mut self.policy.pane;
        let to = match command {
            Command::Up => Move::Up(1),
            Command::Down => Move::Down(1),
            Command::PageUp => Move::PageUp,
            Command::PageDown => Move::PageDown,
            Command::HalfUp => Move::HalfUp,
            Command::HalfDown => Move::HalfDown,
            Command::First => Move::First,
            Command::Last => Move::Last,
            Command::NextStatement => Move::NextStatement,
            Command::PreviousStatement => Move::PreviousStatement,
            Command::ScrollLeft => Move::Left(8),
            Command::ScrollRight => Move::Right(8),
            Command::Fold => {
                pane.toggle_fold();
                return true;
            }
            Command::FoldAll => {
                pane.fold_all();
                return true;
            }
            Command::UnfoldAll => {
                pane.unfold_all();
                return true;
            }
            _ => return false,
        };
        pane.go(to);
        if matches!(command, Command::NextStatement | Command::PreviousStatement) {
            // All of the statement, where it fits.
            if let Some(span) = pane.statement_span() {
                pane.reveal(span);
            }
        }
        true
    }
}
