//! What there is to read under the paths that people name, by the same rules for the screen and for the command line:
//!
//! - what is given itself is read, whatever its name: a file, a pipe (the reader waits for it), everything in a folder;
//! - in a folder only files are read, and links to files. Hidden files and folders are counted and passed over;
//! - a link to a folder inside a given one is told and not followed: it leads in circles, out of the folder, or to
//!   files that are met anyway;
//! - a folder that lies below two given paths is read once, and so is a file that is given and met again;
//! - devices and sockets are never opened.
//!
//! What is passed over by these rules is told. What cannot be looked at is missed: a folder without permission, a link
//! that leads nowhere and is called as a policy is; nobody knows what it holds.
//!
//! The order is fixed: as given, and in a folder by name as people read them: `a` before `a-b`, `x2` before `x10`.

use std::collections::{HashMap, HashSet};
use std::ffi::OsString;
use std::fs::{self, FileType};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use super::nothing;
use super::read::may_hold_policies;
use crate::say::{Saying, counted, saying};
use crate::sort;
use crate::text::visible_start;

/// More files than this are not looked for.
const MOST: usize = 1_000_000;
/// Folders in folders.
const DEEPEST: usize = 256;

/// A file to read, or something that is left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The path to open; `-` is standard input.
    pub path: PathBuf,
    /// Which of the given paths it comes from, from 0.
    pub given: usize,
    /// It was given itself, not found in a folder.
    pub direct: bool,
    /// Why it is not read, in a sentence.
    pub refused: Option<Saying>,
    /// It is not read though by the rules it might have been.
    pub missed: bool,
}

impl Entry {
    /// A path that was given, whatever is there.
    pub fn given(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into(), given: 0, direct: true, refused: None, missed: false }
    }

    /// The path, safe to print.
    pub fn shown(&self) -> String {
        shown(&self.path)
    }

    /// Is it standard input?
    pub fn is_stdin(&self) -> bool {
        is_stdin(&self.path)
    }
}

/// What a look at the given paths found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// Files to read and things that are left out, in order.
    pub entries: Vec<Entry>,
    /// How many hidden files and folders were passed over, by the given path that they are below.
    pub hidden: Vec<usize>,
}

/// Is it `-`?
pub fn is_stdin(path: impl AsRef<Path>) -> bool {
    path.as_ref().as_os_str() == "-"
}

/// A path, safe to print.
pub fn shown(path: &Path) -> String {
    visible_start(&path.to_string_lossy(), 4_096)
}

/// So many hidden files and folders were passed over, as a sentence.
pub fn hidden_words(count: usize) -> Saying {
    counted(
        count,
        "{} hidden file or folder was passed over.",
        "{} hidden files and folders were passed over.",
    )
}

/// Everything below the given paths. `stop` ends it early, from another thread.
pub fn find<P: AsRef<Path>>(paths: &[P], stop: &AtomicBool) -> Found {
    let mut walk = Walk {
        stop,
        seen: HashSet::new(),
        files: (paths.len() > 1).then(HashMap::new),
        found: Found::default(),
        waiting: vec![],
    };
    for (given, path) in paths.iter().enumerate() {
        walk.found.hidden.push(0);
        let entry = Entry { given, ..Entry::given(path.as_ref()) };
        if entry.is_stdin() {
            walk.found.entries.push(entry);
        } else {
            walk.waiting.push((entry, 0));
            walk.go();
        }
    }
    walk.found
}

struct Walk<'a> {
    stop: &'a AtomicBool,
    /// Folders by their true path.
    seen: HashSet<PathBuf>,
    /// Files by their true path, where several paths are given: their places among the entries.
    files: Option<HashMap<PathBuf, usize>>,
    found: Found,
    /// What is still to be looked at, the next one last, and in how many folders it is. Not by recursion: folders may
    /// be nested deeper than the stack allows.
    waiting: Vec<(Entry, usize)>,
}

impl Walk<'_> {
    fn go(&mut self) {
        while let Some((entry, depth)) = self.waiting.pop() {
            if self.stop.load(Ordering::Relaxed) {
                return;
            }
            if self.found.entries.len() >= MOST {
                let why = saying("This and what follows was not looked at: {} files are the most.");
                self.refuse(entry, Closed::missed(why.with(crate::text::thousands(MOST))));
                self.waiting.clear();
                return;
            }
            match look(&entry) {
                Ok(Kind::File) => self.file(entry),
                Ok(Kind::Folder) => self.folder(entry, depth),
                Err(closed) => self.refuse(entry, closed),
            }
        }
    }

    /// Takes a file; one that was given and is met again counts once.
    fn file(&mut self, entry: Entry) {
        if let Some(files) = &mut self.files
            && let Ok(true_path) = fs::canonicalize(&entry.path)
        {
            let at = *files.entry(true_path).or_insert(self.found.entries.len());
            if let Some(before) = self.found.entries.get_mut(at)
                && (before.direct || entry.direct)
            {
                before.direct = true;
                return;
            }
        }
        self.found.entries.push(entry);
    }

    fn refuse(&mut self, mut entry: Entry, closed: Closed) {
        entry.refused = Some(closed.why);
        entry.missed = closed.missed;
        self.found.entries.push(entry);
    }

    /// Notes that a folder is read. Errors: why it is not.
    fn enter(&mut self, path: &Path, depth: usize) -> Result<(), Closed> {
        if depth > DEEPEST {
            let why = saying("It is more than {} folders deep.");
            return Err(Closed::missed(why.with(DEEPEST)));
        }
        let true_path = fs::canonicalize(path).map_err(|error| Closed::from(&error))?;
        if self.seen.insert(true_path) {
            Ok(())
        } else {
            Err(Closed::by_rule(saying("This folder was read already under another path.")))
        }
    }

    /// Puts what is in a folder on the stack, so that it comes off in order of names.
    fn folder(&mut self, entry: Entry, depth: usize) {
        let entries = self
            .enter(&entry.path, depth)
            .and_then(|()| fs::read_dir(&entry.path).map_err(|error| Closed::from(&error)));
        let entries = match entries {
            Ok(entries) => entries,
            Err(closed) => {
                // One that is given twice is read all the same: nobody has to be told that as a fault.
                let direct = entry.direct && closed.missed;
                return self.refuse(Entry { direct, ..entry }, closed);
            }
        };
        let mut names = Vec::new();
        let mut hidden = 0;
        for one in entries {
            match one {
                Ok(one) if one.file_name().as_encoded_bytes().starts_with(b".") => hidden += 1,
                Ok(one) => names.push(one.file_name()),
                Err(error) => self.refuse(entry.clone(), Closed::from(&error)),
            }
        }
        if let Some(count) = self.found.hidden.get_mut(entry.given) {
            *count += hidden;
        }
        // The last one is looked at first.
        let order = |a: &OsString, b: &OsString| {
            sort::names(&b.to_string_lossy(), &a.to_string_lossy()).then_with(|| b.cmp(a))
        };
        sort::by(&mut names, order);
        self.waiting.extend(names.into_iter().map(|name| {
            let path = entry.path.join(name);
            let one = Entry { given: entry.given, direct: false, ..Entry::given(path) };
            (one, depth + 1)
        }));
    }
}

/// Why something is not read.
#[derive(Clone, Debug)]
pub(super) struct Closed {
    /// In a sentence.
    pub(super) why: Saying,
    /// No rule says so.
    missed: bool,
}

impl Closed {
    const fn by_rule(why: Saying) -> Self {
        Self { why, missed: false }
    }

    const fn missed(why: Saying) -> Self {
        Self { why, missed: true }
    }
}

impl From<&io::Error> for Closed {
    fn from(error: &io::Error) -> Self {
        Self::missed(sentence(error))
    }
}

/// What can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A file, or a pipe that was given itself.
    File,
    /// A folder.
    Folder,
}

/// What is there. Errors: why it is not read.
pub(super) fn look(entry: &Entry) -> Result<Kind, Closed> {
    let path = &entry.path;
    let about = if entry.direct { fs::metadata(path) } else { fs::symlink_metadata(path) };
    let there = about.map_err(|error| {
        if !entry.direct {
            return Closed::from(&error);
        }
        Closed::missed(if path.is_symlink() {
            behind_link(&error)
        } else {
            sentence(&error).then(nothing::remedy(path, &error))
        })
    });
    let mut kind = there?.file_type();
    let link = kind.is_symlink();
    if link {
        kind = match fs::metadata(path) {
            Ok(about) => about.file_type(),
            Err(error) => {
                let why = behind_link(&error);
                // Folders of programs are full of links; one that is called as a policy is may be missed.
                return Err(if may_hold_policies(path) {
                    Closed::missed(why)
                } else {
                    Closed::by_rule(why)
                });
            }
        };
    }
    if kind.is_dir() && link {
        let why = "It is a link to a folder and was not followed; give its path to read it.";
        Err(Closed::by_rule(saying(why)))
    } else if kind.is_dir() {
        Ok(Kind::Folder)
    } else if kind.is_file() || (entry.direct && is_pipe(kind)) {
        Ok(Kind::File)
    } else {
        let why = saying("It is {}, not a file, and was not opened.");
        Err(Closed::by_rule(why.of(kind_words(kind))))
    }
}

/// Is it a pipe, which may have nobody at its other end?
#[cfg(unix)]
pub(super) fn is_pipe(kind: FileType) -> bool {
    std::os::unix::fs::FileTypeExt::is_fifo(&kind)
}

#[cfg(not(unix))]
pub(super) fn is_pipe(_: FileType) -> bool {
    false
}

/// What is neither a file nor a folder, with its article.
#[cfg(unix)]
fn kind_words(kind: FileType) -> Saying {
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
fn kind_words(_: FileType) -> Saying {
    saying("something special")
}

/// Why what a link leads to cannot be looked at, in a sentence.
fn behind_link(error: &io::Error) -> Saying {
    match error.kind() {
        io::ErrorKind::NotFound => saying("It is a link to something that does not exist."),
        _ => sentence(error),
    }
}

/// Why a file cannot be read, in a sentence.
pub(super) fn sentence(error: &io::Error) -> Saying {
    match error.kind() {
        io::ErrorKind::NotFound => saying("It does not exist."),
        io::ErrorKind::PermissionDenied => {
            saying("You have no permission to read it; ls -l shows whose it is.")
        }
        _ => saying("It cannot be read: {}.").quoting(visible_start(&error.to_string(), 200)),
    }
}
