//! The answer to a request: the decision, how each statement fared, and what is still open.

use super::assume::Side;
use crate::policy::condition::{ConditionTrace, Truth};
use crate::policy::document::Effect;
use crate::policy::source::Span;
use crate::policy::wording;
use crate::say::{Language, count, said, say};

/// The three decisions of RAM, and the open one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Decision {
    /// A statement allows it and none denies it.
    Allow,
    /// A statement denies it.
    ExplicitDeny,
    /// No statement allows it.
    ImplicitDeny,
    /// What is not known decides; see [`Answer::possible`] and [`Answer::depends_on`].
    Depends,
}

impl Decision {
    /// The words in English; Chinese has them in its table.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Allow => "allow",
            Self::ExplicitDeny => "explicit deny",
            Self::ImplicitDeny => "implicit deny",
            Self::Depends => "depends",
        }
    }
}

/// The answer to a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The language of its reasons.
    pub language: Language,
    /// The decision.
    pub decision: Decision,
    /// The decisions that can come about; one, unless it depends.
    pub possible: Vec<Decision>,
    /// Every statement of every policy, in order.
    pub trace: Vec<StatementTrace>,
    /// Policy and statement, from 0, of the statement that decides, or could.
    pub deciding: Option<(usize, usize)>,
    /// Where a role is assumed: what the policies of both sides come to.
    pub assumed: Option<Assumed>,
    /// What the decision depends on; empty unless it depends.
    pub depends_on: Vec<Dependency>,
    /// Readings that were chosen where the documentation is silent, and oddities.
    pub notes: Vec<String>,
    /// What must be said behind the number of a statement of the first policy, from 0: how sure its text is.
    pub remarks: Vec<(usize, String)>,
}

/// What two sides that must both allow come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Assumed {
    /// The statement of the second side that allows it too, by policy and statement, from 0.
    With((usize, usize)),
    /// The side that does not allow it.
    NotBy(Side),
}

/// How one statement fared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatementTrace {
    /// Index of the policy, from 0.
    pub policy: usize,
    /// Index of the statement in it, from 0.
    pub statement: usize,
    /// Its effect.
    pub effect: Effect,
    /// Does it match as a whole?
    pub truth: Truth,
    /// Action, resource, principal; an effect that is none or open first; `Statement` alone where it cannot be read.
    pub parts: Vec<Part>,
    /// Its conditions.
    pub conditions: Vec<ConditionTrace>,
}

/// How one part of a statement fared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The element: `Action`, `NotAction`, `Resource`, `NotResource`, `Principal`, `Effect`; `Statement`; `Condition`
    /// where two exclude each other; or `Deny` where another statement takes back all that this one allows.
    pub name: &'static str,
    /// Does it match?
    pub truth: Truth,
    /// Why, in a short sentence; for an open part what it depends on.
    pub why: String,
    /// The pattern that matched, or else the whole part; None where the part is missing.
    pub span: Option<Span>,
}

/// One thing that must come out so or so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dependency {
    /// Index of the policy, from 0.
    pub policy: usize,
    /// Index of the statement, from 0.
    pub statement: usize,
    /// What the statement does if it matches.
    pub effect: Effect,
    /// What must hold for it to match: `acs:SourceIp is in 10.0.0.0/8`.
    pub phrase: String,
    /// The same for programs.
    pub on: DependsOn,
}

/// What is open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DependsOn {
    /// A context key.
    Condition {
        /// The operator as written.
        operator: String,
        /// The key as written.
        key: String,
        /// The values of the policy.
        values: Vec<String>,
    },
    /// `Action`, `Resource` or `Principal`, by the name of the element; `Statement` for one that nobody has read,
    /// `Policy` for one that is not at hand or that nobody has read.
    Part(&'static str),
}

impl Dependency {
    /// What must hold for an Allow, by policy and statement, from 0.
    pub(super) const fn of_allow(
        (policy, statement): (usize, usize),
        phrase: String,
        on: DependsOn,
    ) -> Self {
        Self { policy, statement, effect: Effect::Allow, phrase, on }
    }
}

impl StatementTrace {
    /// May the statement have this effect?
    pub(super) fn may_be(&self, effect: Effect) -> bool {
        self.effect == effect || self.effect == Effect::Open
    }
}

/// What it depends on whether an open statement has this effect; nothing where it has the other.
pub(super) fn dependencies(
    language: Language,
    statement: &StatementTrace,
    effect: Effect,
) -> Vec<Dependency> {
    if !statement.may_be(effect) {
        return Vec::new();
    }
    let dependency = |phrase: &str, on: DependsOn| Dependency {
        policy: statement.policy,
        statement: statement.statement,
        effect,
        phrase: phrase.to_owned(),
        on,
    };
    let number = (statement.statement + 1).to_string();
    let denies = effect == Effect::Deny;
    let phrase = |part: &Part| {
        let words = match (part.name, denies) {
            ("Effect", false) => "the Effect of statement {} is Allow",
            ("Effect", true) => "the Effect of statement {} is Deny",
            ("Statement", false) => "statement {}, which cannot be read, allows it",
            ("Statement", true) => "statement {}, which cannot be read, denies it",
            _ => return part.why.clone(),
        };
        said(language, words, &[&number])
    };
    let parts = statement.parts.iter().filter(|part| part.truth == Truth::Maybe);
    let conditions = statement.conditions.iter().filter(|c| c.truth == Truth::Maybe);
    parts
        .map(|part| dependency(&phrase(part), DependsOn::Part(part.name)))
        .chain(conditions.map(|condition| {
            let on = DependsOn::Condition {
                operator: condition.operator.clone(),
                key: condition.key.clone(),
                values: condition.expected.clone(),
            };
            dependency(&condition.phrase, on)
        }))
        .collect()
}

/// Statements that a sentence spells out.
const SPELLED_OUT: usize = 4;

impl Answer {
    /// Can the request be allowed, if what is open comes out right?
    pub fn may_be_allowed(&self) -> bool {
        self.possible.contains(&Decision::Allow)
    }

    /// The same answer where a text that nobody has read may allow the request too. Each part comes with its statement,
    /// from 0, unless that is missing as a whole, and with what must hold for it to allow; what is allowed or denied
    /// anyway stays so.
    pub fn or_allowed_if(&mut self, parts: &[(Option<usize>, String)]) {
        let decided = self.may_be_allowed() || self.decision == Decision::ExplicitDeny;
        if decided || parts.is_empty() {
            return;
        }
        self.decision = Decision::Depends;
        self.possible.insert(0, Decision::Allow);
        let behind = self.trace.last().map_or((0, 0), |last| (last.policy, last.statement + 1));
        for (statement, phrase) in parts {
            let statement = statement.unwrap_or(behind.1);
            self.depends_on.push(Dependency::of_allow(
                (behind.0, statement),
                phrase.clone(),
                DependsOn::Part("Statement"),
            ));
            if statement < behind.1 && self.deciding.is_none() {
                self.deciding = Some((behind.0, statement));
            }
        }
    }

    /// The same answer where whole policies that nobody has read decide with the others: together they may allow what is
    /// not allowed otherwise, and deny what is. What is denied anyway stays so.
    pub fn or_decided_by(&mut self, allows: String, denies: String) {
        if self.decision == Decision::ExplicitDeny {
            return;
        }
        let behind = self.trace.last().map_or((0, 0), |last| (last.policy, last.statement + 1));
        let on = DependsOn::Part("Policy");
        let (policy, statement) = behind;
        self.depends_on.push(if self.may_be_allowed() {
            Dependency { policy, statement, effect: Effect::Deny, phrase: denies, on }
        } else {
            self.possible.insert(0, Decision::Allow);
            Dependency::of_allow(behind, allows, on)
        });
        if !self.possible.contains(&Decision::ExplicitDeny) {
            self.possible.push(Decision::ExplicitDeny);
        }
        self.decision = Decision::Depends;
    }

    /// Puts a remark behind the number of a statement, from 0. Where another statement without one decides as well, that
    /// one is named.
    pub fn remark(&mut self, statement: usize, words: &str) {
        self.remarks.push((statement, words.to_owned()));
        let remarked = |at: (usize, usize)| self.remark_on(at).is_some();
        if self.decision == Decision::Allow && self.deciding.is_some_and(remarked) {
            let allowing =
                self.trace.iter().filter(|s| s.effect == Effect::Allow && s.truth == Truth::Yes);
            let mut places = allowing.map(|s| (s.policy, s.statement));
            self.deciding = places.find(|at| !remarked(*at)).or(self.deciding);
        }
    }

    /// The remark on a statement, by policy and statement, from 0.
    pub fn remark_on(&self, (policy, statement): (usize, usize)) -> Option<&str> {
        let of_policy = || self.remarks.iter().filter(|_| policy == 0);
        of_policy().find(|(at, _)| *at == statement).map(|(_, words)| words.as_str())
    }

    /// The answer in one sentence.
    pub fn sentence(&self) -> String {
        let language = self.language;
        let policies = self.trace.last().map_or(0, |last| last.policy + 1);
        let named = |(policy, statement): (usize, usize)| {
            let remark = self.remark_on((policy, statement));
            let (policy, statement) = ((policy + 1).to_string(), (statement + 1).to_string());
            let named = match policies {
                0 | 1 => said(language, "statement {}", &[&statement]),
                _ => said(language, "statement {} of policy {}", &[&statement, &policy]),
            };
            match remark {
                Some(remark) => said(language, "{} ({})", &[&named, remark]),
                None => named,
            }
        };
        let deciding = self.deciding.map(named).unwrap_or_default();
        match self.decision {
            Decision::Allow => match self.assumed {
                Some(Assumed::With(at)) => {
                    said(language, "Allowed by {} and {}.", &[&deciding, &named(at)])
                }
                _ => said(language, "Allowed by {}.", &[&deciding]),
            },
            Decision::ExplicitDeny => said(language, "Denied by {}.", &[&deciding]),
            Decision::ImplicitDeny => say(language, self.not_allowed()).to_owned(),
            Decision::Depends if !self.may_be_allowed() => {
                let deny = self.open(Effect::Deny, "{}, or if {}");
                match self.assumed {
                    Some(Assumed::NotBy(_)) => {
                        let why = say(language, self.not_allowed());
                        said(language, "{} Denied outright if {}.", &[why, &deny])
                    }
                    _ => said(
                        language,
                        "Denied: no statement allows it; denied outright if {}.",
                        &[&deny],
                    ),
                }
            }
            Decision::Depends => {
                let allow = self.open(Effect::Allow, "{}, or if {}");
                let deny = self.open(Effect::Deny, "{}, and unless {}");
                match (allow.as_str(), deny.as_str()) {
                    (allow, "") => said(language, "Allowed if {}.", &[allow]),
                    ("", deny) => said(language, "Allowed unless {}.", &[deny]),
                    both => said(language, "Allowed if {}, unless {}.", &[both.0, both.1]),
                }
            }
        }
    }

    /// Why it is not allowed, in English.
    const fn not_allowed(&self) -> &'static str {
        match self.assumed {
            Some(Assumed::NotBy(Side::Asker)) => "Denied: no policy of who asks allows it.",
            Some(Assumed::NotBy(Side::Role)) => "Denied: the trust policy does not allow it.",
            _ => "Denied: no statement allows it.",
        }
    }

    /// What must hold for the open statements of an effect, put together by a template: `a and b, or if c`.
    fn open(&self, effect: Effect, together: &'static str) -> String {
        let language = self.language;
        let mut statements: Vec<((usize, usize), Vec<String>)> = Vec::new();
        for open in self.depends_on.iter().filter(|open| open.effect == effect) {
            let at = (open.policy, open.statement);
            match statements.last_mut() {
                Some((last, phrases)) if *last == at => phrases.push(open.phrase.clone()),
                _ => statements.push((at, vec![open.phrase.clone()])),
            }
        }
        let mut clauses: Vec<String> = Vec::new();
        for (_, phrases) in &statements {
            let clause = all_of(language, phrases);
            if !clauses.contains(&clause) {
                clauses.push(clause);
            }
        }
        let more = clauses.len().saturating_sub(SPELLED_OUT);
        clauses.truncate(SPELLED_OUT);
        if more > 0 {
            clauses.push(count(
                language,
                more,
                "one of {} other statement matches",
                "one of {} other statements matches",
            ));
        }
        let both = |one: String, other: String| said(language, together, &[&one, &other]);
        clauses.into_iter().reduce(both).unwrap_or_default()
    }
}

/// Several things that must hold together, in one clause.
pub fn all_of(language: Language, phrases: &[String]) -> String {
    match language {
        Language::English => wording::join(language, phrases, "and"),
        Language::Chinese => {
            let both = |one: String, other: &String| said(language, "{}, and {}", &[&one, other]);
            phrases.iter().fold(String::new(), |all, phrase| {
                if all.is_empty() { phrase.clone() } else { both(all, phrase) }
            })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_decision_has_chinese_words() {
        for decision in
            [Decision::Allow, Decision::ExplicitDeny, Decision::ImplicitDeny, Decision::Depends]
        {
            assert_ne!(say(Language::Chinese, decision.words()), decision.words());
        }
    }
}
