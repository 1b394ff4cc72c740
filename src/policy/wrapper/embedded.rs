//! Documents inside strings: told from other text, and unpacked.

use std::borrow::Cow;

use super::Embedding;
use crate::policy::json::{self, Limits, ReadError};

/// A string that seems to hold JSON with a policy, unpacked.
pub(super) struct Unpacked<'a> {
    pub(super) text: Cow<'a, str>,
    pub(super) embedding: Embedding,
}

/// Unpacks a string. None: it is some other text. Cheap for strings that are. `holder`: it stands where a document
/// belongs, whatever its words.
pub(super) fn unpack<'a>(
    value: &'a str,
    holder: bool,
    limits: &Limits,
) -> Option<Result<Unpacked<'a>, ReadError>> {
    if !holder && !mentions_statement(value) {
        return None;
    }
    let begin = past_comments(value);
    if begin.starts_with(['{', '[']) {
        let text = Cow::Borrowed(value);
        return Some(Ok(Unpacked { text, embedding: Embedding::InString }));
    }
    if begin.starts_with('"') {
        return Some(json::read(value, limits).map(|reading| Unpacked {
            text: Cow::Owned(reading.root.as_str().unwrap_or_default().to_owned()),
            embedding: Embedding::Encoded,
        }));
    }
    if is_percent(begin) {
        let mut text = from_percent(begin, limits);
        // What passed through several hands is encoded once by each.
        for _ in 1..OFTEN {
            if is_percent(&text) {
                text = from_percent(&text, limits);
            }
        }
        return Some(Ok(Unpacked { text: Cow::Owned(text), embedding: Embedding::Encoded }));
    }
    None
}

/// How often a text is decoded from URL encoding.
const OFTEN: usize = 3;

/// Does the text begin as encoded JSON does?
pub(super) fn is_percent(text: &str) -> bool {
    let code = text.strip_prefix('%').map(|mut rest| {
        while let Some(next) = rest.strip_prefix("25") {
            rest = next;
        }
        rest
    });
    code.and_then(|rest| rest.get(..2))
        .is_some_and(|code| code.eq_ignore_ascii_case("7B") || code.eq_ignore_ascii_case("5B"))
}

/// The text behind blanks and comments.
fn past_comments(text: &str) -> &str {
    let blank = |c: char| c.is_whitespace() || c == '\u{FEFF}';
    let mut rest = text.trim_start_matches(blank);
    loop {
        let end = if rest.starts_with("//") || rest.starts_with('#') {
            rest.find('\n')
        } else if rest.starts_with("/*") {
            rest.find("*/").map(|at| at + 2)
        } else {
            return rest;
        };
        let Some(behind) = end.and_then(|end| rest.get(end..)) else { return rest };
        rest = behind.trim_start_matches(blank);
    }
}

/// Is a string an expression of Terraform that gives a policy, and no document before Terraform has evaluated it? Its JSON
/// syntax writes them so: `${jsonencode({..})}`, `${data.alicloud_ram_policy_document.a.json}`.
pub(super) fn is_expression(value: &str) -> bool {
    const GIVING: [&str; 3] = ["jsonencode(", "policy_document.", "file("];
    let value = value.trim();
    value.starts_with("${")
        && value.ends_with('}')
        && (mentions_statement(value) || GIVING.iter().any(|giving| value.contains(giving)))
}

/// Every policy document has this word, encoded or not.
pub(super) fn mentions_statement(value: &str) -> bool {
    json::find_mark(value).next().is_some()
}

/// Resolves URL encoding. A plus sign is one, unless the text can be read only with it as a space.
fn from_percent(value: &str, limits: &Limits) -> String {
    let plain = percent_decoded(value);
    if plain.contains('+') && json::read(&plain, limits).is_err() {
        let spaced = percent_decoded(&value.replace('+', " "));
        if json::read(&spaced, limits).is_ok() {
            return spaced;
        }
    }
    plain
}

fn percent_decoded(value: &str) -> String {
    let mut out = Vec::with_capacity(value.len());
    let mut rest = value.as_bytes();
    while let [first, after @ ..] = rest {
        let digit = |byte: u8| char::from(byte).to_digit(16);
        let code = match rest {
            [b'%', high, low, ..] => digit(*high).zip(digit(*low)),
            _ => None,
        };
        if let Some((high, low)) = code {
            // Two hexadecimal digits always fit.
            out.push(u8::try_from(high * 16 + low).unwrap_or_default());
            rest = rest.get(3..).unwrap_or_default();
        } else {
            out.push(*first);
            rest = after;
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}
