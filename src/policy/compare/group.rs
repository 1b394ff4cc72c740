//! Documents as grants: statements that differ in their actions alone, or in their resources alone,
//! are one grant; what another pattern of the same list covers is left out.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::policy::document::{
    Clause, Condition, Document, Effect, Principal, PrincipalKind, Statement,
};
use crate::policy::idle::Idle;
use crate::policy::key;
use crate::policy::pattern::{self, Case, arn};
use crate::policy::source::{Span, Spanned};
use crate::policy::wording;
use crate::say::{Language, said};
use crate::sort;

/// One grant or denial.
pub(super) struct Group<'a> {
    /// What it means, apart from spelling and order.
    pub(super) meaning: Meaning,
    /// How the actions are spelled, by their folded form.
    spelling: BTreeMap<String, &'a str>,
    /// Its conditions as written.
    pub(super) conditions: Vec<&'a Condition>,
    /// Its principal as written.
    principal: Option<&'a Principal>,
    /// The statements that make it up.
    pub(super) statements: Vec<usize>,
}

/// A grant apart from spelling and order.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Meaning {
    pub(super) effect: Effect,
    pub(super) not_action: bool,
    /// Folded actions.
    pub(super) actions: BTreeSet<String>,
    pub(super) not_resource: bool,
    /// None where there is no such element.
    pub(super) resources: Option<BTreeSet<String>>,
    /// Actions, resources and principals hold what the text does not tell.
    unknown: [bool; 3],
    /// Negation, then kind and value.
    principal: Option<(bool, BTreeSet<(String, String)>)>,
    pub(super) conditions: BTreeSet<Test>,
}

/// A condition apart from spelling and order.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Test {
    pub(super) key: String,
    pub(super) operator: String,
    pub(super) values: BTreeSet<String>,
    unknown: bool,
}

impl Test {
    pub(super) fn of(condition: &Condition) -> Self {
        Self {
            key: key::identity(&condition.key.value),
            operator: pattern::fold(&condition.operator.value),
            values: condition.values.iter().map(|value| value.value.to_string()).collect(),
            unknown: condition.unknown,
        }
    }
}

/// The grants of a document in the order of their first statements. Statements that never match
/// are none.
pub(super) fn of(document: &Document) -> Vec<Group<'_>> {
    let groups = document.statements.iter().enumerate().filter_map(|(index, s)| single(index, s));
    // Same but for the actions, then same but for the resources.
    let groups = merge(groups.collect(), |meaning| {
        let mut rest = meaning.clone();
        if !rest.not_action {
            rest.actions.clear();
        }
        rest
    });
    merge(groups, |meaning| {
        let mut rest = meaning.clone();
        if !rest.not_resource
            && let Some(resources) = &mut rest.resources
        {
            resources.clear();
        }
        rest
    })
}

fn single(index: usize, statement: &Statement) -> Option<Group<'_>> {
    let action = statement.action.as_ref()?;
    let resource = statement.resource.as_ref();
    if Idle::of(statement).is_some() {
        return None;
    }
    let mut spelling = BTreeMap::new();
    for value in &action.values {
        spelling.entry(pattern::fold(&value.value)).or_insert(value.value.as_str());
    }
    let mut meaning = Meaning {
        effect: statement.effect,
        not_action: action.negated,
        actions: spelling.keys().cloned().collect(),
        not_resource: resource.is_some_and(|resource| resource.negated),
        resources: resource
            .map(|resource| resource.values.iter().map(|value| value.value.to_string()).collect()),
        unknown: [
            action.unknown,
            resource.is_some_and(|resource| resource.unknown),
            statement.principal.as_ref().is_some_and(|principal| principal.unknown),
        ],
        principal: statement.principal.as_ref().map(|principal| {
            let members = principal.members.iter();
            (
                principal.negated,
                members.map(|(kind, v)| (kind_word(kind), v.value.to_string())).collect(),
            )
        }),
        conditions: statement.conditions.iter().map(Test::of).collect(),
    };
    meaning.reduce();
    Some(Group {
        meaning,
        spelling,
        conditions: statement.conditions.iter().collect(),
        principal: statement.principal.as_ref(),
        statements: vec![index],
    })
}

fn kind_word(kind: &PrincipalKind) -> String {
    match kind {
        PrincipalKind::Service => "Service".to_owned(),
        PrincipalKind::Ram => "RAM".to_owned(),
        PrincipalKind::Federated => "Federated".to_owned(),
        PrincipalKind::Bare => String::new(),
        PrincipalKind::Other(other) => other.clone(),
    }
}

/// Makes one group of those that are equal in what `rest` leaves of their meaning.
fn merge<'a>(groups: Vec<Group<'a>>, rest: impl Fn(&Meaning) -> Meaning) -> Vec<Group<'a>> {
    let mut merged: Vec<Group<'a>> = Vec::new();
    let mut index: HashMap<Meaning, usize> = HashMap::new();
    for group in groups {
        let at = *index.entry(rest(&group.meaning)).or_insert(merged.len());
        match merged.get_mut(at) {
            None => merged.push(group),
            Some(other) => {
                other.meaning.actions.extend(group.meaning.actions);
                if let (Some(all), Some(more)) =
                    (&mut other.meaning.resources, group.meaning.resources)
                {
                    all.extend(more);
                }
                for (folded, written) in group.spelling {
                    other.spelling.entry(folded).or_insert(written);
                }
                other.statements.extend(group.statements);
            }
        }
    }
    for group in &mut merged {
        group.meaning.reduce();
        sort::by(&mut group.statements, Ord::cmp);
        group.statements.dedup();
    }
    merged
}

/// Comparisons within one list at most; longer lists stay as they are.
const MOST_COMPARISONS: usize = 100_000;

impl Meaning {
    /// Leaves out what another pattern of the same list covers.
    fn reduce(&mut self) {
        reduce(&mut self.actions, |_| Case::Fold);
        if let Some(resources) = &mut self.resources {
            reduce(resources, resource_case);
        }
    }
}

/// How a resource pattern compares with others.
pub(super) fn resource_case(value: &str) -> Case {
    if arn::is_role(value) { Case::Fold } else { Case::Exact }
}

fn reduce(values: &mut BTreeSet<String>, case: impl Fn(&str) -> Case) {
    let wild: Vec<String> = values.iter().filter(|v| pattern::has_wildcard(v)).cloned().collect();
    if wild.len().saturating_mul(values.len()) > MOST_COMPARISONS {
        return;
    }
    values.retain(|value| {
        let case = case(value);
        !wild.iter().any(|wild| {
            wild != value
                && pattern::covers(wild, value, case)
                // Of two patterns that mean the same the first stays.
                && (wild < value || !pattern::covers(value, wild, case))
        })
    });
}

impl Group<'_> {
    /// The action as the document spells it.
    pub(super) fn spelled(&self, folded: &str) -> String {
        self.spelling.get(folded).map_or(folded, |written| *written).to_owned()
    }

    /// How alike two grants are; None where they have no action in common.
    pub(super) fn likeness(&self, other: &Self) -> Option<usize> {
        let (one, two) = (&self.meaning, &other.meaning);
        let one_reading = one.not_action == two.not_action && one.unknown == two.unknown;
        if one.effect != two.effect || !one_reading {
            return None;
        }
        let shared = one.actions.intersection(&two.actions).count();
        let all = one.actions.len() + two.actions.len() - shared;
        if shared == 0 && !covers_some(&one.actions, &two.actions) {
            return None;
        }
        let alike = |same: bool, weight: usize| if same { weight } else { 0 };
        let keys = |meaning: &Meaning| -> BTreeSet<String> {
            meaning.conditions.iter().map(|test| test.key.clone()).collect()
        };
        Some(
            shared * 100 / all.max(1)
                + alike(one.resources == two.resources, 60)
                + alike(one.principal == two.principal, 20)
                + alike(keys(one) == keys(two), 30)
                + alike(one.conditions == two.conditions, 10),
        )
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
        let values = self.meaning.resources.as_ref()?;
        let [_, unknown, _] = self.meaning.unknown;
        let clause = clause(self.meaning.not_resource, values.iter().map(String::as_str));
        Some(Clause { unknown, ..clause })
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

/// Does a pattern of one list cover an entry of the other, looking at the first few?
fn covers_some(one: &BTreeSet<String>, two: &BTreeSet<String>) -> bool {
    let some = |wide: &BTreeSet<String>, narrow: &BTreeSet<String>| {
        wide.iter().filter(|wide| pattern::has_wildcard(wide)).take(8).any(|wide| {
            narrow.iter().take(64).any(|narrow| pattern::covers(wide, narrow, Case::Fold))
        })
    };
    some(one, two) || some(two, one)
}

fn clause<'a>(negated: bool, values: impl Iterator<Item = &'a str>) -> Clause {
    let span = Span::default();
    let values = values.map(|value| Spanned::new(value, span)).collect();
    Clause { negated, values, unknown: false, span }
}
