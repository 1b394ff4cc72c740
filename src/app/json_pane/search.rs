//! Finding text in the document: a substring, without case.
//!
//! Hits are byte offsets in the source, found piece by piece (about 1 GB a second), so that typing in
//! 50 MB stays quick; what is on the screen is looked up by binary search.

use std::ops::Range;

use super::JsonPane;
use crate::policy::source::Span;

/// More hits than this are not counted.
const HITS_MAX: usize = 1_000_000;
/// Bytes that are looked through before the lines found so far are counted.
const PIECE: usize = 1024 * 1024;
/// Bytes of a long line that are listed before and behind what was found.
const BEFORE: usize = 48;
const BEHIND: usize = 200;

/// A line that holds a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineWith {
    /// The first byte of the text in it.
    pub byte: usize,
    /// The line, from 1.
    pub line: usize,
    /// The line without its margin; of a long one what is around the text.
    pub text: String,
    /// The characters of that which were looked for.
    pub marks: Range<usize>,
}

/// How a search stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SearchState<'a> {
    /// What is looked for.
    pub needle: &'a str,
    /// Number of the hit that was last gone to, from 1; 0 without hits.
    pub current: usize,
    /// How many hits there are.
    pub count: usize,
}

impl JsonPane {
    /// The lines that hold a text, without case, from the start, up to so many.
    pub fn lines_with(&mut self, needle: &str, most: usize) -> Vec<LineWith> {
        let mut search = Search::new(needle);
        let (mut found, mut next, mut end) = (Vec::new(), 0, 0);
        let mut over = needle.is_empty();
        while !over {
            over = search.advance(&self.text, PIECE);
            while let Some(hit) = search.hits.get(next) {
                next += 1;
                let hit = hit.start as usize..hit.end as usize;
                // Several in one line are listed once.
                if hit.start < end {
                    continue;
                }
                if found.len() == most {
                    return found;
                }
                self.index_to(hit.end);
                let line = self.outline.line_of(hit.start);
                let span = self.span_of_line(line);
                end = span.end;
                found.push(self.line_with(hit, line, span));
            }
        }
        found
    }

    fn line_with(&self, hit: Range<usize>, line: usize, span: Span) -> LineWith {
        let text: &str = &self.text;
        let whole = |at: &usize| text.is_char_boundary(*at);
        let start = hit.start.saturating_sub(BEFORE).max(span.start);
        let start = (start..hit.start).find(whole).unwrap_or(hit.start);
        let end = hit.end.saturating_add(BEHIND).min(span.end);
        let end = (hit.end..=end).rev().find(whole).unwrap_or(end);
        let before = text.get(start..hit.start).unwrap_or_default().trim_start();
        let inside = text.get(hit.start..hit.end.min(end)).unwrap_or_default();
        let behind = text.get(hit.end.min(end)..end).unwrap_or_default().trim_end();
        let from = before.chars().count();
        LineWith {
            byte: hit.start,
            line: line + 1,
            text: [before, inside, behind].concat(),
            marks: from..from + inside.chars().count(),
        }
    }

    /// Looks for a text, without case, and goes to the first hit at or after a byte, else to the first of all. An
    /// empty text ends the search.
    pub fn search(&mut self, needle: &str, from: usize) {
        self.search = None;
        if needle.is_empty() {
            return;
        }
        let mut search = Search::new(needle);
        search.advance(&self.text, usize::MAX);
        search.current = search.at_or_after(from);
        self.search = Some(search);
        self.show_hit();
    }

    /// How the search stands; none without one.
    pub fn search_state(&self) -> Option<SearchState<'_>> {
        let search = self.search.as_ref()?;
        Some(SearchState {
            needle: &search.needle,
            current: search.current.map_or(0, |index| index + 1),
            count: search.hits.len(),
        })
    }

    /// Goes to the next hit, after the last to the first. False without hits.
    pub fn next_hit(&mut self) -> bool {
        self.step_hit(|current, count| (current + 1) % count)
    }

    /// Goes to the previous hit, before the first to the last. False without hits.
    pub fn previous_hit(&mut self) -> bool {
        self.step_hit(|current, count| (current + count - 1) % count)
    }

    fn step_hit(&mut self, step: impl Fn(usize, usize) -> usize) -> bool {
        let Some(search) = &mut self.search else { return false };
        let count = search.hits.len();
        if count == 0 {
            return false;
        }
        // Where the cursor was moved away, from there.
        let start = self.outline.start(self.cursor);
        let end = self.outline.end(self.closed.last_line_of(self.cursor));
        let here = search.current.filter(|index| {
            search.hits.get(*index).is_some_and(|hit| (start..end).contains(&(hit.start as usize)))
        });
        let next = here.map(|current| step(current, count)).or_else(|| {
            let after = search.at_or_after(start)?;
            let forward = step(0, count.max(2)) == 1;
            Some(if forward { after } else { (after + count - 1) % count })
        });
        search.current = next;
        self.show_hit();
        true
    }

    fn show_hit(&mut self) {
        let Some(search) = &self.search else { return };
        let Some(hit) = search.current.and_then(|index| search.hits.get(index)).cloned() else {
            return;
        };
        self.show(Span::new(hit.start as usize, hit.end as usize));
    }
}

/// A search and what it has found so far.
#[derive(Clone, Debug)]
pub(super) struct Search {
    needle: String,
    /// How the needle is compared: bytes, or characters where some have a case beyond ASCII.
    folded: Option<Vec<char>>,
    /// The byte of the needle that is rarest in policies, in both cases, and its place.
    anchor: (u8, u8, usize),
    hits: Vec<Range<u32>>,
    scanned: usize,
    /// Index of the hit that the cursor is on.
    pub(super) current: Option<usize>,
}

impl Search {
    fn new(needle: &str) -> Self {
        let cased =
            |c: char| !(c.is_ascii() || c.to_lowercase().eq([c]) && c.to_uppercase().eq([c]));
        let folded = needle
            .chars()
            .any(cased)
            .then(|| needle.chars().flat_map(char::to_lowercase).collect());
        let rarest = needle.bytes().enumerate().min_by_key(|(_, byte)| commonness(*byte));
        let (at, byte) = rarest.unwrap_or((0, 0));
        let anchor = (byte.to_ascii_lowercase(), byte.to_ascii_uppercase(), at);
        Self {
            needle: needle.to_owned(),
            folded,
            anchor,
            hits: Vec::new(),
            scanned: 0,
            current: None,
        }
    }

    fn is_complete(&self, text: &str) -> bool {
        self.needle.is_empty() || self.scanned >= text.len() || self.hits.len() >= HITS_MAX
    }

    /// Looks through about `budget` more bytes. True when all is found.
    fn advance(&mut self, text: &str, budget: usize) -> bool {
        let until = self.scanned.saturating_add(budget).min(text.len()).min(u32::MAX as usize);
        while self.scanned < until && !self.is_complete(text) {
            let found = if self.folded.is_some() {
                self.find_folded(text, until)
            } else {
                self.find_bytes(text.as_bytes(), until)
            };
            let Some(hit) = found else {
                self.scanned = until;
                break;
            };
            self.scanned = hit.end;
            self.hits.push(hit.start as u32..hit.end as u32);
        }
        self.is_complete(text) || until == u32::MAX as usize
    }

    /// The next hit that starts before `until`.
    fn find_bytes(&self, bytes: &[u8], until: usize) -> Option<Range<usize>> {
        let (lower, upper, offset) = self.anchor;
        let size = self.needle.len();
        let end = (until + offset).min(bytes.len());
        let mut at = self.scanned + offset;
        loop {
            at += memchr::memchr2(lower, upper, bytes.get(at..end)?)?;
            let start = at - offset;
            let same = bytes
                .get(start..start + size)
                .is_some_and(|part| part.eq_ignore_ascii_case(self.needle.as_bytes()));
            if same {
                return Some(start..start + size);
            }
            at += 1;
        }
    }

    fn find_folded(&self, text: &str, until: usize) -> Option<Range<usize>> {
        let folded = self.folded.as_ref()?;
        let mut from = self.scanned;
        while !text.is_char_boundary(from) {
            from += 1;
        }
        let rest = text.get(from..)?;
        for (at, _) in rest.char_indices().take_while(|(at, _)| from + at < until) {
            let mut wanted = folded.iter();
            for (step, c) in rest.get(at..)?.char_indices() {
                if wanted.as_slice().is_empty() {
                    return Some(from + at..from + at + step);
                }
                if !c.to_lowercase().all(|c| wanted.next() == Some(&c)) {
                    break;
                }
                if wanted.as_slice().is_empty() {
                    return Some(from + at..from + at + step + c.len_utf8());
                }
            }
        }
        None
    }

    /// The hits that touch a range of bytes.
    pub(super) fn within(&self, range: &Range<usize>) -> &[Range<u32>] {
        let from = self.hits.partition_point(|hit| hit.end as usize <= range.start);
        let to = self.hits.partition_point(|hit| (hit.start as usize) < range.end);
        self.hits.get(from..to).unwrap_or_default()
    }

    /// The first hit at or after a byte; the first of all where there is none.
    fn at_or_after(&self, byte: usize) -> Option<usize> {
        let index = self.hits.partition_point(|hit| (hit.start as usize) < byte);
        if index < self.hits.len() { Some(index) } else { (!self.hits.is_empty()).then_some(0) }
    }
}

/// How often a byte stands in policies, roughly: 0 is rare.
const fn commonness(byte: u8) -> u8 {
    match byte.to_ascii_lowercase() {
        b' ' | b'"' => 9,
        b'e' | b's' | b't' | b'a' | b'i' | b'r' | b'n' | b'c' | b'o' => 8,
        b':' | b',' | b'l' | b'd' | b'u' | b'p' | b'm' => 6,
        b'g' | b'b' | b'v' | b'h' | b'f' | b'y' => 4,
        // The first bytes of Chinese characters are few; the second ones spread.
        0xE3..=0xE9 => 7,
        _ => 2,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hits(text: &str, needle: &str, budget: usize) -> Vec<(u32, u32)> {
        let mut search = Search::new(needle);
        while !search.advance(text, budget) {}
        search.hits.iter().map(|hit| (hit.start, hit.end)).collect()
    }

    #[test]
    fn finds_without_case() {
        assert_eq!(hits("Kms kMS km", "kms", 3), [(0, 3), (4, 7)]);
        assert_eq!(hits("中文函数", "函数", 2), [(6, 12)]);
        assert_eq!(hits("ÉTÉ été", "été", 2), [(0, 5), (6, 11)]);
        assert_eq!(hits("aaaa", "aa", 1), [(0, 2), (2, 4)]);
        assert_eq!(hits("abc", "", 9), []);
        assert_eq!(hits("", "a", 9), []);
        assert_eq!(hits("ab", "abc", 9), []);
    }

    proptest::proptest! {
        #![proptest_config(proptest::test_runner::Config { failure_persistence: None, ..proptest::test_runner::Config::default() })]

        #[test]
        fn pieces_find_what_the_whole_finds(text in "[aAbé ]{0,30}", needle in "[abé]{1,3}", step in 1usize..9) {
            proptest::prop_assert_eq!(hits(&text, &needle, step), hits(&text, &needle, 1000));
        }
    }
}
