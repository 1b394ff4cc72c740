//! How many of what stands in a list are roles, and how many are policies that no role is known to have: they are never
//! counted as roles.

use super::model::{Role, RoleKind};
use crate::say::{Language, said};
use crate::text;

/// A number of roles and of policies.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Kinds {
    /// Roles, service-linked or not.
    pub roles: usize,
    /// Policy documents of which nobody says what role has them.
    pub policies: usize,
}

impl Kinds {
    /// Both together.
    pub const fn all(self) -> usize {
        self.roles + self.policies
    }

    /// One more of a kind.
    pub const fn add(&mut self, kind: RoleKind) {
        match kind {
            RoleKind::Document => self.policies += 1,
            RoleKind::ServiceLinked | RoleKind::Ordinary => self.roles += 1,
        }
    }

    /// One less of a kind.
    pub const fn take(&mut self, kind: RoleKind) {
        match kind {
            RoleKind::Document => self.policies = self.policies.saturating_sub(1),
            RoleKind::ServiceLinked | RoleKind::Ordinary => {
                self.roles = self.roles.saturating_sub(1);
            }
        }
    }

    /// The number with its noun: `3 roles`, `1 policy`, `5 roles and policies`.
    pub fn words(self, language: Language) -> String {
        let noun = match (self.roles, self.policies, language) {
            (1, 0, Language::English) => "{} role",
            (_, 0, _) => "{} roles",
            (0, 1, Language::English) => "{} policy",
            (0, _, _) => "{} policies",
            _ => "{} roles and policies",
        };
        said(language, noun, &[&text::thousands(self.all())])
    }

    /// What a group of names is called.
    pub const fn heading(self) -> &'static str {
        match (self.roles, self.policies) {
            (_, 0) => "Roles",
            (0, _) => "Policies",
            _ => "Roles and policies",
        }
    }

    /// What the lines of a list are, over a column of names.
    pub const fn head(self) -> &'static str {
        match (self.roles, self.policies) {
            (_, 0) => "Role",
            (0, _) => "Policy",
            _ => "Role or policy",
        }
    }
}

impl FromIterator<RoleKind> for Kinds {
    fn from_iter<I: IntoIterator<Item = RoleKind>>(kinds: I) -> Self {
        let mut counted = Self::default();
        kinds.into_iter().for_each(|kind| counted.add(kind));
        counted
    }
}

impl std::iter::Sum for Kinds {
    fn sum<I: Iterator<Item = Self>>(parts: I) -> Self {
        parts.fold(Self::default(), |all, part| Self {
            roles: all.roles + part.roles,
            policies: all.policies + part.policies,
        })
    }
}

impl<'a> FromIterator<&'a Role> for Kinds {
    fn from_iter<I: IntoIterator<Item = &'a Role>>(roles: I) -> Self {
        roles.into_iter().map(|role| role.kind).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn policies_are_not_counted_as_roles() {
        let of = |roles, policies| Kinds { roles, policies };
        for (kinds, en, zh) in [
            (of(0, 0), "0 roles", "0 个角色"),
            (of(1, 0), "1 role", "1 个角色"),
            (of(2, 0), "2 roles", "2 个角色"),
            (of(0, 1), "1 policy", "1 个策略"),
            (of(0, 1_234), "1,234 policies", "1,234 个策略"),
            (of(1, 1), "2 roles and policies", "2 个角色和策略"),
        ] {
            assert_eq!(kinds.words(Language::English), en);
            assert_eq!(kinds.words(Language::Chinese), zh);
        }
        let mut counted: Kinds =
            [RoleKind::Document, RoleKind::Ordinary, RoleKind::ServiceLinked].into_iter().collect();
        assert_eq!((counted, counted.head()), (of(2, 1), "Role or policy"));
        assert_eq!(counted.heading(), "Roles and policies");
        counted.take(RoleKind::Document);
        assert_eq!((counted, counted.head()), (of(2, 0), "Role"));
    }
}
