//! The known name that is nearest to a misspelled one.

/// The longest text that distances are measured for, in characters.
const LONGEST: usize = 40;

/// The name that was most likely meant, if one is near.
pub(super) fn nearest<'a>(names: &[&'a str], typed: &str) -> Option<&'a str> {
    let typed: Vec<char> = typed.to_lowercase().chars().take(LONGEST).collect();
    let measured = names.iter().filter_map(|name| {
        let letters: Vec<char> = name.to_lowercase().chars().collect();
        let distance = distance(&typed, &letters);
        let near = distance * 3 <= typed.len().max(letters.len()) + 1;
        let begins = typed.len() >= 3 && letters.starts_with(&typed);
        (near || begins).then_some((distance, *name))
    });
    measured.min_by_key(|(distance, _)| *distance).map(|(_, name)| name)
}

/// How many letters must be changed, added, taken away or swapped with their neighbour.
fn distance(one: &[char], other: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    let mut above: Option<char> = None;
    for (i, a) in one.iter().enumerate() {
        let mut next = vec![i + 1];
        let mut left: Option<char> = None;
        for (j, b) in other.iter().enumerate() {
            let at = |row: &[usize], n: usize| row.get(n).copied().unwrap_or(usize::MAX - 1);
            let changed = at(&row, j) + usize::from(a != b);
            let mut least = changed.min(at(&row, j + 1) + 1).min(at(&next, j) + 1);
            if above == Some(*b) && left == Some(*a) && j > 0 {
                least = least.min(at(&before, j - 1) + 1);
            }
            next.push(least);
            left = Some(*b);
        }
        before = std::mem::replace(&mut row, next);
        above = Some(*a);
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_of_the_finger_are_near() {
        let names = ["theme", "dark", "light", "osc52", "high-contrast", "find", "quit-now"];
        for (typed, expected) in [
            ("drak", Some("dark")),
            ("thema", Some("theme")),
            ("osc", Some("osc52")),
            ("HIGH_CONTRAST", Some("high-contrast")),
            ("quit", Some("quit-now")),
            ("fined", Some("find")),
            ("xyzzy", None),
            ("", None),
        ] {
            assert_eq!(nearest(&names, typed), expected, "{typed}");
        }
    }
}
