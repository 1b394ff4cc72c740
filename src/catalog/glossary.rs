//! The words of the field, each in two sentences. The file is `assets/glossary.json`.

use std::sync::OnceLock;

use serde::Deserialize;

use super::model::{Standing, Text};

/// A word and what it means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// Names it in the program, such as `trust-policy`.
    pub id: String,
    /// The word.
    pub term: Text,
    /// What it means, in two sentences.
    pub meaning: Text,
    /// Other words for it that people may look for.
    pub also: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TermFile {
    id: String,
    en: String,
    zh: String,
    #[serde(default)]
    also: Vec<String>,
    meaning_en: String,
    meaning_zh: String,
}

fn parse(text: &str) -> Result<Vec<Term>, serde_json::Error> {
    let terms: Vec<TermFile> = serde_json::from_str(text)?;
    let terms = terms.into_iter().map(|term| Term {
        id: term.id,
        term: Text::new(term.en, term.zh),
        meaning: Text::new(term.meaning_en, term.meaning_zh),
        also: term.also,
    });
    Ok(terms.collect())
}

/// Every term in the order of the file. Read on first use.
pub fn terms() -> &'static [Term] {
    static TERMS: OnceLock<Vec<Term>> = OnceLock::new();
    // The file is ours and a test reads it; were it broken, the list would only be empty.
    TERMS.get_or_init(|| parse(include_str!("../../assets/glossary.json")).unwrap_or_default())
}

/// The term of this id.
pub fn term(id: &str) -> Option<&'static Term> {
    terms().iter().find(|term| term.id == id)
}

impl Standing {
    /// The id of the term that explains it.
    pub const fn term(&self) -> &'static str {
        match self {
            Self::Published(_) => "published",
            Self::PublishedInPart(_) => "published-in-part",
            Self::Documented => "documented",
            Self::Implied => "implied",
            Self::Derived => "derived",
            Self::Reconstructed => "reconstructed",
            Self::NameRule => "name-rule",
            Self::Observed => "observed",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn every_term_is_told_in_two_sentences_of_both_languages() {
        let terms = parse(include_str!("../../assets/glossary.json")).unwrap();
        let mut ids = HashSet::new();
        for term in &terms {
            assert!(ids.insert(term.id.clone()), "{} stands twice", term.id);
            assert!(!term.term.en.is_empty() && !term.term.zh.is_empty(), "{}", term.id);
            let en = term.meaning.en.matches(". ").count() + 1;
            let zh = term.meaning.zh.matches('。').count();
            assert_eq!((en, zh), (2, 2), "{}: sentences in English and Chinese", term.id);
            assert!(
                term.meaning.en.ends_with('.') && term.meaning.zh.ends_with('。'),
                "{}",
                term.id
            );
        }
    }

    #[test]
    fn every_standing_has_its_term() {
        for standing in Standing::ALL {
            assert!(term(standing.term()).is_some(), "{standing:?}");
        }
    }
}
