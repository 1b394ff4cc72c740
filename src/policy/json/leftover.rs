//! Policies that the search through other text met and did not take: in YAML, in a program, in prose, in a comment. The
//! word that every policy holds, where it is a key, tells of one; it is told with its place, so that none is lost.

use std::sync::LazyLock;

use memchr::memmem::Finder;

use super::error::ReadError;
use super::outside::{Found, MARK};
use crate::policy::source::Span;

/// More of them, of those that the search tells and of the others, would help nobody.
pub(super) const MOST: usize = 200;

/// A policy that is not read.
#[derive(Debug)]
pub(in crate::policy) struct Told {
    /// Where it stands.
    pub(in crate::policy) span: Span,
    /// Why it is not read.
    pub(in crate::policy) why: Why,
}

/// Why a policy of a text is not read.
#[derive(Debug)]
pub(in crate::policy) enum Why {
    /// It is said in Terraform's language.
    Expression,
    /// It stands in a comment.
    Comment,
    /// It is read: only one of it and another holds.
    Alternative,
    /// It is no JSON, for this reason.
    Broken(ReadError),
    /// It is in another language, or a part only.
    Among,
}

/// Tells of what the blocks do not hold.
pub(super) fn tell(text: &str, found: &mut Found) {
    let blocks = found.blocks.iter().map(|block| block.span);
    let told = found.told.iter().map(|told| told.span);
    let mut covered: Vec<Span> = blocks.chain(told).chain(found.comments.drain(..)).collect();
    crate::sort::by_key(&mut covered, |span| span.start);
    let (mut covered, mut end) = (covered.into_iter().peekable(), 0);
    let mut failed = std::mem::take(&mut found.failed).into_iter().peekable();
    let (mut last, most) = (None, found.told.len() + MOST);
    for at in find_mark(text) {
        while let Some(span) = covered.next_if(|span| span.start <= at) {
            end = span.end.max(end);
        }
        while let Some(next) = failed.next_if(|(start, _)| *start <= at) {
            last = Some(next);
        }
        if at < end || !is_key(text, at) {
            continue;
        }
        if found.told.len() == most {
            break;
        }
        let span = Span::new(at, at + MARK.len());
        // What was tried and failed behind this word is about it; of an earlier one nobody knows.
        let why = last.take().filter(|(_, error)| error.offset >= at);
        let (start, why) = match why {
            Some((start, error)) => (start, Why::Broken(error)),
            None => (at, Why::Among),
        };
        found.told.push(Told { span: Span::new(start, span.end), why });
    }
    crate::sort::by_key(&mut found.told, |told| told.span.start);
}

/// Is the word somewhere in the text a key of a policy?
pub(in crate::policy) fn has_key(text: &str) -> bool {
    find_mark(text).any(|at| is_key(text, at))
}

/// Where the word that every policy holds stands in a text.
pub(in crate::policy) fn find_mark(text: &str) -> impl Iterator<Item = usize> {
    static FINDER: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(MARK));
    FINDER.find_iter(text.as_bytes())
}

/// Is the word at this place a key with statements behind it, in any notation? In prose it is a word.
pub(super) fn is_key(text: &str, at: usize) -> bool {
    const QUOTES: [&str; 8] = ["\"", "'", "\\", "`", "&quot;", "&#34;", "%22", "%5C"];
    let before = text.get(..at).unwrap_or_default();
    let mut rest = text.get(at + MARK.len()..).unwrap_or_default();
    let quoted = QUOTES.iter().any(|quote| before.ends_with(quote));
    if quoted {
        let behind = rest;
        while let Some(next) = QUOTES.iter().find_map(|quote| rest.strip_prefix(quote)) {
            rest = next;
        }
        if rest.len() == behind.len() {
            return false;
        }
    } else if before.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '-' | '$'))
    {
        return false;
    }
    let rest = rest.trim_start_matches([' ', '\t']);
    let Some(value) = ["=>", "=", ":", "%3A"].iter().find_map(|mark| rest.strip_prefix(mark))
    else {
        return false;
    };
    let here = value.trim_start_matches([' ', '\t', '+']);
    let behind = past_blanks(here);
    if behind.starts_with(['[', '{']) || behind.starts_with("%5B") || behind.starts_with("%7B") {
        return true;
    }
    let word = |text: &str| text.starts_with(|c: char| c.is_ascii_alphabetic());
    if let Some(item) = behind.strip_prefix("- ") {
        return behind.len() < here.len() && is_item(item);
    }
    // What stands for the statements: a name, a call, an anchor, a tag.
    let named = here.strip_prefix(['*', '&', '!']).is_some_and(word);
    let name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '$');
    let end = here.trim_start_matches(name);
    let called = here.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '_' | '$'))
        && end.trim_end_matches(['\r']).chars().next().is_none_or(|c| ",})([;\n\r".contains(c));
    named || (called && (quoted || rest.starts_with('=')))
}

/// Is it the first element of a list of statements in YAML?
fn is_item(item: &str) -> bool {
    let item = item.trim_start().trim_start_matches(['"', '\'']);
    let key = item.trim_start_matches(|c: char| c.is_ascii_alphabetic());
    let written = item.starts_with(|c: char| c.is_ascii_uppercase());
    item.starts_with(['{', '&', '*', '!'])
        || (written && key.trim_start_matches(['"', '\'']).starts_with(':'))
}

/// The text behind blanks and the escapes that stand for some.
pub(super) fn past_blanks(text: &str) -> &str {
    let mut rest = text.trim_start();
    while let Some(next) = ["\\n", "\\r", "\\t"].iter().find_map(|escape| rest.strip_prefix(escape))
    {
        rest = next.trim_start();
    }
    rest
}
