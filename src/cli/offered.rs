//! Which values of flags are offered, and which a command refuses.

use std::ffi::OsStr;

use clap::builder::{PossibleValue, TypedValueParser};
use clap::{Arg, Command, Error};

use super::args::{Arguments, Command as Asked, FormatName};
use crate::say::{Saying, saying};

/// The names of the themes, as the settings know them; a test holds them to be the same.
pub const THEMES: [&str; 6] = ["terminal", "dark", "light", "high-contrast", "plain", "auto"];

/// Offers the names of themes. Settings judge what was typed, in the language of who typed it.
#[derive(Clone, Copy, Debug)]
pub struct ThemeParser;

impl TypedValueParser for ThemeParser {
    type Value = String;

    fn parse_ref(&self, _: &Command, _: Option<&Arg>, typed: &OsStr) -> Result<String, Error> {
        Ok(typed.to_string_lossy().into_owned())
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(THEMES.iter().map(PossibleValue::new)))
    }
}

impl Arguments {
    /// A sentence where the format is one that the command does not write.
    pub fn wrong_format(&self) -> Option<Saying> {
        match &self.command {
            Some(Asked::Account(_)) if self.output.named().is_some() => Some(saying(
                "`account snapshot` prints no answer that could be in a format: what it writes is a file, and that is JSON",
            )),
            Some(Asked::Export(_)) => None,
            _ if self.output.format.is_some_and(FormatName::is_export) => Some(saying(
                "only `export` writes html, dot and mermaid; the other commands write text, markdown and json",
            )),
            None if !self.screen.plain && self.output.named().is_some() => Some(saying(
                "the screen is written in no format; `rolescope --plain` and the commands, such as `rolescope list`, are",
            )),
            _ => None,
        }
    }
}

/// The command as shells complete it: the formats of `export` are offered there alone.
#[must_use]
pub fn for_shells(command: Command) -> Command {
    let formats = command.get_arguments().find(|arg| arg.get_id() == "format").cloned();
    let Some(formats) = formats else { return command };
    let values: Vec<PossibleValue> = formats
        .get_possible_values()
        .into_iter()
        .filter(|value| ["json", "text", "markdown"].contains(&value.get_name()))
        .collect();
    let fewer = formats.value_parser(clap::builder::PossibleValuesParser::new(values));
    // A command that has the option keeps its own.
    command.mut_subcommands(
        |sub| {
            if sub.get_name() == "export" { sub } else { sub.arg(fewer.clone()) }
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory as _;

    #[test]
    fn formats_of_export_are_offered_there_alone() {
        let mut command = for_shells(Arguments::command());
        command.build();
        let offered = |name: &str| -> usize {
            let sub = command.find_subcommand(name).unwrap();
            let format = sub.get_arguments().find(|arg| arg.get_id() == "format").unwrap();
            format.get_possible_values().len()
        };
        assert_eq!((offered("list"), offered("export")), (3, 6));
    }
}
