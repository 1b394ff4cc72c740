//! Where a byte stands in the document: the brackets around it, its element, its path, its statement.
//!
//! All from the index and a short scan from the nearest known place (16 KB at most in a text that is
//! laid out), so that it costs the same at the end of 50 MB as at the start.

use super::outline::{Fold, NONE, Outline};
use super::tokens::{Token, Tokens};
use crate::policy::source::Span;

/// A path names this many levels at most; the outer ones are left out.
const LEVELS_MAX: usize = 64;
/// A key in a path is shown up to this many characters.
const KEY_MAX: usize = 80;
/// A key is looked for this many bytes before its value.
const KEY_BYTES_MAX: usize = 4096;

/// One element of a list, or one member of an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Element {
    /// How many come before it.
    pub(super) ordinal: u32,
    /// Its first byte: the key of a member.
    pub(super) start: usize,
}

/// A text and its index, looked at together.
#[derive(Clone, Copy)]
pub(super) struct Places<'a> {
    pub(super) text: &'a str,
    pub(super) outline: &'a Outline,
}

impl<'a> Places<'a> {
    pub(super) const fn bytes(self) -> &'a [u8] {
        self.text.as_bytes()
    }

    /// The innermost fold around a byte, its brackets included; [`NONE`] outside all.
    pub(super) fn enclosing(self, byte: usize) -> u32 {
        self.climb(self.outline.last_open_by(byte), byte)
    }

    /// From a fold outwards to the first that is not closed before a byte.
    pub(super) fn climb(self, from: u32, byte: usize) -> u32 {
        let mut index = from;
        while let Some(fold) = self.outline.fold(index) {
            if fold.close as usize >= byte {
                break;
            }
            index = fold.parent;
        }
        index
    }

    fn is_object(self, fold: Fold) -> bool {
        self.bytes().get(fold.open as usize) == Some(&b'{')
    }

    /// The element of a fold that holds a byte between its brackets.
    pub(super) fn element(self, index: u32, byte: usize) -> Option<Element> {
        let fold = self.outline.fold(index)?;
        let (mut at, mut ordinal, mut start) = (fold.open as usize + 1, 0, None);
        // The nearest known place before the byte: the element inside this fold that opened last ...
        let mut child = self.outline.last_open_by(byte);
        while let Some(inner) = self.outline.fold(child) {
            if inner.parent == index {
                let begin = self.member_start(fold, inner.open as usize);
                if inner.close as usize >= byte {
                    return Some(Element { ordinal: inner.ordinal, start: begin });
                }
                (at, ordinal, start) = (inner.close as usize + 1, inner.ordinal, Some(begin));
                break;
            }
            if child == index {
                break;
            }
            child = inner.parent;
        }
        // ... or a comma that was counted.
        if let Some(point) = self.outline.checkpoint(byte)
            && point.fold == index
            && point.at as usize > at
        {
            (at, ordinal, start) = (point.at as usize, point.ordinal, None);
        }
        let mut depth = 0_u32;
        for token in Tokens::new(self.bytes(), at) {
            if token.start > byte {
                break;
            }
            match token.sign {
                b',' if depth == 0 => {
                    // A byte between a comma and what follows belongs to what is before it.
                    if token.end > byte {
                        break;
                    }
                    ordinal += 1;
                    start = None;
                    continue;
                }
                b'{' | b'[' => depth += 1,
                b'}' | b']' => depth = depth.saturating_sub(1),
                _ => {}
            }
            start = start.or(Some(token.start));
        }
        Some(Element { ordinal, start: start.unwrap_or(byte) })
    }

    /// The start of the member that has its value at `value`: its key, where it has one.
    fn member_start(self, fold: Fold, value: usize) -> usize {
        if self.is_object(fold) {
            self.key_before(value).map_or(value, |key| key.start)
        } else {
            value
        }
    }

    /// The string (quotes included) before the colon before a value.
    fn key_before(self, value: usize) -> Option<Span> {
        let from = value.saturating_sub(KEY_BYTES_MAX);
        let before = self.bytes().get(from..value)?.trim_ascii_end();
        let before = before.strip_suffix(b":")?.trim_ascii_end();
        let end = from + before.len();
        let mut inner = before.strip_suffix(b"\"")?;
        loop {
            let quote = memchr::memrchr(b'"', inner)?;
            inner = inner.get(..quote)?;
            let slashes = inner.iter().rev().take_while(|byte| **byte == b'\\').count();
            if slashes % 2 == 0 {
                return Some(Span::new(from + quote, end));
            }
        }
    }

    /// The key (without its quotes, escapes as written) of a fold.
    pub(super) fn key_of(self, fold: Fold) -> Option<&'a str> {
        let span = self.key_before(fold.open as usize)?;
        self.text.get(span.start + 1..span.end.checked_sub(1)?)
    }

    /// Is the fold a list of statements?
    fn is_statements(self, fold: Fold) -> bool {
        !self.is_object(fold) && self.is_value_of_statement(fold)
    }

    /// Is the fold a statement that stands without a list?
    fn is_lone_statement(self, fold: Fold) -> bool {
        self.is_object(fold) && self.is_value_of_statement(fold)
    }

    fn is_value_of_statement(self, fold: Fold) -> bool {
        self.key_of(fold).is_some_and(|key| key.eq_ignore_ascii_case("Statement"))
    }

    /// The statement around a byte: the fold that lists it, and which element it is. A lone
    /// statement that stands without a list is number 0 of its own fold.
    pub(super) fn statement(self, byte: usize) -> Option<(u32, Element)> {
        let mut index = self.enclosing(byte);
        let mut levels = 0;
        while let Some(fold) = self.outline.fold(index) {
            let inside = fold.open as usize <= byte && byte != fold.open as usize;
            if inside && byte != fold.close as usize && self.is_statements(fold) {
                return Some((index, self.element(index, byte)?));
            }
            if self.is_lone_statement(fold) {
                return Some((index, Element { ordinal: 0, start: fold.open as usize }));
            }
            index = fold.parent;
            levels += 1;
            if levels > 100_000 {
                break;
            }
        }
        None
    }

    /// The span of an element: up to the comma after it, or the bracket that ends its list.
    pub(super) fn element_span(self, index: u32, element: Element) -> Span {
        let start = element.start;
        let end = self.outline.fold(index).map_or(self.text.len(), |fold| fold.close as usize);
        if let Some(fold) = self.fold_at(start) {
            return Span::new(start, fold.close as usize + 1);
        }
        let (mut depth, mut last) = (0_u32, start);
        for Token { sign, start, end: after } in Tokens::new(self.bytes(), start) {
            if start >= end || (depth == 0 && sign == b',') {
                break;
            }
            match sign {
                b'{' | b'[' => depth += 1,
                b'}' | b']' => depth = depth.saturating_sub(1),
                _ => {}
            }
            last = after;
        }
        Span::new(start, last)
    }

    /// The fold that opens at exactly this byte.
    pub(super) fn fold_at(self, byte: usize) -> Option<Fold> {
        self.outline.fold(self.outline.last_open_by(byte)).filter(|fold| fold.open as usize == byte)
    }

    /// The path of a byte: `Statement[1].Action[3]`; empty outside and at the outermost brackets.
    pub(super) fn path(self, byte: usize) -> String {
        let mut parts = Vec::new();
        let mut index = self.enclosing(byte);
        let Some(inner) = self.outline.fold(index) else { return String::new() };
        let on_bracket = byte == inner.open as usize || byte == inner.close as usize;
        if !on_bracket && let Some(element) = self.element(index, byte) {
            parts.push(self.part(inner, element));
        }
        while let Some(fold) = self.outline.fold(index) {
            let Some(parent) = self.outline.fold(fold.parent) else { break };
            if parts.len() >= LEVELS_MAX {
                parts.push("…".to_owned());
                break;
            }
            let start = self.member_start(parent, fold.open as usize);
            parts.push(self.part(parent, Element { ordinal: fold.ordinal, start }));
            index = fold.parent;
        }
        let mut path = String::new();
        for part in parts.iter().rev() {
            if !path.is_empty() && !part.starts_with('[') {
                path.push('.');
            }
            path.push_str(part);
        }
        path
    }

    fn part(self, fold: Fold, element: Element) -> String {
        if !self.is_object(fold) {
            return format!("[{}]", element.ordinal);
        }
        let Some(token) = Tokens::new(self.bytes(), element.start).next() else {
            return String::new();
        };
        let raw = self.text.get(token.start..token.end).unwrap_or_default();
        let raw = raw.strip_prefix('"').unwrap_or(raw);
        let raw = raw.strip_suffix('"').unwrap_or(raw);
        let mut key: String = raw.chars().take(KEY_MAX).collect();
        if key.len() < raw.len() {
            key.push('…');
        }
        let key = crate::text::harmless(&key).into_owned();
        let plain =
            !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '-');
        if plain { key } else { format!("[\"{key}\"]") }
    }

    /// The statement after the one around a byte (or the first one after it), by its first byte.
    pub(super) fn next_statement(self, byte: usize) -> Option<usize> {
        if let Some((list, element)) = self.statement(byte)
            && let Some(next) = self.after(list, element)
        {
            return Some(next);
        }
        // The first list of statements that opens later.
        let from = self.outline.last_open_by(byte).wrapping_add(1);
        let later = self.outline.folds().get(from as usize..)?;
        let list = later.iter().find(|fold| self.is_statements(**fold))?;
        let first = Tokens::new(self.bytes(), list.open as usize + 1).next()?;
        (first.start < list.close as usize).then_some(first.start)
    }

    /// The statement before the one around a byte, by its first byte.
    pub(super) fn previous_statement(self, byte: usize) -> Option<usize> {
        if let Some((list, element)) = self.statement(byte) {
            if let Some(before) = self.before(list, element) {
                return Some(before);
            }
            let list = self.outline.fold(list)?;
            return self.last_statement_before(list.open as usize);
        }
        self.last_statement_before(byte)
    }

    fn last_statement_before(self, byte: usize) -> Option<usize> {
        let upto = self.outline.folds().partition_point(|fold| (fold.open as usize) < byte);
        let earlier = self.outline.folds().get(..upto)?;
        let list = earlier
            .iter()
            .rposition(|fold| self.is_statements(*fold) && (fold.close as usize) < byte)?;
        let close = earlier.get(list)?.close as usize;
        let element = self.element(list as u32, close.checked_sub(1)?)?;
        Some(element.start)
    }

    /// The element after another, by its first byte.
    pub(super) fn after(self, list: u32, element: Element) -> Option<usize> {
        let end = self.element_span(list, element).end;
        let mut tokens = Tokens::new(self.bytes(), end);
        tokens.next().filter(|token| token.sign == b',')?;
        tokens.next().filter(|token| !matches!(token.sign, b'}' | b']')).map(|token| token.start)
    }

    /// The element before another, by its first byte.
    pub(super) fn before(self, list: u32, element: Element) -> Option<usize> {
        let fold = self.outline.fold(list)?;
        let between = self.bytes().get(fold.open as usize + 1..element.start)?;
        let comma = between.trim_ascii_end().strip_suffix(b",")?;
        let inside = fold.open as usize + comma.trim_ascii_end().len();
        (inside > fold.open as usize)
            .then(|| self.element(list, inside))?
            .map(|element| element.start)
    }

    /// Every fold that is a statement, for folding them all: indexes, in order.
    pub(super) fn statements(self) -> Vec<u32> {
        let folds = self.outline.folds();
        let mut list = NONE;
        let mut found = Vec::new();
        for (index, fold) in folds.iter().enumerate() {
            if fold.parent == list && list != NONE {
                found.push(index as u32);
            } else if self.is_statements(*fold) {
                list = index as u32;
            } else if self.is_lone_statement(*fold) {
                found.push(index as u32);
            }
        }
        found
    }
}
