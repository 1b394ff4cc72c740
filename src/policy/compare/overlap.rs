//! Do two documents speak of any action in common?

use std::collections::HashSet;

use super::effort::Effort;
use super::group::Group;
use crate::policy::document::Effect;
use crate::policy::pattern::{self, Case};

/// Is it sure that no action is spoken of by grants of both with the same effect? Resources,
/// principals and conditions are not looked at. Where it is not tried to the end, it is not sure.
pub(super) fn disjoint(left: &[Group<'_>], right: &[Group<'_>], effort: &Effort) -> bool {
    let apart = |effect| {
        let (one, other) = (Actions::of(left, effect), Actions::of(right, effect));
        one.is_empty() || other.is_empty() || one.apart(&other, effort)
    };
    apart(Effect::Allow) && apart(Effect::Deny) && !effort.is_spent()
}

/// What all grants of an effect speak of.
#[derive(Default)]
struct Actions<'a> {
    names: HashSet<&'a str>,
    wild: Vec<&'a str>,
    /// The lists of those that are of everything but a list.
    all_but: Vec<Vec<&'a str>>,
    /// There are actions that the text does not tell.
    unknown: bool,
}

impl<'a> Actions<'a> {
    fn of(groups: &'a [Group<'_>], effect: Effect) -> Self {
        let mut all = Self::default();
        for meaning in groups.iter().map(|group| &group.meaning) {
            if meaning.effect != effect {
                continue;
            }
            let [unknown, ..] = meaning.unknown;
            all.unknown |= unknown;
            let actions = meaning.actions.iter().map(String::as_str);
            if meaning.not_action {
                all.all_but.push(actions.collect());
                continue;
            }
            for action in actions {
                if pattern::has_wildcard(action) {
                    all.wild.push(action);
                } else {
                    all.names.insert(action);
                }
            }
        }
        all
    }

    fn is_empty(&self) -> bool {
        !self.unknown && self.all_but.is_empty() && self.wild.is_empty() && self.names.is_empty()
    }

    fn listed(&self) -> impl Iterator<Item = &'a str> {
        self.wild.iter().chain(&self.names).copied()
    }

    fn apart(&self, other: &Self, effort: &Effort) -> bool {
        let both_leave_out = !self.all_but.is_empty() && !other.all_but.is_empty();
        !self.unknown
            && !other.unknown
            && !both_leave_out
            && self.is_left_out_by(other, effort)
            && other.is_left_out_by(self, effort)
            && self.names.is_disjoint(&other.names)
            && !self.has_pattern_in(other, effort)
            && !other.has_pattern_in(self, effort)
    }

    /// Is all that is listed here left out by everyone there who speaks of all but a list?
    fn is_left_out_by(&self, other: &Self, effort: &Effort) -> bool {
        let within = |left_out: &[&str], own: &str| {
            !effort.is_spent() && left_out.iter().any(|out| effort.covers(out, own, Case::Fold))
        };
        other.all_but.iter().all(|left_out| self.listed().all(|own| within(left_out, own)))
    }

    /// Is there something listed there that a pattern of this side meets?
    fn has_pattern_in(&self, other: &Self, effort: &Effort) -> bool {
        let meets = |wild: &str| other.listed().any(|two| effort.overlaps(wild, two, Case::Fold));
        self.wild.iter().any(|wild| meets(wild))
    }
}
