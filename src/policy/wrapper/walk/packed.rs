//! What is packed in strings: documents, and answers that hold some in their turn.

use super::{
    BYTE, Content, DOCUMENTS, Embedding, MOST_SKIPPED, PACKED, Roots, SkipReason, Skipped, Step,
    Walk, Wrapped, candidate, is_expression, search, unpack,
};
use crate::policy::json::{self, ReadError};
use crate::policy::read;
use crate::policy::source::{Source, Span};
use crate::policy::wrapper::{Names, Wrapper};

impl Walk<'_, '_> {
    /// Takes what is packed in a string.
    pub(super) fn string(&mut self, value: &str, span: Span, names: &Names) {
        let holder = self.holds(&DOCUMENTS);
        let unpacked = match unpack(value, holder, self.limits) {
            Some(Ok(unpacked)) => unpacked,
            Some(Err(error)) => return self.unreadable(span, Embedding::InString, value, error),
            None => return self.no_document(value, span),
        };
        let text = Source::filled(unpacked.text.into_owned(), self.template);
        let embedding = unpacked.embedding;
        let reading = match json::read_all(&text, self.limits) {
            Ok(reading) => reading,
            Err(error) => return self.unreadable(span, embedding, &text, error),
        };
        if let [root] = reading.roots.as_slice()
            && (root.get("Statement").is_some() || candidate::is_document(root, holder))
            && let Ok(read) = read::from_node(&text, root, self.limits)
        {
            return self.add(text.clone(), span, embedding, read, names);
        }
        if self.packed == PACKED {
            return self.skip(span, SkipReason::PackedTooDeep);
        }
        // The string holds an answer, which holds documents in its turn.
        let path = self.path();
        let below = |inside: &str| format!("{path} > {inside}");
        let (take, taken) = (&mut *self.take, &mut self.taken);
        let before = *taken;
        let mut outside = |document: Wrapped, content: Content<'_>| {
            *taken += 1;
            let wrapped = Wrapped {
                outer: span,
                embedding: Embedding::Encoded,
                path: below(&document.path),
                names: document.names.or(names),
                ..document
            };
            take(wrapped, content);
        };
        let roots = &reading.roots;
        let inner = search(&text, Roots::All(roots), self.limits, self.packed + 1, &mut outside);
        if holder && self.is_meant() && self.taken == before && inner.is_empty() {
            return self.skip(span, SkipReason::NoPolicy);
        }
        self.found.roles.extend(inner.roles);
        self.found.policies.extend(inner.policies);
        self.found.pages.append_packed(inner.pages, span, &below);
        for mut skipped in inner.skipped {
            if let SkipReason::Unreadable(error) = &mut skipped.reason {
                self.bring_out(span, embedding, &text, error);
            }
            let path = below(&skipped.path);
            self.found.skipped.push(Skipped { path, span, ..skipped });
        }
    }

    /// Is a policy meant by the words of Terraform's resources? Others may mean something else.
    fn is_meant(&self) -> bool {
        let own = |key: &str| key.starts_with(|c: char| c.is_ascii_uppercase());
        self.origin == Some(Wrapper::Terraform)
            || self.way.iter().rev().find_map(|step| match step {
                Step::Key(key) => Some(own(key)),
                Step::Index(_) => None,
            }) == Some(true)
    }

    /// Tells of a string that holds no document, where one belongs or may stand in it.
    fn no_document(&mut self, value: &str, span: Span) {
        let named = self.holds(&["PolicyDocument", "AssumeRolePolicyDocument"]);
        let reason = match value.trim() {
            "" if named => SkipReason::Empty,
            "" => return,
            _ if self.in_holder() && self.is_of_terraform() && is_expression(value) => {
                SkipReason::Expression
            }
            filled if self.holds(&DOCUMENTS) && self.is_of_terraform() && is_hole(filled) => {
                // The words of the API are written by other tools.
                if self.is_meant() && self.origin.is_none() {
                    SkipReason::FilledIn
                } else {
                    SkipReason::Expression
                }
            }
            _ if self.holds(&DOCUMENTS) && self.is_meant() => SkipReason::NoPolicy,
            _ if json::has_key(value) => SkipReason::Among,
            _ => return,
        };
        self.skip(span, reason);
    }

    /// Leaves out the string at `span`, whose text cannot be read.
    fn unreadable(&mut self, span: Span, embedding: Embedding, text: &str, mut error: ReadError) {
        if self.found.skipped.len() < MOST_SKIPPED {
            self.bring_out(span, embedding, text, &mut error);
            self.skip(span, SkipReason::Unreadable(error));
        }
    }

    /// Brings an error in what is packed in the string at `span` to where that stands in the text. Lines and columns are
    /// told once all is found; until then the sentences have bytes.
    fn bring_out(&self, span: Span, embedding: Embedding, text: &str, error: &mut ReadError) {
        let outside = |inner| match embedding {
            Embedding::Encoded => span.start,
            _ => json::offset_in_string(self.text, span, inner),
        };
        error.offset = outside(error.offset);
        error.change_places(&|told| {
            let byte = match told.strip_prefix(BYTE) {
                Some(byte) => byte.parse().ok()?,
                None => byte_of(text, told)?,
            };
            Some(format!("{BYTE}{}", outside(byte)))
        });
    }
}

/// Is all of a text filled in?
fn is_hole(text: &str) -> bool {
    let marks = [("${", "}"), ("{{", "}}")];
    marks.iter().any(|(begin, end)| text.starts_with(begin) && text.ends_with(end))
}

/// The byte at a line and column, `2:5`.
fn byte_of(text: &str, place: &str) -> Option<usize> {
    let (line, column) = place.split_once(':')?;
    let (line, column): (usize, usize) = (line.parse().ok()?, column.parse().ok()?);
    let before = text.split_inclusive('\n').take(line.checked_sub(1)?).map(str::len).sum();
    let inside = text.get(before..)?.char_indices().nth(column.checked_sub(1)?);
    Some(inside.map_or(text.len(), |(at, _)| before + at))
}
