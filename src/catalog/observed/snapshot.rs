//! The file of an account: its format, and reading and writing it as text.
//!
//! One JSON object:
//!
//! ```json
//! {
//!   "format": "rolescope account snapshot",
//!   "schema": 1,
//!   "complete": true,
//!   "taken": "2026-11-22T08:00:00Z",
//!   "profile": "ops",
//!   "region": null,
//!   "account": "1234567890123456",
//!   "scope": "service-linked",
//!   "other_roles": 12,
//!   "roles": [
//!     {"name": "AliyunServiceRoleForAlikafka", "arn": "acs:ram::…", "service_linked": true,
//!      "created": "2024-05-13T02:00:00Z", "updated": "…", "description": "…", "trust": "{…}",
//!      "policies": [{"name": "AliyunServiceRolePolicyForAlikafka", "type": "System", "version": "v11",
//!                    "attached": "…"}],
//!      "as_of": null, "trouble": null}
//!   ],
//!   "policies": [
//!     {"name": "AliyunServiceRolePolicyForAlikafka", "type": "System", "version": "v11", "created": "…",
//!      "updated": "…", "document": "{…}", "as_of": null, "trouble": null}
//!   ]
//! }
//! ```
//!
//! - `complete` is false where something could not be read yet; running the command again continues.
//! - `scope` is `service-linked` or `all`; `other_roles` counts roles that exist and were left out by it. Every
//!   role of the scope is listed, so that one that is not in `roles` does not exist.
//! - `trust` and `document` are the texts of the policies as RAM keeps them. They, and `policies` of a role, are
//!   null where they were not read; `trouble` then says why, in a sentence.
//! - `taken` is when the run began that wrote the file. `as_of` is earlier, and stands with what an earlier run read
//!   and this one did not hold against the account again; null with all that holds as of `taken`. Nothing of a file
//!   that is complete has one.
//! - Times are RAM's, in UTC. `schema` changes when a field goes or changes its meaning; unknown fields are ignored.
//! - There are no credentials in it; account id and ARNs are.

use std::borrow::Cow;
use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::super::error::{LoadError, strict};
use crate::say::saying;

/// The word that marks such a file.
pub const FORMAT: &str = "rolescope account snapshot";
/// The newest version of the format that is read, and the one that is written.
pub const SCHEMA: u32 = 1;

/// What was read of an account.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Snapshot {
    /// [`FORMAT`].
    pub format: String,
    /// [`SCHEMA`].
    pub schema: u32,
    /// Was everything read?
    pub complete: bool,
    /// When, in UTC, as `2026-11-22T08:00:00Z`.
    pub taken: String,
    /// The profile that was named.
    pub profile: Option<String>,
    /// The region that was named.
    pub region: Option<String>,
    /// The id of the account, where an ARN told it.
    pub account: Option<String>,
    /// Which roles were read.
    pub scope: Scope,
    /// Roles that exist and are left out by the scope.
    pub other_roles: usize,
    /// The roles, sorted by name.
    pub roles: Vec<AccountRole>,
    /// Their policies, each once, sorted by name.
    pub policies: Vec<AccountPolicy>,
}

/// Which roles are read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scope {
    /// Service-linked roles.
    #[default]
    ServiceLinked,
    /// Every role.
    All,
}

/// A role of an account.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AccountRole {
    /// The full name.
    pub name: String,
    /// The ARN.
    pub arn: Option<String>,
    /// Is it a service-linked role?
    pub service_linked: bool,
    /// When it was created.
    pub created: Option<String>,
    /// When it was last changed.
    pub updated: Option<String>,
    /// Its description.
    pub description: Option<String>,
    /// The text of its trust policy.
    pub trust: Option<String>,
    /// The policies that are attached to it; None where they were not read.
    pub policies: Option<Vec<Attached>>,
    /// When an earlier run read it, where it was not held against the account again.
    pub as_of: Option<String>,
    /// Why something was not read.
    pub trouble: Option<String>,
}

/// A policy that is attached to a role.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(default)]
pub struct Attached {
    /// Its name.
    pub name: String,
    /// `System` or `Custom`.
    #[serde(rename = "type")]
    pub kind: String,
    /// The version in force.
    pub version: Option<String>,
    /// Since when it is attached.
    pub attached: Option<String>,
}

/// A policy of an account.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AccountPolicy {
    /// Its name.
    pub name: String,
    /// `System` or `Custom`.
    #[serde(rename = "type")]
    pub kind: String,
    /// The version in force.
    pub version: Option<String>,
    /// When this version was made.
    pub created: Option<String>,
    /// When the policy was last changed.
    pub updated: Option<String>,
    /// The text; None where it was not read.
    pub document: Option<String>,
    /// When an earlier run read it, where it was not held against the account again.
    pub as_of: Option<String>,
    /// Why it was not read.
    pub trouble: Option<String>,
}

impl AccountRole {
    /// Was all of it read, in this run or an earlier one?
    pub fn is_read(&self) -> bool {
        self.trust.is_some() && self.policies.is_some()
    }

    /// Was all of it read, and does it hold as of the time of the snapshot?
    pub fn is_current(&self) -> bool {
        self.is_read() && self.as_of.is_none()
    }
}

impl Attached {
    /// Is it an attachment of this policy?
    pub fn is_of(&self, policy: &AccountPolicy) -> bool {
        self.name == policy.name && self.kind == policy.kind
    }
}

impl AccountPolicy {
    /// What tells it from others: its name and its type.
    fn key(&self) -> (&str, &str) {
        (&self.name, &self.kind)
    }

    /// Was the text read, and does it hold as of the time of the snapshot?
    pub fn is_current(&self) -> bool {
        self.document.is_some() && self.as_of.is_none()
    }
}

impl Snapshot {
    /// Is the text such a file, by the look of its beginning?
    pub fn is(text: &str) -> bool {
        let head = text.as_bytes();
        let head = head.get(..4096).unwrap_or(head);
        let quoted = format!("\"{FORMAT}\"");
        text.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']).starts_with('{')
            && memchr::memmem::find(head, quoted.as_bytes()).is_some()
    }

    /// Reads such a file; `name` is its name for messages. Errors: it is none, it is broken, or a newer program
    /// wrote it.
    pub fn read(name: &str, text: &str) -> Result<Self, LoadError> {
        let strict = strict(text);
        // In a text that was repaired other places are meant.
        let placed = |error: LoadError| match &strict {
            Cow::Borrowed(_) => error,
            Cow::Owned(_) => LoadError { place: None, ..error },
        };
        let value: serde_json::Value = serde_json::from_str(&strict).map_err(|error| LoadError {
            remedy: saying(
                "Correct the JSON at this place, or take the snapshot anew: `rolescope account snapshot` writes it.",
            ),
            ..LoadError::json(name, text, &error)
        })?;
        let word = |key: &str| value.get(key).and_then(serde_json::Value::as_str);
        if word("format") != Some(FORMAT) {
            return Err(LoadError::near(
                name,
                text,
                "format",
                saying("This is no snapshot of an account"),
                saying("`rolescope account snapshot` writes one."),
            ));
        }
        let schema = value.get("schema").and_then(serde_json::Value::as_u64);
        if schema.is_none_or(|schema| schema == 0 || schema > u64::from(SCHEMA)) {
            return Err(LoadError::near(
                name,
                text,
                "schema",
                saying("This program reads snapshots up to schema {}, and this is another")
                    .with(SCHEMA),
                saying("Take it anew with this program, or open it with the one that wrote it."),
            ));
        }
        let anew = || saying("Take the snapshot anew; its format is told by the manual.");
        // Without it every role would count as not in the account.
        if value.get("roles").is_none() {
            let what = saying("This is no snapshot of an account: it has no roles");
            return Err(LoadError { file: name.to_owned(), place: None, what, remedy: anew() });
        }
        // Once more from the text, because only that tells the place of a fault.
        serde_json::from_str(&strict).map_err(|error| {
            placed(LoadError { remedy: anew(), ..LoadError::json(name, &strict, &error) })
        })
    }

    /// The file as text, with a line end. Errors: it cannot be written as JSON; an empty text would take the place
    /// of a good file.
    pub fn to_text(&self) -> serde_json::Result<String> {
        serde_json::to_string_pretty(self).map(|text| text + "\n")
    }

    /// How many roles and policies were not read, or not held against the account again. What is attached to a role
    /// counts too where its turn never came.
    pub fn lacking(&self) -> usize {
        let read = self.policies.iter().filter(|policy| policy.is_current());
        let read: BTreeSet<(&str, &str)> = read.map(AccountPolicy::key).collect();
        let attached = self.roles.iter().flat_map(|role| role.policies.iter().flatten());
        let attached = attached.map(|one| (one.name.as_str(), one.kind.as_str()));
        let all: BTreeSet<_> =
            attached.chain(self.policies.iter().map(AccountPolicy::key)).collect();
        self.roles.iter().filter(|role| !role.is_current()).count() + all.difference(&read).count()
    }

    /// A policy by name and type.
    pub fn policy(&self, name: &str, kind: &str) -> Option<&AccountPolicy> {
        self.policies.iter().find(|policy| policy.name == name && policy.kind == kind)
    }
}

/// The id of the account in an ARN such as `acs:ram::123:role/x`.
pub fn account_of(arn: &str) -> Option<&str> {
    arn.split(':').nth(3).filter(|id| !id.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_back() {
        let snapshot = Snapshot {
            format: FORMAT.to_owned(),
            schema: SCHEMA,
            taken: "2026-11-22T08:00:00Z".to_owned(),
            roles: vec![AccountRole { name: "A".to_owned(), ..AccountRole::default() }],
            ..Snapshot::default()
        };
        let text = snapshot.to_text().unwrap();
        assert!(Snapshot::is(&text), "{text}");
        assert_eq!(Snapshot::read("a.json", &text).unwrap(), snapshot);
    }

    #[test]
    fn other_texts_and_newer_files_are_refused() {
        assert!(!Snapshot::is("{\"Roles\":{}}"));
        assert!(!Snapshot::is(FORMAT));
        let error = Snapshot::read("a.json", "{\"Roles\":{}}").unwrap_err().to_string();
        assert!(error.contains("no snapshot"), "{error}");
        let error = Snapshot::read("a.json", "hello").unwrap_err().to_string();
        assert!(
            error.starts_with("a.json:1:1: ") && error.contains("account snapshot`"),
            "{error}"
        );
        let newer = format!("{{\"format\":\"{FORMAT}\",\"schema\":2}}");
        let error = Snapshot::read("a.json", &newer).unwrap_err().to_string();
        assert!(error.contains("up to schema 1"), "{error}");
        let lacking = format!("{{\"format\":\"{FORMAT}\",\"schema\":1}}");
        let error = Snapshot::read("a.json", &lacking).unwrap_err().to_string();
        assert!(error.starts_with("a.json: This is no snapshot of an account: it has no roles."));
        let broken = format!("{{\"format\":\"{FORMAT}\",\n\"schema\":1,\"roles\":7}}");
        let error = Snapshot::read("a.json", &broken).unwrap_err().to_string();
        assert!(error.starts_with("a.json:2:"), "{error}");
    }

    #[test]
    fn what_editors_do_to_it_is_repaired() {
        let text = Snapshot {
            format: FORMAT.to_owned(),
            schema: SCHEMA,
            roles: vec![AccountRole { name: "A".to_owned(), ..AccountRole::default() }],
            ..Snapshot::default()
        }
        .to_text()
        .unwrap();
        let snapshot = Snapshot::read("a.json", &text).unwrap();
        let edited = format!("\u{feff}// mine\n{}", text.replace("\n}", ",\n}"));
        assert_eq!(Snapshot::read("a.json", &edited).unwrap(), snapshot);
        let broken = edited.replace("\"roles\": [", "\"roles\": [7,");
        let error = Snapshot::read("a.json", &broken).unwrap_err().to_string();
        assert!(error.starts_with("a.json: invalid type"), "{error}");
    }

    #[test]
    fn what_was_never_asked_for_lacks_too() {
        let attached = |name: &str| Attached { name: name.to_owned(), ..Attached::default() };
        let role = |name: &str, policies: Option<Vec<Attached>>| AccountRole {
            name: name.to_owned(),
            trust: policies.is_some().then(String::new),
            policies,
            ..AccountRole::default()
        };
        let policy = |name: &str, document: Option<&str>, as_of: Option<&str>| AccountPolicy {
            name: name.to_owned(),
            document: document.map(str::to_owned),
            as_of: as_of.map(str::to_owned),
            ..AccountPolicy::default()
        };
        let mut snapshot = Snapshot {
            roles: vec![
                role("A", Some(vec![attached("p"), attached("q"), attached("r")])),
                role("B", Some(vec![attached("q"), attached("s")])),
                role("C", None),
            ],
            ..Snapshot::default()
        };
        assert_eq!(snapshot.lacking(), 5, "a role and the texts of p, q, r and s");
        snapshot.policies = vec![
            policy("p", Some("{}"), None),
            policy("q", None, None),
            policy("r", Some("{}"), Some("2026-11-22T08:00:00Z")),
        ];
        assert_eq!(snapshot.lacking(), 4, "a role and the texts of q, r and s");
    }

    #[test]
    fn an_arn_tells_the_account() {
        assert_eq!(account_of("acs:ram::123:role/x"), Some("123"));
        assert_eq!(account_of("acs:ram:::role/x"), None);
        assert_eq!(account_of("x"), None);
    }
}
