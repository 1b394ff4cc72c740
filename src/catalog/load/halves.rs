//! Reads a large file by two threads, half of it each: what one thread copies in a second is far less than memory gives.

use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt as _;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use super::read::PIECE;
use crate::hands;

/// A file of fewer bytes is read as quickly by one.
pub(super) const LEAST: usize = 8 << 20;

/// The bytes of a file up to a length, of which the beginning is known: fewer where it has become shorter meanwhile, or
/// reading was stopped.
pub(super) fn read(
    file: &File,
    beginning: &[u8],
    length: usize,
    stop: &AtomicBool,
) -> io::Result<Vec<u8>> {
    let mut bytes = vec![0; length];
    let start = beginning.len().min(length);
    let (known, rest) = bytes.split_at_mut(start);
    known.copy_from_slice(beginning.get(..start).unwrap_or_default());
    let half = rest.len() / 2;
    let (lower, upper) = rest.split_at_mut(half);
    let upper = Mutex::new(upper);
    let second = || {
        let mut upper = upper.lock().unwrap_or_else(PoisonError::into_inner);
        fill(file, (start + half) as u64, &mut upper, stop)
    };
    let (second, first) = hands::both(second, || fill(file, start as u64, lower, stop));
    let (first, second) = (first?, second?);
    let come = if first == half { first + second } else { first };
    bytes.truncate(start + come);
    Ok(bytes)
}

/// Fills memory from a place of the file on; how many bytes came.
fn fill(file: &File, from: u64, memory: &mut [u8], stop: &AtomicBool) -> io::Result<usize> {
    let mut come = 0;
    while !stop.load(Ordering::Relaxed) {
        let rest = memory.get_mut(come..).unwrap_or_default();
        let piece = rest.len().min(PIECE);
        let piece = rest.get_mut(..piece).unwrap_or_default();
        if piece.is_empty() {
            break;
        }
        match file.read_at(piece, from + come as u64) {
            Ok(0) => break,
            Ok(read) => come += read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(come)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_halves_make_the_file_or_what_is_left_of_it() {
        let text: Vec<u8> = (0..=250).cycle().take(PIECE * 3 + 77).collect();
        let path = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(&path, &text).unwrap();
        let file = File::open(&path).unwrap();
        for beginning in [0, 1, 1_000] {
            // Of the length that it had, of more than is there now, and of less.
            for length in [text.len(), text.len() + 5_000_000, 2_000_000, 500] {
                let read = read(&file, &text[..beginning], length, &AtomicBool::new(false));
                let expected = &text[..length.min(text.len())];
                assert!(read.unwrap() == expected, "{beginning} of {length}");
            }
        }
        let stopped = read(&file, &text[..10], text.len(), &AtomicBool::new(true)).unwrap();
        assert_eq!(stopped, &text[..10]);
    }
}
