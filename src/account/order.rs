//! What a snapshot is to be of, and what came of taking it.

use std::path::{Path, PathBuf};

use super::cli::Settings;
use super::failure::Failure;
use super::keep;
use crate::catalog::observed::{Scope, Snapshot};
use crate::say::{Language, Saying, saying};

/// What to take.
#[derive(Clone, Debug)]
pub struct Order {
    /// How calls are made.
    pub settings: Settings,
    /// Which roles are read.
    pub scope: Scope,
    /// The file.
    pub out: PathBuf,
}

/// A snapshot, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    /// What was read.
    pub snapshot: Snapshot,
    /// The file.
    pub file: PathBuf,
    /// The file that was ordered, where it was kept: it is complete, and this brought less.
    pub instead: Option<PathBuf>,
}

/// Why there is no snapshot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// A call did not work.
    Call {
        /// What went wrong.
        failure: Failure,
        /// Where what was done before is kept, where anything was.
        kept: Option<PathBuf>,
    },
    /// A file stands in the way, or cannot be written: a sentence.
    File(Saying),
}

impl Trouble {
    /// The sentence, for any language.
    pub fn saying(&self) -> Saying {
        match self {
            Self::Call { failure, kept: None } => failure.saying(),
            Self::Call { failure, kept: Some(kept) } => failure.saying().then(Some(kept_in(kept))),
            Self::File(sentence) => sentence.clone(),
        }
    }
}

pub(super) fn kept_in(kept: &Path) -> Saying {
    saying("What was read is kept in {}; the same command goes on from there.")
        .with(keep::shown(kept))
}

impl std::fmt::Display for Trouble {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.saying().said(Language::English))
    }
}

impl std::error::Error for Trouble {}
