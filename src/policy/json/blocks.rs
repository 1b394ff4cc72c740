//! JSON among other text: the fenced blocks of Markdown pages, the here-documents of Terraform files and shell scripts,
//! and policies between quotation marks there, which are kept so as often as in files of their own. What Terraform's own
//! language says of a policy is told as not read. Where they stand is found by [`super::outside`].

use std::borrow::Cow;

use super::Limits;
use super::error::{ErrorKind, ReadError};
use super::leftover::{Told, Why, has_key};
use super::lines::{Broken, Lines, MOST_BROKEN};
use super::node::{Kind, Near, Node};
use super::outside::{Block, Form, find};
use super::parse::Parser;
use crate::policy::source::{Place, Span, Template};
use crate::say::{counted, saying};

/// The values of the blocks of a text.
pub(in crate::policy) struct Blocks<'a> {
    /// The values.
    pub(in crate::policy) lines: Lines<'a>,
    /// What fills in parts of each value.
    pub(in crate::policy) templates: Vec<Option<Template>>,
    /// Policies that are not read.
    pub(in crate::policy) told: Vec<Told>,
}

impl Blocks<'_> {
    /// Can most of them be read?
    pub(in crate::policy) fn is_readable(&self) -> bool {
        self.lines.roots.len() > self.lines.broken.len()
    }

    /// Do comments hold what looks like a policy?
    pub(in crate::policy) fn in_comments(&self) -> bool {
        self.told.iter().any(|told| matches!(told.why, Why::Comment))
    }

    /// Does Terraform's language say one?
    pub(in crate::policy) fn has_expression(&self) -> bool {
        self.told.iter().any(|told| matches!(told.why, Why::Expression))
    }

    /// Why the first block that looks like a policy cannot be read.
    pub(in crate::policy) fn fault(&self, text: &str) -> Option<&ReadError> {
        let is_policy = |span: Span| text.get(span.start..span.end).is_some_and(has_key);
        let broken = self.lines.broken.iter().filter(|broken| is_policy(broken.span));
        let among = self.told.iter().filter_map(|told| match &told.why {
            Why::Broken(error) => Some(error),
            _ => None,
        });
        broken.map(|broken| &broken.error).chain(among).min_by_key(|error| error.offset)
    }
}

/// Reads the blocks of a text that begin as a list or an object does; each may hold several values. None where that is
/// beyond a limit.
pub(in crate::policy) fn read_blocks<'a>(text: &'a str, limits: &Limits) -> Option<Blocks<'a>> {
    let found = find(text, limits);
    let (mut lines, mut templates) = (Lines::default(), Vec::new());
    for block in &found.blocks {
        let part = text.get(..block.span.end)?;
        lines.take_block(part, block, limits)?;
        templates.resize(lines.roots.len(), block.template);
    }
    lines.tell_more(text);
    templates.resize(lines.roots.len(), None);
    Some(Blocks { lines, templates, told: found.told })
}

/// Does a text begin with a fence, so that what stands in its blocks is meant and not the text itself?
pub(in crate::policy) fn begins_with_fence(text: &str) -> bool {
    let text = text.trim_start_matches('\u{feff}').trim_start();
    text.starts_with("```") || text.starts_with("~~~")
}

impl<'a> Lines<'a> {
    /// Takes in the block with which the text ends. Of very many broken ones the rest is counted: a page of examples must
    /// not lose its policies for them.
    fn take_block(&mut self, text: &'a str, block: &Block, limits: &Limits) -> Option<()> {
        if self.broken.len() >= MOST_BROKEN && is_broken(text, block, limits) {
            let more = self.more.get_or_insert((block.span, 0));
            more.1 += 1;
            return Some(());
        }
        self.take(block.span, limits, |lines| lines.block(text, block, limits))
    }

    /// Tells of the broken blocks that were only counted.
    fn tell_more(&mut self, text: &str) {
        let Some((span, number)) = self.more else { return };
        let error = ReadError {
            kind: ErrorKind::Syntax,
            offset: span.start,
            place: Place::of(text, span.start),
            found: counted(number, "{} more broken block", "the first of {} more broken blocks"),
            expected: saying("a list or an object"),
            remedy: None,
        };
        self.broken.push(Broken { index: self.roots.len(), span, error });
        self.roots.push(Node { kind: Kind::Null, near: Near::new(span.start, span.end) });
    }

    /// Reads the block with which the text ends.
    fn block(&mut self, text: &'a str, block: &Block, limits: &Limits) -> Result<(), ReadError> {
        let mut parser = Parser::new(text, limits);
        parser.cursor.at = block.span.start;
        // A byte-order mark belongs to what stands before.
        parser.cursor.repairs.list.clear();
        parser.cursor.template = block.template;
        parser.cursor.packed = block.form == Form::Packed;
        if block.form == Form::Quoted {
            let inside = text.get(block.span.start..).unwrap_or_default();
            let near = Near::new(block.span.start, block.span.end);
            self.roots.push(Node { kind: Kind::String(Cow::Owned(unquoted(inside))), near });
            return Ok(());
        }
        while parser.cursor.at < text.len() {
            self.roots.push(parser.root()?);
            parser.cursor.skip_blanks()?;
        }
        self.add(parser);
        Ok(())
    }
}

/// Is a block no JSON? Asked without the text before it, in which a fault would be looked up.
fn is_broken(text: &str, block: &Block, limits: &Limits) -> bool {
    let Some(text) = text.get(block.span.start..) else { return true };
    let block = Block { span: Span::new(0, text.len()), ..*block };
    let read = Lines::default().block(text, &block, limits);
    read.is_err_and(|error| error.kind == ErrorKind::Syntax)
}

/// The lines of a block quote without its marks.
fn unquoted(lines: &str) -> String {
    lines.split_inclusive('\n').map(|line| line.get(quote_marks(line)..).unwrap_or(line)).collect()
}

/// How many bytes the marks of block quotes at the beginning of a line are, with the blank behind each.
pub(super) fn quote_marks(line: &str) -> usize {
    let mut rest = line;
    while let Some(behind) = rest.trim_start_matches([' ', '\t']).strip_prefix('>') {
        rest = behind.strip_prefix(' ').unwrap_or(behind);
    }
    line.len() - rest.len()
}

/// Where the byte `inner` of the lines without their marks is written.
pub(super) fn offset_in_quote(lines: &str, inner: usize) -> usize {
    let (mut at, mut passed) = (0, 0);
    for line in lines.split_inclusive('\n') {
        let marks = quote_marks(line);
        let length = line.len() - marks;
        if passed + length > inner {
            return at + marks + inner - passed;
        }
        (at, passed) = (at + line.len(), passed + length);
    }
    lines.len().saturating_sub(1)
}
