//! Keys as the program names them, independent of the terminal library.

use crate::say::{Saying, saying};

/// A key without its modifiers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Code {
    /// A character as typed: `G` is upper case, not shift and `g`.
    Char(char),
    /// Enter
    Enter,
    /// Escape
    Esc,
    /// Tab
    Tab,
    /// Shift and Tab
    BackTab,
    /// Backspace
    Backspace,
    /// Delete
    Delete,
    /// Insert
    Insert,
    /// Arrow up
    Up,
    /// Arrow down
    Down,
    /// Arrow left
    Left,
    /// Arrow right
    Right,
    /// Page up
    PageUp,
    /// Page down
    PageDown,
    /// Home
    Home,
    /// End
    End,
    /// F1 to F12
    F(u8),
}

/// A key press.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key {
    /// The key.
    pub code: Code,
    /// With Ctrl.
    pub ctrl: bool,
    /// With Alt.
    pub alt: bool,
    /// With Shift; never set for characters.
    pub shift: bool,
}

impl Key {
    /// A key without modifiers.
    pub const fn plain(code: Code) -> Self {
        Self { code, ctrl: false, alt: false, shift: false }
    }

    /// A character without modifiers; for tests.
    pub const fn char(c: char) -> Self {
        Self::plain(Code::Char(c))
    }

    /// A character with Ctrl, in lower case.
    pub const fn ctrl(c: char) -> Self {
        Self { code: Code::Char(c), ctrl: true, alt: false, shift: false }
    }

    /// A character with Alt; for tests.
    pub const fn alt(c: char) -> Self {
        Self { code: Code::Char(c), ctrl: false, alt: true, shift: false }
    }
}

impl Key {
    /// Is this what somebody types who looks for the key: its name as it is shown or written, or the beginning of it?
    pub fn is_called(self, typed: &str) -> bool {
        let shown = self.to_string();
        let long = typed.chars().count();
        shown == typed
            || typed.parse() == Ok(self)
            || (long > 1 && shown.eq_ignore_ascii_case(typed))
            || (long > 2 && shown.to_ascii_lowercase().starts_with(&typed.to_ascii_lowercase()))
    }
}

/// The key as it is written in tables, hints and help: `Ctrl-d`, `PgUp`, `↑`.
impl std::fmt::Display for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (on, word) in [(self.ctrl, "Ctrl-"), (self.alt, "Alt-"), (self.shift, "Shift-")] {
            if on {
                f.write_str(word)?;
            }
        }
        match self.code {
            Code::Char(' ') => f.write_str("Space"),
            Code::Char(c) => write!(f, "{c}"),
            Code::F(n) => write!(f, "F{n}"),
            code => f.write_str(
                NAMED.iter().find(|(_, c, _)| *c == code).map_or("?", |(_, _, shown)| shown),
            ),
        }
    }
}

/// Names that tables use, the key, and how it is shown.
const NAMED: &[(&str, Code, &str)] = &[
    ("enter", Code::Enter, "Enter"),
    ("esc", Code::Esc, "Esc"),
    ("tab", Code::Tab, "Tab"),
    ("backtab", Code::BackTab, "Shift-Tab"),
    ("backspace", Code::Backspace, "Backspace"),
    ("delete", Code::Delete, "Delete"),
    ("insert", Code::Insert, "Insert"),
    ("up", Code::Up, "↑"),
    ("down", Code::Down, "↓"),
    ("left", Code::Left, "←"),
    ("right", Code::Right, "→"),
    ("pageup", Code::PageUp, "PgUp"),
    ("pagedown", Code::PageDown, "PgDn"),
    ("home", Code::Home, "Home"),
    ("end", Code::End, "End"),
    ("space", Code::Char(' '), "Space"),
];

impl Key {
    /// Reads a key that a terminal can tell from others, as people write it: `shift-x` is `X`. Errors: why not.
    pub fn bindable(text: &str) -> Result<Self, Saying> {
        let mut key: Self = text.parse()?;
        if let Code::Char(c) = key.code {
            if c.is_control() {
                return Err(saying(
                    "a control character is no key; write it as ctrl- and its letter",
                ));
            }
            if key.ctrl {
                key.code = Code::Char(c.to_ascii_lowercase());
            } else if key.shift && c.is_ascii_lowercase() {
                key.code = Code::Char(c.to_ascii_uppercase());
            } else if key.shift {
                return Err(saying("{}: write the character that Shift gives").with(text));
            }
            key.shift = false;
        }
        if key.code == Code::Tab && key.shift {
            key = Self { code: Code::BackTab, shift: false, ..key };
        }
        let same = match key.code {
            Code::Char('i') if key.ctrl => "tab",
            Code::Char('m') if key.ctrl => "enter",
            Code::Char('[') if key.ctrl => "esc",
            _ => return Ok(key),
        };
        Err(saying("{}: terminals send the same for it as for {}").with(text).with(same))
    }
}

/// Reads a key as tables and config files write it: `g`, `G`, `ctrl-d`, `alt-x`, `pageup`, `f1`.
impl std::str::FromStr for Key {
    type Err = Saying;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut key = Self::plain(Code::Esc);
        let mut rest = text;
        while let Some((modifier, tail)) = rest.split_once('-').filter(|(_, tail)| !tail.is_empty())
        {
            match modifier.to_ascii_lowercase().as_str() {
                "ctrl" | "c" => key.ctrl = true,
                "alt" | "a" => key.alt = true,
                "shift" | "s" => key.shift = true,
                _ => return Err(saying("{}: no key of this name").with(text)),
            }
            rest = tail;
        }
        let mut chars = rest.chars();
        key.code = if let (Some(c), None) = (chars.next(), chars.next()) {
            Code::Char(c)
        } else {
            let name = rest.to_ascii_lowercase();
            let number = name.strip_prefix('f').and_then(|n| n.parse::<u8>().ok());
            match NAMED.iter().find(|(n, _, _)| *n == name) {
                Some((_, code, _)) => *code,
                None => match number {
                    Some(n @ 1..=12) => Code::F(n),
                    _ => return Err(saying("{}: no key of this name").with(text)),
                },
            }
        };
        Ok(key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_read_as_tables_write_them() {
        for (text, shown) in [
            ("g", "g"),
            ("G", "G"),
            ("ctrl-d", "Ctrl-d"),
            ("pageup", "PgUp"),
            ("f1", "F1"),
            ("-", "-"),
            ("ctrl--", "Ctrl--"),
            ("space", "Space"),
            ("backtab", "Shift-Tab"),
            ("=", "="),
        ] {
            let key: Key =
                text.parse().unwrap_or_else(|e: Saying| panic!("{text}: {}", e.english()));
            assert_eq!(key.to_string(), shown, "{text}");
        }
        for (text, read) in [
            ("shift-x", Some(Key::char('X'))),
            ("ctrl-D", Some(Key::ctrl('d'))),
            ("shift-tab", Some(Key::plain(Code::BackTab))),
            ("ctrl-i", None),
            ("shift-1", None),
            ("\u{1b}", None),
        ] {
            assert_eq!(Key::bindable(text).ok(), read, "{text:?}");
        }
        assert!("hyper-x".parse::<Key>().is_err());
        // Of the function keys the terminal tells twelve.
        assert!("f12".parse::<Key>().is_ok() && "f13".parse::<Key>().is_err());
        assert!("".parse::<Key>().is_err());
    }
}
