//! The answer as lines: headings, a row for each role and verdict, its conditions wrapped.

use super::{Goal, WhoCanView};
use crate::app::App;
use crate::catalog::Kinds;
use crate::catalog::ask::{self, ActionAnswer, RoleAnswer, Verdict, actions_in_words};
use crate::policy::findings;
use crate::text;

/// A line of the answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The row that it belongs to; None for headings and what is said about all.
    pub row: Option<usize>,
    /// How it is meant.
    pub kind: LineKind,
    /// The text: for a role its name.
    pub text: String,
}

/// How a line is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LineKind {
    /// The roles of one verdict follow.
    Heading(Verdict),
    /// A role: its product, and its actions where they stand on the same line.
    Role(String, String),
    /// Actions of the role above.
    Actions,
    /// What must hold.
    Condition,
    /// What else is to be said.
    Note,
    /// Nothing.
    Blank,
}

/// From this width on the actions stand beside the role.
const WIDE: usize = 96;
/// Columns of role and product there.
const COLUMNS: (usize, usize) = (30, 24);

/// The lines of the answer at a width, and where its rows lead.
pub(super) fn lines(app: &App, view: &WhoCanView, width: usize) -> (Vec<Line>, Vec<Goal>) {
    let mut out = Out { lines: Vec::new(), goals: Vec::new(), width: width.saturating_sub(2) };
    if view.waiting {
        out.say(app.word("Reading the policies of all roles."));
        return (out.lines, out.goals);
    }
    if view.is_asking() && view.answered.is_none() {
        out.say(app.word("All policies are being asked."));
        return (out.lines, out.goals);
    }
    if view.broken {
        out.say(app.word("The policies could not be read or asked, so that nothing is known. Opening this view anew tries again."));
        return (out.lines, out.goals);
    }
    let Some(question) = &view.question else {
        out.say(app.word("Type an action such as kms:Decrypt, a pattern such as ecs:*SecurityGroup*, or a word such as decrypt."));
        out.say(app.word("Every role is listed that can call it, could under a condition, or is denied. Enter on a role shows the statement."));
        return (out.lines, out.goals);
    };
    for verdict in [Verdict::Can, Verdict::Could(Vec::new()), Verdict::Denied] {
        out.section(app, view, &verdict);
    }
    if out.goals.is_empty() {
        out.say(&app.phrase("No role can call {}.", &[&question.words(app.language)]));
        let names: Vec<&str> = view.hints.iter().take(4).map(|name| &**name).collect();
        let exact = names.first().is_some_and(|name| name.eq_ignore_ascii_case(&question.pattern))
            || findings::knows_action(&question.pattern);
        if exact {
            out.say(app.word(if question.is_narrow() {
                "The action is known, but nothing grants it as it is asked for here."
            } else {
                "The action is known, but no policy of the catalogue grants it."
            }));
        } else if names.is_empty() {
            out.say(app.word("No known action has a similar name."));
        } else {
            out.say(&app.phrase(
                "Known actions near to it: {}. Enter takes the first.",
                &[&app.comma_list(&names)],
            ));
        }
    } else if view.answers.iter().all(RoleAnswer::rests_on_unknown) {
        let names: Vec<&str> = view.hints.iter().take(4).map(|name| &**name).collect();
        if names.is_empty() {
            out.say(app.word("No known action has a similar name."));
        } else {
            out.say(&app.phrase("Known actions near to it: {}.", &[&app.comma_list(&names)]));
        }
    }
    out.rest(app, view);
    (out.lines, out.goals)
}

struct Out {
    lines: Vec<Line>,
    goals: Vec<Goal>,
    width: usize,
}

impl Out {
    fn push(&mut self, row: Option<usize>, kind: LineKind, text: impl Into<String>) {
        self.lines.push(Line { row, kind, text: text.into() });
    }

    /// A note, wrapped.
    fn say(&mut self, note: &str) {
        for line in text::wrap(&text::harmless(note), self.width.saturating_sub(1)) {
            self.push(None, LineKind::Note, line);
        }
    }

    fn section(&mut self, app: &App, view: &WhoCanView, of: &Verdict) {
        let mut roles = Kinds::default();
        let (mut above, mut there) = (0, 0);
        let heading_at = self.lines.len();
        for answer in &view.answers {
            let mut any = false;
            for (verdict, actions) in answer.groups() {
                if verdict.rank() == of.rank() {
                    any = true;
                    self.role(app, answer, verdict, &actions);
                }
            }
            if let Some(role) = app.catalog.role(&answer.role).filter(|_| any) {
                roles.add(role.kind);
                above += usize::from(answer.verdict.rank() < of.rank());
                there += usize::from(app.catalog.observation(&role.id).is_some_and(|o| o.exists));
            }
        }
        if roles.all() == 0 {
            return;
        }
        let said = match of {
            Verdict::Can => app.word("Can"),
            Verdict::Could(_) => app.word("Could, under a condition"),
            _ => app.word("Denied by a statement"),
        };
        let mut roles = roles.words(app.language);
        // A role counts for its strongest verdict, and stands under each.
        if above > 0 {
            roles = app.phrase("{}, {} of them above", &[&roles, &above.to_string()]);
        }
        if app.catalog.account().is_some() {
            roles = app.phrase("{}, {} in the account", &[&roles, &there.to_string()]);
        }
        let heading = Line {
            row: None,
            kind: LineKind::Heading(of.clone()),
            text: format!("{said}  {roles}"),
        };
        self.lines.insert(heading_at, heading);
        if heading_at > 0 {
            let blank = Line { row: None, kind: LineKind::Blank, text: String::new() };
            self.lines.insert(heading_at, blank);
        }
    }

    fn role(
        &mut self,
        app: &App,
        answer: &RoleAnswer,
        verdict: &Verdict,
        actions: &[&ActionAnswer],
    ) {
        let Some(role) = app.catalog.role(&answer.role) else { return };
        let row = self.goals.len();
        let first = actions.first();
        self.goals.push(Goal { role: role.id.clone(), span: first.and_then(|action| action.span) });
        let product = app.catalog.product(&role.product).map_or("", |p| app.say(&p.name));
        let mut words = actions_in_words(app.language, actions, 4);
        if let Some(by) = first.and_then(|action| action.by(app.language)) {
            words.push_str(&format!(" · {by}"));
        }
        let wide = self.width >= WIDE;
        let indent = if wide { COLUMNS.0 + COLUMNS.1 + 2 } else { 2 };
        let mut rest = text::wrap(&words, self.width.saturating_sub(indent)).into_iter();
        let beside = if wide { rest.next().unwrap_or_default() } else { String::new() };
        let mut name = text::harmless(&role.short_name).into_owned();
        if role.is_partial() {
            name.push_str(" ◐");
        }
        if let Some(mark) = app.existence(&role.id) {
            name.push(' ');
            name.push_str(mark);
        }
        if wide {
            name = text::pad(&name, COLUMNS.0);
        }
        let product = text::harmless(product);
        // What does not fit ends before the next column begins.
        let product = if wide {
            text::pad(&text::cut(&product, COLUMNS.1.saturating_sub(1)), COLUMNS.1)
        } else {
            product.into_owned()
        };
        self.push(Some(row), LineKind::Role(product, beside), name);
        let margin = " ".repeat(indent);
        for line in rest {
            self.push(Some(row), LineKind::Actions, format!("{margin}{line}"));
        }
        if let Verdict::Could(sentences) = verdict {
            for sentence in sentences {
                let shown = text::harmless(sentence);
                for line in text::wrap(&shown, self.width.saturating_sub(indent)) {
                    self.push(Some(row), LineKind::Condition, format!("{margin}{line}"));
                }
            }
        }
    }

    /// The roles that are only counted, and what is to be said about all of it.
    fn rest(&mut self, app: &App, view: &WhoCanView) {
        if !self.lines.is_empty() {
            self.push(None, LineKind::Blank, "");
        }
        for line in ask::rest(app.language, &app.catalog, &view.answers) {
            self.say(&line);
        }
        let question = view.question.as_ref();
        if let Some(hint) = question.and_then(|question| question.resource_hint(app.language)) {
            self.say(hint);
        }
        let mut notes: Vec<&String> = Vec::new();
        for note in view.answers.iter().flat_map(|answer| &answer.notes) {
            if !notes.contains(&note) && notes.len() < 5 {
                notes.push(note);
            }
        }
        for note in notes {
            self.say(note);
        }
    }
}
