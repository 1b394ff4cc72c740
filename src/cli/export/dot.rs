//! A graph in the language of Graphviz.

use std::fmt::Write as _;

use super::graph::{Bond, Graph, Kind};
use crate::policy::level::AccessLevel;
use crate::text::{harmless, wrap};

/// The graph; `dot -Tsvg` draws it.
pub fn write(graph: &Graph) -> String {
    let mut out = String::from(
        "digraph roles {\n  rankdir=LR;\n  ranksep=1.1;\n  nodesep=0.18;\n  bgcolor=\"white\";\n  \
         node [fontname=\"sans-serif\", fontsize=11, shape=box, style=\"rounded,filled\", fillcolor=\"white\", \
         color=\"#59636e\", margin=\"0.14,0.06\"];\n  \
         edge [fontname=\"sans-serif\", fontsize=9, color=\"#59636e\", fontcolor=\"#59636e\", arrowsize=0.7];\n",
    );
    for (at, node) in graph.nodes.iter().enumerate() {
        let look = look(node.kind);
        // Writing into a String cannot fail.
        _ = writeln!(out, "  n{at} [label={}{look}];", quoted(&node.label, 30));
    }
    for edge in &graph.edges {
        let label = if edge.label.is_empty() {
            String::new()
        } else {
            format!("label={}, ", quoted(&edge.label, 24))
        };
        // A power over a role of the graph must not push that role to the right of its product's others.
        let inside = graph.nodes.get(edge.to).is_some_and(|to| to.kind == Kind::Role);
        let loose = if edge.bond == Bond::Power && inside { ", constraint=false" } else { "" };
        _ = writeln!(out, "  n{} -> n{} [{label}{}{loose}];", edge.from, edge.to, bond(edge.bond));
    }
    out.push_str("}\n");
    out
}

const fn look(kind: Kind) -> &'static str {
    match kind {
        Kind::Product => {
            ", style=\"filled\", fillcolor=\"#1f2328\", fontcolor=\"white\", fontsize=13"
        }
        Kind::Role => ", fillcolor=\"#dbe9fb\", color=\"#0757b5\"",
        Kind::Other => ", style=\"rounded,dashed\"",
        Kind::Thing => ", shape=note, style=\"filled\", fillcolor=\"#fff4d6\", color=\"#9a6700\"",
        Kind::Service => {
            ", shape=ellipse, style=\"filled\", fillcolor=\"#eef1f4\", margin=\"0.02,0.02\""
        }
    }
}

const fn bond(bond: Bond) -> &'static str {
    match bond {
        Bond::Has => "arrowhead=none, penwidth=2",
        Bond::First => "color=\"#9a6700\", fontcolor=\"#9a6700\"",
        Bond::Power => "style=dashed, color=\"#b3202c\", fontcolor=\"#b3202c\"",
        Bond::Reaches(Some(AccessLevel::Permissions)) => "color=\"#b3202c\", fontcolor=\"#b3202c\"",
        Bond::Reaches(Some(AccessLevel::Write)) => "color=\"#8a3800\", fontcolor=\"#8a3800\"",
        Bond::Reaches(Some(AccessLevel::Tagging)) => "color=\"#6a3fb5\", fontcolor=\"#6a3fb5\"",
        Bond::Reaches(Some(AccessLevel::Read)) => "color=\"#0757b5\", fontcolor=\"#0757b5\"",
        Bond::Reaches(Some(AccessLevel::List)) => "color=\"#8793a0\"",
        Bond::Reaches(None) => "color=\"#8793a0\", style=dotted",
    }
}

/// A text between quotes, broken into lines of at most this many columns. A backslash would begin an escape, and
/// Graphviz reads entities of HTML.
fn quoted(text: &str, columns: usize) -> String {
    let mut out = String::from("\"");
    for (at, line) in wrap(&harmless(text), columns).iter().enumerate() {
        if at > 0 {
            out.push_str("\\n");
        }
        for c in line.chars() {
            match c {
                '"' => out.push_str("\\\""),
                '\\' => out.push_str("\\\\"),
                '&' => out.push_str("&amp;"),
                c => out.push(c),
            }
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_hold() {
        assert_eq!(quoted("a\"]; b\\N &lt;\n", 30), "\"a\\\"]; b\\\\N &amp;lt;␊\"");
        assert_eq!(quoted("all connectors", 6), "\"all\\nconnec\\ntors\"");
        assert_eq!(quoted("", 6), "\"\"");
    }
}
