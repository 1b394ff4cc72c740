//! What the user's account says of the selected role, as rows of the summary.

use super::App;
use super::summary_rows::RowKind;
use crate::catalog::model::{Role, Standing};
use crate::catalog::observed::Drift;

impl App {
    /// One line near the name of the role: that the account's policy is another.
    pub(super) fn account_head(&self, role: &Role) -> Option<RowKind> {
        let seen = self.catalog.observation(&role.id)?;
        matches!(seen.drift, Drift::Differs(_)).then(|| {
            RowKind::Warning(format!("{} See \"In the account\".", self.say(&seen.drift.words())))
        })
    }

    /// Whether the role is in the account, since when, with which policy, and how that differs.
    pub(super) fn account_rows(&self, role: &Role) -> Vec<RowKind> {
        let (Some(account), Some(seen)) =
            (self.catalog.account(), self.catalog.observation(&role.id))
        else {
            return Vec::new();
        };
        let fact = |name: &str, value: String| RowKind::Fact {
            name: name.to_owned(),
            value,
            standing: Some(Standing::Observed),
        };
        let mut rows = vec![RowKind::Blank, RowKind::Heading("In the account".into())];
        let id = account.id.as_deref().unwrap_or("not known");
        let profile = account.profile.as_ref().map(|name| format!(", profile {name}"));
        let there = match (&seen.created, seen.exists) {
            (_, false) => "not in the account".to_owned(),
            (Some(created), true) => format!("in the account since {}", day(created)),
            (None, true) => "in the account".to_owned(),
        };
        rows.push(fact("exists", there));
        if seen.exists {
            let ours = role.policy.as_ref().and_then(|policy| policy.version());
            let version = match (&seen.version, ours) {
                (Some(theirs), Some(ours)) => format!("{theirs}; the catalogue has {ours}"),
                (Some(theirs), None) => theirs.clone(),
                (None, _) => "not read".to_owned(),
            };
            rows.push(fact("version", version));
            if let Some(arn) = &seen.arn {
                rows.push(fact("ARN", arn.clone()));
            }
            rows.push(fact("drift", self.say(&seen.drift.words()).to_owned()));
            let lines = seen.drift.difference().map(|difference| difference.lines());
            rows.extend(
                lines.into_iter().flatten().map(|line| RowKind::Prose(format!("- {line}"))),
            );
            rows.extend(seen.troubles.iter().cloned().map(RowKind::Warning));
        }
        rows.push(fact(
            "account",
            format!("{id}{}, read on {}", profile.unwrap_or_default(), day(&account.taken)),
        ));
        if !account.complete {
            let said = "The snapshot lacks something; the command that took it goes on with it.";
            rows.push(RowKind::Warning(said.into()));
        }
        rows
    }
}

/// The day of a time such as `2024-05-13T02:00:00Z`; another form as it is.
fn day(time: &str) -> &str {
    time.split_once('T').map_or(time, |(day, _)| day)
}
