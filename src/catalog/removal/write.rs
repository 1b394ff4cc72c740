//! Trees as text and as a Markdown checklist.

use super::branch::{Branch, Kind};
use crate::catalog::markdown::{code, escape};
use crate::say::Language;

/// The tree with its branches drawn, one line each; `ascii` draws without line-drawing characters.
pub fn to_text(tree: &[Branch], language: Language, ascii: bool) -> String {
    let mut out = String::new();
    for branch in tree {
        out.push_str(&branch.prefix(ascii));
        match branch.tick() {
            Some(tick) => out.extend([tick, " "]),
            None if branch.kind == Kind::Command => out.push_str("$ "),
            None => {}
        }
        out.push_str(&line(branch, language));
        out.push('\n');
    }
    out
}

/// The tree as Markdown: headings, a checklist to tick, commands as code.
pub fn markdown(tree: &[Branch], language: Language) -> String {
    let mut out = String::new();
    let mut heading = 0;
    let mut after_list = false;
    for branch in tree {
        let depth = branch.depth();
        let is_heading = branch.kind == Kind::Heading || depth == 0 || branch.is_role_title();
        if is_heading {
            if !out.is_empty() {
                out.push('\n');
            }
            heading = depth;
            after_list = false;
            let level = "#".repeat((depth + 2).min(6));
            out.extend([&level, " ", &escape(&line(branch, language)), "\n"]);
            continue;
        }
        if !after_list {
            out.push('\n');
            after_list = true;
        }
        let indent = "  ".repeat(depth.saturating_sub(heading + 1));
        let text = match branch.kind {
            Kind::Command => code(branch.text.get(language)),
            _ => escape(&line(branch, language)),
        };
        out.extend([&indent, "- "]);
        if let Some(tick) = branch.tick() {
            out.extend([tick, " "]);
        }
        out.extend([&text, "\n"]);
    }
    out
}

impl Branch {
    /// A role that stands as the title of its own part, not one that is merely named.
    pub fn is_role_title(&self) -> bool {
        self.kind == Kind::Role && self.standing.is_none() && self.depth() <= 1
    }
}

/// Number, text and standing.
fn line(branch: &Branch, language: Language) -> String {
    let number = branch.number.map(|number| format!("{number}. ")).unwrap_or_default();
    let text = branch.text.get(language);
    let Some(standing) = &branch.standing else { return format!("{number}{text}") };
    let words = standing.words();
    match language {
        Language::English => format!("{number}{text} ({})", words.en),
        Language::Chinese => format!("{number}{text}（{}）", words.zh),
    }
}
