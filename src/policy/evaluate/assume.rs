//! Assuming a role, the one request that takes two policies: those of who asks and the trust policy of the role must both
//! allow it. Services and people who come through an identity provider have no policies: for them the trust policy alone
//! decides ("Policy evaluation process" of the documentation of RAM).

use super::answer::{self, Answer, Assumed, Decision, Dependency, DependsOn, StatementTrace};
use super::matching::is_provider;
use super::{Basis, evaluate_among};
use crate::policy::ASSUME_ROLE;
use crate::policy::condition::Truth;
use crate::policy::document::{Document, Effect, PrincipalKind, Statement};
use crate::policy::pattern::{self, Case, arn};
use crate::policy::request::{Missing, Request};
use crate::policy::source::Spanned;
use crate::say::{Language, say};

/// Is it about assuming a role, so that the trust policy decides? Also where the request stands for many actions.
pub fn takes_trust(action: &str) -> bool {
    action
        .get(..ASSUME_ROLE.len())
        .is_some_and(|start| pattern::same(start, ASSUME_ROLE, Case::Fold))
}

/// The actions of those who come through an identity provider.
const FEDERATED: [&str; 2] = ["sts:AssumeRoleWithSAML", "sts:AssumeRoleWithOIDC"];

/// Does someone ask for a role through an identity provider?
pub(super) fn is_federated(request: &Request) -> bool {
    FEDERATED.iter().any(|action| pattern::same(&request.action, action, Case::Fold))
        && request.principal.as_deref().is_none_or(|who| !has_policies(who))
}

/// Does the statement of a trust policy name identity providers, or anyone?
pub(super) fn trusts_providers(statement: &Statement) -> bool {
    let provider = |(kind, _): &(PrincipalKind, Spanned)| matches!(kind, PrincipalKind::Federated);
    statement
        .principal
        .as_ref()
        .is_some_and(|who| who.is_anyone() || who.members.iter().any(provider))
}

/// Whose policy a document is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Of who asks.
    Asker,
    /// Of the role: its trust policy, which names principals.
    Role,
}

impl Side {
    pub(super) fn of(document: &Document) -> Self {
        let names = document.statements.iter().any(|statement| statement.principal.is_some());
        if names { Self::Role } else { Self::Asker }
    }

    /// What has to hold where the policies of this side are not at hand; None where nothing has.
    const fn missing(self, without: Without) -> Option<&'static str> {
        Some(match (self, without) {
            (Self::Asker, Without::None) => {
                "a policy of who asks, which is not given, allows it too"
            }
            (Self::Asker, Without::Some) => {
                "a policy of who asks, which is not given, allows it too (services and those who come through an identity provider need none)"
            }
            (Self::Asker, Without::All) => return None,
            (Self::Role, _) => "the trust policy of the role, which is not given, allows it too",
        })
    }
}

/// Which of those that a statement may mean have no policies of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Without {
    None,
    Some,
    All,
}

impl Without {
    /// Of the one who asks, whom nobody has named.
    fn of(statement: &Statement) -> Self {
        let Some(who) = &statement.principal else { return Self::Some };
        if who.negated || who.unknown || who.is_empty() || who.is_anyone() {
            return Self::Some;
        }
        let (all, any) = (who.members.iter().all(is_without), who.members.iter().any(is_without));
        match (all, any) {
            (true, _) => Self::All,
            (false, true) => Self::Some,
            (false, false) => Self::None,
        }
    }
}

/// Does a member of a principal stand for someone without policies?
const fn is_without((kind, _): &(PrincipalKind, Spanned)) -> bool {
    matches!(kind, PrincipalKind::Service | PrincipalKind::Federated)
}

/// How the policies of one side stand to the request.
struct Stand<'a> {
    side: Side,
    given: bool,
    allows: Option<(usize, usize)>,
    may: Vec<&'a StatementTrace>,
}

/// The decision on any request: as [`evaluate`](super::evaluate()) has it, but for the assuming of a role, where policies that name
/// principals and policies that do not must both allow. Of a side that is not given the answer depends.
pub fn decide(language: Language, policies: &[&Document], request: &Request) -> Answer {
    let bases: Vec<Basis> = policies.iter().map(|document| Basis::of(document)).collect();
    decide_by(language, policies, &bases, None, request)
}

/// The same by one policy, of which only the statements with these numbers are looked at, in their order: all but such
/// as are ruled out by their action. Only these are in the trace, and the last one.
pub fn decide_among(
    language: Language,
    (document, basis): (&Document, Basis),
    among: Option<&[usize]>,
    request: &Request,
) -> Answer {
    decide_by(language, &[document], &[basis], among, request)
}

fn decide_by(
    language: Language,
    policies: &[&Document],
    bases: &[Basis],
    among: Option<&[usize]>,
    request: &Request,
) -> Answer {
    let sides: Vec<Side> = bases.iter().map(|basis| basis.side).collect();
    let federated = is_federated(request) && sides.contains(&Side::Role);
    let asked = pattern::same(&request.action, ASSUME_ROLE, Case::Fold) || federated;
    // Who has no policies is not concerned by what others are denied.
    let mut alone = federated || request.principal.as_deref().is_some_and(|who| !has_policies(who));
    // It may be one without policies who asks.
    let mut anyone = request.principal.is_none() && request.missing == Missing::Unknown;
    let lone = asked && (alone || anyone);
    let mut answer = evaluate_among(language, policies, bases, among, request, lone);
    let others_alone = asked && anyone && trusts_others_alone(policies, &sides, &answer.trace);
    if others_alone {
        (alone, anyone) = (true, false);
    }
    if !asked || answer.decision == Decision::ExplicitDeny && !alone && !anyone {
        return answer;
    }
    if alone && sides.contains(&Side::Asker) {
        let note = say(
            language,
            "Services and those who come through an identity provider have no policies of their own: the trust policy alone decides.",
        );
        answer.notes.push(note.to_owned());
    }
    let trace = std::mem::take(&mut answer.trace);
    let of_role: Vec<&StatementTrace> =
        trace.iter().filter(|one| sides.get(one.policy) == Some(&Side::Role)).collect();
    let counted = if alone { of_role.clone() } else { trace.iter().collect() };
    let denied = |all: &[&StatementTrace]| {
        let mut denied =
            all.iter().filter(|one| one.effect == Effect::Deny && one.truth == Truth::Yes);
        denied.next().map(|one| (one.policy, one.statement))
    };
    let without = |(policy, statement): (usize, usize)| {
        let statement = policies.get(policy).and_then(|one| one.statements.get(statement));
        statement.filter(|_| anyone).map_or(Without::None, Without::of)
    };
    // What the trust policy denies is denied to all, whoever asks.
    let to_all = denied(&of_role).filter(|_| anyone);
    if let Some(at) = to_all.or_else(|| denied(&counted)) {
        answer.deciding = Some(at);
        if anyone && to_all.is_none() {
            let mut other = answer.clone();
            combine(&mut other, &of_role, &[stand_of(Side::Role, &sides, &trace)], &without);
            unless_with(&mut answer, other, at);
        }
        answer.trace = trace;
        return answer;
    }
    let stand = |side: Side| stand_of(side, &sides, &trace);
    let role = || vec![stand(Side::Role)];
    let both = || vec![stand(Side::Asker), stand(Side::Role)];
    let needed = match request.principal.as_deref() {
        _ if alone => role(),
        // Nobody in particular asks.
        None if request.missing == Missing::Absent && !sides.contains(&Side::Asker) => role(),
        _ => both(),
    };
    combine(&mut answer, &counted, &needed, &without);
    // A user or a role that asks is not only without permission where a policy of its own denies.
    let by_own = |one: &StatementTrace| {
        sides.get(one.policy) == Some(&Side::Asker)
            && one.may_be(Effect::Deny)
            && one.truth != Truth::No
    };
    let denied_too = others_alone && trace.iter().any(by_own);
    if denied_too && !answer.possible.contains(&Decision::ExplicitDeny) {
        answer.possible.push(Decision::ExplicitDeny);
    }
    let by_asker =
        |side: &Stand<'_>| side.side == Side::Asker && side.given && side.allows.is_none();
    if anyone && needed.iter().any(by_asker) {
        let mut other = answer.clone();
        combine(&mut other, &of_role, &role(), &without);
        or_without(&mut answer, other, &without);
    }
    if needed.len() > 1 {
        let both = say(
            language,
            "Assuming a role takes two policies: one of who asks and the trust policy of the role must both allow it.",
        );
        answer.notes.push(both.to_owned());
    }
    answer.trace = trace;
    answer
}

/// Does the trust policy allow it, and only to those who have no policies of their own?
fn trusts_others_alone(policies: &[&Document], sides: &[Side], trace: &[StatementTrace]) -> bool {
    let allowing = trace.iter().filter(|one| {
        sides.get(one.policy) == Some(&Side::Role)
            && one.may_be(Effect::Allow)
            && one.truth != Truth::No
    });
    let statement = |one: &StatementTrace| policies.get(one.policy)?.statements.get(one.statement);
    let mut allowing = allowing.map(statement).peekable();
    allowing.peek().is_some()
        && allowing.all(|statement| {
            statement.is_some_and(|statement| Without::of(statement) == Without::All)
        })
}

/// How the policies of a side stand to the request.
fn stand_of<'a>(side: Side, sides: &[Side], trace: &'a [StatementTrace]) -> Stand<'a> {
    let of_side = |trace: &&StatementTrace| sides.get(trace.policy) == Some(&side);
    let allowing = trace.iter().filter(of_side).filter(|one| one.may_be(Effect::Allow));
    let first = allowing.clone().find(|one| one.truth == Truth::Yes);
    Stand {
        side,
        given: sides.contains(&side),
        allows: first.map(|one| (one.policy, one.statement)),
        may: allowing.filter(|one| one.truth == Truth::Maybe).collect(),
    }
}

/// The same answer where who asks may also be one without policies, for whom `other` holds.
fn or_without(answer: &mut Answer, other: Answer, without: &dyn Fn((usize, usize)) -> Without) {
    if !other.may_be_allowed() {
        return;
    }
    let phrase = say(
        answer.language,
        "who asks is a service or comes through an identity provider, and so needs no policy",
    );
    let place = |at| Dependency::of_allow(at, phrase.to_owned(), DependsOn::Part("Principal"));
    let mut allowing = other.depends_on.clone();
    allowing.retain(|open| open.effect == Effect::Allow);
    let mut places: Vec<(usize, usize)> =
        allowing.iter().map(|open| (open.policy, open.statement)).collect();
    places.dedup();
    if places.is_empty() {
        places.extend(other.deciding);
    }
    // Of what a statement says of users and roles nothing holds without policies.
    allowing.retain(|open| without((open.policy, open.statement)) != Without::None);
    places.retain(|at| without(*at) != Without::None);
    let Some(first) = places.first().copied() else { return };
    for at in places.into_iter().filter(|at| without(*at) == Without::Some) {
        let behind = allowing.iter().rposition(|open| (open.policy, open.statement) == at);
        allowing.insert(behind.map_or(0, |last| last + 1), place(at));
    }
    let with_policies = answer.may_be_allowed();
    for possible in other.possible {
        if !answer.possible.contains(&possible) {
            answer.possible.insert(0, possible);
        }
    }
    if with_policies {
        let denying = answer.depends_on.iter().position(|open| open.effect == Effect::Deny);
        let behind = denying.unwrap_or(answer.depends_on.len());
        answer.depends_on.splice(behind..behind, allowing);
        return;
    }
    let denying = other.depends_on.into_iter().filter(|open| open.effect != Effect::Allow);
    answer.depends_on = allowing.into_iter().chain(denying).collect();
    (answer.decision, answer.deciding, answer.assumed) = (Decision::Depends, Some(first), None);
}

/// The answer where only those who have policies of their own are denied, by the statement `at`; `other` holds for all
/// others.
fn unless_with(answer: &mut Answer, other: Answer, at: (usize, usize)) {
    let phrase =
        say(answer.language, "who asks is a user or a role, which has policies of its own");
    let mut possible = other.possible;
    if !possible.contains(&Decision::ExplicitDeny) {
        possible.push(Decision::ExplicitDeny);
    }
    if possible.len() == 1 {
        return;
    }
    let (policy, statement) = at;
    let mut depends_on = other.depends_on;
    depends_on.push(Dependency {
        policy,
        statement,
        effect: Effect::Deny,
        phrase: phrase.to_owned(),
        on: DependsOn::Part("Principal"),
    });
    (answer.decision, answer.possible, answer.depends_on) =
        (Decision::Depends, possible, depends_on);
    (answer.deciding, answer.assumed) = (Some(at), other.assumed);
}

/// Has this principal policies of its own? Users, roles and accounts have, services and identity providers have none.
fn has_policies(who: &str) -> bool {
    arn::split(who).is_some() && !is_provider(who)
}

/// Allowed where each side allows; what is open on a side is open.
fn combine(
    answer: &mut Answer,
    trace: &[&StatementTrace],
    needed: &[Stand<'_>],
    without: &dyn Fn((usize, usize)) -> Without,
) {
    let may_deny: Vec<&StatementTrace> = trace
        .iter()
        .copied()
        .filter(|one| one.may_be(Effect::Deny) && one.truth == Truth::Maybe)
        .collect();
    let lacking =
        needed.iter().find(|side| side.given && side.allows.is_none() && side.may.is_empty());
    let sure = needed.iter().all(|side| side.allows.is_some());
    answer.possible.clear();
    if lacking.is_none() {
        answer.possible.push(Decision::Allow);
    }
    if !may_deny.is_empty() {
        answer.possible.push(Decision::ExplicitDeny);
    }
    if !sure {
        answer.possible.push(Decision::ImplicitDeny);
    }
    answer.decision = match answer.possible.as_slice() {
        [one] => *one,
        _ => Decision::Depends,
    };
    let allowing = needed.iter().find_map(|side| side.allows);
    answer.depends_on.clear();
    if answer.decision == Decision::Depends {
        if lacking.is_none() {
            answer.depends_on = open(answer.language, needed, without);
        }
        let language = answer.language;
        let open = |one: &&StatementTrace| answer::dependencies(language, one, Effect::Deny);
        answer.depends_on.extend(may_deny.iter().flat_map(open));
    }
    answer.assumed = match lacking {
        Some(side) => Some(Assumed::NotBy(side.side)),
        None => needed.iter().filter_map(|side| side.allows).nth(1).map(Assumed::With),
    };
    answer.deciding = match answer.decision {
        Decision::Allow => allowing,
        Decision::ExplicitDeny | Decision::ImplicitDeny => None,
        Decision::Depends => answer.depends_on.first().map(|open| (open.policy, open.statement)),
    };
}

/// What must hold for the sides that do not allow for sure: of each statement of the first of them, together with what the
/// second asks.
fn open(
    language: Language,
    needed: &[Stand<'_>],
    without: &dyn Fn((usize, usize)) -> Without,
) -> Vec<Dependency> {
    let missing = needed.iter().find(|side| !side.given);
    let mut unsure = needed.iter().filter(|side| side.given && side.allows.is_none());
    let (first, second) = (unsure.next(), unsure.next());
    let place = Dependency::of_allow;
    let also = |at: (usize, usize)| {
        let phrases = missing
            .and_then(|side| side.side.missing(without(at)))
            .map(|phrase| place(at, say(language, phrase).to_owned(), DependsOn::Part("Policy")));
        let of_second = second.iter().flat_map(|side| {
            if let [one] = side.may.as_slice() {
                let open = answer::dependencies(language, one, Effect::Allow).into_iter();
                return open.map(|open| place(at, open.phrase, open.on)).collect();
            }
            let phrase = match side.side {
                Side::Asker => "a statement of who asks matches",
                Side::Role => "a statement of the trust policy matches",
            };
            vec![place(at, say(language, phrase).to_owned(), DependsOn::Part("Policy"))]
        });
        phrases.into_iter().chain(of_second).collect::<Vec<_>>()
    };
    let Some(first) = first else {
        let at = needed.iter().find_map(|side| side.allows).unwrap_or_default();
        return also(at);
    };
    let statements = first.may.iter().copied();
    statements
        .flat_map(|one| {
            let own = answer::dependencies(language, one, Effect::Allow);
            own.into_iter().chain(also((one.policy, one.statement))).collect::<Vec<_>>()
        })
        .collect()
}
