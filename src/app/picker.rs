//! A text field above a list that it narrows: find, service filter and help are all of this kind.

use super::command::Command;
use super::input::Input;
use super::list::Cursor;
use crate::catalog::model::{ProductId, RoleId};

/// What choosing an item leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A product.
    Product(ProductId),
    /// A role.
    Role(RoleId),
    /// The policy of a role.
    Policy(RoleId),
    /// A service: becomes the filter.
    Service(String),
    /// All services: takes the filter away.
    NoFilter,
    /// An action: the first role that has it, at its row.
    Action(String),
    /// A command of the table.
    Command(Command),
    /// Nowhere: the sentence is said in full.
    Nothing(String),
    /// A tour, by its id.
    Tour(String),
    /// A term of the glossary, by its id.
    Term(String),
    /// The comparison of two roles.
    Compare(RoleId, RoleId),
    /// A text that is searched for in the policy pane, at a byte.
    Text(String, usize),
}

/// One line of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// The name of a group; cannot be selected.
    Heading(String),
    /// Something to choose.
    Item(Item),
}

/// Something to choose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// The text that was matched.
    pub label: String,
    /// The matched characters of it, as char indices.
    pub marks: Vec<usize>,
    /// More about it.
    pub detail: String,
    /// Where it leads.
    pub target: Target,
}

/// The state of such a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Picker {
    /// What was typed.
    pub input: Input,
    /// Headings and items.
    pub lines: Vec<Line>,
    /// The selected line; never a heading if there is an item.
    pub cursor: Cursor,
    /// How many items there are in all, shown or not.
    pub total: usize,
}

impl Picker {
    /// The selected item.
    pub fn selected(&self) -> Option<&Item> {
        match self.lines.get(self.cursor.at) {
            Some(Line::Item(item)) => Some(item),
            _ => None,
        }
    }

    /// Selects the first item for which this holds, if there is one.
    pub fn select(&mut self, wanted: impl Fn(&Item) -> bool) {
        let is = |line: &Line| matches!(line, Line::Item(item) if wanted(item));
        if let Some(at) = self.lines.iter().position(is) {
            self.cursor.at = at;
        }
    }

    /// New lines after the text changed: the first item is selected.
    pub fn fill(&mut self, lines: Vec<Line>, total: usize) {
        self.lines = lines;
        self.total = total;
        self.cursor = Cursor::default();
        self.skip_headings(true);
        self.cursor.top = 0;
    }

    /// Moves; true if the command was a movement.
    pub fn act(&mut self, command: Command, page: usize) -> bool {
        let before = self.cursor.at;
        if !self.cursor.act(command, self.lines.len(), page) {
            return false;
        }
        self.skip_headings(self.cursor.at >= before || self.cursor.at == 0);
        if self.selected().is_none() {
            self.skip_headings(true);
        }
        // The heading over the first item stays in sight.
        if self.cursor.at == 1 {
            self.cursor.top = 0;
        }
        self.cursor.fit(self.lines.len(), page);
        true
    }

    fn skip_headings(&mut self, down: bool) {
        while matches!(self.lines.get(self.cursor.at), Some(Line::Heading(_))) {
            let next =
                if down { self.cursor.at.checked_add(1) } else { self.cursor.at.checked_sub(1) };
            match next {
                Some(next) if next < self.lines.len() => self.cursor.at = next,
                _ => return,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(label: &str) -> Line {
        Line::Item(Item {
            label: label.into(),
            marks: Vec::new(),
            detail: String::new(),
            target: Target::Service(label.into()),
        })
    }

    #[test]
    fn headings_are_skipped_both_ways() {
        let mut picker = Picker::default();
        let heading = || Line::Heading("h".into());
        picker.fill(vec![heading(), item("a"), heading(), item("b")], 2);
        let at = |p: &Picker| p.selected().map(|i| i.label.clone()).unwrap_or_default();
        assert_eq!(at(&picker), "a");
        picker.act(Command::Down, 10);
        assert_eq!(at(&picker), "b");
        picker.act(Command::Down, 10);
        assert_eq!(at(&picker), "b");
        picker.act(Command::Up, 10);
        assert_eq!(at(&picker), "a");
        picker.act(Command::Up, 10);
        assert_eq!(at(&picker), "a");
        picker.fill(Vec::new(), 0);
        picker.act(Command::Down, 10);
        assert_eq!(at(&picker), "");
    }
}
