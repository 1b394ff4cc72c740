//! All that a document allows, on whatever resource and under whatever condition, and what it denies
//! in every case: which actions of one document the other has too.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::effort::Effort;
use super::form;
use super::group::Group;
use super::{AllBut as AllButThese, Standing};
use crate::policy::document::Effect;
use crate::policy::level;
use crate::policy::pattern::{self, Case};
use crate::policy::vocabulary::Vocabulary;
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
    effort: &'a Effort,
}

/// A grant of everything but a list.
struct AllBut<'a> {
    group: &'a Group<'a>,
    /// Of its list what no other grant speaks of.
    left_out: Vec<&'a str>,
    effort: &'a Effort,
}

/// Names and patterns, with the grant that spells them.
struct Patterns<'a> {
    names: HashMap<&'a str, &'a Group<'a>>,
    /// The names that are no patterns, in order.
    single: Vec<&'a str>,
    wild: Vec<(&'a str, &'a Group<'a>)>,
    effort: &'a Effort,
}

impl<'a> Patterns<'a> {
    fn add(&mut self, group: &'a Group<'a>) {
        for action in &group.meaning.actions {
            if pattern::has_wildcard(action) {
                self.wild.push((action, group));
            } else {
                self.single.push(action);
            }
            self.names.insert(action, group);
        }
    }

    /// Is all of it among them?
    fn cover(&self, action: &str) -> bool {
        let covers = |(wild, _): &(&str, &Group<'_>)| self.effort.covers(wild, action, Case::Fold);
        self.names.contains_key(action) || (!self.effort.is_spent() && self.wild.iter().any(covers))
    }

    fn all_single(&self) -> impl Iterator<Item = (&'a str, &'a Group<'a>)> {
        self.single.iter().filter_map(|name| Some((*name, *self.names.get(name)?)))
    }

    /// The patterns and the names.
    fn all(&self) -> impl Iterator<Item = (&'a str, &'a Group<'a>)> {
        self.wild.iter().copied().chain(self.all_single())
    }

    /// Those that share something with it.
    fn touch(&self, action: &str) -> impl Iterator<Item = (&'a str, &'a Group<'a>)> {
        let is_wild = pattern::has_wildcard(action);
        // Of names a name shares something with itself alone.
        let same = if is_wild { None } else { self.names.get_key_value(action) };
        let same = same.map(|(name, group)| (*name, *group));
        let wild = if same.is_some() { None } else { Some(self.wild.iter().copied()) };
        let single = is_wild.then(|| self.all_single());
        let others = wild.into_iter().flatten().chain(single.into_iter().flatten());
        let others = others
            .take_while(|_| !self.effort.is_spent())
            .filter(move |(other, _)| self.effort.overlaps(other, action, Case::Fold))
            .filter(|_| !self.effort.is_spent());
        same.into_iter().chain(others)
    }
}

impl<'a> Actions<'a> {
    fn of(groups: impl Iterator<Item = &'a Group<'a>>, effort: &'a Effort) -> Self {
        let lists =
            Patterns { names: HashMap::new(), single: Vec::new(), wild: Vec::new(), effort };
        let mut all = Self { lists, all_but: Vec::new(), effort };
        for group in groups.filter(|group| !group.meaning.leaves_out_more()) {
            let Some(listed) = group.meaning.all_but() else {
                all.lists.add(group);
                continue;
            };
            let left_out = listed.iter().map(String::as_str).collect();
            all.all_but.push(AllBut { group, left_out, effort });
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
        self.lists.touch(action).next().is_some()
            || self.all_but.iter().any(|one| one.holds_some(action))
    }
}

impl AllBut<'_> {
    fn holds(&self, action: &str) -> bool {
        let mut left_out = self.left_out.iter();
        !self.effort.is_spent()
            && !left_out.any(|out| self.effort.overlaps(out, action, Case::Fold))
    }

    fn holds_some(&self, action: &str) -> bool {
        let mut left_out = self.left_out.iter();
        !self.effort.is_spent()
            && !left_out.any(|out| self.effort.covers(out, action, Case::Fold))
            && !self.effort.is_spent()
    }
}

impl<'a> Allowed<'a> {
    /// Of the grants of a document.
    pub(super) fn of(groups: &'a [Group<'a>], effort: &'a Effort) -> Self {
        let allow = groups.iter().filter(|group| group.meaning.effect == Effect::Allow);
        let deny = groups
            .iter()
            .filter(|group| group.meaning.effect == Effect::Deny && group.meaning.is_unlimited());
        Self { allowed: Actions::of(allow, effort), denied: Actions::of(deny, effort) }
    }

    /// How an action of the other document stands here, whose own document is `theirs`.
    pub(super) fn standing(
        &self,
        theirs: &Self,
        action: &str,
        vocabulary: &dyn Vocabulary,
    ) -> Standing {
        if theirs.denied.hold(action) {
            Standing::Denied
        } else if self.denied.hold(action) || !self.allowed.hold_some(action) {
            Standing::Only
        } else if self.allowed.hold(action) && !self.denied.hold_some(action) {
            Standing::Elsewhere
        } else if self.holds_all_known(action, vocabulary) {
            Standing::Unsure
        } else {
            Standing::Partly
        }
    }

    /// Of a pattern that no grant here covers: are all known actions that it matches allowed? A list of known actions is
    /// never sure to be whole, so nothing more can be told then than that it is not certain.
    fn holds_all_known(&self, action: &str, vocabulary: &dyn Vocabulary) -> bool {
        // A denial of some of it tells more than any list.
        if !pattern::has_wildcard(action) || self.denied.hold_some(action) {
            return false;
        }
        let known = level::known_actions(action, vocabulary);
        !known.is_empty()
            && known.iter().all(|known| {
                let known = form::action(known.name);
                self.allowed.hold(&known)
            })
            && !self.allowed.effort.is_spent()
    }

    /// Is all denied here too that another denial of everything but a list denies?
    fn denies_as(&self, other: &AllBut<'_>) -> bool {
        self.denied.all_but.iter().any(|own| {
            let effort = self.denied.effort;
            own.left_out.iter().all(|left_out| {
                let mut theirs = other.left_out.iter();
                theirs.any(|out| effort.covers(out, left_out, Case::Fold))
            })
        })
    }

    /// What is not allowed here, the actions of `listed` aside; None where that is nearly everything.
    fn lacks(&self, listed: &BTreeSet<String>) -> Option<Vec<(&'a str, &'a Group<'a>)>> {
        let effort = self.allowed.effort;
        if !self.denied.all_but.is_empty() || effort.is_spent() {
            return None;
        }
        let new = |action: &str| {
            effort.is_spent() || !listed.iter().any(|own| effort.covers(own, action, Case::Fold))
        };
        let left_out = self.allowed.all_but.iter().map(|one| -> Vec<(&'a str, &'a Group<'a>)> {
            let left_out = one.left_out.iter().copied().filter(|action| new(action));
            left_out.map(|action| (action, one.group)).collect()
        });
        let mut lacks = left_out.min_by_key(Vec::len)?;
        lacks.extend(self.denied.lists.all().filter(|(action, _)| new(action)));
        Some(lacks)
    }
}

/// Actions that one document allows and the other does not.
#[derive(Default)]
pub(super) struct Lacking {
    /// Those of which that is certain.
    pub(super) certain: Vec<String>,
    /// Those that are everything but a list.
    pub(super) except: Vec<AllButThese>,
    /// Patterns of which the other allows all known actions.
    pub(super) unsure: Vec<String>,
}

/// The actions that `ours` allow, on whatever resource, and `theirs` do not, or not all that a
/// pattern matches.
pub(super) fn not_allowed_by(
    language: Language,
    groups: &[Group<'_>],
    ours: &Allowed<'_>,
    theirs: &Allowed<'_>,
    vocabulary: &dyn Vocabulary,
) -> Lacking {
    let mut seen = HashSet::new();
    let (mut unsure, mut except) = (Vec::new(), Vec::new());
    let mut missing = Vec::new();
    let mut add = |form: &str, spelled: String| {
        if !seen.contains(form) && !ours.denied.hold(form) {
            seen.insert(form.to_owned());
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
                    except.push(AllButThese { words: all, left_out: spelled });
                }
            }
            continue;
        }
        for action in &group.meaning.actions {
            let denied_but = &theirs.denied.all_but;
            // Of names the questions below tell all.
            if pattern::has_wildcard(action)
                && theirs.standing(ours, action, vocabulary) == Standing::Unsure
            {
                let spelled = group.spelled(action);
                if !unsure.contains(&spelled) {
                    unsure.push(spelled);
                }
            } else if !theirs.allowed.hold(action)
                || theirs.denied.hold(action)
                || denied_but.iter().any(|one| one.holds_some(action) && !ours.denies_as(one))
            {
                add(action, group.spelled(action));
            } else {
                // Of a pattern what is denied there, where it can be told.
                let touching = theirs.denied.lists.touch(action);
                for (denied, spells) in touching.filter(|(denied, _)| !ours.denied.hold(denied)) {
                    if theirs.allowed.effort.covers(action, denied, Case::Fold) {
                        add(denied, spells.spelled(denied));
                    } else {
                        add(action, group.spelled(action));
                    }
                }
            }
        }
    }
    Lacking { certain: missing, except, unsure }
}
