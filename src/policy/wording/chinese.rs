//! The same conditions in Chinese, as the end of a sentence. Imports what the English words import.

use super::{MOST_VALUES, TAGS, visible};
use crate::policy::document::Condition;
use crate::policy::operator::{Comparison, Operator, Quantifier, Test};
use crate::policy::pattern::{self, Case};
use crate::policy::source::Spanned;
use crate::say::fill;

/// The condition as a limit of one action: `仅限带标签 a = true 的密钥`.
pub fn condition(condition: &Condition, action: &str) -> String {
    special(condition, action).unwrap_or_else(|| format!("仅当 {}", phrase(condition)))
}

fn special(condition: &Condition, action: &str) -> Option<String> {
    let operator = Operator::parse(&condition.operator.value)?;
    if operator.quantifier != Quantifier::Plain || operator.if_exists || condition.values.is_empty()
    {
        return None;
    }
    let action = pattern::fold(action);
    let key = pattern::fold(&condition.key.value);
    let plain = matches!(operator.test, Test::Text(_)) && !operator.negated;
    let any = list(&condition.values, false, "或");
    if key == "ram:servicename" && plain && action.contains("servicelinkedrole") {
        return Some(format!("仅限 {any} 的服务关联角色"));
    }
    if key == "acs:service" && plain && action.ends_with(":passrole") {
        return Some(format!("仅当传递给 {any}"));
    }
    tagged(condition, operator, &any)
}

fn tagged(condition: &Condition, operator: Operator, any: &str) -> Option<String> {
    let key = &condition.key.value;
    let (start, things) = TAGS.iter().find(|(start, _)| pattern::fold(key).starts_with(start))?;
    let things = match *things {
        "with keys" => "密钥",
        "on buckets" => "存储空间",
        "on objects" => "对象",
        "for requests" => "请求",
        _ => "资源",
    };
    let tag: String = key.chars().skip(start.len()).collect();
    let sign = match operator.test {
        Test::Text(_) => "=",
        Test::Like => "匹配",
        _ => return None,
    };
    let with = if operator.negated { "不带" } else { "带" };
    let ignoring = operator.test == Test::Text(Case::Fold)
        && condition.values.iter().any(|value| !value.value.eq_ignore_ascii_case("true"));
    let ignoring = if ignoring { "（不分大小写）" } else { "" };
    Some(format!("仅限{with}标签 {} {sign} {any}{ignoring} 的{things}", visible(&tag)))
}

/// The condition as a phrase.
pub fn phrase(condition: &Condition) -> String {
    let key = visible(&condition.key.value);
    let Some(operator) = Operator::parse(&condition.operator.value) else {
        let values = list(&condition.values, true, "或");
        let name = visible(&condition.operator.value);
        return format!("{key} 与 {values} 符合 {name}（未知的运算符）");
    };
    let subject = match operator.quantifier {
        Quantifier::Plain => key,
        Quantifier::Any => format!("{key} 的某个值"),
        Quantifier::All => format!("{key} 的每个值"),
    };
    let exists = if operator.if_exists { "，或没有此键" } else { "" };
    fill("{} {}{}", &[&subject, &predicate(operator, &condition.values), exists])
}

fn predicate(operator: Operator, values: &[Spanned]) -> String {
    if values.is_empty() {
        let outcome = if operator.negated { "恒真" } else { "恒假" };
        return format!("与空列表比较（{outcome}）");
    }
    let quoted = matches!(operator.test, Test::Text(_) | Test::Like);
    let (verb, not) = match operator.test {
        Test::Text(_) => ("等于", "不等于"),
        Test::Like => ("匹配", "不匹配"),
        Test::Address => ("属于", "不属于"),
        Test::Absence => return absence(values),
        Test::Bool => ("为", "不为"),
        Test::Number(comparison) => match comparison {
            Comparison::Equal => ("等于", "不等于"),
            Comparison::Less => ("小于", "不小于"),
            Comparison::AtMost => ("至多为", "不是至多为"),
            Comparison::Greater => ("大于", "不大于"),
            Comparison::AtLeast => ("至少为", "不是至少为"),
        },
        Test::Date(comparison) => match comparison {
            Comparison::Equal => ("为", "不为"),
            Comparison::Less => ("早于", "不早于"),
            Comparison::AtMost => ("不晚于", "晚于"),
            Comparison::Greater => ("晚于", "不晚于"),
            Comparison::AtLeast => ("不早于", "早于"),
        },
    };
    let ignoring =
        if operator.test == Test::Text(Case::Fold) { "（不分大小写）" } else { "" };
    match (operator.negated, values.len()) {
        (false, _) => format!("{verb} {}{ignoring}", list(values, quoted, "或")),
        (true, 1) => format!("{not} {}{ignoring}", list(values, quoted, "或")),
        (true, _) => format!("{not} {} 中的任何一个{ignoring}", list(values, quoted, "、")),
    }
}

fn absence(values: &[Spanned]) -> String {
    let says = |word: &str| values.iter().any(|v| v.value.trim().eq_ignore_ascii_case(word));
    match (says("true"), says("false")) {
        (true, true) => "不存在或存在".to_owned(),
        (true, false) => "不存在".to_owned(),
        (false, true) => "存在".to_owned(),
        (false, false) => format!("不存在：{}", list(values, true, "或")),
    }
}

/// Items in a sentence: `a、b 和 c`.
pub(super) fn join(items: &[String], word: &str) -> String {
    let word = if matches!(word, "or" | "nor") { "或" } else { "和" };
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => fill("{} {} {}", &[&first.join("、"), word, last]),
    }
}

/// `a`, `a 或 b`, `a、b 或 c`; of many the first, and how many more there are.
fn list(values: &[Spanned], quoted: bool, word: &str) -> String {
    let quote = if quoted { "\"" } else { "" };
    let mut items: Vec<String> = values
        .iter()
        .take(MOST_VALUES)
        .map(|value| format!("{quote}{}{quote}", visible(&value.value)))
        .collect();
    if let Some(more) = values.len().checked_sub(MOST_VALUES).filter(|more| *more > 0) {
        items.push(format!("另外 {more} 个"));
    }
    match items.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        _ if word == "、" => items.join("、"),
        [first @ .., last] => format!("{} {word} {last}", first.join("、")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::source::Span;

    #[test]
    fn conditions_in_chinese() {
        let given = |operator: &str, key: &str, values: &[&str]| {
            let span = Span::default();
            Condition {
                operator: Spanned::new(operator, span),
                key: Spanned::new(key, span),
                values: values.iter().map(|value| Spanned::new(*value, span)).collect(),
                span,
            }
        };
        for (operator, key, values, action, words) in [
            (
                "StringEqualsIgnoreCase",
                "kms:tag/a",
                &["true"][..],
                "kms:Encrypt",
                "仅限带标签 a = true 的密钥",
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
            ("ForAllValues:StringLike", "k", &["x"], "ecs:A", "仅当 k 的每个值匹配 \"x\""),
        ] {
            assert_eq!(condition(&given(operator, key, values), action), words);
        }
    }
}
