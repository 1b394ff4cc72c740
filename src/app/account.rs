//! What the user's account says of the selected role, as rows of the summary.

use super::App;
use super::summary_rows::RowKind;
use crate::catalog::model::{Role, RoleId, Standing};
use crate::catalog::observed::Drift;

/// The mark of a role that the account has.
pub const EXISTS: &str = "●";
/// The mark of a role that the account does not have.
pub const ABSENT: &str = "○";

impl App {
    /// The mark that tells whether a role is in the account, where that is known.
    pub(super) fn existence(&self, role: &RoleId) -> Option<&'static str> {
        let seen = self.catalog.observation(role)?;
        Some(if seen.exists { EXISTS } else { ABSENT })
    }

    /// One line near the name of the role: that the account's policy is another.
    pub(super) fn account_head(&self, role: &Role) -> Option<RowKind> {
        let seen = self.catalog.observation(&role.id)?;
        let words = seen.drift.words();
        matches!(seen.drift, Drift::Differs(_)).then(|| {
            RowKind::Warning(self.phrase("{} See \"In the account\".", &[self.say(&words)]))
        })
    }

    /// Whether the role is in the account, since when, with which policy, and how that differs.
    pub(super) fn account_rows(&self, role: &Role) -> Vec<RowKind> {
        let Some(told) = self.catalog.told_by_account(role, self.language) else {
            return Vec::new();
        };
        let mut rows = vec![RowKind::Blank, RowKind::Heading(self.word("In the account").into())];
        rows.extend(told.facts.into_iter().map(|(name, value)| RowKind::Fact {
            name: name.to_owned(),
            value,
            standing: Some(Box::new((Standing::Observed, Standing::Observed.words()))),
        }));
        rows.extend(told.differences.iter().map(|line| RowKind::Prose(format!("- {line}"))));
        rows.extend(told.troubles.into_iter().map(RowKind::Warning));
        rows
    }
}
