//! What stands outside of the JSON in a page, a script or a Terraform file: prose, commands, comments and what opens the
//! blocks. Only the text tells which of these it is: its lines mean the same in all of them, as far as blocks go.
//!
//! Comments are passed over: `#` and `//` up to the end of the line, `/* .. */`, `<!-- .. -->`, and the here-document of
//! a shell's `:`. A heading of Markdown begins as a comment does, and opens no block either. What is not taken and may
//! be a policy is told, see [`super::leftover`].

use super::Limits;
use super::bare;
use super::blocks::quote_marks;
use super::error::ReadError;
use super::hcl::{self, Given, Gives, Name, is_encoded};
use super::holes::word;
use super::leftover::{self, Told, Why, has_key, past_blanks};
use super::marks::{begins, fence, has_mark, here, is_choice, is_glob, string_length, template};
use crate::hash::Map;
use crate::policy::source::{Span, Template};

/// Blocks of a text that are looked at: no page has so many, and the memory for them has to end somewhere.
const MOST: usize = 1_000_000;

/// What every policy holds: other texts between quotation marks are left alone.
pub(super) const MARK: &str = "Statement";

/// How often the length of a text is looked at in vain for objects among it.
const EFFORT: usize = 32;

/// How often blocks inside blocks are looked for: a page has a script that writes a Terraform file.
const DEEP: usize = 2;

/// Tags of fences with code, which also begins with brackets.
const CODE: [&str; 14] = [
    "sh",
    "bash",
    "shell",
    "zsh",
    "console",
    "powershell",
    "terraform",
    "tf",
    "hcl",
    "python",
    "py",
    "js",
    "javascript",
    "yaml",
];

/// A block of a text.
#[derive(Debug)]
pub(super) struct Block {
    pub(super) span: Span,
    /// What fills in parts of it.
    pub(super) template: Option<Template>,
    pub(super) form: Form,
}

/// How a block is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// As JSON, or as what tells that it is none.
    Plain,
    /// As a string, to be unpacked.
    Packed,
    /// In a block quote: each line has its mark in front.
    Quoted,
}

/// What was found in a text.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) blocks: Vec<Block>,
    /// Policies that are not read.
    pub(super) told: Vec<Told>,
    /// Comments that hold the word of policies, and what is beyond the most that is told.
    pub(super) comments: Vec<Span>,
    /// Where what begins as a document is none, and why.
    pub(super) failed: Vec<(usize, ReadError)>,
    /// Bytes that may still be looked at in vain.
    pub(super) effort: usize,
}

/// The blocks that begin with a bracket, the policies between quotation marks and among other text, and what is told
/// only.
pub(super) fn find(text: &str, limits: &Limits) -> Found {
    let mut found = Found { effort: text.len().saturating_mul(EFFORT), ..Found::default() };
    Search::new(text, 0, DEEP, true, limits, &mut found).run(0);
    leftover::tell(text, &mut found);
    found
}

/// The search through a part of a text, up to its end.
pub(super) struct Search<'a, 'f> {
    pub(super) text: &'a str,
    pub(super) limits: &'f Limits,
    /// Where each word last stands alone on a line.
    alone: Map<&'a str, usize>,
    /// How often blocks inside blocks are still looked for.
    depth: usize,
    /// Do fences count? They do not inside blocks.
    page: bool,
    /// Marks that end comments and come no more.
    ended: Vec<&'static str>,
    /// Fences of so many marks, by the mark, have no end.
    open: [usize; 2],
    /// Where the line ends that is looked at.
    line_end: usize,
    /// Where the word of policies comes next, as far as is known.
    pub(super) next_mark: usize,
    /// What blocks of Terraform are open.
    given: Given<'a>,
    /// What stands under a name that was not known so far.
    named: Vec<(Span, Name<'a>)>,
    /// Behind a here-document that is one of two, and where.
    either: Option<usize>,
    pub(super) found: &'f mut Found,
}

/// What opens a here-document.
struct Here<'a> {
    /// What ends it, alone on its line.
    word: &'a str,
    template: Option<Template>,
    /// It is a shell's way to write a comment.
    comment: bool,
    /// It is one of two, of which a condition takes one.
    either: bool,
    /// It is the second of them.
    other: bool,
}

impl<'a, 'f> Search<'a, 'f> {
    fn new(
        text: &'a str,
        from: usize,
        depth: usize,
        page: bool,
        limits: &'f Limits,
        found: &'f mut Found,
    ) -> Self {
        let mut alone = Map::default();
        let mut at = from;
        for line in text.get(from..).unwrap_or_default().split_inclusive('\n') {
            let bare = line.trim();
            if !bare.is_empty() && word(bare).len() == bare.len() {
                alone.insert(bare, at);
            }
            at += line.len();
        }
        Self {
            text,
            limits,
            alone,
            depth,
            page,
            ended: Vec::new(),
            open: [usize::MAX; 2],
            line_end: 0,
            next_mark: from,
            given: Given::default(),
            named: Vec::new(),
            either: None,
            found,
        }
    }

    fn run(mut self, from: usize) {
        let mut at = from;
        while at < self.text.len() && self.found.blocks.len() < MOST {
            at = self.fenced(at).unwrap_or_else(|| self.line(at));
        }
        // A name may stand before what it means.
        for (span, name) in std::mem::take(&mut self.named) {
            if !self.given.knows(&name) {
                self.tell(span, Why::Expression);
            }
        }
    }

    pub(super) fn rest(&self, at: usize) -> &'a str {
        self.text.get(at..).unwrap_or_default()
    }

    /// The lines from a place on, with their ends, each with the place where it begins.
    fn lines(&self, from: usize) -> impl Iterator<Item = (usize, &'a str)> {
        let mut next = from;
        self.rest(from).split_inclusive('\n').map(move |line| {
            let at = next;
            next += line.len();
            (at, line)
        })
    }

    pub(super) fn keep(&mut self, span: Span, template: Option<Template>, form: Form) {
        self.found.blocks.push(Block { span, template, form });
    }

    /// Tells of a policy that is not read.
    fn tell(&mut self, span: Span, why: Why) {
        if self.found.told.len() < leftover::MOST {
            self.found.told.push(Told { span, why });
        } else {
            self.found.comments.push(span);
        }
    }

    /// Passes over a comment.
    fn comment(&mut self, start: usize, end: usize) {
        let text = self.text.get(start..end).unwrap_or_default();
        let told = text.trim_start_matches(['#', '/', '*', ' ', '\t']);
        if has_key(text) || is_encoded(told) {
            self.tell(Span::new(start, end), Why::Comment);
        } else if text.contains(MARK) {
            self.found.comments.push(Span::new(start, end));
        }
    }

    /// Takes the fenced block that begins on this line: where the line behind it begins.
    fn fenced(&mut self, start: usize) -> Option<usize> {
        let (_, line) = self.lines(start).next().filter(|_| self.page)?;
        let marks = quote_marks(line);
        let bare = line.get(marks..)?.trim();
        let (mark, length) = fence(bare);
        let tag = bare.get(length..)?;
        // A line with more marks behind it is code on one line.
        if length < 3 || tag.contains(mark) {
            return None;
        }
        let body = start + line.len();
        let open = usize::from(mark == '~');
        if marks == 0 && self.open.get(open).is_some_and(|open| length >= *open) {
            return Some(body);
        }
        let end = self.lines(body).find_map(|(at, line)| {
            let marks_here = quote_marks(line);
            // A block quote ends with what is in it.
            if marks > 0 && marks_here == 0 {
                return Some((at, at));
            }
            let bare = line.get(if marks > 0 { marks_here } else { 0 }..)?.trim();
            let (found, count) = fence(bare);
            let ends = found == mark && count >= length && count == bare.len();
            ends.then_some((at, at + line.len()))
        });
        // Without an end it goes to the end of the text.
        let whole = (self.text.len(), self.text.len());
        let Some((close, after)) = end.or_else(|| (marks > 0).then_some(whole)) else {
            // What it opens is looked through as other text is: nobody knows where it was to end.
            if let Some(open) = self.open.get_mut(open) {
                *open = length;
            }
            return Some(body);
        };
        let tag = tag.trim().split([' ', ',', '{', '}']).next().unwrap_or_default();
        let code = CODE.iter().any(|code| code.eq_ignore_ascii_case(tag));
        let span = Span::new(body, close);
        if marks == 0 {
            self.inside(span, None, code);
        } else if let Some(text) = self.text.get(body..close) {
            let begins = text.get(quote_marks(text)..).is_some_and(|text| begins(text, code));
            if begins && text.contains(MARK) {
                self.keep(Span::new(body, body + text.trim_end().len()), None, Form::Quoted);
            }
        }
        Some(after)
    }

    /// Takes what is inside a block: JSON, or else what holds some in its turn.
    fn inside(&mut self, span: Span, template: Option<Template>, code: bool) {
        let text = self.text.get(span.start..span.end).unwrap_or_default();
        if begins(text, code) {
            let end = span.start + text.trim_end().len();
            self.keep(Span::new(span.start, end), template, Form::Plain);
        } else if let Some(depth) = self.depth.checked_sub(1)
            && (text.contains(MARK) || text.contains(hcl::MARK))
        {
            let text = self.text.get(..span.end).unwrap_or_default();
            Search::new(text, span.start, depth, false, self.limits, self.found).run(span.start);
        }
    }

    /// Looks through a line outside of blocks, and takes what it opens: where to go on.
    fn line(&mut self, start: usize) -> usize {
        let (_, line) = self.lines(start).next().unwrap_or_default();
        let before = self.found.blocks.len();
        let bytes = self.text.as_bytes();
        let mut opened = Vec::new();
        let mut at = start;
        while let Some(byte) = bytes.get(at) {
            let first = at.checked_sub(1).and_then(|at| bytes.get(at));
            let apart = at == start || first.is_none_or(u8::is_ascii_whitespace);
            at = match byte {
                b'\n' => {
                    at += 1;
                    break;
                }
                b'#' | b'/' | b'<' => self.mark(start, at, apart, &mut opened),
                b'\'' | b'"' => {
                    self.quoted(start, at, first.is_some_and(u8::is_ascii_alphanumeric))
                }
                b'{' => bare::object(self, start, at),
                b'\\' => at + 2,
                _ => at + 1,
            };
        }
        self.either = None;
        for here in opened {
            at = self.body(at, &here);
        }
        let bare = line.trim_end();
        let told = bare.trim_start();
        let comment = ["#", "//", "/*", "<!--"].iter().any(|mark| told.starts_with(mark));
        if !comment {
            let took = self.found.blocks.len() > before;
            let first = start + line.len() - line.trim_start().len();
            match self.given.gives(line, took) {
                Gives::Nothing => {}
                Gives::Policy => {
                    let length = hcl::length(self.rest(start), &mut self.found.effort);
                    self.tell(Span::new(first, start + length.max(bare.len())), Why::Expression);
                }
                Gives::Named(name) => {
                    self.named.push((Span::new(first, start + bare.len()), name));
                }
            }
        }
        at
    }

    /// Passes over a comment, or takes what opens a here-document; anything else is one byte.
    fn mark(&mut self, start: usize, at: usize, apart: bool, opened: &mut Vec<Here<'a>>) -> usize {
        let rest = self.rest(at);
        let begun = self.text.get(start..at).unwrap_or_default();
        let first = begun.trim().is_empty();
        // A number behind other text, as of a ticket, is no comment; nor is what a shell is to list.
        let number = !first
            && rest.get(1..).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
        let apart = apart && !(number && rest.starts_with('#')) && (first || !is_glob(rest));
        if apart && (rest.starts_with('#') || rest.starts_with("//")) {
            let end = at + rest.find('\n').unwrap_or(rest.len());
            self.comment(at, end);
            return end;
        }
        let closing = match rest {
            _ if apart && rest.starts_with("/*") => Some("*/"),
            _ if rest.starts_with("<!--") => Some("-->"),
            _ => None,
        };
        if let Some(closing) = closing.filter(|closing| !self.ended.contains(closing)) {
            let Some(length) = memchr::memmem::find(rest.as_bytes(), closing.as_bytes()) else {
                self.ended.push(closing);
                return at + 1;
            };
            self.comment(at, at + length);
            return at + length + closing.len();
        }
        let marks = rest.len() - rest.trim_start_matches('<').len();
        if marks == 2
            && let Some((word, quoted, length)) = here(rest)
            && self.alone.get(word).is_some_and(|last| *last > at)
        {
            let before = self.text.get(start..at).unwrap_or_default();
            let template = (!quoted).then(|| template(before));
            let other = self.either == Some(start);
            let comment =
                before.len() < 80 && before.trim() == ":" && !other && !self.given.is_terraform();
            let either = other || is_choice(before);
            opened.push(Here { word, template, comment, either, other });
            return at + length;
        }
        at + marks.max(1)
    }

    /// Takes the lines of a here-document: where the line behind it begins.
    fn body(&mut self, from: usize, here: &Here<'_>) -> usize {
        let Some((close, line)) = self.lines(from).find(|(_, line)| line.trim() == here.word)
        else {
            return from;
        };
        if here.comment {
            self.comment(from, close);
        } else {
            if here.either && !here.other && has_key(self.text.get(from..close).unwrap_or_default())
            {
                self.tell(Span::new(from, from), Why::Alternative);
            }
            if here.either {
                self.either = Some(close + line.len());
            }
            self.inside(Span::new(from, close), here.template, false);
        }
        close + line.len()
    }

    /// Takes the policy between quotation marks that begins here, or passes over what stands between them on this line:
    /// where to go on. `word`: a letter stands before, as before an apostrophe.
    fn quoted(&mut self, start: usize, at: usize, word: bool) -> usize {
        let rest = self.rest(at);
        if rest.starts_with("\"\"\"") {
            return at + 3;
        }
        let single = rest.starts_with('\'');
        let inside = rest.get(1..).unwrap_or_default();
        let bracket = past_blanks(inside).strip_prefix('{');
        let escaped = || bracket.is_some_and(|inside| past_blanks(inside).starts_with("\\\""));
        if bracket.is_some() && (single || escaped()) {
            let length = if single { inside.find('\'') } else { string_length(inside) };
            if let Some(length) = length.filter(|length| has_mark(inside, *length)) {
                let end = at + 1 + length;
                if is_choice(self.text.get(start..at).unwrap_or_default()) {
                    self.tell(Span::new(at, at), Why::Alternative);
                }
                if single {
                    self.keep(Span::new(at + 1, end), None, Form::Plain);
                } else {
                    let template = template(self.text.get(start..at).unwrap_or_default());
                    self.keep(Span::new(at, end + 1), Some(template), Form::Packed);
                }
                return end + 1;
            }
        }
        if self.line_end <= at {
            self.line_end = at + rest.find('\n').unwrap_or(rest.len());
        }
        let line = self.text.get(at + 1..self.line_end).unwrap_or_default();
        let end = match single {
            _ if word => None,
            true => line.find('\''),
            false => string_length(line),
        };
        at + end.map_or(1, |end| end + 2)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_found_in_pages_scripts_and_templates() {
        let policy = "{\"Statement\":1}";
        let cases: &[(&str, &[&str])] = &[
            ("--PolicyDocument '{\"Statement\":1}' --x '{}'\n", &[policy]),
            ("awk '{print}' <x\nfoo '{\n\"Statement\": 1\n}'\n", &["{\n\"Statement\": 1\n}"]),
            ("policy = \"{\\\"Statement\\\":1}\" # \"\n", &["\"{\\\"Statement\\\":1}\""]),
            ("'{\"Statement\" without an end\n", &[]),
            ("# A\n```json\n{\"a\":1}\n```\nand\n~~~\n[2]\n~~~\n", &["{\"a\":1}", "[2]"]),
            ("```\nls\n```\n```sh\necho {}\n```\n", &[]),
            ("````md\n```\n{}\n```\n````\n", &[]),
            ("policy = <<EOF\n  {}\nEOF\n", &["  {}"]),
            ("a = <<-\"END\"\n{}\n  END\nb = 1 << 2\n", &["{}"]),
            ("cat > x <<'EOF'\n{\nEOF\n", &["{"]),
            ("```{}``` ``\n{}\n", &[]),
            // Without an end it is other text.
            ("```\n{}\n", &[]),
            ("```\n{\"Statement\":1}\nand\n", &[policy]),
            ("```a\n```b\n~~~\n{\"Statement\":1}\n~~~\n", &[policy]),
            ("Use {\"Statement\":1} or {\"a\": {}}.\n", &[policy]),
            ("x = \"\"\"{\"Statement\":1}\"\"\"\n", &[policy]),
            ("p = \"{\\n  \\\"Statement\\\":1}\"\n", &["\"{\\n  \\\"Statement\\\":1}\""]),
            ("see #12: '{\"Statement\":1}'\n", &[policy]),
            ("ls /*\nx '{\"Statement\":1}'\nls */\n", &[policy]),
        ];
        for (text, wanted) in cases {
            let found = find(text, &Limits::default()).blocks.into_iter();
            let found: Vec<&str> =
                found.filter_map(|block| text.get(block.span.start..block.span.end)).collect();
            assert_eq!(&found, wanted, "{text}");
        }
    }
}
