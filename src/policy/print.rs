//! JSON out: trees in the standard's form, and a source without its blanks.
//!
//! Characters that no screen shows, such as bidi marks, are written as escapes: the meaning is the same and
//! nobody is misled.

use std::fmt::Write as _;

use super::json::{Kind, Node, is_number, pieces};
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

/// Takes the margin of the last line off every line but the first, which begins after its margin: a
/// statement as it stands in a document.
pub fn outdent(text: &str) -> String {
    let blanks = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let margin = text.lines().last().map_or(0, blanks);
    let mut lines = text.lines();
    let mut out = lines.next().unwrap_or_default().to_owned();
    for line in lines {
        out.push('\n');
        out.push_str(line.get(blanks(line).min(margin)..).unwrap_or_default());
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_statement_stands_without_the_margin_of_the_document() {
        assert_eq!(outdent("{\n      \"a\": 1\n    }"), "{\n  \"a\": 1\n}");
        assert_eq!(outdent("{}"), "{}");
        assert_eq!(outdent(""), "");
    }
}
