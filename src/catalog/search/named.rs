//! The actions that the policies of files name. They stand in no table, and are read from the texts only when something
//! is looked for: most files are opened for other things.

use super::corpus::Corpus;
use crate::catalog::Catalog;
use crate::catalog::model::Role;
use crate::policy::json::Limits;
use crate::policy::pattern::{self, Hashes};
use crate::policy::read;
use crate::policy::read::plain::Plain;
use crate::policy::source::Source;

/// Bytes of a name; what is longer is not one that anybody looks for.
const LONGEST: usize = 512;

/// The actions that were met, by their hashes: each is told once.
#[derive(Clone, Debug)]
pub struct Named(Hashes);

impl Named {
    /// What is told are those that a catalogue does not know.
    pub fn beyond(catalog: &Catalog) -> Self {
        Self(catalog.actions().all().map(|action| pattern::hash(&action.name)).collect())
    }

    /// Tells the actions that the policy in a text names, patterns left out; none where the text is no policy.
    pub fn tell(&mut self, text: &Source, take: &mut dyn FnMut(&str)) {
        if let Some(plain) = Plain::of(text, &Limits::default())
            && let Some(document) = plain.whole()
        {
            let actions = document.statements().flat_map(|statement| statement.actions);
            actions.for_each(|action| self.meet(action, take));
        } else if let Ok(read) = read::document(text) {
            let statements = read.document.statements.iter();
            let clauses = statements.filter_map(|statement| statement.action.as_ref());
            let actions = clauses.flat_map(|clause| &clause.values);
            actions.for_each(|action| self.meet(&action.value, take));
        }
    }

    fn meet(&mut self, action: &str, take: &mut dyn FnMut(&str)) {
        let holds = |byte| memchr::memchr(byte, action.as_bytes()).is_some();
        let is_name = action.len() <= LONGEST
            && holds(b':')
            && !holds(b'\n')
            && !pattern::has_wildcard(action);
        if is_name && self.0.insert(pattern::hash(action)) {
            take(action);
        }
    }
}

/// The texts of a role that may name actions.
pub fn texts_of(role: &Role) -> impl Iterator<Item = &Source> {
    let policy = role.policy.as_ref().map(|policy| &policy.source);
    policy.into_iter().chain(role.trust.as_ref().map(|trust| &trust.value))
}

impl Corpus {
    /// All that can be found in a catalogue, the actions that only its policies name among it.
    pub fn with_named(catalog: &Catalog) -> Self {
        let (mut corpus, mut named) = (Self::of(catalog), Named::beyond(catalog));
        for text in catalog.roles().iter().flat_map(texts_of) {
            named.tell(text, &mut |action| _ = corpus.push_action(action, &[]));
        }
        corpus
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(named: &mut Named, text: &str) -> Vec<String> {
        let mut told = Vec::new();
        named.tell(&text.into(), &mut |action| told.push(action.to_owned()));
        told
    }

    #[test]
    fn each_name_is_told_once() {
        let mut named = Named::beyond(&Catalog::builtin().unwrap());
        let plain = r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":["kms:Decrypt","zz:One","ZZ:one","zz:*"],"Resource":"*"}]}"#;
        assert_eq!(told(&mut named, plain), ["zz:One"]);
        assert_eq!(told(&mut named, plain), [""; 0]);
        // Read as usual: a comment, an element of another name, what a statement leaves out.
        let other = r#"{"Statement":[{"Effect":"Deny","NotAction":["zz:Two","zz:three"],"Resource":"*"}, /* x */]}"#;
        assert_eq!(told(&mut named, other), ["zz:Two", "zz:three"]);
        for nothing in ["", "[]", "{", r#"{"Policies":[]}"#, "no policy"] {
            assert_eq!(told(&mut named, nothing), [""; 0], "{nothing}");
        }
    }
}
