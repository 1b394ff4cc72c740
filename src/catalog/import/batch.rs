//! What reaches the catalogue while files are read: some roles at a time.

use crate::catalog::load::Stamp;
use crate::catalog::model::{Product, Role};
use crate::catalog::store::Catalog;
use crate::policy::summary::Touches;
use crate::say::{Saying, saying};

/// Some products and roles, in the order in which they shall stand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Batch {
    /// New products, without their roles.
    pub products: Vec<Product>,
    /// New roles, and known ones that have changed.
    pub roles: Vec<Loaded>,
    /// What was left out.
    pub skipped: Vec<SkippedFile>,
    /// The files that were read, as they were then.
    pub files: Vec<Stamp>,
    /// How far it is.
    pub progress: Progress,
}

/// A role with what was computed from its policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loaded {
    /// The role.
    pub role: Role,
    /// The services that its policy touches; None where that is not computed yet.
    pub touched: Option<Touches>,
    /// Its policy is a whole file of many documents, to look at only.
    pub whole_file: bool,
    /// Its ARN, where the file has it.
    pub arn: Option<Box<str>>,
}

/// How far the reading of files is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Files to read, those that were read included; one that turns out to be left out no longer counts.
    pub found: usize,
    /// Files that were read; those that are left out do not count.
    pub files: usize,
    /// Roles that were made of them.
    pub roles: usize,
    /// Bytes that were read.
    pub bytes: u64,
    /// How it ended; None while it goes on.
    pub ended: Option<Ended>,
}

/// How the reading of files ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// All was read.
    Complete,
    /// It was stopped before.
    Stopped,
}

/// A file, or a part of one, that was left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SkippedFile {
    /// The file; safe to print.
    pub path: String,
    /// The place in it, such as `$.Policies[3]` or `2:14`, where it has one; safe to print.
    pub place: Option<String>,
    /// Why, in a sentence; safe to print.
    pub reason: Saying,
}

impl SkippedFile {
    /// Where it is: `own.json:2:14`, as editors take it, or `own.json at $.Policies[3]`.
    pub fn at(&self) -> Saying {
        match &self.place {
            Some(place) if place.starts_with(|c: char| c.is_ascii_digit()) => {
                Saying::same(format!("{}:{place}", self.path))
            }
            Some(place) => saying("{} at {}").with(&self.path).with(place),
            None => Saying::same(&self.path),
        }
    }

    /// Where it is, and why it was left out.
    pub fn sentence(&self) -> Saying {
        saying("{}: {}").of(self.at()).of(self.reason.clone())
    }
}

impl Catalog {
    /// Takes in products and roles: new ones at the end, known ones in their place.
    pub fn take_in(&mut self, products: Vec<Product>, roles: impl IntoIterator<Item = Role>) {
        for product in products {
            self.add_product(product);
        }
        let roles = roles.into_iter();
        self.make_room(roles.size_hint().0);
        for role in roles {
            self.add_role(role);
        }
    }

    /// The same with what files say of roles besides.
    pub fn take_in_loaded(&mut self, products: Vec<Product>, mut roles: Vec<Loaded>) {
        for loaded in &mut roles {
            if let Some(arn) = loaded.arn.take() {
                self.keep_arn(loaded.role.id.clone(), arn);
            }
        }
        self.take_in(products, roles.into_iter().map(|loaded| loaded.role));
    }
}
