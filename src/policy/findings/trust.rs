//! Whom a policy with principals lets in: anybody, everybody of an identity provider; and names that such a policy
//! does not know.

use super::conditions::is_always_met;
use super::{At, Found, Named, Severity, is_open, limited, list, named, powers, shown};
use crate::policy::document::{
    Clause, Condition, Document, Effect, Principal, PrincipalKind, Statement,
};
use crate::policy::idle::Idle;
use crate::policy::operator::{Operator, Test, value};
use crate::policy::pattern::{self, Case};
use crate::policy::source::Spanned;
use crate::policy::wording;
use crate::say::{said, say};

pub(super) fn look(
    index: usize,
    statement: &Statement,
    document: &Document,
    found: &mut Found<'_>,
) {
    let Some(principal) = &statement.principal else { return };
    if statement.effect == Effect::Allow {
        open(index, statement, principal, document, found);
    }
    if statement.resource.is_none() {
        action(index, statement, found);
        if statement.effect == Effect::Allow {
            federated(index, statement, principal, found);
            services(index, statement, principal, found);
        }
    } else {
        of_bucket(index, statement, principal, found);
    }
}

fn open(
    index: usize,
    statement: &Statement,
    principal: &Principal,
    document: &Document,
    found: &mut Found<'_>,
) {
    let open = |kind: &PrincipalKind, value: &str| {
        is_anybody(kind, value)
            || is_account(kind)
                && ["acs:ram::*:", "arn:sts::*:"].iter().any(|start| value.starts_with(start))
    };
    let members = &principal.members;
    // All but nobody is an oddity, and all but everybody is nobody.
    let everybody = || members.iter().any(|(kind, value)| is_anybody(kind, &value.value));
    let member = if principal.negated {
        members.first().filter(|_| !everybody())
    } else {
        members.iter().find(|(kind, value)| open(kind, &value.value))
    };
    let Some((_, value)) = member else { return };
    if is_taken_back(statement, document) {
        return;
    }
    let language = found.language;
    let bucket = statement.resource.is_some() && is_of_oss(statement);
    let limits =
        if bucket { statement.conditions.iter().any(is_narrow) } else { !is_open(statement) };
    let actions = statement.action.as_ref().map(|clause| clause.values.as_slice());
    let actions = actions.unwrap_or_default().iter().map(|value| value.value.as_str());
    found.tell(
        Named::OpenPrincipal,
        if limits { Severity::Note } else { Severity::Warning },
        At::new(index, value.span),
        if principal.negated {
            let but = wording::join(language, &wording::members(language, principal, 4), "and");
            let values = [&list(language, actions), &but, limited(language, statement)];
            said(language, "Allows {} to anybody except {}{}.", &values)
        } else {
            let values = [&list(language, actions), limited(language, statement)];
            said(language, "Allows {} to anybody{}.", &values)
        },
        if bucket && !limits && !statement.conditions.is_empty() {
            say(
                language,
                "Object Storage Service counts the bucket as public: only fixed VPCs, access keys or address blocks that are not too wide limit who comes in.",
            )
        } else {
            say(language, "Every account of the cloud is meant, not only your own.")
        },
    );
}

/// Are all actions written as those of Object Storage Service?
fn is_of_oss(statement: &Statement) -> bool {
    statement.action.as_ref().is_some_and(|actions| actions.is_all_of("oss"))
}

/// Keys with fixed values that make a bucket policy not public.
const FIXED: [&str; 3] = ["acs:SourceVpcId", "acs:SourceVpc", "acs:AccessId"];
/// The same for addresses.
const ADDRESSES: [&str; 2] = ["acs:SourceIp", "acs:SourceVpcIp"];

/// Does the condition keep a bucket from being public? OSS, "Block Public Access": fixed values, or blocks of
/// addresses of at least 8 bits (IPv4) or 32 (IPv6). What asks for no more than that the key is absent or something else
/// keeps nobody out.
fn is_narrow(condition: &Condition) -> bool {
    let asks = Operator::parse(&condition.operator.value)
        .is_some_and(|operator| !operator.negated && !operator.if_exists);
    let is_one_of =
        |keys: &[&str]| keys.iter().any(|key| pattern::same(key, &condition.key.value, Case::Fold));
    let all = |narrow: &dyn Fn(&str) -> bool| {
        !condition.values.is_empty() && condition.values.iter().all(|one| narrow(&one.value))
    };
    let block = |text: &str| value::block(text).is_ok_and(|block| block.bits() >= least(block));
    asks && !condition.unknown
        && (is_one_of(&FIXED) && all(&|text| !text.contains('*'))
            || is_one_of(&ADDRESSES) && all(&block))
}

/// The bits that a block of addresses has at least where a bucket is not public.
const fn least(block: value::Block) -> u32 {
    if block.is_ipv4() { 8 } else { 32 }
}

/// May the kind name accounts?
fn is_account(kind: &PrincipalKind) -> bool {
    matches!(kind, PrincipalKind::Bare | PrincipalKind::Ram | PrincipalKind::Other(_))
}

fn is_anybody(kind: &PrincipalKind, value: &str) -> bool {
    is_account(kind) && pattern::matches_anything(value)
}

/// Statements that deny which are held against one that lets anybody in. Real policies have one or two.
const DENYING: usize = 20;

/// Does another statement deny all of it to anybody, without a condition?
fn is_taken_back(statement: &Statement, document: &Document) -> bool {
    let Some(actions) = &statement.action else { return false };
    let denying = document.statements.iter().filter(|other| {
        let anybody = other.principal.as_ref().is_some_and(|principal| {
            let mut members = principal.members.iter();
            !principal.negated && members.any(|(kind, value)| is_anybody(kind, &value.value))
        });
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
fn is_within(allowed: &Clause, denied: &Clause) -> bool {
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

/// Operations of STS by which users of identity providers assume a role. Their pages name no RAM action, and every
/// trust policy on RAM's page "Create a RAM role for a trusted identity provider" has `sts:AssumeRole`.
const NO_ACTIONS: [&str; 2] = ["sts:AssumeRoleWithOIDC", "sts:AssumeRoleWithSAML"];

fn action(index: usize, statement: &Statement, found: &mut Found<'_>) {
    let language = found.language;
    for action in named(statement) {
        if NO_ACTIONS.iter().any(|name| pattern::same(name, &action.value, Case::Fold)) {
            found.tell(
                Named::TrustAction,
                Severity::Warning,
                At::new(index, action.span),
                said(
                    language,
                    "{} is not documented as an action of a trust policy.",
                    &[&shown(&action.value)],
                ),
                say(
                    language,
                    "The documentation writes sts:AssumeRole for identity providers too; under this name the trust is likely to match no request.",
                ),
            );
        }
    }
}

/// Object Storage Service on bucket policies: principals are UIDs of accounts and users, `arn:sts::` names of
/// sessions of a role, or `*`.
fn of_bucket(index: usize, statement: &Statement, principal: &Principal, found: &mut Found<'_>) {
    let is_name = |(kind, value): &&(PrincipalKind, Spanned)| {
        *kind == PrincipalKind::Bare && value.value.starts_with("acs:ram:")
    };
    let Some((_, value)) = principal.members.iter().find(is_name) else { return };
    if !is_of_oss(statement) {
        return;
    }
    let language = found.language;
    found.tell(
        Named::BucketPrincipal,
        Severity::Note,
        At::new(index, value.span),
        said(
            language,
            "\"{}\" is not documented as a principal of a bucket policy.",
            &[&shown(&value.value)],
        ),
        say(
            language,
            "There accounts and users stand by their UID, and roles as arn:sts::UID:assumed-role/role/session.",
        ),
    );
}
