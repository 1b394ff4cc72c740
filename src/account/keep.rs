//! The file of a snapshot, and the file of what was done before an interruption.
//!
//! What is not finished stands in `FILE.partial`; `FILE` itself is only ever replaced by a finished snapshot, or by
//! one in which everything was tried.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use crate::catalog::observed::Snapshot;
use crate::say::{Saying, saying};
use crate::text;

/// The file of a snapshot that is not finished.
pub fn partial(out: &Path) -> PathBuf {
    let mut name = out.as_os_str().to_owned();
    name.push(".partial");
    name.into()
}

/// What an earlier run left to continue; None where there is nothing. Errors: a sentence why FILE must not be
/// written.
pub fn earlier(out: &Path) -> Result<Option<Snapshot>, Saying> {
    let finished = read(out)?;
    match read(&partial(out)) {
        Ok(Some(partial)) => Ok(Some(partial)),
        // A partial file that cannot be read has nothing to continue.
        _ => Ok(finished.filter(|snapshot| !snapshot.complete)),
    }
}

fn read(path: &Path) -> Result<Option<Snapshot>, Saying> {
    let shown = shown(path);
    let bytes = match fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(saying("{} cannot be read ({}).").with(shown).system(&error)),
    };
    let text = String::from_utf8_lossy(&bytes);
    if text.trim().is_empty() {
        return Ok(None);
    }
    if !Snapshot::is(&text) {
        return Err(saying(
            "{} exists and is no snapshot of an account. Name another file with --out.",
        )
        .with(shown));
    }
    Snapshot::read(&shown, &text).map(Some).map_err(|error| error.located())
}

/// Keeps what was done so far.
pub fn save_partial(out: &Path, snapshot: &Snapshot) -> Result<(), Saying> {
    write(&partial(out), &snapshot.to_text())
}

/// Writes the file, and takes away what was kept of it before.
pub fn save(out: &Path, snapshot: &Snapshot) -> Result<(), Saying> {
    write(out, &snapshot.to_text())?;
    match fs::remove_file(partial(out)) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(saying("{} cannot be removed ({}).").with(shown(&partial(out))).system(&error))
        }
        _ => Ok(()),
    }
}

/// Writes a file as a whole or not at all; only its owner may read it.
fn write(path: &Path, text: &str) -> Result<(), Saying> {
    let mut name = path.as_os_str().to_owned();
    name.push(format!(".{}.tmp", std::process::id()));
    let beside = PathBuf::from(name);
    let written = (|| {
        let mut options = fs::OpenOptions::new();
        options.write(true).create(true).truncate(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(&beside)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        fs::rename(&beside, path)
    })();
    written.map_err(|error| {
        let _ = fs::remove_file(&beside);
        saying("{} cannot be written ({}). Name another file with --out.")
            .with(shown(path))
            .system(&error)
    })
}

/// A path as it may be shown.
pub(super) fn shown(path: &Path) -> String {
    text::harmless(&path.to_string_lossy()).into_owned()
}
