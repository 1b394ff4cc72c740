//! The only place of the command line that reads files: with bounds, and with sentences for what goes wrong.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::answer::Trouble;
use crate::catalog::load::{NotText, text_of};
use crate::catalog::text::visible;
use crate::policy::json::Limits;
use crate::say::{Saying, saying};
use crate::sort;

/// A path as it is shown: characters that a terminal could obey are written out.
pub fn shown(path: &Path) -> Saying {
    if is_stdin(path) {
        saying("standard input")
    } else {
        Saying::same(visible(&path.to_string_lossy()))
    }
}

/// What is wrong with a file, behind its path.
fn about(path: &Path, what: Saying) -> Saying {
    saying("{}: {}").of(shown(path)).of(what)
}

/// Is it `-`?
pub fn is_stdin(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// Reads a file, or standard input for `-`. Errors: a sentence with the path.
pub fn read(path: &Path) -> Result<String, Trouble> {
    contents(path).map_err(|what| Trouble::new(about(path, what)))
}

/// The text of a file. Errors: what is wrong, without the path.
pub fn contents(path: &Path) -> Result<String, Saying> {
    let most = Limits::default().bytes as u64;
    let too_large =
        || saying("the file is larger than {} MiB, which is the limit").with(most >> 20);
    let mut bytes = Vec::new();
    if is_stdin(path) {
        io::stdin()
            .lock()
            .take(most + 1)
            .read_to_end(&mut bytes)
            .map_err(|error| failed(&error))?;
    } else {
        let metadata = fs::metadata(path).map_err(|error| failed(&error))?;
        if metadata.is_dir() {
            return Err(saying("this is a folder, and a file is expected"));
        }
        // Opening a named pipe that nobody writes to would wait for ever; those that a shell opened are fine.
        if !metadata.is_file() && !is_descriptor(path) {
            return Err(saying(
                "this is no ordinary file; give `-` and pass the text to standard input",
            ));
        }
        if metadata.len() > most {
            return Err(too_large());
        }
        bytes.reserve(usize::try_from(metadata.len()).unwrap_or(0));
        let file = File::open(path).map_err(|error| failed(&error))?;
        // A file may grow while it is read.
        file.take(most + 1).read_to_end(&mut bytes).map_err(|error| failed(&error))?;
    }
    if bytes.len() as u64 > most {
        return Err(too_large());
    }
    text_of(bytes).map_err(|why| match why {
        NotText::Utf16 => {
            saying("the text is not UTF-16, as its first bytes say; save it as UTF-8")
        }
        NotText::Utf8 { byte, line } => {
            let said = saying("the text is not UTF-8 (byte {} on line {}); save it as UTF-8");
            said.with(byte).with(line)
        }
    })
}

/// Is it one of the names under which a process sees its own open files?
fn is_descriptor(path: &Path) -> bool {
    ["/dev/fd/", "/proc/self/fd/", "/dev/stdin"]
        .iter()
        .any(|start| path.to_string_lossy().starts_with(start))
}

fn failed(error: &io::Error) -> Saying {
    match error.kind() {
        io::ErrorKind::NotFound => saying("there is no such file"),
        io::ErrorKind::PermissionDenied => saying("reading it is not permitted"),
        _ => saying("it cannot be read ({})").system(error),
    }
}

/// What a walk through folders found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Walk {
    /// The files in order: as given, folders by name.
    pub files: Vec<Walked>,
    /// What was passed over, and why.
    pub passed: Vec<Saying>,
    /// Hidden files and folders that were passed over.
    pub hidden: usize,
}

/// A file of a walk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Walked {
    /// Its path.
    pub path: PathBuf,
    /// Was it named, not found in a folder?
    pub named: bool,
}

/// The files that these paths name; folders with all that is below them, in order of names.
pub fn walk(paths: &[PathBuf]) -> Walk {
    let mut walk = Walk::default();
    for path in paths {
        if !is_stdin(path) && path.is_dir() {
            walk.folder(path);
        } else {
            walk.files.push(Walked { path: path.clone(), named: true });
        }
    }
    walk
}

impl Walk {
    fn folder(&mut self, top: &Path) {
        // Not by recursion: folders may be nested deeper than the stack allows.
        let mut waiting = vec![top.to_owned()];
        while let Some(path) = waiting.pop() {
            let metadata =
                if path == *top { fs::metadata(&path) } else { fs::symlink_metadata(&path) };
            let kind = match metadata {
                Ok(metadata) => metadata.file_type(),
                Err(error) => {
                    self.passed.push(about(&path, failed(&error)));
                    continue;
                }
            };
            if kind.is_dir() {
                self.entries(&path, &mut waiting);
            } else if kind.is_file() {
                self.files.push(Walked { path, named: false });
            } else if kind.is_symlink() {
                match fs::metadata(&path) {
                    Ok(target) if target.is_file() => {
                        self.files.push(Walked { path, named: false });
                    }
                    Ok(target) if target.is_dir() => {
                        self.passed.push(about(&path, saying("links to folders are not followed")));
                    }
                    Ok(_) => {
                        self.passed.push(about(&path, saying("this is no ordinary file")));
                    }
                    Err(error) => self.passed.push(about(&path, failed(&error))),
                }
            } else {
                self.passed.push(about(&path, saying("this is no ordinary file")));
            }
        }
    }

    /// Puts what is in a folder on the stack, so that it comes off in order of names.
    fn entries(&mut self, folder: &Path, waiting: &mut Vec<PathBuf>) {
        let entries = match fs::read_dir(folder) {
            Ok(entries) => entries,
            Err(error) => {
                self.passed.push(about(folder, failed(&error)));
                return;
            }
        };
        let mut names = Vec::new();
        for entry in entries {
            match entry {
                Ok(entry) if entry.file_name().as_encoded_bytes().starts_with(b".") => {
                    self.hidden += 1;
                }
                Ok(entry) => names.push(entry.path()),
                Err(error) => self.passed.push(about(folder, failed(&error))),
            }
        }
        sort::by(&mut names, |a, b| b.cmp(a));
        waiting.append(&mut names);
    }
}
