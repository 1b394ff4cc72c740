//! JSON Lines with broken lines among them: one value a line, so that what is wrong ends with its line.

use super::Limits;
use super::error::{ErrorKind, ReadError};
use super::node::{Kind, Near, Node};
use super::parse::Parser;
use super::repair::{MOST_REPAIRS, Repair};
use crate::policy::source::Span;
use crate::say::saying;

/// More broken lines than this are no slips. Each costs a look at all the text before it, for its place.
const MOST_BROKEN: usize = 200;

/// The values of a text of lines or blocks.
#[derive(Default)]
pub(in crate::policy) struct Lines<'a> {
    /// The values of each line or block; of a broken one a null.
    pub(in crate::policy) roots: Vec<Node<'a>>,
    /// The broken lines or blocks.
    pub(in crate::policy) broken: Vec<Broken>,
    /// What was repaired on the way; at most a thousand.
    pub(in crate::policy) repairs: Vec<Repair>,
    pub(super) count: usize,
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
        if let Err(error) = lines.line(text.get(..span.end)?, span, limits) {
            if error.kind != ErrorKind::Syntax || lines.broken.len() == MOST_BROKEN {
                return None;
            }
            lines.broken.push(Broken { index: lines.roots.len(), span, error });
            lines.roots.push(Node { kind: Kind::Null, near: Near::new(span.start, span.end) });
        }
        if lines.count > limits.nodes {
            return None;
        }
    }
    let good = lines.roots.len() - lines.broken.len();
    (good >= 2 && good > lines.broken.len()).then_some(lines)
}

impl<'a> Lines<'a> {
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
