//! Help in Chinese: every text that is told to clap has it, and it is shown where help is asked for.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod support;

use clap::builder::StyledStr;
use clap::{Command, CommandFactory as _};
use rolescope::cli::args::Arguments;
use rolescope::cli::help;
use rolescope::say::{Language, known};
use support::words;

/// Every text of a command and of those below it.
fn texts(command: &Command) -> Vec<String> {
    let of = |text: Option<&StyledStr>| text.map(ToString::to_string);
    let mut all: Vec<String> =
        [of(command.get_about()), of(command.get_long_about()), of(command.get_after_help())]
            .into_iter()
            .flatten()
            .collect();
    for arg in command.get_arguments() {
        all.extend([of(arg.get_help()), of(arg.get_long_help())].into_iter().flatten());
        all.extend(arg.get_possible_values().iter().filter_map(|value| of(value.get_help())));
    }
    all.extend(command.get_subcommands().flat_map(texts));
    all
}

#[test]
fn every_text_of_help_has_chinese() {
    let all = texts(&Arguments::command());
    assert!(all.len() > 80, "only {} texts were found", all.len());
    let mut missing: Vec<&String> = all.iter().filter(|text| known(text).is_none()).collect();
    missing.dedup();
    assert!(missing.is_empty(), "add these to src/say: {missing:#?}");
    let spoken = texts(&help::spoken(Arguments::command(), Language::Chinese));
    assert_eq!(all.len(), spoken.len());
    assert_eq!(texts(&help::spoken(Arguments::command(), Language::English)), all);
    for text in spoken {
        assert!(
            words::english(&text).is_none(),
            "{:?} is English in {text}",
            words::english(&text)
        );
    }
}

#[test]
fn help_is_whole_and_chinese() {
    let mut command = Arguments::command();
    command.build();
    let names: Vec<String> =
        command.get_subcommands().map(|sub| sub.get_name().to_owned()).collect();
    let mut ways = vec![vec!["-h"], vec!["--help"], vec!["account", "snapshot", "--help"]];
    ways.extend(names.iter().flat_map(|name| [vec![name.as_str(), "-h"], vec![name, "--help"]]));
    for way in ways {
        let typed = ["rolescope"].iter().chain(&way);
        let spoken = help::spoken(Arguments::command(), Language::Chinese);
        let told = spoken.try_get_matches_from(typed).unwrap_err().to_string();
        let told = help::labelled(&told);
        for line in told.lines().map(str::trim) {
            // Commands and values have names that are words; what is said of them stands behind a gap.
            let said = line.split_once("  ").map_or(line, |(_, said)| said.trim());
            let named = said.starts_with("- ") || said.contains(['[', '<']);
            if let Some(word) = words::english(said).filter(|_| !named) {
                panic!("{way:?}: {word:?} is English in {said:?}\n{told}");
            }
        }
        for label in help::LABELS {
            assert!(!told.contains(label), "{way:?}: {label:?} is English\n{told}");
        }
    }
}
