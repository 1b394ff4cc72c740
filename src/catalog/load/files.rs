//! Reads people's files on all cores and hands over what is in them in the order of their names.

use std::collections::{BTreeMap, HashMap};
use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, IsTerminal as _, Read as _};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{self, Sender};
use std::thread;
use std::time::{Duration, Instant};

use super::stamp::Stamp;
use super::text_of::{NotText, text_of};
use super::walk::{self, Entry, LIMIT, sentence, shown, too_large};
use crate::catalog::import::{self, Batch, Contents, Ended, Importer, Progress, contents};
use crate::catalog::store::Catalog;
use crate::policy::json::Limits;
use crate::policy::source::Source;
use crate::say::{Saying, saying};

/// A file of so many bytes is shown as a whole before it is taken apart.
pub const LARGE: u64 = 512 << 10;
/// The part of a large file that is shown at once, in bytes.
const HEAD: usize = 64 << 10;
/// Batches follow each other no faster.
const PACE: Duration = Duration::from_millis(25);
/// ... and for each role that is there already so much slower: a batch makes the lists anew.
const PACE_PER_ROLE: Duration = Duration::from_micros(2);

/// What came of opening files.
pub type Opened = Progress;

/// Errors: the first given path that does not exist, in a sentence.
pub fn check(paths: &[OsString]) -> Result<(), Saying> {
    for path in paths.iter().map(Path::new) {
        if path.as_os_str() != "-"
            && let Err(error) = fs::symlink_metadata(path)
        {
            return Err(saying("{}: {}").with(shown(path)).of(sentence(&error)));
        }
    }
    Ok(())
}

/// Reads files and folders; `-` is standard input. `send` gets what was found in portions, the last one
/// with the way it ended; it answers false to stop. `stop` does so too, from another thread.
pub fn open(
    paths: &[OsString],
    catalog: &Arc<Catalog>,
    stop: &AtomicBool,
    send: &mut dyn FnMut(Batch) -> bool,
) -> Opened {
    let entries = walk::walk(paths, stop);
    let given: Vec<String> = paths.iter().map(|path| shown(Path::new(path))).collect();
    let (sender, pieces) = mpsc::channel();
    let next = AtomicUsize::new(0);
    let cores = thread::available_parallelism().map_or(1, usize::from).clamp(1, 16);
    let mut desk = Desk {
        importer: Importer::new(catalog.clone(), &given),
        entries: &entries,
        progress: Progress { found: entries.len(), ..Progress::default() },
        told: None,
        send,
    };
    thread::scope(|scope| {
        for _ in 0..cores.min(entries.len()) {
            let sender = sender.clone();
            let (entries, next) = (&entries, &next);
            scope.spawn(move || {
                while !stop.load(Ordering::Relaxed) {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    let Some(entry) = entries.get(at) else { break };
                    read_entry(at, entry, catalog, &sender);
                }
            });
        }
        drop(sender);
        desk.tell(true);
        let mut early: BTreeMap<usize, Piece> = BTreeMap::new();
        let mut heads: HashMap<usize, Source> = HashMap::new();
        let mut turn = 0;
        for (at, piece) in pieces {
            match piece {
                Piece::Text(text) if at == turn => desk.whole(at, text),
                Piece::Text(text) => {
                    heads.insert(at, text);
                }
                piece => {
                    early.insert(at, piece);
                }
            }
            while let Some(piece) = early.remove(&turn) {
                if let Some(text) = heads.remove(&turn) {
                    desk.whole(turn, text);
                }
                desk.take(turn, piece);
                turn += 1;
                if let Some(text) = heads.remove(&turn) {
                    desk.whole(turn, text);
                }
            }
            if !desk.tell(false) {
                stop.store(true, Ordering::Relaxed);
            }
        }
    });
    let complete = desk.progress.files == entries.len() && !stop.load(Ordering::Relaxed);
    desk.progress.ended = Some(if complete { Ended::Complete } else { Ended::Stopped });
    desk.tell(true);
    desk.progress
}

/// What a reading thread hands over about a file.
enum Piece {
    /// The whole of a large file, or its beginning, to be shown already.
    Text(Source),
    /// What is in it, its length, and what it was like before it was read.
    Contents(Contents, u64, Option<Stamp>),
    /// Why it was not read, in a sentence.
    Refused(Saying),
}

fn read_entry(at: usize, entry: &Entry, catalog: &Catalog, sender: &Sender<(usize, Piece)>) {
    // Nobody listens any more when the program ends.
    let hand = |piece| drop(sender.send((at, piece)));
    if let Some(why) = &entry.refused {
        hand(Piece::Refused(why.clone()));
        return;
    }
    let (bytes, stamp) = match read(entry, &|head| hand(Piece::Text(head))) {
        Ok(read) => read,
        Err(why) => {
            hand(Piece::Refused(why));
            return;
        }
    };
    let length = bytes.len() as u64;
    let text: Source = match text_of(bytes) {
        Ok(text) => text.into(),
        Err(why) => {
            hand(Piece::Refused(match why {
                NotText::Utf16 => {
                    saying("It is not text in UTF-16, as its first bytes say. Save it as UTF-8.")
                }
                NotText::Utf8 { byte, line } => {
                    let said = saying(
                        "It is not text in UTF-8: byte {} (line {}) does not belong there. Save it as UTF-8.",
                    );
                    said.with(byte).with(line)
                }
            }));
            return;
        }
    };
    if length >= LARGE {
        hand(Piece::Text(text.clone()));
    }
    let taken_apart =
        catch_unwind(AssertUnwindSafe(|| contents(&text, &Limits::default(), catalog)));
    hand(match taken_apart {
        Ok(contents) => Piece::Contents(contents, length, stamp),
        // A fault of ours: one file must not stop the others.
        Err(_) => Piece::Refused(saying("The program could not cope with it; please report this.")),
    });
}

/// The bytes of a file; the beginning of a large one is shown at once.
fn read(entry: &Entry, show: &dyn Fn(Source)) -> Result<(Vec<u8>, Option<Stamp>), Saying> {
    let mut bytes = Vec::new();
    let mut stamp = None;
    let read = if entry.path.as_os_str() == "-" {
        if io::stdin().is_terminal() {
            return Err(saying("Standard input is the terminal; pipe a policy into it."));
        }
        io::stdin().lock().take(LIMIT + 1).read_to_end(&mut bytes)
    } else {
        let file = File::open(&entry.path).map_err(|error| sentence(&error))?;
        stamp = Stamp::of(&entry.path, &file);
        let metadata = file.metadata().map_err(|error| sentence(&error))?;
        if !metadata.is_file() {
            return Err(saying("It is not a file any more."));
        }
        bytes.reserve_exact(usize::try_from(metadata.len().min(LIMIT)).unwrap_or(0) + 1);
        let mut file = file.take(LIMIT + 1);
        let mut head = Ok(0);
        if metadata.len() >= LARGE {
            head = file.by_ref().take(HEAD as u64).read_to_end(&mut bytes);
            let valid = String::from_utf8_lossy(&bytes);
            // The last character may be cut.
            show(valid.trim_end_matches('\u{fffd}').into());
        }
        head.and_then(|_| file.read_to_end(&mut bytes))
    };
    read.map_err(|error| sentence(&error))?;
    if bytes.len() as u64 > LIMIT {
        return Err(too_large(bytes.len() as u64));
    }
    Ok((bytes, stamp))
}

/// The thread that puts things in order.
struct Desk<'a> {
    importer: Importer,
    entries: &'a [Entry],
    progress: Progress,
    told: Option<Instant>,
    send: &'a mut dyn FnMut(Batch) -> bool,
}

impl Desk<'_> {
    /// Sends what has come, unless the last portion was just now. False: nobody wants more.
    fn tell(&mut self, now: bool) -> bool {
        tell(&mut self.importer, &mut self.progress, &mut self.told, self.send, now)
    }

    fn whole(&mut self, at: usize, text: Source) {
        if let Some(entry) = self.entries.get(at) {
            self.importer.show_whole(file(entry), text);
            self.tell(true);
        }
    }

    fn take(&mut self, at: usize, piece: Piece) {
        let Some(entry) = self.entries.get(at) else { return };
        self.progress.files += 1;
        match piece {
            Piece::Contents(contents, bytes, stamp) => {
                self.progress.bytes += bytes;
                if let Some(stamp) = stamp {
                    self.importer.opened(stamp);
                }
                let Self { importer, progress, told, send, .. } = self;
                importer.add_slowly(file(entry), contents, &mut |importer| {
                    tell(importer, progress, told, send, false);
                });
            }
            Piece::Refused(why) => self.importer.skip(&entry.shown, None, why),
            Piece::Text(_) => {}
        }
    }
}

/// See [`Desk::tell`].
fn tell(
    importer: &mut Importer,
    progress: &mut Progress,
    told: &mut Option<Instant>,
    send: &mut dyn FnMut(Batch) -> bool,
    now: bool,
) -> bool {
    let roles = importer.roles();
    let pace = PACE.max(PACE_PER_ROLE.saturating_mul(u32::try_from(roles).unwrap_or(u32::MAX)));
    if !now && told.is_some_and(|told| told.elapsed() < pace) {
        return true;
    }
    let mut batch = importer.take();
    progress.roles = roles;
    batch.progress = progress.clone();
    *told = Some(Instant::now());
    send(batch)
}

fn file(entry: &Entry) -> import::File<'_> {
    import::File { path: &entry.shown, given: entry.given, direct: entry.direct }
}
