//! The arguments, as clap reads them. Knows no answers; imports the words of the clipboard's roads from nowhere.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use super::offered::ThemeParser;
use crate::config::Flags;
use crate::say::Language;

/// What was typed.
#[derive(Debug, Default, Parser)]
#[command(
    name = "rolescope",
    about = "Explains Alibaba Cloud service-linked roles: what they may do, and what blocks their deletion",
    long_about = "Explains Alibaba Cloud service-linked roles: what they may do, and what blocks their deletion.\n\n\
        Without a command it opens the screen. Each command answers one question as text, Markdown or JSON.",
    after_help = "Exit status: 0 yes or fine; 1 no (denied, errors found, nobody, a difference); \
        2 wrong use or unreadable input. `account snapshot`: 0 all was read, 1 something was not, 2 no file, \
        129, 130, 131 or 143 stopped by a signal.",
    disable_version_flag = true,
    disable_help_subcommand = true
)]
pub struct Arguments {
    /// What is asked; nothing opens the screen
    #[command(subcommand)]
    pub command: Option<Command>,
    /// How the screen is set up
    #[command(flatten)]
    pub screen: Screen,
    /// How the answer is written
    #[command(flatten)]
    pub output: Output,
    /// What is looked at, and the settings
    #[command(flatten)]
    pub given: Given,
}

/// What is looked at, and the settings.
#[derive(Clone, Debug, Default, Args)]
pub struct Given {
    /// A catalogue of your own: a folder of catalogue files, merged over the built-in one
    #[arg(long, value_name = "DIR", global = true)]
    pub catalog: Vec<PathBuf>,
    /// Policies of your own to ask about instead of the catalogue's roles: a file, a folder, or `-` for standard input
    #[arg(long, value_name = "FILE|DIR", global = true)]
    pub policies: Vec<PathBuf>,
    /// A snapshot of your account to lay over the catalogue; see `account snapshot`
    #[arg(long, value_name = "FILE", global = true)]
    pub snapshot: Option<PathBuf>,
    /// The config file, instead of the usual one
    #[arg(long, value_name = "FILE", global = true)]
    pub config: Option<PathBuf>,
    /// Reads no config file
    #[arg(long, global = true, conflicts_with = "config")]
    pub no_config: bool,
    /// Prints the version and the date of the catalogue
    #[arg(short = 'V', long)]
    pub version: bool,
}

/// How the screen is set up.
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own")]
#[derive(Clone, Debug, Default, Args)]
pub struct Screen {
    /// Files and folders with policies, or answers of the RAM API, to explore; `-` is standard input
    #[arg(value_name = "PATH")]
    pub paths: Vec<OsString>,
    /// Colours of the screen
    #[arg(long, value_name = "NAME", value_parser = ThemeParser)]
    pub theme: Option<String>,
    /// Language of texts
    #[arg(long, value_enum, global = true, value_name = "LANG")]
    pub lang: Option<Lang>,
    /// Leaves the mouse to the terminal
    #[arg(long)]
    pub no_mouse: bool,
    /// For showing others: pressed keys and more space on the screen, tours that wait
    #[arg(long, global = true)]
    pub present: bool,
    /// How texts are put on the clipboard
    #[arg(long, value_enum, global = true, value_name = "ROAD")]
    pub clipboard: Option<ClipboardRoad>,
    /// Begins at the first product, not where the last run was left
    #[arg(long)]
    pub fresh: bool,
    /// Prints the roles and the commands instead of opening the screen, for screen readers
    #[arg(long)]
    pub plain: bool,
}

impl Arguments {
    /// What the flags say about settings.
    pub fn flags(&self) -> Flags {
        let road = self.screen.clipboard.and_then(|road| road.to_possible_value());
        Flags {
            theme: self.screen.theme.clone(),
            language: self.screen.lang.map(|lang| match lang {
                Lang::En => Language::English,
                Lang::Zh => Language::Chinese,
            }),
            no_mouse: self.screen.no_mouse,
            clipboard: road.map(|value| value.get_name().to_owned()),
            catalogs: self.given.catalog.clone(),
            config: self.given.config.clone(),
            no_config: self.given.no_config,
        }
    }

    /// The files and folders that were given, for the screen and for every other answer.
    pub fn paths(&self) -> Vec<OsString> {
        let policies = self.given.policies.iter().map(|path| path.clone().into_os_string());
        self.screen.paths.iter().cloned().chain(policies).collect()
    }
}

impl ClipboardRoad {
    /// The road of this name; by what the terminal is where there is none.
    pub fn named(name: &str) -> Self {
        Self::from_str(name, true).unwrap_or_default()
    }
}

/// A language of texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Lang {
    /// English
    En,
    /// Simplified Chinese
    Zh,
}

/// A road to the clipboard.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum ClipboardRoad {
    /// By what the terminal is
    #[default]
    Auto,
    /// Through tmux
    Tmux,
    /// By the terminal's own sequence
    Osc52,
    /// By a clipboard program
    Tool,
    /// Not at all
    Off,
}

/// How the answer is written.
#[derive(Clone, Copy, Debug, Default, Args)]
pub struct Output {
    /// Short for --format json
    #[arg(long, global = true, conflicts_with = "format")]
    pub json: bool,
    /// How the answer is written
    #[arg(short, long, global = true, value_enum, value_name = "FORMAT")]
    pub format: Option<FormatName>,
}

impl Output {
    /// The format that was asked for.
    pub fn chosen(self) -> Format {
        match self.named() {
            None | Some(FormatName::Text) => Format::Text,
            Some(FormatName::Json) => Format::Json,
            // Those of `export` are refused before there is an answer.
            Some(_) => Format::Markdown,
        }
    }

    /// The same by its name; None where none was asked for.
    pub fn named(self) -> Option<FormatName> {
        if self.json { Some(FormatName::Json) } else { self.format }
    }
}

/// A format by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum FormatName {
    /// One JSON value; for check one a line
    Json,
    /// Aligned lines for people
    Text,
    /// Markdown for a ticket
    Markdown,
    /// One HTML file (only `export`)
    Html,
    /// A graph for Graphviz (only `export`)
    Dot,
    /// A graph for Mermaid (only `export`)
    Mermaid,
}

impl FormatName {
    /// Does only `export` write it?
    pub(super) const fn is_export(self) -> bool {
        matches!(self, Self::Html | Self::Dot | Self::Mermaid)
    }
}

/// A way to write an answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// One JSON value; for check one a line.
    Json,
    /// Aligned lines for people.
    #[default]
    Text,
    /// Markdown for a ticket.
    Markdown,
}

/// A question.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Lists the roles, one a line
    List(List),
    /// Tells all that is known of a role
    Show(Name),
    /// Prints a policy
    Policy(Policy),
    /// Tells what a policy grants, by service and access level
    Summary(Summary),
    /// Sets roles against services: the highest access level and the number of actions
    Matrix(Matrix),
    /// Says each statement in a sentence, and what is remarkable
    Explain(Subject),
    /// Tells what has to go before a role can be deleted
    Removal(Removal),
    /// Tells which roles can do something
    WhoCan(WhoCan),
    /// Decides whether a role or policies allow a request
    Can(Can),
    /// Compares two roles or policies by meaning
    Diff(Diff),
    /// Finds products, roles, services and actions
    Find(Find),
    /// Reads and checks policy files
    Check(Check),
    /// Prints the policy that lets a RAM user create roles
    Template(Template),
    /// Writes a reference page of roles, or a graph of what hangs on what, for a team's wiki
    Export(Export),
    /// Reads roles from your own account through the `aliyun` CLI
    #[command(subcommand)]
    Account(Account),
    /// Prints the settings in force, each with where it comes from
    Config,
    /// Prints the keys of every command, and which of them clash
    Keys,
    /// Shows a guided tour on the screen, prints one, or lists them
    Tour(Tour),
    /// Prints completions for a shell
    Completions(Completions),
    /// Prints the manual page
    Man,
}

/// Which roles to list.
#[derive(Debug, Args)]
pub struct List {
    /// Only roles that touch this service (code or name)
    #[arg(long)]
    pub service: Option<String>,
    /// Only roles of this product (id or name)
    #[arg(long)]
    pub product: Option<String>,
}

/// A role.
#[derive(Debug, Args)]
pub struct Name {
    /// Full or short name, in any case
    pub role: String,
}

/// Which roles and services to set against each other.
#[derive(Debug, Args)]
pub struct Matrix {
    /// Only this service (code or name), and the roles that touch it
    #[arg(long)]
    pub service: Option<String>,
    /// Only roles of this product (id or name)
    #[arg(long)]
    pub product: Option<String>,
}

/// A role or a file.
#[derive(Debug, Args)]
pub struct Subject {
    /// Name of a role, or a file (`-` for standard input)
    #[arg(value_name = "ROLE|FILE")]
    pub subject: OsString,
}

/// Which policy to print, and how.
#[derive(Debug, Args)]
pub struct Policy {
    /// Name of a role, or a file (`-` for standard input)
    #[arg(value_name = "ROLE|FILE")]
    pub subject: OsString,
    /// Without blanks between the parts
    #[arg(long)]
    pub compact: bool,
    /// The policy that says who may assume the role
    #[arg(long)]
    pub trust: bool,
    /// Only this statement, counted from 1
    #[arg(long, value_name = "N")]
    pub statement: Option<usize>,
    /// Puts it on the clipboard instead
    #[arg(long)]
    pub copy: bool,
}

/// Whose grants to sum up.
#[derive(Debug, Args)]
pub struct Summary {
    /// Name of a role, or a file (`-` for standard input)
    #[arg(value_name = "ROLE|FILE")]
    pub subject: OsString,
    /// Only this service (code or name)
    #[arg(long)]
    pub service: Option<String>,
}

/// What to remove.
#[derive(Debug, Args)]
pub struct Removal {
    /// Name of a role or a product
    #[arg(value_name = "ROLE|PRODUCT")]
    pub subject: String,
    /// The answer of `GetServiceLinkedRoleDeletionStatus` (`-` for standard input)
    #[arg(long, value_name = "FILE")]
    pub status: Option<PathBuf>,
    /// Puts it on the clipboard instead
    #[arg(long)]
    pub copy: bool,
}

/// What somebody wants to do.
#[derive(Debug, Args)]
#[command(
    after_help = "Exit status: 0 a role can, or could under a condition (where `can` ends with 1: its answer \
        depends); 1 nobody can; 2 wrong use."
)]
pub struct WhoCan {
    /// An action, a pattern such as `ecs:*SecurityGroup*`, a service, or plain words such as decrypt
    pub action: String,
    /// Only on this resource
    #[arg(long, value_name = "ARN")]
    pub resource: Option<String>,
    /// A context key and its value; may be repeated
    #[arg(long, value_name = "KEY=VALUE", value_parser = pair)]
    pub context: Vec<(String, String)>,
}

/// A request, and who or what decides on it.
#[derive(Clone, Debug, Args)]
#[command(
    after_help = "Exit status: 0 allow; 1 denied, or the answer depends on what was not given (where `who-can` \
        ends with 0: a role could); 2 wrong use or unreadable input."
)]
pub struct Can {
    /// Name of a role
    #[arg(conflicts_with = "policy")]
    pub role: Option<String>,
    /// Policy files that decide together (`-` for standard input)
    #[arg(long, value_name = "FILE", num_args = 1..)]
    pub policy: Vec<PathBuf>,
    /// The action, such as `ecs:DescribeInstances`
    #[arg(long)]
    pub action: String,
    /// The resource by its full name; without it only statements on every resource match
    #[arg(long, value_name = "ARN")]
    pub resource: Option<String>,
    /// A context key and its value; may be repeated, also for one key
    #[arg(long, value_name = "KEY=VALUE", value_parser = pair)]
    pub context: Vec<(String, String)>,
    /// Who asks, for policies that name principals: a service or an ARN
    #[arg(long, value_name = "WHO")]
    pub principal: Option<String>,
    /// Takes what is not given as unknown instead of absent
    #[arg(long)]
    pub partial: bool,
}

/// What to compare.
#[derive(Debug, Args)]
pub struct Diff {
    /// Name of a role, or a file
    #[arg(value_name = "ROLE|FILE")]
    pub first: OsString,
    /// Name of another role, or a file
    #[arg(value_name = "ROLE|FILE")]
    pub second: OsString,
}

/// What to find.
#[derive(Debug, Args)]
pub struct Find {
    /// Letters of what is sought, in order
    #[arg(required = true)]
    pub query: Vec<String>,
}

/// What to check.
#[derive(Debug, Args)]
#[command(
    after_help = "Exit status: 0 no errors; 1 errors, one of them a given file that cannot be read; \
        2 wrong use, or nothing that was given could be read."
)]
pub struct Check {
    /// Files and folders (`-` for standard input)
    #[arg(value_name = "FILE|DIR")]
    pub paths: Vec<PathBuf>,
}

/// Which roles may be created.
#[derive(Debug, Args)]
pub struct Template {
    /// Names of roles and products
    #[arg(required = true, value_name = "ROLE|PRODUCT")]
    pub roles: Vec<String>,
    /// Puts it on the clipboard instead
    #[arg(long)]
    pub copy: bool,
}

/// What to write a page or graph of.
#[derive(Debug, Args)]
#[command(after_help = "Formats: markdown (the default), html, dot, mermaid. For example \
        `rolescope export --format html > roles.html` or `rolescope export -f dot product:alikafka | dot -Tsvg > roles.svg`.")]
pub struct Export {
    /// Names of roles and products; every product if none is given
    #[arg(value_name = "ROLE|PRODUCT")]
    pub subjects: Vec<String>,
}

/// Which tour.
#[derive(Debug, Args)]
pub struct Tour {
    /// Name of a tour; without it they are listed
    pub name: Option<String>,
    /// Prints it as Markdown instead of showing it
    #[arg(long, requires = "name")]
    pub plain: bool,
}

/// What to do with an account.
#[derive(Debug, Subcommand)]
pub enum Account {
    /// Writes what your account says of its service-linked roles into a file
    ///
    /// Runs the `aliyun` CLI with your own configuration, for four calls that only read: `ListRoles`, `GetRole`,
    /// `ListPoliciesForRole`, `GetPolicy`. The system policy `AliyunRAMReadOnlyAccess` allows them. Stopped or failed, it
    /// keeps what it has; the same command goes on from there. Open the file with `rolescope --snapshot FILE`.
    Snapshot(AccountSnapshot),
}

/// Which account to read, and where to write it.
#[derive(Clone, Debug, Args)]
pub struct AccountSnapshot {
    /// Profile of the `aliyun` CLI
    #[arg(long, value_name = "NAME")]
    pub profile: Option<String>,
    /// Region for the `aliyun` CLI
    #[arg(long, value_name = "ID")]
    pub region: Option<String>,
    /// File to write, `rolescope-account.json` if not given (with the profile in its name)
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// Reads every role, not only service-linked ones
    #[arg(long)]
    pub all: bool,
    /// Seconds that one call may take
    #[arg(long, value_name = "SECONDS", default_value = "30", value_parser = clap::value_parser!(u64).range(1..=3600))]
    pub time_limit: u64,
}

/// For which shell.
#[derive(Debug, Args)]
pub struct Completions {
    /// The shell
    pub shell: clap_complete::Shell,
}

/// Splits at the first `=`: keys of tags hold colons and slashes, values anything.
fn pair(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((key, value)) if !key.trim().is_empty() => {
            Ok((key.trim().to_owned(), value.to_owned()))
        }
        _ => Err("a key, an equals sign and a value are expected, such as acs:SourceIp=10.0.0.1"
            .to_owned()),
    }
}
