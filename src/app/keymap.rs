//! Which key means which command where. Built from the command table.

use super::command::{Command, Entry, Scope, TABLE};
use super::key::{Code, Key};
use crate::say::{Language, said, say};
use crate::text::ascii_twin;

/// The bindings in force.
#[derive(Clone, Debug)]
pub struct Keymap {
    /// Those that the user gave and the table does not have come first.
    bindings: Vec<(Key, Command)>,
    /// How many of them these are: in every place they go before all others.
    own: usize,
}

/// A key that means two things in one place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// The key.
    pub key: Key,
    /// The place.
    pub scope: Scope,
    /// What the key does there.
    pub wins: Command,
    /// What it does not do there.
    pub loses: Command,
}

/// Keys that the user gave to a command, instead of its own.
pub type Override = (Command, Vec<Key>);

impl Default for Keymap {
    fn default() -> Self {
        Self::with(&[]).0
    }
}

impl Keymap {
    /// The keys of the table with those of the user in place of the commands' own, and what clashes. Where a key that the
    /// user gave means something, the table's meaning of it is dropped, be its place narrower or not; of two of the user's,
    /// the narrower place decides, then the order of the table. The program can always be left with Ctrl-c.
    pub fn with(overrides: &[Override]) -> (Self, Vec<Conflict>) {
        let given = |command: Command| overrides.iter().rev().find(|(c, _)| *c == command);
        let (mut own, mut again, mut usual) = (Vec::new(), Vec::new(), Vec::new());
        for row in TABLE {
            match given(row.command) {
                Some((_, keys)) => {
                    for key in keys {
                        // What the table has anyway changes nothing.
                        let list = if of_table(*key, row.command) { &mut again } else { &mut own };
                        list.push((*key, row.command));
                    }
                }
                None => usual.extend(
                    row.keys.iter().filter_map(|key| Some((key.parse().ok()?, row.command))),
                ),
            }
        }
        let leaves = |bindings: &Vec<(Key, Command)>| {
            bindings.iter().any(|(_, command)| *command == Command::QuitNow)
        };
        if ![&own, &again, &usual].into_iter().any(leaves) {
            own.insert(0, (Key::ctrl('c'), Command::QuitNow));
        }
        let mut map = Self { bindings: Vec::new(), own: 0 };
        let mut conflicts = Vec::new();
        for (list, is_own) in [(own, true), (again, false), (usual, false)] {
            for (key, command) in list {
                let before: Vec<Command> = map.of_key(key).map(|(_, command)| command).collect();
                if before.contains(&command) {
                    continue;
                }
                let places = places(command);
                let mut lost = 0;
                for scope in places.iter().copied() {
                    if let Some(wins) = before.iter().copied().find(|one| applies(*one, scope)) {
                        lost += 1;
                        conflicts.push(Conflict { key, scope, wins, loses: command });
                    }
                }
                // A key that does nothing anywhere is no key of the command.
                if lost < places.len() {
                    map.bindings.push((key, command));
                    map.own += usize::from(is_own);
                }
            }
        }
        // The table alone takes no key from itself, as a test holds; to find that out at every start would cost a
        // thirtieth of it.
        if !overrides.is_empty() {
            map.shadowed(&mut conflicts);
            map.drop_idle(&conflicts);
        }
        (map, conflicts)
    }

    /// Adds the keys that one place takes from another. What the table itself does so while a tour is on is meant: its
    /// keys are for a while.
    fn shadowed(&self, conflicts: &mut Vec<Conflict>) {
        for (key, loses) in &self.bindings {
            for scopes in together(*key).filter(|scopes| in_any(*loses, scopes)) {
                let first = self.command(*key, scopes).filter(|wins| wins != loses);
                let Some(wins) = first else { continue };
                let either = |scope: &&Scope| applies(wins, **scope) || applies(*loses, **scope);
                let Some(scope) = scopes.iter().find(either).copied() else { continue };
                let meant = scope == Scope::Tour && of_table(*key, wins) && of_table(*key, *loses);
                let conflict = Conflict { key: *key, scope, wins, loses: *loses };
                if !meant && !conflicts.contains(&conflict) {
                    conflicts.push(conflict);
                }
            }
        }
    }

    /// Takes away what a clash has left without any place.
    fn drop_idle(&mut self, conflicts: &[Conflict]) {
        let idle = |key: Key, command: Command| {
            conflicts.iter().any(|one| one.key == key && one.loses == command)
                && !together(key).any(|scopes| self.command(key, scopes) == Some(command))
        };
        let all = self.bindings.iter().enumerate();
        let (own, others): (Vec<_>, Vec<_>) = all
            .filter(|(_, (key, command))| !idle(*key, *command))
            .partition(|(at, _)| *at < self.own);
        let kept = own.len();
        self.bindings = own.into_iter().chain(others).map(|(_, binding)| *binding).collect();
        self.own = kept;
    }

    /// The command of a key where these scopes hold: the user's before the table's, then the first scope that knows the
    /// key.
    pub fn command(&self, key: Key, scopes: &[Scope]) -> Option<Command> {
        let key = twin(key);
        // Where there is a text field, characters belong to it.
        if scopes.contains(&Scope::Typing) && types(key) {
            return None;
        }
        // One pass over the bindings: the hints of every frame ask this for each of their keys.
        let rank = |(at, command): (usize, Command)| {
            let place = scopes.iter().position(|scope| applies(command, *scope))?;
            Some(((at >= self.own, place), command))
        };
        let found = self.of_key(key).filter_map(rank).min_by_key(|(rank, _)| *rank);
        found.map(|(_, command)| command)
    }

    /// What the key is bound to, with the place among the bindings.
    fn of_key(&self, key: Key) -> impl Iterator<Item = (usize, Command)> {
        let bindings = self.bindings.iter().enumerate();
        bindings
            .filter(move |(_, (bound, _))| *bound == key)
            .map(|(at, (_, command))| (at, *command))
    }

    /// The keys of a command, the one for hints first.
    pub fn keys(&self, command: Command) -> Vec<Key> {
        self.bindings.iter().filter(|(_, c)| *c == command).map(|(key, _)| *key).collect()
    }

    /// The keys of a command that mean it where these scopes hold.
    pub fn keys_in(&self, command: Command, scopes: &[Scope]) -> Vec<Key> {
        let keys = self.keys(command).into_iter();
        keys.filter(|key| self.command(*key, scopes) == Some(command)).collect()
    }

    /// Where a command applies, in words; with the key, where others of its keys are letters of a text field there.
    pub fn places(&self, row: &Entry, language: Language) -> Vec<String> {
        let first = self.keys(row.command).first().copied();
        let place = |scope: &Scope| {
            let word = say(language, scope.place());
            let here = self.keys_in(row.command, &[Scope::WhoCan, Scope::Typing]);
            match here.first().filter(|_| *scope == Scope::WhoCan) {
                Some(key) if Some(*key) != first => {
                    said(language, "{} ({})", &[word, &key.to_string()])
                }
                _ => word.to_owned(),
            }
        };
        row.scopes.iter().map(place).collect()
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

    /// What a sentence says is pressed for a command: its key; where it has none, the key of the palette with the
    /// command's name behind it.
    pub fn way(&self, command: Command) -> String {
        let key = self.shown(command);
        if !key.is_empty() {
            return key;
        }
        let name = super::command::entry(command).map_or("", |row| row.name);
        let palette = self.keys(Command::Palette).first().copied();
        match palette {
            Some(key) if types(key) => format!("{key}{name}"),
            Some(key) => format!("{key} {name}"),
            None => name.to_owned(),
        }
    }
}

/// The scopes that hold together, the narrowest first.
const TOGETHER: [&[Scope]; 12] = [
    &[Scope::Products, Scope::Browse, Scope::Moving, Scope::Everywhere],
    &[Scope::Roles, Scope::Browse, Scope::Moving, Scope::Everywhere],
    &[Scope::Summary, Scope::Browse, Scope::Moving, Scope::Everywhere],
    &[Scope::Policy, Scope::Browse, Scope::Moving, Scope::Everywhere],
    &[Scope::Removal, Scope::Moving, Scope::Everywhere],
    &[Scope::Matrix, Scope::Moving, Scope::Everywhere],
    &[Scope::Compare, Scope::Moving, Scope::Everywhere],
    &[Scope::Findings, Scope::Moving, Scope::Everywhere],
    &[Scope::Copy, Scope::Moving, Scope::Everywhere],
    &[Scope::WhoCan, Scope::Typing],
    &[Scope::Tour, Scope::Browse, Scope::Moving, Scope::Everywhere],
    &[Scope::Tour, Scope::Typing],
];

/// The scopes that hold together and where the key is none that is typed.
fn together(key: Key) -> impl Iterator<Item = &'static &'static [Scope]> {
    TOGETHER.iter().filter(move |scopes| !(scopes.contains(&Scope::Typing) && types(key)))
}

/// Does the table give this key to the command?
fn of_table(key: Key, command: Command) -> bool {
    super::command::entry(command)
        .is_some_and(|row| row.keys.iter().any(|text| text.parse() == Ok(key)))
}

fn in_any(command: Command, scopes: &[Scope]) -> bool {
    scopes.iter().any(|scope| applies(command, *scope))
}

/// Does the key put a character into a text field?
pub fn types(key: Key) -> bool {
    matches!(key.code, Code::Char(_)) && !key.ctrl && !key.alt
}

pub(super) fn applies(command: Command, scope: Scope) -> bool {
    places(command).contains(&scope)
}

fn places(command: Command) -> &'static [Scope] {
    super::command::entry(command).map_or(&[], |row| row.scopes)
}

/// The rows that apply where these scopes hold, in the order of the table.
pub fn rows(scopes: &[Scope]) -> impl Iterator<Item = &'static Entry> {
    TABLE.iter().filter(move |row| row.scopes.iter().any(|scope| scopes.contains(scope)))
}

/// Full-width signs, as Chinese input methods type them, mean their ASCII twins.
pub(super) fn twin(key: Key) -> Key {
    match key.code {
        Code::Char(c) => Key { code: Code::Char(ascii_twin(c)), ..key },
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
        assert_eq!(map.command(Key::char('\u{3000}'), &browse), Some(Command::Fold));
        assert_eq!(map.command(Key::char('j'), &[Scope::Typing]), None);
        assert_eq!(map.command(Key::ctrl('c'), &[Scope::Typing]), Some(Command::QuitNow));
    }

    #[test]
    fn the_table_takes_no_key_from_itself() {
        let usual = Keymap::default();
        let mut map = usual.clone();
        let mut conflicts = Vec::new();
        map.shadowed(&mut conflicts);
        map.drop_idle(&conflicts);
        assert!(conflicts.is_empty(), "{conflicts:?}");
        assert_eq!((&map.bindings, map.own), (&usual.bindings, usual.own));
    }

    #[test]
    fn keys_of_the_user_go_before_those_of_the_table() {
        let key = |text: &str| Key::bindable(text).unwrap();
        let find = |keys: &[&str]| {
            let keys: Vec<Key> = keys.iter().map(|text| key(text)).collect();
            (Command::Find, keys)
        };
        let browse = [Scope::Products, Scope::Browse, Scope::Moving, Scope::Everywhere];
        let said = |overrides: &[Override], text: &str| {
            Keymap::with(overrides).0.command(key(text), &browse)
        };
        assert_eq!(Keymap::with(&[]).1, [], "the table has no conflict");
        let cases: &[(&[&str], &str, Option<Command>)] = &[
            (&["ctrl-f"], "ctrl-f", Some(Command::Find)),
            // Its own key is free now.
            (&["ctrl-f"], "/", None),
            // A key of another command in the same place is taken from that.
            (&["m"], "m", Some(Command::Find)),
            (&[], "/", None),
            (&["f5", "f6"], "f6", Some(Command::Find)),
        ];
        for (keys, typed, expected) in cases {
            assert_eq!(said(&[find(keys)], typed), *expected, "{keys:?} {typed}");
        }
        let (map, conflicts) = Keymap::with(&[find(&["m"])]);
        let clash = conflicts.iter().find(|c| c.scope == Scope::Browse).expect("a conflict");
        assert_eq!((clash.wins, clash.loses), (Command::Find, Command::Matrix));
        assert!(map.keys(Command::Matrix).is_empty(), "{:?}", map.keys(Command::Matrix));
        let (map, _) = Keymap::with(&[(Command::QuitNow, Vec::new())]);
        assert_eq!(map.command(Key::ctrl('c'), &browse), Some(Command::QuitNow));
    }

    #[test]
    fn a_key_that_one_place_takes_from_another_clashes_there() {
        let clashes = |command: Command, text: &str| -> Vec<(Scope, Command, Command)> {
            let (_, conflicts) = Keymap::with(&[(command, vec![Key::bindable(text).unwrap()])]);
            conflicts.iter().map(|c| (c.scope, c.wins, c.loses)).collect()
        };
        // What moves in lists does not do so in the panes.
        assert_eq!(
            clashes(Command::Palette, "ctrl-p").first(),
            Some(&(Scope::Browse, Command::Palette, Command::Up))
        );
        let help = (Scope::Browse, Command::Help, Command::Removal);
        assert_eq!(clashes(Command::Help, "d"), [help]);
        // The other way round: the key of the user is the narrower one.
        let all = clashes(Command::Removal, "?");
        assert_eq!(all, [(Scope::Browse, Command::Removal, Command::Help)]);
        assert_eq!(
            clashes(Command::First, "o"),
            [
                (Scope::Matrix, Command::First, Command::Sort),
                (Scope::Policy, Command::First, Command::Fold),
            ]
        );
        // What the table has itself is no clash, given again or not.
        assert_eq!(clashes(Command::Tours, "t"), []);
        assert_eq!(clashes(Command::Help, "f5"), []);
    }
    #[test]
    fn a_key_of_the_user_goes_before_the_table_in_narrower_places_too() {
        let key = Key::bindable("x").unwrap();
        let gives = |command| (command, vec![key]);
        let (map, conflicts) = Keymap::with(&[gives(Command::Quit)]);
        for scopes in TOGETHER.iter().filter(|scopes| scopes.contains(&Scope::Everywhere)) {
            assert_eq!(map.command(key, scopes), Some(Command::Quit), "{scopes:?}");
        }
        // What the key did before is no key of anything.
        assert!(conflicts.iter().all(|one| one.wins == Command::Quit), "{conflicts:?}");
        for one in &conflicts {
            assert!(!map.keys(one.loses).contains(&key), "{one:?}");
        }
        // Where the user's key means nothing, the table's meaning stays.
        let (map, _) = Keymap::with(&[(Command::Sort, vec![Key::bindable("m").unwrap()])]);
        let explorer = [Scope::Products, Scope::Browse, Scope::Moving, Scope::Everywhere];
        assert_eq!(map.command(Key::char('m'), &explorer), Some(Command::Matrix));
        // Of two of the user's, the narrower place decides.
        let (map, conflicts) = Keymap::with(&[gives(Command::Quit), gives(Command::Removal)]);
        assert_eq!(map.command(key, &explorer), Some(Command::Removal));
        let clash = (Scope::Browse, Command::Removal, Command::Quit);
        assert!(
            conflicts.iter().any(|one| (one.scope, one.wins, one.loses) == clash),
            "{conflicts:?}"
        );
    }
}
