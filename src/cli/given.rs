//! What is given with a request, read beside the policies that decide on it: where the key of `KEY=VALUE` ends, whether a
//! key is asked for at all, and whether anybody knows the action.

use super::answer::Trouble;
use crate::catalog::Catalog;
use crate::catalog::ask;
use crate::near;
use crate::policy::document::Document;
use crate::policy::evaluate::SESSION;
use crate::policy::pattern::{self, arn};
use crate::policy::request::Context;
use crate::policy::wording::visible;
use crate::say::{Language, said, saying};

/// Names that a sentence tells.
const NEAR: usize = 4;

/// Context keys that a sentence tells.
const UNASKED: usize = 10;

/// Keys and values, each split where the longest key ends that a condition of the policies asks for: keys of tags may hold
/// an equals sign. Other keys end at the first one.
pub fn context<'d>(
    pairs: &[(String, String)],
    documents: impl IntoIterator<Item = &'d Document>,
) -> Vec<(String, String)> {
    if !pairs.iter().any(|(_, value)| value.contains('=')) {
        return pairs.to_vec();
    }
    let asked = keys(documents);
    let split = |(key, value): &(String, String)| {
        let whole = format!("{key}={value}");
        let mut ends = whole.match_indices('=').map(|(at, _)| at);
        let longest = ends.rfind(|at| is_asked(&asked, whole.get(..*at)));
        let pair = longest.and_then(|at| Some((whole.get(..at)?, whole.get(at + 1..)?)));
        let (key, value) = pair.unwrap_or((key, value));
        (key.trim().to_owned(), value.to_owned())
    };
    pairs.iter().map(split).collect()
}

/// Of each key that no condition of the policies asks for, that it decides nothing.
pub fn unasked<'d>(
    lang: Language,
    pairs: &[(String, String)],
    documents: impl IntoIterator<Item = &'d Document>,
) -> Vec<String> {
    if pairs.is_empty() {
        return Vec::new();
    }
    let asked = keys(documents);
    let mut told: Vec<&str> = Vec::new();
    for (key, _) in pairs {
        if !is_asked(&asked, Some(key)) && !told.contains(&key.as_str()) && told.len() < UNASKED {
            told.push(key);
        }
    }
    let sentence = |key: &str| said(lang, "No statement asks for {}.", &[&visible(key)]);
    told.into_iter().map(sentence).collect()
}

/// That a principal is none that asks: each is named in full, has an ID or is the host name of a service.
pub fn principal(lang: Language, typed: Option<&str>) -> Option<String> {
    let is_known = |typed: &str| {
        arn::split(typed).is_some()
            || typed.starts_with(SESSION)
            || pattern::has_wildcard(typed)
            || typed.bytes().all(|byte| byte.is_ascii_digit())
            || typed.contains('.') && !typed.contains([':', '/', '@', ' '])
    };
    let wrong = typed.filter(|typed| !is_known(typed))?;
    let sentence = "{} is no principal in full, so no policy is about it: one is acs:ram::<account>:user/<name>, acs:ram::<account>:role/<name>, an account or user ID, or a service such as ecs.aliyuncs.com.";
    Some(said(lang, sentence, &[&visible(wrong)]))
}

/// The keys of all conditions.
fn keys<'d>(documents: impl IntoIterator<Item = &'d Document>) -> Context {
    let mut keys = Context::default();
    for document in documents {
        let conditions = document.statements.iter().flat_map(|statement| &statement.conditions);
        conditions.for_each(|condition| keys.absent(&condition.key.value));
    }
    keys
}

fn is_asked(keys: &Context, key: Option<&str>) -> bool {
    key.is_some_and(|key| keys.values(key.trim()).is_some())
}

/// That the action is unknown and which known ones are near to it, if there are such. Errors: what was typed is no action.
pub fn action(
    lang: Language,
    typed: &str,
    catalog: &Catalog,
    documents: &[&Document],
) -> Result<Option<String>, Trouble> {
    let near = || {
        let names = ask::action_names(catalog, documents.iter().copied());
        ask::nearest(&names, typed, NEAR)
    };
    if typed.trim().is_empty() {
        let why =
            "no action is given; actions are named service:Name, such as ecs:DescribeInstances";
        return Err(Trouble::new(saying(why)));
    }
    if pattern::has_wildcard(typed) {
        return Ok(None);
    }
    if !typed.contains(':') {
        let near: Vec<String> = near().iter().map(|name| visible(name)).collect();
        return Err(Trouble::new(if near.is_empty() {
            saying("the action {} has no service; actions are named service:Name, such as ecs:DescribeInstances")
                .with(typed)
        } else {
            saying("the action {} has no service; actions are named service:Name; near to it: {}")
                .with(typed)
                .list(near)
        }));
    }
    if catalog.actions().get(typed).is_some() {
        return Ok(None);
    }
    // Few of the actions that there are stand in the catalogue: only a slip is told, not all that is alike.
    let mut near = near();
    near.retain(|name| near::is_slip(typed, name));
    let known = near.iter().any(|name| pattern::same(name, typed, pattern::Case::Fold));
    if near.is_empty() || known {
        return Ok(None);
    }
    let names = near.iter().map(|name| visible(name));
    let sentence =
        saying("{} is not among the actions known here; near to it: {}.").with(visible(typed));
    Ok(Some(sentence.list(names).said(lang)))
}
