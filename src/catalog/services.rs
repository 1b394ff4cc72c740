//! The table of services: RAM code, names, aliases, and how a service is called. Codes and words compare without case.

use std::collections::HashMap;

use super::Catalog;
use super::ask::narrow;
use super::model::Service;
use super::text::visible;
use crate::policy::pattern;
use crate::say::{Language, said, say};

/// All known services in the order of the catalogue.
#[derive(Clone, Debug, Default)]
pub struct Services(Vec<Service>);

impl Services {
    /// Adds services; one of the same code is replaced in its place.
    pub fn merge(&mut self, services: Vec<Service>) {
        let mut at: HashMap<String, usize> = HashMap::new();
        for (index, service) in self.0.iter().enumerate() {
            at.insert(service.code.to_ascii_lowercase(), index);
        }
        for service in services {
            let index = *at.entry(service.code.to_ascii_lowercase()).or_insert(self.0.len());
            match self.0.get_mut(index) {
                Some(other) => *other = service,
                None => self.0.push(service),
            }
        }
    }

    /// The service of a RAM code.
    pub fn get(&self, code: &str) -> Option<&Service> {
        self.0.iter().find(|service| service.code.eq_ignore_ascii_case(code))
    }

    /// Every service.
    pub fn all(&self) -> &[Service] {
        &self.0
    }

    /// The services of whose names a text is a part, of a word at least.
    pub fn holding(&self, text: &str) -> Vec<&Service> {
        const LEAST: usize = 2;
        let text = folded(text);
        if text.chars().count() < LEAST {
            return Vec::new();
        }
        let holding = |service: &&Service| {
            let names = [&*service.name.en, &*service.name.zh].into_iter();
            let mut all = names.chain(service.aliases.iter().map(String::as_str));
            all.any(|name| name.to_lowercase().contains(&text))
        };
        self.0.iter().filter(holding).collect()
    }

    /// The services that a word names exactly, in full-width letters too: code first, then short name, name or alias.
    pub fn named(&self, word: &str) -> Vec<&Service> {
        let word = folded(word);
        if let Some(service) = self.get(&word) {
            return vec![service];
        }
        self.0
            .iter()
            .filter(|service| {
                [&*service.short, &*service.name.en, &*service.name.zh]
                    .into_iter()
                    .chain(service.aliases.iter().map(String::as_str))
                    .any(|name| name.to_lowercase() == word)
            })
            .collect()
    }
}

/// A typed word as it is compared: with ASCII for full-width letters, in small letters.
pub fn folded(word: &str) -> String {
    narrow(word.trim()).to_lowercase()
}

impl Catalog {
    /// What people say for short: `KMS`, `any service`; the code where nothing else is known.
    pub fn service_short(&self, code: &str, language: Language) -> String {
        match self.service(code) {
            Some(service) => service.short.clone(),
            None if code == "*" => say(language, "any service").to_owned(),
            None => visible(code),
        }
    }

    /// The name of a service, `Any service` of `*`; None where none is known.
    pub fn service_name(&self, code: &str, language: Language) -> Option<&str> {
        match self.service(code) {
            Some(service) => Some(service.name.get(language)).filter(|name| !name.is_empty()),
            None => (code == "*").then(|| say(language, "Any service")),
        }
    }

    /// The name where it stands alone; where there is none, the code in words.
    pub fn service_title(&self, code: &str, language: Language) -> String {
        match self.service_name(code, language) {
            Some(name) => name.to_owned(),
            None if pattern::has_wildcard(code) => {
                said(language, "Services named {}", &[&visible(code)])
            }
            None => visible(code),
        }
    }

    /// The name with the code behind it: `Elastic Compute Service (ecs)`.
    pub fn service_with_code(&self, code: &str, language: Language) -> String {
        match self.service_name(code, language) {
            Some(name) => said(language, "{} ({})", &[name, code]),
            None => self.service_title(code, language),
        }
    }
}
