//! A comparison as lines to read: what one side alone has, wider and narrower resources,
//! conditions, principals, and what is the same. The screen and the command line show these lines.

use super::effort::Effort;
use super::grant::{Grant, NAMED};
use super::{Change, Changed, Comparison, OneSided, Standing, Which};
use crate::policy::document::Document;
use crate::policy::level::{self, AccessLevel, LevelSource};
use crate::policy::pattern;
use crate::policy::summary::Tally;
use crate::policy::vocabulary::Vocabulary;
use crate::policy::wording::visible;
use crate::say::{Language, count, said, say};
use std::collections::HashSet;
use std::sync::Arc;

/// One of two documents.
#[derive(Clone, Copy, Debug)]
pub struct Side<'a> {
    /// What to call it.
    pub name: &'a str,
    /// The document.
    pub document: &'a Document,
}

/// What a group of lines is about; in the order in which they stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Section {
    /// What the first alone grants.
    OnlyLeft,
    /// What the second alone grants.
    OnlyRight,
    /// The same actions on other resources.
    Resources,
    /// Conditions that came, went or changed.
    Conditions,
    /// Other principals.
    Principals,
    /// What both have.
    Same,
}

/// How a line stands to the first and the second document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Sign {
    /// In the first alone.
    Gone,
    /// In the second alone.
    Added,
    /// In both, in different form.
    Changed,
    /// In both.
    Same,
}

impl Sign {
    /// The mark before the line: `-`, `+`, `~`, `=`.
    pub const fn mark(self) -> &'static str {
        match self {
            Self::Gone => "-",
            Self::Added => "+",
            Self::Changed => "~",
            Self::Same => "=",
        }
    }
}

/// What a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// The beginning of a section.
    Heading,
    /// A grant.
    Grant,
    /// Something about the grant above: its resources, a condition, one side of a difference.
    Detail,
    /// An action of the grant above.
    Action,
}

/// A line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The section that it belongs to.
    pub section: Section,
    /// How it stands to both documents.
    pub sign: Sign,
    /// What it is.
    pub part: Part,
    /// The text, safe to show.
    pub text: String,
    /// The access level of the action, or the highest of the grant.
    pub level: Option<(AccessLevel, LevelSource)>,
    /// More about it: what the action does.
    pub more: String,
    /// The statements of the first that it speaks of, from 0.
    pub left: Arc<[usize]>,
    /// The statements of the second that it speaks of, from 0.
    pub right: Arc<[usize]>,
}

/// The lines of a comparison of these two documents; each section begins with its heading.
pub fn lines(
    comparison: &Comparison,
    left: Side<'_>,
    right: Side<'_>,
    vocabulary: &dyn Vocabulary,
) -> Vec<Line> {
    let language = comparison.language;
    let (lines, effort) = (Vec::new(), Effort::new());
    let mut writer = Writer { language, left, right, vocabulary, lines, effort };
    writer.only(Which::Left, &comparison.gone, comparison);
    writer.only(Which::Right, &comparison.added, comparison);
    writer.resources(&comparison.changed);
    writer.conditions(&comparison.changed);
    writer.principals(&comparison.changed);
    writer.same(&comparison.same);
    writer.lines
}

struct Writer<'a> {
    language: Language,
    left: Side<'a>,
    right: Side<'a>,
    vocabulary: &'a dyn Vocabulary,
    lines: Vec<Line>,
    /// Of what is tried to name what both have.
    effort: Effort,
}

impl Writer<'_> {
    /// What one side alone has: whole grants, then single actions of grants that both have.
    fn only(&mut self, which: Which, alone: &[OneSided], comparison: &Comparison) {
        let language = self.language;
        let (side, other) = which.of((self.left, self.right), (self.right, self.left));
        let (section, sign) =
            which.of((Section::OnlyLeft, Sign::Gone), (Section::OnlyRight, Sign::Added));
        let mut told = Told {
            which,
            own_name: visible(side.name),
            other: visible(other.name),
            own: HashSet::new(),
            denied: HashSet::new(),
            unsure: HashSet::new(),
            shared: HashSet::new(),
        };
        let start = self.lines.len();
        for one in alone {
            let grant = Grant::of(side.document, &one.statements);
            let own = one.statements.clone();
            let (left, right) = which.of((own.clone(), vec![]), (vec![], own));
            let place = Place { section, sign, left: left.into(), right: right.into() };
            self.push(&place, Part::Grant, bare(&one.title), None);
            for limit in grant.limits(language) {
                self.push(&place, Part::Detail, limit, None);
            }
            if grant.not_action {
                let named = grant.named(language, NAMED * 2);
                let text = said(language, "every action except {}", &[&named]);
                self.push(&place, Part::Detail, text, None);
                continue;
            }
            self.actions(&place, &grant.actions, grant.denied, comparison, &mut told);
        }
        for changed in &comparison.changed {
            for change in &changed.changes {
                let Some(actions) = change.actions_of(which) else { continue };
                let (left, right) = (changed.left.clone(), changed.right.clone());
                let place = Place { section, sign, left: left.into(), right: right.into() };
                let text =
                    said(language, "{}, in both with other actions", &[&bare(&changed.title)]);
                let denied = Grant::of(self.left.document, &changed.left).denied;
                self.push(&Place { sign: Sign::Changed, ..place.clone() }, Part::Grant, text, None);
                let actions: Vec<&str> = actions.iter().map(String::as_str).collect();
                self.actions(&place, &actions, denied, comparison, &mut told);
            }
        }
        let both = |one: String, other: String| said(language, "{}, {}", &[&one, &other]);
        let (own, denied) = (Tally::of_names(&told.own), Tally::of_names(&told.denied));
        let counted = [
            (own.all(), own.words(language)),
            (told.unsure.len(), {
                let unsure = Tally::of_names(&told.unsure).words(language);
                said(language, "{} not certain", &[&unsure])
            }),
            (denied.all(), said(language, "{0} denied", &[&denied.words(language)])),
        ];
        let counted = counted.into_iter().filter(|(number, _)| *number > 0).map(|(_, words)| words);
        let more = match (counted.reduce(both), told.shared.len()) {
            (more, 0) => more.unwrap_or_default(),
            (more, shared) => {
                let own = more.unwrap_or_else(|| say(language, "no action").to_owned());
                said(language, "{}; {} in both, granted otherwise", &[&own, &shared.to_string()])
            }
        };
        let text = said(language, "Only in {}", &[&visible(side.name)]);
        self.heading(start, section, sign, &text, more);
    }

    fn resources(&mut self, changed: &[Changed]) {
        let start = self.lines.len();
        for one in changed {
            for change in &one.changes {
                if let Change::Resources { how, left, right } = change {
                    let how = say(self.language, how.word());
                    let how = said(self.language, "{} in {}", &[how, &visible(self.right.name)]);
                    let place = self.grant(Section::Resources, one, &how);
                    self.both(&place, left, right);
                }
            }
        }
        let text = say(self.language, "Resources");
        self.heading(start, Section::Resources, Sign::Changed, text, String::new());
    }

    fn conditions(&mut self, changed: &[Changed]) {
        let language = self.language;
        let start = self.lines.len();
        for one in changed {
            let mut place = None;
            for change in &one.changes {
                if !matches!(
                    change,
                    Change::ConditionAdded(_)
                        | Change::ConditionDropped(_)
                        | Change::ConditionChanged { .. }
                ) {
                    continue;
                }
                let place =
                    place.get_or_insert_with(|| self.grant(Section::Conditions, one, "")).clone();
                let only = |sign, side: Side<'_>, what: &str| {
                    let place = Place { sign, ..place.clone() };
                    (place, said(language, "only in {}: {}", &[&visible(side.name), what]))
                };
                let (place, text) = match change {
                    Change::ConditionDropped(what) => only(Sign::Gone, self.left, what),
                    Change::ConditionAdded(what) => only(Sign::Added, self.right, what),
                    Change::ConditionChanged { left, right, .. } => {
                        self.both(&place, left, right);
                        continue;
                    }
                    _ => continue,
                };
                self.push(&place, Part::Detail, text, None);
            }
        }
        let text = say(self.language, "Conditions");
        self.heading(start, Section::Conditions, Sign::Changed, text, String::new());
    }

    fn principals(&mut self, changed: &[Changed]) {
        let start = self.lines.len();
        for one in changed {
            for change in &one.changes {
                if let Change::Principals { left, right } = change {
                    let place = self.grant(Section::Principals, one, "");
                    self.both(&place, left, right);
                }
            }
        }
        let text = say(self.language, "Principals");
        self.heading(start, Section::Principals, Sign::Changed, text, String::new());
    }

    fn same(&mut self, same: &[(Vec<usize>, Vec<usize>)]) {
        let start = self.lines.len();
        for (left, right) in same {
            let grant = Grant::of(self.left.document, left);
            let place = Place {
                section: Section::Same,
                sign: Sign::Same,
                left: left.as_slice().into(),
                right: right.as_slice().into(),
            };
            let text = grant.titled(self.language, self.vocabulary);
            self.push(&place, Part::Grant, text, grant.level(self.vocabulary));
        }
        let count = count(self.language, same.len(), "{} grant", "{} grants");
        let text = say(self.language, "The same in both");
        self.heading(start, Section::Same, Sign::Same, text, count);
    }

    /// The line of a grant that both have; what differs stands below it.
    fn grant(&mut self, section: Section, changed: &Changed, how: &str) -> Place {
        let (left, right) = (changed.left.clone(), changed.right.clone());
        let (left, right) = (left.into(), right.into());
        let place = Place { section, sign: Sign::Changed, left, right };
        let mut grant = Grant::of(self.left.document, &changed.left);
        let title = grant.title(self.language, self.vocabulary);
        // What both speak of: the rest stands among what one side alone has.
        grant.keep_shared(&Grant::of(self.right.document, &changed.right), &self.effort);
        let mut text = grant.titled_as(self.language, &title);
        if !how.is_empty() {
            text = said(self.language, "{}: {}", &[how, &text]);
        }
        let level = grant.level(self.vocabulary);
        self.push(&place, Part::Grant, text, level);
        place
    }

    /// What each side has.
    fn both(&mut self, place: &Place, left: &str, right: &str) {
        for (sign, side, what) in [(Sign::Gone, self.left, left), (Sign::Added, self.right, right)]
        {
            let place = Place { sign, ..place.clone() };
            let text = said(self.language, "{}: {}", &[&visible(side.name), what]);
            self.push(&place, Part::Detail, text, None);
        }
    }

    /// The actions of a grant: first those that the other side does not have, then those that it has in another grant.
    fn actions(
        &mut self,
        place: &Place,
        actions: &[&str],
        denied: bool,
        comparison: &Comparison,
        told: &mut Told,
    ) {
        let language = self.language;
        let mut shared = Vec::new();
        for action in actions {
            let folded = pattern::fold(action);
            if denied {
                told.denied.insert(folded);
                self.action(place, action, None);
                continue;
            }
            let standing = comparison.standing(told.which, action);
            let beside = match standing {
                Standing::Only => None,
                Standing::Partly => Some(said(language, "{} has a part of it", &[&told.other])),
                Standing::Unsure => {
                    told.unsure.insert(folded);
                    let beside = said(
                        language,
                        "{} allows every known action that it matches; whether it matches others is not certain",
                        &[&told.other],
                    );
                    self.action(place, action, Some(beside));
                    continue;
                }
                Standing::Denied => Some(said(language, "{} itself denies it", &[&told.own_name])),
                Standing::Elsewhere => {
                    told.shared.insert(folded);
                    shared.push(*action);
                    continue;
                }
            };
            if standing != Standing::Denied {
                told.own.insert(folded);
            }
            self.action(place, action, beside);
        }
        if shared.is_empty() {
            return;
        }
        let place = Place { sign: Sign::Changed, ..place.clone() };
        let text = said(language, "{} has in another grant:", &[&told.other]);
        self.push(&place, Part::Detail, text, None);
        for action in shared {
            self.action(&place, action, None);
        }
    }

    fn action(&mut self, place: &Place, action: &str, beside: Option<String>) {
        let language = self.language;
        let known = self.vocabulary.action(action).and_then(|known| known.meaning_in(language));
        let more: Vec<String> = known.map(visible).into_iter().chain(beside).collect();
        let level = Some(level::of(action, self.vocabulary));
        self.push(place, Part::Action, visible(action), level);
        if let Some(line) = self.lines.last_mut() {
            line.more = more.join(" · ");
        }
    }

    fn push(
        &mut self,
        place: &Place,
        part: Part,
        text: String,
        level: Option<(AccessLevel, LevelSource)>,
    ) {
        let Place { section, sign, left, right } = place.clone();
        let more = String::new();
        self.lines.push(Line { section, sign, part, text, level, more, left, right });
    }

    /// Puts the heading over the lines from `start` on, if there are any.
    fn heading(&mut self, start: usize, section: Section, sign: Sign, text: &str, more: String) {
        if start == self.lines.len() {
            return;
        }
        let heading = Line {
            section,
            sign,
            part: Part::Heading,
            text: text.to_owned(),
            level: None,
            more,
            left: Arc::default(),
            right: Arc::default(),
        };
        self.lines.insert(start, heading);
    }
}

/// Actions of one side that were told, in lower case and each once.
struct Told {
    /// Whose they are.
    which: Which,
    /// What to call the side, safe to show.
    own_name: String,
    /// What to call the other side, safe to show.
    other: String,
    /// What this side alone allows, or of a pattern not all.
    own: HashSet<String>,
    /// What it denies in a grant of its own.
    denied: HashSet<String>,
    /// Patterns of which the other side allows every known action.
    unsure: HashSet<String>,
    /// What both allow, in different grants.
    shared: HashSet<String>,
}

/// Where a line belongs.
#[derive(Clone)]
struct Place {
    section: Section,
    sign: Sign,
    left: Arc<[usize]>,
    right: Arc<[usize]>,
}

/// A title without its article.
pub(super) fn bare(title: &str) -> String {
    title.strip_prefix("the ").unwrap_or(title).to_owned()
}
