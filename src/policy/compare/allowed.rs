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
    /// Allowed by name or pattern.
    lists: Patterns<'a>,
    /// Those that allow everything but a list.
    all_but: Vec<&'a Group<'a>>,
    /// Denied by name or pattern, whatever the request.
    denied: Patterns<'a>,
    /// Those that deny everything but a list, whatever the request.
    denied_but: Vec<&'a Group<'a>>,
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
    fn add(&mut self, group: &'a Group<'a>, most: usize) {
        for action in &group.meaning.actions {
            if pattern::has_wildcard(action) {
                if self.wild.len() < most {
                    self.wild.push((action, group));
                }
            } else if self.first.len() < most {
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

    /// Those that share something with it.
    fn touch(&self, action: &str) -> Vec<(&'a str, &'a Group<'a>)> {
        let wild = self.wild.iter().copied();
        let wild = wild.filter(|(wild, _)| pattern::overlaps(wild, action, Case::Fold));
        let first: &[&str] = if pattern::has_wildcard(action) { &self.first } else { &[] };
        let named = first.iter().filter(|name| pattern::matches(action, name, Case::Fold));
        wild.chain(named.filter_map(|name| Some((*name, *self.names.get(name)?)))).collect()
    }
}

impl<'a> Allowed<'a> {
    /// Of the grants of a document, for so many questions.
    pub(super) fn of(groups: &'a [Group<'a>], questions: usize) -> Self {
        let most = patterns_for(questions);
        let mut allowed = Self {
            lists: Patterns::default(),
            all_but: Vec::new(),
            denied: Patterns::default(),
            denied_but: Vec::new(),
        };
        let (mut room, mut denied_room) = (most.max(64), most.max(64));
        for group in groups {
            let (lists, all_but, room) = match group.meaning.effect {
                Effect::Allow => (&mut allowed.lists, &mut allowed.all_but, &mut room),
                Effect::Deny if group.meaning.is_unlimited() => {
                    (&mut allowed.denied, &mut allowed.denied_but, &mut denied_room)
                }
                _ => continue,
            };
            match group.meaning.all_but() {
                None => lists.add(group, most),
                Some(listed) => {
                    if let Some(rest) = room.checked_sub(listed.len()) {
                        *room = rest;
                        all_but.push(group);
                    }
                }
            }
        }
        allowed
    }

    /// Does some grant allow all of it, or several together?
    fn allows(&self, action: &str) -> bool {
        self.lists.cover(action) || self.all_but.iter().any(|group| leaves(group, action))
    }

    /// Is all of it denied, whatever the request?
    pub(super) fn denies(&self, action: &str) -> bool {
        self.denied.cover(action) || self.denied_but.iter().any(|group| leaves(group, action))
    }

    /// Is some of it denied, whatever the request?
    fn denies_some(&self, action: &str) -> bool {
        !self.denied.touch(action).is_empty()
            || self.denied_but.iter().any(|group| leaves_some(group, action))
    }

    /// How an action of the other document stands here, whose own document is `theirs`.
    pub(super) fn standing(&self, theirs: &Self, action: &str) -> Standing {
        if theirs.denies(action) {
            Standing::Denied
        } else if self.denies(action) {
            Standing::Only
        } else if self.allows(action) && !self.denies_some(action) {
            Standing::Elsewhere
        } else if self.allows(action)
            || !self.lists.touch(action).is_empty()
            || self.all_but.iter().any(|group| leaves_some(group, action))
        {
            Standing::Partly
        } else {
            Standing::Only
        }
    }

    /// The actions of `listed` aside, what is not allowed here; None where that is nearly everything.
    fn lacks(&self, listed: &BTreeSet<String>) -> Option<Vec<(&'a str, &'a Group<'a>)>> {
        if !self.denied_but.is_empty() {
            return None;
        }
        let new = |action: &str| !listed.iter().any(|own| pattern::covers(own, action, Case::Fold));
        let left_out = self.all_but.iter().map(|group| -> Vec<(&'a str, &'a Group<'a>)> {
            let listed = group.meaning.all_but().into_iter().flatten();
            let listed = listed.filter(|action| new(action) && !self.allows(action));
            listed.map(|action| (action.as_str(), *group)).collect()
        });
        let mut lacks = left_out.min_by_key(Vec::len)?;
        let denied = self.denied.wild.iter().copied();
        let named = self.denied.first.iter();
        let named = named.filter_map(|name| Some((*name, *self.denied.names.get(name)?)));
        lacks.extend(denied.chain(named).filter(|(action, _)| new(action)));
        Some(lacks)
    }
}

/// Does the grant of everything but a list leave all of it?
fn leaves(group: &Group<'_>, action: &str) -> bool {
    let mut listed = group.meaning.all_but().into_iter().flatten();
    !listed.any(|listed| pattern::overlaps(listed, action, Case::Fold))
}

/// Does it leave some of it?
fn leaves_some(group: &Group<'_>, action: &str) -> bool {
    let mut listed = group.meaning.all_but().into_iter().flatten();
    !listed.any(|listed| pattern::covers(listed, action, Case::Fold))
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
        if !ours.denies(form) && seen.insert(form.to_owned()) {
            missing.push(spelled);
        }
    };
    for group in groups.iter().filter(|group| group.meaning.effect == Effect::Allow) {
        if let Some(listed) = group.meaning.all_but() {
            match theirs.lacks(listed) {
                Some(lacking) => {
                    lacking.into_iter().for_each(|(form, group)| add(form, group.spelled(form)));
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
            if !theirs.allows(action) || theirs.denies(action) {
                add(action, group.spelled(action));
            } else if theirs.denied_but.iter().any(|but| leaves_some(but, action)) {
                add(action, group.spelled(action));
            } else {
                // Of a pattern what is denied there, where it can be told.
                for (denied, spells) in theirs.denied.touch(action) {
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
