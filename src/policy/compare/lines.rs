//! Two texts line by line: which lines they share and where they differ.
//!
//! Equal lines at both ends are taken off; what is between is compared by the greedy search of
//! E. W. Myers ("An O(ND) Difference Algorithm and Its Variations"), within bounds: beyond them it
//! counts as different as a whole.

use std::collections::HashMap;
use std::ops::Range;

/// Lines between the equal ends that are searched at most, on either side.
const MOST_LINES: usize = 5_000;

/// Lines that come and go at most before a search is given up; its memory grows with the square.
const MOST_EDITS: usize = 2_000;

/// A stretch of lines, by their numbers from 0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// Are the lines the same on both sides?
    pub same: bool,
    /// Those of the first text.
    pub left: Range<usize>,
    /// Those of the second text.
    pub right: Range<usize>,
}

/// The runs that make up both texts, in order; same and different ones take turns.
pub fn diff(left: &[&str], right: &[&str]) -> Vec<Run> {
    let head = left.iter().zip(right).take_while(|(a, b)| a == b).count();
    let shorter = left.len().min(right.len());
    let backwards = left.iter().rev().zip(right.iter().rev());
    let tail = backwards.take(shorter - head).take_while(|(a, b)| a == b).count();
    let middle_left = left.get(head..left.len() - tail).unwrap_or_default();
    let middle_right = right.get(head..right.len() - tail).unwrap_or_default();
    let mut runs = Runs::default();
    runs.same(head);
    let pairs = shared(middle_left, middle_right);
    for (a, b) in pairs {
        runs.differ_until(head + a, head + b);
        runs.same(1);
    }
    runs.differ_until(left.len() - tail, right.len() - tail);
    runs.same(tail);
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
        let (lines, range) = match (run.same, run.left.is_empty(), run.right.is_empty()) {
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
}

impl Runs {
    fn same(&mut self, count: usize) {
        if count == 0 {
            return;
        }
        let (left, right) = (self.left + count, self.right + count);
        if let Some(run) = self.all.last_mut().filter(|run| run.same) {
            run.left.end = left;
            run.right.end = right;
        } else {
            let run = Run { same: true, left: self.left..left, right: self.right..right };
            self.all.push(run);
        }
        (self.left, self.right) = (left, right);
    }

    fn differ_until(&mut self, left: usize, right: usize) {
        if left > self.left || right > self.right {
            let run = Run { same: false, left: self.left..left, right: self.right..right };
            self.all.push(run);
            (self.left, self.right) = (left, right);
        }
    }
}

/// The pairs of equal lines of a shortest way from one text to the other; none beyond the bounds.
fn shared(left: &[&str], right: &[&str]) -> Vec<(usize, usize)> {
    if left.is_empty() || right.is_empty() || left.len().max(right.len()) > MOST_LINES {
        return Vec::new();
    }
    // Lines as numbers: equal ones have the same.
    let mut known: HashMap<&str, u32> = HashMap::new();
    let mut numbers = Vec::with_capacity(left.len() + right.len());
    for line in left.iter().chain(right) {
        let next = u32::try_from(known.len()).unwrap_or(u32::MAX);
        numbers.push(*known.entry(line).or_insert(next));
    }
    let (left, right) = numbers.split_at(left.len());
    search(left, right).unwrap_or_default()
}

/// How far each diagonal was followed: `x` by `k = x - y`.
#[derive(Clone)]
struct Front {
    reach: Vec<usize>,
    middle: usize,
}

impl Front {
    fn new(edits: usize) -> Self {
        Self { reach: vec![0; 2 * edits + 3], middle: edits + 1 }
    }

    fn get(&self, k: isize) -> usize {
        let at = self.middle.checked_add_signed(k);
        at.and_then(|at| self.reach.get(at)).copied().unwrap_or(0)
    }

    fn set(&mut self, k: isize, x: usize) {
        let at = self.middle.checked_add_signed(k);
        if let Some(place) = at.and_then(|at| self.reach.get_mut(at)) {
            *place = x;
        }
    }

    /// The diagonals that `edits` edits can reach.
    fn within(&self, edits: usize) -> Self {
        let from = self.middle.saturating_sub(edits + 1);
        let reach = self.reach.get(from..=self.middle + edits + 1).unwrap_or_default();
        Self { reach: reach.to_vec(), middle: self.middle - from }
    }

    /// The diagonal from which `k` is entered with this many edits: the one further on.
    fn before(&self, k: isize, edits: isize) -> isize {
        let down = k == -edits || (k != edits && self.get(k - 1) < self.get(k + 1));
        if down { k + 1 } else { k - 1 }
    }
}

/// The equal pairs of a shortest way; None where it takes too many edits.
fn search(left: &[u32], right: &[u32]) -> Option<Vec<(usize, usize)>> {
    let most = (left.len() + right.len()).min(MOST_EDITS);
    let mut front = Front::new(most);
    let mut past = Vec::new();
    for edits in 0..=most {
        past.push(front.within(edits));
        let signed = isize::try_from(edits).ok()?;
        for k in (-signed..=signed).step_by(2) {
            let before = front.before(k, signed);
            let mut x = front.get(before) + usize::from(before < k);
            let mut y = x.checked_add_signed(-k)?;
            while left.get(x).is_some() && left.get(x) == right.get(y) {
                x += 1;
                y += 1;
            }
            front.set(k, x);
            if x >= left.len() && y >= right.len() {
                return Some(walk_back(&past, left.len(), right.len()));
            }
        }
    }
    None
}

/// Follows the way from its end; `past` holds what each number of edits began with.
fn walk_back(past: &[Front], mut x: usize, mut y: usize) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    for (edits, front) in past.iter().enumerate().rev() {
        let (Ok(edits), Ok(sx), Ok(sy)) =
            (isize::try_from(edits), isize::try_from(x), isize::try_from(y))
        else {
            break;
        };
        let (before_x, before_y) = if edits == 0 {
            (0, 0)
        } else {
            let before = front.before(sx - sy, edits);
            let before_x = front.get(before);
            (before_x, before_x.saturating_add_signed(-before))
        };
        while x > before_x && y > before_y {
            x -= 1;
            y -= 1;
            pairs.push((x, y));
        }
        (x, y) = (before_x, before_y);
    }
    pairs.reverse();
    pairs
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
            if run.same {
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
        assert_eq!(runs[1], Run { same: false, left: 1..1, right: 1..5 }, "{runs:?}");
        let back = diff(&right, &left);
        assert_eq!(back[1], Run { same: false, left: 1..5, right: 1..1 }, "{back:?}");
    }

    #[test]
    fn beyond_the_bounds_only_the_ends_are_compared() {
        let many = |from: usize, to: usize| -> Vec<String> {
            (from..to).map(|n| format!("line {n}")).collect()
        };
        let left = many(0, 20_000);
        let mut right = left.clone();
        right[10] = "other".to_owned();
        right[19_000] = "other".to_owned();
        let refs = |lines: &[String]| -> Vec<String> { lines.to_vec() };
        let (left, right) = (refs(&left), refs(&right));
        let left: Vec<&str> = left.iter().map(String::as_str).collect();
        let right: Vec<&str> = right.iter().map(String::as_str).collect();
        let runs = diff(&left, &right);
        let kinds: Vec<(bool, usize)> = runs.iter().map(|run| (run.same, run.left.len())).collect();
        assert_eq!(kinds, [(true, 10), (false, 18_991), (true, 999)]);
        // Nothing in common within the size: given up after so many edits.
        let one: Vec<String> = many(0, 4_000);
        let two: Vec<String> = many(10_000, 14_000);
        let one: Vec<&str> = one.iter().map(String::as_str).collect();
        let two: Vec<&str> = two.iter().map(String::as_str).collect();
        assert_eq!(diff(&one, &two).len(), 1);
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
                if run.same {
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
