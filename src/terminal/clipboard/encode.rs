//! OSC 52: the sequence by which a terminal is handed text for its clipboard, and how it is
//! wrapped.

use super::road::Wrapping;
use crate::say::{Saying, saying};
use crate::text::thousands;

/// The longest base64 text that is sent. Terminals drop longer sequences, each at a length of its
/// own and silently; this is what the most careful of them still takes (100,000 bytes of sequence,
/// less a margin, in whole groups of base64).
const LIMIT: usize = 74_994;
/// The longest text that fits into it: four letters of base64 for three bytes.
const MOST: usize = LIMIT / 4 * 3;
/// GNU screen drops a device control string of more than 768 bytes; pieces of this length pass.
const PIECE: usize = 250;

/// The bytes to write, or the reason why the text cannot go this way.
pub(super) fn osc52(text: &str, wrapping: Wrapping) -> Result<Vec<u8>, Saying> {
    if text.len() > MOST {
        return Err(saying("{} bytes are more than terminals take over OSC 52 ({} at most)")
            .with(thousands(text.len()))
            .with(thousands(MOST)));
    }
    // Ended by BEL: the other end mark contains an escape, which would end the wrappings below too
    // early.
    let mut sequence = b"\x1b]52;c;".to_vec();
    base64(text.as_bytes(), &mut sequence);
    sequence.push(7);
    Ok(match wrapping {
        Wrapping::None => sequence,
        Wrapping::Tmux => {
            let mut wrapped = b"\x1bPtmux;".to_vec();
            for byte in sequence {
                if byte == 0x1b {
                    wrapped.push(byte);
                }
                wrapped.push(byte);
            }
            wrapped.extend(b"\x1b\\");
            wrapped
        }
        Wrapping::Screen => sequence
            .chunks(PIECE)
            .flat_map(|piece| [b"\x1bP".as_slice(), piece, b"\x1b\\"].concat())
            .collect(),
    })
}

/// Appends the base64 form with padding (RFC 4648, section 4). Twenty lines are less than a crate,
/// and the one that the terminal library could bring neither limits nor wraps.
fn base64(bytes: &[u8], out: &mut Vec<u8>) {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for group in bytes.chunks(3) {
        let byte = |position: usize| u32::from(group.get(position).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for position in 0..4 {
            let index = (bits >> (18 - 6 * position)) & 63;
            let letter = ALPHABET.get(index as usize).copied().unwrap_or(b'=');
            out.push(if position > group.len() { b'=' } else { letter });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_of_the_standard_examples() {
        let cases = [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("函数", "5Ye95pWw"),
        ];
        for (text, expected) in cases {
            let mut out = Vec::new();
            base64(text.as_bytes(), &mut out);
            assert_eq!(String::from_utf8(out).unwrap(), expected, "{text}");
        }
    }

    #[test]
    fn tmux_gets_every_escape_twice() {
        assert_eq!(
            osc52("hello", Wrapping::Tmux).unwrap(),
            b"\x1bPtmux;\x1b\x1b]52;c;aGVsbG8=\x07\x1b\\"
        );
    }

    #[test]
    fn screen_gets_pieces_that_add_up() {
        let text = "x".repeat(3_000);
        let wrapped = osc52(&text, Wrapping::Screen).unwrap();
        let wrapped = String::from_utf8(wrapped).unwrap();
        let pieces: Vec<&str> =
            wrapped.split_terminator("\x1b\\").map(|p| p.strip_prefix("\x1bP").unwrap()).collect();
        assert!(pieces.iter().all(|piece| piece.len() <= PIECE));
        assert_eq!(pieces.concat().into_bytes(), osc52(&text, Wrapping::None).unwrap());
    }

    #[test]
    fn the_limit_is_exact() {
        assert!(osc52(&"x".repeat(56_244), Wrapping::None).is_ok());
        assert!(
            osc52(&"x".repeat(56_245), Wrapping::None).unwrap_err().english().starts_with(
                "56,245 bytes are more than terminals take over OSC 52 (56,244 at most)"
            )
        );
    }
}
