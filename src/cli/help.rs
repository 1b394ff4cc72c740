//! The help of the program in another language. English stands where the arguments are told to clap; its Chinese is in
//! the table as all other words, and is put in only where help is really asked for.

use clap::builder::{PossibleValuesParser, StyledStr};
use clap::{Arg, Command};

use crate::say::{Language, known};

/// What clap itself says in help, and nobody here.
pub const LABELS: [&str; 10] = [
    "Usage:",
    "Commands:",
    "Arguments:",
    "Options:",
    "Possible values:",
    "Print help (see a summary with '-h')",
    "Print help (see more with '--help')",
    "Print help",
    "[possible values: ",
    "[default: ",
];

/// The command with its texts in a language. It is made to tell help: a value that is one of several names is read as
/// a text by it.
#[must_use]
pub fn spoken(command: Command, language: Language) -> Command {
    if language == Language::English {
        return command;
    }
    let (about, long, after) =
        (word(command.get_about()), word(command.get_long_about()), word(command.get_after_help()));
    let mut command = command;
    if let Some(zh) = about {
        command = command.about(zh);
    }
    if let Some(zh) = long {
        command = command.long_about(zh);
    }
    if let Some(zh) = after {
        command = command.after_help(zh);
    }
    command.mut_args(argument).mut_subcommands(|sub| spoken(sub, language))
}

fn argument(arg: Arg) -> Arg {
    let mut arg = arg;
    if let Some(zh) = word(arg.get_help()) {
        arg = arg.help(zh);
    }
    if let Some(zh) = word(arg.get_long_help()) {
        arg = arg.long_help(zh);
    }
    let values = arg.get_possible_values();
    // A flag without a value has `true` and `false`, which have no help.
    if values.iter().any(|value| value.get_help().is_some()) {
        let values = values.into_iter().map(|value| match word(value.get_help()) {
            Some(zh) => value.help(zh),
            None => value,
        });
        arg = arg.value_parser(PossibleValuesParser::new(values.collect::<Vec<_>>()));
    }
    arg
}

fn word(text: Option<&StyledStr>) -> Option<&'static str> {
    known(&text?.to_string())
}

/// The text of help with clap's own words in Chinese.
pub fn labelled(help: &str) -> String {
    let mut out = help.to_owned();
    for label in LABELS {
        if let Some(zh) = known(label) {
            let blank = format!("{label} ");
            out = out.replace(if label == "Usage:" { &blank } else { label }, zh);
        }
    }
    out
}
