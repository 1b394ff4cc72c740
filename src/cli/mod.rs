//! The command line: every answer of the screen in one command, as text, Markdown or JSON.
//!
//! Each command is a function from its arguments to an [`answer::Answer`]; files are read in [`files`], [`own`] and
//! [`check`], and what is printed is written by `main`. Text and JSON come from one value.
//!
//! # Exit status
//!
//! 0 yes or fine; 1 no: `can` did not answer allow, `check` found errors, `who-can` found nobody, `diff` found a
//! difference, `list`, `find`, `matrix` and `summary --service` found nothing, `keys` and `config` found a clash or a
//! fault; 2 wrong use or unreadable input, with one sentence on standard error.
//! `check` reports a file that it cannot read as an error of that file, so that it ends with 1 where there are others,
//! and with 2 where there was nothing that could be read. `who-can` takes what holds under a condition for a yes, `can`
//! for a no.
//!
//! # JSON
//!
//! Every answer is one object with `"schema": 1`; `check` prints one object a line and file. The number changes when
//! a field goes or changes its meaning; fields may be added. Statements, policies, lines and columns count from 1.
//! Sentences in it are English whatever the language of the screen and of text.
//! The fields are told by `rolescope man`; see [`manual`].

pub mod answer;
pub mod args;
pub mod can;
pub mod check;
pub mod data;
pub mod diff;
pub mod explain;
pub mod export;
pub mod files;
pub mod given;
pub mod help;
pub mod known;
pub mod lint;
pub mod manual;
pub mod matrix;
pub mod named;
pub mod offered;
pub mod own;
pub mod page;
pub mod papers;
pub mod plain;
pub mod policies;
pub mod removal;
pub mod roles;
pub mod search;
mod seen;
pub mod settings;
pub mod subject;
pub mod summaries;
pub mod sure;
pub mod tour;
mod typed;
mod user_policy;
pub mod who_can;

use answer::{Answer, Trouble};
use args::{Command, Format};
use known::Known;

use crate::say::{Language, saying};

/// Answers any command that needs nothing but what is known. Errors: wrong use, or input that cannot be read.
///
/// Data may be many times as large as a text; the commands of which they can be make them where they are asked for.
pub fn run(
    command: &Command,
    lang: Language,
    format: Format,
    known: &Known,
) -> Result<Answer, Trouble> {
    match command {
        Command::List(args) => roles::list(args, lang, format, known),
        Command::Show(args) => roles::show(args, lang, known),
        Command::Policy(args) => policies::policy(args, lang, known),
        Command::Summary(args) => summaries::run(args, lang, format, known),
        Command::Matrix(args) => matrix::run(args, lang, format, known),
        Command::Removal(args) => removal::run(args, lang, known),
        Command::WhoCan(args) => who_can::run(args, lang, format, known),
        Command::Can(args) => can::run(args, lang, format, known),
        Command::Find(args) => search::run(args, lang, known),
        Command::Template(args) => policies::template(args, lang, known),
        Command::Completions(args) => manual::completions(args, lang),
        Command::Man => manual::page(),
        Command::Explain(args) => explain::run(args, lang, known),
        Command::Diff(args) => diff::run(args, lang, known),
        // What writes as it goes, has formats of its own, or needs more than what is known: `main` runs these itself.
        Command::Check(_)
        | Command::Export(_)
        | Command::Account(_)
        | Command::Config
        | Command::Keys
        | Command::Tour(_) => Err(Trouble::new(saying("this command is not run in this way"))),
    }
}
