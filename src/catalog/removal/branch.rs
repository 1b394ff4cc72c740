//! Lines of a tree, for a screen, a text or a ticket to draw.
//!
//! Each line knows for every level whether it is the last there, which is all that drawing
//! `├─ └─ │` needs. Nothing here knows widths or colours.

use super::super::model::{RoleId, Standing, Text};
use super::plan::Stage;

/// What a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// The title of a part.
    Heading,
    /// A role, such as one of a product or one that a policy may create.
    Role,
    /// A line of the checklist.
    Step,
    /// Why.
    Reason,
    /// A command to copy.
    Command,
    /// A state of the deletion task.
    State,
    /// Anything else that is said.
    Note,
}

/// One line of the tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Branch {
    /// For each level from the first below the root to this line: is it the last of its siblings?
    /// Empty for a root.
    pub last: Vec<bool>,
    /// What it is.
    pub kind: Kind,
    /// What it says.
    pub text: Text,
    /// How sure it is, where that matters.
    pub standing: Option<Standing>,
    /// The place in the checklist, from 1.
    pub number: Option<usize>,
    /// What copying the line gives: the command, or the ARN of a resource.
    pub copy: Option<String>,
    /// The role of the catalogue that the line speaks of.
    pub role: Option<RoleId>,
    /// A step that somebody ticked as done.
    pub done: bool,
}

impl Branch {
    /// How deep the line stands; 0 for a root.
    pub fn depth(&self) -> usize {
        self.last.len()
    }

    /// The box of a step, ticked or not; None for any other line.
    pub fn tick(&self) -> Option<&'static str> {
        (self.kind == Kind::Step).then_some(if self.done { "[x]" } else { "[ ]" })
    }

    /// The rails before the line; see [`rails`].
    pub fn prefix(&self, ascii: bool) -> String {
        rails(&self.last, ascii)
    }
}

/// The rails before a line, such as `│  └─ `; `ascii` draws them without such characters.
pub fn rails(last: &[bool], ascii: bool) -> String {
    let [pass, gap, fork, end] =
        if ascii { ["|  ", "   ", "|- ", "`- "] } else { ["│  ", "   ", "├─ ", "└─ "] };
    let Some((own, above)) = last.split_last() else { return String::new() };
    let mut rails: String = above.iter().map(|last| if *last { gap } else { pass }).collect();
    rails.push_str(if *own { end } else { fork });
    rails
}

/// A line with the lines below it.
#[derive(Clone, Debug)]
pub(super) struct Node {
    pub(super) kind: Kind,
    text: Text,
    standing: Option<Standing>,
    number: Option<usize>,
    pub(super) copy: Option<String>,
    pub(super) role: Option<RoleId>,
    pub(super) stage: Option<Stage>,
    pub(super) children: Vec<Node>,
}

impl Node {
    pub(super) fn new(kind: Kind, text: Text) -> Self {
        Self {
            kind,
            text,
            standing: None,
            number: None,
            copy: None,
            role: None,
            stage: None,
            children: Vec::new(),
        }
    }

    pub(super) fn standing(mut self, standing: Option<Standing>) -> Self {
        self.standing = standing;
        self
    }

    pub(super) fn number(mut self, number: usize) -> Self {
        self.number = Some(number);
        self
    }

    pub(super) fn push(&mut self, child: Self) {
        self.children.push(child);
    }

    /// The first node of a stage, this one included.
    pub(super) fn find(&mut self, stage: Stage) -> Option<&mut Self> {
        if self.stage == Some(stage) {
            return Some(self);
        }
        self.children.iter_mut().find_map(|child| child.find(stage))
    }

    /// The lines from this node down.
    pub(super) fn branches(self) -> Vec<Branch> {
        let mut out = Vec::new();
        // The trees are built here and a few levels deep, so this recursion is bounded.
        self.flatten(&[], &mut out);
        out
    }

    /// The lines from this node down, below a root that is a line already; is it the last there?
    pub(super) fn lines(self, last: bool, out: &mut Vec<Branch>) {
        self.flatten(&[last], out);
    }

    fn flatten(self, last: &[bool], out: &mut Vec<Branch>) {
        out.push(Branch {
            last: last.to_vec(),
            kind: self.kind,
            text: self.text,
            standing: self.standing,
            number: self.number,
            copy: self.copy,
            role: self.role,
            done: false,
        });
        let count = self.children.len();
        for (index, child) in self.children.into_iter().enumerate() {
            let mut flags = last.to_vec();
            flags.push(index + 1 == count);
            child.flatten(&flags, out);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rails_follow_the_last_flags() {
        let mut tree = Node::new(Kind::Heading, Text::same("root"));
        for name in ["one", "two"] {
            let mut child = Node::new(Kind::Note, Text::same(name));
            child.push(Node::new(Kind::Note, Text::same("below")));
            tree.push(child);
        }
        let tree = tree.branches();
        let rails = |ascii| tree.iter().map(|line| line.prefix(ascii)).collect::<Vec<_>>();
        assert_eq!(rails(false), ["", "├─ ", "│  └─ ", "└─ ", "   └─ "]);
        assert_eq!(rails(true), ["", "|- ", "|  `- ", "`- ", "   `- "]);
    }
}
