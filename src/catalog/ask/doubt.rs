//! Policies whose text is not sure as a whole. What a part that is missing, published in part or reconstructed says in
//! the true text, nobody has read here: it may allow more than stands here, of the services that it speaks of. A whole
//! policy of an account that nobody has read may deny as well.

use std::collections::BTreeSet;

use crate::catalog::actions;
use crate::catalog::model::{Policy, Standing, Text, Wholeness};
use crate::policy::document::Document;
use crate::policy::evaluate::Answer;
use crate::policy::pattern::{self, Case};
use crate::policy::wording::{self, visible};
use crate::say::{Saying, said, saying};

/// What is not sure about the text of a policy; nothing by default.
#[derive(Clone, Debug, Default)]
pub struct Doubt {
    /// Actions that a missing part is known to name.
    missing: Vec<String>,
    /// The parts that may say more than stands here.
    open: Vec<OpenPart>,
    /// Statements whose text is not sure, from 0, each with the words for that.
    unsure: Vec<(usize, Text)>,
    /// Whole policies that nobody has read: they may allow and deny anything.
    unread: Vec<String>,
}

/// A part of a policy that may allow more in the true text.
#[derive(Clone, Debug)]
struct OpenPart {
    /// The service that it speaks of; None where that is not known either.
    service: Option<String>,
    /// The statement, from 0; None where it is missing as a whole.
    statement: Option<usize>,
    /// What must hold for it to allow an action.
    phrase: Saying,
}

impl Doubt {
    /// What is not sure about a policy; `document` is its text, read.
    pub fn of(policy: Option<&Policy>, document: &Document) -> Self {
        let mut doubt = Self::default();
        let Some(policy) = policy else { return doubt };
        // Most policies are whole and sure, and many are asked at once.
        if policy.is_sure() {
            return doubt;
        }
        let mut open = |service: Option<&str>, statement, phrase| {
            doubt.open.push(OpenPart { service: service.map(str::to_owned), statement, phrase });
        };
        for (at, statement) in document.statements.iter().enumerate() {
            let Some(standing) = policy.unsure_statement(at) else { continue };
            doubt.unsure.push((at, standing.words()));
            let number = at + 1;
            let phrase = match standing {
                Standing::PublishedInPart(_) => saying(
                    "statement {}, of which only a part is published, names it in the true text",
                ),
                Standing::Reconstructed => {
                    saying("statement {}, which is reconstructed here, names it in the true text")
                }
                _ => saying("statement {}, whose text is not sure, names it in the true text"),
            };
            let named = statement.action.iter().flat_map(|clause| &clause.values);
            let services: BTreeSet<&str> =
                named.map(|action| actions::code(&action.value)).collect();
            for service in services {
                let known = Some(service).filter(|service| !pattern::has_wildcard(service));
                open(known, Some(at), phrase.clone().with(number));
            }
        }
        match &policy.whole {
            Wholeness::Whole => {}
            Wholeness::Incomplete(missing) => {
                for service in policy.missing_codes() {
                    let phrase = saying(
                        "the part of the policy that is missing here, of which only some actions of {} are known, names it",
                    );
                    open(Some(service), None, phrase.with(service));
                }
                let unread = missing.policies.iter().map(|policy| visible(&policy.name));
                doubt.unread.extend(unread);
                if missing.actions.is_empty() && missing.policies.is_empty() {
                    open(
                        None,
                        None,
                        saying("the part of the policy that is missing here names it"),
                    );
                }
                doubt.missing.clone_from(&missing.actions);
            }
            Wholeness::PartlyReconstructed(_) => {
                if doubt.unsure.is_empty() {
                    let phrase = saying(
                        "the part of the policy that is reconstructed here names it in the true text",
                    );
                    open(None, None, phrase);
                }
            }
        }
        doubt
    }

    /// Is the text sure as a whole, so that answers stay as they are?
    pub const fn is_none(&self) -> bool {
        self.missing.is_empty()
            && self.open.is_empty()
            && self.unsure.is_empty()
            && self.unread.is_empty()
    }

    /// Actions and patterns that a missing part is known to name.
    pub fn missing(&self) -> &[String] {
        &self.missing
    }

    /// May a part that nobody has read name this action, or actions of this pattern?
    pub fn concerns(&self, action: &str) -> bool {
        !self.unread.is_empty() || self.open.iter().any(|part| part.speaks_of(action))
    }

    /// Tells of an answer what is not sure: behind the numbers of statements how sure their text is, and where nothing
    /// allows the action but a part that nobody has read may name it, that it depends on that part. What is allowed depends
    /// on whole policies that nobody has read.
    pub fn mark(&self, answer: &mut Answer, action: &str) {
        let language = answer.language;
        for (statement, words) in &self.unsure {
            answer.remark(*statement, words.get(language));
        }
        let named = self.missing.iter().any(|name| pattern::matches(name, action, Case::Fold));
        if named {
            let phrase =
                saying("the part of the policy that is missing here, which names it, grants it");
            answer.or_allowed_if(&[(None, phrase.said(language))]);
            return;
        }
        let parts = self.open.iter().filter(|part| part.speaks_of(action));
        let phrases: Vec<(Option<usize>, String)> =
            parts.map(|part| (part.statement, part.phrase.said(language))).collect();
        answer.or_allowed_if(&phrases);
        if !self.unread.is_empty() {
            let names = wording::join(language, &self.unread, "and");
            answer.or_decided_by(
                said(language, "the text of {}, which was not read, allows it", &[&names]),
                said(language, "the text of {}, which was not read, denies it", &[&names]),
            );
        }
    }
}

impl OpenPart {
    fn speaks_of(&self, action: &str) -> bool {
        let code = actions::code(action);
        self.service.as_ref().is_none_or(|service| pattern::same(service, code, Case::Fold))
    }
}
