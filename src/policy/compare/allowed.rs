//! All that a document allows, on whatever resource and under whatever condition, and what it denies
//! in every case: which actions of one document the other has too.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::Standing;
use super::changes::patterns_for;
use super::form;
use super::group::Group;
use crate::policy::document::Effect;
use crate::policy::pattern::{self, Case};
use crate::policy::wording;
use crate::say::{Language, said};

/// What all grants of a document allow and deny together.
pub(super) struct Allowed<'a> {
    allowed: Actions<'a>,
    /// Whatever the request.
    denied: Actions<'a>,
}

/// Actions that several grants speak of together.
struct Actions<'a> {
    lists: Patterns<'a>,
    all_but: Vec<AllBut<'a>>,
}

/// How much is tried for each question, so that hostile documents do not take minutes.
#[derive(Clone, Copy)]
struct Most {
    /// Patterns, and entries of the lists of what is left out.
    patterns: usize,
    /// Names that a pattern is held against.
    names: usize,
}

/// A grant of everything but a list.
struct AllBut<'a> {
    group: &'a Group<'a>,
    /// Of its list what no other grant speaks of.
    left_out: Vec<&'a str>,
}

/// Names and patterns, with the grant that spells them.
#[derive(Default)]
struct Patterns<'a> {
    names: HashMap<&'a str, &'a Group<'a>>,
    /// The first of the names, in order.
    first: Vec<&'a str>,
    wild: Vec<(&'a str, &'a Group<'a>)>,
}

impl<'a> Patterns<'a> {
    fn add(&mut self, group: &'a Group<'a>, most: Most) {
        for action in &group.meaning.actions {
            if pattern::has_wildcard(action) {
                if self.wild.len() < most.patterns {
                    self.wild.push((action, group));
                }
            } else if self.first.len() < most.names {
                self.first.push(action);
            }
            self.names.insert(action, group);
        }
    }

    /// Is all of it among them?
    fn cover(&self, action: &str) -> bool {
        self.names.contains_key(action)
            || self.wild.iter().any(|(wild, _)| pattern::covers(wild, action, Case::Fold))
    }

    /// The patterns and the first of the names.
    fn all(&self) -> impl Iterator<Item = (&'a str, &'a Group<'a>)> {
        let named = self.first.iter();
        let named = named.filter_map(|name| Some((*name, *self.names.get(name)?)));
        self.wild.iter().copied().chain(named)
    }

    /// Those that share something with it.
    fn touch(&self, action: &str) -> Vec<(&'a str, &'a Group<'a>)> {
        if !pattern::has_wildcard(action)
            && let Some((name, group)) = self.names.get_key_value(action)
        {
            return vec![(*name, *group)];
        }
        let all = self.all();
        all.filter(|(other, _)| pattern::overlaps(other, action, Case::Fold)).collect()
    }
}

impl<'a> Actions<'a> {
    fn of(groups: impl Iterator<Item = &'a Group<'a>>, most: Most) -> Self {
        let mut all = Self { lists: Patterns::default(), all_but: Vec::new() };
        let mut room = most.patterns.max(64);
        for group in groups.filter(|group| !group.meaning.leaves_out_more()) {
            let Some(listed) = group.meaning.all_but() else {
                all.lists.add(group, most);
                continue;
            };
            if let Some(rest) = room.checked_sub(listed.len().max(1)) {
                room = rest;
                let left_out = listed.iter().map(String::as_str).collect();
                all.all_but.push(AllBut { group, left_out });
            }
        }
        let left_out: Vec<Vec<&str>> = (0..all.all_but.len()).map(|at| all.left_out(at)).collect();
        for (one, left_out) in all.all_but.iter_mut().zip(left_out) {
            one.left_out = left_out;
        }
        all
    }

    /// Of the list of one grant what is in no other grant.
    fn left_out(&self, at: usize) -> Vec<&'a str> {
        let others = || self.all_but.iter().enumerate().filter(|(other, _)| *other != at);
        let Some(one) = self.all_but.get(at) else { return Vec::new() };
        let left_out = one.left_out.iter().copied().filter(|action| {
            !self.lists.cover(action) && !others().any(|(_, other)| other.holds(action))
        });
        left_out.collect()
    }

    /// Is all of it among them?
    fn hold(&self, action: &str) -> bool {
        self.lists.cover(action) || self.all_but.iter().any(|one| one.holds(action))
    }

    /// Is some of it among them?
    fn hold_some(&self, action: &str) -> bool {
        !self.lists.touch(action).is_empty()
            || self.all_but.iter().any(|one| one.holds_some(action))
    }
}

impl AllBut<'_> {
    fn holds(&self, action: &str) -> bool {
        let mut left_out = self.left_out.iter();
        !left_out.any(|out| pattern::overlaps(out, action, Case::Fold))
    }

    fn holds_some(&self, action: &str) -> bool {
        let mut left_out = self.left_out.iter();
        !left_out.any(|out| pattern::covers(out, action, Case::Fold))
    }
}

impl<'a> Allowed<'a> {
    /// Of the grants of a document, to be asked for the actions of another.
    pub(super) fn of(groups: &'a [Group<'a>], others: &[Group<'_>]) -> Self {
        let questions = || others.iter().flat_map(Group::forms);
        let wild = questions().filter(|action| pattern::has_wildcard(action)).count();
        let most = Most {
            patterns: patterns_for(questions().count()),
            names: (1_000_000 / wild.max(1)).clamp(4, 100_000),
        };
        let allow = groups.iter().filter(|group| group.meaning.effect == Effect::Allow);
        let deny = groups
            .iter()
            .filter(|group| group.meaning.effect == Effect::Deny && group.meaning.is_unlimited());
        Self { allowed: Actions::of(allow, most), denied: Actions::of(deny, most) }
    }

    /// How an action of the other document stands here, whose own document is `theirs`.
    pub(super) fn standing(&self, theirs: &Self, action: &str) -> Standing {
        if theirs.denied.hold(action) {
            Standing::Denied
        } else if self.denied.hold(action) || !self.allowed.hold_some(action) {
            Standing::Only
        } else if self.allowed.hold(action) && !self.denied.hold_some(action) {
            Standing::Elsewhere
        } else {
            Standing::Partly
        }
    }

    /// What is not allowed here, the actions of `listed` aside; None where that is nearly everything.
    fn lacks(&self, listed: &BTreeSet<String>) -> Option<Vec<(&'a str, &'a Group<'a>)>> {
        if !self.denied.all_but.is_empty() {
            return None;
        }
        let new = |action: &str| !listed.iter().any(|own| pattern::covers(own, action, Case::Fold));
        let left_out = self.allowed.all_but.iter().map(|one| -> Vec<(&'a str, &'a Group<'a>)> {
            let left_out = one.left_out.iter().copied().filter(|action| new(action));
            left_out.map(|action| (action, one.group)).collect()
        });
        let mut lacks = left_out.min_by_key(Vec::len)?;
        lacks.extend(self.denied.lists.all().filter(|(action, _)| new(action)));
        Some(lacks)
    }
}

/// The actions that `ours` allow, on whatever resource, and `theirs` do not, or not all that a
/// pattern matches.
pub(super) fn not_allowed_by(
    language: Language,
    groups: &[Group<'_>],
    ours: &Allowed<'_>,
    theirs: &Allowed<'_>,
) -> Vec<String> {
    let mut seen = HashSet::new();
    let mut missing = Vec::new();
    let mut add = |form: &str, spelled: String| {
        if !ours.denied.hold(form) && seen.insert(form.to_owned()) {
            missing.push(spelled);
        }
    };
    for group in groups.iter().filter(|group| group.meaning.effect == Effect::Allow) {
        if let Some(listed) = group.meaning.all_but() {
            let lacks = Some(listed).filter(|_| !group.meaning.leaves_out_more());
            match lacks.and_then(|listed| theirs.lacks(listed)) {
                Some(lacking) => {
                    for (form, group) in lacking {
                        add(form, group.spelled(form));
                    }
                }
                None if listed.is_empty() => add(form::ANY, group.spelled(form::ANY)),
                None => {
                    let spelled: Vec<String> =
                        listed.iter().map(|action| group.spelled(action)).collect();
                    let listed =
                        wording::first(language, &spelled, 6, |action| wording::visible(action));
                    let listed = wording::join(language, &listed, "and");
                    let all = said(language, "everything except {}", &[&listed]);
                    add(&all, all.clone());
                }
            }
            continue;
        }
        for action in &group.meaning.actions {
            let denied_but = &theirs.denied.all_but;
            if !theirs.allowed.hold(action)
                || theirs.denied.hold(action)
                || denied_but.iter().any(|one| one.holds_some(action))
            {
                add(action, group.spelled(action));
            } else {
                // Of a pattern what is denied there, where it can be told.
                for (denied, spells) in theirs.denied.lists.touch(action) {
                    if pattern::covers(action, denied, Case::Fold) {
                        add(denied, spells.spelled(denied));
                    } else {
                        add(action, group.spelled(action));
                    }
                }
            }
        }
    }
    missing
}
