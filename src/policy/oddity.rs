//! What is odd about a document that was read all the same: each oddity is told, none is corrected.

use std::fmt;

use super::source::Span;
use crate::say::{Language, said, say};
use crate::text::visible_start;

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
    /// `Version` is a list, an object or nothing.
    VersionOfType(&'static str),
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
    /// An element of statements that stands beside `Statement`.
    Beside(String),
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
    /// `Effect` is no string.
    EffectOfType(&'static str),
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
    /// `NotAction` or another negative without any value. That it matches nothing is not documented.
    EmptyExclusion(String),
    /// An empty string as a value.
    EmptyText(String),
    /// A number or truth value without quotation marks: the element or key, and the value.
    Unquoted(String, String),
    /// A value of the wrong type: the element or key, and what was found.
    WrongType(String, &'static str),
    /// An expression of a resource template where a string belongs: the element or key, the name of the expression, and
    /// as what it is read.
    Unfilled(String, String, String),
    /// A string of which Terraform or a shell fills in a part: the element or key, and the part.
    FilledIn(String, String),
    /// `Condition` or an operator holds something else than an object: its name, and what was found.
    NotABlock(String, &'static str),
    /// A kind of principal that RAM does not have.
    UnknownPrincipal(String),
    /// A `Condition` without operators.
    EmptyCondition,
}

impl Oddity {
    /// The oddity as an English sentence, safe to print.
    pub fn sentence(&self) -> String {
        self.sentence_in(Language::English)
    }

    /// Does it tell of an expression of a template?
    pub const fn is_unfilled(&self) -> bool {
        matches!(self.kind, OddityKind::Unfilled(..) | OddityKind::FilledIn(..))
    }

    /// Does it tell of an expression whose holes are all such as the template's service fills in by itself?
    pub fn is_filled_by_itself(&self) -> bool {
        let OddityKind::Unfilled(_, _, text) = &self.kind else { return false };
        let mut holes = text.split("${").skip(1).peekable();
        holes.peek().is_some()
            && holes.all(|hole| {
                let name = hole.split('}').next().unwrap_or_default();
                FILLED_BY_ITSELF.contains(&name)
            })
    }

    /// The same in a language.
    pub fn sentence_in(&self, language: Language) -> String {
        self.kind.sentence(language)
    }
}

/// What Resource Orchestration Service fills in from the account and the stack, in the form of
/// [`OddityKind::Unfilled`]. Source: its page on pseudo parameters.
const FILLED_BY_ITSELF: [&str; 6] = [
    "ALIYUN.AccountId",
    "ALIYUN.Region",
    "ALIYUN.ResourceGroupId",
    "ALIYUN.StackId",
    "ALIYUN.StackName",
    "ALIYUN.TenantId",
];

impl fmt::Display for Oddity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.sentence())
    }
}

impl OddityKind {
    /// Is it open what RAM makes of it, so that what rests on it is not decided? See [`crate::policy::evaluate`].
    pub const fn is_open(&self) -> bool {
        matches!(
            self,
            Self::NotAStatement(_)
                | Self::UnknownElement(_, Some(_))
                | Self::WrongCase(..)
                | Self::UnknownEffect(_)
                | Self::EffectOfType(_)
                | Self::WrongType(..)
                | Self::NotABlock(..)
        )
    }

    /// A short fixed name for data.
    pub const fn id(&self) -> &'static str {
        match self {
            Self::MissingVersion => "missing-version",
            Self::OddVersion(_) | Self::VersionOfType(_) => "odd-version",
            Self::AwsVersion(_) => "aws-version",
            Self::MissingStatement => "missing-statement",
            Self::EmptyStatement => "empty-statement",
            Self::BareStatement => "bare-statement",
            Self::LoneStatement => "lone-statement",
            Self::NotAStatement(_) => "not-a-statement",
            Self::StackPolicy => "stack-policy",
            Self::UnknownElement(..) | Self::Beside(_) => "unknown-element",
            Self::WrongCase(..) => "wrong-case",
            Self::Duplicate(_) => "duplicate-key",
            Self::Label(_) => "label",
            Self::MissingEffect => "missing-effect",
            Self::UnknownEffect(_) | Self::EffectOfType(_) => "unknown-effect",
            Self::MissingAction => "missing-action",
            Self::Both(..) => "both",
            Self::Negated(_) => "negated-element",
            Self::NoTarget => "no-target",
            Self::Empty(_) | Self::EmptyExclusion(_) => "empty",
            Self::EmptyText(_) => "empty-text",
            Self::Unquoted(..) => "unquoted-value",
            Self::WrongType(..) => "wrong-type",
            Self::Unfilled(..) | Self::FilledIn(..) => "unfilled-value",
            Self::NotABlock(..) => "not-a-block",
            Self::UnknownPrincipal(_) => "unknown-principal",
            Self::EmptyCondition => "empty-condition",
        }
    }

    /// How much it matters.
    pub const fn weight(&self) -> Weight {
        match self {
            Self::Label(_) | Self::EmptyCondition | Self::FilledIn(..) => Weight::Note,
            Self::MissingVersion
            | Self::OddVersion(_)
            | Self::VersionOfType(_)
            | Self::AwsVersion(_)
            | Self::BareStatement
            | Self::LoneStatement
            | Self::Duplicate(_)
            | Self::Both(..)
            | Self::Negated(_)
            | Self::EmptyText(_)
            | Self::Unquoted(..)
            | Self::Unfilled(..)
            | Self::Beside(_)
            | Self::UnknownElement(..) => Weight::Warning,
            Self::MissingStatement
            | Self::EmptyStatement
            | Self::NotAStatement(_)
            | Self::StackPolicy
            | Self::WrongCase(..)
            | Self::MissingEffect
            | Self::UnknownEffect(_)
            | Self::EffectOfType(_)
            | Self::MissingAction
            | Self::NoTarget
            | Self::Empty(_)
            | Self::EmptyExclusion(_)
            | Self::WrongType(..)
            | Self::NotABlock(..)
            | Self::UnknownPrincipal(_) => Weight::Broken,
        }
    }

    /// The oddity as a sentence, safe to print.
    pub fn sentence(&self, language: Language) -> String {
        let safe = |text: &str| visible_start(text, 60);
        let (one, other) = match self {
            Self::Unfilled(element, name, text) => {
                // As the template writes them.
                let text = text.replace("${ALIYUN.", "${ALIYUN::").replace("${AWS.", "${AWS::");
                let values: [&str; 3] = [&safe(element), &safe(name), &safe(&text)];
                return said(language, self.template(), &values);
            }
            Self::OddVersion(text)
            | Self::AwsVersion(text)
            | Self::Duplicate(text)
            | Self::UnknownEffect(text)
            | Self::Empty(text)
            | Self::EmptyExclusion(text)
            | Self::EmptyText(text)
            | Self::UnknownPrincipal(text)
            | Self::Beside(text)
            | Self::UnknownElement(text, None) => (safe(text), String::new()),
            Self::UnknownElement(text, Some(right)) | Self::WrongCase(text, right) => {
                (safe(text), (*right).to_owned())
            }
            Self::Unquoted(name, found) | Self::FilledIn(name, found) => (safe(found), safe(name)),
            Self::WrongType(name, found) | Self::NotABlock(name, found) => {
                (safe(name), say(language, found).to_owned())
            }
            Self::NotAStatement(found) | Self::EffectOfType(found) | Self::VersionOfType(found) => {
                (say(language, found).to_owned(), String::new())
            }
            Self::Label(name) | Self::Negated(name) => ((*name).to_owned(), String::new()),
            Self::Both(used, unused) => ((*used).to_owned(), (*unused).to_owned()),
            Self::MissingVersion
            | Self::MissingStatement
            | Self::EmptyStatement
            | Self::BareStatement
            | Self::LoneStatement
            | Self::StackPolicy
            | Self::MissingEffect
            | Self::MissingAction
            | Self::NoTarget
            | Self::EmptyCondition => (String::new(), String::new()),
        };
        said(language, self.template(), &[&one, &other])
    }

    /// The English sentence with places for what [`Self::sentence`] puts in.
    pub const fn template(&self) -> &'static str {
        match self {
            Self::MissingVersion => "The document has no Version; RAM requires the string \"1\".",
            Self::OddVersion(_) | Self::VersionOfType(_) => {
                "Version is {}; RAM knows only the string \"1\"."
            }
            Self::AwsVersion(_) => {
                "Version \"{}\" belongs to AWS policies: this is no RAM policy as it stands."
            }
            Self::MissingStatement => "The document has no Statement, so it grants nothing.",
            Self::EmptyStatement => "The Statement list is empty, so the document grants nothing.",
            Self::BareStatement => {
                "Statement is one object; RAM's grammar asks for a list, even of one."
            }
            Self::LoneStatement => {
                "The text is a bare statement; RAM wants it inside a document with Version and Statement."
            }
            Self::NotAStatement(_) => {
                "Where a statement should stand there is {}; what it grants or denies is not known."
            }
            Self::StackPolicy => {
                "This is a stack policy of Resource Orchestration Service: it guards the updates of a stack and is no RAM policy."
            }
            Self::UnknownElement(_, None) => "RAM's grammar has no element {}; it is passed over.",
            Self::UnknownElement(_, Some(_)) => {
                "RAM's grammar has no element {}; whether RAM passes over it is not documented. Is {} meant?"
            }
            Self::Beside(_) => {
                "{} stands beside Statement and belongs inside a statement: here it is not certain to limit anything."
            }
            Self::WrongCase(..) => {
                "{} is not how RAM's grammar spells {}; whether RAM reads it is not documented."
            }
            Self::Duplicate(_) => {
                "{} stands more than once in one object: the last one is read here; which one RAM takes is not documented."
            }
            Self::Label(_) => "{} is not in RAM's grammar and has no effect.",
            Self::MissingEffect => "The statement has no Effect, so it neither allows nor denies.",
            Self::UnknownEffect(_) | Self::EffectOfType(_) => {
                "Effect is {}; only Allow and Deny have a meaning."
            }
            Self::MissingAction => {
                "The statement has neither Action nor NotAction, so it matches nothing."
            }
            Self::Both(..) => {
                "The statement has both {0} and {1}, which RAM does not allow; {0} is used here."
            }
            Self::Negated(_) => {
                "{} is not in RAM's current grammar; it is read as everything but what it lists."
            }
            Self::NoTarget => {
                "The statement has neither Resource nor Principal, so it matches nothing."
            }
            Self::Empty(_) => "{} has no value, so the statement matches nothing.",
            Self::EmptyExclusion(_) => {
                "{} has no value: what the statement matches then is not documented."
            }
            Self::EmptyText(_) => "{} has an empty string as a value.",
            Self::Unquoted(..) => {
                "{} in {} is not in quotation marks; RAM writes numbers and truth values as strings."
            }
            Self::Unfilled(..) => {
                "The value of {} is a template's {}, which was not filled in; it is read as \"{}\"."
            }
            Self::FilledIn(..) => "{} in the value of {} is filled in before RAM reads it.",
            Self::WrongType(..) => "{} has {} where a string or a list of strings belongs.",
            Self::NotABlock(..) => {
                "{} has {} where an object belongs; whether the condition is met is not known."
            }
            Self::UnknownPrincipal(_) => {
                "RAM has no principals of the kind {}; it has RAM, Service and Federated."
            }
            Self::EmptyCondition => "The Condition is empty and restricts nothing.",
        }
    }
}

/// A few words for each oddity, by its fixed name.
pub const TITLES: [(&str, &str); 27] = [
    ("missing-version", "Missing version"),
    ("odd-version", "Odd version"),
    ("aws-version", "Aws version"),
    ("missing-statement", "Missing statement"),
    ("empty-statement", "Empty statement"),
    ("bare-statement", "Bare statement"),
    ("lone-statement", "Lone statement"),
    ("not-a-statement", "Not a statement"),
    ("stack-policy", "Stack policy"),
    ("unknown-element", "Unknown element"),
    ("wrong-case", "Wrong case"),
    ("duplicate-key", "Duplicate key"),
    ("label", "Label"),
    ("missing-effect", "Missing effect"),
    ("unknown-effect", "Unknown effect"),
    ("missing-action", "Missing action"),
    ("both", "Both"),
    ("negated-element", "Negated element"),
    ("no-target", "No target"),
    ("empty", "Empty"),
    ("empty-text", "Empty text"),
    ("unquoted-value", "Unquoted value"),
    ("wrong-type", "Wrong type"),
    ("unfilled-value", "Unfilled value"),
    ("not-a-block", "Not a block"),
    ("unknown-principal", "Unknown principal"),
    ("empty-condition", "Empty condition"),
];
