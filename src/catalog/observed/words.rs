//! What an account says of a role, in words, for the screen and for the command line.

use super::super::model::{Role, RoleKind, Standing, Text};
use super::super::store::Catalog;
use super::{Drift, Observation};
use crate::say::{Language, said, say};

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
    /// The standing of a role's policy; of the account's own text with its version there: `observed v11`.
    pub fn policy_words(&self, role: &Role) -> Option<Text> {
        let policy = role.policy.as_ref()?;
        let words = policy.standing_words();
        let observed = policy.standing == Standing::Observed;
        let seen = self.observation(&role.id).and_then(|seen| seen.version.as_deref());
        Some(match seen.or(policy.version()).filter(|_| observed) {
            Some(version) => {
                Text::new(format!("{} {version}", words.en), format!("{} {version}", words.zh))
            }
            None => words,
        })
    }

    /// The ARN of a role: in the account where it was found there, as a file has it, else with a place for the account
    /// id.
    pub fn arn_of(&self, role: &Role) -> String {
        let Some(seen) = self.observation(&role.id).filter(|seen| seen.exists) else {
            return self.arn_in_file(&role.id).map_or_else(|| role.arn_form(), str::to_owned);
        };
        let id = self.account().and_then(|account| account.id.as_deref());
        seen.arn.clone().or_else(|| id.map(|id| role.arn(id))).unwrap_or_else(|| role.arn_form())
    }

    /// Whether a role is in the account, and how its policy there stands to the catalogue's, in a line; None where no
    /// account was looked at, or not for such a role.
    pub fn account_line(&self, role: &Role, language: Language) -> Option<String> {
        let told = self.told_by_account(role, language)?;
        let read = self.account()?.day().to_owned();
        let exists = told.facts.into_iter().next().map(|(_, words)| words)?;
        let seen = self.observation(&role.id)?;
        let drift = told_of_drift(role, seen).map(|drift| drift.get(language).to_owned());
        let line = said(language, "{}, read on {}", &[&exists, &read]);
        let troubles = told.troubles.into_iter().map(Some);
        let all = std::iter::once(drift).chain(troubles).flatten();
        let rest: Vec<String> = all.collect();
        Some(if rest.is_empty() {
            line
        } else {
            said(language, "{}. {}", &[&line, &rest.join(say(language, " "))])
        })
    }

    /// What the account says of a role; None where no account was looked at.
    pub fn told_by_account(&self, role: &Role, language: Language) -> Option<Told> {
        let (account, seen) = (self.account()?, self.observation(&role.id)?);
        let troubles = seen.troubles.iter().map(|trouble| trouble.get(language).to_owned());
        let mut told = Told { troubles: troubles.collect(), ..Told::default() };
        told.facts.push((
            say(language, "exists"),
            match (&seen.created, seen.exists) {
                (_, false) => say(language, "not in the account").to_owned(),
                (Some(created), true) => said(language, "in the account since {}", &[day(created)]),
                (None, true) => say(language, "in the account").to_owned(),
            },
        ));
        if seen.exists {
            let version = match (&seen.version, &seen.catalogue_version) {
                (Some(theirs), Some(ours)) if theirs == ours => {
                    said(language, "{}, as in the catalogue", &[theirs])
                }
                (Some(theirs), Some(ours)) => {
                    said(language, "{}; the catalogue has {}", &[theirs, ours])
                }
                (Some(theirs), None) => theirs.clone(),
                (None, _) => {
                    versions_of(role).unwrap_or_else(|| say(language, "not known").to_owned())
                }
            };
            told.facts.push((say(language, "version"), version));
            told.facts.extend(seen.arn.clone().map(|arn| ("ARN", arn)));
            let drift = told_of_drift(role, seen).map(|drift| drift.get(language).to_owned());
            told.facts.extend(drift.map(|drift| (say(language, "drift"), drift)));
            let difference = seen.drift.difference();
            told.differences =
                difference.map(|difference| difference.lines(language)).unwrap_or_default();
        }
        let id = account.id.as_deref().unwrap_or(say(language, "not known"));
        let read = account.day();
        let words = match &account.profile {
            None => said(language, "{}, read on {}", &[id, read]),
            Some(profile) => said(language, "{}, profile {}, read on {}", &[id, profile, read]),
        };
        told.facts.push((say(language, "account"), words));
        if !account.complete {
            let lacks = say(
                language,
                "The snapshot lacks something; the command that took it goes on with it.",
            );
            told.troubles.push(lacks.to_owned());
        }
        Some(told)
    }
}

/// How a policy of the account stands to the catalogue's, which has none of ordinary roles.
fn told_of_drift(role: &Role, seen: &Observation) -> Option<Text> {
    let compared = role.kind == RoleKind::ServiceLinked || seen.drift != Drift::Unknown;
    (seen.exists && compared).then(|| seen.drift.words())
}

/// The versions of several policies of an account, each behind its name: `a v1, b v2`.
fn versions_of(role: &Role) -> Option<String> {
    let attached = role.policy.as_ref()?.attached.iter();
    let versions = attached.map(|one| Some(format!("{} {}", one.name, one.version.as_ref()?)));
    let versions: Option<Vec<String>> = versions.collect();
    versions.filter(|versions| !versions.is_empty()).map(|versions| versions.join(", "))
}

/// The day of a time such as `2024-05-13T02:00:00Z`; another form as it is.
pub(super) fn day(time: &str) -> &str {
    time.split_once('T').map_or(time, |(day, _)| day)
}
