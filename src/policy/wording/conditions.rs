//! Conditions in words: as a phrase (`acs:SourceIp is in 10.0.0.0/8`), as a limit (`only if ...`) and as a case
//! (`if ...`).

use super::{UNKNOWN_VALUE, first, is_silent, join, melts, visible};
use crate::policy::document::Condition;
use crate::policy::operator::{Comparison, Operator, Quantifier, Test};
use crate::policy::pattern::{self, Case};
use crate::policy::placeholder;
use crate::say::{Language, fill, said, say};

/// Values that a condition's words spell out.
const MOST_VALUES: usize = 20;

/// The condition as a limit at the end of a sentence about one action:
/// `only with keys tagged acs:alikafka:instance-encryption = true (ignoring case)`.
pub fn condition(language: Language, condition: &Condition, action: &str) -> String {
    match special(condition, action) {
        None => said(language, "only if {}", &[&phrase(language, condition)]),
        Some(Special::Linked) => {
            let services = listed(language, condition);
            if condition.values.len() == 1 && !condition.unknown {
                said(language, "only for the service-linked role of {}", &[&services])
            } else {
                said(language, "only for the service-linked roles of {}", &[&services])
            }
        }
        Some(Special::Passed) => {
            said(language, "only when passed to {}", &[&listed(language, condition)])
        }
        Some(Special::Tagged(tagged)) => {
            let [things, tag, sign, any, ignoring] = &tagged.words(language, condition);
            let words: [&str; 5] = [things, tag, sign, any, ignoring];
            if tagged.negated {
                said(language, "only {} not tagged {} {} {}{}", &words)
            } else {
                said(language, "only {} tagged {} {} {}{}", &words)
            }
        }
    }
}

/// The condition as the case in which something happens: `if acs:SourceIp is in 10.0.0.0/8`.
pub fn case(language: Language, condition: &Condition, action: &str) -> String {
    match special(condition, action) {
        None => said(language, "if {}", &[&phrase(language, condition)]),
        Some(Special::Linked) => {
            let services = listed(language, condition);
            if condition.values.len() == 1 && !condition.unknown {
                said(language, "for the service-linked role of {}", &[&services])
            } else {
                said(language, "for the service-linked roles of {}", &[&services])
            }
        }
        Some(Special::Passed) => {
            said(language, "when passed to {}", &[&listed(language, condition)])
        }
        Some(Special::Tagged(tagged)) => {
            let [_, tag, sign, any, ignoring] = &tagged.words(language, condition);
            let words: [&str; 5] = [say(language, tagged.thing), tag, sign, any, ignoring];
            if tagged.negated {
                said(language, "if {} is not tagged {} {} {}{}", &words)
            } else {
                said(language, "if {} is tagged {} {} {}{}", &words)
            }
        }
    }
}

/// The conditions that people have plainer words for.
enum Special {
    /// On the service whose linked role is created or deleted.
    Linked,
    /// On the service that a role is passed to.
    Passed,
    /// On a tag.
    Tagged(Tagged),
}

/// What of an action the words of its conditions hang on: is it about linked roles, does it pass a role?
pub fn manner(action: &str) -> [bool; 2] {
    let action = pattern::fold(action);
    [action.contains("servicelinkedrole"), action.ends_with(":passrole")]
}

fn special(condition: &Condition, action: &str) -> Option<Special> {
    let operator = Operator::parse(&condition.operator.value)?;
    if operator.quantifier != Quantifier::Plain || operator.if_exists || condition.is_empty() {
        return None;
    }
    let [linked, passes] = manner(action);
    let key = pattern::fold(&condition.key.value);
    let plain = matches!(operator.test, Test::Text(_)) && !operator.negated;
    if key == "ram:servicename" && plain && linked {
        return Some(Special::Linked);
    }
    if key == "acs:service" && plain && passes {
        return Some(Special::Passed);
    }
    Tagged::of(operator, &key).map(Special::Tagged)
}

/// Where the tags of a key hang, by the beginning of the key: as a limit, and by itself.
const TAGS: [(&str, &str, &str); 10] = [
    ("kms:tag/", "with keys", "the key"),
    ("acs:resourcetag/", "on resources", "the resource"),
    ("ecs:tag/", "on resources", "the resource"),
    ("vpc:tag/", "on resources", "the resource"),
    ("rds:resourcetag/", "on resources", "the resource"),
    ("oss:buckettag/", "on buckets", "the bucket"),
    ("oss:existingobjecttag/", "on objects", "the object"),
    ("oss:requestobjecttag/", "for requests", "the request"),
    ("acs:requesttag/", "for requests", "the request"),
    ("ram:resourcetag/", "on resources", "the resource"),
];

/// A condition on a tag.
struct Tagged {
    /// What has the tag, as in [`TAGS`].
    things: &'static str,
    /// The same as the subject of a sentence.
    thing: &'static str,
    /// The beginning of the key, before the tag.
    start: &'static str,
    sign: &'static str,
    negated: bool,
    ignoring_case: bool,
}

impl Tagged {
    fn of(operator: Operator, key: &str) -> Option<Self> {
        let named = |start: &str| key.len() > start.len() && key.starts_with(start);
        let (start, things, thing) = TAGS.iter().find(|(start, ..)| named(start))?;
        let sign = match operator.test {
            Test::Text(_) => "=",
            Test::Like => "like",
            _ => return None,
        };
        let ignoring_case = operator.test == Test::Text(Case::Fold);
        Some(Self { things, thing, start, sign, negated: operator.negated, ignoring_case })
    }

    /// What has it, the tag, the sign, the values, and whether case is ignored.
    fn words(&self, language: Language, condition: &Condition) -> [String; 5] {
        // The starts are ASCII, and folding keeps the count of characters.
        let tag: String = condition.key.value.chars().skip(self.start.len()).collect();
        let ignoring = if self.ignoring_case { say(language, " (ignoring case)") } else { "" };
        [
            say(language, self.things).to_owned(),
            visible(&tag),
            say(language, self.sign).to_owned(),
            listed(language, condition),
            ignoring.to_owned(),
        ]
    }
}

/// The values of a condition without quotation marks: `a, b or c`.
fn listed(language: Language, condition: &Condition) -> String {
    list(language, condition, false, "or")
}

/// The condition as a phrase: `ram:ServiceName equals "x" or "y"`.
pub fn phrase(language: Language, condition: &Condition) -> String {
    let key = visible(&condition.key.value);
    if condition.is_unreadable() {
        return unreadable(language, condition);
    }
    let Some(operator) = Operator::parse(&condition.operator.value) else {
        let name = visible(&condition.operator.value);
        let values = list(language, condition, true, "or");
        return said(
            language,
            "{} holds for {} and {} (an unknown operator)",
            &[&name, &key, &values],
        );
    };
    let subject = match operator.quantifier {
        Quantifier::Plain => key,
        Quantifier::Any => said(language, "some value of {}", &[&key]),
        Quantifier::All => said(language, "every value of {}", &[&key]),
    };
    // No value breaks the rule of all values where there is none.
    let absent = operator.if_exists || operator.quantifier == Quantifier::All;
    let exists = if absent && !condition.is_empty() && operator.test != Test::Absence {
        say(language, ", or the key is absent")
    } else {
        ""
    };
    fill("{} {}{}", &[&subject, &predicate(language, operator, condition), exists])
}

/// The phrase of a condition that the text does not tell.
fn unreadable(language: Language, condition: &Condition) -> String {
    let written = visible(&condition.operator.value);
    if let [counts_as] = condition.values.as_slice() {
        return said(language, "\"{}\" counts as {}", &[&written, &counts_as.value]);
    }
    if written.is_empty() {
        say(language, "its Condition is met, which cannot be read").to_owned()
    } else if placeholder::is_filled_in(&condition.operator.value) {
        said(language, "what {} stands for is met", &[&written])
    } else if Operator::parse(&condition.operator.value).is_some() {
        said(language, "what {} holds is met, which cannot be read", &[&written])
    } else {
        said(language, "what \"{}\" says is met or does not count", &[&written])
    }
}

/// The verb and the values.
fn predicate(language: Language, operator: Operator, condition: &Condition) -> String {
    if condition.is_empty() {
        let open = "is compared with no value: never met where it would allow (not documented)";
        let never = "is compared with no value: taken as never met (not documented)";
        return say(language, if operator.negated { open } else { never }).to_owned();
    }
    if operator.test == Test::Absence {
        return absence(language, condition);
    }
    let quoted = matches!(operator.test, Test::Text(_) | Test::Like);
    let words = if operator.negated {
        let [not, neither, none] = negative(operator.test);
        match items(language, condition, quoted).as_slice() {
            [one, other] => said(language, neither, &[one, other]),
            [one] => said(language, not, &[one]),
            items => said(language, none, &[&join(language, items, "and")]),
        }
    } else {
        said(language, positive(operator.test), &[&list(language, condition, quoted, "or")])
    };
    let fold = operator.test == Test::Text(Case::Fold);
    if fold { format!("{words}{}", say(language, " (ignoring case)")) } else { words }
}

/// How the key stands to the values.
const fn positive(test: Test) -> &'static str {
    match test {
        Test::Text(_) => "equals {}",
        Test::Like => "matches {}",
        Test::Address => "is in {}",
        Test::Bool
        | Test::Absence
        | Test::Number(Comparison::Equal)
        | Test::Date(Comparison::Equal) => "is {}",
        Test::Number(Comparison::Less) => "is less than {}",
        Test::Number(Comparison::AtMost) => "is at most {}",
        Test::Number(Comparison::Greater) => "is greater than {}",
        Test::Number(Comparison::AtLeast) => "is at least {}",
        Test::Date(Comparison::Less) => "is before {}",
        Test::Date(Comparison::AtMost) => "is at or before {}",
        Test::Date(Comparison::Greater) => "is after {}",
        Test::Date(Comparison::AtLeast) => "is at or after {}",
    }
}

/// The opposite for one value, for two, for more; there is none of the comparisons by size.
const fn negative(test: Test) -> [&'static str; 3] {
    match test {
        Test::Text(_) => ["does not equal {}", "equals neither {} nor {}", "equals none of {}"],
        Test::Like => ["does not match {}", "matches neither {} nor {}", "matches none of {}"],
        Test::Address => ["is not in {}", "is in neither {} nor {}", "is in none of {}"],
        Test::Bool | Test::Absence | Test::Number(_) | Test::Date(_) => {
            ["is not {}", "is neither {} nor {}", "is none of {}"]
        }
    }
}

/// `Null` says whether the key is there.
fn absence(language: Language, condition: &Condition) -> String {
    let says =
        |word: &str| condition.values.iter().any(|v| v.value.trim().eq_ignore_ascii_case(word));
    match (says("true"), says("false")) {
        _ if condition.unknown => {
            said(language, "is absent: {}", &[&list(language, condition, true, "or")])
        }
        (true, true) => say(language, "is absent or present").to_owned(),
        (true, false) => say(language, "is absent").to_owned(),
        (false, true) => say(language, "is present").to_owned(),
        (false, false) => {
            said(language, "is absent: {}", &[&list(language, condition, true, "or")])
        }
    }
}

fn list(language: Language, condition: &Condition, quoted: bool, word: &str) -> String {
    join(language, &items(language, condition, quoted), word)
}

/// The values of a condition, the first of them.
fn items(language: Language, condition: &Condition, quoted: bool) -> Vec<String> {
    let mut items =
        first(language, &condition.values, MOST_VALUES, |value| shown(&value.value, quoted));
    if is_silent(condition.unknown, condition.values.iter()) {
        items.push(say(language, UNKNOWN_VALUE).to_owned());
    }
    items
}

fn shown(value: &str, quoted: bool) -> String {
    let value = visible(value);
    if quoted || melts(&value) { format!("\"{value}\"") } else { value }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::source::{Span, Spanned};

    fn given(operator: &str, key: &str, values: &[&str]) -> Condition {
        let span = Span::default();
        Condition {
            operator: Spanned::new(operator, span),
            key: Spanned::new(key, span),
            values: values.iter().map(|value| Spanned::new(*value, span)).collect(),
            unknown: false,
            span,
        }
    }

    #[test]
    #[expect(clippy::too_many_lines, reason = "one table of conditions")]
    fn conditions_in_words() {
        let tag = "kms:tag/acs:alikafka:instance-encryption";
        for (operator, key, values, action, words) in [
            (
                "StringEqualsIgnoreCase",
                tag,
                &["true"][..],
                "kms:Encrypt",
                "only with keys tagged acs:alikafka:instance-encryption = true (ignoring case)",
            ),
            // Words of a value are none of the sentence.
            (
                "StringEquals",
                "acs:RequestTag/env",
                &["a or b", "c", "生产"],
                "ecs:StartInstance",
                "only for requests tagged env = \"a or b\", c or \"生产\"",
            ),
            (
                "StringEquals",
                "ram:ServiceName",
                &["alikafka.aliyuncs.com"],
                "ram:DeleteServiceLinkedRole",
                "only for the service-linked role of alikafka.aliyuncs.com",
            ),
            (
                "StringEquals",
                "ram:ServiceName",
                &["a.com", "b.com"],
                "ram:CreateServiceLinkedRole",
                "only for the service-linked roles of a.com or b.com",
            ),
            (
                "StringEquals",
                "acs:Service",
                &["fc.aliyuncs.com"],
                "ram:PassRole",
                "only when passed to fc.aliyuncs.com",
            ),
            (
                "StringLike",
                "acs:ResourceTag/部门",
                &["a*"],
                "ecs:X",
                "only on resources tagged 部门 like a*",
            ),
            (
                "StringEquals",
                "oss:Prefix",
                &["a", "b"],
                "oss:GetObject",
                "only if oss:Prefix equals \"a\" or \"b\"",
            ),
            (
                "StringEqualsIgnoreCase",
                "oss:Prefix",
                &["a"],
                "oss:GetObject",
                "only if oss:Prefix equals \"a\" (ignoring case)",
            ),
            (
                "StringNotEquals",
                "oss:Prefix",
                &["a", "b"],
                "oss:GetObject",
                "only if oss:Prefix equals neither \"a\" nor \"b\"",
            ),
            (
                "StringNotLike",
                "acs:SourceVpc",
                &["a", "b", "c"],
                "oss:GetObject",
                "only if acs:SourceVpc matches none of \"a\", \"b\" and \"c\"",
            ),
            (
                "NotIpAddress",
                "acs:SourceIp",
                &["10.0.0.0/8"],
                "oss:GetObject",
                "only if acs:SourceIp is not in 10.0.0.0/8",
            ),
            ("NumericLessThanEquals", "x:Size", &["5"], "x:Y", "only if x:Size is at most 5"),
            (
                "DateLessThan",
                "acs:CurrentTime",
                &["2019-08-12"],
                "x:Y",
                "only if acs:CurrentTime is before 2019-08-12",
            ),
            ("Bool", "acs:MFAPresent", &["true"], "x:Y", "only if acs:MFAPresent is true"),
            ("Null", "acs:MFAPresent", &["true"], "x:Y", "only if acs:MFAPresent is absent"),
            (
                "ForAllValues:StringEquals",
                "ram:K",
                &["a"],
                "x:Y",
                "only if every value of ram:K equals \"a\", or the key is absent",
            ),
            (
                "BoolIfExists",
                "acs:MFAPresent",
                &["true"],
                "x:Y",
                "only if acs:MFAPresent is true, or the key is absent",
            ),
            (
                "ArnLike",
                "k",
                &["v"],
                "x:Y",
                "only if ArnLike holds for k and \"v\" (an unknown operator)",
            ),
            (
                "StringEquals",
                "k",
                &["\u{1b}[2J\u{202e}"],
                "x:Y",
                "only if k equals \"\\u{1b}[2J\\u{202e}\"",
            ),
        ] {
            assert_eq!(condition(Language::English, &given(operator, key, values), action), words);
        }
    }

    #[test]
    fn every_documented_operator_has_words() {
        for name in Operator::documented() {
            for values in [&["1"][..], &["1", "2"], &["1", "2", "3"], &[]] {
                let words = phrase(Language::English, &given(name, "k", values));
                assert!(words.starts_with("k ") && !words.contains("unknown"), "{name}: {words}");
            }
        }
    }

    #[test]
    fn conditions_in_chinese() {
        for (operator, key, values, action, words) in [
            (
                "StringEqualsIgnoreCase",
                "kms:tag/a",
                &["true"][..],
                "kms:Encrypt",
                "仅限带标签 a = true（不分大小写）的密钥",
            ),
            ("StringNotEquals", "acs:ResourceTag/b", &["x"], "ecs:A", "仅限不带标签 b = x 的资源"),
            (
                "StringEquals",
                "acs:Service",
                &["fc.aliyuncs.com"],
                "ram:PassRole",
                "仅当传递给 fc.aliyuncs.com",
            ),
            (
                "IpAddress",
                "acs:SourceIp",
                &["10.0.0.0/8", "::1", "a"],
                "ecs:A",
                "仅当 acs:SourceIp 属于 10.0.0.0/8、::1 或 a",
            ),
            (
                "StringNotEquals",
                "k",
                &["x", "y"],
                "ecs:A",
                "仅当 k 不等于 \"x\"、\"y\" 中的任何一个",
            ),
            ("Bool", "acs:MFAPresent", &["true"], "ecs:A", "仅当 acs:MFAPresent 为 true"),
            (
                "ForAllValues:StringLike",
                "k",
                &["x"],
                "ecs:A",
                "仅当 k 的每个值匹配 \"x\"，或没有此键",
            ),
        ] {
            assert_eq!(condition(Language::Chinese, &given(operator, key, values), action), words);
        }
    }
}
