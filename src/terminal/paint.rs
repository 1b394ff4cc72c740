//! Changed cells as few bytes: what a key costs on a slow line.
//!
//! Beside what the drawing library's own backend leaves out (cells that are as they were), a colour is said only
//! where it changes, a step along the row is said as a column, a step over few cells by writing them once more
//! ([`Seen`] knows them), and a run of blanks is erased by its length instead of written. `NO_COLOR` is not
//! looked at: whether there are colours is the theme's affair. May import the drawing library's cells.

use std::io::{self, Write};

use ratatui::buffer::Cell;
use ratatui::style::{Color, Modifier};

use super::seen::Seen;

/// Blanks from this count on are erased: the sequence and the step behind it are shorter than they are.
const ERASED: u16 = 11;

/// Modifiers that a blank shows.
const SEEN_ON_BLANKS: Modifier = Modifier::UNDERLINED
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

/// Writes cells, which come row by row, and leaves no style behind.
pub(super) fn cells<'a>(
    out: &mut impl Write,
    seen: &mut Seen,
    content: impl Iterator<Item = (u16, u16, &'a Cell)>,
) -> io::Result<()> {
    let mut bytes = Vec::with_capacity(1 << 10);
    let style = Style::default();
    let number = seen.number(style);
    let mut pen = Pen { out: &mut bytes, seen, at: None, sure: true, style, number };
    let mut blanks = Run::default();
    for (x, y, cell) in content {
        if is_blank(cell) {
            if !blanks.goes_on(x, y) {
                pen.blanks(blanks);
                blanks = Run { x, y, count: 0 };
            }
            blanks.count += 1;
            continue;
        }
        pen.blanks(blanks);
        blanks.count = 0;
        pen.letter(x, y, cell);
    }
    pen.blanks(blanks);
    pen.wear(Style::default());
    out.write_all(&bytes)
}

/// Blanks side by side.
#[derive(Clone, Copy, Default)]
struct Run {
    x: u16,
    y: u16,
    count: u16,
}

impl Run {
    fn goes_on(self, x: u16, y: u16) -> bool {
        self.count > 0 && y == self.y && x == self.x.saturating_add(self.count)
    }
}

fn is_blank(cell: &Cell) -> bool {
    cell.symbol() == " " && cell.bg == Color::Reset && !cell.modifier.intersects(SEEN_ON_BLANKS)
}

/// How text is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Style {
    front: Color,
    back: Color,
    line: Color,
    modifier: Modifier,
}

impl Style {
    fn of(cell: &Cell) -> Self {
        Self { front: cell.fg, back: cell.bg, line: cell.underline_color, modifier: cell.modifier }
    }

    /// Does a blank look like any other one in it?
    fn shows_on_blanks(self) -> bool {
        self.back != Color::Reset || self.modifier.intersects(SEEN_ON_BLANKS)
    }
}

/// What the terminal was told so far.
struct Pen<'a> {
    out: &'a mut Vec<u8>,
    seen: &'a mut Seen,
    /// The cell that comes next by itself; None where that is not sure.
    at: Option<(u16, u16)>,
    /// Since the last step only ASCII was written, of which it is known how wide the terminal drew it.
    sure: bool,
    style: Style,
    /// What `seen` calls this style.
    number: Option<u8>,
}

impl Pen<'_> {
    fn go(&mut self, x: u16, y: u16) {
        match self.at {
            Some(at) if at == (x, y) => return,
            Some((from, row)) if row == y => {
                if self.write_again(from, x, y) {
                    return;
                }
                // By its number, not as a distance: how wide the terminal drew a character is not known.
                self.out.extend_from_slice(b"\x1b[");
                number(self.out, u32::from(x) + 1);
                self.out.push(b'G');
            }
            _ => {
                self.out.extend_from_slice(b"\x1b[");
                number(self.out, u32::from(y) + 1);
                // The first column goes without saying.
                if x > 0 {
                    self.out.push(b';');
                    number(self.out, u32::from(x) + 1);
                }
                self.out.push(b'H');
            }
        }
        self.sure = true;
    }

    /// Writes what stands between two columns once more, where that is shorter than a step, of four to six bytes.
    fn write_again(&mut self, from: u16, x: u16, y: u16) -> bool {
        let few = 3 + u16::from(x > 8) + u16::from(x > 98);
        let blanks = !self.style.shows_on_blanks();
        self.sure
            && x.checked_sub(from).is_some_and(|gap| gap <= few)
            && self.seen.again(from..x, y, self.number, blanks, self.out)
    }

    fn letter(&mut self, x: u16, y: u16, cell: &Cell) {
        self.go(x, y);
        let style = Style::of(cell);
        self.wear(style);
        self.out.extend_from_slice(cell.symbol().as_bytes());
        self.seen.wrote(x, y, cell.symbol(), self.number);
        self.sure &= cell.symbol().is_ascii();
        // A wide character's second half is not told; the next cell then gets a step of its own.
        self.at = Some((x.saturating_add(1), y));
    }

    fn blanks(&mut self, run: Run) {
        if run.count == 0 {
            return;
        }
        self.go(run.x, run.y);
        if self.style.shows_on_blanks() {
            self.wear(Style::default());
        }
        // Some terminals (tmux 3.3) leave half of a wide character behind when it is erased; writing over it is safe.
        let wide = self.seen.had_wide(run.x, run.y, run.count);
        self.seen.erased(run.x, run.y, run.count);
        if run.count < ERASED || wide {
            self.out.extend(std::iter::repeat_n(b' ', usize::from(run.count)));
            self.at = Some((run.x.saturating_add(run.count), run.y));
        } else {
            self.out.extend_from_slice(b"\x1b[");
            number(self.out, run.count.into());
            self.out.push(b'X');
            self.at = Some((run.x, run.y));
        }
    }

    fn wear(&mut self, style: Style) {
        if style == self.style {
            return;
        }
        self.number = self.seen.number(style);
        if style == Style::default() {
            self.style = style;
            self.out.extend_from_slice(b"\x1b[m");
            return;
        }
        let mut then = self.style;
        self.out.extend_from_slice(b"\x1b[");
        let start = self.out.len();
        // What was switched on is switched off together: its own ends differ between terminals. So are colours, where
        // nothing is kept: that is shorter.
        let ends = !style.modifier.contains(then.modifier);
        let bare = Style { modifier: style.modifier, ..Style::default() } == style;
        if ends || (bare && then.modifier.is_empty() && then != Style::default()) {
            self.out.extend_from_slice(b"0;");
            then = Style::default();
        }
        let added = style.modifier.difference(then.modifier);
        for (modifier, parameter) in MODIFIERS {
            if added.contains(modifier) {
                number(self.out, parameter.into());
                self.out.push(b';');
            }
        }
        let bold = style.modifier.contains(Modifier::BOLD);
        // A letter's colour is said anew where it becomes bold: in its short form it could become bright.
        let anew = bold && !then.modifier.contains(Modifier::BOLD) && is_old(then.front);
        if style.front != then.front || anew {
            colour(self.out, style.front, 30, !bold);
        }
        if style.back != then.back {
            colour(self.out, style.back, 40, true);
        }
        if style.line != then.line {
            colour(self.out, style.line, 50, false);
        }
        self.style = style;
        // The last of the semicolons.
        if self.out.len() > start {
            self.out.pop();
        }
        self.out.push(b'm');
    }
}

/// A number in its digits.
fn number(out: &mut Vec<u8>, number: u32) {
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
            let mut seen = Seen::default();
            seen.blank(AREA.width, AREA.height);
            for (before, after) in [(&empty, &one), (&one, &two)] {
                cells(&mut ours, &mut seen, before.diff(after).into_iter()).unwrap();
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
    fn a_step_over_few_known_letters_is_their_letters() {
        let mut before = Buffer::empty(AREA);
        before.set_string(0, 0, "one a three fourth", Dress::new());
        let mut after = Buffer::empty(AREA);
        after.set_string(0, 0, "ONE a THREE fourtH", Dress::new());
        let mut seen = Seen::default();
        seen.blank(AREA.width, AREA.height);
        let mut said = |one: &Buffer, other: &Buffer| {
            let mut bytes = Vec::new();
            cells(&mut bytes, &mut seen, one.diff(other).into_iter()).unwrap();
            String::from_utf8(bytes).unwrap()
        };
        let _ = said(&Buffer::empty(AREA), &before);
        assert_eq!(said(&before, &after), "\x1b[1HONE a THREE\x1b[18GH");
    }

    #[test]
    fn bold_letters_say_their_colour_in_full() {
        let cyan = Dress::new().fg(Color::Cyan);
        let bold = cyan.add_modifier(Modifier::BOLD);
        let mut after = Buffer::empty(AREA);
        after.set_string(0, 0, "a", cyan);
        after.set_string(1, 0, "b", bold);
        after.set_string(2, 0, "c", Dress::new().add_modifier(Modifier::DIM));
        let mut bytes = Vec::new();
        cells(&mut bytes, &mut Seen::default(), Buffer::empty(AREA).diff(&after).into_iter())
            .unwrap();
        assert_eq!(
            String::from_utf8_lossy(&bytes),
            "\x1b[1H\x1b[36ma\x1b[1;38;5;6mb\x1b[0;2mc\x1b[m"
        );
    }

    #[test]
    fn wide_characters_are_written_over_and_not_erased() {
        let mut seen = Seen::default();
        seen.blank(AREA.width, AREA.height);
        let (blank, mut wide) = (Buffer::empty(AREA), Buffer::empty(AREA));
        // The second half of the wide one is a blank to the screen library, before and after.
        wide.set_string(1, 0, "bbbbbbbbbbbb角", Dress::new());
        let mut bytes = Vec::new();
        cells(&mut bytes, &mut seen, blank.diff(&wide).into_iter()).unwrap();
        bytes.clear();
        cells(&mut bytes, &mut seen, wide.diff(&blank).into_iter()).unwrap();
        let said = String::from_utf8_lossy(&bytes);
        assert_eq!(said, format!("\x1b[1;2H{}", " ".repeat(13)));
    }

    #[test]
    fn colours_steps_and_blanks_are_said_shortly() {
        let mut before = Buffer::empty(AREA);
        before.set_string(0, 1, "x".repeat(20), Dress::new());
        let mut after = Buffer::empty(AREA);
        after.set_string(0, 0, "a", Dress::new().fg(Color::Cyan));
        after.set_string(5, 0, "b", Dress::new().fg(Color::Cyan).bg(Color::Blue));
        let mut bytes = Vec::new();
        cells(&mut bytes, &mut Seen::default(), before.diff(&after).into_iter()).unwrap();
        assert_eq!(
            String::from_utf8_lossy(&bytes),
            "\x1b[1H\x1b[36ma\x1b[6G\x1b[44mb\x1b[2H\x1b[m\x1b[20X"
        );
    }
}
