//! Which key means which command where. Built from the command table.

use super::command::{Command, Entry, Scope, TABLE};
use super::key::{Code, Key};

/// The bindings in force.
#[derive(Clone, Debug)]
pub struct Keymap {
    bindings: Vec<(Key, Command)>,
}

impl Default for Keymap {
    fn default() -> Self {
        let bindings = TABLE
            .iter()
            .flat_map(|row| row.keys.iter().map(move |key| (key, row.command)))
            .filter_map(|(key, command)| Some((key.parse().ok()?, command)))
            .collect();
        Self { bindings }
    }
}

impl Keymap {
    /// The command of a key where these scopes hold; the first scope that knows the key decides.
    pub fn command(&self, key: Key, scopes: &[Scope]) -> Option<Command> {
        let key = twin(key);
        // Where there is a text field, characters belong to it.
        if scopes.contains(&Scope::Typing) && types(key) {
            return None;
        }
        scopes.iter().find_map(|scope| {
            self.bindings.iter().find_map(|(bound, command)| {
                (*bound == key && applies(*command, *scope)).then_some(*command)
            })
        })
    }

    /// The keys of a command, the one for hints first.
    pub fn keys(&self, command: Command) -> Vec<Key> {
        self.bindings.iter().filter(|(_, c)| *c == command).map(|(key, _)| *key).collect()
    }

    /// The key of a command as hints show it where these scopes hold; empty if it has none there.
    pub fn shown_in(&self, command: Command, scopes: &[Scope]) -> String {
        let keys = self.keys(command);
        let works = |key: &&Key| self.command(**key, scopes) == Some(command);
        keys.iter().find(works).map(Key::to_string).unwrap_or_default()
    }

    /// The key of a command as hints show it; empty if it has none.
    pub fn shown(&self, command: Command) -> String {
        self.keys(command).first().map(Key::to_string).unwrap_or_default()
    }
}

/// Does the key put a character into a text field?
pub fn types(key: Key) -> bool {
    matches!(key.code, Code::Char(_)) && !key.ctrl && !key.alt
}

fn applies(command: Command, scope: Scope) -> bool {
    TABLE.iter().any(|row| row.command == command && row.scopes.contains(&scope))
}

/// The rows that apply where these scopes hold, in the order of the table.
pub fn rows(scopes: &[Scope]) -> impl Iterator<Item = &'static Entry> {
    TABLE.iter().filter(move |row| row.scopes.iter().any(|scope| scopes.contains(scope)))
}

/// Full-width signs, as Chinese input methods type them, mean their ASCII twins.
fn twin(key: Key) -> Key {
    match key.code {
        Code::Char(c @ '\u{FF01}'..='\u{FF5E}') => {
            let ascii = u32::from(c).checked_sub(0xFEE0).and_then(char::from_u32).unwrap_or(c);
            Key { code: Code::Char(ascii), ..key }
        }
        _ => key,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_mean_what_the_table_says() {
        let map = Keymap::default();
        let browse = [Scope::Policy, Scope::Browse, Scope::Moving, Scope::Everywhere];
        assert_eq!(map.command(Key::char('j'), &browse), Some(Command::Down));
        assert_eq!(map.command(Key::char('?'), &browse), Some(Command::Help));
        assert_eq!(map.command(Key::char('？'), &browse), Some(Command::Help));
        assert_eq!(map.command(Key::char('／'), &browse), Some(Command::Find));
        assert_eq!(map.command(Key::char('j'), &[Scope::Typing]), None);
        assert_eq!(map.command(Key::ctrl('c'), &[Scope::Typing]), Some(Command::QuitNow));
    }
}
