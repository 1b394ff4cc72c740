//! The search: through lists and objects, and through strings that hold JSON.

mod candidate;
mod filled;
mod packed;
mod pages;

use super::embedded::{is_expression, unpack};
use super::listed::LONGEST;
use super::tool::{Step, has_changes, origin};
use super::{
    Content, DocumentKind, Embedding, Found, ListedPolicy, ListedRole, Names, SkipReason, Skipped,
    Wrapped, Wrapper, services_of,
};
use crate::policy::json::{Kind, Limits, Node};
use crate::policy::read::plain::{Plain, PlainDocument};
use crate::policy::read::{self, Read};
use crate::policy::source::{Source, Span, Template, Written};
use crate::text::visible_start;
use candidate::{has_statements, is_bare};
use filled::is_old_name;
pub use pages::Pages;

/// Elements that hold a document, by the API, the templates and Terraform.
const HOLDERS: [&str; 6] = [
    "PolicyDocument",
    "AssumeRolePolicyDocument",
    "PolicyDocumentUnchecked",
    "policy_document",
    "assume_role_policy_document",
    "document",
];

/// Those of them that hold nothing but documents.
const DOCUMENTS: [&str; 5] = [
    "PolicyDocument",
    "AssumeRolePolicyDocument",
    "PolicyDocumentUnchecked",
    "policy_document",
    "assume_role_policy_document",
];

/// What stands before a byte in a sentence, until its line and column are known.
pub(super) const BYTE: char = '@';

/// How often a string inside a string is opened.
const PACKED: usize = 3;

/// More would help nobody, and a hostile text could have one every few bytes.
pub(super) const MOST_SKIPPED: usize = 1_000;

/// Takes a document that was found, as it was read: places in what was read are those of the text searched.
pub(super) type Take<'a> = &'a mut dyn FnMut(Wrapped, Content<'_>);

/// One element of a list.
pub(super) struct Element<'n, 'a> {
    /// Its number in the list, from 0.
    pub(super) index: usize,
    pub(super) node: &'n Node<'a>,
    /// The documents in it that the tree does not hold.
    pub(super) plain: &'n Plain<'a>,
}

/// The search through one text.
struct Walk<'t, 'e> {
    text: &'t Source,
    limits: &'t Limits,
    way: Vec<Step<'t>>,
    /// All but the documents, which are handed on.
    found: Found,
    take: Take<'e>,
    /// How many documents were handed on.
    taken: usize,
    /// Where a list stands of which the tree holds nothing, because it is searched in parts, and its number of elements.
    list: Option<(Span, usize)>,
    /// The way to that list, and what its surroundings say.
    spot: Option<(Vec<Step<'t>>, Names)>,
    origin: Option<Wrapper>,
    /// What fills in parts of the text.
    template: Option<Template>,
    /// Documents that the tree does not hold.
    plain: Option<&'t Plain<'t>>,
    /// Where the older copy of a document stands that must not be told twice.
    deprecated: Option<usize>,
    /// It is a plan of Terraform that tells of all resources as changes.
    changes: bool,
    packed: usize,
}

/// The values of a text.
#[derive(Clone, Copy)]
pub(super) enum Roots<'r, 't> {
    /// They are all that is in it.
    All(&'r [Node<'t>]),
    /// Other text stands around them; behind them what fills in parts of each.
    Among(&'r [Node<'t>], &'r [Option<Template>]),
}

/// Finds the documents in the values of a text and hands them on; what else there is comes back.
pub(super) fn find(text: &Source, roots: Roots<'_, '_>, limits: &Limits, take: Take<'_>) -> Found {
    search(text, roots, limits, 0, take)
}

fn search(
    text: &Source,
    roots: Roots<'_, '_>,
    limits: &Limits,
    packed: usize,
    take: Take<'_>,
) -> Found {
    let mut walk = Walk::new(text, limits, take);
    walk.packed = packed;
    let (roots, templates, alone) = match roots {
        Roots::All(roots) => (roots, &[] as &[_], roots.len() == 1),
        Roots::Among(roots, templates) => (roots, templates, false),
    };
    for (index, root) in roots.iter().enumerate() {
        walk.origin = origin(root);
        walk.changes = has_changes(root);
        if let Some(template) = templates.get(index) {
            walk.template = *template;
        }
        if !alone {
            walk.way.push(Step::Index(index));
        }
        walk.visit(root, &Names::default());
        // Statements that say nothing are some all the same, if it is nothing else.
        if walk.taken == 0 && walk.found.is_empty() && candidate::is_document(root, packed > 0) {
            walk.plain_document(root, &Names::default());
        }
        walk.way.clear();
    }
    walk.found
}

/// Where a list stands in a tree that does not hold its elements.
pub(super) struct Spot<'t> {
    way: Vec<Step<'t>>,
    names: Names,
    origin: Option<Wrapper>,
    /// What is said of the list around it.
    pub(super) pages: Pages,
}

impl Spot<'_> {
    /// How many lists and objects are around an element of the list.
    pub(super) fn depth(&self) -> usize {
        self.way.len() + 1
    }

    /// Finds the documents in one element of the list. None: it needs to be looked at among the others.
    pub(super) fn element(
        &self,
        text: &Source,
        element: &Element<'_, '_>,
        limits: &Limits,
        take: Take<'_>,
    ) -> Option<Found> {
        // A list of statements is a document as a whole.
        if is_bare(element.node) {
            return None;
        }
        let mut walk = Walk::new(text, limits, take);
        walk.way.clone_from(&self.way);
        walk.way.push(Step::Index(element.index));
        walk.origin = self.origin;
        walk.plain = Some(element.plain);
        walk.visit(element.node, &self.names);
        Some(walk.found)
    }
}

/// Finds the place of a list whose elements, so many, the tree does not hold. None: there is more in the tree than the way there.
pub(super) fn spot<'t>(
    text: &'t Source,
    root: &'t Node<'t>,
    list: (Span, usize),
    limits: &'t Limits,
) -> Option<Spot<'t>> {
    let mut more = false;
    let mut take = |_, _: Content<'_>| more = true;
    let mut walk = Walk::new(text, limits, &mut take);
    (walk.list, walk.origin) = (Some(list), origin(root));
    walk.changes = has_changes(root);
    walk.visit(root, &Names::default());
    let Walk { found, deprecated, spot, origin, .. } = walk;
    let (way, names) = spot.filter(|_| found.is_empty() && deprecated.is_none())?;
    (!more).then_some(Spot { way, names, origin, pages: found.pages })
}

fn has_holder(node: &Node<'_>) -> bool {
    HOLDERS.iter().any(|key| node.get(key).is_some())
}

impl<'t, 'e> Walk<'t, 'e> {
    fn new(text: &'t Source, limits: &'t Limits, take: Take<'e>) -> Self {
        Self {
            text,
            limits,
            way: Vec::new(),
            found: Found::default(),
            take,
            taken: 0,
            list: None,
            spot: None,
            origin: None,
            template: text.template(),
            plain: None,
            deprecated: None,
            changes: false,
            packed: 0,
        }
    }

    fn visit(&mut self, node: &'t Node<'_>, names: &Names) {
        if self.deprecated == Some(node.span().start) {
            self.skip(node.span(), SkipReason::DeprecatedCopy);
            return;
        }
        if let Some(document) = self.plain_at(node) {
            let text = self.text.part(node.span());
            let content = Content::Plain(document);
            self.hand_on(
                text,
                node.span(),
                Embedding::Plain,
                DocumentKind::Permission,
                content,
                names.clone(),
            );
            return;
        }
        if self.filled(node, names) {
            return;
        }
        match &node.kind {
            Kind::Object(_) | Kind::Array(_) if self.looks_like_document(node) => {
                self.plain_document(node, names);
            }
            Kind::Array(_) if self.is_the_list(node) => {
                self.spot = Some((self.way.clone(), names.clone()));
            }
            Kind::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.way.push(Step::Index(index));
                    self.visit(item, names);
                    self.way.pop();
                }
            }
            Kind::Object(_) => self.object(node, names),
            Kind::String(value) => self.string(value, node.span(), names),
            Kind::Bool(_) if self.is_not_yet(node) => self.skip(node.span(), SkipReason::NotYet),
            _ => {}
        }
    }

    /// Is it the list of which the tree holds nothing?
    fn is_the_list(&self, node: &Node<'_>) -> bool {
        self.list.is_some_and(|(list, _)| list.start == node.span().start + 1)
    }

    /// Objects with statements anywhere; a bare statement, a list of them, or a document with a slip in its words, only
    /// where a document belongs.
    fn looks_like_document(&self, node: &Node<'_>) -> bool {
        let holder = self.in_holder();
        let belongs = holder || self.way.iter().all(|step| matches!(step, Step::Index(_)));
        match &node.kind {
            Kind::Object(_) => match node.get("Statement").map(|statement| &statement.kind) {
                Some(Kind::Array(items)) if items.is_empty() => true,
                Some(_) if node.get("Statement").is_some_and(has_statements) => true,
                Some(_) => belongs && candidate::is_document(node, holder),
                None => belongs && (is_bare(node) || candidate::is_document(node, holder)),
            },
            Kind::Array(items) => belongs && !items.is_empty() && items.iter().all(is_bare),
            _ => false,
        }
    }

    /// Does an element for documents come last on the way, but for the alternatives of a condition?
    fn in_holder(&self) -> bool {
        self.holds(&HOLDERS)
    }

    fn holds(&self, keys: &[&str]) -> bool {
        let mut way = self.way.as_slice();
        while let [rest @ .., Step::Key("Fn::If"), Step::Index(1..)] = way {
            way = rest;
        }
        matches!(way.last(), Some(Step::Key(key)) if keys.contains(key))
    }

    fn object(&mut self, node: &'t Node<'_>, names: &Names) {
        let mut names = names.clone();
        for beside in ["Policy", "Role"] {
            if let Some(beside) = node.get(beside) {
                names.learn(beside);
            }
        }
        names.learn(node);
        names.fall_back(node, has_holder(node));
        if let Some(id) = self.logical_id().filter(|id| id.len() <= LONGEST) {
            names.resource = Some(id.to_owned());
        }
        self.page(node);
        if let Some(role) = ListedRole::of(node) {
            self.found.roles.push(role);
        }
        let in_list = matches!(self.way.last(), Some(Step::Index(_)));
        if in_list && !has_holder(node) && node.get("DefaultPolicyVersion").is_none() {
            self.found.policies.extend(ListedPolicy::of(node));
        }
        let old = node.get("Policy").and_then(|policy| policy.get("PolicyDocument"));
        let new =
            node.get("DefaultPolicyVersion").and_then(|version| version.get("PolicyDocument"));
        if let (Some(old), Some(new)) = (old, new)
            && self.is_readable(new)
        {
            self.deprecated = Some(old.span().start);
        }
        for member in node.as_object().unwrap_or_default() {
            if is_old_name(node, &member.key, &member.value) {
                continue;
            }
            self.way.push(Step::Key(&member.key));
            if !self.passed_over(&member.value) {
                self.visit(&member.value, &names);
            }
            self.way.pop();
        }
    }

    /// Is it no template of another tool?
    fn is_of_terraform(&self) -> bool {
        self.origin.is_none_or(|origin| origin == Wrapper::Terraform)
    }

    /// What the template calls the resource that the way ends at.
    fn logical_id(&self) -> Option<&'t str> {
        if !matches!(self.origin, Some(Wrapper::RosTemplate | Wrapper::CloudFormation)) {
            return None;
        }
        match self.way.as_slice() {
            [rest @ .., Step::Key("Resources"), Step::Key(id)]
                if rest.iter().all(|step| matches!(step, Step::Index(_))) =>
            {
                Some(id)
            }
            _ => None,
        }
    }

    /// Can a document be read from this value?
    fn is_readable(&self, node: &Node<'_>) -> bool {
        match node.as_str() {
            Some(value) => {
                unpack(value, false, self.limits).and_then(Result::ok).is_some_and(|unpacked| {
                    read::document_within(&*unpacked.text, self.limits).is_ok()
                })
            }
            None => {
                self.plain_at(node).is_some()
                    || read::from_node(self.text, node, self.limits).is_ok()
            }
        }
    }

    /// The document that stands where the tree has an empty object.
    fn plain_at(&self, node: &Node<'_>) -> Option<PlainDocument<'t, 't>> {
        let empty = node.as_object().is_some_and(<[_]>::is_empty);
        self.plain.filter(|_| empty)?.at(node.span().start)
    }

    fn plain_document(&mut self, node: &Node<'_>, names: &Names) {
        match read::from_node(self.text, node, self.limits) {
            Ok(read) => {
                let span = node.span();
                // A document alone keeps the comments and blanks around it.
                let alone = self.way.is_empty();
                let outer = if alone { Span::new(0, self.text.len()) } else { span };
                let text = self.text.part(outer);
                let text = match self.template {
                    None => text,
                    filled => Source::filled(text.to_string(), filled),
                };
                self.add(text, outer, Embedding::Plain, read, names);
            }
            Err(error) => self.skip(node.span(), SkipReason::Unreadable(error)),
        }
    }

    fn add(&mut self, text: Source, outer: Span, embedding: Embedding, read: Read, names: &Names) {
        let mut kind = DocumentKind::of(&read.document);
        if kind == DocumentKind::Resource && self.in_trust_holder() {
            kind = DocumentKind::Trust;
        }
        let mut names = names.clone();
        if kind == DocumentKind::Trust {
            names.services = services_of(&read.document);
        }
        self.hand_on(text, outer, embedding, kind, Content::Whole(read), names);
    }

    fn hand_on(
        &mut self,
        text: Source,
        outer: Span,
        embedding: Embedding,
        kind: DocumentKind,
        content: Content<'_>,
        names: Names,
    ) {
        let (wrapper, path) = (self.wrapper(), self.path());
        self.taken += 1;
        (self.take)(Wrapped { text, outer, embedding, wrapper, path, kind, names }, content);
    }

    fn in_trust_holder(&self) -> bool {
        matches!(
            self.way.last(),
            Some(Step::Key("AssumeRolePolicyDocument" | "assume_role_policy_document"))
        )
    }

    /// What the document at the end of the way was wrapped in.
    fn wrapper(&self) -> Wrapper {
        if let Some(origin) = self.origin {
            return origin;
        }
        let keys: Vec<&str> = self
            .way
            .iter()
            .filter_map(|step| match step {
                Step::Key(key) => Some(*key),
                Step::Index(_) => None,
            })
            .collect();
        match keys.as_slice() {
            [] if self.way.is_empty() => Wrapper::Bare,
            [] => Wrapper::List,
            [.., "Policy" | "DefaultPolicyVersion", "PolicyDocument"] => Wrapper::GetPolicy,
            [.., "PolicyVersion", "PolicyDocument"] => Wrapper::GetPolicyVersion,
            [.., "Roles", "Role", "AssumeRolePolicyDocument"] => Wrapper::ListRoles,
            [.., "Role", "AssumeRolePolicyDocument"] => Wrapper::GetRole,
            _ => Wrapper::Other,
        }
    }

    fn skip(&mut self, span: Span, reason: SkipReason) {
        if self.found.skipped.len() < MOST_SKIPPED {
            self.found.skipped.push(Skipped { path: self.path(), span, reason });
        }
    }

    /// The way as a JSON path, each key cut to a readable length.
    fn path(&self) -> String {
        let mut path = "$".to_owned();
        for step in &self.way {
            match step {
                Step::Key(key) => {
                    let plain =
                        key.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
                    let key = visible_start(key, 80);
                    if plain && !key.is_empty() {
                        path.extend([".", &key]);
                    } else {
                        path.extend(["[\"", &key, "\"]"]);
                    }
                }
                Step::Index(index) => path.extend(["[", &index.to_string(), "]"]),
            }
        }
        path
    }
}
