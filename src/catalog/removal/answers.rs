//! The answers of `GetServiceLinkedRoleDeletionStatus` in a text that holds more: prompts and commands before and
//! after, and one answer behind another.

use std::borrow::Cow;

use super::super::error::LoadError;
use super::answer::{DeletionAnswer, name_at};

/// Braces that nothing closes, at most, before the rest is given up: each is looked for up to the end.
const OPEN: usize = 64;
/// What stands before service and role in the id of a deletion task.
const TASK: &str = "task/acs-service-role/";

impl DeletionAnswer {
    /// Every answer in a text, in order; where there is none, why the text is none. An answer that names no role has
    /// that of the task that was asked for before it.
    pub fn all(name: &str, text: &str) -> Result<Vec<Self>, LoadError> {
        let mut answers = Vec::new();
        let (mut at, mut told, mut open) = (0, 0, 0);
        while let Some(rest) = text.get(at..).filter(|_| open < OPEN) {
            let Some(start) = rest.find('{') else { break };
            let piece = rest.get(start..).unwrap_or_default();
            let Some(end) = end_of_object(piece) else {
                (at, open) = (at + start + 1, open + 1);
                continue;
            };
            if let Ok(mut answer) = Self::parse(name, piece.get(..end).unwrap_or_default()) {
                answer.task = task_role(text.get(told..at + start).unwrap_or_default());
                told = at + start + end;
                answers.push(answer);
            }
            at += start + end;
        }
        if let [one] = answers.as_mut_slice()
            && one.task.is_none()
        {
            one.task = text.get(told..).and_then(task_role);
        }
        if answers.is_empty() { Ok(vec![Self::parse(name, text)?]) } else { Ok(answers) }
    }
}

/// The end of the object that a text begins with; None where nothing closes it.
fn end_of_object(text: &str) -> Option<usize> {
    let (mut depth, mut quoted, mut escaped) = (0_usize, false, false);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            b'{' if !quoted => depth += 1,
            b'}' if !quoted => {
                depth -= 1;
                if depth == 0 {
                    return Some(at + 1);
                }
            }
            _ => {}
        }
    }
    None
}

/// The role in the last id of a deletion task in a text, which a terminal may have broken into lines.
fn task_role(text: &str) -> Option<String> {
    let text: String = text.chars().filter(|c| !matches!(c, '\r' | '\n')).collect();
    let (_, task) = text.rsplit_once(TASK)?;
    let (_, role) = task.split_once('/')?;
    name_at(role).map(str::to_owned)
}

/// The text with each of its strings on one line. A terminal that breaks lines at its edge copies the breaks, and a
/// string of JSON has none of its own, so one there, with the blanks that follow it, is no part of the value.
pub(super) fn unbroken(text: &str) -> Cow<'_, str> {
    let (mut quoted, mut escaped, mut broken) = (false, false, false);
    let mut kept = String::new();
    let mut from = 0;
    for (at, c) in text.char_indices() {
        let breaks = matches!(c, '\r' | '\n');
        if quoted && (breaks || broken && matches!(c, ' ' | '\t')) {
            if !broken {
                kept.push_str(text.get(from..at).unwrap_or_default());
                broken = true;
            }
            continue;
        }
        if broken {
            (broken, from) = (false, at);
        }
        match c {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            _ => {}
        }
    }
    if from == 0 && !broken {
        return Cow::Borrowed(text);
    }
    if !broken {
        kept.push_str(text.get(from..).unwrap_or_default());
    }
    Cow::Owned(kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    const DONE: &str = r#"{"Status":"SUCCEEDED"}"#;

    #[test]
    fn answers_are_found_between_prompts_with_the_role_of_their_task() {
        let task = |role: &str| {
            format!("$ status --DeletionTaskId 'task/acs-service-role/a.b/{role}/1-2'\n")
        };
        for (text, expected) in [
            (DONE.to_owned(), vec![None]),
            (format!("{}{DONE}\n$ ", task("One")), vec![Some("One")]),
            (
                format!("{}{DONE}\n{}{DONE}", task("One"), task("Two")),
                vec![Some("One"), Some("Two")],
            ),
            (format!("{DONE}{}{DONE}", task("Two")), vec![None, Some("Two")]),
            // Of two that were asked for the last is answered.
            (format!("{}{}{DONE}", task("One"), task("Two")), vec![Some("Two")]),
            (format!("{}{DONE}", task("On\ne")), vec![Some("One")]),
            (
                format!(r#"{{"DeletionTaskId":"task/acs-service-role/a/One/1"}} {DONE}"#),
                vec![Some("One")],
            ),
            (format!("{DONE}\n{}", task("One")), vec![Some("One")]),
            (format!("echo {{ \"\n{DONE}"), vec![None]),
            (format!("echo ${{A}} {DONE}"), vec![None]),
            (format!("task/acs-service-role/a {DONE}"), vec![None]),
        ] {
            let answers = DeletionAnswer::all("x", &text).unwrap();
            let roles: Vec<_> = answers.iter().map(DeletionAnswer::role).collect();
            assert_eq!(roles, expected, "{text}");
        }
        for odd in ["", "}", "{", "}{", "密", "{}", &"{".repeat(1000)] {
            assert!(DeletionAnswer::all("x", odd).is_err(), "{odd}");
        }
    }

    #[test]
    fn lines_that_a_terminal_broke_are_joined() {
        for (text, expected) in [
            ("", ""),
            ("{\n \"a\": 1}", "{\n \"a\": 1}"),
            ("{\"a\n b\": \"c\r\n\t d\"\n}", "{\"ab\": \"cd\"\n}"),
            ("\"a\\\"\n b\"", "\"a\\\"b\""),
            ("\"a\\n b\"", "\"a\\n b\""),
            ("\"a\n", "\"a"),
        ] {
            assert_eq!(unbroken(text), expected, "{text:?}");
        }
    }
}
