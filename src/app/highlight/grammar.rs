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
}

impl Grammar {
    fn load() -> Option<Self> {
        let set: SyntaxSet = syntect::dumps::from_uncompressed_data(DUMP).ok()?;
        let start = ParseState::new(set.find_syntax_by_name("JSON")?);
        let classes = [
            ("support.type.property-name", Class::Key),
            ("string", Class::String),
            ("constant.numeric", Class::Number),
            ("constant.language", Class::Literal),
            ("punctuation", Class::Punctuation),
            ("comment", Class::Comment),
            ("invalid", Class::Invalid),
        ]
        .into_iter()
        .filter_map(|(name, class)| Some((Scope::new(name).ok()?, class)))
        .collect();
        Some(Self { set, start, classes })
    }

    fn class(&self, scope: Scope) -> Class {
        let found = self.classes.iter().find(|(prefix, _)| prefix.is_prefix_of(scope));
        found.map_or(Class::Plain, |(_, class)| *class)
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
    let mut tokens = Vec::new();
    let mut scopes: Vec<Class> = Vec::new();
    let mut from = 0;
    for (at, op) in ops {
        let class = scopes.last().copied().unwrap_or(Class::Plain);
        push(&mut tokens, from..at, class);
        from = from.max(at);
        match op {
            ScopeStackOp::Push(scope) => scopes.push(grammar.class(scope)),
            ScopeStackOp::Pop(count) => scopes.truncate(scopes.len().saturating_sub(count)),
            ScopeStackOp::Clear(_) | ScopeStackOp::Restore | ScopeStackOp::Noop => {}
        }
    }
    push(&mut tokens, from..text.len(), scopes.last().copied().unwrap_or(Class::Plain));
    Some(tokens)
}
