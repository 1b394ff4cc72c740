//! Which grants of two documents correspond.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::hash::Hash;

use super::effort::Effort;
use super::group::{Group, Meaning};
use crate::policy::pattern::{self, Case};
use crate::sort;

/// Patterns of a grant that are held against the actions of another at most.
const PATTERNS: usize = 8;

/// Actions of a grant that patterns of another are held against at most.
const ACTIONS: usize = 64;

/// Steps that a pair counts for which is kept until all are weighed: it takes memory.
const KEPT: usize = 64;

/// Two grants that may correspond: how alike they are, the one and the other.
type Candidate = (Reverse<usize>, usize, usize);

/// Which group of the left corresponds to which of the right: equal ones first, then those with
/// the most actions in common. In the order of the left. Those that are not weighed stand alone.
pub(super) fn pairs(
    left: &[Group<'_>],
    right: &[Group<'_>],
    effort: &Effort,
) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    let mut free_right: HashMap<&Meaning, usize> =
        right.iter().enumerate().map(|(index, group)| (&group.meaning, index)).collect();
    let mut lefts = Vec::new();
    for (index, group) in left.iter().enumerate() {
        match free_right.remove(&group.meaning) {
            Some(other) => pairs.push((index, other)),
            None => lefts.push((index, &group.meaning)),
        }
    }
    let mut rights: Vec<(usize, &Meaning)> =
        free_right.into_iter().map(|(meaning, index)| (index, meaning)).collect();
    sort::by_key(&mut rights, |(index, _)| *index);
    let mut candidates = candidates(&lefts, &rights, effort);
    sort::by(&mut candidates, Ord::cmp);
    let mut used_left = HashSet::new();
    let mut used_right = HashSet::new();
    for (_, one, other) in candidates {
        if !used_left.contains(&one) && !used_right.contains(&other) {
            used_left.insert(one);
            used_right.insert(other);
            pairs.push((one, other));
        }
    }
    sort::by(&mut pairs, Ord::cmp);
    pairs
}

/// The pairs that have something in common.
fn candidates(
    left: &[(usize, &Meaning)],
    right: &[(usize, &Meaning)],
    effort: &Effort,
) -> Vec<Candidate> {
    let mut numbers = Numbers::default();
    let left: Vec<Traits<'_>> = left.iter().map(|(at, one)| numbers.traits(*at, one)).collect();
    let right: Vec<Traits<'_>> = right.iter().map(|(at, one)| numbers.traits(*at, one)).collect();
    // Which of the right list an action, so that lists without anything in common are never held against each other.
    let mut listed: HashMap<(bool, &str), Vec<usize>> = HashMap::new();
    for (place, two) in right.iter().enumerate() {
        for action in &two.meaning.actions {
            listed.entry((two.meaning.not_action, action)).or_default().push(place);
        }
    }
    let mut candidates = Vec::new();
    let mut shared = vec![0; right.len()];
    for one in &left {
        shared.fill(0);
        for action in &one.meaning.actions {
            let listing = listed.get(&(one.meaning.not_action, action.as_str()));
            for place in listing.into_iter().flatten() {
                if !effort.take(1) {
                    return candidates;
                }
                if let Some(shared) = shared.get_mut(*place) {
                    *shared += 1;
                }
            }
        }
        for (two, shared) in right.iter().zip(&shared) {
            let likeness = if effort.take(1) { one.likeness(two, *shared, effort) } else { None };
            if let Some(likeness) = likeness {
                candidates.push((Reverse(likeness), one.at, two.at));
                effort.take(KEPT);
            }
            if effort.is_spent() {
                return candidates;
            }
        }
    }
    candidates
}

/// What is asked of a grant for every other one, worked out once.
struct Traits<'a> {
    at: usize,
    meaning: &'a Meaning,
    /// The first of its patterns.
    wild: Vec<&'a str>,
    resources: usize,
    principal: usize,
    conditions: usize,
    keys: usize,
}

/// Numbers for the parts of grants: the same for the same.
#[derive(Default)]
struct Numbers<'a> {
    resources: HashMap<&'a Option<BTreeSet<String>>, usize>,
    principals: HashMap<&'a super::group::Principals, usize>,
    conditions: HashMap<&'a BTreeSet<super::form::Test>, usize>,
    keys: HashMap<BTreeSet<&'a str>, usize>,
}

fn number<K: Eq + Hash>(known: &mut HashMap<K, usize>, key: K) -> usize {
    let next = known.len();
    *known.entry(key).or_insert(next)
}

impl<'a> Numbers<'a> {
    fn traits(&mut self, at: usize, meaning: &'a Meaning) -> Traits<'a> {
        let actions = meaning.actions.iter().map(String::as_str);
        let keys = meaning.conditions.iter().map(|test| test.key.as_str());
        Traits {
            at,
            meaning,
            wild: actions.filter(|action| pattern::has_wildcard(action)).take(PATTERNS).collect(),
            resources: number(&mut self.resources, &meaning.resources),
            principal: number(&mut self.principals, &meaning.principal),
            conditions: number(&mut self.conditions, &meaning.conditions),
            keys: number(&mut self.keys, keys.collect()),
        }
    }
}

impl Traits<'_> {
    /// How alike two grants are that list so many of the same actions; None where they have none in common.
    fn likeness(&self, other: &Self, shared: usize, effort: &Effort) -> Option<usize> {
        let (one, two) = (self.meaning, other.meaning);
        if one.effect != two.effect || one.unknown != two.unknown {
            return None;
        }
        let lists = one.lists(two)?;
        let all = lists.left.len() + lists.right.len() - shared;
        // All but a list and all but another list have nearly everything in common.
        if shared == 0
            && !lists.all_but
            && !self.covers_some(other, effort)
            && !other.covers_some(self, effort)
        {
            return None;
        }
        let alike = |same: bool, weight: usize| if same { weight } else { 0 };
        Some(
            shared * 100 / all.max(1)
                + alike(self.resources == other.resources, 60)
                + alike(self.principal == other.principal, 20)
                + alike(self.keys == other.keys, 30)
                + alike(self.conditions == other.conditions, 10),
        )
    }

    /// Does one of its patterns cover an action of the other, looking at the first few?
    fn covers_some(&self, other: &Self, effort: &Effort) -> bool {
        let first = || other.meaning.actions.iter().take(ACTIONS);
        self.wild.iter().any(|wild| first().any(|action| effort.covers(wild, action, Case::Fold)))
    }
}

#[cfg(test)]
mod tests {
    use super::super::group;
    use super::*;
    use crate::policy::document::Document;
    use crate::policy::read;

    fn policy(statements: &[String]) -> Document {
        let text = format!(r#"{{"Version":"1","Statement":[{}]}}"#, statements.join(","));
        read::document(&text).unwrap().document
    }

    /// A statement of its own on these actions.
    fn statement(number: usize, actions: &[String]) -> String {
        let actions = actions.join("\",\"");
        format!(
            r#"{{"Effect":"Allow","Action":["{actions}"],"Resource":"acs:a:*:*:{number}","Condition":{{"StringEquals":{{"k":"{number}"}}}}}}"#
        )
    }

    /// The pairs, and the steps that it took to find them.
    fn found(left: &[String], right: &[String]) -> (usize, usize) {
        let (left, right) = (policy(left), policy(right));
        let effort = Effort::new();
        let pairs = pairs(&group::of(&left, &effort), &group::of(&right, &effort), &effort);
        (pairs.len(), effort.taken())
    }

    #[test]
    fn what_has_no_action_in_common_costs_a_step_however_long_the_lists_are() {
        for actions in [100, 1_000, 3_000] {
            let many: Vec<String> = (0..actions).map(|n| format!("a:Do{n:05}")).collect();
            let others: Vec<String> =
                (0..150).map(|n| statement(n, &[format!("b:Do{n}")])).collect();
            assert_eq!(found(&[statement(9_999, &many)], &others), (0, 150), "{actions}");
            // One more for each action that both list, and what a pair takes that is kept.
            let others: Vec<String> =
                (0..100).map(|n| statement(n, &[format!("a:Do{n:05}")])).collect();
            let steps = 100 + 100 + 100 * KEPT;
            assert_eq!(found(&[statement(9_999, &many)], &others), (1, steps), "{actions}");
        }
    }

    #[test]
    fn of_long_lists_of_patterns_the_first_are_held_against_the_first() {
        let list =
            |code: &str| -> Vec<String> { (0..500).map(|n| format!("{code}:Do{n:03}*")).collect() };
        let (pairs, steps) = found(&[statement(1, &list("a"))], &[statement(2, &list("b"))]);
        // Two lists are reduced before: each pattern of them is held against each other of its list.
        let reduced = 2 * 500 * 499;
        assert_eq!(pairs, 0);
        assert!(steps <= reduced + 1 + 2 * PATTERNS * ACTIONS, "{steps}");
    }
}
