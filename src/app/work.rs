//! Slow work that the state asks for: done on a thread of its own, so that keys never wait for it.

use super::insight::Insight;
use super::json_pane::Outline;
use crate::catalog::Catalog;
use crate::catalog::load::Stamp;
use crate::catalog::model::{Role, RoleId};
use crate::policy::source::Source;
use crate::say::{Language, Saying};
use std::sync::Arc;

/// Documents of more bytes are summarized and indexed beside the loop.
pub const SLOW: usize = 512 << 10;

/// Something to do.
#[derive(Clone, Debug)]
pub enum Work {
    /// Index a text for the policy pane.
    Outline(Source),
    /// Compute what a role may do, with sentences in a language.
    Insight(Language, Arc<Role>, Arc<Catalog>),
    /// Look whether the file of a role is still what was read.
    Look(RoleId, Stamp),
}

/// What came of it.
#[derive(Clone, Debug)]
pub enum Done {
    /// The index of a text.
    Outline(Source, Arc<Outline>),
    /// What a role may do, with sentences in a language.
    Insight(Language, Arc<Role>, Arc<Insight>),
    /// What is different about the file of a role, in a sentence.
    Look(RoleId, Option<Saying>),
}

impl Work {
    /// Does it; takes as long as it takes.
    pub fn run(self) -> Done {
        match self {
            Self::Outline(text) => {
                let outline = Arc::new(Outline::of(&text));
                Done::Outline(text, outline)
            }
            Self::Insight(language, role, catalog) => {
                let insight = Arc::new(Insight::of(language, &role, &catalog));
                Done::Insight(language, role, insight)
            }
            Self::Look(role, stamp) => Done::Look(role, stamp.difference()),
        }
    }

    /// The role that is computed.
    pub(super) fn role(&self) -> Option<&RoleId> {
        match self {
            Self::Insight(_, role, _) => Some(&role.id),
            Self::Outline(_) | Self::Look(..) => None,
        }
    }
}

// Two of them are the same if they are about the same thing in memory: texts may be large.

impl PartialEq for Work {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Outline(a), Self::Outline(b)) => a.is(b),
            (Self::Insight(l, a, _), Self::Insight(m, b, _)) => l == m && Arc::ptr_eq(a, b),
            (Self::Look(a, b), Self::Look(c, d)) => a == c && b == d,
            _ => false,
        }
    }
}

impl Eq for Work {}

impl PartialEq for Done {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Outline(_, a), Self::Outline(_, b)) => Arc::ptr_eq(a, b),
            (Self::Insight(.., a), Self::Insight(.., b)) => Arc::ptr_eq(a, b),
            _ => false,
        }
    }
}

impl Eq for Done {}
