//! What is found in statements, in words.
#![allow(dead_code, unreachable_pub)]

use rolescope::catalog::Catalog;
use rolescope::policy::findings::{Context, Finding, Origin, findings};
use rolescope::policy::read;
use rolescope::say::Language;

pub fn of(statements: &str, language: Language) -> Vec<Finding> {
    of_origin(statements, language, Origin::Unknown)
}

pub fn of_origin(statements: &str, language: Language, origin: Origin) -> Vec<Finding> {
    let text = format!(r#"{{"Version":"1","Statement":[{statements}]}}"#);
    let catalog = Catalog::builtin().unwrap();
    let read = read::document(&text).unwrap_or_else(|error| panic!("{error}\n{text}"));
    let context = Context {
        vocabulary: &catalog,
        source: Some(&text),
        language,
        origin,
        ..Context::default()
    };
    findings(&read.document, &read.oddities, &context)
}

/// What is found, as severity letter, rule and message; all of it is said in Chinese too.
#[track_caller]
pub fn check(statements: &str, expected: &[&str]) {
    let found = of(statements, Language::English);
    let line =
        |one: &Finding| format!("{} {}: {}", one.severity.letter(), one.rule.id(), one.message);
    let told: Vec<String> = found.iter().map(line).collect();
    assert_eq!(told, expected, "\n{statements}");
    for (english, chinese) in found.iter().zip(of(statements, Language::Chinese)) {
        assert_ne!(english.message, chinese.message, "not said in Chinese: {statements}");
        assert_ne!(english.advice, chinese.advice, "not said in Chinese: {statements}");
    }
}
