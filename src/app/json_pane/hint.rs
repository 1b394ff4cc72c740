//! What a closed fold says of its content: a statement in a few words, else how much is inside.

use std::fmt;

use super::outline::Fold;
use super::path::Places;
use super::tokens::{Token, Tokens};
use crate::policy::pattern;
use crate::policy::summary::Tally;
use crate::say::{Language, Saying, counted, saying};

/// Content above this size in bytes is not read for its hint; its lines are counted only.
const READ_MAX: usize = 64 * 1024;
/// So many services are named.
const SERVICES_MAX: usize = 3;

/// The content of a closed fold, in parts; as text: `Allow, 6 actions, kms, conditioned`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hint {
    /// The effect of a statement, as written.
    pub effect: Option<String>,
    /// How many actions and patterns a statement lists, and whether as `NotAction`.
    pub actions: Option<(Tally, bool)>,
    /// The services of these actions, each once, in lower case.
    pub services: Vec<String>,
    /// Does the statement have conditions?
    pub conditioned: bool,
    /// How many entries any other list or object has, and whether it is a list.
    pub entries: Option<(usize, bool)>,
    /// How many lines are hidden.
    pub lines: usize,
}

impl Hint {
    /// The parts as one text, for any language.
    pub fn saying(&self) -> Saying {
        let Some(effect) = &self.effect else {
            return match self.entries {
                Some((count, true)) => counted(count, "{} item", "{} items"),
                Some((count, false)) => counted(count, "{} key", "{} keys"),
                None => counted(self.lines, "{} line", "{} lines"),
            };
        };
        let mut said = Saying::same(effect);
        let mut add = |part: Saying| said = saying("{}, {}").of(said.clone()).of(part);
        match self.actions {
            Some((tally, false)) => add(tally.saying()),
            Some((tally, true)) => add(saying("all but {}").of(tally.saying())),
            None => {}
        }
        for service in self.services.iter().take(SERVICES_MAX) {
            add(Saying::same(service));
        }
        if let Some(more) = self.services.len().checked_sub(SERVICES_MAX).filter(|more| *more > 0) {
            add(saying("{} more").with(more));
        }
        if self.conditioned {
            add(saying("conditioned"));
        }
        said
    }
}

impl fmt::Display for Hint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.saying().said(Language::English))
    }
}

impl Hint {
    /// The hint of a fold that hides so many lines.
    pub(super) fn of(places: Places<'_>, fold: Fold, lines: usize) -> Self {
        let mut hint = Self { lines, ..Self::default() };
        let (open, close) = (fold.open as usize, fold.close as usize);
        let bytes = places.bytes();
        if close - open > READ_MAX {
            return hint;
        }
        let list = bytes.get(open) == Some(&b'[');
        let Some(inner) = bytes.get(..close) else { return hint };
        let text = |token: Token| places.text.get(token.start..token.end).unwrap_or_default();
        let (mut depth, mut entries, mut fresh, mut key) = (0_u32, 0, true, "");
        let mut tokens = Tokens::new(inner, open + 1).peekable();
        while let Some(token) = tokens.next() {
            if depth == 0 && fresh && token.sign != b',' {
                entries += 1;
                fresh = false;
            }
            match token.sign {
                b'{' | b'[' => depth += 1,
                b'}' | b']' => depth = depth.saturating_sub(1),
                b',' if depth == 0 => fresh = true,
                b'"' if !list => {
                    let is_key = tokens.peek().is_some_and(|next| next.sign == b':');
                    let value = text(token).trim_matches('"');
                    match (depth, is_key) {
                        (0, true) => {
                            key = value;
                            hint.conditioned |= key == "Condition";
                        }
                        (0, false) if key == "Effect" => {
                            hint.effect = Some(
                                crate::text::cut(&crate::text::harmless(value), 16).into_owned(),
                            );
                        }
                        (0 | 1, false) if key == "Action" || key == "NotAction" => {
                            let (mut tally, _) = hint.actions.unwrap_or_default();
                            tally.add(pattern::has_wildcard(value));
                            hint.actions = Some((tally, key == "NotAction"));
                            hint.service(value);
                        }
                        _ => {}
                    }
                }
                _ => {}
            }
        }
        if hint.effect.is_none() {
            hint = Self { lines, entries: Some((entries, list)), ..Self::default() };
        }
        hint
    }

    fn service(&mut self, action: &str) {
        let service = action.split_once(':').map_or(action, |(service, _)| service);
        let service = crate::text::harmless(service).to_ascii_lowercase();
        let service = crate::text::cut(&service, 24).into_owned();
        if !self.services.contains(&service) && self.services.len() < 100 {
            self.services.push(service);
        }
    }
}
