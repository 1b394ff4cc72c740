//! One form for texts that are the same to whoever decides on a request: letters where they have no
//! case, wildcards, and the values of conditions as their operator reads them.

use std::collections::BTreeSet;

use crate::policy::document::{Condition, PrincipalKind};
use crate::policy::key;
use crate::policy::operator::value::{self, Block, Moment, Number};
use crate::policy::operator::{Operator, Test as Asks};
use crate::policy::pattern::{self, Case, arn};

/// The pattern of every action, and of every resource.
pub(super) const ANY: &str = "*";

/// An action: its letters have no case.
pub(super) fn action(written: &str) -> String {
    if pattern::covers(written, "*:*", Case::Fold) {
        return ANY.to_owned();
    }
    wildcards(&pattern::fold(written))
}

/// A resource: letters count but in names of RAM roles.
pub(super) fn resource(written: &str) -> String {
    if arn::is_every(written) {
        return ANY.to_owned();
    }
    role_or_other(written)
}

fn role_or_other(written: &str) -> String {
    if arn::is_role(written) { wildcards(&pattern::fold(written)) } else { wildcards(written) }
}

/// A principal, its kind and what it names: services are host names, which have no case.
pub(super) fn principal(kind: &PrincipalKind, written: &str) -> (String, String) {
    let value = match kind {
        _ if kind.is_anyone(written) => ANY.to_owned(),
        PrincipalKind::Service => wildcards(&pattern::fold(written)),
        PrincipalKind::Federated => wildcards(written),
        PrincipalKind::Ram | PrincipalKind::Bare | PrincipalKind::Other(_) => {
            role_or_other(written)
        }
    };
    let kind = match kind {
        PrincipalKind::Service => "Service",
        PrincipalKind::Federated => "Federated",
        PrincipalKind::Ram => "RAM",
        PrincipalKind::Bare => "",
        PrincipalKind::Other(other) => other,
    };
    (kind.to_owned(), value)
}

/// Of wildcards in a row the single characters first and one star at most: `*?*` is `?*`.
fn wildcards(pattern: &str) -> String {
    let mut out = String::with_capacity(pattern.len());
    let mut star = false;
    for character in pattern.chars() {
        match character {
            '*' => star = true,
            '?' => out.push('?'),
            other => {
                if std::mem::take(&mut star) {
                    out.push('*');
                }
                out.push(other);
            }
        }
    }
    if star {
        out.push('*');
    }
    out
}

/// A condition apart from spelling and order.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Test {
    pub(super) key: String,
    operator: String,
    values: BTreeSet<Value>,
    /// There are values that the text does not tell.
    unknown: bool,
}

/// A value of a condition as its operator reads it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Value {
    Text(String),
    Number(Number),
    Date(Moment),
    Bool(bool),
    Block(Block),
    /// Not what the operator needs: nothing passes against it.
    Unreadable(String),
}

impl Test {
    pub(super) fn of(condition: &Condition) -> Self {
        let values = condition.values.iter().map(|value| value.value.as_str());
        let mut operator = pattern::fold(&condition.operator.value);
        let asks = Operator::parse(&operator).map(|operator| operator.test);
        // Without wildcards the text must be the same.
        if asks == Some(Asks::Like) && !values.clone().any(pattern::has_wildcard) {
            operator = operator.replace("like", "equals");
        }
        Self {
            key: key::identity(&condition.key.value),
            operator,
            values: values.map(|value| Value::of(asks, value)).collect(),
            unknown: condition.unknown,
        }
    }
}

impl Value {
    fn of(asks: Option<Asks>, written: &str) -> Self {
        let read = match asks {
            None | Some(Asks::Text(Case::Exact)) => Ok(Self::Text(written.to_owned())),
            Some(Asks::Text(Case::Fold)) => Ok(Self::Text(pattern::fold(written))),
            Some(Asks::Like) => Ok(Self::Text(wildcards(written))),
            Some(Asks::Number(_)) => value::number(written).map(Self::Number),
            Some(Asks::Date(_)) => value::date(written).map(Self::Date),
            Some(Asks::Bool | Asks::Absence) => value::boolean(written).map(Self::Bool),
            Some(Asks::Address) => value::block(written).map(|block| Self::Block(block.network())),
        };
        read.unwrap_or_else(|_| Self::Unreadable(written.to_owned()))
    }
}
