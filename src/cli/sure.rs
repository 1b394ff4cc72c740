//! How sure a policy is on which an answer rests: as data, and as it is said beside the answer.

use serde_json::{Value, json};

use super::page::Page;
use crate::catalog::Catalog;
use crate::catalog::model::{Policy, Role};
use crate::say::{Language, said, say};

/// How sure a policy is, as data: is its text whole, its standing, and what is missing or reconstructed. Each is null
/// where there is no policy of a role, the last one also where the text is whole.
pub fn sureness(catalog: &Catalog, role: Option<&Role>) -> [Value; 3] {
    let policy = role.and_then(|role| role.policy.as_ref());
    let whole = policy.map(|policy| policy.warning().is_none());
    let standing = role.and_then(|role| catalog.policy_words(role)).map(|words| words.en);
    let warning = policy.and_then(Policy::warning).map(|warning| &warning.en);
    [json!(whole), json!(standing), json!(warning)]
}

/// What must be said of a policy that is not whole.
pub fn not_whole(page: &mut Page, policy: Option<&Policy>, lang: Language) {
    let Some((policy, warning)) = policy.and_then(|policy| Some((policy, policy.warning()?)))
    else {
        return;
    };
    page.heading(say(lang, "The policy text is not whole"));
    page.points(vec![
        (0, warning.get(lang).to_owned()),
        (0, said(lang, "The true text: {}", &[&policy.fetch_command()])),
    ]);
}

/// The same beside an answer that rests on its text, with the notes on that.
pub fn about_text(page: &mut Page, policy: Option<&Policy>, lang: Language) {
    let Some(policy) = policy.filter(|policy| !policy.is_sure()) else { return };
    not_whole(page, Some(policy), lang);
    if !policy.notes.is_empty() {
        page.heading(say(lang, "Notes"));
        page.points(policy.notes.iter().map(|note| (0, note.get(lang).to_owned())).collect());
    }
}
