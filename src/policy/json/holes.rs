//! Holes in strings: what a template language fills in before anybody reads the JSON.
//!
//! In Terraform's here-documents and strings these are `${..}` and `%{..}`, in a shell's `${..}`, `$name`, `$(..)` and
//! `` `..` ``; see "Strings and templates" in Terraform's documentation and "Word expansions" in that of POSIX.

use std::borrow::Cow;

use super::cursor::Cursor;
use super::node::{Kind, Member, Node};
use super::repair::RepairKind;
use super::words::{LONGEST, expression};
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
    /// It begins as a hole does, and so many bytes behind it hold no end of it.
    Open(usize),
}

/// Such a part at the beginning of a text.
fn part(text: &str, template: Template) -> Option<Part> {
    let up_to = |end: Result<usize, usize>, begun: usize| {
        Some(end.map_or_else(Part::Open, |end| Part::Hole(begun + end)))
    };
    let shell = template == Template::Shell;
    match text.as_bytes() {
        [b'$', b'$', b'{', ..] => Some(Part::Escaped(3)),
        [b'%', b'%', b'{', ..] if !shell => Some(Part::Escaped(3)),
        [b'\\', b'$' | b'`', ..] if shell => Some(Part::Escaped(2)),
        [b'$', b'{', ..] => {
            up_to(expression(text).map(|inside| inside.len() + 1).ok_or(LONGEST), 2)
        }
        [b'%', b'{', rest @ ..] if !shell => up_to(end_of(rest, b'{', b'}'), 2),
        [b'$', b'(', rest @ ..] if shell => up_to(end_of(rest, b'(', b')'), 2),
        [b'`', rest @ ..] if shell => up_to(end_of(rest, b'`', b'`'), 1),
        [b'$', b'0'..=b'9' | b'@' | b'*' | b'#' | b'?' | b'!' | b'$' | b'-', ..] if shell => {
            Some(Part::Hole(2))
        }
        [b'$', ..] if shell => {
            let name = word(text.get(1..).unwrap_or_default());
            (!name.is_empty()).then(|| Part::Hole(name.len() + 1))
        }
        _ => None,
    }
}

/// The bytes up to the mark that ends what was opened, and it, on this line. Errors: so many bytes hold none.
fn end_of(text: &[u8], open: u8, close: u8) -> Result<usize, usize> {
    let mut depth = 1_usize;
    for (at, byte) in text.iter().enumerate().take(LONGEST) {
        match *byte {
            b'\n' => return Err(at),
            byte if byte == close => depth -= 1,
            byte if byte == open => depth += 1,
            _ => {}
        }
        if depth == 0 {
            return Ok(at + 1);
        }
    }
    Err(text.len().min(LONGEST))
}

/// The letters, digits and underscores that a text begins with.
pub(super) fn word(text: &str) -> &str {
    text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').next().unwrap_or_default()
}

impl<'a> Cursor<'a> {
    /// Takes what does not stand for itself at the position; false where there is no such thing.
    pub(super) fn in_template(&mut self, value: &mut String) -> bool {
        let (rest, start, at) = (self.rest(), value.len(), self.at);
        let Some(template) = self.template.filter(|_| at >= self.no_holes) else { return false };
        let (length, hole) = match part(rest, template) {
            Some(Part::Hole(length)) => (length, true),
            Some(Part::Escaped(length)) => (length, false),
            Some(Part::Open(length)) => {
                self.no_holes = at + length;
                return false;
            }
            None => return false,
        };
        let written = rest.get(..length).unwrap_or_default();
        self.at += written.len();
        if self.packed {
            value.push_str(written);
        } else if hole {
            value.push_str(written);
            self.holes.push(Span::new(start, value.len()));
            // Such a string is none of JSON's.
            if written.contains('"') {
                self.repairs.note(RepairKind::Expression, at);
            }
        } else {
            value.push_str(written.get(1..).unwrap_or_default());
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
