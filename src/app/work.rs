//! Slow work that the state asks for: done on a thread of its own, so that keys never wait for it.

use super::compare::Compared;
use super::compare::choose::{Ranked, Ranking};
use super::find::{Names, Naming};
use super::insight::Insight;
use super::json_pane::Outline;
use super::who_can::{Answers, Asking, Documents, Texts};
use crate::catalog::Catalog;
use crate::catalog::load::Stamp;
use crate::catalog::model::{Role, RoleId};
use crate::policy::source::Source;
use crate::say::{Language, Saying};
use std::sync::Arc;

/// Documents of more bytes are summarized and indexed beside the loop.
pub const SLOW: usize = 512 << 10;

/// Two documents of more bytes together are compared beside the loop.
pub const SLOW_TOGETHER: usize = 64 << 10;

/// Tells what is different about a file, in a sentence; None where nothing is.
pub type Look = fn(&Stamp) -> Option<Saying>;

/// Something to do.
#[derive(Clone, Debug)]
pub enum Work {
    /// Index a text for the policy pane.
    Outline(Source),
    /// Compute what a role may do, with sentences in a language.
    Insight(Language, Arc<Role>, Arc<Catalog>),
    /// Look whether the file of a role is still what was read.
    Look(RoleId, Stamp),
    /// Compare two roles, with sentences in a language.
    Compare(Language, Arc<[Role; 2]>, Arc<Catalog>),
    /// Find out which roles are most like one.
    Rank(Ranking),
    /// Read the policies of all roles.
    Documents(Texts),
    /// Ask them who can do something.
    WhoCan(Arc<Asking>),
    /// Read policies for the actions that they name.
    Actions(Arc<Naming>),
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
    /// Two roles side by side, or why they cannot be compared, in a language.
    Compare(Language, Arc<[Role; 2]>, Result<Arc<Compared>, String>),
    /// The roles that may be compared with one, the most alike first.
    Rank(RoleId, Vec<Ranked>),
    /// The policies of all roles, in the state that these had then.
    Documents(u64, Arc<Documents>),
    /// Who can do something.
    WhoCan(Arc<Asking>, Arc<Answers>),
    /// The actions that policies name beyond those that were known.
    Actions(Arc<Names>),
}

impl Work {
    /// Does it; takes as long as it takes. What it wants of the disk it asks of `look`.
    pub fn run(self, look: Look) -> Done {
        match self {
            Self::Outline(text) => {
                let outline = Arc::new(Outline::of(&text));
                Done::Outline(text, outline)
            }
            Self::Insight(language, role, catalog) => {
                let insight = Arc::new(Insight::of(language, &role, &catalog));
                Done::Insight(language, role, insight)
            }
            Self::Look(role, stamp) => Done::Look(role, look(&stamp)),
            Self::Compare(language, roles, catalog) => {
                let compared = Compared::with_texts(language, &catalog, &roles);
                Done::Compare(language, roles, compared.map(Arc::new))
            }
            Self::Rank(ranking) => {
                let ranked = ranking.ranked();
                Done::Rank(ranking.first, ranked)
            }
            Self::Documents(texts) => Done::Documents(texts.state, Arc::new(texts.read())),
            Self::Actions(naming) => Done::Actions(Arc::new(naming.read())),
            Self::WhoCan(asking) => {
                let answers = Arc::new(asking.answer());
                Done::WhoCan(asking, answers)
            }
        }
    }

    /// The role that is computed.
    pub(super) fn role(&self) -> Option<&RoleId> {
        match self {
            Self::Insight(_, role, _) => Some(&role.id),
            Self::Outline(_)
            | Self::Look(..)
            | Self::Compare(..)
            | Self::Rank(_)
            | Self::Documents(_)
            | Self::WhoCan(_)
            | Self::Actions(_) => None,
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
            (Self::Compare(l, a, _), Self::Compare(m, b, _)) => l == m && Arc::ptr_eq(a, b),
            (Self::Rank(a), Self::Rank(b)) => a.is(b),
            (Self::Documents(a), Self::Documents(b)) => a.is(b),
            (Self::WhoCan(a), Self::WhoCan(b)) => a.is(b),
            (Self::Actions(a), Self::Actions(b)) => Arc::ptr_eq(a, b),
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
            (Self::Compare(.., Ok(a)), Self::Compare(.., Ok(b))) => Arc::ptr_eq(a, b),
            _ => false,
        }
    }
}

impl Eq for Done {}
