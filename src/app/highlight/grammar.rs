//! The embedded grammar, run by syntect: scopes become classes by their names.

use std::sync::OnceLock;

use syntect::parsing::{ParseState, Scope, ScopeStackOp, SyntaxSet};

use super::{Class, Token, push};

/// The grammar as syntect stores it, not compressed: unpacking would cost more than reading.
/// Made from `json.sublime-syntax` by `UPDATE=1 cargo test --test syntax_dump`.
const DUMP: &[u8] = include_bytes!("../../../assets/syntax/json.dump");

static GRAMMAR: OnceLock<Option<Grammar>> = OnceLock::new();

struct Grammar {
    set: SyntaxSet,
    /// Where every line begins; a clone costs 0.1 us.
    start: ParseState,
    classes: Vec<(Scope, Class)>,
    /// Where a string begins.
    begin: Scope,
    /// What stands between a key and its value.
    separator: Scope,
}

impl Grammar {
    fn load() -> Option<Self> {
        let set: SyntaxSet = syntect::dumps::from_uncompressed_data(DUMP).ok()?;
        let start = ParseState::new(set.find_syntax_by_name("JSON")?);
        let classes = [
            ("text.whitespace", Class::Plain),
            ("string", Class::String),
            ("constant.numeric", Class::Number),
            ("constant.language", Class::Literal),
            ("punctuation", Class::Punctuation),
            ("comment", Class::Comment),
        ]
        .into_iter()
        .filter_map(|(name, class)| Some((Scope::new(name).ok()?, class)))
        .collect();
        let begin = Scope::new("string.quoted.begin.json").ok()?;
        let separator = Scope::new("punctuation.separator.json").ok()?;
        Some(Self { set, start, classes, begin, separator })
    }

    /// What stands under these scopes; under none of its own, what the grammar does not take.
    fn class(&self, scopes: &[Scope]) -> Class {
        let scope = scopes.last();
        let found =
            self.classes.iter().find(|(prefix, _)| scope.is_some_and(|s| prefix.is_prefix_of(*s)));
        found.map_or(Class::Invalid, |(_, class)| *class)
    }
}

/// Is the grammar ready for use at no further cost?
pub(super) fn is_warm() -> bool {
    GRAMMAR.get().is_some()
}

/// Loads the grammar and makes its patterns compile.
pub(super) fn warm() {
    if !is_warm() {
        // One token of every kind, so that every pattern is compiled here and not under a key.
        let _ = line(r#""a": "b", -1.5, true // x @"#);
    }
}

/// The parts of a line; none where the grammar cannot answer.
pub(super) fn line(text: &str) -> Option<Vec<Token>> {
    let grammar = GRAMMAR.get_or_init(Grammar::load).as_ref()?;
    let ops = grammar.start.clone().parse_line(text, &grammar.set).ok()?;
    let mut parts: Vec<Token> = Vec::new();
    let mut scopes: Vec<Scope> = Vec::new();
    let mut string = 0;
    let mut from = 0;
    for (at, op) in ops {
        if at > from {
            parts.push((from..at, grammar.class(&scopes)));
            from = at;
        }
        match op {
            ScopeStackOp::Push(scope) => {
                if scope == grammar.begin {
                    string = parts.len();
                } else if scope == grammar.separator {
                    make_key(parts.get_mut(string..).unwrap_or_default());
                }
                scopes.push(scope);
            }
            ScopeStackOp::Pop(count) => scopes.truncate(scopes.len().saturating_sub(count)),
            ScopeStackOp::Clear(_) | ScopeStackOp::Restore | ScopeStackOp::Noop => {}
        }
    }
    parts.push((from..text.len(), grammar.class(&scopes)));
    let mut tokens = Vec::new();
    for (range, class) in parts {
        push(&mut tokens, range, class);
    }
    Some(tokens)
}

/// Makes a key of the string that these parts begin with, where no more than space follows it.
fn make_key(parts: &mut [Token]) {
    let end = parts.iter().take_while(|(_, class)| *class == Class::String).count();
    let (string, after) = parts.split_at_mut(end);
    if after.iter().all(|(_, class)| *class == Class::Plain) {
        for (_, class) in string {
            *class = Class::Key;
        }
    }
}
