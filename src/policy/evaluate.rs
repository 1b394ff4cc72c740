//! Decides on a request, and explains the decision like a debugger: statement by statement, part by
//! part. Everything is denied at first; a matching `Deny` anywhere denies; else a matching `Allow`
//! allows. Where the request leaves things open the answer says what it depends on.
//!
//! One level of policies is decided here. That access control policies come before is up to the caller; that
//! assuming a role takes two policies is [`decide`]'s.

mod answer;
mod assume;
mod matching;
mod overrule;

pub use answer::{Answer, Assumed, Decision, Dependency, DependsOn, Part, StatementTrace, all_of};
pub use assume::{Side, decide, decide_among, takes_trust};
pub use matching::SESSION;
pub(in crate::policy) use matching::{is_member, note_placeholder};

use super::condition::{self, Notes, Truth};
use super::document::{Document, Effect, Statement};
use super::never;
use super::pattern;
use super::request::{Missing, Request};
use super::wording::visible;
use crate::say::{Language, count, said, say};

/// What a decision asks of a policy as a whole: worked out once for many requests.
#[derive(Clone, Copy, Debug)]
pub struct Basis {
    side: Side,
    on_resources: bool,
    unread: usize,
}

impl Basis {
    /// Of a policy.
    pub fn of(document: &Document) -> Self {
        let statements = || document.statements.iter();
        Self {
            side: Side::of(document),
            on_resources: statements().any(|statement| statement.resource.is_some()),
            unread: statements().filter(|statement| statement.is_unread()).count(),
        }
    }
}

/// Decides on a request by all policies together, as if they were of one kind; the reasons are said in a language.
pub fn evaluate(language: Language, policies: &[&Document], request: &Request) -> Answer {
    let bases: Vec<Basis> = policies.iter().map(|document| Basis::of(document)).collect();
    evaluate_among(language, policies, &bases, None, request, false)
}

/// The same where of each policy only the statements with these numbers are looked at, in their order. Whether who asks
/// may be `lone`, without policies: then what those of who asks deny takes nothing back that a trust policy allows.
fn evaluate_among(
    language: Language,
    policies: &[&Document],
    bases: &[Basis],
    among: Option<&[usize]>,
    request: &Request,
    lone: bool,
) -> Answer {
    let mut notes = Notes::default();
    let on_resources = bases.iter().any(|basis| basis.on_resources);
    note_request(language, request, on_resources, &mut notes);
    let mut trace = Vec::new();
    for (policy, document) in policies.iter().enumerate() {
        for (index, statement) in looked_at(document, among) {
            let place = (policy, index);
            trace.push(judge(language, place, statement, request, &mut notes));
        }
    }
    let side = |policy: usize| bases.get(policy).map(|basis| basis.side);
    let concerns = |deny: usize, allow: usize| {
        !lone || (side(deny), side(allow)) != (Some(Side::Asker), Some(Side::Role))
    };
    overrule::settle(language, policies, &concerns, &mut trace);
    let unread: usize = bases.iter().map(|basis| basis.unread).sum();
    if unread > 0 {
        notes.add(count(
            language,
            unread,
            "{} statement could not be read, so what it allows or denies is not known.",
            "{} statements could not be read, so what they allow or deny is not known.",
        ));
    }
    conclude(language, trace, notes)
}

/// The statements with these numbers, or all. The last one is among them in any case: what may be missing in the policy is
/// numbered behind it.
fn looked_at<'a>(
    document: &'a Document,
    among: Option<&'a [usize]>,
) -> impl Iterator<Item = (usize, &'a Statement)> {
    let last = document.statements.len().checked_sub(1);
    let all = if among.is_none() { document.statements.as_slice() } else { &[] };
    let some = among.map(|among| {
        let last = last.filter(|last| among.last() != Some(last));
        among.iter().copied().chain(last)
    });
    let some = some.into_iter().flatten();
    let some = some.filter_map(|at| Some((at, document.statements.get(at)?)));
    all.iter().enumerate().chain(some)
}

/// Readings that concern the request as a whole.
fn note_request(language: Language, request: &Request, on_resources: bool, notes: &mut Notes) {
    let complete = request.missing == Missing::Absent;
    if complete && on_resources && request.resource.is_none() {
        notes.add(say(language, "The request names no resource: only statements on every resource, or on every one of the service, match it (not documented)."));
    }
    let wild = pattern::has_wildcard(&request.action)
        || request.resource.as_deref().is_some_and(pattern::has_wildcard);
    if complete && wild {
        notes.add(say(
            language,
            "The request itself holds a wildcard: it stands for everything that it matches.",
        ));
    }
}

/// Holds one statement against the request.
fn judge(
    language: Language,
    (policy, index): (usize, usize),
    statement: &Statement,
    request: &Request,
    notes: &mut Notes,
) -> StatementTrace {
    let (effect, span) = (statement.effect, Some(statement.span));
    if statement.is_unread() {
        let why = say(language, "the statement cannot be read").to_owned();
        let parts = vec![Part { name: "Statement", truth: Truth::Maybe, why, span }];
        let conditions = Vec::new();
        let truth = Truth::Maybe;
        return StatementTrace { policy, statement: index, effect, truth, parts, conditions };
    }
    let mut parts = Vec::new();
    let found = match effect {
        Effect::Allow | Effect::Deny => None,
        Effect::Unknown => {
            Some((Truth::No, "without Effect Allow or Deny a statement never matches"))
        }
        Effect::Open => Some((Truth::Maybe, "whether it is Allow or Deny is not known")),
    };
    parts.extend(found.map(|(truth, why)| {
        let why = say(language, why).to_owned();
        Part { name: "Effect", truth, why, span }
    }));
    parts.push(matching::action(language, statement, request, notes));
    // What the action rules out needs no remarks on its other parts.
    let ruled_out = parts.iter().any(|part| part.truth == Truth::No);
    let mut unheard = Notes::default();
    let heard = if ruled_out { &mut unheard } else { notes };
    parts.push(matching::resource(language, statement, request, heard));
    parts.extend(matching::principal(language, statement, request, heard));
    let conditions: Vec<_> = statement
        .conditions
        .iter()
        .map(|condition| condition::judge(language, condition, statement.effect, request, heard))
        .collect();
    // Each of them may be met while nothing is known, and both together never.
    let apart = conditions.iter().any(|one| one.truth == Truth::Maybe);
    if let Some((one, other)) = never::excluded(statement).filter(|_| apart) {
        let names = [&one.operator.value, &other.operator.value, &one.key.value];
        let [one, other, key] = names.map(|name| visible(name));
        let why = said(language, "no request meets both {} and {} on {}", &[&one, &other, &key]);
        parts.push(Part { name: "Condition", truth: Truth::No, why, span });
    }
    let truths = parts.iter().map(|part| part.truth);
    let truth = truths.chain(conditions.iter().map(|c| c.truth)).min().unwrap_or(Truth::No);
    if truth != Truth::No && statement.is_of_bucket_and_everybody() {
        heard.add(owner(language, statement));
    }
    StatementTrace { policy, statement: index, effect, truth, parts, conditions }
}

/// What holds for the owner of a bucket whose policy speaks of everybody: see [`Statement::is_of_bucket_and_everybody`].
fn owner(language: Language, statement: &Statement) -> &'static str {
    if statement.conditions.is_empty() {
        say(
            language,
            "In the policy of a bucket, Principal * without a condition does not count for the owner of the bucket.",
        )
    } else {
        say(
            language,
            "In the policy of a bucket, Principal * with a condition counts for the owner of the bucket too.",
        )
    }
}

/// The three-valued form of: deny before allow, and nothing is allowed by itself.
fn conclude(language: Language, trace: Vec<StatementTrace>, notes: Notes) -> Answer {
    let those = |effect: Effect, truth: Truth| {
        trace.iter().filter(move |s| s.may_be(effect) && s.truth == truth)
    };
    let at = |statement: &StatementTrace| (statement.policy, statement.statement);
    let denied = those(Effect::Deny, Truth::Yes).next().map(at);
    let allowed = those(Effect::Allow, Truth::Yes).next().map(at);
    let may_deny = those(Effect::Deny, Truth::Maybe).next().map(at);
    let may_allow = those(Effect::Allow, Truth::Maybe).next().map(at);

    let mut possible = Vec::new();
    if denied.is_none() && (allowed.is_some() || may_allow.is_some()) {
        possible.push(Decision::Allow);
    }
    if denied.is_some() || may_deny.is_some() {
        possible.push(Decision::ExplicitDeny);
    }
    if denied.is_none() && allowed.is_none() {
        possible.push(Decision::ImplicitDeny);
    }
    let decision = match possible.as_slice() {
        [one] => *one,
        _ => Decision::Depends,
    };
    let depends_on = if decision == Decision::Depends {
        trace
            .iter()
            .filter(|statement| statement.truth == Truth::Maybe)
            .flat_map(|statement| {
                // Once something allows for certain, what else might allow changes nothing.
                let allows = allowed.is_none().then_some(Effect::Allow);
                let effects = allows.into_iter().chain([Effect::Deny]);
                effects.flat_map(move |effect| answer::dependencies(language, statement, effect))
            })
            .collect()
    } else {
        Vec::new()
    };
    let deciding = match decision {
        Decision::ExplicitDeny => denied,
        Decision::Allow => allowed,
        Decision::ImplicitDeny => None,
        Decision::Depends => may_deny.filter(|_| allowed.is_some()).or(may_allow).or(may_deny),
    };
    let (notes, remarks) = (notes.into_inner(), Vec::new());
    Answer {
        language,
        decision,
        possible,
        trace,
        deciding,
        assumed: None,
        depends_on,
        notes,
        remarks,
    }
}
