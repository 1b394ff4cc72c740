//! The plain mode: what the first screen tells, and the commands for the rest, as lines of text.

use clap::CommandFactory as _;

use super::answer::{Answer, Trouble};
use super::args::{Arguments, Format, List};
use super::help;
use super::known::Known;
use super::roles;
use crate::say::{Language, say};

/// The roles, and how to ask for more.
pub fn reading(lang: Language, format: Format, known: &Known) -> Result<Answer, Trouble> {
    let every = List { service: None, product: None };
    let mut answer = roles::list(&every, lang, format, known)?;
    let page = &mut answer.page;
    page.heading(say(lang, "Commands"));
    page.line(say(
        lang,
        "Each answers one question about these roles; rolescope COMMAND --help tells its use.",
    ));
    let commands = help::spoken(Arguments::command(), lang);
    let rows = commands.get_subcommands().map(|command| {
        let about = command.get_about().map(ToString::to_string).unwrap_or_default();
        vec![format!("  rolescope {}", command.get_name()), about]
    });
    page.table(vec![say(lang, "Command"), say(lang, "What it does")], rows.collect());
    Ok(answer)
}

/// Why the screen cannot be drawn in a terminal that cannot move its cursor.
pub const DUMB: &str = "this terminal (TERM=dumb) cannot show the screen; `rolescope --plain` prints the roles, \
    and commands such as `rolescope show ROLE` or `rolescope find WORD` answer without it";
