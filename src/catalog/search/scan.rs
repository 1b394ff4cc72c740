//! One pass over candidates: which match, how many of each kind, and the few that are worth a score.
//!
//! Costs, a million names on two cores: the masks 1 ms, the letters of those that pass 6 to 13 ms (twice that on one).
//! A step is worked out only for what can still be among the best: mostly the length alone says that it cannot.

#![expect(
    clippy::inline_always,
    reason = "asked a million times a key press, and small code is asked for"
)]

use std::sync::atomic::{AtomicUsize, Ordering};

use super::corpus::{Corpus, Counts, Kind};
use super::query::{Lower, Query};
use super::rank::{self, Step};
use crate::hands;

/// Below so many candidates one thread is quicker than starting a second.
const PARALLEL_FROM: usize = 30_000;
/// More threads than this share the memory's speed, and help little.
const MOST_THREADS: usize = 8;
/// Candidates of one piece of work.
const PIECE: usize = 1 << 15;
/// Candidates of each kind that are kept for a score.
pub(super) const KEPT: usize = 600;

/// What is looked at: some entries, or all of a range.
#[derive(Clone, Debug)]
pub(super) enum Source<'a> {
    /// These, ascending.
    List(&'a [u32]),
    /// All of these.
    Range(std::ops::Range<u32>),
}

impl Source<'_> {
    fn len(&self) -> usize {
        match self {
            Self::List(list) => list.len(),
            Self::Range(range) => range.len(),
        }
    }

    /// The piece of this number, and nothing beyond the last.
    fn piece(&self, number: usize) -> Option<Self> {
        let from = number.checked_mul(PIECE).filter(|from| *from < self.len())?;
        let to = from.saturating_add(PIECE).min(self.len());
        match self {
            Self::List(list) => list.get(from..to).map(Source::List),
            Self::Range(range) => Some(Source::Range(
                range.start.saturating_add(from as u32)..range.start.saturating_add(to as u32),
            )),
        }
    }
}

/// What matches.
#[derive(Debug, Default)]
pub(super) struct Scan {
    /// The entries, ascending.
    pub(super) hits: Vec<u32>,
    /// How many of each kind.
    pub(super) counts: Counts,
    /// The most promising ones of each kind.
    pub(super) best: [Best; Kind::ALL.len()],
}

impl Scan {
    /// Takes in what another pass found.
    fn add(&mut self, other: Self) {
        self.counts.add_all(&other.counts);
        for (mine, theirs) in self.best.iter_mut().zip(other.best) {
            for key in theirs.keys {
                mine.keep(key);
            }
        }
    }
}

/// The smallest keys of many.
#[derive(Debug)]
pub(super) struct Best {
    keys: Vec<u64>,
    /// Keys from here on are too large.
    limit: u64,
}

impl Default for Best {
    fn default() -> Self {
        Self { keys: Vec::new(), limit: u64::MAX }
    }
}

/// Step, then length in bytes, then entry: the smaller number is the more promising candidate.
fn key(step: Step, length: usize, entry: u32) -> u64 {
    ((step as u64) << 48) | ((length.min(0xffff) as u64) << 32) | u64::from(entry)
}

impl Best {
    fn keep(&mut self, key: u64) {
        if key >= self.limit {
            return;
        }
        self.keys.push(key);
        if self.keys.len() >= 2 * KEPT {
            let (_, middle, _) = self.keys.select_nth_unstable(KEPT);
            self.limit = *middle;
            self.keys.truncate(KEPT);
        }
    }

    /// How many of `count` candidates in all match by more than scattered letters, and whether there may be more.
    pub(super) fn clear(&mut self, count: usize) -> (usize, bool) {
        self.keys.sort_unstable();
        let clear = |key: &&u64| **key >> 48 < Step::Scattered as u64;
        let clear = self.keys.iter().take(KEPT).take_while(clear).count();
        (clear, clear >= KEPT && count > KEPT)
    }

    /// The entries with the smallest keys, not more than `most`. Those are left out that cannot be among the best
    /// `shown` whatever their score, because that many others have a better step.
    pub(super) fn entries(&mut self, most: usize, shown: usize) -> impl Iterator<Item = u32> {
        self.keys.sort_unstable();
        let last = self.keys.get(shown.saturating_sub(1)).map_or(u64::MAX, |key| key >> 48);
        self.keys
            .iter()
            .take(most)
            .take_while(move |key| **key >> 48 <= last)
            .map(|key| *key as u32)
    }
}

/// Looks at every candidate of the sources, in order, with as many threads as the work is worth.
pub(super) fn scan(corpus: &Corpus, query: &Query, sources: &[Source<'_>]) -> Scan {
    scan_with(corpus, query, sources, hands::cores().min(MOST_THREADS))
}

/// The same with at most so many threads.
pub(super) fn scan_with(
    corpus: &Corpus,
    query: &Query,
    sources: &[Source<'_>],
    threads: usize,
) -> Scan {
    let mut whole = Scan::default();
    for source in sources {
        let pieces = source.len().div_ceil(PIECE);
        let threads = if source.len() < PARALLEL_FROM { 1 } else { threads.min(pieces).max(1) };
        let next = AtomicUsize::new(0);
        let work = || {
            let mut worker =
                Worker { corpus, query, lower: Lower::default(), scan: Scan::default() };
            let mut parts = Vec::new();
            loop {
                let number = next.fetch_add(1, Ordering::Relaxed);
                let Some(piece) = source.piece(number) else {
                    break;
                };
                worker.look(&piece);
                parts.push((number, std::mem::take(&mut worker.scan.hits)));
            }
            (parts, worker.scan)
        };
        let mut parts = Vec::with_capacity(pieces);
        std::thread::scope(|scope| {
            let others = hands::start(scope, threads - 1, work);
            let (mine, scan) = work();
            parts.extend(mine);
            whole.add(scan);
            for other in others {
                match other.join() {
                    Ok((theirs, scan)) => {
                        parts.extend(theirs);
                        whole.add(scan);
                    }
                    Err(panic) => std::panic::resume_unwind(panic),
                }
            }
        });
        parts.sort_unstable_by_key(|(number, _)| *number);
        whole.hits.reserve(parts.iter().map(|(_, hits)| hits.len()).sum());
        for (_, hits) in parts {
            whole.hits.extend(hits);
        }
    }
    whole
}

/// What one thread works with.
struct Worker<'a> {
    corpus: &'a Corpus,
    query: &'a Query,
    lower: Lower,
    scan: Scan,
}

impl Worker<'_> {
    fn look(&mut self, piece: &Source<'_>) {
        match piece {
            Source::List(list) => list.iter().for_each(|entry| self.look_at(*entry)),
            Source::Range(range) => range.clone().for_each(|entry| self.look_at(entry)),
        }
    }

    #[inline(always)]
    fn look_at(&mut self, entry: u32) {
        let mut forms = self.corpus.forms(entry);
        let Some(form) = forms.find(|form| self.is_match(*form)) else {
            return;
        };
        let Some(kind) = self.corpus.kind(entry) else {
            return;
        };
        self.scan.hits.push(entry);
        self.scan.counts.add(kind);
        let mut best = self.promise(kind, entry, form);
        for form in forms {
            if self.is_match(form) {
                best = best.min(self.promise(kind, entry, form));
            }
        }
        if let Some(kept) = self.scan.best.get_mut(kind as usize) {
            kept.keep(best);
        }
    }

    #[inline(always)]
    fn is_match(&mut self, form: u32) -> bool {
        let letters = self.corpus.letters(form);
        if !self.query.may_match(letters) {
            return false;
        }
        let (bytes, length) = self.corpus.searched_bytes(form, letters);
        self.query.matches(letters, bytes, length, &mut self.lower)
    }

    /// The key of a matching text; the largest number where it cannot be among the best.
    #[inline(always)]
    fn promise(&mut self, kind: Kind, entry: u32, form: u32) -> u64 {
        let letters = self.corpus.letters(form);
        let (bytes, length) = self.corpus.searched_bytes(form, letters);
        let limit = self.scan.best.get(kind as usize).map_or(0, |best| best.limit);
        let head = self.query.head();
        let starts = if length == head.len() { Step::Exact } else { Step::Prefix };
        // Most texts end here, by their length, without a look at them.
        let least = key(starts, length, entry);
        if least >= limit {
            return u64::MAX;
        }
        let bytes = bytes.get(..length).unwrap_or(bytes);
        if bytes.get(..head.len()).is_some_and(|start| start.eq_ignore_ascii_case(head)) {
            return least;
        }
        if key(Step::WordStart, length, entry) >= limit {
            return u64::MAX;
        }
        let text = self.corpus.searched(form, letters);
        let wanted = |step| key(step, length, entry) < limit;
        let step = rank::step(self.query, text, self.lower.of(bytes), wanted);
        step.map_or(u64::MAX, |step| key(step, length, entry))
    }
}

#[cfg(test)]
mod tests {
    use super::{PIECE, Source, scan_with};
    use crate::catalog::search::corpus::{Corpus, Kind};
    use crate::catalog::search::query::Query;

    #[test]
    fn any_number_of_threads_finds_the_same() {
        let mut corpus = Corpus::new();
        for number in 0..PIECE * 2 + 17 {
            corpus.push_action(&format!("ecs:Do{number}Thing{}", number % 7), &[]);
        }
        let query = Query::new("e17");
        let all = corpus.len() as u32;
        let one = scan_with(&corpus, &query, &[Source::Range(0..all)], 1);
        assert!(one.counts.of(Kind::Action) > 1_000, "{:?}", one.counts);
        for threads in [0, 2, 5, 64] {
            let mut many = scan_with(
                &corpus,
                &query,
                &[Source::Range(0..100), Source::Range(100..all)],
                threads,
            );
            assert_eq!((&many.hits, many.counts), (&one.hits, one.counts), "{threads} threads");
            let mut one = scan_with(&corpus, &query, &[Source::Range(0..all)], 1);
            assert_eq!(
                many.best[Kind::Action as usize].entries(300, 300).collect::<Vec<_>>(),
                one.best[Kind::Action as usize].entries(300, 300).collect::<Vec<_>>(),
                "{threads} threads"
            );
        }
    }
}
