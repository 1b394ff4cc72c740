//! JSON out: trees and documents in the standard's form, and a source without its blanks.
//!
//! Characters that no screen shows, such as bidi marks, are written as escapes: the meaning is the same and
//! nobody is misled.

use std::fmt::Write as _;

use super::document::{Clause, Condition, Document, Effect, Principal, PrincipalKind, Statement};
use super::json::{Kind, Member, Node, is_number, pieces};
use crate::text::is_harmful;

/// The tree as JSON, indented by two spaces, without a final line break.
pub fn pretty(node: &Node<'_>) -> String {
    let mut out = String::new();
    write_node(&mut out, node, Some(0));
    out
}

/// The tree as JSON without any blank.
pub fn minified(node: &Node<'_>) -> String {
    let mut out = String::new();
    write_node(&mut out, node, None);
    out
}

/// The document as JSON, indented by two spaces. Clauses of one value are written without a list.
pub fn document(document: &Document) -> String {
    pretty(&tree(document))
}

/// The tree of a document, its elements in the usual order.
pub fn tree(document: &Document) -> Node<'_> {
    let mut members = Vec::new();
    if let Some(version) = &document.version {
        members.push(Member::new("Version", Node::text(&version.value)));
    }
    let statements = document.statements.iter().map(statement).collect();
    members.push(Member::new("Statement", Node::new(Kind::Array(statements))));
    object(members)
}

/// The source without the blanks outside strings; all else is kept byte for byte. A line comment keeps the end
/// of its line, and values with no comma between them keep one space.
pub fn compact(source: &str) -> String {
    let mut out = String::with_capacity(source.len());
    let mut gap = false;
    for piece in pieces(source) {
        let blank = matches!(piece, " " | "\n" | "\r" | "\t");
        if !blank {
            let apart = out.is_empty() || out.ends_with(stands_alone);
            if gap && !apart && !piece.starts_with(stands_alone) {
                out.push(' ');
            }
            out.push_str(piece);
        }
        gap = blank;
    }
    out
}

/// A mark that needs no blank beside it. Two others in a row mean that a comma is missing, and must not touch.
fn stands_alone(c: char) -> bool {
    matches!(c, '[' | ']' | '{' | '}' | ',' | ':' | '/' | '#' | '\n' | '\r')
}

/// Writes a value; `level` is the indentation, None for no blanks at all.
fn write_node(out: &mut String, node: &Node<'_>, level: Option<usize>) {
    match &node.kind {
        Kind::Null => out.push_str("null"),
        Kind::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
        Kind::Number(text) if is_number(text) => out.push_str(text),
        // What only common sense calls a number survives as text.
        Kind::Number(text) => write_string(out, text),
        Kind::String(text) => write_string(out, text),
        Kind::Array(items) => write_list(out, ['[', ']'], level, items, |out, item, inner| {
            write_node(out, item, inner);
        }),
        Kind::Object(members) => {
            // As Terraform's own JSON has it.
            if let Some(text) = node.holed() {
                return write_string(out, text);
            }
            if let Some(expression) = node.expression() {
                return write_string(out, &format!("${{{expression}}}"));
            }
            write_list(out, ['{', '}'], level, members, |out, member, inner| {
                write_string(out, &member.key);
                out.push_str(if inner.is_some() { ": " } else { ":" });
                write_node(out, &member.value, inner);
            });
        }
    }
}

fn write_list<T>(
    out: &mut String,
    brackets: [char; 2],
    level: Option<usize>,
    items: &[T],
    write: impl Fn(&mut String, &T, Option<usize>),
) {
    let [open, close] = brackets;
    let inner = level.map(|level| level + 1);
    let line = |out: &mut String, level: Option<usize>| {
        if let Some(level) = level {
            out.push('\n');
            out.extend(std::iter::repeat_n("  ", level));
        }
    };
    out.push(open);
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            out.push(',');
        }
        line(out, inner);
        write(out, item, inner);
    }
    if !items.is_empty() {
        line(out, level);
    }
    out.push(close);
}

/// Writes a JSON string.
fn write_string(out: &mut String, text: &str) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{8}' => out.push_str("\\b"),
            '\u{C}' => out.push_str("\\f"),
            _ if !is_harmful(c) => out.push(c),
            _ => {
                for unit in c.encode_utf16(&mut [0; 2]) {
                    // Writing to a string cannot fail.
                    let _ = write!(out, "\\u{unit:04x}");
                }
            }
        }
    }
    out.push('"');
}

fn object(members: Vec<Member<'_>>) -> Node<'_> {
    Node::new(Kind::Object(members.into()))
}

fn statement(statement: &Statement) -> Node<'_> {
    let mut members = Vec::new();
    if let Some(sid) = &statement.sid {
        members.push(Member::new("Sid", Node::text(&sid.value)));
    }
    match statement.effect {
        Effect::Allow => members.push(Member::new("Effect", Node::text("Allow"))),
        Effect::Deny => members.push(Member::new("Effect", Node::text("Deny"))),
        Effect::Unknown => {}
    }
    if let Some(who) = &statement.principal {
        let key = if who.negated { "NotPrincipal" } else { "Principal" };
        members.push(Member::new(key, principal(who)));
    }
    let clause = |clause: &'_ Clause, plain: &'static str, negated: &'static str| {
        if clause.negated { negated } else { plain }
    };
    if let Some(action) = &statement.action {
        let key = clause(action, "Action", "NotAction");
        members.push(Member::new(
            key,
            one_or_list(action.values.iter().map(|value| value.value.as_str()), action.unknown),
        ));
    }
    if let Some(resource) = &statement.resource {
        let key = clause(resource, "Resource", "NotResource");
        members.push(Member::new(
            key,
            one_or_list(resource.values.iter().map(|value| value.value.as_str()), resource.unknown),
        ));
    }
    if !statement.conditions.is_empty() {
        members.push(Member::new("Condition", conditions(&statement.conditions)));
    }
    object(members)
}

/// One value as itself, none or several as a list. What is not known is a null, which is read as not known again.
fn one_or_list<'a>(values: impl Iterator<Item = &'a str>, unknown: bool) -> Node<'a> {
    let mut nodes: Vec<_> = values.map(Node::text).collect();
    nodes.extend(unknown.then(|| Node::new(Kind::Null)));
    match (nodes.pop(), nodes.is_empty()) {
        (Some(only), true) => only,
        (last, _) => {
            nodes.extend(last);
            Node::new(Kind::Array(nodes.into()))
        }
    }
}

fn principal(principal: &Principal) -> Node<'_> {
    let bare = |kind: &PrincipalKind| *kind == PrincipalKind::Bare;
    if principal.members.iter().all(|(kind, _)| bare(kind)) {
        return one_or_list(
            principal.members.iter().map(|(_, value)| value.value.as_str()),
            principal.unknown,
        );
    }
    let mut groups: Vec<(&str, Vec<Node<'_>>)> = Vec::new();
    for (kind, value) in &principal.members {
        let key = match kind {
            PrincipalKind::Service => "Service",
            PrincipalKind::Ram => "RAM",
            PrincipalKind::Federated => "Federated",
            PrincipalKind::Bare => "*",
            PrincipalKind::Other(other) => other,
        };
        let node = Node::text(&value.value);
        match groups.iter_mut().find(|(known, _)| *known == key) {
            Some((_, nodes)) => nodes.push(node),
            None => groups.push((key, vec![node])),
        }
    }
    if let Some((_, nodes)) = groups.first_mut().filter(|_| principal.unknown) {
        nodes.push(Node::new(Kind::Null));
    }
    object(
        groups
            .into_iter()
            .map(|(key, nodes)| Member::new(key, Node::new(Kind::Array(nodes.into()))))
            .collect(),
    )
}

fn conditions(conditions: &[Condition]) -> Node<'_> {
    let mut groups: Vec<(&str, Vec<Member<'_>>)> = Vec::new();
    for condition in conditions {
        let values = one_or_list(
            condition.values.iter().map(|value| value.value.as_str()),
            condition.unknown,
        );
        let member = Member::new(condition.key.value.as_str(), values);
        let operator = condition.operator.value.as_str();
        match groups.last_mut() {
            Some((known, members)) if *known == operator => members.push(member),
            _ => groups.push((operator, vec![member])),
        }
    }
    object(
        groups
            .into_iter()
            .map(|(operator, members)| Member::new(operator, object(members)))
            .collect(),
    )
}
