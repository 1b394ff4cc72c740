//! Roles: handing them to services, creating and deleting service-linked ones, and the names they must agree on.

use super::{At, Context, Found, Named, Origin, Severity};
use super::{is_every_action, is_open, limited, limited_by, list, named, on, shown};
use crate::policy::ASSUME_ROLE;
use crate::policy::document::{Condition, Document, Effect, PrincipalKind, Statement};
use crate::policy::key;
use crate::policy::operator::{Operator, Test};
use crate::policy::pattern::{self, Case, arn};
use crate::policy::placeholder;
use crate::policy::source::Spanned;
use crate::policy::wording;
use crate::say::{Language, said, say};

const PASS: &str = "ram:PassRole";
/// The key that limits to whom.
const SERVICE: &str = "acs:Service";
const CREATE: &str = "ram:CreateServiceLinkedRole";
const DELETE: &str = "ram:DeleteServiceLinkedRole";

/// The names that are looked for here.
pub(super) const NAMES: [&str; 4] = [PASS, ASSUME_ROLE, CREATE, DELETE];

pub(super) fn look(
    index: usize,
    statement: &Statement,
    context: &Context<'_>,
    found: &mut Found<'_>,
) {
    // With a principal it says who may use the role or bucket, not what a holder of it may do.
    let of_holder = statement.principal.is_none() && statement.resource.is_some();
    if statement.effect != Effect::Allow || !of_holder {
        return;
    }
    let language = found.language;
    if let Some(passing) = passing(statement, found) {
        pass_role(index, statement, passing, found);
    }
    let is_assume = |action: &&Spanned| pattern::same(&action.value, ASSUME_ROLE, Case::Fold);
    if let Some(action) = named(statement).iter().find(is_assume)
        && !found.denied(ASSUME_ROLE)
    {
        assume_role(index, statement, action, found);
    }
    if let Some(action) = granting(statement, CREATE, found) {
        let names = limit(language, statement, key::SERVICE_NAME);
        let own = |name: &str| {
            context.service_name.is_some_and(|own| pattern::matches(name, own, Case::Fold))
        };
        // Its own role is what it is for; the others are worth knowing.
        let others: Vec<&str> = names.iter().flatten().copied().filter(|name| !own(name)).collect();
        let at = At::new(index, action.span);
        let limited = limited_beside(language, statement, key::SERVICE_NAME);
        if names.is_none() {
            found.tell(
                Named::CreatesRoles,
                Severity::Warning,
                at,
                said(language, "May create the service-linked role of any service{}.", &[limited]),
                say(
                    language,
                    "Each of these roles brings its own policy with it, granted to that service.",
                ),
            );
        } else if !others.is_empty() {
            found.tell(
                Named::CreatesRoles,
                if others.iter().any(|name| is_any_service(name)) {
                    Severity::Warning
                } else {
                    Severity::Note
                },
                at,
                said(
                    language,
                    if others.len() == 1 {
                        "May create the service-linked role of {}{}."
                    } else {
                        "May create the service-linked roles of {}{}."
                    },
                    &[&list(language, others), limited],
                ),
                say(
                    language,
                    "These roles appear in the account without anybody creating them by hand, each with its own policy.",
                ),
            );
        }
    }
    if let Some(action) = granting(statement, DELETE, found)
        && limit(language, statement, key::SERVICE_NAME).is_none()
    {
        let clause = statement.resource.as_ref();
        let any =
            clause.is_none_or(|it| it.negated || it.unknown || it.values.iter().any(is_any_role));
        let limited = limited(language, statement);
        let (severity, message, meaning) = if any {
            (
                Severity::Warning,
                said(language, "May delete the service-linked role of any service{}.", &[limited]),
                say(language, "Features of other products stop when their role is deleted."),
            )
        } else {
            (
                Severity::Note,
                said(
                    language,
                    "May delete service-linked roles on {}{}.",
                    &[&on(language, statement), limited],
                ),
                say(language, "Features of a product stop when its role is deleted."),
            )
        };
        let at = At::new(index, action.span);
        found.tell(Named::DeletesRoles, severity, at, message, meaning);
    }
}

/// The first action of the statement that grants this one, unless the document denies it as a whole; wide patterns are
/// told by other rules.
fn granting<'a>(
    statement: &'a Statement,
    name: &str,
    found: &mut Found<'_>,
) -> Option<&'a Spanned> {
    let action = named(statement).iter().find(|action| {
        let value = &action.value;
        pattern::matches(value, name, Case::Fold)
            && !is_every_action(value)
            && !pattern::covers(value, "ram:*", Case::Fold)
    })?;
    Some(action).filter(|_| !found.denied(name))
}

/// The values that a key is limited to; None where it is not. There may be none, for what is compared letter by letter is
/// the name of no service if it has a wildcard: another rule tells of it.
fn limit<'a>(language: Language, statement: &'a Statement, key: &'a str) -> Option<Vec<&'a str>> {
    let mut found: Vec<&'a Condition> = statement.limits(key).collect();
    // All of them must hold, so one that lets every service through adds nothing to others.
    if found.iter().any(|one| !is_wide(one)) {
        found.retain(|one| !is_wide(one));
    }
    let unknown = found.iter().any(|one| wording::is_silent(one.unknown, one.values.iter()));
    let unknown = unknown.then(|| say(language, wording::UNKNOWN_VALUE));
    (!found.is_empty()).then(|| {
        found
            .iter()
            .flat_map(|condition| {
                let patterns = is_pattern(condition);
                let values = condition.values.iter().map(|value| value.value.as_str());
                values.filter(move |value| patterns || !pattern::has_wildcard(value))
            })
            .chain(unknown)
            .collect()
    })
}

/// Does its operator know wildcards?
fn is_pattern(condition: &Condition) -> bool {
    Operator::parse(&condition.operator.value).is_some_and(|operator| operator.test == Test::Like)
}

/// Does it leave no service out?
fn is_wide(condition: &Condition) -> bool {
    is_pattern(condition) && condition.values.iter().any(|value| is_any_service(&value.value))
}

/// " under a condition" where there is one besides those that limit a key.
fn limited_beside(language: Language, statement: &Statement, key: &str) -> &'static str {
    // In the order in which all of them stand.
    let mut of_key = statement.limits(key).peekable();
    let beside = |one: &&Condition| of_key.next_if(|limit| std::ptr::eq(*limit, *one)).is_none();
    limited_by(language, statement.conditions.iter().filter(beside))
}

/// Is no service left out? All service names end alike.
pub(super) fn is_any_service(name: &str) -> bool {
    pattern::covers(name, "*.aliyuncs.com", Case::Fold)
}

/// Does it mean every role, in whatever account? Roles are written with an empty region and with `*`.
fn is_any_role(value: &Spanned) -> bool {
    pattern::covers(&value.value, "acs:ram:*:*:role/*", Case::Fold)
        || arn::split(&value.value)
            .is_some_and(|arn| pattern::covers(arn.relative, "role/*", Case::Fold))
}

/// May it mean a role, `acs:ram::<account>:role/<name>`?
fn may_be_role(value: &Spanned) -> bool {
    placeholder::may_hold_one(&value.value)
        || pattern::overlaps(&value.value, "acs:ram:*:*:role/?*", Case::Fold)
}

fn assume_role(index: usize, statement: &Statement, action: &Spanned, found: &mut Found<'_>) {
    let language = found.language;
    let Some(clause) = &statement.resource else { return };
    let may_be = |value: &&Spanned| clause.negated || may_be_role(value);
    let named: Vec<&Spanned> = clause.values.iter().filter(may_be).collect();
    if named.is_empty() && !clause.unknown {
        let values = wording::first(language, &clause.values, 4, |value| shown(&value.value));
        let values = wording::join(language, &values, "and");
        let meaning = "The action is checked against the role, acs:ram::<account>:role/<name>: no request is about what stands here.";
        found.tell(
            Named::ForeignResource,
            Severity::Warning,
            At::new(index, action.span),
            said(language, "{} on {} matches nothing.", &[ASSUME_ROLE, &values]),
            say(language, meaning),
        );
        return;
    }
    let any = clause.negated || clause.values.iter().any(is_any_role);
    let one = matches!(named.as_slice(), [value] if !pattern::has_wildcard(&value.value));
    let role = |value: &&Spanned| {
        if pattern::matches_anything(&value.value) {
            say(language, "any role").to_owned()
        } else {
            wording::member(language, &PrincipalKind::Ram, &value.value)
        }
    };
    let roles = wording::join(language, &wording::first(language, &named, 4, role), "and");
    let roles =
        if clause.negated { said(language, "any role except {}", &[&roles]) } else { roles };
    found.tell(
        Named::PermissionsManagement,
        if any && is_open(statement) { Severity::Warning } else { Severity::Note },
        At::new(index, action.span),
        said(language, "May assume {}{}.", &[&shown(&roles), limited(language, statement)]),
        if any {
            say(language, "The holder gets the rights of every role that trusts it.")
        } else if one {
            say(language, "The holder gets the rights of that role.")
        } else {
            say(language, "The holder gets the rights of those roles.")
        },
    );
}

/// A statement that lets its holder pass roles.
pub(super) struct Passing<'a> {
    /// The action that does.
    pub(super) action: &'a Spanned,
    /// The services to which; None where that is not limited.
    pub(super) services: Option<Vec<&'a str>>,
    /// Any role of the account?
    pub(super) any_role: bool,
    /// The roles in words.
    pub(super) role: String,
}

/// What a statement that allows says of passing roles, unless the document denies it or it is part of all of RAM.
pub(super) fn passing<'a>(statement: &'a Statement, found: &mut Found<'_>) -> Option<Passing<'a>> {
    let action = granting(statement, PASS, found)?;
    let language = found.language;
    let services = limit(language, statement, SERVICE);
    if services.as_ref().is_some_and(Vec::is_empty) {
        return None;
    }
    let services = services.filter(|names| !names.iter().any(|name| is_any_service(name)));
    let clause = statement.resource.as_ref();
    let any_role =
        clause.is_none_or(|clause| clause.negated || clause.values.iter().any(is_any_role));
    let but = clause.filter(|clause| clause.negated);
    let role = match but {
        Some(but) => {
            let roles = list(language, but.values.iter().map(|value| value.value.as_str()));
            said(language, "any role except {}", &[&roles])
        }
        None if any_role => say(language, "any role of the account").to_owned(),
        None => on(language, statement),
    };
    Some(Passing { action, services, any_role, role })
}

fn pass_role(index: usize, statement: &Statement, passing: Passing<'_>, found: &mut Found<'_>) {
    let language = found.language;
    let Passing { action, services, any_role, role } = passing;
    let to = match &services {
        Some(names) => list(language, names.iter().copied()),
        None => say(language, "any service").to_owned(),
    };
    let meaning = match (&services, any_role) {
        (None, true) => say(
            language,
            "The holder can give any service any role, and act through it with all that role's rights.",
        ),
        (None, false) => say(
            language,
            "The holder can act through any service that takes this role, with its rights.",
        ),
        (Some(_), true) => say(
            language,
            "The holder can act through the service with the rights of any role that trusts it.",
        ),
        (Some(_), false) => say(
            language,
            "The service works with the rights of that role: they count as the holder's.",
        ),
    };
    let narrow = services.is_some() && !any_role;
    found.tell(
        Named::PassRole,
        if narrow { Severity::Note } else { Severity::Warning },
        At::new(index, action.span),
        said(
            language,
            "May pass {} to {}{}.",
            &[&role, &to, limited_beside(language, statement, SERVICE)],
        ),
        meaning,
    );
}

/// Rules about the policy of a role as a whole: does it delete itself, and do the names agree?
pub(super) fn whole(document: &Document, context: &Context<'_>, found: &mut Found<'_>) {
    let permissions = document.statements.iter().all(|statement| statement.principal.is_none());
    let (mut deletes, mut denied) = (false, false);
    let mut names: Vec<(usize, &Spanned)> = Vec::new();
    for (index, statement) in document.statements.iter().enumerate() {
        let allows = statement.effect == Effect::Allow
            && named(statement)
                .iter()
                .any(|action| pattern::matches(&action.value, DELETE, Case::Fold));
        if !allows {
            continue;
        }
        if found.denied(DELETE) {
            denied = true;
            continue;
        }
        deletes = true;
        if limit(context.language, statement, key::SERVICE_NAME).is_some() {
            let own = statement
                .conditions
                .iter()
                .filter(|c| pattern::same(&c.key.value, key::SERVICE_NAME, Case::Fold))
                .flat_map(|c| &c.values);
            names.extend(own.map(|value| (index, value)));
        }
    }
    if context.origin == Origin::ServiceLinkedRole
        && permissions
        && !deletes
        && !document.statements.is_empty()
    {
        let language = found.language;
        found.tell(
            Named::NoSelfDelete,
            Severity::Note,
            At { statement: None, span: first_byte(document) },
            if denied {
                say(language, "ram:DeleteServiceLinkedRole is allowed, and denied as a whole.")
            } else {
                say(language, "No statement of this text allows ram:DeleteServiceLinkedRole.")
            }
            .to_owned(),
            say(
                language,
                "If the policy in force has none either, the service cannot remove the role when the feature is switched off: you delete it yourself.",
            ),
        );
    }
    if context.origin == Origin::ServiceLinkedRole {
        disagreeing(&names, context, found);
    }
}

fn first_byte(document: &Document) -> crate::policy::source::Span {
    let start = document.span.start;
    crate::policy::source::Span::new(start, (start + 1).min(document.span.end))
}

fn disagreeing(names: &[(usize, &Spanned)], context: &Context<'_>, found: &mut Found<'_>) {
    let trusted: Option<Vec<&str>> = context.trust.map(|trust| {
        let members = trust.statements.iter().filter_map(|statement| statement.principal.as_ref());
        members
            .flat_map(|principal| &principal.members)
            .filter(|(kind, _)| *kind == PrincipalKind::Service)
            .map(|(_, value)| value.value.as_str())
            .collect()
    });
    let language = found.language;
    let meaning = say(
        language,
        "The role can be assumed, or delete itself, only under the name that the cloud really uses.",
    );
    let same = |one: &str, other: &str| pattern::same(one, other, Case::Fold);
    if let Some(catalogue) = context.service_name
        && let Some(trusted) = &trusted
        && !trusted.iter().any(|name| same(name, catalogue))
    {
        found.tell(
            Named::ServiceNameDiffers,
            Severity::Warning,
            At { statement: None, span: crate::policy::source::Span::default() },
            if trusted.is_empty() {
                let words = "The trust policy names no service, the catalogue {}.";
                said(language, words, &[&shown(catalogue)])
            } else {
                said(
                    language,
                    "The trust policy names {}, the catalogue {}.",
                    &[&list(language, trusted.iter().copied()), &shown(catalogue)],
                )
            },
            meaning,
        );
    }
    let expected: Vec<&str> =
        context.service_name.into_iter().chain(trusted.into_iter().flatten()).collect();
    if expected.is_empty() {
        return;
    }
    for (index, name) in names {
        let fits = expected.iter().any(|known| pattern::matches(&name.value, known, Case::Fold));
        if !fits {
            found.tell(
                Named::ServiceNameDiffers,
                Severity::Warning,
                At::new(*index, name.span),
                said(
                    language,
                    "The role may delete the role of {}, but its own service is {}.",
                    &[&shown(&name.value), &list(language, expected.iter().copied().take(1))],
                ),
                meaning,
            );
        }
    }
}
