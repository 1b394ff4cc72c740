//! How the names of a question fare under one policy. Names that the same statements speak of fare the same, and a policy
//! may write thousands: what holds of all of them is worked out once.

use std::cell::OnceCell;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::rc::Rc;

use super::index::{Index, Met, Spoken};
use super::judge::One;
use super::{Question, Verdict};
use crate::catalog::actions;
use crate::hash::{Map, Set};
use crate::policy::condition::Truth;
use crate::policy::document::{Condition, Document, Effect, Statement};
use crate::policy::evaluate::{
    Answer, Basis, Decision, Dependency, DependsOn, Part, StatementTrace, all_of, decide_among,
};
use crate::policy::oss::Level;
use crate::policy::pattern::{self, Case};
use crate::policy::source::Span;
use crate::policy::wording;
use crate::say::{Language, count, said};

/// Sentences that a verdict spells out.
const SPELLED_OUT: usize = 6;

/// Values that meet a pattern, up to which its answer is kept for other names.
const FEW: usize = 64;

/// What of a name a decision may hang on beside the values that meet it: its service, and what it is checked against.
type Kind = (String, Option<Level>);

/// What names come to that the same statements speak of.
pub(super) struct Fate {
    /// The decision; of the statements only those that speak of the names are in its trace, and the last one.
    pub(super) answer: Rc<Answer>,
    /// The statement to look at.
    pub(super) statement: Option<usize>,
    /// What must hold: for actions of the four manners.
    could: [OnceCell<Vec<String>>; 4],
}

impl Fate {
    fn of(answer: Answer) -> Rc<Self> {
        let statement = granting(&answer);
        Rc::new(Self { answer: Rc::new(answer), statement, could: Default::default() })
    }

    /// Where in a statement a name that shares its fate with no other is met, and by which value.
    fn through<'a>(
        &self,
        document: &'a Document,
        statement: usize,
    ) -> (Option<Span>, Option<&'a str>) {
        let trace = self.answer.trace.iter().find(|one| one.statement == statement);
        let mut parts = trace.into_iter().flat_map(|trace| &trace.parts);
        let span = parts.find(|part| part.name.ends_with("Action")).and_then(|part| part.span);
        let clause = document.statements.get(statement).and_then(|one| one.action.as_ref());
        let listed = clause.into_iter().filter(|clause| !clause.negated);
        let mut values = listed.flat_map(|clause| &clause.values);
        let value = values.find(|value| Some(value.span) == span);
        (span, value.map(|value| value.value.as_str()))
    }

    /// The verdict on one of the names; None where nothing allows or denies it.
    pub(super) fn verdict(&self, document: &Document, name: &str) -> Option<Verdict> {
        let answer = &*self.answer;
        match answer.decision {
            Decision::Allow => Some(Verdict::Can),
            Decision::ExplicitDeny => Some(Verdict::Denied),
            Decision::ImplicitDeny => None,
            Decision::Depends if !answer.may_be_allowed() => None,
            Decision::Depends => {
                let [linked, passes] = wording::manner(name);
                let manner = usize::from(linked) + 2 * usize::from(passes);
                let words = || sentences(answer.language, document, name, answer);
                let could = self.could.get(manner).map(|could| could.get_or_init(words).clone());
                Some(Verdict::Could(could.unwrap_or_default()))
            }
        }
    }
}

/// Is it an action of the service that roles are assumed at? That has rules of its own.
fn is_apart(name: &str) -> bool {
    pattern::same(actions::code(name), "sts", Case::Fold)
}

/// The fates of names under one policy. Only names of one service share theirs: some values mean another thing to another
/// service.
pub(super) struct Fates<'a> {
    one: &'a One<'a>,
    question: &'a Question,
    basis: Basis,
    index: OnceCell<Index<'a>>,
    by_values: Map<(Met, Kind), Rc<Fate>>,
    by_statements: Map<(Spoken, Kind), Rc<Fate>>,
}

impl<'a> Fates<'a> {
    pub(super) fn new(one: &'a One<'a>, question: &'a Question) -> Self {
        let (by_values, by_statements) = (Map::default(), Map::default());
        let basis = Basis::of(one.document);
        Self { one, question, basis, index: OnceCell::new(), by_values, by_statements }
    }

    /// The fate of a name, and the values that meet it.
    pub(super) fn of(&mut self, name: &str) -> (Rc<Fate>, Met) {
        let (fate, met) = self.of_text(name);
        let doubt = &self.one.doubt;
        if doubt.is_none() {
            return (fate, met);
        }
        // What is not sure about the text hangs on the name.
        let mut answer = Answer::clone(&fate.answer);
        doubt.mark(&mut answer, name);
        (Fate::of(answer), met)
    }

    /// The same by the text as it stands.
    fn of_text(&mut self, name: &str) -> (Rc<Fate>, Met) {
        let one = self.one;
        let index = self.index.get_or_init(|| Index::of(one.document));
        let met = index.met(name);
        let code = pattern::fold(actions::code(name));
        let decide = |spoken: Option<&Spoken>| {
            let among = spoken.map(|spoken| index.among(spoken));
            let policy = (one.document, self.basis);
            Fate::of(decided_on(one.language, policy, among.as_deref(), self.question, name))
        };
        if is_apart(&code) {
            return (decide(None), met);
        }
        let key = (met, (code, Level::of(name)));
        if let Some(fate) = self.by_values.get(&key) {
            return (Rc::clone(fate), key.0);
        }
        let spoken = (index.spoken(&key.0), key.1.clone());
        // What is noted of values that are filled in hangs on these.
        let plain = index.are_plain(&key.0);
        let known = self.by_statements.get(&spoken).filter(|_| plain);
        let fate = known.map_or_else(|| decide(Some(&spoken.0)), Rc::clone);
        // Patterns that many others share names with are mostly one of a kind: kept, they would fill the memory.
        if !pattern::has_wildcard(name) || key.0.len() <= FEW {
            if plain {
                self.by_statements.insert(spoken, Rc::clone(&fate));
            }
            self.by_values.insert(key.clone(), Rc::clone(&fate));
        }
        (fate, key.0)
    }

    /// Where in a statement a name of this fate is met by these values, and by which of them.
    pub(super) fn through(
        &self,
        statement: usize,
        name: &str,
        (fate, met): &(Rc<Fate>, Met),
    ) -> (Option<Span>, Option<&'a str>) {
        if is_apart(name) {
            return fate.through(self.one.document, statement);
        }
        self.index.get().map(|index| index.through(statement, met)).unwrap_or_default()
    }
}

/// The decision on one name, of the statements with these numbers or of all. Where the question names no resource, what is
/// denied on every resource of the action's own service is denied, unless a statement allows it on resources of another one.
pub(super) fn decided_on(
    language: Language,
    (document, basis): (&Document, Basis),
    among: Option<&[usize]>,
    question: &Question,
    name: &str,
) -> Answer {
    let mut answer = decide_among(language, (document, basis), among, &question.request(name));
    if question.resource.is_some() || answer.decision != Decision::Depends {
        return answer;
    }
    let code = pattern::fold(actions::code(name));
    let of = |effect: Effect| {
        let open = answer.trace.iter().filter(move |one| one.effect == effect);
        let open = open.filter(|one| one.truth != Truth::No);
        open.filter_map(|one| Some((one, document.statements.get(one.statement)?)))
    };
    let denied = of(Effect::Deny).find(|(one, statement)| {
        let everywhere = statement.resource.as_ref().is_some_and(|all| all.is_every_of(&code));
        let sure = |part: &Part| part.truth == Truth::Yes || part.name == "Resource";
        everywhere
            && one.parts.iter().all(sure)
            && one.conditions.iter().all(|condition| condition.truth == Truth::Yes)
    });
    let elsewhere = |(_, statement): (&StatementTrace, &Statement)| {
        statement.resource.as_ref().is_some_and(|clause| clause.is_beside(&code))
    };
    let denied = denied.map(|(one, _)| (one.policy, one.statement));
    if let Some(at) = denied.filter(|_| !of(Effect::Allow).any(elsewhere)) {
        (answer.decision, answer.deciding) = (Decision::ExplicitDeny, Some(at));
        answer.possible = vec![Decision::ExplicitDeny];
        answer.depends_on.clear();
    }
    answer
}

/// The statement to look at: the one that allows, or could; else the one that denies.
fn granting(answer: &Answer) -> Option<usize> {
    let allowing = |s: &&StatementTrace| s.effect == Effect::Allow && s.truth != Truth::No;
    let best = match answer.decision {
        Decision::Allow | Decision::Depends => {
            answer.trace.iter().filter(allowing).max_by_key(|s| {
                let sure = answer.remark_on((s.policy, s.statement)).is_none();
                (s.truth, sure, Reverse(s.statement))
            })
        }
        Decision::ExplicitDeny | Decision::ImplicitDeny => None,
    };
    best.map(|s| s.statement).or(answer.deciding.map(|(_, statement)| statement))
}

/// What must hold, a sentence for each statement that is open.
fn sentences(language: Language, document: &Document, name: &str, answer: &Answer) -> Vec<String> {
    let mut by_statement: BTreeMap<usize, Vec<&Dependency>> = BTreeMap::new();
    for open in &answer.depends_on {
        by_statement.entry(open.statement).or_default().push(open);
    }
    let (mut allow, mut deny) = (Once::default(), Once::default());
    for (at, open) in by_statement {
        let Some(statement) = document.statements.get(at) else { continue };
        let (allows, denies): (Vec<&Dependency>, Vec<&Dependency>) =
            open.iter().partition(|open| open.effect == Effect::Allow);
        // What a narrower pattern allows is an entry of its own; what is not known is none.
        let told = statement.action.as_ref().is_none_or(|clause| !clause.unknown);
        let narrower =
            told && allows.iter().any(|open| matches!(open.on, DependsOn::Part("Action")));
        if !allows.is_empty() && !narrower {
            allow.push(all_of(language, &all_only(language, statement, &allows, name)));
        }
        if !denies.is_empty() {
            let parts: Vec<String> = denies.iter().map(|open| open.phrase.clone()).collect();
            let parts = all_of(language, &parts);
            deny.push(said(language, "unless {}", &[&parts]));
        }
    }
    let behind = document.statements.len();
    for open in answer.depends_on.iter().filter(|open| open.statement >= behind) {
        if open.effect == Effect::Deny {
            deny.push(said(language, "unless {}", &[&open.phrase]));
        } else {
            allow.push(said(language, "only if {}", &[&open.phrase]));
        }
    }
    let number = allow.seen.len() + deny.seen.len();
    let or = |(n, sentence): (usize, String)| {
        if n == 0 { sentence } else { said(language, "or {}", &[&sentence]) }
    };
    let mut all: Vec<String> = allow.first.into_iter().enumerate().map(or).collect();
    all.extend(deny.first);
    all.truncate(SPELLED_OUT);
    let more = number - all.len();
    if more > 0 {
        all.push(count(language, more, "and {} other condition", "and {} other conditions"));
    }
    all
}

/// Sentences, each once: the first of them in their order, of all how many.
#[derive(Default)]
struct Once {
    first: Vec<String>,
    seen: Set<String>,
}

impl Once {
    fn push(&mut self, sentence: String) {
        if self.seen.contains(&sentence) {
            return;
        }
        if self.first.len() < SPELLED_OUT {
            self.first.push(sentence.clone());
        }
        self.seen.insert(sentence);
    }
}

/// What is open of an allowing statement: `only with keys tagged x = true`.
fn all_only(
    language: Language,
    statement: &Statement,
    open: &[&Dependency],
    name: &str,
) -> Vec<String> {
    let mut rest = statement.conditions.iter();
    let mut words = |open: &&Dependency| {
        let condition = match &open.on {
            DependsOn::Part(_) => None,
            on @ DependsOn::Condition { .. } => condition_of(&mut rest, on).or_else(|| {
                rest = statement.conditions.iter();
                condition_of(&mut rest, on)
            }),
        };
        match condition {
            Some(condition) => wording::condition(language, condition, name),
            None => said(language, "only if {}", &[&open.phrase]),
        }
    };
    open.iter().map(&mut words).collect()
}

/// The condition that is open, among those that are left: both stand in the order of the statement.
fn condition_of<'a>(
    rest: &mut impl Iterator<Item = &'a Condition>,
    on: &DependsOn,
) -> Option<&'a Condition> {
    let DependsOn::Condition { operator, key, values } = on else { return None };
    rest.find(|condition| {
        condition.operator.value == *operator
            && condition.key.value == *key
            && condition.values.iter().map(|value| &value.value).eq(values)
    })
}
