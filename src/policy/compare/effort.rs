//! How much a comparison tries: hostile documents must not take minutes.

use std::cell::Cell;

use crate::policy::pattern::{self, Case, Steps, has_wildcard};

/// Steps of one part of a comparison at most, each some ten nanoseconds: two policies of the largest size that RAM takes
/// need a tenth. What is not tried beyond them counts as not covered and as not known to be apart.
pub(super) const MOST: usize = 20_000_000;

/// Steps of any question that the first letters do not decide.
const QUESTION: usize = 16;

/// Holds patterns against each other, within a bound on all that one part of a comparison does.
#[derive(Debug)]
pub(super) struct Effort {
    left: Cell<usize>,
    spent: Cell<bool>,
}

impl Effort {
    pub(super) fn new() -> Self {
        Self::of(MOST)
    }

    /// So many steps.
    pub(super) fn of(steps: usize) -> Self {
        Self { left: Cell::new(steps), spent: Cell::new(false) }
    }

    /// May so many more steps be taken? From the first no on, every answer is no.
    pub(super) fn take(&self, steps: usize) -> bool {
        let rest = if self.spent.get() { None } else { self.left.get().checked_sub(steps) };
        match rest {
            Some(rest) => self.left.set(rest),
            None => self.spent.set(true),
        }
        rest.is_some()
    }

    /// Was something not tried?
    pub(super) fn is_spent(&self) -> bool {
        self.spent.get()
    }

    /// Does every text that `narrower` matches also match `wider`? A cautious no where it is not tried.
    pub(super) fn covers(&self, wider: &str, narrower: &str, case: Case) -> bool {
        if !pattern::may_start(wider, narrower, case) {
            self.take(1);
            return false;
        }
        if !self.take(cost(wider, narrower, 16)) {
            return false;
        }
        let mut steps = Steps(self.left.get());
        let covers = steps.covers(wider, narrower, case);
        self.left.set(steps.0);
        if !covers && !steps.are_left() {
            self.spent.set(true);
        }
        covers
    }

    /// Is there a text that both match? A cautious yes where it is not tried.
    pub(super) fn overlaps(&self, one: &str, other: &str, case: Case) -> bool {
        if !pattern::may_overlap(one, other, case) {
            self.take(1);
            return false;
        }
        !self.take(cost(one, other, 4)) || pattern::overlaps(one, other, case)
    }

    /// The steps that were taken.
    #[cfg(test)]
    pub(super) fn taken(&self) -> usize {
        MOST - self.left.get()
    }
}

/// What a question costs that the first letters do not decide; of two patterns so many pairs of letters take a step.
fn cost(one: &str, other: &str, pairs: usize) -> usize {
    let both = has_wildcard(one) && has_wildcard(other);
    let pairs = if both { one.len().saturating_mul(other.len()) / pairs } else { 0 };
    QUESTION.saturating_add(one.len()).saturating_add(other.len()).saturating_add(pairs)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_not_tried_is_cautious() {
        let effort = Effort::of(0);
        assert!(!effort.covers("a:*", "a:Get*", Case::Fold));
        assert!(effort.overlaps("a:*", "a:Get*", Case::Fold));
        assert!(effort.is_spent());
        assert!(!effort.take(0), "from the first no on, every answer is no");
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2000) })]

        #[test]
        fn it_answers_as_the_patterns_do(one in "[abAä\u{212A}k*?]{0,6}", other in "[abAä\u{212A}k*?]{0,6}") {
            let effort = Effort::new();
            for case in [Case::Fold, Case::Exact] {
                prop_assert_eq!(effort.covers(&one, &other, case), pattern::covers(&one, &other, case));
                prop_assert_eq!(effort.overlaps(&one, &other, case), pattern::overlaps(&one, &other, case));
            }
        }
    }
}
