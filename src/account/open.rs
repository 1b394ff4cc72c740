//! Reading the file of a snapshot, and telling such a file from others.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::Read as _;
use std::path::{Path, PathBuf};

use super::keep::shown;
use crate::catalog::load::{self, Entry};
use crate::catalog::observed::Snapshot;
use crate::say::{Saying, saying};

/// Bytes of the beginning of a file that tell what it is.
const HEAD: u64 = 4096;

/// Reads the file of a snapshot. Errors: a sentence with the file, the place, the remedy.
pub fn read(path: &Path) -> Result<Snapshot, Saying> {
    let remedy = || saying("`rolescope account snapshot` writes such a file.");
    let text = text(path).map_err(|why| why.then(Some(remedy())))?;
    Snapshot::read(&shown(path), &text).map_err(|error| error.located())
}

/// The text of a file, by the rules for all files that are read. Errors: a sentence with the file.
pub(super) fn text(path: &Path) -> Result<String, Saying> {
    let read = load::read(&Entry::given(path), &|_| {});
    read.map(|read| read.text).map_err(|why| saying("{}: {}").with(shown(path)).of(why.saying()))
}

/// Parts the paths of snapshots from all others, by the look of their beginning. Only plain files are looked into.
pub fn part(paths: Vec<OsString>) -> (Vec<PathBuf>, Vec<OsString>) {
    let (snapshots, others) = paths.into_iter().partition::<Vec<_>, _>(|path| is(Path::new(path)));
    (snapshots.into_iter().map(PathBuf::from).collect(), others)
}

fn is(path: &Path) -> bool {
    // A pipe must not be read twice.
    if !fs::metadata(path).is_ok_and(|about| about.is_file()) {
        return false;
    }
    let mut head = Vec::new();
    let read = File::open(path).and_then(|file| file.take(HEAD).read_to_end(&mut head));
    read.is_ok() && Snapshot::is(&String::from_utf8_lossy(&head))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn snapshots_are_told_from_other_files() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name).into_os_string();
        fs::write(
            path("a.json"),
            "{\"format\": \"rolescope account snapshot\", \"schema\": 1, \"roles\": []}",
        )
        .unwrap();
        fs::write(path("b.json"), "{\"Roles\": {}}").unwrap();
        let paths = vec![path("b.json"), path("a.json"), path("c.json"), "-".into(), path(".")];
        let (snapshots, others) = part(paths);
        assert_eq!(snapshots, [PathBuf::from(path("a.json"))]);
        assert_eq!(others.len(), 4);
        assert!(!read(&snapshots[0]).unwrap().complete);
        let trouble = read(Path::new(&path("c.json"))).unwrap_err().english();
        assert!(trouble.contains("account snapshot"), "{trouble}");
        assert!(read(Path::new(&path("b.json"))).unwrap_err().english().contains("no snapshot"));
    }
}
