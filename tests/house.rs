//! The walls of the house: what may stand where in the source tree, and who may import whom.
//!
//! Reads the files as text; comments are left out, strings are not. Each breach is told with its
//! file, line and remedy, all of them at once.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    missing_docs
)]

#[path = "house/dependencies.rs"]
mod dependencies;

use std::fs;
use std::path::{Path, PathBuf};

/// One file of the repository: its path from the top, with forward slashes, and its text.
struct File {
    path: String,
    text: String,
}

fn top() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// All files below a folder, in order.
fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display())) {
            let entry = entry.unwrap();
            let kind = entry.file_type().unwrap();
            if kind.is_dir() {
                // What the fuzzer builds and finds; never committed.
                let built = ["target", "corpus", "artifacts", "coverage"];
                let is_built = built.iter().any(|name| entry.file_name() == *name);
                if !(is_built && folder.ends_with("tests/fuzz")) {
                    folders.push(entry.path());
                }
            } else if kind.is_file() {
                found.push(entry.path());
            }
        }
    }
    found.sort();
    found
}

fn name(path: &Path) -> String {
    path.strip_prefix(top()).unwrap().to_string_lossy().replace('\\', "/")
}

/// The Rust files below a folder.
fn rust_below(folder: &str) -> Vec<File> {
    let files = files_below(&top().join(folder)).into_iter().filter_map(|path| {
        let rust = path.extension().is_some_and(|extension| extension == "rs");
        let text = rust.then(|| fs::read_to_string(&path).expect("source files are UTF-8"))?;
        Some(File { path: name(&path), text })
    });
    files.collect()
}

/// The Rust files below `src/`.
fn sources() -> Vec<File> {
    let files = rust_below("src");
    assert!(files.len() > 50, "only {} source files were found", files.len());
    files
}

/// The line without what follows `//`, unless that stands in a string (an address, a comment's
/// opening in a test).
fn code(line: &str) -> &str {
    let mut in_string = false;
    let mut escaped = false;
    let bytes = line.as_bytes();
    for (at, byte) in bytes.iter().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = in_string,
            // A quote as a character is no string.
            b'"' if at == 0 || bytes[at - 1] != b'\'' => in_string = !in_string,
            b'/' if !in_string && bytes.get(at + 1) == Some(&b'/') => return &line[..at],
            _ => {}
        }
    }
    line
}

/// Line numbers (from 1) and code, comments left out.
fn lines(file: &File) -> impl Iterator<Item = (usize, &str)> {
    file.text.lines().enumerate().map(|(n, line)| (n + 1, code(line)))
}

/// The same without the tests at the end of the file.
fn lines_outside_tests(file: &File) -> impl Iterator<Item = (usize, &str)> {
    let text: Vec<&str> = file.text.lines().collect();
    let begins = |two: &[&str]| two[0] == "#[cfg(test)]" && two[1].starts_with("mod ");
    let end = text.windows(2).position(begins);
    lines(file).take(end.unwrap_or(usize::MAX))
}

/// Does the line contain the word, not as a part of a longer one?
fn has_word(line: &str, word: &str) -> bool {
    let part = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    line.match_indices(word).any(|(at, _)| {
        !part(line[..at].chars().next_back()) && !part(line[at + word.len()..].chars().next())
    })
}

#[track_caller]
fn none(breaches: &[String], rule: &str) {
    assert!(breaches.is_empty(), "{rule}\n  {}\n", breaches.join("\n  "));
}

/// A word may stand only in files whose path begins with one of `places`.
#[track_caller]
fn only_in(words: &[&str], places: &[&str], rule: &str) {
    let mut breaches = Vec::new();
    let mut seen = false;
    for file in sources() {
        let allowed = places.iter().any(|place| file.path.starts_with(place));
        for (n, line) in lines(&file) {
            for word in words.iter().filter(|word| has_word(line, word)) {
                seen = true;
                if !allowed {
                    breaches.push(format!("{}:{n}: {word}: {}", file.path, line.trim()));
                }
            }
        }
    }
    none(&breaches, rule);
    assert!(seen, "none of {words:?} was found anywhere: this test looks for the wrong thing");
}

#[test]
fn the_terminal_library_stays_at_the_edge() {
    only_in(
        &["crossterm"],
        &["src/terminal/"],
        "crossterm may be named under src/terminal only; elsewhere use app::event and app::key:",
    );
}

#[test]
fn widgets_and_frames_stay_in_ui() {
    only_in(
        &["ratatui::widgets", "widgets::Block", "Paragraph", "render_widget"],
        &["src/ui/", "src/terminal/screen.rs"],
        "widgets are drawn under src/ui only:",
    );
    only_in(
        &["ratatui::Frame", "Frame<'_>"],
        &["src/ui/", "src/terminal/", "src/main"],
        "only src/ui draws on a Frame (src/terminal names it in its trait, src/main.rs passes it on):",
    );
}

#[test]
fn colours_stay_in_the_theme() {
    only_in(
        &["Color::", "style::Color", "Color"],
        &[
            "src/ui/theme.rs",
            "src/terminal/canvas.rs",
            "src/terminal/paint.rs",
            "src/terminal/style.rs",
        ],
        "colours are chosen in src/ui/theme.rs only; elsewhere use a role of the theme:",
    );
}

#[test]
fn files_environment_and_processes_stay_where_they_may_be() {
    let places = [
        "src/terminal/",
        "src/config/",
        "src/account/",
        "src/process.rs",
        "src/links.rs",
        "src/catalog/load",
        "src/cli/",
        "src/main.rs",
        "src/main/",
    ];
    let mut breaches = Vec::new();
    for file in sources() {
        if places.iter().any(|place| file.path.starts_with(place)) {
            continue;
        }
        for (n, line) in lines_outside_tests(&file) {
            let direct = ["std::fs", "std::env", "std::process", "TcpStream", "UdpSocket"];
            let grouped = line.trim_start().starts_with("use std::{")
                && ["fs", "env", "process"].iter().any(|word| has_word(line, word));
            if grouped || direct.iter().any(|word| has_word(line, word)) {
                breaches.push(format!("{}:{n}: {}", file.path, line.trim()));
            }
        }
    }
    none(
        &breaches,
        &format!(
            "std::fs, std::env and std::process may be used under {} only:",
            places.join(", ")
        ),
    );
}

#[test]
fn clocks_are_asked_at_the_edges() {
    only_in(
        &["Instant::now", "SystemTime::now"],
        &["src/terminal/", "src/account/", "src/catalog/load/"],
        "the state is a function of its events, and policies are read without a clock; time is asked at the edges only:",
    );
}

/// Which rooms a room may import; `text`, `say` and `sort` are everybody's, and `hands`, `hash`, `links`, `near`, `room` and
/// `process` of use to some.
const ARROWS: &[(&str, &[&str])] = &[
    ("bytes", &[]),
    ("text", &[]),
    ("say", &[]),
    ("sort", &[]),
    ("hands", &[]),
    ("hash", &[]),
    ("links", &[]),
    ("room", &[]),
    ("near", &["sort"]),
    ("process", &[]),
    ("policy", &["bytes", "hands", "hash", "near", "say", "sort", "text"]),
    ("catalog", &["bytes", "hands", "hash", "near", "policy", "room", "say", "sort", "text"]),
    ("account", &["catalog", "hands", "links", "process", "say", "sort", "text"]),
    ("config", &["catalog", "links", "near", "policy", "say", "sort", "text"]),
    ("cli", &["catalog", "config", "hands", "near", "policy", "say", "sort", "text"]),
    ("app", &["bytes", "catalog", "hands", "hash", "policy", "say", "sort", "text"]),
    ("ui", &["app", "catalog", "policy", "say", "sort", "text"]),
    ("terminal", &["app", "process", "say", "sort", "text"]),
    ("lib", &[]),
];

/// The rooms that a text names after `crate::`, alone or in braces, each with the byte where it
/// stands.
fn rooms_named(text: &str) -> Vec<(usize, String)> {
    let word = |at: usize| {
        let rest = &text[at..];
        let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
        rest[..end].to_owned()
    };
    let mut rooms = Vec::new();
    for (at, start) in text.match_indices("crate::") {
        let at = at + start.len();
        if !text[at..].starts_with('{') {
            rooms.push((at, word(at)));
            continue;
        }
        // Of `{a, b::{c, d}}` the names of the outermost braces.
        let (mut depth, mut begins) = (0, false);
        for (n, c) in text[at..].char_indices() {
            match c {
                '{' => depth += 1,
                '}' => depth -= 1,
                _ if depth == 1 && begins && !c.is_whitespace() => {
                    rooms.push((at + n, word(at + n)));
                }
                _ => {}
            }
            begins = depth == 1 && (matches!(c, '{' | ',') || begins && c.is_whitespace());
            if depth == 0 {
                break;
            }
        }
    }
    rooms
}

#[test]
fn arrows_of_import_point_one_way() {
    let mut breaches = Vec::new();
    let mut used = std::collections::HashSet::new();
    for file in sources() {
        let room = file.path.trim_start_matches("src/");
        let room = room.split('/').next().unwrap_or(room).trim_end_matches(".rs");
        if room == "main" {
            continue;
        }
        let Some((_, allowed)) = ARROWS.iter().find(|(name, _)| *name == room) else {
            breaches.push(format!(
                "{}: the room {room:?} is not on the map: name it in ARROWS of tests/house.rs and in the crate doc",
                file.path
            ));
            continue;
        };
        let text = lines(&file).map(|(_, line)| line).collect::<Vec<_>>().join("\n");
        for (at, named) in rooms_named(&text) {
            if let Some((name, _)) = ARROWS.iter().find(|(name, _)| *name == named) {
                let room = ARROWS.iter().find(|(name, _)| *name == room).unwrap().0;
                used.insert((room, *name));
            }
            let known = ARROWS.iter().any(|(name, _)| *name == named);
            if known && named != room && !allowed.contains(&&*named) {
                let n = text[..at].matches('\n').count() + 1;
                breaches.push(format!("{}:{n}: {room} must not import {named}", file.path));
            }
        }
    }
    none(&breaches, "imports point one way: policy <- catalog <- app <- ui <- terminal <- main:");
    let mut idle = Vec::new();
    for (room, allowed) in ARROWS {
        let own = allowed.iter().filter(|other| !["text", "say", "sort"].contains(other));
        for other in own.filter(|other| !used.contains(&(*room, **other))) {
            idle.push(format!("{room} imports nothing of {other}"));
        }
    }
    none(&idle, "what ARROWS of tests/house.rs allows is in use; take out:");
}

#[test]
fn every_room_is_on_the_map_of_the_crate_doc() {
    let lib = fs::read_to_string(top().join("src/lib.rs")).unwrap();
    let doc: String = lib.lines().filter(|line| line.starts_with("//!")).collect();
    for line in lib.lines() {
        let Some(room) = line.strip_prefix("pub mod ").map(|rest| rest.trim_end_matches(';'))
        else {
            continue;
        };
        assert!(
            doc.contains(&format!("[`{room}`]")),
            "src/lib.rs: the room {room:?} is missing on the map in the crate doc"
        );
    }
}

#[test]
fn no_file_is_too_long() {
    const LONGEST: usize = 500;
    let breaches: Vec<String> = ["src", "tests", "benches"]
        .into_iter()
        .flat_map(rust_below)
        .map(|file| (file.text.lines().count(), file.path))
        .filter(|(count, _)| *count > LONGEST)
        .map(|(count, path)| format!("{path}: {count} lines; split it by idea"))
        .collect();
    none(&breaches, &format!("files of Rust have at most {LONGEST} lines:"));
}

#[test]
fn nothing_is_left_undone() {
    let words = ["todo!", "unimplemented!", "dbg!", "FIXME", "XXX", "TODO"];
    let mut breaches = Vec::new();
    for file in sources() {
        for (n, line) in file.text.lines().enumerate() {
            for word in words.iter().filter(|word| has_word(line, word)) {
                breaches.push(format!("{}:{}: {word}", file.path, n + 1));
            }
        }
    }
    none(&breaches, "nothing may be left undone in src/:");
}

#[test]
fn every_module_says_what_it_is() {
    let breaches: Vec<String> = sources()
        .iter()
        .filter(|file| !file.text.starts_with("//! "))
        .map(|file| format!("{}: begins without a `//!` doc", file.path))
        .collect();
    none(&breaches, "every file begins with what lives here:");
}

#[test]
fn the_top_level_is_tidy() {
    let allowed = [
        "Cargo.toml",
        "Cargo.lock",
        "README.md",
        "LICENSE",
        "src",
        "assets",
        "tests",
        "benches",
        "screenshots",
        // What cargo builds; never committed.
        "target",
    ];
    let mut breaches = Vec::new();
    for entry in fs::read_dir(top()).unwrap() {
        let name = entry.unwrap().file_name().to_string_lossy().into_owned();
        if !name.starts_with('.') && !allowed.contains(&&*name) {
            breaches.push(name);
        }
    }
    none(&breaches, "the top level of the repository holds nothing else than it should:");
}

/// Text files of the repository: those that are no build output, nor of git.
fn repository() -> Vec<File> {
    let mut files = Vec::new();
    for entry in fs::read_dir(top()).unwrap() {
        let entry = entry.unwrap();
        let name_of = entry.file_name();
        if name_of == "target" || name_of == ".git" {
            continue;
        }
        let paths = if entry.file_type().unwrap().is_dir() {
            files_below(&entry.path())
        } else {
            vec![entry.path()]
        };
        for path in paths {
            if let Ok(text) = fs::read_to_string(&path) {
                files.push(File { path: name(&path), text });
            }
        }
    }
    files
}

#[test]
fn nothing_tells_where_it_was_written() {
    // Put together from parts, so that this file does not find itself.
    let words: Vec<String> = [
        ["/wo", "rk/"],
        ["/ho", "me/"],
        ["/ro", "ot/"],
        ["/Use", "rs/"],
        ["rspr", "oxy"],
        ["arti", "factory"],
        ["local", "host:"],
        ["sparse", "+http"],
    ]
    .iter()
    .map(|parts| parts.concat())
    .collect();
    let mut breaches = Vec::new();
    for file in repository() {
        for (n, line) in file.text.lines().enumerate() {
            for word in words.iter().filter(|word| line.contains(word.as_str())) {
                breaches.push(format!("{}:{}: {word:?}", file.path, n + 1));
            }
        }
    }
    none(&breaches, "no file may contain a path or a host of the place where it was written:");
}

#[test]
fn the_reader_of_lines_leaves_comments_out_and_strings_in() {
    for (line, expected) in [
        ("let a = 1; // std::fs", "let a = 1; "),
        ("let a = \"http://b\";", "let a = \"http://b\";"),
        ("/// crossterm", ""),
        (r#"let a = "\"//"; // b"#, r#"let a = "\"//"; "#),
        ("'\"' => b, // c", "'\"' => b, "),
    ] {
        assert_eq!(code(line), expected);
    }
    assert!(has_word("use crossterm::event;", "crossterm"));
    assert!(!has_word("let crossterms = 1;", "crossterm"));
    let rooms =
        |text| rooms_named(text).into_iter().map(|(_, room)| room).collect::<Vec<_>>().join(" ");
    assert_eq!(
        rooms("use crate::{\n    app,\n    ui::{theme, draw},\n    text\n};"),
        "app ui text"
    );
    assert_eq!(rooms("crate::text::width(crate::policy::x)"), "text policy");
}
