//! Names of actions near to what was typed: completions while typing, and suggestions for a name
//! that nobody knows.

use std::sync::Arc;

use crate::near;
use crate::sort;

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

/// Known names near to one that nobody knows, the nearest first. Without a service only the parts after the colon are
/// compared.
pub fn nearest(names: &[Arc<str>], typed: &str, most: usize) -> Vec<Arc<str>> {
    let typed: String = typed.chars().filter(|c| !matches!(c, '*' | '?' | ' ')).collect();
    let typed = typed.trim_start_matches(':');
    let with_service = typed.contains(':');
    let near = near::nearest(
        typed,
        names,
        |name| match name.split_once(':') {
            Some((_, bare)) if !with_service => bare,
            _ => name,
        },
        most,
    );
    near.into_iter().cloned().collect()
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
