//! The file of a snapshot, and the file of what was done before an interruption.
//!
//! What is not finished stands in `FILE.partial`; `FILE` itself is only ever replaced by a finished snapshot, or by
//! one in which everything was tried where it was not complete itself. Where it leads is looked at before the first
//! call: hours of reading must not end in a file that cannot be written, and a device or a pipe is nobody's snapshot.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use crate::catalog::load;
use crate::catalog::observed::Snapshot;
use crate::links;
use crate::say::{Saying, saying};
use crate::text;

/// Names that are tried for a file that is not finished.
const NAMES: usize = 16;

/// The file of a snapshot that is not finished.
pub fn partial(out: &Path) -> PathBuf {
    let mut name = out.as_os_str().to_owned();
    name.push(".partial");
    name.into()
}

/// The file that is meant, with links followed; it is a plain file or not there, and can be written. Errors: a
/// sentence why not.
pub fn target(out: &Path) -> Result<PathBuf, Saying> {
    if load::is_stdin(out) {
        return Err(saying(
            "A snapshot goes into a file, because a run that was stopped goes on from there; standard output is none. Name a file with --out.",
        ));
    }
    match fs::metadata(out) {
        Ok(about) if about.is_dir() => {
            let why = saying("{} is a folder. Name a file in it with --out.");
            return Err(why.with(shown(out)));
        }
        Ok(about) if !about.is_file() => return Err(no_plain_file(out)),
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            return Err(not_written(out, &error));
        }
        _ => {}
    }
    let path = links::end_of(out);
    let unfinished = partial(&path);
    if fs::symlink_metadata(&unfinished).is_ok_and(|about| !about.is_file()) {
        return Err(no_plain_file(&unfinished));
    }
    // What the system says of a folder is not all: only a file that was made there shows that one can be.
    let tried = fresh(&path).and_then(|(_, beside)| fs::remove_file(beside));
    tried.map_err(|error| not_written(out, &error))?;
    Ok(path)
}

fn no_plain_file(path: &Path) -> Saying {
    saying("{} is no plain file. Name another file with --out.").with(shown(path))
}

/// What earlier runs left.
#[derive(Debug, Default)]
pub struct Earlier {
    /// What there is to continue.
    pub begun: Option<Snapshot>,
    /// Of FILE, where it is a snapshot in which everything was read: the id of its account, where it tells one.
    pub complete: Option<Option<String>>,
}

/// What earlier runs left. Errors: a sentence why FILE, or the one beside it, must not be written.
pub fn earlier(out: &Path) -> Result<Earlier, Saying> {
    let finished = read(out)?;
    let complete = finished.as_ref().filter(|snapshot| snapshot.complete);
    let complete = complete.map(|snapshot| snapshot.account.clone());
    let begun = read(&partial(out))?.or_else(|| finished.filter(|snapshot| !snapshot.complete));
    Ok(Earlier { begun, complete })
}

fn read(path: &Path) -> Result<Option<Snapshot>, Saying> {
    let shown = shown(path);
    if fs::metadata(path).is_err_and(|error| error.kind() == io::ErrorKind::NotFound) {
        return Ok(None);
    }
    let text = super::open::text(path)?;
    if text.trim().is_empty() {
        return Ok(None);
    }
    if !Snapshot::is(&text) {
        return Err(saying(
            "{} exists and is no snapshot of an account. Name another file with --out.",
        )
        .with(shown));
    }
    Snapshot::read(&shown, &text).map(Some).map_err(|error| {
        let place = error.place.map(|place| format!(":{place}")).unwrap_or_default();
        saying("{}: {}. Remove this file, or name another one with --out.")
            .with(format_args!("{}{place}", error.file))
            .of(error.what)
    })
}

/// Keeps what was done so far.
pub fn save_partial(out: &Path, snapshot: &Snapshot) -> Result<(), Saying> {
    write(&partial(out), snapshot)
}

/// Writes the file, and takes away what was kept of it before.
pub fn save(out: &Path, snapshot: &Snapshot) -> Result<(), Saying> {
    write(out, snapshot)?;
    match fs::remove_file(partial(out)) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(saying("{} cannot be removed ({}).").with(shown(&partial(out))).system(&error))
        }
        _ => Ok(()),
    }
}

/// Writes a file as a whole or not at all; only its owner may read it.
fn write(path: &Path, snapshot: &Snapshot) -> Result<(), Saying> {
    let text = snapshot.to_text().map_err(|error| not_written(path, &error.into()))?;
    let written = fresh(path).and_then(|(mut file, beside)| {
        let written = file
            .write_all(text.as_bytes())
            .and_then(|()| file.sync_all())
            .and_then(|()| fs::rename(&beside, path));
        written.inspect_err(|_| {
            let _ = fs::remove_file(&beside);
        })
    });
    written.map_err(|error| not_written(path, &error))
}

/// A new file beside one, and its path. Not a name that somebody else could have put a link at.
fn fresh(path: &Path) -> io::Result<(File, PathBuf)> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut number = 0;
    loop {
        let mut name = path.as_os_str().to_owned();
        name.push(format!(".{}-{number}.tmp", std::process::id()));
        let beside = PathBuf::from(name);
        match options.open(&beside) {
            // One that was killed left it, and had the same id.
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && number < NAMES => {
                number += 1;
            }
            opened => return opened.map(|file| (file, beside)),
        }
    }
}

fn not_written(path: &Path, error: &io::Error) -> Saying {
    let why = saying("{} cannot be written ({}). Name another file with --out.");
    why.with(shown(path)).system(error)
}

/// A path as it may be shown.
pub(super) fn shown(path: &Path) -> String {
    text::harmless(&path.to_string_lossy()).into_owned()
}
