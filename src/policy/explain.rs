//! Statements and trust policies in plain sentences.
//!
//! A sentence is exact: what it cannot spell out for length it counts. Text from documents is made
//! safe to show.

mod nothing;

use super::ASSUME_ROLE;
use super::document::{Clause, Document, Effect, Principal, PrincipalKind, Statement};
use super::idle::names_action;
use super::pattern::{self, Case, arn};
use super::source::Spanned;
use super::summary::service_of_action;
use super::vocabulary::Vocabulary;
use super::wording::{self, visible};
use crate::say::{Language, count, said, say};

/// Names of one service that a sentence spells out.
const MOST_NAMES: usize = 6;

/// Services, resources and principals that a sentence spells out.
const MOST_THINGS: usize = 6;

/// What `*` stands for in the policy of a KMS key or secret.
pub(super) const KEY: &str = "this key or secret";

/// The same in the policy of a bucket.
pub(super) const BUCKET: &str = "this bucket";

/// One statement as a sentence: who may do what to which resources under which condition.
pub fn sentence(language: Language, statement: &Statement, vocabulary: &dyn Vocabulary) -> String {
    if statement.effect == Effect::Unknown {
        return say(language, "Does nothing: its Effect is neither Allow nor Deny.").to_owned();
    }
    if statement.is_unread() {
        return say(language, "Cannot be read: what it allows or denies is not known.").to_owned();
    }
    if statement.effect == Effect::Open {
        let open = say(language, "Its Effect is not known; it may be Allow or Deny.");
        let allowing = Statement { effect: Effect::Allow, ..statement.clone() };
        let allowing = sentence(language, &allowing, vocabulary);
        return said(language, "{} As an Allow: {}", &[open, &allowing]);
    }
    let Some(action) = &statement.action else {
        return say(language, "Does nothing: it names neither Action nor NotAction.").to_owned();
    };
    if let Some(nothing) = nothing::sentence(language, statement, action, vocabulary) {
        return nothing;
    }
    let conditions = conditions(language, statement, action);
    if statement.effect == Effect::Deny {
        return denial(language, statement, action, conditions, vocabulary);
    }
    let who = who(language, statement);
    let what = what(language, statement, action, vocabulary);
    match conditions {
        None => said(language, "{} may {}.", &[&who, &what]),
        Some(when) => said(language, "{} may {}, {}.", &[&who, &what, &when]),
    }
}

/// A Deny in one sentence. "May never use every action" would leave open whether some may be used.
fn denial(
    language: Language,
    statement: &Statement,
    action: &Clause,
    conditions: Option<String>,
    vocabulary: &dyn Vocabulary,
) -> String {
    for (clause, name, any) in [
        (Some(action), "NotAction", is_every_action as fn(&str) -> bool),
        (statement.resource.as_ref(), "NotResource", arn::is_every),
    ] {
        if clause.is_some_and(|clause| leaves_nothing(clause, any)) {
            return said(language, "Denies nothing: {} leaves out everything.", &[name]);
        }
    }
    let what = what(language, statement, action, vocabulary);
    let most = |principal: &Principal| {
        wording::join(language, &wording::members(language, principal, MOST_THINGS), "and")
    };
    match (&statement.principal, conditions) {
        (Some(principal), None) if principal.negated => {
            said(language, "Nobody except {} may {}.", &[&most(principal), &what])
        }
        (Some(principal), Some(when)) if principal.negated => {
            said(language, "Nobody except {} may {} {}.", &[&most(principal), &what, &when])
        }
        (_, None) if statement.is_of_bucket_and_everybody() => {
            said(language, "Nobody but the owner of the bucket may {}.", &[&what])
        }
        (_, Some(when)) if statement.is_of_bucket_and_everybody() => {
            said(language, "Nobody, not even the owner of the bucket, may {} {}.", &[&what, &when])
        }
        (Some(principal), None) if says_nobody(principal) => {
            said(language, "Nobody may {}.", &[&what])
        }
        (Some(principal), Some(when)) if says_nobody(principal) => {
            said(language, "Nobody may {} {}.", &[&what, &when])
        }
        (_, None) if action.negated => {
            let who = who(language, statement);
            said(language, "{} may {}, whatever else allows it.", &[&who, &what])
        }
        (_, Some(when)) if action.negated => {
            let who = who(language, statement);
            said(language, "{} may {} {}, whatever else allows it.", &[&who, &what, &when])
        }
        (_, None) => said(language, "{} may never {}.", &[&who(language, statement), &what]),
        (_, Some(when)) => {
            said(language, "{} may never {} {}.", &[&who(language, statement), &what, &when])
        }
    }
}

/// Is a Deny for this principal told of nobody: nobody but some, or nobody at all?
fn says_nobody(principal: &Principal) -> bool {
    principal.negated || principal.is_anyone()
}

/// How a sentence speaks of many actions.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Among {
    /// The holder may use every action.
    Every,
    /// The holder may never use any action; the holder may use no action except some.
    Any,
    /// Nobody may use any action, or any action except some.
    AnyOfNobody,
}

/// Does a `Not` element leave out all there is?
fn leaves_nothing(clause: &Clause, any: fn(&str) -> bool) -> bool {
    clause.negated && clause.values.iter().any(|value| any(&value.value))
}

/// Who may take on a role, by its trust policy.
pub fn trust(language: Language, document: &Document) -> String {
    let nothing = &super::vocabulary::Nothing;
    let naming: Vec<&Statement> =
        document.statements.iter().filter(|statement| statement.principal.is_some()).collect();
    if naming.is_empty() {
        let nobody = "Nobody may take on the role: the document names no principal.";
        return say(language, nobody).to_owned();
    }
    let sentences: Vec<String> = naming
        .iter()
        .take(MOST_THINGS)
        .map(|statement| sentence(language, statement, nothing))
        .collect();
    let more = naming.len().saturating_sub(MOST_THINGS);
    let rest = if more > 0 {
        count(language, more, " {} statement more.", " {} statements more.")
    } else {
        String::new()
    };
    format!("{}{rest}", sentences.join(say(language, " ")))
}

/// The subject of the sentence, with a capital.
fn who(language: Language, statement: &Statement) -> String {
    let Some(principal) = &statement.principal else {
        return say(language, "The holder").to_owned();
    };
    let members = if statement.resource.is_none() {
        wording::trusted(language, principal, MOST_THINGS)
    } else {
        wording::members(language, principal, MOST_THINGS)
    };
    let members = match (members.is_empty(), principal.negated) {
        (true, _) => say(language, "nobody").to_owned(),
        (false, false) => wording::join(language, &members, "and"),
        (false, true) => {
            said(language, "anyone except {}", &[&wording::join(language, &members, "and")])
        }
    };
    // A name is shown as it is written.
    let is_name = |(kind, value): &(PrincipalKind, Spanned)| {
        let other =
            matches!(kind, PrincipalKind::Other(name) if members.starts_with(&visible(name)));
        other || members.starts_with(&visible(&value.value))
    };
    match language {
        Language::English if !principal.members.first().is_some_and(is_name) => capital(&members),
        _ => members,
    }
}

fn capital(text: &str) -> String {
    let mut characters = text.chars();
    characters
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}

/// The verb and its objects.
fn what(
    language: Language,
    statement: &Statement,
    action: &Clause,
    vocabulary: &dyn Vocabulary,
) -> String {
    let among = match (statement.effect, &statement.principal) {
        (Effect::Deny, Some(principal)) if says_nobody(principal) => Among::AnyOfNobody,
        (Effect::Deny, _) => Among::Any,
        _ => Among::Every,
    };
    let assume = |value: &Spanned| pattern::same(&value.value, ASSUME_ROLE, Case::Fold);
    let assumes = || {
        !action.negated
            && !action.unknown
            && !action.values.is_empty()
            && action.values.iter().all(assume)
    };
    let used = || actions(language, action, among, vocabulary);
    match &statement.resource {
        // The policy hangs on the role: what is assumed is that one, whatever stands as resource.
        _ if statement.principal.is_some() && assumes() => {
            say(language, "assume this role").to_owned()
        }
        None => said(language, "use {} on what the policy is attached to", &[&used()]),
        Some(_) if statement.is_of_key() => {
            said(language, "use {} on {}", &[&used(), say(language, KEY)])
        }
        Some(_) if is_whole_bucket(statement) => {
            said(language, "use {} on {}", &[&used(), say(language, BUCKET)])
        }
        Some(resource) => {
            said(language, "use {} on {}", &[&used(), &resources(language, resource)])
        }
    }
}

/// The actions, grouped by service.
fn actions(
    language: Language,
    clause: &Clause,
    among: Among,
    vocabulary: &dyn Vocabulary,
) -> String {
    if clause.is_empty() {
        return say(language, "no action").to_owned();
    }
    // Under NotAction all is told that is left out.
    let named = |value: &&Spanned| clause.negated || names_action(&value.value);
    let groups = by_service(clause.values.iter().filter(named));
    let words = Words {
        language,
        vocabulary,
        // Meanings are for the few; a long list of them is no sentence any more.
        meanings: clause.values.len() <= 3 && !clause.negated,
        excluded: clause.negated,
        any: among != Among::Every,
    };
    let mut listed = wording::first(language, &groups, MOST_THINGS, |(code, values)| {
        words.service(code, values)
    });
    if wording::is_silent(clause.unknown, clause.values.iter()) {
        listed.push(say(language, "some actions not known here").to_owned());
    }
    let denied = among != Among::Every && !clause.negated;
    let listed = wording::join(language, &listed, if denied { "or" } else { "and" });
    if !clause.negated {
        listed
    } else if leaves_nothing(clause, is_every_action) {
        said(language, "no action (NotAction leaves out {})", &[&listed])
    } else {
        match among {
            Among::Every => said(language, "every action except {}", &[&listed]),
            Among::Any => said(language, "no action except {}", &[&listed]),
            Among::AnyOfNobody => said(language, "any action except {}", &[&listed]),
        }
    }
}

/// Does the pattern stand for every action?
pub(super) fn is_every_action(action: &str) -> bool {
    pattern::covers(action, "*:*", Case::Fold)
}

/// The actions of a clause by service code, in order, each once.
fn by_service<'a>(values: impl Iterator<Item = &'a Spanned>) -> Vec<(String, Vec<&'a str>)> {
    let mut groups: Vec<(String, Vec<&str>)> = Vec::new();
    let mut index = std::collections::HashMap::new();
    let mut seen = std::collections::HashSet::new();
    for value in values {
        if !seen.insert(pattern::fold(&value.value)) {
            continue;
        }
        let code = service_of_action(&value.value);
        let at = *index.entry(code.clone()).or_insert_with(|| {
            groups.push((code, Vec::new()));
            groups.len() - 1
        });
        if let Some((_, names)) = groups.get_mut(at) {
            names.push(&value.value);
        }
    }
    groups
}

/// In which words actions are told.
struct Words<'a> {
    language: Language,
    vocabulary: &'a dyn Vocabulary,
    /// Each with what it does, where that is known.
    meanings: bool,
    /// They are what is left out of every action.
    excluded: bool,
    /// They are denied: any of them is meant.
    any: bool,
}

impl Words<'_> {
    /// The actions of one service: `ecs:RunInstances (start new servers)`,
    /// `every action of Tablestore (ots)`.
    fn service(&self, code: &str, values: &[&str]) -> String {
        let language = self.language;
        if pattern::has_wildcard(code) {
            return self.any_service(values);
        }
        if values.iter().any(|value| pattern::matches_anything(pattern::name_of(value))) {
            let service = self.whole_service(code);
            return match (self.excluded, self.any) {
                (true, _) => said(language, "those of {}", &[&service]),
                (_, false) => said(language, "every action of {}", &[&service]),
                (_, true) => said(language, "any action of {}", &[&service]),
            };
        }
        if let [value] = values {
            return self.one_action(value);
        }
        let names = wording::first(language, values, MOST_NAMES, |value| {
            self.with_meaning(value, wording::named(language, pattern::name_of(value)))
        });
        let names = wording::join(language, &names, "and");
        let patterns = values.iter().any(|value| pattern::has_wildcard(value));
        let known = self.vocabulary.service_name(language, code);
        let (code, number) = (visible(code), values.len().to_string());
        match (known, patterns) {
            (Some(name), true) => {
                said(language, "the actions of {} ({}: {})", &[name, &code, &names])
            }
            (Some(name), false) => {
                said(language, "{} actions of {} ({}: {})", &[&number, name, &code, &names])
            }
            (None, true) => said(language, "the actions of {} ({})", &[&code, &names]),
            (None, false) => said(language, "{} actions of {} ({})", &[&number, &code, &names]),
        }
    }

    /// Actions of no one service: `*`, `*:Describe*`.
    fn any_service(&self, values: &[&str]) -> String {
        let language = self.language;
        let names = wording::first(language, values, MOST_NAMES, |value| {
            let name = value.split_once(':').map(|(_, name)| name);
            match name {
                _ if is_every_action(value) && self.excluded && Some(value) == values.first() => {
                    say(language, "those of every service").to_owned()
                }
                _ if is_every_action(value) && self.any => {
                    say(language, "any action of any service").to_owned()
                }
                _ if is_every_action(value) => {
                    say(language, "every action of every service").to_owned()
                }
                Some(name) if value.starts_with("*:") => {
                    said(language, "the actions named {} of every service", &[&visible(name)])
                }
                _ => said(language, "the actions {}", &[&visible(value)]),
            }
        });
        wording::join(language, &names, "and")
    }

    /// A service of which every action is meant. How many of them are known says nothing of how many there are.
    fn whole_service(&self, code: &str) -> String {
        match self.vocabulary.service_name(self.language, code) {
            Some(name) => said(self.language, "{} ({})", &[name, code]),
            None => visible(code),
        }
    }

    /// One action alone, with its meaning or what it covers.
    fn one_action(&self, value: &str) -> String {
        let shown = wording::named(self.language, value);
        if pattern::has_wildcard(value) {
            return said(self.language, "the actions {}", &[&shown]);
        }
        self.with_meaning(value, shown)
    }

    fn with_meaning(&self, action: &str, shown: String) -> String {
        let known = self.vocabulary.action(action).filter(|_| self.meanings);
        match known.and_then(|known| known.meaning_in(self.language)) {
            Some(meaning) => said(self.language, "{} ({})", &[&shown, meaning]),
            None => shown,
        }
    }
}

/// The resources: `any resource`, `every ecs resource`, names and patterns.
pub(super) fn resources(language: Language, clause: &Clause) -> String {
    let mut listed = wording::first(language, &clause.values, MOST_THINGS, |value| {
        one_resource(language, &value.value)
    });
    if wording::is_silent(clause.unknown, clause.values.iter()) {
        listed.push(say(language, "some resources not known here").to_owned());
    }
    match (clause.negated, listed.is_empty()) {
        (_, true) => say(language, "no resource").to_owned(),
        (false, false) => wording::join(language, &listed, "and"),
        (true, false) if leaves_nothing(clause, arn::is_every) => {
            say(language, "no resource (NotResource leaves out every resource)").to_owned()
        }
        (true, false) => {
            let listed = wording::join(language, &listed, "and");
            said(language, "any resource except {}", &[&listed])
        }
    }
}

/// Does a statement of a bucket speak of all of it, as `*` does there?
pub(super) fn is_whole_bucket(statement: &Statement) -> bool {
    statement.resource.as_ref().is_some_and(Clause::is_any_resource) && statement.is_of_bucket()
}

fn one_resource(language: Language, value: &str) -> String {
    if arn::is_every(value) {
        return say(language, "any resource").to_owned();
    }
    let whole = arn::split(value).filter(|arn| {
        [arn.region, arn.account, arn.relative].into_iter().all(pattern::matches_anything)
    });
    match (whole, arn::service(value)) {
        (Some(_), Some(code)) if arn::is_lower(value) => {
            said(language, "every {} resource", &[&visible(&code)])
        }
        _ => wording::named(language, value),
    }
}

/// The conditions as the end of the sentence; under Deny they say when it bites.
fn conditions(language: Language, statement: &Statement, action: &Clause) -> Option<String> {
    if statement.conditions.is_empty() {
        return None;
    }
    // Plainer words fit only where they fit every action.
    let speaks_of_roles =
        |value: &Spanned| pattern::fold(&value.value).contains("servicelinkedrole");
    let named = match action.values.as_slice() {
        [one] if !action.negated => one.value.as_str(),
        [first, ..] if !action.negated && action.values.iter().all(speaks_of_roles) => {
            first.value.as_str()
        }
        _ => "",
    };
    let told = wording::first(language, &statement.conditions, MOST_THINGS, |condition| {
        match statement.effect {
            Effect::Deny => wording::case(language, condition, named),
            Effect::Allow | Effect::Unknown | Effect::Open => {
                wording::condition(language, condition, named)
            }
        }
    });
    Some(wording::clauses(language, &told))
}
