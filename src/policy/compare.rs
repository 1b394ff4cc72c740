//! Two documents side by side, by meaning: what the second has more, less or otherwise than the
//! first. Order, spelling of actions, repetition, and how grants are spread over statements do not
//! count. What is found to be the same is the same; of documents that are written very differently
//! it may be missed that they mean the same.

pub mod alike;
mod allowed;
mod apart;
mod changes;
mod effort;
mod form;
mod grant;
mod group;
pub mod lines;
mod overlap;
mod pairs;
pub mod report;
mod verdict;

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::document::{Document, Effect};
use super::vocabulary::Vocabulary;
use crate::say::{Language, say};
use allowed::{Allowed, not_allowed_by};
use apart::Side;
use effort::Effort;
use group::Group;

/// Every action but some.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AllBut {
    /// How it is told: `everything except ram:*`.
    pub words: String,
    /// What is left out, as written.
    pub left_out: Vec<String>,
}

/// How two documents differ.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Comparison {
    /// The language of its words.
    pub language: Language,
    /// Grants that are the same: statements of the first and of the second, from 0.
    pub same: Vec<(Vec<usize>, Vec<usize>)>,
    /// Grants that correspond, with their differences.
    pub changed: Vec<Changed>,
    /// Grants of the first alone.
    pub gone: Vec<OneSided>,
    /// Grants of the second alone.
    pub added: Vec<OneSided>,
    /// Actions that the first allows, on whatever resource, and the second does not; of a pattern the second may
    /// allow a part. What is denied in every case is not allowed.
    pub actions_gone: Vec<String>,
    /// The same the other way round.
    pub actions_added: Vec<String>,
    /// Those among `actions_gone` that are everything but a list.
    pub gone_except: Vec<AllBut>,
    /// The same of `actions_added`.
    pub added_except: Vec<AllBut>,
    /// Patterns that the first allows and no grant of the second covers, while all known actions that they match are
    /// allowed there: whether anything is gone is not certain.
    pub unsure_gone: Vec<String>,
    /// The same the other way round.
    pub unsure_added: Vec<String>,
    /// Is it sure that no action is spoken of by a grant of the one and by a grant of the other with the same effect?
    /// Asked where no grants correspond.
    pub disjoint: bool,
    /// How actions of the first stand that it has in a grant of its own, by their form; none where they are its
    /// alone.
    standing_left: BTreeMap<String, Standing>,
    /// The same of the second.
    standing_right: BTreeMap<String, Standing>,
    /// Statements of the first that match no request, or of which it is not known, and were left out, from 0.
    pub idle_left: Vec<usize>,
    /// The same of the second.
    pub idle_right: Vec<usize>,
    /// Those of the first of which it is not known.
    unread_left: Vec<usize>,
    /// The same of the second.
    unread_right: Vec<usize>,
    /// The documents are so large that not everything was held against everything: some of what is told as different
    /// may be the same.
    pub unfinished: bool,
    /// The outcome in one or two sentences.
    pub verdict: String,
}

/// A grant (or denial) that one side alone has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OneSided {
    /// The statements that make it up, from 0.
    pub statements: Vec<usize>,
    /// What to call it: `the Kafka statement`.
    pub title: String,
    /// It in a sentence.
    pub sentence: String,
    /// Both have a grant on the same resources, with other actions.
    pub beside: bool,
}

/// A grant that both sides have in different form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    /// Its statements in the first, from 0.
    pub left: Vec<usize>,
    /// Its statements in the second, from 0.
    pub right: Vec<usize>,
    /// What to call it.
    pub title: String,
    /// The differences, at least one.
    pub changes: Vec<Change>,
}

/// One difference, seen from the first to the second.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Actions that came.
    ActionsAdded(Vec<String>),
    /// Actions that went.
    ActionsGone(Vec<String>),
    /// The resources differ.
    Resources {
        /// In what way.
        how: Reach,
        /// Those of the first, in words.
        left: String,
        /// Those of the second, in words.
        right: String,
    },
    /// A condition came, in words.
    ConditionAdded(String),
    /// A condition went, in words.
    ConditionDropped(String),
    /// A condition on the same key with another operator or other values, in words.
    ConditionChanged {
        /// The key.
        key: String,
        /// That of the first.
        left: String,
        /// That of the second.
        right: String,
    },
    /// The principals differ, in words.
    Principals {
        /// Those of the first.
        left: String,
        /// Those of the second.
        right: String,
    },
}

/// How the resources of the second relate to those of the first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reach {
    /// All of them and more.
    Wider,
    /// Some of them.
    Narrower,
    /// Others, or neither can be shown.
    Different,
}

/// How an action stands that one side has in a grant which the other has not, or not so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Standing {
    /// The other allows nothing of it.
    Only,
    /// A pattern: the other allows some of what it matches.
    Partly,
    /// A pattern: the other allows every known action that it matches, by other names and patterns.
    Unsure,
    /// The other allows it elsewhere.
    Elsewhere,
    /// The side that has it denies it in every case.
    Denied,
}

/// One of the two documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Which {
    /// The first: what it alone has is gone.
    Left,
    /// The second: what it alone has came.
    Right,
}

impl Which {
    /// Its own of two.
    pub fn of<T>(self, left: T, right: T) -> T {
        match self {
            Self::Left => left,
            Self::Right => right,
        }
    }
}

impl Change {
    /// The actions that one document has more.
    fn actions_of(&self, which: Which) -> Option<&[String]> {
        match (self, which) {
            (Self::ActionsGone(actions), Which::Left)
            | (Self::ActionsAdded(actions), Which::Right) => Some(actions),
            _ => None,
        }
    }
}

impl Reach {
    /// The word for it in English and in data.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Wider => "wider",
            Self::Narrower => "narrower",
            Self::Different => "different",
        }
    }
}

impl Comparison {
    /// Do the documents mean the same?
    pub fn is_same(&self) -> bool {
        self.is_same_as_read() && self.unread_left.len() == self.unread_right.len()
    }

    /// The same without the statements of which it is not known what they do.
    fn is_same_as_read(&self) -> bool {
        self.changed.is_empty() && self.gone.is_empty() && self.added.is_empty()
    }

    /// How an allowed action stands that is told as one document's.
    pub fn standing(&self, which: Which, action: &str) -> Standing {
        let standings = which.of(&self.standing_left, &self.standing_right);
        standings.get(&form::action(action)).copied().unwrap_or(Standing::Only)
    }
}

/// Compares two documents; what is found is said in a language.
pub fn compare(
    language: Language,
    left: &Document,
    right: &Document,
    vocabulary: &dyn Vocabulary,
) -> Comparison {
    compare_within(effort::MOST, language, left, right, vocabulary)
}

/// The same with so many steps for each part, so that none is starved by those before it; each document is read within
/// steps of its own, so that one and the same is always read the same way.
fn compare_within(
    steps: usize,
    language: Language,
    left: &Document,
    right: &Document,
    vocabulary: &dyn Vocabulary,
) -> Comparison {
    let (of_left, of_right) = (Effort::of(steps), Effort::of(steps));
    let [on_actions, on_pairs, on_parts, on_rest, on_changes] =
        std::array::from_fn(|_| Effort::of(steps));
    let (idle_left, idle_right) = (group::idle(left), group::idle(right));
    let (unread_left, unread_right) = (group::unread(left), group::unread(right));
    let mut left = Side { document: left, groups: group::of(left, &of_left) };
    let mut right = Side { document: right, groups: group::of(right, &of_right) };
    let mut comparison = Comparison {
        language,
        idle_left,
        idle_right,
        unread_left,
        unread_right,
        ..Comparison::default()
    };
    let pairs = apart::pairs(&mut left, &mut right, [&on_pairs, &on_parts]);
    let (left, right) = (left.groups, right.groups);
    comparison.disjoint = pairs.is_empty() && overlap::disjoint(&left, &right, &on_rest);
    for (one, other) in &pairs {
        let (Some(one), Some(other)) = (left.get(*one), right.get(*other)) else {
            continue;
        };
        let changes = changes::between(language, one, other, &on_changes);
        let (a, b) = (one.statements.clone(), other.statements.clone());
        if changes.is_empty() {
            comparison.same.push((a, b));
        } else {
            let title = verdict::title(language, one, vocabulary);
            comparison.changed.push(Changed { left: a, right: b, title, changes });
        }
    }
    let lefts: HashSet<usize> = pairs.iter().map(|pair| pair.0).collect();
    let rights: HashSet<usize> = pairs.iter().map(|pair| pair.1).collect();
    let alone = |groups: &[Group<'_>], paired: &dyn Fn(usize) -> bool| -> Vec<OneSided> {
        let lonely = groups.iter().enumerate().filter(|(index, _)| !paired(*index));
        lonely
            .map(|(_, group)| OneSided {
                statements: group.statements.clone(),
                title: verdict::title(language, group, vocabulary),
                sentence: super::explain::sentence(language, &group.statement(), vocabulary),
                beside: group.beside,
            })
            .collect()
    };
    comparison.gone = alone(&left, &|index| lefts.contains(&index));
    comparison.added = alone(&right, &|index| rights.contains(&index));
    // Where all grants and denials are the same, a list of actions could only contradict that.
    if !comparison.is_same() {
        let (ours, theirs) = (Allowed::of(&left, &on_actions), Allowed::of(&right, &on_actions));
        let lost = not_allowed_by(language, &left, &ours, &theirs, vocabulary);
        let won = not_allowed_by(language, &right, &theirs, &ours, vocabulary);
        (comparison.actions_gone, comparison.actions_added) = (lost.certain, won.certain);
        (comparison.gone_except, comparison.added_except) = (lost.except, won.except);
        (comparison.unsure_gone, comparison.unsure_added) = (lost.unsure, won.unsure);
        let named = comparison.named(Which::Left, &left, &lefts);
        comparison.standing_left = standings(named, &theirs, &ours, vocabulary);
        let named = comparison.named(Which::Right, &right, &rights);
        comparison.standing_right = standings(named, &ours, &theirs, vocabulary);
        let efforts = [&of_left, &of_right, &on_actions, &on_pairs, &on_parts, &on_changes];
        comparison.unfinished = efforts.iter().any(|effort| effort.is_spent());
    }
    let (first, second) = (say(language, "the first"), say(language, "the second"));
    comparison.verdict = verdict::sentence(&comparison, first, second);
    comparison
}

/// How actions of one side stand to the other; those that are of the one alone are left out.
fn standings(
    actions: BTreeSet<String>,
    others: &Allowed<'_>,
    own: &Allowed<'_>,
    vocabulary: &dyn Vocabulary,
) -> BTreeMap<String, Standing> {
    let standings = actions.into_iter().map(|action| {
        let standing = others.standing(own, &action, vocabulary);
        (action, standing)
    });
    standings.filter(|(_, standing)| *standing != Standing::Only).collect()
}

impl Comparison {
    /// The forms of all actions that are told as one document's, in grants without a pair and in changes.
    fn named(
        &self,
        which: Which,
        groups: &[Group<'_>],
        paired: &HashSet<usize>,
    ) -> BTreeSet<String> {
        let alone = groups.iter().enumerate().filter(|(at, _)| !paired.contains(at));
        let alone = alone.filter(|(_, group)| {
            group.meaning.effect == Effect::Allow && !group.meaning.not_action
        });
        let alone = alone.flat_map(|(_, group)| group.forms().cloned());
        let changes = self.changed.iter().flat_map(|changed| &changed.changes);
        let changes = changes.filter_map(|change| change.actions_of(which));
        alone.chain(changes.flatten().map(|action| form::action(action))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::read;
    use crate::policy::vocabulary::Nothing;

    #[test]
    fn what_is_not_tried_is_said_and_nothing_is_called_the_same_for_it() {
        let policy = |statements: &str| {
            read::document(&format!(r#"{{"Version":"1","Statement":[{statements}]}}"#))
                .unwrap()
                .document
        };
        let one = policy(
            r#"{"Effect":"Allow","Action":["a:*","a:Get*","b:Put"],"Resource":["acs:a:*:*:x*","acs:a:*:*:*"]},
            {"Effect":"Allow","NotAction":["c:*","d:Do"],"Resource":"*","Condition":{"Bool":{"k":"true"}}},
            {"Effect":"Deny","Action":"a:*Key","Resource":"*"}"#,
        );
        let two = policy(
            r#"{"Effect":"Allow","Action":["a:Get*","a:Put"],"Resource":"acs:a:*:*:x/y*"},
            {"Effect":"Allow","NotAction":["c:X*","d:*"],"Resource":"*"},
            {"Effect":"Deny","Action":["a:*Key","*:Get*"],"Resource":"*"}"#,
        );
        let within = |steps, one, two| compare_within(steps, Language::English, one, two, &Nothing);
        let whole = within(effort::MOST, &one, &two);
        assert!(!whole.unfinished && !whole.is_same());
        for steps in (0..400).step_by(7) {
            let part = within(steps, &one, &two);
            assert!(!part.is_same(), "{steps}");
            assert!(part.unfinished || part == whole, "{steps}\n{part:#?}\n{whole:#?}");
            for policy in [&one, &two] {
                let own = within(steps, policy, policy);
                assert!(own.is_same() && !own.unfinished, "{steps}\n{own:#?}");
            }
        }
        let part = within(0, &one, &two);
        let asides = part.asides_of("A", "B");
        assert!(
            part.unfinished && asides.len() == 1 && asides[0].contains("so large"),
            "{asides:?}"
        );
    }
}
