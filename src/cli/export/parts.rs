//! What a reference page is made of, before it is Markdown or HTML. Every text here is as the catalogue has it:
//! the writers make it harmless.

use crate::policy::level::AccessLevel;

/// A piece of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Words.
    Text(String),
    /// Words that stand out.
    Strong(String),
    /// Words that stand back, such as how sure a fact is.
    Aside(String),
    /// A name, an action or a command.
    Code(String),
    /// An address on the web.
    Link(String),
    /// A place on the page: the words and the anchor.
    Jump(String, String),
    /// An access level by its word.
    Level(AccessLevel, &'static str),
}

/// A line of pieces; see [`joined`].
pub type Line = Vec<Piece>;

/// The pieces of a line as a format writes them, with a blank between them where no full-width sign makes room already.
pub fn joined(line: &Line, written: impl Fn(&Piece) -> String) -> String {
    let mut out = String::new();
    let mut before = None;
    for piece in line {
        if before.is_some_and(|before| !makes_room(before, piece)) {
            out.push(' ');
        }
        out.push_str(&written(piece));
        before = Some(piece);
    }
    out
}

fn makes_room(before: &Piece, after: &Piece) -> bool {
    before.words().ends_with(['。', '：', '；', '，', '）'])
        || after.words().starts_with('（') && !matches!(before, Piece::Strong(_))
}

impl Piece {
    /// Its words where they stand as plain text. Those that stand out need the blank: Markdown tells their end by it.
    fn words(&self) -> &str {
        match self {
            Self::Text(text) | Self::Aside(text) => text,
            _ => "",
        }
    }
}

/// An entry of a list with what is said below it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Item {
    /// Is it something to tick?
    pub tick: bool,
    /// What it says.
    pub line: Line,
    /// What is said below it.
    pub below: Vec<Line>,
}

/// A part of a page, from top to bottom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// A heading of the rank 1 to 4; jumps lead to those with an anchor.
    Heading {
        /// 1 for the page, 2 for a product, 3 for a role, 4 for a part of a role.
        rank: u8,
        /// Its words.
        text: String,
        /// Its name on the page, unique.
        anchor: Option<String>,
    },
    /// A sentence or two.
    Words(Line),
    /// What must not be overlooked.
    Warning(Vec<Line>),
    /// Names and what is said under them.
    Facts(Vec<(&'static str, Line)>),
    /// A list.
    List(Vec<Item>),
    /// Rows under a head.
    Table {
        /// The names of the columns.
        head: Vec<String>,
        /// The rows, each as long as the head.
        rows: Vec<Vec<Line>>,
        /// Many narrow columns, which are read across: it must not be turned into cards on a phone.
        grid: bool,
    },
    /// A JSON text behind a click.
    Details {
        /// What it is.
        title: String,
        /// The text.
        json: String,
    },
}

/// Words.
pub fn text(words: impl Into<String>) -> Piece {
    Piece::Text(words.into())
}

/// A name, an action or a command.
pub fn code(words: impl Into<String>) -> Piece {
    Piece::Code(words.into())
}
