//! Does the action, resource or principal of a statement match a request?

use super::answer::Part;
use crate::policy::condition::{Notes, Truth};
use crate::policy::document::{Clause, PrincipalKind, Statement};
use crate::policy::pattern::{self, Case, arn};
use crate::policy::request::{Missing, Request};
use crate::policy::source::{Span, Spanned};
use crate::policy::wording::{self, visible};

/// The action, or everything but some actions.
pub(super) fn action(statement: &Statement, request: &Request) -> Part {
    let Some(clause) = &statement.action else {
        return Part {
            name: "Action",
            truth: Truth::No,
            why: "without Action or NotAction a statement never matches".to_owned(),
            span: None,
        };
    };
    let name = if clause.negated { "NotAction" } else { "Action" };
    let set = request.missing == Missing::Unknown && pattern::has_wildcard(&request.action);
    of_clause(name, "action", clause, |value| {
        if set && !pattern::covers(&value.value, &request.action, Case::Fold) {
            let some = pattern::overlaps(&value.value, &request.action, Case::Fold);
            if some { Truth::Maybe } else { Truth::No }
        } else {
            (set || pattern::matches(&value.value, &request.action, Case::Fold)).into()
        }
    })
}

/// The resource; trust policies have none, for they hang on theirs.
pub(super) fn resource(statement: &Statement, request: &Request, notes: &mut Notes) -> Part {
    let Some(clause) = &statement.resource else {
        let part =
            |truth, why: &str| Part { name: "Resource", truth, why: why.to_owned(), span: None };
        if statement.principal.is_some() {
            return part(Truth::Yes, "the policy speaks of what it is attached to");
        }
        notes.add(
            "A statement with neither Resource nor Principal is taken to match nothing \
             (not documented).",
        );
        return part(Truth::No, "without Resource or Principal a statement matches nothing");
    };
    let name = if clause.negated { "NotResource" } else { "Resource" };
    if clause.negated {
        notes.add("NotResource is not in RAM's present grammar; read as every resource but these.");
    }
    of_clause(name, "resource", clause, |value| match (&request.resource, request.missing) {
        (None, _) if any_resource(&value.value) => Truth::Yes,
        (None, Missing::Absent) => Truth::No,
        (None, Missing::Unknown) => Truth::Maybe,
        (Some(resource), Missing::Unknown) if pattern::has_wildcard(resource) => {
            let case = if arn::is_role(resource) { Case::Fold } else { Case::Exact };
            if pattern::covers(&value.value, resource, case) {
                Truth::Yes
            } else if pattern::overlaps_resource(&value.value, resource, case) {
                Truth::Maybe
            } else {
                Truth::No
            }
        }
        (Some(resource), _) => {
            let truth = arn::matches_resource(&value.value, resource);
            note_arn(&value.value, resource, truth, notes);
            truth.into()
        }
    })
}

/// Does the pattern match every resource, `*` or with all parts open?
fn any_resource(value: &str) -> bool {
    pattern::covers(value, "acs:*:*:*:*", Case::Exact)
}

/// The best of the patterns, turned round under `Not...`.
fn of_clause(
    name: &'static str,
    word: &str,
    clause: &Clause,
    mut test: impl FnMut(&Spanned) -> Truth,
) -> Part {
    let mut best: Option<(&Spanned, Truth)> = None;
    for value in &clause.values {
        let truth = test(value);
        if best.is_none_or(|(_, known)| truth > known) {
            best = Some((value, truth));
        }
        if truth == Truth::Yes {
            break;
        }
    }
    let found = best.map_or(Truth::No, |(_, truth)| truth);
    let truth = if clause.negated { found.not() } else { found };
    let why = match (found, best) {
        (Truth::Yes, Some((value, _))) => format!("the {word} matches {}", visible(&value.value)),
        (Truth::Maybe, _) => {
            let not = if clause.negated { "none of" } else { "one of" };
            let (one, several) = if clause.negated {
                ("does not match", format!("matches {not}"))
            } else {
                ("matches", format!("matches {not}"))
            };
            match clause.values.as_slice() {
                [value] => format!("the {word} {one} {}", visible(&value.value)),
                values => format!("the {word} {several} {}", some(values)),
            }
        }
        _ => match clause.values.as_slice() {
            [] => "the list is empty".to_owned(),
            [value] => format!("the {word} does not match {}", visible(&value.value)),
            values => format!("the {word} matches none of {}", some(values)),
        },
    };
    let span =
        best.filter(|(_, truth)| *truth != Truth::No).map_or(clause.span, |(value, _)| value.span);
    Part { name, truth, why, span: Some(span) }
}

/// The first patterns of a list, and how many there are beyond them.
fn some(values: &[Spanned]) -> String {
    let shown =
        wording::first(crate::say::Language::English, values, 3, |value| visible(&value.value));
    wording::join(crate::say::Language::English, &shown, "and")
}

/// Remarks on readings of resource names that made a difference here.
fn note_arn(value: &str, resource: &str, matched: bool, notes: &mut Notes) {
    if !matched {
        if pattern::matches(value, resource, Case::Fold) {
            notes.add(format!(
                "Resource names are compared with case (not documented): {} would match without.",
                visible(value)
            ));
        }
        return;
    }
    if !pattern::matches(value, resource, Case::Exact) {
        notes.add(
            "Names of RAM roles are compared without case, as the cloud writes them in lower case.",
        );
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
        notes.add(format!(
            "In {} a wildcard runs across a colon of the resource name (not documented).",
            visible(value)
        ));
    }
}

/// The principal of a resource-based policy; None for other policies.
pub(super) fn principal(
    statement: &Statement,
    request: &Request,
    notes: &mut Notes,
) -> Option<Part> {
    let principal = statement.principal.as_ref()?;
    let name = if principal.negated { "NotPrincipal" } else { "Principal" };
    if principal.negated {
        notes.add("NotPrincipal is not in RAM's grammar; read as everyone but these.");
    }
    let part = |truth: Truth, why: String, span: Span| {
        let truth = if principal.negated { truth.not() } else { truth };
        Some(Part { name, truth, why, span: Some(span) })
    };
    let anyone =
        |kind: &PrincipalKind| !matches!(kind, PrincipalKind::Service | PrincipalKind::Federated);
    if let Some((_, value)) =
        principal.members.iter().find(|(kind, v)| v.value == "*" && anyone(kind))
    {
        return part(Truth::Yes, "it means anyone".to_owned(), value.span);
    }
    let Some(who) = &request.principal else {
        if request.missing == Missing::Absent {
            notes.add("The policy names principals and the request does not say who asks.");
            let why = "the request does not say who asks".to_owned();
            return Some(Part { name, truth: Truth::No, why, span: Some(principal.span) });
        }
        let members = wording::first(
            crate::say::Language::English,
            &principal.members,
            3,
            |(kind, value)| wording::member(crate::say::Language::English, kind, &value.value),
        );
        let other_than = if principal.negated { "someone other than " } else { "" };
        let who = wording::join(crate::say::Language::English, &members, "or");
        return part(
            Truth::Maybe,
            format!("the request comes from {other_than}{who}"),
            principal.span,
        );
    };
    let found = principal.members.iter().find(|(kind, value)| is_member(kind, &value.value, who));
    match found {
        Some((kind, value)) => part(
            Truth::Yes,
            format!(
                "it names {}",
                wording::member(crate::say::Language::English, kind, &value.value)
            ),
            value.span,
        ),
        None => part(Truth::No, format!("it does not name {}", visible(who)), principal.span),
    }
}

/// Does a member of a principal stand for this service, user, role or provider?
fn is_member(kind: &PrincipalKind, member: &str, who: &str) -> bool {
    match kind {
        // Service names are host names, which have no case.
        PrincipalKind::Service => pattern::matches(member, who, Case::Fold),
        PrincipalKind::Federated => pattern::matches(member, who, Case::Exact),
        PrincipalKind::Ram | PrincipalKind::Bare | PrincipalKind::Other(_) => {
            if arn::matches_resource(member, who) {
                return true;
            }
            let asker = arn::split(who).map(|arn| arn.account);
            match arn::split(member) {
                // An account stands for all that is in it.
                Some(account) if account.relative == "root" => {
                    asker.is_some_and(|asker| pattern::matches(account.account, asker, Case::Exact))
                }
                Some(_) => false,
                None => asker.is_some_and(|asker| pattern::matches(member, asker, Case::Exact)),
            }
        }
    }
}
