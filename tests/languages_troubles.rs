//! What goes wrong in Chinese: texts that are no JSON, files, settings, accounts, copies. Each is made here as people
//! make it, told in both languages, and nothing of the English is left.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    missing_docs
)]

mod support;

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use rolescope::account::failure::Failure;
use rolescope::account::take::Trouble;
use rolescope::app::key::Key;
use rolescope::catalog::import::{contents, without_documents};
use rolescope::catalog::{Catalog, load};
use rolescope::cli::files;
use rolescope::cli::lint;
use rolescope::cli::papers::Papers;
use rolescope::config::file::read_text;
use rolescope::config::{Flags, Settings, Words};
use rolescope::policy::json::{Limits, ReadError};
use rolescope::policy::source::Source;
use rolescope::policy::{read, wrapper};
use rolescope::say::{Language, Saying, pairs, said, saying};
use rolescope::terminal::TerminalError;
use support::words::english;

/// English and Chinese of a sentence, of which no English may be left.
#[track_caller]
fn chinese(sentence: &Saying) -> (String, String) {
    let (en, zh) = (sentence.english(), sentence.said(Language::Chinese));
    assert!(zh.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)), "no Chinese in {zh:?}");
    assert!(english(&zh).is_none(), "{:?} is English in {zh:?}, which is {en:?}", english(&zh));
    for (one, text) in [("English", &en), ("Chinese", &zh)] {
        assert!(!text.contains("{}") && !text.contains("{0}"), "{one} lacks a value: {text:?}");
    }
    (en, zh)
}

/// Texts that are no policy, each of which breaks in another way.
const TEXTS: [&str; 22] = [
    "",
    "<a>",
    "hello",
    "{\"a\": foo}",
    "{\"a\": ...}",
    "{\"a\": 'x",
    "{\"a\": \"x\n, \"b\": 1}",
    "{\"a\" 1}",
    "{3: 1}",
    "{\"a\": 1",
    "[1, 2",
    "[1 : 2]",
    "{\"a\": 1} x",
    "{\"Version\": 1 /* x",
    "\u{7}",
    "7",
    "\"x\"",
    "[1, 2]",
    "null",
    "true",
    "{\"a\": 1}",
    "{\"Version\": \"1\", \"Statement\": [@]}",
];

#[test]
fn why_a_text_is_no_policy_is_told_in_chinese() {
    let mut errors: Vec<ReadError> =
        TEXTS.iter().map(|text| read::document(text).expect_err(text)).collect();
    let narrow = Limits { bytes: 64, depth: 3, nodes: 6, statements: 1 };
    let long = "[".repeat(65);
    let many = r#"{"Version":"1","Statement":[{"Effect":1},{"Effect":1}]}"#;
    let few = Limits { statements: 1, ..Limits::default() };
    errors.push(read::document_within(&long, &narrow).unwrap_err());
    errors.push(read::document_within("[[[[[]]]]]", &narrow).unwrap_err());
    errors.push(read::document_within("[1,2,3,4,5,6,7]", &narrow).unwrap_err());
    errors.push(read::document_within(many, &few).unwrap_err());
    let mut expected = BTreeSet::new();
    for error in &errors {
        let (en, _) = chinese(&error.whole());
        assert_eq!(en, error.to_string());
        chinese(&error.sentence());
        chinese(&lint::sentence(error));
        chinese(&error.located_in("a.json"));
        expected.insert(error.expected.english());
    }
    assert!(expected.len() >= 12, "few of the errors were met: {expected:#?}");
}

#[test]
fn why_a_part_is_left_out_is_told_in_chinese() {
    let catalog = Catalog::builtin().unwrap();
    let packed = |text: &str| serde_json::to_string(text).unwrap();
    let deep = packed(&packed(&packed(&packed(r#"{"Statement":[]}"#))));
    let texts = [
        r#"{"PolicyDocument": "{\"Version\": foo}"}"#.to_owned(),
        r#"{"PolicyDocument": ""}"#.to_owned(),
        format!(r#"{{"PolicyDocument": {deep}}}"#),
        r#"{"Policies":{"Policy":[{"PolicyName":"x1","PolicyType":"Custom"}]}}"#.to_owned(),
        format!(
            r#"{{"Policies":[{}]}}"#,
            (0..8).map(|n| format!(r#"{{"PolicyName":"x{n}"}}"#)).collect::<Vec<_>>().join(",")
        ),
        r#"{"Statement":[{"Effect":"Deny","Action":"Update:*","Principal":"*","Resource":"LogicalResourceId/x"}]}"#
            .to_owned(),
        "{}".to_owned(),
        "{\"a\"".to_owned(),
    ];
    let mut told = 0;
    for text in texts {
        if let Ok(found) = wrapper::find_in(&text, &Limits::default()) {
            for skipped in found.skipped {
                chinese(&skipped.reason.saying());
            }
        }
        let found = contents(&Source::from(text.as_str()), &Limits::default(), &catalog);
        let listed = (!found.listed.is_empty()).then(|| without_documents(&found.listed));
        for reason in found.skipped.into_iter().map(|(_, reason)| reason).chain(listed) {
            chinese(&reason);
            told += 1;
        }
        match Papers::read(text) {
            Ok(papers) => drop(papers.nothing().map(|why| chinese(&why))),
            Err(error) => drop(chinese(&error.sentence())),
        }
    }
    assert!(told >= 6, "only {told} reasons were met");
}

#[test]
fn files_that_cannot_be_read_are_told_in_chinese() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::write(at("latin.json"), b"{\"a\": \"\xe4\"}").unwrap();
    fs::write(at("wide.json"), b"\xff\xfe\x00\xd8").unwrap();
    fs::create_dir(at("below")).unwrap();
    fs::create_dir(at(".git")).unwrap();
    fs::write(at("notes.txt"), "no policy").unwrap();
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(folder.path(), at("below/up")).unwrap();
        std::os::unix::fs::symlink("nowhere", at("broken.json")).unwrap();
        drop(std::os::unix::net::UnixListener::bind(at("socket")));
    }
    let paths =
        [folder.path(), &at("below"), &at("gone.json")].map(|path| path.as_os_str().to_owned());
    let catalog = Arc::new(Catalog::builtin().unwrap());
    let mut reasons = Vec::new();
    load::open(
        &paths,
        &catalog,
        rolescope::say::Language::English,
        &AtomicBool::new(false),
        &mut |batch| {
            reasons.extend(batch.skipped.into_iter().map(|one| one.reason));
            true
        },
    );
    reasons.extend(load::check(&paths).err().map(|(why, remedy)| why.then(remedy)));
    for path in [at("latin.json"), at("below"), at("gone.json"), at("socket")] {
        reasons.extend(files::read(&path).err().map(|trouble| trouble.0));
    }
    for text in ["{", "{\"rolls\": []}", "{\"roles\": [{\"name\": \"A\"}]}", "{\"date\": 5}"] {
        fs::write(at("own.json"), text).unwrap();
        let mut own = Catalog::builtin().unwrap();
        reasons
            .extend(load::merge_folder(&mut own, folder.path()).into_iter().map(|one| one.reason));
    }
    reasons.extend(
        load::merge_folder(&mut Catalog::builtin().unwrap(), &at("none"))
            .into_iter()
            .map(|o| o.reason),
    );
    assert!(reasons.len() > 12, "{reasons:#?}");
    for reason in &reasons {
        // The folder has a name of its own.
        let name = folder.path().to_string_lossy().into_owned();
        chinese(&Saying::same(reason.said(Language::Chinese).replace(&name, "/")));
    }
}

fn words() -> Words {
    Words {
        themes: vec!["terminal", "dark", "auto"],
        commands: vec!["find", "quit-now"],
        key: |text| Key::bindable(text).map(drop),
    }
}

#[test]
fn settings_that_cannot_be_used_are_told_in_chinese() {
    let text = r#"theme = "drak"
lang = "zh"
zzzzzz = 1
language = 5
mouse = "on"
clipboard = xyz
catalog = [1, ""]
[keys]
fnd = "x"
xyzzy = "x"
find = ["ctrl-i", "hyper-x", "shift-1", "ctrl-.", "", "f99", "\u001b", 3]
"#;
    let mut mistakes = read_text(text, "c.toml", &words()).mistakes;
    for text in
        ["keys = 3", "a b", "= 3", "theme = ", "theme = \"a", "[a", "a = 1\na = 2", "theme = 'x'"]
    {
        let found = read_text(text, "c.toml", &words()).mistakes;
        assert!(!found.is_empty(), "{text}");
        mistakes.extend(found);
    }
    assert!(mistakes.len() > 18, "{mistakes:#?}");
    let variable = |name: &str| name.starts_with("ROLESCOPE_").then(|| "odd".to_owned());
    mistakes.extend(Settings::gather(&Flags::default(), &variable, &words()).unwrap().mistakes);
    for mistake in &mistakes {
        let (en, zh) = (mistake.what.english(), mistake.what.said(Language::Chinese));
        // The states of the mouse have names that are words.
        chinese(&Saying::same(zh.replace("on、off", "")));
        assert!(mistake.to_string().ends_with(&en), "{mistake}");
    }
    for flags in [
        Flags { config: Some("no-such.toml".into()), ..Flags::default() },
        Flags { config: Some(".".into()), ..Flags::default() },
        Flags { theme: Some("drak".into()), ..Flags::default() },
    ] {
        chinese(&Settings::gather(&flags, &|_| None, &words()).unwrap_err());
    }
}

#[test]
fn failures_of_an_account_are_told_in_chinese() {
    let word = || "x.y".to_owned();
    let all = [
        Failure::Missing,
        Failure::NotStarted(io::Error::from_raw_os_error(13).to_string()),
        Failure::NotConfigured { profile: Some("ops".into()), said: word() },
        Failure::NotConfigured { profile: None, said: String::new() },
        Failure::NoPermission("GetRole"),
        Failure::Credentials(word()),
        Failure::Blocked(word()),
        Failure::UnknownCall { call: "GetRole", said: word() },
        Failure::TimeOut("GetRole", Duration::from_secs(3)),
        Failure::Connection(word()),
        Failure::Empty("GetRole", word()),
        Failure::Garbage("GetRole"),
        Failure::Endless("ListRoles", 3),
        Failure::Asks("GetRole"),
        Failure::TooLarge("GetRole", 1 << 20),
        Failure::Throttled(word(), 3),
        Failure::Busy(word()),
        Failure::Gone,
        Failure::Server { call: "GetRole", code: word(), message: "X".into() },
        Failure::Killed { call: "GetRole", signal: 9, said: word() },
        Failure::Other { call: "GetRole", said: word() },
        Failure::OddName("x y".into()),
        Failure::Interrupted,
    ];
    for failure in all {
        let (en, zh) = chinese(&failure.saying());
        assert_eq!(en, failure.to_string());
        let kept = Some(PathBuf::from("a.partial"));
        chinese(&Trouble::Call { failure: failure.clone(), kept }.saying());
        // The file of an account tells some of them in English.
        if !failure.is_final() {
            let recorded = Saying::others(format!("AliyunRole was not read: {en}"));
            let zh = said(Language::Chinese, "{} was not read: {}", &["AliyunRole", &zh]);
            assert_eq!(recorded.said(Language::Chinese), zh);
        }
    }
    let broken = || io::Error::from_raw_os_error(5);
    for error in [
        TerminalError::NoTerminal,
        TerminalError::NoKeyboard(broken()),
        TerminalError::Broken(broken()),
        TerminalError::Internal("x.y".into()),
    ] {
        assert_eq!(chinese(&error.saying()).0, error.to_string());
    }
}

#[test]
fn english_is_found_where_a_sentence_has_no_chinese() {
    let known: BTreeSet<&str> = pairs().map(|(en, _)| en).collect();
    assert!(!known.contains("this is a sentence of nobody"));
    let told = saying("this is a sentence of nobody").said(Language::Chinese);
    assert!(english(&told).is_some());
}
