//! Policy texts to copy, with a note in front where they are not sure.

use super::pretty;
use crate::catalog::commands;
use crate::catalog::model::{Policy, Role, Text};
use crate::say::{Language, said, say};

/// A text for the clipboard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CopyText {
    /// The text, byte for byte.
    pub text: String,
    /// What must be said about it; it also stands in the text itself.
    pub warning: Option<Text>,
}

/// The permission policy of a role, with a warning in front where it is not whole.
pub fn policy_copy(role: &Role, language: Language) -> Option<CopyText> {
    let policy = role.policy.as_ref()?;
    let note = policy_note(policy, language);
    let warning = policy.warning().cloned();
    Some(CopyText { text: noted(&note, language) + &policy.source, warning })
}

/// A statement of a role's policy, from 0, or its actions: `text` with a warning in front where no page says it.
pub fn statement_copy(role: &Role, statement: usize, text: &str, language: Language) -> CopyText {
    let policy = role.policy.as_ref();
    let note = policy.map(|policy| statement_note(policy, statement, language)).unwrap_or_default();
    let standing = policy.and_then(|policy| policy.unsure_statement(statement));
    let warning = standing.map(super::super::model::Standing::words);
    CopyText { text: noted(&note, language) + text, warning }
}

/// The trust policy of a role on several lines, with a warning in front where no page says it.
pub fn trust_copy(role: &Role, language: Language) -> Option<CopyText> {
    let trust = role.trust.as_ref()?;
    let note = trust_note(role, language);
    let warning = Some(trust.standing.words()).filter(|_| !note.is_empty());
    Some(CopyText { text: noted(&note, language) + &pretty(&trust.value), warning })
}

/// What must be said of a policy that is not whole, a sentence each: how sure it is, what is missing, where the true
/// text is.
pub fn policy_note(policy: &Policy, language: Language) -> Vec<String> {
    let Some(warning) = policy.warning() else { return Vec::new() };
    vec![
        said(language, "{}: {}", &[&policy.name, policy.standing_words().get(language)]),
        warning.get(language).to_owned(),
        said(language, "The true text: {}", &[&policy.fetch_command()]),
    ]
}

/// The same of a statement, from 0, whose text no page says.
pub fn statement_note(policy: &Policy, statement: usize, language: Language) -> Vec<String> {
    let Some(standing) = policy.unsure_statement(statement) else { return Vec::new() };
    let standing = standing.words();
    let number = (statement + 1).to_string();
    let title =
        said(language, "{}, statement {}: {}", &[&policy.name, &number, standing.get(language)]);
    let mut note = vec![title];
    note.extend(policy.statements.get(statement).map(|fact| fact.value.get(language).to_owned()));
    note.push(said(language, "The true text: {}", &[&policy.fetch_command()]));
    note
}

/// The same of the trust policy of a role.
pub fn trust_note(role: &Role, language: Language) -> Vec<String> {
    let trust = role.trust.as_ref().filter(|trust| !trust.standing.is_said());
    let Some(trust) = trust else { return Vec::new() };
    let standing = trust.standing.words();
    vec![
        said(
            language,
            "The trust policy is {}: written in the one form of service-linked roles, for the service name of this one.",
            &[standing.get(language)],
        ),
        said(language, "The true text: {}", &[&commands::show(&role.name)]),
    ]
}

/// The lines in front of a text; empty where there is nothing to say.
pub fn noted(note: &[String], language: Language) -> String {
    let mut lines = String::new();
    if note.is_empty() {
        return lines;
    }
    let last = say(language, "Take these lines off before giving the text to RAM.");
    for line in note.iter().map(String::as_str).chain([last]) {
        lines.extend(["// ", line, "\n"]);
    }
    lines
}
