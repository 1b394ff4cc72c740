//! From JSON to a [`Document`]: fills in what is there and tells every [`Oddity`].
//!
//! Whether RAM regards the case of element names is not documented. One in another case, or with a slip, is therefore
//! open: the statement may hold as if it were there, and as if it were not.

pub mod plain;
mod statement;
mod template;

use std::collections::HashSet;

use super::document::{Condition, Document, Statement};
use super::json::{self, ErrorKind, Kind, Limits, Member, Node, ReadError, Reading, Repair};
use super::oddity::{Oddity, OddityKind};
use super::placeholder::is_filled_in;
use super::source::{Place, Span, Spanned, Written};
use crate::near;
use crate::say::saying;

/// A document, and what was odd about it and its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Read {
    /// The document.
    pub document: Document,
    /// What is odd about it, in the order of reading; at most a thousand.
    pub oddities: Vec<Oddity>,
    /// How many oddities more there were.
    pub oddities_left_out: usize,
    /// What was repaired in the text; at most a thousand. Empty where a tree was read.
    pub repairs: Vec<Repair>,
    /// How many repairs more there were.
    pub repairs_left_out: usize,
}

/// Reads a policy document with the usual limits. Errors: not JSON, no policy document, or beyond a limit.
pub fn document(text: &(impl Written + ?Sized)) -> Result<Read, ReadError> {
    document_within(text, &Limits::default())
}

/// Reads a policy document within other limits. Errors as [`document`].
pub fn document_within(text: &(impl Written + ?Sized), limits: &Limits) -> Result<Read, ReadError> {
    of_reading(text.text(), json::read(text, limits)?, limits)
}

fn of_reading(text: &str, reading: Reading<'_>, limits: &Limits) -> Result<Read, ReadError> {
    let mut read = from_node(text, &reading.root, limits)?;
    read.repairs = reading.repairs;
    read.repairs_left_out = reading.repairs_left_out;
    Ok(read)
}

/// Makes a document of a tree that was read from `text`. Errors: no policy document, or too many statements.
pub fn from_node(text: &str, root: &Node<'_>, limits: &Limits) -> Result<Read, ReadError> {
    let mut reader =
        Reader { oddities: Vec::new(), left_out: 0, statement: None, aside: Vec::new() };
    let mut document = Document { span: root.span(), ..Document::default() };
    let start = root.span().start;
    let not_a_policy = |other| ReadError::no_policy(start, Place::of(text, start), other);
    let mut left_over = None;
    let statements = match &root.kind {
        Kind::Object(members) if is_document(root) => {
            let (statements, more) = reader.top(members, &mut document);
            left_over = more;
            statements
        }
        Kind::Object(_) if is_statement(root) => {
            reader.tell(OddityKind::LoneStatement, root.span());
            std::slice::from_ref(root)
        }
        Kind::Array(items) if items.iter().all(is_statement) && !items.is_empty() => {
            reader.tell(OddityKind::LoneStatement, root.span());
            items
        }
        Kind::Object(_) => return Err(not_a_policy(None)),
        _ => return Err(not_a_policy(Some(root.word()))),
    };
    if statements.len() > limits.statements {
        return Err(ReadError {
            kind: ErrorKind::TooMany,
            offset: start,
            place: Place::of(text, start),
            found: saying("{} statements").with(statements.len()),
            expected: saying("at most {}").with(limits.statements),
            remedy: None,
        });
    }
    document.statements.reserve_exact(statements.len());
    for (index, node) in statements.iter().enumerate() {
        reader.statement = Some(index);
        let mut statement = reader.statement(node);
        statement.conditions.extend(reader.aside.iter().cloned());
        document.statements.push(statement);
    }
    reader.statement = None;
    document.statements.extend(left_over);
    reader.recognise(&document);
    Ok(Read {
        document,
        oddities: reader.oddities,
        oddities_left_out: reader.left_out,
        repairs: Vec::new(),
        repairs_left_out: 0,
    })
}

/// Does the object have an element of a document? Many other things have a `version`, so that only the
/// grammar's spelling of it tells.
pub(super) fn is_document(node: &Node<'_>) -> bool {
    has_any(node, &["Statement"])
        || node.get("Version").is_some_and(|version| version.as_str().is_some())
}

/// Does the object have an element that only statements have?
pub(super) fn is_statement(node: &Node<'_>) -> bool {
    has_any(node, &["Effect", "Action", "NotAction"])
}

fn has_any(node: &Node<'_>, names: &[&str]) -> bool {
    let members = node.as_object().unwrap_or_default();
    members.iter().any(|member| names.iter().any(|name| member.key.eq_ignore_ascii_case(name)))
}

/// Collects oddities while it reads.
struct Reader {
    oddities: Vec<Oddity>,
    left_out: usize,
    /// The statement being read.
    statement: Option<usize>,
    /// What stands beside the statements and may be a part of each.
    aside: Vec<Condition>,
}

/// More oddities would tell a reader nothing, and a hostile text could have one every few bytes.
const MOST: usize = 1_000;

impl Reader {
    fn tell(&mut self, kind: OddityKind, span: Span) {
        if self.oddities.len() < MOST {
            self.oddities.push(Oddity { kind, statement: self.statement, span });
        } else {
            self.left_out += 1;
        }
    }

    /// Reads the top level; gives back the nodes of the statements, and a statement for what may hold more of them.
    fn top<'n, 'a>(
        &mut self,
        members: &'n [Member<'a>],
        document: &mut Document,
    ) -> (&'n [Node<'a>], Option<Statement>) {
        let (mut statements, mut other) = (None, None);
        for member in self.last_of_each(members) {
            let key = member.key.as_ref();
            match key {
                "Version" => document.version = self.version(&member.value),
                "Statement" => statements = Some(self.statements(member)),
                "Id" => self.tell(OddityKind::Label("Id"), member.span()),
                "Condition" | "Principal" | "NotPrincipal" => {
                    self.tell(OddityKind::Beside(key.to_owned()), member.key_span());
                }
                _ => self.unknown(member, &["Version", "Statement"]),
            }
            if key != "Statement" && (is_near("Statement", key) || is_filled_in(key)) {
                other = Some(member);
            }
            let limits = |name| matches!(name, "Condition" | "Principal" | "NotPrincipal");
            if statement::resembling(key).is_some_and(limits) {
                let written = Spanned::new(key, member.key_span());
                self.aside.push(Condition::open(written, None, member.span()));
            }
        }
        if let (None, Some(member)) = (statements, other) {
            let written = Spanned::new(member.key.as_ref(), member.key_span());
            self.aside.push(Condition::open(written, Some("Statement"), member.span()));
            return (self.statements(member), None);
        }
        if statements.is_none() {
            self.tell(OddityKind::MissingStatement, document.span);
        }
        (statements.unwrap_or_default(), other.map(|member| Statement::unread(member.span())))
    }

    fn version(&mut self, node: &Node<'_>) -> Option<Spanned> {
        let bare = matches!(node.kind, Kind::Null | Kind::Array(_) | Kind::Object(_));
        if bare && template::name(node).is_none() {
            self.tell(OddityKind::VersionOfType(node.word()), node.span());
            return None;
        }
        self.text("Version", node)
    }

    /// The nodes of the statements under `Statement`.
    fn statements<'n, 'a>(&mut self, member: &'n Member<'a>) -> &'n [Node<'a>] {
        match &member.value.kind {
            Kind::Array(items) => {
                if items.is_empty() {
                    self.tell(OddityKind::EmptyStatement, member.span());
                }
                items
            }
            Kind::Object(_) => {
                if template::name(&member.value).is_none() {
                    self.tell(OddityKind::BareStatement, member.span());
                }
                std::slice::from_ref(&member.value)
            }
            // It is told as a statement that is none.
            _ => std::slice::from_ref(&member.value),
        }
    }

    /// Tells of a version that is missing or not RAM's, and of documents of another language.
    fn recognise(&mut self, document: &Document) {
        let Some(version) = &document.version else {
            if document.is_stack_policy() {
                self.tell(OddityKind::StackPolicy, document.span);
            } else if !self.has(&OddityKind::LoneStatement)
                && !self.oddities.iter().any(|odd| matches!(odd.kind, OddityKind::VersionOfType(_)))
            {
                self.tell(OddityKind::MissingVersion, document.span);
            }
            return;
        };
        match version.value.as_str() {
            "1" => {}
            "2012-10-17" | "2008-10-17" => {
                self.tell(OddityKind::AwsVersion(version.value.to_string()), version.span);
            }
            other => self.tell(OddityKind::OddVersion(format!("\"{other}\"")), version.span),
        }
    }

    fn has(&self, kind: &OddityKind) -> bool {
        self.oddities.iter().any(|oddity| oddity.kind == *kind)
    }

    /// The members that count, in the order of the source: of equal keys the last, as JSON readers do.
    fn last_of_each<'n, 'a>(&mut self, members: &'n [Member<'a>]) -> Vec<&'n Member<'a>> {
        let overridden = overridden(members);
        let mut kept = Vec::with_capacity(members.len());
        for (index, member) in members.iter().enumerate() {
            if overridden.contains(&index) {
                self.tell(OddityKind::Duplicate(member.key.to_string()), member.span());
            } else {
                kept.push(member);
            }
        }
        kept
    }

    /// Tells of an element outside the grammar, with the name that it may stand for.
    fn unknown(&mut self, member: &Member<'_>, names: &[&'static str]) {
        let key = member.key.as_ref();
        let right = names.iter().find(|name| name.eq_ignore_ascii_case(key));
        let near = || names.iter().copied().find(|name| is_near(name, key));
        let kind = right.map_or_else(
            || OddityKind::UnknownElement(key.to_owned(), near()),
            |right| OddityKind::WrongCase(key.to_owned(), right),
        );
        self.tell(kind, member.key_span());
    }

    /// The text of a single value; numbers and truth values as they are written, expressions of templates with holes.
    fn text(&mut self, element: &str, node: &Node<'_>) -> Option<Spanned> {
        if let Some(name) = template::name(node) {
            let text = template::text(node);
            if template::has_hole(&text) {
                let element = element.to_owned();
                let kind = if node.holed().is_some() {
                    OddityKind::FilledIn(element, template::hole_in(&text).to_owned())
                } else {
                    let name = template::written(name).to_owned();
                    OddityKind::Unfilled(element, name, text.clone())
                };
                self.tell(kind, node.span());
            }
            return Some(Spanned::new(text, node.span()));
        }
        let unquoted = match &node.kind {
            Kind::String(text) => return Some(Spanned::new(text.as_ref(), node.span())),
            Kind::Number(text) => (*text).to_owned(),
            Kind::Bool(value) => value.to_string(),
            Kind::Null | Kind::Array(_) | Kind::Object(_) => {
                let kind = OddityKind::WrongType(element.to_owned(), node.word());
                self.tell(kind, node.span());
                return None;
            }
        };
        self.tell(OddityKind::Unquoted(element.to_owned(), unquoted.clone()), node.span());
        Some(Spanned::new(unquoted, node.span()))
    }

    /// The texts of one value or a list of them, and whether there are values that the text does not tell: those
    /// of a template, and what cannot be read. Dropping these would say too much. A `negated` element says what is not
    /// meant, so that none may mean all.
    fn texts(&mut self, element: &str, negated: bool, node: &Node<'_>) -> (Vec<Spanned>, bool) {
        let items = node.as_array().unwrap_or(std::slice::from_ref(node));
        if items.is_empty() {
            let kind = if negated { OddityKind::EmptyExclusion } else { OddityKind::Empty };
            self.tell(kind(element.to_owned()), node.span());
        }
        let mut texts = Vec::with_capacity(items.len());
        texts.extend(items.iter().filter_map(|item| self.text(element, item)));
        let dropped = texts.len() < items.len();
        let unknown = dropped || items.iter().any(template::is_open);
        (texts, unknown)
    }
}

/// The indexes of the members whose key comes again later.
fn overridden(members: &[Member<'_>]) -> HashSet<usize> {
    let few = members.len() <= 16;
    let mut later = HashSet::new();
    let mut found = HashSet::new();
    for (index, member) in members.iter().enumerate().rev() {
        let key = member.key.as_ref();
        // Nearly every object has a handful of keys: comparing them is cheaper than hashing them.
        let again = if few {
            members.iter().skip(index + 1).any(|other| other.key == key)
        } else {
            !later.insert(key)
        };
        if again {
            found.insert(index);
        }
    }
    found
}

/// Do the names differ by a slip at most, as whatever is typed may?
pub(super) fn is_near(name: &str, written: &str) -> bool {
    // Asked of many names, nearly all of which are far longer or shorter.
    name.len().abs_diff(written.len()) <= 1 && near::is_slip(written, name)
}

impl Document {
    /// Is it a stack policy of Resource Orchestration Service? These guard `Update:` actions and have no version.
    pub fn is_stack_policy(&self) -> bool {
        let mut actions = self
            .statements
            .iter()
            .filter_map(|statement| statement.action.as_ref())
            .flat_map(|clause| &clause.values)
            .map(|action| action.value.to_ascii_lowercase())
            .filter(|action| action != "*")
            .peekable();
        self.version.is_none()
            && actions.peek().is_some()
            && actions.all(|action| action.starts_with("update:"))
    }
}
