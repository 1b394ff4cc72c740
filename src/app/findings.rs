//! Findings of a policy on the screen: listed with severity and rule; Enter goes to the statement.

use super::App;
use super::below::Scrolled;
use super::command::Command;
use super::copy::Entry;
use super::event::Effect;
use super::layout::{Pane, inside};
use super::list::Cursor;
use super::overlay::Overlay;
use super::summary_rows::{self, Place, Row, RowKind};
use crate::policy::findings::{Finding, Rule, Severity, by_weight, gravest_first};
use crate::text;
use ratatui::layout::Rect;

/// The list of findings of a role.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FindingsBox {
    /// The findings, the gravest first, else in the order of the source.
    pub findings: Vec<Finding>,
    /// The selected one.
    pub cursor: Cursor,
    /// How far it is scrolled below the list.
    pub scrolled: Scrolled,
}

impl FindingsBox {
    /// The selected finding.
    pub fn selected(&self) -> Option<&Finding> {
        self.findings.get(self.cursor.at)
    }
}

/// What a line below the list, or beside the policy, is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Said {
    /// The rule, or the number of the statement.
    Heading,
    /// What was found, or what the statement says.
    Body,
    /// What it means.
    Advice,
    /// A finding that is more than a note.
    Warning,
    /// A finding that is a note.
    Note,
}

impl App {
    pub(super) fn open_findings(&mut self) {
        let insight = self.current_insight();
        if insight.findings.is_empty() {
            let unread = insight.unreadable.clone();
            let role = self.current_role().filter(|role| role.policy.is_none());
            let unknown = role.map(|role| role.no_policy(&role.short_name).said(self.language));
            let is_read = self.role.is_some()
                && self.working.iter().any(|work| work.role() == self.role.as_ref());
            let nothing = if is_read {
                "This policy is still being read."
            } else {
                "There is nothing to say about this policy."
            };
            let nothing = || self.word(nothing).to_owned();
            let why = unread.or(unknown).unwrap_or_else(nothing);
            self.tell(super::NoticeKind::Hint, why);
            return;
        }
        let mut shown =
            FindingsBox { findings: by_weight(&insight.findings), ..FindingsBox::default() };
        // The list begins at what the cursor is on.
        let here = self.explained_statement();
        let at = shown.findings.iter().position(|finding| finding.statement == here);
        shown.cursor.at = at.filter(|_| here.is_some()).unwrap_or(0);
        self.overlay = Some(Overlay::Findings(shown));
    }

    /// Says the findings that are shown anew, in another language; what a copy menu holds is of the one before.
    pub(super) fn speak_boxes(&mut self) {
        self.under.retain(|below| !matches!(below, Overlay::Copy(_)));
        if matches!(self.overlay, Some(Overlay::Copy(_))) {
            self.close_overlay();
        }
        let findings = by_weight(&self.current_insight().findings);
        for shown in self.under.iter_mut().chain(&mut self.overlay) {
            if let Overlay::Findings(shown) = shown {
                shown.findings.clone_from(&findings);
            }
        }
    }

    /// Commands in the list of findings.
    pub(super) fn findings_command(&mut self, command: Command) -> Vec<Effect> {
        let page = self.findings_page();
        let Some(Overlay::Findings(shown)) = &mut self.overlay else { return Vec::new() };
        if shown.cursor.act(command, shown.findings.len(), page) {
            return Vec::new();
        }
        if matches!(command, Command::TextDown | Command::TextUp) {
            self.scroll_half(command == Command::TextDown);
            return Vec::new();
        }
        let Some(finding) = shown.selected().cloned() else { return Vec::new() };
        match command {
            Command::Open => self.go_to_finding(&finding),
            Command::Findings => {
                self.close_overlay();
            }
            Command::Copy => self.open_copy(),
            _ => {}
        }
        Vec::new()
    }

    /// The findings to copy while they are shown: the selected one, then all.
    pub(super) fn finding_entries(&self) -> Vec<Entry> {
        let Some(Overlay::Findings(shown)) = &self.overlay else { return Vec::new() };
        let line = |finding: &Finding| {
            format!(
                "{}: {} {} ({})\n",
                self.word(finding.severity.word()),
                finding.message,
                finding.advice,
                finding.rule.id()
            )
        };
        let one = shown.selected().map(|finding| self.entry("finding", line(finding)));
        let all = (shown.findings.len() > 1).then(|| {
            self.entry(
                "all findings of this policy",
                shown.findings.iter().map(line).collect::<String>(),
            )
        });
        one.into_iter().chain(all).collect()
    }

    /// Shows the place of a finding in the policy and keeps the way back.
    fn go_to_finding(&mut self, finding: &Finding) {
        self.close_all();
        self.keep_place(Pane::Policy);
        self.view = super::View::Browse;
        self.policy.trust = false;
        self.focus = Pane::Policy;
        self.refresh();
        // After the marks of the focus: they stay until something else is pointed at.
        self.policy.pane.mark(vec![finding.span]);
        self.policy.pane.reveal(finding.span);
    }

    /// The box of the findings.
    pub fn findings_area(&self) -> Rect {
        let count = match &self.overlay {
            Some(Overlay::Findings(shown)) => shown.findings.len(),
            _ => 0,
        };
        // The list, a line, and the longest finding in full.
        let wanted = u16::try_from(count).unwrap_or(u16::MAX).saturating_add(14);
        self.layout.popup(104, wanted.min(34))
    }

    /// Lines of the list of findings; below it stands the selected one in full.
    pub fn findings_page(&self) -> usize {
        let height = usize::from(inside(self.findings_area()).height);
        let count = match &self.overlay {
            Some(Overlay::Findings(shown)) => shown.findings.len(),
            _ => 0,
        };
        count.min(height / 2).max(1)
    }

    /// The findings as rows of the summary.
    pub(super) fn finding_rows(&self, width: usize) -> Vec<Row> {
        let findings = gravest_first(&self.current_insight().findings);
        if findings.is_empty() {
            return Vec::new();
        }
        let key = self.keymap.way(Command::Findings);
        let heading = self.phrase("Findings ({} shows them in full)", &[&key]);
        let heading = vec![RowKind::Blank, RowKind::Heading(heading)];
        let mut rows = summary_rows::about("findings", heading, width);
        let mut repairs = 0;
        for (n, finding) in findings.iter().enumerate() {
            // A row for each comment would hide the rest.
            let repair = matches!(finding.rule, Rule::Repair(_));
            repairs += usize::from(repair);
            if repairs > 1 {
                break;
            }
            let kind = if repair {
                let count = self.current_insight().repairs.len();
                let said = self.count(
                    count,
                    "The text is not strict JSON: {} repair.",
                    "The text is not strict JSON: {} repairs.",
                );
                RowKind::Prose(format!("- {said}"))
            } else if finding.severity > Severity::Note {
                RowKind::Warning(finding.message.clone())
            } else {
                RowKind::Prose(format!("- {}", finding.message))
            };
            let lines = summary_rows::about(&format!("finding/{n}"), vec![kind], width);
            rows.extend(lines.into_iter().map(|row| Row {
                place: Place::At(finding.span),
                statement: finding.statement,
                ..row
            }));
        }
        rows
    }
}

/// A finding in full, wrapped to `width`.
pub fn in_full(app: &App, finding: &Finding, width: usize) -> Vec<(Said, String)> {
    let place = match finding.statement {
        Some(at) => app.phrase("statement {}", &[&(at + 1).to_string()]),
        None => app.word("the whole document").to_owned(),
    };
    let heading = app.phrase(
        "{}: {} ({})",
        &[app.word(finding.severity.word()), app.word(finding.rule.title()), &place],
    );
    let rule = app.phrase("Rule {}: {}.", &[finding.rule.id(), app.word(finding.rule.source())]);
    let parts = [
        (Said::Heading, heading.as_str()),
        (Said::Body, finding.message.as_str()),
        (Said::Advice, finding.advice.as_str()),
        (Said::Note, rule.as_str()),
    ];
    fitting(parts, width, usize::MAX)
}

/// Wraps paragraphs to `width`; of more than `room` lines the last ends in an ellipsis.
pub(super) fn fitting<'a>(
    parts: impl IntoIterator<Item = (Said, &'a str)>,
    width: usize,
    room: usize,
) -> Vec<(Said, String)> {
    let mut lines: Vec<(Said, String)> = Vec::new();
    for (said, part) in parts {
        lines.extend(text::wrap(part, width).into_iter().map(|line| (said, line)));
        if lines.len() > room {
            break;
        }
    }
    if lines.len() > room {
        lines.truncate(room);
        if let Some((_, last)) = lines.last_mut() {
            // Where there is no room for it, the cut itself ends in one.
            *last = text::cut(&format!("{last} …"), width).into_owned();
        }
    }
    lines
}
