//! Changed cells as few bytes: what a key costs on a slow line.
//!
//! Beside what the drawing library's own backend leaves out (cells that are as they were), a colour is said only
//! where it changes, a step along the row is said as a column, and a run of blanks is erased by its length instead
//! of written. `NO_COLOR` is not
//! looked at: whether there are colours is the theme's affair. May import the drawing library's cells.

use std::io::{self, Write};

use ratatui::buffer::Cell;
use ratatui::style::{Color, Modifier};

/// Blanks from this count on are erased: the sequence and the step behind it are shorter than they are.
const ERASED: u16 = 11;

/// Modifiers that a blank shows.
const SEEN_ON_BLANKS: Modifier = Modifier::UNDERLINED
    .union(Modifier::REVERSED)
    .union(Modifier::CROSSED_OUT)
    .union(Modifier::SLOW_BLINK)
    .union(Modifier::RAPID_BLINK);

/// Modifiers and their parameters.
const MODIFIERS: [(Modifier, &str); 9] = [
    (Modifier::BOLD, "1"),
    (Modifier::DIM, "2"),
    (Modifier::ITALIC, "3"),
    (Modifier::UNDERLINED, "4"),
    (Modifier::SLOW_BLINK, "5"),
    (Modifier::RAPID_BLINK, "6"),
    (Modifier::REVERSED, "7"),
    (Modifier::HIDDEN, "8"),
    (Modifier::CROSSED_OUT, "9"),
];

/// Writes cells, which come row by row, and leaves no style behind.
pub(super) fn cells<'a>(
    out: &mut impl Write,
    content: impl Iterator<Item = (u16, u16, &'a Cell)>,
) -> io::Result<()> {
    let mut pen = Pen { out, at: None, style: Style::default() };
    let mut blanks = Run::default();
    for (x, y, cell) in content {
        if is_blank(cell) {
            if !blanks.goes_on(x, y) {
                pen.blanks(&blanks)?;
                blanks = Run { x, y, count: 0 };
            }
            blanks.count += 1;
            continue;
        }
        pen.blanks(&blanks)?;
        blanks.count = 0;
        pen.go(x, y)?;
        pen.wear(Style::of(cell))?;
        pen.out.write_all(cell.symbol().as_bytes())?;
        // A wide character's second half is not told; the next cell then gets a step of its own.
        pen.at = Some((x.saturating_add(1), y));
    }
    pen.blanks(&blanks)?;
    pen.wear(Style::default())
}

/// Blanks side by side.
#[derive(Clone, Copy, Default)]
struct Run {
    x: u16,
    y: u16,
    count: u16,
}

impl Run {
    fn goes_on(&self, x: u16, y: u16) -> bool {
        self.count > 0 && y == self.y && x == self.x.saturating_add(self.count)
    }
}

fn is_blank(cell: &Cell) -> bool {
    cell.symbol() == " " && cell.bg == Color::Reset && !cell.modifier.intersects(SEEN_ON_BLANKS)
}

/// How text is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Style {
    front: Color,
    back: Color,
    line: Color,
    modifier: Modifier,
}

impl Style {
    fn of(cell: &Cell) -> Self {
        Self { front: cell.fg, back: cell.bg, line: cell.underline_color, modifier: cell.modifier }
    }
}

/// What the terminal was told so far.
struct Pen<'a, W> {
    out: &'a mut W,
    /// The cell that comes next by itself; None where that is not sure.
    at: Option<(u16, u16)>,
    style: Style,
}

impl<W: Write> Pen<'_, W> {
    fn go(&mut self, x: u16, y: u16) -> io::Result<()> {
        match self.at {
            Some(at) if at == (x, y) => Ok(()),
            // By its number, not as a distance: how wide the terminal drew a character is not known.
            Some((_, row)) if row == y => write!(self.out, "\x1b[{}G", u32::from(x) + 1),
            _ => write!(self.out, "\x1b[{};{}H", u32::from(y) + 1, u32::from(x) + 1),
        }
    }

    fn blanks(&mut self, run: &Run) -> io::Result<()> {
        if run.count == 0 {
            return Ok(());
        }
        self.go(run.x, run.y)?;
        let worn = self.style;
        if worn.back != Color::Reset || worn.modifier.intersects(SEEN_ON_BLANKS) {
            self.wear(Style::default())?;
        }
        if run.count < ERASED {
            let count = usize::from(run.count);
            write!(self.out, "{:count$}", "")?;
            self.at = Some((run.x.saturating_add(run.count), run.y));
        } else {
            write!(self.out, "\x1b[{}X", run.count)?;
            self.at = Some((run.x, run.y));
        }
        Ok(())
    }

    fn wear(&mut self, style: Style) -> io::Result<()> {
        if style == self.style {
            return Ok(());
        }
        let mut said = Vec::new();
        // What was switched on is switched off together: its own ends differ between terminals.
        if style == Style::default() || !style.modifier.contains(self.style.modifier) {
            said.push("0".to_owned());
            self.style = Style::default();
        }
        let added = style.modifier.difference(self.style.modifier);
        let added = MODIFIERS.iter().filter(|(modifier, _)| added.contains(*modifier));
        said.extend(added.map(|(_, parameter)| (*parameter).to_owned()));
        for (now, then, kind) in [
            (style.front, self.style.front, 30),
            (style.back, self.style.back, 40),
            (style.line, self.style.line, 50),
        ] {
            if now != then {
                said.push(colour(now, kind));
            }
        }
        self.style = style;
        write!(self.out, "\x1b[{}m", said.join(";"))
    }
}

/// The parameters of a colour: `kind` is 30 for letters, 40 for what is behind them, 50 for underlines.
fn colour(colour: Color, kind: u16) -> String {
    let indexed = |index: u16| format!("{};5;{index}", kind + 8);
    match colour {
        Color::Reset => (kind + 9).to_string(),
        // Not 30 to 37: some terminals make those bright when they are bold.
        Color::Black => indexed(0),
        Color::Red => indexed(1),
        Color::Green => indexed(2),
        Color::Yellow => indexed(3),
        Color::Blue => indexed(4),
        Color::Magenta => indexed(5),
        Color::Cyan => indexed(6),
        Color::Gray => indexed(7),
        Color::DarkGray => indexed(8),
        Color::LightRed => indexed(9),
        Color::LightGreen => indexed(10),
        Color::LightYellow => indexed(11),
        Color::LightBlue => indexed(12),
        Color::LightMagenta => indexed(13),
        Color::LightCyan => indexed(14),
        Color::White => indexed(15),
        Color::Indexed(index) => indexed(u16::from(index)),
        Color::Rgb(red, green, blue) => format!("{};2;{red};{green};{blue}", kind + 8),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use ratatui::backend::{Backend, CrosstermBackend};
    use ratatui::buffer::Buffer;
    use ratatui::layout::Rect;
    use ratatui::style::Style as Dress;

    const AREA: Rect = Rect { x: 0, y: 0, width: 24, height: 4 };

    fn side(cells: u16) -> std::num::NonZeroU16 {
        std::num::NonZeroU16::new(cells).unwrap()
    }

    fn text() -> impl Strategy<Value = (u16, u16, String, Dress)> {
        let colour = prop_oneof![
            3 => Just(Color::Reset),
            1 => Just(Color::Cyan),
            1 => Just(Color::Indexed(200)),
            1 => Just(Color::Rgb(1, 2, 3)),
        ];
        let modifier = prop_oneof![
            2 => Just(Modifier::empty()),
            1 => Just(Modifier::BOLD),
            1 => Just(Modifier::REVERSED),
            1 => Just(Modifier::UNDERLINED | Modifier::ITALIC),
        ];
        let words = prop_oneof!["[ab ]{1,9}", " {1,24}", "角色[ x]{0,6}"];
        (0..AREA.width, 0..AREA.height, words, colour.clone(), colour, modifier).prop_map(
            |(x, y, words, front, back, modifier)| {
                (x, y, words, Dress::new().fg(front).bg(back).add_modifier(modifier))
            },
        )
    }

    fn drawn(mut buffer: Buffer, texts: &[(u16, u16, String, Dress)]) -> Buffer {
        for (x, y, text, dress) in texts {
            buffer.set_stringn(*x, *y, text, usize::from(AREA.width - x), *dress);
        }
        buffer
    }

    proptest! {
        #[test]
        fn the_screen_is_the_one_of_the_library(
            first in prop::collection::vec(text(), 0..12),
            second in prop::collection::vec(text(), 0..12),
        ) {
            let empty = Buffer::empty(AREA);
            let one = drawn(empty.clone(), &first);
            let two = drawn(empty.clone(), &second);
            let (mut ours, mut theirs) = (Vec::new(), Vec::new());
            for (before, after) in [(&empty, &one), (&one, &two)] {
                cells(&mut ours, before.diff(after).into_iter()).unwrap();
                let mut backend = CrosstermBackend::new(&mut theirs);
                backend.draw(before.diff(after).into_iter()).unwrap();
            }
            let screen = |bytes: &[u8]| {
                let mut parser = vt100::Parser::new(side(AREA.height), side(AREA.width), 0);
                parser.process(bytes);
                let screen = parser.screen();
                let cell = |at: u16| {
                    let cell = screen.cell(at / AREA.width, at % AREA.width).unwrap();
                    let seen = cell.has_contents() && cell.contents() != " ";
                    // What colour or weight a blank's letter has is seen by nobody.
                    let letter = seen.then(|| (cell.fgcolor(), cell.bold(), cell.italic()));
                    let text = if seen { cell.contents().to_owned() } else { String::new() };
                    (text, cell.bgcolor(), cell.inverse(), cell.underline(), letter)
                };
                (0..AREA.width * AREA.height).map(cell).collect::<Vec<_>>()
            };
            prop_assert_eq!(screen(&ours), screen(&theirs), "{:?}", String::from_utf8_lossy(&ours));
        }
    }

    #[test]
    fn colours_steps_and_blanks_are_said_shortly() {
        let mut before = Buffer::empty(AREA);
        before.set_string(0, 1, "x".repeat(20), Dress::new());
        let mut after = Buffer::empty(AREA);
        after.set_string(0, 0, "a", Dress::new().fg(Color::Cyan));
        after.set_string(5, 0, "b", Dress::new().fg(Color::Cyan).bg(Color::Blue));
        let mut bytes = Vec::new();
        cells(&mut bytes, before.diff(&after).into_iter()).unwrap();
        assert_eq!(
            String::from_utf8_lossy(&bytes),
            "\x1b[1;1H\x1b[38;5;6ma\x1b[6G\x1b[48;5;4mb\x1b[2;1H\x1b[0m\x1b[20X"
        );
    }
}
