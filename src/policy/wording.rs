//! The words in which conditions are said: as a phrase (`acs:SourceIp is in 10.0.0.0/8`) and as the
//! end of a sentence (`only if ...`). Text from documents is made safe to show.

pub mod chinese;

use super::document::{Condition, PrincipalKind};
use super::operator::{Comparison, Operator, Quantifier, Test};
use super::pattern::{self, Case, arn};
use super::source::Spanned;
use crate::say::{Language, said, say};

/// The text with control characters and marks that turn the direction of writing made visible.
pub fn visible(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        let hidden = character.is_control()
            || matches!(character, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}' | '\u{061c}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
                | '\u{e0000}'..='\u{e007f}');
        if hidden {
            shown.extend(character.escape_unicode());
        } else {
            shown.push(character);
        }
    }
    shown
}

/// `a`, `a or b`, `a, b or c`.
pub fn join(language: Language, items: &[String], word: &str) -> String {
    if language == Language::Chinese {
        return chinese::join(items, word);
    }
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} {word} {last}", first.join(", ")),
    }
}

/// The first items and how many there are beyond them: a sentence cannot hold a thousand names.
pub fn first<T>(
    language: Language,
    items: &[T],
    most: usize,
    word: impl Fn(&T) -> String,
) -> Vec<String> {
    let mut shown: Vec<String> = items.iter().take(most).map(word).collect();
    if let Some(more) = items.len().checked_sub(most).filter(|more| *more > 0) {
        shown.push(said(language, "{} more", &[&more.to_string()]));
    }
    shown
}

/// Values that a condition's words spell out.
const MOST_VALUES: usize = 20;

/// A count and its noun: `1 action`, `2 actions`.
pub fn count(number: usize, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}

/// One principal in words: `the service ecs.aliyuncs.com`, `account 123456789012`, `anyone`.
pub fn member(language: Language, kind: &PrincipalKind, value: &str) -> String {
    let shown = visible(value);
    if value == "*" {
        return match kind {
            PrincipalKind::Service => say(language, "any service").to_owned(),
            _ => say(language, "anyone").to_owned(),
        };
    }
    let arn = arn::split(value).filter(|arn| pattern::same(arn.code, "ram", Case::Fold));
    match (kind, arn) {
        (PrincipalKind::Service, _) => said(language, "the service {}", &[&shown]),
        (PrincipalKind::Federated, _) => said(language, "the identity provider {}", &[&shown]),
        (PrincipalKind::Other(kind), _) => format!("{} {shown}", visible(kind)),
        (PrincipalKind::Ram | PrincipalKind::Bare, Some(arn)) => {
            let account = visible(arn.account);
            match arn.relative.split_once('/') {
                None if arn.relative == "root" => said(language, "account {}", &[&account]),
                Some(("user", name)) => {
                    said(language, "user {} of account {}", &[&visible(name), &account])
                }
                Some(("role", name)) => {
                    said(language, "role {} of account {}", &[&visible(name), &account])
                }
                _ => shown,
            }
        }
        (PrincipalKind::Bare, None) => said(language, "the account or user {}", &[&shown]),
        (PrincipalKind::Ram, None) => shown,
    }
}

/// The condition as the end of a sentence about one action:
/// `only with keys tagged acs:alikafka:instance-encryption = true`.
pub fn condition(language: Language, condition: &Condition, action: &str) -> String {
    if language == Language::Chinese {
        return chinese::condition(condition, action);
    }
    special(condition, action).unwrap_or_else(|| format!("only if {}", phrase(language, condition)))
}

/// The conditions that people have plainer words for.
fn special(condition: &Condition, action: &str) -> Option<String> {
    let operator = Operator::parse(&condition.operator.value)?;
    if operator.quantifier != Quantifier::Plain || operator.if_exists || condition.values.is_empty()
    {
        return None;
    }
    let action = pattern::fold(action);
    let key = pattern::fold(&condition.key.value);
    let plain = matches!(operator.test, Test::Text(_)) && !operator.negated;
    let values =
        first(Language::English, &condition.values, MOST_VALUES, |value| visible(&value.value));
    let any = join(Language::English, &values, "or");
    if key == "ram:servicename" && plain && action.contains("servicelinkedrole") {
        let roles = if values.len() == 1 { "role" } else { "roles" };
        return Some(format!("only for the service-linked {roles} of {any}"));
    }
    if key == "acs:service" && plain && action.ends_with(":passrole") {
        return Some(format!("only when passed to {any}"));
    }
    tagged(condition, operator, &any)
}

/// Where the tags of a key hang, by the beginning of the key.
const TAGS: [(&str, &str); 10] = [
    ("kms:tag/", "with keys"),
    ("acs:resourcetag/", "on resources"),
    ("ecs:tag/", "on resources"),
    ("vpc:tag/", "on resources"),
    ("rds:resourcetag/", "on resources"),
    ("oss:buckettag/", "on buckets"),
    ("oss:existingobjecttag/", "on objects"),
    ("oss:requestobjecttag/", "for requests"),
    ("acs:requesttag/", "for requests"),
    ("ram:resourcetag/", "on resources"),
];

fn tagged(condition: &Condition, operator: Operator, any: &str) -> Option<String> {
    let key = &condition.key.value;
    let (start, things) = TAGS.iter().find(|(start, _)| pattern::fold(key).starts_with(start))?;
    // The starts are ASCII, and folding keeps the count of characters.
    let tag: String = key.chars().skip(start.len()).collect();
    let sign = match operator.test {
        Test::Text(_) => "=",
        Test::Like => "like",
        _ => return None,
    };
    let not = if operator.negated { "not " } else { "" };
    // Tags come from people: `True` beside `true` is why the operator without case is used, and
    // for a value that reads the same in both it needs no word.
    let ignoring = operator.test == Test::Text(Case::Fold)
        && condition.values.iter().any(|value| !value.value.eq_ignore_ascii_case("true"));
    let ignoring = if ignoring { " (ignoring case)" } else { "" };
    Some(format!("only {things} {not}tagged {} {sign} {any}{ignoring}", visible(&tag)))
}

/// The condition as a phrase: `ram:ServiceName equals "x" or "y"`.
pub fn phrase(language: Language, condition: &Condition) -> String {
    if language == Language::Chinese {
        return chinese::phrase(condition);
    }
    let key = visible(&condition.key.value);
    let Some(operator) = Operator::parse(&condition.operator.value) else {
        return format!(
            "{} holds for {key} and {} (an unknown operator)",
            visible(&condition.operator.value),
            list(&condition.values, true, "or"),
        );
    };
    let subject = match operator.quantifier {
        Quantifier::Plain => key,
        Quantifier::Any => format!("some value of {key}"),
        Quantifier::All => format!("every value of {key}"),
    };
    let exists = if operator.if_exists { ", or the key is absent" } else { "" };
    format!("{subject} {}{exists}", predicate(operator, &condition.values))
}

/// The verb and the values.
fn predicate(operator: Operator, values: &[Spanned]) -> String {
    if values.is_empty() {
        let outcome = if operator.negated { "always true" } else { "never true" };
        return format!("is compared with an empty list ({outcome})");
    }
    let quoted = matches!(operator.test, Test::Text(_) | Test::Like);
    let (verb, not, nothing) = match operator.test {
        Test::Text(_) => ("equals", "does not equal", "equals"),
        Test::Like => ("matches", "does not match", "matches"),
        Test::Address => ("is in", "is not in", "is in"),
        Test::Absence => return absence(values),
        Test::Bool => ("is", "is not", "is"),
        Test::Number(comparison) => match comparison {
            Comparison::Equal => ("is", "is not", "is"),
            Comparison::Less => ("is less than", "is not less than", "is less than"),
            Comparison::AtMost => ("is at most", "is not at most", "is at most"),
            Comparison::Greater => ("is greater than", "is not greater than", "is greater than"),
            Comparison::AtLeast => ("is at least", "is not at least", "is at least"),
        },
        Test::Date(comparison) => match comparison {
            Comparison::Equal => ("is", "is not", "is"),
            Comparison::Less => ("is before", "is not before", "is before"),
            Comparison::AtMost => ("is at or before", "is not at or before", "is at or before"),
            Comparison::Greater => ("is after", "is not after", "is after"),
            Comparison::AtLeast => ("is at or after", "is not at or after", "is at or after"),
        },
    };
    let ignoring = if operator.test == Test::Text(Case::Fold) { " (ignoring case)" } else { "" };
    match (operator.negated, values.len()) {
        (false, _) => format!("{verb} {}{ignoring}", list(values, quoted, "or")),
        (true, 1) => format!("{not} {}{ignoring}", list(values, quoted, "or")),
        (true, 2) => format!("{nothing} neither {}{ignoring}", list(values, quoted, "nor")),
        (true, _) => format!("{nothing} none of {}{ignoring}", list(values, quoted, "and")),
    }
}

/// `Null` says whether the key is there.
fn absence(values: &[Spanned]) -> String {
    let says = |word: &str| values.iter().any(|v| v.value.trim().eq_ignore_ascii_case(word));
    match (says("true"), says("false")) {
        (true, true) => "is absent or present".to_owned(),
        (true, false) => "is absent".to_owned(),
        (false, true) => "is present".to_owned(),
        (false, false) => format!("is absent: {}", list(values, true, "or")),
    }
}

fn list(values: &[Spanned], quoted: bool, word: &str) -> String {
    let quote = if quoted { "\"" } else { "" };
    let items = first(Language::English, values, MOST_VALUES, |value| {
        format!("{quote}{}{quote}", visible(&value.value))
    });
    join(Language::English, &items, word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::source::Span;

    fn given(operator: &str, key: &str, values: &[&str]) -> Condition {
        let span = Span::default();
        Condition {
            operator: Spanned::new(operator, span),
            key: Spanned::new(key, span),
            values: values.iter().map(|value| Spanned::new(*value, span)).collect(),
            span,
        }
    }

    #[test]
    fn conditions_in_words() {
        let tag = "kms:tag/acs:alikafka:instance-encryption";
        for (operator, key, values, action, words) in [
            (
                "StringEqualsIgnoreCase",
                tag,
                &["true"][..],
                "kms:Encrypt",
                "only with keys tagged acs:alikafka:instance-encryption = true",
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
                "only if every value of ram:K equals \"a\"",
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
}
