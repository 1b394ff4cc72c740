//! Keys as the program names them, independent of the terminal library.

use crate::say::{Saying, saying};
use crate::text::ascii_twin;

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
        if text.is_empty() {
            return Err(saying(
                "the name of a key is empty; an empty list, [], takes the command off the keyboard",
            ));
        }
        let mut key: Self = text.parse()?;
        if let Code::Char(c) = key.code {
            // As it is taken where it is pressed.
            let c = ascii_twin(c);
            key.code = Code::Char(c);
            if c.is_control() {
                return Err(saying(
                    "a control character is no key; write it as ctrl- and its letter",
                ));
            }
            if key.ctrl {
                key.code = Code::Char(c.to_ascii_lowercase());
            } else if key.shift && c.is_ascii_lowercase() {
                (key.code, key.shift) = (Code::Char(c.to_ascii_uppercase()), false);
            } else if key.shift && c != ' ' {
                return Err(saying("{}: write the character that Shift gives").with(text));
            }
        }
        if key.code == Code::Tab && key.shift {
            key = Self { code: Code::BackTab, shift: false, ..key };
        }
        match key.arrives() {
            Some(same) if same == key => Ok(key),
            Some(same) => {
                let said = saying("{}: terminals send the same for it as for {}");
                Err(said.with(text).with(same.written()))
            }
            None => Err(saying("{}: a terminal sends no code of its own for it").with(text)),
        }
    }

    /// The key that is read where this one is pressed. Most terminals tell keys in the codes of ASCII: 32 of them are
    /// those of Ctrl, and none says Shift beside a letter with Ctrl, or any of both beside Enter. None: what arrives
    /// depends on the terminal, or is the beginning of what other keys send.
    fn arrives(self) -> Option<Self> {
        let plain = |code| Self { alt: self.alt, ..Self::plain(code) };
        let ctrl = |c| Self { alt: self.alt, ..Self::ctrl(c) };
        let key = match self.code {
            Code::Char('[' | 'O') if self.alt && !self.ctrl => return None,
            Code::Char(c) if self.ctrl => match c {
                'i' => plain(Code::Tab),
                'm' => plain(Code::Enter),
                '[' | '3' => plain(Code::Esc),
                '?' | '8' => plain(Code::Backspace),
                '@' | '2' => ctrl(' '),
                '\\' => ctrl('4'),
                ']' => ctrl('5'),
                '^' => ctrl('6'),
                '_' | '/' => ctrl('7'),
                'a'..='z' | '4'..='7' | ' ' => ctrl(c),
                _ => return None,
            },
            Code::Char(c) => plain(Code::Char(c)),
            code @ (Code::Enter | Code::Esc | Code::Tab | Code::BackTab | Code::Backspace) => {
                plain(code)
            }
            _ => self,
        };
        Some(match key.code {
            Code::Esc | Code::BackTab => Self { alt: false, ..key },
            // Beside a sign both are taken for AltGr.
            Code::Char(' ') if key.ctrl && key.alt => Self::char(' '),
            _ => key,
        })
    }

    /// The key as config files write it.
    fn written(self) -> String {
        let modifiers = [(self.ctrl, "ctrl-"), (self.alt, "alt-"), (self.shift, "shift-")];
        let mut text: String =
            modifiers.into_iter().filter(|(on, _)| *on).map(|(_, word)| word).collect();
        match NAMED.iter().find(|(_, code, _)| *code == self.code) {
            Some((name, ..)) => text.push_str(name),
            None => text.push_str(&Self::plain(self.code).to_string()),
        }
        text
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
            // What a Chinese input method sends for it means the same.
            ("ｙ", Some(Key::char('y'))),
            ("shift-ｘ", Some(Key::char('X'))),
            ("ctrl-ｄ", Some(Key::ctrl('d'))),
            ("？", Some(Key::char('?'))),
            ("\u{3000}", Some(Key::char(' '))),
            ("ctrl-D", Some(Key::ctrl('d'))),
            ("shift-tab", Some(Key::plain(Code::BackTab))),
            ("ctrl-i", None),
            ("shift-1", None),
            ("\u{1b}", None),
            ("ctrl-space", Some(Key::ctrl(' '))),
            ("ctrl-7", Some(Key::ctrl('7'))),
            ("ctrl-alt-d", Some(Key { alt: true, ..Key::ctrl('d') })),
            ("alt-enter", Some(Key { alt: true, ..Key::plain(Code::Enter) })),
            ("ctrl-shift-f5", Some(Key { shift: true, ctrl: true, ..Key::plain(Code::F(5)) })),
            ("alt-left", Some(Key { alt: true, ..Key::plain(Code::Left) })),
        ] {
            assert_eq!(Key::bindable(text).ok(), read, "{text:?}");
        }
        assert!("hyper-x".parse::<Key>().is_err());
        // Of the function keys the terminal tells twelve.
        assert!("f12".parse::<Key>().is_ok() && "f13".parse::<Key>().is_err());
        assert!("".parse::<Key>().is_err());
    }

    #[test]
    fn a_key_that_arrives_as_another_one_or_not_at_all_is_refused() {
        for (text, same) in [
            ("ctrl-i", Some("tab")),
            ("ctrl-alt-i", Some("alt-tab")),
            ("ctrl-[", Some("esc")),
            ("ctrl-shift-c", Some("ctrl-c")),
            ("ctrl-shift-space", Some("ctrl-space")),
            ("ctrl-alt-space", Some("space")),
            ("shift-space", Some("space")),
            ("ctrl-?", Some("backspace")),
            ("ctrl-8", Some("backspace")),
            ("ctrl-/", Some("ctrl-7")),
            ("ctrl-_", Some("ctrl-7")),
            ("ctrl-]", Some("ctrl-5")),
            ("ctrl-2", Some("ctrl-space")),
            ("ctrl-3", Some("esc")),
            ("ctrl-enter", Some("enter")),
            ("shift-enter", Some("enter")),
            ("ctrl-tab", Some("tab")),
            ("ctrl-shift-tab", Some("backtab")),
            ("shift-backspace", Some("backspace")),
            ("alt-esc", Some("esc")),
            ("ctrl-1", None),
            ("ctrl-.", None),
            ("ctrl-;", None),
            ("ctrl-é", None),
            ("alt-[", None),
            ("alt-shift-o", None),
        ] {
            let said = Key::bindable(text).map_err(|why| why.english());
            let why = same.map_or("a terminal sends no code of its own for it".into(), |same| {
                format!("terminals send the same for it as for {same}")
            });
            assert_eq!(said, Err(format!("{text}: {why}")));
        }
    }
}
