//! Which values of flags are offered, and which a command refuses.

use std::collections::BTreeSet;
use std::ffi::OsStr;

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Arg, Command, Error};

use super::args::{Arguments, Command as Asked, FormatName};
use crate::catalog::Catalog;
use crate::catalog::tours::tours;
use crate::policy::pattern::has_wildcard;
use crate::policy::summary::touched;
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

/// Names that shells offer, as they are typed most.
#[derive(Clone, Debug)]
pub struct Offered {
    roles: Vec<String>,
    products: Vec<String>,
    services: Vec<String>,
    tours: Vec<String>,
    /// Are they offered where a file may stand too? Some shells offer no file then.
    beside_files: bool,
}

impl Offered {
    /// The names of a catalogue.
    pub fn of(catalog: &Catalog, beside_files: bool) -> Self {
        let touched: BTreeSet<&str> = catalog
            .roles()
            .iter()
            .filter_map(|role| catalog.document(role))
            .flat_map(|document| touched(&document, catalog))
            .map(|touched| touched.code.as_str())
            .filter(|code| !has_wildcard(code))
            .collect();
        Self {
            roles: catalog.roles().iter().map(|role| role.short_name.clone()).collect(),
            products: catalog.products().iter().map(|one| one.id.0.to_string()).collect(),
            services: touched.into_iter().map(str::to_owned).collect(),
            tours: tours().iter().map(|tour| tour.id.clone()).collect(),
            beside_files,
        }
    }

    /// What may stand for an argument of a command.
    fn values(&self, command: &str, arg: &Arg) -> Vec<String> {
        let placeholder = arg.get_value_names().and_then(|names| names.first()).map(AsRef::as_ref);
        match (arg.get_id().as_str(), placeholder) {
            ("role", _) => self.roles.clone(),
            ("subject", Some("ROLE|FILE")) if self.beside_files => self.roles.clone(),
            ("subject", Some("ROLE|PRODUCT")) => [&*self.roles, &*self.products].concat(),
            ("service", _) => self.services.clone(),
            ("product", _) => self.products.clone(),
            ("name", _) if command == "tour" => self.tours.clone(),
            _ => Vec::new(),
        }
    }

    fn add(&self, sub: Command) -> Command {
        let name = sub.get_name().to_owned();
        sub.mut_args(|arg| match self.values(&name, &arg) {
            values if values.is_empty() => arg,
            values => {
                // The names of commands last as long as the program, which prints this and ends.
                let values = values.into_iter().map(|value| &*value.leak());
                arg.value_parser(PossibleValuesParser::new(values)).hide_possible_values(true)
            }
        })
    }
}

/// The command as shells complete it: with the names that may stand for a role, a product, a service or a tour, and the
/// formats of `export` there alone.
#[must_use]
pub fn for_shells(command: Command, offered: &Offered) -> Command {
    let command = command.mut_subcommands(|sub| offered.add(sub));
    let formats = command.get_arguments().find(|arg| arg.get_id() == "format").cloned();
    let Some(formats) = formats else { return command };
    let values: Vec<PossibleValue> = formats
        .get_possible_values()
        .into_iter()
        .filter(|value| ["json", "text", "markdown"].contains(&value.get_name()))
        .collect();
    let fewer = formats.value_parser(PossibleValuesParser::new(values));
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
        let offered = Offered::of(&Catalog::builtin().unwrap(), true);
        let mut command = for_shells(Arguments::command(), &offered);
        command.build();
        let offered = |name: &str| -> usize {
            let sub = command.find_subcommand(name).unwrap();
            let format = sub.get_arguments().find(|arg| arg.get_id() == "format").unwrap();
            format.get_possible_values().len()
        };
        assert_eq!((offered("list"), offered("export")), (3, 6));
    }
}
