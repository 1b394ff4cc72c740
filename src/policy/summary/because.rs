//! Why a pattern of every action of one service has the level that it has: two such patterns look alike and differ in it.

use super::GrantedAction;
use super::denies::Denies;
use crate::policy::level::{self, AccessLevel};
use crate::policy::pattern::{self, Case};
use crate::policy::vocabulary::Vocabulary;
use crate::policy::wording::{self, visible};
use crate::say::{Language, said, say};

/// Exceptions of a denial that are named.
const NAMED: usize = 4;

/// Exceptions of a denial that are held against those of an Allow; of more nothing is said.
const PAIRS: usize = 1_000;

/// What is left of a pattern where everything but some is denied, behind what it means.
pub(super) fn left(
    language: Language,
    action: &GrantedAction,
    denies: &mut Denies<'_>,
) -> Option<String> {
    let means = action.meaning.clone();
    let left = if action.is_pattern() { denies.left_of(&action.name) } else { None };
    let Some((statement, mut left)) = left else { return means };
    let except = action.except.as_deref().unwrap_or_default();
    if left.len().saturating_mul(except.len()) > PAIRS {
        return means;
    }
    let is_out = |name: &str| except.iter().any(|except| pattern::covers(except, name, Case::Fold));
    left.retain(|name| !is_out(name));
    if left.is_empty() {
        return means;
    }
    let names = wording::first(language, &left, NAMED, |name| visible(name));
    let names = wording::join(language, &names, "and");
    let number = (statement + 1).to_string();
    let left = said(language, "statement {} leaves only {} of it", &[&number, &names]);
    Some(match means {
        Some(means) => said(language, "{}; {}", &[&means, &left]),
        None => left,
    })
}

/// What the pattern means, with the action that makes its level permissions, or that none does; as it was where the
/// action is no such pattern, or a denial has lowered its level. What is denied makes no level.
pub(super) fn told(
    language: Language,
    action: &GrantedAction,
    vocabulary: &dyn Vocabulary,
    denies: &mut Denies<'_>,
) -> Option<String> {
    let means = action.meaning.clone();
    let Some((code, name)) = action.name.split_once(':') else { return means };
    if pattern::has_wildcard(code) || !pattern::matches_anything(name) {
        return means;
    }
    let means = means.unwrap_or_else(|| say(language, "covers every action").to_owned());
    if action.level == AccessLevel::Permissions {
        let mut through = level::permissions_through(&action.name, vocabulary);
        let through = through.find(|one| !denies.is_denied(one));
        let named = through.and_then(|one| one.split_once(':'));
        return Some(match named {
            Some((_, one)) => said(language, "{}; permissions by {}", &[&means, one]),
            None => means,
        });
    }
    if level::of(&action.name, vocabulary).0 == AccessLevel::Permissions {
        return Some(means);
    }
    let sentence = if level::known_actions(&action.name, vocabulary).is_empty() {
        "{}; none of them is known here"
    } else {
        "{}; none that is known manages permissions"
    };
    Some(said(language, sentence, &[&means]))
}

#[cfg(test)]
mod tests {
    use crate::policy::read::document;
    use crate::policy::source::Source;
    use crate::policy::summary::summarize_in;
    use crate::policy::vocabulary::{Nothing, Vocabulary};
    use crate::say::Language;

    fn meaning(language: Language, action: &str, known: &dyn Vocabulary) -> String {
        let text = format!(
            r#"{{"Version":"1","Statement":[{{"Effect":"Allow","Action":"{action}","Resource":"*"}}]}}"#
        );
        let read = document(&Source::from(text)).unwrap();
        let summary = summarize_in(language, &read.document, known);
        let groups = summary.services.iter().flat_map(|service| &service.levels);
        let actions: Vec<_> = groups.flat_map(|group| &group.actions).collect();
        actions[0].meaning.clone().unwrap_or_default()
    }

    #[test]
    fn the_level_of_a_whole_service_is_explained() {
        for (action, en, zh) in [
            (
                "ecs:*",
                "covers every action; permissions by CreateNetworkInterfacePermission",
                "涵盖所有操作；因 CreateNetworkInterfacePermission 而属权限级别",
            ),
            (
                "made:*",
                "covers every action; none of them is known here",
                "涵盖所有操作；其中没有已知的操作",
            ),
            ("*", "covers every action", "涵盖所有操作"),
            // Known for what it does, whether or not a page of the catalogue has it.
            (
                "oss:Delete*",
                "covers every action of such a name; DeletePublicAccessBlock is one",
                "涵盖所有此类名称的操作；其中包括 DeletePublicAccessBlock",
            ),
            (
                "oss:Made*",
                "covers every action of such a name; none of them is known here",
                "涵盖所有此类名称的操作；其中没有已知的操作",
            ),
        ] {
            assert_eq!(meaning(Language::English, action, &Nothing), en, "{action}");
            assert_eq!(meaning(Language::Chinese, action, &Nothing), zh, "{action}");
        }
    }
}
