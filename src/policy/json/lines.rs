//! JSON Lines with broken lines among them: one value a line, so that what is wrong ends with its line.

use super::Limits;
use super::error::{ErrorKind, ReadError};
use super::node::{Kind, Near, Node};
use super::parse::Parser;
use super::repair::{MOST_REPAIRS, Repair};
use crate::policy::source::Span;
use crate::say::saying;

/// More broken lines than this are no slips, and more broken blocks are only counted. Each costs a look at all the text
/// before it, for its place.
pub(super) const MOST_BROKEN: usize = 200;

/// The values of a text of lines or blocks.
#[derive(Default)]
pub(in crate::policy) struct Lines<'a> {
    /// The values of each line or block; of a broken one a null.
    pub(in crate::policy) roots: Vec<Node<'a>>,
    /// The broken lines or blocks.
    pub(in crate::policy) broken: Vec<Broken>,
    /// What was repaired on the way; at most a thousand.
    pub(in crate::policy) repairs: Vec<Repair>,
    /// Where the first broken block stands that is only counted, and how many these are.
    pub(super) more: Option<(Span, usize)>,
    count: usize,
}

/// A line or block that is no JSON.
pub(in crate::policy) struct Broken {
    /// Its number among the values, from 0.
    pub(in crate::policy) index: usize,
    /// Where it stands.
    pub(in crate::policy) span: Span,
    /// Why it is none.
    pub(in crate::policy) error: ReadError,
}

/// Reads a text line by line. None where it is no JSON Lines: at least two lines must be a list or an object, and more
/// lines must be so than not. The lines of one document that is broken are no values.
pub(in crate::policy) fn read_lines<'a>(text: &'a str, limits: &Limits) -> Option<Lines<'a>> {
    let mut lines = Lines::default();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let span = Span::new(start, start + line.trim_end().len());
        start += line.len();
        let line = text.get(..span.end)?;
        lines.take(span, limits, |lines| lines.line(line, span, limits))?;
    }
    let good = lines.roots.len() - lines.broken.len();
    (good >= 2 && good > lines.broken.len()).then_some(lines)
}

impl<'a> Lines<'a> {
    /// Takes in the line or block at `span` as `read` reads it; of a broken one its place and fault are noted. None
    /// where that ends the reading: beyond a limit, or too many are broken.
    pub(super) fn take(
        &mut self,
        span: Span,
        limits: &Limits,
        read: impl FnOnce(&mut Self) -> Result<(), ReadError>,
    ) -> Option<()> {
        let index = self.roots.len();
        if let Err(error) = read(self) {
            if error.kind != ErrorKind::Syntax || self.broken.len() == MOST_BROKEN {
                return None;
            }
            self.roots.truncate(index);
            self.broken.push(Broken { index, span, error });
            self.roots.push(Node { kind: Kind::Null, near: Near::new(span.start, span.end) });
        }
        (self.count <= limits.nodes).then_some(())
    }

    /// Reads the line with which the text ends.
    fn line(&mut self, text: &'a str, span: Span, limits: &Limits) -> Result<(), ReadError> {
        let mut parser = Parser::new(text, limits);
        if span.start == 0 {
            parser.cursor.skip_fence(true)?;
        } else {
            parser.cursor.at = span.start;
            // A byte-order mark is told with the first line.
            parser.cursor.repairs.list.clear();
        }
        parser.cursor.skip_blanks()?;
        if parser.cursor.at < text.len() {
            let root = parser.root()?;
            parser.cursor.skip_blanks()?;
            if parser.cursor.at < text.len() {
                return Err(parser.cursor.error(saying("the end of the line")));
            }
            if root.as_object().is_none() && root.as_array().is_none() {
                parser.cursor.at = span.start;
                return Err(parser.cursor.error(saying("a list or an object")));
            }
            self.roots.push(root);
        }
        self.add(parser);
        Ok(())
    }

    /// Counts what was read.
    pub(super) fn add(&mut self, parser: Parser<'a, '_>) {
        self.count += parser.count;
        self.repairs.extend(parser.cursor.repairs.list);
        self.repairs.truncate(MOST_REPAIRS);
    }
}
