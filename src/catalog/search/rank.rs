//! How good a match is, and which characters of the text it is made of.
//!
//! The only place that uses `fuzzy-matcher`, which gives the score and the characters of scattered matches.
//! The step (exact, prefix, ...) stands above its score, because a person who types a whole word wants that word.

use std::cmp::Ordering;

use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;

use super::query::{Lower, Query, Word};

/// How a query matches a text, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// It is the text.
    Exact,
    /// The text starts with it.
    Prefix,
    /// A word of the text starts with it.
    WordStart,
    /// It stands in the text.
    Substring,
    /// Its letters are the starts of words of the text.
    Initials,
    /// Its letters occur in the text in their order.
    Scattered,
}

/// A match of a query in one text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match {
    /// How it matches.
    pub step: Step,
    /// The score of the matcher within the step; larger is better.
    pub score: i64,
    /// The characters (not bytes) of the text that match, ascending.
    pub indices: Vec<usize>,
    /// The characters of the text.
    pub length: usize,
}

impl Match {
    /// The better match comes first: step, score, shorter text.
    pub fn order(&self, other: &Self) -> Ordering {
        self.step
            .cmp(&other.step)
            .then(other.score.cmp(&self.score))
            .then(self.length.cmp(&other.length))
    }
}

/// The step of a query in a text that is known to match; `lower` is the text in small ASCII letters.
///
/// Nothing where the step turns out to be none that is `wanted`; the better ones are worked out first. The work is
/// linear in the length of the text.
pub(super) fn step(
    query: &Query,
    text: &str,
    lower: &[u8],
    wanted: impl Fn(Step) -> bool,
) -> Option<Step> {
    if let Some((step, _)) = standing(&query.phrase, text, lower) {
        return Some(step);
    }
    let mut worst = Step::WordStart;
    for word in &query.words {
        let step = match standing(word, text, lower) {
            _ if !wanted(worst) => return None,
            // One word of several is never the text or its start.
            Some((step, _)) => step,
            None if wanted(Step::Initials) => scattered(word, text),
            None => return None,
        };
        worst = worst.max(step);
    }
    Some(worst)
}

/// The best place where a word stands in a text as it is, as a byte offset.
fn standing(word: &Word, text: &str, lower: &[u8]) -> Option<(Step, usize)> {
    let mut best = None;
    for at in word.places(lower) {
        if at == 0 {
            let step = if word.text.len() == lower.len() { Step::Exact } else { Step::Prefix };
            return Some((step, at));
        }
        if starts_word(text, at) {
            return Some((Step::WordStart, at));
        }
        best = best.or(Some((Step::Substring, at)));
    }
    best
}

/// Does a word of the text start at this byte?
fn starts_word(text: &str, at: usize) -> bool {
    let Some((before, after)) = text.split_at_checked(at) else {
        return false;
    };
    let mut next = after.chars();
    match (before.chars().next_back(), next.next()) {
        (None, _) => true,
        (Some(_), None) => false,
        (Some(was), Some(is)) => is_boundary(was, is, next.next()),
    }
}

/// Does a word start with `is`, after `was` and before `then`?
fn is_boundary(was: char, is: char, then: Option<char>) -> bool {
    if !was.is_alphanumeric() {
        return is.is_alphanumeric();
    }
    if was.is_ascii() != is.is_ascii() {
        return true;
    }
    is.is_ascii_uppercase()
        && (!was.is_ascii_uppercase() || then.is_some_and(|c| c.is_ascii_lowercase()))
}

/// Are the letters of a word, which do not stand together in the text, pieces of words from their starts?
fn scattered(word: &Word, text: &str) -> Step {
    let mut wanted = word.text.chars();
    let Some(mut letter) = wanted.next() else {
        return Step::Initials;
    };
    let mut follows = false;
    for (at, c) in text.char_indices() {
        follows = c.to_ascii_lowercase() == letter && (follows || starts_word(text, at));
        if follows {
            match wanted.next() {
                Some(next) => letter = next,
                None => return Step::Initials,
            }
        }
    }
    Step::Scattered
}

/// Finds score and characters of matches. Costs about half a microsecond a name: ask it about few.
pub(super) struct Scorer {
    lower: Lower,
    /// Cells of the matcher's table (letters of the query times letters of the text) left for this key press.
    cells: usize,
}

/// Cells for one key press: a thousand names of sixty characters and a query of sixteen are a million.
const CELLS: usize = 2_000_000;

impl std::fmt::Debug for Scorer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Scorer").field("cells", &self.cells).finish_non_exhaustive()
    }
}

impl Scorer {
    /// A scorer, for one thread.
    pub(super) fn new() -> Self {
        Self { lower: Lower::default(), cells: CELLS }
    }

    /// A new key press: the limit of work starts anew.
    pub(super) fn refill(&mut self) {
        self.cells = CELLS;
    }

    /// The match of a query in a text as it is searched, which is known to match.
    ///
    /// Words that stand in the text as they are need no matcher: their characters are known, and the step says the rest.
    pub(super) fn measure(&mut self, query: &Query, text: &str) -> Match {
        let length = text.chars().count();
        let mut lower = std::mem::take(&mut self.lower);
        let small = lower.of(text.as_bytes());
        let step = step(query, text, small, |_| true).unwrap_or(Step::Scattered);
        let mut score = 0;
        let mut indices = Vec::new();
        if let Some((_, at)) = standing(&query.phrase, text, small) {
            indices.extend(run(text, at, &query.phrase.text));
        } else {
            for word in &query.words {
                if let Some((_, at)) = standing(word, text, small) {
                    indices.extend(run(text, at, &word.text));
                } else if let Some((more, scattered)) = self.fuzzy(word, text, length) {
                    score += more;
                    indices.extend(scattered);
                } else {
                    indices.extend(first_letters(word, text));
                }
            }
            indices.sort_unstable();
            indices.dedup();
        }
        self.lower = lower;
        Match { step, score, indices, length }
    }

    /// Asks the matcher, as long as the work for this key press is not used up.
    ///
    /// A new matcher each time: the table that one keeps is not wiped, so that its scores would hang on the texts
    /// before (and without a kept table, `use_cache(false)`, it panics).
    fn fuzzy(&mut self, word: &Word, text: &str, length: usize) -> Option<(i64, Vec<usize>)> {
        let cells = length.saturating_mul(word.text.len());
        self.cells = self.cells.checked_sub(cells)?;
        SkimMatcherV2::default().ignore_case().fuzzy_indices(text, &word.text)
    }
}

/// The characters of a word that stands in the text at this byte.
fn run(text: &str, at: usize, word: &str) -> std::ops::Range<usize> {
    let from = text.get(..at).map_or(0, |before| before.chars().count());
    from..from + word.chars().count()
}

/// The first characters of the text that are the letters of the word in their order.
fn first_letters(word: &Word, text: &str) -> Vec<usize> {
    let mut wanted = word.text.chars().peekable();
    let places = text.chars().enumerate();
    places
        .filter(|(_, c)| wanted.next_if_eq(&c.to_ascii_lowercase()).is_some())
        .map(|(at, _)| at)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{Scorer, Step};
    use crate::catalog::search::query::Query;

    #[test]
    fn steps_and_indices() {
        for (query, text, step, indices) in [
            ("kms", "KMS", Step::Exact, vec![0, 1, 2]),
            (
                "function compute",
                "Function  Compute",
                Step::WordStart,
                (0..8).chain(10..17).collect(),
            ),
            ("ecs:r", "ecs:RunInstances", Step::Prefix, vec![0, 1, 2, 3, 4]),
            ("inst", "ecs:RunInstances", Step::WordStart, vec![7, 8, 9, 10]),
            (
                "conn",
                "AliyunServiceRoleForAlikafkaConnector",
                Step::WordStart,
                vec![28, 29, 30, 31],
            ),
            ("stance", "ecs:RunInstances", Step::Substring, vec![9, 10, 11, 12, 13, 14]),
            ("ri", "ecs:RunInstances", Step::Initials, vec![4, 7]),
            ("ruin", "ecs:RunInstances", Step::Initials, vec![4, 5, 7, 8]),
            ("rnst", "ecs:RunInstances", Step::Scattered, vec![4, 8, 9, 10]),
            ("计算", "函数计算", Step::Substring, vec![2, 3]),
            ("kafka", "云消息队列 Kafka 版", Step::WordStart, vec![6, 7, 8, 9, 10]),
            ("run ecs", "ecs:RunInstances", Step::WordStart, vec![0, 1, 2, 4, 5, 6]),
        ] {
            let query = Query::new(query);
            let found = Scorer::new().measure(&query, text);
            assert_eq!((found.step, &found.indices), (step, &indices), "{query:?} in {text:?}");
        }
    }

    #[test]
    fn without_any_work_left_the_letters_are_still_marked() {
        let mut scorer = Scorer::new();
        scorer.cells = 0;
        assert_eq!(scorer.measure(&Query::new("rnst"), "ecs:RunInstances").indices, [4, 6, 9, 10]);
    }
}
