//! A reference page as Markdown, as GitHub, GitLab and most wikis read it.

use super::html;
use super::parts::{Line, Part, Piece, joined};
use crate::catalog::markdown::{self, fence};
use crate::say;
use crate::text::harmless;

/// The page.
pub fn page(parts: &[Part]) -> String {
    let mut out = String::new();
    for part in parts {
        if !out.is_empty() {
            out.push('\n');
        }
        out.push_str(&self::part(part));
    }
    out
}

fn part(part: &Part) -> String {
    match part {
        // The anchor is the one that wikis make of the words of the heading.
        Part::Heading { rank, text, .. } => {
            format!("{} {}\n", "#".repeat(usize::from(*rank)), escape(text))
        }
        Part::Words(line) => format!("{}\n", pieces(line)),
        Part::Warning(lines) => {
            let lines: Vec<String> =
                lines.iter().map(|line| format!("> {}\n", pieces(line))).collect();
            lines.join(">\n")
        }
        Part::Facts(facts) => {
            let mut out = String::new();
            for (name, line) in facts {
                let colon = if name.ends_with(say::is_chinese) { "：" } else { ": " };
                out.extend(["- **", name, "**", colon, &pieces(line), "\n"]);
            }
            out
        }
        Part::List(items) => {
            let mut out = String::new();
            for item in items {
                out.extend([if item.tick { "- [ ] " } else { "- " }, &pieces(&item.line), "\n"]);
                for line in &item.below {
                    out.extend(["  - ", &pieces(line), "\n"]);
                }
            }
            out
        }
        Part::Table { head, rows, .. } => {
            let head: Vec<String> = head.iter().map(|name| escape(name)).collect();
            let mut out = format!("| {} |\n|{}\n", head.join(" | "), "---|".repeat(head.len()));
            for row in rows {
                // Within code a bar would end the cell as well; in words it is escaped already.
                let cells: Vec<String> = row.iter().map(cell).collect();
                out.extend(["| ", &cells.join(" | "), " |\n"]);
            }
            out
        }
        Part::Details { title, json } => {
            let json = json.trim_end();
            let lines: Vec<_> = json.lines().map(harmless).collect();
            let fence = fence(json);
            format!(
                "<details><summary>{}</summary>\n\n{fence}json\n{}\n{fence}\n\n</details>\n",
                html::escape(title),
                lines.join("\n"),
            )
        }
    }
}

fn cell(line: &Line) -> String {
    joined(line, |one| match one {
        Piece::Code(_) => piece(one).replace('|', "\\|"),
        _ => piece(one),
    })
}

fn pieces(line: &Line) -> String {
    joined(line, piece)
}

fn piece(piece: &Piece) -> String {
    match piece {
        Piece::Text(text) | Piece::Aside(text) => escape(text),
        Piece::Strong(text) => format!("**{}**", escape(text.trim())),
        Piece::Code(text) if text.is_empty() => String::new(),
        Piece::Code(text) => markdown::code(&harmless(text)),
        Piece::Link(address) => link(address),
        Piece::Jump(text, anchor) => format!("[{}](#{anchor})", escape(text)),
        Piece::Level(_, word) => (*word).to_owned(),
    }
}

/// An address between angle brackets, where it is one and nothing in it ends them.
fn link(address: &str) -> String {
    let plain = |c: char| c.is_ascii_graphic() && !"<>|\\`\"'".contains(c);
    if html::is_web(address) && address.chars().all(plain) {
        format!("<{address}>")
    } else {
        escape(address)
    }
}

/// Words with every mark of Markdown taken literally, on one line.
fn escape(text: &str) -> String {
    markdown::escape(&harmless(text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::export::parts::{code, text};

    #[test]
    fn marks_are_taken_literally() {
        assert_eq!(escape("a|b*c <i>&amp;\n$x$"), "a\\|b\\*c \\<i\\>\\&amp;␊\\$x\\$");
        assert_eq!(cell(&vec![code("a|`b"), text("c|d")]), "`` a\\|`b `` c\\|d");
        assert_eq!(link("https://a.b/c?d=e"), "<https://a.b/c?d=e>");
        assert_eq!(link("javascript:x"), "javascript:x");
        assert_eq!(link("https://a>[b](c)"), "https://a\\>\\[b\\](c)");
    }
}
