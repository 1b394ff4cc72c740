//! The one table of commands. Keymap, footer hints, help and the README's key table all read it;
//! nothing else in the code names a key.

/// Where a command applies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scope {
    /// Everywhere but in text fields.
    Everywhere,
    /// In lists of any kind, and in the policy pane.
    Moving,
    /// In the panes of the explorer.
    Browse,
    /// In the list of products.
    Products,
    /// In the list of roles.
    Roles,
    /// In the permission summary.
    Summary,
    /// In the policy pane.
    Policy,
    /// In the removal plan.
    Removal,
    /// In the matrix of roles and services.
    Matrix,
    /// In the comparison of two roles.
    Compare,
    /// In the question who can call an action.
    WhoCan,
    /// In the list of findings.
    Findings,
    /// In the copy menu.
    Copy,
    /// While a tour is on.
    Tour,
    /// In every list with a text field above it: find, service filter, who can, help.
    Typing,
}

macro_rules! commands {
    ($( $id:ident, $name:literal, $title:literal, $doc:literal, [$($scope:ident),*], [$($key:literal),*], $weight:literal; )*) => {
        /// Everything that the user can ask for.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Command {
            $( #[doc = $doc] $id, )*
        }

        /// All commands in the order in which help shows them.
        pub const TABLE: &[Entry] = &[
            $( Entry {
                command: Command::$id,
                name: $name,
                title: $title,
                doc: $doc,
                scopes: &[$(Scope::$scope),*],
                keys: &[$($key),*],
                weight: $weight,
            }, )*
        ];
    };
}

/// One row of the table.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// The command.
    pub command: Command,
    /// Its name in config files.
    pub name: &'static str,
    /// Two words at most: the hint in the footer.
    pub title: &'static str,
    /// One line: what it does.
    pub doc: &'static str,
    /// Where it applies.
    pub scopes: &'static [Scope],
    /// The keys it has unless the user says otherwise; the first is the one shown in hints. A command without keys
    /// stands in the palette.
    pub keys: &'static [&'static str],
    /// Rank among the footer's hints, highest first; 0 is never a hint.
    pub weight: u8,
}

commands! {
    Up, "up", "move", "Move up one line", [Moving, Typing], ["up", "k", "ctrl-p"], 0;
    Down, "down", "move", "Move down one line", [Moving, Typing], ["down", "j", "ctrl-n"], 0;
    PageUp, "page-up", "page", "Move up one page", [Moving, Typing], ["pageup", "ctrl-b"], 0;
    PageDown, "page-down", "page", "Move down one page", [Moving, Typing], ["pagedown", "ctrl-f"], 0;
    HalfUp, "half-page-up", "half page", "Move up half a page", [Moving], ["ctrl-u"], 0;
    HalfDown, "half-page-down", "half page", "Move down half a page", [Moving], ["ctrl-d"], 0;
    First, "first", "first", "Go to the first line", [Moving], ["home", "g"], 0;
    Last, "last", "last", "Go to the last line", [Moving], ["end", "G"], 0;
    Open, "open", "open", "Go into what is selected: product, role, permission, policy, command", [Browse, Removal, Matrix, Compare, WhoCan, Findings, Copy, Typing], ["enter"], 90;
    Back, "back", "back", "One step back; never leaves the program", [Everywhere, Typing], ["esc"], 92;
    Left, "left", "left", "Go to the pane or column on the left", [Browse, Matrix], ["left", "h"], 0;
    Right, "right", "right", "Go to the pane or column on the right", [Browse, Matrix], ["right", "l"], 0;
    NextPane, "next-pane", "next pane", "Go to the next pane or field", [Browse, WhoCan, Compare], ["tab"], 20;
    PreviousPane, "previous-pane", "previous pane", "Go to the previous pane or field", [Browse, WhoCan, Compare], ["backtab"], 0;
    Zoom, "zoom", "zoom", "Give the whole screen to this pane, or share it again", [Browse], ["z"], 15;
    Removal, "removal", "removal", "What must be removed before the role, or every role of the product, can be deleted", [Browse], ["d"], 85;
    Services, "service", "service", "Show only what touches one service", [Browse, Removal, Matrix], ["s"], 80;
    ClearService, "clear-service", "all services", "Show all services again", [Browse, Matrix], ["x"], 82;
    Find, "find", "find", "Find products, roles, features, services, actions, policies", [Browse, Removal, Matrix, Compare], ["/"], 75;
    Copy, "copy", "copy", "Choose what to copy; the same key again copies the first entry", [Browse, Removal, Matrix, Compare, Findings, WhoCan, Copy], ["y", "ctrl-y"], 78;
    Paste, "paste", "paste", "Paste with the terminal's own key: text into a field, the answer of a deletion task anywhere else", [Everywhere], [], 0;
    Print, "print", "print", "Print it to standard output when the program ends", [Browse, Copy], ["Y"], 10;
    WhoCan, "who-can", "who can", "Ask which roles can call an action, or any action of a pattern", [Browse, Matrix, Compare], ["w"], 40;
    Matrix, "matrix", "matrix", "Roles by services, each cell with the highest access level and the number of actions", [Browse, Removal, Compare], ["m"], 38;
    Compare, "compare", "compare", "Compare this role with another, by meaning and by text", [Browse, Removal, Compare], ["="], 30;
    Swap, "swap", "swap sides", "Change the sides of the comparison", [Compare], ["S"], 60;
    Findings, "findings", "findings", "What an operator should know about this policy, with the rule behind it", [Browse, Removal, Findings], ["f"], 42;
    TextDown, "text-down", "read on", "Scroll the text below the list", [Findings, Copy], ["J", "shift-down"], 50;
    TextUp, "text-up", "read back", "Scroll the text below the list back", [Findings, Copy], ["K", "shift-up"], 0;
    Explain, "explain", "explain", "Show or hide the sentence that explains the statement under the cursor", [Browse], ["e"], 18;
    Sort, "sort", "sort", "Sort the matrix by another measure", [Matrix], ["o"], 60;
    Tick, "tick", "tick", "Tick a step of the removal plan as done, or take the tick away", [Removal], ["space"], 72;
    DropAnswer, "drop-answer", "drop answer", "Take away the answer that was pasted into the removal plan", [Removal], ["x"], 70;
    Trust, "trust", "trust policy", "Show the trust policy, or the permission policy again", [Browse], ["T"], 12;
    Fold, "fold", "fold", "Fold or unfold what begins here", [Policy], ["space", "o"], 0;
    FoldAll, "fold-all", "fold all", "Fold all statements", [Policy], ["-"], 0;
    UnfoldAll, "unfold-all", "unfold all", "Unfold everything", [Policy], ["+"], 0;
    NextStatement, "next-statement", "next statement", "Go to the next statement, or to the next difference", [Policy, Compare], ["]", "}"], 55;
    PreviousStatement, "previous-statement", "previous statement", "Go to the previous statement, or to the previous difference", [Policy, Compare], ["[", "{"], 0;
    SearchText, "search-text", "search text", "Search the text of this policy", [Policy], ["ctrl-s"], 54;
    NextHit, "next-hit", "next place", "Go to the next place of what was searched for in the text", [Policy], ["n"], 0;
    PreviousHit, "previous-hit", "previous place", "Go to the previous place of what was searched for in the text", [Policy], ["N"], 0;
    ScrollLeft, "scroll-left", "scroll left", "Show what is cut off on the left", [Policy, Compare], ["<"], 0;
    ScrollRight, "scroll-right", "scroll right", "Show what is cut off on the right", [Policy, Compare], [">"], 0;
    Skipped, "skipped", "left out", "What was left out of the files that were opened, and why", [Browse], ["S"], 76;
    StopLoading, "stop-loading", "stop loading", "Stop reading files; what was read stays", [Browse], ["ctrl-x"], 84;
    Palette, "palette", "commands", "Run any command of any place, or go to a product or role by its name", [Browse, Removal, Matrix, Compare, Findings, Copy, WhoCan, Everywhere], [":", "f2"], 35;
    HistoryBack, "history-back", "place before", "Go back to the place before this one", [Browse, Removal, Matrix, Compare, WhoCan], ["alt-left", "H"], 0;
    HistoryForward, "history-forward", "place after", "Go forward again after going back", [Browse, Removal, Matrix, Compare, WhoCan], ["alt-right", "L"], 0;
    NextTheme, "next-theme", "next theme", "Change the colours: the terminal's own, dark, light, high contrast, none", [Everywhere], [], 0;
    NextLanguage, "next-language", "next language", "Say everything in Chinese, or in English again", [Everywhere], [], 0;
    Help, "help", "keys", "The keys of this place", [Everywhere, WhoCan], ["?", "f1"], 93;
    Tours, "tours", "tours", "Guided tours through this screen", [Everywhere], ["t"], 12;
    TourNext, "tour-next", "go on", "Go on with the tour, or skip its step", [Tour], ["n", "f8"], 0;
    TourBack, "tour-back", "back", "Go one step of the tour back", [Tour], ["p", "f7"], 0;
    TourLeave, "tour-leave", "leave", "Leave the tour; it is kept where you are", [Tour], ["t", "f9"], 0;
    Glossary, "glossary", "words", "What the words mean, beginning with the one under the cursor", [Everywhere, WhoCan], ["i", "f4"], 11;
    Present, "present", "present", "Show the pressed keys and more space, for people who look on", [Everywhere], ["P"], 0;
    Mouse, "mouse", "mouse", "Switch the mouse off, so that the terminal can select text, or on again", [Everywhere], ["M"], 0;
    Redraw, "redraw", "redraw", "Draw the screen afresh", [Everywhere, Typing], ["ctrl-l"], 0;
    Suspend, "suspend", "suspend", "Stop the program; fg brings it back", [Everywhere, Typing], ["ctrl-z"], 0;
    Quit, "quit", "quit", "Leave the program", [Everywhere], ["q"], 65;
    QuitNow, "quit-now", "quit", "Leave the program, from text fields too", [Everywhere, Typing], ["ctrl-c"], 0;
}

impl Scope {
    /// The place in words, to stand behind a command of a list.
    pub const fn place(self) -> &'static str {
        match self {
            Self::Everywhere => "everywhere",
            Self::Moving => "lists and texts",
            Self::Browse => "explorer",
            Self::Products => "products",
            Self::Roles => "roles",
            Self::Summary => "permissions",
            Self::Policy => "policy",
            Self::Removal => "removal plan",
            Self::Matrix => "matrix",
            Self::Compare => "comparison",
            Self::WhoCan => "who can",
            Self::Findings => "findings",
            Self::Copy => "copy menu",
            Self::Tour => "tours",
            Self::Typing => "text fields",
        }
    }
}

/// The command of this name in config files.
pub fn named(name: &str) -> Option<Command> {
    TABLE.iter().find(|row| row.name == name).map(|row| row.command)
}

/// The row of a command: commands are numbered in the order of the table.
pub fn entry(command: Command) -> Option<&'static Entry> {
    TABLE.get(command as usize)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::key::Key;

    #[test]
    fn no_key_means_two_things_in_one_scope() {
        for (i, a) in TABLE.iter().enumerate() {
            for b in TABLE.iter().skip(i + 1) {
                let scope = a.scopes.iter().find(|scope| b.scopes.contains(scope));
                let key = a.keys.iter().find(|key| b.keys.contains(key));
                if let (Some(scope), Some(key)) = (scope, key) {
                    panic!("{} and {} both have {key} in {scope:?}", a.name, b.name);
                }
            }
        }
    }

    #[test]
    fn every_row_is_complete() {
        for row in TABLE {
            assert_eq!(named(row.name), Some(row.command), "{}: the name is taken", row.name);
            assert_eq!(entry(row.command).map(|found| found.name), Some(row.name));
            assert!(!row.scopes.is_empty(), "{}: no scope", row.name);
            for key in row.keys {
                assert!(key.parse::<Key>().is_ok(), "{}: {key}", row.name);
            }
            assert!(row.doc.len() > 10 && !row.doc.ends_with('.'), "{}: {}", row.name, row.doc);
        }
    }
}
