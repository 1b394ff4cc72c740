//! From catalogue files into the catalogue, one by one: the built-in ones first, then users' own,
//! whose entries replace those of the same name. A file with a fault changes nothing.
//!
//! Below it the only code of the catalogue that reads from a disk. People's policies: [`find`] tells what there is
//! under the paths they name and [`read`] reads one file, for the screen ([`open`]) and for the command line alike.
//! A catalogue of their own: [`merge_folder`].

mod files;
mod folder;
mod gate;
#[cfg(unix)]
mod halves;
mod nothing;
mod pipe;
mod prepared;
mod read;
mod stamp;
mod text_of;
mod walk;

pub use files::{Opened, broken, check, open, read_while};
pub use folder::{merge_folder, merge_given};
pub use gate::Gate;
pub use pipe::tell_of_pipes;
use prepared::Prepared;
pub use read::{LARGE, Read, Unread, read};
pub use stamp::Stamp;
pub use walk::{Entry, Found, find, hidden_words, is_stdin, shown};

use std::collections::BTreeSet;

use super::actions::Action;
use super::error::{LoadError, strict};
use super::format::{
    ActionEntry, DocumentedEntry, File, Plain, PolicyEntry, RoleEntry, ServiceEntry,
    UserPolicyEntry,
};
use super::model::{
    Blocker, DocumentedOperation, DocumentedService, Fact, Missing, Policy, ProductId, Role,
    RoleId, RoleKind, Service, Standing, Text, Wholeness,
};
use super::names;
use super::store::{Catalog, UserPolicy};
use crate::policy::findings::Origin;
use crate::policy::source::Source;
use crate::say::{Saying, saying};

/// Finds the text of a policy document by the path that a catalogue file gives.
pub type Documents<'a> = &'a dyn Fn(&str) -> Result<Source, NoDocument>;

/// Why there is no text of a policy document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoDocument {
    /// There is no such file.
    Missing,
    /// It cannot be read, or stands where a catalogue file must not look: why, in a sentence.
    Unread(Saying),
}

impl Catalog {
    /// Adds what a catalogue file says; on a fault nothing is changed.
    ///
    /// `file` is the name for messages. `documents` finds the policy files that it names.
    pub fn merge_file(
        &mut self,
        file: &str,
        text: &str,
        documents: Documents<'_>,
    ) -> Result<(), LoadError> {
        let prepared = Prepared::of(file, text, documents)?;
        prepared.check(text, |id| self.role(id).is_some())?;
        self.add_prepared(prepared);
        Ok(())
    }
}

/// What a file says. Comments and the like are repaired as in every file that is read; a fault is told of the text as it
/// stands.
fn entries(file: &str, text: &str) -> Result<File, LoadError> {
    serde_json::from_str(text).or_else(|error| {
        serde_json::from_str(&strict(text)).map_err(|_| LoadError::json(file, text, &error))
    })
}

/// Is it a day, year first: `2026-01-31`?
fn is_day(text: &str) -> bool {
    let part = |from, to| text.get(from..to).and_then(|part| part.parse::<u8>().ok());
    let shape = |(at, byte): (usize, u8)| {
        if matches!(at, 4 | 7) { byte == b'-' } else { byte.is_ascii_digit() }
    };
    text.len() == 10
        && text.bytes().enumerate().all(shape)
        && part(5, 7).is_some_and(|month| (1..=12).contains(&month))
        && part(8, 10).is_some_and(|day| (1..=31).contains(&day))
}

/// One file on its way into the catalogue.
struct Loader<'a> {
    file: &'a str,
    text: &'a str,
    documents: Documents<'a>,
}

impl Loader<'_> {
    fn near(&self, needle: &str, what: Saying, remedy: Saying) -> LoadError {
        LoadError::near(self.file, self.text, needle, what, remedy)
    }

    fn roles(&self, product: &ProductId, entries: Vec<RoleEntry>) -> Result<Vec<Role>, LoadError> {
        let mut seen = BTreeSet::new();
        let mut roles = Vec::with_capacity(entries.len());
        for entry in entries {
            let role = self.role(product, entry)?;
            if !seen.insert(role.id.clone()) {
                return Err(LoadError::near_last(
                    self.file,
                    self.text,
                    &role.name,
                    saying("The role {} stands twice in this file").with(&role.name),
                    saying("Remove one of the two."),
                ));
            }
            let called = |other: &Role| other.short_name.eq_ignore_ascii_case(&role.short_name);
            if let Some(other) = roles.iter().find(|other| called(other)) {
                return Err(LoadError::near_last(
                    self.file,
                    self.text,
                    &role.name,
                    saying("The roles {} and {} have one short name")
                        .with(&other.name)
                        .with(&role.name),
                    saying("Give one of them another short_name: roles are asked for by it."),
                ));
            }
            roles.push(role);
        }
        Ok(roles)
    }

    fn role(&self, product: &ProductId, entry: RoleEntry) -> Result<Role, LoadError> {
        let name = String::from(entry.name);
        let service_name = entry.service_name.map(String::from);
        if name.len() > 64 {
            return Err(self.near(
                &name,
                saying("A role name has at most 64 characters"),
                saying("Write the name as the RAM console shows it."),
            ));
        }
        let trust_standing = entry.trust.map_or(Standing::Implied, |word| word.0);
        let blockers = entry.blockers.into_iter().map(|blocker| Blocker {
            what: blocker.what.into(),
            because: blocker.because.into(),
            standing: blocker.standing.0,
            check: blocker.check.map(Into::into),
            command: blocker.command.map(Into::into),
        });
        Ok(Role {
            id: RoleId::of(&name),
            kind: RoleKind::ServiceLinked,
            product: product.clone(),
            short_name: entry
                .short_name
                .map_or_else(|| names::short(&name).to_owned(), String::from),
            trust: service_name.as_ref().map(|name| {
                let value = names::trust_document(name).into();
                Box::new(Fact { value, standing: trust_standing })
            }),
            service_name,
            documented: entry.documented_permissions.into_iter().map(documented).collect(),
            listed_under: None,
            feature: entry.feature.map(|fact| Box::new(fact.into())),
            purpose: entry.purpose.map(|fact| Box::new(fact.into())),
            created_when: entry.created_when.map(|fact| Box::new(fact.into())),
            policy: entry.policy.map(|policy| self.policy(policy)).transpose()?,
            blockers: blockers.collect(),
            stops: entry.stops.into_iter().map(Into::into).collect(),
            notes: entry.notes.into_iter().map(Into::into).collect(),
            name,
        })
    }

    fn policy(&self, entry: PolicyEntry) -> Result<Policy, LoadError> {
        let name = String::from(entry.name);
        let actions: Vec<String> = entry.missing_actions.into_iter().map(Into::into).collect();
        if let Some(action) = actions.first().filter(|_| entry.missing.is_none()) {
            return Err(self.near(
                action,
                saying("The policy {} has missing_actions but not missing").with(&name),
                saying("Say in missing which part of the document is missing."),
            ));
        }
        let whole = match (entry.missing, entry.reconstructed) {
            (None, None) => Wholeness::Whole,
            (Some(text), None) => Wholeness::Incomplete(Box::new(Missing {
                what: text.into(),
                actions,
                policies: Vec::new(),
            })),
            (None, Some(text)) => Wholeness::PartlyReconstructed(Box::new(text.into())),
            (Some(_), Some(_)) => {
                return Err(self.near(
                    &name,
                    saying("The policy {} has both missing and reconstructed").with(&name),
                    saying("Say both in the text of one of the two fields."),
                ));
            }
        };
        Ok(Policy {
            source: self.document(entry.file)?,
            name,
            origin: Origin::ServiceLinkedRole,
            standing: entry.standing.0,
            whole,
            superseded: false,
            updated: entry.updated.map(Into::into),
            page: entry.page.map(Into::into),
            statements: entry.statements.into_iter().map(Into::into).collect(),
            notes: entry.notes.into_iter().map(Into::into).collect(),
            attached: Vec::new(),
        })
    }

    fn user_policy(
        &self,
        product: &ProductId,
        entry: UserPolicyEntry,
    ) -> Result<UserPolicy, LoadError> {
        Ok(UserPolicy {
            product: product.clone(),
            source: self.document(entry.file)?,
            name: entry.name.into(),
            version: entry.version.map(Into::into),
        })
    }

    fn document(&self, path: Plain) -> Result<Source, LoadError> {
        let path = String::from(path);
        (self.documents)(&path).map_err(|why| match why {
            NoDocument::Missing => self.near(
                &path,
                saying("The policy document {} was not found").with(&path),
                saying("Put it beside this file under that path, or correct the path."),
            ),
            NoDocument::Unread(why) => {
                self.near(&path, saying("The policy document {} cannot be read").with(&path), why)
            }
        })
    }
}

fn documented(entry: DocumentedEntry) -> DocumentedService {
    let operations = entry.operations.into_iter().map(|operation| DocumentedOperation {
        what: Text::new(String::from(operation.en), String::from(operation.zh)),
        actions: operation.actions.into_iter().map(Into::into).collect(),
    });
    DocumentedService { service: entry.service.into(), operations: operations.collect() }
}

fn service(entry: ServiceEntry) -> Service {
    let code = String::from(entry.code);
    Service {
        // An empty one would show nothing.
        short: entry
            .short
            .map(String::from)
            .filter(|short| !short.trim().is_empty())
            .unwrap_or_else(|| code.to_uppercase()),
        code,
        name: entry.name.into(),
        aliases: entry.aliases.into_iter().map(Into::into).collect(),
        page: entry.page.map(Into::into),
    }
}

fn action(entry: ActionEntry) -> Action {
    Action {
        name: String::from(entry.name).into(),
        level: entry.level.0,
        source: entry.source.0,
        meaning: entry.meaning.map(Into::into),
        page: entry.page.map(|page| String::from(page).into()),
        api: entry.api.map(|api| String::from(api).into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(text: &str) -> String {
        let mut catalog = Catalog::builtin().unwrap();
        let before = catalog.roles().len();
        let documents = |path: &str| match path {
            "p.json" => Ok(Source::built("{}")),
            "wide.json" => Err(NoDocument::Unread(saying("It is not a file."))),
            _ => Err(NoDocument::Missing),
        };
        let error = catalog.merge_file("own.json", text, &documents).unwrap_err();
        assert_eq!(catalog.roles().len(), before, "a faulty file must change nothing");
        error.to_string()
    }

    #[test]
    fn faults_name_file_place_and_remedy() {
        for (text, start, contains) in [
            ("{", "own.json:1:", "EOF"),
            ("{\n \"rolls\": []}", "own.json:2:", "unknown field `rolls`"),
            ("{\"rolls\u{202e}\": []}", "own.json:1:", "\\u{202e}"),
            ("{\"roles\": [{\"name\": \"A\"}]}", "own.json:1:2", "no product"),
            (
                "{\"actions\": [\n{\"name\":\"a:B\",\"level\":\"all\",\"source\":\"documented\"}]}",
                "own.json:2:",
                "`all` is not one of",
            ),
            (
                "{\"product\":{\"id\":\"x\",\"name\":{\"en\":\"X\"}},\n\"roles\":[{\"name\":\"A;reboot\"}]}",
                "own.json:2:",
                "a name of letters",
            ),
            (
                "{\"product\":{\"id\":\"x\",\"name\":{\"en\":\"X\\u001b[31m\"}}}",
                "own.json:1:",
                "`X\\u{1b}[31m` is not",
            ),
            (
                "{\"product\":{\"id\":\"x\",\"name\":{\"en\":\"X\"}},\"roles\":[{\"name\":\"A\",\n\"policy\":{\"name\":\"P\",\"file\":\"q.json\",\"standing\":\"observed\"}}]}",
                "own.json:2:",
                "q.json was not found",
            ),
            (
                "{\"product\":{\"id\":\"x\",\"name\":{\"en\":\"X\"}},\"roles\":[{\"name\":\"A\",\n\"policy\":{\"name\":\"P\",\"file\":\"wide.json\",\"standing\":\"observed\"}}]}",
                "own.json:2:",
                "wide.json cannot be read. It is not a file.",
            ),
            (
                "{\"product\":{\"id\":\"x\",\"name\":{\"en\":\"X\"}},\"roles\":[{\"name\":\"A\"},{\"name\":\"a\"}]}",
                "own.json:1:",
                "twice",
            ),
        ] {
            let error = fault(text);
            assert!(error.starts_with(start), "{text}\n{error}");
            assert!(error.contains(contains), "{text}\n{error}");
        }
    }

    #[test]
    fn an_own_file_adds_a_product_and_replaces_a_role() {
        let mut catalog = Catalog::builtin().unwrap();
        let before = catalog.roles().len();
        let text = r#"{"product":{"id":"alikafka","name":{"en":"Our Kafka"}},
            "roles":[{"name":"aliyunserviceroleforalikafkaetl","service_name":"x.aliyuncs.com"},
                     {"name":"AliyunServiceRoleForOwn"}]}"#;
        catalog.merge_file("own.json", text, &|_| Err(NoDocument::Missing)).unwrap();
        assert_eq!(catalog.roles().len(), before + 1);
        let id = ProductId("alikafka".into());
        assert_eq!(catalog.product(&id).unwrap().name.en, "Our Kafka");
        assert_eq!(catalog.roles_of(&id).last().unwrap().short_name, "Own");
        assert_eq!(catalog.roles_of_service("X.aliyuncs.com").count(), 1);
    }
}
