//! The words of the program in two languages: English as it stands in the code, Chinese from a table. A text that the
//! table does not have is shown in English.
//!
//! Where the language is known, [`say`], [`said`] and [`count`] tell a text in it; elsewhere a sentence is kept as a
//! [`Saying`] and told later.

/// A table as one text. A pair of texts would be two addresses, and the system's loader writes every address of a program
/// before it starts: thousands of them, for words that are mostly not asked for.
macro_rules! words {
    ($(($en:literal, $zh:literal $(,)?)),* $(,)?) => {
        concat!($($en, "\u{1}", $zh, "\u{2}"),*)
    };
}

mod answers;
mod boxes;
mod commands;
mod comparisons;
mod decisions;
mod findings;
mod members;
mod others;
mod pages;
mod panes;
mod policies;
mod readings;
mod rules;
mod saying;
mod shapes;
mod slips;
mod troubles;
mod usage;

pub use others::OTHERS;
pub use saying::{Saying, counted, saying};

use std::borrow::Borrow;
use std::collections::HashMap;
use std::sync::LazyLock;

/// A language of the program.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// Simplified Chinese.
    Chinese,
}

impl Language {
    /// Every language, by its code.
    pub const CODES: [&'static str; 2] = ["en", "zh"];

    /// Its code, as people write it in settings and pages of the web do.
    pub const fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Chinese => "zh",
        }
    }

    /// The language of a code.
    pub fn of_code(code: &str) -> Option<Self> {
        [Self::English, Self::Chinese].into_iter().find(|language| language.code() == code)
    }
}

/// The tables, each one text: see [`pairs`].
const TABLES: [&str; 16] = [
    commands::WORDS,
    panes::WORDS,
    pages::WORDS,
    boxes::WORDS,
    policies::WORDS,
    decisions::WORDS,
    comparisons::WORDS,
    findings::WORDS,
    members::WORDS,
    shapes::WORDS,
    slips::WORDS,
    rules::WORDS,
    answers::WORDS,
    readings::WORDS,
    troubles::WORDS,
    usage::WORDS,
];

static CHINESE: LazyLock<HashMap<&str, &str>> = LazyLock::new(|| pairs().collect());

/// All that the tables say: English, as it stands in the code, and Chinese with the same places for values.
pub fn pairs() -> impl Iterator<Item = (&'static str, &'static str)> {
    TABLES
        .into_iter()
        .flat_map(|table| table.split_terminator('\u{2}'))
        .filter_map(|pair| pair.split_once('\u{1}'))
}

/// The text in a language; English where there is no Chinese.
pub fn say(language: Language, en: &'static str) -> &'static str {
    match language {
        Language::English => en,
        Language::Chinese => CHINESE.get(en).copied().unwrap_or(en),
    }
}

/// Names one after the other: `a, b`. See [`said`] for parts of a sentence, whose sign in Chinese is another one.
pub fn comma_list<T: Borrow<str>>(language: Language, items: &[T]) -> String {
    items.join(say(language, ", "))
}

/// The Chinese of a text that something else says in English, such as help; None where the table has none.
pub fn known(en: &str) -> Option<&'static str> {
    CHINESE.get(en).copied()
}

/// A sentence in a language with its values: see [`fill`].
pub fn said(language: Language, en: &'static str, values: &[&str]) -> String {
    fill(say(language, en), values)
}

/// Puts values into the places of a text: `{}` takes the next one, `{0}` the first, `{1}` the second.
///
/// Chinese has a blank beside a word in other letters and none between its own: a blank of the text that
/// would come to stand between two Chinese characters goes.
pub fn fill(template: &str, values: &[&str]) -> String {
    let mut out = String::with_capacity(template.len() + 16);
    let mut rest = template;
    let mut next = values.iter();
    while let Some((before, after)) = rest.split_once('{') {
        push(&mut out, before);
        let Some((place, after)) = after.split_once('}') else { break };
        let value = match place.parse::<usize>() {
            Ok(at) => values.get(at),
            Err(_) => next.next(),
        };
        push(&mut out, value.copied().unwrap_or_default());
        rest = after;
    }
    push(&mut out, rest);
    out
}

/// Adds a text; of a single blank where both meet, none is left between Chinese characters.
pub fn push(out: &mut String, text: &str) {
    if let Some(before) = out.strip_suffix(' ')
        && before.ends_with(is_chinese)
        && text.starts_with(is_chinese)
    {
        out.pop();
    }
    let joined = text.strip_prefix(' ').filter(|after| after.starts_with(is_chinese));
    out.push_str(joined.filter(|_| out.ends_with(is_chinese)).unwrap_or(text));
}

/// Is it a character of Chinese text, or its punctuation?
pub fn is_chinese(c: char) -> bool {
    matches!(c, '\u{3000}'..='\u{303f}' | '\u{4e00}'..='\u{9fff}' | '\u{ff00}'..='\u{ffef}' | '“' | '”')
}

/// A number with its noun: `1 role`, `2 roles`; the table holds the second form.
pub fn count(language: Language, n: usize, one: &'static str, many: &'static str) -> String {
    let template = match language {
        Language::English if n == 1 => one,
        _ => say(language, many),
    };
    fill(template, &[&n.to_string()])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_go_to_their_places() {
        assert_eq!(fill("a {} b {}", &["1", "2"]), "a 1 b 2");
        assert_eq!(fill("{1} of {0}{0}", &["x", "{}"]), "{} of xx");
        assert_eq!(fill("no place", &["x"]), "no place");
        assert_eq!(fill("{} and {}", &["x"]), "x and ");
    }

    #[test]
    fn no_blank_stands_between_chinese_characters() {
        assert_eq!(fill("除非 {} 成立", &["k 为 \"a\""]), "除非 k 为 \"a\" 成立");
        assert_eq!(fill("除非 {} 成立", &["资源匹配"]), "除非资源匹配成立");
        assert_eq!(fill("除非 {} 成立", &["资源匹配 a"]), "除非资源匹配 a 成立");
        assert_eq!(fill("{}，{} 。", &["资源 ", "b"]), "资源，b 。");
        assert_eq!(fill(" {} {}", &["甲", "乙"]), " 甲乙");
    }

    #[test]
    fn chinese_has_no_plural() {
        assert_eq!(count(Language::English, 1, "{} role", "{} roles"), "1 role");
        assert_eq!(count(Language::English, 3, "{} role", "{} roles"), "3 roles");
        assert_eq!(count(Language::Chinese, 1, "{} role", "{} roles"), "1 个角色");
    }
}
