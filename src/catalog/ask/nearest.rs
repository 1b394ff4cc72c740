//! Names of actions near to what was typed: completions while typing, and suggestions for a name
//! that nobody knows.

use crate::sort;
use std::sync::Arc;

/// The longest name that distances are measured for, in characters.
const LONGEST: usize = 80;

/// Names that what was typed may become, best first: those that begin with it, then those whose
/// part after the colon does, then those that contain it.
pub fn completions(names: &[Arc<str>], typed: &str, most: usize) -> Vec<Arc<str>> {
    let typed = typed.trim().to_lowercase();
    if typed.is_empty() || typed.contains(['*', '?']) {
        return Vec::new();
    }
    let rank = |name: &str| {
        let bare = name.split_once(':').map_or(name, |(_, bare)| bare);
        if name.starts_with(&typed) {
            Some(0)
        } else if bare.starts_with(&typed) {
            Some(1)
        } else if name.contains(&typed) {
            Some(2)
        } else {
            None
        }
    };
    let mut found: Vec<(u8, &Arc<str>)> =
        names.iter().filter_map(|name| Some((rank(&name.to_lowercase())?, name))).collect();
    sort::by_key(&mut found, |(rank, _)| *rank);
    found.into_iter().take(most).map(|(_, name)| Arc::clone(name)).collect()
}

/// Known names similar to one that nobody knows, the most similar first.
pub fn nearest(names: &[Arc<str>], typed: &str, most: usize) -> Vec<Arc<str>> {
    let typed: String =
        typed.to_lowercase().chars().filter(|c| !matches!(c, '*' | '?' | ' ')).collect();
    let bare = typed.trim_start_matches(':').to_owned();
    if bare.is_empty() {
        return Vec::new();
    }
    let with_service = bare.contains(':');
    let asked: Vec<char> = bare.chars().take(LONGEST).collect();
    let mut found: Vec<(usize, &Arc<str>)> = names
        .iter()
        .filter_map(|name| {
            let lower = name.to_lowercase();
            let compared = match lower.split_once(':') {
                Some((_, bare)) if !with_service => bare.to_owned(),
                _ => lower,
            };
            let theirs: Vec<char> = compared.chars().take(LONGEST).collect();
            let distance = distance(&asked, &theirs);
            // More than a third of the letters wrong is no similarity.
            let near = distance * 3 <= asked.len().max(theirs.len());
            (near || compared.contains(&bare)).then_some((distance, name))
        })
        .collect();
    sort::by_key(&mut found, |(distance, _)| *distance);
    found.into_iter().take(most).map(|(_, name)| Arc::clone(name)).collect()
}

/// How many letters must be changed, added or taken away.
fn distance(one: &[char], other: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.iter().enumerate() {
        let mut corner = i;
        let mut left = i + 1;
        let mut next = Vec::with_capacity(row.len());
        next.push(left);
        for (b, above) in other.iter().zip(row.iter().skip(1)) {
            left = (corner + usize::from(a != b)).min(above + 1).min(left + 1);
            corner = *above;
            next.push(left);
        }
        row = next;
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names() -> Vec<Arc<str>> {
        ["ecs:DescribeInstances", "kms:Decrypt", "kms:DescribeKey", "kms:Encrypt"]
            .map(Arc::from)
            .to_vec()
    }

    #[test]
    fn completions_begin_with_what_was_typed() {
        for (typed, expected) in [
            ("kms:de", &["kms:Decrypt", "kms:DescribeKey"][..]),
            ("Desc", &["ecs:DescribeInstances", "kms:DescribeKey"]),
            ("crypt", &["kms:Decrypt", "kms:Encrypt"]),
            ("kms:*", &[]),
            ("", &[]),
        ] {
            let found = completions(&names(), typed, 9);
            assert_eq!(found.iter().map(|n| &**n).collect::<Vec<_>>(), expected, "{typed}");
        }
    }

    #[test]
    fn misspelled_names_find_the_nearest() {
        for (typed, expected) in [
            ("kms:Decrpyt", Some("kms:Decrypt")),
            ("decript", Some("kms:Decrypt")),
            ("*:*encrypts*", Some("kms:Encrypt")),
            ("fc:InvokeFunction", None),
            ("*", None),
        ] {
            let found = nearest(&names(), typed, 1);
            assert_eq!(found.first().map(|n| &**n), expected, "{typed}");
        }
    }
}
