//! The verdict on one role: which names are meant, how each fares, under which conditions.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::{ActionAnswer, Doubt, Question, RoleAnswer, Verdict, may_share};
use crate::catalog::model::RoleId;
use crate::policy::condition::Truth;
use crate::policy::document::{Document, Effect, Statement};
use crate::policy::evaluate::{
    Answer, Decision, Dependency, DependsOn, Part, StatementTrace, all_of, decide,
};
use crate::policy::pattern::{self, Case, arn};
use crate::policy::wording;
use crate::say::{Language, count, said};

/// Sentences that a verdict spells out.
const SPELLED_OUT: usize = 6;

/// The policy of one role, on its way to an answer.
pub(super) struct One<'a> {
    /// The language of the answer.
    pub(super) language: Language,
    /// The policy.
    pub(super) document: &'a Document,
    /// What is not sure about its text.
    pub(super) doubt: Doubt,
}

impl One<'_> {
    /// The answer for a role. Roles whose policy cannot meet the question cost a look at its names only.
    pub(super) fn role(&self, id: &RoleId, question: &Question, known: &[Arc<str>]) -> RoleAnswer {
        let (language, document) = (self.language, self.document);
        let meant = Meant::of(document, &self.doubt, question, known);
        let mut actions = Vec::new();
        let (mut notes, mut unknown) = (Vec::new(), Vec::new());
        let mut decided: HashMap<Vec<bool>, Answer> = HashMap::new();
        for (name, written) in &meant.names {
            let mut answer = if pattern::has_wildcard(name) {
                decided_on(language, document, question, name)
            } else {
                // Names that the same statements speak of fare the same.
                let key = document.statements.iter().map(|s| speaks_of(s, name)).collect();
                let decide = || decided_on(language, document, question, name);
                decided.entry(key).or_insert_with(decide).clone()
            };
            self.doubt.mark(&mut answer, name);
            add_notes(&mut notes, &answer);
            actions.extend(self.judged(name, *written, &answer));
        }
        // What is denied by name leaves the rest of a pattern open.
        let met: Vec<Arc<str>> = actions
            .iter()
            .filter(|one| matches!(one.verdict, Verdict::Can | Verdict::Could(_)))
            .map(|one| Arc::clone(&one.name))
            .filter(|name| !pattern::has_wildcard(name))
            .collect();
        for name in meant.partly.iter().filter(|name| !met.iter().any(|one| covers(name, one))) {
            let mut answer = decided_on(language, document, question, name);
            self.doubt.mark(&mut answer, name);
            let Some(mut action) = self.judged(name, true, &answer) else { continue };
            let asked = wording::visible(&question.pattern);
            let shown = wording::visible(name);
            let both = said(
                language,
                "only if it is an action that {} and {} both match",
                &[&shown, &asked],
            );
            // Whoever asks by a part of a name means actions that there are.
            if question.pattern.starts_with('*') {
                unknown.push(said(
                    language,
                    "{} would cover an action that {} matches; none is known.",
                    &[&shown, &asked],
                ));
            }
            action.verdict = match action.verdict {
                Verdict::Can => Verdict::Could(vec![both]),
                Verdict::Could(mut sentences) => {
                    sentences.insert(0, both);
                    Verdict::Could(sentences)
                }
                other => other,
            };
            actions.push(action);
        }
        notes.extend(unknown.iter().cloned());
        RoleAnswer { role: id.clone(), verdict: strongest(&actions), actions, notes, unknown }
    }

    /// The answer on one name; None where nothing allows or denies it.
    fn judged(&self, name: &Arc<str>, written: bool, answer: &Answer) -> Option<ActionAnswer> {
        let document = self.document;
        let verdict = match answer.decision {
            Decision::Allow => Verdict::Can,
            Decision::ExplicitDeny => Verdict::Denied,
            Decision::ImplicitDeny => return None,
            Decision::Depends if !answer.may_be_allowed() => return None,
            Decision::Depends => Verdict::Could(sentences(self.language, document, name, answer)),
        };
        let statement = granting(answer);
        let span = statement.and_then(|at| {
            let trace = answer.trace.get(at)?;
            trace.parts.iter().find(|part| part.name.ends_with("Action"))?.span
        });
        let written_as = statement.zip(span).and_then(|(at, span)| {
            let clause = document.statements.get(at)?.action.as_ref()?;
            clause.values.iter().find(|value| value.span == span && !clause.negated)
        });
        let through = written_as
            .map(|value| value.value.clone())
            .filter(|value| !pattern::same(value, name, Case::Fold))
            .map(String::from);
        let remark = statement.and_then(|at| answer.remark_on((0, at))).map(str::to_owned);
        let name = Arc::clone(name);
        Some(ActionAnswer { name, written, verdict, statement, through, span, remark })
    }
}

/// The decision on one name. Where the question names no resource, what is denied on every resource of the action's own
/// service is denied, unless a statement allows it on resources of another one.
pub(super) fn decided_on(
    language: Language,
    document: &Document,
    question: &Question,
    name: &str,
) -> Answer {
    let mut answer = decide(language, &[document], &question.request(name));
    if question.resource.is_some() || answer.decision != Decision::Depends {
        return answer;
    }
    let code = pattern::fold(name.split(':').next().unwrap_or_default());
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
        let listed = statement.resource.as_ref().filter(|clause| !clause.negated);
        let mut listed = listed.into_iter().flat_map(|clause| &clause.values);
        listed.any(|value| arn::service(&value.value).is_some_and(|own| own != code))
    };
    let denied = denied.map(|(one, _)| (one.policy, one.statement));
    if let Some(at) = denied.filter(|_| !of(Effect::Allow).any(elsewhere)) {
        (answer.decision, answer.deciding) = (Decision::ExplicitDeny, Some(at));
        answer.possible = vec![Decision::ExplicitDeny];
        answer.depends_on.clear();
    }
    answer
}

fn add_notes(notes: &mut Vec<String>, answer: &Answer) {
    for note in &answer.notes {
        if !notes.contains(note) {
            notes.push(note.clone());
        }
    }
}

/// The verdict of a role; conditions of all its actions together.
fn strongest(actions: &[ActionAnswer]) -> Verdict {
    let best = actions.iter().map(|a| &a.verdict).min_by_key(|verdict| verdict.rank());
    match best {
        Some(Verdict::Could(_)) => {
            let mut all: Vec<String> = Vec::new();
            for action in actions {
                if let Verdict::Could(sentences) = &action.verdict {
                    let new = sentences.iter().filter(|s| !all.contains(s)).cloned();
                    all.extend(new.collect::<Vec<_>>());
                }
            }
            Verdict::Could(all)
        }
        Some(verdict) => verdict.clone(),
        None => Verdict::CanNot,
    }
}

/// The names of a policy that a question is about.
struct Meant {
    /// Names and patterns, each whether the policy (or the question) writes it.
    names: Vec<(Arc<str>, bool)>,
    /// Patterns that allow and share some names with the question.
    partly: Vec<Arc<str>>,
}

impl Meant {
    fn of(document: &Document, doubt: &Doubt, question: &Question, known: &[Arc<str>]) -> Self {
        let asked = question.pattern.as_str();
        let mut names: Vec<(Arc<str>, bool)> = Vec::new();
        let mut seen: HashSet<String> = HashSet::new();
        let mut add = |name: &str, written: bool| {
            if seen.insert(pattern::fold(name)) {
                names.push((Arc::from(name), written));
            }
        };
        let mut wild: Vec<&str> = Vec::new();
        let mut partly: Vec<(&str, bool)> = Vec::new();
        let mut all_but = false;
        for statement in &document.statements {
            let Some(clause) = &statement.action else { continue };
            all_but |= clause.negated && !clause.is_open() || clause.unknown;
            for value in clause.values.iter().filter(|_| !clause.negated) {
                let value = value.value.as_str();
                if !may_share(asked, value) {
                    continue;
                }
                if !pattern::has_wildcard(value) {
                    if pattern::matches(asked, value, Case::Fold) {
                        add(value, true);
                    }
                } else if pattern::has_wildcard(asked) && pattern::covers(asked, value, Case::Fold)
                {
                    add(value, true);
                    wild.push(value);
                } else if pattern::covers(value, asked, Case::Fold) {
                    add(known_spelling(asked, known), true);
                    wild.push(value);
                } else if may_both_be(value, asked) {
                    wild.push(value);
                    partly.push((value, statement.effect == Effect::Allow));
                }
            }
        }
        if all_but {
            add(known_spelling(asked, known), true);
        }
        for name in doubt.missing() {
            if pattern::matches(asked, name, Case::Fold) {
                add(name, true);
            } else if pattern::covers(name, asked, Case::Fold) {
                add(known_spelling(asked, known), true);
            }
        }
        for name in known {
            if all_but || wild.iter().any(|value| covers(value, name)) {
                add(name, false);
            }
        }
        if names.is_empty() && partly.is_empty() && doubt.concerns(asked) {
            names.push((Arc::from(known_spelling(asked, known)), true));
        }
        let mut open: Vec<Arc<str>> = Vec::new();
        for (value, allows) in partly {
            if allows && !open.iter().any(|o| **o == *value) {
                open.push(Arc::from(value));
            }
        }
        Self { names, partly: open }
    }
}

/// Is there an action that both patterns match? Its name holds one colon, behind the service.
fn may_both_be(one: &str, other: &str) -> bool {
    match (one.split_once(':'), other.split_once(':')) {
        (Some((code, name)), Some((other_code, other_name))) => {
            pattern::overlaps(code, other_code, Case::Fold)
                && pattern::overlaps(name, other_name, Case::Fold)
        }
        _ => pattern::overlaps(one, other, Case::Fold),
    }
}

/// Does the pattern match the name?
fn covers(value: &str, name: &str) -> bool {
    may_share(value, name) && pattern::matches(value, name, Case::Fold)
}

/// The usual spelling of an action that was asked for, if it is known.
fn known_spelling<'a>(asked: &'a str, known: &'a [Arc<str>]) -> &'a str {
    known.iter().find(|name| pattern::same(name, asked, Case::Fold)).map_or(asked, |name| name)
}

/// Does the action part of a statement match the name?
fn speaks_of(statement: &Statement, name: &str) -> bool {
    statement.action.as_ref().is_some_and(|clause| {
        let mut values = clause.values.iter();
        let named = values
            .any(|v| may_share(&v.value, name) && pattern::matches(&v.value, name, Case::Fold));
        named != clause.negated && !clause.is_open() || clause.unknown
    })
}

/// The statement to look at: the one that allows, or could; else the one that denies.
fn granting(answer: &Answer) -> Option<usize> {
    let allowing = |s: &&StatementTrace| s.effect == Effect::Allow && s.truth != Truth::No;
    let best = match answer.decision {
        Decision::Allow | Decision::Depends => {
            answer.trace.iter().filter(allowing).max_by_key(|s| {
                let sure = answer.remark_on((s.policy, s.statement)).is_none();
                (s.truth, sure, std::cmp::Reverse(s.statement))
            })
        }
        Decision::ExplicitDeny | Decision::ImplicitDeny => None,
    };
    best.map(|s| s.statement).or(answer.deciding.map(|(_, statement)| statement))
}

/// What must hold, a sentence for each statement that is open.
fn sentences(language: Language, document: &Document, name: &str, answer: &Answer) -> Vec<String> {
    let mut allow: Vec<String> = Vec::new();
    let mut deny: Vec<String> = Vec::new();
    for (at, statement) in document.statements.iter().enumerate() {
        let those = |effect: Effect| -> Vec<&Dependency> {
            let of = |open: &&Dependency| open.statement == at && open.effect == effect;
            answer.depends_on.iter().filter(of).collect()
        };
        let open = those(Effect::Allow);
        // What a narrower pattern allows is an entry of its own; what is not known is none.
        let told = statement.action.as_ref().is_none_or(|clause| !clause.unknown);
        let narrower = told && open.iter().any(|open| matches!(open.on, DependsOn::Part("Action")));
        if !open.is_empty() && !narrower {
            let parts: Vec<String> =
                open.iter().map(|open| only(language, statement, open, name)).collect();
            push_new(&mut allow, all_of(language, &parts));
        }
        let open = those(Effect::Deny);
        if !open.is_empty() {
            let parts: Vec<String> = open.iter().map(|open| open.phrase.clone()).collect();
            let parts = all_of(language, &parts);
            push_new(&mut deny, said(language, "unless {}", &[&parts]));
        }
    }
    let behind = document.statements.len();
    for open in answer.depends_on.iter().filter(|open| open.statement >= behind) {
        push_new(&mut allow, said(language, "only if {}", &[&open.phrase]));
    }
    let mut all: Vec<String> = Vec::new();
    for (n, sentence) in allow.iter().enumerate() {
        all.push(if n == 0 { sentence.clone() } else { said(language, "or {}", &[sentence]) });
    }
    all.extend(deny);
    let more = all.len().saturating_sub(SPELLED_OUT);
    all.truncate(SPELLED_OUT);
    if more > 0 {
        all.push(count(language, more, "and {} other condition", "and {} other conditions"));
    }
    all
}

fn push_new(to: &mut Vec<String>, sentence: String) {
    if !to.contains(&sentence) {
        to.push(sentence);
    }
}

/// One open thing of an allowing statement: `only with keys tagged x = true`.
fn only(language: Language, statement: &Statement, open: &Dependency, name: &str) -> String {
    if let DependsOn::Condition { operator, key, values } = &open.on {
        let condition = statement.conditions.iter().find(|condition| {
            condition.operator.value == *operator
                && condition.key.value == *key
                && condition.values.iter().map(|value| &value.value).eq(values)
        });
        if let Some(condition) = condition {
            return wording::condition(language, condition, name);
        }
    }
    said(language, "only if {}", &[&open.phrase])
}
