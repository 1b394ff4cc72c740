//! Computes a summary from a document.

use std::cell::OnceCell;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use super::because;
use super::denies::{Denies, Place};
use super::listed::{Listed, Unlisted};
use super::share::Share;
use super::{
    Counted, Grant, GrantedAction, IdleStatement, LevelGroup, MOST_IDLE, Overruling,
    ServiceSummary, Summary, left_out,
};
use crate::policy::document::{Clause, Document, Effect, Statement};
use crate::policy::idle::{self, Idle, names_action};
use crate::policy::level::{self, AccessLevel, LevelSource};
use crate::policy::pattern::{self, Case, arn};
use crate::policy::source::Spanned;
use crate::policy::vocabulary::{Nothing, Vocabulary};
use crate::say::{Language, count, said, say};

/// Patterns of one document that are held against all known actions. Real policies have a dozen;
/// of those beyond it the level comes from the name, and what they cover is not listed.
const EXPANDED: usize = 1_000;

/// What a document grants, by service and level, and what it denies.
///
/// A statement that matches nothing is told as such and grants nothing. Every action but those under
/// `NotAction` is one entry under the service `*`.
pub fn summarize(document: &Document, vocabulary: &dyn Vocabulary) -> Summary {
    summarize_in(Language::English, document, vocabulary)
}

/// The same with meanings, conditions and principals in a language.
pub fn summarize_in(
    language: Language,
    document: &Document,
    vocabulary: &dyn Vocabulary,
) -> Summary {
    let mut draft = Draft::of(language, document);
    for (index, statement) in document.statements.iter().enumerate() {
        match (Idle::of(statement), &statement.action) {
            (None, Some(action)) if action.negated => {
                draft.complement(index, statement, action, vocabulary);
            }
            (None, Some(action)) => draft.statement(index, statement, action, vocabulary),
            (Some(why), _) if draft.idle.len() < MOST_IDLE => draft.idle.push(IdleStatement {
                statement: index,
                span: statement.span,
                why,
                sentence: idle::sentence(language, index, statement, why),
            }),
            _ => {}
        }
    }
    draft.finish(vocabulary)
}

/// The service code of an action or pattern in lower case: `ecs`; as written where it is a pattern itself (`yundun-*`);
/// `*` for any service.
pub fn service_of_action(action: &str) -> String {
    pattern::fold(service_part(action))
}

/// The same as it is written.
pub(super) fn service_part(action: &str) -> &str {
    let part = action.split(':').next().unwrap_or_default();
    if !pattern::has_wildcard(part) {
        return part;
    }
    // Without a colon the first star stands for the rest of the service too, with the colon.
    let part = match part.find('*') {
        Some(at) if part.len() == action.len() => part.get(..=at).unwrap_or(part),
        _ => part,
    };
    let any = part.contains('*') && part.chars().all(|c| matches!(c, '*' | '?'));
    if any { "*" } else { part }
}

/// Does an entry of this code speak of the service: is it the same, or a pattern that means it?
pub fn means_service(code: &str, service: &str) -> bool {
    code == "*"
        || code.eq_ignore_ascii_case(service)
        || pattern::has_wildcard(code) && pattern::matches(code, service, Case::Fold)
}

/// The summary while it grows.
struct Draft<'d> {
    language: Language,
    document: &'d Document,
    denies: Denies<'d>,
    services: Vec<ServiceDraft>,
    index: HashMap<String, usize>,
    idle: Vec<IdleStatement>,
    /// Patterns that were expanded so far.
    expanded: usize,
    listed: Listed,
}

#[derive(Default)]
struct ServiceDraft {
    code: String,
    own: Bucket,
    through: Bucket,
    counted: Vec<Counted>,
}

/// Actions, each once, whatever its spelling.
#[derive(Default)]
struct Bucket {
    actions: Vec<GrantedAction>,
    /// Of each, whether a statement allows it that nothing takes back.
    granted: Vec<bool>,
    index: HashMap<Name, usize>,
}

/// What makes two entries the same.
#[derive(PartialEq, Eq, Hash)]
enum Name {
    /// An action in lower case.
    Action(String),
    /// All actions but some, by [`complement_hash`].
    AllBut(u64),
}

impl<'d> Draft<'d> {
    fn of(language: Language, document: &'d Document) -> Self {
        Self {
            language,
            document,
            denies: Denies::of(document),
            services: Vec::new(),
            index: HashMap::new(),
            idle: Vec::new(),
            expanded: 0,
            listed: Listed::default(),
        }
    }

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
        let left_out = statement.resource.as_ref().filter(|clause| clause.negated);
        let others = resource_services(statement);
        let pairs = self.listed.take(action.values.len(), others.len());
        let share = Share::of(language, statement, action.values.len());
        // Under other services its texts are repeated more often.
        let through = pairs.map(|pairs| Share::of(language, statement, pairs));
        let through = through.filter(|through| through.cut.each != share.cut.each);
        let mut unlisted = Unlisted::default();
        let under = self.denies.under(statement);
        let named = action.values.iter().filter(|value| names_action(&value.value));
        for (n, value) in named.enumerate() {
            let code = service_of_action(&value.value);
            let known: &dyn Vocabulary =
                if self.expand(&value.value) { vocabulary } else { &Nothing };
            let name = || Name::Action(pattern::fold(&value.value));
            let described = OnceCell::new();
            let described = || {
                let described = described.get_or_init(|| describe(language, value, known));
                GrantedAction::clone(described)
            };
            let grant = share.grant(index, value);
            let hash = pattern::hash(&value.value);
            let beside = others.iter().any(|other| *other != code)
                || left_out.is_some_and(|clause| clause.is_beside(&code));
            let overruled = self.overruled(statement, |denies| {
                denies.action_under(&value.value, hash, beside, &under)
            });
            if let Some(service) = self.service(&code) {
                service.own.add(name(), overruled, || grant.clone(), described);
            }
            if pairs.is_none() {
                if overruled.is_none() {
                    unlisted.add(hash, code.clone(), pattern::has_wildcard(&value.value));
                }
                if n > 0 {
                    continue;
                }
            }
            let grant = through.as_ref().map_or(grant, |through| through.grant(index, value));
            for other in others.iter().filter(|other| **other != code) {
                // Their places stand in the order of the document, whatever is said of them.
                let Some(service) = self.service(other) else { continue };
                if pairs.is_some() {
                    service.through.add(name(), overruled, || grant.clone(), described);
                }
            }
        }
        for other in others.iter().filter(|_| pairs.is_none()) {
            let tally = unlisted.beside(other);
            let service = self.service(other).filter(|_| tally.all() > 0);
            let Some(service) = service else { continue };
            let (span, effect) = (statement.span, statement.effect);
            service.counted.push(Counted { statement: index, span, effect, tally });
        }
    }

    /// Where something that the statement speaks of is denied as a whole, if the statement allows it.
    fn overruled(
        &mut self,
        statement: &Statement,
        place: impl FnOnce(&mut Denies<'d>) -> Option<Place>,
    ) -> Option<Overruling> {
        if statement.effect != Effect::Allow {
            return None;
        }
        let place = place(&mut self.denies)?;
        let action = self.document.statements.get(place.statement)?.action.as_ref()?;
        let value = place.value.and_then(|at| action.values.get(at));
        let span = value.map_or(action.span, |value| value.span);
        Some(Overruling { statement: place.statement, span })
    }

    /// A statement of every action but some: one entry.
    fn complement(
        &mut self,
        index: usize,
        statement: &Statement,
        action: &Clause,
        vocabulary: &dyn Vocabulary,
    ) {
        let language = self.language;
        let others = resource_services(statement);
        let share = Share::of(language, statement, 1 + others.len());
        let wild = action.values.iter().filter(|value| self.expand(&value.value)).count();
        // Every pattern was counted; where one had no room left, none is expanded.
        let known: &dyn Vocabulary =
            if wild == action.values.len() { vocabulary } else { &Nothing };
        let (level, source) = level_of_the_rest(action, known);
        let mut left_out = BTreeSet::new();
        for value in &action.values {
            left_out.extend(level::known_actions(&value.value, known).iter().map(|k| k.name));
        }
        let meaning = count(
            language,
            left_out.len(),
            "leaves out {} known action; there may be more",
            "leaves out {} known actions; there may be more",
        );
        let hash = complement_hash(action);
        let entry = || GrantedAction {
            name: "*".to_owned(),
            except: Some(share.cut.texts(&action.values, |value| value.value.to_string())),
            level,
            source,
            meaning: (!left_out.is_empty()).then(|| meaning.clone()),
            covers: Arc::default(),
            grants: Vec::new(),
            overruled: None,
        };
        let under = self.denies.under(statement);
        let overruled = self.overruled(statement, |denies| denies.rest_under(action, hash, &under));
        let every = Spanned::new("*", action.span);
        let grant = || share.grant(index, &every);
        if let Some(service) = self.service("*") {
            service.own.add(Name::AllBut(hash), overruled, grant, entry);
        }
        for other in others.iter().filter(|other| *other != "*") {
            if let Some(service) = self.service(other) {
                service.through.add(Name::AllBut(hash), overruled, grant, entry);
            }
        }
    }

    fn finish(self, vocabulary: &dyn Vocabulary) -> Summary {
        let language = self.language;
        let mut denies = self.denies;
        let services = self.services.into_iter().map(|service| {
            let mut levels: Vec<LevelGroup> = AccessLevel::ALL
                .into_iter()
                .map(|level| LevelGroup { level, actions: Vec::new() })
                .collect();
            let (granted, denied): (Vec<_>, Vec<_>) =
                service.own.actions.into_iter().partition(GrantedAction::is_granted);
            for mut action in granted {
                lower(&mut action, &mut denies, vocabulary);
                action.meaning = because::told(language, &action, vocabulary, &mut denies);
                action.meaning = because::left(language, &action, &mut denies);
                if let Some(group) = levels.iter_mut().find(|group| group.level == action.level) {
                    group.actions.push(action);
                }
            }
            levels.retain(|group| !group.actions.is_empty());
            let mut through_resources = service.through.actions;
            through_resources.retain(GrantedAction::is_granted);
            for action in &mut through_resources {
                lower(action, &mut denies, vocabulary);
            }
            let counted = service.counted;
            ServiceSummary { code: service.code, levels, through_resources, counted, denied }
        });
        let services =
            services.filter(|service| service.is_touched() || !service.denied.is_empty());
        let services: Vec<ServiceSummary> = services.collect();
        let wide =
            |one: &ServiceSummary| !one.levels.is_empty() && pattern::has_wildcard(&one.code);
        let left_out = if services.iter().any(wide) {
            left_out::of(self.document, &mut denies)
        } else {
            Vec::new()
        };
        Summary { services, left_out, idle: self.idle }
    }
}

impl Bucket {
    fn add(
        &mut self,
        name: Name,
        overruled: Option<Overruling>,
        grant: impl FnOnce() -> Grant,
        describe: impl FnOnce() -> GrantedAction,
    ) {
        let next = self.actions.len();
        let at = *self.index.entry(name).or_insert(next);
        if at == next {
            self.actions.push(describe());
            self.granted.push(false);
        }
        let (Some(action), Some(granted)) = (self.actions.get_mut(at), self.granted.get_mut(at))
        else {
            return;
        };
        if at == next {
            // Most actions stand in one statement.
            action.grants.reserve_exact(1);
        }
        let grant = grant();
        *granted |= overruled.is_none() && grant.effect == Effect::Allow;
        action.overruled = action.overruled.or(overruled).filter(|_| !*granted);
        // An action written twice in one statement is one grant; that it is repeated is a finding.
        if action.grants.last().is_none_or(|last| last.statement != grant.statement) {
            action.grants.push(grant);
        }
    }
}

/// Gives a pattern that is granted the level of what is left of it where everything but some is denied.
fn lower(action: &mut GrantedAction, denies: &mut Denies<'_>, vocabulary: &dyn Vocabulary) {
    if pattern::has_wildcard(&action.name)
        && let Some((level, source)) = denies.most_left(&action.name, vocabulary)
        && level < action.level
    {
        (action.level, action.source) = (level, source);
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
fn describe(language: Language, value: &Spanned, vocabulary: &dyn Vocabulary) -> GrantedAction {
    let name = &value.value;
    let (level, source) = level::of(name, vocabulary);
    let known = vocabulary.action(name);
    let mut meaning = known.and_then(|known| known.meaning_in(language)).map(str::to_owned);
    let mut covers = Vec::new();
    if pattern::has_wildcard(name) {
        covers = level::known_actions(name, vocabulary)
            .into_iter()
            .map(|known| known.name.to_owned())
            .collect();
        if meaning.is_none() {
            meaning = Some(covered(language, name, covers.len()));
        }
    }
    GrantedAction {
        name: name.to_string(),
        except: None,
        level,
        source,
        meaning,
        covers: covers.into(),
        grants: Vec::new(),
        overruled: None,
    }
}

/// Tells what `NotAction` leaves out from anything else that it may leave out, in any order and case.
pub(in crate::policy) fn complement_hash(clause: &Clause) -> u64 {
    let mut names: Vec<u64> =
        clause.values.iter().map(|value| pattern::hash(&value.value)).collect();
    names.sort_unstable();
    names.dedup();
    let spread =
        |sum: u64, name: u64| (sum.rotate_left(5) ^ name).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    names.into_iter().fold(1, spread)
}

/// What a pattern covers, in words.
fn covered(language: Language, pattern: &str, known: usize) -> String {
    // How many of a whole service are known would make it look small.
    let every = pattern::name_of(pattern);
    if pattern::matches_anything(every) {
        return say(language, "covers every action").to_owned();
    }
    // What the level may come from is no less known for having no page.
    let sample = || level::samples().find(|name| pattern::matches(pattern, name, Case::Fold));
    match known {
        0 => match sample().and_then(|name| name.split_once(':')) {
            Some((_, name)) => {
                said(language, "covers every action of such a name; {} is one", &[name])
            }
            None => say(language, "covers every action of such a name; none of them is known here")
                .to_owned(),
        },
        _ => count(
            language,
            known,
            "covers {} known action; there may be more",
            "covers {} known actions; there may be more",
        ),
    }
}

/// The level of [`level_of_the_rest`] alone, at less cost.
pub(super) fn highest_of_the_rest(clause: &Clause, vocabulary: &dyn Vocabulary) -> AccessLevel {
    let listed =
        |name: &str| clause.values.iter().any(|v| pattern::matches(&v.value, name, Case::Fold));
    // Nothing is higher.
    let highest = !clause.values.iter().any(|v| pattern::has_wildcard(&v.value))
        && level::PERMISSION_SAMPLES.iter().any(|name| !listed(name));
    if highest { AccessLevel::Permissions } else { level_of_the_rest(clause, vocabulary).0 }
}

/// The level of everything but the listed actions: at least write, for so many remain.
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
