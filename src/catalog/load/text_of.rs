//! From the bytes of a file to its text.

/// Why bytes are no text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NotText {
    /// They begin with the mark of UTF-16, and are none.
    Utf16,
    /// They look like UTF-16 without its mark.
    Bare16,
    /// They are no UTF-8.
    Utf8 {
        /// The first byte that does not belong there, from 1.
        byte: usize,
        /// The line that it stands on, from 1.
        line: usize,
    },
}

/// The text: UTF-8, or UTF-16 where the bytes begin with its mark, as editors on Windows save it.
pub(super) fn text_of(bytes: Vec<u8>) -> Result<String, NotText> {
    let wide = |pairs: &[u8], order: fn([u8; 2]) -> u16| {
        let (pairs, rest) = pairs.as_chunks();
        let units = pairs.iter().map(|pair| order(*pair));
        let text = char::decode_utf16(units).collect::<Result<String, _>>();
        text.ok().filter(|_| rest.is_empty()).ok_or(NotText::Utf16)
    };
    match bytes.as_slice() {
        [0xff, 0xfe, rest @ ..] => wide(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => wide(rest, u16::from_be_bytes),
        // JSON and prose begin with letters of ASCII, which have no zero byte in UTF-8.
        [1..=127, 0, 1..=127, 0, ..] | [0, 1..=127, 0, 1..=127, ..] => Err(NotText::Bare16),
        _ => String::from_utf8(bytes).map_err(|error| {
            let at = error.utf8_error().valid_up_to();
            let before = error.as_bytes().get(..at).unwrap_or_default();
            let line = memchr::memchr_iter(b'\n', before).count() + 1;
            NotText::Utf8 { byte: at + 1, line }
        }),
    }
}

/// Do the bytes begin with the mark of UTF-16?
pub(super) fn is_wide(bytes: &[u8]) -> bool {
    matches!(bytes, [0xff, 0xfe, ..] | [0xfe, 0xff, ..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_become_text() {
        let wide = |text: &str, order: fn(u16) -> [u8; 2]| {
            let mark = std::iter::once(0xfeff);
            mark.chain(text.encode_utf16()).flat_map(order).collect::<Vec<u8>>()
        };
        let text = "{\"a\": \"\u{5bc6}\u{1f511}\"}";
        for (bytes, expected) in [
            (text.as_bytes().to_vec(), Ok(text.to_owned())),
            (wide(text, u16::to_le_bytes), Ok(text.to_owned())),
            (wide(text, u16::to_be_bytes), Ok(text.to_owned())),
            (b"{\n \xff}".to_vec(), Err(NotText::Utf8 { byte: 4, line: 2 })),
            (b"\xff\xfe\x00".to_vec(), Err(NotText::Utf16)),
            (b"{\0\"\0".to_vec(), Err(NotText::Bare16)),
            (b"\0{\0\n\0".to_vec(), Err(NotText::Bare16)),
            (b"\xff\xfe\x00\xd8".to_vec(), Err(NotText::Utf16)),
        ] {
            assert_eq!(text_of(bytes.clone()), expected, "{bytes:?}");
        }
    }
}
