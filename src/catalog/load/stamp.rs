//! Whether a file is still what it was when it was read. Nothing watches files: somebody asks, and one question costs
//! one look at the disk.

use std::fs::{self, File, Metadata};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::walk::{sentence, shown};
use crate::say::{Saying, saying};

/// A file as it was when it was read: its length and the time of its last change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    path: PathBuf,
    length: u64,
    modified: Option<SystemTime>,
}

impl Stamp {
    /// The stamp of an open file, taken before it is read: what is written meanwhile counts as a change.
    pub(super) fn of(path: &Path, file: &File) -> Option<Self> {
        let metadata = file.metadata().ok()?;
        let (length, modified) = facts(&metadata);
        Some(Self { path: path.to_owned(), length, modified })
    }

    /// The path as the program shows it.
    pub fn shown(&self) -> String {
        shown(&self.path)
    }

    /// Looks at the disk: what is different now, in a sentence that is safe to print. None: it is the same file, as
    /// far as length and time tell.
    pub fn difference(&self) -> Option<Saying> {
        let name = self.shown();
        match fs::metadata(&self.path) {
            Ok(now) if facts(&now) == (self.length, self.modified) => None,
            Ok(_) => Some(
                saying("{} has changed since it was read; start again to see it as it is now.")
                    .with(name),
            ),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Some(
                saying("{} is gone; what is shown is what it held when it was read.").with(name),
            ),
            Err(error) => Some(saying("{}: {}").with(name).of(sentence(&error))),
        }
    }
}

fn facts(metadata: &Metadata) -> (u64, Option<SystemTime>) {
    (metadata.len(), metadata.modified().ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn what_happens_to_a_file_is_said() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.json");
        fs::write(&path, "{}").unwrap();
        let file = File::open(&path).unwrap();
        let stamp = Stamp::of(&path, &file).unwrap();
        assert_eq!(stamp.difference(), None);

        // Of the same length, at another time.
        let file = File::options().write(true).open(&path).unwrap();
        file.set_modified(SystemTime::UNIX_EPOCH + Duration::from_secs(1)).unwrap();
        let said = stamp.difference().unwrap().english();
        assert!(said.contains("a.json has changed since it was read"), "{said}");

        fs::remove_file(&path).unwrap();
        let said = stamp.difference().unwrap().english();
        assert!(said.contains("a.json is gone"), "{said}");
    }
}
