//! Texts in the two languages of the program.

use std::borrow::Cow;

use super::model::Text;
use crate::say::{Language, Saying};
pub use crate::text::visible;

impl Text {
    /// A text in both languages.
    pub fn new(en: impl Into<Cow<'static, str>>, zh: impl Into<Cow<'static, str>>) -> Self {
        Self { en: en.into(), zh: zh.into() }
    }

    /// A sentence that is kept in both languages.
    pub fn of(sentence: &Saying) -> Self {
        Self::new(sentence.said(Language::English), sentence.said(Language::Chinese))
    }

    /// A name or command that reads the same in every language.
    pub fn same(text: impl Into<Cow<'static, str>>) -> Self {
        let en = text.into();
        Self { zh: en.clone(), en }
    }

    /// The text in a language; English where there is no Chinese.
    pub fn get(&self, language: Language) -> &str {
        match language {
            Language::Chinese if !self.zh.is_empty() => &self.zh,
            _ => &self.en,
        }
    }

    /// The text as a sentence or a part of one.
    pub fn saying(&self) -> Saying {
        Saying::both(self.get(Language::English), self.get(Language::Chinese))
    }

    /// The same change in both languages; a missing Chinese text stays missing.
    #[must_use]
    pub fn map(&self, change: impl Fn(&str) -> String) -> Self {
        let zh = if self.zh.is_empty() { Cow::default() } else { change(&self.zh).into() };
        Self { en: change(&self.en).into(), zh }
    }
}

/// May the text stand on a line of a terminal as it is? Control characters could be obeyed, and marks
/// that turn the direction of writing could make a text look like another one.
pub fn is_plain(text: &str) -> bool {
    // Half of the texts are plain ASCII, where bytes tell.
    crate::text::is_printable(text) || !text.chars().any(crate::text::is_harmful)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn english_stands_in_for_missing_chinese() {
        let text = Text::new("key", "");
        assert_eq!(text.get(Language::Chinese), "key");
        assert_eq!(Text::new("key", "密钥").get(Language::Chinese), "密钥");
    }
}
