//! Passing over strict JSON: for those who look for something in a text without reading it.

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

    /// Passes over spaces, eight at a time.
    pub(in crate::policy) fn spaces(&mut self) {
        self.at = past_spaces(self.bytes, self.at);
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

/// Where the spaces from `at` on end, less than eight of them: a third of a text that is laid out is the beginnings of
/// its lines, which are passed over eight bytes at a time.
pub fn past_spaces(bytes: &[u8], mut at: usize) -> usize {
    while bytes.get(at..at + 8).is_some_and(|next| next == b"        ") {
        at += 8;
    }
    at
}
