//! The line lexer: the grammar of `assets/syntax/json.sublime-syntax`, written out.

use super::{Class, Token, push};

/// The space of JSON; any other stands outside it.
const SPACE: [char; 4] = [' ', '\t', '\r', '\n'];

/// The parts of a line; see [`super::line`].
pub(super) fn line(text: &str) -> Vec<Token> {
    let bytes = text.as_bytes();
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let (end, class) = match byte {
            b'"' => string(text, at),
            b'{' | b'}' | b'[' | b']' | b',' | b':' => (at + 1, Class::Punctuation),
            b'-' | b'0'..=b'9' => number(text, at)
                .map_or_else(|| (word_end(bytes, at), Class::Invalid), |end| (end, Class::Number)),
            b'#' => (bytes.len(), Class::Comment),
            b'/' => comment(bytes, at),
            b' ' | b'\t' | b'\r' | b'\n' => (at + 1, Class::Plain),
            byte if is_word(byte) => {
                let end = word_end(bytes, at);
                let literal = matches!(bytes.get(at..end), Some(b"true" | b"false" | b"null"));
                let class =
                    if literal && boundary(text, end) { Class::Literal } else { Class::Invalid };
                (end, class)
            }
            _ => {
                let c = rest(text, at).chars().next().unwrap_or(' ');
                (at + c.len_utf8(), Class::Invalid)
            }
        };
        push(&mut tokens, at..end, class);
        at = end;
    }
    tokens
}

/// The string that begins here: to its closing quote, or to the end of the line without one.
fn string(text: &str, start: usize) -> (usize, Class) {
    let bytes = text.as_bytes();
    let mut at = start + 1;
    loop {
        let Some(step) = memchr::memchr2(b'"', b'\\', bytes.get(at..).unwrap_or_default()) else {
            return (bytes.len(), Class::String);
        };
        at += step;
        if bytes.get(at) == Some(&b'"') {
            at += 1;
            break;
        }
        // A backslash takes the character after it along; the end of that character does not matter,
        // since neither sign that is looked for is part of a longer one.
        at += 2;
    }
    let key = rest(text, at).trim_start_matches(SPACE).starts_with(':');
    (at, if key { Class::Key } else { Class::String })
}

/// The end of the number that begins here; none where no number ends before a word goes on.
fn number(text: &str, start: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let digits = |from: usize| {
        bytes.iter().skip(from).take_while(|byte| byte.is_ascii_digit()).count() + from
    };
    let first = start + usize::from(bytes.get(start) == Some(&b'-'));
    let whole = match bytes.get(first)? {
        b'0' => first + 1,
        b'1'..=b'9' => digits(first),
        _ => return None,
    };
    let fraction =
        (bytes.get(whole) == Some(&b'.')).then(|| digits(whole + 1)).filter(|end| *end > whole + 1);
    let power = |from: usize| {
        matches!(bytes.get(from), Some(b'e' | b'E')).then_some(())?;
        let from = from + 1 + usize::from(matches!(bytes.get(from + 1), Some(b'+' | b'-')));
        let end = digits(from);
        (end > from).then_some(end)
    };
    // The longest first, as the grammar's pattern gives back what it took.
    [fraction.and_then(power), fraction, power(whole), Some(whole)]
        .into_iter()
        .flatten()
        .find(|end| boundary(text, *end))
}

/// A comment to the end of the line, or up to `*/`; a lone slash is invalid.
fn comment(bytes: &[u8], at: usize) -> (usize, Class) {
    match bytes.get(at + 1) {
        Some(b'/') => (bytes.len(), Class::Comment),
        Some(b'*') => {
            let inner = bytes.get(at + 2..).unwrap_or_default();
            let end =
                memchr::memmem::find(inner, b"*/").map_or(bytes.len(), |end| at + 2 + end + 2);
            (end, Class::Comment)
        }
        _ => (at + 1, Class::Invalid),
    }
}

const fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// The end of the run of word bytes that begins here, at least one byte further.
fn word_end(bytes: &[u8], at: usize) -> usize {
    let more = bytes.iter().skip(at).take_while(|byte| is_word(**byte)).count();
    at + more.max(1)
}

/// Does a word end here?
fn boundary(text: &str, at: usize) -> bool {
    !rest(text, at).chars().next().is_some_and(|c| c.is_alphanumeric() || c == '_')
}

fn rest(text: &str, at: usize) -> &str {
    text.get(at..).unwrap_or_default()
}
