//! Computes a summary from a document.

use std::collections::{BTreeSet, HashMap};

use super::{Grant, GrantedAction, LevelGroup, ServiceSummary, Summary};
use crate::policy::document::{Clause, Document, Effect, Statement};
use crate::policy::level::{self, AccessLevel, LevelSource};
use crate::policy::pattern::{self, Case, arn};
use crate::policy::source::Spanned;
use crate::policy::vocabulary::{Nothing, Vocabulary};
use crate::policy::wording::{self, visible};
use crate::say::{Language, count, said, say};

/// Texts that one statement may add to a summary. Every action repeats its statement's resources
/// and conditions, which for a real policy is nothing and for a hostile one would fill the memory.
const BUDGET: usize = 200_000;

/// Patterns of one document that are held against all known actions. Real policies have a dozen;
/// of those beyond it the level comes from the name, and what they cover is not listed.
const EXPANDED: usize = 1_000;

/// What a document grants and denies, by service and level.
///
/// A statement whose effect is unknown grants nothing and is left out. What stands under
/// `NotAction` is listed under the service `*`, because it is every *other* action that is meant.
pub fn summarize(document: &Document, vocabulary: &dyn Vocabulary) -> Summary {
    summarize_in(Language::English, document, vocabulary)
}

/// The same with meanings, conditions and principals in a language.
pub fn summarize_in(
    language: Language,
    document: &Document,
    vocabulary: &dyn Vocabulary,
) -> Summary {
    let mut draft = Draft { language, ..Draft::default() };
    for (index, statement) in document.statements.iter().enumerate() {
        let Some(action) = statement
            .action
            .as_ref()
            .filter(|_| statement.effect != Effect::Unknown && statement.without_value().is_none())
        else {
            continue;
        };
        draft.statement(index, statement, action, vocabulary);
    }
    draft.finish()
}

/// The service code of an action or pattern in lower case; `*` where the service part is one.
pub fn service_of_action(action: &str) -> String {
    pattern::fold(service_part(action))
}

/// The same as it is written.
pub(super) fn service_part(action: &str) -> &str {
    let service = action.split(':').next().unwrap_or_default();
    if pattern::has_wildcard(service) { "*" } else { service }
}

/// The summary while it grows.
#[derive(Default)]
struct Draft {
    language: Language,
    services: Vec<ServiceDraft>,
    index: HashMap<String, usize>,
    /// Patterns that were expanded so far.
    expanded: usize,
}

#[derive(Default)]
struct ServiceDraft {
    code: String,
    own: Bucket,
    through: Bucket,
}

/// Actions, each once, whatever its spelling.
#[derive(Default)]
struct Bucket {
    actions: Vec<GrantedAction>,
    index: HashMap<(String, bool), usize>,
}

impl Draft {
    fn service(&mut self, code: &str) -> Option<&mut ServiceDraft> {
        let next = self.services.len();
        let at = *self.index.entry(code.to_owned()).or_insert(next);
        if at == next {
            self.services.push(ServiceDraft { code: code.to_owned(), ..ServiceDraft::default() });
        }
        self.services.get_mut(at)
    }

    /// May this action be held against the known ones? Names without wildcards always may.
    fn expand(&mut self, action: &str) -> bool {
        if !pattern::has_wildcard(action) {
            return true;
        }
        self.expanded += 1;
        self.expanded <= EXPANDED
    }

    fn statement(
        &mut self,
        index: usize,
        statement: &Statement,
        action: &Clause,
        vocabulary: &dyn Vocabulary,
    ) {
        let language = self.language;
        let share = Share::of(language, statement, action.values.len());
        let others = resource_services(statement);
        let complement = action.negated.then(|| {
            let wild = action.values.iter().filter(|value| self.expand(&value.value)).count();
            // Every pattern was counted; where one had no room left, none is expanded.
            let known: &dyn Vocabulary =
                if wild == action.values.len() { vocabulary } else { &Nothing };
            level_of_the_rest(action, known)
        });
        for value in &action.values {
            let code =
                if action.negated { "*".to_owned() } else { service_of_action(&value.value) };
            let known: &dyn Vocabulary =
                if self.expand(&value.value) { vocabulary } else { &Nothing };
            let described = |known: &dyn Vocabulary| describe(language, value, complement, known);
            let grant = || share.grant(index, statement, action.negated, value);
            if let Some(service) = self.service(&code) {
                service.own.add(value, action.negated, grant, || described(known));
            }
            for other in others.iter().filter(|other| **other != code) {
                if let Some(service) = self.service(other) {
                    service.through.add(value, action.negated, grant, || described(known));
                }
            }
        }
    }

    fn finish(self) -> Summary {
        let services = self.services.into_iter().map(|service| {
            let mut levels: Vec<LevelGroup> = AccessLevel::ALL
                .into_iter()
                .map(|level| LevelGroup { level, actions: Vec::new() })
                .collect();
            for action in service.own.actions {
                if let Some(group) = levels.iter_mut().find(|group| group.level == action.level) {
                    group.actions.push(action);
                }
            }
            levels.retain(|group| !group.actions.is_empty());
            ServiceSummary {
                code: service.code,
                levels,
                through_resources: service.through.actions,
            }
        });
        Summary { services: services.collect() }
    }
}

impl Bucket {
    fn add(
        &mut self,
        value: &Spanned,
        negated: bool,
        grant: impl FnOnce() -> Grant,
        describe: impl FnOnce() -> GrantedAction,
    ) {
        let next = self.actions.len();
        let at = *self.index.entry((pattern::fold(&value.value), negated)).or_insert(next);
        if at == next {
            self.actions.push(describe());
        }
        let Some(action) = self.actions.get_mut(at) else {
            return;
        };
        let grant = grant();
        // An action written twice in one statement is one grant; that it is repeated is a finding.
        if action.grants.last().is_none_or(|last| last.statement != grant.statement) {
            action.grants.push(grant);
        }
    }
}

/// How many resources and conditions each action of a statement repeats.
struct Share {
    language: Language,
    each: usize,
}

impl Share {
    fn of(language: Language, statement: &Statement, actions: usize) -> Self {
        let resources = statement.resource.as_ref().map_or(0, |clause| clause.values.len());
        let values: usize = statement.conditions.iter().map(|c| c.values.len() + 1).sum();
        let members = statement.principal.as_ref().map_or(0, |p| p.members.len());
        let texts = resources + values + members;
        let each = if texts.saturating_mul(actions) <= BUDGET {
            usize::MAX
        } else {
            BUDGET / actions.max(1)
        };
        Self { language, each }
    }

    /// The first of the texts, and how many there are beyond them.
    fn cut<T>(&self, all: &[T], word: impl Fn(&T) -> String) -> Vec<String> {
        let mut texts: Vec<String> = all.iter().take(self.each).map(word).collect();
        if let Some(more) = all.len().checked_sub(self.each).filter(|more| *more > 0) {
            texts.push(said(self.language, "and {} more", &[&more.to_string()]));
        }
        texts
    }

    fn grant(
        &self,
        index: usize,
        statement: &Statement,
        not_action: bool,
        value: &Spanned,
    ) -> Grant {
        let resource = statement.resource.as_ref();
        let language = self.language;
        Grant {
            statement: index,
            span: value.span,
            effect: statement.effect,
            not_action,
            resources: resource
                .map(|clause| self.cut(&clause.values, |value| value.value.to_string()))
                .unwrap_or_default(),
            not_resource: resource.is_some_and(|clause| clause.negated),
            conditions: self.cut(&statement.conditions, |condition| {
                if condition.values.len() > self.each {
                    said(language, "only if {} holds", &[&visible(&condition.key.value)])
                } else {
                    wording::condition(language, condition, &value.value)
                }
            }),
            principals: statement
                .principal
                .as_ref()
                .map(|principal| {
                    self.cut(&principal.members, |(kind, value)| {
                        let who = wording::member(language, kind, &value.value);
                        if principal.negated {
                            said(language, "everyone but {}", &[&who])
                        } else {
                            who
                        }
                    })
                })
                .unwrap_or_default(),
        }
    }
}

/// The services whose resources a statement names, each once.
pub(super) fn resource_services(statement: &Statement) -> Vec<String> {
    let Some(clause) = statement.resource.as_ref().filter(|clause| !clause.negated) else {
        return Vec::new();
    };
    let mut seen = BTreeSet::new();
    clause
        .values
        .iter()
        .filter_map(|value| arn::service(&value.value))
        .filter(|service| seen.insert(service.clone()))
        .collect()
}

/// What is known of an action, without its grants.
fn describe(
    language: Language,
    value: &Spanned,
    complement: Option<(AccessLevel, LevelSource)>,
    vocabulary: &dyn Vocabulary,
) -> GrantedAction {
    let name = &value.value;
    let (level, source) = complement.unwrap_or_else(|| level::of(name, vocabulary));
    let known = vocabulary.action(name);
    let mut meaning = known.and_then(|known| known.meaning_in(language)).map(str::to_owned);
    let mut covers = Vec::new();
    if pattern::has_wildcard(name) {
        covers = level::known_actions(name, vocabulary)
            .into_iter()
            .map(|known| known.name.to_owned())
            .collect();
        if meaning.is_none() {
            meaning = Some(covered(language, covers.len()));
        }
    }
    GrantedAction { name: name.to_string(), level, source, meaning, covers, grants: Vec::new() }
}

/// What a pattern covers, in words.
fn covered(language: Language, known: usize) -> String {
    match known {
        0 => say(language, "covers every action of such a name; none of them is known here")
            .to_owned(),
        _ => count(
            language,
            known,
            "covers {} known action; there may be more",
            "covers {} known actions; there may be more",
        ),
    }
}

/// The level of everything but the listed actions: at least write, for so many remain.
/// The level of [`level_of_the_rest`] alone, at less cost.
pub(super) fn highest_of_the_rest(clause: &Clause, vocabulary: &dyn Vocabulary) -> AccessLevel {
    let listed =
        |name: &str| clause.values.iter().any(|v| pattern::matches(&v.value, name, Case::Fold));
    // Nothing is higher.
    let highest = !clause.values.iter().any(|v| pattern::has_wildcard(&v.value))
        && level::PERMISSION_SAMPLES.iter().any(|name| !listed(name));
    if highest { AccessLevel::Permissions } else { level_of_the_rest(clause, vocabulary).0 }
}

fn level_of_the_rest(clause: &Clause, vocabulary: &dyn Vocabulary) -> (AccessLevel, LevelSource) {
    let listed =
        |name: &str| clause.values.iter().any(|v| pattern::matches(&v.value, name, Case::Fold));
    if listed("any service:Any action of it") {
        // `NotAction: "*"` leaves nothing.
        return (AccessLevel::List, LevelSource::NameRule);
    }
    let mut level = (AccessLevel::Write, LevelSource::NameRule);
    if level::PERMISSION_SAMPLES.iter().any(|name| !listed(name)) {
        level = level::heavier(level, (AccessLevel::Permissions, LevelSource::NameRule));
    }
    for known in level::known_actions("*", vocabulary) {
        if !listed(known.name) {
            level = level::heavier(level, (known.level, known.source));
        }
    }
    level
}
