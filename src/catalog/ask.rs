//! Who can call an action: every role with its verdict, the actions meant, and the statements that
//! decide. Used by the screen and by the command line.
//!
//! Knows no screen.
//!
//! ```text
//! typed -> Question -> names each policy writes that the pattern meets   -> evaluate -> RoleAnswer
//!                      + known actions that the policy's wildcards cover
//! ```

mod doubt;
mod fate;
mod index;
mod judge;
mod nearest;
mod question;
mod write;

pub use doubt::Doubt;
pub use nearest::{completions, nearest};
pub use question::{Question, narrow, odd_resource};
pub use write::{actions_in_words, markdown, rest, text};

use std::borrow::Borrow;
use std::collections::HashSet;
use std::rc::Rc;
use std::sync::Arc;

use super::Catalog;
use super::model::{Policy, Role, RoleId};
use crate::hash;
use crate::policy::document::Document;
use crate::policy::evaluate::{Answer, Basis};
use crate::policy::pattern::{self, Case};
use crate::policy::source::Span;
use crate::say::{Language, said};
use crate::sort;

/// What a role can do about an action; the greatest counts for the role.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// It can, whatever else holds.
    Can,
    /// It can if what these sentences say holds: alternatives begin with "or", exceptions with
    /// "unless".
    Could(Vec<String>),
    /// A statement denies it.
    Denied,
    /// Nothing allows it, or the policy is a version that is not in force.
    CanNot,
    /// Its policy is not in the catalogue, or cannot be read.
    Unknown,
}

impl Verdict {
    /// The words in English and in data.
    pub const fn words(&self) -> &'static str {
        match self {
            Self::Can => "can",
            Self::Could(_) => "could, under a condition",
            Self::Denied => "denied",
            Self::CanNot => "cannot",
            Self::Unknown => "not known",
        }
    }

    /// The place among the verdicts, the strongest first.
    pub const fn rank(&self) -> usize {
        match self {
            Self::Can => 0,
            Self::Could(_) => 1,
            Self::Denied => 2,
            Self::CanNot => 3,
            Self::Unknown => 4,
        }
    }
}

/// One action that a role can, could or must not call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActionAnswer {
    /// The action; a pattern stands for every action that it matches.
    pub name: Arc<str>,
    /// True where the policy names it, or the pattern of the question as a whole is meant; false
    /// for a known action that only a wildcard of the policy covers.
    pub written: bool,
    /// The verdict on it; never [`Verdict::CanNot`] or [`Verdict::Unknown`].
    pub verdict: Verdict,
    /// The statement that decides, or could, from 0.
    pub statement: Option<usize>,
    /// The action as that statement writes it, where it differs: `kms:*`.
    pub through: Option<String>,
    /// Where that stands in the policy.
    pub span: Option<Span>,
    /// How sure the text of that statement is, in words, where no page says it.
    pub remark: Option<String>,
}

impl ActionAnswer {
    /// The statement by its number, with how sure it is: `statement 6 (reconstructed)`.
    pub fn by(&self, language: Language) -> Option<String> {
        let number = (self.statement? + 1).to_string();
        let by = said(language, "statement {}", &[&number]);
        Some(match &self.remark {
            Some(remark) => said(language, "{} ({})", &[&by, remark]),
            None => by,
        })
    }
}

/// The answer for a role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoleAnswer {
    /// The role.
    pub role: RoleId,
    /// The strongest verdict among its actions.
    pub verdict: Verdict,
    /// The actions meant, those that the policy writes first.
    pub actions: Vec<ActionAnswer>,
    /// What is left to be said, in sentences.
    pub notes: Vec<String>,
    /// Of patterns that would cover an action of such a name, where none is known: the same, also among the notes.
    pub unknown: Vec<String>,
}

impl RoleAnswer {
    /// An answer of which no action has a part.
    fn without_actions(role: &RoleId, verdict: Verdict) -> Self {
        Self {
            role: role.clone(),
            verdict,
            actions: Vec::new(),
            notes: Vec::new(),
            unknown: Vec::new(),
        }
    }

    /// Is no action meant that is known or written in the policy, if any?
    pub fn rests_on_unknown(&self) -> bool {
        self.actions.len() == self.unknown.len()
    }

    /// The actions by verdict, strongest first; conditions that differ are apart, and so is what rests on a text that is
    /// not sure.
    pub fn groups(&self) -> Vec<(&Verdict, Vec<&ActionAnswer>)> {
        let mut groups: Vec<(&Verdict, Vec<&ActionAnswer>)> = Vec::new();
        let mut known: hash::Map<(&Verdict, Option<&str>), usize> = hash::Map::default();
        for action in &self.actions {
            let new = groups.len();
            let key = (&action.verdict, action.remark.as_deref());
            match groups.get_mut(*known.entry(key).or_insert(new)) {
                Some((_, actions)) => actions.push(action),
                None => groups.push((&action.verdict, vec![action])),
            }
        }
        sort::by_key(&mut groups, |(verdict, _)| verdict.rank());
        groups
    }
}

/// Asks every role; `roles` come with their policy documents, None where there is none to read.
pub fn who_can<'a, D>(
    language: Language,
    catalog: &Catalog,
    roles: impl IntoIterator<Item = (&'a RoleId, Option<D>)>,
    question: &Question,
) -> Vec<RoleAnswer>
where
    D: Borrow<Document>,
{
    let known = known_actions(catalog, &question.pattern);
    roles
        .into_iter()
        .map(|(id, document)| (id, document, catalog.role(id)))
        .map(|(id, document, role)| match document {
            Some(_) if role.is_some_and(Role::is_superseded) => {
                RoleAnswer::without_actions(id, Verdict::CanNot)
            }
            Some(document) => {
                let policy = role.and_then(|role| role.policy.as_ref());
                let document = document.borrow();
                let one = judge::One { language, document, doubt: Doubt::of(policy, document) };
                one.role(id, question, &known)
            }
            None => RoleAnswer::without_actions(id, Verdict::Unknown),
        })
        .collect()
}

/// The decision of one policy on each of these names, as a question asks for it. Names that the same statements speak of
/// share one; of the statements only those are in its trace, and the last one.
pub fn decisions(
    language: Language,
    document: &Document,
    policy: Option<&Policy>,
    question: &Question,
    names: &[&str],
) -> Vec<Rc<Answer>> {
    let one = judge::One { language, document, doubt: Doubt::of(policy, document) };
    let mut fates = fate::Fates::new(&one, question);
    names.iter().map(|name| Rc::clone(&fates.of(name).0.answer)).collect()
}

/// The decision of one policy on one of the actions that are asked about, by all its statements: what [`decisions`] finds
/// more quickly for many.
pub fn decide(language: Language, document: &Document, question: &Question, name: &str) -> Answer {
    fate::decided_on(language, (document, Basis::of(document)), None, question, name)
}

/// The known actions that a pattern matches, in the order of their letters.
fn known_actions(catalog: &Catalog, asked: &str) -> Vec<Arc<str>> {
    if !pattern::has_wildcard(asked) {
        return catalog.actions().get(asked).map(|a| Arc::from(&*a.name)).into_iter().collect();
    }
    catalog
        .actions()
        .all()
        .filter(|action| may_share(asked, &action.name))
        .filter(|action| pattern::matches(asked, &action.name, Case::Fold))
        .map(|action| Arc::from(&*action.name))
        .collect()
}

/// Every name of an action that is known or that one of the policies writes, sorted; no patterns.
pub fn action_names<'a>(
    catalog: &Catalog,
    documents: impl IntoIterator<Item = &'a Document>,
) -> Vec<Arc<str>> {
    let mut seen: HashSet<String> = HashSet::new();
    let mut names: Vec<(String, Arc<str>)> = Vec::new();
    let mut add = |name: &str| {
        let key = pattern::fold(name);
        if name.contains(':') && !pattern::has_wildcard(name) && seen.insert(key.clone()) {
            names.push((key, Arc::from(name)));
        }
    };
    catalog.actions().all().for_each(|action| add(&action.name));
    for document in documents {
        let clauses = document.statements.iter().filter_map(|s| s.action.as_ref());
        clauses.flat_map(|clause| &clause.values).for_each(|value| add(&value.value));
    }
    sort::by(&mut names, Ord::cmp);
    names.into_iter().map(|(_, name)| name).collect()
}

/// A quick no where two patterns of actions name different services.
fn may_share(one: &str, other: &str) -> bool {
    let code = |text: &'_ str| -> Option<usize> {
        let at = text.find(':')?;
        text.get(..at).filter(|code| !pattern::has_wildcard(code)).map(str::len)
    };
    match (code(one), code(other)) {
        (Some(a), Some(b)) => {
            let codes = one.get(..a).zip(other.get(..b));
            codes.is_none_or(|(a, b)| pattern::same(a, b, Case::Fold))
        }
        _ => true,
    }
}
