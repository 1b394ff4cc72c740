//! What is odd about a document that was read all the same: each oddity is told, none is corrected.

use std::fmt;

use super::json::visible;
use super::source::Span;

/// One oddity and its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Oddity {
    /// What is odd.
    pub kind: OddityKind,
    /// Index of the statement it stands in, from 0; None for the document as a whole.
    pub statement: Option<usize>,
    /// Where it stands; for a missing element, the object that lacks it.
    pub span: Span,
}

/// How much an oddity matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Weight {
    /// Harmless.
    Note,
    /// Read in one way; RAM may refuse it or read it otherwise.
    Warning,
    /// The part has no effect as it stands.
    Broken,
}

/// What is odd. The sources of the rules are Alibaba Cloud's pages on policy structure and policy elements.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum OddityKind {
    /// `Version` is required.
    MissingVersion,
    /// `Version` has one legal value, "1".
    OddVersion(String),
    /// A version of AWS's policy language.
    AwsVersion(String),
    /// `Statement` is required.
    MissingStatement,
    /// `Statement` is a list of at least one.
    EmptyStatement,
    /// `Statement` is one object instead of a list.
    BareStatement,
    /// The text is a statement, or a list of them, with no document around.
    LoneStatement,
    /// An element of `Statement` is no object.
    NotAStatement(&'static str),
    /// A stack policy of Resource Orchestration Service, which is another language.
    StackPolicy,
    /// An element that the grammar does not have, and the one that it resembles.
    UnknownElement(String, Option<&'static str>),
    /// An element of the grammar in another case: as written, as the grammar has it.
    WrongCase(String, &'static str),
    /// A key that stands twice in one object; this one is overridden by a later one.
    Duplicate(String),
    /// `Sid` or `Id`, which the grammar does not have.
    Label(&'static str),
    /// `Effect` is required.
    MissingEffect,
    /// `Effect` is neither Allow nor Deny.
    UnknownEffect(String),
    /// `Action` or `NotAction` is required.
    MissingAction,
    /// Both an element and its negative; the first named is used.
    Both(&'static str, &'static str),
    /// `NotResource` or `NotPrincipal`, which the current grammar does not have.
    Negated(&'static str),
    /// Neither `Resource` nor `Principal`.
    NoTarget,
    /// An element or key without any value.
    Empty(String),
    /// An empty string as a value.
    EmptyText(String),
    /// A number or truth value without quotation marks: the element or key, and the value.
    Unquoted(String, String),
    /// A value of the wrong type: the element or key, and what was found.
    WrongType(String, &'static str),
    /// `Condition` or an operator holds something else than an object: its name, and what was found.
    NotABlock(String, &'static str),
    /// A kind of principal that RAM does not have.
    UnknownPrincipal(String),
    /// A `Condition` without operators.
    EmptyCondition,
}

impl Oddity {
    /// The oddity as a sentence, safe to print.
    pub fn sentence(&self) -> String {
        self.kind.sentence()
    }
}

impl fmt::Display for Oddity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.sentence())
    }
}

impl OddityKind {
    /// A short fixed name for data.
    pub const fn id(&self) -> &'static str {
        match self {
            Self::MissingVersion => "missing-version",
            Self::OddVersion(_) => "odd-version",
            Self::AwsVersion(_) => "aws-version",
            Self::MissingStatement => "missing-statement",
            Self::EmptyStatement => "empty-statement",
            Self::BareStatement => "bare-statement",
            Self::LoneStatement => "lone-statement",
            Self::NotAStatement(_) => "not-a-statement",
            Self::StackPolicy => "stack-policy",
            Self::UnknownElement(..) => "unknown-element",
            Self::WrongCase(..) => "wrong-case",
            Self::Duplicate(_) => "duplicate-key",
            Self::Label(_) => "label",
            Self::MissingEffect => "missing-effect",
            Self::UnknownEffect(_) => "unknown-effect",
            Self::MissingAction => "missing-action",
            Self::Both(..) => "both",
            Self::Negated(_) => "negated-element",
            Self::NoTarget => "no-target",
            Self::Empty(_) => "empty",
            Self::EmptyText(_) => "empty-text",
            Self::Unquoted(..) => "unquoted-value",
            Self::WrongType(..) => "wrong-type",
            Self::NotABlock(..) => "not-a-block",
            Self::UnknownPrincipal(_) => "unknown-principal",
            Self::EmptyCondition => "empty-condition",
        }
    }

    /// How much it matters.
    pub const fn weight(&self) -> Weight {
        match self {
            Self::Label(_) | Self::EmptyCondition => Weight::Note,
            Self::MissingVersion
            | Self::OddVersion(_)
            | Self::AwsVersion(_)
            | Self::BareStatement
            | Self::LoneStatement
            | Self::Duplicate(_)
            | Self::Both(..)
            | Self::Negated(_)
            | Self::EmptyText(_)
            | Self::Unquoted(..)
            | Self::UnknownElement(..) => Weight::Warning,
            Self::MissingStatement
            | Self::EmptyStatement
            | Self::NotAStatement(_)
            | Self::StackPolicy
            | Self::WrongCase(..)
            | Self::MissingEffect
            | Self::UnknownEffect(_)
            | Self::MissingAction
            | Self::NoTarget
            | Self::Empty(_)
            | Self::WrongType(..)
            | Self::NotABlock(..)
            | Self::UnknownPrincipal(_) => Weight::Broken,
        }
    }

    /// The oddity as a sentence, safe to print.
    pub fn sentence(&self) -> String {
        let safe = |text: &str| visible(text, 60);
        match self {
            Self::MissingVersion => {
                "The document has no Version; RAM requires the string \"1\".".to_owned()
            }
            Self::OddVersion(found) => {
                format!("Version is {}; RAM knows only the string \"1\".", safe(found))
            }
            Self::AwsVersion(found) => format!(
                "Version \"{}\" belongs to AWS policies: this is no RAM policy as it stands.",
                safe(found)
            ),
            Self::MissingStatement => "The document has no Statement, so it grants nothing.".to_owned(),
            Self::EmptyStatement => "The Statement list is empty, so the document grants nothing.".to_owned(),
            Self::BareStatement => {
                "Statement is one object; RAM's grammar asks for a list, even of one.".to_owned()
            }
            Self::LoneStatement => {
                "The text is a bare statement; RAM wants it inside a document with Version and Statement."
                    .to_owned()
            }
            Self::NotAStatement(found) => {
                format!("Where a statement should stand there is {found}; it grants nothing.")
            }
            Self::StackPolicy => {
                "This is a stack policy of Resource Orchestration Service: it guards the updates of a stack and is \
                 no RAM policy."
                    .to_owned()
            }
            Self::UnknownElement(name, None) => {
                format!("RAM's grammar has no element {}; it is passed over.", safe(name))
            }
            Self::UnknownElement(name, Some(near)) => {
                format!("RAM's grammar has no element {}; it is passed over. Is {near} meant?", safe(name))
            }
            Self::WrongCase(name, right) => format!(
                "{} is not read as {right}: element names are taken as the grammar spells them.",
                safe(name)
            ),
            Self::Duplicate(name) => {
                format!("{} stands more than once in one object; the last one counts.", safe(name))
            }
            Self::Label(name) => format!("{name} is not in RAM's grammar and has no effect."),
            Self::MissingEffect => {
                "The statement has no Effect, so it neither allows nor denies.".to_owned()
            }
            Self::UnknownEffect(found) => {
                format!("Effect is {}; only Allow and Deny have a meaning.", safe(found))
            }
            Self::MissingAction => {
                "The statement has neither Action nor NotAction, so it matches nothing.".to_owned()
            }
            Self::Both(used, unused) => format!(
                "The statement has both {used} and {unused}, which RAM does not allow; {used} is used here."
            ),
            Self::Negated(name) => {
                format!("{name} is not in RAM's current grammar; it is read as everything but what it lists.")
            }
            Self::NoTarget => {
                "The statement has neither Resource nor Principal, so it matches nothing.".to_owned()
            }
            Self::Empty(name) => format!("{} has no value, so the statement matches nothing.", safe(name)),
            Self::EmptyText(name) => format!("{} has an empty string as a value.", safe(name)),
            Self::Unquoted(name, found) => format!(
                "{} in {} is not in quotation marks; RAM writes numbers and truth values as strings.",
                safe(found),
                safe(name)
            ),
            Self::WrongType(name, found) => {
                format!("{} has {found} where a string or a list of strings belongs.", safe(name))
            }
            Self::NotABlock(name, found) => format!(
                "{} has {found} where an object belongs; the condition is never met here.",
                safe(name)
            ),
            Self::UnknownPrincipal(name) => {
                format!("RAM has no principals of the kind {}; it has RAM, Service and Federated.", safe(name))
            }
            Self::EmptyCondition => "The Condition is empty and restricts nothing.".to_owned(),
        }
    }
}
