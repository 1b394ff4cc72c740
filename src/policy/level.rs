//! Access levels of actions, and where a level comes from.

/// What an action does to what it touches; ordered by weight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AccessLevel {
    /// Names of things.
    List,
    /// Contents and attributes.
    Read,
    /// Sets or removes tags only.
    Tagging,
    /// Creates, changes, deletes, runs.
    Write,
    /// Changes who may do what.
    Permissions,
}

impl AccessLevel {
    /// All levels in the order in which they are shown.
    pub const ALL: [Self; 5] = [
        Self::List,
        Self::Read,
        Self::Write,
        Self::Permissions,
        Self::Tagging,
    ];

    /// The word on the screen and in data.
    pub const fn word(self) -> &'static str {
        match self {
            Self::List => "list",
            Self::Read => "read",
            Self::Tagging => "tagging",
            Self::Write => "write",
            Self::Permissions => "permissions",
        }
    }
}

/// Where the level of an action comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LevelSource {
    /// A page of the documentation names it.
    Documented,
    /// Guessed from the name of the action.
    NameRule,
}
