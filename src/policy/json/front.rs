//! What stands before a fault: of a list that breaks off, or has a fault in it, the elements that are whole.

use super::error::{ErrorKind, ReadError};
use super::node::{Kind, Member, Near, Node};
use super::parse::{Parser, Shape};
use super::repair::Repair;
use super::{Limits, begin};

/// The statements of a policy: with a part of them only, it would say something else.
const STATEMENTS: &str = "Statement";
/// What the objects have that describe a role or a policy.
const NAMES: [&str; 2] = ["RoleName", "PolicyName"];

/// The front of a text with a fault.
pub(in crate::policy) struct Front<'a> {
    /// The outermost list with its whole elements, in the objects around it.
    pub(in crate::policy) root: Node<'a>,
    /// What was repaired on the way.
    pub(in crate::policy) repairs: Vec<Repair>,
    /// Where the element with the fault stands, as `$.Policies[7]`.
    pub(in crate::policy) path: String,
    /// Where that list begins: it, and what is around it, is not whole.
    pub(in crate::policy) list: usize,
    /// The fault.
    pub(in crate::policy) error: ReadError,
}

/// Reads a text up to its first fault. None where there is none, where no list has a whole element before it, or where
/// that list is of one policy.
pub(in crate::policy) fn read_front<'a>(text: &'a str, limits: &Limits) -> Option<Front<'a>> {
    let mut parser = begin(text, limits).ok()?;
    let error = parser.root().err().filter(|error| error.kind == ErrorKind::Syntax)?;
    let repairs = std::mem::take(&mut parser.cursor.repairs.list);
    let (root, path, list) = parser.whole_elements()?;
    Some(Front { root, repairs, path, list, error })
}

impl<'a> Parser<'a, '_> {
    /// Of what is still open, the outermost list with its finished elements, in the objects around it; the path to its
    /// next element, and where it begins.
    fn whole_elements(mut self) -> Option<(Node<'a>, String, usize)> {
        let first = self.frames.iter().position(|frame| frame.shape == Shape::List)?;
        let base_of = |shape: Shape, most: usize| {
            let mut inside = self.frames.iter().skip(first + 1);
            inside.find(|frame| frame.shape == shape).map_or(most, |frame| frame.base)
        };
        // What lies above belongs to elements that are not whole.
        self.nodes.truncate(base_of(Shape::List, self.nodes.len()));
        self.members.truncate(base_of(Shape::Object, self.members.len()));
        let end = self.cursor.at;
        self.frames.truncate(first + 1);
        let list = self.frames.pop()?;
        let items: Box<[Node<'a>]> = self.nodes.drain(list.base..).collect();
        if items.is_empty() {
            return None;
        }
        let mut path = format!("[{}]", items.len());
        let mut root = Node { kind: Kind::Array(items), near: Near::new(list.start, end) };
        while let Some(frame) = self.frames.pop() {
            let (key, near) = frame.key?;
            if key.eq_ignore_ascii_case(STATEMENTS) {
                return None;
            }
            path.insert_str(0, &format!(".{key}"));
            let mut members: Vec<Member<'a>> = self.members.drain(frame.base..).collect();
            // Half a role or policy is none; what is around it may tell what kind of text this is.
            if members.iter().any(|member| NAMES.contains(&&*member.key)) {
                members.clear();
            }
            members.push(Member { key, value: root, near });
            root = Node { kind: Kind::Object(members.into()), near: Near::new(frame.start, end) };
        }
        Some((root, format!("${path}"), list.start))
    }
}
