//! What the reader put up with: every departure from the JSON standard, with its place.
//!
//! A text that follows the standard needs none of these, and none of them can change what such a text means.

use std::fmt;

/// How a text departs from the JSON standard and was read all the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RepairKind {
    /// U+FEFF at the very beginning.
    ByteOrderMark,
    /// A comment: `// ..`, `# ..` or `/* .. */`.
    Comment,
    /// A comma before a closing bracket.
    TrailingComma,
    /// A comma with nothing before it.
    ExtraComma,
    /// No comma between two elements.
    MissingComma,
    /// A no-break space or another blank that JSON does not know.
    OddSpace,
    /// A backslash before a punctuation mark that JSON does not escape, as in Markdown: `\*`.
    MarkdownEscape,
    /// Text cut from inside a JSON string: `\"` for quotation marks, `\n` for line breaks.
    EscapedText,
    /// A backslash before anything else: kept as a backslash.
    UnknownEscape,
    /// A raw line break, tab or other control character inside a string.
    ControlCharacter,
    /// Half of a surrogate pair: read as U+FFFD.
    LoneSurrogate,
    /// Curly quotation marks around a string.
    TypographicQuote,
    /// Single quotation marks around a string.
    SingleQuote,
    /// A full-width comma, colon or bracket.
    FullWidthMark,
    /// A Markdown code fence around the text.
    CodeFence,
    /// A number that JSON writes otherwise: `007`, `+1`, `.5`.
    OddNumber,
    /// `True`, `None` and the like.
    WordCase,
    /// A key without quotation marks.
    UnquotedKey,
    /// An expression of Terraform's language where a value belongs.
    Expression,
}

impl RepairKind {
    /// A short fixed name for data.
    pub const fn id(self) -> &'static str {
        match self {
            Self::ByteOrderMark => "byte-order-mark",
            Self::Comment => "comment",
            Self::TrailingComma => "trailing-comma",
            Self::ExtraComma => "extra-comma",
            Self::MissingComma => "missing-comma",
            Self::OddSpace => "odd-space",
            Self::MarkdownEscape => "markdown-escape",
            Self::EscapedText => "escaped-text",
            Self::UnknownEscape => "unknown-escape",
            Self::ControlCharacter => "control-character",
            Self::LoneSurrogate => "lone-surrogate",
            Self::TypographicQuote => "typographic-quote",
            Self::SingleQuote => "single-quote",
            Self::FullWidthMark => "full-width-mark",
            Self::CodeFence => "code-fence",
            Self::OddNumber => "odd-number",
            Self::WordCase => "word-case",
            Self::UnquotedKey => "unquoted-key",
            Self::Expression => "template-expression",
        }
    }

    /// What was met and how it was read, as a sentence.
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::ByteOrderMark => "The byte-order mark at the beginning was passed over.",
            Self::Comment => "A comment was passed over: JSON has none.",
            Self::TrailingComma => "A comma before the closing bracket was passed over.",
            Self::ExtraComma => "A comma with no element before it was passed over.",
            Self::MissingComma => {
                "A comma between two elements is missing and was taken as written."
            }
            Self::OddSpace => "A no-break or other special space was read as a space.",
            Self::MarkdownEscape => {
                "A backslash before a punctuation mark, as Markdown writes it, was passed over."
            }
            Self::EscapedText => {
                "Text cut from inside a JSON string was read with its escapes taken away."
            }
            Self::UnknownEscape => {
                "A backslash that begins no JSON escape was kept as a backslash."
            }
            Self::ControlCharacter => {
                "A raw line break or control character inside a string was kept."
            }
            Self::LoneSurrogate => {
                "Half of a surrogate pair was read as the replacement character U+FFFD."
            }
            Self::TypographicQuote => "Typographic quotation marks were read as straight ones.",
            Self::SingleQuote => "Single quotation marks were read as double ones.",
            Self::FullWidthMark => "A full-width punctuation mark was read as the ordinary one.",
            Self::CodeFence => "A Markdown code fence was passed over.",
            Self::OddNumber => "A number that JSON writes otherwise was read as it stands.",
            Self::WordCase => "A word such as True or None was read as the JSON word.",
            Self::UnquotedKey => "A key without quotation marks was read as a key.",
            Self::Expression => {
                "An expression of Terraform's language was read as a value that is not known."
            }
        }
    }
}

/// One repair.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Repair {
    /// What was repaired.
    pub kind: RepairKind,
    /// Byte offset in the source text.
    pub offset: usize,
}

impl fmt::Display for Repair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.kind.sentence())
    }
}

/// Collects repairs, the first thousand of them; the rest is counted.
#[derive(Debug, Default)]
pub(super) struct Repairs {
    pub(super) list: Vec<Repair>,
    pub(super) left_out: usize,
}

/// More would tell a reader nothing, and a hostile text could ask for one a byte.
pub(in crate::policy) const MOST_REPAIRS: usize = 1_000;

impl Repairs {
    pub(super) fn note(&mut self, kind: RepairKind, offset: usize) {
        if self.list.len() < MOST_REPAIRS {
            self.list.push(Repair { kind, offset });
        } else {
            self.left_out += 1;
        }
    }
}
