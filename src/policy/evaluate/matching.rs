//! Does the action, resource or principal of a statement match a request?

use super::answer::Part;
use super::assume;
use crate::policy::ASSUME_ROLE;
use crate::policy::condition::{Notes, Truth};
use crate::policy::document::{Clause, Effect, PrincipalKind, Statement};
use crate::policy::idle::{are_resources_asked, names_action, names_resource};
use crate::policy::oss;
use crate::policy::pattern::{self, Case, arn};
use crate::policy::placeholder;
use crate::policy::request::{Missing, Request};
use crate::policy::source::{Span, Spanned};
use crate::policy::wording::{self, visible};
use crate::say::{Language, said, say};

/// The action, or everything but some actions.
pub(super) fn action(
    language: Language,
    statement: &Statement,
    request: &Request,
    notes: &mut Notes,
) -> Part {
    let Some(clause) = &statement.action else {
        return Part {
            name: "Action",
            truth: Truth::No,
            why: say(language, "without Action or NotAction a statement never matches").to_owned(),
            span: None,
        };
    };
    let name = if clause.negated { "NotAction" } else { "Action" };
    if clause.is_open() {
        return open(language, (name, clause.span), statement.effect, notes);
    }
    let set = pattern::has_wildcard(&request.action);
    // Who comes through an identity provider is trusted with the same action as everyone.
    let trusted = assume::is_federated(request) && assume::trusts_providers(statement);
    let word = say(language, "action");
    of_clause(language, name, word, clause, notes, |value, notes| {
        if !names_action(value) {
            Truth::No
        } else if trusted && pattern::matches(value, ASSUME_ROLE, Case::Fold) {
            if !pattern::matches(value, &request.action, Case::Fold) {
                notes.add(said(
                    language,
                    "In the trust policies of the documentation sts:AssumeRole is the action of identity providers too: it stands for {} here.",
                    &[&visible(&request.action)],
                ));
            }
            Truth::Yes
        } else if set && !pattern::covers(value, &request.action, Case::Fold) {
            let some = pattern::overlaps(value, &request.action, Case::Fold);
            if some { Truth::Maybe } else { Truth::No }
        } else {
            (set || pattern::matches(value, &request.action, Case::Fold)).into()
        }
    })
}

/// The resource; trust policies have none, for they hang on theirs.
pub(super) fn resource(
    language: Language,
    statement: &Statement,
    request: &Request,
    notes: &mut Notes,
) -> Part {
    let Some(clause) = &statement.resource else {
        let part =
            |truth, why: &str| Part { name: "Resource", truth, why: why.to_owned(), span: None };
        if statement.principal.is_some() {
            return part(Truth::Yes, say(language, "the policy speaks of what it is attached to"));
        }
        notes.add(say(language, "A statement with neither Resource nor Principal is taken to match nothing (not documented)."));
        let why = say(language, "without Resource or Principal a statement matches nothing");
        return part(Truth::No, why);
    };
    let name = if clause.negated { "NotResource" } else { "Resource" };
    if clause.is_open() {
        return open(language, (name, clause.span), statement.effect, notes);
    }
    if clause.negated {
        notes.add(say(
            language,
            "NotResource is not in RAM's present grammar; read as every resource but these.",
        ));
    }
    // A request on nothing in particular is met by what speaks of every resource, which NotResource does not.
    if clause.negated && request.resource.is_none() && request.missing == Missing::Absent {
        let why = say(language, "the request names no resource").to_owned();
        // Whether such a request is one on something else is not documented: a Deny is not taken away by it, unless it
        // leaves out all there is.
        let mut values = clause.values.iter().map(|value| value.value.as_str());
        let all = values.any(|one| arn::is_every(one) || any_of_service(one, &request.action));
        let open = statement.effect != Effect::Allow && !all;
        let truth = if open { Truth::Maybe } else { Truth::No };
        return Part { name, truth, why, span: Some(clause.span) };
    }
    let word = say(language, "resource");
    let asked = are_resources_asked(statement);
    of_clause(language, name, word, clause, notes, |value, notes| {
        if asked && !names_resource(value) {
            return Truth::No;
        }
        match (&request.resource, request.missing) {
            (None, _) if arn::is_every(value) => Truth::Yes,
            (None, Missing::Absent) => any_of_service(value, &request.action).into(),
            (None, Missing::Unknown) if oss::is_of_other_level(value, &request.action) => Truth::No,
            (None, Missing::Unknown) => Truth::Maybe,
            (Some(resource), _) if pattern::has_wildcard(resource) => {
                let case = if arn::is_role(resource) { Case::Fold } else { Case::Exact };
                if pattern::covers(value, resource, case) {
                    Truth::Yes
                } else if pattern::overlaps_resource(value, resource, case) {
                    Truth::Maybe
                } else {
                    Truth::No
                }
            }
            (Some(resource), _) => {
                let truth = arn::matches_resource(value, resource);
                note_arn(language, value, resource, truth, notes);
                truth.into()
            }
        }
    })
}

/// A `Not` element without a value. Read as "everything but nothing" it would open all there is by a slip of
/// the pen; so it opens nothing, and whether it closes something is not known.
fn open(
    language: Language,
    (name, span): (&'static str, Span),
    effect: Effect,
    notes: &mut Notes,
) -> Part {
    let (truth, why) = if effect == Effect::Allow {
        notes.add(said(
            language,
            "{} has no value: the statement is taken to match nothing (not documented).",
            &[name],
        ));
        (Truth::No, said(language, "{} has no value", &[name]))
    } else {
        notes.add(said(
            language,
            "{} has no value: whether this Deny applies is not known.",
            &[name],
        ));
        (Truth::Maybe, said(language, "{} without a value stands for everything", &[name]))
    };
    Part { name, truth, why, span: Some(span) }
}

/// Does the pattern match every resource of the action's service, such as `acs:oss:*:*:*`?
fn any_of_service(value: &str, action: &str) -> bool {
    let code = pattern::fold(action.split(':').next().unwrap_or_default());
    arn::is_every_of(value, &code)
}

/// The best of the patterns, turned round under `Not...`.
fn of_clause(
    language: Language,
    name: &'static str,
    word: &str,
    clause: &Clause,
    notes: &mut Notes,
    mut test: impl FnMut(&str, &mut Notes) -> Truth,
) -> Part {
    let mut best: Option<(&Spanned, Truth)> = None;
    for value in &clause.values {
        let mut truth = test(&value.value, notes);
        if truth == Truth::No && may_become(language, &value.value, notes, &mut test) {
            truth = Truth::Maybe;
        }
        if best.is_none_or(|(_, known)| truth > known) {
            best = Some((value, truth));
        }
        if truth == Truth::Yes {
            break;
        }
    }
    let found = best.map_or(Truth::No, |(_, truth)| truth);
    if clause.unknown && found == Truth::No {
        let value = say(language, wording::UNKNOWN_VALUE);
        let why = if clause.negated {
            said(language, "the {} does not match {}", &[word, value])
        } else {
            said(language, "the {} matches {}", &[word, value])
        };
        return Part { name, truth: Truth::Maybe, why, span: Some(clause.span) };
    }
    let truth = if clause.negated { found.not() } else { found };
    let one = |value: &Spanned| wording::named(language, &value.value);
    let some = |values: &[Spanned]| some(language, values);
    let why = match (found, best, clause.values.as_slice(), clause.negated) {
        (Truth::Yes, Some((value, _)), ..) | (Truth::Maybe, _, [value], false) => {
            said(language, "the {} matches {}", &[word, &one(value)])
        }
        (Truth::Maybe, _, values, false) => {
            said(language, "the {} matches one of {}", &[word, &some(values)])
        }
        (_, _, [], _) => say(language, "the list is empty").to_owned(),
        (_, _, [value], _) => said(language, "the {} does not match {}", &[word, &one(value)]),
        (_, _, values, _) => said(language, "the {} matches none of {}", &[word, &some(values)]),
    };
    let span =
        best.filter(|(_, truth)| *truth != Truth::No).map_or(clause.span, |(value, _)| value.span);
    Part { name, truth, why, span: Some(span) }
}

/// Does a value that does not match as it stands do so once its placeholders are filled in?
fn may_become(
    language: Language,
    value: &str,
    notes: &mut Notes,
    test: &mut impl FnMut(&str, &mut Notes) -> Truth,
) -> bool {
    let Some(filled) = placeholder::filled(value) else { return false };
    let may = test(&filled, &mut Notes::default()) != Truth::No;
    if may {
        note_placeholder(language, value, notes);
    }
    may
}

/// That a value holds what is filled in before RAM reads it, as it seems.
pub(in crate::policy) fn note_placeholder(language: Language, value: &str, notes: &mut Notes) {
    let hole = placeholder::placeholder(value).unwrap_or(value);
    notes.add(said(
        language,
        "{} in {} looks like a placeholder: as it stands it is letters, once filled in it may match.",
        &[&visible(hole), &visible(value)],
    ));
}

/// The first patterns of a list, and how many there are beyond them.
fn some(language: Language, values: &[Spanned]) -> String {
    let shown = wording::first(language, values, 3, |value| wording::named(language, &value.value));
    wording::join(language, &shown, "and")
}

/// Remarks on readings of resource names that made a difference here.
fn note_arn(language: Language, value: &str, resource: &str, matched: bool, notes: &mut Notes) {
    if !matched {
        if pattern::matches(value, resource, Case::Fold) {
            notes.add(said(
                language,
                "Resource names are compared with case (not documented): {} would match without.",
                &[&visible(value)],
            ));
        }
        return;
    }
    if !pattern::matches(value, resource, Case::Exact) {
        notes.add(say(
            language,
            "Names of RAM roles are compared without case, as the cloud writes them in lower case.",
        ));
    }
    let (Some(pattern), Some(name)) = (arn::split(value), arn::split(resource)) else {
        return;
    };
    let parts = [
        (pattern.code, name.code),
        (pattern.region, name.region),
        (pattern.account, name.account),
        (pattern.relative, name.relative),
    ];
    if parts.into_iter().any(|(pattern, part)| !pattern::matches(pattern, part, Case::Fold)) {
        notes.add(said(
            language,
            "In {} a wildcard runs across a colon of the resource name (not documented).",
            &[&visible(value)],
        ));
    }
}

/// The principal of a resource-based policy; None for other policies.
pub(super) fn principal(
    language: Language,
    statement: &Statement,
    request: &Request,
    notes: &mut Notes,
) -> Option<Part> {
    let principal = statement.principal.as_ref()?;
    let name = if principal.negated { "NotPrincipal" } else { "Principal" };
    if principal.is_open() {
        return Some(open(language, (name, principal.span), statement.effect, notes));
    }
    if principal.negated {
        notes.add(say(
            language,
            "NotPrincipal is not in RAM's grammar; read as everyone but these.",
        ));
    }
    let part = |truth: Truth, why: String, span: Span| {
        let truth = if principal.negated { truth.not() } else { truth };
        Some(Part { name, truth, why, span: Some(span) })
    };
    if let Some((_, value)) = principal.members.iter().find(|(kind, v)| kind.is_anyone(&v.value)) {
        return part(Truth::Yes, say(language, "it means anyone").to_owned(), value.span);
    }
    if principal.is_empty() {
        return part(Truth::No, say(language, "the list is empty").to_owned(), principal.span);
    }
    let Some(who) = &request.principal else {
        if request.missing == Missing::Absent {
            notes.add(say(
                language,
                "The policy names principals and the request does not say who asks.",
            ));
            let why = say(language, "the request does not say who asks").to_owned();
            return Some(Part { name, truth: Truth::No, why, span: Some(principal.span) });
        }
        let who = wording::join(language, &wording::members(language, principal, 3), "or");
        let why = if principal.negated {
            said(language, "the request comes from someone other than {}", &[&who])
        } else {
            said(language, "the request comes from {}", &[&who])
        };
        return part(Truth::Maybe, why, principal.span);
    };
    let found = principal.members.iter().find(|(kind, value)| is_member(kind, &value.value, who));
    let may_become = |(kind, value): &&(PrincipalKind, Spanned)| {
        placeholder::filled(&value.value).is_some_and(|filled| is_member(kind, &filled, who))
    };
    let open = principal.members.iter().find(may_become).filter(|_| found.is_none());
    if let Some((kind, value)) = open {
        note_placeholder(language, &value.value, notes);
        let why = said(language, "it names {}", &[&wording::member(language, kind, &value.value)]);
        return part(Truth::Maybe, why, value.span);
    }
    if found.is_none()
        && let Some((truth, kind, value)) = named_by_session(&principal.members, who)
    {
        let member = wording::member(language, kind, &value.value);
        let why = match truth {
            Truth::Yes => said(language, "it names {}", &[&member]),
            _ => said(language, "the request comes from {}", &[&member]),
        };
        return part(truth, why, value.span);
    }
    if found.is_none()
        && let Some(role) = role_of_session(who)
        && let Some((kind, value)) =
            principal.members.iter().find(|(kind, value)| is_member(kind, &value.value, &role))
    {
        notes.add(said(
            language,
            "{} is a session of a role: whether a policy that names the role means its sessions too is not documented.",
            &[&visible(who)],
        ));
        let role = wording::member(language, kind, &role);
        let why = said(language, "{} means its sessions too", &[&role]);
        return part(Truth::Maybe, why, value.span);
    }
    let Some((kind, value)) = found else {
        if principal.unknown {
            let (who, other) = (visible(who), say(language, wording::UNKNOWN_MEMBER));
            let why = if principal.negated {
                said(language, "{0} is not {1}", &[&who, other])
            } else {
                said(language, "{0} is {1}", &[&who, other])
            };
            return part(Truth::Maybe, why, principal.span);
        }
        let why = said(language, "it does not name {}", &[&visible(who)]);
        return part(Truth::No, why, principal.span);
    };
    let why = said(language, "it names {}", &[&wording::member(language, kind, &value.value)]);
    part(Truth::Yes, why, value.span)
}

/// The role of a session, as logs name it: `acs:ram::1:role/Ops/Alice` or `acs:sts::1:assumed-role/Ops/Alice`.
fn role_of_session(who: &str) -> Option<String> {
    let arn = arn::split(who)?;
    let name =
        ["role/", "assumed-role/"].iter().find_map(|kind| arn.relative.strip_prefix(kind))?;
    let (role, session) = name.split_once('/')?;
    (!role.is_empty() && !session.is_empty())
        .then(|| format!("acs:ram::{}:role/{role}", arn.account))
}

/// The member that names a role, or a session of one, as the policies of buckets name sessions: all of them, or some.
fn named_by_session<'a>(
    members: &'a [(PrincipalKind, Spanned)],
    who: &str,
) -> Option<(Truth, &'a PrincipalKind, &'a Spanned)> {
    let arn = arn::split(who)?;
    let name =
        ["role/", "assumed-role/"].iter().find_map(|kind| arn.relative.strip_prefix(kind))?;
    let (role, session) = name.split_once('/').unwrap_or((name, "*"));
    let asked = format!("{SESSION}{}:assumed-role/{role}/{session}", arn.account);
    let mut some = None;
    for (kind, value) in members {
        if *kind == PrincipalKind::Service || !value.value.starts_with(SESSION) {
            continue;
        }
        if pattern::covers(&value.value, &asked, Case::Fold) {
            return Some((Truth::Yes, kind, value));
        }
        if some.is_none() && pattern::overlaps(&value.value, &asked, Case::Fold) {
            some = Some((Truth::Maybe, kind, value));
        }
    }
    some
}

/// What the names of sessions begin with in the policies of buckets.
pub const SESSION: &str = "arn:sts::";

/// Is it an account, a user or a role, which no pattern of identity providers means?
fn is_of_account(who: &str) -> bool {
    arn::split(who).filter(|arn| pattern::same(arn.code, "ram", Case::Fold)).is_some_and(|arn| {
        arn.relative == "root"
            || ["user/", "role/"].iter().any(|kind| arn.relative.starts_with(kind))
    })
}

/// Is it an identity provider?
pub(super) fn is_provider(who: &str) -> bool {
    arn::split(who).is_some_and(|arn| {
        ["saml-provider/", "oidc-provider/"].iter().any(|kind| arn.relative.starts_with(kind))
    })
}

/// Does a member of a principal stand for this service, user, role or provider?
pub(in crate::policy) fn is_member(kind: &PrincipalKind, member: &str, who: &str) -> bool {
    match kind {
        // Service names are host names, which have no case.
        PrincipalKind::Service => pattern::matches(member, who, Case::Fold),
        PrincipalKind::Federated => {
            pattern::matches(member, who, Case::Exact) && !is_of_account(who)
        }
        PrincipalKind::Ram | PrincipalKind::Bare | PrincipalKind::Other(_) => {
            if arn::matches_resource(member, who) {
                return true;
            }
            // An account stands for all users and roles that are in it; a provider is trusted as `Federated` alone.
            let asker = arn::split(who).map(|arn| arn.account).filter(|_| !is_provider(who));
            match arn::split(member) {
                Some(account) if account.relative == "root" => {
                    asker.is_some_and(|asker| pattern::matches(account.account, asker, Case::Exact))
                }
                Some(_) => false,
                None => asker.is_some_and(|asker| pattern::matches(member, asker, Case::Exact)),
            }
        }
    }
}
