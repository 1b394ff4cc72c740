//! How lists tell of a role whether the account has it.

use crate::catalog::Catalog;
use crate::catalog::model::Role;
use crate::catalog::observed::Observation;
use crate::say::{Language, say};

/// The mark of a role that the account has or does not have, in front of its name; nothing where that is not known.
pub(super) fn mark(role: &Role, catalog: &Catalog) -> &'static str {
    match catalog.observation(&role.id) {
        None => "",
        Some(seen) if seen.exists => "● ",
        Some(_) => "○ ",
    }
}

/// What these marks mean, where there is an account.
pub(super) fn marks(catalog: &Catalog, lang: Language) -> Option<&'static str> {
    catalog.account().map(|_| say(lang, "● in the account, ○ not in it."))
}

/// Whether a role is in the account, marked as on the screen, and with which version of its policy; nothing of one that
/// was not looked for there.
pub(super) fn in_words(seen: Option<&Observation>, lang: Language) -> String {
    let Some(seen) = seen else { return String::new() };
    match Some(seen).filter(|seen| seen.exists) {
        None => format!("○ {}", say(lang, "not in the account")),
        Some(seen) => match &seen.version {
            Some(version) => format!("● {version}"),
            None => format!("● {}", say(lang, "in the account")),
        },
    }
}
