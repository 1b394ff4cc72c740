//! Reads one file, with bounds, and says in a sentence why it cannot.

use std::ffi::OsStr;
use std::fs;
use std::io::{self, Read as _};
#[cfg(unix)]
use std::io::{Seek as _, SeekFrom};
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

#[cfg(unix)]
use super::halves;
use super::pipe;
use super::stamp::Stamp;
use super::text_of::{NotText, is_wide, text_of};
use super::walk::{self, Entry, Kind, sentence};
use crate::policy::json::Limits;
use crate::policy::wrapper;
use crate::say::{Saying, saying};

/// A file of so many bytes is shown as a whole before it is taken apart.
pub const LARGE: u64 = 512 << 10;
/// The part of a file that is looked at before the rest is read, and of a large one shown at once, in bytes.
const HEAD: u64 = 64 << 10;

/// So many bytes are read before it is looked whether to go on.
pub(super) const PIECE: usize = 4 << 20;
/// ... and of a stream, which may come slowly, before it is told how many came.
const STREAM: u64 = 64 << 10;

/// A file that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Read {
    /// Its text.
    pub text: String,
    /// Its length in bytes.
    pub bytes: u64,
    /// What it was like before it was read; a stream has no such thing.
    pub stamp: Option<Stamp>,
}

/// Why there is no text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unread {
    /// It was found in a folder, neither its name nor its beginning is that of JSON, and it is no page with a policy.
    NotJson,
    /// It cannot be read: why, in a sentence.
    Refused(Saying),
}

impl Unread {
    /// Why, in a sentence.
    pub fn saying(self) -> Saying {
        match self {
            Self::NotJson => {
                saying("It does not look like JSON and was passed over; give its path to read it.")
            }
            Self::Refused(why) => why,
        }
    }
}

impl From<&io::Error> for Unread {
    fn from(error: &io::Error) -> Self {
        Self::Refused(sentence(error))
    }
}

/// May reading wait for somebody at the other end? So it is with standard input and with pipes.
pub(super) fn waits(entry: &Entry) -> bool {
    let pipe = || fs::metadata(&entry.path).is_ok_and(|about| walk::is_pipe(about.file_type()));
    entry.is_stdin() || (entry.direct && pipe())
}

impl Entry {
    /// Is it reason enough to read it and to complain that it was given, or that it has a name of JSON and is a file?
    pub fn is_expected(&self) -> bool {
        self.direct || (self.refused.is_none() && is_json_name(&self.path))
    }
}

/// Reads a file whole; `show` gets the beginning of a large one at once. A pipe is waited for.
pub fn read(entry: &Entry, show: &dyn Fn(&str)) -> Result<Read, Unread> {
    read_until(entry, &AtomicBool::new(false), &AtomicU64::new(0), show)
}

/// The same; `stop` ends the reading of a large file early, from another thread, and of a stream `come` tells how many
/// bytes have come.
pub(super) fn read_until(
    entry: &Entry,
    stop: &AtomicBool,
    come: &AtomicU64,
    show: &dyn Fn(&str),
) -> Result<Read, Unread> {
    if let Some(why) = &entry.refused {
        return Err(Unread::Refused(why.clone()));
    }
    let most = Limits::default().bytes as u64;
    let expected = entry.is_expected();
    let mut bytes = Vec::new();
    let mut stamp = None;
    if entry.is_stdin() {
        rest(&mut io::stdin().lock().take(most + 1), &mut bytes, (STREAM, stop), come)?;
    } else {
        // Not the kind that the walk saw: opening what became a pipe meanwhile would wait for ever.
        if walk::look(entry).map_err(|closed| Unread::Refused(closed.why))? == Kind::Folder {
            return Err(Unread::Refused(saying("It is a folder, and a file is expected.")));
        }
        let file = pipe::open(&entry.path).map_err(|error| Unread::from(&error))?;
        let about = file.metadata().map_err(|error| Unread::from(&error))?;
        if about.is_file() {
            stamp = Stamp::of(&entry.path, &file);
        }
        let length = about.len();
        if length >= LARGE || !expected {
            let head = (&file).take(HEAD).read_to_end(&mut bytes);
            head.map_err(|error| Unread::from(&error))?;
            let page = length < LARGE && is_page_name(&entry.path);
            if !expected && !page && !may_be_json(&bytes, bytes.len() as u64 == HEAD) {
                return Err(Unread::NotJson);
            }
        }
        if length > most {
            return Err(too_large(most));
        }
        if length >= LARGE {
            show(whole_characters(&bytes));
        }
        let whole = usize::try_from(length).unwrap_or(0);
        #[cfg(unix)]
        if about.is_file() && whole >= halves::LEAST {
            let read = halves::read(&file, &bytes, whole, stop);
            bytes = read.map_err(|error| Unread::from(&error))?;
            let end = (&file).seek(SeekFrom::Start(bytes.len() as u64));
            end.map_err(|error| Unread::from(&error))?;
        }
        if bytes.len() < whole {
            bytes.reserve_exact(whole + 1 - bytes.len());
        }
        let piece = if about.is_file() { PIECE as u64 } else { STREAM };
        // A file may grow while it is read.
        let mut more = (&file).take((most + 1).saturating_sub(bytes.len() as u64));
        rest(&mut more, &mut bytes, (piece, stop), come)?;
    }
    let length = bytes.len() as u64;
    if length > most {
        return Err(too_large(most));
    }
    match text_of(bytes) {
        Ok(text) if !expected && !looks_like_json(&text, false) && !is_page(&entry.path, &text) => {
            Err(Unread::NotJson)
        }
        Ok(text) => Ok(Read { text, bytes: length, stamp }),
        Err(_) if !expected && is_page_name(&entry.path) => Err(Unread::NotJson),
        Err(NotText::Utf16 | NotText::Bare16) if !expected => Err(Unread::NotJson),
        Err(why) => Err(Unread::Refused(not_text(why))),
    }
}

/// Reads to the end, piece by piece.
fn rest(
    from: &mut dyn io::Read,
    bytes: &mut Vec<u8>,
    (piece, stop): (u64, &AtomicBool),
    come: &AtomicU64,
) -> Result<(), Unread> {
    loop {
        let read = from.take(piece).read_to_end(bytes).map_err(|error| Unread::from(&error))?;
        come.store(bytes.len() as u64, Ordering::Relaxed);
        if (read as u64) < piece {
            return Ok(());
        }
        if bytes.len() as u64 >= LARGE && stop.load(Ordering::Relaxed) {
            return Err(Unread::Refused(stopped()));
        }
    }
}

/// That reading was stopped before the end of a file.
pub(super) fn stopped() -> Saying {
    saying("It had not come to its end when reading was stopped.")
}

fn too_large(most: u64) -> Unread {
    Unread::Refused(
        saying("It has more than {} MiB, which is the most that is read.").with(most >> 20),
    )
}

pub(super) fn not_text(why: NotText) -> Saying {
    match why {
        NotText::Utf16 => {
            saying("It is not text in UTF-16, as its first bytes say. Save it as UTF-8.")
        }
        NotText::Bare16 => {
            saying("It looks like UTF-16 without the mark at its beginning. Save it as UTF-8.")
        }
        NotText::Utf8 { byte, line } => {
            let said = saying(
                "It is not text in UTF-8: byte {} (line {}) does not belong there. Save it as UTF-8.",
            );
            said.with(byte).with(line)
        }
    }
}

/// The beginning of a text in UTF-8 as far as it is one: the last character may be cut.
fn whole_characters(bytes: &[u8]) -> &str {
    let valid = match std::str::from_utf8(bytes) {
        Ok(_) => bytes.len(),
        Err(error) => error.valid_up_to(),
    };
    std::str::from_utf8(bytes.get(..valid).unwrap_or_default()).unwrap_or_default()
}

fn is_json_name(path: &Path) -> bool {
    let known = ["json", "jsonc", "json5", "tfstate"];
    let ending = path.extension().map(OsStr::to_ascii_lowercase);
    ending.is_some_and(|ending| known.iter().any(|known| ending == *known))
}

/// Is it the name of a page, script or Terraform file, which may hold policies among other text?
fn is_page_name(path: &Path) -> bool {
    let known = ["md", "markdown", "sh", "bash", "tf"];
    let ending = path.extension().map(OsStr::to_ascii_lowercase);
    ending.is_some_and(|ending| known.iter().any(|known| ending == *known))
}

/// Is it the name of what is read as JSON, or searched for it?
pub(super) fn may_hold_policies(path: &Path) -> bool {
    is_json_name(path) || is_page_name(path)
}

/// Is it one that holds a policy? Most pages of a folder are about something else and no fault.
fn is_page(path: &Path, text: &str) -> bool {
    // The word comes before the costly question.
    (text.len() as u64) < LARGE
        && is_page_name(path)
        && (text.contains("Statement") || text.contains("alicloud_ram_"))
        && wrapper::is_page(text, &Limits::default())
}

/// Can these be the first bytes of JSON? Of UTF-16 that is seen when all is read.
fn may_be_json(head: &[u8], cut: bool) -> bool {
    is_wide(head) || looks_like_json(whole_characters(head), cut)
}

/// Does the text begin as JSON does, also as the text of a policy in a string; of a text that is `cut`, may it?
fn looks_like_json(text: &str, cut: bool) -> bool {
    let marks = text.trim_start_matches('\u{feff}').chars().filter(|c| !c.is_whitespace());
    marks.take(3).eq("\"{\\".chars()) || wrapper::begins_as_json(text, cut)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_ends_with_a_whole_character() {
        assert_eq!(whole_characters("密钥".as_bytes()), "密钥");
        assert_eq!(whole_characters(&"密钥".as_bytes()[..5]), "密");
        assert_eq!(whole_characters(b"\xff\xfe{"), "");
    }

    #[test]
    fn a_large_file_is_not_read_on_when_reading_is_stopped() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.json");
        fs::write(&path, " ".repeat(2 * PIECE)).unwrap();
        for (stop, expected) in [(false, None), (true, Some(Unread::Refused(stopped())))] {
            let read = read_until(
                &Entry::given(&path),
                &AtomicBool::new(stop),
                &AtomicU64::new(0),
                &|_| {},
            );
            assert_eq!(read.err(), expected);
        }
    }
}
