//! What each part of a line of JSON is, so that the theme can colour it.
//!
//! Two engines give the same answer. The grammar (syntect, our own few patterns) colours documents
//! of ordinary size; the lexer colours large ones, the first frame, and very long lines: it needs no
//! start-up and runs at memory speed. Both look at one line alone, which is exact, since no token of
//! JSON spans lines; the comments that do are known to the policy pane. Cost in a release build for a screen of 60 lines:
//! the grammar about 0.1 ms, the lexer about 0.003 ms.
//!
//! Knows no colours: [`Class`] is what the theme maps.

mod grammar;
mod lexer;

use std::ops::Range;

/// What a part of a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Class {
    /// A string before a colon, quotes included.
    Key,
    /// Any other string, quotes included.
    String,
    /// A number.
    Number,
    /// `true`, `false` or `null`.
    Literal,
    /// A bracket, comma or colon.
    Punctuation,
    /// A comment, which strict JSON does not have.
    Comment,
    /// Space between tokens, and what stands outside JSON.
    Plain,
    /// What JSON does not allow here.
    Invalid,
}

/// A part of a line: bytes of the line, and what they are.
pub type Token = (Range<usize>, Class);

/// Which of the two engines to ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// syntect with the embedded grammar.
    Grammar,
    /// The hand-written lexer.
    Lexer,
}

/// Documents above this size in bytes are coloured by the lexer.
const GRAMMAR_DOCUMENT_MAX: usize = 256 * 1024;

/// Lines above this size in bytes are coloured by the lexer, whatever was asked.
pub const GRAMMAR_LINE_MAX: usize = 4 * 1024;

impl Engine {
    /// The engine for a document of this many bytes. Until [`warm`] was called it is the lexer.
    pub fn for_document(bytes: usize) -> Self {
        if bytes <= GRAMMAR_DOCUMENT_MAX && grammar::is_warm() {
            Self::Grammar
        } else {
            Self::Lexer
        }
    }
}

/// Loads the grammar and compiles its patterns, once (about 1 ms). Meant for after the first frame.
pub fn warm() {
    grammar::warm();
}

/// The parts of one line, in order, not overlapping; what lies between them is [`Class::Plain`].
/// Neighbours of one class are given as one.
pub fn line(text: &str, engine: Engine) -> Vec<Token> {
    match engine {
        Engine::Grammar if text.len() <= GRAMMAR_LINE_MAX => {
            grammar::line(text).unwrap_or_else(|| lexer::line(text))
        }
        Engine::Grammar | Engine::Lexer => lexer::line(text),
    }
}

/// Adds a part, joined to its left neighbour where the two are of one class and touch.
fn push(tokens: &mut Vec<Token>, range: Range<usize>, class: Class) {
    if range.is_empty() || class == Class::Plain {
        return;
    }
    match tokens.last_mut() {
        Some((last, of)) if last.end == range.start && *of == class => last.end = range.end,
        _ => tokens.push((range, class)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_engines_agree() {
        warm();
        let samples = [
            r#"    "Action": ["kms:Encrypt", "ecs:*"], "n": -1.5e+10,"#,
            r#"{"a\"b" : "c\\", "d":"\u4e2d", "中文": "键"}"#,
            "true false null truex nul 12 01 12abc 1.5x 1. .5 - -a 1e5x 1e5 1e 0 -0 --1",
            r#"// a "comment" : { "#,
            r#"1 /* in */ 2 /* open "a" "#,
            r#""open string"#,
            r#""open \"#,
            r#""open "key" : 1 "x"#,
            r#""""":"" " "#,
            "<html> 中文 é _x a-b 12中 / * @",
            "",
            "   \t ",
            "}}]],,::{}",
            "\u{1b}[31m\"a\u{0}b\" \u{202e}",
            r#""a"  "b" : "c":"d""#,
        ];
        for sample in samples {
            assert_eq!(grammar::line(sample).unwrap(), lexer::line(sample), "in {sample}");
        }
    }

    #[test]
    fn a_line_of_a_policy() {
        let text = r#""Effect": "Allow","#;
        let expected = vec![
            (0..8, Class::Key),
            (8..9, Class::Punctuation),
            (10..17, Class::String),
            (17..18, Class::Punctuation),
        ];
        assert_eq!(line(text, Engine::Lexer), expected);
    }

    proptest::proptest! {
        #![proptest_config(proptest::test_runner::Config { failure_persistence: None, ..proptest::test_runner::Config::default() })]

        #[test]
        fn the_engines_agree_on_noise(text in r#"["\\ :,/*{}\[\]a-eE0-3.+tru_-]{0,40}"#) {
            warm();
            proptest::prop_assert_eq!(grammar::line(&text).unwrap(), lexer::line(&text));
        }

        #[test]
        fn parts_are_in_order_and_between_characters(text in "\\PC*") {
            let mut at = 0;
            for (range, _) in line(&text, Engine::Lexer) {
                proptest::prop_assert!(range.start >= at && range.end > range.start);
                proptest::prop_assert!(text.get(range.clone()).is_some());
                at = range.end;
            }
        }
    }
}
