//! How the command line names files and reads one. What is read, and why not, is decided in [`load`].

use std::path::Path;

use super::answer::Trouble;
use crate::catalog::load::{self, Entry};
use crate::say::{Saying, counted, saying};

/// Policies that are named.
const NAMED: usize = 5;

/// A path as it is shown: characters that a terminal could obey are written out.
pub fn shown(path: &Path) -> Saying {
    if load::is_stdin(path) { saying("standard input") } else { Saying::same(load::shown(path)) }
}

/// What is wrong with a file, behind its path.
pub fn about(path: &Path, what: Saying) -> Saying {
    saying("{}: {}").of(shown(path)).of(what)
}

/// So many files that are no JSON were passed over; `named` are the first of them.
pub fn not_json(files: usize, named: &[String]) -> Saying {
    let more = if files > named.len() { saying(", ..") } else { Saying::same("") };
    let what = counted(
        files,
        "{} file that is not JSON was passed over",
        "{} files that are not JSON were passed over",
    );
    saying("{}: {}{}").of(what).list(named).of(more)
}

/// So many policies of a snapshot have a text that is none.
pub fn no_policies(names: &[String]) -> Saying {
    let more = if names.len() > NAMED { saying(", ..") } else { Saying::same("") };
    let what = counted(
        names.len(),
        "the text of {} policy in it is no policy document",
        "the texts of {} policies in it are no policy documents",
    );
    saying("{}: {}{}").of(what).list(names.iter().take(NAMED)).of(more)
}

/// Reads a file, or standard input for `-`. Errors: a sentence with the path.
pub fn read(path: &Path) -> Result<String, Trouble> {
    let read = load::read(&Entry::given(path), &|_| {});
    read.map(|read| read.text).map_err(|why| Trouble::new(about(path, why.saying())))
}
