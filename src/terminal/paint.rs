//! Changed cells as few bytes: what a key costs on a slow line.
//!
//! Beside what the drawing library's own backend leaves out (cells that are as they were), a colour is said only where
//! it changes, a step along the row is said as a column, a step over few cells by writing them once more ([`Seen`]
//! knows them), a step to the next row as a line feed, and a run of blanks is erased by its length instead of written.
//! `NO_COLOR` is not looked at: whether there are colours is the theme's affair.

use std::io::{self, Write};

use ratatui::buffer::Cell;
use ratatui::style::Color;

use super::seen::Seen;
use super::style::{SEEN_ON_BLANKS, Style, number};

/// Blanks from this count on are erased: the sequence and the step behind it are shorter than they are.
const ERASED: u16 = 11;
/// Cells that are written once more for a step over them, which has four bytes or more.
const FEW: u16 = 4;
/// Blanks that are erased where a step follows anyway.
const ERASED_BEFORE_STEP: u16 = 5;

/// Writes cells, which come row by row, and leaves no style behind.
pub(super) fn cells<'a>(
    out: &mut impl Write,
    seen: &mut Seen,
    content: impl Iterator<Item = (u16, u16, &'a Cell)>,
) -> io::Result<()> {
    let mut bytes = Vec::with_capacity(1 << 10);
    let style = Style::default();
    let number = seen.number(style);
    let mut pen =
        Pen { out: &mut bytes, seen, at: None, sure: true, sure_of_row: true, style, number };
    let mut blanks = Run::default();
    let mut row = None;
    for (x, y, cell) in content {
        if row.replace(y) != Some(y) && pen.seen.begins_anew(y) {
            pen.blanks(blanks, Some((x, y)));
            blanks.count = 0;
            pen.erase_row(y);
        }
        if is_blank(cell) {
            let grown = blanks.grown_to(x, y, pen.seen);
            if grown.is_none() {
                pen.blanks(blanks, Some((x, y)));
            }
            blanks = grown.unwrap_or(Run { x, y, count: 1 });
            continue;
        }
        pen.blanks(blanks, Some((x, y)));
        blanks.count = 0;
        pen.letter(x, y, cell);
    }
    pen.blanks(blanks, None);
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

    /// The run up to this blank, over blanks that stand between already; None where something else does, or where the
    /// step over them is shorter.
    fn grown_to(self, x: u16, y: u16, seen: &Seen) -> Option<Self> {
        let end = self.x.saturating_add(self.count);
        let gap = x.checked_sub(end).filter(|_| self.count > 0 && y == self.y)?;
        let short = gap <= FEW || self.count + gap >= ERASED;
        let grows = gap == 0 || short && seen.are_blank(end..x, y);
        grows.then_some(Self { count: self.count + gap + 1, ..self })
    }
}

fn is_blank(cell: &Cell) -> bool {
    cell.symbol() == " " && cell.bg == Color::Reset && !cell.modifier.intersects(SEEN_ON_BLANKS)
}

/// What the terminal was told so far.
struct Pen<'a> {
    out: &'a mut Vec<u8>,
    seen: &'a mut Seen,
    /// The cell that comes next by itself; None where that is not sure.
    at: Option<(u16, u16)>,
    /// Since the last step to a column only ASCII was written, of which it is known how wide the terminal drew it.
    sure: bool,
    /// The same since the last step to a row: what is drawn wider than it is may go on in the next one.
    sure_of_row: bool,
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
                self.go_to_column(from, x);
            }
            Some((from, row)) if self.is_below(from, row, y) => {
                self.out.push(b'\n');
                if from != x {
                    self.go_to_column(from, x);
                }
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
                self.sure_of_row = true;
            }
        }
        self.sure = true;
    }

    /// Is a row the next one, as far as the terminal is known to be where it is thought to be? Behind the last column a
    /// line feed means different things, and on Windows it goes to the first column too.
    fn is_below(&self, from: u16, row: u16, y: u16) -> bool {
        cfg!(unix)
            && self.sure
            && self.sure_of_row
            && y == row.saturating_add(1)
            && self.seen.has(from, y)
    }

    /// A step along the row.
    fn go_to_column(&mut self, from: u16, x: u16) {
        let ahead = x.checked_sub(from).filter(|ahead| self.sure && *ahead > 0);
        self.out.extend_from_slice(b"\x1b[");
        match ahead {
            Some(1) => self.out.push(b'C'),
            Some(ahead) => {
                number(self.out, ahead.into());
                self.out.push(b'C');
            }
            // By its number, not as a distance: how wide the terminal drew a character is not known.
            None => {
                number(self.out, u32::from(x) + 1);
                self.out.push(b'G');
            }
        }
    }

    /// Writes what stands between two columns once more, where that is no longer than a step.
    fn write_again(&mut self, from: u16, x: u16, y: u16) -> bool {
        let blanks = !self.style.shows_on_blanks();
        self.sure
            && x.checked_sub(from).is_some_and(|gap| gap <= FEW)
            && self.seen.again(from..x, y, self.number, blanks, self.out)
    }

    fn letter(&mut self, x: u16, y: u16, cell: &Cell) {
        self.go(x, y);
        let style = Style::of(cell);
        self.wear(style);
        self.out.extend_from_slice(cell.symbol().as_bytes());
        self.seen.wrote(x, y, cell.symbol(), self.number);
        self.sure &= cell.symbol().is_ascii();
        self.sure_of_row &= self.sure;
        // A wide character's second half is not told; the next cell then gets a step of its own.
        self.at = Some((x.saturating_add(1), y));
        if !self.sure && cell.symbol().chars().nth(1).is_some() {
            self.at = None;
        }
    }

    /// Blanks, before a cell that is written next.
    fn blanks(&mut self, run: Run, next: Option<(u16, u16)>) {
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
        let step_follows = next.is_none_or(|(x, y)| !run.goes_on(x, y));
        if run.count < if step_follows { ERASED_BEFORE_STEP } else { ERASED } || wide {
            self.out.extend(std::iter::repeat_n(b' ', usize::from(run.count)));
            self.at = Some((run.x.saturating_add(run.count), run.y));
        } else {
            self.out.extend_from_slice(b"\x1b[");
            number(self.out, run.count.into());
            self.out.push(b'X');
            self.at = Some((run.x, run.y));
        }
    }

    /// Erases a row as a whole: of what stands in it, it is not known where.
    fn erase_row(&mut self, y: u16) {
        self.at = None;
        self.go(0, y);
        self.wear(Style::default());
        self.out.extend_from_slice(b"\x1b[2K");
        self.seen.erased(0, y, self.seen.columns());
        self.at = Some((0, y));
    }

    fn wear(&mut self, style: Style) {
        if style != self.style {
            self.number = self.seen.number(style);
            style.say_after(self.style, self.out);
            self.style = style;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use ratatui::backend::{Backend, CrosstermBackend};
    use ratatui::buffer::Buffer;
    use ratatui::layout::Rect;
    use ratatui::style::{Modifier, Style as Dress};

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
        let words = prop_oneof!["[ab ]{1,9}", " {1,24}", "角色[ x]{0,6}", "[│…a ]{1,9}"];
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
        assert_eq!(said(&before, &after), "\x1b[1HONE a THREE\x1b[6CH");
    }

    #[cfg(unix)]
    #[test]
    fn the_next_row_is_a_line_feed_where_the_terminal_is_sure_to_be_in_this_one() {
        let said = |texts: &[(u16, u16, &str)]| {
            let mut after = Buffer::empty(AREA);
            for (x, y, text) in texts {
                after.set_string(*x, *y, *text, Dress::new());
            }
            let mut seen = Seen::default();
            seen.blank(AREA.width, AREA.height);
            let mut bytes = Vec::new();
            cells(&mut bytes, &mut seen, Buffer::empty(AREA).diff(&after).into_iter()).unwrap();
            String::from_utf8(bytes).unwrap()
        };
        assert_eq!(said(&[(3, 0, "ab"), (1, 1, "c"), (2, 2, "d")]), "\x1b[1;4Hab\n\x1b[2Gc\nd");
        assert_eq!(said(&[(3, 0, "ab"), (9, 1, "c")]), "\x1b[1;4Hab\n\x1b[4Cc");
        // A row is skipped, a line feed behind the last column, a character that may be drawn wider.
        assert_eq!(said(&[(3, 0, "ab"), (1, 2, "c")]), "\x1b[1;4Hab\x1b[3;2Hc");
        assert_eq!(said(&[(22, 0, "ab"), (1, 1, "c")]), "\x1b[1;23Hab\x1b[2;2Hc");
        assert_eq!(said(&[(3, 0, "a…"), (1, 1, "c")]), "\x1b[1;4Ha…\x1b[2;2Hc");
        // Where it was drawn wider it may have taken the terminal to the next row, whatever column is said then.
        assert_eq!(said(&[(3, 0, "…"), (9, 0, "a"), (1, 1, "c")]), "\x1b[1;4H…\x1b[10Ga\x1b[2;2Hc");
    }

    #[test]
    fn a_row_with_characters_of_several_code_points_is_written_as_a_whole_where_it_changes() {
        let mut seen = Seen::default();
        seen.blank(AREA.width, AREA.height);
        let mut before = Buffer::empty(AREA);
        let mut said = |rows: &[&str]| {
            let mut next = Buffer::empty(AREA);
            for (y, row) in (0_u16..).zip(rows) {
                next.set_string(0, y, *row, Dress::new());
            }
            let mut mended = next.clone();
            seen.mend(&mut mended);
            let mut bytes = Vec::new();
            cells(&mut bytes, &mut seen, before.diff(&mended).into_iter()).unwrap();
            before = next;
            String::from_utf8(bytes).unwrap()
        };
        for odd in ["\u{e01}\u{e33}", "\u{915}\u{93f}", "🇩🇪", "👍🏽", "☀\u{fe0e}"] {
            let row = format!("ab{odd}cd");
            said(&[&row, "角 one"]);
            assert_eq!(said(&[&row, "角 one"]), "", "{odd}: nothing has changed");
            // Another row does not matter, and costs what it costs.
            assert_eq!(said(&[&row, "角 onE"]), "\x1b[2;6HE", "{odd}");
            let other = said(&[&format!("aB{odd}cd"), "角 onE"]);
            assert!(
                other.starts_with(&format!("\x1b[1H\x1b[2KaB{odd}\x1b[1;")),
                "{odd}: {other:?}"
            );
            assert!(other.contains("Hcd"), "{odd}: {other:?}");
            // It is gone: its row is wiped once more, and is a row as any other from then on.
            let plain = said(&["xyz", "角 onE"]);
            assert!(plain.starts_with("\x1b[1H\x1b[2Kxyz"), "{odd}: {plain:?}");
            assert_eq!(said(&["xyZ", "角 onE"]), "\x1b[1;3HZ", "{odd}");
        }
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
            "\x1b[1H\x1b[36ma\x1b[1;38;5;6mb\x1b[;2mc\x1b[m"
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
    fn a_bar_behind_wide_characters_has_no_hole() {
        let bar = |text: &str| {
            let mut buffer = Buffer::empty(AREA);
            buffer.set_string(0, 0, text, Dress::new());
            buffer.set_style(
                Rect { height: 1, ..AREA },
                Dress::new().add_modifier(Modifier::REVERSED),
            );
            buffer
        };
        let (one, other) = (bar("abc角"), bar("ab角"));
        let mut seen = Seen::default();
        seen.blank(AREA.width, AREA.height);
        let mut bytes = Vec::new();
        cells(&mut bytes, &mut seen, Buffer::empty(AREA).diff(&one).into_iter()).unwrap();
        let written = |before: &Buffer, after: &Buffer| {
            before.diff(after).into_iter().map(|(x, ..)| x).collect::<Vec<_>>()
        };
        // Once the library minds the blank in column 4 by itself, nothing needs to be mended.
        assert_eq!(written(&one, &other), [2]);
        let mut mended = other.clone();
        seen.mend(&mut mended);
        assert_eq!(written(&one, &mended), [2, 4]);
        cells(&mut bytes, &mut seen, one.diff(&mended).into_iter()).unwrap();
        let mut again = other.clone();
        seen.mend(&mut again);
        assert_eq!(written(&other, &again), [0_u16; 0], "nothing is torn any more");
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
            "\x1b[1H\x1b[36ma\x1b[4C\x1b[44mb\x1b[2H\x1b[m\x1b[20X"
        );
    }
}
