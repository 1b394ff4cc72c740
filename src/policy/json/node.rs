//! The tree of a JSON text: values with their places, members in order, duplicate keys kept.

use std::borrow::Cow;

use crate::policy::source::Span;

/// A place in at most 4 GiB of text: half of a [`Span`], because trees have millions of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Near {
    start: u32,
    end: u32,
}

impl Near {
    /// The reader refuses longer texts before the first place is made.
    pub(super) fn new(start: usize, end: usize) -> Self {
        let narrow = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Self { start: narrow(start), end: narrow(end) }
    }

    const fn span(self) -> Span {
        Span::new(self.start as usize, self.end as usize)
    }
}

/// A JSON value and its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Node<'a> {
    /// The value.
    pub kind: Kind<'a>,
    pub(super) near: Near,
}

/// What a JSON value is. Text that needs no unescaping borrows from the source.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind<'a> {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number as written: it may be longer than any machine number.
    Number(&'a str),
    /// A string, escapes resolved.
    String(Cow<'a, str>),
    /// A list.
    Array(Box<[Node<'a>]>),
    /// An object: its members in the order of the source, duplicate keys included.
    Object(Box<[Member<'a>]>),
}

/// A key and its value.
#[derive(Clone, Debug, PartialEq)]
pub struct Member<'a> {
    /// The key, escapes resolved.
    pub key: Cow<'a, str>,
    /// The value.
    pub value: Node<'a>,
    pub(super) near: Near,
}

impl<'a> Member<'a> {
    /// A member that stands in no text.
    pub fn new(key: impl Into<Cow<'a, str>>, value: Node<'a>) -> Self {
        Self { key: key.into(), value, near: Near::default() }
    }

    /// Where the key stands, quotes included.
    pub const fn key_span(&self) -> Span {
        self.near.span()
    }

    /// Key and value in the source.
    pub const fn span(&self) -> Span {
        Span::new(self.key_span().start, self.value.span().end)
    }
}

impl<'a> Node<'a> {
    /// A value that stands in no text.
    pub fn new(kind: Kind<'a>) -> Self {
        Self { kind, near: Near::default() }
    }

    /// A string that stands in no text.
    pub fn text(text: &'a str) -> Self {
        Self::new(Kind::String(Cow::Borrowed(text)))
    }

    /// Where the value stands; strings with their quotes.
    pub const fn span(&self) -> Span {
        self.near.span()
    }

    /// The text of a string.
    pub fn as_str(&self) -> Option<&str> {
        match &self.kind {
            Kind::String(text) => Some(text),
            _ => None,
        }
    }

    /// What stands between `${` and its bracket, where Terraform's language has a value: see
    /// [`RepairKind::Expression`](super::RepairKind::Expression). Such an object has a key of no length.
    pub fn expression(&self) -> Option<&str> {
        let Kind::Object(members) = &self.kind else { return None };
        let [member] = &**members else { return None };
        let key = member.key_span();
        let read = self.span().end > 0 && key.start == key.end;
        read.then(|| member.value.as_str())?
    }

    /// A truth value.
    pub const fn as_bool(&self) -> Option<bool> {
        match self.kind {
            Kind::Bool(value) => Some(value),
            _ => None,
        }
    }

    /// The elements of a list.
    pub const fn as_array(&self) -> Option<&[Node<'a>]> {
        match &self.kind {
            Kind::Array(items) => Some(items),
            _ => None,
        }
    }

    /// The members of an object.
    pub const fn as_object(&self) -> Option<&[Member<'a>]> {
        match &self.kind {
            Kind::Object(members) => Some(members),
            _ => None,
        }
    }

    /// The value of a key of an object; of duplicates the last, as JSON readers do.
    pub fn get(&self, key: &str) -> Option<&Node<'a>> {
        let found = self.as_object()?.iter().rev().find(|member| member.key == key)?;
        Some(&found.value)
    }

    /// What the value is, with its article: `a list`.
    pub const fn word(&self) -> &'static str {
        match self.kind {
            Kind::Null => "null",
            Kind::Bool(_) => "a truth value",
            Kind::Number(_) => "a number",
            Kind::String(_) => "a string",
            Kind::Array(_) => "a list",
            Kind::Object(_) => "an object",
        }
    }
}
