//! What a command answers: one value, written in the way that was asked for.

use std::fmt;

use serde_json::Value;

use super::args::{Format, FormatName};
use super::page::Page;
use crate::say::{Language, Saying, said};

/// The version of the shapes of JSON answers; it changes when a field goes or means something else.
pub const SCHEMA: u32 = 1;

/// The answer of a command.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Answer {
    /// For people.
    pub page: Page,
    /// For programs; null where it was not asked for and would be large.
    pub json: Value,
    /// The exit status: 0 yes or fine, 1 no.
    pub exit: u8,
    /// Sentences for standard error.
    pub asides: Vec<String>,
    /// What goes to the clipboard instead of standard output.
    pub copy: Option<Copied>,
}

/// What goes to the clipboard where no format is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Copied {
    /// What it is called behind "the".
    pub what: String,
    /// The text; without one it is the page as Markdown.
    pub text: Option<String>,
}

impl Answer {
    /// A yes, or fine.
    pub fn new(page: Page, json: Value) -> Self {
        Self { page, json, ..Self::default() }
    }

    /// The same with the exit status of a no, where it is one.
    #[must_use]
    pub fn or_no(mut self, yes: bool) -> Self {
        self.exit = u8::from(!yes);
        self
    }

    /// What goes to the clipboard: its name and the text. Where a format was asked for, it is what would be printed.
    pub fn to_copy(
        &mut self,
        named: Option<FormatName>,
        lang: Language,
    ) -> Option<(String, String)> {
        let Copied { what, text } = self.copy.take()?;
        Some(match (named, text) {
            (Some(FormatName::Json), _) => {
                (said(lang, "JSON answer with the {}", &[&what]), self.written(Format::Json))
            }
            (None | Some(FormatName::Text), Some(text)) => (what, text),
            (Some(FormatName::Text), None) => (what, self.written(Format::Text)),
            (_, _) => (said(lang, "{} as Markdown", &[&what]), self.written(Format::Markdown)),
        })
    }

    /// The answer as it is printed.
    pub fn written(&self, format: Format) -> String {
        match format {
            Format::Text => self.page.to_text(),
            Format::Markdown => self.page.to_markdown(),
            Format::Json => format!("{:#}\n", self.json),
        }
    }
}

/// An object with the fields of another one added.
pub fn join(mut json: Value, more: Value) -> Value {
    if let (Value::Object(json), Value::Object(more)) = (&mut json, more) {
        json.extend(more);
    }
    json
}

/// Why there is no answer, in one sentence: wrong use, or input that cannot be read. Exit status 2.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble(pub Saying);

impl Trouble {
    /// With this sentence.
    pub const fn new(sentence: Saying) -> Self {
        Self(sentence)
    }

    /// The sentence in a language.
    pub fn said(&self, lang: Language) -> String {
        self.0.said(lang)
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.said(Language::English))
    }
}

impl std::error::Error for Trouble {}
