//! The lines that two texts share.
//!
//! Equal lines at both ends are taken off, and those that stand on one side alone have no like. What is left is compared
//! by the greedy search of E. W. Myers ("An O(ND) Difference Algorithm and Its Variations"), within bounds. Beyond them
//! the lines that stand once on either side are held fast, as many as come in the same order, and it is searched between
//! these.

use std::collections::HashMap;
use std::ops::Range;

/// Lines that come and go at most before a search is given up; its memory grows with the square.
const MOST_EDITS: usize = 2_000;

/// Steps for all searches in two texts together.
const MOST_STEPS: usize = 50_000_000;

/// How often it is searched between lines that are held fast between others that are.
const MOST_DEPTH: usize = 8;

/// What two texts share, by numbers of lines from 0, in order.
#[derive(Default)]
pub(super) struct Shared {
    /// The pairs of equal lines.
    pub(super) pairs: Vec<(usize, usize)>,
    /// The stretches of both sides in which none were looked for, though there may be some; between two pairs each.
    pub(super) unsearched: Vec<[Range<usize>; 2]>,
}

impl Shared {
    /// Holds two texts against each other.
    pub(super) fn of(left: &[&str], right: &[&str]) -> Self {
        Self::within(MOST_STEPS, left, right)
    }

    /// The same with so many steps.
    fn within(steps: usize, left: &[&str], right: &[&str]) -> Self {
        // Lines as numbers: equal ones have the same.
        let mut known: HashMap<&str, u32> = HashMap::new();
        let mut numbers = Vec::with_capacity(left.len() + right.len());
        for line in left.iter().chain(right) {
            let next = u32::try_from(known.len()).unwrap_or(u32::MAX);
            numbers.push(*known.entry(line).or_insert(next));
        }
        let (left, right) = numbers.split_at(left.len());
        let mut texts = Texts { left, right, steps, shared: Self::default() };
        texts.between(0..left.len(), 0..right.len(), MOST_DEPTH);
        texts.shared
    }
}

/// Two texts while it is searched in them.
struct Texts<'a> {
    /// The lines of each by number.
    left: &'a [u32],
    right: &'a [u32],
    /// Steps that are left.
    steps: usize,
    shared: Shared,
}

impl Texts<'_> {
    /// Finds what a stretch of one shares with a stretch of the other.
    fn between(&mut self, mut left: Range<usize>, mut right: Range<usize>, depth: usize) {
        let is_open =
            |left: &Range<usize>, right: &Range<usize>| !left.is_empty() && !right.is_empty();
        while is_open(&left, &right) && self.left.get(left.start) == self.right.get(right.start) {
            self.shared.pairs.push((left.start, right.start));
            (left.start, right.start) = (left.start + 1, right.start + 1);
        }
        let ends = (left.end, right.end);
        while is_open(&left, &right) && self.left.get(left.end - 1) == self.right.get(right.end - 1)
        {
            (left.end, right.end) = (left.end - 1, right.end - 1);
        }
        let tail = (left.end..ends.0).zip(right.end..ends.1);
        if is_open(&left, &right) {
            self.search(left, right, depth);
        }
        self.shared.pairs.extend(tail);
    }

    /// The same where neither the first nor the last line is the same.
    fn search(&mut self, left: Range<usize>, right: Range<usize>, depth: usize) {
        let mut counts: HashMap<u32, [u32; 2]> = HashMap::new();
        let [of_left, of_right] = [(self.left, &left), (self.right, &right)]
            .map(|(side, range)| side.get(range.clone()).unwrap_or_default());
        for number in of_left {
            counts.entry(*number).or_default()[0] += 1;
        }
        for number in of_right {
            counts.entry(*number).or_default()[1] += 1;
        }
        let keep = |side: &[u32], from: usize, wanted: &dyn Fn([u32; 2]) -> bool| {
            let kept = side.iter().enumerate();
            let kept = kept.filter(|(_, number)| counts.get(number).copied().is_some_and(wanted));
            kept.map(|(at, number)| (from + at, *number)).collect::<Vec<_>>()
        };
        let on_both = |[a, b]: [u32; 2]| a > 0 && b > 0;
        let (ours, theirs) =
            (keep(of_left, left.start, &on_both), keep(of_right, right.start, &on_both));
        if ours.is_empty() {
            return;
        }
        let shortest = shortest(&ours, &theirs, &mut self.steps);
        if let Some(pairs) = shortest {
            let place = |side: &[(usize, u32)], at: usize| side.get(at).map(|(place, _)| *place);
            let pairs =
                pairs.into_iter().filter_map(|(a, b)| place(&ours, a).zip(place(&theirs, b)));
            self.shared.pairs.extend(pairs);
            return;
        }
        let once = |counts: [u32; 2]| counts == [1, 1];
        let fixed = match depth {
            0 => Vec::new(),
            _ => in_order(&keep(of_left, left.start, &once), &keep(of_right, right.start, &once)),
        };
        if fixed.is_empty() {
            self.shared.unsearched.push([left, right]);
            return;
        }
        let mut from = (left.start, right.start);
        for (a, b) in fixed {
            self.between(from.0..a, from.1..b, depth - 1);
            self.shared.pairs.push((a, b));
            from = (a + 1, b + 1);
        }
        self.between(from.0..left.end, from.1..right.end, depth - 1);
    }
}

/// Of lines that stand once on either side, by place and number, as many pairs as come in the same order.
fn in_order(left: &[(usize, u32)], right: &[(usize, u32)]) -> Vec<(usize, usize)> {
    let places: HashMap<u32, usize> =
        right.iter().map(|(place, number)| (*number, *place)).collect();
    let pairs = left.iter().filter_map(|(place, number)| Some((*place, *places.get(number)?)));
    let pairs: Vec<(usize, usize)> = pairs.collect();
    // Of the rows of each length the one that ends lowest, and before each pair the one it is put behind.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(pairs.len());
    let end = |at: &usize| pairs.get(*at).map(|pair| pair.1);
    for (at, (_, place)) in pairs.iter().enumerate() {
        let length = ends.partition_point(|last| end(last) < Some(*place));
        before.push(length.checked_sub(1).and_then(|shorter| ends.get(shorter)).copied());
        match ends.get_mut(length) {
            Some(last) => *last = at,
            None => ends.push(at),
        }
    }
    let mut at = ends.last().copied();
    let mut longest = Vec::with_capacity(ends.len());
    while let Some(here) = at {
        longest.extend(pairs.get(here));
        at = before.get(here).copied().flatten();
    }
    longest.reverse();
    longest
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

/// The equal pairs of a shortest way; None where it takes too many edits, or more steps than are left.
fn shortest(
    left: &[(usize, u32)],
    right: &[(usize, u32)],
    steps: &mut usize,
) -> Option<Vec<(usize, usize)>> {
    let number = |side: &[(usize, u32)], at: usize| side.get(at).map(|(_, number)| *number);
    let most = (left.len() + right.len()).min(MOST_EDITS);
    let mut front = Front::new(most);
    let mut past = Vec::new();
    for edits in 0..=most {
        past.push(front.within(edits));
        let signed = isize::try_from(edits).ok()?;
        for k in (-signed..=signed).step_by(2) {
            let before = front.before(k, signed);
            let start = front.get(before) + usize::from(before < k);
            let mut x = start;
            let mut y = x.checked_add_signed(-k)?;
            while number(left, x).is_some() && number(left, x) == number(right, y) {
                x += 1;
                y += 1;
            }
            *steps = steps.checked_sub(1 + x - start)?;
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

    proptest! {
        #![proptest_config(proptest::test_runner::Config { failure_persistence: None, ..proptest::test_runner::Config::default() })]

        #[test]
        fn whatever_the_bound_pairs_are_equal_and_in_order(
            left in prop::collection::vec("[a-h]", 0..24),
            right in prop::collection::vec("[a-h]", 0..24),
            steps in 0usize..40,
        ) {
            let left: Vec<&str> = left.iter().map(String::as_str).collect();
            let right: Vec<&str> = right.iter().map(String::as_str).collect();
            let Shared { pairs, unsearched } = Shared::within(steps, &left, &right);
            prop_assert!(pairs.windows(2).all(|two| two[0].0 < two[1].0 && two[0].1 < two[1].1), "{pairs:?}");
            for (a, b) in &pairs {
                prop_assert_eq!(left[*a], right[*b]);
            }
            prop_assert!(unsearched.windows(2).all(|two| two[0][0].end < two[1][0].end), "{unsearched:?}");
            for [a, b] in &unsearched {
                prop_assert!(!a.is_empty() && !b.is_empty());
                prop_assert!(pairs.iter().all(|(x, y)| !a.contains(x) && !b.contains(y)));
                let next = pairs.iter().find(|(x, _)| *x >= a.end);
                prop_assert_eq!(next.copied().unwrap_or((left.len(), right.len())), (a.end, b.end));
            }
        }
    }
}
