//! How many roles touch each service, by the rule of the filter: those that name it, and those with a pattern of any
//! service that means it. Kept up to date while thousands of roles come in.

use std::collections::BTreeMap;

use crate::catalog::Kinds;
use crate::policy::pattern;
use crate::policy::summary::means_service;
use crate::sort;

/// Numbers of roles by service.
#[derive(Clone, Debug, Default)]
pub struct RolesByService {
    /// Those that name a service, by its code.
    named: BTreeMap<String, Kinds>,
    /// Those with patterns of services, by these patterns and the services that they leave alone: most have `*` alone.
    wide: BTreeMap<Key, Wide>,
}

/// Patterns of services, and the codes of services that they leave alone.
type Key = (Vec<String>, Vec<String>);

/// Roles with the same patterns of services.
#[derive(Clone, Debug, Default)]
struct Wide {
    all: Kinds,
    /// How many of them name a service too.
    named: BTreeMap<String, Kinds>,
}

impl RolesByService {
    /// Counts a role with the codes of what it touches and of what its patterns leave alone, or takes it off.
    pub fn change(&mut self, codes: &[&str], left_out: &[&str], change: impl Fn(&mut Kinds)) {
        let (patterns, named): (Vec<&str>, Vec<&str>) =
            codes.iter().partition(|code| pattern::has_wildcard(code));
        for code in &named {
            changed(&mut self.named, code, &change);
        }
        if patterns.is_empty() {
            return;
        }
        let sorted = |codes: &[&str]| {
            let mut codes: Vec<String> = codes.iter().map(|code| (*code).to_owned()).collect();
            sort::by(&mut codes, Ord::cmp);
            codes
        };
        let key = (sorted(&patterns), sorted(left_out));
        let wide = self.wide.entry(key.clone()).or_default();
        change(&mut wide.all);
        for code in &named {
            changed(&mut wide.named, code, &change);
        }
        if wide.all.all() == 0 {
            self.wide.remove(&key);
        }
    }

    /// Does any of the roles have a pattern of services?
    pub fn has_patterns(&self) -> bool {
        !self.wide.is_empty()
    }

    /// The services that a role names, each with how many roles touch it, and how many of these by patterns of any
    /// service alone.
    pub fn services(&self) -> impl Iterator<Item = (&str, Kinds, Kinds)> {
        self.named.iter().map(|(code, named)| {
            let wide = self.by_pattern(code);
            (code.as_str(), [*named, wide].into_iter().sum(), wide)
        })
    }

    /// Does a role name the service?
    pub fn is_named(&self, code: &str) -> bool {
        self.named.contains_key(code)
    }

    /// The roles that touch a service by a pattern of any service, and do not name it.
    pub fn by_pattern(&self, code: &str) -> Kinds {
        let means = |codes: &[String]| codes.iter().any(|one| means_service(one, code));
        let wide = self.wide.iter();
        let wide = wide.filter(|((patterns, left_out), _)| means(patterns) && !means(left_out));
        let alone = wide.map(|(_, wide)| {
            let named = wide.named.get(code).copied().unwrap_or_default();
            Kinds {
                roles: wide.all.roles.saturating_sub(named.roles),
                policies: wide.all.policies.saturating_sub(named.policies),
            }
        });
        alone.sum()
    }
}

/// Changes the number of a code; what is none goes.
fn changed(numbers: &mut BTreeMap<String, Kinds>, code: &str, change: &impl Fn(&mut Kinds)) {
    let number = numbers.entry(code.to_owned()).or_default();
    change(number);
    if number.all() == 0 {
        numbers.remove(code);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::model::RoleKind;

    #[test]
    fn patterns_of_any_service_count_for_each_that_they_mean_and_once() {
        let mut counted = RolesByService::default();
        let add = |number: &mut Kinds| number.add(RoleKind::Ordinary);
        for codes in [&["ecs"][..], &["ecs", "*"], &["*"], &["yundun-*", "kms"], &["yundun-waf"]] {
            counted.change(codes, &[], add);
        }
        let told = |counted: &RolesByService| {
            let services = counted.services();
            services
                .map(|(code, all, wide)| format!("{code} {} {}", all.roles, wide.roles))
                .collect::<Vec<String>>()
        };
        assert_eq!(told(&counted), ["ecs 3 1", "kms 3 2", "yundun-waf 4 3"]);
        counted.change(&["ecs", "*"], &[], |number| number.take(RoleKind::Ordinary));
        counted.change(&["*"], &[], |number| number.take(RoleKind::Ordinary));
        assert_eq!(told(&counted), ["ecs 1 0", "kms 1 0", "yundun-waf 2 1"]);
        // One that leaves services alone counts for the others.
        counted.change(&["*", "ecs"], &["kms", "yundun-*"], add);
        assert_eq!(told(&counted), ["ecs 2 0", "kms 1 0", "yundun-waf 2 1"]);
        counted.change(&["*"], &["ecs"], add);
        assert_eq!(told(&counted), ["ecs 2 0", "kms 2 1", "yundun-waf 3 2"]);
    }
}
