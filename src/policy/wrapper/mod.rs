//! Finds the policy documents in any JSON: answers of the RAM API, templates, states, lists, or bare.
//!
//! Documents often travel as JSON strings inside JSON, sometimes URL-encoded; each is unpacked into a text of
//! its own that remembers where it came from. Knows the shapes of the API, but no product.

mod embedded;
mod listed;
mod parts;
mod skipped;
mod tool;
mod walk;

use std::cell::Cell;
use std::sync::atomic::{AtomicBool, Ordering};

use walk::Roots;

pub use listed::{ListedPolicy, ListedRole, ROLE_PREFIX, is_service_linked};
pub use skipped::{SkipReason, Skipped};
pub use walk::Pages;

use super::document::{Document, PrincipalKind};
use super::json::{
    self, Blocks, Front, Limits, Lines, Node, ReadError, Readings, Repair, Told, Why,
    offset_in_string,
};
use super::places::Places;
use super::read::plain::PlainDocument;
use super::read::{self, Read};
use super::source::{Place, Source, Span};
use crate::say::saying;

/// What a JSON text holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// The policy documents in the order of the text.
    pub documents: Vec<Wrapped>,
    /// The roles that the text describes, with or without a document.
    pub roles: Vec<ListedRole>,
    /// The policies that the text lists without their documents.
    pub policies: Vec<ListedPolicy>,
    /// What looked like a document and is not among them, and why.
    pub skipped: Vec<Skipped>,
    /// What was repaired in the outer text; empty where a tree was searched.
    pub repairs: Vec<Repair>,
    /// What pages of lists say of the rest, where a tree is still searched; empty where all was.
    pub pages: Pages,
    /// The search was stopped before it came to the end of the text: behind so many bytes.
    pub stopped: Option<usize>,
}

impl Found {
    /// Is there nothing at all, not even something skipped?
    pub const fn is_empty(&self) -> bool {
        self.documents.is_empty()
            && self.roles.is_empty()
            && self.policies.is_empty()
            && self.skipped.is_empty()
    }
}

/// A policy document and its surroundings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrapped {
    /// The document's own text, unpacked.
    pub text: Source,
    /// Where it stands in the outer text, quotes included where it is a string.
    pub outer: Span,
    /// How it stands there.
    pub embedding: Embedding,
    /// What it was wrapped in.
    pub wrapper: Wrapper,
    /// The way to it from the outermost value, such as `$.Role.AssumeRolePolicyDocument`; safe to print.
    pub path: String,
    /// What the document is for.
    pub kind: DocumentKind,
    /// What the surroundings say of it.
    pub names: Names,
}

/// How a document stands in the outer text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Embedding {
    /// As JSON among JSON.
    Plain,
    /// As the value of a string.
    InString,
    /// As the value of a string, encoded once more (URL-encoded, or a string in a string).
    Encoded,
}

/// What a document was wrapped in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Wrapper {
    /// Nothing: the text is the document.
    Bare,
    /// A plain list of documents.
    List,
    /// An answer of `GetPolicy`.
    GetPolicy,
    /// An answer of `GetPolicyVersion` or `ListPolicyVersions`.
    GetPolicyVersion,
    /// An answer of `GetRole`, `CreateRole` or `CreateServiceLinkedRole`.
    GetRole,
    /// An answer of `ListRoles`.
    ListRoles,
    /// A template of Resource Orchestration Service.
    RosTemplate,
    /// A template of AWS `CloudFormation`.
    CloudFormation,
    /// A state or plan of Terraform.
    Terraform,
    /// Any other JSON.
    Other,
}

impl Wrapper {
    /// What the document was found in, for a sentence: `an answer of GetRole`.
    pub const fn phrase(self) -> &'static str {
        match self {
            Self::Bare => "a bare document",
            Self::List => "a list of documents",
            Self::GetPolicy => "an answer of GetPolicy",
            Self::GetPolicyVersion => "an answer of GetPolicyVersion",
            Self::GetRole => "an answer of GetRole",
            Self::ListRoles => "an answer of ListRoles",
            Self::RosTemplate => "a template of Resource Orchestration Service",
            Self::CloudFormation => "a template of AWS CloudFormation",
            Self::Terraform => "a state or plan of Terraform",
            Self::Other => "other JSON",
        }
    }
}

/// What a document is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DocumentKind {
    /// Says what its holder may do.
    Permission,
    /// Says who may assume a role.
    Trust,
    /// Belongs to a resource (bucket, key) and says who may do what with it.
    Resource,
    /// A stack policy of Resource Orchestration Service: another language.
    StackPolicy,
}

impl DocumentKind {
    /// The kind of a document, by what it says.
    pub fn of(document: &Document) -> Self {
        let statements = &document.statements;
        if document.is_stack_policy() {
            return Self::StackPolicy;
        }
        if !statements.iter().any(|statement| statement.principal.is_some()) {
            return Self::Permission;
        }
        let mut actions = statements
            .iter()
            .filter_map(|statement| statement.action.as_ref())
            .flat_map(|clause| &clause.values);
        let any = statements.iter().any(|statement| statement.action.is_some());
        let assumes =
            actions.all(|action| action.value.to_ascii_lowercase().starts_with("sts:assumerole"));
        let no_resource = statements.iter().all(|statement| statement.resource.is_none());
        // Nothing but a role is assumed, whatever stands there as resource.
        if assumes && (any || no_resource) { Self::Trust } else { Self::Resource }
    }
}

/// What the surroundings of a document say of it; None where they say nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names {
    /// The name of the policy.
    pub policy: Option<String>,
    /// `System` or `Custom`, as written.
    pub policy_type: Option<String>,
    /// The name of the role.
    pub role: Option<String>,
    /// The version, such as `v3`.
    pub version: Option<String>,
    /// Whether it is the version in force.
    pub is_default: Option<bool>,
    /// What the resource that it belongs to is called in its template.
    pub resource: Option<String>,
    /// The services that a trust policy names.
    pub services: Vec<String>,
}

impl Names {
    /// The policy of which it is the version in force, where it is said to be one; policies without a name are one.
    pub fn in_force(&self) -> Option<&str> {
        (self.is_default == Some(true)).then(|| self.versions_of())
    }

    /// Does it give way to another version of its policy, where `in_force` knows the policies that have one in force?
    pub fn gives_way(&self, in_force: &dyn Fn(&str) -> bool) -> bool {
        self.is_default == Some(false) && in_force(self.versions_of())
    }

    fn versions_of(&self) -> &str {
        self.policy.as_deref().unwrap_or_default()
    }
}

impl Wrapped {
    /// A text that is a permission policy and nothing else.
    fn bare(text: &Source) -> Self {
        Self {
            text: text.clone(),
            outer: Span::new(0, text.len()),
            embedding: Embedding::Plain,
            wrapper: Wrapper::Bare,
            path: "$".to_owned(),
            kind: DocumentKind::Permission,
            names: Names::default(),
        }
    }

    /// Reads the document. Errors: beyond a limit; it was read once when it was found.
    pub fn read(&self) -> Result<Read, ReadError> {
        read::document(&self.text)
    }

    /// Where a byte of the document's text stands in the outer text; for what was encoded more than once, where
    /// the whole string begins.
    pub fn outer_offset(&self, outer_text: &str, inner: usize) -> usize {
        match self.embedding {
            Embedding::Plain => (self.outer.start + inner).min(self.outer.end),
            Embedding::InString => offset_in_string(outer_text, self.outer, inner),
            Embedding::Encoded => self.outer.start,
        }
    }
}

/// What was read of a document.
#[derive(Clone, Debug)]
pub enum Content<'p> {
    /// All that is in it.
    Whole(Read),
    /// Only what it grants: it is a permission policy in strict JSON, alone or one of many in a large text.
    Plain(PlainDocument<'p, 'p>),
}

/// Makes something of each document that is found.
pub type Maker<'m, T> = Box<dyn FnMut(Wrapped, Content<'_>) -> T + 'm>;

/// Gives each thread that searches a maker of its own, so that it may keep what it has learnt.
pub type Makers<'m, T> = &'m (dyn Fn() -> Maker<'m, T> + Sync);

/// Is handed what was made of some documents while others are still searched for, and how many bytes were searched.
pub type Hand<'h, T> = &'h mut (dyn FnMut(Vec<T>, usize) + Send);

/// A text of fewer bytes is read to its end, whatever is said meanwhile.
const LONG: usize = 256 << 10;

/// Reads a text of one or more JSON values and finds the documents in it. Errors: not JSON, or beyond a limit.
pub fn find_in(text: &str, limits: &Limits) -> Result<Found, ReadError> {
    let mut documents = Vec::new();
    let makers: Makers<'_, Wrapped> = &|| Box::new(|wrapped, _| wrapped);
    let hand = &mut |mut some: Vec<Wrapped>, _| documents.append(&mut some);
    let (rest, found) = each_in(&text.into(), limits, makers, &AtomicBool::new(false), hand)?;
    documents.extend(rest);
    Ok(Found { documents, ..found })
}

/// The same, each document made into something else as soon as it is found; the list of documents stays empty. What was
/// made is handed on in the order of the text, and what was not is returned; so is all of a text that is not large.
///
/// A large text that is a list of objects, plain or within a few objects, is searched in parts on all cores, so that
/// its tree never stands in memory as a whole. `stop` ends the search of a large text early, from another thread; where the
/// text is read as a whole that is heard only before and behind the reading. Places in what was read are those of the document's outer text, but for
/// documents in strings, whose places are their own.
pub fn each_in<T: Send>(
    text: &Source,
    limits: &Limits,
    makers: Makers<'_, T>,
    stop: &AtomicBool,
    hand: Hand<'_, T>,
) -> Result<(Vec<T>, Found), ReadError> {
    let handed = match parts::each_in(text, limits, makers, stop, hand) {
        Ok((made, mut found)) => {
            settle(text, &mut found, true);
            return Ok((made, found));
        }
        Err(handed) => handed,
    };
    let is_stopped = || text.len() >= LONG && stop.load(Ordering::Relaxed);
    if is_stopped() {
        return Ok((Vec::new(), Found { stopped: Some(0), ..Found::default() }));
    }
    let (stopped, reached) = (Cell::new(false), Cell::new(0));
    let (mut made, mut make) = (Vec::new(), makers());
    let broken_list: Cell<Option<usize>> = Cell::new(None);
    let mut take = |wrapped: Wrapped, content: Content<'_>| {
        let outer = wrapped.outer;
        stopped.set(stopped.get() || is_stopped());
        if stopped.get() {
            return;
        }
        reached.set(outer.end);
        if broken_list.get().is_none_or(|list| !(outer.start..outer.end).contains(&list)) {
            made.push(make(wrapped, content));
        }
    };
    let mut rest = None;
    let (mut found, repairs, broken) = match values(text, limits)? {
        Values::All(all) => {
            (walk::find(text, Roots::All(&all.roots), limits, &mut take), all.repairs, vec![])
        }
        Values::Lines(lines) => {
            let found = walk::find(text, Roots::All(&lines.roots), limits, &mut take);
            (found, lines.repairs, lines.broken)
        }
        Values::Blocks(Blocks { lines, templates, told }) => {
            let roots = Roots::Among(&lines.roots, &templates);
            let mut found = walk::find(text, roots, limits, &mut take);
            let places = Places::new(text);
            let left = told.into_iter().map(|told| {
                let place = places.of(text, told.span.start);
                left_out(place, told)
            });
            found.skipped.extend(left);
            (found, lines.repairs, lines.broken)
        }
        Values::Front(front) => {
            broken_list.set(Some(front.list));
            let roots = Roots::All(std::slice::from_ref(&front.root));
            let found = walk::find(text, roots, limits, &mut take);
            if made.is_empty() && found.is_empty() && !stopped.get() {
                return Err(front.error);
            }
            let span = Span::new(front.error.offset.min(text.len()), text.len());
            let reason = SkipReason::Rest(front.error);
            rest = Some(Skipped { path: front.path, span, reason });
            (found, front.repairs, vec![])
        }
    };
    (found.repairs, found.stopped) = (repairs, stopped.get().then(|| reached.get()));
    let any = !made.is_empty();
    // The same as was made of them before.
    made.drain(..handed.min(made.len()));
    found.skipped.extend(rest);
    found.skipped.extend(broken.into_iter().map(|line| Skipped {
        path: format!("$[{}]", line.index),
        span: line.span,
        reason: SkipReason::Unreadable(line.error),
    }));
    crate::sort::by_key(&mut found.skipped, |skipped| skipped.span.start);
    found.skipped.truncate(walk::MOST_SKIPPED);
    settle(text, &mut found, any);
    Ok((made, found))
}

/// A policy among other text that is not read. There is no way to it but its place.
fn left_out(place: Place, told: Told) -> Skipped {
    let reason = match told.why {
        Why::Expression => SkipReason::Expression,
        Why::Comment => SkipReason::Comment,
        Why::Alternative => SkipReason::Alternatives,
        Why::Broken(error) => SkipReason::Unreadable(error),
        Why::Among => SkipReason::Among,
    };
    Skipped { path: place.to_string(), span: told.span, reason }
}

/// Tells the places of faults in the whole text: inside strings only their bytes are known while it is searched. And what
/// lists lack, which only the end of the text tells; of a text without `any` document, role or policy they are others'.
fn settle(text: &str, found: &mut Found, any: bool) {
    let pages = std::mem::take(&mut found.pages);
    if found.stopped.is_none() && (any || !found.is_empty()) {
        found.skipped.extend(pages.lacking());
        crate::sort::by_key(&mut found.skipped, |skipped| skipped.span.start);
    }
    let places = std::cell::OnceCell::new();
    for skipped in &mut found.skipped {
        if let SkipReason::Unreadable(error) = &mut skipped.reason {
            let places = places.get_or_init(|| Places::new(text));
            error.place = places.of(text, error.offset);
            error.change_places(&|told| {
                let at = told.strip_prefix(walk::BYTE)?.parse().ok()?;
                Some(places.of(text, at).to_string())
            });
        }
    }
}

/// Does the text begin as JSON does, and not as prose or a program? Of such a text nothing is picked out around a fault:
/// what else it holds would be lost without a word. `[` alone begins links of Markdown and tests of the shell too. Of a
/// text that is `cut`, with more to come, it is enough that it may.
pub fn begins_as_json(text: &str, cut: bool) -> bool {
    let mut marks = text.trim_start_matches('\u{FEFF}').chars().filter(|c| !c.is_whitespace());
    match marks.next() {
        None => cut,
        Some('{') => {
            matches!(marks.next(), None | Some('"' | '\'' | '}' | '\u{201C}'..='\u{201F}'))
        }
        Some('[') => matches!(marks.next(), None | Some('{' | '[' | '"' | ']')),
        _ => false,
    }
}

/// The values of a text.
enum Values<'a> {
    /// They are all that is in it.
    All(Readings<'a>),
    /// They are its lines.
    Lines(Lines<'a>),
    /// They stand among other text.
    Blocks(Blocks<'a>),
    /// They stand before a fault.
    Front(Front<'a>),
}

/// Reads the values of a text. One bad line does not spoil the others, nor does the prose around a block.
fn values<'a>(text: &'a Source, limits: &Limits) -> Result<Values<'a>, ReadError> {
    let blocks = || json::read_blocks(text, limits);
    if json::begins_with_fence(text)
        && let Some(blocks) = blocks().filter(Blocks::is_readable)
    {
        return Ok(Values::Blocks(blocks));
    }
    if embedded::is_percent(text.trim()) {
        return Ok(Values::All(json::as_string(text)));
    }
    let error = match json::read_all(text, limits) {
        Ok(all) => return Ok(Values::All(all)),
        Err(error) => error,
    };
    if let Some(lines) = json::read_lines(text, limits) {
        return Ok(Values::Lines(lines));
    }
    if begins_as_json(text, false) {
        return json::read_front(text, limits).map(Values::Front).ok_or(error);
    }
    let Some(blocks) = blocks() else { return Err(error) };
    if blocks.is_readable() {
        return Ok(Values::Blocks(blocks));
    }
    if let Some(fault) = blocks.fault(text) {
        return Err(fault.clone());
    }
    if blocks.in_comments() && !blocks.has_expression() {
        let remedy = saying("The policies in it stand in comments, which are passed over.");
        return Err(ReadError { remedy: Some(remedy), ..error });
    }
    Err(error)
}

/// Does a text that is no JSON hold a policy, readable or not?
pub fn is_page(text: &str, limits: &Limits) -> bool {
    match find_in(text, limits) {
        Ok(found) => {
            let meant = |one: &Skipped| one.reason != SkipReason::Comment;
            !found.documents.is_empty() || found.skipped.iter().any(meant)
        }
        Err(_) => json::read_blocks(text, limits)
            .is_some_and(|blocks| blocks.fault(text).is_some() || blocks.has_expression()),
    }
}

/// Finds the documents in a tree that was read from `text`.
pub fn find(text: &str, root: &Node<'_>, limits: &Limits) -> Found {
    let mut documents = Vec::new();
    let mut take = |wrapped, _: Content<'_>| documents.push(wrapped);
    let roots = Roots::All(std::slice::from_ref(root));
    let mut found = walk::find(&text.into(), roots, limits, &mut take);
    settle(text, &mut found, !documents.is_empty());
    Found { documents, ..found }
}

/// The services that a document lets assume the role.
fn services_of(document: &Document) -> Vec<String> {
    let mut services = Vec::new();
    let principals =
        document.statements.iter().filter_map(|statement| statement.principal.as_ref());
    for (kind, value) in principals.flat_map(|principal| &principal.members) {
        if *kind == PrincipalKind::Service && services.iter().all(|known| *known != *value.value) {
            services.push(value.value.to_string());
        }
        // A hostile list would make this search slow.
        if services.len() == 64 {
            break;
        }
    }
    services
}
