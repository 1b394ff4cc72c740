//! The keys and the words that a config file may use, and all bindings in force.

use rolescope::app;
use rolescope::app::command::TABLE;
use rolescope::app::key::Key;
use rolescope::app::keymap::{Conflict, Keymap, Override};
use rolescope::app::theme_name::ThemeName;
use rolescope::catalog::load;
use rolescope::cli;
use rolescope::cli::answer::Answer;
use rolescope::cli::settings::{Clash, KeyRow};
use rolescope::config::{Mistake, Origin, Settings, Words};
use rolescope::say::saying;

/// The names that a config file may use.
pub(super) fn words() -> Words {
    let themes = ThemeName::ALL.map(|(name, _)| name);
    Words {
        themes: themes.into_iter().chain(["auto"]).collect(),
        commands: TABLE.iter().map(|row| row.name).collect(),
        key: |text| Key::bindable(text).map(drop),
    }
}

/// The keys that the user gave to commands.
pub(super) fn overrides(settings: &Settings) -> Vec<Override> {
    let given = settings.keys.iter().filter_map(|given| {
        let (name, keys) = &given.value;
        let keys = keys.iter().filter_map(|key| Key::bindable(key).ok());
        Some((app::command::named(name)?, keys.collect()))
    });
    given.collect()
}

/// Notes as mistakes the keys that the user gave twice for one place: only one of the two does something there.
pub(super) fn note_clashes(settings: &mut Settings) {
    let overrides = overrides(settings);
    if overrides.is_empty() {
        return;
    }
    let given = |command| overrides.iter().any(|(one, _)| *one == command);
    let name = |command| app::command::entry(command).map_or("", |row| row.name);
    let file = settings.file.as_ref().map(|path| load::shown(path)).unwrap_or_default();
    let clashes = Keymap::with(&overrides).1;
    for clash in clashes.iter().filter(|clash| given(clash.wins) && given(clash.loses)) {
        let (wins, loses) = (name(clash.wins), name(clash.loses));
        let line = settings.keys.iter().find(|given| given.value.0 == loses);
        let place = match line.map(|given| &given.from) {
            Some(Origin::File(line)) => format!("{file}:{line}"),
            _ => file.clone(),
        };
        let what = saying("{} in {} means {}, not {}").with(clash.key);
        let what = what.of(saying(clash.scope.place())).with(wins).with(loses);
        settings.mistakes.push(Mistake { place, what });
    }
}

/// `keys`: all bindings in force.
pub(super) fn keys(settings: &Settings) -> Answer {
    let overrides = overrides(settings);
    let (keymap, conflicts) = Keymap::with(&overrides);
    let name = |command| app::command::entry(command).map_or("", |row| row.name);
    let rows: Vec<KeyRow> = TABLE
        .iter()
        .map(|row| KeyRow {
            name: row.name,
            what: row.doc,
            keys: keymap.keys(row.command).iter().map(ToString::to_string).collect(),
            places: row.scopes.iter().map(|scope| scope.place()).collect(),
            own: overrides.iter().any(|(command, _)| *command == row.command),
        })
        .collect();
    let clash = |conflict: &Conflict| Clash {
        key: conflict.key.to_string(),
        place: conflict.scope.place(),
        does: name(conflict.wins),
        not: name(conflict.loses),
    };
    let clashes: Vec<Clash> = conflicts.iter().map(clash).collect();
    let lang = settings.language.value;
    let mut answer = cli::settings::keys(lang, &rows, &clashes);
    answer.asides = settings.mistakes.iter().map(|mistake| mistake.said(lang)).collect();
    answer
}
