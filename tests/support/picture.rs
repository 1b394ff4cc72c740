//! Draws a screen as a picture: cells in, SVG out. Knows cells and colours, nothing of the program.
//!
//! ```text
//! cells of a row ─┬─> equal backgrounds  ─> <rect>
//!                 ├─> frames and blocks  ─> <path>, so that lines join whatever the font
//!                 └─> words of one style ─> <text x textLength>, so that any font keeps to the grid
//! ```
//!
//! The same cells give the same bytes: no time, no random name.
#![allow(dead_code, unreachable_pub)]

use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// One cell, and where text stands in it.
pub const CELL: (usize, usize) = (9, 20);
const BASELINE: usize = 15;
const FONT_SIZE: usize = 15;
/// Between the window and what it shows; the height of its title.
pub const MARGIN: usize = 12;
pub const TITLE: usize = 34;

pub type Rgb = [u8; 3];

/// What a terminal makes of colours.
#[derive(Clone, Copy, Debug)]
pub struct Look {
    pub name: &'static str,
    pub page: Rgb,
    pub text: Rgb,
    pub bar: Rgb,
    /// Black, red, green, yellow, blue, magenta, cyan, white; then the bright ones.
    colours: [Rgb; 16],
}

/// A terminal with light text on a dark page.
pub const DARK: Look = Look {
    name: "dark",
    page: [0x1b, 0x1f, 0x27],
    text: [0xd8, 0xde, 0xe9],
    bar: [0x2a, 0x30, 0x3c],
    colours: [
        [0x2a, 0x30, 0x3c],
        [0xf0, 0x71, 0x78],
        [0x9c, 0xcf, 0x70],
        [0xe6, 0xc0, 0x7b],
        [0x6c, 0xa8, 0xf0],
        [0xd5, 0x8f, 0xe6],
        [0x62, 0xc6, 0xd0],
        [0xc8, 0xce, 0xd8],
        [0x6b, 0x74, 0x84],
        [0xff, 0x8b, 0x92],
        [0xb5, 0xe0, 0x8c],
        [0xf5, 0xd4, 0x94],
        [0x8c, 0xc0, 0xff],
        [0xe6, 0xaa, 0xf5],
        [0x80, 0xdc, 0xe5],
        [0xff, 0xff, 0xff],
    ],
};

/// A terminal with dark text on a light page.
pub const LIGHT: Look = Look {
    name: "light",
    page: [0xfc, 0xfc, 0xfa],
    text: [0x24, 0x29, 0x33],
    bar: [0xe6, 0xe8, 0xec],
    colours: [
        [0x24, 0x29, 0x33],
        [0xb3, 0x26, 0x1e],
        [0x2b, 0x74, 0x2f],
        [0x8a, 0x63, 0x00],
        [0x1f, 0x5f, 0xc4],
        [0x94, 0x2a, 0xa8],
        [0x0b, 0x72, 0x85],
        [0x6b, 0x72, 0x80],
        [0x55, 0x5d, 0x6b],
        [0xc9, 0x3a, 0x31],
        [0x38, 0x8a, 0x3d],
        [0xa6, 0x7a, 0x0c],
        [0x36, 0x77, 0xdd],
        [0xab, 0x45, 0xbf],
        [0x1c, 0x8a, 0x9e],
        [0xff, 0xff, 0xff],
    ],
};

/// How one cell looks in the end: reversed and dim are already worked into the colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Ink {
    text: Rgb,
    page: Rgb,
    bold: bool,
    italic: bool,
    underlined: bool,
}

impl Look {
    fn rgb(&self, color: Color, otherwise: Rgb) -> Rgb {
        let at = match color {
            Color::Reset => return otherwise,
            Color::Rgb(r, g, b) => return [r, g, b],
            Color::Indexed(at) => usize::from(at),
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
        };
        *self.colours.get(at).unwrap_or_else(|| panic!("colour {at} is not one of the 16"))
    }

    fn ink(&self, cell: &Cell) -> Ink {
        let has = |modifier| cell.modifier.contains(modifier);
        let mut text = self.rgb(cell.fg, self.text);
        let mut page = self.rgb(cell.bg, self.page);
        if has(Modifier::REVERSED) {
            std::mem::swap(&mut text, &mut page);
        }
        if has(Modifier::DIM) {
            for (t, p) in text.iter_mut().zip(page) {
                *t = u8::try_from((u16::from(*t) * 62 + u16::from(p) * 38) / 100).unwrap();
            }
        }
        Ink {
            text,
            page,
            bold: has(Modifier::BOLD),
            italic: has(Modifier::ITALIC),
            underlined: has(Modifier::UNDERLINED),
        }
    }
}

/// The picture of a screen in a window.
pub fn svg(buffer: &Buffer, look: &Look, caption: &str) -> String {
    let rows = usize::from(buffer.area.height);
    let (width, height) = size(buffer);
    let mut out = String::new();
    open(&mut out, (width, height), caption, "");
    window(&mut out, look, width, height);
    writeln!(out, r#"<g transform="translate({MARGIN} {})">"#, TITLE + MARGIN / 2).unwrap();
    for y in 0..rows {
        out.push_str(&row(buffer, y, look));
    }
    out.push_str("</g>\n</svg>\n");
    out
}

/// Width and height of the window around a screen.
pub fn size(buffer: &Buffer) -> (usize, usize) {
    let (columns, rows) = (usize::from(buffer.area.width), usize::from(buffer.area.height));
    (columns * CELL.0 + 2 * MARGIN, rows * CELL.1 + TITLE + 2 * MARGIN - MARGIN / 2)
}

/// Everything before the window; `rules` are more rules of style.
pub fn open(out: &mut String, (width, height): (usize, usize), caption: &str, rules: &str) {
    writeln!(
        out,
        r#"<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" role="img">"#
    )
    .unwrap();
    writeln!(out, "<title>{}</title>", escaped(caption)).unwrap();
    writeln!(
        out,
        "<style>text{{font:{FONT_SIZE}px 'DejaVu Sans Mono','Menlo','Cascadia Mono','Consolas','Noto Sans Mono CJK SC','PingFang SC','Microsoft YaHei',monospace;white-space:pre}}.b{{font-weight:700}}.i{{font-style:italic}}.m{{text-anchor:middle}}.w{{letter-spacing:{}px}}{rules}</style>",
        2 * CELL.0 - FONT_SIZE
    )
    .unwrap();
}

/// One row of a screen.
pub fn row(buffer: &Buffer, y: usize, look: &Look) -> String {
    let mut out = String::new();
    Row::new(buffer, y, look).draw(&mut out, y * CELL.1, look);
    out
}

pub fn window(out: &mut String, look: &Look, width: usize, height: usize) {
    let edge = hex(mix(look.bar, look.text, 25));
    writeln!(
        out,
        r#"<rect x="0.5" y="0.5" width="{}" height="{}" rx="8" fill="{}" stroke="{edge}"/>"#,
        width - 1,
        height - 1,
        hex(look.page)
    )
    .unwrap();
    writeln!(
        out,
        r#"<path d="M1 {TITLE}V9a8 8 0 0 1 8 -8H{}a8 8 0 0 1 8 8V{TITLE}z" fill="{}"/>"#,
        width - 9,
        hex(look.bar)
    )
    .unwrap();
    for (at, fill) in ["#e0665c", "#d9a93f", "#57a85a"].iter().enumerate() {
        writeln!(out, r#"<circle cx="{}" cy="{}" r="6" fill="{fill}"/>"#, 20 + at * 20, TITLE / 2)
            .unwrap();
    }
    writeln!(
        out,
        r#"<text class="m" x="{}" y="{}" fill="{}">rolescope</text>"#,
        width / 2,
        TITLE / 2 + 5,
        hex(mix(look.text, look.bar, 30))
    )
    .unwrap();
}

/// One row: its cells with their columns; the second halves of wide characters are left out.
struct Row<'a> {
    cells: Vec<(usize, usize, &'a str, Ink)>,
}

impl<'a> Row<'a> {
    fn new(buffer: &'a Buffer, y: usize, look: &Look) -> Self {
        let mut cells = Vec::new();
        let mut next = 0;
        for x in 0..usize::from(buffer.area.width) {
            if x < next {
                continue;
            }
            let cell = &buffer.content[y * usize::from(buffer.area.width) + x];
            let width = rolescope::text::width(cell.symbol()).max(1);
            next = x + width;
            cells.push((x, width, cell.symbol(), look.ink(cell)));
        }
        Self { cells }
    }

    fn draw(&self, out: &mut String, y: usize, look: &Look) {
        self.backgrounds(out, y, look);
        self.lines(out, y);
        self.words(out, y);
    }

    fn backgrounds(&self, out: &mut String, y: usize, look: &Look) {
        for run in self.cells.chunk_by(|a, b| a.3.page == b.3.page) {
            let page = run[0].3.page;
            if page == look.page {
                continue;
            }
            let width: usize = run.iter().map(|cell| cell.1).sum();
            writeln!(
                out,
                r#"<rect x="{}" y="{y}" width="{}" height="{}" fill="{}"/>"#,
                run[0].0 * CELL.0,
                width * CELL.0,
                CELL.1,
                hex(page)
            )
            .unwrap();
        }
    }

    /// Frames, blocks and the lines under words, as paths: one for each colour and thickness.
    fn lines(&self, out: &mut String, y: usize) {
        let mut strokes: BTreeMap<(Rgb, bool), String> = BTreeMap::new();
        let mut fills: BTreeMap<Rgb, String> = BTreeMap::new();
        for (x, width, symbol, ink) in &self.cells {
            let left = x * CELL.0;
            for (path, bold) in strokes_of(symbol, left, y) {
                strokes.entry((ink.text, bold)).or_default().push_str(&path);
            }
            if let Some(block) = block_of(symbol, left, y) {
                fills.entry(ink.text).or_default().push_str(&block);
            }
            if ink.underlined {
                let wide = width * CELL.0;
                let line = format!("M{left} {}h{wide}v1h-{wide}z", y + BASELINE + 2);
                fills.entry(ink.text).or_default().push_str(&line);
            }
        }
        for ((color, bold), path) in strokes {
            let width = if bold { 2.5 } else { 1.25 };
            writeln!(
                out,
                r#"<path d="{path}" fill="none" stroke="{}" stroke-width="{width}"/>"#,
                hex(color)
            )
            .unwrap();
        }
        for (color, path) in fills {
            writeln!(out, r#"<path d="{path}" fill="{}"/>"#, hex(color)).unwrap();
        }
    }

    /// Words of printable ASCII keep to the grid by their length, ideographs by their spacing, for
    /// all fonts have them as wide as high; any other character stands in the middle of its cells.
    fn words(&self, out: &mut String, y: usize) {
        let mut at = 0;
        while let Some((x, width, symbol, ink)) = self.cells.get(at) {
            at += 1;
            if *symbol == " " || is_drawn(symbol) {
                continue;
            }
            let mut word = (*symbol).to_owned();
            if is_plain(symbol) {
                while let Some((_, _, next, same)) = self.cells.get(at) {
                    let fits = looks_same(ink, same);
                    let joins = is_plain(next) && *next != " ";
                    // One blank between two words of a style does not part them.
                    let over = *next == " "
                        && self.cells.get(at + 1).is_some_and(|(_, _, after, ink_after)| {
                            is_plain(after) && *after != " " && looks_same(ink, ink_after)
                        });
                    if !(fits && joins || over) {
                        break;
                    }
                    word.push_str(next);
                    at += 1;
                }
                text(out, &word, (x * CELL.0, y), Kept::Length(word.len() * CELL.0), ink);
            } else if is_ideograph(symbol) {
                while let Some((_, _, next, same)) = self.cells.get(at) {
                    if !(is_ideograph(next) && looks_same(ink, same)) {
                        break;
                    }
                    word.push_str(next);
                    at += 1;
                }
                let x = x * CELL.0 + (2 * CELL.0 - FONT_SIZE) / 2;
                text(out, &word, (x, y), Kept::Spacing, ink);
            } else {
                text(out, &word, (x * CELL.0 + width * CELL.0 / 2, y), Kept::Middle, ink);
            }
        }
    }
}

fn looks_same(a: &Ink, b: &Ink) -> bool {
    (a.text, a.bold, a.italic) == (b.text, b.bold, b.italic)
}

/// How a word keeps to the grid.
#[derive(Clone, Copy)]
enum Kept {
    Length(usize),
    Spacing,
    Middle,
}

fn text(out: &mut String, word: &str, (x, y): (usize, usize), kept: Kept, ink: &Ink) {
    let mut classes = Vec::new();
    if ink.bold {
        classes.push("b");
    }
    if ink.italic {
        classes.push("i");
    }
    match kept {
        Kept::Length(_) => {}
        Kept::Spacing => classes.push("w"),
        Kept::Middle => classes.push("m"),
    }
    out.push_str("<text");
    if !classes.is_empty() {
        write!(out, r#" class="{}""#, classes.join(" ")).unwrap();
    }
    write!(out, r#" x="{x}" y="{}""#, y + BASELINE).unwrap();
    if let Kept::Length(length) = kept {
        write!(out, r#" textLength="{length}" lengthAdjust="spacingAndGlyphs""#).unwrap();
    }
    writeln!(out, r#" fill="{}">{}</text>"#, hex(ink.text), escaped(word)).unwrap();
}

fn is_plain(symbol: &str) -> bool {
    symbol.len() == 1 && symbol.is_ascii()
}

/// A Chinese character; no punctuation, which browsers set closer.
fn is_ideograph(symbol: &str) -> bool {
    symbol.chars().count() == 1 && symbol.starts_with(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
}

fn is_drawn(symbol: &str) -> bool {
    !strokes_of(symbol, 0, 0).is_empty() || block_of(symbol, 0, 0).is_some()
}

/// The lines of a frame character: path, and whether it is a thick one.
fn strokes_of(symbol: &str, x: usize, y: usize) -> Vec<(String, bool)> {
    // Where lines leave the cell: left, right, up, down.
    let (arms, bold) = match symbol {
        "─" => ("lr", false),
        "│" => ("ud", false),
        "┌" => ("rd", false),
        "┐" => ("ld", false),
        "└" => ("ru", false),
        "┘" => ("lu", false),
        "├" => ("rud", false),
        "┤" => ("lud", false),
        "┬" => ("lrd", false),
        "┴" => ("lru", false),
        "┼" => ("lrud", false),
        "━" => ("lr", true),
        "┃" => ("ud", true),
        "┏" => ("rd", true),
        "┓" => ("ld", true),
        "┗" => ("ru", true),
        "┛" => ("lu", true),
        "┣" => ("rud", true),
        "┫" => ("lud", true),
        "┳" => ("lrd", true),
        "┻" => ("lru", true),
        "╋" => ("lrud", true),
        "╭" | "╮" | "╰" | "╯" => return vec![(rounded(symbol, x, y), false)],
        "═" | "║" | "╔" | "╗" | "╚" | "╝" => panic!("no picture of {symbol} yet"),
        _ => return Vec::new(),
    };
    let (mid_x, mid_y) = (format!("{}.5", x + CELL.0 / 2), y + CELL.1 / 2);
    let has = |arm: char| arms.contains(arm);
    // Lines go beyond the middle by half their thickness, so that no corner has a notch.
    let corner = |right: bool| match (bold, right) {
        (true, false) => format!("{}.25", x + CELL.0 / 2 - 1),
        (true, true) => format!("{}.75", x + CELL.0 / 2 + 1),
        (false, _) => mid_x.clone(),
    };
    let mut path = String::new();
    if has('l') || has('r') {
        let from = if has('l') { x.to_string() } else { corner(false) };
        let to = if has('r') { (x + CELL.0).to_string() } else { corner(true) };
        write!(path, "M{from} {mid_y}H{to}").unwrap();
    }
    if has('u') || has('d') {
        let from = if has('u') { y } else { mid_y };
        let to = if has('d') { y + CELL.1 } else { mid_y };
        write!(path, "M{mid_x} {from}V{to}").unwrap();
    }
    vec![(path, bold)]
}

fn rounded(symbol: &str, x: usize, y: usize) -> String {
    let (mid_x, mid_y) = (format!("{}.5", x + CELL.0 / 2), y + CELL.1 / 2);
    let side = if matches!(symbol, "╭" | "╰") { x + CELL.0 } else { x };
    let end = if matches!(symbol, "╭" | "╮") { y + CELL.1 } else { y };
    let turn = if matches!(symbol, "╭" | "╮") { mid_y + 5 } else { mid_y - 5 };
    format!("M{mid_x} {end}V{turn}Q{mid_x} {mid_y} {side} {mid_y}")
}

/// The filled part of a block character.
fn block_of(symbol: &str, x: usize, y: usize) -> Option<String> {
    let (width, height) = CELL;
    let (left, top, wide, high) = match symbol {
        "█" => (0, 0, width, height),
        "▌" => (0, 0, width / 2, height),
        "▐" => (width / 2, 0, width - width / 2, height),
        "▎" => (0, 0, 2, height),
        "▏" => (0, 0, 1, height),
        "▀" => (0, 0, width, height / 2),
        "▄" => (0, height / 2, width, height / 2),
        _ => return None,
    };
    Some(format!("M{} {}h{wide}v{high}h-{wide}z", x + left, y + top))
}

pub fn mix(a: Rgb, b: Rgb, percent_of_b: u16) -> Rgb {
    std::array::from_fn(|at| {
        let (a, b) = (u16::from(a[at]), u16::from(b[at]));
        u8::try_from((a * (100 - percent_of_b) + b * percent_of_b) / 100).unwrap()
    })
}

pub fn hex([r, g, b]: Rgb) -> String {
    format!("#{r:02x}{g:02x}{b:02x}")
}

pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
