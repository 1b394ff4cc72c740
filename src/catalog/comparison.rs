//! Two roles, or two documents, side by side: the verdict, the lines by meaning, the texts line by
//! line, and all of it as text and as Markdown.

use super::markdown::{code, escape};
use super::model::{Role, Text, Wholeness};
use super::names::told_apart;
use crate::policy::compare::lines::{self, Kind, Run};
use crate::policy::compare::report::{self, Line, Part, Section, Side, Sign};
use crate::policy::compare::{Comparison, compare};
use crate::policy::document::Document;
use crate::policy::json::{self, Limits};
use crate::policy::vocabulary::Vocabulary;
use crate::policy::{print, read};
use crate::say::{Language, said, say};
use std::fmt::Write as _;

/// A comparison by meaning, ready to show.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ByMeaning {
    /// The language of its sentences.
    pub language: Language,
    /// What the first is called, safe to show.
    pub left: String,
    /// What the second is called, safe to show.
    pub right: String,
    /// The outcome in one or two sentences.
    pub headline: String,
    /// What must be said beside it: statements that were left out, a policy that is not whole.
    pub notes: Vec<String>,
    /// The lines by meaning; each section begins with its heading.
    pub lines: Vec<Line>,
}

/// Compares two documents; names and documents in the order of the sides.
pub fn of_documents(
    language: Language,
    left: Side<'_>,
    right: Side<'_>,
    vocabulary: &dyn Vocabulary,
) -> ByMeaning {
    told(&compare(language, left.document, right.document, vocabulary), left, right, vocabulary)
}

/// What a comparison of these two documents says, in its language.
pub fn told(
    comparison: &Comparison,
    left: Side<'_>,
    right: Side<'_>,
    vocabulary: &dyn Vocabulary,
) -> ByMeaning {
    ByMeaning {
        language: comparison.language,
        left: crate::text::harmless(left.name).into_owned(),
        right: crate::text::harmless(right.name).into_owned(),
        headline: comparison.verdict_of(left.name, right.name),
        notes: comparison.asides_of(left.name, right.name),
        lines: report::lines(comparison, left, right, vocabulary),
    }
}

/// What two roles are called beside each other. They may share a short name; the full ones are told apart by RAM itself.
pub fn names(left: &Role, right: &Role) -> (String, String) {
    if !left.short_name.eq_ignore_ascii_case(&right.short_name) {
        (left.short_name.clone(), right.short_name.clone())
    } else if !left.name.eq_ignore_ascii_case(&right.name) {
        (left.name.clone(), right.name.clone())
    } else {
        // Of people's own files, where nobody sees to it that names differ.
        let both = [left, right];
        (told_apart(left, &both), told_apart(right, &both))
    }
}

/// Compares two roles by their policies; with it, the documents that were compared. Errors: a sentence where one has no
/// policy that can be read.
pub fn of_roles(
    language: Language,
    vocabulary: &dyn Vocabulary,
    left: &Role,
    right: &Role,
) -> Result<(ByMeaning, [Document; 2]), String> {
    let (one, two) = (document(language, left)?, document(language, right)?);
    let (a, b) = names(left, right);
    let sides = (Side { name: &a, document: &one }, Side { name: &b, document: &two });
    let mut compared = of_documents(language, sides.0, sides.1, vocabulary);
    compared.notes.extend([left, right].into_iter().filter_map(|role| note(role, language)));
    Ok((compared, [one, two]))
}

/// The document of a role's policy. Errors: a sentence where there is none, or it cannot be read.
fn document(language: Language, role: &Role) -> Result<Document, String> {
    let Some(policy) = &role.policy else {
        return Err(role.no_policy(&role.name).said(language));
    };
    read::document(&policy.source)
        .map(|read| read.document)
        .map_err(|error| error.located_in(&policy.name).said(language))
}

/// What must be said about a policy that is not the whole true text.
pub fn note(role: &Role, language: Language) -> Option<String> {
    let name = &role.short_name;
    let text = match role.policy.as_ref()?.whole {
        Wholeness::Whole => return None,
        Wholeness::Incomplete(_) => Text::new(
            format!("The policy of {name} is not whole: what is missing is not compared."),
            format!("{name} 的权限策略不完整：缺失部分未参与比较。"),
        ),
        Wholeness::PartlyReconstructed(_) => Text::new(
            format!(
                "The policy of {name} is not whole: what is reconstructed is compared as it stands here."
            ),
            format!("{name} 的权限策略不完整：重建部分按此处的文本参与比较。"),
        ),
    };
    Some(text.get(language).to_owned())
}

impl ByMeaning {
    /// The comparison as text, `-` for the first, `+` for the second, `~` for both in different form.
    pub fn text(&self) -> String {
        let language = self.language;
        let title = said(language, "{} compared with {}", &[&self.left, &self.right]);
        let mut out = format!("{title}\n\n{}\n", self.headline);
        for note in &self.notes {
            let _ = writeln!(out, "! {note}");
        }
        for line in &self.lines {
            let mark = line.sign.mark();
            let _ = match line.part {
                Part::Heading if line.more.is_empty() => writeln!(out, "\n{}", line.text),
                Part::Heading => {
                    writeln!(out, "\n{}", said(language, "{}: {}", &[&line.text, &line.more]))
                }
                _ if line.section == Section::Same => Ok(()),
                Part::Grant => writeln!(out, "  {mark} {}", line.text),
                Part::Detail => writeln!(out, "    {mark} {}", line.text),
                Part::Action => {
                    let level = crate::text::pad(&level(language, line), 12);
                    let gap = if line.more.is_empty() { "" } else { "  " };
                    writeln!(out, "    {mark} {level} {}{gap}{}", line.text, line.more)
                }
            };
        }
        for (n, line) in self.legend(false).into_iter().enumerate() {
            let _ = writeln!(out, "{}{line}", if n == 0 { "\n" } else { "" });
        }
        out
    }

    /// What the signs `~` of its lines mean; `same`: also of what is the same in both.
    pub fn legend(&self, same: bool) -> Vec<String> {
        let shown = || self.lines.iter().filter(|line| same || line.section != Section::Same);
        let is_changed = |line: &Line| line.sign == Sign::Changed && line.part != Part::Heading;
        let changed = "~ before a line: it stands in both, in different form.";
        let changed = shown().any(is_changed).then(|| say(self.language, changed).to_owned());
        let guessed = guesses(shown()).then(|| format!("~: {}", say(self.language, GUESSED)));
        changed.into_iter().chain(guessed).collect()
    }

    /// The comparison as Markdown.
    pub fn markdown(&self) -> String {
        let language = self.language;
        let (left, right) = (escape(&self.left), escape(&self.right));
        let title = said(language, "{} compared with {}", &[&left, &right]);
        let mut out = format!("## {title}\n\n**{}**\n", escape(&self.headline));
        for note in &self.notes {
            let _ = write!(out, "\n> {}\n", escape(note));
        }
        for line in &self.lines {
            let text = escape(&line.text);
            let _ = match line.part {
                Part::Heading if line.more.is_empty() => write!(out, "\n### {text}\n\n"),
                Part::Heading => {
                    write!(out, "\n### {}\n\n", said(language, "{}: {}", &[&text, &line.more]))
                }
                Part::Grant => writeln!(out, "- {text}"),
                Part::Detail => writeln!(out, "  - {text}"),
                Part::Action => {
                    let name = code(&line.text);
                    let level = level(language, line);
                    let action = match line.more.as_str() {
                        "" => said(language, "{} ({})", &[&name, &level]),
                        more => said(language, "{} ({}): {}", &[&name, &level, &escape(more)]),
                    };
                    writeln!(out, "  - {action}")
                }
            };
        }
        if guesses(self.lines.iter()) {
            let _ = write!(out, "\n`~`: {}\n", say(language, GUESSED));
        }
        out
    }
}

/// Is there a level that no document tells?
fn guesses<'a>(lines: impl Iterator<Item = &'a Line>) -> bool {
    lines.filter_map(|line| line.level).any(|(_, source)| source.is_guess())
}

/// What stands below where a level has a `~`.
pub const GUESSED: &str =
    "no document tells the level; it is guessed from the name of the action, or set by hand.";

/// The level of a line; `~` before one that is a guess from the name.
pub fn level(language: Language, line: &Line) -> String {
    match line.level {
        Some((level, source)) if source.is_guess() => format!("~{}", say(language, level.word())),
        Some((level, _)) => say(language, level.word()).to_owned(),
        None => String::new(),
    }
}

/// A document printed afresh, so that indentation makes no difference, cut into lines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lines {
    text: String,
    ends: Vec<usize>,
    /// Where each statement begins and ends in the text.
    statements: Vec<(usize, usize)>,
}

impl Lines {
    /// Prints a document afresh; a text that is no JSON stays as it is.
    pub fn of(source: &str) -> Self {
        let text = match json::read(source, &Limits::default()) {
            Ok(reading) => print::pretty(&reading.root),
            Err(_) => source.to_owned(),
        };
        let text = if text.ends_with('\n') { text } else { text + "\n" };
        let ends = text.match_indices('\n').map(|(at, _)| at).collect();
        let document = read::document(&text).map(|read| read.document).unwrap_or_default();
        let spans = document.statements.iter().map(|one| (one.span.start, one.span.end));
        Self { statements: spans.collect(), text, ends }
    }

    /// How many lines there are.
    pub fn count(&self) -> usize {
        self.ends.len()
    }

    fn start(&self, line: usize) -> usize {
        line.checked_sub(1).and_then(|before| self.ends.get(before)).map_or(0, |end| end + 1)
    }

    /// A line without its end; empty past the last one.
    pub fn line(&self, line: usize) -> &str {
        let end = self.ends.get(line).copied().unwrap_or_default();
        self.text.get(self.start(line)..end).unwrap_or_default()
    }

    /// The statement that the line belongs to, from 0.
    pub fn statement(&self, line: usize) -> Option<usize> {
        let (start, end) = (self.start(line), *self.ends.get(line)?);
        let before = self.statements.partition_point(|(from, _)| *from <= end);
        let at = before.checked_sub(1)?;
        self.statements.get(at).filter(|(_, to)| start < *to).map(|_| at)
    }

    fn all(&self) -> Vec<&str> {
        (0..self.count()).map(|line| self.line(line)).collect()
    }
}

/// The runs of equal and different lines.
pub fn by_text(left: &Lines, right: &Lines) -> Vec<Run> {
    lines::diff(&left.all(), &right.all())
}

/// Said before lines that were not searched for equal ones.
pub const UNSEARCHED: &str =
    "... too many lines to tell which of them are the same: {} in the first, {} in the second";

/// Lines that stand unchanged around each difference in a unified text.
const AROUND: usize = 3;

/// Both texts in one, `-` and `+` before the lines that differ, a few equal ones around them; `runs` are those of
/// [`by_text`].
pub fn unified(language: Language, left: &Lines, right: &Lines, runs: &[Run]) -> String {
    let mut out = String::new();
    for (at, run) in runs.iter().enumerate() {
        if run.kind == Kind::Unsearched {
            let [ours, theirs] = [&run.left, &run.right].map(|lines| lines.len().to_string());
            let _ = writeln!(out, "  {}", said(language, UNSEARCHED, &[&ours, &theirs]));
        }
        if !run.is_same() {
            for line in run.left.clone() {
                let _ = writeln!(out, "- {}", left.line(line));
            }
            for line in run.right.clone() {
                let _ = writeln!(out, "+ {}", right.line(line));
            }
            continue;
        }
        let (head, gap, tail) = shown(run.left.len(), at == 0, at + 1 == runs.len());
        for line in run.left.clone().take(head) {
            let _ = writeln!(out, "  {}", left.line(line));
        }
        if gap > 0 {
            let gap = gap.to_string();
            let _ = writeln!(out, "{}", said(language, "  ... {} lines the same", &[&gap]));
        }
        for line in run.left.clone().skip(head + gap).take(tail) {
            let _ = writeln!(out, "  {}", left.line(line));
        }
    }
    out
}

/// Of so many equal lines: how many stand at the head, how many are left out, how many stand at the
/// tail. Before the first difference no head is needed, after the last one no tail.
pub fn shown(count: usize, first: bool, last: bool) -> (usize, usize, usize) {
    let head = if first { 0 } else { AROUND };
    let tail = if last { 0 } else { AROUND };
    match count.checked_sub(head + tail) {
        // A gap of one line would take the place of that line.
        Some(gap) if gap > 1 => (head, gap, tail),
        _ => (count, 0, 0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_know_their_statement() {
        let lines = Lines::of(
            r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"a:B"},{"Effect":"Deny"}]}"#,
        );
        let found: Vec<Option<usize>> = (0..lines.count()).map(|n| lines.statement(n)).collect();
        let first = found.iter().filter(|at| **at == Some(0)).count();
        let second = found.iter().filter(|at| **at == Some(1)).count();
        assert_eq!((first, second), (4, 3), "{found:?}\n{}", lines.text);
        assert_eq!(lines.line(0), "{");
        assert_eq!(lines.line(999), "");
        assert_eq!(Lines::of("no json").line(0), "no json");
        assert_eq!(Lines::of("").count(), 1);
    }

    #[test]
    fn equal_lines_far_from_a_difference_are_left_out() {
        let one = Lines::of(r#"["a","b","c","d","e","f","g","h","i"]"#);
        let two = Lines::of(r#"["a","b","c","d","e","f","g","X","i"]"#);
        let told =
            |one: &Lines, two: &Lines| unified(Language::English, one, two, &by_text(one, two));
        assert_eq!(
            told(&one, &two),
            "  ... 5 lines the same\n    \"e\",\n    \"f\",\n    \"g\",\n-   \"h\",\n+   \"X\",\n    \"i\"\n  ]\n"
        );
        assert_eq!(told(&one, &one), "  ... 11 lines the same\n");
    }
}
