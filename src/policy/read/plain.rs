//! Policy documents as tools write them, passed over in one go: what they grant, without a tree or a document.
//!
//! Lists of thousands of policies are read for their actions and resources only. Nearly all of them are strict JSON
//! with the elements of the grammar, each once, and nothing else: those are told here. Of every other document nothing
//! is told, so that it is read as usual; what is told is the same as that reading would find.

use std::ops::Range;

use crate::policy::document::Effect;
use crate::policy::idle::names_resource;
use crate::policy::json::{self, Limits, Passed, Scan};
use crate::policy::operator::Operator;
use crate::policy::pattern::{self, Case};

const BLANKS: [char; 4] = [' ', '\n', '\r', '\t'];
/// Lists and objects inside a condition.
const DEEP: usize = 4;

/// How many lists and objects are inside each other in a document that is passed over, at most.
pub(in crate::policy) const DEPTH: usize = DEEP + 4;

/// What some documents of a text grant. Made to be used for one part of the text after the other.
#[derive(Debug, Default)]
pub struct Plain<'a> {
    texts: Vec<&'a str>,
    statements: Vec<Statement>,
    /// Where each document begins in the text, and its statements.
    documents: Vec<(usize, Range<usize>)>,
}

/// A document among them.
#[derive(Clone, Copy, Debug)]
pub struct PlainDocument<'p, 'a> {
    texts: &'p [&'a str],
    statements: &'p [Statement],
}

#[derive(Clone, Debug)]
struct Statement {
    effect: Effect,
    conditional: bool,
    actions: Range<usize>,
    resources: Range<usize>,
}

/// A statement of such a document. It has an `Action` and a `Resource`, and no principal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlainStatement<'p, 'a> {
    /// What it does where it matches: one of the two that the grammar knows.
    pub effect: Effect,
    /// Has it a condition?
    pub conditional: bool,
    /// Its actions, as written.
    pub actions: &'p [&'a str],
    /// Its resources, as written.
    pub resources: &'p [&'a str],
}

impl PlainStatement<'_, '_> {
    /// Does it list resources of which none is named as resources are, so that it matches nothing?
    pub fn names_no_resource(&self) -> bool {
        !self.resources.iter().any(|name| names_resource(name))
    }
}

impl<'a> Plain<'a> {
    /// The text as a document within the limits, if it is nothing else.
    pub fn of(text: &'a str, limits: &Limits) -> Option<Self> {
        if text.len() > limits.bytes || limits.depth() < DEPTH {
            return None;
        }
        let (mut plain, text) = (Self::default(), text.trim_matches(BLANKS));
        let passed = plain.pass(text, 0, limits.statements)?;
        // The document is a value too.
        (passed.end == text.len() && passed.values < limits.nodes).then_some(plain)
    }

    /// The document that is the whole text.
    pub fn whole(&self) -> Option<PlainDocument<'_, 'a>> {
        self.at(0)
    }

    /// Forgets the documents.
    pub(in crate::policy) fn clear(&mut self) {
        self.texts.clear();
        self.statements.clear();
        self.documents.clear();
    }

    /// Passes over the document that begins at `at`, if it is one of at most `most` statements.
    pub(in crate::policy) fn pass(
        &mut self,
        text: &'a str,
        at: usize,
        most: usize,
    ) -> Option<Passed> {
        let (texts, statements) = (self.texts.len(), self.statements.len());
        let scan = Scan { bytes: text.as_bytes(), at };
        let mut pass = Pass { text, scan, values: 0, plain: self };
        let passed = pass.document().map(|()| {
            let end = text.get(..pass.scan.at).unwrap_or_default().trim_end_matches(BLANKS).len();
            Passed { end, values: pass.values }
        });
        let found = self.statements.len() - statements;
        if passed.is_none() || found > most {
            self.texts.truncate(texts);
            self.statements.truncate(statements);
            return None;
        }
        self.documents.push((at, statements..self.statements.len()));
        passed
    }

    /// The document that begins at a byte of the text.
    pub(in crate::policy) fn at(&self, start: usize) -> Option<PlainDocument<'_, 'a>> {
        // They were passed over in the order of the text.
        let at = self.documents.binary_search_by_key(&start, |(at, _)| *at).ok()?;
        let (_, range) = self.documents.get(at)?;
        let statements = self.statements.get(range.clone())?;
        Some(PlainDocument { texts: &self.texts, statements })
    }
}

impl<'p, 'a> PlainDocument<'p, 'a> {
    /// The statements.
    pub fn statements(self) -> impl Iterator<Item = PlainStatement<'p, 'a>> {
        let part = move |range: &Range<usize>| self.texts.get(range.clone()).unwrap_or_default();
        self.statements.iter().map(move |one| PlainStatement {
            effect: one.effect,
            conditional: one.conditional,
            actions: part(&one.actions),
            resources: part(&one.resources),
        })
    }
}

/// The keys of the conditions of a statement.
#[derive(Default)]
struct Keys<'a> {
    known: [&'a str; 8],
    many: usize,
}

impl<'a> Keys<'a> {
    /// One more; None where it stands there already, or there are too many to say.
    fn add(&mut self, key: &'a str) -> Option<()> {
        let known = self.known.get(..self.many)?;
        if known.iter().any(|known| pattern::same(known, key, Case::Fold)) {
            return None;
        }
        *self.known.get_mut(self.many)? = key;
        self.many += 1;
        Some(())
    }
}

struct Pass<'p, 'a> {
    text: &'a str,
    scan: Scan<'a>,
    values: usize,
    plain: &'p mut Plain<'a>,
}

impl<'a> Pass<'_, 'a> {
    /// A string without escapes, and the blanks after it.
    fn string(&mut self) -> Option<&'a str> {
        if self.scan.peek()? != b'"' {
            return None;
        }
        let start = self.scan.at + 1;
        let end = start + json::plain_length(self.scan.bytes.get(start..)?);
        if self.scan.bytes.get(end) != Some(&b'"') {
            return None;
        }
        self.scan.at = end + 1;
        self.scan.blanks();
        self.text.get(start..end)
    }

    /// A string as a value.
    fn value(&mut self) -> Option<&'a str> {
        self.values += 1;
        self.string()
    }

    /// Does another element stand here, or the end of the list or object, which is passed over? `first` before the
    /// first element.
    fn more(&mut self, first: &mut bool, end: u8) -> Option<bool> {
        if self.scan.has(end) {
            return Some(false);
        }
        if !std::mem::take(first) {
            self.scan.mark(b',')?;
        }
        Some(true)
    }

    /// A key and its colon.
    fn key(&mut self) -> Option<&'a str> {
        let key = self.string()?;
        self.scan.mark(b':')?;
        Some(key)
    }

    /// The object of a document, and the blanks after it.
    fn document(&mut self) -> Option<()> {
        let (mut first, mut version, mut statements) = (true, false, false);
        self.scan.mark(b'{')?;
        while self.more(&mut first, b'}')? {
            match self.key()? {
                "Version" if !version => {
                    version = true;
                    self.value()?;
                }
                "Statement" if !statements => {
                    statements = true;
                    self.statements()?;
                }
                _ => return None,
            }
        }
        (version && statements).then_some(())
    }

    fn statements(&mut self) -> Option<()> {
        self.values += 1;
        self.scan.mark(b'[')?;
        loop {
            self.statement()?;
            if self.scan.has(b']') {
                return Some(());
            }
            self.scan.mark(b',')?;
        }
    }

    fn statement(&mut self) -> Option<()> {
        self.values += 1;
        self.scan.mark(b'{')?;
        let mut first = true;
        let (mut effect, mut condition, mut label) = (None, None, false);
        let (mut actions, mut resources) = (None, None);
        while self.more(&mut first, b'}')? {
            match self.key()? {
                "Effect" if effect.is_none() => {
                    effect = Some(match self.value()? {
                        "Allow" => Effect::Allow,
                        "Deny" => Effect::Deny,
                        _ => return None,
                    });
                }
                "Action" if actions.is_none() => actions = Some(self.texts()?),
                "Resource" if resources.is_none() => resources = Some(self.texts()?),
                "Condition" if condition.is_none() => condition = Some(self.condition()?),
                "Sid" if !label => {
                    label = true;
                    self.value()?;
                }
                _ => return None,
            }
        }
        let statement = Statement {
            effect: effect?,
            conditional: condition.unwrap_or_default(),
            actions: actions?,
            resources: resources?,
        };
        self.plain.statements.push(statement);
        Some(())
    }

    /// The keys under an operator and their values. None where a key may have none that the operator can read, or stands
    /// under another operator too: then no request may meet the condition.
    fn block(&mut self, operator: &str, keys: &mut Keys<'a>) -> Option<()> {
        let mut first = true;
        self.values += 1;
        self.scan.mark(b'{')?;
        while self.more(&mut first, b'}')? {
            keys.add(self.key()?)?;
            let start = self.scan.at;
            self.any(DEEP - 2)?;
            let written = self.text.get(start..self.scan.at)?;
            let inside = written.get(1..)?;
            let odd = match written.as_bytes().first()? {
                b'[' => inside.contains(['[', '{']) || inside.trim_start().starts_with(']'),
                b'{' => true,
                _ => false,
            };
            if odd || inside.contains("null") {
                return None;
            }
            // Nearly all compare text, which is always readable.
            if operator.get(..6).is_none_or(|name| !name.eq_ignore_ascii_case("string"))
                && !Self::has_readable(operator, written)
            {
                return None;
            }
        }
        Some(())
    }

    /// Can the operator, if it is one that reads its values, read one of these?
    fn has_readable(operator: &str, written: &str) -> bool {
        let Some(operator) = Operator::parse(operator).filter(|operator| operator.is_of_values())
        else {
            return true;
        };
        // Every second part stands between quotes; a value without them is read as it stands.
        let quoted = written.split('"').skip(1).step_by(2);
        let mut bare = written.split([',', '[', ']']).map(str::trim);
        quoted.clone().any(|value| operator.reads(value).is_ok())
            || bare.any(|value| operator.reads(value).is_ok())
    }

    /// A condition of any form; does it hold anything, which then has to be met? `{}` and `{"Bool": {}}` do not.
    fn condition(&mut self) -> Option<bool> {
        if self.scan.peek()? != b'{' {
            return None;
        }
        let (mut first, mut holding, mut empty) = (true, false, false);
        let mut keys = Keys::default();
        self.values += 1;
        self.scan.mark(b'{')?;
        while self.more(&mut first, b'}')? {
            let operator = self.key()?;
            let values = self.values;
            if self.scan.peek()? != b'{' {
                return None;
            }
            self.block(operator, &mut keys)?;
            // An object without members is one value.
            let holds = self.values > values + 1;
            holding |= holds;
            empty |= !holds;
        }
        // With both, an operator that stands there twice could leave nothing.
        (!(holding && empty)).then_some(holding)
    }

    /// A string or a list of strings.
    fn texts(&mut self) -> Option<Range<usize>> {
        let start = self.plain.texts.len();
        if self.scan.peek()? == b'"' {
            let text = self.value()?;
            self.plain.texts.push(text);
        } else {
            self.values += 1;
            self.scan.mark(b'[')?;
            loop {
                let text = self.value()?;
                self.plain.texts.push(text);
                if self.scan.has(b']') {
                    break;
                }
                self.scan.mark(b',')?;
            }
        }
        Some(start..self.plain.texts.len())
    }

    /// Any value.
    fn any(&mut self, depth: usize) -> Option<()> {
        match self.scan.peek()? {
            b'"' => {
                self.value()?;
            }
            b'{' => {
                let depth = depth.checked_sub(1)?;
                self.values += 1;
                self.scan.mark(b'{')?;
                let mut first = true;
                while self.more(&mut first, b'}')? {
                    self.key()?;
                    self.any(depth)?;
                }
            }
            b'[' => {
                let depth = depth.checked_sub(1)?;
                self.values += 1;
                self.scan.mark(b'[')?;
                let mut first = true;
                while self.more(&mut first, b']')? {
                    self.any(depth)?;
                }
            }
            _ => {
                self.values += 1;
                let start = self.scan.at;
                let word = |byte: u8| byte.is_ascii_alphanumeric() || b"+-._".contains(&byte);
                while self.scan.peek().is_some_and(word) {
                    self.scan.at += 1;
                }
                let word = self.text.get(start..self.scan.at)?;
                if !matches!(word, "true" | "false" | "null") && !json::is_number(word) {
                    return None;
                }
                self.scan.blanks();
            }
        }
        Some(())
    }
}
