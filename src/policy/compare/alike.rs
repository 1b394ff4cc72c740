//! How much two policies speak of the same actions: what a list of policies to compare with is put in order by. Their
//! actions alone are read.

use std::cmp::Reverse;

use super::effort::Effort;
use crate::policy::json::Limits;
use crate::policy::pattern::{self, Case, Hashes};
use crate::policy::read;
use crate::policy::read::plain::Plain;
use crate::policy::source::Written;

/// What two policies have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Shared {
    /// So many actions are named by both; nothing else is told of what their patterns have in common.
    Actions(usize),
    /// The same, and some of them are patterns.
    Patterns(usize),
    /// Both name none alike, but patterns of theirs match the same names.
    Overlap,
    /// One of them cannot be read, or it is not known whether they have anything in common.
    Unknown,
    /// Nothing.
    Nothing,
}

/// How alike two policies are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Alike {
    /// What they have in common.
    pub shared: Shared,
    /// Of all that either names the part that both do, in ten thousandths.
    part: usize,
}

impl Alike {
    /// What to sort by, the most alike first. Two large policies share much by their size alone.
    pub fn rank(self) -> impl Ord {
        let (class, count) = match self.shared {
            Shared::Actions(count) | Shared::Patterns(count) => (0, count),
            Shared::Overlap => (1, 0),
            Shared::Unknown => (2, 0),
            Shared::Nothing => (3, 0),
        };
        (class, Reverse(self.part), Reverse(count))
    }
}

/// The actions of a policy, to hold others against them.
#[derive(Debug)]
pub struct Measure {
    named: Option<Named>,
    hashes: Hashes,
    effort: Effort,
}

/// What a policy names, as it is written.
#[derive(Debug, Default)]
struct Named {
    actions: Vec<String>,
    /// The lists of what is left out by grants of everything else.
    left_out: Vec<Vec<String>>,
    /// There are actions that the text does not tell.
    unknown: bool,
}

impl Named {
    fn of(text: &(impl Written + ?Sized)) -> Option<Self> {
        let mut named = Self::default();
        let as_it_stands = text.template().is_none();
        if let Some(plain) =
            as_it_stands.then(|| Plain::of(text.text(), &Limits::default())).flatten()
        {
            for statement in plain.whole()?.statements() {
                named.actions.extend(statement.actions.iter().map(|action| (*action).to_owned()));
            }
            return Some(named);
        }
        let read = read::document(text).ok()?;
        for clause in read.document.statements.iter().filter_map(|one| one.action.as_ref()) {
            named.unknown |= clause.unknown;
            let values = clause.values.iter().map(|value| value.value.to_string());
            if clause.negated {
                named.left_out.push(values.collect());
            } else {
                named.actions.extend(values);
            }
        }
        Some(named)
    }
}

impl Measure {
    /// Holds others against this policy.
    pub fn new(text: &(impl Written + ?Sized)) -> Self {
        let named = Named::of(text);
        let actions = named.iter().flat_map(|named| &named.actions);
        let hashes = actions.map(|action| pattern::hash(action)).collect();
        Self { named, hashes, effort: Effort::new() }
    }

    /// How alike another one is.
    pub fn alike(&self, text: &(impl Written + ?Sized)) -> Alike {
        let unknown = Alike { shared: Shared::Unknown, part: 0 };
        let (Some(ours), Some(theirs)) = (&self.named, Named::of(text)) else { return unknown };
        let mut seen = Hashes::default();
        let (mut shared, mut patterns) = (0, false);
        for action in &theirs.actions {
            let hash = pattern::hash(action);
            if seen.insert(hash) && self.hashes.contains(&hash) {
                shared += 1;
                patterns |= pattern::has_wildcard(action);
            }
        }
        let all = self.hashes.len() + seen.len() - shared;
        let part = shared * 10_000 / all.max(1);
        let shared = match shared {
            0 => self.overlap(ours, &theirs),
            _ if patterns => Shared::Patterns(shared),
            _ => Shared::Actions(shared),
        };
        Alike { shared, part }
    }

    /// What policies have in common that name no action alike.
    fn overlap(&self, ours: &Named, theirs: &Named) -> Shared {
        let meet = self.patterns_meet(ours, theirs)
            || self.patterns_meet(theirs, ours)
            || self.is_beyond(ours, theirs)
            || self.is_beyond(theirs, ours);
        let is_open = |named: &Named| named.unknown || !named.left_out.is_empty();
        match meet {
            _ if self.effort.is_spent() => Shared::Unknown,
            true => Shared::Overlap,
            false if is_open(ours) || is_open(theirs) => Shared::Unknown,
            false => Shared::Nothing,
        }
    }

    /// Does a pattern of the one match something that the other names?
    fn patterns_meet(&self, one: &Named, other: &Named) -> bool {
        let mut wild = one.actions.iter().filter(|action| pattern::has_wildcard(action));
        wild.any(|wild| {
            other.actions.iter().any(|action| self.effort.overlaps(wild, action, Case::Fold))
        })
    }

    /// Does the one name something that a grant of everything else in the other surely does not leave out?
    fn is_beyond(&self, one: &Named, other: &Named) -> bool {
        let meets = |out: &String, action: &String| self.effort.overlaps(out, action, Case::Fold);
        other.left_out.iter().any(|left_out| {
            one.actions.iter().any(|action| !left_out.iter().any(|out| meets(out, action)))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_said_that_is_not_so() {
        let policy = |name: &str, actions: &str| {
            format!(
                r#"{{"Version":"1","Statement":[{{"Effect":"Allow","{name}":[{actions}],"Resource":"*"}}]}}"#
            )
        };
        let actions = |list: &str| policy("Action", list);
        let but = |list: &str| policy("NotAction", list);
        for (one, other, shared) in [
            (actions(r#""ecs:Run","oss:Get""#), actions(r#""ECS:run""#), Shared::Actions(1)),
            (actions(r#""ecs:*""#), actions(r#""Ecs:*","oss:Get""#), Shared::Patterns(1)),
            (actions(r#""ecs:*""#), actions(r#""ecs:Run""#), Shared::Overlap),
            (actions(r#""ecs:*Disk""#), actions(r#""*:Describe*""#), Shared::Overlap),
            (actions(r#""ecs:*""#), actions(r#""oss:Get""#), Shared::Nothing),
            (actions(r#""ecs:Run""#), actions(r#""ecs:Stop""#), Shared::Nothing),
            (actions(r#""ecs:*""#), but(r#""ram:*""#), Shared::Overlap),
            (actions(r#""ram:GetUser""#), but(r#""ram:*""#), Shared::Unknown),
            (but(r#""ecs:*""#), but(r#""ram:*""#), Shared::Unknown),
            (actions(r#""ecs:Run""#), "[".to_owned(), Shared::Unknown),
            (actions(r#""ecs:Run""#), r#"{"Statement":[]}"#.to_owned(), Shared::Nothing),
        ] {
            assert_eq!(Measure::new(&one).alike(&other).shared, shared, "{one} {other}");
            assert_eq!(Measure::new(&other).alike(&one).shared, shared, "{other} {one}");
        }
    }

    #[test]
    fn the_most_alike_come_first() {
        let alike = |shared, part| Alike { shared, part };
        let order = [
            alike(Shared::Actions(3), 5_000),
            alike(Shared::Patterns(9), 300),
            alike(Shared::Actions(8), 300),
            alike(Shared::Overlap, 0),
            alike(Shared::Unknown, 0),
            alike(Shared::Nothing, 0),
        ];
        assert!(order.is_sorted_by_key(|one| one.rank()), "{order:?}");
    }
}
