//! Words in Markdown: every mark taken literally. One place for all that writes it.

/// The text with the marks of Markdown taken literally, on one line; in a cell of a table too.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut before = ' ';
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        // An underscore inside a word is no mark.
        let inside = before.is_alphanumeric() && rest.peek().is_some_and(|c| c.is_alphanumeric());
        let escaped = match c {
            '\\' | '`' | '*' | '<' | '>' | '[' | ']' | '|' | '#' | '~' | '&' | '$' => true,
            '_' => !inside,
            _ => false,
        };
        if escaped {
            out.push('\\');
        }
        out.push(if matches!(c, '\n' | '\r') { ' ' } else { c });
        before = c;
    }
    out
}

/// Text as inline code, whatever backticks it holds.
pub fn code(text: &str) -> String {
    let longest = longest_run(text);
    let fence = "`".repeat(longest + 1);
    if longest == 0 { format!("{fence}{text}{fence}") } else { format!("{fence} {text} {fence}") }
}

/// A fence that does not occur in the text.
pub fn fence(text: &str) -> String {
    "`".repeat(longest_run(text).max(2) + 1)
}

/// The most backticks in a row.
fn longest_run(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_escaped() {
        for (text, expected) in [
            ("task/<uuid> a_b _c_ *", "task/\\<uuid\\> a_b \\_c\\_ \\*"),
            ("a|b\\`[c](d)", "a\\|b\\\\\\`\\[c\\](d)"),
            ("# a\n~~b~~ &amp; $x$", "\\# a \\~\\~b\\~\\~ \\&amp; \\$x\\$"),
        ] {
            assert_eq!(escape(text), expected);
        }
    }

    #[test]
    fn code_holds_backticks() {
        assert_eq!(code("a`b"), "`` a`b ``");
        assert_eq!(fence("a`b"), "```");
        assert_eq!(fence("```"), "````");
    }
}
