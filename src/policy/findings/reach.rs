//! Actions that reach further than their name tells: they run code on machines, hand out secrets, end the audit trail.

use super::grants::is_of_the_account;
use super::{At, Found, Named, Severity, is_every_action, is_open, limited, named, on, shown};
use crate::hash;
use crate::policy::document::{Clause, Effect, Statement};
use crate::policy::pattern::{self, Case, arn};
use crate::policy::source::Spanned;
use crate::policy::wording;
use crate::say::{said, say};
use std::cell::OnceCell;

/// What some actions reach.
struct Kind {
    /// The actions, `service:Name`, each with the relative parts of all that it is checked against.
    actions: &'static [(&'static str, &'static [&'static str])],
    /// What it means, in English.
    meaning: &'static str,
}

/// The kinds. Sources: ECS, "Overview of Cloud Assistant" (commands run as root or System unless another user is named),
/// `SendFile` (files are root's unless another user is named) and "Session Manager", with "Instance RAM roles" for the
/// token; Simple Application Server, `RunCommand`, `InvokeCommand` and `StartTerminalSession`; Elastic Container Instance,
/// `ExecContainerCommand`; RAM, `UnbindMFADevice`; KMS, "Use RAM to control access to KMS resources"
/// (secrets are `secret/<name>`); `ActionTrail`, "RAM authorization" (older pages: the whole of the account); Simple Log
/// Service, `DeleteProject` and `DeleteLogStore`.
const KINDS: [Kind; 8] = [
    Kind {
        actions: &[
            ("ecs:RunCommand", &["instance/*"]),
            ("ecs:InvokeCommand", &["instance/*", "command/*"]),
            ("ecs:StartTerminalSession", &["instance/*"]),
        ],
        meaning: "It runs commands on every instance, as root unless another user is named, and with the rights of the role of the instance.",
    },
    Kind {
        actions: &[("ecs:SendFile", &["instance/*"])],
        meaning: "It writes files on every instance, as root unless another user is named: what the instance runs can be among them.",
    },
    Kind {
        actions: &[
            ("swas-open:RunCommand", &["instance/*"]),
            ("swas-open:InvokeCommand", &["instance/*"]),
            ("swas-open:StartTerminalSession", &["instance/*"]),
        ],
        meaning: "It runs commands on every simple application server.",
    },
    Kind {
        actions: &[("eci:ExecContainerCommand", &["containergroup/*"])],
        meaning: "It runs commands in every elastic container instance, and with the rights of the role that the instance has.",
    },
    Kind {
        actions: &[
            ("ram:UnbindMFADevice", &["user/*"]),
            ("ims:UnbindMFADevice", &["user/*"]),
            ("ims:DisableVirtualMFA", &["user/*"]),
        ],
        meaning: "It takes the second factor away from any user.",
    },
    Kind {
        actions: &[("kms:GetSecretValue", &["secret/*"])],
        meaning: "It reads every secret that the account keeps in Key Management Service.",
    },
    Kind {
        actions: &[
            ("actiontrail:StopLogging", &["trail/*"]),
            ("actiontrail:DeleteTrail", &["trail/*"]),
            ("actiontrail:UpdateTrail", &["trail/*"]),
        ],
        meaning: "It ends the record of who did what in the account, or changes what is recorded and where to.",
    },
    Kind {
        actions: &[
            ("log:DeleteProject", &["project/*"]),
            ("log:DeleteLogStore", &["project/*/logstore/*"]),
        ],
        meaning: "It deletes logs of every project for good; what ActionTrail delivers to Simple Log Service is among them.",
    },
];

/// The names of the actions.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    KINDS.iter().flat_map(|kind| kind.actions).map(|(name, _)| *name)
}

/// Only where all of the resources are meant: a narrow grant is what it should be.
pub(super) fn look(index: usize, statement: &Statement, found: &mut Found<'_>) {
    let Some(clause) = statement.resource.as_ref() else { return };
    // The policy of a key or bucket speaks of that alone.
    let of_resource = statement.principal.is_some();
    if statement.effect != Effect::Allow || of_resource || clause.negated || clause.unknown {
        return;
    }
    // All of a service is told once, at the first kind that it has something of.
    let mut whole: hash::Set<usize> = hash::Set::default();
    for kind in &KINDS {
        // Each is held against all of the resources once, and only where an action means it.
        let wide = vec![OnceCell::new(); kind.actions.len()];
        let mut reached = |action: &'_ Spanned| {
            let all = |name: &str, all: &[&str]| all.iter().all(|one| is_all(clause, name, one));
            let mut meant = kind.actions.iter().zip(&wide).filter(|((name, whole), wide)| {
                means(&action.value, name) && *wide.get_or_init(|| all(name, whole))
            });
            if whole.contains(&action.span.start) {
                return None;
            }
            meant.find(|((name, _), _)| !found.denied(name)).map(|(one, _)| one)
        };
        let actions: Vec<(&Spanned, &str)> = named(statement)
            .iter()
            .filter_map(|action| reached(action).map(|(name, _)| (action, *name)))
            .collect();
        let Some((first, _)) = actions.first() else { continue };
        let all = actions.iter().map(|(action, _)| *action).filter(|action| is_all_of_one(action));
        whole.extend(all.map(|action| action.span.start));
        let language = found.language;
        let open = is_open(statement);
        let words = |(action, name): &(&Spanned, &str)| {
            let written = shown(&action.value);
            if pattern::has_wildcard(&action.value) {
                said(language, "{} ({} among them)", &[&written, name])
            } else {
                written
            }
        };
        found.tell(
            Named::FarReaching,
            if open { Severity::Warning } else { Severity::Note },
            At::new(index, first.span),
            said(
                language,
                "Allows {} on {}{}.",
                &[
                    &wording::join(language, &wording::first(language, &actions, 4, words), "and"),
                    &on(language, statement),
                    limited(language, statement),
                ],
            ),
            say(language, kind.meaning),
        );
    }
}

/// Does the action, or pattern of actions, mean this one? That everything is allowed, or all of a service that manages
/// rights, is told as gravely by other rules.
fn means(action: &str, name: &str) -> bool {
    // Most begin with another letter.
    let first = action.as_bytes().first();
    let likely = first.is_some_and(|letter| {
        matches!(letter, b'*' | b'?')
            || name.as_bytes().first().is_some_and(|own| own.eq_ignore_ascii_case(letter))
    });
    likely
        && pattern::matches(action, name, Case::Fold)
        && !is_every_action(action)
        && action.contains(':')
        && !is_all_of_rights(action)
}

/// Does the pattern stand for all of a service?
fn is_all_of_one(action: &Spanned) -> bool {
    action.value.split_once(':').is_some_and(|(_, name)| pattern::matches_anything(name))
}

/// Does the pattern stand for all of a service that hands out rights in the account, such as `ram:*`?
fn is_all_of_rights(action: &str) -> bool {
    action.split_once(':').is_some_and(|(service, name)| {
        pattern::matches_anything(name) && is_of_the_account(&pattern::fold(service))
    })
}

/// Does the clause stand for all that the action is checked against, in any region and account?
fn is_all(clause: &Clause, action: &str, all: &str) -> bool {
    let service = action.split(':').next().unwrap_or_default();
    clause.values.iter().any(|value| match arn::split(&value.value) {
        Some(parts) => {
            pattern::matches(parts.code, service, Case::Exact)
                && pattern::matches_anything(parts.region)
                && pattern::covers(parts.relative, all, Case::Exact)
        }
        None => pattern::covers(&value.value, &format!("acs:{service}:*:*:{all}"), Case::Exact),
    })
}

#[cfg(test)]
mod tests {
    use super::means;

    #[test]
    fn patterns_of_actions_mean_it_and_what_is_told_elsewhere_does_not() {
        for (action, expected) in [
            ("kms:GetSecretValue", true),
            ("KMS:getsecretvalue", true),
            ("kms:Get*", true),
            ("*:Get*", true),
            ("kms:*", true),
            ("k?s:*", true),
            ("*", false),
            ("kms:List*", false),
            ("oss:GetObject", false),
        ] {
            assert_eq!(means(action, "kms:GetSecretValue"), expected, "{action}");
        }
        assert!(!means("ram:*", "ram:UnbindMFADevice"));
        assert!(means("ram:Unbind*", "ram:UnbindMFADevice"));
    }
}
