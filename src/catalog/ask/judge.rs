//! The verdict on one role: which names are meant, how each fares, under which conditions.

use std::borrow::Cow;
use std::cell::LazyCell;
use std::collections::HashSet;
use std::ops::Range;
use std::rc::Rc;
use std::sync::Arc;

use super::fate::{Fate, Fates};
use super::index::Met;
use super::{ActionAnswer, Doubt, Question, RoleAnswer, Verdict, may_share};
use crate::catalog::actions::letters;
use crate::catalog::model::RoleId;
use crate::hash::Set;
use crate::policy::document::{Document, Effect};
use crate::policy::evaluate::Decision;
use crate::policy::idle::names_action;
use crate::policy::pattern::{self, Case};
use crate::policy::wording;
use crate::say::{Language, said};
use crate::sort;

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
        let language = self.language;
        let meant = Meant::of(self.document, &self.doubt, question, known);
        let mut actions = Vec::new();
        let (mut notes, mut unknown) = (Vec::new(), Vec::new());
        let mut noted: Set<String> = Set::default();
        let mut fates = Fates::new(self, question);
        for (name, written) in &meant.names {
            let fate = fates.of(name);
            let new = fate.0.answer.notes.iter().filter(|note| noted.insert((*note).clone()));
            notes.extend(new.cloned());
            actions.extend(self.judged(name, *written, &fate, &fates));
        }
        // What is denied by name leaves the rest of a pattern open.
        let mut met: Vec<Arc<str>> = actions
            .iter()
            .filter(|one| matches!(one.verdict, Verdict::Can | Verdict::Could(_)))
            .map(|one| Arc::clone(&one.name))
            .filter(|name| !pattern::has_wildcard(name))
            .collect();
        sort::by(&mut met, |one, other| letters(one).cmp(letters(other)));
        let is_met = |value: &str| {
            met.get(beginning(&met, value)).unwrap_or_default().iter().any(|one| covers(value, one))
        };
        // What both patterns match is denied where all that is asked about is.
        let denied = !meant.partly.is_empty()
            && fates.of(&question.pattern).0.answer.decision == Decision::ExplicitDeny;
        let partly = meant.partly.iter().filter(|name| !denied && !is_met(name));
        for name in partly {
            let fate = fates.of(&common(name, &question.pattern));
            let Some(mut action) = self.judged(name, true, &fate, &fates) else { continue };
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
    fn judged(
        &self,
        name: &Arc<str>,
        written: bool,
        found: &(Rc<Fate>, Met),
        fates: &Fates<'_>,
    ) -> Option<ActionAnswer> {
        let fate = &found.0;
        let verdict = fate.verdict(self.document, name)?;
        let statement = fate.statement;
        let (span, through) =
            statement.map(|at| fates.through(at, name, found)).unwrap_or_default();
        let through = through.filter(|value| !pattern::same(value, name, Case::Fold));
        let through = through.map(str::to_owned);
        let remark = statement.and_then(|at| fate.answer.remark_on((0, at))).map(str::to_owned);
        let name = Arc::clone(name);
        Some(ActionAnswer { name, written, verdict, statement, through, span, remark })
    }
}

/// The verdict of a role; conditions of all its actions together.
fn strongest(actions: &[ActionAnswer]) -> Verdict {
    let best = actions.iter().map(|a| &a.verdict).min_by_key(|verdict| verdict.rank());
    match best {
        Some(Verdict::Could(_)) => {
            let sentences = actions.iter().flat_map(|action| match &action.verdict {
                Verdict::Could(sentences) => sentences.as_slice(),
                _ => &[],
            });
            let mut seen: Set<&str> = Set::default();
            Verdict::Could(sentences.filter(|sentence| seen.insert(sentence)).cloned().collect())
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
        let usual = LazyCell::new(|| known_spelling(asked, known));
        for statement in &document.statements {
            let Some(clause) = &statement.action else { continue };
            all_but |= clause.negated && !clause.is_open() || clause.unknown;
            for value in clause.values.iter().filter(|_| !clause.negated) {
                let value = value.value.as_str();
                if !may_share(asked, value) || !names_action(value) {
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
                    add(*usual, true);
                    wild.push(value);
                } else if may_both_be(value, asked) {
                    wild.push(value);
                    partly.push((value, statement.effect == Effect::Allow));
                }
            }
        }
        if all_but {
            add(*usual, true);
        }
        for name in doubt.missing() {
            if pattern::matches(asked, name, Case::Fold) {
                add(name, true);
            } else if pattern::covers(name, asked, Case::Fold) {
                add(*usual, true);
            }
        }
        for (name, covered) in known.iter().zip(covered(known, &wild)) {
            if all_but || covered {
                add(name, false);
            }
        }
        if names.is_empty() && partly.is_empty() && doubt.concerns(asked) {
            names.push((Arc::from(known_spelling(asked, known)), true));
        }
        let mut open: Vec<Arc<str>> = Vec::new();
        let mut opened: Set<&str> = Set::default();
        for (value, allows) in partly {
            if allows && opened.insert(value) {
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

/// What a pattern of any service has in common with every action of one: of `*:Get*` and `oss:*` it is `oss:Get*`.
/// Elsewhere the pattern itself.
fn common<'a>(value: &'a str, asked: &str) -> Cow<'a, str> {
    match (value.split_once(':'), asked.split_once(':')) {
        (Some((service, name)), Some((code, every)))
            if pattern::has_wildcard(service)
                && !pattern::has_wildcard(code)
                && pattern::matches_anything(every) =>
        {
            Cow::Owned(format!("{code}:{name}"))
        }
        _ => Cow::Borrowed(value),
    }
}

/// Does the pattern match the name?
fn covers(value: &str, name: &str) -> bool {
    may_share(value, name) && pattern::matches(value, name, Case::Fold)
}

/// Of which of the known names, which stand in the order of their letters, is there a pattern that covers it?
fn covered(known: &[Arc<str>], wild: &[&str]) -> Vec<bool> {
    let mut covered = vec![false; known.len()];
    let mut seen: Set<&str> = Set::default();
    for value in wild.iter().filter(|value| seen.insert(value)) {
        let range = beginning(known, value);
        let names = known.iter().zip(&mut covered).take(range.end).skip(range.start);
        for (name, covered) in names {
            *covered = *covered || pattern::matches(value, name, Case::Fold);
        }
    }
    covered
}

/// Where among names in the order of their [`letters`] those stand that begin as the pattern does.
fn beginning(names: &[Arc<str>], value: &str) -> Range<usize> {
    // Letters of ASCII stand in the same order folded or not told apart.
    let start = value.split(|c: char| matches!(c, '*' | '?') || !c.is_ascii()).next();
    let start = start.unwrap_or_default();
    let order = |name: &Arc<str>| letters(name).take(start.len()).cmp(letters(start));
    let from = names.partition_point(|name| order(name).is_lt());
    from..names.partition_point(|name| order(name).is_le())
}

/// The usual spelling of an action that was asked for, if it is known.
fn known_spelling<'a>(asked: &'a str, known: &'a [Arc<str>]) -> &'a str {
    known.iter().find(|name| pattern::same(name, asked, Case::Fold)).map_or(asked, |name| name)
}
