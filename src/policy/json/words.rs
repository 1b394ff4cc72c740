//! Numbers, `true`, `false`, `null`, and keys without quotation marks.

use super::cursor::Cursor;
use super::node::{Kind, Member, Near, Node};
use super::repair::RepairKind;

impl<'a> Cursor<'a> {
    /// Reads the number or word at the position; the position stays where there is none.
    pub(super) fn word(&mut self) -> Option<Kind<'a>> {
        let start = self.at;
        let run = self
            .run(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.' | b'_'));
        let (kind, repair) = match run {
            "true" => (Kind::Bool(true), None),
            "false" => (Kind::Bool(false), None),
            "null" => (Kind::Null, None),
            "True" | "TRUE" => (Kind::Bool(true), Some(RepairKind::WordCase)),
            "False" | "FALSE" => (Kind::Bool(false), Some(RepairKind::WordCase)),
            "None" | "Null" | "NULL" => (Kind::Null, Some(RepairKind::WordCase)),
            _ if is_number(run.as_bytes()) => (Kind::Number(run), None),
            _ if is_odd_number(run) => (Kind::Number(run), Some(RepairKind::OddNumber)),
            _ => return None,
        };
        if let Some(repair) = repair {
            self.repairs.note(repair, start);
        }
        self.at += run.len();
        Some(kind)
    }

    /// Reads an expression of Terraform's language where a value belongs, `${jsonencode([..])}`, as the files of its
    /// `templatefile` have them. It becomes what an expression of other templates is: an object with its name.
    pub(super) fn expression(&mut self) -> Option<Kind<'a>> {
        let inside = expression(self.rest())?;
        let word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-');
        let name = inside.trim_start().split(|c| !word(c)).next().unwrap_or_default();
        let name = if name.is_empty() { "expression" } else { name };
        self.repairs.note(RepairKind::Expression, self.at);
        // What is told of it is told where it begins.
        let near = Near::new(self.at, self.at);
        self.at += inside.len() + "${}".len();
        let value = Node { near, ..Node::text(inside) };
        let member = Member { near, ..Member::new(format!("Fn::{name}"), value) };
        Some(Kind::Object(Box::new([member])))
    }

    /// Reads a key without quotation marks: a word with a colon after it.
    pub(super) fn bare_key(&mut self) -> Option<&'a str> {
        let word = self.run(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'));
        let after = self.rest().get(word.len()..).unwrap_or_default();
        let begins_well = word.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
        if !begins_well || !after.trim_start().starts_with(':') {
            return None;
        }
        self.repairs.note(RepairKind::UnquotedKey, self.at);
        self.at += word.len();
        Some(word)
    }

    /// The longest run of such ASCII bytes at the position.
    fn run(&self, keep: fn(u8) -> bool) -> &'a str {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let length = rest.iter().position(|byte| !keep(*byte)).unwrap_or(rest.len());
        self.text.get(self.at..self.at + length).unwrap_or_default()
    }
}

/// Bytes of an expression that are looked at.
pub(super) const LONGEST: usize = 10_000;

/// What stands between `${` and its bracket at the beginning of a text. Brackets in strings do not count.
pub(super) fn expression(text: &str) -> Option<&str> {
    let inside = text.strip_prefix("${")?;
    let (mut open, mut quoted, mut escaped) = (1_usize, false, false);
    for (at, byte) in inside.bytes().enumerate().take(LONGEST) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            b'{' if !quoted => open += 1,
            b'}' if !quoted => open -= 1,
            _ => {}
        }
        if open == 0 {
            return inside.get(..at);
        }
    }
    None
}

/// A number by JSON's grammar.
pub(super) fn is_number(mut rest: &[u8]) -> bool {
    /// Takes digits off the front; false where there are none.
    fn digits(rest: &mut &[u8]) -> bool {
        let length = rest.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(rest.len());
        *rest = rest.get(length..).unwrap_or_default();
        length > 0
    }
    rest = rest.strip_prefix(b"-").unwrap_or(rest);
    if let Some(after) = rest.strip_prefix(b"0") {
        rest = after;
    } else if !digits(&mut rest) {
        return false;
    }
    if let Some(after) = rest.strip_prefix(b".") {
        rest = after;
        if !digits(&mut rest) {
            return false;
        }
    }
    if let [b'e' | b'E', after @ ..] = rest {
        rest = match after {
            [b'+' | b'-', after @ ..] => after,
            _ => after,
        };
        if !digits(&mut rest) {
            return false;
        }
    }
    rest.is_empty()
}

/// A number by common sense: leading zeros, a plus sign, a bare point.
fn is_odd_number(run: &str) -> bool {
    run.bytes().any(|byte| byte.is_ascii_digit())
        && run
            .bytes()
            .all(|byte| byte.is_ascii_digit() || matches!(byte, b'+' | b'-' | b'.' | b'e' | b'E'))
        && run.parse::<f64>().is_ok()
}
