//! Answers that are one page of a longer list: what they say of what follows.

use super::{MOST_SKIPPED, SkipReason, Skipped, Step, Walk};
use crate::policy::json::{Kind, Node};
use crate::policy::source::Span;

/// The lists of the API that roles and policies stand in, and what their elements are called.
const LISTS: [(&str, &str); 4] = [
    ("Roles", "Role"),
    ("Policies", "Policy"),
    ("PolicyVersions", "PolicyVersion"),
    ("PolicyAttachments", "PolicyAttachment"),
];

/// What the pages of a text say of their lists.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pages(Vec<Page>);

/// A list of which some pages are in the text. Pages with the same `TotalCount` are of one list, and so are those
/// without one.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Page {
    list: &'static str,
    /// So many elements are in the text.
    held: usize,
    /// `TotalCount`
    total: Option<usize>,
    /// `IsTruncated` of the last page.
    more: bool,
    /// The way to the list of the last page, and where it stands.
    path: String,
    span: Span,
}

impl Pages {
    fn add(&mut self, page: Page) {
        let same = |known: &&mut Page| (known.list, known.total) == (page.list, page.total);
        if let Some(known) = self.0.iter_mut().find(same) {
            *known = Page { held: known.held + page.held, ..page };
        } else if self.0.len() < MOST_SKIPPED {
            self.0.push(page);
        }
    }

    /// Takes in what pages further on in the text say.
    pub(in crate::policy::wrapper) fn append(&mut self, more: Self) {
        more.0.into_iter().for_each(|page| self.add(page));
    }

    /// The same of a text that is packed in a string.
    pub(super) fn append_packed(&mut self, more: Self, span: Span, way: &dyn Fn(&str) -> String) {
        let outside = |page: Page| Page { path: way(&page.path), span, ..page };
        more.0.into_iter().for_each(|page| self.add(outside(page)));
    }

    /// The lists of which pages lack.
    pub(in crate::policy::wrapper) fn lacking(self) -> impl Iterator<Item = Skipped> {
        let lacks = |page: &Page| page.more || page.total.is_some_and(|total| page.held < total);
        self.0.into_iter().filter(lacks).map(|page| {
            let Page { list, held, total, path, span, .. } = page;
            let total = total.filter(|total| held < *total);
            Skipped { path, span, reason: SkipReason::Cut { list, held, total } }
        })
    }
}

impl<'t> Walk<'t, '_> {
    /// Notes what an object says of the lists in it, if it is a page.
    pub(super) fn page(&mut self, node: &'t Node<'_>) {
        let more = node.get("IsTruncated").and_then(truth);
        let total = node.get("TotalCount").and_then(number);
        if more.is_none() && total.is_none() {
            return;
        }
        for (list, element) in LISTS {
            let Some((outer, held)) =
                node.get(list).and_then(|outer| Some((outer, self.held(outer, element)?)))
            else {
                continue;
            };
            self.way.push(Step::Key(list));
            let (path, span) = (self.path(), outer.span());
            self.way.pop();
            let more = more == Some(true);
            self.found.pages.add(Page { list, held, total, more, path, span });
        }
    }

    /// How many elements a list has, plain or in an object; one element may stand there by itself.
    fn held(&self, outer: &Node<'_>, element: &str) -> Option<usize> {
        let inner = outer.get(element);
        let list = inner.unwrap_or(outer);
        match &list.kind {
            Kind::Array(_) if self.is_the_list(list) => self.list.map(|(_, count)| count),
            Kind::Array(items) => Some(items.len()),
            Kind::Object(members) if members.is_empty() => Some(0),
            Kind::Object(_) => inner.map(|_| 1),
            _ => None,
        }
    }
}

fn truth(node: &Node<'_>) -> Option<bool> {
    node.as_bool().or_else(|| node.as_str()?.to_ascii_lowercase().parse().ok())
}

fn number(node: &Node<'_>) -> Option<usize> {
    match &node.kind {
        Kind::Number(text) => text.parse().ok(),
        Kind::String(text) => text.parse().ok(),
        _ => None,
    }
}
