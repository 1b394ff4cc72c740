//! What some statements deny together, found by the hash of a name or by holding patterns against it.

use std::borrow::Cow;
use std::collections::HashMap;
use std::hash::BuildHasherDefault;

use super::Place;
use crate::policy::document::Clause;
use crate::policy::level::{AccessLevel, LevelSource};
use crate::policy::pattern::{self, Case, Hashed, Steps};

/// Patterns of what a document denies that are held against what it allows. Real policies have a dozen; what only those
/// beyond it deny counts as granted, with the denial beside it.
const HELD: usize = 1_000;

/// The pattern of every action, each of which is `service:name`.
const EVERY: &str = "*:*";

/// What some of them deny.
#[derive(Debug)]
pub(super) struct Denied<'d> {
    /// A pattern of every action.
    every: Option<Place>,
    /// What is denied by the hash of its name; patterns too.
    names: ByHash<Place>,
    pub(super) patterns: Vec<(Cow<'d, str>, Place)>,
    /// All that is denied of single services.
    pub(super) of_services: Vec<Cow<'d, str>>,
    /// Everything but these.
    pub(super) all_but: Vec<AllBut<'d>>,
    /// What was answered, by the hash of an entry: an entry is asked for once for each statement.
    answers: ByHash<Option<Place>>,
    held: usize,
    pub(super) steps: Steps,
}

/// A denial of everything but some.
#[derive(Debug)]
pub(super) struct AllBut<'d> {
    pub(super) exceptions: Vec<&'d str>,
    pub(super) place: Place,
    /// The level of each exception, worked out when it is first asked for.
    pub(super) levels: Vec<(AccessLevel, LevelSource)>,
}

type ByHash<T> = HashMap<u64, T, BuildHasherDefault<Hashed>>;

impl<'d> Denied<'d> {
    /// Nothing yet; so many steps for comparing.
    pub(super) fn within(steps: usize) -> Self {
        Self {
            every: None,
            names: ByHash::default(),
            patterns: Vec::new(),
            of_services: Vec::new(),
            all_but: Vec::new(),
            answers: ByHash::default(),
            held: 0,
            steps: Steps(steps),
        }
    }

    pub(super) fn add(&mut self, statement: usize, actions: impl Iterator<Item = &'d str>) {
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
    pub(super) fn add_of(
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

    pub(super) fn add_all_but(&mut self, statement: usize, exceptions: Vec<&'d str>) {
        if self.held + exceptions.len() <= HELD {
            self.held += exceptions.len();
            let place = Place { statement, value: None };
            self.all_but.push(AllBut { exceptions, place, levels: Vec::new() });
        }
    }

    /// Nothing is denied as a whole.
    pub(super) fn is_empty(&self) -> bool {
        self.names.is_empty() && self.all_but.is_empty()
    }

    /// Where all of an action or pattern is denied, by its [`pattern::hash`].
    pub(super) fn action(&mut self, action: &str, hash: u64) -> Option<Place> {
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
    pub(super) fn rest(&mut self, exceptions: &Clause, hash: u64) -> Option<Place> {
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
