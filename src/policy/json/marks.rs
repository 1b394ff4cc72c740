//! What opens and ends things in other text: quotation marks, here-documents, fences.

use super::holes::word;
use super::outside::MARK;
use super::words::{LONGEST, expression};
use crate::policy::source::Template;

/// Do so many bytes hold what every policy holds?
pub(super) fn has_mark(text: &str, length: usize) -> bool {
    text.get(..length).is_some_and(|text| text.contains(MARK))
}

/// The bytes up to the quotation mark that ends a string. Those in what is filled in do not.
pub(super) fn string_length(text: &str) -> Option<usize> {
    let (mut at, mut no_holes) = (0, 0);
    loop {
        let rest = text.as_bytes().get(at..)?;
        at += memchr::memchr3(b'"', b'\\', b'$', rest)?;
        match text.as_bytes().get(at)? {
            b'"' => return Some(at),
            b'\\' => at += 2,
            _ if at < no_holes => at += 1,
            _ => {
                let rest = text.get(at..).unwrap_or_default();
                let inside = expression(rest);
                if inside.is_none() && rest.starts_with("${") {
                    no_holes = at + LONGEST;
                }
                at += inside.map_or(1, |inside| inside.len() + 3);
            }
        }
    }
}

/// Is what follows one of two values, of which a condition takes one?
pub(super) fn is_choice(before: &str) -> bool {
    before.trim_end().strip_suffix('?').is_some_and(|given| given.contains('='))
}

/// Does a text begin as the files of a folder do in a shell, and nothing else on the line?
pub(super) fn is_glob(rest: &str) -> bool {
    rest.strip_prefix("/*").is_some_and(|rest| rest.is_empty() || rest.starts_with(['\n', '\r']))
}

/// What fills in parts of what stands behind the beginning of a line. Terraform gives a value or an argument, a shell a
/// command; an equals sign without blanks is a shell's.
pub(super) fn template(before: &str) -> Template {
    let bare = before.trim_end();
    let shell = bare.len() == before.len()
        && bare.strip_suffix('=').is_some_and(|name| !name.ends_with([' ', '\t']));
    let gives = bare.is_empty() || bare.ends_with(['=', '(', ',', '[', ':', '?', '{']);
    if gives && !shell { Template::Terraform } else { Template::Shell }
}

/// The word of the here-document that a text opens, whether it stands between quotation marks, and how long that is.
pub(super) fn here(text: &str) -> Option<(&str, bool, usize)> {
    let behind = text.strip_prefix("<<")?;
    let begun = behind.trim_start_matches(['-', '~']).trim_start_matches([' ', '\t']);
    let quote = begun.chars().next().filter(|c| matches!(c, '\'' | '"' | '\\'));
    let inside = begun.get(usize::from(quote.is_some())..)?;
    let word = word(inside);
    if !word.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_') {
        return None;
    }
    let rest = inside.get(word.len()..)?;
    let closed = match quote {
        Some(quote @ ('\'' | '"')) => rest.strip_prefix(quote)?,
        _ => rest,
    };
    Some((word, quote.is_some(), text.len() - closed.len()))
}

/// The mark of a fence with which a line begins, and how often it stands there.
pub(super) fn fence(line: &str) -> (char, usize) {
    let mark = line.chars().next().filter(|mark| matches!(mark, '`' | '~')).unwrap_or('`');
    (mark, line.len() - line.trim_start_matches(mark).len())
}

/// Does a block begin as a list or an object does, behind its comments? In code brackets have other uses.
pub(super) fn begins(text: &str, code: bool) -> bool {
    let mut rest = text.trim_start();
    loop {
        rest = if rest.starts_with('#') || rest.starts_with("//") {
            rest.split_once('\n').map_or("", |(_, rest)| rest)
        } else if rest.starts_with("/*") {
            rest.split_once("*/").map_or("", |(_, rest)| rest)
        } else {
            break;
        };
        rest = rest.trim_start();
    }
    let first = |rest: &str| rest.trim_start().chars().next();
    if let Some(inside) = rest.strip_prefix('[') {
        return first(inside).is_none_or(|c| "{\"[]/#".contains(c) || c.is_ascii_digit());
    }
    let inside = rest.strip_prefix('{').map(first);
    inside.is_some_and(|c| !code || c.is_none_or(|c| "\"}/#".contains(c)))
}
