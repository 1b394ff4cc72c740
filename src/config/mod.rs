//! Where settings come from: built in, the config file, the environment, flags, in this order of strength.
//!
//! Plain values only: the names of themes and commands are handed in ([`Words`]), so that this room knows no screen.
//! Reads files and keeps the state file; asks the environment only through a function that it is given, so that tests
//! need no environment of their own.

pub mod file;
pub mod layers;
pub mod places;
pub mod state;

pub use file::{Keys, Mistake, Written};
pub use layers::{Flags, Origin, Settings, Sourced, spoken};

use crate::near::nearest;
use crate::say::{Saying, saying};

/// The names that a setting can have, told by those who know them.
#[derive(Clone, Debug)]
pub struct Words {
    /// Names of themes, `auto` among them.
    pub themes: Vec<&'static str>,
    /// Names of commands.
    pub commands: Vec<&'static str>,
    /// Whether a text is the name of a key; the error says what is wrong.
    pub key: fn(&str) -> Result<(), Saying>,
}

/// Names of the roads to a clipboard.
pub const ROADS: [&str; 5] = ["auto", "tmux", "osc52", "tool", "off"];

/// The sentence with the known name that is nearest to what was typed; None where none is near.
fn hinted(sentence: &Saying, names: &[&str], typed: &str) -> Option<Saying> {
    let name = *nearest(typed, names, |name| *name, 1).first()?;
    Some(saying("{}; did you mean `{}`?").of(sentence.clone()).with(name))
}
