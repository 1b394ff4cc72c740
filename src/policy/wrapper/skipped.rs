//! What looks like a policy and is not read, and why.

use crate::policy::json::ReadError;
use crate::policy::source::Span;
use crate::say::{Language, Saying, saying};

/// What looked like a document and was left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skipped {
    /// The way to it; safe to print.
    pub path: String,
    /// Where it stands in the outer text.
    pub span: Span,
    /// Why it was left out.
    pub reason: SkipReason,
}

impl Skipped {
    /// What was left out and why. Of alternatives nothing was, and what an answer lacks never was there.
    pub fn saying(&self) -> Saying {
        let sentence = match self.reason {
            SkipReason::Alternatives | SkipReason::Cut { .. } => saying("{}: {}"),
            _ => saying("{} was left out. {}"),
        };
        sentence.with(&self.path).of(self.reason.saying())
    }
}

/// Why something was left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SkipReason {
    /// The older copy beside the version in force, in an answer of `GetPolicy`.
    DeprecatedCopy,
    /// What a plan of Terraform replaces.
    BeforeChange,
    /// It cannot be read; places in the error are those of the unpacked text.
    Unreadable(ReadError),
    /// The same of all that follows.
    Rest(ReadError),
    /// An element for documents that is empty.
    Empty,
    /// The text where a document belongs is none.
    NoPolicy,
    /// It stands among other text, or in another language than JSON.
    Among,
    /// It stands in a comment.
    Comment,
    /// What stands elsewhere in the text, once more.
    Copy,
    /// Of the documents in it, which are read, a condition takes one.
    Alternatives,
    /// It is an expression of a resource template.
    FilledIn,
    /// A plan does not know it before it is applied.
    NotYet,
    /// It is an expression of Terraform's language, which only Terraform evaluates.
    Expression,
    /// The answer has only a part of its list.
    Cut {
        /// What the API calls the list.
        list: &'static str,
        /// How many elements of it there are.
        held: usize,
        /// How many there should be, where that is said.
        total: Option<usize>,
    },
    /// Strings were packed into strings more often than is looked into.
    PackedTooDeep,
}

impl SkipReason {
    /// A list of which only some pages are there: the rest may stand in another text.
    pub const fn is_cut(&self) -> bool {
        matches!(self, Self::Cut { .. })
    }

    /// Does it decide nothing: because another document of the same text stands in its place, or as a comment?
    pub const fn is_replaced(&self) -> bool {
        matches!(self, Self::DeprecatedCopy | Self::BeforeChange | Self::Copy | Self::Comment)
    }

    /// Where the fault is, of what cannot be read.
    pub const fn fault(&self) -> Option<&ReadError> {
        match self {
            Self::Unreadable(error) | Self::Rest(error) => Some(error),
            _ => None,
        }
    }

    /// The reason as a sentence for any language, the place of the fault told beside it.
    pub fn beside_place(&self) -> Saying {
        match self {
            Self::Unreadable(error) => saying("It cannot be read.").then(Some(error.sentence())),
            Self::Rest(error) => {
                saying("It and all that follows cannot be read.").then(Some(error.sentence()))
            }
            _ => self.saying(),
        }
    }

    /// The reason as a sentence, safe to print.
    pub fn sentence(&self) -> String {
        self.sentence_in(Language::English)
    }

    /// The same in a language.
    pub fn sentence_in(&self, language: Language) -> String {
        self.saying().said(language)
    }

    /// The same for any language.
    pub fn saying(&self) -> Saying {
        match self {
            Self::DeprecatedCopy => {
                saying("This older copy stands beside the version in force, which is shown.")
            }
            Self::BeforeChange => saying("It stands there only until the plan is applied."),
            Self::Unreadable(error) => saying("It cannot be read: {}").of(error.whole()),
            Self::Rest(error) => {
                saying("It and all that follows cannot be read: {}").of(error.whole())
            }
            Self::Empty => saying("There is no document in it."),
            Self::NoPolicy => saying(
                "The text that stands where a policy belongs is none; give the policy as JSON, as RAM answers it.",
            ),
            Self::Among => saying(
                "What looks like a policy stands here among other text or is no JSON, and was not read. Give it as JSON in a file of its own.",
            ),
            Self::Comment => saying("It stands in a comment, which is passed over."),
            Self::Copy => {
                saying("It is a copy that a tool keeps beside what is in force, which is shown.")
            }
            Self::Alternatives => saying(
                "Only one of these policies holds, and a condition tells which; each of them is shown. Give the one that holds, as RAM answers it.",
            ),
            Self::FilledIn => saying(
                "The policy is an expression of the template and not known before it is filled in; give the policy as RAM answers it.",
            ),
            Self::NotYet => {
                saying("The policy is known only when the plan is applied; the state has it then.")
            }
            Self::Expression => saying(
                "The policy is an expression of Terraform's language, which is not read here: `terraform show -json` and the state have it filled in.",
            ),
            Self::Cut { list, held, total: Some(total) } => {
                let cut = saying(
                    "The list {} is not whole here: it holds {} of {}, as TotalCount tells. The rest is fetched with --PageNumber, or more at once with --PageSize.",
                );
                cut.with(list).with(held).with(total)
            }
            Self::Cut { list, held, total: None } => {
                let cut = saying(
                    "The list {} is not whole here: more follows behind number {}, as IsTruncated tells. The rest is fetched with --Marker, or more at once with --MaxItems.",
                );
                cut.with(list).with(held)
            }
            Self::PackedTooDeep => {
                saying("It is packed into strings more than three times and was not opened.")
            }
        }
    }
}
