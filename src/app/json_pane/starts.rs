//! Where the lines of a text begin, in little more than a byte a line: of most lines only their length is kept.

/// So many lines share one place in full.
const BLOCK: usize = 16;
/// The length that stands for a longer one, which is kept apart.
const LONG: u8 = u8::MAX;

/// The first byte of each line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Starts {
    /// Where every sixteenth line begins.
    firsts: Vec<u32>,
    /// The lengths of all lines but the last.
    lengths: Vec<u8>,
    /// The lines whose length does not fit, and how long they are.
    long: Vec<(u32, u32)>,
    last: Option<u32>,
}

impl Starts {
    /// How many lines there are.
    pub(super) fn len(&self) -> usize {
        self.lengths.len() + usize::from(self.last.is_some())
    }

    /// Where the last line begins.
    pub(super) const fn last(&self) -> Option<u32> {
        self.last
    }

    /// Adds a line that begins at this byte, not before the last one.
    pub(super) fn push(&mut self, start: u32) {
        if let Some(last) = self.last.replace(start) {
            let length = start.saturating_sub(last);
            match u8::try_from(length) {
                Ok(length) if length < LONG => self.lengths.push(length),
                _ => {
                    self.long.push((self.lengths.len() as u32, length));
                    self.lengths.push(LONG);
                }
            }
        }
        if self.lengths.len().is_multiple_of(BLOCK) {
            self.firsts.push(start);
        }
    }

    /// Makes room for so many more lines.
    pub(super) fn reserve(&mut self, lines: usize) {
        self.lengths.reserve_exact(lines);
        self.firsts.reserve_exact(lines / BLOCK + 1);
    }

    /// Gives back what is free.
    pub(super) fn shrink(&mut self) {
        self.firsts.shrink_to_fit();
        self.lengths.shrink_to_fit();
        self.long.shrink_to_fit();
    }

    /// Where a line begins.
    pub(super) fn get(&self, line: usize) -> Option<usize> {
        if line >= self.len() {
            return None;
        }
        let block = line / BLOCK;
        let mut at = *self.firsts.get(block)? as usize;
        for before in block * BLOCK..line {
            at += self.length(before);
        }
        Some(at)
    }

    /// How many lines begin at or before a byte.
    pub(super) fn until(&self, byte: usize) -> usize {
        let blocks = self.firsts.partition_point(|first| *first as usize <= byte);
        let Some(block) = blocks.checked_sub(1) else { return 0 };
        let mut line = block * BLOCK;
        let mut at = self.firsts.get(block).map_or(0, |first| *first as usize);
        let end = (line + BLOCK).min(self.len());
        while line < end && at <= byte {
            at += self.length(line);
            line += 1;
        }
        line
    }

    /// Bytes of a line that is not the last.
    fn length(&self, line: usize) -> usize {
        match self.lengths.get(line) {
            Some(&LONG) => {
                let at = self.long.binary_search_by_key(&(line as u32), |(line, _)| *line);
                at.ok().and_then(|at| self.long.get(at)).map_or(0, |(_, length)| *length as usize)
            }
            Some(length) => usize::from(*length),
            None => 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_start_comes_back(
            first in 0_u32..1_000,
            lengths in prop::collection::vec(prop_oneof![8 => 0_u32..300, 1 => 0_u32..10_000_000], 0..200),
        ) {
            let mut all = vec![first];
            all.extend(lengths.iter().scan(first, |at, length| {
                *at += length;
                Some(*at)
            }));
            let mut starts = Starts::default();
            for start in &all {
                starts.push(*start);
            }
            starts.shrink();
            prop_assert_eq!(starts.len(), all.len());
            prop_assert_eq!(starts.last(), all.last().copied());
            for (line, start) in all.iter().enumerate() {
                prop_assert_eq!(starts.get(line), Some(*start as usize), "line {}", line);
            }
            prop_assert_eq!(starts.get(all.len()), None);
            for byte in all.iter().flat_map(|at| [at.saturating_sub(1), *at, at + 1]) {
                let expected = all.partition_point(|start| *start <= byte);
                prop_assert_eq!(starts.until(byte as usize), expected, "byte {}", byte);
            }
        }
    }
}
