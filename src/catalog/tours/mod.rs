//! Guided tours as data: what a step says, what it points at, and what has to happen before the next.
//!
//! The files are under `assets/tours/`. What a step points at and waits for is kept as it is written;
//! the screen reads it. Facts and keys stand in the texts as placeholders, see [`fill`].

pub mod fill;

use std::sync::OnceLock;

use serde::Deserialize;

use super::model::Text;

/// A tour.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tour {
    /// Its name on the command line, such as `first-steps`.
    pub id: String,
    /// Its name for people.
    pub title: Text,
    /// What one learns, in a sentence.
    pub about: Text,
    /// Its steps, at least one.
    pub steps: Vec<Step>,
}

/// A step of a tour.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// What is told, with placeholders.
    pub text: Text,
    /// The part of the screen that it points at, such as `pane:roles`.
    pub at: String,
    /// What has to happen, such as `role:Alikafka`; `continue` for a step that is only read.
    pub until: String,
    /// Commands that make it happen, for the test that plays the tour; `type:` puts text in.
    pub demo: Vec<String>,
}

impl Step {
    /// Is it only read?
    pub fn is_read(&self) -> bool {
        self.until == "continue"
    }
}

/// The files in the order of the list.
const FILES: [&str; 7] = [
    include_str!("../../../assets/tours/first-steps.json"),
    include_str!("../../../assets/tours/what-is-a-role.json"),
    include_str!("../../../assets/tours/kafka-roles.json"),
    include_str!("../../../assets/tours/mqtt-roles.json"),
    include_str!("../../../assets/tours/safe-removal.json"),
    include_str!("../../../assets/tours/role-not-created.json"),
    include_str!("../../../assets/tours/reading-a-policy.json"),
];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TourFile {
    id: String,
    title: Words,
    about: Words,
    steps: Vec<StepFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StepFile {
    en: String,
    zh: String,
    at: String,
    until: String,
    #[serde(default)]
    demo: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    en: String,
    zh: String,
}

impl From<Words> for Text {
    fn from(words: Words) -> Self {
        Self::new(words.en, words.zh)
    }
}

/// Reads a tour. Errors: what is wrong with the text of the file, and where.
pub fn parse(text: &str) -> Result<Tour, String> {
    let file: TourFile = serde_json::from_str(text).map_err(|error| error.to_string())?;
    if file.steps.is_empty() {
        return Err(format!("the tour {} has no steps", file.id));
    }
    let steps = file.steps.into_iter().map(|step| Step {
        text: Text::new(step.en, step.zh),
        at: step.at,
        until: step.until,
        demo: step.demo,
    });
    Ok(Tour {
        id: file.id,
        title: file.title.into(),
        about: file.about.into(),
        steps: steps.collect(),
    })
}

/// Every tour. Read on first use.
pub fn tours() -> &'static [Tour] {
    static TOURS: OnceLock<Vec<Tour>> = OnceLock::new();
    // The files are ours and a test reads them; were one broken, only that tour would be missing.
    TOURS.get_or_init(|| FILES.iter().filter_map(|text| parse(text).ok()).collect())
}

/// The tour of this name: the whole id, else the only one that begins with what was typed.
pub fn tour(typed: &str) -> Option<&'static Tour> {
    let typed = typed.trim().to_lowercase();
    let exact = tours().iter().find(|tour| tour.id == typed);
    exact.or_else(|| {
        let mut near = tours().iter().filter(|t| !typed.is_empty() && t.id.starts_with(&typed));
        near.next().filter(|_| near.next().is_none())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_is_read() {
        for text in FILES {
            if let Err(why) = parse(text) {
                panic!("{why}\n{}", text.lines().take(3).collect::<Vec<_>>().join("\n"));
            }
        }
        assert_eq!(tours().len(), FILES.len());
    }

    #[test]
    fn tours_are_found_by_the_beginning_of_their_names() {
        assert_eq!(tour("first-steps").map(|tour| tour.id.as_str()), Some("first-steps"));
        assert_eq!(tour(" First").map(|tour| tour.id.as_str()), Some("first-steps"));
        assert_eq!(tour("r"), None);
        assert_eq!(tour(""), None);
        assert!(
            parse(r#"{"id":"a","title":{"en":"","zh":""},"about":{"en":"","zh":""},"steps":[]}"#)
                .is_err()
        );
    }
}
