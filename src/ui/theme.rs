//! Colours and marks by meaning. The only place that names a colour.
//!
//! The default theme uses the terminal's own 16 colours and leaves foreground and background alone,
//! so that it reads well on light and dark. Without colours ([`Kind::Plain`]) every state still has a
//! mark of its own: selection is reversed and has a pointer, focus has a heavy border.

#![expect(clippy::unreadable_literal, reason = "colours are written as the web writes them")]

use ratatui::style::{Color, Modifier, Style};

pub use crate::app::theme_name::{Colours, ThemeName as Kind};

/// Styles by meaning.
#[derive(Clone, Copy, Debug)]
pub struct Theme {
    /// Which theme it is.
    pub kind: Kind,
    /// Everything else.
    pub base: Style,
    /// Second-rank text.
    pub dim: Style,
    /// Names and headings.
    pub strong: Style,
    /// The focused border, the current crumb.
    pub accent: Style,
    /// Borders without focus.
    pub border: Style,
    /// The selected row of the focused list.
    pub selected: Style,
    /// The selected row of another list.
    pub remembered: Style,
    /// Matched letters.
    pub matched: Style,
    /// Keys in hints.
    pub key: Style,
    /// Things that are fine.
    pub good: Style,
    /// Things to mind.
    pub warn: Style,
    /// What limits a right.
    pub condition: Style,
    /// Things that went wrong, and the strongest rights.
    pub bad: Style,
    /// An active filter.
    pub filter: Style,
    /// JSON keys.
    pub json_key: Style,
    /// JSON strings.
    pub json_string: Style,
    /// JSON numbers, true, false, null.
    pub json_literal: Style,
    /// Brackets, commas, colons.
    pub json_mark: Style,
    /// Comments and line numbers.
    pub json_comment: Style,
    /// Access levels: list, read, write, permissions, tagging.
    pub levels: [Style; 5],
}

impl Theme {
    /// The theme of this kind.
    pub fn new(kind: Kind) -> Self {
        match kind {
            Kind::Terminal => Self::colours(kind, Style::new(), &TERMINAL),
            Kind::Dark => {
                Self::colours(kind, Style::new().fg(rgb(0xd8dee9)).bg(rgb(0x1b1f27)), &DARK)
            }
            Kind::Light => {
                Self::colours(kind, Style::new().fg(rgb(0x1f2430)).bg(rgb(0xfafafa)), &LIGHT)
            }
            Kind::HighContrast => {
                let base = Style::new().fg(rgb(0xffffff)).bg(rgb(0x000000));
                Self::colours(kind, base, &HIGH_CONTRAST)
            }
            Kind::Plain => Self::plain(),
        }
    }

    /// The theme of this kind for a terminal that has these colours: of 256 the nearest, of 16 a choice of its own.
    pub fn with(kind: Kind, colours: Colours) -> Self {
        let dark = Style::new().fg(Color::White).bg(Color::Black);
        match (kind, colours) {
            (Kind::Terminal | Kind::Plain, _) | (_, Colours::True) => Self::new(kind),
            (_, Colours::Table) => Self::new(kind).map(nearest),
            (Kind::Light, Colours::Sixteen) => {
                // Few consoles have a bright background.
                Self::colours(kind, Style::new().fg(Color::Black).bg(Color::Gray), &LIGHT_OF_16)
            }
            (Kind::Dark | Kind::HighContrast, Colours::Sixteen) => {
                Self::colours(kind, dark, &DARK_OF_16)
            }
        }
    }

    /// The same with every colour changed.
    #[must_use]
    fn map(mut self, change: impl Fn(Color) -> Color) -> Self {
        let styles = [
            &mut self.base,
            &mut self.dim,
            &mut self.strong,
            &mut self.accent,
            &mut self.border,
            &mut self.selected,
            &mut self.remembered,
            &mut self.matched,
            &mut self.key,
            &mut self.good,
            &mut self.warn,
            &mut self.condition,
            &mut self.bad,
            &mut self.filter,
            &mut self.json_key,
            &mut self.json_string,
            &mut self.json_literal,
            &mut self.json_mark,
            &mut self.json_comment,
        ];
        for style in styles.into_iter().chain(&mut self.levels) {
            style.fg = style.fg.map(&change);
            style.bg = style.bg.map(&change);
        }
        self
    }

    fn colours(kind: Kind, base: Style, palette: &Palette) -> Self {
        let fg = |color: Color| Style::new().fg(color);
        let bold = |color: Color| Style::new().fg(color).add_modifier(Modifier::BOLD);
        let dim = match palette.dim {
            Some(color) => fg(color),
            None => Style::new().add_modifier(Modifier::DIM),
        };
        Self {
            kind,
            base,
            dim,
            strong: Style::new().add_modifier(Modifier::BOLD),
            accent: bold(palette.accent),
            border: dim,
            selected: match palette.selection {
                Some(color) => Style::new().bg(color).add_modifier(Modifier::BOLD),
                // One colour for the whole row: reversed spans of several colours make stripes.
                None => Style::new()
                    .fg(base.fg.unwrap_or(Color::Reset))
                    .add_modifier(Modifier::REVERSED)
                    .remove_modifier(Modifier::DIM),
            },
            remembered: Style::new().add_modifier(Modifier::BOLD),
            matched: bold(palette.matched).add_modifier(Modifier::UNDERLINED),
            key: bold(palette.accent),
            good: fg(palette.good),
            warn: match kind {
                // Bold red is what is bad.
                Kind::Terminal => fg(palette.warn),
                _ => bold(palette.warn),
            },
            condition: fg(palette.condition),
            bad: bold(palette.bad),
            filter: bold(palette.matched).add_modifier(Modifier::REVERSED),
            json_key: fg(palette.json_key),
            json_string: fg(palette.good),
            json_literal: fg(palette.matched),
            json_mark: dim,
            json_comment: dim,
            levels: [
                fg(palette.list),
                fg(palette.good),
                fg(palette.write),
                bold(palette.bad),
                // Where colours are few, a line under it tells it from writing.
                fg(palette.tagging).add_modifier(Modifier::UNDERLINED),
            ],
        }
    }

    fn plain() -> Self {
        let base = Style::new();
        let bold = base.add_modifier(Modifier::BOLD);
        let dim = base.add_modifier(Modifier::DIM);
        let under = base.add_modifier(Modifier::UNDERLINED);
        Self {
            kind: Kind::Plain,
            base,
            dim,
            strong: bold,
            accent: bold,
            border: base,
            selected: base.add_modifier(Modifier::REVERSED).remove_modifier(Modifier::DIM),
            remembered: bold,
            matched: bold.add_modifier(Modifier::UNDERLINED),
            key: bold,
            good: base,
            warn: bold,
            condition: bold,
            bad: bold,
            filter: base.add_modifier(Modifier::REVERSED),
            json_key: bold,
            json_string: base,
            json_literal: under,
            json_mark: base,
            json_comment: dim,
            levels: [base, base, bold, bold, under],
        }
    }

    /// The style of an access level.
    pub fn level(&self, level: crate::policy::level::AccessLevel) -> Style {
        use crate::policy::level::AccessLevel;
        let at = AccessLevel::ALL.iter().position(|l| *l == level).unwrap_or(0);
        self.levels.get(at).copied().unwrap_or(self.base)
    }
}

struct Palette {
    accent: Color,
    matched: Color,
    good: Color,
    warn: Color,
    bad: Color,
    list: Color,
    tagging: Color,
    write: Color,
    condition: Color,
    json_key: Color,
    dim: Option<Color>,
    selection: Option<Color>,
}

// Yellow and the bright colours vanish on white, blue vanishes on black: neither is used for text.
const TERMINAL: Palette = Palette {
    accent: Color::Cyan,
    matched: Color::Magenta,
    good: Color::Green,
    warn: Color::Red,
    write: Color::Magenta,
    condition: Color::Cyan,
    bad: Color::Red,
    list: Color::Cyan,
    tagging: Color::Cyan,
    json_key: Color::Cyan,
    dim: None,
    selection: None,
};

const DARK: Palette = Palette {
    accent: rgb(0x7cc7ff),
    matched: rgb(0xf0a8ff),
    good: rgb(0xa3d977),
    warn: rgb(0xf2c063),
    write: rgb(0xf2c063),
    condition: rgb(0xf2c063),
    bad: rgb(0xff8b85),
    list: rgb(0x8fd6e8),
    tagging: rgb(0xf0a8ff),
    json_key: rgb(0x8cc8ff),
    dim: Some(rgb(0xaeb7c6)),
    selection: Some(rgb(0x2a3a54)),
};

const LIGHT: Palette = Palette {
    accent: rgb(0x0550ae),
    matched: rgb(0x8a1fa8),
    good: rgb(0x1a6b2f),
    warn: rgb(0x8a5300),
    write: rgb(0x8a5300),
    condition: rgb(0x8a5300),
    bad: rgb(0xb3201c),
    list: rgb(0x0b6178),
    tagging: rgb(0x8a1fa8),
    json_key: rgb(0x0550ae),
    dim: Some(rgb(0x5b6472)),
    selection: Some(rgb(0xd5e3f7)),
};

// Each at least 7 to 1 on the page and on the selection.
const HIGH_CONTRAST: Palette = Palette {
    accent: rgb(0x6ff0ff),
    matched: rgb(0xffbdff),
    good: rgb(0x8dff8d),
    warn: rgb(0xffe14d),
    write: rgb(0xffe14d),
    condition: rgb(0xffe14d),
    bad: rgb(0xffb0a8),
    list: rgb(0xa8e6ff),
    tagging: rgb(0xffbdff),
    json_key: rgb(0x6ff0ff),
    dim: Some(rgb(0xe0e0e0)),
    selection: Some(rgb(0x00264d)),
};

// On black.
const DARK_OF_16: Palette = Palette {
    accent: Color::LightCyan,
    matched: Color::LightMagenta,
    good: Color::LightGreen,
    warn: Color::LightYellow,
    write: Color::LightYellow,
    condition: Color::LightYellow,
    bad: Color::LightRed,
    list: Color::LightCyan,
    tagging: Color::LightMagenta,
    json_key: Color::LightCyan,
    dim: Some(Color::Gray),
    selection: None,
};

// On light grey: bright colours and yellow vanish there.
const LIGHT_OF_16: Palette = Palette {
    accent: Color::Blue,
    matched: Color::Magenta,
    good: Color::Black,
    warn: Color::Magenta,
    write: Color::Magenta,
    condition: Color::Magenta,
    bad: Color::Red,
    list: Color::Blue,
    tagging: Color::Blue,
    json_key: Color::Blue,
    dim: Some(Color::Black),
    selection: None,
};

/// The nearest of the table of 256: a cube of 6 by 6 by 6 from 16 on, and 24 greys from 232 on. The 16 before them are
/// the terminal's own and may look like anything.
fn nearest(color: Color) -> Color {
    let Color::Rgb(red, green, blue) = color else { return color };
    let distance = |(r, g, b): (u8, u8, u8)| {
        [(r, red), (g, green), (b, blue)]
            .iter()
            .map(|(one, other)| u32::from(one.abs_diff(*other)).pow(2))
            .sum::<u32>()
    };
    let best = (16..=255).min_by_key(|index| distance(of_table(*index)));
    Color::Indexed(best.unwrap_or(255))
}

/// What a colour of the table from 16 on is made of.
const fn of_table(index: u8) -> (u8, u8, u8) {
    const fn step(part: u8) -> u8 {
        if part == 0 { 0 } else { 55 + 40 * part }
    }
    if index >= 232 {
        let grey = 8 + 10 * (index - 232);
        return (grey, grey, grey);
    }
    let cube = index.saturating_sub(16);
    (step(cube / 36), step(cube / 6 % 6), step(cube % 6))
}

const fn rgb(hex: u32) -> Color {
    let [_, red, green, blue] = hex.to_be_bytes();
    Color::Rgb(red, green, blue)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn channel(value: u8) -> f64 {
        let v = f64::from(value) / 255.0;
        if v <= 0.03928 { v / 12.92 } else { ((v + 0.055) / 1.055).powf(2.4) }
    }

    fn luminance(color: Color) -> f64 {
        let (r, g, b) = match color {
            Color::Rgb(r, g, b) => (r, g, b),
            Color::Indexed(index) => of_table(index),
            _ => panic!("{color:?} may look like anything"),
        };
        0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b)
    }

    fn contrast(a: Color, b: Color) -> f64 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// WCAG 2.1, success criterion 1.4.3: normal text needs a contrast of 4.5 to 1; 1.4.6: enhanced, 7 to 1.
    #[test]
    fn true_colour_themes_can_be_read() {
        let kinds = [(Kind::Dark, 4.5), (Kind::Light, 4.5), (Kind::HighContrast, 7.0)];
        let both = [Colours::True, Colours::Table];
        for (kind, least, colours) in
            kinds.iter().flat_map(|(kind, least)| both.map(|colours| (*kind, *least, colours)))
        {
            // The nearest of 256 is a little off.
            let least = if colours == Colours::Table { least - 0.5 } else { least };
            let theme = Theme::with(kind, colours);
            let page = theme.base.bg.unwrap();
            let selection = theme.selected.bg.unwrap();
            let texts = [
                theme.base,
                theme.dim,
                theme.accent,
                theme.border,
                theme.matched,
                theme.key,
                theme.good,
                theme.warn,
                theme.bad,
                theme.condition,
                theme.filter,
                theme.json_key,
                theme.json_string,
                theme.json_literal,
                theme.json_mark,
                theme.json_comment,
            ];
            for style in texts.iter().chain(&theme.levels) {
                let fg = style.fg.unwrap();
                for bg in [page, selection] {
                    let ratio = contrast(fg, bg);
                    assert!(
                        ratio >= least,
                        "{kind:?} {colours:?}: {fg:?} on {bg:?} has {ratio:.2}"
                    );
                }
            }
        }
    }

    /// What means different things looks different, with few colours too.
    #[test]
    fn no_two_meanings_look_alike() {
        let kinds = Kind::ALL.into_iter().filter(|(_, kind)| *kind != Kind::Plain);
        let all = [Colours::True, Colours::Table, Colours::Sixteen];
        for (name, theme) in
            kinds.flat_map(|(name, kind)| all.map(|colours| (name, Theme::with(kind, colours))))
        {
            let [list, read, write, permissions, tagging] = theme.levels;
            let looks = [
                ("listing", list),
                ("reading", read),
                ("writing", write),
                ("permissions", permissions),
                ("tagging", tagging),
            ];
            for (n, (one, a)) in looks.iter().enumerate() {
                for (other, b) in looks.iter().skip(n + 1) {
                    assert_ne!(a, b, "{name}: {one} and {other}");
                }
            }
            for (level, look) in looks {
                assert_ne!(theme.warn, look, "{name}: warnings and {level}");
            }
            assert_ne!(theme.warn, theme.bad, "{name}: warnings and faults");
            assert_ne!(theme.warn, theme.matched, "{name}: warnings and found letters");
        }
    }

    #[test]
    fn no_theme_asks_for_more_colours_than_there_are() {
        for (name, kind) in Kind::ALL {
            for (colours, most) in [(Colours::Table, 2), (Colours::Sixteen, 1)] {
                let theme = Theme::with(kind, colours).map(|color| {
                    let needs = match color {
                        Color::Rgb(..) => 3,
                        Color::Indexed(_) => 2,
                        _ => 1,
                    };
                    assert!(needs <= most, "{name} with {colours:?}: {color:?}");
                    color
                });
                assert_ne!(theme.base, theme.selected, "{name} with {colours:?}");
            }
        }
        for (hex, index) in [(0x000000, 16), (0xffffff, 231), (0x5f87af, 67), (0x767676, 243)] {
            assert_eq!(nearest(rgb(hex)), Color::Indexed(index), "{hex:06x}");
        }
    }

    #[test]
    fn the_plain_theme_has_no_colour() {
        let theme = Theme::with(Kind::Plain, Colours::Sixteen);
        for style in
            [theme.base, theme.selected, theme.warn, theme.bad, theme.filter, theme.matched]
        {
            assert_eq!((style.fg, style.bg), (None, None));
        }
        assert_ne!(theme.selected, theme.base);
        assert_ne!(theme.filter, theme.base);
    }
}
