//! The committed dump of the JSON grammar is the one its source makes, and both engines agree on
//! real policies.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

use std::path::{Path, PathBuf};

use rolescope::app::highlight::{self, Engine};
use syntect::parsing::{SyntaxDefinition, SyntaxSetBuilder};

fn assets() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("assets")
}

#[test]
fn the_dump_is_fresh() {
    let source = std::fs::read_to_string(assets().join("syntax/json.sublime-syntax")).unwrap();
    let mut builder = SyntaxSetBuilder::new();
    // Lines are given to the grammar without their newline.
    builder.add(SyntaxDefinition::load_from_str(&source, false, Some("JSON")).unwrap());
    let folder = tempfile::tempdir().unwrap();
    let made = folder.path().join("json.dump");
    syntect::dumps::dump_to_uncompressed_file(&builder.build(), &made).unwrap();
    let made = std::fs::read(made).unwrap();
    let committed = assets().join("syntax/json.dump");
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&committed, &made).unwrap();
    }
    assert!(
        std::fs::read(&committed).unwrap_or_default() == made,
        "assets/syntax/json.dump is stale; refresh it with: UPDATE=1 cargo test --test syntax_dump"
    );
}

fn json_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            json_files(&path, found);
        } else if path.extension().is_some_and(|end| end == "json") {
            found.push(path);
        }
    }
}

#[test]
fn both_engines_agree_on_every_document_of_the_assets() {
    highlight::warm();
    let mut files = Vec::new();
    json_files(&assets(), &mut files);
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        for (number, line) in text.lines().enumerate() {
            assert_eq!(
                highlight::line(line, Engine::Grammar),
                highlight::line(line, Engine::Lexer),
                "{}:{}: {line}",
                file.display(),
                number + 1
            );
        }
    }
}
