//! Answers that are one page of a longer list: what they say of what follows.

use std::collections::BTreeMap;

use super::super::listed::flag;
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
pub struct Pages(BTreeMap<Key, Page>);

/// What tells the pages of one list from those of another.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    list: &'static str,
    /// `PolicyType` of its first element: the system's policies and the customer's are two lists.
    kind: Option<String>,
    /// `TotalCount`
    total: Option<usize>,
}

/// A list of which some pages are in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Page {
    /// So many elements are in the text.
    held: usize,
    /// A page says that others follow it.
    more: bool,
    /// A page says that none follows it. Pages may stand in any order.
    ended: bool,
    /// The way to the list of the last page, and where it stands.
    path: String,
    span: Span,
}

impl Pages {
    fn add(&mut self, key: Key, page: Page) {
        if let Some(known) = self.0.get_mut(&key) {
            let (held, more) = (known.held + page.held, known.more || page.more);
            *known = Page { held, more, ended: known.ended || page.ended, ..page };
        } else if self.0.len() < MOST_SKIPPED {
            self.0.insert(key, page);
        }
    }

    /// Takes in what pages further on in the text say.
    pub(in crate::policy::wrapper) fn append(&mut self, more: Self) {
        more.0.into_iter().for_each(|(key, page)| self.add(key, page));
    }

    /// The same of a text that is packed in a string.
    pub(super) fn append_packed(&mut self, more: Self, span: Span, way: &dyn Fn(&str) -> String) {
        let outside = |page: Page| Page { path: way(&page.path), span, ..page };
        more.0.into_iter().for_each(|(key, page)| self.add(key, outside(page)));
    }

    /// The lists of which pages lack.
    pub(in crate::policy::wrapper) fn lacking(self) -> impl Iterator<Item = Skipped> {
        self.0.into_iter().filter_map(|(Key { list, total, .. }, page)| {
            let Page { held, more, ended, path, span } = page;
            let total = total.filter(|total| held < *total);
            ((more && !ended) || total.is_some()).then_some(Skipped {
                path,
                span,
                reason: SkipReason::Cut { list, held, total },
            })
        })
    }
}

impl<'t> Walk<'t, '_> {
    /// Notes what an object says of the lists in it, if it is a page.
    pub(super) fn page(&mut self, node: &'t Node<'_>) {
        let more = flag(node, "IsTruncated");
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
            let kind = first(outer, element).and_then(|one| one.get("PolicyType")?.as_str());
            let key = Key { list, kind: kind.map(str::to_owned), total };
            let (more, ended) = (more == Some(true), more == Some(false));
            self.found.pages.add(key, Page { held, more, ended, path, span });
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

/// The first element of a list, plain or in an object.
fn first<'n, 't>(outer: &'n Node<'t>, element: &str) -> Option<&'n Node<'t>> {
    let inner = outer.get(element).unwrap_or(outer);
    match &inner.kind {
        Kind::Array(items) => items.first(),
        _ => Some(inner),
    }
}

fn number(node: &Node<'_>) -> Option<usize> {
    match &node.kind {
        Kind::Number(text) => text.parse().ok(),
        Kind::String(text) => text.parse().ok(),
        _ => None,
    }
}
