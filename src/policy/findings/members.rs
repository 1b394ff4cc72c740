//! The principals and actions of trust policies: whole accounts, names that are no principal, actions other than
//! `sts:AssumeRole`.

use super::names::placeholder;
use super::{At, Found, Named, Severity, is_open, limited, named, shown};
use crate::policy::ASSUME_ROLE;
use crate::policy::document::{Effect, Principal, PrincipalKind, Statement};
use crate::policy::pattern::{self, Case, arn};
use crate::policy::source::Spanned;
use crate::policy::wording;
use crate::say::{said, say};

/// Looks at a statement that lets principals assume a role.
pub(super) fn look(
    index: usize,
    statement: &Statement,
    principal: &Principal,
    found: &mut Found<'_>,
) {
    if principal.negated {
        return;
    }
    let of_ram = |(kind, _): &&(PrincipalKind, Spanned)| *kind == PrincipalKind::Ram;
    for (kind, value) in &principal.members {
        if !kind.is_documented_in_trust(&value.value) {
            tell_no_principal(index, kind, value, found);
        }
    }
    if is_open(statement) {
        let accounts = principal.members.iter().filter(of_ram).map(|(_, value)| value);
        let accounts: Vec<&Spanned> = accounts.filter(|one| is_account(&one.value)).collect();
        tell_accounts(index, statement, &accounts, found);
    }
}

/// RAM, "Modify the trust policy of a RAM role": accounts, users and roles stand under `RAM`, identity providers under
/// `Federated`, each by its ARN.
fn tell_no_principal(index: usize, kind: &PrincipalKind, value: &Spanned, found: &mut Found<'_>) {
    let language = found.language;
    let name = shown(&value.value);
    let is_number = || !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_digit());
    let (message, meaning) = match kind {
        PrincipalKind::Federated => (
            said(language, "\"{}\" is no identity provider.", &[&name]),
            say(
                language,
                "Under Federated the documentation has acs:ram::ID:saml-provider/name and acs:ram::ID:oidc-provider/name alone: whom RAM lets in by this is not documented.",
            )
            .to_owned(),
        ),
        PrincipalKind::Bare => (
            said(language, "\"{}\" stands under neither RAM nor Service nor Federated.", &[&name]),
            say(
                language,
                "Every trust policy in the documentation says of what kind a principal is: whom RAM lets in by a bare name is not documented.",
            )
            .to_owned(),
        ),
        _ if is_number() => (
            said(language, "\"{}\" is not documented as a principal of a trust policy.", &[&name]),
            said(
                language,
                "An account is written acs:ram::{}:root there; whether RAM takes the number alone is not documented.",
                &[&name],
            ),
        ),
        _ => (
            said(language, "\"{}\" is neither an account nor a user or role.", &[&name]),
            say(
                language,
                "The documentation has only these three under RAM, no groups and no sessions: whom RAM lets in by this is not documented.",
            )
            .to_owned(),
        ),
    };
    let at = At::new(index, value.span);
    found.tell(Named::TrustPrincipal, Severity::Warning, at, message, &meaning);
}

/// Is it one account as a whole? Any account has a rule of its own.
fn is_account(value: &str) -> bool {
    arn::split(value).is_some_and(|parts| {
        pattern::same(parts.code, "ram", Case::Fold)
            && !pattern::has_wildcard(parts.account)
            && placeholder(value).is_none()
            && (parts.relative == "root" || pattern::matches_anything(parts.relative))
    })
}

/// RAM, "Use external IDs to prevent the confused deputy issue". Whether an account is one's own, the policy does not tell.
fn tell_accounts(
    index: usize,
    statement: &Statement,
    accounts: &[&Spanned],
    found: &mut Found<'_>,
) {
    let Some(first) = accounts.first() else { return };
    let language = found.language;
    let names = wording::first(language, accounts, 4, |value| {
        let account = arn::split(&value.value).map_or("", |parts| parts.account);
        said(language, "account {}", &[&shown(account)])
    });
    found.tell(
        Named::NoExternalId,
        Severity::Note,
        At::new(index, first.span),
        said(
            language,
            "Trusts {} as a whole{} and asks for no external ID.",
            &[&wording::join(language, &names, "and"), limited(language, statement)],
        ),
        say(
            language,
            "All its users and roles that may call sts:AssumeRole can assume the role. Where it is the account of a vendor, the vendor may be tricked by another customer into acting here: against that RAM documents the condition sts:ExternalId.",
        ),
    );
}

/// Operations of STS by which users of identity providers assume a role. Their pages name no RAM action, and every
/// trust policy on RAM's page "Create a RAM role for a trusted identity provider" has `sts:AssumeRole`.
const NO_ACTIONS: [&str; 2] = ["sts:AssumeRoleWithOIDC", "sts:AssumeRoleWithSAML"];

pub(super) fn actions(index: usize, statement: &Statement, found: &mut Found<'_>) {
    let language = found.language;
    let allows = statement.effect == Effect::Allow;
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
        } else if allows
            && pattern::has_wildcard(&action.value)
            && pattern::matches(&action.value, ASSUME_ROLE, Case::Fold)
        {
            found.tell(
                Named::TrustAction,
                Severity::Note,
                At::new(index, action.span),
                said(language, "{} stands for more than sts:AssumeRole.", &[&shown(&action.value)]),
                say(
                    language,
                    "No other action is documented in a trust policy; whether RAM takes a pattern there is not documented.",
                ),
            );
        } else if allows && is_other(&action.value) {
            // RAM has pages on source identities too; what they ask of a trust policy was not seen.
            let service = action.value.split(':').next().unwrap_or_default();
            let of_sts = pattern::same(service, "sts", Case::Fold);
            found.tell(
                Named::TrustAction,
                if of_sts { Severity::Note } else { Severity::Warning },
                At::new(index, action.span),
                said(
                    language,
                    "{} is not documented as an action of a trust policy.",
                    &[&shown(&action.value)],
                ),
                if of_sts {
                    say(
                        language,
                        "The pages on trust policies have sts:AssumeRole alone; of other actions of STS they say nothing.",
                    )
                } else {
                    say(language, "Roles are assumed by sts:AssumeRole: this lets nobody do it.")
                },
            );
        }
    }
}

/// Is it an action, or a pattern of such, that has nothing of `sts:AssumeRole`? What is no action at all has a rule of its
/// own.
fn is_other(action: &str) -> bool {
    let whole = action.split_once(':').is_some_and(|(service, name)| {
        !service.trim().is_empty() && !name.trim().is_empty() && !name.contains(':')
    });
    whole && placeholder(action).is_none() && !pattern::overlaps(action, ASSUME_ROLE, Case::Fold)
}
