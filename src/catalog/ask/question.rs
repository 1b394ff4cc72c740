//! What was typed, read as a question: an action, a pattern of actions, or plain words.

use crate::catalog::Catalog;
use crate::catalog::model::Service;
use crate::policy::idle::names_resource;
use crate::policy::request::{Context, Request};
use crate::policy::wording::visible;
use crate::say::{Language, said, say};
use crate::text::ascii_twin;

/// A question about an action, or about every action of a pattern.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Question {
    /// The action or pattern that is asked about.
    pub pattern: String,
    /// How the text was read, in a sentence, where it was no action or pattern as it stood.
    pub reading: Option<String>,
    /// The resource by its full name, or a pattern; None is any resource.
    pub resource: Option<String>,
    /// The context keys that are known; on all others the answer may depend.
    pub context: Context,
}

impl Question {
    /// Is it about one resource or with values of context keys, so that no answer does not mean that nothing grants it?
    pub fn is_narrow(&self) -> bool {
        self.resource.is_some() || self.context != Context::default()
    }

    /// Reads what a person typed; None where nothing was. Plain words without a colon stand for any
    /// action with these words in its name, the code of a service for every action of it.
    pub fn read(
        language: Language,
        catalog: &Catalog,
        action: &str,
        resource: &str,
    ) -> Option<Self> {
        let (pattern, reading) = read_action(language, catalog, &narrow(action))?;
        let resource = resource.trim();
        let resource = (!resource.is_empty()).then(|| resource.to_owned());
        Some(Self { pattern, reading, resource, context: Context::default() })
    }

    /// The same with what is known of the request's context.
    #[must_use]
    pub fn given(mut self, context: Context) -> Self {
        self.context = context;
        self
    }

    /// The request for one of the actions that are asked about; what is not said in the question is not known.
    pub fn request(&self, action: &str) -> Request {
        let mut request = Request::partial(action);
        request.resource.clone_from(&self.resource);
        request.context = self.context.clone();
        request
    }

    /// The question in words: `kms:Decrypt on acs:kms:*:*:key/x`.
    pub fn words(&self, language: Language) -> String {
        let pattern = visible(&self.pattern);
        match &self.resource {
            Some(resource) => said(language, "{} on {}", &[&pattern, &visible(resource)]),
            None => pattern,
        }
    }

    /// What is odd about the resource, in a sentence.
    pub fn resource_hint(&self, language: Language) -> Option<&'static str> {
        odd_resource(language, self.resource.as_deref()?)
    }
}

/// What is odd about a resource that is none in full, in a sentence.
pub fn odd_resource(language: Language, resource: &str) -> Option<&'static str> {
    let words =
        "Resources are named acs:service:region:account:name; this one is compared as it stands.";
    (!names_resource(resource)).then(|| say(language, words))
}

/// What a person typed, with ASCII for the full-width letters and signs of Chinese input methods.
pub fn narrow(text: &str) -> String {
    text.chars().map(ascii_twin).collect()
}

fn read_action(
    language: Language,
    catalog: &Catalog,
    text: &str,
) -> Option<(String, Option<String>)> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let first = *words.first()?;
    if text.contains(':') {
        // A blank never stands in the name of an action.
        let whole = words.concat();
        if whole.ends_with(':') {
            let pattern = format!("{whole}*");
            let shown = visible(&pattern);
            let reading = said(language, "Read as {}: every action of the service.", &[&shown]);
            return Some((pattern, Some(reading)));
        }
        if let Some(action) = catalog.actions().authorizing(&whole) {
            return Some((action.name.to_string(), action.said_of_api(language)));
        }
        return Some((whole, None));
    }
    if words.len() == 1 && first.chars().all(|c| c == '*') {
        return Some(("*".to_owned(), None));
    }
    if words.len() == 1
        && let Some(action) = catalog.actions().authorizing_word(first)
    {
        return Some((action.name.to_string(), action.said_of_api(language)));
    }
    let of_first = catalog.service(first).map(|service| service.code.as_str());
    let (code, rest) = match (of_first, words.split_first()) {
        (Some(code), Some((_, rest))) => (Some(code), rest),
        // A service by its whole name, in any language; aliases such as `security group` are words of actions too.
        _ => match named_in_full(catalog, &words.join(" ")) {
            Some(service) => (Some(service.code.as_str()), &[][..]),
            None => (None, words.as_slice()),
        },
    };
    let name = match rest {
        [] => "*".to_owned(),
        [one] if one.contains(['*', '?']) => (*one).to_owned(),
        words => format!("*{}*", words.join("*")),
    };
    let pattern = format!("{}:{name}", code.unwrap_or("*"));
    let shown = visible(&pattern);
    let reading = match (code, rest) {
        (Some(code), []) => {
            let service = catalog.service(code);
            let name = service.map_or(code, |service| service.name.get(language));
            said(
                language,
                "Read as {}: every action of {}. *:*{}* asks for the word.",
                &[&shown, name, code],
            )
        }
        (Some(_), _) => {
            said(language, "Read as {}: actions of this service with that in the name.", &[&shown])
        }
        (None, _) => said(language, "Read as {}: actions of any service.", &[&shown]),
    };
    Some((pattern, Some(reading)))
}

fn named_in_full<'a>(catalog: &'a Catalog, words: &str) -> Option<&'a Service> {
    let is_name = |service: &&Service| {
        let names = [&service.name.en, &service.name.zh];
        names.iter().any(|name| name.to_lowercase() == words.to_lowercase())
    };
    let mut named = catalog.services().all().iter().filter(is_name);
    named.next().filter(|_| named.next().is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_is_understood() {
        let catalog = Catalog::builtin().expect("the built-in catalogue loads");
        for (typed, pattern, said) in [
            ("kms:Decrypt", "kms:Decrypt", false),
            (" ecs:*SecurityGroup* ", "ecs:*SecurityGroup*", false),
            ("kms: Decrypt", "kms:Decrypt", false),
            ("kms：Decrypt", "kms:Decrypt", false),
            ("kms:", "kms:*", true),
            ("decrypt", "*:*decrypt*", true),
            ("security group", "*:*security*group*", true),
            ("Describe*", "*:Describe*", true),
            ("kms", "kms:*", true),
            ("kms decrypt", "kms:*decrypt*", true),
            ("*", "*", false),
            ("function compute", "fc:*", true),
            ("函数计算", "fc:*", true),
            // What RAM calls otherwise than the API does.
            ("alikafka:GetInstanceList", "alikafka:ListInstance", true),
            ("ALIKAFKA:gettopiclist", "alikafka:ListTopic", true),
            ("PutLogs", "log:PostLogStoreLogs", true),
            ("alikafka:ListInstance", "alikafka:ListInstance", false),
        ] {
            let read = Question::read(Language::English, &catalog, typed, " ").expect(typed);
            assert_eq!((read.pattern.as_str(), read.reading.is_some()), (pattern, said), "{typed}");
            assert_eq!(read.resource, None);
        }
        assert_eq!(Question::read(Language::English, &catalog, "  ", "acs:kms:*:*:*"), None);
    }
}
