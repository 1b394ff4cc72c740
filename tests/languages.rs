//! English and Chinese: every word of the screen is in the table, and Chinese screens are whole.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    missing_docs
)]

mod support;

use clap::CommandFactory as _;
use clap::builder::StyledStr;
use rolescope::app::command::TABLE;
use rolescope::cli::args::Arguments;
use rolescope::cli::help::LABELS;
use rolescope::policy::level::AccessLevel;
use rolescope::say::Language;
use rolescope::say::{OTHERS, pairs, say};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use support::{Journey, cells};

/// The source without tests, comments and the tables themselves, by path.
fn sources() -> Vec<(String, String)> {
    let mut files = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() && !path.ends_with("say") {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end == "rs") {
                let text = fs::read_to_string(&path).unwrap();
                let text = text.split("#[cfg(test)]\nmod tests").next().unwrap();
                let text = text.split("#[cfg(all(test").next().unwrap();
                let lines = text.lines().filter(|line| !line.trim_start().starts_with("//"));
                let text = lines.collect::<Vec<_>>().join("\n");
                files.push((path.display().to_string(), text));
            }
        }
    }
    files
}

/// Does the text end with the call of a function of `say` and its first argument, the language?
fn says(before: &str) -> bool {
    let Some((call, language)) = before.rsplit_once('(') else { return false };
    let language = language.strip_suffix(',');
    language.is_some_and(|word| !word.contains([')', ',', ';', '"', '\n']))
        && ["say", "said"].iter().any(|name| is_call(call, name))
}

/// Does the text end with the name of this function, and not with that of another one or of a method?
fn is_call(text: &str, name: &str) -> bool {
    text.strip_suffix(name).is_some_and(|before| {
        !before.ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == '.')
    })
}

/// Is the literal behind the text the first argument of `saying`, a sentence that is told later?
fn is_saying(before: &str) -> bool {
    before.strip_suffix('(').is_some_and(|call| is_call(call, "saying"))
}

/// The forms for several of every call that counts: the last literal between its brackets.
fn counted(text: &str) -> Vec<String> {
    let literals = literals(text);
    let mut forms = Vec::new();
    for (at, _) in text.match_indices('(') {
        let call = &text[..at];
        let defined =
            call.trim_end_matches(|c: char| c.is_alphanumeric() || c == '_').ends_with("fn ");
        let counts = is_call(call, "count") || call.ends_with("self.count");
        if defined || !(counts || is_call(call, "counted")) {
            continue;
        }
        let quoted = |at: usize| literals.iter().any(|(from, to, _)| (*from..*to).contains(&at));
        let mut depth = 0_usize;
        let closes = text[at..].char_indices().find(|(offset, c)| {
            if !quoted(at + offset) {
                depth += usize::from(*c == '(');
                depth -= usize::from(*c == ')');
            }
            depth == 0
        });
        let end = at + closes.map_or(0, |(offset, _)| offset);
        let last = literals.iter().rev().find(|(from, _, _)| (at..end).contains(from));
        forms.extend(last.map(|(_, _, literal)| literal.clone()));
    }
    forms
}

/// The string literals of a text and where each ends.
fn literals(text: &str) -> Vec<(usize, usize, String)> {
    let mut found = Vec::new();
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at] == b'\'' && at + 2 < bytes.len() && bytes[at + 2] == b'\'' {
            at += 3;
        } else if bytes[at] == b'"' {
            let start = at;
            let mut value = Vec::new();
            at += 1;
            while at < bytes.len() && bytes[at] != b'"' {
                if bytes[at..].starts_with(b"\\\n") {
                    // A line that goes on: its margin belongs to nobody.
                    at += 2;
                    at += bytes[at..].iter().take_while(|byte| byte.is_ascii_whitespace()).count();
                    continue;
                }
                at += usize::from(bytes[at] == b'\\');
                value.push(bytes[at]);
                at += 1;
            }
            at += 1;
            found.push((start, at, String::from_utf8_lossy(&value).into_owned()));
        } else {
            at += 1;
        }
    }
    found
}

fn table() -> BTreeMap<&'static str, &'static str> {
    pairs().collect()
}

/// How often each place for a value stands in a text; those without a number are numbered.
fn places(text: &str) -> BTreeSet<String> {
    let mut next = 0;
    let parts = text.split('{').skip(1).filter_map(|rest| rest.split_once('}'));
    parts
        .map(|(place, _)| {
            if place.is_empty() {
                next += 1;
                (next - 1).to_string()
            } else {
                place.to_owned()
            }
        })
        .collect()
}

#[test]
fn every_word_that_is_said_has_chinese() {
    let table = table();
    let calls = ["word(", "phrase(", "entry(", "fact("];
    let mut missing = Vec::new();
    let mut said = 0;
    for (path, text) in sources() {
        for (start, _, literal) in literals(&text) {
            let before = text[..start].trim_end();
            let screen = path.contains("/src/app/") || path.contains("/src/ui/");
            let called = screen && calls.iter().any(|call| before.ends_with(call));
            if !called && !says(before) && !is_saying(before) {
                continue;
            }
            said += 1;
            if !table.contains_key(literal.as_str()) && literal.chars().any(char::is_lowercase) {
                missing.push(format!("{path}: {literal:?}"));
            }
        }
        for literal in counted(&text) {
            said += 1;
            if !table.contains_key(literal.as_str()) {
                missing.push(format!("{path}: {literal:?}"));
            }
        }
    }
    missing.extend(OTHERS.iter().filter(|en| !table.contains_key(*en)).map(|en| format!("{en:?}")));
    missing.extend(LABELS.iter().filter(|en| !table.contains_key(*en)).map(|en| format!("{en:?}")));
    assert!(said > 500, "only {said} words were found: this test looks for the wrong thing");
    for row in TABLE {
        let words = [row.title, row.doc].into_iter().chain(row.scopes.iter().map(|s| s.place()));
        missing.extend(words.filter(|word| !table.contains_key(word)).map(|w| format!("{w:?}")));
    }
    for level in AccessLevel::ALL {
        assert!(table.contains_key(level.word()), "{level:?}");
    }
    missing.sort();
    missing.dedup();
    assert!(missing.is_empty(), "add these to src/say:\n{}", missing.join("\n"));
}

/// Where English prose is meant: the manual, formats of other programs, faults of the program itself.
const ENGLISH: [&str; 10] = [
    "/cli/manual.rs",
    "/cli/check.rs",
    "/cli/export/dot.rs",
    "/cli/export/html.rs",
    "/cli/export/mermaid.rs",
    "/catalog/tours/mod.rs",
    "/catalog/tours/fill.rs",
    "/terminal/program.rs",
    "/terminal/session.rs",
    "/terminal/event_loop.rs",
];

/// Words of others, of formats, and of sentences that stand beside their Chinese in another way.
const WORDS: [&str; 7] = [
    "For more information",
    "no such host",
    "any service:Any action of it",
    "step {step} of {steps}",
    "rolescope account snapshot",
    "a list of documents",
    "a state or plan of Terraform",
];

/// A sentence that is written down without asking for its Chinese is found by the words that it has.
#[test]
fn no_sentence_is_english_only() {
    let table = table();
    let chinese = |text: &str| text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    let mut alone = Vec::new();
    for (path, text) in sources() {
        if ENGLISH.iter().any(|end| path.ends_with(end)) {
            continue;
        }
        let all = literals(&text);
        for (at, (start, _, literal)) in all.iter().enumerate() {
            let before = text[..*start].trim_end();
            let words = literal.split(|c: char| !c.is_ascii_alphabetic()).filter(|w| w.len() > 1);
            let prose = words.count() > 2 && support::words::english(literal).is_some();
            let ours = before.ends_with("expect(")
                || before.ends_with("reason =")
                || WORDS.contains(&literal.as_str())
                || ["an answer of", "a template of", "resource \""]
                    .iter()
                    .any(|start| literal.starts_with(start));
            let near =
                |n: Option<usize>| n.and_then(|n| all.get(n)).map_or("", |one| one.2.as_str());
            // The Chinese stands behind it, or the form for several, which the table has.
            let next = near(Some(at + 1));
            let told = table.contains_key(literal.as_str()) || table.contains_key(next);
            if prose && !ours && !told && !chinese(literal) && !chinese(next) {
                alone.push(format!("{path}: {literal:?}"));
            }
        }
    }
    assert!(
        alone.is_empty(),
        "say these with `saying` or `say`, or write Chinese behind them:\n{}",
        alone.join("\n")
    );
}

/// What is written for pages and tickets stands in the same words as the screen's: no Chinese of their own.
#[test]
fn pages_have_no_words_of_their_own() {
    let is_chinese = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    let mut own = Vec::new();
    for (path, text) in sources() {
        if path.contains("/cli/export/") || path.ends_with("/catalog/templates.rs") {
            let told = literals(&text).into_iter().filter(|(_, _, one)| one.contains(is_chinese));
            own.extend(told.map(|(_, _, literal)| format!("{path}: {literal:?}")));
        }
    }
    assert!(own.is_empty(), "say these with `say`:\n{}", own.join("\n"));
}

/// What help tells: it stands in comments.
fn help_texts(command: &clap::Command) -> Vec<String> {
    let of = |text: Option<&StyledStr>| text.map(ToString::to_string);
    let own = [command.get_about(), command.get_long_about(), command.get_after_help()];
    let mut texts: Vec<String> = own.into_iter().filter_map(of).collect();
    for arg in command.get_arguments() {
        texts.extend([of(arg.get_help()), of(arg.get_long_help())].into_iter().flatten());
        texts.extend(arg.get_possible_values().iter().filter_map(|value| of(value.get_help())));
    }
    texts.extend(command.get_subcommands().flat_map(help_texts));
    texts
}

#[test]
fn the_table_has_nothing_else() {
    let mut used: BTreeSet<String> = BTreeSet::new();
    for (_, text) in sources() {
        used.extend(literals(&text).into_iter().map(|(_, _, literal)| literal));
    }
    used.extend(AccessLevel::ALL.into_iter().map(|level| level.word().to_owned()));
    let severities = ["note", "warning", "error"].map(str::to_owned);
    used.extend(severities);
    used.extend(OTHERS.map(str::to_owned));
    used.extend(help_texts(&Arguments::command()));
    let rows: Vec<_> = pairs().collect();
    let mut seen = BTreeSet::new();
    let mut wrong = Vec::new();
    for (en, zh) in rows {
        if !used.contains(en) {
            wrong.push(format!("{en:?} is said nowhere"));
        }
        if !seen.insert(en) {
            wrong.push(format!("{en:?} stands in the table twice"));
        }
        if places(en) != places(zh) {
            wrong.push(format!("{en:?} and {zh:?} have different places for values"));
        }
        let chinese = zh.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
        if !chinese && en.chars().filter(|c| c.is_alphabetic()).count() > 2 && !en.contains("kms:")
        {
            wrong.push(format!("{zh:?} is not Chinese"));
        }
    }
    assert!(wrong.is_empty(), "src/say:\n{}", wrong.join("\n"));
}

/// The ways to the screens, each from the start.
const WAYS: [(&str, &str); 22] = [
    ("products", ""),
    ("roles", "<enter>"),
    ("permissions", "<enter><enter>"),
    ("end of the summary", "<enter><enter>G"),
    ("policy", "<enter><enter><enter>"),
    ("trust policy", "<enter><enter><enter>T"),
    ("removal of a product", "d"),
    ("removal of a role", "<enter>d"),
    ("matrix", "m"),
    ("who can", "w"),
    ("an answer", "wkms:Decrypt"),
    ("comparison", "<enter>=<enter>"),
    ("comparison by text", "<enter>=<enter><tab>"),
    ("findings", "<enter>f"),
    ("find", "/kafka"),
    ("lines with a text", "<enter><enter><enter><ctrl-s>ecs"),
    ("no line with a text", "<enter><enter><enter><ctrl-s>0000"),
    ("a place of a text", "<enter><enter><enter><ctrl-s>ecs<enter>n"),
    ("services", "s"),
    ("a filter", "skms<enter>"),
    ("copying", "<enter>y"),
    ("help", "?"),
];

/// English words of titles, hints and borders, which must not stand on the edges of the screen and of panes.
const EDGES: [&str; 24] = [
    "Products",
    "Roles",
    "Permissions",
    "Removal",
    "Matrix",
    "Who can",
    "Findings of",
    "move",
    "choose",
    "open",
    "back",
    "find",
    "removal",
    "quit",
    "keys",
    "service",
    "copy",
    "level by",
    "policy not whole",
    "Trust policy",
    "Policy",
    "Copy",
    "found",
    "by text",
];

/// English words that must stand nowhere.
const NOWHERE: [&str; 18] = [
    "About this role",
    "Notes",
    "Before it can",
    "not documented",
    "purpose",
    "known actions",
    "on all resources",
    "through resources",
    "actions in",
    "policy not whole",
    "Findings (",
    "Move up",
    "Leave the program",
    "roles",
    "through its resources",
    "Products",
    "No role",
    "type to narrow",
];

/// Does the line have the word, not as a part of a name?
fn has_word(line: &str, word: &str) -> bool {
    let part =
        |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric() || "-_./:\"`[".contains(c));
    line.match_indices(word).any(|(at, _)| {
        !part(line[..at].chars().next_back()) && !part(line[at + word.len()..].chars().next())
    })
}

fn chinese(columns: u16, rows: u16) -> Journey {
    let mut journey = Journey::new(columns, rows);
    journey.app.set_language(Language::Chinese);
    journey.resize(columns, rows);
    journey
}

#[test]
fn chinese_screens_are_whole_and_chinese() {
    let mut wrong = Vec::new();
    for (columns, rows) in [(40, 12), (80, 24), (120, 40), (200, 60)] {
        for (name, keys) in WAYS {
            let mut journey = chinese(columns, rows);
            journey.keys(keys);
            let screen = journey.screen();
            let mut note = |what: String| {
                wrong.push(format!("{name} at {columns}x{rows}: {what}\n{screen}"));
            };
            cells::wrong(&journey).for_each(&mut note);
            let last = screen.lines().count().saturating_sub(1);
            for (n, line) in screen.lines().enumerate() {
                let edge = n == 0 || n == last || line.contains(['┏', '┗', '╭', '╰']);
                let edges = EDGES.iter().filter(|_| edge);
                for word in NOWHERE.iter().chain(edges).filter(|word| has_word(line, word)) {
                    note(format!("{word:?} is English in {line:?}"));
                }
            }
        }
    }
    support::none(&wrong);
}

#[test]
fn a_change_of_language_is_seen_at_once() {
    let mut journey = Journey::new(120, 40);
    journey.sees("Products").keys("<enter><enter>");
    journey.app.set_language(Language::Chinese);
    journey.resize(120, 40).sees("产品").sees_not("Products");
    assert_eq!(say(Language::English, "Products {}"), "Products {}");
}

#[test]
fn conditions_are_chinese_in_the_summary() {
    let mut journey = chinese(160, 60);
    journey.keys("/AlikafkaInstanceEncryption<enter><enter>");
    journey
        .sees("┌ 仅限带标签")
        .sees("│ acs:alikafka:instance-encryption = true")
        .sees("│ （不分大小写）的密钥");
    journey.sees_not("┌ only with").sees_not("┌ only if");
}
