//! Documents as grants: statements that differ in their actions alone, or in their resources alone,
//! are one grant; what another pattern of the same list covers is left out.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::effort::Effort;
use super::form::{self, Test};
use crate::policy::document::{Clause, Condition, Document, Effect, Principal, Statement};
use crate::policy::idle::Idle;
use crate::policy::pattern::{self, Case, arn};
use crate::policy::source::{Span, Spanned};
use crate::policy::wording;
use crate::say::{Language, said};
use crate::sort;

/// One grant or denial.
pub(super) struct Group<'a> {
    /// What it means, apart from spelling and order.
    pub(super) meaning: Meaning,
    /// How the actions are spelled, by their form.
    spelling: BTreeMap<String, &'a str>,
    /// How the resources are spelled, by their form.
    places: BTreeMap<String, &'a str>,
    /// Its conditions as written.
    pub(super) conditions: Vec<&'a Condition>,
    /// Its principal as written.
    principal: Option<&'a Principal>,
    /// The statements that make it up.
    pub(super) statements: Vec<usize>,
    /// It was taken from a grant on the same resources that has its like in the other document.
    pub(super) beside: bool,
}

/// Negation, then kind and value of each; None where there is no such element.
pub(super) type Principals = Option<(bool, BTreeSet<(String, String)>)>;

/// A grant apart from spelling and order.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Meaning {
    pub(super) effect: Effect,
    pub(super) not_action: bool,
    /// Actions by their form.
    pub(super) actions: BTreeSet<String>,
    pub(super) not_resource: bool,
    /// Resources by their form; None where there is no such element.
    pub(super) resources: Option<BTreeSet<String>>,
    /// Actions, resources and principals hold what the text does not tell.
    pub(super) unknown: [bool; 3],
    pub(super) principal: Principals,
    pub(super) conditions: BTreeSet<Test>,
}

/// The lists of actions of two grants.
pub(super) struct Lists<'a> {
    /// The grants are of everything but the lists.
    pub(super) all_but: bool,
    pub(super) left: &'a BTreeSet<String>,
    pub(super) right: &'a BTreeSet<String>,
}

/// What every action leaves out.
static NOTHING: BTreeSet<String> = BTreeSet::new();

/// The grants of a document in the order of their first statements. Statements that never match
/// are none.
pub(super) fn of<'a>(document: &'a Document, effort: &Effort) -> Vec<Group<'a>> {
    let statements = document.statements.iter().enumerate();
    let groups = statements.filter_map(|(index, statement)| single(index, statement, effort));
    merged(groups.collect(), effort)
}

/// Some statements of a document where they are one grant.
pub(super) fn part<'a>(
    document: &'a Document,
    statements: &[usize],
    effort: &Effort,
) -> Option<Group<'a>> {
    let statements = statements.iter().map(|at| single(*at, document.statements.get(*at)?, effort));
    let mut groups = merged(statements.collect::<Option<_>>()?, effort);
    groups.pop().filter(|_| groups.is_empty())
}

/// Groups that are one grant put together.
fn merged<'a>(mut groups: Vec<Group<'a>>, effort: &Effort) -> Vec<Group<'a>> {
    // Same but for the actions, then same but for the resources: what became one may be the same as others now.
    loop {
        let before = groups.len();
        groups = merge(groups, effort, but_for_actions);
        groups = merge(groups, effort, but_for_resources);
        let values = groups.iter().map(|group| group.spelling.len() + group.places.len());
        if groups.len() == before || !effort.take(VALUE * values.sum::<usize>()) {
            return groups;
        }
    }
}

/// Steps for each action and resource that is looked at once more.
const VALUE: usize = 16;

/// What a grant means apart from its actions; all of it where these are everything but some.
fn but_for_actions(meaning: &Meaning) -> Meaning {
    let mut rest = meaning.clone();
    if !rest.not_action {
        rest.actions.clear();
    }
    rest
}

/// What a grant means apart from its resources; all of it where these are everything but some.
fn but_for_resources(meaning: &Meaning) -> Meaning {
    let mut rest = meaning.clone();
    if !rest.not_resource
        && let Some(resources) = &mut rest.resources
    {
        resources.clear();
    }
    rest
}

/// The statements that match no request whatever: they make no grant.
pub(super) fn idle(document: &Document) -> Vec<usize> {
    let statements = document.statements.iter().enumerate();
    statements.filter(|(_, one)| Idle::of(one).is_some()).map(|(index, _)| index).collect()
}

/// The statements of which it is not known whether they allow or deny: they make no grant either.
pub(super) fn unread(document: &Document) -> Vec<usize> {
    let statements = document.statements.iter().enumerate();
    let unread = statements.filter(|(_, statement)| Idle::of(statement) == Some(Idle::Unread));
    unread.map(|(index, _)| index).collect()
}

fn single<'a>(index: usize, statement: &'a Statement, effort: &Effort) -> Option<Group<'a>> {
    let action = statement.action.as_ref()?;
    let resource = statement.resource.as_ref();
    if Idle::of(statement).is_some() {
        return None;
    }
    let spelling = spelled(&action.values, form::action);
    let places = resource.map(|resource| spelled(&resource.values, form::resource));
    let mut meaning = Meaning {
        effect: statement.effect,
        not_action: action.negated,
        actions: spelling.keys().cloned().collect(),
        not_resource: resource.is_some_and(|resource| resource.negated),
        resources: places.as_ref().map(|places| places.keys().cloned().collect()),
        unknown: [
            action.unknown,
            resource.is_some_and(|resource| resource.unknown),
            statement.principal.as_ref().is_some_and(|principal| principal.unknown),
        ],
        principal: statement.principal.as_ref().map(|principal| {
            let members = principal.members.iter();
            (principal.negated, members.map(|(kind, v)| form::principal(kind, &v.value)).collect())
        }),
        conditions: statement.conditions.iter().map(Test::of).collect(),
    };
    meaning.reduce(effort);
    Some(Group {
        meaning,
        spelling,
        places: places.unwrap_or_default(),
        conditions: statement.conditions.iter().collect(),
        principal: statement.principal.as_ref(),
        statements: vec![index],
        beside: false,
    })
}

/// How values are spelled, by their form; of several spellings the first.
fn spelled(values: &[Spanned], form: fn(&str) -> String) -> BTreeMap<String, &str> {
    let mut spelling = BTreeMap::new();
    for value in values {
        spelling.entry(form(&value.value)).or_insert(value.value.as_str());
    }
    spelling
}

/// Makes one group of those that are equal in what `rest` leaves of their meaning.
fn merge<'a>(
    groups: Vec<Group<'a>>,
    effort: &Effort,
    rest: impl Fn(&Meaning) -> Meaning,
) -> Vec<Group<'a>> {
    let mut merged: Vec<Group<'a>> = Vec::new();
    let mut index: HashMap<Meaning, usize> = HashMap::new();
    let mut grown = BTreeSet::new();
    for group in groups {
        let at = *index.entry(rest(&group.meaning)).or_insert(merged.len());
        match merged.get_mut(at) {
            None => merged.push(group),
            Some(other) => {
                grown.insert(at);
                other.meaning.actions.extend(group.meaning.actions);
                if let (Some(all), Some(more)) =
                    (&mut other.meaning.resources, group.meaning.resources)
                {
                    all.extend(more);
                }
                for (form, written) in group.spelling {
                    other.spelling.entry(form).or_insert(written);
                }
                for (form, written) in group.places {
                    other.places.entry(form).or_insert(written);
                }
                other.statements.extend(group.statements);
            }
        }
    }
    for (at, group) in merged.iter_mut().enumerate() {
        if !grown.contains(&at) {
            continue;
        }
        group.meaning.reduce(effort);
        sort::by(&mut group.statements, Ord::cmp);
        group.statements.dedup();
    }
    merged
}

impl Meaning {
    /// The list where everything but a list is meant; it is empty where every action is meant.
    pub(super) fn all_but(&self) -> Option<&BTreeSet<String>> {
        if self.not_action {
            Some(&self.actions)
        } else {
            self.actions.contains(form::ANY).then_some(&NOTHING)
        }
    }

    /// The lists of actions of two grants as far as they can be held against each other.
    pub(super) fn lists<'a>(&'a self, other: &'a Self) -> Option<Lists<'a>> {
        if !self.not_action && !other.not_action {
            return Some(Lists { all_but: false, left: &self.actions, right: &other.actions });
        }
        Some(Lists { all_but: true, left: self.all_but()?, right: other.all_but()? })
    }

    /// Is it of everything but a list that the text does not tell whole?
    pub(super) fn leaves_out_more(&self) -> bool {
        let [unknown, ..] = self.unknown;
        unknown && self.not_action
    }

    /// Does it hold on every resource, for everyone and in every case?
    pub(super) fn is_unlimited(&self) -> bool {
        let everywhere = self.resources.as_ref().is_some_and(|all| all.contains(form::ANY));
        everywhere && !self.not_resource && self.principal.is_none() && self.conditions.is_empty()
    }

    /// Are both of lists of actions, and the same but for these?
    pub(super) fn differs_in_actions_alone(&self, other: &Self) -> bool {
        but_for_actions(self) == but_for_actions(other)
    }

    /// Leaves out what another pattern of the same list covers.
    fn reduce(&mut self, effort: &Effort) {
        reduce(&mut self.actions, |_| Case::Fold, effort);
        if let Some(resources) = &mut self.resources {
            reduce(resources, resource_case, effort);
        }
    }
}

/// How a resource pattern compares with others.
pub(super) fn resource_case(value: &str) -> Case {
    if arn::is_role(value) { Case::Fold } else { Case::Exact }
}

fn reduce(values: &mut BTreeSet<String>, case: impl Fn(&str) -> Case, effort: &Effort) {
    let wild: Vec<String> = values.iter().filter(|v| pattern::has_wildcard(v)).cloned().collect();
    if wild.is_empty() {
        return;
    }
    values.retain(|value| {
        let case = case(value);
        effort.is_spent()
            || !wild.iter().any(|wild| {
                wild != value
                    && effort.covers(wild, value, case)
                    // Of two patterns that mean the same the first stays.
                    && (wild < value || !effort.covers(value, wild, case))
            })
    });
}

impl Group<'_> {
    /// The action as the document spells it.
    pub(super) fn spelled(&self, form: &str) -> String {
        self.spelling.get(form).map_or(form, |written| *written).to_owned()
    }

    /// The forms of all its actions as they are written, also of those that others cover.
    pub(super) fn forms(&self) -> impl Iterator<Item = &String> {
        self.spelling.keys()
    }

    /// The principals in words.
    pub(super) fn principals(&self, language: Language) -> Option<String> {
        let principal = self.principal?;
        let members = wording::members(language, principal, 6);
        let members = wording::join(language, &members, "and");
        Some(if principal.negated {
            said(language, "anyone except {}", &[&members])
        } else {
            members
        })
    }

    /// Do both speak of the same principals?
    pub(super) fn same_principal(&self, other: &Self) -> bool {
        self.meaning.principal == other.meaning.principal
    }

    /// The resource element, for words.
    pub(super) fn resource(&self) -> Option<Clause> {
        let forms = self.meaning.resources.as_ref()?.iter();
        let values = forms.map(|form| self.places.get(form).copied().unwrap_or(form));
        let [_, unknown, _] = self.meaning.unknown;
        Some(Clause { unknown, ..clause(self.meaning.not_resource, values) })
    }

    /// The grant as one statement, for words.
    pub(super) fn statement(&self) -> Statement {
        let actions = self.meaning.actions.iter();
        let spelled: Vec<String> = actions.map(|action| self.spelled(action)).collect();
        let action = clause(self.meaning.not_action, spelled.iter().map(String::as_str));
        let [unknown, ..] = self.meaning.unknown;
        Statement {
            span: Span::default(),
            sid: None,
            effect: self.meaning.effect,
            action: Some(Clause { unknown, ..action }),
            resource: self.resource(),
            principal: self.principal.cloned(),
            conditions: self.conditions.iter().map(|condition| (*condition).clone()).collect(),
        }
    }
}

fn clause<'a>(negated: bool, values: impl Iterator<Item = &'a str>) -> Clause {
    let span = Span::default();
    let values = values.map(|value| Spanned::new(value, span)).collect();
    Clause { negated, values, unknown: false, span }
}
