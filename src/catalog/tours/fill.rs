//! Placeholders in the texts of tours: keys and facts are looked up, never typed in twice.
//!
//! ```text
//!  {key:find}                         the key of a command
//!  {role:Alikafka:service_name}       also name, arn, feature, purpose, created_when, policy,
//!                                     standing, stops, blockers, touches, passes,
//!                                     and the commands show, create, fetch
//!  {product:alikafka:name}            also page, roles
//!  {service:kms}                      its name
//!  {count:roles:alikafka}             also products; statements, services, actions or a level of a role
//!  {userpolicy:NAME:version}          also covers:PRODUCT, lacks:PRODUCT
//!  {coverers:mqtt}                    the policies for people that may create any role of a product
//! ```

use super::super::commands;
use super::super::model::{Fact, ProductId, Role};
use super::super::names::Found;
use super::super::removal::powers::{Pass, Powers};
use super::super::store::{Catalog, UserPolicy};
use crate::policy::level::AccessLevel;
use crate::policy::summary::{Summary, summarize};
use crate::say::{self, Language, Saying, comma_list, saying};
use std::sync::Arc;

/// A fact that a tour tells of and the catalogue does not have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lacks(String);

impl Lacks {
    /// What a placeholder asks for: `MqttTunnel (purpose)`.
    fn of(parts: &[&str]) -> Self {
        Self(match parts {
            ["role" | "product" | "userpolicy", name, fields @ ..] if !fields.is_empty() => {
                format!("{name} ({})", fields.join(" "))
            }
            _ => parts.join(" "),
        })
    }

    /// The sentence about it.
    pub fn saying(&self) -> Saying {
        saying(
            "Tours are about the roles that come with the program; here nothing is known of {}. Start it without files or a catalogue of your own.",
        )
        .with(&self.0)
    }
}

/// What the placeholders are filled from.
pub struct Filling<'a> {
    /// The facts.
    pub catalog: &'a Catalog,
    /// The language of the facts.
    pub language: Language,
    /// The key of a command by the command's name.
    pub key: &'a dyn Fn(&str) -> Option<String>,
    /// What stands before and after a key, so that it is told from the words around it.
    pub around_key: (&'static str, &'static str),
    /// What is done to each fact and to the text between, such as escaping it.
    pub written: &'a dyn Fn(&str) -> String,
}

impl Filling<'_> {
    /// The text with every placeholder filled. Errors: what of a placeholder is not known.
    pub fn fill(&self, text: &str) -> Result<String, Lacks> {
        let mut out = String::with_capacity(text.len() + 64);
        let mut rest = text;
        while let Some((before, tail)) = rest.split_once('{') {
            let (name, after) = tail.split_once('}').ok_or_else(|| Lacks(format!("{{{tail}")))?;
            say::push(&mut out, &(self.written)(before));
            let parts: Vec<&str> = name.split(':').collect();
            if let ["key", command] = parts.as_slice() {
                let key = (self.key)(command).ok_or_else(|| Lacks::of(&parts))?;
                out.push_str(self.around_key.0);
                out.push_str(&key);
                out.push_str(self.around_key.1);
            } else {
                let fact = self.fact(&parts).ok_or_else(|| Lacks::of(&parts))?;
                say::push(&mut out, &(self.written)(&fact));
            }
            rest = after;
        }
        say::push(&mut out, &(self.written)(rest));
        Ok(out)
    }

    fn fact(&self, parts: &[&str]) -> Option<String> {
        let known = match parts {
            ["role", name, field] => self.of_role(self.role(name)?, field),
            ["product", id, "roles"] => Some(self.list(self.roles(id).map(|r| &*r.short_name))),
            ["product", id, field] => {
                let product = self.catalog.product(&ProductId(Arc::from(*id)))?;
                match *field {
                    "name" => Some(product.name.get(self.language).to_owned()),
                    "page" => product.page.clone(),
                    _ => None,
                }
            }
            ["service", code] => {
                Some(self.catalog.service(code)?.name.get(self.language).to_owned())
            }
            ["count", "products"] => Some(self.catalog.products().len().to_string()),
            ["count", "roles", id] => {
                Some(self.roles(id).count()).filter(|n| *n > 0).map(|n| n.to_string())
            }
            ["count", what, name] => self.count(self.role(name)?, what).map(|n| n.to_string()),
            ["userpolicy", name, "version"] => self.user_policy(name)?.version.clone(),
            ["userpolicy", name, how @ ("covers" | "lacks"), id] => {
                let powers = powers(self.user_policy(name)?)?;
                let wanted = *how == "covers";
                let roles = self.roles(id).filter(|role| covered(&powers, role) == wanted);
                Some(self.list(roles.map(|role| &*role.short_name)))
            }
            ["coverers", id] => {
                let policies = self.catalog.user_policies().iter().filter(|policy| {
                    powers(policy).is_some_and(|p| self.roles(id).any(|role| covered(&p, role)))
                });
                Some(self.list(policies.map(|policy| &*policy.name)))
            }
            _ => None,
        };
        known.filter(|fact| !fact.trim().is_empty())
    }

    fn role(&self, name: &str) -> Option<&Role> {
        match self.catalog.find_role(name) {
            Found::One(role) => Some(role),
            _ => None,
        }
    }

    fn roles<'a>(&'a self, product: &str) -> impl Iterator<Item = &'a Role> {
        let product = self.catalog.product(&ProductId(Arc::from(product)));
        product.into_iter().flat_map(|product| self.catalog.roles_of(&product.id))
    }

    fn user_policy(&self, name: &str) -> Option<&UserPolicy> {
        self.catalog.user_policy(name)
    }

    fn summary(&self, role: &Role) -> Option<Summary> {
        Some(summarize(&self.catalog.document(role)?, self.catalog))
    }

    fn of_role(&self, role: &Role, field: &str) -> Option<String> {
        let said = |text: &super::Text| text.get(self.language).to_owned();
        let told = |fact: &Fact<super::Text>| fact.told(self.language);
        match field {
            "name" => Some(role.name.clone()),
            "arn" => Some(self.catalog.arn_of(role)),
            "service_name" => role.service_name.clone(),
            "show" => Some(commands::show(&role.name)),
            "create" => role.service_name.as_deref().map(commands::create),
            "fetch" => {
                let policy = role.policy.as_ref().filter(|policy| policy.is_fetched());
                policy.map(super::super::model::Policy::fetch_command)
            }
            "feature" => role.feature.as_deref().map(told),
            "purpose" => role.purpose.as_deref().map(told),
            "created_when" => role.created_when.as_deref().map(told),
            "policy" => role.policy.as_ref().map(|policy| policy.name.clone()),
            "standing" => self.catalog.policy_words(role).map(|words| said(&words)),
            "stops" => {
                Some(role.stops.iter().map(told).collect::<Vec<_>>()).map(|stops| stops.join(" "))
            }
            "blockers" => {
                let things = role.blockers.iter().map(|blocker| {
                    let (what, standing) = (said(&blocker.what), said(&blocker.standing.words()));
                    say::said(self.language, "{} ({})", &[&what, &standing])
                });
                Some(self.list(things))
            }
            "touches" => {
                let summary = self.summary(role)?;
                let touched = summary.services.iter().filter(|service| service.is_touched());
                let title = |code: &str| self.catalog.service_title(code, self.language);
                let names = touched.map(|service| title(&service.code));
                let missing = role.only_missing(&summary).into_iter().map(|code| {
                    let part = say::say(self.language, "the missing part");
                    say::said(self.language, "{} ({})", &[&title(code), part])
                });
                Some(self.list(names.chain(missing)))
            }
            "passes" => {
                let powers = Powers::of(&self.catalog.document(role)?);
                Some(self.list(powers.passes.iter().map(Pass::role_name)))
            }
            _ => None,
        }
    }

    fn count(&self, role: &Role, what: &str) -> Option<usize> {
        if what == "statements" {
            return Some(self.catalog.document(role)?.statements.len());
        }
        let summary = self.summary(role)?;
        let levels = || summary.services.iter().flat_map(|service| &service.levels);
        match what {
            "services" => {
                Some(summary.services.iter().filter(|service| service.is_touched()).count())
            }
            "actions" => Some(levels().map(|group| group.actions.len()).sum()),
            level => {
                let level = AccessLevel::ALL.into_iter().find(|known| known.word() == level)?;
                let of_level = levels().filter(|group| group.level == level);
                Some(of_level.map(|group| group.actions.len()).sum())
            }
        }
    }

    /// Names one after the other; where there is none, the word for that.
    fn list(&self, names: impl Iterator<Item = impl AsRef<str>>) -> String {
        let none = match self.language {
            Language::English => "none",
            Language::Chinese => "无",
        };
        let names: Vec<String> = names.map(|name| name.as_ref().to_owned()).collect();
        if names.is_empty() { none.to_owned() } else { comma_list(self.language, &names) }
    }
}

fn powers(policy: &UserPolicy) -> Option<Powers> {
    Catalog::read_document(&policy.source).ok().map(|document| Powers::of(&document))
}

fn covered(powers: &Powers, role: &Role) -> bool {
    role.service_name.as_ref().is_some_and(|name| powers.may_create(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(text: &str, language: Language) -> Result<String, Lacks> {
        let catalog = Catalog::builtin().unwrap();
        let key = |name: &str| (name == "find").then(|| "/".to_owned());
        let written = |text: &str| text.to_owned();
        let filling = Filling {
            catalog: &catalog,
            language,
            key: &key,
            around_key: ("[", "]"),
            written: &written,
        };
        filling.fill(text)
    }

    #[test]
    fn placeholders_are_looked_up() {
        let en = |text| filled(text, Language::English);
        assert_eq!(en("press {key:find} now"), Ok("press [/] now".into()));
        assert_eq!(en("{role:Alikafka:service_name}"), Ok("alikafka.aliyuncs.com".into()));
        assert_eq!(en("{userpolicy:AliyunKafkaFullAccess:lacks:alikafka}"), Ok("KafkaLog".into()));
        assert_eq!(en("{coverers:mqtt}"), Ok("none".into()));
        assert_eq!(filled("{coverers:mqtt}", Language::Chinese), Ok("无".into()));
        assert_eq!(en("{count:statements:Alikafka}"), Ok("3".into()));
        assert_eq!(en("{role:AlikafkaETL:passes}"), Ok("aliyunfcdefaultrole".into()));
    }

    #[test]
    fn what_is_not_known_is_an_error() {
        for text in [
            "{role:Nobody:name}",
            "{role:Alikafka:colour}",
            "{count:roles:nothing}",
            "{key:no}",
            "{x",
            "{}",
        ] {
            assert!(filled(text, Language::English).is_err(), "{text}");
        }
    }
}
