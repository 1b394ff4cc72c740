//! Opening a pipe waits until somebody writes to it. Who gives answers without the screen says so; the screen tells by
//! itself what it reads.

use std::fs::{self, File};
use std::io;
use std::path::Path;
use std::sync::OnceLock;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread::{self, Builder};
use std::time::Duration;

use super::walk;

/// Whoever writes to a pipe mostly does so sooner, as what a shell starts for `<(..)`.
const MOMENT: Duration = Duration::from_secs(1);

type Tell = dyn Fn(&Path) + Send + Sync;

/// Not an argument: files are read from many places, and only the first one knows whether a line would spoil a screen.
static TELL: OnceLock<Box<Tell>> = OnceLock::new();

/// From now on `tell` hears of each pipe that is waited for because nobody writes to it. Only the first call counts.
pub fn tell_of_pipes(tell: impl Fn(&Path) + Send + Sync + 'static) {
    let _ = TELL.set(Box::new(tell));
}

/// Opens a file.
pub(super) fn open(path: &Path) -> io::Result<File> {
    let is_pipe = || fs::metadata(path).is_ok_and(|about| walk::is_pipe(about.file_type()));
    let Some(tell) = TELL.get().filter(|_| is_pipe()) else { return File::open(path) };
    thread::scope(|scope| {
        let (sender, opened) = mpsc::channel::<()>();
        let watch = move || {
            if opened.recv_timeout(MOMENT) == Err(RecvTimeoutError::Timeout) {
                tell(path);
            }
        };
        // Where no thread can be had nothing is told.
        let _ = Builder::new().spawn_scoped(scope, watch);
        let file = File::open(path);
        drop(sender);
        file
    })
}
