//! A short recording: a walk through the program as one picture that moves, without a script.
//!
//! ```text
//! frames ─> rows of each frame ─┬─> the same in all frames ─> drawn once
//!                               └─> in some of them        ─> drawn once, shown in these by keyframes
//! ```
//!
//! Frames that share a row share its drawing; rows that are seen in the same frames share their
//! keyframes. Who asks for less motion sees the first frame.
#![allow(dead_code, unreachable_pub)]

use crate::gallery;
use crate::picture::{self, CELL, DARK, Look, MARGIN, TITLE, escaped, hex, mix};
use crate::start::Start;
use rolescope::say::Language;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Columns and rows of the screen.
const SIZE: (u16, u16) = (108, 32);
/// The line below the screen that tells the pressed keys.
const LINE: usize = 40;
const LOOK: &Look = &DARK;

/// One frame: the keys that lead to it from the one before, what they do in words, and how long it
/// stays, in tenths of a second. Keys without words are parts of the step that follows.
type Frame = (&'static str, &'static str, usize);

const WALK: &[Frame] = &[
    ("", "Products, the roles of the first, what its first role may do", 22),
    ("<enter>", "into the roles of Kafka", 15),
    ("jj", "down to the role of disk encryption", 18),
    ("<enter>", "into its permissions", 16),
    ("jjj", "the policy follows", 22),
    ("s", "show only what touches one service", 16),
    ("kms", "typing narrows the list", 16),
    ("<enter>", "only what touches KMS; the rest is dimmed", 24),
    ("d", "what must be removed before the role can be deleted", 30),
    ("y", "what can be copied, with the exact text below", 22),
    ("<esc>?", "one step back; the keys of this place, narrowed by typing", 24),
    ("<esc><esc>x", "back to the role, and all services again", 18),
];

/// The rows that are seen in the same frames: bit for bit, the first frame is the lowest.
type Seen = u32;

/// The recording as a picture.
pub fn svg(caption: &str) -> String {
    let mut journey = Start::Plain.journey(SIZE.0, SIZE.1, Language::English);
    let mut parts: Vec<BTreeMap<String, Seen>> = Vec::new();
    let mut size = (0, 0);
    for (at, (keys, words, _)) in WALK.iter().enumerate() {
        journey.keys(keys);
        let buffer = gallery::cells(&journey.app, &journey.theme);
        size = picture::size(&buffer);
        let rows = usize::from(buffer.area.height);
        parts.resize(rows + 1, BTreeMap::new());
        let mut seen = |part: usize, drawn: String| {
            *parts[part].entry(drawn).or_default() |= 1 << at;
        };
        for y in 0..rows {
            seen(y, picture::row(&buffer, y, LOOK));
        }
        seen(rows, line(keys, words, rows));
    }
    let (width, height) = (size.0, size.1 + LINE);
    let all: Seen = (1 << WALK.len()) - 1;
    let mut names: BTreeMap<Seen, usize> = BTreeMap::new();
    for seen in parts.iter().flat_map(BTreeMap::values).filter(|seen| **seen != all) {
        let next = names.len();
        names.entry(*seen).or_insert(next);
    }
    let mut out = String::new();
    picture::open(&mut out, (width, height), caption, &rules(&names));
    picture::window(&mut out, LOOK, width, height);
    writeln!(out, r#"<g transform="translate({MARGIN} {})">"#, TITLE + MARGIN / 2).unwrap();
    for (drawn, seen) in parts.iter().flatten() {
        match names.get(seen) {
            _ if drawn.is_empty() => {}
            None => out.push_str(drawn),
            Some(name) => writeln!(out, "<g class=\"k{name}\">\n{drawn}</g>").unwrap(),
        }
    }
    out.push_str("</g>\n</svg>\n");
    out
}

/// The keyframes of each set of frames.
fn rules(names: &BTreeMap<Seen, usize>) -> String {
    let whole: usize = WALK.iter().map(|frame| frame.2).sum();
    let mut out = String::new();
    let mut still = String::new();
    for (seen, name) in names {
        let mut steps = String::new();
        let mut from = 0;
        let mut before = None;
        for (at, frame) in WALK.iter().enumerate() {
            let shown = seen & (1 << at) != 0;
            if before != Some(shown) {
                let word = if shown { "visible" } else { "hidden" };
                let percent = from * 100_000 / whole;
                write!(steps, "{}.{:03}%{{visibility:{word}}}", percent / 1000, percent % 1000)
                    .unwrap();
            }
            before = Some(shown);
            from += frame.2;
        }
        let first = if seen & 1 == 1 { "visible" } else { "hidden" };
        write!(
            out,
            "\n.k{name}{{visibility:{first};animation:f{name} {}.{}s step-end infinite}}@keyframes f{name}{{{steps}}}",
            whole / 10,
            whole % 10
        )
        .unwrap();
        still.push_str(if still.is_empty() { "" } else { "," });
        write!(still, ".k{name}").unwrap();
    }
    write!(out, "\n@media (prefers-reduced-motion:reduce){{{still}{{animation:none}}}}\n").unwrap();
    out
}

/// The line below the screen: the pressed keys as caps, and what they do.
fn line(keys: &str, words: &str, rows: usize) -> String {
    let top = rows * CELL.1 + MARGIN / 2;
    let mut out = String::new();
    let mut x = CELL.0;
    for key in caps(keys) {
        let wide = rolescope::text::width(&key) * CELL.0 + 14;
        let (edge, page) = (hex(mix(LOOK.bar, LOOK.text, 45)), hex(LOOK.bar));
        writeln!(
            out,
            r#"<rect x="{x}" y="{top}" width="{wide}" height="26" rx="5" fill="{page}" stroke="{edge}"/>"#
        )
        .unwrap();
        writeln!(
            out,
            r#"<text class="m b" x="{}" y="{}" fill="{}">{}</text>"#,
            x + wide / 2,
            top + 18,
            hex(LOOK.text),
            escaped(&key)
        )
        .unwrap();
        x += wide + 6;
    }
    x += if x == CELL.0 { 0 } else { 8 };
    let words = escaped(words);
    let fill = hex(mix(LOOK.text, LOOK.page, 15));
    writeln!(out, r#"<text x="{x}" y="{}" fill="{fill}">{words}</text>"#, top + 18).unwrap();
    out
}

/// The keys one by one as the program writes them.
fn caps(keys: &str) -> Vec<String> {
    let mut caps = Vec::new();
    let mut rest = keys;
    while let Some(first) = rest.chars().next() {
        let (name, used) = match rest.strip_prefix('<').and_then(|tail| tail.split_once('>')) {
            Some((name, _)) => (name.to_owned(), name.len() + 2),
            None => (first.to_string(), first.len_utf8()),
        };
        let key = name.parse::<rolescope::app::key::Key>().expect("a key");
        caps.push(key.to_string());
        rest = &rest[used..];
    }
    caps
}
