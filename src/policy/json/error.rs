//! Why a text could not be read, said in one sentence with its place.

use std::fmt;

use crate::policy::source::Place;
use crate::say::{Language, Saying, saying};
use crate::text::{is_harmful, visible_start};

/// What kind of obstacle ended the reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ErrorKind {
    /// The text is not JSON, not even with every repair.
    Syntax,
    /// Lists and objects are nested deeper than the limit.
    TooDeep,
    /// The text has more bytes than the limit.
    TooLarge,
    /// The text has more values, or a document more statements, than the limit.
    TooMany,
    /// The JSON was read but is no policy document.
    NotAPolicy {
        /// It is an object all the same.
        object: bool,
    },
}

/// A text that could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadError {
    /// What kind of obstacle.
    pub kind: ErrorKind,
    /// Byte offset of the obstacle.
    pub offset: usize,
    /// The same place as editors count it.
    pub place: Place,
    /// What stands there; safe to print.
    pub found: Saying,
    /// What was expected instead.
    pub expected: Saying,
    /// What to do about it, as a sentence, where something can be said.
    pub remedy: Option<Saying>,
}

impl ReadError {
    /// That what stands there is no policy document: an object that is none, or, as a word, what `else` it is.
    pub fn no_policy(offset: usize, place: Place, other: Option<&'static str>) -> Self {
        Self {
            kind: ErrorKind::NotAPolicy { object: other.is_none() },
            offset,
            place,
            found: other.map_or_else(|| saying("an object with neither of these"), saying),
            expected: saying("a policy document: an object with Version and Statement"),
            remedy: None,
        }
    }

    /// The error as compilers print it: `name:line:column: found X, expected Y`, and the remedy.
    pub fn located(&self, name: &str) -> String {
        self.located_in(name).english()
    }

    /// The same for any language.
    pub fn located_in(&self, name: &str) -> Saying {
        saying("{}:{}").with(visible_start(name, 4_096)).of(self.whole())
    }

    /// Changes the places that are told beside that of the error itself.
    pub(in crate::policy) fn change_places(&mut self, change: &dyn Fn(&str) -> Option<String>) {
        self.expected.change_texts(change);
        if let Some(remedy) = &mut self.remedy {
            remedy.change_texts(change);
        }
    }

    /// Place, error and remedy: `line:column: found X, expected Y`.
    pub fn whole(&self) -> Saying {
        let error = saying("{}: found {}, expected {}").with(self.place);
        let error = error.of(self.found.clone()).of(self.expected.clone());
        match &self.remedy {
            Some(remedy) => saying("{}. {}").of(error).of(remedy.clone()),
            None => error,
        }
    }

    /// The error in a sentence without its place, which stands beside it, and the remedy.
    pub fn sentence(&self) -> Saying {
        let error =
            saying("Found {}, expected {}.").of(self.found.clone()).of(self.expected.clone());
        error.then(self.remedy.clone())
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.whole().said(Language::English))
    }
}

impl std::error::Error for ReadError {}

/// What stands at a byte offset, for an error message; safe to print.
pub(super) fn found_at(text: &str, offset: usize) -> Saying {
    let rest = text.get(offset..).unwrap_or_default();
    let Some(first) = rest.chars().next() else {
        return saying("the end of the text");
    };
    let run = |keep: fn(char) -> bool| rest.split(|c| !keep(c)).next().unwrap_or_default();
    match first {
        '"' => {
            let inside = rest.get(1..).unwrap_or_default();
            let end = inside.find(['"', '\n', '\\']).unwrap_or(inside.len());
            saying("the string \"{}\"")
                .with(visible_start(inside.get(..end).unwrap_or_default(), 32))
        }
        '0'..='9' => saying("the number {}").with(visible_start(run(char::is_alphanumeric), 32)),
        '.' if rest.starts_with("...") => Saying::same("`...`"),
        _ if first.is_alphabetic() => {
            let word = run(|c| c.is_alphanumeric() || c == '_');
            saying("the word `{}`").with(visible_start(word, 32))
        }
        _ if !is_harmful(first) && first != ' ' => Saying::same(format!("`{first}`")),
        _ => saying("the character U+{}").with(format_args!("{:04X}", u32::from(first))),
    }
}
