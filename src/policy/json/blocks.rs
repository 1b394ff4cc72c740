//! JSON among other text: the fenced blocks of Markdown pages, the here-documents of Terraform files and shell scripts,
//! and policies between quotation marks there, which are kept so as often as in files of their own. What Terraform's own
//! language says of a policy is told as not read.

use super::Limits;
use super::cursor::is_encoded;
use super::error::ReadError;
use super::lines::Lines;
use super::parse::Parser;
use crate::policy::source::Span;

/// Blocks of a text that are looked at.
const MOST: usize = 10_000;

/// What every policy holds: other texts between quotation marks are left alone.
const MARK: &str = "Statement";

/// Reads the blocks of a text that begin as a list or an object does; each may hold several values. None where there
/// is no such block that can be read.
pub(in crate::policy) fn read_blocks<'a>(text: &'a str, limits: &Limits) -> Option<Lines<'a>> {
    let mut found = Lines::default();
    for span in blocks(text) {
        let block = text.get(..span.end)?;
        found.take(span, limits, |found| found.block(block, span, limits))?;
    }
    (found.roots.len() > found.broken.len()).then_some(found)
}

impl<'a> Lines<'a> {
    /// Reads the block with which the text ends.
    fn block(&mut self, text: &'a str, span: Span, limits: &Limits) -> Result<(), ReadError> {
        let mut parser = Parser::new(text, limits);
        parser.cursor.at = span.start;
        // A byte-order mark belongs to what stands before.
        parser.cursor.repairs.list.clear();
        while parser.cursor.at < text.len() {
            self.roots.push(parser.root()?);
            parser.cursor.skip_blanks()?;
        }
        self.add(parser);
        Ok(())
    }
}

/// What ends an open block.
enum End<'a> {
    /// A line of such marks, and at least so many.
    Fence(char, usize),
    /// This word alone on its line.
    Word(&'a str),
}

impl<'a> End<'a> {
    /// What ends the block that this line opens, if it opens one.
    fn after(line: &'a str) -> Option<Self> {
        let (mark, length) = fence(line);
        // A line with more marks behind it is code on one line.
        if length >= 3 && !line.get(length..)?.contains(mark) {
            return Some(Self::Fence(mark, length));
        }
        let (_, word) = line.rsplit_once("<<")?;
        let word = word.trim_start_matches(['-', '~']).trim_matches(['\'', '"']);
        let plain = !word.is_empty()
            && word.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        plain.then_some(Self::Word(word))
    }

    fn is_at(&self, line: &str) -> bool {
        match self {
            Self::Fence(mark, least) => {
                let (found, length) = fence(line);
                found == *mark && length >= *least && length == line.len()
            }
            Self::Word(word) => line == *word,
        }
    }
}

/// The mark of a fence with which a line begins, and how often it stands there.
fn fence(line: &str) -> (char, usize) {
    let mark = line.chars().next().filter(|mark| matches!(mark, '`' | '~')).unwrap_or('`');
    (mark, line.len() - line.trim_start_matches(mark).len())
}

/// The blocks that begin with a bracket, the policies between quotation marks, and where Terraform's language says one.
fn blocks(text: &str) -> Vec<Span> {
    let mut blocks = Vec::new();
    let mut open: Option<(usize, End<'_>)> = None;
    let (mut at, mut passed) = (0, 0);
    for line in text.split_inclusive('\n') {
        let (start, bare) = (at, line.trim());
        at += line.len();
        if start < passed || blocks.len() == MOST {
            continue;
        }
        match &open {
            None => {
                open = End::after(bare).map(|end| (at, end));
                let quoted = || quoted(text, Span::new(start, at));
                let told =
                    || is_encoded(bare).then(|| Span::new(start, start + line.trim_end().len()));
                if open.is_none()
                    && let Some(span) = quoted().or_else(told)
                {
                    passed = span.end;
                    blocks.push(span);
                }
            }
            Some((from, end)) if end.is_at(bare) => {
                let inside = text.get(*from..start).unwrap_or_default();
                if inside.trim_start().starts_with(['{', '[']) {
                    blocks.push(Span::new(*from, *from + inside.trim_end().len()));
                }
                open = None;
            }
            Some(_) => {}
        }
    }
    blocks
}

/// The policy between quotation marks that begins on a line: what stands between single ones, or a string of JSON with
/// its double ones.
fn quoted(text: &str, line: Span) -> Option<Span> {
    let bare = text.get(line.start..line.end)?;
    let single = bare.find("'{").and_then(|at| {
        let start = line.start + at + 1;
        let length = text.get(start..)?.find('\'')?;
        Some(Span::new(start, start + length))
    });
    let double = || {
        let at = bare.find("\"{\\\"")?;
        let mut escaped = false;
        let end = bare.get(at + 1..)?.bytes().position(|byte| {
            let ends = byte == b'"' && !escaped;
            escaped = byte == b'\\' && !escaped;
            ends
        })?;
        Some(Span::new(line.start + at, line.start + at + end + 2))
    };
    let span = single.or_else(double)?;
    text.get(span.start..span.end)?.contains(MARK).then_some(span)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_found_in_pages_scripts_and_templates() {
        let policy = "{\"Statement\":1}";
        let cases: [(&str, &[&str]); 13] = [
            ("--PolicyDocument '{\"Statement\":1}' --x '{}'\n", &[policy]),
            ("awk '{print}' <x\nfoo '{\n\"Statement\": 1\n}'\n", &["{\n\"Statement\": 1\n}"]),
            ("policy = \"{\\\"Statement\\\":1}\" # \"\n", &["\"{\\\"Statement\\\":1}\""]),
            (
                "a = 1\n  policy = jsonencode({\n b = 2 })\nx = jsonencode(1)\n",
                &["  policy = jsonencode({"],
            ),
            ("'{\"Statement\" without an end\n", &[]),
            ("# A\n```json\n{\"a\":1}\n```\nand\n~~~\n[2]\n~~~\n", &["{\"a\":1}", "[2]"]),
            ("```\nls\n```\n```sh\necho {}\n```\n", &[]),
            ("````md\n```\n{}\n```\n````\n", &[]),
            ("policy = <<EOF\n  {}\nEOF\n", &["  {}"]),
            ("a = <<-\"END\"\n{}\n  END\nb = 1 << 2\n", &["{}"]),
            ("cat > x <<'EOF'\n{\nEOF\n", &["{"]),
            ("```{}``` ``\n{}\n", &[]),
            ("```\n{}\n", &[]),
        ];
        for (text, wanted) in cases {
            let found: Vec<&str> = blocks(text)
                .into_iter()
                .filter_map(|span| text.get(span.start..span.end))
                .collect();
            assert_eq!(found, wanted, "{text}");
        }
    }
}
