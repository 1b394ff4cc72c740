//! Help, and what was typed wrongly: clap's words, in the language of whoever typed them.

use std::ffi::OsString;
use std::path::Path;
use std::process::ExitCode;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{CommandFactory as _, Error};
use rolescope::catalog::load;
use rolescope::cli::args::Arguments;
use rolescope::cli::help;
use rolescope::config::{Flags, Settings, places};
use rolescope::say::{Language, Saying, saying};

use super::{complain, keys, print};

/// What was typed, with `help check` as the `check --help` that it means: paths may stand where a command does, so clap
/// offers no command of that name. What is neither a command nor a path is told to be none.
pub(super) fn typed() -> Vec<OsString> {
    let mut typed: Vec<OsString> = std::env::args_os().collect();
    if !typed.iter().skip(1).any(|word| word == "help") {
        return typed;
    }
    let whole = Arguments::command();
    let Some(mut at) = first_word(&typed, &whole).filter(|at| is_help(typed.get(*at))) else {
        return typed;
    };
    while is_help(typed.get(at)) {
        typed.remove(at);
    }
    let commands = commands(&typed, at, &whole);
    at += commands.len();
    let is_path = |word: &OsString| Path::new(word).exists();
    let is_flag = |word: &OsString| word.to_string_lossy().starts_with('-');
    if !commands.is_empty() || typed.get(at).is_none_or(|word| is_flag(word) || is_path(word)) {
        typed.insert(at.min(typed.len()), "--help".into());
    }
    typed
}

/// The commands that stand from there on, each below the one before it.
fn commands<'c>(typed: &[OsString], at: usize, whole: &'c clap::Command) -> Vec<&'c clap::Command> {
    let mut command = whole;
    let named = typed.iter().skip(at).map_while(|word| {
        command = command.find_subcommand(word)?;
        Some(command)
    });
    named.collect()
}

fn is_help(word: Option<&OsString>) -> bool {
    word.is_some_and(|word| word == "help")
}

/// Where the first word stands that is neither an option nor the value of one.
fn first_word(typed: &[OsString], command: &clap::Command) -> Option<usize> {
    let takes_value = |option: &str| {
        let named = |arg: &&clap::Arg| {
            option.strip_prefix("--").map_or_else(
                || arg.get_short().is_some_and(|short| option == format!("-{short}")),
                |long| arg.get_long() == Some(long),
            )
        };
        command.get_arguments().find(named).is_some_and(|arg| arg.get_action().takes_values())
    };
    let mut at = 1;
    while let Some(word) = typed.get(at) {
        let word = word.to_string_lossy();
        if !word.starts_with('-') || load::is_stdin(&*word) {
            return Some(at);
        }
        at += 1 + usize::from(takes_value(&word));
    }
    None
}

/// Help goes to standard output; a mistake is one sentence on standard error.
pub(super) fn tell(error: &Error) -> ExitCode {
    let lang = language();
    if error.use_stderr() {
        let told = (error.kind() == ErrorKind::InvalidUtf8).then(no_text).flatten();
        let told = told.unwrap_or_else(|| sentence(error));
        complain(&told.said(lang));
        return ExitCode::from(2);
    }
    let text = match (lang, error.kind()) {
        (Language::Chinese, ErrorKind::DisplayHelp) => {
            // The same once more: only help that is asked for pays for another language.
            let spoken = help::spoken(Arguments::command(), lang);
            let again = spoken.try_get_matches_from(typed());
            help::labelled(&again.err().map_or_else(|| error.to_string(), |help| help.to_string()))
        }
        _ => error.to_string(),
    };
    print(&mut |out| out.write_all(text.as_bytes()))
        .map_or_else(|code| code, |()| ExitCode::SUCCESS)
}

/// Which word it is that is no text: clap names none.
fn no_text() -> Option<Saying> {
    let word = std::env::args_os().skip(1).find(|word| word.to_str().is_none())?;
    Some(
        saying("`{}` is not in UTF-8, as all but the names of files must be")
            .with(load::shown(Path::new(&word))),
    )
}

/// The option for files, where a file or folder stands behind a command that takes none there.
fn files(error: &Error) -> Option<Saying> {
    let typed = unexpected(error)?;
    let is_there = !typed.starts_with('-') && Path::new(typed).exists();
    is_there.then(|| saying("`--policies {}` asks about the policies there").with(typed))
}

/// Where the option has to stand, where one of the program stands behind a command.
fn before(error: &Error, whole: &clap::Command, command: &str) -> Option<Saying> {
    let typed = unexpected(error)?;
    let long = typed.strip_prefix("--")?.split('=').next().filter(|long| !long.is_empty())?;
    let of_program = whole.get_arguments().any(|arg| arg.get_long() == Some(long));
    (of_program && !command.is_empty()).then(|| {
        saying("it stands before the command: `rolescope --{} ... {}`").with(long).with(command)
    })
}

/// The argument that was not expected.
fn unexpected(error: &Error) -> Option<&str> {
    match error.get(ContextKind::InvalidArg)? {
        ContextValue::String(typed) if error.kind() == ErrorKind::UnknownArgument => Some(typed),
        _ => None,
    }
}

/// What is wrong, and the tip where there is one; not the usage.
fn sentence(error: &Error) -> Saying {
    let (typed, whole) = (typed(), Arguments::command());
    let at = first_word(&typed, &whole).unwrap_or(typed.len());
    let commands = commands(&typed, at, &whole);
    let names: Vec<&str> = commands.iter().map(|one| one.get_name()).collect();
    let command = names.join(" ");
    let usage = if command.is_empty() {
        saying("`rolescope --help` tells the use")
    } else {
        saying("`rolescope {} --help` tells the use").with(&command)
    };
    if error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        let below = commands.last().into_iter().flat_map(|one| one.get_subcommands());
        let below = below.map(clap::Command::get_name);
        let needs = saying("`{}` needs one of its own commands: {}").with(&command).list(below);
        return saying("{}; {}").of(needs).of(usage);
    }
    let before = before(error, &whole, &command);
    // The words of the standard library, which say more of the letter than of the number.
    let text = error.to_string().replace("invalid digit found in string", "it is no whole number");
    // What begins as an option does is seldom the name of a file.
    let is_file = unexpected(error).is_some_and(|typed| Path::new(typed).exists());
    let is_idle = |line: &str| {
        before.is_some() && line.starts_with("tip:") || !is_file && line.starts_with("tip: to pass")
    };
    let mut parts: Vec<String> = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if line.starts_with("Usage:") || line.starts_with("For more information") {
            break;
        }
        let line = line.trim_start_matches("error: ");
        if is_idle(line) {
            continue;
        }
        let apart = line.starts_with("tip:") || line.starts_with("[possible");
        match parts.last_mut().filter(|_| !apart) {
            Some(last) => *last = format!("{last} {line}"),
            None => parts.push(line.to_owned()),
        }
    }
    let parts = parts.into_iter().map(Saying::others);
    let all = parts.chain(before).chain(files(error)).chain([usage]);
    let all = all.reduce(|all, next| saying("{}; {}").of(all).of(next));
    all.unwrap_or_else(|| Saying::same(String::new()))
}

/// Words that other programs have for what a command does.
const OTHER_WORDS: [(&str, &[&str]); 6] = [
    ("find", &["search", "grep", "query", "lookup"]),
    ("list", &["ls", "roles"]),
    ("show", &["describe", "get", "info"]),
    ("diff", &["compare"]),
    ("check", &["lint", "validate", "verify"]),
    ("removal", &["delete", "remove", "rm"]),
];

/// The command that does what a word of another program says.
pub(super) fn meant(typed: &str) -> Option<&'static str> {
    let found = OTHER_WORDS.iter().find(|(_, words)| words.contains(&&*typed.to_lowercase()));
    found.map(|(name, _)| *name)
}

/// The language of somebody whose arguments were not read: what they say of it all the same, then the settings.
pub(super) fn language() -> Language {
    let typed: Vec<String> =
        std::env::args_os().skip(1).map(|arg| arg.to_string_lossy().into_owned()).collect();
    let value = |flag: &str| {
        typed.iter().enumerate().find_map(|(at, arg)| match arg.strip_prefix(flag)? {
            "" => typed.get(at + 1).map(String::as_str),
            joined => joined.strip_prefix('='),
        })
    };
    let language = value("--lang").and_then(Language::of_code);
    let flags = Flags {
        language,
        config: value("--config").map(Into::into),
        no_config: typed.iter().any(|arg| arg == "--no-config"),
        ..Flags::default()
    };
    let settings = Settings::gather(&flags, &places::process, &keys::words());
    settings.map_or_else(
        |_| rolescope::config::spoken(language, &places::process),
        |settings| settings.language.value,
    )
}
