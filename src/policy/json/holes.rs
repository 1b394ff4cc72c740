//! Holes in strings: what a template language fills in before anybody reads the JSON.
//!
//! In Terraform's here-documents and strings these are `${..}` and `%{..}`, in a shell's `${..}`, `$name`, `$(..)` and
//! `` `..` ``; see "Strings and templates" in Terraform's documentation and "Word expansions" in that of POSIX.

use std::borrow::Cow;

use super::cursor::Cursor;
use super::node::{Kind, Member, Node};
use super::repair::RepairKind;
use super::words::expression;
use crate::policy::source::{Span, Template};

/// What a hole or an escaped mark begins with.
pub(super) const MARKS: [char; 3] = ['$', '%', '`'];

/// The key of what a string with holes becomes: what other templates call it.
const FILLED: &str = "Fn::Sub";

/// A part of a string that does not stand for itself.
enum Part {
    /// So many bytes are filled in.
    Hole(usize),
    /// The first of so many bytes only tells that the others are no hole.
    Escaped(usize),
}

/// Such a part at the beginning of a text.
fn part(text: &str, template: Template) -> Option<Part> {
    if text.starts_with("$${") {
        return Some(Part::Escaped(3));
    }
    if text.starts_with("${") {
        return expression(text).map(|inside| Part::Hole(inside.len() + 3));
    }
    match template {
        Template::Terraform if text.starts_with("%%{") => Some(Part::Escaped(3)),
        Template::Terraform if text.starts_with("%{") => {
            text.find('}').map(|end| Part::Hole(end + 1))
        }
        Template::Terraform => None,
        Template::Shell => of_shell(text),
    }
}

fn of_shell(text: &str) -> Option<Part> {
    let line = text.lines().next().unwrap_or_default();
    if line.starts_with("\\$") || line.starts_with("\\`") {
        return Some(Part::Escaped(2));
    }
    if let Some(command) = line.strip_prefix('`') {
        return command.find('`').map(|end| Part::Hole(end + 2));
    }
    let behind = line.strip_prefix('$')?;
    if behind.starts_with('(') {
        let mut open = 0_usize;
        let end = behind.bytes().position(|byte| {
            match byte {
                b'(' => open += 1,
                b')' => open = open.saturating_sub(1),
                _ => {}
            }
            open == 0
        });
        return end.map(|end| Part::Hole(end + 2));
    }
    if behind.starts_with(|c: char| c.is_ascii_digit() || "@*#?!$-".contains(c)) {
        return Some(Part::Hole(2));
    }
    let name = word(behind);
    (!name.is_empty()).then(|| Part::Hole(name.len() + 1))
}

/// The letters, digits and underscores that a text begins with.
fn word(text: &str) -> &str {
    text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').next().unwrap_or_default()
}

impl<'a> Cursor<'a> {
    /// Takes what does not stand for itself at the position; false where there is no such thing.
    pub(super) fn in_template(&mut self, value: &mut String) -> bool {
        let rest = self.rest();
        let Some(part) = self.template.and_then(|template| part(rest, template)) else {
            return false;
        };
        let (start, at) = (value.len(), self.at);
        let (Part::Hole(length) | Part::Escaped(length)) = part;
        let written = rest.get(..length).unwrap_or_default();
        self.at += written.len();
        match part {
            _ if self.packed => value.push_str(written),
            Part::Escaped(_) => value.push_str(written.get(1..).unwrap_or_default()),
            Part::Hole(_) => {
                value.push_str(written);
                self.holes.push(Span::new(start, value.len()));
                // Such a string is none of JSON's.
                if written.contains('"') {
                    self.repairs.note(RepairKind::Expression, at);
                }
            }
        }
        true
    }

    /// The string that was read last as a value: with holes it becomes what an expression of other templates is. Behind
    /// the text with plain holes stands what is written.
    pub(super) fn filled(&mut self, text: Cow<'a, str>) -> Kind<'a> {
        if self.holes.is_empty() {
            return Kind::String(text);
        }
        let (mut plain, mut passed) = (String::new(), 0);
        for hole in self.holes.drain(..) {
            plain.push_str(text.get(passed..hole.start).unwrap_or_default());
            plain.push_str(&plain_hole(text.get(hole.start..hole.end).unwrap_or_default()));
            passed = hole.end;
        }
        plain.push_str(text.get(passed..).unwrap_or_default());
        let both = [Kind::String(Cow::Owned(plain)), Kind::String(text)].map(Node::new);
        let member = Member::new(FILLED, Node::new(Kind::Array(Box::new(both))));
        Kind::Object(Box::new([member]))
    }
}

/// A hole with nothing in it but the first name. More would be taken for a part of the value: a colon ends the service
/// of an action.
fn plain_hole(written: &str) -> String {
    let inside = written.trim_start_matches(|c: char| !c.is_ascii_alphanumeric() && c != '_');
    let end = inside.find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '_' | '.' | '-'));
    let name = inside.get(..end.unwrap_or(inside.len())).unwrap_or_default();
    let name = if name.is_empty() { "expression" } else { name };
    format!("${{{name}}}")
}

impl Node<'_> {
    /// The text of a string with holes, as it is written.
    pub fn holed(&self) -> Option<&str> {
        let [member] = self.as_object()? else { return None };
        // It stands in no text.
        let [_, written] = member.value.as_array()? else { return None };
        let read = self.span().end > 0 && member.key_span().end == 0 && member.key == FILLED;
        read.then(|| written.as_str())?
    }
}
