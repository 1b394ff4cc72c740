//! The values of conditions: decimal numbers, moments in time, booleans, addresses and blocks.
//!
//! RAM writes them all as text. Whatever cannot be read is [`Malformed`] and knows why.

mod address;
mod date;

pub use address::{Block, address, block};
pub use date::{Loose, Moment, date, is_without_offset, loose};

use crate::say::{Language, said, say};
use std::cmp::Ordering;

/// A value that is not what the operator needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Malformed {
    /// The beginning of the value, safe to show.
    found: String,
    /// What was expected, in English.
    expected: &'static str,
}

impl Malformed {
    /// What was found and expected, as the beginning of a sentence: `"x" is not a decimal number`.
    pub fn words(&self, language: Language) -> String {
        said(language, "\"{}\" is not {}", &[&self.found, say(language, self.expected)])
    }
}

/// What is expected, for [`malformed`].
const NUMBER: &str = "a decimal number";
const BOOLEAN: &str = "true or false";
const ADDRESS: &str = "an IP address";
const BLOCK: &str = "an IP address or a block such as 10.0.0.0/8";
const DATE: &str = "a date such as 2019-08-12T17:00:00+08:00";

fn malformed<T>(text: &str, expected: &'static str) -> Result<T, Malformed> {
    // A request or policy may hold megabytes in one value; a note need not.
    let mut shown: String = text.chars().take(40).collect();
    if text.chars().nth(40).is_some() {
        shown.push_str("..");
    }
    Err(Malformed { found: crate::policy::wording::visible(&shown), expected })
}

/// A decimal number of any length, compared exactly.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Number {
    negative: bool,
    /// Where the point stands before the first digit that is not zero, in powers of ten.
    point: i64,
    /// The digits from the first to the last that is not zero; none for zero.
    digits: Vec<u8>,
}

impl Ord for Number {
    fn cmp(&self, other: &Self) -> Ordering {
        let sign = |number: &Self| match (number.digits.is_empty(), number.negative) {
            (true, _) => 0,
            (false, true) => -1,
            (false, false) => 1,
        };
        let size = || self.point.cmp(&other.point).then_with(|| self.digits.cmp(&other.digits));
        sign(self).cmp(&sign(other)).then_with(|| match sign(self) {
            0 => Ordering::Equal,
            1 => size(),
            _ => size().reverse(),
        })
    }
}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Reads a decimal number: sign, digits, fraction, exponent.
pub fn number(text: &str) -> Result<Number, Malformed> {
    let bad = || malformed(text, NUMBER);
    let trimmed = text.trim();
    let (negative, unsigned) = match trimmed.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, trimmed.strip_prefix('+').unwrap_or(trimmed)),
    };
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => match exponent.parse::<i32>() {
            Ok(exponent) => (mantissa, i64::from(exponent)),
            Err(_) => return bad(),
        },
        None => (unsigned, 0),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if (whole.is_empty() && fraction.is_empty()) || !all_digits(whole) || !all_digits(fraction) {
        return bad();
    }
    let all: Vec<u8> = whole.bytes().chain(fraction.bytes()).collect();
    let Some(first) = all.iter().position(|digit| *digit != b'0') else {
        return Ok(Number { negative: false, point: 0, digits: Vec::new() });
    };
    let last = all.iter().rposition(|digit| *digit != b'0').unwrap_or(first);
    let digits = all.get(first..=last).unwrap_or_default().to_vec();
    let length = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    Ok(Number { negative, point: length(whole.len()) - length(first) + exponent, digits })
}

/// Reads `true` or `false`, in any case.
pub fn boolean(text: &str) -> Result<bool, Malformed> {
    match text.trim() {
        word if word.eq_ignore_ascii_case("true") => Ok(true),
        word if word.eq_ignore_ascii_case("false") => Ok(false),
        _ => malformed(text, BOOLEAN),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_compare_as_decimals() {
        let less =
            ["-10", "-9.5", "-0.001", "0", "0.5", "1", "1.05", "1.5", "9", "10", "1e3", "1000.1"];
        for pair in less.windows(2) {
            assert!(number(pair[0]).unwrap() < number(pair[1]).unwrap(), "{pair:?}");
        }
        for (one, other) in [("1", "1.0"), ("01", "1"), ("-0", "0"), ("100", "1e2"), (".5", "0.50")]
        {
            assert_eq!(number(one), number(other), "{one} and {other}");
        }
        // Beyond what floating point can tell apart.
        assert!(number("123456789012345678").unwrap() < number("123456789012345679").unwrap());
        for bad in ["", "-", ".", "1.2.3", "0x10", "NaN", "1e", "1e99999999999", "十"] {
            assert!(number(bad).is_err(), "{bad}");
        }
    }
}
