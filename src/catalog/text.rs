//! Texts in the two languages of the program. Imports the model only.

use super::model::Text;

/// A language of the program.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// Simplified Chinese.
    Chinese,
}

impl Text {
    /// A text in both languages.
    pub fn new(en: impl Into<String>, zh: impl Into<String>) -> Self {
        Self {
            en: en.into(),
            zh: zh.into(),
        }
    }

    /// A name or command that reads the same in every language.
    pub fn same(text: impl Into<String>) -> Self {
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

    /// The same change in both languages; a missing Chinese text stays missing.
    #[must_use]
    pub fn map(&self, change: impl Fn(&str) -> String) -> Self {
        let zh = if self.zh.is_empty() {
            String::new()
        } else {
            change(&self.zh)
        };
        Self {
            en: change(&self.en),
            zh,
        }
    }
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
