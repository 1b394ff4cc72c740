//! An answer for people, written as text or as Markdown from the same parts.

pub use crate::catalog::markdown::escape;
use crate::catalog::markdown::fence;
use crate::text::width;

/// A part of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A title.
    Title(String),
    /// A title of the second rank.
    Heading(String),
    /// A sentence or two.
    Line(String),
    /// Points, each with its depth from 0.
    Points(Vec<(usize, String)>),
    /// Rows under a head; as text the head is left out.
    Table {
        /// The names of the columns, for Markdown.
        head: Vec<&'static str>,
        /// The rows.
        rows: Vec<Vec<String>>,
    },
    /// Text that stands as it is; Markdown fences it as the language.
    Verbatim {
        /// The word behind the fence.
        language: &'static str,
        /// The text, byte for byte.
        text: String,
    },
    /// A text that is already written in both ways.
    Written {
        /// As text.
        text: String,
        /// As Markdown.
        markdown: String,
    },
}

/// Parts from top to bottom.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// The parts.
    pub blocks: Vec<Block>,
}

impl Page {
    /// Adds a title.
    pub fn title(&mut self, text: impl Into<String>) {
        self.blocks.push(Block::Title(text.into()));
    }

    /// Adds a heading.
    pub fn heading(&mut self, text: impl Into<String>) {
        self.blocks.push(Block::Heading(text.into()));
    }

    /// Adds a sentence.
    pub fn line(&mut self, text: impl Into<String>) {
        self.blocks.push(Block::Line(text.into()));
    }

    /// Adds points, unless there are none.
    pub fn points(&mut self, points: Vec<(usize, String)>) {
        if !points.is_empty() {
            self.blocks.push(Block::Points(points));
        }
    }

    /// Adds a table, unless it has no rows.
    pub fn table(&mut self, head: Vec<&'static str>, rows: Vec<Vec<String>>) {
        if !rows.is_empty() {
            self.blocks.push(Block::Table { head, rows });
        }
    }

    /// A page of one text that stands as it is.
    pub fn verbatim(language: &'static str, text: String) -> Self {
        Self { blocks: vec![Block::Verbatim { language, text }] }
    }

    /// The page as aligned text.
    pub fn to_text(&self) -> String {
        let mut out = String::new();
        for (at, block) in self.blocks.iter().enumerate() {
            match block {
                Block::Heading(text) => {
                    if at > 0 {
                        out.push('\n');
                    }
                    push_line(&mut out, text);
                }
                Block::Title(text) | Block::Line(text) => push_line(&mut out, text),
                Block::Points(points) => {
                    for (depth, text) in points {
                        out.push_str(&"  ".repeat(depth + 1));
                        push_line(&mut out, text);
                    }
                }
                Block::Table { rows, .. } => table(&mut out, rows),
                Block::Verbatim { text, .. } | Block::Written { text, .. } => {
                    out.push_str(text);
                    if !text.ends_with('\n') {
                        out.push('\n');
                    }
                }
            }
        }
        out
    }

    /// The page as Markdown.
    pub fn to_markdown(&self) -> String {
        let mut out = String::new();
        for block in &self.blocks {
            if !out.is_empty() {
                out.push('\n');
            }
            match block {
                Block::Title(text) => push_line(&mut out, &format!("## {}", escape(text))),
                Block::Heading(text) => push_line(&mut out, &format!("### {}", escape(text))),
                Block::Line(text) => push_line(&mut out, &escape(text)),
                Block::Points(points) => {
                    for (depth, text) in points {
                        push_line(&mut out, &format!("{}- {}", "  ".repeat(*depth), escape(text)));
                    }
                }
                Block::Table { head, rows } => {
                    push_line(&mut out, &format!("| {} |", head.join(" | ")));
                    push_line(&mut out, &format!("|{}", " --- |".repeat(head.len())));
                    for row in rows {
                        let cells: Vec<String> = row.iter().map(|cell| escape(cell)).collect();
                        push_line(&mut out, &format!("| {} |", cells.join(" | ")));
                    }
                }
                Block::Verbatim { language, text } => {
                    let fence = fence(text);
                    push_line(&mut out, &format!("{fence}{language}"));
                    push_line(&mut out, text.trim_end_matches('\n'));
                    push_line(&mut out, &fence);
                }
                Block::Written { markdown, .. } => {
                    push_line(&mut out, markdown.trim_end_matches('\n'));
                }
            }
        }
        out
    }
}

fn push_line(out: &mut String, text: &str) {
    out.push_str(text);
    out.push('\n');
}

/// Columns as wide as their widest cell, two blanks between them, no blanks at the end of a line.
fn table(out: &mut String, rows: &[Vec<String>]) {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns)
        .map(|at| {
            rows.iter().filter_map(|row| row.get(at)).map(|cell| width(cell)).max().unwrap_or(0)
        })
        .collect();
    for row in rows {
        let mut line = String::new();
        for (cell, wide) in row.iter().zip(&widths) {
            line.push_str(cell);
            line.extend(std::iter::repeat_n(' ', wide.saturating_sub(width(cell)) + 2));
        }
        push_line(out, line.trim_end());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_page_two_ways() {
        let mut page = Page::default();
        page.title("A *title*");
        page.table(
            vec!["Name", "What"],
            vec![vec!["函数".into(), "x".into()], vec!["a".into(), "y|z".into()]],
        );
        page.points(vec![(0, "one".into()), (1, "two".into())]);
        assert_eq!(page.to_text(), "A *title*\n函数  x\na     y|z\n  one\n    two\n");
        assert_eq!(
            page.to_markdown(),
            "## A \\*title\\*\n\n| Name | What |\n| --- | --- |\n| 函数 | x |\n| a | y\\|z |\n\n- one\n  - two\n"
        );
    }

    #[test]
    fn a_fence_is_longer_than_those_inside() {
        assert_eq!(Page::verbatim("json", "```\n".into()).to_markdown(), "````json\n```\n````\n");
    }
}
