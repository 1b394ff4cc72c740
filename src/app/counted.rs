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
    /// Those with patterns of services, by these patterns: most have `*` alone.
    wide: BTreeMap<Vec<String>, Wide>,
}

/// Roles with the same patterns of services.
#[derive(Clone, Debug, Default)]
struct Wide {
    all: Kinds,
    /// How many of them name a service too.
    named: BTreeMap<String, Kinds>,
}

impl RolesByService {
    /// Counts a role with the codes of what it touches, or takes it off.
    pub fn change(&mut self, codes: &[&str], change: impl Fn(&mut Kinds)) {
        let (patterns, named): (Vec<&str>, Vec<&str>) =
            codes.iter().partition(|code| pattern::has_wildcard(code));
        for code in &named {
            changed(&mut self.named, code, &change);
        }
        if patterns.is_empty() {
            return;
        }
        let mut key: Vec<String> = patterns.into_iter().map(str::to_owned).collect();
        sort::by(&mut key, Ord::cmp);
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
        let wide = self
            .wide
            .iter()
            .filter(|(patterns, _)| patterns.iter().any(|pattern| means_service(pattern, code)));
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
            counted.change(codes, add);
        }
        let told = |counted: &RolesByService| {
            let services = counted.services();
            services
                .map(|(code, all, wide)| format!("{code} {} {}", all.roles, wide.roles))
                .collect::<Vec<String>>()
        };
        assert_eq!(told(&counted), ["ecs 3 1", "kms 3 2", "yundun-waf 4 3"]);
        counted.change(&["ecs", "*"], |number| number.take(RoleKind::Ordinary));
        counted.change(&["*"], |number| number.take(RoleKind::Ordinary));
        assert_eq!(told(&counted), ["ecs 1 0", "kms 1 0", "yundun-waf 2 1"]);
    }
}
