//! Condition operators: which there are, and what each asks of a pair of values.
//!
//! The 21 documented operators, and besides them the forms that other clouds have and people write
//! (`...IfExists`, `Null`, `ForAllValues:`, `ForAnyValue:`), which are marked as outside that list.
//! The values themselves are read in [`value`].

pub mod value;

use super::pattern::{self, Case};
use value::Malformed;

/// What an operator asks of one value of the request and one of the policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Test {
    /// The same text, letters compared as said.
    Text(Case),
    /// The text matches a pattern, with case.
    Like,
    /// Decimal numbers.
    Number(Comparison),
    /// Moments in time.
    Date(Comparison),
    /// `true` or `false`.
    Bool,
    /// An address is the given one or lies in the given block.
    Address,
    /// The key is absent (`true`) or present (`false`).
    Absence,
}

/// How numbers and dates compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Comparison {
    /// The same.
    Equal,
    /// The request's is less or earlier.
    Less,
    /// The request's is less, earlier or the same.
    AtMost,
    /// The request's is greater or later.
    Greater,
    /// The request's is greater, later or the same.
    AtLeast,
}

/// Which values of the request must pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Quantifier {
    /// No word about it: one that passes is enough.
    Plain,
    /// `ForAnyValue:`
    Any,
    /// `ForAllValues:`
    All,
}

/// A condition operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Operator {
    /// What is asked.
    pub test: Test,
    /// True for the `Not` operators: none of the values may pass.
    pub negated: bool,
    /// `ForAnyValue:`, `ForAllValues:` or neither.
    pub quantifier: Quantifier,
    /// `...IfExists`: an absent key is good.
    pub if_exists: bool,
    /// Is it one of the 21 documented operators, spelled as there?
    pub documented: bool,
}

/// The documented operators: name, test, negated.
const DOCUMENTED: [(&str, Test, bool); 21] = [
    ("StringEquals", Test::Text(Case::Exact), false),
    ("StringNotEquals", Test::Text(Case::Exact), true),
    ("StringEqualsIgnoreCase", Test::Text(Case::Fold), false),
    ("StringNotEqualsIgnoreCase", Test::Text(Case::Fold), true),
    ("StringLike", Test::Like, false),
    ("StringNotLike", Test::Like, true),
    ("NumericEquals", Test::Number(Comparison::Equal), false),
    ("NumericNotEquals", Test::Number(Comparison::Equal), true),
    ("NumericLessThan", Test::Number(Comparison::Less), false),
    ("NumericLessThanEquals", Test::Number(Comparison::AtMost), false),
    ("NumericGreaterThan", Test::Number(Comparison::Greater), false),
    ("NumericGreaterThanEquals", Test::Number(Comparison::AtLeast), false),
    ("DateEquals", Test::Date(Comparison::Equal), false),
    ("DateNotEquals", Test::Date(Comparison::Equal), true),
    ("DateLessThan", Test::Date(Comparison::Less), false),
    ("DateLessThanEquals", Test::Date(Comparison::AtMost), false),
    ("DateGreaterThan", Test::Date(Comparison::Greater), false),
    ("DateGreaterThanEquals", Test::Date(Comparison::AtLeast), false),
    ("Bool", Test::Bool, false),
    ("IpAddress", Test::Address, false),
    ("NotIpAddress", Test::Address, true),
];

/// The end of the operators that an absent key satisfies.
const IF_EXISTS: &str = "IfExists";

impl Operator {
    /// Reads an operator; None for one that neither RAM nor this program knows.
    pub fn parse(written: &str) -> Option<Self> {
        let (quantifier, rest) = match written.split_once(':') {
            Some((word, rest)) if pattern::same(word, "ForAnyValue", Case::Fold) => {
                (Quantifier::Any, rest)
            }
            Some((word, rest)) if pattern::same(word, "ForAllValues", Case::Fold) => {
                (Quantifier::All, rest)
            }
            Some(_) => return None,
            None => (Quantifier::Plain, written),
        };
        let end = rest.len().checked_sub(IF_EXISTS.len()).and_then(|at| rest.split_at_checked(at));
        let (name, if_exists) = match end {
            Some((name, end)) if end.eq_ignore_ascii_case(IF_EXISTS) => (name, true),
            _ => (rest, false),
        };
        let (test, negated, spelled) = if name.eq_ignore_ascii_case("null") {
            (Test::Absence, false, false)
        } else {
            let (spelling, test, negated) =
                DOCUMENTED.iter().find(|(known, ..)| known.eq_ignore_ascii_case(name))?;
            (*test, *negated, *spelling == written)
        };
        Some(Self { test, negated, quantifier, if_exists, documented: spelled })
    }

    /// Is it an operator that only Object Storage Service lists (OSS, "Authorization syntax and elements"), without
    /// saying what it asks?
    pub fn is_of_oss(written: &str) -> bool {
        pattern::same(written, "IpAddressIncludeBorder", Case::Fold)
    }

    /// Is it an address with `*`, which only Object Storage Service knows (OSS, "Authorization syntax and elements": of
    /// `acs:SourceIp`), without saying which addresses it stands for?
    pub fn is_address_of_oss(&self, key: &str, value: &str) -> bool {
        self.test == Test::Address
            && pattern::same(key, "acs:SourceIp", Case::Fold)
            && value.contains('*')
            && value.bytes().all(|byte| byte.is_ascii_hexdigit() || b"*.:/".contains(&byte))
    }

    /// The names of the 21 documented operators; for tests.
    pub fn documented() -> impl Iterator<Item = &'static str> {
        DOCUMENTED.iter().map(|(name, ..)| *name)
    }

    /// Does one value of the request pass against one of the policy? Negation is not applied here.
    pub fn passes(&self, actual: &str, expected: &str) -> Result<bool, Malformed> {
        Ok(match self.test {
            Test::Text(case) => pattern::same(expected, actual, case),
            Test::Like => pattern::matches(expected, actual, Case::Exact),
            Test::Number(comparison) => {
                comparison.holds(&value::number(actual)?, &value::number(expected)?)
            }
            Test::Date(comparison) => {
                comparison.holds(&value::date(actual)?, &value::date(expected)?)
            }
            Test::Bool => value::boolean(actual)? == value::boolean(expected)?,
            Test::Address => value::block(expected)?.holds(value::address(actual)?),
            // Decided by the presence of the key alone; see `condition`.
            Test::Absence => !value::boolean(expected)?,
        })
    }
}

impl Operator {
    /// Can it read this value of a policy? Against one that it cannot, nothing passes.
    pub(in crate::policy) fn reads(self, expected: &str) -> Result<(), Malformed> {
        match self.test {
            Test::Text(_) | Test::Like => Ok(()),
            Test::Number(_) => value::number(expected).map(drop),
            Test::Date(_) => value::date(expected).map(drop),
            Test::Bool | Test::Absence => value::boolean(expected).map(drop),
            Test::Address => value::block(expected).map(drop),
        }
    }

    /// Does the operator read its values, so that there are some that it cannot?
    pub(in crate::policy) const fn is_of_values(self) -> bool {
        !matches!(self.test, Test::Text(_) | Test::Like)
    }

    /// Is it no, whatever the request says of the key, where it can read no value of the policy? A negative operator is
    /// not, and others may be met by a key that is absent.
    pub(in crate::policy) const fn is_no_without_values(self) -> bool {
        matches!(self.test, Test::Absence)
            || (!self.negated && !self.if_exists && !matches!(self.quantifier, Quantifier::All))
    }
}

impl Comparison {
    /// Does the request's value stand so to the policy's?
    fn holds<T: Ord>(self, actual: &T, expected: &T) -> bool {
        match self {
            Self::Equal => actual == expected,
            Self::Less => actual < expected,
            Self::AtMost => actual <= expected,
            Self::Greater => actual > expected,
            Self::AtLeast => actual >= expected,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_documented_operators_and_no_other_are_documented() {
        // S13: the list of operators.
        assert_eq!(Operator::documented().count(), 21);
        for name in Operator::documented() {
            assert!(Operator::parse(name).unwrap().documented, "{name}");
        }
        for name in ["Null", "BoolIfExists", "ForAllValues:StringEquals", "stringEquals"] {
            assert!(!Operator::parse(name).unwrap().documented, "{name}");
        }
        for name in ["", "ArnLike", "Foo:StringEquals", "IfExists", "BinaryEquals", "ForAnyValue:"]
        {
            assert_eq!(Operator::parse(name), None, "{name}");
        }
    }
}
