//! A graph for Mermaid, which GitHub, GitLab and many wikis draw.

use std::fmt::Write as _;

use super::graph::{Bond, Graph, Kind};
use crate::say::{Language, said};
use crate::text::{harmless, wrap};

/// What Mermaid draws unless it is set up otherwise: edges, and characters of the text.
const MOST_EDGES: usize = 500;
const MOST_TEXT: usize = 50_000;

/// The graph.
pub fn write(graph: &Graph) -> String {
    let mut out = String::from("flowchart LR\n");
    for (at, node) in graph.nodes.iter().enumerate() {
        let (open, close) = match node.kind {
            Kind::Role | Kind::Other => ("(", ")"),
            Kind::Service => ("([", "])"),
            Kind::Product | Kind::Thing => ("[", "]"),
        };
        let label = quoted(&node.label, 30);
        // Writing into a String cannot fail.
        _ = writeln!(out, "  n{at}{open}{label}{close}:::{}", node.kind.word());
    }
    for edge in &graph.edges {
        let line = match edge.bond {
            Bond::Has => "---",
            Bond::First => "==>",
            Bond::Power | Bond::Reaches(None) => "-.->",
            Bond::Reaches(Some(_)) => "-->",
        };
        let label = if edge.label.is_empty() {
            String::new()
        } else {
            format!("|{}|", quoted(&edge.label, 24))
        };
        _ = writeln!(out, "  n{} {line}{label} n{}", edge.from, edge.to);
    }
    for kind in Kind::ALL {
        if graph.nodes.iter().any(|node| node.kind == kind) {
            _ = writeln!(out, "  classDef {} {}", kind.word(), look(kind));
        }
    }
    out
}

/// A sentence where Mermaid would refuse to draw it.
pub fn too_large(graph: &Graph, text: &str, lang: Language) -> Option<String> {
    (graph.edges.len() > MOST_EDGES || text.len() > MOST_TEXT).then(|| {
        let counts = [MOST_EDGES, MOST_TEXT, graph.edges.len(), text.len()].map(|n| n.to_string());
        said(
            lang,
            "Mermaid draws {} edges and {} characters unless it is told otherwise; this graph has {} and {}. Name a \
             role or a product, or take --format dot.",
            &counts.each_ref().map(String::as_str),
        )
    })
}

/// Colours that are read on light and dark pages: each box has its own ground and ink.
const fn look(kind: Kind) -> &'static str {
    match kind {
        Kind::Product => "fill:#1f2328,stroke:#1f2328,color:#ffffff",
        Kind::Role => "fill:#dbe9fb,stroke:#0757b5,color:#1f2328",
        Kind::Other => "fill:#ffffff,stroke:#59636e,color:#1f2328,stroke-dasharray:4 3",
        Kind::Thing => "fill:#fff4d6,stroke:#9a6700,color:#1f2328",
        Kind::Service => "fill:#eef1f4,stroke:#59636e,color:#1f2328",
    }
}

/// A text between quotes, broken into lines. Every sign that could end the quotes, begin a directive, a tag or
/// Markdown is written by its number.
fn quoted(text: &str, columns: usize) -> String {
    let mut out = String::from("\"");
    for (at, line) in wrap(&harmless(text), columns).iter().enumerate() {
        if at > 0 {
            out.push_str("<br/>");
        }
        for c in line.chars() {
            if c.is_ascii_punctuation() && !".,:/()-".contains(c) {
                _ = write!(out, "#{};", u32::from(c));
            } else {
                out.push(c);
            }
        }
    }
    // An empty label is no label to Mermaid.
    if out.len() == 1 {
        out.push(' ');
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_hold() {
        assert_eq!(
            quoted("a\"]; %%{init}%% <b>`#\n", 40),
            "\"a#34;#93;#59; #37;#37;#123;init#125;#37;#37; #60;b#62;#96;#35;␊\""
        );
        assert_eq!(quoted("", 4), "\" \"");
    }
}
