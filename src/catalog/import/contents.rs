//! What one text holds: policy documents with their names, roles, and what cannot be used.

use std::sync::Arc;

use crate::policy::json::{Limits, visible};
use crate::policy::pattern;
use crate::policy::source::Source;
use crate::policy::summary::{Counter, Touched};
use crate::policy::vocabulary::Vocabulary;
use crate::policy::wrapper::{
    self, Content, DocumentKind, ListedRole, Maker, Names, Wrapped, Wrapper,
};
use crate::say::{Saying, counted, saying};

/// Names that are shown of a list before it is cut.
const NAMED: usize = 5;

/// What a text holds.
#[derive(Clone, Debug, Default)]
pub struct Contents {
    /// The policy documents, in the order of the text.
    pub papers: Vec<Paper>,
    /// The roles that are described, with or without a document.
    pub roles: Vec<ListedRole>,
    /// What was left out: the place, and the reason as a sentence.
    pub skipped: Vec<(Option<String>, Saying)>,
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
    pub touched: Arc<[Touched]>,
    /// The actions that it names, patterns left out.
    pub actions: ActionNames,
}

/// Names of actions, one a line, each with its [`pattern::hash`], which the threads that read files compute.
#[derive(Clone, Debug, Default)]
pub struct ActionNames {
    lines: String,
    hashes: Vec<u64>,
}

impl ActionNames {
    /// Room for these names.
    fn for_all<'a>(names: impl Iterator<Item = &'a str>) -> Self {
        let (count, bytes) = names.fold((0, 0), |(n, all), name| (n + 1, all + name.len() + 1));
        Self { lines: String::with_capacity(bytes), hashes: Vec::with_capacity(count) }
    }

    /// Adds what is no pattern.
    fn add(&mut self, action: &str, hash: u64) {
        if action.len() <= Self::LONGEST && action.contains(':') && !action.contains('\n') {
            self.lines.push_str(action);
            self.lines.push('\n');
            self.hashes.push(hash);
        }
    }

    /// Bytes of a name; what is longer is not one that anybody looks for.
    const LONGEST: usize = 512;

    /// The names and their hashes.
    pub fn iter(&self) -> impl Iterator<Item = (&str, u64)> {
        self.lines.split_terminator('\n').zip(self.hashes.iter().copied())
    }
}

/// A document, or where it stands and why it was left out.
type Made = Result<Paper, (String, Saying)>;

/// Takes a text apart. Never fails: what cannot be used is told in `skipped`.
pub fn contents(text: &Source, limits: &Limits, vocabulary: &(dyn Vocabulary + Sync)) -> Contents {
    let makers = || -> Maker<'_, Made> {
        let mut counter = Counter::new(vocabulary);
        Box::new(move |wrapped, content| paper(wrapped, &content, &mut counter))
    };
    let (made, found) = match wrapper::each_in(text, limits, &makers) {
        Ok(found) => found,
        Err(error) => {
            let skipped = vec![(Some(error.place.to_string()), error.sentence())];
            return Contents { skipped, ..Contents::default() };
        }
    };
    let mut contents = Contents { roles: found.roles, ..Contents::default() };
    for made in made {
        match made {
            Ok(paper) => contents.papers.push(paper),
            Err((path, reason)) => contents.skipped.push((Some(path), reason)),
        }
    }
    for skipped in found.skipped {
        contents.skipped.push((Some(skipped.path), skipped.reason.saying()));
    }
    if !found.policies.is_empty() {
        contents.skipped.push((None, listed(&found.policies)));
    }
    if contents.papers.is_empty() && contents.roles.is_empty() && contents.skipped.is_empty() {
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
    let (touched, actions) = match content {
        Content::Whole(read) => {
            let clauses = read.document.statements.iter().filter_map(|one| one.action.as_ref());
            let mut names = ActionNames::default();
            for action in clauses.flat_map(|clause| &clause.values).map(|action| &*action.value) {
                if !pattern::has_wildcard(action) {
                    names.add(action, pattern::hash(action));
                }
            }
            (counter.document(&read.document), names)
        }
        Content::Plain(document) => {
            let all = document.statements().flat_map(|one| one.actions.iter().copied());
            let mut names = ActionNames::for_all(all);
            let mut note = |action: &str, hash| names.add(action, hash);
            let touched = counter.plain(*document, &mut note);
            // All documents wait until the last one is read.
            names.lines.shrink_to_fit();
            names.hashes.shrink_to_fit();
            (touched, names)
        }
    };
    let bare = wrapped.wrapper == Wrapper::Bare;
    Ok(Paper {
        source: wrapped.text,
        kind: wrapped.kind,
        bare,
        names: wrapped.names,
        touched,
        actions,
    })
}

/// The policies that are listed without their documents, in a sentence.
fn listed(policies: &[wrapper::ListedPolicy]) -> Saying {
    let names = policies.iter().take(NAMED).map(|policy| visible(&policy.name, 128));
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
