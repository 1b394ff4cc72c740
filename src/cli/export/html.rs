//! A reference page as one HTML file: no script, nothing that is fetched, light and dark by what the reader has set.

use std::fmt::Write as _;

use super::parts::{Item, Line, Part, Piece, joined};
use crate::text::harmless;

/// The page; `title` is what its tab says, `language` is `en` or `zh`.
pub fn page(parts: &[Part], title: &str, language: &str) -> String {
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <title>{}</title>\n<style>\n{}</style>\n</head>\n<body>\n<main>\n",
        escape(title),
        include_str!("page.css"),
    );
    for part in parts {
        self::part(&mut out, part);
    }
    out.push_str("</main>\n</body>\n</html>\n");
    out
}

fn part(out: &mut String, part: &Part) {
    // Writing into a String cannot fail.
    _ = match part {
        Part::Heading { rank, text, anchor } => {
            let id = anchor.as_ref().map(|a| format!(" id=\"{}\"", escape(a))).unwrap_or_default();
            writeln!(out, "<h{rank}{id}>{}</h{rank}>", breakable(text))
        }
        Part::Words(line) => writeln!(out, "<p>{}</p>", pieces(line)),
        Part::Warning(lines) => {
            let lines: Vec<String> =
                lines.iter().map(|l| format!("<p>{}</p>", pieces(l))).collect();
            writeln!(out, "<div class=\"warning\">{}</div>", lines.concat())
        }
        Part::Facts(facts) => {
            let rows: Vec<String> = facts
                .iter()
                .map(|(name, line)| format!("<dt>{}</dt><dd>{}</dd>\n", escape(name), pieces(line)))
                .collect();
            writeln!(out, "<dl>\n{}</dl>", rows.concat())
        }
        Part::List(items) => {
            out.push_str(if items.iter().any(|i| i.tick) {
                "<ul class=\"steps\">\n"
            } else {
                "<ul>\n"
            });
            for entry in items {
                item(out, entry);
            }
            writeln!(out, "</ul>")
        }
        Part::Table { head, rows, grid } => {
            table(out, head, rows, *grid);
            Ok(())
        }
        Part::Details { title, json } => writeln!(
            out,
            "<details><summary>{}</summary><pre><code>{}</code></pre></details>",
            escape(title),
            highlighted(json)
        ),
    };
}

fn item(out: &mut String, item: &Item) {
    out.push_str(if item.tick { "<li><span class=\"box\">☐</span> " } else { "<li>" });
    out.push_str(&pieces(&item.line));
    for line in &item.below {
        _ = write!(out, "<div class=\"below\">{}</div>", pieces(line));
    }
    out.push_str("</li>\n");
}

/// A table in a box of its own that scrolls sideways; on a phone the rows of a narrow one become cards, in which each
/// cell carries the name of its column.
fn table(out: &mut String, head: &[String], rows: &[Vec<Line>], grid: bool) {
    let class = if grid { "grid" } else { "cards" };
    _ = write!(out, "<div class=\"wide\"><table class=\"{class}\">\n<thead><tr>");
    for name in head {
        _ = write!(out, "<th scope=\"col\">{}</th>", escape(name));
    }
    out.push_str("</tr></thead>\n<tbody>\n");
    for row in rows {
        out.push_str("<tr>");
        for (at, (cell, name)) in row.iter().zip(head).enumerate() {
            let text = pieces(cell);
            _ = match (at, grid) {
                (0, true) => write!(out, "<th scope=\"row\">{text}</th>"),
                (_, true) => write!(out, "<td>{text}</td>"),
                // An empty cell would be a name without a value on a card.
                _ if text.is_empty() => write!(out, "<td class=\"none\"></td>"),
                _ => {
                    let name = escape(name);
                    write!(out, "<td data-name=\"{name}\"><div>{text}</div></td>")
                }
            };
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody>\n</table></div>\n");
}

fn pieces(line: &Line) -> String {
    joined(line, piece)
}

fn piece(piece: &Piece) -> String {
    match piece {
        Piece::Text(text) => escape(text),
        Piece::Strong(text) => format!("<strong>{}</strong>", escape(text)),
        Piece::Aside(text) => format!("<span class=\"aside\">{}</span>", escape(text)),
        Piece::Code(text) => format!("<code>{}</code>", breakable(text)),
        Piece::Link(address) if is_web(address) => {
            format!("<a href=\"{}\">{}</a>", escape(address), breakable(address))
        }
        Piece::Link(address) => escape(address),
        Piece::Jump(text, anchor) => {
            format!("<a href=\"#{}\">{}</a>", escape(anchor), breakable(text))
        }
        Piece::Level(level, word) => {
            format!("<span class=\"level {}\">{word}</span>", level.word())
        }
    }
}

/// Is it an address that a browser only opens? Others, such as `javascript:`, could do something.
pub fn is_web(address: &str) -> bool {
    let begins = |start: &str| {
        address.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start))
    };
    begins("https://") || begins("http://")
}

/// Text with everything that HTML gives a meaning written as an entity.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in harmless(text).chars() {
        push(&mut out, c);
    }
    out
}

fn push(out: &mut String, c: char) {
    match c {
        '&' => out.push_str("&amp;"),
        '<' => out.push_str("&lt;"),
        '>' => out.push_str("&gt;"),
        '"' => out.push_str("&quot;"),
        '\'' => out.push_str("&#39;"),
        '`' => out.push_str("&#96;"),
        c => out.push(c),
    }
}

/// The same with places where a long name may break: behind signs, and before a capital inside a word.
fn breakable(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    let mut before = ' ';
    for c in harmless(text).chars() {
        let joint = matches!(before, '/' | ':' | '.' | '_' | '-') && c.is_alphanumeric();
        if joint || before.is_ascii_lowercase() && c.is_ascii_uppercase() {
            out.push_str("<wbr>");
        }
        push(&mut out, c);
        before = c;
    }
    out
}

/// JSON with its keys, strings and words marked; any text comes out whole, whatever it is.
fn highlighted(json: &str) -> String {
    let mut out = String::with_capacity(json.len() * 2);
    let mut rest = json.trim_end();
    while let Some(first) = rest.chars().next() {
        let (length, class) = match first {
            '"' => {
                let length = string(rest);
                let key = rest.get(length..).is_some_and(|tail| tail.trim_start().starts_with(':'));
                (length, if key { "key" } else { "string" })
            }
            c if c.is_ascii_alphanumeric() || c == '-' => {
                let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && !"+-.".contains(c));
                (end.unwrap_or(rest.len()), "word")
            }
            c => (c.len_utf8(), ""),
        };
        let (token, tail) = rest.split_at_checked(length).unwrap_or((rest, ""));
        // Ends of lines are the only control characters that mean something here.
        let shown: Vec<String> =
            token.split('\n').map(|l| escape(l.trim_end_matches('\r'))).collect();
        let shown = shown.join("\n");
        if class.is_empty() {
            out.push_str(&shown);
        } else {
            _ = write!(out, "<span class=\"{class}\">{shown}</span>");
        }
        rest = tail;
    }
    out
}

/// The length of the string at the start, its quotes included; all there is where it does not end.
fn string(text: &str) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_left_to_obey() {
        assert_eq!(
            escape("<a href='x'>\"&`\u{1b}"),
            "&lt;a href=&#39;x&#39;&gt;&quot;&amp;&#96;\u{241b}"
        );
        assert_eq!(piece(&Piece::Link("javascript:alert(1)".into())), "javascript:alert(1)");
        assert_eq!(breakable("ecs:RunA<b"), "ecs:<wbr>Run<wbr>A&lt;b");
    }

    #[test]
    fn json_is_marked_and_kept() {
        assert_eq!(
            highlighted("{\n \"a\": [\"b\\\"<\", 1]}\n"),
            "{\n <span class=\"key\">&quot;a&quot;</span>: [<span class=\"string\">&quot;b\\&quot;&lt;&quot;</span>, \
             <span class=\"word\">1</span>]}"
        );
        assert_eq!(highlighted("\"open"), "<span class=\"string\">&quot;open</span>");
        assert_eq!(highlighted("密</code>"), "密&lt;/<span class=\"word\">code</span>&gt;");
    }
}
