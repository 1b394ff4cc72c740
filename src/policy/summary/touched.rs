//! How a document touches a service, in numbers.

use super::{Code, ServiceSummary, Summary, Tally, left_out};
use crate::policy::level::AccessLevel;
use crate::policy::pattern;

/// How a document touches one service, or that it denies actions of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Touched {
    /// The RAM code in lower case; `yundun-*` for services so named, `*` for any.
    pub code: Code,
    /// The highest level of its own actions that are granted; None where it is touched through resources only, or not
    /// at all.
    pub level: Option<AccessLevel>,
    /// Its own actions and patterns that are granted.
    pub actions: u32,
    /// How many of these are patterns.
    pub patterns: u32,
    /// Actions and patterns of other services that are granted on its resources.
    pub through: u32,
    /// How many of these are patterns.
    pub through_patterns: u32,
    /// Its own actions and patterns that are only denied, or allowed and denied as a whole.
    pub denied: u32,
    /// How many of these are patterns.
    pub denied_patterns: u32,
    /// Patterns of any service that are granted leave the service alone, and nothing else grants its actions.
    pub left_out: bool,
}

impl Touched {
    /// Nothing is said of the service.
    pub const fn nothing_of(code: Code) -> Self {
        Self {
            code,
            level: None,
            actions: 0,
            patterns: 0,
            through: 0,
            through_patterns: 0,
            denied: 0,
            denied_patterns: 0,
            left_out: false,
        }
    }

    /// Does it stand for the services of a pattern?
    pub fn is_wide(&self) -> bool {
        pattern::has_wildcard(&self.code)
    }

    /// What is granted of its own.
    pub const fn granted(&self) -> Tally {
        Tally::new(self.actions as usize, self.patterns as usize)
    }

    /// What is granted of other services on its resources.
    pub const fn through(&self) -> Tally {
        Tally::new(self.through as usize, self.through_patterns as usize)
    }

    /// What is only denied of its own.
    pub const fn denied(&self) -> Tally {
        Tally::new(self.denied as usize, self.denied_patterns as usize)
    }

    pub(super) fn grant(&mut self, level: Option<AccessLevel>, wild: bool) {
        self.actions += 1;
        self.patterns = self.patterns.saturating_add(u32::from(wild));
        self.level = self.level.max(level);
    }

    pub(super) fn reach(&mut self, wild: bool) {
        self.through = self.through.saturating_add(1);
        self.through_patterns = self.through_patterns.saturating_add(u32::from(wild));
    }

    pub(super) fn reach_all(&mut self, tally: Tally) {
        self.through = self.through.saturating_add(tally.all() as u32);
        self.through_patterns = self.through_patterns.saturating_add(tally.patterns as u32);
    }

    pub(super) fn deny(&mut self, wild: bool) {
        self.denied = self.denied.saturating_add(1);
        self.denied_patterns = self.denied_patterns.saturating_add(u32::from(wild));
    }

    pub(super) fn undeny(&mut self, wild: bool) {
        self.denied = self.denied.saturating_sub(1);
        self.denied_patterns = self.denied_patterns.saturating_sub(u32::from(wild));
    }

    /// Is anything granted of the service? Else actions of it are only denied.
    pub const fn is_touched(&self) -> bool {
        self.level.is_some() || self.through > 0
    }

    /// An action that is denied on resources of another service says nothing about that one.
    pub const fn is_said(&self) -> bool {
        self.is_touched() || self.denied > 0
    }
}

impl From<&ServiceSummary> for Touched {
    fn from(service: &ServiceSummary) -> Self {
        let own = Tally::of(service.levels.iter().flat_map(|group| &group.actions));
        let through = service.through();
        let denied = Tally::of(&service.denied);
        Self {
            code: Code::of(&service.code),
            level: service.levels.iter().map(|group| group.level).max(),
            actions: own.all() as u32,
            patterns: own.patterns as u32,
            through: through.all() as u32,
            through_patterns: through.patterns as u32,
            denied: denied.all() as u32,
            denied_patterns: denied.patterns as u32,
            left_out: false,
        }
    }
}

impl Summary {
    /// The same without the details.
    pub fn touched(&self) -> Vec<Touched> {
        let mut services = self.services.iter().map(Touched::from).collect();
        left_out::mark(&mut services, &self.left_out);
        services
    }
}
