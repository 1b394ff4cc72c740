//! How two patterns relate: does one cover the other, do they share a text?

use std::collections::HashSet;

use super::{Case, Symbol, arn, has_wildcard, matches, symbols};

/// Steps after which a hard question about two patterns is given up.
const LIMIT: usize = 20_000;

/// Cells after which two patterns are taken to overlap without proof.
const LARGE: usize = 16 << 20;

/// Does every text that `narrower` matches also match `wider`?
///
/// A yes is always right. A no is right too, but for pairs so large and twisted that the search is
/// given up: there, and only there, the answer is a cautious no.
pub fn covers(wider: &str, narrower: &str, case: Case) -> bool {
    covers_in(&mut LIMIT.clone(), wider, narrower, case)
}

/// So many steps for questions about many pairs; once none is left, every answer is the cautious one.
#[derive(Debug)]
pub(in crate::policy) struct Steps(pub(in crate::policy) usize);

impl Steps {
    /// Letters that are compared in the time of a step.
    const LETTERS: usize = 512;

    /// Steps that one of the search for `?` takes the time of.
    const SEARCH: usize = 16;

    /// Is one left?
    pub(in crate::policy) const fn are_left(&self) -> bool {
        self.0 > 0
    }

    /// Takes the steps of comparing two texts letter by letter; false where there are not so many.
    fn take(&mut self, one: &str, other: &str) -> bool {
        let letters = one.len().saturating_mul(other.len());
        self.0 = self.0.saturating_sub(1 + letters / Self::LETTERS);
        self.0 > 0
    }

    /// As [`covers`]; a cautious no.
    pub(in crate::policy) fn covers(&mut self, wider: &str, narrower: &str, case: Case) -> bool {
        if !self.take(wider, narrower) {
            return false;
        }
        let most = LIMIT.min(self.0 / Self::SEARCH);
        let mut left = most;
        let covers = covers_in(&mut left, wider, narrower, case);
        self.0 -= (most - left) * Self::SEARCH;
        covers
    }

    /// As [`overlaps`]; a cautious yes.
    pub(in crate::policy) fn overlaps(&mut self, one: &str, other: &str, case: Case) -> bool {
        !self.take(one, other) || overlaps(one, other, case)
    }
}

fn covers_in(steps: &mut usize, wider: &str, narrower: &str, case: Case) -> bool {
    if !may_start(wider, narrower, case) {
        return false;
    }
    if !has_wildcard(narrower) {
        return matches(wider, narrower, case);
    }
    // What can be of any length covers no less.
    if narrower.contains('*') && !wider.contains('*') {
        return false;
    }
    // A letter that `wider` does not name is matched by a star of it only, which then matches any other run there. So
    // without `?` in it, it covers what it matches with such a letter for each wildcard: and `?` is one.
    if !wider.contains('?') {
        return matches(wider, &narrower.replace('*', "?"), case);
    }
    let wider = symbols(wider, case);
    let narrower = symbols(narrower, case);
    if wider == [Symbol::Run] || wider == narrower {
        return true;
    }
    let words = (wider.len() + 1).div_ceil(64);
    if words.saturating_mul(narrower.len()) > LIMIT {
        return false;
    }
    // The texts of `narrower` that are hardest to match have, at each wildcard, characters that
    // occur nowhere in `wider`. So follow all states of `wider` along such texts; a star of
    // `narrower` may stop after any count of them.
    let mut start = vec![0u64; words];
    set(&mut start, 0);
    let start = close(&wider, start);
    let mut seen: HashSet<(usize, Vec<u64>)> = HashSet::new();
    let mut todo = vec![(0usize, start)];
    while let Some((at, states)) = todo.pop() {
        if states.iter().all(|word| *word == 0) || *steps == 0 {
            return false;
        }
        *steps -= 1;
        let next = match narrower.get(at) {
            None if has(&states, wider.len()) => continue,
            None => return false,
            Some(Symbol::Run | Symbol::Part) => {
                let stay = (at, step(&wider, &states, None));
                if seen.insert(stay.clone()) {
                    todo.push(stay);
                }
                (at + 1, states)
            }
            Some(Symbol::One) => (at + 1, step(&wider, &states, None)),
            Some(Symbol::Literal(literal)) => (at + 1, step(&wider, &states, Some(*literal))),
        };
        if seen.insert(next.clone()) {
            todo.push(next);
        }
    }
    true
}

/// Most questions end here, before anything is built: the letters before the first wildcard of `wider` must
/// stand in `narrower` too. A no is always right.
pub(in crate::policy) fn may_start(wider: &str, narrower: &str, case: Case) -> bool {
    let (wide, narrow) = (wider.as_bytes(), narrower.as_bytes());
    for (wanted, found) in wide.iter().zip(narrow) {
        if matches!(wanted, b'*' | b'?') || !wanted.is_ascii() || !found.is_ascii() {
            return true;
        }
        if wanted != found && (case == Case::Exact || !wanted.eq_ignore_ascii_case(found)) {
            return false;
        }
    }
    // What is left of `wider` must be nothing or begin with a star.
    wide.get(narrow.len()).is_none_or(|wanted| *wanted == b'*')
}

/// Most questions whether two patterns share a text end here: up to the first wildcard of either both must say the same.
/// A no is always right.
pub(in crate::policy) fn may_overlap(one: &str, other: &str, case: Case) -> bool {
    let mut pairs = one.bytes().zip(other.bytes());
    let decided = pairs.find_map(|pair| match pair {
        (b'*' | b'?', _) | (_, b'*' | b'?') => Some(true),
        (one, other) if one == other => None,
        (one, other) if !one.is_ascii() || !other.is_ascii() => Some(true),
        (one, other) if case == Case::Fold && one.eq_ignore_ascii_case(&other) => None,
        _ => Some(false),
    });
    decided.unwrap_or(true)
}

/// Is there a text that both patterns match? A no is always right.
pub fn overlaps(one: &str, other: &str, case: Case) -> bool {
    if !may_overlap(one, other, case) {
        return false;
    }
    if !has_wildcard(one) {
        return matches(other, one, case);
    }
    if !has_wildcard(other) {
        return matches(one, other, case);
    }
    share(&symbols(one, case), &symbols(other, case))
}

/// As [`overlaps`], for a pattern and the name of a resource that leaves parts open: what stands for
/// its region or account holds no colon.
pub fn overlaps_resource(pattern: &str, name: &str, case: Case) -> bool {
    let Some(parts) = arn::split(name) else {
        return overlaps(pattern, name, case);
    };
    let mut open = symbols("acs:", case);
    for part in [parts.code, parts.region, parts.account] {
        open.extend(symbols(part, case).into_iter().map(|symbol| match symbol {
            Symbol::Run => Symbol::Part,
            other => other,
        }));
        open.push(Symbol::Literal(':'));
    }
    open.extend(symbols(parts.relative, case));
    share(&symbols(pattern, case), &open)
}

/// Do two patterns share a text?
fn share(one: &[Symbol], other: &[Symbol]) -> bool {
    if one.len().saturating_mul(other.len()) > LARGE {
        return true;
    }
    // row[j]: the pattern `one` so far and the first j symbols of `other` can match a common text.
    let mut row = vec![false; other.len() + 1];
    if let Some(first) = row.first_mut() {
        *first = true;
    }
    spread(&mut row, other);
    for symbol in one {
        let mut next = vec![false; row.len()];
        match symbol {
            Symbol::Run => {
                let mut reached = false;
                for (cell, before) in next.iter_mut().zip(&row) {
                    reached |= *before;
                    *cell = reached;
                }
            }
            Symbol::One | Symbol::Part | Symbol::Literal(_) => {
                for (index, theirs) in other.iter().enumerate() {
                    let before = row.get(index).copied().unwrap_or_default();
                    let fits = match (symbol, theirs) {
                        (Symbol::Literal(a), Symbol::Literal(b)) => a == b,
                        (Symbol::Literal(':'), Symbol::Part) => false,
                        _ => true,
                    };
                    let to = if matches!(theirs, Symbol::Run | Symbol::Part) {
                        index
                    } else {
                        index + 1
                    };
                    if before
                        && fits
                        && let Some(cell) = next.get_mut(to)
                    {
                        *cell = true;
                    }
                }
                spread(&mut next, other);
            }
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}

/// A star of `other` may be nothing: what is reached before it is reached after it.
fn spread(row: &mut [bool], other: &[Symbol]) {
    let mut before = false;
    for (index, cell) in row.iter_mut().enumerate() {
        let over_star = index
            .checked_sub(1)
            .and_then(|at| other.get(at))
            .is_some_and(|s| matches!(s, Symbol::Run | Symbol::Part));
        *cell |= before && over_star;
        before = *cell;
    }
}

fn set(states: &mut [u64], index: usize) {
    if let Some(word) = states.get_mut(index / 64) {
        *word |= 1 << (index % 64);
    }
}

fn has(states: &[u64], index: usize) -> bool {
    states.get(index / 64).is_some_and(|word| word & (1 << (index % 64)) != 0)
}

/// Stars may be nothing: from before a star the place after it is reached as well.
fn close(pattern: &[Symbol], mut states: Vec<u64>) -> Vec<u64> {
    for (index, symbol) in pattern.iter().enumerate() {
        if *symbol == Symbol::Run && has(&states, index) {
            set(&mut states, index + 1);
        }
    }
    states
}

/// The states after one character; None is a character that the pattern does not name.
fn step(pattern: &[Symbol], states: &[u64], character: Option<char>) -> Vec<u64> {
    let mut next = vec![0; states.len()];
    for (index, symbol) in pattern.iter().enumerate() {
        if has(states, index) {
            match symbol {
                Symbol::Run | Symbol::Part => set(&mut next, index),
                Symbol::One => set(&mut next, index + 1),
                Symbol::Literal(literal) if Some(*literal) == character => {
                    set(&mut next, index + 1);
                }
                Symbol::Literal(_) => {}
            }
        }
    }
    close(pattern, next)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn wider_and_narrower() {
        for (wider, narrower, yes) in [
            ("*", "acs:ecs:*:*:*", true),
            ("acs:ecs:*:*:*", "acs:ecs:*:*:instance/*", true),
            ("acs:ecs:*:*:instance/*", "acs:ecs:*:*:*", false),
            ("ecs:*", "ecs:Describe*", true),
            ("ecs:Describe*", "ecs:*", false),
            ("?*", "*?", true),
            ("?*", "*a", true),
            ("?*", "*", false),
            ("*a*b*", "*ab*", true),
            ("*ab*", "*a*b*", false),
            ("*:*", "ecs:Describe*", true),
        ] {
            assert_eq!(covers(wider, narrower, Case::Fold), yes, "{wider} covers {narrower}");
        }
    }

    #[test]
    fn open_regions_hold_no_colon() {
        for (pattern, name, yes) in [
            ("acs:oss:*:*:b/*", "acs:oss:*:1:c/x", false),
            ("acs:oss:*:*:b/*", "acs:oss:*:1:b/x", true),
            ("acs:oss:cn:*:b/*", "acs:oss:*:*:b/*", true),
            ("acs:oss:*:2:*", "acs:oss:*:1:c", false),
            ("acs:oss:*", "acs:oss:*:1:c", true),
            ("*", "*", true),
        ] {
            assert_eq!(overlaps_resource(pattern, name, Case::Exact), yes, "{pattern}, {name}");
        }
    }

    /// All texts over `a`, `b` and one letter that no pattern here names, up to a length.
    fn texts(length: usize) -> Vec<String> {
        let mut all = vec![String::new()];
        let mut last = all.clone();
        for _ in 0..length {
            last = last.iter().flat_map(|t| ["a", "b", "z"].map(|c| format!("{t}{c}"))).collect();
            all.extend(last.iter().cloned());
        }
        all
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(200) })]

        #[test]
        fn relations_agree_with_all_short_texts(one in "[ab*?]{0,4}", other in "[ab*?]{0,4}") {
            // A difference between patterns of four symbols shows in texts of seven at the latest.
            let texts = texts(7);
            let m = |pattern: &str, text: &str| matches(pattern, text, Case::Exact);
            let covered = texts.iter().all(|t| !m(&other, t) || m(&one, t));
            prop_assert_eq!(covers(&one, &other, Case::Exact), covered, "{} covers {}", one, other);
            let shared = texts.iter().any(|t| m(&one, t) && m(&other, t));
            prop_assert_eq!(overlaps(&one, &other, Case::Exact), shared, "{} meets {}", one, other);
        }
    }
}
