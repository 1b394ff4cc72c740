//! Policy documents of a text, each with its place in it: bare ones, and those inside answers of the RAM API,
//! templates and lists.

use std::cell::OnceCell;
use std::collections::HashSet;
use std::rc::Rc;

use crate::policy::document::Document;
use crate::policy::json::{Limits, ReadError, Repair};
use crate::policy::oddity::Oddity;
use crate::policy::places::Places;
use crate::policy::read;
use crate::policy::source::Place;
use crate::policy::wrapper::{self, DocumentKind, Embedding, SkipReason, Skipped, Wrapped};
use crate::say::{Saying, saying};

/// A text that was read.
#[derive(Debug)]
pub struct Sheet {
    text: String,
    places: OnceCell<Places>,
}

impl Sheet {
    fn new(text: String) -> Self {
        Self { text, places: OnceCell::new() }
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Line and column of a byte.
    pub fn place(&self, offset: usize) -> Place {
        self.places.get_or_init(|| Places::new(&self.text)).of(&self.text, offset)
    }
}

/// What a text held.
#[derive(Debug)]
pub struct Papers {
    /// The text.
    pub sheet: Rc<Sheet>,
    /// The documents, in order.
    pub list: Vec<Paper>,
    /// What was repaired in the text.
    pub repairs: Vec<Repair>,
    /// What looked like a document and is not among them.
    pub skipped: Vec<Skipped>,
    /// How many roles and policies it names without a document.
    pub named: usize,
}

/// A policy document and where it stands.
#[derive(Debug)]
pub struct Paper {
    /// The text that it stands in.
    pub sheet: Rc<Sheet>,
    /// Its own text and the way to it.
    pub wrapped: Wrapped,
    /// The document.
    pub document: Document,
    /// What is odd about it.
    pub oddities: Vec<Oddity>,
    /// How many oddities more there were.
    pub oddities_left_out: usize,
    /// What was repaired in its own text, where that is not simply a part of the whole text.
    pub repairs: Vec<Repair>,
}

impl Papers {
    /// Reads a text. Errors: not JSON, beyond a limit, or JSON that neither holds nor names any policy.
    pub fn read(text: String) -> Result<Self, ReadError> {
        Self::found_in(text, true)
    }

    /// The same. What has no more than a word of a policy is one only if its file is `named`. Errors as [`Self::read`].
    pub fn found_in(text: String, named: bool) -> Result<Self, ReadError> {
        let limits = Limits::default();
        let found = wrapper::find_in(&text, &limits)?;
        let sheet = Rc::new(Sheet::new(text));
        let mut skipped = found.skipped;
        let mut list = Vec::with_capacity(found.documents.len());
        for wrapped in found.documents {
            match wrapped.read() {
                Ok(read) => list.push(Paper::new(&sheet, wrapped, read)),
                // It was read when it was found, so this does not happen.
                Err(error) => skipped.push(Skipped {
                    path: wrapped.path,
                    span: wrapped.outer,
                    reason: SkipReason::Unreadable(error),
                }),
            }
        }
        let listed = found.roles.len() + found.policies.len();
        let mut papers = Self { sheet, list, repairs: found.repairs, skipped, named: listed };
        if papers.list.is_empty() && papers.skipped.is_empty() && papers.named == 0 {
            // Statements in another case, and the sentence for everything that is no policy at all.
            let read = read::document(papers.sheet.text())?;
            if !named {
                return Err(ReadError::no_policy(0, Place { line: 1, column: 1 }, None));
            }
            papers.list.push(Paper::bare(&papers.sheet, read));
        }
        Ok(papers)
    }

    /// Why there is no document, where there is none: the first that could not be read, or none at all.
    pub fn nothing(&self) -> Option<Saying> {
        if !self.list.is_empty() {
            return None;
        }
        // What an answer lacks is told beside it.
        let mut left = self.skipped.iter().filter(|one| !one.reason.is_cut());
        Some(left.next().map_or_else(
            || saying("it names roles or policies and holds no policy document"),
            |skipped| saying("{}: {}").with(&skipped.path).of(skipped.reason.saying()),
        ))
    }

    /// The documents that count in a decision, see [`deciding`].
    pub fn into_deciding(self, trust: bool) -> Vec<Paper> {
        let counts = deciding(&self.list, trust);
        self.list
            .into_iter()
            .zip(counts)
            .filter_map(|(paper, counts)| counts.then_some(paper))
            .collect()
    }
}

/// Which documents count in a decision: of several versions the one in force, and trust policies only where there is
/// nothing else, or where it is about what they decide (`trust`).
pub fn deciding(list: &[Paper], trust: bool) -> Vec<bool> {
    let in_force: HashSet<&str> =
        list.iter().filter_map(|paper| paper.wrapped.names.in_force()).collect();
    let grants = list.iter().any(|paper| paper.wrapped.kind != DocumentKind::Trust);
    let counts = |paper: &Paper| {
        let old = paper.wrapped.names.gives_way(&|policy| in_force.contains(policy));
        !old && (trust || !grants || paper.wrapped.kind != DocumentKind::Trust)
    };
    list.iter().map(counts).collect()
}

impl Paper {
    fn new(sheet: &Rc<Sheet>, wrapped: Wrapped, read: read::Read) -> Self {
        // A part of the text was repaired when the text was read.
        let repairs = if wrapped.embedding == Embedding::Plain { Vec::new() } else { read.repairs };
        Self {
            sheet: Rc::clone(sheet),
            wrapped,
            document: read.document,
            oddities: read.oddities,
            oddities_left_out: read.oddities_left_out,
            repairs,
        }
    }

    fn bare(sheet: &Rc<Sheet>, read: read::Read) -> Self {
        let wrapped = Wrapped {
            text: sheet.text().into(),
            outer: crate::policy::source::Span::new(0, sheet.text().len()),
            embedding: Embedding::Plain,
            wrapper: wrapper::Wrapper::Bare,
            path: "$".to_owned(),
            kind: DocumentKind::of(&read.document),
            names: wrapper::Names::default(),
        };
        Self::new(sheet, wrapped, read)
    }

    /// A document that is all of a text.
    pub fn of_text(text: &str) -> Result<Self, ReadError> {
        let read = read::document(text)?;
        Ok(Self::bare(&Rc::new(Sheet::new(text.to_owned())), read))
    }

    /// Line and column, in the whole text, of a byte of the document's own text.
    pub fn place(&self, inner: usize) -> Place {
        self.sheet.place(self.wrapped.outer_offset(self.sheet.text(), inner))
    }

    /// The part of the document's own text at a span.
    pub fn slice(&self, span: crate::policy::source::Span) -> &str {
        self.wrapped.text.get(span.start..span.end).unwrap_or_default()
    }
}

/// What a document is for, as a word in data.
pub const fn kind_word(kind: DocumentKind) -> &'static str {
    match kind {
        DocumentKind::Permission => "permission",
        DocumentKind::Trust => "trust",
        DocumentKind::Resource => "resource",
        DocumentKind::StackPolicy => "stack",
    }
}
