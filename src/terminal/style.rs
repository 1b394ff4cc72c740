//! Styles, as few bytes.

use ratatui::buffer::Cell;
use ratatui::style::{Color, Modifier};

/// Modifiers that a blank shows.
pub(super) const SEEN_ON_BLANKS: Modifier = Modifier::UNDERLINED
    .union(Modifier::REVERSED)
    .union(Modifier::CROSSED_OUT)
    .union(Modifier::SLOW_BLINK)
    .union(Modifier::RAPID_BLINK);

/// Modifiers and their parameters.
const MODIFIERS: [(Modifier, u8); 9] = [
    (Modifier::BOLD, 1),
    (Modifier::DIM, 2),
    (Modifier::ITALIC, 3),
    (Modifier::UNDERLINED, 4),
    (Modifier::SLOW_BLINK, 5),
    (Modifier::RAPID_BLINK, 6),
    (Modifier::REVERSED, 7),
    (Modifier::HIDDEN, 8),
    (Modifier::CROSSED_OUT, 9),
];

/// How text is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Style {
    front: Color,
    back: Color,
    line: Color,
    modifier: Modifier,
}

impl Style {
    pub(super) fn of(cell: &Cell) -> Self {
        Self { front: cell.fg, back: cell.bg, line: cell.underline_color, modifier: cell.modifier }
    }

    /// Does a blank in it look other than a plain one?
    pub(super) fn shows_on_blanks(self) -> bool {
        self.back != Color::Reset || self.modifier.intersects(SEEN_ON_BLANKS)
    }

    /// Says this style to a terminal that writes in another one.
    pub(super) fn say_after(self, mut then: Self, out: &mut Vec<u8>) {
        if self == Self::default() {
            out.extend_from_slice(b"\x1b[m");
            return;
        }

        out.extend_from_slice(b"\x1b[");
        let start = out.len();
        // What was switched on is switched off together: its own ends differ between terminals. So are colours, where
        // nothing is kept: that is shorter.
        let ends = !self.modifier.contains(then.modifier);
        let bare = Self { modifier: self.modifier, ..Self::default() } == self;
        if ends || (bare && then.modifier.is_empty() && then != Self::default()) {
            // An empty parameter is 0.
            out.push(b';');
            then = Self::default();
        }
        let added = self.modifier.difference(then.modifier);
        for (modifier, parameter) in MODIFIERS {
            if added.contains(modifier) {
                number(out, parameter.into());
                out.push(b';');
            }
        }
        let bold = self.modifier.contains(Modifier::BOLD);
        // A letter's colour is said anew where it becomes bold: in its short form it could become bright.
        let anew = bold && !then.modifier.contains(Modifier::BOLD) && is_old(then.front);
        if self.front != then.front || anew {
            colour(out, self.front, 30, !bold);
        }
        if self.back != then.back {
            colour(out, self.back, 40, true);
        }
        if self.line != then.line {
            colour(out, self.line, 50, false);
        }
        // The last of the semicolons.
        if out.len() > start {
            out.pop();
        }
        out.push(b'm');
    }
}

/// A number in its digits.
pub(super) fn number(out: &mut Vec<u8>, number: u32) {
    let mut rest = number;
    let mut digits = [b'0'; 10];
    let mut count = 0;
    for digit in digits.iter_mut().rev() {
        *digit = b'0' + (rest % 10) as u8;
        rest /= 10;
        count += 1;
        if rest == 0 {
            break;
        }
    }
    out.extend(digits.iter().skip(digits.len() - count));
}

/// The parameters of a colour, with a semicolon behind: `kind` is 30 for letters, 40 for what is behind them, 50 for
/// underlines. The eight of old have a `short` form.
fn colour(out: &mut Vec<u8>, colour: Color, kind: u8, short: bool) {
    let mut say = |values: &[u8]| {
        for value in values {
            number(out, (*value).into());
            out.push(b';');
        }
    };
    match (colour, index(colour)) {
        (Color::Rgb(red, green, blue), _) => say(&[kind + 8, 2, red, green, blue]),
        // Not 30 to 37 for bold letters: some terminals make those bright.
        (_, Some(index)) if short && index < 8 => say(&[kind + index]),
        // The bright eight have one too, which terminals of 16 colours know; underlines have none.
        (_, Some(index @ 8..16)) if kind < 50 => say(&[kind + 52 + index]),
        (_, Some(index)) => say(&[kind + 8, 5, index]),
        _ => say(&[kind + 9]),
    }
}

fn is_old(colour: Color) -> bool {
    index(colour).is_some_and(|index| index < 8)
}

/// The number of a colour in the table of the terminal.
fn index(colour: Color) -> Option<u8> {
    Some(match colour {
        Color::Reset | Color::Rgb(..) => return None,
        Color::Indexed(index) => index,
        Color::Black => 0,
        Color::Red => 1,
        Color::Green => 2,
        Color::Yellow => 3,
        Color::Blue => 4,
        Color::Magenta => 5,
        Color::Cyan => 6,
        Color::Gray => 7,
        Color::DarkGray => 8,
        Color::LightRed => 9,
        Color::LightGreen => 10,
        Color::LightYellow => 11,
        Color::LightBlue => 12,
        Color::LightMagenta => 13,
        Color::LightCyan => 14,
        Color::White => 15,
    })
}
