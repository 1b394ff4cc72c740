//! The files below what people name: in a fixed order, each folder once, regular files only.

use std::collections::HashSet;
use std::ffi::OsString;
use std::fs::{self, FileType};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use crate::policy::json::visible;
use crate::say::{Saying, saying};
use crate::sort;

/// The largest file that is read, in bytes.
pub(super) const LIMIT: u64 = 256 << 20;
/// More files than this are not looked for.
const MOST: usize = 1_000_000;
/// Folders in folders.
const DEEPEST: usize = 256;

/// A file to read, or something that is left out.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    /// The path to open.
    pub(super) path: PathBuf,
    /// The path to show; safe to print.
    pub(super) shown: String,
    /// Which of the given paths it comes from.
    pub(super) given: usize,
    /// It was given itself.
    pub(super) direct: bool,
    /// Why it is not read, in a sentence.
    pub(super) refused: Option<Saying>,
}

/// A path, safe to print.
pub(super) fn shown(path: &Path) -> String {
    visible(&path.to_string_lossy(), 4_096)
}

/// Everything below the given paths; `-` is standard input.
pub(super) fn walk(paths: &[OsString], stop: &AtomicBool) -> Vec<Entry> {
    let mut walk = Walk { stop, seen: HashSet::new(), entries: Vec::new(), given: 0 };
    for (given, path) in paths.iter().enumerate() {
        walk.given = given;
        let path = PathBuf::from(path);
        if path.as_os_str() == "-" {
            walk.push(path, true, None);
        } else {
            walk.visit(path, 0);
        }
    }
    walk.entries
}

struct Walk<'a> {
    stop: &'a AtomicBool,
    /// Folders by their true path.
    seen: HashSet<PathBuf>,
    entries: Vec<Entry>,
    given: usize,
}

impl Walk<'_> {
    fn push(&mut self, path: PathBuf, direct: bool, refused: Option<Saying>) {
        let shown = shown(&path);
        self.entries.push(Entry { path, shown, given: self.given, direct, refused });
    }

    fn visit(&mut self, path: PathBuf, depth: usize) {
        if self.stop.load(Ordering::Relaxed) || self.entries.len() >= MOST {
            return;
        }
        let direct = depth == 0;
        let metadata = match fs::metadata(&path) {
            Ok(metadata) => metadata,
            Err(error) => {
                let is_link = fs::symlink_metadata(&path).is_ok_and(|m| m.is_symlink());
                let why = if is_link && error.kind() == io::ErrorKind::NotFound {
                    saying("It is a link to something that does not exist.")
                } else {
                    sentence(&error)
                };
                self.push(path, direct, Some(why));
                return;
            }
        };
        if metadata.is_dir() {
            self.folder(path, depth);
        } else if metadata.is_file() {
            let refused = (metadata.len() > LIMIT).then(|| too_large(metadata.len()));
            self.push(path, direct, refused);
        } else {
            let kind = kind(metadata.file_type());
            self.push(
                path,
                direct,
                Some(saying("It is {}, not a file, and was not opened.").of(kind)),
            );
        }
    }

    fn folder(&mut self, path: PathBuf, depth: usize) {
        let refused = match fs::canonicalize(&path) {
            Err(error) => Some(sentence(&error)),
            Ok(_) if depth > DEEPEST => {
                Some(saying("It is more than {} folders deep.").with(DEEPEST))
            }
            Ok(true_path) if !self.seen.insert(true_path.clone()) => Some(saying(
                "This folder was read already under another path (a link leads to it).",
            )),
            Ok(_) if path.file_name().is_some_and(|name| name == ".git") => {
                Some(saying("It is the store of a version control system."))
            }
            Ok(_) => None,
        };
        if refused.is_some() {
            self.push(path, false, refused);
            return;
        }
        let names = fs::read_dir(&path).and_then(|entries| {
            entries
                .map(|entry| entry.map(|entry| entry.file_name()))
                .collect::<io::Result<Vec<_>>>()
        });
        match names {
            Ok(mut names) => {
                sort::by(&mut names, Ord::cmp);
                for name in names {
                    self.visit(path.join(name), depth + 1);
                }
            }
            Err(error) => self.push(path, false, Some(sentence(&error))),
        }
    }
}

/// What is neither a file nor a folder, with its article.
#[cfg(unix)]
fn kind(kind: FileType) -> Saying {
    use std::os::unix::fs::FileTypeExt;
    if kind.is_fifo() {
        saying("a pipe")
    } else if kind.is_socket() {
        saying("a socket")
    } else if kind.is_char_device() || kind.is_block_device() {
        saying("a device")
    } else {
        saying("something special")
    }
}

#[cfg(not(unix))]
fn kind(_: FileType) -> Saying {
    saying("something special")
}

pub(super) fn too_large(bytes: u64) -> Saying {
    saying("It has {} MiB; files of more than {} MiB are not read.")
        .with(bytes.div_ceil(1 << 20))
        .with(LIMIT >> 20)
}

/// Why a file cannot be read, in a sentence.
pub(super) fn sentence(error: &io::Error) -> Saying {
    match error.kind() {
        io::ErrorKind::NotFound => saying("It does not exist (any more)."),
        io::ErrorKind::PermissionDenied => {
            saying("You have no permission to read it; ls -l shows whose it is.")
        }
        _ => saying("It cannot be read: {}.").quoting(visible(&error.to_string(), 200)),
    }
}
