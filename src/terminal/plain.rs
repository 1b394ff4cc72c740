//! Text that leaves outside the screen: sentences on standard error, and what is printed on leaving.
//!
//! Text of policies and files is not trusted: a control character or a mark that turns the
//! direction of writing is shown in its JSON escape (`\u001b`), never sent. Inside a JSON string
//! the escape means the same text. What is harmful is the same as everywhere: [`is_harmful`].

use std::borrow::Cow;
use std::fmt::Write as _;
use std::io::{self, Write};

use crate::text::is_harmful;

/// The text with everything that a terminal would obey, or that hides or reorders text, made
/// visible. Line ends and tabs stay; a carriage return before a line end is dropped.
pub fn clean(text: &str) -> Cow<'_, str> {
    if !text.chars().any(|c| is_harmful(c) && c != '\n' && c != '\t') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' if chars.peek() == Some(&'\n') => {}
            '\n' | '\t' => out.push(c),
            c if is_harmful(c) => {
                let mut units = [0; 2];
                for unit in c.encode_utf16(&mut units) {
                    // Writing to a string cannot fail.
                    let _ = write!(out, "\\u{unit:04x}");
                }
            }
            c => out.push(c),
        }
    }
    Cow::Owned(out)
}

/// Writes texts one after the other, cleaned, each ending its line. A reader that went away is no
/// error: it has seen enough.
pub fn print_all(out: &mut impl Write, texts: &[String]) -> io::Result<()> {
    let result = texts.iter().try_for_each(|text| {
        out.write_all(clean(text).as_bytes())?;
        if text.ends_with('\n') { Ok(()) } else { out.write_all(b"\n") }
    });
    match result.and_then(|()| out.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Closed;
    impl Write for Closed {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(io::ErrorKind::BrokenPipe.into())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn ordinary_text_is_left_as_it_is() {
        for text in ["", "plain", "{\n\t\"Version\": \"1\"\n}\n", "函数计算：FC"] {
            assert!(matches!(clean(text), Cow::Borrowed(same) if same == text), "{text}");
        }
    }

    #[test]
    fn what_a_terminal_would_obey_is_shown() {
        assert_eq!(clean("a\u{1b}]52;c;x\u{7}b"), "a\\u001b]52;c;x\\u0007b");
        assert_eq!(clean("\u{9b}31m\u{7f}"), "\\u009b31m\\u007f");
        assert_eq!(clean("x\u{202e}y\u{2066}z"), "x\\u202ey\\u2066z");
        assert_eq!(clean("\u{e0041}"), "\\udb40\\udc41");
        assert_eq!(clean("a\r\nb\rc"), "a\nb\\u000dc");
    }

    #[test]
    fn printing_ends_every_line_once_and_forgives_a_closed_pipe() {
        let mut out = Vec::new();
        print_all(&mut out, &["a".into(), "b\n".into()]).unwrap();
        assert_eq!(out, b"a\nb\n");

        print_all(&mut Closed, &["a".into()]).unwrap();
    }
}
