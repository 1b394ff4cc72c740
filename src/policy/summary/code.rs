//! Codes of services, each kept in memory once for the rest of the run: thousands of documents touch the same few.

use std::collections::HashSet;
use std::ops::Deref;
use std::sync::{LazyLock, PoisonError, RwLock};

/// The RAM code of a service, as cheap as a number.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Code(&'static &'static str);

impl Code {
    /// The code of this text.
    pub fn of(text: &str) -> Self {
        static KNOWN: LazyLock<RwLock<HashSet<Code>>> = LazyLock::new(RwLock::default);
        let read = || KNOWN.read().unwrap_or_else(PoisonError::into_inner).get(text).copied();
        read().unwrap_or_else(|| {
            let mut known = KNOWN.write().unwrap_or_else(PoisonError::into_inner);
            // Another thread may have been quicker.
            known.get(text).copied().unwrap_or_else(|| {
                let text: &'static str = Box::leak(Box::from(text));
                let code = Self(Box::leak(Box::new(text)));
                known.insert(code);
                code
            })
        })
    }

    /// The text.
    pub const fn as_str(self) -> &'static str {
        self.0
    }
}

impl Deref for Code {
    type Target = str;

    fn deref(&self) -> &str {
        self.0
    }
}

impl std::borrow::Borrow<str> for Code {
    fn borrow(&self) -> &str {
        self.0
    }
}

impl PartialEq<&str> for Code {
    fn eq(&self, other: &&str) -> bool {
        self.as_str() == *other
    }
}

impl std::fmt::Debug for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        std::fmt::Debug::fmt(self.as_str(), f)
    }
}

impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self)
    }
}
