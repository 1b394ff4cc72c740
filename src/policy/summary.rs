//! What a policy grants, by service, then by access level: computed from the document. What it denies stands apart
//! from that and counts as no grant.

mod because;
pub(super) mod build;
mod code;
pub(super) mod denies;
mod left_out;
mod levels;
pub mod limits;
mod listed;
mod reach;
mod share;
mod tally;
mod touch;
mod touched;
mod touches;

pub use build::{means_service, service_of_action, summarize, summarize_in};
pub use code::Code;
pub use reach::{Anywhere, Reach, Reaches};
pub use tally::Tally;
pub use touch::{Counter, touched};
pub use touched::Touched;
pub use touches::Touches;

use super::document::Effect;
use super::idle::Idle;
use super::level::{AccessLevel, LevelSource};
use super::oss;
use super::pattern;
use super::source::Span;
use super::wording::visible;
use crate::say::{Language, comma_list, said, say};
use std::ops::Deref;
use std::sync::Arc;

/// The grants of a document and what it denies, grouped.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// One entry a service code; `*` for actions of any service, among them those under `NotAction`, and `yundun-*` for
    /// those of all services so named. An action that is
    /// denied on resources of another service makes no entry for that one.
    /// In the order of first appearance.
    pub services: Vec<ServiceSummary>,
    /// Services, by their codes, that patterns of any service leave alone although they mean them: left out by `NotAction`
    /// as a whole, or denied as a whole; patterns of codes among them.
    pub left_out: Vec<Code>,
    /// The statements that match nothing, so that none of their actions is counted above; at most [`MOST_IDLE`].
    pub idle: Vec<IdleStatement>,
}

impl Summary {
    /// Does an entry of this code speak of the service? Patterns of any service do not where they leave it out.
    pub fn speaks_of(&self, code: &str, service: &str) -> bool {
        let own = code.eq_ignore_ascii_case(service);
        let left_out = || self.left_out.iter().any(|left| means_service(left, service));
        own || means_service(code, service) && !left_out()
    }
}

/// More statements that match nothing are not listed.
pub const MOST_IDLE: usize = 100;

/// Statements that are named in one sentence.
const MOST_NAMED: usize = 5;

/// A statement that matches nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdleStatement {
    /// Index of the statement, from 0.
    pub statement: usize,
    /// Where it stands in the source.
    pub span: Span,
    /// Why it matches nothing.
    pub why: Idle,
    /// The same in a sentence, safe to print.
    pub sentence: String,
}

/// One service of a summary.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceSummary {
    /// The RAM code in lower case, such as `ecs`; `yundun-*` for those so named, `*` for any.
    pub code: String,
    /// The service's own actions that are granted, by level, in the order of [`AccessLevel::ALL`]; no empty group.
    pub levels: Vec<LevelGroup>,
    /// Actions of *other* services that are granted on this service's resources
    /// (`privatelink:CreateVpcEndpoint` on `acs:vpc:*`).
    pub through_resources: Vec<GrantedAction>,
    /// The statements whose actions of other services are too many to be listed there.
    pub counted: Vec<Counted>,
    /// The service's own actions that are only denied, or allowed and denied as a whole, in the order of the document.
    pub denied: Vec<GrantedAction>,
}

impl ServiceSummary {
    /// Is anything granted of it? Else actions of it are only denied.
    pub fn is_touched(&self) -> bool {
        !self.levels.is_empty()
            || !self.through_resources.is_empty()
            || self.counted.iter().any(|counted| counted.effect == Effect::Allow)
    }

    /// The actions of other services that are granted on its resources. What several statements only count is counted
    /// for each.
    pub fn through(&self) -> Tally {
        let mut all = Tally::of(&self.through_resources);
        for counted in self.counted.iter().filter(|counted| counted.effect == Effect::Allow) {
            all.actions += counted.tally.actions;
            all.patterns += counted.tally.patterns;
        }
        all
    }
}

/// A statement of so many actions and services of resources that its actions are counted under these.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counted {
    /// Index of the statement, from 0.
    pub statement: usize,
    /// Where it stands in the source.
    pub span: Span,
    /// Allow or deny.
    pub effect: Effect,
    /// Its actions of other services; none that are denied as a whole.
    pub tally: Tally,
}

impl Counted {
    /// The same in words: `2000 actions in statement 1, too many to list under each service`.
    pub fn words(&self, language: Language) -> String {
        let sentence = match self.effect {
            Effect::Deny => "denied: {} in statement {}, too many to list under each service",
            _ => "{} in statement {}, too many to list under each service",
        };
        let number = (self.statement + 1).to_string();
        said(language, sentence, &[&self.tally.words(language), &number])
    }
}

/// The actions of one level.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LevelGroup {
    /// The level.
    pub level: AccessLevel,
    /// The actions in the order of the document, each once.
    pub actions: Vec<GrantedAction>,
}

/// One action (or pattern) with every statement that speaks of it, allowed or denied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GrantedAction {
    /// As written in the policy, such as `kms:Listkeys` or `ots:*`; `*` under `NotAction`.
    pub name: String,
    /// Under `NotAction`: what is left out, as written. All that one such statement grants is one entry here,
    /// for what two patterns leave out is not what each of them leaves out.
    pub except: Option<Vec<String>>,
    /// Its level; for a pattern the highest level among the known actions that it covers,
    /// and at least what the name rule says.
    pub level: AccessLevel,
    /// Where the level comes from.
    pub source: LevelSource,
    /// What it does, in a few words, where that is known. For a pattern it says how many known
    /// actions it covers (under `NotAction`: leaves out), and that there may be more.
    pub meaning: Option<String>,
    /// For a pattern: the known actions that it covers; empty under `NotAction`.
    pub covers: Arc<[String]>,
    /// The statements that name it.
    pub grants: Vec<Grant>,
    /// What denies it as a whole although statements allow it: all of it, on every resource that they speak of, without a
    /// condition.
    pub overruled: Option<Overruling>,
}

/// Where something that a statement allows is denied as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Overruling {
    /// Index of the statement that denies it, from 0; the first, where there are more.
    pub statement: usize,
    /// Where the action that is denied stands in the source.
    pub span: Span,
}

/// One statement's word on an action; its terms are read as if they were its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// Index of the statement, from 0.
    pub statement: usize,
    /// Where the action stands in the source.
    pub span: Span,
    /// What the statement says of it: of several actions the same mostly, which then stands in memory once.
    pub terms: Arc<Terms>,
}

impl Deref for Grant {
    type Target = Terms;

    fn deref(&self) -> &Terms {
        &self.terms
    }
}

/// What a statement says of an action.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Terms {
    /// Allow or deny.
    pub effect: Effect,
    /// True where the statement says `NotAction`: everything *but* what [`GrantedAction::except`] lists.
    pub not_action: bool,
    /// The resource patterns as written; empty where a statement with a principal has none, which then speaks of what
    /// the policy is attached to.
    pub resources: Arc<[String]>,
    /// True for `NotResource`.
    pub not_resource: bool,
    /// Each condition as a sentence part: `only with keys tagged acs:alikafka:instance-encryption = true (ignoring case)`.
    pub conditions: Arc<[String]>,
    /// Whom a resource-based policy speaks of: `the service alikafka.aliyuncs.com`; empty in others.
    pub principals: Arc<[String]>,
}

impl GrantedAction {
    /// May it stand for more than one action?
    pub fn is_pattern(&self) -> bool {
        self.except.is_some() || pattern::has_wildcard(&self.name)
    }

    /// Does a statement allow it, and is it not denied as a whole?
    pub fn is_granted(&self) -> bool {
        self.overruled.is_none() && self.grants.iter().any(|grant| grant.effect == Effect::Allow)
    }

    /// Do the statements that allow it do so on resources alone that the action is never checked against, such as a bucket
    /// for `oss:GetObject`? No request matches that.
    pub fn matches_nothing(&self) -> bool {
        let mut allowing = self.grants.iter().filter(|grant| grant.effect == Effect::Allow);
        let nothing = |grant: &Grant| {
            let other = |resource: &String| oss::is_of_other_level(resource, &self.name);
            !grant.not_resource && !grant.resources.is_empty() && grant.resources.iter().all(other)
        };
        oss::Level::of(&self.name).is_some() && self.is_granted() && allowing.all(nothing)
    }

    /// The same in words.
    pub fn nothing_words(&self, language: Language) -> Option<&'static str> {
        let words = "matches nothing: the action is checked against other resources";
        self.matches_nothing().then(|| say(language, words))
    }

    /// Where it is allowed and denied as a whole: `allowed by statement 1, denied as a whole by statement 3`.
    pub fn overruled_words(&self, language: Language) -> Option<String> {
        let denied = (self.overruled?.statement + 1).to_string();
        let allowing = self.grants.iter().filter(|grant| grant.effect == Effect::Allow);
        let mut allowing: Vec<String> =
            allowing.map(|grant| (grant.statement + 1).to_string()).collect();
        if let [one] = allowing.as_slice() {
            let sentence = "allowed by statement {}, denied as a whole by statement {}";
            return Some(said(language, sentence, &[one, &denied]));
        }
        if let Some(more) = allowing.len().checked_sub(MOST_NAMED).filter(|more| *more > 0) {
            allowing.truncate(MOST_NAMED);
            allowing.push(said(language, "{} more", &[&more.to_string()]));
        }
        let allowed = comma_list(language, &allowing);
        let sentence = "allowed by statements {}, denied as a whole by statement {}";
        Some(said(language, sentence, &[&allowed, &denied]))
    }

    /// The action in words, safe to print: its name, or `every action except ram:*, sts:*`.
    pub fn words(&self, language: Language) -> String {
        match &self.except {
            None => visible(&self.name),
            Some(left_out) if left_out.is_empty() => say(language, "every action").to_owned(),
            Some(left_out) => {
                let names: Vec<String> = left_out.iter().map(|name| visible(name)).collect();
                said(language, "every action except {}", &[&comma_list(language, &names)])
            }
        }
    }
}
