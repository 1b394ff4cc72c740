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

/// Passes text on to a terminal line by line, cleaned, as soon as a line is whole; [`Write::flush`] also what has no end.
#[derive(Debug)]
pub struct Lines<W: Write> {
    out: W,
    /// What has come of the last line.
    begun: Vec<u8>,
}

impl<W: Write> Lines<W> {
    /// Lines for this terminal.
    pub const fn to(out: W) -> Self {
        Self { out, begun: Vec::new() }
    }

    fn pass_on(&mut self, whole: usize) -> io::Result<()> {
        let rest = self.begun.split_off(whole);
        let lines = std::mem::replace(&mut self.begun, rest);
        self.out.write_all(clean(&String::from_utf8_lossy(&lines)).as_bytes())
    }
}

impl<W: Write> Write for Lines<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let before = self.begun.len();
        self.begun.extend_from_slice(bytes);
        if let Some(end) = bytes.iter().rposition(|byte| *byte == b'\n') {
            self.pass_on(before + end + 1)?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.pass_on(self.begun.len())?;
        self.out.flush()
    }
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
    fn lines_go_on_when_they_are_whole_and_the_same_however_they_come() {
        let text = "a\r\n\u{1b}[2J\u{202e}\n\n密钥\rb\u{7}";
        let mut got = Vec::new();
        let mut lines = Lines::to(&mut got);
        lines.write_all(b"one\ntwo\nthr").unwrap();
        assert_eq!(lines.out.as_slice(), b"one\ntwo\n");
        lines.flush().unwrap();
        assert_eq!(lines.out.as_slice(), b"one\ntwo\nthr");
        for size in 1..=text.len() {
            let mut got = Vec::new();
            let mut lines = Lines::to(&mut got);
            text.as_bytes().chunks(size).for_each(|part| lines.write_all(part).unwrap());
            lines.flush().unwrap();
            assert_eq!(String::from_utf8(got).unwrap(), clean(text), "{size}");
        }
        let mut closed = Lines::to(Closed);
        assert!(closed.write_all(b"a").is_ok() && closed.write_all(b"b\n").is_err());
    }

    #[test]
    fn printing_ends_every_line_once_and_forgives_a_closed_pipe() {
        let mut out = Vec::new();
        print_all(&mut out, &["a".into(), "b\n".into()]).unwrap();
        assert_eq!(out, b"a\nb\n");

        print_all(&mut Closed, &["a".into()]).unwrap();
    }
}
