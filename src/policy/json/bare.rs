//! Objects of JSON among other text, with nothing around them that tells them from it: in prose, in the output of a
//! command, as a value in a program.

use super::leftover::find_mark;
use super::outside::{Form, MARK, Search};
use super::parse::Parser;
use crate::policy::source::{Span, Template};

/// Takes the object that begins with the bracket here, if it holds the word of policies: where to go on.
pub(super) fn object(search: &mut Search<'_, '_>, line: usize, at: usize) -> usize {
    let rest = search.rest(at);
    let inside = rest.get(1..).unwrap_or_default().trim_start();
    if !inside.starts_with('"') || !is_before_mark(search, at) || search.found.effort == 0 {
        return at + 1;
    }
    let template = template(search.text.get(line..at).unwrap_or_default());
    let mut parser = Parser::new(search.text, search.limits);
    parser.cursor.at = at;
    parser.cursor.template = template;
    let read = parser.root();
    let end = parser.cursor.at;
    let Err(error) = read else {
        if search.text.get(at..end).is_some_and(|text| text.contains(MARK)) {
            search.keep(Span::new(at, end), template, Form::Plain);
        }
        return end;
    };
    // For its place all the text before an error is looked at.
    search.found.effort = search.found.effort.saturating_sub(error.offset + end - at);
    if ["\"Version\"", "\"Statement\""].iter().any(|key| inside.starts_with(key)) {
        search.found.failed.push((at, error));
    }
    at + 1
}

/// Does the word of policies come at all? Objects are read for its sake only.
fn is_before_mark(search: &mut Search<'_, '_>, at: usize) -> bool {
    if search.next_mark <= at {
        let next = find_mark(search.rest(at)).next();
        search.next_mark = next.map_or(usize::MAX, |next| at + next);
    }
    search.next_mark < usize::MAX
}

/// What fills in parts of a value in a program: what looks so is taken for it.
fn template(before: &str) -> Option<Template> {
    let value = before.ends_with(['(', '`'])
        || [" =", "("].iter().any(|mark| before.trim_end().ends_with(mark));
    value.then_some(Template::Terraform)
}
