//! The rows of the summary pane: what a role is, what it may do by service and level, and what else
//! is known of it. Wrapped to a width, so that the pane is a plain list.

mod about;
mod limits;
mod places;

use crate::catalog::model::{Standing, Text};
use crate::hash::Map;
use crate::policy::level::{AccessLevel, LevelSource};
use crate::policy::pattern;
use crate::policy::summary::{GrantedAction, ServiceSummary, Summary, Tally};
use crate::say::{Language, say};
use crate::text;
pub use about::{FACT_NAME, about};
use limits::{Limit, limits};
use places::{ActionAt, Group};
pub use places::{Place, spans};
use std::ops::Range;
use std::rc::Rc;
use std::sync::Arc;

/// One row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// What it shows.
    pub kind: RowKind,
    /// Names the row for as long as the role is shown, at any width.
    pub key: String,
    /// Where in the policy document it comes from.
    pub place: Place,
    /// The first statement that it speaks of, from 0.
    pub statement: Option<usize>,
    /// The service that it belongs to; None for rows about the role as a whole.
    pub service: Option<Arc<str>>,
}

/// What a row shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RowKind {
    /// The full name of the role.
    Title(String),
    /// A heading between parts.
    Heading(String),
    /// A line of prose.
    Prose(String),
    /// A named fact; continued lines have an empty name.
    Fact {
        /// What the fact is about.
        name: String,
        /// The fact, or a line of it.
        value: String,
        /// How sure it is, and the words for that, on its last line.
        standing: Option<Box<(Standing, Text)>>,
    },
    /// Something to mind.
    Warning(String),
    /// Nothing.
    Blank,
    /// A service.
    Service {
        /// Its RAM code.
        code: String,
        /// Its name.
        name: String,
        /// Actions by level.
        counts: Vec<(AccessLevel, usize)>,
        /// The same of all levels.
        all: Tally,
        /// Actions of other services on its resources.
        through: usize,
        /// Actions that are denied.
        denied: usize,
    },
    /// An access level within a service.
    Level {
        /// The level.
        level: AccessLevel,
        /// How many actions.
        count: usize,
        /// Some of them are not limited to any resource.
        everywhere: bool,
    },
    /// What is denied of a service.
    Denied {
        /// How many actions.
        count: usize,
        /// Some of them on every resource, whatever is asked.
        everywhere: bool,
    },
    /// Actions of other services on this service's resources follow.
    Through(Tally),
    /// What limits the actions that follow.
    Limit {
        /// The limit, or a part of it.
        text: String,
        /// Is it the first line of the limits of a group?
        first: bool,
        /// Is it a condition, not a resource?
        condition: bool,
    },
    /// An action.
    Action {
        /// Its name as written, without the service.
        name: String,
        /// What it does, where known.
        meaning: String,
        /// Its level.
        level: AccessLevel,
        /// Where the level comes from.
        source: LevelSource,
        /// Denied, not allowed.
        denied: bool,
        /// The limit above it holds for it.
        limited: bool,
        /// All that grants it is reconstructed.
        guess: bool,
        /// It stands for all actions but those that the limit above leaves out.
        rest: bool,
    },
}

impl Row {
    /// A row about the role as a whole.
    fn about(key: String, kind: RowKind) -> Self {
        Self { kind, key, place: Place::Nowhere, statement: None, service: None }
    }
}

/// The words of permission rows.
pub struct Words<'a> {
    /// Their language.
    pub language: Language,
    /// The name of a service.
    pub name: &'a dyn Fn(&str) -> String,
    /// Is all that grants an action reconstructed?
    pub guess: &'a dyn Fn(&GrantedAction) -> bool,
}

/// Adds the permission rows of a summary at a width of `width` columns.
pub fn permissions(rows: &mut Vec<Row>, summary: &Summary, width: usize, words: &Words<'_>) {
    for (at, service) in summary.services.iter().enumerate() {
        service_rows(rows, (at, service), width, words);
    }
    for idle in &summary.idle {
        for (line, text) in
            text::wrap(&idle.sentence, width.saturating_sub(2)).into_iter().enumerate()
        {
            rows.push(Row {
                kind: RowKind::Warning(text),
                key: format!("idle/{}/{line}", idle.statement),
                place: Place::At(idle.span),
                statement: Some(idle.statement),
                service: None,
            });
        }
    }
}

fn service_rows(
    rows: &mut Vec<Row>,
    (at, service): (usize, &ServiceSummary),
    width: usize,
    words: &Words<'_>,
) {
    let code: Arc<str> = service.code.as_str().into();
    let top = rows.len();
    rows.push(head(
        RowKind::Service {
            code: service.code.clone(),
            name: (words.name)(&code),
            counts: service.levels.iter().map(|g| (g.level, g.actions.len())).collect(),
            all: Tally::of(service.levels.iter().flat_map(|group| &group.actions)),
            through: service.through().all(),
            denied: service.denied.len(),
        },
        service.code.clone(),
        &code,
    ));
    for (n, group) in service.levels.iter().enumerate() {
        let head = |count, everywhere| RowKind::Level { level: group.level, count, everywhere };
        let key = format!("{code}/{}", group.level.word());
        let place = |action| ActionAt { service: at, group: Group::Level(n), action };
        group_rows(rows, (&key, &code), (&group.actions, &place), head, width, words);
    }
    if !service.denied.is_empty() {
        let head = |count, everywhere| RowKind::Denied { count, everywhere };
        let key = format!("{code}/denied");
        let place = |action| ActionAt { service: at, group: Group::Denied, action };
        group_rows(rows, (&key, &code), (&service.denied, &place), head, width, words);
    }
    if !service.through_resources.is_empty() || !service.counted.is_empty() {
        let key = format!("{code}/through");
        let through = rows.len();
        rows.push(head(RowKind::Through(service.through()), key.clone(), &code));
        for (n, action) in service.through_resources.iter().enumerate() {
            let place = ActionAt { service: at, group: Group::Through, action: n };
            let name = (action.words(words.language), (words.guess)(action));
            rows.push(action_row((&key, &code), (action, place), name, false));
        }
        for counted in &service.counted {
            let lines = text::wrap(&counted.words(words.language), width.saturating_sub(2));
            rows.extend(lines.into_iter().enumerate().map(|(line, text)| Row {
                kind: RowKind::Warning(text),
                key: format!("{key}/counted/{}/{line}", counted.statement),
                place: Place::At(counted.span),
                statement: Some(counted.statement),
                service: Some(Arc::clone(&code)),
            }));
        }
        say_first_statement(rows, through..through + 1);
    }
    say_first_statement(rows, top..top + 1);
}

/// Rows with this key of actions of a service that stand under one head.
fn group_rows(
    rows: &mut Vec<Row>,
    (key, code): (&str, &Arc<str>),
    (actions, place): (&[GrantedAction], &dyn Fn(usize) -> ActionAt),
    kind: impl FnOnce(usize, bool) -> RowKind,
    width: usize,
    words: &Words<'_>,
) {
    let mut everywhere = false;
    // In the order of the first action of each.
    let mut groups: Vec<(Rc<[Limit<'_>]>, Vec<usize>)> = Vec::new();
    let mut known: Map<Rc<[Limit<'_>]>, usize> = Map::default();
    for (n, action) in actions.iter().enumerate() {
        let limits = limits(action, words);
        everywhere |= limits.everywhere;
        let lines: Rc<[Limit<'_>]> = limits.lines.into();
        let at = *known.entry(Rc::clone(&lines)).or_insert(groups.len());
        match groups.get_mut(at) {
            Some((_, members)) => members.push(n),
            None => groups.push((lines, vec![n])),
        }
    }
    let top = rows.len();
    rows.push(head(kind(actions.len(), everywhere), key.to_owned(), code));
    for (g, (limits, members)) in groups.into_iter().enumerate() {
        let members = || members.iter().filter_map(|n| Some((actions.get(*n)?, place(*n))));
        let limited = !limits.is_empty();
        let first_line = rows.len();
        limit_rows(rows, &limits, (&format!("{key}/limit/{g}"), code), width);
        let lines = first_line..rows.len();
        for (action, place) in members() {
            let bare = action.name.split_once(':').filter(|_| !pattern::has_wildcard(code));
            let name = match &action.except {
                // What is left out may be long, and stands above it in full.
                Some(_) => say(words.language, "all other actions").to_owned(),
                None => bare.map_or(action.name.as_str(), |(_, name)| name).to_owned(),
            };
            let name = (name, (words.guess)(action));
            rows.push(action_row((key, code), (action, place), name, limited));
        }
        say_first_statement(rows, lines);
    }
    say_first_statement(rows, top..top + 1);
}

/// Rows of all that limits a group of actions, which follow.
fn limit_rows(
    rows: &mut Vec<Row>,
    limits: &[Limit<'_>],
    (key, code): (&str, &Arc<str>),
    width: usize,
) {
    let wrapped = limits.iter().flat_map(|limit| {
        let parts = text::wrap(&limit.text, width.saturating_sub(6));
        parts.into_iter().map(|part| (part, limit.condition))
    });
    rows.extend(wrapped.enumerate().map(|(line, (text, condition))| {
        let kind = RowKind::Limit { text, first: line == 0, condition };
        head(kind, format!("{key}/{line}"), code)
    }));
}

fn action_row(
    (key, code): (&str, &Arc<str>),
    (action, place): (&GrantedAction, ActionAt),
    (name, guess): (String, bool),
    limited: bool,
) -> Row {
    let grants = action.grants.iter().map(|grant| grant.statement);
    let statements = grants.chain(action.overruled.map(|denied| denied.statement));
    Row {
        kind: RowKind::Action {
            name,
            meaning: action.meaning.clone().unwrap_or_default(),
            level: action.level,
            source: action.source,
            guess,
            limited,
            rest: action.except.is_some(),
            denied: !action.is_granted(),
        },
        key: format!("{key}/{}", key_of(action)),
        place: Place::Action(place),
        statement: statements.min(),
        service: Some(Arc::clone(code)),
    }
}

/// Names an action among those of its level: by where it stands first if it has no name of its own.
fn key_of(action: &GrantedAction) -> String {
    match action.grants.first() {
        Some(first) if action.except.is_some() => format!("{}/{}", action.name, first.statement),
        _ => action.name.clone(),
    }
}

/// A row above actions, which stands where they do.
fn head(kind: RowKind, key: String, code: &Arc<str>) -> Row {
    let service = Some(Arc::clone(code));
    Row { kind, key, place: Place::OfActionsBelow, statement: None, service }
}

/// The actions below these rows are all there: the first statement that one of them stands in is theirs too.
fn say_first_statement(rows: &mut [Row], heads: Range<usize>) {
    let below = rows.get(heads.end..).unwrap_or_default();
    let first = below.iter().filter_map(|row| row.statement).min();
    for head in rows.get_mut(heads).unwrap_or_default() {
        head.statement = first;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::document::Effect;
    use crate::policy::source::Span;
    use crate::policy::summary::{Grant, LevelGroup, Terms};

    fn action(name: &str, resources: &[&str], conditions: &[&str]) -> GrantedAction {
        GrantedAction {
            name: name.into(),
            except: None,
            level: AccessLevel::Write,
            source: LevelSource::Documented,
            meaning: None,
            covers: Arc::default(),
            grants: vec![Grant {
                statement: 0,
                span: Span::new(1, 2),
                terms: Arc::new(Terms {
                    effect: Effect::Allow,
                    not_action: false,
                    resources: resources.iter().map(|r| (*r).into()).collect(),
                    not_resource: false,
                    conditions: conditions.iter().map(|c| (*c).into()).collect(),
                    principals: Arc::default(),
                }),
            }],
            overruled: None,
        }
    }

    #[test]
    fn actions_with_the_same_limits_stand_together() {
        let summary = Summary {
            services: vec![ServiceSummary {
                code: "kms".into(),
                levels: vec![LevelGroup {
                    level: AccessLevel::Write,
                    actions: vec![
                        action("kms:A", &["*"], &[]),
                        action("kms:B", &["*"], &["only with keys tagged x = true"]),
                        action("kms:C", &["*"], &[]),
                    ],
                }],
                through_resources: Vec::new(),
                counted: Vec::new(),
                denied: Vec::new(),
            }],
            ..Summary::default()
        };
        let mut rows = Vec::new();
        let name = |code: &str| code.to_uppercase();
        let words = Words { language: Language::English, name: &name, guess: &|_| false };
        permissions(&mut rows, &summary, 60, &words);
        let shown: Vec<String> = rows
            .iter()
            .map(|row| match &row.kind {
                RowKind::Service { name, .. } => name.clone(),
                RowKind::Level { level, count, .. } => format!("{} {count}", level.word()),
                RowKind::Limit { text, .. } => format!("  {text}"),
                RowKind::Action { name, .. } => format!("    {name}"),
                other => format!("{other:?}"),
            })
            .collect();
        let expected =
            ["KMS", "write 3", "    A", "    C", "  only with keys tagged x = true", "    B"];
        assert_eq!(shown, expected);
        let mut keys: Vec<&str> = rows.iter().map(|row| row.key.as_str()).collect();
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), rows.len(), "keys of rows are not unique");
    }

    #[test]
    fn of_hundreds_of_resources_the_rest_is_counted() {
        let action = |name: &str, last: usize| {
            let resources: Vec<String> =
                (0..200).chain([last]).map(|n| format!("acs:kms:*:*:key/{n}")).collect();
            action(name, &resources.iter().map(String::as_str).collect::<Vec<_>>(), &[])
        };
        let summary = Summary {
            services: vec![ServiceSummary {
                code: "kms".into(),
                levels: vec![LevelGroup {
                    level: AccessLevel::Write,
                    actions: vec![action("kms:A", 900), action("kms:B", 901), action("kms:C", 900)],
                }],
                through_resources: Vec::new(),
                counted: Vec::new(),
                denied: Vec::new(),
            }],
            ..Summary::default()
        };
        let name = |code: &str| code.to_owned();
        let words = Words { language: Language::English, name: &name, guess: &|_| false };
        let mut rows = Vec::new();
        permissions(&mut rows, &summary, 60, &words);
        let limits: Vec<&Row> =
            rows.iter().filter(|row| matches!(row.kind, RowKind::Limit { .. })).collect();
        let text = |row: &Row| match &row.kind {
            RowKind::Limit { text, .. } => text.clone(),
            other => panic!("{other:?}"),
        };
        assert_eq!(limits.iter().filter(|row| text(row).ends_with("101 more")).count(), 2);
        let shown: String = limits.iter().map(|row| text(row)).collect();
        assert!(!shown.contains("key/100") && shown.contains("key/99"), "{shown}");
        let names: Vec<&str> = rows
            .iter()
            .filter_map(|row| match &row.kind {
                RowKind::Action { name, .. } => Some(name.as_str()),
                _ => None,
            })
            .collect();
        assert_eq!(names, ["A", "C", "B"], "what differs only in the counted part stands apart");
    }

    #[test]
    fn of_hundreds_of_conditions_the_rest_is_counted() {
        let grant = |effect: Effect, n: usize| Grant {
            statement: n,
            span: Span::new(n, n + 1),
            terms: Arc::new(Terms {
                effect,
                not_action: false,
                resources: ["acs:kms:*:*:key/1".to_owned()].into(),
                not_resource: false,
                conditions: [format!("only if x is {n}")].into(),
                principals: Arc::default(),
            }),
        };
        let granted = |last: usize| {
            let grants = (0..250).chain([last]).map(|n| grant(Effect::Allow, n));
            let denied = (300..520).map(|n| grant(Effect::Deny, n));
            let grants = grants.chain(denied).collect();
            GrantedAction { grants, ..action(&format!("kms:{last}"), &[], &[]) }
        };
        let group = LevelGroup {
            level: AccessLevel::Write,
            actions: vec![granted(900), granted(901), granted(900)],
        };
        let service = ServiceSummary {
            code: "kms".into(),
            levels: vec![group],
            through_resources: Vec::new(),
            counted: Vec::new(),
            denied: Vec::new(),
        };
        let name = |code: &str| code.to_owned();
        let words = Words { language: Language::English, name: &name, guess: &|_| false };
        let mut rows = Vec::new();
        let summary = Summary { services: vec![service], ..Summary::default() };
        permissions(&mut rows, &summary, 200, &words);
        let texts: Vec<&str> = rows
            .iter()
            .filter_map(|row| match &row.kind {
                RowKind::Limit { text, .. } => Some(text.as_str()),
                RowKind::Action { name, .. } => Some(name.as_str()),
                _ => None,
            })
            .collect();
        let count = |part: &str| texts.iter().filter(|text| text.contains(part)).count();
        assert_eq!(count("151 more sets of conditions"), 2, "{texts:#?}");
        assert_eq!(count("denied under 120 more sets of conditions"), 2, "{texts:#?}");
        assert_eq!((count("x is 99"), count("x is 100")), (2, 0), "{texts:#?}");
        let actions: Vec<&&str> = texts.iter().filter(|text| text.starts_with('9')).collect();
        assert_eq!(actions, [&"900", &"900", &"901"], "what differs only in the counted part");
    }
}
