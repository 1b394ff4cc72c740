//! Settings: what a config file may say, what is told of mistakes, and which layer wins.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

use rolescope::app::command::TABLE;
use rolescope::app::key::Key;
use rolescope::app::theme_name::ThemeName;
use rolescope::config::file::read_text;
use rolescope::config::{Flags, Origin, Settings, Words};
use rolescope::say::Language;
use std::path::PathBuf;

fn words() -> Words {
    let themes = ThemeName::ALL.map(|(name, _)| name);
    Words {
        themes: themes.into_iter().chain(["auto"]).collect(),
        commands: TABLE.iter().map(|row| row.name).collect(),
        key: |text| Key::bindable(text).map(drop),
    }
}

/// Each text with the mistakes that it must give, and no other.
#[test]
fn the_command_line_offers_the_themes_that_there_are() {
    let mut offered = rolescope::cli::offered::THEMES.to_vec();
    let mut known = words().themes;
    offered.sort_unstable();
    known.sort_unstable();
    assert_eq!(offered, known);
}

#[test]
fn mistakes_are_told_with_their_place_and_the_nearest_name() {
    let cases: &[(&str, &[&str])] = &[
        ("", &[]),
        ("theme = \"dark\"\nmouse = false\nlanguage = \"zh\"\nclipboard = \"tmux\"\n", &[]),
        ("thema = \"dark\"\n", &["f:1:1: there is no setting `thema`; did you mean `theme`?"]),
        (
            "mouse = true\n  theme = \"drak\"\n",
            &["f:2:11: no theme is called `drak`; did you mean `dark`?"],
        ),
        ("mouse = \"yes\"\n", &["f:1:9: mouse is either true or false"]),
        ("theme = 7\n", &["f:1:9: a theme is a text in quotes"]),
        (
            "# 中文\nclipboard = \"osc\"\n",
            &["f:2:13: no clipboard road is called `osc`; did you mean `osc52`?"],
        ),
        (
            "[keys]\nfined = [\"/\"]\nquit = \"hyper-q\"\nhelp = [1, \"f2\"]\n",
            &[
                "f:2:1: there is no command `fined`; did you mean `find`?",
                "f:3:8: hyper-q: no key of this name",
                "f:4:9: the keys of a command are texts in quotes",
            ],
        ),
        ("keys = 1\n", &["f:1:8: keys is a table"]),
        (
            "catalog = [\"a\", \"\", 3]\n",
            &["f:1:17: the name of a folder", "f:1:21: catalog names"],
        ),
        ("[keys]\nquit = \"ctrl-m\"\n", &["f:2:8: ctrl-m: terminals send the same"]),
        ("language = \"cn\"\n", &["f:1:12: no language is called `cn`; did you mean `zh`?"]),
        (
            "[keys]\nhelp = [\"ctrl-?\", \"ctrl-.\", \"\"]\n",
            &[
                "f:2:9: ctrl-?: terminals send the same for it as for backspace",
                "f:2:19: ctrl-.: a terminal sends no code of its own",
                "f:2:29: the name of a key is empty; an empty list, [], takes",
            ],
        ),
        ("\u{202e}x = 1\n", &["f:1:"]),
    ];
    for (text, expected) in cases {
        let written = read_text(text, "f", &words());
        let told: Vec<String> = written.mistakes.iter().map(ToString::to_string).collect();
        assert_eq!(told.len(), expected.len(), "{text:?}: {told:#?}");
        for (told, expected) in told.iter().zip(*expected) {
            assert!(told.starts_with(expected), "{text:?}: {told}");
        }
    }
}

#[test]
fn what_is_right_applies_beside_what_is_wrong() {
    let text = "theme = \"light\"\nlanguage = \"fr\"\nmouse = false\n[keys]\nfind = [\"ctrl-f\", \"\"]\nno = 1\n";
    let written = read_text(text, "f", &words());
    assert_eq!(written.theme, Some(("light".to_owned(), 1)));
    assert_eq!((written.language, written.mouse), (None, Some((false, 3))));
    assert_eq!(written.keys, [(("find".to_owned(), vec!["ctrl-f".to_owned()]), 5)]);
    assert_eq!(written.mistakes.len(), 3, "{:#?}", written.mistakes);
}

/// A line that is no TOML at all costs that line.
#[test]
fn a_broken_line_costs_itself_only() {
    let written = read_text("theme = \"light\"\nmouse = = 3\nclipboard = \"off\"\n", "f", &words());
    assert_eq!(written.theme, Some(("light".to_owned(), 1)));
    assert_eq!(written.clipboard, Some(("off".to_owned(), 3)));
    assert!(!written.mistakes.is_empty());
    for mistake in &written.mistakes {
        assert!(mistake.place.starts_with("f:2:"), "{mistake}");
    }
}

/// As many mistakes as lines: each is told with its own place, in the order of the file.
#[test]
fn a_file_of_mistakes_is_told_line_by_line() {
    const LINES: usize = 20_000;
    let line = |n: usize| match n % 4 {
        0 => format!("broken{n} = = 1 # 中文\n"),
        _ => format!("unknown{n} = {n}\n"),
    };
    let text: String = (1..=LINES).map(line).collect();
    // Where the lines were counted anew for each mistake this took minutes.
    let written = read_text(&text, "f", &words());
    let told = |n: usize| {
        let place = format!("f:{n}:");
        written.mistakes.iter().filter(|mistake| mistake.place.starts_with(&place)).count()
    };
    for n in [1, 2, 4, LINES - 1, LINES] {
        assert!(told(n) >= 1, "nothing is told of line {n}");
    }
    let lines = written.mistakes.iter().map(|mistake| {
        mistake.place.split(':').nth(1).and_then(|line| line.parse::<usize>().ok()).unwrap()
    });
    assert!(lines.is_sorted(), "the mistakes are not in the order of the file");
}

/// Variables with their values.
type Environment = &'static [(&'static str, &'static str)];
/// A file, the environment, the flags, and the theme with its origin.
type ThemeCase = (&'static str, Environment, Flags, &'static str, Origin);
/// A file, the environment, the flag, and the language.
type LanguageCase = (&'static str, Environment, Option<Language>, Language);

struct Layers {
    file: &'static str,
    environment: Environment,
    flags: Flags,
}

impl Layers {
    fn settings(&self) -> Settings {
        let folder = tempfile::tempdir().unwrap();
        let own = folder.path().join("rolescope");
        std::fs::create_dir(&own).unwrap();
        std::fs::write(own.join("config.toml"), self.file).unwrap();
        let variable = |name: &str| match name {
            "XDG_CONFIG_HOME" => Some(folder.path().to_str().unwrap().to_owned()),
            name => self.environment.iter().find(|(n, _)| *n == name).map(|(_, v)| (*v).to_owned()),
        };
        Settings::gather(&self.flags, &variable, &words()).expect("the layers fit together")
    }
}

#[test]
fn the_strongest_layer_decides() {
    let flag = |name: &str| Flags { theme: Some(name.into()), ..Flags::default() };
    let none = Flags::default;
    let file = "theme = \"light\"\n";
    let cases: &[ThemeCase] = &[
        ("", &[], none(), "terminal", Origin::BuiltIn),
        (file, &[], none(), "light", Origin::File(1)),
        (
            file,
            &[("ROLESCOPE_THEME", "dark")],
            none(),
            "dark",
            Origin::Environment("ROLESCOPE_THEME"),
        ),
        (
            file,
            &[("NO_COLOR", "1"), ("ROLESCOPE_THEME", "dark")],
            none(),
            "plain",
            Origin::Environment("NO_COLOR"),
        ),
        (file, &[("NO_COLOR", "1")], flag("Dark"), "dark", Origin::Flag("--theme")),
        ("theme = \"auto\"\n", &[], none(), "terminal", Origin::File(1)),
        ("theme = \"auto\"\n", &[("COLORFGBG", "15;0")], none(), "dark", Origin::File(1)),
        ("theme = \"auto\"\n", &[("COLORFGBG", "0;default;15")], none(), "light", Origin::File(1)),
        ("theme = \"auto\"\n", &[("COLORFGBG", "what")], none(), "terminal", Origin::File(1)),
    ];
    for (file, environment, flags, theme, from) in cases {
        let settings = Layers { file, environment, flags: flags.clone() }.settings();
        assert_eq!(
            (settings.theme.value.as_str(), &settings.theme.from),
            (*theme, from),
            "{file:?} {environment:?} {flags:?}"
        );
    }
}

#[test]
fn the_language_follows_the_locale_unless_somebody_says_otherwise() {
    let cases: &[LanguageCase] = &[
        ("", &[("LANG", "zh_CN.UTF-8")], None, Language::Chinese),
        ("", &[("LANG", "zh_CN")], None, Language::Chinese),
        ("", &[("LANG", "zh_CN.utf8@pinyin")], None, Language::Chinese),
        // What is written is UTF-8.
        ("", &[("LANG", "zh_CN.GBK")], None, Language::English),
        ("", &[("LANG", "zh_CN.UTF-8"), ("LC_ALL", "C.UTF-8")], None, Language::English),
        ("", &[("LC_MESSAGES", "zh"), ("LANG", "de_DE")], None, Language::Chinese),
        ("", &[("LANG", "zha_XX")], None, Language::English),
        ("language = \"en\"\n", &[("LANG", "zh_TW")], None, Language::English),
        ("language = \"en\"\n", &[("ROLESCOPE_LANG", "zh")], None, Language::Chinese),
        ("language = \"en\"\n", &[], Some(Language::Chinese), Language::Chinese),
    ];
    for (file, environment, language, expected) in cases {
        let flags = Flags { language: *language, ..Flags::default() };
        let settings = Layers { file, environment, flags }.settings();
        assert_eq!(settings.language.value, *expected, "{file:?} {environment:?} {language:?}");
    }
}

#[test]
fn folders_of_the_file_start_beside_it_and_come_before_those_of_flags() {
    let flags = Flags { catalogs: vec![PathBuf::from("given")], ..Flags::default() };
    let file = "catalog = [\"own\", \"~/more\"]\n";
    let settings = Layers { file, environment: &[("HOME", "/h")], flags }.settings();
    let folders: Vec<String> =
        settings.catalogs.iter().map(|folder| folder.value.display().to_string()).collect();
    assert!(folders[0].ends_with("/rolescope/own"), "{folders:?}");
    assert_eq!(folders[1..], ["/h/more".to_owned(), "given".to_owned()]);
}

#[test]
fn a_wrong_variable_is_a_mistake_and_a_missing_file_only_when_it_was_named() {
    let environment = &[("ROLESCOPE_THEME", "drak"), ("ROLESCOPE_MOUSE", "off")];
    let settings = Layers { file: "", environment, flags: Flags::default() }.settings();
    assert_eq!(settings.theme.value, "terminal");
    assert!(!settings.mouse.value);
    assert_eq!(settings.mistakes.len(), 1, "{:?}", settings.mistakes);
    assert_eq!(settings.mistakes[0].place, "ROLESCOPE_THEME");
    let named = |flags: Flags| Settings::gather(&flags, &|_| None, &words());
    let missing = PathBuf::from("no-such-file.toml");
    let refused = named(Flags { config: Some(missing), ..Flags::default() }).unwrap_err();
    let refused = refused.english();
    assert!(refused.starts_with("no-such-file.toml: "), "{refused}");
    assert!(named(Flags { no_config: true, ..Flags::default() }).is_ok());
    assert!(named(Flags { theme: Some("drak".into()), ..Flags::default() }).is_err());
}
