//! Lines and columns of many places in one text, without reading it from the beginning for each.

use super::source::{self, Place};

/// Bytes between two counts of characters.
const STEP: usize = 4_096;

/// An index of lines and characters.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Places {
    /// Where each line begins.
    lines: Vec<usize>,
    /// Characters before each multiple of [`STEP`].
    characters: Vec<usize>,
}

impl Places {
    /// Indexes a text.
    pub fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let breaks = memchr::memchr_iter(b'\n', bytes).map(|at| at + 1);
        let mut before = 0;
        let characters = bytes
            .chunks(STEP)
            .map(|chunk| {
                let here = before;
                before += count(chunk);
                here
            })
            .collect();
        Self { lines: std::iter::once(source::mark(text)).chain(breaks).collect(), characters }
    }

    /// The place of a byte; `text` is the text that was indexed.
    pub fn of(&self, text: &str, offset: usize) -> Place {
        let offset = offset.min(text.len());
        let line = self.lines.partition_point(|start| *start <= offset).max(1);
        let start = self.lines.get(line - 1).copied().unwrap_or(0);
        // In front of the first line there may be a byte-order mark.
        let offset = offset.max(start);
        // Most lines are short: their own characters are counted sooner than those back to a step.
        let column = if offset - start <= STEP {
            count(text.as_bytes().get(start..offset).unwrap_or_default())
        } else {
            self.before(text, offset) - self.before(text, start)
        };
        Place { line, column: column + 1 }
    }

    /// The characters before a byte.
    fn before(&self, text: &str, offset: usize) -> usize {
        // The last step may end exactly where the text does.
        let step = (offset / STEP).min(self.characters.len().saturating_sub(1));
        let rest = text.as_bytes().get(step * STEP..offset).unwrap_or_default();
        self.characters.get(step).copied().unwrap_or(0) + count(rest)
    }
}

fn count(bytes: &[u8]) -> usize {
    // Continuation bytes of UTF-8 do not begin a character.
    bytes.iter().filter(|byte| (**byte & 0xC0) != 0x80).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_those_of_the_slow_way() {
        for text in [
            "",
            "a",
            "\n",
            "\u{feff}",
            "\u{feff}a\nb\u{feff}c",
            "a\n函数\r\nx",
            &"函\n数x\u{1F600}".repeat(3_000),
            &"é".repeat(STEP),
        ] {
            let places = Places::new(text);
            for offset in
                (0..=text.len() + 2).filter(|at| *at > text.len() || text.is_char_boundary(*at))
            {
                assert_eq!(
                    places.of(text, offset),
                    Place::of(text, offset),
                    "{offset} of {}",
                    text.len()
                );
            }
        }
    }
}
