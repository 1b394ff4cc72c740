//! A text in pieces, as the reader would pass over them: for those who print it again.

use super::cursor::Cursor;

/// The pieces of a text, all of it, readable or not: strings, comments with the end of their line, expressions, and
/// single characters.
pub(in crate::policy) fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let mut cursor = Cursor::new(text);
    cursor.at = 0;
    std::iter::from_fn(move || {
        let start = cursor.at;
        cursor.pass_piece();
        text.get(start..cursor.at).filter(|piece| !piece.is_empty())
    })
}

impl Cursor<'_> {
    /// Passes over one piece. What has no end goes to the end of the text.
    fn pass_piece(&mut self) {
        let start = self.at;
        // Where reading fails, the position tells how far it came.
        match (self.peek(), self.peek_next()) {
            (Some(b'#'), _) | (Some(b'/'), Some(b'/')) => {
                let _ = self.skip_oddity();
                // The end of the line ends the comment, and belongs to it.
                self.at += usize::from(self.peek().is_some());
            }
            (Some(b'/'), Some(b'*')) => {
                let _ = self.skip_oddity();
            }
            (Some(b'$'), _) => {
                let _ = self.expression();
            }
            // Without its blank, a stray backslash would escape the next mark.
            (Some(b'\\'), Some(b' ' | b'\n' | b'\r' | b'\t')) => self.at += 2,
            _ => {
                let _ = self.string();
            }
        }
        if self.at == start {
            self.at += self.peek_char().map_or(0, char::len_utf8);
        }
    }
}
