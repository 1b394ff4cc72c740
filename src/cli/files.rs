//! How the command line names files and reads one. What is read, and why not, is decided in [`load`].

use std::path::Path;

use super::answer::Trouble;
use crate::catalog::load::{self, Entry};
use crate::say::{Saying, counted, saying};

/// Files and policies that are named; of more it is told that there are.
pub const NAMED: usize = 5;

/// A path as it is shown: characters that a terminal could obey are written out.
pub fn shown(path: &Path) -> Saying {
    if load::is_stdin(path) { saying("standard input") } else { Saying::same(load::shown(path)) }
}

/// What is wrong with a file, behind its path.
pub fn about(path: &Path, what: Saying) -> Saying {
    saying("{}: {}").of(shown(path)).of(what)
}

/// So many files that are no JSON were passed over; `first` has as many of them as are named, or all.
pub fn not_json(files: usize, first: &[String]) -> Saying {
    let what = counted(
        files,
        "{} file that is not JSON was passed over",
        "{} files that are not JSON were passed over",
    );
    named(what, files, first)
}

/// So many policies of a snapshot have a text that is none.
pub fn no_policies(names: &[String]) -> Saying {
    let what = counted(
        names.len(),
        "the text of {} policy in it is no policy document",
        "the texts of {} policies in it are no policy documents",
    );
    named(what, names.len(), names)
}

/// What there are so many of, with the names of the first of them.
fn named(what: Saying, all: usize, first: &[String]) -> Saying {
    let more = if all > NAMED { saying(", ..") } else { Saying::same("") };
    saying("{}: {}{}").of(what).list(first.iter().take(NAMED)).of(more)
}

/// Reads a file, or standard input for `-`. Errors: a sentence with the path.
pub fn read(path: &Path) -> Result<String, Trouble> {
    let read = load::read(&Entry::given(path), &|_| {});
    read.map(|read| read.text).map_err(|why| Trouble::new(about(path, why.saying())))
}
