//! Statements that speak of very much: any action, everything but a list, anybody, permission management.

use super::{At, Context, Found, Named, Severity, powers};
use super::{is_every_action, is_open, limited, list, listed, named, on, shown};
use crate::hash;
use crate::policy::document::{Clause, Effect, Statement};
use crate::policy::level::{self, AccessLevel};
use crate::policy::pattern::{self, Case, arn};
use crate::policy::source::{Span, Spanned};
use crate::policy::summary::{means_service, service_of_action};
use crate::policy::wording;
use crate::say::{said, say};

pub(super) fn look(
    index: usize,
    statement: &Statement,
    context: &Context<'_>,
    found: &mut Found<'_>,
) {
    match statement.effect {
        Effect::Deny => deny_everything(index, statement, found),
        Effect::Allow => {
            if statement.resource.is_some() {
                not_action(index, statement, found);
                any_action(index, statement, context, found);
                permissions(index, statement, context, found);
            }
        }
        Effect::Unknown | Effect::Open => {}
    }
}

/// A Deny of all actions on all resources for all, without a condition.
fn deny_everything(index: usize, statement: &Statement, found: &mut Found<'_>) {
    let every = named(statement).iter().find(|action| is_every_action(&action.value));
    let everywhere = statement.resource.as_ref().is_some_and(Clause::is_any_resource);
    if let Some(action) = every
        && everywhere
        && statement.conditions.is_empty()
        && statement.principal.is_none()
    {
        let language = found.language;
        found.tell(
            Named::DenyEverything,
            Severity::Warning,
            At::new(index, action.span),
            say(language, "Denies every action on every resource, without a condition.").to_owned(),
            say(language, "Whoever has this policy can do nothing, whatever other policies allow."),
        );
    }
}

fn not_action(index: usize, statement: &Statement, found: &mut Found<'_>) {
    let Some(action) = statement.action.as_ref().filter(|action| action.negated) else { return };
    if action.values.iter().any(|value| is_every_action(&value.value)) || found.denied_but(action) {
        return;
    }
    let mut leaves_out = |name: &str| {
        action.values.iter().any(|value| pattern::matches(&value.value, name, Case::Fold))
            || found.denied(name)
    };
    // Roles, users and policies are resources of RAM, whatever service the action is of.
    let may_be_of = |code: &str| {
        statement.resource.as_ref().is_none_or(|clause| {
            let every = [format!("acs:{code}:*:*:*"), "acs:ram:*:*:*".to_owned()];
            let meets = |value: &str| {
                every.iter().any(|every| pattern::overlaps(value, every, Case::Exact))
            };
            clause.negated || clause.unknown || clause.values.iter().any(|one| meets(&one.value))
        })
    };
    let left = RIGHTS
        .iter()
        .filter(|(code, names)| may_be_of(code) && !names.iter().all(|name| leaves_out(name)));
    let left: Vec<&str> = left.map(|(code, _)| *code).collect();
    let language = found.language;
    // A policy with principals hangs on one thing, in which nobody hands out rights of the account.
    let out = left.is_empty() || action.unknown || statement.principal.is_some();
    let rights = if out {
        String::new()
    } else {
        said(
            language,
            "; actions of {} that hand out rights are among them",
            &[&list(language, left)],
        )
    };
    found.tell(
        Named::AllowNotAction,
        Severity::Warning,
        At::new(index, action.span),
        said(
            language,
            "Allows every action except {} on {}{}{}.",
            &[
                &listed(language, action),
                &on(language, statement),
                limited(language, statement),
                &rights,
            ],
        ),
        say(
            language,
            "Actions of services that do not exist yet are allowed too; the listed ones are not denied, only not allowed here.",
        ),
    );
}

fn any_action(index: usize, statement: &Statement, context: &Context<'_>, found: &mut Found<'_>) {
    let Some(resource) = &statement.resource else { return };
    let language = found.language;
    let mut whole: Vec<(Span, String)> = Vec::new();
    let mut seen: hash::Set<String> = hash::Set::default();
    let mut wide: Option<Wide<'_>> = None;
    let of_one = statement.is_of_key() || statement.is_of_bucket();
    let (open, limited) = (is_open(statement), limited(language, statement));
    let mut every: Option<(String, bool)> = None;
    for action in named(statement) {
        if found.denied(&action.value) || found.leaves_no_rights(&action.value, context) {
            continue;
        }
        if is_every_action(&action.value) {
            let (on, everywhere) =
                every.get_or_insert_with(|| (on(language, statement), resource.is_any_resource()));
            let everywhere = *everywhere;
            let has_holder = statement.principal.is_none();
            let whole = if has_holder && everywhere { administers(found) } else { String::new() };
            let severity =
                if everywhere && has_holder && open { Severity::Warning } else { Severity::Note };
            found.tell(
                Named::AnyActionAnyResource,
                severity,
                At::new(index, action.span),
                said(
                    language,
                    "Allows every action on {}{}.",
                    &[on, limited],
                ),
                if !has_holder {
                    say(
                        language,
                        "It speaks of what the policy is attached to: a statement with Principal has no holder.",
                    )
                } else if everywhere {
                    &whole
                } else {
                    say(language, "Whatever any service can do with these resources is allowed.")
                },
            );
        } else if let Some(service) = every_action_of(action)
            && !of_one
            && wide.get_or_insert_with(|| Wide::of(resource)).means(&service)
            && !hands_out_rights(&action.value, context)
            && seen.insert(service.clone())
        {
            whole.push((action.span, service));
        }
    }
    let Some((span, service)) = whole.first() else { return };
    let message = if whole.len() == 1 {
        said(
            language,
            "Allows every action of {} on any of its resources{}.",
            &[&shown(service), limited],
        )
    } else {
        let names: Vec<String> = whole.iter().map(|(_, service)| shown(service)).collect();
        said(
            language,
            "Allows every action of these {} services on any of their resources{}: {}.",
            &[&whole.len().to_string(), limited, &wording::join(language, &names, "and")],
        )
    };
    found.tell(
        Named::AnyActionOfService,
        Severity::Note,
        At::new(index, *span),
        message,
        say(
            language,
            "It may read, change and delete whatever the service keeps; actions that the service gets later are allowed too.",
        ),
    );
}

/// What every action on every resource means, beside what is denied as a whole.
fn administers(found: &mut Found<'_>) -> String {
    let language = found.language;
    let left = RIGHTS.iter().filter(|(_, names)| !names.iter().all(|name| found.denied(name)));
    let left: Vec<&str> = left.map(|(code, _)| *code).collect();
    if left.len() == RIGHTS.len() {
        let words = "The holder administers the whole account, its users and permissions included.";
        return say(language, words).to_owned();
    }
    if left.is_empty() {
        let words = "The holder may do all that no statement denies; what hands out rights in the account is denied.";
        return say(language, words).to_owned();
    }
    let words = "The holder may do all that no statement denies; actions of {} that hand out rights are among it.";
    said(language, words, &[&list(language, left)])
}

/// The services of which a statement means every resource: asked of each action, so worked out once.
struct Wide<'s> {
    /// Those that resources name, such as `acs:ecs:*:*:*`.
    codes: hash::Set<&'s str>,
    /// Resources that name no single service, each once.
    open: Vec<&'s str>,
}

impl<'s> Wide<'s> {
    fn of(clause: &'s Clause) -> Self {
        let mut wide = Self { codes: hash::Set::default(), open: Vec::new() };
        let mut seen: hash::Set<&str> = hash::Set::default();
        for value in clause.values.iter().filter(|_| !clause.negated) {
            match arn::code(&value.value) {
                Some(code) if wide.codes.contains(code) => {}
                Some(code) if arn::is_every_of(&value.value, code) => {
                    wide.codes.insert(code);
                }
                None if seen.insert(&value.value) => wide.open.push(&value.value),
                _ => {}
            }
        }
        wide
    }

    /// Does it mean every resource of the service, by its code in lower case?
    fn means(&self, service: &str) -> bool {
        self.codes.contains(service) || self.open.iter().any(|one| arn::is_every_of(one, service))
    }
}

/// Is it told under permissions management already, as it hands out rights in the whole account?
fn hands_out_rights(action: &str, context: &Context<'_>) -> bool {
    is_of_the_account(&service_of_action(action))
        && level::of(action, context.vocabulary).0 == AccessLevel::Permissions
}

/// The service code of `service:*`, which may have wildcards itself.
fn every_action_of(action: &Spanned) -> Option<String> {
    let (service, name) = action.value.split_once(':')?;
    let some = !service.is_empty() && !pattern::matches_anything(service);
    (some && pattern::matches_anything(name)).then(|| pattern::fold(service))
}

/// What hands out rights in the whole account, by service: where one of these is left, it is said so.
pub(super) const RIGHTS: [(&str, &[&str]); 4] = [
    ("ram", &["ram:PassRole", "ram:AttachPolicyToUser"]),
    ("ims", &["ims:CreateAccessKey", "ims:CreateLoginProfile"]),
    ("sts", &["sts:AssumeRole"]),
    ("resourcemanager", &["resourcemanager:AttachPolicy", "resourcemanager:CreateRole"]),
];

/// Is one of them meant by the code of a service, or of those that are named alike? `CloudSSO` hands out access to the
/// accounts of a resource directory, where there is one.
pub(super) fn is_of_the_account(code: &str) -> bool {
    let mut services = RIGHTS.iter().map(|(service, _)| *service).chain(["cloudsso"]);
    services.any(|service| means_service(code, service))
}

/// One finding for each service of the statement, at its first such action.
fn permissions(index: usize, statement: &Statement, context: &Context<'_>, found: &mut Found<'_>) {
    let mut services: Vec<(String, Vec<&Spanned>)> = Vec::new();
    let mut places: hash::Map<String, usize> = hash::Map::default();
    for action in named(statement) {
        let value = action.value.as_str();
        let elsewhere = powers::NAMES.iter().any(|name| pattern::same(name, value, Case::Fold));
        // Without a colon it is no action; another rule says so.
        if elsewhere || is_every_action(value) || !value.contains(':') {
            continue;
        }
        // The level of a narrow pattern that covers only what is told elsewhere comes from there.
        if pattern::has_wildcard(value) && powers::NAMES.iter().any(|name| only(value, name)) {
            continue;
        }
        let service = service_of_action(value);
        let account = is_of_the_account(&service);
        if account && statement.principal.is_some() {
            continue;
        }
        // All of a service holds some of these nearly always; that it is all of it is told already.
        if !account && every_action_of(action).is_some() {
            continue;
        }
        if level::of(value, context.vocabulary).0 != AccessLevel::Permissions
            || found.denied(value)
            || found.leaves_no_rights(value, context)
        {
            continue;
        }
        let place = *places.entry(service.clone()).or_insert(services.len());
        match services.get_mut(place) {
            Some((_, actions)) => actions.push(action),
            None => services.push((service, vec![action])),
        }
    }
    if services.is_empty() {
        return;
    }
    let language = found.language;
    let open = is_open(statement);
    let on = on(language, statement);
    let limited = limited(language, statement);
    for (service, actions) in services {
        let Some(first) = actions.first() else { continue };
        let account = is_of_the_account(&service);
        found.tell(
            Named::PermissionsManagement,
            if account && open { Severity::Warning } else { Severity::Note },
            At::new(index, first.span),
            said(
                language,
                "Allows {} on {}{}.",
                &[
                    &list(language, actions.iter().map(|action| action.value.as_str())),
                    &on,
                    limited,
                ],
            ),
            if account {
                say(
                    language,
                    "The holder can change who may do what in the account, and so gain rights that this policy does not list.",
                )
            } else {
                say(language, "The holder can open these resources to others.")
            },
        );
    }
}

/// Does the pattern cover this action and nothing else of the well-known ones?
fn only(value: &str, name: &str) -> bool {
    let slr = value.to_ascii_lowercase().contains("servicelinkedrole");
    pattern::matches(value, name, Case::Fold)
        && (slr || value.to_ascii_lowercase().contains("passrole"))
}
