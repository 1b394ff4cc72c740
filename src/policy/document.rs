//! A policy document as RAM means it: statements of effect, action, resource, principal, condition.
//!
//! One value and a list of one are the same here; the source text keeps which it was.

use super::operator::{Operator, Quantifier, Test};
use super::pattern::{self, Case, arn};
use super::placeholder;
use super::source::{Span, Spanned};

/// A policy document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    /// The whole object in the source.
    pub span: Span,
    /// `Version`, as written.
    pub version: Option<Spanned>,
    /// The statements in the order of the source.
    pub statements: Vec<Statement>,
}

/// What a matching statement does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Effect {
    /// `Allow`
    Allow,
    /// `Deny`
    Deny,
    /// Missing: such a statement never matches, and a finding says so.
    Unknown,
    /// There, and not told by the text: it may be either of the two.
    Open,
}

/// One statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// The whole object in the source.
    pub span: Span,
    /// `Sid`: not in RAM's grammar, harmless, kept.
    pub sid: Option<Spanned>,
    /// `Effect`
    pub effect: Effect,
    /// `Action` or `NotAction`; None where neither is there (such a statement never matches).
    pub action: Option<Clause>,
    /// `Resource` or `NotResource`; None in trust policies.
    pub resource: Option<Clause>,
    /// `Principal` or `NotPrincipal`, in resource-based policies only.
    pub principal: Option<Principal>,
    /// The conditions, flat: one for each key under each operator; all must hold.
    pub conditions: Vec<Condition>,
}

/// `Action`, `Resource` and their `Not` twins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clause {
    /// True for `NotAction` and `NotResource`.
    pub negated: bool,
    /// The patterns, as written.
    pub values: Vec<Spanned>,
    /// There are values that the text does not tell, such as what a template fills in.
    pub unknown: bool,
    /// Key and value in the source.
    pub span: Span,
}

/// Whom a resource-based policy speaks of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Principal {
    /// True for `NotPrincipal`, which RAM does not document.
    pub negated: bool,
    /// Kind and value, flat.
    pub members: Vec<(PrincipalKind, Spanned)>,
    /// There are members that the text does not tell.
    pub unknown: bool,
    /// Key and value in the source.
    pub span: Span,
}

/// The kind of a principal.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PrincipalKind {
    /// `Service`: a cloud service, such as `alikafka.aliyuncs.com`.
    Service,
    /// `RAM`: an account, user or role by ARN.
    Ram,
    /// `Federated`: an identity provider by ARN.
    Federated,
    /// A bare value, as OSS bucket policies write it.
    Bare,
    /// Any other key, such as `AWS`.
    Other(String),
}

impl PrincipalKind {
    /// Do its members name accounts and who is in them, so that `*` is everybody?
    pub(in crate::policy) const fn names_accounts(&self) -> bool {
        matches!(self, Self::Bare | Self::Ram | Self::Other(_))
    }

    /// Does a member of this kind stand for anyone? No name is empty, so `**` and `?*` are `*`.
    pub(in crate::policy) fn is_anyone(&self, value: &str) -> bool {
        self.names_accounts() && pattern::covers(value, "?*", Case::Exact)
    }

    /// Is a member one that a trust policy is documented to have? Under `RAM` stand accounts (`acs:ram::ID:root`), users
    /// (`:user/name`) and roles (`:role/name`), under `Federated` identity providers (RAM, "Modify the trust policy of a RAM
    /// role"). Yes too where a pattern or the hole of a template leaves it open; services and other keys have rules of
    /// their own.
    pub(in crate::policy) fn is_documented_in_trust(&self, value: &str) -> bool {
        if placeholder::may_hold_one(value) {
            return true;
        }
        let parts = arn::split(value);
        let kind = |parts: arn::Arn<'_>, known: &[&str]| {
            let (kind, rest) = parts.relative.split_once('/').unwrap_or((parts.relative, ""));
            let is = |name: &&str| pattern::same(kind, name, Case::Fold);
            pattern::has_wildcard(kind) || !rest.is_empty() && known.iter().any(is)
        };
        let is_of = |parts: arn::Arn<'_>, code: &str| pattern::same(parts.code, code, Case::Fold);
        match (self, parts) {
            (Self::Service | Self::Other(_), _) => true,
            (Self::Bare, _) => self.is_anyone(value),
            (Self::Ram, None) => {
                pattern::has_wildcard(value)
                    && pattern::overlaps(value, "acs:ram:*:*:*", Case::Fold)
            }
            (Self::Ram, Some(parts)) if is_of(parts, "ram") => {
                let root = pattern::same(parts.relative, "root", Case::Fold);
                !parts.account.is_empty() && (root || kind(parts, &["user", "role"]))
            }
            // Of other services' names it is not known what is meant.
            (Self::Ram, Some(parts)) => !is_of(parts, "sts"),
            (Self::Federated, None) => pattern::has_wildcard(value),
            (Self::Federated, Some(parts)) => {
                is_of(parts, "ram") && kind(parts, &["saml-provider", "oidc-provider"])
            }
        }
    }
}

/// One key under one operator. Several values of it: any of them (none of them for `Not` operators).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    /// The operator as written, such as `StringEquals`.
    pub operator: Spanned,
    /// The key as written, such as `ram:ServiceName`.
    pub key: Spanned,
    /// The values as text; unquoted numbers and booleans as they were written.
    pub values: Vec<Spanned>,
    /// There are values that the text does not tell.
    pub unknown: bool,
    /// Key and values in the source.
    pub span: Span,
}

impl Statement {
    /// What stands where a statement belongs and cannot be read as one, such as an expression of a template: it may
    /// become anything.
    pub(in crate::policy) const fn unread(span: Span) -> Self {
        let clause = Clause { negated: false, values: Vec::new(), unknown: true, span };
        Self {
            span,
            sid: None,
            effect: Effect::Open,
            action: Some(clause),
            resource: Some(Clause { negated: false, values: Vec::new(), unknown: true, span }),
            principal: None,
            conditions: Vec::new(),
        }
    }

    /// Is it one of which nothing could be read?
    pub fn is_unread(&self) -> bool {
        let nothing = |clause: &Option<Clause>| {
            clause.as_ref().is_some_and(|one| one.unknown && one.values.is_empty())
        };
        self.effect == Effect::Open && nothing(&self.action) && nothing(&self.resource)
    }

    /// The first element that is there and has no value, such as `NotAction`. Such a statement is taken to match
    /// nothing; for the `Not` elements that is not documented.
    pub fn without_value(&self) -> Option<&'static str> {
        let clause = |clause: &Option<Clause>, name: &'static str, not: &'static str| {
            let clause = clause.as_ref().filter(|clause| clause.is_empty())?;
            Some(if clause.negated { not } else { name })
        };
        let principal = self.principal.as_ref().filter(|principal| principal.is_empty());
        clause(&self.action, "Action", "NotAction")
            .or_else(|| clause(&self.resource, "Resource", "NotResource"))
            .or_else(|| principal.map(|one| if one.negated { "NotPrincipal" } else { "Principal" }))
    }

    /// The conditions that limit a key to their values: each asks for one of them, and does not hold where the key is absent.
    pub fn limits<'a>(&'a self, key: &'a str) -> impl Iterator<Item = &'a Condition> {
        self.conditions.iter().filter(move |condition| {
            pattern::same(&condition.key.value, key, Case::Fold)
                && Operator::parse(&condition.operator.value).is_some_and(|operator| {
                    !operator.negated
                        && !operator.if_exists
                        && operator.quantifier != Quantifier::All
                        && matches!(operator.test, Test::Text(_) | Test::Like)
                })
        })
    }

    /// Is it a statement of the policy of a KMS key or secret? There `Resource` can only be `*`, which stands for that
    /// key or secret, `Sid` is part of the grammar and every action is one of KMS (KMS: `SetKeyPolicy`, `SetSecretPolicy`).
    pub fn is_of_key(&self) -> bool {
        let is_ram = |(kind, _): &(PrincipalKind, Spanned)| *kind == PrincipalKind::Ram;
        self.principal.as_ref().is_some_and(|one| one.members.iter().all(is_ram))
            && self.resource.as_ref().is_some_and(|clause| {
                !clause.is_empty() && clause.values.iter().all(|value| value.value == "*")
            })
            && self.lists_only("kms")
    }

    /// Is it a statement of the policy of a bucket? There principals stand bare (UIDs, sessions of roles, `*`), and every
    /// action or every resource is one of OSS (OSS, "Authorization syntax and elements"). The policy hangs on the bucket,
    /// so `*` as `Resource` is that bucket (OSS, "Block Public Access": such a policy is an example there).
    pub fn is_of_bucket(&self) -> bool {
        let is_bare = |(kind, _): &(PrincipalKind, Spanned)| *kind == PrincipalKind::Bare;
        self.principal.as_ref().is_some_and(|one| one.members.iter().all(is_bare))
            && self.resource.as_ref().is_some_and(|resource| {
                self.lists_only("oss") || resource.is_only_resources_of("oss")
            })
    }

    /// Does it list actions of this service alone?
    pub(in crate::policy) fn lists_only(&self, code: &str) -> bool {
        let listed = self.action.as_ref().filter(|clause| !clause.negated && !clause.is_empty());
        listed.is_some_and(|clause| clause.is_all_of(code))
    }

    /// Is it a statement of a bucket that speaks of everybody? Without a condition it does not count for the owner of the
    /// bucket, with one it does (OSS, "Bucket policy").
    pub fn is_of_bucket_and_everybody(&self) -> bool {
        let principal = self.principal.as_ref();
        principal.is_some_and(|one| !one.negated && one.is_anyone()) && self.is_of_bucket()
    }
}

impl Clause {
    /// Are all of its actions, or patterns of such, written as those of this service? Also where there are none.
    pub(in crate::policy) fn is_all_of(&self, code: &str) -> bool {
        let of_it = |action: &Spanned| {
            let own = action.value.split_once(':');
            own.is_some_and(|(own, _)| own.eq_ignore_ascii_case(code))
        };
        self.values.iter().all(of_it)
    }

    /// Does it list names of resources of this service alone, or patterns of such, and at least one?
    fn is_only_resources_of(&self, code: &str) -> bool {
        let of_it = |value: &Spanned| {
            arn::code(&value.value).is_some_and(|own| own.eq_ignore_ascii_case(code))
        };
        !self.negated && !self.values.is_empty() && self.values.iter().all(of_it)
    }

    /// Does it stand for every resource there is?
    pub(in crate::policy) fn is_any_resource(&self) -> bool {
        !self.negated && self.values.iter().any(|value| arn::is_every(&value.value))
    }

    /// Does it stand for every resource of a service, by its code in lower case, or for more?
    pub fn is_every_of(&self, code: &str) -> bool {
        !self.negated && self.values.iter().any(|value| arn::is_every_of(&value.value, code))
    }

    /// Does it speak of resources of other services on purpose: by naming them, or by leaving out every one of the service
    /// of this code, in lower case?
    pub(crate) fn is_beside(&self, code: &str) -> bool {
        if self.negated {
            let every = |value: &str| arn::is_every_of(value, code) && !arn::is_every(value);
            return self.values.iter().any(|value| every(&value.value));
        }
        let other = |value: &str| arn::service(value).is_some_and(|own| own != code);
        self.values.iter().any(|value| other(&value.value))
    }

    /// No value at all, known or not.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty() && !self.unknown
    }

    /// Everything but nothing: a `Not` element without a value.
    pub fn is_open(&self) -> bool {
        self.negated && self.is_empty()
    }
}

impl Principal {
    /// No member at all, known or not.
    pub fn is_empty(&self) -> bool {
        self.members.is_empty() && !self.unknown
    }

    /// Does one of the members stand for anyone?
    pub(in crate::policy) fn is_anyone(&self) -> bool {
        self.members.iter().any(|(kind, value)| kind.is_anyone(&value.value))
    }

    /// Everyone but nobody: `NotPrincipal` without a value.
    pub fn is_open(&self) -> bool {
        self.negated && self.is_empty()
    }
}

impl Condition {
    /// No value at all, known or not.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty() && !self.unknown
    }

    /// A condition that the text does not tell: a `Condition`, or what is under an operator of it, that is no object or
    /// that a template fills in (`written` is its operator or expression), and an element under a name that the grammar
    /// does not have. Such an element is read as the one that it resembles, if that is missing (`counts_as`); whether it
    /// counts is not documented.
    pub(in crate::policy) fn open(
        written: Spanned,
        counts_as: Option<&'static str>,
        span: Span,
    ) -> Self {
        let nowhere = Span::new(span.end, span.end);
        let values = counts_as.map(|name| Spanned::new(name, nowhere));
        Self {
            operator: written,
            key: Spanned::new("", nowhere),
            values: values.into_iter().collect(),
            unknown: true,
            span,
        }
    }

    /// Is it one that the text does not tell?
    pub fn is_unreadable(&self) -> bool {
        self.key.value.is_empty() && self.unknown
    }
}
