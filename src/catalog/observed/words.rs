//! What an account says of a role, in words, for the screen and for the command line.

use super::super::model::Role;
use super::super::store::Catalog;
use super::super::text::Language;
use super::Difference;

/// What an account says of a role.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// Named facts, in order.
    pub facts: Vec<(&'static str, String)>,
    /// How the policies differ, a sentence each.
    pub differences: Vec<String>,
    /// What was not read, a sentence each.
    pub troubles: Vec<String>,
}

impl Catalog {
    /// What the account says of a role; None where no account was looked at.
    pub fn told_by_account(&self, role: &Role, language: Language) -> Option<Told> {
        let (account, seen) = (self.account()?, self.observation(&role.id)?);
        let mut told = Told { troubles: seen.troubles.clone(), ..Told::default() };
        told.facts.push((
            "exists",
            match (&seen.created, seen.exists) {
                (_, false) => "not in the account".to_owned(),
                (Some(created), true) => format!("in the account since {}", day(created)),
                (None, true) => "in the account".to_owned(),
            },
        ));
        if seen.exists {
            let ours = role.policy.as_ref().and_then(|policy| policy.version());
            let version = match (&seen.version, ours) {
                (Some(theirs), Some(ours)) if theirs == ours => {
                    format!("{theirs}, as in the catalogue")
                }
                (Some(theirs), Some(ours)) => format!("{theirs}; the catalogue has {ours}"),
                (Some(theirs), None) => theirs.clone(),
                (None, _) => "not known".to_owned(),
            };
            told.facts.push(("version", version));
            told.facts.extend(seen.arn.clone().map(|arn| ("ARN", arn)));
            told.facts.push(("drift", seen.drift.words().get(language).to_owned()));
            told.differences = seen.drift.difference().map(Difference::lines).unwrap_or_default();
        }
        let id = account.id.as_deref().unwrap_or("not known");
        let profile = account.profile.as_ref().map(|name| format!(", profile {name}"));
        let account_words =
            format!("{id}{}, read on {}", profile.unwrap_or_default(), day(&account.taken));
        told.facts.push(("account", account_words));
        if !account.complete {
            told.troubles.push(
                "The snapshot lacks something; the command that took it goes on with it."
                    .to_owned(),
            );
        }
        Some(told)
    }
}

/// The day of a time such as `2024-05-13T02:00:00Z`; another form as it is.
fn day(time: &str) -> &str {
    time.split_once('T').map_or(time, |(day, _)| day)
}
