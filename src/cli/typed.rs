//! Reading what was typed, at the cost of what was typed: most of clap's work is to build what nobody asked for.

use std::ffi::OsString;

use clap::{Args as _, Command, Error, FromArgMatches as _, Parser as _, Subcommand as _};

use super::args::{self, Arguments, Given, Output, Screen};

/// Puts the arguments of a command in.
type Fill = fn(Command) -> Command;

/// The arguments of each command by its name, which a test compares with what clap derives.
const COMMANDS: [(&str, Fill); 20] = [
    ("list", args::List::augment_args),
    ("show", args::Name::augment_args),
    ("policy", args::Policy::augment_args),
    ("summary", args::Summary::augment_args),
    ("matrix", args::Matrix::augment_args),
    ("explain", args::Subject::augment_args),
    ("removal", args::Removal::augment_args),
    ("who-can", args::WhoCan::augment_args),
    ("can", args::Can::augment_args),
    ("diff", args::Diff::augment_args),
    ("find", args::Find::augment_args),
    ("check", args::Check::augment_args),
    ("template", args::Template::augment_args),
    ("export", args::Export::augment_args),
    ("account", |account| args::Account::augment_subcommands(account).subcommand_required(true)),
    ("config", |config| config),
    ("keys", |keys| keys),
    ("tour", args::Tour::augment_args),
    ("completions", args::Completions::augment_args),
    ("man", |man| man),
];

impl Arguments {
    /// Reads what was typed, the name of the program first.
    ///
    /// # Errors
    ///
    /// What clap has to say, help among it, with all that it knows.
    pub fn read(typed: &[OsString]) -> Result<Self, Error> {
        Self::usual(typed.iter().skip(1))
            .or_else(|| Self::lean(typed))
            .map_or_else(|| Self::try_parse_from(typed), Ok)
    }

    /// What was typed where it is what is typed mostly: nothing, or `--fresh`. None where clap shall read it.
    fn usual<'a>(mut typed: impl Iterator<Item = &'a OsString>) -> Option<Self> {
        let fresh = match typed.next() {
            None => false,
            Some(one) if one == "--fresh" && typed.next().is_none() => true,
            Some(_) => return None,
        };
        Some(Self { screen: Screen { fresh, ..Screen::default() }, ..Self::default() })
    }

    /// What clap reads where it knows no command whose name was not typed. None where it has something to say: what it
    /// says stands on all that it knows.
    fn lean(typed: &[OsString]) -> Option<Self> {
        let lean = lean(|name| typed.iter().any(|word| word == name));
        Self::from_arg_matches(&lean.try_get_matches_from(typed).ok()?).ok()
    }
}

/// The command line with these commands alone. Each costs its arguments and a copy of those that stand behind any.
fn lean(is_among: impl Fn(&str) -> bool) -> Command {
    let whole = Command::new("rolescope").disable_version_flag(true).disable_help_subcommand(true);
    let whole = Given::augment_args(Output::augment_args(Screen::augment_args(whole)));
    let among = COMMANDS.iter().filter(|(name, _)| is_among(name));
    whole.subcommands(among.map(|(name, fill)| fill(Command::new(*name))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory as _;

    fn words(typed: &[&str]) -> Vec<OsString> {
        std::iter::once("rolescope").chain(typed.iter().copied()).map(OsString::from).collect()
    }

    #[test]
    fn what_is_typed_mostly_means_the_same_without_clap() {
        let usual = |typed: &[&str]| Arguments::usual(words(typed).iter().skip(1));
        for typed in [&[][..], &["--fresh"]] {
            let read = Arguments::try_parse_from(words(typed)).unwrap();
            assert_eq!(format!("{:?}", usual(typed).unwrap()), format!("{read:?}"), "{typed:?}");
        }
        for typed in
            [&["--fresh", "--fresh"][..], &["-V"], &["--fresh", "a.json"], &["list"], &[""]]
        {
            assert!(usual(typed).is_none(), "{typed:?}");
        }
    }

    /// All that says how arguments are read, of a command and of those below it; no texts.
    fn shape_of(command: &Command) -> Vec<String> {
        let name = command.get_name();
        let mut shape = vec![format!("{name} {}", command.is_subcommand_required_set())];
        for arg in command.get_arguments() {
            shape.push(format!(
                "{name} {} {:?} {:?} {:?} {:?} {:?} {} {:?} {:?} {:?}",
                arg.get_id(),
                arg.get_long(),
                arg.get_short(),
                arg.get_index(),
                arg.get_action(),
                arg.get_num_args(),
                arg.is_required_set(),
                arg.get_default_values(),
                arg.get_possible_values()
                    .iter()
                    .map(clap::builder::PossibleValue::get_name)
                    .collect::<Vec<_>>(),
                command.get_arg_conflicts_with(arg).iter().map(|a| a.get_id()).collect::<Vec<_>>(),
            ));
        }
        shape.extend(command.get_subcommands().flat_map(shape_of));
        shape
    }

    #[test]
    fn the_lean_command_line_is_the_whole_one() {
        let shape = |mut command: Command| {
            command.build();
            let mut shape = shape_of(&command);
            shape.sort();
            shape
        };
        let (lean, whole) = (shape(lean(|_| true)), shape(Arguments::command()));
        for (lean, whole) in lean.iter().zip(&whole) {
            assert_eq!(lean, whole);
        }
        assert_eq!(lean.len(), whole.len());
    }

    #[test]
    fn what_the_lean_command_line_reads_is_what_the_whole_one_reads() {
        let lines: [&[&str]; 16] = [
            &["list"],
            &["list", "--service", "kms", "--json"],
            &["--lang", "zh", "list", "--product", "alikafka"],
            &["policy.json", "--fresh", "--theme", "dark"],
            &["--", "list"],
            &["a.json", "list"],
            &["can", "role", "--action", "ecs:Run", "--context", "a=b", "--context", "a=c"],
            &["can", "--policy", "a", "b", "--action", "ecs:Run"],
            &["account", "snapshot", "--time-limit", "7", "--all"],
            &["check", "-", "--no-config"],
            &["completions", "zsh"],
            &["tour", "first-steps", "--plain"],
            &["-V"],
            &["config"],
            &["find", "a", "b", "-f", "json"],
            &["removal", "alikafka", "--snapshot", "s.json", "--catalog", "c", "--catalog", "d"],
        ];
        for line in lines {
            let typed = words(line);
            let lean = Arguments::lean(&typed).map(|read| format!("{read:?}"));
            let whole = Arguments::try_parse_from(&typed).ok().map(|read| format!("{read:?}"));
            assert!(whole.is_some(), "{line:?} is no example");
            assert_eq!(lean, whole, "{line:?}");
        }
        let wrong: [&[&str]; 11] = [
            &["--help"],
            &["list", "--help"],
            &["list", "--nothing"],
            &["can", "role"],
            &["can", "role", "--policy", "a", "--action", "ecs:Run"],
            &["--json", "--format", "text", "list"],
            &["list", "--lang", "fr"],
            &["account"],
            &["account", "snapshot", "--time-limit", "0"],
            &["tour", "--plain"],
            &["check", "--config", "a", "--no-config"],
        ];
        for line in wrong {
            assert!(Arguments::lean(&words(line)).is_none(), "{line:?}");
            assert!(Arguments::read(&words(line)).is_err(), "{line:?}");
        }
    }
}
