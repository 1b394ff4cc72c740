//! In which order the roles of a product go: a role that others need, or can bring back, goes later.

use super::super::model::{RoleId, Standing, Text};

/// One role has to go before another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Precedence {
    /// This role goes first.
    pub first: RoleId,
    /// This role goes later.
    pub then: RoleId,
    /// Why.
    pub because: Text,
    /// How sure that is.
    pub standing: Standing,
}

/// Sorts roles so that every precedence holds, keeping the given order otherwise; and says whether all hold.
///
/// Precedences that contradict each other cannot all hold; then the given order decides.
pub(super) fn sort(roles: &[RoleId], precedences: &[Precedence]) -> (Vec<RoleId>, bool) {
    let mut holds = precedences.iter().all(|p| p.first != p.then);
    let mut left: Vec<&RoleId> = roles.iter().collect();
    let mut sorted = Vec::with_capacity(roles.len());
    while !left.is_empty() {
        let free = left.iter().position(|role| {
            !precedences
                .iter()
                .any(|p| p.then == **role && p.first != p.then && left.contains(&&p.first))
        });
        holds &= free.is_some();
        sorted.push(left.remove(free.unwrap_or(0)).clone());
    }
    (sorted, holds)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn before(first: &str, then: &str) -> Precedence {
        Precedence {
            first: RoleId::of(first),
            then: RoleId::of(then),
            because: Text::default(),
            standing: Standing::Implied,
        }
    }

    fn sorted(precedences: &[Precedence]) -> String {
        let roles = ["a", "b", "c"].map(RoleId::of);
        let (sorted, holds) = sort(&roles, precedences);
        let names: String = sorted.iter().map(|role| role.0.to_string()).collect();
        if holds { names } else { format!("{names}, not all hold") }
    }

    #[test]
    fn precedences_hold_and_the_order_stays_otherwise() {
        assert_eq!(sorted(&[]), "abc");
        assert_eq!(sorted(&[before("c", "a")]), "bca");
        assert_eq!(sorted(&[before("b", "a"), before("c", "b")]), "cba");
        // A circle: all roles come out, once.
        assert_eq!(sorted(&[before("a", "b"), before("b", "a")]), "cab, not all hold");
        assert_eq!(sorted(&[before("a", "a"), before("x", "a")]), "abc, not all hold");
        assert_eq!(sorted(&[before("x", "a")]), "abc");
    }
}
