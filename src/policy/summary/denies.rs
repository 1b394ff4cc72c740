//! What a document denies as a whole, so that no Allow of the same action grants anything.
//!
//! "An explicit Deny statement always overrides any Allow statements for the same action" (RAM, overview of policies).
//! Every resource is every one there is, or every one of the service of the action, as a request that names none is decided.
//! A statement with a condition, or on some resources, denies a part only: what an Allow says beside it is a grant.

use std::borrow::Cow;
use std::collections::HashMap;
use std::hash::BuildHasherDefault;

use crate::policy::document::{Clause, Document, Effect, Statement};
use crate::policy::idle::Idle;
use crate::policy::level::{self, AccessLevel, LevelSource};
use crate::policy::pattern::{self, Case, Hashed, Steps, arn};
use crate::policy::read::plain::PlainDocument;
use crate::policy::vocabulary::Vocabulary;

/// Patterns of what a document denies that are held against what it allows. Real policies have a dozen; what only those
/// beyond it deny counts as granted, with the denial beside it.
const HELD: usize = 1_000;

/// Steps of comparing them, for one document: many times what real policies need, and a few thousandths of a second.
const STEPS: usize = 1 << 18;

/// Services whose resources one statement denies all of; real ones name one.
const SERVICES: usize = 100;

/// The pattern of every action, each of which is `service:name`.
const EVERY: &str = "*:*";

/// Where a document denies something as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::policy) struct Place {
    /// Index of the statement, from 0.
    pub(in crate::policy) statement: usize,
    /// Index of the action in it; None under `NotAction`.
    pub(in crate::policy) value: Option<usize>,
}

/// The statements of a document that deny something whatever is asked, on every resource.
#[derive(Debug, Default)]
pub(in crate::policy) struct Denies<'d> {
    /// On every resource there is.
    all: Denied<'d>,
    /// On every resource of the service of the action, such as `oss:*` on `acs:oss:*:*:*`.
    own: Denied<'d>,
}

/// What some of them deny.
#[derive(Debug)]
struct Denied<'d> {
    /// A pattern of every action.
    every: Option<Place>,
    /// What is denied by the hash of its name; patterns too.
    names: ByHash<Place>,
    patterns: Vec<(Cow<'d, str>, Place)>,
    /// All that is denied of single services.
    of_services: Vec<Cow<'d, str>>,
    /// Everything but these.
    all_but: Vec<AllBut<'d>>,
    /// What was answered, by the hash of an entry: an entry is asked for once for each statement.
    answers: ByHash<Option<Place>>,
    held: usize,
    steps: Steps,
}

/// A denial of everything but some.
#[derive(Debug)]
struct AllBut<'d> {
    exceptions: Vec<&'d str>,
    place: Place,
    /// The level of each exception, worked out when it is first asked for.
    levels: Vec<(AccessLevel, LevelSource)>,
}

type ByHash<T> = HashMap<u64, T, BuildHasherDefault<Hashed>>;

impl Default for Denied<'_> {
    fn default() -> Self {
        Self {
            every: None,
            names: ByHash::default(),
            patterns: Vec::new(),
            of_services: Vec::new(),
            all_but: Vec::new(),
            answers: ByHash::default(),
            held: 0,
            steps: Steps(STEPS),
        }
    }
}

impl<'d> Denies<'d> {
    /// Those of a document.
    pub(in crate::policy) fn of(document: &'d Document) -> Self {
        let mut denies = Self::default();
        for (index, statement) in document.statements.iter().enumerate() {
            let (Some(action), Some(resource)) = (&statement.action, &statement.resource) else {
                continue;
            };
            if !Self::is_in_every_case(statement) || resource.negated {
                continue;
            }
            let values = action.values.iter().map(|value| &*value.value);
            if !action.negated {
                denies.add(index, values, resource.values.iter().map(|value| &*value.value));
            } else if !action.unknown && resource.is_any_resource() {
                denies.all.add_all_but(index, values.collect());
            }
        }
        denies
    }

    /// Those of a document that was passed over.
    pub(in crate::policy) fn of_plain(document: PlainDocument<'_, 'd>) -> Self {
        let mut denies = Self::default();
        for (index, statement) in document.statements().enumerate() {
            if statement.effect == Effect::Deny && !statement.conditional {
                let actions = statement.actions.iter().copied();
                denies.add(index, actions, statement.resources.iter().copied());
            }
        }
        denies
    }

    /// Adds actions that are denied on these resources, as far as these are every one.
    fn add<'r>(
        &mut self,
        index: usize,
        actions: impl Iterator<Item = &'d str>,
        mut resources: impl Iterator<Item = &'r str> + Clone,
    ) {
        if resources.clone().any(arn::is_every) {
            self.all.add(index, actions);
            return;
        }
        let whole: Vec<String> = resources
            .by_ref()
            .filter_map(|resource| {
                let code = pattern::fold(arn::code(resource)?);
                arn::is_every_of(resource, &code).then_some(code)
            })
            .take(SERVICES)
            .collect();
        if !whole.is_empty() {
            self.own.add_of(index, actions, &whole);
        }
    }

    /// Does the statement deny its actions whatever is asked, on every resource?
    pub(super) fn is_whole(statement: &Statement) -> bool {
        Self::is_in_every_case(statement) && Self::is_everywhere(statement)
    }

    fn is_in_every_case(statement: &Statement) -> bool {
        statement.effect == Effect::Deny
            && statement.conditions.is_empty()
            && statement.principal.is_none()
            && Idle::of(statement).is_none()
    }

    /// Does the statement speak of every resource?
    pub(super) fn is_everywhere(statement: &Statement) -> bool {
        statement.resource.as_ref().is_some_and(Clause::is_any_resource)
    }

    /// Nothing is denied as a whole.
    pub(in crate::policy) fn is_empty(&self) -> bool {
        self.all.is_empty() && self.own.is_empty()
    }

    /// Where all of an action or pattern is denied, by its [`pattern::hash`]. `others`: is it asked of resources of other
    /// services, which a denial on those of its own leaves alone?
    pub(in crate::policy) fn action(
        &mut self,
        action: &str,
        hash: u64,
        others: bool,
    ) -> Option<Place> {
        let place = self.all.action(action, hash);
        if place.is_some() || others {
            return place;
        }
        self.own.action(action, hash)
    }

    /// The most that is left of a pattern where everything but some is denied: the highest level of what is left out. None
    /// where no such denial is known, it leaves nothing of the pattern, or looking would take too long.
    pub(in crate::policy) fn most_left(
        &mut self,
        pattern: &str,
        vocabulary: &dyn Vocabulary,
    ) -> Option<(AccessLevel, LevelSource)> {
        let Denied { all_but, steps, .. } = &mut self.all;
        let mut least: Option<(AccessLevel, LevelSource)> = None;
        for AllBut { exceptions, levels, .. } in all_but {
            if levels.is_empty() {
                levels.extend(exceptions.iter().map(|except| level::of(except, vocabulary)));
            }
            let mut most = None;
            for (except, level) in exceptions.iter().zip(&*levels) {
                let left = steps.overlaps(except, pattern, Case::Fold);
                if !steps.are_left() {
                    return least;
                }
                if left {
                    most = Some(most.map_or(*level, |most| level::heavier(most, *level)));
                }
            }
            let lower = |most: &(AccessLevel, _)| least.is_none_or(|least| most.0 < least.0);
            least = most.filter(lower).or(least);
        }
        least
    }

    /// What is left of a pattern by the first statement that denies everything but some and leaves not all of it, with the
    /// index of that statement: the exceptions that may mean some of it. None where no such denial is known, or looking
    /// would take too long.
    pub(super) fn left_of(&mut self, pattern: &str) -> Option<(usize, Vec<&'d str>)> {
        let Denied { all_but, steps, .. } = &mut self.all;
        let found = all_but.iter().find(|AllBut { exceptions, .. }| {
            !exceptions.iter().any(|except| steps.covers(except, pattern, Case::Fold))
        })?;
        let exceptions = found.exceptions.iter();
        let left = exceptions.filter(|except| steps.overlaps(except, pattern, Case::Fold));
        let left: Vec<&str> = left.copied().collect();
        steps.are_left().then_some((found.place.statement, left))
    }

    /// Is all of an action or pattern denied, of its own service at least?
    pub(in crate::policy) fn is_denied(&mut self, action: &str) -> bool {
        !self.is_empty() && self.action(action, pattern::hash(action), false).is_some()
    }

    /// The patterns that are denied, of single services and of any.
    pub(super) fn patterns(&self) -> impl Iterator<Item = &str> {
        self.all.patterns.iter().chain(&self.own.patterns).map(|(name, _)| &**name)
    }

    /// What is denied on every resource of its own service, but not on every one there is.
    pub(super) fn of_services(&self) -> impl Iterator<Item = Cow<'d, str>> {
        self.own.of_services.iter().cloned()
    }

    /// The same for every action but some, by the hash of these.
    pub(in crate::policy) fn rest(&mut self, exceptions: &Clause, hash: u64) -> Option<Place> {
        self.all.rest(exceptions, hash)
    }
}

impl<'d> Denied<'d> {
    fn add(&mut self, statement: usize, actions: impl Iterator<Item = &'d str>) {
        for (value, action) in actions.enumerate() {
            let place = Place { statement, value: Some(value) };
            self.names.entry(pattern::hash(action)).or_insert(place);
            if pattern::has_wildcard(action) && self.held < HELD {
                self.held += 1;
                if self.steps.covers(action, EVERY, Case::Fold) {
                    self.every.get_or_insert(place);
                }
                self.patterns.push((Cow::Borrowed(action), place));
            }
        }
    }

    /// Of the actions those of these services: of `*:Get*` with `oss` it is `oss:Get*`.
    fn add_of(
        &mut self,
        statement: usize,
        actions: impl Iterator<Item = &'d str>,
        services: &[String],
    ) {
        for (value, action) in actions.enumerate() {
            let place = Place { statement, value: Some(value) };
            let (code, name) = action.split_once(':').unwrap_or((action, "*"));
            let wide = pattern::matches_anything(code);
            for service in services {
                if !wide && !pattern::same(code, service, Case::Fold) {
                    continue;
                }
                let own = if wide { Cow::from(format!("{service}:{name}")) } else { action.into() };
                self.names.entry(pattern::hash(&own)).or_insert(place);
                self.of_services.push(own.clone());
                if pattern::has_wildcard(&own) && self.held < HELD {
                    self.held += 1;
                    self.patterns.push((own, place));
                }
            }
        }
    }

    fn add_all_but(&mut self, statement: usize, exceptions: Vec<&'d str>) {
        if self.held + exceptions.len() <= HELD {
            self.held += exceptions.len();
            let place = Place { statement, value: None };
            self.all_but.push(AllBut { exceptions, place, levels: Vec::new() });
        }
    }

    /// Nothing is denied as a whole.
    fn is_empty(&self) -> bool {
        self.names.is_empty() && self.all_but.is_empty()
    }

    /// Where all of an action or pattern is denied, by its [`pattern::hash`].
    fn action(&mut self, action: &str, hash: u64) -> Option<Place> {
        if self.is_empty() || self.every.is_some() {
            return self.every;
        }
        if let Some(place) = self.names.get(&hash) {
            return Some(*place);
        }
        if let Some(known) = self.answers.get(&hash) {
            return *known;
        }
        let steps = &mut self.steps;
        if !steps.are_left() {
            return None;
        }
        let covering =
            self.patterns.iter().find(|(denied, _)| steps.covers(denied, action, Case::Fold));
        let answer = covering.map(|(_, place)| *place).or_else(|| {
            let found = self.all_but.iter().find(|AllBut { exceptions, .. }| {
                !exceptions.iter().any(|except| steps.overlaps(except, action, Case::Fold))
            });
            found.map(|one| one.place)
        });
        self.answers.insert(hash, answer);
        answer
    }

    /// The same for every action but some, by the hash of these.
    fn rest(&mut self, exceptions: &Clause, hash: u64) -> Option<Place> {
        if self.all_but.is_empty() || self.every.is_some() {
            return self.every;
        }
        if let Some(known) = self.answers.get(&hash) {
            return *known;
        }
        let steps = &mut self.steps;
        if !steps.are_left() {
            return None;
        }
        let found = self.all_but.iter().find(|one| {
            one.exceptions.iter().all(|except| {
                let mut allowed = exceptions.values.iter();
                allowed.any(|allowed| steps.covers(&allowed.value, except, Case::Fold))
            })
        });
        let answer = found.map(|one| one.place);
        self.answers.insert(hash, answer);
        answer
    }
}
