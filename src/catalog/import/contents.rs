//! What one text holds: policy documents with their names, roles, and what cannot be used.

use std::sync::atomic::AtomicBool;

use crate::policy::json::Limits;
use crate::policy::source::Source;
use crate::policy::summary::{Counter, Touches};
use crate::policy::vocabulary::Vocabulary;
use crate::policy::wrapper::{
    self, Content, DocumentKind, ListedPolicy, ListedRole, Maker, Names, Wrapped, Wrapper,
};
use crate::say::{Saying, counted, saying};
use crate::text::visible_start;

/// Names that are shown of a list before it is cut.
const NAMED: usize = 5;

/// What a text holds.
#[derive(Clone, Debug, Default)]
pub struct Contents {
    /// The policy documents, in the order of the text.
    pub papers: Vec<Paper>,
    /// The roles that are described, with or without a document.
    pub roles: Vec<ListedRole>,
    /// The policies that are listed without their documents.
    pub listed: Vec<ListedPolicy>,
    /// What was left out: the place, and the reason as a sentence.
    pub skipped: Vec<(Option<String>, Saying)>,
    /// It could not be read to its end.
    pub broken: bool,
    /// Reading was stopped before its end.
    pub stopped: bool,
    /// How many bytes of the text were looked at before the rest is, where it comes in parts.
    pub bytes: usize,
}

impl Contents {
    fn is_empty(&self) -> bool {
        self.papers.is_empty()
            && self.roles.is_empty()
            && self.listed.is_empty()
            && self.skipped.is_empty()
    }

    fn append(&mut self, mut more: Self) {
        self.papers.append(&mut more.papers);
        self.roles.append(&mut more.roles);
        self.listed.append(&mut more.listed);
        self.skipped.append(&mut more.skipped);
        self.broken |= more.broken;
        self.stopped |= more.stopped;
        self.bytes = self.bytes.max(more.bytes);
    }

    /// Takes off parts of so many documents, from the first on; roles come before documents.
    pub fn split(&mut self, papers: usize) -> Vec<Self> {
        let mut left = std::mem::take(&mut self.papers).into_iter();
        let mut parts = Vec::new();
        while left.len() > papers {
            let papers = left.by_ref().take(papers).collect();
            let roles = std::mem::take(&mut self.roles);
            parts.push(Self { papers, roles, ..Self::default() });
        }
        self.papers = left.collect();
        parts
    }

    fn take(&mut self, made: Vec<Made>) {
        for made in made {
            match made {
                Ok(paper) => self.papers.push(paper),
                Err((path, reason)) => self.skipped.push((Some(path), reason)),
            }
        }
    }
}

/// A policy document.
#[derive(Clone, Debug)]
pub struct Paper {
    /// Its text.
    pub source: Source,
    /// What it is for.
    pub kind: DocumentKind,
    /// Is it the whole text?
    pub bare: bool,
    /// What the surroundings say of it.
    pub names: Names,
    /// The services that it touches.
    pub touched: Touches,
}

/// A document, or where it stands and why it was left out.
type Made = Result<Paper, (String, Saying)>;

/// Takes a text apart. Never fails: what cannot be used is told in `skipped`.
pub fn contents(text: &Source, limits: &Limits, vocabulary: &(dyn Vocabulary + Sync)) -> Contents {
    let mut all = Contents::default();
    let never = AtomicBool::new(false);
    let rest = contents_in_parts(text, limits, vocabulary, &never, &mut |part| all.append(part));
    all.append(rest);
    all
}

/// The same: of a large text with several documents some are handed on while the rest is taken apart, in the order of
/// the text; the rest is returned. `stop` ends it early, from another thread.
pub fn contents_in_parts(
    text: &Source,
    limits: &Limits,
    vocabulary: &(dyn Vocabulary + Sync),
    stop: &AtomicBool,
    hand: &mut (dyn FnMut(Contents) + Send),
) -> Contents {
    let makers = || -> Maker<'_, Made> {
        let mut counter = Counter::new(vocabulary);
        Box::new(move |wrapped, content| paper(wrapped, &content, &mut counter))
    };
    // One document alone is called by its file.
    let (mut first, mut handed) = (Contents::default(), 0);
    let found = wrapper::each_in(text, limits, &makers, stop, &mut |made, bytes| {
        first.take(made);
        if handed > 0 || first.papers.len() > 1 {
            handed += first.papers.len();
            hand(Contents { bytes, ..std::mem::take(&mut first) });
        } else {
            hand(Contents { bytes, ..Contents::default() });
        }
        first.bytes = bytes;
    });
    let mut contents = first;
    let found = match found {
        Ok((made, found)) => {
            contents.take(made);
            found
        }
        Err(error) => {
            let reason = match handed {
                0 => error.sentence(),
                _ => {
                    saying("{} The first {} policies were read.").of(error.sentence()).with(handed)
                }
            };
            contents.skipped.push((Some(error.place.to_string()), reason));
            contents.broken = true;
            return contents;
        }
    };
    contents.roles = found.roles;
    if let Some(bytes) = found.stopped {
        (contents.stopped, contents.bytes) = (true, contents.bytes.max(bytes));
        let stopped = saying("It had not come to its end when reading was stopped.");
        let reason = match handed + contents.papers.len() {
            0 => stopped,
            papers => saying("{} The first {} policies were read.").of(stopped).with(papers),
        };
        contents.skipped.push((None, reason));
    }
    for skipped in found.skipped {
        contents.skipped.push((Some(skipped.path), skipped.reason.saying()));
    }
    contents.listed = found.policies;
    if handed == 0 && contents.is_empty() {
        contents.skipped.push((None, saying("There is no policy and no role in it.")));
    }
    contents
}

fn paper(wrapped: Wrapped, content: &Content<'_>, counter: &mut Counter<'_>) -> Made {
    if wrapped.kind == DocumentKind::StackPolicy {
        let reason = "It is a stack policy of Resource Orchestration Service, which is another \
                      language than that of RAM policies.";
        return Err((wrapped.path, saying(reason)));
    }
    let touched = match content {
        Content::Whole(read) => counter.document(&read.document),
        Content::Plain(document) => counter.plain(*document),
    };
    let bare = wrapped.wrapper == Wrapper::Bare;
    Ok(Paper { source: wrapped.text, kind: wrapped.kind, bare, names: wrapped.names, touched })
}

/// That policies are listed without their documents, in a sentence.
pub fn without_documents(policies: &[ListedPolicy]) -> Saying {
    let names = policies.iter().take(NAMED).map(|policy| visible_start(&policy.name, 128));
    let more = policies.len().saturating_sub(NAMED);
    let names = match more {
        0 => saying("{}").list(names),
        more => saying("{} and {} more").list(names).with(more),
    };
    saying("{}: {}. GetPolicy answers the text of a policy.")
        .of(counted(
            policies.len(),
            "It lists a policy without its document",
            "It lists {} policies without their documents",
        ))
        .of(names)
}
