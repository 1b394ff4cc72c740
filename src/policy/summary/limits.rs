//! What limits grants, in words: the same on the screen, in texts and in reference pages.

use super::Terms;
use crate::hash::Set;
use crate::policy::wording::{self, visible};
use crate::say::{Language, comma_list, fill, said, say};

/// So many resources, principals or sets of conditions are named; of more the rest is counted. The policy has them all.
pub const NAMED: usize = 100;

/// A limit in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limit<'a> {
    /// `on acs:oss:*:*:a, acs:oss:*:*:b`
    pub text: String,
    /// What the text only counts, and whether all but that is meant.
    pub rest: Vec<(bool, &'a str)>,
}

/// What is named of a list, and what is only counted.
pub fn named<T>(all: &[T]) -> (&[T], &[T]) {
    // One more name would not be longer than the number of one.
    let most = if all.len() > NAMED + 1 { NAMED } else { all.len() };
    all.split_at(most)
}

/// The resources of some grants, each once. None: everything, which is no limit, or what the policy is attached to.
pub fn resources<'a>(
    language: Language,
    grants: impl IntoIterator<Item = &'a Terms>,
) -> Option<Limit<'a>> {
    // What two lists leave out is not what each of them leaves out: a list of `NotResource` stays together.
    let mut all: Vec<(Option<usize>, &str)> = Vec::new();
    let (mut seen, mut lists) = (Set::default(), Set::default());
    for grant in grants {
        let list = if grant.not_resource {
            if !lists.insert(&*grant.resources) {
                continue;
            }
            Some(lists.len())
        } else {
            None
        };
        for resource in grant.resources.iter().map(String::as_str) {
            if list.is_none() && resource == "*" {
                return None;
            }
            if list.is_some() || seen.insert(resource) {
                all.push((list, resource));
            }
        }
    }
    if all.is_empty() {
        return None;
    }
    let (first, more) = named(&all);
    let chunks = first.chunk_by(|(one, _), (other, _)| one == other);
    let mut words: Vec<String> = chunks
        .map(|chunk| {
            let names: Vec<String> = chunk.iter().map(|(_, name)| visible(name)).collect();
            let names = comma_list(language, &names);
            match chunk.first() {
                Some((Some(_), _)) => fill(say(language, "all but {}"), &[&names]),
                _ => names,
            }
        })
        .collect();
    words.extend(counted(language, more));
    let rest = more.iter().map(|(list, name)| (list.is_some(), *name)).collect();
    let text = fill(say(language, "on {}"), &[&comma_list(language, &words)]);
    Some(Limit { text, rest })
}

/// Whom a grant is for; None in a policy that does not say so.
pub fn principals(language: Language, principals: &[String]) -> Option<Limit<'_>> {
    if principals.is_empty() {
        return None;
    }
    let (first, more) = named(principals);
    let mut names = first.to_vec();
    names.extend(counted(language, more));
    let text = said(language, "for {}", &[&wording::join(language, &names, "and")]);
    Some(Limit { text, rest: more.iter().map(|name| (false, name.as_str())).collect() })
}

fn counted<T>(language: Language, more: &[T]) -> Option<String> {
    (!more.is_empty()).then(|| said(language, "{} more", &[&more.len().to_string()]))
}

impl Terms {
    /// All that limits a grant, each in words; none where nothing does.
    pub fn limits(&self, language: Language) -> Vec<String> {
        let mut all: Vec<String> = Vec::new();
        all.extend(resources(language, [self]).map(|limit| limit.text));
        all.extend(self.conditions.iter().cloned());
        all.extend(principals(language, &self.principals).map(|limit| limit.text));
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::document::Effect;

    fn terms(resources: &[&str], not_resource: bool, principals: &[&str]) -> Terms {
        Terms {
            effect: Effect::Allow,
            not_action: false,
            resources: resources.iter().map(|one| (*one).into()).collect(),
            not_resource,
            conditions: ["only if x is 1".to_owned()].into(),
            principals: principals.iter().map(|one| (*one).into()).collect(),
        }
    }

    #[test]
    fn a_limit_names_resources_conditions_and_whom_it_is_for() {
        for (terms, en, zh) in [
            (terms(&["*"], false, &[]), "only if x is 1", "only if x is 1"),
            (
                terms(&["a", "b"], false, &["anyone"]),
                "on a, b | only if x is 1 | for anyone",
                "对 a、b | only if x is 1 | 授权主体为 anyone",
            ),
            (
                terms(&["a", "b"], true, &["u", "v"]),
                "on all but a, b | only if x is 1 | for u and v",
                "对除 a、b 之外 | only if x is 1 | 授权主体为 u 和 v",
            ),
        ] {
            assert_eq!(terms.limits(Language::English).join(" | "), en);
            assert_eq!(terms.limits(Language::Chinese).join(" | "), zh);
        }
    }

    #[test]
    fn lists_of_what_is_left_out_stay_apart() {
        let all = [
            terms(&["a"], false, &[]),
            terms(&["b", "c"], true, &[]),
            terms(&["c", "b"], true, &[]),
            terms(&["b", "c"], true, &[]),
            terms(&["d", "a"], false, &[]),
        ];
        let limit = resources(Language::English, &all).unwrap();
        assert_eq!(limit.text, "on a, all but b, c, all but c, b, d");
    }

    #[test]
    fn hundreds_of_names_are_counted() {
        let names: Vec<String> = (0..250).map(|n| format!("n{n}")).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let many = terms(&names, false, &names);
        let on = resources(Language::English, [&many]).unwrap();
        assert!(on.text.ends_with("n99, 150 more"), "{}", on.text);
        assert_eq!(on.rest.len(), 150);
        let whom = principals(Language::English, &many.principals).unwrap();
        assert!(whom.text.ends_with("n99 and 150 more"), "{}", whom.text);
        assert_eq!(whom.rest[0], (false, "n100"));
    }
}
