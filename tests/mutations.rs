//! The short run of the fuzz targets that belongs to every test run: the built-in documents with pieces taken out, put
//! in and put twice, through reader, findings, summary, sentences and comparison; random bytes through the evaluator.
//! The seed is fixed, so a failure comes back. Two things look further: `ROUNDS=10000000 cargo test --release --test
//! mutations` tries so many inputs in each way, and `tests/fuzz` lets a fuzzer choose them.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

#[path = "support/trial.rs"]
mod trial;

use rolescope::catalog::Catalog;
use rolescope::policy::compare::compare;
use rolescope::policy::read;
use rolescope::say::Language;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};

/// Numbers that look random, the same in every run (a multiplicative congruential generator).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, many: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % many.max(1)
    }
}

/// Pieces that hurt: structure, escapes, marks that turn the direction, names of the grammar.
const PIECES: [&str; 31] = [
    "${",
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "\"",
    "\\",
    "\\u",
    "\\ud800",
    "\u{0}",
    "\u{1b}[2J",
    "\u{202e}",
    "\u{feff}",
    "\u{a0}",
    "//",
    "/*",
    "`",
    "'",
    "null",
    "true",
    "-0e999",
    "*",
    "?",
    "ecs:*",
    "\"Effect\":\"Deny\",",
    "\"NotAction\":\"*\",",
    "\"Principal\":{\"RAM\":[]},",
    "\"Condition\":{\"Null\":{\"\":[]}},",
    "\r\n",
];

fn mutate(text: &str, numbers: &mut Numbers) -> String {
    let mut chars: Vec<char> = text.chars().collect();
    for _ in 0..=numbers.below(3) {
        let at = numbers.below(chars.len() + 1);
        let length = numbers.below(12).min(chars.len() - at);
        match numbers.below(5) {
            0 => drop(chars.drain(at..at + length)),
            1 => drop(chars.splice(at..at, PIECES[numbers.below(PIECES.len())].chars())),
            2 => drop(chars.splice(at..at + length, PIECES[numbers.below(PIECES.len())].chars())),
            // The same again elsewhere: elements and statements come twice.
            3 => {
                let from = numbers.below(chars.len() + 1);
                let to = (from + numbers.below(200)).min(chars.len());
                let piece: Vec<char> = chars[from..to].to_vec();
                chars.splice(at..at, piece);
            }
            _ => chars.truncate(if numbers.below(8) == 0 { at } else { chars.len() }),
        }
    }
    chars.into_iter().collect()
}

/// The built-in documents that are not long, by name.
fn seeds() -> Vec<String> {
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/catalog/policies")];
    let mut files: Vec<PathBuf> = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { folders.push(path) } else { files.push(path) }
        }
    }
    files.sort();
    let texts = files.iter().map(|path| fs::read_to_string(path).unwrap());
    let mut texts: Vec<String> = texts.filter(|text| text.len() < 2_500).collect();
    assert!(texts.len() > 10, "only {} documents were found", texts.len());
    // As an answer of the RAM API holds it.
    let wrapped = serde_json::json!({ "PolicyVersion": { "PolicyDocument": texts[0] } });
    texts.push(wrapped.to_string());
    texts
}

/// How many inputs are tried: as many as a test run has time for, unless `ROUNDS` says another number.
fn rounds(usual: usize) -> usize {
    env::var("ROUNDS").map_or(usual, |rounds| rounds.parse().expect("ROUNDS is a number"))
}

#[test]
fn mutated_documents_break_nothing() {
    let catalog = Catalog::builtin().unwrap();
    let seeds = seeds();
    let mut numbers = Numbers(20_261_122);
    let (mut readable, rounds) = (0, rounds(1_200));
    for round in 0..rounds {
        let seed = &seeds[round % seeds.len()];
        let text = mutate(seed, &mut numbers);
        trial::reader(&text, &catalog);
        if let (Ok(changed), Ok(whole)) = (read::document(&text), read::document(seed)) {
            readable += 1;
            let _ = compare(Language::English, &whole.document, &changed.document, &catalog);
        }
    }
    // Otherwise it would be the reader alone that is tried.
    assert!(readable > rounds / 4, "only {readable} of {rounds} could still be read");
}

#[test]
fn requests_made_of_random_bytes_are_decided_soundly() {
    let mut numbers = Numbers(1);
    for _ in 0..rounds(2_000) {
        let length = numbers.below(160);
        let bytes: Vec<u8> =
            (0..length).map(|_| u8::try_from(numbers.below(256)).unwrap()).collect();
        trial::evaluator(&bytes);
    }
}

/// What a fuzzer found once: requests that were decided too narrowly.
#[test]
fn requests_that_were_decided_unsoundly_once_are_decided_soundly() {
    let found: [&[u8]; 2] = [
        // Nobody is named, the trust policy trusts a service alone, and a policy of who asks denies.
        &[
            11, 0, 10, 0, 45, 0, 0, 0, 0, 0, 0, 0, 0, 0, 16, 0, 79, 0, 0, 0, 0, 97, 0, 40, 0, 0,
            115, 4, 35, 35, 35, 35, 35, 35, 35, 35, 0, 35, 35, 35, 0, 0, 35, 35, 39, 109,
        ],
        // A service asks, which the trust policy trusts, and a policy of somebody else denies the same.
        b"{\n  \xA2Version\": \"1\",\ntement\": [\n    {\n      resource \"\"Ac5t\x8C?of\": [\n        \
            \"alikafka:ListInstance\",\n        \"alikafka:ListTopic\"\n      ],\n      \"Resource\": \"acs:ali\
            \xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFFQ\xFF\xFF\xFF\xFF\xFF      \"Effect\": \"Allow",
    ];
    for bytes in found {
        trial::evaluator(bytes);
    }
}
