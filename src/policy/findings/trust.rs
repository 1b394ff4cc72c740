//! Whom a policy with principals lets in: anybody, everybody of an identity provider; and names that such a policy
//! does not know.

use super::conditions::is_always_met;
use super::names::placeholder;
use super::{At, Found, Named, Rule, Severity, actions, buckets, is_every_action, is_open};
use super::{limited, list, members, named, powers, shown};
use crate::policy::document::{
    Clause, Condition, Document, Effect, Principal, PrincipalKind, Statement,
};
use crate::policy::idle::Idle;
use crate::policy::operator::{Operator, Test};
use crate::policy::pattern::{self, Case};
use crate::policy::source::Spanned;
use crate::policy::wording;
use crate::say::{said, say};
use std::collections::BTreeSet;

pub(super) fn look(
    index: usize,
    statement: &Statement,
    document: &Document,
    found: &mut Found<'_>,
) {
    let Some(principal) = &statement.principal else { return };
    if of_no_resource(index, statement, principal, found) {
        return;
    }
    if statement.effect == Effect::Allow {
        open(index, statement, principal, document, found);
    }
    if lacks_resource(statement, principal) {
        found.push(
            Rule::Oddity("no-target"),
            Severity::Error,
            At::new(index, statement.span),
            say(found.language, "The statement has no Resource, which the policy of a bucket, a key or the like needs.").to_owned(),
            say(found.language, "Without one only trust policies of roles are written, and these have the action sts:AssumeRole."),
        );
    } else if is_of_role(statement) {
        resource(index, statement, found);
        members::actions(index, statement, found);
        if statement.effect == Effect::Allow {
            members::look(index, statement, principal, found);
            federated(index, statement, principal, found);
            any_provider(index, statement, principal, found);
            services(index, statement, principal, found);
        }
    } else if statement.is_of_bucket() {
        buckets::look(index, statement, principal, found);
    } else if statement.lists_only("oss") {
        buckets::names(index, principal, found);
    }
}

/// Is it a statement of the trust policy of a role? These have no resource, and their action is one of STS.
fn is_of_role(statement: &Statement) -> bool {
    statement.resource.is_none() || statement.lists_only("sts")
}

/// Is it one of another policy than that of a role, by its actions and principals, and without what these are on?
fn lacks_resource(statement: &Statement, principal: &Principal) -> bool {
    let listed = statement.action.as_ref().filter(|clause| !clause.negated && !clause.is_empty());
    let is_of_another = |action: &Spanned| {
        let code = action.value.split_once(':').map(|(code, _)| pattern::fold(code));
        code.is_some_and(|code| code != "sts" && WITH_POLICIES.contains(&code.as_str()))
    };
    let is_kind = |(kind, _): &(PrincipalKind, Spanned)| {
        matches!(kind, PrincipalKind::Bare | PrincipalKind::Ram)
    };
    statement.resource.is_none()
        && principal.members.iter().all(is_kind)
        && listed.is_some_and(|clause| clause.values.iter().all(is_of_another))
}

/// No trust policy on RAM's pages has a resource.
fn resource(index: usize, statement: &Statement, found: &mut Found<'_>) {
    let Some(clause) = &statement.resource else { return };
    let language = found.language;
    let name = if clause.negated { "NotResource" } else { "Resource" };
    found.tell(
        Named::TrustResource,
        Severity::Warning,
        At::new(index, clause.span),
        said(language, "{} stands in a trust policy.", &[name]),
        say(
            language,
            "No trust policy in the documentation has it: whether RAM refuses the element there or passes over it is not documented.",
        ),
    );
}

/// Codes of services with policies that name principals: of roles (RAM, "Modify the trust policy of a RAM role"), of buckets
/// and access points (OSS, "Bucket policy"), of keys and secrets (KMS, `SetKeyPolicy`), of VPC endpoints (PrivateLink,
/// "Endpoint policies": OSS and PAI), of instances (Tablestore, `UpdateInstancePolicy`). Of the others behind them that is
/// not sure enough to say the opposite.
const WITH_POLICIES: [&str; 13] = [
    "sts",
    "oss",
    "ossvector",
    "osstables",
    "kms",
    "ots",
    "paiworkspace",
    "log",
    "mns",
    "nas",
    "fc",
    "eventbridge",
    "cr",
];

/// Tells of principals beside resources of services whose resources have no policies, a habit from other clouds; false
/// where it may be such a policy.
fn of_no_resource(
    index: usize,
    statement: &Statement,
    principal: &Principal,
    found: &mut Found<'_>,
) -> bool {
    let listed = statement.action.as_ref().filter(|clause| !clause.negated && !clause.unknown);
    let Some(listed) = listed.filter(|clause| !clause.is_empty()) else { return false };
    let code = |action: &'_ str| {
        let code = action.split_once(':').map(|(code, _)| pattern::fold(code))?;
        let plain = !code.trim().is_empty() && !pattern::has_wildcard(&code);
        (plain && !WITH_POLICIES.contains(&code.as_str())).then_some(code)
    };
    let codes: Option<BTreeSet<String>> =
        listed.values.iter().map(|action| code(&action.value)).collect();
    let Some(codes) = codes.filter(|_| statement.resource.is_some()) else { return false };
    let language = found.language;
    found.tell(
        Named::PrincipalOfNoResource,
        Severity::Warning,
        At::new(index, principal.span),
        said(
            language,
            "Names principals for actions of {}, of which no policy with Principal is known here.",
            &[&list(language, codes.iter().map(String::as_str))],
        ),
        say(
            language,
            "The policies of users, groups and roles have no Principal: whoever has such a policy is meant by it. Whether RAM refuses the element there or passes over it is not documented.",
        ),
    );
    true
}

/// Is it written as the default policy of a VPC endpoint is: everything, on everything, to everybody? PrivateLink, "Endpoint
/// policies": it overrides no other policy.
fn is_of_endpoint(statement: &Statement) -> bool {
    named(statement).iter().any(|action| is_every_action(&action.value))
        && statement.resource.as_ref().is_some_and(Clause::is_any_resource)
        && statement.principal.as_ref().is_some_and(|one| !one.negated && one.is_anyone())
}

fn open(
    index: usize,
    statement: &Statement,
    principal: &Principal,
    document: &Document,
    found: &mut Found<'_>,
) {
    let open = |kind: &PrincipalKind, value: &str| {
        kind.is_anyone(value)
            || kind.names_accounts()
                && ["acs:ram::*:", "arn:sts::*:"].iter().any(|start| value.starts_with(start))
    };
    let members = &principal.members;
    // All but nobody is an oddity, and all but everybody is nobody.
    let member = if principal.negated {
        members.first().filter(|_| !principal.is_anyone())
    } else {
        members.iter().find(|(kind, value)| open(kind, &value.value))
    };
    let Some((_, value)) = member else { return };
    if is_taken_back(statement, document) {
        return;
    }
    let language = found.language;
    let bucket = statement.is_of_bucket();
    let endpoint = is_of_endpoint(statement);
    let limits = if bucket {
        statement.conditions.iter().any(buckets::is_narrow)
    } else {
        !is_open(statement)
    };
    let actions = actions(language, statement);
    found.tell(
        Named::OpenPrincipal,
        if limits || endpoint { Severity::Note } else { Severity::Warning },
        At::new(index, value.span),
        if principal.negated {
            let but = wording::join(language, &wording::members(language, principal, 4), "and");
            let values = [&actions, &but, limited(language, statement)];
            said(language, "Allows {} to anybody except {}{}.", &values)
        } else {
            let values = [&actions, limited(language, statement)];
            said(language, "Allows {} to anybody{}.", &values)
        },
        if bucket && !limits && !statement.conditions.is_empty() {
            say(
                language,
                "Object Storage Service counts the bucket as public: only fixed VPCs, access keys or address blocks that are not too wide limit who comes in.",
            )
        } else if bucket {
            say(
                language,
                "Every account of the cloud is meant, not only your own, and whoever has none (anonymous users).",
            )
        } else if endpoint {
            say(
                language,
                "The default policy of a VPC endpoint is written so, and allows nothing that other policies do not; anywhere else every account of the cloud is let in.",
            )
        } else {
            say(language, "Every account of the cloud is meant, not only your own.")
        },
    );
}

/// Statements that deny which are held against one that lets anybody in. Real policies have one or two.
const DENYING: usize = 20;

/// Does another statement deny all of it to anybody, without a condition?
fn is_taken_back(statement: &Statement, document: &Document) -> bool {
    let Some(actions) = &statement.action else { return false };
    let denying = document.statements.iter().filter(|other| {
        let principal = other.principal.as_ref();
        let anybody =
            principal.is_some_and(|principal| !principal.negated && principal.is_anyone());
        other.effect == Effect::Deny
            && anybody
            && other.conditions.is_empty()
            && Idle::of(other).is_none()
    });
    denying.take(DENYING).any(|other| {
        let covered = other.action.as_ref().is_some_and(|denied| is_within(actions, denied));
        let reached = match (&statement.resource, &other.resource) {
            (None, None) => true,
            (Some(allowed), Some(denied)) => denied.is_any_resource() || is_within(allowed, denied),
            _ => false,
        };
        covered && reached
    })
}

/// Does a clause cover all that another one lists? Doubt is a no.
pub(super) fn is_within(allowed: &Clause, denied: &Clause) -> bool {
    let covered = |value: &Spanned| {
        let mut denied = denied.values.iter();
        denied.any(|one| pattern::covers(&one.value, &value.value, Case::Fold))
    };
    let few = allowed.values.len().saturating_mul(denied.values.len()) <= HELD;
    if allowed.negated {
        let all = |one: &Spanned| pattern::matches_anything(&one.value);
        return !denied.negated && denied.values.iter().any(all);
    }
    few && !denied.negated && !allowed.unknown && allowed.values.iter().all(covered)
}

/// Pairs of patterns that are held against each other.
const HELD: usize = 10_000;

/// What the trust in an identity provider of one kind needs.
struct Kind {
    /// How the last part of its ARN begins.
    begins: &'static str,
    /// The keys that must stand under `StringEquals`.
    required: &'static [&'static str],
    /// The key that tells one of its users from another, where there is one.
    subject: Option<&'static str>,
}

/// RAM's page "Create a RAM role for a trusted identity provider": which condition keys are required, and that `oidc:iss` and
/// `oidc:aud` take no operator but `StringEquals`. A SAML assertion has no key for its user.
const KINDS: [Kind; 2] = [
    Kind {
        begins: "oidc-provider/",
        required: &["oidc:iss", "oidc:aud"],
        subject: Some("oidc:sub"),
    },
    Kind { begins: "saml-provider/", required: &["saml:recipient"], subject: None },
];

fn federated(index: usize, statement: &Statement, principal: &Principal, found: &mut Found<'_>) {
    for kind in &KINDS {
        let of_kind = |(of, value): &&(PrincipalKind, Spanned)| {
            let last = value.value.rsplit(':').next().unwrap_or_default();
            *of == PrincipalKind::Federated && last.starts_with(kind.begins)
        };
        let Some((_, provider)) = principal.members.iter().find(of_kind) else { continue };
        let at = At::new(index, provider.span);
        let language = found.language;
        let name = provider.value.rsplit(':').next().unwrap_or_default();
        let name = shown(name.get(kind.begins.len()..).unwrap_or_default());
        let about = |condition: &&Condition, key: &str| {
            pattern::same(&condition.key.value, key, Case::Fold)
        };
        let is_asked = |key: &str| {
            statement.conditions.iter().filter(|one| about(one, key)).any(|condition| {
                Operator::parse(&condition.operator.value)
                    .is_some_and(|one| !one.negated && matches!(one.test, Test::Text(_)))
            })
        };
        let missing: Vec<String> = kind
            .required
            .iter()
            .filter(|key| !is_asked(key))
            .map(|key| (*key).to_owned())
            .collect();
        if !missing.is_empty() {
            found.tell(
                Named::MissingTrustCondition,
                Severity::Warning,
                at,
                said(
                    language,
                    "Trusts the identity provider {} without StringEquals on {}.",
                    &[&name, &wording::join(language, &missing, "and")],
                ),
                say(
                    language,
                    "The documentation requires it; whether RAM refuses a policy without it is not documented.",
                ),
            );
        }
        if let Some(subject) = kind.subject
            && !statement
                .conditions
                .iter()
                .any(|condition| about(&condition, subject) && !is_always_met(condition))
        {
            found.tell(
                Named::OpenFederation,
                Severity::Warning,
                at,
                said(
                    language,
                    "Everybody of the identity provider {} may assume the role: nothing limits {}.",
                    &[&name, subject],
                ),
                say(
                    language,
                    "A token that the provider issues for this audience is enough, whoever it stands for.",
                ),
            );
        } else if let Some(subject) = kind.subject
            && let Some(value) = statement
                .conditions
                .iter()
                .filter(|condition| about(condition, subject))
                .find_map(wide_subject)
        {
            found.tell(
                Named::OpenFederation,
                Severity::Warning,
                At::new(index, value.span),
                said(
                    language,
                    "{} under {} lets in whoever the identity provider {} speaks for.",
                    &[&shown(&value.value), subject, &name],
                ),
                say(language, "Only the kind of the subject is fixed, not which one it is."),
            );
        }
    }
}

/// What the providers of each kind are called, of whatever account.
const PROVIDERS: [&str; 2] = ["acs:ram::*:oidc-provider/*", "acs:ram::*:saml-provider/*"];

/// Patterns of identity providers that leave their kind open, such as `*`: of them [`federated`] says nothing.
fn any_provider(index: usize, statement: &Statement, principal: &Principal, found: &mut Found<'_>) {
    let patterns = principal.members.iter().filter(|(kind, value)| {
        let last = value.value.rsplit(':').next().unwrap_or_default();
        *kind == PrincipalKind::Federated
            && pattern::has_wildcard(&value.value)
            && !KINDS.iter().any(|one| last.starts_with(one.begins))
            && PROVIDERS.iter().any(|all| pattern::overlaps(&value.value, all, Case::Exact))
    });
    // The required conditions ask of which provider a user comes; whoever sets one up answers them.
    let is_required = |condition: &Condition| {
        let mut required = KINDS.iter().flat_map(|kind| kind.required);
        required.any(|key| pattern::same(&condition.key.value, key, Case::Fold))
    };
    let narrow = |one: &Condition| !is_always_met(one) && !is_required(one);
    let is_limited = statement.conditions.iter().any(narrow);
    let language = found.language;
    for (_, value) in patterns {
        let all = PROVIDERS.iter().all(|all| pattern::covers(&value.value, all, Case::Exact));
        let limited = limited(language, statement);
        found.tell(
            Named::OpenPrincipal,
            if is_limited { Severity::Note } else { Severity::Warning },
            At::new(index, value.span),
            if all {
                let words = "Users of any identity provider may assume this role{}.";
                said(language, words, &[limited])
            } else {
                let words = "Users of any identity provider {} may assume this role{}.";
                said(language, words, &[&shown(&value.value), limited])
            },
            if all {
                say(
                    language,
                    "Those of other accounts are meant too, where RAM takes a pattern here: that is not documented.",
                )
            } else {
                say(language, "Whether RAM takes a pattern here is not documented.")
            },
        );
    }
}

/// What the subjects of identity providers begin with before anything tells one from another: those of GitHub, GitLab
/// and Kubernetes.
const KINDS_OF_SUBJECT: [&str; 4] = ["repo:", "project_path:", "system:", "system:serviceaccount:"];

/// The value of a condition on a subject that fixes no more than its kind.
fn wide_subject(condition: &Condition) -> Option<&Spanned> {
    let operator = Operator::parse(&condition.operator.value)?;
    let pattern = !operator.negated && operator.test == Test::Like;
    condition.values.iter().filter(|_| pattern).find(|one| {
        let fixed = one.value.split(['*', '?']).next().unwrap_or_default();
        fixed.len() < one.value.len() && KINDS_OF_SUBJECT.contains(&fixed)
    })
}

/// Names of services that a trust policy lets in.
fn services(index: usize, statement: &Statement, principal: &Principal, found: &mut Found<'_>) {
    let language = found.language;
    for (_, value) in principal.members.iter().filter(|(kind, _)| *kind == PrincipalKind::Service) {
        let at = At::new(index, value.span);
        let name = pattern::fold(value.value.trim());
        if powers::is_any_service(&name) {
            found.tell(
                Named::OpenPrincipal,
                if is_open(statement) { Severity::Warning } else { Severity::Note },
                at,
                said(
                    language,
                    "Any service may assume this role{}.",
                    &[limited(language, statement)],
                ),
                say(
                    language,
                    "Whoever can have one of them act for them acts with the rights of the role.",
                ),
            );
        } else if let Some(message) = odd_service(&value.value) {
            found.tell(
                Named::ServicePrincipal,
                Severity::Warning,
                at,
                said(language, message, &[&shown(&value.value)]),
                say(language, "No service assumes the role by this name."),
            );
        } else if !name.ends_with(".aliyuncs.com") && !name.contains(['*', '?', '$']) {
            found.tell(
                Named::ServicePrincipal,
                Severity::Warning,
                at,
                said(
                    language,
                    "{} is no service of Alibaba Cloud: their names end with .aliyuncs.com.",
                    &[&shown(&value.value)],
                ),
                say(language, "No service assumes the role by this name."),
            );
        }
    }
}

/// What is odd about the name of a service, however it ends. What is filled in has a rule of its own.
fn odd_service(name: &str) -> Option<&'static str> {
    if placeholder(name).is_some() {
        None
    } else if name.contains(char::is_whitespace) {
        Some("\"{}\" has a blank in it.")
    } else if name.contains(['/', ':']) {
        Some("\"{}\" is an address and no name of a service.")
    } else {
        None
    }
}
