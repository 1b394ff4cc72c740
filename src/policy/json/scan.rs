//! Passing over strict JSON: for those who look for something in a text without reading it.

use crate::bytes;

/// A position in the bytes of a text.
pub(in crate::policy) struct Scan<'a> {
    pub(in crate::policy) bytes: &'a [u8],
    pub(in crate::policy) at: usize,
}

impl Scan<'_> {
    pub(in crate::policy) fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    pub(in crate::policy) fn blanks(&mut self) {
        while let Some(b' ' | b'\n' | b'\r' | b'\t') = self.peek() {
            self.at += 1;
            self.spaces();
        }
    }

    /// Passes over spaces.
    pub(in crate::policy) fn spaces(&mut self) {
        self.at = bytes::past_spaces(self.bytes, self.at);
    }

    /// Passes over a byte and the blanks after it, if it stands here.
    pub(in crate::policy) fn has(&mut self, byte: u8) -> bool {
        let here = self.peek() == Some(byte);
        if here {
            self.at += 1;
            self.blanks();
        }
        here
    }

    /// The same; None where it does not stand here.
    pub(in crate::policy) fn mark(&mut self, byte: u8) -> Option<()> {
        self.has(byte).then_some(())
    }
}
