//! Which values of the action clauses of a policy meet a name: by the letters before their first wildcard, so that a
//! policy of thousands of statements is not walked for each of thousands of names.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::iter;

use crate::hash::{Map, Set};
use crate::policy::condition::Truth;
use crate::policy::document::{Clause, Document};
use crate::policy::idle::names_action;
use crate::policy::pattern::{self, Case};
use crate::policy::placeholder;
use crate::policy::source::Span;
use crate::sort;

/// The values of a policy, put in order.
pub(super) struct Index<'a> {
    document: &'a Document,
    /// Each once but for case, in the order of their starts.
    values: Vec<Value<'a>>,
    /// How long starts are, each length once, the shortest first.
    lengths: Vec<usize>,
    /// Statements that no value of theirs rules out: what they list is taken away, not known, or nothing.
    always: Vec<usize>,
}

struct Value<'a> {
    /// The letters before the first wildcard, folded.
    start: String,
    text: Cow<'a, str>,
    /// It is what a value may become once its placeholders are filled in; the value itself is another one here.
    filled: bool,
    /// The statements that have it, and its place among their values.
    at: Vec<(usize, usize)>,
}

/// The values that meet a name, by their numbers in the index: [`Truth::Yes`] all that it stands for,
/// [`Truth::Maybe`] some of it.
pub(super) type Met = Vec<(usize, Truth)>;

/// How far the values of statements meet a name, in the order of the policy; those of others do not.
pub(super) type Spoken = Vec<(usize, Truth)>;

impl<'a> Index<'a> {
    pub(super) fn of(document: &'a Document) -> Self {
        let mut known: Map<(String, bool), usize> = Map::default();
        let mut values: Vec<Value<'_>> = Vec::new();
        let mut always = Vec::new();
        for (statement, one) in document.statements.iter().enumerate() {
            let listed = one
                .action
                .as_ref()
                .filter(|clause| !clause.negated && !clause.unknown && !clause.values.is_empty());
            if listed.is_none() {
                always.push(statement);
            }
            let Some(clause) = &one.action else { continue };
            for (place, value) in clause.values.iter().enumerate() {
                let text = value.value.as_str();
                if !names_action(text) {
                    continue;
                }
                let filled = placeholder::filled(text).map(Cow::Owned);
                for text in iter::once(Cow::Borrowed(text)).chain(filled) {
                    let filled = matches!(text, Cow::Owned(_));
                    let folded = pattern::fold(&text);
                    let start = start(&folded).to_owned();
                    let new = values.len();
                    let at = vec![(statement, place)];
                    match values.get_mut(*known.entry((folded, filled)).or_insert(new)) {
                        Some(value) => value.at.extend(at),
                        None => values.push(Value { start, text, filled, at }),
                    }
                }
            }
        }
        sort::by(&mut values, |one, other| one.start.cmp(&other.start));
        let mut lengths: Vec<usize> = values.iter().map(|value| value.start.len()).collect();
        lengths.sort_unstable();
        lengths.dedup();
        Self { document, values, lengths, always }
    }

    /// Do the letters of these values say that they meet the name? Not where something is to be filled in, which is
    /// noted of each value by itself.
    pub(super) fn are_plain(&self, met: &Met) -> bool {
        met.iter().all(|(at, _)| self.values.get(*at).is_none_or(|value| !value.filled))
    }

    /// The values that meet a name, or all or some names of a pattern.
    pub(super) fn met(&self, name: &str) -> Met {
        let folded = pattern::fold(name);
        let wild = pattern::has_wildcard(name);
        let own = start(&folded);
        let mut met = Vec::new();
        // Of a pattern: statements that meet all of it, and values that may meet a part.
        let (mut whole, mut parts): (Set<usize>, Vec<usize>) = (Set::default(), Vec::new());
        let mut look = |from: usize, to: usize| {
            let values = self.values.get(from..to).unwrap_or_default();
            let meets = if wild { pattern::covers } else { pattern::matches };
            for (at, value) in (from..).zip(values) {
                if meets(&value.text, name, Case::Fold) {
                    met.push((at, if value.filled { Truth::Maybe } else { Truth::Yes }));
                    if wild && !value.filled {
                        whole.extend(value.at.iter().map(|(statement, _)| statement));
                    }
                } else if wild {
                    parts.push(at);
                }
            }
        };
        for length in &self.lengths {
            let Some(begin) = own.get(..*length) else { continue };
            let from = self.values.partition_point(|value| value.start.as_str() < begin);
            let rest = self.values.get(from..).unwrap_or_default();
            look(from, from + rest.partition_point(|value| value.start == begin));
        }
        if wild {
            // What begins with more letters than the pattern has before its wildcard.
            let from = self.values.partition_point(|value| value.start.as_str() <= own);
            let rest = self.values.get(from..).unwrap_or_default();
            look(from, from + rest.partition_point(|value| value.start.starts_with(own)));
            // Of a statement that meets all of it, what meets a part says no more, but for values that are not fixed.
            // Without this the thousand patterns of one statement are each compared with all the others.
            met.extend(parts.into_iter().filter_map(|at| {
                let value = self.values.get(at)?;
                let says = value.filled || value.at.iter().any(|(one, _)| !whole.contains(one));
                let meets = says && pattern::overlaps(&value.text, name, Case::Fold);
                meets.then_some((at, Truth::Maybe))
            }));
            sort::by_key(&mut met, |(at, _)| *at);
        }
        met
    }

    /// The statements that these values stand in.
    pub(super) fn spoken(&self, met: &Met) -> Spoken {
        let mut spoken: Spoken = Vec::new();
        for (at, truth) in met {
            let statements = self.values.get(*at).into_iter().flat_map(|value| &value.at);
            spoken.extend(statements.map(|(statement, _)| (*statement, *truth)));
        }
        // The strongest of a statement first.
        sort::by_key(&mut spoken, |(statement, truth)| (*statement, Reverse(*truth)));
        spoken.dedup_by_key(|(statement, _)| *statement);
        spoken
    }

    /// The statements that a decision has to look at.
    pub(super) fn among(&self, spoken: &Spoken) -> Vec<usize> {
        let spoken = spoken.iter().map(|(statement, _)| *statement);
        let mut among: Vec<usize> = self.always.iter().copied().chain(spoken).collect();
        among.sort_unstable();
        among.dedup();
        among
    }

    /// Where in a statement the value stands by which it meets the name, or else the whole clause; and that value, where
    /// the clause is a list of what is meant.
    pub(super) fn through(&self, statement: usize, met: &Met) -> (Option<Span>, Option<&'a str>) {
        // A statement that cannot be read has no clauses of its own.
        let read = self.document.statements.get(statement).filter(|one| !one.is_unread());
        let clause = read.and_then(|one| one.action.as_ref());
        let Some(clause): Option<&Clause> = clause else { return (None, None) };
        let place = |(at, truth): &(usize, Truth)| {
            let value = self.values.get(*at)?;
            let first = value.at.partition_point(|(one, _)| *one < statement);
            let (_, place) = value.at.get(first).filter(|(one, _)| *one == statement)?;
            Some((Reverse(*truth), *place))
        };
        let best = met.iter().filter_map(place).min();
        let value = best.and_then(|(_, place)| clause.values.get(place));
        let through = value.filter(|_| !clause.negated).map(|value| value.value.as_str());
        (Some(value.map_or(clause.span, |value| value.span)), through)
    }
}

/// What stands before the first wildcard.
fn start(text: &str) -> &str {
    text.split(['*', '?']).next().unwrap_or_default()
}
