//! The words in which parts of a policy are said: lists, principals, conditions. Text from documents is made safe
//! to show.

mod conditions;

pub use crate::text::visible;
pub use conditions::{case, condition, manner, phrase};

use super::document::{Principal, PrincipalKind};
use super::pattern::{self, Case, arn};
use super::source::Spanned;
use crate::say::{Language, comma_list, is_chinese, said, say};

/// The text of a name, safe to show; an empty one is said to be empty, as it would leave a hole in a sentence, and one
/// that melts into the sentence stands between quotation marks.
pub fn named(language: Language, text: &str) -> String {
    if text.trim().is_empty() {
        return say(language, "an empty name").to_owned();
    }
    let shown = visible(text);
    if melts(&shown) { format!("\"{shown}\"") } else { shown }
}

/// Can parts of a name be taken for words of the sentence around it, such as the `or` of `a or b`?
fn melts(shown: &str) -> bool {
    shown.chars().any(|c| c.is_whitespace() || c == ',' || is_chinese(c))
}

/// `a`, `a or b`, `a, b or c`; the word is "or" or "and".
pub fn join(language: Language, items: &[String], word: &str) -> String {
    let [first @ .., last] = items else { return String::new() };
    if first.is_empty() {
        return last.clone();
    }
    let first = comma_list(language, first);
    match word {
        "or" => said(language, "{} or {}", &[&first, last]),
        _ => said(language, "{} and {}", &[&first, last]),
    }
}

/// Whole clauses one after the other, as against [`join`] for names: `only if a and only if b`.
pub fn clauses(language: Language, items: &[String]) -> String {
    let [first @ .., last] = items else { return String::new() };
    let joined = |before: String, next: &String| said(language, "{}, {}", &[&before, next]);
    match first {
        [] => last.clone(),
        [start, rest @ ..] => {
            let first = rest.iter().fold(start.clone(), joined);
            said(language, "{0} and {1}", &[&first, last])
        }
    }
}

/// The first items and how many there are beyond them: a sentence cannot hold a thousand names.
pub fn first<T>(
    language: Language,
    items: &[T],
    most: usize,
    word: impl Fn(&T) -> String,
) -> Vec<String> {
    let mut shown: Vec<String> = items.iter().take(most).map(word).collect();
    if let Some(more) = items.len().checked_sub(most).filter(|more| *more > 0) {
        shown.push(said(language, "{} more", &[&more.to_string()]));
    }
    shown
}

/// A value that stands in a list and is not told by the text.
pub const UNKNOWN_VALUE: &str = "a value not known here";
/// Such a member of a principal.
pub const UNKNOWN_MEMBER: &str = "someone not known here";

/// Does a list with unknown values need a word for them? Expressions of templates are texts with holes in it, which
/// tell that themselves.
pub(super) fn is_silent<'a>(unknown: bool, mut values: impl Iterator<Item = &'a Spanned>) -> bool {
    unknown && !values.any(|value| value.value.contains("${"))
}

/// The members of a principal in words, the first few.
pub fn members(language: Language, principal: &Principal, most: usize) -> Vec<String> {
    each(language, principal, most, &|kind, value| member(language, kind, value))
}

/// The same of a trust policy: of a name that is no principal which such a policy is documented to have, that is said.
pub(super) fn trusted(language: Language, principal: &Principal, most: usize) -> Vec<String> {
    each(language, principal, most, &|kind, value| {
        let name = member(language, kind, value);
        if kind.is_documented_in_trust(value) {
            name
        } else {
            said(language, "{} (not a documented principal)", &[&name])
        }
    })
}

fn each(
    language: Language,
    principal: &Principal,
    most: usize,
    word: &dyn Fn(&PrincipalKind, &str) -> String,
) -> Vec<String> {
    let mut members =
        first(language, &principal.members, most, |(kind, value)| word(kind, &value.value));
    if is_silent(principal.unknown, principal.members.iter().map(|(_, value)| value)) {
        members.push(say(language, UNKNOWN_MEMBER).to_owned());
    }
    members
}

/// One principal in words: `the service ecs.aliyuncs.com`, `account 123456789012`, `anyone`.
pub fn member(language: Language, kind: &PrincipalKind, value: &str) -> String {
    let shown = visible(value);
    let anyone = kind.is_anyone(value);
    if anyone || value == "*" {
        return match kind {
            PrincipalKind::Service => say(language, "any service").to_owned(),
            PrincipalKind::Federated => say(language, "any identity provider").to_owned(),
            _ => say(language, "anyone").to_owned(),
        };
    }
    if let Some(session) = session(language, value) {
        return session;
    }
    let arn = arn::split(value).filter(|arn| pattern::same(arn.code, "ram", Case::Fold));
    match (kind, arn) {
        (PrincipalKind::Service, _) => said(language, "the service {}", &[&shown]),
        (PrincipalKind::Federated, _) => said(language, "the identity provider {}", &[&shown]),
        (PrincipalKind::Other(kind), _) => format!("{} {shown}", visible(kind)),
        (PrincipalKind::Ram | PrincipalKind::Bare, Some(arn)) => {
            let of = |words: &'static str, of_any: &'static str| match arn.account {
                "*" => say(language, of_any).to_owned(),
                account => said(language, words, &[&visible(account)]),
            };
            match arn.relative.split_once('/') {
                None if arn.relative == "root" => of("account {}", "any account"),
                None if arn.relative == "*" => {
                    of("every user and role of account {}", "every user and role of any account")
                }
                Some(("user", "*")) => of("every user of account {}", "every user of any account"),
                Some(("role", "*")) => of("every role of account {}", "every role of any account"),
                Some(("user", name)) if arn.account == "*" => {
                    said(language, "user {} of any account", &[&visible(name)])
                }
                Some(("role", name)) if arn.account == "*" => {
                    said(language, "role {} of any account", &[&visible(name)])
                }
                Some(("user", name)) => said(
                    language,
                    "user {} of account {}",
                    &[&visible(name), &visible(arn.account)],
                ),
                Some(("role", name)) => said(
                    language,
                    "role {} of account {}",
                    &[&visible(name), &visible(arn.account)],
                ),
                _ => shown,
            }
        }
        (PrincipalKind::Bare, None) => said(language, "the account or user {}", &[&shown]),
        (PrincipalKind::Ram, None) => shown,
    }
}

/// The sessions of a role, as bucket policies name them: `arn:sts::<account>:assumed-role/<role>/<session>`.
fn session(language: Language, value: &str) -> Option<String> {
    let (account, rest) = value.strip_prefix("arn:sts::")?.split_once(':')?;
    let (role, session) = rest.strip_prefix("assumed-role/")?.split_once('/')?;
    let account = match account {
        "*" => say(language, "any account").to_owned(),
        account => said(language, "account {}", &[&visible(account)]),
    };
    Some(match session {
        "*" => said(language, "any session of role {} of {}", &[&visible(role), &account]),
        session => {
            let (session, role) = (visible(session), visible(role));
            said(language, "session {} of role {} of {}", &[&session, &role, &account])
        }
    })
}
