//! How a role touches a service.

use super::model::Role;
use crate::policy::summary::{Touched, means_service};

/// How a role touches a service; the closest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Touch {
    /// It may call actions of the service.
    Action,
    /// It may only act on resources of the service, by actions of other services.
    Resource,
    /// A part of its policy that is missing here is known to name actions of the service.
    Missing,
}

impl Touch {
    /// In a word, as data have it.
    pub const fn data(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            touch => touch.word(),
        }
    }

    /// In words, as people read it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Action => "actions",
            Self::Resource => "resources",
            Self::Missing => "the missing part",
        }
    }

    /// How a role touches a service, with what its policy says of services. Actions of any service (`*`) touch every
    /// one, those of `yundun-*` every one so named, but for what they leave out as a whole. What is only denied is not
    /// touched.
    pub fn of(
        role: Option<&Role>,
        touched: impl IntoIterator<Item = Touched>,
        code: &str,
    ) -> Option<Self> {
        let (mut own, mut wide, mut left_out) = (None, None, false);
        for one in touched.into_iter().filter(|one| means_service(&one.code, code)) {
            left_out |= one.left_out;
            let by = if one.is_wide() && one.code.as_str() != code { &mut wide } else { &mut own };
            let through = Self::through(one);
            *by =
                by.map_or(through, |known: Self| Some(through.map_or(known, |one| one.min(known))));
        }
        own.into_iter().chain(wide.filter(|_| !left_out)).min().or_else(|| {
            let policy = role?.policy.as_ref()?;
            policy.missing_of(code).next().map(|_| Self::Missing)
        })
    }

    fn through(touched: Touched) -> Option<Self> {
        match touched.level {
            Some(_) => Some(Self::Action),
            None => touched.is_touched().then_some(Self::Resource),
        }
    }
}
