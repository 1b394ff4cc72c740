//! A tolerant JSON reader that keeps places: what people paste is rarely the standard's JSON.
//!
//! A text that follows the standard is read exactly as the standard says, with no repair. Anything else that can be
//! read without guessing is read, and each repair is told with its place.

mod bare;
mod blocks;
mod cursor;
mod error;
mod front;
mod hcl;
mod holes;
mod leftover;
mod lines;
mod marks;
mod node;
mod outside;
mod parse;
mod pieces;
mod repair;
mod scan;
mod string;
mod words;

pub(super) use blocks::{Blocks, begins_with_fence, read_blocks};
pub use error::{ErrorKind, ReadError};
pub(super) use front::{Front, read_front};
pub(super) use leftover::{Told, Why, find_mark, has_key};
pub(super) use lines::{Lines, read_lines};
pub use node::{Kind, Member, Node};
pub(super) use repair::MOST_REPAIRS;
pub use repair::{Repair, RepairKind};

use super::source::{Place, Span, Template, Written};
use crate::say::saying;
use parse::Parser;
pub(super) use parse::{Passed, Passing};
pub(super) use pieces::pieces;
pub(super) use scan::Scan;
pub(super) use string::plain_length;

/// What a text may ask of the machine before it is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Levels of lists and objects; never more than 512, whatever is asked.
    pub depth: usize,
    /// Bytes of the text; never more than 4 GiB.
    pub bytes: usize,
    /// Values in the text, keys not counted.
    pub nodes: usize,
    /// Statements in one policy document.
    pub statements: usize,
}

impl Default for Limits {
    /// 128 levels, 256 MiB, 8 million values, 250,000 statements.
    fn default() -> Self {
        Self { depth: 128, bytes: 256 << 20, nodes: 8_000_000, statements: 250_000 }
    }
}

impl Limits {
    /// The depth that is safe: a tree is dropped and compared by recursion.
    pub(super) fn depth(&self) -> usize {
        self.depth.min(512)
    }

    /// What is left of them `depth` lists and objects deep. None: nothing.
    pub(super) fn inside(&self, depth: usize) -> Option<Self> {
        Some(Self { depth: self.depth().checked_sub(depth)?, ..*self })
    }

    /// The length that is safe: places have 32 bits.
    fn bytes(&self) -> usize {
        self.bytes.min(u32::MAX as usize - 1)
    }
}

/// A text that was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading<'a> {
    /// The value of the text.
    pub root: Node<'a>,
    /// What was repaired on the way, in the order of the text; at most a thousand.
    pub repairs: Vec<Repair>,
    /// How many repairs more there were.
    pub repairs_left_out: usize,
}

/// A text of several values one after the other, as repeated commands print them.
#[derive(Clone, Debug, PartialEq)]
pub struct Readings<'a> {
    /// The values; at least one.
    pub roots: Vec<Node<'a>>,
    /// What was repaired on the way, in the order of the text; at most a thousand.
    pub repairs: Vec<Repair>,
    /// How many repairs more there were.
    pub repairs_left_out: usize,
}

/// Reads one JSON value. Errors: not JSON, or beyond a limit.
pub fn read<'a>(
    text: &'a (impl Written + ?Sized),
    limits: &Limits,
) -> Result<Reading<'a>, ReadError> {
    read_one(text.text(), text.template(), limits)
}

fn read_one<'a>(
    text: &'a str,
    template: Option<Template>,
    limits: &Limits,
) -> Result<Reading<'a>, ReadError> {
    let mut parser = begin(text, limits)?;
    parser.cursor.template = template;
    let root = parser.root()?;
    parser.cursor.skip_fence(false)?;
    if parser.cursor.at < text.len() {
        return Err(parser.cursor.error(saying("the end of the text")));
    }
    let repairs = parser.cursor.repairs;
    Ok(Reading { root, repairs: repairs.list, repairs_left_out: repairs.left_out })
}

/// Reads one or more JSON values, with nothing but blanks between them. Errors: not JSON, or beyond a limit.
pub fn read_all<'a>(
    text: &'a (impl Written + ?Sized),
    limits: &Limits,
) -> Result<Readings<'a>, ReadError> {
    read_several(text.text(), text.template(), limits)
}

/// A text as the string that it is, without its blanks.
pub(super) fn as_string(text: &str) -> Readings<'_> {
    let bare = text.trim();
    let start = text.len() - text.trim_start().len();
    let near = node::Near::new(start, start + bare.len());
    let root = Node { kind: Kind::String(bare.into()), near };
    Readings { roots: vec![root], repairs: Vec::new(), repairs_left_out: 0 }
}

fn read_several<'a>(
    text: &'a str,
    template: Option<Template>,
    limits: &Limits,
) -> Result<Readings<'a>, ReadError> {
    let mut parser = begin(text, limits)?;
    parser.cursor.template = template;
    let mut roots = vec![parser.root()?];
    parser.cursor.skip_fence(false)?;
    while parser.cursor.at < text.len() {
        roots.push(parser.root()?);
        parser.cursor.skip_fence(false)?;
    }
    let repairs = parser.cursor.repairs;
    Ok(Readings { roots, repairs: repairs.list, repairs_left_out: repairs.left_out })
}

/// A value that is a part of a text, read by itself.
pub(super) struct Piece<'a> {
    /// The value, with its place in the whole text.
    pub(super) node: Node<'a>,
    /// What was repaired in it.
    pub(super) repairs: Vec<Repair>,
    /// How many values it holds, itself included.
    pub(super) count: usize,
}

/// Reads the one value of a text but for what the list at `hole` holds. None: the text needs to be read as a whole.
pub(super) fn read_around<'a>(text: &'a str, hole: Span, limits: &Limits) -> Option<Piece<'a>> {
    let mut parser = begin(text, limits).ok()?;
    parser.hole = Some(hole);
    let node = parser.root().ok()?;
    parser.cursor.skip_fence(false).ok()?;
    if parser.cursor.at == text.len() { piece(node, parser) } else { None }
}

/// Reads the value that stands at `span` of a text, but for the objects that `pass` passes over:
/// they are empty in the tree. None: the text needs to be read as a whole.
pub(super) fn read_part<'a, 'l>(
    text: &'a str,
    span: Span,
    limits: &'l Limits,
    pass: Passing<'l>,
) -> Option<Piece<'a>> {
    let mut parser = Parser::new(text, limits);
    parser.pass = Some(pass);
    parser.cursor.at = span.start;
    let node = parser.root().ok()?;
    if parser.cursor.at == span.end { piece(node, parser) } else { None }
}

fn piece<'a>(node: Node<'a>, parser: Parser<'a, '_>) -> Option<Piece<'a>> {
    let repairs = parser.cursor.repairs;
    let count = parser.count;
    (repairs.left_out == 0).then_some(Piece { node, repairs: repairs.list, count })
}

fn begin<'a, 'l>(text: &'a str, limits: &'l Limits) -> Result<Parser<'a, 'l>, ReadError> {
    if text.len() > limits.bytes() {
        return Err(ReadError {
            kind: ErrorKind::TooLarge,
            offset: 0,
            place: Place { line: 1, column: 1 },
            found: saying("a text of {} bytes").with(text.len()),
            expected: saying("at most {}").with(limits.bytes()),
            remedy: None,
        });
    }
    let mut parser = Parser::new(text, limits);
    parser.cursor.skip_fence(true)?;
    Ok(parser)
}

/// Is it a number by JSON's own grammar?
pub fn is_number(text: &str) -> bool {
    words::is_number(text.as_bytes())
}

/// Where in `text` the byte `inner` of a string's value is written. `span` is the string's, quotes included;
/// past the value it is the string's last byte.
pub fn offset_in_string(text: &str, span: Span, inner: usize) -> usize {
    string::offset_of(text, span, inner)
}
