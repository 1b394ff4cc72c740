//! Drawing: a function of the state. One file a pane; colours only in [`theme`].
//!
//! May import [`crate::app`], [`crate::catalog`] and [`crate::policy`]. Knows no terminal.

pub mod theme;
