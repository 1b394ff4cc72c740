//! The themes by name, and how many colours a terminal has.

/// A theme; its colours are in the screen's own room.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ThemeName {
    /// The terminal's own colours.
    #[default]
    Terminal,
    /// True colours on a dark background.
    Dark,
    /// True colours on a light background.
    Light,
    /// True colours far apart, on black.
    HighContrast,
    /// No colours at all.
    Plain,
}

/// The colours that a terminal has, as far as its environment tells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Colours {
    /// 24 bits each.
    #[default]
    True,
    /// The table of 256.
    Table,
    /// Its own 16.
    Sixteen,
}

impl ThemeName {
    /// All themes with their names.
    pub const ALL: [(&'static str, Self); 5] = [
        ("terminal", Self::Terminal),
        ("dark", Self::Dark),
        ("light", Self::Light),
        ("high-contrast", Self::HighContrast),
        ("plain", Self::Plain),
    ];

    /// The theme of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, kind)| *kind)
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, kind)| *kind == self).map_or("terminal", |(name, _)| name)
    }

    /// The one after it in the list, or the first.
    #[must_use]
    pub fn next(self) -> Self {
        let at = Self::ALL.iter().position(|(_, kind)| *kind == self).unwrap_or(0);
        Self::ALL.get(at + 1).map_or(Self::Terminal, |(_, kind)| *kind)
    }
}
