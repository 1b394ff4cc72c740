//! Every operator and every special condition in words.

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

#[test]
fn conditions_in_chinese() {
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
        ("StringNotEquals", "k", &["x", "y"], "ecs:A", "仅当 k 不等于 \"x\"、\"y\" 中的任何一个"),
        ("Bool", "acs:MFAPresent", &["true"], "ecs:A", "仅当 acs:MFAPresent 为 true"),
        ("ForAllValues:StringLike", "k", &["x"], "ecs:A", "仅当 k 的每个值匹配 \"x\""),
    ] {
        let words_of = condition(Language::Chinese, &given(operator, key, values), action);
        assert_eq!(words_of, words);
    }
}
