//! The tree builder: one loop with its own stack, so that no nesting can exhaust the machine's.

use std::borrow::Cow;

use super::Limits;
use super::cursor::Cursor;
use super::error::{ErrorKind, ReadError};
use super::node::{Kind, Member, Near, Node};
use super::repair::RepairKind;
use crate::policy::source::{Place, Span};
use crate::say::{Saying, saying};

/// A list or object that is still open.
pub(super) struct Frame<'a> {
    /// Offset of its opening bracket.
    pub(super) start: usize,
    pub(super) shape: Shape,
    /// How many finished nodes or members lay on the stack when it was opened.
    pub(super) base: usize,
    /// The key whose value comes next.
    pub(super) key: Option<(Cow<'a, str>, Near)>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    List,
    Object,
}

/// What comes next.
enum Next {
    /// The first element or the end of the container just opened.
    First,
    /// An element: a value, in objects with its key.
    Element,
    /// A comma or the end of the container.
    Separator,
}

/// A punctuation mark between values.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    Comma,
    Colon,
    Open(Shape),
    Close(Shape),
}

pub(super) struct Parser<'a, 'l> {
    pub(super) cursor: Cursor<'a>,
    limits: &'l Limits,
    pub(super) frames: Vec<Frame<'a>>,
    pub(super) nodes: Vec<Node<'a>>,
    pub(super) members: Vec<Member<'a>>,
    pub(super) count: usize,
    /// What a list holds that is read elsewhere: it is passed over, and the list is empty.
    pub(super) hole: Option<Span>,
    /// Passes over objects that are read elsewhere.
    pub(super) pass: Option<Passing<'l>>,
}

/// How some objects are read elsewhere.
pub(in crate::policy) struct Passing<'l> {
    /// Told where an object begins; None where it is to be read as usual.
    pub(in crate::policy) pass: &'l mut dyn FnMut(usize) -> Option<Passed>,
    /// How many lists and objects are inside each other there, at most.
    pub(in crate::policy) depth: usize,
}

/// An object that was read elsewhere.
pub(in crate::policy) struct Passed {
    /// The first byte after it.
    pub(in crate::policy) end: usize,
    /// How many values are in it.
    pub(in crate::policy) values: usize,
}

impl<'a, 'l> Parser<'a, 'l> {
    pub(super) fn new(text: &'a str, limits: &'l Limits) -> Self {
        Self {
            cursor: Cursor::new(text),
            limits,
            frames: Vec::new(),
            nodes: Vec::new(),
            members: Vec::new(),
            count: 0,
            hole: None,
            pass: None,
        }
    }

    /// Reads one whole value.
    pub(super) fn root(&mut self) -> Result<Node<'a>, ReadError> {
        let mut next = Next::Element;
        loop {
            let gap = self.cursor.at;
            self.cursor.skip_blanks()?;
            let shape = self.frames.last().map(|frame| frame.shape);
            let closed = match (shape, next) {
                (None, _) => self.value()?,
                (Some(shape), Next::First) => match self.mark() {
                    Some((Mark::Close(end), _)) if end == shape => self.close(),
                    Some((Mark::Comma, _)) => {
                        self.extra_commas()?;
                        next = Next::First;
                        continue;
                    }
                    _ => self.element(shape)?,
                },
                (Some(shape), Next::Element) => self.element(shape)?,
                (Some(shape), Next::Separator) => {
                    if self.separator(shape, gap)? {
                        self.close()
                    } else {
                        next = Next::Element;
                        continue;
                    }
                }
            };
            next = match closed {
                // A container was opened.
                None => Next::First,
                Some(node) => match self.attach(node) {
                    Some(root) => return Ok(root),
                    None => Next::Separator,
                },
            };
        }
    }

    /// Reads an element of an open container: its key, if it needs one, and a value.
    fn element(&mut self, shape: Shape) -> Result<Option<Node<'a>>, ReadError> {
        if shape == Shape::Object {
            self.key()?;
            self.cursor.skip_blanks()?;
        }
        self.value()
    }

    /// Reads a scalar, or opens a container (None).
    fn value(&mut self) -> Result<Option<Node<'a>>, ReadError> {
        self.count += 1;
        if self.count > self.limits.nodes {
            return Err(self
                .limit(ErrorKind::TooMany, saying("more than {} values").with(self.limits.nodes)));
        }
        let start = self.cursor.at;
        let kind = if let Some(text) = self.cursor.string()? {
            // A string that is all there is gets unpacked.
            if self.frames.is_empty() { Kind::String(text) } else { self.cursor.filled(text) }
        } else if let Some((Mark::Open(shape), length)) = self.mark() {
            if let Some(node) = self.passed(shape) {
                return Ok(Some(node));
            }
            self.open(shape, length)?;
            return Ok(None);
        } else if let Some(kind) = self.cursor.word() {
            kind
        } else if !self.frames.is_empty()
            && let Some(kind) = self.cursor.expression()
        {
            self.count += 1;
            kind
        } else {
            return Err(self.cursor.error(match self.frames.last() {
                None => saying("a JSON value"),
                Some(frame) if frame.shape == Shape::List => saying("a value or `]`"),
                Some(_) => saying("a value"),
            }));
        };
        Ok(Some(Node { kind, near: Near::new(start, self.cursor.at) }))
    }

    /// The object at the position, empty, if it was read elsewhere.
    fn passed(&mut self, shape: Shape) -> Option<Node<'a>> {
        let passing = self.pass.as_mut().filter(|_| shape == Shape::Object)?;
        if self.frames.len() + passing.depth > self.limits.depth() {
            return None;
        }
        let start = self.cursor.at;
        let Passed { end, values } = (passing.pass)(start)?;
        (self.cursor.at, self.count) = (end, self.count + values);
        Some(Node { kind: Kind::Object(Box::default()), near: Near::new(start, end) })
    }

    /// Reads a key and its colon.
    fn key(&mut self) -> Result<(), ReadError> {
        let start = self.cursor.at;
        let key = match self.cursor.string()? {
            Some(key) => key,
            None => match self.cursor.bare_key() {
                Some(key) => Cow::Borrowed(key),
                None => {
                    return Err(self
                        .cursor
                        .error(saying("a key in quotation marks or `{}`").with('}')));
                }
            },
        };
        let near = Near::new(start, self.cursor.at);
        self.cursor.skip_blanks()?;
        match self.mark() {
            Some((Mark::Colon, length)) => self.cursor.at += length,
            _ => return Err(self.cursor.error(saying("`:` after the key"))),
        }
        if let Some(frame) = self.frames.last_mut() {
            frame.key = Some((key, near));
        }
        Ok(())
    }

    /// Reads the comma after an element; true where the container ends here instead.
    fn separator(&mut self, shape: Shape, gap: usize) -> Result<bool, ReadError> {
        let comma = self.cursor.at;
        match self.mark() {
            Some((Mark::Close(end), _)) if end == shape => return Ok(true),
            Some((Mark::Comma, length)) => {
                self.cursor.at += length;
                self.cursor.skip_blanks()?;
                self.extra_commas()?;
                if self.mark().is_some_and(|(mark, _)| mark == Mark::Close(shape)) {
                    self.cursor.repairs.note(RepairKind::TrailingComma, comma);
                    return Ok(true);
                }
            }
            _ if self.begins_element(shape, gap) => {
                self.cursor.repairs.note(RepairKind::MissingComma, gap);
            }
            _ => return Err(self.unfinished(shape)),
        }
        Ok(false)
    }

    /// Does another element stand here, though no comma announced it?
    fn begins_element(&self, shape: Shape, gap: usize) -> bool {
        // `"a"b"` is more likely a stray quotation mark than a missing comma.
        let before = gap.checked_sub(1).and_then(|at| self.cursor.bytes.get(at));
        let apart = gap < self.cursor.at || matches!(before, Some(b']' | b'}'));
        match self.cursor.peek_char() {
            _ if self.cursor.at_string() => apart,
            Some('{' | '[') => shape == Shape::List,
            Some('-' | '0'..='9') => apart && shape == Shape::List,
            _ => false,
        }
    }

    /// Passes over commas that separate nothing.
    fn extra_commas(&mut self) -> Result<(), ReadError> {
        while let Some((Mark::Comma, length)) = self.mark() {
            self.cursor.repairs.note(RepairKind::ExtraComma, self.cursor.at);
            self.cursor.at += length;
            self.cursor.skip_blanks()?;
        }
        Ok(())
    }

    /// The punctuation mark at the position and its length in bytes.
    fn mark(&mut self) -> Option<(Mark, usize)> {
        let plain = match self.cursor.peek()? {
            b',' => Mark::Comma,
            b':' => Mark::Colon,
            b'[' => Mark::Open(Shape::List),
            b']' => Mark::Close(Shape::List),
            b'{' => Mark::Open(Shape::Object),
            b'}' => Mark::Close(Shape::Object),
            0x80.. => return self.wide_mark(),
            _ => return None,
        };
        Some((plain, 1))
    }

    /// The full-width twin of a mark, as Chinese input methods type it.
    fn wide_mark(&mut self) -> Option<(Mark, usize)> {
        let c = self.cursor.peek_char()?;
        let mark = match c {
            '\u{FF0C}' | '\u{3001}' => Mark::Comma,
            '\u{FF1A}' => Mark::Colon,
            '\u{FF3B}' | '\u{3010}' => Mark::Open(Shape::List),
            '\u{FF3D}' | '\u{3011}' => Mark::Close(Shape::List),
            '\u{FF5B}' => Mark::Open(Shape::Object),
            '\u{FF5D}' => Mark::Close(Shape::Object),
            _ => return None,
        };
        let at = self.cursor.at;
        // The same mark may be looked at more than once.
        if self.cursor.repairs.list.last().is_none_or(|last| last.offset != at) {
            self.cursor.repairs.note(RepairKind::FullWidthMark, at);
        }
        Some((mark, c.len_utf8()))
    }

    fn open(&mut self, shape: Shape, length: usize) -> Result<(), ReadError> {
        if self.frames.len() >= self.limits.depth() {
            return Err(self.limit(
                ErrorKind::TooDeep,
                saying("lists and objects nested deeper than {} levels").with(self.limits.depth()),
            ));
        }
        let base = match shape {
            Shape::List => self.nodes.len(),
            Shape::Object => self.members.len(),
        };
        self.frames.push(Frame { start: self.cursor.at, shape, base, key: None });
        self.cursor.at += length;
        if let Some(hole) = self.hole.filter(|hole| hole.start == self.cursor.at) {
            self.cursor.at = hole.end;
        }
        Ok(())
    }

    /// Closes the innermost container at the closing bracket that stands here.
    fn close(&mut self) -> Option<Node<'a>> {
        let length = self.mark().map_or(0, |(_, length)| length);
        self.cursor.at += length;
        let frame = self.frames.pop()?;
        let kind = match frame.shape {
            Shape::List => Kind::Array(self.nodes.drain(frame.base..).collect()),
            Shape::Object => Kind::Object(self.members.drain(frame.base..).collect()),
        };
        Some(Node { kind, near: Near::new(frame.start, self.cursor.at) })
    }

    /// Puts a finished node into the innermost container; gives it back where there is none.
    fn attach(&mut self, value: Node<'a>) -> Option<Node<'a>> {
        match self.frames.last_mut() {
            None => return Some(value),
            Some(frame) => match frame.key.take() {
                Some((key, near)) => self.members.push(Member { key, value, near }),
                None => self.nodes.push(value),
            },
        }
        None
    }

    /// The error where a container neither goes on nor ends.
    fn unfinished(&self, shape: Shape) -> ReadError {
        let begun = self.frames.last().map_or(0, |frame| frame.start);
        let place = Place::of(self.cursor.text, begun);
        let expected = match shape {
            Shape::List => saying("`,` or the `{}` of the list that begins at {}").with(']'),
            Shape::Object => saying("`,` or the `{}` of the object that begins at {}").with('}'),
        };
        self.cursor.error(expected.with(place))
    }

    /// The error where a limit is passed.
    fn limit(&self, kind: ErrorKind, found: Saying) -> ReadError {
        let expected = saying("at most that many");
        ReadError { kind, found, remedy: None, ..self.cursor.error(expected) }
    }
}
