//! Two texts line by line: which lines they share and where they differ. The lines they share are found in `lines/shared.rs`.

mod shared;

use shared::Shared;
use std::ops::Range;

/// How the lines of a run stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// They are the same on both sides.
    Same,
    /// None of them has its like on the other side, at this place.
    Different,
    /// They were not held against each other: there were too many.
    Unsearched,
}

/// A stretch of lines, by their numbers from 0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// How its lines stand to each other.
    pub kind: Kind,
    /// Those of the first text.
    pub left: Range<usize>,
    /// Those of the second text.
    pub right: Range<usize>,
}

impl Run {
    /// Are the lines the same on both sides?
    pub fn is_same(&self) -> bool {
        self.kind == Kind::Same
    }
}

/// The runs that make up both texts, in order; the same ones and others take turns.
pub fn diff(left: &[&str], right: &[&str]) -> Vec<Run> {
    let shared = Shared::of(left, right);
    let mut runs = Runs { unsearched: shared.unsearched, ..Runs::default() };
    for (a, b) in shared.pairs {
        runs.differ_until(a, b);
        runs.same();
    }
    runs.differ_until(left.len(), right.len());
    slide(&mut runs.all, left, right);
    runs.all
}

/// Lines that a difference is moved up at most.
const MOST_SLIDE: usize = 200;

/// Where lines came or went on one side only, and the line before them is the same as their last
/// one, they may as well stand one line higher. They are moved to where they begin with the least
/// indentation: at the brace of a whole statement, not at its second line.
fn slide(runs: &mut [Run], left: &[&str], right: &[&str]) {
    for at in 1..runs.len() {
        let Some([before, run, after]) = runs.get_mut(at - 1..=at + 1) else { return };
        let (lines, range) = match (run.is_same(), run.left.is_empty(), run.right.is_empty()) {
            (false, true, false) => (right, run.right.clone()),
            (false, false, true) => (left, run.left.clone()),
            _ => continue,
        };
        let indent =
            |start: usize| lines.get(start).map_or(0, |line| line.len() - line.trim_start().len());
        let mut best = 0;
        for up in 1..before.left.len().min(MOST_SLIDE) {
            let (first, last) = (range.start.checked_sub(up), range.end.checked_sub(up));
            let (Some(first), Some(last)) = (first, last) else { break };
            if lines.get(first) != lines.get(last) {
                break;
            }
            if indent(first) < indent(range.start - best) {
                best = up;
            }
        }
        for range in [&mut run.left, &mut run.right] {
            *range = range.start - best..range.end - best;
        }
        before.left.end -= best;
        before.right.end -= best;
        after.left.start -= best;
        after.right.start -= best;
    }
}

/// Collects runs from the top.
#[derive(Default)]
struct Runs {
    all: Vec<Run>,
    left: usize,
    right: usize,
    /// The stretches of both sides that were not searched.
    unsearched: Vec<[Range<usize>; 2]>,
}

impl Runs {
    /// One line more that is the same.
    fn same(&mut self) {
        let (left, right) = (self.left + 1, self.right + 1);
        if let Some(run) = self.all.last_mut().filter(|run| run.is_same()) {
            run.left.end = left;
            run.right.end = right;
        } else {
            let run = Run { kind: Kind::Same, left: self.left..left, right: self.right..right };
            self.all.push(run);
        }
        (self.left, self.right) = (left, right);
    }

    fn differ_until(&mut self, left: usize, right: usize) {
        if left > self.left || right > self.right {
            let lines = [self.left..left, self.right..right];
            let searched = self.unsearched.binary_search_by(|[from, _]| from.start.cmp(&self.left));
            let kind = if searched.is_ok() { Kind::Unsearched } else { Kind::Different };
            let [of_left, of_right] = lines;
            self.all.push(Run { kind, left: of_left, right: of_right });
            (self.left, self.right) = (left, right);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn marks(left: &str, right: &str) -> String {
        let left: Vec<&str> = left.split_whitespace().collect();
        let right: Vec<&str> = right.split_whitespace().collect();
        let mut out = Vec::new();
        for run in diff(&left, &right) {
            if run.is_same() {
                out.extend(left[run.left].iter().map(|line| format!(" {line}")));
            } else {
                out.extend(left[run.left].iter().map(|line| format!("-{line}")));
                out.extend(right[run.right].iter().map(|line| format!("+{line}")));
            }
        }
        out.concat()
    }

    #[test]
    fn lines_that_come_and_go() {
        for (left, right, marked) in [
            ("", "", ""),
            ("a b", "a b", " a b"),
            ("a", "", "-a"),
            ("", "a", "+a"),
            ("a b c", "a c", " a-b c"),
            ("a c", "a b c", " a+b c"),
            ("a b c", "a x c", " a-b+x c"),
            ("a b c a b b a", "c b a b a c", "-a-b c+b a b-b a+c"),
            ("x a x b x", "x b x", " x-a-x b x"),
        ] {
            assert_eq!(marks(left, right), marked, "{left} / {right}");
        }
    }

    #[test]
    fn a_whole_statement_begins_at_its_brace() {
        let left = ["[", "  {", "    x", "    b", "  },", "]"];
        let right = ["[", "  {", "    x", "    a", "  },", "  {", "    x", "    b", "  },", "]"];
        let runs = diff(&left, &right);
        assert_eq!(runs[1], Run { kind: Kind::Different, left: 1..1, right: 1..5 }, "{runs:?}");
        let back = diff(&right, &left);
        assert_eq!(back[1], Run { kind: Kind::Different, left: 1..5, right: 1..1 }, "{back:?}");
    }

    fn kinds(left: &[String], right: &[String]) -> Vec<(Kind, usize, usize)> {
        let left: Vec<&str> = left.iter().map(String::as_str).collect();
        let right: Vec<&str> = right.iter().map(String::as_str).collect();
        let runs = diff(&left, &right);
        runs.iter().map(|run| (run.kind, run.left.len(), run.right.len())).collect()
    }

    fn many(numbers: impl Iterator<Item = usize>) -> Vec<String> {
        numbers.map(|n| format!("line {n}")).collect()
    }

    #[test]
    fn lines_that_are_the_same_are_found_however_far_apart_the_differences_are() {
        use Kind::{Different, Same};
        let left = many(0..20_000);
        let mut right = left.clone();
        right[10] = "other".to_owned();
        right[19_000] = "other".to_owned();
        let found = kinds(&left, &right);
        let far = [(Same, 10, 10), (Different, 1, 1), (Same, 18_989, 18_989), (Different, 1, 1)];
        assert_eq!(found[..4], far);
        assert_eq!(found[4..], [(Same, 999, 999)]);
        // Nothing in common.
        let (one, two) = (many(0..4_000), many(10_000..14_000));
        assert_eq!(kinds(&one, &two), [(Different, 4_000, 4_000)]);
        // More lines come and go than a search takes, and lines are repeated: one moved block, and between lines that
        // stay every second one is another.
        let stay = |n: usize| if n.is_multiple_of(2) { n } else { 20_000 + n };
        let left = many((0..3_000).chain(3_000..9_000));
        let right = many((3_000..9_000).map(stay).chain(0..3_000));
        let found = kinds(&left, &right);
        let same: usize = found.iter().filter(|run| run.0 == Same).map(|run| run.1).sum();
        assert_eq!(same, 3_000, "{:?}", found.iter().take(9).collect::<Vec<_>>());
        assert!(found.iter().all(|run| run.0 != Kind::Unsearched));
    }

    #[test]
    fn what_is_not_searched_is_not_called_different() {
        // Each line twice and all in another order: no line can be held fast, and the way is long.
        let twice = |n: usize| [n, n];
        let left = many((0..1_500).chain([99_999]).chain((2_000..6_000).flat_map(twice)));
        let right = many((0..1_500).chain([88_888]).chain((2_000..6_000).rev().flat_map(twice)));
        let found = kinds(&left, &right);
        assert_eq!(found, [(Kind::Same, 1_500, 1_500), (Kind::Unsearched, 8_001, 8_001)]);
    }

    /// The length of a longest common subsequence, by the plain table.
    fn longest(left: &[&str], right: &[&str]) -> usize {
        let mut row = vec![0; right.len() + 1];
        for a in left {
            let mut corner = 0;
            for (at, b) in right.iter().enumerate() {
                let above = row[at + 1];
                row[at + 1] = if a == b { corner + 1 } else { above.max(row[at]) };
                corner = above;
            }
        }
        row[right.len()]
    }

    proptest! {
        #![proptest_config(proptest::test_runner::Config { failure_persistence: None, ..proptest::test_runner::Config::default() })]

        #[test]
        fn runs_make_up_both_texts_and_are_the_best(
            left in prop::collection::vec("[a-c]", 0..24),
            right in prop::collection::vec("[a-c]", 0..24),
        ) {
            let left: Vec<&str> = left.iter().map(String::as_str).collect();
            let right: Vec<&str> = right.iter().map(String::as_str).collect();
            let runs = diff(&left, &right);
            let (mut a, mut b, mut same) = (0, 0, 0);
            for run in &runs {
                prop_assert_eq!(run.left.start, a);
                prop_assert_eq!(run.right.start, b);
                if run.is_same() {
                    prop_assert_eq!(&left[run.left.clone()], &right[run.right.clone()]);
                    same += run.left.len();
                }
                (a, b) = (run.left.end, run.right.end);
            }
            prop_assert_eq!((a, b), (left.len(), right.len()));
            prop_assert_eq!(same, longest(&left, &right));
        }
    }
}
