//! Reads people's files on all cores and hands over what is in them in the order of their names.

use std::collections::{BTreeMap, VecDeque};
use std::ffi::OsString;
use std::fs;
use std::io::{self, IsTerminal as _};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use super::gate::Gate;
use super::nothing;
use super::read::{LARGE, Read, Unread, read_until, stopped, waits};
use super::stamp::Stamp;
use super::walk::{self, Entry, sentence, shown};
use crate::catalog::import::{self, Batch, Contents, Ended, Importer, Progress, contents_in_parts};
use crate::catalog::store::Catalog;
use crate::hands;
use crate::policy::json::Limits;
use crate::policy::source::Source;
use crate::say::{Language, Saying, saying};

/// Batches follow each other no faster.
const PACE: Duration = Duration::from_millis(40);
/// ... and for each role that is there already so much slower: a batch makes the lists anew.
const PACE_PER_ROLE: Duration = Duration::from_micros(2);
/// So many pieces of files wait at most to be taken; who reads waits too then, so that few stand in memory twice. Of
/// files whose turn has not come more may wait, see [`Gate`].
const WAITING: usize = 8;
/// So many pieces of files whose turn has not come may wait.
const EARLY: usize = 1_024;
/// So many documents of a file are taken in before it is looked whether a batch is due.
const PAPERS: usize = 512;
/// While a pipe has nothing to read, it is so often asked whether to go on waiting.
const PATIENCE: Duration = Duration::from_millis(100);

/// What came of opening files.
pub type Opened = Progress;

/// Errors: the first given path that does not exist, in a sentence, and where to look instead.
pub fn check(paths: &[OsString]) -> Result<(), (Saying, Option<Saying>)> {
    for path in paths.iter().map(Path::new) {
        if !walk::is_stdin(path)
            && let Err(error) = fs::symlink_metadata(path)
        {
            let why = saying("{}: {}").with(shown(path)).of(sentence(&error));
            return Err((why, nothing::remedy(path, &error)));
        }
    }
    Ok(())
}

/// Reads files and folders; `-` is standard input. `send` gets what was found in portions, the last one
/// with the way it ended; it answers false to stop. `stop` does so too, from another thread. What has no name of its own
/// is called by words of `language`.
pub fn open(
    paths: &[OsString],
    catalog: &Arc<Catalog>,
    language: Language,
    stop: &AtomicBool,
    send: &mut dyn FnMut(Batch) -> bool,
) -> Opened {
    let walk::Found { entries, hidden } = walk::find(paths, stop);
    let found_all = !stop.load(Ordering::Relaxed);
    let given: Vec<String> = paths.iter().map(|path| shown(Path::new(path))).collect();
    let (sender, pieces) = mpsc::sync_channel(WAITING);
    let next = AtomicUsize::new(0);
    let mut desk = Desk {
        importer: Importer::speaking(language, catalog.clone(), &given),
        entries: &entries,
        progress: Progress {
            found: entries.iter().filter(|entry| entry.refused.is_none()).count(),
            ..Progress::default()
        },
        counted: 0,
        cut: false,
        told: None,
        send,
    };
    let mut turn = 0;
    let gate = Gate::new(EARLY);
    thread::scope(|scope| {
        let (entries, next, gate) = (&entries, &next, &gate);
        // Both end before the scope does, should a fault of ours end it early: no reader waits for this one then.
        let (pieces, _stops) = (pieces, hands::StopsWithMe(stop));
        let work = move || {
            while !stop.load(Ordering::Relaxed) {
                let at = next.fetch_add(1, Ordering::Relaxed);
                let Some(entry) = entries.get(at) else { break };
                // Nobody listens any more when the program ends.
                let hand = |piece| drop(sender.send((at, piece, gate.enter(at, 1, stop))));
                read_entry(entry, catalog, &hand, stop);
            }
        };
        let started = hands::start(scope, hands::cores().min(entries.len()), work);
        desk.tell(true);
        if started.is_empty() {
            turn = desk.read_alone(catalog, stop);
        }
        let mut early: BTreeMap<usize, VecDeque<(Piece, usize)>> = BTreeMap::new();
        // What came is held back for the pace, and no longer: the next file may be a pipe that is waited for.
        let mut held = false;
        loop {
            let next = if held {
                pieces.recv_timeout(pace(desk.importer.roles()))
            } else {
                pieces.recv().map_err(RecvTimeoutError::from)
            };
            let (at, piece, is_early) = match next {
                Ok(next) => next,
                Err(RecvTimeoutError::Disconnected) => break,
                Err(RecvTimeoutError::Timeout) => {
                    held = false;
                    if !desk.tell(true) {
                        stop.store(true, Ordering::Relaxed);
                    }
                    continue;
                }
            };
            let waiting = early.entry(at).or_default();
            if let Some((before, was_early)) = waiting.back()
                && piece.replaces(before)
            {
                gate.taken(*was_early);
                waiting.pop_back();
            }
            waiting.push_back((piece, is_early));
            while let Some((piece, is_early)) = early.get_mut(&turn).and_then(VecDeque::pop_front) {
                let last = piece.is_last();
                desk.take(turn, piece);
                gate.taken(is_early);
                if last {
                    early.remove(&turn);
                    turn += 1;
                    gate.turn_to(turn);
                }
            }
            let before = desk.told;
            if !desk.tell(false) {
                stop.store(true, Ordering::Relaxed);
            }
            held = desk.told == before;
        }
    });
    for (path, count) in given.iter().zip(hidden).filter(|(_, count)| *count > 0) {
        desk.importer.skip(path, None, walk::hidden_words(count));
    }
    // Who asks to stop when all was read already leaves nothing out.
    let complete = found_all && turn == entries.len() && !desk.cut;
    desk.progress.ended = Some(if complete { Ended::Complete } else { Ended::Stopped });
    desk.tell(true);
    desk.progress
}

/// What a reading thread hands over about a file.
enum Piece {
    /// So many bytes of a stream have come.
    Come(u64),
    /// The whole of a large file, or its beginning, to be shown already.
    Text(Source),
    /// Some of several documents in it; more follow.
    Part(Contents),
    /// What is in it, or the rest of that, its length, and what it was like before it was read.
    Contents(Contents, u64, Option<Stamp>),
    /// It was found to be no policy, or cannot be read: why, in a sentence.
    Refused(Saying),
}

impl Piece {
    /// Is it the end of the file?
    const fn is_last(&self) -> bool {
        matches!(self, Self::Contents(..) | Self::Refused(_))
    }

    /// Does it say all that the one before it says? The whole of a text follows its beginning.
    const fn replaces(&self, before: &Self) -> bool {
        matches!((before, self), (Self::Text(_), Self::Text(_)) | (Self::Come(_), Self::Come(_)))
    }
}

fn read_entry(entry: &Entry, catalog: &Catalog, hand: &(dyn Fn(Piece) + Sync), stop: &AtomicBool) {
    let read = if entry.refused.is_none() && waits(entry) {
        wait_for(entry, stop, &|bytes| hand(Piece::Come(bytes)))
    } else {
        read_until(entry, stop, &AtomicU64::new(0), &|head| hand(Piece::Text(head.into())))
    };
    let Read { text, bytes, stamp } = match read {
        Ok(read) => read,
        Err(why) => return hand(Piece::Refused(why.saying())),
    };
    let text = Source::from(text);
    if bytes >= LARGE {
        hand(Piece::Text(text.clone()));
    }
    let taken_apart = catch_unwind(AssertUnwindSafe(|| {
        let part = &mut |part| hand(Piece::Part(part));
        contents_in_parts(&text, &Limits::default(), catalog, stop, part)
    }));
    hand(match taken_apart {
        Ok(contents) => {
            let bytes = if contents.stopped { contents.bytes as u64 } else { bytes };
            Piece::Contents(contents, bytes, stamp)
        }
        // A fault of ours: one file must not stop the others.
        Err(_) => Piece::Refused(broken()),
    });
}

/// That the program itself is at fault with a file.
pub fn broken() -> Saying {
    saying("The program could not cope with it; please report this.")
}

/// Reads a file; what may have nobody at its other end only until it is said to stop.
pub fn read_while(entry: &Entry, stop: &AtomicBool) -> Result<Read, Unread> {
    let is_keyboard = entry.is_stdin() && io::stdin().is_terminal();
    if entry.refused.is_none() && waits(entry) && !is_keyboard {
        return wait_for(entry, stop, &|_| {});
    }
    super::read(entry, &|_| {})
}

/// Reads what may have nobody at its other end, until it is said to stop. The thread that reads is left behind then:
/// nothing but the end of the program ends its waiting. `come` hears how many bytes have come.
fn wait_for(entry: &Entry, stop: &AtomicBool, come: &dyn Fn(u64)) -> Result<Read, Unread> {
    // Keys come from there.
    if entry.is_stdin() && io::stdin().is_terminal() {
        let why = saying("Standard input is the terminal; pipe a policy into it.");
        return Err(Unread::Refused(why));
    }
    let (sender, result) = mpsc::channel();
    let waiting = entry.clone();
    let thread = thread::Builder::new().name("pipe".into());
    let (left, count) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicU64::new(0)));
    let (stopped_too, counting) = (left.clone(), count.clone());
    let started = thread.spawn(move || {
        drop(sender.send(read_until(&waiting, &stopped_too, &counting, &|_| {})));
    });
    if let Err(error) = started {
        return Err(Unread::from(&error));
    }
    let mut told = 0;
    loop {
        match result.recv_timeout(PATIENCE) {
            Ok(read) => return read,
            Err(RecvTimeoutError::Timeout) if stop.load(Ordering::Relaxed) => {
                left.store(true, Ordering::Relaxed);
                return Err(Unread::Refused(stopped()));
            }
            Err(RecvTimeoutError::Timeout) => {
                let bytes = count.load(Ordering::Relaxed);
                if bytes > told {
                    told = bytes;
                    come(bytes);
                }
            }
            Err(RecvTimeoutError::Disconnected) => return Err(Unread::Refused(broken())),
        }
    }
}

/// The thread that puts things in order.
struct Desk<'a> {
    importer: Importer,
    entries: &'a [Entry],
    progress: Progress,
    /// Bytes that count already of the file whose turn it is.
    counted: u64,
    /// Of some file not all was read because reading was stopped.
    cut: bool,
    told: Option<Instant>,
    send: &'a mut dyn FnMut(Batch) -> bool,
}

impl Desk<'_> {
    /// Sends what has come, unless the last portion was just now. False: nobody wants more.
    fn tell(&mut self, now: bool) -> bool {
        let roles = self.importer.roles();
        if !now && self.told.is_some_and(|told| told.elapsed() < pace(roles)) {
            return true;
        }
        let mut batch = self.importer.take();
        self.progress.roles = roles;
        batch.progress = self.progress.clone();
        self.told = Some(Instant::now());
        (self.send)(batch)
    }

    /// Reads the files one after the other where no thread could be started. How many were read?
    fn read_alone(&mut self, catalog: &Catalog, stop: &AtomicBool) -> usize {
        for (at, entry) in self.entries.iter().enumerate() {
            if stop.load(Ordering::Relaxed) {
                return at;
            }
            let pieces = Mutex::new(Vec::new());
            let hand = |piece: Piece| {
                let mut pieces = pieces.lock().unwrap_or_else(PoisonError::into_inner);
                pieces.pop_if(|last| piece.replaces(last));
                pieces.push(piece);
            };
            read_entry(entry, catalog, &hand, stop);
            let pieces = pieces.into_inner().unwrap_or_else(PoisonError::into_inner);
            for piece in pieces {
                self.take(at, piece);
            }
            if !self.tell(false) {
                stop.store(true, Ordering::Relaxed);
            }
        }
        self.entries.len()
    }

    fn take(&mut self, at: usize, piece: Piece) {
        let Some(entry) = self.entries.get(at) else { return };
        let shown = entry.shown();
        match piece {
            Piece::Contents(mut contents, bytes, stamp) => {
                self.progress.files += 1;
                self.cut |= contents.stopped;
                self.count(bytes);
                self.counted = 0;
                if let Some(stamp) = stamp {
                    self.importer.opened(stamp);
                }
                for part in contents.split(PAPERS) {
                    self.importer.add_part(file(entry, &shown), part);
                    self.tell(false);
                }
                self.importer.add(file(entry, &shown), contents);
            }
            Piece::Refused(why) => {
                if entry.refused.is_none() {
                    self.progress.found -= 1;
                }
                self.cut |= why == stopped();
                self.count(0);
                self.importer.refuse(&shown, why);
            }
            Piece::Text(text) => {
                self.importer.show_whole(file(entry, &shown), text);
                self.tell(true);
            }
            // All of a stream has come before it is taken apart.
            Piece::Come(bytes) => self.count(bytes),
            Piece::Part(part) => {
                self.count(self.counted.max(part.bytes as u64));
                self.importer.add_part(file(entry, &shown), part);
            }
        }
    }

    /// Notes how many bytes of the file whose turn it is were read so far.
    const fn count(&mut self, bytes: u64) {
        self.progress.bytes = self.progress.bytes - self.counted + bytes;
        self.counted = bytes;
    }
}

/// How long a batch is held back behind the last one.
fn pace(roles: usize) -> Duration {
    PACE.max(PACE_PER_ROLE.saturating_mul(u32::try_from(roles).unwrap_or(u32::MAX)))
}

fn file<'a>(entry: &Entry, shown: &'a str) -> import::File<'a> {
    import::File { path: shown, given: entry.given, direct: entry.direct }
}
