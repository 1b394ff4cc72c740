//! People's own files as products and roles: text in, roles out. Pure; files are read by `load`.
//!
//! [`contents`] takes one text apart (the costly part, on as many threads as there are); an
//! [`Importer`] gives what was found its names, products and places, file by file in a fixed order, so
//! that ids and order are the same in every run and no row moves while more arrives.

mod batch;
mod contents;
mod importer;
mod known;
mod parts;
mod product;

pub use batch::{Batch, Ended, Loaded, Progress, SkippedFile};
pub use contents::{Contents, Paper, contents, contents_in_parts, without_documents};
pub use importer::{File, Importer};
pub use known::others;
