//! Find: fuzzy search over everything the catalogue names, in both languages, fast enough to answer each key.
//!
//! Knows no screen. `fuzzy-matcher` is used in `rank` alone.
//!
//! ```text
//! typed -> query -> scan: masks, letters in order, on all threads -> exact counts, the most promising few
//!                                                          rank: step, score, characters -> best first
//! ```
//!
//! The matcher's score costs 0.2 to 0.6 us a name, 200 to 600 ms for a million; a mask costs under 1 ns. So everything is
//! counted by masks and letters, and at most 600 candidates get a score. [`Finder`] narrows: a longer query looks at the
//! hits of the shorter one only, and Backspace takes those back.

mod build;
mod corpus;
mod finder;
mod mask;
mod named;
mod narrow;
mod query;
mod rank;
mod row;
mod scan;
mod scatter;

pub use corpus::{Corpus, Counts, Kind, LONGEST_TEXT, Target};
pub use finder::{Finder, Found, Hit, SHOWN};
pub use named::{Named, texts_of};
pub use narrow::{Narrowed, clearly, narrow};
pub use query::LONGEST_QUERY;
pub use rank::{Match, Step};
pub use row::{LISTED, Row, touching};
