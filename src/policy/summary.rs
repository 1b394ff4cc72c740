//! What a policy grants, by service, then by access level: computed from the document.

mod build;
mod code;
mod touch;

pub use build::{service_of_action, summarize, summarize_in};
pub use code::Code;
pub use touch::{Counter, Touched, touched};

use super::document::Effect;
use super::level::{AccessLevel, LevelSource};
use super::source::Span;

/// The grants of a document, grouped.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// One entry a service code; `*` for actions of any service, among them those under `NotAction`.
    /// In the order of first appearance.
    pub services: Vec<ServiceSummary>,
}

/// One service of a summary.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceSummary {
    /// The RAM code in lower case, such as `ecs`; `*` for any.
    pub code: String,
    /// The service's own actions by level, in the order of [`AccessLevel::ALL`]; no empty group.
    pub levels: Vec<LevelGroup>,
    /// Actions of *other* services that are granted on this service's resources
    /// (`privatelink:CreateVpcEndpoint` on `acs:vpc:*`).
    pub through_resources: Vec<GrantedAction>,
}

/// The actions of one level.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LevelGroup {
    /// The level.
    pub level: AccessLevel,
    /// The actions in the order of the document, each once.
    pub actions: Vec<GrantedAction>,
}

/// One action (or pattern) with every statement that speaks of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GrantedAction {
    /// As written in the policy, such as `kms:Listkeys` or `ots:*`.
    pub name: String,
    /// Its level; for a pattern the highest level among the known actions that it covers,
    /// and at least what the name rule says.
    pub level: AccessLevel,
    /// Where the level comes from.
    pub source: LevelSource,
    /// What it does, in a few words, where that is known. For a pattern it says how many known
    /// actions it covers, and that there may be more.
    pub meaning: Option<String>,
    /// For a pattern: the known actions that it covers (under `NotAction`: that are left out).
    pub covers: Vec<String>,
    /// The statements that name it.
    pub grants: Vec<Grant>,
}

/// One statement's word on an action.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// Index of the statement, from 0.
    pub statement: usize,
    /// Where the action stands in the source.
    pub span: Span,
    /// Allow or deny.
    pub effect: Effect,
    /// True where the statement says `NotAction`: everything *but* this action.
    pub not_action: bool,
    /// The resource patterns as written; empty where the statement has none.
    pub resources: Vec<String>,
    /// True for `NotResource`.
    pub not_resource: bool,
    /// Each condition as a sentence part: `only with keys tagged acs:alikafka:instance-encryption = true`.
    pub conditions: Vec<String>,
    /// Whom a resource-based policy speaks of: `the service alikafka.aliyuncs.com`; empty in others.
    pub principals: Vec<String>,
}
