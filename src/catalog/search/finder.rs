//! The state of a search while it is typed: each letter narrows what the letters before it found, Backspace takes that back.

use super::corpus::{Corpus, Counts, Kind};
use super::query::Query;
use super::rank::{Match, Scorer, Step};
use super::scan::{KEPT, Source, scan};

/// Hits of each kind that are ranked and returned.
pub const SHOWN: usize = 200;
/// Entries kept in all steps together; beyond it the oldest step is forgotten.
const KEPT_ENTRIES: usize = 4_000_000;
/// Steps whose ranked hits are kept too.
const RANKED_STEPS: usize = 16;

/// A hit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The number of the entry in its [`Corpus`].
    pub entry: u32,
    /// What it is.
    pub kind: Kind,
    /// Which of its texts matched best.
    pub form: usize,
    /// How; nothing where nothing was asked.
    pub found: Option<Match>,
}

impl Hit {
    /// The characters of the text that match, to be marked.
    pub fn indices(&self) -> &[usize] {
        self.found.as_ref().map_or(&[], |found| &found.indices)
    }

    /// Is what was typed the whole of it?
    pub fn is_named(&self) -> bool {
        self.found.as_ref().is_some_and(|found| found.step == Step::Exact)
    }
}

/// What a query found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// How many entries of each kind match: exact.
    pub counts: Counts,
    /// How many of them match by more than scattered letters.
    clear: Counts,
    /// The same number of a kind may be larger.
    more: [bool; Kind::ALL.len()],
    groups: [Vec<Hit>; Kind::ALL.len()],
}

impl Found {
    /// The best hits of a kind, the best first, not more than [`SHOWN`].
    pub fn of(&self, kind: Kind) -> &[Hit] {
        self.groups.get(kind as usize).map_or(&[], Vec::as_slice)
    }

    /// The groups that have hits, in the order of the kinds.
    pub fn groups(&self) -> impl Iterator<Item = (Kind, &[Hit])> {
        Kind::ALL.into_iter().map(|kind| (kind, self.of(kind))).filter(|(_, hits)| !hits.is_empty())
    }

    /// The kind that stands before all others: a service that is named in full and that roles touch stands before the
    /// many roles that have its letters, but not before a product of the same name.
    pub fn first_kind(&self, touched: bool) -> Option<Kind> {
        let is_named = |kind| self.of(kind).first().is_some_and(Hit::is_named);
        let first = touched && is_named(Kind::Service) && !is_named(Kind::Product);
        first.then_some(Kind::Service)
    }

    /// The hits of a kind that are worth showing: where what was typed stands anywhere in one piece or by initials,
    /// those that have no more than its letters in their order are left out.
    pub fn shown(&self, kind: Kind) -> &[Hit] {
        let hits = self.of(kind);
        if self.clear.total() == 0 {
            return hits;
        }
        let end = hits.partition_point(|hit| {
            hit.found.as_ref().is_none_or(|found| found.step < Step::Scattered)
        });
        hits.get(..end).unwrap_or(hits)
    }

    /// How many of a kind are worth showing, and whether there may be more. The number is exact up to some hundreds.
    pub fn shown_count(&self, kind: Kind) -> (usize, bool) {
        if self.clear.total() == 0 {
            return (self.counts.of(kind), false);
        }
        (self.clear.of(kind), self.more.get(kind as usize).copied().unwrap_or(false))
    }

    /// How many of all kinds are worth showing.
    pub fn shown_total(&self) -> usize {
        Kind::ALL.into_iter().map(|kind| self.shown_count(kind).0).sum()
    }

    /// The groups that have something worth showing, in the order on the screen, with one kind before the others.
    pub fn shown_groups(&self, first: Option<Kind>) -> impl Iterator<Item = (Kind, &[Hit])> {
        let others = Kind::ALL.into_iter().filter(move |kind| Some(*kind) != first);
        let groups = first.into_iter().chain(others).map(|kind| (kind, self.shown(kind)));
        groups.filter(|(_, hits)| !hits.is_empty())
    }

    /// The best hit of all: step, score, shorter, then the order of kinds.
    pub fn best(&self) -> Option<&Hit> {
        let firsts = self.groups().filter_map(|(_, hits)| hits.first());
        firsts.min_by(|a, b| match (&a.found, &b.found) {
            (Some(a), Some(b)) => a.order(b),
            _ => std::cmp::Ordering::Equal,
        })
    }
}

/// One query on the way to the present one.
#[derive(Debug)]
struct Level {
    query: Query,
    /// The corpus had so many entries.
    seen: u32,
    hits: Vec<u32>,
    found: Option<Found>,
}

/// A search while it is typed. Give it the same corpus each time; it may have grown meanwhile.
#[derive(Debug)]
pub struct Finder {
    corpus: u64,
    levels: Vec<Level>,
    scorer: Scorer,
    nothing: Found,
}

impl Default for Finder {
    fn default() -> Self {
        Self::new()
    }
}

impl Finder {
    /// Nothing asked yet.
    pub fn new() -> Self {
        Self { corpus: 0, levels: Vec::new(), scorer: Scorer::new(), nothing: Found::default() }
    }

    /// Asks. Takes some milliseconds for a million entries, far less where the query goes on from the last one.
    pub fn set_query(&mut self, corpus: &Corpus, typed: &str) -> &Found {
        if self.corpus != corpus.id() {
            self.levels.clear();
            self.corpus = corpus.id();
        }
        let query = Query::new(typed);
        if query.is_empty() {
            self.levels.clear();
            self.nothing = everything(corpus);
            return &self.nothing;
        }
        self.levels
            .truncate(self.levels.iter().take_while(|level| query.narrows(&level.query)).count());
        let is_same = |level: &Level| query.phrase.text == level.query.phrase.text;
        let is_kept = self.levels.last().is_some_and(|level| {
            is_same(level) && level.found.is_some() && level.seen as usize == corpus.len()
        });
        if !is_kept {
            let level = self.look(corpus, query);
            if self
                .levels
                .last()
                .is_some_and(|last| last.query.phrase.text == level.query.phrase.text)
            {
                self.levels.pop();
            }
            self.levels.push(level);
            self.forget();
        }
        self.found()
    }

    /// What the last query found.
    pub fn found(&self) -> &Found {
        self.levels.last().and_then(|level| level.found.as_ref()).unwrap_or(&self.nothing)
    }

    fn look(&mut self, corpus: &Corpus, query: Query) -> Level {
        let all = corpus.len() as u32;
        let (kept, seen) =
            self.levels.last().map_or((&[][..], 0), |level| (&level.hits[..], level.seen));
        let mut scan = scan(corpus, &query, &[Source::List(kept), Source::Range(seen..all)]);
        let most = scan.counts.share(KEPT);
        self.scorer.refill();
        let mut found = Found { counts: scan.counts, ..Found::default() };
        let mut groups: [Vec<Hit>; Kind::ALL.len()] = Default::default();
        for ((kind, best), group) in Kind::ALL.into_iter().zip(&mut scan.best).zip(&mut groups) {
            let (clear, more) = best.clear(scan.counts.of(kind));
            found.clear.set(kind, clear);
            if let Some(known) = found.more.get_mut(kind as usize) {
                *known = more;
            }
            let entries = best.entries(most, SHOWN);
            group.extend(
                entries.filter_map(|entry| measure(corpus, &query, &mut self.scorer, entry, kind)),
            );
            group.sort_by(|a, b| match (&a.found, &b.found) {
                (Some(a), Some(b)) => a.order(b),
                _ => std::cmp::Ordering::Equal,
            });
            group.truncate(SHOWN);
        }
        found.groups = groups;
        Level { query, seen: all, hits: scan.hits, found: Some(found) }
    }

    /// Keeps the memory of earlier steps within bounds; a forgotten one is looked for again when Backspace comes to it.
    fn forget(&mut self) {
        let mut kept = 0usize;
        let mut steps = 0usize;
        let last = self.levels.len().saturating_sub(1);
        for (number, level) in self.levels.iter_mut().enumerate().rev() {
            kept = kept.saturating_add(level.hits.len());
            steps = steps.saturating_add(1);
            if steps > RANKED_STEPS {
                level.found = None;
            }
            if kept > KEPT_ENTRIES && number < last {
                level.hits = Vec::new();
                level.seen = 0;
                level.found = None;
            }
        }
    }
}

/// The best of the texts of an entry.
fn measure(
    corpus: &Corpus,
    query: &Query,
    scorer: &mut Scorer,
    entry: u32,
    kind: Kind,
) -> Option<Hit> {
    let forms = corpus.forms(entry);
    let first = forms.start;
    let mut lower = super::query::Lower::default();
    let matches = forms.filter_map(|form| {
        let letters = corpus.letters(form);
        let text = corpus.searched(form, letters);
        let is_match = query.may_match(letters)
            && query.matches(letters, text.as_bytes(), text.len(), &mut lower);
        is_match.then(|| (form, scorer.measure(query, text)))
    });
    let (form, found) =
        matches.reduce(|best, next| if next.1.order(&best.1).is_lt() { next } else { best })?;
    Some(Hit { entry, kind, form: (form - first) as usize, found: Some(found) })
}

/// The first entries of each kind: what is shown where nothing is asked.
fn everything(corpus: &Corpus) -> Found {
    let mut found = Found { counts: corpus.counts(), ..Found::default() };
    for (kind, group) in Kind::ALL.into_iter().zip(&mut found.groups) {
        group.extend(corpus.head(kind).iter().map(|entry| Hit {
            entry: *entry,
            kind,
            form: 0,
            found: None,
        }));
    }
    found
}
