//! What a user's own account holds, laid over the catalogue.
//!
//! A [`Snapshot`] is a file that `rolescope account snapshot` wrote. [`Catalog::observe`] takes it in: which roles
//! exist, since when, and how their policies differ from those of the catalogue. Reads text only; no files, no
//! processes.
//!
//! [`Catalog::observe`]: crate::catalog::Catalog::observe

mod apply;
mod documents;
mod drift;
pub mod snapshot;
mod words;

use std::collections::BTreeMap;

use super::model::{RoleId, Text};
use super::names;
use super::store::Catalog;
pub use drift::{Difference, Drift};
pub use snapshot::{AccountPolicy, AccountRole, Attached, Scope, Snapshot};
pub use words::Told;

/// The account that was looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Account {
    /// Its id, where an ARN told it.
    pub id: Option<String>,
    /// The profile of the `aliyun` CLI, where one was named.
    pub profile: Option<String>,
    /// When it was looked at, in UTC.
    pub taken: String,
    /// Was everything read?
    pub complete: bool,
}

impl Account {
    /// The day on which it was looked at, such as `2026-11-22`; another form as the snapshot has it.
    pub fn day(&self) -> &str {
        words::day(&self.taken)
    }
}

/// What the account says of one role.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Observation {
    /// Is it in the account?
    pub exists: bool,
    /// When it was created, as RAM tells it.
    pub created: Option<String>,
    /// Its ARN.
    pub arn: Option<String>,
    /// The version of its policy in the account, such as `v11`.
    pub version: Option<String>,
    /// The version that the catalogue's policy has.
    pub catalogue_version: Option<String>,
    /// The account's policy held against the catalogue's.
    pub drift: Drift,
    /// What could not be read, in sentences.
    pub troubles: Vec<Text>,
}

/// Everything that was observed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Observations {
    pub(super) account: Account,
    pub(super) roles: BTreeMap<RoleId, Observation>,
    /// Of every service-linked role that is not in the account.
    pub(super) absent: Observation,
}

impl Observation {
    /// The day since which the role is in the account, where RAM told it.
    pub fn since(&self) -> Option<&str> {
        self.created.as_deref().filter(|_| self.exists).map(words::day)
    }
}

impl Catalog {
    /// The account that was laid over the catalogue; None where there is none.
    pub fn account(&self) -> Option<&Account> {
        self.observed.as_ref().map(|observed| &observed.account)
    }

    /// What the account says of a role; None where no account was looked at, or not for such a role.
    pub fn observation(&self, role: &RoleId) -> Option<&Observation> {
        let observed = self.observed.as_ref()?;
        // Every service-linked role of the account was listed; of others that is not certain.
        let absent = Some(&observed.absent).filter(|_| names::is_service_linked(&role.0));
        observed.roles.get(role).or(absent)
    }
}
