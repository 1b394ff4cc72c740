//! What went wrong with a catalogue file: the file, the place, the fault, the remedy.

use std::borrow::Cow;
use std::fmt;

use super::text::visible;
use crate::policy::source::Place;
use crate::policy::{json, print};
use crate::say::{Language, Saying, saying};

/// A catalogue file that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoadError {
    /// The file, as the caller named it.
    pub file: String,
    /// Line and column, where the fault has a place.
    pub place: Option<Place>,
    /// What is wrong.
    pub what: Saying,
    /// What to do about it.
    pub remedy: Saying,
}

impl LoadError {
    /// A fault at the place where `needle` first stands in the text, or in the file as a whole.
    pub fn near(file: &str, text: &str, needle: &str, what: Saying, remedy: Saying) -> Self {
        // Values stand in quotes; without them `a` would be found inside `ab`.
        let quoted = serde_json::to_string(needle).unwrap_or_default();
        let place = text.find(&quoted).map(|offset| Place::of(text, offset));
        Self { file: file.to_owned(), place, what, remedy }
    }

    /// The same for the last place where it stands.
    pub(super) fn near_last(
        file: &str,
        text: &str,
        needle: &str,
        what: Saying,
        remedy: Saying,
    ) -> Self {
        let quoted = serde_json::to_string(needle).unwrap_or_default();
        let place = text.rfind(&quoted).map(|offset| Place::of(text, offset));
        Self { place, ..Self::near(file, text, needle, what, remedy) }
    }

    /// A fault that the JSON reader found.
    pub fn json(file: &str, text: &str, error: &serde_json::Error) -> Self {
        let message = error.to_string();
        let what = match message.rfind(" at line ") {
            Some(end) => message.get(..end).unwrap_or(&message).to_owned(),
            None => message,
        };
        let remedy = if error.is_data() {
            saying(
                "Correct this entry; the fields and words are those of the built-in catalogue files.",
            )
        } else {
            saying("Correct the JSON at this place.")
        };
        Self {
            file: file.to_owned(),
            place: Some(place(text, error.line(), error.column())),
            // The message may quote the file, which is not to be trusted.
            what: Saying::others(visible(&what)),
            remedy,
        }
    }
}

impl LoadError {
    /// The file, the place, the fault and the remedy.
    pub fn located(&self) -> Saying {
        let place = self.place.map(|place| format!(":{place}")).unwrap_or_default();
        saying("{}: {}").with(format_args!("{}{place}", self.file)).of(self.sentence())
    }

    /// The fault and the remedy.
    pub fn sentence(&self) -> Saying {
        saying("{}. {}").of(self.what.clone()).of(self.remedy.clone())
    }
}

/// The text as the standard's JSON: as it is, or with what people's editors do to it repaired, as in every file that is
/// read. What cannot be repaired stays, for a reader to tell the place of it.
pub(super) fn strict(text: &str) -> Cow<'_, str> {
    if serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok() {
        return Cow::Borrowed(text);
    }
    match json::read(text, &json::Limits::default()) {
        Ok(reading) => Cow::Owned(print::minified(&reading.root)),
        Err(_) => Cow::Borrowed(text),
    }
}

/// The reader counts columns in bytes; people count characters.
fn place(text: &str, line: usize, column: usize) -> Place {
    let line = line.max(1);
    let bytes = text.split('\n').nth(line - 1).unwrap_or_default().as_bytes();
    let before = bytes.get(..column.saturating_sub(1).min(bytes.len())).unwrap_or_default();
    let characters = before.iter().filter(|byte| (**byte & 0xC0) != 0x80).count();
    Place { line, column: characters + 1 }
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.located().said(Language::English))
    }
}

impl std::error::Error for LoadError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters() {
        let text = "{\n \"名\": x}";
        let error = serde_json::from_str::<serde_json::Value>(text).unwrap_err();
        let error = LoadError::json("own.json", text, &error);
        assert_eq!(error.place, Some(Place { line: 2, column: 7 }), "{error}");
        assert!(error.to_string().starts_with("own.json:2:7: "), "{error}");
    }
}
