//! What a document denies as a whole, so that no Allow of the same action grants anything.
//!
//! "An explicit Deny statement always overrides any Allow statements for the same action" (RAM, overview of policies).
//! Every resource is every one there is, or every one of the service of the action, as a request that names none is decided.
//! A statement with a condition, or on some resources, denies a part only: what an Allow says beside it is a grant, but for
//! one on resources that all are among those.

mod denied;

use std::borrow::Cow;

use denied::{AllBut, Denied};

use crate::policy::document::{Clause, Document, Effect, Statement};
use crate::policy::idle::Idle;
use crate::policy::level::{self, AccessLevel, LevelSource};
use crate::policy::pattern::{self, Case, Steps, arn};
use crate::policy::read::plain::PlainDocument;
use crate::policy::vocabulary::Vocabulary;

/// Steps of comparing them, for one document: many times what real policies need, and a few thousandths of a second.
const STEPS: usize = 1 << 18;

/// Services whose resources one statement denies all of; real ones name one.
const SERVICES: usize = 100;

/// Denials on some resources that are held against what a document allows on some.
const NARROW: usize = 64;

/// Where a document denies something as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::policy) struct Place {
    /// Index of the statement, from 0.
    pub(in crate::policy) statement: usize,
    /// Index of the action in it; None under `NotAction`.
    pub(in crate::policy) value: Option<usize>,
}

/// The statements of a document that deny something whatever is asked.
#[derive(Debug)]
pub(in crate::policy) struct Denies<'d> {
    /// On every resource there is.
    all: Denied<'d>,
    /// On every resource of the service of the action, such as `oss:*` on `acs:oss:*:*:*`.
    own: Denied<'d>,
    /// On some resources, statement by statement.
    narrow: Vec<Narrow<'d>>,
    /// For comparing these with resources of an Allow.
    steps: Steps,
}

/// What one statement denies on some resources.
#[derive(Debug)]
struct Narrow<'d> {
    resources: Vec<&'d str>,
    denied: Denied<'d>,
}

/// The denials on some resources that cover all those of an Allow.
#[derive(Debug, Default)]
pub(in crate::policy) struct Under(Vec<usize>);

impl Under {
    /// There are none.
    pub(super) const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Default for Denies<'_> {
    fn default() -> Self {
        Self {
            all: Denied::within(STEPS),
            own: Denied::within(STEPS),
            narrow: Vec::new(),
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
            let resources = resource.values.iter().map(|value| &*value.value);
            if !action.negated {
                denies.add(index, values, resources);
            } else if !action.unknown && resource.is_any_resource() {
                denies.all.add_all_but(index, values.collect());
            } else if !action.unknown
                && let Some(denied) = denies.narrow(resources)
            {
                denied.add_all_but(index, values.collect());
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
    fn add(
        &mut self,
        index: usize,
        actions: impl Iterator<Item = &'d str> + Clone,
        mut resources: impl Iterator<Item = &'d str> + Clone,
    ) {
        if resources.clone().any(arn::is_every) {
            self.all.add(index, actions);
            return;
        }
        if let Some(denied) = self.narrow(resources.clone()) {
            denied.add(index, actions.clone());
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

    /// What one more statement denies on these resources; None where there are too many.
    fn narrow(&mut self, resources: impl Iterator<Item = &'d str>) -> Option<&mut Denied<'d>> {
        if self.narrow.len() == NARROW {
            return None;
        }
        let (resources, denied) = (resources.collect(), Denied::within(STEPS / NARROW));
        self.narrow.push(Narrow { resources, denied });
        self.narrow.last_mut().map(|narrow| &mut narrow.denied)
    }

    /// The denials that cover all resources of a statement that allows.
    pub(in crate::policy) fn under(&mut self, statement: &Statement) -> Under {
        let resource = statement.resource.as_ref().filter(|one| !one.negated && !one.unknown);
        match resource {
            Some(clause) if statement.effect == Effect::Allow => {
                self.under_these(&clause.values.iter().map(|value| &*value.value))
            }
            _ => Under::default(),
        }
    }

    /// The same of resources.
    pub(in crate::policy) fn under_these<'r>(
        &mut self,
        resources: &(impl Iterator<Item = &'r str> + Clone),
    ) -> Under {
        let Self { narrow, steps, .. } = self;
        if narrow.is_empty() || resources.clone().next().is_none() {
            return Under::default();
        }
        let found = narrow.iter().enumerate().filter(|(_, one)| {
            steps.are_left() && resources.clone().all(|resource| one.covers(resource, steps))
        });
        Under(found.map(|(at, _)| at).collect())
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

    /// The same where it is allowed on resources that these denials cover.
    pub(super) fn action_under(
        &mut self,
        action: &str,
        hash: u64,
        others: bool,
        under: &Under,
    ) -> Option<Place> {
        let place = self.action(action, hash, others);
        place.or_else(|| self.first(under, |denied| denied.action(action, hash)))
    }

    /// The first answer of these denials.
    fn first(
        &mut self,
        Under(under): &Under,
        mut ask: impl FnMut(&mut Denied<'d>) -> Option<Place>,
    ) -> Option<Place> {
        under.iter().find_map(|at| ask(&mut self.narrow.get_mut(*at)?.denied))
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
    /// The same where they are allowed on resources that these denials cover.
    pub(super) fn rest_under(
        &mut self,
        exceptions: &Clause,
        hash: u64,
        under: &Under,
    ) -> Option<Place> {
        let place = self.rest(exceptions, hash);
        place.or_else(|| self.first(under, |denied| denied.rest(exceptions, hash)))
    }
}

impl Narrow<'_> {
    /// Are all resources that a pattern of an Allow means among those of the denial? Doubt is a no.
    fn covers(&self, resource: &str, steps: &mut Steps) -> bool {
        let case = if arn::is_role(resource) { Case::Fold } else { Case::Exact };
        self.resources.iter().any(|one| steps.covers(one, resource, case))
    }
}
